//! Browser: the listeners, the queue of what is not saved yet, and the answers of the server.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use domain::genomforande::{
    cell::{CellNow, Field, Saved, cell_of},
    paste::paste,
};
use leptos::{ev, prelude::*, task::spawn_local};
use web_sys::{ClipboardEvent, Element, Event, HtmlInputElement, KeyboardEvent};

use super::grid;
use crate::saving::{ASK, Saving, Words};
use islands::{
    client,
    contract::{GET_BEDOMNINGAR, UPDATE_BEDOMNINGAR},
    dom::{self, Find, document},
    error::AppError,
    keys::{Act, Place, pressed},
};

struct Table {
    run: String,
    me: String,
    seen: Cell<i64>,
    /// Cells that are to be sent.
    pending: RefCell<BTreeMap<String, String>>,
    /// Cells that are on their way.
    sent: RefCell<BTreeMap<String, String>>,
    saving: Saving,
    /// Criteria that have an answer: counting them in the table again would cost a frame.
    answered: RefCell<BTreeSet<String>>,
    /// What a paste had to say, until it has been seen.
    said: RwSignal<Vec<String>>,
    given: RwSignal<i64>,
}

/// What the page shows of the saving.
#[derive(Clone, Copy)]
pub struct Signals {
    /// The line over the table.
    pub words: RwSignal<Words>,
    /// What stays until it has been seen.
    pub said: RwSignal<Vec<String>>,
    /// How many answers are given.
    pub given: RwSignal<i64>,
}

/// Hangs the listeners on the table.
pub fn start(root: Element, run: String, me: String, seen: i64, Signals { words, said, given }: Signals) {
    let table = Rc::new(Table {
        run,
        me,
        seen: Cell::new(seen),
        pending: RefCell::default(),
        sent: RefCell::default(),
        saving: Saving::new(words),
        answered: RefCell::default(),
        said,
        given,
    });
    let t = Rc::clone(&table);
    dom::on(&root, "change", move |event: Event| t.changed(&event));
    let t = Rc::clone(&table);
    dom::on(&root, "keydown", move |event: KeyboardEvent| t.key(&event));
    let t = Rc::clone(&table);
    dom::on(&root, "paste", move |event: ClipboardEvent| t.paste(&event));
    let t = Rc::clone(&table);
    dom::on(&root, "click", move |event: Event| t.clicked(&event));
    let t = Rc::clone(&table);
    window_event_listener(ev::beforeunload, move |event| {
        if !t.pending.borrow().is_empty() || t.saving.busy.get() && !t.sent.borrow().is_empty() {
            event.prevent_default();
            event.set_return_value("");
        }
    });
    for cell in root.every::<Element>(".jne:not(.kon):has(> input:checked)") {
        table.answered.borrow_mut().extend(cell.get_attribute("data-cell"));
    }
    // what was answered before the WASM had woken
    for input in root.every::<HtmlInputElement>("input") {
        let touched = if input.type_() == "radio" {
            input.checked() && !input.default_checked()
        } else {
            input.value() != input.default_value()
        };
        if touched && let Some((cell, code)) = grid::cell_at(&input) {
            table.touch(&cell, &code, &grid::value(&cell));
        }
    }
    let t = Rc::clone(&table);
    set_interval(move || Rc::clone(&t).ask(), ASK);
}

impl Table {
    fn changed(self: &Rc<Self>, event: &Event) {
        let Some(target) = dom::target::<Element>(event) else { return };
        if let Some((cell, code)) = grid::cell_at(&target) {
            self.touch(&cell, &code, &grid::value(&cell));
        }
    }

    /// Notes that a cell has a new value and sends it.
    fn touch(self: &Rc<Self>, cell: &Element, code: &str, value: &str) {
        self.pending.borrow_mut().insert(code.to_owned(), value.to_owned());
        self.count(code, value);
        if let Some(row) = grid::row_of(cell) {
            put_note(&row, code, None);
            mark(&row, "Sparar", true);
        }
        Rc::clone(self).flush();
    }

    fn key(self: &Rc<Self>, event: &KeyboardEvent) {
        let Some(pressed) = pressed(event, Place::Judging) else { return };
        let Some(target) = dom::target::<Element>(event) else { return };
        let Some((cell, code)) = grid::cell_at(&target) else { return };
        let group = grid::is_group(&cell);
        let select = target.tag_name() == "SELECT";
        let next = match pressed {
            Act::Below if !select => grid::below(&cell, true),
            Act::Above if !select => grid::below(&cell, false),
            Act::Right if group => grid::beside(&cell, true),
            Act::Left if group => grid::beside(&cell, false),
            _ if group => {
                let Some(value) = grid::key_value(&code, pressed) else { return };
                event.prevent_default();
                if value != grid::value(&cell) {
                    grid::set(&cell, value);
                    self.touch(&cell, &code, value);
                }
                if !value.is_empty()
                    && let Some(next) = grid::after(&cell)
                {
                    grid::focus(&next);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(next) = next {
            grid::focus(&next);
        }
    }

    /// Cells from Excel, to the cases that their first column names, or from the cell that has the focus to the right and down.
    /// What found no place is said until it has been seen.
    fn paste(self: &Rc<Self>, event: &ClipboardEvent) {
        let Some(text) = event.clipboard_data().and_then(|d| d.get_data("text/plain").ok()) else { return };
        let Some(target) = dom::target::<Element>(event) else { return };
        let Some((start, code)) = grid::cell_at(&target) else { return };
        // a single text pasted in a comment is the browser's own business
        if !grid::is_group(&start) && !text.trim_end_matches(['\r', '\n']).contains(['\t', '\n']) {
            return;
        }
        let Some(place) = cell_of(&code) else { return };
        event.prevent_default();
        let Some(sheet) = grid::sheet(&start) else { return };
        let pasted = paste(&domain::text::clean(&text), &sheet, place);
        for (code, value) in &pasted.cells {
            if let Some(cell) = grid::find(code).filter(|cell| grid::value(cell) != *value) {
                grid::set(&cell, value);
                self.touch(&cell, code, value);
            }
        }
        if !pasted.said.is_empty() {
            self.said.update(|said| said.extend(pasted.said));
        }
    }

    /// The choice when somebody else has answered the same cell.
    fn clicked(self: &Rc<Self>, event: &Event) {
        let Some(button) = dom::target::<Element>(event) else { return };
        let Some(code) = button.get_attribute("data-choice") else { return };
        let Some(cell) = grid::find(&code) else { return };
        if let Some(value) = button.get_attribute("data-value") {
            grid::set(&cell, &value);
            self.touch(&cell, &code, &value);
        } else if let Some(row) = grid::row_of(&cell) {
            put_note(&row, &code, None);
        }
        grid::focus(&cell);
    }

    /// Sends what waits, unless something is on its way: the order of answers is that of the keys.
    fn flush(self: Rc<Self>) {
        if !self.saving.is_free() || self.pending.borrow().is_empty() {
            return;
        }
        self.saving.busy.set(true);
        let cells = std::mem::take(&mut *self.pending.borrow_mut());
        self.sent.replace(cells.clone());
        self.saving.say("Sparar …", false);
        spawn_local(async move {
            let seen = self.seen.get().to_string();
            let cells: Vec<_> = cells.into_iter().map(|(code, value)| (format!("cells[{code}]"), value)).collect();
            let mut fields = vec![("id", self.run.as_str()), ("seen", seen.as_str())];
            fields.extend(cells.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            match client::call(&UPDATE_BEDOMNINGAR, &fields).await {
                Ok(saved) => {
                    self.saving.busy.set(false);
                    self.saving.arrived();
                    self.arrived(&saved);
                    self.flush();
                }
                Err(error) => {
                    self.saving.busy.set(false);
                    self.failed(&error);
                }
            }
        });
    }

    /// What was sent is on the server: rows say so, and others' answers appear.
    fn arrived(&self, saved: &Saved) {
        let sent = self.sent.take();
        for fault in &saved.refused {
            if let Some((row, cell)) = row_and_cell(&fault.field) {
                if fault.field.rsplit_once('.').is_some_and(|(_, f)| f != "kommentar") {
                    grid::set(&cell, "");
                    self.count(&fault.field, "");
                }
                put_note(&row, &fault.field, note(&fault.message));
            }
        }
        for met in &saved.conflicts {
            let Some((row, cell)) = row_and_cell(&met.cell) else { continue };
            let mine = sent.get(&met.cell).cloned().unwrap_or_default();
            grid::set(&cell, &met.value);
            self.count(&met.cell, &met.value);
            put_note(&row, &met.cell, choice(met, &mine));
        }
        for code in sent.keys().filter(|code| !self.pending.borrow().contains_key(*code)) {
            if let Some((row, _)) = row_and_cell(code) {
                let refused = saved.refused.iter().any(|f| f.field == *code);
                mark(&row, if refused { "Inte sparat" } else { "" }, refused);
            }
        }
        self.show(saved);
        let (refused, met) = (saved.refused.len(), saved.conflicts.len());
        let at = saved.cells.iter().rev().find(|c| c.by == self.me).map(|c| c.at.clone());
        if refused + met > 0 {
            self.saving.say("Något svar behöver dig, se raderna.", true);
        } else if let Some(at) = at {
            self.saving.say(format!("Sparat {at}"), false);
        } else {
            self.saving.say("Sparat", false);
        }
    }

    /// Brings the table to the present; what is being answered here is left alone.
    fn show(&self, saved: &Saved) {
        for now in &saved.cells {
            if self.pending.borrow().contains_key(&now.cell) || self.sent.borrow().contains_key(&now.cell) {
                continue;
            }
            let Some((row, cell)) = row_and_cell(&now.cell) else { continue };
            let typing = document().active_element().is_some_and(|a| a == cell) && !grid::is_group(&cell);
            if !typing && grid::value(&cell) != now.value {
                grid::set(&cell, &now.value);
                self.count(&now.cell, &now.value);
            }
            let own = now.by == self.me;
            if !now.at.is_empty() {
                mark(&row, &if own { format!("Sparat {}", now.at) } else { format!("{} {}", now.by, now.at) }, false);
            }
            if !own {
                let _ = row.class_list().add_1("from-other");
            }
        }
        self.seen.set(self.seen.get().max(saved.change));
        if !saved.open {
            self.saving.end();
            self.saving.say("Genomförandet är avslutat. Ladda om sidan.", true);
        }
    }

    /// Keeps the number of answers.
    fn count(&self, code: &str, value: &str) {
        if !matches!(cell_of(code), Some((_, Field::Kriterium(_)))) {
            return;
        }
        let mut answered = self.answered.borrow_mut();
        if value.is_empty() {
            answered.remove(code);
        } else {
            answered.insert(code.to_owned());
        }
        let given = i64::try_from(answered.len()).unwrap_or(0);
        if self.given.get_untracked() != given {
            self.given.set(given);
        }
    }

    /// What did not arrive waits, is seen, and is sent again.
    fn failed(self: &Rc<Self>, error: &AppError) {
        let sent = self.sent.take();
        for (code, value) in sent {
            if let Some((row, _)) = row_and_cell(&code) {
                mark(&row, "Inte sparat än", true);
            }
            self.pending.borrow_mut().entry(code).or_insert(value);
        }
        let count = self.pending.borrow().len();
        let what =
            if count == 1 { "1 svar är inte sparat".to_owned() } else { format!("{count} svar är inte sparade") };
        if let AppError::Conflict(words) = error {
            self.saving.end();
            return self.saving.say(words.as_str(), true);
        }
        let closed = "Du kan inte längre bedöma det här. Ladda om sidan.";
        if let Some(wait) = self.saving.failed(error, &what, closed) {
            let t = Rc::clone(self);
            set_timeout(move || t.flush(), wait);
        }
    }

    /// Asks what others have answered, when the page is seen and nothing of one's own is under way.
    fn ask(self: Rc<Self>) {
        if !self.pending.borrow().is_empty() || !self.saving.may_ask() {
            return;
        }
        let seen = self.seen.get();
        spawn_local(async move {
            let since = seen.to_string();
            let answer = client::call(&GET_BEDOMNINGAR, &[("id", &self.run), ("seen", &since)]).await;
            self.saving.asked();
            // what was saved meanwhile has brought the table further than this answer knows
            if let Ok(saved) = answer
                && self.seen.get() == seen
            {
                self.show(&saved);
            }
        });
    }
}

/// The row and the cell of a code.
fn row_and_cell(code: &str) -> Option<(Element, Element)> {
    let cell = grid::find(code)?;
    Some((grid::row_of(&cell)?, cell))
}

/// Puts a note of a cell under its row, or takes it away.
fn put_note(row: &Element, code: &str, content: Option<Element>) {
    if let Some(old) = row.first::<Element>(&format!("[data-note=\"{code}\"]")) {
        old.remove();
    }
    if let Some(content) = content {
        dom::set_attr(&content, "data-note", code);
        let _ = row.append_child(&content);
    }
}

/// What the last column of a row says. A row that has answers on their way is marked.
fn mark(row: &Element, text: &str, unsent: bool) {
    let _ = row.class_list().toggle_with_force("unsent", unsent);
    if let Some(when) = row.first::<Element>(".judge-saved > .when") {
        // the text that is there gets other words: a new node would have the page look for its style again
        match when.first_child() {
            Some(words) => words.set_node_value(Some(text)),
            None => when.set_text_content(Some(text)),
        }
    }
}

fn note(text: &str) -> Option<Element> {
    let note = dom::made("div", "judge-note", "")?;
    // a row holds cells
    dom::set_attr(&note, "role", "cell");
    let words = dom::made("p", "", text)?;
    dom::set_attr(&words, "role", "alert");
    note.append_child(&words).ok()?;
    Some(note)
}

/// Two have answered the same cell: what the other answered, and the choice.
fn choice(met: &CellNow, mine: &str) -> Option<Element> {
    let (_, field) = cell_of(&met.cell)?;
    let theirs = field.value_label(&met.value);
    let mine_label = field.value_label(mine);
    let text = format!("{} svarade {theirs} kl. {}, du svarade {mine_label}.", met.by, met.at);
    let note = note(&text)?;
    let keep = dom::made("button", "button secondary small", &format!("Låt {theirs} stå"))?;
    let take = dom::made("button", "button small", &format!("Ändra till {mine_label}"))?;
    for button in [&keep, &take] {
        dom::set_attr(button, "type", "button");
        dom::set_attr(button, "data-choice", &met.cell);
    }
    dom::set_attr(&take, "data-value", mine);
    for button in [keep, take] {
        note.append_child(&button).ok()?;
    }
    Some(note)
}
