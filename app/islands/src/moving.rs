//! Moving: a mark that can be moved is drawn to another month with a mouse or a pen, or by a key, in the month grid and in the wheel.
//! Both ask for what the form on its page asks for, in the form that stands on the page (`components::MoveForm`), and post the
//! same. A finger moves the page, never a mark: on a phone it is moved from its own page.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, MouseEvent, PointerEvent};

use crate::dom::{self, Find};

/// What can be moved; the attribute holds its id, its version and its month, with spaces.
const MOVED: &str = "[data-flytt]";
/// So far a pointer goes before it draws, in pixels.
const SLIP: f64 = 6.0;

/// A mark that a pointer holds.
struct Held {
    mark: Element,
    from: (f64, f64),
    /// What follows the pointer and says where to, once it draws.
    word: Option<HtmlElement>,
    /// The month that it is over; 0 for none.
    month: i32,
}

thread_local! {
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
    /// Drawing has just ended, and the click that comes of it is still to come.
    static ENDED: Cell<bool> = const { Cell::new(false) };
}

/// Hears the pointer, on the pages that have the form.
pub(crate) fn listen() {
    if form().is_none() {
        return;
    }
    let document = dom::document();
    dom::on(&document, "pointerdown", |event: PointerEvent| {
        let mark = dom::target_in(&event, MOVED).filter(|_| event.pointer_type() != "touch" && event.button() == 0);
        let from = at(&event);
        HELD.set(mark.map(|mark| Held { mark, from, word: None, month: 0 }));
    });
    dom::on(&document, "pointermove", |event: PointerEvent| draw(&event));
    // a link is not drawn as a link
    dom::on(&document, "dragstart", |event: MouseEvent| {
        if dom::target_in(&event, MOVED).is_some() {
            event.prevent_default();
        }
    });
    dom::on(&document, "pointercancel", |_: PointerEvent| drop(let_go()));
    dom::on(&document, "pointerup", |_: PointerEvent| {
        let Some(held) = let_go() else { return };
        // after the click that follows: what it opens meanwhile would be put away by the same finger
        ENDED.set(true);
        let ask = move || {
            ENDED.set(false);
            if held.month > 0 {
                ask(&held.mark, held.month);
            }
        };
        set_timeout(ask, Duration::ZERO);
    });
    // that click opens nothing
    dom::on_first("click", |event: MouseEvent| {
        if ENDED.get() {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    window_event_listener(ev::blur, |_| drop(let_go()));
}

fn at(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// What was drawn, which is over now. None where the pointer had only been pressed.
fn let_go() -> Option<Held> {
    let held = HELD.take()?;
    let word = held.word.as_ref()?;
    word.remove();
    let _ = held.mark.class_list().remove_1("is-drawn");
    Some(held)
}

fn draw(event: &PointerEvent) {
    // let go where nobody heard it
    if event.buttons() == 0 {
        return drop(let_go());
    }
    HELD.with_borrow_mut(|holding| {
        let Some(held) = holding.as_mut() else { return };
        let (x, y) = at(event);
        if held.word.is_none() {
            if (x - held.from.0).hypot(y - held.from.1) < SLIP {
                return;
            }
            let word = dom::made("div", "move-word", "").and_then(|word| word.dyn_into::<HtmlElement>().ok());
            if let (Some(word), Some(body)) = (&word, dom::document().body()) {
                let _ = body.append_child(word);
            }
            let _ = held.mark.class_list().add_1("is-drawn");
            held.word = word;
        }
        let own = parts(&held.mark).2;
        held.month = month_at(&held.mark, (x, y)).filter(|month| *month != own).unwrap_or_default();
        if let Some(word) = &held.word {
            let to = option(held.month);
            word.set_text_content(Some(to.as_deref().unwrap_or("Dra till en annan månad")));
            let style = word.style();
            let _ = style.set_property("left", &format!("{x}px"));
            let _ = style.set_property("top", &format!("{y}px"));
        }
    });
}

/// The month under a pointer: of the grid the column, of the wheel the piece of the circle.
fn month_at(mark: &Element, (x, y): (f64, f64)) -> Option<i32> {
    if let Some(row) = dom::closest(mark, "tr") {
        let over = |cell: &Element| {
            let cell = cell.get_bounding_client_rect();
            (cell.left()..cell.right()).contains(&x)
        };
        let nth = row.every::<Element>("td:not(.who)").iter().position(over)?;
        return i32::try_from(nth + 1).ok();
    }
    let wheel = dom::closest(mark, "svg")?;
    let months: Vec<Element> = wheel.every(".wheel-month");
    let first: i32 = dom::attr(months.first()?, "href").rsplit('=').next()?.parse().ok()?;
    let around = wheel.get_bounding_client_rect();
    let (right, down) = (x - around.left() - around.width() / 2.0, y - around.top() - around.height() / 2.0);
    let turn = right.atan2(-down).to_degrees().rem_euclid(360.0) / 360.0;
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // at most twelve
    let nth = (turn * months.len() as f64) as i32;
    Some(first + nth)
}

/// Id, version and month of a mark.
fn parts(mark: &Element) -> (String, String, i32) {
    let text = dom::attr(mark, "data-flytt");
    let mut parts = text.split(' ').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    (next(), next(), next().parse().unwrap_or_default())
}

fn form() -> Option<HtmlElement> {
    dom::by_id("flytta")
}

/// What a month is called in the form.
fn option(month: i32) -> Option<String> {
    form()?
        .first::<Element>(&format!("option[value='{month}']"))?
        .text_content()
        .map(|name| format!("Till {}", name.to_lowercase()))
}

/// Asks about moving what has the focus so many months on. Whether it can be moved.
pub(crate) fn by(at: &Element, months: i32) -> bool {
    let Some(mark) = dom::closest(at, MOVED) else { return false };
    let month = parts(&mark).2;
    let month = month + months;
    // past the end of the year nothing is chosen
    ask(&mark, if (1..=12).contains(&month) { month } else { 0 })
}

/// Opens the form for a mark, with the month.
fn ask(mark: &Element, month: i32) -> bool {
    let Some(form) = form() else { return false };
    let (id, version, _) = parts(mark);
    let what = dom::attr(mark, "data-titel");
    for (name, value) in [("id", &id), ("version", &version), ("vad", &what)] {
        if let Some(field) = form.first::<HtmlInputElement>(&format!("[name={name}]")) {
            field.set_value(value);
        }
    }
    if let Some(title) = form.first::<Element>(".move-what") {
        title.set_text_content(Some(&what));
    }
    if let Some(months) = form.first::<HtmlSelectElement>("select") {
        months.set_value(&if month > 0 { month.to_string() } else { String::new() });
    }
    let _ = form.show_popover();
    if let Some(reason) = form.first::<Element>("textarea") {
        dom::focus(&reason);
    }
    true
}
