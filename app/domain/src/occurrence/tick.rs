//! What a tick holds: what was found, shares in all and by kön, figures, and the checks of its form.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Figure, Occurrence, Outcome, figure::check_figures};
use crate::{
    area::Area,
    day::Fits,
    field::{Checker, FieldError},
};

/// A part of a whole: cases that fulfil, of cases looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Share {
    /// Täljare.
    pub numerator: i64,
    /// Nämnare.
    pub denominator: i64,
}

/// Shares in all and by kön. Total can be more than kvinnor and män together: kön is not always known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Andel {
    /// Totalt.
    pub total: Option<Share>,
    /// Of those who are women.
    pub kvinnor: Option<Share>,
    /// Män.
    pub man: Option<Share>,
}

/// What a valid tick holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tick {
    /// The day it was carried out.
    pub performed_on: NaiveDate,
    /// What was found.
    pub outcome: Option<Outcome>,
    /// Täljare and nämnare.
    pub andel: Andel,
    /// Beskrivning och resultat.
    pub note: String,
    /// Figures that become series.
    pub figures: Vec<Figure>,
}

/// A tick as a form sends it: texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TickForm {
    /// Empty means today.
    pub performed_on: String,
    /// Code of an [`Outcome`].
    pub outcome: String,
    /// That it is done already although its time has not begun; empty when that was not asked.
    pub ahead: String,
    /// Täljare, totalt.
    pub total_numerator: String,
    /// Nämnare, totalt.
    pub total_denominator: String,
    /// Täljare, kvinnor.
    pub kvinnor_numerator: String,
    /// Nämnare, kvinnor.
    pub kvinnor_denominator: String,
    /// Täljare, män.
    pub man_numerator: String,
    /// Nämnare, män.
    pub man_denominator: String,
    /// Beskrivning och resultat.
    pub note: String,
    /// What the first figure counts.
    pub figure_label_1: String,
    /// The first figure.
    pub figure_value_1: String,
    /// What it is measured in: "procent", "kr".
    pub figure_unit_1: String,
    /// What time it is of: "januari 2022", "kvartal 1 2022"; may be empty.
    pub figure_period_1: String,
    /// Id of the series that it goes into, or empty.
    pub figure_serie_1: String,
    /// "on" where what was asked about it is right.
    pub figure_ratt_1: String,
    /// What was asked: the answer is to that alone.
    pub figure_fragat_1: String,
    /// What the second figure counts.
    pub figure_label_2: String,
    /// The second figure.
    pub figure_value_2: String,
    /// As that of the first.
    pub figure_unit_2: String,
    /// As that of the first.
    pub figure_period_2: String,
    /// As that of the first.
    pub figure_serie_2: String,
    /// As that of the first.
    pub figure_ratt_2: String,
    /// As that of the first.
    pub figure_fragat_2: String,
}

impl TickForm {
    /// What a tick said, as its form holds it: who takes it back to do it anew need not write it again.
    #[must_use]
    pub fn of(before: &Occurrence) -> Self {
        let share =
            |share: Option<Share>, part: fn(Share) -> i64| share.map(|s| part(s).to_string()).unwrap_or_default();
        let (n, d) = (|s: Share| s.numerator, |s: Share| s.denominator);
        let form = Self {
            performed_on: before.performed_on.map(crate::format::date).unwrap_or_default(),
            outcome: before.outcome.map(|o| o.code().to_owned()).unwrap_or_default(),
            note: before.note.clone(),
            total_numerator: share(before.andel.total, n),
            total_denominator: share(before.andel.total, d),
            kvinnor_numerator: share(before.andel.kvinnor, n),
            kvinnor_denominator: share(before.andel.kvinnor, d),
            man_numerator: share(before.andel.man, n),
            man_denominator: share(before.andel.man, d),
            ..Self::default()
        };
        (1..=2).zip(&before.figures).fold(form, |form, (row, figure)| form.with_figure(row, figure))
    }

    /// Whether it says more than one click does: a text, a figure, or something that deviated.
    #[must_use]
    pub fn says_more(before: &Occurrence) -> bool {
        !before.note.is_empty()
            || !before.figures.is_empty()
            || before.andel != Andel::default()
            || before.outcome.is_some_and(Outcome::deviates)
    }
}

/// Checks the day that something was carried out, in the field `performed_on`: empty is today. The same of one tick, of several
/// at once and of the end of a genomförande.
pub fn check_performed_on(check: &mut Checker, text: &str, today: NaiveDate) -> NaiveDate {
    let day = check.date("performed_on", text, Fits::Past(today)).unwrap_or(today);
    if day > today {
        check.error("performed_on", "Dagen har inte varit än. Välj i dag eller tidigare.");
    } else if day < today - Months::new(24) {
        check.error("performed_on", "Dagen ligger mer än två år tillbaka. Kontrollera årtalet.");
    }
    day
}

/// Checks a tick. An area that demands an outcome has one of its own, and a text when something deviated
/// (docs/doman.md 2).
pub fn check_tick(area: Area, form: &TickForm, today: NaiveDate) -> Result<Tick, Vec<FieldError>> {
    let mut check = Checker::default();
    let performed_on = check_performed_on(&mut check, &form.performed_on, today);
    let outcome = Outcome::from_code(form.outcome.trim());
    let finding = area.time().finding;
    let outcome = match outcome {
        Some(outcome) if finding.outcomes().contains(&outcome) => Some(outcome),
        Some(_) => {
            check.error("outcome", "Välj ett av svaren.");
            None
        }
        None if finding.is_demanded() || !form.outcome.trim().is_empty() => {
            check.error("outcome", "Välj ett av svaren.");
            None
        }
        None => None,
    };
    let note = check.text("note", &form.note);
    if finding.is_demanded() && outcome.is_some_and(Outcome::deviates) && note.is_empty() {
        check.error("note", "Skriv vad som avvek.");
    }
    let andel = check_andel(&mut check, form);
    let figures = check_figures(&mut check, form, (performed_on, today));
    check.finish(Tick { performed_on, outcome, andel, note, figures })
}

fn check_andel(check: &mut Checker, form: &TickForm) -> Andel {
    let mut read = |name: &str, numerator: &str, denominator: &str| {
        let (field_n, field_d) = (format!("{name}_numerator"), format!("{name}_denominator"));
        let n = check.int(&field_n, numerator, 0..=10_000_000);
        let d = check.int(&field_d, denominator, 0..=10_000_000);
        match (n, d) {
            (Some(n), Some(d)) if n > d => {
                check.error(&field_n, "Täljaren kan inte vara större än nämnaren.");
                None
            }
            (Some(numerator), Some(denominator)) => Some(Share { numerator, denominator }),
            (Some(_), None) if denominator.trim().is_empty() => {
                check.error(&field_d, "Skriv hur många ärenden som kontrollerats.");
                None
            }
            (None, Some(_)) if numerator.trim().is_empty() => {
                check.error(&field_n, "Skriv hur många som uppfyllde kontrollmålet.");
                None
            }
            _ => None,
        }
    };
    let total = read("total", &form.total_numerator, &form.total_denominator);
    let kvinnor = read("kvinnor", &form.kvinnor_numerator, &form.kvinnor_denominator);
    let man = read("man", &form.man_numerator, &form.man_denominator);
    let sum = |f: fn(Share) -> i64| kvinnor.map_or(0, f) + man.map_or(0, f);
    let total = match total {
        None if kvinnor.is_some() && man.is_some() => {
            Some(Share { numerator: sum(|s| s.numerator), denominator: sum(|s| s.denominator) })
        }
        total => total,
    };
    if let Some(total) = total
        && (sum(|s| s.denominator) > total.denominator || sum(|s| s.numerator) > total.numerator)
    {
        check.error("total_denominator", "Kvinnor och män är tillsammans fler än totalt.");
    }
    Andel { total, kvinnor, man }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_deviation_demands_a_text_and_no_deviation_does_not() {
        let today = day(2026, 10, 12);
        let form = TickForm { outcome: "avvikelse".into(), ..TickForm::default() };
        let errors = check_tick(Area::Internkontroll, &form, today).unwrap_err();
        assert_eq!((errors[0].field.as_str(), errors[0].message.as_str()), ("note", "Skriv vad som avvek."));
        let form = TickForm { outcome: "ingen_avvikelse".into(), ..TickForm::default() };
        assert_eq!(check_tick(Area::Internkontroll, &form, today).unwrap().performed_on, today);
        let errors = check_tick(Area::Internkontroll, &TickForm::default(), today).unwrap_err();
        assert_eq!(errors[0].field, "outcome");
        assert!(check_tick(Area::Egenkontroll, &TickForm::default(), today).is_ok());
        let foreign = TickForm { outcome: "uppfyllt".into(), ..TickForm::default() };
        assert!(check_tick(Area::Internkontroll, &foreign, today).is_err());
    }

    #[test]
    fn shares_are_checked_against_each_other() {
        let today = day(2026, 10, 12);
        let tick = |n: &str, d: &str, kn: &str, kd: &str, mn: &str, md: &str| {
            check_tick(
                Area::Egenkontroll,
                &TickForm {
                    total_numerator: n.into(),
                    total_denominator: d.into(),
                    kvinnor_numerator: kn.into(),
                    kvinnor_denominator: kd.into(),
                    man_numerator: mn.into(),
                    man_denominator: md.into(),
                    ..TickForm::default()
                },
                today,
            )
        };
        assert_eq!(tick("21", "20", "", "", "", "").unwrap_err()[0].field, "total_numerator");
        assert_eq!(tick("11", "", "", "", "", "").unwrap_err()[0].field, "total_denominator");
        assert_eq!(tick("11", "20", "9", "15", "2", "6").unwrap_err()[0].field, "total_denominator");
        let both = tick("", "", "6", "10", "5", "10").unwrap();
        assert_eq!(both.andel.total, Some(Share { numerator: 11, denominator: 20 }));
        let unknown_sex = tick("12", "22", "6", "10", "5", "10").unwrap();
        assert_eq!(unknown_sex.andel.total, Some(Share { numerator: 12, denominator: 22 }));
    }

    #[test]
    fn a_tick_cannot_be_made_for_a_day_that_has_not_been() {
        let form = TickForm { performed_on: "2026-10-13".into(), ..TickForm::default() };
        let errors = check_tick(Area::Egenkontroll, &form, day(2026, 10, 12)).unwrap_err();
        assert_eq!(errors[0].field, "performed_on");
    }
}
