//! The organisation tree: organisation → förvaltning → avdelning → enhet → arbetsgrupp. Everything belongs to one node.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    field::{Checker, FieldError},
    format,
    id::{GruppId, NodeId, PersonId},
    text::compared,
};

pub mod dagar;
mod grupp;
pub mod liv;
pub mod sammanslagning;

pub use grupp::{check_group_merge, check_group_move};
pub use liv::Liv;

/// What a node is. The order is the order of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// The whole organisation, such as a city.
    Organisation,
    /// Förvaltning.
    Forvaltning,
    /// Between the förvaltning and its units; can lay controls on all of them.
    Avdelning,
    /// Enhet: the unit that has plans and a wheel.
    Enhet,
    /// Arbetsgrupp within a unit.
    Arbetsgrupp,
}

impl NodeKind {
    crate::every! {
        /// Every kind, from the top.
        Organisation, Forvaltning, Avdelning, Enhet, Arbetsgrupp
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Forvaltning => "forvaltning",
            Self::Avdelning => "avdelning",
            Self::Enhet => "enhet",
            Self::Arbetsgrupp => "arbetsgrupp",
        }
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Organisation => "Organisation",
            Self::Forvaltning => "Förvaltning",
            Self::Avdelning => "Avdelning",
            Self::Enhet => "Enhet",
            Self::Arbetsgrupp => "Arbetsgrupp",
        }
    }
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Primary key; a role that is held here holds below it too.
    pub id: NodeId,
    /// The node above; none for the organisation.
    pub parent: Option<NodeId>,
    /// Where in the order of the tree it stands.
    pub kind: NodeKind,
    /// Never empty; need not be the only one of its name.
    pub name: String,
    /// Whether it is in use.
    pub active: bool,
    /// Rises with every change.
    pub version: i64,
}

/// All nodes, with the questions that permissions and lists ask. A city has thousands, and a list asks for each of its rows: nodes
/// are found by id, and what lies below a node without looking at what does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<Node>,
    /// Where a node stands among them.
    places: HashMap<NodeId, usize>,
    /// Where those right below a node stand, in order.
    below: HashMap<Option<NodeId>, Vec<usize>>,
    /// Where a node comes in [`Tree::walk`]; one that hangs on nothing does not.
    order: HashMap<NodeId, usize>,
    /// When they exist, and which of them have ended.
    lives: liv::Lives,
}

impl Tree {
    /// A tree of these nodes. Order: every list of a tree is in the order of names within a parent.
    #[must_use]
    pub fn new(mut nodes: Vec<Node>) -> Self {
        nodes.sort_by_cached_key(|a| swedish_order(&a.name));
        let mut places = HashMap::with_capacity(nodes.len());
        let mut below: HashMap<Option<NodeId>, Vec<usize>> = HashMap::new();
        for (place, node) in nodes.iter().enumerate() {
            places.entry(node.id).or_insert(place);
            below.entry(node.parent).or_default().push(place);
        }
        let tree = Self { nodes, places, below, order: HashMap::new(), lives: liv::Lives::default() };
        let order = tree.walk().into_iter().enumerate().map(|(place, (_, node))| (node.id, place)).collect();
        Self { order, ..tree }
    }

    /// None for an id that no node has.
    #[must_use]
    pub fn get(&self, id: NodeId) -> Option<&Node> {
        self.places.get(&id).and_then(|place| self.nodes.get(*place))
    }

    /// The name of a node, or an empty text.
    #[must_use]
    pub fn name(&self, id: NodeId) -> &str {
        self.get(id).map_or("", |n| n.name.as_str())
    }

    /// The node and those above it, nearest first. Ends at a ring in broken data.
    #[must_use]
    pub fn path(&self, id: NodeId) -> Vec<NodeId> {
        let mut out = Vec::new();
        let mut next = Some(id);
        while let Some(node) = next.and_then(|id| self.get(id)) {
            if out.contains(&node.id) {
                break;
            }
            out.push(node.id);
            next = node.parent;
        }
        out
    }

    /// Whether `below` is `above` or lies below it.
    #[must_use]
    pub fn is_within(&self, below: NodeId, above: NodeId) -> bool {
        self.path(below).contains(&above)
    }

    /// Whether one of the two is the other or lies above it: who works at the one is near the other.
    #[must_use]
    pub fn is_near(&self, one: NodeId, other: NodeId) -> bool {
        self.is_within(one, other) || self.is_within(other, one)
    }

    /// The unit above an arbetsgrupp. None for a node of another kind.
    #[must_use]
    pub fn unit_of_group(&self, at: NodeId) -> Option<NodeId> {
        self.get(at).filter(|n| n.kind == NodeKind::Arbetsgrupp)?;
        self.path(at).into_iter().find(|id| self.get(*id).is_some_and(|n| n.kind == NodeKind::Enhet))
    }

    /// All nodes depth first with their depth, parents before children.
    #[must_use]
    pub fn walk(&self) -> Vec<(usize, &Node)> {
        self.walk_from(self.right_below(None, 0))
    }

    /// The node and all below it, depth first.
    pub fn within(&self, above: NodeId) -> impl Iterator<Item = &Node> {
        let from = self.get(above).map(|node| (0, node)).into_iter().collect();
        self.walk_from(from).into_iter().map(|(_, node)| node)
    }

    /// The units in use at or below a node.
    #[must_use]
    pub fn units_within(&self, above: NodeId) -> Vec<&Node> {
        self.within(above).filter(|n| n.kind == NodeKind::Enhet && self.in_use(n)).collect()
    }

    /// These nodes in the order of the tree, each once. What hangs on nothing is left out.
    #[must_use]
    pub fn in_order<'t>(&self, nodes: impl IntoIterator<Item = &'t Node>) -> Vec<&'t Node> {
        let mut ordered: Vec<_> =
            nodes.into_iter().filter_map(|node| Some((*self.order.get(&node.id)?, node))).collect();
        ordered.sort_unstable_by_key(|(place, _)| *place);
        ordered.dedup_by_key(|(place, _)| *place);
        ordered.into_iter().map(|(_, node)| node).collect()
    }

    /// Those right below a node, the last first.
    fn right_below(&self, above: Option<NodeId>, depth: usize) -> Vec<(usize, &Node)> {
        let places = self.below.get(&above).into_iter().flatten().rev();
        places.filter_map(|place| self.nodes.get(*place)).map(|node| (depth, node)).collect()
    }

    /// Depth first from what lies on the stack. Ends at a ring in broken data.
    fn walk_from<'t>(&'t self, mut stack: Vec<(usize, &'t Node)>) -> Vec<(usize, &'t Node)> {
        let mut out = Vec::with_capacity(stack.len());
        while let Some((depth, node)) = stack.pop() {
            if out.len() == self.nodes.len() {
                break;
            }
            out.push((depth, node));
            stack.extend(self.right_below(Some(node.id), depth + 1));
        }
        out
    }
}

/// A group whose members carry out controls together, such as a unit's ledningsgrupp.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grupp {
    /// Primary key; `grupp:{id}` as a [`Responsible`](crate::schedule::Responsible).
    pub id: GruppId,
    /// The node it belongs to.
    pub node: NodeId,
    /// Its name, such as "Enhetens ledningsgrupp".
    pub name: String,
    /// Each has an account.
    pub members: Vec<PersonId>,
    /// Rises with every change.
    pub version: i64,
}

/// Checks a node before it is stored: its name, and that it can be there. Nothing is added under what has a last day: it would
/// end with it.
pub fn check_node(tree: &Tree, name: &str, kind: NodeKind, parent: Option<NodeId>) -> Result<String, Vec<FieldError>> {
    let mut check = Checker::default();
    let name = check.required("name", name, "ett namn");
    match parent.and_then(|above| tree.get(above)) {
        None if kind != NodeKind::Organisation => check.error("parent", "Välj vad den hör till."),
        Some(above) if above.kind >= kind => {
            let lies = above.kind.label().to_lowercase();
            check.error("kind", format!("{} kan inte ligga under {lies}.", kind.label()));
        }
        Some(above) if tree.has_ended(above.id) => check.error("parent", format!("{} har upphört.", above.name)),
        Some(above) => {
            if let Some(to) = tree.last_day(above.id) {
                let (name, to) = (&above.name, format::date(to));
                check.error("parent", format!("{name} upphör efter {to}. Inget läggs till under den."));
            }
        }
        None => {}
    }
    check.finish(name)
}

/// Checks what a node that is there is to be called.
pub fn check_name(name: &str) -> Result<String, Vec<FieldError>> {
    let mut check = Checker::default();
    let name = check.required("name", name, "ett namn");
    check.finish(name)
}

/// Whether a node can be moved under another one, with all that lies below it. The sentence that says why not.
pub fn check_move(tree: &Tree, node: NodeId, to: NodeId) -> Result<(), String> {
    let (Some(moved), Some(above)) = (tree.get(node), tree.get(to)) else {
        return Err("Välj vad den ska ligga under.".to_owned());
    };
    if moved.parent.is_none() {
        return Err("Hela organisationen kan inte flyttas.".to_owned());
    }
    if tree.liv(node).is_some_and(|liv| liv.to.is_some()) {
        return Err(format!("{} har en sista dag och kan inte flyttas.", moved.name));
    }
    if tree.is_within(to, node) {
        return Err(format!("{} kan inte flyttas under sig själv.", moved.name));
    }
    if moved.parent == Some(to) {
        return Err(format!("{} ligger redan under {}.", moved.name, above.name));
    }
    if tree.has_ended(to) {
        return Err(format!("{} har upphört.", above.name));
    }
    if !above.active {
        return Err(format!("{} är ur bruk. Ta den i bruk först.", above.name));
    }
    if above.kind >= moved.kind {
        return Err(format!("{} kan inte ligga under {}.", moved.kind.label(), above.kind.label().to_lowercase()));
    }
    Ok(())
}

/// Where a node can be moved to, in the order of the tree.
#[must_use]
pub fn places_for(tree: &Tree, node: NodeId) -> Vec<NodeId> {
    tree.walk().into_iter().map(|(_, n)| n.id).filter(|to| check_move(tree, node, *to).is_ok()).collect()
}

/// A key that sorts Swedish text: case folded, å ä ö last in that order, other accents as their letter.
#[must_use]
pub fn swedish_key(text: &str) -> String {
    compared(text)
        .chars()
        .map(|c| match c {
            'å' => '\u{f001}',
            'ä' | 'æ' => '\u{f002}',
            'ö' | 'ø' => '\u{f003}',
            'é' | 'è' | 'ê' => 'e',
            'ü' => 'y',
            c => c,
        })
        .collect()
}

/// A key that sorts Swedish text as people count: figures in it by what they are worth, so that Kontroll 9 stands before
/// Kontroll 10 and K.1.2 before K.1.11.
#[must_use]
pub fn swedish_order(text: &str) -> String {
    let key = swedish_key(text);
    let mut out = String::with_capacity(key.len() + 8);
    let mut rest = key.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let (figure, after) = from.split_at(from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len()));
        let worth = figure.trim_start_matches('0');
        out.push_str(before);
        // so many digits as nobody writes: a longer one still stands after a shorter
        out.extend(std::iter::repeat_n('0', 20_usize.saturating_sub(worth.len())));
        out.push_str(worth);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// An avdelning (1) with two units (2, 3), for tests.
#[cfg(test)]
pub(crate) fn two_units() -> Tree {
    let id = |n| NodeId(uuid::Uuid::from_u128(n));
    let node = |n, parent: Option<u128>, kind| Node {
        id: id(n),
        parent: parent.map(id),
        kind,
        name: n.to_string(),
        active: true,
        version: 1,
    };
    Tree::new(vec![
        node(1, None, NodeKind::Avdelning),
        node(2, Some(1), NodeKind::Enhet),
        node(3, Some(1), NodeKind::Enhet),
    ])
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn node(n: u128, parent: Option<u128>, kind: NodeKind, name: &str) -> Node {
        Node {
            id: NodeId(Uuid::from_u128(n)),
            parent: parent.map(|p| NodeId(Uuid::from_u128(p))),
            kind,
            name: name.into(),
            active: true,
            version: 1,
        }
    }

    #[test]
    fn a_tree_knows_what_lies_below_what() {
        let tree = Tree::new(vec![
            node(1, None, NodeKind::Organisation, "Staden"),
            node(2, Some(1), NodeKind::Avdelning, "Avdelningen"),
            node(3, Some(2), NodeKind::Enhet, "Östra"),
            node(4, Some(2), NodeKind::Enhet, "Åsens"),
            node(5, Some(2), NodeKind::Enhet, "Zenit"),
        ]);
        let id = |n| NodeId(Uuid::from_u128(n));
        assert!(tree.is_within(id(3), id(1)));
        assert!(!tree.is_within(id(1), id(3)));
        assert!(tree.is_near(id(1), id(3)) && tree.is_near(id(3), id(1)) && !tree.is_near(id(3), id(4)));
        let names: Vec<_> = tree.units_within(id(2)).iter().map(|n| n.name.clone()).collect();
        assert_eq!(names, ["Zenit", "Åsens", "Östra"]);
        assert_eq!(tree.units_within(id(4)).len(), 1, "a unit is within itself");
        assert!(tree.units_within(id(9)).is_empty() && tree.get(id(9)).is_none());
        assert_eq!(tree.walk()[2].0, 2);
    }

    #[test]
    fn figures_in_a_name_sort_by_what_they_are_worth() {
        let mut names = ["Kontroll 10", "K.1.11", "Kontroll 9", "K.1.2", "Åtta", "2022", "Kontroll 09b", "K.1"];
        names.sort_by_cached_key(|name| swedish_order(name));
        assert_eq!(names, ["2022", "K.1", "K.1.2", "K.1.11", "Kontroll 9", "Kontroll 09b", "Kontroll 10", "Åtta"]);
    }

    #[test]
    fn a_ring_in_broken_data_does_not_hang() {
        let tree = Tree::new(vec![node(1, Some(2), NodeKind::Enhet, "a"), node(2, Some(1), NodeKind::Enhet, "b")]);
        assert_eq!(tree.path(NodeId(Uuid::from_u128(1))).len(), 2);
        assert_eq!(tree.units_within(NodeId(Uuid::from_u128(1))).len(), 2);
        assert!(tree.walk().is_empty(), "it hangs on nothing");
    }

    #[test]
    fn a_unit_moves_to_another_avdelning_and_never_under_itself_or_under_what_is_no_level_above_it() {
        let mut nodes = vec![
            node(1, None, NodeKind::Organisation, "Staden"),
            node(2, Some(1), NodeKind::Avdelning, "Norr"),
            node(3, Some(1), NodeKind::Avdelning, "Söder"),
            node(4, Some(2), NodeKind::Enhet, "Vasa"),
            node(5, Some(4), NodeKind::Arbetsgrupp, "Mottagningen"),
            node(6, Some(1), NodeKind::Avdelning, "Öster"),
        ];
        nodes[5].active = false;
        let tree = Tree::new(nodes);
        let id = |n| NodeId(Uuid::from_u128(n));
        assert_eq!(check_move(&tree, id(4), id(3)), Ok(()));
        assert_eq!(places_for(&tree, id(4)), [id(1), id(3)], "also right under the organisation");
        for (moved, to, why) in [
            (1, 2, "Hela organisationen kan inte flyttas."),
            (4, 4, "Vasa kan inte flyttas under sig själv."),
            (2, 4, "Norr kan inte flyttas under sig själv."),
            (4, 2, "Vasa ligger redan under Norr."),
            (4, 6, "Öster är ur bruk. Ta den i bruk först."),
            (2, 3, "Avdelning kan inte ligga under avdelning."),
            (3, 5, "Avdelning kan inte ligga under arbetsgrupp."),
            (4, 9, "Välj vad den ska ligga under."),
        ] {
            assert_eq!(check_move(&tree, id(moved), id(to)), Err(why.to_owned()), "{moved} under {to}");
        }
    }

    #[test]
    fn a_unit_cannot_lie_under_a_unit_and_nothing_is_added_under_one_that_ends() {
        let id = NodeId(Uuid::from_u128(1));
        let tree = Tree::new(vec![node(1, None, NodeKind::Enhet, "Enheten")]);
        let new =
            |tree: &Tree, kind| check_node(tree, "Ny", kind, Some(id)).map_err(|faults| faults[0].message.clone());
        assert_eq!(new(&tree, NodeKind::Enhet), Err("Enhet kan inte ligga under enhet.".to_owned()));
        assert_eq!(new(&tree, NodeKind::Arbetsgrupp), Ok("Ny".to_owned()));
        let to = chrono::NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        let ends = Liv { to: Some(to), ..Liv::default() };
        let (last, next) = (to, to.succ_opt().unwrap());
        let coming = tree.clone().on(last, [(id, ends.clone())].into());
        let refused = "Enheten upphör efter 2026-12-31. Inget läggs till under den.";
        assert_eq!(new(&coming, NodeKind::Arbetsgrupp), Err(refused.to_owned()));
        let over = tree.on(next, [(id, ends)].into());
        assert_eq!(new(&over, NodeKind::Arbetsgrupp), Err("Enheten har upphört.".to_owned()));
        assert!(check_node(&over, "Ny", NodeKind::Arbetsgrupp, None).is_err());
    }
}
