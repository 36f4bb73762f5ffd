//! Räkna från: the choice of when the times of a control begin to count, in the forms of one control.

use chrono::NaiveDate;
use domain::counted::{CountFrom, stored_words};
use leptos::prelude::*;

use super::{FormState, SelectField};

/// The choice, where months of the plan's year lie behind. `stands`: the control stands already, and is counted from this day or
/// from the beginning of the year; that is chosen, and stays when nothing else is.
pub fn counted_field(
    state: FormState,
    year: i32,
    today: NaiveDate,
    stands: Option<Option<NaiveDate>>,
) -> Option<impl IntoView> {
    let choices = CountFrom::choices(year, today);
    if choices.is_empty() {
        return None;
    }
    let kept = stands.map(|day| {
        let now = day.map_or_else(|| "hela året".to_owned(), stored_words);
        (String::new(), format!("Som nu: {now}"))
    });
    let value = if kept.is_some() { String::new() } else { CountFrom::preselected(year, today).code() };
    let options = kept.into_iter().chain(choices.into_iter().map(|c| (c.code(), c.label(today)))).collect();
    Some(view! {
        <SelectField state name="counted_from" label="Räkna från" options value conditional=true
            help="Månader som redan har passerat tas inte med, så att de inte blir försenade. Välj en tidigare månad om de ska göras i efterhand."/>
    })
}
