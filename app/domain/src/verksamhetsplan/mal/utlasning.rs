//! Utläsning: a chain as the table that is read back: the columns of [`super::inlasning::KOLUMNER`].

use super::{
    MalId, Niva, Trad,
    namngivet::{Namngivet, namngivet},
};

/// The cells of every goal, in the order of the tree and of the columns.
#[must_use]
pub fn celler(trad: &Trad) -> Vec<Vec<String>> {
    let row = |mal: &super::Mal| {
        let content = &mal.content;
        let under = trad.above(mal.id).map_or_else(String::new, |above| namn(trad, above.id));
        vec![
            content.niva.label().to_owned(),
            content.nr.clone(),
            content.titel.clone(),
            under,
            content.beskrivning.clone(),
        ]
    };
    trad.walk().into_iter().map(|post| row(post.mal)).collect()
}

/// How a cell names a goal so that it is found again: by its title, and by its number where that alone is its own. Of two that nothing tells
/// apart it is the title, about which it is asked when it is read.
#[must_use]
pub fn namn(trad: &Trad, id: MalId) -> String {
    let Some(mal) = trad.get(id) else { return String::new() };
    let (nr, titel) = (&mal.content.nr, &mal.content.titel);
    let found = |niva: Option<Niva>, text: &str| namngivet(trad, niva, text) == Namngivet::Ett(id);
    // a title may stand on two levels, and a number may be that of a goal of another level
    if !found(None, titel) && !nr.is_empty() && found(None, nr) { nr.clone() } else { titel.clone() }
}
