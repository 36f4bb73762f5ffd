use uuid::Uuid;

use super::*;
use crate::siffror::serie::{Form, SerieId, check};

fn part(namn: &str, enhet: &str, slag: &str) -> Content {
    let form =
        Form { namn: namn.into(), enhet: enhet.into(), slag: slag.into(), grain: "manad".into(), ..Form::default() };
    check(&form, None).unwrap()
}

fn id(n: u128) -> String {
    SerieId(Uuid::from_u128(n)).to_string()
}

fn form(rakning: &str) -> Form {
    Form {
        namn: "Räknad".into(),
        slag: "bestand".into(),
        grain: "ar".into(),
        del_a: id(1),
        del_b: id(2),
        rakning: rakning.into(),
        responsible: "roll:metodutvecklare".into(),
        efterslapning: "2".into(),
        ..Form::default()
    }
}

/// Kind and unit of what two make, or the field of the fault and what is said.
fn of(form: &Form, a: &Content, b: &Content) -> Result<(Slag, String), (String, String)> {
    let content = check(form, None).unwrap();
    match klar(&content, a, Some(b)) {
        Ok(made) => Ok((made.slag, made.enhet)),
        Err(faults) => Err((faults[0].field.clone(), faults[0].message.clone())),
    }
}

#[test]
fn what_it_is_follows_from_its_parts_and_nobody_fills_it() {
    let (paid, households) = (part("Utbetalt", "mnkr", "belopp"), part("Hushåll", "hushåll", "bestand"));
    let made = klar(&check(&form("delat"), None).unwrap(), &paid, Some(&households)).unwrap();
    assert_eq!((made.slag, made.enhet.as_str(), made.sammanlagd), (Slag::Medel, "kr", None), "no year of means");
    assert_eq!((made.grain, made.responsible, made.efterslapning), (Grain::Manad, Responsible::Nobody, 0));
    assert_eq!(klar(&made, &paid, Some(&households)), Ok(made.clone()), "again it is the same");
    assert_eq!(check(&made.form(), None), Ok(made), "and it comes back to its form");
}

#[test]
fn units_are_those_of_the_parts_and_money_is_known_in_kronor_thousands_and_millions() {
    let (paid, back) = (part("Utbetalt", "mnkr", "belopp"), part("Återkrav", "tkr", "belopp"));
    let (households, new) = (part("Hushåll", "hushåll", "bestand"), part("Nya", "hushåll", "flode"));
    let (share, staff) = (part("I tid", "", "andel"), part("Handläggare", "tjänster", "bestand"));
    assert_eq!(of(&form("minus"), &paid, &back), Ok((Slag::Belopp, "mnkr".to_owned())));
    assert_eq!(of(&Form { enhet: "kr".into(), ..form("minus") }, &paid, &back), Ok((Slag::Belopp, "kr".to_owned())));
    assert_eq!(of(&form("delat"), &back, &paid), Ok((Slag::Andel, "%".to_owned())));
    assert_eq!(of(&form("delat"), &new, &households), Ok((Slag::Andel, "%".to_owned())));
    assert_eq!(of(&form("delat"), &households, &staff), Ok((Slag::Medel, "hushåll".to_owned())));
    let chosen = Form { slag: "andel".into(), ..form("delat") };
    assert_eq!(of(&chosen, &households, &staff), Ok((Slag::Andel, "%".to_owned())));
    assert_eq!(of(&form("ganger"), &households, &share), Ok((Slag::Bestand, "hushåll".to_owned())));
    assert_eq!(of(&form("minus"), &share, &share), Ok((Slag::Medel, "procentenheter".to_owned())));
    let index = Form { sedan: "index".into(), bas: "jan 2021".into(), ..form("delat") };
    assert_eq!(of(&index, &paid, &households), Ok((Slag::Medel, "index".to_owned())));
    let mean = Form { sedan: "medel".into(), ..form("delat") };
    assert_eq!(of(&mean, &new, &households), Ok((Slag::Andel, "%".to_owned())), "its changes are in procentenheter");
    let made = klar(&check(&mean, None).unwrap(), &new, Some(&households)).unwrap();
    assert_eq!(made.sammanlagd, None, "and its months make no year");
}

#[test]
fn what_does_not_go_together_is_said_in_a_sentence_at_its_field() {
    let (paid, households) = (part("Utbetalt", "mnkr", "belopp"), part("Hushåll", "hushåll", "bestand"));
    let (new, share) = (part("Nya", "hushåll", "flode"), part("I tid", "", "andel"));
    let year = Content { grain: Grain::Ar, ..households.clone() };
    let derived = check(&form("plus"), None).unwrap();
    let mean = Form { sedan: "medel".into(), ..form("delat") };
    let index = Form { sedan: "index".into(), bas: "2021".into(), ..form("delat") };
    for (form, a, b, field, words) in [
        (form("plus"), &paid, &households, "rakning", "”Utbetalt” är i mnkr och ”Hushåll” i hushåll."),
        (form("plus"), &new, &households, "rakning", "”Nya” har slaget flöde och ”Hushåll” slaget bestånd."),
        (form("plus"), &share, &share, "rakning", "Andelar läggs inte ihop"),
        (form("ganger"), &paid, &paid, "rakning", "Pengar gånger pengar"),
        (form("ganger"), &households, &new, "enhet", "Skriv vad det blir"),
        (form("delat"), &households, &paid, "rakning", "Dela pengarna med det som räknas"),
        (form("delat"), &share, &households, "rakning", "En andel delas bara med en andel."),
        (form("delat"), &paid, &year, "del_b", "varje månad och ”Hushåll” varje år"),
        (form("delat"), &paid, &derived, "del_b", "räknas själv ut ur andra serier"),
        (Form { enhet: "hushåll".into(), ..form("delat") }, &paid, &households, "enhet", "Skriv kr, tkr eller mnkr."),
        (Form { enhet: "dagar".into(), ..form("delat") }, &new, &households, "enhet", "blir procent"),
        (
            Form { enhet: "kr".into(), bas: "2021-01".into(), ..index.clone() },
            &paid,
            &households,
            "enhet",
            "Ett index har ingen enhet.",
        ),
        (index, &paid, &households, "bas", "varje månad"),
        (mean, &Content { grain: Grain::Ar, ..paid.clone() }, &year, "sedan", "Medel av tolv månader"),
    ] {
        let (at, said) = of(&form, a, b).unwrap_err();
        assert!(at == field && said.contains(words), "{at}: {said}");
    }
}

#[test]
fn half_a_form_is_asked_about() {
    let field = |form: Form| check(&form, None).unwrap_err()[0].field.clone();
    assert_eq!(field(Form { del_a: String::new(), ..form("delat") }), "del_a");
    assert_eq!(field(Form { del_b: String::new(), ..form("delat") }), "del_b");
    assert_eq!(field(form("")), "rakning");
    assert_eq!(field(Form { del_b: String::new(), ..form("") }), "rakning", "a copy is no series");
    assert_eq!(field(Form { sedan: "index".into(), bas: "mars".into(), ..form("delat") }), "bas");
    assert_eq!(field(Form { bas: "2021-01".into(), ..form("delat") }), "bas");
    let twice = form("delat");
    assert_eq!(field(Form { del_b: twice.del_a.clone(), ..twice }), "del_b");
    let none = Form { del_a: String::new(), del_b: String::new(), enhet: "kr".into(), ..form("") };
    assert_eq!(check(&none, None).unwrap().harledd, None);
}
