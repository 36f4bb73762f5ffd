//! Tables read into a series over HTTP, without JavaScript: sent, asked about, shown, read in once however often it is confirmed, and
//! undone.
#![allow(clippy::unwrap_used)]

use axum::body::Body;
use domain::{
    period::Period,
    siffror::{
        dimension::{DimensionId, Dimensionsvarde, DimensionsvardeId},
        serie::{Form, SerieId, check},
        siffra::{Ny, Plats, SiffraImportId, Ursprung},
        slag::{Mark, Varde},
    },
    tal::Tal,
};
use http::{Method, header};

use crate::{
    common::{Answer, App, CHEF, browser},
    resultat::text_of,
};

const UTSKRIVET: &str = include_str!("../../../../app/domain/testdata/siffror/hushall-per-manad-som-utskrivet.csv");
const STADSDELAR: &str = include_str!("../../../../app/domain/testdata/siffror/stadsdelar.txt");

/// A series of households by district, and the id of Bromma.
async fn hushall(app: &App) -> (SerieId, DimensionsvardeId) {
    let (mut tx, now, id, dim) = (app.write().await, app.state.clock.now(), SerieId::new(), DimensionId::new());
    store::serie::dimension::create(&mut tx, now, dim, app.enhet, "Stadsdel").await.unwrap();
    let mut bromma = None;
    for namn in STADSDELAR.lines() {
        let of = store::serie::dimension::get(&mut tx, dim).await.unwrap();
        let varde = Dimensionsvarde {
            id: DimensionsvardeId::new(),
            namn: namn.to_owned(),
            kod: String::new(),
            grupp: None,
            fran: None,
            till: None,
            ersatt_av: None,
            kallas: vec![],
        };
        if namn == "Bromma" {
            bromma = Some(varde.id);
        }
        store::serie::dimension::create_varde(&mut tx, now, &of, of.version, &varde).await.unwrap();
    }
    let form = Form {
        namn: "Hushåll med ekonomiskt bistånd".into(),
        enhet: "hushåll".into(),
        slag: "bestand".into(),
        grain: "manad".into(),
        dim1: dim.to_string(),
        ..Form::default()
    };
    store::serie::create(&mut tx, now, id, app.enhet, &check(&form, None).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    (id, bromma.unwrap())
}

/// Sends a file, as a browser does without JavaScript.
pub async fn upload(app: &App, cookie: &str, id: SerieId, name: &str, content: impl AsRef<[u8]>) -> Answer {
    let head = format!(
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), content.as_ref(), b"\r\n--xyz--\r\n"].concat();
    let request = browser(Method::POST, &format!("/siffror/{id}/las-in"), cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xyz")
        .header(header::CONTENT_LENGTH, body.len())
        .body(Body::from(body))
        .unwrap();
    app.send(request).await
}

/// What a page says.
pub async fn said(app: &App, cookie: &str, to: &str) -> String {
    let body = app.get(to.split('#').next().unwrap(), cookie).await.body;
    let main = body.split("<main").nth(1).unwrap_or_default();
    text_of(main.split("</main>").next().unwrap_or_default())
}

/// The value of a hidden field of the page.
fn hidden(body: &str, name: &str) -> String {
    let field = body.split("<input").find(|input| input.contains(&format!("name=\"{name}\""))).unwrap();
    let value = field.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    value.replace("&amp;", "&")
}

async fn answer(app: &App, cookie: &str, id: SerieId, at: &str, (key, value): (&str, &str)) -> String {
    let vald = at.split_once('?').unwrap().1.split('#').next().unwrap();
    let text = id.to_string();
    let fields = [("id", text.as_str()), ("vald", vald), ("form[k0]", key), ("form[v0]", value)];
    app.post("/api/set_serie_svar", cookie, at, &fields).await.to().to_owned()
}

/// Presses the button of a preview, with the id that its page brought.
pub async fn confirm(app: &App, cookie: &str, body: &str, id: SerieId, import: &str) -> Answer {
    let (serie, vald, sett) = (id.to_string(), hidden(body, "vald"), hidden(body, "sett"));
    let fields = [("id", import), ("serie", serie.as_str()), ("vald", vald.as_str()), ("sett", sett.as_str())];
    app.post("/api/import_siffror", cookie, &format!("/siffror/{id}/las-in"), &fields).await
}

async fn values(app: &App, id: SerieId) -> usize {
    let mut tx = app.state.store.system(false).await.unwrap();
    store::serie::siffra::all(&mut tx, id, 1).await.unwrap().len()
}

#[tokio::test]
async fn a_printed_table_is_named_once_shown_with_its_wrong_sums_read_in_once_and_undone() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, _) = hushall(&app).await;
    let sent = upload(&app, &chef, id, "hushall.csv", UTSKRIVET).await;
    let at = sent.to().to_owned();
    let page = said(&app, &chef, &at).await;
    assert!(page.contains("Kolumnerna har inga rubriker. Vad är de?"), "{page}");
    assert!(page.contains("Svara på frågorna, så går det att läsa in."), "{page}");
    let body = app.get(at.split('#').next().unwrap(), &chef).await.body;
    let in_order = body.split('"').find(|text| text.starts_with("ordning:")).unwrap();
    let at = answer(&app, &chef, id, &at, ("kolumner/17", in_order)).await;
    let page = said(&app, &chef, &at).await;
    for words in [
        "272 nya värden och två summor som inte stämmer",
        "År gissat från ”2021 mar” och ”2022 mar”.",
        "Summan i mars 2022 är 30 för låg",
        "Skriv 1\u{a0}213 med kommentar",
        "Läs in 272 nya",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let body = app.get(at.split('#').next().unwrap(), &chef).await.body;
    let import = SiffraImportId::new().to_string();
    let first = confirm(&app, &chef, &body, id, &import).await;
    assert_eq!((first.to(), values(&app, id).await), (format!("/siffror/{id}").as_str(), 272));
    let again = confirm(&app, &chef, &body, id, &import).await;
    assert_eq!(
        (again.to(), values(&app, id).await),
        (format!("/siffror/{id}").as_str(), 272),
        "confirmed twice is one"
    );
    // another press of another page: nothing of it is new
    let late = confirm(&app, &chef, &body, id, &SiffraImportId::new().to_string()).await;
    assert!(late.to().starts_with(&format!("/siffror/{id}/las-in?underlag=")), "{}", late.to());
    let next = upload(&app, &chef, id, "hushall.csv", UTSKRIVET).await;
    let page = said(&app, &chef, next.to()).await;
    assert!(
        page.contains("Två summor som inte stämmer") && page.contains("Det finns inget nytt att läsa in."),
        "{page}"
    );
    let serie = id.to_string();
    let fields = [("id", import.as_str()), ("serie", serie.as_str())];
    app.post("/api/undo_siffror_import", &chef, &format!("/siffror/{id}/las-in"), &fields).await.to();
    assert_eq!(values(&app, id).await, 0);
    let page = said(&app, &chef, &format!("/siffror/{id}/las-in")).await;
    assert!(page.contains("Tidigare inläsningar") && page.contains("Ångrad"), "{page}");
}

#[tokio::test]
async fn what_is_written_between_preview_and_confirmation_is_said_and_nothing_is_read_in() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, bromma) = hushall(&app).await;
    let sent = upload(&app, &chef, id, "bromma.csv", "Månad;Bromma\n2022-02;328\n2022-03;336").await;
    let at = sent.to().split('#').next().unwrap().to_owned();
    let body = app.get(&at, &chef).await.body;
    assert!(text_of(&body).contains("Två nya värden"), "{body}");
    let mut tx = app.write().await;
    let found = store::serie::get(&mut tx, id).await.unwrap();
    let varde = Some(Varde { mark: Mark::Preliminar, ..Varde::of(Tal::whole(316)) });
    let ny = Ny { period: Period::Month(2022, 2), plats: Plats(vec![Some(bromma)]), varde, not: String::new() };
    let when = (app.state.clock.now(), app.state.clock.today());
    store::serie::siffra::write(&mut tx, when, &found, Ursprung::Inskriven, &[ny], None).await.unwrap();
    tx.commit().await.unwrap();
    let answered = confirm(&app, &chef, &body, id, &SiffraImportId::new().to_string()).await;
    let page = said(&app, &chef, answered.to()).await;
    assert_eq!(values(&app, id).await, 1, "{page}");
    assert!(page.contains("Ett nytt värde och ett ändrat") && page.contains("316 prel."), "{page}");
}

#[tokio::test]
async fn a_name_becomes_a_new_value_or_is_remembered_and_a_personnummer_refuses_all() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, bromma) = hushall(&app).await;
    let table = "Månad;Broma;Kista övre\n2022-02;328;41";
    let at = upload(&app, &chef, id, "namn.csv", table).await.to().to_owned();
    assert!(said(&app, &chef, &at).await.contains("Vad är ”Broma” i uppdelningen Stadsdel?"));
    let at = answer(&app, &chef, id, &at, ("namn:0:broma", &bromma.to_string())).await;
    let at = answer(&app, &chef, id, &at, ("namn:0:kista övre", "ny")).await;
    let page = said(&app, &chef, &at).await;
    assert!(page.contains("Två nya värden") && page.contains("Kista övre"), "{page}");
    // as files call it from now on
    let next = upload(&app, &chef, id, "namn.csv", table).await.to().to_owned();
    assert!(said(&app, &chef, &next).await.contains("Läs in 2 nya"));
    let refused = upload(&app, &chef, id, "vem.csv", "Månad;Bromma;Vem\n2022-02;328;060606-1234").await;
    assert!(!refused.to().contains("underlag="), "{}", refused.to());
    let page = said(&app, &chef, refused.to()).await;
    assert!(page.contains("Ruta C2 ser ut att innehålla ett personnummer") && !page.contains("060606"), "{page}");
}
