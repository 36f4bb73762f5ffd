//! Märke: the words by which people say how sure a figure is, and that there is none. The grid and the tables that are read in
//! know the same ones (docs/doman.md 10).

use super::slag::Mark;
use crate::{number, text::compared};

/// What stands where it is known that there is no value.
const SAKNAS: [&str; 17] = [
    "–",
    "-",
    "—",
    "−",
    ".",
    "..",
    "...",
    "…",
    "saknas",
    "uppgift saknas",
    "oklart",
    "okänt",
    "ej känt",
    "ej klart",
    "n/a",
    "i.u.",
    "e.u.",
];

/// Whether a text says that there is no value.
pub(crate) fn saknas(text: &str) -> bool {
    SAKNAS.contains(&compared(text).as_str())
}

/// What is left of a text without the words that say how sure it is, and a word to be kept with the value: "Prognos". The words stand
/// before the figure or behind it; a text of such a word alone is left as it is.
pub(crate) fn marked(text: &str) -> (&str, Mark, String) {
    let (mut rest, mut mark, mut not) = (text.trim(), Mark::Definitiv, String::new());
    loop {
        let bare = |word: &str| compared(word.trim_matches(['.', ',', '(', ')', '*', ':']));
        let is_prel = |word: &str| word == "prel" || word.starts_with("prelimin") || word == "prognos";
        let (first, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let (before, last) = rest.rsplit_once(char::is_whitespace).unwrap_or(("", rest));
        if !after.is_empty() && number::ABOUT.contains(&compared(first).as_str()) {
            (rest, mark) = (after.trim(), mark.max(Mark::Ungefarlig));
        } else if !after.is_empty() && is_prel(&bare(first)) {
            (rest, mark) = (after.trim(), Mark::Preliminar);
            not = if bare(first) == "prognos" { first.trim_matches(['(', ')', ':', ',']).to_owned() } else { not };
        } else if !before.is_empty() && is_prel(&bare(last)) {
            (rest, mark) = (before.trim().trim_end_matches(','), Mark::Preliminar);
            not = if bare(last) == "prognos" { last.trim_matches(['(', ')', ':', ',']).to_owned() } else { not };
        } else {
            return (rest, mark, not);
        }
    }
}
