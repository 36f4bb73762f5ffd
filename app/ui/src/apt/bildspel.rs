//! Bildspel: the slides of a meeting, to be taken along as a file.

use chrono::NaiveDate;
use domain::{
    apt::deck::Del,
    dokument::namn::file_name,
    id::{AptId, BildfilId, NodeId},
    logga::Logga,
    person::Actor,
};
use store::{
    Tx,
    apt::{self, punkt},
};

use super::{
    data::{self, Visad},
    fot::Fot,
};
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
    /// The logo beside it.
    pub logga: Option<Logga>,
    /// The unit that shows it.
    pub node: NodeId,
    /// In order.
    pub slides: Vec<Visad>,
}

impl Bildspel {
    /// The pictures of its slides.
    pub fn pictures(&self) -> impl Iterator<Item = BildfilId> {
        self.slides.iter().flat_map(|visad| &visad.blad.delar).filter_map(|del| match del {
            Del::Bild(fil) => Some(fil.id),
            _ => None,
        })
    }
}

/// The slides as they are now.
pub async fn bildspel(tx: &mut Tx, actor: &Actor, id: AptId, today: NaiveDate) -> Result<Bildspel, AppError> {
    let mote = apt::get(tx, id).await?;
    let points = punkt::list(tx, id).await?;
    let slides = data::mote(tx, actor, &mote, &points, today).await?;
    let fot = Fot::of_mote(tx, &mote).await?;
    let kind = format!("Bildspel {}", mote.kind.label());
    Ok(Bildspel {
        file_name: file_name(&kind, &mote.node_name, Some(mote.on)),
        title: format!("Bildspel {}, {}", mote.title(), mote.node_name),
        foot: fot.text,
        logga: fot.logga.map(|(logga, _)| logga),
        node: mote.node,
        slides,
    })
}
