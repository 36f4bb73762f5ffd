//! Enkäter in the browser without script: the day of an answer.
#![allow(clippy::unwrap_used)]

use chrono::{Days, Months};
use domain::{format, id::EnkatId};
use http::StatusCode;
use uuid::Uuid;

use crate::{
    common::{Answer, App, CHEF},
    resultat::{opened_by, question, text_of},
};

async fn version(app: &App, id: EnkatId) -> String {
    let mut tx = app.write().await;
    store::enkat::versions(&mut tx, id).await.unwrap().into_iter().rfind(|v| v.in_use).unwrap().id.to_string()
}

async fn answer(app: &App, chef: &str, id: EnkatId, day: &str) -> Answer {
    let (path, version, svar) = (format!("/enkater/{id}/svara"), version(app, id).await, Uuid::new_v4().to_string());
    let fields = [("id", &*svar), ("version", &*version), ("q1", "0"), ("kon", ""), ("dag", day)];
    app.post(&path, chef, &path, &fields).await
}

async fn waiting(app: &App, id: EnkatId) -> i64 {
    store::enkat::svar::counts(&mut app.write().await, id).await.unwrap().0
}

#[tokio::test]
async fn a_day_that_has_not_been_is_refused_in_a_sentence_and_nothing_is_saved() {
    let app = App::new().await;
    let id = opened_by(&app, "telefon", vec![question(1, "Bra bemötande?", |_| ())]).await;
    let chef = app.log_in(CHEF).await;
    let tomorrow = format::date(app.state.clock.today() + Days::new(1));
    let refused = answer(&app, &chef, id, &tomorrow).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text_of(&refused.body).contains("har inte varit än. Välj i dag eller en dag som har varit."),
        "{}",
        refused.body
    );
    assert!(refused.body.contains(&format!(r#"value="{tomorrow}""#)), "what was typed stays");
    assert_eq!(waiting(&app, id).await, 0);
    // from a device too: a month that has not begun is not stored as the one that goes on
    let konto = store::enkat::antal::device_key(&app.state.store, app.chef).await.unwrap().to_string();
    let period = (app.state.clock.today() + Months::new(1)).format("%Y-%m").to_string();
    let given = domain::enkat::Inlamnat {
        id: Uuid::new_v4().to_string(),
        version: version(&app, id).await,
        period,
        kon: String::new(),
        values: vec![(1, "0".into())],
    };
    let svar = serde_json::to_string(&[given]).unwrap();
    let fields = [("enkat", &*id.to_string()), ("konto", &*konto), ("svar", &*svar)];
    let told = app.post("/api/create_enkatsvar", &chef, "/", &fields).await;
    assert!(told.status == StatusCode::SEE_OTHER || told.body.contains("som inte har börjat"), "{}", told.body);
    assert_eq!(waiting(&app, id).await, 0);
}

#[tokio::test]
async fn the_tillfalle_of_an_open_enkat_leads_to_it_and_is_ticked_off_by_nobody() {
    let app = App::new().await;
    let enkat = opened_by(&app, "telefon", vec![question(1, "Bra bemötande?", |_| ())]).await;
    let chef = app.log_in(CHEF).await;
    let item = async || {
        let mut tx = app.write().await;
        let actor = store::person::actor(&mut tx, app.chef, 1).await.unwrap().unwrap();
        store::occurrence::of_source(&mut tx, &actor, enkat.0).await.unwrap().remove(0)
    };
    let standing = item().await.occurrence;
    let (id, version) = (standing.id.to_string(), standing.version.to_string());
    let path = format!("/forekomster/{id}");
    let page = app.get(&path, &chef).await.body;
    assert!(page.contains("Visa enkäten") && page.contains(&format!("href=\"/enkater/{enkat}\"")), "{page}");
    assert!(page.contains("blir utförd när enkäten stängs"), "{page}");
    for none in ["kontrollen", "/api/mark_occurrence_done", "id=\"resultat\"", "Till månad"] {
        assert!(!page.contains(none), "{none}: {page}");
    }
    assert!(page.contains("Ny sista dag"), "it is moved to a day: {page}");
    // who sends the form all the same is told why it stays
    let fields = [("id", &*id), ("version", &*version), ("form[outcome]", "")];
    let told = app.post("/api/mark_occurrence_done", &chef, &path, &fields).await;
    assert!(app.get(told.to(), &chef).await.body.contains("blir utförd när enkäten stängs"));
    let row = format!("{id}.{version}");
    let fields = [("node", &*app.enhet.to_string()), ("act", "utford"), ("rows[]", &*row), ("back", "/")];
    let told = app.post("/api/mark_occurrences", &chef, "/", &fields).await;
    let page = app.get(told.to(), &chef).await.body;
    assert!(page.contains("Ett tillfälle står kvar") && page.contains("blir utförd när enkäten stängs"), "{page}");
    assert!(item().await.occurrence.state.is_open());
    // its closing is moved to a day, and it is open from the day it was
    let to = format::date(standing.due + Days::new(1));
    let fields = [("id", &*id), ("version", &*version), ("to", &*to), ("reason", "Fler svar hinner inte in")];
    app.post("/api/move_occurrence", &chef, &path, &fields).await.to();
    let moved = item().await.occurrence;
    assert_eq!((moved.start, format::date(moved.due)), (standing.start, to));
    // and it is done with the enkät, and to do again with it
    let mut tx = app.write().await;
    let stands = store::enkat::get(&mut tx, enkat).await.unwrap().version;
    let closed = domain::enkat::State::Stangd;
    store::enkat::set_state(&mut tx, app.state.clock.now(), enkat, stands, closed).await.unwrap();
    tx.commit().await.unwrap();
    let done = item().await.occurrence;
    assert!(!done.state.is_open());
    assert!(!app.get(&path, &chef).await.body.contains("Ångra och gör om"));
    let fields = [("id", &*id), ("version", &*done.version.to_string()), ("reason", "Fel")];
    let told = app.post("/api/undo_occurrence_mark", &chef, &path, &fields).await;
    assert!(app.get(told.to(), &chef).await.body.contains("när enkäten öppnas igen"));
    assert!(!item().await.occurrence.state.is_open());
}

#[tokio::test]
async fn after_a_call_the_next_one_is_today_again_and_the_page_says_where_the_answer_went() {
    let app = App::new().await;
    let id = opened_by(&app, "telefon", vec![question(1, "Bra bemötande?", |_| ())]).await;
    let chef = app.log_in(CHEF).await;
    let today = app.state.clock.today();
    let before = today - Months::new(2);
    let saved = answer(&app, &chef, id, &format::date(before)).await;
    let page = app.get(saved.to(), &chef).await.body;
    assert!(page.contains(&format!("Samtal i dag, {}", format::day_month(today))), "{page}");
    assert!(page.contains("Redo för nästa, från i dag igen."), "{page}");
    assert!(page.contains(&format!(r#"name="dag" value="{}""#, format::date(today))), "{page}");
    let saved = answer(&app, &chef, id, &format::date(today)).await;
    assert!(app.get(saved.to(), &chef).await.body.contains("Sparat. Redo för nästa."));
    assert_eq!(waiting(&app, id).await, 2);
}

#[tokio::test]
async fn a_pile_of_paper_keeps_its_day_in_words_with_one_tap_back_to_today() {
    let app = App::new().await;
    let id = opened_by(&app, "papper", vec![question(1, "Bra bemötande?", |_| ())]).await;
    let chef = app.log_in(CHEF).await;
    let before = app.state.clock.today() - Months::new(2);
    let saved = answer(&app, &chef, id, &format::date(before)).await;
    let page = app.get(saved.to(), &chef).await.body;
    assert!(page.contains(&format!(r#"name="dag" value="{}""#, format::date(before))), "{page}");
    assert!(
        page.contains(&format!("Gäller {} {}, inte i dag.", format::day_month(before), before.format("%Y"))),
        "{page}"
    );
    assert!(page.contains(&format!(r#"href="/enkater/{id}/svara""#)) && page.contains("Byt till i dag"), "{page}");
    // a day that is made up in the address is none
    let page = app.get(&format!("/enkater/{id}/svara?dag=2999-01-01"), &chef).await.body;
    assert!(page.contains(&format!(r#"name="dag" value="{}""#, format::date(app.state.clock.today()))), "{page}");
}

async fn save_question(app: &App, chef: &str, id: EnkatId, options: &str, grader: &str) -> Answer {
    let fields = [
        ("id", &*id.to_string()),
        ("form[kind]", "val"),
        ("form[text]", "Hur var bemötandet?"),
        ("form[options]", options),
        ("form[grader]", grader),
    ];
    app.post("/api/update_enkat_fraga", chef, &format!("/enkater/{id}/fragor"), &fields).await
}

#[tokio::test]
async fn the_maker_of_an_enkat_is_shown_how_the_options_count_before_they_are_saved() {
    let app = App::new().await;
    let id = opened_by(&app, "papper", vec![question(1, "Bra bemötande?", |_| ())]).await;
    let chef = app.log_in(CHEF).await;
    let page = format!("/enkater/{id}/fragor");
    let options = "Bra\nDåligt\nDelvis";
    let asked = save_question(&app, &chef, id, options, "").await;
    let body = app.get(asked.to().split('#').next().unwrap(), &chef).await.body;
    assert!(
        body.contains("Bra: Bra. Mittemellan: Delvis. Dåligt: Dåligt.") && body.contains("Spara med förslaget"),
        "{body}"
    );
    assert!(body.contains("Frågan är inte sparad än"), "{body}");
    assert_eq!(questions(&app, id).await.len(), 1);
    save_question(&app, &chef, id, options, "forslag").await;
    let body = app.get(&page, &chef).await.body;
    assert!(body.contains("Bra: Bra. Mittemellan: Delvis. Dåligt: Dåligt"), "{body}");
    assert_eq!(questions(&app, id).await.len(), 2);
    // whoever says it is not asked
    let saved = save_question(&app, &chef, id, "+ Lätt\n- Svårt", "").await;
    assert!(saved.to().starts_with(&page), "{}", saved.to());
    assert_eq!(questions(&app, id).await.len(), 3);
}

async fn questions(app: &App, id: EnkatId) -> Vec<domain::enkat::Fraga> {
    store::enkat::versions(&mut app.write().await, id).await.unwrap().pop().unwrap().questions.list
}

#[tokio::test]
async fn daligt_is_painted_and_called_daligt_also_in_an_enkat_from_before_and_it_can_be_said_with_answers() {
    let app = App::new().await;
    let fraga = question(1, "Hur var bemötandet?", |f| {
        (f.kind, f.options, f.grader) = ("val".into(), "+ Bra\nDåligt\nDelvis".into(), "som_det_star".into());
    });
    // as before anybody could say it
    let options = fraga.options.iter().map(|o| domain::enkat::Alternativ { bad: None, ..o.clone() }).collect();
    let id = opened_by(&app, "papper", vec![domain::enkat::Fraga { options, ..fraga }]).await;
    for (value, n) in [(0, 6), (1, 5), (2, 5)] {
        crate::resultat::answers(&app, id, 3, domain::kon::Kon::Kvinna, n, &[(1, domain::enkat::Varde::Val(value))])
            .await;
    }
    crate::resultat::publish(&app).await;
    let chef = app.log_in(CHEF).await;
    let before = app.get(&format!("/enkater/{id}/resultat"), &chef).await.body;
    let place = |page: &str, word: &str| page.find(word).unwrap_or_else(|| panic!("no {word}: {page}"));
    assert!(before.contains("chart-bad-0") && before.contains("chart-middle-0"), "{before}");
    assert!(text_of(&before).contains("svarade Bra."));
    let (_, legend) = before.split_once("result-distribution").unwrap();
    assert!(
        place(legend, "Delvis") < place(legend, "Dåligt"),
        "from good to bad, whatever the order they are asked in"
    );
    let page = app.get(&format!("/enkater/{id}/fragor"), &chef).await.body;
    assert!(page.contains("föreslaget efter orden") && page.contains("Vilka svar är dåliga?"), "{page}");
    let seen = "Bra: Bra. Mittemellan: Delvis. Dåligt: Dåligt.";
    let fields = [("id", &*id.to_string()), ("key", "1"), ("seen", seen), ("bad[]", "1"), ("bad[]", "2")];
    app.post("/api/set_enkat_grader", &chef, &format!("/enkater/{id}/fragor"), &fields).await;
    let page = app.get(&format!("/enkater/{id}/fragor"), &chef).await.body;
    assert!(page.contains("Bra: Bra. Dåligt: Dåligt, Delvis.") && !page.contains("föreslaget efter orden"), "{page}");
    let after = app.get(&format!("/enkater/{id}/resultat"), &chef).await.body;
    assert!(!after.contains("chart-middle-0)") && after.contains("chart-bad-1"), "{after}");
    let share =
        |page: &str| text_of(page).split("svarade Bra.").next().unwrap().chars().rev().take(20).collect::<String>();
    assert_eq!(share(&before), share(&after), "no figure follows it");
}

#[tokio::test]
async fn more_answers_than_were_handed_out_is_said_where_it_is_written_and_no_share_of_it_is_shown() {
    let app = App::new().await;
    let id = opened_by(&app, "papper", vec![question(1, "Bra bemötande?", |_| ())]).await;
    crate::resultat::answers(&app, id, 3, domain::kon::Kon::Kvinna, 62, &[(1, domain::enkat::Varde::Val(0))]).await;
    crate::resultat::publish(&app).await;
    let chef = app.log_in(CHEF).await;
    let period = (app.state.clock.today() - Months::new(3)).format("%Y-%m").to_string();
    let page = format!("/enkater/{id}/varden");
    let write = async |n: &str, seen: &[(String, i64)]| {
        let seen = store::enkat::resultat::utdelade_seen(seen);
        let fields = [("id", &*id.to_string()), ("period", &*period), ("n", n), ("seen", &*seen)];
        let answer = app.post("/api/set_enkat_utdelade", &chef, &page, &fields).await;
        app.get(answer.to().split('#').next().unwrap(), &chef).await.body
    };
    let said = write("10", &[]).await;
    assert_eq!(said.matches("har 62 svar men bara 10 utdelade.").count(), 2, "in the toast and on the page: {said}");
    let result = app.get(&format!("/enkater/{id}/resultat"), &chef).await.body;
    assert!(!text_of(&result).contains("620,0") && result.contains("har 62 svar men bara 10 utdelade."), "{result}");
    let mut book = crate::resultat::workbook(&app, &chef, id).await;
    let texts = crate::resultat::texts(&crate::resultat::cells(&mut book));
    assert!(
        texts.iter().any(|t| t.contains("har 62 svar men bara 10 utdelade."))
            && !texts.contains(&"Utdelade".to_owned())
    );
    let said = write("100", &[(period.clone(), 10)]).await;
    assert!(said.contains("Antalet utdelade är sparat") && !said.contains("går inte ihop"), "{said}");
    let result = app.get(&format!("/enkater/{id}/resultat"), &chef).await.body;
    assert!(text_of(&result).contains("62,0\u{a0}%"), "{result}");
}

#[tokio::test]
async fn a_distribution_from_elsewhere_has_every_option_and_stands_alike_on_page_slide_and_workbook() {
    let app = App::new().await;
    let fraga = question(1, "Hur var bemötandet?", |f| {
        (f.kind, f.options) = ("val".into(), "+ Mycket bra\n+ Bra\nDåligt\n− Mycket dåligt".into());
    });
    let id = opened_by(&app, "papper", vec![fraga]).await;
    let chef = app.log_in(CHEF).await;
    let (path, result) = (format!("/enkater/{id}/varden"), format!("/enkater/{id}/resultat"));
    let from = format!("{path}?fordelning=1");
    let form = app.get(&from, &chef).await.body;
    assert_eq!(form.matches("form[andelar][]").count(), 4, "{form}");
    let enkat = id.to_string();
    let save = async |andelar: [&str; 4], confirmed: &str| {
        let mut fields = vec![("id", &*enkat), ("key", "1"), ("form[source]", "Staden"), ("form[wave]", "2025")];
        fields.extend(andelar.map(|a| ("form[andelar][]", a)));
        fields.push(("form[bekraftad]", confirmed));
        let answer = app.post("/api/update_enkat_fordelning", &chef, &from, &fields).await;
        app.get(answer.to().split('#').next().unwrap(), &chef).await.body
    };
    let stored = async || store::enkat::resultat::utifran(&mut app.write().await, id).await.unwrap();
    // further from a hundred than rounding takes it
    let asked = save(["0", "44", "35", "18"], "").await;
    assert!(asked.contains("Summan är 97\u{a0}%. Stämmer det?") && asked.contains("form[bekraftad]"), "{asked}");
    assert!(asked.contains(r#"value="44""#), "what was typed stays");
    assert!(save(["0", "44", "35", ""], "").await.contains("Skriv en andel för varje svar"));
    assert_eq!(stored().await, []);
    // who confirms that and mistypes another is asked about the other
    let asked = save(["0", "44", "17", "18"], "97").await;
    assert!(asked.contains("Summan är 79\u{a0}%. Stämmer det?") && asked.contains(r#"value="79""#), "{asked}");
    let (_, ticked) = asked.split_once(r#"name="form[bekraftad]""#).unwrap();
    assert!(!ticked.split_once('>').unwrap().0.contains("checked"), "what was confirmed was another sum: {asked}");
    // the fields that are wrong say so, and where it stands
    let wrong = save(["0", "44", "35", ""], "").await;
    assert_eq!(wrong.matches(r#"aria-invalid="true""#).count(), 4, "{wrong}");
    let (_, field) = wrong.split_once("form[andelar][]").unwrap();
    let at = field.split_once(r#"aria-describedby=""#).and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
    assert!(wrong.contains(&format!("<p id=\"{at}\" class=\"field-error\"")), "{at}: {wrong}");
    assert_eq!(stored().await, []);
    let told = save(["0", "44", "35", "18"], "97").await;
    assert!(told.contains("Tillsammans 97\u{a0}%. Så står det i källan."), "{told}");
    // as rounding may have made it: not asked, but said
    let told = save(["0", "44", "35", "19"], "").await;
    let note = "Tillsammans 98\u{a0}%. Summan kan avvika från 100 på grund av avrundning.";
    assert!(told.matches(note).count() >= 2, "in the toast and on the page: {told}");
    let words = format!("Mycket bra 0\u{a0}%, Bra 44\u{a0}%, Dåligt 35\u{a0}%, Mycket dåligt 19\u{a0}%. {note}");
    assert!(told.contains(&words), "{told}");
    assert_eq!(stored().await.len(), 1, "the same source and year again takes its place");
    // also before the enkät has a result of its own
    let alone = text_of(&app.get(&result, &chef).await.body);
    let rows = "SvarStaden 2025Mycket bra0\u{a0}%Bra44\u{a0}%Dåligt35\u{a0}%Mycket dåligt19\u{a0}%";
    assert!(alone.contains(rows) && alone.contains(note) && alone.contains("Inget resultat än"), "{alone}");
    crate::resultat::answers(&app, id, 3, domain::kon::Kon::Kvinna, 6, &[(1, domain::enkat::Varde::Val(0))]).await;
    crate::resultat::publish(&app).await;
    let beside = text_of(&app.get(&result, &chef).await.body);
    let rows =
        "SvarDen här enkätenStaden 2025Mycket bra100,0\u{a0}%0\u{a0}%Bra0,0\u{a0}%44\u{a0}%Dåligt0,0\u{a0}%35\u{a0}%";
    assert!(beside.contains(rows) && beside.contains(note), "{beside}");
    let mut book = crate::resultat::workbook(&app, &chef, id).await;
    let cells = crate::resultat::cells(&mut book);
    assert!(crate::resultat::texts(&cells).iter().any(|t| t == note), "{cells:?}");
    let at = cells.iter().position(|c| *c == "Staden 2025").unwrap();
    let shares: Vec<String> = cells[at + 8..at + 13].iter().map(ToString::to_string).collect();
    assert_eq!(
        shares,
        ["0", "0.44", "0.35", "0.19", "–"],
        "none of them has a share of those who left the question out"
    );
    let wall = crate::apt::screen(&app, &chef).await;
    let slide = app.get(&wall, "").await.body;
    assert!(slide.contains(&format!("Hur var bemötandet? Staden 2025: {words}")), "{slide}");
    // the same share pasted by itself leaves the distribution, and another takes it away and says so
    let paste = async |rows: &str| {
        let answer = app.post("/api/import_enkat_utifran", &chef, &path, &[("id", &*enkat), ("rows", rows)]).await;
        text_of(&app.get(answer.to().split('#').next().unwrap(), &chef).await.body)
    };
    let told = paste("1;Staden;2025;;44;1200").await;
    assert!(told.contains(&words) && told.contains("1\u{a0}200") && !told.contains("är borttagen"), "{told}");
    let told = paste("1;Staden;2025;;50;1200").await;
    assert!(told.contains("Fördelningen från Staden 2025 är borttagen, för den hade en annan andel."), "{told}");
    assert!(!told.contains(&words), "{told}");
}
