//! The days of a unit as an administrator writes them: a last day with what comes of it first, what was there before, and a merge that
//! is taken back.
#![allow(clippy::unwrap_used)]

use chrono::{Datelike, Days, NaiveDate};
use domain::{
    format,
    genomforande::{StartForm, check_start},
    id::{AptId, EgenkontrollId, GenomforandeId, NodeId, PersonId},
    occurrence::{Outcome, Tick},
    organisation::{Node, NodeKind},
    permission::Role,
    recurrence::form::Fields,
    sample::Seed,
};
use http::StatusCode;
use store::person::NewPerson;

use crate::common::{ADMIN, App, CHEF, PASSWORD};

const OF_BOTH: &str = "enhetschef3@demo.se";

on_both![
    a_unit_gets_a_last_day_that_is_shown_first_and_can_go,
    a_merge_is_taken_back_unless_something_stands_in_the_new_unit,
    what_was_before_a_unit_is_told_by_name_where_its_figures_stand
];

/// A day that is so many days from today.
fn ahead(app: &App, days: u64) -> NaiveDate {
    app.state.clock.today() + Days::new(days)
}

async fn beside(app: &App, name: &str) -> NodeId {
    let (mut tx, id) = (app.write().await, NodeId::new());
    let node = Node { id, parent: Some(app.top), kind: NodeKind::Enhet, name: name.into(), active: true, version: 1 };
    store::organisation::create_node(&mut tx, app.state.clock.now(), &node).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn a_unit_gets_a_last_day_that_is_shown_first_and_can_go() {
    let app = App::new().await;
    let (admin, chef) = (app.log_in(ADMIN).await, app.log_in(CHEF).await);
    let page = format!("/admin/dagar?nod={}", app.enhet);
    let last = format::date(ahead(&app, 30));
    assert_eq!(app.get(&page, &chef).await.status, StatusCode::FORBIDDEN);
    let empty = app.get(&format!("{page}&to="), &admin).await.body;
    assert!(empty.contains("Skriv enhetens sista dag."), "{empty}");
    let shown = app.get(&format!("{page}&to={last}"), &admin).await.body;
    let (ends, until) = (format!("upphör efter {last}"), format!("senast {last}"));
    for words in [ends.as_str(), "1 person har en roll i enheten", until.as_str(), "Spara sista dagen"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!app.get(&page, &admin).await.body.contains("Ta bort sista dagen"), "nothing is done by looking");

    let id = app.enhet.to_string();
    let fields = [("id", id.as_str()), ("version", "1"), ("to", last.as_str())];
    let done = app.post("/api/set_node_last_day", &admin, &page, &fields).await;
    assert_eq!(done.to(), page);
    let set = app.get(&page, &admin).await.body;
    assert!(set.contains("Ta bort sista dagen") && set.contains(&last), "{set}");
    let fields = [("id", id.as_str()), ("version", "2")];
    assert_eq!(app.post("/api/remove_node_last_day", &admin, &page, &fields).await.to(), page);
    assert!(app.get(&page, &admin).await.body.contains("Visa vad som händer"));
    let top = app.get(&format!("/admin/dagar?nod={}", app.top), &admin).await;
    assert_eq!(top.status, StatusCode::NOT_FOUND, "a unit alone has days");
}

async fn a_merge_is_taken_back_unless_something_stands_in_the_new_unit() {
    let app = App::new().await;
    let admin = app.log_in(ADMIN).await;
    let (other, new) = (beside(&app, "Andra enheten").await, NodeId::new());
    let ids = [new, app.enhet, other, app.top].map(|id| id.to_string());
    let [id, one, two, top] = ids.each_ref().map(String::as_str);
    let (last, from) = (format::date(ahead(&app, 30)), format::date(ahead(&app, 31)));
    let fields = [
        ("id", id),
        ("units[]", one),
        ("units[]", two),
        ("versions[]", "1"),
        ("versions[]", "1"),
        ("name", "Nya enheten"),
        ("parent", top),
        ("from", from.as_str()),
    ];
    assert_eq!(app.post("/api/merge_nodes", &admin, "/admin", &fields).await.to(), format!("/admin?nod={id}"));
    let back = format!("/admin/sla-ihop?tillbaka={id}");
    for page in ["/admin/sla-ihop", &format!("/admin?nod={id}"), &format!("/admin/dagar?nod={one}")] {
        assert!(app.get(page, &admin).await.body.contains(&back), "{page}");
    }
    let shown = app.get(&back, &admin).await.body;
    assert!(
        shown.contains(&format!("Sista dagen, {last}, tas bort.")) && shown.contains("1 roll i den tas bort."),
        "{shown}"
    );

    // the chef of the new unit has planned a meeting in it
    let mut tx = app.write().await;
    let content = domain::apt::Content {
        kind: domain::apt::Kind::Apt,
        on: ahead(&app, 40),
        time: "13.00".into(),
        place: "Salen".into(),
        chair: None,
        secretary: None,
    };
    store::apt::create(&mut tx, app.state.clock.now(), AptId::new(), new, &content, None).await.unwrap();
    tx.commit().await.unwrap();
    let shown = app.get(&back, &admin).await.body;
    assert!(shown.contains("1 möte") && !shown.contains("/api/undo_node_merge"), "{shown}");
    let fields = [("id", id), ("version", "1")];
    let refused = app.post("/api/undo_node_merge", &admin, &back, &fields).await.to().to_owned();
    assert_ne!(refused, "/admin");
    assert_eq!(app.get(&format!("/admin?nod={id}"), &admin).await.status, StatusCode::OK, "it stands");

    let third = beside(&app, "Tredje enheten").await;
    let fourth = beside(&app, "Fjärde enheten").await;
    let ids = [NodeId::new(), third, fourth].map(|id| id.to_string());
    let [id, one, two] = ids.each_ref().map(String::as_str);
    let fields = [
        ("id", id),
        ("units[]", one),
        ("units[]", two),
        ("versions[]", "1"),
        ("versions[]", "1"),
        ("name", "Hela enheten"),
        ("parent", top),
        ("from", from.as_str()),
    ];
    app.post("/api/merge_nodes", &admin, "/admin", &fields).await.to();
    let fields = [("id", id), ("version", "1")];
    let back = format!("/admin/sla-ihop?tillbaka={id}");
    assert_eq!(app.post("/api/undo_node_merge", &admin, &back, &fields).await.to(), "/admin");
    assert_eq!(app.get(&format!("/admin?nod={id}"), &admin).await.status, StatusCode::NOT_FOUND);
    let goes_on = app.get(&format!("/admin?nod={one}"), &admin).await.body;
    assert!(goes_on.contains("Tredje enheten") && !goes_on.contains("Sista dag är"), "{goes_on}");
}

async fn what_was_before_a_unit_is_told_by_name_where_its_figures_stand() {
    let app = App::new().await;
    let (admin, chef) = (app.log_in(ADMIN).await, app.log_in(CHEF).await);
    let before = beside(&app, "Norra enheten").await;
    let mut tx = app.write().await;
    let (now, today) = (app.state.clock.now(), app.state.clock.today());
    store::organisation::dagar::end_node(&mut tx, now, today, (before, 1), today).await.unwrap();
    tx.commit().await.unwrap();
    let (id, unit) = (app.enhet.to_string(), before.to_string());
    let page = format!("/admin/dagar?nod={id}");
    let listed = app.get(&page, &admin).await.body;
    assert!(listed.contains("Norra enheten, till och med"), "{listed}");
    let tomorrow = format::date(ahead(&app, 1));
    let early = [("id", id.as_str()), ("version", "1"), ("from", "2026-01-01"), ("units[]", unit.as_str())];
    app.post("/api/update_node_before", &admin, &page, &early).await.to();
    let fields = [("id", id.as_str()), ("version", "1"), ("from", tomorrow.as_str()), ("units[]", unit.as_str())];
    assert_eq!(app.post("/api/update_node_before", &admin, &page, &fields).await.to(), page);
    let year = &tomorrow[..4];
    let plan = app.get(&format!("/egenkontroll?ar={year}"), &chef).await.body;
    assert!(plan.contains("Innan dess fanns Norra enheten."), "{plan}");

    // the same control in both, done in the one that was
    let mut tx = app.write().await;
    let here = [(before, today.year()), (app.enhet, ahead(&app, 1).year())];
    let mut controls = Vec::new();
    for (node, year) in here {
        let form = domain::egenkontroll::Form {
            kontrollmal: "Dokumentation".into(),
            responsible: "roll:enhetschef".into(),
            when: Fields::named("varje_manad"),
            ..domain::egenkontroll::Form::default()
        };
        let (control, content) = (EgenkontrollId::new(), domain::egenkontroll::check(&form, year).unwrap());
        store::plan::create(&mut tx, now, control, node, year, &content).await.unwrap();
        controls.push(control);
    }
    let hash = web::password::hash(PASSWORD.to_owned()).await;
    let both = NewPerson {
        id: PersonId::new(),
        name: "Enhetschef 3".into(),
        email: OF_BOTH.into(),
        password_hash: hash,
        roles: vec![(Role::Enhetschef, app.enhet), (Role::Enhetschef, before)],
    };
    store::person::create(&mut tx, now, &both).await.unwrap();
    let actor = store::person::actor(&mut tx, both.id, 1).await.unwrap().unwrap();
    let then = store::occurrence::of_source(&mut tx, &actor, controls[0].0).await.unwrap().remove(0);
    let tick = Tick { performed_on: today, outcome: Some(Outcome::Delvis), ..Tick::default() };
    store::occurrence::tick(&mut tx, now, &then, then.occurrence.version, &tick).await.unwrap();
    let now_at = store::occurrence::of_source(&mut tx, &actor, controls[1].0).await.unwrap().pop().unwrap();
    let start = check_start(&StartForm { kind: "andel".into(), ..StartForm::default() }).unwrap();
    let (run, seed) = (GenomforandeId::new(), Seed([1; 32]));
    store::genomforande::create(&mut tx, now, today, run, &now_at, &start, seed).await.unwrap();
    tx.commit().await.unwrap();
    let run = run.to_string();
    let fields =
        [("id", run.as_str()), ("version", "1"), ("form[total_numerator]", "11"), ("form[total_denominator]", "20")];
    let page = format!("/genomforanden/{run}");
    app.post("/api/update_andel", &chef, &page, &fields).await.to();
    let of_both = app.log_in(OF_BOTH).await;
    let apart = async |cookie: &str| {
        let body = app.get(&page, cookie).await.body;
        let (_, part) = body.split_once("Enheterna som fanns före").unwrap_or_else(|| panic!("{body}"));
        part.split("</section>").next().unwrap().to_owned()
    };
    let part = apart(&of_both).await;
    assert!(part.contains("Norra enheten") && part.contains(Outcome::Delvis.label()), "{part}");
    let part = apart(&chef).await;
    assert!(part.contains("Siffrorna för Norra enheten läses av dem som har en roll där."), "{part}");
    assert!(!part.contains(Outcome::Delvis.label()), "{part}");
}
