//! Import and export as a chef does them: a file in, a preview, a confirmation, and a file out.
#![allow(clippy::unwrap_used)]

use std::{collections::HashMap, path::Path};

use crate::common::{Answer, App, CHEF, PASSWORD, browser};
use axum::body::Body;
use domain::{
    egenkontroll::Egenkontroll,
    id::{GruppId, NodeId, PersonId},
    import::Names,
    organisation::{Node, NodeKind},
    permission::Role,
    schedule::Responsible,
};
use http::{Method, StatusCode, header};
use web::{
    clock::Clock,
    config::{Import, ImportKind},
    import::{read_file, run_cli},
    password,
    router::router,
    state::AppState,
};

mod filer;
mod kodning;

const BROMMA: &str = include_str!("../../demo/egenkontrollplan-bromma-2022.csv");
const HASSELBY: &str = include_str!("../../demo/egenkontrollplan-hasselby-vallingby-2019.csv");
const BROMMA_IKP: &str = include_str!("../../demo/internkontrollplan-bromma-2022.csv");

/// A unit with its chef, and the group that the plan of Bromma names.
pub async fn bromma() -> (App, String) {
    let app = App::new().await;
    let mut tx = app.write().await;
    let now = app.state.clock.now();
    store::organisation::create_group(&mut tx, now, GruppId::new(), app.enhet, "Enhetens ledningsgrupp").await.unwrap();
    tx.commit().await.unwrap();
    let cookie = app.log_in(CHEF).await;
    (app, cookie)
}

/// Another unit with a chef of its own.
pub async fn another_chef(app: &App, node: NodeId) -> String {
    let mut tx = app.write().await;
    let now = app.state.clock.now();
    if node != app.enhet {
        let name = "Västra enheten".to_owned();
        let unit = Node { id: node, parent: Some(app.top), kind: NodeKind::Enhet, name, active: true, version: 1 };
        store::organisation::create_node(&mut tx, now, &unit).await.unwrap();
    }
    let password_hash = password::hash(PASSWORD.to_owned()).await;
    let (name, email) = ("Annan chef".to_owned(), "annan@demo.se".to_owned());
    let roles = vec![(Role::Enhetschef, node)];
    let person = store::person::NewPerson { id: PersonId::new(), name, email, password_hash, roles };
    store::person::create(&mut tx, now, &person).await.unwrap();
    tx.commit().await.unwrap();
    app.log_in("annan@demo.se").await
}

/// Sends the form of the page, as a browser does without JavaScript.
pub async fn upload(
    app: &App,
    cookie: &str,
    plan: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &[u8])>,
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let (name, content) = file.unwrap_or_default();
    let head = format!(
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--xyz--\r\n");
    let request = browser(Method::POST, &format!("/{plan}/importera"), cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xyz")
        .header(header::CONTENT_LENGTH, body.len())
        .body(Body::from(body))
        .unwrap();
    app.send(request).await
}

/// Sends a file for the unit and opens the preview: its address and its page.
pub async fn previewed(app: &App, cookie: &str, plan: &str, year: &str, name: &str, bytes: &[u8]) -> (String, String) {
    let enhet = app.enhet.to_string();
    let answer = upload(app, cookie, plan, &[("enhet", &enhet), ("ar", year)], Some((name, bytes))).await;
    let to = answer.to().split('#').next().unwrap().to_owned();
    let page = app.get(&to, cookie).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    (to, text_of(&page.body))
}

/// Presses "Läs in".
pub async fn confirmed(app: &App, cookie: &str, plan: &str, preview: &str) -> String {
    let query = preview.split_once('?').unwrap().1;
    let fields: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let answer = app.post(&format!("/{plan}/importera/bekrafta"), cookie, preview, &fields).await;
    app.get(answer.to(), cookie).await.body
}

pub async fn download(app: &App, cookie: &str, path: &str) -> (StatusCode, String, Vec<u8>) {
    let answer = app.get(path, cookie).await;
    (answer.status, answer.header("content-disposition").to_owned(), answer.bytes.to_vec())
}

pub async fn rows(app: &App, year: i32) -> Vec<Egenkontroll> {
    let mut tx = app.state.store.system(false).await.unwrap();
    store::plan::list::<domain::egenkontroll::Content>(&mut tx, app.enhet, year).await.unwrap()
}

/// A page without its tags and comments, so that sentences can be looked for.
pub fn text_of(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

pub fn names() -> Names {
    Names::new(vec![("Enhetens ledningsgrupp".into(), Responsible::Grupp(GruppId(uuid::Uuid::nil())))])
}

#[tokio::test]
async fn nothing_is_written_before_it_is_confirmed_and_nothing_twice() {
    let (app, cookie) = bromma().await;
    let (preview, page) = previewed(&app, &cookie, "egenkontroll", "2026", "plan.csv", BROMMA.as_bytes()).await;
    assert!(page.contains("7 nya rader, 0 finns redan, 0 behöver rättas"), "{page}");
    assert!(page.contains("Läs in 7 rader"));
    assert!(rows(&app, 2026).await.is_empty(), "a preview writes nothing");

    let plan = confirmed(&app, &cookie, "egenkontroll", &preview).await;
    assert!(plan.contains("7 rader är inlästa"));
    let written = rows(&app, 2026).await;
    let titles: Vec<_> = written.iter().map(|row| row.content.kontrollmal.as_str()).collect();
    assert_eq!(titles[0], "Förhandsbedömningstid RVT");
    assert_eq!(titles[6], "God tillgänglighet: telefontider", "the plan keeps the order of the file");

    assert!(confirmed(&app, &cookie, "egenkontroll", &preview).await.contains("Alla rader fanns redan i planen"));
    let (_, page) = previewed(&app, &cookie, "egenkontroll", "2026", "plan.csv", BROMMA.as_bytes()).await;
    assert!(page.contains("0 nya rader, 7 finns redan, 0 behöver rättas"), "{page}");
    assert!(page.contains("Det finns inget nytt att läsa in."));
    assert_eq!(rows(&app, 2026).await.len(), 7);
}

#[tokio::test]
async fn two_confirmations_at_the_same_moment_are_one() {
    let (app, cookie) = bromma().await;
    let (preview, _) = previewed(&app, &cookie, "egenkontroll", "2026", "plan.csv", BROMMA.as_bytes()).await;
    tokio::join!(
        confirmed(&app, &cookie, "egenkontroll", &preview),
        confirmed(&app, &cookie, "egenkontroll", &preview)
    );
    assert_eq!(rows(&app, 2026).await.len(), 7);
}

#[tokio::test]
async fn a_row_that_was_removed_can_be_read_in_again() {
    let (app, cookie) = bromma().await;
    let (preview, _) = previewed(&app, &cookie, "egenkontroll", "2026", "plan.csv", BROMMA.as_bytes()).await;
    confirmed(&app, &cookie, "egenkontroll", &preview).await;
    let mut tx = app.write().await;
    let first = rows_in(&mut tx, &app).await[0].id;
    store::plan::remove(&mut tx, app.state.clock.now(), first, "Fel plan").await.unwrap();
    tx.commit().await.unwrap();
    assert!(confirmed(&app, &cookie, "egenkontroll", &preview).await.contains("1 rad är inläst"));
    assert_eq!(rows(&app, 2026).await.len(), 7);
}

async fn rows_in(tx: &mut store::Tx, app: &App) -> Vec<Egenkontroll> {
    store::plan::list::<domain::egenkontroll::Content>(tx, app.enhet, 2026).await.unwrap()
}

#[tokio::test]
async fn pasted_cells_go_the_same_way() {
    let (app, cookie) = bromma().await;
    let text = "Kontrollmål\tHur ofta\r\nVåld\tvarje månad\r\n";
    let fields = [("enhet", &*app.enhet.to_string()), ("ar", "2026"), ("text", text)];
    let answer = upload(&app, &cookie, "egenkontroll", &fields, None).await;
    let page = text_of(&app.get(answer.to().split('#').next().unwrap(), &cookie).await.body);
    assert!(page.contains("1 ny rad, 0 finns redan"), "{page}");
}

#[tokio::test]
async fn every_problem_stands_at_its_row_and_column_and_the_rest_can_be_read() {
    let (app, cookie) = bromma().await;
    let long = "å".repeat(10_000);
    let text = format!(
        "Kontrollmål;Periodicitet;Månader;Utförs av;Urval;Metod\n\
         Våld;valda månader;4,13;;;\n\
         Barn;år;;Kungen;;\n\
         ANDT;år;;;;{long}\n\
         <script>alert(1)</script> 🙂;år;;;;\n\
         ;år;;;20;\n"
    );
    let (preview, page) = previewed(&app, &cookie, "egenkontroll", "2026", "plan.csv", text.as_bytes()).await;
    for expected in [
        "1 ny rad, 0 finns redan, 4 behöver rättas",
        "Rad 2, Månader: 13 är ingen månad. Skriv månader som 4,8,12 eller april, augusti.",
        "Rad 3, Utförs av: ”Kungen” finns inte på enheten. Här finns Handläggare, ",
        "Enhetens ledningsgrupp",
        "Rad 4, Metod: Texten är 10\u{a0}000 tecken. Korta den till högst 8\u{a0}000.",
        "Rad 6, Kontrollmål: Skriv ett kontrollmål.",
        "&lt;script&gt;alert(1)&lt;/script&gt; 🙂",
        "Läs in 1 rad",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    confirmed(&app, &cookie, "egenkontroll", &preview).await;
    let written = rows(&app, 2026).await;
    assert_eq!(written.len(), 1);
    assert_eq!(written[0].content.kontrollmal, "<script>alert(1)</script> 🙂");
}

#[tokio::test]
async fn dates_of_another_year_are_moved_when_the_user_says_so() {
    let (app, cookie) = bromma().await;
    let (preview, page) = previewed(&app, &cookie, "internkontroll", "2026", "plan.csv", BROMMA_IKP.as_bytes()).await;
    assert!(page.contains("0 nya rader, 0 finns redan, 4 behöver rättas"), "{page}");
    assert!(page.contains("Rad 2, Start: Datumet ligger inte i 2026."));
    assert!(page.contains("4 rader har datum som inte ligger i 2026."));
    assert!(page.contains("Flytta datumen till 2026"));
    let moved = format!("{preview}&flytta=ja");
    let page = text_of(&app.get(&moved, &cookie).await.body);
    assert!(page.contains("4 nya rader, 0 finns redan, 0 behöver rättas"), "{page}");
    assert!(page.contains("8 datum flyttas till 2026."));
    assert!(confirmed(&app, &cookie, "internkontroll", &moved).await.contains("4 rader är inlästa"));
    let mut tx = app.state.store.system(false).await.unwrap();
    let rows = store::plan::list::<domain::internkontroll::Content>(&mut tx, app.enhet, 2026).await.unwrap();
    assert_eq!(rows[0].content.start.unwrap().to_string(), "2026-02-02");
}

#[tokio::test]
async fn a_file_that_is_no_plan_is_refused_and_nothing_typed_is_lost() {
    let (app, cookie) = bromma().await;
    let enhet = app.enhet.to_string();
    let bomb = {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for part in ["xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
            zip.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, &vec![b' '; 6 * 1024 * 1024]).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let huge = vec![b'a'; 6 * 1024 * 1024];
    let many = format!("Kontrollmål;Periodicitet\n{}", "Våld;år\n".repeat(2_001));
    for (name, bytes, expected) in [
        ("plan.csv", &b""[..], "Filen är tom."),
        ("plan.xlsx", &bomb, "Filen blir orimligt stor när den packas upp"),
        ("plan.csv", &huge, "Filen är större än 5 MB."),
        ("plan.csv", many.as_bytes(), "Tabellen har 2\u{a0}001 rader."),
        ("plan.xls", b"\xd0\xcf\x11\xe0", "Filen är i ett äldre Excelformat (.xls)"),
        ("plan.csv", b"Nr;Metod\n1;x\n", "Kolumnerna Kontrollmål och Periodicitet saknas."),
        ("plan.csv", BROMMA_IKP.as_bytes(), "Filen är en internkontrollplan."),
        ("", b"", "Välj en fil, eller klistra in tabellen från Excel."),
    ] {
        let fields = [("enhet", &*enhet), ("ar", "2027"), ("flytta", "on")];
        let answer = upload(&app, &cookie, "egenkontroll", &fields, Some((name, bytes))).await;
        assert!(answer.to().ends_with("#fel"), "{name}: {}", answer.to());
        let page = app.get(answer.to().trim_end_matches("#fel"), &cookie).await.body;
        assert_eq!(text_of(&page).matches(expected).count(), 2, "in the summary and at the field: {expected}\n{page}");
        assert!(page.contains("href=\"#file\""), "{page}");
        assert!(page.contains("value=\"2027\""), "the year stays");
    }
    let fields = [("enhet", &*enhet), ("ar", "femtonhundra"), ("text", "bara en rad")];
    let answer = upload(&app, &cookie, "egenkontroll", &fields, None).await;
    let page = app.get(answer.to().trim_end_matches("#fel"), &cookie).await.body;
    assert!(page.contains("Skriv året med fyra siffror") && page.contains("bara en rad"), "{page}");
    assert!(rows(&app, 2027).await.is_empty());
}

#[tokio::test]
async fn what_is_exported_is_the_plan_and_adds_nothing_when_read_in_again() {
    let (app, cookie) = bromma().await;
    let with_formula = BROMMA.replace("Aktuella förändringsplaner;", "=1+1 Förändringsplaner;");
    for (plan, name, text) in [
        ("egenkontroll", "egenkontrollplan", with_formula.as_str()),
        ("internkontroll", "internkontrollplan", BROMMA_IKP),
    ] {
        let year = "2022";
        let (preview, _) = previewed(&app, &cookie, plan, year, "plan.csv", text.as_bytes()).await;
        confirmed(&app, &cookie, plan, &preview).await;
        let path = format!("/{plan}/export.xlsx?enhet={}&ar={year}", app.enhet);
        let (status, disposition, bytes) = download(&app, &cookie, &path).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(disposition, format!("attachment; filename=\"{name}-bromma-2022.xlsx\""));
        let table = read_file("plan.xlsx", &bytes).unwrap();
        let header = &table.rows()[0].cells;
        let place: HashMap<&str, usize> = header.iter().enumerate().map(|(i, c)| (c.as_str(), i)).collect();
        let april = place["apr"];
        assert_eq!(table.rows()[1].cells[april].split(':').next_back().unwrap().trim(), "Försenad", "a year long past");
        let (_, page) = previewed(&app, &cookie, plan, year, "plan.xlsx", &bytes).await;
        let expected = if plan == "egenkontroll" { "0 nya rader, 7 finns redan" } else { "0 nya rader, 4 finns redan" };
        assert!(page.contains(expected), "{page}");
        assert!(!page.contains("Skiljer sig"), "{page}");
        assert!(!page.contains("känns inte igen"), "{page}");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut sheet = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
        assert!(!sheet.contains("<f>"), "a text is no formula");
    }
    let (status, disposition, _) = download(&app, &cookie, "/egenkontroll/mall.xlsx").await;
    assert_eq!((status, disposition.as_str()), (StatusCode::OK, "attachment; filename=\"mall-egenkontrollplan.xlsx\""));
}

#[tokio::test]
async fn another_units_chef_is_refused_and_what_one_sends_another_does_not_see() {
    let (app, chef) = bromma().await;
    let other = another_chef(&app, NodeId::new()).await;
    let enhet = app.enhet.to_string();
    let (preview, _) = previewed(&app, &chef, "egenkontroll", "2026", "plan.csv", BROMMA.as_bytes()).await;

    let fields = [("enhet", &*enhet), ("ar", "2026")];
    let refused = upload(&app, &other, "egenkontroll", &fields, Some(("plan.csv", BROMMA.as_bytes()))).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(app.get(&preview, &other).await.status, StatusCode::FORBIDDEN);
    let id = preview.split("underlag=").nth(1).unwrap().to_owned();
    let fields = [("enhet", &*enhet), ("ar", "2026"), ("underlag", &*id)];
    let refused = app.post("/egenkontroll/importera/bekrafta", &other, &preview, &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let export = format!("/egenkontroll/export.xlsx?enhet={enhet}&ar=2026");
    assert_eq!(download(&app, &other, &export).await.0, StatusCode::FORBIDDEN);
    assert!(rows(&app, 2026).await.is_empty());

    // one who may change their own plan cannot use another's table for it
    let own = format!("/egenkontroll/importera?underlag={id}");
    assert!(app.get(&own, &other).await.body.contains("Det du skickade finns inte kvar här."));
}

#[tokio::test]
async fn a_tampered_address_is_an_answer_and_not_a_fault() {
    let (app, cookie) = bromma().await;
    let enhet = app.enhet.to_string();
    for id in ["x", "00000000-0000-0000-0000-000000000000"] {
        let page = app.get(&format!("/egenkontroll/importera?enhet={enhet}&underlag={id}"), &cookie).await;
        assert!(page.body.contains("Det du skickade finns inte kvar här."), "{}", page.body);
    }
    let unknown = NodeId::new().to_string();
    for (unit, year, status) in [("x", "2026", 404), (&*unknown, "2026", 403), (&*enhet, "13", 404)] {
        let path = format!("/egenkontroll/export.xlsx?enhet={unit}&ar={year}");
        assert_eq!(download(&app, &cookie, &path).await.0.as_u16(), status, "{path}");
    }
    let fields = [("enhet", &*enhet), ("ar", "2026"), ("underlag", "x")];
    assert_eq!(app.post("/egenkontroll/importera/bekrafta", &cookie, "/", &fields).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_session_that_ends_before_the_text_is_sent_loses_nothing() {
    let (app, cookie) = bromma().await;
    let app = app.later(5 * 3_600);
    let text = "Kontrollmål\tHur ofta\nVåld i nära relation\tår";
    let enhet = app.enhet.to_string();
    let fields = [("enhet", &*enhet), ("ar", "2026"), ("text", text)];
    let answer = upload(&app, &cookie, "egenkontroll", &fields, None).await;
    assert!(answer.to().starts_with("/logga-in?till=%2Fegenkontroll%2Fimportera"), "{}", answer.to());
    let login = [("email", CHEF), ("password", PASSWORD), ("till", "/egenkontroll/importera")];
    let back = app.post("/logga-in", &answer.cookie(), "/logga-in", &login).await;
    let page = app.get(back.to(), &back.cookie()).await.body;
    assert!(page.contains("Våld i nära relation"), "{page}");
    assert!(page.contains("Du hade blivit utloggad, så inget lästes in."), "{page}");
}

#[tokio::test]
async fn the_command_line_reads_all_of_a_file_or_nothing() {
    let (app, _) = bromma().await;
    let (store, clock) = (&app.state.store, app.state.clock);
    let folder = std::env::temp_dir().join(format!("kvalitet-import-{}", uuid::Uuid::new_v4().simple()));
    std::fs::create_dir(&folder).unwrap();
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).unwrap();
        folder.join(name)
    };
    let good = write("plan.csv", BROMMA);
    let bad = write("fel.csv", &BROMMA.replace("Verksamhetscontroller", "Kungen"));
    let run = async |file: &Path, unit: &str, dry| {
        let import = Import {
            kind: ImportKind::Egenkontroll,
            file: file.to_owned(),
            enhet: unit.to_owned(),
            ar: 2026,
            flytta_datum: false,
            blad: None,
            kodning: None,
            rakna_fran: None,
            dry_run: dry,
        };
        run_cli(store, &import, clock).await.map_err(|e| format!("{e:#}"))
    };
    run(&good, "bromma", true).await.unwrap();
    assert!(rows(&app, 2026).await.is_empty(), "--dry-run writes nothing");
    assert_eq!(run(&bad, "Bromma", false).await.unwrap_err(), "1 rad behöver rättas, så inget är inläst.");
    assert!(rows(&app, 2026).await.is_empty());
    run(&good, "Bromma", false).await.unwrap();
    run(&good, "BROMMA", false).await.unwrap();
    assert_eq!(rows(&app, 2026).await.len(), 7);
    let unknown = run(&good, "Kista", false).await.unwrap_err();
    assert_eq!(unknown, "Enheten ”Kista” finns inte. Här finns: Bromma.");
    assert!(run(Path::new("/finns/inte.csv"), "Bromma", false).await.unwrap_err().contains("kan inte läsas"));
    std::fs::remove_dir_all(folder).unwrap();
}

/// As [`bromma`], on a day in November.
async fn november() -> (App, String) {
    let (app, _) = bromma().await;
    let state = AppState { clock: Clock::new(chrono::NaiveDate::from_ymd_opt(2026, 11, 23)), ..app.state.clone() };
    let app = App { router: router(state.clone()), state, ..app };
    let cookie = app.log_in(CHEF).await;
    (app, cookie)
}

/// How many occurrences of the unit's year are late, and how many there are.
async fn late(app: &App) -> (usize, usize) {
    let today = app.state.clock.today();
    let mut tx = app.state.store.system(false).await.unwrap();
    let actor = store::person::actor(&mut tx, app.chef, 1).await.unwrap().unwrap();
    let items = store::occurrence::year(&mut tx, &actor, app.enhet, 2026).await.unwrap();
    let late = items.iter().filter(|i| i.status(today) == domain::occurrence::Status::Forsenad).count();
    (late, items.len())
}

#[tokio::test]
async fn a_plan_that_is_read_in_late_in_the_year_is_counted_from_when_the_chef_chooses() {
    let (app, cookie) = november().await;
    let (preview, page) = previewed(&app, &cookie, "egenkontroll", "2026", "plan.csv", BROMMA.as_bytes()).await;
    for expected in ["Räkna från", "I dag, 23 november: inget blir försenat", "Januari, hela året: "] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    assert!(page.contains("Planen räknas från i dag, 23 november: "), "{page}");
    assert!(page.contains("tillfällen som redan har passerat tas inte med."), "{page}");
    // chosen on the page: October
    let chosen = format!("{preview}&raknas=10");
    let said = text_of(&confirmed(&app, &cookie, "egenkontroll", &chosen).await);
    assert!(said.contains("7 rader är inlästa. Planen räknas från oktober: "), "{said}");
    let (october, all) = late(&app).await;
    assert!(october > 0 && all > october, "{october} {all}");
    assert!(rows(&app, 2026).await.iter().all(|r| r.counted_from.is_some()));

    // as the page has it when nothing else is chosen
    let (app, cookie) = november().await;
    let (preview, _) = previewed(&app, &cookie, "egenkontroll", "2026", "plan.csv", BROMMA.as_bytes()).await;
    confirmed(&app, &cookie, "egenkontroll", &preview).await;
    assert_eq!(late(&app).await.0, 0);

    // the next year has nothing behind it, and is not asked about
    let (_, page) = previewed(&app, &cookie, "egenkontroll", "2027", "plan.csv", BROMMA.as_bytes()).await;
    assert!(!page.contains("Räkna från"), "{page}");
}
