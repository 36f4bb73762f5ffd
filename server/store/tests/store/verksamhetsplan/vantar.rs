//! What plans wait for, read of many at once, and åtgärder that come from what stands in a plan.

use chrono::Days;
use domain::{
    atgard::{self, Source},
    id::AtgardId,
    verksamhetsplan::{
        enhetsmal::vpgrupp::{GrupprapportId, VpgruppId},
        indikator::{self as indikator_domain, IndikatorId},
        plan::{
            kapitel,
            remiss::{Form, Om, SynpunktId},
        },
    },
};
use store::{
    Error, Tx,
    verksamhetsplan::{remiss, vantar},
};

use super::*;
use crate::plan::World;

/// A plan of a unit with a goal of its own.
async fn planned(tx: &mut Tx, node: NodeId, year: i32) -> (PlanId, MalId) {
    let id = verksamhetsplan::create(tx, now(), PlanId::new(), (node, year), Benamning::Enhetsmal).await.unwrap();
    let mal = MalId::new();
    let own = goal(Niva::Enhetsmal, "", "Egen försörjning");
    verksamhetsplan::mal::create(tx, now(), id, (mal, None), &own).await.unwrap();
    (id, mal)
}

async fn measured(tx: &mut Tx, (plan, mal): (PlanId, MalId), namn: &str) -> IndikatorId {
    let form = indikator_domain::Form {
        namn: namn.into(),
        arsmal: "75 %".into(),
        riktning: "hogre".into(),
        periodicitet: "tertial".into(),
        ..indikator_domain::Form::default()
    };
    let (id, content) = (IndikatorId::new(), indikator_domain::check(&form, None).unwrap());
    verksamhetsplan::indikator::create(tx, now(), plan, (id, mal), &content).await.unwrap();
    id
}

#[tokio::test]
async fn plans_with_their_indikatorer_and_chapters_are_read_of_many_nodes_at_once() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let first = planned(&mut tx, world.unit, 2022).await;
        let second = planned(&mut tx, world.other, 2022).await;
        let later = planned(&mut tx, world.unit, 2024).await;
        let names = ["Andel i arbete", "Tid till beslut"];
        let own = [measured(&mut tx, first, names[0]).await, measured(&mut tx, first, names[1]).await];
        measured(&mut tx, second, "Andel med plan").await;
        let nodes = [world.unit, world.other];
        let found = vantar::planer(&mut tx, &nodes, (2021, 2023)).await.unwrap();
        let ids: Vec<PlanId> = found.iter().map(|plan| plan.id).collect();
        assert!(ids.contains(&first.0) && ids.contains(&second.0) && !ids.contains(&later.0), "{db}");
        let alone = vantar::planer(&mut tx, &nodes[..1], (2021, 2024)).await.unwrap();
        assert_eq!(alone.iter().map(|plan| plan.id).collect::<Vec<_>>(), [first.0, later.0], "{db}: by year");
        let all = vantar::indikatorer(&mut tx, &ids).await.unwrap();
        assert_eq!(all.len(), 3, "{db}");
        let listed = verksamhetsplan::indikator::list(&mut tx, first.0).await.unwrap();
        let of_first: Vec<_> = all.into_iter().filter(|one| one.plan == first.0).collect();
        assert_eq!(of_first, listed, "{db}: as the plan itself has them");
        assert_eq!(of_first.iter().map(|one| one.indikator.id).collect::<Vec<_>>(), own, "{db}");
        // each plan begins with its chapters
        let chapters = vantar::kapitel(&mut tx, &[first.0]).await.unwrap();
        let done = chapters[0].clone();
        let written = kapitel::Content { text: "Enheten sparar på papper.".into(), ..done.content };
        let at = (done.id, done.version);
        verksamhetsplan::kapitel::update(&mut tx, now(), first.0, at, &written).await.unwrap();
        let at = (done.id, done.version + 1);
        verksamhetsplan::kapitel::set_klart(&mut tx, now(), first.0, at, true).await.unwrap();
        let left = vantar::kapitel(&mut tx, &[first.0]).await.unwrap();
        assert_eq!(left.len() + 1, chapters.len(), "{db}");
        assert_eq!(chapters.len(), kapitel::FORE_MALEN.len() + kapitel::EFTER_MALEN.len(), "{db}");
        assert!(vantar::indikatorer(&mut tx, &[]).await.unwrap().is_empty(), "{db}");
        assert!(vantar::kapitel(&mut tx, &[]).await.unwrap().is_empty(), "{db}");
        assert!(vantar::planer(&mut tx, &[], (2021, 2023)).await.unwrap().is_empty(), "{db}");
    }
}

#[tokio::test]
async fn a_member_is_told_of_the_groups_of_the_year_with_what_they_wrote_last() {
    for (db, world) in worlds().await {
        let member = world.person(Role::Medarbetare, world.unit).await;
        let mut tx = world.store.system(true).await.unwrap();
        let (plan, mal) = planned(&mut tx, world.unit, 2022).await;
        let (own, others) = (VpgruppId::new(), VpgruppId::new());
        let of = |namn: &str, who: Vec<_>| (namn.to_owned(), vec![mal], who);
        let new = of("Unga vuxna", vec![member.person]);
        verksamhetsplan::vpgrupp::create(&mut tx, now(), plan, own, &new).await.unwrap();
        verksamhetsplan::vpgrupp::create(&mut tx, now(), plan, others, &of("Våld", vec![])).await.unwrap();
        tx.act_as(member.person);
        let on = now().date_naive();
        for (days, text) in [(40, "Tre har börjat"), (0, "Fyra har börjat")] {
            let (id, when) = (GrupprapportId::new(), (now(), on - Days::new(days)));
            let of = (id, own, mal);
            verksamhetsplan::vpgrupp::create_rapport(&mut tx, when, plan, of, text, false).await.unwrap();
        }
        let found = vantar::grupper(&mut tx, member.person, 2022).await.unwrap();
        assert_eq!(found.len(), 1, "{db}: her own alone");
        assert_eq!((found[0].plan.id, found[0].grupp.id), (plan, own), "{db}");
        assert_eq!(found[0].skrivet.get(&mal), Some(&on), "{db}: the last of them");
        assert!(vantar::grupper(&mut tx, member.person, 2023).await.unwrap().is_empty(), "{db}");
    }
}

#[tokio::test]
async fn of_the_plans_on_remiss_those_are_known_that_a_person_has_said_something_of() {
    for (db, world) in worlds().await {
        let who = world.person(Role::Medarbetare, world.unit).await.person;
        let another = world.person(Role::Medarbetare, world.unit).await.person;
        let mut tx = world.store.system(true).await.unwrap();
        let (first, _) = planned(&mut tx, world.unit, 2022).await;
        let (second, _) = planned(&mut tx, world.other, 2022).await;
        let today = now().date_naive();
        let form = Form { till: domain::format::date(today) };
        remiss::set(&mut tx, (now(), today), (first, 1), &form).await.unwrap();
        let om = Om::Kapitel(verksamhetsplan::kapitel::list(&mut tx, first).await.unwrap()[0].id).code();
        tx.act_as(who);
        for text in ["Bra", "Skriv mer"] {
            remiss::create(&mut tx, (now(), today), first, SynpunktId::new(), (&om, text)).await.unwrap();
        }
        let both = [first, second];
        let said = vantar::sagt(&mut tx, who, &both).await.unwrap();
        assert_eq!(said.into_iter().collect::<Vec<_>>(), [first], "{db}");
        assert!(vantar::sagt(&mut tx, another, &both).await.unwrap().is_empty(), "{db}");
        assert!(vantar::sagt(&mut tx, who, &[]).await.unwrap().is_empty(), "{db}");
    }
}

/// An åtgärd of a source.
async fn decided(tx: &mut Tx, world: &World, source: Source) -> AtgardId {
    let form = atgard::Form {
        title: "Ny rutin för uppföljning".into(),
        responsible: "roll:enhetschef".into(),
        due: "2022-06-30".into(),
        ..atgard::Form::default()
    };
    let (id, today) = (AtgardId::new(), now().date_naive());
    let content = atgard::check(&form, today).unwrap();
    store::atgard::create(tx, now(), today, id, world.unit, source, &content).await.unwrap();
    id
}

#[tokio::test]
async fn an_atgard_of_what_stands_in_a_plan_knows_the_plan_until_it_is_gone() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let mut tx = world.store.system(true).await.unwrap();
        let (plan, mal) = planned(&mut tx, world.unit, 2022).await;
        let indikator = measured(&mut tx, (plan, mal), "Andel i arbete").await;
        for source in [Source::Indikator(indikator), Source::Enhetsmal(mal)] {
            assert_eq!(store::atgard::node_of_source(&mut tx, source).await.unwrap(), Some(world.unit), "{db}");
            assert_eq!(store::atgard::plan_of_source(&mut tx, source).await.unwrap(), Some(plan), "{db}");
            let id = decided(&mut tx, &world, source).await;
            let of_source = store::atgard::of_source(&mut tx, &chef, source).await.unwrap();
            assert_eq!(of_source.iter().map(|a| a.id).collect::<Vec<_>>(), [id], "{db}: from the page of its source");
            assert_eq!((of_source[0].source, of_source[0].source_plan), (source, Some(plan)), "{db}: and back");
        }
        let gone = Source::Indikator(IndikatorId::new());
        assert!(matches!(store::atgard::node_of_source(&mut tx, gone).await, Err(Error::NotFound)), "{db}");
        assert!(matches!(store::atgard::plan_of_source(&mut tx, gone).await, Err(Error::NotFound)), "{db}");
        assert_eq!(store::atgard::plan_of_source(&mut tx, Source::Egen).await.unwrap(), None, "{db}");
        let version = verksamhetsplan::indikator::get(&mut tx, plan, indikator).await.unwrap().indikator.version;
        verksamhetsplan::indikator::remove(&mut tx, now(), plan, indikator, version).await.unwrap();
        let left = store::atgard::of_source(&mut tx, &chef, Source::Indikator(indikator)).await.unwrap();
        assert_eq!((left.len(), left[0].source_plan), (1, None), "{db}: what was decided stays");
    }
}
