//! Form fields. A field knows what was typed in a form that could not be saved, and what is wrong with it; the summary
//! says the same words and takes the focus.

use std::sync::Arc;

use domain::{
    field::{ERRORS_MAX, FieldError, REST, at_most},
    recurrence::form::{SHOWN, is_shown},
    sent,
};
use leptos::prelude::*;

use super::verbatim::Lines;
use crate::{ctx::Ctx, flash::Submitted};

/// What the page knows of one form: that it was posted and could not be saved, or nothing.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    submitted: Option<Arc<Submitted>>,
    nested: bool,
    prefix: String,
}

impl FormState {
    /// The state of the form that posts to `action`. Where a page has several forms with the same action, `key` names a
    /// hidden field and its value that tell them apart.
    #[must_use]
    pub fn of(action: &str, key: Option<(&str, &str)>) -> Self {
        let this = |s: &&Submitted| {
            s.action == action && key.is_none_or(|(name, value)| s.fields.iter().any(|(k, v)| k == name && v == value))
        };
        let submitted = Ctx::current().ok().and_then(|ctx| ctx.flash.submitted.as_ref().filter(this).cloned());
        let prefix = key.map(|(_, value)| format!("{value}-")).unwrap_or_default();
        Self { submitted: submitted.map(Arc::new), nested: false, prefix }
    }

    /// As [`FormState::of`] for a server function whose fields are one argument `form`: the fields are then called
    /// `form[name]` in the post, and plainly `name` everywhere else.
    #[must_use]
    pub fn nested(action: &str, key: Option<(&str, &str)>) -> Self {
        Self { nested: true, ..Self::of(action, key) }
    }

    /// The state of a form whose fields stand in the address of the page, with what is wrong with them.
    #[must_use]
    pub fn asked(action: &str, fields: Vec<(String, String)>, errors: Vec<FieldError>) -> Self {
        let action = action.to_owned();
        let submitted = Submitted { action, fields, errors, ..Submitted::default() };
        Self { submitted: Some(Arc::new(submitted)), nested: false, prefix: String::new() }
    }

    /// Whether the form comes back with something to mend.
    #[must_use]
    pub fn is_back(&self) -> bool {
        self.submitted.is_some()
    }

    /// The name that the control posts.
    #[must_use]
    pub fn name(&self, field: &str) -> String {
        if self.nested { format!("form[{field}]") } else { field.to_owned() }
    }

    /// The id of the control.
    #[must_use]
    pub fn id(&self, field: &str) -> String {
        format!("{}{field}", self.prefix)
    }

    /// What was typed, or else the value that is stored.
    #[must_use]
    pub fn value(&self, field: &str, stored: &str) -> String {
        let name = self.name(field);
        match &self.submitted {
            Some(s) => s.fields.iter().find(|(k, _)| *k == name).map(|(_, v)| v.clone()).unwrap_or_default(),
            None => stored.to_owned(),
        }
    }

    /// What a plain field of the form held when it was posted; none when it was not.
    #[must_use]
    pub fn value_of(&self, field: &str) -> Option<String> {
        self.submitted.as_ref()?.fields.iter().find(|(k, _)| k == field).map(|(_, v)| v.clone())
    }

    /// The id of what the form makes, in its field [`sent::FIELD`]: when it comes back, the one it had, so that it is one thing
    /// however often it is sent; but another where that one has something else already.
    #[must_use]
    pub fn new_id(&self, new: impl FnOnce() -> String) -> String {
        self.value_of(sent::FIELD).filter(|_| !self.is_taken()).unwrap_or_else(new)
    }

    /// Whether the form comes back because something else has the id that it brought.
    fn is_taken(&self) -> bool {
        self.submitted.as_ref().is_some_and(|s| sent::is_taken(&s.errors))
    }

    /// The id that it brought, where it has got another.
    #[must_use]
    pub fn replaced_id(&self) -> Option<String> {
        self.value_of(sent::FIELD).filter(|_| self.is_taken())
    }

    /// The values that were chosen in a field that takes several, or else those that are stored.
    #[must_use]
    pub fn values(&self, field: &str, stored: &[String]) -> Vec<String> {
        let name = format!("{}[]", self.name(field));
        match &self.submitted {
            Some(s) => s.fields.iter().filter(|(k, _)| *k == name).map(|(_, v)| v.clone()).collect(),
            None => stored.to_vec(),
        }
    }

    /// What is stored now, when it is another than what was typed in a form that was not saved: both texts are shown. Where
    /// nothing is stored there is nothing to show, but after somebody else was first: that may have emptied it.
    #[must_use]
    pub fn stored_meanwhile(&self, field: &str, stored: &str) -> Option<String> {
        let submitted = self.submitted.as_ref()?;
        let unsaved = submitted.errors.is_empty() && submitted.problem.is_some();
        let typed = self.value(field, stored);
        let differs = !typed.is_empty() && typed.replace("\r\n", "\n") != stored;
        (unsaved && differs && (submitted.overtaken || !stored.is_empty())).then(|| stored.to_owned())
    }

    /// Whether the form comes back with nothing wrong, for its days to be seen.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.submitted.as_ref().is_some_and(|s| s.problem.is_none() && is_shown(&s.errors))
    }

    /// What is wrong with the field, a line each.
    #[must_use]
    pub fn error(&self, field: &str) -> Option<String> {
        let submitted = self.submitted.as_ref()?;
        let said: Vec<&str> = submitted.errors.iter().filter(|e| e.field == field).map(|e| &*e.message).collect();
        (!said.is_empty()).then(|| said.join("\n"))
    }

    /// What is wrong with the field, as it stands above it: [`FormState::described_by`] names it.
    #[must_use]
    pub fn fault(&self, field: &str) -> Option<impl IntoView + use<>> {
        let id = format!("{}-fel", self.id(field));
        self.error(field).map(|error| view! { <p class="field-error" id=id>{error}</p> })
    }

    /// The describing parts of a field, for `aria-describedby`: its help where it has one, and what is wrong with it.
    #[must_use]
    pub fn described_by(&self, field: &str, help: bool) -> Option<String> {
        described_by(&self.id(field), help, self.error(field).is_some())
    }

    /// `aria-invalid` of the control.
    #[must_use]
    pub fn invalid(&self, field: &str) -> Option<&'static str> {
        self.error(field).map(|_| "true")
    }
}

/// The faults in the order of the page. A browser sends the controls of a form as they stand on it; what it does not send, as a choice
/// that nobody made, comes where the form's reader found it: after the fault before it.
fn in_order(fields: &[(String, String)], errors: Vec<FieldError>) -> Vec<FieldError> {
    let bare = |name: &str| name.trim_start_matches("form[").trim_end_matches("[]").trim_end_matches(']').to_owned();
    let sent: Vec<String> = fields.iter().map(|(name, _)| bare(name)).collect();
    let mut last = None;
    let mut placed: Vec<_> = errors
        .into_iter()
        .map(|error| {
            last = sent.iter().position(|name| *name == error.field).or(last);
            (if error.field == REST { Some(usize::MAX) } else { last }, error)
        })
        .collect();
    placed.sort_by_key(|(at, _)| *at);
    placed.into_iter().map(|(_, error)| error).collect()
}

/// What is wrong, at the top of the form, with links to the fields. Takes the focus when the page opens. It stands in its
/// form: where another has the id, it holds the button that sends it as a new one.
#[component]
pub fn ErrorSummary(state: FormState) -> impl IntoView {
    let submitted = state.submitted.clone().filter(|_| !state.is_shown())?;
    if submitted.again {
        let words = "Här står det som var noterat. Det är inte sparat: ändra det som blev fel och spara igen.";
        return Some(
            view! { <p class="notice" role="status" id="fel" data-back="again" tabindex="-1" autofocus>{words}</p> }
                .into_any(),
        );
    }
    let mut errors = in_order(&submitted.fields, at_most(submitted.errors.clone()));
    // that it was to be seen is nothing wrong
    errors.retain(|e| e.field != SHOWN);
    let taken = state.is_taken();
    let heading = submitted.problem.clone().unwrap_or_else(|| match errors.len() {
        1 if taken => "Det här är inte sparat än".to_owned(),
        1 => "En uppgift behöver rättas".to_owned(),
        n if n > ERRORS_MAX => format!("Fler än {ERRORS_MAX} uppgifter behöver rättas"),
        n => format!("{n} uppgifter behöver rättas"),
    });
    let links = errors
        .iter()
        .map(|e| {
            let message = e.message.clone();
            if [sent::FIELD, REST, ""].contains(&e.field.as_str()) {
                view! { <li>{message}</li> }.into_any()
            } else {
                view! { <li><a href=format!("#{}", state.id(&e.field))>{message}</a></li> }.into_any()
            }
        })
        .collect_view();
    Some(
        view! {
            <div class="error-summary" role="alert" data-back="" tabindex="-1" id="fel" autofocus>
                <h2>{heading}</h2>
                {(!submitted.errors.is_empty()).then(|| view! { <ul>{links}</ul> })}
                {taken.then(|| view! { <p><button class="button">{sent::AS_NEW}</button></p> })}
            </div>
        }
        .into_any(),
    )
}

/// The describing parts of a field: ids of help and error for `aria-describedby`.
pub(super) fn described_by(id: &str, help: bool, error: bool) -> Option<String> {
    let mut ids = Vec::new();
    if help {
        ids.push(format!("{id}-hjalp"));
    }
    if error {
        ids.push(format!("{id}-fel"));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// What stands around a control: its label, help and fault.
#[component]
pub(super) fn FieldFrame(
    state: FormState,
    name: &'static str,
    label: String,
    help: &'static str,
    required: bool,
    short: bool,
    meanwhile: Option<String>,
    children: Children,
) -> impl IntoView {
    let id = state.id(name);
    let error = state.error(name);
    let invalid = error.is_some();
    view! {
        <div class="field" class:short=short class:invalid=invalid>
            <label for=id.clone()>
                {label}
                // what was just asked for is not frivilligt, whatever the form believed
                {(!required && !invalid).then(|| view! { " " <span class="optional">"(frivilligt)"</span> })}
            </label>
            {(!help.is_empty()).then(|| view! { <p class="help" id=format!("{id}-hjalp")>{help}</p> })}
            {error.map(|e| view! { <p class="field-error" id=format!("{id}-fel")>{e}</p> })}
            {children()}
            {meanwhile
                .map(|text| {
                    if text.is_empty() {
                        view! { <p class="help">"Inget är sparat här nu."</p> }.into_any()
                    } else {
                        view! { <p class="help">"Sparat nu: " <q class="prewrap">{text}</q></p> }.into_any()
                    }
                })}
        </div>
    }
}

/// A one-line text or a number.
#[component]
pub fn TextField(
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
    /// Whether it holds something short: a number.
    #[prop(optional)]
    short: bool,
    /// `type` of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// `inputmode` of the input.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// `autocomplete` of the input.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
) -> impl IntoView {
    let id = state.id(name);
    let error = state.error(name).is_some();
    // the answer to "91,5 % eller 0,915 %?" needs a sign that the keys for figures of a phone do not have
    let inputmode = inputmode.filter(|mode| !(error && *mode == "decimal"));
    let meanwhile = state.stored_meanwhile(name, &value);
    let value = if kind == "password" { String::new() } else { state.value(name, &value) };
    view! {
        <FieldFrame state=state.clone() name label help required=required || conditional short meanwhile>
            <input
                id=id.clone()
                name=state.name(name)
                type=kind
                value=value
                inputmode=inputmode
                autocomplete=autocomplete.unwrap_or("off")
                aria-invalid=error.then_some("true")
                aria-describedby=described_by(&id, !help.is_empty(), error)
            />
        </FieldFrame>
    }
}

/// A text of several lines.
#[component]
pub fn TextArea(
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
    /// Lines shown.
    #[prop(default = 3)]
    rows: u32,
) -> impl IntoView {
    let id = state.id(name);
    let error = state.error(name).is_some();
    let meanwhile = state.stored_meanwhile(name, &value);
    let text = state.value(name, &value);
    view! {
        <FieldFrame state=state.clone() name label help required=required || conditional short=false meanwhile>
            <Lines
                id=id.clone()
                name=state.name(name)
                text
                rows
                invalid=error
                described_by=described_by(&id, !help.is_empty(), error)
            />
        </FieldFrame>
    }
}

/// A choice in a list of (value, label).
#[component]
pub fn SelectField(
    /// The form.
    #[prop(into)]
    state: FormState,
    /// Name of the field.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// The choices: value and label.
    options: Vec<(String, String)>,
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
    let error = state.error(name).is_some();
    let chosen = state.value(name, &value);
    // the word of an empty choice, "Välj", is nothing that was stored
    let word = |stored: String| {
        let found = options.iter().find(|(v, _)| *v == stored && !v.is_empty());
        found.map_or_else(|| stored.clone(), |(_, label)| label.clone())
    };
    let meanwhile = state.stored_meanwhile(name, &value).map(word);
    let options = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <FieldFrame state=state.clone() name label help required=required || conditional short=false meanwhile>
            <select
                id=id.clone()
                name=state.name(name)
                aria-invalid=error.then_some("true")
                aria-describedby=described_by(&id, !help.is_empty(), error)
            >
                {options}
            </select>
        </FieldFrame>
    }
}

/// A box to tick.
#[component]
pub fn Checkbox(
    /// The form.
    #[prop(into)]
    state: FormState,
    /// Name of the field.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Whether it is ticked as stored.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    let checked = state.value(name, if checked { "on" } else { "" }) == "on";
    let described_by = state.described_by(name, false);
    view! {
        {state.fault(name)}
        <label class="check">
            <input
                type="checkbox"
                id=state.id(name)
                name=state.name(name)
                value="on"
                checked=checked
                aria-invalid=state.invalid(name)
                aria-describedby=described_by
            />
            <span>{label}</span>
        </label>
    }
}

/// Twelve months to choose from.
#[component]
pub fn MonthPicker(
    /// The form.
    #[prop(into)]
    state: FormState,
    /// Name of the field.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// The stored months, as numbers.
    value: Vec<String>,
    /// A sentence of help.
    help: &'static str,
) -> impl IntoView {
    let chosen = state.values(name, &value);
    let id = state.id(name);
    let invalid = state.invalid(name);
    let described_by = state.described_by(name, true);
    let months = (1..=12)
        .map(|m| {
            let checked = chosen.contains(&m.to_string());
            view! {
                <label>
                    <input
                        type="checkbox"
                        id=(m == 1).then(|| id.clone())
                        name=format!("{}[]", state.name(name))
                        value=m.to_string()
                        checked=checked
                        aria-invalid=invalid
                        aria-label=domain::format::month_name(m)
                    />
                    <span aria-hidden="true">{domain::format::month_short(m)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="month-picker field" class:invalid=invalid.is_some() aria-describedby=described_by>
            <legend>{label}</legend>
            <p class="help" id=format!("{id}-hjalp")>{help}</p>
            {state.fault(name)}
            <div class="months">{months}</div>
        </fieldset>
    }
}

/// A value that the form carries along.
#[component]
pub fn Hidden(
    /// Name of the field.
    name: &'static str,
    /// Its value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(overtaken: bool) -> FormState {
        let submitted = Submitted {
            action: "/api/x".to_owned(),
            fields: vec![("title".to_owned(), "Ny rutin".to_owned())],
            problem: Some("Inget sparades.".to_owned()),
            overtaken,
            ..Submitted::default()
        };
        FormState { submitted: Some(Arc::new(submitted)), nested: false, prefix: String::new() }
    }

    #[test]
    fn faults_stand_in_the_order_of_the_page_whatever_order_they_were_found_in() {
        let fault = |field: &str| FieldError { field: field.into(), message: field.into() };
        let sent = |name: &str| (name.to_owned(), String::new());
        let fields = [sent("id"), sent("form[title]"), sent("form[months][]"), sent("form[start]"), sent("form[note]")];
        let order = |found: &[&str]| {
            let errors = found.iter().map(|f| fault(f)).collect();
            in_order(&fields, errors).into_iter().map(|e| e.field).collect::<Vec<_>>()
        };
        assert_eq!(order(&["note", "start", "title"]), ["title", "start", "note"]);
        assert_eq!(order(&["start", "months"]), ["months", "start"]);
        // a choice that nobody made is not sent: it stands where it was looked for
        assert_eq!(order(&["outcome", "note", "title"]), ["outcome", "title", "note"]);
        assert_eq!(order(&["note", "title", "ror", REST]), ["title", "ror", "note", REST]);
    }

    #[test]
    fn what_is_stored_stands_beside_what_was_typed_and_nothing_where_nothing_was_stored() {
        // after a lost login, of a form for something new: there is nothing to compare with
        assert_eq!(back(false).stored_meanwhile("title", ""), None);
        assert_eq!(back(false).stored_meanwhile("title", "Gammal rutin").as_deref(), Some("Gammal rutin"));
        assert_eq!(back(false).stored_meanwhile("title", "Ny rutin"), None);
        // somebody else has emptied it meanwhile: that is said
        assert_eq!(back(true).stored_meanwhile("title", "").as_deref(), Some(""));
        let html = |state: FormState| {
            let owner = Owner::new();
            owner.with(|| view! { <TextField state name="title" label="Vad ska göras?"/> }.to_html())
        };
        assert!(html(back(true)).contains("Inget är sparat här nu."));
        let new = html(back(false));
        assert!(!new.contains("sparat") && !new.contains("tomt") && new.contains(r#"value="Ny rutin""#), "{new}");
    }
}
