//! The logos of nodes. One is no secret and lies as it is.

use chrono::{DateTime, Utc};
use domain::{
    history::changes,
    id::{LoggaId, NodeId},
    logga::Logga,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{Error, Result, Tx, in_row::InRow, organisation};

#[derive(FromRow)]
struct Row {
    node_id: Uuid,
    id: Uuid,
    width: i64,
    height: i64,
}

/// The logo that a node shows: its own, or that of the nearest above it that has one.
pub async fn of(tx: &mut Tx, node: NodeId) -> Result<Option<Logga>> {
    // there are few: they are read at once and sought along the way up
    let all = rows!(tx, Row, "select node_id, id, width, height from node_logga")?;
    if all.is_empty() {
        return Ok(None);
    }
    let tree = organisation::tree(tx).await?;
    let mut at = tree.get(node);
    while let Some(here) = at {
        if let Some(row) = all.iter().find(|row| row.node_id == here.id.0) {
            let in_row = InRow::of("node_logga", row.node_id);
            return Ok(Some(Logga {
                id: LoggaId(row.id),
                node: here.id,
                name: here.name.clone(),
                width: in_row.must("width", u32::try_from(row.width).ok())?,
                height: in_row.must("height", u32::try_from(row.height).ok())?,
            }));
        }
        at = here.parent.and_then(|above| tree.get(above));
    }
    Ok(None)
}

/// The media type and the bytes of the logo that a unit shows. `NotFound` when it shows another, or none.
pub async fn bytes(tx: &mut Tx, unit: NodeId, id: LoggaId) -> Result<(String, Vec<u8>)> {
    let shown = of(tx, unit).await?.filter(|logga| logga.id == id).ok_or(Error::NotFound)?;
    let sql = "select media, bytes from node_logga where node_id = $1 and id = $2";
    row!(tx, (String, Vec<u8>), sql, shown.node.0, id.0)?.ok_or(Error::NotFound)
}

/// Gives a node a logo, instead of the one it had.
pub async fn save(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (node, id): (NodeId, LoggaId),
    (width, height): (u32, u32),
    (media, bytes): (&str, Vec<u8>),
) -> Result<()> {
    execute!(
        tx,
        "insert into node_logga (node_id, id, media, width, height, bytes) values ($1, $2, $3, $4, $5, $6)
         on conflict (node_id) do update set id = excluded.id, media = excluded.media, width = excluded.width,
                                             height = excluded.height, bytes = excluded.bytes",
        node.0,
        id.0,
        media,
        i64::from(width),
        i64::from(height),
        &bytes
    )?;
    let told = changes([("Logga", String::new(), format!("{width} × {height} bildpunkter"))]);
    organisation::write(tx, now, node, node.0, "Logga vald", told).await
}

/// Takes the logo of a node away: it shows that of the nearest above it again. `NotFound` when it has none of its own.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, node: NodeId) -> Result<()> {
    if execute!(tx, "delete from node_logga where node_id = $1", node.0)? == 0 {
        return Err(Error::NotFound);
    }
    organisation::write(tx, now, node, node.0, "Logga borttagen", vec![]).await
}
