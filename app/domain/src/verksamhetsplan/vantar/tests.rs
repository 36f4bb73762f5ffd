//! What is asked of whom, and when.

use uuid::Uuid;

use super::*;
use crate::{
    id::{NodeId, PersonId},
    siffror::slag::Varde,
    tal::Tal,
    verksamhetsplan::{
        enhetsmal::vpgrupp::VpgruppId,
        indikator::{Form, IndikatorId, check},
        mal::Benamning,
        plan::{
            PlanId, State,
            kapitel::{Content, KapitelId},
            remiss::Remiss,
        },
    },
};

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn indikator(namn: &str, efterslapning: &str, responsible: &str) -> Indikator {
    let form = Form {
        namn: namn.into(),
        arsmal: "75 %".into(),
        riktning: "hogre".into(),
        periodicitet: "tertial".into(),
        efterslapning: efterslapning.into(),
        responsible: responsible.into(),
        ..Form::default()
    };
    let content = check(&form, None).unwrap();
    Indikator { id: IndikatorId(Uuid::from_u128(1)), copied_from: None, content, version: 1 }
}

fn months(luckor: &[Lucka]) -> Vec<u32> {
    luckor.iter().map(|one| one.period.month()).collect()
}

#[test]
fn an_outcome_is_asked_for_when_its_source_has_had_its_months() {
    let of = |one: &Indikator, today| luckor(one, &BTreeMap::new(), &[], (2022, today));
    let at_once = indikator("Andel i arbete", "0", "roll:controller");
    assert!(of(&at_once, day(2022, 4, 30)).is_empty() && !has_begun(&at_once, 2022, day(2022, 4, 30)));
    let asked = of(&at_once, day(2022, 5, 1));
    assert_eq!((months(&asked), asked[0].senast), (vec![4], day(2022, 5, 31)));
    assert_eq!(asked[0].responsible, Responsible::Role(Role::Controller));
    let later = indikator("Andel i arbete", "2", "");
    assert!(of(&later, day(2022, 6, 30)).is_empty(), "the source has nothing yet");
    assert_eq!(months(&of(&later, day(2022, 7, 1))), [4]);
    assert_eq!(ansvarig(&later), Responsible::Role(Role::Enhetschef), "nobody is named");
    assert_eq!(months(&of(&at_once, day(2023, 1, 2))), [4, 8, 12]);
}

#[test]
fn what_is_said_or_closed_is_asked_for_no_more() {
    let one = indikator("Andel i arbete", "0", "");
    let (t1, t2) = (Utfallsperiod::tertial_1(2022), Utfallsperiod::tertial_2(2022));
    let when = (2022, day(2022, 9, 3));
    let figure = Utfall::of(Varde::of(Tal::whole(70)));
    assert_eq!(months(&luckor(&one, &BTreeMap::from([(t1, figure)]), &[], when)), [8]);
    let word = Utfall { not: "Oklart".into(), ..Utfall::default() };
    assert_eq!(months(&luckor(&one, &BTreeMap::from([(t2, word)]), &[], when)), [4]);
    let analys = Utfall { analys: "Bra".into(), ..Utfall::default() };
    assert_eq!(months(&luckor(&one, &BTreeMap::from([(t1, analys)]), &[], when)), [4, 8], "no figure is there");
    let closed = [Stangd { period: t1, on: day(2022, 5, 20) }];
    assert_eq!(months(&luckor(&one, &BTreeMap::new(), &closed, when)), [8]);
}

#[test]
fn each_person_has_one_line_however_much_is_asked_for() {
    let of = |namn: &str, today| luckor(&indikator(namn, "0", ""), &BTreeMap::new(), &[], (2022, today));
    assert_eq!(utfall(&[]), None);
    let (period, rad) = utfall(&of("Andel i arbete", day(2022, 5, 1))).unwrap();
    assert_eq!((period.month(), rad.text.as_str()), (4, "Fyll i utfall för Andel i arbete"));
    assert_eq!(rad.under(), "Tertial 1 2022 · senast 2022-05-31");
    assert!(!rad.is_late(day(2022, 5, 31)) && rad.is_late(day(2022, 6, 1)));
    let mut all = of("Andel i arbete", day(2022, 9, 1));
    all.extend(of("Tid till beslut", day(2022, 9, 1)));
    let (period, rad) = utfall(&all).unwrap();
    assert_eq!((period.month(), rad.text.as_str()), (4, "Fyll i utfall för två indikatorer"), "the oldest first");
    assert_eq!(rad.under(), "Tertial 1–Tertial 2 2022 · senast 2022-05-31");
}

#[test]
fn a_vp_grupp_writes_to_each_report_and_what_it_wrote_in_its_last_month_counts() {
    let goals = [1, 2].map(|n| MalId(Uuid::from_u128(n)));
    let grupp = Vpgrupp {
        id: VpgruppId(Uuid::from_u128(9)),
        node: NodeId(Uuid::from_u128(8)),
        year: 2022,
        namn: "Unga vuxna".into(),
        mal: goals.to_vec(),
        medlemmar: vec![PersonId(Uuid::from_u128(7))],
        version: 1,
    };
    let tid = rapporttid(day(2022, 4, 25));
    assert_eq!((tid.period, tid.fran), (Utfallsperiod::tertial_1(2022), day(2022, 4, 1)));
    assert!(tid.senast.is_some_and(|due| due >= day(2022, 5, 13)));
    let saknas = |on: &[(MalId, NaiveDate)]| rapport_saknas(&grupp, &on.iter().copied().collect(), &tid);
    assert_eq!(saknas(&[]), goals);
    assert_eq!(saknas(&[(goals[0], day(2022, 4, 2)), (goals[1], day(2022, 3, 31))]), [goals[1]]);
    let vb = rapporttid(day(2023, 1, 10));
    assert_eq!((vb.period, vb.fran), (Utfallsperiod::vb(2022), day(2022, 12, 1)));
    let next = Vpgrupp { year: 2023, ..grupp.clone() };
    assert!(rapport_saknas(&next, &BTreeMap::new(), &vb).is_empty(), "the report is of the year before");
    let rad = rapport(&["Unga vuxna", "Våld"], &tid);
    assert_eq!(
        (rad.text.as_str(), rad.om.as_str()),
        ("Skriv hur det går i Unga vuxna och Våld", "Till Tertial 1 2022")
    );
}

#[test]
fn a_chapter_that_is_done_is_not_asked_for() {
    let kapitel_of = |rubrik: &str, klart, senast| Kapitel {
        id: KapitelId(Uuid::from_u128(1)),
        plan: PlanId(Uuid::from_u128(2)),
        ordning: 1,
        content: Content {
            rubrik: rubrik.into(),
            text: String::new(),
            efter_malen: false,
            responsible: Responsible::Role(Role::Enhetschef),
            senast,
        },
        klart,
        fran_i_fjol: false,
        version: 1,
    };
    let (done, first) = (kapitel_of("Kommunikation", true, None), kapitel_of("Ekonomi", false, Some(day(2022, 1, 9))));
    assert_eq!(kapitel(&[&done], 2022), None);
    let rad = kapitel(&[&done, &first], 2022).unwrap();
    assert_eq!(
        (rad.text.as_str(), rad.under().as_str()),
        ("Skriv kapitlet Ekonomi", "Verksamhetsplan 2022 · senast 2022-01-09")
    );
    let second = kapitel_of("Övriga frågor", false, None);
    assert_eq!(kapitel(&[&first, &second], 2022).unwrap().text, "Skriv två kapitel");
}

#[test]
fn a_plan_on_remiss_asks_each_until_its_last_day_or_until_something_is_said() {
    let plan = Plan {
        id: PlanId(Uuid::from_u128(1)),
        node: NodeId(Uuid::from_u128(2)),
        year: 2023,
        state: State::Utkast,
        benamning: Benamning::Enhetsmal,
        remiss: Some(Remiss { fran: day(2022, 11, 21), till: day(2022, 12, 5) }),
        revision: None,
        beslut: vec![],
        version: 1,
    };
    let rad = remiss(&plan, false, day(2022, 12, 5)).unwrap();
    assert_eq!(
        (rad.text.as_str(), rad.under().as_str()),
        ("Säg vad du tycker om verksamhetsplanen 2023", "Remiss · senast 2022-12-05")
    );
    assert_eq!(remiss(&plan, true, day(2022, 12, 5)), None);
    assert_eq!(remiss(&plan, false, day(2022, 12, 6)), None, "its day has passed");
    assert_eq!(remiss(&Plan { state: State::Faststalld, ..plan }, false, day(2022, 12, 5)), None, "it is decided");
}
