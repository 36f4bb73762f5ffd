//! Dates in forms: one field, which takes any spelling and shows 2022-03-04 as soon as the server has seen it.

use chrono::NaiveDate;
use domain::{
    day::{self, Fits},
    field::FieldError,
    format,
};
use islands::DateInput;
use leptos::prelude::*;

use super::form::{FieldFrame, FormState, described_by};
use crate::error::AppError;

/// As it is shown: in the one spelling, where it can be told without knowing what it is for.
fn shown(typed: String) -> String {
    day::read(&typed, Fits::Whole).ok().flatten().map_or(typed, format::date)
}

/// A date in a form.
#[component]
pub fn DateField(
    /// The form.
    #[prop(into)]
    state: FormState,
    /// Name of the field.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// The stored value.
    #[prop(into, optional)]
    value: String,
    /// A sentence of help.
    #[prop(optional)]
    help: &'static str,
    /// Whether it must be filled in; others say "(frivilligt)".
    #[prop(optional)]
    required: bool,
    /// Whether it must be filled in where something else is chosen, or before the next step: it is not frivilligt.
    #[prop(optional)]
    conditional: bool,
) -> impl IntoView {
    let id = state.id(name);
    let invalid = state.error(name).is_some();
    let meanwhile = state.stored_meanwhile(name, &value);
    let value = shown(state.value(name, &value));
    let described_by = described_by(&id, !help.is_empty(), invalid);
    view! {
        <FieldFrame state=state.clone() name label=label.clone() help required=required || conditional short=true meanwhile>
            <DateInput id=id.clone() label name=state.name(name) value invalid described_by/>
        </FieldFrame>
    }
}

/// Reads a date that a list is chosen by: a day without its year is the last one.
pub fn filter_day(text: &str, today: NaiveDate) -> Result<Option<NaiveDate>, String> {
    day::read(text, Fits::Past(today))
}

/// Refuses to take out a list whose first or last day was written and cannot be read: it would be all there is.
pub fn whole_period((from, to): (&str, &str), today: NaiveDate) -> Result<(), AppError> {
    for (name, label, text) in [("fran", "Från och med", from), ("till", "Till och med", to)] {
        if let Err(fault) = filter_day(text, today) {
            let message = format!(
                "Inget är uttaget, för {label} går inte att läsa. {fault} Gå tillbaka i webbläsaren och ändra."
            );
            return Err(AppError::Invalid(vec![FieldError { field: name.to_owned(), message }]));
        }
    }
    Ok(())
}

/// A date that a list is chosen by, from its address: what is no date says so, and chooses nothing.
#[component]
pub fn DateFilter(
    /// Name and id of the field.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// What the address says.
    value: String,
    /// Today: a day without its year is the last one.
    today: NaiveDate,
) -> impl IntoView {
    let (value, error) = match filter_day(&value, today) {
        Ok(day) => (day.map(format::date).unwrap_or_default(), None),
        Err(fault) => (value, Some(fault)),
    };
    let invalid = error.is_some();
    let described_by = described_by(name, false, invalid);
    view! {
        <div class="field short" class:invalid=invalid>
            <label for=name>{label}</label>
            {error.map(|e| view! { <p class="field-error" id=format!("{name}-fel")>{e}</p> })}
            <DateInput id=name label name=name.to_owned() value invalid described_by/>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_comes_back_in_the_one_spelling_and_what_is_none_as_it_was_typed() {
        assert_eq!(shown("220304".to_owned()), "2022-03-04");
        assert_eq!(shown("4 mars 2022".to_owned()), "2022-03-04");
        for typed in ["4/3", "30 februari", ""] {
            assert_eq!(shown(typed.to_owned()), typed);
        }
    }

    #[test]
    fn a_date_that_a_list_is_chosen_by_says_when_it_is_none() {
        let today = NaiveDate::from_ymd_opt(2022, 11, 23).unwrap();
        let html = |value: &str| {
            let value = value.to_owned();
            let owner = Owner::new();
            owner.with(|| view! { <DateFilter name="fran" label="Från" value today/> }.to_html())
        };
        assert!(html("4/3").contains(r#"value="2022-03-04""#), "{}", html("4/3"));
        let none = html("30/2");
        assert!(none.contains("30 februari finns inte") && none.contains(r#"aria-describedby="fran-fel""#), "{none}");
    }

    #[test]
    fn a_list_whose_days_cannot_be_read_is_not_taken_out() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
        assert_eq!(whole_period(("", " "), today), Ok(()));
        assert_eq!(whole_period(("1/11", "261129"), today), Ok(()));
        let said = |days| whole_period(days, today).unwrap_err().message();
        assert!(
            said(("30/2", "")).starts_with("Inget är uttaget, för Från och med går inte att läsa. 30 februari finns")
        );
        assert!(said(("1/11", "30/11")).contains("Till och med går inte att läsa. 30 november har inte varit än."));
    }

    #[test]
    fn what_is_taken_out_by_days_is_refused_where_they_cannot_be_read() {
        for (name, code) in crate::sources::all() {
            if code.contains("<DateFilter") && !name.ends_with("components/date.rs") {
                assert!(
                    code.contains("whole_period(") || !code.contains("export.xlsx"),
                    "{name} takes out all there is where a day cannot be read: ask whole_period first"
                );
                assert!(!code.contains("day::read("), "{name} reads a day that a list is chosen by: use filter_day");
            }
        }
    }

    /// Where what is written is not asked about when the page is left, and why. Every other form asks, without saying so.
    const UNASKED: [(&str, &str); 12] = [
        ("data-draft", "ui/src/avvikelse/ny.rs"),
        ("data-draft", "entry/src/draft/page.rs"),
        // each answer is saved as it is given, and the grid asks about what is not
        ("data-saves", "ui/src/genomforande/judge.rs"),
        ("data-saves", "ui/src/verksamhetsplan/utfall.rs"),
        // no part of the answer
        ("data-unkept", "ui/src/enkat/entry.rs"),
        ("data-unkept", "ui/src/enkat/tabell.rs"),
        ("data-unkept", "ui/src/import/page.rs"),
        ("data-unkept", "ui/src/import/tabell.rs"),
        ("data-unkept", "ui/src/serie/jamforelse_fil.rs"),
        ("data-unkept", "ui/src/admin/lista.rs"),
        ("data-unkept", "ui/src/genomforande/start.rs"),
        ("data-unkept", "ui/src/enkat/results/varden.rs"),
    ];

    #[test]
    fn what_is_written_in_any_form_is_asked_about_when_it_is_left_but_where_it_is_listed() {
        for (name, code) in crate::sources::all() {
            for word in ["data-draft", "data-saves", "data-unkept"] {
                let may = name.ends_with("form_guard/leave.rs")
                    || UNASKED.iter().any(|(w, n)| *w == word && name.ends_with(n));
                let says = code.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word));
                assert!(may || !says, "{name} has {word}: say here why leaving it asks nothing");
            }
        }
    }

    #[test]
    fn no_other_place_makes_a_field_of_a_date() {
        for (name, code) in crate::sources::all() {
            let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
            for asks in ["type=\"date", "kind=\"date", "\"datetime-local\""] {
                let may = name.ends_with("islands/src/date.rs");
                assert!(
                    may || !code.contains(asks),
                    "{name} makes a date of its own: use DateField, DateFilter or DateInput"
                );
            }
        }
    }
}
