//! The tables of a plan: read in whole, once, as they were shown; undone whole, unless somebody has changed something of them since; on SQLite
//! and PostgreSQL.

use domain::{
    atgard,
    id::AtgardId,
    import::Table,
    siffror::inlasning::Svar,
    table::{TYPED, records},
    verksamhetsplan::{
        indikator::{Form, IndikatorId, Utfallsperiod, check},
        inlasning::{Mot, PlanimportId, Tabellslag, igenkand},
        mal::Trad,
    },
};
use store::{
    Error, Tx,
    verksamhetsplan::{
        enhetsmal, indikator,
        inlasning::{self, Arets, Inlast, Ny, angra},
        mal, stangning,
        utfall::{self, Matade},
    },
};

use super::{
    mal::{planer, sodermalm},
    *,
};
use crate::race::{self, Law, Op, op};

pub const BROUGHT: Brought = Brought {
    kept: &[("verksamhetsplan::inlasning::las_in", Held), ("verksamhetsplan::inlasning::angra::undo", Held)],
    makes: &[(
        "verksamhetsplan::inlasning::las_in",
        make!(|tx, w, id, text| {
            // a plan of its own for each id: in one that is filled already the same table would do something else
            let year = 3_000_000 + i32::try_from(id.as_u128() % 10_000_000).unwrap_or_default();
            let of = (w.unit, year);
            let plan = verksamhetsplan::create(tx, sent::now(), PlanId::new(), of, Benamning::Enhetsmal).await?;
            let table = of_text(&format!("Nivå;Mål\nEnhetsmål;{text}"));
            let mut mot = inlasning::mot(tx, plan, &Arets::new()).await?;
            mot.trad = Trad::default();
            let sett = mot.las(Tabellslag::Mal, &table, &Svar::default()).unwrap().sett();
            let (svar, id) = (Svar::default(), PlanimportId(id));
            let ny = Ny { id, slag: Tabellslag::Mal, rubrik: text, table: &table, svar: &svar, sett: &sett, skal: "" };
            inlasning::las_in(tx, (sent::now(), sent::today()), plan, &ny, &Arets::new()).await.map(drop)
        }),
    )],
};

const INDIKATORER: &str = "Mål;Indikator;Enhet;Riktning;Årsmål;Periodicitet
Individen har ett varaktigt boende;Andel ej verkställda vräkningshot;%;högre;95;År
1.2;Andel barn i familjer med bistånd;%;lägre;0,8;Tertial";
const UTFALL: &str = "Indikator;Period;Utfall;Kommentar
Andel barn i familjer med bistånd;T1;0,9 %;Något fler
Andel ej verkställda vräkningshot;VB;96 %;";
const FORVANTAT: &str = "Mål;Förväntat resultat;Jämförelse;Målvärde;Enhet
Vräkningshotade personer bor kvar;Vräkningar;Högst;5;st";
const AKTIVITETER: &str = "Mål;Aktivitet;Startdatum;Slutdatum
Vräkningshotade personer bor kvar;Följa enhetens plan;2026-01-01;2026-12-31";

fn of_text(text: &str) -> Table {
    let mut table = Table::default();
    for record in records(text, TYPED) {
        table.push(record.line, record.cells);
    }
    table
}

async fn mot(tx: &mut Tx, plan: PlanId) -> Mot {
    inlasning::mot(tx, plan, &Arets::new()).await.unwrap()
}

/// The word of what a table would do now.
async fn sett(tx: &mut Tx, plan: PlanId, table: &Table) -> String {
    mot(tx, plan).await.las(igenkand(table).unwrap(), table, &Svar::default()).unwrap().sett()
}

async fn read(
    tx: &mut Tx,
    plan: PlanId,
    id: PlanimportId,
    (table, sett, skal): (&Table, &str, &str),
) -> Result<Inlast, Error> {
    let (slag, svar) = (igenkand(table).unwrap(), Svar::default());
    let ny = Ny { id, slag, rubrik: "tabell.csv", table, svar: &svar, sett, skal };
    inlasning::las_in(tx, (now(), now().date_naive()), plan, &ny, &Arets::new()).await
}

/// Reads a table in as it is shown now.
async fn take(tx: &mut Tx, plan: PlanId, table: &Table) -> PlanimportId {
    let (id, shown) = (PlanimportId::new(), sett(tx, plan, table).await);
    let inlast = read(tx, plan, id, (table, &shown, "")).await.unwrap();
    assert!(!inlast.is_empty());
    id
}

fn said<T: std::fmt::Debug>(done: Result<T, Error>) -> String {
    match done {
        Err(Error::Invalid(faults)) => faults.into_iter().map(|f| f.message).collect::<Vec<_>>().join(" "),
        other => panic!("was not refused in words: {other:?}"),
    }
}

fn counts(mot: &Mot) -> Vec<usize> {
    mot.blad().iter().map(|(_, rows)| rows.len()).collect()
}

#[tokio::test]
async fn a_chain_is_read_in_once_and_another_time_makes_nothing() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let (table, id) = (sodermalm(), PlanimportId::new());
        let shown = sett(&mut tx, of.plan, &table).await;
        let all = Inlast { nya: 27, andrade: 0 };
        for _ in 0..2 {
            assert_eq!(read(&mut tx, of.plan, id, (&table, &shown, "")).await.unwrap(), all, "{db}: sent twice");
        }
        let there = mot(&mut tx, of.plan).await.trad;
        assert_eq!((there.per_niva(), there.fel()), ([3, 5, 9, 10], [].as_slice()), "{db}");
        let again = read(&mut tx, of.plan, PlanimportId::new(), (&table, &shown, "")).await;
        assert!(matches!(again, Err(Error::Conflict)), "{db}: it is not what was shown any more");
        let shown = sett(&mut tx, of.plan, &table).await;
        let none = read(&mut tx, of.plan, PlanimportId::new(), (&table, &shown, "")).await.unwrap();
        assert!(none.is_empty(), "{db}");
        assert_eq!(angra::list(&mut tx, of.plan).await.unwrap().len(), 1, "{db}: what made nothing is no import");
    }
}

#[tokio::test]
async fn every_kind_is_read_in_and_undone_and_nothing_is_left_of_it() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let mut taken = vec![take(&mut tx, of.plan, &sodermalm()).await];
        for text in [INDIKATORER, UTFALL, FORVANTAT, AKTIVITETER] {
            taken.push(take(&mut tx, of.plan, &of_text(text)).await);
        }
        assert_eq!(counts(&mot(&mut tx, of.plan).await), [27, 2, 2, 1, 1], "{db}");
        // what something hangs on stays, and with it all of the import
        let built_on = said(angra::undo(&mut tx, now(), of.plan, taken[1]).await);
        assert!(built_on.contains("Indikatorn har utfall"), "{db}: {built_on}");
        for id in taken.into_iter().rev() {
            for _ in 0..2 {
                let undone = angra::undo(&mut tx, now(), of.plan, id).await.unwrap();
                assert!(undone.undone_at.is_some(), "{db}");
            }
        }
        assert_eq!(counts(&mot(&mut tx, of.plan).await), [0, 0, 0, 0, 0], "{db}");
        let foreign = angra::undo(&mut tx, now(), of.top, PlanimportId::new()).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{db}");
    }
}

#[tokio::test]
async fn an_import_that_somebody_has_changed_something_of_is_not_undone_nor_one_of_the_day_before() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let goals = take(&mut tx, of.plan, &sodermalm()).await;
        let own = mot(&mut tx, of.plan).await.trad.of_niva(Niva::Enhetsmal)[0].clone();
        // a text of a goal would go with it
        let texts =
            domain::verksamhetsplan::enhetsmal::Content { arbetssatt: "Vi träffas".into(), ..Default::default() };
        enhetsmal::update(&mut tx, now(), of.plan, (own.id, 0), &texts).await.unwrap();
        tx.commit().await.unwrap();
        // what is refused half way is not committed
        let mut tx = world.store.system(true).await.unwrap();
        let refused = said(angra::undo(&mut tx, now(), of.plan, goals).await);
        drop(tx);
        let mut tx = world.store.system(true).await.unwrap();
        assert!(refused.starts_with("Något av det som lästes in har ändrats efteråt"), "{db}: {refused}");
        let expected = take(&mut tx, of.plan, &of_text(FORVANTAT)).await;
        let late = angra::undo(&mut tx, now() + chrono::TimeDelta::hours(25), of.plan, expected).await;
        assert!(said(late).contains("äldre än ett dygn"), "{db}");
        angra::undo(&mut tx, now(), of.plan, expected).await.unwrap();
        let title = domain::verksamhetsplan::mal::Content { titel: "Annan".into(), ..own.content.clone() };
        mal::update(&mut tx, now(), of.plan, (own.id, 1), &title).await.unwrap();
        assert!(matches!(angra::undo(&mut tx, now(), of.plan, goals).await, Err(Error::Invalid(_))), "{db}");
    }
}

#[tokio::test]
async fn an_outcome_that_was_written_over_stands_again_and_a_closed_period_wants_a_reason() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        for text in [INDIKATORER, UTFALL] {
            if text == INDIKATORER {
                take(&mut tx, of.plan, &sodermalm()).await;
            }
            take(&mut tx, of.plan, &of_text(text)).await;
        }
        let before = mot(&mut tx, of.plan).await.utfall;
        let over = of_text("Indikator;Period;Utfall\nAndel barn i familjer med bistånd;T1;1,2 %");
        let second = take(&mut tx, of.plan, &over).await;
        assert_ne!(mot(&mut tx, of.plan).await.utfall, before, "{db}");
        angra::undo(&mut tx, now(), of.plan, second).await.unwrap();
        assert_eq!(mot(&mut tx, of.plan).await.utfall, before, "{db}");
        // somebody has typed in the cell since
        let third = take(&mut tx, of.plan, &over).await;
        let id: IndikatorId = indikator::list(&mut tx, of.plan).await.unwrap()[1].indikator.id;
        let t1 = Utfallsperiod::tertial_1(2026);
        let kolumn = domain::verksamhetsplan::indikator::ruta::Kolumn::Totalt;
        let cell = utfall::Cell { id, kolumn, text: "1,3 %".into(), was: "1,2".into() };
        let written = utfall::save(&mut tx, now(), (of.plan, t1), (&[cell], ""), &Matade::new()).await.unwrap();
        assert_eq!(written.andrade, 1, "{db}: {written:?}");
        assert!(said(angra::undo(&mut tx, now(), of.plan, third).await).starts_with("Något av det"), "{db}");
        let day = now().date_naive();
        stangning::close(&mut tx, (now(), day), (of.plan, t1), &Matade::new()).await.unwrap();
        let shown = sett(&mut tx, of.plan, &over).await;
        let (id, other) = (PlanimportId::new(), PlanimportId::new());
        let bare = read(&mut tx, of.plan, id, (&over, &shown, "")).await;
        assert!(said(bare).contains("Perioden är stängd"), "{db}");
        let standing = mot(&mut tx, of.plan).await.utfall;
        let inlast = read(&mut tx, of.plan, other, (&over, &shown, "Räknat fel")).await.unwrap();
        assert_eq!(inlast, Inlast { nya: 0, andrade: 1 }, "{db}");
        // it is reported: what is taken back is a revision, and says the same as before
        angra::undo(&mut tx, now(), of.plan, other).await.unwrap();
        assert_eq!(mot(&mut tx, of.plan).await.utfall, standing, "{db}");
        let own = indikator::list(&mut tx, of.plan).await.unwrap()[1].indikator.id;
        assert_eq!(utfall::alla(&mut tx, own).await.unwrap().len(), 3, "{db}");
    }
}

#[tokio::test]
async fn what_is_given_back_in_a_period_that_has_been_closed_is_judged_by_what_was_reported() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        take(&mut tx, of.plan, &sodermalm()).await;
        for text in [INDIKATORER, UTFALL] {
            take(&mut tx, of.plan, &of_text(text)).await;
        }
        let over =
            take(&mut tx, of.plan, &of_text("Indikator;Period;Utfall\nAndel barn i familjer med bistånd;T1;1,2 %"))
                .await;
        let own = indikator::list(&mut tx, of.plan).await.unwrap().remove(1);
        let (id, then) = (own.indikator.id, own.indikator.content.clone());
        let t1 = Utfallsperiod::tertial_1(2026);
        let when = (now(), now().date_naive());
        stangning::close(&mut tx, when, (of.plan, t1), &Matade::new()).await.unwrap();
        let form = Form { arsmal: "0,9 %".into(), ..then.form() };
        let later = check(&form, None).unwrap();
        indikator::update(&mut tx, now(), of.plan, (id, own.mal), own.indikator.version, &later).await.unwrap();
        angra::undo(&mut tx, now(), of.plan, over).await.unwrap();
        let stands = utfall::alla(&mut tx, id).await.unwrap().remove(0);
        assert!(stands.gallande && stands.utfall.analys == "Något fler", "{db}: {stands:?}");
        assert_eq!(stands.utfall.bedoms_av(&later).arsmal, then.arsmal, "{db}");
    }
}

#[tokio::test]
async fn an_import_of_which_an_atgard_has_been_decided_is_not_undone() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        take(&mut tx, of.plan, &sodermalm()).await;
        let own = take(&mut tx, of.plan, &of_text(INDIKATORER)).await;
        let id = indikator::list(&mut tx, of.plan).await.unwrap()[1].indikator.id;
        let form = atgard::Form {
            title: "Ny rutin".into(),
            responsible: "roll:enhetschef".into(),
            due: "2026-12-31".into(),
            ..atgard::Form::default()
        };
        let today = now().date_naive();
        let (todo, content) = (AtgardId::new(), atgard::check(&form, today).unwrap());
        let source = atgard::Source::Indikator(id);
        store::atgard::create(&mut tx, now(), today, todo, of.unit, source, &content).await.unwrap();
        let refused = said(angra::undo(&mut tx, now(), of.plan, own).await);
        assert!(refused.contains("Åtgärden ”Ny rutin”"), "{db}: {refused}");
        assert_eq!(indikator::list(&mut tx, of.plan).await.unwrap().len(), 2, "{db}: all of it stays");
    }
}

#[tokio::test]
async fn of_two_who_read_in_or_undo_at_once_one_is_told() {
    for w in race::worlds().await {
        let w = &w;
        w.race("las_in", Law::One, async || {
            let of = w.now(async |tx| planer(tx, Some(w.unit)).await).await;
            let shown = w.now(async |tx| sett(tx, of.plan, &sodermalm()).await).await;
            let new = || {
                let (plan, table, shown, id) = (of.plan, sodermalm(), shown.clone(), PlanimportId::new());
                let svar = Svar::default();
                op!(|tx| async {
                    let (slag, rubrik) = (Tabellslag::Mal, "mal.csv");
                    let ny = Ny { id, slag, rubrik, table: &table, svar: &svar, sett: &shown, skal: "" };
                    inlasning::las_in(tx, (now(), now().date_naive()), plan, &ny, &Arets::new()).await
                })
            };
            (new(), new())
        })
        .await;
        let imported = async || {
            w.now(async |tx| {
                let of = planer(tx, Some(w.unit)).await;
                let id = take(tx, of.plan, &of_text("Nivå;Mål\nEnhetsmål;Egen försörjning")).await;
                let own = mal::trad(tx, of.unit, 2026).await.unwrap().of_niva(Niva::Enhetsmal)[0].id;
                (of.plan, id, own)
            })
            .await
        };
        let undoes = |plan: PlanId, id: PlanimportId| -> Op { op!(|tx| angra::undo(tx, now(), plan, id)) };
        w.race("undo", Law::Both, async || {
            let (plan, id, _) = imported().await;
            (undoes(plan, id), undoes(plan, id))
        })
        .await;
        w.race("undo of what is changed", Law::One, async || {
            let (plan, id, own) = imported().await;
            let changed = goal(Niva::Enhetsmal, "", "Fler försörjer sig");
            (undoes(plan, id), op!(|tx| mal::update(tx, now(), plan, (own, 1), &changed)))
        })
        .await;
        w.race("undo of what something is laid under", Law::One, async || {
            let (plan, id, own) = imported().await;
            let content =
                domain::verksamhetsplan::forvantat::Content { text: "Vräkningar".into(), ..Default::default() };
            let new = domain::verksamhetsplan::forvantat::ForvantatId::new();
            (undoes(plan, id), op!(|tx| verksamhetsplan::forvantat::create(tx, now(), plan, (new, own), &content)))
        })
        .await;
    }
}
