//! Förhandsrad: what each row of a table becomes, in cells, so that a page shows every kind of table alike.

use super::{Last, Mot, Tabellslag};
use crate::{
    format,
    import::shortened,
    verksamhetsplan::{
        indikator::{Content, Utfall},
        mal::{MalId, Niva, inlasning::Under},
    },
};

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verkan {
    /// It is made.
    Ny,
    /// What is there becomes another.
    Andras,
    /// It is there already: nothing is made of it.
    Finns,
    /// Something of it is asked.
    Fragas,
}

impl Verkan {
    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ny => "Läses in",
            Self::Andras => "Ändras",
            Self::Finns => "Finns redan",
            Self::Fragas => "Besvara frågan ovanför",
        }
    }
}

/// A row of a table as it is shown before it is read in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forhandsrad {
    /// Its row, as Excel counts.
    pub line: u32,
    /// What it is: its heading.
    pub namn: String,
    /// The other cells, in the order of [`Tabellslag::huvud`].
    pub celler: Vec<String>,
    /// What becomes of it.
    pub verkan: Verkan,
    /// What is to be known of it; may be empty.
    pub not: String,
    /// What of one that is there already stands otherwise in the table, which is not written; empty where nothing does.
    pub annorlunda: String,
}

impl Tabellslag {
    /// The headings of what is shown of a row: what it is first.
    #[must_use]
    pub const fn huvud(self) -> &'static [&'static str] {
        match self {
            Self::Mal => &["Mål", "Nivå", "Nr", "Ligger under"],
            Self::Indikatorer => &["Indikator", "Mål", "Årsmål", "KF:s årsmål", "Periodicitet"],
            Self::Utfall => &["Indikator", "Period", "Står nu", "Blir"],
            Self::Forvantat => &["Förväntat resultat", "Mål", "Målvärde", "Delgrupp"],
            Self::Aktiviteter => &["Aktivitet", "Mål", "Startdatum", "Slutdatum", "Ansvarig"],
        }
    }
}

/// `Årsmål är 0,8 % i planen och 0,9 % i tabellen.`: what of a row that is there the table has otherwise. What it does not say is no other.
fn annorlunda(all: &[(&str, String, String)]) -> String {
    let other = all.iter().filter(|(_, plan, table)| !table.is_empty() && plan != table);
    let said = |(what, plan, table): &(&str, String, String)| {
        let plan = if plan.is_empty() { "inte sagt".to_owned() } else { shortened(plan, 60) };
        format!("{what} är {plan} i planen och {} i tabellen.", shortened(table, 60))
    };
    other.map(said).collect::<Vec<_>>().join(" ")
}

const fn of(finns: bool) -> Verkan {
    if finns { Verkan::Finns } else { Verkan::Ny }
}

impl Mot {
    fn goal(&self, id: Option<MalId>) -> String {
        id.and_then(|id| self.trad.get(id)).map(|mal| mal.content.med_nr()).unwrap_or_default()
    }

    fn level(&self, niva: Niva) -> String {
        let name = self.plan.benamning.niva(niva);
        name.to_owned()
    }

    /// What the rows of a table become.
    #[must_use]
    pub fn forhand(&self, last: &Last) -> Vec<Forhandsrad> {
        match last {
            Last::Mal(last) => {
                let row = |rad: &super::mal::inlasning::LastMal| {
                    let there = rad.finns.and_then(|id| self.trad.get(id)).map(|mal| &mal.content);
                    let (is, other) = (&rad.content, there.map(|was| (was.nr.clone(), was.beskrivning.clone())));
                    let other = other.map(|(nr, beskrivning)| {
                        annorlunda(&[("Nr", nr, is.nr.clone()), ("Beskrivning", beskrivning, is.beskrivning.clone())])
                    });
                    let under = match rad.under {
                        Under::Inget => String::new(),
                        Under::Rad(at) => last.rader.get(at).map(|above| above.content.med_nr()).unwrap_or_default(),
                        Under::Finns(id) => self.goal(Some(id)),
                    };
                    Forhandsrad {
                        line: rad.line,
                        namn: rad.content.titel.clone(),
                        celler: vec![self.level(rad.content.niva), rad.content.nr.clone(), under],
                        verkan: of(rad.finns.is_some()),
                        not: String::new(),
                        annorlunda: other.unwrap_or_default(),
                    }
                };
                last.rader.iter().map(row).collect()
            }
            Last::Indikatorer(last) => {
                let row = |rad: &super::indikator::inlasning::LastRad| {
                    let aims = rad.content.as_ref().map_or_else(
                        || [rad.form.arsmal.clone(), rad.form.kf.clone(), String::new()],
                        |content| {
                            let (own, kf) = (content.arsmal.shown(content), content.kf.shown(content));
                            [own, kf, format::capitalised(content.periodicitet.label())]
                        },
                    );
                    let is_open = rad.mal.is_none() || rad.content.is_none();
                    Forhandsrad {
                        line: rad.line,
                        namn: rad.form.namn.clone(),
                        celler: std::iter::once(self.goal(rad.mal)).chain(aims).collect(),
                        verkan: if is_open { Verkan::Fragas } else { of(rad.finns.is_some()) },
                        not: String::new(),
                        annorlunda: self.other_indikator(rad),
                    }
                };
                last.rader.iter().map(row).collect()
            }
            Last::Utfall(last) => last.rader.iter().filter_map(|rad| self.of_outcome(rad)).collect(),
            Last::Forvantat(last) => {
                let row = |rad: &super::forvantat::inlasning::LastRad| Forhandsrad {
                    line: rad.line,
                    namn: rad.content.text.clone(),
                    celler: vec![self.goal(rad.mal), rad.content.mal(), rad.content.delgrupp.clone()],
                    verkan: if rad.mal.is_none() { Verkan::Fragas } else { of(rad.finns.is_some()) },
                    not: String::new(),
                    annorlunda: {
                        let there = self.forvantat.iter().find(|there| Some(there.id) == rad.finns);
                        there
                            .map(|was| annorlunda(&[("Målvärde", was.content.mal(), rad.content.mal())]))
                            .unwrap_or_default()
                    },
                };
                last.rader.iter().map(row).collect()
            }
            Last::Aktiviteter(last) => {
                let row = |rad: &super::aktivitet::inlasning::LastRad| {
                    let content = &rad.content;
                    let date = |day: Option<chrono::NaiveDate>| day.map(format::date).unwrap_or_default();
                    let who = self.names.label(content.responsible);
                    let there =
                        self.aktiviteter.iter().find(|there| Some(there.id) == rad.finns).map(|was| &was.content);
                    let other = there.map(|was| {
                        annorlunda(&[
                            ("Startdatum", date(was.start), date(content.start)),
                            ("Slutdatum", date(was.slut), date(content.slut)),
                            ("Ansvarig", self.names.label(was.responsible), who.clone()),
                        ])
                    });
                    Forhandsrad {
                        line: rad.line,
                        namn: content.text.clone(),
                        celler: vec![self.goal(content.mal), date(content.start), date(content.slut), who],
                        verkan: of(rad.finns.is_some()),
                        not: rad.notes.join(" "),
                        annorlunda: other.unwrap_or_default(),
                    }
                };
                last.rader.iter().map(row).collect()
            }
        }
    }

    /// What becomes of an outcome: only what is otherwise is shown.
    fn of_outcome(&self, rad: &super::Andrad) -> Option<Forhandsrad> {
        let content: &Content =
            self.indikatorer.iter().find(|under| under.indikator.id == rad.indikator).map(|u| &u.indikator.content)?;
        let judged_by = rad.after.bedoms_av(content);
        let content = &*judged_by;
        let (mut before, mut after) = (Vec::new(), Vec::new());
        // where a figure is from follows from its being read in
        let stood = Utfall { harkomst: rad.after.harkomst.clone(), ..rad.before.clone() };
        for ((label, was), (_, is)) in stood.told(content).into_iter().zip(rad.after.told(content)) {
            if was == is {
                continue;
            }
            let said = |text: String| if text.is_empty() { "–".to_owned() } else { text };
            before.push(format!("{label}: {}", said(was)));
            after.push(format!("{label}: {}", said(is)));
        }
        let verkan = match (rad.is_andrad(), rad.before.is_empty()) {
            (false, _) => Verkan::Finns,
            (true, true) => Verkan::Ny,
            (true, false) => Verkan::Andras,
        };
        let now = if verkan == Verkan::Ny { String::new() } else { before.join("; ") };
        Some(Forhandsrad {
            line: rad.line,
            namn: content.namn.clone(),
            celler: vec![rad.period.label(), now, after.join("; ")],
            verkan,
            not: String::new(),
            annorlunda: String::new(),
        })
    }

    /// What a table has otherwise of an indikator that is there. Only what its cells say is held against it.
    fn other_indikator(&self, rad: &super::indikator::inlasning::LastRad) -> String {
        let there = self.indikatorer.iter().find(|under| Some(under.indikator.id) == rad.finns);
        let (Some(under), Some(is)) = (there, rad.content.as_ref()) else { return String::new() };
        let was = &under.indikator.content;
        let said = |typed: &str, shown: String| if typed.is_empty() { String::new() } else { shown };
        annorlunda(&[
            ("Enhet", was.enhet.clone(), said(&rad.form.enhet, is.enhet.clone())),
            ("Årsmål", was.arsmal.shown(was), said(&rad.form.arsmal, is.arsmal.shown(is))),
            ("KF:s årsmål", was.kf.shown(was), said(&rad.form.kf, is.kf.shown(is))),
        ])
    }
}
