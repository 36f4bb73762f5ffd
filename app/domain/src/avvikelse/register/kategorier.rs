//! Kategorier: the table of klagomål and synpunkter of a year from before, as it is typed or pasted.

use super::{Kategori, PerAr};
use crate::{field::Checker, table, text::compared};

/// The columns of a table without a heading, after the category.
const WITHOUT_HEAD: [usize; 2] = [1, 2];

/// Whether a cell says that nobody knows: it is empty, or has the dash that stands for a blank where it is shown, or dots.
#[must_use]
pub fn is_unknown(cell: &str) -> bool {
    matches!(cell.trim(), "" | "–" | "—" | "-" | "−" | "." | ".." | "…" | "...")
}

/// Which of a row's two figures a heading names: praise, klagomål.
fn column(cell: &str) -> Option<usize> {
    let cell = compared(cell);
    let has = |words: &[&str]| words.iter().any(|word| cell.contains(word));
    if has(&["positiv", "beröm"]) {
        Some(0)
    } else if has(&["klagomål"]) {
        Some(1)
    } else {
        None
    }
}

/// The places of praise and klagomål by a heading's names, and a fault where the heading does not tell them.
fn places(names: &[String]) -> Result<[Option<usize>; 2], &'static str> {
    let mut out = [None; 2];
    for (at, name) in names.iter().enumerate().skip(1) {
        let Some(which) = column(name) else { continue };
        if out[which].replace(at).is_some() {
            return Err(
                "rubriken har två kolumner för samma sak. Ta med en kolumn för positiva synpunkter och en för klagomål.",
            );
        }
    }
    if out == [None; 2] {
        return Err("rubriken har ingen kolumn för positiva synpunkter och ingen för klagomål.");
    }
    Ok(out)
}

/// Reads the table of klagomål and synpunkter: a row for each category, its columns by the heading, and without one category,
/// praise, klagomål. What is left empty or has a dash is not known. A figure that has no place here is told of, and nothing is
/// read.
pub(super) fn read_kategorier(check: &mut Checker, text: &str) -> Option<PerAr> {
    let mut out: PerAr = [[None; 2]; Kategori::ALL.len()];
    let (mut read, mut head): (bool, Option<Vec<String>>) = (false, None);
    let mut order = WITHOUT_HEAD.map(Some);
    for record in table::typed(text) {
        let name = compared(record.cell(0).trim());
        let figures = || record.cells.iter().skip(1).any(|c| c.starts_with(|c: char| c.is_ascii_digit()));
        if head.is_none() && !read && (name.is_empty() || name == "kategori") && !figures() {
            match places(&record.cells) {
                Ok(found) => order = found,
                Err(fault) => {
                    check.error("kategorier", format!("Rad {}: {fault}", record.line));
                    return None;
                }
            }
            head = Some(record.cells);
            continue;
        }
        if ["", "summa", "totalt"].contains(&name.as_str()) {
            continue;
        }
        let found = Kategori::ALL.iter().position(|k| compared(k.label()) == name);
        let Some(row) = found.and_then(|at| out.get_mut(at)) else {
            let known = Kategori::ALL.map(Kategori::label).join(", ");
            let told = format!("Rad {}: ”{}” är ingen kategori. De är {known}.", record.line, record.cell(0));
            check.error("kategorier", told);
            continue;
        };
        let beside = (1..record.cells.len()).filter(|at| !order.contains(&Some(*at)));
        let beside = beside.filter(|at| !is_unknown(record.cell(*at)) && record.cell(*at) != "0").collect::<Vec<_>>();
        if let Some(at) = beside.first() {
            let told = match head.as_ref().and_then(|head| head.get(*at)).filter(|name| !name.is_empty()) {
                Some(name) => format!(
                    "kolumnen ”{name}” har ingen plats här. Räkna in antalen bland klagomålen eller ta bort kolumnen."
                ),
                None => "raden har fler än tre celler. Ta med rubrikraden, eller skriv kategori; positiva synpunkter; klagomål."
                    .to_owned(),
            };
            check.error("kategorier", format!("Rad {}: {told}", record.line));
            continue;
        }
        for (place, at) in row.iter_mut().zip(order) {
            let cell = at.map_or("", |at| record.cell(at)).replace([' ', '\u{a0}'], "");
            *place = match cell.parse::<i64>() {
                Ok(n) if (0..=1_000_000).contains(&n) => Some(n),
                _ if is_unknown(&cell) => None,
                _ => {
                    check.error("kategorier", format!("Rad {}: ”{cell}” är inget antal.", record.line));
                    None
                }
            };
        }
        read |= row.iter().any(Option::is_some);
    }
    read.then_some(out)
}
