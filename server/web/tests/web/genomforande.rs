//! Beginning a run as a browser does: the form with its list or file, what is refused, and what no session may hold; and the
//! Word file at the end.
#![allow(clippy::unwrap_used)]

use crate::common::{Answer, App, CHEF, browser};
use axum::body::Body;
use domain::{
    egenkontroll,
    id::EgenkontrollId,
    permission::{Grants, Role},
    person::Actor,
    recurrence::form::Fields,
};
use http::{Method, header};
use web::{clock::Clock, router::router, state::AppState};

const BOUNDARY: &str = "----grans";

/// A control with twelve tillfällen; gives the id of the first.
pub async fn occurrence(app: &App) -> String {
    occurrence_of(app, 1).await
}

/// The same, of another month.
async fn occurrence_of(app: &App, month: usize) -> String {
    let now = app.state.clock.now();
    let mut tx = app.write().await;
    let id = EgenkontrollId::new();
    let form = egenkontroll::Form {
        kontrollmal: "Dokumentation".into(),
        when: Fields::named("varje_manad"),
        ..egenkontroll::Form::default()
    };
    let content = egenkontroll::check(&form, 2026).unwrap();
    store::plan::create(&mut tx, now, id, app.enhet, 2026, &content).await.unwrap();
    let tree = store::organisation::tree(&mut tx).await.unwrap();
    let grants = Grants(vec![(Role::Enhetschef, app.enhet)]);
    let actor = Actor { person: app.chef, name: String::new(), grants, groups: vec![], tree, epoch: 1 };
    let items = store::occurrence::of_source(&mut tx, &actor, id.0).await.unwrap();
    tx.commit().await.unwrap();
    items[month - 1].occurrence.id.to_string()
}

/// Posts the form, with a file when `file` has a name.
pub async fn start(app: &App, cookie: &str, fields: &[(&str, &str)], file: (&str, &[u8])) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes(),
        );
    }
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"{}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n",
        file.0
    );
    body.extend(head.into_bytes());
    body.extend(file.1);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
    let request = browser(Method::POST, "/genomforanden/starta", cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .body(Body::from(body))
        .unwrap();
    app.send(request).await
}

fn fields<'a>(occurrence: &'a str, urval: &'a str, lista: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("tillfalle", occurrence),
        ("kind", "stickprov"),
        ("kriterier", "Tillräcklig\r\nVäsentlig\r\nSaklig"),
        ("urval", urval),
        ("population", ""),
        ("lista", lista),
        ("spara_mall", "on"),
    ]
}

pub const NO_FILE: (&str, &[u8]) = ("", b"");

#[tokio::test]
async fn a_run_begins_with_a_pasted_list_and_ends_as_a_word_file() {
    let app = App::new().await;
    let (id, chef) = (occurrence(&app).await, app.log_in(CHEF).await);
    let answer = start(&app, &chef, &fields(&id, "2", "EB-1;K\r\nEB-2;M\r\nEB-3;K"), NO_FILE).await;
    let run = answer.to().to_owned();
    assert!(run.starts_with("/genomforanden/"), "{run}");
    let page = app.get(&run, &chef).await.body;
    assert_eq!(page.matches("data-nr=").count(), 2, "two cases");
    assert!(page.contains("Tillräcklig") && page.contains("EB-"), "{page}");
    // the same tillfälle again is the same run
    let again = start(&app, &chef, &fields(&id, "1", "X\r\nY"), NO_FILE).await;
    assert_eq!(again.to(), run);
    let file = app.get(&format!("{run}/dokumentation.docx"), &chef).await;
    assert_eq!(file.status, 200);
    let named = file.header("content-disposition");
    assert!(named.starts_with("attachment; filename=\"egenkontroll-dokumentation-"), "{named}");
    let file = app.get(&format!("{run}/dokumentation.pdf"), &chef).await;
    assert!(file.status == 200 && file.words.contains("ChaCha8"), "{}", file.words);
    let page = app.get(&format!("{run}/dokumentation"), &chef).await.body;
    assert!(page.contains("ChaCha8") && !page.contains("EB-1"), "the document names no cases");
}

#[tokio::test]
async fn a_run_that_is_closed_before_its_month_asks_first_as_a_tick_does() {
    let app = App::new().await;
    let state = AppState { clock: Clock::new(chrono::NaiveDate::from_ymd_opt(2026, 11, 23)), ..app.state.clone() };
    let app = App { router: router(state.clone()), state, ..app };
    let chef = app.log_in(CHEF).await;
    let december = occurrence_of(&app, 12).await;
    let begun = start(&app, &chef, &[("tillfalle", &*december), ("kind", "bedomning")], NO_FILE).await.to().to_owned();
    let id = begun.rsplit('/').next().unwrap();
    let page = format!("{begun}?flik=analys");
    let judged = [("id", id), ("version", "1"), ("form[outcome]", "uppfyllt")];
    app.post("/api/update_bedomning", &chef, &begun, &judged).await.to();
    let seen = app.get(&page, &chef).await.body;
    let version = seen.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(seen.contains("Det är inte december än. Är detta redan gjort?"), "{seen}");
    assert!(seen.contains("Ja, det är redan gjort") && seen.contains("Avsluta genomförandet i förväg"), "{seen}");
    let close = async |ahead: &str| {
        let fields = [("id", id), ("version", version), ("form[gallring]", "3"), ("form[ahead]", ahead)];
        let to = app.post("/api/close_genomforande", &chef, &page, &fields).await.to().to_owned();
        app.get(&to, &chef).await.body
    };
    let refused = close("").await;
    assert!(
        refused.contains("Dokumentation, december är inte markerad som utförd: tiden har inte börjat än."),
        "{refused}"
    );
    let done = close("on").await;
    assert!(done.contains("Dokumentation, december är utförd i förväg"), "{done}");

    // one whose month goes on asks nothing
    let november = occurrence_of(&app, 11).await;
    let begun = start(&app, &chef, &[("tillfalle", &*november), ("kind", "bedomning")], NO_FILE).await.to().to_owned();
    let seen = app.get(&format!("{begun}?flik=analys"), &chef).await.body;
    assert!(!seen.contains("redan gjort") && !seen.contains("i förväg"), "{seen}");
}

#[tokio::test]
async fn births_in_the_list_are_refused_numbered_and_never_kept() {
    let app = App::new().await;
    let (id, chef) = (occurrence(&app).await, app.log_in(CHEF).await);
    let answer = start(&app, &chef, &fields(&id, "2", "060606 K\r\n111111 M\r\n811228-9874"), NO_FILE).await;
    assert!(answer.to().starts_with("/genomforanden/ny?tillfalle="), "{}", answer.to());
    let page = app.get(answer.to(), &chef).await.body;
    assert!(page.contains("Rad 1, 2 och 3 ser ut som personnummer eller födelsedatum."), "{page}");
    assert!(page.contains("Rad 1\tK") && page.contains("Rad 3\tM"), "the offer: numbered rows with kön");
    for secret in ["060606", "111111", "811228"] {
        assert!(!page.contains(secret), "{secret}");
    }
    let numbered = "Rad 1\tK\r\nRad 2\tM\r\nRad 3\tM";
    let answer = start(&app, &chef, &fields(&id, "2", numbered), NO_FILE).await;
    assert!(app.get(answer.to(), &chef).await.body.contains("Rad "));
}

#[tokio::test]
async fn what_else_stands_in_a_table_with_the_list_goes_nowhere() {
    let app = App::new().await;
    let (id, chef) = (occurrence(&app).await, app.log_in(CHEF).await);
    // refused for its kön: of the table only what a list needs comes back
    let table = "Ärende;Personnummer;Namn;Kön\nEB-1;811228-9874;Brukare 1;X\nEB-2;811228-9874;Brukare 2;K\n";
    for (list, file) in [("", ("lista.csv", table.as_bytes())), (table, NO_FILE)] {
        let answer = start(&app, &chef, &fields(&id, "2", list), file).await;
        let page = app.get(answer.to(), &chef).await.body;
        assert!(page.contains("kön står som ”X”") && page.contains("EB-2"), "{page}");
        assert!(!page.contains("9874") && !page.contains("Brukare 1"), "{page}");
    }
}

#[tokio::test]
async fn a_list_that_did_not_come_whole_is_not_drawn_from() {
    let app = App::new().await;
    let (id, chef) = (occurrence(&app).await, app.log_in(CHEF).await);
    let long = (0..19_000).map(|i| format!("EB-{i};{}", "x".repeat(250))).collect::<Vec<_>>().join("\n");
    let answer = start(&app, &chef, &fields(&id, "2", &long), NO_FILE).await;
    assert!(answer.to().starts_with("/genomforanden/ny?"), "{}", answer.to());
    assert!(app.get(answer.to(), &chef).await.body.contains("Listan är större än 4 MB"));
}

#[tokio::test]
async fn what_cannot_be_drawn_from_is_refused_with_a_sentence_and_the_rest_stays() {
    let app = App::new().await;
    let (id, chef) = (occurrence(&app).await, app.log_in(CHEF).await);
    let endless = (0..100_000).map(|i| format!("EB-{i}")).collect::<Vec<_>>().join("\n");
    for (urval, list, file, words) in [
        ("20", "A\nB", NO_FILE, "Listan har 2 ärenden, så 20 kan inte dras."),
        ("2", "A\nA\nB", NO_FILE, "Samma ärende står flera gånger: A (rad 1 och 2)."),
        ("2", "", NO_FILE, "Listan är tom."),
        ("2", endless.as_str(), NO_FILE, "Listan har 100\u{a0}000 rader."),
        ("2", "", ("lista.pdf", b"%PDF-1.7" as &[u8]), "Filen är en pdf. Välj en fil i xlsx eller CSV."),
        ("2", "A", ("lista.csv", b"B\nC"), "Välj antingen en fil eller en inklistrad lista, inte båda."),
    ] {
        let answer = start(&app, &chef, &fields(&id, urval, list), file).await;
        let page = app.get(answer.to(), &chef).await.body;
        assert!(page.contains(words), "{words}: {}", &page[..page.len().min(3_000)]);
        assert!(page.contains("Väsentlig"), "the criteria stay");
    }
    let csv = "Ärendenummer;Kön\nEB-1;K\nEB-2;M\n".as_bytes();
    let answer = start(&app, &chef, &fields(&id, "2", ""), ("lista.csv", csv)).await;
    assert!(app.get(answer.to(), &chef).await.body.contains("EB-1"), "a file is read");
}

/// Each drawn case with its kön, from the page.
fn cases(page: &str) -> Vec<(String, &'static str)> {
    let mut cases: Vec<_> = page
        .split("data-arende=\"")
        .skip(1)
        .map(|row| {
            let checked =
                |kon: &str, label: &str| row.contains(&format!("value=\"{kon}\" aria-label=\"{label}\" checked"));
            let kon = match (checked("kvinna", "Kvinna"), checked("man", "Man")) {
                (true, false) => "K",
                (false, true) => "M",
                _ => "",
            };
            (row.split('"').next().unwrap().to_owned(), kon)
        })
        .collect();
    cases.sort();
    cases
}

#[tokio::test]
async fn a_list_with_line_breaks_in_its_cells_is_the_same_ten_cases_pasted_and_as_a_file() {
    const PASTED: &str = include_str!("../../../../app/domain/testdata/falt/11a-arendelista-med-radbrytning.txt");
    const FILE: &[u8] = include_bytes!("../../../../app/domain/testdata/falt/11b-samma-lista.xlsx");
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let mut read = Vec::new();
    for (pasted, file) in [(PASTED, NO_FILE), ("", ("lista.xlsx", FILE))] {
        let id = occurrence(&app).await;
        let answer = start(&app, &chef, &fields(&id, "10", pasted), file).await;
        let page = app.get(answer.to(), &chef).await.body;
        assert!(page.contains("10 av 10 ärenden"), "{page}");
        read.push(cases(&page));
    }
    assert_eq!(read[0], read[1]);
    assert_eq!(read[0].len(), 10);
    assert_eq!(read[0][0], ("EB-2026-101 (två ansökningar)".to_owned(), "K"));
    assert_eq!(read[0].iter().filter(|(_, kon)| *kon == "K").count(), 6);
}

#[tokio::test]
async fn kon_in_digits_is_asked_about_and_what_was_passed_by_is_said() {
    let app = App::new().await;
    let (id, chef) = (occurrence(&app).await, app.log_in(CHEF).await);
    let list =
        "Ärendelista Södra\r\n\r\nÄrende\tKön\tHandläggare\r\nEB-1\t2\tHandläggare 1\r\nEB-2\t1\t\"\r\nSumma\t\t2";
    let answer = start(&app, &chef, &fields(&id, "2", list), NO_FILE).await;
    let page = app.get(answer.to(), &chef).await.body;
    assert!(page.contains("Rad 1 och 2: kön står som ”2”, ”1”."), "{page}");
    assert!(page.contains("2 är kvinna och 1 är man"), "the answers that can be given: {page}");
    let mut answered = fields(&id, "2", list);
    answered.push(("kon", "tva_kvinna"));
    let answer = start(&app, &chef, &answered, NO_FILE).await;
    let page = app.get(answer.to(), &chef).await.body;
    assert_eq!(cases(&page), [("EB-1".to_owned(), "K"), ("EB-2".to_owned(), "M")]);
    for said in [
        "2 av 2 ärenden är dragna. Rubrikraden är rad 3.",
        "Summaraden, rad 6, läses inte in.",
        "1 ditotecken (rad 5) är ifyllt med det som står ovanför.",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

/// As many as are read, pasted: how long it takes is printed, and bounded loosely, for a machine that does other things too.
#[tokio::test]
async fn twenty_thousand_pasted_cases_are_drawn_from_at_once() {
    let app = App::new().await;
    let (id, chef) = (occurrence(&app).await, app.log_in(CHEF).await);
    let list: Vec<String> = (0..20_000)
        .map(|n| format!("\"EB-2026-{n}\r\n(ansökan)\"\t{}\tHandläggare {}", if n % 2 == 0 { "K" } else { "M" }, n % 9))
        .collect();
    let text = format!("Ärende\tKön\tHandläggare\r\n{}", list.join("\r\n"));
    let begun = std::time::Instant::now();
    let answer = start(&app, &chef, &fields(&id, "100", &text), NO_FILE).await;
    let took = begun.elapsed();
    println!("20 000 pasted cases: {took:?}");
    assert!(answer.to().starts_with("/genomforanden/0"), "{}", answer.to());
    let page = app.get(answer.to(), &chef).await.body;
    assert!(page.contains("100 av 20\u{a0}000 ärenden är dragna"), "{page}");
    assert!(took.as_secs() < 20, "{took:?}");
}

#[tokio::test]
async fn only_who_may_carry_it_out_begins_and_whoever_was_logged_out_gets_the_form_back() {
    let app = App::new().await;
    let id = occurrence(&app).await;
    let admin = app.log_in(crate::common::ADMIN).await;
    assert_eq!(start(&app, &admin, &fields(&id, "1", "A\nB"), NO_FILE).await.status, 403);
    let answer = start(&app, "", &fields(&id, "1", "EB-1\nEB-2"), NO_FILE).await;
    assert!(answer.to().starts_with("/logga-in"), "{}", answer.to());
}
