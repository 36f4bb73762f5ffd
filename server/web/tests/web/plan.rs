//! Plan: what the two kinds of plan are is the same in both, and their forms are read as browsers send them.
#![allow(clippy::unwrap_used)]

use chrono::NaiveDate;
use domain::{
    egenkontroll,
    id::{EgenkontrollId, InternkontrollId, ScheduleId},
    internkontroll,
    plan::{Id, Kind},
    recurrence::form::Timing,
};
use web::{clock::Clock, router::router};

use crate::common::{App, CHEF};

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();

async fn app() -> App {
    let app = App::new().await;
    let state = web::state::AppState { clock: Clock::new(Some(TODAY)), ..app.state.clone() };
    App { router: router(state.clone()), state, ..app }
}

/// What the form of a kind must have besides when.
type Own = [(&'static str, &'static str)];
const EGEN: &Own = &[("form[kontrollmal]", "Dokumentation"), ("form[urval]", "20"), ("form[malvarde]", "75")];
const INTERN: &Own = &[("form[systematisk_kontroll]", "Attest"), ("form[kontrollaktivitet]", "Granska attester")];
const AKTIVITET: &Own = &[("form[title]", "Teammöte"), ("form[category]", "mote")];

/// Ways to say when, as browsers send them, and what is read.
const WHEN: [(&Own, &str); 5] = [
    (&[("form[recurrence]", "valda_manader"), ("form[months][]", "4"), ("form[months][]", "8")], "april och augusti"),
    (&[("form[recurrence]", "valda_manader"), ("form[months][]", "12")], "december"),
    (&[("form[recurrence]", "var_n_manad"), ("form[every]", "5")], "var 5:e månad"),
    (
        &[
            ("form[recurrence]", "veckodagar"),
            ("form[weeks]", "2"),
            ("form[weekdays][]", "tis"),
            ("form[weekdays][]", "tor"),
            ("form[start]", "2026-01-13"),
            ("form[end]", "2026-12-15"),
            ("form[from]", "13.00"),
            ("form[to]", "15:00"),
        ],
        "tisdag och torsdag varannan vecka 13.00–15.00",
    ),
    (
        &[("form[recurrence]", "veckodag_i_manaden"), ("form[nth]", "sista"), ("form[weekday]", "ons")],
        "sista onsdagen varje månad",
    ),
];

/// Sends a new row as a form, and gives where it went.
async fn send(app: &App, cookie: &str, to: &str, id: &str, own: &Own, when: &Own) -> String {
    let node = app.enhet.to_string();
    // a browser sends what is empty, too
    let rest = [("form[date]", ""), ("form[counted_from]", "1")];
    let fields = [("id", id), ("node", &node), ("year", "2026")];
    let fields: Vec<_> = fields.into_iter().chain(own.iter().chain(when).chain(&rest).copied()).collect();
    app.post(&format!("/api/create_{to}"), cookie, "/", &fields).await.to().to_owned()
}

async fn stored<K: store::plan::Kind>(app: &App, id: K::Id) -> Timing {
    store::plan::get(&mut app.write().await, id).await.unwrap().0.timing()
}

#[tokio::test]
async fn when_is_read_from_the_form_of_every_kind_as_browsers_send_it() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    for (when, said) in WHEN {
        let id = EgenkontrollId::new();
        send(&app, &chef, "egenkontroll", &id.to_string(), EGEN, when).await;
        assert_eq!(stored::<egenkontroll::Content>(&app, id).await.sentence(), said);
        let id = InternkontrollId::new();
        send(&app, &chef, "internkontroll", &id.to_string(), INTERN, when).await;
        assert_eq!(stored::<internkontroll::Content>(&app, id).await.sentence(), said);
        let id = ScheduleId::new();
        send(&app, &chef, "aktivitet", &id.to_string(), AKTIVITET, when).await;
        let found = store::schedule::get(&mut app.write().await, id).await.unwrap();
        assert_eq!(found.timing().sentence(), said);
    }
}

#[tokio::test]
async fn a_form_that_is_sent_to_see_its_days_saves_nothing() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let when: &Own = &[("form[recurrence]", "sista_arbetsdagen"), ("form[visa]", "ja")];
    for (to, own) in [("egenkontroll", EGEN), ("internkontroll", INTERN), ("aktivitet", AKTIVITET)] {
        let id = ScheduleId::new().to_string();
        let went = send(&app, &chef, to, &id, own, when).await;
        assert!(!went.contains(&id), "{to}: {went}");
    }
}

/// The pages of a kind of plan.
async fn pages<K: Kind>(app: &App, chef: &str, path: &str, own: &Own) {
    // what is laid in a year that is over is said to be, where it is written
    const PAST: &str = "Det här är planen för 2025, ett år som har passerat.";
    let get = async |path: String| app.get(&path, chef).await.body;
    let empty = get(format!("{path}?ar=2025")).await;
    assert!(empty.contains("Läs in från Excel") && empty.contains("Visa 2024"), "{path}: {empty}");
    assert!(get(format!("{path}/ny?ar=2025")).await.contains(PAST), "{path}");
    assert!(!get(format!("{path}/ny")).await.contains("som har passerat."), "{path}");
    let id = K::Id::another().to_string();
    let node = app.enhet.to_string();
    let fields = [("id", id.as_str()), ("node", &node), ("year", "2025"), ("form[recurrence]", "varje_manad")];
    let fields: Vec<_> = fields.into_iter().chain(own.iter().copied()).collect();
    let to = app.post(&format!("/api/create{}", path.replace('/', "_")), chef, "/", &fields).await.to().to_owned();
    assert_eq!(to, format!("{path}/{id}"));
    for edit in [format!("{path}/{id}/redigera"), format!("{path}?ar=2025&vy=lista&redigera={id}")] {
        assert!(get(edit.clone()).await.contains(PAST), "{edit}");
    }
    // taken out, and put back
    app.post(&format!("/api/remove{}", path.replace('/', "_")), chef, &to, &[("id", &id), ("reason", "Ersatt")]).await;
    assert!(get(format!("{path}?ar=2025")).await.contains("Borttagna ur planen (1)"), "{path}");
    assert!(get(to.clone()).await.contains("Återställ till planen"), "{path}");
    app.post(&format!("/api/restore{}", path.replace('/', "_")), chef, &to, &[("id", &id)]).await;
    let list = get(format!("{path}?ar=2025&vy=lista")).await;
    assert!(list.contains(&format!("{path}/{id}")) && list.contains("Kopiera till 2026"), "{path}: {list}");
}

#[tokio::test]
async fn both_kinds_of_plan_have_what_a_plan_has() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    pages::<egenkontroll::Content>(&app, &chef, "/egenkontroll", EGEN).await;
    pages::<internkontroll::Content>(&app, &chef, "/internkontroll", INTERN).await;
}
