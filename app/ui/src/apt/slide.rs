//! Slide: draws the parts that `domain::apt::deck` describes. All sizes follow the slide, so that it is the same on a wall, in
//! the overview and beside the notes; how large text is, how much has room and what is said is decided there and not here.

use domain::apt::deck::{Blad, Del};
use leptos::prelude::*;

use super::{data::Visad, fot::Fot, parts};

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lage {
    /// Everybody in the room.
    Rum,
    /// The one who presents: with notes.
    Presentator,
    /// Whoever passes a wall.
    Vagg,
}

/// The slides of a deck, in order. The first is the one that is shown until somebody has chosen.
pub fn slides(all: Vec<Visad>, lage: Lage, foot: &Fot) -> AnyView {
    let count = all.len();
    all.into_iter().enumerate().map(|(at, visad)| slide(visad, at, count, lage, foot)).collect_view().into_any()
}

fn slide(v: Visad, at: usize, count: usize, lage: Lage, foot: &Fot) -> AnyView {
    let name = format!("{} av {count}: {}", at + 1, v.blad.rubrik);
    let notes = (lage == Lage::Presentator).then(|| {
        let text = if v.stod.is_empty() { "Inga stödord.".to_owned() } else { v.stod.clone() };
        view! { <div class="slide-notes prewrap">{text}</div> }
    });
    let (id, punkt) = (v.id.clone(), v.punkt.to_string());
    let class = class_of(&v.blad);
    let face = face(v, lage, foot, &format!("{} av {count}", at + 1));
    view! {
        <section class=class id=id data-punkt=punkt aria-label=name tabindex="-1">
            {face}
            {notes}
        </section>
    }
    .into_any()
}

/// The sizes of its text, and what it is that looks in its own way.
pub(super) fn class_of(blad: &Blad) -> String {
    let (wide, narrow) = blad.steg;
    let round = if blad.delar.contains(&Del::Hjul) { " round" } else { "" };
    let asks = if blad.fraga.is_empty() { "" } else { " asks" };
    format!("slide t{wide} n{narrow}{round}{asks}")
}

/// What is seen of a slide.
pub(super) fn face(v: Visad, lage: Lage, foot: &Fot, number: &str) -> AnyView {
    let Visad { blad, hjul, staplar, minuter, .. } = v;
    let timer = minuter.filter(|_| blad.klocka && lage != Lage::Vagg).map(|minutes| {
        view! { <p class="slide-timer" data-minutes=minutes>{format!("{minutes}.00")}</p> }
    });
    let side = blad.has_side().then(|| {
        let own = blad.sida.iter().cloned().map(|del| parts::part(del, None, &[], true)).collect_view();
        let asked = !blad.fraga.is_empty();
        let class = format!("slide-question q{}", blad.fraga_px);
        let ask = (asked || timer.is_some()).then(|| {
            view! {
                <div class="slide-box slide-ask">
                    <div class="slide-ask-head">
                        {asked.then(|| view! { <p class="slide-ask-label">"Prata om"</p> })} {timer}
                    </div>
                    {asked.then(|| view! { <p class=class>{blad.fraga.clone()}</p> })}
                </div>
            }
        });
        view! { <div class="slide-side">{own} {ask}</div> }
    });
    let kicker = (!blad.kicker.is_empty()).then(|| view! { <p class="slide-kicker">{blad.kicker.clone()}</p> });
    let asks = blad.has_side();
    let (below, beside): (Vec<Del>, Vec<Del>) =
        blad.delar.into_iter().partition(|del| matches!(del, Del::Noter(_) | Del::Lank(_)));
    let beside = beside.into_iter().map(|del| parts::part(del, hjul.as_deref(), &staplar, asks)).collect_view();
    let below = below.into_iter().map(|del| parts::part(del, None, &[], true)).collect_view();
    view! {
        <div class="slide-face">
            <header class="slide-head">
                {kicker}
                <h2>{blad.rubrik}</h2>
            </header>
            <div class="slide-body">
                <div class="slide-main"><div class="slide-parts">{beside}</div> {below}</div>
                {side}
            </div>
            <footer class="slide-foot">
                {foot.draw()}
                <span class="slide-away" aria-hidden="true">"Utan kontakt med servern"</span>
                <span class="slide-late" aria-hidden="true">"Uppdateras var 45:e sekund"</span>
                <span class="slide-number">{number.to_owned()}</span>
            </footer>
        </div>
    }
    .into_any()
}
