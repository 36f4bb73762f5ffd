//! Week: what is done in a week says which, on every page and in every file that shows it. A new place that shows a tillfälle
//! is added to the pages here, and fails until it says the week.
#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeSet, HashMap},
    io::Read,
};

use axum::body::{Body, to_bytes};
use chrono::NaiveDate;
use domain::{
    apt::{Content as Mote, Kind},
    egenkontroll,
    id::{AptId, EgenkontrollId, InternkontrollId, OccurrenceId},
    internkontroll,
    occurrence::{Item, Tick},
    permission::{Area, Role},
    recurrence::{Recurrence, form::Fields},
    schedule::Responsible,
};
use http::Method;
use tower::ServiceExt;
use web::{clock::Clock, router::router};

use crate::common::{App, CHEF, browser};

/// A Monday, so that one week is over and one has begun.
const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
const EGEN: &str = "Läkemedelsskåp";
const INTERN: &str = "Attest av utbetalningar";

struct World {
    app: App,
    chef: String,
    items: Vec<Item>,
}

/// A unit with two controls that are done in weeks, one week of each ticked off, one given up and one moved.
async fn world() -> World {
    let app = App::new().await;
    let state = web::state::AppState { clock: Clock::new(Some(TODAY)), ..app.state.clone() };
    let app = App { router: router(state.clone()), state, ..app };
    let who = Responsible::Role(Role::Enhetschef);
    let form =
        egenkontroll::Form { kontrollmal: EGEN.into(), when: Fields::named("varje_vecka"), ..Default::default() };
    let content = egenkontroll::Content { responsible: who, ..egenkontroll::check(&form, 2026).unwrap() };
    let form = internkontroll::Form {
        systematisk_kontroll: INTERN.into(),
        kontrollaktivitet: INTERN.into(),
        kontrollansvarig: "roll:enhetschef".into(),
        when: Fields::named("varannan_vecka"),
        ..Default::default()
    };
    let (egen, intern) = (EgenkontrollId::new(), InternkontrollId::new());
    let now = app.state.clock.now();
    let mut tx = app.write().await;
    store::plan::create(&mut tx, now, egen, app.enhet, 2026, &content).await.unwrap();
    let content = internkontroll::Content { utfors_av: who, ..internkontroll::check(&form, 2026).unwrap() };
    store::plan::create(&mut tx, now, intern, app.enhet, 2026, &content).await.unwrap();
    let actor = store::person::actor(&mut tx, app.chef, 1).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let mut tx = app.write().await;
    for (source, outcome) in [(egen.0, "uppfyllt"), (intern.0, "ingen_avvikelse")] {
        let all = store::occurrence::of_source(&mut tx, &actor, source).await.unwrap();
        let at = |day| all.iter().find(|i| i.occurrence.start >= day).unwrap();
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).unwrap();
        let tick = Tick {
            performed_on: day(11, 20),
            outcome: domain::occurrence::Outcome::from_code(outcome),
            ..Tick::default()
        };
        store::occurrence::tick(&mut tx, now, at(day(11, 9)), 1, &tick).await.unwrap();
        store::occurrence::give_up(&mut tx, now, at(day(10, 5)), 1, "Semester").await.unwrap();
        let to = (day(11, 30), day(12, 6));
        store::occurrence::moved::move_to(&mut tx, now, at(day(10, 12)), 1, to, "Sjukdom").await.unwrap();
    }
    let mut items = store::occurrence::of_source(&mut tx, &actor, egen.0).await.unwrap();
    items.extend(store::occurrence::of_source(&mut tx, &actor, intern.0).await.unwrap());
    tx.commit().await.unwrap();
    let chef = app.log_in(CHEF).await;
    World { app, chef, items }
}

/// The row, the cell or the mark that something at `at` stands in.
fn around(page: &str, at: usize) -> &str {
    let opened = ["<li", "<td", "<section", "<a class=\"mark"].into_iter().filter_map(|tag| {
        let start = page[..at].rfind(tag)?;
        let close = format!("</{}>", tag[1..].split(' ').next().unwrap());
        let end = page[at..].find(&close)? + at;
        Some((start, end))
    });
    let (start, end) = opened.max().unwrap();
    &page[start..end]
}

/// Each place of the page that leads to or acts on one of these says which week it is. Gives how many there were.
fn checked(path: &str, page: &str, items: &[Item]) -> usize {
    let weeks: HashMap<OccurrenceId, String> =
        items.iter().map(|i| (i.occurrence.id, i.week().unwrap().label())).collect();
    let mut places = 0;
    for (id, week) in &weeks {
        for sign in [format!("/forekomster/{id}"), format!("value=\"{id}\"")] {
            for (at, _) in page.match_indices(&sign) {
                let row = around(page, at);
                // the forms beside a row of its own page have it in the heading
                if path.starts_with(&format!("/forekomster/{id}")) {
                    continue;
                }
                places += 1;
                assert!(row.contains(week.as_str()), "{path}: no {week} in {row}");
            }
        }
    }
    // whoever hears the names of buttons alone hears the week in each
    for name in page.split("aria-label=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(name, _)| name) {
        let of_one = [EGEN, INTERN].iter().any(|title| name.contains(title)) && !name.contains("plan");
        // what is done with all weeks of a control that are late
        let of_all =
            name.ends_with(", markera") || name.ends_with(" försenade") || name.starts_with("Visa var för sig: ");
        assert!(!of_one || of_all || name.contains("v. "), "{path}: {name}");
    }
    places
}

#[tokio::test]
async fn every_place_that_shows_a_weekly_control_says_which_week() {
    let w = world().await;
    let late = w.items.iter().find(|i| i.occurrence.start == NaiveDate::from_ymd_opt(2026, 11, 16).unwrap()).unwrap();
    let shown: BTreeSet<Area> = w.items.iter().map(|i| i.area).collect();
    let weekly: BTreeSet<Area> = Area::on_wheel().filter(|area| area.time().weeks).collect();
    assert_eq!(shown, weekly, "world() has one thing of each area that can be done in a week");
    let own: BTreeSet<String> =
        w.items.iter().flat_map(|i| [i.area.traits().path.to_owned(), i.source_href()]).collect();
    let pages = [
        "/".to_owned(),
        "/?visa=enheten".to_owned(),
        "/arshjul?vy=lista".to_owned(),
        "/arshjul?vy=lista&gruppera=vem".to_owned(),
        "/arshjul?vy=manader".to_owned(),
        "/arshjul".to_owned(),
        "/arshjul?zoom=11".to_owned(),
        "/egenkontroll?vy=lista".to_owned(),
    ];
    for path in pages.into_iter().chain(own) {
        let page = w.app.get(&path, &w.chef).await;
        assert_eq!(page.status, http::StatusCode::OK, "{path}");
        assert!(checked(&path, &page.body, &w.items) > 0, "the premise: {path} shows one");
    }
    let path = format!("/forekomster/{}", late.occurrence.id);
    let page = w.app.get(&path, &w.chef).await.body;
    checked(&path, &page, &w.items);
    assert!(page.contains("v. 47, 16–22 november 2026 · Bromma"), "{page}");
    let (_, choice) = page.split_once("value=\"2026-12-28\"").unwrap();
    assert!(choice.split("</option>").next().unwrap().contains("v. 53, 28 december–3 januari"), "moved to a week");
    let page = w.app.get(&format!("/genomforanden/ny?tillfalle={}", late.occurrence.id), &w.chef).await.body;
    assert!(page.contains("Läkemedelsskåp · v. 47, 16–22 november 2026"), "{page}");
}

#[tokio::test]
async fn what_is_said_after_a_click_names_the_week() {
    let w = world().await;
    let late = w.items.iter().find(|i| i.occurrence.start == NaiveDate::from_ymd_opt(2026, 11, 16).unwrap()).unwrap();
    let id = late.occurrence.id.to_string();
    let said = async |path: &str, fields: &[(&str, &str)]| {
        let answer = w.app.post(path, &w.chef, "/", fields).await;
        let to = answer.to().split('#').next().unwrap().to_owned();
        w.app.get(&to, &w.chef).await.body
    };
    let moved =
        said("/api/move_occurrence", &[("id", &id), ("version", "1"), ("to", "2026-12-28"), ("reason", "Helg")]).await;
    assert!(moved.contains("är flyttad till v. 53, 28 december–3 januari"), "{moved}");
    let page = w.app.get(&format!("/forekomster/{id}"), &w.chef).await.body;
    assert!(page.contains("flyttad från v. 47, 16–22 november"), "{page}");
    // its week has not begun: asked once more, also of who has a page without the question
    let fields = [("id", &*id), ("version", "2"), ("form[outcome]", "")];
    let refused = said("/api/mark_occurrence_done", &fields).await;
    assert!(
        refused.contains("Läkemedelsskåp, v. 53, 28 december–3 januari är inte markerad som utförd: tiden har inte"),
        "{refused}"
    );
    assert!(refused.contains("Det är inte v. 53, 28 december–3 januari än. Är detta redan gjort?"));
    let ticked = said("/api/mark_occurrence_done", &[&fields[..], &[("form[ahead]", "on")]].concat()).await;
    assert!(ticked.contains("Läkemedelsskåp, v. 53, 28 december–3 januari är utförd i förväg"), "{ticked}");
}

#[tokio::test]
async fn slides_and_the_workbook_name_the_week() {
    let w = world().await;
    let id = AptId::new();
    let mut tx = w.app.write().await;
    let content =
        Mote { kind: Kind::Apt, on: TODAY, time: String::new(), place: String::new(), chair: None, secretary: None };
    store::apt::create(&mut tx, w.app.state.clock.now(), id, w.app.enhet, &content, None).await.unwrap();
    tx.commit().await.unwrap();
    for path in [format!("/apt/{id}/visa"), format!("/apt/{id}/visa?lage=presentator")] {
        let page = w.app.get(&path, &w.chef).await.body;
        let rows: Vec<&str> = page.split("<span class=\"slide-row\">").skip(1).collect();
        let own: Vec<&&str> = rows.iter().filter(|r| r.starts_with(EGEN) || r.starts_with(INTERN)).collect();
        assert!(!own.is_empty(), "the premise: {path} shows one");
        for row in own {
            let detail = row.split("slide-detail").nth(1).unwrap().split("</span>").next().unwrap();
            assert!(detail.contains("v. "), "{path}: {detail}");
        }
        checked(&path, &page, &w.items);
    }
    let path = format!("/egenkontroll/export.xlsx?enhet={}&ar=2026", w.app.enhet);
    let request = browser(Method::GET, &path, &w.chef).body(Body::empty()).unwrap();
    let answer = w.app.router.clone().oneshot(request).await.unwrap();
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut texts = String::new();
    archive.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut texts).unwrap();
    assert!(texts.contains("v. 46: utförd"), "{texts}");
}

#[tokio::test]
async fn a_plan_that_is_read_in_and_copied_goes_on_over_new_year() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let node = app.enhet.to_string();
    let file = include_bytes!("../../../../app/domain/tests/data/19-varannan-vecka.csv");
    let (to, page) = crate::import::previewed(&app, &chef, "egenkontroll", "2026", "plan.csv", file).await;
    assert!(page.contains("1 ny rad"), "{page}");
    // the whole of the year: it is asked when part of it has gone
    crate::import::confirmed(&app, &chef, "egenkontroll", &format!("{to}&raknas=1")).await;
    app.post("/api/copy_egenkontrollplan", &chef, "/egenkontroll", &[("node", &node), ("from", "2026")]).await.to();
    let mut tx = app.write().await;
    let actor = store::person::actor(&mut tx, app.chef, 1).await.unwrap().unwrap();
    let expected = include_str!("../../../../app/domain/tests/data/19-forvantat.csv");
    for line in expected.lines().skip(1) {
        let cells: Vec<&str> = line.split(';').collect();
        let row = store::plan::list::<domain::egenkontroll::Content>(&mut tx, app.enhet, cells[0].parse().unwrap())
            .await
            .unwrap()
            .remove(0);
        assert_eq!(row.content.recurrence, Recurrence::EverySecondWeek);
        let items = store::occurrence::of_source(&mut tx, &actor, row.id.0).await.unwrap();
        let said = |i: &Item| format!("v. {} ({})", i.week().unwrap().week().unwrap(), i.occurrence.start);
        assert_eq!([said(&items[0]), said(items.last().unwrap()), items.len().to_string()], cells[1..], "{line}");
    }
}
