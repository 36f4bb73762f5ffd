//! A city, over HTTP: many units on one page, and what is said when so many ask that there is no connection.
#![allow(clippy::unwrap_used)]

use domain::{
    egenkontroll,
    id::{EgenkontrollId, NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::Role,
    recurrence::form::Fields,
};
use http::StatusCode;
use store::person::NewPerson;
use web::{
    clock::Clock,
    password,
    router::router,
    state::{AppState, Settings},
};

use crate::common::{ADMIN, App, CHEF, PASSWORD, database};

const CONTROLLER: &str = "controller@demo.se";
const OVER_ALL: &str = "verksamhetschef@demo.se";

/// A city of so many units more, each with a monthly control of its chef's; the last has one more, and so the most that is late.
async fn city(units: usize) -> App {
    let app = App::new().await;
    let state = AppState { clock: Clock::new(chrono::NaiveDate::from_ymd_opt(2026, 11, 23)), ..app.state.clone() };
    let app = App { router: router(state.clone()), state, ..app };
    let (hash, now) = (password::hash(PASSWORD.to_owned()).await, app.state.clock.now());
    let mut tx = app.write().await;
    for (name, email, role) in
        [("Controller", CONTROLLER, Role::Controller), ("Verksamhetschef", OVER_ALL, Role::Enhetschef)]
    {
        let new = NewPerson {
            id: PersonId::new(),
            name: name.into(),
            email: email.into(),
            password_hash: hash.clone(),
            roles: vec![(role, app.top)],
        };
        store::person::create(&mut tx, now, &new).await.unwrap();
    }
    let form = egenkontroll::Form {
        kontrollmal: "Dokumentation".into(),
        responsible: "roll:enhetschef".into(),
        when: Fields::named("varje_manad"),
        ..Default::default()
    };
    let content = egenkontroll::check(&form, 2026).unwrap();
    for n in 1..=units {
        let node = Node {
            id: NodeId::new(),
            parent: Some(app.top),
            kind: NodeKind::Enhet,
            name: format!("Enhet {n:03}"),
            active: true,
            version: 1,
        };
        store::organisation::create_node(&mut tx, now, &node).await.unwrap();
        for _ in 0..=usize::from(n == units) {
            store::plan::create(&mut tx, now, EgenkontrollId::new(), node.id, 2026, &content).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    app
}

/// The names in the table of units, in its order.
fn units(page: &str) -> Vec<String> {
    let table = page.split("id=\"enheter\"").nth(1).unwrap_or_default().split("</table>").next().unwrap_or_default();
    let rows = table.split("<th scope=\"row\"").skip(1);
    let name = |row: &str| row.split("<a").nth(1)?.split('>').nth(1)?.split('<').next().map(str::to_owned);
    rows.map(|row| name(row).unwrap_or_default()).collect()
}

#[tokio::test]
async fn who_follows_many_units_sees_the_worst_first_page_by_page_and_finds_one_by_its_name() {
    let app = city(59).await;
    let controller = app.log_in(CONTROLLER).await;
    let page = app.get("/", &controller).await.body;
    assert!(page.contains("60 enheter"), "{page}");
    let first = units(&page);
    assert_eq!((first.len(), first[0].as_str(), first[1].as_str()), (50, "Enhet 059", "Enhet 001"));
    assert!(page.contains("Visar 1–50 av 60") && page.contains("De med flest försenade står först."));
    assert!(page.contains("href=\"/?sida=2#enheter\""), "{page}");
    // what the units have to do is theirs: counted here and listed there
    assert!(!page.contains("Dokumentation"), "{page}");
    // 59 × 10, and ten of the second control of the last
    assert!(page.contains("600"), "{page}");
    let second = units(&app.get("/?sida=2", &controller).await.body);
    assert_eq!((second.len(), second.last().map(String::as_str)), (10, Some("Bromma")), "nothing is late there");
    let found = app.get("/?sok=enhet+05", &controller).await.body;
    assert_eq!(units(&found).len(), 11, "005 and 050 to 059");
    assert!(!found.contains("Visar 1–"));
    let none = app.get("/?sok=finns+inte", &controller).await.body;
    assert!(none.contains("Ingen av dina enheter heter så."), "{none}");
    assert_eq!(app.get("/?sida=99", &controller).await.status, StatusCode::OK);

    // a chef's own page is as it was: one unit, no table
    let chef = app.get("/", &app.log_in(CHEF).await).await.body;
    assert!(units(&chef).is_empty() && chef.contains("Bromma") && !chef.contains("Enhet 001"), "{chef}");
}

#[tokio::test]
async fn of_more_than_a_list_holds_it_is_said_how_many_are_not_in_it_and_where_they_are() {
    let app = city(59).await;
    let over_all = app.log_in(OVER_ALL).await;
    for path in ["/", "/?visa=enheten"] {
        let page = app.get(path, &over_all).await.body;
        // January to December of 60 controls
        let said =
            "Här visas de 300 med tidigast sista dag. 420 till finns under respektive enhet i tabellen Enheterna.";
        assert!(page.contains(said), "{path}: {page}");
        assert!(page.contains("<span>maj</span>") && !page.contains("<span>jun</span>"), "{path}: the oldest first");
    }
    let few = city(3).await;
    let page = few.get("/", &few.log_in(OVER_ALL).await).await.body;
    assert!(!page.contains("Här visas de"), "{page}");
}

#[tokio::test]
async fn a_page_that_has_no_connection_in_time_says_so_and_works_when_it_is_asked_for_again() {
    let database = database::databases().await.remove(0);
    let app = App::at(&database.url, Settings { database: "sqlite", ..Settings::default() }).await;
    app.people().await;
    let chef = app.log_in(CHEF).await;
    assert_eq!(app.get("/", &chef).await.status, StatusCode::OK);
    // nothing of it is kept in memory any more
    let mut tx = app.write().await;
    store::session::save(&mut tx, "annan", "{}", 1).await.unwrap();
    tx.commit().await.unwrap();
    let mut taken = Vec::new();
    for _ in 0..4 {
        let mut tx = app.state.store.system(false).await.unwrap();
        store::person::count(&mut tx).await.unwrap();
        taken.push(tx);
    }
    let page = app.get("/egenkontroll", &chef).await;
    assert_eq!((page.status, page.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"), "{}", page.body);
    assert!(page.body.contains("Det är många som använder Kvalitetshjulet just nu"), "{}", page.body);
    assert!(page.body.contains("Försök igen"), "{}", page.body);
    drop(taken);
    assert_eq!(app.get("/egenkontroll", &chef).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_that_the_one_writer_has_no_time_for_keeps_what_was_typed_and_is_sent_again_with_a_click() {
    let database = database::databases().await.remove(0);
    let app = App::at(&database.url, Settings { database: "sqlite", ..Settings::default() }).await;
    app.people().await;
    let admin = app.log_in(ADMIN).await;
    let (id, top) = (NodeId::new().to_string(), app.top.to_string());
    let fields = [("id", id.as_str()), ("parent", top.as_str()), ("kind", "enhet"), ("name", "\"Norra\" <enheten>")];
    let writer = app.state.store.system(true).await.unwrap();
    let answer = app.post("/api/create_node", &admin, "/admin", &fields).await;
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (StatusCode::SERVICE_UNAVAILABLE, "5"),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("Inget har ändrats"), "{}", answer.body);
    assert!(answer.body.contains("value=\"&quot;Norra&quot; &lt;enheten&gt;\""), "{}", answer.body);
    assert!(answer.body.contains(r#"name="tillbaka_till" value="/admin""#), "{}", answer.body);
    drop(writer);
    let again = [fields.as_slice(), &[("tillbaka_till", "/admin")]].concat();
    let answer = app.post("/api/create_node", &admin, "/api/create_node", &again).await;
    assert!(answer.to().starts_with("/admin"), "{} {}", answer.status, answer.body);
    assert!(app.get("/admin", &admin).await.body.contains("&lt;enheten"), "it is saved");
}
