//! Beslutat: what a plan says when it is opened to be changed, kept so that the change can be given up: chapters, goals with their texts and
//! what is expected and followed of them, what they are measured by, and its bilagor. What the year itself writes is no part of it, and stays.

use serde::{Deserialize, Serialize};

use super::{bilaga::Bilaga, kapitel::Kapitel};
use crate::verksamhetsplan::{
    enhetsmal::{Enhetsmal, uppfoljning::Uppfoljning, vpgrupp::VpgruppId},
    forvantat,
    indikator::Indikator,
    mal::{Mal, MalId},
};

/// An indikator where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matt {
    /// The goal that it follows.
    pub mal: MalId,
    /// Its place among those of the plan.
    pub ordning: i64,
    /// What is measured and aimed at.
    pub indikator: Indikator,
}

/// What a plan says, of its own: the goals of the nodes above it are theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Beslutat {
    /// Its chapters.
    pub kapitel: Vec<Kapitel>,
    /// Its goals.
    pub mal: Vec<Mal>,
    /// The texts of those that have any.
    pub texter: Vec<Enhetsmal>,
    /// What is expected of them.
    pub forvantat: Vec<forvantat::Rad>,
    /// What they are measured by, and those of the nodes above.
    pub indikatorer: Vec<Matt>,
    /// What is followed of its goals.
    pub uppfoljning: Vec<Uppfoljning>,
    /// Which VP-grupp has which of its goals: a goal that is taken away takes that with it.
    pub grupper: Vec<(VpgruppId, MalId)>,
    /// What lies beside it.
    pub bilagor: Vec<Bilaga>,
}

impl Beslutat {
    /// The goals with each after what it lies under, where that is one of them.
    #[must_use]
    pub fn mal_i_ordning(&self) -> Vec<&Mal> {
        let mut out: Vec<&Mal> = Vec::with_capacity(self.mal.len());
        let mut rest: Vec<&Mal> = self.mal.iter().collect();
        while !rest.is_empty() {
            let is_own = |id: MalId, all: &[&Mal]| all.iter().any(|mal| mal.id == id);
            let (ready, later): (Vec<&Mal>, Vec<&Mal>) =
                rest.iter().copied().partition(|mal| mal.under.is_none_or(|under| !is_own(under, &rest)));
            // goals under each other in a ring are in no plan, and would be taken as they stand
            if ready.is_empty() {
                out.extend(later);
                break;
            }
            out.extend(ready);
            rest = later;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        id::NodeId,
        verksamhetsplan::mal::{Content, Niva},
    };

    #[test]
    fn a_goal_comes_after_what_it_lies_under() {
        let mal = |n: u128, under: Option<u128>| Mal {
            id: MalId(Uuid::from_u128(n)),
            node: NodeId(Uuid::nil()),
            year: 2026,
            under: under.map(|n| MalId(Uuid::from_u128(n))),
            ordning: 1,
            copied_from: None,
            content: Content {
                niva: Niva::Enhetsmal,
                nr: String::new(),
                titel: "Mål".into(),
                beskrivning: String::new(),
            },
            version: 1,
        };
        // 9 is of the node above
        let all = Beslutat {
            mal: vec![mal(3, Some(2)), mal(2, Some(1)), mal(1, Some(9)), mal(4, None)],
            ..Beslutat::default()
        };
        let order: Vec<u128> = all.mal_i_ordning().iter().map(|mal| mal.id.0.as_u128()).collect();
        assert_eq!(order, [1, 4, 2, 3]);
        let ring = Beslutat { mal: vec![mal(1, Some(2)), mal(2, Some(1))], ..Beslutat::default() };
        assert_eq!(ring.mal_i_ordning().len(), 2);
    }
}
