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
    let mut found = vec![];
    // one unit at a time: within it the index already stands in the order of the page
    for node in nodes.iter().filter(|n| reads.contains(n)) {
        found.extend(list_of(tx, *node, sok, before).await?);
    }
    let found = found.into_iter().map(|row| arende(actor, row)).collect::<Result<Vec<_>>>()?;
    let mut found: Vec<_> = found.into_iter().map(|a| (super::doc(&a), a)).collect();
    found.sort_by_key(|(doc, a)| (std::cmp::Reverse(*doc), a.id.0));
    let next = found.get(PAGE).map(|(doc, _)| doc + 1);
    Ok(Page { rows: found.iter().take(PAGE).map(|(_, a)| a.rad()).collect(), next })
}

/// The first cases of a page from one unit, and one more where there is more.
async fn list_of(tx: &mut Tx, node: NodeId, sok: &Sok, before: Option<i64>) -> Result<Vec<ArendeRow>> {
    let conditions = Condition::of(sok);
    let mut rarest: Option<(usize, i64)> = None;
    for (i, condition) in conditions.iter().enumerate() {
        let n = how_many(tx, node, condition).await?;
        if n == 0 {
            return Ok(vec![]);
        }
        if n < COMMON && rarest.is_none_or(|(_, least)| n < least) {
            rarest = Some((i, n));
        }
    }
    // where all are common, one that stands in the index in the order of the page: a beginning of words does not
    let in_order = |condition: &Condition| matches!(condition, Condition::Is(_));
    let lead = rarest.map(|(i, _)| i).or_else(|| conditions.iter().position(in_order));
    // $1 the unit, $2 where to begin, $3 and $4 the days, then the words
    let mut next = 5;
    let (mut lead_holds, mut others) = (None, vec![]);
    for (i, condition) in conditions.iter().enumerate() {
        if lead == Some(i) {
            lead_holds = Some(condition.sql("l.", next));
        } else {
            others.push(condition.sql("e.", next));
        }
        next += condition.values().len();
    }
    let exists = |of: &str, what: &str| {
        format!("exists (select 1 from avvikelse_ord e where e.node_id = $1 and e.doc = {of}.doc and {what})")
    };
    let also = |of: &str| others.iter().fold(String::new(), |all, what| all + " and " + &exists(of, what));
    let most = PAGE + 1;
    let docs = match lead.zip(lead_holds) {
        // the page is found on the index alone, and its cases are read when it is known which they are
        Some((i, holds)) if in_order(&conditions[i]) => {
            let days = if sok.from.is_some() || sok.to.is_some() {
                " and exists (select 1 from avvikelse a where a.node_id = $1 and a.doc = l.doc
                  and a.inkommen >= $3 and a.inkommen <= $4)"
            } else {
                ""
            };
            format!(
                "a.doc in (select l.doc from avvikelse_ord l where l.node_id = $1 and {holds} and l.doc < $2{}{days}
                  order by l.doc desc limit {most})",
                also("l")
            )
        }
        Some((_, holds)) => format!(
            "a.doc in (select l.doc from avvikelse_ord l where l.node_id = $1 and {holds} and l.doc < $2){}",
            also("a")
        ),
        None => format!("a.doc < $2{}", also("a")),
    };
    let sql = format!(
        "{} where a.node_id = $1 and a.inkommen >= $3 and a.inkommen <= $4 and {docs} order by a.doc desc limit {most}",
        select_arende!("")
    );
    let day = |d: Option<NaiveDate>, other: i32| d.or_else(|| NaiveDate::from_ymd_opt(other, 1, 1)).unwrap_or_default();
    Ok(on!(tx, |c| {
        let mut query = sqlx::query_as::<_, ArendeRow>(sqlx::AssertSqlSafe(sql))
            .bind(node.0)
            .bind(before.unwrap_or(i64::MAX))
            .bind(day(sok.from, 1900))
            .bind(day(sok.to, 2200));
        for value in conditions.iter().flat_map(Condition::values) {
            query = query.bind(value);
        }
        query.fetch_all(c).await
    })?)
}

/// How many cases of a unit meet a condition, up to the common.
async fn how_many(tx: &mut Tx, node: NodeId, condition: &Condition) -> Result<i64> {
    let sql = format!(
        "select cast(count(*) as bigint) from
         (select 1 as one from avvikelse_ord where node_id = $1 and {} limit {COMMON}) e",
        condition.sql("", 2)
    );
    let (n,): (i64,) = on!(tx, |c| {
        let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(node.0);
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
