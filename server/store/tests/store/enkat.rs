//! The story of an enkät, from its first question to its figures, on SQLite and PostgreSQL; and attempts to find out who
//! entered which answer, by one who has the database.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    enkat::{
        self, Content, Enkat, Form, FragaForm, Period, Questions, State, Svar, Varde, Version, check_fraga,
        resultat::series,
    },
    id::{EnkatId, NodeId, PersonId},
    kon::Kon,
    organisation::{Node, NodeKind},
    permission::{Action, Role},
};
use sqlx::{AssertSqlSafe, Connection, Row};
use store::{
    Error, Store, Target,
    enkat::{antal, resultat, svar},
    person::NewPerson,
};
use uuid::Uuid;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn today() -> NaiveDate {
    day(2026, 11, 23)
}

fn now() -> DateTime<Utc> {
    today().and_hms_opt(12, 0, 0).unwrap().and_utc()
}

fn content() -> Content {
    let form = Form {
        title: "Samtal per telefon 2026".into(),
        intro: "Får jag ställa tre korta frågor?".into(),
        kanal: "telefon".into(),
        grain: "manad".into(),
        first: "2026-01-01".into(),
        last: "2026-12-31".into(),
        target: "4".into(),
    };
    enkat::check(&form).unwrap()
}

fn questions() -> Questions {
    let mut questions = Questions { kon: true, list: vec![] };
    for (key, kind, required) in [(1, "skala", "on"), (2, "skala", ""), (3, "fritext", "")] {
        let form = FragaForm {
            kind: kind.into(),
            text: format!("Fråga {key}"),
            required: required.into(),
            overall: if key == 2 { "on".into() } else { String::new() },
            ..FragaForm::default()
        };
        questions.put(check_fraga(&form, key).unwrap());
    }
    questions
}

/// A unit with three handläggare and an open enkät.
struct World {
    store: Store,
    unit: NodeId,
    people: Vec<PersonId>,
    id: EnkatId,
}

impl World {
    async fn new(store: Store) -> Self {
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
        let enhet = node(Some(top.id), NodeKind::Enhet, "Enheten");
        let unit = enhet.id;
        for node in [top, enhet] {
            store::organisation::create_node(&mut tx, now(), &node).await.unwrap();
        }
        let mut people = Vec::new();
        for n in 1..=3 {
            let new = NewPerson {
                id: PersonId::new(),
                name: format!("Handläggare {n}"),
                email: format!("h{n}@demo.se"),
                password_hash: String::new(),
                roles: vec![(Role::Medarbetare, unit)],
            };
            store::person::create(&mut tx, now(), &new).await.unwrap();
            people.push(new.id);
        }
        let id = EnkatId::new();
        store::enkat::create(&mut tx, now(), id, unit, &content()).await.unwrap();
        let found = store::enkat::get(&mut tx, id).await.unwrap();
        let version = store::enkat::versions(&mut tx, id).await.unwrap().remove(0);
        let seen = (&version, &version.questions);
        store::enkat::update_questions(&mut tx, now(), &found, seen, &questions(), "Frågor", vec![]).await.unwrap();
        store::enkat::set_state(&mut tx, now(), id, 1, State::Oppen).await.unwrap();
        tx.commit().await.unwrap();
        Self { store, unit, people, id }
    }

    async fn enkat(&self) -> Enkat {
        let mut tx = self.store.system(false).await.unwrap();
        store::enkat::get(&mut tx, self.id).await.unwrap()
    }

    async fn versions(&self) -> Vec<Version> {
        let mut tx = self.store.system(false).await.unwrap();
        store::enkat::versions(&mut tx, self.id).await.unwrap()
    }

    /// An answer that tells which one it is: its number stands in what was chosen.
    async fn answer(&self, month: u32, number: usize, kon: Kon) -> Svar {
        let version = self.versions().await.pop().unwrap();
        let values = BTreeMap::from([
            (1, Varde::Val(number / 10 % 10)),
            (2, Varde::Val(number % 10)),
            (3, Varde::Text(format!("Samtal {number}"))),
        ]);
        Svar { id: Uuid::new_v4(), version: version.id, period: Period::Month(2026, month), kon: Some(kon), values }
    }

    async fn take(&self, svar: &Svar) -> bool {
        let mut tx = self.store.system(true).await.unwrap();
        let new = svar::take(&mut tx, svar).await.unwrap();
        tx.commit().await.unwrap();
        new
    }

    async fn take_back(&self, id: Uuid) -> bool {
        let enkat = self.enkat().await;
        let mut tx = self.store.system(true).await.unwrap();
        let done = svar::take_back(&mut tx, &enkat, id).await.unwrap();
        tx.commit().await.unwrap();
        done
    }

    /// (waiting, published)
    async fn counts(&self) -> (i64, i64) {
        let mut tx = self.store.system(false).await.unwrap();
        svar::counts(&mut tx, self.id).await.unwrap()
    }

    async fn shown(&self) -> Option<i64> {
        let enkat = self.enkat().await;
        let mut tx = self.store.system(false).await.unwrap();
        let rows = resultat::rakningar(&mut tx, &enkat).await.unwrap();
        drop(tx);
        series(&self.versions().await, &rows)[0].first().and_then(enkat::resultat::Serie::total).map(|f| f.n)
    }
}

#[tokio::test]
async fn an_answer_sent_a_hundred_times_is_one() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let svar = world.answer(11, 1, Kon::Man).await;
        assert!(world.take(&svar).await, "{database}");
        for _ in 0..99 {
            assert!(!world.take(&svar).await, "{database}");
        }
        for n in 2..=12 {
            world.take(&world.answer(11, n, Kon::Man).await).await;
        }
        svar::sweep(&world.store, today()).await.unwrap();
        assert!(!world.take(&svar).await, "{database}: nor after it is published");
        assert_eq!(world.counts().await, (5, 7), "{database}");
    }
}

#[tokio::test]
async fn figures_move_by_at_least_five_and_the_rest_comes_when_the_month_is_over() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let mut last = 0;
        for n in 0..23 {
            world.take(&world.answer(11, n, if n % 3 == 0 { Kon::Man } else { Kon::Kvinna }).await).await;
            svar::sweep(&world.store, today()).await.unwrap();
            let shown = world.shown().await.unwrap_or(0);
            assert!(shown == last || shown - last >= 5, "{database}: from {last} to {shown}");
            last = shown;
        }
        assert_eq!(last, 10, "{database}: of each kön at least five wait while the month goes on");
        let after = day(2026, 12, 1);
        svar::sweep(&world.store, after).await.unwrap();
        assert_eq!(world.shown().await, Some(23), "{database}");
        assert_eq!(world.counts().await, (0, 23), "{database}: none is lost on the way");
    }
}

#[tokio::test]
async fn an_answer_can_be_taken_back_while_it_waits_and_does_not_come_again() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let svar = world.answer(11, 1, Kon::Kvinna).await;
        world.take(&svar).await;
        assert!(world.take_back(svar.id).await, "{database}");
        assert!(!world.take(&svar).await, "{database}: a resend that was under way");
        assert_eq!(world.counts().await, (0, 0), "{database}");
        // taken back before it arrived at all
        let late = world.answer(11, 2, Kon::Kvinna).await;
        assert!(world.take_back(late.id).await, "{database}");
        assert!(!world.take(&late).await, "{database}");
    }
}

#[tokio::test]
async fn questions_with_answers_are_frozen_and_a_new_version_begins_another_series() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        for n in 0..6 {
            world.take(&world.answer(10, n, Kon::Kvinna).await).await;
        }
        svar::sweep(&world.store, today()).await.unwrap();
        let (found, first) = (world.enkat().await, world.versions().await.remove(0));
        let mut changed = first.questions.clone();
        changed.list[0].text = "Fråga ett, med andra ord".into();
        let mut tx = world.store.system(true).await.unwrap();
        let seen = (&first, &first.questions);
        let refused = store::enkat::update_questions(&mut tx, now(), &found, seen, &changed, "Ändrad", vec![]).await;
        assert!(matches!(refused, Err(Error::Conflict)), "{database}");
        store::enkat::create_version(&mut tx, now(), world.id).await.unwrap();
        store::enkat::create_version(&mut tx, now(), world.id).await.unwrap();
        let versions = store::enkat::versions(&mut tx, world.id).await.unwrap();
        assert_eq!(versions.len(), 2, "{database}: twice is once");
        let seen = (&versions[1], &versions[1].questions);
        store::enkat::update_questions(&mut tx, now(), &found, seen, &changed, "Ändrad", vec![]).await.unwrap();
        store::enkat::use_version(&mut tx, now(), world.id).await.unwrap();
        tx.commit().await.unwrap();
        for n in 0..12 {
            world.take(&world.answer(11, n, Kon::Kvinna).await).await;
        }
        svar::sweep(&world.store, today()).await.unwrap();
        let mut tx = world.store.system(false).await.unwrap();
        let rows = resultat::rakningar(&mut tx, &found).await.unwrap();
        drop(tx);
        let series = series(&world.versions().await, &rows);
        let n: Vec<Vec<i64>> =
            series.iter().map(|s| s.iter().map(|s| s.total().map_or(0, |t| t.n)).collect()).collect();
        assert_eq!(n, [vec![7, 6], vec![13]], "{database}: the changed question has two series, the other goes on");
    }
}

#[tokio::test]
async fn a_text_parts_from_its_answer_and_is_shown_on_apt_only_when_marked() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        for n in 0..6 {
            world.take(&world.answer(10, n, Kon::Man).await).await;
        }
        svar::sweep(&world.store, today()).await.unwrap();
        let found = world.enkat().await;
        let mut tx = world.store.system(true).await.unwrap();
        let texts = resultat::fritexter(&mut tx, world.id).await.unwrap();
        assert_eq!(texts.len(), 6, "{database}");
        assert!(texts.iter().all(|t| !t.apt), "{database}");
        resultat::mark_fritext(&mut tx, now(), &found, texts[0].id, true).await.unwrap();
        let marked = resultat::fritexter(&mut tx, world.id).await.unwrap().into_iter().filter(|t| t.apt).count();
        assert_eq!(marked, 1, "{database}");
        assert!(matches!(
            resultat::mark_fritext(&mut tx, now(), &found, Uuid::new_v4(), true).await,
            Err(Error::NotFound)
        ));
    }
}

#[tokio::test]
async fn what_devices_have_entered_is_added_up_and_told_again_it_is_the_same() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let (person, phone, laptop) = (world.people[0], Uuid::new_v4(), Uuid::new_v4());
        let pending = world.store.pending();
        pending.report(person, world.id, "2026-11", phone, (2, 2));
        pending.report(person, world.id, "2026-11", phone, (1, 1));
        pending.report(person, world.id, "2026-11", laptop, (3, 1));
        pending.count_form(person, world.id, "2026-11", 1);
        let sum = || async {
            let mut tx = world.store.system(false).await.unwrap();
            antal::of_month(&world.store, &mut tx, world.id, "2026-11").await.unwrap().get(&person).copied()
        };
        assert_eq!(sum().await, Some(6), "{database}: before it is written");
        antal::flush(&world.store).await.unwrap();
        assert_eq!(sum().await, Some(6), "{database}");
        pending.report(person, world.id, "2026-11", phone, (2, 2));
        pending.count_form(person, world.id, "2026-11", -1);
        antal::flush(&world.store).await.unwrap();
        assert_eq!(sum().await, Some(5), "{database}: one was taken back");
        assert_eq!(antal::flush(&world.store).await.unwrap(), 0, "{database}");
    }
}

#[tokio::test]
async fn an_enkat_is_for_its_unit_and_lies_on_its_wheel() {
    for (database, store) in crate::common::stores().await {
        let world = World::new(store).await;
        let mut tx = world.store.system(false).await.unwrap();
        let own = store::person::actor(&mut tx, world.people[0], 1).await.unwrap().unwrap();
        let items = store::occurrence::year(&mut tx, &own, world.unit, 2026).await.unwrap();
        assert!(items.iter().any(|i| i.source == world.id.0 && i.title == "Samtal per telefon 2026"), "{database}");
        drop(tx);
        for (action, may) in
            [(Action::View, true), (Action::TickOwn, true), (Action::Edit, false), (Action::TickAny, false)]
        {
            let opened = world.store.read(&own, Target::Enkat(world.id), action).await;
            assert_eq!(opened.is_ok(), may, "{database}: {action:?}");
        }
        let mut tx = world.store.system(true).await.unwrap();
        for (to, open) in [(State::Stangd, false), (State::Oppen, true)] {
            let version = store::enkat::get(&mut tx, world.id).await.unwrap().version;
            store::enkat::set_state(&mut tx, now(), world.id, version, to).await.unwrap();
            let items = store::occurrence::of_source(&mut tx, &own, world.id.0).await.unwrap();
            assert!(items.iter().all(|i| i.occurrence.state.is_open() == open), "{database}: {to:?}");
        }
        let (new, period) = (EnkatId::new(), (day(2027, 1, 1), day(2027, 12, 31)));
        store::enkat::copy(&mut tx, now(), world.id, new, "Samtal per telefon 2027", period).await.unwrap();
        let waves: Vec<_> = store::enkat::waves(&mut tx, new).await.unwrap().into_iter().map(|e| e.id).collect();
        assert_eq!(waves, [new, world.id], "{database}");
        let keys = |v: Vec<Version>| v[0].questions.list.iter().map(|q| q.key).collect::<Vec<_>>();
        let copied = store::enkat::versions(&mut tx, new).await.unwrap();
        assert_eq!(keys(copied), [1, 2, 3], "{database}: trends go on by the keys");
    }
}

/// A working day: three people log in, enter answers in turn, and other things happen in between. Numbers of answers in
/// the order they came.
async fn working_day(world: &World) -> Vec<usize> {
    let devices: Vec<Uuid> = world.people.iter().map(|_| Uuid::new_v4()).collect();
    let mut entered = [0_i64; 3];
    let mut order = Vec::new();
    for n in 0..33_usize {
        let who = (n * 7 / 3) % 3;
        let mut tx = world.store.system(true).await.unwrap();
        let session = format!("session-{who}");
        store::session::save(&mut tx, &session, &world.people[who].to_string(), 1_000_000 + i64::try_from(n).unwrap())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        world.take(&world.answer(11, n, if who == 0 { Kon::Man } else { Kon::Kvinna }).await).await;
        order.push(n);
        entered[who] += 1;
        world.store.pending().report(
            world.people[who],
            world.id,
            "2026-11",
            devices[who],
            (entered[who], entered[who]),
        );
        if n % 11 == 10 {
            svar::sweep(&world.store, today()).await.unwrap();
            antal::flush(&world.store).await.unwrap();
        }
    }
    svar::sweep(&world.store, today()).await.unwrap();
    antal::flush(&world.store).await.unwrap();
    world.store.tidy().await.unwrap();
    order
}

fn number_of(svar: &str) -> usize {
    let values: BTreeMap<i32, Varde> = serde_json::from_str(svar).unwrap();
    let digit = |key| match values.get(&key) {
        Some(Varde::Val(v)) => *v,
        _ => panic!("no value"),
    };
    digit(1) * 10 + digit(2)
}

#[tokio::test]
async fn one_with_the_sqlite_file_cannot_tell_who_entered_an_answer_or_in_which_order() {
    let folder = std::env::temp_dir().join(format!("kvalitet-anonym-{}", Uuid::new_v4().simple()));
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("kvalitet.db");
    let url = format!("sqlite://{}", file.display());
    let store = Store::connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    let world = World::new(store).await;
    let order = working_day(&world).await;
    // the log that SQLite writes first, in order, is empty after tidying
    let log = std::fs::metadata(folder.join("kvalitet.db-wal")).map_or(0, |m| m.len());
    assert_eq!(log, 0, "the write-ahead log holds pages in the order they were written");
    world.store.close().await;

    let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
    for table in ["enkat_svar", "enkat_inkorg", "enkat_fritext", "enkat_kvitto", "enkat_antal", "enkat_rakning"] {
        let sql: (String,) = sqlx::query_as("select sql from sqlite_master where name = $1")
            .bind(table)
            .fetch_one(&mut c)
            .await
            .unwrap();
        assert!(sql.0.to_lowercase().ends_with("without rowid"), "{table} has row numbers, which tell the order");
        let query = format!("select name from pragma_table_info('{table}')");
        let columns = sqlx::query(AssertSqlSafe(query)).fetch_all(&mut c).await.unwrap();
        for column in columns {
            let name: String = column.get(0);
            let tells = ["person", "session", "at", "day", "created", "user", "device"];
            let allowed = table == "enkat_antal";
            assert!(allowed || !tells.iter().any(|t| name.split('_').any(|part| part == *t)), "{table}.{name}");
        }
    }
    let rows = sqlx::query("select id, svar from enkat_svar").fetch_all(&mut c).await.unwrap();
    let read: Vec<usize> = rows.iter().map(|r| number_of(r.get::<&str, _>(1))).collect();
    assert!(read.len() >= 15, "{} are published", read.len());
    assert_ne!(read, sorted(&read), "published answers lie in the order they came");
    let waiting: Vec<(Vec<u8>,)> = sqlx::query_as("select id from enkat_inkorg").fetch_all(&mut c).await.unwrap();
    assert_eq!(waiting.len() + read.len(), order.len());
    let known: BTreeSet<Vec<u8>> = sqlx::query_as::<_, (Vec<u8>,)>("select id from enkat_kvitto")
        .fetch_all(&mut c)
        .await
        .unwrap()
        .into_iter()
        .map(|r| r.0)
        .collect();
    for row in &rows {
        assert!(!known.contains(row.get::<&[u8], _>(0)), "a published answer has the id that its device gave it");
    }
    // every id is random: version 4 in its seventh byte
    for id in known.iter().chain(waiting.iter().map(|w| &w.0)) {
        assert_eq!(id[6] >> 4, 4, "an id that holds the time");
    }
    // no other table holds an id of an answer, in whatever column
    let bytes = std::fs::read(&file).unwrap();
    for row in &rows {
        let id: &[u8] = row.get(0);
        let found = bytes.windows(16).filter(|w| *w == id).count();
        // in the row itself and in the index of its version
        assert!(found <= 2, "an answer's id stands {found} times in the file");
    }
    // what was deleted is overwritten: the texts of published answers stand once, in their own table
    for n in 0..33 {
        let text = format!("\"Samtal {n}\"");
        let left = bytes.windows(text.len()).filter(|w| *w == text.as_bytes()).count();
        assert!(left <= 1, "{text} still lies beside its answer {left} times");
    }
    c.close().await.unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

fn sorted(numbers: &[usize]) -> Vec<usize> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted
}

#[tokio::test]
async fn one_with_the_postgres_tables_and_their_system_columns_cannot_either() {
    let Ok(cluster) = std::env::var("KVALITET_TEST_POSTGRES") else {
        assert!(std::env::var_os("CI").is_none(), "PostgreSQL is part of the tests under CI");
        return;
    };
    let url = crate::common::new_database(&cluster).await;
    let store = Store::connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    let world = World::new(store).await;
    working_day(&world).await;
    let mut c = sqlx::PgConnection::connect(&url).await.unwrap();
    // xmin is the number of the transaction that wrote a row, ctid its place
    let mut written = async |table: &str| -> Vec<(i64, Uuid)> {
        let id = if table == "enkat_antal" { "person_id" } else { "id" };
        let query = format!("select xmin::text::bigint, {id} from {table} order by ctid");
        sqlx::query_as(AssertSqlSafe(query)).fetch_all(&mut c).await.unwrap()
    };
    let (published, waiting, receipts, counts) = (
        written("enkat_svar").await,
        written("enkat_inkorg").await,
        written("enkat_kvitto").await,
        written("enkat_antal").await,
    );
    let mut batches: BTreeMap<i64, usize> = BTreeMap::new();
    for (xmin, _) in &published {
        *batches.entry(*xmin).or_default() += 1;
    }
    assert!(batches.values().all(|n| *n >= 5), "fewer than five answers were written together: {batches:?}");
    let one = |rows: &[(i64, Uuid)]| rows.iter().map(|r| r.0).collect::<BTreeSet<_>>();
    assert_eq!(one(&waiting).len(), 1, "the order of those that wait can be told");
    let of_waiting: Vec<(i64, Uuid)> =
        receipts.iter().filter(|r| waiting.iter().any(|w| w.1 == r.1)).copied().collect();
    assert_eq!(of_waiting.len(), waiting.len());
    assert_eq!(one(&of_waiting).len(), 1, "their receipts tell the order");
    assert_eq!(one(&counts).len(), 1, "the counts of the month are not written together");
    assert!(one(&counts).is_disjoint(&one(&published)) && one(&counts).is_disjoint(&one(&waiting)));
    let ids: BTreeSet<Uuid> = receipts.iter().map(|r| r.1).collect();
    assert!(published.iter().all(|p| !ids.contains(&p.1)), "a published answer has the id that its device gave it");

    let rows =
        sqlx::query("select svar, xmin::text::bigint from enkat_svar order by ctid").fetch_all(&mut c).await.unwrap();
    let read: Vec<usize> = rows.iter().map(|r| number_of(r.get::<&str, _>(0))).collect();
    let first_batch: Vec<usize> = read.iter().take(6).copied().collect();
    assert!(read != sorted(&read) && first_batch.len() == 6, "answers lie in the order they came: {read:?}");
    // neither sessions nor history were written in a transaction of an answer
    for table in ["session", "history"] {
        let query = format!(
            "select count(*) from {table} where xmin in (select xmin from enkat_svar)
                                union all select count(*) from {table} where xmin in (select xmin from enkat_inkorg)"
        );
        let found: Vec<(i64,)> = sqlx::query_as(AssertSqlSafe(query)).fetch_all(&mut c).await.unwrap();
        assert!(found.iter().all(|(n,)| *n == 0), "{table} is written together with answers");
    }
    // rows that were rewritten leave no dead copies behind
    let dead: (i64,) = sqlx::query_as(
        "select coalesce(sum(n_dead_tup), 0)::bigint from pg_stat_user_tables where relname in ('enkat_inkorg', 'enkat_kvitto')
         and last_vacuum is null",
    )
    .fetch_one(&mut c)
    .await
    .unwrap();
    assert_eq!(dead.0, 0);
    c.close().await.unwrap();
}
