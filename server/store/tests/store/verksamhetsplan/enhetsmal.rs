//! The story of a goal: its texts, what is expected and what came out, how it was met, and the groups that have it; on SQLite and
//! PostgreSQL.

mod race;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::NodeId,
    permission::Role,
    recurrence::{Recurrence, form::Fields},
    verksamhetsplan::{
        enhetsmal::{
            self,
            bedomning::BeslutForm,
            uppfoljning::{self, UppfoljningId},
            vpgrupp::{GrupprapportId, VpgruppId},
        },
        forvantat::{
            self, ForvantatId,
            bedomning::{UtfallForm, bedom},
        },
        mal::{self, Benamning, MalId, Niva, Uppfyllelse, bort::Slag},
        plan::{Plan, PlanId},
    },
};
use store::{Error, Tx, verksamhetsplan as plans};

use crate::{
    Brought,
    plan::{World, worlds},
    race::table::{Held, Own},
    sent::{self, make},
    stored::{frozen, write},
};

pub const BROUGHT: Brought = Brought {
    kept: &[
        ("verksamhetsplan::bedomning::update", Held),
        ("verksamhetsplan::enhetsmal::update", Held),
        ("verksamhetsplan::forvantat::create", Held),
        ("verksamhetsplan::forvantat::update", Held),
        ("verksamhetsplan::forvantat::remove", Held),
        ("verksamhetsplan::forvantat::move_rad", Held),
        ("verksamhetsplan::forvantat::update_utfall", Held),
        ("verksamhetsplan::uppfoljning::create", Held),
        ("verksamhetsplan::uppfoljning::update", Held),
        ("verksamhetsplan::uppfoljning::remove", Held),
        ("verksamhetsplan::vpgrupp::create", Own),
        ("verksamhetsplan::vpgrupp::update", Held),
        ("verksamhetsplan::vpgrupp::remove", Held),
        ("verksamhetsplan::vpgrupp::create_rapport", Own),
    ],
    makes: &[
        (
            "verksamhetsplan::forvantat::create",
            make!(|tx, w, id, text| {
                let (plan, mal) = goal_of(tx, w.unit, 2033).await?;
                plans::forvantat::create(tx, sent::now(), plan, (ForvantatId(id), mal), &expected(text, "", "")).await
            }),
        ),
        (
            "verksamhetsplan::uppfoljning::create",
            make!(|tx, w, id, text| {
                let (plan, mal) = goal_of(tx, w.unit, 2036).await?;
                plans::uppfoljning::create(tx, sent::now(), plan, (UppfoljningId(id), mal), &followed(text, 2036)).await
            }),
        ),
        (
            "verksamhetsplan::vpgrupp::create",
            make!(|tx, w, id, text| {
                let (plan, mal) = goal_of(tx, w.unit, 2034).await?;
                let group = (text.to_owned(), vec![mal], vec![]);
                plans::vpgrupp::create(tx, sent::now(), plan, VpgruppId(id), &group).await
            }),
        ),
        (
            "verksamhetsplan::vpgrupp::create_rapport",
            make!(|tx, w, id, text| {
                let (plan, mal) = goal_of(tx, w.unit, 2035).await?;
                let of = plans::get(tx, plan).await?;
                let there = plans::vpgrupp::of_plan(tx, &of).await?.first().map(|group| group.id);
                let group = if let Some(group) = there {
                    group
                } else {
                    let (group, new) = (VpgruppId::new(), ("Unga vuxna".to_owned(), vec![mal], vec![]));
                    plans::vpgrupp::create(tx, sent::now(), plan, group, &new).await?;
                    group
                };
                tx.act_as(w.who);
                let when = (sent::now(), sent::today());
                plans::vpgrupp::create_rapport(tx, when, plan, (GrupprapportId(id), group, mal), text, true).await
            }),
        ),
    ],
};

fn now() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(2022, 9, 5).unwrap().and_hms_opt(9, 0, 0).unwrap().and_utc()
}

/// The plan of a unit and year with a goal of its own; the same whoever asks.
async fn goal_of(tx: &mut Tx, unit: NodeId, year: i32) -> Result<(PlanId, MalId), Error> {
    let plan = plans::create(tx, now(), PlanId::new(), (unit, year), Benamning::Enhetsmal).await?;
    let trad = plans::mal::trad(tx, unit, year).await?;
    if let Some(post) = trad.walk().first() {
        return Ok((plan, post.mal.id));
    }
    let (id, titel) = (MalId::new(), "Egen försörjning".to_owned());
    let content = mal::Content { niva: Niva::Enhetsmal, nr: String::new(), titel, beskrivning: String::new() };
    plans::mal::create(tx, now(), plan, (id, None), &content).await?;
    Ok((plan, id))
}

fn expected(text: &str, malvarde: &str, villkor: &str) -> forvantat::Content {
    let jamforelse = if malvarde.is_empty() { "" } else { "hogst" };
    let form = forvantat::Form {
        text: text.into(),
        jamforelse: jamforelse.into(),
        malvarde: malvarde.into(),
        villkor: villkor.into(),
        ..forvantat::Form::default()
    };
    forvantat::check(&form, 2022).unwrap()
}

/// What is followed every month of a year.
pub fn followed(vad: &str, year: i32) -> uppfoljning::Content {
    let when = Fields::named("varje_manad");
    let form = uppfoljning::Form {
        vad: vad.into(),
        when,
        responsible: "roll:enhetschef".into(),
        visas: vec!["apt".into()],
        ..uppfoljning::Form::default()
    };
    uppfoljning::check(&form, year, None).unwrap()
}

fn texts(arbetssatt: &str) -> enhetsmal::Content {
    enhetsmal::Content { arbetssatt: arbetssatt.into(), ..enhetsmal::Content::default() }
}

fn outcome(total: &str, kvinnor: &str) -> UtfallForm {
    UtfallForm { total: total.into(), kvinnor: kvinnor.into(), ..UtfallForm::default() }
}

fn met(status: &str, analys: &str) -> BeslutForm {
    BeslutForm { status: status.into(), analys: analys.into() }
}

/// A transaction in the name of the chef of the world.
async fn begun(world: &World) -> (Tx, domain::person::Actor) {
    let chef = world.person(Role::Enhetschef, world.unit).await;
    let mut tx = world.store.system(true).await.unwrap();
    tx.act_as(chef.person);
    (tx, chef)
}

#[tokio::test]
async fn a_goal_has_texts_rows_and_outcomes_and_what_is_decided_of_it_is_held_against_them() {
    for (db, world) in worlds().await {
        let (mut tx, _) = begun(&world).await;
        let tx = &mut tx;
        let (plan, mal) = goal_of(tx, world.unit, 2022).await.unwrap();
        assert_eq!(plans::enhetsmal::get(tx, mal).await.unwrap(), None, "{db}: nobody has written any");
        plans::enhetsmal::update(tx, now(), plan, (mal, 0), &texts("Möten varje vecka")).await.unwrap();
        let late = plans::enhetsmal::update(tx, now(), plan, (mal, 0), &texts("Annat")).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}: {late:?}");
        plans::enhetsmal::update(tx, now(), plan, (mal, 1), &texts("Möten varje dag")).await.unwrap();
        let there = plans::enhetsmal::of_plan(tx, plan).await.unwrap();
        assert_eq!((there.len(), there[0].version, there[0].content.arbetssatt.as_str()), (1, 2, "Möten varje dag"));

        let (first, second) = (ForvantatId::new(), ForvantatId::new());
        let v2 = expected("Antal vuxna med ekonomiskt bistånd", "975 st", "max 50 % kvinnor");
        for _ in 0..2 {
            plans::forvantat::create(tx, now(), plan, (first, mal), &v2).await.unwrap();
        }
        let words = expected("Alla som söker erbjuds stöd", "", "");
        plans::forvantat::create(tx, now(), plan, (second, mal), &words).await.unwrap();
        let order = async |tx: &mut Tx| {
            plans::forvantat::of_mal(tx, mal).await.unwrap().into_iter().map(|rad| rad.id).collect::<Vec<_>>()
        };
        assert_eq!(order(tx).await, [first, second], "{db}: sent twice is one");
        for _ in 0..2 {
            plans::forvantat::move_rad(tx, now(), plan, (mal, second), true).await.unwrap();
        }
        assert_eq!(order(tx).await, [second, first], "{db}: at the end nothing happens");

        let of = async |tx: &mut Tx, form: UtfallForm, version: i64| {
            plans::forvantat::update_utfall(tx, now(), plan, (mal, first), (8, version), &form).await
        };
        of(tx, outcome("960", "470"), 0).await.unwrap();
        assert!(matches!(of(tx, outcome("950", ""), 0).await, Err(Error::Conflict)), "{db}");
        let refused = of(tx, outcome("många", ""), 1).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{db}: {refused:?}");
        let elsewhen = plans::forvantat::update_utfall(tx, now(), plan, (mal, first), (5, 0), &outcome("1", "")).await;
        assert!(matches!(elsewhen, Err(Error::NotFound)), "{db}: {elsewhen:?}");
        let all = plans::forvantat::utfall(tx, mal).await.unwrap();
        assert_eq!(all, plans::forvantat::utfall_of_plan(tx, plan).await.unwrap(), "{db}");
        assert_eq!((all.len(), all[0].manad, all[0].version), (1, 8, 1), "{db}");
        assert_eq!(bedom(&v2, &all[0].utfall).status, Some(Uppfyllelse::Helt), "{db}: V2");

        let decide = async |tx: &mut Tx, manad: u32, version: i64, form: BeslutForm| {
            plans::bedomning::update(tx, now(), plan, (mal, manad), version, &form).await
        };
        let unsaid = decide(tx, 8, 0, met("delvis", "")).await;
        assert!(matches!(&unsaid, Err(Error::Invalid(faults)) if faults[0].field == "analys"), "{db}: {unsaid:?}");
        decide(tx, 8, 0, met("delvis", "Sommaren kan dra upp")).await.unwrap();
        assert!(matches!(decide(tx, 8, 0, met("helt", "")).await, Err(Error::Conflict)), "{db}");
        let decided = plans::bedomning::of_plan(tx, plan, 8).await.unwrap();
        assert_eq!(decided.keys().collect::<Vec<_>>(), [&mal], "{db}");
        assert_eq!(decided[&mal].status, Uppfyllelse::Delvis, "{db}");
        assert_eq!(decided[&mal].foreslaget, Some(Uppfyllelse::Helt), "{db}: what was proposed then");
        assert_eq!(plans::bedomning::of_plan(tx, plan, 4).await.unwrap(), BTreeMap::new(), "{db}");
        of(tx, outcome("960", "490"), 1).await.unwrap();
        let (beslut, version) = plans::bedomning::of_mal(tx, plan, mal).await.unwrap().remove(&8).unwrap();
        let rader = plans::forvantat::of_plan(tx, plan).await.unwrap();
        let utfall = plans::forvantat::utfall(tx, mal).await.unwrap();
        let utfall = utfall.into_iter().map(|one| (one.rad, one.utfall)).collect();
        let now_there = enhetsmal::bedomning::foresla_av(&rader, &utfall);
        assert!(beslut.andrat(now_there.as_ref()).unwrap().contains("när förslaget var"), "{db}");
        decide(tx, 8, version, met("delvis", "")).await.unwrap();

        let hanging = plans::enhetsmal::kopplade(tx, mal).await.unwrap();
        assert_eq!(hanging.iter().map(|one| one.slag).collect::<Vec<_>>(), [Slag::Forvantat], "{db}");
        plans::forvantat::update(tx, now(), plan, (mal, first, 1), &words).await.unwrap();
        let kept = plans::forvantat::remove(tx, now(), plan, (mal, first, 2)).await;
        assert!(matches!(kept, Err(Error::Invalid(_))), "{db}: what came out of it stays: {kept:?}");
        let gone = plans::forvantat::remove(tx, now(), plan, (mal, second, 9)).await;
        assert!(matches!(gone, Err(Error::Conflict)), "{db}: {gone:?}");
        plans::forvantat::remove(tx, now(), plan, (mal, second, 1)).await.unwrap();
        assert_eq!(order(tx).await, [first], "{db}");
        let told = store::history::list(tx, &[mal.0]).await.unwrap();
        for what in ["Texter ändrade", "Förväntat resultat borttaget", "Utfall Tertial 2", "Bedömning Tertial 2"] {
            assert!(told.iter().any(|entry| entry.what == what), "{db}: {what}");
        }
    }
}

#[tokio::test]
async fn what_is_another_plans_is_not_found_and_a_goal_above_is_assessed_and_not_changed() {
    for (db, world) in worlds().await {
        let (mut tx, _) = begun(&world).await;
        let tx = &mut tx;
        let (plan, mal) = goal_of(tx, world.unit, 2022).await.unwrap();
        let (other_plan, other) = goal_of(tx, world.other, 2022).await.unwrap();
        let row = ForvantatId::new();
        plans::forvantat::create(tx, now(), other_plan, (row, other), &expected("Deras", "", "")).await.unwrap();
        for (of, id) in [(other, row), (mal, row)] {
            let moved = plans::forvantat::move_rad(tx, now(), plan, (of, id), true).await;
            assert!(matches!(moved, Err(Error::NotFound)), "{db}: {moved:?}");
            let gone = plans::forvantat::remove(tx, now(), plan, (of, id, 1)).await;
            assert!(matches!(gone, Err(Error::NotFound)), "{db}: {gone:?}");
            let came = plans::forvantat::update_utfall(tx, now(), plan, (of, id), (4, 0), &outcome("1", "")).await;
            assert!(matches!(came, Err(Error::NotFound)), "{db}: {came:?}");
        }
        let foreign = plans::bedomning::update(tx, now(), plan, (other, 4), 0, &met("helt", "")).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{db}: {foreign:?}");

        // of the node above both
        let above =
            plans::create(tx, now(), PlanId::new(), (world.avdelning, 2022), Benamning::Enhetsmal).await.unwrap();
        let shared = MalId::new();
        let titel = "Invånare är självförsörjande".to_owned();
        let content = mal::Content { niva: Niva::KfMal, nr: "1.2".into(), titel, beskrivning: String::new() };
        plans::mal::create(tx, now(), above, (shared, None), &content).await.unwrap();
        let texts = plans::enhetsmal::update(tx, now(), plan, (shared, 0), &texts("Vårt")).await;
        assert!(matches!(texts, Err(Error::NotFound)), "{db}: {texts:?}");
        let new = (ForvantatId::new(), shared);
        let row = plans::forvantat::create(tx, now(), plan, new, &expected("Vårt", "", "")).await;
        assert!(matches!(row, Err(Error::NotFound)), "{db}: {row:?}");
        plans::bedomning::update(tx, now(), plan, (shared, 12), 0, &met("ingen", "")).await.unwrap();
        let decided = plans::bedomning::of_plan(tx, plan, 12).await.unwrap();
        assert_eq!(decided[&shared].status, Uppfyllelse::Ingen, "{db}: an answer too");
        assert_eq!(plans::bedomning::of_plan(tx, other_plan, 12).await.unwrap().len(), 0, "{db}: theirs alone");
        let told = store::history::list(tx, &[shared.0]).await.unwrap();
        assert!(told.iter().all(|entry| !entry.what.starts_with("Bedömning")), "{db}: no other unit reads it there");
        let own = store::history::list(tx, &[plan.0]).await.unwrap();
        assert!(own.iter().any(|entry| entry.what == "Bedömning VB"), "{db}");
    }
}

#[tokio::test]
async fn the_members_of_a_group_write_how_it_goes_and_a_group_that_has_written_stays() {
    for (db, world) in worlds().await {
        let member = world.person(Role::Medarbetare, world.unit).await;
        let foreign = world.person(Role::Medarbetare, world.other).await;
        let (mut tx, chef) = begun(&world).await;
        let tx = &mut tx;
        let (plan, mal) = goal_of(tx, world.unit, 2022).await.unwrap();
        let group = VpgruppId::new();
        let of = |members: Vec<domain::id::PersonId>| ("Unga vuxna".to_owned(), vec![mal], members);
        let refused = plans::vpgrupp::create(tx, now(), plan, group, &of(vec![foreign.person])).await;
        assert!(matches!(&refused, Err(Error::Invalid(faults)) if faults[0].field == "medlemmar"), "{db}: {refused:?}");
        let group = VpgruppId::new();
        for _ in 0..2 {
            plans::vpgrupp::create(tx, now(), plan, group, &of(vec![member.person])).await.unwrap();
        }
        let there: Plan = plans::get(tx, plan).await.unwrap();
        let all = plans::vpgrupp::of_plan(tx, &there).await.unwrap();
        assert_eq!((all.len(), &all[0].medlemmar, &all[0].mal), (1, &vec![member.person], &vec![mal]), "{db}");
        let elsewhere = ("Unga".to_owned(), vec![MalId::new()], vec![]);
        let refused = plans::vpgrupp::update(tx, now(), plan, (group, 1), &elsewhere).await;
        assert!(matches!(&refused, Err(Error::Invalid(faults)) if faults[0].field == "mal"), "{db}: {refused:?}");

        let when = (now(), now().date_naive());
        let ids = (GrupprapportId::new(), group, mal);
        let stranger = plans::vpgrupp::create_rapport(tx, when, plan, ids, "Bra", false).await;
        assert!(matches!(stranger, Err(Error::Forbidden)), "{db}: {stranger:?}");
        tx.act_as(member.person);
        for _ in 0..2 {
            plans::vpgrupp::create_rapport(tx, when, plan, ids, "Fyra av tio har börjat praktik", false).await.unwrap();
        }
        let written = plans::vpgrupp::rapporter(tx, plan, mal).await.unwrap();
        assert_eq!((written.len(), written[0].grupp.as_str()), (1, "Unga vuxna"), "{db}");
        assert_eq!(written[0].rapport.who, member.person, "{db}");
        tx.act_as(chef.person);
        let kept = plans::vpgrupp::remove(tx, now(), plan, (group, 1)).await;
        assert!(matches!(kept, Err(Error::Invalid(_))), "{db}: {kept:?}");
        let hanging = plans::enhetsmal::kopplade(tx, mal).await.unwrap();
        assert_eq!(hanging.iter().map(|one| one.slag).collect::<Vec<_>>(), [Slag::Grupp], "{db}");
    }
}

#[tokio::test]
async fn what_stands_at_a_goal_is_read_as_the_first_version_wrote_it() {
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let store = store::Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let world = World::new(store).await;
        let mut tx = world.store.system(true).await.unwrap();
        let (plan, mal) = goal_of(&mut tx, world.unit, 2022).await.unwrap();
        let row = ForvantatId::new();
        plans::enhetsmal::update(&mut tx, now(), plan, (mal, 0), &texts("Nu")).await.unwrap();
        plans::forvantat::create(&mut tx, now(), plan, (row, mal), &expected("Nu", "", "")).await.unwrap();
        plans::forvantat::update_utfall(&mut tx, now(), plan, (mal, row), (4, 0), &outcome("1", "")).await.unwrap();
        plans::bedomning::update(&mut tx, now(), plan, (mal, 4), 0, &met("helt", "Nu")).await.unwrap();
        let foljs = UppfoljningId::new();
        plans::uppfoljning::create(&mut tx, now(), plan, (foljs, mal), &followed("Nu", 2022)).await.unwrap();
        tx.commit().await.unwrap();
        for (table, name) in [
            ("enhetsmal", "enhetsmal-content-1.json"),
            ("forvantat", "forvantat-content-1.json"),
            ("forvantatutfall", "forvantatutfall-content-1.json"),
            ("malbedomning", "malbedomning-content-1.json"),
            ("uppfoljning", "uppfoljning-content-1.json"),
        ] {
            write(&url, format!("update {table} set content = '{}'", frozen(name))).await;
        }
        let mut tx = world.store.system(false).await.unwrap();
        let texts = plans::enhetsmal::get(&mut tx, mal).await.unwrap().unwrap().content;
        let agenda: Vec<String> = texts.agenda.iter().map(enhetsmal::Agendamal::said).collect();
        assert_eq!(
            (texts.arbetssatt.as_str(), agenda),
            ("Möten varje vecka", vec!["5.2".into(), "10.2".into()]),
            "{db}"
        );
        let content = plans::uppfoljning::get(&mut tx, mal, foljs).await.unwrap().content;
        assert_eq!(content.titel(), "Följ upp och visa på transparenstavlan: Placeringar", "{db}");
        assert_eq!(
            (content.recurrence, content.av.as_str()),
            (Recurrence::Monthly, "Enhetschef och controller"),
            "{db}"
        );
        let content = plans::forvantat::get(&mut tx, mal, row).await.unwrap().content;
        assert_eq!(content.mal(), "högst 975\u{a0}st (2018: 980), varav högst 50\u{a0}% kvinnor", "{db}");
        let utfall = plans::forvantat::utfall(&mut tx, mal).await.unwrap().remove(0).utfall;
        assert!(bedom(&content, &utfall).skal.contains("48,96"), "{db}");
        let beslut = plans::bedomning::of_plan(&mut tx, plan, 4).await.unwrap().remove(&mal).unwrap();
        assert_eq!((beslut.status, beslut.foreslaget), (Uppfyllelse::Delvis, Some(Uppfyllelse::Helt)), "{db}");
    }
}

#[tokio::test]
async fn what_is_followed_of_a_goal_has_its_times_on_the_wheel_and_goes_from_there_with_its_row() {
    for (db, world) in worlds().await {
        let (mut tx, chef) = begun(&world).await;
        let (plan, mal) = goal_of(&mut tx, world.unit, 2022).await.unwrap();
        let id = UppfoljningId::new();
        for _ in 0..2 {
            let new = followed("Placeringar", 2022);
            plans::uppfoljning::create(&mut tx, now(), plan, (id, mal), &new).await.unwrap();
        }
        let laid = plans::uppfoljning::aktiviteter(&mut tx, mal).await.unwrap();
        assert_eq!(laid.len(), 1, "{db}: a resend is the same one");
        let schedule = laid[&id];
        let times = store::occurrence::of_source(&mut tx, &chef, schedule.0).await.unwrap();
        assert_eq!(times.len(), 12, "{db}");
        assert!(times.iter().all(|item| item.title == "Följ upp och visa på APT: Placeringar"), "{db}");
        assert_eq!(plans::uppfoljning::of_schedule(&mut tx, schedule).await.unwrap(), Some((plan, mal)), "{db}");
        let alone = store::aktivitet::remove(&mut tx, now(), schedule, "Fel").await;
        assert!(matches!(alone, Err(Error::Invalid(_))), "{db}: it goes with its row: {alone:?}");
        let kopplat = plans::mal::remove(&mut tx, now(), plan, (mal, 1)).await;
        assert!(format!("{kopplat:?}").contains("uppföljningen ”Placeringar”"), "{db}: {kopplat:?}");

        let other = uppfoljning::Content { visas: vec![], ..followed("Besök", 2022) };
        plans::uppfoljning::update(&mut tx, now(), plan, (mal, id, 1), &other).await.unwrap();
        let late = plans::uppfoljning::update(&mut tx, now(), plan, (mal, id, 1), &other).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}");
        let times = store::occurrence::of_source(&mut tx, &chef, schedule.0).await.unwrap();
        assert!(times.len() == 12 && times.iter().all(|item| item.title == "Följ upp: Besök"), "{db}: it follows");

        let titel = "Bo kvar".to_owned();
        let named = mal::Content { niva: Niva::Enhetsmal, nr: String::new(), titel, beskrivning: String::new() };
        plans::mal::update(&mut tx, now(), plan, (mal, 1), &named).await.unwrap();
        let said = store::schedule::get(&mut tx, schedule).await.unwrap().description;
        assert!(said.starts_with("Mål: Bo kvar"), "{db}: by the name that the goal has now: {said}");

        let next = plans::kopiering::kopiera_plan(&mut tx, now(), plan, PlanId::new()).await.unwrap();
        let copied = plans::uppfoljning::of_plan(&mut tx, next.plan).await.unwrap();
        assert_eq!((copied.len(), copied[0].copied_from), (1, Some(id)), "{db}");
        let of_next = plans::uppfoljning::aktiviteter(&mut tx, copied[0].mal).await.unwrap();
        let times = store::occurrence::of_source(&mut tx, &chef, of_next[&copied[0].id].0).await.unwrap();
        assert!(
            times.len() == 12 && times.iter().all(|item| item.occurrence.due.to_string().starts_with("2023")),
            "{db}"
        );
        let again = plans::kopiering::kopiera_plan(&mut tx, now(), plan, PlanId::new()).await.unwrap();
        assert_eq!(plans::uppfoljning::of_plan(&mut tx, again.plan).await.unwrap().len(), 1, "{db}: once");

        plans::uppfoljning::remove(&mut tx, now(), plan, (mal, id, 2)).await.unwrap();
        assert!(plans::uppfoljning::of_mal(&mut tx, mal).await.unwrap().is_empty(), "{db}");
        assert_eq!(plans::uppfoljning::of_schedule(&mut tx, schedule).await.unwrap(), None, "{db}");
        let gone = store::schedule::get(&mut tx, schedule).await;
        assert!(matches!(gone, Err(Error::NotFound)), "{db}: off the wheel");
    }
}
