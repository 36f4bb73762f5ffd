//! Sammanslagning: two or more units become a new one from a day, and end the day before it. The new one begins with a wheel of its
//! own: nothing of what the old ones have is made part of another.

use std::collections::BTreeSet;

use chrono::{Days, Months, NaiveDate};

use super::{Node, NodeKind, Tree};
use crate::{
    day::Fits,
    field::{Checker, FieldError},
    format,
    id::{NodeId, PersonId},
    permission::Role,
    text::compared,
};

/// So far ahead a day can be chosen.
pub(super) const AHEAD: Months = Months::new(24);

/// What an administrator has written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The units that become one.
    pub units: Vec<NodeId>,
    /// What the new one is called.
    pub name: String,
    /// What it lies under.
    pub parent: Option<NodeId>,
    /// The first day, as typed.
    pub from: String,
}

/// A form that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sammanslagning {
    /// Two or more, in the order of the tree.
    pub units: Vec<NodeId>,
    /// What the new one is called.
    pub name: String,
    /// What it lies under.
    pub parent: NodeId,
    /// The first day of the new one.
    pub from: NaiveDate,
}

impl Sammanslagning {
    /// The last day of the old ones.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        self.from.checked_sub_days(Days::new(1)).unwrap_or(self.from)
    }
}

/// Checks what was written. A day that has been is refused: what was done in the old units since then would be nobody's.
pub fn check(tree: &Tree, form: &Form, today: NaiveDate) -> Result<Sammanslagning, Vec<FieldError>> {
    let mut check = Checker::default();
    let chosen: BTreeSet<NodeId> = form.units.iter().copied().collect();
    let units = tree.in_order(chosen.iter().filter_map(|id| tree.get(*id)));
    if units.len() < 2 {
        check.error("units", "Välj minst två enheter.");
    }
    for unit in &units {
        if let Some(why) = refused(tree, unit) {
            check.error("units", why);
        }
    }
    let name = check.required("name", &form.name, "ett namn");
    let parent = form.parent.and_then(|id| tree.get(id));
    match parent {
        None => check.error("parent", "Välj vad den nya enheten ska ligga under."),
        Some(above) if !tree.in_use(above) || above.kind >= NodeKind::Enhet || tree.last_day(above.id).is_some() => {
            check.error("parent", format!("En enhet kan inte ligga under {}.", above.name));
        }
        Some(above) if !name.is_empty() && taken(tree, above, &name, &chosen) => {
            check.error("name", format!("Det finns redan en enhet som heter {name} under {}.", above.name));
        }
        Some(_) => {}
    }
    let from = check.date("from", &form.from, Fits::Coming(today));
    let last = today.checked_add_months(AHEAD).unwrap_or(today);
    match from {
        None if form.from.trim().is_empty() => check.error("from", "Skriv första dagen för den nya enheten."),
        Some(from) if from < today || from > last => check
            .error("from", format!("Första dagen kan vara från {} till {}.", format::date(today), format::date(last))),
        _ => {}
    }
    let units = units.into_iter().map(|unit| unit.id).collect();
    check.finish(())?;
    let (Some(parent), Some(from)) = (parent.map(|above| above.id), from) else { return Err(vec![]) };
    Ok(Sammanslagning { units, name, parent, from })
}

/// Why a node cannot become part of a new unit.
fn refused(tree: &Tree, unit: &Node) -> Option<String> {
    if unit.kind != NodeKind::Enhet {
        return Some(format!("{} är ingen enhet. Flytta i stället enheterna i den.", unit.name));
    }
    if let Some(to) = tree.last_day(unit.id) {
        return Some(format!("{} upphör redan efter {}.", unit.name, format::date(to)));
    }
    (!unit.active).then(|| format!("{} är ur bruk. Ta den i bruk först.", unit.name))
}

/// Whether another unit there has the name; the old ones give theirs away.
fn taken(tree: &Tree, above: &Node, name: &str, chosen: &BTreeSet<NodeId>) -> bool {
    let name = compared(name);
    tree.within(above.id).any(|node| {
        node.parent == Some(above.id) && tree.in_use(node) && !chosen.contains(&node.id) && compared(&node.name) == name
    })
}

/// Who can be merged: units in use whose last day is not set, in the order of the tree.
#[must_use]
pub fn possible(tree: &Tree) -> Vec<&Node> {
    tree.walk().into_iter().map(|(_, node)| node).filter(|node| refused(tree, node).is_none()).collect()
}

/// The roles in the new unit, each once: what is held in the old ones, and of their arbetsgrupper what is the unit's all the same.
/// Who leads a group does not by that lead the unit.
#[must_use]
pub fn roles(tree: &Tree, units: &[NodeId], grants: &[(PersonId, Role, NodeId)]) -> Vec<(PersonId, Role)> {
    let mut out = Vec::new();
    for &(person, role, at) in grants {
        let of_group = matches!(role, Role::Medarbetare | Role::Metodutvecklare)
            && tree.unit_of_group(at).is_some_and(|unit| units.contains(&unit));
        if (units.contains(&at) || of_group) && !out.contains(&(person, role)) {
            out.push((person, role));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(n: u128) -> NodeId {
        NodeId(Uuid::from_u128(n))
    }

    fn day(m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, m, d).unwrap()
    }

    fn staden() -> Tree {
        let node = |n, parent: Option<u128>, kind, name: &str| Node {
            id: id(n),
            parent: parent.map(id),
            kind,
            name: name.into(),
            active: n != 6,
            version: 1,
        };
        Tree::new(vec![
            node(1, None, NodeKind::Organisation, "Staden"),
            node(2, Some(1), NodeKind::Avdelning, "Avdelningen"),
            node(3, Some(2), NodeKind::Enhet, "Norr"),
            node(4, Some(2), NodeKind::Enhet, "Söder"),
            node(5, Some(2), NodeKind::Enhet, "Väst"),
            node(6, Some(2), NodeKind::Enhet, "Öst"),
            node(7, Some(3), NodeKind::Arbetsgrupp, "Mottagningen"),
        ])
    }

    fn form() -> Form {
        Form { units: vec![id(4), id(3)], name: " Nya enheten ".into(), parent: Some(id(2)), from: "2027-01-01".into() }
    }

    fn faults(form: &Form) -> Vec<(String, String)> {
        let faults = check(&staden(), form, day(11, 23)).unwrap_err();
        faults.into_iter().map(|fault| (fault.field, fault.message)).collect()
    }

    #[test]
    fn two_units_become_one_from_a_day_and_end_the_day_before() {
        let done = check(&staden(), &form(), day(11, 23)).unwrap();
        assert_eq!(done.units, [id(3), id(4)]);
        assert_eq!((done.name.as_str(), done.last()), ("Nya enheten", day(12, 31)));
        let today = Form { from: "2026-11-23".into(), ..form() };
        assert_eq!(check(&staden(), &today, day(11, 23)).unwrap().last(), day(11, 22));
        let old_name = Form { name: "Norr".into(), ..form() };
        assert!(check(&staden(), &old_name, day(11, 23)).is_ok(), "the old ones give their name away");
    }

    #[test]
    fn what_cannot_be_merged_is_told_at_its_field() {
        let said = |form: Form, field: &str, words: &str| {
            let faults = faults(&form);
            assert!(faults.iter().any(|(f, message)| f == field && message == words), "{faults:?}");
        };
        said(Form { units: vec![id(3), id(3)], ..form() }, "units", "Välj minst två enheter.");
        said(Form { units: vec![id(3), id(9)], ..form() }, "units", "Välj minst två enheter.");
        said(
            Form { units: vec![id(3), id(2)], ..form() },
            "units",
            "Avdelningen är ingen enhet. Flytta i stället enheterna i den.",
        );
        said(Form { units: vec![id(3), id(6)], ..form() }, "units", "Öst är ur bruk. Ta den i bruk först.");
        said(Form { name: String::new(), ..form() }, "name", "Skriv ett namn.");
        said(
            Form { name: "VÄST".into(), ..form() },
            "name",
            "Det finns redan en enhet som heter VÄST under Avdelningen.",
        );
        said(Form { parent: None, ..form() }, "parent", "Välj vad den nya enheten ska ligga under.");
        said(Form { parent: Some(id(5)), ..form() }, "parent", "En enhet kan inte ligga under Väst.");
        said(Form { from: String::new(), ..form() }, "from", "Skriv första dagen för den nya enheten.");
        let days = "Första dagen kan vara från 2026-11-23 till 2028-11-23.";
        said(Form { from: "2026-11-22".into(), ..form() }, "from", days);
        said(Form { from: "2029-01-01".into(), ..form() }, "from", days);
        let names: Vec<_> = possible(&staden()).into_iter().map(|node| node.name.clone()).collect();
        assert_eq!(names, ["Norr", "Söder", "Väst"]);
    }

    #[test]
    fn the_staff_of_the_old_units_work_in_the_new_one_and_who_leads_a_group_does_not_lead_it() {
        let person = |n| PersonId(Uuid::from_u128(n));
        let grants = [
            (person(1), Role::Enhetschef, id(3)),
            (person(2), Role::Medarbetare, id(7)),
            (person(3), Role::BitradandeChef, id(7)),
            (person(4), Role::Medarbetare, id(3)),
            (person(4), Role::Medarbetare, id(4)),
            (person(5), Role::Controller, id(2)),
            (person(6), Role::Medarbetare, id(5)),
        ];
        let roles = roles(&staden(), &[id(3), id(4)], &grants);
        let expected = [(person(1), Role::Enhetschef), (person(2), Role::Medarbetare), (person(4), Role::Medarbetare)];
        assert_eq!(roles, expected);
    }
}
