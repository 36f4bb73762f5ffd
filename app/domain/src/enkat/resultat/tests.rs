//! Results from counts: which are added, which stand apart, which are not shown, and what is said of them.

use proptest::prelude::*;

use super::*;
use crate::enkat::{FragaForm, Kind, Questions, check_fraga};

const NBSP: char = '\u{a0}';

fn question(key: i32, text: &str, more: impl Fn(&mut FragaForm)) -> Fraga {
    let mut form = FragaForm { kind: "ja_nej_delvis".into(), text: text.into(), ..FragaForm::default() };
    more(&mut form);
    check_fraga(&form, key).unwrap()
}

fn version(number: i64, list: Vec<Fraga>) -> Version {
    Version {
        id: EnkatVersionId(Uuid::from_u128(u128::from(number.unsigned_abs()))),
        number,
        in_use: true,
        questions: Questions { kon: true, list },
    }
}

/// Counts of one period: kön and how many chose each value; the last of the values is none.
fn rows(v: &Version, fraga: i32, month: u32, closed: bool, kon: Kon, counts: &[i64]) -> Vec<Rakning> {
    let blank = counts.len() - 1;
    let row = |(value, n): (usize, &i64)| Rakning {
        version: v.id,
        fraga,
        period: Period::Month(2026, month),
        wave: 0,
        closed,
        kon: Some(kon),
        value: (value < blank).then_some(value),
        n: *n,
    };
    counts.iter().enumerate().filter(|(_, n)| **n > 0).map(row).collect()
}

/// A question that so many answered in each of these months, all closed.
pub(crate) fn asked_in(months: &[(u32, i64)]) -> Vec<Vec<Serie>> {
    let v = version(1, vec![question(1, "Bra bemötande?", |_| ())]);
    let all: Vec<Rakning> =
        months.iter().flat_map(|(month, n)| rows(&v, 1, *month, true, Kon::Kvinna, &[*n, 0, 0, 0])).collect();
    series(&[v], &all)
}

fn share(numerator: i64, denominator: i64) -> Share {
    Share { numerator, denominator }
}

#[test]
fn a_question_with_other_words_is_another_series_and_the_others_go_on() {
    let first = version(1, vec![question(1, "Bra bemötande?", |_| ()), question(2, "Delaktig?", |_| ())]);
    let second = version(2, vec![question(1, "Gott bemötande?", |_| ()), question(2, "Delaktig?", |_| ())]);
    let mut all = Vec::new();
    for fraga in [1, 2] {
        all.extend(rows(&first, fraga, 1, true, Kon::Kvinna, &[6, 2, 2, 0]));
        all.extend(rows(&second, fraga, 2, true, Kon::Kvinna, &[9, 1, 0, 0]));
    }
    let series = series(&[first, second], &all);
    assert_eq!(series.len(), 2);
    let told: Vec<_> = series[0].iter().map(|s| (s.fraga.text.as_str(), s.versions, s.total().unwrap().n)).collect();
    assert_eq!(told, [("Gott bemötande?", (2, 2), 10), ("Bra bemötande?", (1, 1), 10)], "the latest first");
    assert_eq!(series[1].len(), 1);
    assert_eq!(series[1][0].versions, (1, 2));
    assert_eq!(series[1][0].total().unwrap().share, Some(share(15, 20)));
    assert_eq!(series[1][0].by_period().len(), 2);
}

#[test]
fn words_that_come_back_do_not_join_what_was_before_the_change() {
    let asked = |text: &str| vec![question(1, text, |_| ())];
    let versions = [version(1, asked("A?")), version(2, asked("B?")), version(3, asked("A?"))];
    let mut all = Vec::new();
    for (month, v) in (1..).zip(&versions) {
        all.extend(rows(v, 1, month, true, Kon::Man, &[5, 0, 0, 0]));
    }
    let versions_of: Vec<_> = series(&versions, &all)[0].iter().map(|s| s.versions).collect();
    assert_eq!(versions_of, [(3, 3), (2, 2), (1, 1)]);
}

#[test]
fn a_version_that_is_not_in_use_and_a_free_text_have_no_series() {
    let text = question(2, "Vad kan bli bättre?", |f| f.kind = "fritext".into());
    let used = version(1, vec![question(1, "Bra?", |_| ()), text]);
    let draft = Version { in_use: false, ..version(2, vec![question(3, "Ny?", |_| ())]) };
    let keys: Vec<i32> = series(&[used, draft], &[]).iter().map(|s| s[0].fraga.key).collect();
    assert_eq!(keys, [1]);
}

#[test]
fn vet_ej_is_in_the_denominator_only_where_the_unit_says_so() {
    for (counts, expected) in [("", share(8, 10)), ("on", share(8, 13))] {
        let asked = question(1, "Bra?", |f| {
            f.vet_ej = "on".into();
            f.vet_ej_counts = counts.into();
        });
        let v = version(1, vec![asked]);
        let all = rows(&v, 1, 1, true, Kon::Man, &[8, 1, 1, 3, 0]);
        let series = &series(&[v], &all)[0][0];
        let total = series.total().unwrap();
        assert_eq!((total.share, total.n), (Some(expected), 13), "n is of all either way");
        let with =
            if counts.is_empty() { "Vet ej räknas inte med i andelen." } else { "Vet ej räknas med i andelen." };
        assert_eq!(series.settings(&total), [with]);
    }
}

#[test]
fn who_left_the_question_out_is_a_category_and_in_the_denominator_only_where_the_unit_says_so() {
    for (counts, expected) in [("", share(8, 10)), ("on", share(8, 12))] {
        let v = version(1, vec![question(1, "Bra?", |f| f.blank_counts = counts.into())]);
        let all = rows(&v, 1, 1, true, Kon::Man, &[8, 1, 1, 2]);
        let series = &series(&[v], &all)[0][0];
        let total = series.total().unwrap();
        let labels: Vec<&str> = series.categories.iter().map(|c| c.label.as_str()).collect();
        assert_eq!(labels, ["Ja", "Delvis", "Nej", "Inget svar"]);
        assert_eq!((total.counts.as_slice(), total.n, total.share), ([8, 1, 1, 2].as_slice(), 12, Some(expected)));
        assert!(series.settings(&total)[0].starts_with("De som hoppade över frågan räknas"));
    }
}

#[test]
fn the_category_of_those_who_left_it_out_does_not_tell_of_an_answer_that_is_not_shown() {
    let v = version(1, vec![question(1, "Bra?", |_| ())]);
    let shown = rows(&v, 1, 1, true, Kon::Man, &[8, 1, 1, 0]);
    // February has one answer, a blank: too few to be shown
    let hidden = [shown.clone(), rows(&v, 1, 2, true, Kon::Man, &[0, 0, 0, 1])].concat();
    let told = |rows: &[Rakning]| {
        let s = series(std::slice::from_ref(&v), rows).remove(0).remove(0);
        (s.categories.clone(), s.total(), s.by_period(), s.settings(&s.total().unwrap()))
    };
    assert_eq!(told(&shown), told(&hidden));
}

#[test]
fn a_share_of_fewer_than_five_is_not_shown_though_the_group_is_larger() {
    let v = version(1, vec![question(1, "Bra?", |f| f.vet_ej = "on".into())]);
    let all = rows(&v, 1, 1, true, Kon::Man, &[3, 1, 0, 6, 0]);
    let total = series(&[v], &all)[0][0].total().unwrap();
    assert_eq!((total.n, total.share, total.interval), (10, None, None));
    assert_eq!((total.share_words().as_str(), total.interval_words().as_str()), ("–", "–"));
    assert!(total.finding(&[]).contains("färre än 5"));
    assert_eq!(total.certainty(), None);
}

#[test]
fn four_answers_are_not_shown_and_a_small_month_stands_with_the_next() {
    let v = version(1, vec![question(1, "Bra?", |_| ())]);
    let four = rows(&v, 1, 7, true, Kon::Man, &[2, 1, 1, 0]);
    let alone = series(std::slice::from_ref(&v), &four).remove(0).remove(0);
    assert_eq!((alone.total(), alone.by_period(), alone.waiting()), (None, vec![], 4));
    let both = [four, rows(&v, 1, 8, true, Kon::Man, &[2, 0, 0, 0])].concat();
    let together = series(&[v], &both).remove(0).remove(0);
    let points = together.by_period();
    assert_eq!((points.len(), points[0].figur.n), (1, 6));
    assert_eq!((points[0].label().as_str(), points[0].short().as_str()), ("juli–augusti 2026", "jul–aug 26"));
}

#[test]
fn a_run_over_the_turn_of_the_year_names_both_years() {
    let figur = Figur { counts: vec![], n: 5, share: None, interval: None };
    let run = |first, last| Punkt { first, last, open: false, figur: figur.clone() };
    assert_eq!(run(Period::Month(2026, 12), Period::Month(2027, 1)).label(), "december 2026–januari 2027");
    assert_eq!(run(Period::Week(2026, 8), Period::Week(2026, 9)).label(), "vecka 8–vecka 9 2026");
    assert_eq!(run(Period::Month(2026, 3), Period::Month(2026, 3)).label(), "mars 2026");
}

#[test]
fn kon_is_shown_of_closed_periods_and_a_small_one_is_not_there() {
    let v = version(1, vec![question(1, "Bra?", |_| ())]);
    let mut all = rows(&v, 1, 1, true, Kon::Kvinna, &[9, 1, 0, 0]);
    all.extend(rows(&v, 1, 1, true, Kon::Man, &[5, 3, 0, 0]));
    all.extend(rows(&v, 1, 2, false, Kon::Kvinna, &[4, 2, 0, 0]));
    let shown = series(std::slice::from_ref(&v), &all).remove(0).remove(0);
    let by_kon: Vec<_> = shown.by_kon().into_iter().map(|(kon, f)| (kon, f.share.unwrap())).collect();
    assert_eq!(by_kon, [(Kon::Kvinna, share(9, 10)), (Kon::Man, share(5, 8))]);
    assert_eq!(shown.by_period().iter().map(|p| p.open).collect::<Vec<_>>(), [false, true]);
    assert_eq!(shown.by_period_of(Kon::Man).len(), 1);
    all.extend(rows(&v, 1, 1, true, Kon::Annat, &[1, 0, 0, 0]));
    let shown = series(&[v], &all).remove(0).remove(0);
    let kons: Vec<Kon> = shown.by_kon().into_iter().map(|(kon, _)| kon).collect();
    assert_eq!(kons, [Kon::Kvinna], "men join the one answer, which would otherwise be all minus the others");
}

#[test]
fn svarsfrekvens_is_of_closed_periods_whose_number_handed_out_is_known() {
    let first = version(1, vec![question(1, "A?", |_| ())]);
    let second = version(2, vec![question(1, "B?", |_| ())]);
    let mut all = rows(&first, 1, 1, true, Kon::Man, &[10, 0, 0, 0]);
    // the question changes in February: both wordings have answers of it
    all.extend(rows(&first, 1, 2, true, Kon::Man, &[6, 0, 0, 0]));
    all.extend(rows(&second, 1, 2, true, Kon::Man, &[8, 0, 0, 0]));
    all.extend(rows(&second, 1, 3, true, Kon::Man, &[20, 0, 0, 0]));
    all.extend(rows(&second, 1, 4, false, Kon::Man, &[5, 0, 0, 0]));
    let series = series(&[first, second], &all).remove(0);
    let month = |m| Period::Month(2026, m);
    let of = |known: &[(Period, i64)]| svarsfrekvens(&series, known);
    assert_eq!(of(&[]), None);
    assert_eq!(of(&[(month(1), 40)]), Some(share(10, 40)));
    assert_eq!(of(&[(month(1), 40), (month(2), 60)]), Some(share(24, 100)), "both wordings, handed out once");
    assert_eq!(of(&[(month(4), 50)]), None, "April goes on");
    assert_eq!(of(&[(month(1), 0)]), None);
    // ten handed out and 24 answers: no share of more than all is shown, of nothing that holds it, and it is said
    assert_eq!(of(&[(month(1), 40), (month(2), 10)]), None);
    let over = |known: &[(Period, i64)]| -> Vec<String> {
        fler_an_utdelade(&series, known).iter().map(Fler::sentence).collect()
    };
    assert_eq!(over(&[(month(1), 40), (month(2), 10)]), ["Februari 2026 har 14 svar men bara 10 utdelade."]);
    assert_eq!(over(&[(month(1), 10), (month(2), 14)]), Vec::<String>::new(), "as many as were handed out is right");
    assert_eq!(over(&[(month(4), 4)]).len(), 1, "April goes on, and has more already");
}

#[test]
fn a_finding_says_how_many_of_how_many_and_how_sure() {
    let v = version(1, vec![question(1, "Bra?", |_| ())]);
    let all = rows(&v, 1, 1, true, Kon::Man, &[46, 3, 1, 0]);
    let series = &series(&[v], &all)[0][0];
    let total = series.total().unwrap();
    assert_eq!(total.finding(&series.categories), format!("46 av 50 (92,0{NBSP}%) svarade Ja."));
    assert_eq!(
        total.certainty().unwrap(),
        format!("Med 95 % säkerhet ligger andelen mellan 81,2{NBSP}% och 96,8{NBSP}%.")
    );
    assert_eq!(total.interval_words(), format!("81,2–96,8{NBSP}%"));
    assert_eq!(series.settings(&total), Vec::<String>::new(), "nothing to say where nobody left it out");
}

#[test]
fn the_options_that_count_are_named_together() {
    let words = |kind: &str, options: &str| {
        let v = version(1, vec![question(1, "?", |f| (f.kind, f.options) = (kind.into(), options.into()))]);
        good_words(&series(&[v], &[])[0][0].categories)
    };
    assert_eq!(words("skala", ""), "8–10");
    assert_eq!(words("smileys", ""), "Nöjd eller Mycket nöjd");
    assert_eq!(words("val", "+ Bra\nDåligt\n+ Mycket bra\n+ Utmärkt"), "Bra, Mycket bra eller Utmärkt");
}

#[test]
fn a_difference_says_its_size_and_whether_it_may_be_chance() {
    assert_eq!(compared(share(5, 10), share(50, 100)).unwrap(), "Lika stor andel.");
    assert_eq!(
        compared(share(46, 50), share(44, 50)).unwrap(),
        "4,0 procentenheter högre. Skillnaden kan bero på slumpen."
    );
    assert_eq!(
        compared(share(20, 50), share(45, 50)).unwrap(),
        "50,0 procentenheter lägre. Skillnaden är större än slumpen brukar ge."
    );
    assert_eq!(compared(share(0, 0), share(1, 10)), None);
}

#[test]
fn a_trend_is_told_from_the_first_time_with_a_share_to_the_last() {
    let v = version(1, vec![question(1, "Bra?", |_| ())]);
    let mut all = rows(&v, 1, 1, true, Kon::Man, &[8, 2, 0, 0]);
    let one = series(std::slice::from_ref(&v), &all).remove(0).remove(0);
    assert_eq!(trend_sentence(&one.by_period()), None);
    all.extend(rows(&v, 1, 2, false, Kon::Man, &[9, 1, 0, 0]));
    let told = |rows: &[Rakning]| {
        let serie = series(std::slice::from_ref(&v), rows).remove(0).remove(0);
        trend_sentence(&serie.by_period()).unwrap()
    };
    assert_eq!(
        told(&all),
        format!(
            "80,0{NBSP}% i januari 2026 och 90,0{NBSP}% i februari 2026 hittills: 10,0 procentenheter högre. \
             Skillnaden kan bero på slumpen."
        )
    );
    for row in &mut all {
        row.closed = true;
    }
    all.extend(rows(&v, 1, 3, false, Kon::Man, &[0, 9, 0, 0]));
    assert!(told(&all).contains("i februari 2026: 10,0"), "a month that goes on is left out where two have ended");
}

#[test]
fn importance_is_set_by_hand_or_follows_from_twenty_answers_or_is_not_known() {
    let overall = question(2, "Nöjd i stort?", |f| f.overall = "on".into());
    let v = version(1, vec![question(1, "Bra?", |_| ()), overall]);
    let pair = |value, overall, n| Par { version: v.id, fraga: 1, value, overall, n };
    let own = v.questions.list[0].clone();
    let versions = [v.clone()];
    let many = [pair(0, 0, 15), pair(2, 2, 5)];
    assert_eq!(importance(&own, &versions, &many).map(f64::round), Some(100.0));
    assert_eq!(importance(&own, &versions, &[pair(0, 0, 14), pair(2, 2, 5)]), None, "nineteen say nothing");
    assert_eq!(importance(&own, &versions, &[pair(0, 0, 30)]), None, "everybody the same");
    let against = [pair(0, 2, 15), pair(2, 0, 15)];
    assert_eq!(importance(&own, &versions, &against), Some(0.0), "what goes against it is of no importance");
    let by_hand = Fraga { vikt: Some(70), ..own };
    assert_eq!(importance(&by_hand, &versions, &many), Some(70.0));
}

#[test]
fn a_matrix_parts_at_the_means_and_says_what_to_do_first() {
    let q = |n: usize, importance, result| (n, format!("Fråga {n}"), importance, result);
    assert!(matris(vec![q(1, 50.0, 0.5)]).is_none());
    let m = matris(vec![q(1, 80.0, 0.9), q(2, 90.0, 0.6), q(3, 20.0, 0.95), q(4, 10.0, 0.55)]).unwrap();
    let told: Vec<_> = m.points.iter().map(|p| p.kvadrant).collect();
    assert_eq!(told, [Kvadrant::Behall, Kvadrant::ForbattraForst, Kvadrant::Bevaka, Kvadrant::ForbattraSedan]);
    assert_eq!(m.sentence(), "Förbättra först: fråga 2. Behåll: fråga 1. Förbättra sedan: fråga 4. Bevaka: fråga 3.");
    let equal = matris(vec![q(1, 0.1, 0.7), q(2, 0.1, 0.7), q(3, 0.1, 0.7)]).unwrap();
    assert_eq!(equal.sentence(), "Behåll: fråga 1, 2 och 3.");
}

fn asked() -> Vec<Fraga> {
    let text = Fraga { kind: Kind::Fritext, options: vec![], ..question(2, "Övrigt?", |_| ()) };
    vec![question(1, "Bra bemötande?", |_| ()), text, question(7, "Delaktig?", |_| ())]
}

#[test]
fn pasted_rows_are_read_by_number_or_text_with_tabs_or_semicolons() {
    let text = "Fråga;Källa;Våg;Kön;Andel;n\n1;Staden;2025;;88,5;1 200\n\nDELAKTIG?\tPappersenkät\t2025-11\tKvinnor\t90 %\t40\n3;Staden;2025;m;7\n";
    let read = read_utifran(text, &asked()).unwrap();
    let told: Vec<_> =
        read.rows.iter().map(|r| (r.fraga, r.source.as_str(), r.wave.as_str(), r.kon, r.share, r.n)).collect();
    assert_eq!(
        told,
        [
            (1, "Staden", "2025", None, 88.5, Some(1200)),
            (7, "Pappersenkät", "2025-11", Some(Kon::Kvinna), 90.0, Some(40)),
            (7, "Staden", "2025", Some(Kon::Man), 7.0, None),
        ]
    );
}

#[test]
fn pasted_rows_have_a_heading_further_down_dittos_and_kon_in_other_words() {
    let text = "Stadens enkät\t\n\nFråga\tKälla\tVåg\tKön\tAndel (%)\tn\t\n1\tStaden\t2025\tFlickor\t88,5\t40\t\n\
                3\t\"\t\"\tPojke\t0,9 %\t\t\nTotalt\t\t\t\t\t40\t";
    let read = read_utifran(text, &asked()).unwrap();
    let told: Vec<_> = read.rows.iter().map(|r| (r.source.as_str(), r.kon, r.share)).collect();
    assert_eq!(told, [("Staden", Some(Kon::Kvinna), 88.5), ("Staden", Some(Kon::Man), 0.9)]);
    assert_eq!(read.notes.len(), 3, "{:?}", read.notes);
}

#[test]
fn every_fault_of_pasted_rows_is_said_with_its_row_and_nothing_is_read() {
    for (row, words) in [
        ("1;Staden;2025", "fråga, källa, våg"),
        ("9;Staden;2025;;88", "ingen fråga ”9”"),
        ("2;Staden;2025;;88", "ingen fråga ”2”"),
        ("1;;2025;;88", "varifrån"),
        ("1;Staden;25;;88", "inte ett år"),
        ("1;Staden;2025-13;;88", "inte ett år"),
        ("1;Staden;2025-W02;;88", "inte ett år"),
        ("1;Staden;2025;2;88", "inget kön"),
        ("1;Staden;2025;;101", "ingen andel"),
        ("1;Staden;2025;;0,915", "Är det 91,5\u{a0}% eller 0,915\u{a0}%?"),
        ("1;Staden;2025;;NaN", "ingen andel"),
        ("1;Staden;2025;;88;många", "inget antal"),
        ("1;Staden;2025;;88;4", "färre än 5"),
    ] {
        let faults = read_utifran(&format!("1;Staden;2025;;88\n{row}"), &asked()).unwrap_err();
        assert_eq!(faults.len(), 1, "{row}: {faults:?}");
        assert!(faults[0].starts_with("Rad 2: ") && faults[0].contains(words), "{row}: {faults:?}");
    }
    assert_eq!(read_utifran("x\ny", &asked()).unwrap_err().len(), 2, "all at once");
    assert_eq!(read_utifran(" \n", &asked()).unwrap_err(), ["Klistra in minst en rad."]);
}

proptest! {
    #[test]
    fn pasting_anything_gives_rows_or_sentences(text in "([0-9a-zå;\t%,. -]{0,30}\n){0,4}") {
        match read_utifran(&text, &asked()) {
            Ok(read) => prop_assert!(read.rows.iter().all(|r| (0.0..=100.0).contains(&r.share) && r.n.is_none_or(|n| n >= 5))),
            Err(faults) => prop_assert!(faults.iter().all(|f| f.ends_with('.') || f.contains('”'))),
        }
    }
}
