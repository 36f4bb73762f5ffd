//! Flytt: a part of the organisation is moved, and with it who reads its cases. Nobody begins to read secrets by that: a role is
//! given in the ordinary way, where those concerned see it and a second administrator may be asked.

use super::opens_secrets;
use crate::{
    id::{NodeId, PersonId},
    organisation::Tree,
    permission::{LEADS, Role},
};

/// So many roles are named in a refusal.
const NAMED: usize = 5;

/// The roles that would open what is secret in a part that is moved, in the order they come, each once. `grants` is every role
/// that is held, `tree` as it is before. Whether there is any case there is not asked: a refusal would tell.
#[must_use]
pub fn opened(tree: &Tree, moved: NodeId, to: NodeId, grants: &[(PersonId, Role, NodeId)]) -> Vec<(Role, NodeId)> {
    let covers = |at: NodeId| tree.is_within(moved, at);
    let before = |person: PersonId, role: Role| {
        grants.iter().any(|&(p, r, at)| p == person && opens_as_much(r, role) && covers(at))
    };
    let mut found = Vec::new();
    for &(person, role, at) in grants {
        let new = opens_secrets(role) && tree.is_within(to, at) && !covers(at) && !before(person, role);
        if new && !found.contains(&(role, at)) {
            found.push((role, at));
        }
    }
    found
}

/// Whether who holds the one has had all that the other opens: those who lead have it alike.
fn opens_as_much(held: Role, role: Role) -> bool {
    held == role || LEADS.contains(&held) && LEADS.contains(&role)
}

/// Why a part is not moved under another: which roles would open its cases, and what to do. `Ok` when none does.
pub fn check(tree: &Tree, moved: NodeId, to: NodeId, grants: &[(PersonId, Role, NodeId)]) -> Result<(), String> {
    let found = opened(tree, moved, to, grants);
    if found.is_empty() {
        return Ok(());
    }
    let mut words: Vec<String> =
        found.iter().take(NAMED).map(|(role, at)| format!("{} på {}", role.label(), tree.name(*at))).collect();
    match found.len().saturating_sub(NAMED) {
        0 => {}
        more => words.push(format!("{more} till")),
    }
    let last = words.pop().unwrap_or_default();
    let who = if words.is_empty() { last } else { format!("{} och {last}", words.join(", ")) };
    let name = tree.name(moved);
    let role = if found.len() == 1 { "rollen" } else { "rollerna" };
    Err(format!(
        "Flytten skulle ge {who} insyn i ärendena i {name}. Ta bort {role} där först, eller ge samma personer {role} på {name} på \
         vanligt sätt, så att de som berörs får veta det. Flytta sedan."
    ))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::organisation::{Node, NodeKind};

    fn id(n: u128) -> NodeId {
        NodeId(Uuid::from_u128(n))
    }

    fn person(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    /// Staden (1) with Norr (2) and Söder (3); Vasa (4) is a unit of Norr with Mottagningen (5).
    fn staden() -> Tree {
        let node = |n: u128, parent: Option<u128>, kind, name: &str| Node {
            id: id(n),
            parent: parent.map(id),
            kind,
            name: name.into(),
            active: true,
            version: 1,
        };
        Tree::new(vec![
            node(1, None, NodeKind::Organisation, "Staden"),
            node(2, Some(1), NodeKind::Avdelning, "Norr"),
            node(3, Some(1), NodeKind::Avdelning, "Söder"),
            node(4, Some(2), NodeKind::Enhet, "Vasa"),
            node(5, Some(4), NodeKind::Arbetsgrupp, "Mottagningen"),
        ])
    }

    /// What moving Vasa under Söder opens to person 1 with these roles.
    fn opens(roles: &[(Role, u128)]) -> Vec<(Role, NodeId)> {
        let grants: Vec<_> = roles.iter().map(|&(role, at)| (person(1), role, id(at))).collect();
        opened(&staden(), id(4), id(3), &grants)
    }

    #[test]
    fn a_role_that_reads_cases_where_a_unit_comes_would_read_those_of_the_unit_and_no_other_role_does() {
        for role in Role::ALL {
            let expected = if opens_secrets(role) { vec![(role, id(3))] } else { vec![] };
            assert_eq!(opens(&[(role, 3)]), expected, "{role:?}");
        }
    }

    #[test]
    fn who_reads_the_cases_of_the_unit_already_reads_nothing_new_when_it_is_moved() {
        let chef = Role::Enhetschef;
        assert_eq!(opens(&[(chef, 1)]), [], "the chef of the whole city");
        assert_eq!(opens(&[(chef, 3), (chef, 4)]), [], "the role was given in the unit first");
        assert_eq!(opens(&[(chef, 3), (Role::BitradandeChef, 2)]), [], "who leads, leads");
        assert_eq!(opens(&[(chef, 4), (chef, 2)]), [], "what is left opens nothing");
    }

    #[test]
    fn who_read_a_part_of_it_or_less_of_it_would_read_more() {
        let chef = Role::Enhetschef;
        assert_eq!(opens(&[(chef, 3), (chef, 5)]), [(chef, id(3))], "a group of it");
        assert_eq!(opens(&[(chef, 3), (Role::Medarbetare, 4)]), [(chef, id(3))], "a handläggare reads no cases");
        assert_eq!(opens(&[(chef, 3), (Role::LexSarah, 4)]), [(chef, id(3))], "an utredare does not lead");
        let other = [(person(1), chef, id(3)), (person(2), chef, id(4))];
        assert_eq!(opened(&staden(), id(4), id(3), &other), [(chef, id(3))], "another's role is another's");
    }

    #[test]
    fn a_refusal_names_the_role_and_the_place_and_says_what_to_do() {
        let role = |n: u128, role| (person(n), role, id(3));
        let one = [role(1, Role::Enhetschef), role(2, Role::Enhetschef)];
        assert_eq!(
            check(&staden(), id(4), id(3), &one).unwrap_err(),
            "Flytten skulle ge Enhetschef på Söder insyn i ärendena i Vasa. Ta bort rollen där först, eller ge samma personer \
             rollen på Vasa på vanligt sätt, så att de som berörs får veta det. Flytta sedan."
        );
        let two = [role(1, Role::Enhetschef), role(2, Role::LexSarah)];
        let said = check(&staden(), id(4), id(3), &two).unwrap_err();
        assert!(
            said.starts_with("Flytten skulle ge Enhetschef på Söder och Lex Sarah-utredare på Söder insyn"),
            "{said}"
        );
        assert_eq!(check(&staden(), id(4), id(3), &[]), Ok(()));
    }
}
