//! Access: who somebody is to a case, and what that lets them see.
//!
//! Content is for the reporter (the own report, not the investigation), the handlers of the node and the lex
//! Sarah-utredare. Administratör and verksamhetscontroller see none of it, and neither do colleagues; counts are for all.

use crate::{
    id::NodeId,
    organisation::Tree,
    permission::{Action, Area, Grants, Role},
};

/// Whoever holds one of these roles at a node, or above it, sees its cases.
pub const READS: [Role; 3] = [Role::Enhetschef, Role::BitradandeChef, Role::LexSarah];

/// Whether somebody handles the cases of a node: who asks others to handle one too, and is told which åtgärd came from one.
#[must_use]
pub fn handles(grants: &Grants, tree: &Tree, node: NodeId) -> bool {
    READS.into_iter().any(|role| grants.holds(tree, node, role))
}

/// Who somebody is to a case. Several at once are possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// Reported it, or it was reported for them.
    pub reporter: bool,
    /// Handles cases of the node: enhetschef or biträdande, or was asked to handle this one.
    pub handler: bool,
    /// Is lex Sarah-utredare of the node.
    pub lex_sarah: bool,
}

impl Relation {
    /// What the grants make of somebody for a case of `node`. `reporter`: the case is theirs; `assigned`: somebody who
    /// handles cases of the node asked them to handle this one, which they do as long as they work in the unit at all.
    #[must_use]
    pub fn of(grants: &Grants, tree: &Tree, node: NodeId, reporter: bool, assigned: bool) -> Self {
        Self {
            reporter,
            handler: grants.leads(tree, node) || assigned && grants.may(tree, node, Area::Avvikelse, Action::View),
            lex_sarah: grants.holds(tree, node, Role::LexSarah),
        }
    }

    /// Whether they may do this to it: in cases, Edit is to handle it and TickAny is to read who has opened it.
    #[must_use]
    pub fn permits(self, action: Action) -> bool {
        match action {
            Action::View => self.sees(),
            Action::Edit | Action::TickOwn => self.sees_investigation(),
            Action::TickAny => self.sees_log(),
        }
    }

    /// Whether they see that the case exists, its report and its state.
    #[must_use]
    pub fn sees(self) -> bool {
        self.reporter || self.handler || self.lex_sarah
    }

    /// Whether they see assessments, investigation and attachments. Each time they do is written in the access log.
    #[must_use]
    pub fn sees_investigation(self) -> bool {
        self.handler || self.lex_sarah
    }

    /// Whether they read the access log.
    #[must_use]
    pub fn sees_log(self) -> bool {
        self.lex_sarah
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::organisation::two_units;

    fn id(n: u128) -> NodeId {
        NodeId(Uuid::from_u128(n))
    }

    #[test]
    fn only_reporter_handlers_and_lex_sarah_of_the_node_see_a_case() {
        // one line per role: sees, sees the investigation, sees the log
        for (role, expected) in [
            (Role::Medarbetare, (false, false, false)),
            (Role::Metodutvecklare, (false, false, false)),
            (Role::BitradandeChef, (true, true, false)),
            (Role::Enhetschef, (true, true, false)),
            (Role::Controller, (false, false, false)),
            (Role::LexSarah, (true, true, true)),
            (Role::Admin, (false, false, false)),
        ] {
            let grants = Grants(vec![(role, id(2))]);
            let at = |node, reporter| {
                let s = Relation::of(&grants, &two_units(), id(node), reporter, false);
                (s.sees(), s.sees_investigation(), s.sees_log())
            };
            assert_eq!(at(2, false), expected, "{role:?}");
            assert_eq!(at(3, false), (false, false, false), "{role:?} of another unit");
            let (_, investigation, log) = expected;
            assert_eq!(at(2, true), (true, investigation, log), "{role:?} who reported it");
        }
    }

    #[test]
    fn a_lex_sarah_utredare_of_the_avdelning_is_so_for_its_units() {
        let grants = Grants(vec![(Role::LexSarah, id(1))]);
        assert!(Relation::of(&grants, &two_units(), id(3), false, false).lex_sarah);
    }

    #[test]
    fn somebody_who_is_asked_to_handle_a_case_sees_it() {
        let grants = Grants(vec![(Role::Medarbetare, id(2))]);
        assert!(Relation::of(&grants, &two_units(), id(2), false, true).sees_investigation());
        assert!(!Relation::of(&grants, &two_units(), id(3), false, true).sees(), "who has left the unit does not");
        assert!(!handles(&grants, &two_units(), id(2)), "who was asked asks nobody on");
    }

    #[test]
    fn who_handles_the_cases_of_a_unit_leads_it_or_is_its_utredare() {
        for role in Role::ALL {
            let grants = Grants(vec![(role, id(2))]);
            assert_eq!(handles(&grants, &two_units(), id(2)), READS.contains(&role), "{role:?}");
            assert!(!handles(&grants, &two_units(), id(3)), "{role:?} of another unit");
        }
    }
}
