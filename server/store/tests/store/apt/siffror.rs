//! What is chosen for APT is on the next one.

use domain::siffror::serie::{self, Form, SerieId};

use super::*;

fn households(apt: bool) -> serie::Content {
    let form = Form {
        namn: "Hushåll".into(),
        enhet: "hushåll".into(),
        decimaler: "0".into(),
        slag: "bestand".into(),
        grain: "manad".into(),
        responsible: "roll:metodutvecklare".into(),
        efterslapning: "0".into(),
        apt: if apt { "on".into() } else { String::new() },
        ..Form::default()
    };
    serie::check(&form, None).unwrap()
}

async fn slides(tx: &mut Tx, mote: AptId) -> usize {
    let points = punkt::list(tx, mote).await.unwrap();
    let quality = points.iter().find(|p| p.title == "Verksamhet och kvalitet").unwrap();
    let all = points.iter().flat_map(|p| &p.bilder).filter(|b| b.slag == Slag::Siffror).count();
    assert_eq!(all, quality.bilder.iter().filter(|b| b.slag == Slag::Siffror).count(), "beside what is done");
    all
}

async fn take_away(tx: &mut Tx, mote: AptId) {
    let points = punkt::list(tx, mote).await.unwrap();
    for of in points.iter().flat_map(|p| &p.bilder).filter(|b| b.slag == Slag::Siffror) {
        punkt::remove_bild(tx, now(), mote, of.id).await.unwrap();
    }
}

#[tokio::test]
async fn a_series_that_is_chosen_for_apt_is_on_those_that_are_to_come() {
    for (db, store) in crate::common::stores().await {
        store.is_day(day(11, 23));
        let w = world(&store).await;
        let (held, coming) = (prepare(&store, &w, day(11, 11)).await, prepare(&store, &w, day(12, 9)).await);
        let mut tx = store.write(&w.chef, Target::Node(w.unit, Area::Serie), Action::Edit).await.unwrap();
        let id = SerieId::new();
        store::serie::create(&mut tx, now(), id, w.unit, &households(false)).await.unwrap();
        assert_eq!(slides(&mut tx, coming).await, 0, "{db}: nobody has chosen it");
        for apt in [true, false, true] {
            let serie = store::serie::get(&mut tx, id).await.unwrap();
            store::serie::update(&mut tx, now(), &serie, serie.version, &households(apt)).await.unwrap();
        }
        assert_eq!(
            (slides(&mut tx, held).await, slides(&mut tx, coming).await),
            (0, 1),
            "{db}: once, and not afterwards"
        );
        assert_eq!(apt::siffror::next(&mut tx, w.unit).await.unwrap(), Some(day(12, 9)), "{db}");
        // whoever took the slide away and opens the series again has chosen it anew
        take_away(&mut tx, coming).await;
        assert_eq!(apt::siffror::next(&mut tx, w.unit).await.unwrap(), None, "{db}: none has it");
        for last in [Some(day(11, 20)), None] {
            let serie = store::serie::get(&mut tx, id).await.unwrap();
            store::serie::set_closed(&mut tx, now(), &serie, serie.version, last).await.unwrap();
            assert_eq!(slides(&mut tx, coming).await, usize::from(last.is_none()), "{db}");
        }
        tx.commit().await.unwrap();

        // one that is prepared later has it too, whatever the last one showed
        let later = prepare(&store, &w, day(12, 16)).await;
        let mut tx = store.read(&w.chef, Target::Apt(later), Action::View).await.unwrap();
        assert_eq!(slides(&mut tx, later).await, 1, "{db}");
    }
}
