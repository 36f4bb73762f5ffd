//! Ritat: what is drawn of a series is the same for all who see as much of it on the same day. It is kept as HTML until something of the
//! series changes.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::{
    person::Actor,
    siffror::serie::{Serie, SerieId},
};
use leptos::{prelude::*, tachys::html::InertElement};
use store::{
    Tx,
    serie::visning::{self, Ritat, RitatKey},
};

use super::data::may_hide;
use crate::error::AppError;

/// The series whose values one is made of.
pub fn made_of(serie: &Serie) -> Vec<SerieId> {
    match serie.content.harledd {
        Some(harledd) => harledd.parts().map(|led| led.serie).collect(),
        None => vec![serie.id],
    }
}

/// What something drawn of a series is kept by: of each series that it is made of, whether small numbers are hidden from who looks; and
/// `also`, all that it depends on but the series, their dimensions and their values.
/// `unit` is all series of its unit.
pub fn key(actor: &Actor, serie: &Serie, unit: &[Serie], today: NaiveDate, also: String) -> RitatKey {
    let hides = |id| {
        let of = if id == serie.id { Some(serie) } else { unit.iter().find(|other| other.id == id) };
        of.is_none_or(|of| may_hide(actor, of))
    };
    (serie.id, made_of(serie).into_iter().map(hides).collect(), today, also)
}

/// Keeps what was drawn.
pub async fn keep(tx: &mut Tx, key: RitatKey, serie: &Serie, ritat: Ritat) -> Result<Arc<Ritat>, AppError> {
    let ritat = Arc::new(ritat);
    visning::keep_ritat(tx, key, serie.node, &made_of(serie), &ritat).await?;
    Ok(ritat)
}

/// A view as it is kept. Nothing in it may wait for something, or ask who looks.
pub fn html(view: AnyView) -> String {
    let mut html = view.to_html();
    html.shrink_to_fit();
    html
}

/// What was kept, in a page.
pub fn put(html: impl Into<String>) -> AnyView {
    InertElement::new(html.into()).into_any()
}
