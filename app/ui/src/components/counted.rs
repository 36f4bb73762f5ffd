//! Räkna från: the choice of when the times of a control begin to count, in the forms of one control.

use chrono::NaiveDate;
use domain::counted::{CountFrom, stored_words};
use leptos::prelude::*;

use super::{FormState, SelectField};

/// Whose choice it is.
#[derive(Clone, Copy, Debug, Default)]
pub enum Counted {
    /// A new control's.
    #[default]
    New,
    /// Of a control that stands already, counted from this day, or from the beginning of the year.
    Stands(Option<NaiveDate>),
}

/// The choice, where months of the plan's year lie behind. What a control that stands is counted from is chosen, and stays when
/// nothing else is.
pub fn counted_field(state: FormState, year: i32, today: NaiveDate, control: Counted) -> Option<impl IntoView> {
    let choices = CountFrom::choices(year, today);
    if choices.is_empty() {
        return None;
    }
    let kept = match control {
        Counted::New => None,
        Counted::Stands(day) => {
            let now = day.map_or_else(|| "hela året".to_owned(), stored_words);
            Some((String::new(), format!("Som nu: {now}")))
        }
    };
    let value = if kept.is_some() { String::new() } else { CountFrom::preselected(year, today).code() };
    let options = kept.into_iter().chain(choices.into_iter().map(|c| (c.code(), c.label(today)))).collect();
    Some(view! {
        <SelectField state name="counted_from" label="Räkna från" options value conditional=true
            help="Månader som redan har passerat tas inte med, så att de inte blir försenade. Välj en tidigare månad om de ska göras i efterhand."/>
    })
}
