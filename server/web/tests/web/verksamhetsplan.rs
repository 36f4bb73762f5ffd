//! A verksamhetsplan over HTTP, without JavaScript: begun, its chain read in, its goals moved and refused, decided, and copied to the next year.
#![allow(clippy::unwrap_used)]

use axum::body::Body;
use domain::verksamhetsplan::{
    mal::{self, Benamning, MalId},
    plan::PlanId,
};
use http::{Method, StatusCode, header};

use crate::{
    common::{Answer, App, CHEF, browser},
    resultat::text_of,
};

pub const SODERMALM: &str = include_str!("../../demo/malkedja-sodermalm-2014.csv");
pub const YEAR: i32 = 2026;

pub async fn plan(app: &App) -> PlanId {
    let (mut tx, now) = (app.write().await, app.state.clock.now());
    let year = (app.enhet, YEAR);
    let id = store::verksamhetsplan::create(&mut tx, now, PlanId::new(), year, Benamning::Atagande).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Sends a table, as a browser does without JavaScript.
pub async fn upload(app: &App, cookie: &str, id: PlanId, content: &str) -> Answer {
    send(app, cookie, id, ("mal.csv", "text/csv"), content.as_bytes()).await
}

/// Sends a file of a type.
pub async fn send(app: &App, cookie: &str, id: PlanId, (name, kind): (&str, &str), content: &[u8]) -> Answer {
    let head = format!(
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
    );
    let body = [head.as_bytes(), content, b"\r\n--xyz--\r\n"].concat();
    let request = browser(Method::POST, &format!("/verksamhetsplan/{id}/las-in"), cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xyz")
        .header(header::CONTENT_LENGTH, body.len())
        .body(Body::from(body))
        .unwrap();
    app.send(request).await
}

pub async fn page(app: &App, cookie: &str, to: &str) -> String {
    app.get(to.split('#').next().unwrap(), cookie).await.body
}

pub fn main_of(body: &str) -> String {
    let main = body.split("<main").nth(1).unwrap_or_default();
    text_of(main.split("</main>").next().unwrap_or_default())
}

/// The value of a hidden field of the page.
pub fn hidden(body: &str, name: &str) -> String {
    let field = body.split("<input").find(|input| input.contains(&format!("name=\"{name}\""))).unwrap();
    field.split("value=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&")
}

pub async fn confirm(app: &App, cookie: &str, id: PlanId, preview: &str) -> Answer {
    let main = preview.split("<main").nth(1).unwrap();
    let (plan, new) = (id.to_string(), hidden(main, "id"));
    let (vald, sett) = (hidden(main, "vald"), hidden(main, "sett"));
    let fields = [("id", new.as_str()), ("plan", &plan), ("vald", &vald), ("sett", &sett)];
    app.post("/api/import_plantabell", cookie, &format!("/verksamhetsplan/{id}/las-in"), &fields).await
}

#[tokio::test]
async fn a_chain_is_shown_with_what_is_asked_read_in_whole_and_another_time_makes_nothing() {
    let app = App::new().await;
    let (chef, id) = (app.log_in(CHEF).await, plan(&app).await);
    assert!(main_of(&page(&app, &chef, &format!("/verksamhetsplan/{id}")).await).contains("Planen har inga mål än"));
    let answer = upload(&app, &chef, id, SODERMALM).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let preview = page(&app, &chef, answer.to()).await;
    let said = main_of(&preview);
    assert!(said.contains("3 inriktningsmål, 5 KF-mål, 9 nämndmål, 10 enhetsmål"), "{said}");
    // a spelling that differs by a letter is offered as one, and stays two
    assert!(said.contains("skiljer sig åt på någon bokstav"), "{said}");
    let to = confirm(&app, &chef, id, &preview).await.to().to_owned();
    assert_eq!(to, format!("/verksamhetsplan/{id}"));
    let shown = page(&app, &chef, &to).await;
    assert!(main_of(&shown).contains("Tio åtaganden har ingen bedömning än."), "{}", main_of(&shown));
    assert_eq!(shown.matches("class=\"kedja-ruta").count(), 27);
    // pressed once more
    assert_eq!(confirm(&app, &chef, id, &preview).await.to(), to);
    let again = upload(&app, &chef, id, SODERMALM).await;
    let preview = page(&app, &chef, again.to()).await;
    assert!(main_of(&preview).contains("alla mål i tabellen finns redan"), "{}", main_of(&preview));
    assert!(!preview.contains("/api/import_plantabell"));
    let mut tx = app.state.store.system(false).await.unwrap();
    assert_eq!(store::verksamhetsplan::mal::trad(&mut tx, app.enhet, YEAR).await.unwrap().len(), 27);
}

#[tokio::test]
async fn a_table_that_says_no_level_is_refused_at_its_field() {
    let app = App::new().await;
    let (chef, id) = (app.log_in(CHEF).await, plan(&app).await);
    let answer = upload(&app, &chef, id, "Namn;Antal\nEgen försörjning;3\n").await;
    let back = page(&app, &chef, answer.to()).await;
    assert!(main_of(&back).contains("Tabellen behöver en rubrikrad"), "{}", main_of(&back));
    let wrong = upload(&app, &chef, id, "Nivå;Mål\nÖversta;Egen försörjning\n").await;
    let said = main_of(&page(&app, &chef, wrong.to()).await);
    assert!(said.contains("Nivån ”Översta” känns inte igen"), "{said}");
}

#[tokio::test]
async fn a_plan_that_is_decided_says_so_and_its_copy_is_one_however_often_it_is_made() {
    let app = App::new().await;
    let (chef, id) = (app.log_in(CHEF).await, plan(&app).await);
    let (plan, at) = (id.to_string(), format!("/verksamhetsplan/{id}"));
    let answer = upload(&app, &chef, id, SODERMALM).await;
    let preview = page(&app, &chef, answer.to()).await;
    confirm(&app, &chef, id, &preview).await;
    for (version, steg) in [("1", "foresla"), ("2", "faststall")] {
        let fields =
            [("plan", plan.as_str()), ("version", version), ("form[steg]", steg), ("form[dnr]", "3.1-12/2026")];
        let answer = app.post("/api/set_plan_steg", &chef, &at, &fields).await;
        assert_eq!(answer.to(), at, "{steg}");
    }
    let said = main_of(&page(&app, &chef, &at).await);
    assert!(said.contains("fastställd 2026-") && said.contains("dnr 3.1-12/2026"), "{said}");
    let list = page(&app, &chef, &format!("{at}?vy=lista")).await;
    assert!(!list.contains("/api/remove_mal"), "what is decided is not written in");
    // before anything is written it is said, and where it is opened
    let new = format!("{at}/mal/ny");
    let closed = page(&app, &chef, &new).await;
    assert!(closed.contains("Planen är fastställd.") && closed.contains(&format!("{at}#gang")), "{closed}");
    assert!(!closed.contains("/api/create_mal"), "{closed}");
    // what was written when it was decided is not lost
    let id = MalId::new().to_string();
    let late = [
        ("id", id.as_str()),
        ("plan", plan.as_str()),
        ("form[niva]", "enhetsmal"),
        ("form[titel]", "Skrivet innan planen fastställdes"),
    ];
    let back = app.post("/api/create_mal", &chef, &new, &late).await.to().to_owned();
    let back = page(&app, &chef, back.split('#').next().unwrap()).await;
    assert!(back.contains("Skrivet innan planen fastställdes") && back.contains("det du skrev finns kvar"), "{back}");
    let (first, second) = (PlanId::new().to_string(), PlanId::new().to_string());
    let mut to = Vec::new();
    for new in [&first, &first, &second] {
        let fields = [("plan", plan.as_str()), ("new", new.as_str())];
        to.push(app.post("/api/copy_verksamhetsplan", &chef, &at, &fields).await.to().to_owned());
    }
    assert!(to.iter().all(|to| *to == format!("/verksamhetsplan/{first}")), "{to:?}");
    let mut tx = app.state.store.system(false).await.unwrap();
    assert_eq!(store::verksamhetsplan::mal::trad(&mut tx, app.enhet, YEAR + 1).await.unwrap().len(), 27);
}

#[tokio::test]
async fn what_was_removed_from_a_copy_stays_away_when_it_is_copied_again_and_that_is_said() {
    use store::verksamhetsplan::mal as goals;

    let app = App::new().await;
    let (chef, id) = (app.log_in(CHEF).await, plan(&app).await);
    let (plan, at) = (id.to_string(), format!("/verksamhetsplan/{id}"));
    let (mut tx, now) = (app.write().await, app.state.clock.now());
    for titel in ["Egen försörjning", "Trygg boendesituation"] {
        let form = mal::Form { niva: "enhetsmal".into(), titel: titel.into(), ..mal::Form::default() };
        let content = mal::check(&form).unwrap();
        goals::create(&mut tx, now, id, (MalId::new(), None), &content).await.unwrap();
    }
    tx.commit().await.unwrap();
    let next = PlanId::new();
    let copy = async || {
        let new = next.to_string();
        let fields = [("plan", plan.as_str()), ("new", new.as_str())];
        let to = app.post("/api/copy_verksamhetsplan", &chef, &at, &fields).await.to().to_owned();
        page(&app, &chef, &to).await
    };
    assert!(copy().await.contains("Egen försörjning"));
    assert!(copy().await.contains("Allt i planen för 2026 finns redan i planen för 2027."));
    let mut tx = app.write().await;
    let trad = goals::trad(&mut tx, app.enhet, YEAR + 1).await.unwrap();
    goals::remove(&mut tx, now, next, (trad.walk()[0].mal.id, 1)).await.unwrap();
    tx.commit().await.unwrap();
    let again = copy().await;
    assert!(again.contains("Inget nytt fanns att kopiera till planen för 2027."), "{again}");
    assert!(again.contains("Ett mål som har tagits bort i planen för 2027 togs inte med igen."), "{again}");
    let said = main_of(&again);
    assert!(!said.contains("Egen försörjning") && said.contains("Trygg boendesituation"), "{said}");
}

#[tokio::test]
async fn a_revision_that_is_given_up_says_what_it_gives_back() {
    let app = App::new().await;
    let (chef, id) = (app.log_in(CHEF).await, plan(&app).await);
    let (plan, at) = (id.to_string(), format!("/verksamhetsplan/{id}"));
    let goal = async |titel: &str| {
        let (mut tx, now) = (app.write().await, app.state.clock.now());
        let form = mal::Form { niva: "enhetsmal".into(), titel: titel.into(), ..mal::Form::default() };
        let content = mal::check(&form).unwrap();
        store::verksamhetsplan::mal::create(&mut tx, now, id, (MalId::new(), None), &content).await.unwrap();
        tx.commit().await.unwrap();
    };
    let step = async |version: &str, steg: &str| {
        let why = if steg == "oppna_revision" { "Ny budget" } else { "" };
        let fields = [("plan", plan.as_str()), ("version", version), ("form[steg]", steg), ("form[varfor]", why)];
        let answer = app.post("/api/set_plan_steg", &chef, &at, &fields).await;
        assert_eq!(answer.to(), at, "{steg}");
        page(&app, &chef, &at).await
    };
    goal("Egen försörjning").await;
    step("1", "foresla").await;
    step("2", "faststall").await;
    let opened = main_of(&step("3", "oppna_revision").await);
    assert!(opened.contains("blir som de är fastställda") && opened.contains("Ny budget"), "{opened}");
    goal("Något helt annat").await;
    let changed = main_of(&page(&app, &chef, &at).await);
    assert!(changed.contains("Något helt annat"), "{changed}");
    let back = main_of(&step("4", "avbryt_revision").await);
    assert!(back.contains("Egen försörjning") && !back.contains("Något helt annat"), "{back}");
}
