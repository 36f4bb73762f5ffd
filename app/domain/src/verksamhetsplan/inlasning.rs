//! Inläsning: the kinds of table that a plan is read in from and taken out as. What kind a table is follows from its columns; what it would
//! do is judged against what the plan holds; and what the plan holds, taken out, is read back and changes nothing.

use super::{
    aktivitet::{self, Planaktivitet},
    forvantat,
    indikator::{
        self, Indikator, IndikatorId, Utfall, Utfallsperiod,
        inlasning::Under,
        stangning::{Andring, Skal, Stangd, andring, is_stangd},
        utfallstabell,
    },
    mal::{self, Niva, Trad},
    plan::Plan,
    tabell::{Fel, Fraga, Lasning},
};
use crate::{
    format,
    import::{Names, Table},
    seen::seen,
    siffror::inlasning::Svar,
};

mod forhand;
mod slag;

pub use forhand::{Forhandsrad, Verkan};
pub use slag::{Tabellslag, igenkand, mojliga};

crate::ids! { now_v7:
    /// A table that was read into a plan: all of it, or nothing.
    PlanimportId,
}

/// What a plan holds, against which a table is judged. Asked once of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mot {
    /// Which plan the table is read into, as it stands.
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Last {
    /// Of goals.
    Mal(mal::inlasning::Last),
    /// What is measured: one row each, under a goal.
    Indikatorer(indikator::inlasning::Last),
    /// Of outcomes.
    Utfall(Lasning<Andrad>),
    /// Of what is expected.
    Forvantat(forvantat::inlasning::Last),
    /// What is done, with its days and who does it.
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
        let named = |slag| {
            let mut rows = of(slag);
            // the level stands first, but where the name of an indikator does
            if slag != Tabellslag::Utfall {
                let levels = rows.iter_mut().filter_map(|row| row.first_mut());
                for niva in levels.filter(|niva| **niva == Niva::Enhetsmal.label()) {
                    self.plan.benamning.label().clone_into(niva);
                }
            }
            rows
        };
        Tabellslag::ALL.map(|slag| (slag, named(slag))).to_vec()
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
