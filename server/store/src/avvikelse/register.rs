//! The register: cases by filter and words, and counts. A case is found through an index of codes and folded words, so the
//! same text runs on both databases; counts come grouped from the database and are put together in `domain`.

use chrono::NaiveDate;
use domain::{
    avvikelse::{
        Kategori, Kinds, Orsak,
        arende::Rad,
        register::Group,
        sok::{Sok, Term},
    },
    id::NodeId,
    person::Actor,
};

use super::{ArendeRow, arende, select_arende};
use crate::{Result, Tx, occurrence::places};

/// What stands in the index for a case without any cause.
pub(super) const NO_CAUSE: &str = "#orsak:-";
/// The rows of a page.
pub const PAGE: usize = 50;
/// A condition that more cases meet is not worth beginning with.
const COMMON: i64 = 5_000;

/// A page of the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The rows, the latest first.
    pub rows: Vec<Rad>,
    /// Where the next page begins; none on the last one.
    pub next: Option<i64>,
}

/// One condition on the index.
enum Condition {
    Is(String),
    BeginsWith(String, String),
}

impl Condition {
    fn of(sok: &Sok) -> Vec<Self> {
        let terms = sok.terms.iter().map(|t| Self::Is(t.clone()));
        let words = sok.words.iter().map(|w| Self::BeginsWith(w.clone(), format!("{w}\u{10ffff}")));
        terms.chain(words).collect()
    }

    fn values(&self) -> Vec<&str> {
        match self {
            Self::Is(word) => vec![word],
            Self::BeginsWith(from, to) => vec![from, to],
        }
    }

    /// With the places of its values from `$n`, on the column of the table that `of` names.
    fn sql(&self, of: &str, n: usize) -> String {
        match self {
            Self::Is(_) => format!("{of}ord = ${n}"),
            Self::BeginsWith(..) => format!("{of}ord >= ${n} and {of}ord < ${}", n + 1),
        }
    }
}

/// A page of the register of these units: those that meet everything in `sok`, from `before` backwards. The units must be
/// such whose cases the person reads; others are passed over.
pub async fn list(tx: &mut Tx, actor: &Actor, nodes: &[NodeId], sok: &Sok, before: Option<i64>) -> Result<Page> {
    let reads = super::handled_units(actor);
    let nodes: Vec<NodeId> = nodes.iter().copied().filter(|n| reads.contains(n)).collect();
    if nodes.is_empty() {
        return Ok(Page::default());
    }
    let conditions = Condition::of(sok);
    let mut rarest: Option<(usize, i64)> = None;
    for (i, condition) in conditions.iter().enumerate() {
        let n = how_many(tx, &nodes, condition).await?;
        if n == 0 {
            return Ok(Page::default());
        }
        if n < COMMON && rarest.is_none_or(|(_, least)| n < least) {
            rarest = Some((i, n));
        }
    }
    // the places: nodes, then the day limits and where to begin, then the words
    let count = nodes.len();
    let (from, to, start, mut next) = (count + 1, count + 2, count + 3, count + 4);
    let mut all = vec![
        format!("a.node_id in ({})", places(1, count)),
        format!("a.inkommen >= ${from} and a.inkommen <= ${to} and a.doc < ${start}"),
    ];
    for (i, condition) in conditions.iter().enumerate() {
        let holds = condition.sql("e.", next);
        all.push(if rarest.is_some_and(|(rare, _)| rare == i) {
            let nodes = places(1, count);
            format!(
                "(a.node_id, a.doc) in (select e.node_id, e.doc from avvikelse_ord e where e.node_id in ({nodes}) and {holds})"
            )
        } else {
            format!(
                "exists (select 1 from avvikelse_ord e where e.node_id = a.node_id and e.doc = a.doc and {holds})"
            )
        });
        next += condition.values().len();
    }
    let sql =
        format!("{} where {} order by a.doc desc, a.id limit {}", select_arende!(""), all.join(" and "), PAGE + 1);
    let day = |d: Option<NaiveDate>, other: i32| d.or_else(|| NaiveDate::from_ymd_opt(other, 1, 1)).unwrap_or_default();
    let found = on!(tx, |c| {
        let mut query = sqlx::query_as::<_, ArendeRow>(sqlx::AssertSqlSafe(sql));
        for node in &nodes {
            query = query.bind(node.0);
        }
        query = query.bind(day(sok.from, 1900)).bind(day(sok.to, 2200)).bind(before.unwrap_or(i64::MAX));
        for value in conditions.iter().flat_map(Condition::values) {
            query = query.bind(value);
        }
        query.fetch_all(c).await
    })?;
    let mut page = Page::default();
    for row in found {
        let a = arende(actor, row)?;
        if page.rows.len() == PAGE {
            page.next = page.rows.last().map(|_| super::doc(&a) + 1);
            break;
        }
        page.rows.push(a.rad());
    }
    Ok(page)
}

/// How many cases meet a condition, up to the common.
async fn how_many(tx: &mut Tx, nodes: &[NodeId], condition: &Condition) -> Result<i64> {
    let sql = format!(
        "select cast(count(*) as bigint) from (select 1 as one from avvikelse_ord where node_id in ({}) and {} limit {COMMON}) e",
        places(1, nodes.len()),
        condition.sql("", nodes.len() + 1)
    );
    let (n,): (i64,) = on!(tx, |c| {
        let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
        for node in nodes {
            query = query.bind(node.0);
        }
        for value in condition.values() {
            query = query.bind(value);
        }
        query.fetch_one(c).await
    })?;
    Ok(n)
}

type GroupRow = (i64, i64, String, String, bool, bool, bool, i64);

/// The cases of these units in groups: of the same month and kinds, and so on. Everybody who sees counts may ask; what is
/// shown to everybody is protected by `domain::avvikelse::skydd`.
pub async fn groups(tx: &mut Tx, nodes: &[NodeId]) -> Result<Vec<Group>> {
    if nodes.is_empty() {
        return Ok(vec![]);
    }
    let (moment, key) = (tx.moment().await?, nodes.to_vec());
    if let Some(kept) = tx.store.memory.groups.get(moment.as_ref(), &key) {
        return Ok(kept.to_vec());
    }
    let sql = format!(
        "select year, month, kinds, kategori, positive, ivo, imy, cast(count(*) as bigint) from avvikelse
         where node_id in ({}) group by year, month, kinds, kategori, positive, ivo, imy",
        places(1, nodes.len())
    );
    let found = rows_of!(tx, GroupRow, sql, nodes)?;
    let group = |(year, month, kinds, kategori, positive, ivo, imy, n): GroupRow| Group {
        year: i32::try_from(year).unwrap_or_default(),
        month: u32::try_from(month).unwrap_or_default(),
        kinds: Kinds::parse(&kinds),
        kategori: Kategori::from_code(&kategori),
        positive,
        ivo,
        imy,
        n,
    };
    let groups: Vec<Group> = found.into_iter().map(group).collect();
    tx.store.memory.groups.set(moment, key, groups.len(), &groups.clone().into());
    Ok(groups)
}

/// For each cause how many cases of a year have it, those without any last.
pub async fn causes(tx: &mut Tx, nodes: &[NodeId], year: i32) -> Result<Vec<(Option<Orsak>, i64)>> {
    let mut out = Vec::new();
    for orsak in Orsak::ALL.into_iter().map(Some).chain([None]) {
        let term = orsak.map_or_else(|| NO_CAUSE.to_owned(), |o| Term::Orsak(o).code());
        let mut n = 0;
        for node in nodes {
            let first = i64::from(year) * 1_000_000;
            let (count,) = row!(
                tx,
                (i64,),
                "select cast(count(*) as bigint) from avvikelse_ord
                 where node_id = $1 and ord = $2 and doc >= $3 and doc < $4",
                node.0,
                &term,
                first,
                first + 1_000_000
            )?
            .unwrap_or_default();
            n += count;
        }
        out.push((orsak, n));
    }
    Ok(out)
}

/// The words of a column with how many cases of a year have them; those without any are not there.
async fn by_column(tx: &mut Tx, nodes: &[NodeId], year: i32, column: &'static str) -> Result<Vec<(String, i64)>> {
    if nodes.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "select {column}, cast(count(*) as bigint) from avvikelse
         where year = $1 and node_id in ({}) and {column} <> '' group by {column}",
        places(2, nodes.len())
    );
    Ok(rows_of!(tx, (String, i64), sql, nodes, i64::from(year))?)
}

/// How many cases of a year belong to each process.
pub async fn processes(tx: &mut Tx, nodes: &[NodeId], year: i32) -> Result<Vec<(String, i64)>> {
    by_column(tx, nodes, year, "process").await
}

/// How many cases of a year have each of the unit's own words.
pub async fn handelsetyper(tx: &mut Tx, nodes: &[NodeId], year: i32) -> Result<Vec<(String, i64)>> {
    by_column(tx, nodes, year, "handelsetyp").await
}

/// How many closed cases of a year took so many days.
pub async fn lead_days(tx: &mut Tx, nodes: &[NodeId], year: i32) -> Result<Vec<(i64, i64)>> {
    if nodes.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "select lead_days, cast(count(*) as bigint) from avvikelse
         where year = $1 and node_id in ({}) and lead_days is not null group by lead_days",
        places(2, nodes.len())
    );
    Ok(rows_of!(tx, (i64, i64), sql, nodes, i64::from(year))?)
}

/// The texts written for APT of cases that came in from this day: for everybody.
pub async fn for_apt(tx: &mut Tx, actor: &Actor, node: NodeId, from: NaiveDate) -> Result<Vec<String>> {
    let found = rows!(
        tx,
        ArendeRow,
        select_arende!("where a.node_id = $1 and a.inkommen >= $2 order by a.doc desc limit 200"),
        node.0,
        from
    )?;
    let texts = found.into_iter().map(|row| Ok(arende(actor, row)?.apt)).collect::<Result<Vec<String>>>()?;
    Ok(texts.into_iter().filter(|t| !t.is_empty()).collect())
}
