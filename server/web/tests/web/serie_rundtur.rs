//! The workbook of a series is read back as it was: every value with its parts, how sure it is and its word; and what is hidden in it
//! says nothing.
#![allow(clippy::unwrap_used)]

use domain::{
    occurrence::Share,
    period::Period,
    siffror::{
        serie::{Form, SerieId, check},
        siffra::{Ny, Plats, SiffraImportId, Ursprung},
        slag::{Mark, Varde},
    },
    tal::Tal,
};

use crate::{
    common::{App, CHEF},
    serie_las_in::{confirm, said, upload},
};

/// A series of a kind, with values month after month from January 2020.
async fn made(app: &App, slag: &str, values: &[(Option<Varde>, &str)]) -> SerieId {
    let (mut tx, now, id) = (app.write().await, app.state.clock.now(), SerieId::new());
    let form = Form {
        namn: "Utbetalt".into(),
        enhet: if slag == "andel" { String::new() } else { "kr".into() },
        slag: slag.into(),
        grain: "manad".into(),
        decimaler: "2".into(),
        ..Form::default()
    };
    store::serie::create(&mut tx, now, id, app.enhet, &check(&form, None).unwrap()).await.unwrap();
    let found = store::serie::get(&mut tx, id).await.unwrap();
    let ny = |(n, (varde, not)): (i64, &(Option<Varde>, &str))| Ny {
        period: Period::of_ordinal(Period::Month(2020, 1).ordinal() + n, domain::period::Grain::Manad),
        plats: Plats::default(),
        varde: *varde,
        not: (*not).to_owned(),
    };
    let new: Vec<Ny> = (0..).zip(values).map(ny).collect();
    let when = (now, app.state.clock.today());
    store::serie::siffra::write(&mut tx, when, &found, Ursprung::Inskriven, &new, None).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// What a series holds: its times with their values and words.
async fn held(app: &App, id: SerieId) -> Vec<(Period, Option<Varde>, String)> {
    let mut tx = app.state.store.system(false).await.unwrap();
    let mut all = store::serie::siffra::all(&mut tx, id, 0).await.unwrap();
    all.sort_by_key(|s| s.period);
    all.into_iter().map(|s| (s.period, s.varde, s.not)).collect()
}

#[tokio::test]
async fn what_is_taken_out_of_a_series_is_read_into_another_without_a_question() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let varde = |stored: i64, mark| Some(Varde { mark, ..Varde::of(Tal::of_stored(stored)) });
    let share = |numerator, denominator| {
        let tal = Tal::per_cent(numerator, denominator).unwrap();
        Some(Varde { tal, share: Some(Share { numerator, denominator }), mark: Mark::Definitiv })
    };
    let belopp = [
        (varde(13_460_000, Mark::Definitiv), ""),
        (varde(4_359_350_500, Mark::Definitiv), ""),
        (varde(-400_000, Mark::Definitiv), ""),
        (varde(0, Mark::Definitiv), ""),
        (varde(13_460, Mark::Definitiv), ""),
        (varde(390_000_000_000, Mark::Preliminar), "Prognos"),
        (varde(32_000, Mark::Ungefarlig), ""),
        (None, "Oklart"),
        (None, "–"),
        (varde(1, Mark::Preliminar), ""),
    ];
    let andel = [
        (share(12, 15), ""),
        (share(2, 3), ""),
        (varde(8_000, Mark::Definitiv), ""),
        (varde(20_000, Mark::Ungefarlig), ""),
        (share(0, 7), ""),
        (varde(1_000_000, Mark::Definitiv), ""),
    ];
    for (slag, values) in [("belopp", &belopp[..]), ("andel", &andel[..])] {
        let (from, to) = (made(&app, slag, values).await, made(&app, slag, &[]).await);
        let file = app.get(&format!("/siffror/{from}/siffror.xlsx"), &chef).await;
        let at = upload(&app, &chef, to, "siffror.xlsx", &file.bytes).await.to().to_owned();
        let page = said(&app, &chef, &at).await;
        assert!(page.contains(&format!("Läs in {} nya", values.len())), "{page}");
        let body = app.get(at.split('#').next().unwrap(), &chef).await.body;
        confirm(&app, &chef, &body, to, &SiffraImportId::new().to_string()).await.to();
        assert_eq!(held(&app, to).await, held(&app, from).await);
        // and into the one that it came from it brings nothing
        let same = upload(&app, &chef, from, "siffror.xlsx", &file.bytes).await.to().to_owned();
        let page = said(&app, &chef, &same).await;
        assert!(page.contains("Det finns inget nytt att läsa in."), "{page}");
    }
}
