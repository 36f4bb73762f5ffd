//! Wall screens: what each shows, and the hash of the token that opens it.

use chrono::{DateTime, NaiveTime, Utc};
use domain::{
    apt::{
        Slag,
        skarm::{Content, Skarm},
    },
    history::changes,
    id::{NodeId, SkarmId},
    permission::Area,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::tv;
use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    history::{self, Record},
    in_row::InRow,
    touched,
};

#[derive(FromRow)]
struct SkarmRow {
    id: Uuid,
    node_id: Uuid,
    name: String,
    slides: String,
    seconds: i64,
    dim_from: String,
    dim_to: String,
    seen_at: Option<DateTime<Utc>>,
    version: i64,
}

impl TryFrom<SkarmRow> for Skarm {
    type Error = Error;

    fn try_from(row: SkarmRow) -> Result<Self> {
        let in_row = InRow::of("skarm", row.id);
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
        Ok(Self {
            id: SkarmId(row.id),
            node: NodeId(row.node_id),
            name: row.name,
            slides: row
                .slides
                .split_ascii_whitespace()
                .map(|slag| in_row.code("slides", slag, Slag::from_code))
                .collect::<Result<_>>()?,
            seconds: row.seconds,
            dim: (in_row.code("dim_from", &row.dim_from, time)?, in_row.code("dim_to", &row.dim_to, time)?),
            seen: row.seen_at,
            version: row.version,
        })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!("select id, node_id, name, slides, seconds, dim_from, dim_to, seen_at, version from skarm ", $tail)
    };
}

/// The screens of a unit.
pub async fn list(tx: &mut Tx, node: NodeId) -> Result<Vec<Skarm>> {
    rows!(tx, SkarmRow, select!("where node_id = $1 order by id"), node.0)?.into_iter().map(Skarm::try_from).collect()
}

/// `NotFound` when there is no such screen.
pub async fn get(tx: &mut Tx, id: SkarmId) -> Result<Skarm> {
    row!(tx, SkarmRow, select!("where id = $1"), id.0)?.ok_or(Error::NotFound)?.try_into()
}

/// The screen that a token opens: its own, or one that a code has made.
pub(crate) async fn of_token(tx: &mut Tx, hash: &[u8]) -> Result<Skarm> {
    const OF: &str =
        select!("where token_hash = $1 or id = (select a.skarm_id from skarm_adress a where a.token_hash = $1)");
    row!(tx, SkarmRow, OF, hash)?.ok_or(Error::NotFound)?.try_into()
}

fn slides(content: &Content) -> String {
    content.slides.iter().map(|s| s.code()).collect::<Vec<_>>().join(" ")
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// Adds a screen, opened by the token of this hash.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (id, node): (SkarmId, NodeId),
    hash: &[u8],
    content: &Content,
) -> Result<()> {
    // the address of one that hangs already cannot be told once more
    if !belongs::is_new(tx, Thing::Skarm, id.0, node.0, &content.name).await? {
        return Err(belongs::taken());
    }
    execute!(
        tx,
        "insert into skarm (id, node_id, name, token_hash, slides, seconds, dim_from, dim_to)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id.0,
        node.0,
        &content.name,
        hash,
        slides(content),
        content.seconds,
        clock(content.dim.0),
        clock(content.dim.1)
    )?;
    record(tx, now, node, id, "Skärm tillagd", changes([("Skärm", String::new(), content.name.clone())])).await
}

/// Changes what it shows. `Conflict` when it is no longer as the person saw it.
pub async fn update(tx: &mut Tx, now: DateTime<Utc>, id: SkarmId, version: i64, content: &Content) -> Result<()> {
    let before = get(tx, id).await?;
    let done = execute!(
        tx,
        "update skarm set name = $3, slides = $4, seconds = $5, dim_from = $6, dim_to = $7, version = version + 1
         where id = $1 and version = $2",
        id.0,
        version,
        &content.name,
        slides(content),
        content.seconds,
        clock(content.dim.0),
        clock(content.dim.1)
    )?;
    touched(done)?;
    let told = changes([("Skärm", before.name, content.name.clone())]);
    record(tx, now, before.node, id, "Skärm ändrad", told).await
}

/// Gives it another address: the old one, and those that codes have made, open nothing any more. `Conflict` when somebody else just did: theirs would be
/// dead before they have seen it.
pub async fn renew(tx: &mut Tx, now: DateTime<Utc>, id: SkarmId, hash: &[u8]) -> Result<()> {
    let before = get(tx, id).await?;
    let sql = "update skarm set token_hash = $2, version = version + 1 where id = $1 and version = $3";
    touched(execute!(tx, sql, id.0, hash, before.version)?)?;
    tv::take_back(tx, id).await?;
    record(tx, now, before.node, id, "Ny adress", vec![]).await
}

/// Removes a screen: its address opens nothing any more.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, id: SkarmId) -> Result<()> {
    let before = get(tx, id).await?;
    tv::take_back(tx, id).await?;
    touched(execute!(tx, "delete from skarm where id = $1", id.0)?)?;
    record(tx, now, before.node, id, "Skärm borttagen", changes([("Skärm", before.name, String::new())])).await
}

/// Notes that the screen has asked for something. No history and nothing that open pages would hear of: it happens all
/// the time.
pub async fn seen(tx: &mut Tx, now: DateTime<Utc>, id: SkarmId) -> Result<()> {
    execute!(tx, "update skarm set seen_at = $2 where id = $1", id.0, chrono::SubsecRound::trunc_subsecs(now, 0))?;
    Ok(())
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    id: SkarmId,
    what: &str,
    changes: Vec<domain::history::Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Apt, thing: id.0, what, reason: "", changes }).await
}
