//! Moving in place: the form that a mark which is drawn to another month, or a key, opens on the page (`islands::moving`). It asks
//! for what the form on the tillfälle's own page asks for and posts to the same; without script that one does it.

use chrono::NaiveDate;
use domain::occurrence::Item;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{ErrorSummary, FormState, Hidden, SelectField, TextArea, recurrence::month_options};
use crate::forekomst::api::MoveOccurrence;

/// What tells this form from the one on the page of a tillfälle.
const HERE: (&str, &str) = ("form", "flytta");

/// The keys of a mark that can be moved, as `aria-keyshortcuts` has them.
pub const MOVE_KEYS: &str = "Shift+ArrowRight Shift+ArrowLeft";

/// What a mark of a month that can be moved says of itself in `data-flytt`: id, version and month. None of what cannot. The wheel
/// says the same (`arshjul::picture`).
#[must_use]
pub fn moves(item: &Item) -> Option<String> {
    let o = &item.occurrence;
    item.can_be_moved().then(|| format!("{} {} {}", o.id, o.version, o.month()))
}

/// The form, once a page, where something on it can be moved. It is about the first of that until it is opened for another; where
/// it comes back with something to mend it stands open with what was typed.
#[component]
pub fn MoveForm(
    /// What of the page can be moved; none where nothing can.
    first: Option<Item>,
    /// Today.
    today: NaiveDate,
) -> impl IntoView {
    let first = first?;
    let state = FormState::of(MoveOccurrence::PATH, Some(HERE));
    let what = state.value("vad", &first.name(today));
    let of = &first.occurrence;
    let [id, version] =
        [("id", of.id.to_string()), ("version", of.version.to_string())].map(|(name, own)| state.value(name, &own));
    // where it stands open by itself the page comes without it
    let leave = if state.is_back() {
        view! { <a class="button secondary" href="">"Avbryt"</a> }.into_any()
    } else {
        view! { <button class="button secondary" type="button" popovertarget="flytta">"Avbryt"</button> }.into_any()
    };
    Some(view! {
        <section
            class="popover move-form"
            id="flytta"
            popover=(!state.is_back()).then_some("auto")
            role="dialog"
            aria-labelledby="flytta-rubrik"
        >
            <h2 id="flytta-rubrik">"Flytta " <span class="move-what">{what.clone()}</span></h2>
            <form class="form" method="post" action=MoveOccurrence::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="version" value=version/>
                <Hidden name=HERE.0 value=HERE.1/>
                <Hidden name="vad" value=what/>
                <SelectField
                    state=state.clone()
                    name="month"
                    label="Till månad"
                    options=month_options()
                    help="Inom sitt år. Det som har en dag får samma dag i den månaden, eller närmaste arbetsdag, och det som har en vecka får samma vecka i ordningen. Vilken dag det blev sägs när det är flyttat."
                    required=true
                />
                <TextArea state=state.clone() name="reason" label="Varför flyttas den?" required=true rows=2/>
                <div class="form-actions">
                    <button class="button" aria-keyshortcuts="Control+Enter">"Flytta"</button>
                    {leave}
                </div>
            </form>
        </section>
    })
}
