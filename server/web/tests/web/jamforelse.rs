//! Comparisons over HTTP, without JavaScript: another series of the unit is chosen from a list, a key figure says where it comes from,
//! and the figures of another unit are seen by those who may see them there.
#![allow(clippy::unwrap_used)]

use domain::{
    id::{NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::Role,
    siffror::{
        jamforelse::{ArsVarde, JamforelseId},
        serie::SerieId,
    },
    tal::Tal,
};
use http::StatusCode;
use store::{person::NewPerson, serie::jamforelse};

use crate::{
    common::{Answer, App, CHEF, PASSWORD},
    serie::{divided, made, said},
};

async fn compare(app: &App, cookie: &str, serie: SerieId, id: JamforelseId, form: &[(&str, &str)]) -> Answer {
    let (id, text) = (id.to_string(), serie.to_string());
    let mut fields = vec![("id", id.as_str()), ("serie", &text)];
    fields.extend(form);
    app.post("/api/create_jamforelse", cookie, &format!("/siffror/{serie}/redigera"), &fields).await
}

async fn person(app: &App, email: &str, roles: Vec<(Role, NodeId)>) -> String {
    let mut tx = app.write().await;
    let password_hash = web::password::hash(PASSWORD.to_owned()).await;
    let (id, email) = (PersonId::new(), email.to_owned());
    let new = NewPerson { id, name: "Handläggare".into(), email: email.clone(), password_hash, roles };
    store::person::create(&mut tx, app.state.clock.now(), &new).await.unwrap();
    tx.commit().await.unwrap();
    app.log_in(&email).await
}

/// The same server, with another unit in which things are made.
async fn beside(app: &App) -> App {
    let mut other = app.later(0);
    other.enhet = NodeId::new();
    let (id, parent, name) = (other.enhet, Some(app.top), "Norra enheten".to_owned());
    let mut tx = app.write().await;
    let node = Node { id, parent, kind: NodeKind::Enhet, name, active: true, version: 1 };
    store::organisation::create_node(&mut tx, app.state.clock.now(), &node).await.unwrap();
    tx.commit().await.unwrap();
    other
}

#[tokio::test]
async fn another_series_is_chosen_seen_beside_the_own_one_and_taken_away() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (own, other) = (made(&app, "Hushåll").await, made(&app, "Hushåll med barn").await);
    let edit = format!("/siffror/{own}/redigera");
    let page = app.get(&edit, &chef).await.body;
    assert!(page.contains("Jämför med serien") && page.contains(&other.to_string()), "{page}");
    let nothing = compare(&app, &chef, own, JamforelseId::new(), &[("form[med]", "serie"), ("form[serie]", "")]).await;
    assert!(nothing.to().ends_with("#fel"), "{}", nothing.to());
    let page = app.get(&edit, &chef).await.body;
    assert!(page.contains("Välj en serie ur listan."), "{page}");

    let (id, text) = (JamforelseId::new(), other.to_string());
    let form = [("form[med]", "serie"), ("form[serie]", text.as_str()), ("form[namn]", "Med barn")];
    for _ in 0..2 {
        assert_eq!(compare(&app, &chef, own, id, &form).await.to(), edit, "sent twice is one");
    }
    let answer = app.get(&format!("/siffror/{own}"), &chef).await;
    let page = said(&answer);
    assert!(page.contains("Serien Hushåll med barn") && page.contains("Jämförelse tillagd"), "{page}");
    assert!(answer.body.contains("Jämförelser med andra serier"), "the values stand in a table");
    assert!(answer.body.contains("Med barn</text>"), "and its line has its name: {}", answer.body);

    let (id, serie) = (id.to_string(), own.to_string());
    let gone = [("id", id.as_str()), ("serie", &serie), ("version", "1")];
    let foreign = [("id", id.as_str()), ("serie", &text), ("version", "1")];
    let denied = app.post("/api/remove_jamforelse", &chef, &edit, &foreign).await;
    assert_ne!(denied.status, StatusCode::OK, "it is none of that series");
    assert!(said(&app.get(&edit, &chef).await).contains("Med barn"));
    assert_eq!(app.post("/api/remove_jamforelse", &chef, &edit, &gone).await.to(), edit);
    let page = said(&app.get(&format!("/siffror/{own}"), &chef).await);
    assert!(!page.contains("Serien Hushåll med barn.") && page.contains("Jämförelse borttagen"), "{page}");
}

#[tokio::test]
async fn a_key_figure_says_its_source_what_it_is_a_mean_of_and_what_could_not_be_fetched() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let own = made(&app, "Hushåll").await;
    let (edit, page) = (format!("/siffror/{own}/redigera"), format!("/siffror/{own}"));
    let id = JamforelseId::new();
    let form = |kpi: &'static str| {
        [
            ("form[med]", "kolada"),
            ("form[namn]", "Liknande kommuner"),
            ("form[kpi]", kpi),
            ("form[kommun]", "G35881"),
            ("form[kon]", "T"),
        ]
    };
    assert!(compare(&app, &chef, own, id, &form("hushåll")).await.to().ends_with("#fel"));
    let back = app.get(&edit, &chef).await.body;
    assert!(back.contains("N eller U och fem siffror") && back.contains("value=\"Liknande kommuner\""), "{back}");
    assert_eq!(compare(&app, &chef, own, id, &form("n31807")).await.to(), edit);
    assert!(said(&app.get(&page, &chef).await).contains("Värdena hämtas inom kort."));

    let (now, today) = (app.state.clock.now(), app.state.clock.today());
    let year = chrono::Datelike::year(&today);
    let value =
        |ar: i32, tal: Option<i64>| ArsVarde { ar, tal: tal.map(Tal::whole), count: Some(26), status: String::new() };
    let mut tx = app.write().await;
    let (claimed, of) = jamforelse::claim(&mut tx, now).await.unwrap().unwrap();
    assert_eq!((claimed, of.said().as_str()), (id, "N31807, G35881"));
    let values = [value(year - 2, None), value(year - 1, Some(341)), value(year, Some(347))];
    jamforelse::fetched(&mut tx, id, today, &values).await.unwrap();
    tx.commit().await.unwrap();
    let shown = said(&app.get(&page, &chef).await);
    let source =
        format!("Källa: Kolada, hämtad {} (N31807, G35881), medel av 26 kommuner, ovägt.", domain::format::date(today));
    assert!(shown.contains(&source), "{shown}");
    assert!(shown.contains(&format!("{} saknas hos Kolada.", year - 2)) && shown.contains("341"), "{shown}");

    let (text, serie) = (id.to_string(), own.to_string());
    let fields = [("id", text.as_str()), ("serie", &serie)];
    assert_eq!(app.post("/api/renew_jamforelse", &chef, &edit, &fields).await.to(), edit);
    let mut tx = app.write().await;
    jamforelse::claim(&mut tx, app.state.clock.now()).await.unwrap().unwrap();
    jamforelse::failed(&mut tx, id, "Kolada svarade inte").await.unwrap();
    tx.commit().await.unwrap();
    let shown = said(&app.get(&page, &chef).await);
    assert!(shown.contains("Värdena gick inte att hämta: Kolada svarade inte."), "{shown}");
    assert!(shown.contains("står kvar. Nytt försök") && shown.contains("341"), "what stood there stays: {shown}");
}

#[tokio::test]
async fn the_series_of_another_unit_is_seen_by_who_may_see_it_there_and_its_few_by_nobody() {
    let app = App::new().await;
    let north = beside(&app).await;
    let own = made(&app, "Hushåll").await;
    let (theirs, dim) = divided(&north).await;
    let both = vec![(Role::Enhetschef, app.enhet), (Role::Enhetschef, north.enhet)];
    let both = person(&app, "tva@demo.se", both).await;
    let colleague = person(&app, "medarbetare@demo.se", vec![(Role::Medarbetare, app.enhet)]).await;
    let chef = app.log_in(CHEF).await;
    let (text, edit) = (theirs.to_string(), format!("/siffror/{own}/redigera"));
    let whole = [("form[med]", "serie"), ("form[serie]", text.as_str())];
    assert!(compare(&app, &chef, own, JamforelseId::new(), &whole).await.to().ends_with("#fel"));
    let page = app.get(&edit, &chef).await.body;
    assert!(page.contains("eller så får du inte se den") && !page.contains("Norra enheten"), "{page}");

    assert_eq!(compare(&app, &both, own, JamforelseId::new(), &whole).await.to(), edit);
    let part = dim.values[1].id.to_string();
    let few = [("form[med]", "serie"), ("form[serie]", text.as_str()), ("form[varde]", &part)];
    assert_eq!(compare(&app, &both, own, JamforelseId::new(), &few).await.to(), edit);
    let page = app.get(&format!("/siffror/{own}"), &both).await;
    let shown = said(&page);
    assert!(shown.contains("Serien Hushåll, Norra enheten") && shown.contains("293"), "{shown}");
    assert!(shown.contains("Par utan barn i serien Hushåll"), "{shown}");
    assert!(page.body.contains("visas inte: någon kan kännas igen"), "two households are hidden here from all");

    for cookie in [&colleague, &chef] {
        let shown = said(&app.get(&format!("/siffror/{own}"), cookie).await);
        assert!(
            shown.contains("Jämförelsen visas inte, för du har inte rätt att se siffror i Norra enheten."),
            "{shown}"
        );
        assert!(!shown.contains("293") && !shown.contains("Par utan barn"), "{shown}");
    }
}
