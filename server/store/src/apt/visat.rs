//! What a meeting saw: kept when it ends, for its minutes.

use domain::{apt::visat::Visat, id::AptId};

use crate::{
    Result, Tx,
    in_row::{InRow, Versioned, versioned},
};

impl Versioned for Visat {}

/// Keeps what was seen, instead of what was kept before: a meeting that is taken up again ends once more.
pub async fn save(tx: &mut Tx, mote: AptId, seen: &Visat) -> Result<()> {
    execute!(
        tx,
        "insert into apt_visat (mote_id, innehall) values ($1, $2)
         on conflict (mote_id) do update set innehall = excluded.innehall",
        mote.0,
        versioned(seen)?
    )?;
    Ok(())
}

/// What was seen. None of a meeting that has not ended, or that ended before this was kept.
pub async fn get(tx: &mut Tx, mote: AptId) -> Result<Option<Visat>> {
    let found = row!(tx, (String,), "select innehall from apt_visat where mote_id = $1", mote.0)?;
    found.map(|(text,)| InRow::of("apt_visat", mote.0).versioned("innehall", &text)).transpose()
}
