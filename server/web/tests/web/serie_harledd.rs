//! Series that are reckoned from others, over HTTP: one is made through the form and shows what its parts make, and nobody sees through it
//! what is hidden of them.
#![allow(clippy::unwrap_used)]

use domain::{
    period::{Grain, Period},
    siffror::{
        dimension::{Dimension, DimensionId, Dimensionsvarde, DimensionsvardeId},
        harledd::Led,
        serie::{Form, SerieId, check},
        siffra::{Ny, Plats, Ursprung},
        slag::{Mark, Varde},
    },
    tal::Tal,
};
use http::StatusCode;

use crate::common::{Answer, App, CHEF};

fn month(app: &App, before: i64) -> Period {
    Period::of_ordinal(Period::of(app.state.clock.today(), Grain::Manad).ordinal() - before, Grain::Manad)
}

fn form(namn: &str, enhet: &str, slag: &str) -> Form {
    Form {
        namn: namn.into(),
        enhet: enhet.into(),
        slag: slag.into(),
        grain: "manad".into(),
        skyddas: "on".into(),
        ..Form::default()
    }
}

/// A series with these values of the month before.
async fn kept(app: &App, form: &Form, values: &[(Plats, Varde)]) -> SerieId {
    let (mut tx, now, id) = (app.write().await, app.state.clock.now(), SerieId::new());
    store::serie::create(&mut tx, now, id, app.enhet, &check(form, None).unwrap()).await.unwrap();
    let found = store::serie::get(&mut tx, id).await.unwrap();
    let ny = |(plats, varde): &(Plats, Varde)| Ny {
        period: month(app, 1),
        plats: plats.clone(),
        varde: Some(*varde),
        not: String::new(),
    };
    let all: Vec<Ny> = values.iter().map(ny).collect();
    let when = (now, app.state.clock.today());
    store::serie::siffra::write(&mut tx, when, &found, Ursprung::Inskriven, &all, None).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Makes one of two through the form.
async fn reckon(app: &App, cookie: &str, namn: &str, (a, rakning, b): (Led, &str, Led)) -> (SerieId, Answer) {
    let (id, node, a, b) = (SerieId::new(), app.enhet.to_string(), a.code(), b.code());
    let text = id.to_string();
    let fields = [
        ("id", text.as_str()),
        ("node", &node),
        ("form[namn]", namn),
        ("form[slag]", "bestand"),
        ("form[grain]", "manad"),
        ("form[del_a]", &a),
        ("form[rakning]", rakning),
        ("form[del_b]", &b),
    ];
    let answer = app.post("/api/create_serie", cookie, "/siffror/ny", &fields).await;
    (id, answer)
}

fn whole(serie: SerieId) -> Led {
    Led { serie, varde: None }
}

#[tokio::test]
async fn what_is_paid_per_household_is_made_in_the_form_and_is_about_as_much_as_is_known() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let about = Varde { mark: Mark::Ungefarlig, ..Varde::of(Tal::of_stored(33_000)) };
    let paid = kept(&app, &form("Utbetalt bistånd", "mnkr", "belopp"), &[(Plats::default(), about)]).await;
    let number = (Plats::default(), Varde::of(Tal::whole(317)));
    let households = kept(&app, &form("Hushåll", "hushåll", "bestand"), &[number]).await;
    let page = app.get("/siffror/ny", &chef).await.body;
    assert!(page.contains("Räknas ut ur andra serier") && page.contains("Delat med"), "{page}");

    // what does not go together is said, and what was chosen comes back
    let (_, refused) = reckon(&app, &chef, "Summa", (whole(paid), "plus", whole(households))).await;
    assert!(refused.to().ends_with("#fel"));
    let page = app.get("/siffror/ny", &chef).await.body;
    assert!(page.contains("Plus och minus behöver samma enhet."), "{page}");

    let (id, made) = reckon(&app, &chef, "Utbetalt per hushåll", (whole(paid), "delat", whole(households))).await;
    assert_eq!(made.to(), format!("/siffror/{id}"));
    let page = app.get(&format!("/siffror/{id}"), &chef).await.body;
    assert!(page.contains("10\u{a0}410\u{a0}kr") && page.contains("ungefärligt"), "{page}");
    assert!(page.contains(">Utbetalt bistånd<") && page.contains("delat med"), "{page}");
    assert!(
        page.contains("Räknas ut när serien visas") && !page.contains("Fyll på") && !page.contains("Läs in en tabell")
    );
    let part = app.get(&format!("/siffror/{paid}"), &chef).await.body;
    assert!(part.contains("Används i") && part.contains("Utbetalt per hushåll"), "{part}");
    let list = app.get("/siffror", &chef).await.body;
    assert!(list.contains("10\u{a0}410") && !list.contains("Fyll på"), "{list}");
    let file = app.get(&format!("/siffror/{id}/siffror.xlsx"), &chef).await;
    assert!(file.words.contains("ungefärligt") && file.words.contains("delat med"), "{}", file.words);
    assert_eq!(app.get(&format!("/siffror/{id}/redigera"), &chef).await.status, StatusCode::OK);

    // nobody writes into it
    for at in ["fyll", "las-in"] {
        let page = app.get(&format!("/siffror/{id}/{at}"), &chef).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("har inga egna värden"), "{at}: {}", page.body);
    }
}

/// Households by two types, of which one has two.
async fn divided(app: &App) -> (SerieId, Dimension) {
    let (mut tx, now, dim) = (app.write().await, app.state.clock.now(), DimensionId::new());
    store::serie::dimension::create(&mut tx, now, dim, app.enhet, "Hushållstyp").await.unwrap();
    for namn in ["Ensamstående", "Par utan barn"] {
        let of = store::serie::dimension::get(&mut tx, dim).await.unwrap();
        let value = Dimensionsvarde::named(DimensionsvardeId::new(), namn);
        store::serie::dimension::create_varde(&mut tx, now, &of, of.version, &value).await.unwrap();
    }
    let of = store::serie::dimension::get(&mut tx, dim).await.unwrap();
    tx.commit().await.unwrap();
    let at = |at: usize, n: i64| (Plats(vec![Some(of.values[at].id)]), Varde::of(Tal::whole(n)));
    let form = Form { dim1: dim.to_string(), ..form("Hushåll efter typ", "hushåll", "bestand") };
    (kept(app, &form, &[at(0, 291), at(1, 2)]).await, of)
}

#[tokio::test]
async fn nobody_sees_through_a_reckoned_series_what_is_hidden_of_its_parts() {
    let app = App::new().await;
    let (id, dim) = divided(&app).await;
    let (chef, other) = (app.log_in(CHEF).await, app.medarbetare().await);
    let few = Led { serie: id, varde: Some(dim.values[1].id) };
    let (share, _) = reckon(&app, &chef, "Andel par utan barn", (few, "delat", whole(id))).await;
    let (rest, _) = reckon(&app, &chef, "Alla andra", (whole(id), "minus", few)).await;
    let seen = app.get(&format!("/siffror/{share}"), &chef).await.body;
    assert!(seen.contains("1\u{a0}%"), "2 of 293: {seen}");
    assert!(app.get(&format!("/siffror/{rest}"), &chef).await.body.contains("291\u{a0}hushåll"));
    for serie in [share, rest] {
        let page = app.get(&format!("/siffror/{serie}"), &other).await.body;
        assert!(page.contains("kännas igen"), "{page}");
        assert!(!page.contains("291\u{a0}") && !page.contains("1\u{a0}%"), "{page}");
        let file = app.get(&format!("/siffror/{serie}/siffror.xlsx"), &other).await;
        assert!(file.words.contains("kännas igen") && !file.words.contains("291"), "{}", file.words);
    }
    let list = app.get("/siffror", &other).await.body;
    assert!(!list.contains("291\u{a0}hushåll") && list.contains("Alla andra"), "{list}");
}
