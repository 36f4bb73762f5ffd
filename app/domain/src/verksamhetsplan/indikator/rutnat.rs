//! Rutnät: the outcomes of a period in one table, a row for each indikator: its goals, last year's, the cells that are filled in, and what
//! they say. And the table of a year, with the three periods that are reported beside last year's.

use std::collections::BTreeMap;

use super::{
    Content, Indikator, IndikatorId,
    bedomning::{Bedomning, Flagga, bedomning, minskat},
    ruta::{self, Kolumn},
    status::Status,
    tid::Utfallsperiod,
    utfall::{Fjol, Utfall, fjol},
};
use crate::{apt::finding::in_words, siffror::slag::Varde};

/// What a row is made of.
#[derive(Clone, Copy, Debug)]
pub struct Underlag<'a> {
    /// What is measured, and its goals.
    pub indikator: &'a Indikator,
    /// Its place in the chain of goals: that of each goal above it from the top, and its own among its siblings.
    pub plats: &'a [u32],
    /// Its outcomes of this year.
    pub utfall: &'a BTreeMap<Utfallsperiod, Utfall>,
    /// Those of the year before, of the indikator that it was copied from; empty where there was none.
    pub fjol: &'a BTreeMap<Utfallsperiod, Utfall>,
}

impl Underlag<'_> {
    /// What it came to in a period; nothing where nobody has said.
    #[must_use]
    pub fn utfall(&self, period: Utfallsperiod) -> Utfall {
        self.utfall.get(&period).cloned().unwrap_or_default()
    }

    /// Last year's outcome of the same period.
    #[must_use]
    pub fn fjol(&self, period: Utfallsperiod) -> Option<Fjol> {
        fjol(&self.utfall(period), self.fjol.get(&period.year_before()))
    }
}

/// A cell that is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruta {
    /// Its column.
    pub kolumn: Kolumn,
    /// As it is written in the cell: `29/35`.
    pub skriven: String,
    /// As it is read: `82,86 %`; empty where nothing stands there.
    pub visad: String,
    /// What a share is of: `29 av 35`; empty where that is not known.
    pub delar: String,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rad {
    /// The indikator.
    pub id: IndikatorId,
    /// What it is called.
    pub namn: String,
    /// The year's goal as it is read.
    pub arsmal: String,
    /// The council's.
    pub kf: String,
    /// Last year's outcome of the period as it is read; empty where there is none.
    pub fjol: String,
    /// Its cells, in the order of [`Kolumn::ALL`].
    pub rutor: Vec<Ruta>,
    /// Whether it has an outcome in the period by its rhythm: another may have one all the same.
    pub asked: bool,
    /// Whether an outcome stands there, or that there is none.
    pub ifylld: bool,
    /// How it stands.
    pub bedomning: Bedomning,
    /// Why, and what is to be looked at.
    pub varfor: String,
}

impl Rad {
    /// Whether somebody should look at it.
    #[must_use]
    pub fn is_att_titta_pa(&self) -> bool {
        self.bedomning.flaggor.iter().any(Flagga::is_att_titta_pa)
    }
}

/// The table of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rutnat {
    /// From January until when its figures are.
    pub period: Utfallsperiod,
    /// Its rows in order.
    pub rader: Vec<Rad>,
}

impl Rutnat {
    /// `Tertial 1: sju av nio ifyllda, ett värde att titta på`: the heading, without a full stop.
    #[must_use]
    pub fn rubrik(&self) -> String {
        let period = self.period.within_year();
        let asked = self.rader.iter().filter(|rad| rad.asked).count();
        let filled = self.rader.iter().filter(|rad| rad.asked && rad.ifylld).count();
        let said = match (filled, asked) {
            (_, 0) => return format!("{period}: inga indikatorer att fylla i"),
            (n, all) if n == all && all > 1 => "alla ifyllda".to_owned(),
            (0, all) => format!("ingen av {} ifylld", in_words(all, false)),
            (1, all) => format!("en av {} ifylld", in_words(all, false)),
            (n, all) => format!("{} av {} ifyllda", in_words(n, false), in_words(all, false)),
        };
        match self.rader.iter().filter(|rad| rad.is_att_titta_pa()).count() {
            0 => format!("{period}: {said}"),
            1 => format!("{period}: {said}, ett värde att titta på"),
            n => format!("{period}: {said}, {} värden att titta på", in_words(n, true)),
        }
    }
}

/// The order of the rows of a period: those that it asks for as they stand in the chain of goals, then the others alike.
pub fn ordna(rader: &mut [Underlag<'_>], period: Utfallsperiod) {
    rader.sort_by_key(|rad| (!rad.indikator.content.periodicitet.has(period), rad.plats.to_vec(), rad.indikator.id));
}

/// The table of a period, in its order.
#[must_use]
pub fn rutnat(rader: &[Underlag<'_>], period: Utfallsperiod) -> Rutnat {
    let mut rader = rader.to_vec();
    ordna(&mut rader, period);
    Rutnat { period, rader: rader.iter().map(|rad| row(rad, period)).collect() }
}

fn row(of: &Underlag<'_>, period: Utfallsperiod) -> Rad {
    let utfall = of.utfall(period);
    let judged_by = utfall.bedoms_av(&of.indikator.content);
    let content = &*judged_by;
    let mut judged = bedomning(&of.indikator.content, period, &utfall);
    judged.flaggor.extend(minskat(content, period, of.utfall));
    let varfor = judged.said(content);
    let cells = Kolumn::ALL.into_iter().map(|kolumn| cell(content, &utfall, kolumn)).collect();
    Rad {
        id: of.indikator.id,
        namn: content.namn.clone(),
        arsmal: content.arsmal.shown(content),
        kf: content.kf.shown(content),
        fjol: shown(content, of.fjol(period).map(|f| f.varde)),
        rutor: cells,
        asked: content.periodicitet.has(period),
        ifylld: utfall.varden.total.is_some() || !utfall.not.is_empty(),
        bedomning: judged,
        varfor,
    }
}

fn cell(content: &Content, utfall: &Utfall, kolumn: Kolumn) -> Ruta {
    let varde = kolumn.varde(utfall);
    let not = if kolumn == Kolumn::Totalt { utfall.not.as_str() } else { "" };
    let delar = varde.as_ref().and_then(ruta::delar).unwrap_or_default();
    Ruta { kolumn, skriven: ruta::skriven(content, varde.as_ref(), not), visad: shown(content, varde), delar }
}

fn shown(content: &Content, varde: Option<Varde>) -> String {
    varde.map_or_else(String::new, |varde| ruta::visad(content, Some(&varde)))
}

/// A period in the table of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arsruta {
    /// From January until when its figures are.
    pub period: Utfallsperiod,
    /// The outcome in all as it is read; empty where there is none.
    pub visad: String,
    /// Last year's.
    pub fjol: String,
    /// How it stood; none where the rhythm asks for no outcome and there is none.
    pub status: Option<Status>,
}

/// A row of the table of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arsrad {
    /// The indikator.
    pub id: IndikatorId,
    /// What it is called.
    pub namn: String,
    /// The year's goal as it is read.
    pub arsmal: String,
    /// Tertial 1, tertial 2 and VB.
    pub rutor: Vec<Arsruta>,
}

/// The table of a year: tertial 1, tertial 2 and VB of each indikator with last year's, as they stand in the chain of goals.
#[must_use]
pub fn arstabell(rader: &[Underlag<'_>], year: i32) -> Vec<Arsrad> {
    let mut rader = rader.to_vec();
    // at its end the year asks for all
    ordna(&mut rader, Utfallsperiod::vb(year));
    rader.iter().map(|rad| year_row(rad, year)).collect()
}

fn year_row(of: &Underlag<'_>, year: i32) -> Arsrad {
    let content = &of.indikator.content;
    let cell = |period: Utfallsperiod| {
        let utfall = of.utfall(period);
        let is_there = content.periodicitet.has(period) || !utfall.is_empty();
        Arsruta {
            period,
            visad: shown(&utfall.bedoms_av(content), utfall.varden.total),
            fjol: shown(content, of.fjol(period).map(|f| f.varde)),
            status: is_there.then(|| bedomning(content, period, &utfall).status),
        }
    };
    let rutor = Utfallsperiod::rapporter(year).into_iter().map(cell).collect();
    Arsrad { id: of.indikator.id, namn: content.namn.clone(), arsmal: content.arsmal.shown(content), rutor }
}
