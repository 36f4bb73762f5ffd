use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::{
    id::NodeId,
    siffror::{
        dimension::{DimensionId, Dimensionsvarde},
        serie::{Brott, Form, check},
        siffra::{Plats, Ursprung},
    },
};

fn content() -> Content {
    let form = Form {
        namn: "Hushåll".into(),
        enhet: "hushåll".into(),
        slag: "bestand".into(),
        grain: "manad".into(),
        efterslapning: "2".into(),
        ..Form::default()
    };
    check(&form, None).unwrap()
}

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

/// Östermalm from December 2020 to April 2022, the last preliminary.
fn ostermalm() -> Tidsserie {
    let all = [178, 175, 169, 173, 168, 164, 166, 165, 157, 160, 154, 154, 149, 140, 143, 140, 134];
    let mut out = Tidsserie::new();
    let mut period = Period::Month(2020, 12);
    for n in all {
        out.insert(period, Varde::of(Tal::whole(n)));
        period = period.after();
    }
    out.get_mut(&Period::Month(2022, 4)).unwrap().mark = Mark::Preliminar;
    out
}

fn id(n: u128) -> DimensionsvardeId {
    DimensionsvardeId(Uuid::from_u128(n))
}

fn types() -> Dimension {
    let varde = |n: u128, namn: &str| Dimensionsvarde::named(id(n), namn);
    Dimension {
        id: DimensionId(Uuid::nil()),
        node: NodeId(Uuid::nil()),
        namn: "Hushållstyp".into(),
        values: vec![varde(1, "Ensamstående"), varde(2, "Par utan barn")],
        version: 1,
    }
}

fn siffra(month: u32, plats: Option<u128>, n: Option<i64>) -> Siffra {
    Siffra {
        period: Period::Month(2022, month),
        plats: Plats(vec![plats.map(id)]),
        varde: n.map(|n| Varde::of(Tal::whole(n))),
        not: String::new(),
        sedd: day(2022, 5, 2),
        ursprung: Ursprung::Inskriven,
        revision: 1,
        skrivning: 1,
        gallande: true,
    }
}

#[test]
fn a_month_stands_against_the_one_before_and_against_last_year() {
    let (content, values) = (content(), ostermalm());
    let all = kolumner(&content, &values, Period::Month(2021, 12), Period::Month(2022, 4));
    assert_eq!(all.len(), 5);
    assert_eq!(all[0].mot_fore.said(&content), "−5 (−3,2\u{a0}%)");
    assert_eq!(all[0].mot_fjol.said(&content), "−29 (−16,3\u{a0}%)");
    assert_eq!(all[4].mot_fore.said(&content), "−6 (−4,3\u{a0}%)");
    assert_eq!(all[4].mot_fjol.said(&content), "−34 (−20,2\u{a0}%)");
    assert!(all[4].mot_fjol.preliminar() && !all[3].mot_fjol.preliminar());
}

#[test]
fn a_year_is_a_mean_a_tertial_is_from_january_and_what_is_not_sure_is_outside() {
    let (content, values, today) = (content(), ostermalm(), day(2022, 5, 2));
    let year = ar(&content, &values, 2021, today).unwrap();
    assert_eq!((year.rubrik.as_str(), year.langre.tal.with_decimals(1).as_str()), ("Medel 2021", "162,8"));
    let first = tertial(&content, &values, 2021, 1, today).unwrap();
    assert_eq!((first.rubrik.as_str(), first.langre.tal.with_decimals(1).as_str()), ("Tertial 1 2021", "171,3"));
    assert_eq!(tertial(&content, &values, 2021, 2, today).unwrap().langre.of, 8);
    assert_eq!(ar(&content, &values, 2022, today).unwrap().langre.said_in(Grain::Manad), "medel av 3 månader");
    assert_eq!(ar(&content, &values, 2019, today), None);
    let brott = Brott { fran: day(2021, 7, 1), varfor: "Ny enhet".into(), rapportering: false };
    assert_eq!(ar(&Content { brott: vec![brott], ..content }, &values, 2021, today), None, "two ways of counting");
}

#[test]
fn a_change_over_a_break_is_none_and_a_gap_is_seen() {
    let brott = Brott { fran: day(2021, 1, 1), varfor: "Två enheter blev en".into(), rapportering: false };
    let content = Content { brott: vec![brott], ..content() };
    let mut values = ostermalm();
    values.remove(&Period::Month(2021, 6));
    let all = kolumner(&content, &values, Period::Month(2021, 6), Period::Month(2021, 12));
    assert_eq!((all[0].varde, &all[1].mot_fore), (None, &Mot::Inget));
    assert_eq!(all[6].mot_fjol.said(&content), "över brott");
}

#[test]
fn of_too_many_times_the_newest_are_shown_and_the_others_counted() {
    let form = Form {
        namn: "Samtal".into(),
        enhet: "samtal".into(),
        slag: "flode".into(),
        grain: "vecka".into(),
        ..Form::default()
    };
    let (content, last) = (check(&form, None).unwrap(), Period::Week(2026, 10));
    let first = Period::of_ordinal(last.ordinal() - MOST - 6, content.grain);
    let values: Tidsserie = [(first, Varde::of(Tal::whole(9))), (last, Varde::of(Tal::whole(8)))].into();
    let all = kolumner(&content, &values, first, last);
    assert_eq!((i64::try_from(all.len()).unwrap(), utelamnade(first, last)), (MOST, 7));
    assert_eq!(all.last().map(|k| (k.period, k.varde.map(|v| v.tal))), Some((last, Some(Tal::whole(8)))));
    assert_eq!(utelamnade(last, last), 0);
}

#[test]
fn a_total_is_the_sum_of_its_parts_when_all_are_there_and_a_stored_one_wins() {
    let (content, dim) = (content(), types());
    let of = |all: &[Siffra]| {
        let totals = totaler(&content, all, std::slice::from_ref(&dim));
        totals.into_iter().map(|(p, v)| (p.place().1, v.tal)).collect::<Vec<_>>()
    };
    let parts = [siffra(1, Some(1), Some(291)), siffra(1, Some(2), Some(26)), siffra(2, Some(1), Some(290))];
    assert_eq!(of(&parts), [(1, Tal::whole(317))], "in February a part is not there yet");
    let stored = [siffra(1, None, Some(320)), siffra(1, Some(1), Some(291)), siffra(1, Some(2), Some(26))];
    assert_eq!(of(&stored), [(1, Tal::whole(320))]);
    assert_eq!(of(&[siffra(1, Some(1), Some(291)), siffra(1, Some(2), None)]), [], "one is known to be missing");
    let each = delar(&content, &parts, &dim, 0);
    assert_eq!(each.iter().map(|(v, t)| (*v, t.len())).collect::<Vec<_>>(), [(id(1), 2), (id(2), 1)]);
}

#[test]
fn the_last_totals_are_the_same_whoever_has_read_the_others() {
    let (content, dim) = (content(), types());
    let at = |n: i64| Period::of_ordinal(Period::Month(2022, 12).ordinal() - n, Grain::Manad);
    let mut all: Vec<Siffra> = (0..20).map(|n| Siffra { period: at(n), ..siffra(1, Some(1), Some(290)) }).collect();
    // two years ago couples were counted too, and nobody has said when that ended
    all.extend((17..20).map(|n| Siffra { period: at(n), ..siffra(1, Some(2), Some(26)) }));
    let of = |all: &[Siffra]| totaler(&content, all, std::slice::from_ref(&dim));
    let few: Vec<Siffra> = all.iter().filter(|s| s.period > at(16)).cloned().collect();
    let (whole, lately) = (of(&all), of(&few));
    assert_eq!(lately.len(), SENASTE);
    assert!(lately.iter().all(|(p, v)| whole.get(p) == Some(v)), "{whole:?}");
    assert_eq!((whole.get(&at(16)), whole.get(&at(17)).map(|v| v.tal)), (None, Some(Tal::whole(316))));
}

#[test]
fn the_totals_of_some_times_are_those_of_all_where_it_is_known_what_the_series_has() {
    let (content, dim) = (content(), types());
    let dims = std::slice::from_ref(&dim);
    let at = |n: i64| Period::of_ordinal(Period::Month(2022, 12).ordinal() - n, Grain::Manad);
    let mut all: Vec<Siffra> = (0..40).map(|n| Siffra { period: at(n), ..siffra(1, Some(1), Some(290)) }).collect();
    // couples were counted until two years ago: of a later time before the last ones they are known to be missing
    all.extend((24..40).map(|n| Siffra { period: at(n), ..siffra(1, Some(2), Some(26)) }));
    let window: Vec<Siffra> = all.iter().filter(|s| s.period <= at(18) && s.period > at(23)).cloned().collect();
    let (sedda, whole) = (Sedda::of(&all, dims), totaler(&content, &all, dims));
    assert_eq!((whole.get(&at(20)), whole.get(&at(3)).map(|v| v.tal)), (None, Some(Tal::whole(290))));
    assert!(totaler_av(&content, &window, dims, &sedda).is_empty());
    assert!(!totaler(&content, &window, dims).is_empty(), "by themselves they would have one");
}

#[test]
fn a_group_is_the_sum_of_its_values_where_all_of_them_are_known() {
    let (content, mut dim) = (content(), types());
    let mut all = dim.values[0].clone();
    (all.id, all.namn) = (id(9), "Alla vuxna".into());
    dim.values.iter_mut().for_each(|v| v.grupp = Some(id(9)));
    dim.values.push(all);
    let parts = [siffra(1, Some(1), Some(291)), siffra(1, Some(2), Some(26)), siffra(2, Some(1), Some(290))];
    let each = delar(&content, &parts, &dim, 0);
    let (_, group) = each.iter().find(|(v, _)| *v == id(9)).unwrap();
    assert_eq!(group.iter().map(|(p, v)| (p.place().1, v.tal)).collect::<Vec<_>>(), [(1, Tal::whole(317))]);
}
