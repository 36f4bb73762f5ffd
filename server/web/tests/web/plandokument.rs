//! The whole plan over HTTP: as it is read, as Word and PDF, its bilagor, and its remiss.
#![allow(clippy::unwrap_used)]

use domain::verksamhetsplan::{
    aktivitet::{self, PlanaktivitetForm, PlanaktivitetId},
    mal::{Benamning, Form, MalId, check},
    plan::{
        PlanId,
        bilaga::PlanbilagaId,
        kapitel::KapitelId,
        remiss::{Form as Remissform, Om, SynpunktId},
    },
};
use http::StatusCode;

use crate::{
    common::{App, CHEF},
    resultat::text_of,
};

const YEAR: i32 = 2026;

/// A plan with a chapter that is written and a goal.
async fn plan(app: &App) -> (PlanId, KapitelId) {
    plan_of(app, YEAR).await
}

async fn plan_of(app: &App, year: i32) -> (PlanId, KapitelId) {
    let (mut tx, now) = (app.write().await, app.state.clock.now());
    let year = (app.enhet, year);
    let id = store::verksamhetsplan::create(&mut tx, now, PlanId::new(), year, Benamning::Atagande).await.unwrap();
    let first = store::verksamhetsplan::kapitel::list(&mut tx, id).await.unwrap().remove(0);
    let mut content = first.content.clone();
    content.text = "Vi håller budgeten.".into();
    store::verksamhetsplan::kapitel::update(&mut tx, now, id, (first.id, 1), &content).await.unwrap();
    let form = Form { niva: "enhetsmal".into(), titel: "Vräkningshotade personer bor kvar".into(), ..Form::default() };
    let goal = check(&form).unwrap();
    store::verksamhetsplan::mal::create(&mut tx, now, id, (MalId::new(), None), &goal).await.unwrap();
    tx.commit().await.unwrap();
    (id, first.id)
}

fn main_of(body: &str) -> String {
    let main = body.split("<main").nth(1).unwrap_or_default();
    text_of(main.split("</main>").next().unwrap_or_default())
}

async fn said(app: &App, cookie: &str, to: &str) -> String {
    main_of(&app.get(to.split('#').next().unwrap(), cookie).await.body)
}

#[tokio::test]
async fn the_whole_plan_is_the_same_on_the_page_in_word_and_in_pdf() {
    let app = App::new().await;
    let (chef, (id, _)) = (app.log_in(CHEF).await, plan(&app).await);
    let (at, of, beside) = (format!("/verksamhetsplan/{id}"), id.to_string(), PlanbilagaId::new().to_string());
    let fields = [("id", beside.as_str()), ("plan", &of), ("form[titel]", "Arbetsmiljöhjulet")];
    let answer = app.post("/api/create_planbilaga", &chef, &format!("{at}/kapitel"), &fields).await;
    assert_eq!(answer.to(), format!("{at}/kapitel#bilagor"));
    assert!(said(&app, &chef, &format!("{at}/kapitel")).await.contains("Bilaga 1. Arbetsmiljöhjulet"));
    let overview = app.get(&at, &chef).await.body;
    assert!(overview.contains(&format!("href=\"{at}/dokument\"")), "the plan leads to the whole of it");
    let page = said(&app, &chef, &format!("{at}/dokument")).await;
    let (word, pdf) =
        (app.get(&format!("{at}/plan.docx"), &chef).await, app.get(&format!("{at}/plan.pdf"), &chef).await);
    for file in [&word, &pdf] {
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.header("content-disposition").starts_with("attachment; filename=\"verksamhetsplan-2026-"));
    }
    for words in [
        "Verksamhetsplan 2026",
        "Utkast",
        "Inledning",
        "Vi håller budgeten.",
        "Vräkningshotade personer bor kvar",
        "Åtagande",
    ] {
        assert!(page.contains(words), "{words}: {page}");
        assert!(word.words.contains(words), "{words} in Word: {}", word.words);
        let flat = pdf.words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(words), "{words} in PDF: {flat}");
    }
    assert!(
        word.words.contains("Bilaga 1. Arbetsmiljöhjulet") && !word.words.contains("Kommunikation"),
        "what is empty"
    );
}

#[tokio::test]
async fn what_those_above_do_for_a_shared_goal_stands_under_it() {
    let app = App::new().await;
    let (mut tx, now, today) = (app.write().await, app.state.clock.now(), app.state.clock.today());
    let top = store::verksamhetsplan::create(&mut tx, now, PlanId::new(), (app.top, YEAR), Benamning::Atagande);
    let (top, goal) = (top.await.unwrap(), MalId::new());
    let form = Form { niva: "kf_mal".into(), titel: "Alla kan försörja sig".into(), ..Form::default() };
    store::verksamhetsplan::mal::create(&mut tx, now, top, (goal, None), &check(&form).unwrap()).await.unwrap();
    for (text, mal) in [("Samverka med arbetsmarknadsnämnden", goal.to_string()), ("Byta lokaler", String::new())] {
        let form =
            PlanaktivitetForm { text: text.into(), mal, slut: format!("{YEAR}-12-31"), ..PlanaktivitetForm::default() };
        let content = aktivitet::check(&form, YEAR).unwrap();
        let id = PlanaktivitetId::new();
        store::planaktivitet::create(&mut tx, (now, today), top, id, &content).await.unwrap();
    }
    tx.commit().await.unwrap();
    let (chef, (id, _)) = (app.log_in(CHEF).await, plan(&app).await);
    let page = said(&app, &chef, &format!("/verksamhetsplan/{id}/dokument")).await;
    let (goal, done) = (page.find("Alla kan försörja sig"), page.find("Samverka med arbetsmarknadsnämnden"));
    assert!(goal.is_some() && goal < done, "{page}");
    assert!(!page.contains("Byta lokaler"), "what they do beside the goals is theirs: {page}");
}

#[tokio::test]
async fn a_plan_in_which_nothing_is_written_says_so() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (mut tx, now) = (app.write().await, app.state.clock.now());
    let year = (app.enhet, YEAR);
    let id = store::verksamhetsplan::create(&mut tx, now, PlanId::new(), year, Benamning::Enhetsmal).await.unwrap();
    tx.commit().await.unwrap();
    let page = said(&app, &chef, &format!("/verksamhetsplan/{id}/dokument")).await;
    assert!(page.contains("Inget är skrivet i planen än"), "{page}");
}

#[tokio::test]
async fn a_plan_that_is_not_there_gives_no_file() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    for id in [PlanId::new().to_string(), "finns-inte".to_owned()] {
        for end in ["plan.docx", "plan.pdf", "dokument", "remiss"] {
            let answer = app.get(&format!("/verksamhetsplan/{id}/{end}"), &chef).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{id} {end}");
        }
    }
}

#[tokio::test]
async fn everybody_says_what_they_think_of_a_chapter_and_is_answered_with_why() {
    let app = App::new().await;
    let (id, chapter) = plan(&app).await;
    let (chef, staff) = (app.log_in(CHEF).await, app.medarbetare().await);
    let (of, at) = (id.to_string(), format!("/verksamhetsplan/{id}/remiss"));
    assert!(said(&app, &staff, &at).await.contains("Planen har inte varit på remiss."));
    assert!(!app.get(&at, &staff).await.body.contains("/api/create_plansynpunkt"));
    let till = domain::format::date(app.state.clock.today());
    let fields = [("plan", of.as_str()), ("version", "1"), ("form[till]", till.as_str())];
    assert_eq!(app.post("/api/set_plan_remiss", &chef, &at, &fields).await.to(), at);
    let kapitel = app.get(&format!("/verksamhetsplan/{id}/kapitel"), &staff).await.body;
    assert!(kapitel.contains("Lämna en synpunkt"), "each chapter leads to what one thinks of it");
    let page = app.get(&at, &staff).await.body;
    assert!(page.contains("/api/create_plansynpunkt") && !page.contains("/api/set_plan_remiss"), "{page}");
    let (new, om) = (SynpunktId::new().to_string(), Om::Kapitel(chapter).code());
    let fields = [("id", new.as_str()), ("plan", &of), ("om", &om), ("text", "Skriv om kvällstider")];
    for _ in 0..2 {
        assert_eq!(
            app.post("/api/create_plansynpunkt", &staff, &at, &fields).await.to(),
            format!("{at}#synpunkt-{new}")
        );
    }
    let page = said(&app, &chef, &at).await;
    assert!(page.contains("En synpunkt, en utan svar.") && page.contains("Skriv om kvällstider"), "{page}");
    let answer = |andrat: &'static str, varfor: &'static str| {
        [
            ("id", new.clone()),
            ("plan", of.clone()),
            ("version", "1".to_owned()),
            ("form[andrat]", andrat.to_owned()),
            ("form[varfor]", varfor.to_owned()),
        ]
    };
    for (varfor, saved) in [("", false), ("Tiderna är beslutade", true)] {
        let fields = answer("nej", varfor);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = app.post("/api/update_plansynpunkt_svar", &chef, &at, &fields).await;
        let page = said(&app, &staff, &at).await;
        assert_eq!(page.contains("Ändras inte: Tiderna är beslutade"), saved, "{page}");
        if !saved {
            let back = said(&app, &chef, answer.to()).await;
            assert!(back.contains("Skriv varför det inte ändras"), "{back}");
        }
    }
    let page = said(&app, &staff, &at).await;
    assert!(page.contains("En synpunkt och alla har svar."), "{page}");
    assert!(!app.get(&at, &staff).await.body.contains("/api/update_plansynpunkt_svar"), "who writes the plan answers");
}

#[tokio::test]
async fn the_unit_is_asked_again_once_the_last_day_has_passed() {
    let app = App::new().await;
    let year = chrono::Datelike::year(&app.state.clock.today());
    let (id, _) = plan_of(&app, year).await;
    let (chef, staff) = (app.log_in(CHEF).await, app.medarbetare().await);
    let at = format!("/verksamhetsplan/{id}/remiss");
    let (mut tx, now, today) = (app.write().await, app.state.clock.now(), app.state.clock.today());
    let past = today - chrono::Days::new(9);
    let form = |on| Remissform { till: domain::format::date(on) };
    store::verksamhetsplan::remiss::set(&mut tx, (now, past), (id, 1), &form(past)).await.unwrap();
    tx.commit().await.unwrap();
    let page = app.get(&at, &chef).await.body;
    let said = main_of(&page);
    assert!(said.contains("Skicka planen på remiss igen") && !said.contains("Ändra sista dagen"), "{said}");
    assert!(
        !page.contains(&format!("value=\"{}\"", domain::format::date(past))),
        "a day that has passed is no proposal"
    );
    assert!(!main_of(&app.get("/", &staff).await.body).contains("Säg vad du tycker om verksamhetsplanen"));
    let mut tx = app.write().await;
    store::verksamhetsplan::remiss::set(&mut tx, (now, today), (id, 2), &form(today)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(main_of(&app.get(&at, &chef).await.body).contains("Ändra sista dagen"));
    let first = app.get("/", &staff).await.body;
    let said = main_of(&first);
    assert!(said.contains(&format!("Säg vad du tycker om verksamhetsplanen {year}")), "{said}");
    assert!(said.contains(&format!("senast {}", domain::format::date(today))), "{said}");
    assert!(first.contains(&format!("href=\"{at}\"")), "{first}");
}
