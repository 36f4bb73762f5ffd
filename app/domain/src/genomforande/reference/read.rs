//! Read: a pasted or uploaded list of cases as rows, and the rows as the text that the store keeps.

use super::{List, Row};
use crate::{
    import::fold,
    kon::{self, Kon, Lasning, Said},
    rows::{self, Parts, lines_in_words},
    table::{self, Body, Record},
};

impl List {
    /// [`List::read_as`] with nothing answered.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self::read_as(text, Lasning::Fraga)
    }

    /// Reads pasted cells or lines: one case a row, columns by tab or semicolon. A row that names the columns is a header;
    /// without one the first column is the reference, and the column with letters for kön is recognised.
    #[must_use]
    pub fn read_as(text: &str, lasning: Lasning) -> Self {
        let records = table::typed(text);
        let parts = parts(&records);
        let Body { head, rows: mut records, mut notes } = table::body(records, parts);
        let columns = head.map_or_else(|| Columns::by_content(&records), |names| Columns::of(&names));
        let nameless = |r: &&Record| r.cell(columns.reference).is_empty();
        let nameless: Vec<u32> = records.iter().filter(nameless).map(|r| r.line).collect();
        records.retain(|r| !r.cell(columns.reference).is_empty());
        match nameless.len() {
            0 => {}
            1 => notes.push(format!("1 rad utan ärendenummer är inte med, {}.", lines_in_words(&nameless))),
            n => notes.push(format!("{n} rader utan ärendenummer är inte med, {}.", lines_in_words(&nameless))),
        }
        let said = |r: &Record| columns.kon.map_or("", |c| r.cell(c)).to_owned();
        let texts: Vec<String> = records.iter().map(said).collect();
        let column = kon::kolumn(texts.iter().map(String::as_str), lasning);
        let asked: Vec<(usize, String)> = column.asked.iter().map(|i| (*i, texts[*i].clone())).collect();
        let rows = std::iter::zip(&records, column.kon)
            .map(|(r, kon)| Row { reference: one_line(r.cell(columns.reference)), kon, handlaggare: columns.name(r) })
            .collect();
        let said = if asked.is_empty() { vec![] } else { texts };
        Self { rows, asked, notes, said }
    }

    /// The list as text, as the field holds it and the store keeps it: reference, kön, handläggare by tab.
    #[must_use]
    pub fn text(&self) -> String {
        let line = |(i, row): (usize, &Row)| {
            let kon = match (self.said.get(i).filter(|said| !said.is_empty()), row.kon) {
                (Some(said), _) => said,
                (None, Some(Kon::Kvinna)) => "K",
                (None, Some(Kon::Man)) => "M",
                (None, Some(other)) => other.label(),
                (None, None) => "",
            };
            let cells = [row.reference.as_str(), kon, row.handlaggare.as_str()];
            let filled = cells.iter().rposition(|c| !c.is_empty()).map_or(0, |last| last + 1);
            table::line(&cells[..filled])
        };
        self.rows.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
    }

    /// What the store keeps, row by row: nothing in it is a header or a sum.
    #[must_use]
    pub fn stored(text: &str) -> Self {
        let rows = table::typed(text).into_iter().map(|r| Row {
            reference: r.cell(0).to_owned(),
            kon: kon::read(r.cell(1)),
            handlaggare: r.cell(2).to_owned(),
        });
        Self { rows: rows.collect(), ..Self::default() }
    }
}

/// A reference of several lines, as a cell holds it, is one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the columns are called, folded, and nothing else: what is known for a header wherever it stands.
const REFERENCE: [&str; 19] = [
    "arende",
    "arenden",
    "arendenr",
    "arendenummer",
    "arendeid",
    "arendetsnummer",
    "referens",
    "referensnummer",
    "dossier",
    "dossiernr",
    "dossiernummer",
    "akt",
    "aktnr",
    "aktnummer",
    "dnr",
    "diarienr",
    "diarienummer",
    "personnummer",
    "pnr",
];
const BESIDE: [&str; 6] =
    ["kon", "handlaggare", "handlaggaren", "socialsekreterare", "ansvarig", "ansvarighandlaggare"];

/// Whether a column of this name holds what cases are called, or whose they are.
pub(crate) fn is_reference(name: &str) -> bool {
    REFERENCE.contains(&fold(name).as_str())
}

/// Whether names make a head.
type Enough<'a> = &'a dyn Fn(&[String]) -> bool;

/// Header, cases and sums. Below the first row a header names two columns, or the references, and by no other words.
fn parts(records: &[Record]) -> Parts {
    // that of the references, of kön, or of who handles the case
    let column = |cell: &str| {
        let beside = BESIDE.iter().position(|name| *name == fold(cell)).map(|at| at.min(1) + 1);
        if is_reference(cell) { Some(0) } else { beside }
    };
    let two = |names: &[String]| {
        let mut named: Vec<usize> = names.iter().filter_map(|n| column(n)).collect();
        named.sort_unstable();
        named.dedup();
        named.len() > 1
    };
    let one = |names: &[String]| names.iter().any(|n| is_reference(n));
    // a row that is followed by one of its kind is a case
    let cases = records.get(1).is_some_and(|r| Columns::of(&r.cells).are_head(&r.cells));
    let first = |names: &[String]| {
        !cases && records.first().is_some_and(|r| r.cells == names) && Columns::of(names).are_head(names)
    };
    let heads: [Enough<'_>; 3] = [&two, &one, &first];
    let enough = heads.into_iter().find(|enough| rows::head(records, column, enough).is_some());
    rows::parts(records, column, |names: &[String]| enough.is_some_and(|enough| enough(names)))
}

/// Which column holds what.
#[derive(Debug, Default)]
struct Columns {
    /// Whether the column of references is named.
    has_reference: bool,
    reference: usize,
    kon: Option<usize>,
    /// None with a header that does not name it; without a header the first text beside the others.
    handlaggare: Option<usize>,
    by_content: bool,
}

impl Columns {
    /// By their heads.
    fn of(names: &[String]) -> Self {
        // a cell with a figure in it is a case or a name, not a head
        let find = |words: &[&str]| {
            names.iter().position(|cell| {
                if cell.is_empty() || cell.bytes().any(|b| b.is_ascii_digit()) {
                    return false;
                }
                let cell = cell.to_lowercase();
                words.iter().any(|word| cell == *word || cell.starts_with(word) && word.len() > 3)
            })
        };
        let reference = find(&[
            "ärende",
            "referens",
            "dossier",
            "diarie",
            "dnr",
            "akt",
            "aktnr",
            "nr",
            "personnummer",
            "födelse",
            "pnr",
        ]);
        let kon = find(&["kön"]);
        let handlaggare = find(&["handläggare", "socialsekreterare", "ansvarig"]);
        let other = (0..names.len()).find(|i| Some(*i) != kon && Some(*i) != handlaggare);
        Self {
            has_reference: reference.is_some(),
            reference: reference.or(other).unwrap_or(0),
            kon,
            handlaggare,
            by_content: false,
        }
    }

    /// Whether the cells they were found in are heads, and no case: a case has its kön, or a figure.
    fn are_head(&self, names: &[String]) -> bool {
        let figure = || names.iter().any(|cell| cell.bytes().any(|b| b.is_ascii_digit()));
        let beside = || (self.kon.is_some() || self.handlaggare.is_some()) && !figure();
        !names.iter().any(|cell| kon::read(cell).is_some()) && (self.has_reference || beside())
    }

    /// By what they hold: kön is where at least every second text is one.
    fn by_content(records: &[Record]) -> Self {
        let width = records.iter().map(|r| r.cells.len()).max().unwrap_or(0);
        let is_kon = |column: &usize| {
            let said = || records.iter().map(|r| kon::said(r.cell(*column))).filter(|s| *s != Said::Nothing);
            let read = said().filter(|s| matches!(s, Said::Kon(_))).count();
            // digits are asked about, beside letters
            let kon = said().filter(|s| *s != Said::Unclear).count();
            read > 0 && 2 * kon >= said().count()
        };
        Self { kon: (1..width).find(is_kon), by_content: true, ..Self::default() }
    }

    /// Who handles the case of a row.
    fn name(&self, record: &Record) -> String {
        let beside = |i: usize| i != self.reference && Some(i) != self.kon;
        let name = match self.handlaggare {
            Some(column) => record.cell(column),
            None if self.by_content => (0..record.cells.len())
                .filter(|i| beside(*i))
                .map(|i| record.cell(i))
                .find(|c| !c.is_empty())
                .unwrap_or_default(),
            None => "",
        };
        one_line(name)
    }
}
