//! Who may do what: roles × area × action in one function, and grants that hold for a node and those below it.

use serde::{Deserialize, Serialize};

use crate::{
    id::NodeId,
    organisation::{Node, Tree},
    text::compared,
};

pub use crate::area::Area;

/// What a person is at a node. The label is also the funktion that a control can be carried out by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Handläggare, socialsekreterare.
    Medarbetare,
    /// Builds the plan and runs the egenkontroller.
    Metodutvecklare,
    /// Biträdande enhetschef.
    BitradandeChef,
    /// Leads a unit: its plans, its meetings and the content of its cases.
    Enhetschef,
    /// Verksamhetscontroller of an avdelning.
    Controller,
    /// Lex Sarah-utredare.
    LexSarah,
    /// Users, units and backup; sees no content.
    Admin,
}

impl Role {
    crate::every! {
        /// Every role.
        Medarbetare, Metodutvecklare, BitradandeChef, Enhetschef, Controller, LexSarah, Admin
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Medarbetare => "medarbetare",
            Self::Metodutvecklare => "metodutvecklare",
            Self::BitradandeChef => "bitradande_chef",
            Self::Enhetschef => "enhetschef",
            Self::Controller => "controller",
            Self::LexSarah => "lex_sarah",
            Self::Admin => "admin",
        }
    }

    /// The role of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Medarbetare => "Handläggare",
            Self::Metodutvecklare => "Metodutvecklare",
            Self::BitradandeChef => "Biträdande enhetschef",
            Self::Enhetschef => "Enhetschef",
            Self::Controller => "Verksamhetscontroller",
            Self::LexSarah => "Lex Sarah-utredare",
            Self::Admin => "Administratör",
        }
    }

    /// The role whose label a table cell holds, whatever its case.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        let label = compared(label.trim());
        Self::ALL.into_iter().find(|r| compared(r.label()) == label).or(match label.as_str() {
            "biträdande chef" | "bitr. enhetschef" | "bitr enhetschef" => Some(Self::BitradandeChef),
            "chef" => Some(Self::Enhetschef),
            "socialsekreterare" | "medarbetare" => Some(Self::Medarbetare),
            "controller" => Some(Self::Controller),
            _ => None,
        })
    }
}

/// What somebody wants to do in an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// See.
    View,
    /// Create, change, move, remove, copy and import.
    Edit,
    /// Tick off what oneself is to carry out.
    TickOwn,
    /// Tick off for somebody else, mark as not done, undo what another has ticked.
    TickAny,
}

impl Action {
    crate::every! {
        /// Every action.
        View, Edit, TickOwn, TickAny
    }
}

/// Whether a role allows an action in an area, at the node where it is held.
#[must_use]
pub fn allowed(role: Role, area: Area, action: Action) -> bool {
    use Action::{Edit, TickOwn, View};
    use Area::{
        Aktivitet, Apt, Atgard, Avvikelse, Egenkontroll, Enkat, Forslag, Internkontroll, Organisation, Person,
        Planaktivitet, Serie, Verksamhetsplan,
    };
    match (role, area) {
        (Role::Admin, Organisation | Person) => matches!(action, View | Edit),
        (Role::Admin, _) => false,
        // names of units and colleagues stand in every list
        // and results of enkäter are for all who are not asked to enter answers, as figures are for those who fill none
        (_, Organisation | Person)
        | (Role::Controller | Role::LexSarah, Enkat)
        | (Role::LexSarah, Serie | Verksamhetsplan | Planaktivitet) => action == View,
        // in enkäter, TickOwn is entering answers and TickAny is reading what was written in free text
        (
            Role::Enhetschef | Role::BitradandeChef,
            Egenkontroll | Internkontroll | Aktivitet | Enkat | Atgard | Avvikelse | Forslag | Apt,
        )
        | (Role::Metodutvecklare, Egenkontroll | Aktivitet | Enkat | Atgard | Forslag | Apt)
        | (Role::Enhetschef, Serie | Verksamhetsplan | Planaktivitet) => true,
        // at meetings, TickOwn is putting something on the agenda; who chairs one or writes its minutes edits it
        // in avvikelser, View is the counts, TickOwn is reporting, Edit is the unit's settings and figures from before
        (Role::Metodutvecklare, Internkontroll) => matches!(action, View | TickOwn),
        // a controller edits what the avdelning itself owns; see `Grants::may`
        // in siffror, TickOwn is filling a series that one is to fill
        // in the verksamhetsplan, TickOwn is writing the report of a VP-grupp that one is in and saying what one thinks of a plan
        // that is on remiss, TickAny is deciding the plan,
        // and in its aktiviteter TickOwn is saying how far one has come that one is to carry out
        (Role::Controller, Egenkontroll | Aktivitet | Atgard)
        | (Role::Metodutvecklare | Role::BitradandeChef, Serie | Verksamhetsplan | Planaktivitet) => {
            matches!(action, View | TickOwn | Edit)
        }
        (Role::Controller, Serie | Verksamhetsplan | Planaktivitet) => matches!(action, View | Edit),
        (Role::Metodutvecklare | Role::Controller, Avvikelse)
        | (Role::Controller, Forslag | Apt | Internkontroll)
        | (Role::Medarbetare | Role::LexSarah, _) => {
            matches!(action, View | TickOwn)
        }
    }
}

/// Whoever holds one of these at a node leads it, and what lies below.
pub const LEADS: [Role; 2] = [Role::Enhetschef, Role::BitradandeChef];

/// The roles that a person holds, each at a node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grants(pub Vec<(Role, NodeId)>);

impl Grants {
    /// Whether the person may do this to something that belongs to `node`. A grant holds for its node and those below,
    /// but a controller edits only what belongs to the very node of the grant: the units' plans are the units' own. Who is
    /// placed in an arbetsgrupp belongs to the unit above it, sees its plans and does the own part of them: what a role
    /// decides over ends at the group.
    #[must_use]
    pub fn may(&self, tree: &Tree, node: NodeId, area: Area, action: Action) -> bool {
        self.0.iter().any(|&(role, at)| {
            allowed(role, area, action)
                && if role == Role::Controller && action == Action::Edit {
                    at == node
                } else {
                    tree.is_within(node, at)
                        || matches!(action, Action::View | Action::TickOwn) && tree.unit_of_group(at) == Some(node)
                }
        })
    }

    /// The nodes where the person may see something of the area, in the order of the tree: what lies below their grants, and
    /// the unit of a group. Nothing else of the tree is looked at.
    #[must_use]
    pub fn seen<'t>(&self, tree: &'t Tree, area: Area) -> Vec<&'t Node> {
        let mut found: Vec<&Node> = Vec::new();
        for &(_, at) in self.0.iter().filter(|&&(role, _)| allowed(role, area, Action::View)) {
            found.extend(tree.within(at));
            found.extend(tree.unit_of_group(at).and_then(|unit| tree.get(unit)));
        }
        tree.in_order(found)
    }

    /// The nodes where one of these roles is held, there or above, in the order of the tree.
    #[must_use]
    pub fn held<'t>(&self, tree: &'t Tree, roles: &[Role]) -> Vec<&'t Node> {
        let own = self.0.iter().filter(|(role, _)| roles.contains(role));
        tree.in_order(own.flat_map(|&(_, at)| tree.within(at)))
    }

    /// Whether the person may do this anywhere.
    #[must_use]
    pub fn may_somewhere(&self, area: Area, action: Action) -> bool {
        self.0.iter().any(|&(role, _)| allowed(role, area, action))
    }

    /// Whether the person holds this role at the node or above it. Handläggare and metodutvecklare of an arbetsgrupp are
    /// the unit's; what leads or opens cases is never so for more than its own node.
    #[must_use]
    pub fn holds(&self, tree: &Tree, node: NodeId, role: Role) -> bool {
        let of_unit = matches!(role, Role::Medarbetare | Role::Metodutvecklare);
        self.0
            .iter()
            .any(|&(r, at)| r == role && (tree.is_within(node, at) || of_unit && tree.unit_of_group(at) == Some(node)))
    }

    /// Whether the person leads the node: sees the unit's overdue by person.
    #[must_use]
    pub fn leads(&self, tree: &Tree, node: NodeId) -> bool {
        LEADS.into_iter().any(|role| self.holds(tree, node, role))
    }

    /// Whether a role of this kind is held anywhere.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.0.iter().any(|&(r, _)| r == role)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::organisation::{Node, NodeKind};

    fn id(n: u128) -> NodeId {
        NodeId(Uuid::from_u128(n))
    }

    fn node(n: u128, parent: Option<u128>, kind: NodeKind) -> Node {
        Node { id: id(n), parent: parent.map(id), kind, name: n.to_string(), active: true, version: 1 }
    }

    /// One line per role and area; the letters are View, Edit, tick Own, tick Any.
    const TABLE: &str = "
        medarbetare      verksamhetsplan V-O-
        medarbetare      planaktivitet  V-O-
        medarbetare      egenkontroll   V-O-
        medarbetare      internkontroll V-O-
        medarbetare      aktivitet      V-O-
        medarbetare      atgard         V-O-
        medarbetare      serie          V-O-
        medarbetare      enkat          V-O-
        medarbetare      avvikelse      V-O-
        medarbetare      forslag        V-O-
        medarbetare      apt            V-O-
        medarbetare      organisation   V---
        medarbetare      person         V---
        metodutvecklare  verksamhetsplan VEO-
        metodutvecklare  planaktivitet  VEO-
        metodutvecklare  egenkontroll   VEOA
        metodutvecklare  internkontroll V-O-
        metodutvecklare  aktivitet      VEOA
        metodutvecklare  atgard         VEOA
        metodutvecklare  serie          VEO-
        metodutvecklare  enkat          VEOA
        metodutvecklare  avvikelse      V-O-
        metodutvecklare  forslag        VEOA
        metodutvecklare  apt            VEOA
        metodutvecklare  organisation   V---
        metodutvecklare  person         V---
        bitradande_chef  verksamhetsplan VEO-
        bitradande_chef  planaktivitet  VEO-
        bitradande_chef  egenkontroll   VEOA
        bitradande_chef  internkontroll VEOA
        bitradande_chef  aktivitet      VEOA
        bitradande_chef  atgard         VEOA
        bitradande_chef  serie          VEO-
        bitradande_chef  enkat          VEOA
        bitradande_chef  avvikelse      VEOA
        bitradande_chef  forslag        VEOA
        bitradande_chef  apt            VEOA
        bitradande_chef  organisation   V---
        bitradande_chef  person         V---
        enhetschef       verksamhetsplan VEOA
        enhetschef       planaktivitet  VEOA
        enhetschef       egenkontroll   VEOA
        enhetschef       internkontroll VEOA
        enhetschef       aktivitet      VEOA
        enhetschef       atgard         VEOA
        enhetschef       serie          VEOA
        enhetschef       enkat          VEOA
        enhetschef       avvikelse      VEOA
        enhetschef       forslag        VEOA
        enhetschef       apt            VEOA
        enhetschef       organisation   V---
        enhetschef       person         V---
        controller       verksamhetsplan VE--
        controller       planaktivitet  VE--
        controller       egenkontroll   VEO-
        controller       internkontroll V-O-
        controller       aktivitet      VEO-
        controller       atgard         VEO-
        controller       serie          VE--
        controller       enkat          V---
        controller       avvikelse      V-O-
        controller       forslag        V-O-
        controller       apt            V-O-
        controller       organisation   V---
        controller       person         V---
        lex_sarah        verksamhetsplan V---
        lex_sarah        planaktivitet  V---
        lex_sarah        egenkontroll   V-O-
        lex_sarah        internkontroll V-O-
        lex_sarah        aktivitet      V-O-
        lex_sarah        atgard         V-O-
        lex_sarah        serie          V---
        lex_sarah        enkat          V---
        lex_sarah        avvikelse      V-O-
        lex_sarah        forslag        V-O-
        lex_sarah        apt            V-O-
        lex_sarah        organisation   V---
        lex_sarah        person         V---
        admin            verksamhetsplan ----
        admin            planaktivitet  ----
        admin            egenkontroll   ----
        admin            internkontroll ----
        admin            aktivitet      ----
        admin            atgard         ----
        admin            serie          ----
        admin            enkat          ----
        admin            avvikelse      ----
        admin            forslag        ----
        admin            apt            ----
        admin            organisation   VE--
        admin            person         VE--
    ";

    #[test]
    fn every_role_may_in_every_area_what_the_table_says() {
        let mut seen = 0;
        for line in TABLE.lines().map(str::trim).filter(|l| !l.is_empty()) {
            let mut words = line.split_whitespace();
            let role = Role::from_code(words.next().unwrap()).unwrap();
            let area = Area::from_code(words.next().unwrap()).unwrap();
            let letters: Vec<char> = words.next().unwrap().chars().collect();
            for (action, letter) in Action::ALL.into_iter().zip(letters) {
                assert_eq!(allowed(role, area, action), letter != '-', "{line} {action:?}");
                seen += 1;
            }
        }
        assert_eq!(seen, Role::ALL.len() * Area::ALL.len() * Action::ALL.len());
    }

    #[test]
    fn a_grant_holds_below_its_node_and_nowhere_else() {
        let tree = Tree::new(vec![
            node(1, None, NodeKind::Avdelning),
            node(2, Some(1), NodeKind::Enhet),
            node(3, Some(1), NodeKind::Enhet),
        ]);
        let chef = Grants(vec![(Role::Enhetschef, id(2))]);
        assert!(chef.may(&tree, id(2), Area::Internkontroll, Action::TickAny));
        assert!(!chef.may(&tree, id(3), Area::Internkontroll, Action::View));
        assert!(!chef.may(&tree, id(1), Area::Egenkontroll, Action::Edit));
        let controller = Grants(vec![(Role::Controller, id(1))]);
        assert!(controller.may(&tree, id(3), Area::Egenkontroll, Action::View));
        assert!(controller.may(&tree, id(1), Area::Egenkontroll, Action::Edit));
        assert!(!controller.may(&tree, id(3), Area::Egenkontroll, Action::Edit), "a unit's plan is its own");
        assert!(!Grants::default().may(&tree, id(2), Area::Egenkontroll, Action::View));
    }

    #[test]
    fn the_nodes_that_are_seen_are_those_that_may_be_asked_about_one_by_one() {
        let tree = Tree::new(vec![
            node(1, None, NodeKind::Organisation),
            node(2, Some(1), NodeKind::Avdelning),
            node(3, Some(2), NodeKind::Enhet),
            node(4, Some(3), NodeKind::Arbetsgrupp),
            node(5, Some(2), NodeKind::Enhet),
            node(6, Some(1), NodeKind::Avdelning),
            node(7, Some(6), NodeKind::Enhet),
        ]);
        let all: Vec<NodeId> = tree.walk().into_iter().map(|(_, n)| n.id).collect();
        let ids = |nodes: Vec<&Node>| nodes.into_iter().map(|n| n.id).collect::<Vec<_>>();
        for role in Role::ALL {
            for held in [vec![3], vec![4], vec![7, 2], vec![3, 2, 1], vec![]] {
                let grants = Grants(held.iter().map(|n| (role, id(*n))).collect());
                for area in Area::ALL {
                    let one_by_one = all.iter().copied().filter(|n| grants.may(&tree, *n, area, Action::View));
                    assert_eq!(
                        ids(grants.seen(&tree, area)),
                        one_by_one.collect::<Vec<_>>(),
                        "{role:?} {held:?} {area:?}"
                    );
                }
                let leads = all.iter().copied().filter(|n| grants.leads(&tree, *n));
                assert_eq!(ids(grants.held(&tree, &LEADS)), leads.collect::<Vec<_>>(), "{role:?} {held:?}");
            }
        }
    }

    #[test]
    fn who_is_placed_in_an_arbetsgrupp_belongs_to_the_unit_above_it() {
        let tree = Tree::new(vec![
            node(1, None, NodeKind::Avdelning),
            node(2, Some(1), NodeKind::Enhet),
            node(3, Some(1), NodeKind::Enhet),
            node(4, Some(2), NodeKind::Arbetsgrupp),
            node(5, Some(4), NodeKind::Arbetsgrupp),
        ]);
        for group in [4, 5] {
            let staff = Grants(vec![(Role::Medarbetare, id(group))]);
            for action in [Action::View, Action::TickOwn] {
                assert!(staff.may(&tree, id(2), Area::Egenkontroll, action), "{group}");
                assert!(!staff.may(&tree, id(3), Area::Egenkontroll, action), "another unit");
                assert!(!staff.may(&tree, id(1), Area::Egenkontroll, action), "the avdelning");
            }
            assert!(staff.holds(&tree, id(2), Role::Medarbetare), "a control of the unit's handläggare is hers");
            assert!(!staff.holds(&tree, id(3), Role::Medarbetare));
            // who leads a group does not lead the unit, and opens none of its cases
            let lead = Grants(vec![(Role::Enhetschef, id(group)), (Role::LexSarah, id(group))]);
            assert!(lead.may(&tree, id(2), Area::Internkontroll, Action::View));
            assert!(!lead.may(&tree, id(2), Area::Internkontroll, Action::Edit));
            assert!(!lead.may(&tree, id(2), Area::Internkontroll, Action::TickAny));
            assert!(!lead.leads(&tree, id(2)) && !lead.holds(&tree, id(2), Role::LexSarah));
            let admin = Grants(vec![(Role::Admin, id(group))]);
            assert!(!admin.may(&tree, id(2), Area::Organisation, Action::Edit));
        }
    }
}
