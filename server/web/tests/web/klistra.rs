//! A table of answers: what is shown before anything is saved, what is saved, what is refused, and that nothing of it is kept.
#![allow(clippy::unwrap_used)]

use axum::body::Body;
use chrono::{Days, Months};
use domain::{
    enkat::{Kanal, State, tabell::ROWS_MAX},
    format,
    id::EnkatId,
};
use http::{Method, StatusCode, header};
use store::enkat::antal::Sealing;
use uuid::Uuid;
use web::router::router;

use crate::{
    common::{ADMIN, Answer, App, CHEF, browser},
    resultat::{opened_by, question, text_of},
};

const HEAD: &str = "Dag\tHur upplever du bemötandet?\tFick du vara delaktig?\tKön\tKommentar\n";

fn path(id: EnkatId) -> String {
    format!("/enkater/{id}/klistra")
}

async fn opened(app: &App) -> EnkatId {
    let first = question(1, "Hur upplever du bemötandet?", |f| {
        (f.kind, f.options, f.required) = ("val".into(), "+ Bra\nDelvis\n- Dåligt".into(), "on".into());
    });
    let text = question(3, "Något mer?", |f| f.kind = "fritext".into());
    let list = vec![first, question(2, "Fick du vara delaktig?", |_| ()), text];
    opened_by(app, Kanal::Telefon.code(), list).await
}

/// Sends the form for the table: pasted, or as a file.
async fn send(app: &App, cookie: &str, id: EnkatId, file: Option<(&str, &[u8])>, rows: &str) -> Answer {
    let (name, content) = file.unwrap_or_default();
    let mut body = format!(
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(
        format!("\r\n--xyz\r\nContent-Disposition: form-data; name=\"rows\"\r\n\r\n{rows}\r\n--xyz--\r\n").as_bytes(),
    );
    let request = browser(Method::POST, &path(id), cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xyz")
        .header(header::CONTENT_LENGTH, body.len())
        .body(Body::from(body))
        .unwrap();
    app.send(request).await
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let at = format!("name=\"{name}\" value=\"");
    let value = page.split(&at).nth(1).unwrap_or_else(|| panic!("no {name}: {page}")).split('"').next().unwrap();
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&")
}

/// What the form of a preview would send, with its columns as they are chosen in it.
pub fn form(page: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> =
        ["rows", "fro", "sett"].map(|name| (name.to_owned(), hidden(page, name))).to_vec();
    for part in page.split("<select id=\"kol").skip(1) {
        let name = format!("kol{}", part.split('"').next().unwrap());
        let options = part.split("</select>").next().unwrap();
        let chosen = options.split("<option value=\"").skip(1).find(|option| option.contains(" selected"));
        fields.push((name, chosen.unwrap().split('"').next().unwrap().to_owned()));
    }
    fields
}

async fn post(app: &App, cookie: &str, id: EnkatId, fields: &[(String, String)], more: &[(&str, &str)]) -> Answer {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(more.iter().copied()).collect();
    app.post(&path(id), cookie, &path(id), &fields).await
}

const SAVE: &[(&str, &str)] = &[("steg", "spara")];

async fn waiting(app: &App, id: EnkatId) -> i64 {
    store::enkat::svar::counts(&mut app.write().await, id).await.unwrap().0
}

/// Six rows of two months, with a column that nobody knows.
fn table(app: &App) -> String {
    let today = app.state.clock.today();
    let day = |months: u32| format::date(today - Months::new(months));
    let rows = [
        (day(0), "Bra\tJa\tKvinna\tKort väntetid"),
        (day(0), "Bra\tNej\tMan\t"),
        (day(1), "Delvis\t\tK\t"),
        (day(1), "dåligt\tNej\tM\t"),
        (day(1), "Bra\tDelvis\tVill inte svara\t"),
        (day(1), "Bra\tJa\t\t"),
    ];
    rows.into_iter().fold(HEAD.to_owned(), |all, (day, row)| format!("{all}{day}\t{row}\n"))
}

#[tokio::test]
async fn a_table_is_shown_before_it_is_saved_and_can_be_taken_back_afterwards() {
    let app = App::new().await;
    let (id, chef) = (opened(&app).await, app.log_in(CHEF).await);
    assert!(app.get(&format!("/enkater/{id}"), &chef).await.body.contains(&format!("href=\"{}\"", path(id))));
    let empty = text_of(&app.get(&path(id), &chef).await.body);
    assert!(empty.contains("Så ser tabellen ut") && empty.contains("Bra, Delvis, Dåligt. Måste besvaras."), "{empty}");
    let rows = table(&app);
    let csv = rows.replace('\t', ";");
    for (file, pasted) in [(None, rows.as_str()), (Some(("svar.csv", csv.as_bytes())), "")] {
        let shown = send(&app, &chef, id, file, pasted).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
        let text = text_of(&shown.body);
        assert!(text.contains("6 svar kan läggas in") && text.contains("Bra 4, Delvis 1, Dåligt 1"), "{text}");
        assert!(text.contains("Kvinnor 2, Män 2") && text.contains("utan svar 1"), "{text}");
        assert_eq!(waiting(&app, id).await, 0, "nothing is saved by looking");
    }
    let page = send(&app, &chef, id, None, &rows).await.body;
    let saved = post(&app, &chef, id, &form(&page), SAVE).await;
    assert_eq!((saved.status, waiting(&app, id).await), (StatusCode::OK, 6), "{}", saved.body);
    let text = text_of(&saved.body);
    assert!(
        text.contains("6 svar är inlagda i Samtal per telefon.") && text.contains("6 svar väntar på att visas"),
        "{text}"
    );
    assert!(!saved.body.contains("Kort väntetid"), "nothing of the table stands in the page any more");
    let again = post(&app, &chef, id, &form(&page), SAVE).await;
    assert!(text_of(&again.body).contains("har redan lagts in härifrån"), "{}", again.body);
    assert_eq!(waiting(&app, id).await, 6, "the same form twice is one table");
    let undo: Vec<(String, String)> =
        ["steg", "fro", "antal", "marke"].map(|name| (name.to_owned(), hidden(&saved.body, name))).to_vec();
    let undone = post(&app, &chef, id, &undo, &[]).await;
    assert!(text_of(&undone.body).contains("6 svar är borttagna."), "{}", undone.body);
    assert_eq!(waiting(&app, id).await, 0);
    let twice = post(&app, &chef, id, &undo, &[]).await;
    assert!(text_of(&twice.body).contains("Inget är borttaget."), "{}", twice.body);
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_cell_and_nothing_is_saved_until_it_is_mended() {
    let app = App::new().await;
    let (id, chef) = (opened(&app).await, app.log_in(CHEF).await);
    let tomorrow = format::date(app.state.clock.today() + Days::new(1));
    let rows = format!("{HEAD}\tBra\tJa\tK\t\n{tomorrow}\tToppen\tJa\tX\tRing 070-123 45 67\n\t\tJa\t\t\n");
    let shown = send(&app, &chef, id, None, &rows).await;
    let text = text_of(&shown.body);
    for said in [
        "Något behöver rättas",
        "Cell A3 (”Dag”): ",
        "har inte varit än",
        "Cell B3 (”Hur upplever du bemötandet?”): Svaret är inget av frågans svarsalternativ. Skriv Bra, Delvis eller Dåligt.",
        "Cell D3 (”Kön”): Kön går inte att läsa säkert.",
        "Cell E3 (”Kommentar”): Det ser ut som ett telefonnummer.",
        "Cell B4 (”Hur upplever du bemötandet?”): Välj ett svar.",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!shown.body.contains("value=\"spara\""), "there is nothing to confirm: {}", shown.body);
    let pressed = post(&app, &chef, id, &form(&shown.body), SAVE).await;
    assert_eq!((pressed.status, waiting(&app, id).await), (StatusCode::UNPROCESSABLE_ENTITY, 0));
    for (rows, said) in [
        ("Bra\tJa\nBra\tNej", "Rubrikraden saknas."),
        (" ", "Välj en fil, eller klistra in tabellen från Excel."),
        (&*format!("{HEAD}{}", "\tBra\tJa\tK\t\n".repeat(ROWS_MAX + 1)), "501 rader"),
        (&*format!("{HEAD}{}", format!("\tBra\tJa\tK\t{}\n", "å".repeat(500)).repeat(300)), "för stor"),
    ] {
        let told = send(&app, &chef, id, None, rows).await;
        assert!(text_of(&told.body).contains(said), "{said}: {}", text_of(&told.body));
    }
}

#[tokio::test]
async fn a_column_that_points_out_a_person_is_refused_and_never_shown_again() {
    let app = App::new().await;
    let (id, chef) = (opened(&app).await, app.log_in(CHEF).await);
    let rows = "Namn\tHur upplever du bemötandet?\nFörnamn Efternamn\tBra\nNamn Namnsson\tDelvis\n";
    let refused = send(&app, &chef, id, None, rows).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = text_of(&refused.body);
    assert!(text.contains("Kolumn A (”Namn”) ser ut att innehålla namn."), "{text}");
    assert!(!refused.body.contains("Namnsson") && refused.body.contains("Hur upplever du bemötandet?\nBra\nDelvis"));
    // nor when it is sent as confirmed
    let seed = Uuid::new_v4().to_string();
    let fields = [("rows", rows), ("fro", &*seed), ("sett", "")].map(|(n, v)| (n.to_owned(), v.to_owned()));
    let pressed = post(&app, &chef, id, &fields, SAVE).await;
    assert!(
        pressed.status == StatusCode::UNPROCESSABLE_ENTITY && !pressed.body.contains("Namnsson"),
        "{}",
        pressed.body
    );
    assert_eq!(waiting(&app, id).await, 0);
}

#[tokio::test]
async fn an_unknown_column_has_to_be_chosen_and_what_is_changed_after_the_preview_is_shown_first() {
    let app = App::new().await;
    let (id, chef) = (opened(&app).await, app.log_in(CHEF).await);
    let rows = "Hur upplever du bemötandet?\tÄrendetyp\nBra\tNy\nDelvis\tPågående\nBra\tNy\n";
    let page = send(&app, &chef, id, None, rows).await.body;
    assert!(text_of(&page).contains("Välj vad kolumn B (”Ärendetyp”) är, eller att den inte läses in."), "{page}");
    let mut fields = form(&page);
    fields.retain(|(name, _)| name != "kol1");
    fields.push(("kol1".to_owned(), "ut".to_owned()));
    let pressed = post(&app, &chef, id, &fields, SAVE).await;
    assert!(text_of(&pressed.body).contains("Titta igen innan du lägger in den."), "{}", pressed.body);
    assert_eq!(waiting(&app, id).await, 0, "it was not seen so");
    let text = text_of(&pressed.body);
    assert!(text.contains("Kolumnen ”Ärendetyp” läses inte in.") && text.contains("Raderna läggs in i "), "{text}");
    // a day before the enkät is wrong at its field
    let mut early = form(&pressed.body);
    early.push(("dag".to_owned(), "2001-01-01".to_owned()));
    let told = post(&app, &chef, id, &early, &[("steg", "")]).await;
    assert!(told.body.contains("id=\"dag-fel\"") && text_of(&told.body).contains("Enkäten pågår "), "{}", told.body);
    let saved = post(&app, &chef, id, &form(&pressed.body), SAVE).await;
    let text = text_of(&saved.body);
    assert!(text.contains("3 svar är inlagda") && text.contains("Kolumnen ”Ärendetyp” läses inte in."), "{text}");
    assert_eq!(waiting(&app, id).await, 3);
}

#[tokio::test]
async fn the_same_table_again_is_asked_about_where_the_server_has_a_key() {
    let mut app = App::new().await;
    let sealing = Sealing::new(|_, bytes| Some(bytes.to_vec()), |_, bytes| Some(bytes.to_vec()));
    let sum = |bytes: &[u8]| bytes.iter().fold(7_u128, |sum, b| sum.wrapping_mul(257).wrapping_add(u128::from(*b)));
    app.state.store = app.state.store.clone().sealed(sealing.marking(move |_, bytes| Uuid::from_u128(sum(bytes))));
    app.router = router(app.state.clone());
    let (id, chef) = (opened(&app).await, app.log_in(CHEF).await);
    let rows = table(&app);
    let page = send(&app, &chef, id, None, &rows).await.body;
    assert!(!page.contains("Servern har ingen nyckel"), "{page}");
    post(&app, &chef, id, &form(&page), SAVE).await;
    // in another order, from another form
    let mut lines: Vec<&str> = rows.lines().collect();
    lines[1..].reverse();
    let page = send(&app, &chef, id, None, &lines.join("\n")).await.body;
    let asked = post(&app, &chef, id, &form(&page), SAVE).await;
    assert_eq!((asked.status, waiting(&app, id).await), (StatusCode::CONFLICT, 6));
    assert!(text_of(&asked.body).contains("Samma tabell har redan lagts in. Inget är inlagt nu."), "{}", asked.body);
    let again = post(&app, &chef, id, &form(&asked.body), &[("igen", "on"), ("steg", "spara")]).await;
    assert_eq!((again.status, waiting(&app, id).await), (StatusCode::OK, 12), "{}", again.body);
    // and without a key the page says that it does not see it
    let keyless = App::new().await;
    let (id, chef) = (opened(&keyless).await, keyless.log_in(CHEF).await);
    assert!(send(&keyless, &chef, id, None, &rows).await.body.contains("Servern har ingen nyckel"));
}

#[tokio::test]
async fn who_may_not_enter_answers_and_an_enkat_that_is_closed_take_no_table() {
    let app = App::new().await;
    let (id, chef) = (opened(&app).await, app.log_in(CHEF).await);
    let admin = app.log_in(ADMIN).await;
    let rows = table(&app);
    assert_eq!(app.get(&path(id), &admin).await.status, StatusCode::FORBIDDEN);
    assert_eq!(send(&app, &admin, id, None, &rows).await.status, StatusCode::FORBIDDEN);
    assert_eq!(send(&app, &chef, EnkatId::new(), None, &rows).await.status, StatusCode::NOT_FOUND);
    let undo = [("steg", "angra"), ("fro", &*Uuid::new_v4().to_string()), ("antal", "6"), ("marke", "")]
        .map(|(n, v)| (n.to_owned(), v.to_owned()));
    assert_eq!(post(&app, &admin, id, &undo, &[]).await.status, StatusCode::FORBIDDEN);
    let nobody = send(&app, "", id, None, &rows).await;
    assert!(nobody.status == StatusCode::SEE_OTHER && nobody.to().starts_with("/logga-in"), "{}", nobody.to());
    let page = send(&app, &chef, id, None, &rows).await.body;
    let mut tx = app.write().await;
    let stands = store::enkat::get(&mut tx, id).await.unwrap().version;
    store::enkat::set_state(&mut tx, app.state.clock.now(), id, stands, State::Stangd).await.unwrap();
    tx.commit().await.unwrap();
    let late = post(&app, &chef, id, &form(&page), SAVE).await;
    assert!(text_of(&late.body).contains("Enkäten är stängd och tar inte emot fler svar."), "{}", late.body);
    assert_eq!(waiting(&app, id).await, 0);
}
