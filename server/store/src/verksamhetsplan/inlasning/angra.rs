//! Ångra: the tables that were read into a plan. One is undone as a whole for a day, as long as nobody has changed anything of it since:
//! what it made is gone, and what it wrote over stands again.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    atgard::Source,
    verksamhetsplan::{
        aktivitet::PlanaktivitetId,
        forvantat::ForvantatId,
        indikator::{IndikatorId, Utfall, Utfallsperiod},
        inlasning::{PlanimportId, Tabellslag},
        mal::MalId,
        plan::{Plan, PlanId},
    },
};
use uuid::Uuid;

use super::Inlast;
use crate::{
    Error, Result, Tx, belongs,
    hold::Held,
    in_row::InRow,
    planaktivitet,
    verksamhetsplan::{self, forvantat, indikator, mal, record, utfall},
};

/// How many imports of a plan are listed: the latest.
const LISTED: i64 = 20;
/// How long one can be undone.
const UNDONE_WITHIN: TimeDelta = TimeDelta::hours(24);
/// Why an outcome of a closed period is another again, and an aktivitet gone.
const SKAL: &str = "Inläsningen är ångrad";

/// A table that was read into a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Primary key.
    pub id: PlanimportId,
    /// What it was read as.
    pub slag: Tabellslag,
    /// The name of its file, or that it was pasted.
    pub rubrik: String,
    /// When it was read.
    pub at: DateTime<Utc>,
    /// By whom; empty for the program itself.
    pub who: String,
    /// What came of it.
    pub inlast: Inlast,
    /// When it was undone.
    pub undone_at: Option<DateTime<Utc>>,
    /// Until when it can be undone.
    pub undoable_until: DateTime<Utc>,
}

impl Import {
    /// Whether it can be undone, should nobody have changed anything of it.
    #[must_use]
    pub fn is_undoable(&self, now: DateTime<Utc>) -> bool {
        self.undone_at.is_none() && now <= self.undoable_until
    }
}

type ImportRow = (Uuid, String, DateTime<Utc>, Option<String>, String, i64, i64, Option<DateTime<Utc>>);

fn import((id, slag, at, who, rubrik, nya, andrade, undone_at): ImportRow) -> Result<Import> {
    let in_row = InRow::of("planimport", id);
    let count = |column, n: i64| in_row.must(column, usize::try_from(n).ok());
    Ok(Import {
        id: PlanimportId(id),
        slag: in_row.code("slag", &slag, Tabellslag::from_code)?,
        rubrik,
        at,
        who: who.unwrap_or_default(),
        inlast: Inlast { nya: count("nya", nya)?, andrade: count("andrade", andrade)? },
        undone_at,
        undoable_until: at + UNDONE_WITHIN,
    })
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select i.id, i.slag, i.at, p.name, i.rubrik, i.nya, i.andrade, i.undone_at
             from planimport i left join person p on p.id = i.person_id ",
            $tail
        )
    };
}

/// The tables that were read into a plan last, the latest first; twenty at most.
pub async fn list(tx: &mut Tx, plan: PlanId) -> Result<Vec<Import>> {
    let sql = select!("where i.plan_id = $1 order by i.at desc, i.id desc limit cast($2 as bigint)");
    rows!(tx, ImportRow, sql, plan.0, LISTED)?.into_iter().map(import).collect()
}

/// One of a plan. `NotFound` when it is none of it.
pub(super) async fn get(tx: &mut Tx, plan: PlanId, id: PlanimportId) -> Result<Import> {
    let sql = select!("where i.id = $1 and i.plan_id = $2");
    import(row!(tx, ImportRow, sql, id.0, plan.0)?.ok_or(Error::NotFound)?)
}

/// The import that was made of a table under the id that a page has made for it; none where it has not been read in. `Invalid` when
/// something else has the id: asked before the table is looked at.
pub async fn made(tx: &mut Tx, plan: PlanId, id: PlanimportId) -> Result<Option<Import>> {
    match row!(tx, (Uuid,), "select plan_id from planimport where id = $1", id.0)? {
        Some((of,)) if of == plan.0 => get(tx, plan, id).await.map(Some),
        Some(_) => Err(belongs::taken()),
        None => belongs::untaken(tx, id.0).await.map(|()| None),
    }
}

/// What an import wrote: a thing, the last month of a period where it is of one, its version, and what stood there.
struct Rad {
    thing: Uuid,
    manad: i64,
    version: i64,
    fore: Option<Utfall>,
}

async fn rader(tx: &mut Tx, id: PlanimportId) -> Result<Vec<Rad>> {
    // the last first: what lies under something goes before it
    let sql = "select thing_id, manad, version, fore from planimport_rad where import_id = $1 order by ordning desc";
    let found = rows!(tx, (Uuid, i64, i64, Option<String>), sql, id.0)?;
    let in_row = InRow::of("planimport_rad", id.0);
    let read = |(thing, manad, version, fore): (Uuid, i64, i64, Option<String>)| {
        let fore = fore.map(|text| in_row.versioned("fore", &text)).transpose()?;
        Ok(Rad { thing, manad, version, fore })
    };
    found.into_iter().map(read).collect()
}

/// Undoes an import. Undone already, nothing happens. `NotFound` when it is none of the plan, `Invalid` after a day, where the plan is not
/// open, and where somebody has changed or built on something of it since: then all of it stays.
pub async fn undo(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId, id: PlanimportId) -> Result<Import> {
    tx.hold(Held::Verksamhetsplan(plan)).await?;
    let import = get(tx, plan, id).await?;
    if import.undone_at.is_some() {
        return Ok(import);
    }
    if !import.is_undoable(now) {
        return Err(Error::at(
            "",
            "Inläsningen är äldre än ett dygn och går inte att ångra. Ändra i planen i stället.",
        ));
    }
    let of = verksamhetsplan::get(tx, plan).await?;
    let rader = rader(tx, id).await?;
    let done = match import.slag {
        Tabellslag::Utfall => outcomes(tx, now, &of, &rader).await,
        slag => things(tx, now, &of, slag, &rader).await,
    };
    done.map_err(refused)?;
    let moment = chrono::SubsecRound::trunc_subsecs(now, 3);
    execute!(tx, "update planimport set undone_at = $2 where id = $1", id.0, moment)?;
    record(tx, now, (of.node, plan.0), (SKAL, &import.rubrik), vec![]).await?;
    get(tx, plan, id).await
}

/// Why an import stays, in words.
fn refused(error: Error) -> Error {
    match error {
        Error::Conflict | Error::NotFound => changed_since(),
        Error::Invalid(faults) => {
            let said: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            Error::at("", format!("Inläsningen går inte att ångra. {}", said.join(" ")))
        }
        other => other,
    }
}

fn changed_since() -> Error {
    let text =
        "Något av det som lästes in har ändrats efteråt, så inläsningen går inte att ångra. Ändra i planen i stället.";
    Error::at("", text)
}

/// Takes away what was made, as whoever does so by hand: what something hangs on stays, and with it all of the import.
async fn things(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan, slag: Tabellslag, rader: &[Rad]) -> Result<()> {
    for rad in rader {
        decided_nothing(tx, slag, rad.thing).await?;
        match slag {
            Tabellslag::Mal => {
                let id = MalId(rad.thing);
                // they would go with it
                if has_more(tx, id).await? {
                    return Err(Error::Conflict);
                }
                mal::remove(tx, now, plan.id, (id, rad.version)).await?;
            }
            Tabellslag::Indikatorer => {
                indikator::remove(tx, now, plan.id, IndikatorId(rad.thing), rad.version).await?;
            }
            Tabellslag::Forvantat => {
                let of = row!(tx, (Uuid,), "select mal_id from forvantat where id = $1", rad.thing)?;
                let mal = MalId(of.ok_or(Error::Conflict)?.0);
                forvantat::remove(tx, now, plan.id, (mal, ForvantatId(rad.thing), rad.version)).await?;
            }
            Tabellslag::Aktiviteter => {
                let before = planaktivitet::get(tx, PlanaktivitetId(rad.thing)).await?;
                planaktivitet::remove(tx, now, &before, rad.version, SKAL).await?;
            }
            Tabellslag::Utfall => {}
        }
    }
    Ok(())
}

/// `Invalid` where an åtgärd has been decided of what would go: who reads the åtgärd is to find what it comes from.
async fn decided_nothing(tx: &mut Tx, slag: Tabellslag, thing: Uuid) -> Result<()> {
    let source = match slag {
        Tabellslag::Mal => Source::Enhetsmal(MalId(thing)),
        Tabellslag::Indikatorer => Source::Indikator(IndikatorId(thing)),
        Tabellslag::Aktiviteter => Source::Aktivitet(PlanaktivitetId(thing)),
        Tabellslag::Utfall | Tabellslag::Forvantat => return Ok(()),
    };
    let (kind, id) = source.columns();
    let sql = "select title from atgard where source_kind = $1 and source_id = $2 order by id limit 1";
    match row!(tx, (String,), sql, kind, id)? {
        None => Ok(()),
        Some((title,)) => Err(Error::at("", format!("Åtgärden ”{title}” hör till något av det som lästes in."))),
    }
}

/// Whether something has been written of a goal that would go with it, or it has been copied.
async fn has_more(tx: &mut Tx, id: MalId) -> Result<bool> {
    let sql = "select cast(1 as bigint) from enhetsmal where mal_id = $1
               union all select cast(1 as bigint) from forvantat where mal_id = $1
               union all select cast(1 as bigint) from vpgrupp_mal where mal_id = $1
               union all select cast(1 as bigint) from mal where copied_from = $1 limit 1";
    Ok(row!(tx, (i64,), sql, id.0)?.is_some())
}

/// Gives back what stood where outcomes were read in. In a period that is closed by now it is a revision.
async fn outcomes(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan, rader: &[Rad]) -> Result<()> {
    let in_row = InRow::of("planimport_rad", plan.id.0);
    let mut by_period: BTreeMap<Utfallsperiod, Vec<&Rad>> = BTreeMap::new();
    for rad in rader {
        let month = in_row.must("manad", u32::try_from(rad.manad).ok())?;
        let period = in_row.must("manad", Utfallsperiod::until(plan.year, month))?;
        by_period.entry(period).or_default().push(rad);
    }
    for (period, rader) in by_period {
        let of = utfall::hold(tx, plan.id, period).await?;
        for rad in rader {
            let own = indikator::get(tx, plan.id, IndikatorId(rad.thing)).await?.indikator;
            utfall::aterstall(tx, now, &of, &own, rad.version, (rad.fore.as_ref(), SKAL)).await?;
        }
    }
    Ok(())
}
