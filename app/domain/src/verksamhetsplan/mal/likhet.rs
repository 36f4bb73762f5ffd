//! Likhet: two titles that are nearly the same, as people spell one goal in two ways: "utvecklingsinriktad", "utvecklingsinriktat". It is
//! offered to spell them as one; nothing is made one by itself, for the same title may well stand on two levels.

use crate::import::fold;

/// How alike two titles are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lika {
    /// Letter by letter, but for case, signs and blanks.
    Samma,
    /// All but one or two letters of a long title.
    Nastan,
}

/// How many letters may differ, by how many a title has.
const fn letters(length: usize) -> usize {
    match length {
        0..=11 => 0,
        12..=29 => 1,
        _ => 2,
    }
}

/// A title as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Titel {
    folded: Vec<char>,
    figures: String,
}

impl Titel {
    /// Reads it once, however often it is compared.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let folded = fold(text);
        let figures = folded.chars().filter(char::is_ascii_digit).collect();
        Self { folded: folded.chars().collect(), figures }
    }

    /// How like another it is; none where they are two. Figures count: goals for 2021 and 2022 are two.
    #[must_use]
    pub fn lika(&self, other: &Self) -> Option<Lika> {
        if self.folded == other.folded {
            return (!self.folded.is_empty()).then_some(Lika::Samma);
        }
        let most = letters(self.folded.len().min(other.folded.len()));
        let near = most > 0
            && self.figures == other.figures
            && self.folded.len().abs_diff(other.folded.len()) <= most
            && is_within(&self.folded, &other.folded, most);
        near.then_some(Lika::Nastan)
    }
}

/// Whether one text becomes the other by so many letters set in, left out or exchanged. What they begin and end with alike says nothing,
/// so that what is left of two long titles is short.
fn is_within(a: &[char], b: &[char], most: usize) -> bool {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    match (a, b, most) {
        ([], rest, _) | (rest, [], _) => rest.len() <= most,
        (_, _, 0) => false,
        ([_, a1 @ ..], [_, b1 @ ..], _) => {
            is_within(a1, b1, most - 1) || is_within(a1, b, most - 1) || is_within(a, b1, most - 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lika(a: &str, b: &str) -> Option<Lika> {
        let (a, b) = (Titel::new(a), Titel::new(b));
        assert_eq!(a.lika(&b), b.lika(&a), "both ways alike");
        a.lika(&b)
    }

    #[test]
    fn two_spellings_of_a_long_title_are_nearly_the_same() {
        let a = "Medarbetarskapet är aktivt, ansvarstagande och utvecklingsinriktad";
        let b = "Medarbetarskapet är aktivt, ansvarstagande och utvecklingsinriktat";
        assert_eq!(lika(a, b), Some(Lika::Nastan));
        assert_eq!(lika(a, &a.to_uppercase()), Some(Lika::Samma));
        assert_eq!(
            lika("Verksamheten har hög tillgänglighet", "Verksamheten har hög  tillgänglighet."),
            Some(Lika::Samma)
        );
        assert_eq!(lika("Budgeten är i balans", "Bugdeten är i balans"), None, "two letters of a short one");
        assert_eq!(lika("Budgeten är i balans", "Budgetn är i balans"), Some(Lika::Nastan));
    }

    #[test]
    fn what_says_something_else_is_another_goal() {
        for (a, b) in [
            ("", ""),
            ("Mål 1", "Mål 2"),
            ("Programmet för hemlöshet 2020 är genomfört", "Programmet för hemlöshet 2021 är genomfört"),
            ("I Bromma är människor självförsörjande", "I Bromma är människor trygga"),
            ("Hemlösheten minskar", "Hemlösheten ökar"),
        ] {
            assert_eq!(lika(a, b), None, "{a}: {b}");
        }
    }
}
