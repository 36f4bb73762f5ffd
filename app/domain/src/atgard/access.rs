//! Access: who adds an åtgärd, which depends on what it comes from.

use crate::{
    avvikelse::Relation,
    id::NodeId,
    permission::{Action, Area, Role},
    person::Actor,
    schedule::Responsible,
};

/// What an åtgärd comes from, as the person stands to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// What has no doors of its own: nothing, a control, a förslag.
    Open,
    /// A meeting, and whether the person writes there.
    Meeting(bool),
    /// A case: who the person is to it, and whether it was decided that it is a missförhållande.
    Case(Relation, bool),
}

/// Whether the person adds an åtgärd at the node. From a meeting by who writes there, from a case by who handles it. The lex
/// Sarah-utredare edits no åtgärder of the unit, but adds to what they investigate.
#[must_use]
pub fn may_add(actor: &Actor, node: NodeId, behind: Behind) -> bool {
    let edits = actor.may(node, Area::Atgard, Action::Edit);
    // what was open when the unit ended is finished, and nothing else is begun
    let ended = actor.tree.has_ended(node);
    match behind {
        Behind::Open => edits && !ended,
        Behind::Meeting(writes) => writes && edits && !ended,
        Behind::Case(who, lex_sarah) => who.sees_investigation() && (edits || who.lex_sarah && lex_sarah),
    }
}

/// Who carries it out unless something else is said. What is decided by somebody who edits no åtgärder of the unit, as the lex
/// Sarah-utredare, is the chef's to do: it stands in Att göra there.
#[must_use]
pub fn proposed(actor: &Actor, node: NodeId) -> Option<Responsible> {
    (!actor.may(node, Area::Atgard, Action::Edit)).then_some(Responsible::Role(Role::Enhetschef))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use uuid::Uuid;

    use super::*;
    use crate::{
        id::PersonId,
        organisation::{Node, NodeKind, Tree},
        permission::Grants,
    };

    fn actor(role: Role) -> (Actor, NodeId) {
        let id = NodeId(Uuid::from_u128(1));
        let node = Node { id, parent: None, kind: NodeKind::Enhet, name: String::new(), active: true, version: 1 };
        let actor = Actor {
            person: PersonId(Uuid::from_u128(100)),
            name: String::new(),
            grants: Grants(vec![(role, id)]),
            groups: vec![],
            tree: Arc::new(Tree::new(vec![node])),
            epoch: 0,
        };
        (actor, id)
    }

    #[test]
    fn an_atgard_of_a_case_is_added_by_who_handles_it_and_by_the_utredare_of_a_missforhallande() {
        // one line per role: any case, a missförhållande, and who they are to it
        for (role, any, missforhallande) in [
            (Role::Enhetschef, true, true),
            (Role::BitradandeChef, true, true),
            (Role::LexSarah, false, true),
            (Role::Metodutvecklare, false, false),
            (Role::Medarbetare, false, false),
            (Role::Admin, false, false),
        ] {
            let (actor, node) = actor(role);
            let who = Relation::of(&actor.grants, &actor.tree, node, false, false);
            assert_eq!(may_add(&actor, node, Behind::Case(who, false)), any, "{role:?}");
            assert_eq!(may_add(&actor, node, Behind::Case(who, true)), missforhallande, "{role:?}");
            let reported = Relation { reporter: true, ..who };
            assert_eq!(may_add(&actor, node, Behind::Case(reported, true)), missforhallande, "{role:?} who reported");
        }
        // a metodutvecklare who was asked to handle the case edits åtgärder of the unit anyway
        let (asked, node) = actor(Role::Metodutvecklare);
        let who = Relation::of(&asked.grants, &asked.tree, node, false, true);
        assert!(may_add(&asked, node, Behind::Case(who, false)));
        let (asked, node) = actor(Role::Medarbetare);
        let who = Relation::of(&asked.grants, &asked.tree, node, false, true);
        assert!(!may_add(&asked, node, Behind::Case(who, true)), "a handläggare edits none");
    }

    #[test]
    fn an_atgard_of_a_meeting_is_added_by_who_writes_there_and_edits_the_units() {
        let (chef, node) = actor(Role::Enhetschef);
        assert!(may_add(&chef, node, Behind::Open) && may_add(&chef, node, Behind::Meeting(true)));
        assert!(!may_add(&chef, node, Behind::Meeting(false)));
        let (secretary, node) = actor(Role::Medarbetare);
        assert!(!may_add(&secretary, node, Behind::Meeting(true)) && !may_add(&secretary, node, Behind::Open));
    }

    #[test]
    fn what_the_utredare_decides_is_the_chefs_to_do() {
        let (utredare, node) = actor(Role::LexSarah);
        assert_eq!(proposed(&utredare, node), Some(Responsible::Role(Role::Enhetschef)));
        let (chef, node) = actor(Role::Enhetschef);
        assert_eq!(proposed(&chef, node), None);
    }
}
