//! Logging in and out, and the sessions behind it.
// clippy knows only the test functions themselves as tests
#![allow(clippy::unwrap_used)]

use crate::common::{ADMIN, Answer, App, CHEF, PASSWORD, browser};
use axum::body::Body;
use http::{Method, StatusCode, header};
use web::{
    state::Settings,
    throttle::{self, Keys},
};

on_both![
    an_enhetschef_logs_in_and_sees_the_first_page,
    the_address_is_the_same_whatever_its_case,
    a_wrong_password_an_unknown_address_and_a_deactivated_account_get_the_same_answer,
    an_empty_login_says_what_is_missing_at_each_field,
    after_many_wrong_passwords_one_has_to_wait_even_with_the_right_one,
    nobody_elsewhere_keeps_a_chef_out_of_her_own_computer,
    who_guesses_at_a_known_device_has_to_wait_there_too,
    a_colleagues_mistakes_behind_a_shared_address_stop_nobody,
    one_password_tried_on_everybody_from_one_address_has_to_wait_but_no_known_device,
    an_account_of_ones_own_does_not_wipe_out_what_one_did_to_others,
    the_address_behind_a_proxy_is_believed_only_when_the_proxy_is_ours,
    a_right_password_forgets_earlier_mistakes,
    the_cookie_is_out_of_reach_for_scripts_and_other_sites,
    over_https_the_cookie_is_bound_to_the_host_and_is_removed_at_logout,
    a_session_that_was_there_before_the_login_gets_a_new_id,
    visitors_have_no_session_until_there_is_something_to_keep,
    reading_pages_does_not_write_the_session_each_time,
    a_login_leads_to_the_page_one_was_going_to_and_never_to_another_site,
    logging_out_ends_the_session_on_this_device_only,
    logging_out_everywhere_ends_the_sessions_of_all_devices,
    a_deactivated_person_is_out_at_once,
    who_changes_the_password_stays_in_here_and_is_out_elsewhere,
];

async fn an_enhetschef_logs_in_and_sees_the_first_page() {
    let app = App::new().await;
    assert_eq!(app.get("/", "").await.to(), "/logga-in");
    let cookie = app.log_in(CHEF).await;
    let page = app.get("/", &cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("cache-control"), "no-store");
}

async fn the_address_is_the_same_whatever_its_case() {
    let app = App::new().await;
    assert_eq!(app.try_login(" ENHETSCHEF@Demo.se", PASSWORD).await.to(), "/");
}

async fn a_wrong_password_an_unknown_address_and_a_deactivated_account_get_the_same_answer() {
    let app = App::new().await;
    let mut tx = app.write().await;
    store::person::set_active(&mut tx, app.state.clock.now(), app.chef, 1, false).await.unwrap();
    tx.commit().await.unwrap();
    let mut pages = Vec::new();
    for (email, password) in [(ADMIN, "fel-losenord"), ("ingen@demo.se", PASSWORD), (CHEF, PASSWORD)] {
        let answer = app.try_login(email, password).await;
        assert_eq!(answer.to(), "/logga-in#fel");
        let page = app.get("/logga-in", &answer.cookie()).await;
        assert!(page.body.contains("E-postadressen eller lösenordet stämmer inte."), "{}", page.body);
        assert!(page.body.contains(email), "the address is kept");
        assert!(!page.body.contains(password), "the password is not");
        let nonce = page.header("content-security-policy").split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        pages.push(page.body.replace(email, "").replace(nonce, ""));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
}

async fn an_empty_login_says_what_is_missing_at_each_field() {
    let app = App::new().await;
    let answer = app.try_login("", "").await;
    let page = app.get("/logga-in", &answer.cookie()).await;
    assert!(page.body.contains("Skriv din e-postadress."));
    assert!(page.body.contains("Skriv ditt lösenord."));
}

/// So many failures of one account in the past, none of which makes anybody wait now.
async fn failed_before(app: &App, times: i64, email: &str, address: &str) {
    let keys = Keys::new(email, address.parse().unwrap());
    let first = app.state.clock.seconds() - (times + 1) * 1_000;
    for n in 0..times {
        throttle::admit(&app.state.store, &keys, first + n * 1_000).await.unwrap().unwrap();
    }
}

/// So many accounts have failed at an address within the hour, slowly enough that none had to wait.
async fn accounts_failed(app: &App, accounts: i64, address: &str) {
    let mut tx = app.write().await;
    let now = app.state.clock.seconds();
    let keys = Keys::new("", address.parse().unwrap());
    for n in 0..accounts {
        store::session::fail_at(&mut tx, keys.address(), &format!("konto-{n}"), now).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Where requests of these tests come from: there is no connection.
const HERE: &str = "0.0.0.0";
const ELSEWHERE: &str = "198.51.100.1";

/// A login from a device that says who it is.
async fn log_in_from(app: &App, device: &str, email: &str, password: &str) -> Answer {
    app.post("/logga-in", device, "/logga-in", &[("email", email), ("password", password)]).await
}

/// The cookie that the device is known by.
fn device(answer: &Answer) -> String {
    let all = answer.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
    let mut devices = all.filter(|cookie| cookie.contains("kvalitet_enhet="));
    let cookie = devices.next().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

async fn after_many_wrong_passwords_one_has_to_wait_even_with_the_right_one() {
    let app = App::new().await;
    failed_before(&app, 11, CHEF, ELSEWHERE).await;
    app.try_login(CHEF, "fel-losenord").await;
    let answer = app.try_login(CHEF, PASSWORD).await;
    assert_eq!(answer.to(), "/logga-in#fel");
    let page = app.get("/logga-in", &answer.cookie()).await.body;
    assert!(page.contains("Vänta 1") && page.contains("sekunder och försök igen."), "about two minutes: {page}");
    app.log_in(ADMIN).await;
}

async fn nobody_elsewhere_keeps_a_chef_out_of_her_own_computer() {
    let app = App::new().await;
    let own = device(&app.try_login(CHEF, PASSWORD).await);
    failed_before(&app, 40, CHEF, ELSEWHERE).await;
    app.try_login(CHEF, "fel-losenord").await;
    assert_eq!(app.try_login(CHEF, PASSWORD).await.to(), "/logga-in#fel", "a device that nobody knows waits");
    let in_again = log_in_from(&app, &own, CHEF, PASSWORD).await;
    assert_eq!(in_again.to(), "/", "hers does not");
    assert_eq!(device(&in_again), own, "and stays the same");
    assert_eq!(app.try_login(CHEF, PASSWORD).await.to(), "/logga-in#fel", "her login does not help who guesses");
    // the device is hers alone: for another account it is a new one
    let other = log_in_from(&app, &own, ADMIN, "fel-losenord").await;
    assert_eq!(other.to(), "/logga-in#fel");
}

async fn who_guesses_at_a_known_device_has_to_wait_there_too() {
    let app = App::new().await;
    let own = device(&app.try_login(CHEF, PASSWORD).await);
    let keys = Keys::new(CHEF, HERE.parse().unwrap()).with_device(own.split_once('=').unwrap().1, Some(app.chef));
    for n in 0..11 {
        let then = app.state.clock.seconds() - (12 - n) * 1_000;
        assert_eq!(throttle::admit(&app.state.store, &keys, then).await.unwrap(), Ok(throttle::Lane::Known));
    }
    log_in_from(&app, &own, CHEF, "fel-losenord").await;
    assert_eq!(log_in_from(&app, &own, CHEF, PASSWORD).await.to(), "/logga-in#fel");
    assert_eq!(app.try_login(CHEF, PASSWORD).await.to(), "/", "and holds up nobody elsewhere");
}

async fn a_colleagues_mistakes_behind_a_shared_address_stop_nobody() {
    let app = App::new().await;
    failed_before(&app, 11, "ingen@demo.se", HERE).await;
    app.try_login("ingen@demo.se", "fel-losenord").await;
    assert_eq!(app.try_login("ingen@demo.se", "fel-losenord").await.to(), "/logga-in#fel");
    app.log_in(CHEF).await;
    accounts_failed(&app, 90, HERE).await;
    app.log_in(CHEF).await;
}

async fn one_password_tried_on_everybody_from_one_address_has_to_wait_but_no_known_device() {
    let app = App::new().await;
    let own = device(&app.try_login(CHEF, PASSWORD).await);
    accounts_failed(&app, 110, HERE).await;
    let answer = app.try_login(CHEF, PASSWORD).await;
    assert_eq!(answer.to(), "/logga-in#fel");
    assert!(app.get("/logga-in", &answer.cookie()).await.body.contains("Vänta "));
    assert_eq!(log_in_from(&app, &own, CHEF, PASSWORD).await.to(), "/");
}

async fn an_account_of_ones_own_does_not_wipe_out_what_one_did_to_others() {
    let app = App::new().await;
    let keys = Keys::new("", HERE.parse().unwrap());
    let failed = async |app: &App| {
        let mut tx = app.write().await;
        store::session::failed_at(&mut tx, keys.address(), 0).await.unwrap().0
    };
    app.try_login(ADMIN, "fel-losenord").await;
    app.try_login("ingen@demo.se", "fel-losenord").await;
    app.try_login(CHEF, "fel-losenord").await;
    assert_eq!(failed(&app).await, 3);
    app.log_in(CHEF).await;
    assert_eq!(failed(&app).await, 2);
}

async fn the_address_behind_a_proxy_is_believed_only_when_the_proxy_is_ours() {
    // what the client claims comes first, what the proxy saw comes last
    for (trusted_proxy, forwarded, waits) in [
        (true, "192.0.2.1, 198.51.100.1", true),
        (true, "198.51.100.1, 192.0.2.1", false),
        (false, "192.0.2.1, 198.51.100.1", false),
        (true, "192.0.2.1:4711, 198.51.100.1:51234", true),
        (true, "192.0.2.1, [::ffff:198.51.100.1]:443", true),
    ] {
        let app = App::with(Settings { trusted_proxy, database: "sqlite", ..Settings::default() }).await;
        app.people().await;
        accounts_failed(&app, 110, ELSEWHERE).await;
        let request = browser(Method::POST, "/logga-in", "")
            .header("sec-fetch-site", "same-origin")
            .header("x-forwarded-for", forwarded)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("email={CHEF}&password={PASSWORD}")))
            .unwrap();
        let to = app.send(request).await.to().to_owned();
        assert_eq!(to == "/logga-in#fel", waits, "trusted: {trusted_proxy}, {forwarded}");
    }
}

async fn a_right_password_forgets_earlier_mistakes() {
    let app = App::new().await;
    for _ in 0..3 {
        for _ in 0..4 {
            app.try_login(CHEF, "fel-losenord").await;
        }
        app.log_in(CHEF).await;
    }
}

async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let app = App::new().await;
    let answer = app.try_login(CHEF, PASSWORD).await;
    let cookie = answer.set_cookie();
    for part in ["kvalitet_session=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=86400"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    assert!(!cookie.contains("Secure"), "the site is not on https here");
}

async fn over_https_the_cookie_is_bound_to_the_host_and_is_removed_at_logout() {
    let public_url = Some("https://kvalitet.example.se".to_owned());
    let app = App::with(Settings { public_url, database: "sqlite", ..Settings::default() }).await;
    app.people().await;
    let answer = app.try_login(CHEF, PASSWORD).await;
    assert!(answer.set_cookie().starts_with("__Host-kvalitet_session="), "{}", answer.set_cookie());
    assert!(answer.set_cookie().contains("; Secure"));
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000; includeSubDomains");
    let out = app.post("/logga-ut", &answer.cookie(), "/", &[]).await;
    assert!(out.set_cookie().contains("Max-Age=0") && out.set_cookie().contains("Secure"), "{}", out.set_cookie());
}

async fn a_session_that_was_there_before_the_login_gets_a_new_id() {
    let app = App::new().await;
    let before = app.try_login(CHEF, "fel-losenord").await.cookie();
    assert!(before.contains('='));
    let fields = [("email", CHEF), ("password", PASSWORD)];
    let after = app.post("/logga-in", &before, "/logga-in", &fields).await.cookie();
    assert_ne!(before, after);
    assert_eq!(app.get("/", &before).await.to(), "/logga-in", "the old id opens nothing");
    assert_eq!(app.get("/", &after).await.status, StatusCode::OK);
    assert_eq!(app.sessions().await, 1);
}

async fn visitors_have_no_session_until_there_is_something_to_keep() {
    let app = App::new().await;
    for path in ["/", "/logga-in", "/tillganglighet", "/finns-inte"] {
        assert_eq!(app.get(path, "").await.set_cookie(), "", "{path}");
    }
    assert_eq!(app.sessions().await, 0);
    let wrong = app.try_login(CHEF, "fel-losenord").await;
    assert_eq!(app.sessions().await, 1);
    app.get("/logga-in", &wrong.cookie()).await;
    assert_eq!(app.sessions().await, 0, "what was kept has been shown");
}

async fn reading_pages_does_not_write_the_session_each_time() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    for _ in 0..3 {
        assert_eq!(app.get("/", &cookie).await.set_cookie(), "");
    }
}

async fn a_login_leads_to_the_page_one_was_going_to_and_never_to_another_site() {
    let app = App::new().await;
    let to = app.get("/konto?x=1", "").await;
    assert_eq!(to.to(), "/logga-in?till=%2Fkonto%3Fx%3D1");
    for (till, expected) in
        [("/konto?x=1", "/konto?x=1"), ("https://ond.se", "/"), ("//ond.se", "/"), ("/\\ond.se", "/")]
    {
        let fields = [("email", CHEF), ("password", PASSWORD), ("till", till)];
        assert_eq!(app.post("/logga-in", "", "/logga-in", &fields).await.to(), expected);
    }
    let cookie = app.log_in(CHEF).await;
    assert_eq!(app.get("/logga-in?till=%2Fkonto", &cookie).await.to(), "/konto");
}

async fn logging_out_ends_the_session_on_this_device_only() {
    let app = App::new().await;
    let (here, there) = (app.log_in(CHEF).await, app.log_in(CHEF).await);
    assert_eq!(app.post("/logga-ut", &here, "/", &[]).await.to(), "/logga-in");
    assert_eq!(app.get("/", &here).await.to(), "/logga-in");
    assert_eq!(app.get("/", &there).await.status, StatusCode::OK);
}

async fn logging_out_everywhere_ends_the_sessions_of_all_devices() {
    let app = App::new().await;
    let (here, there, other) = (app.log_in(CHEF).await, app.log_in(CHEF).await, app.log_in(ADMIN).await);
    assert_eq!(app.post("/logga-ut-overallt", &here, "/konto", &[]).await.to(), "/logga-in");
    assert_eq!(app.get("/", &here).await.to(), "/logga-in");
    assert_eq!(app.get("/", &there).await.to(), "/logga-in");
    assert_eq!(app.get("/konto", &other).await.status, StatusCode::OK, "nobody else is logged out");
}

async fn a_deactivated_person_is_out_at_once() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    assert_eq!(app.get("/", &cookie).await.status, StatusCode::OK);
    let mut tx = app.write().await;
    store::person::set_active(&mut tx, app.state.clock.now(), app.chef, 1, false).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(app.get("/", &cookie).await.to(), "/logga-in");
}

async fn who_changes_the_password_stays_in_here_and_is_out_elsewhere() {
    let app = App::new().await;
    let (here, there) = (app.log_in(CHEF).await, app.log_in(CHEF).await);
    let new = "ett nytt och längre";
    let fields = [("current_password", PASSWORD), ("password", new), ("password_again", new)];
    let answer = app.post("/api/set_password", &here, "/konto", &fields).await;
    assert_eq!(answer.to(), "/konto");
    let renewed = answer.cookie();
    assert_ne!(renewed, here);
    assert!(app.get("/konto", &renewed).await.body.contains("Lösenordet är bytt"));
    assert_eq!(app.get("/", &there).await.to(), "/logga-in");
    assert_eq!(app.try_login(CHEF, PASSWORD).await.to(), "/logga-in#fel");
    assert_eq!(app.try_login(CHEF, new).await.to(), "/");
}
