//! Lås: what a login asks of the pages that are open. The content of cases is taken off every page when nobody has touched a
//! key or the screen for half an hour, and put back with what was typed when the password has been given; a logout, or another
//! person who logs in, empties all pages of the browser at once; that the login ends soon is said in time; and the server is
//! told that somebody is there, which no page may say by asking for something itself.

use leptos::prelude::*;

use crate::contract::LOG_IN;

/// `person`: whose the page is. `left`: seconds until the login ends. `cases`: whether the page shows the content of cases.
/// `screen`: whether it is shown to a room, where nothing is said.
#[island]
pub fn Las(person: String, left: i64, cases: bool, screen: bool) -> impl IntoView {
    let state =
        State { locked: RwSignal::new(false), wrong: RwSignal::new(String::new()), ends: RwSignal::new(String::new()) };
    let page = Page { person, left, cases, screen };
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::start(&page, state));
    #[cfg(not(feature = "hydrate"))]
    drop(page);
    view! {
        <div class="notice warn las-slut no-print" role="status" hidden=move || screen || state.ends.with(String::is_empty)>
            <p>{move || state.ends.get()}</p>
        </div>
        // made when it is needed: it stands on every page, and nearly none is ever locked
        {move || state.locked.get().then(|| dialog(state))}
    }
}

fn dialog(state: State) -> impl IntoView {
    view! {
        <div class="las" role="dialog" aria-modal="true" aria-labelledby="las-rubrik">
            <section class="card">
                <form class="card-body form" on:submit=move |event| { event.prevent_default(); unlock(state); }>
                    <h2 id="las-rubrik">"Ärendena är låsta"</h2>
                    <p>"Ingen har rört tangenter eller skärm på en halvtimme. Skriv ditt lösenord, så kommer sidan tillbaka med det du har skrivit."</p>
                    <div class="field" class:invalid=move || !state.wrong.get().is_empty()>
                        <label for="las-losenord">"Lösenord"</label>
                        <p class:field-error=move || !state.wrong.get().is_empty() id="las-fel" role="alert">{move || state.wrong.get()}</p>
                        <input id="las-losenord" name="password" type="password" autocomplete="current-password" aria-describedby="las-fel"/>
                    </div>
                    <p class="cluster">
                        <button class="button">"Lås upp"</button>
                        <a class="button quiet" href=LOG_IN target="_blank">"Logga in i en ny flik"</a>
                    </p>
                </form>
            </section>
        </div>
    }
}

/// What the server says of the page.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
struct Page {
    person: String,
    left: i64,
    cases: bool,
    screen: bool,
}

#[derive(Clone, Copy)]
struct State {
    locked: RwSignal<bool>,
    /// What was wrong with the password.
    wrong: RwSignal<String>,
    /// The notice that the login ends soon; empty before that.
    ends: RwSignal<String>,
}

#[cfg(feature = "hydrate")]
use browser::unlock;
// on the server nothing is pressed
#[cfg(not(feature = "hydrate"))]
fn unlock(_: State) {}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{
        cell::{Cell, RefCell},
        time::Duration,
    };

    use domain::session::{LOCK, WARNING};
    use leptos::{ev, prelude::*, task::spawn_local};
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{DocumentFragment, Element, HtmlElement, HtmlFormElement, HtmlInputElement};

    use super::{Page, State};
    use crate::{
        client, contract,
        dom::{self, Channel, Find, document, window},
        error::AppError,
        form_guard::leave,
    };

    /// The channel of the pages of this browser, and what is said on it.
    const CHANNEL: &str = "kvalitet-inloggning";
    const LOCKED: &str = "las";
    const UNLOCKED: &str = "upp";
    const OUT: &str = "ut";
    /// With the person after it.
    const IN: &str = "inne ";
    /// When somebody last touched a page of this browser, in milliseconds of the device.
    const TOUCHED: &str = "kvalitet-rord";
    /// Storage key under which an earlier version kept a report being written, in clear; removed.
    const EARLY: &str = "kvalitet-utkast";
    /// The pages that the service worker keeps.
    const PAGES: &str = "kvalitet-sidor";
    /// How often the page looks at the clock, and how often it may say that somebody is there, in milliseconds.
    const LOOK: u32 = 5_000;
    const TELL: f64 = 60_000.0;

    thread_local! {
        static SHARED: RefCell<Option<Channel>> = const { RefCell::new(None) };
        /// When this page was last touched, and when that was last said to the other pages and to the server.
        static TOUCH: Cell<f64> = const { Cell::new(0.0) };
        static NOTED: Cell<f64> = const { Cell::new(0.0) };
        static TOLD: Cell<f64> = const { Cell::new(0.0) };
        /// Whether the server is still to be told that this page has locked.
        static OWED: Cell<Owed> = const { Cell::new(Owed::Nothing) };
        /// What has been taken off the page, and what had the focus.
        static TAKEN: RefCell<Option<(DocumentFragment, Option<HtmlElement>, String)>> = const { RefCell::new(None) };
    }

    /// That a page has locked, as the server is told it: until it has heard, other tabs are asked for no password.
    #[derive(Clone, Copy, PartialEq)]
    enum Owed {
        Nothing,
        OnItsWay,
        Lock,
    }

    fn now() -> f64 {
        js_sys::Date::now()
    }

    fn tell(text: &str) {
        SHARED.with(|c| {
            if let Some(channel) = &*c.borrow() {
                channel.tell(text);
            }
        });
    }

    /// When any page of the browser was last touched.
    fn touched() -> f64 {
        let elsewhere = dom::local().and_then(|s| s.get_item(TOUCHED).ok().flatten()).and_then(|t| t.parse().ok());
        // a clock that was set back must not keep a page open
        TOUCH.with(Cell::get).max(elsewhere.filter(|at| *at <= now()).unwrap_or(0.0))
    }

    fn touch() {
        let at = now();
        TOUCH.with(|t| t.set(at));
        if at - NOTED.with(Cell::get) > f64::from(LOOK) {
            NOTED.with(|n| n.set(at));
            if let Some(storage) = dom::local() {
                let _ = storage.set_item(TOUCHED, &format!("{at:.0}"));
            }
        }
    }

    /// Begins: once per page.
    pub fn start(page: &Page, state: State) {
        if let Some(storage) = dom::local() {
            let _ = storage.remove_item(EARLY);
        }
        // a page that comes back from the browser's memory may be somebody else's by now
        window_event_listener(ev::pageshow, |event| {
            if event.persisted() {
                leave::let_go();
                let _ = window().location().reload();
            }
        });
        let (person, cases) = (page.person.clone(), page.cases);
        let channel = Channel::open(CHANNEL, move |text| match text.as_str() {
            LOCKED if cases => lock(state, false),
            LOCKED => {}
            UNLOCKED => look_again(state),
            OUT => empty("Du är utloggad", "Du loggade ut i en annan flik i den här webbläsaren."),
            other => match other.strip_prefix(IN) {
                Some(who) if who == person => look_again(state),
                Some(_) => empty("Någon annan har loggat in", "Den här sidan hörde till en annan person."),
                None => {}
            },
        });
        SHARED.with(|c| *c.borrow_mut() = channel);
        tell(&format!("{IN}{}", page.person));
        // after everybody else has had the chance to hold it back
        window_event_listener(ev::submit, |event| {
            let form = dom::target::<HtmlFormElement>(&event);
            let leaves = form.is_some_and(|f| dom::attr(&f, "action").starts_with(contract::LOG_OUT));
            if leaves && !event.default_prevented() {
                forget_pages();
                tell(OUT);
            }
        });
        touch();
        // that the page was opened the server knows
        TOLD.with(|t| t.set(now()));
        for name in ["keydown", "pointerdown", "wheel", "touchmove"] {
            window_event_listener_untyped(name, |_| touch());
        }
        let (left, cases, screen) = (page.left, page.cases, page.screen);
        #[allow(clippy::cast_precision_loss)] // twelve hours
        let end = now() + left as f64 * 1_000.0;
        set_interval(move || tick(state, cases, screen, (left, end)), Duration::from_millis(LOOK.into()));
        // a laptop that wakes, or a page that is looked at again
        for name in ["focus", "pageshow"] {
            window_event_listener_untyped(name, move |_| {
                tick(state, cases, screen, (left, end));
                if state.locked.get_untracked() {
                    look_again(state);
                }
            });
        }
    }

    fn tick(state: State, cases: bool, screen: bool, (left, end): (i64, f64)) {
        let at = now();
        tell_lock();
        #[allow(clippy::cast_precision_loss)] // half an hour
        if cases && at - touched() > LOCK as f64 * 1_000.0 {
            lock(state, true);
        }
        #[allow(clippy::cast_precision_loss)] // a quarter of an hour
        if left > WARNING && end - at <= WARNING as f64 * 1_000.0 && state.ends.with_untracked(String::is_empty) {
            warn(state, end);
        }
        if at - TOLD.with(Cell::get) < TELL || state.locked.get_untracked() {
            return;
        }
        let mote = screen.then(mote).flatten();
        if mote.is_some() || TOUCH.with(Cell::get) > TOLD.with(Cell::get) {
            let by_hand = TOUCH.with(Cell::get) > TOLD.with(Cell::get);
            TOLD.with(|t| t.set(at));
            spawn_local(async move { tell_server(by_hand, mote).await });
        }
    }

    /// The meeting that the page shows.
    fn mote() -> Option<String> {
        document().first::<Element>(".deck[data-key]")?.get_attribute("data-key")
    }

    /// Tells the server that somebody is there: a key or a touch, or a meeting that is shown and not yet closed.
    async fn tell_server(by_hand: bool, mote: Option<String>) {
        let fields = [("hand", if by_hand { "ja" } else { "" }), ("mote", mote.as_deref().unwrap_or_default())];
        if client::call(&contract::USED, &fields).await.is_ok_and(|told| told.shown) {
            touch();
        }
    }

    fn warn(state: State, end: f64) {
        let clock = js_sys::Date::new(&JsValue::from_f64(end));
        let text = format!(
            "Klockan {}.{:02} loggas du ut: en inloggning gäller i högst tolv timmar. Det du skriver finns kvar när du har \
             loggat in igen.",
            clock.get_hours(),
            clock.get_minutes()
        );
        // in a meeting it stands where the one who presents sees it, and never on a slide
        if let Some(panel) = document().first::<Element>(".deck-panel [data-inloggning]") {
            panel.set_text_content(Some(&text));
            dom::mark(&panel, "hidden", false);
        }
        state.ends.set(text);
    }

    fn main() -> Option<HtmlElement> {
        dom::by_id("innehall")
    }

    /// Takes the content off the page: it is nowhere in the document until the password has been given.
    fn lock(state: State, first: bool) {
        let (document, Some(main)) = (document(), main()) else { return };
        if state.locked.get_untracked() {
            return;
        }
        let focus = document.active_element().and_then(|e| e.dyn_into::<HtmlElement>().ok());
        let fragment = document.create_document_fragment();
        while let Some(child) = main.first_child() {
            if fragment.append_child(&child).is_err() {
                break;
            }
        }
        TAKEN.with(|t| *t.borrow_mut() = Some((fragment, focus, document.title())));
        document.set_title("Låst – Kvalitetshjulet");
        state.wrong.set(String::new());
        state.locked.set(true);
        request_animation_frame(|| {
            if let Some(field) = field() {
                field.set_value("");
                dom::focus(&field);
            }
        });
        if first {
            tell(LOCKED);
            OWED.with(|o| o.set(Owed::Lock));
            tell_lock();
        }
    }

    /// Tells the server that this page has locked; where that did not come through, at the next look at the clock.
    fn tell_lock() {
        if OWED.with(Cell::get) != Owed::Lock {
            return;
        }
        OWED.with(|o| o.set(Owed::OnItsWay));
        spawn_local(async {
            let told = match client::call(&contract::LOCK, &[("las", "ja")]).await {
                Ok(_) | Err(AppError::LoggedOut) => true,
                Err(error) => error.is_final(),
            };
            // unlocked meanwhile: nothing is owed any more
            if OWED.with(Cell::get) == Owed::OnItsWay {
                OWED.with(|o| o.set(if told { Owed::Nothing } else { Owed::Lock }));
            }
        });
    }

    fn field() -> Option<HtmlInputElement> {
        dom::by_id("las-losenord")
    }

    /// Puts the content back as it was.
    fn restore(state: State) {
        OWED.with(|o| o.set(Owed::Nothing));
        let Some((fragment, focus, title)) = TAKEN.with(|t| t.borrow_mut().take()) else { return };
        if let Some(main) = main() {
            let _ = main.append_child(&fragment);
            document().set_title(&title);
        }
        touch();
        state.locked.set(false);
        if let Some(focus) = focus {
            let _ = focus.focus();
        }
        // what was said meanwhile is asked for
        dom::say("online");
    }

    /// Whether another page has been unlocked is the server's to say.
    fn look_again(state: State) {
        let asks = document().first::<Element>("[data-last-sida]").is_some();
        if !asks && !state.locked.get_untracked() {
            return;
        }
        spawn_local(async move {
            if client::call(&contract::LOCK, &[]).await.is_ok_and(|told| !told.locked) {
                if asks {
                    leave::let_go();
                    let _ = window().location().reload();
                } else {
                    restore(state);
                }
            }
        });
    }

    /// The button "Lås upp".
    pub fn unlock(state: State) {
        let Some(field) = field() else { return };
        let password = field.value();
        spawn_local(async move {
            let said = match client::send(contract::UNLOCK, &[("password", &password)]).await {
                Ok(()) => {
                    field.set_value("");
                    restore(state);
                    return tell(UNLOCKED);
                }
                Err(AppError::LoggedOut) => {
                    "Du är utloggad. Logga in i en ny flik, så kommer sidan tillbaka här.".to_owned()
                }
                // the server says whether it was wrong or too often wrong
                Err(error) => error.message(),
            };
            state.wrong.set(said);
            dom::focus(&field);
        });
    }

    /// The page is no longer for whoever looks at it: nothing of it stays.
    fn empty(title: &str, text: &str) {
        TAKEN.with(|t| *t.borrow_mut() = None);
        let Some(body) = document().body() else { return };
        document().set_title("Kvalitetshjulet");
        body.set_text_content(None);
        let made = (
            dom::made("main", "login", ""),
            dom::made("section", "card", ""),
            dom::made("div", "card-body stack", ""),
            dom::made("a", "button secondary", "Till startsidan"),
        );
        let (Some(around), Some(card), Some(inner), Some(anchor)) = made else { return };
        dom::set_attr(&anchor, "href", "/");
        for part in [dom::made("h1", "", title), dom::made("p", "", text), Some(anchor)].into_iter().flatten() {
            let _ = inner.append_child(&part);
        }
        let _ = card.append_child(&inner);
        let _ = around.append_child(&card);
        let _ = body.append_child(&around);
    }

    /// Pages that were kept for use without network hold the person's name in the menu: they go at logout. The page itself sees
    /// to it; the service worker does too, but may be asleep.
    fn forget_pages() {
        let caches = js_sys::Reflect::get(&window(), &"caches".into()).unwrap_or(JsValue::UNDEFINED);
        let delete =
            js_sys::Reflect::get(&caches, &"delete".into()).ok().and_then(|f| f.dyn_into::<js_sys::Function>().ok());
        if let Some(delete) = delete {
            let _ = delete.call1(&caches, &PAGES.into());
        }
    }
}
