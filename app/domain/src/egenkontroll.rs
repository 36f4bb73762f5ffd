//! Egenkontroll: a row of the unit's egenkontrollplan for a year (SOSFS 2011:9; docs/doman.md 1).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    field::{Checker, FieldError},
    hours::Hours,
    id::{EgenkontrollId, NodeId, ScheduleId},
    per_cent,
    recurrence::{
        Recurrence,
        form::{Fields, Of, Timing},
    },
    schedule::Responsible,
};

/// A row of the plan. Texts may be empty unless said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Egenkontroll {
    /// Its id.
    pub id: EgenkontrollId,
    /// The time side of it.
    pub schedule: ScheduleId,
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

impl Egenkontroll {
    /// When, as it stands.
    #[must_use]
    pub fn timing(&self) -> Timing {
        Timing { anchor: self.anchor, ..self.content.timing() }
    }
}

/// What the user writes in a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// Number in the plan, such as K.1.1.
    pub number: String,
    /// Kontrollmål; never empty.
    pub kontrollmal: String,
    /// Vad kontrolleras.
    pub vad: String,
    /// Hur sker kontrollen.
    pub metod: String,
    /// Urval: the number of cases.
    pub urval: Option<i64>,
    /// Hur dokumenteras.
    pub dokumentation: String,
    /// Rutin or method for the assessment.
    pub bedomning: String,
    /// Styrmodell, such as SOSFS 2011:9.
    pub styrmodell: String,
    /// Enhetens anpassning.
    pub anpassning: String,
    /// Målvärde in per cent.
    pub malvarde: Option<f64>,
    /// The process it belongs to.
    pub process: String,
    /// Who carries it out.
    pub responsible: Responsible,
    /// How often.
    pub recurrence: Recurrence,
    /// Not before this day.
    pub start: Option<NaiveDate>,
    /// Not after this day.
    pub end: Option<NaiveDate>,
    /// From when to when on its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// Owned by an avdelning and carried out for each of its units.
    pub laid_on_units: bool,
}

/// A row as a form sends it: texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Content`].
    pub number: String,
    /// See [`Content`].
    pub kontrollmal: String,
    /// See [`Content`].
    pub vad: String,
    /// See [`Content`].
    pub metod: String,
    /// See [`Content`].
    pub urval: String,
    /// See [`Content`].
    pub dokumentation: String,
    /// See [`Content`].
    pub bedomning: String,
    /// See [`Content`].
    pub styrmodell: String,
    /// See [`Content`].
    pub anpassning: String,
    /// See [`Content`].
    pub malvarde: String,
    /// See [`Content`].
    pub process: String,
    /// Code of a [`Responsible`].
    pub responsible: String,
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
    /// "on" when ticked.
    pub laid_on_units: String,
    /// Code of a [`crate::counted::CountFrom`]; not of the [`Content`].
    pub counted_from: String,
}

crate::when_fields!(Form);

/// Reads who carries it out.
pub fn check_responsible(check: &mut Checker, code: &str) -> Responsible {
    Responsible::from_code(code.trim()).unwrap_or_else(|| {
        check.error("responsible", "Välj vem som utför.");
        Responsible::Nobody
    })
}

/// Checks a new row for a plan of `year`.
pub fn check(form: &Form, year: i32) -> Result<Content, Vec<FieldError>> {
    check_again(form, year, None)
}

/// The same of one whose time is `stored`: see [`Fields::check`](crate::recurrence::form::Fields::check).
pub fn check_again(form: &Form, year: i32, stored: Option<&Timing>) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let malvarde = check.per_cent("malvarde", &form.malvarde, 0.0..=100.0);
    let Timing { recurrence, start, end, hours, .. } = form.when().check(&mut check, year, Of::Control, stored);
    let number = check.line("number", &form.number);
    if number.chars().count() > 20 {
        check.error("number", "Numret kan ha högst 20 tecken.");
    }
    let content = Content {
        number,
        kontrollmal: check.required("kontrollmal", &form.kontrollmal, "ett kontrollmål"),
        vad: check.text("vad", &form.vad),
        metod: check.text("metod", &form.metod),
        urval: check.int("urval", &form.urval, 1..=100_000),
        dokumentation: check.text("dokumentation", &form.dokumentation),
        bedomning: check.text("bedomning", &form.bedomning),
        styrmodell: check.line("styrmodell", &form.styrmodell),
        anpassning: check.text("anpassning", &form.anpassning),
        malvarde,
        process: check.line("process", &form.process),
        responsible: check_responsible(&mut check, &form.responsible),
        recurrence,
        start,
        end,
        hours,
        laid_on_units: form.laid_on_units == "on",
    };
    check.finish(content)
}

impl Content {
    /// The form that gives this content back.
    #[must_use]
    pub fn form(&self) -> Form {
        let when = Fields::of(&self.timing());
        Form {
            number: self.number.clone(),
            kontrollmal: self.kontrollmal.clone(),
            vad: self.vad.clone(),
            metod: self.metod.clone(),
            urval: self.urval.map(|n| n.to_string()).unwrap_or_default(),
            dokumentation: self.dokumentation.clone(),
            bedomning: self.bedomning.clone(),
            styrmodell: self.styrmodell.clone(),
            anpassning: self.anpassning.clone(),
            malvarde: self.malvarde.map(per_cent::written).unwrap_or_default(),
            process: self.process.clone(),
            responsible: self.responsible.code(),
            laid_on_units: if self.laid_on_units { "on".into() } else { String::new() },
            ..Form::default()
        }
        .with_when(when)
    }

    /// When, counted from nothing that stands already.
    #[must_use]
    pub fn timing(&self) -> Timing {
        Timing { recurrence: self.recurrence, start: self.start, end: self.end, hours: self.hours, anchor: None }
    }

    /// The same row moved to another year: dates follow, 29 February becomes 28.
    #[must_use]
    pub fn in_year(&self, year: i32) -> Self {
        Self {
            start: self.start.map(|d| move_to_year(d, year)),
            end: self.end.map(|d| move_to_year(d, year)),
            ..self.clone()
        }
    }
}

/// The same day in another year; 29 February becomes 28.
#[must_use]
pub fn move_to_year(date: NaiveDate, year: i32) -> NaiveDate {
    date.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recurrence::Months;

    fn form() -> Form {
        Form {
            kontrollmal: "Barnkonsekvensanalys".into(),
            recurrence: "valda_manader".into(),
            months: vec!["4,8,12".into()],
            malvarde: "75".into(),
            ..Form::default()
        }
    }

    #[test]
    fn a_row_goes_through_its_form_unchanged() {
        let content = check(&form(), 2026).unwrap();
        assert_eq!(content.recurrence, Recurrence::Chosen(Months::of(&[4, 8, 12])));
        assert_eq!(check(&content.form(), 2026).unwrap(), content);
    }

    #[test]
    fn every_fault_is_named_at_its_field() {
        let bad = Form {
            kontrollmal: "  ".into(),
            urval: "tjugo".into(),
            malvarde: "175".into(),
            months: vec!["13".into()],
            start: "2025-01-01".into(),
            responsible: "roll:kung".into(),
            ..form()
        };
        let errors = check(&bad, 2026).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|e| e.field.as_str()).collect();
        for field in ["kontrollmal", "urval", "malvarde", "months", "start", "responsible"] {
            assert!(fields.contains(&field), "{field}: {errors:?}");
        }
        assert!(errors.iter().any(|e| e.message == "13 är ingen månad. Skriv månader som 4,8,12."));
    }

    #[test]
    fn a_goal_that_could_be_a_hundredfold_wrong_is_asked_about_in_the_form_too() {
        let goal = |text: &str| check(&Form { malvarde: text.into(), ..form() }, 2026);
        let errors = goal("0,915").unwrap_err();
        assert_eq!((errors[0].field.as_str(), errors.len()), ("malvarde", 1));
        assert!(errors[0].message.starts_with("Är det 91,5 % eller 0,915 %?"), "{}", errors[0].message);
        // answered, and a form that is opened again gives the same back
        let low = goal("0,915 %").unwrap();
        assert_eq!(low.malvarde, Some(0.915));
        assert_eq!(check(&low.form(), 2026).unwrap(), low);
    }

    #[test]
    fn a_plan_without_any_time_in_the_year_is_refused() {
        let never = Form { months: vec!["3".into()], start: "2026-05-01".into(), ..form() };
        assert_eq!(check(&never, 2026).unwrap_err()[0].field, "recurrence");
    }

    #[test]
    fn a_row_follows_to_the_next_year() {
        let leap = Form { start: "2024-02-29".into(), end: "2024-12-31".into(), ..form() };
        let next = check(&leap, 2024).unwrap().in_year(2025);
        assert_eq!(next.start, NaiveDate::from_ymd_opt(2025, 2, 28));
        assert_eq!(next.end, NaiveDate::from_ymd_opt(2025, 12, 31));
    }
}
