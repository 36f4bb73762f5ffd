//! Saving an answer on the device, taking it back, and counting.

use chrono::NaiveDate;
use domain::enkat::{Grain, Inlamnat, Period};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{Entry, Said, form};
use crate::islands::{
    outbox::{
        db::{self, Day, Post, Stage},
        send,
    },
    server_answers,
};

const DAY_MS: f64 = 86_400_000.0;

/// Reads `2026-11-25`. The parser of chrono would be a tenth of the WASM.
fn read_day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let (y, m, d) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    NaiveDate::from_ymd_opt(y, m, d)
}

/// The device's clock, with the hour of the day in Sweden as the device has it.
fn local_now() -> f64 {
    let now = js_sys::Date::new_0();
    now.get_time() - now.get_timezone_offset() * 60_000.0
}

/// Sets the day: the server's when it is reached; otherwise the last one it said, and the days since then on the
/// device's clock. So a page that was kept has the right day, and a wrong clock does no harm. Then the counts.
pub fn begin(entry: Entry) {
    spawn_local(async move {
        let reached = server_answers().await;
        let place = entry.place.get_value();
        if reached {
            db::keep_day(&Day { today: place.today.clone(), at: local_now() }).await;
        } else {
            set_day(entry).await;
        }
        let place = entry.place.get_value();
        let own = db::antal(&place.konto, &place.enkat, &place.month).await;
        if reached && own.n > 0 {
            // the server may have been ended before it wrote what it was told: it is told again
            let _ = db::change_antal(&place.konto, &place.enkat, &place.month, |a| a.told = 0).await;
            if send::report(&place.konto).await.is_ok() {
                let own = db::antal(&place.konto, &place.enkat, &place.month).await;
                entry.mine.set(own.n + own.others);
            }
        } else if reached {
            let others = entry.mine.get_untracked();
            let _ = db::change_antal(&place.konto, &place.enkat, &place.month, |a| a.others = others).await;
        } else {
            entry.mine.set(own.n + own.others);
        }
    });
}

async fn set_day(entry: Entry) {
    let Some(day) = db::day().await else { return };
    let passed = ((local_now() / DAY_MS).floor() - (day.at / DAY_MS).floor()).max(0.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole days since a page was open
    let today = read_day(&day.today).and_then(|d| d.checked_add_days(chrono::Days::new(passed.min(3_650.0) as u64)));
    let Some(today) = today else { return };
    let today = iso(today);
    let before = entry.place.with_value(|p| p.today.clone());
    if today == before {
        return;
    }
    if let Some(input) = day_input(entry).filter(|i| i.value() == before) {
        input.set_value(&today);
    }
    entry.place.update_value(|p| {
        today[..7].clone_into(&mut p.month);
        p.today = today;
    });
}

fn iso(day: NaiveDate) -> String {
    use chrono::Datelike;
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

fn day_input(entry: Entry) -> Option<HtmlInputElement> {
    form::form(entry)?.query_selector("input[name=dag]").ok()??.dyn_into().ok()
}

fn version(entry: Entry) -> Option<String> {
    let input: HtmlInputElement = form::form(entry)?.query_selector("input[name=version]").ok()??.dyn_into().ok()?;
    Some(input.value())
}

/// Saves what the form holds, if nothing is wrong with it.
pub fn submit(entry: Entry) {
    let Some(element) = form::form(entry) else { return };
    // one at a time: a double click is one answer, and its second half, when the form is already empty, is no fault
    let saved = entry.said.with_untracked(|s| matches!(s, Said::Saved(_))) && form::is_empty(&element);
    if saved || element.has_attribute("data-saving") {
        return;
    }
    let (kon, values) = match form::read(&element) {
        Ok(read) => read,
        Err(fault) => return entry.said.set(Said::Fault(fault)),
    };
    let place = entry.place.get_value();
    let grain = Grain::from_code(&place.grain).unwrap_or_default();
    let day = day_input(entry).and_then(|i| read_day(&i.value())).or_else(|| read_day(&place.today));
    let Some(period) = day.map(|d| Period::of(d, grain).to_string()) else { return };
    let svar = Inlamnat { id: db::random_id(), version: version(entry).unwrap_or_default(), period, kon, values };
    let post = Post {
        svar,
        konto: place.konto.clone(),
        enkat: place.enkat.clone(),
        title: place.title.clone(),
        tried: false,
        stage: Stage::Waiting,
    };
    let _ = element.set_attribute("data-saving", "");
    spawn_local(async move {
        let id = post.svar.id.clone();
        entry.last.set_value(Some(post.svar.clone()));
        if db::keep(&post).await.is_ok() {
            form::clear(&element);
            entry.said.set(Said::Saved(id));
            // the form is ready, and says so: whoever is quicker than the counting is not passed over
            let _ = element.remove_attribute("data-saving");
            count(entry, 1).await;
        } else {
            straight_to_server(entry, &post).await;
            let _ = element.remove_attribute("data-saving");
        }
        db::ask_to_send();
    });
}

/// The device has no room: the answer is sent at once, and stays in the form until the server has it.
async fn straight_to_server(entry: Entry, post: &Post) {
    let svar = serde_json::to_string(&[&post.svar]).unwrap_or_default();
    let fields = [("enkat", post.enkat.as_str()), ("konto", post.konto.as_str()), ("svar", svar.as_str())];
    let told: Result<Vec<domain::enkat::Besked>, _> = send::call("/api/create_enkatsvar", &fields).await;
    if told == Err(send::Fail::Wait) {
        let text = "Det blev många svar på kort tid. Svaret står kvar i formuläret: välj Spara svar igen om en stund.";
        return entry.said.set(Said::Fault(text.to_owned()));
    }
    match told.ok().and_then(|told| told.into_iter().next()) {
        Some(besked) => match besked.refused {
            None => {
                if let Some(element) = form::form(entry) {
                    form::clear(&element);
                }
                entry.said.set(Said::Saved(post.svar.id.clone()));
                count(entry, 1).await;
            }
            Some(why) => entry.said.set(Said::Fault(why)),
        },
        None => entry.said.set(Said::Fault(
            "Enheten har inte plats att spara svaret, och servern nås inte. Svaret står kvar i formuläret: lämna sidan \
             öppen och välj Spara svar igen när nätet är tillbaka."
                .to_owned(),
        )),
    }
}

async fn count(entry: Entry, more: i64) {
    entry.mine.update(|n| *n = (*n + more).max(0));
    let place = entry.place.get_value();
    let counted = |own: &mut db::Antal| {
        own.n = (own.n + more).max(0);
        own.report += 1;
    };
    let _ = db::change_antal(&place.konto, &place.enkat, &place.month, counted).await;
}

/// Takes the last answer back, and puts it into the form again.
pub fn undo(entry: Entry) {
    let Said::Saved(id) = entry.said.get_untracked() else { return };
    let place = entry.place.get_value();
    spawn_local(async move {
        let kept = db::post(&id).await;
        let done = match kept {
            Some(post) if !post.tried => db::forget(&id).await.is_ok(),
            Some(post) => db::keep(&Post { stage: Stage::TakeBack, ..post }).await.is_ok(),
            // it has been sent, and is the server's
            None => send::take_back(&place.enkat, &id).await == Ok(true),
        };
        if !done {
            let text = "Svaret är redan räknat och kan inte tas tillbaka.".to_owned();
            return entry.said.set(Said::Fault(text));
        }
        let last = entry.last.get_value().filter(|svar| svar.id == id);
        if let (Some(element), Some(answer)) = (form::form(entry), last) {
            form::fill(&element, &answer.kon, &answer.values);
        }
        entry.said.set(Said::Undone);
        count(entry, -1).await;
        db::ask_to_send();
    });
}
