//! Bildspel: the slides of a meeting, to be taken along as a file.

use chrono::NaiveDate;
use domain::{dokument::namn::file_name, id::AptId, person::Actor};
use store::{
    Tx,
    apt::{self, punkt},
};

use super::data::{self, Visad};
use crate::error::AppError;

/// The slides of a meeting as everybody who sees it sees them.
#[derive(Debug)]
pub struct Bildspel {
    /// What its file is called, without ending.
    pub file_name: String,
    /// "Bildspel APT 11 november, Enheten".
    pub title: String,
    /// What stands under each slide: the meeting with its day, and the unit.
    pub foot: String,
    /// In order.
    pub slides: Vec<Visad>,
}

/// The slides as they are now.
pub async fn bildspel(tx: &mut Tx, actor: &Actor, id: AptId, today: NaiveDate) -> Result<Bildspel, AppError> {
    let mote = apt::get(tx, id).await?;
    let points = punkt::list(tx, id).await?;
    let slides = data::mote(tx, actor, &mote, &points, today).await?;
    let kind = format!("Bildspel {}", mote.kind.label());
    Ok(Bildspel {
        file_name: file_name(&kind, &mote.node_name, Some(mote.on)),
        title: format!("Bildspel {}, {}", mote.title(), mote.node_name),
        foot: format!("{} · {}", mote.title(), mote.node_name),
        slides,
    })
}
