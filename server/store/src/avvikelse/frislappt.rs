//! Frisläppt: the counts that everybody reads, as they were released. The rules stand in `domain::avvikelse::frislappt`;
//! here it is seen to that each is released once, by whichever server comes first, and never touched again.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use domain::{
    avvikelse::{
        Kategori, Kinds, Orsak,
        frislappt::{Ar, Del, Frislappt, Manad, Manader, Redovisat, Underlag, delar, manader},
        register::Counts,
    },
    id::NodeId,
    permission::Area,
};
use uuid::Uuid;

use super::register::NO_CAUSE;
use crate::{
    Error, Part, Result, Store, Tx,
    in_row::{InRow, Versioned, versioned},
};

const MANADER: &str = "manader";
const DEL: &str = "del";
const AR: &str = "ar";

/// What became of counts of a year that were typed or pasted, for those who do not handle the cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Synligt {
    /// They see them.
    Visas,
    /// There are so few that nothing is told.
    ForFa,
    /// The year has cases here: they are what is told of.
    EgnaArenden,
    /// They go on seeing what was released: what has changed is about fewer than five.
    SomForut,
}

impl Synligt {
    /// What whoever typed them is told; empty where everybody sees them.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Visas => "",
            Self::ForFa => "Bara ni som handlägger ser dem: färre än fem visas inte för andra.",
            Self::EgnaArenden => {
                "Bara ni som handlägger ser dem: året har ärenden här, och det är de som visas för andra."
            }
            Self::SomForut => "Andra ser de förra antalen: en ändring visas när den rör minst fem ärenden.",
        }
    }
}

/// Everything that has been released of a unit.
pub async fn get(tx: &mut Tx, node: NodeId) -> Result<Arc<Redovisat>> {
    let snapshot = tx.snapshot().await?;
    if let Some(kept) = tx.store.memory.released.get(snapshot.as_ref(), &node) {
        return Ok(kept);
    }
    let found = rows!(tx, (String,), "select figurer from avvikelse_frislappt where node_id = $1 and visas", node.0)?;
    let releases = found.iter().map(|(text,)| read(node, text)).collect::<Result<Vec<_>>>()?;
    let redovisat = Arc::new(Redovisat::of(releases));
    let (weight, parts) = (found.len().max(1), vec![Part::Redovisat(node)]);
    tx.store.memory.released.set(snapshot.as_ref(), node, weight, parts, &redovisat);
    Ok(redovisat)
}

fn read(node: NodeId, text: &str) -> Result<Frislappt> {
    InRow::of("avvikelse_frislappt", node.0).versioned("figurer", text)
}

impl Versioned for Frislappt {}

/// Releases what has come to its time in every unit, each in a transaction of its own. Gives how many figures were.
pub async fn release_all(store: &Store, today: NaiveDate) -> Result<usize> {
    let mut tx = store.system(false).await?;
    let nodes = rows!(tx, (Uuid,), "select id from node order by id")?;
    drop(tx);
    let mut all = 0;
    for (node,) in nodes {
        let mut tx = store.system(true).await?;
        let released = release(&mut tx, NodeId(node), today).await?;
        all += released;
        if released > 0 {
            tx.commit().await?;
        }
    }
    Ok(all)
}

/// Releases what has come to its time in a unit. What was released stays as it is.
pub async fn release(tx: &mut Tx, node: NodeId, today: NaiveDate) -> Result<usize> {
    // two servers: the second waits here and then sees what the first has released
    execute!(tx, "update node set version = version where id = $1", node.0)?;
    let found = rows!(
        tx,
        (String, String, i64),
        "select slag, figurer, forsta from avvikelse_frislappt where node_id = $1 order by slag, forsta",
        node.0
    )?;
    let mut runs: Vec<Manader> = vec![];
    let (mut told, mut years) = (None, vec![]);
    for (slag, text, forsta) in found {
        match (slag.as_str(), read(node, &text)?) {
            (MANADER, Frislappt::Manader(run)) => runs.push(run),
            (DEL, Frislappt::Del(del)) => told = told.max(Some(del.last())),
            (AR, _) => years.push(forsta),
            _ => {}
        }
    }
    let mut released = 0;
    let from = runs.last().map(|r| r.last().next());
    let registered = registered(tx, node, from).await?;
    let from = from.or_else(|| registered.keys().next().map(|first| Manad::new(first.year(), 1)));
    if let Some(from) = from {
        for run in manader(from, today, &registered) {
            released += insert(tx, node, today, run.first().code(), &Frislappt::Manader(run)).await?;
            runs.push(run);
        }
    }
    let waiting: Vec<Manader> = runs.into_iter().filter(|r| told.is_none_or(|told| r.first() > told)).collect();
    for (first, last, n) in delar(&waiting, today) {
        let cases = cases(tx, node, first, last).await?;
        let orsaker = orsaker(tx, node, first, last).await?;
        let Some(del) = Del::new((first, last, n), &cases, &orsaker) else { continue };
        released += insert(tx, node, today, first.code(), &Frislappt::Del(Box::new(del))).await?;
    }
    for (year, counts) in super::installning::years(tx, &[node]).await? {
        if !years.contains(&i64::from(year)) {
            let synligt = set_year(tx, node, today, year, Some(&counts)).await?;
            released += usize::from(synligt == Synligt::Visas);
        }
    }
    if released > 0 {
        tx.note(Area::Avvikelse, node);
    }
    Ok(released)
}

async fn insert(tx: &mut Tx, node: NodeId, today: NaiveDate, first: i64, what: &Frislappt) -> Result<usize> {
    let slag = match what {
        Frislappt::Manader(_) => MANADER,
        Frislappt::Del(_) => DEL,
        Frislappt::Ar(_) => AR,
    };
    let done = execute!(
        tx,
        "insert into avvikelse_frislappt (node_id, slag, forsta, figurer, slappt) values ($1, $2, $3, $4, $5)
         on conflict (node_id, slag, forsta) do nothing",
        node.0,
        slag,
        first,
        versioned(what)?,
        today
    )?;
    Ok(usize::try_from(done).unwrap_or_default())
}

/// How many cases the server has taken in in each month, from one on: those that are gone among them.
async fn registered(tx: &mut Tx, node: NodeId, from: Option<Manad>) -> Result<BTreeMap<Manad, i64>> {
    let found = rows!(
        tx,
        (i64, i64, i64),
        "select registrerad_ar, registrerad_manad, cast(sum(n) as bigint) from (
           select registrerad_ar, registrerad_manad, count(*) as n from avvikelse
           where node_id = $1 and registrerad_ar >= $2 group by registrerad_ar, registrerad_manad
           union all
           select registrerad_ar, registrerad_manad, count(*) as n from avvikelse_gallrad
           where node_id = $1 and registrerad_ar >= $2 group by registrerad_ar, registrerad_manad
         ) e group by registrerad_ar, registrerad_manad",
        node.0,
        from.map_or(0, |m| i64::from(m.year()))
    )?;
    let month = |year: i64, month: i64| {
        Manad::new(i32::try_from(year).unwrap_or_default(), u32::try_from(month).unwrap_or_default())
    };
    let found = found.into_iter().map(|(y, m, n)| (month(y, m), n));
    Ok(found.filter(|(m, _)| from.is_none_or(|from| *m >= from)).collect())
}

type CaseRow = (String, String, String, bool, bool, String, String, Option<i64>, i64);

/// The cases of some months, as they are now.
async fn cases(tx: &mut Tx, node: NodeId, first: Manad, last: Manad) -> Result<Vec<Underlag>> {
    let found = rows!(
        tx,
        CaseRow,
        "select state, kinds, kategori, ivo, imy, process, handelsetyp, lead_days, cast(sum(n) as bigint) from (
           select state, kinds, kategori, ivo, imy, process, handelsetyp, lead_days, count(*) as n from avvikelse
           where node_id = $1 and registrerad_ar >= $2 and registrerad_ar <= $3
             and registrerad_ar * 12 + registrerad_manad - 1 >= $4 and registrerad_ar * 12 + registrerad_manad - 1 <= $5
           group by state, kinds, kategori, ivo, imy, process, handelsetyp, lead_days
           union all
           select 'avslutad', kinds, kategori, ivo, imy, process, handelsetyp, lead_days, count(*) from avvikelse_gallrad
           where node_id = $1 and registrerad_ar >= $2 and registrerad_ar <= $3
             and registrerad_ar * 12 + registrerad_manad - 1 >= $4 and registrerad_ar * 12 + registrerad_manad - 1 <= $5
           group by kinds, kategori, ivo, imy, process, handelsetyp, lead_days
         ) e group by state, kinds, kategori, ivo, imy, process, handelsetyp, lead_days",
        node.0,
        i64::from(first.year()),
        i64::from(last.year()),
        first.code(),
        last.code()
    )?;
    let in_row = InRow::of("avvikelse", node.0);
    let underlag = |(state, kinds, kategori, ivo, imy, process, handelsetyp, lead_days, n): CaseRow| {
        Ok(Underlag {
            assessed: state != domain::avvikelse::State::Inkommen.code(),
            kinds: Kinds::parse(&kinds),
            kategori: in_row.code_if_any("kategori", kategori.as_str(), Kategori::from_code)?,
            ivo,
            imy,
            process,
            handelsetyp,
            lead_days,
            n,
        })
    };
    found.into_iter().map(underlag).collect()
}

/// How many of the cases of some months have each cause, as it is now.
async fn orsaker(tx: &mut Tx, node: NodeId, first: Manad, last: Manad) -> Result<BTreeMap<Orsak, i64>> {
    let found = rows!(
        tx,
        (String, i64),
        "select codes, cast(sum(n) as bigint) from (
           select o.ord as codes, count(*) as n from avvikelse a
           join avvikelse_ord o on o.node_id = a.node_id and o.doc = a.doc and o.ord >= '#orsak:' and o.ord < '#orsak;'
           where a.node_id = $1 and a.registrerad_ar >= $2 and a.registrerad_ar <= $3
             and a.registrerad_ar * 12 + a.registrerad_manad - 1 >= $4
             and a.registrerad_ar * 12 + a.registrerad_manad - 1 <= $5
           group by o.ord
           union all
           select orsaker, count(*) from avvikelse_gallrad
           where node_id = $1 and registrerad_ar >= $2 and registrerad_ar <= $3
             and registrerad_ar * 12 + registrerad_manad - 1 >= $4 and registrerad_ar * 12 + registrerad_manad - 1 <= $5
           group by orsaker
         ) e group by codes",
        node.0,
        i64::from(first.year()),
        i64::from(last.year()),
        first.code(),
        last.code()
    )?;
    let mut out = BTreeMap::new();
    for (codes, n) in found {
        // that an event has no cause is a word of the index, and no cause
        let causes = codes.split(' ').filter(|code| *code != NO_CAUSE);
        for code in causes.filter_map(|code| code.strip_prefix("#orsak:")) {
            let orsak = InRow::of("avvikelse_ord", node.0).code("ord", code, Orsak::from_code)?;
            *out.entry(orsak).or_default() += n;
        }
    }
    Ok(out)
}

/// Releases the counts of a year from before, corrects them where enough has changed, or takes them away. What was taken
/// away is remembered: what comes in its place is a correction of it.
pub(super) async fn set_year(
    tx: &mut Tx,
    node: NodeId,
    today: NaiveDate,
    year: i32,
    counts: Option<&Counts>,
) -> Result<Synligt> {
    let first = i64::from(year);
    let Some(counts) = counts else {
        execute!(
            tx,
            "update avvikelse_frislappt set visas = false where node_id = $1 and slag = $2 and forsta = $3",
            node.0,
            AR,
            first
        )?;
        return Ok(Synligt::Visas);
    };
    let Some(new) = Ar::new(year, counts) else { return Ok(Synligt::ForFa) };
    let before = row!(
        tx,
        (String, bool),
        "select figurer, visas from avvikelse_frislappt where node_id = $1 and slag = $2 and forsta = $3",
        node.0,
        AR,
        first
    )?;
    if let Some((text, _)) = &before {
        let Frislappt::Ar(old) = read(node, text)? else { return Err(Error::NotFound) };
        if !old.may_become(&new) {
            execute!(
                tx,
                "update avvikelse_frislappt set visas = true where node_id = $1 and slag = $2 and forsta = $3",
                node.0,
                AR,
                first
            )?;
            return Ok(Synligt::SomForut);
        }
    } else {
        let has_cases = row!(
            tx,
            (i64,),
            "select cast(count(*) as bigint) from (
               select 1 as one from avvikelse where node_id = $1 and registrerad_ar = $2
               union all select 1 from avvikelse_gallrad where node_id = $1 and registrerad_ar = $2 limit 1
             ) e",
            node.0,
            first
        )?;
        if has_cases.is_some_and(|(n,)| n > 0) {
            return Ok(Synligt::EgnaArenden);
        }
    }
    execute!(
        tx,
        "insert into avvikelse_frislappt (node_id, slag, forsta, figurer, slappt) values ($1, $2, $3, $4, $5)
         on conflict (node_id, slag, forsta) do update
         set figurer = excluded.figurer, slappt = excluded.slappt, visas = excluded.visas",
        node.0,
        AR,
        first,
        versioned(&Frislappt::Ar(new))?,
        today
    )?;
    Ok(Synligt::Visas)
}
