//! The story of the indikatorer of a plan: under its goals and those above, filled in by several, closed, corrected with a reason, and
//! followed from year to year; on SQLite and PostgreSQL.

use std::collections::HashMap;

use domain::{
    period::Grain,
    siffror::{
        serie::SerieId,
        slag::{Sammanlagd, Varde, langre},
    },
    tal::Tal,
    verksamhetsplan::indikator::{
        Content, Form, IndikatorId, Status, Utfall, Utfallsperiod, bedomning, check,
        matning::{Kalla, Matat},
        ruta::Kolumn,
        utfall::{Harkomst, Varden},
    },
};
use store::{
    Error, Store, Tx,
    verksamhetsplan::{
        indikator, stangning,
        utfall::{self, Cell, Krock, Matade, Written},
    },
};

use super::*;
use crate::{
    plan::World,
    race::{
        self, Law, Op, op,
        table::{Held, Where},
    },
    stored::{frozen, write},
};

pub const BROUGHT: Brought = Brought {
    kept: &[
        ("verksamhetsplan::indikator::create", Held),
        ("verksamhetsplan::indikator::update", Where),
        ("verksamhetsplan::indikator::step", Held),
        ("verksamhetsplan::indikator::remove", Where),
        ("verksamhetsplan::utfall::save", Held),
        ("verksamhetsplan::utfall::update", Held),
        ("verksamhetsplan::stangning::close", Held),
        ("verksamhetsplan::stangning::reopen", Held),
    ],
    makes: &[(
        "verksamhetsplan::indikator::create",
        make!(|tx, w, id, text| {
            let year = (w.unit, 2033);
            let plan = verksamhetsplan::create(tx, sent::now(), PlanId::new(), year, Benamning::Enhetsmal).await?;
            let mal = MalId(uuid::Uuid::from_u128(!id.as_u128()));
            verksamhetsplan::mal::create(tx, sent::now(), plan, (mal, None), &goal(Niva::Enhetsmal, "", "Boende"))
                .await?;
            indikator::create(tx, sent::now(), plan, (IndikatorId(id), mal), &andel(text)).await
        }),
    )],
};

const T1: Utfallsperiod = Utfallsperiod::tertial_1(2022);

pub fn andel(namn: &str) -> Content {
    let form = Form {
        namn: namn.into(),
        arsmal: "75 %".into(),
        riktning: "hogre".into(),
        periodicitet: "tertial".into(),
        ..Form::default()
    };
    check(&form, None).unwrap()
}

/// A plan of 2022 with a goal and two indikatorer.
async fn plan(tx: &mut Tx, unit: domain::id::NodeId) -> (PlanId, MalId, [IndikatorId; 2]) {
    let id = verksamhetsplan::create(tx, now(), PlanId::new(), (unit, 2022), Benamning::Enhetsmal).await.unwrap();
    let (mal, own) = (MalId::new(), [IndikatorId::new(), IndikatorId::new()]);
    verksamhetsplan::mal::create(tx, now(), id, (mal, None), &goal(Niva::Enhetsmal, "", "Egen försörjning"))
        .await
        .unwrap();
    for (one, namn) in own.into_iter().zip(["Förändringsplaner", "Barnkonsekvensanalyser"]) {
        indikator::create(tx, now(), id, (one, mal), &andel(namn)).await.unwrap();
    }
    (id, mal, own)
}

fn cell(id: IndikatorId, kolumn: Kolumn, was: &str, text: &str) -> Cell {
    Cell { id, kolumn, text: text.into(), was: was.into() }
}

async fn save(tx: &mut Tx, plan: PlanId, cells: &[Cell], skal: &str) -> Written {
    utfall::save(tx, now(), (plan, T1), (cells, skal), &Matade::new()).await.unwrap()
}

async fn shown(tx: &mut Tx, plan: PlanId, id: IndikatorId) -> Utfall {
    utfall::of_plan(tx, plan).await.unwrap().get(&id).and_then(|of| of.get(&T1)).cloned().unwrap_or_default()
}

async fn at_work(world: &World) -> (Store, domain::person::Actor) {
    (world.store.clone(), world.person(Role::Enhetschef, world.unit).await)
}

fn refused<T: std::fmt::Debug>(done: Result<T, Error>) -> String {
    match done {
        Err(Error::Invalid(faults)) => {
            let said: Vec<String> = faults.into_iter().map(|f| format!("{}: {}", f.field, f.message)).collect();
            said.join(", ")
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_indikator_stands_under_a_goal_of_the_plan_or_above_it_and_goes_only_while_it_has_no_outcome() {
    for (db, world) in worlds().await {
        let (store, chef) = at_work(&world).await;
        let target = Target::Node(world.unit, Area::Verksamhetsplan);
        let mut tx = store.write(&chef, target, Action::Edit).await.unwrap();
        let (id, mal, [first, second]) = plan(&mut tx, world.unit).await;
        let named =
            |all: Vec<indikator::Placerad>| all.into_iter().map(|one| one.indikator.content.namn).collect::<Vec<_>>();
        indikator::step(&mut tx, now(), id, second, true).await.unwrap();
        indikator::step(&mut tx, now(), id, second, true).await.unwrap();
        let list = indikator::list(&mut tx, id).await.unwrap();
        assert_eq!(named(list), ["Barnkonsekvensanalyser", "Förändringsplaner"], "{db}: at an end nothing happens");
        let strange = indikator::create(&mut tx, now(), id, (IndikatorId::new(), MalId::new()), &andel("Annat")).await;
        assert!(refused(strange).starts_with("mal: "), "{db}");
        let foreign = Content { matas: Some(Kalla::Serie(SerieId::new())), ..andel("Matad") };
        let strange = indikator::create(&mut tx, now(), id, (IndikatorId::new(), mal), &foreign).await;
        assert!(refused(strange).starts_with("matas: "), "{db}");
        let new = Content { namn: "Planer".into(), ..andel("Planer") };
        indikator::update(&mut tx, now(), id, (first, mal), 1, &new).await.unwrap();
        let late = indikator::update(&mut tx, now(), id, (first, mal), 1, &new).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}");
        save(&mut tx, id, &[cell(first, Kolumn::Totalt, "", "29/35")], "").await;
        let kept = indikator::remove(&mut tx, now(), id, first, 2).await;
        assert!(refused(kept).contains("har utfall"), "{db}");
        indikator::remove(&mut tx, now(), id, second, 1).await.unwrap();
        assert_eq!(named(indikator::list(&mut tx, id).await.unwrap()), ["Planer"], "{db}");
        let other = PlanId::new();
        assert!(matches!(indikator::get(&mut tx, other, first).await, Err(Error::NotFound)), "{db}: of no other plan");
    }
}

#[tokio::test]
async fn several_fill_one_row_and_only_who_changed_the_same_cell_meets_the_other() {
    for (db, world) in worlds().await {
        let (store, chef) = at_work(&world).await;
        let target = Target::Node(world.unit, Area::Verksamhetsplan);
        let mut tx = store.write(&chef, target, Action::Edit).await.unwrap();
        let (id, _, [first, second]) = plan(&mut tx, world.unit).await;
        // both saw an empty row
        assert_eq!(save(&mut tx, id, &[cell(first, Kolumn::Totalt, "", "29/35")], "").await.andrade, 1, "{db}");
        let before = utfall::nr(&mut tx, id).await.unwrap();
        assert_eq!(save(&mut tx, id, &[cell(first, Kolumn::Kvinnor, "", "14/18")], "").await.andrade, 1, "{db}");
        let met = save(&mut tx, id, &[cell(first, Kolumn::Totalt, "", "30/35")], "").await;
        let there = Krock { id: first, kolumn: Kolumn::Totalt, nu: "29/35".into() };
        assert_eq!((met.andrade, met.krockar), (0, vec![there]), "{db}");
        let same = save(&mut tx, id, &[cell(first, Kolumn::Totalt, "", "29/35")], "").await;
        assert_eq!(same, Written::default(), "{db}: the same is no change");
        let both = [cell(first, Kolumn::Man, "", "15/17"), cell(second, Kolumn::Totalt, "", "femton")];
        let read = save(&mut tx, id, &both, "").await;
        assert_eq!((read.andrade, read.nekade.len()), (1, 1), "{db}: what can be read is saved");
        let utfall = shown(&mut tx, id, first).await;
        assert!(utfall.varden.alla().count() == 3 && utfall.harkomst == Harkomst::Inskrivet, "{db}: {utfall:?}");
        let new = utfall::sedan(&mut tx, id, T1, before).await.unwrap();
        assert_eq!(new.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [first], "{db}");
        let gone = save(&mut tx, id, &[cell(first, Kolumn::Man, "15/17", "")], "").await;
        assert_eq!((gone.andrade, shown(&mut tx, id, first).await.varden.man), (1, None), "{db}");
    }
}

#[tokio::test]
async fn a_closed_period_is_corrected_with_a_reason_and_the_earlier_value_stays() {
    for (db, world) in worlds().await {
        let (store, chef) = at_work(&world).await;
        let target = Target::Node(world.unit, Area::Verksamhetsplan);
        let mut tx = store.write(&chef, target, Action::Edit).await.unwrap();
        let (id, _, [first, _]) = plan(&mut tx, world.unit).await;
        save(&mut tx, id, &[cell(first, Kolumn::Totalt, "", "29/35")], "").await;
        let when = (now(), now().date_naive());
        for _ in 0..2 {
            stangning::close(&mut tx, when, (id, T1), &Matade::new()).await.unwrap();
        }
        let change = [cell(first, Kolumn::Totalt, "29/35", "30/35")];
        let silent = save(&mut tx, id, &change, " ").await;
        assert!(silent.andrade == 0 && silent.nekade[0].skal, "{db}: {silent:?}");
        assert!(silent.nekade[0].message.starts_with("Perioden är stängd: tertial 1 2022."), "{db}");
        assert_eq!(save(&mut tx, id, &change, "Ett ärende saknades").await.andrade, 1, "{db}");
        let all = utfall::alla(&mut tx, first).await.unwrap();
        let told: Vec<_> = all.iter().map(|one| (one.revision, one.gallande, one.skal.as_str())).collect();
        assert_eq!(told, [(2, true, "Ett ärende saknades"), (1, false, "")], "{db}");
        stangning::reopen(&mut tx, now(), (id, T1)).await.unwrap();
        stangning::reopen(&mut tx, now(), (id, T1)).await.unwrap();
        for (was, text) in [("30/35", "31/35"), ("31/35", "32/35")] {
            let open = save(&mut tx, id, &[cell(first, Kolumn::Totalt, was, text)], "").await;
            let all = utfall::alla(&mut tx, first).await.unwrap();
            assert_eq!((open.andrade, all.len()), (1, 3), "{db}: what was reported stays");
        }
        stangning::close(&mut tx, when, (id, T1), &Matade::new()).await.unwrap();
        stangning::reopen(&mut tx, now(), (id, T1)).await.unwrap();
        save(&mut tx, id, &[cell(first, Kolumn::Totalt, "32/35", "33/35")], "").await;
        let all = utfall::alla(&mut tx, first).await.unwrap();
        let told: Vec<_> = all.iter().map(|one| (one.revision, one.version, one.gallande)).collect();
        assert_eq!(told, [(4, 5, true), (3, 4, false), (2, 2, false), (1, 1, false)], "{db}");
        let elsewhere = Utfallsperiod::tertial_1(2021);
        let other = stangning::close(&mut tx, when, (id, elsewhere), &Matade::new()).await;
        assert!(matches!(other, Err(Error::NotFound)), "{db}: of another year");
    }
}

#[tokio::test]
async fn a_closed_period_keeps_the_goal_that_it_was_judged_by() {
    for (db, world) in worlds().await {
        let (store, chef) = at_work(&world).await;
        let target = Target::Node(world.unit, Area::Verksamhetsplan);
        let mut tx = store.write(&chef, target, Action::Edit).await.unwrap();
        let (id, mal, [first, second]) = plan(&mut tx, world.unit).await;
        save(&mut tx, id, &[cell(first, Kolumn::Totalt, "", "77 %")], "").await;
        let when = (now(), now().date_naive());
        let higher = |namn: &str| {
            let form = Form { arsmal: "80 %".into(), ..andel(namn).form() };
            check(&form, None).unwrap()
        };
        let (before, after) = (andel("Förändringsplaner"), higher("Förändringsplaner"));
        stangning::close(&mut tx, when, (id, T1), &Matade::new()).await.unwrap();
        indikator::update(&mut tx, now(), id, (first, mal), 1, &after).await.unwrap();
        let goal = |utfall: &Utfall| utfall.fryst.as_ref().map(|fryst| fryst.arsmal.clone());
        let kept = shown(&mut tx, id, first).await;
        assert_eq!((goal(&kept), kept.is_empty()), (Some(before.arsmal.clone()), false), "{db}");
        assert_eq!(bedomning(&after, T1, &kept).status, Status::Uppnas, "{db}: as it was reported");
        // a correction is judged by what was reported, and what comes first now by what holds now
        save(&mut tx, id, &[cell(first, Kolumn::Totalt, "77", "76 %")], "Räknat fel").await;
        assert_eq!(goal(&shown(&mut tx, id, first).await), Some(before.arsmal.clone()), "{db}");
        indikator::update(&mut tx, now(), id, (second, mal), 1, &higher("Barnkonsekvensanalyser")).await.unwrap();
        save(&mut tx, id, &[cell(second, Kolumn::Totalt, "", "77 %")], "Kom in sent").await;
        assert_eq!(goal(&shown(&mut tx, id, second).await), Some(after.arsmal.clone()), "{db}");
        stangning::reopen(&mut tx, now(), (id, T1)).await.unwrap();
        let open = utfall::visat(shown(&mut tx, id, first).await, T1, false, None);
        assert_eq!(bedomning(&after, T1, &open).status, Status::Delvis, "{db}: an open period follows its goal");
        stangning::close(&mut tx, when, (id, T1), &Matade::new()).await.unwrap();
        assert_eq!(goal(&shown(&mut tx, id, first).await), Some(after.arsmal.clone()), "{db}");
        let all = utfall::alla(&mut tx, first).await.unwrap();
        let told: Vec<_> = all.iter().map(|one| (one.revision, one.gallande, goal(&one.utfall))).collect();
        let (old, new) = (Some(before.arsmal), Some(after.arsmal));
        assert_eq!(told, [(3, true, new), (2, false, old.clone()), (1, false, old)], "{db}: both were reported");
        let again = utfall::alla(&mut tx, second).await.unwrap();
        assert_eq!(again.len(), 1, "{db}: nothing is otherwise of the other");
    }
}

#[tokio::test]
async fn what_is_typed_in_a_closed_period_is_a_figure_of_what_the_indikator_was_then() {
    for (db, world) in worlds().await {
        let (store, chef) = at_work(&world).await;
        let target = Target::Node(world.unit, Area::Verksamhetsplan);
        let mut tx = store.write(&chef, target, Action::Edit).await.unwrap();
        let (id, mal, [first, _]) = plan(&mut tx, world.unit).await;
        save(&mut tx, id, &[cell(first, Kolumn::Totalt, "", "29/35")], "").await;
        stangning::close(&mut tx, (now(), now().date_naive()), (id, T1), &Matade::new()).await.unwrap();
        let form = Form { slag: "antal".into(), enhet: "st".into(), arsmal: "15 st".into(), ..andel("Planer").form() };
        let count = check(&Form { decimaler: String::new(), sammanlagd: String::new(), ..form }, None).unwrap();
        indikator::update(&mut tx, now(), id, (first, mal), 1, &count).await.unwrap();
        let done = save(&mut tx, id, &[cell(first, Kolumn::Totalt, "29/35", "30/35")], "Räknat fel").await;
        assert_eq!((done.andrade, done.nekade.len()), (1, 0), "{db}: {done:?}");
        let share = shown(&mut tx, id, first).await.varden.total.and_then(|v| v.share);
        assert_eq!(share.map(|share| share.numerator), Some(30), "{db}");
    }
}

#[tokio::test]
async fn of_two_who_saw_the_same_outcome_the_second_is_told() {
    for (db, world) in worlds().await {
        let (store, chef) = at_work(&world).await;
        let target = Target::Node(world.unit, Area::Verksamhetsplan);
        let mut tx = store.write(&chef, target, Action::Edit).await.unwrap();
        let (id, _, [first, second]) = plan(&mut tx, world.unit).await;
        for version in [0, 1] {
            let said = |analys: &'static str| {
                move |_: &Content, before: &Utfall| Ok(Utfall { analys: analys.into(), ..before.clone() })
            };
            let (of, seen, nothing) = ((id, first, T1), Some(version), Matade::new());
            let analys = if version == 0 { "Fler planer" } else { "Färre planer" };
            assert!(utfall::update(&mut tx, now(), of, seen, ("", &nothing), said(analys)).await.unwrap(), "{db}");
            let late = utfall::update(&mut tx, now(), of, seen, ("", &nothing), said("Annat")).await;
            assert!(matches!(late, Err(Error::Conflict)), "{db}: {late:?}");
            assert_eq!(shown(&mut tx, id, first).await.analys, analys, "{db}");
        }
        // one that has gone meanwhile stops none of the others
        indikator::remove(&mut tx, now(), id, second, 1).await.unwrap();
        let cells = [cell(second, Kolumn::Totalt, "", "30/35"), cell(first, Kolumn::Totalt, "", "29/35")];
        let done = save(&mut tx, id, &cells, "").await;
        assert_eq!((done.andrade, done.nekade.len(), done.nekade[0].id), (1, 1, second), "{db}");
        assert_eq!(done.nekade[0].message, "Indikatorn finns inte längre.", "{db}");
    }
}

/// What a series has: a figure of four months.
fn fed(n: i64) -> (Kalla, Matat) {
    let total = Varde::of(Tal::whole(n));
    let gjord = langre(Sammanlagd::Medel, &[Some(total)]).unwrap();
    let matat = Matat { varden: Varden::of(total), manad: 4, gjord, grain: Grain::Manad, brott: None };
    (Kalla::Serie(SerieId(uuid::Uuid::nil())), matat)
}

#[tokio::test]
async fn what_is_fed_is_stored_when_its_period_is_closed_and_typed_over_with_a_reason() {
    for (db, world) in worlds().await {
        let (store, chef) = at_work(&world).await;
        let target = Target::Node(world.unit, Area::Verksamhetsplan);
        let mut tx = store.write(&chef, target, Action::Edit).await.unwrap();
        let (id, _, [first, second]) = plan(&mut tx, world.unit).await;
        let matade: Matade = HashMap::from([(first, fed(77)), (second, fed(80))]);
        let over = [cell(first, Kolumn::Totalt, "77", "70 %")];
        let silent = utfall::save(&mut tx, now(), (id, T1), (&over, ""), &matade).await.unwrap();
        assert!(silent.nekade.first().is_some_and(|one| one.skal), "{db}: {silent:?}");
        let told = utfall::save(&mut tx, now(), (id, T1), (&over, "Serien saknar mars"), &matade).await.unwrap();
        assert_eq!(told.andrade, 1, "{db}");
        assert!(matches!(shown(&mut tx, id, first).await.harkomst, Harkomst::Overskrivet { .. }), "{db}");
        assert!(shown(&mut tx, id, second).await.is_empty(), "{db}: it follows its source");
        stangning::close(&mut tx, (now(), now().date_naive()), (id, T1), &matade).await.unwrap();
        let kept = shown(&mut tx, id, second).await;
        assert_eq!((kept.tal(), matches!(kept.harkomst, Harkomst::Matat(_))), (Some(Tal::whole(80)), true), "{db}");
        assert_eq!(shown(&mut tx, id, first).await.tal(), Some(Tal::whole(70)), "{db}: what was typed stays");
        let told = store::history::list(&mut tx, &[second.0]).await.unwrap();
        assert!(told.iter().any(|entry| entry.what == "Utfall Tertial 1 2022"), "{db}: {told:?}");
        // opened and closed again while the source says something else
        stangning::reopen(&mut tx, now(), (id, T1)).await.unwrap();
        let later: Matade = HashMap::from([(second, fed(90))]);
        stangning::close(&mut tx, (now(), now().date_naive()), (id, T1), &later).await.unwrap();
        let all = utfall::alla(&mut tx, second).await.unwrap();
        let told: Vec<_> = all.iter().map(|one| (one.gallande, one.utfall.tal())).collect();
        assert_eq!(told, [(true, Some(Tal::whole(90))), (false, Some(Tal::whole(80)))], "{db}: both were reported");
    }
}

#[tokio::test]
async fn what_lies_in_the_rows_is_read_as_the_first_version_wrote_it_and_that_of_a_later_one_is_refused() {
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let world = World::new(store).await;
        let mut tx = world.store.system(true).await.unwrap();
        let (id, _, [first, second]) = plan(&mut tx, world.unit).await;
        indikator::remove(&mut tx, now(), id, second, 1).await.unwrap();
        save(&mut tx, id, &[cell(first, Kolumn::Totalt, "", "29/35")], "").await;
        tx.commit().await.unwrap();
        write(&url, format!("update indikator set content = '{}'", frozen("indikator-content-1.json"))).await;
        write(&url, format!("update utfall set content = '{}'", frozen("utfall-content-1.json"))).await;
        let mut tx = world.store.system(true).await.unwrap();
        let content = indikator::get(&mut tx, id, first).await.unwrap().indikator.content;
        assert_eq!(content.arsmal.said(&content), "minst 75\u{a0}%", "{db}");
        let utfall = shown(&mut tx, id, first).await;
        assert_eq!(utfall.varden.total.and_then(|v| v.share).map(|s| s.denominator), Some(35), "{db}");
        assert_eq!(utfall.satt.map(|satt| satt.skal), Some("Pandemin".to_owned()), "{db}");
        tx.commit().await.unwrap();
        write(&url, r#"update utfall set content = '{"v":2}'"#.to_owned()).await;
        write(&url, r#"update indikator set content = '{"v":2}'"#.to_owned()).await;
        let mut tx = world.store.system(false).await.unwrap();
        let error = indikator::get(&mut tx, id, first).await.unwrap_err();
        assert!(error.to_string().starts_with("indikator "), "{db}: {error}");
        let error = utfall::of_plan(&mut tx, id).await.unwrap_err();
        assert!(error.to_string().starts_with("utfall "), "{db}: {error}");
    }
}

#[tokio::test]
async fn two_at_once_lose_nothing_of_each_other() {
    for w in race::worlds().await {
        let w = &w;
        // each round in a unit of its own: a unit has one plan of a year
        let planned = async || {
            w.now(async |tx| {
                let unit = domain::id::NodeId::new();
                let kind = domain::organisation::NodeKind::Arbetsgrupp;
                let node = domain::organisation::Node {
                    id: unit,
                    parent: Some(w.unit),
                    kind,
                    name: unit.to_string(),
                    active: true,
                    version: 1,
                };
                store::organisation::create_node(tx, now(), &node).await.unwrap();
                plan(tx, unit).await
            })
            .await
        };
        let saves = |plan: PlanId, id: IndikatorId, kolumn: Kolumn, text: &'static str| -> Op {
            op!(|tx| async {
                let done =
                    utfall::save(tx, now(), (plan, T1), (&[cell(id, kolumn, "", text)], ""), &Matade::new()).await?;
                if done.andrade == 1 { Ok(()) } else { Err(Error::Conflict) }
            })
        };
        let closes = |plan: PlanId| -> Op {
            op!(|tx| stangning::close(tx, (now(), now().date_naive()), (plan, T1), &Matade::new()))
        };
        w.race("two chefs on one cell", Law::One, async || {
            let (plan, _, [id, _]) = planned().await;
            (saves(plan, id, Kolumn::Totalt, "70 %"), saves(plan, id, Kolumn::Totalt, "80 %"))
        })
        .await;
        w.race("two cells of one row", Law::Both, async || {
            let (plan, _, [id, _]) = planned().await;
            (saves(plan, id, Kolumn::Kvinnor, "70 %"), saves(plan, id, Kolumn::Man, "80 %"))
        })
        .await;
        w.race("a cell of a period that is closed", Law::Before, async || {
            let (plan, _, [id, _]) = planned().await;
            (saves(plan, id, Kolumn::Totalt, "70 %"), closes(plan))
        })
        .await;
        w.race("one period closed twice", Law::Both, async || {
            let (plan, ..) = planned().await;
            (closes(plan), closes(plan))
        })
        .await;
        w.race("opened and closed", Law::Both, async || {
            let (plan, ..) = planned().await;
            (closes(plan), op!(|tx| stangning::reopen(tx, now(), (plan, T1))))
        })
        .await;
        w.race("an indikator that goes while it is filled", Law::Before, async || {
            let (plan, _, [id, _]) = planned().await;
            (saves(plan, id, Kolumn::Totalt, "70 %"), op!(|tx| indikator::remove(tx, now(), plan, id, 1)))
        })
        .await;
        w.race("an indikator changed by two", Law::One, async || {
            let (plan, mal, [id, _]) = planned().await;
            let changes =
                |namn: &'static str| -> Op { op!(|tx| indikator::update(tx, now(), plan, (id, mal), 1, &andel(namn))) };
            (changes("Planer"), changes("Alla planer"))
        })
        .await;
        w.race("steps of two", Law::Both, async || {
            let (plan, _, [first, second]) = planned().await;
            (
                op!(|tx| indikator::step(tx, now(), plan, first, false)),
                op!(|tx| indikator::step(tx, now(), plan, second, true)),
            )
        })
        .await;
        w.race("an outcome and what belongs to it", Law::Both, async || {
            let (plan, _, [id, _]) = planned().await;
            let analysed: Op = op!(|tx| async {
                let with = |_: &Content, before: &Utfall| Ok(Utfall { analys: "Fler planer".into(), ..before.clone() });
                utfall::update(tx, now(), (plan, id, T1), None, ("", &Matade::new()), with).await
            });
            (saves(plan, id, Kolumn::Totalt, "70 %"), analysed)
        })
        .await;
    }
}
