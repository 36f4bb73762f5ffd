//! Dom: the page as islands read and change it, over web-sys. What the browser calls back is made here and nowhere else, and
//! each has an owner with which it goes: a guard, or whoever is the reactive owner when it is made.

use std::{cell::RefCell, time::Duration};

pub use leptos::leptos_dom::helpers::{document, window};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    BroadcastChannel, Document, Element, Event, EventSource, EventTarget, FormData, HtmlElement, HtmlFormElement,
    MessageEvent, NodeList, Storage, SvgElement,
};

/// What elements are looked for in.
pub trait Find {
    /// The first of a selector, where it is of that kind.
    fn first<T: JsCast>(&self, selector: &str) -> Option<T>;
    /// All of a selector that are of that kind, in the order of the page.
    fn every<T: JsCast>(&self, selector: &str) -> Vec<T>;
}

impl Find for Document {
    fn first<T: JsCast>(&self, selector: &str) -> Option<T> {
        self.query_selector(selector).ok()??.dyn_into().ok()
    }
    fn every<T: JsCast>(&self, selector: &str) -> Vec<T> {
        each(self.query_selector_all(selector))
    }
}

impl Find for Element {
    fn first<T: JsCast>(&self, selector: &str) -> Option<T> {
        self.query_selector(selector).ok()??.dyn_into().ok()
    }
    fn every<T: JsCast>(&self, selector: &str) -> Vec<T> {
        each(self.query_selector_all(selector))
    }
}

fn each<T: JsCast>(found: Result<NodeList, JsValue>) -> Vec<T> {
    let Ok(found) = found else { return vec![] };
    (0..found.length()).filter_map(|i| found.get(i)?.dyn_into().ok()).collect()
}

/// The element of an id.
pub fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// What an event happened to.
pub fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.target()?.dyn_into().ok()
}

/// The element itself or the one around it that a selector takes.
pub fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

/// As [`closest`], of what an event happened to.
pub fn target_in(event: &Event, selector: &str) -> Option<Element> {
    closest(&target(event)?, selector)
}

/// The text of an attribute; empty where there is none.
pub fn attr(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

/// Gives an attribute a text.
pub fn set_attr(element: &Element, name: &str, text: &str) {
    let _ = element.set_attribute(name, text);
}

/// Puts an attribute without a text on an element, or takes it off.
pub fn mark(element: &Element, name: &str, on: bool) {
    let _ = if on { element.set_attribute(name, "") } else { element.remove_attribute(name) };
}

/// A new element with a class and a text.
pub fn made(tag: &str, class: &str, text: &str) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    Some(element)
}

/// Says that something has happened to an element, as if the person had done it.
pub fn happens(element: &Element, event: &str) {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict(event, &init) {
        let _ = element.dispatch_event(&event);
    }
}

/// Sends a form as its button does, with what the browser and listeners have to say of it.
pub fn submit(form: &HtmlFormElement, button: Option<&HtmlElement>) {
    if form.request_submit_with_submitter(button).is_ok() {
        return;
    }
    // a Safari of before 16 has no requestSubmit
    let button =
        button.cloned().or_else(|| form.first("button:not([type=button]):not([type=reset]),input[type=submit]"));
    if let Some(button) = button {
        button.click();
    }
}

/// Moves the focus to an element.
pub fn focus(element: &Element) {
    let _ = match element.dyn_ref::<HtmlElement>() {
        Some(element) => element.focus(),
        None => element.dyn_ref::<SvgElement>().map_or(Ok(()), SvgElement::focus),
    };
}

/// Moves the focus to what is shown by the next frame.
pub fn focus_when_shown(element: Option<Element>) {
    if let Some(element) = element {
        request_animation_frame(move || focus(&element));
    }
}

/// The fields of a form as it would post them.
pub fn fields(form: &HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = FormData::new_with_form(form) else { return vec![] };
    let pair = |entry: JsValue| {
        let entry: js_sys::Array = entry.dyn_into().ok()?;
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    };
    js_sys::Array::from(&data.entries().into()).iter().filter_map(pair).collect()
}

/// What all pages of this site keep on the device.
pub fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Tells the page, by an event on its window.
pub fn say(event: &str) {
    if let Ok(event) = Event::new(event) {
        let _ = window().dispatch_event(&event);
    }
}

/// Waits.
pub async fn sleep(time: Duration) {
    let slept = js_sys::Promise::new(&mut |wake, _| {
        set_timeout(move || drop(wake.call0(&JsValue::UNDEFINED)), time);
    });
    let _ = JsFuture::from(slept).await;
}

/// A listener on a part of the page: heard until it is dropped.
struct Listener {
    on: EventTarget,
    name: &'static str,
    first: bool,
    heard: Closure<dyn Fn(Event)>,
}

impl Listener {
    fn new(on: EventTarget, name: &'static str, first: bool, heard: Box<dyn Fn(Event)>) -> Self {
        let heard = Closure::wrap(heard);
        let _ = on.add_event_listener_with_callback_and_bool(name, heard.as_ref().unchecked_ref(), first);
        Self { on, name, first, heard }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let heard = self.heard.as_ref().unchecked_ref();
        let _ = self.on.remove_event_listener_with_callback_and_bool(self.name, heard, self.first);
    }
}

/// Hears an event of a part of the page for as long as the reactive owner is there; of the window Leptos'
/// `window_event_listener` does.
pub fn on<E: JsCast>(part: &EventTarget, name: &'static str, heard: impl Fn(E) + 'static) {
    let heard = Box::new(move |event: Event| heard(event.unchecked_into()));
    StoredValue::new_local(Listener::new(part.clone(), name, false, heard));
}

/// As [`on`], of the whole page and before anybody else hears of it.
pub fn on_first<E: JsCast>(name: &'static str, heard: impl Fn(E) + 'static) {
    let heard = Box::new(move |event: Event| heard(event.unchecked_into()));
    StoredValue::new_local(Listener::new(document().into(), name, true, heard));
}

/// Between the tabs of this browser: what is said in one is heard in the others, until it is dropped.
pub struct Channel {
    channel: BroadcastChannel,
    _heard: Closure<dyn Fn(MessageEvent)>,
}

impl Channel {
    /// Opens it, where the browser has such.
    pub fn open(name: &str, heard: impl Fn(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let heard = Closure::wrap(Box::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                heard(text);
            }
        }) as Box<dyn Fn(MessageEvent)>);
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Self { channel, _heard: heard })
    }

    /// Tells the other tabs.
    pub fn tell(&self, text: &str) {
        let _ = self.channel.post_message(&JsValue::from_str(text));
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

/// A stream of events from the server, until it is dropped.
pub struct Stream {
    source: EventSource,
    _word: Closure<dyn Fn(MessageEvent)>,
    _fault: Closure<dyn Fn(Event)>,
}

impl Stream {
    /// Opens it.
    pub fn open(path: &str, word: fn(&MessageEvent), fault: fn()) -> Option<Self> {
        let source = EventSource::new(path).ok()?;
        let word = Closure::wrap(Box::new(move |event: MessageEvent| word(&event)) as Box<dyn Fn(MessageEvent)>);
        let fault = Closure::wrap(Box::new(move |_: Event| fault()) as Box<dyn Fn(Event)>);
        source.set_onmessage(Some(word.as_ref().unchecked_ref()));
        source.set_onerror(Some(fault.as_ref().unchecked_ref()));
        Some(Self { source, _word: word, _fault: fault })
    }

    /// Whether the server has refused it: otherwise the browser tries again by itself.
    pub fn is_refused(&self) -> bool {
        self.source.ready_state() == EventSource::CLOSED
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
        self.source.set_onmessage(None);
        self.source.set_onerror(None);
    }
}

/// What a promise calls that came to nothing.
type Once = Closure<dyn FnMut(JsValue)>;

/// The browser's locks: over https and on this machine.
pub struct Locks {
    locks: JsValue,
    request: js_sys::Function,
}

impl Locks {
    /// Where the browser has them here.
    pub fn here() -> Option<Self> {
        let locks = js_sys::Reflect::get(&window().navigator(), &"locks".into()).ok()?;
        let request = js_sys::Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        Some(Self { locks, request })
    }

    /// Begins when the lock is this page's, which it is from then on until the page is closed.
    pub fn when_held(&self, name: &str, begin: impl FnOnce() + 'static) {
        let held = Closure::once_into_js(move || {
            begin();
            forever()
        });
        let _ = self.request.call2(&self.locks, &name.into(), &held);
    }

    /// Takes the lock if it is free, until the page is closed. Whether it was.
    pub async fn take(&self, name: &str) -> bool {
        // a browser that gives no locks here has no other tab that holds one. Kept until that is known
        let refused: RefCell<Option<Once>> = RefCell::new(None);
        let answered = js_sys::Promise::new(&mut |tell, _| {
            let say = tell.clone();
            let given = Closure::once_into_js(move |lock: JsValue| -> JsValue {
                let _ = say.call1(&JsValue::UNDEFINED, &lock.is_truthy().into());
                if lock.is_truthy() { forever().into() } else { JsValue::UNDEFINED }
            });
            let options = js_sys::Object::new();
            let _ = js_sys::Reflect::set(&options, &"ifAvailable".into(), &true.into());
            let no_lock = tell.clone();
            let failed = Closure::once(move |_: JsValue| {
                let _ = no_lock.call1(&JsValue::UNDEFINED, &true.into());
            });
            match self
                .request
                .call3(&self.locks, &name.into(), &options, &given)
                .map(JsCast::dyn_into::<js_sys::Promise>)
            {
                Ok(Ok(asked)) => drop(asked.catch(&failed)),
                _ => drop(tell.call1(&JsValue::UNDEFINED, &true.into())),
            }
            refused.replace(Some(failed));
        });
        JsFuture::from(answered).await.is_ok_and(|given| given.is_truthy())
    }
}

/// A promise that nothing comes of.
fn forever() -> js_sys::Promise {
    js_sys::Promise::new(&mut |_, _| {})
}
