//! B8: every forecast is kept with its day, and told how right it was.

use chrono::NaiveDate;

use super::*;
use crate::ekonomi::{
    avvikelse::Effekt,
    diagram, mening,
    prognos::{historik, sakerhet},
};

fn day(month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2022, month, 20)
}

fn said(rad: u128, tid: Tid, value: &str, month: u32) -> Belopp {
    Belopp { per: day(month), ..belopp(rad, tid, Art::Prognos, value) }
}

#[test]
fn b8_each_forecast_is_kept_with_its_day_and_its_difference_to_the_one_before() {
    let content = content(&[INTAKT, PERSONAL]);
    let mut all = of_year(&[("6000", ""), ("18780", "")]);
    all.extend([
        said(1, Tid::Manad(3), "6000", 3),
        said(2, Tid::Manad(3), "18880", 3),
        // of income nothing new was said
        said(2, Tid::Manad(4), "19080", 4),
        said(1, Tid::T1, "6500", 5),
    ]);
    let konto = Konto::new(&content, &all);
    let points = historik(&konto, Del::Netto);
    let seen: Vec<_> = points.iter().map(|p| (p.tid, p.per, p.tal, p.andring)).collect();
    assert_eq!(
        seen,
        [
            (Tid::Manad(3), day(3), tal("12880"), None),
            (Tid::Manad(4), day(4), tal("13080"), Some(tal("200"))),
            (Tid::T1, day(5), tal("12580"), Some(tal("-500"))),
        ]
    );
    assert_eq!(points[1].rubrik(), "Prognos april");
    assert_eq!(
        points.iter().map(|p| p.effekt(&konto, Del::Netto)).collect::<Vec<_>>(),
        [None, Some(Effekt::Samre), Some(Effekt::Battre)]
    );
    assert_eq!(points[2].mot_budget.unwrap().tal, tal("200"));
    assert_eq!(
        mening::andring(&points[0], &points[1], Enhet::Tkr).as_deref(),
        Some("Prognosen är 200\u{a0}tkr sämre än i mars.")
    );
    let income = historik(&konto, Del::Alla(Radslag::Intakt));
    assert_eq!(income[1].effekt(&konto, Del::Alla(Radslag::Intakt)), Some(Effekt::Battre), "more income is better");
}

#[test]
fn b8_a_forecast_that_lacks_rows_says_so_and_is_not_compared() {
    let content = content(&[PERSONAL, LOKAL]);
    let mut all = of_year(&[("100", ""), ("50", "")]);
    all.push(said(1, Tid::Manad(3), "110", 3));
    all.push(said(2, Tid::Manad(4), "50", 4));
    let konto = Konto::new(&content, &all);
    let points = historik(&konto, Del::Netto);
    assert_eq!((points[0].saknas, points[0].mot_budget), (1, None));
    assert_eq!(
        (points[1].tal, points[1].saknas, points[1].andring),
        (tal("160"), 0, None),
        "of other rows than before"
    );
}

#[test]
fn b8_prognossakerhet_is_each_forecast_against_the_years_outcome() {
    let content = content(&[NETTO]);
    let mut all = of_year(&[("12000", "12000")]);
    all.extend([
        said(1, Tid::Manad(4), "12300", 4),
        said(1, Tid::T2, "11880", 9),
        said(1, Tid::Manad(11), "12000", 11),
    ]);
    let konto = Konto::new(&content, &all);
    let told: Vec<String> = sakerhet(&konto, Del::Netto).iter().map(|s| s.said(Enhet::Tkr)).collect();
    assert_eq!(
        told,
        [
            "Prognosen i april var 300\u{a0}tkr högre än utfallet (2,5\u{a0}%).",
            "Prognosen vid tertial 2 var 120\u{a0}tkr lägre än utfallet (1,0\u{a0}%).",
            "Prognosen i november var lika med utfallet.",
        ]
    );
    let not_over = Konto::new(&content, &all[..1]);
    assert_eq!(sakerhet(&not_over, Del::Netto), []);
}

#[test]
fn b8_forecasts_have_a_chart_against_budget_and_what_the_year_became() {
    let content = content(&[NETTO]);
    let mut all = vec![belopp(1, Tid::Bokslut, Art::Budget, "12000")];
    all.extend([said(1, Tid::Manad(3), "12200", 3), said(1, Tid::Manad(4), "12300", 4), said(1, Tid::T1, "12350", 5)]);
    let drawn = diagram::prognoser(&Konto::new(&content, &all), Del::Netto).unwrap();
    let points: Vec<_> = drawn.lines[0].points.iter().map(|p| (p.label.as_str(), p.tal)).collect();
    assert_eq!(
        points,
        [
            ("Prognos mars: 12\u{a0}200\u{a0}tkr", tal("12200")),
            ("Prognos tertial 1: 12\u{a0}350\u{a0}tkr", tal("12350")),
        ]
    );
    assert_eq!((drawn.ticks.len(), drawn.mal.len()), (12, 1));
    assert_eq!(drawn.alt, "Prognosen är 350\u{a0}tkr sämre än budget.");
    all.push(belopp(1, Tid::Bokslut, Art::Utfall, "12000"));
    let over = diagram::prognoser(&Konto::new(&content, &all), Del::Netto).unwrap();
    assert_eq!(over.mal.len(), 2);
    assert_eq!(over.alt, "Prognosen vid tertial 1 var 350\u{a0}tkr högre än utfallet (2,9\u{a0}%).");
    assert_eq!(diagram::prognoser(&Konto::new(&content, &[]), Del::Netto), None);
}
