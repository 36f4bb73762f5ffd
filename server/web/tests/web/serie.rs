//! Siffror over HTTP, without JavaScript: a series is made and filled, says what has happened, and hides what is so small that somebody
//! could be recognised.
#![allow(clippy::unwrap_used)]

use domain::{
    period::{Grain, Period},
    siffror::{
        dimension::{Dimension, DimensionId, Dimensionsvarde, DimensionsvardeId},
        serie::{Form, SerieId, check},
        siffra::{Ny, Plats, Ursprung},
        slag::Varde,
    },
    tal::Tal,
};
use http::StatusCode;

use crate::{
    common::{Answer, App, CHEF},
    resultat::text_of,
};

/// The month so many before this one.
pub fn month(app: &App, before: i64) -> Period {
    Period::of_ordinal(Period::of(app.state.clock.today(), Grain::Manad).ordinal() - before, Grain::Manad)
}

pub fn form(namn: &str) -> Form {
    Form {
        namn: namn.into(),
        enhet: "hushåll".into(),
        slag: "bestand".into(),
        grain: "manad".into(),
        skyddas: "on".into(),
        kalla: namn.into(),
        ..Form::default()
    }
}

/// A series with a value of the month before, for stories that look at all of the product.
pub async fn made(app: &App, namn: &str) -> SerieId {
    let (mut tx, now, id) = (app.write().await, app.state.clock.now(), SerieId::new());
    store::serie::create(&mut tx, now, id, app.enhet, &check(&form(namn), None).unwrap()).await.unwrap();
    let found = store::serie::get(&mut tx, id).await.unwrap();
    let varde = Some(Varde::of(Tal::whole(336)));
    let ny = Ny { period: month(app, 1), plats: Plats::default(), varde, not: String::new() };
    let when = (now, app.state.clock.today());
    store::serie::siffra::write(&mut tx, when, &found, Ursprung::Inskriven, &[ny], None).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// What a page says: its texts without what stands in attributes, whose ids hold any figures.
pub fn said(answer: &Answer) -> String {
    let main = answer.body.split("<main").nth(1).unwrap_or_default();
    text_of(main.split("</main>").next().unwrap_or_default())
}

/// Posts a row of the grid: what each month is to be, and what stood there.
async fn fill(app: &App, cookie: &str, id: SerieId, cells: &[(i64, &str, &str)], more: &[(&str, &str)]) -> Answer {
    let cols = cells.iter().map(|(before, ..)| month(app, *before).to_string()).collect::<Vec<_>>().join("|");
    let mut fields =
        vec![("id".to_owned(), id.to_string()), ("rows".to_owned(), String::new()), ("cols".to_owned(), cols)];
    for (i, (_, text, was)) in cells.iter().enumerate() {
        fields.push((format!("form[c-0-{i}]"), (*text).to_owned()));
        fields.push((format!("form[w-0-{i}]"), (*was).to_owned()));
    }
    fields.extend(more.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    app.post("/api/update_siffror", cookie, &format!("/siffror/{id}/fyll"), &fields).await
}

#[tokio::test]
async fn a_series_is_made_filled_and_revised_and_says_it_in_its_heading() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, node) = (SerieId::new(), app.enhet.to_string());
    let text = id.to_string();
    let fields = [
        ("id", text.as_str()),
        ("node", &node),
        ("form[namn]", "Hushåll med ekonomiskt bistånd"),
        ("form[enhet]", "hushåll"),
        ("form[slag]", "bestand"),
        ("form[grain]", "manad"),
    ];
    let empty = app.get("/siffror", &chef).await.body;
    assert!(empty.contains("Inga siffror än") && empty.contains("Ny serie"), "{empty}");
    let to = app.post("/api/create_serie", &chef, "/siffror/ny", &fields).await.to().to_owned();
    assert_eq!(to, format!("/siffror/{id}/fyll"));
    let page = app.get(&format!("/siffror/{id}"), &chef).await.body;
    assert!(page.contains("Inga värden än"), "{page}");

    let saved = fill(&app, &chef, id, &[(13, "357", "0:"), (2, "316 prel", "0:"), (1, "336", "0:")], &[]).await;
    assert_eq!(saved.to(), format!("/siffror/{id}"));
    let page = app.get(&format!("/siffror/{id}"), &chef).await.body;
    assert!(page.contains("336\u{a0}hushåll") && page.contains("21 färre än för ett år sedan"), "{page}");
    assert!(page.contains("Tabellen bakom") && page.contains("<svg") && page.contains("Till Excel"));
    assert!(!page.contains("serie-corrected"));

    // what was preliminary is replaced unasked, and stays to be read
    fill(&app, &chef, id, &[(2, "328", "1:316 prel")], &[]).await.to();
    let page = app.get(&format!("/siffror/{id}"), &chef).await.body;
    assert!(page.contains("serie-corrected") && page.contains("316 prel.") && page.contains("328"), "{page}");
    let list = app.get("/siffror", &chef).await.body;
    assert!(list.contains("21 färre än för ett år sedan") && list.contains("chart-spark"), "{list}");
    for view in ["vy=index", "tid=senaste", "tid=ar", "tid=allt&tabell=alla"] {
        assert_eq!(app.get(&format!("/siffror/{id}?{view}"), &chef).await.status, StatusCode::OK, "{view}");
    }
    let index = said(&app.get(&format!("/siffror/{id}?vy=index"), &chef).await);
    assert!(index.contains("är 100") && index.contains("100,0"), "{index}");
    let years = said(&app.get(&format!("/siffror/{id}?tid=ar"), &chef).await);
    assert!(years.contains("Mot året före") && years.contains("medel av"), "{years}");
    // what it is is said and sent along, and nothing of it can be chosen anew
    let edit = app.get(&format!("/siffror/{id}/redigera"), &chef).await.body;
    let chosen = |tag: &str, name: &str| edit.split(tag).skip(1).any(|of| of.split('>').next().unwrap().contains(name));
    for name in ["form[slag]", "form[grain]"] {
        assert!(chosen("<input", name) && !chosen("<select", name), "{name}");
    }
    assert!(edit.contains("Serien är inte uppdelad."), "{edit}");
    let new = app.get("/siffror/ny", &chef).await.body;
    assert!(new.contains(">Bestånd<") && new.contains("Det som finns vid en tid"), "{new}");
}

#[tokio::test]
async fn a_large_change_is_asked_about_and_all_is_saved_or_nothing() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let id = made(&app, "Hushåll").await;
    let cells = [(1, "500", "1:336"), (2, "319", "0:")];
    assert!(fill(&app, &chef, id, &cells, &[]).await.to().ends_with("#fel"));
    let page = app.get(&format!("/siffror/{id}/fyll"), &chef).await.body;
    assert!(page.contains("mer än 20\u{a0}%. Stämmer det?") && page.contains("Ja, det stämmer"), "{page}");
    let shown = said(&app.get(&format!("/siffror/{id}"), &chef).await);
    assert!(!shown.contains("319"), "the other cell is not saved either");
    // a yes to another change is none to this one
    for other in [format!("{}//1=499", month(&app, 1)), format!("{}//2=500", month(&app, 1))] {
        let other = [("form[ratt]", "on"), ("form[fragat]", other.as_str())];
        assert!(fill(&app, &chef, id, &cells, &other).await.to().ends_with("#fel"));
    }
    let yes = format!("{}//1=500", month(&app, 1));
    let yes = [("form[ratt]", "on"), ("form[fragat]", yes.as_str())];
    assert_eq!(fill(&app, &chef, id, &cells, &yes).await.to(), format!("/siffror/{id}"));
    let wrong = fill(&app, &chef, id, &[(3, "många", "0:")], &[]).await;
    assert!(wrong.to().ends_with("#fel"));
    let page = app.get(&format!("/siffror/{id}/fyll"), &chef).await.body;
    assert!(page.contains("Skriv ett tal") && page.contains("många"), "what was typed comes back: {page}");
}

#[tokio::test]
async fn who_was_overtaken_is_told_of_both_values_and_writes_over_nothing() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let id = made(&app, "Hushåll").await;
    fill(&app, &chef, id, &[(1, "340", "1:336")], &[]).await.to();
    assert!(fill(&app, &chef, id, &[(1, "338", "1:336")], &[]).await.to().ends_with("#fel"));
    let page = app.get(&format!("/siffror/{id}/fyll"), &chef).await.body;
    assert!(page.contains("Någon annan skrev 340 medan du skrev 338"), "{page}");
    assert!(page.contains("2:340"), "and the next try is on what stands there now");
    assert_eq!(fill(&app, &chef, id, &[(1, "338", "2:340")], &[]).await.to(), format!("/siffror/{id}"));
}

#[tokio::test]
async fn a_yes_is_to_the_changes_that_were_asked_about_and_to_no_other_fault() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let id = made(&app, "Hushåll").await;
    fill(&app, &chef, id, &[(2, "100", "0:"), (1, "340", "1:336")], &[]).await.to();
    // as the grid has them: one is asked about, of the other somebody has written meanwhile, and one is no number
    let cells =
        [(5, "", "0:"), (4, "", "0:"), (3, "mycket", "0:"), (2, "500", "1:100"), (1, "600", "1:336"), (0, "", "0:")];
    assert!(fill(&app, &chef, id, &cells, &[]).await.to().ends_with("#fel"));
    let page = app.get(&format!("/siffror/{id}/fyll"), &chef).await.body;
    let asked = page.split("name=\"form[fragat]\"").nth(1).unwrap_or_default().split('>').next().unwrap_or_default();
    assert!(asked.contains(&format!("\"{}//1=500\"", month(&app, 2))), "{asked}");
    assert!(page.contains("Någon annan skrev 340 medan du skrev 600"), "{page}");
}

/// A series by two types of household, of which one has two.
pub async fn divided(app: &App) -> (SerieId, Dimension) {
    let (mut tx, now, dim) = (app.write().await, app.state.clock.now(), DimensionId::new());
    store::serie::dimension::create(&mut tx, now, dim, app.enhet, "Hushållstyp").await.unwrap();
    for namn in ["Ensamstående", "Par utan barn"] {
        let of = store::serie::dimension::get(&mut tx, dim).await.unwrap();
        let value = Dimensionsvarde::named(DimensionsvardeId::new(), namn);
        store::serie::dimension::create_varde(&mut tx, now, &of, of.version, &value).await.unwrap();
    }
    let of = store::serie::dimension::get(&mut tx, dim).await.unwrap();
    let id = SerieId::new();
    let form = Form { dim1: dim.to_string(), ..form("Hushåll") };
    store::serie::create(&mut tx, now, id, app.enhet, &check(&form, None).unwrap()).await.unwrap();
    let found = store::serie::get(&mut tx, id).await.unwrap();
    let ny = |at: usize, n: i64| Ny {
        period: month(app, 1),
        plats: Plats(vec![Some(of.values[at].id)]),
        varde: Some(Varde::of(Tal::whole(n))),
        not: String::new(),
    };
    let when = (now, app.state.clock.today());
    store::serie::siffra::write(&mut tx, when, &found, Ursprung::Inskriven, &[ny(0, 291), ny(1, 2)], None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    (id, of)
}

#[tokio::test]
async fn few_are_seen_by_who_fills_the_series_and_by_nobody_else() {
    let app = App::new().await;
    let (id, dim) = divided(&app).await;
    let (chef, other) = (app.log_in(CHEF).await, app.medarbetare().await);
    let path = format!("/siffror/{id}?vy={}", dim.id);
    let seen = said(&app.get(&path, &chef).await);
    assert!(seen.contains("Par utan barn") && seen.contains("291"), "{seen}");
    for address in [path, format!("/siffror/{id}"), "/siffror".to_owned()] {
        let page = said(&app.get(&address, &other).await);
        assert!(!page.contains("291"), "{address}: the rest tells the small one: {page}");
    }
    let page = app.get(&format!("/siffror/{id}"), &other).await.body;
    assert!(page.contains("293\u{a0}hushåll"), "the total is shown: {page}");
    let file = app.get(&format!("/siffror/{id}/siffror.xlsx"), &other).await;
    assert!(!file.words.contains("291") && file.words.contains("kännas igen"), "{}", file.words);
    assert_eq!(app.get(&format!("/siffror/{id}/fyll"), &other).await.status, StatusCode::FORBIDDEN);
    let file = app.get(&format!("/siffror/{id}/siffror.xlsx"), &chef).await;
    assert!(file.words.contains("291"), "{}", file.words);
}
