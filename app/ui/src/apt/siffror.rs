//! Siffror: the slides of the series that are shown at APT or on a wall, one for each: its finding, its chart, and what has to be
//! known of it. What is hidden from those who do not fill it is hidden from everybody here.

use chrono::NaiveDate;
use domain::{
    apt::deck::{self, Blad},
    id::NodeId,
    person::Actor,
    siffror::serie::Serie,
};
use store::{Tx, serie};

use crate::{
    error::AppError,
    serie::{
        chart::{Tid, Vy, diagram},
        flera::{self, Tider},
    },
};

/// The slides of a unit: on a wall those that may hang there.
pub async fn slides(
    tx: &mut Tx,
    actor: &Actor,
    (node, unit): (NodeId, &str),
    wall: bool,
    today: NaiveDate,
) -> Result<Vec<Blad>, AppError> {
    let mut out = Vec::new();
    let alla = serie::list(tx, node).await?;
    let visas = |s: &&Serie| if wall { s.content.visas.tavla } else { s.content.visas.apt };
    let chosen = alla.iter().filter(|s| s.closed_on.is_none()).filter(visas).map(|s| s.id).collect();
    for data in flera::read(tx, actor, &alla, &chosen, true, Tider::Alla).await? {
        let fynd = data.fynd(today);
        let chart = diagram(&data, Vy::Antal, Tid::Senaste, unit, today);
        let content = &data.serie.content;
        let goals = fynd.mal.iter().map(|mal| mal.with_goal(content));
        let quality = (!content.kvalitet.is_empty()).then(|| content.kvalitet.clone());
        let noter = fynd.noter.iter().cloned().chain(goals).collect::<Vec<_>>().join(" ");
        let noter = [noter, quality.unwrap_or_default()].into_iter().filter(|note| !note.is_empty()).collect();
        out.push(Blad {
            kicker: content.namn.clone(),
            rubrik: fynd.rubrik,
            delar: deck::siffror(chart, noter, data.is_hidden()),
            ..Blad::default()
        });
    }
    let count = out.len();
    if wall && count > 1 {
        for (n, blad) in (1..).zip(&mut out) {
            // first: a long name is cut at its end
            blad.kicker = format!("{n} av {count} · {}", blad.kicker);
        }
    }
    if out.is_empty() {
        let rubrik = "Ingen serie är vald för att visas här".to_owned();
        out.push(Blad { kicker: "Siffror".to_owned(), rubrik, delar: deck::no_series(wall), ..Blad::default() });
    }
    Ok(out)
}
