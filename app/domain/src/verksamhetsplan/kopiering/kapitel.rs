//! Kapitel: the chapters of a plan as the next one begins with them.

use super::borttaget::Kopierat;
use crate::verksamhetsplan::plan::{
    PlanId,
    kapitel::{Content, Kapitel, KapitelId},
};

/// What is to be stored of the chapters of a new year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kapitelkopia {
    /// The new ones, each after the one that it is a copy of.
    pub nya: Vec<(KapitelId, Kapitel)>,
    /// Those that the new plan has under the same heading, each after the one that is not copied for it. They count as copied from here on.
    pub fanns: Vec<(KapitelId, KapitelId)>,
    /// How many were copied once, and have been removed from the new plan since.
    pub borttagna: usize,
}

/// The chapters of a plan as the next one begins with them, marked as from last year. A heading that the new plan has is not copied again,
/// and neither is one that has been copied once, whatever it is called by now.
#[must_use]
pub fn kopiera_kapitel(
    fran: &[Kapitel],
    till: &[Kapitel],
    (plan, kopierat): (PlanId, &Kopierat),
    new_id: &mut dyn FnMut() -> KapitelId,
) -> Kapitelkopia {
    let standing = kopierat.standing(till.iter().map(|one| (one.id.0, None)));
    let mut out = Kapitelkopia::default();
    for old in fran.iter().filter(|old| !standing.contains_key(&old.id.0)) {
        if let Some(same) = till.iter().find(|one| one.content.rubrik == old.content.rubrik) {
            out.fanns.push((old.id, same.id));
        } else if kopierat.has(old.id.0) {
            out.borttagna += 1;
        } else {
            let content = Content { senast: None, ..old.content.clone() };
            let fran_i_fjol = !content.text.is_empty();
            let (id, ordning, klart) = (new_id(), old.ordning, false);
            out.nya.push((old.id, Kapitel { id, plan, ordning, content, klart, fran_i_fjol, version: 1 }));
        }
    }
    out
}
