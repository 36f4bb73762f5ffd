//! The story of a unit's days: a last one that is set and taken away, what was there before it, a merge that is taken back before its
//! day, and that nobody writes in a unit while somebody lets it end.

#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, time::Duration};

use chrono::NaiveDate;
use domain::{
    apt, atgard, enkat,
    field::FieldError,
    forslag, genomforande,
    id::{AptId, AtgardId, EnkatId, ForslagId, GenomforandeId, GruppId, InternkontrollId, NodeId, ScheduleId, SkarmId},
    internkontroll,
    organisation::{dagar::Form, sammanslagning::Sammanslagning},
    permission::{Action, Area, Role},
    person::Actor,
    recurrence::{Recurrence, form::Fields},
    sample::Seed,
    schedule::Responsible,
    siffror::{
        dimension::DimensionId,
        jamstalldhet::analys::{JamstalldhetId, check_skriven},
        serie::{self, SerieId},
    },
};
use sqlx::{Connection, SqliteConnection};
use store::{
    Error, Store, Target, Tx, aktivitet, history, occurrence,
    organisation::{
        self, dagar, sla_ihop,
        tillbaka::{self, TABLES},
    },
    plan,
};

use crate::plan::{World, content, day, now, today, worlds};

const CHEF: Responsible = Responsible::Role(Role::Enhetschef);

async fn version(tx: &mut Tx, unit: NodeId) -> i64 {
    organisation::tree(tx).await.unwrap().get(unit).unwrap().version
}

async fn write<T>(world: &World, by: &Actor, work: impl AsyncFnOnce(&mut Tx) -> T) -> T {
    let mut tx = world.store.system(true).await.unwrap();
    tx.act_as(by.person);
    let done = work(&mut tx).await;
    tx.commit().await.unwrap();
    done
}

async fn end(world: &World, by: &Actor, unit: NodeId, last: NaiveDate) -> u64 {
    write(world, by, async |tx| {
        let version = version(tx, unit).await;
        dagar::end_node(tx, now(), today(), (unit, version), last).await.unwrap()
    })
    .await
}

async fn planned(world: &World, unit: NodeId, from: NaiveDate) -> usize {
    let chef = world.person(Role::Enhetschef, world.avdelning).await;
    let mut tx = world.store.system(false).await.unwrap();
    let mut n = 0;
    for year in [2026, 2027] {
        let items = occurrence::year(&mut tx, &chef, unit, year).await.unwrap();
        n += items.iter().filter(|item| item.occurrence.start >= from).count();
    }
    n
}

fn said(done: Result<impl std::fmt::Debug, Error>) -> String {
    match done {
        Err(Error::Invalid(faults)) => faults.into_iter().map(|FieldError { message, .. }| message).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_unit_gets_a_last_day_and_until_that_has_passed_it_can_be_taken_away() {
    for (db, world) in worlds().await {
        world.store.is_day(today());
        let admin = world.person(Role::Admin, world.avdelning).await;
        let chef = world.person(Role::Enhetschef, world.unit).await;
        world.person(Role::Medarbetare, world.unit).await;
        let both = world.person(Role::Medarbetare, world.other).await;
        write(&world, &admin, async |tx| {
            let id = domain::id::GrantId::new();
            store::person::add_role(tx, now(), id, both.person, Role::Medarbetare, world.unit).await.unwrap();
            for (node, common) in [(world.unit, false), (world.avdelning, true)] {
                let id = domain::id::EgenkontrollId::new();
                let content = content(CHEF, Recurrence::Monthly, common);
                plan::create(tx, now(), id, node, 2027, &content).await.unwrap();
            }
        })
        .await;
        let last = day(2026, 12, 31);
        let mut tx = world.store.system(false).await.unwrap();
        let upphor = dagar::preview(&mut tx, world.unit, last).await.unwrap();
        assert_eq!((upphor.personer, upphor.bara_har), (3, 2), "{db}: one works in the other unit too");
        assert_eq!((upphor.slut.efter, upphor.slut.grupper.len()), (24, 1), "{db}: its own and the common one");
        drop(tx);

        assert_eq!(end(&world, &admin, world.unit, last).await, 24, "{db}");
        assert_eq!(planned(&world, world.unit, day(2027, 1, 1)).await, 0, "{db}");
        assert_eq!(planned(&world, world.other, day(2027, 1, 1)).await, 12, "{db}: the common one at the other");
        let refused = write(&world, &admin, async |tx| {
            let version = version(tx, world.unit).await;
            let stale = dagar::remove_last(tx, now(), today(), (world.unit, version - 1)).await;
            assert!(matches!(stale, Err(Error::Conflict)), "{db}: {stale:?}");
            dagar::end_node(tx, now(), today(), (world.unit, version), last).await
        });
        assert_eq!(said(refused.await), "Enheten upphör redan efter 2026-12-31.", "{db}");

        let come = write(&world, &admin, async |tx| {
            let version = version(tx, world.unit).await;
            dagar::remove_last(tx, now(), today(), (world.unit, version)).await.unwrap()
        });
        assert_eq!(come.await, 24, "{db}");
        assert_eq!(planned(&world, world.unit, day(2027, 1, 1)).await, 24, "{db}");
        let mut tx = world.store.system(false).await.unwrap();
        assert!(organisation::tree(&mut tx).await.unwrap().last_days().is_empty(), "{db}");
        let told = history::list(&mut tx, &[world.unit.0]).await.unwrap();
        assert_eq!((told[0].what.as_str(), told[1].what.as_str()), ("Sista dag borttagen", "Sista dag satt"), "{db}");
        assert_eq!(told[1].changes[0].after, "2026-12-31", "{db}");
        drop(tx);

        // when it has passed it is read, and stays so
        end(&world, &admin, world.unit, today()).await;
        world.store.is_day(day(2026, 11, 24));
        let mut tx = world.store.system(true).await.unwrap();
        let now_chef = store::person::actor(&mut tx, chef.person, 1).await.unwrap().unwrap();
        assert!(now_chef.units().is_empty() && now_chef.ended_units().len() == 1, "{db}");
        let version = version(&mut tx, world.unit).await;
        let late = dagar::remove_last(&mut tx, now(), day(2026, 11, 24), (world.unit, version)).await;
        assert_eq!(said(late), "Enheten upphörde 2026-11-23. Det går inte att ta tillbaka.", "{db}");
    }
}

#[tokio::test]
async fn a_unit_says_what_was_there_before_it_if_nothing_was_done_in_it_by_then() {
    for (db, world) in worlds().await {
        world.store.is_day(today());
        let admin = world.person(Role::Admin, world.avdelning).await;
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let control = write(&world, &admin, async |tx| {
            let id = domain::id::EgenkontrollId::new();
            plan::create(tx, now(), id, world.unit, 2026, &content(CHEF, Recurrence::Monthly, false)).await.unwrap();
            id
        })
        .await;
        let item = world.items(&chef, world.unit).await.into_iter().find(|i| i.source == control.0).unwrap();
        let before = async |from: &str, units: &[NodeId]| {
            let mut tx = world.store.system(true).await.unwrap();
            tx.act_as(admin.person);
            let version = version(&mut tx, world.unit).await;
            let form = Form { from: from.into(), units: units.to_vec() };
            let done = dagar::set_before(&mut tx, now(), today(), (world.unit, version), &form).await;
            if done.is_ok() {
                tx.commit().await.unwrap();
            }
            done
        };
        let open = said(before("2026-11-01", &[world.other]).await);
        assert_eq!(open, "Andra enheten har ingen sista dag. Ge den en först.", "{db}");
        end(&world, &admin, world.other, today()).await;
        let late = said(before("2026-11-23", &[world.other]).await);
        assert!(late.starts_with("Sista dagen för Andra enheten är 2026-11-23."), "{db}: {late}");
        let done = before("2026-12-01", &[world.other]).await.unwrap();
        assert_eq!((done.gick, done.kom), (11, 0), "{db}: all of the plan but december");
        let mut tx = world.store.system(false).await.unwrap();
        let tree = organisation::tree(&mut tx).await.unwrap();
        let names: Vec<_> = tree.foregangare(world.unit).into_iter().map(|n| n.name.as_str()).collect();
        assert_eq!(names, ["Andra enheten"], "{db}");
        assert!(!tree.liv(world.unit).unwrap().sammanslagen, "{db}");
        let told = history::list(&mut tx, &[world.unit.0]).await.unwrap();
        assert_eq!(told[0].changes[1].after, "Andra enheten", "{db}");
        drop(tx);
        // what follows on it keeps its last day
        let kept = write(&world, &admin, async |tx| {
            let version = version(tx, world.other).await;
            dagar::remove_last(tx, now(), today(), (world.other, version)).await
        });
        assert_eq!(
            said(kept.await),
            "Andra enheten står som det som fanns före Enheten. Ändra det för Enheten först.",
            "{db}"
        );

        // a first day that was to come and goes lays the rest of the year anew
        let done = before("", &[]).await.unwrap();
        assert_eq!((done.gick, done.kom), (0, 11), "{db}");
        let item = world
            .items(&chef, world.unit)
            .await
            .into_iter()
            .find(|i| i.source == control.0 && i.occurrence.due == item.occurrence.due);
        let item = item.unwrap();
        let mut tx = world.store.system(false).await.unwrap();
        let chef = store::person::actor(&mut tx, chef.person, 1).await.unwrap().unwrap();
        drop(tx);
        world.tick(&chef, &item, item.occurrence.version).await.unwrap();
        let done = said(before("2026-12-01", &[]).await);
        assert!(done.starts_with("Enheten har 1 tillfälle som är utfört"), "{db}: {done}");
    }
}

#[tokio::test]
async fn what_a_control_showed_in_the_unit_before_is_read_apart_from_what_it_showed_in_this_one() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.other).await;
        let then = world.add_control_at(world.other, CHEF, Recurrence::Monthly, false).await;
        let control = world.add_control_at(world.unit, CHEF, Recurrence::Monthly, false).await;
        let item = world.items(&chef, world.other).await.into_iter().find(|item| item.source == then.0).unwrap();
        world.tick(&chef, &item, item.occurrence.version).await.unwrap();
        let mut tx = world.store.system(false).await.unwrap();
        let (own, before) = (world.unit, world.other);
        let at =
            async |tx: &mut Tx, node| store::genomforande::earlier(tx, control, node, day(2027, 1, 1)).await.unwrap();
        assert!(at(&mut tx, own).await.is_empty(), "{db}: never part of the unit's own");
        assert_eq!(at(&mut tx, before).await.len(), 1, "{db}");
    }
}

async fn merged(world: &World, by: &Actor, from: NaiveDate) -> NodeId {
    let id = NodeId::new();
    let units = vec![world.unit, world.other];
    let what = Sammanslagning { units: units.clone(), name: "Nya enheten".into(), parent: world.avdelning, from };
    write(world, by, async |tx| {
        let mut seen = Vec::new();
        for unit in units {
            seen.push((unit, version(tx, unit).await));
        }
        sla_ihop::merge_nodes(tx, now(), by, id, &what, &seen).await.unwrap();
        aktivitet::ensure_reports_of(tx, now(), today(), id).await.unwrap();
    })
    .await;
    id
}

#[tokio::test]
async fn a_merge_that_has_not_begun_is_taken_back_and_all_is_as_it_was() {
    for (db, world) in worlds().await {
        world.store.is_day(today());
        let admin = world.person(Role::Admin, world.avdelning).await;
        let chef = world.person(Role::Enhetschef, world.unit).await;
        write(&world, &admin, async |tx| {
            for (node, common) in [(world.unit, false), (world.avdelning, true)] {
                let content = content(CHEF, Recurrence::Monthly, common);
                plan::create(tx, now(), domain::id::EgenkontrollId::new(), node, 2027, &content).await.unwrap();
            }
        })
        .await;
        let before = planned(&world, world.unit, day(2027, 1, 1)).await;
        let new = merged(&world, &admin, day(2027, 1, 1)).await;
        let group = GruppId::new();
        write(&world, &admin, async |tx| {
            organisation::create_group(tx, now(), group, new, "Ledningen").await.unwrap();
        })
        .await;

        let take_back = async |version: i64, on: NaiveDate| {
            let mut tx = world.store.system(true).await.unwrap();
            tx.act_as(admin.person);
            let done = tillbaka::undo_merge(&mut tx, now(), on, (new, version)).await;
            if done.is_ok() {
                tx.commit().await.unwrap();
            }
            done
        };
        let stands = "Sammanslagningen går inte att ta tillbaka så länge det finns något i Nya enheten: 1 grupp. Ta bort det \
                      eller flytta det först.";
        assert_eq!(said(take_back(1, today()).await), stands, "{db}");
        write(&world, &admin, async |tx| {
            organisation::grupp::move_group(tx, now(), group, 1, world.avdelning, 2026).await.unwrap();
            let blir = tillbaka::preview(tx, new).await.unwrap();
            assert!(blir.hinder.is_empty(), "{db}: {blir:?}");
            assert_eq!((blir.roller, blir.vantar), (1, 0), "{db}");
        })
        .await;
        let late = said(take_back(1, day(2027, 1, 1)).await);
        assert!(late.starts_with("Sammanslagningen gäller sedan 2027-01-01."), "{db}: {late}");
        assert!(matches!(take_back(2, today()).await, Err(Error::Conflict)), "{db}");
        let done = take_back(1, today()).await.unwrap();
        assert_eq!((done.roller, done.kom), (1, 36), "{db}");
        assert!(matches!(take_back(1, today()).await, Err(Error::NotFound)), "{db}");

        assert_eq!(planned(&world, world.unit, day(2027, 1, 1)).await, before, "{db}");
        let mut tx = world.store.system(false).await.unwrap();
        let tree = organisation::tree(&mut tx).await.unwrap();
        assert!(tree.get(new).is_none() && tree.last_days().is_empty(), "{db}");
        assert!(tree.efterfoljare(world.unit).is_empty(), "{db}");
        let now_chef = store::person::actor(&mut tx, chef.person, 1).await.unwrap().unwrap();
        assert_eq!(now_chef.units(), [(world.unit, "Enheten".to_owned())], "{db}");
        let told = history::list(&mut tx, &[world.unit.0]).await.unwrap();
        assert_eq!(told[0].what, "Sammanslagningen togs tillbaka", "{db}");
        let told = history::list(&mut tx, &[world.avdelning.0]).await.unwrap();
        assert_eq!(
            told[0].what, "Sammanslagningen av Andra enheten och Enheten till Nya enheten togs tillbaka",
            "{db}"
        );
        assert_eq!(told[0].changes[0].before, "Nya enheten", "{db}");
        let told = history::list(&mut tx, &[new.0]).await.unwrap();
        assert!(told.iter().any(|entry| entry.what == "Sammanslagen"), "{db}: what has happened is not unsaid");
    }
}

#[tokio::test]
async fn what_is_done_ahead_in_a_new_unit_stands_in_the_way_of_taking_the_merge_back() {
    for (db, world) in worlds().await {
        world.store.is_day(today());
        let admin = world.person(Role::Admin, world.avdelning).await;
        world.person(Role::Enhetschef, world.unit).await;
        let new = merged(&world, &admin, day(2026, 12, 1)).await;
        write(&world, &admin, async |tx| {
            let id = domain::id::EgenkontrollId::new();
            plan::create(tx, now(), id, new, 2027, &content(CHEF, Recurrence::Monthly, false)).await.unwrap();
            let blir = tillbaka::preview(tx, new).await.unwrap();
            assert_eq!(blir.hinder, ["1 kontroll i egenkontrollplanen"], "{db}");
        })
        .await;
    }
}

#[tokio::test]
async fn every_table_that_names_a_node_says_what_becomes_of_its_rows_when_a_unit_goes() {
    let (_folder, urls) = crate::common::urls().await;
    let (_, url) = urls.into_iter().next().unwrap();
    Store::connect(&url).await.unwrap().migrate().await.unwrap();
    let mut c = SqliteConnection::connect(&url).await.unwrap();
    let found: Vec<(String,)> = sqlx::query_as(
        "select distinct m.name from sqlite_master m, pragma_foreign_key_list(m.name) f
         where m.type = 'table' and f.\"table\" = 'node'",
    )
    .fetch_all(&mut c)
    .await
    .unwrap();
    let found: BTreeSet<String> = found.into_iter().map(|(name,)| name).collect();
    let said: BTreeSet<String> = TABLES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(found, said, "say in organisation::tillbaka what becomes of it");
}

/// What a target is called, and whether whoever writes to it through the door waits for a unit that is about to end. A target that is
/// new gets its line here, and if it is of a unit its place in [`targets`].
fn waits(target: Target) -> (&'static str, bool) {
    match target {
        Target::Node(..) => ("Node", true),
        Target::Occurrence(_) => ("Occurrence", true),
        Target::Schedule(_) => ("Schedule", true),
        Target::Egenkontroll(_) => ("Egenkontroll", true),
        Target::Internkontroll(_) => ("Internkontroll", true),
        Target::Genomforande(_) => ("Genomforande", true),
        Target::Enkat(_) => ("Enkat", true),
        Target::Thing(..) => ("Thing", true),
        Target::Apt(_) => ("Apt", true),
        Target::Skarm(_) => ("Skarm", true),
        Target::Dimension(_) => ("Dimension", true),
        Target::Jamstalldhet(_) => ("Jamstalldhet", true),
        Target::NyAtgard(..) => ("NyAtgard", true),
        // finished after the end
        Target::Atgard(_) => ("Atgard", false),
        Target::Avvikelse(_) => ("Avvikelse", false),
        // of the organisation, or of no unit
        Target::Anywhere(_) => ("Anywhere", false),
        Target::Konto(_) => ("Konto", false),
        Target::Grupp(_) => ("Grupp", false),
        Target::Installation => ("Installation", false),
    }
}

/// One of each kind in a unit, with what is done to it.
async fn targets(world: &World, chef: &Actor) -> Vec<(Target, Action)> {
    let unit = world.unit;
    let mut out: Vec<(Target, Action)> = Area::ALL
        .into_iter()
        .filter(|area| !area.traits().after_end.contains(&Action::Edit))
        .map(|area| (Target::Node(unit, area), Action::Edit))
        .collect();
    let control = world.add_control_at(unit, CHEF, Recurrence::Monthly, false).await;
    let item = world.items(chef, unit).await.into_iter().find(|item| item.source == control.0).unwrap();
    let internal = InternkontrollId::new();
    let free = ScheduleId::new();
    let (run, form, meeting, screen, said) =
        (GenomforandeId::new(), EnkatId::new(), AptId::new(), SkarmId::new(), ForslagId::new());
    let (dimension, figures, analys) = (DimensionId::new(), SerieId::new(), JamstalldhetId::new());
    let (enkat_content, todo) = (enkat_content(), AtgardId::new());
    write(world, chef, async |tx| {
        let form_of = internkontroll::Form {
            systematisk_kontroll: "Antal".into(),
            kontrollaktivitet: "Följa upp".into(),
            when: Fields::named("varje_manad"),
            ..internkontroll::Form::default()
        };
        let content = internkontroll::check(&form_of, 2026).unwrap();
        plan::create(tx, now(), internal, unit, 2026, &content).await.unwrap();
        let content = domain::aktivitet::Content {
            title: "Planeringsdag".into(),
            description: String::new(),
            category: domain::schedule::Category::Aktivitet,
            responsible: CHEF,
            recurrence: Recurrence::Once,
            start: Some(day(2026, 12, 10)),
            end: None,
            hours: None,
        };
        aktivitet::create(tx, now(), free, unit, 2026, &content).await.unwrap();
        let start = genomforande::StartForm { kind: "bedomning".into(), ..genomforande::StartForm::default() };
        let start = genomforande::check_start(&start).unwrap();
        store::genomforande::create(tx, now(), today(), run, &item, &start, Seed::new()).await.unwrap();
        store::enkat::create(tx, now(), form, unit, &enkat_content).await.unwrap();
        let content = apt::Content {
            kind: apt::Kind::Apt,
            on: today(),
            time: "13.00".into(),
            place: "Salen".into(),
            chair: None,
            secretary: None,
        };
        store::apt::create(tx, now(), meeting, unit, &content, None).await.unwrap();
        let dim = (chrono::NaiveTime::MIN, chrono::NaiveTime::MIN);
        let content =
            apt::skarm::Content { name: "Fikarummet".into(), slides: vec![apt::Slag::Hjul], seconds: 20, dim };
        store::apt::skarm::create(tx, now(), (screen, unit), b"token", &content).await.unwrap();
        let kind = forslag::Kind::ALL[0];
        store::forslag::create(tx, (now(), today()), said, unit, (kind, "Bättre ljus", false)).await.unwrap();
        store::serie::dimension::create(tx, now(), dimension, unit, "Stadsdel").await.unwrap();
        let form = serie::Form {
            namn: "Hushåll".into(),
            enhet: "hushåll".into(),
            slag: "bestand".into(),
            grain: "manad".into(),
            ..serie::Form::default()
        };
        store::serie::create(tx, now(), figures, unit, &serie::check(&form, None).unwrap()).await.unwrap();
        let form = domain::siffror::jamstalldhet::Form { fraga: "Lika ofta?".into(), ..Default::default() };
        let asked = check_skriven(&form, ("", ""), today()).unwrap();
        store::serie::jamstalldhet::create(tx, now(), analys, unit, &asked).await.unwrap();
        let content = atgard::Content {
            title: "Genomgång".into(),
            why: String::new(),
            responsible: CHEF,
            due: day(2026, 12, 20),
            follow_up: None,
        };
        store::atgard::create(tx, now(), today(), todo, unit, atgard::Source::Egen, &content).await.unwrap();
    })
    .await;
    let items = world.items(chef, unit).await;
    let other = items.into_iter().find(|i| i.source == control.0 && i.occurrence.id != item.occurrence.id).unwrap();
    out.extend([
        (Target::Occurrence(other.occurrence.id), Action::TickOwn),
        (Target::Schedule(free), Action::Edit),
        (Target::Egenkontroll(control), Action::Edit),
        (Target::Internkontroll(internal), Action::Edit),
        (Target::Genomforande(run), Action::Edit),
        (Target::Enkat(form), Action::Edit),
        (Target::Enkat(form), Action::TickOwn),
        (Target::Thing(Area::Forslag, said.0), Action::Edit),
        (Target::Thing(Area::Serie, figures.0), Action::TickOwn),
        (Target::Dimension(dimension), Action::Edit),
        (Target::Jamstalldhet(analys), Action::Edit),
        (Target::Apt(meeting), Action::Edit),
        (Target::Skarm(screen), Action::Edit),
        (Target::NyAtgard(atgard::Source::Egen, unit), Action::Edit),
    ]);
    out
}

fn enkat_content() -> enkat::Content {
    enkat::Content {
        title: "Samtal".into(),
        intro: String::new(),
        kanal: enkat::Kanal::Telefon,
        grain: enkat::Grain::Manad,
        first: day(2026, 1, 1),
        last: day(2026, 12, 31),
        target: None,
    }
}

#[tokio::test]
async fn nobody_writes_in_a_unit_while_somebody_lets_it_end() {
    for (db, world) in worlds().await {
        world.store.is_day(today());
        let admin = world.person(Role::Admin, world.avdelning).await;
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let all = targets(&world, &chef).await;
        let tried: BTreeSet<&str> = all.iter().map(|(target, _)| waits(*target).0).collect();
        for name in [
            "Node",
            "Occurrence",
            "Schedule",
            "Egenkontroll",
            "Internkontroll",
            "Genomforande",
            "Enkat",
            "Thing",
            "Apt",
            "Skarm",
            "Dimension",
            "Jamstalldhet",
            "NyAtgard",
        ] {
            assert!(tried.contains(name), "{name} is of a unit: try it in `targets`");
        }
        for (target, action) in all {
            assert!(waits(target).1, "{target:?}");
            let mut ending = world.store.system(true).await.unwrap();
            ending.act_as(admin.person);
            let seen = version(&mut ending, world.unit).await;
            dagar::end_node(&mut ending, now(), today(), (world.unit, seen), day(2027, 6, 30)).await.unwrap();
            let (store, chef) = (world.store.clone(), chef.clone());
            let late = tokio::spawn(async move { store.write(&chef, target, action).await.map(drop) });
            tokio::time::sleep(Duration::from_millis(30)).await;
            assert!(!late.is_finished(), "{db}: {target:?} {action:?} is written while its unit gets a last day");
            ending.commit().await.unwrap();
            let late = late.await.unwrap();
            assert!(matches!(late, Err(Error::Conflict)), "{db}: {target:?} {action:?}: {late:?}");
            write(&world, &admin, async |tx| {
                let seen = version(tx, world.unit).await;
                dagar::remove_last(tx, now(), today(), (world.unit, seen)).await.unwrap();
            })
            .await;
        }
    }
}
