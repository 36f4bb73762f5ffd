//! What a screen is told when something changed: the area, never the thing nor its content. Whoever is told asks anew, as
//! the person who sits there, and gets what they may see.
//!
//! That something happened is itself something to know. An event says where it happened, so that only those hear it who
//! may see anything there; in an area where the very existence of a thing is secret ([`Area::is_secret`]) only those who
//! handle such things in that node. All others are told of the area at fixed times ([`What::Public`]), whether anything
//! has happened or not.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    area::{Area, Heard},
    avvikelse::access::Relation,
    id::NodeId,
    organisation::Tree,
    permission::Action,
    person::Actor,
};

/// Published after a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What it is about.
    pub what: What,
    /// How far the server has come with it.
    pub seq: Seq,
}

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum What {
    /// Anything may have changed, as after a time without connection.
    Anything,
    /// Something of the area changed in the node.
    In(Area, NodeId),
    /// It is time to look again at what everybody may see of a secret area: said at fixed times, also when nothing changed.
    Public(Area),
}

/// How many events a server has heard of. Whoever was away sees by it that something was missed; whoever does not hear of
/// what is secret must not see it counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seq {
    /// Those that are not secret.
    pub open: u64,
    /// Those of secret areas, by node.
    secret: Arc<BTreeMap<NodeId, u64>>,
}

impl Seq {
    /// Counts one more.
    pub fn count(&mut self, what: What) {
        match what {
            What::In(area, node) if area.is_secret() => *Arc::make_mut(&mut self.secret).entry(node).or_default() += 1,
            _ => self.open += 1,
        }
    }

    /// As a person, or somebody without login, sees it: it rises with every event that they may hear.
    #[must_use]
    pub fn seen(&self, actor: Option<&Actor>) -> u64 {
        // from what the person handles, and not from all that has been heard of: a city has a thousand units
        let secret = |actor: &Actor| {
            let handled = actor.grants.held(&actor.tree, &crate::avvikelse::access::READS);
            handled.into_iter().filter_map(|node| self.secret.get(&node.id)).sum()
        };
        self.open + actor.map_or(0, secret)
    }
}

impl What {
    /// Whether a person is told.
    #[must_use]
    pub fn is_for(self, actor: &Actor) -> bool {
        match self {
            Self::Anything => true,
            Self::In(area, node) if area.is_secret() => handles(actor, node),
            Self::In(area, node) => {
                let mut own = actor.grants.0.iter().filter(|g| crate::permission::allowed(g.0, area, Action::View));
                own.any(|(_, at)| touches(&actor.tree, *at, node))
            }
            Self::Public(area) => actor.grants.may_somewhere(area, Action::View),
        }
    }

    /// Whether a wall screen of the unit is told.
    #[must_use]
    pub fn is_for_screen(self, tree: &Tree, unit: NodeId) -> bool {
        match self {
            Self::Anything | Self::Public(_) => true,
            Self::In(area, node) => area.traits().heard == Heard::Widely && touches(tree, unit, node),
        }
    }
}

fn handles(actor: &Actor, node: NodeId) -> bool {
    Relation::of(&actor.grants, &actor.tree, node, false, false).sees()
}

/// Whether what happens at `node` can be seen from `at`: below it, or above it, whose controls its units carry out. A node
/// that is newer than the tree may be either.
fn touches(tree: &Tree, at: NodeId, node: NodeId) -> bool {
    tree.get(node).is_none() || tree.is_within(node, at) || tree.is_within(at, node)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        id::PersonId,
        organisation::two_units,
        permission::{Grants, Role},
    };

    fn id(n: u128) -> NodeId {
        NodeId(Uuid::from_u128(n))
    }

    fn actor(role: Role, at: u128) -> Actor {
        let grants = Grants(vec![(role, id(at))]);
        Actor {
            person: PersonId(Uuid::from_u128(9)),
            name: String::new(),
            grants,
            groups: vec![],
            tree: Arc::new(two_units()),
            epoch: 1,
        }
    }

    #[test]
    fn that_a_case_came_is_heard_by_those_who_handle_cases_of_the_unit_and_by_nobody_else() {
        let came = What::In(Area::Avvikelse, id(2));
        for role in Role::ALL {
            let handles = matches!(role, Role::Enhetschef | Role::BitradandeChef | Role::LexSarah);
            assert_eq!(came.is_for(&actor(role, 2)), handles, "{role:?} of the unit");
            assert_eq!(came.is_for(&actor(role, 1)), handles, "{role:?} of the avdelning");
            assert!(!came.is_for(&actor(role, 3)), "{role:?} of the unit beside it");
        }
        assert!(!came.is_for_screen(&two_units(), id(2)), "a wall has no login");
        let unknown = What::In(Area::Avvikelse, id(4));
        assert!(!unknown.is_for(&actor(Role::Enhetschef, 1)), "a unit that is newer than what is known of the tree");
    }

    #[test]
    fn what_is_public_of_a_secret_area_is_said_to_all_who_see_it_and_to_walls() {
        let time = What::Public(Area::Avvikelse);
        assert!(time.is_for(&actor(Role::Medarbetare, 2)) && time.is_for_screen(&two_units(), id(2)));
        assert!(!time.is_for(&actor(Role::Admin, 1)), "an administrator sees no figures");
    }

    #[test]
    fn other_things_are_heard_in_the_unit_above_and_below_it_but_not_beside_it() {
        let ticked = What::In(Area::Egenkontroll, id(2));
        let above = What::In(Area::Egenkontroll, id(1));
        for (what, at, hears) in
            [(ticked, 2, true), (ticked, 1, true), (ticked, 3, false), (above, 2, true), (above, 1, true)]
        {
            assert_eq!(what.is_for(&actor(Role::Medarbetare, at)), hears, "{what:?} at {at}");
            assert_eq!(what.is_for_screen(&two_units(), id(at)), hears, "{what:?} on a wall of {at}");
        }
        assert!(What::In(Area::Egenkontroll, id(4)).is_for(&actor(Role::Medarbetare, 3)), "a unit that was just added");
        assert!(!ticked.is_for(&actor(Role::Admin, 1)));
        assert!(!What::In(Area::Person, id(2)).is_for_screen(&two_units(), id(2)));
    }

    #[test]
    fn who_does_not_hear_of_cases_cannot_count_them_in_the_numbers_of_events_either() {
        let mut seq = Seq::default();
        seq.count(What::In(Area::Enkat, id(2)));
        (0..7).for_each(|_| seq.count(What::In(Area::Avvikelse, id(2))));
        assert_eq!((seq.seen(None), seq.seen(Some(&actor(Role::Medarbetare, 2)))), (1, 1));
        assert_eq!(seq.seen(Some(&actor(Role::Enhetschef, 3))), 1, "nor those of the unit beside");
        assert_eq!(seq.seen(Some(&actor(Role::Enhetschef, 2))), 8);
    }
}
