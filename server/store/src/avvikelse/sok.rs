//! Sok: the pages of the register, by filter and words. A case is found through an index of codes and folded words, so the
//! same text runs on both databases. The page is found on the index alone: first which words there are that begin as what
//! was typed, then which of the conditions is the rarest, then the cases along that one, the latest first.

use chrono::NaiveDate;
use domain::{
    avvikelse::{
        arende::{Arende, Rad},
        sok::Sok,
    },
    id::NodeId,
    person::Actor,
};

use super::{ArendeRow, arende, select_arende};
use crate::{Result, Tx};

/// The rows of a page.
pub const PAGE: usize = 50;
/// More cases than this are not counted when the rarest condition is looked for.
const COMMON: i64 = 500;
/// Up to so many words that begin alike are looked for one by one; of more, all between the first and the last are.
const SOME: usize = 8;
/// The number of a case where several words are asked for: an index of cases first would be read from end to end, so no
/// index can be found by it.
const BY_WORD: &str = "doc + 0";

/// With this a question is asked of each case as it comes, and no other way is tried: the database does not know how common
/// a word is. Two words that are both common are better laid beside each other, which it may.
const EACH: &str = " limit 1 offset 0";

/// A page of the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The rows, the latest first.
    pub rows: Vec<Rad>,
    /// Where the next page begins; none on the last one.
    pub next: Option<i64>,
}

/// One condition on the index.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Condition {
    /// This word or code.
    Is(String),
    /// One of these, [`SOME`] in number; the last may stand there several times.
    OneOf(Vec<String>),
    /// A word from the first up to the second.
    Between(String, String),
}

impl Condition {
    /// Whether the cases that meet it stand in the index in the order of the page.
    const fn in_order(&self) -> bool {
        matches!(self, Self::Is(_))
    }

    fn values(&self) -> Vec<&str> {
        match self {
            Self::Is(word) => vec![word],
            Self::OneOf(words) => words.iter().map(String::as_str).collect(),
            Self::Between(from, to) => vec![from, to],
        }
    }

    /// With the places of its values from `$n`, on the column of the table that `of` names.
    fn sql(&self, of: &str, n: usize) -> String {
        match self {
            Self::Is(_) => format!("{of}ord = ${n}"),
            Self::OneOf(words) => format!("{of}ord in ({})", crate::occurrence::places(n, words.len())),
            Self::Between(..) => format!("{of}ord >= ${n} and {of}ord < ${}", n + 1),
        }
    }
}

/// A page of the register of these units: those that meet everything in `sok`, from `before` backwards. The units must be
/// such whose cases the person reads; others are passed over.
pub async fn list(tx: &mut Tx, actor: &Actor, nodes: &[NodeId], sok: &Sok, before: Option<i64>) -> Result<Page> {
    let (cases, next) = cases(tx, actor, nodes, sok, before).await?;
    Ok(Page { rows: cases.iter().map(Arende::rad).collect(), next })
}

/// The same with the whole of each case, and where the next page begins.
pub async fn cases(
    tx: &mut Tx,
    actor: &Actor,
    nodes: &[NodeId],
    sok: &Sok,
    before: Option<i64>,
) -> Result<(Vec<Arende>, Option<i64>)> {
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
    Ok((found.into_iter().take(PAGE).map(|(_, a)| a).collect(), next))
}

/// The first cases of a page from one unit, and one more where there is more.
async fn list_of(tx: &mut Tx, node: NodeId, sok: &Sok, before: Option<i64>) -> Result<Vec<ArendeRow>> {
    let before = before.unwrap_or(i64::MAX);
    let Some(conditions) = conditions(tx, node, sok).await? else { return Ok(vec![]) };
    let Some(lead) = lead(tx, node, &conditions, before).await? else { return Ok(vec![]) };
    // $1 the unit, $2 where to begin, $3 and $4 the days, then the words
    let mut next = 5;
    let (mut along, mut also) = ("avvikelse l where".to_owned(), vec![]);
    for (i, condition) in conditions.iter().enumerate() {
        if lead.condition() == Some(i) {
            along = format!("avvikelse_ord l where {} and", condition.sql("l.", next));
        } else {
            let what = condition.sql("e.", next);
            let free = condition.in_order() && matches!(lead, Lead::Common(_));
            let limit = if free { "" } else { EACH };
            also.push(format!(
                " and exists (select 1 from avvikelse_ord e where e.node_id = $1 and e.doc = l.doc and {what}{limit})"
            ));
        }
        next += condition.values().len();
    }
    // a case stands there once for each word that it has of several
    let several = lead.condition().is_some_and(|i| !conditions[i].in_order());
    let (distinct, doc) = if several { ("distinct ", BY_WORD) } else { ("", "doc") };
    if sok.from.is_some() || sok.to.is_some() {
        also.push(format!(
            " and exists (select 1 from avvikelse d where d.node_id = $1 and d.doc = l.doc
              and d.inkommen >= $3 and d.inkommen <= $4{EACH})"
        ));
    }
    // which they are is found on the index alone; only then are they read
    let sql = format!(
        "{} where a.node_id = $1 and a.inkommen >= $3 and a.inkommen <= $4 and a.doc in (
           select {distinct}l.{doc} from {along} l.node_id = $1 and l.{doc} < $2{also} order by l.{doc} desc limit {most}
         ) order by a.doc desc",
        select_arende!(""),
        also = also.concat(),
        most = PAGE + 1,
    );
    let day = |d: Option<NaiveDate>, other: i32| d.or_else(|| NaiveDate::from_ymd_opt(other, 1, 1)).unwrap_or_default();
    Ok(on!(tx, |c| {
        let mut query = sqlx::query_as::<_, ArendeRow>(sqlx::AssertSqlSafe(sql))
            .bind(node.0)
            .bind(before)
            .bind(day(sok.from, 1900))
            .bind(day(sok.to, 2200));
        for value in conditions.iter().flat_map(Condition::values) {
            query = query.bind(value);
        }
        query.fetch_all(c).await
    })?)
}

/// What must hold. None when a word is in no case of the unit.
async fn conditions(tx: &mut Tx, node: NodeId, sok: &Sok) -> Result<Option<Vec<Condition>>> {
    let mut out: Vec<Condition> = sok.terms.iter().cloned().map(Condition::Is).collect();
    for word in &sok.words {
        let to = format!("{word}\u{10ffff}");
        // from word to word, each step a look in the index, however many cases have them
        let mut words: Vec<String> = rows!(
            tx,
            (String,),
            "with recursive w (ord) as (
               select min(ord) from avvikelse_ord where node_id = $1 and ord >= $2 and ord < $3
               union all
               select (select min(o.ord) from avvikelse_ord o where o.node_id = $1 and o.ord > w.ord and o.ord < $3)
               from w where w.ord is not null)
             select ord from w where ord is not null limit cast($4 as bigint)",
            node.0,
            word,
            &to,
            i64::try_from(SOME + 1).unwrap_or_default()
        )?
        .into_iter()
        .map(|(word,)| word)
        .collect();
        out.push(match words.len() {
            0 => return Ok(None),
            1 => Condition::Is(words.remove(0)),
            n if n > SOME => Condition::Between(word.clone(), to),
            _ => {
                // always as many, so that the statement is the same
                let last = words.last().cloned().unwrap_or_default();
                words.resize(SOME, last);
                Condition::OneOf(words)
            }
        });
    }
    Ok(Some(out))
}

/// Along what the cases are walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// The index of this condition, which few cases meet.
    Rare(usize),
    /// The index of this condition, the rarest of common ones.
    Common(usize),
    /// All cases of the unit.
    Cases,
}

impl Lead {
    const fn condition(self) -> Option<usize> {
        match self {
            Self::Rare(i) | Self::Common(i) => Some(i),
            Self::Cases => None,
        }
    }
}

/// Along which condition the fewest cases before this one are walked. None when no case meets one of them.
async fn lead(tx: &mut Tx, node: NodeId, conditions: &[Condition], before: i64) -> Result<Option<Lead>> {
    let (mut rarest, mut common) = ((COMMON, Lead::Cases), (i64::MAX, Lead::Cases));
    for (i, condition) in conditions.iter().enumerate() {
        // of one that is common, how far back its latest cases reach: the rarer it is, the further
        let (doc, order) = if condition.in_order() { ("doc", "order by doc desc") } else { (BY_WORD, "") };
        let sql = format!(
            "select cast(count(*) as bigint), cast(coalesce(min(doc), 0) as bigint) from
             (select doc from avvikelse_ord where node_id = $1 and {doc} < $2 and {} {order} limit {COMMON}) e",
            condition.sql("", 3)
        );
        let (n, back): (i64, i64) = on!(tx, |c| {
            let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(node.0).bind(before);
            for value in condition.values() {
                query = query.bind(value);
            }
            query.fetch_one(c).await
        })?;
        if n == 0 {
            return Ok(None);
        }
        if n < rarest.0 {
            rarest = (n, Lead::Rare(i));
        }
        if condition.in_order() && back < common.0 {
            common = (back, Lead::Common(i));
        }
    }
    Ok(Some(if rarest.1 == Lead::Cases { common.1 } else { rarest.1 }))
}
