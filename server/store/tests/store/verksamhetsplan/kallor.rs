//! What feeds an indikator and is no series: the ticks of an egenkontroll, the figures of an internkontroll, a question of an enkät; on SQLite
//! and PostgreSQL.

use domain::{
    enkat::{self, FragaForm, Questions, check_fraga},
    id::{EgenkontrollId, EnkatId, InternkontrollId},
    internkontroll,
    occurrence::{Andel, Figure, Item, Share, Tick},
    period::Period,
    recurrence::{Recurrence, form::Fields},
    schedule::{Level, Responsible},
    tal::Tal,
    verksamhetsplan::indikator::{
        Content, Form, Utfallsperiod, check,
        kallor::{Siffror, av_egenkontroll, av_internkontroll},
        matning::{Matning, matning},
    },
};
use store::{Error, Tx, occurrence, verksamhetsplan::kallor};

use super::*;
use crate::plan::{day, today};

/// The time of a source in a month, of the level that is carried out.
async fn in_month(tx: &mut Tx, actor: &domain::person::Actor, source: Uuid, month: u32) -> Item {
    let all = occurrence::of_source(tx, actor, source).await.unwrap();
    let is = |item: &Item| item.occurrence.month() == month && item.level != Some(Level::Aktivitet);
    all.into_iter().find(is).unwrap()
}

async fn tick(tx: &mut Tx, item: &Item, tick: Tick) {
    let tick = Tick { performed_on: today(), ..tick };
    occurrence::tick(tx, now(), item, item.occurrence.version, &tick).await.unwrap();
}

fn measured(arsmal: &str) -> Content {
    let form = Form {
        namn: "Ansökningar".into(),
        arsmal: arsmal.into(),
        riktning: "hogre".into(),
        periodicitet: "tertial".into(),
        slag: if arsmal.ends_with('%') { "andel" } else { "antal" }.into(),
        ..Form::default()
    };
    check(&form, None).unwrap()
}

#[tokio::test]
async fn the_ticks_of_a_control_are_the_outcome_of_a_period_at_the_unit_where_they_were_made() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let id = world.add_control(Responsible::Role(Role::Enhetschef), Recurrence::Monthly).await;
        let mut tx = world.store.system(true).await.unwrap();
        for (month, (numerator, denominator)) in [(1, (7, 10)), (3, (30, 40))] {
            let item = in_month(&mut tx, &chef, id.0, month).await;
            let andel = Andel { total: Some(Share { numerator, denominator }), ..Andel::default() };
            tick(&mut tx, &item, Tick { andel, ..Tick::default() }).await;
        }
        let found = kallor::egenkontroll(&mut tx, id, world.unit).await.unwrap();
        assert_eq!((found.namn.as_str(), found.har.len()), ("Dokumentation", 12), "{db}");
        let t1 = Utfallsperiod::tertial_1(2026);
        let made = matning(&measured("75 %"), &av_egenkontroll(&found.har), t1, day(2026, 5, 4));
        let Matning::Finns(made) = made else { panic!("{db}: {made:?}") };
        let share = made.varden.total.and_then(|v| v.share);
        assert_eq!(share, Some(Share { numerator: 37, denominator: 50 }), "{db}");
        assert_eq!(made.said(t1), "alla täljare genom alla nämnare av 2 månader, t.o.m. mars 2026", "{db}");
        let elsewhere = kallor::egenkontroll(&mut tx, id, world.other).await.unwrap();
        assert!(elsewhere.har.is_empty(), "{db}: nothing is carried out there");
        // an indikator that is copied names the control of its first year
        store::plan::copy_plan::<domain::egenkontroll::Content>(&mut tx, now(), world.unit, 2026, 2027).await.unwrap();
        let both = kallor::egenkontroll(&mut tx, id, world.unit).await.unwrap();
        assert_eq!(both.har.len(), 24, "{db}");
        let none = kallor::egenkontroll(&mut tx, EgenkontrollId::new(), world.unit).await;
        assert!(matches!(none, Err(Error::NotFound)), "{db}");
    }
}

#[tokio::test]
async fn the_figure_of_an_internkontroll_is_read_by_the_time_that_it_is_of() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let form = internkontroll::Form {
            systematisk_kontroll: "Antal ansökningar".into(),
            kontrollaktivitet: "Följa upp antalet".into(),
            when: Fields::named("varje_manad"),
            ..internkontroll::Form::default()
        };
        let content = internkontroll::check(&form, 2026).unwrap();
        let mut tx = world.store.system(true).await.unwrap();
        let id = InternkontrollId::new();
        store::plan::create(&mut tx, now(), id, world.unit, 2026, &content).await.unwrap();
        for (month, n) in [(2, 4), (3, 5)] {
            let item = in_month(&mut tx, &chef, id.0, month).await;
            let figure = |label: &str, unit: &str, value: i64| Figure {
                label: label.into(),
                unit: unit.into(),
                value: Tal::whole(value),
                period: Some(Period::Month(2026, month - 1)),
                ..Figure::default()
            };
            let figures = vec![figure("Ansökningar", "st", n), figure("Utbetalt", "mnkr", 3)];
            tick(&mut tx, &item, Tick { figures, ..Tick::default() }).await;
        }
        let found = kallor::internkontroll(&mut tx, id).await.unwrap();
        assert_eq!((found.namn.as_str(), found.har.len()), ("Antal ansökningar", 2), "{db}");
        let content = measured("15 st");
        let Siffror::En(figures) = av_internkontroll(&content, &found.har) else { panic!("{db}") };
        let t1 = Utfallsperiod::tertial_1(2026);
        let made = matning(&content, &figures, t1, day(2026, 5, 4));
        let Matning::Finns(made) = made else { panic!("{db}: {made:?}") };
        assert_eq!(made.varden.total.map(|v| v.tal), Some(Tal::whole(9)), "{db}");
        assert_eq!(made.said(t1), "summa, t.o.m. februari 2026", "{db}");
        let none = kallor::internkontroll(&mut tx, InternkontrollId::new()).await;
        assert!(matches!(none, Err(Error::NotFound)), "{db}");
    }
}

#[tokio::test]
async fn a_question_of_an_enkat_is_called_by_its_words_and_has_what_is_published() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let form = enkat::Form {
            title: "Samtal".into(),
            kanal: "telefon".into(),
            grain: "manad".into(),
            first: "2026-01-01".into(),
            last: "2026-12-31".into(),
            ..enkat::Form::default()
        };
        let id = EnkatId::new();
        let content = enkat::check(&form, today()).unwrap();
        store::enkat::create(&mut tx, now(), id, world.unit, &content).await.unwrap();
        let asked = FragaForm { kind: "ja_nej_delvis".into(), text: "Bra bemötande?".into(), ..FragaForm::default() };
        let mut questions = Questions { kon: true, list: vec![] };
        questions.put(check_fraga(&asked, 1).unwrap());
        let found = store::enkat::get(&mut tx, id).await.unwrap();
        let version = store::enkat::versions(&mut tx, id).await.unwrap().remove(0);
        let seen = (&version, &version.questions);
        store::enkat::update_questions(&mut tx, now(), &found, seen, &questions, "Frågor", vec![]).await.unwrap();
        let found = kallor::enkatfraga(&mut tx, id, 1).await.unwrap();
        assert_eq!((found.namn.as_str(), found.har.len()), ("Bra bemötande?", 0), "{db}: nothing is published");
        for (enkat, fraga) in [(id, 2), (EnkatId::new(), 1)] {
            let none = kallor::enkatfraga(&mut tx, enkat, fraga).await;
            assert!(matches!(none, Err(Error::NotFound)), "{db}");
        }
    }
}
