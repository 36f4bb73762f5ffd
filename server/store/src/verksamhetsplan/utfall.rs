//! Utfall: what the indikatorer of a plan came to in its periods. Several write at once: each change is laid on what stands by then, column
//! by column, and only two who have changed the same one meet. Before its period is closed an outcome is written; after that a change is a
//! revision with a reason ([`domain::verksamhetsplan::indikator::stangning`]).
//!
//! What is taken from a source is read when it is shown, and stored first when somebody adds something to it or its period is closed: until
//! then it follows its source, and from then on it stands as it was when it was reported.

mod rutor;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use domain::{
    field::FieldError,
    history::differing,
    verksamhetsplan::{
        indikator::{
            Content, Indikator, IndikatorId, Utfall, Utfallsperiod,
            matning::{Kalla, Matat, may_matas},
            stangning::{Andring, andring, check_skal, overskriven},
        },
        plan::{Plan, PlanId},
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use self::rutor::laid;
pub use self::rutor::{Cell, Krock, Nekad, Written};
use super::{indikator, record, stangning};
use crate::{
    Error, Result, Tx,
    in_row::{InRow, Versioned, versioned},
    touched,
};

impl Versioned for Utfall {}

/// The outcomes of a year, by indikator.
pub type Utfallen = HashMap<IndikatorId, BTreeMap<Utfallsperiod, Utfall>>;

/// What sources have of a period, by the indikator that takes it.
pub type Matade = HashMap<IndikatorId, (Kalla, Matat)>;

/// An outcome as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// From January until when it is.
    pub period: Utfallsperiod,
    /// 1 is the first; each correction after the closing has the next.
    pub revision: i64,
    /// Whether it holds.
    pub gallande: bool,
    /// What was said.
    pub utfall: Utfall,
    /// Why it was changed; may be empty.
    pub skal: String,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// The number of the plan then.
    pub nr: i64,
    /// Which writing of the outcome it is: 1 is the first, and each after it has the next.
    pub version: i64,
    /// Whether it stood in a closed period: it was reported, and is never written over.
    rapporterat: bool,
}

#[derive(FromRow)]
struct UtfallRow {
    indikator_id: Uuid,
    year: i64,
    manad: i64,
    revision: i64,
    gallande: bool,
    content: String,
    skal: String,
    at: DateTime<Utc>,
    nr: i64,
    version: i64,
    rapporterat: bool,
}

impl UtfallRow {
    fn read(self) -> Result<(IndikatorId, Stored)> {
        let in_row = InRow::of("utfall", self.indikator_id);
        let year = in_row.must("year", i32::try_from(self.year).ok())?;
        let month = in_row.must("manad", u32::try_from(self.manad).ok())?;
        let stored = Stored {
            period: in_row.must("manad", Utfallsperiod::until(year, month))?,
            revision: self.revision,
            gallande: self.gallande,
            utfall: in_row.versioned("content", &self.content)?,
            skal: self.skal,
            at: self.at,
            nr: self.nr,
            version: self.version,
            rapporterat: self.rapporterat,
        };
        Ok((IndikatorId(self.indikator_id), stored))
    }
}

macro_rules! select {
    ($of:literal, $tail:literal) => {
        concat!(
            "select ",
            $of,
            " as indikator_id, p.year, u.manad, u.revision, u.gallande, u.content, u.skal, u.at, u.nr, u.version, \
             u.rapporterat ",
            $tail
        )
    };
}

fn by_indikator(rows: Vec<UtfallRow>) -> Result<Utfallen> {
    let mut out = Utfallen::new();
    for row in rows {
        let (id, stored) = row.read()?;
        out.entry(id).or_default().insert(stored.period, stored.utfall);
    }
    Ok(out)
}

/// The outcomes of the indikatorer of a plan that hold.
pub async fn of_plan(tx: &mut Tx, plan: PlanId) -> Result<Utfallen> {
    let sql = select!(
        "i.id",
        "from indikator i join verksamhetsplan p on p.id = i.plan_id
         join utfall u on u.indikator_id = i.id and u.gallande where i.plan_id = $1"
    );
    by_indikator(rows!(tx, UtfallRow, sql, plan.0)?)
}

/// The outcomes of the year before: those of what each indikator of a plan was copied from, by the id of the plan's own.
pub async fn i_fjol(tx: &mut Tx, plan: PlanId) -> Result<Utfallen> {
    let sql = select!(
        "i.id",
        "from indikator i join indikator f on f.id = i.copied_from join verksamhetsplan p on p.id = f.plan_id
         join utfall u on u.indikator_id = f.id and u.gallande where i.plan_id = $1"
    );
    by_indikator(rows!(tx, UtfallRow, sql, plan.0)?)
}

/// Every outcome that an indikator ever had, with what was corrected, the latest first.
pub async fn alla(tx: &mut Tx, id: IndikatorId) -> Result<Vec<Stored>> {
    let sql = select!(
        "i.id",
        "from indikator i join verksamhetsplan p on p.id = i.plan_id join utfall u on u.indikator_id = i.id
         where i.id = $1 order by u.manad desc, u.revision desc"
    );
    rows!(tx, UtfallRow, sql, id.0)?.into_iter().map(|row| row.read().map(|(_, stored)| stored)).collect()
}

/// The number of the last outcome that was written in a plan.
pub async fn nr(tx: &mut Tx, plan: PlanId) -> Result<i64> {
    let found = row!(tx, (i64,), "select utfall_nr from verksamhetsplan where id = $1", plan.0)?;
    found.map(|(nr,)| nr).ok_or(Error::NotFound)
}

/// Which indikatorer of a plan have an outcome of a period that was written after a number, and when the last of them was.
pub async fn sedan(
    tx: &mut Tx,
    plan: PlanId,
    period: Utfallsperiod,
    nr: i64,
) -> Result<Vec<(IndikatorId, DateTime<Utc>)>> {
    let sql = "select u.indikator_id, u.at from utfall u join indikator i on i.id = u.indikator_id
               where i.plan_id = $1 and u.manad = $2 and u.gallande and u.nr > $3 order by u.nr";
    let found = rows!(tx, (Uuid, DateTime<Utc>), sql, plan.0, i64::from(period.month()), nr)?;
    Ok(found.into_iter().map(|(id, at)| (IndikatorId(id), at)).collect())
}

pub(super) async fn get(tx: &mut Tx, id: IndikatorId, period: Utfallsperiod) -> Result<Option<Stored>> {
    let sql = select!(
        "i.id",
        "from indikator i join verksamhetsplan p on p.id = i.plan_id join utfall u on u.indikator_id = i.id and u.gallande
         where i.id = $1 and u.manad = $2"
    );
    let found = row!(tx, UtfallRow, sql, id.0, i64::from(period.month()))?;
    found.map(|row| row.read().map(|(_, stored)| stored)).transpose()
}

/// The outcome as it is shown: with what the source has, where that may be put into it and its period is not closed. While that is open it is
/// judged by what the indikator is now.
#[must_use]
pub fn visat(stored: Utfall, period: Utfallsperiod, stangd: bool, matat: Option<&(Kalla, Matat)>) -> Utfall {
    let stored = if stangd { stored } else { stored.tinad() };
    match matat.filter(|_| !stangd && may_matas(&stored)) {
        Some((kalla, matat)) => matat.i(&stored, period, *kalla),
        None => stored,
    }
}

/// A plan whose outcomes of a period are written. Who has it is alone with it until the transaction ends: those who write in the same plan
/// wait for each other, and so does who closes a period of it.
pub(super) struct Skrivning {
    pub plan: Plan,
    pub period: Utfallsperiod,
    pub stangd: bool,
    nr: i64,
}

/// Holds a plan to write outcomes of a period. `NotFound` where there is no such plan, or the period is of another year.
pub(super) async fn hold(tx: &mut Tx, plan: PlanId, period: Utfallsperiod) -> Result<Skrivning> {
    let sql = "update verksamhetsplan set utfall_nr = utfall_nr + 1 where id = $1 returning utfall_nr";
    let (nr,) = row!(tx, (i64,), sql, plan.0)?.ok_or(Error::NotFound)?;
    let plan = super::get(tx, plan).await?;
    if plan.year != period.year() {
        return Err(Error::NotFound);
    }
    let stangd = stangning::is_stangd(tx, &plan, period).await?;
    Ok(Skrivning { plan, period, stangd, nr })
}

/// Writes what became of an outcome. Nothing is written where nothing is otherwise; `Invalid` at `skal` where the change needs a reason.
pub(super) async fn write(
    tx: &mut Tx,
    now: DateTime<Utc>,
    of: &Skrivning,
    indikator: &Indikator,
    (before, after): (&Utfall, Utfall),
    skal: &str,
) -> Result<bool> {
    let what = andring(of.stangd, before, &after);
    if after == *before {
        return Ok(false);
    }
    let stored = get(tx, indikator.id, of.period).await?;
    let skal = check_skal(&what, skal).map_err(|faults| reason(faults, &what, of.period))?.unwrap_or_default();
    let after = overskriven(before, after, &skal);
    // what was missing when the period was closed is judged by what holds when it comes
    let after = if of.stangd { after.fryst_som(before, &indikator.content) } else { after };
    put(tx, now, of, (indikator.id, stored.as_ref()), &after, &skal).await?;
    tell(tx, now, of, indikator, (before, &after), &skal).await?;
    Ok(true)
}

/// Writes in the history of an indikator what became of its outcome.
pub(super) async fn tell(
    tx: &mut Tx,
    now: DateTime<Utc>,
    of: &Skrivning,
    indikator: &Indikator,
    (before, after): (&Utfall, &Utfall),
    skal: &str,
) -> Result<()> {
    let content = after.bedoms_av(&indikator.content);
    let changes = differing(before.told(&content), after.told(&content));
    let named = format!("Utfall {}", of.period.label());
    record(tx, now, (of.plan.node, indikator.id.0), (&named, skal), changes).await
}

/// A reason that is missing, with what it is asked for.
fn reason(faults: Vec<FieldError>, what: &Andring, period: Utfallsperiod) -> Error {
    let Andring::MedSkal(skal) = what else { return Error::Invalid(faults) };
    let told = |fault: FieldError| FieldError { message: format!("{} {}", skal.said(period), fault.message), ..fault };
    Error::Invalid(faults.into_iter().map(told).collect())
}

/// Puts an outcome in the place of the one that stands: beside it in a closed period, and where it has been reported.
pub(super) async fn put(
    tx: &mut Tx,
    now: DateTime<Utc>,
    of: &Skrivning,
    (id, stored): (IndikatorId, Option<&Stored>),
    after: &Utfall,
    skal: &str,
) -> Result<()> {
    let (manad, content) = (i64::from(of.period.month()), versioned(after)?);
    let at = chrono::SubsecRound::trunc_subsecs(now, 3);
    let version = stored.map_or(1, |s| s.version + 1);
    if stored.is_some_and(|s| !s.rapporterat) && !of.stangd {
        let sql = "update utfall set content = $3, skal = $4, at = $5, nr = $6, version = $7
                   where indikator_id = $1 and manad = $2 and gallande";
        execute!(tx, sql, id.0, manad, content, skal, at, of.nr, version)?;
        return Ok(());
    }
    let sql = "update utfall set gallande = false where indikator_id = $1 and manad = $2 and gallande";
    execute!(tx, sql, id.0, manad)?;
    let sql =
        "insert into utfall (indikator_id, manad, revision, gallande, content, skal, at, nr, version, rapporterat)
               values ($1, $2, $3, true, $4, $5, $6, $7, $8, $9)";
    let revision = stored.map_or(1, |s| s.revision + 1);
    execute!(tx, sql, id.0, manad, revision, content, skal, at, of.nr, version, of.stangd)?;
    Ok(())
}

/// Keeps with an outcome that stands in a period that is being closed what it is judged by. One that was reported, by something else, has
/// what it was reported with beside it.
pub(super) async fn frys(
    tx: &mut Tx,
    now: DateTime<Utc>,
    of: &Skrivning,
    (id, stored): (IndikatorId, &Stored),
    after: &Utfall,
) -> Result<()> {
    if stored.rapporterat {
        return put(tx, now, of, (id, Some(stored)), after, "Perioden stängdes på nytt efter att målet ändrats.").await;
    }
    let sql = "update utfall set content = $3 where indikator_id = $1 and manad = $2 and gallande";
    execute!(tx, sql, id.0, i64::from(of.period.month()), versioned(after)?)?;
    Ok(())
}

/// Gives back what stood before a table was read in: nothing, where nothing did and nobody has reported it. In a period that has been closed
/// since it is judged by what was reported. `Conflict` where the outcome is no longer as the table left it.
pub(super) async fn aterstall(
    tx: &mut Tx,
    now: DateTime<Utc>,
    of: &Skrivning,
    indikator: &Indikator,
    version: i64,
    (fore, skal): (Option<&Utfall>, &str),
) -> Result<()> {
    let stored = get(tx, indikator.id, of.period).await?.ok_or(Error::Conflict)?;
    if stored.version != version {
        return Err(Error::Conflict);
    }
    let after = fore.cloned().unwrap_or_default();
    let after = if of.stangd { after.fryst_som(&stored.utfall, &indikator.content) } else { after };
    if fore.is_none() && !of.stangd && !stored.rapporterat && stored.revision == 1 {
        // an indikator that has none can be taken away
        let sql = "delete from utfall where indikator_id = $1 and manad = $2 and version = $3";
        touched(execute!(tx, sql, indikator.id.0, i64::from(of.period.month()), version)?)?;
    } else {
        put(tx, now, of, (indikator.id, Some(&stored)), &after, skal).await?;
    }
    tell(tx, now, of, indikator, (&stored.utfall, &after), skal).await
}

/// Marks what stands in a period that is being closed: it is reported.
pub(super) async fn rapportera(tx: &mut Tx, of: &Skrivning) -> Result<()> {
    let sql = "update utfall set rapporterat = true where manad = $2 and gallande
               and indikator_id in (select id from indikator where plan_id = $1)";
    execute!(tx, sql, of.plan.id.0, i64::from(of.period.month()))?;
    Ok(())
}

/// Writes cells of a period. Each is laid on what stands by now; one that somebody else has changed meanwhile is told of and not written.
/// `matade` is what sources have, which a cell may be typed over. The cells of an indikator that is none of the plan's are refused alone.
pub async fn save(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (plan, period): (PlanId, Utfallsperiod),
    (cells, skal): (&[Cell], &str),
    matade: &Matade,
) -> Result<Written> {
    let of = hold(tx, plan, period).await?;
    let mut out = Written::default();
    let mut rows: BTreeMap<IndikatorId, Vec<&Cell>> = BTreeMap::new();
    for cell in cells {
        rows.entry(cell.id).or_default().push(cell);
    }
    for (id, cells) in rows {
        let indikator = match indikator::get(tx, plan, id).await {
            Ok(found) => found.indikator,
            Err(Error::NotFound) => {
                let message = "Indikatorn finns inte längre.";
                let nekad = |c: &&Cell| Nekad { id, kolumn: c.kolumn, message: message.to_owned(), skal: false };
                out.nekade.extend(cells.iter().map(nekad));
                continue;
            }
            Err(other) => return Err(other),
        };
        let stored = get(tx, id, period).await?.map(|s| s.utfall).unwrap_or_default();
        let before = visat(stored, period, of.stangd, matade.get(&id));
        // what is typed in a closed period is a figure of what the indikator was then
        let after = laid(&before.bedoms_av(&indikator.content), &before, &cells, &mut out);
        match write(tx, now, &of, &indikator, (&before, after), skal).await {
            Ok(true) => out.andrade += 1,
            Ok(false) => {}
            Err(Error::Invalid(faults)) => {
                let message = faults.into_iter().map(|f| f.message).collect::<Vec<_>>().join(" ");
                // those that were laid are refused together
                let told = |id: IndikatorId, kolumn| out.nekade.iter().any(|n| n.id == id && n.kolumn == kolumn);
                let met = |id, kolumn| out.krockar.iter().any(|k| k.id == id && k.kolumn == kolumn);
                let laid = cells.iter().filter(|c| !told(c.id, c.kolumn) && !met(c.id, c.kolumn));
                let nekad = |c: &&Cell| Nekad { id: c.id, kolumn: c.kolumn, message: message.clone(), skal: true };
                let mut refused: Vec<Nekad> = laid.map(nekad).collect();
                out.nekade.append(&mut refused);
            }
            Err(other) => return Err(other),
        }
    }
    Ok(out)
}

/// Changes an outcome of a period by what a form holds: `with` is given what stands by now. Whether something is otherwise. `version` is
/// that of the outcome as it was seen, 0 where none was stored; none where nothing was seen that could be lost. `Conflict` when it is no
/// longer so; `NotFound` where the indikator is none of the plan's; `Invalid` where `with` says so, or a reason is missing.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (plan, id, period): (PlanId, IndikatorId, Utfallsperiod),
    version: Option<i64>,
    (skal, matade): (&str, &Matade),
    with: impl FnOnce(&Content, &Utfall) -> std::result::Result<Utfall, Vec<FieldError>> + Send,
) -> Result<bool> {
    let of = hold(tx, plan, period).await?;
    let indikator = indikator::get(tx, plan, id).await?.indikator;
    let stored = get(tx, id, period).await?;
    if version.is_some_and(|seen| seen != stored.as_ref().map_or(0, |s| s.version)) {
        return Err(Error::Conflict);
    }
    let stored = stored.map(|s| s.utfall).unwrap_or_default();
    let before = visat(stored, period, of.stangd, matade.get(&id));
    let after = with(&before.bedoms_av(&indikator.content), &before).map_err(Error::Invalid)?;
    write(tx, now, &of, &indikator, (&before, after), skal).await
}
