//! Much of a page is kept in memory until something is written: what anybody does still shows at the next load.
#![allow(clippy::unwrap_used)]

use crate::{
    common::{App, CHEF, database::databases},
    serie::{divided, made, said},
};
use chrono::Datelike;
use domain::{
    aktivitet,
    id::ScheduleId,
    permission::{Action, Area},
    person::Actor,
    recurrence::form::Fields,
    siffror::{
        jamforelse::{self, JamforelseId, Med},
        serie::Content,
    },
};
use http::StatusCode;
use store::{Store, Target, occurrence};
use web::state::Settings;

/// A folder that goes when the story ends.
struct Folder(std::path::PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn a_page_is_as_new_as_the_database_whoever_wrote_last() {
    let folder = Folder(std::env::temp_dir().join(format!("kvalitet-{}", uuid::Uuid::new_v4().simple())));
    std::fs::create_dir(&folder.0).unwrap();
    let url = format!("sqlite://{}/story.db", folder.0.display());
    // a database in memory keeps nothing
    let app = App::at(&url, Settings { database: "sqlite", ..Settings::default() }).await;
    app.people().await;
    let (now, today) = (app.state.clock.now(), app.state.clock.today());
    let mut tx = app.write().await;
    for title in ["Skyddsrond", "Arbetsplatsträff"] {
        let form = aktivitet::Form {
            title: title.into(),
            category: "mote".into(),
            when: Fields { start: today.to_string(), ..Fields::default() },
            ..aktivitet::Form::default()
        };
        let content = aktivitet::check(&form, today.year()).unwrap();
        store::aktivitet::create(&mut tx, now, ScheduleId::new(), app.enhet, today.year(), &content).await.unwrap();
    }
    tx.commit().await.unwrap();

    let cookie = app.log_in(CHEF).await;
    let done = async || {
        let wheel = app.get("/arshjul", &cookie).await;
        assert_eq!(wheel.status, StatusCode::OK);
        let lists = app.get("/?visa=enheten", &cookie).await;
        (wheel.body.matches("class=\"mark cat-mote st-utford\"").count(), lists.body.matches("id=\"rad-").count())
    };
    assert_eq!(done().await, (0, 2));
    assert_eq!(done().await, (0, 2));

    // here, by a form
    let chef = {
        let mut tx = app.state.store.system(false).await.unwrap();
        store::person::actor(&mut tx, app.chef, 1).await.unwrap().unwrap()
    };
    let items = async |store: &Store, chef: &Actor| {
        let target = Target::Node(app.enhet, Area::Aktivitet);
        let mut tx = store.read(chef, target, Action::View).await.unwrap();
        occurrence::year(&mut tx, chef, app.enhet, today.year()).await.unwrap()
    };
    let id = items(&app.state.store, &chef).await[0].occurrence.id.to_string();
    let fields = [("id", &*id), ("version", "1"), ("form[outcome]", "")];
    assert_eq!(app.post("/api/mark_occurrence_done", &cookie, "/", &fields).await.to(), "/");
    assert_eq!(done().await, (1, 1));

    // in another process
    let other = Store::connect(&url).await.unwrap();
    let item = items(&other, &chef).await.into_iter().find(|i| i.occurrence.state.is_open()).unwrap();
    let mut tx = other.write(&chef, Target::Occurrence(item.occurrence.id), Action::TickOwn).await.unwrap();
    let tick = domain::occurrence::Tick { performed_on: today, ..Default::default() };
    occurrence::tick(&mut tx, now, &item, 1, &tick).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(done().await, (2, 0));

    // and the person is out at once
    let mut tx = other.system(true).await.unwrap();
    store::person::set_active(&mut tx, now, app.chef, 1, false).await.unwrap();
    tx.commit().await.unwrap();
    assert!(app.get("/arshjul", &cookie).await.to().starts_with("/logga-in"));
}

#[tokio::test]
async fn what_was_drawn_for_one_who_sees_all_is_not_what_another_is_given() {
    for database in databases().await {
        let db = database.name;
        let app = App::at(&database.url, Settings { database: db, ..Settings::default() }).await;
        app.people().await;
        let (id, dim) = divided(&app).await;
        let (chef, other) = (app.log_in(CHEF).await, app.medarbetare().await);
        let by_type = format!("/siffror/{id}?vy={}", dim.id);
        // a value of the one who has few, and the rest of the total that tells it
        let tells = async |address: &str, cookie: &str| said(&app.get(address, cookie).await).contains("291");
        for address in [&by_type, &format!("/siffror/{id}"), "/siffror"] {
            let first = tells(address, &chef).await;
            assert!(!tells(address, &other).await, "{db}: {address}: after the chef");
            assert_eq!(tells(address, &chef).await, first, "{db}: {address}: after another");
        }
        assert!(tells(&by_type, &chef).await && !tells(&by_type, &other).await, "{db}");

        // it is no longer a count of persons
        let now = app.state.clock.now();
        let mut tx = app.write().await;
        let found = store::serie::get(&mut tx, id).await.unwrap();
        let content = Content { skyddas: false, ..found.content.clone() };
        store::serie::update(&mut tx, now, &found, found.version, &content).await.unwrap();
        tx.commit().await.unwrap();
        assert!(tells(&by_type, &other).await, "{db}: shown to all");

        // what is compared with another is drawn anew, and as it was when it is not any more
        let alone = app.get(&format!("/siffror/{id}"), &chef).await.body;
        let with = made(&app, "Hushåll i grannenheten").await;
        let jamforelse = JamforelseId::new();
        let mut tx = app.write().await;
        let med = jamforelse::Content { namn: "Grannen".into(), med: Med::Serie { serie: with, varde: None } };
        store::serie::jamforelse::create(&mut tx, now, jamforelse, id, &med).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!alone.contains("Grannen"), "{db}");
        assert!(app.get(&format!("/siffror/{id}"), &chef).await.body.contains("Grannen"), "{db}");
        let mut tx = app.write().await;
        let there = store::serie::jamforelse::get(&mut tx, jamforelse).await.unwrap();
        store::serie::jamforelse::remove(&mut tx, now, &there, there.version).await.unwrap();
        tx.commit().await.unwrap();
        let page = said(&app.get(&format!("/siffror/{id}"), &chef).await);
        assert!(!page.split("Historik").next().unwrap_or_default().contains("Grannen"), "{db}: {page}");

        // and the person fills it no more
        let mut tx = app.write().await;
        store::person::set_active(&mut tx, now, app.chef, 1, false).await.unwrap();
        tx.commit().await.unwrap();
        assert!(app.get(&by_type, &chef).await.to().starts_with("/logga-in"), "{db}");
    }
}
