//! Ekonomi: the account of a verksamhetsplan: what it is, with its verksamheter and rows. Its amounts stand in [`belopp`], the
//! tables beside it in [`fri`]. It is the
//! plan's, and asked for behind the plan's door.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    ekonomi::{
        belopp::{Art, Belopp},
        handling::{self, Handlingsplan},
        konto::{Content, KontoId, RadId, Resultatrakning},
        mening,
        summa::Konto,
        tid::Tid,
        uppstallning::{Uppstallning, Urval, konto as uppstalld},
    },
    history::{Change, differing, said},
    verksamhetsplan::plan::Plan,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    touched,
    verksamhetsplan::{of_year, record},
};

pub mod belopp;
pub mod fri;

impl Versioned for Content {}

#[derive(FromRow)]
struct KontoRow {
    id: Uuid,
    content: String,
    version: i64,
}

/// An account with all amounts that hold.
#[derive(Clone, Debug)]
pub struct Rakning {
    /// Its unit, signs and rows.
    pub konto: Resultatrakning,
    /// What stands in its cells.
    pub belopp: Vec<Belopp>,
    /// How many times each cell has been written, also of those that were emptied; a cell that is not there never was.
    pub revisioner: belopp::Seen,
}

impl Rakning {
    /// As it is reckoned with.
    #[must_use]
    pub fn konto(&self) -> Konto<'_> {
        Konto::new(&self.konto.content, &self.belopp)
    }

    /// Whether a row has an amount or words somewhere.
    #[must_use]
    pub fn har_belopp(&self, rad: RadId) -> bool {
        self.belopp.iter().any(|belopp| belopp.rad == rad)
    }
}

/// The account of a plan, without its amounts; none where nobody has begun it.
pub async fn of_plan(tx: &mut Tx, plan: &Plan) -> Result<Option<Resultatrakning>> {
    let found = row!(tx, KontoRow, "select id, content, version from konto where plan_id = $1", plan.id.0)?;
    let read = |row: KontoRow| {
        let content = InRow::of("konto", row.id).versioned("content", &row.content)?;
        Ok(Resultatrakning { id: KontoId(row.id), node: plan.node, content, version: row.version })
    };
    found.map(read).transpose()
}

/// The account of a plan with its amounts.
pub async fn rakning(tx: &mut Tx, plan: &Plan) -> Result<Option<Rakning>> {
    let Some(konto) = of_plan(tx, plan).await? else { return Ok(None) };
    let (belopp, revisioner) = belopp::all(tx, konto.id).await?;
    Ok(Some(Rakning { konto, belopp, revisioner }))
}

/// The account of the same node for the year before; none where that has no plan or no account.
pub async fn i_fjol(tx: &mut Tx, plan: &Plan) -> Result<Option<Rakning>> {
    match of_year(tx, plan.node, plan.year - 1).await? {
        Some(before) => rakning(tx, &before).await,
        None => Ok(None),
    }
}

/// Begins the account of a plan. The same id again is the same one: nothing happens. `Invalid` where somebody else has begun it.
pub async fn create(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan, id: KontoId, content: &Content) -> Result<()> {
    // its rows got their ids now: a resend has the same words and other ids
    if !belongs::is_new(tx, Thing::Konto, id.0, plan.id.0, &content.told()).await? {
        return Ok(());
    }
    tx.hold(Held::Verksamhetsplan(plan.id)).await?;
    if of_plan(tx, plan).await?.is_some() {
        return Err(Error::at("", "Någon annan har börjat på kontot. Ladda om sidan, så står det här."));
    }
    let sql = "insert into konto (id, plan_id, content) values ($1, $2, $3)";
    execute!(tx, sql, id.0, plan.id.0, versioned(content)?)?;
    record(tx, now, (plan.node, id.0), ("Skapad", ""), said(content.told())).await
}

/// Changes what an account is: its settings, verksamheter and rows, if it is still as the person saw it. `Invalid` where a row with
/// amounts would go or become of another kind: an amount is taken away where it stands, never with its row.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    before: &Resultatrakning,
    version: i64,
    content: &Content,
) -> Result<()> {
    tx.hold(Held::Konto(before.id)).await?;
    if before.version != version {
        return Err(Error::Conflict);
    }
    for (verksamhet, rad) in before.content.rader() {
        let stays = content.rad(rad.id).is_some_and(|(_, there)| there.slag == rad.slag);
        if !stays && belopp::has_any(tx, before.id, rad.id).await? {
            let message = format!(
                "Raden {} i {} har belopp. Töm dem först, så försvinner inget av misstag.",
                rad.namn, verksamhet.namn
            );
            return Err(Error::at("", message));
        }
    }
    let sql = "update konto set content = $1, version = version + 1 where id = $2 and version = $3";
    touched(execute!(tx, sql, versioned(content)?, before.id.0, version)?)?;
    let mut changes = differing(before.content.told(), content.told());
    changes.extend(rows_told(&before.content, content));
    record(tx, now, (before.node, before.id.0), ("Ändrad", ""), changes).await
}

/// What became of the rows, verksamhet by verksamhet.
fn rows_told(before: &Content, after: &Content) -> Vec<Change> {
    let rows = |content: &Content, id| {
        let rader = content.verksamheter.iter().filter(|v| v.id == id).flat_map(|v| &v.rader);
        rader.map(|rad| rad.namn.as_str()).collect::<Vec<_>>().join(", ")
    };
    let added = after.verksamheter.iter().filter(|v| before.verksamheter.iter().all(|there| there.id != v.id));
    let all = before.verksamheter.iter().chain(added);
    let changed = all.map(|v| Change {
        label: format!("Rader i {}", v.namn),
        before: rows(before, v.id),
        after: rows(after, v.id),
    });
    changed.filter(|change| change.before != change.after).collect()
}

/// How an account stands, for Att göra and the point of a meeting.
#[derive(Clone, Debug)]
pub struct Lage {
    /// The account.
    pub konto: KontoId,
    /// The time that it is told of: the last that something is known of.
    pub tid: Tid,
    /// Its finding, as a heading.
    pub fynd: String,
    /// What the enhetschef is asked for where the forecast is worse than budget, until a plan is open; the caller knows whether one is
    /// ([`handling::handlingsplan`]).
    pub handlingsplan: Option<Handlingsplan>,
    /// The account at that time, as it is seen.
    pub tabell: Uppstallning,
    /// The day that its latest amount is of, or was written.
    pub per: Option<NaiveDate>,
}

/// How the account of a plan stands; none where it has none, or no amount.
pub async fn lage(tx: &mut Tx, plan: &Plan) -> Result<Option<Lage>> {
    let Some(found) = rakning(tx, plan).await?.filter(|found| !found.belopp.is_empty()) else { return Ok(None) };
    let fjol = i_fjol(tx, plan).await?;
    let (konto, before) = (found.konto(), fjol.as_ref().map(Rakning::konto));
    let tid = konto.senaste();
    let known = |b: &&Belopp| b.tid == tid && b.art != Art::Budget;
    Ok(Some(Lage {
        konto: found.konto.id,
        tid,
        fynd: mening::fynd(&konto, tid),
        handlingsplan: handling::handlingsplan(found.konto.id, &konto, tid, false),
        tabell: uppstalld(&konto, Urval { tid, fjol: before.as_ref(), tomma: false }),
        per: found.belopp.iter().filter(known).filter_map(|b| b.per).max(),
    }))
}
