//! The day of an answer on the page: today as the server has it, what somebody chose instead, and the words for it.

use chrono::{Datelike, Days, NaiveDate};
use domain::{
    day::{self, Fits},
    enkat::{Dagar, Grain, Kanal},
    format,
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::{Entry, Said};
use islands::{
    dom::{self, Find},
    queue::count,
};

const DAY_MS: f64 = 86_400_000.0;

/// Reads `2026-11-25`, as the server writes it. The parser of chrono would be a tenth of the WASM.
fn read_day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let (y, m, d) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    NaiveDate::from_ymd_opt(y, m, d)
}

fn iso(day: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// The device's clock, with the hour of the day in Sweden as the device has it.
pub fn local_now() -> f64 {
    let now = js_sys::Date::new_0();
    now.get_time() - now.get_timezone_offset() * 60_000.0
}

/// The day that was `today` when the device's clock said `at`, and the days since then on that clock: so a wrong clock does
/// no harm.
fn since(today: &str, at: f64) -> Option<NaiveDate> {
    let passed = ((local_now() / DAY_MS).floor() - (at / DAY_MS).floor()).max(0.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole days since a page was open
    read_day(today)?.checked_add_days(Days::new(passed.min(3_650.0) as u64))
}

/// The server is not reached: today is the last day it said, and the days since then.
pub async fn from_device(entry: Entry) {
    let Some(day) = count::day().await else { return };
    if let Some(today) = since(&day.today, day.at) {
        set_today(entry, today);
    }
}

/// A page that stays open goes over to the next day by itself.
pub fn pass(entry: Entry) {
    let today = entry.place.with_value(|p| since(&p.today, p.at));
    if let Some(today) = today {
        set_today(entry, today);
    }
}

fn set_today(entry: Entry, today: NaiveDate) {
    let today_text = iso(today);
    let (before, month_before) = entry.place.with_value(|p| (p.today.clone(), p.month.clone()));
    if today_text == before {
        return;
    }
    if let Some(input) = input(entry).filter(|i| i.value() == before) {
        input.set_value(&today_text);
    }
    entry.place.update_value(|p| {
        today_text[..7].clone_into(&mut p.month);
        p.today = today_text;
        p.at = local_now();
    });
    write(entry);
    let place = entry.place.get_value();
    if place.month == month_before {
        return;
    }
    entry.month_name.set(format::month_name(today.month()).to_owned());
    spawn_local(async move {
        let own = count::antal(&place.konto, &place.enkat, &place.month).await;
        entry.mine.set(own.n + own.others);
    });
}

fn input(entry: Entry) -> Option<HtmlInputElement> {
    part(entry, "input[name=dag]")
}

fn part<T: JsCast>(entry: Entry, selector: &str) -> Option<T> {
    entry.root.get_untracked()?.first(selector)
}

/// The rule of which days can be answered for, from what the page holds.
pub fn dagar(entry: Entry) -> Option<Dagar> {
    entry.place.with_value(|p| {
        Some(Dagar {
            kanal: Kanal::from_code(&p.kanal)?,
            grain: Grain::from_code(&p.grain)?,
            first: read_day(&p.first)?,
            last: read_day(&p.last)?,
            today: read_day(&p.today)?,
        })
    })
}

/// The day in the form, today where it is empty. What is no day says what to write: it is never taken for today.
pub fn chosen(entry: Entry) -> Option<Result<NaiveDate, String>> {
    let today = entry.place.with_value(|p| read_day(&p.today))?;
    let typed = input(entry).map(|i| i.value()).unwrap_or_default();
    Some(day::read(&typed, Fits::Past(today)).map(|day| day.unwrap_or(today)))
}

/// Puts a day into the form, today where there is none, and says it.
pub fn set(entry: Entry, day: Option<NaiveDate>) {
    let Some(day) = day.or_else(|| entry.place.with_value(|p| read_day(&p.today))) else { return };
    if let Some(input) = input(entry) {
        input.set_value(&iso(day));
    }
    write(entry);
}

/// Says the day of the form: in its line, at the button when it is not today, and what is wrong with it.
pub fn write(entry: Entry) {
    let (Some(dagar), Some(day)) = (dagar(entry), chosen(entry)) else { return };
    let Ok(day) = day else { return open(entry) };
    if let Some(line) = part::<Element>(entry, "[data-day-line]") {
        line.set_text_content(Some(&dagar.line(day)));
    }
    let words = dagar.chosen(day);
    if let Some(words) = &words
        && let Some(place) = part::<Element>(entry, "[data-day-chosen]")
    {
        place.set_text_content(Some(words));
    }
    if let Some(bar) = part::<HtmlElement>(entry, ".entry-chosen") {
        bar.set_hidden(words.is_none());
    }
    if dagar.period(day).is_err() {
        open(entry);
    }
}

fn open(entry: Entry) {
    if let Some(details) = part::<Element>(entry, ".entry-day") {
        dom::mark(&details, "open", true);
    }
}

/// The field was changed: what it says is said, and a day that cannot be answered for at once.
pub fn changed(entry: Entry) {
    pass(entry);
    write(entry);
    if let (Some(dagar), Some(day)) = (dagar(entry), chosen(entry)) {
        let period = day.and_then(|day| dagar.period(day));
        entry.said.set(period.map_or_else(Said::Fault, |_| Said::Nothing));
    }
}

/// Opens the field and goes there.
pub fn focus(entry: Entry) {
    open(entry);
    if let Some(input) = input(entry) {
        dom::focus(&input);
    }
}
