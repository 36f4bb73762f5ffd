//! Groups that are moved to another node, and two that become one.

use super::{Grupp, Tree};
use crate::id::NodeId;

/// Whether a group can be moved to a node. The sentence that says why not.
pub fn check_group_move(tree: &Tree, group: &Grupp, to: NodeId) -> Result<(), String> {
    let Some(there) = tree.get(to) else {
        return Err("Välj vad gruppen ska höra till.".to_owned());
    };
    if group.node == to {
        return Err(format!("{} hör redan till {}.", group.name, there.name));
    }
    if tree.has_ended(to) {
        return Err(format!("{} har upphört.", there.name));
    }
    if !there.active {
        return Err(format!("{} är ur bruk. Ta den i bruk först.", there.name));
    }
    Ok(())
}

/// Whether one group can become part of another. The sentence that says why not.
pub fn check_group_merge(kept: &Grupp, other: &Grupp) -> Result<(), String> {
    if kept.id == other.id {
        return Err("Välj en annan grupp än den som ska finnas kvar.".to_owned());
    }
    if kept.node != other.node {
        return Err(format!(
            "{} och {} hör till olika delar av organisationen. Flytta den ena först.",
            kept.name, other.name
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{id::GruppId, organisation::two_units};

    fn id(n: u128) -> NodeId {
        NodeId(Uuid::from_u128(n))
    }

    fn group(n: u128, node: u128, name: &str) -> Grupp {
        Grupp { id: GruppId(Uuid::from_u128(n)), node: id(node), name: name.into(), members: vec![], version: 1 }
    }

    #[test]
    fn a_group_moves_to_a_node_in_use_where_it_does_not_lie_already() {
        let group = group(1, 2, "Ledningen");
        assert_eq!(check_group_move(&two_units(), &group, id(3)), Ok(()));
        assert_eq!(check_group_move(&two_units(), &group, id(1)), Ok(()), "the avdelning has groups too");
        assert_eq!(check_group_move(&two_units(), &group, id(2)), Err("Ledningen hör redan till 2.".to_owned()));
        assert_eq!(check_group_move(&two_units(), &group, id(9)), Err("Välj vad gruppen ska höra till.".to_owned()));
    }

    #[test]
    fn two_groups_of_one_unit_become_one() {
        let (kept, other, away) = (group(1, 2, "Ledningen"), group(2, 2, "Planeringen"), group(3, 3, "Mentorerna"));
        assert_eq!(check_group_merge(&kept, &other), Ok(()));
        assert_eq!(check_group_merge(&kept, &kept), Err("Välj en annan grupp än den som ska finnas kvar.".to_owned()));
        assert_eq!(
            check_group_merge(&kept, &away),
            Err("Ledningen och Mentorerna hör till olika delar av organisationen. Flytta den ena först.".to_owned())
        );
    }
}
