//! What is said of units that end, before it is done: what they leave behind, and what somebody has to do.

use domain::format;
use leptos::prelude::*;
use store::organisation::dagar::Slut;

/// `1 person`, `12 personer`.
pub(super) fn many(n: usize, one: &str, more: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {more}") }
}

/// Whose end is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vilka {
    /// A unit.
    En,
    /// The old ones of a merge.
    Gamla,
}

/// What they leave, and what there is to think of; the groups are said by who asks.
pub(super) fn sentences(slut: &Slut, last: &str, vilka: Vilka) -> [Vec<String>; 2] {
    let (theirs, there, below) = match vilka {
        Vilka::En => ("enhetens", "i enheten", "den"),
        Vilka::Gamla => ("de gamla enheternas", "i de gamla enheterna", "dem"),
    };
    let mut left = vec![
        format!(
            "Sista dag är {last}. Planer, dokument, ärenden och historik går att läsa som förut, av samma personer."
        ),
        format!(
            "Ingen får insyn i {theirs} ärenden. Öppna ärenden och åtgärder avslutas där de är, av dem som har dem."
        ),
    ];
    if slut.atgarder > 0 {
        left.push(format!("{} finns kvar i Att göra.", many(slut.atgarder, "öppen åtgärd", "öppna åtgärder")));
    }
    if slut.efter > 0 {
        left.push(format!("{} efter {last} tas bort.", many(slut.efter, "planerat tillfälle", "planerade tillfällen")));
    }
    if !slut.arbetsgrupper.is_empty() {
        let names: Vec<&str> = slut.arbetsgrupper.iter().map(String::as_str).collect();
        left.push(format!("Under {below} upphör också {}.", format::and(&names)));
    }
    let mut todo = Vec::new();
    if slut.ogjorda > 0 {
        todo.push(format!(
            "Till och med {last} finns {} att göra. Efter den dagen går inget att markera som utfört där.",
            many(slut.ogjorda, "tillfälle", "tillfällen")
        ));
    }
    if slut.kvar > 0 {
        todo.push(format!(
            "Efter {last} ligger {} som någon har flyttat, påbörjat eller förberett. Det står kvar {there} och går inte att \
             markera. Flytta det till senast {last}.",
            many(slut.kvar, "tillfälle", "tillfällen")
        ));
    }
    if slut.enkater > 0 {
        todo.push(format!(
            "{} tar inte emot svar efter {last}. Skicka det som väntar på datorer och telefoner innan dess.",
            many(slut.enkater, "öppen enkät", "öppna enkäter")
        ));
    }
    [left, todo]
}

/// Sentences under a heading.
pub(super) fn told(head: String, items: Vec<String>) -> impl IntoView {
    let items = items.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    view! {
        <section class="stack tight">
            <h2>{head}</h2>
            <ul>{items}</ul>
        </section>
    }
}
