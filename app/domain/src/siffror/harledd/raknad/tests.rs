use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::siffror::{
    harledd::klar,
    serie::{Form, SerieId, check},
    siffra::words,
};

fn part(namn: &str, enhet: &str, slag: &str) -> Content {
    let form = Form {
        namn: namn.into(),
        enhet: enhet.into(),
        slag: slag.into(),
        grain: "manad".into(),
        decimaler: "1".into(),
        ..Form::default()
    };
    check(&form, None).unwrap()
}

fn made(rakning: &str, sedan: &str, a: &Content, b: Option<&Content>) -> Content {
    let id = |n| SerieId(Uuid::from_u128(n)).to_string();
    let form = Form {
        namn: "Räknad".into(),
        slag: "medel".into(),
        grain: "manad".into(),
        del_a: id(1),
        del_b: b.map(|_| id(2)).unwrap_or_default(),
        rakning: rakning.into(),
        sedan: sedan.into(),
        bas: if sedan == "index" { "2021-01".into() } else { String::new() },
        ..Form::default()
    };
    klar(&check(&form, None).unwrap(), a, b).unwrap()
}

fn tal(text: &str) -> Tal {
    let (whole, rest) = text.split_once(',').unwrap_or((text, ""));
    Tal::of_figures(whole, rest).unwrap()
}

fn month(n: i64) -> Period {
    Period::of_ordinal(Period::Month(2021, 1).ordinal() + n, crate::period::Grain::Manad)
}

/// Values of months from January 2021 on.
fn values(all: &[&str]) -> Tidsserie {
    (0..).zip(all).filter(|(_, n)| !n.is_empty()).map(|(n, text)| (month(n), Varde::of(tal(text)))).collect()
}

fn shown<'a>(content: &'a Content, values: &'a Tidsserie) -> Del<'a> {
    Del { content, values, dolda: BTreeSet::new() }
}

#[test]
fn paid_per_household_is_as_unsure_as_what_was_paid() {
    let (paid, households) = (part("Utbetalt", "mnkr", "belopp"), part("Hushåll", "hushåll", "bestand"));
    let content = made("delat", "", &paid, Some(&households));
    let jan = Period::Month(2022, 1);
    let a = Tidsserie::from([(jan, Varde { mark: Mark::Ungefarlig, ..Varde::of(tal("3,3")) })]);
    let b = Tidsserie::from([(jan, Varde::of(Tal::whole(317)))]);
    let found = raknad(&content, &shown(&paid, &a), Some(&shown(&households, &b)));
    let varde = found.values[&jan];
    assert_eq!(words(&content, Some(varde)), "ca\u{a0}10\u{a0}410");
    assert_eq!(content.with_unit(varde.tal), "10\u{a0}410\u{a0}kr");
    let late = Tidsserie::from([(jan, Varde { mark: Mark::Preliminar, ..b[&jan] })]);
    let found = raknad(&content, &shown(&paid, &a), Some(&shown(&households, &late)));
    assert_eq!(found.values[&jan].mark, Mark::Preliminar, "any part that is so makes it so");
}

#[test]
fn a_share_keeps_its_parts_and_a_month_that_one_lacks_has_none() {
    let households = part("Hushåll", "hushåll", "bestand");
    let content = made("delat", "", &households, Some(&households));
    let (a, b) = (values(&["14", "3", "", "5"]), values(&["18", "", "7", "0"]));
    let found = raknad(&content, &shown(&households, &a), Some(&shown(&households, &b))).values;
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), [month(0)], "nothing is per cent of nought");
    assert_eq!(found[&month(0)].share, Some(Share { numerator: 14, denominator: 18 }));
    assert_eq!(found[&month(0)].tal.to_string(), "77,7778");
    let thousand = part("Återkrav", "tkr", "belopp");
    let million = part("Utbetalt", "mnkr", "belopp");
    let content = made("delat", "", &thousand, Some(&million));
    let found = raknad(&content, &shown(&thousand, &values(&["33"])), Some(&shown(&million, &values(&["3,3"]))));
    assert_eq!(found.values[&month(0)].tal, Tal::whole(1), "33 000 of 3 300 000 kronor");
}

#[test]
fn money_is_added_in_the_unit_of_the_whole_and_a_share_of_a_count_is_a_count() {
    let (thousand, million) = (part("Återkrav", "tkr", "belopp"), part("Utbetalt", "mnkr", "belopp"));
    let content = made("minus", "", &million, Some(&thousand));
    let found = raknad(&content, &shown(&million, &values(&["3,3"])), Some(&shown(&thousand, &values(&["85,5"]))));
    assert_eq!(found.values[&month(0)].tal, tal("3,2145"));
    let (households, share) = (part("Hushåll", "hushåll", "bestand"), part("Med barn", "", "andel"));
    let content = made("ganger", "", &households, Some(&share));
    let found = raknad(&content, &shown(&households, &values(&["200"])), Some(&shown(&share, &values(&["12,5"]))));
    assert_eq!(found.values[&month(0)].tal, Tal::whole(25));
}

#[test]
fn what_is_hidden_of_a_part_is_hidden_of_the_whole() {
    let households = part("Hushåll", "hushåll", "bestand");
    let content = made("minus", "", &households, Some(&households));
    let (a, b) = (values(&["9", "", "9"]), values(&["1", "1", "1"]));
    let part = Del { dolda: BTreeSet::from([month(1), month(7)]), ..shown(&households, &a) };
    let found = raknad(&content, &part, Some(&shown(&households, &b)));
    assert_eq!(found.values.keys().copied().collect::<Vec<_>>(), [month(0), month(2)]);
    assert_eq!(found.dolda, BTreeSet::from([month(1)]), "of the other month there is nothing to hide");
    // an index whose base is hidden, and a mean that has a hidden month, tell nothing
    let index = made("", "index", &households, None);
    let part = Del { dolda: BTreeSet::from([month(0)]), ..shown(&households, &a) };
    let rest: Tidsserie = a.iter().filter(|(p, _)| **p != month(0)).map(|(p, v)| (*p, *v)).collect();
    let found = raknad(&index, &Del { values: &rest, ..part }, None);
    assert_eq!((found.values.len(), found.dolda), (0, BTreeSet::from([month(0), month(2)])));
    let mean = made("", "medel", &households, None);
    let twelve = values(&["9", "", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9"]);
    let part = Del { dolda: BTreeSet::from([month(1)]), ..shown(&households, &twelve) };
    let found = raknad(&mean, &part, None);
    assert_eq!((found.values.len(), found.dolda), (0, BTreeSet::from([month(11)])));
}

#[test]
fn neither_an_index_nor_a_mean_goes_over_a_break_of_a_part() {
    let fran = NaiveDate::from_ymd_opt(2021, 3, 1).unwrap();
    let late = Brott { fran, varfor: "Två enheter blev en".into(), rapportering: false };
    let households = Content { brott: vec![late], ..part("Hushåll", "hushåll", "bestand") };
    let of = |sedan: &str, a: &Tidsserie| {
        let content = made("", sedan, &households, None);
        let content = Content { brott: brott(&content, &[&households, &households]), ..content };
        assert_eq!(content.brott.len(), 1);
        assert_eq!(content.brott[0].varfor, "Hushåll: Två enheter blev en");
        raknad(&content, &shown(&households, a), None).values.keys().copied().collect::<Vec<_>>()
    };
    assert_eq!(of("index", &values(&["10", "20", "30"])), [month(0), month(1)]);
    let long = values(&["10"; 15]);
    assert_eq!(of("medel", &long), [month(13), month(14)], "twelve from March on");
}

#[test]
fn a_part_alone_is_in_the_unit_that_was_chosen_for_the_whole() {
    let paid = part("Utbetalt", "kr", "belopp");
    let content = Content { enhet: "tkr".into(), ..made("", "medel", &paid, None) };
    let content = klar(&content, &paid, None).unwrap();
    assert_eq!(content.enhet, "tkr");
    let found = raknad(&content, &shown(&paid, &values(&["1500"; 12])), None);
    assert_eq!(found.values[&month(11)].tal, tal("1,5"), "and not 1 500 thousands");
    assert!(!found.lika, "sums of money weigh what they are");
    let index = made("", "index", &paid, None);
    let found = raknad(&index, &shown(&paid, &values(&["1500", "3000"])), None);
    assert_eq!(found.values[&month(1)].tal, Tal::whole(200));
}

#[test]
fn money_is_rounded_when_all_is_reckoned_and_not_before() {
    let (price, days) = (part("Dygnspris", "kr", "belopp"), part("Dygn", "dygn", "flode"));
    let content = Content { enhet: "mnkr".into(), ..made("ganger", "", &price, Some(&days)) };
    let found = raknad(&content, &shown(&price, &values(&["850"])), Some(&shown(&days, &values(&["1000"]))));
    assert_eq!(found.values[&month(0)].tal, tal("0,85"));
    let content = Content { enhet: "tkr".into(), ..made("plus", "", &price, Some(&price)) };
    let cents = values(&["0,04"]);
    let found = raknad(&content, &shown(&price, &cents), Some(&shown(&price, &cents)));
    assert_eq!(found.values[&month(0)].tal, tal("0,0001"), "each alone would be nought");
}

#[test]
fn a_mean_of_quotients_is_all_by_all_and_a_mean_of_means_says_that_it_is_not_sure() {
    let (paid, households) = (part("Utbetalt", "kr", "belopp"), part("Hushåll", "hushåll", "bestand"));
    let content = made("delat", "medel", &paid, Some(&households));
    let (mut a, mut b) = (vec!["1000"; 11], vec!["1"; 11]);
    a.push("100");
    b.push("1100");
    let (a, b) = (values(&a), values(&b));
    let found = raknad(&content, &shown(&paid, &a), Some(&shown(&households, &b)));
    let varde = found.values[&month(11)];
    // 11 100 kronor, 1 111 households: a mean of each month's own would be 917 kronor
    assert_eq!((varde.tal.with_decimals(2).as_str(), varde.mark, found.lika), ("9,99", Mark::Definitiv, false));
    let part_hidden = Del { dolda: BTreeSet::from([month(12)]), ..shown(&paid, &a) };
    let more = values(&["1"; 13]);
    let found = raknad(&content, &part_hidden, Some(&shown(&households, &more)));
    assert_eq!(found.dolda, BTreeSet::from([month(12)]));

    let waiting = part("Kötid", "dagar", "medel");
    let content = made("", "medel", &waiting, None);
    let found = raknad(&content, &shown(&waiting, &values(&["14"; 12])), None);
    let varde = found.values[&month(11)];
    assert_eq!((varde.tal, varde.mark, found.lika), (Tal::whole(14), Mark::Ungefarlig, true));
}
