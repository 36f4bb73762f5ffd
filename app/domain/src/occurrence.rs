//! Occurrence: one time of a schedule. Its states, how it is ticked off, undone, moved or given up, and what it says today.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    area::{Area, By},
    field::{Checker, FieldError},
    format,
    hours::Hours,
    id::{AptId, NodeId, OccurrenceId, PersonId, ScheduleId},
    recurrence::Recurrence,
    schedule::{Category, Level, Responsible},
};

mod example;
mod figure;
mod moved;
mod said;
mod tick;
pub mod together;
mod when;

pub use figure::Figure;
pub use tick::{Andel, Share, Tick, TickForm, check_performed_on, check_tick};
pub use when::When;

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
    crate::every! {
        /// Every one.
        Planerad, Pagar, Utford, EjUtford
    }

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
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Whether something remains to do.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Planerad | Self::Pagar)
    }
}

/// What a screen shows: state, outcome and today in one word. Each has a shape of its own (docs/design.md 2).
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
    crate::every! {
        /// Every status.
        Forsenad, Pagar, Planerad, Avvikelse, EjUtford, Utford
    }

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
    crate::every! {
        /// Every outcome.
        IngenAvvikelse, MindreAvvikelse, Avvikelse, Uppfyllt, Delvis, EjUppfyllt
    }

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
        Self::ALL.into_iter().find(|o| o.code() == code)
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
    /// Primary key, in the address `/forekomster/{id}`; the same when it is moved.
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
    /// From when to when on its day, where that is said.
    pub hours: Option<Hours>,
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
    /// Its thing goes on in a later year, where the next part of it is: this part is not late when its year has ended.
    pub goes_on: bool,
    /// Rises with every change.
    pub version: i64,
}

/// The last day of the month of a day.
#[must_use]
pub fn month_end(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first.checked_add_months(Months::new(1)).and_then(|d| d.pred_opt()).unwrap_or(day)
}

/// The day by which months, years and the wheel place a time: the middle of a week, the last day of anything else.
#[must_use]
pub fn day_of(start: NaiveDate, due: NaiveDate) -> NaiveDate {
    if (due - start).num_days() == 6 { start + Days::new(3) } else { due }
}

/// Whether the time of something has passed: what is still open is then late. That of a control has when its month has
/// (docs/doman.md 1), that of anything else when its last day has.
#[must_use]
pub fn is_past(area: Area, start: NaiveDate, due: NaiveDate, today: NaiveDate) -> bool {
    let last = match area.time().by {
        By::Month => month_end(day_of(start, due)),
        By::Day => due,
    };
    today > last
}

/// What something says today that is open from the first of two days to the second.
#[must_use]
pub fn state_of_open(state: State, area: Area, (start, due): (NaiveDate, NaiveDate), today: NaiveDate) -> Status {
    if is_past(area, start, due, today) {
        Status::Forsenad
    } else if state == State::Pagar || today >= start {
        Status::Pagar
    } else {
        Status::Planerad
    }
}

impl Occurrence {
    /// The day by which months and the wheel place it: the middle of a week, the last day of anything else.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        day_of(self.start, self.due)
    }

    /// The month whose cell it stands in.
    #[must_use]
    pub fn month(&self) -> u32 {
        self.day().month()
    }

    /// What it says today.
    #[must_use]
    pub fn status(&self, area: Area, today: NaiveDate) -> Status {
        match self.state {
            State::Utford if self.outcome.is_some_and(Outcome::deviates) => Status::Avvikelse,
            State::Utford => Status::Utford,
            State::EjUtford => Status::EjUtford,
            // an earlier part of what nobody has begun says nothing of work: the part of this year says that its time is now
            State::Planerad if self.goes_on && today > self.due => Status::Planerad,
            _ if self.goes_on && today > self.due => Status::Pagar,
            state => state_of_open(state, area, (self.start, self.due), today),
        }
    }
}

/// An occurrence with all that a row, a mark on the wheel or a cell says about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)] // independent facts that a row says or leaves out
pub struct Item {
    /// Its days, its state and what was found.
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
    /// The same for what asks of its kind; none of what no schedule has.
    pub recurrence: Option<Recurrence>,
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
    /// The meeting of those who lead that decided it: then it is for them and for whoever carries it out.
    pub closed_mote: Option<AptId>,
    /// Its control has been taken out of the plan, or its activity off the wheel. What is done of it stays to be seen; what is
    /// open is in no list and cannot be ticked off until it is put back.
    pub removed: bool,
    /// Whether cases are drawn for it: it has an urval, or is carried out as a stickprov.
    pub draws: bool,
    /// Whether a figure is followed: it has a goal, or had figures when it was last ticked off.
    pub counts: bool,
}

impl Item {
    /// Its page: the tillfälle's own, or that of the case whose deadline it is.
    #[must_use]
    pub fn href(&self) -> String {
        if self.is_tillfalle() { format!("/forekomster/{}", self.occurrence.id) } else { self.source_href() }
    }

    /// What it says today.
    #[must_use]
    pub fn status(&self, today: NaiveDate) -> Status {
        self.occurrence.status(self.area, today)
    }

    /// Whether its rhythm goes by weeks.
    #[must_use]
    pub fn is_weekly(&self) -> bool {
        matches!(self.recurrence, Some(Recurrence::Weekly | Recurrence::EverySecondWeek))
    }

    /// What to tell whoever would do something with what has been removed.
    #[must_use]
    pub fn removed_words(&self) -> Option<String> {
        self.removed.then(|| {
            if self.kind().of_plan {
                format!(
                    "{} är borttagen ur planen och kan inte bockas av, flyttas eller ändras. Återställ den på {}s sida om \
                     den ska göras: då är tillfällena tillbaka.",
                    self.title,
                    self.area.traits().noun.the
                )
            } else {
                format!("{} är borttagen från hjulet och kan inte bockas av, flyttas eller ändras.", self.title)
            }
        })
    }

    /// What was found, in words: "11 av 20 (55,0 %)", "Mindre avvikelse". Empty when nothing was noted.
    #[must_use]
    pub fn result_label(&self) -> String {
        let outcome = self.occurrence.outcome.map(|outcome| outcome.label().to_owned());
        let parts: Vec<String> =
            outcome.into_iter().chain(Some(self.figures_label()).filter(|f| !f.is_empty())).collect();
        parts.join(" · ")
    }

    /// What was counted, without the word that was pressed: "11 av 20 (55,0 %)". For lines where the word is said with the status.
    #[must_use]
    pub fn figures_label(&self) -> String {
        let mut parts = Vec::new();
        if let Some(share) = self.occurrence.andel.total {
            parts.push(format!(
                "{} av {} ({})",
                format::int(share.numerator),
                format::int(share.denominator),
                format::percent(share.numerator, share.denominator)
            ));
        }
        parts.extend(self.occurrence.figures.iter().map(|f| format!("{}: {}", f.named(), f.words())));
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
        let days = (day(2026, 10, 1), day(2026, 10, 31));
        Item::example((Area::Egenkontroll, Category::Egenkontroll), 1, days).occurrence
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
    fn a_part_of_a_year_that_is_over_says_that_its_thing_is_under_way_only_where_somebody_has_begun() {
        let mut part = october();
        part.goes_on = true;
        let status = |part: &Occurrence| part.status(Area::Planaktivitet, day(2027, 2, 1));
        assert_eq!(status(&part), Status::Planerad);
        assert_eq!(part.status(Area::Planaktivitet, day(2026, 10, 31)), Status::Pagar, "its time is now");
        part.state = State::Pagar;
        assert_eq!(status(&part), Status::Pagar);
        (part.state, part.goes_on) = (State::Planerad, false);
        assert_eq!(status(&part), Status::Forsenad);
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
}
