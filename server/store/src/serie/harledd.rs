//! Härledd: series that are reckoned from others. What they are made of is the unit's, has values of its own and stays such that they can
//! be reckoned; none of them is given values.

use domain::{
    field::FieldError,
    id::NodeId,
    organisation::swedish_order,
    siffror::{
        harledd::{Harledd, INGA_VARDEN, Led, klar},
        serie::{Content, Serie, SerieId},
    },
};
use uuid::Uuid;

use super::get;
use crate::{Error, Result, Tx, hold::Held};

/// The series that are reckoned from one, by name.
pub async fn of_serie(tx: &mut Tx, part: &Serie) -> Result<Vec<Serie>> {
    let uses = |serie: &&Serie| serie.content.harledd.is_some_and(|h| h.parts().any(|led| led.serie == part.id));
    let mut found: Vec<Serie> = super::list(tx, part.node).await?.iter().filter(uses).cloned().collect();
    found.sort_by_cached_key(|serie| (swedish_order(&serie.content.namn), serie.id));
    Ok(found)
}

/// Refuses what would write values into a series that is reckoned: `Invalid`.
pub(super) fn no_values(content: &Content) -> Result<()> {
    if content.harledd.is_some() { Err(Error::at("", INGA_VARDEN)) } else { Ok(()) }
}

/// Holds a series, if it is there, and those that it is to be reckoned from: all in one order, so that no two wait for each other.
/// `NotFound` when the series itself is gone.
pub(super) async fn hold(tx: &mut Tx, own: Option<SerieId>, content: &Content) -> Result<()> {
    let parts = content.harledd.iter().flat_map(Harledd::parts).map(|led| led.serie);
    let mut ids: Vec<SerieId> = parts.chain(own).collect();
    ids.sort_unstable_by_key(|id| id.0);
    ids.dedup();
    for id in ids {
        match tx.hold(Held::Serie(id)).await {
            // a part that is not there is said at its field
            Err(Error::NotFound) if own != Some(id) => {}
            held => held?,
        }
    }
    Ok(())
}

/// A series as it is when what follows from its parts is known, and how it is reckoned in words. Who calls this holds its parts. `Invalid`
/// where a part is not the unit's, is reckoned itself, or does not go with the other.
pub(super) async fn made(tx: &mut Tx, node: NodeId, own: SerieId, content: &Content) -> Result<(Content, String)> {
    let Some(harledd) = content.harledd else { return Ok((content.clone(), String::new())) };
    let a = part(tx, (node, own), "del_a", harledd.a).await?;
    let b = match harledd.med {
        Some((_, led)) => Some(part(tx, (node, own), "del_b", led).await?),
        None => None,
    };
    let made = klar(content, &a, b.as_ref()).map_err(Error::Invalid)?;
    let said = words(tx, content).await?;
    Ok((made, said))
}

async fn part(tx: &mut Tx, (node, own): (NodeId, SerieId), field: &str, led: Led) -> Result<Content> {
    if led.serie == own {
        return Err(Error::at(field, "En serie räknas inte ut ur sig själv. Välj en annan."));
    }
    let found = match get(tx, led.serie).await {
        Ok(found) if found.node == node => found.content,
        Ok(_) | Err(Error::NotFound) => {
            return Err(Error::at(field, "Serien hör inte till enheten. Välj ur listan."));
        }
        Err(other) => return Err(other),
    };
    if !has_value(tx, &found, led).await? {
        return Err(Error::at(field, "Välj ett värde i seriens första uppdelning."));
    }
    Ok(found)
}

/// Whether the value that a part is of is one of the first dimension of its series; it does not go until this has ended.
async fn has_value(tx: &mut Tx, of: &Content, led: Led) -> Result<bool> {
    let Some(varde) = led.varde else { return Ok(true) };
    let Some(first) = of.dimensioner.first() else { return Ok(false) };
    tx.share_dimensions(&[*first]).await?;
    let sql = "select id from dimensionsvarde where id = $1 and dimension_id = $2";
    Ok(row!(tx, (Uuid,), sql, varde.0, first.0)?.is_some())
}

/// How a series is reckoned, in words; nothing of one that has values of its own.
pub(super) async fn words(tx: &mut Tx, content: &Content) -> Result<String> {
    let Some(harledd) = content.harledd else { return Ok(String::new()) };
    let mut names = Vec::new();
    for led in harledd.parts() {
        let namn = match get(tx, led.serie).await {
            Ok(found) => found.content.namn,
            Err(Error::NotFound) => "–".to_owned(),
            Err(other) => return Err(other),
        };
        let sql = "select namn from dimensionsvarde where id = $1";
        let of = match led.varde {
            Some(id) => row!(tx, (String,), sql, id.0)?.map(|(of,)| of),
            None => None,
        };
        names.push(of.map_or_else(|| namn.clone(), |of| format!("{namn}: {of}")));
    }
    Ok(harledd.said(&names))
}

/// Asks whether what is reckoned from a series that is held can still be so when it has changed: `Invalid` at what would break it.
pub(super) async fn keeps(tx: &mut Tx, before: &Serie, content: &Content) -> Result<()> {
    let was = &before.content;
    let changed = [
        ("del_a", was.harledd != content.harledd),
        ("slag", was.slag != content.slag),
        ("grain", was.grain != content.grain),
        ("dim1", was.dimensioner != content.dimensioner),
        ("enhet", was.enhet != content.enhet),
    ];
    let Some((field, _)) = changed.into_iter().find(|(_, changed)| *changed) else { return Ok(()) };
    for other in of_serie(tx, before).await? {
        if let Some(why) = broken(tx, &other, before.id, content).await? {
            let said = format!("”{}” räknas ut ur den här serien. {why}", other.content.namn);
            return Err(Error::at(field, format!("{said} Ändra den först.")));
        }
    }
    Ok(())
}

/// Why a series cannot be reckoned when one of its parts is otherwise; none where it is reckoned as it was.
async fn broken(tx: &mut Tx, serie: &Serie, part: SerieId, content: &Content) -> Result<Option<String>> {
    let mut parts = Vec::new();
    for led in serie.content.harledd.iter().flat_map(Harledd::parts) {
        let of = if led.serie == part { content.clone() } else { get(tx, led.serie).await?.content };
        if led.serie == part && !has_value(tx, &of, led).await? {
            return Ok(Some("Den använder ett värde i uppdelningen.".to_owned()));
        }
        parts.push(of);
    }
    let Some(a) = parts.first() else { return Ok(None) };
    let is = |c: &Content| (c.slag, c.grain, c.enhet.clone());
    Ok(match klar(&serie.content, a, parts.get(1)) {
        Ok(made) if is(&made) == is(&serie.content) => None,
        Ok(_) => Some("Den skulle bli ett annat slags siffra.".to_owned()),
        Err(faults) => Some(faults.into_iter().map(|FieldError { message, .. }| message).collect::<Vec<_>>().join(" ")),
    })
}
