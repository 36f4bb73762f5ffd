//! Upplägg: how a table is laid out: where its times stand, which columns name a value of a dimension, which hold values, and what
//! their headings say. Times across are read as if the table stood on its side, so that there is one way to read.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{
    cell::{Cell, cell},
    egen::Egen,
    tid,
};
use crate::{
    import::{Mark, Row},
    period::Grain,
    rows::cell_name,
    siffror::{dimension::Dimension, serie::Content},
};

/// How a table is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Upplagg {
    /// A time in each row, values in columns.
    TidNed,
    /// A time in each column.
    TidTvars,
    /// A row for each value, with its time and what it is divided by.
    Lang,
    /// No time at all: it is asked for.
    UtanTid,
}

/// How far the times of a table are looked for, to the right and below.
const LOOKED_AT: usize = 15;
/// How many rows are looked at to see what a column is.
const SAMPLE: usize = 300;
/// How many rows of headings a table has at most.
const LEVELS: usize = 4;

/// The cells of a table, as it stands or on its side.
#[derive(Clone, Copy)]
pub(super) struct Rut<'a> {
    rows: &'a [Row],
    width: usize,
    tvars: bool,
}

impl<'a> Rut<'a> {
    pub(super) fn new(rows: &'a [Row], tvars: bool) -> Self {
        Self { rows, width: rows.iter().map(|row| row.cells.len()).max().unwrap_or(0), tvars }
    }

    pub(super) fn height(&self) -> usize {
        if self.tvars { self.width } else { self.rows.len() }
    }

    pub(super) fn width(&self) -> usize {
        if self.tvars { self.rows.len() } else { self.width }
    }

    fn place(&self, r: usize, c: usize) -> (&'a Row, usize) {
        if self.tvars { (&self.rows[c], r) } else { (&self.rows[r], c) }
    }

    pub(super) fn text(&self, r: usize, c: usize) -> &'a str {
        let (row, column) = self.place(r, c);
        row.cells.get(column).map_or("", |text| text.trim())
    }

    /// As Excel calls it: B7.
    pub(super) fn name(&self, r: usize, c: usize) -> String {
        let (row, column) = self.place(r, c);
        cell_name(column, row.line)
    }

    /// "Kolumn C", and "Rad 3" of one that lies on its side: where it stands in the file.
    pub(super) fn column(&self, c: usize) -> String {
        if self.tvars {
            return format!("Rad {}", self.rows[c].line);
        }
        format!("Kolumn {}", cell_name(c, 1).trim_end_matches('1'))
    }

    /// A formula whose value the file does not hold.
    pub(super) fn has_no_value(&self, r: usize, c: usize) -> bool {
        let (row, column) = self.place(r, c);
        row.has(column, &Mark::NoValue)
    }

    /// Whether nothing stands between two rows that follow each other.
    fn adjoin(&self, r: usize) -> bool {
        self.tvars || self.rows[r + 1].line == self.rows[r].line + 1
    }

    fn sample(&self, from: usize) -> std::ops::Range<usize> {
        from..self.height().min(from + SAMPLE)
    }
}

/// What the columns of a table are.
pub(super) struct Kolumner {
    /// Where the times stand.
    pub(super) tid: Option<usize>,
    /// They are bare numbers under a heading: "Månad" above 1–12.
    pub(super) bare: bool,
    /// Where the years stand, beside the times.
    pub(super) ar: Option<usize>,
    /// Which says yes where a row is preliminary.
    pub(super) preliminar: Option<usize>,
    /// Which name values of a dimension: its place among those of the series, and the column.
    pub(super) dims: Vec<(usize, usize)>,
    /// Which hold values.
    pub(super) varden: Vec<usize>,
    /// What stands above the values, from the top; one text for each of `varden`.
    pub(super) levels: Vec<Vec<String>>,
    /// The first row below the headings.
    pub(super) first: usize,
    /// Headings of columns of texts, which are not read.
    pub(super) ovriga: Vec<String>,
    /// It is a workbook of ours.
    pub(super) egen: Option<Egen>,
}

/// The times that are read, each text once.
pub(super) struct Tider {
    grain: Grain,
    known: HashMap<String, Option<tid::Tid>>,
}

impl Tider {
    pub(super) fn new(grain: Grain) -> Self {
        Self { grain, known: HashMap::new() }
    }

    pub(super) fn of(&mut self, text: &str, bare: bool) -> Option<tid::Tid> {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let read = tid::namnd(text, self.grain).or_else(|| bare.then(|| tid::bare(text, self.grain)).flatten());
        self.known.insert(text.to_owned(), read);
        read
    }
}

/// Where times stand: the column, how many there are, and how many figures stand beside them.
fn times(rut: &Rut<'_>, grain: Grain) -> Option<(usize, usize, usize)> {
    let mut tider = Tider::new(grain);
    let mut best: Option<(usize, usize, usize)> = None;
    for c in 0..rut.width().min(LOOKED_AT) {
        let rows: Vec<usize> = rut.sample(0).filter(|r| tider.of(rut.text(*r, c), false).is_some()).collect();
        // a long table has the same month many times, and they are as many
        if rows.is_empty() || best.is_some_and(|(_, many, _)| rows.len() <= many) {
            continue;
        }
        let figures = rows.iter().take(LOOKED_AT).map(|r| {
            (0..rut.width().min(LOOKED_AT)).filter(|other| *other != c && is_figure(rut.text(*r, *other))).count()
        });
        best = Some((c, rows.len(), figures.sum()));
    }
    best
}

fn is_figure(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit()) && crate::rows::is_figure(text)
}

/// A heading that says that bare numbers below it are the times.
fn headed(rut: &Rut<'_>, grain: Grain) -> Option<(usize, usize)> {
    let mut places =
        (0..rut.height().min(LOOKED_AT)).flat_map(|r| (0..rut.width().min(LOOKED_AT)).map(move |c| (r, c)));
    places.find(|(r, c)| {
        let below = rut.sample(r + 1).map(|row| rut.text(row, *c)).filter(|text| !text.is_empty());
        let mut below = below.take(LOOKED_AT).peekable();
        tid::is_head(rut.text(*r, *c), grain)
            && below.peek().is_some()
            && below.all(|text| tid::bare(text, grain).is_some())
    })
}

/// Whether times stand across, and whether there are any.
pub(super) fn tvars(rows: &[Row], grain: Grain) -> Result<Option<bool>, String> {
    let (ned, over) = (Rut::new(rows, false), Rut::new(rows, true));
    if Egen::of(rows).is_some() && times(&ned, grain).is_some() {
        return Ok(Some(false));
    }
    if grain != Grain::Ar && headed(&ned, grain).is_some() {
        return Ok(Some(false));
    }
    match (times(&ned, grain), times(&over, grain)) {
        (None, None) => match other_grain(&ned, &over, grain) {
            Some(other) => Err(format!(
                "Tabellen har ett värde per {}, men serien har ett per {}. Läs in den i en serie för {}.",
                other.label(),
                grain.label(),
                other.many()
            )),
            None => Ok(None),
        },
        (Some(_), None) => Ok(Some(false)),
        (None, Some(_)) => Ok(Some(true)),
        (Some(a), Some(b)) => Ok(Some((b.1, b.2) > (a.1, a.2))),
    }
}

/// The grain that the times of a table have, where it is another than that of the series.
fn other_grain(ned: &Rut<'_>, over: &Rut<'_>, grain: Grain) -> Option<Grain> {
    let others = Grain::ALL.into_iter().filter(|g| *g != grain);
    // figures of years are also what is counted: they are times only where they stand first
    let is_so = |rut: &Rut<'_>, g| times(rut, g).is_some_and(|(c, many, _)| many > 1 && (g != Grain::Ar || c == 0));
    others.into_iter().find(|g| is_so(ned, *g) || is_so(over, *g))
}

/// What the columns are.
pub(super) fn kolumner(rut: &Rut<'_>, content: &Content, dims: &[Dimension], har_tid: bool) -> Kolumner {
    let grain = content.grain;
    let headed = (har_tid && grain != Grain::Ar).then(|| headed(rut, grain)).flatten();
    let tid = headed.map(|(_, c)| c).or_else(|| har_tid.then(|| times(rut, grain)).flatten().map(|(c, ..)| c));
    let bare = headed.is_some();
    let mut tider = Tider::new(grain);
    let first = match (tid, headed) {
        (_, Some((r, _))) => r + 1,
        (Some(c), None) => (0..rut.height()).find(|r| tider.of(rut.text(*r, c), false).is_some()).unwrap_or(0),
        (None, None) => (0..rut.height())
            .find(|r| (0..rut.width()).any(|c| matches!(cell(rut.text(*r, c), content.slag), Cell::Tal(_))))
            .unwrap_or(0),
    };
    let texts = |c: usize| rut.sample(first).map(move |r| rut.text(r, c)).filter(|text| !text.is_empty());
    let above =
        |c: usize| (first.saturating_sub(LEVELS)..first).rev().map(|r| rut.text(r, c)).find(|text| !text.is_empty());
    let ar = tid
        .filter(|_| grain != Grain::Ar)
        .and_then(|t| (0..t).find(|c| texts(*c).next().is_some() && texts(*c).all(|text| tid::year(text).is_some())));
    let preliminar = (0..rut.width())
        .find(|c| tid != Some(*c) && above(*c).is_some_and(|head| crate::import::fold(head).starts_with("prelim")));
    let egen = Egen::of(rut.rows).filter(|_| !rut.tvars);
    let is_read = |c: &usize| !egen.as_ref().is_some_and(|egen| egen.has(*c));
    let rest: Vec<usize> = (0..rut.width())
        .filter(|c| ![tid, ar, preliminar].contains(&Some(*c)) && texts(*c).next().is_some() && is_read(c))
        .collect();
    let is_word = |text: &str| !matches!(cell(text, content.slag), Cell::Tal(_) | Cell::Saknas(_) | Cell::Dold);
    let named = dims_of(&rest, dims, &texts, &above, &is_word);
    let is_value = |c: &usize| {
        let mut all = texts(*c).map(|text| cell(text, content.slag)).peekable();
        let looked_at: Vec<Cell> = all.by_ref().take(SAMPLE).collect();
        let texts = looked_at.iter().filter(|cell| matches!(cell, Cell::Fel(_))).count();
        texts * 2 < looked_at.len().max(1)
    };
    let (mut varden, others): (Vec<usize>, Vec<usize>) =
        rest.iter().copied().filter(|c| !named.iter().any(|(_, at)| at == c)).partition(is_value);
    if let Some(egen) = &egen {
        varden = vec![egen.varde];
    }
    let ovriga = others.iter().filter_map(|c| above(*c)).map(str::to_owned).collect();
    let levels = levels(rut, first, &varden, &is_word);
    Kolumner { tid, bare, ar, preliminar, dims: named, varden, levels, first, ovriga, egen }
}

/// The columns whose cells name values of a dimension, by their heading or by what they hold.
fn dims_of<'a, I: Iterator<Item = &'a str>>(
    rest: &[usize],
    dims: &[Dimension],
    texts: &impl Fn(usize) -> I,
    above: &impl Fn(usize) -> Option<&'a str>,
    is_word: &impl Fn(&str) -> bool,
) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let is_text = |c: usize| {
        let (mut all, mut words) = (0, 0);
        for text in texts(c).take(LOOKED_AT * 4) {
            all += 1;
            words += usize::from(is_word(text));
        }
        words * 2 > all
    };
    let hits = |d: &Dimension, c: usize| texts(c).take(LOOKED_AT * 4).filter(|text| d.named(text).is_some()).count();
    let free = |found: &[(usize, usize)], c: usize| !found.iter().any(|(_, at)| *at == c);
    let fold = crate::import::fold;
    for (at, d) in dims.iter().enumerate() {
        let by_head = rest.iter().copied().filter(|c| free(&found, *c));
        let by_head = by_head.clone().find(|c| above(*c).is_some_and(|head| fold(head) == fold(&d.namn)));
        let by_cells = || {
            let best = rest.iter().copied().filter(|c| free(&found, *c)).map(|c| (hits(d, c), c));
            best.filter(|(hits, c)| *hits > 0 && is_text(*c))
                .max_by_key(|(hits, c)| (*hits, usize::MAX - c))
                .map(|(_, c)| c)
        };
        if let Some(c) = by_head.or_else(by_cells) {
            found.push((at, c));
        }
    }
    // a column of texts is the only dimension that is left, whatever it calls its values
    let mut left = (0..dims.len()).filter(|at| !found.iter().any(|(d, _)| d == at));
    let mut words = rest.iter().copied().filter(|c| free(&found, *c) && is_text(*c));
    if let (Some(d), None, Some(c), None) = (left.next(), left.next(), words.next(), words.next()) {
        found.push((d, c));
    }
    found
}

/// The headings above the values, from the top. What stands above several is said once, at the first.
fn levels(rut: &Rut<'_>, first: usize, varden: &[usize], is_word: &impl Fn(&str) -> bool) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = Vec::new();
    for r in (0..first).rev().take(LEVELS) {
        // what stands higher up, with nothing between, is a title
        if r + 1 < rut.height() && !rut.adjoin(r) {
            break;
        }
        let level: Vec<String> = varden.iter().map(|c| rut.text(r, *c).to_owned()).collect();
        if level.iter().all(String::is_empty) {
            if rut.tvars {
                continue;
            }
            break;
        }
        // figures above figures are no heading
        if level.iter().filter(|text| !text.is_empty() && !is_word(text) && tid::year(text).is_none()).count() * 2
            > level.len()
        {
            break;
        }
        out.push(level);
    }
    out.reverse();
    let upper = out.len().saturating_sub(1);
    for level in out.iter_mut().take(upper) {
        let mut before = String::new();
        for text in level {
            if text.is_empty() {
                text.clone_from(&before);
            } else {
                before.clone_from(text);
            }
        }
    }
    out
}
