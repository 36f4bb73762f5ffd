//! Access: who sees a meeting, and who writes there.

use super::Mote;
use crate::{
    permission::{Action, Area},
    person::Actor,
};

impl Mote {
    /// Whether the person writes there: who leads the unit's meetings, and who chairs this one or writes its minutes,
    /// whatever their role in the unit.
    #[must_use]
    pub fn is_edited_by(&self, actor: &Actor) -> bool {
        self.is_trusted_to(actor) && actor.is_left(self.node, Area::Apt, Action::Edit)
    }

    /// The same whether the unit goes on or has ended.
    fn is_trusted_to(&self, actor: &Actor) -> bool {
        let runs = self.is_run_by(actor.person) && actor.may(self.node, Area::Apt, Action::View);
        runs || actor.is_trusted(self.node, Area::Apt, Action::Edit)
    }

    /// Whether the person knows of it: a meeting of those who lead is there for who writes in it alone.
    #[must_use]
    pub fn is_there_for(&self, actor: &Actor) -> bool {
        !self.kind.is_closed() || self.is_trusted_to(actor)
    }

    /// Whether the person may do this to it.
    #[must_use]
    pub fn permits(&self, actor: &Actor, action: Action) -> bool {
        match action {
            _ if !self.is_there_for(actor) => false,
            Action::Edit => self.is_edited_by(actor),
            _ => actor.may(self.node, Area::Apt, action),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::*;
    use crate::{
        apt::{Deltagare, Kind, State},
        id::{AptId, NodeId, PersonId},
        organisation::{Node, NodeKind, Tree},
        permission::{Grants, Role},
    };

    fn node() -> NodeId {
        NodeId(Uuid::from_u128(1))
    }

    fn actor(role: Option<Role>) -> Actor {
        let unit =
            Node { id: node(), parent: None, kind: NodeKind::Enhet, name: String::new(), active: true, version: 1 };
        Actor {
            person: PersonId(Uuid::from_u128(100)),
            name: String::new(),
            grants: Grants(role.map(|role| (role, node())).into_iter().collect()),
            groups: vec![],
            tree: Arc::new(Tree::new(vec![unit])),
            epoch: 0,
        }
    }

    fn mote(kind: Kind, chair: Option<PersonId>) -> Mote {
        Mote {
            id: AptId(Uuid::from_u128(2)),
            node: node(),
            node_name: String::new(),
            kind,
            on: NaiveDate::from_ymd_opt(2026, 11, 29).unwrap(),
            time: String::new(),
            place: String::new(),
            chair: chair.map(|id| Deltagare { id, name: String::new() }),
            secretary: None,
            guests: String::new(),
            state: State::default(),
            occurrence: None,
            approved_by: String::new(),
            approved_on: None,
            version: 1,
        }
    }

    #[test]
    fn who_chairs_a_meeting_writes_there_as_long_as_they_work_in_the_unit() {
        let staff = actor(Some(Role::Medarbetare));
        assert!(!mote(Kind::Apt, None).is_edited_by(&staff));
        assert!(mote(Kind::Apt, Some(staff.person)).permits(&staff, Action::Edit));
        let gone = actor(None);
        assert!(!mote(Kind::Apt, Some(gone.person)).permits(&gone, Action::Edit), "who has left the unit");
        assert!(mote(Kind::Apt, None).permits(&actor(Some(Role::Enhetschef)), Action::Edit));
    }

    #[test]
    fn a_meeting_of_those_who_lead_is_there_for_who_leads_and_who_runs_it() {
        let (staff, chef) = (actor(Some(Role::Medarbetare)), actor(Some(Role::Enhetschef)));
        let closed = mote(Kind::Ledningsgrupp, None);
        assert!(!closed.is_there_for(&staff) && !closed.permits(&staff, Action::View));
        assert!(closed.permits(&chef, Action::View));
        assert!(mote(Kind::Ledningsgrupp, Some(staff.person)).permits(&staff, Action::View));
        assert!(mote(Kind::Apt, None).permits(&staff, Action::TickOwn), "anybody puts something on the agenda");
    }
}
