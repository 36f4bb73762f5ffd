//! Aktivitet: something that is done to reach a goal, perhaps over several years: one thing with one status, on the wheel of each of its years.
//! It is late by itself when its last day has passed, and not before.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    forvantat::hjalp::{self, Saknas},
    indikator::slag::Ursprung,
    mal::MalId,
};
use crate::{
    day::Fits,
    field::{Checker, FieldError},
    format,
    id::NodeId,
    personnummer::varning,
    recurrence::Slot,
    schedule::Responsible,
};

pub mod inlasning;
mod status;
mod vems;

pub use status::{Satt, Status};

crate::ids! { now_v7:
    /// An aktivitet of a plan.
    PlanaktivitetId,
}

/// What an aktivitet is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// "Följa enhetens MI-plan"; never empty.
    pub text: String,
    /// The goal of any level that it is for; none of one that is for no certain goal.
    pub mal: Option<MalId>,
    /// The first day; may lie in an earlier year than the plan's.
    pub start: Option<NaiveDate>,
    /// The last day; may lie in a later year.
    pub slut: Option<NaiveDate>,
    /// Who carries it out.
    pub responsible: Responsible,
    /// Whose it is: who has decided that it is to be done.
    pub agare: Ursprung,
}

/// How far it has come, and why not further.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lage {
    /// What was said last.
    pub satt: Satt,
    /// Why it is not to be done; never empty then.
    pub skal: String,
    /// What became otherwise than was planned; may be empty.
    pub avvikelse: String,
    /// What is to be said of it in the report; may be empty.
    pub analys: String,
}

/// An aktivitet as its row has it. It is one row, however many years it lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planaktivitet {
    /// Primary key.
    pub id: PlanaktivitetId,
    /// Whose plan it is in.
    pub node: NodeId,
    /// The year of the plan that it was written in.
    pub year: i32,
    /// What is done, and when.
    pub content: Content,
    /// How far it has come.
    pub lage: Lage,
    /// Rises with every change.
    pub version: i64,
}

/// What its form sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanaktivitetForm {
    /// See [`Content`].
    pub text: String,
    /// Id of a goal, or empty.
    pub mal: String,
    /// A date, or empty.
    pub start: String,
    /// A date, or empty.
    pub slut: String,
    /// Code of a [`Responsible`].
    pub responsible: String,
    /// Code of an [`Ursprung`]; empty is the unit.
    pub agare: String,
}

/// What is sent of how far it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LageForm {
    /// Code of a [`Satt`].
    pub satt: String,
    /// See [`Lage`].
    pub skal: String,
    /// See [`Lage`].
    pub avvikelse: String,
    /// See [`Lage`].
    pub analys: String,
}

/// Checks an aktivitet of the plan of a year. A day without its year is of that year; one of another year is no fault.
pub fn check(form: &PlanaktivitetForm, year: i32) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let text = check.required("text", &form.text, "vad som ska göras");
    if let Some(warning) = varning(&text) {
        check.error("text", warning);
    }
    let start = check.date("start", &form.start, Fits::InYear(year));
    let slut = check.date("slut", &form.slut, Fits::InYear(year));
    if let (Some(start), Some(slut)) = (start, slut)
        && slut < start
    {
        check.error("slut", format!("Sista dagen är före den första, {}.", format::date(start)));
    }
    let mal = match form.mal.trim() {
        "" => None,
        id => id.parse().map_or_else(
            |_| {
                check.error("mal", "Välj målet på nytt.");
                None
            },
            Some,
        ),
    };
    let agare = match form.agare.trim() {
        "" => Ursprung::Enhet,
        code => Ursprung::from_code(code).unwrap_or_else(|| {
            check.error("agare", "Välj vem som har beslutat aktiviteten.");
            Ursprung::Enhet
        }),
    };
    let responsible = Responsible::check(&mut check, "responsible", &form.responsible);
    check.finish(Content { text, mal, start, slut, responsible, agare })
}

/// Checks how far it has come: who gives it up says why.
pub fn check_lage(form: &LageForm) -> Result<Lage, Vec<FieldError>> {
    let mut check = Checker::default();
    let satt = Satt::from_code(form.satt.trim()).unwrap_or_else(|| {
        check.error("satt", "Välj hur långt den har kommit.");
        Satt::EjPaborjad
    });
    let skal = check.text("skal", &form.skal);
    let avvikelse = check.text("avvikelse", &form.avvikelse);
    let analys = check.text("analys", &form.analys);
    for (field, text) in [("skal", &skal), ("avvikelse", &avvikelse), ("analys", &analys)] {
        if let Some(warning) = varning(text) {
            check.error(field, warning);
        }
    }
    if satt == Satt::Utgatt && skal.is_empty() {
        check.error("skal", "Skriv varför aktiviteten har utgått.");
    }
    let skal = if satt == Satt::Utgatt { skal } else { String::new() };
    check.finish(Lage { satt, skal, avvikelse, analys })
}

impl Content {
    /// The years it is in, the first and the last; no last one where it has begun and nobody has said until when. None without any day; one
    /// with a last day alone is that day.
    #[must_use]
    pub fn years(&self) -> Option<(i32, Option<i32>)> {
        let start = self.start.or(self.slut)?;
        Some((start.year(), self.slut.map(|slut| slut.year())))
    }

    /// Whether it is in a year. One without an end goes on: see [`Planaktivitet::is_in`] for when it is closed. One without days is in the
    /// year of its plan, which its row knows.
    #[must_use]
    pub fn is_in(&self, year: i32) -> bool {
        self.years().is_some_and(|(first, last)| first <= year && last.is_none_or(|last| year <= last))
    }

    /// Its arc on the wheel of a year, cut at New Year; none of a year that it is not in. One without an end goes on to the end of the year,
    /// and one with a last day alone is that day.
    #[must_use]
    pub fn arc(&self, year: i32) -> Option<Slot> {
        if !self.is_in(year) {
            return None;
        }
        let (first, last) = (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
        let (start, due) = (self.start.or(self.slut)?, self.slut.unwrap_or(last));
        Some(Slot { start: start.max(first), due: due.min(last) })
    }

    /// What is said beside one whose days do not touch the year of its plan; none where they do, or there are none.
    #[must_use]
    pub fn utanfor(&self, year: i32) -> Option<String> {
        if self.is_in(year) {
            return None;
        }
        let when = match (self.start, self.slut) {
            (Some(start), Some(slut)) => format!("pågår {}–{}", format::date(start), format::date(slut)),
            (Some(start), None) => format!("börjar {}", format::date(start)),
            (None, Some(slut)) => format!("ska vara klar {}", format::date(slut)),
            (None, None) => return None,
        };
        Some(format!("Aktiviteten {when}, alltså inte under {year}. Är det rätt år?"))
    }

    /// What it lacks to be followed: until when. It never stands in the way.
    #[must_use]
    pub fn hjalp(&self) -> Option<String> {
        if self.slut.is_none() { hjalp::said(&[Saknas::Datum]) } else { None }
    }

    /// As the form has it.
    #[must_use]
    pub fn form(&self) -> PlanaktivitetForm {
        let date = |day: Option<NaiveDate>| day.map(format::date).unwrap_or_default();
        PlanaktivitetForm {
            text: self.text.clone(),
            mal: self.mal.map_or_else(String::new, |id| id.to_string()),
            start: date(self.start),
            slut: date(self.slut),
            responsible: self.responsible.code(),
            agare: self.agare.code().to_owned(),
        }
    }

    /// Labels and values for the history.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, String)> {
        let date = |day: Option<NaiveDate>| day.map(format::date).unwrap_or_default();
        vec![
            ("Aktivitet", self.text.clone()),
            ("Startdatum", date(self.start)),
            ("Slutdatum", date(self.slut)),
            ("Ansvarig", self.responsible.told()),
            ("Vems", self.agare.label().to_owned()),
        ]
    }
}

impl Planaktivitet {
    /// How it stands on a day: late only after its last one.
    #[must_use]
    pub fn status(&self, today: NaiveDate) -> Status {
        match self.lage.satt {
            satt if satt.is_open() && self.content.slut.is_some_and(|slut| slut < today) => Status::Forsenad,
            Satt::EjPaborjad => Status::EjPaborjad,
            Satt::Pagar => Status::Pagar,
            Satt::Avslutad => Status::Avslutad,
            Satt::Utgatt => Status::Utgatt,
        }
    }

    /// Whether a report lacks something of it: it is late, and nobody has written why.
    #[must_use]
    pub fn saknar_besked(&self, today: NaiveDate) -> bool {
        self.status(today) == Status::Forsenad && self.lage.avvikelse.is_empty()
    }

    /// Whether it is in a year. One without an end goes on while it is open; when one that is closed ended nobody has said, and it goes no
    /// further than the year of the plan that it was written in.
    #[must_use]
    pub fn is_in(&self, year: i32) -> bool {
        let goes_on = self.lage.satt.is_open() || self.content.slut.is_some() || year <= self.year;
        goes_on && self.content.is_in(year)
    }

    /// Its arc on the wheel of a year: see [`Content::arc`] and [`Planaktivitet::is_in`].
    #[must_use]
    pub fn arc(&self, year: i32) -> Option<Slot> {
        self.content.arc(year).filter(|_| self.is_in(year))
    }

    /// Whether it is shown in the plan of a year: it is in it, or has no days and was written in it. One that was written in the plan of
    /// the year is shown there in any case, with what is said of its days.
    #[must_use]
    pub fn is_shown_in(&self, year: i32) -> bool {
        self.year == year || self.is_in(year)
    }
}

#[cfg(test)]
mod tests;
