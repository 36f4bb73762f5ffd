//! Preview: the slides of a meeting in small on the page where it is prepared, each a link by its heading to where it is shown
//! large. They are the real ones, and only looked at: nothing in them is reached by keyboard or read aloud.

use domain::{apt::Mote, id::AptId};
use leptos::prelude::*;

use super::{
    data::Visad,
    fot::Fot,
    slide::{Lage, class_of, face},
};

/// The slides, where they were asked for; otherwise the link that asks.
pub(super) fn section(mote: &Mote, slides: Option<(Vec<Visad>, Fot)>) -> AnyView {
    let id = mote.id;
    let Some((slides, foot)) = slides else {
        return view! {
            <p class="no-print agenda-actions">
                <a href=format!("/apt/{id}?bilder=visa#bilderna")>"Förhandsvisa bilderna"</a> {as_file(id)}
            </p>
        }
        .into_any();
    };
    let count = slides.len();
    let slides = slides
        .into_iter()
        .enumerate()
        .map(|(at, visad)| {
            let (href, class) = (format!("/apt/{id}/visa#{}", visad.id), class_of(&visad.blad));
            let name = format!("{}. {}", at + 1, visad.blad.rubrik);
            let face = face(visad, Lage::Rum, &foot, &format!("{} av {count}", at + 1));
            view! {
                <li>
                    <div class="slide-preview theme-dark" aria-hidden="true" inert=true><div class=class>{face}</div></div>
                    <a href=href>{name}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card no-print" id="bilderna" aria-labelledby="bilderna-rubrik">
            <div class="card-head">
                <h2 id="bilderna-rubrik">"Bilderna"</h2>
                {as_file(id)} <a href=format!("/apt/{id}")>"Dölj bilderna"</a>
            </div>
            <div class="card-text"><ol class="slide-previews">{slides}</ol></div>
        </section>
    }
    .into_any()
}

/// The slides to take along.
fn as_file(id: AptId) -> impl IntoView {
    view! { <a href=format!("/apt/{id}/bildspel.pdf") download="">"Bildspelet som PDF"</a> }
}
