//! Aktivitet: what a unit lays on its wheel by itself (meetings, arbetsmiljö, own activities), and the report deadlines
//! that are there from the start.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    field::{Checker, FieldError},
    hours::Hours,
    recurrence::{
        Recurrence,
        form::{Fields, Of, Timing},
    },
    schedule::{Category, Responsible},
};

/// A free activity as a form sends it: texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// What it is called.
    pub title: String,
    /// A few words more.
    pub description: String,
    /// Code of a [`Category`].
    pub category: String,
    /// Code of a [`Responsible`].
    pub responsible: String,
    /// When; no kind of rhythm is `en_gang`.
    #[serde(flatten)]
    pub when: Fields,
}

/// What a valid activity holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What it is called; never empty.
    pub title: String,
    /// A few words more.
    pub description: String,
    /// The ring it is on.
    pub category: Category,
    /// Who carries it out.
    pub responsible: Responsible,
    /// How often, and on which days.
    pub recurrence: Recurrence,
    /// First day.
    pub start: Option<NaiveDate>,
    /// Last day.
    pub end: Option<NaiveDate>,
    /// From when to when on its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

impl Content {
    /// When, counted from nothing that stands already.
    #[must_use]
    pub fn timing(&self) -> Timing {
        Timing { recurrence: self.recurrence, start: self.start, end: self.end, hours: self.hours, anchor: None }
    }
}

/// Checks a new free activity in `year`.
pub fn check(form: &Form, year: i32) -> Result<Content, Vec<FieldError>> {
    check_again(form, year, None)
}

/// The same of one whose time is `stored`: see [`Fields::check`](crate::recurrence::form::Fields::check).
pub fn check_again(form: &Form, year: i32, stored: Option<&Timing>) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let category = Category::from_code(&form.category).filter(|c| Category::FREE.contains(c)).unwrap_or_else(|| {
        check.error("category", "Välj vad det är.");
        Category::Aktivitet
    });
    let mut when = form.when.clone();
    let once = when.kind.is_empty() || when.kind == "en_gang";
    if once && when.start.trim().is_empty() && when.end.trim().is_empty() {
        check.error("start", "Skriv en dag.");
    }
    if once {
        "en_gang".clone_into(&mut when.kind);
    }
    let timing = when.check(&mut check, year, Of::Activity, stored);
    let content = Content {
        title: check.required("title", &form.title, "vad det heter"),
        description: check.text("description", &form.description),
        category,
        responsible: Responsible::check(&mut check, "responsible", &form.responsible),
        recurrence: timing.recurrence,
        start: timing.start,
        end: timing.end,
        hours: timing.hours,
    };
    check.finish(content)
}

/// A report deadline of the tertial year. The days are local ones that every unit can move; the reports themselves and
/// their periods stand in docs/doman.md 8.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    /// What it is known by, whatever a unit calls it.
    pub key: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it is about.
    pub description: &'static str,
    /// First day of writing it: month and day.
    pub start: (u32, u32),
    /// The day it is to be handed in: month and day.
    pub due: (u32, u32),
}

impl Report {
    /// The days of a year that it is written between: from, and to be handed in.
    #[must_use]
    pub fn days(&self, year: i32) -> Option<(NaiveDate, NaiveDate)> {
        let day = |(month, day)| NaiveDate::from_ymd_opt(year, month, day).map(working_day);
        Some((day(self.start)?, day(self.due)?))
    }

    /// The same, if it is to be laid on `today`: one whose day has passed is nobody's to write any more.
    #[must_use]
    pub fn days_ahead(&self, year: i32, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        self.days(year).filter(|(_, due)| *due >= today)
    }
}

/// A Saturday or Sunday becomes the Friday before.
fn working_day(day: NaiveDate) -> NaiveDate {
    let beyond_friday = u64::from(day.weekday().num_days_from_monday().saturating_sub(4));
    day - chrono::Days::new(beyond_friday)
}

/// The reports that stand on every unit's wheel from the start.
pub const REPORTS: [Report; 4] = [
    Report {
        key: "verksamhetsberattelse",
        title: "Verksamhetsberättelse för året som gått",
        description: "Resultat, analys och kvalitetsberättelse för föregående år. Dagen är lokal och kan ändras.",
        start: (1, 7),
        due: (1, 30),
    },
    Report {
        key: "tertialrapport_1",
        title: "Tertialrapport 1",
        description: "Uppföljning januari till april. Dagen är lokal och kan ändras.",
        start: (4, 20),
        due: (5, 15),
    },
    Report {
        key: "tertialrapport_2",
        title: "Tertialrapport 2",
        description: "Uppföljning januari till augusti. Dagen är lokal och kan ändras.",
        start: (8, 24),
        due: (9, 18),
    },
    Report {
        key: "verksamhetsplan",
        title: "Verksamhetsplan för nästa år",
        description: "Mål, egenkontrollplan och internkontrollplan för nästa år. Dagen är lokal och kan ändras.",
        start: (11, 2),
        due: (12, 11),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_day_is_enough() {
        let form = Form {
            title: "APT".into(),
            category: "mote".into(),
            when: Fields { start: "2026-11-11".into(), ..Fields::default() },
            ..Form::default()
        };
        let content = check(&form, 2026).unwrap();
        assert_eq!(content.recurrence.slots(2026, content.start, content.end).len(), 1);
        assert_eq!(
            check(&Form { when: Fields { start: String::new(), ..form.when.clone() }, ..form.clone() }, 2026)
                .unwrap_err()[0]
                .field,
            "start"
        );
        assert_eq!(check(&Form { category: "egenkontroll".into(), ..form }, 2026).unwrap_err()[0].field, "category");
    }

    #[test]
    fn a_meeting_recurs_on_its_day_and_at_its_hours() {
        let form = Form {
            title: "Teammöte".into(),
            category: "mote".into(),
            when: Fields {
                kind: "varannan_vecka".into(),
                start: "2026-01-13".into(),
                from: "13.00".into(),
                to: "15.00".into(),
                ..Fields::default()
            },
            ..Form::default()
        };
        let content = check(&form, 2026).unwrap();
        assert_eq!(content.recurrence.label(), "varannan tisdag");
        assert_eq!(content.hours.map(Hours::label).as_deref(), Some("13.00–15.00"));
        let monthly = Form {
            when: Fields { kind: "varje_manad".into(), start: "2026-06-14".into(), ..form.when.clone() },
            ..form.clone()
        };
        let content = check(&monthly, 2026).unwrap();
        let slots = content.recurrence.slots(2026, content.start, content.end);
        assert_eq!(slots[1].due, NaiveDate::from_ymd_opt(2026, 7, 14).unwrap());
        let once = Form { when: Fields { kind: String::new(), end: "2026-01-14".into(), ..form.when.clone() }, ..form };
        assert_eq!(check(&once, 2026).unwrap_err()[0].field, "from", "two days are not from one to three");
    }

    #[test]
    fn a_unit_that_is_made_in_november_has_no_report_that_was_due_before() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let ahead =
            |year| REPORTS.iter().filter(|r| r.days_ahead(year, today).is_some()).map(|r| r.key).collect::<Vec<_>>();
        assert_eq!(ahead(2026), ["verksamhetsplan"]);
        assert_eq!(ahead(2027).len(), REPORTS.len());
        assert!(ahead(2025).is_empty());
    }

    #[test]
    fn the_reports_of_the_year_are_days_that_exist() {
        for report in REPORTS {
            let day = |(m, d)| NaiveDate::from_ymd_opt(2026, m, d).unwrap();
            assert!(day(report.start) < day(report.due), "{}", report.title);
        }
    }
}
