//! Series that are reckoned from others: made of what is the unit's, never filled, and not broken by who changes a part.

use domain::{
    period::Grain,
    siffror::harledd::{Harledd, INGA_VARDEN, Led, Rakning},
};

use domain::siffror::inlasning::Svar;

use super::*;

fn led(serie: &Serie) -> Led {
    Led { serie: serie.id, varde: None }
}

/// Money of so many months.
fn money() -> Content {
    Content { enhet: "mnkr".into(), slag: Slag::Belopp, ..content("Utbetalt", &[]) }
}

fn per(a: Led, b: Led) -> Content {
    Content {
        enhet: String::new(),
        harledd: Some(Harledd { a, med: Some((Rakning::Delat, b)), sedan: None }),
        ..content("Per hushåll", &[])
    }
}

async fn kept(tx: &mut Tx, node: NodeId, content: &Content) -> Result<Serie, Error> {
    let id = SerieId::new();
    serie::create(tx, now(), id, node, content).await?;
    serie::get(tx, id).await
}

/// At which field, and what.
fn fault<T: std::fmt::Debug>(done: Result<T, Error>) -> (String, String) {
    let Err(Error::Invalid(faults)) = done else { panic!("{done:?}") };
    (faults[0].field.clone(), faults[0].message.clone())
}

#[tokio::test]
async fn one_that_is_reckoned_is_what_its_parts_make_and_is_never_filled() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let households = made(&mut tx, world.unit, &[]).await;
        let paid = kept(&mut tx, world.unit, &money()).await.unwrap();
        let sent = Content { responsible: Responsible::Nobody, ..per(led(&paid), led(&households)) };
        let derived = kept(&mut tx, world.unit, &sent).await.unwrap();
        assert_eq!((derived.content.slag, derived.content.enhet.as_str()), (Slag::Medel, "kr"), "{db}");
        serie::create(&mut tx, now(), derived.id, world.unit, &sent).await.unwrap();
        let told = history::list(&mut tx, &[derived.id.0]).await.unwrap();
        let how = told[0].changes.iter().find(|c| c.label == "Räknas ut").unwrap();
        assert_eq!((told.len(), how.after.as_str()), (1, "Utbetalt delat med Hushåll"), "{db}");

        assert_eq!(said(fill(&mut tx, &derived, &[ny(2, &[], 1)]).await), INGA_VARDEN, "{db}");
        let id = SiffraImportId::new();
        let read = import::create(&mut tx, when(), &derived, id, "Tabell", &[ny(2, &[], 1)], None).await;
        assert_eq!(said(read), INGA_VARDEN, "{db}");
        assert_eq!(said(serie::set_layout(&mut tx, derived.id, &Svar::default()).await), INGA_VARDEN, "{db}");
        let using = serie::harledd::of_serie(&mut tx, &paid).await.unwrap();
        assert_eq!(using.iter().map(|s| s.id).collect::<Vec<_>>(), [derived.id], "{db}");
        assert!(serie::harledd::of_serie(&mut tx, &derived).await.unwrap().is_empty(), "{db}");
    }
}

#[tokio::test]
async fn its_parts_are_the_units_have_values_of_their_own_and_go_together() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let district = divided(&mut tx, world.unit, "Stadsdel", &["Bromma"]).await;
        let other = divided(&mut tx, world.unit, "Kön", &["Kvinnor"]).await;
        let households = made(&mut tx, world.unit, &[district.id]).await;
        let foreign = made(&mut tx, world.other, &[]).await;
        let paid = kept(&mut tx, world.unit, &money()).await.unwrap();
        let year = kept(&mut tx, world.unit, &Content { grain: Grain::Ar, ..content("Årsvis", &[]) }).await.unwrap();
        let derived = kept(&mut tx, world.unit, &per(led(&paid), led(&households))).await.unwrap();
        let away = Led { varde: Some(other.values[0].id), ..led(&households) };
        let unknown = Led { serie: SerieId::new(), varde: None };
        for (what, field, words) in [
            (per(led(&foreign), led(&households)), "del_a", "hör inte till enheten"),
            (per(led(&paid), unknown), "del_b", "hör inte till enheten"),
            (per(led(&paid), led(&derived)), "del_b", "räknas själv ut"),
            (per(led(&paid), led(&year)), "del_b", "lika ofta"),
            (per(led(&households), away), "del_b", "första uppdelning"),
        ] {
            let (at, message) = fault(kept(&mut tx, world.unit, &what).await);
            assert!(at == field && message.contains(words), "{db}: {at}: {message}");
        }
        // the share of a total
        let own = Led { varde: Some(district.values[0].id), ..led(&households) };
        let share = kept(&mut tx, world.unit, &per(own, led(&households))).await.unwrap();
        assert_eq!((share.content.slag, share.content.enhet.as_str()), (Slag::Andel, "%"), "{db}");
        let seen = dimension::get(&mut tx, district.id).await.unwrap();
        let gone = dimension::remove_varde(&mut tx, now(), &seen, seen.version, district.values[0].id).await;
        assert!(said(gone).contains("räknas ut ur Bromma"), "{db}");
        let itself = per(led(&derived), led(&households));
        let (at, message) = fault(serie::update(&mut tx, now(), &derived, derived.version, &itself).await);
        assert!(at == "del_a" && message.contains("sig själv"), "{db}: {message}");
        // what has values is not reckoned
        fill(&mut tx, &paid, &[ny(2, &[], 3)]).await.unwrap();
        let lone = kept(&mut tx, world.unit, &content("Ensam", &[])).await.unwrap();
        fill(&mut tx, &lone, &[ny(2, &[], 3)]).await.unwrap();
        let (at, _) = fault(serie::update(&mut tx, now(), &lone, 1, &per(led(&paid), led(&households))).await);
        assert_eq!(at, "del_a", "{db}");
    }
}

#[tokio::test]
async fn a_part_is_not_changed_so_that_it_breaks_what_is_reckoned_from_it_and_otherwise_freely() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let district = divided(&mut tx, world.unit, "Stadsdel", &["Bromma"]).await;
        let households = made(&mut tx, world.unit, &[district.id]).await;
        let paid = kept(&mut tx, world.unit, &money()).await.unwrap();
        let own = Led { varde: Some(district.values[0].id), ..led(&households) };
        kept(&mut tx, world.unit, &per(led(&paid), own)).await.unwrap();
        for (of, what, field) in [
            (&paid, Content { grain: Grain::Ar, ..paid.content.clone() }, "grain"),
            (&paid, Content { enhet: "ärenden".into(), slag: Slag::Flode, ..paid.content.clone() }, "slag"),
            (&households, Content { dimensioner: vec![], ..households.content.clone() }, "dim1"),
            (&paid, per(led(&households), own), "del_a"),
        ] {
            let (at, message) = fault(serie::update(&mut tx, now(), of, of.version, &what).await);
            assert_eq!(at, field, "{db}: {message}");
            assert!(message.contains("”Per hushåll” räknas ut ur den här serien."), "{db}: {message}");
        }
        let thousands = Content { enhet: "tkr".into(), namn: "Betalt".into(), ..paid.content.clone() };
        serie::update(&mut tx, now(), &paid, 1, &thousands).await.unwrap();
        serie::set_closed(&mut tx, now(), &households, 1, Some(today())).await.unwrap();
    }
}
