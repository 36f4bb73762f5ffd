//! Occurrence: one time of a schedule. Its states, how it is ticked off, undone, moved or given up, and what it says today.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    field::{Checker, FieldError},
    format,
    id::{NodeId, OccurrenceId, PersonId, ScheduleId},
    permission::Area,
    schedule::{Category, Level, Responsible},
};

/// What is stored. "Försenad" is not: it follows from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Planned.
    Planerad,
    /// Somebody has begun.
    Pagar,
    /// Ticked off.
    Utford,
    /// Given up, with a reason.
    EjUtford,
}

impl State {
    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Planerad => "planerad",
            Self::Pagar => "pagar",
            Self::Utford => "utford",
            Self::EjUtford => "ej_utford",
        }
    }

    /// The state of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Planerad, Self::Pagar, Self::Utford, Self::EjUtford].into_iter().find(|s| s.code() == code)
    }

    /// Whether something remains to do.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Planerad | Self::Pagar)
    }
}

/// What a screen shows: state, outcome and today in one word. Each has a shape of its own (design.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Its time has passed.
    Forsenad,
    /// Its time is now, or somebody has begun.
    Pagar,
    /// Its time has not come.
    Planerad,
    /// Done, and something deviated.
    Avvikelse,
    /// Given up.
    EjUtford,
    /// Done.
    Utford,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 6] =
        [Self::Forsenad, Self::Pagar, Self::Planerad, Self::Avvikelse, Self::EjUtford, Self::Utford];

    /// As used in URLs and class names.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Forsenad => "forsenad",
            Self::Pagar => "pagar",
            Self::Planerad => "planerad",
            Self::Avvikelse => "avvikelse",
            Self::EjUtford => "ej_utford",
            Self::Utford => "utford",
        }
    }

    /// The status of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Forsenad => "Försenad",
            Self::Pagar => "Att göra nu",
            Self::Planerad => "Planerad",
            Self::Avvikelse => "Utförd med avvikelse",
            Self::EjUtford => "Ej utförd",
            Self::Utford => "Utförd",
        }
    }
}

/// What a tick says about what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Internkontroll: nothing deviated.
    IngenAvvikelse,
    /// Internkontroll: a minor deviation.
    MindreAvvikelse,
    /// Internkontroll: a deviation.
    Avvikelse,
    /// Egenkontroll: fulfilled.
    Uppfyllt,
    /// Egenkontroll: partly fulfilled.
    Delvis,
    /// Egenkontroll: not fulfilled.
    EjUppfyllt,
}

impl Outcome {
    /// The three of internkontroll.
    pub const INTERNKONTROLL: [Self; 3] = [Self::IngenAvvikelse, Self::MindreAvvikelse, Self::Avvikelse];
    /// The three of egenkontroll.
    pub const EGENKONTROLL: [Self; 3] = [Self::Uppfyllt, Self::Delvis, Self::EjUppfyllt];

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::IngenAvvikelse => "ingen_avvikelse",
            Self::MindreAvvikelse => "mindre_avvikelse",
            Self::Avvikelse => "avvikelse",
            Self::Uppfyllt => "uppfyllt",
            Self::Delvis => "delvis",
            Self::EjUppfyllt => "ej_uppfyllt",
        }
    }

    /// The outcome of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::INTERNKONTROLL.into_iter().chain(Self::EGENKONTROLL).find(|o| o.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::IngenAvvikelse => "Ingen avvikelse",
            Self::MindreAvvikelse => "Mindre avvikelse",
            Self::Avvikelse => "Avvikelse",
            Self::Uppfyllt => "Uppfyllt",
            Self::Delvis => "Delvis uppfyllt",
            Self::EjUppfyllt => "Ej uppfyllt",
        }
    }

    /// Whether the amber triangle is shown instead of the green check.
    #[must_use]
    pub fn deviates(self) -> bool {
        matches!(self, Self::MindreAvvikelse | Self::Avvikelse | Self::EjUppfyllt)
    }
}

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
    /// Kvinnor.
    pub kvinnor: Option<Share>,
    /// Män.
    pub man: Option<Share>,
}

/// A figure given with a tick, such as 317 hushåll. Figures with the same label become a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What was counted.
    pub label: String,
    /// The figure.
    pub value: f64,
    /// Its unit: hushåll, mnkr; may be empty.
    pub unit: String,
}

/// The most figures one tick holds.
pub const FIGURES_MAX: usize = 4;

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
    /// Its unit.
    pub figure_unit_1: String,
    /// What the second figure counts.
    pub figure_label_2: String,
    /// The second figure.
    pub figure_value_2: String,
    /// Its unit.
    pub figure_unit_2: String,
}

/// Checks a tick. Internkontroll demands one of its three outcomes, and a text when something deviated (domain.md 2).
pub fn check_tick(area: Area, form: &TickForm, today: NaiveDate) -> Result<Tick, Vec<FieldError>> {
    let mut check = Checker::default();
    let performed_on = check.date("performed_on", &form.performed_on).unwrap_or(today);
    if performed_on > today {
        check.error("performed_on", "Dagen har inte varit än. Välj i dag eller tidigare.");
    } else if performed_on < today - Months::new(24) {
        check.error("performed_on", "Dagen ligger mer än två år tillbaka. Kontrollera årtalet.");
    }
    let outcome = Outcome::from_code(form.outcome.trim());
    let fitting: &[Outcome] = match area {
        Area::Internkontroll => &Outcome::INTERNKONTROLL,
        Area::Egenkontroll => &Outcome::EGENKONTROLL,
        _ => &[],
    };
    let outcome = match outcome {
        Some(outcome) if fitting.contains(&outcome) => Some(outcome),
        Some(_) => {
            check.error("outcome", "Välj ett av svaren.");
            None
        }
        None if area == Area::Internkontroll || !form.outcome.trim().is_empty() => {
            check.error("outcome", "Välj ett av svaren.");
            None
        }
        None => None,
    };
    let note = check.text("note", &form.note);
    if area == Area::Internkontroll && outcome.is_some_and(Outcome::deviates) && note.is_empty() {
        check.error("note", "Skriv vad som avvek.");
    }
    let andel = check_andel(&mut check, form);
    let mut figures = Vec::new();
    for (n, label, value, unit) in [
        (1, &form.figure_label_1, &form.figure_value_1, &form.figure_unit_1),
        (2, &form.figure_label_2, &form.figure_value_2, &form.figure_unit_2),
    ] {
        let label_field = format!("figure_label_{n}");
        let value = check.decimal(&format!("figure_value_{n}"), value, -1e12..=1e12);
        let label = check.line(&label_field, label);
        let unit = check.line(&format!("figure_unit_{n}"), unit);
        match value {
            Some(_) if label.is_empty() => check.error(&label_field, "Skriv vad siffran visar."),
            Some(value) => figures.push(Figure { label, value, unit }),
            // a label without a figure is last time's label, left unfilled
            None => {}
        }
    }
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

/// Checks the reason that moving, giving up and late undoing demand.
pub fn check_reason(reason: &str) -> Result<String, Vec<FieldError>> {
    let mut check = Checker::default();
    let reason = check.text("reason", reason);
    if reason.is_empty() {
        check.error("reason", "Skriv varför.");
    }
    check.finish(reason)
}

/// One time of a schedule, with what was found when it was ticked off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Occurrence {
    /// Its id.
    pub id: OccurrenceId,
    /// The schedule it belongs to.
    pub schedule: ScheduleId,
    /// The unit it is carried out for.
    pub node: NodeId,
    /// First day of its time.
    pub start: NaiveDate,
    /// Last day of its time.
    pub due: NaiveDate,
    /// The last day first planned, when it has been moved.
    pub moved_from: Option<NaiveDate>,
    /// What is stored.
    pub state: State,
    /// What was found.
    pub outcome: Option<Outcome>,
    /// Täljare and nämnare.
    pub andel: Andel,
    /// Beskrivning och resultat.
    pub note: String,
    /// Figures given with the tick.
    pub figures: Vec<Figure>,
    /// Why it was moved or given up.
    pub reason: String,
    /// Who ticked it off.
    pub performed_by: Option<PersonId>,
    /// The day it was carried out.
    pub performed_on: Option<NaiveDate>,
    /// Rises with every change.
    pub version: i64,
}

/// The last day of the month of a day.
#[must_use]
pub fn month_end(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first.checked_add_months(Months::new(1)).and_then(|d| d.pred_opt()).unwrap_or(day)
}

impl Occurrence {
    /// The day by which months and the wheel place it: the middle of a week, the last day of anything else.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        if (self.due - self.start).num_days() == 6 { self.start + Days::new(3) } else { self.due }
    }

    /// The month whose cell it stands in.
    #[must_use]
    pub fn month(&self) -> u32 {
        self.day().month()
    }

    /// What it says today. A control is late when its month has passed (domain.md 1), anything else when its day has.
    #[must_use]
    pub fn status(&self, area: Area, today: NaiveDate) -> Status {
        match self.state {
            State::Utford if self.outcome.is_some_and(Outcome::deviates) => Status::Avvikelse,
            State::Utford => Status::Utford,
            State::EjUtford => Status::EjUtford,
            State::Planerad | State::Pagar => {
                let last = match area {
                    Area::Egenkontroll | Area::Internkontroll => month_end(self.day()),
                    _ => self.due,
                };
                if today > last {
                    Status::Forsenad
                } else if self.state == State::Pagar || today >= self.start {
                    Status::Pagar
                } else {
                    Status::Planerad
                }
            }
        }
    }
}

/// An occurrence with all that a row, a mark on the wheel or a cell says about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The occurrence.
    pub occurrence: Occurrence,
    /// Whose time it is.
    pub area: Area,
    /// The id of the control or activity.
    pub source: Uuid,
    /// The level, for internkontroll.
    pub level: Option<Level>,
    /// The ring it is on.
    pub category: Category,
    /// What it is called.
    pub title: String,
    /// The rhythm in words: "varje månad".
    pub rhythm: String,
    /// Who carries it out.
    pub responsible: Responsible,
    /// Who carries it out, in words.
    pub responsible_label: String,
    /// The name of the unit.
    pub node_name: String,
    /// Who ticked it off, in words.
    pub performed_by_label: String,
    /// Whether it is in the Att göra of the person who asks.
    pub mine: bool,
    /// Whether the person who asks may tick it off.
    pub may_tick: bool,
}

impl Item {
    /// What it says today.
    #[must_use]
    pub fn status(&self, today: NaiveDate) -> Status {
        self.occurrence.status(self.area, today)
    }

    /// What was found, in words: "11 av 20 (55,0 %)", "Mindre avvikelse". Empty when nothing was noted.
    #[must_use]
    pub fn result_label(&self) -> String {
        let mut parts = Vec::new();
        if let Some(outcome) = self.occurrence.outcome {
            parts.push(outcome.label().to_owned());
        }
        if let Some(share) = self.occurrence.andel.total {
            parts.push(format!(
                "{} av {} ({})",
                format::int(share.numerator),
                format::int(share.denominator),
                format::percent(share.numerator, share.denominator)
            ));
        }
        parts.extend(
            self.occurrence
                .figures
                .iter()
                .map(|f| format!("{}: {} {}", f.label, format::decimal(f.value), f.unit).trim_end().to_owned()),
        );
        parts.join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn october() -> Occurrence {
        Occurrence {
            id: OccurrenceId(Uuid::from_u128(1)),
            schedule: ScheduleId(Uuid::from_u128(2)),
            node: NodeId(Uuid::from_u128(3)),
            start: day(2026, 10, 1),
            due: day(2026, 10, 31),
            moved_from: None,
            state: State::Planerad,
            outcome: None,
            andel: Andel::default(),
            note: String::new(),
            figures: vec![],
            reason: String::new(),
            performed_by: None,
            performed_on: None,
            version: 1,
        }
    }

    #[test]
    fn a_control_turns_late_by_itself_when_its_month_has_passed() {
        let occurrence = october();
        let status = |today| occurrence.status(Area::Egenkontroll, today);
        assert_eq!(status(day(2026, 9, 30)), Status::Planerad);
        assert_eq!(status(day(2026, 10, 1)), Status::Pagar);
        assert_eq!(status(day(2026, 10, 31)), Status::Pagar);
        assert_eq!(status(day(2026, 11, 1)), Status::Forsenad);
    }

    #[test]
    fn a_weekly_control_waits_for_its_month_but_a_report_does_not() {
        let mut week = october();
        (week.start, week.due) = (day(2026, 10, 5), day(2026, 10, 11));
        assert_eq!(week.status(Area::Egenkontroll, day(2026, 10, 20)), Status::Pagar);
        assert_eq!(week.status(Area::Egenkontroll, day(2026, 11, 1)), Status::Forsenad);
        assert_eq!(week.status(Area::Aktivitet, day(2026, 10, 12)), Status::Forsenad);
        (week.start, week.due) = (day(2026, 9, 28), day(2026, 10, 4));
        assert_eq!(week.month(), 10, "a week belongs to the month of its Thursday");
    }

    #[test]
    fn what_is_done_stays_done_whatever_the_day() {
        let mut done = october();
        done.state = State::Utford;
        assert_eq!(done.status(Area::Internkontroll, day(2027, 1, 1)), Status::Utford);
        done.outcome = Some(Outcome::MindreAvvikelse);
        assert_eq!(done.status(Area::Internkontroll, day(2027, 1, 1)), Status::Avvikelse);
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
    fn figures_need_a_name_and_last_times_label_may_stay_unfilled() {
        let today = day(2026, 10, 12);
        let form = TickForm {
            outcome: "ingen_avvikelse".into(),
            figure_label_1: "Antal hushåll".into(),
            figure_value_1: "317".into(),
            figure_unit_1: "hushåll".into(),
            figure_label_2: "Utbetalt".into(),
            ..TickForm::default()
        };
        let tick = check_tick(Area::Internkontroll, &form, today).unwrap();
        assert_eq!(tick.figures, [Figure { label: "Antal hushåll".into(), value: 317.0, unit: "hushåll".into() }]);
        let nameless = TickForm { figure_label_1: String::new(), ..form };
        assert_eq!(check_tick(Area::Internkontroll, &nameless, today).unwrap_err()[0].field, "figure_label_1");
    }

    #[test]
    fn a_tick_cannot_be_made_for_a_day_that_has_not_been() {
        let form = TickForm { performed_on: "2026-10-13".into(), ..TickForm::default() };
        let errors = check_tick(Area::Egenkontroll, &form, day(2026, 10, 12)).unwrap_err();
        assert_eq!(errors[0].field, "performed_on");
    }
}
