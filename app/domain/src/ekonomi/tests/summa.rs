//! B1, B4, B7, B11: sums are reckoned, blank is told, printed figures are compared; and what is too large.

use proptest::prelude::*;

use super::*;
use crate::ekonomi::{
    jamford::{Figur, Tryckt},
    konto::STANDARD,
    projekt,
    summa::Summa,
};

#[test]
fn b1_the_rows_of_an_account_are_the_standard_ones_in_their_order() {
    let of = |slag| STANDARD.into_iter().filter(|(s, _)| *s == slag).map(|(_, namn)| namn).collect::<Vec<_>>();
    assert_eq!(
        of(Radslag::Intakt),
        [
            "Taxor och avgifter",
            "Hyresintäkter",
            "Bidrag och ersättningar",
            "Försäljning av verksamhet",
            "Övriga externa intäkter"
        ]
    );
    assert_eq!(
        of(Radslag::Kostnad),
        ["Personal", "Övriga personal", "Lokal", "Försörjningsstöd", "Entreprenader och köp av verksamhet", "Övriga"]
    );
}

#[test]
fn b1_netto_is_costs_less_income() {
    let content = content(&[INTAKT, PERSONAL, LOKAL]);
    let all = of_year(&[("6000", "6100"), ("18000", "18200"), ("780", "780")]);
    let konto = konto(&content, &all);
    let of = |del, art| konto.summa(del, Tid::Bokslut, art).hel();
    assert_eq!(of(Del::Alla(Radslag::Intakt), Art::Budget), Some(tal("6000")));
    assert_eq!(of(Del::Alla(Radslag::Kostnad), Art::Budget), Some(tal("18780")));
    assert_eq!(of(Del::Netto, Art::Budget), Some(tal("12780")));
    assert_eq!(of(Del::Verksamhet(verksamhet_id(1)), Art::Utfall), Some(tal("12880")));
    let off = konto.avvikelse(Del::Netto, Tid::Bokslut).unwrap();
    assert_eq!((off.tal, off.what(Enhet::Tkr).as_str()), (tal("-100"), "100\u{a0}tkr över budget"));
    assert_eq!(konto.avvikelse(Del::Alla(Radslag::Intakt), Tid::Bokslut).unwrap().tal, tal("-100"));
}

#[test]
fn b4_a_blank_row_is_no_nought_and_half_an_outcome_is_not_set_against_a_whole_budget() {
    let content = content(&[PERSONAL, LOKAL, (Radslag::Kostnad, "Övriga")]);
    let all = of_year(&[("100", "90"), ("50", ""), ("", "")]);
    let konto = konto(&content, &all);
    let utfall = konto.summa(Del::Netto, Tid::Bokslut, Art::Utfall);
    assert_eq!(utfall, Summa { tal: Some(tal("90")), av: 1, saknas: 1, for_stor: false });
    assert_eq!(konto.summa(Del::Netto, Tid::Bokslut, Art::Budget).saknas, 0, "a row that is blank everywhere is none");
    assert_eq!(konto.avvikelse(Del::Netto, Tid::Bokslut), None);
    assert_eq!(konto.avvikelse(rad(1), Tid::Bokslut).unwrap().tal, tal("10"));
    assert_eq!((konto.avvikelse(rad(2), Tid::Bokslut), konto.avvikelse(rad(3), Tid::Bokslut)), (None, None));
    let nought = of_year(&[("0", "0")]);
    assert_eq!(Konto::new(&content, &nought).avvikelse(rad(1), Tid::Bokslut).unwrap().tal, Tal::ZERO);
    assert_eq!(Konto::new(&content, &[]).summa(Del::Netto, Tid::Bokslut, Art::Utfall).tal, None);
}

fn figur(tryckt: &str) -> Figur<'static> {
    Figur { namn: "Budget totalt, Kostnader", ruta: "B6", tryckt: tal(tryckt) }
}

#[test]
fn b1_a_printed_sum_that_is_off_is_told_with_both_figures_and_kept_as_a_note() {
    let costs = ["39000", "18780", "500", "2400"].map(tal);
    assert_eq!(figur("60680").summa(&costs), None);
    let off = figur("60700").summa(&costs).unwrap();
    assert_eq!((off.slag, off.tryckt, off.raknad), (Tryckt::Summa, tal("60700"), tal("60680")));
    assert_eq!(
        off.said(Enhet::Tkr),
        "Budget totalt, Kostnader: i tabellen står 60\u{a0}700 tkr, raderna ger 60\u{a0}680 tkr. Rätta en rad eller \
         godkänn den uträknade siffran."
    );
    assert_eq!(off.not(Enhet::Tkr), "I tabellen stod 60\u{a0}700 tkr");
}

#[test]
fn b7_a_printed_difference_is_budget_less_outcome_or_it_is_told() {
    let figur = |tryckt| Figur { namn: "2018", ruta: "D4", tryckt: tal(tryckt) };
    assert_eq!(figur("4").differens(Teckenform::BaraNetto, tal("115"), tal("111")), None);
    // as a unit printed it of 129 and 133
    let off = figur("4").differens(Teckenform::BaraNetto, tal("129"), tal("133")).unwrap();
    assert!(off.has_other_sign());
    assert_eq!(
        off.said(Enhet::Mnkr),
        "2018: i tabellen står +4,0 mnkr, budget minus utfall ger −4,0 mnkr. Tecknet är omvänt. Rätta en rad eller \
         godkänn den uträknade siffran."
    );
    assert!(figur("5").differens(Teckenform::BaraNetto, tal("115"), tal("111")).is_some(), "here nothing is rounded");
    assert_eq!(figur("-5").differens(Teckenform::KostnaderNegativa, tal("-39,9"), tal("-44,9")), None);
}

#[test]
fn b11_what_rounding_makes_is_no_fault() {
    let parts = ["10", "10", "10", "10"].map(tal);
    for (printed, is_off) in [("42", false), ("38", false), ("43", true), ("37", true)] {
        assert_eq!(figur(printed).summa(&parts).is_some(), is_off, "{printed}");
    }
    // with one decimal half a step is 0,05
    let parts = ["9,9", "0,1"].map(tal);
    assert!(figur("10,1").summa(&parts).is_none() && figur("10,2").summa(&parts).is_some());
    assert_eq!(figur("12781").netto(Teckenform::BadaPositiva, tal("18780"), tal("6000")), None);
    assert!(figur("12782").netto(Teckenform::BadaPositiva, tal("18780"), tal("6000")).is_some());
    assert!(figur("0").summa(&["0,4", "0,4"].map(tal)).is_some(), "they are printed with their decimals");
}

#[test]
fn what_is_too_large_is_blank_and_told_and_never_the_largest_number() {
    let most = Tal::of_stored(i64::MAX);
    assert_eq!(Tal::checked_sum([most, Tal::whole(1)]), None);
    assert_eq!(Tal::checked_sum([most, Tal::whole(1), Tal::whole(-1)]), Some(most), "only the sum counts");
    let summa = Summa::of([Some(most), Some(most)]);
    assert_eq!((summa.tal, summa.for_stor, summa.av), (None, true, 2));
    // all rows that an account can have, each with the most that is taken
    let rows = crate::ekonomi::konto::VERKSAMHETER_MOST * crate::ekonomi::konto::RADER_MOST;
    assert!(!Summa::of(vec![Some(Tal::MOST); rows]).for_stor);
    assert!(Enhet::takes(Tal::MOST) && Enhet::takes(-Tal::MOST) && !Enhet::takes(Tal::MOST + Tal::whole(1)));
}

#[test]
fn b13_a_project_has_money_of_its_own_and_is_in_the_sums() {
    let mut content = content(&[PERSONAL, (Radslag::Kostnad, "Statsbidrag mot hemlöshet")]);
    content.verksamheter[0].rader[1].projekt = true;
    let all = of_year(&[("100", "100"), ("500", "300")]);
    let konto = Konto::new(&content, &all);
    let said: Vec<String> = projekt::projekt(&konto, Tid::Bokslut).iter().map(|p| p.said(Enhet::Tkr)).collect();
    assert_eq!(said, ["Statsbidrag mot hemlöshet: 200\u{a0}tkr av 500\u{a0}tkr är kvar."]);
    assert_eq!(konto.summa(Del::Netto, Tid::Bokslut, Art::Budget).hel(), Some(tal("600")));
    let all = of_year(&[("100", "100"), ("500", "550")]);
    let over = projekt::projekt(&Konto::new(&content, &all), Tid::Bokslut);
    assert_eq!(over[0].said(Enhet::Tkr), "Statsbidrag mot hemlöshet: 50\u{a0}tkr mer än projektets 500\u{a0}tkr.");
}

proptest! {
    #[test]
    fn netto_is_costs_less_income_whatever_they_are(
        income in -1_000_000_000_i64..1_000_000_000, costs in prop::collection::vec(-1_000_000_000_i64..1_000_000_000, 2),
    ) {
        let content = content(&[INTAKT, PERSONAL, LOKAL]);
        let amount = |n: u128, stored| Belopp { tal: Some(Tal::of_stored(stored)), ..belopp(n, Tid::Bokslut, Art::Utfall, "") };
        let all = [amount(1, income), amount(2, costs[0]), amount(3, costs[1])];
        let konto = Konto::new(&content, &all);
        let netto = konto.summa(Del::Netto, Tid::Bokslut, Art::Utfall).tal.unwrap();
        prop_assert_eq!(netto.stored(), costs[0] + costs[1] - income);
    }

    #[test]
    fn the_effect_on_netto_is_the_same_in_every_form(budget in -1_000_i64..1_000, utfall in -1_000_i64..1_000, slag in 0_usize..3) {
        let (slag, budget, utfall) = (Radslag::ALL[slag], Tal::whole(budget), Tal::whole(utfall));
        let off = crate::ekonomi::avvikelse::Avvikelse::of(slag, Some(budget), Some(utfall)).unwrap();
        let more = slag.in_netto(utfall) - slag.in_netto(budget);
        prop_assert_eq!(off.effekt(), crate::ekonomi::avvikelse::Effekt::of_netto(more));
        // with costs below nought what is above it is better, on every row
        let shown = off.in_form(Teckenform::KostnaderNegativa);
        prop_assert_eq!(crate::ekonomi::avvikelse::Effekt::of_netto(-shown), off.effekt());
    }
}

#[test]
fn an_account_is_seen_at_the_last_time_that_something_is_known_of_and_a_closed_tertial_as_its_report() {
    let content = content(&[PERSONAL]);
    let seen = |all: &[Belopp]| konto(&content, all).senaste();
    let budget = belopp(1, Tid::Bokslut, Art::Budget, "1200");
    assert_eq!(seen(std::slice::from_ref(&budget)), Tid::Bokslut, "no more than a budget is the year's");
    let utfall = |month| belopp(1, Tid::Manad(month), Art::Utfall, "100");
    let mut all: Vec<Belopp> = [budget].into_iter().chain((1..=3).map(utfall)).collect();
    assert_eq!(seen(&all), Tid::Manad(3));
    all.push(utfall(4));
    assert_eq!(seen(&all), Tid::T1, "four months make the tertial");
    all.push(belopp(1, Tid::Manad(8), Art::Prognos, "1250"));
    assert_eq!(seen(&all), Tid::Manad(8), "a forecast without outcomes makes none");
}
