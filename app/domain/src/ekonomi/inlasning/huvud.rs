//! Huvud: the names of the columns of a table of amounts, and the unit that it says.

use crate::{
    ekonomi::{enhet::Enhet, fri::Kolumnart},
    import::{Table, fold},
    rows::WITHIN,
};

/// What a column of an account or a budget is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kolumn {
    Kostnader,
    Intakter,
    Netto,
    Vo,
    Art(Kolumnart),
}

/// A name without what stands in brackets, as it is compared.
fn bare(name: &str) -> String {
    fold(name.split('(').next().unwrap_or(name).chars().take(60).collect::<String>().trim())
}

/// What the name of a column says; none of other names.
pub(super) fn kolumn(name: &str) -> Option<Kolumn> {
    let bare = bare(name);
    let begins = |words: &[&str]| words.iter().any(|word| bare.starts_with(word));
    if matches!(bare.as_str(), "vo" | "vokod" | "verksamhetsomrade" | "verksamhetskod") {
        Some(Kolumn::Vo)
    } else if begins(&["kostnad"]) {
        Some(Kolumn::Kostnader)
    } else if begins(&["intakt"]) {
        Some(Kolumn::Intakter)
    } else if begins(&["netto", "summanetto"]) {
        Some(Kolumn::Netto)
    } else {
        art(&bare).map(Kolumn::Art)
    }
}

/// What the name of a column of a free table says; none of other names.
pub(super) fn kolumnart(name: &str) -> Option<Kolumnart> {
    art(&bare(name))
}

fn art(bare: &str) -> Option<Kolumnart> {
    let begins = |words: &[&str]| words.iter().any(|word| bare.starts_with(word));
    if begins(&["differens", "avvikelse", "skillnad", "diff"]) {
        Some(Kolumnart::Differens)
    } else if begins(&["prognos"]) {
        Some(Kolumnart::Prognos)
    } else if begins(&["utfall", "utbetal", "resultat", "bokslut"]) {
        Some(Kolumnart::Utfall)
    } else if begins(&["budget", "tilldelad", "ram"]) || bare.ends_with("budget") {
        Some(Kolumnart::Budget)
    } else {
        None
    }
}

/// The row that names columns: the first of which enough do. It is one row alone, unlike [`crate::rows::head`]: here a name is told
/// by how it begins, and a title above ("Budget 2022") or a group below ("Intäkter") would be taken for a row of the head.
pub(super) fn head(table: &Table, enough: impl Fn(&[Option<Kolumn>]) -> bool) -> Option<(usize, Vec<Option<Kolumn>>)> {
    table.rows().iter().take(WITHIN).enumerate().find_map(|(at, row)| {
        let names: Vec<_> = row.cells.iter().map(|name| kolumn(name)).collect();
        enough(&names).then_some((at, names))
    })
}

/// The unit that a table says: in a head ("Budget (mnkr)") or in what stands above it ("Beloppen anges i tkr"). None where it
/// says none, and where it says two.
pub(super) fn unit(table: &Table, head: usize) -> Option<Enhet> {
    let mut found: Vec<Enhet> = Vec::new();
    for (at, row) in table.rows().iter().take(head + 1).enumerate() {
        for cell in &row.cells {
            let inside = cell.split('(').skip(1).filter_map(|rest| rest.split(')').next());
            // a head has it in brackets; a sentence above has it as a word
            let words =
                cell.split_whitespace().filter(|_| at < head).map(|word| word.trim_matches(['.', ',', '(', ')']));
            found.extend(inside.chain(words).filter_map(Enhet::named));
        }
    }
    found.dedup();
    match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}
