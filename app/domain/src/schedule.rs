//! Schedule: the time side of everything that recurs or has a date. A control or an activity owns one or two of them;
//! its occurrences are what is planned, ticked off and shown on the wheel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    id::{GruppId, NodeId, PersonId, ScheduleId},
    permission::{Area, Role},
    recurrence::Recurrence,
};

/// A ring of the wheel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Egenkontroll.
    Egenkontroll,
    /// Internkontroll.
    Internkontroll,
    /// Reports and plans.
    Rapport,
    /// Meetings.
    Mote,
    /// Arbetsmiljö.
    Arbetsmiljo,
    /// The unit's own activities.
    Aktivitet,
    /// Åtgärder.
    Atgard,
    /// Deadlines of cases, for those who may open them.
    Avvikelse,
}

impl Category {
    /// Every category, from the innermost ring.
    pub const ALL: [Self; 8] = [
        Self::Egenkontroll,
        Self::Internkontroll,
        Self::Rapport,
        Self::Mote,
        Self::Arbetsmiljo,
        Self::Aktivitet,
        Self::Atgard,
        Self::Avvikelse,
    ];

    /// The categories that a free activity can have.
    pub const FREE: [Self; 4] = [Self::Rapport, Self::Mote, Self::Arbetsmiljo, Self::Aktivitet];

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
            Self::Avvikelse => "avvikelse",
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
            Self::Atgard => "Åtgärder",
            Self::Avvikelse => "Avvikelser",
        }
    }
}

/// The two levels of an internkontroll row (domain.md 2).
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
        [Self::Systematisk, Self::Aktivitet, Self::Uppfoljning].into_iter().find(|l| l.code() == code)
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
    /// One person.
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
}

/// Something that recurs or has a date within a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Its id.
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
    /// Owned by an avdelning and carried out for each of its units.
    pub laid_on_units: bool,
    /// Rises with every change.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

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
