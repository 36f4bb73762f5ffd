//! What forms take, and what they say.

use super::*;
use crate::ekonomi::{
    belopp,
    konto::{self, Form, RadForm, VerksamhetForm},
};

fn ids() -> impl FnMut() -> RadId {
    let mut n = 100;
    move || {
        n += 1;
        rad_id(n)
    }
}

#[test]
fn an_account_is_checked_and_comes_back_as_its_form() {
    let form = Form { ar: "2022".into(), enhet: "mnkr".into(), teckenform: "bada_positiva".into(), ..Form::default() };
    let made = konto::check(&form, None).unwrap();
    assert_eq!((made.namn.as_str(), made.grans.belopp, made.grans.andel), ("Budget 2022", tal("0,1"), tal("5")));
    assert_eq!(konto::check(&made.form(), Some(&made)), Ok(made.clone()));
    assert_eq!(serde_json::from_str::<Content>(&serde_json::to_string(&made).unwrap()).unwrap(), made);
    let faults = konto::check(&Form { ar: "1999".into(), ..Form::default() }, None).unwrap_err();
    assert_eq!(faults.iter().map(|e| e.field.as_str()).collect::<Vec<_>>(), ["ar", "enhet", "teckenform"]);
    let other = konto::check(&Form { ar: "2023".into(), ..made.form() }, Some(&made)).unwrap_err();
    assert_eq!(other[0].message, "Året ändras inte. Kopiera budgeten till det andra året i stället.");
    let named = Form { namn: "Budget för 19121212-1212".into(), ..made.form() };
    assert_eq!(konto::check(&named, None).unwrap_err()[0].field, "namn");
}

#[test]
fn a_new_verksamhet_has_the_standard_rows_and_a_form_that_does_not_fit_rows_is_refused() {
    let mut account = content(&[]);
    account.verksamheter.clear();
    let form = VerksamhetForm { namn: "Handläggning".into(), vo: "1810".into() };
    let made = konto::check_verksamhet(&form, &account, verksamhet_id(2), ids()).unwrap();
    assert_eq!((made.rader.len(), made.rader[0].namn.as_str()), (11, "Taxor och avgifter"));
    account.set_verksamhet(made.clone());
    let again = konto::check_verksamhet(&form, &account, verksamhet_id(3), ids()).unwrap_err();
    assert_eq!(again[0].message, "Det finns redan en verksamhet som heter så.");
    let renamed = VerksamhetForm { namn: "Handläggningskostnader".into(), ..form };
    assert_eq!(konto::check_verksamhet(&renamed, &account, verksamhet_id(2), ids()).unwrap().rader, made.rader);
    let netto = Form { teckenform: "bara_netto".into(), ..account.form() };
    assert_eq!(konto::check(&netto, Some(&account)).unwrap_err()[0].field, "teckenform");
    let signs = Form { teckenform: "kostnader_negativa".into(), ..account.form() };
    assert!(konto::check(&signs, Some(&account)).is_ok(), "only how it is shown");
    account.teckenform = Teckenform::BaraNetto;
    account.verksamheter.clear();
    let one = konto::check_verksamhet(&renamed, &account, verksamhet_id(4), ids()).unwrap();
    assert_eq!(one.rader.iter().map(|rad| rad.slag).collect::<Vec<_>>(), [Radslag::Netto]);
}

#[test]
fn rows_are_added_moved_among_their_kind_and_removed() {
    let mut account = content(&[INTAKT, PERSONAL, LOKAL]);
    let form = RadForm { slag: "kostnad".into(), namn: "Försörjningsstöd".into(), ..RadForm::default() };
    let row = konto::check_rad(&form, &account, verksamhet_id(1), rad_id(4)).unwrap();
    assert!(account.set_rad(verksamhet_id(1), row));
    let order = |account: &Content| account.rader().map(|(_, rad)| rad.namn.clone()).collect::<Vec<_>>();
    assert!(account.move_rad(rad_id(4), true));
    assert_eq!(order(&account), ["Bidrag och ersättningar", "Personal", "Försörjningsstöd", "Lokal"]);
    assert!(!account.move_rad(rad_id(2), true), "above it stands income");
    assert!(account.remove_rad(rad_id(4)) && !account.remove_rad(rad_id(4)));
    let twice = RadForm { namn: "Lokal".into(), ..form.clone() };
    assert_eq!(konto::check_rad(&twice, &account, verksamhet_id(1), rad_id(5)).unwrap_err()[0].field, "namn");
    let netto = RadForm { slag: "netto".into(), ..form };
    assert_eq!(konto::check_rad(&netto, &account, verksamhet_id(1), rad_id(5)).unwrap_err()[0].field, "slag");
    assert!(!account.move_verksamhet(verksamhet_id(1), false) && account.remove_verksamhet(verksamhet_id(1)));
}

#[test]
fn a_row_has_its_number_of_the_year_before() {
    let account = content(&[PERSONAL]);
    let next = account.copy(Year::try_from(2023).unwrap(), || verksamhet_id(9), ids());
    let (v, rad) = next.rader().next().unwrap();
    assert_eq!((v.id, rad.id, rad.fran), (verksamhet_id(9), rad_id(101), Some(rad_id(1))));
    assert_eq!(next.ar.get(), 2023);
}

fn cell(art: &str, varde: &str) -> belopp::Form {
    let (rad, tid) = (rad_id(1).to_string(), "04".to_owned());
    belopp::Form { rad, tid, art: art.into(), varde: varde.into(), ..belopp::Form::default() }
}

#[test]
fn an_amount_is_typed_in_the_units_own_form_of_signs_and_kept_in_one() {
    let mut account = content(&[PERSONAL, INTAKT]);
    account.teckenform = Teckenform::KostnaderNegativa;
    let kept = belopp::check(&cell("utfall", "−3 250"), &account).unwrap().belopp;
    assert_eq!((kept.tal, kept.tid, kept.art), (Some(tal("3250")), Tid::Manad(4), Art::Utfall));
    assert_eq!(belopp::typed(&kept, &account), "-3250");
    account.teckenform = Teckenform::BadaPositiva;
    assert_eq!(belopp::typed(&kept, &account), "3250");
}

#[test]
fn b6_a_word_is_kept_as_a_note_and_a_forecast_among_outcomes_becomes_one_and_both_are_said() {
    let account = content(&[PERSONAL]);
    let word = belopp::check(&cell("utfall", "Oklart"), &account).unwrap();
    assert_eq!((word.belopp.tal, word.belopp.not.as_str()), (None, "Oklart"));
    assert_eq!(word.sagt, ["”Oklart” är sparat som anteckning, inte som belopp."]);
    assert_eq!(belopp::typed(&word.belopp, &account), "Oklart", "and comes back as it was typed");
    let said = belopp::Form { not: "Två vikarier".into(), ..cell("utfall", "Oklart") };
    let said = belopp::check(&said, &account).unwrap().belopp;
    assert_eq!(
        (said.not.as_str(), said.kommentar.as_str()),
        ("Oklart", "Två vikarier"),
        "a comment is no word of a cell"
    );
    let english = belopp::check(&cell("utfall", "1,234.56"), &account).unwrap();
    assert_eq!(
        (english.belopp.tal, english.sagt),
        (Some(tal("1234,56")), vec!["1,234.56 är läst som 1\u{a0}234,56.".to_owned()])
    );
    let prognos = belopp::check(&cell("utfall", "Prognos 39 000"), &account).unwrap();
    assert_eq!((prognos.belopp.art, prognos.belopp.tal), (Art::Prognos, Some(tal("39000"))));
    assert_eq!(prognos.sagt, ["Prognosen är sparad som prognos."]);
    let nought = belopp::check(&cell("utfall", "+/-0"), &account).unwrap().belopp;
    let blank = belopp::check(&cell("utfall", ""), &account).unwrap().belopp;
    assert_eq!((nought.tal, blank.tal), (Some(Tal::ZERO), None));
    let last = belopp::Form { tid: "bokslut".into(), ..cell("prognos", "39 000") };
    assert_eq!(belopp::check(&last, &account).unwrap_err()[0].field, "varde");
    let two = belopp::check(&cell("utfall", "3 5"), &account).unwrap_err();
    assert!(two[0].message.starts_with("Rutan kan inte läsas."), "{}", two[0].message);
    let removed = belopp::Form { rad: rad_id(9).to_string(), ..cell("utfall", "1") };
    assert_eq!(belopp::check(&removed, &account).unwrap_err()[0].message, "Raden finns inte längre. Ladda om sidan.");
    let noted = belopp::Form { not: "19121212-1212".into(), ..cell("utfall", "1") };
    assert_eq!(belopp::check(&noted, &account).unwrap_err()[0].field, "not");
}
