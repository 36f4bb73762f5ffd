use uuid::Uuid;

use super::*;
use crate::siffror::{
    dimension::{DimensionId, DimensionsvardeId},
    serie::{Form, SerieId, check},
};

const UNIT: NodeId = NodeId(Uuid::nil());

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn serie(slag: &str, grain: &str) -> Serie {
    let form = Form {
        namn: "Hushåll".into(),
        enhet: "hushåll".into(),
        slag: slag.into(),
        grain: grain.into(),
        ..Form::default()
    };
    let content = check(&form, None).unwrap();
    Serie { id: SerieId(Uuid::nil()), node: UNIT, content, closed_on: None, version: 1 }
}

fn figure(n: i64, period: Option<Period>) -> Figure {
    Figure { label: "Antal".into(), value: Tal::whole(n), unit: "hushåll".into(), period, ..Figure::default() }
}

fn stored(ny: &Ny, ursprung: Ursprung) -> Siffra {
    Siffra {
        period: ny.period,
        plats: ny.plats.clone(),
        varde: ny.varde,
        not: String::new(),
        sedd: day(2022, 2, 3),
        ursprung,
        revision: 1,
        skrivning: 1,
        gallande: true,
    }
}

const JANUARY: Period = Period::Month(2022, 1);

#[test]
fn the_time_of_a_figure_is_read_as_people_write_it() {
    let read = |text| las_tid(text, day(2022, 2, 3)).map(|(period, preliminar)| (period.to_string(), preliminar));
    for (text, period, preliminar) in [
        ("dec 2021", "2021-12", false),
        ("2021-12", "2021-12", false),
        ("december", "2021-12", false),
        ("januari", "2022-01", false),
        ("mars", "2021-03", false),
        ("jan, prel", "2022-01", true),
        ("kv 4 2021", "2021-Q4", false),
        ("kvartal 1", "2022-Q1", false),
        ("vecka 5", "2022-W05", false),
        ("T3 2021", "2021-T3", false),
        ("andra halvåret 2021", "2021-H2", false),
        ("2021", "2021", false),
    ] {
        assert_eq!(read(text), Some((period.to_owned(), preliminar)), "{text}");
    }
    for text in ["", "i vintras", "2022-02-03", "317", "13"] {
        assert_eq!(read(text), None, "{text}");
    }
    // as it is said, it is read
    for period in
        [JANUARY, Period::Week(2022, 5), Period::Quarter(2021, 4), Period::Tertial(2021, 3), Period::Half(2021, 2)]
    {
        assert_eq!(las_tid(&period.label(), day(2022, 2, 3)), Some((period, false)), "{}", period.label());
    }
}

#[test]
fn a_figure_goes_into_an_open_series_of_its_unit_that_counts_the_same_at_such_times() {
    let monthly = serie("bestand", "manad");
    let of = |serie: &Serie, figure: &Figure| ny(serie, UNIT, figure).map_err(|fel| (fel.falt, fel.text));
    let made = of(&monthly, &figure(317, Some(JANUARY))).unwrap();
    assert_eq!((made.period, made.varde.unwrap().tal), (JANUARY, Tal::whole(317)));
    let refused = |serie: &Serie, figure: &Figure| of(serie, figure).unwrap_err();
    assert_eq!(refused(&monthly, &figure(317, None)).0, "period");
    let (falt, text) = refused(&serie("bestand", "kvartal"), &figure(317, Some(JANUARY)));
    assert_eq!(
        (falt, text.as_str()),
        ("period", "Serien ”Hushåll” har ett värde för varje kvartal. Skriv till exempel kvartal 4 2021.")
    );
    assert_eq!(refused(&monthly, &figure(-3, Some(JANUARY))), ("value", "Talet kan inte vara mindre än 0.".to_owned()));
    let money = Figure { unit: "mnkr".into(), ..figure(3, Some(JANUARY)) };
    let (falt, text) = refused(&monthly, &money);
    assert!(falt == "unit" && text.contains("räknas i hushåll"), "{text}");
    let closed = Serie { closed_on: Some(day(2022, 1, 31)), ..monthly.clone() };
    assert!(refused(&closed, &figure(317, Some(JANUARY))).1.contains("är avslutad"));
    let other = ny(&monthly, NodeId(Uuid::from_u128(1)), &figure(317, Some(JANUARY))).unwrap_err();
    assert!(
        other.falt == "serie" && !other.text.contains("Hushåll"),
        "the name of another unit's is not said: {}",
        other.text
    );
}

#[test]
fn a_share_says_that_it_is_one() {
    let share = serie("andel", "manad");
    assert!(passar(&share.content, "%") && passar(&share.content, "procent"));
    assert!(!passar(&share.content, ""), "0,9 could be 90 %");
    assert!(passar(&serie("bestand", "manad").content, "") && passar(&serie("bestand", "manad").content, "Hushåll."));
}

#[test]
fn of_a_divided_series_the_units_own_value_is_filled_and_none_where_small_numbers_are_hidden() {
    let (by, own) = (DimensionId(Uuid::nil()), DimensionsvardeId(Uuid::from_u128(7)));
    let mut divided = serie("bestand", "manad");
    divided.content.dimensioner = vec![by];
    assert!(vagran(&divided, UNIT).unwrap().contains("är uppdelad"));
    divided.content.egen = Some(own);
    assert_eq!(ny(&divided, UNIT, &figure(317, Some(JANUARY))).unwrap().plats, Plats(vec![Some(own)]));
    divided.content.skyddas = true;
    assert!(vagran(&divided, UNIT).unwrap().contains("döljer små tal"));
}

#[test]
fn what_somebody_has_typed_is_asked_about_and_what_was_preliminary_is_replaced_and_said() {
    let content = serie("bestand", "manad").content;
    let new = |n: i64, mark: Mark| {
        let varde = Some(Varde { mark, ..Varde::of(Tal::whole(n)) });
        Ny { period: Period::Month(2022, 2), plats: Plats::default(), varde, not: String::new() }
    };
    let (sure, later) = (new(328, Mark::Definitiv), new(316, Mark::Preliminar));
    let asked = |before: &Ny, ursprung, ny: &Ny| fraga(&content, Some(&stored(before, ursprung)), ny);
    assert_eq!(fraga(&content, None, &sure), None);
    assert_eq!(asked(&later, Ursprung::Inskriven, &sure), None);
    assert_eq!(asked(&sure, Ursprung::Inskriven, &sure), None);
    let typed = new(320, Mark::Definitiv);
    assert_eq!(
        asked(&typed, Ursprung::Inskriven, &sure).as_deref(),
        Some("I serien ”Hushåll” står redan 320 för februari 2022. Ska det bli 328?")
    );
    assert_eq!(asked(&typed, Ursprung::Kontroll, &sure), None, "a control may mend what it said");
    let large = asked(&typed, Ursprung::Kontroll, &new(32, Mark::Definitiv)).unwrap();
    assert!(large.ends_with("Ska det bli 32, en ändring med mer än 20\u{a0}%?"), "{large}");
    assert_eq!(sagt(&content, None, &sure), "328\u{a0}hushåll är infört i serien ”Hushåll”, februari 2022");
    let before = stored(&later, Ursprung::Kontroll);
    assert_eq!(
        sagt(&content, Some(&before), &sure),
        "Serien ”Hushåll”, februari 2022, är ändrad från 316\u{a0}hushåll (prel.) till 328\u{a0}hushåll"
    );
    assert_eq!(
        sagt(&content, Some(&stored(&sure, Ursprung::Hamtad)), &sure),
        "Serien ”Hushåll” hade redan 328\u{a0}hushåll för februari 2022"
    );
}
