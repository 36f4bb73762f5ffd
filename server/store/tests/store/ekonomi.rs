//! The story of an account: begun once, its rows changed, its amounts written and replaced; on SQLite and PostgreSQL.

#![allow(clippy::unwrap_used)]

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    ekonomi::{
        Teckenform,
        belopp::{Art, Belopp},
        fri::{self as fri_tabell, FriTabellId},
        konto::{
            Content, Form, KontoId, RadId, Radslag, Resultatrakning, VerksamhetForm, VerksamhetId, check,
            check_verksamhet,
        },
        summa::Del,
        tid::Tid,
    },
    tal::Tal,
    verksamhetsplan::{
        mal::Benamning,
        plan::{Plan, PlanId},
    },
};
use store::{
    Error, Tx,
    ekonomi::{self, belopp, fri},
    history, verksamhetsplan,
};

use crate::{
    Brought,
    plan::{World, worlds},
    race::table::{Held, Where},
    sent::{self, make},
    stored::{frozen, write as write_raw},
};

mod race;

pub const BROUGHT: Brought = Brought {
    kept: &[
        ("ekonomi::create", Held),
        ("ekonomi::update", Held),
        ("ekonomi::belopp::write", Held),
        ("ekonomi::fri::create", Held),
        ("ekonomi::fri::update", Where),
        ("ekonomi::fri::remove", Where),
    ],
    makes: &[
        (
            "ekonomi::create",
            make!(|tx, w, id, text| {
                // a plan has one account: each id has a plan of its own
                let mut year = 2033;
                let plan = loop {
                    let plan = plan(tx, w.unit, year).await;
                    match ekonomi::of_plan(tx, &plan).await? {
                        Some(there) if there.id != KontoId(id) => year += 1,
                        _ => break plan,
                    }
                };
                let content = Content { namn: text.to_owned(), ..content(year, Teckenform::BadaPositiva) };
                ekonomi::create(tx, sent::now(), &plan, KontoId(id), &content).await
            }),
        ),
        (
            "ekonomi::fri::create",
            make!(|tx, w, id, text| {
                let plan = plan(tx, w.unit, 2032).await;
                fri::create(tx, sent::now(), &plan, FriTabellId(id), &tabell(text)).await
            }),
        ),
    ],
};

fn now() -> DateTime<Utc> {
    today().and_hms_opt(9, 0, 0).unwrap().and_utc()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 5, 10).unwrap()
}

fn when() -> (DateTime<Utc>, NaiveDate) {
    (now(), today())
}

/// The plan of a node and year, begun where it is not.
async fn plan(tx: &mut Tx, node: domain::id::NodeId, year: i32) -> Plan {
    let id = verksamhetsplan::create(tx, now(), PlanId::new(), (node, year), Benamning::Enhetsmal).await.unwrap();
    verksamhetsplan::get(tx, id).await.unwrap()
}

/// An account with the standard rows of one verksamhet.
fn content(year: i32, form: Teckenform) -> Content {
    let form = Form { ar: year.to_string(), enhet: "tkr".into(), teckenform: form.code().into(), ..Form::default() };
    let mut content = check(&form, None).unwrap();
    let first = VerksamhetForm { namn: "Ekonomiskt bistånd".into(), vo: "1800".into() };
    content.set_verksamhet(check_verksamhet(&first, &content, VerksamhetId::new(), RadId::new).unwrap());
    content
}

/// A free table.
fn tabell(titel: &str) -> fri_tabell::Content {
    let form = fri_tabell::Form {
        titel: titel.to_owned(),
        enhet: "mnkr".into(),
        tabell: "År;Budget;Utfall;Differens\n2019;33;43,9;\n2021;41;37;".into(),
        ..fri_tabell::Form::default()
    };
    fri_tabell::check(&form, &domain::siffror::inlasning::Svar::default(), None).unwrap().content
}

/// The row of an account that is called so.
fn rad(content: &Content, namn: &str) -> RadId {
    content.rader().find(|(_, rad)| rad.namn == namn).unwrap().1.id
}

fn amount(rad: RadId, (tid, art): (Tid, Art), value: Option<i64>) -> Belopp {
    let tal = value.map(Tal::whole);
    Belopp { rad, tid, art, tal, not: String::new(), kommentar: String::new(), per: None, preliminar: false }
}

const YEAR: (Tid, Art) = (Tid::Bokslut, Art::Budget);

/// A plan with an account.
async fn begun(tx: &mut Tx, world: &World, year: i32) -> (Plan, Resultatrakning) {
    let plan = plan(tx, world.unit, year).await;
    let content = content(year, Teckenform::BadaPositiva);
    ekonomi::create(tx, now(), &plan, KontoId::new(), &content).await.unwrap();
    let konto = ekonomi::of_plan(tx, &plan).await.unwrap().unwrap();
    (plan, konto)
}

#[tokio::test]
async fn an_account_is_begun_once_with_its_rows_and_its_sums_are_reckoned() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let (plan, konto) = begun(&mut tx, &world, 2022).await;
        ekonomi::create(&mut tx, now(), &plan, konto.id, &konto.content).await.unwrap();
        let other = ekonomi::create(&mut tx, now(), &plan, KontoId::new(), &konto.content).await;
        assert!(matches!(other, Err(Error::Invalid(_))), "{db}: a plan has one account: {other:?}");
        assert!(
            ekonomi::lage(&mut tx, &plan).await.unwrap().is_none(),
            "{db}: without an amount there is nothing to tell"
        );
        let (income, staff) = (rad(&konto.content, "Bidrag och ersättningar"), rad(&konto.content, "Personal"));
        let new = [amount(income, YEAR, Some(6_000)), amount(staff, YEAR, Some(18_780))];
        let done = belopp::write(&mut tx, when(), &konto, &new, None).await.unwrap();
        assert_eq!((done.nya, done.andrade), (2, 0), "{db}");
        let found = ekonomi::rakning(&mut tx, &plan).await.unwrap().unwrap();
        let netto = found.konto().summa(Del::Netto, Tid::Bokslut, Art::Budget).hel();
        assert_eq!(netto, Some(Tal::whole(12_780)), "{db}");
        let lage = ekonomi::lage(&mut tx, &plan).await.unwrap().unwrap();
        assert_eq!(lage.fynd, "Budgeten för 2022 är 12\u{a0}780\u{a0}tkr netto.", "{db}");
        assert_eq!((lage.tid, lage.handlingsplan), (Tid::Bokslut, None), "{db}");
        let told = history::list(&mut tx, &[konto.id.0]).await.unwrap();
        assert_eq!(told.len(), 2, "{db}: {told:?}");
        assert!(told[0].changes[0].label.starts_with("Budget helår · "), "{db}: {told:?}");
    }
}

#[tokio::test]
async fn a_replaced_amount_stays_to_be_read_and_who_saw_another_is_told() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let (plan, konto) = begun(&mut tx, &world, 2022).await;
        let staff = rad(&konto.content, "Personal");
        let at = (Tid::Manad(4), Art::Prognos);
        let day = NaiveDate::from_ymd_opt(2022, 4, 30);
        let said = |value| Belopp { per: day, ..amount(staff, at, value) };
        belopp::write(&mut tx, when(), &konto, &[said(Some(19_000))], None).await.unwrap();
        let same = belopp::write(&mut tx, when(), &konto, &[said(Some(19_000))], None).await.unwrap();
        assert_eq!(same.oforandrade, 1, "{db}");
        let seen = |revision| belopp::Seen::from([((staff, at.0, at.1), revision)]);
        let late = belopp::write(&mut tx, when(), &konto, &[said(Some(18_500))], Some(&seen(0))).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}: {late:?}");
        belopp::write(&mut tx, when(), &konto, &[said(Some(18_500))], Some(&seen(1))).await.unwrap();
        // blank is no nought, and takes the amount out
        let emptied = belopp::write(&mut tx, when(), &konto, &[amount(staff, at, None)], None).await.unwrap();
        assert_eq!(emptied.tomda, 1, "{db}");
        let found = ekonomi::rakning(&mut tx, &plan).await.unwrap().unwrap();
        assert!(found.belopp.is_empty() && found.revisioner[&(staff, at.0, at.1)] == 3, "{db}");
        let all = belopp::tidigare(&mut tx, konto.id, (staff, at.0, at.1)).await.unwrap();
        let told: Vec<_> = all.iter().map(|(b, _)| b.tal).collect();
        assert_eq!(told, [Some(Tal::whole(19_000)), Some(Tal::whole(18_500)), None], "{db}");
        assert_eq!((all[0].0.per, all[0].1), (day, today()), "{db}: a forecast is kept with its day");
        let words = Belopp { not: "Oklart".into(), ..amount(staff, at, None) };
        belopp::write(&mut tx, when(), &konto, std::slice::from_ref(&words), None).await.unwrap();
        let found = ekonomi::rakning(&mut tx, &plan).await.unwrap().unwrap();
        assert_eq!(found.belopp, [words], "{db}: a word is kept, and is no figure");
        let twice = [amount(staff, at, Some(1)), amount(staff, at, Some(2))];
        assert!(matches!(belopp::write(&mut tx, when(), &konto, &twice, None).await, Err(Error::Invalid(_))), "{db}");
    }
}

#[tokio::test]
async fn a_row_with_amounts_is_not_taken_away_and_a_version_that_somebody_left_is_a_conflict() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let (plan, konto) = begun(&mut tx, &world, 2022).await;
        let (staff, rent) = (rad(&konto.content, "Personal"), rad(&konto.content, "Lokal"));
        belopp::write(&mut tx, when(), &konto, &[amount(staff, YEAR, Some(100))], None).await.unwrap();
        let mut without = konto.content.clone();
        without.remove_rad(staff);
        let refused = ekonomi::update(&mut tx, now(), &konto, 1, &without).await.unwrap_err();
        assert!(format!("{refused:?}").contains("Raden Personal i Ekonomiskt bistånd har belopp"), "{db}: {refused:?}");
        let mut other = konto.content.clone();
        let mut kind = other.rad(staff).unwrap().1.clone();
        kind.slag = Radslag::Intakt;
        other.set_rad(other.verksamheter[0].id, kind);
        assert!(matches!(ekonomi::update(&mut tx, now(), &konto, 1, &other).await, Err(Error::Invalid(_))), "{db}");
        let mut fewer = konto.content.clone();
        fewer.remove_rad(rent);
        ekonomi::update(&mut tx, now(), &konto, 1, &fewer).await.unwrap();
        assert!(matches!(ekonomi::update(&mut tx, now(), &konto, 1, &fewer).await, Err(Error::Conflict)), "{db}");
        let gone = belopp::write(&mut tx, when(), &konto, &[amount(rent, YEAR, Some(1))], None).await;
        assert!(matches!(gone, Err(Error::Invalid(_))), "{db}: {gone:?}");
        let found = ekonomi::of_plan(&mut tx, &plan).await.unwrap().unwrap();
        assert_eq!((found.version, found.content.rader().count()), (2, 10), "{db}");
        let told = history::list(&mut tx, &[konto.id.0]).await.unwrap();
        assert_eq!(told[0].changes[0].label, "Rader i Ekonomiskt bistånd", "{db}: {told:?}");
        // in another unit the same figures are other amounts
        let kr = Content { enhet: domain::ekonomi::Enhet::Kr, ..found.content.clone() };
        ekonomi::update(&mut tx, now(), &found, 2, &kr).await.unwrap();
        let before = belopp::write(&mut tx, when(), &konto, &[amount(staff, YEAR, Some(2))], None).await;
        assert!(matches!(before, Err(Error::Conflict)), "{db}: {before:?}");
    }
}

#[tokio::test]
async fn last_years_account_stands_beside_and_a_forecast_worse_than_budget_asks_for_a_plan() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let (_, before) = begun(&mut tx, &world, 2021).await;
        let staff = rad(&before.content, "Personal");
        let spent = [amount(staff, (Tid::Bokslut, Art::Utfall), Some(900))];
        belopp::write(&mut tx, when(), &before, &spent, None).await.unwrap();
        let plan = plan(&mut tx, world.unit, 2022).await;
        let year = domain::year::Year::try_from(2022).unwrap();
        let content = before.content.copy(year, VerksamhetId::new, RadId::new);
        ekonomi::create(&mut tx, now(), &plan, KontoId::new(), &content).await.unwrap();
        let konto = ekonomi::of_plan(&mut tx, &plan).await.unwrap().unwrap();
        let staff = rad(&konto.content, "Personal");
        let new = [
            amount(staff, YEAR, Some(1_000)),
            amount(staff, (Tid::Manad(4), Art::Prognos), Some(1_300)),
            amount(staff, (Tid::T1, Art::Utfall), Some(400)),
        ];
        belopp::write(&mut tx, when(), &konto, &new, None).await.unwrap();
        let fjol = ekonomi::i_fjol(&mut tx, &plan).await.unwrap().unwrap();
        assert_eq!(fjol.konto.id, before.id, "{db}");
        let lage = ekonomi::lage(&mut tx, &plan).await.unwrap().unwrap();
        assert_eq!(lage.fynd, "Prognosen är 300\u{a0}tkr sämre än budget.", "{db}");
        assert_eq!(lage.handlingsplan.unwrap().varfor, lage.fynd, "{db}");
        assert!(lage.tabell.kolumner.iter().any(|k| k.rubrik == "Utfall 2021"), "{db}");
    }
}

#[tokio::test]
async fn an_account_is_read_as_the_first_version_wrote_it_and_that_of_a_later_one_is_refused() {
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let store = store::Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let world = World::new(store).await;
        let mut tx = world.store.system(true).await.unwrap();
        let (plan, _) = begun(&mut tx, &world, 2022).await;
        tx.commit().await.unwrap();
        write_raw(&url, format!("update konto set content = '{}'", frozen("konto-content-1.json"))).await;
        let mut tx = world.store.system(false).await.unwrap();
        let found = ekonomi::of_plan(&mut tx, &plan).await.unwrap().unwrap().content;
        assert_eq!((found.enhet.code(), found.teckenform.code()), ("mnkr", "kostnader_negativa"), "{db}");
        assert_eq!((found.grans.andel, found.verksamheter[0].vo.as_str()), (Tal::whole(5), "1800"), "{db}");
        let (_, rad) = found.rader().nth(1).unwrap();
        assert_eq!((rad.slag, rad.projekt, rad.fran.is_some()), (Radslag::Kostnad, true, true), "{db}");
        drop(tx);
        write_raw(&url, r#"update konto set content = '{"v":2,"namn":"Budget"}'"#.to_owned()).await;
        let mut tx = world.store.system(false).await.unwrap();
        let error = ekonomi::of_plan(&mut tx, &plan).await.unwrap_err();
        assert!(error.to_string().starts_with("konto "), "{db}: {error}");
    }
}

#[tokio::test]
async fn a_free_table_is_kept_with_its_plan_and_found_in_no_other() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let (own, other) = (plan(&mut tx, world.unit, 2022).await, plan(&mut tx, world.unit, 2021).await);
        let id = FriTabellId::new();
        for _ in 0..2 {
            fri::create(&mut tx, now(), &own, id, &tabell("Bistånd")).await.unwrap();
        }
        let found = fri::get(&mut tx, &own, id).await.unwrap();
        assert_eq!(found.content, tabell("Bistånd"), "{db}");
        assert!(matches!(fri::get(&mut tx, &other, id).await, Err(Error::NotFound)), "{db}");
        fri::update(&mut tx, now(), &found, 1, &tabell("Utbetalt bistånd")).await.unwrap();
        assert!(matches!(fri::update(&mut tx, now(), &found, 1, &tabell("x")).await, Err(Error::Conflict)), "{db}");
        let all = fri::list(&mut tx, &own).await.unwrap();
        assert_eq!((all.len(), all[0].content.titel.as_str()), (1, "Utbetalt bistånd"), "{db}");
        fri::remove(&mut tx, now(), &all[0], 2).await.unwrap();
        assert!(fri::list(&mut tx, &own).await.unwrap().is_empty(), "{db}");
        assert_eq!(history::list(&mut tx, &[id.0]).await.unwrap().len(), 3, "{db}");
    }
}

#[tokio::test]
async fn a_free_table_is_read_as_the_first_version_wrote_it() {
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let store = store::Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let world = World::new(store).await;
        let mut tx = world.store.system(true).await.unwrap();
        let plan = plan(&mut tx, world.unit, 2022).await;
        fri::create(&mut tx, now(), &plan, FriTabellId::new(), &tabell("Bistånd")).await.unwrap();
        tx.commit().await.unwrap();
        write_raw(&url, format!("update fri_tabell set content = '{}'", frozen("fri-tabell-content-1.json"))).await;
        let mut tx = world.store.system(false).await.unwrap();
        let content = fri::list(&mut tx, &plan).await.unwrap().remove(0).content;
        assert_eq!(content.summa(0).unwrap().said(content.enhet), "33,0\u{a0}mnkr för 2019, utan 2022", "{db}");
        assert_eq!(content.rader[1].rutor[0].not, "Oklart", "{db}");
    }
}
