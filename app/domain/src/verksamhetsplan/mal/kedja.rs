//! Kedja: the chain of goals as a list in a list, for whoever reads the picture in rows: a level that is skipped is said. What it looks like
//! is for the screen to say.

use super::{MalId, Niva, Trad};

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
