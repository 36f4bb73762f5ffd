//! Grid: cells as elements, and the way between them by keyboard.

use domain::genomforande::{
    cell::{Field, cell_of},
    paste::{Case, Sheet},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

use islands::{
    dom::{self, Find},
    keys::Act,
};

/// The cell that an element stands in, and its code.
pub fn cell_at(element: &Element) -> Option<(Element, String)> {
    let cell = dom::closest(element, "[data-cell]")?;
    let code = cell.get_attribute("data-cell")?;
    Some((cell, code))
}

/// The cell of a code. By the row's id first: a search through two thousand cells costs a frame.
pub fn find(code: &str) -> Option<Element> {
    let (nr, _) = cell_of(code)?;
    dom::by_id::<Element>(&format!("arende-{nr}"))?.first(&format!("[data-cell=\"{code}\"]"))
}

/// The row of a cell.
pub fn row_of(cell: &Element) -> Option<Element> {
    dom::closest(cell, ".judge-row")
}

/// The table that a cell stands in: its cases, and its columns by their heads.
pub fn sheet(cell: &Element) -> Option<Sheet> {
    let table = dom::closest(cell, ".judge")?;
    let rows: Vec<Element> = table.every(".judge-row[data-nr]");
    let case = |row: &Element| {
        let nr = row.get_attribute("data-nr")?.parse().ok()?;
        let reference = dom::attr(row, "data-arende");
        Some(Case { nr, reference, own: row.has_attribute("data-own") })
    };
    let column = |cell: &Element| {
        let (_, field) = cell_of(&cell.get_attribute("data-cell")?)?;
        let head = dom::closest(cell, "[data-label]")?;
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
    cell.first::<HtmlInputElement>("input:checked").map(|input| input.value()).unwrap_or_default()
}

/// Puts a value in the cell.
pub fn set(cell: &Element, value: &str) {
    if let Some(input) = cell.dyn_ref::<HtmlInputElement>() {
        input.set_value(value);
    } else if let Some(select) = cell.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
    } else {
        for input in cell.every::<HtmlInputElement>("input") {
            let chosen = input.value() == value;
            if input.checked() != chosen {
                input.set_checked(chosen);
            }
        }
    }
}

/// Moves the focus into a cell: a group to what is chosen in it, or its first.
pub fn focus(cell: &Element) {
    let inner = cell.first("input:checked").or_else(|| cell.first("input"));
    dom::focus(inner.as_ref().unwrap_or(cell));
}

fn cells(row: &Element) -> Vec<Element> {
    row.every("[data-cell]")
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
pub fn key_value(code: &str, act: Act) -> Option<&'static str> {
    let (_, field) = cell_of(code)?;
    match (field, act) {
        (Field::Kriterium(_), Act::Answer(value)) | (Field::Kon, Act::Kon(value)) => Some(value),
        (Field::Kriterium(_) | Field::Kon, Act::Clear) => Some(""),
        _ => None,
    }
}
