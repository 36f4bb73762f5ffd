//! The story of series: made, changed, closed, divided by what the unit has; their values, what was read as a whole, and what of
//! it is refused; on SQLite and PostgreSQL.

#![allow(clippy::unwrap_used)]

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::NodeId,
    period::Period,
    permission::{Action, Area, Role},
    schedule::Responsible,
    siffror::{
        dimension::{Dimension, DimensionId, Dimensionsvarde, DimensionsvardeId},
        inlasning::Svar,
        serie::{Content, Form, Mal, Serie, SerieId, check},
        siffra::{Ny, Plats, SiffraImportId, Ursprung},
        slag::{Mark, Slag, Varde},
    },
    tal::Tal,
};
use store::{
    Error, Target, Tx, history,
    serie::{
        self, dimension, import,
        siffra::{self, Written},
    },
};
use uuid::Uuid;

use crate::{
    Brought,
    plan::{World, worlds},
    race::table::{Elsewhere, Held, Own, Where},
    sent::{self, make},
    stored::{frozen, write},
};

mod fyllning;
mod harledd;
mod inlast;
mod jamforelse;
mod kontroll;
mod race;
mod uppdelad;
mod varden;
mod visning;

pub const BROUGHT: Brought = Brought {
    kept: &[
        ("serie::create", Own),
        ("serie::update", Where),
        ("serie::set_closed", Where),
        ("serie::set_layout", Own),
        ("serie::dimension::create", Held),
        ("serie::dimension::rename", Where),
        ("serie::dimension::remove", Where),
        ("serie::dimension::create_varde", Where),
        ("serie::dimension::update_varde", Where),
        ("serie::dimension::move_varde", Where),
        ("serie::dimension::remove_varde", Where),
        ("serie::dimension::note_kallas", Held),
        ("serie::siffra::write", Held),
        ("serie::import::create", Held),
        ("serie::import::undo", Held),
        ("serie::jamforelse::create", Held),
        ("serie::jamforelse::remove", Where),
        ("serie::jamforelse::fetched", Held),
        ("serie::jamforelse::merge", Held),
        ("serie::jamforelse::failed", Own),
        ("serie::jamforelse::ask", Own),
        (
            "serie::kontroll::provade",
            Elsewhere("serie/kontroll: it holds the series for occurrence::tick, and writes nothing"),
        ),
    ],
    makes: &[
        (
            "serie::create",
            make!(|tx, w, id, text| serie::create(tx, sent::now(), SerieId(id), w.unit, &content(text, &[])).await),
        ),
        (
            "serie::dimension::create",
            make!(|tx, w, id, text| {
                // one of the same name is refused, whatever its id
                dimension::create(tx, sent::now(), DimensionId(id), w.unit, &format!("{text} {}", id.simple())).await
            }),
        ),
        (
            "serie::import::create",
            make!(|tx, w, id, text| {
                let of = SerieId(Uuid::from_u128(!id.as_u128()));
                serie::create(tx, sent::now(), of, w.unit, &content("Hushåll", &[])).await?;
                let serie = serie::get(tx, of).await?;
                let when = (sent::now(), sent::today());
                import::create(tx, when, &serie, SiffraImportId(id), text, &[ny(3, &[], 316)], None).await.map(drop)
            }),
        ),
        (
            "serie::jamforelse::create",
            make!(|tx, w, id, text| {
                // a series of its own for each: a series is compared with the same once
                let of = SerieId(Uuid::from_u128(!id.as_u128()));
                serie::create(tx, sent::now(), of, w.unit, &content("Hushåll", &[])).await?;
                let with = domain::siffror::jamforelse::Content { namn: text.into(), ..jamforelse::kolada("0180") };
                serie::jamforelse::create(tx, sent::now(), domain::siffror::jamforelse::JamforelseId(id), of, &with)
                    .await
            }),
        ),
    ],
};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 3, 28).unwrap()
}

fn now() -> DateTime<Utc> {
    today().and_hms_opt(9, 0, 0).unwrap().and_utc()
}

fn when() -> (DateTime<Utc>, NaiveDate) {
    (now(), today())
}

/// Households, by these dimensions.
fn content(namn: &str, by: &[DimensionId]) -> Content {
    let form = Form {
        namn: namn.into(),
        enhet: "hushåll".into(),
        slag: "bestand".into(),
        grain: "manad".into(),
        ..Form::default()
    };
    Content { dimensioner: by.to_vec(), ..check(&form, None).unwrap() }
}

fn varde(namn: &str) -> Dimensionsvarde {
    Dimensionsvarde {
        id: DimensionsvardeId::new(),
        namn: namn.into(),
        kod: String::new(),
        grupp: None,
        fran: None,
        till: None,
        ersatt_av: None,
        kallas: vec![],
    }
}

/// A dimension with values of these names.
async fn divided(tx: &mut Tx, node: NodeId, namn: &str, values: &[&str]) -> Dimension {
    let id = DimensionId::new();
    dimension::create(tx, now(), id, node, namn).await.unwrap();
    for name in values {
        let seen = dimension::get(tx, id).await.unwrap();
        dimension::create_varde(tx, now(), &seen, seen.version, &varde(name)).await.unwrap();
    }
    dimension::get(tx, id).await.unwrap()
}

async fn made(tx: &mut Tx, node: NodeId, by: &[DimensionId]) -> Serie {
    let id = SerieId::new();
    serie::create(tx, now(), id, node, &content("Hushåll", by)).await.unwrap();
    serie::get(tx, id).await.unwrap()
}

/// So many in a month of 2022.
fn ny(month: u32, plats: &[DimensionsvardeId], n: i64) -> Ny {
    Ny {
        period: Period::Month(2022, month),
        plats: Plats(plats.iter().copied().map(Some).collect()),
        varde: Some(Varde::of(Tal::whole(n))),
        not: String::new(),
    }
}

fn preliminar(ny: Ny) -> Ny {
    Ny { varde: ny.varde.map(|varde| Varde { mark: Mark::Preliminar, ..varde }), ..ny }
}

async fn fill(tx: &mut Tx, serie: &Serie, nya: &[Ny]) -> Result<Written, Error> {
    siffra::write(tx, when(), serie, Ursprung::Inskriven, nya, None).await
}

/// Period, figure and revision of what holds.
async fn held(tx: &mut Tx, serie: &Serie) -> Vec<(String, Option<i64>, i32)> {
    let all = siffra::all(tx, serie.id, serie.content.dimensioner.len()).await.unwrap();
    let of = |n: Option<Varde>| n.and_then(|varde| varde.tal.int());
    all.into_iter().map(|value| (value.period.to_string(), of(value.varde), value.revision)).collect()
}

/// The first sentence of what was refused.
fn said<T: std::fmt::Debug>(done: Result<T, Error>) -> String {
    let Err(Error::Invalid(faults)) = done else { panic!("{done:?}") };
    faults[0].message.clone()
}

#[tokio::test]
async fn a_series_is_made_once_changed_by_one_at_a_time_and_listed_after_those_that_are_filled_when_it_is_closed() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let district = divided(&mut tx, world.unit, "Stadsdel", &["Bromma"]).await;
        let mut serie = made(&mut tx, world.unit, &[district.id]).await;
        serie::create(&mut tx, now(), serie.id, world.unit, &serie.content).await.unwrap();
        serie::create(&mut tx, now(), SerieId::new(), world.unit, &content("Avslut", &[])).await.unwrap();
        let names = async |tx: &mut Tx| {
            let list = serie::list(tx, world.unit).await.unwrap();
            list.iter().map(|serie| serie.content.namn.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names(&mut tx).await, ["Avslut", "Hushåll"], "{db}");

        let mal = Mal { namn: "Årsmål".into(), tal: Tal::whole(340), hogst: true };
        let other = Content { namn: "Alla hushåll".into(), mal: vec![mal], ..serie.content.clone() };
        serie::update(&mut tx, now(), &serie, 1, &other).await.unwrap();
        let late = serie::update(&mut tx, now(), &serie, 1, &other).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}: {late:?}");
        serie = serie::get(&mut tx, serie.id).await.unwrap();
        assert_eq!((serie.version, &serie.content), (2, &other), "{db}");
        serie::set_closed(&mut tx, now(), &serie, 2, Some(today())).await.unwrap();
        assert_eq!(names(&mut tx).await, ["Avslut", "Alla hushåll"], "{db}");
        serie = serie::get(&mut tx, serie.id).await.unwrap();
        serie::set_closed(&mut tx, now(), &serie, 3, None).await.unwrap();
        assert_eq!(names(&mut tx).await, ["Alla hushåll", "Avslut"], "{db}");

        let told = history::list(&mut tx, &[serie.id.0]).await.unwrap();
        let what: Vec<_> = told.iter().map(|entry| entry.what.as_str()).collect();
        assert_eq!(what, ["Öppnad igen", "Avslutad", "Ändrad", "Skapad"], "{db}");
        let changed: Vec<_> = told[2].changes.iter().map(|c| (c.label.as_str(), c.after.as_str())).collect();
        assert_eq!(changed[0], ("Namn", "Alla hushåll"), "{db}");
        assert!(changed[1].0 == "Mål" && changed[1].1.contains("högst 340"), "{db}: {changed:?}");
        assert!(told[3].changes.iter().any(|c| c.label == "Uppdelning" && c.after == "Stadsdel"), "{db}");

        assert_eq!(serie::layout(&mut tx, serie.id).await.unwrap(), Svar::default(), "{db}");
        let mut svar = Svar::default();
        svar.set("kolumner/17", "ordning");
        serie::set_layout(&mut tx, serie.id, &svar).await.unwrap();
        assert_eq!(serie::layout(&mut tx, serie.id).await.unwrap(), svar, "{db}");
        assert_eq!(serie::get(&mut tx, serie.id).await.unwrap().version, 4, "{db}: nothing of the series changed");
    }
}

#[tokio::test]
async fn what_its_values_mean_is_not_changed_under_them() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let district = divided(&mut tx, world.unit, "Stadsdel", &["Bromma"]).await;
        let serie = made(&mut tx, world.unit, &[]).await;
        assert!(!serie::has_values(&mut tx, serie.id).await.unwrap(), "{db}");
        let flow = Content { slag: Slag::Flode, sammanlagd: None, ..serie.content.clone() };
        serie::update(&mut tx, now(), &serie, 1, &flow).await.unwrap();
        let stale = fill(&mut tx, &serie, &[ny(2, &[], 316)]).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{db}: {stale:?}");
        let serie = serie::get(&mut tx, serie.id).await.unwrap();
        fill(&mut tx, &serie, &[ny(2, &[], 316)]).await.unwrap();
        assert!(serie::has_values(&mut tx, serie.id).await.unwrap(), "{db}");
        for (what, word) in [
            (Content { slag: Slag::Bestand, ..serie.content.clone() }, "slag"),
            (Content { grain: domain::period::Grain::Ar, ..serie.content.clone() }, "tiden"),
            (Content { dimensioner: vec![district.id], ..serie.content.clone() }, "uppdelningen"),
        ] {
            let words = said(serie::update(&mut tx, now(), &serie, 2, &what).await);
            assert!(words.contains(word) && words.ends_with("Gör en ny serie i stället."), "{db}: {words}");
        }
        let named = Content { namn: "Nya hushåll".into(), ..serie.content.clone() };
        serie::update(&mut tx, now(), &serie, 2, &named).await.unwrap();
    }
}

#[tokio::test]
async fn a_series_names_nothing_of_another_unit() {
    for (db, world) in worlds().await {
        let theirs = world.person(Role::Medarbetare, world.other).await;
        let mut tx = world.store.system(true).await.unwrap();
        let district = divided(&mut tx, world.unit, "Stadsdel", &["Bromma"]).await;
        let foreign = divided(&mut tx, world.other, "Kön", &["Kvinnor"]).await;
        let (own, away) = (district.values[0].id, foreign.values[0].id);
        let plain = content("Hushåll", &[district.id]);
        for (what, field) in [
            (content("Hushåll", &[district.id, foreign.id]), "dim2"),
            (content("Hushåll", &[DimensionId::new()]), "dim1"),
            (Content { egen: Some(away), ..plain.clone() }, "egen"),
            (Content { egen: Some(own), dimensioner: vec![], ..plain.clone() }, "egen"),
            (Content { responsible: Responsible::Person(theirs.person), ..plain.clone() }, "responsible"),
        ] {
            let refused = serie::create(&mut tx, now(), SerieId::new(), world.unit, &what).await;
            let Err(Error::Invalid(faults)) = refused else { panic!("{db}: {field}: {refused:?}") };
            assert_eq!(faults[0].field, field, "{db}: {faults:?}");
        }
        let fits = Content { egen: Some(own), ..plain };
        serie::create(&mut tx, now(), SerieId::new(), world.unit, &fits).await.unwrap();
    }
}

#[tokio::test]
async fn those_who_may_see_see_and_those_who_may_change_change_in_their_own_unit() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let district = divided(&mut tx, world.unit, "Stadsdel", &["Bromma"]).await;
        let serie = made(&mut tx, world.unit, &[district.id]).await;
        tx.commit().await.unwrap();
        let things = [
            Target::Node(world.unit, Area::Serie),
            Target::Thing(Area::Serie, serie.id.0),
            Target::Dimension(district.id),
        ];
        for (role, at, may) in [
            (Role::Medarbetare, world.unit, [true, false, true]),
            (Role::Metodutvecklare, world.unit, [true, true, true]),
            (Role::Enhetschef, world.unit, [true, true, true]),
            // the avdelning's own series are a controller's, not those of its units
            (Role::Controller, world.avdelning, [true, false, false]),
            (Role::LexSarah, world.unit, [true, false, false]),
            (Role::Admin, world.unit, [false, false, false]),
            (Role::Enhetschef, world.other, [false, false, false]),
        ] {
            let who = world.person(role, at).await;
            for target in things {
                for (action, may) in [Action::View, Action::Edit, Action::TickOwn].into_iter().zip(may) {
                    let opened = world.store.write(&who, target, action).await.map(drop);
                    let allowed = match opened {
                        Ok(()) => true,
                        Err(Error::Forbidden) => false,
                        Err(other) => panic!("{db}: {other}"),
                    };
                    assert_eq!(allowed, may, "{db}: {role:?} {action:?} {target:?}");
                }
            }
        }
        let controller = world.person(Role::Controller, world.avdelning).await;
        let own = Target::Node(world.avdelning, Area::Serie);
        assert!(world.store.write(&controller, own, Action::Edit).await.is_ok(), "{db}");
    }
}

#[tokio::test]
async fn a_series_that_a_group_fills_goes_with_it_into_another() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let mut groups = Vec::new();
        for name in ["Ledningen", "Planeringen"] {
            let id = domain::id::GruppId::new();
            store::organisation::create_group(&mut tx, now(), id, world.unit, name).await.unwrap();
            groups.push(id);
        }
        let (kept, other) = (groups[0], groups[1]);
        let filled = Content { responsible: Responsible::Grupp(other), ..content("Hushåll", &[]) };
        let id = SerieId::new();
        serie::create(&mut tx, now(), id, world.unit, &filled).await.unwrap();
        assert_eq!(store::organisation::grupp::uppdrag(&mut tx, other).await.unwrap(), 1, "{db}");
        store::organisation::grupp::merge_groups(&mut tx, now(), (kept, 1), (other, 1)).await.unwrap();
        let serie = serie::get(&mut tx, id).await.unwrap();
        assert_eq!(serie.content.responsible, Responsible::Grupp(kept), "{db}");
        let told = history::list(&mut tx, &[id.0]).await.unwrap();
        assert_eq!(told[0].reason, "Ledningen och Planeringen slogs ihop", "{db}");
        let moved = store::organisation::grupp::move_group(&mut tx, now(), kept, 2, world.other, 2022).await.unwrap();
        assert_eq!(moved.utan_grupp, 1, "{db}: somebody else has to fill it");
    }
}

#[tokio::test]
async fn what_a_series_is_is_read_as_the_first_version_wrote_it_and_that_of_a_later_one_is_refused() {
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let store = store::Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let world = World::new(store).await;
        let mut tx = world.store.system(true).await.unwrap();
        let id = made(&mut tx, world.unit, &[]).await.id;
        tx.commit().await.unwrap();
        write(&url, format!("update serie set content = '{}'", frozen("serie-content-1.json"))).await;
        let mut tx = world.store.system(true).await.unwrap();
        let serie = serie::get(&mut tx, id).await.unwrap();
        assert_eq!(serie.content.mal[0].said(&serie.content), "högst 340\u{a0}hushåll", "{db}");
        assert_eq!(serie.content.brott[0].fran, NaiveDate::from_ymd_opt(2021, 1, 1).unwrap(), "{db}");
        assert_eq!(serie.content.responsible, Responsible::Role(Role::Metodutvecklare), "{db}");
        serie::update(&mut tx, now(), &serie, 1, &content("Avslut", &[])).await.unwrap();
        tx.commit().await.unwrap();
        write(&url, r#"update serie set content = '{"v":2,"namn":"Hushåll"}'"#.to_owned()).await;
        let mut tx = world.store.system(false).await.unwrap();
        let error = serie::get(&mut tx, id).await.unwrap_err();
        assert!(error.to_string().starts_with("serie "), "{db}: {error}");
    }
}

#[tokio::test]
async fn answers_and_names_of_files_are_read_as_the_first_version_wrote_them_and_those_of_a_later_one_are_refused() {
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let store = store::Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let world = World::new(store).await;
        let mut tx = world.store.system(true).await.unwrap();
        let id = made(&mut tx, world.unit, &[]).await.id;
        let by = divided(&mut tx, world.unit, "Stadsdel", &["Rinkeby-Kista"]).await;
        tx.commit().await.unwrap();
        write(&url, format!("update serie set layout = '{}'", frozen("serie-layout-1.json"))).await;
        write(&url, format!("update dimensionsvarde set kallas = '{}'", frozen("dimensionsvarde-kallas-0.json"))).await;
        let mut tx = world.store.system(true).await.unwrap();
        assert_eq!(serie::layout(&mut tx, id).await.unwrap().get("tusental"), Some("tusental"), "{db}");
        let found = dimension::get(&mut tx, by.id).await.unwrap();
        assert_eq!(found.values[0].kallas, ["r-k", "rinkeby"], "{db}");
        dimension::note_kallas(&mut tx, &found, found.values[0].id, "kista").await.unwrap();
        let found = dimension::get(&mut tx, by.id).await.unwrap();
        assert_eq!(found.values[0].kallas, ["r-k", "rinkeby", "kista"], "{db}");
        tx.commit().await.unwrap();
        write(&url, format!("update dimensionsvarde set kallas = '{}'", frozen("dimensionsvarde-kallas-1.json"))).await;
        let mut tx = world.store.system(true).await.unwrap();
        assert_eq!(dimension::get(&mut tx, by.id).await.unwrap().values[0].kallas, ["r-k"], "{db}");
        tx.commit().await.unwrap();
        write(&url, r#"update serie set layout = '{"v":2,"svar":{}}'"#.to_owned()).await;
        write(&url, r#"update dimensionsvarde set kallas = '{"v":2,"kallas":[]}'"#.to_owned()).await;
        let mut tx = world.store.system(false).await.unwrap();
        let error = serie::layout(&mut tx, id).await.unwrap_err();
        assert!(error.to_string().starts_with("serie "), "{db}: {error}");
        let error = dimension::get(&mut tx, by.id).await.unwrap_err();
        assert!(error.to_string().starts_with("dimensionsvarde "), "{db}: {error}");
    }
}
