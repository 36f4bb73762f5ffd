//! Tooltip and arrow keys of the wheel. The wheel inside is complete without this: every mark is a link with a name.

use leptos::{ev, html, prelude::*};
use web_sys::Element;

use crate::{
    dom::{self, Find, attr, set_attr},
    keys::{Act, Place, pressed},
};

/// What the tooltip says, and of which mark: the place of a mark is its own.
#[derive(Clone, Debug, PartialEq)]
struct Tip {
    title: String,
    detail: String,
    place: (String, String),
}

/// Where the tooltip stands to its mark, so that it stays within the wheel.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Side {
    above: bool,
    left: bool,
    right: bool,
}

/// What the listeners share.
#[derive(Clone, Copy)]
struct Nav {
    root: NodeRef<html::Div>,
    card: NodeRef<html::Div>,
    tip: RwSignal<Option<Tip>>,
    side: RwSignal<Side>,
    /// The first tap shows what the mark is; the click that follows it is not to open it.
    only_shown: RwSignal<bool>,
}

/// Wraps the wheel. Hover, focus and a first tap show what a mark is; the arrow keys go between marks, left and right in
/// time, up and down to the nearest one in the next ring; Home and End to the first and the last. Enter opens, as links do.
#[island]
pub fn WheelNav(children: Children) -> impl IntoView {
    let nav = Nav {
        root: NodeRef::new(),
        card: NodeRef::new(),
        tip: RwSignal::new(None),
        side: RwSignal::new(Side::default()),
        only_shown: RwSignal::new(false),
    };
    Effect::new(move |_| nav.start());
    let title = move || nav.tip.with(|tip| tip.as_ref().map(|t| t.title.clone()));
    let detail = move || nav.tip.with(|tip| tip.as_ref().map(|t| t.detail.clone()));
    view! {
        <div
            class="wheel-nav"
            node_ref=nav.root
            on:pointerover=move |event| nav.hovered(&event)
            on:pointerleave=move |_| nav.tip.set(None)
            on:pointerdown=move |event| nav.pressed(&event)
            on:click=move |event| nav.clicked(&event)
            on:focusin=move |event| nav.focused(&event)
            on:focusout=move |_| nav.tip.set(None)
            on:keydown=move |event| nav.key(&event)
        >
            {children()}
            // the mark's own name says the same to a screen reader
            <div
                class="wheel-tip"
                class:is-above=move || nav.side.get().above
                class:is-left=move || nav.side.get().left
                class:is-right=move || nav.side.get().right
                node_ref=nav.card
                aria-hidden="true"
                hidden=move || nav.tip.with(Option::is_none)
            >
                <div class="wheel-tip-card">
                    <strong>{title}</strong>
                    <span>{detail}</span>
                </div>
            </div>
        </div>
    }
}

impl Nav {
    /// One stop for the tab key: the mark that most needs somebody. The rest is reached with the arrow keys.
    fn start(self) {
        let marks = self.marks();
        let with = |status: &str| marks.iter().position(|m| m.class_list().contains(status));
        let first = with("st-forsenad").or_else(|| with("st-pagar")).unwrap_or(0);
        for (i, mark) in marks.iter().enumerate() {
            set_attr(mark, "tabindex", if i == first { "0" } else { "-1" });
            // our tooltip instead of the browser's
            if let Some(title) = mark.first::<Element>("title") {
                title.remove();
            }
        }
        let wheel = self.root.get_untracked().and_then(|root| root.first::<Element>("svg.wheel"));
        if let Some(wheel) = wheel {
            set_attr(&wheel, "aria-description", "Piltangenterna går mellan märkena.");
        }
    }

    /// All marks, in time.
    fn marks(self) -> Vec<Element> {
        self.root.get_untracked().map(|root| root.every(".mark")).unwrap_or_default()
    }

    fn hovered(self, event: &ev::PointerEvent) {
        if event.pointer_type() == "touch" {
            return;
        }
        match mark_of(event) {
            Some(mark) => self.show(&mark),
            // the pointer may rest on the card, to read it or to select its text
            None if dom::target_in(event, ".wheel-tip").is_some() => {}
            None => self.tip.set(None),
        }
    }

    fn pressed(self, event: &ev::PointerEvent) {
        if event.pointer_type() != "touch" {
            return;
        }
        let mark = mark_of(event);
        let shown = self.tip.with_untracked(|tip| tip.as_ref().map(|t| t.place.clone()));
        self.only_shown.set(mark.as_ref().is_some_and(|mark| Some(place_of(mark)) != shown));
        match mark {
            Some(mark) => self.show(&mark),
            None => self.tip.set(None),
        }
    }

    fn clicked(self, event: &ev::MouseEvent) {
        if self.only_shown.get_untracked() {
            event.prevent_default();
            self.only_shown.set(false);
        }
    }

    fn focused(self, event: &ev::FocusEvent) {
        let Some(mark) = mark_of(event) else { return };
        for other in self.marks() {
            if attr(&other, "tabindex") == "0" {
                set_attr(&other, "tabindex", "-1");
            }
        }
        set_attr(&mark, "tabindex", "0");
        self.show(&mark);
    }

    fn key(self, event: &ev::KeyboardEvent) {
        let act = pressed(event, Place::Wheel);
        if act == Some(Act::Close) {
            return self.tip.set(None);
        }
        let Some(mark) = mark_of(event) else { return };
        let marks = self.marks();
        let at = place_of(&mark);
        let Some(i) = marks.iter().position(|m| place_of(m) == at) else { return };
        let next = match act {
            // the year is a circle: after the last comes the first
            Some(Act::NextMark) => Some((i + 1) % marks.len()),
            Some(Act::PreviousMark) => Some((i + marks.len() - 1) % marks.len()),
            Some(Act::OuterMark) => in_next_ring(&marks, i, true),
            Some(Act::InnerMark) => in_next_ring(&marks, i, false),
            Some(Act::FirstMark) => Some(0),
            Some(Act::LastMark) => Some(marks.len() - 1),
            _ => return,
        };
        event.prevent_default();
        if let Some(next) = next {
            dom::focus(&marks[next]);
        }
    }

    /// Shows the tooltip at a mark. Its place is set from script: the policy forbids styles in the page, not these.
    fn show(self, mark: &Element) {
        let (Some(root), Some(card)) = (self.root.get_untracked(), self.card.get_untracked()) else { return };
        let Some(hit) = mark.first::<Element>(".mark-hit") else { return };
        let (around, mark_box) = (root.get_bounding_client_rect(), hit.get_bounding_client_rect());
        let x = mark_box.left() + mark_box.width() / 2.0 - around.left();
        let above = mark_box.top() - around.top() > around.height() / 2.0;
        let y = if above { mark_box.top() } else { mark_box.bottom() } - around.top();
        let style = web_sys::HtmlElement::style(&card);
        let _ = style.set_property("left", &format!("{x:.1}px"));
        let _ = style.set_property("top", &format!("{y:.1}px"));
        let share = x / around.width().max(1.0);
        self.side.set(Side { above, left: share < 0.3, right: share > 0.7 });
        let text = |name: &str| attr(mark, name);
        self.tip.set(Some(Tip { title: text("data-titel"), detail: text("data-detalj"), place: place_of(mark) }));
    }
}

fn mark_of(event: &web_sys::Event) -> Option<Element> {
    dom::target_in(event, ".mark")
}

/// The centre of a mark as written in it. No two marks share one.
fn place_of(mark: &Element) -> (String, String) {
    let hit = mark.first::<Element>(".mark-hit");
    let read = |name: &str| hit.as_ref().map(|hit| attr(hit, name)).unwrap_or_default();
    (read("cx"), read("cy"))
}

/// The mark nearest in time in the next ring, outwards or inwards, that has any.
fn in_next_ring(marks: &[Element], from: usize, outwards: bool) -> Option<usize> {
    let ring = |i: usize| marks[i].get_attribute("data-ring").and_then(|ring| ring.parse::<u32>().ok());
    let angle = |i: usize| {
        let (x, y) = place_of(&marks[i]);
        let number = |text: String| text.parse::<f64>().unwrap_or(500.0) - 500.0;
        number(x).atan2(-number(y)).to_degrees()
    };
    let here = ring(from)?;
    let beyond = |ring: u32| if outwards { ring > here } else { ring < here };
    let rings = (0..marks.len()).filter_map(ring).filter(|ring| beyond(*ring));
    let next = if outwards { rings.min() } else { rings.max() }?;
    let distance = |i: usize| {
        let apart = (angle(i) - angle(from)).abs() % 360.0;
        apart.min(360.0 - apart)
    };
    (0..marks.len()).filter(|&i| ring(i) == Some(next)).min_by(|&a, &b| distance(a).total_cmp(&distance(b)))
}
