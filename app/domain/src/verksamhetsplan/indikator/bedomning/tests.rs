use proptest::prelude::*;

use super::*;
use crate::{
    siffror::slag::Varde,
    verksamhetsplan::indikator::{
        check,
        mal::Tolerans,
        tests::{andel, antal, content, form, tal, utfall},
        utfall::{Satt, Varden},
    },
};

const VB: Utfallsperiod = Utfallsperiod::vb(2022);
const T1: Utfallsperiod = Utfallsperiod::tertial_1(2022);

fn of(riktning: &str, mal: &str, figure: &str) -> Bedomning {
    let form = super::super::Form { enhet: "st".into(), ..form(Slag::Bestand, riktning, mal) };
    bedomning(&check(&form, None).unwrap(), VB, &utfall(figure))
}

fn prognos(text: &str, before: Utfall) -> Utfall {
    Utfall { prognos: Some(Varde::of(tal(text))), ..before }
}

fn margin(judged: &Bedomning) -> Option<String> {
    judged.avstand?.marginal.map(|m| m.with_decimals(1))
}

fn distance(judged: &Bedomning) -> Option<String> {
    judged.avstand?.procent.map(|m| m.with_decimals(1))
}

#[test]
fn a_figure_is_judged_by_how_far_it_is_from_its_goal() {
    for (riktning, mal, figure, status, off) in [
        ("lagre", "0,8", "0.6", Status::Uppnas, None),
        ("hogre", "75", "77", Status::Uppnas, None),
        ("hogre", "82", "70", Status::InteAlls, Some("14,6")),
        ("lagre", "625 000", "675000", Status::Delvis, Some("8,0")),
        ("lagre", "975", "980", Status::Delvis, Some("0,5")),
        // in binary floats these are more than ten per cent
        ("lagre", "0,3", "0.33", Status::Delvis, Some("10,0")),
        ("lagre", "2", "2.2", Status::Delvis, Some("10,0")),
        ("lagre", "0,3", "0.34", Status::InteAlls, Some("13,3")),
        ("hogre", "15", "14", Status::Delvis, Some("6,7")),
        ("hogre", "15", "13", Status::InteAlls, Some("13,3")),
    ] {
        let judged = of(riktning, mal, figure);
        assert_eq!((judged.status, distance(&judged).as_deref()), (status, off), "{riktning} {mal} {figure}");
        assert_eq!((judged.raknad, judged.grund), (status, Some(Grund::Utfall)));
    }
}

#[test]
fn a_small_margin_proposes_a_risk_and_a_large_one_does_not() {
    let small = of("hogre", "75", "77");
    assert_eq!((margin(&small).as_deref(), small.flaggor.iter().any(Flagga::is_risk)), (Some("2,7"), true));
    let st = antal("1 st");
    assert_eq!(small.flaggor[0].said(&st), "Liten marginal: 2,7\u{a0}%.");
    let large = of("lagre", "0,8", "0.6");
    assert_eq!((margin(&large).as_deref(), large.flaggor.len()), (Some("25,0"), 0));
    let five = of("hogre", "100", "105");
    assert_eq!((margin(&five).as_deref(), five.flaggor.len()), (Some("5,0"), 0), "less than five");
    let just = of("hogre", "75", "75");
    assert_eq!(just.flaggor[0].said(&st), "Ingen marginal: målet nås precis.");
    assert_eq!(of("hogre", "100", "104.96").flaggor[0].said(&st), "Liten marginal: 4,96\u{a0}%.");
    // what cannot be better has no margin
    let all = bedomning(&andel("100 %"), VB, &utfall("100"));
    assert_eq!((all.status, margin(&all), all.flaggor.len()), (Status::Uppnas, None, 0));
}

#[test]
fn a_goal_of_nought_is_reached_or_not_unless_a_tolerance_is_in_units() {
    assert_eq!(of("lagre", "0", "0").status, Status::Uppnas);
    let one = of("lagre", "0", "1");
    assert_eq!(
        (one.status, one.varfor.as_str()),
        (Status::InteAlls, "1 mot högst 0\u{a0}st. Ett mål på 0 uppnås helt eller inte alls.")
    );
    let content = Content { tolerans: Tolerans::Enhet(tal("1")), ..content(Slag::Bestand, "lagre", "0 st") };
    let judged = |figure| bedomning(&content, VB, &utfall(figure)).status;
    let points = Content { tolerans: Tolerans::Enhet(tal("2")), ..andel("75 %") };
    let short = bedomning(&points, VB, &utfall("73"));
    assert_eq!(short.varfor, "73 mot minst 75\u{a0}%. Avståndet är 2,7\u{a0}%, gränsen för delvis 2 procentenheter.");
    assert_eq!(short.status, Status::Delvis);
    assert_eq!((judged("0"), judged("1"), judged("2")), (Status::Uppnas, Status::Delvis, Status::InteAlls));
}

#[test]
fn what_is_compared_is_rounded_so_that_nobody_reads_the_same_figure_twice() {
    let content = Content { decimaler: 1, ..content(Slag::Andel, "lagre", "0,7 %") };
    let judged = bedomning(&content, VB, &utfall("0.7449"));
    assert_eq!((judged.status, judged.varfor.as_str()), (Status::Uppnas, "0,7 mot högst 0,7\u{a0}%."));
    // and no limit is read as met that is not
    let wide = Content { decimaler: 4, ..content };
    let judged = bedomning(&wide, VB, &utfall("0.7701"));
    assert_eq!(judged.status, Status::InteAlls);
    assert!(judged.varfor.ends_with("Avståndet är 10,01\u{a0}%, gränsen för delvis 10\u{a0}%."), "{}", judged.varfor);
}

#[test]
fn a_count_is_measured_in_phase_until_somebody_says_what_the_year_will_be() {
    let jobb = antal("15 st");
    let in_phase = bedomning(&jobb, T1, &utfall("5"));
    assert_eq!((in_phase.status, in_phase.grund), (Status::Uppnas, Some(Grund::IFas)));
    assert_eq!(in_phase.varfor, "5 mot minst 5,0\u{a0}st i fas (fyra månader av tolv).");
    assert_eq!(in_phase.flaggor, [Flagga::PrecisIFas]);
    assert_eq!((Flagga::PrecisIFas.said(&jobb).as_str(), Flagga::PrecisIFas.is_risk()), ("Precis i fas.", false));
    // a small margin in phase is no risk either
    assert_eq!(bedomning(&antal("300 st"), T1, &utfall("101")).flaggor, []);
    let rounded = bedomning(&antal("60 st"), T1, &utfall("25.4")).flaggor;
    assert_eq!(rounded, [Flagga::Avrundat(tal("25.4"))]);
    assert_eq!(rounded[0].said(&jobb), "Utfallet 25,4\u{a0}st är avrundat till 25\u{a0}st.");
    for (figure, forecast, status, off) in [
        ("4", "15", Status::Uppnas, None),
        ("3", "14", Status::Delvis, Some("6,7")),
        ("14", "12", Status::InteAlls, Some("20,0")),
    ] {
        let judged = bedomning(&jobb, T1, &prognos(forecast, utfall(figure)));
        assert_eq!((judged.status, distance(&judged).as_deref(), judged.grund), (status, off, Some(Grund::Prognos)));
    }
    let late = bedomning(&jobb, T1, &utfall("4"));
    assert_eq!((late.status, distance(&late).as_deref()), (Status::InteAlls, Some("20,0")));
    // 16 of a year are 5,3 of four months
    assert_eq!(bedomning(&antal("16 st"), T1, &utfall("5")).status, Status::Delvis);
    // shares are as they are
    assert_eq!(bedomning(&andel("75 %"), T1, &utfall("76")).grund, Some(Grund::Utfall));
    // a source that ends in February is measured against two months
    let early = bedomning(&jobb, T1, &Utfall { tom: Some(2), ..utfall("3") });
    assert_eq!(
        (early.status, early.flaggor.last()),
        (Status::Uppnas, Some(&Flagga::EgenManad("t.o.m. februari 2022".into())))
    );
}

#[test]
fn at_the_end_of_the_year_the_outcome_counts_and_a_forecast_that_says_otherwise_is_told() {
    let jobb = antal("15 st");
    let judged = bedomning(&jobb, VB, &prognos("15", utfall("14")));
    assert_eq!((judged.status, distance(&judged).as_deref()), (Status::Delvis, Some("6,7")));
    let said: Vec<String> = judged.flaggor.iter().map(|flagga| flagga.said(&jobb)).collect();
    assert_eq!(said, ["Prognosen är inte uppdaterad: med 15\u{a0}st skulle bedömningen bli ”uppnås”."]);
    assert!(judged.flaggor[0].is_att_titta_pa());
    assert_eq!(bedomning(&jobb, VB, &prognos("20", utfall("16"))).flaggor, [], "the same status");
    assert_eq!(bedomning(&jobb, VB, &prognos("15", Utfall::default())).status, Status::IngenBedomning);
    // also of a source that ends before the year does
    let until_october = bedomning(&jobb, VB, &Utfall { tom: Some(10), ..utfall("13") });
    assert_eq!((until_october.status, until_october.grund), (Status::InteAlls, Some(Grund::Utfall)));
}

#[test]
fn without_a_goal_or_a_figure_nothing_is_judged_and_nothing_is_red() {
    let text = andel("Tas fram av nämnd");
    let judged = bedomning(&text, VB, &utfall("70"));
    assert_eq!(
        (judged.status, judged.varfor.as_str()),
        (Status::IngenBedomning, "Årsmålet är en text: ”Tas fram av nämnd”.")
    );
    assert_eq!((judged.status.marke(), judged.avstand, judged.grund), (None, None, None));
    assert_eq!(bedomning(&andel(""), VB, &utfall("70")).varfor, "Årsmål saknas.");
    let late = Content { efterslapning: 2, ..andel("75 %") };
    assert_eq!(
        bedomning(&late, T1, &Utfall::default()).varfor,
        "Utfall saknas. Det kommer två månader efter periodens slut."
    );
    assert_eq!(bedomning(&andel("75 %"), T1, &Utfall::default()).varfor, "Utfall saknas.");
    let unclear = Utfall { not: "Oklart".into(), ..Utfall::default() };
    assert_eq!(bedomning(&late, T1, &unclear).varfor, "Utfall saknas: ”Oklart”.");
}

#[test]
fn between_two_limits_all_is_good_and_outside_it_is_as_far_as_the_nearest() {
    let content = content(Slag::Medel, "inom", "40–60 dagar");
    for (figure, status, off) in [
        ("40", Status::Uppnas, None),
        ("60", Status::Uppnas, None),
        ("38", Status::Delvis, Some("5,0")),
        ("66", Status::Delvis, Some("10,0")),
        ("35", Status::InteAlls, Some("12,5")),
    ] {
        let judged = bedomning(&content, VB, &utfall(figure));
        assert_eq!((judged.status, distance(&judged).as_deref(), margin(&judged)), (status, off, None), "{figure}");
    }
    assert_eq!(bedomning(&content, VB, &utfall("50")).varfor, "50 mot 40–60\u{a0}dagar.");
}

#[test]
fn the_goal_of_the_council_is_judged_only_where_it_is_comparable() {
    let jobb = Content { kf: Mal::Tal(tal("800")), ..antal("15 st") };
    assert_eq!(bedomning(&jobb, VB, &utfall("15")).kf, None);
    let index =
        Content { kf: Mal::Tal(tal("82")), kf_jamforbart: true, arsmal: Mal::Inget, enhet: "index".into(), ..jobb };
    let judged = bedomning(&Content { slag: Slag::Medel, ..index }, VB, &utfall("84"));
    assert_eq!(judged.status, Status::IngenBedomning, "no goal of its own");
    let kf = judged.kf.unwrap();
    assert_eq!((kf.status, kf.varfor.as_str()), (Status::Uppnas, "KF:s årsmål: 84 mot minst 82\u{a0}index."));
}

#[test]
fn a_status_that_is_set_holds_and_an_outcome_that_changed_since_is_told() {
    let jobb = antal("15 st");
    let satt = |vid: Option<&str>| Satt { status: Status::InteMojlig, skal: "Inga platser".into(), vid: vid.map(tal) };
    let judged = bedomning(&jobb, VB, &Utfall { satt: Some(satt(Some("4"))), ..utfall("4") });
    assert_eq!((judged.status, judged.raknad, judged.flaggor.len()), (Status::InteMojlig, Status::InteAlls, 0));
    assert!(
        judged.said(&jobb).starts_with("Satt för hand: Inga platser. 4 mot minst 15\u{a0}st."),
        "{}",
        judged.said(&jobb)
    );
    let changed = bedomning(&jobb, VB, &Utfall { satt: Some(satt(Some("4"))), ..utfall("6") });
    assert_eq!(changed.flaggor[0].said(&jobb), "Satt för hand när utfallet var 4\u{a0}st.");
    let came = bedomning(&jobb, VB, &Utfall { satt: Some(satt(None)), ..utfall("6") });
    assert_eq!(came.flaggor[0].said(&jobb), "Satt för hand när utfall saknades.");
}

#[test]
fn what_misleads_what_is_preliminary_and_what_kon_does_not_agree_with_is_flagged() {
    let preliminary = Varde { mark: Mark::Preliminar, ..Varde::of(tal("77.78")) };
    let varden =
        Varden { kvinnor: Some(Varde::of(tal("45"))), man: Some(Varde::of(tal("71"))), ..Varden::of(preliminary) };
    let content = andel("75 %");
    let judged = bedomning(&content, VB, &Utfall { varden, missvisande: "Fel enhet.".into(), ..Utfall::default() });
    let said: Vec<String> = judged.flaggor.iter().map(|flagga| flagga.said(&content)).collect();
    assert_eq!(said[..3], ["Liten marginal: 3,7\u{a0}%.", "Missvisande: Fel enhet.", "Preliminärt."]);
    assert!(matches!(judged.flaggor[3], Flagga::Kon(_)) && judged.flaggor.len() == 4);
    assert_eq!(judged.status, Status::Uppnas, "a flag judges nothing");
}

fn rank(status: Status) -> usize {
    Status::ALL.iter().position(|one| *one == status).unwrap()
}

prop_compose! {
    fn any_content()(
        slag in prop::sample::select(Slag::ALL.to_vec()),
        goal in -1_000_000_i64..1_000_000,
        decimaler in 0_u32..=4,
        units in any::<bool>(),
        limit in 0_i64..500_000,
    ) -> Content {
        let limit = Tal::of_stored(limit);
        Content {
            slag,
            decimaler,
            arsmal: Mal::Tal(Tal::of_stored(goal)),
            tolerans: if units { Tolerans::Enhet(limit) } else { Tolerans::Procent(limit) },
            enhet: "st".into(),
            ..antal("15 st")
        }
    }
}

fn status_of(content: &Content, period: Utfallsperiod, stored: i64) -> Status {
    bedomning(content, period, &Utfall::of(Varde::of(Tal::of_stored(stored)))).status
}

proptest! {
    #[test]
    fn more_is_never_worse_where_more_is_better_nor_better_where_it_is_not(
        content in any_content(),
        month in 1_u32..=12,
        a in -3_000_000_i64..3_000_000,
        more in 0_i64..3_000_000,
    ) {
        let period = Utfallsperiod::until(2022, month).unwrap();
        let ranks = |content: &Content| (rank(status_of(content, period, a)), rank(status_of(content, period, a + more)));
        let (less, greater) = ranks(&content);
        prop_assert!(greater <= less);
        let (less, greater) = ranks(&Content { riktning: Riktning::Lagre, ..content });
        prop_assert!(less <= greater);
    }

    #[test]
    fn between_limits_nearer_is_never_worse(
        content in any_content(),
        from in -1_000_000_i64..1_000_000,
        wide in 0_i64..1_000_000,
        off in 0_i64..1_000_000,
        nearer in 0_i64..1_000_000,
    ) {
        let mal = Mal::Inom { fran: Tal::of_stored(from), till: Tal::of_stored(from + wide) };
        let content = Content { riktning: Riktning::Inom, decimaler: 4, arsmal: mal, ..content };
        let nearer = nearer.min(off);
        for (far, near) in [(from - off, from - off + nearer), (from + wide + off, from + wide + off - nearer)] {
            prop_assert!(rank(status_of(&content, VB, near)) <= rank(status_of(&content, VB, far)));
        }
        prop_assert_eq!(status_of(&content, VB, from + wide / 2), Status::Uppnas);
    }

    /// A figure in kronor and in thousands, a share of 1 and in per cent: the status is the same.
    #[test]
    fn the_status_is_the_same_at_any_scaling_of_the_decimals(
        slag in prop::sample::select(Slag::ALL.to_vec()),
        goal in 0_i64..100_000,
        figure in 0_i64..200_000,
        limit in 0_i64..500_000,
        month in 1_u32..=12,
        lower in any::<bool>(),
    ) {
        let period = Utfallsperiod::until(2022, month).unwrap();
        let of = |decimaler: u32| {
            let scale = 10_i64.pow(DECIMALS_KEPT - decimaler);
            let content = Content {
                slag,
                decimaler,
                riktning: if lower { Riktning::Lagre } else { Riktning::Hogre },
                arsmal: Mal::Tal(Tal::of_stored(goal * scale)),
                tolerans: Tolerans::Procent(Tal::of_stored(limit)),
                ..antal("15 st")
            };
            status_of(&content, period, figure * scale)
        };
        let all: Vec<Status> = (0..=DECIMALS_KEPT).map(of).collect();
        prop_assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "{:?}", all);
    }
}

const DECIMALS_KEPT: u32 = crate::tal::DECIMALS;
