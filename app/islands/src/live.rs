//! Live: parts of a page that say in `data-live` which areas they show are brought up to date when one of these changes.
//! The page is asked for anew and the part is exchanged; what somebody types in is left alone until it is sent. One stream
//! for each browser: the tab whose turn it is (`one_tab`) listens and tells the others.

use leptos::prelude::*;

#[cfg(any(feature = "hydrate", test))]
mod buffer;

/// The event that tells a part that its content is another.
#[cfg(feature = "hydrate")]
pub const NEW: &str = "kvalitet-nytt";

/// Listens for as long as the page is open. Shows nothing; `data-away` on the document says that the server is not reached,
/// `data-late` that something between holds back what it sends at once, and that the page asks by the clock ([`buffer`]).
#[island]
pub fn Live() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::start());
    view! { <div hidden=true></div> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{
        cell::{Cell, RefCell},
        time::Duration,
    };

    use leptos::{ev, prelude::*, task::spawn_local};
    use wasm_bindgen::JsCast;
    use web_sys::{
        Document, DomParser, Element, Event, HtmlInputElement, HtmlTextAreaElement, MessageEvent, SupportedType,
    };

    use super::{
        NEW,
        buffer::{Does, Line},
    };
    use crate::{
        client,
        contract::EVENTS,
        dom::{self, Channel, Find, Stream, document, window},
        one_tab,
    };

    /// Name of the turn among tabs and of their channel; a page with a stream of its own has its own.
    const NAME: &str = "kvalitet-live";
    /// The page is not there any more, as the screen whose address was taken back.
    const GONE: u16 = 410;
    /// Event data: anything may have changed.
    const ANYTHING: &str = "*";
    /// Event data: the stream is open.
    const OPEN: &str = "-";
    /// Keep-alive sent every 20 s.
    const STILL: &str = ".";
    /// Time between checks that the stream is alive.
    const LOOK: Duration = Duration::from_secs(5);
    /// A page that has not come by then is given up and asked for again, in milliseconds.
    const SLOW: Duration = Duration::from_secs(15);
    /// How long to wait before a part that is being typed in is looked at again.
    const BUSY: Duration = Duration::from_secs(2);
    /// A stream that the server has refused is tried again after this.
    const REFUSED: Duration = Duration::from_secs(15);
    /// On a part that an island changes: what its content is from the server.
    const STAND: &str = "data-stand";
    /// Marks the parts.
    const PARTS: &str = "[data-live]";

    /// Asks the tab that listens how far it has heard.
    const ASK: &str = "?";
    /// Its answer begins so.
    const SEEN: &str = "@";
    /// It tells the others that it asks by the clock, and that it does so no longer.
    const LATE: &str = "~";
    const IN_TIME: &str = "=";

    thread_local! {
        /// The last event of the stream, in the tab that listens.
        static LAST: RefCell<String> = const { RefCell::new(String::new()) };
        static FETCHING: Cell<bool> = const { Cell::new(false) };
        static AGAIN: Cell<bool> = const { Cell::new(false) };
        static CHANNEL: RefCell<Option<Channel>> = const { RefCell::new(None) };
        /// The stream, in the tab that listens.
        static SOURCE: RefCell<Option<Stream>> = const { RefCell::new(None) };
        /// Whether it is this tab's turn to listen, and whether it has been before.
        static LISTENS: Cell<bool> = const { Cell::new(false) };
        static WATCHES: Cell<bool> = const { Cell::new(false) };
        /// State of the stream.
        static LINE: RefCell<Line> = RefCell::default();
    }

    /// The stream of the page: its own, or that of the person.
    fn stream() -> String {
        let own = document().first::<Element>("[data-stream]");
        own.and_then(|e| e.get_attribute("data-stream")).unwrap_or_else(|| EVENTS.to_owned())
    }

    fn name() -> String {
        let stream = stream();
        if stream == EVENTS { NAME.to_owned() } else { format!("{NAME}-{stream}") }
    }

    /// Begins: once per page.
    pub fn start() {
        if document().first::<Element>(PARTS).is_none() {
            return;
        }
        let channel = Channel::open(&name(), |told| match told.as_str() {
            ASK => tell_how_far(),
            LATE | IN_TIME => drop(mark("data-late", told == LATE)),
            other => match other.strip_prefix(SEEN) {
                Some(seen) => compare(seen),
                None => hear(other),
            },
        });
        CHANNEL.with(|c| *c.borrow_mut() = channel);
        // what was said between the making of this page and now
        post(ASK);
        // a laptop that wakes has missed what was said, whatever the stream believes
        dom::on(&document(), "visibilitychange", |_: Event| {
            if !document().hidden() {
                hear(ANYTHING);
            }
        });
        window_event_listener(ev::online, |_| hear(ANYTHING));
        lead();
    }

    /// Listens while it is this tab's turn: a browser opens few lines to one server, and all its tabs share them.
    fn lead() {
        let begin = || {
            LISTENS.with(|l| l.set(true));
            if !WATCHES.with(|w| w.replace(true)) {
                watch();
            }
            listen();
        };
        let end = || {
            LISTENS.with(|l| l.set(false));
            close();
            // what is thought of the line is for whose turn it is
            LINE.with(|l| *l.borrow_mut() = Line::default());
            away(false);
            let _ = mark("data-late", false);
        };
        one_tab::lead(&name(), begin, end);
    }

    /// Sees to it that the line is not dead. By the clock and not by counting: a device that sleeps counts nothing.
    fn watch() {
        let look = || match LINE.with(|l| l.borrow_mut().look(js_sys::Date::now())) {
            Does::Nothing => {}
            Does::Listen => listen(),
            Does::Ask => {
                close();
                // the other tabs hear nothing either
                post(ANYTHING);
                refresh();
            }
        };
        set_interval(look, LOOK);
    }

    /// The page came, or did not: whether the line is to be tried again, and what is said of it.
    fn answered(reached: bool) {
        match LINE.with(|l| l.borrow_mut().answered(reached, js_sys::Date::now())) {
            // before the line speaks again only what was asked for tells whether the server is there
            Does::Listen if !reached => {
                away(true);
                listen();
            }
            Does::Listen => listen(),
            _ if LINE.with(|l| l.borrow().is_late()) => {
                away(!reached);
                late(true);
            }
            _ => {}
        }
    }

    /// Closes the stream, if it is open. What heard it goes with it: a screen on a wall opens it many times.
    fn close() {
        drop(SOURCE.with(|s| s.borrow_mut().take()));
    }

    /// Opens the stream.
    fn listen() {
        if !LISTENS.with(Cell::get) {
            return;
        }
        close();
        let Some(source) = Stream::open(&stream(), word, fault) else { return };
        LINE.with(|l| l.borrow_mut().opened(js_sys::Date::now()));
        SOURCE.with(|s| *s.borrow_mut() = Some(source));
    }

    fn word(event: &MessageEvent) {
        away(false);
        LINE.with(|l| l.borrow_mut().heard(js_sys::Date::now()));
        late(false);
        LAST.with(|last| *last.borrow_mut() = event.last_event_id());
        let area = event.data().as_string().unwrap_or_default();
        if area == STILL {
            return;
        }
        if area == OPEN {
            // the stream is open: whether this page is older than it, and whether the other tabs are
            tell_how_far();
            compare(&event.last_event_id());
        } else {
            post(&area);
            hear(&area);
        }
    }

    fn fault() {
        away(true);
        // the browser tries again by itself, but not when it was refused
        if SOURCE.with(|s| s.borrow().as_ref().is_some_and(Stream::is_refused)) {
            close();
            hear(ANYTHING);
            set_timeout(listen, REFUSED);
        }
    }

    fn post(text: &str) {
        CHANNEL.with(|c| {
            if let Some(channel) = &*c.borrow() {
                channel.tell(text);
            }
        });
    }

    fn tell_how_far() {
        let last = LAST.with(|last| last.borrow().clone());
        if !last.is_empty() {
            post(&format!("{SEEN}{last}"));
        }
        if LINE.with(|l| l.borrow().is_late()) {
            post(LATE);
        }
    }

    /// Asks for the page anew when something was heard that it does not hold yet.
    fn compare(seen: &str) {
        let own = document().document_element().map(|root| dom::attr(&root, "data-seq")).unwrap_or_default();
        let parts =
            |id: &str| id.rsplit_once('-').and_then(|(start, n)| Some((start.to_owned(), n.parse::<u64>().ok()?)));
        let newer = match (parts(&own), parts(seen)) {
            (Some((start, page)), Some((other, heard))) => start != other || heard > page,
            _ => true,
        };
        if newer {
            hear(ANYTHING);
        }
    }

    fn away(away: bool) {
        mark("data-away", away);
    }

    /// Says, here and in the other tabs, whether the page asks by the clock.
    fn late(late: bool) {
        if mark("data-late", late) {
            post(if late { LATE } else { IN_TIME });
        }
    }

    /// Puts a mark on the document, or takes it off. Whether that changed anything.
    fn mark(name: &str, on: bool) -> bool {
        let Some(root) = document().document_element() else { return false };
        let changed = root.has_attribute(name) != on;
        dom::mark(&root, name, on);
        changed
    }

    fn shows(part: &Element, area: &str) -> bool {
        let areas = dom::attr(part, "data-live");
        area == ANYTHING || areas.split_whitespace().any(|a| a == area)
    }

    fn hear(area: &str) {
        if document().every(PARTS).iter().any(|part| shows(part, area)) {
            refresh();
        }
    }

    fn refresh() {
        if FETCHING.with(|f| f.replace(true)) {
            AGAIN.with(|a| a.set(true));
            return;
        }
        spawn_local(async {
            let page = page().await;
            answered(matches!(page, Asked::Page(_)));
            let again = match page {
                Asked::Page(new) => exchange(&new).then_some(BUSY),
                Asked::Elsewhere => None,
                Asked::Away => Some(REFUSED),
            };
            FETCHING.with(|f| f.set(false));
            if AGAIN.with(|a| a.replace(false)) {
                refresh();
            } else if let Some(time) = again {
                set_timeout(refresh, time);
            }
        });
    }

    /// What came of asking for this page anew.
    enum Asked {
        /// The page as the server has it now.
        Page(Document),
        /// It leads elsewhere, to the login, or the server has a fault.
        Elsewhere,
        /// The server did not answer, or not in time.
        Away,
    }

    async fn page() -> Asked {
        let href = window().location().href().unwrap_or_default();
        let address = href.split('#').next().unwrap_or_default();
        let Ok(page) = client::page(address, SLOW).await else { return Asked::Away };
        if page.status == GONE {
            crate::form_guard::leave::let_go();
            let _ = window().location().reload();
        }
        if !page.is_it() {
            return Asked::Elsewhere;
        }
        let read = DomParser::new().and_then(|parser| parser.parse_from_string(&page.text, SupportedType::TextHtml));
        read.map_or(Asked::Away, Asked::Page)
    }

    /// Exchanges the parts that differ. Whether one of them was left because somebody works in it.
    fn exchange(new: &Document) -> bool {
        let document = document();
        let root = |d: &Document| d.document_element();
        if let (Some(own), Some(seq)) = (root(&document), root(new).and_then(|r| r.get_attribute("data-seq"))) {
            dom::set_attr(&own, "data-seq", &seq);
        }
        let mut busy = false;
        for part in document.every::<Element>(PARTS) {
            let Some(other) = new.get_element_by_id(&part.id()) else { continue };
            let same = match part.get_attribute(STAND) {
                Some(stand) => other.get_attribute(STAND) == Some(stand),
                None => part.inner_html() == other.inner_html(),
            };
            if same {
                continue;
            }
            if worked_in(&document, &part) {
                busy = true;
                continue;
            }
            let focus = focused_in(&document, &part);
            part.set_inner_html(&other.inner_html());
            if let Some(stand) = other.get_attribute(STAND) {
                dom::set_attr(&part, STAND, &stand);
            }
            if let Some(n) = focus {
                focus_on(&part, n);
            }
            let told = Event::new(NEW).ok();
            let _ = told.map(|event| part.dispatch_event(&event));
        }
        busy
    }

    /// Whether something is typed or open in it.
    fn worked_in(document: &Document, part: &Element) -> bool {
        let field = document.active_element().is_some_and(|e| {
            part.contains(Some(&e)) && matches!(e.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        });
        let open = "details.row-more[open],details[open] form,:popover-open,form[data-under-way]";
        field || part.first::<Element>(open).is_some() || unsaved(part)
    }

    /// Whether something has been typed in it that is not saved, as when the server was away. What somebody has closed is
    /// given up.
    fn unsaved(part: &Element) -> bool {
        let closed = |field: &Element| dom::closest(field, "details:not([open])").is_some();
        part.every::<Element>("textarea,input").into_iter().filter(|field| !closed(field)).any(|field| {
            match field.dyn_into::<HtmlTextAreaElement>() {
                Ok(text) => text.default_value().is_ok_and(|stored| stored != text.value()),
                Err(field) => field.dyn_into::<HtmlInputElement>().is_ok_and(|input| {
                    // what is marked in a list is not taken away while the rest is marked
                    let marks = input.type_() == "checkbox" && input.has_attribute("form");
                    marks && input.checked() != input.default_checked()
                        || !matches!(input.type_().as_str(), "hidden" | "checkbox" | "radio")
                            && input.value() != input.default_value()
                }),
            }
        })
    }

    const FOCUSABLE: &str = "a[href],button,summary,[tabindex]";

    fn focused_in(document: &Document, part: &Element) -> Option<usize> {
        let active = document.active_element().filter(|e| part.contains(Some(e)))?;
        part.every::<Element>(FOCUSABLE).iter().position(|element| *element == active)
    }

    fn focus_on(part: &Element, n: usize) {
        let all: Vec<Element> = part.every(FOCUSABLE);
        if let Some(element) = all.get(n.min(all.len().saturating_sub(1))) {
            dom::focus(element);
        }
    }
}
