//! Borttaget: what a plan has once copied and somebody has removed from it since. It is not copied again, and neither is what lies under it:
//! both are told of.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use crate::{apt::finding::in_words, format};

/// What a plan has once copied: the copy of each source. Either may be gone since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kopierat(pub BTreeMap<Uuid, Uuid>);

impl Kopierat {
    /// Whether something has been copied, whatever has become of its copy.
    #[must_use]
    pub fn has(&self, source: Uuid) -> bool {
        self.0.contains_key(&source)
    }

    /// The copies that stand in a plan, by what they are of. `there` is what the plan has, each with what it says that it was copied from: a
    /// copy whose source was gone for a while says nothing of it.
    #[must_use]
    pub fn standing(&self, there: impl IntoIterator<Item = (Uuid, Option<Uuid>)>) -> HashMap<Uuid, Uuid> {
        let (mut ids, mut out) = (HashSet::new(), HashMap::new());
        for (id, source) in there {
            ids.insert(id);
            if let Some(source) = source {
                out.insert(source, id);
            }
        }
        for (source, copy) in self.0.iter().filter(|(_, copy)| ids.contains(*copy)) {
            out.entry(*source).or_insert(*copy);
        }
        out
    }
}

/// How many of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Antal {
    /// Goals.
    pub mal: usize,
    /// Rows of what is expected.
    pub forvantat: usize,
    /// What is measured.
    pub indikatorer: usize,
    /// What is followed.
    pub uppfoljning: usize,
    /// Chapters.
    pub kapitel: usize,
}

impl Antal {
    /// `två mål och en rad`; none where there is nothing.
    fn said(self) -> Option<String> {
        let kinds = [
            (self.mal, true, "mål", "mål"),
            (self.forvantat, false, "rad", "rader"),
            (self.indikatorer, false, "indikator", "indikatorer"),
            (self.uppfoljning, false, "uppföljning", "uppföljningar"),
            (self.kapitel, true, "kapitel", "kapitel"),
        ];
        let said: Vec<String> = kinds
            .into_iter()
            .filter(|(n, ..)| *n > 0)
            .map(|(n, neuter, one, many)| format!("{} {}", in_words(n, neuter), if n == 1 { one } else { many }))
            .collect();
        let words: Vec<&str> = said.iter().map(String::as_str).collect();
        (!words.is_empty()).then(|| format::and(&words))
    }
}

/// What is not copied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Utelamnat {
    /// What was copied once, and has been removed from the new plan since.
    pub borttaget: Antal,
    /// What has been added since to goals that are among those.
    pub nytt: Antal,
}

impl Utelamnat {
    /// Those that something is one of: of what was removed itself, or of what lies under it.
    pub(super) fn av(&mut self, borttaget: bool) -> &mut Antal {
        if borttaget { &mut self.borttaget } else { &mut self.nytt }
    }

    /// Whether everything is copied.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is said of it. The year is that of the new plan.
    #[must_use]
    pub fn notes(&self, year: i32) -> Vec<String> {
        let gone = self.borttaget.said().map(|said| {
            let said = format::capitalised(&said);
            format!("{said} som har tagits bort i planen för {year} togs inte med igen.")
        });
        let new = self.nytt.said().map(|said| {
            let of = if self.borttaget.mal == 1 { "det målet" } else { "de målen" };
            format!("Nytt som hör till {of} togs inte heller med: {said}.")
        });
        gone.into_iter().chain(new).collect()
    }
}
