//! Träd: the rows of goals as the tree they make, whatever the rows say: what lies under a goal that is not there, or in a ring, stands at
//! the top and is told of, and no goal is lost.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use super::{
    Mal, MalId, Niva,
    likhet::{Lika, Titel},
};
use crate::id::NodeId;

/// What is wrong with what a row says it lies under. The goal stands at the top until somebody has moved it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fel {
    /// The goal above is not there.
    Saknas(MalId),
    /// It lies under itself, over others.
    Ring(MalId),
    /// The goal above stands on the same level or a lower one; it is shown where it lies all the same.
    Niva(MalId),
}

impl Fel {
    /// The goal that it is about.
    #[must_use]
    pub const fn mal(self) -> MalId {
        match self {
            Self::Saknas(id) | Self::Ring(id) | Self::Niva(id) => id,
        }
    }

    /// What the user reads beside the goal.
    #[must_use]
    pub const fn said(self) -> &'static str {
        match self {
            Self::Saknas(_) => "Målet som det låg under finns inte längre. Välj vad det ska ligga under.",
            Self::Ring(_) => "Målet låg under sig självt. Välj vad det ska ligga under.",
            Self::Niva(_) => "Målet ligger under ett mål på samma nivå eller en lägre. Välj vad det ska ligga under.",
        }
    }
}

/// A goal where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post<'a> {
    /// How many goals it lies under.
    pub djup: usize,
    /// Whether at least one level is skipped between it and what it lies under, or above it where it lies under nothing.
    pub hoppar: bool,
    /// Its row.
    pub mal: &'a Mal,
}

/// All goals of a chain: those of a unit and those above that it shares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trad {
    rows: Vec<Mal>,
    /// As they are compared, by place.
    titlar: Vec<Titel>,
    place: HashMap<MalId, usize>,
    /// By the place of the goal above, or none at the top; each in order.
    under: BTreeMap<Option<usize>, Vec<usize>>,
    above: Vec<Option<usize>>,
    fel: Vec<Fel>,
}

impl Trad {
    /// The tree of rows in any order. A row that comes twice is taken once.
    #[must_use]
    pub fn new(rows: Vec<Mal>) -> Self {
        let mut seen = BTreeSet::new();
        let mut rows: Vec<Mal> = rows.into_iter().filter(|mal| seen.insert(mal.id)).collect();
        rows.sort_by(order);
        let place: HashMap<MalId, usize> = (0..).zip(&rows).map(|(at, mal)| (mal.id, at)).collect();
        let mut fel = Vec::new();
        let mut above: Vec<Option<usize>> = Vec::with_capacity(rows.len());
        for mal in &rows {
            let found = mal.under.and_then(|id| place.get(&id).copied());
            if mal.under.is_some() && found.is_none() {
                fel.push(Fel::Saknas(mal.id));
            }
            above.push(found);
        }
        // a ring is opened at its first row, once
        let mut known = vec![false; rows.len()];
        for at in 0..rows.len() {
            let (mut way, mut on_way, mut now) = (Vec::new(), BTreeSet::new(), Some(at));
            while let Some(place) = now.filter(|place| !known[*place]) {
                if !on_way.insert(place) {
                    let first = way.iter().copied().skip_while(|p| *p != place).min().unwrap_or(place);
                    above[first] = None;
                    fel.push(Fel::Ring(rows[first].id));
                    break;
                }
                way.push(place);
                now = above[place];
            }
            for place in way {
                known[place] = true;
            }
        }
        let mut under: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (at, mal) in rows.iter().enumerate() {
            if above[at].is_some_and(|parent| rows[parent].content.niva >= mal.content.niva) {
                fel.push(Fel::Niva(mal.id));
            }
            under.entry(above[at]).or_default().push(at);
        }
        let titlar = rows.iter().map(|mal| Titel::new(&mal.content.titel)).collect();
        Self { rows, titlar, place, under, above, fel }
    }

    /// What is wrong with the rows, as far as the tree is concerned.
    #[must_use]
    pub fn fel(&self) -> &[Fel] {
        &self.fel
    }

    /// How many goals there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A goal.
    #[must_use]
    pub fn get(&self, id: MalId) -> Option<&Mal> {
        self.place.get(&id).map(|at| &self.rows[*at])
    }

    /// The title of a goal as it is compared; read once, however often it is asked for.
    #[must_use]
    pub fn titel(&self, id: MalId) -> Option<&Titel> {
        self.place.get(&id).map(|at| &self.titlar[*at])
    }

    /// How like a title that of a goal is.
    #[must_use]
    pub fn lika(&self, id: MalId, titel: &Titel) -> Option<Lika> {
        self.titel(id)?.lika(titel)
    }

    /// The goals right under another, or at the top, in order.
    pub fn children(&self, of: Option<MalId>) -> impl Iterator<Item = &Mal> {
        let at = of.map(|id| self.place.get(&id).copied());
        let places = match at {
            Some(None) => None,
            Some(at) => self.under.get(&at),
            None => self.under.get(&None),
        };
        places.into_iter().flatten().map(|at| &self.rows[*at])
    }

    /// What a goal lies under, as the tree has it.
    #[must_use]
    pub fn above(&self, id: MalId) -> Option<&Mal> {
        self.above[*self.place.get(&id)?].map(|at| &self.rows[at])
    }

    /// A goal and those it lies under, from the top.
    #[must_use]
    pub fn path(&self, id: MalId) -> Vec<&Mal> {
        let mut path: Vec<&Mal> = Vec::new();
        let mut now = self.place.get(&id).copied();
        while let Some(at) = now {
            path.push(&self.rows[at]);
            now = self.above[at];
        }
        path.reverse();
        path
    }

    /// Whether a goal lies under another, however deep; none lies under itself.
    #[must_use]
    pub fn is_under(&self, id: MalId, other: MalId) -> bool {
        id != other && self.path(id).iter().any(|mal| mal.id == other)
    }

    /// Every goal with its depth, each before those under it.
    #[must_use]
    pub fn walk(&self) -> Vec<Post<'_>> {
        let mut out = Vec::with_capacity(self.rows.len());
        let mut waiting: Vec<(usize, usize)> = self.places(None).rev().map(|at| (0, at)).collect();
        while let Some((djup, at)) = waiting.pop() {
            let mal = &self.rows[at];
            let first = self.above[at].map_or(0, |parent| self.rows[parent].content.niva.kolumn() + 1);
            out.push(Post { djup, hoppar: mal.content.niva.kolumn() > first, mal });
            waiting.extend(self.places(Some(at)).rev().map(|child| (djup + 1, child)));
        }
        out
    }

    fn places(&self, of: Option<usize>) -> impl DoubleEndedIterator<Item = usize> + use<'_> {
        self.under.get(&of).into_iter().flatten().copied()
    }

    /// Those under a goal, however deep, in order.
    pub fn below(&self, id: MalId) -> impl Iterator<Item = &Mal> {
        let walk = self.walk();
        let from = walk.iter().position(|post| post.mal.id == id);
        let djup = from.map_or(0, |at| walk[at].djup);
        let skip = from.map_or(usize::MAX, |at| at + 1);
        walk.into_iter().skip(skip).take_while(move |post| post.djup > djup).map(|post| post.mal)
    }

    /// How many goals stand on each level, in the order of [`Niva::ALL`].
    #[must_use]
    pub fn per_niva(&self) -> [usize; 4] {
        let mut out = [0; 4];
        self.rows.iter().for_each(|mal| out[mal.content.niva.kolumn()] += 1);
        out
    }

    /// The goals of one level, in the order of the tree.
    #[must_use]
    pub fn of_niva(&self, niva: Niva) -> Vec<&Mal> {
        self.walk().into_iter().map(|post| post.mal).filter(|mal| mal.content.niva == niva).collect()
    }

    /// Whether a goal of a level can lie under another; the sentence that says why not.
    pub fn check_under(&self, niva: Niva, under: Option<MalId>) -> Result<(), String> {
        let Some(under) = under else { return Ok(()) };
        let Some(above) = self.get(under) else {
            return Err("Målet som valdes finns inte längre. Välj på nytt vad målet ska ligga under.".to_owned());
        };
        if above.content.niva >= niva {
            return Err(format!(
                "Ett {} kan inte ligga under ett {}. Välj ett mål på en högre nivå.",
                niva.said(),
                above.content.niva.said()
            ));
        }
        Ok(())
    }

    /// What a goal can be moved under from a node, in the order of the tree; that it can lie under nothing is not among them.
    #[must_use]
    pub fn places_for(&self, id: MalId, at: NodeId) -> Vec<MalId> {
        let all = self.walk().into_iter().map(|post| post.mal.id);
        all.filter(|to| check_move(self, id, Some(*to), at).is_ok()).collect()
    }

    /// The order of all under the same goal when one of them is set before another, or last: what is to be stored of each, with equal
    /// steps between. Nothing where the goal is not there, or the other lies elsewhere.
    #[must_use]
    pub fn move_before(&self, id: MalId, before: Option<MalId>) -> Vec<(MalId, i64)> {
        if !self.place.contains_key(&id) || before == Some(id) {
            return vec![];
        }
        let of = self.above(id).map(|mal| mal.id);
        let mut ids: Vec<MalId> = self.children(of).map(|mal| mal.id).filter(|other| *other != id).collect();
        let at = match before {
            None => ids.len(),
            Some(before) => match ids.iter().position(|other| *other == before) {
                Some(at) => at,
                None => return vec![],
            },
        };
        ids.insert(at, id);
        (1..).map(|n| n * STEG).zip(ids).map(|(n, id)| (id, n)).collect()
    }

    /// The place after the last goal under another.
    #[must_use]
    pub fn next_ordning(&self, under: Option<MalId>) -> i64 {
        self.children(under).map(|mal| mal.ordning).max().unwrap_or(0) + STEG
    }
}

/// Between the places of two goals, so that one can be set between them by hand.
pub const STEG: i64 = 10;

/// Whether a goal can be moved under another, or to the top, by somebody of a node. The sentence says why not.
pub fn check_move(trad: &Trad, id: MalId, to: Option<MalId>, at: NodeId) -> Result<(), String> {
    let Some(mal) = trad.get(id) else {
        return Err("Målet finns inte längre. Ladda om sidan.".to_owned());
    };
    if mal.is_shared(at) {
        return Err("Målet är gemensamt och flyttas av den som äger det.".to_owned());
    }
    let Some(to) = to else { return Ok(()) };
    if to == id {
        return Err("Målet kan inte ligga under sig självt.".to_owned());
    }
    let Some(above) = trad.get(to) else {
        return Err("Målet som valdes finns inte längre. Välj på nytt vad målet ska ligga under.".to_owned());
    };
    if trad.is_under(to, id) {
        return Err(format!(
            "”{}” ligger under ”{}” och kan inte också ligga över det. Flytta det först.",
            above.content.titel, mal.content.titel
        ));
    }
    if above.year != mal.year {
        return Err(format!("”{}” är ett mål för {}.", above.content.titel, above.year));
    }
    trad.check_under(mal.content.niva, Some(to))
}

/// By place, then by number as people count (1.2 before 1.10), then by id.
fn order(a: &Mal, b: &Mal) -> Ordering {
    let nr = |mal: &Mal| numbers(&mal.content.nr);
    a.ordning.cmp(&b.ordning).then_with(|| nr(a).cmp(&nr(b))).then_with(|| a.id.cmp(&b.id))
}

/// The parts of a number; what has none stands last.
fn numbers(nr: &str) -> (bool, Vec<u64>, String) {
    let parts = nr.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    (nr.is_empty(), parts, nr.to_owned())
}
