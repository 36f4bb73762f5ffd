//! Kedja: the chain of goals as a picture of four columns with lines between, and as a list in a list. Plain numbers: a box is as high as the
//! rows of the goals under it that have none under them, a level that is skipped leaves its column empty and its line goes through. What
//! it looks like is for the screen to say.

use std::collections::HashMap;

use super::{MalId, Niva, Trad};

/// The measures of the picture, in the lengths of its `viewBox`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matt {
    /// How wide each column is.
    pub kolumner: [u32; 4],
    /// Between two columns, where the lines go.
    pub mellan: u32,
    /// How high one row is.
    pub rad: u32,
    /// Between two rows.
    pub luft: u32,
}

impl Default for Matt {
    fn default() -> Self {
        Self { kolumner: [170, 186, 268, 386], mellan: 22, rad: 54, luft: 5 }
    }
}

impl Matt {
    /// Where a column begins.
    #[must_use]
    pub fn x(&self, niva: Niva) -> u32 {
        self.kolumner.iter().take(niva.kolumn()).map(|width| width + self.mellan).sum()
    }

    fn y(&self, rad: usize) -> u32 {
        small(rad) * (self.rad + self.luft)
    }

    fn height(&self, rader: usize) -> u32 {
        (small(rader) * (self.rad + self.luft)).saturating_sub(self.luft)
    }
}

fn small(n: usize) -> u32 {
    // a plan has hundreds of goals at most
    u32::try_from(n).unwrap_or(u32::MAX / 1_000)
}

/// A goal in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruta {
    /// Whose it is.
    pub mal: MalId,
    /// Its column.
    pub niva: Niva,
    /// Its first row, from 0.
    pub rad: usize,
    /// How many rows it is high.
    pub rader: usize,
    /// Its left edge.
    pub x: u32,
    /// Its upper edge.
    pub y: u32,
    /// How wide it is.
    pub bredd: u32,
    /// How high it is.
    pub hojd: u32,
}

impl Ruta {
    /// The middle of its height.
    #[must_use]
    pub const fn mitt(&self) -> u32 {
        self.y + self.hojd / 2
    }
}

/// A line from the right edge of a goal to the left edge of one that lies under it. It is level: a box reaches as far down as all that
/// lies under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linje {
    /// The goal above.
    pub fran: MalId,
    /// The goal under it.
    pub till: MalId,
    /// Where it begins.
    pub x1: u32,
    /// Where it ends.
    pub x2: u32,
    /// How far down it is.
    pub y: u32,
    /// Whether it goes through a column whose level is skipped.
    pub genom: bool,
}

/// The picture of a chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kedja {
    /// In the order of the tree, each before those under it: also the order in which they are read aloud and reached with Tab.
    pub rutor: Vec<Ruta>,
    /// By the goal that each leads to, in the same order.
    pub linjer: Vec<Linje>,
    /// How many goals each column has: what stands beside its heading.
    pub antal: [usize; 4],
    /// The whole width.
    pub bredd: u32,
    /// The whole height.
    pub hojd: u32,
}

/// Lays out a chain. A goal that lies under one of the same level or a lower one, which only rows that nobody has mended say, is drawn
/// without a line.
#[must_use]
pub fn kedja(trad: &Trad, matt: &Matt) -> Kedja {
    let walk = trad.walk();
    let mut rutor: Vec<Ruta> = Vec::with_capacity(walk.len());
    let mut rad = 0;
    // what has nothing under it has a row
    let is_row: Vec<bool> =
        (0..walk.len()).map(|at| walk.get(at + 1).is_none_or(|next| next.djup <= walk[at].djup)).collect();
    for (at, post) in walk.iter().enumerate() {
        let inside = walk[at + 1..].iter().take_while(|under| under.djup > post.djup).count();
        let rader = is_row[at..=at + inside].iter().filter(|row| **row).count();
        let niva = post.mal.content.niva;
        rutor.push(Ruta {
            mal: post.mal.id,
            niva,
            rad,
            rader,
            x: matt.x(niva),
            y: matt.y(rad),
            bredd: matt.kolumner[niva.kolumn()],
            hojd: matt.height(rader),
        });
        rad += usize::from(is_row[at]);
    }
    let places: HashMap<MalId, usize> = (0..).zip(&rutor).map(|(at, ruta)| (ruta.mal, at)).collect();
    let linjer = rutor.iter().filter_map(|to| {
        let from = rutor[*places.get(&trad.above(to.mal)?.id)?];
        (from.niva < to.niva).then(|| Linje {
            fran: from.mal,
            till: to.mal,
            x1: from.x + from.bredd,
            x2: to.x,
            y: to.mitt(),
            genom: to.niva.kolumn() - from.niva.kolumn() > 1,
        })
    });
    Kedja {
        linjer: linjer.collect(),
        antal: trad.per_niva(),
        bredd: matt.kolumner.iter().sum::<u32>() + 3 * matt.mellan,
        hojd: matt.height(rad),
        rutor,
    }
}

impl Kedja {
    /// The goals that are lit with one: itself, what it lies under and what lies under it.
    #[must_use]
    pub fn lit(trad: &Trad, id: MalId) -> Vec<MalId> {
        trad.path(id).into_iter().chain(trad.below(id)).map(|mal| mal.id).collect()
    }
}

/// A goal in the list, with those under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Punkt {
    /// Whose it is.
    pub mal: MalId,
    /// Its level, which a list says in words.
    pub niva: Niva,
    /// The levels that are skipped between it and what it lies under: "inget nämndmål".
    pub hoppade: Vec<Niva>,
    /// In order.
    pub under: Vec<Punkt>,
}

/// The chain as a list in a list: for those who hear it, for print and for narrow screens.
#[must_use]
pub fn lista(trad: &Trad) -> Vec<Punkt> {
    points(trad, None, 0)
}

/// Those right under a goal, of which the first level is `first`.
fn points(trad: &Trad, of: Option<MalId>, first: usize) -> Vec<Punkt> {
    let point = |mal: &super::Mal| {
        let niva = mal.content.niva;
        let skipped = |n: &Niva| (first..niva.kolumn()).contains(&n.kolumn());
        let hoppade = Niva::ALL.into_iter().filter(skipped).collect();
        Punkt { mal: mal.id, niva, hoppade, under: points(trad, Some(mal.id), niva.kolumn() + 1) }
    };
    trad.children(of).map(point).collect()
}
