//! A form that is sent again with another text, over HTTP and without JavaScript: nothing is said to be done, what was typed
//! comes back, and it can be sent as a new one.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use domain::id::{AvvikelseId, ForslagId};
use http::StatusCode;

use crate::common::{Answer, App, CHEF};

const TAKEN: &str = "En annan rapport är redan skickad";

async fn report(app: &App, cookie: &str, id: &str, what: &str) -> Answer {
    let unit = app.enhet.to_string();
    let fields = [
        ("id", id),
        ("node", &unit),
        ("form[what]", what),
        ("form[day]", "2026-11-01"),
        ("form[consequence]", "Ingen"),
        ("form[ror]", "brukare"),
    ];
    app.post("/api/create_avvikelse", cookie, "/avvikelser/ny", &fields).await
}

/// What is said at the top of a form that comes back.
fn summary(page: &str) -> &str {
    page.split("class=\"error-summary\"").nth(1).unwrap().split("</div>").next().unwrap()
}

/// The id that a form brings.
fn id_in(page: &str, action: &str) -> String {
    let form = page.split("<form").find(|form| form.contains(&format!("action=\"{action}"))).unwrap();
    let input = form.split("<input").find(|input| input.contains("name=\"id\"")).unwrap();
    input.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn another_report_under_the_same_id_comes_back_with_its_text_and_is_sent_as_a_new_one() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let id = AvvikelseId::new().to_string();
    for _ in 0..2 {
        assert_eq!(report(&app, &chef, &id, "Larmet gick inte").await.to(), format!("/avvikelser/{id}"));
    }
    let again = report(&app, &chef, &id, "Larmet gick inte, och dörren var låst").await;
    assert_eq!(again.to(), "/avvikelser/ny#fel", "it is not said to be sent");
    let page = app.get("/avvikelser/ny", &chef).await.body;
    assert!(page.contains(TAKEN) && page.contains("och dörren var låst"), "{page}");
    assert!(summary(&page).contains("Skicka som ny") && page.contains(&format!("data-replaced=\"{id}\"")), "{page}");
    let new = id_in(&page, "/api/create_avvikelse");
    assert_ne!(new, id);
    let sent = report(&app, &chef, &new, "Larmet gick inte, och dörren var låst").await;
    assert_eq!(sent.to(), format!("/avvikelser/{new}"));
    let first = app.get(&format!("/avvikelser/{id}"), &chef).await.body;
    assert!(first.contains("Larmet gick inte") && !first.contains("dörren"), "the first is as it was");
}

#[tokio::test]
async fn a_fault_in_a_form_leaves_it_its_id() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let id = AvvikelseId::new().to_string();
    report(&app, &chef, &id, "").await;
    let page = app.get("/avvikelser/ny", &chef).await.body;
    assert_eq!(id_in(&page, "/api/create_avvikelse"), id, "sent twice it is one report");
    assert!(!summary(&page).contains("Skicka som ny") && !page.contains("data-replaced"), "{page}");
}

#[tokio::test]
async fn another_forslag_under_the_same_id_comes_back_in_the_answer() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, unit) = (ForslagId::new().to_string(), app.enhet.to_string());
    let say = async |id: &str, text: &str| {
        let fields = [("id", id), ("node", unit.as_str()), ("kind", "forslag"), ("text", text)];
        app.post("/forslag", &chef, "/forslag", &fields).await
    };
    for _ in 0..2 {
        assert_eq!(say(&id, "Egen telefonkö").await.to(), "/forslag?tack=forslag");
    }
    let again = say(&id, "Egen parkering").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("Ett annat förslag är redan skickat") && again.body.contains("Egen parkering"));
    let new = id_in(&again.body, "/forslag");
    assert_ne!(new, id);
    assert_eq!(say(&new, "Egen parkering").await.to(), "/forslag?tack=forslag");
    let page = app.get("/forslag", &chef).await.body;
    assert!(page.contains("Egen telefonkö") && page.contains("Egen parkering"), "{page}");
}

#[test]
fn every_form_takes_its_id_where_one_that_is_taken_is_exchanged() {
    fn look(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, found);
            } else if !path.ends_with("components/form.rs") {
                let text = fs::read_to_string(&path).unwrap();
                if ["value_of(\"id\")", ".value(\"id\""].iter().any(|way| text.contains(way)) {
                    found.push(path.display().to_string());
                }
            }
        }
    }
    let mut found = Vec::new();
    look(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/ui/src"), &mut found);
    assert!(found.is_empty(), "a form that makes something takes its id from FormState::new_id: {found:?}");
}
