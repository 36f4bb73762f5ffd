//! Text: paragraphs, lists and quotations of words that may be bold, italic or lead somewhere.

use serde::{Deserialize, Serialize};

/// Words that are written alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Heavier than the others.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub bold: bool,
    /// Leaning.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub italic: bool,
    /// Where they lead: an address that begins with `https://`, or nowhere.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub link: String,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Para {
    /// A paragraph.
    Words(Vec<Run>),
    /// Items, each of which may have paragraphs and lists of its own.
    List {
        /// The number of the first; without it they have marks.
        first: Option<u64>,
        /// One entry for each: its paragraphs, and lists below it.
        items: Vec<Vec<Para>>,
    },
    /// What somebody else has said.
    Quote(Vec<Para>),
}

impl<T: Into<String>> From<T> for Run {
    fn from(text: T) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A text as it was typed: each line that is not empty is a paragraph.
#[must_use]
pub fn plain(text: &str) -> Vec<Para> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| Para::Words(vec![Run::from(line)])).collect()
}

/// A text as it was typed, where lines that begin with a mark of their own are items of a list, as in a letter: `- item`, `• item`.
#[must_use]
pub fn with_lists(text: &str) -> Vec<Para> {
    let mut out: Vec<Para> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let item = MARKS.into_iter().find_map(|mark| line.trim_start().strip_prefix(mark)).map(str::trim);
        match (item.filter(|item| !item.is_empty()), out.last_mut()) {
            (Some(item), Some(Para::List { first: None, items })) => items.push(plain(item)),
            (Some(item), _) => out.push(Para::List { first: None, items: vec![plain(item)] }),
            (None, _) => out.extend(plain(line)),
        }
    }
    out
}

/// What an item of a list is typed with.
const MARKS: [&str; 3] = ["- ", "• ", "– "];

/// The words of a paragraph.
#[must_use]
pub fn said(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// The words of a text, a paragraph in each.
#[must_use]
pub fn lines(paras: &[Para]) -> Vec<String> {
    let mut out = vec![];
    for para in paras {
        match para {
            Para::Words(runs) => out.push(said(runs)),
            Para::List { items, .. } => out.extend(items.iter().flat_map(|item| lines(item))),
            Para::Quote(paras) => out.extend(lines(paras)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_text_has_a_paragraph_for_each_line() {
        assert_eq!(lines(&plain("Ett\n\n  \nTvå")), ["Ett", "Två"]);
        assert_eq!(plain(" \n"), []);
    }

    #[test]
    fn lines_that_begin_with_a_mark_are_a_list_and_a_dash_within_a_line_is_none() {
        let read = with_lists(
            "Ansvar:\n\n- utredning\n- arbetsträning – hela året\nEnheten leds av en chef.\n• mottagning\n- ",
        );
        let shape: Vec<usize> =
            read.iter().map(|p| if let Para::List { items, .. } = p { items.len() } else { 0 }).collect();
        assert_eq!(shape, [0, 2, 0, 1, 0]);
        let words =
            ["Ansvar:", "utredning", "arbetsträning – hela året", "Enheten leds av en chef.", "mottagning", "- "];
        assert_eq!(lines(&read), words);
    }
}
