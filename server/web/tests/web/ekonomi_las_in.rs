//! Tables of amounts read into an account over HTTP, without JavaScript: a budget begins one, a printed account fills it, and a printed sum
//! that is off is told with both figures; and the free tables beside it.
#![allow(clippy::unwrap_used)]

use axum::body::Body;
use domain::{
    ekonomi::{fri::FriTabellId, konto::KontoId},
    verksamhetsplan::{mal::Benamning, plan::PlanId},
};
use http::{Method, StatusCode, header};

use crate::{
    common::{Answer, App, CHEF, browser},
    serie::said,
};

/// As it is printed in a unit's own plan, over it "53 280 miljoner kronor netto".
const BUDGET: &str = ";Kostnader;Intäkter;Netto;VO
Ekonomiskt bistånd;39000;0;39000;1800
Handläggningskostnader;18780;6000;12780;1810
Relationsvåldsteamet;500;0;500;1300
Arbetsmarknadsåtgärder;2400;1400;1000;1761
Budget totalt;60700;7400;53280;";

/// As a system of accounts prints it, with a sum that is off.
const ACCOUNT: &str = "Beloppen anges i tkr
;Utfall;Budget;Avvikelse
Ekonomiskt bistånd
Intäkter
Bidrag och ersättningar;6 100;6 000;−100
Summa intäkter;6 100;6 000;−100
Kostnader
Personal;18 200;18 000;−200
Lokal;780;780;0
Parkering;1;1;0
Försörjningsstöd;Oklart;500;
Summa kostnader;19 980;19 281;300";

async fn plan(app: &App) -> PlanId {
    let (mut tx, now, of) = (app.write().await, app.state.clock.now(), (app.enhet, 2026));
    let id = store::verksamhetsplan::create(&mut tx, now, PlanId::new(), of, Benamning::Enhetsmal).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Sends pasted cells, as a browser does without JavaScript.
async fn paste(app: &App, cookie: &str, plan: PlanId, text: &str) -> Answer {
    let body =
        format!("--xyz\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--xyz--\r\n").into_bytes();
    let request = browser(Method::POST, &format!("/verksamhetsplan/{plan}/ekonomi/las-in"), cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xyz")
        .header(header::CONTENT_LENGTH, body.len())
        .body(Body::from(body))
        .unwrap();
    app.send(request).await
}

/// What stands in a hidden field of a page.
fn hidden(body: &str, name: &str) -> String {
    let field = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
    field.split('"').next().unwrap_or_default().replace("&amp;", "&")
}

/// Confirms the preview of a page.
async fn confirm(app: &App, cookie: &str, plan: PlanId, page: &str) -> Answer {
    let fields = ["version", "vald", "seen"].map(|name| (name, hidden(page, name)));
    let plan = plan.to_string();
    let fields: Vec<(&str, &str)> =
        [("plan", plan.as_str())].into_iter().chain(fields.iter().map(|(k, v)| (*k, v.as_str()))).collect();
    app.post("/api/import_konto", cookie, &format!("/verksamhetsplan/{plan}/ekonomi/las-in"), &fields).await
}

#[tokio::test]
async fn a_budget_begins_an_account_after_its_unit_was_asked_about_and_its_printed_sum_is_told_and_not_kept() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let plan = plan(&app).await;
    let to = paste(&app, &chef, plan, BUDGET).await.to().to_owned();
    let asked = app.get(&to, &chef).await;
    let text = said(&asked);
    assert!(text.contains("I vilken enhet är beloppen i tabellen?"), "{text}");
    // RA2: a printed sum that is off is told with both figures
    assert!(text.contains("60\u{a0}700") && text.contains("raderna ger 60\u{a0}680"), "{text}");
    assert!(!asked.body.contains(">Läs in<"), "nothing is read in before it is answered");
    let to = to.replace("#resultat", "");
    // B5: 53 280 millions is more than any unit has
    let text = said(&app.get(&format!("{to}&s.enhet=mnkr"), &chef).await);
    assert!(text.contains("53\u{a0}280,0"), "{text}");
    let page = app.get(&format!("{to}&s.enhet=tkr"), &chef).await.body;
    assert!(page.contains(">Läs in<"), "{page}");
    let done = confirm(&app, &chef, plan, &page).await.to().to_owned();
    assert!(done.ends_with("/ekonomi"), "{done}");
    let text = said(&app.get(&format!("/verksamhetsplan/{plan}/ekonomi?vy=budget"), &chef).await);
    assert!(text.contains("60\u{a0}680") && text.contains("53\u{a0}280") && text.contains("1761"), "{text}");
    let text = said(&app.get(&done, &chef).await);
    assert!(text.contains("Budgeten för 2026 är 53\u{a0}280\u{a0}tkr netto"), "{text}");
    assert!(text.contains("I tabellen stod 60\u{a0}700"), "it is kept as a note: {text}");
    // sent again: the account is there, and is not begun once more
    let again = confirm(&app, &chef, plan, &page).await;
    assert!(app.get(again.to(), &chef).await.body.contains("Någon har ändrat ekonomin"), "{}", again.to());
}

#[tokio::test]
async fn a_printed_account_fills_the_rows_that_it_names_and_says_which_it_does_not_know() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let plan = plan(&app).await;
    let (id, of) = (KontoId::new().to_string(), plan.to_string());
    let fields = [
        ("id", id.as_str()),
        ("plan", &of),
        ("form[verksamhet]", "Ekonomiskt bistånd"),
        ("form[enhet]", "tkr"),
        ("form[teckenform]", "bada_positiva"),
    ];
    app.post("/api/create_konto", &chef, &format!("/verksamhetsplan/{of}/ekonomi"), &fields).await;
    let to = paste(&app, &chef, plan, ACCOUNT).await.to().replace("#resultat", "");
    let page = app.get(&format!("{to}&tid=t1"), &chef).await;
    let text = said(&page);
    assert!(text.contains("Rader som inte finns under Ekonomi") && text.contains("Parkering"), "{text}");
    assert!(text.contains("Personal, Ekonomiskt bistånd") && text.contains("18200"), "{text}");
    assert!(text.contains("raderna ger") && text.contains("blir en anteckning"), "B1 and B6: {text}");
    let done = confirm(&app, &chef, plan, &page.body).await.to().to_owned();
    assert!(done.ends_with("/ekonomi"), "{done}");
    let text = said(&app.get(&format!("{done}?tid=t1"), &chef).await);
    assert!(text.contains("18\u{a0}200") && text.contains("6\u{a0}100") && text.contains("Oklart"), "{text}");
    // what was seen of the cells is no longer so
    let again = confirm(&app, &chef, plan, &page.body).await;
    assert!(app.get(again.to(), &chef).await.body.contains("Någon har ändrat ekonomin"), "{}", again.to());
}

#[tokio::test]
async fn a_free_table_reckons_its_differences_and_says_what_its_sums_are_of() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let plan = plan(&app).await;
    let begin = paste(&app, &chef, plan, BUDGET).await.to().replace("#resultat", "&s.enhet=tkr");
    let page = app.get(&begin, &chef).await.body;
    confirm(&app, &chef, plan, &page).await;
    let (id, of) = (FriTabellId::new().to_string(), plan.to_string());
    let from = format!("/verksamhetsplan/{of}/ekonomi/tabeller/ny");
    assert_eq!(app.get(&from, &chef).await.status, StatusCode::OK);
    // RA4
    let table = "År;Budget;Utfall;Differens\n2019;33,0;43,9;\n2020;36,0;44,7;\n2021;41,0;37,0;\n2022;37,0;Oklart;";
    let fields = [
        ("id", id.as_str()),
        ("plan", &of),
        ("form[titel]", "Ekonomiskt bistånd"),
        ("form[enhet]", "mnkr"),
        ("form[tabell]", table),
    ];
    let to = app.post("/api/create_fri_tabell", &chef, &from, &fields).await.to().to_owned();
    assert!(to.ends_with("/ekonomi#tabeller"), "{to}");
    let text = said(&app.get(&to, &chef).await);
    assert!(text.contains("−10,9") && text.contains("−8,7") && text.contains("+4,0"), "{text}");
    assert!(text.contains("Oklart") && text.contains("utan 2022"), "{text}");
    let own = format!("/verksamhetsplan/{of}/ekonomi/tabeller/{id}");
    assert!(app.get(&own, &chef).await.body.contains("43,9"));
    let fields = [("plan", of.as_str()), ("id", &id), ("version", "1")];
    app.post("/api/remove_fri_tabell", &chef, &own, &fields).await;
    assert_eq!(app.get(&own, &chef).await.status, StatusCode::NOT_FOUND);
}
