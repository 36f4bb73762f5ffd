//! The story of a unit's plans, from the first row to a ticked-off control, on SQLite and PostgreSQL.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    aktivitet::REPORTS,
    atgora::AttGora,
    egenkontroll, history,
    id::{EgenkontrollId, GruppId, InternkontrollId, NodeId, OccurrenceId, PersonId},
    internkontroll,
    occurrence::{Figure, Item, Outcome, Share, State, Status, Tick},
    organisation::{Node, NodeKind},
    permission::{Action, Area, Role},
    person::Actor,
    recurrence::{Months, Recurrence, form::Fields},
    schedule::{Category, Level, Responsible},
    tal::Tal,
};
use store::{
    Error, Store, Target,
    occurrence::{self, Progress},
    one_snapshot,
    person::NewPerson,
};

pub fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn noon(date: NaiveDate) -> DateTime<Utc> {
    date.and_hms_opt(12, 0, 0).unwrap().and_utc()
}

const TODAY: (i32, u32, u32) = (2026, 11, 23);

pub fn today() -> NaiveDate {
    day(TODAY.0, TODAY.1, TODAY.2)
}

pub fn now() -> DateTime<Utc> {
    noon(today())
}

/// An avdelning with two units, and a person of each role that the stories need.
pub struct World {
    pub store: Store,
    pub avdelning: NodeId,
    pub unit: NodeId,
    pub other: NodeId,
    ledningsgrupp: GruppId,
}

impl World {
    pub async fn new(store: Store) -> Self {
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
        let avdelning = node(Some(top.id), NodeKind::Avdelning, "Avdelningen");
        let unit = node(Some(avdelning.id), NodeKind::Enhet, "Enheten");
        let other = node(Some(avdelning.id), NodeKind::Enhet, "Andra enheten");
        let ids = (avdelning.id, unit.id, other.id);
        for node in [top, avdelning, unit, other] {
            store::organisation::create_node(&mut tx, now(), &node).await.unwrap();
        }
        let ledningsgrupp = GruppId::new();
        store::organisation::create_group(&mut tx, now(), ledningsgrupp, ids.1, "Ledningsgruppen").await.unwrap();
        tx.commit().await.unwrap();
        Self { store, avdelning: ids.0, unit: ids.1, other: ids.2, ledningsgrupp }
    }

    /// The same world, seen from another server.
    pub fn at(&self, store: Store) -> Self {
        Self { store, ..*self }
    }

    pub async fn person(&self, role: Role, node: NodeId) -> Actor {
        let mut tx = self.store.system(true).await.unwrap();
        let id = PersonId::new();
        let new = NewPerson {
            id,
            name: role.label().into(),
            email: format!("{id}@demo.se"),
            password_hash: "x".into(),
            roles: vec![(role, node)],
        };
        store::person::create(&mut tx, now(), &new).await.unwrap();
        let actor = store::person::actor(&mut tx, id, 1).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        Arc::unwrap_or_clone(actor)
    }

    pub async fn add_control(&self, who: Responsible, recurrence: Recurrence) -> EgenkontrollId {
        self.add_control_at(self.unit, who, recurrence, false).await
    }

    pub async fn add_control_at(
        &self,
        node: NodeId,
        who: Responsible,
        recurrence: Recurrence,
        laid_on_units: bool,
    ) -> EgenkontrollId {
        let mut tx = self.store.system(true).await.unwrap();
        let id = EgenkontrollId::new();
        store::plan::create(&mut tx, now(), id, node, 2026, &content(who, recurrence, laid_on_units)).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn items(&self, actor: &Actor, unit: NodeId) -> Vec<Item> {
        // as a request does
        one_snapshot(async {
            let mut tx = self.store.read(actor, Target::Node(unit, Area::Aktivitet), Action::View).await.unwrap();
            occurrence::year(&mut tx, actor, unit, 2026).await.unwrap()
        })
        .await
    }

    pub async fn tick(&self, actor: &Actor, item: &Item, version: i64) -> Result<i64, Error> {
        let target = Target::Occurrence(item.occurrence.id);
        let mut tx = self.store.write(actor, target, Action::TickOwn).await?;
        let tick = Tick {
            performed_on: today(),
            outcome: Some(Outcome::Delvis),
            note: "Två ärenden saknade plan.".into(),
            figures: vec![Figure {
                label: "Antal".into(),
                value: Tal::of_stored(33_000),
                unit: "mnkr".into(),
                ..Figure::default()
            }],
            ..Tick::default()
        };
        let version = occurrence::tick(&mut tx, now(), item, version, &tick).await?;
        tx.commit().await?;
        Ok(version)
    }

    pub async fn get(&self, actor: &Actor, id: OccurrenceId) -> Item {
        let mut tx = self.store.read(actor, Target::Occurrence(id), Action::View).await.unwrap();
        occurrence::get(&mut tx, actor, id).await.unwrap()
    }
}

pub fn content(responsible: Responsible, recurrence: Recurrence, laid_on_units: bool) -> egenkontroll::Content {
    let form = egenkontroll::Form {
        kontrollmal: "Dokumentation".into(),
        urval: "20".into(),
        malvarde: "80".into(),
        when: Fields::named("varje_manad"),
        ..egenkontroll::Form::default()
    };
    let content = egenkontroll::check(&form, 2026).unwrap();
    egenkontroll::Content { responsible, recurrence, laid_on_units, ..content }
}

pub async fn worlds() -> Vec<(&'static str, World)> {
    let mut worlds = Vec::new();
    for (name, store) in crate::common::stores().await {
        worlds.push((name, World::new(store).await));
    }
    worlds
}

#[tokio::test]
async fn a_monthly_control_stands_twelve_times_and_leaves_att_gora_when_ticked() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Monthly).await;
        let items = world.items(&chef, world.unit).await;
        assert_eq!(items.len(), 12, "{db}");
        assert!(items.iter().all(|i| i.mine && i.may_tick), "{db}");
        let october = items.iter().find(|i| i.occurrence.month() == 10).unwrap();
        assert_eq!(october.status(today()), Status::Forsenad, "{db}");

        let version = world.tick(&chef, october, october.occurrence.version).await.unwrap();
        let after = world.get(&chef, october.occurrence.id).await;
        assert_eq!(after.status(today()), Status::Utford, "{db}");
        assert_eq!(after.performed_by_label, "Enhetschef", "{db}");
        assert_eq!(after.occurrence.version, version, "{db}");
        assert_eq!(after.result_label(), "Delvis uppfyllt · Antal: 3,3 mnkr", "{db}");
        let mut tx = world.store.read(&chef, Target::Anywhere(Area::Aktivitet), Action::View).await.unwrap();
        let open = occurrence::open(&mut tx, &chef, &[world.unit], day(2026, 12, 31)).await.unwrap();
        let list = AttGora::new(open, today());
        assert!(list.late.iter().all(|i| i.occurrence.id != october.occurrence.id), "{db}");
        assert_eq!((list.late.len(), list.now.len(), list.next.len()), (9, 1, 1), "{db}");
        let years = [(2026, today()), (2025, day(2025, 11, 23))];
        let come = occurrence::progress(&mut tx, &[world.unit], years).await.unwrap();
        assert_eq!(come[&(world.unit, 2026)], Progress { total: 12, done: 1 }, "{db}");
        // october is ticked off; november is not yet late
        assert_eq!(occurrence::late_count(&mut tx, &chef, today()).await.unwrap(), 9, "{db}");
        assert_eq!(occurrence::late_count(&mut tx, &chef, day(2026, 12, 1)).await.unwrap(), 10, "{db}");
    }
}

#[tokio::test]
async fn several_units_are_asked_about_at_once_and_each_keeps_its_own() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.avdelning).await;
        let handlaggare = world.person(Role::Medarbetare, world.other).await;
        for (unit, who) in [(world.unit, Role::Enhetschef), (world.other, Role::Medarbetare)] {
            world.add_control_at(unit, Responsible::Role(who), Recurrence::Monthly, false).await;
        }
        let done = world.items(&chef, world.other).await.remove(0);
        world.tick(&chef, &done, 1).await.unwrap();
        let units = [world.unit, world.other];
        let mut tx = world.store.read(&chef, Target::Anywhere(Area::Aktivitet), Action::View).await.unwrap();
        let open = occurrence::open(&mut tx, &chef, &units, day(2026, 3, 31)).await.unwrap();
        let at = |unit| open.iter().filter(|i| i.occurrence.node == unit).count();
        assert_eq!((at(world.unit), at(world.other)), (3, 2), "{db}");
        let before = (2025, day(2025, 11, 23));
        let come = occurrence::progress(&mut tx, &units, [(2026, today()), before]).await.unwrap();
        assert_eq!(come[&(world.unit, 2026)], Progress { total: 12, done: 0 }, "{db}");
        assert_eq!(come[&(world.other, 2026)], Progress { total: 12, done: 1 }, "{db}");
        assert_eq!(come.len(), 2, "{db}: nothing was planned the year before");
        let come = occurrence::progress(&mut tx, &units, [(2026, day(2026, 11, 22)), before]).await.unwrap();
        assert_eq!(come[&(world.other, 2026)].done, 0, "{db}");
        for (who, late) in [(&chef, 10), (&handlaggare, 9)] {
            assert_eq!(occurrence::late_count(&mut tx, who, today()).await.unwrap(), late, "{db}");
        }
    }
}

#[tokio::test]
async fn what_is_opened_for_reading_cannot_write() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let mut tx = world.store.read(&chef, Target::Node(world.unit, Area::Aktivitet), Action::Edit).await.unwrap();
        let written = store::session::save(&mut tx, "id", "{}", 1).await;
        // the database in memory has one connection for both
        assert_eq!(written.is_ok(), db == "sqlite", "{db}");
    }
    let (_folder, pairs) = crate::common::pairs().await;
    for (db, [store, _]) in pairs {
        let mut tx = store.system(false).await.unwrap();
        let written = store::session::save(&mut tx, "id", "{}", 1).await;
        assert!(matches!(written, Err(Error::Db(_))), "{db}");
    }
}

#[tokio::test]
async fn what_anybody_does_is_seen_at_the_next_look_although_a_year_is_kept_in_memory() {
    let (_folder, pairs) = crate::common::pairs().await;
    for (db, [ours, theirs]) in pairs {
        let (ours, theirs) = (World::new(ours).await, theirs);
        let chef = ours.person(Role::Enhetschef, ours.unit).await;
        ours.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Monthly).await;
        let snapshot = async || {
            let tx = async { ours.store.system(false).await.unwrap().snapshot().await.unwrap() };
            one_snapshot(tx).await.unwrap()
        };
        let before = snapshot().await;
        let first = ours.items(&chef, ours.unit).await;
        assert_eq!(ours.items(&chef, ours.unit).await, first, "{db}: kept");
        // the transactions of PostgreSQL are those of all its databases, and other stories write in theirs
        if db == "sqlite" {
            assert_eq!(snapshot().await, before, "nobody has written");
        }

        let figures = async |world: &World| {
            let years = [(2026, today()), (2025, day(2025, 11, 23))];
            one_snapshot(async {
                let target = Target::Anywhere(Area::Aktivitet);
                let mut tx = world.store.read(&chef, target, Action::View).await.unwrap();
                let open = occurrence::open(&mut tx, &chef, &[world.unit], day(2026, 12, 31)).await.unwrap().len();
                let come = occurrence::progress(&mut tx, &[world.unit], years).await.unwrap();
                (open, occurrence::late_count(&mut tx, &chef, today()).await.unwrap(), come[&(world.unit, 2026)].done)
            })
            .await
        };
        assert_eq!(figures(&ours).await, (12, 10, 0), "{db}");
        assert_eq!(figures(&ours).await, (12, 10, 0), "{db}: kept");

        let other = World { store: theirs, ..ours };
        other.tick(&chef, &first[0], 1).await.unwrap();
        assert_eq!(figures(&ours).await, (11, 9, 1), "{db}");
        let second = ours.items(&chef, ours.unit).await;
        assert_eq!(second[0].status(today()), Status::Utford, "{db}: ticked in another process");
        assert_ne!(snapshot().await, before, "{db}");
        ours.tick(&chef, &second[1], 1).await.unwrap();
        assert_eq!(ours.items(&chef, ours.unit).await[1].status(today()), Status::Utford, "{db}: in this one");
        assert_eq!(other.items(&chef, ours.unit).await, ours.items(&chef, ours.unit).await, "{db}");

        // what is kept is nobody's: another person may do other things with it
        let handlaggare = ours.person(Role::Medarbetare, ours.unit).await;
        let (his, theirs) = (ours.items(&handlaggare, ours.unit).await, ours.items(&chef, ours.unit).await);
        assert!(his.iter().all(|i| !i.mine && !i.may_tick) && theirs.iter().all(|i| i.mine && i.may_tick), "{db}");

        // what is not committed is seen by nobody, also when it is read meanwhile
        let target = Target::Occurrence(first[2].occurrence.id);
        let mut tx = ours.store.write(&chef, target, Action::TickOwn).await.unwrap();
        let tick = Tick { performed_on: today(), ..Tick::default() };
        occurrence::tick(&mut tx, now(), &first[2], 1, &tick).await.unwrap();
        let inside = one_snapshot(occurrence::year(&mut tx, &chef, ours.unit, 2026)).await.unwrap();
        assert_eq!(inside[2].status(today()), Status::Utford, "{db}: one's own is seen inside");
        assert_eq!(ours.items(&chef, ours.unit).await[2].status(today()), Status::Forsenad, "{db}");
        drop(tx);
        assert_eq!(ours.items(&chef, ours.unit).await[2].status(today()), Status::Forsenad, "{db}");

        // and a request that writes sees what it wrote
        one_snapshot(async {
            for (late, tick) in [(8, true), (7, false)] {
                let target = Target::Anywhere(Area::Aktivitet);
                let mut tx = ours.store.read(&chef, target, Action::View).await.unwrap();
                assert_eq!(occurrence::late_count(&mut tx, &chef, today()).await.unwrap(), late, "{db}");
                if tick {
                    ours.tick(&chef, &first[2], 1).await.unwrap();
                }
            }
        })
        .await;
    }
}

#[tokio::test]
async fn the_second_of_two_who_tick_at_once_is_told_and_overwrites_nothing() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let metod = world.person(Role::Metodutvecklare, world.unit).await;
        world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Tertial).await;
        let item = world.items(&chef, world.unit).await.remove(0);
        world.tick(&chef, &item, item.occurrence.version).await.unwrap();
        let second = world.tick(&metod, &item, item.occurrence.version).await;
        assert!(matches!(second, Err(Error::Conflict)), "{db}: {second:?}");
        assert_eq!(world.get(&chef, item.occurrence.id).await.performed_by_label, "Enhetschef", "{db}");
    }
}

#[tokio::test]
async fn undo_gives_back_the_control_and_keeps_in_the_history_what_was_noted() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Yearly).await;
        let item = world.items(&chef, world.unit).await.remove(0);
        let version = world.tick(&chef, &item, item.occurrence.version).await.unwrap();
        let ticked = world.get(&chef, item.occurrence.id).await;
        let id = item.occurrence.id;
        let mut tx = world.store.write(&chef, Target::Occurrence(id), Action::TickOwn).await.unwrap();
        assert!(occurrence::just_ticked(&mut tx, now(), id, chef.person).await.unwrap(), "{db}");
        let later = now() + chrono::Duration::minutes(30);
        assert!(!occurrence::just_ticked(&mut tx, later, id, chef.person).await.unwrap(), "{db}");
        occurrence::undo(&mut tx, now(), &ticked, version, "Fel månad").await.unwrap();
        tx.commit().await.unwrap();
        let open = world.get(&chef, id).await;
        assert_eq!(open.occurrence.state, State::Planerad, "{db}");
        assert_eq!(open.result_label(), "", "{db}");
        let mut tx = world.store.read(&chef, Target::Occurrence(id), Action::View).await.unwrap();
        let entries = store::history::list(&mut tx, &[id.0]).await.unwrap();
        let undone = entries.iter().find(|e| e.what == "Ångrad").unwrap();
        assert_eq!((undone.who.as_str(), undone.reason.as_str()), ("Enhetschef", "Fel månad"), "{db}");
        let noted = history::Change {
            label: "Beskrivning".into(),
            before: "Två ärenden saknade plan.".into(),
            after: String::new(),
        };
        assert!(undone.changes.contains(&noted), "{db}: {undone:?}");
    }
}

#[tokio::test]
async fn a_groups_control_is_in_the_list_of_every_member_and_leaves_all_at_once() {
    for (db, world) in worlds().await {
        let first = world.person(Role::Medarbetare, world.unit).await;
        let second = world.person(Role::Medarbetare, world.unit).await;
        let outside = world.person(Role::Medarbetare, world.unit).await;
        let mut tx = world.store.system(true).await.unwrap();
        let members = [first.person, second.person];
        store::organisation::update_group(&mut tx, now(), world.ledningsgrupp, 1, "Ledningsgruppen", &members)
            .await
            .unwrap();
        let first = store::person::actor(&mut tx, first.person, 1).await.unwrap().unwrap();
        let second = store::person::actor(&mut tx, second.person, 1).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        world.add_control(Responsible::Grupp(world.ledningsgrupp), Recurrence::Chosen(Months::of(&[10]))).await;

        let of_first = world.items(&first, world.unit).await;
        assert!(of_first[0].mine && world.items(&second, world.unit).await[0].mine, "{db}");
        assert!(!world.items(&outside, world.unit).await[0].mine, "{db}");
        let refused = world.tick(&outside, &of_first[0], 1).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{db}: {refused:?}");
        world.tick(&first, &of_first[0], 1).await.unwrap();
        assert!(!world.items(&second, world.unit).await[0].occurrence.state.is_open(), "{db}");
    }
}

#[tokio::test]
async fn a_control_of_the_avdelning_is_laid_on_all_its_units_and_ticked_by_the_controller() {
    for (db, world) in worlds().await {
        let controller = world.person(Role::Controller, world.avdelning).await;
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let id = world
            .add_control_at(world.avdelning, Responsible::Role(Role::Controller), Recurrence::HalfYearly, true)
            .await;
        for unit in [world.unit, world.other] {
            let items = world.items(&controller, unit).await;
            assert_eq!(items.len(), 2, "{db}");
            world.tick(&controller, &items[0], 1).await.unwrap();
        }
        let mut tx = world.store.read(&chef, Target::Egenkontroll(id), Action::View).await.unwrap();
        assert_eq!(
            store::plan::list::<domain::egenkontroll::Content>(&mut tx, world.unit, 2026).await.unwrap().len(),
            1,
            "{db}"
        );
        drop(tx);
        let refused = world.store.write(&chef, Target::Egenkontroll(id), Action::Edit).await.err();
        assert!(matches!(refused, Some(Error::Forbidden)), "{db}: the avdelning's control is not the unit's to change");
    }
}

#[tokio::test]
async fn a_changed_rhythm_keeps_what_is_done_and_moved_and_drops_the_rest() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let id = world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Monthly).await;
        let items = world.items(&chef, world.unit).await;
        let of_month = |m| items.iter().find(|i| i.occurrence.month() == m).unwrap();
        world.tick(&chef, of_month(1), 1).await.unwrap();
        let mut tx = world.store.write(&chef, Target::Egenkontroll(id), Action::Edit).await.unwrap();
        let july = (day(2026, 8, 1), day(2026, 8, 31));
        occurrence::moved::move_to(&mut tx, now(), of_month(7), 1, july, "Semester").await.unwrap();
        let changed = content(Responsible::Role(Role::Enhetschef), Recurrence::Chosen(Months::of(&[4, 8, 12])), false);
        store::plan::update(&mut tx, now(), id, 1, &changed).await.unwrap();
        tx.commit().await.unwrap();
        let months: Vec<u32> = world.items(&chef, world.unit).await.iter().map(|i| i.occurrence.month()).collect();
        assert_eq!(months, [1, 4, 8, 8, 12], "{db}");
        let mut tx = world.store.write(&chef, Target::Egenkontroll(id), Action::Edit).await.unwrap();
        let stale = store::plan::update(&mut tx, now(), id, 1, &changed).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{db}: a stale form overwrites nothing");
    }
}

#[tokio::test]
async fn a_removed_row_leaves_the_lists_keeps_what_is_done_and_can_come_back() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let id = world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Tertial).await;
        let first = world.items(&chef, world.unit).await.remove(0);
        world.tick(&chef, &first, 1).await.unwrap();
        let mut tx = world.store.write(&chef, Target::Egenkontroll(id), Action::Edit).await.unwrap();
        store::plan::remove(&mut tx, now(), id, "Ersatt av en annan kontroll").await.unwrap();
        assert!(
            store::plan::list::<domain::egenkontroll::Content>(&mut tx, world.unit, 2026).await.unwrap().is_empty(),
            "{db}"
        );
        assert_eq!(
            store::plan::removed::<domain::egenkontroll::Content>(&mut tx, world.unit, 2026).await.unwrap().len(),
            1,
            "{db}"
        );
        tx.commit().await.unwrap();
        let left = world.items(&chef, world.unit).await;
        assert_eq!(left.len(), 1, "{db}");
        assert_eq!(left[0].occurrence.state, State::Utford, "{db}");
        let mut tx = world.store.read(&chef, Target::Egenkontroll(id), Action::View).await.unwrap();
        let own = occurrence::of_source(&mut tx, &chef, id.0).await.unwrap();
        assert_eq!(own, left, "{db}: its page shows what the wheel counts");
        drop(tx);
        let mut tx = world.store.write(&chef, Target::Egenkontroll(id), Action::Edit).await.unwrap();
        store::plan::restore(&mut tx, now(), id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(world.items(&chef, world.unit).await.len(), 3, "{db}");
    }
}

#[tokio::test]
async fn nothing_is_done_with_what_has_been_removed_until_it_is_put_back() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let id = world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Tertial).await;
        let items = world.items(&chef, world.unit).await;
        let version = world.tick(&chef, &items[0], 1).await.unwrap();
        let mut tx = world.store.write(&chef, Target::Egenkontroll(id), Action::Edit).await.unwrap();
        store::plan::remove(&mut tx, now(), id, "Ersatt").await.unwrap();
        tx.commit().await.unwrap();

        // from a page that was opened before, or its address
        let (done, open) =
            (world.get(&chef, items[0].occurrence.id).await, world.get(&chef, items[1].occurrence.id).await);
        assert!(done.removed && open.removed, "{db}");
        assert!(open.removed_words().unwrap().starts_with("Dokumentation är borttagen ur planen"), "{db}");
        assert!(matches!(world.tick(&chef, &open, 1).await, Err(Error::Conflict)), "{db}");
        let target = Target::Occurrence(open.occurrence.id);
        let mut tx = world.store.write(&chef, target, Action::TickOwn).await.unwrap();
        let to = (day(2026, 9, 1), day(2026, 9, 30));
        let refused = [
            occurrence::begin(&mut tx, now(), &open, 1).await,
            occurrence::give_up(&mut tx, now(), &open, 1, "Semester").await,
            occurrence::moved::move_to(&mut tx, now(), &open, 1, to, "Semester").await,
            occurrence::undo(&mut tx, now(), &done, version, "Fel").await,
        ];
        assert!(refused.iter().all(|r| matches!(r, Err(Error::Conflict))), "{db}: {refused:?}");
        drop(tx);

        let mut tx = world.store.write(&chef, Target::Egenkontroll(id), Action::Edit).await.unwrap();
        store::plan::restore(&mut tx, now(), id).await.unwrap();
        tx.commit().await.unwrap();
        let open = world.get(&chef, open.occurrence.id).await;
        assert_eq!((open.removed, open.removed_words()), (false, None), "{db}");
        world.tick(&chef, &open, 1).await.unwrap();
    }
}

#[tokio::test]
async fn a_plan_is_copied_once_to_the_next_year_with_its_dates() {
    for (db, world) in worlds().await {
        world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Monthly).await;
        let form = internkontroll::Form {
            systematisk_kontroll: "Antal hushåll".into(),
            kontrollaktivitet: "Följa upp antalet".into(),
            kontrollansvarig: "roll:enhetschef".into(),
            when: Fields {
                kind: "varje_manad".into(),
                start: "2026-02-02".into(),
                end: "2026-12-31".into(),
                ..Fields::default()
            },
            ..internkontroll::Form::default()
        };
        let content = internkontroll::check(&form, 2026).unwrap();
        let mut tx = world.store.system(true).await.unwrap();
        let id = InternkontrollId::new();
        store::plan::create(&mut tx, now(), id, world.unit, 2026, &content).await.unwrap();
        store::plan::create(&mut tx, now(), id, world.unit, 2026, &content).await.unwrap();
        for _ in 0..2 {
            store::plan::copy_plan::<domain::egenkontroll::Content>(&mut tx, now(), world.unit, 2026, 2027)
                .await
                .unwrap();
            store::plan::copy_plan::<domain::internkontroll::Content>(&mut tx, now(), world.unit, 2026, 2027)
                .await
                .unwrap();
        }
        assert_eq!(
            store::plan::list::<domain::egenkontroll::Content>(&mut tx, world.unit, 2027).await.unwrap().len(),
            1,
            "{db}"
        );
        let copied = store::plan::list::<domain::internkontroll::Content>(&mut tx, world.unit, 2027).await.unwrap();
        assert_eq!(copied.len(), 1, "{db}");
        assert_eq!(copied[0].content.start, Some(day(2027, 2, 2)), "{db}");
        tx.commit().await.unwrap();
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let mut tx =
            world.store.read(&chef, Target::Node(world.unit, Area::Internkontroll), Action::View).await.unwrap();
        let items = occurrence::of_source(&mut tx, &chef, copied[0].id.0).await.unwrap();
        assert_eq!(items.iter().filter(|i| i.level == Some(Level::Aktivitet)).count(), 11, "{db}");
        assert!(items.iter().filter(|i| i.level == Some(Level::Aktivitet)).all(|i| i.mine), "{db}");
    }
}

#[tokio::test]
async fn a_fortnight_goes_on_over_new_year_in_the_copied_plan_and_keeps_its_weeks_when_the_row_is_changed() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let (who, rhythm) = (Responsible::Role(Role::Enhetschef), Recurrence::EverySecondWeek);
        world.add_control(who, rhythm).await;
        // the other week, and five months that do not fit in a year
        let own = egenkontroll::Content { start: Some(day(2026, 2, 18)), ..content(who, rhythm, false) };
        let five = content(who, Recurrence::EveryMonths(5), false);
        let mut tx = world.store.system(true).await.unwrap();
        for content in [&own, &five] {
            let id = EgenkontrollId::new();
            store::plan::create(&mut tx, now(), id, world.unit, 2026, content).await.unwrap();
        }
        store::plan::copy_plan::<domain::egenkontroll::Content>(&mut tx, now(), world.unit, 2026, 2027).await.unwrap();
        let copied = store::plan::list::<domain::egenkontroll::Content>(&mut tx, world.unit, 2027).await.unwrap();
        tx.commit().await.unwrap();
        let read = async |year| {
            let mut tx =
                world.store.read(&chef, Target::Node(world.unit, Area::Aktivitet), Action::View).await.unwrap();
            occurrence::year(&mut tx, &chef, world.unit, year).await.unwrap()
        };
        let of = |items: &[Item], source: uuid::Uuid| {
            let own = items.iter().filter(|i| i.source == source).map(|i| i.occurrence.start);
            own.collect::<Vec<_>>()
        };
        let next = read(2027).await;
        let sources: Vec<_> = copied.iter().map(|row| row.id.0).collect();
        let all: Vec<Vec<NaiveDate>> = sources.iter().map(|source| of(&next, *source)).collect();
        assert_eq!((all[0][0], all[0].len()), (day(2027, 1, 11), 26), "{db}: week 2 follows upon week 53");
        assert_eq!(all[0].last(), Some(&day(2027, 12, 27)), "{db}");
        assert_eq!(all[1][0], day(2027, 2, 15), "{db}: its start is a year later, and its weeks go on");
        assert_eq!(all[2], [day(2027, 4, 1), day(2027, 9, 1)], "{db}: November, then April");
        // another title moves nothing, also where the start is that of the copy
        let mut tx = world.store.system(true).await.unwrap();
        let changed = egenkontroll::Content { kontrollmal: "Annat".into(), ..copied[1].content.clone() };
        store::plan::update(&mut tx, now(), copied[1].id, 1, &changed).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(of(&read(2027).await, sources[1]), all[1], "{db}");
    }
}

#[tokio::test]
async fn two_who_fill_an_empty_plan_in_the_same_instant_do_not_fill_it_twice() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let fill = async |year| {
            let target = Target::Node(world.unit, Area::Egenkontroll);
            let mut tx = world.store.write(&chef, target, Action::Edit).await.unwrap();
            if store::plan::list::<domain::egenkontroll::Content>(&mut tx, world.unit, year).await.unwrap().is_empty() {
                let row = content(Responsible::Role(Role::Enhetschef), Recurrence::Monthly, false);
                store::plan::create(&mut tx, now(), EgenkontrollId::new(), world.unit, year, &row).await.unwrap();
            }
            tx.commit().await.unwrap();
        };
        // once could be luck
        for year in 2020..2030 {
            tokio::join!(fill(year), fill(year), fill(year));
            let mut tx = world.store.system(false).await.unwrap();
            let rows = store::plan::list::<domain::egenkontroll::Content>(&mut tx, world.unit, year).await.unwrap();
            assert_eq!(rows.len(), 1, "{db}, {year}");
        }
    }
}

#[tokio::test]
async fn report_deadlines_lie_on_every_units_wheel_once_whatever_they_are_called_and_stay_away_when_taken_off() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let new_year = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let lay = || async {
            let mut tx = world.store.system(true).await.unwrap();
            store::aktivitet::ensure_reports_everywhere(&mut tx, now(), new_year).await.unwrap();
            tx.commit().await.unwrap();
        };
        lay().await;
        let items = world.items(&chef, world.unit).await;
        assert_eq!(items.len(), REPORTS.len(), "{db}");
        let id = domain::id::ScheduleId(items[0].source);
        let mut tx = world.store.write(&chef, Target::Schedule(id), Action::Edit).await.unwrap();
        store::aktivitet::remove(&mut tx, now(), id, "Lämnas av avdelningen").await.unwrap();
        let id = domain::id::ScheduleId(items[1].source);
        let version = store::schedule::get(&mut tx, id).await.unwrap().version;
        let renamed = domain::aktivitet::Content {
            title: "Uppföljning till nämnden".into(),
            description: String::new(),
            category: Category::Mote,
            responsible: Responsible::Nobody,
            recurrence: Recurrence::Once,
            start: Some(items[1].occurrence.start),
            end: Some(items[1].occurrence.due),
            hours: None,
        };
        store::aktivitet::update(&mut tx, now(), id, version, &renamed).await.unwrap();
        tx.commit().await.unwrap();
        lay().await;
        let left = world.items(&chef, world.unit).await;
        assert_eq!(left.len(), REPORTS.len() - 1, "{db}: one is taken off, none is there twice");
        assert!(left.iter().any(|i| i.title == "Uppföljning till nämnden"), "{db}");
    }
}

#[tokio::test]
async fn a_unit_that_is_made_in_november_gets_its_reports_at_once_and_none_that_is_late() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let mut tx = world.store.system(true).await.unwrap();
        for node in [world.unit, world.avdelning, world.unit] {
            store::aktivitet::ensure_reports_of(&mut tx, now(), today, node).await.unwrap();
        }
        tx.commit().await.unwrap();
        let items = world.items(&chef, world.unit).await;
        assert_eq!(items.len(), 1, "{db}: what was due before is nobody's to write");
        assert!(items.iter().all(|i| i.status(today) != domain::occurrence::Status::Forsenad), "{db}");
        let mut tx = world.store.system(false).await.unwrap();
        let next = store::occurrence::year(&mut tx, &chef, world.unit, 2027).await.unwrap();
        assert_eq!(next.len(), REPORTS.len(), "{db}");
        let above = store::occurrence::year(&mut tx, &chef, world.avdelning, 2027).await.unwrap();
        assert!(above.is_empty(), "{db}: reports are a unit's");
    }
}

#[tokio::test]
async fn nobody_opens_a_transaction_for_what_is_not_theirs() {
    for (db, world) in worlds().await {
        let elsewhere = world.person(Role::Enhetschef, world.other).await;
        let admin = world.person(Role::Admin, world.avdelning).await;
        let id = world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Yearly).await;
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let item = world.items(&chef, world.unit).await.remove(0);
        for stranger in [&elsewhere, &admin] {
            for target in [
                Target::Node(world.unit, Area::Egenkontroll),
                Target::Egenkontroll(id),
                Target::Occurrence(item.occurrence.id),
                Target::Schedule(item.occurrence.schedule),
            ] {
                for action in Action::ALL {
                    let refused = world.store.write(stranger, target, action).await.err();
                    assert!(matches!(refused, Some(Error::Forbidden)), "{db}: {target:?} {action:?}");
                }
            }
        }
        let unknown = world.store.read(&chef, Target::Egenkontroll(EgenkontrollId::new()), Action::View).await.err();
        assert!(matches!(unknown, Some(Error::NotFound)), "{db}");
    }
}

#[tokio::test]
async fn a_share_is_kept_as_it_was_given() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Yearly).await;
        let item = world.items(&chef, world.unit).await.remove(0);
        let mut tick = Tick { performed_on: today(), ..Tick::default() };
        tick.andel.total = Some(Share { numerator: 11, denominator: 20 });
        tick.andel.kvinnor = Some(Share { numerator: 6, denominator: 10 });
        let mut tx = world.store.write(&chef, Target::Occurrence(item.occurrence.id), Action::TickOwn).await.unwrap();
        occurrence::tick(&mut tx, now(), &item, 1, &tick).await.unwrap();
        tx.commit().await.unwrap();
        let kept = world.get(&chef, item.occurrence.id).await;
        assert_eq!(kept.occurrence.andel, tick.andel, "{db}");
        assert_eq!(kept.result_label(), "11 av 20 (55,0\u{a0}%)", "{db}");
    }
}

#[tokio::test]
async fn the_copying_of_a_year_is_taken_back_while_nothing_is_done_with_the_copies() {
    use domain::egenkontroll::Content;
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Monthly).await;
        let first = world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Monthly).await;
        let copy = async || {
            let mut tx = world.store.system(true).await.unwrap();
            let n = store::plan::copy_plan::<Content>(&mut tx, now(), world.unit, 2026, 2027).await.unwrap();
            // a row of the year's own
            let own = content(Responsible::Role(Role::Enhetschef), Recurrence::Monthly, false);
            store::plan::create(&mut tx, now(), EgenkontrollId::new(), world.unit, 2027, &own).await.unwrap();
            tx.commit().await.unwrap();
            n
        };
        let undo = async || {
            let mut tx = world.store.system(true).await.unwrap();
            let undone = store::plan::undo_copy::<Content>(&mut tx, now(), world.unit, 2027).await;
            tx.commit().await.unwrap();
            undone.unwrap()
        };
        let count = async |year| {
            let mut tx = world.store.system(false).await.unwrap();
            store::plan::list::<Content>(&mut tx, world.unit, year).await.unwrap().len()
        };
        assert_eq!(copy().await, 2, "{db}");
        assert_eq!(undo().await, Ok(2), "{db}");
        assert_eq!((count(2026).await, count(2027).await), (2, 1), "{db}: what was added to the year stays");
        assert_eq!(undo().await, Ok(0), "{db}: nothing is a copy any more");
        let mut tx = world.store.system(false).await.unwrap();
        let history = store::history::list(&mut tx, &[first.0]).await.unwrap();
        assert!(history.iter().any(|e| e.what == "Kopieringen till 2027 är ångrad"), "{db}: {history:?}");
        drop(tx);
        // done with one of them: none goes, and it is said which
        assert_eq!(copy().await, 2, "{db}");
        let mut tx = world.store.system(true).await.unwrap();
        let items = occurrence::year(&mut tx, &chef, world.unit, 2027).await.unwrap();
        let copies = store::plan::list::<Content>(&mut tx, world.unit, 2027).await.unwrap();
        let item = items.iter().find(|i| i.source == copies[1].id.0).unwrap();
        occurrence::begin(&mut tx, now(), item, 1).await.unwrap();
        tx.commit().await.unwrap();
        let in_the_way = undo().await.unwrap_err();
        assert_eq!(in_the_way.len(), 1, "{db}: {in_the_way:?}");
        assert_eq!(count(2027).await, 4, "{db}");
    }
}

#[tokio::test]
async fn the_history_of_a_control_holds_its_ticks_in_pages() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let control = world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Monthly).await;
        let mut tx = world.store.system(true).await.unwrap();
        let items = occurrence::of_source(&mut tx, &chef, control.0).await.unwrap();
        let tick = domain::occurrence::Tick {
            performed_on: day(2026, 2, 3),
            note: "Två saknades".into(),
            ..domain::occurrence::Tick::default()
        };
        occurrence::tick(&mut tx, now(), &items[1], 1, &tick).await.unwrap();
        let ticked = occurrence::get(&mut tx, &chef, items[1].occurrence.id).await.unwrap();
        occurrence::undo(&mut tx, now(), &ticked, 2, "Fel dag").await.unwrap();
        let page = async |tx: &mut store::Tx, from, sees: bool| {
            store::history::of_control(tx, control.0, |_| sees, (from, 2)).await.unwrap()
        };
        let (entries, total) = page(&mut tx, 0, true).await;
        assert_eq!((entries.len(), total), (2, 3), "{db}");
        assert_eq!((entries[0].what.as_str(), entries[0].reason.as_str()), ("Ångrad", "Fel dag"), "{db}");
        let when = entries[1].tillfalle.map(domain::occurrence::When::with_year);
        assert_eq!((entries[1].what.as_str(), when.as_deref()), ("Utförd", Some("februari 2026")), "{db}");
        assert!(entries[1].changes.iter().any(|c| c.after == "Två saknades"), "{db}: {:?}", entries[1].changes);
        let (entries, _) = page(&mut tx, 2, true).await;
        assert_eq!((entries.len(), entries[0].tillfalle), (1, None), "{db}: what was done with the control itself");
        // what is done at a unit that the person does not see is not theirs to read
        assert_eq!(page(&mut tx, 0, false).await.1, 1, "{db}");
    }
}
