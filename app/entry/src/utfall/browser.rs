//! Browser: the listeners, the queue of what is not saved yet, and the answers of the server, whose texts are finished.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use leptos::{ev, prelude::*, task::spawn_local};
use web_sys::{ClipboardEvent, Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::ko::{Ko, Post};
use crate::saving::{ASK, Saving, Words};
use islands::{
    client,
    contract::{GET_UTFALL, UPDATE_UTFALL, Utfallsrad, Utfallssvar},
    dom::{self, Find, document},
    error::AppError,
    keys::{Act, Place, pressed},
};

/// The field of why something is changed, where that is asked for.
const SKAL: &str = "[name=\"form[skal]\"]";
/// The cells.
const CELLS: &str = "input[data-tal]";

struct Table {
    root: Element,
    plan: String,
    period: String,
    nr: Cell<i64>,
    ko: RefCell<Ko>,
    saving: Saving,
    /// What stood in the cell when it got the focus.
    began: RefCell<String>,
    said: RwSignal<Vec<String>>,
}

/// Hangs the listeners on the table.
pub fn start(
    root: Element,
    plan: String,
    period: String,
    nr: i64,
    (words, said): (RwSignal<Words>, RwSignal<Vec<String>>),
) {
    let t = Rc::new(Table {
        root: root.clone(),
        plan,
        period,
        nr: Cell::new(nr),
        ko: RefCell::default(),
        saving: Saving::new(words),
        began: RefCell::default(),
        said,
    });
    // what a cell says is read over it while nobody writes there
    let _ = root.class_list().add_1("lever");
    let table = Rc::clone(&t);
    dom::on(&root, "change", move |event: Event| table.changed(&event));
    let table = Rc::clone(&t);
    dom::on(&root, "keydown", move |event: KeyboardEvent| table.key(&event));
    let table = Rc::clone(&t);
    dom::on(&root, "paste", move |event: ClipboardEvent| table.paste(&event));
    let table = Rc::clone(&t);
    dom::on(&root, "click", move |event: Event| table.clicked(&event));
    let table = Rc::clone(&t);
    dom::on(&root, "focusin", move |event: Event| {
        if let Some(cell) = dom::target::<HtmlInputElement>(&event).filter(is_cell) {
            table.began.replace(cell.value());
            cell.select();
        }
    });
    let table = Rc::clone(&t);
    dom::on(&root, "submit", move |event: Event| {
        // each cell is saved for itself
        event.prevent_default();
        Rc::clone(&table).flush();
    });
    let table = Rc::clone(&t);
    window_event_listener(ev::beforeunload, move |event| {
        let waits = table.saving.busy.get() || table.ko.borrow().has_blocks();
        if waits || table.root.first::<Element>("td.osparad").is_some() {
            event.prevent_default();
            event.set_return_value("");
        }
    });
    // what was written before the WASM had woken
    for cell in root.every::<HtmlInputElement>(CELLS) {
        if cell.value().trim() != was(&cell).trim() {
            t.touch(&cell);
        }
    }
    set_interval(move || Rc::clone(&t).ask(), ASK);
}

fn is_cell(input: &HtmlInputElement) -> bool {
    input.has_attribute("data-tal")
}

/// The field beside a cell that holds what stood there.
fn hidden(cell: &HtmlInputElement) -> Option<HtmlInputElement> {
    cell.parent_element()?.first("input[type=hidden]")
}

fn was(cell: &HtmlInputElement) -> String {
    hidden(cell).map(|of| of.value()).unwrap_or_default()
}

/// Whether something is being written in a cell that nobody has left yet.
fn typed(cell: &HtmlInputElement) -> bool {
    document().active_element().is_some_and(|active| active == ***cell) && cell.value() != was(cell)
}

/// The cells of a row, and the rows.
fn grid(root: &Element) -> Vec<Vec<HtmlInputElement>> {
    root.every::<Element>("tr[data-rad]").iter().map(|row| row.every(CELLS)).collect()
}

/// A word under a cell, or none.
fn note(cell: &HtmlInputElement, text: &str, choice: Option<(&str, &str)>) {
    let Some(td) = cell.parent_element() else { return };
    if let Some(old) = td.first::<Element>(".field-error") {
        old.remove();
    }
    dom::mark(cell, "aria-invalid", false);
    if text.is_empty() {
        return;
    }
    dom::set_attr(cell, "aria-invalid", "true");
    let Some(words) = dom::made("p", "field-error", text) else { return };
    dom::set_attr(&words, "role", "alert");
    if let Some((field, mine)) = choice
        && let Some(button) = dom::made("button", "button small", &format!("Skriv {mine}"))
    {
        dom::set_attr(&button, "type", "button");
        dom::set_attr(&button, "data-mitt", mine);
        dom::set_attr(&button, "data-falt", field);
        let _ = words.append_child(&button);
    }
    let _ = td.append_child(&words);
}

impl Table {
    fn cell(&self, field: &str) -> Option<HtmlInputElement> {
        self.root.first(&format!("input[data-cell=\"{field}\"]"))
    }

    fn skal(&self) -> String {
        self.root.first::<HtmlInputElement>(SKAL).map(|of| of.value()).unwrap_or_default()
    }

    fn changed(self: &Rc<Self>, event: &Event) {
        let Some(input) = dom::target::<HtmlInputElement>(event) else { return };
        if is_cell(&input) {
            return self.touch(&input);
        }
        // a reason is for what waits for one
        for cell in self.root.every::<HtmlInputElement>(CELLS) {
            if cell.value().trim() != was(&cell).trim() {
                self.ko.borrow_mut().again(dom::attr(&cell, "data-cell"), cell.value());
                note(&cell, "", None);
                osparad(&cell, true);
            }
        }
        Rc::clone(self).flush();
    }

    fn touch(self: &Rc<Self>, cell: &HtmlInputElement) {
        let field = dom::attr(cell, "data-cell");
        let waits = self.ko.borrow().holds(&field);
        if cell.value().trim() == was(cell).trim() && !waits {
            note(cell, "", None);
            osparad(cell, false);
            return;
        }
        self.ko.borrow_mut().typed(field, cell.value());
        note(cell, "", None);
        osparad(cell, true);
        Rc::clone(self).flush();
    }

    fn key(self: &Rc<Self>, event: &KeyboardEvent) {
        let Some(act) = pressed(event, Place::Utfall) else { return };
        let Some(cell) = dom::target::<HtmlInputElement>(event).filter(is_cell) else { return };
        let rows = grid(&self.root);
        let place = |(r, row): (usize, &Vec<HtmlInputElement>)| Some((r, row.iter().position(|one| *one == cell)?));
        let Some((r, c)) = rows.iter().enumerate().find_map(place) else { return };
        let at = |r: Option<usize>, c: Option<usize>| rows.get(r?)?.get(c?).cloned();
        let clean = cell.value() == *self.began.borrow();
        let (from, to) = (cell.selection_start().ok().flatten(), cell.selection_end().ok().flatten());
        let end = u32::try_from(cell.value().encode_utf16().count()).ok();
        let whole = from == Some(0) && to == end;
        let next = match act {
            Act::Below => at(Some(r + 1), Some(c)),
            Act::Above => at(r.checked_sub(1), Some(c)),
            Act::Right if whole || from == end => at(Some(r), Some(c + 1)),
            Act::Left if whole || to == Some(0) => at(Some(r), c.checked_sub(1)),
            Act::Clear if !clean => {
                cell.set_value(&self.began.borrow());
                None
            }
            Act::Status if clean => {
                let link = dom::closest(&cell, "tr").and_then(|row| row.first::<HtmlElement>("a[data-status]"));
                if let Some(link) = link {
                    link.click();
                }
                None
            }
            _ => return,
        };
        event.prevent_default();
        match next {
            Some(next) => dom::focus(&next),
            // at an end of the table what was written is saved all the same
            None if act == Act::Below => self.touch(&cell),
            None => {}
        }
    }

    /// Cells from a spreadsheet: the server reads them, as it knows what each row is.
    fn paste(self: &Rc<Self>, event: &ClipboardEvent) {
        let Some(text) = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()) else { return };
        let Some(cell) = dom::target::<HtmlInputElement>(event).filter(is_cell) else { return };
        // a single text is the browser's own business
        if !text.trim_end_matches(['\r', '\n']).contains(['\t', '\n']) {
            return;
        }
        event.prevent_default();
        self.ko.borrow_mut().pasted(text, dom::attr(&cell, "data-cell"));
        Rc::clone(self).flush();
    }

    /// The choice when somebody else has written in the same cell.
    fn clicked(self: &Rc<Self>, event: &Event) {
        let Some(button) = dom::target_in(event, "[data-mitt]") else { return };
        let Some(cell) = self.cell(&dom::attr(&button, "data-falt")) else { return };
        cell.set_value(&dom::attr(&button, "data-mitt"));
        dom::focus(&cell);
        self.touch(&cell);
    }

    /// Sends what waits, unless something is on its way: the order is that of the keys.
    fn flush(self: Rc<Self>) {
        if !self.saving.is_free() {
            return;
        }
        let Some(post) = self.ko.borrow_mut().take_next() else { return };
        self.saving.busy.set(true);
        self.saving.say("Sparar …", false);
        spawn_local(async move {
            let mut fields = vec![];
            match post {
                Post::Rutor(cells) => {
                    for (field, text) in cells {
                        let before = self.cell(&field).map(|cell| was(&cell)).unwrap_or_default();
                        fields.push((format!("form[w-{field}]"), before));
                        fields.push((format!("form[{field}]"), text));
                    }
                }
                Post::Block(block) => {
                    fields.push(("block".to_owned(), block.text));
                    fields.push(("start".to_owned(), block.start));
                    fields.extend(block.sedan.into_iter().map(|field| (format!("form[s-{field}]"), "1".to_owned())));
                    for one in self.root.every::<HtmlInputElement>(CELLS) {
                        fields.push((format!("form[w-{}]", dom::attr(&one, "data-cell")), was(&one)));
                    }
                }
            }
            let done = self.send(fields).await;
            self.saving.busy.set(false);
            match done {
                Ok(()) => self.flush(),
                Err(error) => self.failed(&error),
            }
        });
    }

    async fn send(self: &Rc<Self>, more: Vec<(String, String)>) -> Result<(), AppError> {
        let (nr, skal) = (self.nr.get().to_string(), self.skal());
        let mut fields = vec![
            ("plan", self.plan.as_str()),
            ("period", self.period.as_str()),
            ("nr", nr.as_str()),
            ("skal", skal.as_str()),
        ];
        fields.extend(more.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let answer = client::call(&UPDATE_UTFALL, &fields).await?;
        self.saving.arrived();
        self.arrived(answer);
        Ok(())
    }

    /// What was sent is on the server: rows say so, and others' cells appear.
    fn arrived(&self, answer: Utfallssvar) {
        let mut sent = self.ko.borrow_mut().arrived();
        // what was pasted is in its cell as what is typed is: the rows below say how it stands where it was saved
        for (field, text) in &answer.inklistrat {
            let waits = self.ko.borrow().waits(field);
            if let Some(cell) = self.cell(field).filter(|cell| !waits && !typed(cell)) {
                cell.set_value(text);
            }
            sent.insert(field.clone(), text.clone());
        }
        sent.retain(|field, _| !answer.nekade.iter().any(|n| n.field == *field));
        for field in sent.keys().filter(|field| !self.ko.borrow().waits(field)) {
            if let Some(cell) = self.cell(field) {
                osparad(&cell, false);
                note(&cell, "", None);
            }
        }
        for (field, nu, said) in &answer.krockar {
            let Some(cell) = self.cell(field) else { continue };
            self.ko.borrow_mut().drop_cell(field);
            let mine = cell.value();
            if let Some(of) = hidden(&cell) {
                of.set_value(nu);
            }
            cell.set_value(nu);
            osparad(&cell, false);
            note(&cell, said, (!mine.is_empty()).then_some((field.as_str(), mine.as_str())));
        }
        for nekad in &answer.nekade {
            if let Some(cell) = self.cell(&nekad.field) {
                osparad(&cell, true);
                note(&cell, &nekad.message, None);
            }
        }
        self.show(&answer, &sent);
        if !answer.sagt.is_empty() {
            self.said.set(answer.sagt.clone());
        }
        if answer.nekade.len() + answer.krockar.len() > 0 {
            self.saving.say("Något är inte sparat, se rutorna.", true);
        } else {
            self.saving.say(answer.sparat, false);
        }
    }

    /// Brings the table to the present; what is being written here is left alone.
    fn show(&self, answer: &Utfallssvar, saved: &BTreeMap<String, String>) {
        for rad in &answer.rader {
            self.row(rad, saved);
        }
        self.nr.set(self.nr.get().max(answer.nr));
        if answer.stangd && self.root.first::<Element>(SKAL).is_none() {
            // it was open when the page was made, and the page has no field for a reason
            self.saving.end();
            self.said.set(vec!["Perioden är stängd. Ladda om sidan för att rätta med skäl.".to_owned()]);
        }
        if !answer.rubrik.is_empty()
            && let Some(heading) = document().first::<Element>("h1")
        {
            heading.set_text_content(Some(&answer.rubrik));
        }
    }

    fn row(&self, rad: &Utfallsrad, saved: &BTreeMap<String, String>) {
        let Some(row) = self.root.first::<Element>(&format!("tr[data-rad=\"{}\"]", rad.id)) else { return };
        for ruta in &rad.rutor {
            let Some(cell) = self.cell(&ruta.falt) else { continue };
            let Some(td) = cell.parent_element() else { continue };
            let saved = saved.get(&ruta.falt);
            // one that is to be sent, is on its way or was refused is kept as it is written
            let waits =
                td.class_list().contains("osparad") || typed(&cell) && saved.is_none_or(|text| *text != cell.value());
            // what was saved just now is what the next text takes the place of, whatever is being written already
            if waits && saved.is_none() {
                continue;
            }
            if let Some(of) = hidden(&cell) {
                of.set_value(&ruta.skriven);
            }
            if waits {
                continue;
            }
            if cell.value() != ruta.skriven {
                cell.set_value(&ruta.skriven);
            }
            if let Some(read) = td.first::<Element>(".utfall-tal") {
                read.set_text_content(Some(&ruta.visad));
            }
            if let Some(parts) = td.first::<Element>(".utfall-visad .sub") {
                parts.set_text_content(Some(&ruta.delar));
            }
            let warns = rad.varna && ruta.falt.ends_with(".totalt");
            let _ = td.class_list().toggle_with_force("varnar", warns);
        }
        for (class, html) in [(".utfall-lage", &rad.status), (".utfall-varfor", &rad.varfor)] {
            if let Some(td) = row.first::<Element>(class) {
                td.set_inner_html(html);
            }
        }
    }

    /// What did not arrive waits, is seen, and is sent again.
    fn failed(self: &Rc<Self>, error: &AppError) {
        let is_in_vain = self.ko.borrow_mut().failed(matches!(error, AppError::Invalid(_)));
        if is_in_vain {
            self.said.set(vec![format!("Det inklistrade är inte sparat. {}", error.message())]);
            self.saving.say("Något är inte sparat.", true);
            return Rc::clone(self).flush();
        }
        let what = match self.ko.borrow().cells() {
            0 => "Det inklistrade är inte sparat".to_owned(),
            1 => "1 ruta är inte sparad".to_owned(),
            count => format!("{count} rutor är inte sparade"),
        };
        let closed = "Du kan inte längre skriva här. Ladda om sidan.";
        if let Some(wait) = self.saving.failed(error, &what, closed) {
            let t = Rc::clone(self);
            set_timeout(move || t.flush(), wait);
        }
    }

    /// Asks what others have written, when the page is seen and nothing of one's own is under way.
    fn ask(self: Rc<Self>) {
        let waits = self.ko.borrow().cells() > 0 || self.ko.borrow().has_blocks();
        if waits || !self.saving.may_ask() {
            return;
        }
        let seen = self.nr.get();
        spawn_local(async move {
            let nr = seen.to_string();
            let asked = [("plan", self.plan.as_str()), ("period", self.period.as_str()), ("nr", nr.as_str())];
            let answer = client::call(&GET_UTFALL, &asked).await;
            self.saving.asked();
            // what was saved meanwhile has brought the table further than this answer knows
            if let Ok(answer) = answer
                && self.nr.get() == seen
            {
                self.show(&answer, &BTreeMap::new());
            }
        });
    }
}

/// What is written in a cell that is not saved is seen as it is written.
fn osparad(cell: &HtmlInputElement, on: bool) {
    if let Some(td) = cell.parent_element() {
        let _ = td.class_list().toggle_with_force("osparad", on);
    }
}
