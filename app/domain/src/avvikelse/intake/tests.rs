//! What the forms of the intake take and refuse, and in which words.

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn rapport() -> RapportForm {
    RapportForm {
        what: "En handling lades i fel ärende.".into(),
        day: "2026-11-20".into(),
        time: "14:30".into(),
        consequence: "Ingen känd ännu.".into(),
        ror: "brukare".into(),
        ..RapportForm::default()
    }
}

#[test]
fn a_report_needs_what_when_whom_and_the_consequence_and_nothing_else() {
    let content = check_rapport(&rapport(), today()).unwrap();
    assert_eq!(content.when.label(), "2026-11-20 kl. 14.30");
    assert_eq!(content.kinds(), Kinds::of(&[Kind::Avvikelse]));
    let fields: Vec<String> =
        check_rapport(&RapportForm::default(), today()).unwrap_err().into_iter().map(|e| e.field).collect();
    assert_eq!(fields, ["what", "day", "consequence", "ror"]);
}

#[test]
fn when_is_a_day_or_words_and_never_tomorrow() {
    let about =
        RapportForm { day: String::new(), time: String::new(), about: "i början av oktober".into(), ..rapport() };
    assert_eq!(check_rapport(&about, today()).unwrap().when.label(), "i början av oktober");
    for (form, field) in [
        (RapportForm { day: "2026-11-24".into(), ..rapport() }, "day"),
        (RapportForm { day: "i fredags".into(), ..rapport() }, "day"),
        (RapportForm { time: "25:00".into(), ..rapport() }, "time"),
    ] {
        let errors = check_rapport(&form, today()).unwrap_err();
        assert_eq!((errors.len(), errors[0].field.as_str()), (1, field), "{errors:?}");
    }
    for (text, time) in
        [("14:30", Some((14, 30))), ("9.05", Some((9, 5))), ("1430", Some((14, 30))), ("14", None), ("åä", None)]
    {
        assert_eq!(parse_time(text), time.and_then(|(h, m)| NaiveTime::from_hms_opt(h, m, 0)), "{text}");
    }
}

/// Where a form keeps a text.
type Field = fn(&mut RapportForm) -> &mut String;

#[test]
fn a_personnummer_is_told_of_at_its_field_whichever_that_is() {
    let fields: [(&str, Field); 9] = [
        ("what", |f| &mut f.what),
        ("about", |f| &mut f.about),
        ("place", |f| &mut f.place),
        ("process", |f| &mut f.process),
        ("reference", |f| &mut f.reference),
        ("noticed_by", |f| &mut f.noticed_by),
        ("consequence", |f| &mut f.consequence),
        ("done_at_once", |f| &mut f.done_at_once),
        ("suggestion", |f| &mut f.suggestion),
    ];
    for (field, of) in fields {
        let mut form = rapport();
        of(&mut form).push_str(" 701063-2391");
        let errors = check_rapport(&form, today()).unwrap_err();
        assert_eq!(errors.len(), 1, "{field}: {errors:?}");
        assert_eq!(errors[0].field, field);
        assert_eq!(errors[0].message, "Det ser ut som ett samordningsnummer. Ta bort det innan du sparar.");
    }
}

#[test]
fn what_the_reporter_ticks_follows_the_report() {
    let form = RapportForm {
        suspected: "on".into(),
        pui: "on".into(),
        on_behalf_of: "0193a5b0-7c3e-7d21-8f00-5a1b2c3d4e5f".into(),
        ..rapport()
    };
    let content = check_rapport(&form, today()).unwrap();
    assert!(content.suspected && content.on_behalf_of.is_some());
    assert_eq!(content.kinds(), Kinds::of(&[Kind::Pui]), "lex Sarah is decided, not reported");
    let bad = RapportForm { on_behalf_of: "kollegan".into(), ..rapport() };
    assert_eq!(check_rapport(&bad, today()).unwrap_err()[0].field, "on_behalf_of");
}

fn inkommet() -> InkommetForm {
    InkommetForm {
        what: "Svårt att komma fram på telefon.".into(),
        kanal: "telefon".into(),
        kategori: "tillganglighet".into(),
        kind: "klagomal".into(),
        contact: "070-123 45 67".into(),
        ..InkommetForm::default()
    }
}

#[test]
fn a_klagomal_is_anonymous_or_can_be_answered() {
    let content = check_inkommet(&inkommet(), today()).unwrap();
    assert_eq!((content.kind, content.on, content.positive), (Kind::Klagomal, today(), false));
    assert_eq!(content.contact.as_deref(), Some("070-123 45 67"), "a phone number is what the field is for");
    let anonymous = InkommetForm { anonymous: "on".into(), contact: String::new(), ..inkommet() };
    assert_eq!(check_inkommet(&anonymous, today()).unwrap().contact, None);
    for form in [
        InkommetForm { anonymous: "on".into(), ..inkommet() },
        InkommetForm { contact: " ".into(), ..inkommet() },
        InkommetForm { contact: "060606-1232".into(), ..inkommet() },
    ] {
        assert_eq!(check_inkommet(&form, today()).unwrap_err()[0].field, "contact");
    }
    let named = InkommetForm { what: "Ring mig på 0701234567".into(), ..inkommet() };
    assert_eq!(check_inkommet(&named, today()).unwrap_err()[0].field, "what");
}

#[test]
fn praise_is_a_synpunkt() {
    let form = InkommetForm { kind: "positiv".into(), ..inkommet() };
    let content = check_inkommet(&form, today()).unwrap();
    assert_eq!((content.kind, content.positive), (Kind::Synpunkt, true));
    let fields: Vec<String> =
        check_inkommet(&InkommetForm::default(), today()).unwrap_err().into_iter().map(|e| e.field).collect();
    assert_eq!(fields, ["what", "kanal", "kategori", "kind", "contact"]);
}
