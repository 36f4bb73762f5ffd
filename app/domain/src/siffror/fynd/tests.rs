use super::*;
use crate::siffror::serie::{Brott, Form, check};

fn content(slag: &str, decimaler: &str) -> Content {
    let form = Form {
        namn: "Hushåll".into(),
        enhet: if slag == "belopp" { "kr" } else { "hushåll" }.into(),
        decimaler: decimaler.into(),
        slag: slag.into(),
        grain: "manad".into(),
        efterslapning: "2".into(),
        ..Form::default()
    };
    check(&form, None).unwrap()
}

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn from(first: Period, all: &[i64]) -> Tidsserie {
    let mut period = first;
    let mut out = Tidsserie::new();
    for n in all {
        out.insert(period, Varde::of(Tal::whole(*n)));
        period = period.after();
    }
    out
}

/// Bromma from December 2020 to April 2022, the last preliminary.
fn bromma() -> Tidsserie {
    let all = [372, 361, 356, 357, 350, 345, 353, 341, 333, 318, 314, 322, 330, 317, 328, 336, 323];
    let mut out = from(Period::Month(2020, 12), &all);
    out.get_mut(&Period::Month(2022, 4)).unwrap().mark = Mark::Preliminar;
    out
}

/// The day on which the table was printed.
fn today() -> NaiveDate {
    day(2022, 5, 16)
}

#[test]
fn the_heading_is_the_last_final_value_against_last_year() {
    let found = fynd(&content("bestand", "0"), &bromma(), today());
    assert_eq!(found.rubrik, "336\u{a0}hushåll i mars, 21 färre än för ett år sedan");
    assert_eq!(found.noter, ["April preliminärt 323."]);
    assert_eq!(found.senast.unwrap().0, Period::Month(2022, 3));
    assert!(!found.ovanlig && !found.betyder_nagot());
}

#[test]
fn over_a_break_there_is_no_comparison_and_the_reason_stands_there() {
    let brott = Brott { fran: day(2021, 1, 1), varfor: "Två enheter blev en".into(), rapportering: false };
    let content = Content { brott: vec![brott], ..content("bestand", "0") };
    let mut values = bromma();
    values.retain(|p, _| *p <= Period::Month(2021, 12));
    let found = fynd(&content, &values, day(2022, 2, 1));
    assert_eq!(
        found.mening(),
        "330\u{a0}hushåll i december 2021. Jämförs inte med i fjol: Två enheter blev en 2021-01-01."
    );
}

#[test]
fn without_last_year_it_stands_against_the_month_before_and_one_value_against_nothing() {
    let content = content("bestand", "0");
    let jan = Period::Month(2022, 1);
    let of = |all: &[i64]| fynd(&content, &from(jan, all), today()).rubrik;
    assert_eq!(of(&[317, 328]), "328\u{a0}hushåll i februari, 11 fler än månaden före");
    assert_eq!(of(&[317, 317]), "317\u{a0}hushåll i februari, lika många som månaden före");
    assert_eq!(of(&[317]), "317\u{a0}hushåll i januari");
    assert_eq!(of(&[]), "Inga värden än");
    // nought to begin with is no hindrance: the heading says units
    assert_eq!(of(&[0, 3]), "3\u{a0}hushåll i februari, 3 fler än månaden före");
}

#[test]
fn a_share_changes_in_percentage_points_and_money_in_kronor() {
    let values = |a: &str, b: &str| {
        let tal = |text: &str| {
            let (whole, part) = text.split_once('.').unwrap_or((text, ""));
            Varde::of(Tal::of_figures(whole, part).unwrap())
        };
        Tidsserie::from([(Period::Month(2021, 3), tal(a)), (Period::Month(2022, 3), tal(b))])
    };
    let of = |slag: &str, decimaler, a, b| fynd(&content(slag, decimaler), &values(a, b), today()).rubrik;
    assert_eq!(of("andel", "1", "15.3", "30.1"), "30,1\u{a0}% i mars, 14,8 procentenheter högre än för ett år sedan");
    assert_eq!(
        of("belopp", "0", "97151", "85555"),
        "85\u{a0}555\u{a0}kr i mars, 11\u{a0}596\u{a0}kr mindre än för ett år sedan"
    );
    assert_eq!(of("andel", "0", "14", "15"), "15\u{a0}% i mars, 1 procentenhet högre än för ett år sedan");
    assert_eq!(of("medel", "1", "10.5", "12.5"), "12,5\u{a0}hushåll i mars, 2,0\u{a0}hushåll mer än för ett år sedan");
    assert_eq!(of("medel", "1", "12.5", "12.5"), "12,5\u{a0}hushåll i mars, samma som för ett år sedan");
}

#[test]
fn a_heading_begins_with_a_capital_also_where_the_value_is_about_so() {
    let mut values = from(Period::Month(2022, 3), &[336]);
    values.get_mut(&Period::Month(2022, 3)).unwrap().mark = Mark::Ungefarlig;
    assert_eq!(fynd(&content("bestand", "0"), &values, today()).rubrik, "Ca 336\u{a0}hushåll i mars");
}

#[test]
fn what_is_not_sure_and_what_is_old_is_said() {
    let content = content("bestand", "0");
    let mut values = from(Period::Month(2022, 4), &[323]);
    values.get_mut(&Period::Month(2022, 4)).unwrap().mark = Mark::Preliminar;
    let found = fynd(&content, &values, today());
    assert_eq!(found.mening(), "323\u{a0}hushåll i april, preliminärt. Inget värde är slutligt än.");
    assert_eq!(found.senast, None);
    let old = fynd(&content, &from(Period::Month(2022, 5), &[310, 320]), day(2022, 12, 1));
    assert_eq!(old.noter, ["Värden finns t.o.m. juni 2022."]);
    // a month that is not over is no finding
    let running = fynd(&content, &from(Period::Month(2022, 4), &[323, 40]), today());
    assert_eq!((running.rubrik.as_str(), running.noter[0].as_str()), ("323\u{a0}hushåll i april", "Maj hittills 40."));
}

#[test]
fn a_change_is_unusual_when_none_of_the_eleven_before_was_as_large() {
    let content = content("flode", "0");
    let jan = Period::Month(2021, 1);
    let of = |all: &[i64]| fynd(&content, &from(jan, all), today()).ovanlig;
    let calm = [40, 42, 41, 43, 42, 40, 41, 43, 42, 41, 40, 42];
    let and = |last: i64| calm.into_iter().chain([last]).collect::<Vec<_>>();
    assert!(of(&and(60)));
    assert!(!of(&and(44)), "two more have been seen before");
    assert!(!of(&and(60)[1..]), "twelve values: nobody knows what is usual");
    let found = fynd(&content, &from(jan, &and(60)), today());
    let told = "Ovanligt stor ändring från en månad till nästa.";
    assert!(found.betyder_nagot() && found.noter[0] == told, "{:?}", found.noter);
}

#[test]
fn a_goal_is_reached_or_not_and_by_how_much() {
    let mal = |tal: i64| Mal { namn: String::new(), tal: Tal::whole(tal), hogst: true };
    let content = Content { mal: vec![mal(340), mal(330), mal(336)], ..content("bestand", "0") };
    let found = fynd(&content, &bromma(), today());
    let said: Vec<&str> = found.mal.iter().map(|m| m.said.as_str()).collect();
    assert_eq!(said, ["Nås i mars, 4 under.", "Nås inte i mars, 6 över.", "Nås i mars, precis."]);
    assert!(found.betyder_nagot(), "one is not reached");
    // the same as it is shown, and not as it is
    let part = Mal { tal: Tal::of_figures("335", "8").unwrap(), ..mal(335) };
    let content = Content { mal: vec![part], ..content };
    assert_eq!(fynd(&content, &bromma(), today()).mal[0].said, "Nås inte i mars, knappt över.");
}

/// Östermalm from December 2020 to April 2022, the last preliminary.
fn ostermalm() -> Tidsserie {
    let all = [178, 175, 169, 173, 168, 164, 166, 165, 157, 160, 154, 154, 149, 140, 143, 140, 134];
    let mut out = from(Period::Month(2020, 12), &all);
    out.get_mut(&Period::Month(2022, 4)).unwrap().mark = Mark::Preliminar;
    out
}

#[test]
fn a_month_says_its_own_value_and_never_that_of_the_month_before() {
    let mal = Mal { namn: String::new(), tal: Tal::whole(140), hogst: true };
    let content = Content { mal: vec![mal], ..content("bestand", "0") };
    let of = |year, month| fynd_om(&content, &ostermalm(), Period::Month(year, month), today());
    let december = of(2021, 12).unwrap();
    assert_eq!(december.mening(), "149\u{a0}hushåll i december, 29 färre än samma månad året före");
    assert_eq!(december.mal[0].said, "Nås inte i december, 9 över.");
    let april = of(2022, 4).unwrap();
    assert_eq!(april.mening(), "134\u{a0}hushåll i april, preliminärt, 34 färre än samma månad året före");
    assert_eq!((april.senast, april.mal[0].said.as_str()), (None, "Nås i april, 6 under, preliminärt."));
    assert_eq!(of(2022, 5), None, "it has not arrived, and April is not shown in its place");
    let brott =
        Brott { fran: Period::Month(2021, 6).first_day(), varfor: "Annan räkning".into(), rapportering: false };
    let broken = Content { brott: vec![brott], ..content.clone() };
    let broken = fynd_om(&broken, &ostermalm(), Period::Month(2021, 12), today()).unwrap();
    assert_eq!(broken.noter, ["Jämförs inte med samma månad året före: Annan räkning 2021-06-01."]);
    assert_eq!(of(2020, 12).unwrap().rubrik, "178\u{a0}hushåll i december", "nothing is before it");
}

#[test]
fn of_a_month_that_is_not_over_no_goal_is_said() {
    let mal = Mal { namn: String::new(), tal: Tal::whole(40), hogst: false };
    let content = Content { mal: vec![mal], ..content("flode", "0") };
    let values = from(Period::Month(2022, 3), &[41, 44, 12]);
    let found = fynd_om(&content, &values, Period::Month(2022, 5), today()).unwrap();
    assert_eq!(found.rubrik, "12\u{a0}hushåll i maj, hittills, 32 färre än månaden före");
    assert!(found.mal.is_empty() && !found.betyder_nagot());
}
