//! One tab: what only one tab of a browser has at a time: the live stream ([`lead`]), a draft that is being written
//! ([`claim`]). Over https and on this machine the browser's locks see to it. A page over plain http has none; there the tabs
//! ask each other on a channel, which every page has. A tab that does not answer is closed, or frozen by the browser: what it
//! had is another's, and when it wakes it hears so.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use leptos::{leptos_dom::helpers::window, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, Event, MessageEvent};

use crate::device::random;

const CHANNEL: &str = "kvalitet-flik";
/// Who has it is asked, who has it says so, and who leaves it says so: with the tab and the name after it.
const ASKS: char = '?';
const HAS: char = '!';
const LEAVES: char = '-';
/// How long an answer is waited for, in milliseconds. What a page is told does not wait for its timers to be due.
const PATIENCE: i32 = 300;
/// How often a tab that waits asks whether the one that has it is still there, in milliseconds.
const LOOK: i32 = 10_000;
/// A page that is loaded anew may be there before the browser has freed the lock of the old one: tries, and milliseconds
/// between them.
const TRIES: usize = 3;
const PAUSE: i32 = 150;

/// How a name stands with this tab.
enum Turn {
    /// It has asked; whether another has answered.
    Asked { lost: bool },
    /// It has it. What to do when another tab turns out to have it.
    Held(Rc<dyn Fn()>),
}

/// A name that this tab wants or has, and what runs when it is its turn.
struct Leads {
    name: String,
    begin: Rc<dyn Fn()>,
    end: Rc<dyn Fn()>,
}

thread_local! {
    /// What this tab is called among the tabs: at random.
    static TAB: String = hex::encode(random::<8>());
    static SHARED: Option<BroadcastChannel> = open();
    static TURNS: RefCell<BTreeMap<String, Turn>> = const { RefCell::new(BTreeMap::new()) };
    static LEADS: RefCell<Vec<Leads>> = const { RefCell::new(Vec::new()) };
}

/// Whether this tab has the name from now on, until it is left: no other has. `taken` is for when another has it all the
/// same, because this one was frozen.
pub async fn claim(name: &str, taken: impl Fn() + 'static) -> bool {
    let Some((locks, request)) = locks() else { return ask(name, Rc::new(taken)).await };
    for tried in 1..=TRIES {
        if lock_now(&locks, &request, name).await {
            return true;
        }
        if tried < TRIES {
            sleep(PAUSE).await;
        }
    }
    false
}

/// Begins when no other tab has the name, now or later; ends when another has it all the same.
pub fn lead(name: &str, begin: impl Fn() + 'static, end: impl Fn() + 'static) {
    if let Some((locks, request)) = locks() {
        let held = Closure::once_into_js(move || {
            begin();
            // held until the tab is closed
            js_sys::Promise::new(&mut |_, _| {})
        });
        let _ = request.call2(&locks, &name.into(), &held);
        return;
    }
    let first = LEADS.with(|leads| {
        let mut leads = leads.borrow_mut();
        leads.push(Leads { name: name.to_owned(), begin: Rc::new(begin), end: Rc::new(end) });
        leads.len() == 1
    });
    if first {
        let look = Closure::<dyn Fn()>::new(try_all);
        let _ = window().set_interval_with_callback_and_timeout_and_arguments_0(look.as_ref().unchecked_ref(), LOOK);
        look.forget();
    }
    try_all();
}

/// Asks for whatever this tab would lead and does not.
fn try_all() {
    let wanted: Vec<_> = LEADS.with(|leads| {
        leads.borrow().iter().map(|l| (l.name.clone(), Rc::clone(&l.begin), Rc::clone(&l.end))).collect()
    });
    for (name, begin, end) in wanted {
        if TURNS.with(|turns| turns.borrow().contains_key(&name)) {
            continue;
        }
        spawn_local(async move {
            if ask(&name, end).await {
                begin();
            }
        });
    }
}

fn locks() -> Option<(JsValue, js_sys::Function)> {
    let locks = js_sys::Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    let request = js_sys::Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}

/// Takes the browser's lock if it is free.
async fn lock_now(locks: &JsValue, request: &js_sys::Function, name: &str) -> bool {
    let answered = js_sys::Promise::new(&mut |tell, _| {
        let say = tell.clone();
        let given = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let _ = say.call1(&JsValue::UNDEFINED, &lock.is_truthy().into());
            // held until the tab is closed
            if lock.is_truthy() { js_sys::Promise::new(&mut |_, _| {}).into() } else { JsValue::UNDEFINED }
        });
        let options = js_sys::Object::new();
        let _ = js_sys::Reflect::set(&options, &"ifAvailable".into(), &true.into());
        let refused = tell.clone();
        // a browser that gives no locks here has no other tab that holds one
        let refused = Closure::once(move |_: JsValue| {
            let _ = refused.call1(&JsValue::UNDEFINED, &true.into());
        });
        match request.call3(locks, &name.into(), &options, &given).map(JsCast::dyn_into::<js_sys::Promise>) {
            Ok(Ok(asked)) => drop(asked.catch(&refused)),
            _ => drop(tell.call1(&JsValue::UNDEFINED, &true.into())),
        }
        refused.forget();
    });
    JsFuture::from(answered).await.is_ok_and(|given| given.is_truthy())
}

async fn sleep(ms: i32) {
    let slept = js_sys::Promise::new(&mut |wake, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&wake, ms);
    });
    let _ = JsFuture::from(slept).await;
}

fn open() -> Option<BroadcastChannel> {
    let channel = BroadcastChannel::new(CHANNEL).ok()?;
    let heard = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(text) = event.data().as_string() {
            hear(&text);
        }
    });
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    let on = |target: &web_sys::EventTarget, name: &str, what: fn()| {
        let listener = Closure::<dyn Fn(Event)>::new(move |_: Event| what());
        let _ = target.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        listener.forget();
    };
    on(&window(), "pagehide", || leave(true));
    if let Some(document) = window().document() {
        // a frozen tab does nothing, and would keep the others from it
        on(&document, "freeze", || leave(false));
        on(&document, "resume", wake);
    }
    Some(channel)
}

/// Of two that want the same the one with the lower rank gets it: a tab that is looked at before one that is not, whose timers
/// the browser holds back.
fn rank() -> String {
    let hidden = window().document().is_none_or(|d| d.hidden());
    TAB.with(|tab| format!("{}{tab}", u8::from(hidden)))
}

fn post(kind: char, name: &str) {
    let text = format!("{kind}{} {name}", rank());
    SHARED.with(|channel| channel.as_ref().map(|c| c.post_message(&JsValue::from_str(&text))));
}

/// Whether nobody who has it answers.
async fn ask(name: &str, taken: Rc<dyn Fn()>) -> bool {
    if SHARED.with(Option::is_none) {
        // a browser without any such thing: each tab by itself
        return true;
    }
    let asked = TURNS.with(|turns| {
        let mut turns = turns.borrow_mut();
        match turns.get(name) {
            Some(Turn::Held(_)) => Some(true),
            Some(Turn::Asked { .. }) => Some(false),
            None => {
                turns.insert(name.to_owned(), Turn::Asked { lost: false });
                None
            }
        }
    });
    if let Some(known) = asked {
        return known;
    }
    post(ASKS, name);
    sleep(PATIENCE).await;
    let won = TURNS.with(|turns| {
        let mut turns = turns.borrow_mut();
        let won = matches!(turns.remove(name), Some(Turn::Asked { lost: false }));
        if won {
            turns.insert(name.to_owned(), Turn::Held(taken));
        }
        won
    });
    if won {
        post(HAS, name);
    }
    won
}

/// What follows from what another tab says.
enum Then {
    Nothing,
    Answer,
    Lose(Rc<dyn Fn()>),
    Try,
}

/// What another tab says.
fn hear(text: &str) {
    let mut signs = text.chars();
    let Some((kind, (tab, name))) = signs.next().zip(signs.as_str().split_once(' ')) else { return };
    let before = rank().as_str() < tab;
    let then = TURNS.with(|turns| {
        let mut turns = turns.borrow_mut();
        match (kind, turns.get_mut(name)) {
            (ASKS, Some(Turn::Held(_))) => Then::Answer,
            // two that ask at the same moment, or have it both: the lower
            (ASKS, Some(Turn::Asked { .. })) | (HAS, Some(Turn::Held(_))) if before => Then::Answer,
            (ASKS | HAS, Some(Turn::Asked { lost })) => {
                *lost = true;
                Then::Nothing
            }
            (HAS, Some(Turn::Held(taken))) => {
                let taken = Rc::clone(taken);
                turns.remove(name);
                Then::Lose(taken)
            }
            (LEAVES, None) => Then::Try,
            _ => Then::Nothing,
        }
    });
    match then {
        Then::Nothing => {}
        Then::Answer => post(HAS, name),
        Then::Lose(taken) => taken(),
        Then::Try => try_all(),
    }
}

/// Leaves what this tab leads, and with `all` everything that it has.
fn leave(all: bool) {
    let leads: Vec<String> = LEADS.with(|leads| leads.borrow().iter().map(|l| l.name.clone()).collect());
    let left: Vec<(String, Rc<dyn Fn()>)> = TURNS.with(|turns| {
        let mut turns = turns.borrow_mut();
        let mut left = Vec::new();
        turns.retain(|name, turn| match turn {
            Turn::Held(taken) if all || leads.contains(name) => {
                left.push((name.clone(), Rc::clone(taken)));
                false
            }
            _ => true,
        });
        left
    });
    for (name, taken) in left {
        if leads.contains(&name) {
            taken();
        }
        post(LEAVES, &name);
    }
}

/// A tab that was frozen says what it has: another may have taken it.
fn wake() {
    let held: Vec<String> = TURNS.with(|turns| {
        turns.borrow().iter().filter(|(_, turn)| matches!(turn, Turn::Held(_))).map(|(name, _)| name.clone()).collect()
    });
    for name in held {
        post(HAS, &name);
    }
    try_all();
}
