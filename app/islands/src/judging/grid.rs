//! Grid: cells as elements, and the way between them by keyboard.

use domain::genomforande::{
    cell::{Field, cell_of},
    paste::{Case, Sheet},
};
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, wasm_bindgen::JsCast};

/// All elements of a selector.
pub fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else { return vec![] };
    (0..found.length()).filter_map(|i| found.get(i)?.dyn_into().ok()).collect()
}

/// The cell that an element stands in, and its code.
pub fn cell_at(element: &Element) -> Option<(Element, String)> {
    let cell = element.closest("[data-cell]").ok().flatten()?;
    let code = cell.get_attribute("data-cell")?;
    Some((cell, code))
}

/// The cell of a code. By the row's id first: a search through two thousand cells costs a frame.
pub fn find(code: &str) -> Option<Element> {
    let (nr, _) = cell_of(code)?;
    let row = web_sys::window()?.document()?.get_element_by_id(&format!("arende-{nr}"))?;
    row.query_selector(&format!("[data-cell=\"{code}\"]")).ok().flatten()
}

/// The row of a cell.
pub fn row_of(cell: &Element) -> Option<Element> {
    cell.closest(".judge-row").ok().flatten()
}

/// The table that a cell stands in: its cases, and its columns by their heads.
pub fn sheet(cell: &Element) -> Option<Sheet> {
    let table = cell.closest(".judge").ok().flatten()?;
    let rows = all(&table, ".judge-row[data-nr]");
    let case = |row: &Element| {
        let nr = row.get_attribute("data-nr")?.parse().ok()?;
        let reference = row.get_attribute("data-arende").unwrap_or_default();
        Some(Case { nr, reference, own: row.has_attribute("data-own") })
    };
    let column = |cell: &Element| {
        let (_, field) = cell_of(&cell.get_attribute("data-cell")?)?;
        let head = cell.closest("[data-label]").ok().flatten()?;
        Some((field, head.get_attribute("data-label")?))
    };
    let columns = cells(rows.first()?).iter().filter_map(column).collect();
    Some(Sheet { cases: rows.iter().filter_map(case).collect(), columns })
}

/// Whether it is a group of radio buttons.
pub fn is_group(cell: &Element) -> bool {
    cell.class_list().contains("jne")
}

/// What the cell holds.
pub fn value(cell: &Element) -> String {
    if let Some(input) = cell.dyn_ref::<HtmlInputElement>() {
        return input.value();
    }
    if let Some(select) = cell.dyn_ref::<HtmlSelectElement>() {
        return select.value();
    }
    let checked = cell.query_selector("input:checked").ok().flatten();
    checked.and_then(|c| c.dyn_into::<HtmlInputElement>().ok()).map(|i| i.value()).unwrap_or_default()
}

/// Puts a value in the cell.
pub fn set(cell: &Element, value: &str) {
    if let Some(input) = cell.dyn_ref::<HtmlInputElement>() {
        input.set_value(value);
    } else if let Some(select) = cell.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
    } else {
        for input in all(cell, "input").into_iter().filter_map(|e| e.dyn_into::<HtmlInputElement>().ok()) {
            let chosen = input.value() == value;
            if input.checked() != chosen {
                input.set_checked(chosen);
            }
        }
    }
}

/// Moves the focus into a cell: a group to what is chosen in it, or its first.
pub fn focus(cell: &Element) {
    let inner = cell
        .query_selector("input:checked")
        .ok()
        .flatten()
        .or_else(|| cell.query_selector("input").ok().flatten())
        .unwrap_or_else(|| cell.clone());
    if let Some(inner) = inner.dyn_ref::<HtmlElement>() {
        let _ = inner.focus();
    }
}

fn cells(row: &Element) -> Vec<Element> {
    all(row, "[data-cell]")
}

/// The next row that can be judged, down or up.
fn next_row(row: &Element, down: bool) -> Option<Element> {
    let step = |e: &Element| if down { e.next_element_sibling() } else { e.previous_element_sibling() };
    let mut at = step(row);
    while let Some(row) = at {
        if row.has_attribute("data-nr") && !row.has_attribute("data-own") {
            return Some(row);
        }
        at = step(&row);
    }
    None
}

/// The cell at the side of another; none at the edge.
pub fn beside(cell: &Element, right: bool) -> Option<Element> {
    let cells = cells(&row_of(cell)?);
    let at = cells.iter().position(|c| c == cell)?;
    if right { cells.get(at + 1).cloned() } else { at.checked_sub(1).map(|i| cells[i].clone()) }
}

/// The cell under or over another.
pub fn below(cell: &Element, down: bool) -> Option<Element> {
    let row = row_of(cell)?;
    let at = cells(&row).iter().position(|c| c == cell)?;
    cells(&next_row(&row, down)?).get(at).cloned()
}

/// Where an answer leads: the next criterion, and after the last one the first open cell of the next case.
pub fn after(cell: &Element) -> Option<Element> {
    if let Some(next) = beside(cell, true).filter(is_group) {
        return Some(next);
    }
    let groups: Vec<Element> = cells(&next_row(&row_of(cell)?, true)?).into_iter().filter(is_group).collect();
    groups.iter().find(|g| value(g).is_empty()).or_else(|| groups.last()).cloned()
}

/// What a key answers in a column.
pub fn key_value(code: &str, key: &str) -> Option<&'static str> {
    let (_, field) = cell_of(code)?;
    match (field, key.to_lowercase().as_str()) {
        (Field::Kriterium(_), "j") => Some("ja"),
        (Field::Kriterium(_), "n") => Some("nej"),
        (Field::Kriterium(_), "e") => Some("ej"),
        (Field::Kon, "k") => Some("kvinna"),
        (Field::Kon, "m") => Some("man"),
        (Field::Kriterium(_) | Field::Kon, "delete" | "backspace") => Some(""),
        _ => None,
    }
}
