//! The plan of a unit and year, whichever its kind: rows with a schedule for each of their levels. What is of a kind alone are
//! its columns, and what its schedules say besides: see [`table`].

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    counted::PlanYear,
    history::{Change, differing, said},
    hours::Hours,
    id::{NodeId, ScheduleId},
    plan::{Id, Row, told},
    recurrence::{Recurrence, form::Timing},
    schedule::{Level, Responsible, Schedule},
};
use sqlx::{FromRow, postgres::PgRow, sqlite::SqliteRow};
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    history::{self, Record},
    hold::Held,
    in_row::InRow,
    organisation,
    schedule::{self, responsible_of},
    touched,
};

/// A kind of plan in the database.
pub trait Kind: domain::plan::Kind {
    /// Its questions.
    const SQL: &'static Sql;
    /// A row as it is stored.
    type Stored: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin;

    /// Reads a row, and whether it is in use.
    fn read(stored: Self::Stored) -> Result<(Row<Self::Id, Self>, bool)>;

    /// Writes a new row of its table; 0 when it is there.
    fn insert(
        &self,
        tx: &mut Tx,
        id: Self::Id,
        node: NodeId,
        year: i32,
        copied_from: Option<Self::Id>,
    ) -> impl Future<Output = Result<u64>> + Send;

    /// Writes its columns, if the row has this version; 0 when it has another.
    fn write(&self, tx: &mut Tx, id: Self::Id, version: i64) -> impl Future<Output = Result<u64>> + Send;
}

/// The questions of a kind of plan.
#[derive(Debug)]
pub struct Sql {
    pub(crate) thing: Thing,
    /// What is in the plan of a node and a year.
    pub(crate) list: &'static str,
    /// What has been taken out of it.
    pub(crate) removed: &'static str,
    pub(crate) get: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) passed: &'static str,
    /// The copies in the plan of a node and a year, with what each is a copy of.
    pub(crate) copies: &'static str,
    /// Whether anything is a copy of a row.
    pub(crate) copied_on: &'static str,
    /// Takes a row away that nobody has changed.
    pub(crate) uncopy: &'static str,
}

/// What every row has, of its own table and of its (first) schedule.
#[derive(FromRow)]
pub struct Common {
    pub(crate) id: Uuid,
    node_id: Uuid,
    year: i32,
    version: i64,
    active: bool,
    recurrence: String,
    start_on: Option<NaiveDate>,
    end_on: Option<NaiveDate>,
    counted_from: Option<NaiveDate>,
    anchor_on: Option<NaiveDate>,
    hours: Option<String>,
    responsible_role: Option<String>,
    responsible_person: Option<Uuid>,
    responsible_grupp: Option<Uuid>,
}

impl Common {
    pub(crate) fn responsible(&self, in_row: InRow) -> Result<Responsible> {
        responsible_of(in_row, self.responsible_role.as_deref(), self.responsible_person, self.responsible_grupp)
    }

    pub(crate) fn timing(&self, in_row: InRow) -> Result<Timing> {
        Ok(Timing {
            recurrence: in_row.code("recurrence", &self.recurrence, Recurrence::from_code)?,
            start: self.start_on,
            end: self.end_on,
            hours: in_row.code_if_any("hours", self.hours.as_deref(), Hours::from_code)?,
            anchor: self.anchor_on,
        })
    }

    /// The row with what it holds, and whether it is in use.
    pub(crate) fn row<C: Kind>(self, content: C) -> (Row<C::Id, C>, bool) {
        let row = Row {
            id: C::Id::of(self.id),
            node: NodeId(self.node_id),
            year: self.year,
            counted_from: self.counted_from,
            anchor: self.anchor_on,
            content,
            version: self.version,
        };
        (row, self.active)
    }
}

/// `insert into` the table of a kind, with its columns behind those that all have. From constants, once.
pub(crate) fn inserting(table: &str, columns: &[&str]) -> String {
    let places: Vec<String> = (1..=columns.len() + 4).map(|n| format!("${n}")).collect();
    let (columns, places) = (columns.join(", "), places.join(", "));
    format!(
        "insert into {table} (id, node_id, year, copied_from, {columns}) values ({places}) on conflict (id) do nothing"
    )
}

/// `update` of the columns of a kind, where the row has its version. From constants, once.
pub(crate) fn writing(table: &str, columns: &[&str]) -> String {
    let columns: Vec<String> = (3..).zip(columns).map(|(n, column)| format!("{column} = ${n}")).collect();
    let columns = columns.join(", ");
    format!("update {table} set {columns}, version = version + 1 where id = $1 and version = $2")
}

/// What a column of a kind is in the database: an exact decimal is its ten-thousandths, all else is what it is.
macro_rules! stored_type {
    (per_cent) => { Option<i64> };
    ($kind:ident) => { domain::plan_type!($kind) };
}

macro_rules! read_of {
    (per_cent, $stored:expr) => {
        $stored.map(domain::tal::Tal::of_stored)
    };
    ($kind:ident, $stored:expr) => {
        $stored
    };
}

macro_rules! bound {
    (per_cent, $value:expr) => {
        $value.map(domain::tal::Tal::stored)
    };
    ($kind:ident, $value:expr) => {
        &$value
    };
}

/// A kind of plan in the database, of the list of its columns that `domain` has: those of `row` are columns of its table, and
/// those of `schedule` are read by its `Beside`.
///
/// * its table, its id and what it is to [`belongs`]
/// * `also`: what is asked for besides, and the joins that give it; `s` is the (first) schedule, `r` the row
/// * `of`: whose rows are in the plan of the node `$1`
macro_rules! table {
    (
        $table:literal, $id:ident, also $also:literal, $joins:literal, of $of:literal;
        row { $($name:ident: $kind:ident $(($($arg:tt)*))?, $label:literal;)* }
        schedule { $($own:ident: $own_kind:ident, $own_label:literal;)* }
    ) => {
        #[derive(sqlx::FromRow)]
        pub struct Stored {
            #[sqlx(flatten)]
            common: $crate::plan::Common,
            #[sqlx(flatten)]
            beside: Beside,
            $($name: $crate::plan::stored_type!($kind),)*
        }

        const COLUMNS: &[&str] = &[$(stringify!($name)),*];

        macro_rules! select {
            ($tail:expr) => {
                concat!(
                    "select r.id, r.node_id, r.year, r.version, s.active, s.recurrence, s.start_on, s.end_on,
                            s.counted_from, s.anchor_on, s.hours, s.responsible_role, s.responsible_person,
                            s.responsible_grupp, ",
                    $also,
                    $(", r.", stringify!($name),)*
                    " from ", $table, " r ", $joins, " where ", $tail
                )
            };
        }

        impl $crate::plan::Kind for Content {
            type Stored = Stored;
            const SQL: &'static $crate::plan::Sql = &$crate::plan::Sql {
                thing: THING,
                list: select!(concat!("r.year = $2 and s.active and ", $of, " order by r.id")),
                removed: select!("r.year = $2 and not s.active and r.node_id = $1 order by r.id"),
                get: select!("r.id = $1"),
                copied: concat!(
                    "select copied_from from ", $table, " where node_id = $1 and year = $2 and copied_from is not null"
                ),
                passed: concat!("update ", $table, " set version = version + 1 where id = $1"),
                copies: concat!(
                    "select id, copied_from from ", $table,
                    " where node_id = $1 and year = $2 and copied_from is not null order by id"
                ),
                copied_on: concat!("select id from ", $table, " where copied_from = $1 limit 1"),
                uncopy: concat!("delete from ", $table, " where id = $1 and version = 1"),
            };

            fn read(stored: Stored) -> $crate::Result<(domain::plan::Row<$id, Self>, bool)> {
                let Stored { common, beside, $($name),* } = stored;
                let in_row = $crate::in_row::InRow::of($table, common.id);
                let ($($own),*) = beside.read(in_row, common.responsible(in_row)?)?;
                let domain::recurrence::form::Timing { recurrence, start, end, hours, .. } = common.timing(in_row)?;
                Ok(common.row(Content { $($name: $crate::plan::read_of!($kind, $name),)* $($own,)* recurrence, start, end, hours }))
            }

            async fn insert(
                &self,
                tx: &mut $crate::Tx,
                id: $id,
                node: domain::id::NodeId,
                year: i32,
                copied_from: Option<$id>,
            ) -> $crate::Result<u64> {
                static SQL: std::sync::LazyLock<String> =
                    std::sync::LazyLock::new(|| $crate::plan::inserting($table, COLUMNS));
                let copied_from = copied_from.map(|from| from.0);
                Ok(execute!(tx, SQL.as_str(), id.0, node.0, year, copied_from $(, $crate::plan::bound!($kind, self.$name))*)?)
            }

            async fn write(&self, tx: &mut $crate::Tx, id: $id, version: i64) -> $crate::Result<u64> {
                static SQL: std::sync::LazyLock<String> =
                    std::sync::LazyLock::new(|| $crate::plan::writing($table, COLUMNS));
                Ok(execute!(tx, SQL.as_str(), id.0, version $(, $crate::plan::bound!($kind, self.$name))*)?)
            }
        }
    };
}
pub(crate) use {bound, read_of, stored_type, table};

/// The plan of a unit and year, in the order of the rows' ids; what the avdelning has laid on the unit is in it.
pub async fn list<C: Kind>(tx: &mut Tx, node: NodeId, year: i32) -> Result<Vec<Row<C::Id, C>>> {
    let found = rows!(tx, C::Stored, C::SQL.list, node.0, year)?;
    found.into_iter().map(|stored| Ok(C::read(stored)?.0)).collect()
}

/// Rows of a unit and year that have been removed.
pub async fn removed<C: Kind>(tx: &mut Tx, node: NodeId, year: i32) -> Result<Vec<Row<C::Id, C>>> {
    let found = rows!(tx, C::Stored, C::SQL.removed, node.0, year)?;
    found.into_iter().map(|stored| Ok(C::read(stored)?.0)).collect()
}

/// A row and whether it is in use.
pub async fn get<I: Id<Content: Kind>>(tx: &mut Tx, id: I) -> Result<(Row<I, I::Content>, bool)> {
    let found = row!(tx, <I::Content as Kind>::Stored, <I::Content as Kind>::SQL.get, id.stored())?;
    I::Content::read(found.ok_or(Error::NotFound)?)
}

/// Adds a row, counted from a day of its year or the whole of it, with the occurrences of each level. The same id again is the
/// same row: nothing happens.
pub async fn create<C: Kind>(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: C::Id,
    node: NodeId,
    year: impl Into<PlanYear>,
    content: &C,
) -> Result<()> {
    insert(tx, now, id, node, year.into(), content, None).await
}

async fn insert<C: Kind>(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: C::Id,
    node: NodeId,
    plan: PlanYear,
    content: &C,
    copied_from: Option<C::Id>,
) -> Result<()> {
    if !belongs::is_new(tx, C::SQL.thing, id.stored(), node.0, &(plan, content)).await? {
        return Ok(());
    }
    let PlanYear { year, counted_from } = plan;
    if content.insert(tx, id, node, year, copied_from).await? == 0 {
        return Ok(());
    }
    for &level in C::LEVELS {
        let anchor = schedule::carried(tx, copied_from.map(Id::stored), level).await?;
        let schedule =
            Schedule { anchor, counted_from, ..schedule_of(ScheduleId::new(), id, (node, year), level, content) };
        match copied_from {
            Some(_) => schedule::save_again(tx, &schedule).await?,
            None => schedule::save(tx, &schedule).await?,
        }
    }
    let what = match copied_from {
        None => "Tillagd".to_owned(),
        Some(from) => {
            let its = get(tx, from).await?.0.node;
            copied_words(tx, node, its).await?
        }
    };
    record(tx, now, (node, id), &what, "", said(told(content))).await
}

/// What the history says of a copy: the plan of a predecessor is another's.
async fn copied_words(tx: &mut Tx, node: NodeId, of: NodeId) -> Result<String> {
    if of == node {
        return Ok("Kopierad från förra året".to_owned());
    }
    Ok(format!("Kopierad från {}", organisation::tree(tx).await?.name(of)))
}

/// Changes a row and brings its occurrences in step. `Conflict` when it is no longer as the person saw it.
pub async fn update<C: Kind>(tx: &mut Tx, now: DateTime<Utc>, id: C::Id, version: i64, content: &C) -> Result<()> {
    let (before, _) = get(tx, id).await?;
    touched(content.write(tx, id, version).await?)?;
    for standing in schedule::of_source(tx, id.stored()).await? {
        let schedule = schedule_of(standing.id, id, (before.node, before.year), standing.level, content);
        schedule::save(tx, &schedule).await?;
    }
    record(tx, now, (before.node, id), "Ändrad", "", differing(told(&before.content), told(content))).await
}

/// The next version: who changes the row as it was before it was taken out or put back is told.
async fn passed<I: Id<Content: Kind>>(tx: &mut Tx, id: I) -> Result<()> {
    touched(execute!(tx, <I::Content as Kind>::SQL.passed, id.stored())?)
}

/// Removes a row from the plan, with the reason. What was done stays.
pub async fn remove<I: Id<Content: Kind>>(tx: &mut Tx, now: DateTime<Utc>, id: I, reason: &str) -> Result<()> {
    let (row, _) = get(tx, id).await?;
    passed(tx, id).await?;
    touched(schedule::retire(tx, id.stored()).await?)?;
    record(tx, now, (row.node, id), "Borttagen ur planen", reason, vec![]).await
}

/// Puts a removed row back.
pub async fn restore<I: Id<Content: Kind>>(tx: &mut Tx, now: DateTime<Utc>, id: I) -> Result<()> {
    let (row, _) = get(tx, id).await?;
    passed(tx, id).await?;
    touched(schedule::restore(tx, id.stored()).await?)?;
    record(tx, now, (row.node, id), "Återställd till planen", "", vec![]).await
}

/// Copies a unit's own rows to another year; rows already copied there are left alone. Gives the number copied.
pub async fn copy_plan<C: Kind>(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    from: i32,
    to: impl Into<PlanYear>,
) -> Result<usize> {
    copy_plan_of::<C>(tx, now, (node, from), node, to.into()).await
}

/// As [`copy_plan`], from the plan of another unit, such as one that this one was before.
pub async fn copy_plan_of<C: Kind>(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (of, from): (NodeId, i32),
    node: NodeId,
    to: PlanYear,
) -> Result<usize> {
    // a group of either is not merged into another meanwhile
    let mut held = [of, node];
    held.sort_unstable();
    for at in held {
        tx.hold(Held::Node(at)).await?;
    }
    let mut standing = list::<C>(tx, of, from).await?;
    let copied = rows!(tx, (Uuid,), C::SQL.copied, node.0, to.year)?;
    standing.retain(|row| row.node == of && !copied.contains(&(row.id.stored(),)));
    for row in &standing {
        insert(tx, now, C::Id::another(), node, to, &row.content.in_year(to.year), Some(row.id)).await?;
    }
    Ok(standing.len())
}

/// Takes back the last copying of a plan to a year: its copies go, with their times, and nothing else does. Gives how many went, or
/// the titles of those that somebody has done something with since: then none goes. `Conflict` when that happens meanwhile.
pub async fn undo_copy<C: Kind>(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    year: i32,
) -> Result<std::result::Result<usize, Vec<String>>> {
    // copying holds it too
    tx.hold(Held::Node(node)).await?;
    let mut copies = rows!(tx, (Uuid, Uuid), C::SQL.copies, node.0, year)?;
    let mut made: HashMap<Uuid, DateTime<Utc>> = HashMap::new();
    for (id, _) in &copies {
        let first = "select at from history where thing_id = $1 order by at limit 1";
        made.extend(row!(tx, (DateTime<Utc>,), first, id)?.map(|(at,)| (*id, at)));
    }
    // those of one copying have one time
    let last = made.values().max().copied();
    copies.retain(|(id, _)| made.get(id).copied() == last);
    let mut in_the_way = Vec::new();
    for (id, _) in &copies {
        // an åtgärd that is made of one of its times waits for this to end, and is then told that there is no such time
        let hold = "update occurrence set version = version where schedule_id in (select id from schedule where source_id = $1)";
        execute!(tx, hold, id)?;
        if is_used::<C>(tx, *id).await? {
            in_the_way.push(get(tx, C::Id::of(*id)).await?.0.content.title().to_owned());
        }
    }
    if !in_the_way.is_empty() {
        return Ok(Err(in_the_way));
    }
    for (id, from) in &copies {
        // what somebody does meanwhile stays, and what it hangs on with it
        execute!(
            tx,
            "delete from occurrence where state = 'planerad' and version = 1 and moved_from is null
             and schedule_id in (select id from schedule where source_id = $1)",
            id
        )?;
        let left =
            "select o.id from occurrence o join schedule s on s.id = o.schedule_id where s.source_id = $1 limit 1";
        if row!(tx, (Uuid,), left, id)?.is_some() {
            return Err(Error::Conflict);
        }
        execute!(tx, "delete from schedule where source_id = $1", id)?;
        touched(execute!(tx, C::SQL.uncopy, id)?)?;
        record(tx, now, (node, C::Id::of(*from)), &format!("Kopieringen till {year} är ångrad"), "", vec![]).await?;
    }
    Ok(Ok(copies.len()))
}

/// Whether anything has been done with a copy or its times since it was made, or hangs on it.
async fn is_used<C: Kind>(tx: &mut Tx, id: Uuid) -> Result<bool> {
    let done = row!(
        tx,
        (i64,),
        "select (select count(*) from history h where h.thing_id = $1)
              + (select count(*) from history h join occurrence o on o.id = h.thing_id
                 join schedule s on s.id = o.schedule_id where s.source_id = $1)
              + (select count(*) from atgard a where a.source_id = $1)
              + (select count(*) from atgard a join occurrence o on o.id = a.source_id
                 join schedule s on s.id = o.schedule_id where s.source_id = $1)
              + (select count(*) from egenkontroll_mall m where m.egenkontroll_id = $1)
              + (select count(*) from occurrence o join schedule s on s.id = o.schedule_id
                 where s.source_id = $1 and (o.state <> 'planerad' or o.version > 1))",
        id
    )?;
    // that it was copied is the first of its history
    Ok(done.is_some_and(|(n,)| n > 1) || row!(tx, (Uuid,), C::SQL.copied_on, id)?.is_some())
}

fn schedule_of<C: Kind>(
    schedule: ScheduleId,
    id: C::Id,
    (node, year): (NodeId, i32),
    level: Option<Level>,
    content: &C,
) -> Schedule {
    let (title, responsible) = content.at(level);
    let Timing { recurrence, start, end, hours, anchor } = content.timing();
    Schedule {
        id: schedule,
        node,
        year,
        area: C::AREA,
        source: id.stored(),
        level,
        category: C::CATEGORY,
        title: title.to_owned(),
        description: String::new(),
        recurrence,
        responsible,
        start,
        end,
        anchor,
        hours,
        laid_on_units: content.is_laid_on_units(),
        counted_from: None,
        version: 0,
    }
}

async fn record<I: Id>(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (node, id): (NodeId, I),
    what: &str,
    reason: &str,
    changes: Vec<Change>,
) -> Result<()> {
    let area = <I::Content as domain::plan::Kind>::AREA;
    history::write(tx, Record { now, node, area, thing: id.stored(), what, reason, changes }).await
}
