//! Access: who looks after an account, and what nobody does to their own.
//!
//! Whoever administers a node looks after the accounts of those who have all their roles there, so that nobody gets into the account
//! of an administrator above.

use super::{Actor, Grant, Person};
use crate::{
    id::{NodeId, PersonId},
    organisation::Tree,
    permission::{Action, Area, Grants, Role},
};

/// What another administrator does, when the account is one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByAnother {
    /// That it cannot be logged in with.
    Deactivating,
    /// A password for one time.
    Password,
    /// That a role as administrator is taken away.
    AdminRole,
}

impl ByAnother {
    /// What to say to who tries.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Deactivating => "Du kan inte avaktivera ditt eget konto. Be en annan administratör.",
            Self::Password => "Ditt eget lösenord byter du under Ditt konto.",
            Self::AdminRole => "Du kan inte ta bort din egen roll som administratör. Be en annan administratör.",
        }
    }
}

impl Actor {
    /// Whether there is anything that the person administers.
    #[must_use]
    pub fn administers_something(&self) -> bool {
        self.grants.may_somewhere(Area::Person, Action::Edit)
    }

    /// Whether the person administers accounts and roles at the node.
    #[must_use]
    pub fn administers(&self, node: NodeId) -> bool {
        self.may(node, Area::Person, Action::Edit)
    }

    /// Whether the person looks after the whole installation: an administrator of the topmost node.
    #[must_use]
    pub fn looks_after_all(&self) -> bool {
        self.tree.walk().first().is_some_and(|(_, top)| self.administers(top.id))
    }

    /// Whether the person may change name, password and account of somebody with roles at these nodes: only who administers
    /// all of them. An account without roles belongs to the whole organisation.
    #[must_use]
    pub fn looks_after(&self, roles_at: impl IntoIterator<Item = NodeId>) -> bool {
        let mut nodes = roles_at.into_iter().peekable();
        if nodes.peek().is_none() { self.looks_after_all() } else { nodes.all(|node| self.administers(node)) }
    }

    /// `Err` with what to say when it is about the person's own account.
    pub fn does_to(&self, account: PersonId, what: ByAnother) -> Result<(), &'static str> {
        if account == self.person { Err(what.words()) } else { Ok(()) }
    }

    /// `Err` with what to say when it is the person's own role as administrator that would be taken away.
    pub fn takes_role(&self, account: PersonId, grant: &Grant) -> Result<(), &'static str> {
        if grant.role == Role::Admin { self.does_to(account, ByAnother::AdminRole) } else { Ok(()) }
    }
}

impl Grant {
    /// Whether the role is one of those who look after the whole installation.
    #[must_use]
    pub fn looks_after_all(&self, tree: &Tree) -> bool {
        self.role == Role::Admin && tree.get(self.node).is_some_and(|n| n.parent.is_none())
    }
}

impl Person {
    /// The roles, for what asks about grants.
    #[must_use]
    pub fn grants(&self) -> Grants {
        Grants(self.roles.iter().map(|g| (g.role, g.node)).collect())
    }

    /// Whether somebody works at the node, above it or below it. An administrator sees no content, so a role as that does
    /// not count.
    #[must_use]
    pub fn works_near(&self, tree: &Tree, node: NodeId) -> bool {
        self.active && self.roles.iter().any(|g| g.role != Role::Admin && tree.is_near(g.node, node))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use uuid::Uuid;

    use super::*;
    use crate::{id::GrantId, organisation::two_units};

    fn id(n: u128) -> NodeId {
        NodeId(Uuid::from_u128(n))
    }

    fn actor(role: Role, at: u128) -> Actor {
        Actor {
            person: PersonId(Uuid::from_u128(100)),
            name: String::new(),
            grants: Grants(vec![(role, id(at))]),
            groups: vec![],
            tree: Arc::new(two_units()),
            epoch: 0,
        }
    }

    fn person(roles: &[(Role, u128)]) -> Person {
        let roles = roles.iter().zip(1..).map(|((role, at), n)| Grant {
            id: GrantId(Uuid::from_u128(n)),
            role: *role,
            node: id(*at),
        });
        let roles = roles.collect();
        Person {
            id: PersonId(Uuid::from_u128(200)),
            name: String::new(),
            email: String::new(),
            active: true,
            roles,
            version: 1,
        }
    }

    #[test]
    fn an_account_is_looked_after_by_who_administers_everywhere_that_it_has_a_role() {
        let (unit, all) = (actor(Role::Admin, 2), actor(Role::Admin, 1));
        for (at, by_unit) in [(vec![2], true), (vec![2, 3], false), (vec![1], false), (vec![], false)] {
            assert_eq!(unit.looks_after(at.iter().map(|n| id(*n))), by_unit, "{at:?}");
            assert!(all.looks_after(at.iter().map(|n| id(*n))), "{at:?}");
        }
        assert!(all.looks_after_all() && !unit.looks_after_all());
        let chef = actor(Role::Enhetschef, 1);
        assert!(!chef.looks_after([id(2)]) && !chef.looks_after_all() && !chef.administers_something());
    }

    #[test]
    fn nobody_closes_their_own_account_or_stops_being_an_administrator_alone() {
        let admin = actor(Role::Admin, 1);
        let other = PersonId(Uuid::from_u128(200));
        for what in [ByAnother::Deactivating, ByAnother::Password, ByAnother::AdminRole] {
            assert_eq!(admin.does_to(admin.person, what), Err(what.words()));
            assert_eq!(admin.does_to(other, what), Ok(()));
        }
        let [of_admin, of_chef] = [Role::Admin, Role::Enhetschef].map(|role| person(&[(role, 1)]).roles[0]);
        assert!(admin.takes_role(admin.person, &of_admin).is_err());
        assert!(admin.takes_role(admin.person, &of_chef).is_ok() && admin.takes_role(other, &of_admin).is_ok());
    }

    #[test]
    fn who_administers_a_unit_does_not_work_in_it() {
        let tree = two_units();
        assert!(person(&[(Role::Medarbetare, 2)]).works_near(&tree, id(2)));
        assert!(person(&[(Role::Controller, 1)]).works_near(&tree, id(2)), "the unit lies below");
        assert!(!person(&[(Role::Medarbetare, 3)]).works_near(&tree, id(2)));
        assert!(!person(&[(Role::Admin, 2)]).works_near(&tree, id(2)));
        assert!(!Person { active: false, ..person(&[(Role::Medarbetare, 2)]) }.works_near(&tree, id(2)));
    }
}
