//! Choices: a group of radio buttons or boxes with thumb-sized labels.

use leptos::prelude::*;

use super::FormState;

/// A group of choices of (value, label): one of them, or several with `multiple`.
#[component]
pub fn ChoiceField(
    /// The form.
    state: FormState,
    /// Name of the field.
    name: &'static str,
    /// What is chosen.
    #[prop(into)]
    legend: String,
    /// The choices: value and label.
    options: Vec<(&'static str, &'static str)>,
    /// The stored values; one where one is chosen.
    value: Vec<String>,
    /// A sentence of help.
    #[prop(optional)]
    help: &'static str,
    /// Whether several can be chosen.
    #[prop(optional)]
    multiple: bool,
    /// Beside each other, for two or three short ones.
    #[prop(optional)]
    row: bool,
) -> impl IntoView {
    let chosen = if multiple {
        state.values(name, &value)
    } else {
        vec![state.value(name, value.first().map_or("", String::as_str))]
    };
    let (id, invalid) = (state.id(name), state.invalid(name));
    let field = if multiple { format!("{}[]", state.name(name)) } else { state.name(name) };
    let described = (!help.is_empty()).then(|| format!("{id}-hjalp"));
    let described_by = state.described_by(name, !help.is_empty());
    let choices = options
        .into_iter()
        .enumerate()
        .map(|(i, (value, label))| {
            let checked = chosen.iter().any(|c| c == value);
            view! {
                <label class="choice">
                    <input
                        type=if multiple { "checkbox" } else { "radio" }
                        id=(i == 0).then(|| id.clone())
                        name=field.clone()
                        value=value
                        checked=checked
                        aria-invalid=invalid
                    />
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="fieldset field" class:invalid=invalid.is_some() aria-describedby=described_by>
            <legend>{legend}</legend>
            {described.map(|id| view! { <p class="help" id=id>{help}</p> })}
            {state.fault(name)}
            <div class="choices" class:row-wise=row>{choices}</div>
        </fieldset>
    }
}
