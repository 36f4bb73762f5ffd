//! The story of an aktivitet of a plan that goes on over years: one thing, a part on the wheel of each of its years, late after its last day
//! alone; on SQLite and PostgreSQL.

#![allow(clippy::unwrap_used)]

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    occurrence::{State, Status},
    permission::{Action, Area, Role},
    verksamhetsplan::{
        aktivitet::{Lage, Planaktivitet, PlanaktivitetForm, PlanaktivitetId, Satt, check},
        mal::{Benamning, MalId},
        plan::PlanId,
    },
};
use store::{Error, Target, Tx, occurrence, planaktivitet, verksamhetsplan};

use crate::{
    Brought,
    plan::{World, worlds},
    race::{
        self, Law, op,
        table::{Own, Where},
    },
    sent::{self, make},
    stored::{frozen, write},
};

pub const BROUGHT: Brought = Brought {
    kept: &[
        ("planaktivitet::create", Own),
        ("planaktivitet::update", Where),
        ("planaktivitet::set_lage", Where),
        ("planaktivitet::remove", Where),
    ],
    makes: &[(
        "planaktivitet::create",
        make!(|tx, w, id, text| {
            let year = (w.unit, 2033);
            let plan = verksamhetsplan::create(tx, sent::now(), PlanId::new(), year, Benamning::Enhetsmal).await?;
            let content =
                check(&PlanaktivitetForm { text: text.into(), ..PlanaktivitetForm::default() }, 2033).unwrap();
            planaktivitet::create(tx, (sent::now(), sent::today()), plan, PlanaktivitetId(id), &content).await
        }),
    )],
};

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn at(day: NaiveDate) -> (DateTime<Utc>, NaiveDate) {
    (day.and_hms_opt(9, 0, 0).unwrap().and_utc(), day)
}

fn form(text: &str, start: &str, slut: &str) -> PlanaktivitetForm {
    PlanaktivitetForm {
        text: text.into(),
        start: start.into(),
        slut: slut.into(),
        responsible: "roll:enhetschef".into(),
        ..PlanaktivitetForm::default()
    }
}

async fn made(tx: &mut Tx, world: &World, form: &PlanaktivitetForm, on: NaiveDate) -> Planaktivitet {
    let year = (world.unit, 2022);
    let plan = verksamhetsplan::create(tx, at(on).0, PlanId::new(), year, Benamning::Enhetsmal).await.unwrap();
    let id = PlanaktivitetId::new();
    planaktivitet::create(tx, at(on), plan, id, &check(form, 2022).unwrap()).await.unwrap();
    planaktivitet::get(tx, id).await.unwrap()
}

/// Its parts: the year, the last day, and what each says on a day.
async fn parts(world: &World, one: &Planaktivitet, on: NaiveDate) -> Vec<(NaiveDate, NaiveDate, Status)> {
    let chef = world.person(Role::Enhetschef, world.unit).await;
    let target = Target::Node(world.unit, Area::Planaktivitet);
    let mut tx = world.store.read(&chef, target, Action::View).await.unwrap();
    let items = occurrence::of_source(&mut tx, &chef, one.id.0).await.unwrap();
    items.iter().map(|item| (item.occurrence.start, item.occurrence.due, item.status(on))).collect()
}

#[tokio::test]
async fn it_is_on_the_wheel_of_each_of_its_years_and_late_only_after_its_last_day() {
    for (db, world) in worlds().await {
        let today = day(2021, 5, 3);
        let mut tx = world.store.system(true).await.unwrap();
        let one = made(&mut tx, &world, &form("Följa enhetens MI-plan", "2019-01-01", "2022-12-31"), today).await;
        tx.commit().await.unwrap();
        let found = parts(&world, &one, day(2022, 12, 31)).await;
        let status = |y| if y == 2022 { Status::Pagar } else { Status::Planerad };
        let years: Vec<_> = (2019..=2022).map(|y| (day(y, 1, 1), day(y, 12, 31), status(y))).collect();
        assert_eq!(
            found, years,
            "{db}: nobody has begun it, so that only the year that it is says that its time is now"
        );
        let after = parts(&world, &one, day(2023, 1, 1)).await;
        let late: Vec<_> = after.iter().map(|(.., status)| *status == Status::Forsenad).collect();
        assert_eq!(late, [false, false, false, true], "{db}");
        // one of them stands for it in lists
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let mut tx = world.store.read(&chef, Target::Anywhere(Area::Aktivitet), Action::View).await.unwrap();
        let open = occurrence::open(&mut tx, &chef, &[world.unit], day(2021, 12, 31)).await.unwrap();
        assert_eq!(open.iter().map(|i| i.occurrence.due).collect::<Vec<_>>(), [day(2021, 12, 31)], "{db}");
        assert_eq!(occurrence::late_count(&mut tx, &chef, day(2021, 5, 3)).await.unwrap(), 0, "{db}");
    }
}

#[tokio::test]
async fn how_far_it_has_come_is_said_once_and_stands_on_all_its_wheels() {
    for (db, world) in worlds().await {
        let today = day(2022, 5, 3);
        let mut tx = world.store.system(true).await.unwrap();
        let one = made(&mut tx, &world, &form("Utbildning", "2021-03-01", "2022-06-30"), today).await;
        let done = Lage { satt: Satt::Avslutad, analys: "Alla har gått den".into(), ..Lage::default() };
        planaktivitet::set_lage(&mut tx, at(today), &one, 1, &done).await.unwrap();
        let late = planaktivitet::set_lage(&mut tx, at(today), &one, 1, &done).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}: {late:?}");
        let followed = planaktivitet::get(&mut tx, one.id).await.unwrap();
        let refused = planaktivitet::remove(&mut tx, at(today).0, &followed, 2, "Fel plan").await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{db}: {refused:?}");
        tx.commit().await.unwrap();
        let told = parts(&world, &one, today).await;
        assert_eq!(told.iter().map(|(.., s)| *s).collect::<Vec<_>>(), [Status::Utford, Status::Utford], "{db}");
        let mut tx = world.store.system(true).await.unwrap();
        let now = planaktivitet::get(&mut tx, one.id).await.unwrap();
        let open = Lage { satt: Satt::Pagar, ..Lage::default() };
        planaktivitet::set_lage(&mut tx, at(today), &now, now.version, &open).await.unwrap();
        // shorter: the part of the year that it no longer is in goes
        let content = check(&form("Utbildning", "2022-01-10", "2022-06-30"), 2022).unwrap();
        let now = planaktivitet::get(&mut tx, one.id).await.unwrap();
        planaktivitet::update(&mut tx, at(today), &now, now.version, &content).await.unwrap();
        tx.commit().await.unwrap();
        let told = parts(&world, &one, today).await;
        assert_eq!(told, [(day(2022, 1, 10), day(2022, 6, 30), Status::Pagar)], "{db}");
    }
}

#[tokio::test]
async fn what_has_no_end_gets_a_part_of_each_year_that_comes_and_two_servers_make_one() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let one = made(&mut tx, &world, &form("Samverkan", "2022-01-01", ""), day(2022, 5, 3)).await;
        tx.commit().await.unwrap();
        assert_eq!(parts(&world, &one, day(2022, 5, 3)).await.len(), 6, "{db}");
        let next = day(2023, 1, 1);
        let (a, b) = tokio::join!(planaktivitet::all(&world.store, next), planaktivitet::all(&world.store, next));
        a.and(b).unwrap();
        let found = parts(&world, &one, next).await;
        assert_eq!(found.len(), 7, "{db}");
        assert!(found.iter().all(|(.., status)| *status != Status::Forsenad), "{db}: {found:?}");
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let mut tx = world.store.read(&chef, Target::Anywhere(Area::Aktivitet), Action::View).await.unwrap();
        let open = occurrence::open(&mut tx, &chef, &[world.unit], day(2023, 12, 31)).await.unwrap();
        let listed: Vec<_> = open.iter().map(|i| (i.occurrence.due, i.occurrence.state)).collect();
        assert_eq!(listed, [(day(2023, 12, 31), State::Planerad)], "{db}: the part of the new year");
    }
}

#[tokio::test]
async fn one_is_for_a_goal_of_its_plan_and_is_taken_away_as_long_as_nobody_has_followed_it() {
    for (db, world) in worlds().await {
        let today = day(2022, 5, 3);
        let mut tx = world.store.system(true).await.unwrap();
        let one = made(&mut tx, &world, &form("Utbildning", "2022-03-01", "2022-06-30"), today).await;
        let foreign = PlanaktivitetForm { mal: MalId::new().to_string(), ..form("Annat", "", "") };
        let plan = planaktivitet::plan_of(&mut tx, one.id).await.unwrap().id;
        let content = check(&foreign, 2022).unwrap();
        let refused = planaktivitet::create(&mut tx, at(today), plan, PlanaktivitetId::new(), &content).await;
        let Err(Error::Invalid(faults)) = refused else { panic!("{db}: {refused:?}") };
        assert_eq!(faults[0].field, "mal", "{db}");
        planaktivitet::remove(&mut tx, at(today).0, &one, 1, "Fel plan").await.unwrap();
        assert!(planaktivitet::list(&mut tx, world.unit, 2022).await.unwrap().is_empty(), "{db}");
        tx.commit().await.unwrap();
        assert!(parts(&world, &one, today).await.is_empty(), "{db}");
    }
}

#[tokio::test]
async fn of_two_who_change_one_the_second_is_told() {
    for w in race::worlds().await {
        let w = &w;
        let seen = async || {
            w.now(async |tx| {
                let year = (w.unit, 2022);
                let now = at(day(2022, 5, 3));
                let plan = verksamhetsplan::create(tx, now.0, PlanId::new(), year, Benamning::Enhetsmal).await.unwrap();
                let id = PlanaktivitetId::new();
                let content = check(&form("Utbildning", "2021-03-01", "2022-06-30"), 2022).unwrap();
                planaktivitet::create(tx, now, plan, id, &content).await.unwrap();
                planaktivitet::get(tx, id).await.unwrap()
            })
            .await
        };
        let now = at(day(2022, 5, 3));
        w.race("update", Law::One, async || {
            let seen = seen().await;
            let new = |text: &str| {
                let (seen, new) = (seen.clone(), check(&form(text, "2020-01-01", "2022-06-30"), 2022).unwrap());
                op!(|tx| planaktivitet::update(tx, now, &seen, 1, &new))
            };
            (new("Utbildning i MI"), new("Utbildning i FREDA"))
        })
        .await;
        w.race("set_lage", Law::One, async || {
            let seen = seen().await;
            let new = |satt: Satt| {
                let (seen, new) = (seen.clone(), Lage { satt, ..Lage::default() });
                op!(|tx| planaktivitet::set_lage(tx, now, &seen, 1, &new))
            };
            (new(Satt::Pagar), new(Satt::Avslutad))
        })
        .await;
        w.race("remove", Law::One, async || {
            let seen = seen().await;
            let again = seen.clone();
            let pagar = Lage { satt: Satt::Pagar, ..Lage::default() };
            (
                op!(|tx| planaktivitet::remove(tx, now.0, &seen, 1, "Fel plan")),
                op!(|tx| planaktivitet::set_lage(tx, now, &again, 1, &pagar)),
            )
        })
        .await;
    }
}

#[tokio::test]
async fn what_is_done_is_read_as_the_first_version_wrote_it() {
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let store = store::Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let world = World::new(store).await;
        let mut tx = world.store.system(true).await.unwrap();
        let one = made(&mut tx, &world, &form("Utbildning", "", ""), day(2022, 5, 3)).await;
        tx.commit().await.unwrap();
        let (content, lage) = (frozen("planaktivitet-content-1.json"), frozen("planaktivitet-lage-1.json"));
        write(&url, format!("update planaktivitet set content = '{content}', lage = '{lage}'")).await;
        let mut tx = world.store.system(false).await.unwrap();
        let read = planaktivitet::get(&mut tx, one.id).await.unwrap();
        assert_eq!((read.content.slut, read.lage.satt), (Some(day(2022, 12, 31)), Satt::Utgatt), "{db}");
        assert_eq!(read.lage.skal, "Ersatt av en annan", "{db}");
    }
}
