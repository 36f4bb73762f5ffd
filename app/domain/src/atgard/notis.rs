//! Notis: that an åtgärd has been laid on somebody, as it stands in their Att göra until they have said that they have seen it.
//! Its last day may be months away, and until then no row of Att göra would tell.

use chrono::{DateTime, Utc};

use crate::{
    id::{AtgardId, NodeId, NotisId, PersonId},
    permission::Role,
    schedule::Responsible,
};

/// Who is told of an åtgärd, beside whoever laid it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The one who is responsible for it.
    pub person: Option<PersonId>,
    /// Those of the unit with this role.
    pub role: Option<Role>,
    /// Every chef of the unit: somebody else has laid it there.
    pub chefs: bool,
}

/// Who is told when somebody is made responsible. A role of chefer is a person or two; of a whole role or group, whoever is to do it
/// meets it in time in Att göra. `of_a_case`: the lex Sarah-utredare, who leads nothing in the unit, lays some.
#[must_use]
pub fn told(responsible: Responsible, of_a_case: bool, leads: bool) -> Told {
    let (person, role) = match responsible {
        Responsible::Person(person) => (Some(person), None),
        Responsible::Role(role @ (Role::Enhetschef | Role::BitradandeChef)) => (None, Some(role)),
        Responsible::Role(_) | Responsible::Grupp(_) | Responsible::Nobody => (None, None),
    };
    Told { person, role, chefs: of_a_case && !leads }
}

/// What somebody is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtgardNotis {
    /// Primary key, by which it is marked as seen.
    pub id: NotisId,
    /// The åtgärd.
    pub atgard: AtgardId,
    /// Its unit.
    pub node: NodeId,
    /// What is to be done.
    pub title: String,
    /// Who laid it; empty for whoever runs the server.
    pub by: String,
    /// When it was laid, in UTC.
    pub at: DateTime<Utc>,
    /// Whether the one who sees it is responsible.
    pub own: bool,
}

impl AtgardNotis {
    /// The sentence in Att göra.
    #[must_use]
    pub fn sentence(&self) -> String {
        let who = if self.by.is_empty() { "Någon" } else { &self.by };
        if self.own {
            format!("{who} har gjort dig ansvarig för ”{}”.", self.title)
        } else {
            format!("{who} har lagt till ”{}” i enheten.", self.title)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::GruppId;

    #[test]
    fn the_new_ansvarig_is_told_and_the_chefer_of_what_the_lex_sarah_utredare_lays_on_their_unit() {
        let person = PersonId(uuid::Uuid::from_u128(1));
        let chef = Responsible::Role(Role::Enhetschef);
        assert_eq!(told(Responsible::Person(person), false, true).person, Some(person));
        assert_eq!(told(chef, false, true), Told { role: Some(Role::Enhetschef), ..Told::default() });
        assert!(told(Responsible::Person(person), true, false).chefs, "whoever else is ansvarig");
        assert!(!told(chef, true, true).chefs, "the chef's own");
        for many in [
            Responsible::Role(Role::Medarbetare),
            Responsible::Grupp(GruppId(uuid::Uuid::from_u128(2))),
            Responsible::Nobody,
        ] {
            assert_eq!(told(many, false, true), Told::default());
        }
    }
}
