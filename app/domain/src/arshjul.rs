//! Årshjul: what is chosen to be seen of the year, how far it is zoomed in and how much of it is done.
//! The geometry of the wheel is in [`layout`]; list and month grid show the same items with the same [`Filter`].

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    format,
    occurrence::{Item, Occurrence, Status, month_end},
    organisation::swedish_key,
    schedule::{Category, Responsible},
};

mod dial;
pub mod layout;
pub mod picture;
mod place;
#[cfg(test)]
mod tests;

/// What of the year to show. Empty means all. Its words in the URL: `kategori`, `ansvarig`, `status`, `sok`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// These rings.
    pub categories: Vec<Category>,
    /// Carried out by this person, funktion or group.
    pub person: Option<Responsible>,
    /// Only what is in the Att göra of the person who asks.
    pub mine: bool,
    /// These statuses.
    pub status: Vec<Status>,
    /// Words in the title, the unit or who carries it out.
    pub text: String,
}

/// `ansvarig=mina`: [`Filter::mine`].
const MINE: &str = "mina";
/// `ansvarig=ingen`: nobody chosen. The code of nobody is empty, and an empty field in a form means all.
const NOBODY: &str = "ingen";

impl Filter {
    /// Reads the pairs of a URL. What is not understood is left out: an old link shows too much rather than an error.
    #[must_use]
    pub fn from_query(pairs: &[(String, String)]) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            let parts = || value.split(',').map(str::trim);
            match name.as_str() {
                "kategori" => filter.categories.extend(parts().filter_map(Category::from_code)),
                "status" => filter.status.extend(parts().filter_map(Status::from_code)),
                "ansvarig" => match value.trim() {
                    "" => {}
                    MINE => filter.mine = true,
                    NOBODY => filter.person = Some(Responsible::Nobody),
                    code => filter.person = Responsible::from_code(code).or(filter.person),
                },
                "sok" => value.trim().clone_into(&mut filter.text),
                _ => {}
            }
        }
        filter.categories.sort_unstable();
        filter.categories.dedup();
        filter.status.sort_unstable();
        filter.status.dedup();
        filter
    }

    /// The same filter with one ring more or less: where the chip of that ring leads.
    #[must_use]
    pub fn toggled(&self, category: Category) -> Self {
        let mut next = self.clone();
        if next.categories.contains(&category) {
            next.categories.retain(|&c| c != category);
        } else {
            next.categories.push(category);
            next.categories.sort_unstable();
        }
        next
    }

    /// Whether the filter leaves anything out.
    #[must_use]
    pub fn is_active(&self) -> bool {
        *self != Self::default()
    }

    /// Whether the item is to be shown.
    #[must_use]
    pub fn matches(&self, item: &Item, today: NaiveDate) -> bool {
        (self.categories.is_empty() || self.categories.contains(&item.category))
            && self.person.is_none_or(|person| person == item.responsible)
            && (!self.mine || item.mine)
            && (self.status.is_empty() || self.status.contains(&item.status(today)))
            && self.matches_text(item)
    }

    fn matches_text(&self, item: &Item) -> bool {
        if self.text.is_empty() {
            return true;
        }
        let text = swedish_key(&format!("{} {} {}", item.title, item.responsible_label, item.node_name));
        swedish_key(&self.text).split_whitespace().all(|word| text.contains(word))
    }
}

/// How much of the year the wheel shows. `zoom` in the URL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Zoom {
    /// The whole year.
    #[default]
    Year,
    /// One tertial, 1–3.
    Tertial(u32),
    /// One month, 1–12.
    Month(u32),
}

impl Zoom {
    /// As in the URL: `ar`, `t1`–`t3`, `1`–`12`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Year => "ar".to_owned(),
            Self::Tertial(n) => format!("t{n}"),
            Self::Month(n) => n.to_string(),
        }
    }

    /// The zoom of a code; the whole year when it is not one.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        let number = |text: &str, max| text.parse::<u32>().ok().filter(|n| (1..=max).contains(n));
        match code.trim().strip_prefix('t') {
            Some(tertial) => number(tertial, 3).map_or(Self::Year, Self::Tertial),
            None => number(code.trim(), 12).map_or(Self::Year, Self::Month),
        }
    }

    /// The months it shows.
    #[must_use]
    pub fn months(self) -> RangeInclusive<u32> {
        match self {
            Self::Year => 1..=12,
            Self::Tertial(n) => {
                let first = n.clamp(1, 3) * 4 - 3;
                first..=first + 3
            }
            Self::Month(n) => n.clamp(1, 12)..=n.clamp(1, 12),
        }
    }

    /// First and last day.
    #[must_use]
    pub fn range(self, year: i32) -> (NaiveDate, NaiveDate) {
        let first = |month| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
        (first(*self.months().start()), month_end(first(*self.months().end())))
    }

    /// As the user reads it: `2026`, `Tertial 2 2026`, `November 2026`.
    #[must_use]
    pub fn label(self, year: i32) -> String {
        match self {
            Self::Year => year.to_string(),
            Self::Tertial(n) => format!("Tertial {n} {year}"),
            Self::Month(n) => format!("{} {year}", format::capitalised(format::month_name(n))),
        }
    }

    /// The same length of time before this one.
    #[must_use]
    pub fn previous(self, year: i32) -> (i32, Self) {
        match self {
            Self::Year => (year - 1, self),
            Self::Tertial(1) => (year - 1, Self::Tertial(3)),
            Self::Tertial(n) => (year, Self::Tertial(n - 1)),
            Self::Month(1) => (year - 1, Self::Month(12)),
            Self::Month(n) => (year, Self::Month(n - 1)),
        }
    }

    /// The same length of time after this one.
    #[must_use]
    pub fn next(self, year: i32) -> (i32, Self) {
        match self {
            Self::Year => (year + 1, self),
            Self::Tertial(3) => (year + 1, Self::Tertial(1)),
            Self::Tertial(n) => (year, Self::Tertial(n + 1)),
            Self::Month(12) => (year + 1, Self::Month(1)),
            Self::Month(n) => (year, Self::Month(n + 1)),
        }
    }
}

/// Whether it has no day of its own: a rhythm that goes by months, to be done any day until its month is over. An
/// activity over several whole months is a period; a control over several months is due in the last of them.
#[must_use]
pub fn has_no_day(item: &Item) -> bool {
    let Occurrence { start, due, .. } = item.occurrence;
    let last = if item.kind().lasts { start } else { due };
    start.day() == 1 && due == month_end(last)
}
