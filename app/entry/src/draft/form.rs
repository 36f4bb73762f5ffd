//! The form in the browser: what it holds, what is put into it, and what must not stand in it.

use domain::{avvikelse::intake::varning_kontakt, personnummer::varning};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use islands::dom::{self, Find};

/// A control with a name.
enum Control {
    /// A box or a button of a group.
    Tick(HtmlInputElement),
    Line(HtmlInputElement),
    Text(HtmlTextAreaElement),
    Choice(HtmlSelectElement),
}

fn controls(form: &HtmlFormElement) -> Vec<(String, Control)> {
    let elements: Vec<Element> = form.every("[name]");
    elements
        .into_iter()
        .filter_map(|element| {
            let name = element.get_attribute("name")?;
            let element = match element.dyn_into::<HtmlInputElement>() {
                Ok(input) if matches!(input.type_().as_str(), "checkbox" | "radio") => {
                    return Some((name, Control::Tick(input)));
                }
                Ok(input) => return Some((name, Control::Line(input))),
                Err(other) => other,
            };
            let element = match element.dyn_into::<HtmlTextAreaElement>() {
                Ok(text) => return Some((name, Control::Text(text))),
                Err(other) => other,
            };
            Some((name, Control::Choice(element.dyn_into().ok()?)))
        })
        .collect()
}

/// The fields as they would be posted.
pub fn read(form: &HtmlFormElement) -> Vec<(String, String)> {
    let value = |control: &Control| match control {
        Control::Tick(input) => input.checked().then(|| input.value()),
        Control::Line(input) => Some(input.value()),
        Control::Text(text) => Some(text.value()),
        Control::Choice(select) => Some(select.value()),
    };
    controls(form).into_iter().filter_map(|(name, control)| Some((name, value(&control)?))).collect()
}

/// Whether something has been written or chosen on this page.
pub fn touched(form: &HtmlFormElement) -> bool {
    controls(form).iter().any(|(_, control)| match control {
        Control::Tick(input) => input.checked() != input.default_checked(),
        Control::Line(input) => input.value() != input.default_value(),
        Control::Text(text) => text.default_value().is_ok_and(|first| first != text.value()),
        Control::Choice(_) => false,
    })
}

/// Puts what was written earlier into the form. What has been written on this page meanwhile stays: a line instead of the
/// earlier one, a text after it.
pub fn fill(form: &HtmlFormElement, fields: &[(String, String)]) {
    for (name, control) in controls(form) {
        let earlier = fields.iter().find(|(n, _)| *n == name).map_or("", |(_, v)| v.as_str());
        match &control {
            Control::Tick(input) => {
                let chosen = fields.iter().any(|(n, v)| *n == name && *v == input.value());
                if input.checked() == input.default_checked() {
                    input.set_checked(chosen);
                }
            }
            Control::Line(input) if input.value() == input.default_value() => input.set_value(earlier),
            Control::Text(text) => {
                let (now, first) = (text.value(), text.default_value().unwrap_or_default());
                if now == first {
                    text.set_value(earlier);
                } else if !earlier.trim().is_empty() && !now.contains(earlier.trim()) {
                    text.set_value(&format!("{}\n\n{now}", earlier.trim_end()));
                }
            }
            Control::Choice(select) if !select.has_attribute("data-touched") => select.set_value(earlier),
            // chosen or written on this page
            Control::Line(_) | Control::Choice(_) => {}
        }
        open_around(&control, !earlier.is_empty());
    }
}

/// What is filled in is not folded away.
fn open_around(control: &Control, filled: bool) {
    let element: &Element = match control {
        Control::Tick(input) | Control::Line(input) => input.as_ref(),
        Control::Text(text) => text.as_ref(),
        Control::Choice(select) => select.as_ref(),
    };
    if let Some(details) = dom::closest(element, "details[data-opens]").filter(|_| filled) {
        dom::mark(&details, "open", true);
    }
}

/// The id that what is written has.
pub fn id(form: &HtmlFormElement) -> Option<HtmlInputElement> {
    form.first("input[name=id]")
}

/// Says at every text what must not stand in it. The first that has something.
pub fn warn_all(form: &HtmlFormElement) -> Option<HtmlElement> {
    let texts = controls(form).into_iter().filter_map(|(_, control)| match control {
        Control::Line(input) if input.type_() != "hidden" => input.dyn_into::<HtmlElement>().ok(),
        Control::Text(text) => text.dyn_into().ok(),
        _ => None,
    });
    let mut first = None;
    for text in texts {
        if warn(&text) && first.is_none() {
            first = Some(text);
        }
    }
    first
}

/// Says at a text what must not stand in it, while it is written and not first when it is sent. Whether there is anything.
pub fn warn(text: &HtmlElement) -> bool {
    let value = match text.dyn_ref::<HtmlTextAreaElement>() {
        Some(area) => area.value(),
        None => text.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value).unwrap_or_default(),
    };
    // how to reach somebody may hold an address and a phone number
    let warning = if text.has_attribute("data-contact") { varning_kontakt(&value) } else { varning(&value) };
    say(text, warning.as_deref());
    warning.is_some()
}

const LIVE: &str = "varning";

fn say(control: &HtmlElement, warning: Option<&str>) {
    let Some(field) = dom::closest(control, ".field") else { return };
    let standing = field.first::<Element>(&format!(".field-error[data-{LIVE}]"));
    match (warning, standing) {
        (None, None) => {}
        (None, Some(line)) => {
            line.remove();
            if field.first::<Element>(".field-error").is_none() {
                let _ = control.remove_attribute("aria-invalid");
                let _ = field.class_list().remove_1("invalid");
            }
        }
        (Some(warning), Some(line)) if line.text_content().as_deref() == Some(warning) => {}
        (Some(warning), Some(line)) => line.set_text_content(Some(warning)),
        (Some(warning), None) => {
            let Some(line) = dom::made("p", "field-error", warning) else { return };
            let id = format!("{}-{LIVE}", control.id());
            line.set_id(&id);
            dom::mark(&line, &format!("data-{LIVE}"), true);
            dom::set_attr(&line, "role", "alert");
            let _ = field.insert_before(&line, Some(control));
            let _ = field.class_list().add_1("invalid");
            let _ = control.set_attribute("aria-invalid", "true");
            let described = dom::attr(control, "aria-describedby");
            if !described.contains(&id) {
                let _ = control.set_attribute("aria-describedby", format!("{described} {id}").trim());
            }
        }
    }
}
