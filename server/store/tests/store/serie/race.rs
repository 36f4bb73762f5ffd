//! Two at once.

use std::collections::HashMap;

use domain::organisation::{Node, NodeKind};

use super::*;
use crate::race::{self, Law, Op, op};

type RaceWorld = race::World;

/// A series in a unit of its own: a unit has so many dimensions and no more.
async fn divided_serie(w: &RaceWorld) -> (Serie, Dimension) {
    w.now(async |tx| {
        let (node, parent) = (NodeId::new(), Some(w.unit));
        let (kind, name) = (NodeKind::Arbetsgrupp, node.to_string());
        let new = Node { id: node, parent, kind, name, active: true, version: 1 };
        store::organisation::create_node(tx, now(), &new).await.unwrap();
        let by = divided(tx, node, "Stadsdel", &["Bromma", "Kista"]).await;
        (made(tx, node, &[by.id]).await, by)
    })
    .await
}

fn fills(serie: &Serie, id: DimensionsvardeId, n: i64, seen: Option<i32>) -> Op {
    let (serie, new) = (serie.clone(), [ny(2, &[id], n)]);
    let place = (new[0].period, new[0].plats.clone());
    let seen = seen.map(|revision| HashMap::from([(place, revision)]));
    op!(|tx| siffra::write(tx, when(), &serie, Ursprung::Inskriven, &new, seen.as_ref()))
}

fn reads(serie: &Serie, import: SiffraImportId, id: DimensionsvardeId, n: i64) -> Op {
    let (serie, new) = (serie.clone(), [ny(2, &[id], n)]);
    op!(|tx| import::create(tx, when(), &serie, import, "hushall.csv", &new, Some(&HashMap::new())))
}

fn undoes(serie: &Serie, import: SiffraImportId) -> Op {
    let serie = serie.clone();
    op!(|tx| import::undo(tx, now(), &serie, import))
}

#[tokio::test]
async fn of_two_who_change_a_series_one_is_told() {
    for w in race::worlds().await {
        let w = &w;
        w.race("update", Law::One, async || {
            let (serie, _) = divided_serie(w).await;
            let new = |namn: &str| {
                let (serie, named) = (serie.clone(), Content { namn: namn.into(), ..serie.content.clone() });
                op!(|tx| serie::update(tx, now(), &serie, 1, &named))
            };
            (new("Alla"), new("Andra"))
        })
        .await;
        w.race("set_closed", Law::One, async || {
            let (serie, _) = divided_serie(w).await;
            let new = || {
                let serie = serie.clone();
                op!(|tx| serie::set_closed(tx, now(), &serie, 1, Some(today())))
            };
            (new(), new())
        })
        .await;
        w.race("values of a series that becomes another", Law::One, async || {
            let (serie, by) = divided_serie(w).await;
            let (other, flow) = (serie.clone(), Content { slag: Slag::Flode, ..serie.content.clone() });
            (fills(&serie, by.values[0].id, 316, None), op!(|tx| serie::update(tx, now(), &other, 1, &flow)))
        })
        .await;
        w.race("a series of a dimension that goes", Law::One, async || {
            let (unit, unused) =
                (w.unit, w.now(async |tx| divided(tx, w.unit, &Uuid::new_v4().to_string(), &["A"]).await).await);
            let new = content("Hushåll", &[unused.id]);
            (
                op!(|tx| serie::create(tx, now(), SerieId::new(), unit, &new)),
                op!(|tx| dimension::remove(tx, now(), &unused, unused.version)),
            )
        })
        .await;
    }
}

#[tokio::test]
async fn two_who_write_values_at_once_see_what_the_other_wrote() {
    for w in race::worlds().await {
        let w = &w;
        w.race("other values where nothing was", Law::One, async || {
            let (serie, by) = divided_serie(w).await;
            let id = by.values[0].id;
            (fills(&serie, id, 316, Some(0)), fills(&serie, id, 328, Some(0)))
        })
        .await;
        w.race("values of two places", Law::Both, async || {
            let (serie, by) = divided_serie(w).await;
            (fills(&serie, by.values[0].id, 316, Some(0)), fills(&serie, by.values[1].id, 328, Some(0)))
        })
        .await;
        w.race("a value of what is taken away", Law::One, async || {
            let (serie, by) = divided_serie(w).await;
            let id = by.values[0].id;
            (fills(&serie, id, 316, None), op!(|tx| dimension::remove_varde(tx, now(), &by, by.version, id)))
        })
        .await;
        w.race("one import, confirmed twice", Law::Both, async || {
            let (serie, by) = divided_serie(w).await;
            let (import, id) = (SiffraImportId::new(), by.values[0].id);
            (reads(&serie, import, id, 316), reads(&serie, import, id, 316))
        })
        .await;
        w.race("two imports of the same cells", Law::One, async || {
            let (serie, by) = divided_serie(w).await;
            let id = by.values[0].id;
            (reads(&serie, SiffraImportId::new(), id, 316), reads(&serie, SiffraImportId::new(), id, 328))
        })
        .await;
        let imported = async || {
            let (serie, by) = divided_serie(w).await;
            let (import, id) = (SiffraImportId::new(), by.values[0].id);
            w.now(async |tx| {
                let new = [ny(2, &[id], 316)];
                import::create(tx, when(), &serie, import, "hushall.csv", &new, None).await.unwrap();
            })
            .await;
            (serie, import, id)
        };
        w.race("undo", Law::Both, async || {
            let (serie, import, _) = imported().await;
            (undoes(&serie, import), undoes(&serie, import))
        })
        .await;
        w.race("undo of what is changed", Law::One, async || {
            let (serie, import, id) = imported().await;
            (undoes(&serie, import), fills(&serie, id, 328, Some(1)))
        })
        .await;
    }
}

#[tokio::test]
async fn of_two_who_change_a_dimension_one_is_told() {
    for w in race::worlds().await {
        let w = &w;
        let unit = w.unit;
        w.race("create of one name", Law::One, async || {
            let namn = Uuid::new_v4().to_string();
            let new = || {
                let namn = namn.clone();
                op!(|tx| dimension::create(tx, now(), DimensionId::new(), unit, &namn))
            };
            (new(), new())
        })
        .await;
        let change = |what: fn(&Dimension) -> Op| {
            async move || {
                let (_, by) = divided_serie(w).await;
                (what(&by), what(&by))
            }
        };
        let rename = |by: &Dimension| {
            let (by, namn) = (by.clone(), Uuid::new_v4().to_string());
            op!(|tx| dimension::rename(tx, now(), &by, by.version, &namn))
        };
        w.race("rename", Law::One, change(rename)).await;
        let add = |by: &Dimension| {
            let by = by.clone();
            op!(|tx| dimension::create_varde(tx, now(), &by, by.version, &varde("Farsta")))
        };
        w.race("create_varde", Law::One, change(add)).await;
        let alter = |by: &Dimension| {
            let (by, new) = (by.clone(), Dimensionsvarde { kod: "1".into(), ..by.values[0].clone() });
            op!(|tx| dimension::update_varde(tx, now(), &by, by.version, &new))
        };
        w.race("update_varde", Law::One, change(alter)).await;
        let step = |by: &Dimension| {
            let by = by.clone();
            op!(|tx| dimension::move_varde(tx, now(), &by, by.version, by.values[1].id, true))
        };
        w.race("move_varde", Law::One, change(step)).await;
        let take = |by: &Dimension| {
            let by = by.clone();
            op!(|tx| dimension::remove_varde(tx, now(), &by, by.version, by.values[1].id))
        };
        w.race("remove_varde", Law::One, change(take)).await;
        w.race("remove", Law::One, async || {
            let by = w.now(async |tx| divided(tx, unit, &Uuid::new_v4().to_string(), &["A"]).await).await;
            let new = || {
                let by = by.clone();
                op!(|tx| dimension::remove(tx, now(), &by, by.version))
            };
            (new(), new())
        })
        .await;
        let mut noted = None;
        w.race("note_kallas", Law::Both, async || {
            let (_, by) = divided_serie(w).await;
            noted = Some(by.id);
            let note = |namn: &'static str| {
                let by = by.clone();
                op!(|tx| dimension::note_kallas(tx, &by, by.values[0].id, namn))
            };
            (note("r-k"), note("rk"))
        })
        .await;
        let after = w.now(async |tx| dimension::get(tx, noted.unwrap()).await.unwrap()).await;
        let kallas = &after.values[0].kallas;
        assert_eq!(kallas.len(), 2, "{}: neither is lost: {kallas:?}", w.db);
    }
}
