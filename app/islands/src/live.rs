//! Live: parts of a page that say in `data-live` which areas they show are brought up to date when one of these changes.
//! The page is asked for anew and the part is exchanged; what somebody types in is left alone until it is sent. One stream
//! for each browser: the tab whose turn it is (`one_tab`) listens and tells the others.

use leptos::prelude::*;

#[cfg(any(feature = "hydrate", test))]
mod buffer;

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
    use std::cell::{Cell, RefCell};

    use leptos::{leptos_dom::helpers::window, task::spawn_local};
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{
        AbortSignal, BroadcastChannel, Document, DomParser, Element, Event, EventSource, Headers, HtmlElement,
        HtmlInputElement, HtmlTextAreaElement, MessageEvent, RequestInit, Response, SupportedType, SvgElement,
    };

    use super::buffer::{Does, Line};
    use crate::{BACKGROUND, one_tab};

    /// Name of the turn among tabs and of their channel; a page with a stream of its own has its own.
    const NAME: &str = "kvalitet-live";
    /// The stream of a person who is logged in.
    const STREAM: &str = "/handelser";
    /// The page is not there any more, as the screen whose address was taken back.
    const GONE: u16 = 410;
    /// Event data: anything may have changed.
    const ANYTHING: &str = "*";
    /// Event data: the stream is open.
    const OPEN: &str = "-";
    /// Keep-alive sent every 20 s.
    const STILL: &str = ".";
    /// Time between checks that the stream is alive, in milliseconds.
    const LOOK: i32 = 5_000;
    /// A page that has not come by then is given up and asked for again, in milliseconds.
    const SLOW: u32 = 15_000;
    /// How long to wait before a part that is being typed in is looked at again, in milliseconds.
    const BUSY: i32 = 2_000;
    /// A stream that the server has refused is tried again after this, in milliseconds.
    const REFUSED: i32 = 15_000;
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
        static CHANNEL: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
        /// The stream, in the tab that listens.
        static SOURCE: RefCell<Option<EventSource>> = const { RefCell::new(None) };
        /// Whether it is this tab's turn to listen, and whether it has been before.
        static LISTENS: Cell<bool> = const { Cell::new(false) };
        static WATCHES: Cell<bool> = const { Cell::new(false) };
        static ON_WORD: Closure<dyn Fn(MessageEvent)> = Closure::new(|event: MessageEvent| word(&event));
        static ON_FAULT: Closure<dyn Fn(Event)> = Closure::new(|_: Event| fault());
        /// State of the stream.
        static LINE: RefCell<Line> = RefCell::default();
    }

    fn document() -> Option<Document> {
        window().document()
    }

    /// The stream of the page: its own, or that of the person.
    fn stream() -> String {
        let own = document().and_then(|d| d.query_selector("[data-stream]").ok().flatten());
        own.and_then(|e| e.get_attribute("data-stream")).unwrap_or_else(|| STREAM.to_owned())
    }

    fn name() -> String {
        let stream = stream();
        if stream == STREAM { NAME.to_owned() } else { format!("{NAME}-{stream}") }
    }

    /// Begins: once per page.
    pub fn start() {
        let live = document().and_then(|d| d.query_selector(PARTS).ok().flatten());
        if live.is_none() {
            return;
        }
        if let Ok(channel) = BroadcastChannel::new(&name()) {
            let heard = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| match event.data().as_string() {
                Some(asked) if asked == ASK => tell_how_far(),
                Some(told) if told == LATE || told == IN_TIME => drop(mark("data-late", told == LATE)),
                Some(told) => match told.strip_prefix(SEEN) {
                    Some(seen) => compare(seen),
                    None => hear(&told),
                },
                None => {}
            });
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            heard.forget();
            CHANNEL.with(|c| *c.borrow_mut() = Some(channel));
            // what was said between the making of this page and now
            post(ASK);
        }
        // a laptop that wakes has missed what was said, whatever the stream believes
        let shown = Closure::<dyn Fn(Event)>::new(|_: Event| {
            if document().is_some_and(|d| !d.hidden()) {
                hear(ANYTHING);
            }
        });
        let _ =
            document().map(|d| d.add_event_listener_with_callback("visibilitychange", shown.as_ref().unchecked_ref()));
        shown.forget();
        let online = Closure::<dyn Fn(Event)>::new(|_: Event| hear(ANYTHING));
        let _ = window().add_event_listener_with_callback("online", online.as_ref().unchecked_ref());
        online.forget();
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
            if let Some(source) = SOURCE.with(|s| s.borrow_mut().take()) {
                source.close();
                source.set_onmessage(None);
                source.set_onerror(None);
            }
            // what is thought of the line is for whose turn it is
            LINE.with(|l| *l.borrow_mut() = Line::default());
            away(false);
            let _ = mark("data-late", false);
        };
        one_tab::lead(&name(), begin, end);
    }

    /// Sees to it that the line is not dead. By the clock and not by counting: a device that sleeps counts nothing.
    fn watch() {
        let look = Closure::<dyn Fn()>::new(|| match LINE.with(|l| l.borrow_mut().look(js_sys::Date::now())) {
            Does::Nothing => {}
            Does::Listen => listen(),
            Does::Ask => {
                if let Some(silent) = SOURCE.with(|s| s.borrow_mut().take()) {
                    silent.close();
                    silent.set_onmessage(None);
                    silent.set_onerror(None);
                }
                // the other tabs hear nothing either
                post(ANYTHING);
                refresh();
            }
        });
        let _ = window().set_interval_with_callback_and_timeout_and_arguments_0(look.as_ref().unchecked_ref(), LOOK);
        look.forget();
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

    /// Opens the stream. What hears it is made once: a screen on a wall opens it many times.
    fn listen() {
        if !LISTENS.with(Cell::get) {
            return;
        }
        if let Some(old) = SOURCE.with(|s| s.borrow_mut().take()) {
            old.close();
        }
        let Ok(source) = EventSource::new(&stream()) else { return };
        LINE.with(|l| l.borrow_mut().opened(js_sys::Date::now()));
        ON_WORD.with(|heard| source.set_onmessage(Some(heard.as_ref().unchecked_ref())));
        ON_FAULT.with(|failed| source.set_onerror(Some(failed.as_ref().unchecked_ref())));
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
        let refused = SOURCE.with(|s| s.borrow().as_ref().is_some_and(|s| s.ready_state() == EventSource::CLOSED));
        if refused {
            SOURCE.with(|s| s.borrow_mut().take());
            hear(ANYTHING);
            later(REFUSED, listen);
        }
    }

    fn post(text: &str) {
        CHANNEL.with(|c| {
            if let Some(channel) = &*c.borrow() {
                let _ = channel.post_message(&JsValue::from_str(text));
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
        let root = document().and_then(|d| d.document_element());
        let own = root.and_then(|r| r.get_attribute("data-seq")).unwrap_or_default();
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

    fn later(ms: i32, what: impl FnOnce() + 'static) {
        let what = Closure::once_into_js(what);
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(what.unchecked_ref(), ms);
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
        let Some(root) = document().and_then(|d| d.document_element()) else { return false };
        let changed = root.has_attribute(name) != on;
        let _ = if on { root.set_attribute(name, "") } else { root.remove_attribute(name) };
        changed
    }

    fn parts(document: &Document) -> Vec<Element> {
        let Ok(found) = document.query_selector_all(PARTS) else { return vec![] };
        (0..found.length()).filter_map(|i| found.get(i)?.dyn_into::<Element>().ok()).collect()
    }

    fn shows(part: &Element, area: &str) -> bool {
        let areas = part.get_attribute("data-live").unwrap_or_default();
        area == ANYTHING || areas.split_whitespace().any(|a| a == area)
    }

    fn hear(area: &str) {
        if document().is_some_and(|d| parts(&d).iter().any(|p| shows(p, area))) {
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
            answered(matches!(page, Ok(Some(_))));
            let again = match page {
                Ok(Some(new)) => exchange(&new).then_some(BUSY),
                Ok(None) => None,
                Err(NotReached) => Some(REFUSED),
            };
            FETCHING.with(|f| f.set(false));
            if AGAIN.with(|a| a.replace(false)) {
                refresh();
            } else if let Some(ms) = again {
                later(ms, refresh);
            }
        });
    }

    /// The server did not answer, or not in time.
    struct NotReached;

    impl From<JsValue> for NotReached {
        fn from(_: JsValue) -> Self {
            Self
        }
    }

    /// This page as the server has it now. Nothing when it leads elsewhere: to the login.
    async fn page() -> Result<Option<Document>, NotReached> {
        let headers = Headers::new()?;
        headers.set("accept", "text/html")?;
        // what waits to be said is for a page that somebody opens
        headers.set("purpose", "prefetch")?;
        headers.set(BACKGROUND, "1")?;
        let init = RequestInit::new();
        init.set_headers(&headers);
        // over a dead line it would be waited for until the device gives the line up, and nothing else be asked for
        init.set_signal(Some(&AbortSignal::timeout_with_u32(SLOW)));
        let href = window().location().href()?;
        let address = href.split('#').next().unwrap_or_default();
        let response = JsFuture::from(window().fetch_with_str_and_init(address, &init)).await?;
        let response: Response = response.dyn_into()?;
        if response.status() == GONE {
            let _ = window().location().reload();
        }
        if !response.ok() || response.redirected() {
            return Ok(None);
        }
        let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
        Ok(Some(DomParser::new()?.parse_from_string(&text, SupportedType::TextHtml)?))
    }

    /// Exchanges the parts that differ. Whether one of them was left because somebody works in it.
    fn exchange(new: &Document) -> bool {
        let Some(document) = document() else { return false };
        let root = |d: &Document| d.document_element();
        if let (Some(own), Some(seq)) = (root(&document), root(new).and_then(|r| r.get_attribute("data-seq"))) {
            let _ = own.set_attribute("data-seq", &seq);
        }
        let mut busy = false;
        for part in parts(&document) {
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
                let _ = part.set_attribute(STAND, &stand);
            }
            if let Some(n) = focus {
                focus_on(&part, n);
            }
            let told = Event::new("kvalitet-nytt").ok();
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
        field || part.query_selector(open).ok().flatten().is_some() || unsaved(part)
    }

    /// Whether something has been typed in it that is not saved, as when the server was away. What somebody has closed is
    /// given up.
    fn unsaved(part: &Element) -> bool {
        let Ok(found) = part.query_selector_all("textarea,input") else { return false };
        let closed = |node: &web_sys::Node| {
            let element = node.dyn_ref::<Element>();
            element.is_some_and(|e| e.closest("details:not([open])").ok().flatten().is_some())
        };
        (0..found.length()).filter_map(|i| found.get(i)).filter(|n| !closed(n)).any(|node| {
            match node.dyn_into::<HtmlTextAreaElement>() {
                Ok(text) => text.default_value().is_ok_and(|stored| stored != text.value()),
                Err(node) => node.dyn_into::<HtmlInputElement>().is_ok_and(|input| {
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

    fn focused_in(document: &Document, part: &Element) -> Option<u32> {
        let active = document.active_element().filter(|e| part.contains(Some(e)))?;
        let all = part.query_selector_all(FOCUSABLE).ok()?;
        (0..all.length()).find(|i| all.get(*i).is_some_and(|n| n.is_same_node(Some(&active))))
    }

    fn focus_on(part: &Element, n: u32) {
        let Ok(all) = part.query_selector_all(FOCUSABLE) else { return };
        let n = n.min(all.length().saturating_sub(1));
        let Some(node) = all.get(n) else { return };
        let _ = match node.dyn_into::<HtmlElement>() {
            Ok(element) => element.focus(),
            Err(node) => node.dyn_into::<SvgElement>().map_or(Ok(()), |mark| mark.focus()),
        };
    }
}
