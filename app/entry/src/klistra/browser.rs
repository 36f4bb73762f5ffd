//! Browser: the cells of the grid as elements, and what was last put into them.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use domain::siffror::klistra::block;
use leptos::prelude::*;
use web_sys::{ClipboardEvent, Element, Event, HtmlInputElement, KeyboardEvent};

use super::Said;
use islands::{
    dom::{self, Find},
    keys::{Act, Place, pressed},
};

/// A cell that was filled, with what stood there before and what was put in.
struct Filled {
    cell: HtmlInputElement,
    before: String,
    after: String,
}

struct Grid {
    form: Element,
    said: RwSignal<Said>,
    last: RefCell<Vec<Filled>>,
    /// Nothing has been typed since.
    is_last: Cell<bool>,
}

/// Hangs the listeners on the form.
pub fn start(root: Element, said: RwSignal<Said>) {
    let Some(form) = dom::closest(&root, "form") else { return };
    let grid = Rc::new(Grid { form: form.clone(), said, last: RefCell::default(), is_last: Cell::new(false) });
    let g = Rc::clone(&grid);
    dom::on(&form, "paste", move |event: ClipboardEvent| g.paste(&event));
    let g = Rc::clone(&grid);
    dom::on(&form, "input", move |event: Event| {
        // what is put in says so too
        if event.is_trusted() {
            g.is_last.set(false);
        }
    });
    let g = Rc::clone(&grid);
    dom::on(&form, "keydown", move |event: KeyboardEvent| {
        if g.is_last.get() && pressed(&event, Place::Toast) == Some(Act::Undo) {
            event.prevent_default();
            event.stop_propagation();
            g.undo();
        }
    });
    dom::on(&root, "click", move |event: Event| {
        if dom::target_in(&event, "[data-angra]").is_some() {
            grid.undo();
        } else if dom::target_in(&event, "[data-sett]").is_some() {
            grid.seen();
        }
    });
}

impl Grid {
    /// The cells, row by row.
    fn rows(&self) -> Vec<Vec<HtmlInputElement>> {
        let rows: Vec<Element> = self.form.every(".serie-grid tbody tr");
        rows.iter().map(|row| row.every("input[type=text]")).collect()
    }

    fn paste(&self, event: &ClipboardEvent) {
        let Some(text) = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()) else { return };
        let Some(at) = dom::target::<HtmlInputElement>(event) else { return };
        let rows = self.rows();
        let place = |(r, row): (usize, &Vec<HtmlInputElement>)| Some((r, row.iter().position(|cell| *cell == at)?));
        let Some(start) = rows.iter().enumerate().find_map(place) else { return };
        let Some(block) = block(&text, start, (rows.len(), rows[start.0].len())) else { return };
        event.prevent_default();
        let mut last = Vec::new();
        for ((r, c), after) in &block.rutor {
            let Some(cell) = rows.get(*r).and_then(|row| row.get(*c)) else { continue };
            let before = cell.value();
            cell.set_value(after);
            dom::happens(cell, "input");
            last.push(Filled { cell: cell.clone(), before, after: after.clone() });
        }
        let is_in = !last.is_empty();
        self.is_last.set(is_in);
        self.last.replace(last);
        self.said.set(Said { text: block.said(), is_left: block.utanfor + block.dolda > 0, is_in });
    }

    /// Takes away what is said. Its button goes with it, so the focus goes back to where the block was put, or the grid begins.
    fn seen(&self) {
        let first = self.last.borrow().first().map(|filled| filled.cell.clone());
        if let Some(cell) = first.or_else(|| self.rows().into_iter().flatten().next()) {
            dom::focus(&cell);
        }
        self.said.set(Said::default());
    }

    /// Takes the block out. A cell that was written in since keeps what it says.
    fn undo(&self) {
        self.is_last.set(false);
        let last = self.last.take();
        // the button goes
        if let Some(first) = last.first() {
            dom::focus(&first.cell);
        }
        for Filled { cell, before, after } in last {
            if cell.value() == after {
                cell.set_value(&before);
                dom::happens(&cell, "input");
            }
        }
        self.said.set(Said { text: "Inklistringen är ångrad.".to_owned(), ..Said::default() });
    }
}
