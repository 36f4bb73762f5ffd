//! Where the person was when a form was sent: how far the page was scrolled, and what comes after the row.

use web_sys::{Element, HtmlFormElement, HtmlInputElement, Storage};

use crate::dom::{self, Find, document, window};

const KEPT: &str = "kvalitet-plats";
/// How many rows after the one that was sent are remembered: it may not be the only one that is gone.
const AFTER: usize = 3;

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// Path, position and what the focus can go to, a line each: the page that comes back stands where it stood.
pub fn keep(form: &HtmlFormElement) {
    let path = window().location().pathname().unwrap_or_default();
    if let (Some(storage), Ok(y)) = (storage(), window().scroll_y()) {
        let next = next_to(form);
        let _ = storage.set_item(KEPT, &format!("{path}\n{y}\n{}", next.join("\n")));
    }
}

/// Selectors, the best first: for what takes a tick back its row, which is there again; the rows after this one and the one
/// before; the cell that a popover belongs to; whatever part of the page has a name.
fn next_to(form: &HtmlFormElement) -> Vec<String> {
    if dom::closest(form, ".toast").is_some() {
        let brought: Vec<HtmlInputElement> = form.every("input[type=hidden]");
        let ids = brought.iter().map(HtmlInputElement::value).filter(|v| v.len() == 36);
        return ids.flat_map(|id| [format!("[id='rad-{id}']"), mark_of(&id)]).collect();
    }
    // what was moved is another place of the same page
    if let Some(moved) = dom::closest(form, "#flytta").and_then(|_| form.first::<HtmlInputElement>("[name=id]")) {
        return vec![mark_of(&moved.value())];
    }
    if let Some(row) = dom::closest(form, ".row[id]") {
        let ids: Vec<String> = document().every::<Element>(".row[id]").iter().map(Element::id).collect();
        let at = ids.iter().position(|id| *id == row.id()).unwrap_or(ids.len());
        let after = ids.iter().skip(at + 1).take(AFTER);
        let before = ids[..at].last();
        return after.chain(before).map(|id| format!("[id='{id}']")).collect();
    }
    if let Some(popover) = dom::closest(form, "[popover][id]") {
        let id = popover.id();
        let thing = id.split_once('-').map_or(id.as_str(), |(_, thing)| thing);
        return vec![format!("[popovertarget='{id}']"), format!(".cell[href$='/{thing}']")];
    }
    dom::closest(form, "[id]").map(|part| format!("[id='{}']", part.id())).into_iter().collect()
}

/// The mark of what can be moved.
fn mark_of(id: &str) -> String {
    format!("[data-flytt^='{id}']")
}

/// Puts page and focus where they were. What the page itself has put the focus on, or an address leads to, goes first. Where
/// nothing is left of what the form belonged to, the focus is at the beginning of the content, and never nowhere.
pub fn back() {
    let Some(storage) = storage() else { return };
    let kept = storage.get_item(KEPT).ok().flatten().unwrap_or_default();
    let _ = storage.remove_item(KEPT);
    let path = window().location().pathname().unwrap_or_default();
    let mut lines = kept.lines();
    let led = window().location().hash().is_ok_and(|hash| !hash.is_empty());
    if led || lines.next() != Some(&path) {
        return;
    }
    let y = lines.next().and_then(|y| y.parse::<f64>().ok());
    // what stands at the top of the page is to be seen
    let told = document().first::<Element>(".toast.in-place, main [autofocus]").is_some();
    if document().active_element().is_none_or(|e| e.tag_name() == "BODY") {
        let next = lines.filter(|_| !told).find_map(|selector| document().first::<Element>(selector));
        if let Some(next) = next.or_else(|| document().get_element_by_id("innehall")) {
            focus(&next);
        }
    }
    if let Some(y) = y {
        window().scroll_to_with_x_and_y(0.0, if told { 0.0 } else { y });
    }
}

/// Of a row its name, never its button: who holds a key down must not tick off one row after the other.
fn focus(part: &Element) {
    let itself = part.matches("a, button, #innehall").unwrap_or(false);
    let target = if itself { Some(part.clone()) } else { part.first("a, summary, button") };
    if let Some(target) = target {
        dom::focus(&target);
    }
}
