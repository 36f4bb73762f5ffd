//! What the slides of a meeting show, as parts of its minutes: the finding as a heading, and under it its charts, tables and
//! lists. What only the one who presents sees never comes here.

use chrono::{Datelike, NaiveDate};
use domain::{
    apt::{
        Bild, Mote, Punkt, Slag,
        deck::Del,
        visat::{self, Visat},
    },
    dokument::Block,
    person::Actor,
};
use store::{Tx, apt, occurrence};

use super::{
    data::{self, Last},
    markdown,
};
use crate::error::AppError;

/// What is said where the words of a case or of who answered were shown: these are gallrade with what they were written in.
const OF_OTHERS: &str = "Texter ur avvikelser och enkäter visades på mötet. De sparas inte i protokollet.";

/// What the slides of a meeting show now, and the controls that were ticked off on its day.
async fn now(tx: &mut Tx, actor: &Actor, mote: &Mote, points: &[Punkt], today: NaiveDate) -> Result<Visat, AppError> {
    let found = data::found(tx, actor, mote, points, today).await?;
    let mut items = occurrence::year(tx, actor, mote.node, mote.on.year()).await?;
    // what those who lead have decided is for them
    items.retain(|item| mote.kind.is_closed() || item.closed_mote.is_none());
    let of = |punkt: &Punkt| {
        let shown =
            found.iter().filter_map(|(of, bild, last)| Some((bild.as_ref()?, last)).filter(|_| *of == punkt.id));
        (punkt.id, shown.flat_map(|(bild, last)| blocks(punkt, bild, last)).collect())
    };
    let punkter = points.iter().map(of).filter(|(_, blocks): &(_, Vec<_>)| !blocks.is_empty()).collect();
    Ok(Visat { punkter, avbockat: visat::avbockat(&items, mote.on) })
}

/// Keeps what the slides show now, for the minutes of a meeting that ends.
pub async fn keep(tx: &mut Tx, actor: &Actor, mote: &Mote, today: NaiveDate) -> Result<(), AppError> {
    let points = apt::punkt::list(tx, mote.id).await?;
    let seen = now(tx, actor, mote, &points, today).await?;
    Ok(apt::visat::save(tx, mote.id, &seen).await?)
}

/// What is in the minutes: what was kept when the meeting ended, or else, before that, what is shown now.
pub async fn of(
    tx: &mut Tx,
    actor: &Actor,
    mote: &Mote,
    points: &[Punkt],
    today: NaiveDate,
) -> Result<Visat, AppError> {
    if mote.state == domain::apt::State::Planerat {
        return now(tx, actor, mote, points, today).await;
    }
    Ok(apt::visat::get(tx, mote.id).await?.unwrap_or_default())
}

/// What is shown under a point: all of it, also what had no room on a slide.
fn blocks(punkt: &Punkt, bild: &Bild, found: &Last) -> Vec<Block> {
    let what = match bild.slag {
        Slag::Kontroller => "Kontroll",
        Slag::Foregaende => "Åtgärd som återstår",
        _ => "Åtgärd",
    };
    let mut out = vec![];
    for (blad, hjul, staplar) in found.slides() {
        if blad.rubrik != punkt.title {
            out.push(Block::heading(2, blad.rubrik.clone()));
        }
        if blad.of_others {
            out.push(Block::text(OF_OTHERS));
            continue;
        }
        for del in &blad.delar {
            if let Del::Text(text) = del {
                out.extend(markdown::to_blocks(text, 3));
            }
        }
        out.extend(visat::figurer(blad, hjul, staplar));
        out.extend(visat::delar(&blad.delar, what));
        if let Some(Del::Siffror(n)) = blad.sida.first() {
            out.push(Block::facts(n.iter().map(visat::figure)));
        }
        if !blad.fraga.is_empty() {
            out.push(Block::labelled("Fråga", &blad.fraga));
        }
    }
    out
}
