//! What is known of a series and may be shown to who asks: read once, for page and workbook alike.

use std::{ops::Deref, sync::Arc};

use chrono::NaiveDate;
use domain::{
    period::Period,
    permission::{Action, Area},
    person::Actor,
    siffror::{
        fyllning,
        fynd::{Fynd, fynd},
        harledd::Tidsserie,
        serie::{Serie, SerieId},
        siffra::Siffra,
        visad::skyddas,
        visning::Visning,
    },
};
use store::{Tx, serie};

use super::harledd::{self, Ur};
use crate::error::AppError;

pub use domain::siffror::visad::DOLT;

/// A series as somebody sees it.
pub struct Data {
    /// The series.
    pub serie: Serie,
    /// What of it is shown.
    pub visning: Arc<Visning>,
    /// Whether the person sees small numbers too.
    pub ser_allt: bool,
    /// Whether the person may change what it is.
    pub may_edit: bool,
    /// Whether the person may write values.
    pub may_fill: bool,
    /// What it is reckoned from; empty of one that has values of its own.
    pub ur: Vec<Ur>,
}

impl Deref for Data {
    type Target = Visning;

    fn deref(&self) -> &Visning {
        &self.visning
    }
}

impl Data {
    /// The line that the page is about: the unit's own value of the first dimension, or the totals.
    #[must_use]
    pub fn huvud(&self) -> &Tidsserie {
        static NOTHING: Tidsserie = Tidsserie::new();
        let Some(egen) = self.serie.content.egen else { return &self.visat.totaler };
        let parts = self.visat.uppdelat.first().map(|of| of.delar.as_slice()).unwrap_or_default();
        // one's own that has no value is none: the sum of all others is another's
        parts.iter().find(|(id, _)| *id == egen).map_or(&NOTHING, |(_, values)| values)
    }

    /// Whether the value of that line is hidden at a time.
    #[must_use]
    pub fn is_dold(&self, period: Period) -> bool {
        match self.serie.content.egen {
            Some(egen) => self.visat.dolda.summor.contains(&(0, egen, period)),
            None => self.visat.dolda.totaler.contains(&period),
        }
    }

    /// Whether values of it are not shown.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        !self.visat.dolda_platser.is_empty()
    }

    /// What the values say.
    #[must_use]
    pub fn fynd(&self, today: NaiveDate) -> Fynd {
        let found = fynd(&self.serie.content, self.huvud(), today);
        if self.huvud().is_empty() && self.is_hidden() {
            return Fynd { rubrik: "Värdena visas inte: någon kan kännas igen".to_owned(), ..found };
        }
        found
    }

    /// The first time that is missed: what is hidden is there, and a cell that was emptied says nothing.
    #[must_use]
    pub fn saknas(&self, today: NaiveDate) -> Option<Period> {
        let hidden = self.visat.dolda_platser.iter().map(|(period, _)| *period);
        let says = |s: &&Siffra| s.varde.is_some() || !s.not.is_empty();
        let known = self.alla.iter().filter(says).map(|s| s.period).chain(hidden).collect();
        fyllning::saknas(&self.serie, &known, today)
    }
}

/// Whether somebody may change what a series is.
#[must_use]
pub fn may_edit(actor: &Actor, serie: &Serie) -> bool {
    actor.may(serie.node, Area::Serie, Action::Edit)
}

/// Whether somebody may write the values of a series: who may change it, and who is to fill it; nobody those of one that is reckoned.
#[must_use]
pub fn may_fill(actor: &Actor, serie: &Serie) -> bool {
    let node = serie.node;
    if serie.content.harledd.is_some() {
        return false;
    }
    may_edit(actor, serie)
        || actor.may(node, Area::Serie, Action::TickOwn) && actor.is_responsible(serie.content.responsible, node)
}

/// Whether something of a series may be hidden from somebody: nothing is from who may change it or is to fill it. Of such a series every
/// revision is read, for what was shown once is known.
#[must_use]
pub fn may_hide(actor: &Actor, found: &Serie) -> bool {
    skyddas(&found.content) && !ser_allt(actor, found)
}

/// The same, for somebody or, with `for_all`, for where everybody sees it.
#[must_use]
pub(super) fn is_guarded(actor: &Actor, found: &Serie, for_all: bool) -> bool {
    if for_all { skyddas(&found.content) } else { may_hide(actor, found) }
}

/// Whether somebody sees small numbers too.
#[must_use]
pub fn ser_allt(actor: &Actor, serie: &Serie) -> bool {
    actor.may(serie.node, Area::Serie, Action::Edit) || actor.is_responsible(serie.content.responsible, serie.node)
}

/// Reads a series for somebody.
pub async fn read(tx: &mut Tx, actor: &Actor, id: SerieId) -> Result<Data, AppError> {
    let found = serie::get(tx, id).await?;
    if found.content.harledd.is_some() {
        return harledd::read(tx, actor, found, false).await;
    }
    own(tx, actor, found, false).await
}

/// Reads a series for where everybody sees it, whoever shows it.
pub async fn read_for_all(tx: &mut Tx, actor: &Actor, found: Serie) -> Result<Data, AppError> {
    if found.content.harledd.is_some() {
        return harledd::read(tx, actor, found, true).await;
    }
    own(tx, actor, found, true).await
}

/// A series with the values that it has itself, for somebody or, with `for_all`, for where everybody sees it.
pub(super) async fn own(tx: &mut Tx, actor: &Actor, found: Serie, for_all: bool) -> Result<Data, AppError> {
    let visning = serie::visning::get(tx, &found, is_guarded(actor, &found, for_all)).await?;
    Ok(of(actor, found, visning))
}

/// A series for somebody, of what of it is shown to them.
#[must_use]
pub fn of(actor: &Actor, serie: Serie, visning: Arc<Visning>) -> Data {
    let may_edit = may_edit(actor, &serie);
    let (may_fill, ser_allt) = (may_fill(actor, &serie), ser_allt(actor, &serie));
    Data { serie, visning, ser_allt, may_edit, may_fill, ur: vec![] }
}
