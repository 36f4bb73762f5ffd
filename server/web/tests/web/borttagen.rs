//! Removed: a control that has been taken out of the plan says so wherever it can still be met, and does nothing.
#![allow(clippy::unwrap_used)]

use crate::{
    common::{App, CHEF},
    genomforande::{NO_FILE, occurrence, start},
};

#[tokio::test]
async fn a_removed_control_counts_alike_in_plan_and_year_and_cannot_be_ticked_off() {
    let app = App::new().await;
    let (id, chef) = (occurrence(&app).await, app.log_in(CHEF).await);
    let page = app.get(&format!("/forekomster/{id}"), &chef).await.body;
    let control = page.split("/egenkontroll/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let show = format!("/egenkontroll/{control}");
    let page = app.get(&show, &chef).await.body;
    let ids: Vec<&str> = page.split("id=\"rad-").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ids.len(), 12, "the premise");
    app.post("/api/mark_occurrence_done", &chef, "/", &[("id", ids[0]), ("version", "1"), ("form[outcome]", "")])
        .await
        .to();
    app.post("/api/remove_egenkontroll", &chef, &show, &[("id", &control), ("reason", "Ersatt")]).await.to();

    let said = async |path: &str, fields: &[(&str, &str)]| {
        let from = format!("/forekomster/{}", ids[1]);
        let answer = app.post(path, &chef, &from, fields).await;
        let to = answer.to().split('#').next().unwrap().to_owned();
        let page = app.get(&to, &chef).await.body;
        assert!(page.contains("Dokumentation är borttagen ur planen och kan inte bockas av"), "{path}: {page}");
    };
    let own = [("id", ids[1]), ("version", "1")];
    said("/api/mark_occurrence_done", &[&own[..], &[("form[outcome]", "")]].concat()).await;
    said("/api/mark_occurrence_begun", &own).await;
    said("/api/mark_occurrence_given_up", &[&own[..], &[("reason", "Semester")]].concat()).await;
    said("/api/move_occurrence", &[&own[..], &[("to", "12"), ("reason", "Semester")]].concat()).await;
    said("/api/undo_occurrence_mark", &[("id", ids[0]), ("version", "2"), ("reason", "Fel")]).await;
    let fields = [("tillfalle", ids[1]), ("kind", "bedomning"), ("kriterier", "")];
    let answer = start(&app, &chef, &fields, NO_FILE).await;
    assert!(answer.body.contains("Dokumentation är borttagen ur planen"), "{}", answer.body);

    let page = app.get(&format!("/forekomster/{}", ids[1]), &chef).await.body;
    assert!(
        page.contains("Dokumentation är borttagen ur planen") && !page.contains("/api/mark_occurrence_done"),
        "{page}"
    );
    // the same figures in the plan as in the year, and what is done is named
    let (plan, year) = (app.get("/egenkontroll", &chef).await.body, app.get("/arshjul?vy=lista", &chef).await.body);
    assert!(plan.contains("Borttagna ur planen (1)") && plan.contains("1 gång utförd"), "{plan}");
    assert!(year.contains(&format!("rad-{}", ids[0])) && !year.contains(&format!("rad-{}", ids[1])), "{year}");
    let page = app.get(&show, &chef).await.body;
    assert!(page.contains(&format!("rad-{}", ids[0])) && !page.contains(&format!("rad-{}", ids[1])), "{page}");
}
