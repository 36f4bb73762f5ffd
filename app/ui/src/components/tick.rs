//! Ticking off: the whole form of a tick. The one-click button stands in [`super::rows`].

use chrono::NaiveDate;
use domain::{
    area::Counted,
    occurrence::{Figure, Item, Outcome},
    period::Grain,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{Checkbox, DateField, ErrorSummary, FormState, Hidden, SelectField, TextArea, TextField};
use crate::forekomst::{api::MarkOccurrenceDone, siffror::Val};

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
    /// Labels of last time's figures, with the series that they are proposed for.
    figures: Vec<Figure>,
    /// The series that the person may put a figure into; none where the form stands in a list.
    #[prop(optional)]
    serier: Vec<Val>,
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
            {(kind.counted == Counted::Figures)
                .then(|| {
                    let period = item.occurrence.figure_period(Grain::Manad).label();
                    view! { <FigureFields state=state.clone() figures period serier/> }
                })}
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

/// Two figures that become series; last time's labels are there already, and the series that they went into.
#[component]
fn FigureFields(state: FormState, figures: Vec<Figure>, period: String, serier: Vec<Val>) -> impl IntoView {
    let open = !figures.is_empty() || state.is_back();
    let rows = FIELDS
        .iter()
        .enumerate()
        .map(|(i, fields)| {
            let last = figures.get(i).cloned().unwrap_or_default();
            let proposed = last.serie.and_then(|id| serier.iter().find(|val| val.id == id));
            let serie = proposed.map(|val| val.id.to_string()).unwrap_or_default();
            // of a quarterly series it is a quarter
            let period = proposed.map_or_else(|| period.clone(), |val| val.period.clone());
            // those that count the same, where it is known what is counted
            let unit = state.value(fields.unit, &last.unit);
            let chosen = state.value(fields.serie, &serie);
            let fits = |val: &&Val| val.passar(&unit) || val.id.to_string() == chosen;
            let mut options: Vec<_> =
                serier.iter().filter(fits).map(|val| (val.id.to_string(), val.namn.clone())).collect();
            let asks = !options.is_empty() || !chosen.is_empty();
            options.insert(0, (String::new(), "Ingen".to_owned()));
            view! {
                <div class="inline-fields">
                    <TextField state=state.clone() name=fields.label label="Vad" value=last.label.clone()/>
                    <TextField state=state.clone() name=fields.value label="Värde" short=true inputmode="decimal"/>
                    <TextField state=state.clone() name=fields.unit label="Enhet" short=true value=last.unit.clone()/>
                    <TextField state=state.clone() name=fields.period label="Gäller" short=true value=period/>
                </div>
                {asks
                    .then(|| view! {
                        <SelectField state=state.clone() name=fields.serie label="För in i serien" options value=serie/>
                    })}
                {question(&state, fields)}
            }
        })
        .collect_view();
    view! {
        <details class="more-fields" open=open>
            <summary>"Siffror att följa, till exempel antal hushåll"</summary>
            <p class="help">"Under Gäller står vilken tid siffran är av, till exempel dec 2021 eller kv 4 2021."</p>
            {rows}
        </details>
    }
}

/// What was asked about a figure whose place in the series is taken, with the box for yes.
fn question(state: &FormState, fields: &Fields) -> Option<impl IntoView + use<>> {
    let asked = state.error(fields.ratt).unwrap_or_else(|| state.value(fields.fragat, ""));
    let is_new = state.error(fields.ratt).is_some();
    let hidden = state.name(fields.fragat);
    (!asked.is_empty()).then(|| {
        view! {
            <div class="stack tight">
                {(!is_new).then(|| view! { <p class="help">{asked.clone()}</p> })}
                <input type="hidden" name=hidden value=asked.clone()/>
                <Checkbox state=state.clone() name=fields.ratt label="Ja, det stämmer"/>
            </div>
        }
    })
}

/// The names of the fields of a figure.
struct Fields {
    label: &'static str,
    value: &'static str,
    unit: &'static str,
    period: &'static str,
    serie: &'static str,
    ratt: &'static str,
    fragat: &'static str,
}

const FIELDS: [Fields; 2] = [
    Fields {
        label: "figure_label_1",
        value: "figure_value_1",
        unit: "figure_unit_1",
        period: "figure_period_1",
        serie: "figure_serie_1",
        ratt: "figure_ratt_1",
        fragat: "figure_fragat_1",
    },
    Fields {
        label: "figure_label_2",
        value: "figure_value_2",
        unit: "figure_unit_2",
        period: "figure_period_2",
        serie: "figure_serie_2",
        ratt: "figure_ratt_2",
        fragat: "figure_fragat_2",
    },
];
