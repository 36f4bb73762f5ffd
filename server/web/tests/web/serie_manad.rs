//! Månadens siffror over HTTP, without JavaScript: every series of a month in a sentence, what has not arrived, and nothing in its place.
#![allow(clippy::unwrap_used)]

use domain::{
    period::{Grain, Period},
    siffror::{
        jamstalldhet::analys::JamstalldhetId,
        serie::{Form, SerieId, check},
        siffra::{Ny, Plats, Ursprung},
        slag::{Mark, Varde},
    },
    tal::Tal,
};
use http::StatusCode;

use crate::{
    common::{App, CHEF},
    serie::{divided, form, made, month, said},
};

/// Östermalm from December 2020 to April 2022, the last preliminary.
const OSTERMALM: [i64; 17] = [178, 175, 169, 173, 168, 164, 166, 165, 157, 160, 154, 154, 149, 140, 143, 140, 134];

/// A series with these values from a time on, the last preliminary where it is said.
async fn filled(app: &App, form: &Form, first: Period, all: &[i64], preliminary: bool) -> SerieId {
    let (mut tx, now, id) = (app.write().await, app.state.clock.now(), SerieId::new());
    store::serie::create(&mut tx, now, id, app.enhet, &check(form, None).unwrap()).await.unwrap();
    let found = store::serie::get(&mut tx, id).await.unwrap();
    let mut period = first;
    let mut nya = Vec::new();
    for n in all {
        nya.push(Ny { period, plats: Plats::default(), varde: Some(Varde::of(Tal::whole(*n))), not: String::new() });
        period = period.after();
    }
    if let Some(last) = nya.last_mut().filter(|_| preliminary) {
        last.varde = last.varde.map(|v| Varde { mark: Mark::Preliminar, ..v });
    }
    let when = (now, app.state.clock.today());
    store::serie::siffra::write(&mut tx, when, &found, Ursprung::Inskriven, &nya, None).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_month_says_of_each_series_what_it_was_against_the_month_before_and_last_year() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let empty = app.get("/siffror/manad", &chef).await.body;
    assert!(empty.contains("Inga siffror än") && empty.contains("Ny serie"), "{empty}");

    let id = filled(&app, &form("Hushåll i Östermalm"), Period::Month(2020, 12), &OSTERMALM, true).await;
    let quarter = Form { grain: "kvartal".into(), ..form("Omprövningar") };
    filled(&app, &quarter, Period::Quarter(2021, 1), &[31, 29, 34, 30, 36], false).await;
    let december = app.get("/siffror/manad?manad=2021-12", &chef).await;
    let text = said(&december);
    assert!(text.contains("149\u{a0}hushåll i december, 29 färre än samma månad året före"), "{text}");
    assert!(text.contains("−5 (−3,2\u{a0}%)") && text.contains("−29 (−16,3\u{a0}%)"), "{text}");
    let later = [">134", ">140"].iter().any(|value| december.body.contains(value));
    assert!(!later, "what came later is not known then: {text}");
    assert!(text.contains("30\u{a0}hushåll kvartal 4"), "a quarter stands where it ends: {text}");
    assert!(december.body.contains(&format!("id=\"serie-{id}\"")) && december.body.contains("<svg"));
    for (step, there) in [("2021-11", true), ("2022-01", true), ("2020-12", true), ("2020-11", false)] {
        assert_eq!(december.body.contains(&format!("manad={step}")), there, "{step}");
    }

    let text = said(&app.get("/siffror/manad?manad=2022-04", &chef).await);
    assert!(text.contains("134\u{a0}hushåll i april, preliminärt, 34 färre än samma månad året före"), "{text}");
    assert!(text.contains("−6 (−4,3\u{a0}%)") && text.contains("134\u{a0}prel."), "{text}");
    assert!(!text.contains("Omprövningar"), "its quarter has not ended in April: {text}");

    let first = app.get("/siffror/manad?manad=2020-12", &chef).await.body;
    assert!(first.contains("178\u{a0}hushåll i december") && !first.contains("manad=2020-11"), "{first}");
    for (address, status) in
        [("2022-13", StatusCode::NOT_FOUND), ("2022", StatusCode::NOT_FOUND), ("2020-01", StatusCode::OK)]
    {
        assert_eq!(app.get(&format!("/siffror/manad?manad={address}"), &chef).await.status, status, "{address}");
    }
    assert!(app.get("/siffror", &chef).await.body.contains("Månadens siffror"));
}

#[tokio::test]
async fn what_has_not_arrived_says_who_is_to_give_it_and_the_value_before_is_not_shown_in_its_place() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let asked = Form { responsible: "roll:metodutvecklare".into(), ..form("Nyansökningar") };
    let id = filled(&app, &asked, month(&app, 4), &[4711, 4722], false).await;
    made(&app, "Hushåll").await;
    let page = app.get("/siffror/manad", &chef).await;
    let text = said(&page);
    let last = month(&app, 1).label();
    assert!(text.contains(&format!("Månadens siffror: {last}")), "the last one that is over: {text}");
    assert!(text.contains(&format!("Värdet för {last} saknas än")), "{text}");
    assert!(text.contains("Metodutvecklare ska fylla på det") && !text.contains("4\u{a0}722"), "{text}");
    assert!(text.contains("1 värde saknas") && page.body.contains(&format!("/siffror/{id}/fyll")), "{text}");
    // a series that has begun later is not missed before
    let text = said(&app.get(&format!("/siffror/manad?manad={}", month(&app, 4)), &chef).await);
    assert!(text.contains("4\u{a0}711") && !text.contains("saknas än"), "{text}");
}

#[tokio::test]
async fn a_series_is_put_on_the_slides_from_its_row_and_the_page_stays() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let id = made(&app, "Hushåll").await.to_string();
    let page = app.get("/siffror/manad", &chef).await.body;
    assert!(page.contains("Visa på APT") && !page.contains("badge brand"), "{page}");
    let fields = [("id", id.as_str()), ("version", "1"), ("visas", "ja")];
    let to = app.post("/api/set_serie_apt", &chef, "/siffror/manad?manad=2026-01", &fields).await.to().to_owned();
    assert!(to.ends_with("/siffror/manad?manad=2026-01"), "{to}");
    let page = app.get("/siffror/manad", &chef).await.body;
    assert!(page.contains("Ta bort från APT") && page.contains("badge brand"), "{page}");
}

#[tokio::test]
async fn analyses_stand_in_the_month_in_which_they_were_made_and_at_their_series() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let serie = made(&app, "Hushåll").await;
    let (id, node, about) = (JamstalldhetId::new().to_string(), app.enhet.to_string(), serie.to_string());
    let day = month(&app, 1).first_day().to_string();
    let fields = [
        ("id", id.as_str()),
        ("node", &node),
        ("form[fraga]", "Har kvinnor och män förändringsplan lika ofta?"),
        ("form[namn_a]", "Kvinnor"),
        ("form[taljare_a]", "14"),
        ("form[namnare_a]", "18"),
        ("form[namn_b]", "Män"),
        ("form[taljare_b]", "15"),
        ("form[namnare_b]", "17"),
        ("serie", &about),
        ("datum", &day),
    ];
    app.post("/api/create_jamstalldhetsanalys", &chef, "/siffror/jamstalldhet/ny", &fields).await.to();
    let link = format!("/siffror/jamstalldhet/{id}");
    assert!(app.get("/siffror/manad", &chef).await.body.contains(&link));
    let before = app.get(&format!("/siffror/manad?manad={}", month(&app, 2)), &chef).await.body;
    assert!(!before.contains(&link), "{before}");
    let page = app.get(&format!("/siffror/{serie}"), &chef).await.body;
    assert!(page.contains(&link) && page.contains("Jämställdhetsanalyser"), "{page}");
}

#[tokio::test]
async fn few_are_hidden_in_the_month_as_on_the_page_of_the_series() {
    let app = App::new().await;
    let (id, dim) = divided(&app).await;
    let mut tx = app.write().await;
    // the small one is what the series is about
    let found = store::serie::get(&mut tx, id).await.unwrap();
    let mut content = found.content.clone();
    content.egen = Some(dim.values[1].id);
    store::serie::update(&mut tx, app.state.clock.now(), &found, found.version, &content).await.unwrap();
    tx.commit().await.unwrap();
    let (chef, other) = (app.log_in(CHEF).await, app.medarbetare().await);
    let text = said(&app.get("/siffror/manad", &chef).await);
    assert!(text.contains("2\u{a0}hushåll i") && text.contains("0,7\u{a0}% av totalen, 293"), "{text}");
    let text = said(&app.get("/siffror/manad", &other).await);
    assert!(text.contains("visas inte: någon kan kännas igen"), "{text}");
    assert!(!text.contains("2\u{a0}hushåll") && !text.contains("av totalen"), "{text}");
}

#[tokio::test]
async fn a_month_whose_parts_are_filled_is_not_missed_where_no_total_can_be_made() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, dim) = divided(&app).await;
    let before = month(&app, 2);
    let mut tx = app.write().await;
    let found = store::serie::get(&mut tx, id).await.unwrap();
    let plats = Plats(vec![Some(dim.values[0].id)]);
    let ny = Ny { period: before, plats, varde: Some(Varde::of(Tal::whole(290))), not: String::new() };
    let when = (app.state.clock.now(), app.state.clock.today());
    store::serie::siffra::write(&mut tx, when, &found, Ursprung::Inskriven, &[ny], None).await.unwrap();
    tx.commit().await.unwrap();
    let page = app.get(&format!("/siffror/manad?manad={before}"), &chef).await;
    let text = said(&page);
    assert!(text.contains(&format!("Delarna har värden för {}, men totalen har inget", before.label())), "{text}");
    assert!(!text.contains("saknas än") && !text.contains("värde saknas"), "{text}");
    assert!(!page.body.contains(&format!("/siffror/{id}/fyll")), "{text}");
    // of one's own that has none, the others are told of
    let mut tx = app.write().await;
    let found = store::serie::get(&mut tx, id).await.unwrap();
    let mut content = found.content.clone();
    content.egen = Some(dim.values[1].id);
    store::serie::update(&mut tx, app.state.clock.now(), &found, found.version, &content).await.unwrap();
    tx.commit().await.unwrap();
    let text = said(&app.get(&format!("/siffror/manad?manad={before}"), &chef).await);
    assert!(text.contains("Par utan barn har inget värde för") && !text.contains("saknas än"), "{text}");
}

#[tokio::test]
async fn a_hundred_series_of_all_grains_stand_on_one_page() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    for n in 0..100 {
        let grain = Grain::ALL[n % Grain::ALL.len()];
        let form = Form { grain: grain.code().into(), ..form(&format!("Serie {n}")) };
        filled(&app, &form, Period::of(Period::Month(2021, 12).last_day(), grain), &[12], false).await;
    }
    let page = app.get("/siffror/manad?manad=2021-12", &chef).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(said(&page).contains("serier"), "{}", page.body);
    assert!(page.body.matches("manad-row").count() >= 83, "all but the weeks end with December");
}
