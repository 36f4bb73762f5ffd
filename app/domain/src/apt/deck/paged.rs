//! Paged: a typed text or table on as many slides as it needs.

use super::{
    Blad,
    fit::{GOOD, PAD, columns, room, size},
    measure::{lines, width, words_fit},
};
use crate::apt::slide::Tabell;

/// How much larger a heading of a text is than its text.
const HEADING: f64 = 1.3;

/// Whether the line begins a list or goes on with one.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with("- ")
        || line.starts_with("* ")
        || line.starts_with("+ ")
        || number.len() < line.len() && number.starts_with(". ")
}

fn is_heading(line: &str) -> bool {
    line.starts_with('#')
}

/// The heading that a text begins with, and the rest.
#[must_use]
pub fn headed(text: &str) -> Option<(String, String)> {
    let (first, rest) = text.trim_start().split_once('\n').unwrap_or((text.trim(), ""));
    let heading = first.strip_prefix("# ").map(str::trim).filter(|h| !h.is_empty())?;
    Some((heading.trim_end_matches('#').trim().to_owned(), rest.trim_start_matches('\n').to_owned()))
}

/// The room of the first part of a slide, beside the others: width and height.
fn beside(blad: &Blad, narrow: bool) -> (f64, f64) {
    let (w, h) = room(blad, narrow);
    (columns(blad, w).first().map_or(w, |(_, own)| *own), h)
}

/// How high a text is in a room of this width.
pub(super) fn text_height(text: &str, w: f64, t: f64) -> f64 {
    let mut height = 0.0;
    for line in text.lines() {
        let bare = line.trim().trim_start_matches(['#', '-', '*', '+', ' ']);
        if bare.is_empty() {
            continue;
        }
        if t > size(0) && !words_fit(bare, w - 1.2 * t, if is_heading(line) { t * HEADING } else { t }) {
            return f64::INFINITY;
        }
        height += if is_heading(line) {
            lines(bare, w, t * HEADING * 1.06) * t * HEADING * 1.2 + t * 0.5
        } else if is_item(line) {
            lines(bare, w - 1.2 * t, t) * t * 1.35 + t * 0.4
        } else {
            lines(bare, w, t) * t * 1.35 + t * 0.4
        };
    }
    height
}

/// The text in parts that each have room: parted between paragraphs and points of a list, a heading with what is below it;
/// what is too long by itself between sentences, and else between words.
#[must_use]
pub fn texts(text: &str, blad: &Blad) -> Vec<String> {
    let fits = |part: &str| {
        [false, true].into_iter().all(|narrow| {
            let (w, h) = beside(blad, narrow);
            2.0 * PAD + text_height(part, w - 2.0 * PAD, size(GOOD)) <= h || text_lines(part) <= 1
        })
    };
    if fits(text) {
        return vec![text.to_owned()];
    }
    let mut parts: Vec<String> = vec![];
    for line in text.lines().flat_map(|line| pieces(line, blad)) {
        let begins = parts.last().is_none_or(|part| {
            let only_heading = part.lines().filter(|l| !l.trim().is_empty()).all(is_heading);
            let next_to_none = is_heading(&line) && !fits(&format!("{part}\n{line}\n- ett\n- två"));
            !only_heading && (next_to_none || !fits(&format!("{part}\n{line}")))
        });
        match parts.last_mut() {
            Some(part) if !begins => {
                part.push('\n');
                part.push_str(&line);
            }
            _ if line.trim().is_empty() => {}
            _ => parts.push(line),
        }
    }
    parts
}

fn text_lines(part: &str) -> usize {
    part.split_whitespace().count()
}

/// A line, or several where it has no room on a slide by itself.
fn pieces(line: &str, blad: &Blad) -> Vec<String> {
    let fits = |part: &str| {
        let (w, h) = beside(blad, true);
        2.0 * PAD + text_height(part, w - 2.0 * PAD, size(GOOD)) <= h
    };
    if fits(line) {
        return vec![line.to_owned()];
    }
    let mut out: Vec<String> = vec![];
    for word in line.split_inclusive(' ') {
        match out.last_mut() {
            Some(piece) if fits(&format!("{piece}{word}")) => piece.push_str(word),
            _ => out.push(word.to_owned()),
        }
    }
    out
}

/// How wide the columns of a table want to be, and how high its rows then are.
fn column_widths(rows: &[Vec<String>], t: f64) -> Vec<f64> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    (0..count)
        .map(|i| {
            let cells = rows.iter().filter_map(|r| r.get(i)).flat_map(|c| c.lines());
            cells.map(|line| width(line, t * 1.03)).fold(0.0, f64::max) + t * 1.0
        })
        .collect()
}

fn row_height(row: &[String], widths: &[f64], t: f64) -> f64 {
    let lines = row.iter().zip(widths).map(|(cell, w)| lines(cell, w - t * 0.8, t)).fold(1.0, f64::max);
    lines * t * 1.25 + t * 0.5
}

/// Widths that have room: the first column gives way, since it holds words.
fn given(rows: &[Vec<String>], w: f64, t: f64) -> Option<Vec<f64>> {
    let mut widths = column_widths(rows, t);
    let rest: f64 = widths.iter().skip(1).sum();
    let first = widths.first_mut()?;
    let least = rows
        .iter()
        .filter_map(|r| r.first())
        .flat_map(|c| c.split_whitespace())
        .map(|word| width(word, t))
        .fold(0.0, f64::max)
        + t;
    *first = first.min(w - rest);
    (*first >= least.min(w)).then_some(widths)
}

/// How high a table is; endless where its columns have no room beside each other.
pub(super) fn table_height(tabell: &Tabell, w: f64, t: f64) -> f64 {
    match given(&tabell.rows, w, t) {
        Some(widths) => tabell.rows.iter().map(|row| row_height(row, &widths, t)).sum(),
        None => f64::INFINITY,
    }
}

/// The table in parts that each have room: as many columns as do beside the first, as many rows as do below the head.
#[must_use]
pub fn tables(tabell: &Tabell, blad: &Blad) -> Vec<Tabell> {
    let fits = |rows: &[Vec<String>], step: usize| {
        [false, true].into_iter().all(|narrow| {
            let (w, h) = room(blad, narrow);
            table_height(&Tabell { rows: rows.to_vec(), ..Tabell::default() }, w, size(step)) <= h
        })
    };
    if fits(&tabell.rows, GOOD) {
        return vec![tabell.clone()];
    }
    let count = tabell.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut pages = vec![];
    let mut from = 1;
    while from < count.max(2) {
        let of = |to: usize| -> Vec<Vec<String>> {
            tabell
                .rows
                .iter()
                .map(|row| row.iter().take(1).chain(row.iter().take(to).skip(from)).cloned().collect())
                .collect()
        };
        // a head and its tallest row have to have room
        let to = (from + 1..=count).rev().find(|to| {
            let rows = of(*to);
            rows.first().is_none_or(|head| rows.iter().skip(1).all(|row| fits(&[head.clone(), row.clone()], 0)))
        });
        let to = to.unwrap_or(from + 1);
        let rows = of(to);
        from = to;
        let Some((head, mut rest)) = rows.split_first() else { break };
        while !rest.is_empty() {
            let part = |n: usize| std::iter::once(head.clone()).chain(rest.iter().take(n).cloned()).collect::<Vec<_>>();
            let n = (1..=rest.len()).rev().find(|n| fits(&part(*n), GOOD) || fits(&part(*n), 0) && *n < 3).unwrap_or(1);
            // the last page is about as long as the others
            let pages_left = rest.len().div_ceil(n);
            let n = rest.len().div_ceil(pages_left);
            pages.push(Tabell { rubrik: tabell.rubrik.clone(), rows: part(n), more: 0 });
            rest = &rest[n..];
        }
    }
    pages
}
