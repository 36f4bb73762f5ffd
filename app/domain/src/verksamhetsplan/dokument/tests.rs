use uuid::Uuid;

use super::*;
use crate::{
    dokument::{Kind, Mark, Row, Table},
    ekonomi::{
        enhet::Enhet,
        uppstallning::{Cell, Kolumnslag, Rad as Beloppsrad, Radform},
    },
    recurrence::form::Fields,
    schedule::Responsible,
    tal::Tal,
    verksamhetsplan::{
        aktivitet::{self, Lage, PlanaktivitetId, Satt},
        enhetsmal::{
            uppfoljning::{self, UppfoljningId},
            vpgrupp::VpgruppId,
        },
        forvantat::{self, ForvantatId},
        indikator::{Form as IndikatorForm, check as check_indikator},
        mal::{
            Benamning,
            tests::{NODE, SODERMALM, trad_of},
        },
        plan::{
            PlanId, Revision, State,
            bilaga::{self, PlanbilagaId},
            kapitel::{self, KapitelId},
            remiss::Remiss,
        },
    },
};

fn day(m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2014, m, d).unwrap()
}

fn plan(state: State) -> Plan {
    Plan {
        id: PlanId(Uuid::from_u128(1)),
        node: NODE,
        year: 2014,
        state,
        benamning: Benamning::Atagande,
        remiss: None,
        revision: None,
        beslut: vec![],
        version: 1,
    }
}

fn kapitel(n: u128, rubrik: &str, text: &str, efter_malen: bool) -> Kapitel {
    let (rubrik, text) = (rubrik.to_owned(), text.to_owned());
    let content = kapitel::Content { rubrik, text, efter_malen, responsible: Responsible::Nobody, senast: None };
    let plan = PlanId(Uuid::from_u128(1));
    let id = KapitelId(Uuid::from_u128(n));
    Kapitel { id, plan, ordning: 1, content, klart: false, fran_i_fjol: false, version: 1 }
}

/// The goal with a title.
fn of(trad: &Trad, titel: &str) -> MalId {
    let walk = trad.walk();
    walk.iter().find(|post| post.mal.content.titel == titel).unwrap().mal.id
}

fn indikator(namn: &str, enhet: &str, slag: &str, arsmal: &str, kf: &str) -> indikator::Content {
    let form = IndikatorForm {
        namn: namn.into(),
        enhet: enhet.into(),
        slag: slag.into(),
        riktning: "lagre".into(),
        arsmal: arsmal.into(),
        kf: kf.into(),
        periodicitet: "tertial".into(),
        ..IndikatorForm::default()
    };
    check_indikator(&form, None).unwrap()
}

fn rad(n: u128, mal: MalId, text: &str, malvarde: &str) -> Rad {
    let form = forvantat::Form { text: text.into(), malvarde: malvarde.into(), ..forvantat::Form::default() };
    let content = forvantat::check(&form, 2014).unwrap();
    Rad { id: ForvantatId(Uuid::from_u128(n)), mal, ordning: 1, copied_from: None, content, version: 1 }
}

fn aktivitet(n: u128, mal: Option<MalId>, text: &str, satt: Satt) -> Planaktivitet {
    let content = aktivitet::Content {
        text: text.into(),
        mal,
        start: Some(day(1, 1)),
        slut: Some(day(12, 31)),
        responsible: Responsible::Nobody,
        agare: indikator::slag::Ursprung::Kf,
    };
    let lage = Lage { satt, ..Lage::default() };
    let id = PlanaktivitetId(Uuid::from_u128(n));
    Planaktivitet { id, node: NODE, year: 2014, content, lage, version: 1 }
}

fn budget() -> Uppstallning {
    let columns = [("Verksamhet", Kolumnslag::Text), ("Netto", Kolumnslag::Belopp)];
    let mut out = Uppstallning::new("Budget 2014", Enhet::Tkr, &columns);
    let celler = vec![Cell::text("Budget totalt"), Cell::belopp(Some(Tal::whole(53_280)), Enhet::Tkr)];
    out.rader.push(Beloppsrad { form: Radform::Netto, celler });
    out
}

fn underlag<'a>(plan: &'a Plan, trad: &'a Trad) -> Underlag<'a> {
    Underlag {
        plan,
        unit: "Enheten för försörjningsstöd",
        trad,
        kapitel: &[],
        texter: &[],
        forvantat: &[],
        uppfoljningar: &[],
        grupper: &[],
        namn: &[],
        indikatorer: &[],
        aktiviteter: &[],
        budget: None,
        bilagor: &[],
        today: day(6, 1),
    }
}

/// The headings with their levels, in order.
fn headings(document: &Dokument) -> Vec<(u8, &str)> {
    let of = |block| if let &Block::Heading(level, ref text) = block { Some((level, text.as_str())) } else { None };
    document.blocks.iter().filter_map(of).collect()
}

/// The tables, in order.
fn tables(document: &Dokument) -> Vec<&Table> {
    document
        .blocks
        .iter()
        .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
        .collect()
}

#[test]
fn a_plan_stands_in_the_order_in_which_it_is_written() {
    let (plan, trad) = (plan(State::Forslag), trad_of(SODERMALM, 2014));
    let kf = of(&trad, "Invånare i Stockholm är självförsörjande");
    let namnd = of(&trad, "Individen klarar sin egen försörjning");
    let own = of(&trad, "Individen har individuell planering för att nå egen försörjning");
    let balans = of(&trad, "Budgeten är i balans");
    let text = |mal, content| Enhetsmal { mal, content, fran_i_fjol: false, version: 1 };
    let texter = [
        text(
            own,
            enhetsmal::Content {
                arbetssatt: "Arbetsplan från första mötet.".into(),
                uppfoljning: "Varje månad på APT.".into(),
                ..enhetsmal::Content::default()
            },
        ),
        text(balans, enhetsmal::Content { ekonomi: true, ..enhetsmal::Content::default() }),
    ];
    let budget = budget();
    let document = dokument(&Underlag {
        kapitel: &[
            kapitel(1, "Kommunikation", "Vi samverkar.", false),
            kapitel(2, "Kompetensförsörjning", " ", false),
            kapitel(3, "Övriga frågor", "Inga.", true),
        ],
        texter: &texter,
        forvantat: &[rad(1, own, "90 % av individer har arbetsplan.", "")],
        indikatorer: &[(kf, indikator("Andel barn", "%", "andel", "0,8 %", "4,0 %"))],
        aktiviteter: &[aktivitet(1, Some(kf), "Samverka med arbetsmarknadsnämnden", Satt::EjPaborjad)],
        budget: Some(&budget),
        bilagor: &[Bilaga {
            id: PlanbilagaId(Uuid::from_u128(1)),
            plan: plan.id,
            ordning: 1,
            content: bilaga::Content { titel: "Arbetsmiljöhjulet".into(), hanvisning: String::new() },
            version: 1,
        }],
        ..underlag(&plan, &trad)
    });
    assert_eq!(document.sub(), "Enheten för försörjningsstöd · Förslag till beslut");
    assert_eq!(document.file_name(), "verksamhetsplan-2014-enheten-för-försörjningsstöd");
    let found = headings(&document);
    let begin = [
        (1, "Innehåll"),
        (1, "Inledning"),
        (2, "Kommunikation"),
        (1, "1 Stockholm är en attraktiv, trygg, tillgänglig och växande stad för boende, företagande och besök"),
        (2, "1.2 Invånare i Stockholm är självförsörjande"),
        (3, "Individen klarar sin egen försörjning"),
        (4, "Individen har individuell planering för att nå egen försörjning"),
        (5, "Förväntat resultat"),
        (5, "Arbetssätt"),
        (5, "Uppföljning"),
        (2, "1.3 Stockholms livsmiljö är hållbar"),
    ];
    assert_eq!(found[..begin.len()], begin, "a chapter and a text that nobody has written are left out");
    assert_eq!(found[found.len() - 2..], [(1, "Övriga frågor"), (1, "Bilagor")]);
    let at = |text: &str| found.iter().position(|(_, heading)| *heading == text).unwrap();
    assert_eq!(at("Resursanvändning"), at("3.1 Budgeten är i balans") + 1, "the budget stands where the unit has it");
    let labels: Vec<&str> = tables(&document).iter().map(|table| table.label.as_str()).collect();
    let under = "1.2 Invånare i Stockholm är självförsörjande";
    let first = [format!("Indikatorer för {under}"), format!("Aktiviteter för {under}")];
    assert_eq!(labels, [first[0].as_str(), first[1].as_str(), "Budget 2014"]);
    // what it is in the words of the unit, under each
    let words = document.words();
    let own_at = words.iter().rposition(|w| w == "Individen har individuell planering för att nå egen försörjning");
    assert_eq!(words[own_at.unwrap() + 1], "Åtagande");
    assert!(words.contains(&"Bilaga 1. Arbetsmiljöhjulet".to_owned()));
    assert!(trad.get(namnd).is_some() && !words.iter().any(|word| word.contains("Kompetensförsörjning")));
}

#[test]
fn the_tables_have_the_columns_of_a_plan_and_say_how_an_aktivitet_stands_once_one_has_begun() {
    let (plan, trad) = (plan(State::Utkast), trad_of(SODERMALM, 2014));
    let kf = of(&trad, "Invånare i Stockholm är självförsörjande");
    let two = [
        (kf, indikator("Andel barn", "%", "andel", "0,8 %", "4,0 %")),
        (kf, indikator("Andel vuxna", "%", "andel", "0,53 %", "Tas fram av nämnd")),
    ];
    let later = [aktivitet(1, Some(kf), "Samverka", Satt::EjPaborjad), aktivitet(2, Some(kf), "Mäta", Satt::Avslutad)];
    let document = dokument(&Underlag { indikatorer: &two, aktiviteter: &later, ..underlag(&plan, &trad) });
    let all = tables(&document);
    let heads = |n: usize| all[n].columns.iter().map(|column| column.head.as_str()).collect::<Vec<_>>();
    assert_eq!(heads(0), ["Indikator", "Årsmål", "KF:s årsmål", "Periodicitet"]);
    assert_eq!([all[0].columns[1].kind, all[0].columns[2].kind], [Kind::Number, Kind::Text], "words are set as words");
    let cells = |n: usize, row: usize| match &all[n].rows[row] {
        Row::Cells(cells) => cells.iter().map(|cell| cell.replace('\u{a0}', " ")).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(cells(0, 0), ["Andel barn", "0,8 %", "4 %", "Tertial"]);
    assert_eq!(cells(0, 1), ["Andel vuxna", "0,53 %", "Tas fram av nämnd", "Tertial"]);
    assert_eq!(heads(1), ["Aktivitet", "Startdatum", "Slutdatum", "Läge"]);
    assert_eq!(cells(1, 0), ["Samverka", "2014-01-01", "2014-12-31", "Ej påbörjad"]);
    assert_eq!(cells(1, 1)[3], Mark::Check.with("Avslutad"));
    assert_eq!(all[1].as_of, "Läget är det som gällde 2014-06-01");
    let first = dokument(&Underlag { aktiviteter: &later[..1], ..underlag(&plan, &trad) });
    assert_eq!(tables(&first)[0].columns.len(), 3, "as it was planned");
}

#[test]
fn what_is_expected_is_a_list_of_words_or_a_table_with_what_is_aimed_at() {
    let (plan, trad) = (plan(State::Utkast), trad_of(SODERMALM, 2014));
    let own = of(&trad, "Vräkningshotade personer bor kvar");
    let rows = [rad(1, own, "Alla erbjuds stöd", ""), rad(2, own, "Antal vuxna", "975 st")];
    let document = dokument(&Underlag { forvantat: &rows, ..underlag(&plan, &trad) });
    let all = tables(&document);
    assert_eq!(all.len(), 1);
    let said: Vec<String> = all[0].words().iter().map(|word| word.replace('\u{a0}', " ")).collect();
    assert_eq!(said[1..6], ["Vad som förväntas", "Målvärde", "Alla erbjuds stöd", "Antal vuxna", "975 st"]);
    let document = dokument(&Underlag { forvantat: &rows[..1], ..underlag(&plan, &trad) });
    assert!(tables(&document).is_empty() && document.words().contains(&"Alla erbjuds stöd".to_owned()));
}

fn foljs(n: u128, mal: MalId, vad: &str, responsible: &str, visas: &[&str]) -> Uppfoljning {
    let form = uppfoljning::Form {
        vad: vad.into(),
        when: Fields::named("varje_manad"),
        responsible: responsible.into(),
        visas: visas.iter().map(|code| (*code).to_owned()).collect(),
        ..uppfoljning::Form::default()
    };
    let content = uppfoljning::check(&form, 2014, None).unwrap();
    Uppfoljning { id: UppfoljningId(Uuid::from_u128(n)), mal, ordning: 1, copied_from: None, content, version: 1 }
}

#[test]
fn what_is_followed_and_who_have_the_goal_stand_under_it_also_where_it_has_no_texts() {
    let (plan, trad) = (plan(State::Utkast), trad_of(SODERMALM, 2014));
    let own = of(&trad, "Vräkningshotade personer bor kvar");
    let grupp = Vpgrupp {
        id: VpgruppId(Uuid::from_u128(1)),
        node: NODE,
        year: 2014,
        namn: "Boende".into(),
        mal: vec![own],
        medlemmar: vec![],
        version: 1,
    };
    let namn = [("roll:enhetschef".to_owned(), "Enhetschef".to_owned())];
    let rows = [foljs(1, own, "Vräkningar", "roll:enhetschef", &[]), foljs(2, own, "Avhysningar", "", &["apt"])];
    let all = Underlag { uppfoljningar: &rows, grupper: &[grupp], namn: &namn, ..underlag(&plan, &trad) };
    let document = dokument(&all);
    let found = headings(&document);
    let at = found.iter().position(|(_, heading)| *heading == "Vräkningshotade personer bor kvar").unwrap();
    assert_eq!(found[at + 1], (found[at].0 + 1, "Uppföljning"));
    let said = tables(&document)[0].words();
    assert_eq!(said[1..5], ["Vad följs upp", "Hur ofta", "Av", "Visas"]);
    assert_eq!(said[5..9], ["Vräkningar", "Varje månad", "Enhetschef", "Avhysningar"]);
    let words = document.words();
    let grupp = words.iter().position(|word| word == "VP-grupp").expect("the group of the goal");
    assert_eq!(words[grupp + 1], "Boende");
    // a column of nothing is left out
    let document = dokument(&Underlag { uppfoljningar: &rows[..1], ..underlag(&plan, &trad) });
    assert_eq!(tables(&document)[0].columns.len(), 3);
}

#[test]
fn what_hangs_on_no_goal_is_not_lost() {
    let (plan, trad) = (plan(State::Utkast), trad_of(SODERMALM, 2014));
    let gone = MalId(Uuid::from_u128(9));
    let budget = budget();
    let document = dokument(&Underlag {
        indikatorer: &[(gone, indikator("Andel barn", "%", "andel", "0,8 %", ""))],
        aktiviteter: &[aktivitet(1, None, "Samverka", Satt::EjPaborjad), aktivitet(2, Some(gone), "Mäta", Satt::Pagar)],
        budget: Some(&budget),
        ..underlag(&plan, &trad)
    });
    let found = headings(&document);
    let last = [(1, "Övriga indikatorer"), (1, "Aktiviteter för inget visst mål"), (1, "Budget 2014")];
    assert_eq!(found[found.len() - 3..], last);
    assert_eq!(tables(&document)[1].rows.len(), 2);
    let words = document.words();
    for (_, rubrik) in last {
        assert!(words.iter().filter(|word| *word == rubrik).count() > 1, "{rubrik} is among the contents: {words:?}");
    }
    // a budget that nobody has written is left out
    let mut blank = budget.clone();
    blank.rader[0].celler[1] = Cell::default();
    let without = dokument(&Underlag { budget: Some(&blank), ..underlag(&plan, &trad) });
    assert!(tables(&without).is_empty());
    // a plan of nothing is its name
    let empty = dokument(&underlag(&plan, &Trad::default()));
    assert_eq!((empty.blocks.len(), empty.title.as_str()), (0, "Verksamhetsplan 2014"));
}

#[test]
fn the_first_page_says_what_is_decided_and_what_is_not() {
    let beslut = |nr, on, dnr: &str, varfor: &str| Beslut { nr, on, dnr: dnr.into(), varfor: varfor.into() };
    let decided = Plan {
        beslut: vec![beslut(1, day(1, 28), "SDN 2014/1", ""), beslut(2, day(3, 4), "", "Ny budget")],
        revision: Some(Revision { fran: day(5, 2), varfor: "Nya lokaler.".into() }),
        remiss: Some(Remiss { fran: day(5, 20), till: day(6, 10) }),
        ..plan(State::Reviderad)
    };
    let document = dokument(&underlag(&decided, &Trad::default()));
    assert_eq!(document.status, "Reviderad 2014-03-04");
    let words = document.words();
    assert_eq!(words[2..6], ["Fastställd", "2014-01-28, dnr SDN 2014/1", "Reviderad", "2014-03-04: Ny budget"]);
    assert_eq!(
        words[6..],
        [
            "Planen revideras sedan 2014-05-02: Nya lokaler. Det som är ändrat sedan dess är inte beslutat.",
            "På remiss till 2014-06-10."
        ]
    );
}
