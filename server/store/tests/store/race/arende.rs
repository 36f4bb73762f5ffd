//! Cases, their files and who handles them, and what a unit sets.

use domain::{
    avvikelse::{Arende, Innehall, Kanal, Kategori, Kind, arende::Bilaga, intake::Inkommet, register::Counts},
    id::{AvvikelseId, BilagaId},
};
use store::avvikelse::{self, bilaga, installning};

use super::{Law, Op, World, day, now, op, today, worlds};

fn klagomal() -> Innehall {
    Innehall::Inkommet(Inkommet {
        what: "Lång väntan i telefon".into(),
        on: day(11, 10),
        kanal: Kanal::Telefon,
        kategori: Kategori::ALL[0],
        positive: false,
        kind: Kind::Klagomal,
        contact: None,
    })
}

async fn made(w: &World) -> AvvikelseId {
    let id = AvvikelseId::new();
    w.now(async |tx| avvikelse::create(tx, now(), today(), id, w.unit, klagomal()).await.unwrap()).await;
    id
}

async fn case(w: &World, id: AvvikelseId) -> Arende {
    w.now(async |tx| avvikelse::handle(tx, now(), &w.chef, id).await.unwrap().0).await
}

fn file() -> Bilaga {
    Bilaga {
        id: BilagaId::new(),
        name: "brev.pdf".into(),
        media: "application/pdf".into(),
        size: 3,
        removed: vec![],
        who: String::new(),
        at: now(),
    }
}

/// As the server functions do it: the case is opened, changed and saved in one transaction.
async fn save(
    tx: &mut store::Tx,
    w: &std::sync::Arc<domain::person::Actor>,
    id: AvvikelseId,
    version: i64,
    outcome: &str,
) -> store::Result<()> {
    let (before, _) = avvikelse::handle(tx, now(), w, id).await?;
    let after = Arende { outcome: outcome.to_owned(), ..before.clone() };
    avvikelse::save(tx, now(), &before, &after, version, ("Ändrad", "")).await
}

#[tokio::test]
async fn of_two_who_write_the_same_case_one_is_told() {
    for w in worlds().await {
        let w = &w;
        let unit = w.unit;
        w.race("the same report", Law::Both, async || {
            let id = AvvikelseId::new();
            let new = || op!(|tx| avvikelse::create(tx, now(), today(), id, unit, klagomal()));
            (new(), new())
        })
        .await;
        w.race("two reports", Law::Both, async || {
            let new = || op!(|tx| avvikelse::create(tx, now(), today(), AvvikelseId::new(), unit, klagomal()));
            (new(), new())
        })
        .await;
        let id = made(w).await;
        w.race("save", Law::One, async || {
            let v = case(w, id).await.version;
            let new = |outcome: &'static str| {
                let chef = w.chef.clone();
                op!(|tx| save(tx, &chef, id, v, outcome))
            };
            (new("Ett"), new("Två"))
        })
        .await;
        w.race("add", Law::Both, async || {
            let id = made(w).await;
            let new = |text: &'static str| {
                let chef = w.chef.clone();
                op!(|tx| avvikelse::add(tx, now(), &chef, id, text))
            };
            (new("Det hände igen"), new("Nyckeln är hittad"))
        })
        .await;
        w.race("set_handler", Law::Both, async || {
            let new = |asked| {
                let (chef, staff) = (w.chef.clone(), w.staff.clone());
                op!(|tx| async {
                    let (case, _) = avvikelse::handle(tx, now(), &chef, id).await?;
                    avvikelse::set_handler(tx, now(), &case, (staff.person, &staff.name), asked).await
                })
            };
            (new(true), new(false))
        })
        .await;
        let attach = |file: Bilaga| -> Op {
            let chef = w.chef.clone();
            op!(|tx| async {
                let (case, _) = avvikelse::handle(tx, now(), &chef, id).await?;
                bilaga::create(tx, now(), &case, &file, vec![1, 2, 3]).await
            })
        };
        for _ in 1..bilaga::MOST {
            let attach = attach(file());
            w.now(async |tx| attach(tx).await.unwrap()).await;
        }
        w.race("the last file and its removal", Law::One, async || {
            let all = w.now(async |tx| bilaga::list(tx, id).await.unwrap()).await;
            if i64::try_from(all.len()).unwrap() == bilaga::MOST {
                let case = case(w, id).await;
                w.now(async |tx| bilaga::remove(tx, now(), &case, all[0].id).await.unwrap()).await;
            }
            (attach(file()), attach(file()))
        })
        .await;
        w.race("remove a file", Law::One, async || {
            let gone = w.now(async |tx| bilaga::list(tx, id).await.unwrap()).await[0].id;
            let chef = w.chef.clone();
            let refill = w.now(async |tx| bilaga::list(tx, id).await.unwrap()).await.len() < 2;
            if refill {
                let attach = attach(file());
                w.now(async |tx| attach(tx).await.unwrap()).await;
            }
            let new = || {
                let chef = chef.clone();
                op!(|tx| async {
                    let (case, _) = avvikelse::handle(tx, now(), &chef, id).await?;
                    bilaga::remove(tx, now(), &case, gone).await
                })
            };
            (new(), new())
        })
        .await;
        w.race("installning::update", Law::One, async || {
            let standing = w.now(async |tx| installning::get(tx, unit).await.unwrap()).await;
            let new = || {
                let standing = standing.clone();
                op!(|tx| installning::update(tx, now(), unit, &standing))
            };
            (new(), new())
        })
        .await;
        w.race("set_year", Law::Both, async || {
            let new = || {
                let counts = Counts { total: 7, ..Counts::default() };
                op!(|tx| installning::set_year(tx, now(), unit, 2024, Some(&counts)))
            };
            (new(), new())
        })
        .await;
    }
}
