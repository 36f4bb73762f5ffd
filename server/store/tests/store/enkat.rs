//! The story of an enkät, from its first question to its figures, on SQLite and PostgreSQL; and attempts to find out who
//! entered which answer, by one who has the database.

#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicUsize, Ordering},
};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    enkat::{
        self, Content, Enkat, Form, FragaForm, Period, Questions, State, Svar, Varde, Version, check_fraga,
        fordelning::{FordelningForm, check_fordelning},
        resultat::{UtifranForm, series},
    },
    id::{EnkatId, NodeId, PersonId},
    kon::Kon,
    occurrence::together::Act,
    organisation::{Node, NodeKind},
    permission::{Action, Role},
};
use sqlx::{AssertSqlSafe, Connection, Row};
use store::{
    Error, Store, Target,
    enkat::{
        antal::{self, Sealing},
        resultat, slapp,
        svar::{self, Inmatning},
    },
    occurrence::together,
    person::NewPerson,
};
use uuid::Uuid;

mod frozen;
mod tabell;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn today() -> NaiveDate {
    day(2026, 11, 23)
}

fn now() -> DateTime<Utc> {
    today().and_hms_opt(12, 0, 0).unwrap().and_utc()
}

fn content() -> Content {
    let form = Form {
        title: "Samtal per telefon 2026".into(),
        intro: "Får jag ställa tre korta frågor?".into(),
        kanal: "telefon".into(),
        grain: "manad".into(),
        first: "2026-01-01".into(),
        last: "2026-12-31".into(),
        target: "4".into(),
    };
    enkat::check(&form, chrono::NaiveDate::default()).unwrap()
}

fn questions() -> Questions {
    let mut questions = Questions { kon: true, list: vec![] };
    for (key, kind, required) in [(1, "skala", "on"), (2, "skala", ""), (3, "fritext", "")] {
        let form = FragaForm {
            kind: kind.into(),
            text: format!("Fråga {key}"),
            required: required.into(),
            overall: if key == 2 { "on".into() } else { String::new() },
            ..FragaForm::default()
        };
        questions.put(check_fraga(&form, key).unwrap());
    }
    questions
}

/// A unit with three handläggare and an open enkät.
struct World {
    store: Store,
    unit: NodeId,
    people: Vec<PersonId>,
    id: EnkatId,
    /// Whose turn it is to enter an answer.
    turn: AtomicUsize,
}

const MONTH: &str = "2026-11";

/// A seal that hides what it seals from who has no key, well enough for a story.
fn sealing() -> Sealing {
    fn turn(nonce: &[u8], bytes: &[u8]) -> Vec<u8> {
        let seed = nonce.iter().fold(7_u64, |sum, b| sum.wrapping_mul(257).wrapping_add(u64::from(*b)));
        let next = |x: &u64| Some(x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
        let stream = std::iter::successors(next(&seed), next).map(|x| x.to_be_bytes()[0]);
        bytes.iter().zip(stream).map(|(a, b)| a ^ b).collect()
    }
    Sealing::new(
        |_, bytes| {
            let nonce = Uuid::new_v4().into_bytes();
            Some([nonce.as_slice(), &turn(&nonce, bytes)].concat())
        },
        |_, sealed| sealed.split_at_checked(16).map(|(nonce, bytes)| turn(nonce, bytes)),
    )
}

impl World {
    async fn new(store: Store) -> Self {
        Self::of(store, &content()).await
    }

    async fn of(store: Store, content: &Content) -> Self {
        let store = store.sealed(sealing());
        let mut tx = store.system(true).await.unwrap();
        let node = |parent, kind, name: &str| Node {
            id: NodeId::new(),
            parent,
            kind,
            name: name.into(),
            active: true,
            version: 1,
        };
        let top = node(None, NodeKind::Organisation, "Staden");
        let enhet = node(Some(top.id), NodeKind::Enhet, "Enheten");
        let unit = enhet.id;
        for node in [top, enhet] {
            store::organisation::create_node(&mut tx, now(), &node).await.unwrap();
        }
        let mut people = Vec::new();
        for n in 1..=3 {
            let new = NewPerson {
                id: PersonId::new(),
                name: format!("Handläggare {n}"),
                email: format!("h{n}@demo.se"),
                password_hash: String::new(),
                roles: vec![(Role::Medarbetare, unit)],
            };
            store::person::create(&mut tx, now(), &new).await.unwrap();
            people.push(new.id);
        }
        let id = EnkatId::new();
        store::enkat::create(&mut tx, now(), id, unit, content).await.unwrap();
        let found = store::enkat::get(&mut tx, id).await.unwrap();
        let version = store::enkat::versions(&mut tx, id).await.unwrap().remove(0);
        let seen = (&version, &version.questions);
        store::enkat::update_questions(&mut tx, now(), &found, seen, &questions(), "Frågor", vec![]).await.unwrap();
        store::enkat::set_state(&mut tx, now(), id, 1, State::Oppen).await.unwrap();
        tx.commit().await.unwrap();
        Self { store, unit, people, id, turn: AtomicUsize::new(0) }
    }

    async fn enkat(&self) -> Enkat {
        let mut tx = self.store.system(false).await.unwrap();
        store::enkat::get(&mut tx, self.id).await.unwrap()
    }

    async fn versions(&self) -> Vec<Version> {
        let mut tx = self.store.system(false).await.unwrap();
        store::enkat::versions(&mut tx, self.id).await.unwrap()
    }

    /// An answer that tells which one it is: its number stands in what was chosen.
    async fn answer(&self, month: u32, number: usize, kon: Kon) -> Svar {
        let version = self.versions().await.pop().unwrap();
        let values = BTreeMap::from([
            (1, Varde::Val(number / 10 % 10)),
            (2, Varde::Val(number % 10)),
            (3, Varde::Text(format!("Samtal {number}"))),
        ]);
        Svar { id: Uuid::new_v4(), version: version.id, period: Period::Month(2026, month), kon: Some(kon), values }
    }

    fn by(&self, who: usize, form: bool) -> Inmatning<'static> {
        Inmatning { person: self.people[who], month: MONTH, form }
    }

    /// Entered by the next of three.
    async fn take(&self, svar: &Svar) -> bool {
        self.take_by(self.turn.fetch_add(1, Ordering::Relaxed) % 3, svar).await
    }

    async fn take_by(&self, who: usize, svar: &Svar) -> bool {
        let enkat = self.enkat().await;
        let mut tx = self.store.system(true).await.unwrap();
        let new = svar::take(&mut tx, &enkat, self.by(who, false), std::slice::from_ref(svar)).await.unwrap();
        tx.commit().await.unwrap();
        new.new == 1
    }

    async fn take_back(&self, id: Uuid) -> bool {
        let enkat = self.enkat().await;
        let mut tx = self.store.system(true).await.unwrap();
        let done = svar::take_back(&mut tx, &enkat, self.by(0, false), id).await.unwrap();
        tx.commit().await.unwrap();
        done
    }

    async fn sweep(&self, today: NaiveDate) {
        slapp::sweep(&self.store, today).await.unwrap();
    }

    /// (waiting, published)
    async fn counts(&self) -> (i64, i64) {
        let mut tx = self.store.system(false).await.unwrap();
        svar::counts(&mut tx, self.id).await.unwrap()
    }

    async fn shown(&self) -> Option<i64> {
        let enkat = self.enkat().await;
        let mut tx = self.store.system(false).await.unwrap();
        let rows = resultat::rakningar(&mut tx, &enkat).await.unwrap();
        drop(tx);
        series(&self.versions().await, &rows)[0].first().and_then(enkat::resultat::Serie::total).map(|f| f.n)
    }
}

#[tokio::test]
async fn an_answer_sent_a_hundred_times_is_one() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let svar = world.answer(11, 1, Kon::Man).await;
        assert!(world.take(&svar).await, "{database}");
        for _ in 0..99 {
            assert!(!world.take(&svar).await, "{database}");
        }
        for n in 2..=12 {
            world.take(&world.answer(11, n, Kon::Man).await).await;
        }
        slapp::sweep(&world.store, today()).await.unwrap();
        assert!(!world.take(&svar).await, "{database}: nor after it is published");
        assert_eq!(world.counts().await, (0, 12), "{database}");
    }
}

#[tokio::test]
async fn figures_move_by_at_least_five_and_what_is_too_little_comes_with_the_next_month() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let mut last = 0;
        for n in 0..23 {
            world.take(&world.answer(11, n, if n % 4 == 0 { Kon::Man } else { Kon::Kvinna }).await).await;
            world.sweep(today()).await;
            let shown = world.shown().await.unwrap_or(0);
            assert!(shown == last || shown - last >= 5, "{database}: from {last} to {shown}");
            last = shown;
        }
        assert_eq!(last, 20, "{database}: fifteen women and five men");
        world.sweep(day(2026, 12, 1)).await;
        assert_eq!((world.shown().await, world.counts().await), (Some(20), (3, 20)), "{database}: three wait on");
        for n in 23..25 {
            world.take(&world.answer(12, n, Kon::Man).await).await;
        }
        world.sweep(day(2026, 12, 31)).await;
        assert_eq!(world.counts().await, (5, 20), "{database}: in the last month some are left for its end");
        world.sweep(day(2027, 1, 1)).await;
        assert_eq!((world.shown().await, world.counts().await), (Some(25), (0, 25)), "{database}: none is lost");
    }
}

#[tokio::test]
async fn one_who_adds_four_answers_of_her_own_does_not_see_a_colleagues_late_answer() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        for n in 0..12 {
            world.take(&world.answer(10, n, Kon::Kvinna).await).await;
        }
        world.sweep(today()).await;
        assert_eq!(world.counts().await, (0, 12), "{database}: October is closed");
        world.take_by(0, &world.answer(10, 20, Kon::Kvinna).await).await;
        for n in 21..45 {
            world.take_by(1, &world.answer(10, n, Kon::Kvinna).await).await;
            world.sweep(today()).await;
            assert_eq!(world.counts().await.1, 12, "{database}: nothing is published of two persons, however many");
        }
        // other answers beside them, of another kön, do not help her
        for n in 50..60 {
            world.take(&world.answer(10, n, Kon::Man).await).await;
        }
        world.sweep(today()).await;
        assert_eq!(world.counts().await, (25, 22), "{database}: the men are a wave, the women wait");
        world.take_by(2, &world.answer(10, 61, Kon::Kvinna).await).await;
        world.sweep(today()).await;
        assert_eq!(world.counts().await, (0, 48), "{database}: with one of a third it is two that she does not know");
    }
}

#[tokio::test]
async fn on_the_last_day_all_is_shown_together_and_it_is_said_and_on_paper_it_does_not_matter_who_types() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        for n in 0..7 {
            world.take_by(n % 2, &world.answer(12, n, if n < 3 { Kon::Man } else { Kon::Kvinna }).await).await;
        }
        world.sweep(day(2026, 12, 31)).await;
        assert_eq!((world.counts().await, world.enkat().await.thin), ((7, 0), false), "{database}");
        world.sweep(day(2027, 1, 1)).await;
        let found = world.enkat().await;
        assert_eq!((world.counts().await, found.thin), ((0, 7), true), "{database}");
        let told = resultat_sentence(&found, 0);
        assert!(told.contains("färre än tre personer"), "{database}: {told}");
        let mut tx = world.store.system(false).await.unwrap();
        let rows = resultat::rakningar(&mut tx, &found).await.unwrap();
        drop(tx);
        assert!(rows.iter().all(|r| r.kon.is_none()), "{database}: without kön");
    }
    for (database, store) in crate::common::stores().await {
        let paper = Content { kanal: enkat::Kanal::Papper, ..content() };
        let world = World::of(store, &paper).await;
        for n in 0..6 {
            world.take_by(0, &world.answer(10, n, Kon::Kvinna).await).await;
        }
        world.sweep(today()).await;
        assert_eq!(world.counts().await, (0, 6), "{database}: one person has typed them all in");
    }
    // nor can who leads the unit call it paper afterwards
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        for n in 0..6 {
            world.take_by(n.min(1), &world.answer(10, n, Kon::Kvinna).await).await;
        }
        let found = world.enkat().await;
        let mut tx = world.store.system(true).await.unwrap();
        let paper = Content { kanal: enkat::Kanal::Papper, ..content() };
        store::enkat::update(&mut tx, now(), world.id, found.version, &paper).await.unwrap();
        tx.commit().await.unwrap();
        world.sweep(today()).await;
        assert_eq!(world.counts().await, (6, 0), "{database}: they were calls when they were entered");
    }
}

fn resultat_sentence(enkat: &Enkat, waiting: i64) -> String {
    enkat::resultat::waiting_sentence(enkat, waiting).unwrap_or_default()
}

#[tokio::test]
async fn many_who_enter_at_once_are_all_counted() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let (enkat, mut answers) = (world.enkat().await, Vec::new());
        for n in 0..12 {
            answers.push(world.answer(11, n, Kon::Man).await);
        }
        let all: Vec<_> = answers
            .into_iter()
            .enumerate()
            .map(|(n, svar)| {
                let (store, enkat, by) = (world.store.clone(), enkat.clone(), world.by(n % 3, true));
                tokio::spawn(async move {
                    let mut tx = store.system(true).await.unwrap();
                    svar::take(&mut tx, &enkat, by, &[svar]).await.unwrap();
                    tx.commit().await.unwrap();
                })
            })
            .collect();
        for one in all {
            one.await.unwrap();
        }
        let mut tx = world.store.system(false).await.unwrap();
        let counts = antal::of_month(&mut tx, world.id, MONTH).await.unwrap();
        drop(tx);
        assert_eq!(counts.values().copied().collect::<Vec<_>>(), [4, 4, 4], "{database}: each sees her own at once");
        world.sweep(today()).await;
        assert_eq!(world.counts().await, (0, 12), "{database}");
    }
}

#[tokio::test]
async fn an_answer_can_be_taken_back_while_it_waits_and_does_not_come_again() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let svar = world.answer(11, 1, Kon::Kvinna).await;
        world.take(&svar).await;
        assert!(world.take_back(svar.id).await, "{database}");
        assert!(!world.take(&svar).await, "{database}: a resend that was under way");
        assert_eq!(world.counts().await, (0, 0), "{database}");
        // taken back before it arrived at all
        let late = world.answer(11, 2, Kon::Kvinna).await;
        assert!(world.take_back(late.id).await, "{database}");
        assert!(!world.take(&late).await, "{database}");
    }
}

#[tokio::test]
async fn questions_with_answers_are_frozen_and_a_new_version_begins_another_series() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        for n in 0..6 {
            world.take(&world.answer(10, n, Kon::Kvinna).await).await;
        }
        slapp::sweep(&world.store, today()).await.unwrap();
        let (found, first) = (world.enkat().await, world.versions().await.remove(0));
        let mut changed = first.questions.clone();
        changed.list[0].text = "Fråga ett, med andra ord".into();
        let mut tx = world.store.system(true).await.unwrap();
        let seen = (&first, &first.questions);
        let refused = store::enkat::update_questions(&mut tx, now(), &found, seen, &changed, "Ändrad", vec![]).await;
        assert!(matches!(refused, Err(Error::Conflict)), "{database}");
        store::enkat::create_version(&mut tx, now(), world.id).await.unwrap();
        store::enkat::create_version(&mut tx, now(), world.id).await.unwrap();
        let versions = store::enkat::versions(&mut tx, world.id).await.unwrap();
        assert_eq!(versions.len(), 2, "{database}: twice is once");
        let seen = (&versions[1], &versions[1].questions);
        store::enkat::update_questions(&mut tx, now(), &found, seen, &changed, "Ändrad", vec![]).await.unwrap();
        store::enkat::use_version(&mut tx, now(), world.id).await.unwrap();
        tx.commit().await.unwrap();
        for n in 0..12 {
            world.take(&world.answer(11, n, Kon::Kvinna).await).await;
        }
        slapp::sweep(&world.store, today()).await.unwrap();
        let mut tx = world.store.system(false).await.unwrap();
        let rows = resultat::rakningar(&mut tx, &found).await.unwrap();
        drop(tx);
        let series = series(&world.versions().await, &rows);
        let n: Vec<Vec<i64>> =
            series.iter().map(|s| s.iter().map(|s| s.total().map_or(0, |t| t.n)).collect()).collect();
        assert_eq!(n, [vec![12, 6], vec![18]], "{database}: the changed question has two series, the other goes on");
    }
}

#[tokio::test]
async fn a_text_parts_from_its_answer_and_is_shown_on_apt_only_when_marked() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        for n in 0..6 {
            world.take(&world.answer(10, n, Kon::Man).await).await;
        }
        slapp::sweep(&world.store, today()).await.unwrap();
        let found = world.enkat().await;
        let mut tx = world.store.system(true).await.unwrap();
        let texts = resultat::fritexter(&mut tx, world.id).await.unwrap();
        assert_eq!(texts.len(), 6, "{database}");
        assert!(texts.iter().all(|t| !t.apt), "{database}");
        resultat::mark_fritext(&mut tx, now(), &found, texts[0].id, true).await.unwrap();
        let marked = resultat::fritexter(&mut tx, world.id).await.unwrap().into_iter().filter(|t| t.apt).count();
        assert_eq!(marked, 1, "{database}");
        assert!(matches!(
            resultat::mark_fritext(&mut tx, now(), &found, Uuid::new_v4(), true).await,
            Err(Error::NotFound)
        ));
    }
}

#[tokio::test]
async fn what_devices_have_entered_is_added_up_and_told_again_it_is_the_same() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let (person, phone, laptop) = (world.people[0], Uuid::new_v4(), Uuid::new_v4());
        let report = async |device, told| {
            let mut tx = world.store.system(true).await.unwrap();
            let n = antal::report(&mut tx, (person, world.id, MONTH), device, told).await.unwrap();
            tx.commit().await.unwrap();
            n
        };
        assert_eq!(report(phone, (2, 2)).await, 2, "{database}");
        assert_eq!(report(phone, (1, 1)).await, 2, "{database}: an older report");
        assert_eq!(report(laptop, (3, 1)).await, 5, "{database}");
        assert_eq!(report(phone, (2, 2)).await, 5, "{database}: told again");
        let enkat = world.enkat().await;
        let form = world.answer(11, 1, Kon::Man).await;
        let mut tx = world.store.system(true).await.unwrap();
        svar::take(&mut tx, &enkat, world.by(0, true), std::slice::from_ref(&form)).await.unwrap();
        tx.commit().await.unwrap();
        let sum = async |month| {
            let mut tx = world.store.system(false).await.unwrap();
            antal::of_month(&mut tx, world.id, month).await.unwrap().get(&person).copied()
        };
        assert_eq!(sum(MONTH).await, Some(6), "{database}: a form counts at once");
        let mut tx = world.store.system(true).await.unwrap();
        svar::take_back(&mut tx, &enkat, world.by(0, true), form.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((sum(MONTH).await, sum("2026-10").await), (Some(5), None), "{database}: it was taken back");
    }
}

#[tokio::test]
async fn an_enkat_is_for_its_unit_and_lies_on_its_wheel() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let mut tx = world.store.system(false).await.unwrap();
        let own = store::person::actor(&mut tx, world.people[0], 1).await.unwrap().unwrap();
        let items = store::occurrence::year(&mut tx, &own, world.unit, 2026).await.unwrap();
        assert!(items.iter().any(|i| i.source == world.id.0 && i.title == "Samtal per telefon 2026"), "{database}");
        drop(tx);
        for (action, may) in
            [(Action::View, true), (Action::TickOwn, true), (Action::Edit, false), (Action::TickAny, false)]
        {
            let opened = world.store.read(&own, Target::Enkat(world.id), action).await;
            assert_eq!(opened.is_ok(), may, "{database}: {action:?}");
        }
        let mut tx = world.store.system(true).await.unwrap();
        for (to, open) in [(State::Stangd, false), (State::Oppen, true)] {
            let version = store::enkat::get(&mut tx, world.id).await.unwrap().version;
            store::enkat::set_state(&mut tx, now(), world.id, version, to).await.unwrap();
            let items = store::occurrence::of_source(&mut tx, &own, world.id.0).await.unwrap();
            assert!(items.iter().all(|i| i.occurrence.state.is_open() == open), "{database}: {to:?}");
        }
        let (new, period) = (EnkatId::new(), (day(2027, 1, 1), day(2027, 12, 31)));
        store::enkat::copy(&mut tx, now(), world.id, new, "Samtal per telefon 2027", period).await.unwrap();
        let waves: Vec<_> = store::enkat::waves(&mut tx, new).await.unwrap().into_iter().map(|e| e.id).collect();
        assert_eq!(waves, [new, world.id], "{database}");
        let keys = |v: Vec<Version>| v[0].questions.list.iter().map(|q| q.key).collect::<Vec<_>>();
        let copied = store::enkat::versions(&mut tx, new).await.unwrap();
        assert_eq!(keys(copied), [1, 2, 3], "{database}: trends go on by the keys");
    }
}

#[tokio::test]
async fn the_tillfalle_of_an_open_enkat_is_not_marked_with_others_and_is_done_when_the_enkat_is_closed() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let mut tx = world.store.system(true).await.unwrap();
        let new = NewPerson {
            id: PersonId::new(),
            name: "Enhetschef".into(),
            email: "chef@demo.se".into(),
            password_hash: String::new(),
            roles: vec![(Role::Enhetschef, world.unit)],
        };
        store::person::create(&mut tx, now(), &new).await.unwrap();
        let chef = store::person::actor(&mut tx, new.id, 1).await.unwrap().unwrap();
        tx.act_as(new.id);
        let item = store::occurrence::of_source(&mut tx, &chef, world.id.0).await.unwrap().remove(0);
        let rows = [(item.occurrence.id, item.occurrence.version)];
        let act = Act::Tick(today());
        let marked = together::mark(&mut tx, &chef, (now(), today()), world.unit, &rows, &act).await.unwrap();
        assert!(marked.done.is_empty(), "{database}");
        assert!(marked.left[0].1.starts_with("blir utförd när enkäten stängs"), "{database}: {}", marked.left[0].1);
        // somebody has begun: it is done with the enkät all the same
        store::occurrence::begin(&mut tx, now(), &item, item.occurrence.version).await.unwrap();
        for (to, open) in [(State::Stangd, false), (State::Oppen, true)] {
            let version = store::enkat::get(&mut tx, world.id).await.unwrap().version;
            store::enkat::set_state(&mut tx, now(), world.id, version, to).await.unwrap();
            let item = store::occurrence::of_source(&mut tx, &chef, world.id.0).await.unwrap().remove(0);
            assert_eq!(item.occurrence.state.is_open(), open, "{database}: {to:?}");
            assert_eq!(item.undone_elsewhere().is_some(), !open, "{database}: {to:?}");
        }
    }
}

/// A working day: three people log in, enter answers in turn, and other things happen in between. Numbers of answers in
/// the order they came.
async fn working_day(world: &World) -> Vec<usize> {
    let mut order = Vec::new();
    for n in 0..33_usize {
        let who = (n * 7 / 3) % 3;
        let mut tx = world.store.system(true).await.unwrap();
        let session = format!("session-{who}");
        store::session::save(&mut tx, &session, &world.people[who].to_string(), 1_000_000 + i64::try_from(n).unwrap())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        world.take_by(who, &world.answer(11, n, if n % 4 == 0 { Kon::Man } else { Kon::Kvinna }).await).await;
        order.push(n);
        if n % 11 == 10 {
            slapp::sweep(&world.store, today()).await.unwrap();
        }
    }
    // and some that are too few
    for n in 33..36 {
        world.take_by(n % 2, &world.answer(11, n, Kon::Man).await).await;
        order.push(n);
    }
    slapp::sweep(&world.store, today()).await.unwrap();
    world.store.tidy().await.unwrap();
    order
}

fn number_of(svar: &str) -> usize {
    let values: BTreeMap<i32, Varde> = serde_json::from_str(svar).unwrap();
    let digit = |key| match values.get(&key) {
        Some(Varde::Val(v)) => *v,
        _ => panic!("no value"),
    };
    digit(1) * 10 + digit(2)
}

#[tokio::test]
async fn one_with_the_sqlite_file_cannot_tell_who_entered_an_answer_or_in_which_order() {
    let folder = std::env::temp_dir().join(format!("kvalitet-anonym-{}", Uuid::new_v4().simple()));
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("kvalitet.db");
    let url = format!("sqlite://{}", file.display());
    let store = Store::connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    let world = World::new(store).await;
    let order = working_day(&world).await;
    // the log that SQLite writes first, in order, is empty after tidying
    let log = std::fs::metadata(folder.join("kvalitet.db-wal")).map_or(0, |m| m.len());
    assert_eq!(log, 0, "the write-ahead log holds pages in the order they were written");
    world.store.close().await;

    let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
    for table in [
        "enkat_svar",
        "enkat_inkorg",
        "enkat_fritext",
        "enkat_kvitto",
        "enkat_inmatat",
        "enkat_rakning",
        "enkat_tabell",
    ] {
        let sql: (String,) = sqlx::query_as("select sql from sqlite_master where name = $1")
            .bind(table)
            .fetch_one(&mut c)
            .await
            .unwrap();
        assert!(sql.0.to_lowercase().ends_with("without rowid"), "{table} has row numbers, which tell the order");
        let query = format!("select name from pragma_table_info('{table}')");
        let columns = sqlx::query(AssertSqlSafe(query)).fetch_all(&mut c).await.unwrap();
        for column in columns {
            let name: String = column.get(0);
            let tells = ["person", "session", "at", "day", "created", "user", "device"];
            assert!(!tells.iter().any(|t| name.split('_').any(|part| part == *t)), "{table}.{name}");
        }
    }
    let rows = sqlx::query("select id, svar from enkat_svar").fetch_all(&mut c).await.unwrap();
    let read: Vec<usize> = rows.iter().map(|r| number_of(r.get::<&str, _>(1))).collect();
    assert!(read.len() >= 15, "{} are published", read.len());
    assert_ne!(read, sorted(&read), "published answers lie in the order they came");
    let waiting: Vec<(Vec<u8>,)> = sqlx::query_as("select id from enkat_inkorg").fetch_all(&mut c).await.unwrap();
    assert_eq!(waiting.len() + read.len(), order.len());
    let known: BTreeSet<Vec<u8>> = sqlx::query_as::<_, (Vec<u8>,)>("select id from enkat_kvitto")
        .fetch_all(&mut c)
        .await
        .unwrap()
        .into_iter()
        .map(|r| r.0)
        .collect();
    for row in &rows {
        assert!(!known.contains(row.get::<&[u8], _>(0)), "a published answer has the id that its device gave it");
    }
    // every id is random: version 4 in its seventh byte
    for id in known.iter().chain(waiting.iter().map(|w| &w.0)) {
        assert_eq!(id[6] >> 4, 4, "an id that holds the time");
    }
    // no other table holds an id of an answer, in whatever column
    let bytes = std::fs::read(&file).unwrap();
    for row in &rows {
        let id: &[u8] = row.get(0);
        let found = bytes.windows(16).filter(|w| *w == id).count();
        // in the row itself and in the index of its version
        assert!(found <= 2, "an answer's id stands {found} times in the file");
    }
    // what was deleted is overwritten: the texts of published answers stand once, in their own table
    for n in 0..33 {
        let text = format!("\"Samtal {n}\"");
        let left = bytes.windows(text.len()).filter(|w| *w == text.as_bytes()).count();
        assert!(left <= 1, "{text} still lies beside its answer {left} times");
    }
    c.close().await.unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

fn sorted(numbers: &[usize]) -> Vec<usize> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted
}

#[tokio::test]
async fn one_with_the_postgres_tables_and_their_system_columns_cannot_either() {
    let Ok(cluster) = std::env::var("KVALITET_TEST_POSTGRES") else {
        assert!(std::env::var_os("CI").is_none(), "PostgreSQL is part of the tests under CI");
        return;
    };
    let url = crate::common::new_database(&cluster).await;
    let store = Store::connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    let world = World::new(store).await;
    working_day(&world).await;
    let mut c = sqlx::PgConnection::connect(&url).await.unwrap();
    // xmin is the number of the transaction that wrote a row, ctid its place
    let mut written = async |table: &str| -> Vec<(i64, Uuid)> {
        let query = format!("select xmin::text::bigint, id from {table} order by ctid");
        sqlx::query_as(AssertSqlSafe(query)).fetch_all(&mut c).await.unwrap()
    };
    let (published, waiting, receipts) =
        (written("enkat_svar").await, written("enkat_inkorg").await, written("enkat_kvitto").await);
    let mut batches: BTreeMap<i64, usize> = BTreeMap::new();
    for (xmin, _) in &published {
        *batches.entry(*xmin).or_default() += 1;
    }
    assert!(batches.values().all(|n| *n >= 5), "fewer than five answers were written together: {batches:?}");
    let one = |rows: &[(i64, Uuid)]| rows.iter().map(|r| r.0).collect::<BTreeSet<_>>();
    assert_eq!(one(&waiting).len(), 1, "the order of those that wait can be told");
    let of_waiting: Vec<(i64, Uuid)> =
        receipts.iter().filter(|r| waiting.iter().any(|w| w.1 == r.1)).copied().collect();
    assert_eq!(of_waiting.len(), waiting.len());
    assert_eq!(one(&of_waiting).len(), 1, "their receipts tell the order");
    let ids: BTreeSet<Uuid> = receipts.iter().map(|r| r.1).collect();
    assert!(published.iter().all(|p| !ids.contains(&p.1)), "a published answer has the id that its device gave it");

    let rows =
        sqlx::query("select svar, xmin::text::bigint from enkat_svar order by ctid").fetch_all(&mut c).await.unwrap();
    let read: Vec<usize> = rows.iter().map(|r| number_of(r.get::<&str, _>(0))).collect();
    let first_batch: Vec<usize> = read.iter().take(6).copied().collect();
    assert!(read != sorted(&read) && first_batch.len() == 6, "answers lie in the order they came: {read:?}");
    // neither sessions nor history were written in a transaction of an answer
    for table in ["session", "history"] {
        let query = format!(
            "select count(*) from {table} where xmin in (select xmin from enkat_svar)
                                union all select count(*) from {table} where xmin in (select xmin from enkat_inkorg)"
        );
        let found: Vec<(i64,)> = sqlx::query_as(AssertSqlSafe(query)).fetch_all(&mut c).await.unwrap();
        assert!(found.iter().all(|(n,)| *n == 0), "{table} is written together with answers");
    }
    // rows that were rewritten leave no dead copies behind
    let dead: (i64,) = sqlx::query_as(
        "select coalesce(sum(n_dead_tup), 0)::bigint from pg_stat_user_tables where relname in ('enkat_inkorg', 'enkat_kvitto')
         and last_vacuum is null",
    )
    .fetch_one(&mut c)
    .await
    .unwrap();
    assert_eq!(dead.0, 0);
    c.close().await.unwrap();
}

/// Every row of every table, as text, with the table's name; and the counts as they lie there.
async fn copy_of(url: &str) -> (BTreeSet<(String, String)>, Vec<Vec<u8>>) {
    let mut rows = BTreeSet::new();
    if url.starts_with("postgres") {
        let mut c = sqlx::PgConnection::connect(url).await.unwrap();
        let tables: Vec<(String,)> =
            sqlx::query_as("select tablename::text from pg_tables where schemaname = 'public'")
                .fetch_all(&mut c)
                .await
                .unwrap();
        for (table,) in tables {
            let query = AssertSqlSafe(format!("select cast(t as text) from {table} t"));
            let found: Vec<(String,)> = sqlx::query_as(query).fetch_all(&mut c).await.unwrap();
            rows.extend(found.into_iter().map(|(row,)| (table.clone(), row)));
        }
        let counts: Vec<(Vec<u8>,)> = sqlx::query_as("select body from enkat_inmatat").fetch_all(&mut c).await.unwrap();
        return (rows, counts.into_iter().map(|c| c.0).collect());
    }
    let mut c = sqlx::SqliteConnection::connect(url).await.unwrap();
    let tables: Vec<(String,)> =
        sqlx::query_as("select name from sqlite_master where type = 'table'").fetch_all(&mut c).await.unwrap();
    for (table,) in tables {
        let query = AssertSqlSafe(format!(
            "select group_concat('quote(\"' || name || '\")', ' || '','' || ') from pragma_table_info('{table}')"
        ));
        let columns: (Option<String>,) = sqlx::query_as(query).fetch_one(&mut c).await.unwrap();
        let Some(columns) = columns.0 else { continue };
        let query = AssertSqlSafe(format!("select {columns} from {table}"));
        let found: Vec<(String,)> = sqlx::query_as(query).fetch_all(&mut c).await.unwrap();
        rows.extend(found.into_iter().map(|(row,)| (table.clone(), row)));
    }
    let counts: Vec<(Vec<u8>,)> = sqlx::query_as("select body from enkat_inmatat").fetch_all(&mut c).await.unwrap();
    (rows, counts.into_iter().map(|c| c.0).collect())
}

#[tokio::test]
async fn two_nightly_copies_tell_that_somebody_has_entered_an_answer_and_not_who() {
    let (_folder, urls) = crate::common::urls().await;
    for (database, url) in urls {
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let world = World::new(store).await;
        world.take_by(0, &world.answer(11, 1, Kon::Man).await).await;
        for who in 0..3 {
            let (before, sealed) = copy_of(&url).await;
            world.take_by(who, &world.answer(11, 10 + who, Kon::Man).await).await;
            let (after, sealed_after) = copy_of(&url).await;
            let changed: BTreeSet<&str> =
                before.symmetric_difference(&after).map(|(table, _)| table.as_str()).collect();
            assert_eq!(changed, BTreeSet::from(["enkat_inkorg", "enkat_inmatat", "enkat_kvitto"]), "{database}");
            assert_eq!((sealed.len(), sealed_after.len()), (1, 1), "{database}: one row for all");
            assert_eq!(sealed[0].len(), sealed_after[0].len(), "{database}: the length tells nothing");
            let same = sealed[0].iter().zip(&sealed_after[0]).filter(|(a, b)| a == b).count();
            assert!(same < sealed[0].len() / 50, "{database}: {same} bytes are as they were: it was not written anew");
            for person in &world.people {
                let text = person.to_string();
                assert!(!sealed_after[0].windows(text.len()).any(|w| w == text.as_bytes()), "{database}");
            }
        }
    }
}

#[tokio::test]
async fn another_answer_under_an_id_is_not_taken_and_a_form_says_so_even_when_the_first_is_published() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let enkat = world.enkat().await;
        let take = async |form: bool, svar: &Svar| {
            let mut tx = world.store.system(true).await.unwrap();
            let taken = svar::take(&mut tx, &enkat, world.by(0, form), std::slice::from_ref(svar)).await.unwrap();
            tx.commit().await.unwrap();
            (taken.new, taken.other)
        };
        let first = world.answer(11, 1, Kon::Man).await;
        let with = |other: &Svar| Svar { id: first.id, ..other.clone() };
        let (other, woman) =
            (with(&world.answer(11, 2, Kon::Man).await), with(&world.answer(11, 1, Kon::Kvinna).await));
        assert_eq!(take(true, &first).await, (1, vec![]), "{database}");
        assert_eq!(take(true, &first).await, (0, vec![]), "{database}: a resend");
        assert_eq!(take(true, &other).await, (0, vec![first.id]), "{database}: another call, after Back");
        assert_eq!(take(true, &woman).await, (0, vec![first.id]), "{database}: the same words of a woman");
        assert_eq!(take(false, &other).await, (0, vec![first.id]), "{database}: a device too");
        assert_eq!(world.counts().await, (1, 0), "{database}: the first is the one that is here");
        for n in 2..=12 {
            world.take(&world.answer(11, n, Kon::Man).await).await;
        }
        world.sweep(today()).await;
        assert_eq!(world.counts().await, (0, 12), "{database}");
        assert_eq!(take(false, &first).await, (0, vec![]), "{database}: a device sends what it has");
        assert_eq!(take(true, &first).await, (0, vec![first.id]), "{database}: it cannot be seen that it is the same");
        // taken back, and "Back" in the browser
        let again = world.answer(11, 20, Kon::Man).await;
        take(true, &again).await;
        assert!(world.take_back(again.id).await);
        assert_eq!(take(true, &again).await, (0, vec![again.id]), "{database}");
    }
}

#[tokio::test]
async fn a_distribution_from_elsewhere_is_kept_whole_and_a_new_one_of_the_same_source_and_year_takes_its_place() {
    for (db, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let enkat = world.enkat().await;
        let fraga = world.versions().await.pop().unwrap().questions.get(1).unwrap().clone();
        let n = fraga.choices().len();
        let row = |andelar: &[&str]| {
            let form = FordelningForm {
                source: "Staden".into(),
                wave: "2025".into(),
                andelar: andelar
                    .iter()
                    .map(|a| (*a).to_owned())
                    .chain(vec!["0".to_owned(); n - andelar.len()])
                    .collect(),
                ..FordelningForm::default()
            };
            check_fordelning(&form, &fraga).unwrap()
        };
        let save = async |row: UtifranForm| {
            let mut tx = world.store.system(true).await.unwrap();
            let gone = resultat::save_utifran(&mut tx, now(), &enkat, &[row]).await.unwrap();
            tx.commit().await.unwrap();
            gone
        };
        let kept = async || {
            let mut tx = world.store.system(false).await.unwrap();
            resultat::utifran(&mut tx, world.id).await.unwrap().into_iter().map(|u| u.row).collect::<Vec<_>>()
        };
        let first = row(&["0", "44", "35", "19"]);
        save(first.clone()).await;
        assert_eq!(kept().await, std::slice::from_ref(&first), "{db}: also what nobody chose");
        assert_eq!(kept().await[0].fordelning.as_ref().unwrap().andelar.len(), n, "{db}");
        let later = row(&["1,6", "43,5", "35,4", "19,5"]);
        save(later.clone()).await;
        assert_eq!(kept().await, std::slice::from_ref(&later), "{db}");
        // the share by itself, as it was or rounded, takes none of its parts away
        let alone = |share: f64| UtifranForm { fordelning: None, share, n: Some(1_200), ..later.clone() };
        for share in [later.share, later.share.round()] {
            assert_eq!(save(alone(share)).await, [], "{db}");
            assert_eq!(kept().await, [UtifranForm { n: Some(1_200), ..later.clone() }], "{db}: {share}");
        }
        // another share is one too, and then the parts of before are not those of it, which is said
        let other = UtifranForm { fordelning: None, share: later.share + 5.0, ..first };
        assert_eq!(save(other.clone()).await, std::slice::from_ref(&other), "{db}");
        assert_eq!(kept().await, std::slice::from_ref(&other), "{db}");
        assert_eq!(save(other).await, [], "{db}: there are none to take away");
    }
}
