//! Namngivet: which goal a cell names, by number or by title. One that is not there is asked about, the nearest title first.

use super::{
    Mal, MalId, Niva, Trad,
    likhet::{Lika, Titel},
};
use crate::{
    import::{fold, shortened},
    siffror::inlasning::Svar,
    verksamhetsplan::tabell::{Fraga, Val},
};

/// The answer by which something belongs to no goal, or lies under none.
pub const INGET: &str = "inget";
/// The most goals that are offered, the nearest first.
pub(super) const VAL_MOST: usize = 100;

/// What a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Namngivet {
    /// Nothing: it is empty.
    Inget,
    /// A goal.
    Ett(MalId),
    /// More than one on the same level, in the order of the tree.
    Flera(Vec<MalId>),
    /// None that is there.
    Okant,
}

/// The goal that a text names; of several levels the lowest. A number names before a title does.
#[must_use]
pub fn namngivet(trad: &Trad, niva: Option<Niva>, text: &str) -> Namngivet {
    let nr = text.trim().trim_end_matches('.');
    if nr.is_empty() {
        return Namngivet::Inget;
    }
    let title = Titel::new(text);
    let goals: Vec<&Mal> = trad.walk().into_iter().map(|post| post.mal).collect();
    let on_level = |mal: &&&Mal| niva.is_none_or(|niva| mal.content.niva == niva);
    let lowest = |found: Vec<&Mal>| {
        let niva = found.iter().map(|mal| mal.content.niva).max()?;
        Some(found.into_iter().filter(|mal| mal.content.niva == niva).map(|mal| mal.id).collect::<Vec<_>>())
    };
    let by_nr: Vec<&Mal> = goals.iter().filter(on_level).filter(|mal| mal.content.nr == nr).copied().collect();
    let by_title = || {
        let same = |mal: &&&Mal| trad.lika(mal.id, &title) == Some(Lika::Samma);
        goals.iter().filter(on_level).filter(same).copied().collect()
    };
    match lowest(by_nr).or_else(|| lowest(by_title())) {
        None => Namngivet::Okant,
        Some(found) => match found.as_slice() {
            [one] => Namngivet::Ett(*one),
            _ => Namngivet::Flera(found),
        },
    }
}

/// The goal that the cell of a row names, or what has been answered about it. What is not answered is asked, once for each text.
pub fn fraga(
    fragor: &mut Vec<Fraga>,
    svar: &Svar,
    trad: &Trad,
    niva: Option<Niva>,
    text: &str,
    line: u32,
) -> Option<MalId> {
    let (text_asked, offered) = match namngivet(trad, niva, text) {
        Namngivet::Inget => return None,
        Namngivet::Ett(id) => return Some(id),
        Namngivet::Flera(found) => (format!("Flera mål heter ”{}”. Vilket är det?", shortened(text, 80)), found),
        Namngivet::Okant => {
            let all: Vec<MalId> = trad
                .walk()
                .into_iter()
                .filter(|post| niva.is_none_or(|niva| post.mal.content.niva == niva))
                .map(|post| post.mal.id)
                .collect();
            (format!("Målet ”{}” finns inte i planen. Vilket är det?", shortened(text, 80)), all)
        }
    };
    let key = format!("mal:{}:{}", niva.map_or("", Niva::code), fold(text));
    let given = svar.get(&key).map(str::to_owned);
    let chosen = given.as_deref().and_then(|id| id.parse::<MalId>().ok()).filter(|id| trad.get(*id).is_some());
    if let Some(asked) = fragor.iter_mut().find(|asked| asked.key == key) {
        asked.rader.push(line);
        return chosen;
    }
    let title = Titel::new(text);
    let is_near = |id: &MalId| trad.lika(*id, &title) == Some(Lika::Nastan);
    let mut offered = offered;
    offered.sort_by_key(|id| !is_near(id));
    let foreslaget = offered.first().filter(|id| is_near(id)).map(ToString::to_string);
    let named = |id: &MalId| Some(Val::new(id.to_string(), trad.get(*id)?.content.med_nr()));
    let mut val: Vec<Val> = offered.iter().take(VAL_MOST).filter_map(named).collect();
    val.push(Val::new(INGET, "Inget mål"));
    let known = given.filter(|given| val.iter().any(|val| val.code == *given));
    fragor.push(Fraga { key, rader: vec![line], text: text_asked, val, foreslaget, svar: known, maste: true });
    chosen
}
