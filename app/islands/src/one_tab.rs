//! One tab: what only one tab of a browser has at a time: the live stream ([`lead`]), a draft that is being written
//! ([`claim`]). Over https and on this machine the browser's locks see to it. A page over plain http has none; there the tabs
//! ask each other on a channel, which every page has. A tab that does not answer is closed, or frozen by the browser: what it
//! had is another's, and when it wakes it hears so.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc, time::Duration};

use leptos::{ev, prelude::*, task::spawn_local};
use web_sys::Event;

use crate::{
    dom::{self, Channel, Locks, document},
    random,
};

const CHANNEL: &str = "kvalitet-flik";
/// Who has it is asked, who has it says so, and who leaves it says so: with the tab and the name after it.
const ASKS: char = '?';
const HAS: char = '!';
const LEAVES: char = '-';
/// How long an answer is waited for. What a page is told does not wait for its timers to be due.
const PATIENCE: Duration = Duration::from_millis(300);
/// How often a tab that waits asks whether the one that has it is still there.
const LOOK: Duration = Duration::from_secs(10);
/// A page that is loaded anew may be there before the browser has freed the lock of the old one: tries, and what
/// passes between them.
const TRIES: usize = 3;
const PAUSE: Duration = Duration::from_millis(150);

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
    static TAB: String = hex::encode(random::bytes::<8>());
    static SHARED: Option<Channel> = open();
    static TURNS: RefCell<BTreeMap<String, Turn>> = const { RefCell::new(BTreeMap::new()) };
    static LEADS: RefCell<Vec<Leads>> = const { RefCell::new(Vec::new()) };
}

/// Whether this tab has the name from now on, until it is left: no other has. `taken` is for when another has it all the
/// same, because this one was frozen.
pub async fn claim(name: &str, taken: impl Fn() + 'static) -> bool {
    let Some(locks) = Locks::here() else { return ask(name, Rc::new(taken)).await };
    for tried in 1..=TRIES {
        if locks.take(name).await {
            return true;
        }
        if tried < TRIES {
            dom::sleep(PAUSE).await;
        }
    }
    false
}

/// Begins when no other tab has the name, now or later; ends when another has it all the same.
pub fn lead(name: &str, begin: impl Fn() + 'static, end: impl Fn() + 'static) {
    if let Some(locks) = Locks::here() {
        return locks.when_held(name, begin);
    }
    let first = LEADS.with(|leads| {
        let mut leads = leads.borrow_mut();
        leads.push(Leads { name: name.to_owned(), begin: Rc::new(begin), end: Rc::new(end) });
        leads.len() == 1
    });
    if first {
        set_interval(try_all, LOOK);
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

fn open() -> Option<Channel> {
    let channel = Channel::open(CHANNEL, |text| hear(&text))?;
    window_event_listener(ev::pagehide, |_| leave(true));
    // a frozen tab does nothing, and would keep the others from it
    dom::on(&document(), "freeze", |_: Event| leave(false));
    dom::on(&document(), "resume", |_: Event| wake());
    Some(channel)
}

/// Of two that want the same the one with the lower rank gets it: a tab that is looked at before one that is not, whose timers
/// the browser holds back.
fn rank() -> String {
    let hidden = document().hidden();
    TAB.with(|tab| format!("{}{tab}", u8::from(hidden)))
}

fn post(kind: char, name: &str) {
    let text = format!("{kind}{} {name}", rank());
    SHARED.with(|channel| channel.as_ref().map(|c| c.tell(&text)));
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
    dom::sleep(PATIENCE).await;
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
