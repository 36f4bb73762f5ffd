use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    historik::{Orsak, Punkt, historik},
    rutnat::{Underlag, arstabell, rutnat},
    slag::{Periodicitet, Slag, Ursprung},
    utfall::{DetaljForm, Satt, StatusForm, analys_saknas, andel as share, check_detalj, check_status},
    *,
};
use crate::{occurrence::Share, siffror::slag::Varde};

mod inlasning;
mod underlag;

pub fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

/// `0.33`, `-100`
pub fn tal(text: &str) -> Tal {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    Tal::of_stored(Tal::of_figures(whole, part).unwrap().stored() * sign)
}

pub fn form(slag: Slag, riktning: &str, arsmal: &str) -> Form {
    Form {
        namn: "Indikatorn".into(),
        slag: slag.code().into(),
        riktning: riktning.into(),
        arsmal: arsmal.into(),
        decimaler: "2".into(),
        periodicitet: "tertial".into(),
        ..Form::default()
    }
}

pub fn content(slag: Slag, riktning: &str, arsmal: &str) -> Content {
    check(&form(slag, riktning, arsmal), None).unwrap()
}

pub fn andel(arsmal: &str) -> Content {
    content(Slag::Andel, "hogre", arsmal)
}

pub fn antal(arsmal: &str) -> Content {
    check(&Form { decimaler: "0".into(), ..form(Slag::Antal, "hogre", arsmal) }, None).unwrap()
}

pub fn bestand(arsmal: &str) -> Content {
    content(Slag::Bestand, "lagre", arsmal)
}

pub fn belopp(arsmal: &str) -> Content {
    check(&Form { decimaler: "0".into(), ..form(Slag::Belopp, "lagre", arsmal) }, None).unwrap()
}

pub fn utfall(text: &str) -> Utfall {
    Utfall::of(Varde::of(tal(text)))
}

fn field(form: &Form) -> String {
    check(form, None).unwrap_err()[0].field.clone()
}

#[test]
fn an_indikator_comes_back_to_its_form() {
    let whole = Form {
        definition: "Barn 0–17 år".into(),
        kf: "2,7 %".into(),
        kf_jamforbart: "on".into(),
        tolerans: "5".into(),
        efterslapning: "2 månader".into(),
        sammanlagd: "medel".into(),
        ursprung: "kf".into(),
        matas: "serie:00000000-0000-0000-0000-000000000001".into(),
        responsible: "roll:enhetschef".into(),
        apt: "on".into(),
        ..form(Slag::Andel, "lagre", "0,8 %")
    };
    let made = check(&whole, None).unwrap();
    assert_eq!((made.arsmal.tal(), made.enhet.as_str(), made.efterslapning), (Some(tal("0.8")), "%", 2));
    assert_eq!((made.ursprung, made.kf_jamforbart, made.visas.apt), (Ursprung::Kf, true, true));
    for content in
        [made, antal("15 st"), belopp("625 000"), andel("Tas fram av nämnd"), content(Slag::Medel, "inom", "4–6 dagar")]
    {
        assert_eq!(check(&content.form(), None), Ok(content));
    }
}

#[test]
fn what_is_missing_or_does_not_fit_is_said_at_its_field() {
    let good = form(Slag::Antal, "hogre", "15 st");
    for (form, at) in [
        (Form { namn: " ".into(), ..good.clone() }, "namn"),
        (Form { slag: "summa".into(), ..good.clone() }, "slag"),
        (Form { riktning: String::new(), ..good.clone() }, "riktning"),
        (Form { periodicitet: "ibland".into(), ..good.clone() }, "periodicitet"),
        (Form { arsmal: "1.346".into(), ..good.clone() }, "arsmal"),
        (Form { arsmal: "högst 15".into(), ..good.clone() }, "arsmal"),
        (Form { arsmal: "15,5 st".into(), decimaler: "0".into(), ..good.clone() }, "arsmal"),
        (Form { enhet: "personer".into(), arsmal: "15 kr".into(), ..good.clone() }, "arsmal"),
        (Form { arsmal_till: "20".into(), ..good.clone() }, "arsmal_till"),
        (Form { sammanlagd: "medel".into(), ..good.clone() }, "sammanlagd"),
        (Form { tolerans: "mycket".into(), ..good.clone() }, "tolerans"),
        (Form { matas: "risk:1".into(), ..good.clone() }, "matas"),
        (Form { slag: "andel".into(), arsmal: "130 %".into(), ..good.clone() }, "arsmal"),
        (Form { slag: "andel".into(), arsmal: "0,8".into(), ..good.clone() }, "arsmal"),
        (Form { riktning: "inom".into(), arsmal: "6".into(), arsmal_till: "4".into(), ..good.clone() }, "arsmal_till"),
        (Form { definition: "Som för 060606-1234".into(), ..good.clone() }, "definition"),
    ] {
        assert_eq!(field(&form), at, "{form:?}");
    }
    let money = Form { enhet: "kr".into(), arsmal: "625 000 kronor".into(), ..form(Slag::Belopp, "lagre", "") };
    assert_eq!(check(&money, None).unwrap().enhet, "kr");
    assert_eq!(check(&Form { arsmal: "15 st".into(), ..good }, None).unwrap().enhet, "st", "as the goal says");
}

#[test]
fn a_number_of_nobody_knows_what_is_taken_and_asked_about() {
    let content = Content { enhet: String::new(), ..check(&form(Slag::Medel, "hogre", "65"), None).unwrap() };
    let asked = "Vad är 65: procent, antal eller index? Välj enhet. Du behöver bara svara en gång.";
    assert_eq!(content.enhet_saknas().as_deref(), Some(asked));
    let judged = bedomning(&content, Utfallsperiod::vb(2022), &utfall("70"));
    assert_eq!((judged.status, judged.varfor.as_str()), (Status::IngenBedomning, asked));
}

#[test]
fn codes_come_back() {
    for slag in Slag::ALL {
        assert_eq!((Slag::from_code(slag.code()), Slag::of_serie(slag.serie())), (Some(slag), slag));
        assert!(slag.ways().iter().all(|way| slag.refused(*way).is_none()));
    }
    for one in Riktning::ALL {
        assert_eq!((Riktning::from_code(one.code()), Riktning::read(one.label())), (Some(one), Some(one)));
    }
    for one in Periodicitet::ALL {
        assert_eq!((Periodicitet::from_code(one.code()), Periodicitet::read(one.label())), (Some(one), Some(one)));
        assert!(one.has(Utfallsperiod::vb(2022)), "each has one at the end of the year");
    }
    for (text, one) in [("per år", Periodicitet::Ar), ("Varje månad", Periodicitet::Manad), ("VB", Periodicitet::Ar)]
    {
        assert_eq!(Periodicitet::read(text), Some(one), "{text}");
    }
    for one in Ursprung::ALL {
        assert_eq!(Ursprung::from_code(one.code()), Some(one));
    }
    let quarters: Vec<String> = Periodicitet::Kvartal.perioder(2022).iter().map(|p| p.short()).collect();
    assert_eq!(quarters, ["jan–mar", "jan–jun", "jan–sep", "VB"]);
}

/// 58 of 452, 91 of 838 and 175 of 207, marked by hand as they were printed.
#[test]
fn a_history_is_drawn_with_its_boundaries_and_not_as_one_line() {
    let plan = andel("75 %");
    let row = |numerator, denominator, mark: &str| Utfall {
        satt: Status::read(mark).map(|status| Satt { status, skal: "Som det är tryckt".into(), vid: None }),
        ..Utfall::of(share(Share { numerator, denominator }).unwrap())
    };
    let [t1, t2, vb] = Utfallsperiod::rapporter(2020);
    let outcomes = [(vb, row(175, 207, "●")), (t1, row(58, 452, "◆")), (t2, row(91, 838, "■"))];
    let punkter: Vec<Punkt<'_>> =
        outcomes.iter().map(|(period, utfall)| Punkt { content: &plan, period: *period, utfall }).collect();
    let history = historik(&punkter, &[], &[]);
    let said: Vec<String> = history.rader.iter().map(historik::Rad::said).collect();
    assert_eq!(
        said,
        [
            "Tertial 1 2020 ◆ 58 av 452 12,83\u{a0}%",
            "Tertial 2 2020 ■ 91 av 838 10,86\u{a0}%",
            "VB 2020 ● 175 av 207 84,54\u{a0}%"
        ]
    );
    assert_eq!(history.linjer(), [0..1, 1..2, 2..3]);
    assert_eq!(history.granser.iter().map(|g| g.fore_rad).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(history.granser[1].said(), "Mäts det på samma sätt? Nämnaren ändras från 838 till 207.");
    assert!(history.granser[0].is_fraga() && !history.is_jamforbara(0, 2));

    let answered = historik(&punkter, &[], &[t2]);
    assert_eq!((answered.linjer(), answered.is_jamforbara(0, 1)), (vec![0..2, 2..3], true));
    let brott =
        crate::siffror::serie::Brott { fran: day(2020, 9, 1), varfor: "nytt sätt".into(), rapportering: false };
    let plan = Content { brott: vec![brott], ..plan.clone() };
    let punkter: Vec<Punkt<'_>> = punkter.iter().map(|p| Punkt { content: &plan, ..*p }).collect();
    let unit = [(day(2020, 5, 1), "två enheter blev en".to_owned())];
    let history = historik(&punkter, &unit, &[t2]);
    assert_eq!(history.granser[0].said(), "Annan organisation från 2020-05-01: två enheter blev en");
    assert!(matches!(&history.granser[1].orsak, Orsak::Brott { .. }), "a break that is known is not asked about");
    assert_eq!((history.granser.len(), history.linjer().len()), (2, 3));
}

#[test]
fn a_break_is_from_a_day_with_why_and_once() {
    use crate::siffror::serie::BrottForm;
    let form = BrottForm { fran: "2022-03-01".into(), varfor: "Ny definition".into(), ..BrottForm::default() };
    let today = day(2022, 5, 2);
    let brott = check_brott(&form, &antal("15 st"), today).unwrap();
    let content = Content { brott: vec![brott], ..antal("15 st") };
    let errors = check_brott(&form, &content, today).unwrap_err();
    assert_eq!(errors[0].message, "Indikatorn har redan ett brott den dagen.");
    assert_eq!(check(&content.form(), Some(&content)), Ok(content), "the form keeps them");
}

#[test]
fn a_status_is_set_with_a_reason_and_remembers_the_outcome() {
    let before = utfall("4");
    assert_eq!(check_status(&StatusForm::default(), &before), Ok(None));
    let set = StatusForm { status: "inte_mojlig".into(), skal: "Pandemin".into() };
    let satt = check_status(&set, &before).unwrap().unwrap();
    let kept = Utfall { satt: Some(satt.clone()), ..before.clone() };
    assert_eq!(kept.status_form(), set);
    assert_eq!((satt.status, satt.vid), (Status::InteMojlig, Some(tal("4"))));
    let errors = check_status(&StatusForm { skal: " ".into(), ..set.clone() }, &before).unwrap_err();
    assert_eq!(errors[0].field, "skal");
    assert_eq!(check_status(&StatusForm { status: "bra".into(), ..set }, &before).unwrap_err()[0].field, "status");
}

#[test]
fn what_misleads_says_why_and_what_is_not_reached_is_analysed() {
    let content = antal("15 st");
    let form = DetaljForm { missvisande: "on".into(), fjol: "12 st".into(), ..DetaljForm::default() };
    assert_eq!(check_detalj(&form, &content, &utfall("4")).unwrap_err()[0].field, "varfor");
    let form = DetaljForm { varfor: "Registrerade på fel enhet".into(), ..form };
    let made = check_detalj(&form, &content, &utfall("4")).unwrap();
    assert_eq!(check_detalj(&made.detaljer(&content), &content, &utfall("4")), Ok(made.clone()));
    let told: Vec<(&str, String)> = made.told(&content).into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let labels: Vec<&str> = told.iter().map(|(label, _)| *label).collect();
    assert_eq!(labels, ["Totalt", "I fjol", "Missvisande", "Varifrån"]);
    assert_eq!((made.missvisande.as_str(), made.fjol.map(|v| v.tal)), ("Registrerade på fel enhet", Some(tal("12"))));
    assert!(made.saknar_kon() && !Utfall { utan_kon: "Går inte".into(), ..made.clone() }.saknar_kon());
    let vb = Utfallsperiod::vb(2022);
    assert!(analys_saknas(&content, vb, &made).is_some());
    assert_eq!(analys_saknas(&content, vb, &Utfall { analys: "Få platser".into(), ..made }), None);
    assert_eq!(analys_saknas(&content, vb, &utfall("15")), None);
    assert_eq!(analys_saknas(&content, vb, &Utfall::default()), None, "nothing is judged");
}

fn indikator(n: u128, content: Content) -> Indikator {
    Indikator { id: IndikatorId(Uuid::from_u128(n)), copied_from: None, content, version: 1 }
}

#[test]
fn the_table_of_a_tertial_has_what_is_asked_for_first_and_says_how_far_it_is() {
    let [t1, _, vb] = Utfallsperiod::rapporter(2022);
    let plan = indikator(1, Content { namn: "Plan".into(), ..andel("75 %") });
    let index = indikator(2, Content { namn: "Index".into(), periodicitet: Periodicitet::Ar, ..antal("82 index") });
    let jobb = indikator(3, Content { namn: "Jobb".into(), ..antal("15 st") });
    let none = BTreeMap::new();
    let mut outcome = utfall("77.78");
    (outcome.varden.kvinnor, outcome.varden.man) = (Some(Varde::of(tal("45"))), Some(Varde::of(tal("71"))));
    let of_plan = BTreeMap::from([(t1, outcome)]);
    let of_jobb = BTreeMap::from([(t1, Utfall { prognos: Some(Varde::of(tal("15"))), ..utfall("4") })]);
    let last_year = BTreeMap::from([(t1.year_before(), utfall("5")), (vb.year_before(), utfall("14"))]);
    let rows = [
        Underlag { indikator: &index, plats: &[1, 0], utfall: &none, fjol: &none },
        Underlag { indikator: &jobb, plats: &[3, 0], utfall: &of_jobb, fjol: &last_year },
        Underlag { indikator: &plan, plats: &[2, 1], utfall: &of_plan, fjol: &none },
    ];
    let table = rutnat(&rows, t1);
    let names: Vec<&str> = table.rader.iter().map(|rad| rad.namn.as_str()).collect();
    assert_eq!(names, ["Plan", "Jobb", "Index"], "the index is of the year");
    assert_eq!(table.rubrik(), "Tertial 1: alla ifyllda, ett värde att titta på");
    let jobb_row = &table.rader[1];
    assert_eq!((jobb_row.arsmal.as_str(), jobb_row.fjol.as_str()), ("15\u{a0}st", "5\u{a0}st"));
    let written: Vec<&str> = jobb_row.rutor.iter().map(|ruta| ruta.skriven.as_str()).collect();
    assert_eq!(written, ["4", "", "", "", "15"]);
    assert!(jobb_row.varfor.starts_with("Prognos 15 mot minst 15\u{a0}st."), "{}", jobb_row.varfor);
    assert!(table.rader[0].varfor.contains("ligger inte mellan"), "{}", table.rader[0].varfor);

    let t2 = Utfallsperiod::tertial_2(2022);
    let fewer = BTreeMap::from([(t1, utfall("6")), (t2, utfall("5"))]);
    let shrunk = rutnat(&[Underlag { indikator: &jobb, plats: &[3, 0], utfall: &fewer, fjol: &none }], t2);
    let told = "Utfallet är lägre än 6\u{a0}st i januari–april 2022. Det som händer under året kan inte bli färre.";
    assert!(shrunk.rader[0].varfor.ends_with(told) && shrunk.rader[0].is_att_titta_pa());

    let year = arstabell(&rows, 2022);
    assert_eq!(year.iter().map(|rad| rad.namn.as_str()).collect::<Vec<_>>(), ["Index", "Plan", "Jobb"]);
    let cells: Vec<(&str, &str, Option<Status>)> =
        year[2].rutor.iter().map(|ruta| (ruta.visad.as_str(), ruta.fjol.as_str(), ruta.status)).collect();
    assert_eq!(
        cells,
        [
            ("4\u{a0}st", "5\u{a0}st", Some(Status::Uppnas)),
            ("", "", Some(Status::IngenBedomning)),
            ("", "14\u{a0}st", Some(Status::IngenBedomning))
        ]
    );
    assert_eq!(year[0].rutor[0].status, None, "no tertial of an index of the year");
}

#[test]
fn an_indikator_survives_its_storing() {
    let one =
        indikator(1, Content { kf: mal::Mal::Text("Tas fram".into()), ..content(Slag::Medel, "inom", "4–6 dagar") });
    let text = serde_json::to_string(&one).unwrap();
    assert_eq!(serde_json::from_str::<Indikator>(&text).unwrap(), one);
    let kept = Utfall {
        prognos: Some(Varde::of(tal("15"))),
        satt: Some(Satt { status: Status::InteMojlig, skal: "Pandemin".into(), vid: None }),
        ..Utfall::of(share(Share { numerator: 29, denominator: 35 }).unwrap())
    };
    let text = serde_json::to_string(&kept).unwrap();
    assert_eq!(serde_json::from_str::<Utfall>(&text).unwrap(), kept);
    assert_eq!(serde_json::from_str::<Utfall>("{}").unwrap(), Utfall::default());
    let period = Utfallsperiod::tertial_1(2022);
    assert_eq!(serde_json::to_string(&period).unwrap(), "\"2022-T1\"");
}
