//! Example: the item that tests begin with, here and in what draws it. What a test is about is all that it says itself.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Andel, Item, Occurrence, State};
use crate::{
    area::Area,
    id::{NodeId, OccurrenceId, ScheduleId},
    schedule::{Category, Responsible},
};

impl Item {
    /// An open time with these days, that whoever asks may tick off. Its ids are made of `n`; of the rest nothing is known.
    #[doc(hidden)]
    #[must_use]
    pub fn example((area, category): (Area, Category), n: u128, (start, due): (NaiveDate, NaiveDate)) -> Self {
        Self {
            occurrence: Occurrence {
                id: OccurrenceId(Uuid::from_u128(n)),
                schedule: ScheduleId(Uuid::from_u128(n)),
                node: NodeId(Uuid::from_u128(1)),
                start,
                due,
                moved_from: None,
                hours: None,
                state: State::Planerad,
                outcome: None,
                andel: Andel::default(),
                note: String::new(),
                figures: vec![],
                reason: String::new(),
                performed_by: None,
                performed_on: None,
                goes_on: false,
                version: 1,
            },
            area,
            source: Uuid::from_u128(n),
            level: None,
            category,
            title: format!("Kontroll {n}"),
            rhythm: String::new(),
            recurrence: None,
            responsible: Responsible::Nobody,
            responsible_label: String::new(),
            node_name: String::new(),
            performed_by_label: String::new(),
            mine: true,
            may_tick: true,
            closed_mote: None,
            removed: false,
            draws: false,
            counts: false,
        }
    }
}
