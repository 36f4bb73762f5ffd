//! The days of a unit as an administrator writes them: a last day, a first one, and the units that were there before it.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{Node, NodeKind, Tree, sammanslagning::AHEAD};
use crate::{
    day::Fits,
    field::{Checker, FieldError},
    format,
    id::NodeId,
    year::{OUTSIDE, Year},
};

/// Why a node cannot be given a last day.
pub fn may_end(tree: &Tree, node: &Node) -> Result<(), String> {
    if node.kind != NodeKind::Enhet {
        return Err(format!("{} är ingen enhet. Bara en enhet får en sista dag.", node.name));
    }
    if let Some(to) = tree.last_day(node.id) {
        return Err(format!("{} upphör redan efter {}.", node.name, format::date(to)));
    }
    if !node.active {
        return Err(format!("{} är ur bruk. Ta den i bruk först.", node.name));
    }
    Ok(())
}

/// The last day that was written for a unit, at the field `to`. One that has been is refused: what was done in the unit since then
/// would be nobody's.
pub fn check_last(tree: &Tree, node: &Node, to: &str, today: NaiveDate) -> Result<NaiveDate, Vec<FieldError>> {
    let mut check = Checker::default();
    if let Err(why) = may_end(tree, node) {
        check.error("to", why);
    }
    let read = check.date("to", to, Fits::Coming(today));
    let furthest = today.checked_add_months(AHEAD).unwrap_or(today);
    match read {
        None if to.trim().is_empty() => check.error("to", "Skriv enhetens sista dag."),
        Some(day) if day < today || day > furthest => check
            .error("to", format!("Sista dagen kan vara från {} till {}.", format::date(today), format::date(furthest))),
        Some(day) => {
            if let Some(from) = tree.liv(node.id).and_then(|liv| liv.from).filter(|from| day < *from) {
                let (name, from) = (&node.name, format::date(from));
                check.error("to", format!("{name} finns från {from}. Sista dagen kan inte vara före det."));
            }
        }
        None => {}
    }
    check.finish(())?;
    read.ok_or_else(Vec::new)
}

/// The last day of a unit that can still be taken away: it has not passed, and nothing follows on it. The sentence that says why
/// not.
pub fn may_go_on(tree: &Tree, node: &Node, today: NaiveDate) -> Result<NaiveDate, String> {
    let Some(to) = tree.liv(node.id).and_then(|liv| liv.to) else {
        return Err(format!("{} har ingen sista dag.", node.name));
    };
    if to < today {
        return Err(format!("{} upphörde {}. Det går inte att ta tillbaka.", node.name, format::date(to)));
    }
    match tree.efterfoljare(node.id).first() {
        Some(after) if tree.liv(after.id).is_some_and(|liv| liv.sammanslagen) => Err(format!(
            "{} blir en del av {}. Ta tillbaka sammanslagningen, så går enheten vidare.",
            node.name, after.name
        )),
        Some(after) => Err(format!(
            "{} står som det som fanns före {}. Ändra det för {} först.",
            node.name, after.name, after.name
        )),
        None => Ok(to),
    }
}

/// What an administrator has written of the time before a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The first day, as typed; empty where it is not known.
    pub from: String,
    /// The units that were there before.
    pub units: Vec<NodeId>,
}

/// The first day of a unit, and those before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Borjan {
    /// None where it is not known.
    pub from: Option<NaiveDate>,
    /// Each ended before that day; in the order of the tree.
    pub foregangare: Vec<NodeId>,
}

/// Why what was before a unit cannot be said of this one.
pub fn may_have_before(tree: &Tree, node: &Node) -> Result<(), String> {
    if node.kind != NodeKind::Enhet {
        return Err(format!("{} är ingen enhet.", node.name));
    }
    if tree.has_ended(node.id) {
        return Err(format!("{} har upphört.", node.name));
    }
    if tree.liv(node.id).is_some_and(|liv| liv.sammanslagen) {
        return Err(format!("{} kom till genom en sammanslagning, som säger vad som fanns före.", node.name));
    }
    Ok(())
}

/// Units that can be said to have been there before this one: those with a last day, but for what came after it.
#[must_use]
pub fn possible_before(tree: &Tree, unit: NodeId) -> Vec<&Node> {
    let ends = |node: &&Node| node.kind == NodeKind::Enhet && tree.last_day(node.id).is_some();
    let all = tree.walk().into_iter().map(|(_, node)| node).filter(ends);
    all.filter(|node| node.id != unit && !follows(tree, node.id, unit)).collect()
}

/// Whether a unit came after another one, by however many between them. Ends at a ring in broken data.
fn follows(tree: &Tree, unit: NodeId, other: NodeId) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![unit]);
    while let Some(at) = next.pop() {
        if at == other && at != unit {
            return true;
        }
        if seen.insert(at) {
            next.extend(tree.liv(at).into_iter().flat_map(|liv| &liv.foregangare));
        }
    }
    false
}

/// Checks the first day and those before the unit: each of them has ended by that day, and none of them came after the unit.
pub fn check_before(tree: &Tree, node: &Node, form: &Form, today: NaiveDate) -> Result<Borjan, Vec<FieldError>> {
    let mut check = Checker::default();
    if let Err(why) = may_have_before(tree, node) {
        check.error("from", why);
    }
    let from = check.date("from", &form.from, Fits::Near(today));
    let furthest = today.checked_add_months(AHEAD).unwrap_or(today);
    if from.is_some_and(|from| !Year::holds(from)) {
        check.error("from", OUTSIDE);
    } else if from.is_some_and(|from| from > furthest) {
        check.error("from", format!("Första dagen kan vara senast {}.", format::date(furthest)));
    }
    if let (Some(from), Some(to)) = (from, tree.last_day(node.id).filter(|to| from.is_some_and(|from| from > *to))) {
        let (from, to) = (format::date(from), format::date(to));
        check.error("from", format!("Enheten upphör efter {to} och kan inte börja {from}."));
    }
    let chosen: BTreeSet<NodeId> = form.units.iter().copied().collect();
    if !chosen.is_empty() && form.from.trim().is_empty() {
        check.error("from", "Skriv enhetens första dag. Den säger vilka år som är de andras.");
    }
    let units = tree.in_order(chosen.iter().filter_map(|id| tree.get(*id)));
    if units.len() < chosen.len() {
        check.error("units", "Välj bland enheterna i listan.");
    }
    for unit in &units {
        if let Some(why) = not_before(tree, node, unit, from) {
            check.error("units", why);
        }
    }
    let foregangare = units.into_iter().map(|unit| unit.id).collect();
    check.finish(Borjan { from, foregangare })
}

/// Why a unit was not there before another that begins on a day.
fn not_before(tree: &Tree, node: &Node, unit: &Node, from: Option<NaiveDate>) -> Option<String> {
    if unit.id == node.id {
        return Some(format!("{} kan inte finnas före sig själv.", node.name));
    }
    if unit.kind != NodeKind::Enhet {
        return Some(format!("{} är ingen enhet.", unit.name));
    }
    if follows(tree, unit.id, node.id) {
        return Some(format!("{} kom efter {} och fanns inte före.", unit.name, node.name));
    }
    let Some(to) = tree.last_day(unit.id) else {
        return Some(format!("{} har ingen sista dag. Ge den en först.", unit.name));
    };
    let (name, last) = (&unit.name, format::date(to));
    from.filter(|from| *from <= to)
        .map(|_| format!("Sista dagen för {name} är {last}. Enhetens första dag behöver vara senare."))
}

/// The units of a merge that has not begun and can be taken back, with its first day. The sentence that says why not.
pub fn may_take_back(tree: &Tree, id: NodeId, today: NaiveDate) -> Result<(Vec<NodeId>, NaiveDate), String> {
    let name = tree.name(id);
    let Some(from) = tree.liv(id).filter(|liv| liv.sammanslagen).and_then(|liv| liv.from) else {
        return Err(format!("{name} har inte kommit till genom en sammanslagning."));
    };
    if from <= today {
        return Err(format!(
            "Sammanslagningen gäller sedan {}. Den gick att ta tillbaka till och med dagen före.",
            format::date(from)
        ));
    }
    if let Some(after) = tree.efterfoljare(id).first() {
        return Err(format!("{name} ska själv bli {}. Ta tillbaka det först.", after.name));
    }
    let units = tree.foregangare(id);
    let last = from.checked_sub_days(Days::new(1));
    for unit in &units {
        if let Some(other) = tree.efterfoljare(unit.id).into_iter().find(|after| after.id != id) {
            let (unit, other) = (&unit.name, &other.name);
            return Err(format!("{unit} står också som det som fanns före {other}. Ändra det för {other} först."));
        }
        if tree.liv(unit.id).and_then(|liv| liv.to) != last {
            return Err(format!("{} har en annan sista dag än den som sammanslagningen gav.", unit.name));
        }
    }
    Ok((units.into_iter().map(|unit| unit.id).collect(), from))
}

/// The merges that have not begun, in the order of the tree.
#[must_use]
pub fn coming_merges(tree: &Tree, today: NaiveDate) -> Vec<(&Node, NaiveDate)> {
    let merged = |node: &Node| tree.liv(node.id).filter(|liv| liv.sammanslagen)?.from.filter(|from| *from > today);
    tree.walk().into_iter().filter_map(|(_, node)| Some((node, merged(node)?))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use uuid::Uuid;

    use super::*;
    use crate::organisation::Liv;

    fn id(n: u128) -> NodeId {
        NodeId(Uuid::from_u128(n))
    }

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    /// Norr (3) and Söder (4) become Nya (5) at New Year; Väst (6) ended a year ago; Mitt (8) is there.
    fn staden(lives: impl IntoIterator<Item = (u128, Liv)>) -> Tree {
        let node = |n, parent: Option<u128>, kind, name: &str| Node {
            id: id(n),
            parent: parent.map(id),
            kind,
            name: name.into(),
            active: n != 7,
            version: 1,
        };
        let nodes = vec![
            node(2, None, NodeKind::Avdelning, "Avdelningen"),
            node(3, Some(2), NodeKind::Enhet, "Norr"),
            node(4, Some(2), NodeKind::Enhet, "Söder"),
            node(5, Some(2), NodeKind::Enhet, "Nya"),
            node(6, Some(2), NodeKind::Enhet, "Väst"),
            node(7, Some(2), NodeKind::Enhet, "Öst"),
            node(8, Some(2), NodeKind::Enhet, "Mitt"),
        ];
        let over = || Liv { to: Some(day(2026, 12, 31)), ..Liv::default() };
        let new =
            Liv { from: Some(day(2027, 1, 1)), foregangare: vec![id(3), id(4)], sammanslagen: true, ..Liv::default() };
        let west = Liv { to: Some(day(2025, 11, 30)), ..Liv::default() };
        let mut all = BTreeMap::from([(id(3), over()), (id(4), over()), (id(5), new), (id(6), west)]);
        all.extend(lives.into_iter().map(|(n, liv)| (id(n), liv)));
        Tree::new(nodes).on(today(), all)
    }

    fn today() -> NaiveDate {
        day(2026, 11, 23)
    }

    fn said<T: std::fmt::Debug>(checked: Result<T, Vec<FieldError>>) -> String {
        checked.unwrap_err().into_iter().map(|fault| fault.message).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_unit_ends_after_a_day_that_is_today_or_comes() {
        let tree = staden([]);
        let last = |n, to| check_last(&tree, tree.get(id(n)).unwrap(), to, today());
        assert_eq!(last(8, "2026-12-31"), Ok(day(2026, 12, 31)));
        assert_eq!(last(8, "2026-11-23"), Ok(today()));
        assert_eq!(said(last(8, "2026-11-22")), "Sista dagen kan vara från 2026-11-23 till 2028-11-23.");
        assert_eq!(said(last(8, "")), "Skriv enhetens sista dag.");
        assert_eq!(said(last(2, "2026-12-31")), "Avdelningen är ingen enhet. Bara en enhet får en sista dag.");
        assert_eq!(said(last(3, "2026-12-31")), "Norr upphör redan efter 2026-12-31.");
        assert_eq!(said(last(7, "2026-12-31")), "Öst är ur bruk. Ta den i bruk först.");
        assert_eq!(said(last(5, "2026-12-31")), "Nya finns från 2027-01-01. Sista dagen kan inte vara före det.");
    }

    #[test]
    fn a_last_day_goes_away_until_it_has_passed_unless_something_follows_on_it() {
        let ends = |to| Liv { to: Some(to), ..Liv::default() };
        let tree = staden([(8, ends(today()))]);
        let on = |tree: &Tree, n| may_go_on(tree, tree.get(id(n)).unwrap(), today());
        assert_eq!(on(&tree, 8), Ok(today()), "all of its last day");
        assert_eq!(on(&tree, 6), Err("Väst upphörde 2025-11-30. Det går inte att ta tillbaka.".to_owned()));
        assert_eq!(on(&tree, 5), Err("Nya har ingen sista dag.".to_owned()));
        let merged = "Norr blir en del av Nya. Ta tillbaka sammanslagningen, så går enheten vidare.";
        assert_eq!(on(&tree, 3), Err(merged.to_owned()));
        let after = Liv { from: Some(day(2027, 1, 1)), foregangare: vec![id(8)], ..Liv::default() };
        let tree = staden([(8, ends(day(2026, 12, 1))), (7, after)]);
        let follows = "Mitt står som det som fanns före Öst. Ändra det för Öst först.";
        assert_eq!(on(&tree, 8), Err(follows.to_owned()));
    }

    #[test]
    fn what_was_before_a_unit_had_ended_by_its_first_day_and_did_not_come_after_it() {
        let tree = staden([]);
        let before = |tree: &Tree, n, from: &str, units: &[u128]| {
            let form = Form { from: from.into(), units: units.iter().copied().map(id).collect() };
            check_before(tree, tree.get(id(n)).unwrap(), &form, today())
        };
        let done = before(&tree, 8, "2026-01-01", &[6]).unwrap();
        assert_eq!(done, Borjan { from: Some(day(2026, 1, 1)), foregangare: vec![id(6)] });
        assert_eq!(before(&tree, 8, "2021-01-01", &[]).unwrap().from, Some(day(2021, 1, 1)));
        assert_eq!(before(&tree, 8, "", &[]), Ok(Borjan::default()), "it is taken away again");
        assert_eq!(said(before(&tree, 8, "", &[6])), "Skriv enhetens första dag. Den säger vilka år som är de andras.");
        let late = "Sista dagen för Väst är 2025-11-30. Enhetens första dag behöver vara senare.";
        assert_eq!(said(before(&tree, 8, "2025-11-30", &[6])), late);
        assert_eq!(said(before(&tree, 8, "2026-01-01", &[7])), "Öst har ingen sista dag. Ge den en först.");
        assert_eq!(said(before(&tree, 8, "2026-01-01", &[8])), "Mitt kan inte finnas före sig själv.");
        assert_eq!(said(before(&tree, 8, "2026-01-01", &[9])), "Välj bland enheterna i listan.");
        assert!(said(before(&tree, 5, "2026-01-01", &[])).starts_with("Nya kom till genom en sammanslagning"));
        assert_eq!(said(before(&tree, 6, "2020-01-01", &[])), "Väst har upphört.");

        // Mitt came after Väst, and Öst after Mitt
        let of =
            |to, before: u128| Liv { from: Some(day(2026, 1, 1)), to, foregangare: vec![id(before)], ..Liv::default() };
        let tree = staden([(8, of(Some(day(2026, 12, 1)), 6)), (7, of(None, 8))]);
        let names: Vec<_> = possible_before(&tree, id(7)).into_iter().map(|n| n.name.as_str()).collect();
        assert_eq!(names, ["Mitt", "Norr", "Söder", "Väst"]);
        let ring = staden([(8, of(Some(day(2025, 1, 1)), 7)), (7, of(None, 6))]);
        assert_eq!(said(before(&ring, 7, "2026-01-01", &[8])), "Mitt kom efter Öst och fanns inte före.");
        assert!(!possible_before(&ring, id(7)).iter().any(|n| n.name == "Mitt"));
    }

    #[test]
    fn a_merge_is_taken_back_until_the_day_before_it() {
        let tree = staden([]);
        assert_eq!(may_take_back(&tree, id(5), day(2026, 12, 31)), Ok((vec![id(3), id(4)], day(2027, 1, 1))));
        let late = "Sammanslagningen gäller sedan 2027-01-01. Den gick att ta tillbaka till och med dagen före.";
        assert_eq!(may_take_back(&tree, id(5), day(2027, 1, 1)), Err(late.to_owned()));
        assert!(may_take_back(&tree, id(8), today()).is_err());
        let coming: Vec<_> = coming_merges(&tree, today()).into_iter().map(|(n, _)| n.name.as_str()).collect();
        assert_eq!(coming, ["Nya"]);
        assert!(coming_merges(&tree, day(2027, 1, 1)).is_empty());
        let also = Liv { from: Some(day(2027, 2, 1)), foregangare: vec![id(3)], ..Liv::default() };
        let why = may_take_back(&staden([(8, also)]), id(5), today()).unwrap_err();
        assert_eq!(why, "Norr står också som det som fanns före Mitt. Ändra det för Mitt först.");
        let other = Liv { to: Some(day(2026, 12, 1)), ..Liv::default() };
        let why = may_take_back(&staden([(4, other)]), id(5), today()).unwrap_err();
        assert_eq!(why, "Söder har en annan sista dag än den som sammanslagningen gav.");
    }
}
