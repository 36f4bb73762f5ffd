//! Day: what is on a day says its day and its hours on every page that shows it, and a form says back the days it gives.

#![allow(clippy::unwrap_used)]

use chrono::NaiveDate;
use domain::{
    aktivitet::{self, Form},
    id::ScheduleId,
    recurrence::form::Fields,
};
use web::{clock::Clock, router::router};

use crate::common::{App, CHEF};

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
const MEETING: &str = "Teammöte";

async fn app() -> (App, String) {
    let app = App::new().await;
    let state = web::state::AppState { clock: Clock::new(Some(TODAY)), ..app.state.clone() };
    let app = App { router: router(state.clone()), state, ..app };
    let chef = app.log_in(CHEF).await;
    (app, chef)
}

/// "Varannan tisdag 13.00–15.00" as its form sends it.
fn fields<'a>(app: &'a str, id: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let own = [
        ("id", id),
        ("node", app),
        ("year", "2026"),
        ("form[title]", MEETING),
        ("form[category]", "mote"),
        ("form[recurrence]", "veckodagar"),
        ("form[weeks]", "2"),
        ("form[weekdays][]", "tis"),
        ("form[start]", "2026-11-10"),
        ("form[from]", "13.00"),
        ("form[to]", "15:00"),
    ];
    own.into_iter().chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn a_form_shows_its_days_without_saving_and_then_saves_them() {
    let (app, chef) = app().await;
    let (node, id) = (app.enhet.to_string(), ScheduleId::new().to_string());
    let shown =
        app.post("/api/create_aktivitet", &chef, "/aktiviteter/ny", &fields(&node, &id, &[("form[visa]", "ja")])).await;
    assert_eq!(shown.to(), "/aktiviteter/ny#fel");
    let page = app.get("/aktiviteter/ny", &chef).await.body;
    assert!(page.contains("<strong>Varannan tisdag 13.00–15.00"), "{page}");
    assert!(
        page.contains(
            "4 tillfällen under 2026. De närmaste: tisdag 24 november; tisdag 8 december; tisdag 22 december."
        ),
        "{page}"
    );
    assert!(page.contains("Inget är sparat än.") && !page.contains("error-summary"), "nothing is wrong with it");
    assert!(page.contains(&format!("value=\"{id}\"")), "the same form is sent when it is saved");
    assert!(!app.get("/arshjul?vy=lista", &chef).await.body.contains(MEETING), "nothing is saved");

    let saved =
        app.post("/api/create_aktivitet", &chef, "/aktiviteter/ny", &fields(&node, &id, &[("form[visa]", "")])).await;
    let page = app.get(saved.to(), &chef).await.body;
    assert!(page.contains("Teammöte ligger på hjulet: varannan tisdag 13.00–15.00"), "{page}");
    let page = app.get(&format!("/aktiviteter/{id}"), &chef).await.body;
    assert!(page.contains("varannan tisdag 13.00–15.00") && page.contains("De närmaste: tisdag 24 november"), "{page}");
    let page = app.get(&format!("/aktiviteter/{id}?redigera=ja"), &chef).await.body;
    assert!(page.contains("<strong>Varannan tisdag 13.00–15.00"), "what stands is said back too: {page}");
}

#[tokio::test]
async fn what_is_wrong_with_a_rhythm_is_said_and_not_its_days() {
    let (app, chef) = app().await;
    let (node, id) = (app.enhet.to_string(), ScheduleId::new().to_string());
    let wrong: Vec<_> = fields(&node, &id, &[("form[visa]", "ja")])
        .into_iter()
        .filter(|(name, _)| *name != "form[weekdays][]")
        .collect();
    app.post("/api/create_aktivitet", &chef, "/aktiviteter/ny", &wrong).await.to();
    let page = app.get("/aktiviteter/ny", &chef).await.body;
    assert!(page.contains("En uppgift behöver rättas") && page.contains("Välj minst en veckodag."), "{page}");
    assert!(!page.contains("Dagarna visas."), "{page}");
}

#[tokio::test]
async fn every_place_that_lists_what_is_on_a_day_says_its_day_and_its_hours() {
    let (app, chef) = app().await;
    let id = ScheduleId::new();
    let form = Form {
        title: MEETING.into(),
        category: "mote".into(),
        responsible: "roll:enhetschef".into(),
        when: Fields {
            kind: "varannan_vecka".into(),
            start: "2026-11-10".into(),
            from: "13.00".into(),
            to: "15.00".into(),
            ..Fields::default()
        },
        ..Form::default()
    };
    let content = aktivitet::check(&form, 2026).unwrap();
    let mut tx = app.write().await;
    store::aktivitet::create(&mut tx, app.state.clock.now(), id, app.enhet, 2026, &content).await.unwrap();
    let actor = store::person::actor(&mut tx, app.chef, 1).await.unwrap().unwrap();
    let items = store::occurrence::of_source(&mut tx, &actor, id.0).await.unwrap();
    tx.commit().await.unwrap();
    let (late, next) = (&items[0].occurrence, &items[1].occurrence);
    for (path, said) in [
        ("/".to_owned(), "24 november 13.00–15.00"),
        ("/".to_owned(), "skulle varit klar 10 november 13.00–15.00"),
        ("/arshjul".to_owned(), "24 november 13.00–15.00"),
        ("/arshjul".to_owned(), "Försenad från 10 november 13.00–15.00"),
        ("/arshjul?zoom=11".to_owned(), "möten · 24 november 13.00–15.00"),
        ("/arshjul?vy=manader".to_owned(), "Teammöte, 10 november 13.00–15.00: försenad"),
        ("/arshjul?vy=manader".to_owned(), "Teammöte, 8 december 13.00–15.00: planerad"),
        ("/arshjul?vy=lista".to_owned(), "22 december 13.00–15.00"),
        ("/arshjul?vy=lista&gruppera=vem".to_owned(), "22 december 13.00–15.00"),
        (format!("/aktiviteter/{id}"), "8 december 13.00–15.00"),
        (format!("/forekomster/{}", next.id), "24 november 2026 13.00–15.00 · Bromma"),
        ("/apt".to_owned(), "24 november 13.00–15.00"),
    ] {
        let page = app.get(&path, &chef).await;
        let body = page.body.replace("Möten · ", "möten · ");
        assert!(body.contains(said), "{path}: no {said} in {body}");
    }
    // ticked off and moved, it says the same
    let fields = [("id", &*late.id.to_string()), ("version", "1"), ("form[outcome]", "")];
    app.post("/api/mark_occurrence_done", &chef, "/", &fields).await.to();
    let page = app.get("/", &chef).await.body;
    assert!(page.contains("Teammöte, 10 november 13.00–15.00 är utförd"), "{page}");
    let page = app.get(&format!("/aktiviteter/{id}"), &chef).await.body;
    assert!(page.contains("10 november 13.00–15.00 · utförd 23 november"), "{page}");
    let fields = [("id", &*next.id.to_string()), ("version", "1"), ("to", "2026-11-26"), ("reason", "Sjukdom")];
    app.post("/api/move_occurrence", &chef, "/", &fields).await.to();
    let page = app.get("/", &chef).await.body;
    assert!(page.contains("är flyttad till 26 november 13.00–15.00"), "{page}");
    assert!(page.contains("flyttad från 24 november"), "{page}");
}

#[tokio::test]
async fn a_plan_that_says_its_days_is_read_with_them() {
    let (app, chef) = app().await;
    let file = "Kontrollmål;Hur ofta\nMedicinskåp;varannan tisdag kl. 13–15\nKassa;sista arbetsdagen i månaden\n\
                Loggar;tredje onsdagen varje månad\nNycklar;tisdagar jämna veckor\n";
    let (to, page) = crate::import::previewed(&app, &chef, "egenkontroll", "2026", "plan.csv", file.as_bytes()).await;
    assert!(page.contains("3 nya rader, 0 finns redan, 1 behöver rättas"), "{page}");
    assert!(page.contains("Rad 5, Hur ofta: ”tisdagar jämna veckor” känns inte igen."), "{page}");
    crate::import::confirmed(&app, &chef, "egenkontroll", &format!("{to}&raknas=1")).await;
    let mut tx = app.write().await;
    let rows = store::plan::list::<domain::egenkontroll::Content>(&mut tx, app.enhet, 2026).await.unwrap();
    let said: Vec<String> = rows.iter().map(|r| r.content.timing().sentence()).collect();
    assert_eq!(said, ["varannan tisdag 13.00–15.00", "sista arbetsdagen varje månad", "tredje onsdagen varje månad"]);
}

#[tokio::test]
async fn a_title_that_is_changed_moves_no_day_and_a_plan_says_the_times_that_count() {
    let (app, chef) = app().await;
    let id = ScheduleId::new();
    let form = Form {
        title: MEETING.into(),
        category: "mote".into(),
        when: Fields { start: "2026-01-01".into(), ..Fields::default() },
        ..Form::default()
    };
    let content = aktivitet::check(&form, 2026).unwrap();
    let old = aktivitet::Content { recurrence: domain::recurrence::Recurrence::Tertial, ..content };
    let mut tx = app.write().await;
    store::aktivitet::create(&mut tx, app.state.clock.now(), id, app.enhet, 2026, &old).await.unwrap();
    tx.commit().await.unwrap();
    let (path, id) = (format!("/aktiviteter/{id}"), id.to_string());
    let fields = [
        ("id", &*id),
        ("version", "1"),
        ("form[title]", "Annat möte"),
        ("form[category]", "mote"),
        ("form[recurrence]", "tertial"),
        ("form[weeks]", "1"),
        ("form[start]", "2026-01-01"),
    ];
    let saved = app.post("/api/update_aktivitet", &chef, &path, &fields).await;
    let page = app.get(saved.to(), &chef).await.body;
    assert!(page.contains("Annat möte") && page.contains("varje tertial"), "{page}");
    assert!(!page.contains("den 1:a i januari"), "{page}");
    let plan = app.get("/egenkontroll/ny", &chef).await.body;
    assert!(plan.contains("2 tillfällen under 2026."), "counted from today, as is chosen: {plan}");
}
