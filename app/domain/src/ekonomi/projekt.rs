//! Projekt: a row with money of its own, such as a statsbidrag. It is in the sums as any other row, and what is left of its money
//! is told by itself.

use super::{
    belopp::Art,
    enhet::Enhet,
    konto::{RadId, Radslag},
    summa::Konto,
    tid::Tid,
};
use crate::tal::Tal;

/// How a project stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projekt {
    /// Its row.
    pub rad: RadId,
    /// "Statsbidrag mot hemlöshet".
    pub namn: String,
    /// Its money for the year.
    pub medel: Option<Tal>,
    /// What it has used until a time, or brought in where the row is of income.
    pub utfall: Option<Tal>,
    /// What is left; below nought where more was used. None where either is blank.
    pub kvar: Option<Tal>,
    /// Income, cost or netto.
    pub slag: Radslag,
}

impl Projekt {
    /// `Statsbidrag mot hemlöshet: 200 tkr av 500 tkr är kvar.`
    #[must_use]
    pub fn said(&self, enhet: Enhet) -> String {
        let Self { namn, .. } = self;
        match (self.medel, self.kvar) {
            (Some(medel), Some(kvar)) if kvar < Tal::ZERO => {
                format!("{namn}: {} mer än projektets {}.", enhet.said(-kvar), enhet.said(medel))
            }
            (Some(medel), Some(kvar)) if self.slag == Radslag::Intakt => {
                format!("{namn}: {} av {} har inte kommit in.", enhet.said(kvar), enhet.said(medel))
            }
            (Some(medel), Some(kvar)) => format!("{namn}: {} av {} är kvar.", enhet.said(kvar), enhet.said(medel)),
            (Some(medel), None) => format!("{namn}: utfall saknas, projektet har {}.", enhet.said(medel)),
            (None, _) => format!("{namn}: projektets medel är inte ifyllda."),
        }
    }
}

/// The projects of an account until a time: a month is that month and those before it. In order.
#[must_use]
pub fn projekt(konto: &Konto<'_>, tid: Tid) -> Vec<Projekt> {
    let of = |id: RadId, namn: &str, slag| {
        let medel = konto.rad(id, Tid::Bokslut, Art::Budget);
        let utfall = match tid {
            Tid::Manad(month) => {
                let parts: Option<Vec<Tal>> = (1..=month).map(|m| konto.rad(id, Tid::Manad(m), Art::Utfall)).collect();
                parts.and_then(Tal::checked_sum)
            }
            _ => konto.rad(id, tid, Art::Utfall),
        };
        let kvar = medel.zip(utfall).and_then(|(medel, utfall)| Tal::checked_sum([medel, -utfall]));
        Projekt { rad: id, namn: namn.to_owned(), medel, utfall, kvar, slag }
    };
    konto.content.rader().filter(|(_, rad)| rad.projekt).map(|(_, rad)| of(rad.id, &rad.namn, rad.slag)).collect()
}
