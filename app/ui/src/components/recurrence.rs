//! The fields of when and who, shared by all forms that lay something on the year.

use domain::{
    egenkontroll::recurrence_fields,
    format,
    occurrence::When,
    recurrence::{Recurrence, weeks},
};
use leptos::prelude::*;

use super::{FormState, MonthPicker, SelectField, TextField};

/// How often, which months, and between which days. The months and the number of months show when the choice needs
/// them; that is done in CSS (`.needs-months`, `.needs-every`) and so works without script.
#[component]
pub fn RecurrenceFields(
    /// The form.
    state: FormState,
    /// First part of the recurrence's code, as stored.
    kind: String,
    /// Stored months.
    months: Vec<String>,
    /// Stored number of months.
    every: String,
    /// Stored first day.
    start: String,
    /// Stored last day.
    end: String,
    /// Also offers a single day or period.
    #[prop(optional)]
    once: bool,
) -> impl IntoView {
    let first = if once { ("en_gang", "En gång") } else { ("", "Välj") };
    let kinds = std::iter::once(first)
        .chain(Recurrence::KINDS)
        .map(|(code, label)| (code.to_owned(), label.to_owned()))
        .collect();
    let (start_label, end_label) = if once { ("Dag eller första dag", "Sista dag") } else { ("Start", "Slut") };
    view! {
        <div class="recurrence-fields">
            <SelectField state=state.clone() name="recurrence" label="Hur ofta" options=kinds value=kind required=true/>
            <div class="needs-months">
                <MonthPicker
                    state=state.clone()
                    name="months"
                    label="Månader"
                    value=months
                    help="För fyra per termin räcker det att lämna tomt: februari–maj och september–december."
                />
            </div>
            <div class="needs-every">
                <TextField state=state.clone() name="every" label="Antal månader mellan gångerna" value=every short=true inputmode="numeric"/>
            </div>
            <div class="inline-fields">
                <TextField state=state.clone() name="start" label=start_label value=start kind="date" short=true required=once/>
                <TextField state=state name="end" label=end_label value=end kind="date" short=true/>
            </div>
        </div>
    }
}

/// The form fields of a stored recurrence: kind, months, number of months.
#[must_use]
pub fn fields_of(recurrence: Recurrence) -> (String, Vec<String>, String) {
    let (months, every) = recurrence_fields(recurrence);
    (recurrence.kind(), months, every)
}

/// Choices for who, with "nobody yet" first.
#[must_use]
pub fn who_options(options: Vec<(String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), "Ingen vald än".to_owned())).chain(options).collect()
}

/// The weeks of a year with the day that each begins, for a choice of week.
#[must_use]
pub fn week_options(year: i32) -> Vec<(String, String)> {
    let weeks = weeks(year).into_iter().map(|w| (format::date(w.start), When::of(w.start, w.due).label()));
    std::iter::once((String::new(), "Välj vecka".to_owned())).chain(weeks).collect()
}

/// Month names with their numbers, for a choice of month.
#[must_use]
pub fn month_options() -> Vec<(String, String)> {
    std::iter::once((String::new(), "Välj månad".to_owned()))
        .chain((1..=12).map(|m: u32| (m.to_string(), format::capitalised(format::month_name(m)))))
        .collect()
}
