//! Rows: where the head of a table is and which of its rows sum up others. For every reader of a table, whoever made it:
//! plans, lists of cases, tables of slides and enkäter.

use crate::import::fold;

mod head;

pub use head::{WITHIN, head};

/// The head of a table: its place among the rows, and one name for each column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The index of its first row.
    pub first: usize,
    /// The index of its last row; the same where it has one row.
    pub last: usize,
    /// A name for each column: the lower one where there is one, else the upper.
    pub names: Vec<String>,
}

/// The rows of a table by what they are, as indices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The head, where there is one; what stands above it belongs to nothing.
    pub head: Option<Head>,
    /// The rows to read.
    pub body: Vec<usize>,
    /// The rows that sum up others.
    pub totals: Vec<usize>,
}

impl Parts {
    /// What was passed by, in sentences. `line` gives the number of a row as the user counts.
    #[must_use]
    pub fn notes(&self, line: impl Fn(usize) -> u32) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(head) = &self.head {
            let lines: Vec<u32> = (head.first..=head.last).map(&line).collect();
            let above = if head.first > 0 { " Det som står ovanför läses inte in." } else { "" };
            if lines.len() > 1 {
                notes.push(format!("Rubriken är {}.{above}", lines_in_words(&lines)));
            } else if head.first > 0 {
                notes.push(format!("Rubrikraden är {}.{above}", lines_in_words(&lines)));
            }
        }
        let totals: Vec<u32> = self.totals.iter().map(|i| line(*i)).collect();
        match totals.len() {
            0 => {}
            1 => notes.push(format!("Summaraden, {}, läses inte in.", lines_in_words(&totals))),
            _ => notes.push(format!("Summaraderna, {}, läses inte in.", lines_in_words(&totals))),
        }
        notes
    }
}

/// Tells head, body and totals apart. `column` says which column a cell names, `enough` whether these names make a head.
pub fn parts<R: AsRef<[C]>, C: AsRef<str>, K: PartialEq>(
    rows: &[R],
    column: impl Fn(&str) -> Option<K>,
    enough: impl Fn(&[String]) -> bool,
) -> Parts {
    let head = head(rows, column, enough);
    let from = head.as_ref().map_or(0, |head| head.last + 1);
    let totals: Vec<usize> = totals(&rows[from..]).into_iter().map(|i| i + from).collect();
    let body = (from..rows.len()).filter(|i| totals.binary_search(i).is_err()).collect();
    Parts { head, body, totals }
}

/// The words that a sum begins with, folded.
const SUMS: [&str; 14] = [
    "summa",
    "sum",
    "total",
    "totalt",
    "totaler",
    "totalsumma",
    "delsumma",
    "slutsumma",
    "medel",
    "medelvarde",
    "snitt",
    "genomsnitt",
    "median",
    "antal",
];
/// What may follow such a word.
const AFTER: [&str; 12] =
    ["summa", "totalt", "st", "stycken", "arenden", "rader", "poster", "svar", "kontroller", "av", "alla", "kr"];

/// The rows that sum up others, as indices: wherever they stand when they have a figure, the last one in any case.
pub fn totals<R: AsRef<[C]>, C: AsRef<str>>(rows: &[R]) -> Vec<usize> {
    let last = rows.iter().rposition(|row| row.as_ref().iter().any(|cell| !cell.as_ref().trim().is_empty()));
    let is_one = |(i, row): &(usize, &R)| *i > 0 && is_total(row.as_ref(), Some(*i) == last);
    rows.iter().enumerate().filter(is_one).map(|(i, _)| i).collect()
}

/// Whether a row sums up others: "Summa", "Totalt: 12 ärenden", and nothing but figures beside it.
fn is_total<C: AsRef<str>>(cells: &[C], last: bool) -> bool {
    let mut cells = cells.iter().map(|cell| cell.as_ref().trim()).filter(|cell| !cell.is_empty());
    let Some(label) = cells.next() else { return false };
    // no text of a table is as long, and most rows end here
    if label.len() > 60 {
        return false;
    }
    let words: Vec<String> = label.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|w| !w.is_empty()).collect();
    let Some((first, rest)) = words.split_first() else { return false };
    let number = |word: &String| word.bytes().all(|b| b.is_ascii_digit());
    // how many there are is also what a row can be about
    let is_sum = SUMS.contains(&first.as_str()) && (first != "antal" || last);
    if !is_sum || !rest.iter().all(|word| number(word) || AFTER.contains(&word.as_str())) {
        return false;
    }
    let mut figures = rest.iter().any(number);
    for cell in cells {
        if !is_figure(cell) {
            return false;
        }
        figures |= cell.bytes().any(|b| b.is_ascii_digit());
    }
    figures || last
}

/// Whether a cell holds a figure and nothing else: 12, 1 200,50 kr, 97,5 %, -.
#[must_use]
pub fn is_figure(cell: &str) -> bool {
    let bare = cell.trim().trim_end_matches("kr").trim_end_matches("st");
    bare.chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '.' | '%' | '-' | '–' | '−' | '+' | ':'))
}

/// Whether a cell shows an error instead of a value, in whatever language Excel speaks: #SAKNAS!, #REF!, #DIVISION/0!.
#[must_use]
pub fn is_error(cell: &str) -> bool {
    let Some(word) = cell.trim().strip_prefix('#') else { return false };
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let capital = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '/' | '_' | '!' | '?');
    // a column that is too narrow for its figure is copied as hashes
    let narrow = word.len() > 1 && word.bytes().all(|b| b == b'#');
    narrow
        || matches!(word, "N/A" | "SAKNAS")
        || letters > 1 && word.len() < 30 && word.ends_with(['!', '?']) && word.chars().all(capital)
}

/// A cell as Excel calls it: column 1 (from 0) of line 7 is B7.
#[must_use]
pub fn cell_name(column: usize, line: u32) -> String {
    let (mut letters, mut left) = (Vec::new(), column + 1);
    while left > 0 {
        let digit = (left - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &line.to_string()
}

/// Lines as one reads them: "rad 5", "rad 2, 4 och 7–12", "rad 1, 3, 5, 7, 9 och 12 till".
#[must_use]
pub fn lines_in_words(lines: &[u32]) -> String {
    const NAMED: usize = 5;
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &line in lines {
        match runs.last_mut() {
            Some((_, to)) if to.checked_add(1) == Some(line) => *to = line,
            _ => runs.push((line, line)),
        }
    }
    let named = |(from, to): &(u32, u32)| match to - from {
        0 => from.to_string(),
        1 => format!("{from} och {to}"),
        _ => format!("{from}–{to}"),
    };
    let words: Vec<String> = runs.iter().take(NAMED).map(named).collect();
    let more: usize = runs.iter().skip(NAMED).map(|(from, to)| (to - from + 1) as usize).sum();
    match (words.as_slice(), more) {
        (_, more) if more > 0 => format!("rad {} och {more} till", words.join(", ")),
        ([], _) => String::new(),
        ([one], _) => format!("rad {one}"),
        ([first @ .., last], _) if !last.contains(' ') => format!("rad {} och {last}", first.join(", ")),
        (all, _) => format!("rad {}", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&[&str]; 8] = [
        &["Kontrollmål"],
        &["Metod"],
        &["Periodicitet", "Hur ofta"],
        &["Utförs av", "Ansvarig"],
        &["Målvärde (%)", "Målvärde"],
        &["Urval"],
        &["Nr"],
        &["Månader"],
    ];

    fn column(name: &str) -> Option<usize> {
        NAMES.iter().position(|names| names.iter().any(|n| fold(n) == fold(name)))
    }

    pub(super) fn found(rows: &[&[&str]]) -> Parts {
        let enough = |names: &[String]| [0, 2].iter().all(|c| names.iter().any(|name| column(name) == Some(*c)));
        parts(rows, column, enough)
    }

    #[test]
    fn a_head_on_the_fourth_row_and_a_sum_last_are_neither_of_them_rows() {
        let parts = found(&[
            &["Egenkontrollplan"],
            &["Enhet Norr"],
            &["2026"],
            &["Kontrollmål", "Periodicitet", "Urval"],
            &["Trygghet", "tertial", "20"],
            &["Delaktighet", "år", "10"],
            &["Summa", "", "30"],
        ]);
        assert_eq!(parts.head.as_ref().map(|h| (h.first, h.last)), Some((3, 3)));
        assert_eq!((parts.body.as_slice(), parts.totals.as_slice()), ([4, 5].as_slice(), [6].as_slice()));
        let line = |i: usize| u32::try_from(i).unwrap() + 1;
        assert_eq!(
            parts.notes(line),
            ["Rubrikraden är rad 4. Det som står ovanför läses inte in.", "Summaraden, rad 7, läses inte in."]
        );
    }

    #[test]
    fn only_what_sums_up_is_a_sum() {
        let last = |cells: &[&str]| totals(&[&["Trygghet", "år"][..], cells]) == [1];
        for sum in [
            &["Summa", "", "120"][..],
            &["", "Totalt:", "12 st", "97,5 %"],
            &["Totalt 10 ärenden"],
            &["SUMMA TOTALT", "-"],
            &["Antal", "10"],
            &["Medelvärde", "4,2"],
        ] {
            assert!(last(sum), "{sum:?}");
        }
        for row in
            [&["Antal äldre än 14 dagar", "10"][..], &["Total", "varje månad"], &["Summan är rätt"], &["EB-1", "12"]]
        {
            assert!(!last(row), "{row:?}");
        }
        // in the middle of a table a word alone can be what a row is about
        assert_eq!(totals(&[&["a", "1"][..], &["Delsumma", "1"], &["Total"], &["b", "2"]]), [1]);
    }

    #[test]
    fn an_error_of_excel_is_known_in_swedish_and_in_english() {
        for word in [
            "#SAKNAS!",
            "#REFERENS!",
            "#VÄRDEFEL!",
            "#NAMN?",
            "#DIVISION/0!",
            "#OGILTIGT!",
            "#SKÄRNING!",
            "#N/A",
            "#REF!",
            "#VALUE!",
            "#DIV/0!",
            "#NAME?",
            "#NUM!",
            "#NULL!",
            "#SPILL!",
            "#GETTING_DATA!",
            "#SAKNAS",
            "#####",
        ] {
            assert!(is_error(word), "{word}");
        }
        for text in ["", "#", "#1", "#metoo", "# Rubrik", "#1!", "Hjälp!", "SAKNAS!"] {
            assert!(!is_error(text), "{text}");
        }
    }

    #[test]
    fn a_cell_is_named_as_excel_does() {
        assert_eq!([0, 1, 25, 26, 701, 702].map(|c| cell_name(c, 7)), ["A7", "B7", "Z7", "AA7", "ZZ7", "AAA7"]);
    }

    #[test]
    fn lines_read_as_one_says_them() {
        assert_eq!(lines_in_words(&[5]), "rad 5");
        assert_eq!(lines_in_words(&[2, 4, 7]), "rad 2, 4 och 7");
        assert_eq!(lines_in_words(&[2, 4, 7, 8]), "rad 2, 4, 7 och 8");
        assert_eq!(lines_in_words(&[3, 5, 6, 7, 8]), "rad 3 och 5–8");
        let odd: Vec<u32> = (0..40).map(|i| 2 * i + 1).collect();
        assert_eq!(lines_in_words(&odd), "rad 1, 3, 5, 7, 9 och 35 till");
    }
}
