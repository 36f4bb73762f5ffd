//! The story of forms that are sent twice: with the same content they are one thing, with another they are told so and make
//! nothing; on SQLite and PostgreSQL. Every function that makes something with an id of its caller's is in it.

#![allow(clippy::unwrap_used)]

mod kallor;

use std::pin::Pin;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    aktivitet, apt,
    atgard::{self, Source},
    avvikelse::{
        Innehall, Kanal, Kategori, Kind, Ror,
        intake::{Inkommet, Rapport, When},
    },
    egenkontroll, enkat,
    id::{
        AptId, AtgardId, AvvikelseId, BeslutId, EgenkontrollId, EnkatId, GruppId, InternkontrollId, NodeId, PersonId,
        PunktId, ScheduleId, SkarmId,
    },
    internkontroll,
    organisation::{Node, NodeKind},
    permission::Role,
    recurrence::{Recurrence, form::Fields},
    schedule::{Category, Responsible},
    sent::{self, Stands},
};
use sqlx::{Connection, Executor};
use store::{Error, Store, Tx, avvikelse, person::NewPerson};
use uuid::Uuid;

use crate::AREAS;

pub type Done<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

const YEAR: i32 = 2026;

fn day(m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(YEAR, m, d).unwrap()
}

pub fn today() -> NaiveDate {
    day(11, 23)
}

pub fn now() -> DateTime<Utc> {
    today().and_hms_opt(9, 0, 0).unwrap().and_utc()
}

/// A unit with somebody in it, and a meeting with a point.
#[derive(Clone, Copy)]
pub struct World {
    pub unit: NodeId,
    pub who: PersonId,
    mote: AptId,
    punkt: PunktId,
}

async fn world(store: &Store) -> World {
    let mut tx = store.system(true).await.unwrap();
    let unit = NodeId::new();
    let (kind, name) = (NodeKind::Enhet, "Enheten".into());
    let node = Node { id: unit, parent: None, kind, name, active: true, version: 1 };
    store::organisation::create_node(&mut tx, now(), &node).await.unwrap();
    let (who, mote, punkt) = (PersonId::new(), AptId::new(), PunktId::new());
    person(&mut tx, who, unit, "Enhetschef").await.unwrap();
    meeting(&mut tx, mote, unit, "Rum 1").await.unwrap();
    store::apt::punkt::create(&mut tx, now(), mote, punkt, "Övrigt").await.unwrap();
    tx.commit().await.unwrap();
    World { unit, who, mote, punkt }
}

async fn person(tx: &mut Tx, id: PersonId, unit: NodeId, name: &str) -> Result<(), Error> {
    let (email, password_hash) = (format!("{id}@demo.se"), Uuid::new_v4().to_string());
    let roles = vec![(Role::Medarbetare, unit)];
    store::person::create(tx, now(), &NewPerson { id, name: name.into(), email, password_hash, roles }).await
}

async fn meeting(tx: &mut Tx, id: AptId, unit: NodeId, place: &str) -> Result<(), Error> {
    let (kind, time) = (apt::Kind::Apt, String::new());
    let content = apt::Content { kind, on: day(12, 9), time, place: place.into(), chair: None, secretary: None };
    store::apt::create(tx, now(), id, unit, &content, None).await
}

fn report(what: &str) -> Innehall {
    Innehall::Rapport(Rapport {
        what: what.into(),
        when: When::Exact(today(), None),
        place: String::new(),
        process: String::new(),
        reference: String::new(),
        noticed_by: String::new(),
        consequence: "Ingen".into(),
        done_at_once: String::new(),
        ror: Ror::Brukare,
        suggestion: String::new(),
        suspected: false,
        pui: false,
        discovered: None,
        on_behalf_of: None,
    })
}

fn praise(what: &str) -> Innehall {
    Innehall::Inkommet(Inkommet {
        what: what.into(),
        on: today(),
        kanal: Kanal::ALL[0],
        kategori: Kategori::ALL[0],
        positive: true,
        kind: Kind::Synpunkt,
        contact: None,
    })
}

/// What makes a thing with an id and a text, by the name of its function.
pub type Make = for<'a> fn(&'a mut Tx, World, Uuid, &'a str) -> Done<'a>;

macro_rules! make {
    (|$tx:ident, $w:ident, $id:ident, $text:ident| $body:expr) => {
        |$tx, $w, $id, $text| {
            let _ = $w;
            Box::pin(async move { $body })
        }
    };
}

pub(crate) use make;

const MAKES: &[(&str, Make)] = &[
    (
        "aktivitet::create",
        make!(|tx, w, id, text| {
            let content = aktivitet::Content {
                title: text.into(),
                description: String::new(),
                category: Category::Mote,
                responsible: Responsible::Nobody,
                recurrence: Recurrence::Once,
                start: None,
                end: Some(day(12, 9)),
                hours: None,
            };
            store::aktivitet::create(tx, now(), ScheduleId(id), w.unit, YEAR, &content).await
        }),
    ),
    ("apt::create", make!(|tx, w, id, text| meeting(tx, AptId(id), w.unit, text).await)),
    (
        "apt::protokoll::create_amne",
        make!(|tx, w, id, text| store::apt::protokoll::create_amne(tx, now(), (w.mote, w.punkt), id, text).await),
    ),
    (
        "apt::protokoll::create_beslut",
        make!(|tx, w, id, text| {
            store::apt::protokoll::create_beslut(tx, now(), (w.mote, w.punkt), BeslutId(id), text).await
        }),
    ),
    (
        "apt::punkt::create",
        make!(|tx, w, id, text| store::apt::punkt::create(tx, now(), w.mote, PunktId(id), text).await),
    ),
    (
        "atgard::create",
        make!(|tx, w, id, text| {
            let content = atgard::Content {
                title: text.into(),
                why: String::new(),
                responsible: Responsible::Role(Role::Enhetschef),
                due: day(12, 1),
                follow_up: None,
            };
            store::atgard::create(tx, now(), today(), AtgardId(id), w.unit, Source::Egen, &content).await
        }),
    ),
    (
        "avvikelse::create",
        make!(|tx, w, id, text| {
            tx.act_as(w.who);
            avvikelse::create(tx, now(), today(), AvvikelseId(id), w.unit, report(text)).await.map(drop)
        }),
    ),
    (
        "avvikelse::create",
        make!(|tx, w, id, text| {
            tx.act_as(w.who);
            avvikelse::create(tx, now(), today(), AvvikelseId(id), w.unit, praise(text)).await.map(drop)
        }),
    ),
    (
        "plan::insert",
        make!(|tx, w, id, text| {
            let form = egenkontroll::Form {
                kontrollmal: text.into(),
                responsible: "roll:enhetschef".into(),
                when: Fields::named("varje_manad"),
                ..egenkontroll::Form::default()
            };
            let content = egenkontroll::check(&form, YEAR).unwrap();
            store::plan::create(tx, now(), EgenkontrollId(id), w.unit, YEAR, &content).await
        }),
    ),
    (
        "enkat::create",
        make!(|tx, w, id, text| store::enkat::create(tx, now(), EnkatId(id), w.unit, &survey(text)).await),
    ),
    (
        "plan::insert",
        make!(|tx, w, id, text| {
            let form = internkontroll::Form {
                systematisk_kontroll: text.into(),
                kontrollaktivitet: "Följa upp antalet".into(),
                kontrollansvarig: "roll:enhetschef".into(),
                when: Fields::named("varje_manad"),
                ..internkontroll::Form::default()
            };
            let content = internkontroll::check(&form, YEAR).unwrap();
            store::plan::create(tx, now(), InternkontrollId(id), w.unit, YEAR, &content).await
        }),
    ),
    (
        "organisation::create_group",
        make!(|tx, w, id, text| store::organisation::create_group(tx, now(), GruppId(id), w.unit, text).await),
    ),
    (
        "organisation::create_node",
        make!(|tx, w, id, text| {
            let (parent, kind) = (Some(w.unit), NodeKind::Arbetsgrupp);
            let node = Node { id: NodeId(id), parent, kind, name: text.into(), active: true, version: 1 };
            store::organisation::create_node(tx, now(), &node).await
        }),
    ),
    ("person::create", make!(|tx, w, id, text| person(tx, PersonId(id), w.unit, text).await)),
];

/// Those that are not in [`MAKES`], and why the id of their caller cannot hold another content.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "verksamhetsplan::indikator::insert",
        "verksamhetsplan::indikator::create compares, and a copy makes its ids itself",
    ),
    ("verksamhetsplan::mal::insert", "verksamhetsplan::mal::create compares, and a copy makes its ids itself"),
    ("apt::skarm::create", "a resend is refused too: its address is shown once; the story below"),
    ("avvikelse::opened", "the id is that of the case"),
    ("enkat::add_version", "its own id is made here"),
    ("enkat::copy", "what is sent is the enkät that is copied"),
    ("enkat::insert", "after is_new"),
    ("verksamhetsplan::bilaga::insert", "after is_new, and its own id where a revision is given up"),
    ("verksamhetsplan::uppfoljning::store", "after is_new, and its own id where a year is copied"),
    ("genomforande::create", "the server makes the id; one tillfälle has one run, and who comes second is told"),
    ("person::add_role", "the id is that of the role itself, or refused"),
    ("verksamhetsplan::insert", "after is_new"),
    ("verksamhetsplan::kapitel::insert", "after is_new, and its own id where a year is begun or copied"),
    ("verksamhetsplan::mal::insert", "after is_new, and its own id where a chain is read in or copied"),
];

/// All of them, with what the areas bring.
fn makes() -> impl Iterator<Item = &'static (&'static str, Make)> {
    MAKES.iter().chain(AREAS.iter().flat_map(|area| area.makes))
}

fn survey(title: &str) -> enkat::Content {
    let form = enkat::Form {
        title: title.into(),
        kanal: "telefon".into(),
        grain: "manad".into(),
        first: "2026-01-01".into(),
        last: "2026-12-31".into(),
        ..enkat::Form::default()
    };
    enkat::check(&form, chrono::NaiveDate::default()).unwrap()
}

fn is_taken(done: &Result<(), Error>) -> bool {
    matches!(done, Err(Error::Invalid(faults)) if sent::is_taken(faults))
}

async fn alone(store: &Store, w: World, make: Make, id: Uuid, text: &str) -> Result<(), Error> {
    let mut tx = store.system(true).await?;
    make(&mut tx, w, id, text).await?;
    tx.commit().await
}

#[tokio::test]
async fn the_same_form_twice_is_one_thing_and_another_text_under_its_id_is_told_and_not_taken() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        for (name, make) in makes() {
            let id = Uuid::new_v4();
            for _ in 0..2 {
                alone(&store, w, *make, id, "Det första").await.unwrap_or_else(|e| panic!("{db}: {name}: {e}"));
            }
            let other = alone(&store, w, *make, id, "Det andra").await;
            assert!(is_taken(&other), "{db}: {name}: {other:?}");
            alone(&store, w, *make, id, "Det första").await.unwrap();
            alone(&store, w, *make, Uuid::new_v4(), "Det andra").await.unwrap();
        }
    }
}

#[tokio::test]
async fn what_a_device_had_waiting_over_an_upgrade_is_known_as_sent_already() {
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let w = world(&store).await;
        for (name, make) in makes() {
            let id = Uuid::new_v4();
            alone(&store, w, *make, id, "Det första").await.unwrap();
            // the version that made it wrote down nothing of its form
            let earlier = "delete from skickat";
            if db == "postgres" {
                sqlx::PgConnection::connect(&url).await.unwrap().execute(earlier).await.unwrap();
            } else {
                sqlx::SqliteConnection::connect(&url).await.unwrap().execute(earlier).await.unwrap();
            }
            alone(&store, w, *make, id, "Det första").await.unwrap_or_else(|e| panic!("{db}: {name}: {e:?}"));
        }
    }
}

#[tokio::test]
async fn of_two_texts_that_come_under_one_id_at_the_same_moment_one_is_told() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        for (name, make) in makes() {
            for _ in 0..6 {
                let id = Uuid::new_v4();
                let run = |text: &'static str| {
                    let (store, make) = (store.clone(), *make);
                    tokio::spawn(async move { alone(&store, w, make, id, text).await })
                };
                let (first, second) = (run("Det första"), run("Det andra"));
                let (first, second) = (first.await.unwrap(), second.await.unwrap());
                assert!(first.is_ok() != second.is_ok(), "{db}: {name}: {first:?} {second:?}");
                // the whole was undone where the database could not put one after the other
                let told = |done: &Result<(), Error>| is_taken(done) || matches!(done, Err(Error::Conflict));
                assert!(told(&first) || told(&second), "{db}: {name}: {first:?} {second:?}");
            }
        }
    }
}

#[tokio::test]
async fn what_has_been_changed_since_is_still_known_by_what_its_form_held() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        let mut tx = store.system(true).await.unwrap();
        let id = EnkatId::new();
        for _ in 0..2 {
            store::enkat::create(&mut tx, now(), id, w.unit, &survey("Samtal")).await.unwrap();
        }
        store::enkat::update(&mut tx, now(), id, 1, &survey("Samtal i höst")).await.unwrap();
        store::enkat::create(&mut tx, now(), id, w.unit, &survey("Samtal")).await.unwrap();
        let title = store::enkat::get(&mut tx, id).await.unwrap().content.title;
        assert_eq!(title, "Samtal i höst", "{db}: the resend changes nothing");
        let later = store::enkat::create(&mut tx, now(), id, w.unit, &survey("Samtal i höst")).await;
        assert!(is_taken(&later), "{db}: that is not what was sent: {later:?}");
        // a copy is known by what was copied
        let copy = EnkatId::new();
        for _ in 0..2 {
            store::enkat::copy(&mut tx, now(), id, copy, "Kopia", (day(1, 1), day(2, 1))).await.unwrap();
        }
        // a point that was taken away can come again
        let punkt = PunktId::new();
        store::apt::punkt::create(&mut tx, now(), w.mote, punkt, "Larm").await.unwrap();
        store::apt::punkt::remove(&mut tx, now(), w.mote, punkt).await.unwrap();
        store::apt::punkt::create(&mut tx, now(), w.mote, punkt, "Brandlarm").await.unwrap();
    }
}

#[tokio::test]
async fn a_screen_is_hung_up_once_and_its_address_is_not_told_again() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        let mut tx = store.system(true).await.unwrap();
        let content = apt::skarm::Content {
            name: "Korridoren".into(),
            slides: vec![],
            seconds: 20,
            dim: (NaiveTime::MIN, NaiveTime::MIN),
        };
        let id = SkarmId::new();
        store::apt::skarm::create(&mut tx, now(), (id, w.unit), b"a", &content).await.unwrap();
        let again = store::apt::skarm::create(&mut tx, now(), (id, w.unit), b"b", &content).await;
        assert!(is_taken(&again), "{db}: {again:?}");
    }
}

#[tokio::test]
async fn a_device_is_told_whether_a_report_is_the_one_it_keeps_and_nothing_of_anothers() {
    for (db, store) in crate::common::stores().await {
        let w = world(&store).await;
        let mut tx = store.system(true).await.unwrap();
        tx.act_as(w.who);
        let (id, other) = (AvvikelseId::new(), PersonId::new());
        let kept = report("Larmet gick inte");
        let asked = Some((w.unit, &kept));
        assert_eq!(avvikelse::stands(&mut tx, id, w.who, asked).await.unwrap(), Stands::Nothing, "{db}");
        assert!(avvikelse::create(&mut tx, now(), today(), id, w.unit, kept.clone()).await.unwrap());
        assert!(!avvikelse::create(&mut tx, now(), today(), id, w.unit, kept.clone()).await.unwrap(), "{db}: a resend");
        let longer = report("Larmet gick inte. Inte i går heller.");
        for (asked, expected) in [
            (asked, Stands::Same),
            (Some((w.unit, &longer)), Stands::Other),
            (Some((NodeId::new(), &kept)), Stands::Other),
            (None, Stands::Other),
        ] {
            assert_eq!(avvikelse::stands(&mut tx, id, w.who, asked).await.unwrap(), expected, "{db}");
        }
        assert_eq!(avvikelse::stands(&mut tx, id, other, asked).await.unwrap(), Stands::Nothing, "{db}: another's");
    }
}
