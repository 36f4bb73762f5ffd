//! A page as a browser without script reads it: its links, its forms, what stands in their controls.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html, Selector};

/// What is typed or chosen in a control.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A text: one line, or several.
    Text,
    Lines,
    /// A date, a number, a time.
    Typed,
    Password,
    /// A box to tick, ticked or not.
    Box(bool),
    /// One of these.
    Choice(Vec<String>),
    /// Goes along as it is.
    Fixed,
}

#[derive(Clone, Debug)]
pub struct Control {
    pub name: String,
    pub kind: Kind,
    pub value: String,
}

#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub post: bool,
    /// Carries a file.
    pub parts: bool,
    pub controls: Vec<Control>,
}

impl Form {
    /// What it is, whichever thing it is about: where it is sent and what can be typed in it.
    pub fn kind(&self) -> (String, Vec<String>) {
        (shape(&self.action), self.typed().map(|c| shape(&c.name)).collect())
    }

    /// The controls that a text is typed in.
    pub fn typed(&self) -> impl Iterator<Item = &Control> {
        self.controls.iter().filter(|c| matches!(c.kind, Kind::Text | Kind::Lines))
    }
}

pub struct Page {
    html: Html,
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

impl Page {
    pub fn read(body: &str) -> Self {
        Self { html: Html::parse_document(body) }
    }

    /// How many elements there are of this kind.
    pub fn count(&self, what: &str) -> usize {
        self.html.select(&selector(what)).count()
    }

    /// All text of the page with what stands in its controls, each piece by itself.
    pub fn texts(&self) -> Vec<String> {
        let mut out: Vec<String> = self.html.root_element().text().map(str::to_owned).collect();
        for element in self.html.select(&selector("*")) {
            out.extend(element.value().attrs().map(|(_, value)| value.to_owned()));
        }
        out
    }

    /// Links to pages of ours.
    pub fn links(&self) -> Vec<String> {
        let links = selector("a[href]");
        let found = self.html.select(&links).filter(|a| a.attr("download").is_none());
        let ours = found.filter_map(|a| a.attr("href")).filter(|href| domain::link::local(href).is_some());
        ours.map(|href| href.split('#').next().unwrap_or_default().to_owned()).collect()
    }

    /// What is wrong with how the page tells of faults: each of a summary is a link to a control of the page, in the page's order,
    /// which says that it is invalid and is described by the same words.
    pub fn summary_faults(&self) -> Vec<String> {
        let ids: Vec<ElementRef> = self.html.select(&selector("[id]")).collect();
        let at = |id: &str| ids.iter().position(|e| e.attr("id") == Some(id));
        let words = |e: &ElementRef| e.text().collect::<String>();
        let mut out = Vec::new();
        for summary in self.html.select(&selector(".error-summary")) {
            let links: Vec<ElementRef> = summary.select(&selector("li > a")).collect();
            let mut before = 0;
            for link in links {
                let (id, said) =
                    (link.attr("href").unwrap_or_default().trim_start_matches('#').to_owned(), words(&link));
                let Some(found) = at(&id) else {
                    out.push(format!("“{said}” leads nowhere: #{id}"));
                    continue;
                };
                if found < before {
                    out.push(format!("“{said}” is told of too late"));
                }
                before = found;
                let control = ids[found];
                let group = control.ancestors().filter_map(ElementRef::wrap).find(|e| e.value().name() == "fieldset");
                let described: Vec<&str> = [Some(control), group]
                    .into_iter()
                    .flatten()
                    .flat_map(|e| e.attr("aria-describedby").unwrap_or_default().split(' '))
                    .collect();
                let beside =
                    described.iter().filter_map(|id| at(id)).any(|i| words(&ids[i]).lines().any(|line| line == said));
                let itself = control.value().classes().any(|class| class == "field-error");
                if !(itself || beside && control.attr("aria-invalid") == Some("true")) {
                    out.push(format!("“{said}” is not said at #{id}"));
                }
            }
        }
        out
    }

    pub fn forms(&self) -> Vec<Form> {
        self.html.select(&selector("form")).map(|form| self.form(form)).collect()
    }

    fn form(&self, form: ElementRef) -> Form {
        let mut radios: BTreeMap<String, usize> = BTreeMap::new();
        let mut controls: Vec<Control> = Vec::new();
        let mut button = None;
        let mut found: Vec<ElementRef> = form.select(&selector("input, textarea, select, button")).collect();
        if let Some(id) = form.attr("id") {
            found.extend(self.html.select(&selector("input, textarea, select")).filter(|c| c.attr("form") == Some(id)));
        }
        for element in found {
            let Some(name) = element.attr("name").filter(|_| element.attr("disabled").is_none()) else { continue };
            let attr = |name| element.attr(name).unwrap_or_default().to_owned();
            let control = |kind, value| Control { name: name.to_owned(), kind, value };
            let (tag, checked) = (element.value().name(), element.attr("checked").is_some());
            match (tag, element.attr("type").unwrap_or("text")) {
                ("button", _) => button = button.or_else(|| Some(control(Kind::Fixed, attr("value")))),
                ("textarea", _) => controls.push(control(Kind::Lines, element.text().collect())),
                ("select", _) => {
                    let options: Vec<ElementRef> = element.select(&selector("option")).collect();
                    let value = |o: &ElementRef| o.attr("value").unwrap_or_default().to_owned();
                    let chosen = options.iter().find(|o| o.attr("selected").is_some()).map(value);
                    let all: Vec<String> = options.iter().map(value).filter(|v| !v.is_empty()).collect();
                    let chosen = chosen.unwrap_or_else(|| options.first().map(value).unwrap_or_default());
                    controls.push(control(Kind::Choice(all), chosen));
                }
                (_, "hidden") => controls.push(control(Kind::Fixed, attr("value"))),
                (_, "password") => controls.push(control(Kind::Password, String::new())),
                (_, "checkbox") => controls.push(control(Kind::Box(checked), attr("value"))),
                (_, "radio") => {
                    // as a browser sends them: in their place
                    let at = *radios.entry(name.to_owned()).or_insert_with(|| {
                        controls.push(control(Kind::Choice(vec![]), attr("value")));
                        controls.len() - 1
                    });
                    if let Kind::Choice(all) = &mut controls[at].kind {
                        all.push(attr("value"));
                    }
                    if checked {
                        controls[at].value = attr("value");
                    }
                }
                (_, "file" | "submit") => {}
                (_, "date" | "number" | "time" | "month" | "week") => {
                    controls.push(control(Kind::Typed, attr("value")));
                }
                // a date is typed as text, and is none
                _ if around(element, "date-input") => controls.push(control(Kind::Typed, attr("value"))),
                _ => controls.push(control(Kind::Text, attr("value"))),
            }
        }
        controls.extend(button);
        Form {
            action: form.attr("action").unwrap_or_default().to_owned(),
            post: form.attr("method") == Some("post"),
            parts: form.attr("enctype").is_some_and(|e| e.starts_with("multipart")),
            controls,
        }
    }
}

/// Whether the element around this one has the class.
fn around(element: ElementRef, class: &str) -> bool {
    element.parent().and_then(ElementRef::wrap).is_some_and(|e| e.value().classes().any(|c| c == class))
}

/// An address or a name without the ids and numbers in it.
pub fn shape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if rest.get(..36).is_some_and(|id| uuid::Uuid::try_parse(id).is_ok()) {
            out.push_str("{id}");
            rest = &rest[36..];
        } else if c.is_ascii_digit() {
            out.push('#');
            rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}
