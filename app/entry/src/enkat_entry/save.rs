//! Saving an answer on the device, taking it back, and counting.

use chrono::NaiveDate;
use domain::enkat::Inlamnat;
use leptos::{prelude::*, task::spawn_local};
use web_sys::{HtmlFormElement, HtmlInputElement};

use super::{Entry, Said, day, form};
use islands::{
    client,
    dom::Find,
    error::AppError,
    queue::{
        self, Then, answer, count,
        kept::{Antal, Day, Post, Stage},
    },
    random, worker,
};

/// Sets the day: the server's when it is reached; otherwise the last one it said, and the days since then on the
/// device's clock. So a page that was kept has the right day, and a wrong clock does no harm. Then the counts.
pub fn begin(entry: Entry) {
    spawn_local(async move {
        // a page that the device had kept is of an earlier day, whether the server is there by now or not
        let reached = !worker::is_kept() && client::is_well().await;
        let place = entry.place.get_value();
        if reached {
            count::keep_day(&Day { today: place.today.clone(), at: day::local_now() }).await;
        } else {
            day::from_device(entry).await;
        }
        let place = entry.place.get_value();
        let own = count::antal(&place.konto, &place.enkat, &place.month).await;
        if reached && own.n > 0 {
            // the server may have been ended before it wrote what it was told: it is told again
            let _ = count::change(&place.konto, &place.enkat, &place.month, |a| a.told = 0).await;
            if count::report(&place.konto).await.is_ok() {
                let own = count::antal(&place.konto, &place.enkat, &place.month).await;
                entry.mine.set(own.n + own.others);
            }
        } else if reached {
            let others = entry.mine.get_untracked();
            let _ = count::change(&place.konto, &place.enkat, &place.month, |a| a.others = others).await;
        } else {
            entry.mine.set(own.n + own.others);
        }
    });
}

fn version(entry: Entry) -> Option<String> {
    Some(form::form(entry)?.first::<HtmlInputElement>("input[name=version]")?.value())
}

/// What follows an answer that is saved.
struct Next {
    /// The line under the form.
    words: String,
    /// The day that stays; none for today.
    day: Option<NaiveDate>,
}

/// The form is empty again, at the day of the next answer, and says so.
fn ready(entry: Entry, element: &HtmlFormElement, id: String, next: Next) {
    form::clear(element);
    day::set(entry, next.day);
    entry.said.set(Said::Saved(id, next.words));
}

/// Saves what the form holds, if nothing is wrong with it.
pub fn submit(entry: Entry) {
    let Some(element) = form::form(entry) else { return };
    // one at a time: a double click is one answer, and its second half, when the form is already empty, is no fault
    let saved = entry.said.with_untracked(|s| matches!(s, Said::Saved(..))) && form::is_empty(&element);
    if saved || element.has_attribute("data-saving") {
        return;
    }
    let (kon, values) = match form::read(&element) {
        Ok(read) => read,
        Err(fault) => return entry.said.set(Said::Fault(fault)),
    };
    // a page may have been open since yesterday
    day::pass(entry);
    let (Some(dagar), Some(of)) = (day::dagar(entry), day::chosen(entry)) else { return };
    let (of, period) = match of.and_then(|of| Ok((of, dagar.period(of)?.to_string()))) {
        Ok(of) => of,
        Err(fault) => {
            day::focus(entry);
            return entry.said.set(Said::Fault(fault));
        }
    };
    let place = entry.place.get_value();
    let svar = Inlamnat { id: random::id(), version: version(entry).unwrap_or_default(), period, kon, values };
    let post = Post {
        svar,
        konto: place.konto.clone(),
        enkat: place.enkat.clone(),
        title: place.title.clone(),
        tried: false,
        stage: Stage::Waiting,
        mend: None,
    };
    let next = Next { words: dagar.saved(of), day: dagar.stays(of).then_some(of) };
    let _ = element.set_attribute("data-saving", "");
    spawn_local(async move {
        let id = post.svar.id.clone();
        entry.last.set_value(Some((post.svar.clone(), of)));
        if queue::keep(&post).await.is_ok() {
            ready(entry, &element, id, next);
            // the form is ready, and says so: whoever is quicker than the counting is not passed over
            let _ = element.remove_attribute("data-saving");
            count_one(entry, 1).await;
        } else {
            straight_to_server(entry, &post, next).await;
            let _ = element.remove_attribute("data-saving");
        }
        queue::ask_to_send();
    });
}

/// The device has no room: the answer is sent at once, and stays in the form until the server has it.
async fn straight_to_server(entry: Entry, post: &Post, next: Next) {
    let fault = match answer::straight(post).await {
        Ok(besked) => match besked.refused {
            None => {
                if let Some(element) = form::form(entry) {
                    ready(entry, &element, post.svar.id.clone(), next);
                }
                return count_one(entry, 1).await;
            }
            Some(why) => why,
        },
        Err(AppError::Wait(_)) => {
            "Det blev många svar på kort tid. Svaret står kvar i formuläret: välj Spara svar igen om en stund."
                .to_owned()
        }
        Err(_) => {
            "Enheten har inte plats att spara svaret, och servern nås inte. Svaret står kvar i formuläret: lämna sidan \
                   öppen och välj Spara svar igen när nätet är tillbaka."
                .to_owned()
        }
    };
    entry.said.set(Said::Fault(fault));
}

async fn count_one(entry: Entry, more: i64) {
    entry.mine.update(|n| *n = (*n + more).max(0));
    let place = entry.place.get_value();
    let counted = |own: &mut Antal| {
        own.n = (own.n + more).max(0);
        own.report += 1;
    };
    let _ = count::change(&place.konto, &place.enkat, &place.month, counted).await;
}

/// Takes the last answer back, and puts it into the form again.
pub fn undo(entry: Entry) {
    let Said::Saved(id, _) = entry.said.get_untracked() else { return };
    let place = entry.place.get_value();
    spawn_local(async move {
        let takes_back = |post: &mut Post| {
            if !post.tried {
                return Then::Forget;
            }
            post.stage = Stage::TakeBack;
            Then::Keep
        };
        let done = match queue::alter(&id, takes_back).await {
            Ok(Some(_)) => true,
            // it has been sent, and is the server's
            Ok(None) | Err(_) => match answer::take_back(&place.enkat, &id).await {
                Ok(done) => done,
                Err(AppError::Offline) => {
                    let text =
                        "Svaret är skickat, och servern nås inte nu. Ångra igen när nätet är tillbaka.".to_owned();
                    return entry.said.set(Said::Fault(text));
                }
                Err(error) => return entry.said.set(Said::Fault(error.message())),
            },
        };
        if !done {
            let text = "Svaret är redan räknat och kan inte tas tillbaka.".to_owned();
            return entry.said.set(Said::Fault(text));
        }
        let last = entry.last.get_value().filter(|(svar, _)| svar.id == id);
        if let (Some(element), Some((answer, of))) = (form::form(entry), last) {
            form::fill(&element, &answer.kon, &answer.values);
            day::set(entry, Some(of));
        }
        entry.said.set(Said::Undone);
        count_one(entry, -1).await;
        queue::ask_to_send();
    });
}
