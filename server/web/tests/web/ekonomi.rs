//! Ekonomi over HTTP, without JavaScript: an account is begun and filled, its sums are reckoned, and a deviation says in words whether it
//! is better or worse.
#![allow(clippy::unwrap_used)]

use domain::{
    ekonomi::konto::{KontoId, RadId},
    verksamhetsplan::{mal::Benamning, plan::PlanId},
};
use http::StatusCode;

use crate::{
    common::{Answer, App, CHEF},
    serie::said,
};

const YEAR: i32 = 2026;

async fn plan(app: &App, year: i32) -> PlanId {
    let (mut tx, now) = (app.write().await, app.state.clock.now());
    let id = store::verksamhetsplan::create(&mut tx, now, PlanId::new(), (app.enhet, year), Benamning::Enhetsmal);
    let id = id.await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Begins the account of a plan.
async fn begun(app: &App, cookie: &str, plan: PlanId, enhet: &str, form: &str) -> Answer {
    let (id, plan) = (KontoId::new().to_string(), plan.to_string());
    let fields = [
        ("id", id.as_str()),
        ("plan", &plan),
        ("form[verksamhet]", "Ekonomiskt bistånd"),
        ("form[vo]", "1800"),
        ("form[enhet]", enhet),
        ("form[teckenform]", form),
    ];
    app.post("/api/create_konto", cookie, &format!("/verksamhetsplan/{plan}/ekonomi"), &fields).await
}

/// The rows of an account by name.
async fn rad(app: &App, plan: PlanId, namn: &str) -> RadId {
    let mut tx = app.write().await;
    let plan = store::verksamhetsplan::get(&mut tx, plan).await.unwrap();
    let konto = store::ekonomi::of_plan(&mut tx, &plan).await.unwrap().unwrap();
    konto.content.rader().find(|(_, rad)| rad.namn == namn).unwrap().1.id
}

/// Fills cells: row, column and text; each was empty unless it says what stood there.
async fn fill(app: &App, cookie: &str, plan: PlanId, cells: &[(&str, &str, &str, &str)]) -> Answer {
    let mut fields = vec![("plan".to_owned(), plan.to_string())];
    let (mut rows, mut cols) = (Vec::new(), Vec::new());
    for (namn, col, ..) in cells {
        rows.push(rad(app, plan, namn).await.to_string());
        cols.push((*col).to_owned());
    }
    fields.push(("rows".to_owned(), rows.join("|")));
    fields.push(("cols".to_owned(), cols.join("|")));
    for (n, (.., text, was)) in cells.iter().enumerate() {
        fields.push((format!("form[c-{n}-{n}]"), (*text).to_owned()));
        fields.push((format!("form[w-{n}-{n}]"), (*was).to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    app.post("/api/update_belopp", cookie, &format!("/verksamhetsplan/{plan}/ekonomi/fyll"), &fields).await
}

async fn page(app: &App, cookie: &str, plan: PlanId, query: &str) -> String {
    let answer = app.get(&format!("/verksamhetsplan/{plan}/ekonomi{query}"), cookie).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}");
    said(&answer)
}

#[tokio::test]
async fn an_account_is_begun_with_standard_rows_and_more_income_is_better_though_it_is_below_nought() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let plan = plan(&app, YEAR).await;
    let text = page(&app, &chef, plan, "").await;
    assert!(text.contains("Ingen budget än") && text.contains("Lägg in budgeten"), "{text}");
    let to = begun(&app, &chef, plan, "tkr", "bada_positiva").await.to().to_owned();
    assert!(to.ends_with("/fyll"), "{to}");
    let grid = app.get(&to, &chef).await.body;
    assert!(grid.contains("Försäljning av verksamhet") && grid.contains("c-10-1"), "B1: the standard rows");
    let text = page(&app, &chef, plan, "").await;
    assert!(text.contains("Inga belopp än"), "{text}");

    // RA11 and B2
    let cells = [
        ("Bidrag och ersättningar", "bokslut.budget", "6 000", "0:"),
        ("Bidrag och ersättningar", "bokslut.utfall", "6500", "0:"),
        ("Personal", "bokslut.budget", "100", "0:"),
        ("Personal", "bokslut.utfall", "130", "0:"),
        ("Lokal", "bokslut.budget", "0", "0:"),
        ("Lokal", "bokslut.utfall", "+/-0", "0:"),
    ];
    let to = fill(&app, &chef, plan, &cells).await.to().to_owned();
    assert!(to.ends_with("/ekonomi"), "{to}");
    let answer = app.get(&to, &chef).await;
    let text = said(&answer);
    assert!(text.contains("Årets utfall är 470\u{a0}tkr bättre än budget"), "{text}");
    assert!(text.contains("−500") && text.contains("500\u{a0}tkr mer i intäkter än budgeterat (bättre)"), "{text}");
    assert!(text.contains("30\u{a0}tkr över budget (sämre)") && text.contains("lika med budget"), "{text}");
    assert!(answer.body.contains("konto-effekt battre") && answer.body.contains("konto-effekt samre"));
    assert!(text.contains("Summa netto") && text.contains("VO 1800"), "{text}");
    assert!(!text.contains("Hyresintäkter"), "a row without amounts is not shown: {text}");
    let budget = page(&app, &chef, plan, "?vy=budget").await;
    assert!(budget.contains("Budget totalt") && budget.contains("−5\u{a0}900") && budget.contains("1800"), "{budget}");
}

#[tokio::test]
async fn a_cell_that_was_not_read_says_so_and_what_somebody_else_wrote_is_told_with_both_values() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let plan = plan(&app, YEAR).await;
    begun(&app, &chef, plan, "tkr", "bada_positiva").await;
    // all or nothing: the second cell stops the first
    let cells = [("Personal", "04.utfall", "40", "0:"), ("Lokal", "04.utfall", "1.346", "0:")];
    let answer = fill(&app, &chef, plan, &cells).await;
    let back = app.get(answer.to(), &chef).await;
    assert!(back.body.contains("kan vara") && back.body.contains("error-summary"), "{}", back.body);
    assert!(page(&app, &chef, plan, "").await.contains("Inga belopp än"));
    // B6: a word is a note, a forecast is a forecast, and it is said
    let cells = [("Personal", "04.utfall", "Prognos 39 000", "0:"), ("Lokal", "04.utfall", "Oklart", "0:")];
    let to = fill(&app, &chef, plan, &cells).await.to().to_owned();
    let body = app.get(&to, &chef).await.body;
    assert!(body.contains("Prognosen är sparad som prognos.") && body.contains("”Oklart” är sparat som anteckning"));
    let first = fill(&app, &chef, plan, &[("Personal", "04.utfall", "40", "0:")]).await.to().to_owned();
    assert!(first.ends_with("/ekonomi"), "{first}");
    let second = fill(&app, &chef, plan, &[("Personal", "04.utfall", "41", "0:")]).await;
    let back = app.get(second.to(), &chef).await.body;
    assert!(back.contains("Någon annan skrev 40 medan du skrev 41"), "{back}");
    let third = fill(&app, &chef, plan, &[("Personal", "04.utfall", "41", "1:40")]).await.to().to_owned();
    assert!(third.ends_with("/ekonomi"), "{third}");
    let text = page(&app, &chef, plan, "?vy=konto&tid=04").await;
    assert!(text.contains("41") && text.contains("Oklart") && text.contains("39\u{a0}000"), "{text}");
}

#[tokio::test]
async fn forecasts_are_kept_month_by_month_with_their_change_and_how_right_they_were() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let plan = plan(&app, YEAR).await;
    begun(&app, &chef, plan, "tkr", "bada_positiva").await;
    let cells = [
        ("Personal", "bokslut.budget", "1200", "0:"),
        ("Personal", "03.prognos", "1200", "0:"),
        ("Personal", "04.prognos", "1500", "0:"),
    ];
    fill(&app, &chef, plan, &cells).await;
    let text = page(&app, &chef, plan, "?vy=prognoser").await;
    assert!(text.contains("Prognosen är 300\u{a0}tkr sämre än budget"), "{text}");
    assert!(text.contains("+300") && text.contains("sämre") && !text.contains("Prognossäkerhet"), "{text}");
    let months = page(&app, &chef, plan, "?vy=manader").await;
    assert!(months.contains("Fördelad jämnt över månaderna") && months.contains("December"), "{months}");
    fill(&app, &chef, plan, &[("Personal", "bokslut.utfall", "1000", "0:")]).await;
    let text = page(&app, &chef, plan, "?vy=prognoser").await;
    assert!(text.contains("Prognossäkerhet") && text.contains("+500") && text.contains("50,0\u{a0}%"), "{text}");
    let own = page(&app, &chef, plan, &format!("?vy=prognoser&del=rad:{}", rad(&app, plan, "Lokal").await)).await;
    assert!(own.contains("Inga prognoser än"), "{own}");
}

#[tokio::test]
async fn amounts_too_large_for_their_unit_are_asked_about_and_a_row_far_off_wants_a_comment() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let plan = plan(&app, YEAR).await;
    begun(&app, &chef, plan, "mnkr", "bada_positiva").await;
    let cells = [("Personal", "bokslut.budget", "53280", "0:"), ("Personal", "bokslut.utfall", "60680", "0:")];
    fill(&app, &chef, plan, &cells).await;
    let text = page(&app, &chef, plan, "").await;
    assert!(text.contains("Är det tkr?") && text.contains("Ja, beloppen är i tusen kronor"), "B5: {text}");
    let of = plan.to_string();
    let from = format!("/verksamhetsplan/{of}/ekonomi");
    let fields = [("plan", of.as_str()), ("version", "1"), ("enhet", "tkr")];
    app.post("/api/set_konto_enhet", &chef, &from, &fields).await;
    let text = page(&app, &chef, plan, "").await;
    assert!(!text.contains("Är det tkr?") && text.contains("Beloppen anges i tkr"), "{text}");
    assert!(text.contains("Rader som behöver en kommentar") && text.contains("Skriv vad det beror på"), "B10: {text}");
    let personal = rad(&app, plan, "Personal").await.to_string();
    let mut comment = vec![("plan", of.as_str()), ("rad", &personal), ("tid", "bokslut"), ("seen", "1")];
    comment.push(("kommentar", "Fler anställda än planerat"));
    app.post("/api/update_beloppskommentar", &chef, &from, &comment).await;
    let text = page(&app, &chef, plan, "").await;
    assert!(!text.contains("Rader som behöver") && text.contains("Fler anställda än planerat"), "{text}");
    let late = app.post("/api/update_beloppskommentar", &chef, &from, &comment).await;
    assert!(late.to().contains("/ekonomi"), "the same comment twice is one");
}

#[tokio::test]
async fn the_rows_are_changed_and_one_with_amounts_stays() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let plan = plan(&app, YEAR).await;
    begun(&app, &chef, plan, "tkr", "kostnader_negativa").await;
    let (of, from) = (plan.to_string(), format!("/verksamhetsplan/{plan}/ekonomi/rader"));
    // costs are typed below nought in this form
    fill(&app, &chef, plan, &[("Personal", "bokslut.budget", "−100", "0:")]).await;
    let text = page(&app, &chef, plan, "").await;
    assert!(text.contains("Budgeten för 2026 är") && text.contains("−100"), "B3: {text}");
    let fields =
        [("plan", of.as_str()), ("version", "1"), ("form[namn]", "Relationsvåldsteamet"), ("form[vo]", "1300")];
    app.post("/api/create_verksamhet", &chef, &from, &fields).await;
    let rader = app.get(&from, &chef).await;
    assert!(said(&rader).contains("Relationsvåldsteamet (VO 1300)"), "{}", rader.body);
    let again = app.post("/api/create_verksamhet", &chef, &from, &fields).await;
    assert!(app.get(again.to(), &chef).await.body.contains("error-summary"), "who sends it twice is told");
    let personal = rad(&app, plan, "Personal").await.to_string();
    let fields = [("plan", of.as_str()), ("version", "2"), ("id", &personal)];
    let kept = app.post("/api/remove_kontorad", &chef, &from, &fields).await;
    let back = app.get(kept.to(), &chef).await.body;
    assert!(back.contains("Raden Personal i Ekonomiskt bistånd har belopp. Töm dem först"), "{back}");
    let opened = app.get(&format!("{from}?andra={personal}"), &chef).await.body;
    assert!(opened.contains("value=\"Personal\""), "{opened}");

    let medarbetare = app.medarbetare().await;
    let text = page(&app, &medarbetare, plan, "").await;
    assert!(text.contains("−100") && !text.contains("Fyll i belopp"), "{text}");
    for path in ["fyll", "rader"] {
        let answer = app.get(&format!("/verksamhetsplan/{plan}/ekonomi/{path}"), &medarbetare).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn last_years_rows_are_copied_and_its_outcome_stands_beside() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (before, plan) = (plan(&app, YEAR - 1).await, plan(&app, YEAR).await);
    begun(&app, &chef, before, "tkr", "bada_positiva").await;
    fill(&app, &chef, before, &[("Personal", "t1.utfall", "400", "0:")]).await;
    let empty = app.get(&format!("/verksamhetsplan/{plan}/ekonomi"), &chef).await.body;
    assert!(empty.contains("Ta raderna från i fjol"), "{empty}");
    let (new, of) = (KontoId::new().to_string(), plan.to_string());
    let from = format!("/verksamhetsplan/{of}/ekonomi");
    app.post("/api/copy_konto", &chef, &from, &[("new", new.as_str()), ("plan", &of)]).await;
    fill(&app, &chef, plan, &[("Personal", "t1.utfall", "410", "0:")]).await;
    let text = page(&app, &chef, plan, "?tid=t1").await;
    assert!(text.contains(&format!("Utfall {}", YEAR - 1)) && text.contains("400") && text.contains("410"), "{text}");
}
