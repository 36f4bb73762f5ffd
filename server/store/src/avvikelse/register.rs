//! The register's counts: they come grouped from the database and are put together in `domain`. Its pages are found in
//! [`super::sok`].

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::{
    avvikelse::{Kategori, Kinds, Orsak, register::Group, sok::Term},
    id::NodeId,
    person::Actor,
};

use super::{ArendeRow, arende, select_arende};
use crate::{Part, Result, Tx, in_row::InRow, occurrence::places};

/// What stands in the index for a case without any cause.
pub(super) const NO_CAUSE: &str = "#orsak:-";
/// What is left of cases that are gone: they still count.
const REMOVED: &str = "avvikelse_gallrad";

/// Units whose cases the person handles: what exact counts are asked with. Everybody else reads what was released
/// ([`super::frislappt`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exakt(Vec<NodeId>);

impl Exakt {
    /// These units, if the person handles the cases of all of them.
    #[must_use]
    pub fn of(actor: &Actor, nodes: &[NodeId]) -> Option<Self> {
        let handled: HashSet<NodeId> = super::handled_units(actor).into_iter().collect();
        nodes.iter().all(|n| handled.contains(n)).then(|| Self(nodes.to_vec()))
    }
}

type GroupRow = (i64, i64, String, String, bool, bool, bool, i64);

/// The cases of these units in groups: of the same month and kinds, and so on.
pub async fn groups(tx: &mut Tx, Exakt(nodes): &Exakt) -> Result<Vec<Group>> {
    if nodes.is_empty() {
        return Ok(vec![]);
    }
    let (snapshot, key) = (tx.snapshot().await?, nodes.clone());
    if let Some(kept) = tx.store.memory.groups.get(snapshot.as_ref(), &key) {
        return Ok(kept.to_vec());
    }
    let of = |table: &str| {
        format!(
            "select year, month, kinds, kategori, positive, ivo, imy, count(*) as n from {table}
             where node_id in ({}) group by year, month, kinds, kategori, positive, ivo, imy",
            places(1, nodes.len())
        )
    };
    let sql = format!(
        "select year, month, kinds, kategori, positive, ivo, imy, cast(sum(n) as bigint)
         from ({} union all {}) e group by year, month, kinds, kategori, positive, ivo, imy",
        of("avvikelse"),
        of(REMOVED)
    );
    let found = rows_of!(tx, GroupRow, sql, nodes)?;
    let group = |(year, month, kinds, kategori, positive, ivo, imy, n): GroupRow| {
        Ok(Group {
            year: i32::try_from(year).unwrap_or_default(),
            month: u32::try_from(month).unwrap_or_default(),
            kinds: Kinds::parse(&kinds),
            kategori: InRow::of("avvikelse", nodes[0].0).code_if_any(
                "kategori",
                kategori.as_str(),
                Kategori::from_code,
            )?,
            positive,
            ivo,
            imy,
            n,
        })
    };
    let groups: Vec<Group> = found.into_iter().map(group).collect::<Result<_>>()?;
    let (weight, parts) = (groups.len().max(1), nodes.iter().copied().map(Part::Fall).collect());
    tx.store.memory.groups.set(snapshot.as_ref(), key, weight, parts, &groups.clone().into());
    Ok(groups)
}

/// For each cause how many cases of a year have it, those without any last.
pub async fn causes(tx: &mut Tx, Exakt(nodes): &Exakt, year: i32) -> Result<Vec<(Option<Orsak>, i64)>> {
    let mut out = Vec::new();
    let removed = by_column(tx, nodes, year, &[REMOVED], "orsaker").await?;
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
        n += removed.iter().filter(|(codes, _)| codes.split(' ').any(|code| code == term)).map(|(_, n)| n).sum::<i64>();
        out.push((orsak, n));
    }
    Ok(out)
}

/// The values of a column with how many cases of a year have them; those without any are not there.
async fn by_column(
    tx: &mut Tx,
    nodes: &[NodeId],
    year: i32,
    tables: &[&'static str],
    column: &'static str,
) -> Result<Vec<(String, i64)>> {
    if nodes.is_empty() {
        return Ok(vec![]);
    }
    let of = |table: &&str| {
        format!(
            "select {column} as word, count(*) as n from {table}
             where year = $1 and node_id in ({}) and {column} <> '' group by {column}",
            places(2, nodes.len())
        )
    };
    let all = tables.iter().map(of).collect::<Vec<_>>().join(" union all ");
    let sql = format!("select word, cast(sum(n) as bigint) from ({all}) e group by word");
    Ok(rows_of!(tx, (String, i64), sql, nodes, i64::from(year))?)
}

/// How many cases of a year belong to each process.
pub async fn processes(tx: &mut Tx, Exakt(nodes): &Exakt, year: i32) -> Result<Vec<(String, i64)>> {
    by_column(tx, nodes, year, &["avvikelse", REMOVED], "process").await
}

/// How many cases of a year have each of the unit's own words.
pub async fn handelsetyper(tx: &mut Tx, Exakt(nodes): &Exakt, year: i32) -> Result<Vec<(String, i64)>> {
    by_column(tx, nodes, year, &["avvikelse", REMOVED], "handelsetyp").await
}

/// How many closed cases of a year took so many days.
pub async fn lead_days(tx: &mut Tx, Exakt(nodes): &Exakt, year: i32) -> Result<Vec<(i64, i64)>> {
    if nodes.is_empty() {
        return Ok(vec![]);
    }
    let of = |table: &str| {
        format!(
            "select lead_days, count(*) as n from {table}
             where year = $1 and node_id in ({}) and lead_days is not null group by lead_days",
            places(2, nodes.len())
        )
    };
    let sql = format!(
        "select lead_days, cast(sum(n) as bigint) from ({} union all {}) e group by lead_days",
        of("avvikelse"),
        of(REMOVED)
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
