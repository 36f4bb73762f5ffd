//! Names: from "Biträdande enhetschef", "Enhetens ledningsgrupp" or a person's name to who that is, and back.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{column::key, word::shortened};
use crate::{permission::Role, schedule::Responsible};

/// Who can carry something out at a node, by the name that a table has. Made once, and asked once for each cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    by_name: HashMap<String, BTreeSet<Responsible>>,
    labels: HashMap<Responsible, String>,
    /// What a message lists, and how many more there are.
    listed: (Vec<String>, usize),
}

/// How many names a message lists.
const LISTED: usize = 12;

impl Names {
    /// The groups and persons of a node. Funktioner need not be among them.
    #[must_use]
    pub fn new(entries: Vec<(String, Responsible)>) -> Self {
        let mut names = Self::default();
        // the administrator carries out no controls
        let roles = Role::ALL.into_iter().filter(|r| *r != Role::Admin).map(|role| -> &str { role.label() });
        let mut seen = HashSet::new();
        for name in roles.chain(entries.iter().map(|(label, _)| label.as_str())).filter(|name| seen.insert(*name)) {
            if names.listed.0.len() < LISTED {
                names.listed.0.push(name.to_owned());
            } else {
                names.listed.1 += 1;
            }
        }
        for (label, who) in entries {
            names.by_name.entry(key(&label)).or_default().insert(who);
            names.labels.entry(who).or_insert(label);
        }
        names
    }

    /// Those whom a form lets somebody choose, by code and name. A code that means nobody is passed by.
    #[must_use]
    pub fn of_options(options: Vec<(String, String)>) -> Self {
        Self::new(options.into_iter().filter_map(|(code, name)| Some((name, Responsible::from_code(&code)?))).collect())
    }

    /// Who a cell means; an empty one is nobody. The fault names the cell's text and says what there is.
    pub fn resolve(&self, text: &str) -> Result<Responsible, String> {
        let wanted = key(text);
        if matches!(wanted.as_str(), "" | "-" | "–") {
            return Ok(Responsible::Nobody);
        }
        // a funktion comes before a person or a group that is called the same: the table speaks of funktioner
        if let Some(role) = Role::ALL.into_iter().find(|r| key(r.label()) == wanted) {
            return Ok(Responsible::Role(role));
        }
        let found: Vec<Responsible> = self.by_name.get(&wanted).into_iter().flatten().copied().collect();
        match found.as_slice() {
            [who] => Ok(*who),
            [] => {
                let words: Vec<&str> = text.split_whitespace().collect();
                Role::from_label(&words.join(" ")).map(Responsible::Role).ok_or_else(|| self.unknown(text))
            }
            _ => Err(format!(
                "Det finns {} som heter ”{}”. Skriv en funktion eller en grupp, och välj personen i planen efteråt.",
                found.len(),
                shortened(text, 60)
            )),
        }
    }

    fn unknown(&self, text: &str) -> String {
        let (names, more) = &self.listed;
        let tail = if *more == 0 { String::new() } else { format!(" och {more} till") };
        format!("”{}” finns inte på enheten. Här finns {}{tail}.", shortened(text, 60), names.join(", "))
    }

    /// The name of somebody, as a table has it; empty for nobody and for one who is no longer there.
    #[must_use]
    pub fn label(&self, who: Responsible) -> String {
        match who {
            Responsible::Nobody => String::new(),
            Responsible::Role(role) => role.label().to_owned(),
            who => self.labels.get(&who).cloned().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::id::{GruppId, PersonId};

    fn names() -> Names {
        let person = |n| Responsible::Person(PersonId(Uuid::from_u128(n)));
        Names::new(vec![
            ("Enhetens ledningsgrupp".into(), Responsible::Grupp(GruppId(Uuid::from_u128(1)))),
            ("Person A".into(), person(2)),
            ("Person B".into(), person(3)),
            ("Person B".into(), person(4)),
        ])
    }

    #[test]
    fn a_cell_names_a_funktion_a_group_or_a_person() {
        let names = names();
        assert_eq!(names.resolve("biträdande  enhetschef"), Ok(Responsible::Role(Role::BitradandeChef)));
        assert_eq!(names.resolve("ENHETENS ledningsgrupp"), Ok(Responsible::Grupp(GruppId(Uuid::from_u128(1)))));
        assert_eq!(names.resolve("person a").map(|who| names.label(who)).as_deref(), Ok("Person A"));
        assert_eq!(names.resolve("  "), Ok(Responsible::Nobody));
        let demo = Names::new(vec![("Enhetschef".into(), Responsible::Person(PersonId(Uuid::from_u128(5))))]);
        assert_eq!(demo.resolve("Enhetschef"), Ok(Responsible::Role(Role::Enhetschef)), "a person named as a funktion");
    }

    #[test]
    fn a_name_that_is_not_there_is_told_what_is() {
        let message = names().resolve("Kungen").unwrap_err();
        assert!(message.starts_with("”Kungen” finns inte på enheten. Här finns Handläggare, "), "{message}");
        assert!(message.contains("Enhetens ledningsgrupp"));
    }

    #[test]
    fn two_of_a_name_are_not_guessed_between() {
        assert!(names().resolve("Person B").unwrap_err().starts_with("Det finns 2 som heter ”Person B”."));
    }
}
