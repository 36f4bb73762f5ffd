//! Namn: which value of a dimension a heading or a cell names. Names that are shortened or misspelt are asked about once, the nearest
//! first; the answer is remembered. Nothing is taken on likeness alone.

use std::collections::{BTreeSet, HashMap};

use super::{Fraga, Svar, Val};
use crate::{
    import::fold,
    siffror::dimension::{Dimension, DimensionsvardeId},
    text::compared,
};

/// What a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Namn {
    /// A value.
    Varde(DimensionsvardeId),
    /// All of them together.
    Alla,
    /// Nothing of the series: it is passed by.
    Hoppas,
    /// Nobody has said yet.
    Okant,
}

/// Answers about a name that are no value.
pub(super) const HOPPA: &str = "hoppa";
pub(super) const NY: &str = "ny";
pub(super) const ALLA: &str = "alla";

/// The most names that are asked about: a table with more is of another series.
pub(super) const OKANDA_MOST: usize = 100;

/// Whether a heading or a cell is a sum: Summa, Totalt, Samtliga.
pub(super) fn is_summa(text: &str) -> bool {
    const WORDS: [&str; 10] = [
        "summa",
        "sum",
        "totalt",
        "total",
        "totalsumma",
        "samtliga",
        "alla",
        "summatotalt",
        "slutsumma",
        "totaltantal",
    ];
    text.len() <= 40 && WORDS.contains(&fold(text).as_str())
}

/// Whether a heading or a text is about differences and not values: "Förändring mellan mar 2022 och ...".
pub(super) fn is_andring(text: &str) -> bool {
    const WORDS: [&str; 5] = ["forandring", "andring", "skillnad", "differens", "diff"];
    let folded = fold(&text.chars().take(60).collect::<String>());
    // as the rows of our own table are called: "Mot månaden före", "Mot samma månad i fjol"
    let own = folded.starts_with("motsamma") || folded.starts_with("mot") && folded.ends_with("fore");
    own || WORDS.iter().any(|word| folded.starts_with(word))
}

/// The names of a table.
pub(super) struct Namnlista<'a> {
    dims: &'a [Dimension],
    svar: &'a Svar,
    known: HashMap<(usize, String), Namn>,
    /// What is asked, in the order of the table.
    pub(super) fragor: Vec<Fraga>,
    /// Groups, which are not stored themselves.
    pub(super) grupper: BTreeSet<String>,
}

impl<'a> Namnlista<'a> {
    pub(super) fn new(dims: &'a [Dimension], svar: &'a Svar) -> Self {
        Self { dims, svar, known: HashMap::new(), fragor: vec![], grupper: BTreeSet::new() }
    }

    /// What a text names in a dimension, without asking.
    pub(super) fn known(&self, d: usize, text: &str) -> Option<Namn> {
        if is_summa(text) {
            return Some(Namn::Alla);
        }
        self.dims[d].named(text).map(|value| Namn::Varde(value.id))
    }

    /// What a text names in a dimension; what is not known is asked about.
    pub(super) fn of(&mut self, d: usize, text: &str) -> Namn {
        let place = (d, text.to_owned());
        if let Some(known) = self.known.get(&place) {
            return *known;
        }
        let dim = &self.dims[d];
        let named = match self.known(d, text) {
            Some(Namn::Varde(id)) if dim.is_grupp(id) => {
                self.grupper.insert(text.to_owned());
                Namn::Hoppas
            }
            Some(named) => named,
            None => self.asked(d, text),
        };
        self.known.insert(place, named);
        named
    }

    fn asked(&mut self, d: usize, text: &str) -> Namn {
        let dim = &self.dims[d];
        let key = key(d, text);
        let answered = self.svar.get(&key);
        let named = match answered {
            Some(HOPPA) => Namn::Hoppas,
            Some(ALLA) => Namn::Alla,
            Some(id) => match id.parse::<DimensionsvardeId>().ok().filter(|id| dim.get(*id).is_some()) {
                Some(id) => Namn::Varde(id),
                None => Namn::Okant,
            },
            None => Namn::Okant,
        };
        // a table with more is refused as a whole
        if self.fragor.len() <= 2 * OKANDA_MOST && self.fragor.iter().all(|fraga| fraga.key != key) {
            let svar = answered.filter(|_| named != Namn::Okant).map(str::to_owned);
            let near = near(dim, text);
            let value = |id: DimensionsvardeId, foreslas| {
                let label = dim.get(id).map_or_else(String::new, |v| v.namn.clone());
                Val { value: id.to_string(), label, foreslas }
            };
            let mut choices: Vec<Val> = near.iter().enumerate().map(|(at, id)| value(*id, at == 0)).collect();
            let others = dim.values.iter().filter(|v| !near.contains(&v.id) && !dim.is_grupp(v.id));
            choices.extend(others.map(|v| value(v.id, false)));
            choices.push(Val::new(NY, format!("Nytt värde i {}: {text}", dim.namn)));
            choices.push(Val::new(ALLA, "Alla tillsammans".to_owned()));
            choices.push(Val::new(HOPPA, "Hoppa över".to_owned()));
            let om = Some((d, text.to_owned()));
            let text = format!("Vad är ”{text}” i uppdelningen {}?", dim.namn);
            self.fragor.push(Fraga { key, text, choices, svar, maste: true, period: None, om });
        }
        named
    }
}

/// The key of the question about a name of a dimension.
#[must_use]
pub fn key(d: usize, text: &str) -> String {
    format!("namn:{d}:{}", compared(text.trim()))
}

/// The values whose names are near a text, the nearest first.
fn near(dim: &Dimension, text: &str) -> Vec<DimensionsvardeId> {
    let text = compared(text.trim());
    let most = (text.chars().count() / 3).max(1);
    let mut found: Vec<(usize, DimensionsvardeId)> = dim
        .values
        .iter()
        .filter(|v| !dim.is_grupp(v.id))
        .filter_map(|v| {
            let name = compared(&v.namn);
            let far =
                if is_short_of(&text, &name) || is_short_of(&name, &text) { 1 } else { distance(&text, &name, most)? };
            Some((far, v.id))
        })
        .collect();
    found.sort_by_key(|(far, _)| *far);
    found.into_iter().map(|(_, id)| id).take(3).collect()
}

/// Whether each word begins as the word at its place: "enskede-å-v" and "enskede-årsta-vantör", "rinkeby" and "rinkeby-kista".
fn is_short_of(short: &str, name: &str) -> bool {
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    let (short, name) = (words(short), words(name));
    !short.is_empty()
        && short.len() <= name.len()
        && std::iter::zip(&short, &name).all(|(s, n)| n.starts_with(s.as_str()))
}

/// How many letters are to be changed, put in or taken out to make one of the other (Levenshtein); none where they are more than `most`.
fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(120).collect(), b.chars().take(120).collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row.last().copied().filter(|far| *far <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_wrong_are_counted() {
        assert_eq!(distance("skarholmen", "skärholmen", 3), Some(1));
        assert_eq!(distance("norrmalm", "södermalm", 2), None);
        assert_eq!(distance("farsta", "frasta", 2), Some(2));
        assert!(is_short_of("enskede-å-v", "enskede-årsta-vantör") && is_short_of("rinkeby", "rinkeby-kista"));
        assert!(!is_short_of("norrmalm", "norra"));
    }

    #[test]
    fn a_sum_and_a_difference_are_known_by_their_words() {
        for text in ["Summa", "TOTALT:", "Samtliga", "Summa totalt"] {
            assert!(is_summa(text), "{text}");
        }
        assert!(!is_summa("Antal") && !is_summa("Bromma") && !is_summa(""));
        assert!(is_andring("Förändring mellan mar 2022 och ...") && !is_andring("Mars 2022"));
        assert!(is_andring("Mot månaden före") && is_andring("Mot samma månad i fjol") && !is_andring("Motala"));
    }
}
