//! The results of an enkät on the page and in the workbook: who sees them, and that no figure of a small group is in
//! either.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use crate::common::{App, CHEF, PASSWORD};
use calamine::{Data, Reader, Xlsx};
use chrono::{Datelike, Months, NaiveDate};
use domain::{
    enkat::{FragaForm, Grain, Period, Questions, State, Svar, Varde, check_fraga, resultat::read_utifran},
    id::{EnkatId, NodeId, PersonId},
    kon::Kon,
    organisation::{Node, NodeKind},
    permission::Role,
};
use http::StatusCode;
use store::{enkat, person::NewPerson};
use uuid::Uuid;

const MEDARBETARE: &str = "handlaggare@demo.se";
const ELSEWHERE: &str = "annan@demo.se";

pub fn question(key: i32, text: &str, more: impl Fn(&mut FragaForm)) -> domain::enkat::Fraga {
    let mut form = FragaForm { kind: "ja_nej_delvis".into(), text: text.into(), ..FragaForm::default() };
    more(&mut form);
    check_fraga(&form, key).unwrap()
}

/// A day of the month that was so many months ago.
fn months_ago(app: &App, months: u32) -> NaiveDate {
    app.state.clock.today().with_day(1).unwrap() - Months::new(months)
}

/// An open enkät of the last year with these questions.
pub async fn opened(app: &App, list: Vec<domain::enkat::Fraga>) -> EnkatId {
    opened_by(app, "telefon", list).await
}

/// The same, asked in another way.
pub async fn opened_by(app: &App, kanal: &str, list: Vec<domain::enkat::Fraga>) -> EnkatId {
    let (id, now) = (EnkatId::new(), app.state.clock.now());
    let form = domain::enkat::Form {
        title: "Samtal per telefon".into(),
        kanal: kanal.into(),
        grain: "manad".into(),
        first: domain::format::date(months_ago(app, 11)),
        last: domain::format::date(months_ago(app, 0) + Months::new(1)),
        ..domain::enkat::Form::default()
    };
    let mut tx = app.write().await;
    enkat::create(&mut tx, now, id, app.enhet, &domain::enkat::check(&form, now.date_naive()).unwrap()).await.unwrap();
    write_questions(app, &mut tx, id, list).await;
    enkat::set_state(&mut tx, now, id, 1, State::Oppen).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn write_questions(app: &App, tx: &mut store::Tx, id: EnkatId, list: Vec<domain::enkat::Fraga>) {
    let found = enkat::get(tx, id).await.unwrap();
    let version = enkat::versions(tx, id).await.unwrap().pop().unwrap();
    let seen = (&version, &version.questions);
    let questions = Questions { kon: true, list };
    let now = app.state.clock.now();
    enkat::update_questions(tx, now, &found, seen, &questions, "Frågor", vec![]).await.unwrap();
}

/// So many answers of a month, with the same kön and the same values.
pub async fn answers(app: &App, id: EnkatId, ago: u32, kon: Kon, n: usize, values: &[(i32, Varde)]) {
    let mut tx = app.write().await;
    let version = enkat::versions(&mut tx, id).await.unwrap().into_iter().rfind(|v| v.in_use).unwrap().id;
    let period = Period::of(months_ago(app, ago), Grain::Manad);
    let found = enkat::get(&mut tx, id).await.unwrap();
    for _ in 0..n {
        let values: BTreeMap<i32, Varde> = values.iter().cloned().collect();
        let svar = Svar { id: Uuid::new_v4(), version, period, kon: Some(kon), values };
        // each by somebody else
        let by = enkat::svar::Inmatning { person: PersonId::new(), month: "2026-11", form: false };
        assert_eq!(enkat::svar::take(&mut tx, &found, by, &[svar]).await.unwrap().new, 1);
    }
    tx.commit().await.unwrap();
}

pub async fn publish(app: &App) {
    enkat::slapp::sweep(&app.state.store, app.state.clock.today()).await.unwrap();
}

/// One who answers at the unit, and the chef of another unit.
async fn others(app: &App) -> (String, String) {
    let hash = web::password::hash(PASSWORD.to_owned()).await;
    let now = app.state.clock.now();
    let mut tx = app.write().await;
    let west = NodeId::new();
    let name = "Västra enheten".to_owned();
    let unit = Node { id: west, parent: Some(app.top), kind: NodeKind::Enhet, name, active: true, version: 1 };
    store::organisation::create_node(&mut tx, now, &unit).await.unwrap();
    for (email, role, node) in [(MEDARBETARE, Role::Medarbetare, app.enhet), (ELSEWHERE, Role::Enhetschef, west)] {
        let (name, email, password_hash) = ("Person".to_owned(), email.to_owned(), hash.clone());
        let person = NewPerson { id: PersonId::new(), name, email, password_hash, roles: vec![(role, node)] };
        store::person::create(&mut tx, now, &person).await.unwrap();
    }
    tx.commit().await.unwrap();
    (app.log_in(MEDARBETARE).await, app.log_in(ELSEWHERE).await)
}

pub async fn workbook(app: &App, cookie: &str, id: EnkatId) -> Xlsx<std::io::Cursor<Vec<u8>>> {
    let path = format!("/enkater/{id}/resultat.xlsx");
    let file = app.get(&path, cookie).await;
    assert_eq!(file.status, StatusCode::OK);
    Xlsx::new(std::io::Cursor::new(file.bytes.to_vec())).unwrap()
}

/// Every cell of every sheet.
pub fn cells(book: &mut Xlsx<std::io::Cursor<Vec<u8>>>) -> Vec<Data> {
    let sheets = book.worksheets();
    sheets.into_iter().flat_map(|(_, range)| range.rows().flatten().cloned().collect::<Vec<_>>()).collect()
}

pub fn texts(cells: &[Data]) -> Vec<String> {
    cells.iter().filter_map(|c| if let Data::String(s) = c { Some(s.clone()) } else { None }).collect()
}

/// The whole numbers among them.
fn numbers(cells: &[Data]) -> Vec<i64> {
    #[allow(clippy::cast_possible_truncation)]
    let whole = |x: f64| (x.fract() == 0.0).then_some(x as i64);
    cells.iter().filter_map(|c| if let Data::Float(x) = c { whole(*x) } else { None }).collect()
}

/// A page without its tags.
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

#[tokio::test]
async fn a_workbook_and_a_page_of_a_small_group_hold_no_figure_of_it() {
    let app = App::new().await;
    let id = opened(&app, vec![question(1, "Bra bemötande?", |_| ())]).await;
    let ja = |value| [(1, Varde::Val(value))];
    // 26 women and four men: the men would be all minus the women, so neither is shown
    for (kon, value, n) in
        [(Kon::Kvinna, 0, 19), (Kon::Kvinna, 1, 5), (Kon::Kvinna, 2, 2), (Kon::Man, 0, 1), (Kon::Man, 2, 3)]
    {
        answers(&app, id, 3, kon, n, &ja(value)).await;
    }
    // three in the month after: fewer than five, so they wait
    answers(&app, id, 2, Kon::Kvinna, 3, &ja(2)).await;
    publish(&app).await;
    let chef = app.log_in(CHEF).await;
    let cells = cells(&mut workbook(&app, &chef, id).await);
    let numbers = numbers(&cells);
    assert!(numbers.contains(&30) && numbers.contains(&20), "{numbers:?}");
    for hidden in [26, 4, 19, 2, 3, 1, 33, 8] {
        assert!(!numbers.contains(&hidden), "{hidden} is in {numbers:?}");
    }
    let texts = texts(&cells);
    assert!(!texts.iter().any(|t| t.starts_with("Kvinnor") || t.starts_with("Män")), "{texts:?}");

    let page = app.get(&format!("/enkater/{id}/resultat"), &chef).await;
    assert_eq!(page.status, StatusCode::OK);
    let text = text_of(&page.body);
    let finding = texts.iter().find(|t| t.contains("svarade Ja.")).unwrap();
    assert!(finding.starts_with("20 av 30 (66,7\u{a0}%) svarade Ja. Med 95 % säkerhet"), "{finding}");
    assert!(text.contains("20 av 30 (66,7\u{a0}%) svarade Ja."), "the page says the same");
    assert!(text.contains("3 svar väntar på att visas"), "{text}");
    assert!(text.contains("delas upp på kön när"), "no kön is shown");
    assert!(!page.body.contains(" style="), "the content security policy forbids it");
}

#[tokio::test]
async fn kon_time_and_earlier_words_stand_in_page_and_workbook_alike() {
    let app = App::new().await;
    let asked = || {
        vec![
            question(1, "Bra bemötande?", |f| f.vikt = "80".into()),
            question(2, "Delaktig?", |f| f.vikt = "30".into()),
        ]
    };
    let id = opened(&app, asked()).await;
    let values = |a, b| [(1, Varde::Val(a)), (2, Varde::Val(b))];
    for ago in [6, 5] {
        answers(&app, id, ago, Kon::Kvinna, 7, &values(0, 0)).await;
        answers(&app, id, ago, Kon::Man, 6, &values(1, 0)).await;
    }
    publish(&app).await;
    let now = app.state.clock.now();
    let mut tx = app.write().await;
    enkat::create_version(&mut tx, now, id).await.unwrap();
    let mut changed = asked();
    changed[0] = question(1, "=Gott bemötande?", |f| f.vikt = "80".into());
    write_questions(&app, &mut tx, id, changed.clone()).await;
    enkat::use_version(&mut tx, now, id).await.unwrap();
    let found = enkat::get(&mut tx, id).await.unwrap();
    let rows = read_utifran("1;@Staden;2025;;88,5;1200\n2;Staden;2025;kvinna;70;", &changed).unwrap().rows;
    enkat::resultat::save_utifran(&mut tx, now, &found, &rows).await.unwrap();
    for ago in [6, 5] {
        let period = Period::of(months_ago(&app, ago), Grain::Manad).to_string();
        let seen = enkat::resultat::utdelade_seen(&enkat::resultat::utdelade(&mut tx, found.id).await.unwrap());
        enkat::resultat::set_utdelade(&mut tx, now, &found, (&period, Some(26)), &seen).await.unwrap();
    }
    tx.commit().await.unwrap();
    answers(&app, id, 2, Kon::Kvinna, 10, &values(0, 1)).await;
    publish(&app).await;
    let chef = app.log_in(CHEF).await;
    let mut book = workbook(&app, &chef, id).await;
    assert_eq!(book.sheet_names(), ["Om resultatet", "Fråga 1", "Fråga 1, version 1", "Fråga 2"]);
    for name in book.sheet_names() {
        assert_eq!(book.worksheet_formula(&name).unwrap().rows().flatten().filter(|f| !f.is_empty()).count(), 0);
    }
    let texts = texts(&cells(&mut book));
    for told in ["=Gott bemötande?", "Bra bemötande?", "@Staden 2025", "Kvinnor", "Män", "Svarsfrekvens"] {
        assert!(texts.iter().any(|t| t == told), "{told}: {texts:?}");
    }
    let page = app.get(&format!("/enkater/{id}/resultat"), &chef).await;
    let text = text_of(&page.body);
    for told in [
        "10 av 10 (100,0\u{a0}%) svarade Ja.",
        "Frågan ändrades i version 2",
        "Så löd frågan i version 1",
        "14 av 26 (53,8\u{a0}%) svarade Ja.",
        "26 av 36 (72,2\u{a0}%) svarade Ja.",
        "@Staden 2025",
        "50,0\u{a0}%",
        "26 svar på 52 utdelade",
        "Behåll: fråga 1.",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let one = app.get(&format!("/enkater/{id}/resultat?fraga=2"), &chef).await;
    assert!(!text_of(&one.body).contains("Gott bemötande?</h2>") && one.status == StatusCode::OK);
    let none = app.get(&format!("/enkater/{id}/resultat?fraga=99"), &chef).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let filtered = app.get(&format!("/enkater/{id}/resultat?period=2026-01&kon=man"), &chef).await;
    assert_eq!(text_of(&filtered.body), text, "there is nothing to filter by, so nothing to subtract");
}

#[tokio::test]
async fn who_answers_sees_the_result_but_not_the_texts_and_another_unit_sees_nothing() {
    let app = App::new().await;
    let text = question(2, "Vad kan bli bättre?", |f| f.kind = "fritext".into());
    let id = opened(&app, vec![question(1, "Bra bemötande?", |_| ()), text]).await;
    let said = [(1, Varde::Val(0)), (2, Varde::Text("Kortare <b>väntan</b>".into()))];
    answers(&app, id, 3, Kon::Kvinna, 6, &said).await;
    publish(&app).await;
    let (medarbetare, elsewhere) = others(&app).await;
    let chef = app.log_in(CHEF).await;
    let status = async |path: &str, cookie: &str| app.get(&format!("/enkater/{id}/{path}"), cookie).await.status;
    for (path, own, answers) in [
        ("resultat", StatusCode::OK, StatusCode::OK),
        ("resultat.xlsx", StatusCode::OK, StatusCode::OK),
        ("fritext", StatusCode::OK, StatusCode::FORBIDDEN),
        ("varden", StatusCode::OK, StatusCode::FORBIDDEN),
    ] {
        assert_eq!(status(path, &chef).await, own, "{path}");
        assert_eq!(status(path, &medarbetare).await, answers, "{path}");
        assert_eq!(status(path, &elsewhere).await, StatusCode::FORBIDDEN, "{path}");
    }
    let page = app.get(&format!("/enkater/{id}/fritext"), &chef).await.body;
    assert!(page.contains("Kortare &lt;b&gt;väntan") && page.contains("6 kommentarer"), "{page}");
    let seen = app.get(&format!("/enkater/{id}/resultat"), &medarbetare).await.body;
    assert!(!seen.contains("/fritext") && !seen.contains("väntan"), "no tab, and no text");
    let cells = texts(&cells(&mut workbook(&app, &medarbetare, id).await));
    assert!(!cells.iter().any(|t| t.contains("väntan")));
}

#[tokio::test]
async fn an_enkat_without_five_answers_says_so() {
    let app = App::new().await;
    let id = opened(&app, vec![question(1, "Bra bemötande?", |_| ())]).await;
    answers(&app, id, 3, Kon::Man, 4, &[(1, Varde::Val(0))]).await;
    publish(&app).await;
    let chef = app.log_in(CHEF).await;
    let page = text_of(&app.get(&format!("/enkater/{id}/resultat"), &chef).await.body);
    assert!(page.contains("Inget resultat än") && page.contains("4 svar väntar"), "{page}");
    assert!(!page.contains("svarade Ja"), "{page}");
}

#[tokio::test]
async fn pasted_values_come_back_with_every_fault_and_handed_out_is_written_and_taken_away() {
    let app = App::new().await;
    let id = opened(&app, vec![question(1, "Bra bemötande?", |_| ())]).await;
    let chef = app.log_in(CHEF).await;
    let (page, text) = (format!("/enkater/{id}/varden"), id.to_string());
    let paste = async |rows: &str| {
        let answer = app.post("/api/import_enkat_utifran", &chef, &page, &[("id", &text), ("rows", rows)]).await;
        let to = answer.to().to_owned();
        text_of(&app.get(&to, &chef).await.body)
    };
    let back = paste("9;Staden;2025;;88\n1;Staden;i fjol;;88").await;
    assert!(back.contains("Rad 1:") && back.contains("Rad 2:") && back.contains("Inga värden än"), "{back}");
    let done = paste("1;Staden;2025;;88,5;1200").await;
    assert!(done.contains("88,5\u{a0}%") && done.contains("Ett värde är inläst"), "{done}");
    let period = Period::of(months_ago(&app, 1), Grain::Manad).to_string();
    let write = async |n: &str| {
        let form = app.get(&page, &chef).await.body;
        let seen = form.split_once("name=\"seen\" value=\"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
        let fields = [("id", text.as_str()), ("period", &period), ("n", n), ("seen", seen)];
        let answer = app.post("/api/set_enkat_utdelade", &chef, &page, &fields).await;
        let to = answer.to().to_owned();
        text_of(&app.get(&to, &chef).await.body)
    };
    assert!(write("1346").await.contains("1\u{a0}346"));
    assert!(!write("").await.contains("1\u{a0}346"));
}
