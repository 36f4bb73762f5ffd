//! Att göra: what a person should do, grouped by when, and how a unit stands.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    id::NodeId,
    occurrence::{Item, Status},
    organisation::swedish_order,
};

pub mod open;

/// The open items of a list in the three groups of the page. In each group cases come first, the rest in the order of
/// its days.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AttGora {
    /// Its time has passed.
    pub late: Vec<Item>,
    /// Its time is this month, or somebody has begun.
    pub now: Vec<Item>,
    /// Its time is next month.
    pub next: Vec<Item>,
}

/// A key to sort items by wherever they are listed: what waits in cases first, in the order in which it comes, which is how urgent it
/// is (`avvikelse::Vantar::order`); the rest by `key`.
#[must_use]
pub fn cases_first<K>(item: &Item, key: impl FnOnce() -> K) -> Option<K> {
    item.is_tillfalle().then(key)
}

impl AttGora {
    /// Groups the open items; what lies further ahead is left out.
    #[must_use]
    pub fn new(mut items: Vec<Item>, today: NaiveDate) -> Self {
        items.sort_by_cached_key(|i| cases_first(i, || (i.occurrence.due, swedish_order(&i.title))));
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
pub struct Tally {
    /// Occurrences in the year.
    pub total: i64,
    /// Ticked off.
    pub done: i64,
    /// Ticked off with a deviation; part of `done`.
    pub deviating: i64,
    /// Not ticked off, and its last day has passed.
    pub late: i64,
    /// To do now.
    pub now: i64,
    /// Planned for next month.
    pub next: i64,
}

impl Tally {
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
        let (done, total) = (crate::format::int(self.done), crate::format::int(self.total));
        match self.total {
            0 => "Inget planerat".to_owned(),
            1 => format!("{done} av 1 utförd"),
            _ => format!("{done} av {total} utförda"),
        }
    }
}

/// A unit's line in the controller's comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitTally {
    /// The unit.
    pub node: NodeId,
    /// What the unit is called.
    pub name: String,
    /// Its figures.
    pub tally: Tally,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        occurrence::{Outcome, State},
        permission::Area,
        schedule::Category,
    };

    fn item(month: u32, state: State, outcome: Option<Outcome>) -> Item {
        let start = NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
        let days = (start, crate::occurrence::month_end(start));
        let mut item = Item::example((Area::Internkontroll, Category::Internkontroll), month.into(), days);
        (item.occurrence.state, item.occurrence.outcome) = (state, outcome);
        item.title = month.to_string();
        item
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    #[test]
    fn late_this_month_and_next_month_stand_apart_and_the_rest_waits() {
        let items = (9..=12).map(|m| item(m, if m == 9 { State::Utford } else { State::Planerad }, None));
        let list = AttGora::new(items.chain([item(1, State::EjUtford, None)]).collect(), today());
        let titles = |items: &[Item]| items.iter().map(|i| i.title.clone()).collect::<Vec<_>>();
        assert_eq!((titles(&list.late), titles(&list.now)), (vec!["10".to_owned()], vec!["11".to_owned()]));
        assert_eq!(titles(&list.next), ["12"]);
    }

    #[test]
    fn a_deviation_is_done_and_what_was_given_up_is_not() {
        let items = [
            item(8, State::EjUtford, None),
            item(9, State::Utford, Some(Outcome::Avvikelse)),
            item(10, State::Planerad, None),
            item(11, State::Pagar, None),
            item(12, State::Planerad, None),
        ];
        let tally = Tally::of(&items, today());
        assert_eq!(tally, Tally { total: 5, done: 1, deviating: 1, late: 1, now: 1, next: 1 });
        assert_eq!(tally.sentence(), "1 av 5 utförda");
        assert_eq!(Tally::default().sentence(), "Inget planerat");
    }
}
