//! Goals: changed, moved and removed by who owns them; on SQLite and PostgreSQL.

use domain::{
    import::Table,
    table::{TYPED, records},
    verksamhetsplan::mal::Trad,
};
use store::{Error, Tx, verksamhetsplan::mal};

use super::*;

/// A city and a unit of it, each with a plan of 2026.
pub struct Planer {
    pub top: PlanId,
    pub plan: PlanId,
    pub unit: NodeId,
}

pub async fn planer(tx: &mut Tx, above: Option<NodeId>) -> Planer {
    let (stad, unit) = (node(tx, above, NodeKind::Avdelning).await, NodeId::new());
    let unit = {
        let new = Node {
            id: unit,
            parent: Some(stad),
            kind: NodeKind::Enhet,
            name: unit.to_string(),
            active: true,
            version: 1,
        };
        store::organisation::create_node(tx, now(), &new).await.unwrap();
        unit
    };
    let mut plan = async |node| {
        let year = (node, 2026);
        verksamhetsplan::create(tx, now(), PlanId::new(), year, Benamning::Atagande).await.unwrap()
    };
    let (top, plan) = (plan(stad).await, plan(unit).await);
    Planer { top, plan, unit }
}

async fn node(tx: &mut Tx, parent: Option<NodeId>, kind: NodeKind) -> NodeId {
    let id = NodeId::new();
    let new = Node { id, parent, kind, name: id.to_string(), active: true, version: 1 };
    store::organisation::create_node(tx, now(), &new).await.unwrap();
    id
}

pub async fn made(tx: &mut Tx, plan: PlanId, niva: Niva, titel: &str, under: Option<MalId>) -> MalId {
    let id = MalId::new();
    mal::create(tx, now(), plan, (id, under), &goal(niva, "", titel)).await.unwrap();
    id
}

async fn trad(tx: &mut Tx, of: &Planer) -> Trad {
    mal::trad(tx, of.unit, 2026).await.unwrap()
}

fn titles(trad: &Trad) -> Vec<(usize, String)> {
    trad.walk().into_iter().map(|post| (post.djup, post.mal.content.titel.clone())).collect()
}

/// The sentence that it was refused with.
pub fn refused<T: std::fmt::Debug>(done: Result<T, Error>) -> String {
    match done {
        Err(Error::Invalid(faults)) => faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join(" "),
        other => panic!("was not refused in words: {other:?}"),
    }
}

#[tokio::test]
async fn a_goal_is_moved_by_its_unit_and_neither_under_its_own_nor_by_another() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let kf = made(&mut tx, of.top, Niva::KfMal, "Självförsörjande", None).await;
        let namnd = made(&mut tx, of.plan, Niva::Namndmal, "Egen försörjning", Some(kf)).await;
        let first = made(&mut tx, of.plan, Niva::Enhetsmal, "Planering", Some(namnd)).await;
        let second = made(&mut tx, of.plan, Niva::Enhetsmal, "Färdsätt", Some(namnd)).await;
        mal::move_to(&mut tx, now(), of.plan, (second, 1), (Some(namnd), Some(first))).await.unwrap();
        let order = |n: usize, titel: &str| (n, titel.to_owned());
        let kf_titel = order(0, "Självförsörjande");
        let moved = [kf_titel.clone(), order(1, "Egen försörjning"), order(2, "Färdsätt"), order(2, "Planering")];
        assert_eq!(titles(&trad(&mut tx, &of).await), moved, "{db}");
        let late = mal::move_to(&mut tx, now(), of.plan, (second, 1), (Some(kf), None)).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}: it has moved meanwhile");
        mal::move_to(&mut tx, now(), of.plan, (second, 2), (Some(kf), None)).await.unwrap();
        let up = [kf_titel, order(1, "Egen försörjning"), order(2, "Planering"), order(1, "Färdsätt")];
        assert_eq!(titles(&trad(&mut tx, &of).await), up, "{db}: a level can be passed by");
        let own = refused(mal::move_to(&mut tx, now(), of.plan, (namnd, 1), (Some(first), None)).await);
        assert!(own.contains("kan inte också ligga över det"), "{db}: {own}");
        let foreign = mal::move_to(&mut tx, now(), of.plan, (kf, 1), (None, None)).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{db}: the goal is the city's");
    }
}

#[tokio::test]
async fn a_goal_changes_its_level_only_where_what_lies_over_and_under_it_lets_it() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let kf = made(&mut tx, of.top, Niva::KfMal, "Självförsörjande", None).await;
        let own = made(&mut tx, of.plan, Niva::Namndmal, "Egen försörjning", Some(kf)).await;
        let said = refused(mal::update(&mut tx, now(), of.plan, (own, 1), &goal(Niva::KfMal, "", "Egen")).await);
        assert!(said.contains("kan inte ligga under"), "{db}: {said}");
        // the unit's goal lies under the city's, which does not see it
        let said = refused(mal::update(&mut tx, now(), of.top, (kf, 1), &goal(Niva::Namndmal, "", "Själv")).await);
        assert!(said.contains("Flytta dem först"), "{db}: {said}");
        mal::update(&mut tx, now(), of.plan, (own, 1), &goal(Niva::Enhetsmal, "", "Egen")).await.unwrap();
        let again = mal::update(&mut tx, now(), of.plan, (own, 1), &goal(Niva::Enhetsmal, "", "Egna")).await;
        assert!(matches!(again, Err(Error::Conflict)), "{db}");
    }
}

#[tokio::test]
async fn a_goal_that_something_hangs_on_stays_and_what_it_is_is_said() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let kf = made(&mut tx, of.top, Niva::KfMal, "Självförsörjande", None).await;
        let own = made(&mut tx, of.plan, Niva::Enhetsmal, "Egen försörjning", Some(kf)).await;
        let said = refused(mal::remove(&mut tx, now(), of.top, (kf, 1)).await);
        assert!(said.contains("målet ”Egen försörjning”"), "{db}: {said}");
        let foreign = mal::remove(&mut tx, now(), of.plan, (kf, 1)).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{db}");
        mal::remove(&mut tx, now(), of.plan, (own, 1)).await.unwrap();
        mal::remove(&mut tx, now(), of.top, (kf, 1)).await.unwrap();
        assert!(trad(&mut tx, &of).await.is_empty(), "{db}");
    }
}

/// The chain of a plan of 2014, as it was written.
pub fn sodermalm() -> Table {
    let mut table = Table::default();
    let text = include_str!("../../../../web/demo/malkedja-sodermalm-2014.csv");
    for record in records(text, TYPED) {
        table.push(record.line, record.cells);
    }
    table
}
