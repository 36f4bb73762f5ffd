//! Inläsning: the kinds of table that a plan is read in from and taken out as. What kind a table is follows from its columns; what it would
//! do is judged against what the plan holds; and what the plan holds, taken out, is read back and changes nothing.

use std::cmp::Reverse;

use super::{
    aktivitet::{self, Planaktivitet},
    forvantat,
    indikator::{
        self, Indikator, IndikatorId, Utfall, Utfallsperiod,
        inlasning::Under,
        stangning::{Andring, Skal, Stangd, andring, is_stangd},
        utfallstabell,
    },
    mal::{self, Trad},
    plan::{Innehall, Plan},
    tabell::{self, Fel, Fraga, Kolumn, Lasning},
};
use crate::{
    format,
    import::{Names, Table},
    seen::seen,
    siffror::inlasning::Svar,
};

mod forhand;

pub use forhand::{Forhandsrad, Verkan};

crate::ids! { now_v7:
    /// A table that was read into a plan: all of it, or nothing.
    PlanimportId,
}

/// A kind of table of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tabellslag {
    /// Its goals, as a chain.
    Mal,
    /// What its goals are followed by.
    Indikatorer,
    /// What those came to.
    Utfall,
    /// What is expected of its own goals.
    Forvantat,
    /// What is done to reach them.
    Aktiviteter,
}

/// The columns of an outcome: without one of them a table of indikatorer is no table of outcomes.
const UTFALL: [&str; 7] = ["total", "man", "kvinnor", "okant", "taljare", "prognos", "status"];

impl Tabellslag {
    crate::every! {
        /// Every kind, in the order in which they are read in: each names those before it.
        Mal, Indikatorer, Utfall, Forvantat, Aktiviteter
    }

    /// As it is stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mal => "mal",
            Self::Indikatorer => "indikatorer",
            Self::Utfall => "utfall",
            Self::Forvantat => "forvantat",
            Self::Aktiviteter => "aktiviteter",
        }
    }

    /// The kind of such a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slag| slag.code() == code)
    }

    /// In words, and on the tab of its sheet.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mal => "Mål",
            Self::Indikatorer => "Indikatorer",
            Self::Utfall => "Utfall",
            Self::Forvantat => "Förväntat resultat",
            Self::Aktiviteter => "Aktiviteter",
        }
    }

    /// Its columns, in the order in which they are taken out.
    #[must_use]
    pub const fn kolumner(self) -> &'static [Kolumn] {
        match self {
            Self::Mal => mal::inlasning::KOLUMNER,
            Self::Indikatorer => indikator::inlasning::KOLUMNER,
            Self::Utfall => utfallstabell::KOLUMNER,
            Self::Forvantat => forvantat::inlasning::KOLUMNER,
            Self::Aktiviteter => aktivitet::inlasning::KOLUMNER,
        }
    }

    /// What of a plan has to be open for it.
    #[must_use]
    pub const fn innehall(self) -> Innehall {
        match self {
            Self::Mal | Self::Indikatorer | Self::Forvantat => Innehall::Mal,
            Self::Utfall => Innehall::Uppfoljning,
            Self::Aktiviteter => Innehall::Aktivitet,
        }
    }

    /// `tre nya mål`, `ett nytt utfall`: how many of its rows are new.
    #[must_use]
    pub fn nya(self, n: usize) -> String {
        let (is_neuter, one, many) = match self {
            Self::Mal => (true, "nytt mål", "nya mål"),
            Self::Indikatorer => (false, "ny indikator", "nya indikatorer"),
            Self::Utfall => (true, "nytt utfall", "nya utfall"),
            Self::Forvantat => (false, "ny rad", "nya rader"),
            Self::Aktiviteter => (false, "ny aktivitet", "nya aktiviteter"),
        };
        let words = if n == 1 { one } else { many };
        match n {
            1 => format!("{} {words}", if is_neuter { "ett" } else { "en" }),
            n => format!("{} {words}", format::int(i64::try_from(n).unwrap_or(i64::MAX))),
        }
    }
}

/// What a table can be read as, the likeliest first: what names most of its columns. Nothing where it is none of them.
#[must_use]
pub fn mojliga(table: &Table) -> Vec<Tabellslag> {
    let mut found: Vec<(bool, Reverse<usize>, Tabellslag)> = Vec::new();
    for slag in Tabellslag::ALL {
        let falt = tabell::falt(table, slag.kolumner());
        if falt.is_empty() {
            continue;
        }
        let unlikely = match slag {
            // the others name their goals too
            Tabellslag::Mal => true,
            Tabellslag::Utfall => !falt.iter().any(|falt| UTFALL.contains(falt)),
            Tabellslag::Indikatorer | Tabellslag::Forvantat | Tabellslag::Aktiviteter => false,
        };
        found.push((unlikely, Reverse(falt.len()), slag));
    }
    found.sort();
    found.into_iter().map(|(.., slag)| slag).collect()
}

/// What a table is read as where nobody has said anything else. The sentence says what a table has to have.
pub fn igenkand(table: &Table) -> Result<Tabellslag, String> {
    mojliga(table).first().copied().ok_or_else(|| {
        let needs = Tabellslag::ALL.map(|slag| {
            let must = slag.kolumner().iter().filter(|k| k.maste).map(|k| format!("”{}”", k.namn));
            let must: Vec<String> = must.collect();
            let must = format::and(&must.iter().map(String::as_str).collect::<Vec<_>>());
            format!("{}: {must}", slag.label())
        });
        format!("Tabellen behöver en rubrikrad som visar vad raderna är, och en kolumn till. {}.", needs.join(". "))
    })
}

/// What a plan holds, against which a table is judged. Asked once of the database.
#[derive(Clone, Debug, PartialEq)]
pub struct Mot {
    /// The plan.
    pub plan: Plan,
    /// Its goals, with those of the nodes above it.
    pub trad: Trad,
    /// Its indikatorer, each with its goal.
    pub indikatorer: Vec<Under>,
    /// Their outcomes of the plan's year, as they are shown.
    pub utfall: utfallstabell::Finns,
    /// The periods that are closed.
    pub stangda: Vec<Stangd>,
    /// What is expected of its own goals.
    pub forvantat: Vec<forvantat::Rad>,
    /// What is done in its year.
    pub aktiviteter: Vec<Planaktivitet>,
    /// Who can carry something out at its unit.
    pub names: Names,
}

/// An outcome that a row is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Andrad {
    /// Its row, as Excel counts.
    pub line: u32,
    /// What it is an outcome of.
    pub indikator: IndikatorId,
    /// From January until when.
    pub period: Utfallsperiod,
    /// As it stands; empty where there is none.
    pub before: Utfall,
    /// As it would stand.
    pub after: Utfall,
    /// Why the change needs a reason, where it does.
    pub skal: Option<Skal>,
}

impl Andrad {
    /// Whether something is written.
    #[must_use]
    pub fn is_andrad(&self) -> bool {
        self.before != self.after
    }
}

/// What reading a table would do.
#[derive(Clone, Debug, PartialEq)]
pub enum Last {
    /// Of goals.
    Mal(mal::inlasning::Last),
    /// Of indikatorer.
    Indikatorer(indikator::inlasning::Last),
    /// Of outcomes.
    Utfall(Lasning<Andrad>),
    /// Of what is expected.
    Forvantat(forvantat::inlasning::Last),
    /// Of aktiviteter.
    Aktiviteter(aktivitet::inlasning::Last),
}

impl Mot {
    /// What reading a table as a kind would do. The sentence says what the table lacks.
    pub fn las(&self, slag: Tabellslag, table: &Table, svar: &Svar) -> Result<Last, String> {
        let (trad, year) = (&self.trad, self.plan.year);
        Ok(match slag {
            Tabellslag::Mal => Last::Mal(mal::inlasning::las(table, trad, svar)?),
            Tabellslag::Indikatorer => {
                Last::Indikatorer(indikator::inlasning::las(table, trad, None, &self.indikatorer, svar)?)
            }
            Tabellslag::Utfall => Last::Utfall(self.utfall(table, svar)?),
            Tabellslag::Forvantat => {
                let mut last = forvantat::inlasning::las(table, trad, None, &self.forvantat, year, svar)?;
                self.own_goals(&mut last);
                Last::Forvantat(last)
            }
            Tabellslag::Aktiviteter => {
                Last::Aktiviteter(aktivitet::inlasning::las(table, trad, &self.names, &self.aktiviteter, year, svar)?)
            }
        })
    }

    fn utfall(&self, table: &Table, svar: &Svar) -> Result<Lasning<Andrad>, String> {
        let year = self.plan.year;
        let alla: Vec<Indikator> = self.indikatorer.iter().map(|under| under.indikator.clone()).collect();
        let read = utfallstabell::las(table, &alla, year, None, &self.utfall, svar)?;
        let mut out = Lasning { rader: Vec::new(), fragor: read.fragor, fel: read.fel, notes: read.notes };
        let mut elsewhere: Vec<u32> = Vec::new();
        for rad in read.rader {
            if rad.period.year() != year {
                elsewhere.push(rad.line);
                continue;
            }
            let before = self.utfall.get(&(rad.indikator, rad.period)).cloned().unwrap_or_default();
            let skal = match andring(is_stangd(&self.stangda, rad.period), &before, &rad.utfall) {
                Andring::MedSkal(skal) => Some(skal),
                Andring::Oforandrad | Andring::Fri => None,
            };
            let (line, indikator, period) = (rad.line, rad.indikator, rad.period);
            out.rader.push(Andrad { line, indikator, period, before, after: rad.utfall, skal });
        }
        if !elsewhere.is_empty() {
            let said = format::capitalised(&crate::rows::lines_in_words(&elsewhere));
            out.notes.push(format!(
                "{said} gäller ett annat år än {year} och läses inte in här. Läs in dem i det årets plan."
            ));
        }
        Ok(out)
    }

    /// What is expected stands on the plan's own goals: those of the nodes above are read.
    fn own_goals(&self, last: &mut forvantat::inlasning::Last) {
        let shared = |id: mal::MalId| self.trad.get(id).filter(|mal| mal.is_shared(self.plan.node));
        let (kept, other): (Vec<_>, Vec<_>) =
            std::mem::take(&mut last.rader).into_iter().partition(|rad| rad.mal.and_then(shared).is_none());
        last.rader = kept;
        let fel = other.into_iter().filter_map(|rad| {
            let titel = shared(rad.mal?)?.content.med_nr();
            let text = format!("”{titel}” är inte enhetens eget mål. Välj ett mål som planen själv har.");
            Some(Fel { line: rad.line, falt: "mal".to_owned(), text })
        });
        last.fel.extend(fel);
    }

    /// Every kind of table as the plan holds it, in the order in which they are read in.
    #[must_use]
    pub fn blad(&self) -> Vec<(Tabellslag, Vec<Vec<String>>)> {
        let of = |slag| match slag {
            Tabellslag::Mal => mal::utlasning::celler(&self.trad),
            Tabellslag::Indikatorer => indikator::inlasning::celler(&self.indikatorer, &self.trad),
            Tabellslag::Utfall => {
                let named = |id: IndikatorId| self.indikatorer.iter().find(|under| under.indikator.id == id);
                let rows = self.utfall.iter().filter_map(|((id, period), utfall)| {
                    (!utfall.is_empty()).then_some((&named(*id)?.indikator.content, *period, utfall))
                });
                utfallstabell::celler(&rows.collect::<Vec<_>>())
            }
            Tabellslag::Forvantat => forvantat::inlasning::celler(&self.forvantat, &self.trad),
            Tabellslag::Aktiviteter => aktivitet::inlasning::celler(&self.aktiviteter, &self.trad, &self.names),
        };
        Tabellslag::ALL.map(|slag| (slag, of(slag))).to_vec()
    }
}

impl Last {
    /// What kind it is of.
    #[must_use]
    pub const fn slag(&self) -> Tabellslag {
        match self {
            Self::Mal(_) => Tabellslag::Mal,
            Self::Indikatorer(_) => Tabellslag::Indikatorer,
            Self::Utfall(_) => Tabellslag::Utfall,
            Self::Forvantat(_) => Tabellslag::Forvantat,
            Self::Aktiviteter(_) => Tabellslag::Aktiviteter,
        }
    }

    /// What is asked.
    #[must_use]
    pub fn fragor(&self) -> &[Fraga] {
        match self {
            Self::Mal(last) => &last.fragor,
            Self::Indikatorer(last) => &last.fragor,
            Self::Utfall(last) => &last.fragor,
            Self::Forvantat(last) => &last.fragor,
            Self::Aktiviteter(last) => &last.fragor,
        }
    }

    /// What is wrong with which row.
    #[must_use]
    pub fn fel(&self) -> &[Fel] {
        match self {
            Self::Mal(last) => &last.fel,
            Self::Indikatorer(last) => &last.fel,
            Self::Utfall(last) => &last.fel,
            Self::Forvantat(last) => &last.fel,
            Self::Aktiviteter(last) => &last.fel,
        }
    }

    /// What to know about the table: what was not read, what was filled, what is there already.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        match self {
            Self::Mal(last) => &last.notes,
            Self::Indikatorer(last) => &last.notes,
            Self::Utfall(last) => &last.notes,
            Self::Forvantat(last) => &last.notes,
            Self::Aktiviteter(last) => &last.notes,
        }
    }

    /// Whether it can be read in: nothing is wrong, nothing that must be known is open, and each row has what it hangs on.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        match self {
            Self::Mal(last) => last.is_ready(),
            Self::Indikatorer(last) => last.is_ready(),
            Self::Utfall(last) => last.is_ready(),
            Self::Forvantat(last) => last.is_ready() && last.rader.iter().all(|rad| rad.mal.is_some()),
            Self::Aktiviteter(last) => last.is_ready(),
        }
    }

    /// How many rows make something new, and how many change what is there.
    #[must_use]
    pub fn antal(&self) -> (usize, usize) {
        match self {
            Self::Mal(last) => (last.rader.iter().filter(|rad| rad.finns.is_none()).count(), 0),
            Self::Indikatorer(last) => (last.rader.iter().filter(|rad| rad.finns.is_none()).count(), 0),
            Self::Utfall(last) => {
                let changed = || last.rader.iter().filter(|rad| rad.is_andrad());
                let new = changed().filter(|rad| rad.before.is_empty()).count();
                (new, changed().count() - new)
            }
            Self::Forvantat(last) => (last.rader.iter().filter(|rad| rad.finns.is_none()).count(), 0),
            Self::Aktiviteter(last) => (last.rader.iter().filter(|rad| rad.finns.is_none()).count(), 0),
        }
    }

    /// Why a change of it needs a reason, each period once; nothing where none does.
    #[must_use]
    pub fn skal(&self) -> Vec<String> {
        let Self::Utfall(last) = self else { return Vec::new() };
        let mut said = Vec::new();
        for rad in last.rader.iter().filter(|rad| rad.is_andrad()) {
            let Some(why) = rad.skal.as_ref().map(|skal| skal.said(rad.period)) else { continue };
            if !said.contains(&why) {
                said.push(why);
            }
        }
        said
    }

    /// A word for what it would do: another one where it would do something else, or to something else.
    #[must_use]
    pub fn sett(&self) -> String {
        let rows: Vec<String> = match self {
            Self::Mal(last) => last.rader.iter().map(|rad| format!("{rad:?}")).collect(),
            Self::Indikatorer(last) => last.rader.iter().map(|rad| format!("{rad:?}")).collect(),
            Self::Utfall(last) => last.rader.iter().map(|rad| format!("{rad:?}")).collect(),
            Self::Forvantat(last) => last.rader.iter().map(|rad| format!("{rad:?}")).collect(),
            Self::Aktiviteter(last) => last.rader.iter().map(|rad| format!("{rad:?}")).collect(),
        };
        seen(std::iter::once(self.slag().code()).chain(rows.iter().map(String::as_str)))
    }
}

#[cfg(test)]
mod tests;
