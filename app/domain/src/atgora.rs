//! Att göra: what a person should do, grouped by when, and how a unit stands.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    id::NodeId,
    occurrence::{Item, Status},
};

/// The open items of a list in the three groups of the page. Each group is in the order of its days.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AttGora {
    /// Its time has passed.
    pub late: Vec<Item>,
    /// Its time is this month, or somebody has begun.
    pub now: Vec<Item>,
    /// Its time is next month.
    pub next: Vec<Item>,
}

impl AttGora {
    /// Groups the open items; what lies further ahead is left out.
    #[must_use]
    pub fn new(mut items: Vec<Item>, today: NaiveDate) -> Self {
        items.sort_by(|a, b| (a.occurrence.due, &a.title).cmp(&(b.occurrence.due, &b.title)));
        let this_month = (today.year(), today.month());
        let next = today + Months::new(1);
        let mut out = Self::default();
        for item in items {
            let day = item.occurrence.day();
            match item.status(today) {
                Status::Forsenad => out.late.push(item),
                Status::Pagar => out.now.push(item),
                Status::Planerad if (day.year(), day.month()) == this_month => out.now.push(item),
                Status::Planerad if (day.year(), day.month()) == (next.year(), next.month()) => out.next.push(item),
                _ => {}
            }
        }
        out
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.late.is_empty() && self.now.is_empty() && self.next.is_empty()
    }
}

/// How a unit stands in a year, as figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Occurrences in the year.
    pub total: i64,
    /// Ticked off.
    pub done: i64,
    /// Ticked off with a deviation; part of `done`.
    pub deviating: i64,
    /// Late.
    pub late: i64,
    /// To do now.
    pub now: i64,
    /// Planned for next month.
    pub next: i64,
}

impl Standing {
    /// Counts items.
    #[must_use]
    pub fn of<'a>(items: impl IntoIterator<Item = &'a Item>, today: NaiveDate) -> Self {
        let next = today + Months::new(1);
        let mut out = Self::default();
        for item in items {
            out.total += 1;
            let day = item.occurrence.day();
            match item.status(today) {
                Status::Utford => out.done += 1,
                Status::Avvikelse => {
                    out.done += 1;
                    out.deviating += 1;
                }
                Status::Forsenad => out.late += 1,
                Status::Pagar => out.now += 1,
                Status::Planerad if (day.year(), day.month()) == (next.year(), next.month()) => out.next += 1,
                Status::Planerad | Status::EjUtford => {}
            }
        }
        out
    }

    /// "41 av 68 utförda".
    #[must_use]
    pub fn sentence(&self) -> String {
        format!("{} av {} utförda", crate::format::int(self.done), crate::format::int(self.total))
    }
}

/// A unit's line in the controller's comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitStanding {
    /// The unit.
    pub node: NodeId,
    /// Its name.
    pub name: String,
    /// Its figures.
    pub standing: Standing,
}
