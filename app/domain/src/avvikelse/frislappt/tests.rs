use std::collections::BTreeMap;

use super::*;
use crate::avvikelse::register::Tomma;

pub(super) fn m(year: i32, month: u32) -> Manad {
    Manad::new(year, month)
}

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn registered(year: i32, months: &[i64]) -> BTreeMap<Manad, i64> {
    (1..).zip(months).map(|(month, n)| (m(year, month), *n)).collect()
}

/// A case of a story: when the server took it in, and what it is just now.
#[derive(Clone, Debug)]
pub(super) struct Fall {
    pub registered: Manad,
    pub what: Underlag,
    pub orsaker: Vec<Orsak>,
}

fn fall(registered: Manad, kinds: &[Kind]) -> Fall {
    let what = Underlag { assessed: true, kinds: Kinds::of(kinds), n: 1, ..Underlag::default() };
    Fall { registered, what, orsaker: vec![] }
}

/// What the house does every hour: what was released stays, and what has come to its time is added.
pub(super) fn release(before: &[Frislappt], cases: &[Fall], today: NaiveDate) -> Vec<Frislappt> {
    let mut out = before.to_vec();
    let Some(start) = cases.iter().map(|c| c.registered).min() else { return out };
    let runs = |all: &[Frislappt]| Redovisat::of(all.to_vec()).manader;
    let from = runs(&out).last().map_or(m(start.year(), 1), |r| r.last.next());
    let mut counts = BTreeMap::new();
    for c in cases {
        *counts.entry(c.registered).or_default() += 1;
    }
    out.extend(manader(from, today, &counts).into_iter().map(Frislappt::Manader));
    let told = Redovisat::of(out.clone()).delar.last().map(|d| d.last);
    let waiting: Vec<Manader> = runs(&out).into_iter().filter(|r| told.is_none_or(|t| r.first > t)).collect();
    for (first, last, n) in delar(&waiting, today) {
        let of: Vec<&Fall> = cases.iter().filter(|c| (first..=last).contains(&c.registered)).collect();
        let mut orsaker = BTreeMap::new();
        of.iter().flat_map(|c| &c.orsaker).for_each(|o| *orsaker.entry(*o).or_default() += 1);
        let what: Vec<Underlag> = of.iter().map(|c| c.what.clone()).collect();
        out.extend(Del::new((first, last, n), &what, &orsaker).map(|d| Frislappt::Del(Box::new(d))));
    }
    out
}

fn runs_of(found: &[Manader]) -> Vec<(u32, u32, i64)> {
    found.iter().map(|r| (r.first.month(), r.last.month(), r.n)).collect()
}

#[test]
fn a_unit_with_three_cases_a_month_has_a_total_and_a_division_by_kind_of_its_year_to_read() {
    let mut cases = vec![];
    for month in 1..=12 {
        cases.extend([Kind::Avvikelse, Kind::Avvikelse, Kind::Pui].map(|k| fall(m(2025, month), &[k])));
    }
    cases.extend((0..6).map(|i| fall(m(2025, 2 * i + 1), &[Kind::Klagomal])));
    let seen = Redovisat::of(release(&[], &cases, day(2026, 1, 1)));
    assert_eq!(seen.total(2025), Some(42));
    assert_eq!(seen.manader(2025).iter().map(|(_, n)| n).sum::<i64>(), 42, "the sum shown is the sum of what is shown");
    let delar = seen.delar(2025);
    assert_eq!(delar.len(), 1, "no tertial has twenty, so the year is told of as one");
    assert_eq!((delar[0].label().as_str(), delar[0].n()), ("januari–december", 42));
    assert_eq!(delar[0].kinds(), [Some(36), None, Some(12), Some(6), None]);
    let before = Redovisat::of(release(&[], &cases, day(2025, 12, 31)));
    assert!(before.delar(2025).is_empty() && before.total(2025) == Some(35), "{before:?}");
}

#[test]
fn the_year_less_the_months_that_are_shown_is_nothing() {
    // 37 in the year, October's three hidden: the three wait and are in no sum
    let months = [4, 4, 5, 6, 5, 5, 5, 0, 0, 3];
    let found = manader(m(2026, 1), day(2026, 11, 2), &registered(2026, &months));
    assert_eq!(runs_of(&found), [(1, 2, 8), (3, 3, 5), (4, 4, 6), (5, 5, 5), (6, 6, 5), (7, 7, 5)]);
    let seen = Redovisat::of(found.into_iter().map(Frislappt::Manader));
    assert_eq!(seen.total(2026), Some(34), "not 37");
    assert_eq!(seen.until(2026), Some(m(2026, 7)));
    // a month is told of with those that it was joined with, or not yet
    assert_eq!(seen.som_har(m(2026, 2)), Some(("januari–februari".to_owned(), 8)));
    assert_eq!((seen.som_har(m(2026, 10)), seen.som_har(m(2025, 12))), (None, None));
}

#[test]
fn a_month_that_goes_on_is_not_shown_and_what_is_left_of_a_year_goes_into_the_next() {
    let mut counts = registered(2025, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 3]);
    counts.insert(m(2026, 1), 4);
    assert_eq!(manader(m(2025, 12), day(2026, 1, 31), &counts), []);
    let found = manader(m(2025, 1), day(2026, 2, 1), &counts);
    assert_eq!(found.iter().map(|r| r.n).collect::<Vec<_>>(), [5, 7]);
    let seen = Redovisat::of(found.into_iter().map(Frislappt::Manader));
    assert_eq!(seen.manader(2025), [("januari–november".to_owned(), 5)], "that ten months had none is not told");
    assert_eq!(seen.manader(2026), [("december 2025–januari".to_owned(), 7)]);
    assert_eq!((seen.total(2025), seen.total(2026), seen.total(2024)), (Some(5), Some(7), None));
}

#[test]
fn a_tertial_with_twenty_is_told_of_by_itself_and_one_with_fewer_waits_for_its_year() {
    let parts = |months: &[i64], today| {
        let runs = manader(m(2026, 1), today, &registered(2026, months));
        delar(&runs, today).into_iter().map(|(f, l, n)| (f.month(), l.month(), n)).collect::<Vec<_>>()
    };
    let even = [5; 12];
    assert_eq!(parts(&even, day(2026, 4, 30)), []);
    assert_eq!(parts(&even, day(2026, 5, 1)), [(1, 4, 20)]);
    assert_eq!(parts(&even, day(2027, 1, 1)), [(1, 4, 20), (5, 8, 20), (9, 12, 20)]);
    let few_first = [5, 5, 5, 0, 9, 9, 9, 9, 5, 5, 5, 5];
    assert_eq!(parts(&few_first, day(2026, 9, 1)), []);
    assert_eq!(parts(&few_first, day(2027, 1, 1)), [(1, 12, 71)]);
    let few_last = [5, 5, 5, 5, 0, 0, 0, 5, 0, 0, 5, 2];
    assert_eq!(
        parts(&few_last, day(2027, 1, 1)),
        [(1, 4, 20), (5, 11, 10)],
        "the two of December go into the next year"
    );
}

#[test]
fn when_one_secret_case_is_assessed_or_an_old_one_again_nothing_that_is_shown_moves() {
    let mut cases: Vec<Fall> = (0..24).map(|_| fall(m(2026, 1), &[Kind::Avvikelse])).collect();
    cases.push(Fall { registered: m(2026, 2), what: Underlag { n: 1, ..Underlag::default() }, orsaker: vec![] });
    cases.extend((0..5).map(|_| fall(m(2026, 3), &[Kind::Klagomal])));
    let before = release(&[], &cases, day(2026, 5, 1));
    for c in &mut cases {
        c.what.assessed = true;
        c.what.kinds = Kinds::of(&[Kind::LexSarah]);
        c.orsaker = vec![Orsak::Rutiner];
        c.what.lead_days = Some(400);
        c.what.process = "Ny".into();
    }
    assert_eq!(release(&before, &cases, day(2026, 6, 1)), before);
    assert!(Redovisat::of(before).delar(2026)[0].kinds()[0] == Some(24));
}

#[test]
fn an_event_typed_with_an_earlier_day_reaches_no_month_that_is_over() {
    // three in January are hidden; two klagomål of January come in February and are February's
    let mut cases: Vec<Fall> = (0..3).map(|_| fall(m(2026, 1), &[Kind::Avvikelse])).collect();
    let before = release(&[], &cases, day(2026, 2, 1));
    assert_eq!(before, []);
    cases.extend((0..2).map(|_| fall(Manad::of(day(2026, 2, 3)), &[Kind::Klagomal])));
    assert_eq!(release(&before, &cases, day(2026, 2, 3)), [], "nothing is shown while February goes on");
    let after = Redovisat::of(release(&before, &cases, day(2026, 3, 1)));
    assert_eq!(after.manader(2026), [("januari–februari".to_owned(), 5)], "and then not January by itself");
}

#[test]
fn a_year_from_before_is_corrected_only_where_five_or_more_are_touched() {
    let counts = |avvikelse: i64, klagomal: i64, lex: i64| Counts {
        total: avvikelse + klagomal,
        kinds: [avvikelse, lex, 0, klagomal, 0],
        ivo: 0,
        imy: 0,
        ..Counts::default()
    };
    let old = Ar::new(2022, &counts(155, 27, 72)).unwrap();
    assert_eq!((old.n(), old.kinds()), (182, [Some(155), Some(72), None, Some(27), None]));
    let may = |c: &Counts| old.may_become(&Ar::new(2022, c).unwrap());
    assert!(may(&counts(155, 27, 72)));
    assert!(!may(&counts(156, 27, 72)), "one more");
    assert!(!may(&counts(160, 27, 73)), "one more missförhållande among five");
    assert!(!may(&counts(160, 22, 72)) || old.n() == 182, "the whole stays and five change sides");
    assert!(may(&counts(165, 37, 82)));
    assert_eq!(Ar::new(2022, &counts(2, 2, 0)), None);
    assert_eq!(Ar::new(2022, &counts(40, 2, 0)).unwrap().kinds(), [None; 5], "40 of 42 would tell of the two");
}

#[test]
fn what_was_known_to_be_few_of_a_blank_kind_is_not_reckoned_out_when_the_kind_is_given() {
    let tomma = Tomma { kinds: [true, false, false, false, false], ..Tomma::default() };
    let counts = |avvikelse: i64, tomma| Counts {
        total: avvikelse + 37,
        kinds: [avvikelse, 3, 0, 31, 6],
        tomma,
        ..Counts::default()
    };
    let before = Ar::new(2021, &counts(3, tomma)).unwrap();
    assert_eq!((before.n(), before.is_partial()), (37, true), "three of 40 would be known when 31 and 6 are shown");
    assert_eq!(before.kinds(), [None, None, None, Some(31), Some(6)]);
    let after = Ar::new(2021, &counts(10, Tomma::default())).unwrap();
    assert!(before.may_become(&after));
    assert_eq!((after.n(), after.kinds()), (47, [Some(10), None, None, Some(31), Some(6)]));
    assert!(
        !before.may_become(&Ar::new(2021, &counts(3, Tomma::default())).unwrap()),
        "nor are the three by themselves"
    );
    // a year of which nothing but few is known is not told of at all, and never as none
    let few = Counts { total: 3, kinds: [3, 3, 0, 0, 0], tomma, ..Counts::default() };
    assert_eq!(Ar::new(2021, &few), None);
}

#[test]
fn releases_survive_their_text() {
    let cases: Vec<Fall> = (0..24).map(|i| fall(m(2026, 1 + i % 3), &[Kind::Pui])).collect();
    let all = release(&[], &cases, day(2027, 1, 1));
    let text = serde_json::to_string(&all).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Frislappt>>(&text).unwrap(), all);
}
