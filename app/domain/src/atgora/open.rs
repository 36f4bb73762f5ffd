//! What is open, counted: tillfällen of the same days and the same person in one number. A city has tens of thousands of
//! open ones; how each unit stands, who is late and which of them are to be listed is told by these.

use std::collections::HashSet;

use chrono::{Datelike, Months, NaiveDate};

use super::Tally;
use crate::{
    area::Told,
    id::{NodeId, PersonId},
    occurrence::{State, Status, When, day_of, state_of_open},
    permission::{Action, Area},
    person::Actor,
    schedule::Responsible,
};

/// So many open tillfällen of a unit that are alike in all but what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Whose time it is.
    pub area: Area,
    /// The first day.
    pub start: NaiveDate,
    /// The last day.
    pub due: NaiveDate,
    /// Whether somebody has begun.
    pub begun: bool,
    /// Who carries them out.
    pub responsible: Responsible,
    /// The meeting of those who lead that decided it, where it is one.
    pub decided: Option<Decided>,
    /// How many tillfällen are so alike; never none.
    pub n: i64,
}

/// The meeting of those who lead that decided something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Whose meeting it is.
    pub node: NodeId,
    /// Who chairs it and who writes its minutes.
    pub run_by: [Option<PersonId>; 2],
}

impl Open {
    /// What they say today.
    #[must_use]
    pub fn status(&self, today: NaiveDate) -> Status {
        let state = if self.begun { State::Pagar } else { State::Planerad };
        state_of_open(state, self.area, (self.start, self.due), today)
    }

    /// Whether they are still done at this unit: it goes on, or they are what is finished after its end.
    #[must_use]
    pub fn is_left(&self, actor: &Actor, node: NodeId) -> bool {
        actor.is_left(node, self.area, Action::TickOwn)
    }

    /// Whether the person sees them at this unit: what a meeting of those who lead has decided is for those who lead there, for
    /// whoever runs the meeting, and for whoever is to do it.
    #[must_use]
    pub fn is_seen(&self, actor: &Actor, node: NodeId) -> bool {
        let Some(decided) = self.decided else { return true };
        decided.run_by.contains(&Some(actor.person))
            || actor.is_trusted(node, Area::Apt, Action::Edit)
            || actor.is_trusted(decided.node, Area::Apt, Action::Edit)
            || actor.is_responsible(self.responsible, node)
    }

    /// The month or the week they are from, to be said.
    #[must_use]
    pub fn when(&self) -> (NaiveDate, Option<When>) {
        let when = When::of(self.start, self.due);
        let has_week = self.area.time().told == Told::Span && when.week().is_some();
        (day_of(self.start, self.due), has_week.then_some(when))
    }
}

impl Tally {
    /// Counts what is open. What is done is not in it.
    #[must_use]
    pub fn of_open<'a>(open: impl IntoIterator<Item = &'a Open>, today: NaiveDate) -> Self {
        let next = today + Months::new(1);
        let mut out = Self::default();
        for group in open {
            out.total += group.n;
            let day = day_of(group.start, group.due);
            match group.status(today) {
                Status::Forsenad => out.late += group.n,
                Status::Pagar => out.now += group.n,
                Status::Planerad if (day.year(), day.month()) == (next.year(), next.month()) => out.next += group.n,
                _ => {}
            }
        }
        out
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        Self {
            total: self.total + other.total,
            done: self.done + other.done,
            deviating: self.deviating + other.deviating,
            late: self.late + other.late,
            now: self.now + other.now,
            next: self.next + other.next,
        }
    }
}

/// Which units and up to which last day the first of what is open lies in, and how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    /// The units, in their order.
    pub nodes: Vec<NodeId>,
    /// No last day of those first is later.
    pub until: NaiveDate,
    /// How many there are, the first among them.
    pub total: i64,
}

impl First {
    /// The first `most` of what is open, by their last days; `until` is the last day of all.
    #[must_use]
    pub fn of<'a>(open: impl IntoIterator<Item = (NodeId, &'a Open)>, most: i64, until: NaiveDate) -> Self {
        let mut all: Vec<(NodeId, &Open)> = open.into_iter().collect();
        let total = all.iter().map(|(_, open)| open.n).sum();
        let order: Vec<NodeId> = once_each(all.iter().map(|(node, _)| *node));
        if total <= most {
            return Self { nodes: order, until, total };
        }
        all.sort_by_key(|(_, open)| open.due);
        let mut n = 0;
        let first = all.into_iter().take_while(|(_, open)| {
            let room = n < most;
            n += open.n;
            room
        });
        let first: Vec<(NodeId, &Open)> = first.collect();
        let until = first.last().map_or(until, |(_, open)| open.due);
        let chosen: HashSet<NodeId> = first.iter().map(|(node, _)| *node).collect();
        Self { nodes: order.into_iter().filter(|node| chosen.contains(node)).collect(), until, total }
    }
}

fn once_each(nodes: impl Iterator<Item = NodeId>) -> Vec<NodeId> {
    let mut seen = HashSet::new();
    nodes.filter(|node| seen.insert(*node)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use uuid::Uuid;

    use super::*;
    use crate::{
        occurrence::month_end,
        organisation::{Node, NodeKind, Tree},
        permission::{Grants, Role},
    };

    fn id(n: u128) -> NodeId {
        NodeId(Uuid::from_u128(n))
    }

    fn open(month: u32, n: i64) -> Open {
        let start = NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
        Open {
            area: Area::Egenkontroll,
            start,
            due: month_end(start),
            begun: false,
            responsible: Responsible::Nobody,
            decided: None,
            n,
        }
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    #[test]
    fn a_unit_stands_as_its_open_tillfallen_do_counted_or_not() {
        let sum = Tally::of_open(&[open(9, 2), open(10, 1), open(11, 4), open(12, 8)], today());
        assert_eq!((sum.late, sum.now, sum.next, sum.total, sum.done), (3, 4, 8, 15, 0));
        let both = sum.clone().and(&Tally { done: 5, late: 1, ..Tally::default() });
        assert_eq!((both.late, both.done, both.next), (4, 5, 8));
    }

    #[test]
    fn of_more_than_can_be_listed_the_first_last_days_are_chosen() {
        let until = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        let (a, b, c) = ([open(9, 2), open(12, 3)], [open(10, 2)], [open(11, 9)]);
        let all = || {
            let of = |node, open: &'static [Open]| open.iter().map(move |open| (node, open));
            of(id(1), Box::leak(Box::new(a.clone())))
                .chain(of(id(2), Box::leak(Box::new(b.clone()))))
                .chain(of(id(3), Box::leak(Box::new(c.clone()))))
        };
        let first = First::of(all(), 3, until);
        assert_eq!((first.nodes, first.until, first.total), (vec![id(1), id(2)], open(10, 1).due, 16));
        let first = First::of(all(), 16, until);
        assert_eq!((first.nodes, first.until, first.total), (vec![id(1), id(2), id(3)], until, 16));
    }

    #[test]
    fn what_a_meeting_of_those_who_lead_has_decided_is_counted_for_those_who_see_it() {
        let node = |n, parent: Option<u128>, kind| Node {
            id: id(n),
            parent: parent.map(id),
            kind,
            name: n.to_string(),
            active: true,
            version: 1,
        };
        let tree = Arc::new(Tree::new(vec![
            node(1, None, NodeKind::Avdelning),
            node(2, Some(1), NodeKind::Enhet),
            node(3, Some(1), NodeKind::Enhet),
        ]));
        let actor = |n, role, at| Actor {
            person: PersonId(Uuid::from_u128(n)),
            name: String::new(),
            grants: Grants(vec![(role, id(at))]),
            groups: vec![],
            tree: Arc::clone(&tree),
            epoch: 1,
        };
        let chair = Some(PersonId(Uuid::from_u128(7)));
        let decided = Some(Decided { node: id(2), run_by: [chair, None] });
        let closed = Open { decided, responsible: Responsible::Role(Role::Metodutvecklare), ..open(10, 1) };
        assert!(closed.is_seen(&actor(1, Role::Enhetschef, 2), id(2)), "leads the unit");
        assert!(closed.is_seen(&actor(1, Role::Metodutvecklare, 2), id(2)), "is to do it");
        assert!(closed.is_seen(&actor(7, Role::Medarbetare, 2), id(2)), "chairs the meeting");
        assert!(!closed.is_seen(&actor(1, Role::Medarbetare, 2), id(2)));
        assert!(!closed.is_seen(&actor(1, Role::Controller, 1), id(2)));
        assert!(!closed.is_seen(&actor(1, Role::Enhetschef, 3), id(2)), "leads another unit");
        assert!(open(10, 1).is_seen(&actor(1, Role::Medarbetare, 2), id(2)));
    }
}
