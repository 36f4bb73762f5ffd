//! What the slides of a meeting show, as parts of its minutes: the finding as a heading, and under it its figures in tables
//! and lists. What only the one who presents sees never comes here.

use chrono::{Datelike, NaiveDate};
use domain::{
    apt::{
        Mote, Punkt,
        visat::{self, Visat},
    },
    dokument::Block,
    person::Actor,
};
use store::{Tx, apt, occurrence};

use super::{
    data::{self, Visad},
    markdown,
};
use crate::error::AppError;

/// What the slides of a meeting show now, and the controls that were ticked off on its day.
async fn now(tx: &mut Tx, actor: &Actor, mote: &Mote, points: &[Punkt], today: NaiveDate) -> Result<Visat, AppError> {
    let slides = data::mote(tx, actor, mote, points, today).await?;
    let mut items = occurrence::year(tx, actor, mote.node, mote.on.year()).await?;
    // what those who lead have decided is for them
    items.retain(|item| mote.kind.is_closed() || item.closed_mote.is_none());
    let of = |punkt: &Punkt| {
        let shown = slides.iter().filter(|slide| slide.punkt == punkt.id);
        (punkt.id, shown.flat_map(|slide| blocks(punkt, slide)).collect())
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

/// A slide: its finding, where that is not the point itself, and what it shows.
fn blocks(punkt: &Punkt, slide: &Visad) -> Vec<Block> {
    let shown = visat::blad(&slide.blad, |text| markdown::to_blocks(text, 3));
    let heading =
        (slide.blad.rubrik != punkt.title && !shown.is_empty()).then(|| Block::heading(2, slide.blad.rubrik.clone()));
    heading.into_iter().chain(shown).collect()
}
