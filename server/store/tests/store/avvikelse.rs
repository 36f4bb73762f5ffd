//! The story of cases: reported, opened by those who may and by nobody else, from report to followed-up effect, found and
//! counted; on SQLite and PostgreSQL.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    atgard::{self, Source},
    avvikelse::{
        Arende, Bedomning, Innehall, Kanal, Kategori, Kind, Kinds, Orsak, Relation, State, Step, Vantar, act,
        arende::{Bilaga, Syn},
        bilaga::Borttaget,
        case::{Beslut, Ivo, Utredning},
        deadline::Goals,
        handling::Bedomt,
        intake::{Inkommet, Rapport, When},
        register::{self, Counts},
        sok::{Sok, Term},
        word::{Risk, Ror, Upprepning},
    },
    id::{AtgardId, AvvikelseId, BilagaId, NodeId, PersonId},
    occurrence::Tick,
    organisation::{Node, NodeKind},
    permission::{Action, Area, Role},
    person::Actor,
};
use store::{
    Error, Store, Target,
    avvikelse::{
        self, bilaga, frist, gallring, installning,
        register::{self as reg, Exakt},
        sok,
    },
    history, occurrence,
    person::NewPerson,
};

mod ansvarig;
mod frislappt;
mod frozen;
mod ord;
mod tillfragad;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn today() -> NaiveDate {
    day(2026, 11, 23)
}

fn now() -> DateTime<Utc> {
    today().and_hms_opt(12, 0, 0).unwrap().and_utc()
}

struct World {
    db: &'static str,
    store: Store,
    unit: NodeId,
    other_unit: NodeId,
    reporter: Arc<Actor>,
    colleague: Arc<Actor>,
    chef: Arc<Actor>,
    chef_elsewhere: Arc<Actor>,
    lex_sarah: Arc<Actor>,
    /// Nobody of these reads a case.
    outsiders: Vec<Arc<Actor>>,
}

async fn person(store: &Store, role: Role, node: NodeId, name: &str) -> Arc<Actor> {
    let mut tx = store.system(true).await.unwrap();
    let id = PersonId::new();
    let (email, password_hash) = (format!("{id}@demo.se"), "x".into());
    let new = NewPerson { id, name: name.into(), email, password_hash, roles: vec![(role, node)] };
    store::person::create(&mut tx, now(), &new).await.unwrap();
    let actor = store::person::actor(&mut tx, id, 1).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    actor
}

async fn worlds() -> Vec<World> {
    worlds_of(crate::common::stores().await).await
}

async fn worlds_of(stores: Vec<(&'static str, Store)>) -> Vec<World> {
    let mut worlds = Vec::new();
    for (db, store) in stores {
        let mut tx = store.system(true).await.unwrap();
        let node = |parent, kind, name: &str| Node {
            id: NodeId::new(),
            parent,
            kind,
            name: name.into(),
            active: true,
            version: 1,
        };
        let top = node(None, NodeKind::Avdelning, "Avdelningen");
        let unit = node(Some(top.id), NodeKind::Enhet, "Enheten");
        let other = node(Some(top.id), NodeKind::Enhet, "Grannenheten");
        let (top_id, unit_id, other_id) = (top.id, unit.id, other.id);
        for node in [top, unit, other] {
            store::organisation::create_node(&mut tx, now(), &node).await.unwrap();
        }
        tx.commit().await.unwrap();
        let reporter = person(&store, Role::Medarbetare, unit_id, "Handläggare 1").await;
        let colleague = person(&store, Role::Medarbetare, unit_id, "Handläggare 2").await;
        let chef_elsewhere = person(&store, Role::Enhetschef, other_id, "Enhetschef 2").await;
        let mut outsiders = vec![colleague.clone(), chef_elsewhere.clone()];
        for (role, at) in [(Role::Metodutvecklare, unit_id), (Role::Controller, top_id), (Role::Admin, top_id)] {
            outsiders.push(person(&store, role, at, role.label()).await);
        }
        worlds.push(World {
            db,
            unit: unit_id,
            other_unit: other_id,
            reporter,
            colleague,
            chef: person(&store, Role::Enhetschef, unit_id, "Enhetschef 1").await,
            chef_elsewhere,
            lex_sarah: person(&store, Role::LexSarah, top_id, "Lex Sarah-utredare").await,
            outsiders,
            store,
        });
    }
    worlds
}

fn rapport(what: &str) -> Rapport {
    Rapport {
        what: what.into(),
        when: When::Exact(day(2026, 11, 20), None),
        place: "Mottagningen".into(),
        process: "Ekonomiskt bistånd".into(),
        reference: "EB-1234".into(),
        noticed_by: "Handläggare".into(),
        consequence: "Utbetalningen blev sen".into(),
        done_at_once: "Betalades ut manuellt".into(),
        ror: Ror::Brukare,
        suggestion: String::new(),
        suspected: false,
        pui: false,
        discovered: None,
        on_behalf_of: None,
    }
}

fn klagomal(what: &str, kategori: Kategori, contact: Option<&str>) -> Innehall {
    Innehall::Inkommet(Inkommet {
        what: what.into(),
        on: day(2026, 11, 10),
        kanal: Kanal::Telefon,
        kategori,
        positive: false,
        kind: Kind::Klagomal,
        contact: contact.map(Into::into),
    })
}

impl World {
    async fn report(&self, who: &Actor, innehall: Innehall) -> AvvikelseId {
        let id = AvvikelseId::new();
        self.send(who, id, innehall).await.unwrap();
        id
    }

    async fn send(&self, who: &Actor, id: AvvikelseId, innehall: Innehall) -> Result<(), Error> {
        let target = Target::Node(self.unit, Area::Avvikelse);
        let mut tx = self.store.write(who, target, Action::TickOwn).await?;
        avvikelse::create(&mut tx, now(), today(), id, self.unit, innehall).await?;
        tx.commit().await
    }

    async fn open(&self, who: &Actor, id: AvvikelseId) -> Result<Syn, Error> {
        let mut tx = self.store.write(who, Target::Avvikelse(id), Action::View).await?;
        let seen = avvikelse::open(&mut tx, now(), who, id, "Ärendet").await?;
        tx.commit().await?;
        Ok(seen)
    }

    async fn case(&self, who: &Actor, id: AvvikelseId) -> Arende {
        match self.open(who, id).await.unwrap() {
            Syn::Handlaggare(a, _) => *a,
            Syn::Rapportor(_) => panic!("{}: not as one who handles it", self.db),
        }
    }

    /// Changes a case as `who`, as it is now.
    async fn change(
        &self,
        who: &Actor,
        id: AvvikelseId,
        act: impl FnOnce(&Arende, Relation) -> Result<Arende, domain::field::FieldError>,
    ) -> Result<(), String> {
        let mut tx = self.store.write(who, Target::Avvikelse(id), Action::Edit).await.unwrap();
        let (before, relation) = avvikelse::handle(&mut tx, now(), who, id).await.unwrap();
        let after = act(&before, relation).map_err(|why| why.message)?;
        avvikelse::save(&mut tx, now(), &before, &after, before.version, ("Ändrad", "")).await.unwrap();
        tx.commit().await.unwrap();
        Ok(())
    }

    /// An åtgärd of a case.
    async fn atgard(&self, case: AvvikelseId) -> AtgardId {
        let id = AtgardId::new();
        let target = Target::Node(self.unit, Area::Atgard);
        let mut tx = self.store.write(&self.chef, target, Action::Edit).await.unwrap();
        let form = atgard::Form {
            title: "Ny rutin för bevakning".into(),
            responsible: "roll:enhetschef".into(),
            due: "2026-12-01".into(),
            ..atgard::Form::default()
        };
        let content = atgard::check(&form, today()).unwrap();
        let source = Source::Avvikelse(case);
        store::atgard::create(&mut tx, now(), today(), id, self.unit, source, &content).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn found(&self, who: &Actor, sok: &Sok) -> Vec<String> {
        let opened = self.store.read(who, Target::Anywhere(Area::Avvikelse), Action::View).await;
        let Ok(mut tx) = opened else { return vec![] };
        let nodes = [self.unit, self.other_unit];
        let page = sok::list(&mut tx, who, &nodes, sok, None).await.unwrap();
        page.rows.into_iter().map(|r| r.number).collect()
    }
}

fn bedomt(kinds: &[Kind]) -> Bedomt {
    Bedomt {
        kinds: Kinds::of(kinds),
        kategori: None,
        handelsetyp: "Inkomna handlingar".into(),
        process: "Ekonomiskt bistånd".into(),
        reason: String::new(),
    }
}

fn utredning() -> Utredning {
    Utredning {
        timeline: "Ansökan kom in på fredagen".into(),
        found: "Tjänsten bevakades inte".into(),
        consequences: "Två dagar utan pengar".into(),
        upprepning: Some(Upprepning::Stor),
        orsaker: vec![Orsak::Rutiner, Orsak::Kommunikation],
        beslut: "Rutinen ändras".into(),
    }
}

#[tokio::test]
async fn a_report_sent_twice_is_one_and_nobody_takes_the_id_of_another() {
    for w in worlds().await {
        let id = AvvikelseId::new();
        let what = || Innehall::Rapport(rapport("Ansökan låg i fel tjänst"));
        w.send(&w.reporter, id, what()).await.unwrap();
        w.send(&w.reporter, id, what()).await.unwrap();
        assert_eq!(w.found(&w.chef, &Sok::default()).await, ["2026-001"], "{}", w.db);
        let stolen = w.send(&w.colleague, id, Innehall::Rapport(rapport("Något annat"))).await;
        assert!(matches!(stolen, Err(Error::Forbidden)), "{}", w.db);
        assert_eq!(w.case(&w.chef, id).await.innehall.what(), "Ansökan låg i fel tjänst");
    }
}

#[tokio::test]
async fn a_case_is_opened_by_reporter_chef_and_lex_sarah_and_to_all_others_it_is_not_there() {
    for w in worlds().await {
        let id = w.report(&w.reporter, Innehall::Rapport(rapport("Hemligt"))).await;
        let missing = AvvikelseId::new();
        for actor in &w.outsiders {
            let who = format!("{} {}", w.db, actor.name);
            for (id, action) in [id, missing].into_iter().flat_map(|id| Action::ALL.into_iter().map(move |a| (id, a))) {
                for write in [false, true] {
                    let opened = if write {
                        w.store.write(actor, Target::Avvikelse(id), action).await
                    } else {
                        w.store.read(actor, Target::Avvikelse(id), action).await
                    };
                    assert!(matches!(opened, Err(Error::NotFound)), "{who} {action:?}");
                }
            }
            assert_eq!(w.found(actor, &Sok::default()).await, Vec::<String>::new(), "{who}");
            let mut tx = w.store.system(true).await.unwrap();
            assert!(matches!(avvikelse::open(&mut tx, now(), actor, id, "x").await, Err(Error::NotFound)), "{who}");
            assert!(frist::list(&mut tx, actor, &[w.unit]).await.unwrap().is_empty(), "{who}");
            assert!(avvikelse::own(&mut tx, actor).await.unwrap().is_empty(), "{who}");
            drop(tx);
        }
        match w.open(&w.reporter, id).await.unwrap() {
            Syn::Rapportor(own) => assert_eq!((own.innehall.what(), own.state), ("Hemligt", State::Inkommen)),
            Syn::Handlaggare(..) => panic!("{}: the reporter sees no investigation", w.db),
        }
        for action in [Action::Edit, Action::TickOwn, Action::TickAny] {
            let denied = w.store.write(&w.reporter, Target::Avvikelse(id), action).await;
            assert!(matches!(denied, Err(Error::Forbidden)), "{} {action:?}", w.db);
        }
        let mut tx = w.store.system(true).await.unwrap();
        assert!(matches!(avvikelse::handle(&mut tx, now(), &w.reporter, id).await, Err(Error::NotFound)));
        drop(tx);
        w.case(&w.chef, id).await;
        w.case(&w.lex_sarah, id).await;
        let log = w.store.read(&w.chef, Target::Avvikelse(id), Action::TickAny).await;
        assert!(matches!(log, Err(Error::Forbidden)), "{}: the log is for lex Sarah", w.db);
        let mut tx = w.store.read(&w.lex_sarah, Target::Avvikelse(id), Action::TickAny).await.unwrap();
        let mut who: Vec<String> =
            avvikelse::log(&mut tx, id, |at| at.date_naive()).await.unwrap().into_iter().map(|o| o.who).collect();
        who.sort();
        assert_eq!(who, ["Enhetschef 1", "Handläggare 1", "Lex Sarah-utredare"], "{}", w.db);
    }
}

#[tokio::test]
async fn a_case_cannot_be_read_without_a_row_in_the_log() {
    for w in worlds().await {
        let id = w.report(&w.reporter, Innehall::Rapport(rapport("Hemligt"))).await;
        // a connection for reading cannot write the row, so it gives nothing; a database in memory has only one for both
        if w.db == "postgres" {
            let mut tx = w.store.read(&w.chef, Target::Avvikelse(id), Action::View).await.unwrap();
            assert!(matches!(avvikelse::open(&mut tx, now(), &w.chef, id, "x").await, Err(Error::Db(_))));
        }
        w.case(&w.chef, id).await;
        w.change(&w.chef, id, |a, who| act::assess(a, who, &bedomt(&[Kind::Avvikelse]))).await.unwrap();
        let mut tx = w.store.read(&w.lex_sarah, Target::Avvikelse(id), Action::TickAny).await.unwrap();
        let log = avvikelse::log(&mut tx, id, |at| at.date_naive()).await.unwrap();
        assert_eq!(log.iter().map(|o| o.times).sum::<usize>(), 2, "{}: opened, and opened to be changed", w.db);
    }
}

#[tokio::test]
async fn a_colleague_is_asked_to_handle_a_case_and_asked_no_longer() {
    for w in worlds().await {
        let id = w.report(&w.reporter, Innehall::Rapport(rapport("Hemligt"))).await;
        let mut tx = w.store.write(&w.chef, Target::Avvikelse(id), Action::Edit).await.unwrap();
        let (case, _) = avvikelse::handle(&mut tx, now(), &w.chef, id).await.unwrap();
        let whom = (w.colleague.person, "Handläggare 2");
        avvikelse::set_handler(&mut tx, now(), &case, whom, true).await.unwrap();
        let other = (w.chef_elsewhere.person, "Enhetschef 2");
        let refused = avvikelse::set_handler(&mut tx, now(), &case, other, true).await;
        assert!(matches!(refused, Err(Error::Invalid(faults)) if faults[0].field == "person"), "{}", w.db);
        tx.commit().await.unwrap();
        w.case(&w.colleague, id).await;
        let elsewhere = w.open(&w.chef_elsewhere, id).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)), "{}: does not work in the unit", w.db);
        let mut tx = w.store.write(&w.chef, Target::Avvikelse(id), Action::Edit).await.unwrap();
        avvikelse::set_handler(&mut tx, now(), &case, whom, false).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(w.open(&w.colleague, id).await, Err(Error::NotFound)), "{}", w.db);
    }
}

#[tokio::test]
async fn a_lex_sarah_case_goes_from_report_to_followed_up_effect_with_every_deadline_on_the_way() {
    for w in worlds().await {
        let id = w.report(&w.reporter, Innehall::Rapport(Rapport { suspected: true, ..rapport("Utan mat") })).await;
        let waits = async |who: &Actor| {
            let mut tx = w.store.read(who, Target::Anywhere(Area::Avvikelse), Action::View).await.unwrap();
            let list = frist::list(&mut tx, who, &[w.unit]).await.unwrap();
            list.iter().map(Vantar::what).collect::<Vec<_>>()
        };
        assert_eq!(waits(&w.lex_sarah).await, ["Besluta om lex Sarah i 2026-001"], "{}", w.db);
        assert!(waits(&w.chef).await.is_empty(), "{}: it waits for the lex Sarah-utredare", w.db);
        let beslut = Beslut { bedomning: Bedomning::Allvarligt, motive: "Barn i hushållet".into(), on: today() };
        let declined = w.change(&w.chef, id, |a, who| act::decide_lex_sarah(a, who, beslut.clone())).await;
        assert!(declined.unwrap_err().contains("Bara lex Sarah-utredaren"), "{}", w.db);
        w.change(&w.lex_sarah, id, |a, who| act::decide_lex_sarah(a, who, beslut.clone())).await.unwrap();
        w.change(&w.chef, id, |a, who| act::assess(a, who, &bedomt(&[Kind::LexSarah]))).await.unwrap();
        assert!(waits(&w.chef).await.is_empty(), "{}: the lex Sarah-utredare investigates", w.db);
        assert_eq!(waits(&w.lex_sarah).await, ["Dokumentera, utred och avhjälp: 2026-001"], "{}", w.db);
        let ivo = Ivo { on: today(), dnr: "IVO 2026/1".into(), investigation_on: None };
        w.change(&w.lex_sarah, id, |a, who| act::report_ivo(a, who, ivo)).await.unwrap();
        w.change(&w.lex_sarah, id, |a, who| act::step(a, who, Step::Utred, "", today())).await.unwrap();
        assert_eq!(waits(&w.lex_sarah).await, ["Skicka utredningen till IVO: 2026-001"], "{}", w.db);
        w.change(&w.lex_sarah, id, |a, who| act::investigate(a, who, utredning())).await.unwrap();
        w.change(&w.lex_sarah, id, |a, who| act::send_investigation(a, who, today())).await.unwrap();
        let none = w.change(&w.lex_sarah, id, |a, who| act::step(a, who, Step::Atgarda, "", today())).await;
        assert_eq!(none.unwrap_err(), "Det här saknas: minst en åtgärd.", "{}", w.db);

        let atgard = w.atgard(id).await;
        w.change(&w.lex_sarah, id, |a, who| act::step(a, who, Step::Atgarda, "", today())).await.unwrap();
        let follow = |a: &Arende, _| act::follow_up(a, (Some(day(2027, 1, 15)), String::new()));
        w.change(&w.chef, id, follow).await.unwrap();
        let undone = w.change(&w.chef, id, |a, who| act::step(a, who, Step::FoljUpp, "", today())).await;
        assert_eq!(undone.unwrap_err(), "Det här saknas: att alla åtgärder är gjorda.", "{}", w.db);
        let mut tx = w.store.read(&w.colleague, Target::Atgard(atgard), Action::View).await.unwrap();
        let seen = store::atgard::get(&mut tx, &w.colleague, atgard).await.unwrap();
        assert_eq!(seen.source_label, "", "{}: the unit sees the åtgärd and nothing of the case", w.db);
        drop(tx);
        let mut tx = w.store.write(&w.chef, Target::Occurrence(seen.occurrence), Action::TickOwn).await.unwrap();
        let item = occurrence::get(&mut tx, &w.chef, seen.occurrence).await.unwrap();
        let tick = Tick { performed_on: today(), ..Tick::default() };
        occurrence::tick(&mut tx, now(), &item, item.occurrence.version, &tick).await.unwrap();
        tx.commit().await.unwrap();
        w.change(&w.chef, id, |a, who| act::step(a, who, Step::FoljUpp, "", today())).await.unwrap();
        assert_eq!(waits(&w.chef).await, ["Följ upp 2026-001"], "{}", w.db);
        let effect = |a: &Arende, _| act::follow_up(a, (Some(day(2027, 1, 15)), "Inget har missats".into()));
        w.change(&w.chef, id, effect).await.unwrap();
        let told = |a: &Arende, _| act::feed_back(a, (Some(today()), "Rutinen är ny".into(), Some(today())));
        w.change(&w.chef, id, told).await.unwrap();
        w.change(&w.lex_sarah, id, |a, who| act::step(a, who, Step::Avsluta, "", today())).await.unwrap();
        let closed = w.case(&w.chef, id).await;
        assert_eq!((closed.case.state, closed.closed_on), (State::Avslutad, Some(today())), "{}", w.db);
        assert!(waits(&w.chef).await.is_empty() && waits(&w.lex_sarah).await.is_empty(), "{}", w.db);
        match w.open(&w.reporter, id).await.unwrap() {
            Syn::Rapportor(own) => assert_eq!(own.outcome, "Rutinen är ny"),
            Syn::Handlaggare(..) => panic!("{}", w.db),
        }
        let mut tx = w.store.system(false).await.unwrap();
        let told = history::list(&mut tx, &[id.0]).await.unwrap();
        assert!(
            told.iter().any(|e| e.who == "Lex Sarah-utredare" && e.changes.iter().any(|c| c.after.contains("Barn")))
        );
    }
}

#[tokio::test]
async fn the_reporter_alone_adds_to_a_report_while_it_is_open_and_sees_nothing_else_of_a_confidential_case() {
    for w in worlds().await {
        let id = w.report(&w.reporter, Innehall::Rapport(Rapport { suspected: true, ..rapport("Utan mat") })).await;
        let add = async |who: &Actor, text: &str| {
            let mut tx = w.store.write(who, Target::Avvikelse(id), Action::View).await?;
            avvikelse::add(&mut tx, now(), who, id, text).await?;
            tx.commit().await
        };
        for who in [&w.chef, &w.lex_sarah, &w.colleague] {
            assert!(matches!(add(who, "Mer").await, Err(Error::NotFound)), "{}", w.db);
        }
        for _ in 0..2 {
            add(&w.reporter, "Det hände också i går").await.unwrap();
        }
        let beslut = Beslut { bedomning: Bedomning::Allvarligt, motive: "Barn i hushållet".into(), on: today() };
        w.change(&w.lex_sarah, id, |a, who| act::decide_lex_sarah(a, who, beslut)).await.unwrap();
        add(&w.reporter, "Värmen är tillbaka").await.unwrap();
        let Syn::Rapportor(egen) = w.open(&w.reporter, id).await.unwrap() else { panic!("{}: the reporter", w.db) };
        let texts: Vec<_> = egen.tillagg.iter().map(|t| t.text.as_str()).collect();
        assert_eq!(texts, ["Det hände också i går", "Värmen är tillbaka"], "{}: sent twice it is one", w.db);
        assert!(!format!("{egen:?}").contains("Barn i hushållet"), "{}", w.db);
        assert_eq!(w.case(&w.chef, id).await.tillagg.len(), 2, "{}", w.db);
        w.change(&w.lex_sarah, id, |a, _| {
            let mut after = a.clone();
            (after.case.state, after.closed_on) = (State::Avslutad, Some(today()));
            Ok(after)
        })
        .await
        .unwrap();
        assert!(matches!(add(&w.reporter, "Mer").await, Err(Error::Invalid(_))), "{}: it is closed", w.db);
        let mut tx = w.store.system(false).await.unwrap();
        let told = history::list(&mut tx, &[id.0]).await.unwrap();
        assert!(
            told.iter().any(|e| e.what == "Tillägg till rapporten" && e.who == "Handläggare 1"),
            "{}: {told:?}",
            w.db
        );
    }
}

#[tokio::test]
async fn an_incident_counts_down_72_hours_from_its_discovery() {
    for w in worlds().await {
        let id = w.report(&w.reporter, Innehall::Rapport(Rapport { pui: true, ..rapport("Fel mottagare") })).await;
        w.change(&w.chef, id, |a, who| act::assess(a, who, &bedomt(&[Kind::Pui]))).await.unwrap();
        let discovered = now() - TimeDelta::hours(30);
        w.change(&w.chef, id, |a, _| {
            let mut after = a.clone();
            after.case.imy.discovered_at = Some(discovered);
            Ok(after)
        })
        .await
        .unwrap();
        let mut tx = w.store.read(&w.chef, Target::Anywhere(Area::Avvikelse), Action::View).await.unwrap();
        let waits = frist::list(&mut tx, &w.chef, &[w.unit]).await.unwrap();
        let words: Vec<_> = waits[0].deadlines.iter().map(|d| d.countdown(now(), today())).collect();
        assert_eq!((waits[0].what().as_str(), words), ("Anmäl till IMY: 2026-001", vec!["42 timmar kvar".to_owned()]));
        for (who, hours, late) in [(&w.chef, 41, 0), (&w.chef, 43, 1), (&w.chef_elsewhere, 43, 0)] {
            let then = now() + TimeDelta::hours(hours);
            let count = frist::late_count(&mut tx, who, then, then.date_naive()).await.unwrap();
            assert_eq!(count, late, "{}: after {hours} hours", w.db);
        }
        drop(tx);
        let decided = (Risk::Osannolik, "Krypterat".to_owned());
        w.change(&w.chef, id, |a, who| act::decide_imy(a, who, decided)).await.unwrap();
        let mut tx = w.store.read(&w.chef, Target::Anywhere(Area::Avvikelse), Action::View).await.unwrap();
        assert!(frist::list(&mut tx, &w.chef, &[w.unit]).await.unwrap().is_empty(), "{}: no risk, no report", w.db);
    }
}

#[tokio::test]
async fn of_two_who_change_the_same_case_the_later_is_told_what_differs() {
    for w in worlds().await {
        let id = w.report(&w.reporter, Innehall::Rapport(rapport("Ansökan låg i fel tjänst"))).await;
        let seen = w.case(&w.chef, id).await;
        w.change(&w.lex_sarah, id, |a, who| act::investigate(a, who, utredning())).await.unwrap();
        let mut tx = w.store.write(&w.chef, Target::Avvikelse(id), Action::Edit).await.unwrap();
        let (before, who) = avvikelse::handle(&mut tx, now(), &w.chef, id).await.unwrap();
        let after = act::investigate(&before, who, Utredning { found: "Annat".into(), ..utredning() }).unwrap();
        let late = avvikelse::save(&mut tx, now(), &before, &after, seen.version, ("Utredningen ändrad", "")).await;
        assert!(matches!(late, Err(Error::Conflict)), "{}", w.db);
        let differing = before.differences(&after);
        assert_eq!(differing, [("Vad utredningen visar", "Tjänsten bevakades inte".to_owned(), "Annat".to_owned())]);
    }
}

#[tokio::test]
async fn files_are_kept_as_they_come_up_to_twenty_and_opened_by_those_who_handle_the_case() {
    for w in worlds().await {
        let id = w.report(&w.reporter, Innehall::Rapport(rapport("Med fil"))).await;
        let file = |n: i64| Bilaga {
            id: BilagaId::new(),
            name: format!("bilaga{n}.pdf"),
            media: "application/pdf".into(),
            size: 3,
            removed: if n == 0 { vec![Borttaget::Plats, Borttaget::Efter] } else { vec![] },
            who: String::new(),
            at: now(),
        };
        let mut tx = w.store.write(&w.chef, Target::Avvikelse(id), Action::Edit).await.unwrap();
        let (case, _) = avvikelse::handle(&mut tx, now(), &w.chef, id).await.unwrap();
        let first = file(0);
        bilaga::create(&mut tx, now(), &case, &first, vec![0, 159, 255]).await.unwrap();
        bilaga::create(&mut tx, now(), &case, &first, vec![1]).await.unwrap();
        for n in 1..bilaga::MOST {
            bilaga::create(&mut tx, now(), &case, &file(n), vec![1]).await.unwrap();
        }
        assert!(matches!(bilaga::create(&mut tx, now(), &case, &file(99), vec![1]).await, Err(Error::Conflict)));
        let (found, sealed) = bilaga::open(&mut tx, now(), &w.lex_sarah, id, first.id).await.unwrap();
        assert_eq!((found.name.as_str(), sealed), ("bilaga0.pdf", vec![0, 159, 255]), "{}: sent twice is one", w.db);
        assert_eq!(found.removed, [Borttaget::Plats, Borttaget::Efter], "{}", w.db);
        for who in w.outsiders.iter().chain([&w.reporter]) {
            assert!(matches!(bilaga::open(&mut tx, now(), who, id, first.id).await, Err(Error::NotFound)), "{}", w.db);
        }
        let other = AvvikelseId::new();
        assert!(matches!(bilaga::open(&mut tx, now(), &w.chef, other, first.id).await, Err(Error::NotFound)));
        bilaga::remove(&mut tx, now(), &case, first.id).await.unwrap();
        assert_eq!(bilaga::list(&mut tx, id).await.unwrap().len(), 19, "{}", w.db);
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn cases_are_found_by_words_in_any_order_by_what_they_are_and_by_number() {
    for w in worlds().await {
        for what in ["Återansökan låg i fel tjänst", "Brev till fel adress", "Ansökan tappades bort"] {
            w.report(&w.reporter, Innehall::Rapport(rapport(what))).await;
        }
        let id = w.report(&w.reporter, klagomal("Svårt att nå på telefon", Kategori::Tillganglighet, None)).await;
        let text = |t: &str| Sok::default().with_text(t);
        let term = |t: Term| Sok { terms: vec![t.code()], ..Sok::default() };
        assert_eq!(w.found(&w.chef, &text("FEL")).await, ["2026-002", "2026-001"], "{}: the latest first", w.db);
        assert_eq!(w.found(&w.chef, &text("tjänst återans")).await, ["2026-001"], "{}: begins so", w.db);
        assert_eq!(w.found(&w.chef, &text("2026-003")).await, ["2026-003"], "{}", w.db);
        assert_eq!(w.found(&w.chef, &text("finns inte")).await, Vec::<String>::new(), "{}", w.db);
        assert_eq!(w.found(&w.chef, &text("%' or 1=1 --")).await, Vec::<String>::new(), "{}", w.db);
        assert_eq!(w.found(&w.chef, &term(Term::Kind(Kind::Klagomal))).await, ["2026-004"], "{}", w.db);
        assert_eq!(w.found(&w.chef, &term(Term::Kategori(Kategori::Tillganglighet))).await, ["2026-004"], "{}", w.db);
        let old = Sok { to: Some(day(2026, 11, 15)), ..Sok::default() };
        assert_eq!(w.found(&w.chef, &old).await, ["2026-004"], "{}: it came on the tenth", w.db);
        w.change(&w.chef, id, |a, who| {
            act::assess(a, who, &Bedomt { kategori: Some(Kategori::Bemotande), ..bedomt(&[Kind::Klagomal]) })
        })
        .await
        .unwrap();
        assert_eq!(w.found(&w.chef, &term(Term::State(State::Bedomd))).await, ["2026-004"], "{}", w.db);
        assert!(w.found(&w.chef, &term(Term::Kategori(Kategori::Tillganglighet))).await.is_empty(), "{}", w.db);
        assert!(w.found(&w.chef_elsewhere, &text("fel")).await.is_empty(), "{}", w.db);
    }
}

#[tokio::test]
async fn a_long_register_comes_in_pages_without_gaps() {
    for w in worlds().await {
        let mut tx = w.store.system(true).await.unwrap();
        tx.act_as(w.reporter.person);
        for n in 0..sok::PAGE + 7 {
            let what = Innehall::Rapport(rapport(&format!("Händelse {n}")));
            avvikelse::create(&mut tx, now(), today(), AvvikelseId::new(), w.unit, what).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut tx = w.store.read(&w.chef, Target::Anywhere(Area::Avvikelse), Action::View).await.unwrap();
        let event = Sok::default().with_text("händelse");
        let first = sok::list(&mut tx, &w.chef, &[w.unit], &event, None).await.unwrap();
        let rest = sok::list(&mut tx, &w.chef, &[w.unit], &event, first.next).await.unwrap();
        assert_eq!((first.rows.len(), rest.rows.len(), rest.next), (sok::PAGE, 7, None), "{}", w.db);
        let mut numbers: Vec<_> = first.rows.iter().chain(&rest.rows).map(|r| r.number.clone()).collect();
        numbers.dedup();
        assert_eq!((numbers.len(), numbers[0].as_str()), (sok::PAGE + 7, "2026-057"), "{}", w.db);
    }
}

/// Whichever way the page is found, along a rare word, along the rarest of common ones, along all cases: it is the same page.
#[tokio::test]
async fn a_page_is_the_same_whichever_word_it_is_found_along() {
    // all have "sen"; half "barn"; three forms of one word; twenty that begin alike; one that is rare
    let text = |n: usize| {
        let half = if n.is_multiple_of(2) { " barn" } else { "" };
        let form = ["", " hyra", " hyran", " hyror"][n % 4];
        let rare = if n % 100 == 7 { " tolken" } else { "" };
        format!("sen{half}{form} ord{}{rare}", n % 20)
    };
    let asked = [
        "sen",
        "sen barn",
        "hyr",
        "hyr or",
        "or se",
        "or",
        "sen hyr barn",
        "ord7 sen",
        "tolk",
        "tolk hyr or sen",
        "tolk barn",
    ];
    for w in worlds().await {
        let mut tx = w.store.system(true).await.unwrap();
        tx.act_as(w.reporter.person);
        for n in 0..560 {
            let what = Innehall::Rapport(rapport(&text(n)));
            avvikelse::create(&mut tx, now(), today(), AvvikelseId::new(), w.unit, what).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut tx = w.store.read(&w.chef, Target::Anywhere(Area::Avvikelse), Action::View).await.unwrap();
        for asked in asked {
            let has = |n: &usize| asked.split(' ').all(|w| text(*n).split(' ').any(|word| word.starts_with(w)));
            let expected: Vec<String> = (0..560).filter(has).rev().map(|n| format!("2026-{:03}", n + 1)).collect();
            let sok = Sok::default().with_text(asked);
            let (mut found, mut before) = (vec![], None);
            loop {
                let page = sok::list(&mut tx, &w.chef, &[w.unit], &sok, before).await.unwrap();
                found.extend(page.rows.into_iter().map(|r| r.number));
                before = page.next;
                if before.is_none() {
                    break;
                }
            }
            assert_eq!(found, expected, "{}: {asked}", w.db);
        }
    }
}

/// The Huddinge document: 155 avvikelser, among them 72 lex Sarah and 12 personuppgiftsincidenter, 27 klagomål beside them;
/// IVO 3, IMY 0. Causes and months are the test's own, the source has none.
#[tokio::test]
async fn the_huddinge_year_stands_in_the_register_and_no_event_is_counted_twice() {
    for w in worlds().await {
        let mut tx = w.store.system(true).await.unwrap();
        tx.act_as(w.chef.person);
        for n in 0_u32..182 {
            let id = AvvikelseId::new();
            let came = day(2022, n % 12 + 1, n % 28 + 1);
            let innehall = if n < 155 {
                Innehall::Rapport(Rapport { pui: (68..80).contains(&n), ..rapport("Händelse") })
            } else {
                let Innehall::Inkommet(i) = klagomal("Klagomål", Kategori::Bemotande, None) else { unreachable!() };
                Innehall::Inkommet(Inkommet { on: came, ..i })
            };
            avvikelse::create(&mut tx, now(), came, id, w.unit, innehall).await.unwrap();
            let (before, _) = avvikelse::handle(&mut tx, now(), &w.chef, id).await.unwrap();
            let mut after = before.clone();
            if n < 72 {
                let (bedomning, motive) = (Bedomning::Missforhallande, "Motivering".into());
                after.case = after.case.decided(Beslut { bedomning, motive, on: came });
            }
            if n < 3 {
                after.case.ivo = Some(Ivo { on: came, dnr: format!("IVO {n}"), investigation_on: None });
            }
            if n < 155 {
                let both = [Orsak::Rutiner, Orsak::Kompetens];
                after.case.utredning.orsaker = both[..=usize::from(n % 3 == 0)].to_vec();
                after.closed_on = Some(came + TimeDelta::days(i64::from(n % 30)));
            }
            avvikelse::save(&mut tx, now(), &before, &after, before.version, ("Inläst", "")).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(
            Exakt::of(&w.colleague, &[w.unit]),
            None,
            "{}: counts for others are those that were released",
            w.db
        );
        let mut tx = w.store.read(&w.chef, Target::Node(w.unit, Area::Avvikelse), Action::View).await.unwrap();
        let exakt = Exakt::of(&w.chef, &[w.unit]).unwrap();
        let groups = reg::groups(&mut tx, &exakt).await.unwrap();
        let counts = register::count(&groups);
        let expected = Counts { total: 182, kinds: [155, 72, 12, 27, 0], ivo: 3, imy: 0, ..Counts::default() };
        assert_eq!(counts, expected, "{}", w.db);
        let months = register::by_month(&groups, 2022);
        assert_eq!(months.iter().map(|m| m.total).sum::<i64>(), 182, "{}", w.db);
        assert_eq!(months.iter().map(|m| m.of(Kind::LexSarah)).sum::<i64>(), 72, "{}", w.db);
        let causes = reg::causes(&mut tx, &exakt, 2022).await.unwrap();
        let of = |orsak| causes.iter().find(|(o, _)| *o == orsak).map(|(_, n)| *n);
        assert_eq!((of(Some(Orsak::Rutiner)), of(Some(Orsak::Kompetens)), of(None)), (Some(155), Some(52), Some(27)));
        let bemotande = register::by_kategori(&groups).into_iter().find(|r| r.kategori == Kategori::Bemotande);
        assert_eq!(bemotande.map(|r| r.klagomal), Some(27), "{}", w.db);
        let processes = reg::processes(&mut tx, &exakt, 2022).await.unwrap();
        assert_eq!(processes, [("Ekonomiskt bistånd".to_owned(), 155)], "{}", w.db);
        let lead = register::lead_time(&reg::lead_days(&mut tx, &exakt, 2022).await.unwrap()).unwrap();
        assert_eq!((lead.n, lead.longest), (155, 29), "{}", w.db);
    }
}

#[tokio::test]
async fn years_from_before_and_the_goals_of_a_unit_are_kept_and_told_in_the_history() {
    for w in worlds().await {
        let mut tx = w.store.write(&w.chef, Target::Node(w.unit, Area::Avvikelse), Action::Edit).await.unwrap();
        let before = installning::get(&mut tx, w.unit).await.unwrap();
        assert_eq!((before.goals, before.version), (Goals::default(), 0), "{}", w.db);
        let goals = Goals { aterkoppling_days: 7, ..Goals::default() };
        let new = installning::Installning { goals, handelsetyper: vec!["Sekretess".into()], version: 0 };
        installning::update(&mut tx, now(), w.unit, &new).await.unwrap();
        let late = installning::update(&mut tx, now(), w.unit, &new).await;
        assert!(matches!(late, Err(Error::Conflict)), "{}", w.db);
        let counts = Counts { total: 10, kinds: [8, 2, 1, 2, 0], ivo: 0, imy: 0, ..Counts::default() };
        installning::set_year(&mut tx, now(), w.unit, 2023, Some(&counts)).await.unwrap();
        installning::set_year(&mut tx, now(), w.other_unit, 2023, Some(&counts)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = w.store.read(&w.chef, Target::Node(w.unit, Area::Avvikelse), Action::View).await.unwrap();
        assert_eq!(installning::get(&mut tx, w.unit).await.unwrap().goals.aterkoppling_days, 7);
        let years = installning::years(&mut tx, &[w.unit, w.other_unit]).await.unwrap();
        assert_eq!(years.iter().map(|(y, c)| (*y, c.total)).collect::<Vec<_>>(), [(2023, 20)], "{}", w.db);
        drop(tx);
        for who in [&w.colleague, &w.chef_elsewhere, &w.lex_sarah] {
            let denied = w.store.write(who, Target::Node(w.unit, Area::Avvikelse), Action::Edit).await;
            assert!(matches!(denied, Err(Error::Forbidden)), "{} {}", w.db, who.name);
        }
    }
}

/// The exact figures of a year: groups, causes, processes, own words, lead times.
async fn figures(w: &World, year: i32) -> (Vec<register::Counts>, String) {
    let mut tx = w.store.read(&w.chef, Target::Anywhere(Area::Avvikelse), Action::View).await.unwrap();
    let exakt = Exakt::of(&w.chef, &[w.unit]).unwrap();
    let groups = reg::groups(&mut tx, &exakt).await.unwrap();
    let causes = reg::causes(&mut tx, &exakt, year).await.unwrap();
    let processes = register::ranked(reg::processes(&mut tx, &exakt, year).await.unwrap());
    let words = register::ranked(reg::handelsetyper(&mut tx, &exakt, year).await.unwrap());
    let lead = register::lead_time(&reg::lead_days(&mut tx, &exakt, year).await.unwrap());
    (register::by_month(&groups, year).to_vec(), format!("{causes:?} {processes:?} {words:?} {lead:?}"))
}

#[tokio::test]
async fn closed_cases_go_when_their_time_is_up_and_the_figures_stay() {
    for w in worlds().await {
        let old = w.report(&w.reporter, Innehall::Rapport(rapport("Ett fel"))).await;
        let recent = w.report(&w.reporter, Innehall::Rapport(rapport("Ett nytt fel"))).await;
        let open = w.report(&w.reporter, Innehall::Rapport(rapport("Ett öppet ärende"))).await;
        let mut tx = w.store.write(&w.chef, Target::Avvikelse(old), Action::Edit).await.unwrap();
        let (case, _) = avvikelse::handle(&mut tx, now(), &w.chef, old).await.unwrap();
        let file = Bilaga {
            id: BilagaId::new(),
            name: "bilaga.pdf".into(),
            media: "application/pdf".into(),
            size: 1,
            removed: vec![],
            who: String::new(),
            at: now(),
        };
        bilaga::create(&mut tx, now(), &case, &file, vec![1]).await.unwrap();
        tx.commit().await.unwrap();
        let atgard = w.atgard(old).await;
        for (id, closed) in [(old, day(2021, 11, 23)), (recent, day(2021, 11, 24))] {
            w.change(&w.chef, id, |a, _| {
                let mut a = a.clone();
                a.case.state = State::Avslutad;
                a.case.utredning.orsaker = vec![Orsak::ALL[0], Orsak::ALL[1]];
                a.closed_on = Some(closed);
                Ok(a)
            })
            .await
            .unwrap();
        }
        let before = figures(&w, 2026).await;
        let purge = async |today: NaiveDate| {
            let mut tx = w.store.system(true).await.unwrap();
            let gone = gallring::purge(&mut tx, now(), today).await.unwrap();
            tx.commit().await.unwrap();
            gone
        };
        assert_eq!(purge(day(2099, 1, 1)).await, 0, "{}: no time is set, so nothing goes", w.db);

        let mut tx = w.store.write(&w.chef, Target::Node(w.unit, Area::Avvikelse), Action::Edit).await.unwrap();
        let set = installning::get(&mut tx, w.unit).await.unwrap();
        let goals = Goals { gallring_years: Some(5), gallring_from: Some(day(2026, 11, 1)), ..Goals::default() };
        installning::update(&mut tx, now(), w.unit, &installning::Installning { goals, ..set }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(purge(day(2026, 11, 22)).await, 0, "{}: not a day before", w.db);
        let mut tx = w.store.system(false).await.unwrap();
        assert_eq!(gallring::waiting(&mut tx, w.unit, day(2021, 11, 24)).await.unwrap(), 2, "{}", w.db);
        drop(tx);
        assert_eq!(purge(today()).await, 1, "{}", w.db);
        assert_eq!(purge(today()).await, 0, "{}: once", w.db);

        assert!(matches!(w.open(&w.chef, old).await, Err(Error::NotFound)), "{}", w.db);
        assert!(matches!(w.open(&w.reporter, old).await, Err(Error::NotFound)), "{}", w.db);
        assert_eq!(w.found(&w.chef, &Sok::default().with_text("fel")).await, ["2026-002"], "{}", w.db);
        w.open(&w.chef, recent).await.unwrap();
        w.open(&w.chef, open).await.unwrap();
        assert_eq!(figures(&w, 2026).await, before, "{}: the figures stay", w.db);
        let mut tx = w.store.read(&w.chef, Target::Atgard(atgard), Action::View).await.unwrap();
        let kept = store::atgard::get(&mut tx, &w.chef, atgard).await.unwrap();
        assert_eq!((kept.title.as_str(), kept.source), ("Ny rutin för bevakning", Source::Egen), "{}", w.db);
        drop(tx);
        let mut tx = w.store.system(false).await.unwrap();
        assert_eq!(history::list(&mut tx, &[old.0]).await.unwrap(), vec![], "{}: nothing is told of it", w.db);
        let told = history::list(&mut tx, &[w.unit.0]).await.unwrap();
        assert!(told.iter().any(|e| e.what == "Avslutade ärenden gallrade"), "{}: but that some went is", w.db);
    }
}
