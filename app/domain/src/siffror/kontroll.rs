//! Kontroll: a figure that is noted when a control is ticked off, on its way into a series: of which time it is, whether the series takes
//! it, and what is asked first where something else stands there (docs/doman.md 10).

use chrono::{Datelike, NaiveDate};

use super::{
    fynd::med_enhet,
    inlasning::tid::{self, Tid},
    serie::{Content, Serie},
    siffra::{Ny, Plats, Siffra, Ursprung, Verkan, fel, verkan, words},
    slag::{Mark, Slag, Varde},
};
use crate::{
    id::NodeId,
    occurrence::Figure,
    per_cent,
    period::{Grain, Period},
    tal::Tal,
    text::compared,
};

/// What is said of a series that is not the unit's: whether there is one elsewhere is not told.
pub const INTE_ENHETENS: &str = "Enheten har ingen sådan serie. Välj en av enhetens serier.";

/// Why a figure cannot go into its series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fel {
    /// Which part of the figure it is about, as in the names of its fields: `serie`, `period`, `value`, `unit`.
    pub falt: &'static str,
    /// What to do, as a sentence.
    pub text: String,
}

impl Fel {
    fn at(falt: &'static str, text: impl Into<String>) -> Self {
        Self { falt, text: text.into() }
    }
}

/// Reads the time of a figure as people write it, of any grain: `dec 2021`, `2021-12`, `december`, `kv 4 2021`, `2021`; and whether it
/// says that the figure is preliminary. Without a year it is the last such time that had begun on the day. None for all else.
#[must_use]
pub fn las_tid(text: &str, day: NaiveDate) -> Option<(Period, bool)> {
    if let Ok(period) = text.trim().parse() {
        return Some((period, false));
    }
    Grain::ALL.into_iter().find_map(|grain| {
        let Tid { year, n, preliminar } = tid::namnd(text, grain)?;
        let period = match year {
            Some(year) => tid::period(year, n, grain),
            // the first days of a year may be of the last week of the one before, and the last of the first
            None => [1, 0, -1, -2]
                .into_iter()
                .filter_map(|years| tid::period(day.year() + years, n, grain))
                .find(|period| period.first_day() <= day),
        };
        Some((period?, preliminar))
    })
}

/// Why a series takes no figure of a control of a unit, whatever the figure; none where it does.
#[must_use]
pub fn vagran(serie: &Serie, node: NodeId) -> Option<String> {
    let content = &serie.content;
    let namn = &content.namn;
    if serie.node != node {
        return Some(INTE_ENHETENS.to_owned());
    }
    if serie.closed_on.is_some() {
        return Some(format!("Serien ”{namn}” är avslutad. Välj en annan, eller ingen."));
    }
    if content.harledd.is_some() {
        return Some(format!("Serien ”{namn}” räknas ut ur andra serier. Välj en annan, eller ingen."));
    }
    if content.skyddas && !content.dimensioner.is_empty() {
        // the page of a control is read by more than who fills the series
        return Some(format!("Serien ”{namn}” döljer små tal. Fyll på den på dess egen sida."));
    }
    if plats(content).is_none() {
        return Some(format!("Serien ”{namn}” är uppdelad. Fyll på den på dess egen sida."));
    }
    None
}

/// Where the figure of a control stands in a series: its only place, or the unit's own among the values of its only dimension.
fn plats(content: &Content) -> Option<Plats> {
    match (content.dimensioner.len(), content.egen) {
        (0, _) => Some(Plats::default()),
        (1, Some(egen)) => Some(Plats(vec![Some(egen)])),
        _ => None,
    }
}

/// Whether a figure in this unit is counted as the series counts. No unit fits every series but a share: of 0,9 it decides what it is.
#[must_use]
pub fn passar(content: &Content, unit: &str) -> bool {
    let bare = |unit: &str| compared(unit.trim().trim_end_matches('.'));
    if content.slag == Slag::Andel {
        return per_cent::is_unit(unit);
    }
    bare(unit).is_empty() || bare(unit) == bare(&content.enhet)
}

/// What a figure of a control of a unit would be in a series, or why it cannot go there.
pub fn ny(serie: &Serie, node: NodeId, figure: &Figure) -> Result<Ny, Fel> {
    let content = &serie.content;
    if let Some(why) = vagran(serie, node) {
        return Err(Fel::at("serie", why));
    }
    let plats = plats(content).ok_or_else(|| Fel::at("serie", "Välj en annan serie, eller ingen."))?;
    if !passar(content, &figure.unit) {
        let text = format!(
            "Serien ”{}” räknas i {}. Skriv siffran så, eller välj en annan serie.",
            content.namn, content.enhet
        );
        return Err(Fel::at("unit", text));
    }
    let Some(period) = figure.period else {
        return Err(Fel::at("period", "Skriv vilken tid siffran gäller, så att den kan föras in i serien."));
    };
    if period.grain() != content.grain {
        let such = content.senast(period.last_day()).label();
        let text = format!(
            "Serien ”{}” har ett värde för varje {}. Skriv till exempel {such}.",
            content.namn,
            content.grain.label()
        );
        return Err(Fel::at("period", text));
    }
    let varde = Varde { tal: figure.value, share: None, mark: figure.mark };
    match fel(content, &varde) {
        Some(fault) => Err(Fel::at("value", fault)),
        None => Ok(Ny { period, plats, varde: Some(varde), not: String::new() }),
    }
}

/// What is asked before a figure takes the place of what stands in the series, which the form of a tick does not show: a value that
/// somebody has typed or read as final, and any final one that would change by much. None where it goes without asking: nothing stands
/// there, or the same, or what was preliminary, or what a control said before.
#[must_use]
pub fn fraga(content: &Content, star: Option<&Siffra>, ny: &Ny) -> Option<String> {
    let before = star?;
    let old = before.varde?;
    let large = match verkan(star, ny) {
        Verkan::Ny | Verkan::Oforandrad => return None,
        Verkan::Andrad if old.mark == Mark::Preliminar || before.ursprung == Ursprung::Kontroll => return None,
        Verkan::Andrad => false,
        Verkan::Fragas => true,
    };
    // nothing is so many per cent of nought
    let much = if large && old.tal != Tal::ZERO { ", en ändring med mer än 20\u{a0}%" } else { "" };
    let (period, namn) = (ny.period.label(), &content.namn);
    let (from, to) = (words(content, before.varde), words(content, ny.varde));
    Some(format!("I serien ”{namn}” står redan {from} för {period}. Ska det bli {to}{much}?"))
}

/// A value as it is said where its series is not seen: `ca 3,2 mnkr`, `316 hushåll (prel.)`.
fn i_ord(content: &Content, varde: Option<Varde>) -> String {
    let Some(varde) = varde else { return words(content, None) };
    let prel = if varde.mark == Mark::Preliminar { " (prel.)" } else { "" };
    format!("{}{prel}", med_enhet(content, &varde))
}

/// What came of a figure in a series: `317 hushåll är infört i serien ”Hushåll”, januari 2022`.
#[must_use]
pub fn sagt(content: &Content, star: Option<&Siffra>, ny: &Ny) -> String {
    let (namn, period, to) = (&content.namn, ny.period.label(), i_ord(content, ny.varde));
    match (verkan(star, ny), star.and_then(|star| star.varde)) {
        (Verkan::Oforandrad, _) => format!("Serien ”{namn}” hade redan {to} för {period}"),
        (Verkan::Andrad | Verkan::Fragas, Some(old)) => {
            format!("Serien ”{namn}”, {period}, är ändrad från {} till {to}", i_ord(content, Some(old)))
        }
        _ => format!("{to} är infört i serien ”{namn}”, {period}"),
    }
}

#[cfg(test)]
mod tests;
