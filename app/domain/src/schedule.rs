//! Schedule: the time side of everything that recurs or has a date. A control or an activity owns one or two of them;
//! its occurrences are what is planned, ticked off and shown on the wheel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    counted,
    field::Checker,
    hours::Hours,
    id::{GruppId, NodeId, PersonId, ScheduleId},
    permission::{Area, Role},
    recurrence::{Recurrence, Slot, form::Timing},
};

/// A ring of the wheel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// The rows of the egenkontrollplan.
    Egenkontroll,
    /// The rows of the internkontrollplan, at both levels.
    Internkontroll,
    /// Reports and plans.
    Rapport,
    /// Meetings.
    Mote,
    /// Arbetsmiljö.
    Arbetsmiljo,
    /// The unit's own activities.
    Aktivitet,
    /// Åtgärder, and deadlines of cases for those who may open them: two rings of few marks would make all narrower.
    Atgard,
}

impl Category {
    crate::every! {
        /// Every category, from the innermost ring.
        Egenkontroll, Internkontroll, Rapport, Mote, Arbetsmiljo, Aktivitet, Atgard
    }

    /// The categories that a free activity can have.
    pub const FREE: [Self; 4] = [Self::Rapport, Self::Mote, Self::Arbetsmiljo, Self::Aktivitet];

    /// Whether what is on it can be prepared as a meeting.
    #[must_use]
    pub fn holds_meetings(self) -> bool {
        self == Self::Mote
    }

    /// Whose colour a mark has where it stands for none of them: in a legend.
    pub const NEUTRAL: Self = Self::Aktivitet;
    /// Whose colour a chart gives to what comes from elsewhere, as `style/chart.css` does.
    pub const OUTSIDE: Self = Self::Rapport;

    /// Its colour on paper: red, green, blue. That of the light theme; a test holds it against `style/tokens.css`.
    #[must_use]
    pub const fn on_paper(self) -> [u8; 3] {
        match self {
            Self::Egenkontroll => [0x0b, 0x6e, 0x7f],
            Self::Internkontroll => [0x44, 0x51, 0xa3],
            Self::Rapport => [0x86, 0x40, 0x7a],
            Self::Mote => [0x8f, 0x5b, 0x00],
            Self::Arbetsmiljo => [0x3a, 0x73, 0x31],
            Self::Aktivitet => [0x5b, 0x66, 0x70],
            Self::Atgard => [0xa0, 0x3d, 0x2b],
        }
    }

    /// As stored, sent and used in class names.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Egenkontroll => "egenkontroll",
            Self::Internkontroll => "internkontroll",
            Self::Rapport => "rapport",
            Self::Mote => "mote",
            Self::Arbetsmiljo => "arbetsmiljo",
            Self::Aktivitet => "aktivitet",
            Self::Atgard => "atgard",
        }
    }

    /// The category of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Egenkontroll => "Egenkontroll",
            Self::Internkontroll => "Internkontroll",
            Self::Rapport => "Rapporter och plan",
            Self::Mote => "Möten",
            Self::Arbetsmiljo => "Arbetsmiljö",
            Self::Aktivitet => "Egna aktiviteter",
            Self::Atgard => "Åtgärder och avvikelser",
        }
    }
}

/// The two levels of an internkontroll row (docs/doman.md 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Systematisk kontroll: that something is followed up.
    Systematisk,
    /// Kontrollaktivitet: the kontrollansvarig verifies that it was.
    Aktivitet,
    /// The follow-up of an åtgärd: whether it had effect.
    Uppfoljning,
}

impl Level {
    crate::every! {
        /// Every one.
        Systematisk, Aktivitet, Uppfoljning
    }

    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Systematisk => "systematisk",
            Self::Aktivitet => "aktivitet",
            Self::Uppfoljning => "uppfoljning",
        }
    }

    /// The level of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Systematisk => "Systematisk kontroll",
            Self::Aktivitet => "Kontrollaktivitet",
            Self::Uppfoljning => "Uppföljning av effekt",
        }
    }
}

/// Who carries something out ("utförs av").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum Responsible {
    /// Nobody chosen yet.
    Nobody,
    /// A funktion: everybody who holds the role at the node or above.
    Role(Role),
    /// In the Att göra of nobody else.
    Person(PersonId),
    /// A group: in the Att göra of every member, gone from all when one has done it.
    Grupp(GruppId),
}

impl Responsible {
    /// As stored and sent in forms: `roll:enhetschef`, `person:<id>`, `grupp:<id>` or empty.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Nobody => String::new(),
            Self::Role(role) => format!("roll:{}", role.code()),
            Self::Person(id) => format!("person:{id}"),
            Self::Grupp(id) => format!("grupp:{id}"),
        }
    }

    /// The responsible of a code; `None` when it is not one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split_once(':') {
            None if code.is_empty() => Some(Self::Nobody),
            Some(("roll", role)) => Role::from_code(role).map(Self::Role),
            Some(("person", id)) => id.parse().ok().map(Self::Person),
            Some(("grupp", id)) => id.parse().ok().map(Self::Grupp),
            _ => None,
        }
    }

    /// Reads the field of a form that says who carries something out.
    pub fn check(check: &mut Checker, field: &str, code: &str) -> Self {
        Self::from_code(code.trim()).unwrap_or_else(|| {
            check.error(field, "Välj vem som utför.");
            Self::Nobody
        })
    }

    /// Who, for the history: roles by their label, persons and groups by what they are, since names may change.
    #[must_use]
    pub fn told(self) -> String {
        match self {
            Self::Nobody => String::new(),
            Self::Role(role) => role.label().to_owned(),
            Self::Person(_) => "en person".to_owned(),
            Self::Grupp(_) => "en grupp".to_owned(),
        }
    }
}

/// What is said to whoever changes a rhythm, of the times of the new one that are not asked for; none where all are.
#[must_use]
pub fn answered_words(times: usize) -> Option<String> {
    let said = "som redan är gjort, påbörjat, flyttat eller markerat som ej utfört svarar för";
    match times {
        0 => None,
        1 => Some(format!("Ett tillfälle i den nya rytmen läggs inte ut: det {said} det.")),
        n => Some(format!("{n} tillfällen i den nya rytmen läggs inte ut: det {said} dem.")),
    }
}

/// Something that recurs or has a date within a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Primary key, made with the form that plans it.
    pub id: ScheduleId,
    /// The node that owns it.
    pub node: NodeId,
    /// The year it is planned for.
    pub year: i32,
    /// The area whose thing it is the time of.
    pub area: Area,
    /// The id of that thing; for a free activity the schedule's own id.
    pub source: Uuid,
    /// The level, for internkontroll.
    pub level: Option<Level>,
    /// The ring it is on.
    pub category: Category,
    /// What lists and the wheel call it.
    pub title: String,
    /// A few words more, for a free activity.
    pub description: String,
    /// When it recurs.
    pub recurrence: Recurrence,
    /// Who carries it out.
    pub responsible: Responsible,
    /// Not before this day.
    pub start: Option<NaiveDate>,
    /// Not after this day.
    pub end: Option<NaiveDate>,
    /// The day of any year that its rhythm is counted from; none where it is not counted, or not known yet. See
    /// [`Schedule::anchored`].
    pub anchor: Option<NaiveDate>,
    /// From when to when on its day.
    pub hours: Option<Hours>,
    /// Owned by an avdelning and carried out for each of its units.
    pub laid_on_units: bool,
    /// Times that had passed on this day are not there; none where the whole year counts. See [`counted`].
    pub counted_from: Option<NaiveDate>,
    /// Rises with every change.
    pub version: i64,
}

impl Schedule {
    /// The day that its rhythm is counted from, as it is to be stored. It is found once and then carried:
    ///
    /// * one that stands keeps its own, whatever else is changed in it;
    /// * one that is copied to another year brings that of the one it is copied from ([`Schedule::carried`]), so the fortnight
    ///   goes on over New Year although the copy's start is moved a year on;
    /// * one that is new, whose rhythm is another than before, or whose start the user has moved begins anew
    ///   ([`Recurrence::beginning`]).
    #[must_use]
    pub fn anchored(&self, before: Option<&Self>) -> Option<NaiveDate> {
        let kept = match before {
            None => self.anchor,
            Some(b) => self.timing().going_on(Some(&b.timing()), b.year).anchor,
        };
        let day = kept.unwrap_or_else(|| self.recurrence.beginning(self.year, self.start));
        self.recurrence.is_counted().then_some(day)
    }

    /// What a copy in another year is counted from.
    #[must_use]
    pub fn carried(&self) -> Option<NaiveDate> {
        self.timing().carried(self.year)
    }

    /// When, as it stands.
    #[must_use]
    pub fn timing(&self) -> Timing {
        let Self { recurrence, start, end, hours, anchor, .. } = *self;
        Timing { recurrence, start, end, hours, anchor }
    }

    /// Its slots within its year.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        let mut slots = self.timing().slots(self.year);
        slots.retain(|slot| counted::counts(self.area, slot, self.counted_from));
        slots
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn fortnight(year: i32, start: Option<NaiveDate>, anchor: Option<NaiveDate>) -> Schedule {
        Schedule {
            id: ScheduleId(Uuid::nil()),
            node: NodeId(Uuid::nil()),
            year,
            area: Area::Egenkontroll,
            source: Uuid::nil(),
            level: None,
            category: Category::Egenkontroll,
            title: String::new(),
            description: String::new(),
            recurrence: Recurrence::EverySecondWeek,
            responsible: Responsible::Nobody,
            start,
            end: None,
            anchor,
            hours: None,
            laid_on_units: false,
            counted_from: None,
            version: 1,
        }
    }

    #[test]
    fn a_copied_fortnight_goes_on_where_the_year_before_ended() {
        let mut old = fortnight(2026, Some(day(2026, 2, 18)), None);
        old.anchor = old.anchored(None);
        assert_eq!(old.anchor, Some(day(2026, 2, 16)));
        let mut new = fortnight(2027, Some(day(2027, 2, 18)), old.carried());
        new.anchor = new.anchored(None);
        assert_eq!(new.anchor, old.anchor);
        let (last, first) = (old.slots().last().copied().unwrap(), new.slots()[0]);
        assert_eq!((first.start - last.start).num_days() % 14, 0, "{last:?} {first:?}");
    }

    #[test]
    fn a_fortnight_keeps_its_weeks_until_its_start_is_moved() {
        // one that was made before anchors were kept stands in the weeks that its tillfällen have
        let standing = fortnight(2027, None, Some(day(2027, 1, 10)));
        assert_eq!(standing.slots()[0].start, day(2027, 1, 4));
        let changed = Schedule { title: "Annan".into(), ..fortnight(2027, None, None) };
        assert_eq!(changed.anchored(Some(&standing)), standing.anchor);
        let moved = fortnight(2027, Some(day(2027, 1, 13)), None);
        assert_eq!(moved.anchored(Some(&standing)), Some(day(2027, 1, 11)), "the user says when it begins");
        let monthly = Schedule { recurrence: Recurrence::Monthly, ..fortnight(2027, None, None) };
        assert_eq!(monthly.anchored(Some(&standing)), None);
        assert_eq!(standing.anchored(Some(&monthly)).map(|d| d < day(2026, 1, 1)), Some(true), "and it begins anew");
    }

    #[test]
    fn what_had_passed_when_it_is_counted_from_is_not_there_and_the_weeks_stay_what_they_are() {
        let whole = fortnight(2026, None, None);
        let late = Schedule { counted_from: Some(day(2026, 11, 23)), ..whole.clone() };
        let kept: Vec<_> = whole.slots().into_iter().filter(|s| s.due >= day(2026, 11, 3)).collect();
        assert_eq!(late.slots(), kept, "the whole of the month that is now, in the same weeks");
        // of what is late by its day and not by its month, the day decides
        let week = Schedule { area: Area::Aktivitet, recurrence: Recurrence::Weekly, ..late };
        assert_eq!(week.slots()[0].start, day(2026, 11, 23));
    }

    #[test]
    fn who_survives_a_form() {
        for who in [
            Responsible::Nobody,
            Responsible::Role(Role::Enhetschef),
            Responsible::Person(PersonId(Uuid::from_u128(7))),
            Responsible::Grupp(GruppId(Uuid::from_u128(8))),
        ] {
            assert_eq!(Responsible::from_code(&who.code()), Some(who));
        }
        assert_eq!(Responsible::from_code("roll:kung"), None);
        assert_eq!(Responsible::from_code("person:1"), None);
    }
}
