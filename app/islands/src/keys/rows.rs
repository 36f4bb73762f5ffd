//! Rows: the way between the rows of lists and tables, whatever list it is, and what is done with the one that has the focus.

use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::dom::{self, Find, document};

/// What is a row.
const ROW: &str = "main .row, main .month-grid tbody tr:not(.group), main .table tbody tr";
/// Where nobody sees it.
const AWAY: &str = "details:not([open]), [hidden], [popover]";
/// The boxes that mark it.
const BOXES: &str =
    ":scope .late-boxes input, :scope > .row-actions input[type=checkbox], :scope > td input[type=checkbox]";
/// What is done with it otherwise: what leads on, opens, or says that it marks the row. A button that takes something away does not.
const DOES: &str = ":scope > .row-actions :is(a, summary, [popovertarget], button[data-mark]), :scope > details > summary, \
                    [popovertarget]";

/// What of a row has the focus: its name, or else the first thing in it.
fn name_of(row: &Element) -> Option<Element> {
    row.first("a[href]").or_else(|| row.first("summary, button, input:not([type=hidden])"))
}

fn rows() -> Vec<Element> {
    let seen = |row: &Element| dom::closest(row, AWAY).is_none() && row.get_bounding_client_rect().height() > 0.0;
    document().every(ROW).into_iter().filter(|row| seen(row) && name_of(row).is_some()).collect()
}

fn row_of(at: &Element) -> Option<Element> {
    dom::closest(at, ROW)
}

/// Moves the focus so many rows on from where it is, or to the first row; in a month's column along the column.
pub fn step(at: Option<&Element>, by: i32) -> bool {
    let rows = rows();
    let here = at.and_then(row_of);
    let place = here.as_ref().and_then(|here| rows.iter().position(|row| row == here));
    let next = match place {
        Some(place) => i32::try_from(place).ok().and_then(|place| usize::try_from(place + by).ok()),
        None => Some(0),
    };
    let Some(row) = next.and_then(|next| rows.get(next)) else { return place.is_some() };
    let column = at.and_then(|at| dom::closest(at, "td")).zip(here).and_then(|(cell, here)| {
        let nth = cells(&here).iter().position(|c| *c == cell)?;
        cells(row).get(nth)?.first("a, button")
    });
    if let Some(target) = column.or_else(|| name_of(row)) {
        dom::focus(&target);
    }
    true
}

fn cells(row: &Element) -> Vec<Element> {
    row.every(":scope > *")
}

/// Marks the row by its boxes, all of them where there are several; without a box it presses what is done with it.
pub fn mark(at: &Element) -> bool {
    let Some(row) = row_of(at) else { return false };
    let boxes: Vec<HtmlInputElement> = row.every(BOXES);
    if !boxes.is_empty() {
        let all = boxes.iter().all(HtmlInputElement::checked);
        for one in boxes.iter().filter(|one| one.checked() == all) {
            one.click();
        }
        return true;
    }
    let cell = dom::closest(at, "td").and_then(|cell| cell.first::<HtmlElement>("[popovertarget]"));
    let Some(button) = cell.or_else(|| row.first(DOES)) else { return false };
    button.click();
    if button.tag_name() == "SUMMARY" {
        dom::focus(&button);
    }
    true
}
