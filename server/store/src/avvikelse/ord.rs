//! Ord: the index of codes and words that the register finds cases by.

use std::collections::BTreeSet;

use domain::{avvikelse::Arende, id::AvvikelseId};
use uuid::Uuid;

use super::ArendeRow;
use crate::{Error, Result, Tx, hold::Held};

/// Of the rule by which words are made of a case (`Arende::terms`): a case that was indexed by an earlier one is indexed anew.
/// Who raises it makes an index as that of migration 0017 and writes the number into [`renew`].
pub(super) const VERSION: i64 = 1;

/// Indexes some cases anew that an earlier rule has indexed, and says how many; none when all are done.
pub async fn renew(tx: &mut Tx) -> Result<usize> {
    let old = rows!(tx, (Uuid,), "select id from avvikelse where ord_version < 1 order by id limit 20")?;
    for (id,) in &old {
        // it may be changed meanwhile, or be gone
        match tx.hold(Held::Avvikelse(AvvikelseId(*id))).await {
            Err(Error::NotFound) => continue,
            held => held?,
        }
        if let Some(row) = row!(tx, ArendeRow, super::select_arende!("where a.id = $1"), id)? {
            index(tx, &super::of_row(row, String::new())?).await?;
        }
        execute!(tx, "update avvikelse set ord_version = $2 where id = $1", id, VERSION)?;
    }
    Ok(old.len())
}

/// Brings the index of words to what the case now holds.
pub(super) async fn index(tx: &mut Tx, a: &Arende) -> Result<()> {
    let doc = super::doc(a);
    let mut new: BTreeSet<String> = a.terms().into_iter().collect();
    if a.case.utredning.orsaker.is_empty() {
        new.insert(super::register::NO_CAUSE.to_owned());
    }
    let old = rows!(tx, (String,), "select ord from avvikelse_ord where node_id = $1 and doc = $2", a.node.0, doc)?;
    for (word,) in old {
        if !new.remove(&word) {
            execute!(
                tx,
                "delete from avvikelse_ord where node_id = $1 and ord = $2 and doc = $3",
                a.node.0,
                &word,
                doc
            )?;
        }
    }
    // sixteen to a statement; a last one that is short is filled up with what is there already
    let new: Vec<String> = new.into_iter().collect();
    for some in new.chunks(16) {
        let w: [&str; 16] = std::array::from_fn(|i| some[i.min(some.len() - 1)].as_str());
        execute!(
            tx,
            "insert into avvikelse_ord (node_id, doc, ord) values
             ($1, $2, $3), ($1, $2, $4), ($1, $2, $5), ($1, $2, $6), ($1, $2, $7), ($1, $2, $8), ($1, $2, $9),
             ($1, $2, $10), ($1, $2, $11), ($1, $2, $12), ($1, $2, $13), ($1, $2, $14), ($1, $2, $15), ($1, $2, $16),
             ($1, $2, $17), ($1, $2, $18)
             on conflict (node_id, ord, doc) do nothing",
            a.node.0,
            doc,
            w[0],
            w[1],
            w[2],
            w[3],
            w[4],
            w[5],
            w[6],
            w[7],
            w[8],
            w[9],
            w[10],
            w[11],
            w[12],
            w[13],
            w[14],
            w[15]
        )?;
    }
    Ok(())
}
