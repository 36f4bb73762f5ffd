//! Kopiering: the next year begins as this one is: its goals, the texts of the unit's own, what is expected with this year's outcome beside it,
//! what is followed, and which indikatorer belong to which goal. Outcomes, decisions and aktiviteter are of their year. What is copied
//! already is not copied again, so that two who copy at once make one year; nor is what has been removed from the copy since.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::borttaget::{Kopierat, Utelamnat};
use super::{
    enhetsmal::{
        Enhetsmal,
        uppfoljning::{Uppfoljning, UppfoljningId},
    },
    forvantat::{Fjol, ForvantatId, Lank, Rad},
    indikator::{Indikator, IndikatorId, mal::Mal as Arsmal},
    mal::{Mal, MalId, Niva, Trad},
};
use crate::{apt::finding::in_words, format, id::NodeId, import::shortened, tal::Tal};

pub mod borttaget;
pub mod kapitel;

/// What was found on a day of planning, and the next year can begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stjarnslag {
    /// A guldstjärna: what went well.
    Guld,
    /// A silverstjärna: what was done well, and could be taken further.
    Silver,
}

impl Stjarnslag {
    crate::every! {
        /// Both.
        Guld, Silver
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Guld => "guldstjarna",
            Self::Silver => "silverstjarna",
        }
    }

    /// The kind of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Guld => "Guldstjärna",
            Self::Silver => "Silverstjärna",
        }
    }
}

/// A star of the year that ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stjarna {
    /// Gold or silver.
    pub slag: Stjarnslag,
    /// What was said.
    pub text: String,
    /// The goal that it was given for; none where it was for none.
    pub mal: Option<MalId>,
}

/// The year that is copied, as the unit sees it.
#[derive(Clone, Copy, Debug)]
pub struct Fran<'a> {
    /// Whose goals are copied; those of others stay theirs.
    pub node: NodeId,
    /// The year that ends: the copy is of the one after.
    pub year: i32,
    /// Its goals, with those above that are shared.
    pub trad: &'a Trad,
    /// The texts of the unit's own goals.
    pub enhetsmal: &'a [Enhetsmal],
    /// What was expected.
    pub forvantat: &'a [Rad],
    /// What came out of it at the end of the year.
    pub utfall: &'a BTreeMap<ForvantatId, Tal>,
    /// What is measured, each with its goal.
    pub indikatorer: &'a [(Indikator, MalId)],
    /// What was followed.
    pub uppfoljning: &'a [Uppfoljning],
    /// What was found on the day of planning.
    pub stjarnor: &'a [Stjarna],
}

/// What the year after has already: of an earlier copy, and the goals of the city where they have come.
#[derive(Clone, Copy, Debug)]
pub struct Till<'a> {
    /// Its goals, with those above that are shared.
    pub trad: &'a Trad,
    /// What is expected.
    pub forvantat: &'a [Rad],
    /// Which goals have texts.
    pub enhetsmal: &'a [Enhetsmal],
    /// What is measured, each with its goal.
    pub indikatorer: &'a [(Indikator, MalId)],
    /// What is followed.
    pub uppfoljning: &'a [Uppfoljning],
    /// What it has once copied, also what is no more in it.
    pub kopierat: &'a Kopierat,
}

/// Where new ids come from: they are made where rows are stored.
pub struct Nya<'a> {
    /// Of goals.
    pub mal: &'a mut dyn FnMut() -> MalId,
    /// Of what is expected.
    pub forvantat: &'a mut dyn FnMut() -> ForvantatId,
    /// Of what is measured.
    pub indikator: &'a mut dyn FnMut() -> IndikatorId,
    /// Of what is followed.
    pub uppfoljning: &'a mut dyn FnMut() -> UppfoljningId,
}

/// A star, and the goal of the new year that it stands at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// As it was given.
    pub stjarna: Stjarna,
    /// None where it was for no goal, or for one that is not copied.
    pub mal: Option<MalId>,
}

/// What is to be stored of the new year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kopia {
    /// Each after what it lies under.
    pub mal: Vec<Mal>,
    /// Marked as from last year until somebody changes them.
    pub enhetsmal: Vec<Enhetsmal>,
    /// With this year's outcome as that of last year, and linked to the indikatorer of the new one.
    pub forvantat: Vec<Rad>,
    /// Each with its goal of the new year; what it is this year it begins the next with, its årsmål too. Last year's goal and outcome are
    /// those of the one that it was copied from.
    pub indikatorer: Vec<(Indikator, MalId)>,
    /// In the days of the new year.
    pub uppfoljning: Vec<Uppfoljning>,
    /// What the day of planning left; shown beside the goals, and stored by nobody anew.
    pub stjarnor: Vec<Start>,
    /// What is to be known of it, in sentences.
    pub notes: Vec<String>,
    /// What is left out, as it has been removed from the copy.
    pub utelamnat: Utelamnat,
}

impl Kopia {
    /// How many rows there are to store, of all kinds.
    #[must_use]
    pub fn antal(&self) -> usize {
        self.mal.len() + self.enhetsmal.len() + self.forvantat.len() + self.indikatorer.len() + self.uppfoljning.len()
    }

    /// What is copied: each source with its copy.
    pub fn par(&self) -> impl Iterator<Item = (Uuid, Uuid)> {
        let mal = self.mal.iter().filter_map(|new| Some((new.copied_from?.0, new.id.0)));
        let rows = self.forvantat.iter().filter_map(|new| Some((new.copied_from?.0, new.id.0)));
        let measured = self.indikatorer.iter().filter_map(|(new, _)| Some((new.copied_from?.0, new.id.0)));
        let followed = self.uppfoljning.iter().filter_map(|new| Some((new.copied_from?.0, new.id.0)));
        mal.chain(rows).chain(measured).chain(followed)
    }

    /// Whether there is nothing new: everything has been copied already.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.antal() == 0
    }
}

/// What the year after is to begin with.
#[must_use]
pub fn kopiera(fran: &Fran<'_>, till: &Till<'_>, nya: &mut Nya<'_>) -> Kopia {
    let year = fran.year + 1;
    let mut notes = Vec::new();
    let mut utelamnat = Utelamnat::default();
    let there = till.trad.walk().into_iter().map(|post| (post.mal.id.0, post.mal.copied_from.map(|id| id.0)));
    // the goals of the new year by those that they were
    let there = till.kopierat.standing(there).into_iter();
    let mut to: HashMap<MalId, MalId> = there.map(|(old, new)| (MalId(old), MalId(new))).collect();
    // those that have been removed from it, and what is new under them
    let mut out: HashSet<MalId> = HashSet::new();
    let (mut mal, mut loose) = (Vec::new(), Vec::new());
    // what is made in the new year already stands first
    let last = till.trad.walk().into_iter().map(|post| post.mal.ordning).max().unwrap_or(0);
    for old in fran.trad.walk().into_iter().map(|post| post.mal) {
        if old.is_shared(fran.node) || to.contains_key(&old.id) {
            continue;
        }
        let above = fran.trad.path(old.id).into_iter().rev().skip(1).collect::<Vec<_>>();
        let gone = till.kopierat.has(old.id.0);
        if gone || above.first().is_some_and(|mal| out.contains(&mal.id)) {
            utelamnat.av(gone).mal += 1;
            out.insert(old.id);
            continue;
        }
        // of a level that the city does not have yet, what lies above that
        let under = above.iter().find_map(|mal| to.get(&mal.id).copied());
        if let Some(missing) = above.first().filter(|mal| !to.contains_key(&mal.id)) {
            loose.push((old.content.titel.clone(), missing.content.titel.clone()));
        }
        let id = (nya.mal)();
        to.insert(old.id, id);
        let ordning = old.ordning + last;
        let content = old.content.clone();
        mal.push(Mal { id, node: fran.node, year, under, ordning, copied_from: Some(old.id), content, version: 1 });
    }
    notes.extend(loose_note(&loose, year));
    let has_text: BTreeSet<MalId> = till.enhetsmal.iter().map(|one| one.mal).collect();
    let enhetsmal = fran.enhetsmal.iter().filter_map(|old| {
        let mal = *to.get(&old.mal)?;
        let new = Enhetsmal { mal, content: old.content.clone(), fran_i_fjol: true, version: 1 };
        (!has_text.contains(&mal)).then_some(new)
    });
    let enhetsmal = enhetsmal.collect();
    // the indikatorer of the new year by those that they were
    let there = till.indikatorer.iter().map(|(one, _)| (one.id.0, one.copied_from.map(|id| id.0)));
    let there = till.kopierat.standing(there).into_iter();
    let mut measured: HashMap<IndikatorId, IndikatorId> =
        there.map(|(old, new)| (IndikatorId(old), IndikatorId(new))).collect();
    let (mut indikatorer, mut homeless) = (Vec::new(), Vec::new());
    for (old, mal) in fran.indikatorer {
        if measured.contains_key(&old.id) {
            continue;
        }
        let gone = till.kopierat.has(old.id.0);
        if gone || out.contains(mal) {
            utelamnat.av(gone).indikatorer += 1;
            continue;
        }
        let Some(mal) = to.get(mal).copied() else {
            homeless.push(old.content.namn.as_str());
            continue;
        };
        let id = (nya.indikator)();
        measured.insert(old.id, id);
        let new = Indikator { id, copied_from: Some(old.id), content: old.content.clone(), version: 1 };
        indikatorer.push((new, mal));
    }
    notes.extend(homeless_note(&homeless, year));
    let to = To { mal: &to, out: &out, indikatorer: &measured };
    let forvantat = expected(fran, till, &to, nya.forvantat, (&mut notes, &mut utelamnat));
    notes.extend(goals_note(&indikatorer, fran.year));
    let uppfoljning = followed(fran, till, &to, nya.uppfoljning, &mut utelamnat);
    let star = |one: &Stjarna| Start { stjarna: one.clone(), mal: one.mal.and_then(|mal| to.mal.get(&mal).copied()) };
    let mut stjarnor: Vec<Start> = fran.stjarnor.iter().map(star).collect();
    stjarnor.sort_by_key(|start| start.stjarna.slag);
    Kopia { mal, enhetsmal, forvantat, indikatorer, uppfoljning, stjarnor, notes, utelamnat }
}

/// What those of the year that ends are in the new one.
struct To<'a> {
    mal: &'a HashMap<MalId, MalId>,
    /// Goals that have been removed from it.
    out: &'a HashSet<MalId>,
    indikatorer: &'a HashMap<IndikatorId, IndikatorId>,
}

/// What is followed, in the days of the new year.
fn followed(
    fran: &Fran<'_>,
    till: &Till<'_>,
    to: &To<'_>,
    new_id: &mut dyn FnMut() -> UppfoljningId,
    utelamnat: &mut Utelamnat,
) -> Vec<Uppfoljning> {
    let there = till.uppfoljning.iter().map(|row| (row.id.0, row.copied_from.map(|id| id.0)));
    let done = till.kopierat.standing(there);
    let mut rows = Vec::new();
    for old in fran.uppfoljning.iter().filter(|old| !done.contains_key(&old.id.0)) {
        let gone = till.kopierat.has(old.id.0);
        if gone || to.out.contains(&old.mal) {
            utelamnat.av(gone).uppfoljning += 1;
            continue;
        }
        let Some(mal) = to.mal.get(&old.mal).copied() else { continue };
        let content = old.content.in_year(fran.year + 1);
        let (id, ordning, copied_from) = (new_id(), old.ordning, Some(old.id));
        rows.push(Uppfoljning { id, mal, ordning, copied_from, content, version: 1 });
    }
    rows
}

/// What is expected, with the outcome of the year that ends as last year's. What had a number and no outcome stands without one, and what
/// was linked to an indikator that is not copied is linked to none; both are told of.
fn expected(
    fran: &Fran<'_>,
    till: &Till<'_>,
    to: &To<'_>,
    new_id: &mut dyn FnMut() -> ForvantatId,
    (notes, utelamnat): (&mut Vec<String>, &mut Utelamnat),
) -> Vec<Rad> {
    let there = till.forvantat.iter().map(|row| (row.id.0, row.copied_from.map(|id| id.0)));
    let done = till.kopierat.standing(there);
    let (mut rows, mut without, mut unlinked) = (Vec::new(), 0, 0);
    for old in fran.forvantat.iter().filter(|old| !done.contains_key(&old.id.0)) {
        let gone = till.kopierat.has(old.id.0);
        if gone || to.out.contains(&old.mal) {
            utelamnat.av(gone).forvantat += 1;
            continue;
        }
        let Some(mal) = to.mal.get(&old.mal).copied() else { continue };
        let fjol = fran.utfall.get(&old.id).map(|varde| Fjol { ar: fran.year, varde: *varde });
        without += usize::from(fjol.is_none() && old.content.malvarde.is_some());
        let lank = match old.content.lank {
            Some(Lank::Indikator(id)) => to.indikatorer.get(&id).copied().map(Lank::Indikator),
            other => other,
        };
        unlinked += usize::from(lank.is_none() && old.content.lank.is_some());
        let content = super::forvantat::Content { fjol, lank, ..old.content.clone() };
        rows.push(Rad { id: new_id(), mal, ordning: old.ordning, copied_from: Some(old.id), content, version: 1 });
    }
    match without {
        0 => {}
        1 => {
            notes.push(format!("En rad har inget utfall för {} att jämföra med. Fyll i det när det finns.", fran.year));
        }
        n => notes.push(format!(
            "{} rader har inget utfall för {} att jämföra med. Fyll i dem när de finns.",
            format::capitalised(&in_words(n, false)),
            fran.year
        )),
    }
    match unlinked {
        0 => {}
        1 => notes.push("En rad följde en indikator som inte kopieras. Välj varifrån dess utfall hämtas.".to_owned()),
        n => notes.push(format!(
            "{} rader följde indikatorer som inte kopieras. Välj varifrån deras utfall hämtas.",
            format::capitalised(&in_words(n, false))
        )),
    }
    rows
}

/// What is said of årsmål that are still those of the year that ends.
fn goals_note(indikatorer: &[(Indikator, MalId)], year: i32) -> Option<String> {
    match indikatorer.iter().filter(|(one, _)| one.content.arsmal != Arsmal::Inget).count() {
        0 => None,
        1 => Some(format!("En indikator har kvar årsmålet för {year} tills du ändrar det.")),
        n => {
            let n = format::capitalised(&in_words(n, false));
            Some(format!("{n} indikatorer har kvar årsmålen för {year} tills du ändrar dem."))
        }
    }
}

/// What is said of indikatorer whose shared goal has not come for the new year.
fn homeless_note(names: &[&str], year: i32) -> Option<String> {
    let first = shortened(names.first()?, 60);
    Some(match names.len() - 1 {
        0 => format!(
            "”{first}” hör till ett mål som inte finns för {year} än. Kopiera en gång till när målet har kommit."
        ),
        n => format!(
            "”{first}” och {} till hör till mål som inte finns för {year} än. Kopiera en gång till när målen har \
             kommit.",
            in_words(n, false)
        ),
    })
}

/// What is said of goals whose goal above has not come for the new year.
fn loose_note(loose: &[(String, String)], year: i32) -> Option<String> {
    let (own, above) = loose.first()?;
    let (own, above) = (shortened(own, 60), shortened(above, 60));
    let rest = match loose.len() - 1 {
        0 => String::new(),
        n => format!(" Det gäller {} mål till.", in_words(n, true)),
    };
    Some(format!("”{above}” finns inte för {year} än. ”{own}” ligger så länge högre upp, tills du flyttar det.{rest}"))
}

/// Whether a year holds anything of the unit's own to copy.
#[must_use]
pub fn has_something(trad: &Trad, node: NodeId) -> bool {
    Niva::ALL.into_iter().any(|niva| trad.of_niva(niva).into_iter().any(|mal| !mal.is_shared(node)))
}

#[cfg(test)]
mod tests;
