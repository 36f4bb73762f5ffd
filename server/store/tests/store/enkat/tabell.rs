//! Tables of answers: all or none of one, the same again, two at once, and taken back.

use domain::enkat::tabell::REMEMBERED_FROM;
use sqlx::Connection as _;
use store::enkat::tabell::{Borttagna, Inlagd, take_all, take_all_back};

use super::*;

/// A seal that knows what it has marked.
fn marking() -> Sealing {
    sealing().marking(|enkat, bytes| {
        let sum = |start: u64| {
            let all = enkat.as_bytes().iter().chain(bytes);
            all.fold(start, |sum, b| sum.wrapping_mul(1_099_511_628_211).wrapping_add(u64::from(*b)))
        };
        Uuid::from_u64_pair(sum(17), sum(4_711))
    })
}

impl World {
    async fn with_marks(store: Store) -> Self {
        let world = Self::new(store).await;
        let store = world.store.clone().sealed(marking());
        Self { store, ..world }
    }

    /// So many answers of a month, with ids of their own: the same words for the same numbers.
    async fn table(&self, month: u32, numbers: std::ops::Range<usize>) -> Vec<Svar> {
        let mut all = Vec::new();
        for n in numbers {
            all.push(self.answer(month, n, if n % 2 == 0 { Kon::Kvinna } else { Kon::Man }).await);
        }
        all.sort_by_key(|svar| svar.id);
        all
    }

    async fn enter(&self, who: usize, all: &[Svar], again: bool) -> Inlagd {
        let enkat = self.enkat().await;
        let mut tx = self.store.system(true).await.unwrap();
        let became = take_all(&mut tx, &enkat, self.by(who, true), all, again).await.unwrap();
        if matches!(became, Inlagd::Ny(_)) {
            tx.commit().await.unwrap();
        }
        became
    }

    async fn undo(&self, all: &[Svar], mark: Option<Uuid>) -> Borttagna {
        let enkat = self.enkat().await;
        let ids: Vec<Uuid> = all.iter().map(|svar| svar.id).collect();
        let mut tx = self.store.system(true).await.unwrap();
        let gone = take_all_back(&mut tx, &enkat, self.by(0, true), &ids, mark).await.unwrap();
        tx.commit().await.unwrap();
        gone
    }

    async fn entered(&self, who: usize) -> i64 {
        let mut tx = self.store.system(false).await.unwrap();
        antal::of_month(&mut tx, self.id, MONTH).await.unwrap().get(&self.people[who]).copied().unwrap_or(0)
    }
}

#[tokio::test]
async fn a_table_is_entered_whole_and_its_answers_wait_as_all_others_until_three_have_entered_some() {
    for (database, store) in crate::common::stores().await {
        let world = World::with_marks(store).await;
        let table = world.table(11, 0..12).await;
        assert!(matches!(world.enter(0, &table, false).await, Inlagd::Ny(Some(_))), "{database}");
        assert_eq!((world.counts().await, world.entered(0).await), ((12, 0), 12), "{database}");
        world.sweep(today()).await;
        assert_eq!(world.counts().await, (12, 0), "{database}: one person has entered all of them");
        assert_eq!(world.enter(0, &table, false).await, Inlagd::Redan, "{database}: the same form again");
        // who uses an id of one form in another table gets nothing of it in
        let mut other = world.table(11, 20..32).await;
        other[0].id = table[0].id;
        assert_eq!(world.enter(0, &other, false).await, Inlagd::Redan, "{database}");
        assert_eq!(world.counts().await, (12, 0), "{database}");
    }
}

#[tokio::test]
async fn the_same_table_is_known_in_any_order_and_a_small_one_or_one_without_a_key_is_not_remembered() {
    for (database, store) in crate::common::stores().await {
        let world = World::with_marks(store).await;
        assert!(matches!(world.enter(0, &world.table(11, 0..7).await, false).await, Inlagd::Ny(Some(_))), "{database}");
        // other ids, so another order
        assert_eq!(world.enter(1, &world.table(11, 0..7).await, false).await, Inlagd::Samma, "{database}");
        assert_eq!((world.counts().await, world.entered(1).await), ((7, 0), 0), "{database}: nothing of it is kept");
        assert!(matches!(world.enter(1, &world.table(10, 0..7).await, false).await, Inlagd::Ny(Some(_))), "{database}");
        assert_eq!(
            world.enter(1, &world.table(11, 0..7).await, true).await,
            Inlagd::Ny(None),
            "{database}: on purpose"
        );
        for _ in 0..2 {
            let small = world.table(11, 0..REMEMBERED_FROM - 1).await;
            assert_eq!(world.enter(1, &small, false).await, Inlagd::Ny(None), "{database}");
        }
        let keyless = World { store: world.store.clone().sealed(sealing()), ..world };
        assert_eq!(keyless.enter(0, &keyless.table(11, 0..7).await, false).await, Inlagd::Ny(None), "{database}");
    }
}

#[tokio::test]
async fn of_two_who_enter_the_same_table_at_once_one_is_asked() {
    for (database, store) in crate::common::stores().await {
        let world = World::with_marks(store).await;
        for round in 0..5 {
            let numbers = round * 6..round * 6 + 6;
            let (one, other) = (world.table(11, numbers.clone()).await, world.table(11, numbers).await);
            let mut became =
                <[Inlagd; 2]>::from(tokio::join!(world.enter(0, &one, false), world.enter(1, &other, false)));
            became.sort_by_key(|became| *became == Inlagd::Samma);
            assert!(matches!(became, [Inlagd::Ny(Some(_)), Inlagd::Samma]), "{database}: {became:?}");
        }
        assert_eq!(world.counts().await, (30, 0), "{database}: each table once");
    }
}

#[tokio::test]
async fn what_waits_of_a_table_is_taken_back_and_no_answer_of_anybody_else() {
    for (database, store) in crate::common::stores().await {
        let world = World::with_marks(store).await;
        let table = world.table(11, 0..6).await;
        let Inlagd::Ny(mark) = world.enter(0, &table, false).await else { panic!("{database}") };
        world.sweep(today()).await;
        // another enkät cannot take them back, whatever ids it is given
        let mut tx = world.store.system(true).await.unwrap();
        let foreign = EnkatId::new();
        store::enkat::create(&mut tx, now(), foreign, world.unit, &content()).await.unwrap();
        let other = store::enkat::get(&mut tx, foreign).await.unwrap();
        let ids: Vec<Uuid> = table.iter().map(|svar| svar.id).collect();
        let gone = take_all_back(&mut tx, &other, world.by(0, true), &ids, mark).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((gone, world.counts().await), (Borttagna { gone: 0, left: 6 }, (6, 0)), "{database}");
        assert_eq!(world.undo(&table, mark).await, Borttagna { gone: 6, left: 0 }, "{database}");
        assert_eq!((world.counts().await, world.entered(0).await), ((0, 0), 0), "{database}");
        assert_eq!(world.undo(&table, mark).await, Borttagna { gone: 0, left: 6 }, "{database}: again");
        assert_eq!(
            world.enter(0, &table, false).await,
            Inlagd::Redan,
            "{database}: Back in the browser enters nothing"
        );
        let again = world.table(11, 0..6).await;
        let Inlagd::Ny(mark @ Some(_)) = world.enter(0, &again, false).await else {
            panic!("{database}: its mark is gone")
        };
        // those that are published stay, and so does the mark
        for n in 40..50 {
            world.take_by(n % 3, &world.answer(11, n, Kon::Man).await).await;
            world.take_by(n % 3, &world.answer(11, n, Kon::Kvinna).await).await;
        }
        world.sweep(today()).await;
        let shown = world.counts().await;
        assert!(shown.1 > 0, "{database}: {shown:?}");
        let gone = world.undo(&again, mark).await;
        assert!(gone.left > 0, "{database}: {gone:?}");
        assert_eq!(world.enter(1, &world.table(11, 0..6).await, false).await, Inlagd::Samma, "{database}");
    }
}

#[tokio::test]
async fn the_mark_of_a_table_tells_nothing_but_its_enkat_and_in_postgres_not_when_it_came() {
    let (_folder, urls) = crate::common::urls().await;
    for (database, url) in urls {
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let world = World::with_marks(store).await;
        for n in 0..3 {
            world.enter(n, &world.table(11, n * 6..n * 6 + 6).await, false).await;
        }
        world.sweep(today()).await;
        world.store.tidy().await.unwrap();
        if url.starts_with("postgres") {
            let mut c = sqlx::PgConnection::connect(&url).await.unwrap();
            let sql = "select count(*), count(distinct xmin::text) from enkat_tabell";
            let counted: (i64, i64) = sqlx::query_as(sql).fetch_one(&mut c).await.unwrap();
            assert_eq!(counted, (3, 1), "{database}");
        } else {
            let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
            let sql = "select group_concat(name) from pragma_table_info('enkat_tabell')";
            let columns: (String,) = sqlx::query_as(sql).fetch_one(&mut c).await.unwrap();
            assert_eq!(columns.0, "id,enkat_id", "{database}");
        }
    }
}
