//! Uppföljning: what is followed of a goal, how often, by whom and where it is shown. Each row has the time of a control: it makes occurrences
//! in the year, and one that is shown on the tavla or at APT reminds its ansvarig to put it there.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    field::{Checker, FieldError},
    format,
    hours::Hours,
    import::{self, Names},
    personnummer::varning,
    recurrence::{
        Recurrence,
        form::{Fields, Of, Timing},
    },
    schedule::Responsible,
    text::compared,
    verksamhetsplan::{
        mal::MalId,
        tabell::{self, Fel, Kolumn},
    },
    year::same_day,
};

crate::ids! { now_v7:
    /// A row of what is followed of a goal.
    UppfoljningId,
}

/// Where the result is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plats {
    /// At APT.
    Apt,
    /// On the transparenstavla or the wall screen.
    Tavla,
    /// In the report of a tertial.
    Tertialrapport,
    /// In that of the year.
    Verksamhetsberattelse,
    /// In that of a month.
    Manadsrapport,
    /// To those who lead the unit.
    Ledningsgrupp,
    /// At the meeting of a group.
    Gruppmote,
    /// In an egenkontroll, which has a time of its own.
    Egenkontroll,
}

impl Plats {
    crate::every! {
        /// Every one, in the order they are offered.
        Apt, Tavla, Tertialrapport, Verksamhetsberattelse, Manadsrapport, Ledningsgrupp, Gruppmote, Egenkontroll
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Apt => "apt",
            Self::Tavla => "tavla",
            Self::Tertialrapport => "tertialrapport",
            Self::Verksamhetsberattelse => "verksamhetsberattelse",
            Self::Manadsrapport => "manadsrapport",
            Self::Ledningsgrupp => "ledningsgrupp",
            Self::Gruppmote => "gruppmote",
            Self::Egenkontroll => "egenkontroll",
        }
    }

    /// The place of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Apt => "APT",
            Self::Tavla => "Transparenstavla",
            Self::Tertialrapport => "Tertialrapport",
            Self::Verksamhetsberattelse => "Verksamhetsberättelse",
            Self::Manadsrapport => "Månadsrapport",
            Self::Ledningsgrupp => "Ledningsgrupp",
            Self::Gruppmote => "Gruppmöte",
            Self::Egenkontroll => "Egenkontroll",
        }
    }

    /// The place that a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let word = compared(word.trim());
        match word.as_str() {
            "tavla" | "tavlan" | "transparenstavlan" => Some(Self::Tavla),
            "vb" => Some(Self::Verksamhetsberattelse),
            word => Self::ALL.into_iter().find(|one| compared(one.label()) == word),
        }
    }

    /// Whether somebody has to put it there each time.
    #[must_use]
    pub const fn wants_publishing(self) -> bool {
        matches!(self, Self::Apt | Self::Tavla)
    }
}

/// What is followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// "Placeringar på tillfälliga boenden"; never empty.
    pub vad: String,
    /// How often.
    pub recurrence: Recurrence,
    /// The first day, where it does not go on all year.
    pub start: Option<NaiveDate>,
    /// The last day, where it does not.
    pub end: Option<NaiveDate>,
    /// From when to when on its day.
    pub hours: Option<Hours>,
    /// Who follows it.
    pub responsible: Responsible,
    /// Who the table names, where that is no one role, group or person: "Enhetschef och controller". May be empty.
    pub av: String,
    /// Where it is shown, each once.
    pub visas: Vec<Plats>,
    /// Where else, in words; may be empty.
    pub visas_annars: String,
}

impl Content {
    /// When, counted from nothing that stands already.
    #[must_use]
    pub fn timing(&self) -> Timing {
        let Self { recurrence, start, end, hours, .. } = *self;
        Timing { recurrence, start, end, hours, anchor: None }
    }

    /// The same in another year: days follow, 29 February becomes 28.
    #[must_use]
    pub fn in_year(&self, year: i32) -> Self {
        let to_year = |day| same_day(day, year);
        Self { start: self.start.map(to_year), end: self.end.map(to_year), ..self.clone() }
    }

    /// Whether its ansvarig is reminded to show it when a time of it has come.
    #[must_use]
    pub fn wants_publishing(&self) -> bool {
        self.visas.iter().any(|plats| plats.wants_publishing())
    }

    /// `Ska visas på APT och transparenstavla.` None where nobody has to do anything.
    #[must_use]
    pub fn paminnelse(&self) -> Option<String> {
        let places: Vec<&str> = self
            .visas
            .iter()
            .filter(|plats| plats.wants_publishing())
            .map(|plats| if *plats == Plats::Tavla { "transparenstavlan" } else { plats.label() })
            .collect();
        (!places.is_empty()).then(|| format!("Ska visas på {}.", format::and(&places)))
    }

    /// Who follows it: what the one who is chosen is called, `namn`, else as the table named them. May be empty.
    #[must_use]
    pub fn vem(&self, namn: Option<&str>) -> String {
        let chosen = namn.map_or_else(|| self.responsible.told(), str::to_owned);
        if chosen.is_empty() { self.av.clone() } else { chosen }
    }

    /// What its activity is called on the wheel and in Att göra: `Följ upp och visa på APT: Placeringar`.
    #[must_use]
    pub fn titel(&self) -> String {
        let shown = self.paminnelse().map(|said| said.trim_end_matches('.').replacen("Ska visas", "visa", 1));
        match shown {
            Some(shown) => format!("Följ upp och {shown}: {}", self.vad),
            None => format!("Följ upp: {}", self.vad),
        }
    }

    /// What its activity says beside that: the goal, who the table names, and where it is shown.
    #[must_use]
    pub fn beskrivning(&self, mal: &str) -> String {
        let of = |label: &str, text: &str| (!text.is_empty()).then(|| format!("{label}: {text}"));
        let lines = [of("Mål", mal), of("Av", &self.av), of("Visas", &self.visat())];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// Labels and values for the history.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, String)> {
        vec![
            ("Vad följs upp", self.vad.clone()),
            ("Hur ofta", self.recurrence.label()),
            ("Ansvarig", self.responsible.told()),
            ("Av", self.av.clone()),
            ("Visas", self.visat()),
        ]
    }

    /// `APT, transparenstavla, excelfil`.
    #[must_use]
    pub fn visat(&self) -> String {
        let words = self.visas.iter().map(|plats| plats.label());
        words
            .chain((!self.visas_annars.is_empty()).then_some(self.visas_annars.as_str()))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// As the form has it.
    #[must_use]
    pub fn form(&self) -> Form {
        Form {
            vad: self.vad.clone(),
            when: Fields::of(&self.timing()),
            responsible: self.responsible.code(),
            av: self.av.clone(),
            visas: self.visas.iter().map(|plats| plats.code().to_owned()).collect(),
            visas_annars: self.visas_annars.clone(),
        }
    }
}

/// What is followed of a goal, as its row has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uppfoljning {
    /// Primary key; the schedules of the year are made from it, each once.
    pub id: UppfoljningId,
    /// The goal.
    pub mal: MalId,
    /// Its place among the rows of the goal.
    pub ordning: i64,
    /// The same row of the year before.
    pub copied_from: Option<UppfoljningId>,
    /// What is followed, and when.
    pub content: Content,
    /// Rises with every change.
    pub version: i64,
}

/// What its form sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Content`].
    pub vad: String,
    /// When, as of a control.
    #[serde(flatten)]
    pub when: Fields,
    /// Code of a [`Responsible`].
    pub responsible: String,
    /// See [`Content`].
    pub av: String,
    /// Codes of [`Plats`].
    pub visas: Vec<String>,
    /// See [`Content`].
    pub visas_annars: String,
}

/// Checks a row of a year; what is `stored` keeps its days as long as its rhythm is the same.
pub fn check(form: &Form, year: i32, stored: Option<&Timing>) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let vad = check.required("vad", &form.vad, "vad som följs upp");
    let av = check.line("av", &form.av);
    let visas_annars = check.line("visas_annars", &form.visas_annars);
    for (field, text) in [("vad", &vad), ("av", &av), ("visas_annars", &visas_annars)] {
        if let Some(warning) = varning(text) {
            check.error(field, warning);
        }
    }
    let timing = form.when.check(&mut check, year, Of::Control, stored);
    let responsible = Responsible::check(&mut check, "responsible", &form.responsible);
    let mut visas: Vec<Plats> = Vec::new();
    for code in &form.visas {
        match Plats::from_code(code.trim()) {
            Some(plats) if !visas.contains(&plats) => visas.push(plats),
            Some(_) => {}
            None => check.error("visas", "Välj på nytt var det visas."),
        }
    }
    visas.sort();
    let Timing { recurrence, start, end, hours, .. } = timing;
    check.finish(Content { vad, recurrence, start, end, hours, responsible, av, visas, visas_annars })
}

/// The columns of a table of what is followed, in the order of export and template.
pub const KOLUMNER: &[Kolumn] = &[
    Kolumn { falt: "vad", namn: "Vad följs upp", aven: &["vad", "uppfoljning"], maste: true },
    Kolumn { falt: "hur_ofta", namn: "Hur ofta", aven: &["rytm", "periodicitet", "nar"], maste: true },
    Kolumn { falt: "av", namn: "Av", aven: &["ansvarig", "vem", "utforsav"], maste: false },
    Kolumn { falt: "visas", namn: "Visas", aven: &["var", "visasvar", "redovisas"], maste: false },
];

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastRad {
    /// Its row, as Excel counts.
    pub line: u32,
    /// What it becomes.
    pub content: Content,
    /// The row that follows the same already; nothing is made of it then.
    pub finns: Option<UppfoljningId>,
}

/// What reading a table of what is followed would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Last {
    /// In the order of the table.
    pub rader: Vec<LastRad>,
    /// What is wrong with which row; such a row is not among the others.
    pub fel: Vec<Fel>,
    /// What to know about the table, and who it names that the unit has not.
    pub notes: Vec<String>,
}

/// Reads a table of what is followed of a goal in a year, beside the rows that the goal has. Rhythms are read from words, as those of the plans are. Who is named and is no
/// one of the unit stays as words, and is told of. The sentence says what the table lacks.
pub fn las(table: &import::Table, names: &Names, finns: &[Uppfoljning], year: i32) -> Result<Last, String> {
    let read = tabell::las(table, KOLUMNER)?;
    let mut out = Last { notes: read.notes, ..Last::default() };
    let mut unknown: Vec<String> = Vec::new();
    let mut taken: Vec<UppfoljningId> = Vec::new();
    for rad in &read.rader {
        let (visas, annars) = places(rad.cell("visas"));
        let who = names.resolve(rad.cell("av"));
        let av = if who.is_ok() { String::new() } else { rad.cell("av").to_owned() };
        if !av.is_empty() && !unknown.contains(&av) {
            unknown.push(av.clone());
        }
        let when = match import::rhythm_of(rad.cell("hur_ofta")) {
            Ok(when) => when,
            Err(text) => {
                out.fel.push(Fel { line: rad.line, falt: "hur_ofta".to_owned(), text });
                continue;
            }
        };
        let form = Form {
            vad: rad.cell("vad").to_owned(),
            when,
            responsible: who.unwrap_or(Responsible::Nobody).code(),
            av,
            visas: visas.into_iter().map(|plats| plats.code().to_owned()).collect(),
            visas_annars: annars,
        };
        match check(&form, year, None) {
            Ok(content) => {
                let same = |row: &&Uppfoljning| {
                    !taken.contains(&row.id) && import::fold(&row.content.vad) == import::fold(&content.vad)
                };
                let finns = finns.iter().find(same).map(|row| row.id);
                taken.extend(finns);
                out.rader.push(LastRad { line: rad.line, content, finns });
            }
            Err(errors) => {
                out.fel.extend(errors.into_iter().map(|e| Fel { line: rad.line, falt: e.field, text: e.message }));
            }
        }
    }
    out.notes.extend(tabell::finns_redan(taken.len()));
    if !unknown.is_empty() {
        let quoted: Vec<String> = unknown.iter().map(|name| format!("”{}”", import::shortened(name, 60))).collect();
        let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
        out.notes
            .push(format!("{} sparas som text: ingen funktion, grupp eller person heter så.", format::and(&quoted)));
    }
    Ok(out)
}

/// The places that a cell names, and the words of it that are none.
fn places(text: &str) -> (Vec<Plats>, String) {
    let (mut known, mut rest) = (Vec::new(), Vec::new());
    for part in text.split([',', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        match Plats::from_word(part) {
            Some(plats) => known.push(plats),
            None => rest.push(part),
        }
    }
    (known, rest.join(", "))
}
