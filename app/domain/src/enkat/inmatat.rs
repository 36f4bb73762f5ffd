//! Inmatat: how many answers persons have entered in an enkät. What "3 av 4 denna månad" is read from, and what says
//! whether answers that wait are of three persons. All of an enkät is one thing, which is written whole every time
//! anything in it changes, always as long: two copies of it tell that something changed and not for whom.
//!
//! It holds the month that goes on and nothing of those before, and of the answers that wait only how many; which they are
//! it does not know. Where it is not sealed it does not know their kön either.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Period;
use crate::{
    id::{EnkatVersionId, PersonId},
    kon::Kon,
    redovisning::Inmatare,
};

/// The device that stands for forms without script.
pub const FORM: Uuid = Uuid::nil();

// names are short: the row should seldom be longer than it always is

/// How many answers a device has entered for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Antal {
    #[serde(rename = "w")]
    person: PersonId,
    #[serde(rename = "d")]
    device: Uuid,
    n: i64,
    /// Of two reports the one with the higher number holds.
    #[serde(rename = "r")]
    number: i64,
}

/// How many of the answers that wait a person has entered, at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Vantar {
    #[serde(rename = "v")]
    version: EnkatVersionId,
    #[serde(rename = "p")]
    period: String,
    /// Whether `kon` is known: otherwise they may be of any.
    #[serde(rename = "e")]
    exact: bool,
    #[serde(rename = "k")]
    kon: Option<Kon>,
    #[serde(rename = "w")]
    person: PersonId,
    n: i64,
}

/// How many answers each person has entered in an enkät; see the module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Inmatat {
    month: String,
    antal: Vec<Antal>,
    vantar: Vec<Vantar>,
}

impl Inmatat {
    /// The month goes on: those before are forgotten.
    pub fn begin(&mut self, month: &str) {
        if self.month != month {
            month.clone_into(&mut self.month);
            self.antal.clear();
        }
    }

    fn antal_of(&mut self, person: PersonId, device: Uuid) -> &mut Antal {
        let at = self.antal.iter().position(|a| a.person == person && a.device == device).unwrap_or_else(|| {
            self.antal.push(Antal { person, device, n: 0, number: 0 });
            self.antal.len() - 1
        });
        &mut self.antal[at]
    }

    /// A device says how many answers it has entered this month, in a report with a number that rises.
    pub fn report(&mut self, person: PersonId, device: Uuid, (n, number): (i64, i64)) {
        let standing = self.antal_of(person, device);
        if number >= standing.number {
            (standing.n, standing.number) = (n.max(0), number);
        }
    }

    /// So many more (or fewer) this month through a form without script.
    pub fn count_form(&mut self, person: PersonId, more: i64) {
        let standing = self.antal_of(person, FORM);
        standing.n = (standing.n + more).max(0);
    }

    /// How many answers each person has entered in the month; who has none is not there.
    #[must_use]
    pub fn of_month(&self, month: &str) -> BTreeMap<PersonId, i64> {
        let mut sums = BTreeMap::new();
        for antal in self.antal.iter().filter(|a| self.month == month && a.n > 0) {
            *sums.entry(antal.person).or_default() += antal.n;
        }
        sums
    }

    /// A person has entered (or with −1 taken back) an answer that waits. `exact`: its kön may be known.
    pub fn enter(
        &mut self,
        person: PersonId,
        (version, period, kon): (EnkatVersionId, Period, Option<Kon>),
        exact: bool,
        more: i64,
    ) {
        let kon = kon.filter(|_| exact);
        let new = Vantar { version, period: period.to_string(), exact, kon, person, n: 0 };
        let at = self.vantar.iter().position(|v| Vantar { n: 0, ..v.clone() } == new).unwrap_or_else(|| {
            self.vantar.push(new);
            self.vantar.len() - 1
        });
        self.vantar[at].n += more;
        self.vantar.retain(|v| v.n > 0);
    }

    /// So many answers of a period wait. Those that nothing is known of, as when what was sealed cannot be opened, count as
    /// entered by one person from now on.
    pub fn account(&mut self, version: EnkatVersionId, period: Period, waiting: i64) {
        let of = |v: &&Vantar| v.version == version && v.period == period.to_string();
        let known: i64 = self.vantar.iter().filter(of).map(|v| v.n).sum();
        if waiting > known {
            self.enter(PersonId(Uuid::nil()), (version, period, None), false, waiting - known);
        }
    }

    /// Who has entered the answers of a period that wait.
    #[must_use]
    pub fn inmatare(&self, version: EnkatVersionId, period: Period) -> Inmatare {
        let mut out = Inmatare::default();
        for v in self.vantar.iter().filter(|v| v.version == version && v.period == period.to_string()) {
            let to = if v.exact { out.by_kon.entry(v.kon).or_default() } else { &mut out.any };
            *to.entry(v.person.0).or_default() += v.n;
        }
        out
    }

    /// The answers of these köns have been published, and `left` of the period wait on.
    pub fn published(&mut self, version: EnkatVersionId, period: Period, kons: &[Option<Kon>], left: i64) {
        for v in self.vantar.iter_mut().filter(|v| v.version == version && v.period == period.to_string()) {
            v.n = if v.exact && kons.contains(&v.kon) { 0 } else { v.n.min(left) };
        }
        self.vantar.retain(|v| v.n > 0);
    }

    /// What waits for a period waits for another from now on.
    pub fn carry(&mut self, version: EnkatVersionId, from: Period, to: Period) {
        let moving: Vec<Vantar>;
        (moving, self.vantar) = std::mem::take(&mut self.vantar)
            .into_iter()
            .partition(|v| v.version == version && v.period == from.to_string());
        for v in moving {
            self.enter(v.person, (version, to, v.kon), v.exact, v.n);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOV: Period = Period::Month(2026, 11);
    const DEC: Period = Period::Month(2026, 12);

    fn version() -> EnkatVersionId {
        EnkatVersionId(Uuid::from_u128(1))
    }

    fn person(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    #[test]
    fn what_devices_and_forms_have_entered_is_added_up_and_a_month_that_is_over_is_forgotten() {
        let (phone, laptop) = (Uuid::from_u128(8), Uuid::from_u128(9));
        let mut all = Inmatat::default();
        all.begin("2026-11");
        all.report(person(1), phone, (2, 2));
        all.report(person(1), phone, (1, 1));
        all.report(person(1), laptop, (3, 1));
        all.count_form(person(1), 1);
        all.count_form(person(2), -1);
        assert_eq!(all.of_month("2026-11"), BTreeMap::from([(person(1), 6)]));
        assert_eq!(all.of_month("2026-12"), BTreeMap::new());
        all.begin("2026-12");
        assert_eq!(all.of_month("2026-11"), BTreeMap::new());
    }

    #[test]
    fn what_is_known_of_those_that_wait_follows_them_and_ends_when_they_are_published() {
        let mut all = Inmatat::default();
        let man = |period| (version(), period, Some(Kon::Man));
        all.enter(person(1), man(NOV), true, 1);
        all.enter(person(1), man(NOV), true, 1);
        all.enter(person(2), (version(), NOV, None), true, 1);
        all.enter(person(2), (version(), NOV, None), true, -1);
        all.carry(version(), NOV, DEC);
        assert_eq!(all.inmatare(version(), NOV), Inmatare::default());
        all.account(version(), DEC, 3);
        let december = all.inmatare(version(), DEC);
        assert_eq!(december.by_kon[&Some(Kon::Man)], BTreeMap::from([(person(1).0, 2)]));
        assert_eq!(december.any, BTreeMap::from([(Uuid::nil(), 1)]), "one that nothing is known of");
        all.published(version(), DEC, &[Some(Kon::Man)], 0);
        assert_eq!(all, Inmatat::default());
    }

    #[test]
    fn without_a_seal_nobody_is_known_to_have_entered_an_answer_of_a_kon() {
        let mut all = Inmatat::default();
        all.enter(person(1), (version(), NOV, Some(Kon::Man)), false, 1);
        all.enter(person(1), (version(), NOV, Some(Kon::Kvinna)), false, 2);
        assert!(all.vantar.iter().all(|v| v.kon.is_none() && !v.exact));
        assert_eq!(all.inmatare(version(), NOV).any, BTreeMap::from([(person(1).0, 3)]));
        all.published(version(), NOV, &[Some(Kon::Kvinna)], 1);
        assert_eq!(all.inmatare(version(), NOV).any, BTreeMap::from([(person(1).0, 1)]), "at most all that wait");
    }
}
