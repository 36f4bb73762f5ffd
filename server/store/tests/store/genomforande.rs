//! The story from a control to its improvement: drawn, judged by two, closed, opened again, gallrad, and the åtgärder that
//! follow; on SQLite and PostgreSQL.

#![allow(clippy::unwrap_used)]

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    atgard::{self, Source},
    atgora::AttGora,
    egenkontroll,
    genomforande::{
        Close, Genomforande, Stage, StartForm, Texts,
        cell::{Field, cell_of},
        check_start,
        result::result,
    },
    id::{AtgardId, EgenkontrollId, GenomforandeId, NodeId, PersonId},
    occurrence::{Item, Outcome, Share, State, Status, Tick},
    organisation::{Node, NodeKind},
    permission::{Action, Area, Role},
    person::Actor,
    recurrence::{Months, Recurrence, form::Fields},
    sample::Seed,
    tal::Tal,
};
use store::{Error, Store, Target, genomforande, genomforande::cell::Written, history, occurrence, person::NewPerson};

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
    metod: Actor,
    chef: Actor,
    colleague: Actor,
    control: EgenkontrollId,
}

async fn person(store: &Store, role: Role, node: NodeId, name: &str) -> Actor {
    let mut tx = store.system(true).await.unwrap();
    let id = PersonId::new();
    let (email, password_hash) = (format!("{id}@demo.se"), "x".into());
    let new = NewPerson { id, name: name.into(), email, password_hash, roles: vec![(role, node)] };
    store::person::create(&mut tx, now(), &new).await.unwrap();
    let actor = store::person::actor(&mut tx, id, 1).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    std::sync::Arc::unwrap_or_clone(actor)
}

fn control(kontrollmal: &str) -> egenkontroll::Content {
    let form = egenkontroll::Form {
        kontrollmal: kontrollmal.into(),
        malvarde: "80".into(),
        responsible: "roll:metodutvecklare".into(),
        when: Fields::named("varje_manad"),
        ..egenkontroll::Form::default()
    };
    let content = egenkontroll::check(&form, 2026).unwrap();
    egenkontroll::Content { recurrence: Recurrence::Chosen(Months::of(&[4, 11])), ..content }
}

async fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for (db, store) in crate::common::stores().await {
        let mut tx = store.system(true).await.unwrap();
        let node = |parent, kind, name: &str| Node {
            id: NodeId::new(),
            parent,
            kind,
            name: name.into(),
            active: true,
            version: 1,
        };
        let top = node(None, NodeKind::Organisation, "Staden");
        let unit = node(Some(top.id), NodeKind::Enhet, "Enheten");
        let unit_id = unit.id;
        for node in [top, unit] {
            store::organisation::create_node(&mut tx, now(), &node).await.unwrap();
        }
        let id = EgenkontrollId::new();
        store::plan::create(&mut tx, now(), id, unit_id, 2026, &control("Dokumentation")).await.unwrap();
        tx.commit().await.unwrap();
        worlds.push(World {
            db,
            unit: unit_id,
            metod: person(&store, Role::Metodutvecklare, unit_id, "Metodutvecklare").await,
            chef: person(&store, Role::Enhetschef, unit_id, "Enhetschef").await,
            colleague: person(&store, Role::Medarbetare, unit_id, "Handläggare Ett").await,
            control: id,
            store,
        });
    }
    worlds
}

fn start_form() -> StartForm {
    StartForm {
        kind: "stickprov".into(),
        kriterier: "Tillräcklig\nVäsentlig\nSaklig".into(),
        urval: "4".into(),
        lista: "A1;K;Handläggare Ett\nA2;M\nA3;K\nA4;M\nA5;K\nA6;M".into(),
        ..StartForm::default()
    }
}

impl World {
    async fn item(&self, actor: &Actor, month: u32) -> Item {
        let mut tx = self.store.read(actor, Target::Egenkontroll(self.control), Action::View).await.unwrap();
        let items = occurrence::of_source(&mut tx, actor, self.control.0).await.unwrap();
        items.into_iter().find(|i| i.occurrence.month() == month).unwrap()
    }

    async fn begin(&self, form: &StartForm) -> GenomforandeId {
        let item = self.item(&self.metod, 11).await;
        let target = Target::Occurrence(item.occurrence.id);
        let mut tx = self.store.write(&self.metod, target, Action::TickOwn).await.unwrap();
        let start = check_start(form).unwrap();
        let id = GenomforandeId::new();
        let run = genomforande::create(&mut tx, now(), today(), id, &item, &start, Seed([7; 32])).await.unwrap();
        tx.commit().await.unwrap();
        run
    }

    async fn run(&self, id: GenomforandeId) -> Genomforande {
        let mut tx = self.store.read(&self.metod, Target::Genomforande(id), Action::View).await.unwrap();
        genomforande::get(&mut tx, id).await.unwrap()
    }

    async fn save(
        &self,
        actor: &Actor,
        id: GenomforandeId,
        seen: i64,
        cells: &[(&str, &str)],
    ) -> Result<Written, Error> {
        let mut tx = self.store.write(actor, Target::Genomforande(id), Action::TickOwn).await?;
        let run = genomforande::get(&mut tx, id).await?;
        let cells: Vec<(i64, Field, String)> = cells
            .iter()
            .map(|(cell, value)| {
                let (nr, field) = cell_of(cell).unwrap();
                (nr, field, (*value).to_owned())
            })
            .collect();
        let written = genomforande::cell::save(&mut tx, now(), actor, &run, seen, &cells).await?;
        tx.commit().await?;
        Ok(written)
    }

    async fn judge_all(&self, id: GenomforandeId) {
        let cells: Vec<(String, &str)> = (1..=4)
            .flat_map(|nr| (1..=3).map(move |k| (format!("a{nr}.{k}"), if nr == 1 && k == 3 { "nej" } else { "ja" })))
            .collect();
        let cells: Vec<(&str, &str)> = cells.iter().map(|(cell, value)| (cell.as_str(), *value)).collect();
        let written = self.save(&self.metod, id, 0, &cells).await.unwrap();
        assert_eq!(written, Written::default(), "{}", self.db);
    }

    async fn close(&self, id: GenomforandeId) -> Result<(), Error> {
        let run = self.run(id).await;
        let target = Target::Occurrence(run.occurrence);
        let mut tx = self.store.write(&self.metod, target, Action::TickOwn).await?;
        let item = occurrence::get(&mut tx, &self.metod, run.occurrence).await?;
        let answers = genomforande::answers(&mut tx, &run).await?;
        let andel = result(&run.kriterier, &answers).whole.andel;
        let close = Close { performed_on: today(), apt: true, utan_atgard: String::new(), gallring: 3 };
        let outcome = Some(Outcome::EjUppfyllt);
        let tick = Tick { performed_on: today(), outcome, andel, note: "Saklighet brister".into(), figures: vec![] };
        genomforande::close(&mut tx, now(), &run, run.version, &item, &close, &tick).await?;
        tx.commit().await
    }

    async fn history(&self, id: uuid::Uuid) -> Vec<String> {
        let mut tx = self.store.system(false).await.unwrap();
        history::list(&mut tx, &[id]).await.unwrap().into_iter().map(|e| e.what).collect()
    }
}

#[tokio::test]
async fn a_run_opened_twice_is_the_same_run_and_its_draw_can_be_repeated() {
    for world in worlds().await {
        let first = world.begin(&start_form()).await;
        assert_eq!(world.begin(&start_form()).await, first, "{}", world.db);
        let run = world.run(first).await;
        let urval = run.urval.clone().unwrap();
        let again: Vec<i64> = domain::sample::draw(6, 4, urval.seed).into_iter().map(i64::from).collect();
        assert_eq!((urval.drawn, urval.population, urval.n), (again, 6, 4), "{}", world.db);
        assert_eq!(run.kriterier, ["Tillräcklig", "Väsentlig", "Saklig"], "{}", world.db);
        assert_eq!((run.malvarde, run.stage), (Some(Tal::whole(80)), Stage::Pagar), "{}", world.db);
        assert_eq!(world.item(&world.metod, 11).await.occurrence.state, State::Pagar, "{}", world.db);
    }
}

#[tokio::test]
async fn what_is_judged_is_on_the_next_machine_and_of_two_in_one_cell_the_later_chooses() {
    for world in worlds().await {
        let db = world.db;
        let id = world.begin(&start_form()).await;
        world.save(&world.metod, id, 0, &[("a1.1", "ja"), ("a1.2", "nej")]).await.unwrap();
        // the chef has not seen change 1
        let met = world.save(&world.chef, id, 0, &[("a1.1", "nej"), ("a2.1", "ja"), ("a1.2", "nej")]).await.unwrap();
        assert_eq!(met.conflicts.len(), 1, "{db}");
        assert_eq!((met.conflicts[0].value.as_str(), met.conflicts[0].by_name.as_str()), ("ja", "Metodutvecklare"));
        let mut tx = world.store.read(&world.metod, Target::Genomforande(id), Action::View).await.unwrap();
        let news = genomforande::cell::since(&mut tx, id, 1).await.unwrap();
        drop(tx);
        assert_eq!(news.len(), 1, "{db}: the other's row appears, and nothing was written over");
        assert_eq!((news[0].nr, news[0].field, news[0].value.as_str()), (2, Field::Kriterium(1), "ja"), "{db}");
        // having seen it, the chef chooses
        let chosen = world.save(&world.chef, id, 2, &[("a1.1", "nej")]).await.unwrap();
        assert_eq!(chosen, Written::default(), "{db}");
        assert!(world.history(id.0).await.contains(&"Svar ändrade".to_owned()), "{db}");
        // a resend is the same answer
        assert_eq!(world.save(&world.chef, id, 2, &[("a1.1", "nej")]).await.unwrap(), Written::default(), "{db}");
        let refused =
            world.save(&world.chef, id, 9, &[("a99.1", "ja"), ("a1.9", "ja"), ("a1.1", "kanske")]).await.unwrap();
        assert_eq!(refused.refused.len(), 3, "{db}");
    }
}

#[tokio::test]
async fn only_those_who_carry_it_out_judge_and_in_a_kollegiegranskning_nobody_their_own_case() {
    for world in worlds().await {
        let db = world.db;
        let id = world.begin(&StartForm { urval: "6".into(), kollegie: "on".into(), ..start_form() }).await;
        let mut tx = world.store.system(false).await.unwrap();
        let cases = genomforande::cases(&mut tx, id, true).await.unwrap();
        let own = cases.iter().find(|c| c.reference == "A1").unwrap().nr;
        let others = cases.iter().find(|c| c.reference == "A2").unwrap().nr;
        assert!(genomforande::cases(&mut tx, id, false).await.unwrap().iter().all(|c| c.reference.is_empty()), "{db}");
        drop(tx);
        let (own, others) = (format!("a{own}.1"), format!("a{others}.1"));
        let written = world.save(&world.colleague, id, 0, &[(&own, "ja"), (&others, "ja")]).await.unwrap();
        assert_eq!(written.refused.len(), 1, "{db}");
        assert_eq!(written.refused[0].message, "Det är ditt eget ärende. En kollega bedömer det.", "{db}");

        let admin = person(&world.store, Role::Admin, world.unit, "Administratör").await;
        assert!(matches!(world.save(&admin, id, 0, &[("a1.1", "ja")]).await, Err(Error::Forbidden)), "{db}");
    }
    for world in worlds().await {
        let id = world.begin(&start_form()).await;
        let refused = world.save(&world.colleague, id, 0, &[("a1.1", "ja")]).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{}: not a kollegiegranskning", world.db);
    }
}

#[tokio::test]
async fn a_closed_run_ticks_its_tillfalle_off_and_opened_again_gives_it_back() {
    for world in worlds().await {
        let db = world.db;
        let id = world.begin(&start_form()).await;
        world.judge_all(id).await;
        // the one click would lose the answers
        let item = world.item(&world.metod, 11).await;
        let mut tx =
            world.store.write(&world.metod, Target::Occurrence(item.occurrence.id), Action::TickOwn).await.unwrap();
        let past = occurrence::tick(&mut tx, now(), &item, item.occurrence.version, &Tick::default()).await;
        assert!(matches!(past, Err(Error::Conflict)), "{db}");
        drop(tx);

        world.close(id).await.unwrap();
        let done = world.item(&world.metod, 11).await;
        assert_eq!(done.status(today()), Status::Avvikelse, "{db}");
        assert_eq!(done.occurrence.andel.total, Some(Share { numerator: 3, denominator: 4 }), "{db}");
        let run = world.run(id).await;
        assert_eq!((run.stage, run.purge_on, run.apt), (Stage::Avslutad, Some(day(2027, 2, 23)), true), "{db}");
        assert!(matches!(world.save(&world.metod, id, 0, &[("a1.1", "nej")]).await, Err(Error::Conflict)), "{db}");
        assert!(matches!(world.close(id).await, Err(Error::Conflict)), "{db}");

        let target = Target::Occurrence(done.occurrence.id);
        let mut tx = world.store.write(&world.metod, target, Action::TickOwn).await.unwrap();
        occurrence::undo(&mut tx, now(), &done, done.occurrence.version, "Två ärenden lästes fel").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(world.item(&world.metod, 11).await.occurrence.state, State::Pagar, "{db}");
        assert_eq!(world.run(id).await.stage, Stage::Pagar, "{db}");
        world.save(&world.metod, id, 0, &[("a1.1", "nej")]).await.unwrap();
        assert_eq!(world.history(id.0).await[1], "Genomförandet öppnat igen", "{db}");
    }
}

#[tokio::test]
async fn a_run_whose_row_is_removed_from_the_plan_can_be_closed_and_stays_on_the_wheel() {
    for world in worlds().await {
        let db = world.db;
        let id = world.begin(&start_form()).await;
        world.judge_all(id).await;
        let mut tx = world.store.write(&world.chef, Target::Egenkontroll(world.control), Action::Edit).await.unwrap();
        store::plan::remove(&mut tx, now(), world.control, "Ersatt").await.unwrap();
        tx.commit().await.unwrap();
        world.close(id).await.unwrap();
        let mut tx =
            world.store.read(&world.chef, Target::Node(world.unit, Area::Aktivitet), Action::View).await.unwrap();
        let year = occurrence::year(&mut tx, &world.chef, world.unit, 2026).await.unwrap();
        assert_eq!(year.len(), 1, "{db}: what is done stays, what was open is gone");
        assert_eq!(year[0].status(today()), Status::Avvikelse, "{db}");
    }
}

#[tokio::test]
async fn a_changed_rhythm_does_not_take_a_run_away() {
    for world in worlds().await {
        let id = world.begin(&start_form()).await;
        let mut tx = world.store.write(&world.chef, Target::Egenkontroll(world.control), Action::Edit).await.unwrap();
        let content =
            egenkontroll::Content { recurrence: Recurrence::Chosen(Months::of(&[2])), ..control("Dokumentation") };
        store::plan::update(&mut tx, now(), world.control, 1, &content).await.unwrap();
        tx.commit().await.unwrap();
        world.judge_all(id).await;
        world.close(id).await.unwrap();
        assert_eq!(world.run(id).await.stage, Stage::Avslutad, "{}", world.db);
    }
}

#[tokio::test]
async fn a_draw_is_made_again_with_a_reason_and_what_was_judged_goes() {
    for world in worlds().await {
        let db = world.db;
        let id = world.begin(&start_form()).await;
        world.judge_all(id).await;
        let run = world.run(id).await;
        let mut tx = world.store.write(&world.metod, Target::Genomforande(id), Action::TickOwn).await.unwrap();
        genomforande::redraw(&mut tx, now(), &run, run.version, Seed([9; 32]), "Listan var gammal").await.unwrap();
        tx.commit().await.unwrap();
        let after = world.run(id).await;
        assert_ne!(after.urval.clone().unwrap().seed, run.urval.unwrap().seed, "{db}");
        let mut tx = world.store.read(&world.metod, Target::Genomforande(id), Action::View).await.unwrap();
        assert_eq!(
            result(&after.kriterier, &genomforande::answers(&mut tx, &after).await.unwrap()).missing,
            12,
            "{db}"
        );
        let entry = history::list(&mut tx, &[id.0]).await.unwrap().remove(0);
        assert_eq!((entry.what.as_str(), entry.reason.as_str()), ("Urvalet draget om", "Listan var gammal"), "{db}");
        assert!(entry.changes.iter().any(|c| c.label == "Svar som togs bort" && c.before == "12"), "{db}");
        drop(tx);
        let mut tx = world.store.write(&world.metod, Target::Genomforande(id), Action::TickOwn).await.unwrap();
        let stale = genomforande::redraw(&mut tx, now(), &after, run.version, Seed([1; 32]), "Igen").await;
        assert!(matches!(stale, Err(Error::Conflict)), "{db}");
    }
}

#[tokio::test]
async fn references_go_when_their_time_is_up_and_the_figures_stay() {
    for world in worlds().await {
        let db = world.db;
        let id = world.begin(&start_form()).await;
        world.judge_all(id).await;
        world.save(&world.metod, id, 9, &[("a1.kommentar", "Saknar datum")]).await.unwrap();
        world.close(id).await.unwrap();
        let before = world.run(id).await;
        let mut tx = world.store.system(true).await.unwrap();
        assert_eq!(genomforande::purge(&mut tx, now(), day(2027, 2, 22)).await.unwrap(), 0, "{db}");
        assert_eq!(genomforande::purge(&mut tx, now(), day(2027, 2, 23)).await.unwrap(), 1, "{db}");
        assert_eq!(genomforande::purge(&mut tx, now(), day(2027, 2, 24)).await.unwrap(), 0, "{db}");
        let cases = genomforande::cases(&mut tx, id, true).await.unwrap();
        assert!(cases.iter().all(|c| c.reference.is_empty()), "{db}");
        assert_eq!(cases[0].label(), "Ärende 1", "{db}");
        let answers = genomforande::answers(&mut tx, &before).await.unwrap();
        let whole = result(&before.kriterier, &answers).whole;
        assert_eq!(whole.andel.total, Some(Share { numerator: 3, denominator: 4 }), "{db}");
        assert!(whole.andel.kvinnor.is_some(), "{db}: kön stays");
        let cells = genomforande::cell::since(&mut tx, id, -1).await.unwrap();
        assert!(cells.iter().all(|c| c.field != Field::Kommentar && c.field != Field::Handlaggare), "{db}");
        tx.commit().await.unwrap();
        assert!(world.run(id).await.purged, "{db}");
    }
}

#[tokio::test]
async fn a_run_goes_with_its_tillfalle_when_that_is_given_up_and_comes_back_with_it() {
    for world in worlds().await {
        let db = world.db;
        let id = world.begin(&start_form()).await;
        world.save(&world.metod, id, 0, &[("a1.1", "ja")]).await.unwrap();
        let item = world.item(&world.metod, 11).await;
        let target = Target::Occurrence(item.occurrence.id);
        let mut tx = world.store.write(&world.metod, target, Action::TickOwn).await.unwrap();
        occurrence::give_up(&mut tx, now(), &item, item.occurrence.version, "Sjukdom").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(world.run(id).await.stage, Stage::Avbruten, "{db}");
        let item = world.item(&world.metod, 11).await;
        let mut tx = world.store.write(&world.metod, target, Action::TickOwn).await.unwrap();
        occurrence::undo(&mut tx, now(), &item, item.occurrence.version, "Frisk igen").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(world.run(id).await.stage, Stage::Pagar, "{db}");
        let mut tx = world.store.read(&world.metod, Target::Genomforande(id), Action::View).await.unwrap();
        assert_eq!(genomforande::cell::since(&mut tx, id, 0).await.unwrap().len(), 1, "{db}: what was judged is there");
    }
}

#[tokio::test]
async fn criteria_changed_later_do_not_touch_a_run_and_follow_the_plan_to_the_next_year() {
    for world in worlds().await {
        let db = world.db;
        let start = check_start(&start_form()).unwrap();
        let mut tx = world.store.write(&world.metod, Target::Egenkontroll(world.control), Action::Edit).await.unwrap();
        let seen = genomforande::mall_seen(&genomforande::mall(&mut tx, world.control).await.unwrap());
        genomforande::save_mall(&mut tx, now(), world.control, &start.mall, &seen).await.unwrap();
        tx.commit().await.unwrap();
        let id = world.begin(&start_form()).await;
        let mut tx =
            world.store.write(&world.metod, Target::Node(world.unit, Area::Egenkontroll), Action::Edit).await.unwrap();
        let changed = domain::genomforande::Mall { kriterier: vec!["Begriplig".into()], ..start.mall.clone() };
        let late = genomforande::save_mall(&mut tx, now(), world.control, &changed, &seen).await;
        assert!(matches!(late, Err(Error::Conflict)), "what nobody has read is not overwritten");
        let seen = genomforande::mall_seen(&start.mall);
        genomforande::save_mall(&mut tx, now(), world.control, &changed, &seen).await.unwrap();
        store::plan::copy_plan::<domain::egenkontroll::Content>(&mut tx, now(), world.unit, 2026, 2027).await.unwrap();
        let next =
            store::plan::list::<domain::egenkontroll::Content>(&mut tx, world.unit, 2027).await.unwrap().remove(0);
        assert_eq!(genomforande::mall(&mut tx, next.id).await.unwrap(), changed, "{db}");
        tx.commit().await.unwrap();
        assert_eq!(world.run(id).await.kriterier.len(), 3, "{db}");
        // and the next year sees what this one showed
        world.judge_all(id).await;
        world.close(id).await.unwrap();
        let mut tx = world.store.system(false).await.unwrap();
        let earlier = genomforande::earlier(&mut tx, next.id, world.unit, day(2027, 4, 1)).await.unwrap();
        assert_eq!(earlier.len(), 1, "{db}");
        assert_eq!(earlier[0].when.with_year(), "november 2026", "{db}");
    }
}

#[tokio::test]
async fn the_analysis_is_never_written_over_by_somebody_who_has_not_seen_it() {
    for world in worlds().await {
        let id = world.begin(&start_form()).await;
        let run = world.run(id).await;
        let texts = |analys: &str| Texts { analys: analys.into(), ..Texts::default() };
        let target = Target::Occurrence(run.occurrence);
        let mut tx = world.store.write(&world.metod, target, Action::TickOwn).await.unwrap();
        genomforande::update_texts(&mut tx, now(), &run, run.version, &texts("Första")).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = world.store.write(&world.chef, target, Action::TickOwn).await.unwrap();
        let second = genomforande::update_texts(&mut tx, now(), &run, run.version, &texts("Andra")).await;
        assert!(matches!(second, Err(Error::Conflict)), "{}", world.db);
        drop(tx);
        assert_eq!(world.run(id).await.texts.analys, "Första", "{}", world.db);
    }
}

fn content(due: &str, follow_up: &str) -> atgard::Content {
    let form = atgard::Form {
        title: "Genomgång av dokumentation".into(),
        why: "Saklighet brister".into(),
        responsible: "roll:metodutvecklare".into(),
        due: due.into(),
        follow_up: follow_up.into(),
    };
    atgard::check(&form, today()).unwrap()
}

impl World {
    async fn add(&self, source: Source, due: &str, follow_up: &str) -> AtgardId {
        let id = AtgardId::new();
        let target = Target::Node(self.unit, Area::Atgard);
        let mut tx = self.store.write(&self.metod, target, Action::Edit).await.unwrap();
        store::atgard::create(&mut tx, now(), today(), id, self.unit, source, &content(due, follow_up)).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn atgard(&self, id: AtgardId) -> atgard::Atgard {
        let mut tx = self.store.read(&self.metod, Target::Atgard(id), Action::View).await.unwrap();
        store::atgard::get(&mut tx, &self.metod, id).await.unwrap()
    }

    async fn att_gora(&self, actor: &Actor) -> AttGora {
        let mut tx = self.store.read(actor, Target::Anywhere(Area::Aktivitet), Action::View).await.unwrap();
        let open = occurrence::open(&mut tx, actor, &[self.unit], day(2026, 12, 31)).await.unwrap();
        AttGora::new(open.into_iter().filter(|i| i.area == Area::Atgard).collect(), today())
    }

    async fn do_it(&self, id: AtgardId) {
        let atgard = self.atgard(id).await;
        let target = Target::Occurrence(atgard.occurrence);
        let mut tx = self.store.write(&self.metod, target, Action::TickOwn).await.unwrap();
        let item = occurrence::get(&mut tx, &self.metod, atgard.occurrence).await.unwrap();
        let tick = Tick { performed_on: today(), ..Tick::default() };
        occurrence::tick(&mut tx, now(), &item, item.occurrence.version, &tick).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn an_overdue_atgard_is_in_att_gora_of_who_answers_and_of_the_chef_and_on_the_wheel() {
    for world in worlds().await {
        let db = world.db;
        let run = world.begin(&start_form()).await;
        let id = world.add(Source::Genomforande(run), "2026-11-10", "2026-12-15").await;
        let mine = world.att_gora(&world.metod).await;
        assert_eq!((mine.late.len(), mine.next.len()), (1, 1), "{db}: the åtgärd now, its follow-up next month");
        assert!(mine.late[0].mine && mine.late[0].may_tick, "{db}");
        let chefs = world.att_gora(&world.chef).await;
        assert!(!chefs.late[0].mine && chefs.late[0].may_tick, "{db}");
        let mut tx =
            world.store.read(&world.chef, Target::Node(world.unit, Area::Aktivitet), Action::View).await.unwrap();
        let year = occurrence::year(&mut tx, &world.chef, world.unit, 2026).await.unwrap();
        assert_eq!(year.iter().filter(|i| i.area == Area::Atgard).count(), 2, "{db}");
        let of_source = store::atgard::of_source(&mut tx, &world.chef, Source::Genomforande(run)).await.unwrap();
        assert_eq!(of_source.len(), 1, "{db}");
        assert_eq!(of_source[0].source_label, "Dokumentation, november 2026", "{db}");
        assert!(of_source[0].is_late(today()), "{db}");
        drop(tx);
        world.do_it(id).await;
        assert!(world.att_gora(&world.metod).await.late.is_empty(), "{db}");
        assert_eq!(world.atgard(id).await.status(), atgard::Status::Klar, "{db}");
    }
}

#[tokio::test]
async fn an_atgard_moved_to_the_next_year_is_the_same_atgard_there() {
    for world in worlds().await {
        let db = world.db;
        let id = world.add(Source::Egen, "2026-12-01", "2027-03-01").await;
        let before = world.atgard(id).await;
        let mut tx = world.store.write(&world.metod, Target::Atgard(id), Action::Edit).await.unwrap();
        store::atgard::update(&mut tx, now(), &before, 1, &content("2027-01-31", "")).await.unwrap();
        tx.commit().await.unwrap();
        let after = world.atgard(id).await;
        assert_eq!((after.occurrence, after.due), (before.occurrence, day(2027, 1, 31)), "{db}");
        assert_eq!(after.follow_up, None, "{db}");
        let mut tx =
            world.store.read(&world.chef, Target::Node(world.unit, Area::Aktivitet), Action::View).await.unwrap();
        let year = |items: Vec<Item>| items.into_iter().filter(|i| i.area == Area::Atgard).count();
        assert_eq!(year(occurrence::year(&mut tx, &world.chef, world.unit, 2026).await.unwrap()), 0, "{db}");
        assert_eq!(year(occurrence::year(&mut tx, &world.chef, world.unit, 2027).await.unwrap()), 1, "{db}");
        drop(tx);
        let mut tx = world.store.write(&world.metod, Target::Atgard(id), Action::Edit).await.unwrap();
        let stale = store::atgard::update(&mut tx, now(), &before, 1, &content("2027-02-01", "")).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{db}");
    }
}

#[tokio::test]
async fn what_was_given_up_is_not_followed_up() {
    for world in worlds().await {
        let db = world.db;
        let id = world.add(Source::Egen, "2026-12-01", "2026-12-20").await;
        let atgard = world.atgard(id).await;
        let target = Target::Occurrence(atgard.occurrence);
        let mut tx = world.store.write(&world.metod, target, Action::TickOwn).await.unwrap();
        let item = occurrence::get(&mut tx, &world.metod, atgard.occurrence).await.unwrap();
        occurrence::give_up(&mut tx, now(), &item, item.occurrence.version, "Ny rutin finns redan").await.unwrap();
        tx.commit().await.unwrap();
        assert!(world.att_gora(&world.metod).await.is_empty(), "{db}");
        assert_eq!(world.atgard(id).await.status(), atgard::Status::Avbruten, "{db}");
        let mut tx = world.store.write(&world.metod, target, Action::TickOwn).await.unwrap();
        let item = occurrence::get(&mut tx, &world.metod, atgard.occurrence).await.unwrap();
        occurrence::undo(&mut tx, now(), &item, item.occurrence.version, "Rutinen räckte inte").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(world.att_gora(&world.metod).await.next.len(), 2, "{db}");
    }
}
