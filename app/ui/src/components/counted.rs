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

impl Counted {
    /// What is chosen until somebody chooses.
    fn preselected(self, year: i32, today: NaiveDate) -> String {
        match self {
            Self::New => CountFrom::preselected(year, today).code(),
            Self::Stands(_) => String::new(),
        }
    }

    /// The first day that counts by what is chosen in a form; none where the whole year does.
    pub(super) fn sent(self, state: &FormState, year: i32, today: NaiveDate) -> Option<NaiveDate> {
        match (CountFrom::from_code(&state.value("counted_from", &self.preselected(year, today))), self) {
            (Some(from), _) => from.day(year, today),
            (None, Self::Stands(day)) => day,
            (None, Self::New) => None,
        }
    }
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
    let value = control.preselected(year, today);
    let options = kept.into_iter().chain(choices.into_iter().map(|c| (c.code(), c.label(today)))).collect();
    Some(view! {
        <SelectField state name="counted_from" label="Räkna från" options value conditional=true
            help="Månader som redan har passerat tas inte med, så att de inte blir försenade. Välj en tidigare månad om de ska göras i efterhand."/>
    })
}
