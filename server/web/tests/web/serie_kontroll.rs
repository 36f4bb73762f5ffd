//! Figures of controls that go into series, over HTTP and without JavaScript: proposed, asked about, refused at the field, and said on the
//! page of the control and of the series.
#![allow(clippy::unwrap_used)]

use domain::{
    id::OccurrenceId,
    period::{Grain, Period},
    siffror::serie::SerieId,
};

use crate::{
    common::{Answer, App, CHEF},
    serie, utfall,
};

/// The form of a tick as it is sent.
async fn tick(app: &App, chef: &str, (id, version): (OccurrenceId, i64), fields: &[(&str, &str)]) -> Answer {
    let (id, version, path) = (id.to_string(), version.to_string(), format!("/forekomster/{id}"));
    let base = [("id", &*id), ("version", &*version), ("form[outcome]", "ingen_avvikelse")];
    app.post("/api/mark_occurrence_done", chef, &path, &[&base[..], fields].concat()).await
}

fn figure<'a>(value: &'a str, period: &'a str, serie: &'a str) -> [(&'static str, &'a str); 5] {
    [
        ("form[figure_label_2]", "Antal hushåll"),
        ("form[figure_value_2]", value),
        ("form[figure_unit_2]", "hushåll"),
        ("form[figure_period_2]", period),
        ("form[figure_serie_2]", serie),
    ]
}

/// The values that a series has.
async fn stands(app: &App, id: SerieId) -> Vec<String> {
    let mut tx = app.write().await;
    let all = store::serie::siffra::all(&mut tx, id, 0).await.unwrap();
    all.iter().filter_map(|siffra| Some(siffra.varde?.tal.to_string())).collect()
}

/// The first tillfälle of a control, which is not in the future, a series with 336 for last month, and that month.
async fn begun(app: &App) -> (Vec<OccurrenceId>, SerieId, Period) {
    let all = utfall::monthly(app).await;
    let id = serie::made(app, "Hushåll").await;
    (all, id, Period::of(app.state.clock.today(), Grain::Manad).before())
}

#[tokio::test]
async fn a_figure_is_put_into_a_series_with_the_tick_and_both_pages_say_so() {
    let app = App::new().await;
    let (all, id, last) = begun(&app).await;
    let chef = app.log_in(CHEF).await;
    let path = format!("/forekomster/{}", all[0]);
    let page = app.get(&path, &chef).await.body;
    let (_, form) = page.split_once("id=\"resultat\"").unwrap();
    assert!(form.contains("Hushåll (hushåll, månad)"), "{form}");
    // what the control of January counts is of December
    let year: i32 = chrono::Datelike::year(&app.state.clock.today());
    assert!(form.contains(&format!("value=\"december {}\"", year - 1)), "{form}");

    let (serie, before) = (id.to_string(), last.before());
    let answer = tick(&app, &chef, (all[0], 1), &figure("316 prel", &before.label(), &serie)).await;
    let page = app.get(answer.to().split('#').next().unwrap(), &chef).await.body;
    let words = format!("316\u{a0}hushåll (prel.) är infört i serien ”Hushåll”, {}", before.label());
    assert!(page.contains(&words), "{page}");
    let page = app.get(&path, &chef).await.body;
    assert!(page.contains("316 hushåll (prel.)"), "{page}");
    let link = format!("Infört i <a href=\"/siffror/{id}\">serien ”Hushåll”, {}</a>", before.label());
    let plain = page.replace("<!>", "").replace("<!---->", "");
    assert!(plain.contains(&link), "{plain}");
    assert!(app.get(&format!("/siffror/{id}"), &chef).await.body.contains("Siffror från en kontroll"));
    // the next one proposes it
    let mut proposes = false;
    for next in &all[1..] {
        let page = app.get(&format!("/forekomster/{next}"), &chef).await.body;
        proposes |= page.split("<option").any(|option| option.contains(&serie) && option.contains("selected"));
    }
    assert!(proposes, "the next control of the same kind has the name of its figure and its series");
    // by month of what was counted, in the table of its control
    let control = page.split("href=\"/internkontroll/").nth(1).unwrap().split('"').next().unwrap();
    let page = app.get(&format!("/internkontroll/{control}"), &chef).await.body;
    let (year, month) = before.place();
    let row = format!(">{} {year}<", domain::format::month_short(month));
    assert!(page.contains(&row), "{row}: {page}");

    // taken back, it stays, and its form has all of it
    let undo = [("id", &*all[0].to_string()), ("version", "2"), ("reason", "Fel tal")];
    let answer = app.post("/api/undo_occurrence_mark", &chef, &path, &undo).await;
    let page = app.get(answer.to().split('#').next().unwrap(), &chef).await.body;
    assert!(page.contains("Siffran står kvar i serien ”Hushåll”"), "{page}");
    assert!(page.contains("value=\"316 prel\"") && page.contains(&format!("value=\"{}\"", before.label())), "{page}");
    // done anew with another value, it corrects what was preliminary, and says it
    tick(&app, &chef, (all[0], 3), &figure("328", &before.label(), &serie)).await;
    let page = app.get(&format!("/siffror/{id}"), &chef).await.body;
    assert!(page.contains("Ändringen kom från en kontroll."), "{page}");
}

#[tokio::test]
async fn what_somebody_has_typed_is_asked_about_and_nothing_is_saved_before_the_answer() {
    let app = App::new().await;
    let (all, id, last) = begun(&app).await;
    let chef = app.log_in(CHEF).await;
    let (serie, month) = (id.to_string(), last.label());
    let fields = figure("340", &month, &serie);
    let answer = tick(&app, &chef, (all[0], 1), &fields).await;
    let page = app.get(answer.to().split('#').next().unwrap(), &chef).await.body;
    let asked = format!("I serien ”Hushåll” står redan 336 för {month}. Ska det bli 340?");
    let (_, form) = page.split_once("id=\"resultat\"").unwrap();
    assert!(form.contains(&asked) && form.contains("Ja, det stämmer"), "{form}");
    assert_eq!(stands(&app, id).await, ["336"], "nothing is saved");
    // yes to something else is no answer
    let other = [("form[figure_ratt_2]", "on"), ("form[figure_fragat_2]", "I serien ”Hushåll” står redan 335.")];
    tick(&app, &chef, (all[0], 1), &[&fields[..], &other].concat()).await;
    assert_eq!(stands(&app, id).await, ["336"]);
    let yes = [("form[figure_ratt_2]", "on"), ("form[figure_fragat_2]", &*asked)];
    tick(&app, &chef, (all[0], 1), &[&fields[..], &yes].concat()).await;
    assert_eq!(stands(&app, id).await, ["340"]);
}

#[tokio::test]
async fn a_figure_that_does_not_fit_is_said_at_its_field_and_the_control_stays_open() {
    let app = App::new().await;
    let (all, id, last) = begun(&app).await;
    let chef = app.log_in(CHEF).await;
    let (serie, month) = (id.to_string(), last.label());
    let mut foreign = app.write().await;
    let theirs = SerieId::new();
    let form = domain::siffror::serie::Form {
        namn: "Andras".into(),
        enhet: "hushåll".into(),
        slag: "bestand".into(),
        grain: "manad".into(),
        ..Default::default()
    };
    let content = domain::siffror::serie::check(&form, None).unwrap();
    store::serie::create(&mut foreign, app.state.clock.now(), theirs, app.top, &content).await.unwrap();
    foreign.commit().await.unwrap();
    let theirs = theirs.to_string();
    for (value, period, of, field, words) in [
        ("340", "i höstas", &serie, "figure_period_2", "Skriv tiden som"),
        ("340", "", &serie, "figure_period_2", "vilken tid siffran gäller"),
        ("340", "kv 1 2021", &serie, "figure_period_2", "varje månad"),
        ("-3", &month, &serie, "figure_value_2", "mindre än 0"),
        ("340", &month, &theirs, "figure_serie_2", "Enheten har ingen sådan serie"),
        ("340", &month, &"x".to_owned(), "figure_serie_2", "Välj serien på nytt"),
    ] {
        let answer = tick(&app, &chef, (all[0], 1), &figure(value, period, of)).await;
        let page = app.get(answer.to().split('#').next().unwrap(), &chef).await.body;
        let at = format!("{}-{field}-fel", all[0]);
        let said = page.split(&format!("id=\"{at}\"")).nth(1).unwrap_or_else(|| panic!("{field}: {page}"));
        assert!(said.split("</p>").next().unwrap().contains(words), "{words}: {said}");
        assert!(!page.contains("Andras"), "the name of another unit's is not said");
    }
    let page = app.get(&format!("/forekomster/{}", all[0]), &chef).await.body;
    assert!(page.contains("Markera som utförd med resultat"), "{page}");
}
