//! The story of what recurs on a day: an activity keeps its day and its hours, and a control that gets a day leaves its month.

#![allow(clippy::unwrap_used)]

use domain::{
    aktivitet::{self, Form},
    egenkontroll,
    hours::Hours,
    id::{EgenkontrollId, NodeId, ScheduleId},
    occurrence::{Item, Tick},
    permission::Role,
    person::Actor,
    recurrence::{Day, Months, Recurrence, form::Fields},
    schedule::Responsible,
};
use uuid::Uuid;

use super::plan::{World, content, day, now, worlds};

async fn of(world: &World, chef: &Actor, source: Uuid) -> Vec<Item> {
    let items = world.items(chef, world.unit).await;
    let mut own: Vec<Item> = items.into_iter().filter(|i| i.source == source).collect();
    own.sort_by_key(|i| i.occurrence.due);
    own
}

fn said(items: &[Item]) -> Vec<String> {
    items.iter().map(|i| i.occurrence.when().label()).collect()
}

fn meeting() -> Form {
    Form {
        title: "Teammöte".into(),
        category: "mote".into(),
        when: Fields {
            kind: "veckodagar".into(),
            weeks: "2".into(),
            weekdays: vec!["tis".into()],
            start: "2026-11-10".into(),
            from: "13.00".into(),
            to: "15.00".into(),
            ..Fields::default()
        },
        ..Form::default()
    }
}

async fn lay(world: &World, id: ScheduleId, unit: NodeId, form: &Form) {
    let mut tx = world.store.system(true).await.unwrap();
    let content = aktivitet::check(form, 2026).unwrap();
    store::aktivitet::create(&mut tx, now(), id, unit, 2026, &content).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn an_activity_keeps_its_day_and_its_hours_until_they_are_changed() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let id = ScheduleId::new();
        lay(&world, id, world.unit, &meeting()).await;
        let times =
            ["10 november 13.00–15.00", "24 november 13.00–15.00", "8 december 13.00–15.00", "22 december 13.00–15.00"];
        assert_eq!(said(&of(&world, &chef, id.0).await), times, "{db}");
        let monthly = ScheduleId::new();
        let form = Form {
            when: Fields {
                kind: "varje_manad".into(),
                start: "2026-06-14".into(),
                from: String::new(),
                to: String::new(),
                ..meeting().when
            },
            ..meeting()
        };
        lay(&world, monthly, world.unit, &form).await;
        let found = said(&of(&world, &chef, monthly.0).await);
        assert_eq!((found.len(), &*found[0], &*found[1]), (7, "14 juni", "14 juli"), "{db}");

        // other hours alone leave every time where it is; what is done keeps its day when the rhythm is another
        let items = of(&world, &chef, id.0).await;
        let mut tx = world.store.system(true).await.unwrap();
        let tick = Tick { performed_on: day(2026, 11, 10), ..Tick::default() };
        store::occurrence::tick(&mut tx, now(), &items[0], 1, &tick).await.unwrap();
        let later = aktivitet::check(
            &Form { when: Fields { from: "14:00".into(), to: "16".into(), ..meeting().when }, ..meeting() },
            2026,
        )
        .unwrap();
        store::aktivitet::update(&mut tx, now(), id, 1, &later).await.unwrap();
        tx.commit().await.unwrap();
        let after = of(&world, &chef, id.0).await;
        assert_eq!(said(&after)[1], "24 november 14.00–16.00", "{db}");
        assert_eq!(after[1].occurrence.id, items[1].occurrence.id, "{db}");
        let mut tx = world.store.system(true).await.unwrap();
        let fridays = Form {
            when: Fields { kind: "sista_arbetsdagen".into(), from: String::new(), to: String::new(), ..meeting().when },
            ..meeting()
        };
        let fridays = aktivitet::check(&fridays, 2026).unwrap();
        store::aktivitet::update(&mut tx, now(), id, 2, &fridays).await.unwrap();
        let told = store::history::list(&mut tx, &[id.0]).await.unwrap();
        let hours: Vec<_> = told.iter().flat_map(|e| &e.changes).filter(|c| c.label == "Klockslag").collect();
        assert_eq!(hours.len(), 3, "{db}: laid, changed and taken away");
        tx.commit().await.unwrap();
        assert_eq!(said(&of(&world, &chef, id.0).await), ["10 november", "30 november", "30 december"], "{db}");
    }
}

/// A control of the unit with no day in its months.
async fn monthly_control(world: &World) -> (EgenkontrollId, egenkontroll::Content) {
    let id = EgenkontrollId::new();
    let monthly = content(Responsible::Role(Role::Enhetschef), Recurrence::Monthly, false);
    let mut tx = world.store.system(true).await.unwrap();
    store::plan::create(&mut tx, now(), id, world.unit, 2026, &monthly).await.unwrap();
    tx.commit().await.unwrap();
    (id, monthly)
}

#[tokio::test]
async fn a_control_that_gets_a_day_stands_on_it_also_where_that_is_the_last_of_the_month() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let (id, monthly) = monthly_control(&world).await;
        assert!(of(&world, &chef, id.0).await.iter().all(|i| i.week_or_day().is_none()), "{db}");
        let mut tx = world.store.system(true).await.unwrap();
        let on_a_day = egenkontroll::Content {
            recurrence: Recurrence::MonthDay(Months::ALL, Day::Date(31)),
            hours: Hours::from_code("09:00"),
            ..monthly
        };
        store::plan::update(&mut tx, now(), id, 1, &on_a_day).await.unwrap();
        let (row, _) = store::plan::get(&mut tx, id).await.unwrap();
        assert_eq!(row.content, on_a_day, "{db}");
        tx.commit().await.unwrap();
        let items = of(&world, &chef, id.0).await;
        assert_eq!(items.len(), 12, "{db}");
        assert_eq!(items[1].occurrence.when().label(), "28 februari kl.\u{a0}09.00", "{db}");
        assert!(items.iter().all(|i| i.week_or_day().is_some()), "{db}");
    }
}

#[tokio::test]
async fn a_control_that_gets_a_day_in_november_asks_for_no_month_that_is_done_or_moved() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let (id, monthly) = monthly_control(&world).await;
        let items = of(&world, &chef, id.0).await;
        let mut tx = world.store.system(true).await.unwrap();
        for item in &items[..9] {
            let tick = Tick { performed_on: day(2026, 11, 10), ..Tick::default() };
            store::occurrence::tick(&mut tx, now(), item, 1, &tick).await.unwrap();
        }
        let later = (day(2026, 11, 20), day(2026, 11, 20));
        store::occurrence::moved::move_to(&mut tx, now(), &items[9], 1, later, "Ledigt").await.unwrap();
        let on_a_day = egenkontroll::Content {
            recurrence: Recurrence::MonthDay(Months::ALL, Day::LastWorkday),
            ..monthly.clone()
        };
        assert_eq!(store::schedule::answered(&mut tx, id.0).await.unwrap(), 0, "{db}: each month has its own");
        store::plan::update(&mut tx, now(), id, 1, &on_a_day).await.unwrap();
        assert_eq!(store::schedule::answered(&mut tx, id.0).await.unwrap(), 10, "{db}: nine done and one moved");
        tx.commit().await.unwrap();
        let after = of(&world, &chef, id.0).await;
        assert_eq!(after.len(), 12, "{db}: {:?}", said(&after));
        let open: Vec<_> = after.iter().filter(|i| i.occurrence.state.is_open()).cloned().collect();
        assert_eq!(said(&open), ["20 november", "30 november", "30 december"], "{db}");
        // saved again it is the same, also by weeks; and back by months
        let mut tx = world.store.system(true).await.unwrap();
        let titled = egenkontroll::Content { kontrollmal: "Annat".into(), ..on_a_day };
        store::plan::update(&mut tx, now(), id, 2, &titled).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(of(&world, &chef, id.0).await.len(), 12, "{db}");
        let mut tx = world.store.system(true).await.unwrap();
        let weekly = egenkontroll::Content { recurrence: Recurrence::Weekly, ..titled };
        store::plan::update(&mut tx, now(), id, 3, &weekly).await.unwrap();
        tx.commit().await.unwrap();
        let weeks = of(&world, &chef, id.0).await;
        assert_eq!(
            weeks[9..].iter().filter(|i| i.occurrence.due < day(2026, 11, 1)).count(),
            0,
            "{db}: {:?}",
            said(&weeks)
        );
        let mut tx = world.store.system(true).await.unwrap();
        store::plan::update(&mut tx, now(), id, 4, &monthly).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(of(&world, &chef, id.0).await.len(), 12, "{db}");
    }
}

#[tokio::test]
async fn an_activity_of_an_older_form_keeps_every_tillfalle_when_its_title_is_changed() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let id = ScheduleId::new();
        let form = Form {
            title: "Rapport".into(),
            category: "rapport".into(),
            when: Fields { start: "2026-01-01".into(), ..Fields::default() },
            ..Form::default()
        };
        let old = aktivitet::Content { recurrence: Recurrence::Tertial, ..aktivitet::check(&form, 2026).unwrap() };
        let mut tx = world.store.system(true).await.unwrap();
        store::aktivitet::create(&mut tx, now(), id, world.unit, 2026, &old).await.unwrap();
        tx.commit().await.unwrap();
        let before = of(&world, &chef, id.0).await;
        let mut tx = world.store.system(true).await.unwrap();
        let stored = store::schedule::get(&mut tx, id).await.unwrap().timing();
        let opened = Form { title: "Annan rapport".into(), when: Fields::of(&stored), ..form };
        let changed = aktivitet::check_again(&opened, 2026, Some(&stored)).unwrap();
        store::aktivitet::update(&mut tx, now(), id, 1, &changed).await.unwrap();
        tx.commit().await.unwrap();
        let ids = |items: &[Item]| items.iter().map(|i| (i.occurrence.id, i.occurrence.due)).collect::<Vec<_>>();
        let after = of(&world, &chef, id.0).await;
        assert_eq!((ids(&after), after.len()), (ids(&before), 3), "{db}");
        assert_eq!(after[0].title, "Annan rapport", "{db}");
    }
}

#[tokio::test]
async fn a_meeting_takes_its_hours_to_the_wheel_and_changes_them_there() {
    use domain::apt::{Content, Kind};
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let id = domain::id::AptId::new();
        let content = Content {
            kind: Kind::Apt,
            on: day(2026, 12, 3),
            time: "13.00–15.00".into(),
            place: String::new(),
            chair: None,
            secretary: None,
        };
        let mut tx = world.store.system(true).await.unwrap();
        store::apt::create(&mut tx, now(), id, world.unit, &content, None).await.unwrap();
        tx.commit().await.unwrap();
        let mark = || async {
            let items = world.items(&chef, world.unit).await;
            said(&items)
        };
        assert_eq!(mark().await, ["3 december 13.00–15.00"], "{db}");
        let mut tx = world.store.system(true).await.unwrap();
        let mote = store::apt::get(&mut tx, id).await.unwrap();
        let later = Content { time: "efter lunch".into(), ..content };
        store::apt::update(&mut tx, now(), &chef, &mote, mote.version, &later).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(mark().await, ["3 december"], "{db}: what is no hour is none");
        let mut tx = world.store.system(true).await.unwrap();
        let mote = store::apt::get(&mut tx, id).await.unwrap();
        let said = Content { time: "kl. 13.00–15.00".into(), ..later };
        store::apt::update(&mut tx, now(), &chef, &mote, mote.version, &said).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(mark().await, ["3 december 13.00–15.00"], "{db}: as it is said");
    }
}

#[tokio::test]
async fn a_move_is_taken_back_straight_after_by_who_made_it_and_leaves_what_was_before_it() {
    use domain::permission::{Action, Area};
    use store::{Target, occurrence::moved};
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let other = world.person(Role::BitradandeChef, world.unit).await;
        let id = world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Yearly).await;
        let read = async || of(&world, &chef, id.0).await.remove(0);
        let planned = read().await;
        let to = async |month: u32, reason: &str| {
            let item = read().await;
            let days = item.in_month(month).unwrap();
            let mut tx =
                world.store.write(&chef, Target::Node(world.unit, Area::Egenkontroll), Action::Edit).await.unwrap();
            moved::move_to(&mut tx, now(), &item, item.occurrence.version, days, reason).await.unwrap();
            tx.commit().await.unwrap();
        };
        let back = async |(start, due)| {
            let item = read().await;
            let mut tx =
                world.store.write(&chef, Target::Node(world.unit, Area::Egenkontroll), Action::Edit).await.unwrap();
            moved::move_back(&mut tx, now(), &item, item.occurrence.version, (start, due)).await.unwrap();
            tx.commit().await.unwrap();
        };
        let just = async |who: &Actor, minutes: i64, from| {
            let item = read().await;
            let mut tx = world.store.system(false).await.unwrap();
            let then = now() + chrono::TimeDelta::minutes(minutes);
            moved::just_moved(&mut tx, then, &item, who.person, from).await.unwrap()
        };
        let o = &planned.occurrence;
        assert!(!just(&chef, 0, (o.start, o.due)).await, "{db}: it has not been moved");
        to(10, "Semester").await;
        let october = read().await.occurrence;
        assert_eq!((october.month(), october.moved_from), (10, Some(o.due)), "{db}");
        assert!(just(&chef, 9, (o.start, o.due)).await, "{db}");
        assert!(!just(&chef, 10, (o.start, o.due)).await, "{db}: that is not straight after");
        assert!(!just(&other, 0, (o.start, o.due)).await, "{db}: somebody else moved it");
        assert!(!just(&chef, 0, (o.start, day(2026, 9, 30))).await, "{db}: it was not there");
        to(9, "Sjukdom").await;
        back((october.start, october.due)).await;
        let again = read().await.occurrence;
        assert_eq!((again.start, again.due, again.moved_from), (october.start, october.due, Some(o.due)), "{db}");
        assert_eq!(again.reason, "Semester", "{db}: why it is in October, and not why it was in September");
        assert!(!just(&chef, 0, (o.start, o.due)).await, "{db}: what was taken back is not taken back again");
        back((o.start, o.due)).await;
        let first = read().await.occurrence;
        assert_eq!(
            (first.start, first.due, first.moved_from, first.reason.as_str()),
            (o.start, o.due, None, ""),
            "{db}"
        );
        let mut tx = world.store.system(false).await.unwrap();
        let told: Vec<String> =
            store::history::list(&mut tx, &[o.id.0]).await.unwrap().into_iter().map(|e| e.what).collect();
        assert_eq!(told, ["Flytten ångrad", "Flytten ångrad", "Flyttad", "Flyttad"], "{db}");
    }
}
