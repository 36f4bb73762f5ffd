//! Cell: what stands in the cells of a table of answers.

use super::super::{Dagar, Fraga, Grain, Period};
use super::Mot;
use crate::{
    day::{self, Fits},
    import::fold,
    kon,
    text::compared,
};

/// What a form would send for a cell: the place of an option, or the text. The sentence says what is allowed, and repeats nothing of
/// the cell.
pub(super) fn value(fraga: &Fraga, cell: &str) -> Result<String, String> {
    if cell.is_empty() || !fraga.is_choice() {
        return Ok(cell.to_owned());
    }
    if let Some(place) = option(fraga, cell) {
        return Ok(place.to_string());
    }
    if let Some(warning) = crate::personnummer::varning(cell) {
        return Err(warning);
    }
    let choices = fraga.choices();
    let listed = match choices.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} eller {last}", first.join(", ")),
        _ => choices.join(""),
    };
    let empty = if fraga.required { "" } else { ", eller lämna cellen tom" };
    Err(format!("Svaret är inget av frågans svarsalternativ. Skriv {listed}{empty}."))
}

/// The place of the option that a cell names: in the same words, whatever letters are large and however it ends.
pub(super) fn option(fraga: &Fraga, cell: &str) -> Option<usize> {
    let choices = fraga.choices();
    let own = compared(cell.trim().trim_end_matches('.'));
    if let Some(place) = choices.iter().position(|label| compared(label) == own) {
        return Some(place);
    }
    // without rings and dots, where one alone can be meant
    let folded = fold(cell);
    let mut like = choices.iter().enumerate().filter(|(_, label)| !folded.is_empty() && fold(label) == folded);
    match (like.next(), like.next()) {
        (Some((place, _)), None) => Some(place),
        _ => None,
    }
}

/// Whether a cell is an answer or a day, and so no name of a column.
pub(super) fn is_answer(cell: &str, mot: &Mot<'_>) -> bool {
    let chosen = |fraga: &Fraga| fraga.is_choice() && option(fraga, cell).is_some();
    !cell.is_empty()
        && (mot.version.questions.list.iter().any(chosen)
            || kon::read(cell).is_some()
            || matches!(day::read(cell, Fits::Past(mot.dagar.today)), Ok(Some(_))))
}

/// The month or week of a cell that says a day, or the month or week itself. What stands of the clock is not read.
pub(super) fn period(cell: &str, dagar: &Dagar) -> Result<Period, String> {
    let cell = without_clock(cell);
    let fits = Fits::Past(dagar.today);
    let whole = || cell.parse::<Period>().ok().filter(|p| p.grain() == dagar.grain).map(Period::first_day);
    // "november 2026"
    let month = || {
        let named = dagar.grain == Grain::Manad && cell.starts_with(char::is_alphabetic);
        named.then(|| day::read(&format!("1 {cell}"), Fits::Whole).ok().flatten()).flatten()
    };
    let read = match day::read(cell, fits) {
        Ok(read) => read,
        Err(why) => Some(whole().or_else(month).ok_or(why)?),
    };
    dagar.period(read.ok_or_else(|| day::UNREAD.to_owned())?)
}

/// `2026-11-03 14:22`, `2026-11-03T14:22:07`: the day of it.
fn without_clock(cell: &str) -> &str {
    let is_clock = |text: &str| {
        let mut parts = text.split(':');
        let two = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        text.contains(':') && parts.all(two)
    };
    match cell.rsplit_once([' ', 'T']) {
        Some((before, clock)) if is_clock(clock) => before.trim(),
        _ => cell,
    }
}
