//! A plan on remiss, what is thought of its parts and what is answered, and what lies beside it; on SQLite and PostgreSQL.

use domain::{
    id::PersonId,
    verksamhetsplan::plan::{
        Steg,
        bilaga::{self as regler, PlanbilagaId},
        remiss::{Form, Om, SvarForm, SynpunktId},
    },
};
use store::{
    Error, Store, Tx,
    person::NewPerson,
    verksamhetsplan::{bilaga, kapitel, mal, remiss},
};

use super::{
    gang::{ALLT, steg},
    mal::{made, planer, refused},
    *,
};
use crate::{
    race::{self, Law, op},
    stored::{frozen, write},
};

pub const BROUGHT: Brought = Brought {
    kept: &[
        ("verksamhetsplan::bilaga::create", Held),
        ("verksamhetsplan::bilaga::update", Where),
        ("verksamhetsplan::bilaga::step", Held),
        ("verksamhetsplan::bilaga::remove", Where),
        ("verksamhetsplan::remiss::set", Where),
        ("verksamhetsplan::remiss::create", Held),
        ("verksamhetsplan::remiss::answer", Where),
    ],
    makes: &[
        (
            "verksamhetsplan::bilaga::create",
            make!(|tx, w, id, text| {
                let year = (w.unit, 2036);
                let plan = verksamhetsplan::create(tx, sent::now(), PlanId::new(), year, Benamning::Enhetsmal).await?;
                bilaga::create(tx, sent::now(), plan, PlanbilagaId(id), &beside(text)).await
            }),
        ),
        (
            "verksamhetsplan::remiss::create",
            make!(|tx, w, id, text| {
                let (now, year) = (sent::now(), (w.unit, 2037));
                let when = (now, now.date_naive());
                let plan = verksamhetsplan::create(tx, now, PlanId::new(), year, Benamning::Enhetsmal).await?;
                let of = verksamhetsplan::get(tx, plan).await?;
                if of.remiss.is_none() {
                    remiss::set(tx, when, (plan, of.version), &until(now.date_naive())).await?;
                }
                let om = Om::Kapitel(kapitel::list(tx, plan).await?[0].id).code();
                tx.act_as(w.who);
                remiss::create(tx, when, plan, SynpunktId(id), (&om, text)).await
            }),
        ),
    ],
};

fn beside(titel: &str) -> regler::Content {
    regler::Content { titel: titel.to_owned(), hanvisning: String::new() }
}

fn until(day: NaiveDate) -> Form {
    Form { till: domain::format::date(day) }
}

fn svar(andrat: &str, varfor: &str) -> SvarForm {
    SvarForm { andrat: andrat.to_owned(), varfor: varfor.to_owned() }
}

fn today() -> NaiveDate {
    now().date_naive()
}

fn later(days: u64) -> NaiveDate {
    today() + chrono::Days::new(days)
}

/// Asks the unit until a week from now.
async fn asked(tx: &mut Tx, plan: PlanId) {
    let version = verksamhetsplan::get(tx, plan).await.unwrap().version;
    remiss::set(tx, (now(), today()), (plan, version), &until(later(7))).await.unwrap();
}

#[tokio::test]
async fn everybody_says_what_they_think_while_the_plan_is_on_remiss_and_each_is_answered() {
    for (db, world) in worlds().await {
        let who = world.person(Role::Medarbetare, world.unit).await.person;
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let goal = made(&mut tx, of.top, Niva::KfMal, "Självförsörjande", None).await;
        let chapter = kapitel::list(&mut tx, of.plan).await.unwrap()[0].id;
        let om = Om::Kapitel(chapter).code();
        tx.act_as(who);
        let when = (now(), today());
        let said = refused(remiss::create(&mut tx, when, of.plan, SynpunktId::new(), (&om, "Bra")).await);
        assert!(said.contains("Planen är inte på remiss"), "{db}: {said}");
        asked(&mut tx, of.plan).await;
        let id = SynpunktId::new();
        for _ in 0..2 {
            remiss::create(&mut tx, when, of.plan, id, (&om, "Skriv om kvällstider")).await.unwrap();
        }
        // a goal of the city that the plan reads
        let shared = Om::Mal(goal).code();
        remiss::create(&mut tx, when, of.plan, SynpunktId::new(), (&shared, "Vad betyder det?")).await.unwrap();
        let foreign = Om::Kapitel(kapitel::list(&mut tx, of.top).await.unwrap()[0].id).code();
        let said = refused(remiss::create(&mut tx, when, of.plan, SynpunktId::new(), (&foreign, "Bra")).await);
        assert!(said.contains("hör inte till planen"), "{db}: {said}");
        let all = remiss::sagda(&mut tx, of.plan).await.unwrap();
        assert_eq!(all.len(), 2, "{db}: a resend is one");
        let first = all.iter().find(|one| one.synpunkt.id == id).unwrap();
        assert!(!first.who.is_empty() && first.svarade.is_empty(), "{db}: {first:?}");
        let plan = verksamhetsplan::get(&mut tx, of.plan).await.unwrap();
        let lacks = verksamhetsplan::brister(&mut tx, &plan).await.unwrap();
        assert!(lacks.iter().any(|brist| brist.text == "Två synpunkter har inget svar."), "{db}: {lacks:?}");
        refused(remiss::answer(&mut tx, when, of.plan, (id, 1), &svar("nej", "")).await);
        remiss::answer(&mut tx, when, of.plan, (id, 1), &svar("nej", "Tiderna är beslutade")).await.unwrap();
        let again = remiss::answer(&mut tx, when, of.plan, (id, 1), &svar("ja", "")).await;
        assert!(matches!(again, Err(Error::Conflict)), "{db}: somebody has answered meanwhile");
        let elsewhere = remiss::answer(&mut tx, when, of.top, (id, 2), &svar("ja", "")).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)), "{db}");
        // after its last day nothing is said, and what was said is answered
        let after = (now(), later(8));
        let said = refused(remiss::create(&mut tx, after, of.plan, SynpunktId::new(), (&om, "Sent")).await);
        assert!(said.contains("Remissen stängde"), "{db}: {said}");
        remiss::answer(&mut tx, after, of.plan, (id, 2), &svar("ja", "")).await.unwrap();
        let answered = remiss::get(&mut tx, of.plan, id).await.unwrap();
        assert_eq!(answered.svar.map(|svar| svar.said()).as_deref(), Some("Ändrat"), "{db}");
        // what was said of a chapter stays when that is gone
        kapitel::remove(&mut tx, now(), of.plan, (chapter, 1)).await.unwrap();
        assert_eq!(remiss::list(&mut tx, of.plan).await.unwrap().len(), 2, "{db}");
        let trad = mal::trad(&mut tx, of.unit, 2026).await.unwrap();
        assert!(trad.get(goal).is_some(), "{db}");
    }
}

#[tokio::test]
async fn the_last_day_of_a_remiss_is_moved_and_its_first_stays() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        asked(&mut tx, of.plan).await;
        let first = verksamhetsplan::get(&mut tx, of.plan).await.unwrap();
        let old = remiss::set(&mut tx, (now(), today()), (of.plan, 1), &until(later(3))).await;
        assert!(matches!(old, Err(Error::Conflict)), "{db}");
        let when = (now(), later(2));
        let moved = remiss::set(&mut tx, when, (of.plan, first.version), &until(later(3))).await.unwrap();
        assert_eq!((moved.fran, moved.till), (today(), later(3)), "{db}");
        let version = first.version + 1;
        let past = refused(remiss::set(&mut tx, when, (of.plan, version), &until(today())).await);
        assert!(past.contains("har redan varit"), "{db}: {past}");
    }
}

#[tokio::test]
async fn bilagor_stand_in_their_order_and_are_of_their_plan() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let (first, second) = (PlanbilagaId::new(), PlanbilagaId::new());
        for (id, titel) in [(first, "Arbetsmiljöhjulet"), (second, "Budget"), (second, "Budget")] {
            bilaga::create(&mut tx, now(), of.plan, id, &beside(titel)).await.unwrap();
        }
        bilaga::step(&mut tx, now(), of.plan, second, true).await.unwrap();
        bilaga::step(&mut tx, now(), of.plan, second, true).await.unwrap();
        let order: Vec<_> = bilaga::list(&mut tx, of.plan).await.unwrap().into_iter().map(|one| one.id).collect();
        assert_eq!(order, [second, first], "{db}");
        bilaga::update(&mut tx, now(), of.plan, (first, 1), &beside("Hjulet")).await.unwrap();
        let old = bilaga::update(&mut tx, now(), of.plan, (first, 1), &beside("Hjul")).await;
        assert!(matches!(old, Err(Error::Conflict)), "{db}");
        let elsewhere = bilaga::remove(&mut tx, now(), of.top, (first, 2)).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)), "{db}");
        bilaga::remove(&mut tx, now(), of.plan, (first, 2)).await.unwrap();
        assert_eq!(bilaga::list(&mut tx, of.plan).await.unwrap().len(), 1, "{db}");
    }
}

#[tokio::test]
async fn bilagor_are_as_they_were_decided_when_a_revision_is_given_up() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let (first, second) = (PlanbilagaId::new(), PlanbilagaId::new());
        for (id, titel) in [(first, "Arbetsmiljöhjulet"), (second, "Budget")] {
            bilaga::create(&mut tx, now(), of.plan, id, &beside(titel)).await.unwrap();
        }
        let decided = stands(&mut tx, of.plan).await;
        for one in [Steg::Foresla, Steg::Faststall, Steg::OppnaRevision] {
            takes(&mut tx, of.plan, one).await;
        }
        bilaga::update(&mut tx, now(), of.plan, (first, 1), &beside("Hjulet")).await.unwrap();
        bilaga::remove(&mut tx, now(), of.plan, (second, 1)).await.unwrap();
        bilaga::create(&mut tx, now(), of.plan, PlanbilagaId::new(), &beside("Lokaler")).await.unwrap();
        assert_ne!(stands(&mut tx, of.plan).await, decided, "{db}");
        takes(&mut tx, of.plan, Steg::AvbrytRevision).await;
        assert_eq!(stands(&mut tx, of.plan).await, decided, "{db}");
    }
}

/// The bilagor of a plan, whatever their versions.
async fn stands(tx: &mut Tx, plan: PlanId) -> Vec<(PlanbilagaId, i64, String)> {
    let all = bilaga::list(tx, plan).await.unwrap();
    all.into_iter().map(|one| (one.id, one.ordning, one.content.titel)).collect()
}

async fn takes(tx: &mut Tx, plan: PlanId, one: Steg) {
    let version = verksamhetsplan::get(tx, plan).await.unwrap().version;
    verksamhetsplan::step(tx, (now(), today()), (plan, version), &steg(one, "Ny budget"), ALLT).await.unwrap();
}

#[tokio::test]
async fn what_is_beside_a_plan_is_read_as_the_first_version_wrote_it() {
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let mut tx = store.system(true).await.unwrap();
        let of = planer(&mut tx, None).await;
        let (paper, id) = (PlanbilagaId::new(), SynpunktId::new());
        bilaga::create(&mut tx, now(), of.plan, paper, &beside("Hjulet")).await.unwrap();
        let person = PersonId::new();
        let (email, password_hash) = (format!("{person}@demo.se"), "x".to_owned());
        let roles = vec![(Role::Medarbetare, of.unit)];
        let new = NewPerson { id: person, name: "Handläggare".into(), email, password_hash, roles };
        store::person::create(&mut tx, now(), &new).await.unwrap();
        tx.act_as(person);
        asked(&mut tx, of.plan).await;
        let om = Om::Kapitel(kapitel::list(&mut tx, of.plan).await.unwrap()[0].id).code();
        remiss::create(&mut tx, (now(), today()), of.plan, id, (&om, "Bra")).await.unwrap();
        tx.commit().await.unwrap();
        write(&url, format!("update planbilaga set content = '{}'", frozen("planbilaga-content-1.json"))).await;
        write(&url, format!("update synpunkt set svar = '{}'", frozen("synpunkt-svar-1.json"))).await;
        let mut tx = store.system(false).await.unwrap();
        let found = bilaga::get(&mut tx, of.plan, paper).await.unwrap();
        assert_eq!(found.content.said(1), "Bilaga 1. Kompetensförsörjningsplan, dnr 2026/14", "{db}");
        let found = remiss::get(&mut tx, of.plan, id).await.unwrap();
        let said = found.svar.map(|svar| svar.said());
        assert_eq!(said.as_deref(), Some("Ändras inte: Ryms inte i budgeten"), "{db}");
    }
}

#[tokio::test]
async fn of_two_who_write_beside_a_plan_one_is_told() {
    for w in race::worlds().await {
        let w = &w;
        let plan = async || w.now(async |tx| planer(tx, Some(w.unit)).await.plan).await;
        let paper = async || {
            let (plan, id) = (plan().await, PlanbilagaId::new());
            w.now(async |tx| {
                bilaga::create(tx, now(), plan, PlanbilagaId::new(), &beside("Budget")).await.unwrap();
                bilaga::create(tx, now(), plan, id, &beside("Hjulet")).await.unwrap();
            })
            .await;
            (plan, id)
        };
        w.race("bilaga::create", Law::Both, async || {
            let plan = plan().await;
            let new = |titel: &str| {
                let content = beside(titel);
                op!(|tx| bilaga::create(tx, now(), plan, PlanbilagaId::new(), &content))
            };
            (new("Hjulet"), new("Budget"))
        })
        .await;
        w.race("bilaga::update", Law::One, async || {
            let (plan, id) = paper().await;
            let new = |titel: &str| {
                let content = beside(titel);
                op!(|tx| bilaga::update(tx, now(), plan, (id, 1), &content))
            };
            (new("Hjul"), new("Ett hjul"))
        })
        .await;
        w.race("bilaga::step", Law::Both, async || {
            let (plan, id) = paper().await;
            let new = || op!(|tx| bilaga::step(tx, now(), plan, id, true));
            (new(), new())
        })
        .await;
        w.race("bilaga::remove", Law::One, async || {
            let (plan, id) = paper().await;
            let new = || op!(|tx| bilaga::remove(tx, now(), plan, (id, 1)));
            (new(), new())
        })
        .await;
    }
}

#[tokio::test]
async fn of_two_who_answer_one_is_told_and_two_who_say_something_both_have() {
    for w in race::worlds().await {
        let w = &w;
        let on_remiss = async || {
            w.now(async |tx| {
                let of = planer(tx, Some(w.unit)).await;
                asked(tx, of.plan).await;
                (of.plan, Om::Kapitel(kapitel::list(tx, of.plan).await.unwrap()[0].id).code())
            })
            .await
        };
        w.race("remiss::set", Law::One, async || {
            let (plan, _) = on_remiss().await;
            let version = w.now(async |tx| verksamhetsplan::get(tx, plan).await.unwrap().version).await;
            let new = |days: u64| {
                let form = until(later(days));
                op!(|tx| remiss::set(tx, (now(), today()), (plan, version), &form))
            };
            (new(8), new(9))
        })
        .await;
        w.race("remiss::create", Law::Both, async || {
            let (plan, om) = on_remiss().await;
            let new = |text: &'static str| {
                let om = om.clone();
                op!(|tx| remiss::create(tx, (now(), today()), plan, SynpunktId::new(), (&om, text)))
            };
            (new("Bra"), new("Tydligt"))
        })
        .await;
        w.race("remiss::answer", Law::One, async || {
            let ((plan, om), id) = (on_remiss().await, SynpunktId::new());
            w.now(async |tx| {
                tx.act_as(w.chef.person);
                remiss::create(tx, (now(), today()), plan, id, (&om, "Bra")).await.unwrap();
            })
            .await;
            let new = |andrat: &'static str| {
                let form = svar(andrat, "Så är det");
                op!(|tx| remiss::answer(tx, (now(), today()), plan, (id, 1), &form))
            };
            (new("ja"), new("nej"))
        })
        .await;
    }
}
