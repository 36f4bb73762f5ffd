//! Historik: the outcomes of one indikator over the years, and where they are not compared: it was measured otherwise, the unit was
//! another, or the nämnare is so much another that somebody has to say whether it is the same. No line is drawn over that.

use std::ops::Range;

use chrono::NaiveDate;

use super::{Content, bedomning::bedomning, ruta, status::Status, tid::Utfallsperiod, utfall::Utfall};
use crate::{
    format::{date, int},
    occurrence::Share,
    siffror::slag::Varde,
};

/// An outcome of an indikator with what it was in its year.
#[derive(Clone, Copy, Debug)]
pub struct Punkt<'a> {
    /// The indikator in that year.
    pub content: &'a Content,
    /// From January until when its figure is.
    pub period: Utfallsperiod,
    /// What it came to.
    pub utfall: &'a Utfall,
}

/// A row of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rad {
    /// From January until when its figure is.
    pub period: Utfallsperiod,
    /// How it stood.
    pub status: Status,
    /// Why somebody has set the status; empty where it follows from the figure.
    pub skal: String,
    /// The figure.
    pub varde: Option<Varde>,
    /// As it is read: `84,54 %`.
    pub visad: String,
}

impl Rad {
    /// Täljare and nämnare; none where they are not known.
    #[must_use]
    pub fn delar(&self) -> Option<Share> {
        self.varde.and_then(|v| v.share)
    }

    /// `VB 2020 ● 175 av 207 84,54 %`: as a line of text.
    #[must_use]
    pub fn said(&self) -> String {
        let mark = self.status.marke().map(|one| one.sign().to_string());
        let delar = self.varde.as_ref().and_then(ruta::delar);
        let parts = [Some(self.period.label()), mark, delar, Some(self.visad.clone())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// Why two outcomes after each other are not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Orsak {
    /// It is measured otherwise from a day on.
    Brott {
        /// The day.
        fran: NaiveDate,
        /// What is otherwise.
        varfor: String,
    },
    /// The unit is another from a day on: its predecessors are shown by name and apart.
    Organisation {
        /// The day.
        fran: NaiveDate,
        /// What became of it.
        varfor: String,
    },
    /// The nämnare changes by more than half: it is asked whether it is measured in the same way, and until then it is not.
    Namnare {
        /// Before.
        fore: i64,
        /// After.
        efter: i64,
    },
}

/// A boundary between two rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grans {
    /// The place of the row after it.
    pub fore_rad: usize,
    /// Why it is there.
    pub orsak: Orsak,
}

impl Grans {
    /// What stands at the boundary.
    #[must_use]
    pub fn said(&self) -> String {
        match &self.orsak {
            Orsak::Brott { fran, varfor } => format!("Mätt på annat sätt från {}: {varfor}", date(*fran)),
            Orsak::Organisation { fran, varfor } => format!("Annan organisation från {}: {varfor}", date(*fran)),
            Orsak::Namnare { fore, efter } => {
                format!("Mäts det på samma sätt? Nämnaren ändras från {} till {}.", int(*fore), int(*efter))
            }
        }
    }

    /// Whether somebody is asked.
    #[must_use]
    pub const fn is_fraga(&self) -> bool {
        matches!(self.orsak, Orsak::Namnare { .. })
    }
}

/// The outcomes of one indikator, the earliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Historik {
    /// One for each period that has an outcome.
    pub rader: Vec<Rad>,
    /// Where they are not compared.
    pub granser: Vec<Grans>,
}

impl Historik {
    /// The rows that one line may be drawn through, as ranges of their places.
    #[must_use]
    pub fn linjer(&self) -> Vec<Range<usize>> {
        let mut starts: Vec<usize> = std::iter::once(0).chain(self.granser.iter().map(|g| g.fore_rad)).collect();
        starts.dedup();
        let ends = starts.iter().skip(1).copied().chain(std::iter::once(self.rader.len()));
        starts.iter().copied().zip(ends).map(|(from, to)| from..to).filter(|range| !range.is_empty()).collect()
    }

    /// Whether two rows may be compared: no boundary lies between them.
    #[must_use]
    pub fn is_jamforbara(&self, a: usize, b: usize) -> bool {
        self.linjer().iter().any(|line| line.contains(&a) && line.contains(&b))
    }
}

/// The history of one indikator. `organisation` are the days from which the unit is another, with why. `samma` are the periods of which
/// somebody has answered that they are measured as the one before.
#[must_use]
pub fn historik(punkter: &[Punkt<'_>], organisation: &[(NaiveDate, String)], samma: &[Utfallsperiod]) -> Historik {
    let mut punkter: Vec<&Punkt<'_>> = punkter.iter().filter(|p| p.utfall.varden.total.is_some()).collect();
    punkter.sort_by_key(|p| p.period);
    let rader: Vec<Rad> = punkter.iter().map(|p| rad(p)).collect();
    let mut granser = Vec::new();
    for (at, pair) in punkter.windows(2).enumerate() {
        let (before, after) = (pair[0], pair[1]);
        let between = |day: NaiveDate| day > before.period.last_day() && day <= after.period.last_day();
        let is_told = |orsak: Orsak| Grans { fore_rad: at + 1, orsak };
        // a break is known to the year after it, and to the one before if it was foreseen
        let brott = after.content.brott.iter().chain(&before.content.brott).find(|b| between(b.fran));
        granser.extend(brott.map(|b| is_told(Orsak::Brott { fran: b.fran, varfor: b.varfor.clone() })));
        let changes = organisation.iter().filter(|(day, _)| between(*day));
        granser
            .extend(changes.map(|(fran, varfor)| is_told(Orsak::Organisation { fran: *fran, varfor: varfor.clone() })));
        let of = |place: usize| rader[place].delar().map(|share| share.denominator);
        if let (None, Some(fore), Some(efter)) = (brott, of(at), of(at + 1))
            && is_annan_namnare(fore, efter)
            && !samma.contains(&after.period)
        {
            granser.push(is_told(Orsak::Namnare { fore, efter }));
        }
    }
    Historik { rader, granser }
}

/// Whether a nämnare changes by more than half.
#[must_use]
pub fn is_annan_namnare(fore: i64, efter: i64) -> bool {
    (i128::from(efter) - i128::from(fore)).abs() * 2 > i128::from(fore).abs()
}

fn rad(punkt: &Punkt<'_>) -> Rad {
    let judged = bedomning(punkt.content, punkt.period, punkt.utfall);
    let varde = punkt.utfall.varden.total;
    let visad = ruta::visad(&punkt.utfall.bedoms_av(punkt.content), varde.as_ref());
    Rad { period: punkt.period, status: judged.status, skal: judged.skal, varde, visad }
}
