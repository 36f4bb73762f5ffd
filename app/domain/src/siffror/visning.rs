//! Visning: a series as it is shown to all who see as much of it, whoever they are and whatever day it is: so that it is worked out once
//! and kept until something of the series changes.

use std::collections::BTreeMap;

use super::{
    dimension::{Dimension, DimensionsvardeId},
    harledd::Tidsserie,
    serie::Content,
    siffra::{Plats, Siffra},
    tabell::{Sedda, delar, totaler_av},
    visad::{Dolda, dolda},
};
use crate::period::Period;

/// The values of one dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uppdelat {
    /// Each value of it that has figures, in order.
    pub delar: Vec<(DimensionsvardeId, Tidsserie)>,
}

/// What of the values of a series is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visat {
    /// The totals.
    pub totaler: Tidsserie,
    /// The parts, one for each dimension of the series.
    pub uppdelat: Vec<Uppdelat>,
    /// What is hidden.
    pub dolda: Dolda,
    /// The places of all that is stored and hidden: a file says that there is something.
    pub dolda_platser: Vec<(Period, Plats)>,
    /// The times of which it is known that there is no total, each with its word.
    pub utan: BTreeMap<Period, String>,
}

/// A series as it is shown.
#[derive(Clone, Debug, Default)]
pub struct Visning {
    /// Its dimensions, in its order.
    pub dimensioner: Vec<Dimension>,
    /// What is shown.
    pub visat: Visat,
    /// All that is stored, as far as it is shown, in order of time and place.
    pub alla: Vec<Siffra>,
}

/// The values that hold, in order of time and place, and what is hidden, of every revision of them.
#[must_use]
pub fn parted(content: &Content, dimensioner: &[Dimension], every: Vec<Siffra>) -> (Vec<Siffra>, Dolda) {
    let dolda = dolda(content, dimensioner, &every);
    let mut all: Vec<Siffra> = every.into_iter().filter(|s| s.gallande).collect();
    all.sort_by(|a, b| (a.period, &a.plats).cmp(&(b.period, &b.plats)));
    (all, dolda)
}

impl Visning {
    /// Of all values that a series has.
    #[must_use]
    pub fn of(content: &Content, dimensioner: Vec<Dimension>, all: Vec<Siffra>, dolda: Dolda) -> Self {
        let sedda = Sedda::of(&all, &dimensioner);
        Self::of_some(content, dimensioner, all, &sedda, dolda)
    }

    /// Of the values of some of its times; `sedda` is of all of them.
    #[must_use]
    pub fn of_some(
        content: &Content,
        dimensioner: Vec<Dimension>,
        all: Vec<Siffra>,
        sedda: &Sedda,
        dolda: Dolda,
    ) -> Self {
        let is_total = |s: &Siffra| s.plats.0.iter().all(Option::is_none);
        // of all that there is: a sum of what is shown would be another
        let mut totaler = totaler_av(content, &all, &dimensioner, sedda);
        totaler.retain(|period, _| !dolda.totaler.contains(period));
        let uppdelat = dimensioner
            .iter()
            .enumerate()
            .map(|(at, dim)| {
                let mut parts = delar(content, &all, dim, at);
                for (id, values) in &mut parts {
                    values.retain(|period, _| !dolda.summor.contains(&(at, *id, *period)));
                }
                Uppdelat { delar: parts }
            })
            .collect();
        let hidden = |s: &Siffra| dolda.platser.contains(&(s.period, s.plats.clone()));
        let (gone, alla): (Vec<Siffra>, Vec<Siffra>) = all.into_iter().partition(hidden);
        let dolda_platser = gone.into_iter().map(|s| (s.period, s.plats)).collect();
        let utan =
            alla.iter().filter(|s| is_total(s) && s.varde.is_none()).map(|s| (s.period, s.not.clone())).collect();
        Self { dimensioner, visat: Visat { totaler, uppdelat, dolda, dolda_platser, utan }, alla }
    }

    /// How many values it holds, with what is known of them: what it weighs in memory.
    #[must_use]
    pub fn size(&self) -> usize {
        let Visat { totaler, uppdelat, dolda, dolda_platser, utan } = &self.visat;
        let parts: usize = uppdelat.iter().flat_map(|of| &of.delar).map(|(_, values)| values.len()).sum();
        let named: usize = self.dimensioner.iter().flat_map(|dim| &dim.values).map(|v| 1 + v.kallas.len()).sum();
        let hidden = dolda.platser.len() + dolda.summor.len() + dolda.totaler.len() + dolda_platser.len();
        self.alla.len() + totaler.len() + parts + named + hidden + utan.len()
    }
}
