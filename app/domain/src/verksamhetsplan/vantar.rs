//! Väntar: what a plan asks of somebody on a day, beside what has a time of its own on the wheel: an outcome whose source has had its months,
//! what a VP-grupp is to write for a report, and a chapter. Each person has one line of each plan and kind, however much it stands for.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    enhetsmal::vpgrupp::Vpgrupp,
    indikator::{
        Indikator, Utfall, Utfallsperiod,
        stangning::{Stangd, is_stangd},
    },
    mal::MalId,
    plan::{Plan, kapitel::Kapitel},
};
use crate::{aktivitet::REPORTS, apt::finding::in_words, format, permission::Role, schedule::Responsible};

/// An outcome that is not there, though its source has had its months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lucka {
    /// The indikator.
    pub namn: String,
    /// From January until when its outcome is.
    pub period: Utfallsperiod,
    /// The last day that it is asked for without being late.
    pub senast: NaiveDate,
    /// Who fills it: where nobody is named, the enhetschef.
    pub responsible: Responsible,
}

/// Who fills an indikator.
#[must_use]
pub fn ansvarig(indikator: &Indikator) -> Responsible {
    match indikator.content.responsible {
        Responsible::Nobody => Responsible::Role(Role::Enhetschef),
        named => named,
    }
}

/// Whether something of an indikator can be asked for on a day: the first of its periods in a year has come to its end and its source has
/// had its months.
#[must_use]
pub fn has_begun(indikator: &Indikator, year: i32, today: NaiveDate) -> bool {
    let content = &indikator.content;
    content.periodicitet.perioder(year).first().is_some_and(|period| period.vantas(content.efterslapning) <= today)
}

/// Whether somebody has said what came out: a figure, that there is none, or that the indikator is not judged.
fn is_said(utfall: &Utfall) -> bool {
    utfall.varden.total.is_some() || !utfall.not.is_empty() || utfall.satt.is_some()
}

/// The outcomes of an indikator that are asked for on a day, the earliest first; none of a period that is closed: it was reported as it was.
#[must_use]
pub fn luckor(
    indikator: &Indikator,
    utfall: &BTreeMap<Utfallsperiod, Utfall>,
    stangda: &[Stangd],
    (year, today): (i32, NaiveDate),
) -> Vec<Lucka> {
    let content = &indikator.content;
    let perioder = content.periodicitet.perioder(year).into_iter();
    let wanted = perioder.filter(|period| {
        period.vantas(content.efterslapning) <= today
            && !is_stangd(stangda, *period)
            && !utfall.get(period).is_some_and(is_said)
    });
    let lucka = |period: Utfallsperiod| Lucka {
        namn: content.namn.clone(),
        period,
        senast: period.senast(content.efterslapning),
        responsible: ansvarig(indikator),
    };
    wanted.map(lucka).collect()
}

/// A line of Att göra.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rad {
    /// "Fyll i utfall för tre indikatorer"
    pub text: String,
    /// What it is of: "Tertial 1 och Tertial 2 2026". May be empty.
    pub om: String,
    /// The last day; none where nobody has said one.
    pub senast: Option<NaiveDate>,
}

impl Rad {
    /// Whether its day has passed.
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.senast.is_some_and(|senast| senast < today)
    }

    /// `Tertial 2 2026 · senast 2026-09-30`
    #[must_use]
    pub fn under(&self) -> String {
        let senast = self.senast.map(|day| format!("senast {}", format::date(day)));
        [Some(self.om.clone()).filter(|om| !om.is_empty()), senast]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
    }
}

/// What one person fills of a plan, with the period that it begins with; none where nothing is asked for.
#[must_use]
pub fn utfall(luckor: &[Lucka]) -> Option<(Utfallsperiod, Rad)> {
    let first = luckor.iter().min_by_key(|one| (one.period.month(), one.senast))?;
    let mut namn: Vec<&str> = luckor.iter().map(|one| one.namn.as_str()).collect();
    namn.sort_unstable();
    namn.dedup();
    let text = match namn.as_slice() {
        [one] => format!("Fyll i utfall för {one}"),
        many => format!("Fyll i utfall för {} indikatorer", in_words(many.len(), false)),
    };
    let mut months: Vec<Utfallsperiod> = luckor.iter().map(|one| one.period).collect();
    months.sort_by_key(|period| period.month());
    months.dedup();
    let om = match months.as_slice() {
        [one] => one.label(),
        [.., last] => format!("{}–{}", first.period.within_year(), last.label()),
        [] => String::new(),
    };
    let senast = luckor.iter().map(|one| one.senast).min();
    Some((first.period, Rad { text, om, senast }))
}

/// When a report is written: from the first day of the last month of its period counts what a VP-grupp has said, and until when it is asked
/// for without being late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rapporttid {
    /// The period of the report that the unit works with.
    pub period: Utfallsperiod,
    /// What was written from this day is of it.
    pub fran: NaiveDate,
    /// The day it is handed in.
    pub senast: Option<NaiveDate>,
}

/// The report that a unit works with on a day, as the reports stand on its wheel.
#[must_use]
pub fn rapporttid(today: NaiveDate) -> Rapporttid {
    let period = Utfallsperiod::rapport(today);
    let (key, year) = match period.month() {
        4 => ("tertialrapport_1", period.year()),
        8 => ("tertialrapport_2", period.year()),
        _ => ("verksamhetsberattelse", period.year() + 1),
    };
    let senast = REPORTS.iter().find(|report| report.key == key).and_then(|report| report.days(year));
    let fran = NaiveDate::from_ymd_opt(period.year(), period.month(), 1).unwrap_or(today);
    Rapporttid { period, fran, senast: senast.map(|(_, due)| due) }
}

/// The goals of a VP-grupp of which it has written nothing for the report, in its order. `skrivet`: when it last wrote of each.
#[must_use]
pub fn rapport_saknas(grupp: &Vpgrupp, skrivet: &BTreeMap<MalId, NaiveDate>, tid: &Rapporttid) -> Vec<MalId> {
    if grupp.year != tid.period.year() {
        return vec![];
    }
    let written = |mal: &&MalId| skrivet.get(mal).is_some_and(|on| *on >= tid.fran);
    grupp.mal.iter().filter(|mal| !written(mal)).copied().collect()
}

/// What a member of VP-grupper is asked to write: `Skriv hur det går i Unga vuxna`.
#[must_use]
pub fn rapport(grupper: &[&str], tid: &Rapporttid) -> Rad {
    Rad {
        text: format!("Skriv hur det går i {}", format::and(grupper)),
        om: format!("Till {}", tid.period.label()),
        senast: tid.senast,
    }
}

/// What everybody in the unit is asked while a plan is on remiss: until its last day, or until the person has said something of it.
#[must_use]
pub fn remiss(plan: &Plan, has_said: bool, today: NaiveDate) -> Option<Rad> {
    let remiss = plan.pa_remiss(today).filter(|_| !has_said)?;
    let text = format!("Säg vad du tycker om verksamhetsplanen {}", plan.year);
    Some(Rad { text, om: "Remiss".to_owned(), senast: Some(remiss.till) })
}

/// What one person writes of the chapters of the plan of a year: those that are not done; none where there are none.
#[must_use]
pub fn kapitel(all: &[&Kapitel], year: i32) -> Option<Rad> {
    let left: Vec<&&Kapitel> = all.iter().filter(|one| !one.klart).collect();
    let text = match left.as_slice() {
        [] => return None,
        [one] => format!("Skriv kapitlet {}", one.content.rubrik),
        many => format!("Skriv {} kapitel", in_words(many.len(), true)),
    };
    let senast = left.iter().filter_map(|one| one.content.senast).min();
    Some(Rad { text, om: format!("Verksamhetsplan {year}"), senast })
}

#[cfg(test)]
mod tests;
