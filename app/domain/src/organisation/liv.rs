//! When a unit exists: from a day, to a day, and after which others. A unit that has ended is read and not written, and is chosen
//! nowhere; what was open in it of cases and åtgärder can still be finished (`Traits::after_end`).

use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, NaiveDate};

use super::{Node, NodeKind, Tree};
use crate::{format, id::NodeId};

/// The days of a node, and what was there before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Liv {
    /// The first day; none where it is not known.
    pub from: Option<NaiveDate>,
    /// The last day; none as long as it goes on.
    pub to: Option<NaiveDate>,
    /// Those that became this one, in no order.
    pub foregangare: Vec<NodeId>,
    /// Whether they were merged into it: the day and those before it are the merge's.
    pub sammanslagen: bool,
}

impl Liv {
    /// The year of the predecessors that `year` is looked at beside, and that a plan for it begins with: the same one for a year
    /// before the unit, or in the middle of which it began; else the one before.
    #[must_use]
    pub fn plan_year(&self, year: i32) -> i32 {
        if self.from.is_some_and(|from| from.year() > year) {
            return year;
        }
        let midway = self.from.is_some_and(|from| from.year() == year && from.ordinal() > 1);
        if midway { year } else { year - 1 }
    }
}

/// What a tree knows of days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lives {
    of: BTreeMap<NodeId, Liv>,
    /// Those that have ended, and all below them.
    ended: HashSet<NodeId>,
}

impl Tree {
    /// The tree as it is on a day. A node that is not named has always been there.
    #[must_use]
    pub fn on(mut self, day: NaiveDate, lives: BTreeMap<NodeId, Liv>) -> Self {
        let over = |id: &NodeId| lives.get(id).and_then(|liv| liv.to).is_some_and(|to| to < day);
        let ended: Vec<NodeId> = lives.keys().copied().filter(over).collect();
        let ended = ended.into_iter().flat_map(|id| self.within(id)).map(|node| node.id).collect();
        self.lives = Lives { of: lives, ended };
        self
    }

    /// The days of a node and those before it; none where nothing is known of them.
    #[must_use]
    pub fn liv(&self, id: NodeId) -> Option<&Liv> {
        self.lives.of.get(&id)
    }

    /// Whether the node has ended, itself or with what it lies under.
    #[must_use]
    pub fn has_ended(&self, id: NodeId) -> bool {
        self.lives.ended.contains(&id)
    }

    /// Whether any node has ended.
    #[must_use]
    pub fn has_ends(&self) -> bool {
        !self.lives.ended.is_empty()
    }

    /// The same tree where nothing has ended: what could be done if it had not.
    #[must_use]
    pub fn without_ends(&self) -> Self {
        let lives = Lives { ended: HashSet::new(), ..self.lives.clone() };
        Self { lives, ..self.clone() }
    }

    /// Whether a node can be chosen to work in.
    #[must_use]
    pub fn in_use(&self, node: &Node) -> bool {
        node.active && !self.has_ended(node.id)
    }

    /// The last day of a node: its own, or that of what it lies under. None as long as it goes on.
    #[must_use]
    pub fn last_day(&self, id: NodeId) -> Option<NaiveDate> {
        self.path(id).into_iter().filter_map(|at| self.liv(at)?.to).min()
    }

    /// The last days that are set, in the order of ids.
    #[must_use]
    pub fn last_days(&self) -> Vec<(NodeId, NaiveDate)> {
        self.lives.of.iter().filter_map(|(id, liv)| Some((*id, liv.to?))).collect()
    }

    /// Those that became this node, by name, in the order of the tree.
    #[must_use]
    pub fn foregangare(&self, id: NodeId) -> Vec<&Node> {
        let before = self.liv(id).into_iter().flat_map(|liv| &liv.foregangare);
        self.in_order(before.filter_map(|before| self.get(*before)))
    }

    /// What this node became, in the order of the tree.
    #[must_use]
    pub fn efterfoljare(&self, id: NodeId) -> Vec<&Node> {
        let after = self.lives.of.iter().filter(|(_, liv)| liv.foregangare.contains(&id));
        self.in_order(after.filter_map(|(after, _)| self.get(*after)))
    }

    /// Whether something of a span of days belongs to the node: a span that has only one day in its time does.
    #[must_use]
    pub fn lives_in(&self, id: NodeId, first: NaiveDate, last: NaiveDate) -> bool {
        let from = self.liv(id).and_then(|liv| liv.from);
        from.is_none_or(|from| last >= from) && self.last_day(id).is_none_or(|to| first <= to)
    }
}

/// What is said of a unit's first year, which is compared with nothing of its own, and of those before it: "Enheten finns sedan
/// 2023-01-01. Innan dess fanns Norra enheten och Södra enheten." None for later years, and where nothing is known.
#[must_use]
pub fn before_words(tree: &Tree, id: NodeId, year: i32) -> Option<String> {
    tree.liv(id)?.from.filter(|from| from.year() >= year)?;
    since_words(tree, id)
}

/// The same whatever the year: where figures of the unit stand beside those of the ones before it. None where nothing is known.
#[must_use]
pub fn since_words(tree: &Tree, id: NodeId) -> Option<String> {
    let from = tree.liv(id)?.from?;
    let names: Vec<&str> = tree.foregangare(id).into_iter().map(|node| node.name.as_str()).collect();
    let since = format!("Enheten finns sedan {}.", format::date(from));
    Some(if names.is_empty() { since } else { format!("{since} Innan dess fanns {}.", format::and(&names)) })
}

/// What is said where a unit that has ended is looked at: since when, and what it became.
#[must_use]
pub fn ended_words(tree: &Tree, id: NodeId) -> Option<String> {
    if !tree.has_ended(id) {
        return None;
    }
    let to = format::date(tree.last_day(id)?);
    let of = tree.path(id).into_iter().flat_map(|at| tree.efterfoljare(at));
    let names: Vec<&str> = of.map(|node| node.name.as_str()).collect();
    let became = if names.is_empty() { String::new() } else { format!(" och blev {}", format::and(&names)) };
    Some(format!(
        "Enheten upphörde {to}{became}. Allt går att läsa. Öppna ärenden och åtgärder går att avsluta, annat ändras inte."
    ))
}

/// The units that have ended, the latest first, with their last day.
#[must_use]
pub fn ended_units(tree: &Tree) -> Vec<(&Node, NaiveDate)> {
    let units = tree.walk().into_iter().map(|(_, node)| node).filter(|node| node.kind == NodeKind::Enhet);
    let ended = units.filter(|node| tree.has_ended(node.id));
    let mut out: Vec<_> = ended.filter_map(|node| Some((node, tree.last_day(node.id)?))).collect();
    out.sort_by_key(|(_, to)| std::cmp::Reverse(*to));
    out
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(n: u128) -> NodeId {
        NodeId(Uuid::from_u128(n))
    }

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    /// An avdelning (1) with Norr (2), its group (5) and Söder (3), which became Nya (4) at the turn of the year.
    fn tree(today: NaiveDate) -> Tree {
        let node = |n, parent: Option<u128>, kind, name: &str| Node {
            id: id(n),
            parent: parent.map(id),
            kind,
            name: name.into(),
            active: true,
            version: 1,
        };
        let tree = Tree::new(vec![
            node(1, None, NodeKind::Avdelning, "Avdelningen"),
            node(2, Some(1), NodeKind::Enhet, "Norr"),
            node(3, Some(1), NodeKind::Enhet, "Söder"),
            node(4, Some(1), NodeKind::Enhet, "Nya"),
            node(5, Some(2), NodeKind::Arbetsgrupp, "Mottagningen"),
        ]);
        let over = Liv { to: Some(day(2022, 12, 31)), ..Liv::default() };
        let new = Liv { from: Some(day(2023, 1, 1)), foregangare: vec![id(3), id(2)], ..Liv::default() };
        tree.on(today, BTreeMap::from([(id(2), over.clone()), (id(3), over), (id(4), new)]))
    }

    #[test]
    fn a_unit_is_chosen_on_its_last_day_and_not_the_day_after_and_neither_is_what_lies_below_it() {
        let (last, next) = (tree(day(2022, 12, 31)), tree(day(2023, 1, 1)));
        assert!(!last.has_ends() && !last.has_ended(id(2)));
        let names = |tree: &Tree| tree.units_within(id(1)).iter().map(|n| n.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&last), ["Norr", "Nya", "Söder"], "the new one lays its plan before its first day");
        assert_eq!(names(&next), ["Nya"]);
        assert!(next.has_ended(id(5)) && !next.has_ended(id(1)) && !next.has_ended(id(4)));
        assert!(!next.without_ends().has_ended(id(2)));
        assert_eq!(next.last_day(id(5)), Some(day(2022, 12, 31)));
    }

    #[test]
    fn what_comes_after_the_last_day_or_before_the_first_is_not_the_units() {
        let tree = tree(day(2022, 6, 1));
        assert!(tree.lives_in(id(2), day(2022, 12, 1), day(2022, 12, 31)));
        assert!(tree.lives_in(id(2), day(2022, 12, 31), day(2023, 1, 6)), "the week of its last day");
        assert!(!tree.lives_in(id(2), day(2023, 1, 1), day(2023, 1, 31)));
        assert!(!tree.lives_in(id(4), day(2022, 12, 1), day(2022, 12, 31)));
        assert!(tree.lives_in(id(4), day(2023, 1, 1), day(2023, 1, 31)));
        assert!(tree.lives_in(id(1), day(1999, 1, 1), day(1999, 1, 1)), "of which nothing is known");
    }

    #[test]
    fn years_before_a_unit_are_its_predecessors_by_name() {
        let tree = tree(day(2023, 6, 1));
        let said = |year| before_words(&tree, id(4), year);
        assert_eq!(said(2022).unwrap(), "Enheten finns sedan 2023-01-01. Innan dess fanns Norr och Söder.");
        assert_eq!(said(2023), said(2022), "the year before it is another's");
        assert_eq!(said(2024), None, "it has a year of its own behind it");
        assert_eq!(since_words(&tree, id(4)), said(2022));
        assert_eq!(since_words(&tree, id(1)), None);
        assert_eq!(before_words(&tree, id(1), 1999), None);
        assert_eq!(
            ended_words(&tree, id(5)).unwrap(),
            "Enheten upphörde 2022-12-31 och blev Nya. Allt går att läsa. Öppna ärenden och åtgärder går att avsluta, annat ändras inte."
        );
        assert_eq!(ended_words(&tree, id(4)), None);
        let midway = Liv { from: Some(day(2023, 7, 1)), ..Liv::default() };
        assert_eq!((midway.plan_year(2023), midway.plan_year(2024)), (2023, 2023));
        assert_eq!(tree.liv(id(4)).unwrap().plan_year(2023), 2022);
        let ended: Vec<_> = ended_units(&tree).into_iter().map(|(node, _)| node.name.as_str()).collect();
        assert_eq!(ended, ["Norr", "Söder"]);
    }
}
