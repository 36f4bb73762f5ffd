//! What the table says of cases, by example.

use super::*;
use crate::avvikelse::{
    Bedomning, Kinds,
    case::{Beslut, Ivo},
};

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn at(d: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    day(2026, 11, d).and_hms_opt(hour, minute, 0).unwrap().and_utc()
}

fn frister(case: &Case) -> Vec<(Frist, Due)> {
    deadlines(case, &Goals::default()).into_iter().map(|d| (d.frist, d.due)).collect()
}

#[test]
fn every_rule_has_a_source_and_what_no_statute_fixes_is_a_lokalt_mal() {
    for (i, rule) in RULES.iter().enumerate() {
        assert_eq!(rule.frist.rule(), rule, "row {i}");
        assert!(!rule.source.is_empty() && !rule.name.is_empty());
        let statute =
            rule.source.contains("socialtjänstlagen (2025:400)") || rule.source.contains("dataskyddsförordningen");
        assert_eq!(rule.force == Force::Lag, statute, "{}", rule.name);
    }
    let lengths: Vec<String> = RULES.iter().map(|r| r.length.label()).collect();
    assert_eq!(
        lengths,
        ["genast", "genast", "snarast", "2 kalendermånader", "72 timmar", "utan onödigt dröjsmål", "14 dagar"]
    );
    assert_eq!(Force::LokaltMal.label(), "lokalt mål");
    assert_eq!(Start::Upptackt.label(), "upptäckt");
}

#[test]
fn an_avvikelse_has_no_deadline_until_a_missforhallande_is_suspected() {
    let mut case = Case::new(Kinds::of(&[Kind::Avvikelse]), day(2026, 11, 2));
    assert_eq!(frister(&case), []);
    case.suspected_on = Some(day(2026, 11, 3));
    assert_eq!(frister(&case), [(Frist::Utredning, Due::Since(day(2026, 11, 3)))]);
    let declined = case.clone().decided(Beslut {
        bedomning: Bedomning::EjLexSarah,
        motive: "Ingen kom till skada.".into(),
        on: day(2026, 11, 4),
    });
    assert_eq!(frister(&declined), []);
}

#[test]
fn a_serious_missforhallande_is_reported_at_once_and_its_investigation_within_two_calendar_months() {
    let mut case = Case::new(Kinds::of(&[Kind::Avvikelse]), day(2026, 11, 2));
    case.suspected_on = Some(day(2026, 11, 2));
    case.utreds_from = Some(day(2026, 11, 2));
    for bedomning in Bedomning::ALL {
        let beslut = Beslut { bedomning, motive: "x".into(), on: day(2026, 11, 5) };
        let has_ivo = frister(&case.clone().decided(beslut)).iter().any(|(f, _)| *f == Frist::Ivo);
        assert_eq!(has_ivo, bedomning.goes_to_ivo(), "{bedomning:?}");
    }
    case = case.decided(Beslut { bedomning: Bedomning::Allvarligt, motive: "x".into(), on: day(2026, 11, 5) });
    case.ivo = Some(Ivo { on: day(2026, 12, 31), dnr: "8.1-1/2026".into(), investigation_on: None });
    let found = deadlines(&case, &Goals::default());
    let last = found.last().unwrap();
    assert_eq!((last.frist, last.due), (Frist::IvoUtredning, Due::Day(day(2027, 2, 28))), "there is no 31 February");
    assert!(last.local);
    assert!(!last.is_late(at(1, 0, 0), day(2027, 2, 28)));
    assert!(last.is_late(at(1, 0, 0), day(2027, 3, 1)));
    assert_eq!(last.countdown(at(1, 0, 0), day(2027, 2, 27)), "1 dag kvar");
    assert_eq!(last.countdown(at(1, 0, 0), day(2027, 3, 2)), "2 dagar för sent");
    case.ivo.as_mut().unwrap().investigation_on = Some(day(2027, 3, 1));
    let found = deadlines(&case, &Goals::default());
    assert_eq!(found.last().unwrap().done, Some(false));
    let longer = Goals { ivo_utredning_months: 3, ..Goals::default() };
    assert_eq!(deadlines(&case, &longer).last().unwrap().done, Some(true));
}

#[test]
fn days_are_counted_from_the_day_on_the_wall_and_hours_from_the_moment() {
    // half past midnight on the 24th, which is still the 23rd in UTC
    let mut case = Case::new(Kinds::of(&[Kind::Pui]), day(2026, 11, 24));
    case.imy.discovered_at = Some(at(23, 23, 30));
    case.imy.discovered_on = Some(day(2026, 11, 24));
    case.imy.risk = Some(Risk::Hog);
    let found = deadlines(&case, &Goals::default());
    let told = found.iter().find(|d| d.frist == Frist::Registrerade).unwrap();
    assert_eq!(told.countdown(at(25, 9, 0), day(2026, 11, 25)), "utan onödigt dröjsmål, sedan 1 dag");
    let imy = found.iter().find(|d| d.frist == Frist::Imy).unwrap();
    assert_eq!(imy.due, Due::At(at(26, 23, 30)));
    assert_eq!(imy.day(), day(2026, 11, 27), "72 hours after half past midnight are half past midnight");
}

#[test]
fn the_clock_of_72_hours_counts_hours_through_the_weekend() {
    // discovered on a Friday evening
    let mut case = Case::new(Kinds::of(&[Kind::Pui]), day(2026, 11, 20));
    assert_eq!(frister(&case), [], "until it is known when it was discovered");
    case.imy.discovered_at = Some(at(20, 17, 30));
    let of = |case: &Case| deadlines(case, &Goals::default())[0];
    let monday = at(23, 17, 30);
    assert_eq!(of(&case).due, Due::At(monday));
    assert!(!of(&case).local);
    for (now, words) in [
        (at(20, 17, 30), "72 timmar kvar"),
        (at(20, 18, 0), "71 timmar kvar"),
        (at(23, 16, 30), "1 timme kvar"),
        (at(23, 17, 0), "mindre än en timme kvar"),
        (monday, "mindre än en timme kvar"),
        (at(23, 17, 31), "mindre än en timme för sent"),
        (at(24, 17, 30), "24 timmar för sent"),
    ] {
        assert_eq!(of(&case).countdown(now, now.date_naive()), words);
        assert_eq!(of(&case).is_late(now, now.date_naive()), now > monday);
    }
    case.imy.reported_at = Some(monday);
    assert_eq!(of(&case).done, Some(true));
    case.imy.reported_at = Some(at(23, 17, 31));
    assert_eq!(of(&case).countdown(at(25, 0, 0), day(2026, 11, 25)), "gjort för sent");
}

#[test]
fn an_incident_without_likely_risk_is_not_counted_down_and_one_with_high_risk_is_also_told() {
    let mut case = Case::new(Kinds::of(&[Kind::Pui]), day(2026, 11, 20));
    case.imy.discovered_at = Some(at(20, 8, 0));
    case.imy.risk = Some(Risk::Osannolik);
    assert_eq!(frister(&case), []);
    case.imy.risk = Some(Risk::Hog);
    let both: Vec<_> = frister(&case).into_iter().map(|(f, _)| f).collect();
    assert_eq!(both, [Frist::Imy, Frist::Registrerade], "hours run out first");
    case.imy.not_informed = "Uppgifterna var krypterade.".into();
    assert_eq!(deadlines(&case, &Goals::default())[1].done, Some(true));
    case.kinds = Kinds::of(&[Kind::Avvikelse]);
    assert_eq!(frister(&case), []);
}

#[test]
fn a_klagomal_is_answered_within_fourteen_days_unless_anonymous() {
    let mut case = Case::new(Kinds::of(&[Kind::Klagomal]), day(2026, 11, 2));
    assert_eq!(frister(&case), [(Frist::Aterkoppling, Due::Day(day(2026, 11, 16)))]);
    let open = deadlines(&case, &Goals::default())[0];
    assert_eq!(open.countdown(at(16, 12, 0), day(2026, 11, 16)), "i dag");
    assert!(!open.is_late(at(16, 23, 0), day(2026, 11, 16)));
    case.feedback_on = Some(day(2026, 11, 16));
    assert_eq!(deadlines(&case, &Goals::default())[0].done, Some(true));
    let week = Goals { aterkoppling_days: 7, ..Goals::default() };
    assert_eq!(deadlines(&case, &week)[0].done, Some(false));
    case.anonymous = true;
    assert_eq!(frister(&case), []);
}

#[test]
fn at_once_has_no_day_until_the_unit_sets_one() {
    let mut case = Case::new(Kinds::of(&[Kind::Avvikelse]), day(2026, 11, 2));
    case.suspected_on = Some(day(2026, 11, 2));
    let open = deadlines(&case, &Goals::default())[0];
    assert_eq!(open.countdown(at(2, 9, 0), day(2026, 11, 2)), "genast");
    assert_eq!(open.countdown(at(5, 9, 0), day(2026, 11, 5)), "genast, sedan 3 dagar");
    assert!(!open.is_late(at(30, 9, 0), day(2026, 11, 30)));
    let goals = Goals::check("", "", "2", "").unwrap();
    let open = deadlines(&case, &goals)[0];
    assert_eq!((open.due, open.local), (Due::Day(day(2026, 11, 4)), true));
    assert!(open.is_late(at(5, 0, 0), day(2026, 11, 5)));
}

#[test]
fn a_unit_sets_only_what_no_statute_fixes_and_within_reason() {
    assert_eq!(Goals::check("", "", "", "").unwrap(), Goals::default());
    let fields: Vec<String> = Goals::check("0", "99", "x", "0").unwrap_err().into_iter().map(|e| e.field).collect();
    assert_eq!(fields, ["ivo_utredning_months", "aterkoppling_days", "genast_days", "gallring_years"]);
}

#[test]
fn a_case_is_removed_so_many_years_after_it_was_closed_and_kept_where_nothing_is_set() {
    let set =
        |years: &str, before: &Goals, on: NaiveDate| Goals::check("", "", "", years).unwrap().replacing(before, on);
    let goals = set("5", &Goals::default(), day(2026, 11, 23));
    assert_eq!(goals.purged_to(day(2026, 11, 29)), None, "there is a week to see that the number was wrong");
    assert_eq!(goals.purged_to(day(2026, 11, 30)), Some(day(2021, 11, 30)));
    assert_eq!(goals.purged_to(day(2028, 2, 29)), Some(day(2023, 2, 28)));
    assert_eq!(set("5", &goals, day(2026, 12, 24)), goals, "the same number again does not begin anew");
    assert_eq!(set("1", &goals, day(2026, 12, 24)).purged_to(day(2026, 12, 30)), None, "another one does");
    assert_eq!(set("", &goals, day(2026, 12, 24)), Goals::default());
    // what was set before there was such a number still holds
    let old: Goals =
        serde_json::from_str(r#"{"ivo_utredning_months":3,"aterkoppling_days":7,"genast_days":null}"#).unwrap();
    assert_eq!((old.aterkoppling_days, old.purged_to(day(2099, 1, 1))), (7, None));
}

#[test]
fn the_72_hours_run_from_the_report_until_somebody_says_an_earlier_time() {
    let mut case = Case::new(Kinds::of(&[Kind::Pui]), day(2026, 11, 20));
    case.imy.known_at = Some(at(20, 10, 0));
    let imy = |case: &Case| frister(case).into_iter().find(|(f, _)| *f == Frist::Imy);
    assert_eq!(imy(&case), Some((Frist::Imy, Due::At(at(23, 10, 0)))));
    case.imy.discovered_at = Some(at(19, 16, 0));
    assert_eq!(imy(&case), Some((Frist::Imy, Due::At(at(22, 16, 0)))), "an earlier discovery");
    case.imy.discovered_at = Some(at(21, 8, 0));
    assert_eq!(imy(&case), Some((Frist::Imy, Due::At(at(23, 10, 0)))), "the report knew of it");
}
