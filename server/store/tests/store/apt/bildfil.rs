//! The pictures of slides: one on a slide, so many in a meeting, gone with their slide; and the logos of nodes, shown below.

use domain::{
    apt::{
        Bildfil,
        bildfil::{Form, MOST},
    },
    avvikelse::bilaga::Borttaget,
    id::{BildId, BildfilId, LoggaId},
};
use store::{apt::bildfil, logga};

use super::*;

fn picture(mote: AptId) -> Bildfil {
    Bildfil {
        id: BildfilId::new(),
        mote,
        name: "plan.jpg".into(),
        alt: "Plan över lokalerna".into(),
        bildtext: "Inflyttning i mars".into(),
        width: 4_000,
        height: 3_000,
        removed: vec![Borttaget::Plats],
    }
}

/// A new slide with a text, last under the last point.
async fn slide(tx: &mut Tx, mote: AptId) -> BildId {
    let punkt = punkt::list(tx, mote).await.unwrap().last().unwrap().id;
    punkt::create_bild(tx, now(), mote, punkt, Slag::Text).await.unwrap();
    punkt::list(tx, mote).await.unwrap().last().unwrap().bilder.last().unwrap().id
}

async fn put(tx: &mut Tx, at: (AptId, BildId), fil: &Bildfil) -> store::Result<()> {
    bildfil::save(tx, now(), at, fil, ("image/jpeg", vec![7; 9])).await
}

#[tokio::test]
async fn a_slide_has_one_picture_which_is_replaced_told_of_anew_and_gone_with_its_slide() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        let id = prepare(&store, &w, day(11, 11)).await;
        let other = prepare(&store, &w, day(12, 9)).await;
        let mut tx = writing(&store, &w, id).await;
        let at = (id, slide(&mut tx, id).await);
        let (first, second) = (picture(id), Bildfil { removed: vec![], ..picture(id) });
        put(&mut tx, at, &first).await.unwrap();
        assert_eq!(bildfil::of(&mut tx, id, at.1).await.unwrap().as_ref(), Some(&first), "{db}");
        put(&mut tx, at, &second).await.unwrap();
        let listed = punkt::list(&mut tx, id).await.unwrap();
        let shown: Vec<&Bildfil> = listed.iter().flat_map(|p| &p.bilder).filter_map(|b| b.fil.as_ref()).collect();
        assert_eq!(shown, [&second], "{db}: the slide shows the last");
        assert!(matches!(bildfil::sealed(&mut tx, id, first.id).await, Err(Error::NotFound)), "{db}");
        let (found, media, sealed) = bildfil::sealed(&mut tx, id, second.id).await.unwrap();
        assert_eq!((found, media.as_str(), sealed), (second.clone(), "image/jpeg", vec![7; 9]), "{db}");

        let said = Form { alt: "Plan över våning 2".into(), bildtext: String::new() };
        bildfil::describe(&mut tx, now(), at, &said).await.unwrap();
        let told = bildfil::of(&mut tx, id, at.1).await.unwrap().unwrap();
        assert_eq!((told.alt.as_str(), told.bildtext.as_str(), told.id), ("Plan över våning 2", "", second.id), "{db}");

        // under another meeting, and on a slide that shows something else, there is none
        assert!(matches!(bildfil::sealed(&mut tx, other, second.id).await, Err(Error::NotFound)), "{db}");
        assert!(matches!(put(&mut tx, (other, at.1), &picture(other)).await, Err(Error::NotFound)), "{db}");
        let drawn = listed.iter().flat_map(|p| &p.bilder).find(|b| b.slag != Slag::Text).unwrap().id;
        assert!(matches!(put(&mut tx, (id, drawn), &picture(id)).await, Err(Error::NotFound)), "{db}");

        punkt::remove_bild(&mut tx, now(), id, at.1).await.unwrap();
        assert!(bildfil::list(&mut tx, id).await.unwrap().is_empty(), "{db}: gone with its slide");
        assert!(matches!(bildfil::remove(&mut tx, now(), id, at.1).await, Err(Error::NotFound)), "{db}");
        let at = (id, slide(&mut tx, id).await);
        put(&mut tx, at, &picture(id)).await.unwrap();
        let last = punkt::list(&mut tx, id).await.unwrap().last().unwrap().id;
        punkt::remove(&mut tx, now(), id, last).await.unwrap();
        assert!(bildfil::list(&mut tx, id).await.unwrap().is_empty(), "{db}: gone with its point");
        let told: Vec<String> =
            history::list(&mut tx, &[id.0]).await.unwrap().into_iter().map(|entry| entry.what).collect();
        for what in ["Bildfil tillagd", "Bildfil utbytt", "Bildfil ändrad"] {
            assert!(told.iter().any(|t| t == what), "{db}: {what} in {told:?}");
        }
    }
}

#[tokio::test]
async fn a_meeting_has_so_many_pictures_and_none_are_changed_after_its_minutes_are_approved() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        let id = prepare(&store, &w, day(11, 11)).await;
        let mut tx = writing(&store, &w, id).await;
        let mut last = None;
        for _ in 0..MOST {
            let at = (id, slide(&mut tx, id).await);
            put(&mut tx, at, &picture(id)).await.unwrap();
            last = Some(at);
        }
        let (last, more) = (last.unwrap(), (id, slide(&mut tx, id).await));
        let refused = put(&mut tx, more, &picture(id)).await;
        assert!(matches!(refused, Err(Error::Invalid(faults)) if faults[0].field == "fil"), "{db}");
        put(&mut tx, last, &picture(id)).await.unwrap();
        bildfil::remove(&mut tx, now(), id, last.1).await.unwrap();
        put(&mut tx, more, &picture(id)).await.unwrap();

        for to in [State::Avslutat, State::Justerat] {
            let before = apt::get(&mut tx, id).await.unwrap();
            apt::set_state(&mut tx, (now(), day(11, 23)), &w.chef, &before, before.version, to).await.unwrap();
        }
        assert!(matches!(put(&mut tx, more, &picture(id)).await, Err(Error::Conflict)), "{db}");
        assert!(matches!(bildfil::remove(&mut tx, now(), id, more.1).await, Err(Error::Conflict)), "{db}");
        let said = Form { alt: "Annat".into(), bildtext: String::new() };
        assert!(matches!(bildfil::describe(&mut tx, now(), more, &said).await, Err(Error::Conflict)), "{db}");
    }
}

#[tokio::test]
async fn a_logo_is_shown_below_its_node_until_one_nearer_is_given() {
    for (db, store) in crate::common::stores().await {
        let mut tx = store.system(true).await.unwrap();
        let ids = [NodeId::new(), NodeId::new(), NodeId::new()];
        for (n, kind) in [NodeKind::Organisation, NodeKind::Avdelning, NodeKind::Enhet].into_iter().enumerate() {
            let (name, parent) = (format!("Nivå {n}"), n.checked_sub(1).map(|n| ids[n]));
            let node = Node { id: ids[n], parent, kind, name, active: true, version: 1 };
            store::organisation::create_node(&mut tx, now(), &node).await.unwrap();
        }
        let [top, middle, unit] = ids;
        assert_eq!(logga::of(&mut tx, unit).await.unwrap(), None, "{db}");
        let (of_top, of_middle) = (LoggaId::new(), LoggaId::new());
        logga::save(&mut tx, now(), (top, of_top), (300, 80), ("image/png", vec![1])).await.unwrap();
        let shown = logga::of(&mut tx, unit).await.unwrap().unwrap();
        assert_eq!((shown.id, shown.node, shown.name.as_str(), shown.width), (of_top, top, "Nivå 0", 300), "{db}");
        logga::save(&mut tx, now(), (middle, of_middle), (80, 80), ("image/jpeg", vec![2])).await.unwrap();
        assert_eq!(logga::of(&mut tx, unit).await.unwrap().unwrap().id, of_middle, "{db}: the nearest");
        assert_eq!(logga::of(&mut tx, top).await.unwrap().unwrap().id, of_top, "{db}");
        let read = logga::bytes(&mut tx, unit, of_middle).await.unwrap();
        assert_eq!(read, ("image/jpeg".to_owned(), vec![2]), "{db}");
        assert!(matches!(logga::bytes(&mut tx, unit, of_top).await, Err(Error::NotFound)), "{db}: it shows another");
        assert!(matches!(logga::bytes(&mut tx, top, of_middle).await, Err(Error::NotFound)), "{db}: it lies below");
        logga::save(&mut tx, now(), (middle, LoggaId::new()), (9, 9), ("image/png", vec![3])).await.unwrap();
        assert_eq!(logga::of(&mut tx, unit).await.unwrap().unwrap().width, 9, "{db}: replaced");
        logga::remove(&mut tx, now(), middle).await.unwrap();
        assert_eq!(logga::of(&mut tx, unit).await.unwrap().unwrap().id, of_top, "{db}");
        assert!(matches!(logga::remove(&mut tx, now(), middle).await, Err(Error::NotFound)), "{db}");
    }
}
