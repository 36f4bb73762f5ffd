//! Who somebody is, and what is left of what they did: one-time passwords, secrets that are shown once, roles that are seen,
//! events, and openings that nobody meant.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use crate::common::{ADMIN, Answer, App, CHEF, PASSWORD, browser};
use axum::body::Body;
use domain::{
    avvikelse::{
        Innehall,
        arende::Bilaga,
        intake::{Rapport, When},
        word::Ror,
    },
    id::{AvvikelseId, BilagaId, GrantId, PersonId, SkarmId},
    permission::Role,
};
use http::{Method, StatusCode};
use store::person::NewPerson;
use web::state::Settings;

on_both![
    a_new_person_has_a_password_for_one_time_and_gets_nowhere_before_it_is_changed,
    eight_of_eight_bad_passwords_are_refused_with_what_to_do,
    what_is_shown_once_is_never_in_the_database,
    an_administrator_who_makes_herself_chef_is_seen_until_the_chef_has_said_so,
    events_say_who_and_never_what_was_typed_by_a_stranger,
    no_other_site_and_no_browser_ahead_of_itself_opens_a_case_by_any_route,
    the_register_is_taken_out_by_a_button_and_not_by_a_link,
    a_register_whose_days_cannot_be_read_is_not_taken_out_whole,
    the_log_of_a_case_shows_all_openings_and_gathers_those_of_a_day,
];

const LEX_SARAH: &str = "lexsarah@demo.se";

/// What stands between two marks of a page.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let rest = page.split_once(before).unwrap_or_else(|| panic!("{before} in {page}")).1;
    rest.split_once(after).unwrap().0
}

/// The password that a page shows once.
fn shown(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    between(&answer.body, "<code class=\"address\">", "</code>").to_owned()
}

async fn new_person(app: &App, admin: &str, id: &str) -> Answer {
    let unit = app.enhet.to_string();
    let fields =
        [("id", id), ("name", "Handläggare 1"), ("email", "ny@demo.se"), ("role", "medarbetare"), ("node", &unit)];
    app.post("/api/create_person", admin, "/admin/personer/ny", &fields).await
}

async fn a_new_person_has_a_password_for_one_time_and_gets_nowhere_before_it_is_changed() {
    let app = App::new().await;
    let admin = app.log_in(ADMIN).await;
    let id = PersonId::new().to_string();
    let password = shown(&new_person(&app, &admin, &id).await);
    let again = new_person(&app, &admin, &id).await;
    assert_eq!(again.to(), format!("/admin/personer/{id}"), "sent again, it is the same person");

    let answer = app.try_login("ny@demo.se", &password).await;
    let cookie = answer.cookie();
    for path in ["/", "/arshjul", "/avvikelser", "/konto", "/avvikelser/ny", "/finns-inte", "/egenkontroll/mall.xlsx"] {
        assert_eq!(app.get(path, &cookie).await.to(), "/konto/losenord", "{path}");
    }
    for path in ["/api/set_theme", "/api/create_avvikelse", "/api/get_bedomningar"] {
        assert_eq!(app.post(path, &cookie, "/", &[]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let background = http::Request::get("/handelser").header("accept", "text/event-stream").header("cookie", &cookie);
    assert_eq!(app.send(background.body(Body::empty()).unwrap()).await.status, StatusCode::FORBIDDEN);
    let page = app.get("/konto/losenord", &cookie).await;
    assert!(page.body.contains("Välj ett eget lösenord"), "{}", page.body);
    assert!(!page.body.contains("Huvudmeny"));

    let change = async |new: &str| {
        let fields = [("current_password", password.as_str()), ("password", new), ("password_again", new)];
        app.post("/api/set_password", &cookie, "/konto/losenord", &fields).await
    };
    assert_eq!(change(&password).await.to(), "/konto/losenord#fel", "the same is no change");
    assert!(app.get("/konto/losenord", &cookie).await.body.contains("Det är lösenordet du har nu."));
    let done = change("fyra krokiga lampor").await;
    assert_eq!(done.to(), "/");
    assert_eq!(app.get("/", &done.cookie()).await.status, StatusCode::OK);
    let later = app.try_login("ny@demo.se", "fyra krokiga lampor").await.cookie();
    assert_eq!(app.get("/arshjul", &later).await.status, StatusCode::OK);
}

async fn eight_of_eight_bad_passwords_are_refused_with_what_to_do() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    for bad in [
        "sommar2026",
        "Lösenord123!",
        "kvalitet2026",
        "qwertyuiop12",
        "aaaaaaaaaaaa",
        "Enhetschef 2026",
        "Bromma2026!!",
        "password1234",
        "demo-kvalitet",
    ] {
        let fields = [("current_password", PASSWORD), ("password", bad), ("password_again", bad)];
        assert_eq!(app.post("/api/set_password", &chef, "/konto", &fields).await.to(), "/konto#fel", "{bad}");
        let page = app.get("/konto", &chef).await.body;
        assert!(page.contains("minst 12 tecken") || page.contains("fyra ord som inte hör ihop."), "{bad}: {page}");
        assert!(!page.contains(&format!("value=\"{bad}\"")), "{bad}");
    }
    assert_eq!(app.try_login(CHEF, PASSWORD).await.to(), "/");
}

/// The bytes of the database and its log.
fn bytes(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        all.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    all
}

async fn what_is_shown_once_is_never_in_the_database() {
    let folder = std::env::temp_dir().join(format!("kvalitet-{}", uuid::Uuid::new_v4().simple()));
    std::fs::create_dir(&folder).unwrap();
    let url = format!("sqlite://{}", folder.join("test.db").display());
    let app = App::at(&url, Settings { database: "sqlite", ..Settings::default() }).await;
    app.people().await;
    let (admin, chef) = (app.log_in(ADMIN).await, app.log_in(CHEF).await);
    let id = PersonId::new().to_string();
    let mut secrets = vec![shown(&new_person(&app, &admin, &id).await)];
    let page = format!("/admin/personer/{id}");
    secrets.push(shown(&app.post("/api/set_person_password", &admin, &page, &[("id", id.as_str())]).await));
    let (unit, skarm) = (app.enhet.to_string(), SkarmId::new().to_string());
    let fields = [
        ("id", skarm.as_str()),
        ("node", &unit),
        ("form[name]", "Fikarummet"),
        ("form[slides][]", "hjul"),
        ("form[seconds]", "20"),
        ("form[dim_from]", "18.00"),
        ("form[dim_to]", "06.00"),
    ];
    let hung = app.post("/api/create_skarm", &chef, "/apt/skarmar", &fields).await;
    secrets.push(between(&hung.body, "href=\"/skarm/", "\"").to_owned());
    assert_eq!(app.post("/api/create_skarm", &chef, "/apt/skarmar", &fields).await.to(), "/apt/skarmar", "sent again");
    let renewed = app.post("/api/renew_skarm", &chef, "/apt/skarmar", &[("id", skarm.as_str())]).await;
    secrets.push(between(&renewed.body, "href=\"/skarm/", "\"").to_owned());
    assert_eq!(app.get(&format!("/skarm/{}", secrets[3]), "").await.status, StatusCode::OK);
    let all = bytes(&folder);
    let holds = |text: &str| all.windows(text.len()).any(|w| w == text.as_bytes());
    assert!(holds("Fikarummet"), "what is searched is the database");
    for secret in &secrets {
        assert!(secret.len() >= 20 && !holds(secret), "{secret}");
    }
    app.state.store.close().await;
    std::fs::remove_dir_all(&folder).unwrap();
}

async fn an_administrator_who_makes_herself_chef_is_seen_until_the_chef_has_said_so() {
    let app = App::new().await;
    let (admin, chef) = (app.log_in(ADMIN).await, app.log_in(CHEF).await);
    let (id, unit, me) = (GrantId::new().to_string(), app.enhet.to_string(), app.admin.to_string());
    let fields = [("id", id.as_str()), ("person", &me), ("role", "enhetschef"), ("node", &unit)];
    let page = format!("/admin/personer/{me}");
    assert_eq!(app.post("/api/create_role", &admin, &page, &fields).await.to(), page);
    let words = "Administratör har gett Administratör rollen Enhetschef, Bromma.";
    let front = app.get("/", &chef).await.body;
    assert!(front.contains(words) && front.contains("Jag har sett det"), "{front}");
    assert!(app.get("/", &admin).await.body.contains("Administratör har gett dig rollen Enhetschef, Bromma."));
    let form = between(&front, "action=\"/api/mark_notis_seen\"", "</form>");
    let notis = between(form, "value=\"", "\"");
    app.post("/api/mark_notis_seen", &admin, "/", &[("id", notis)]).await;
    assert!(app.get("/", &chef).await.body.contains(words));
    assert_eq!(app.post("/api/mark_notis_seen", &chef, "/", &[("id", notis)]).await.to(), "/");
    assert!(!app.get("/", &chef).await.body.contains(words));
    let log = app.get("/admin/sakerhet", &admin).await.body;
    assert!(log.contains("Roll tillagd") && log.contains("Enhetschef, Bromma"), "{log}");
}

async fn events_say_who_and_never_what_was_typed_by_a_stranger() {
    let app = App::new().await;
    let (admin, chef) = (app.log_in(ADMIN).await, app.log_in(CHEF).await);
    app.try_login("hemlig.person@example.se", "fel-losenord").await;
    app.try_login(CHEF, "fel-losenord").await;
    assert_eq!(app.get("/admin/personer", &chef).await.status, StatusCode::FORBIDDEN);
    assert_eq!(app.get("/admin/sakerhet", &chef).await.status, StatusCode::FORBIDDEN);
    let missing = AvvikelseId::new();
    assert_eq!(app.get(&format!("/avvikelser/{missing}"), &chef).await.status, StatusCode::NOT_FOUND);
    app.post("/api/set_two_admins", &chef, "/", &[("on", "true")]).await;
    app.post("/api/hemligt_ord", &chef, "/", &[]).await;
    let page = app.get("/admin/sakerhet", &admin).await;
    assert_eq!(page.status, StatusCode::OK);
    for part in [
        "Inloggning nekad",
        "Okänt konto ",
        "Inloggning från ny dator eller telefon",
        "Nekad åtkomst",
        "/admin/personer",
        "/avvikelser/{id}",
        "/api/set_two_admins",
    ] {
        assert!(page.body.contains(part), "{part} in {}", page.body);
    }
    assert!(!page.body.contains("hemlig.person") && !page.body.contains("hemligt_ord"));
    assert!(!page.body.contains(&missing.to_string()));
    let filtered = app.get("/admin/sakerhet?slag=nekad", &admin).await.body;
    assert!(!filtered.contains("<td>Okänt konto"), "{filtered}");

    let file = app.post("/admin/sakerhet/export.xlsx", &admin, "/admin/sakerhet", &[]).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(app.get("/admin/sakerhet", &admin).await.body.contains("Säkerhetshändelser, Excel"));
    assert_eq!(app.post("/admin/sakerhet/export.xlsx", &chef, "/", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        app.post("/api/set_two_admins", &admin, "/admin/sakerhet", &[("on", "true")]).await.to(),
        "/admin/sakerhet#fel"
    );
    assert!(app.get("/admin/sakerhet", &admin).await.body.contains("minst två administratörer"));
}

/// A case with a file of the chef's unit, and a lex Sarah-utredare, who reads its log.
async fn case(app: &App) -> AvvikelseId {
    let (id, now, today) = (AvvikelseId::new(), app.state.clock.now(), app.state.clock.today());
    let mut tx = app.write().await;
    let new = NewPerson {
        id: PersonId::new(),
        name: "Lex Sarah-utredare".into(),
        email: LEX_SARAH.into(),
        password_hash: web::password::hash(PASSWORD.to_owned()).await,
        roles: vec![(Role::LexSarah, app.top)],
    };
    store::person::create(&mut tx, now, &new).await.unwrap();
    tx.act_as(app.chef);
    store::avvikelse::create(&mut tx, now, today, id, app.enhet, Innehall::Rapport(rapport())).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// A file of the case.
async fn attached(app: &App, case: AvvikelseId) -> BilagaId {
    let (id, now) = (BilagaId::new(), app.state.clock.now());
    let mut tx = app.write().await;
    tx.act_as(app.chef);
    let chef = store::person::actor(&mut tx, app.chef, 1).await.unwrap().unwrap();
    let (found, _) = store::avvikelse::handle(&mut tx, now, &chef, case).await.unwrap();
    let media = "image/png".to_owned();
    let bilaga = Bilaga { id, name: "bild.png".into(), media, size: 3, removed: vec![], who: String::new(), at: now };
    store::avvikelse::bilaga::create(&mut tx, now, &found, &bilaga, vec![1, 2, 3]).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn rapport() -> Rapport {
    Rapport {
        what: "Hemligt".into(),
        when: When::About("i går".into()),
        place: String::new(),
        process: String::new(),
        reference: String::new(),
        noticed_by: String::new(),
        consequence: "Sen utbetalning".into(),
        done_at_once: String::new(),
        ror: Ror::Brukare,
        suggestion: String::new(),
        suspected: false,
        pui: false,
        discovered: None,
        on_behalf_of: None,
    }
}

/// How many times the case has been opened.
async fn openings(app: &App, id: AvvikelseId) -> usize {
    let mut tx = app.write().await;
    let lines = store::avvikelse::log(&mut tx, id, |at| at.date_naive()).await.unwrap();
    lines.iter().map(|l| l.times).sum()
}

/// The routes that stand in the source: pages, and what `web` answers itself.
pub fn routes() -> Vec<String> {
    let mut out = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app");
    let mut files = vec![app.join("ui/src/app.rs"), app.join("islands/src/contract.rs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for before in ["path!(\"", ".route(\"", "&str = \"", "Path::of(\""] {
            let found = text.split(before).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
            out.extend(found.filter(|path| path.starts_with('/')));
        }
    }
    out.extend(["/egenkontroll/export.xlsx".to_owned(), "/internkontroll/export.xlsx".to_owned()]);
    out.sort();
    out.dedup();
    out
}

async fn no_other_site_and_no_browser_ahead_of_itself_opens_a_case_by_any_route() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let id = case(&app).await;
    let bilaga = attached(&app, id).await;
    let before = openings(&app, id).await;
    let routes = routes();
    assert!(routes.len() > 60 && routes.iter().any(|r| r.starts_with("/avvikelser/")), "{routes:?}");
    for route in &routes {
        let path: String = route
            .split('/')
            .map(|part| match part {
                ":id" | "{id}" => id.to_string(),
                "{bilaga}" => bilaga.to_string(),
                other if other.starts_with([':', '{']) => "x".to_owned(),
                other => other.to_owned(),
            })
            .collect::<Vec<_>>()
            .join("/");
        if path == "/handelser" || path.starts_with("/skarm/") {
            continue;
        }
        let attempts: [(Method, &[(&str, &str)]); 5] = [
            (Method::HEAD, &[]),
            (Method::GET, &[("sec-purpose", "prefetch;prerender")]),
            (Method::GET, &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]),
            (Method::GET, &[("sec-fetch-site", "same-site"), ("sec-fetch-mode", "no-cors")]),
            (Method::GET, &[("referer", "https://ond.se/")]),
        ];
        for (method, headers) in attempts {
            let mut request = browser(method, &path, &chef);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = app.send(request.body(Body::empty()).unwrap()).await;
            let kind = answer.header("content-disposition").to_owned();
            assert!(!kind.contains("attachment") || route.ends_with("/mall.xlsx"), "{route} gives a file: {headers:?}");
        }
        assert_eq!(openings(&app, id).await, before, "{route} must stand in web::opening");
    }
    let page =
        browser(Method::GET, &format!("/avvikelser/{id}?flik=logg"), &chef).header("sec-fetch-site", "cross-site");
    let page = app.send(page.body(Body::empty()).unwrap()).await.body;
    assert!(page.contains("Öppna ärendet?") && !page.contains("Hemligt"), "{page}");
    assert!(page.contains(&format!("href=\"/avvikelser/{id}?flik=logg\"")), "it leads on: {page}");
    assert!(app.get(&format!("/avvikelser/{id}"), &chef).await.body.contains("Hemligt"));
    assert_eq!(openings(&app, id).await, before + 1);
    app.get(&format!("/avvikelser/{id}/bilagor/{bilaga}"), &chef).await;
    assert_eq!(openings(&app, id).await, before + 2, "so would the file");
}

#[test]
fn every_file_that_is_taken_out_is_known() {
    for route in routes() {
        let file = [".xlsx", ".docx", ".pdf"].iter().any(|end| route.ends_with(end)) && !route.ends_with("/mall.xlsx");
        if file {
            assert!(web::opening::file(&route).is_some(), "{route} must stand in web::opening::FILES");
        }
    }
}

async fn the_register_is_taken_out_by_a_button_and_not_by_a_link() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let id = case(&app).await;
    let before = openings(&app, id).await;
    assert_eq!(app.get("/avvikelser/export.xlsx", &chef).await.status, StatusCode::METHOD_NOT_ALLOWED);
    let foreign = browser(Method::POST, "/avvikelser/export.xlsx", &chef).header("sec-fetch-site", "cross-site");
    assert_eq!(app.send(foreign.body(Body::empty()).unwrap()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(openings(&app, id).await, before);
    assert_eq!(app.post("/avvikelser/export.xlsx", &chef, "/avvikelser", &[]).await.status, StatusCode::OK);
    assert_eq!(openings(&app, id).await, before + 1);
}

async fn a_register_whose_days_cannot_be_read_is_not_taken_out_whole() {
    let app = App::new().await;
    let (admin, chef) = (app.log_in(ADMIN).await, app.log_in(CHEF).await);
    let id = case(&app).await;
    let before = openings(&app, id).await;
    for (page, cookie) in [("/avvikelser", &chef), ("/admin/sakerhet", &admin)] {
        let export = format!("{page}/export.xlsx");
        for (days, typed) in
            [("?fran=30%2F2", &[][..]), ("", &[("till", "fredag")]), ("?fran=261101", &[("fran", "x")])]
        {
            let refused = app.post(&format!("{export}{days}"), cookie, page, typed).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{export} {days} {typed:?}");
            assert!(refused.body.contains("Inget är uttaget"), "{}", refused.body);
        }
        assert_eq!(openings(&app, id).await, before, "nothing was taken out");
        let shown = app.get(&format!("{page}?fran=30%2F2"), cookie).await.body;
        assert!(shown.contains("30 februari finns inte") && shown.contains("aria-describedby=\"fran-fel\""), "{shown}");
    }
    // what stands in the form is taken, although the page has not shown it yet
    let typed = [("fran", ""), ("till", "2000-01-01")];
    assert_eq!(
        app.post("/avvikelser/export.xlsx?till=2099-01-01", &chef, "/avvikelser", &typed).await.status,
        StatusCode::OK
    );
    assert_eq!(openings(&app, id).await, before);
    let typed = [("fran", ""), ("till", "")];
    assert_eq!(app.post("/avvikelser/export.xlsx?till=x", &chef, "/avvikelser", &typed).await.status, StatusCode::OK);
    assert_eq!(openings(&app, id).await, before + 1);
}

async fn the_log_of_a_case_shows_all_openings_and_gathers_those_of_a_day() {
    let app = App::new().await;
    let id = case(&app).await;
    let (chef, lex_sarah) = (app.log_in(CHEF).await, app.log_in(LEX_SARAH).await);
    for _ in 0..12 {
        app.get(&format!("/avvikelser/{id}"), &chef).await;
    }
    let log = app.get(&format!("/avvikelser/{id}/logg"), &lex_sarah).await;
    assert_eq!(log.status, StatusCode::OK, "{}", log.body);
    assert!(log.body.contains("12 gånger, senast "), "{}", log.body);
    // long before: a year of days
    let store = &app.state.store;
    let actor = {
        let mut tx = store.system(true).await.unwrap();
        store::person::actor(&mut tx, app.chef, 1).await.unwrap().unwrap()
    };
    for days in 1..=150 {
        let mut tx = store.system(true).await.unwrap();
        // at noon: near midnight a day has one opening more where the clock is turned
        let noon = app.state.clock.now().date_naive().and_hms_opt(12, 0, 0).unwrap().and_utc();
        let then = noon - chrono::Days::new(days);
        store::avvikelse::open(&mut tx, then, &actor, id, "Ärendet").await.unwrap();
        tx.commit().await.unwrap();
    }
    let first = app.get(&format!("/avvikelser/{id}/logg"), &lex_sarah).await.body;
    assert!(first.contains("Visar 1–100 av 151") && first.contains("Öppnat 162 gånger"), "{first}");
    let second = app.get(&format!("/avvikelser/{id}/logg?sida=2"), &lex_sarah).await.body;
    assert!(second.contains("Visar 101–151 av 151"), "{second}");
}
