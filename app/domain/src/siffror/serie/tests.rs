use super::*;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn form() -> Form {
    Form {
        namn: "Hushåll med ekonomiskt bistånd".into(),
        enhet: "hushåll".into(),
        slag: "bestand".into(),
        grain: "manad".into(),
        efterslapning: "2 månader".into(),
        ..Form::default()
    }
}

fn field(form: &Form) -> String {
    check(form, None).unwrap_err()[0].field.clone()
}

#[test]
fn a_series_has_a_name_a_unit_and_a_kind_and_comes_back_to_its_form() {
    let content = check(&form(), None).unwrap();
    assert_eq!((content.sammanlagd, content.decimaler, content.efterslapning), (Some(Sammanlagd::Medel), 0, 2));
    assert_eq!(check(&content.form(), None), Ok(content));
    assert_eq!(field(&Form { namn: " ".into(), ..form() }), "namn");
    assert_eq!(field(&Form { enhet: "12".into(), ..form() }), "enhet");
    assert_eq!(field(&Form { slag: "summa".into(), ..form() }), "slag");
    assert_eq!(field(&Form { raknas: "Alla utom 060606-1234".into(), ..form() }), "raknas");
}

#[test]
fn a_year_of_households_is_no_sum() {
    let errors = check(&Form { sammanlagd: "summa".into(), ..form() }, None).unwrap_err();
    assert!(errors[0].message.starts_with("Ett bestånd läggs inte ihop"), "{errors:?}");
    let flow = Form { slag: "flode".into(), ..form() };
    assert_eq!(check(&flow, None).unwrap().sammanlagd, Some(Sammanlagd::Summa));
    assert_eq!(check(&Form { slag: "medel".into(), ..form() }, None).unwrap().sammanlagd, None);
}

#[test]
fn a_share_is_in_per_cent_and_money_in_kronor() {
    let unit = |slag: &str| check(&Form { slag: slag.into(), enhet: String::new(), ..form() }, None).unwrap().enhet;
    assert_eq!((unit("andel").as_str(), unit("belopp").as_str()), ("%", "kr"));
}

#[test]
fn a_month_is_missed_first_when_the_source_has_had_its_time() {
    let content = check(&form(), None).unwrap();
    // two months of lag: March is there at the end of May
    assert_eq!(content.saknas_fran(Period::Month(2022, 3)), day(2022, 6, 1));
    assert_eq!(content.senast(day(2022, 5, 31)), Period::Month(2022, 2));
    assert_eq!(content.senast(day(2022, 6, 1)), Period::Month(2022, 3));
    let year = Content { grain: Grain::Ar, efterslapning: 0, ..content };
    assert_eq!(year.senast(day(2022, 6, 1)), Period::Year(2021));
}

#[test]
fn values_on_both_sides_of_a_break_are_not_compared() {
    let brott = Brott { fran: day(2021, 1, 1), varfor: "Två enheter blev en".into(), rapportering: false };
    let content = Content { brott: vec![brott], ..check(&form(), None).unwrap() };
    assert!(!content.jamforbara(Period::Month(2020, 12), Period::Month(2021, 1)));
    assert!(!content.jamforbara(Period::Month(2021, 12), Period::Month(2020, 12)));
    assert!(content.jamforbara(Period::Month(2021, 1), Period::Month(2021, 12)));
}

#[test]
fn a_goal_is_in_the_unit_of_its_series_and_a_break_has_a_day_and_a_reason() {
    let content = check(&form(), None).unwrap();
    let mal = |tal: &str, hogst: &str| {
        check_mal(&MalForm { tal: tal.into(), hogst: hogst.into(), ..MalForm::default() }, &content)
    };
    let under = mal("340 hushåll", "hogst").unwrap();
    assert_eq!(under.said(&content), "högst 340\u{a0}hushåll");
    assert!(under.nas(Tal::whole(336)) && !under.nas(Tal::whole(341)));
    assert!(mal("340 kr", "hogst").is_err() && mal("", "hogst").is_err());
    let brott = |fran: &str, varfor: &str| {
        let form = BrottForm { fran: fran.into(), varfor: varfor.into(), ..BrottForm::default() };
        check_brott(&form, &content, day(2022, 5, 2))
    };
    assert_eq!(brott("2021-01-01", "Två enheter blev en").unwrap().fran, day(2021, 1, 1));
    assert!(brott("2021-01-01", "").is_err() && brott("", "Annat").is_err());
}

#[test]
fn the_same_dimension_divides_once() {
    let id = "00000000-0000-0000-0000-000000000001";
    let twice = Form { dim1: id.into(), dim2: id.into(), ..form() };
    assert_eq!(field(&twice), "dim2");
    assert_eq!(check(&Form { dim2: id.into(), ..form() }, None).unwrap().dimensioner.len(), 1);
}
