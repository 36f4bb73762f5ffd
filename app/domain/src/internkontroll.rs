//! Internkontroll: a row of the internkontrollplan, with its oönskad händelse and two levels of control
//! (docs/doman.md 2).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    egenkontroll::{check_responsible, move_to_year},
    field::{Checker, FieldError},
    hours::Hours,
    id::{InternkontrollId, NodeId},
    recurrence::{
        Recurrence,
        form::{Fields, Of, Timing},
    },
    schedule::{Level, Responsible},
};

/// A row of the plan. Texts may be empty unless said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Internkontroll {
    /// Its id.
    pub id: InternkontrollId,
    /// The node that owns it.
    pub node: NodeId,
    /// The year of the plan.
    pub year: i32,
    /// The first day that counts of its year; none where the whole year does.
    pub counted_from: Option<NaiveDate>,
    /// The day of any year that its rhythm is counted from; none where it is not counted.
    pub anchor: Option<NaiveDate>,
    /// What it holds.
    pub content: Content,
    /// Rises with every change.
    pub version: i64,
}

impl Internkontroll {
    /// When, as it stands.
    #[must_use]
    pub fn timing(&self) -> Timing {
        Timing { anchor: self.anchor, ..self.content.timing() }
    }
}

/// What the user writes in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Process.
    pub process: String,
    /// Arbetssätt.
    pub arbetssatt: String,
    /// Oönskad händelse.
    pub oonskad_handelse: String,
    /// Sannolikhet 1–5.
    pub sannolikhet: Option<i64>,
    /// Konsekvens 1–5.
    pub konsekvens: Option<i64>,
    /// What is controlled; never empty.
    pub systematisk_kontroll: String,
    /// Dokumenteras i.
    pub dokumenteras_i: String,
    /// Who carries out the systematisk kontroll.
    pub utfors_av: Responsible,
    /// How the kontrollansvarig verifies it; never empty.
    pub kontrollaktivitet: String,
    /// Who verifies.
    pub kontrollansvarig: Responsible,
    /// How often, for both levels.
    pub recurrence: Recurrence,
    /// Not before this day.
    pub start: Option<NaiveDate>,
    /// Not after this day.
    pub end: Option<NaiveDate>,
    /// From when to when on its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

/// A row as a form sends it: texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Content`].
    pub process: String,
    /// See [`Content`].
    pub arbetssatt: String,
    /// See [`Content`].
    pub oonskad_handelse: String,
    /// See [`Content`].
    pub sannolikhet: String,
    /// See [`Content`].
    pub konsekvens: String,
    /// See [`Content`].
    pub systematisk_kontroll: String,
    /// See [`Content`].
    pub dokumenteras_i: String,
    /// Code of a [`Responsible`].
    pub utfors_av: String,
    /// See [`Content`].
    pub kontrollaktivitet: String,
    /// Code of a [`Responsible`].
    pub kontrollansvarig: String,
    /// First part of a recurrence's code.
    pub recurrence: String,
    /// The months, for the recurrences that take them.
    pub months: Vec<String>,
    /// The number of months, for "var n:te månad".
    pub every: String,
    /// The number of weeks between, for what is on weekdays.
    pub weeks: String,
    /// The weekdays, for what is on weekdays.
    pub weekdays: Vec<String>,
    /// Which of a weekday of the month: 1–4 or `sista`.
    pub nth: String,
    /// The weekday of the month.
    pub weekday: String,
    /// The date of the month.
    pub date: String,
    /// See [`Content`].
    pub start: String,
    /// See [`Content`].
    pub end: String,
    /// When it begins on its day.
    pub from: String,
    /// When it ends on its day.
    pub to: String,
    /// Not empty when the days are only to be shown; not of the [`Content`].
    pub visa: String,
    /// Code of a [`crate::counted::CountFrom`]; not of the [`Content`].
    pub counted_from: String,
}

crate::when_fields!(Form);

/// The words of the scale for sannolikhet, 1–5.
pub const SANNOLIKHET: [&str; 5] = ["Osannolik", "Mindre sannolik", "Möjlig", "Trolig", "Mycket trolig"];
/// The words of the scale for konsekvens, 1–5.
pub const KONSEKVENS: [&str; 5] = ["Försumbar", "Lindrig", "Kännbar", "Allvarlig", "Mycket allvarlig"];

/// How a riskvärde reads. The limits are ours until a unit sets its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// 1–4.
    Lag,
    /// 5–9.
    Medel,
    /// 10–14.
    Hog,
    /// 15–25.
    MycketHog,
}

impl Band {
    /// The band of a riskvärde.
    #[must_use]
    pub fn of(riskvarde: i64) -> Self {
        match riskvarde {
            ..=4 => Self::Lag,
            5..=9 => Self::Medel,
            10..=14 => Self::Hog,
            _ => Self::MycketHog,
        }
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Lag => "låg",
            Self::Medel => "medel",
            Self::Hog => "hög",
            Self::MycketHog => "mycket hög",
        }
    }
}

impl Content {
    /// Riskvärde = sannolikhet × konsekvens, when both are given.
    #[must_use]
    pub fn riskvarde(&self) -> Option<i64> {
        Some(self.sannolikhet? * self.konsekvens?)
    }

    /// What a level is called in lists and on the wheel.
    #[must_use]
    pub fn title(&self, level: Level) -> &str {
        match level {
            Level::Systematisk => &self.systematisk_kontroll,
            Level::Aktivitet | Level::Uppfoljning => &self.kontrollaktivitet,
        }
    }

    /// Who carries out a level.
    #[must_use]
    pub fn responsible(&self, level: Level) -> Responsible {
        match level {
            Level::Systematisk => self.utfors_av,
            Level::Aktivitet | Level::Uppfoljning => self.kontrollansvarig,
        }
    }

    /// The form that gives this content back.
    #[must_use]
    pub fn form(&self) -> Form {
        let when = Fields::of(&self.timing());
        let int = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        Form {
            process: self.process.clone(),
            arbetssatt: self.arbetssatt.clone(),
            oonskad_handelse: self.oonskad_handelse.clone(),
            sannolikhet: int(self.sannolikhet),
            konsekvens: int(self.konsekvens),
            systematisk_kontroll: self.systematisk_kontroll.clone(),
            dokumenteras_i: self.dokumenteras_i.clone(),
            utfors_av: self.utfors_av.code(),
            kontrollaktivitet: self.kontrollaktivitet.clone(),
            kontrollansvarig: self.kontrollansvarig.code(),
            ..Form::default()
        }
        .with_when(when)
    }

    /// When, counted from nothing that stands already.
    #[must_use]
    pub fn timing(&self) -> Timing {
        Timing { recurrence: self.recurrence, start: self.start, end: self.end, hours: self.hours, anchor: None }
    }

    /// The same row moved to another year.
    #[must_use]
    pub fn in_year(&self, year: i32) -> Self {
        Self {
            start: self.start.map(|d| move_to_year(d, year)),
            end: self.end.map(|d| move_to_year(d, year)),
            ..self.clone()
        }
    }
}

/// Checks a new row for a plan of `year`.
pub fn check(form: &Form, year: i32) -> Result<Content, Vec<FieldError>> {
    check_again(form, year, None)
}

/// The same of one whose time is `stored`: see [`Fields::check`](crate::recurrence::form::Fields::check).
pub fn check_again(form: &Form, year: i32, stored: Option<&Timing>) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let Timing { recurrence, start, end, hours, .. } = form.when().check(&mut check, year, Of::Control, stored);
    let mut who = |field: &str, code: &str| {
        let mut inner = Checker::default();
        let responsible = check_responsible(&mut inner, code);
        if inner.has_errors() {
            check.error(field, "Välj vem som utför.");
        }
        responsible
    };
    let utfors_av = who("utfors_av", &form.utfors_av);
    let kontrollansvarig = who("kontrollansvarig", &form.kontrollansvarig);
    let content = Content {
        process: check.line("process", &form.process),
        arbetssatt: check.line("arbetssatt", &form.arbetssatt),
        oonskad_handelse: check.text("oonskad_handelse", &form.oonskad_handelse),
        sannolikhet: check.int("sannolikhet", &form.sannolikhet, 1..=5),
        konsekvens: check.int("konsekvens", &form.konsekvens, 1..=5),
        systematisk_kontroll: check.required(
            "systematisk_kontroll",
            &form.systematisk_kontroll,
            "vad som kontrolleras",
        ),
        dokumenteras_i: check.line("dokumenteras_i", &form.dokumenteras_i),
        utfors_av,
        kontrollaktivitet: check.required("kontrollaktivitet", &form.kontrollaktivitet, "hur det verifieras"),
        kontrollansvarig,
        recurrence,
        start,
        end,
        hours,
    };
    check.finish(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::Role;

    fn form() -> Form {
        Form {
            systematisk_kontroll: "Antal hushåll och utbetalt ekonomiskt bistånd".into(),
            kontrollaktivitet: "Följa upp antalet hushåll".into(),
            utfors_av: "roll:bitradande_chef".into(),
            kontrollansvarig: "roll:enhetschef".into(),
            sannolikhet: "3".into(),
            konsekvens: "4".into(),
            recurrence: "varje_manad".into(),
            start: "2022-02-02".into(),
            end: "2022-12-31".into(),
            ..Form::default()
        }
    }

    #[test]
    fn a_row_has_two_levels_with_their_own_responsible() {
        let content = check(&form(), 2022).unwrap();
        assert_eq!(content.riskvarde(), Some(12));
        assert_eq!(Band::of(12).label(), "hög");
        assert_eq!(content.responsible(Level::Aktivitet), Responsible::Role(Role::Enhetschef));
        assert_eq!(content.title(Level::Systematisk), "Antal hushåll och utbetalt ekonomiskt bistånd");
        assert_eq!(check(&content.form(), 2022).unwrap(), content);
    }

    #[test]
    fn a_scale_has_five_steps() {
        let errors = check(&Form { sannolikhet: "6".into(), ..form() }, 2022).unwrap_err();
        assert_eq!(errors[0].field, "sannolikhet");
        assert_eq!(check(&Form { konsekvens: String::new(), ..form() }, 2022).unwrap().riskvarde(), None);
    }

    #[test]
    fn who_is_named_at_the_right_field() {
        let errors = check(&Form { kontrollansvarig: "person:x".into(), ..form() }, 2022).unwrap_err();
        assert_eq!(errors[0].field, "kontrollansvarig");
    }
}
