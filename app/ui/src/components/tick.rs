//! Ticking off: the whole form of a tick. The one-click button stands in [`super::rows`].

use chrono::NaiveDate;
use domain::{
    area::Counted,
    occurrence::{Figure, Item, Outcome},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{Checkbox, DateField, ErrorSummary, FormState, Hidden, TextArea, TextField};
use crate::forekomst::api::MarkOccurrenceDone;

/// The whole form of a tick: outcome, shares, text, figures, day.
#[component]
pub fn TickForm(
    /// What is ticked off.
    item: Item,
    /// Today.
    today: NaiveDate,
    /// What was typed before, if it could not be saved.
    state: FormState,
    /// Heading of the text field's group.
    heading: &'static str,
    /// Labels of last time's figures.
    figures: Vec<Figure>,
    /// Offers only the outcomes that deviate; the other is one click away beside it.
    #[prop(optional)]
    deviation: bool,
) -> impl IntoView {
    let kind = item.kind();
    let demanded = kind.finding.is_demanded();
    let mut outcomes: Vec<Outcome> = kind.finding.outcomes().to_vec();
    if demanded && deviation {
        // the worst first
        outcomes.retain(|o| o.deviates());
        outcomes.reverse();
    }
    let has_outcomes = !outcomes.is_empty();
    // what was pressed is what is recorded; the milder one is a choice
    let pressed = if demanded && deviation { outcomes.first().map_or("", |o| o.code()) } else { "" };
    let chosen = state.value("outcome", pressed);
    let outcome_id = state.id("outcome");
    let (fault, invalid, described_by) =
        (state.fault("outcome"), state.invalid("outcome"), state.described_by("outcome", false));
    let choices = outcomes
        .into_iter()
        .enumerate()
        .map(|(i, outcome)| {
            let checked = outcome.code() == chosen;
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="form[outcome]"
                        id=(i == 0).then(|| outcome_id.clone())
                        value=outcome.code()
                        checked=checked
                        aria-invalid=invalid
                    />
                    <span>{outcome.label()}</span>
                </label>
            }
        })
        .collect_view();
    let legend = if demanded { "Vad visade kontrollen?" } else { "Bedömning (frivilligt)" };
    let save = if demanded && deviation { "Spara avvikelse" } else { "Spara som utförd" };
    view! {
        <form class="form" method="post" action=MarkOccurrenceDone::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="id" value=item.occurrence.id.to_string()/>
            <Hidden name="version" value=item.occurrence.version.to_string()/>
            {has_outcomes
                .then(|| {
                    view! {
                        <fieldset class="fieldset" aria-describedby=described_by>
                            <legend>{legend}</legend>
                            {fault}
                            <div class="choices row-wise">{choices}</div>
                        </fieldset>
                    }
                })}
            {(kind.counted == Counted::Shares).then(|| view! { <ShareFields state=state.clone() open=item.counts/> })}
            <TextArea
                state=state.clone()
                name="note"
                label=if demanded { heading } else { "Beskrivning och resultat" }
                required=demanded && deviation
                help="Skriv aldrig namn eller personnummer på klienter."
            />
            {(kind.counted == Counted::Figures).then(|| view! { <FigureFields state=state.clone() figures/> })}
            <DateField state=state.clone() name="performed_on" label="Dag"
                help="Lämna tomt om kontrollen gjordes i dag."/>
            {ahead_field(&item, today, &state)}
            <div class="form-actions">
                <button class="button">{in_advance(save, &item, today)}</button>
            </div>
        </form>
    }
}

/// The question of a form that ticks something off before its time; nothing when that has begun.
pub fn ahead_field(item: &Item, today: NaiveDate, state: &FormState) -> Option<impl IntoView + use<>> {
    let (question, state) = (item.ahead_question(today), state.clone());
    item.is_ahead(today).then(|| {
        view! {
            <div class="stack tight">
                <p class="help">{question}</p>
                <Checkbox state name="ahead" label="Ja, det är redan gjort"/>
            </div>
        }
    })
}

/// What the button of such a form says: "Spara som utförd i förväg".
#[must_use]
pub fn in_advance(word: &str, item: &Item, today: NaiveDate) -> String {
    if item.is_ahead(today) { format!("{word} i förväg") } else { word.to_owned() }
}

/// Täljare and nämnare, in all and by kön.
#[component]
fn ShareFields(state: FormState, open: bool) -> impl IntoView {
    let line = |who: &'static str, n: &'static str, d: &'static str| {
        view! {
            <div class="inline-fields">
                <TextField state=state.clone() name=n label=format!("{who}: uppfyllde målet") short=true inputmode="numeric"/>
                <TextField state=state.clone() name=d label="av antal kontrollerade" short=true inputmode="numeric"/>
            </div>
        }
    };
    view! {
        <details class="more-fields" open=open || state.is_back()>
            <summary>"Andel i siffror, även per kön"</summary>
            {line("Totalt", "total_numerator", "total_denominator")}
            {line("Kvinnor", "kvinnor_numerator", "kvinnor_denominator")}
            {line("Män", "man_numerator", "man_denominator")}
        </details>
    }
}

/// Two figures that become series; last time's labels are there already.
#[component]
fn FigureFields(state: FormState, figures: Vec<Figure>) -> impl IntoView {
    let part = |i: usize, f: fn(&Figure) -> String| figures.get(i).map(f).unwrap_or_default();
    let open = !figures.is_empty() || state.is_back();
    view! {
        <details class="more-fields" open=open>
            <summary>"Siffror att följa, till exempel antal hushåll"</summary>
            <div class="inline-fields">
                <TextField state=state.clone() name="figure_label_1" label="Vad" value=part(0, |f| f.label.clone())/>
                <TextField state=state.clone() name="figure_value_1" label="Värde" short=true inputmode="decimal"/>
                <TextField state=state.clone() name="figure_unit_1" label="Enhet" short=true value=part(0, |f| f.unit.clone())/>
            </div>
            <div class="inline-fields">
                <TextField state=state.clone() name="figure_label_2" label="Vad" value=part(1, |f| f.label.clone())/>
                <TextField state=state.clone() name="figure_value_2" label="Värde" short=true inputmode="decimal"/>
                <TextField state=state.clone() name="figure_unit_2" label="Enhet" short=true value=part(1, |f| f.unit.clone())/>
            </div>
        </details>
    }
}
