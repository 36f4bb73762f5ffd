//! Persons with an account: name, e-mail, roles. A person is deactivated, never deleted.

pub mod access;
pub mod lista;
pub mod valkommen;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    field::{Checker, FieldError},
    id::{GrantId, GruppId, NodeId, PersonId},
    organisation::{NodeKind, Tree},
    permission::{Action, Area, Grants, Role},
    schedule::Responsible,
};

/// A person, as lists show one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Primary key; history and responsibility name it for ever.
    pub id: PersonId,
    /// Name or, in the demo, the role.
    pub name: String,
    /// E-mail, the name at login.
    pub email: String,
    /// Whether the person can log in.
    pub active: bool,
    /// Roles, each at a node.
    pub roles: Vec<Grant>,
    /// Rises with every change.
    pub version: i64,
}

/// A role at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Primary key, by which the role is taken away.
    pub id: GrantId,
    /// Says what may be done there and below.
    pub role: Role,
    /// Where it holds.
    pub node: NodeId,
}

/// The person who asks: roles, groups and the tree they hold in. Built anew for each request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Whose login it is.
    pub person: PersonId,
    /// The name that the page shows.
    pub name: String,
    /// The roles held.
    pub grants: Grants,
    /// The groups the person is a member of.
    pub groups: Vec<GruppId>,
    /// The organisation.
    pub tree: Arc<Tree>,
    /// The epoch of the login: when the person's has risen, the login is over.
    pub epoch: i64,
}

impl Actor {
    /// Whether the person may do this to something that belongs to `node`. At a node that has ended, what the area lets be done
    /// there after that.
    #[must_use]
    pub fn may(&self, node: NodeId, area: Area, action: Action) -> bool {
        self.is_trusted(node, area, action) && self.is_left(node, area, action)
    }

    /// Whether the roles of the person let them do this at `node`, be it that it has ended: what is there for those who may write
    /// stays there for them when nobody writes any more.
    #[must_use]
    pub fn is_trusted(&self, node: NodeId, area: Area, action: Action) -> bool {
        self.grants.may(&self.tree, node, area, action)
    }

    /// Whether this is done at the node at all, by whomever: it goes on, or the area lets it be done after its end.
    #[must_use]
    pub fn is_left(&self, node: NodeId, area: Area, action: Action) -> bool {
        !self.tree.has_ended(node) || area.traits().after_end.contains(&action)
    }

    /// Whether something carried out at `node` by `responsible` is in this person's Att göra.
    #[must_use]
    pub fn is_responsible(&self, responsible: Responsible, node: NodeId) -> bool {
        match responsible {
            Responsible::Nobody => false,
            Responsible::Role(role) => self.grants.holds(&self.tree, node, role),
            Responsible::Person(person) => person == self.person,
            Responsible::Grupp(grupp) => self.groups.contains(&grupp),
        }
    }

    /// Whether the person answers for the budget of `node`, and is asked what is done where the forecast is worse: its enhetschef.
    #[must_use]
    pub fn answers_for_budget(&self, node: NodeId) -> bool {
        self.is_responsible(Responsible::Role(Role::Enhetschef), node)
    }

    /// Whether the person may tick off something carried out at `node` by `responsible`.
    #[must_use]
    pub fn may_tick(&self, area: Area, responsible: Responsible, node: NodeId) -> bool {
        self.may(node, area, Action::TickAny)
            || self.is_responsible(responsible, node) && self.may(node, area, Action::TickOwn)
    }

    /// Whether the person may take back what was marked as done at `node`, with a reason: who did it, and who ticks off for others.
    #[must_use]
    pub fn may_undo(&self, area: Area, node: NodeId, performed_by: Option<PersonId>) -> bool {
        performed_by == Some(self.person) && self.is_left(node, area, Action::TickOwn)
            || self.may(node, area, Action::TickAny)
    }

    /// Whether the person gives answers in a run of an egenkontroll that is carried out by `responsible`: who may carry it out,
    /// and in a kollegiegranskning every colleague who may carry out something of their own.
    #[must_use]
    pub fn may_judge(&self, responsible: Responsible, node: NodeId, kollegie: bool) -> bool {
        let area = Area::Egenkontroll;
        self.may_tick(area, responsible, node) || kollegie && self.may(node, area, Action::TickOwn)
    }

    /// The units whose plans the person sees, in the order of the tree.
    #[must_use]
    pub fn units(&self) -> Vec<(NodeId, String)> {
        self.grants
            .seen(&self.tree, Area::Egenkontroll)
            .into_iter()
            .filter(|n| n.kind == NodeKind::Enhet && self.tree.in_use(n))
            .map(|n| (n.id, n.name.clone()))
            .collect()
    }

    /// The units that have ended and whose plans the person sees, in the order of the tree.
    #[must_use]
    pub fn ended_units(&self) -> Vec<(NodeId, String)> {
        if !self.tree.has_ends() {
            return vec![];
        }
        let seen = self.grants.seen(&self.tree, Area::Egenkontroll).into_iter();
        let ended = seen.filter(|n| n.kind == NodeKind::Enhet && self.tree.has_ended(n.id));
        ended.map(|n| (n.id, n.name.clone())).collect()
    }

    /// The units where something may be left for the person to do: those in use, and after them those that have ended.
    #[must_use]
    pub fn units_with_ended(&self) -> Vec<(NodeId, String)> {
        let mut units = self.units();
        units.extend(self.ended_units());
        units
    }
}

/// Checks name and e-mail of a person.
pub fn check_person(name: &str, email: &str) -> Result<(String, String), Vec<FieldError>> {
    let mut check = Checker::default();
    let name = check.required("name", name, "ett namn");
    let email = check.required("email", email, "en e-postadress");
    let well_formed = email.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    }) && !email.contains(char::is_whitespace)
        && email.matches('@').count() == 1;
    if !email.is_empty() && !well_formed {
        check.error("email", "Skriv e-postadressen som namn@kommun.se.");
    }
    check.finish((name, email))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use uuid::Uuid;

    use super::*;
    use crate::organisation::{Liv, Node, two_units};

    fn unit() -> NodeId {
        NodeId(Uuid::from_u128(1))
    }

    fn actor(role: Role) -> Actor {
        let node =
            Node { id: unit(), parent: None, kind: NodeKind::Enhet, name: String::new(), active: true, version: 1 };
        Actor {
            person: PersonId(Uuid::from_u128(100)),
            name: String::new(),
            grants: Grants(vec![(role, unit())]),
            groups: vec![],
            tree: Arc::new(Tree::new(vec![node])),
            epoch: 0,
        }
    }

    #[test]
    fn what_was_done_is_taken_back_by_who_did_it_and_by_who_ticks_off_for_others() {
        let (staff, chef) = (actor(Role::Medarbetare), actor(Role::Enhetschef));
        let other = Some(PersonId(Uuid::from_u128(200)));
        assert!(staff.may_undo(Area::Egenkontroll, unit(), Some(staff.person)));
        assert!(!staff.may_undo(Area::Egenkontroll, unit(), other) && !staff.may_undo(Area::Aktivitet, unit(), None));
        assert!(chef.may_undo(Area::Egenkontroll, unit(), other));
    }

    #[test]
    fn colleagues_judge_in_a_kollegiegranskning_alone() {
        let staff = actor(Role::Medarbetare);
        assert!(actor(Role::Enhetschef).answers_for_budget(unit()) && !staff.answers_for_budget(unit()));
        let chefs = Responsible::Role(Role::Enhetschef);
        assert!(staff.may_judge(Responsible::Role(Role::Medarbetare), unit(), false));
        assert!(!staff.may_judge(chefs, unit(), false) && staff.may_judge(chefs, unit(), true));
        assert!(!actor(Role::Admin).may_judge(chefs, unit(), true));
    }

    #[test]
    fn at_a_unit_that_has_ended_all_is_read_and_what_was_begun_is_finished_and_nothing_else_is_done() {
        let (unit, first) = (NodeId(Uuid::from_u128(2)), chrono::NaiveDate::from_ymd_opt(2023, 1, 1).unwrap());
        let ended = Liv { to: first.pred_opt(), ..Liv::default() };
        let tree = Arc::new(two_units().on(first, BTreeMap::from([(unit, ended)])));
        let chef = Actor { grants: Grants(vec![(Role::Enhetschef, unit)]), tree, ..actor(Role::Enhetschef) };
        for area in Area::ALL {
            for action in Action::ALL {
                let read = action == Action::View || (area.code(), action) == ("enkat", Action::TickAny);
                let left = read || area.code() == "atgard";
                let expected = left && chef.is_trusted(unit, area, action);
                assert_eq!(chef.may(unit, area, action), expected, "{area:?} {action:?}");
            }
        }
        let may_undo = |area: &str| chef.may_undo(Area::from_code(area).unwrap(), unit, Some(chef.person));
        assert!(!may_undo("egenkontroll") && may_undo("atgard"));
        assert!(chef.units().is_empty() && chef.units_with_ended() == chef.ended_units());
    }

    #[test]
    fn an_address_needs_a_name_and_a_host() {
        for good in ["enhetschef@demo.se", "a.b@kommun.example.se"] {
            assert!(check_person("Enhetschef", good).is_ok(), "{good}");
        }
        for bad in ["enhetschef", "@demo.se", "a@b", "a b@demo.se", "a@@demo.se", ""] {
            assert_eq!(check_person("Enhetschef", bad).unwrap_err()[0].field, "email", "{bad}");
        }
    }
}
