//! How long a login lasts, what is locked in it, what it leaves behind on a shared computer, and a person's own list.
#![allow(clippy::unwrap_used)]

use axum::body::Body;
use domain::id::AvvikelseId;
use http::{Method, StatusCode, header};

use crate::common::{ADMIN, Answer, App, CHEF, PASSWORD, browser};

on_both![
    pages_that_ask_by_themselves_keep_nobody_logged_in,
    the_stream_of_events_keeps_nobody_logged_in,
    who_works_stays_and_a_login_ends_after_twelve_hours_whatever_is_done,
    that_a_login_ends_is_said_a_quarter_before_also_without_script,
    an_installation_can_let_logins_end_after_half_an_hour,
    the_database_does_not_tell_when_somebody_was_at_work,
    a_case_asks_for_the_password_after_half_an_hour_and_leads_back,
    a_form_that_was_filled_in_for_long_is_saved_before_the_password_is_asked_for,
    a_hand_on_the_keys_keeps_cases_open_and_a_page_can_lock_them,
    a_password_is_not_guessed_at_a_locked_screen,
    a_form_that_came_too_late_is_shown_to_its_writer_and_to_nobody_else,
    a_form_whose_writer_is_not_known_is_shown_in_the_answer_alone_and_of_a_case_to_nobody,
    a_page_asks_whether_a_form_would_be_taken_before_it_lets_it_go,
    what_was_not_received_is_said_and_the_login_leads_back,
    what_was_left_in_a_login_that_has_ended_is_not_shown_on_the_login_page,
    the_key_of_drafts_stands_in_no_page_and_is_another_after_a_logout_and_with_a_new_password,
    a_person_sees_the_own_logins_and_ends_them,
    rights_are_read_again_when_it_is_written,
    what_is_locked_is_not_taken_out_or_given_away,
    an_address_that_is_written_otherwise_opens_nothing,
];

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;

/// The same database on a server that has just started.
fn restarted(app: &App, seconds: i64) -> App {
    app.state.store.used().forget_before(i64::MAX);
    app.later(seconds)
}

/// What a page asks for by itself.
async fn by_itself(app: &App, path: &str, cookie: &str) -> Answer {
    app.send(browser(Method::GET, path, cookie).header("x-bakgrund", "1").body(Body::empty()).unwrap()).await
}

async fn data(app: &App, path: &str, cookie: &str, body: &str) -> Answer {
    let request = http::Request::post(path)
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header(header::ACCEPT, "application/json")
        .header("x-bakgrund", "1")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie);
    app.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

async fn report(app: &App, cookie: &str, what: &str) -> String {
    let (id, unit) = (AvvikelseId::new().to_string(), app.enhet.to_string());
    let day = app.state.clock.today().to_string();
    let fields = [
        ("id", &*id),
        ("node", &unit),
        ("form[what]", what),
        ("form[day]", &day),
        ("form[consequence]", "Ingen"),
        ("form[ror]", "brukare"),
    ];
    let to = app.post("/api/create_avvikelse", cookie, "/avvikelser/ny", &fields).await.to().to_owned();
    assert_eq!(to, format!("/avvikelser/{id}"));
    to
}

async fn pages_that_ask_by_themselves_keep_nobody_logged_in() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    for step in 1..=23 {
        let then = app.later(step * 10 * MINUTE);
        assert_eq!(by_itself(&then, "/", &cookie).await.status, StatusCode::OK, "{step}");
        let ahead = browser(Method::GET, "/", &cookie).header("purpose", "prefetch");
        then.send(ahead.body(Body::empty()).unwrap()).await;
        let part = browser(Method::GET, "/", &cookie).header("sec-fetch-mode", "cors");
        then.send(part.body(Body::empty()).unwrap()).await;
        assert_eq!(data(&then, "/api/get_enkatkonto", &cookie, "").await.status, StatusCode::OK);
    }
    assert_eq!(app.later(4 * HOUR + MINUTE).get("/", &cookie).await.to(), "/logga-in");
}

async fn the_stream_of_events_keeps_nobody_logged_in() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let then = app.later(3 * HOUR);
    let stream = {
        use tower::ServiceExt;
        let request = browser(Method::GET, "/handelser", &cookie).body(Body::empty()).unwrap();
        then.router.clone().oneshot(request).await.unwrap()
    };
    assert_eq!(stream.status(), StatusCode::OK);
    drop(stream);
    assert_eq!(app.later(4 * HOUR + MINUTE).get("/", &cookie).await.to(), "/logga-in");
}

async fn who_works_stays_and_a_login_ends_after_twelve_hours_whatever_is_done() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    // up to an hour early: the moment of the login is not kept
    for hour in [3, 6, 9, 10] {
        assert_eq!(app.later(hour * HOUR).get("/", &cookie).await.status, StatusCode::OK, "{hour}");
    }
    let after = app.later(12 * HOUR);
    assert_eq!(after.get("/", &cookie).await.to(), "/logga-in");
    assert_eq!(data(&after, "/api/get_enkatkonto", &cookie, "").await.status, StatusCode::UNAUTHORIZED);
}

async fn that_a_login_ends_is_said_a_quarter_before_also_without_script() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let end = {
        let at = app.state.clock.seconds();
        at - at.rem_euclid(HOUR) + 12 * HOUR - at
    };
    for hours in 1..=2 {
        app.later(end * hours / 3).get("/", &cookie).await;
    }
    assert!(!app.later(end - 20 * MINUTE).get("/", &cookie).await.body.contains("högst tolv timmar"));
    let page = app.later(end - 14 * MINUTE).get("/", &cookie).await.body;
    assert!(page.contains("loggas du ut: en inloggning gäller i högst tolv timmar"), "{page}");
}

async fn an_installation_can_let_logins_end_after_half_an_hour() {
    let idle = domain::session::Idle::minutes(30).unwrap();
    let app = App::with(web::state::Settings { idle, database: "sqlite", ..Default::default() }).await;
    app.people().await;
    let cookie = app.log_in(CHEF).await;
    assert_eq!(app.later(29 * MINUTE).get("/", &cookie).await.status, StatusCode::OK);
    assert_eq!(app.later(58 * MINUTE).get("/", &cookie).await.status, StatusCode::OK);
    assert_eq!(app.later(89 * MINUTE).get("/", &cookie).await.to(), "/logga-in");
    // a server that has just started knows the quarter, and nobody longer than that
    let again = app.log_in(CHEF).await;
    assert_eq!(restarted(&app, 46 * MINUTE).get("/", &again).await.to(), "/logga-in");
}

async fn the_database_does_not_tell_when_somebody_was_at_work() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let written = async || {
        let mut tx = app.write().await;
        let logins = store::session::of_person(&mut tx, app.chef, app.state.clock.seconds()).await.unwrap();
        let (data, expires) = store::session::get(&mut tx, &logins[0].id, 0).await.unwrap().unwrap();
        let login: serde_json::Value = serde_json::from_str::<serde_json::Value>(&data).unwrap()["login"].clone();
        (login["seen"].as_i64().unwrap(), login["at"].as_i64().unwrap(), expires)
    };
    let first = written().await;
    for moment in [first.0, first.1, first.2] {
        assert_eq!(moment % HOUR, 0, "whole hours");
    }
    // answers to an enkät are no use of a login, and the form without script does not write it
    let then = app.later(2 * HOUR);
    let enkat = domain::id::EnkatId::new();
    data(&then, "/api/create_enkatsvar", &cookie, &format!("enkat={enkat}&konto={}&svar=[]", enkat.0)).await;
    then.post(&format!("/enkater/{enkat}/svara"), &cookie, &format!("/enkater/{enkat}/svara"), &[]).await;
    then.get(&format!("/enkater/{enkat}/svara"), &cookie).await;
    data(&then, "/anvand", &cookie, "hand=ja").await;
    assert_eq!(written().await, first);
    then.get("/", &cookie).await;
    assert_eq!(written().await.0, first.0 + 2 * HOUR);
}

async fn a_case_asks_for_the_password_after_half_an_hour_and_leads_back() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let case = report(&app, &cookie, "Hemlig händelse").await;
    assert!(app.get(&case, &cookie).await.body.contains("Hemlig händelse"));
    let then = app.later(31 * MINUTE);
    // another page first: that does not open cases
    assert_eq!(then.get("/", &cookie).await.status, StatusCode::OK);
    for path in [&case, "/avvikelser", "/avvikelser/ny", &format!("{case}?flik=historik"), "/avvikelser/export.xlsx"] {
        for page in [then.get(path, &cookie).await, by_itself(&then, path, &cookie).await] {
            assert!(page.body.contains("data-last-sida"), "{path}: {}", page.body);
            assert!(!page.body.contains("Hemlig händelse"), "{path}");
        }
    }
    let fetched = browser(Method::GET, &case, &cookie).header(header::ACCEPT, "*/*");
    assert!(!then.send(fetched.body(Body::empty()).unwrap()).await.body.contains("Hemlig"));
    // the key of drafts is not given either
    assert_eq!(data(&then, "/api/get_utkastkonto", &cookie, "").await.status, StatusCode::UNAUTHORIZED);
    // counts and everything else are there
    assert_eq!(then.get("/avvikelser/statistik", &cookie).await.status, StatusCode::OK);
    assert!(!then.get("/avvikelser/statistik", &cookie).await.body.contains("data-last-sida"));
    let wrong = then.post("/las-upp", &cookie, &case, &[("password", "fel-losenord"), ("till", &case)]).await;
    assert_eq!(wrong.to(), case);
    let page = then.get(&case, &cookie).await.body;
    assert!(page.contains("Lösenordet stämmer inte.") && !page.contains("Hemlig händelse"), "{page}");
    let right = then.post("/las-upp", &cookie, &case, &[("password", PASSWORD), ("till", &case)]).await;
    assert_eq!(right.to(), case);
    assert!(then.get(&case, &cookie).await.body.contains("Hemlig händelse"));
}

async fn a_form_that_was_filled_in_for_long_is_saved_before_the_password_is_asked_for() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let then = app.later(50 * MINUTE);
    let case = report(&then, &cookie, "Skrivet under lång tid").await;
    assert!(then.get(&case, &cookie).await.body.contains("data-last-sida"));
    then.post("/las-upp", &cookie, &case, &[("password", PASSWORD), ("till", &case)]).await;
    assert!(then.get(&case, &cookie).await.body.contains("Skrivet under lång tid"));
    // and one with a fault comes back with all that was typed, after the password
    let then = app.later(90 * MINUTE);
    let (id, unit, day) = (AvvikelseId::new().to_string(), app.enhet.to_string(), app.state.clock.today().to_string());
    let fields =
        [("id", &*id), ("node", &unit), ("form[what]", "Halvt"), ("form[day]", &day), ("form[ror]", "brukare")];
    then.post("/api/create_avvikelse", &cookie, "/avvikelser/ny", &fields).await;
    assert!(then.get("/avvikelser/ny", &cookie).await.body.contains("data-last-sida"));
    then.post("/las-upp", &cookie, "/avvikelser/ny", &[("password", PASSWORD), ("till", "/avvikelser/ny")]).await;
    assert!(then.get("/avvikelser/ny", &cookie).await.body.contains("Halvt"));
}

async fn a_hand_on_the_keys_keeps_cases_open_and_a_page_can_lock_them() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let case = report(&app, &cookie, "Hemlig händelse").await;
    for minutes in [20, 40, 60] {
        assert_eq!(data(&app.later(minutes * MINUTE), "/anvand", &cookie, "hand=ja").await.status, StatusCode::OK);
    }
    let then = app.later(80 * MINUTE);
    assert!(then.get(&case, &cookie).await.body.contains("Hemlig händelse"));
    assert_eq!(data(&then, "/las", &cookie, "").await.body, r#"{"last":false}"#);
    assert_eq!(data(&then, "/las", &cookie, "las=ja").await.body, r#"{"last":true}"#);
    assert!(then.get(&case, &cookie).await.body.contains("data-last-sida"));
    data(&then, "/anvand", &cookie, "hand=ja").await;
    assert!(then.get(&case, &cookie).await.body.contains("data-last-sida"), "a key alone opens nothing");
    // nor does a server that has just started
    assert!(restarted(&app, 80 * MINUTE).get(&case, &cookie).await.body.contains("data-last-sida"));
    let unlocked = data(&then, "/las-upp", &cookie, &format!("password={PASSWORD}")).await;
    assert_eq!(unlocked.status, StatusCode::NO_CONTENT);
    assert!(then.get(&case, &cookie).await.body.contains("Hemlig händelse"));
}

async fn a_password_is_not_guessed_at_a_locked_screen() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    data(&app, "/las", &cookie, "las=ja").await;
    for _ in 0..5 {
        assert_eq!(data(&app, "/las-upp", &cookie, "password=fel").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let right = data(&app, "/las-upp", &cookie, &format!("password={PASSWORD}")).await;
    assert_eq!(right.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(right.body.contains("Vänta en kvart"), "{}", right.body);
    assert_eq!(data(&app.later(16 * MINUTE), "/las-upp", &cookie, &format!("password={PASSWORD}")).await.status, 204);
}

async fn a_form_that_came_too_late_is_shown_to_its_writer_and_to_nobody_else() {
    for (hours, who, shown) in [(5, ADMIN, true), (5, CHEF, false), (13, ADMIN, true), (13, CHEF, false)] {
        let app = App::new().await;
        let cookie = app.log_in(ADMIN).await;
        let then = app.later(hours * HOUR);
        let (id, top) = (domain::id::NodeId::new().to_string(), app.top.to_string());
        let fields = [("form", "ny"), ("id", &*id), ("parent", &top), ("kind", "enhet"), ("name", "Hemlig enhet")];
        let from = format!("/admin?nod={top}");
        let answer = then.post("/api/create_node", &cookie, &from, &fields).await;
        let kept = answer.cookie();
        let page = then.get(answer.to(), &kept).await.body;
        assert!(page.contains("är inte sparat") && !page.contains("Hemlig enhet"), "{page}");
        // the login leads back to the form, as the page itself says
        assert!(page.contains(&format!("name=\"till\" value=\"{from}\"")), "{page}");
        let login = [("email", who), ("password", PASSWORD), ("till", &from)];
        let answer = then.post("/logga-in", &kept, "/logga-in", &login).await;
        assert_eq!(answer.to(), from);
        let cookie = answer.cookie();
        assert_eq!(then.get(&from, &cookie).await.body.contains("Hemlig enhet"), shown, "{hours} {who}");
    }
}

async fn a_form_whose_writer_is_not_known_is_shown_in_the_answer_alone_and_of_a_case_to_nobody() {
    let app = App::new().await;
    let cookie = app.log_in(ADMIN).await;
    app.expire_sessions().await;
    let (id, top) = (domain::id::NodeId::new().to_string(), app.top.to_string());
    let fields = [("form", "ny"), ("id", &*id), ("parent", &top), ("kind", "enhet"), ("name", "Hemlig enhet")];
    // whoever has just sent it reads it in the answer, which nothing keeps
    let answer = app.post("/api/create_node", &cookie, "/admin", &fields).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.body.contains("Det är inte sparat") && answer.body.contains("Hemlig enhet"), "{}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    // of a page that may be about a case, or that is not known, not even there
    let (case, day) = (AvvikelseId::new().to_string(), app.state.clock.today().to_string());
    let secret = [("id", &*case), ("node", &top), ("form[what]", "Hemlig enhet"), ("form[day]", &day)];
    let answer = app.post("/api/create_avvikelse", &cookie, "/avvikelser/ny", &secret).await;
    let kept = answer.cookie();
    let told = app.get(answer.to(), &kept).await.body;
    assert!(told.contains("är inte sparat") && told.contains("inte känt vem som skrev det"), "{told}");
    assert!(!told.contains("Hemlig enhet"), "{told}");
    for who in [CHEF, ADMIN] {
        let fields = [("email", who), ("password", PASSWORD), ("till", "/admin")];
        let cookie = app.post("/logga-in", &kept, "/logga-in", &fields).await.cookie();
        assert!(!app.get("/admin", &cookie).await.body.contains("Hemlig enhet"), "{who}");
    }
}

async fn what_was_left_in_a_login_that_has_ended_is_not_shown_on_the_login_page() {
    let app = App::new().await;
    let cookie = app.log_in(ADMIN).await;
    let (id, top, long) = (domain::id::NodeId::new().to_string(), app.top.to_string(), "Hemligt ".repeat(60));
    let fields = [("form", "ny"), ("id", &*id), ("parent", &top), ("kind", "enhet"), ("name", &long)];
    app.post("/api/create_node", &cookie, "/admin", &fields).await.to();
    let then = app.later(5 * HOUR);
    assert!(!then.get("/logga-in", &cookie).await.body.contains("Hemligt"));
    let fields = [("email", CHEF), ("password", PASSWORD), ("till", "/konto")];
    let chef = then.post("/logga-in", &cookie, "/logga-in", &fields).await.cookie();
    assert!(!then.get("/konto", &chef).await.body.contains("Hemligt"));
}

/// The name and the key that a device is given.
async fn key(app: &App, cookie: &str, known: &str) -> (String, String, String) {
    let told = data(app, "/api/get_utkastkonto", cookie, &format!("kanda={known}")).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.body);
    let told: serde_json::Value = serde_json::from_str(&told.body).unwrap();
    let earlier = told["tidigare"].as_array().unwrap().first().map_or("", |k| k["nyckel"].as_str().unwrap()).to_owned();
    (told["konto"].as_str().unwrap().to_owned(), told["nyckel"].as_str().unwrap().to_owned(), earlier)
}

async fn the_key_of_drafts_stands_in_no_page_and_is_another_after_a_logout_and_with_a_new_password() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let (name, first, _) = key(&app, &cookie, "").await;
    assert_eq!(key(&app, &cookie, "").await.1, first, "the same as long as one is here");
    for path in ["/avvikelser/ny", "/", "/konto"] {
        let page = app.get(path, &cookie).await.body;
        assert!(!page.contains(&first) && !page.contains(&name), "{path}");
    }
    let out = app.post("/logga-ut", &cookie, "/", &[]).await;
    assert_eq!(out.header("clear-site-data"), "\"cache\"");
    let cookie = app.log_in(CHEF).await;
    let (_, second, earlier) = key(&app, &cookie, &name).await;
    assert_ne!(second, first);
    assert_eq!(earlier, first, "what lies on the device can still be opened by its writer");
    let admin = app.log_in(ADMIN).await;
    assert_eq!(key(&app, &admin, &name).await.2, "", "and by nobody else");
    let new = "ett nytt och längre";
    let fields = [("current_password", PASSWORD), ("password", new), ("password_again", new)];
    let renewed = app.post("/api/set_password", &cookie, "/konto", &fields).await.cookie();
    assert_ne!(key(&app, &renewed, "").await.1, second);
}

async fn a_person_sees_the_own_logins_and_ends_them() {
    let app = App::new().await;
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let request = browser(Method::POST, "/logga-in", "")
        .header("sec-fetch-site", "same-origin")
        .header(header::USER_AGENT, agent)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("email={CHEF}&password={PASSWORD}")))
        .unwrap();
    let there = app.send(request).await.cookie();
    let (here, other) = (app.log_in(CHEF).await, app.log_in(ADMIN).await);
    let page = app.get("/konto", &here).await.body;
    assert!(page.contains("Firefox på Linux") && page.contains("(den här)") && page.contains("i dag"), "{page}");
    assert!(!page.contains("rv:140"), "browser and system only");
    let id = page.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    // another cannot end it
    app.post("/konto/inloggningar/avsluta", &other, "/konto", &[("id", &id)]).await.to();
    assert_eq!(app.get("/", &there).await.status, StatusCode::OK);
    assert_eq!(app.post("/konto/inloggningar/avsluta", &here, "/konto", &[("id", &id)]).await.to(), "/konto");
    assert_eq!(app.get("/", &there).await.to(), "/logga-in");
    let third = app.log_in(CHEF).await;
    assert_eq!(app.post("/konto/inloggningar/avsluta-andra", &here, "/konto", &[]).await.to(), "/konto");
    assert_eq!(app.get("/", &third).await.to(), "/logga-in");
    assert_eq!(app.get("/", &here).await.status, StatusCode::OK);
    assert_eq!(app.get("/", &other).await.status, StatusCode::OK, "nobody else is logged out");
}

async fn rights_are_read_again_when_it_is_written() {
    use domain::permission::{Action, Area};
    use store::{Error, Target, person};
    let app = App::new().await;
    let actor = {
        let mut tx = app.state.store.system(false).await.unwrap();
        person::actor(&mut tx, app.chef, 1).await.unwrap().unwrap()
    };
    let target = Target::Node(app.enhet, Area::Egenkontroll);
    let now = app.state.clock.now();
    let write = async || app.state.store.write(&actor, target, Action::Edit).await.map(drop);
    write().await.unwrap();
    // the request has read who asks, and is still receiving: meanwhile a role is given, taken, and the person logged out
    let grant = domain::id::GrantId::new();
    let mut tx = app.write().await;
    person::add_role(&mut tx, now, grant, app.chef, domain::permission::Role::Controller, app.top).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(write().await, Err(Error::Conflict)), "others, and would still do: read again and save again");
    let mut tx = app.write().await;
    for role in person::get(&mut tx, app.chef).await.unwrap().roles {
        person::remove_role(&mut tx, now, role.id).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert!(matches!(write().await, Err(Error::Forbidden)));
    let mut tx = app.write().await;
    person::bump_epoch(&mut tx, now, app.chef).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(write().await, Err(Error::LoggedOut)));
    assert!(matches!(app.state.store.write_own(&actor).await, Err(Error::LoggedOut)));
}

async fn what_is_locked_is_not_taken_out_or_given_away() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let case = report(&app, &cookie, "Hemlig händelse").await;
    let id = case.rsplit('/').next().unwrap();
    data(&app, "/las", &cookie, "las=ja").await;
    let file = app.post("/avvikelser/export.xlsx", &cookie, "/avvikelser", &[]).await;
    assert!(file.body.contains("data-last-sida"), "{}", file.status);
    let give = format!("id={id}&person={}&asked=true", app.admin);
    assert_eq!(data(&app, "/api/set_avvikelse_handlaggare", &cookie, &give).await.status, StatusCode::FORBIDDEN);
    data(&app, "/las-upp", &cookie, &format!("password={PASSWORD}")).await;
    // who administers works in no unit, and is refused for that
    let refused = data(&app, "/api/set_avvikelse_handlaggare", &cookie, &give).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn an_address_that_is_written_otherwise_opens_nothing() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let case = report(&app, &cookie, "Hemlig händelse").await;
    assert!(app.get(&case, &cookie).await.body.contains("Hemlig händelse"));
    for path in
        [format!("{case}/"), format!("/.{case}"), format!("/x/..{case}"), format!("/%2e{case}"), format!("/{case}")]
    {
        let answer = app.get(&path, &cookie).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.body.contains("Hemlig händelse"), "{path}");
    }
}

async fn a_page_asks_whether_a_form_would_be_taken_before_it_lets_it_go() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    assert_eq!(by_itself(&app, "/inne", &cookie).await.body, r#"{"inne":true,"vantar":true}"#);
    let then = app.later(5 * HOUR);
    assert_eq!(by_itself(&then, "/inne", &cookie).await.body, r#"{"inne":false,"vantar":true}"#);
    app.expire_sessions().await;
    assert_eq!(by_itself(&app, "/inne", &cookie).await.body, r#"{"inne":false,"vantar":false}"#);
    assert_eq!(by_itself(&app, "/inne", "").await.body, r#"{"inne":false,"vantar":false}"#);
}

async fn what_was_not_received_is_said_and_the_login_leads_back() {
    let app = App::new().await;
    // the cookies of the device are gone: nothing is received
    let fields = [("form[what]", "Hemligt")];
    for (path, from) in [("/api/create_avvikelse", "/avvikelser/ny"), ("/api/create_atgard", "/atgarder/ny")] {
        let answer = app.post(path, "", from, &fields).await;
        let page = app.get(answer.to(), &answer.cookie()).await.body;
        assert!(page.contains("togs inte emot och är inte sparat") && !page.contains("Hemligt"), "{page}");
        assert!(page.contains(&format!("name=\"till\" value=\"{from}\"")), "{page}");
    }
}
