//! A file as a field of a form: with a table in it, or a picture.

use leptos::prelude::*;

use super::form::FormState;

/// What an input for a table takes.
const TABLES: &str = ".xlsx,.xlsm,.csv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What an input for the answer of a service takes: browsers save it under any of these names.
pub const JSON: &str = ".json,.txt,application/json,text/plain";

/// What an input for a picture takes: the kinds that the server accepts by their content.
pub const PICTURES: &str = ".png,.jpg,.jpeg,image/png,image/jpeg";

/// Chooses a workbook or a CSV, or what `accept` says, which is posted as `file`.
#[component]
pub fn FileField(
    /// Whose errors it shows.
    state: FormState,
    /// What kind of file, and how large.
    #[prop(into)]
    help: String,
    /// Names and types that the browser offers.
    #[prop(default = TABLES)]
    accept: &'static str,
) -> impl IntoView {
    let error = state.error("file");
    let id = state.id("file");
    view! {
        <div class="field" class:invalid=error.is_some()>
            <label for=id.clone()>"Fil"</label>
            <p class="help" id=format!("{id}-hjalp")>{help}</p>
            {error.clone().map(|e| view! { <p class="field-error" id=format!("{id}-fel")>{e}</p> })}
            <input
                id=id.clone()
                type="file"
                name="file"
                accept=accept
                aria-invalid=state.invalid("file")
                aria-describedby=state.described_by("file", true)
            />
        </div>
    }
}
