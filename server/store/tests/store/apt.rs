//! The story of a meeting: prepared like the last one, held, written down, approved; on SQLite and PostgreSQL.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    apt::{BildForm, Content, Kind, Mall, Slag, State, skarm},
    atgard::{self, Source},
    history::Entry,
    id::{AptId, AtgardId, BeslutId, NodeId, PersonId, PunktId, SkarmId},
    organisation::{Node, NodeKind},
    permission::{Action, Area, Role},
    person::Actor,
};
use store::{
    Error, Store, Target, Tx,
    apt::{self, protokoll, punkt},
    history, occurrence,
    person::NewPerson,
};
use uuid::Uuid;

mod bildfil;
mod planen;
mod siffror;
mod visat;

fn day(m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, m, d).unwrap()
}

fn now() -> DateTime<Utc> {
    day(11, 23).and_hms_opt(9, 41, 7).unwrap().and_utc()
}

struct World {
    unit: NodeId,
    chef: Arc<Actor>,
    staff: Vec<Arc<Actor>>,
}

async fn world(store: &Store) -> World {
    let mut tx = store.system(true).await.unwrap();
    let unit = NodeId::new();
    let node = Node { id: unit, parent: None, kind: NodeKind::Enhet, name: "Enheten".into(), active: true, version: 1 };
    store::organisation::create_node(&mut tx, now(), &node).await.unwrap();
    let mut actors = Vec::new();
    for (role, name) in [
        (Role::Enhetschef, "Enhetschef"),
        (Role::Medarbetare, "Handläggare 1"),
        (Role::Medarbetare, "Handläggare 2"),
        (Role::Medarbetare, "Handläggare 3"),
    ] {
        let id = PersonId::new();
        let (email, password_hash) = (format!("{id}@demo.se"), "x".into());
        let new = NewPerson { id, name: name.into(), email, password_hash, roles: vec![(role, unit)] };
        store::person::create(&mut tx, now(), &new).await.unwrap();
        actors.push(store::person::actor(&mut tx, id, 1).await.unwrap().unwrap());
    }
    tx.commit().await.unwrap();
    let chef = actors.remove(0);
    World { unit, chef, staff: actors }
}

fn content(on: NaiveDate) -> Content {
    Content { kind: Kind::Apt, on, time: "13.00".into(), place: "Stora salen".into(), chair: None, secretary: None }
}

async fn prepare(store: &Store, w: &World, on: NaiveDate) -> AptId {
    let id = AptId::new();
    for _ in 0..2 {
        let mut tx = store.write(&w.chef, Target::Node(w.unit, Area::Apt), Action::Edit).await.unwrap();
        apt::create(&mut tx, now(), id, w.unit, &content(on), None).await.unwrap();
        tx.commit().await.unwrap();
    }
    id
}

async fn writing(store: &Store, w: &World, id: AptId) -> Tx {
    store.write(&w.chef, Target::Apt(id), Action::Edit).await.unwrap()
}

#[tokio::test]
async fn the_next_meeting_is_like_the_last_and_other_two_lead_the_arbetsmiljo() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        let first = prepare(&store, &w, day(10, 14)).await;
        let mut tx = writing(&store, &w, first).await;
        let points = punkt::list(&mut tx, first).await.unwrap();
        assert_eq!(points.iter().map(|p| p.title.clone()).collect::<Vec<_>>(), Mall::standard(Kind::Apt).0, "{db}");
        let leaders = |all: &[domain::apt::Punkt]| -> Vec<String> {
            all.iter().find(|p| p.title == "Arbetsmiljö").unwrap().leaders.iter().map(|d| d.name.clone()).collect()
        };
        assert_eq!(leaders(&points), ["Enhetschef", "Handläggare 1"], "{db}");
        // a slide is taken away, one is added, a question is written
        let quality = points.iter().find(|p| p.title == "Verksamhet och kvalitet").unwrap();
        punkt::remove_bild(&mut tx, now(), first, quality.bilder[0].id).await.unwrap();
        punkt::create_bild(&mut tx, now(), first, points[6].id, Slag::Text).await.unwrap();
        let bild = &quality.bilder[1];
        let form = BildForm { fraga: "Vad lärde vi oss?".into(), ..BildForm::default() };
        punkt::update_bild(&mut tx, now(), (first, bild.id, bild.version), &form).await.unwrap().unwrap();
        let late = punkt::update_bild(&mut tx, now(), (first, bild.id, bild.version), &form).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}: the second of two is told");
        tx.commit().await.unwrap();

        let second = prepare(&store, &w, day(11, 11)).await;
        let mut tx = store.read(&w.staff[0], Target::Apt(second), Action::View).await.unwrap();
        let points = punkt::list(&mut tx, second).await.unwrap();
        assert_eq!(leaders(&points), ["Handläggare 2", "Handläggare 3"], "{db}");
        let quality = points.iter().find(|p| p.title == "Verksamhet och kvalitet").unwrap();
        assert!(quality.bilder.iter().all(|b| b.slag != Slag::Hjul), "{db}: what was taken away stays away");
        assert_eq!(points[6].bilder[0].slag, Slag::Text, "{db}");
        assert!(quality.bilder.iter().all(|b| b.fraga.is_empty()), "{db}: last time's question is not asked again");
        let mote = apt::get(&mut tx, second).await.unwrap();
        for (today, last) in [(day(10, 13), None), (day(10, 14), Some(first)), (day(11, 11), Some(first))] {
            let held = apt::held_before(&mut tx, &mote, today).await.unwrap();
            assert_eq!(held.as_ref().map(|m| m.id), last, "{db}: on {today}");
            assert_eq!(apt::since(&mote, held.as_ref()) == day(10, 14), last.is_some(), "{db}");
        }
    }
}

#[tokio::test]
async fn a_meeting_stands_on_the_wheel_moves_there_and_is_ticked_off_when_it_ends() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        let id = prepare(&store, &w, day(11, 11)).await;
        let mut tx = writing(&store, &w, id).await;
        let mote = apt::get(&mut tx, id).await.unwrap();
        let mark = mote.occurrence.unwrap();
        apt::update(&mut tx, now(), &w.chef, &mote, 1, &content(day(11, 18))).await.unwrap();
        let item = occurrence::get(&mut tx, &w.chef, mark).await.unwrap();
        assert_eq!((item.title.as_str(), item.occurrence.due), ("APT", day(11, 18)), "{db}");
        let late = apt::update(&mut tx, now(), &w.chef, &mote, 1, &content(day(11, 19))).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}");
        let mote = apt::get(&mut tx, id).await.unwrap();
        apt::set_state(&mut tx, (now(), day(11, 23)), &w.chef, &mote, 2, State::Avslutat).await.unwrap();
        let item = occurrence::get(&mut tx, &w.chef, mark).await.unwrap();
        assert_eq!(item.occurrence.performed_on, Some(day(11, 18)), "{db}");
        tx.commit().await.unwrap();
        // one mark is of one meeting
        let mut tx = store.write(&w.chef, Target::Node(w.unit, Area::Apt), Action::Edit).await.unwrap();
        let taken = apt::create(&mut tx, now(), AptId::new(), w.unit, &content(day(11, 18)), Some(mark)).await;
        assert!(matches!(taken, Err(Error::Conflict)), "{db}");
    }
}

#[tokio::test]
async fn what_is_said_is_written_once_and_stays_when_it_is_approved() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        let id = prepare(&store, &w, day(11, 11)).await;
        let topic = Uuid::new_v4();
        let mut tx = store.read(&w.staff[0], Target::Apt(id), Action::View).await.unwrap();
        let points = punkt::list(&mut tx, id).await.unwrap();
        drop(tx);
        let (arbetsmiljo, ovrigt) = (&points[2], &points[6]);
        for _ in 0..2 {
            let mut tx = store.write(&w.staff[0], Target::Apt(id), Action::TickOwn).await.unwrap();
            protokoll::create_amne(&mut tx, now(), (id, arbetsmiljo.id), topic, "Larmen").await.unwrap();
            tx.commit().await.unwrap();
        }
        let refused = store.write(&w.staff[0], Target::Apt(id), Action::Edit).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{db}");
        let beslut = BeslutId::new();
        let mut tx = writing(&store, &w, id).await;
        for _ in 0..2 {
            protokoll::create_beslut(&mut tx, now(), (id, arbetsmiljo.id), beslut, "Larmen provas").await.unwrap();
        }
        // the second time the answer to the first was lost on the way
        for _ in 0..2 {
            protokoll::save_note(&mut tx, now(), (id, arbetsmiljo.id, 1), "Genomgånget").await.unwrap();
        }
        let late = protokoll::save_note(&mut tx, now(), (id, arbetsmiljo.id, 1), "Annat").await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}");
        let strangers = [w.staff[1].person, PersonId::new()];
        let seen = protokoll::present_seen(&[], "");
        let refused = protokoll::save_present(&mut tx, now(), id, (&strangers, "Skyddsombud"), &seen).await;
        assert!(matches!(refused, Err(Error::Invalid(f)) if f[0].field == "persons"), "{db}: only those of the unit");
        protokoll::save_present(&mut tx, now(), id, (&[w.staff[1].person; 2], "Skyddsombud"), &seen).await.unwrap();
        let late = protokoll::save_present(&mut tx, now(), id, (&[], ""), &seen).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}: what nobody has read is not overwritten");
        assert_eq!(protokoll::present(&mut tx, id).await.unwrap(), [w.staff[1].person], "{db}");
        let kept = punkt::remove(&mut tx, now(), id, arbetsmiljo.id).await;
        assert!(matches!(kept, Err(Error::Conflict)), "{db}: what was said keeps its point");
        punkt::remove(&mut tx, now(), id, ovrigt.id).await.unwrap();
        let after = punkt::list(&mut tx, id).await.unwrap();
        let point = after.iter().find(|p| p.id == arbetsmiljo.id).unwrap();
        assert_eq!((point.amnen.len(), point.beslut.len(), after.len()), (1, 1, 6), "{db}");
        assert_eq!(point.amnen[0].who, "Handläggare 1", "{db}");
        for (version, to) in [(1, State::Avslutat), (2, State::Justerat)] {
            let mote = apt::get(&mut tx, id).await.unwrap();
            apt::set_state(&mut tx, (now(), day(11, 23)), &w.chef, &mote, version, to).await.unwrap();
        }
        let frozen = punkt::create(&mut tx, now(), id, PunktId::new(), "Efteråt").await;
        assert!(matches!(frozen, Err(Error::Conflict)), "{db}");
        tx.commit().await.unwrap();
        let mut tx = store.read(&w.staff[2], Target::Node(w.unit, Area::Apt), Action::View).await.unwrap();
        let (found, _) = protokoll::list_beslut(&mut tx, &w.staff[2], w.unit).await.unwrap();
        assert_eq!((found.len(), found[0].text.as_str(), found[0].on), (1, "Larmen provas", day(11, 11)), "{db}");
        let told: Vec<Entry> = history::list(&mut tx, &[id.0]).await.unwrap();
        assert!(told.iter().any(|e| e.what == "Justerat" && e.who == "Enhetschef"), "{db}");
    }
}

#[tokio::test]
async fn points_and_slides_move_a_step_and_stop_at_the_ends() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        let id = prepare(&store, &w, day(11, 11)).await;
        let mut tx = writing(&store, &w, id).await;
        let before = punkt::list(&mut tx, id).await.unwrap();
        punkt::step(&mut tx, now(), id, before[0].id, true).await.unwrap();
        punkt::step(&mut tx, now(), id, before[2].id, true).await.unwrap();
        let slides = &before[1].bilder;
        punkt::step_bild(&mut tx, now(), id, slides[0].id, false).await.unwrap();
        let after = punkt::list(&mut tx, id).await.unwrap();
        let order: Vec<_> = after.iter().map(|p| p.title.as_str()).take(3).collect();
        assert_eq!(order, ["Föregående protokoll", "Arbetsmiljö", "Verksamhet och kvalitet"], "{db}");
        let moved: Vec<_> = after[2].bilder.iter().map(|b| b.id).take(2).collect();
        assert_eq!(moved, [slides[1].id, slides[0].id], "{db}");
        let elsewhere = punkt::step(&mut tx, now(), id, PunktId::new(), true).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)), "{db}");
    }
}

#[tokio::test]
async fn a_screen_is_opened_by_its_token_until_it_has_another() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        let id = SkarmId::new();
        let night =
            (chrono::NaiveTime::from_hms_opt(18, 0, 0).unwrap(), chrono::NaiveTime::from_hms_opt(6, 0, 0).unwrap());
        let content = skarm::Content {
            name: "Fikarummet".into(),
            slides: vec![Slag::Hjul, Slag::Enkat],
            seconds: 15,
            dim: night,
        };
        let mut tx = store.write(&w.chef, Target::Node(w.unit, Area::Apt), Action::Edit).await.unwrap();
        apt::skarm::create(&mut tx, now(), (id, w.unit), b"first", &content).await.unwrap();
        apt::skarm::seen(&mut tx, now(), id).await.unwrap();
        tx.commit().await.unwrap();
        let (_, open) = store.screen(b"first").await.unwrap();
        assert_eq!((open.slides, open.dim, open.seen.is_some()), (content.slides.clone(), night, true), "{db}");
        assert!(matches!(store.screen(b"guess").await, Err(Error::NotFound)), "{db}");
        let denied = store.write(&w.staff[0], Target::Skarm(id), Action::Edit).await;
        assert!(matches!(denied, Err(Error::Forbidden)), "{db}");
        let mut tx = store.write(&w.chef, Target::Skarm(id), Action::Edit).await.unwrap();
        apt::skarm::renew(&mut tx, now(), id, b"second").await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(store.screen(b"first").await, Err(Error::NotFound)), "{db}");
        let mut tx = store.write(&w.chef, Target::Skarm(id), Action::Edit).await.unwrap();
        let late = apt::skarm::update(&mut tx, now(), id, 1, &content).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}");
        apt::skarm::remove(&mut tx, now(), id).await.unwrap();
        tx.commit().await.unwrap();
        assert!(store.screen(b"second").await.is_err(), "{db}");
    }
}

#[tokio::test]
async fn a_screen_is_opened_on_a_television_by_a_code_once_and_within_a_quarter_of_an_hour() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        let id = SkarmId::new();
        let dim = (chrono::NaiveTime::MIN, chrono::NaiveTime::MIN);
        let content = skarm::Content { name: "Fikarummet".into(), slides: vec![Slag::Hjul], seconds: 15, dim };
        let door = || store.write(&w.chef, Target::Node(w.unit, Area::Apt), Action::Edit);
        let mut tx = door().await.unwrap();
        apt::skarm::create(&mut tx, now(), (id, w.unit), b"own", &content).await.unwrap();
        apt::tv::renew(&mut tx, (now(), 0), id, b"old code").await.unwrap();
        apt::tv::renew(&mut tx, (now(), 0), id, b"code").await.unwrap();
        tx.commit().await.unwrap();
        let open = |code: &'static [u8], minutes: i64, token: &'static [u8]| {
            let store = store.clone();
            async move {
                let mut tx = store.system(true).await.unwrap();
                let opened = apt::tv::open(&mut tx, (now(), minutes * 60), code, token).await.unwrap();
                tx.commit().await.unwrap();
                opened.is_some()
            }
        };
        assert!(!open(b"old code", 1, b"t0").await, "{db}: a new code ends the one before");
        assert!(!open(b"guess", 1, b"t0").await, "{db}");
        assert!(!open(b"code", 15, b"t0").await, "{db}: the time is over");
        assert!(open(b"code", 14, b"television").await, "{db}");
        assert!(!open(b"code", 14, b"t0").await, "{db}: it is used up");
        assert!(store.screen(b"t0").await.is_err(), "{db}: what opened nothing made nothing");
        for token in [&b"own"[..], b"television"] {
            assert_eq!(
                store.screen(token).await.unwrap().1.id,
                id,
                "{db}: the address that was shown is the same as before"
            );
        }
        let mut tx = door().await.unwrap();
        apt::tv::renew(&mut tx, (now(), 0), id, b"last").await.unwrap();
        apt::skarm::renew(&mut tx, now(), id, b"new").await.unwrap();
        tx.commit().await.unwrap();
        assert!(store.screen(b"television").await.is_err(), "{db}: a new address ends every old one");
        assert!(!open(b"last", 1, b"t0").await, "{db}: and every code");
        let mut tx = door().await.unwrap();
        apt::tv::renew(&mut tx, (now(), 0), id, b"code").await.unwrap();
        apt::skarm::remove(&mut tx, now(), id).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!open(b"code", 1, b"t0").await, "{db}");
    }
}

#[tokio::test]
async fn the_units_own_agenda_is_what_meetings_begin_with() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        let door = || store.write(&w.chef, Target::Node(w.unit, Area::Apt), Action::Edit);
        let own = Mall(vec!["Runda".into(), "Ekonomi".into()]);
        for (version, ok) in [(0, true), (0, false), (1, true)] {
            let mut tx = door().await.unwrap();
            let saved = apt::save_mall(&mut tx, now(), (w.unit, Kind::Apt), version, &own).await;
            assert_eq!(saved.is_ok(), ok, "{db}: version {version}");
            if ok {
                tx.commit().await.unwrap();
            }
        }
        let id = prepare(&store, &w, day(11, 11)).await;
        let mut tx = store.read(&w.chef, Target::Apt(id), Action::View).await.unwrap();
        let points = punkt::list(&mut tx, id).await.unwrap();
        assert_eq!(points.iter().map(|p| p.title.as_str()).collect::<Vec<_>>(), ["Runda", "Ekonomi"], "{db}");
        assert_eq!((points[0].bilder.len(), points[1].bilder[0].slag), (0, Slag::Tabell), "{db}");
    }
}

#[tokio::test]
async fn what_a_ledningsgrupp_decides_is_for_those_who_see_it_and_for_whoever_is_to_do_it() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        let [secretary, does, others] = [0, 1, 2].map(|n| w.staff[n].clone());
        let (mote, id) = (AptId::new(), AtgardId::new());
        let closed = Content { kind: Kind::Ledningsgrupp, secretary: Some(secretary.person), ..content(day(11, 20)) };
        let form = |follow_up: &str| {
            let form = atgard::Form {
                title: "Lönerevision".into(),
                responsible: format!("person:{}", does.person),
                due: "2026-11-21".into(),
                follow_up: follow_up.into(),
                ..atgard::Form::default()
            };
            atgard::check(&form, day(11, 20)).unwrap()
        };
        let mut tx = store.system(true).await.unwrap();
        tx.act_as(w.chef.person);
        apt::create(&mut tx, now(), mote, w.unit, &closed, None).await.unwrap();
        let (before, year) = ([(2026, day(12, 31)), (2025, day(12, 31))], (w.unit, 2026));
        let counted = occurrence::progress(&mut tx, &[w.unit], before).await.unwrap().get(&year).copied();
        let source = Source::Apt(mote);
        store::atgard::create(&mut tx, now(), day(11, 20), id, w.unit, source, &form("")).await.unwrap();
        let made = store::atgard::get(&mut tx, &w.chef, id).await.unwrap();
        // the follow-up that is added later is as closed
        store::atgard::update(&mut tx, now(), &made, made.version, &form("2026-12-20")).await.unwrap();
        tx.commit().await.unwrap();

        for (who, sees) in [(&w.chef, true), (&secretary, true), (&does, true), (&others, false)] {
            let name = &who.name;
            let n = usize::from(sees);
            let mut tx = store.read(who, Target::Node(w.unit, Area::Atgard), Action::View).await.unwrap();
            assert_eq!(store::atgard::list(&mut tx, who, w.unit).await.unwrap().len(), n, "{db}: {name}");
            assert_eq!(store::atgard::of_source(&mut tx, who, source).await.unwrap().len(), n, "{db}: {name}");
            // twice: the second time from memory
            for _ in 0..2 {
                let all = occurrence::year(&mut tx, who, w.unit, 2026).await.unwrap();
                let shown = all.iter().filter(|i| i.area == Area::Atgard).count();
                assert_eq!(shown, 2 * n, "{db}: {name}: the wheel, with its follow-up");
                let open = occurrence::open(&mut tx, who, &[w.unit], day(12, 31)).await.unwrap();
                assert_eq!(open.iter().filter(|i| i.area == Area::Atgard).count(), 2 * n, "{db}: {name}: Att göra");
            }
            assert_eq!(occurrence::of_source(&mut tx, who, id.0).await.unwrap().len(), 2 * n, "{db}: {name}");
            drop(tx);
            for target in [Target::Atgard(id), Target::Occurrence(made.occurrence)] {
                for action in [Action::View, Action::TickOwn, Action::Edit] {
                    let door = store.read(who, target, action).await;
                    if sees {
                        assert!(!matches!(door, Err(Error::NotFound)), "{db}: {name}");
                    } else {
                        assert!(matches!(door, Err(Error::NotFound)), "{db}: {name}: {target:?} is not there");
                    }
                }
            }
        }
        let mut tx = store.system(false).await.unwrap();
        let now_counted = occurrence::progress(&mut tx, &[w.unit], before).await.unwrap().get(&year).copied();
        assert_eq!(now_counted, counted, "{db}: how far the unit has come counts what everybody sees");
        assert!(occurrence::late_count(&mut tx, &others, day(11, 23)).await.unwrap() == 0, "{db}");
    }
}
