//! B13: the year by its months, whose parts make the year to the last decimal.

use proptest::prelude::*;

use super::*;
use crate::ekonomi::manad::{self, parted};

#[test]
fn b13_a_years_budget_is_parted_among_its_months_and_nothing_is_gathered_in_december() {
    assert_eq!(parted(tal("39000"), 12, Enhet::Tkr), vec![tal("3250"); 12]);
    let of = |amount: &str, enhet| {
        parted(tal(amount), 12, enhet).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    // 41,67 a month: January to month m together are rounded, and a month is what it adds
    assert_eq!(of("500", Enhet::Tkr), "42 41 42 42 41 42 42 41 42 42 41 42");
    assert_eq!(of("-500", Enhet::Tkr), "−42 −41 −42 −42 −41 −42 −42 −41 −42 −42 −41 −42");
    assert_eq!(of("1", Enhet::Mnkr), "0,1 0,1 0,1 0 0,1 0,1 0,1 0,1 0,1 0 0,1 0,1", "mnkr have a decimal");
    assert_eq!(of("0", Enhet::Tkr), "0 0 0 0 0 0 0 0 0 0 0 0");
    assert_eq!(parted(Tal::HUNDRED, 0, Enhet::Tkr), vec![]);
}

#[test]
fn b13_a_typed_month_stands_and_the_rest_of_the_year_is_parted_among_the_others() {
    let content = content(&[PERSONAL]);
    let mut all = vec![belopp(1, Tid::Bokslut, Art::Budget, "1200"), belopp(1, Tid::Manad(1), Art::Budget, "210")];
    let account = Konto::new(&content, &all);
    let months = account.months(rad_id(1)).unwrap();
    assert_eq!((months.of(1), months.of(2), months.of(12)), (Some(tal("210")), Some(tal("90")), Some(tal("90"))));
    assert_eq!((months.skrivna[0], months.skrivna[1], months.avviker), (true, false, None));
    assert_eq!(account.rad(rad_id(1), Tid::T1, Art::Budget), Some(tal("480")));
    assert_eq!(account.rad(rad_id(1), Tid::T2, Art::Budget), Some(tal("840")), "tertial 2 is January to August");
    for month in 2..=12 {
        all.push(belopp(1, Tid::Manad(month), Art::Budget, "100"));
    }
    let account = Konto::new(&content, &all);
    assert_eq!(
        account.avvikande(),
        ["Budgeten för Personal, Ekonomiskt bistånd är 1\u{a0}200\u{a0}tkr för året, men månaderna ger \
         1\u{a0}310\u{a0}tkr. Ändra en månad eller årets budget."]
    );
    // without a year's budget twelve months are it
    let account = Konto::new(&content, &all[1..]);
    assert_eq!(account.rad(rad_id(1), Tid::Bokslut, Art::Budget), Some(tal("1310")));
    assert_eq!(account.avvikande(), Vec::<String>::new());
}

#[test]
fn b13_months_add_up_side_by_side_until_the_first_that_is_blank() {
    let content = content(&[INTAKT, PERSONAL]);
    let mut all = of_year(&[("240", ""), ("1440", "")]);
    for (month, income, costs) in [(1, "20", "120"), (2, "30", "125"), (4, "20", "110")] {
        all.push(belopp(1, Tid::Manad(month), Art::Utfall, income));
        all.push(belopp(2, Tid::Manad(month), Art::Utfall, costs));
    }
    all.push(belopp(2, Tid::Manad(2), Art::Prognos, "1500"));
    all.push(belopp(1, Tid::Manad(2), Art::Prognos, "250"));
    let konto = Konto::new(&content, &all);
    let months = manad::manader(&konto, Del::Netto);
    assert_eq!(months.len(), 12);
    let february = &months[1];
    assert_eq!((february.budget, february.utfall, february.skriven), (Some(tal("100")), Some(tal("95")), false));
    assert_eq!((february.budget_hittills, february.utfall_hittills), (Some(tal("200")), Some(tal("195"))));
    assert_eq!(february.avvikelse_hittills.unwrap().tal, tal("5"));
    assert_eq!(february.prognos, Some(tal("1250")));
    let (march, april) = (&months[2], &months[3]);
    assert_eq!((march.utfall, march.avvikelse, march.prognos), (None, None, None));
    assert_eq!((april.utfall, april.utfall_hittills), (Some(tal("90")), None), "March is blank, and not 0");
    let income = manad::manader(&konto, Del::Alla(Radslag::Intakt));
    assert_eq!(income[1].avvikelse.unwrap().tal, tal("-10"));
}

#[test]
fn outcomes_of_months_make_a_tertial_where_all_are_there_and_another_is_told() {
    let content = content(&[PERSONAL]);
    let mut all: Vec<Belopp> = (1..=4).map(|m| belopp(1, Tid::Manad(m), Art::Utfall, "100")).collect();
    let of = |all: &[Belopp], tid| Konto::new(&content, all).rad(rad_id(1), tid, Art::Utfall);
    assert_eq!((of(&all, Tid::T1), of(&all[1..], Tid::T1), of(&all, Tid::T2)), (Some(tal("400")), None, None));
    all.push(belopp(1, Tid::T1, Art::Utfall, "410"));
    assert_eq!(of(&all, Tid::T1), Some(tal("410")), "what was typed of it counts");
    assert_eq!(
        Konto::new(&content, &all).avvikande(),
        ["Utfall för Personal, Ekonomiskt bistånd är 410\u{a0}tkr för tertial 1, men månaderna ger 400\u{a0}tkr."]
    );
}

#[test]
fn b11_what_rounding_of_months_makes_is_no_fault_of_a_tertial_or_the_year() {
    let content = content(&[PERSONAL]);
    let mut all: Vec<Belopp> =
        (1..).zip(["33", "33", "33", "0"]).map(|(m, value)| belopp(1, Tid::Manad(m), Art::Utfall, value)).collect();
    let told = |all: &[Belopp], tid, art, value: &str| {
        let all: Vec<Belopp> = all.iter().cloned().chain([belopp(1, tid, art, value)]).collect();
        Konto::new(&content, &all).avvikande().len()
    };
    for (typed, n) in [("99", 0), ("100", 0), ("101", 0), ("102", 1), ("97", 0), ("96", 1), ("99,5", 1)] {
        assert_eq!(told(&all, Tid::T1, Art::Utfall, typed), n, "{typed}");
    }
    all = (1..=12).map(|m| belopp(1, Tid::Manad(m), Art::Budget, "8")).collect();
    for (typed, n) in [("100", 0), ("102", 0), ("103", 1)] {
        assert_eq!(told(&all, Tid::Bokslut, Art::Budget, typed), n, "{typed}");
    }
}

#[test]
fn a_tertial_that_shrinks_is_told() {
    let content = content(&[PERSONAL]);
    let all = [belopp(1, Tid::T1, Art::Utfall, "400"), belopp(1, Tid::T2, Art::Utfall, "300")];
    assert_eq!(
        Konto::new(&content, &all).avvikande(),
        [
            "Utfall för Personal, Ekonomiskt bistånd är 400\u{a0}tkr för tertial 1 men 300\u{a0}tkr för tertial 2. Tertial 2 är \
         januari till och med augusti."
        ]
    );
}

#[test]
fn times_are_kept_by_their_codes_in_the_order_of_the_year() {
    let all: Vec<Tid> = Tid::all().collect();
    assert_eq!(all.len(), 15);
    for tid in &all {
        assert_eq!(Tid::from_code(&tid.code()), Some(*tid));
        assert_eq!(serde_json::from_str::<Tid>(&serde_json::to_string(tid).unwrap()).unwrap(), *tid);
    }
    assert!(all.windows(2).all(|two| two[0].ordinal() < two[1].ordinal()));
    assert_eq!((Tid::T2.months(), Tid::T2.label()), (1..=8, "tertial 2"));
    let period = |tid: Tid| tid.utfallsperiod(2022).map(|period| (period.short(), period.month()));
    for (tid, short) in [(Tid::T1, "T1"), (Tid::T2, "T2"), (Tid::Bokslut, "VB")] {
        assert_eq!(period(tid), Some((short.to_owned(), tid.last())));
    }
    assert_eq!(period(Tid::Manad(4)), None, "a month is that month alone");
    assert!(serde_json::from_str::<Tid>("\"13\"").is_err() && Tid::from_code("4").is_none());
}

proptest! {
    #[test]
    fn the_parts_make_the_amount_whatever_it_is(stored in any::<i64>(), months in 1_u32..=12, enhet in 0_usize..3) {
        let (amount, enhet) = (Tal::of_stored(stored), Enhet::ALL[enhet]);
        let parts = parted(amount, months, enhet);
        prop_assert_eq!(Tal::checked_sum(parts.iter().copied()), Some(amount));
        let decimals = enhet.decimals().max(amount.decimals());
        prop_assert!(parts.iter().all(|part| part.decimals() <= decimals), "no month is finer than the account");
    }

    #[test]
    fn no_month_differs_from_another_by_more_than_a_step(amount in -1_000_000_i64..1_000_000, months in 1_u32..=12) {
        let parts = parted(Tal::whole(amount), months, Enhet::Tkr);
        let (least, most) = (parts.iter().min().unwrap(), parts.iter().max().unwrap());
        prop_assert!(*most - *least <= Tal::whole(1));
    }
}
