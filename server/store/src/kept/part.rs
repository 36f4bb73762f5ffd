//! The parts of the data that what is kept is made of, and how it is told which of them have changed. Migrations 0029, 0031, 0034
//! and 0043 name them at each change of the tables that make them up; a part that is read and not named would be a page that stays as it
//! was, so a test compares [`WATCHED`] with what the databases do.

use std::collections::HashMap;

use domain::{
    id::{NodeId, PersonId},
    siffror::serie::SerieId,
};
use uuid::Uuid;

/// A part of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Anything at all: what has no part of its own holds until the next commit, by whomever.
    Anything,
    /// What is planned and done at a unit.
    Plan(NodeId),
    /// The cases of a unit, with what it has set for them.
    Fall(NodeId),
    /// What has been released of a unit's cases.
    Redovisat(NodeId),
    /// The organisation.
    Trad,
    /// The names of persons and groups.
    Namn,
    /// The account, roles and groups of a person, and the cases they are asked to help with.
    Person(PersonId),
    /// What the series of a unit are, and what divides them.
    Serier(NodeId),
    /// The values of a series.
    Siffror(SerieId),
}

/// The tables whose changes are named, with the name of their part.
pub const WATCHED: [(&str, &str); 24] = [
    ("apt_mote", "plan"),
    ("avvikelse", "fall"),
    ("avvikelse_frislappt", "redovisat"),
    ("avvikelse_gallrad", "fall"),
    ("avvikelse_handlaggare", "fall"),
    ("avvikelse_handlaggare", "person"),
    ("avvikelse_installning", "fall"),
    ("dimension", "serier"),
    ("dimensionsvarde", "serier"),
    ("egenkontroll", "plan"),
    ("egenkontroll_mall", "plan"),
    ("figure", "plan"),
    ("foregangare", "trad"),
    ("grupp", "namn"),
    ("grupp_member", "person"),
    ("node", "trad"),
    ("occurrence", "plan"),
    ("person", "namn"),
    ("person", "person"),
    ("role_grant", "person"),
    ("schedule", "plan"),
    ("serie", "serier"),
    ("siffra", "siffror"),
    ("siffra_import", "siffror"),
];

impl Part {
    /// The part that a row of `forandring` names; none when another version of the program has named it.
    fn of(slag: &str, nyckel: &str) -> Option<Self> {
        let node = || Uuid::try_parse(nyckel).ok().map(NodeId);
        match slag {
            "plan" => node().map(Self::Plan),
            "fall" => node().map(Self::Fall),
            "redovisat" => node().map(Self::Redovisat),
            "trad" => Some(Self::Trad),
            "namn" => Some(Self::Namn),
            "serier" => node().map(Self::Serier),
            "siffror" => Uuid::try_parse(nyckel).ok().map(|id| Self::Siffror(SerieId(id))),
            "person" => Uuid::try_parse(nyckel).ok().map(|id| Self::Person(PersonId(id))),
            _ => None,
        }
    }
}

/// A row of `forandring`.
pub(super) type Row = (String, String);

/// What is known of changes: a count that rises with each look that found the data changed, and for each part its count.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Rises with every change.
    count: u64,
    /// When a part last changed. One that is not there has not since the program started.
    at: HashMap<Part, u64>,
    /// When anything may have.
    all: u64,
    /// What the database calls the data as it was last looked at.
    pub data: String,
    /// The last row that was read, on SQLite.
    pub nr: i64,
}

/// How many parts are remembered one by one; with more, all count as changed.
const MOST: usize = 100_000;

impl Changes {
    /// Notes what the database answered: the name of the data, and the rows since the last look. Gives the count.
    pub fn note(&mut self, data: String, rows: &[Row]) -> u64 {
        if self.data == data && rows.is_empty() {
            return self.count;
        }
        self.data = data;
        self.count += 1;
        for (slag, nyckel) in rows {
            match Part::of(slag, nyckel) {
                Some(part) => drop(self.at.insert(part, self.count)),
                None => self.all = self.count,
            }
        }
        if self.at.len() > MOST {
            self.at.clear();
            self.all = self.count;
        }
        self.count
    }

    /// Says that anything may have changed.
    pub fn note_all(&mut self) {
        self.count += 1;
        self.all = self.count;
    }

    /// Whether what was read at this count, of these parts, is still so.
    pub fn holds(&self, count: u64, parts: &[Part]) -> bool {
        count >= self.all
            && parts.iter().all(|part| match part {
                Part::Anything => count == self.count,
                part => self.at.get(part).is_none_or(|at| *at <= count),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_at_one_unit_leaves_what_is_kept_of_another() {
        let (a, b) = (NodeId(Uuid::from_u128(1)), NodeId(Uuid::from_u128(2)));
        let row = |slag: &str, node: NodeId| (slag.to_owned(), node.0.simple().to_string());
        let mut changes = Changes::default();
        let before = changes.note("1".into(), &[]);
        assert_eq!(changes.note("1".into(), &[]), before, "nobody has written");
        let after = changes.note("2".into(), &[row("plan", a)]);
        assert!(after > before);
        assert!(!changes.holds(before, &[Part::Plan(a)]) && changes.holds(after, &[Part::Plan(a)]));
        assert!(changes.holds(before, &[Part::Plan(b), Part::Fall(a), Part::Trad]));
        assert!(!changes.holds(before, &[Part::Plan(b), Part::Plan(a)]), "one part is enough");
        assert!(!changes.holds(before, &[Part::Anything]), "a commit that names no part is a commit");
        // another version of the program says what this one does not know
        changes.note("3".into(), &[("nyhet".into(), String::new())]);
        assert!(!changes.holds(after, &[Part::Plan(b)]) && !changes.holds(after, &[]));
    }

    #[test]
    fn a_row_of_the_table_is_read_as_the_part_it_names() {
        let id = Uuid::from_u128(7);
        let of = |slag| Part::of(slag, &id.simple().to_string());
        assert_eq!(of("plan"), Some(Part::Plan(NodeId(id))));
        assert_eq!(of("person"), Some(Part::Person(PersonId(id))));
        assert_eq!((Part::of("trad", ""), Part::of("plan", "")), (Some(Part::Trad), None));
    }
}
