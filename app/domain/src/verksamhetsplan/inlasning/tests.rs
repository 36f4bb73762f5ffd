use uuid::Uuid;

use super::*;
use crate::verksamhetsplan::{
    forvantat::ForvantatId,
    mal::{
        Benamning, Niva,
        tests::{NODE, SODERMALM, trad_of},
    },
    plan::{PlanId, State},
    tabell::of_text,
};

const YEAR: i32 = 2014;

const INDIKATORER: &str = "Nivå;Mål;Indikator;Enhet;Riktning;Årsmål;KF:s årsmål;Periodicitet
KF-mål;1.2;Andel barn i familjer med bistånd;%;lägre;0,8;4,0;Tertial
Nämndmål;Individen har ett varaktigt boende;Andel ej verkställda vräkningshot;%;högre;95;;År";

const UTFALL: &str = "Indikator;Period;Periodens utfall;Utfall män;Utfall kvinnor;Täljare;Nämnare;Status;Kommentar
Andel barn i familjer med bistånd;Tertial 1;0,9 %;;;;;delvis;Något fler
Andel ej verkställda vräkningshot;VB 2014;;;;29;30;;
Andel ej verkställda vräkningshot;VB 2013;90 %;;;;;;";

const FORVANTAT: &str = "Nivå;Mål;Förväntat resultat;Jämförelse;Målvärde;Enhet
Åtagande;Vräkningshotade personer bor kvar;Vräkningar;Högst;5;st
Åtagande;Vräkningshotade personer bor kvar;Alla som söker erbjuds stöd;;;";

const AKTIVITETER: &str = "Nivå;Mål;Aktivitet;Startdatum;Slutdatum
KF-mål;1.2;Samordna insatserna;2014-01-01;2014-12-31
Åtagande;Vräkningshotade personer bor kvar;Följa enhetens plan;;";

fn mot() -> Mot {
    Mot {
        plan: Plan {
            id: PlanId(Uuid::from_u128(9)),
            node: NODE,
            year: YEAR,
            state: State::Utkast,
            benamning: Benamning::Atagande,
            remiss: None,
            revision: None,
            beslut: vec![],
            version: 1,
        },
        trad: trad_of(SODERMALM, YEAR),
        indikatorer: vec![],
        utfall: utfallstabell::Finns::new(),
        stangda: vec![],
        forvantat: vec![],
        aktiviteter: vec![],
        names: Names::default(),
    }
}

fn id(n: usize) -> Uuid {
    Uuid::from_u128(1_000 + u128::try_from(n).unwrap())
}

/// What a plan holds when a table has been read into it.
fn after(mut mot: Mot, last: Last) -> Mot {
    match last {
        Last::Mal(_) => {}
        Last::Indikatorer(last) => mot.indikatorer.extend(last.rader.into_iter().enumerate().map(|(n, rad)| Under {
            mal: rad.mal.unwrap(),
            indikator: Indikator {
                id: IndikatorId(id(n)),
                copied_from: None,
                content: rad.content.unwrap(),
                version: 1,
            },
        })),
        Last::Utfall(last) => {
            mot.utfall.extend(last.rader.into_iter().map(|rad| ((rad.indikator, rad.period), rad.after)));
        }
        Last::Forvantat(last) => mot.forvantat.extend(last.rader.into_iter().zip(0..).map(|(rad, n)| forvantat::Rad {
            id: ForvantatId(Uuid::from_u128(2_000 + n)),
            mal: rad.mal.unwrap(),
            ordning: 1,
            copied_from: None,
            content: rad.content,
            version: 1,
        })),
        Last::Aktiviteter(last) => {
            mot.aktiviteter.extend(last.rader.into_iter().zip(0..).map(|(rad, n)| Planaktivitet {
                id: aktivitet::PlanaktivitetId(Uuid::from_u128(3_000 + n)),
                node: NODE,
                year: YEAR,
                content: rad.content,
                lage: aktivitet::Lage::default(),
                version: 1,
            }));
        }
    }
    mot
}

/// A plan with something in every kind of table.
fn filled() -> Mot {
    let mut mot = mot();
    for text in [INDIKATORER, UTFALL, FORVANTAT, AKTIVITETER] {
        let table = of_text(text);
        let last = mot.las(igenkand(&table).unwrap(), &table, &Svar::default()).unwrap();
        assert!(last.is_ready(), "{last:?}");
        mot = after(mot, last);
    }
    mot
}

#[test]
fn a_table_is_recognised_by_its_columns() {
    let known = [
        (SODERMALM, Tabellslag::Mal),
        (INDIKATORER, Tabellslag::Indikatorer),
        (UTFALL, Tabellslag::Utfall),
        (FORVANTAT, Tabellslag::Forvantat),
        (AKTIVITETER, Tabellslag::Aktiviteter),
        (include_str!("../../../testdata/verksamhetsplan/indikatorer-2022.csv"), Tabellslag::Indikatorer),
        (
            include_str!("../../../testdata/verksamhetsplan/indikatorer-bromma-2022-utskrivet.csv"),
            Tabellslag::Indikatorer,
        ),
        (include_str!("../../../testdata/verksamhetsplan/indikatorutfall-bromma.csv"), Tabellslag::Utfall),
        // a heading may mean either: it is no outcome without a figure
        ("Indikator;Period;Årsmål\nSjukfrånvaro;Tertial;4,4", Tabellslag::Indikatorer),
        ("Indikator;Utfall\nSjukfrånvaro;4,4", Tabellslag::Utfall),
    ];
    for (text, slag) in known {
        assert_eq!(igenkand(&of_text(text)), Ok(slag), "{text}");
    }
    // what names its goals can be read as goals too, where somebody says so
    assert_eq!(mojliga(&of_text(AKTIVITETER)), [Tabellslag::Aktiviteter, Tabellslag::Mal]);
    let none = igenkand(&of_text("Namn;Antal\nEgen försörjning;3")).unwrap_err();
    assert!(none.starts_with("Tabellen behöver en rubrikrad") && none.contains("Mål: ”Nivå” och ”Mål”"), "{none}");
}

#[test]
fn what_a_plan_holds_is_taken_out_and_read_back_without_change() {
    let mot = filled();
    let blad = mot.blad();
    let levels: Vec<&str> = blad[0].1.iter().map(|row| row[0].as_str()).collect();
    assert!(levels.contains(&"Åtagande") && !levels.contains(&"Enhetsmål"), "as the plan calls them: {levels:?}");
    assert_eq!(
        blad.iter().map(|(slag, rows)| (*slag, rows.len())).collect::<Vec<_>>(),
        [
            (Tabellslag::Mal, 27),
            (Tabellslag::Indikatorer, 2),
            (Tabellslag::Utfall, 2),
            (Tabellslag::Forvantat, 2),
            (Tabellslag::Aktiviteter, 2),
        ]
    );
    for (slag, rows) in blad {
        let mut table = Table::default();
        table.push(1, slag.kolumner().iter().map(|k| k.namn));
        (2..).zip(rows).for_each(|(line, cells)| table.push(line, cells));
        assert_eq!(igenkand(&table), Ok(slag));
        let last = mot.las(slag, &table, &Svar::default()).unwrap();
        assert!(last.fel().is_empty() && !last.fragor().iter().any(Fraga::is_open), "{last:?}");
        assert_eq!(last.antal(), (0, 0), "{slag:?}: {last:?}");
        let rows = mot.forhand(&last);
        assert!(rows.iter().all(|rad| rad.verkan == Verkan::Finns && rad.annorlunda.is_empty()), "{rows:?}");
    }
}

#[test]
fn an_outcome_says_what_becomes_of_it_and_one_of_another_year_is_not_read_here() {
    let mot = filled();
    let table = of_text(
        "Indikator;Period;Periodens utfall\nAndel barn i familjer med bistånd;T1;1,1 %\nAndel barn i familjer med bistånd;T1 2013;1 %",
    );
    let last = mot.las(Tabellslag::Utfall, &table, &Svar::default()).unwrap();
    assert_eq!(last.antal(), (0, 1));
    assert!(
        last.notes().iter().any(|note| note.starts_with("Rad 3 gäller ett annat år än 2014")),
        "{:?}",
        last.notes()
    );
    let rows = mot.forhand(&last);
    assert_eq!(rows[0].verkan, Verkan::Andras);
    assert_eq!(rows[0].celler[1].replace('\u{a0}', " "), "Totalt: 0,9 %");
    assert_eq!(rows[0].celler[2].replace('\u{a0}', " "), "Totalt: 1,1 %");
    assert!(last.skal().is_empty());
    // of a closed period a change has a reason
    let day = chrono::NaiveDate::from_ymd_opt(2014, 5, 30).unwrap();
    let closed = Mot { stangda: vec![Stangd { period: Utfallsperiod::tertial_1(YEAR), on: day }], ..mot.clone() };
    let later = closed.las(Tabellslag::Utfall, &table, &Svar::default()).unwrap();
    assert!(later.skal().iter().any(|why| why.starts_with("Perioden är stängd")), "{:?}", later.skal());
    assert_ne!(later.sett(), last.sett());
    // what somebody has changed meanwhile is another word, though the same would be written
    let mut changed = mot.clone();
    let key = *changed.utfall.keys().next().unwrap();
    changed.utfall.get_mut(&key).unwrap().analys = "Ändrat".to_owned();
    assert_ne!(changed.las(Tabellslag::Utfall, &table, &Svar::default()).unwrap().sett(), last.sett());
}

#[test]
fn what_is_there_already_and_stands_otherwise_in_the_table_is_told_and_not_written() {
    let mot = filled();
    let other = [
        (INDIKATORER.replace("0,8;4,0", "0,9;4,0"), "Årsmål är 0,8 % i planen och 0,9 % i tabellen."),
        (FORVANTAT.replace(";5;", ";4;"), "Målvärde är högst 5 st i planen och högst 4 st i tabellen."),
        (
            AKTIVITETER.replace("2014-12-31", "2014-11-30"),
            "Slutdatum är 2014-12-31 i planen och 2014-11-30 i tabellen.",
        ),
    ];
    for (text, said) in other {
        let table = of_text(&text);
        let last = mot.las(igenkand(&table).unwrap(), &table, &Svar::default()).unwrap();
        assert_eq!(last.antal(), (0, 0), "{text}");
        let rows = mot.forhand(&last);
        assert_eq!(rows[0].annorlunda.replace('\u{a0}', " "), said);
        assert!(rows[1].annorlunda.is_empty(), "what the table does not say is no other: {rows:?}");
    }
}

#[test]
fn what_is_expected_stands_on_a_goal_of_the_plan_itself() {
    let mut mot = mot();
    mot.plan.node = crate::id::NodeId(Uuid::from_u128(7));
    let last = mot.las(Tabellslag::Forvantat, &of_text(FORVANTAT), &Svar::default()).unwrap();
    assert_eq!((last.antal(), last.fel().len()), ((0, 0), 2));
    assert!(last.fel()[0].text.contains("är inte enhetens eget mål"), "{:?}", last.fel());
    let levels = mot.trad.of_niva(Niva::Enhetsmal).len();
    assert_eq!(levels, 10);
}

#[test]
fn how_many_are_new_is_said() {
    let said: Vec<String> = Tabellslag::ALL.map(|slag| slag.nya(1)).to_vec();
    assert_eq!(said, ["ett nytt mål", "en ny indikator", "ett nytt utfall", "en ny rad", "en ny aktivitet"]);
    assert_eq!(Tabellslag::Mal.nya(27), "27 nya mål");
    for slag in Tabellslag::ALL {
        assert_eq!(Tabellslag::from_code(slag.code()), Some(slag));
    }
}
