//! Whatever is typed in any field of any form stays text: on every page that shows it, in the field that it comes back in,
//! and in the database, which holds no character that cannot be seen.
//!
//! Nothing here lists the forms: every page is opened, every form on it is filled in, the text first and then, where a field
//! wants something else, what it wants. What is listed is what is no text; a new field that is not listed has to be one, and a
//! new server function that is not listed has to have a form with one on some page.
#![allow(clippy::unwrap_used)]

mod base;
mod compared;
mod entry;
mod listed;
mod page;
mod parts;

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use domain::text::clean;
use http::{StatusCode, header};
use ui::error::AppError;
use web::state::Settings;

use self::{
    listed::{ASKED, CHOSEN, NO_FORM, NO_TEXT, NOT_KEPT, OPENS, PRESSED, WANTED},
    page::{Control, Form, Kind, Page, shape},
};
use crate::{
    common::{ADMIN, App, CHEF},
    permission,
    permission::AREAS,
};

/// What is typed: markup of every place that text has stood in, and characters that nobody sees. The number says which field.
fn typed(n: usize, kind: &Kind) -> String {
    let line = format!(
        "¤{n}¤</textarea></title><b class=intrang>&amp;&quot;'\"\0\u{1}\u{202e}a\u{30a}\u{ad}\u{a0}\u{fffe}</b>"
    );
    if *kind == Kind::Lines { format!("\n\n{line}\r\n\r\n x¤") } else { format!("{line}¤") }
}

/// The same for a field that takes less.
fn short(n: usize) -> String {
    format!("¤{n}¤<b>&amp;\u{1}¤")
}

/// A field: where its form is sent, and its name.
type Field = (String, String);

/// What was seen of the product.
#[derive(Default)]
struct Seen {
    /// A number for each field.
    numbers: BTreeMap<Field, usize>,
    /// What a field was saved with.
    saved: BTreeMap<Field, String>,
    /// Fields that took no text.
    refused: BTreeSet<Field>,
    /// Forms that were saved.
    done: BTreeSet<(String, Vec<String>)>,
    /// How a form was refused that was not saved.
    failed: BTreeMap<(String, Vec<String>), String>,
    /// The names in queries.
    keys: BTreeSet<String>,
    /// What was not as it was typed.
    faults: Vec<String>,
    /// Pages by address.
    pages: BTreeSet<String>,
}

impl Seen {
    fn number(&mut self, form: &Form, control: &Control) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry((shape(&form.action), shape(&control.name))).or_insert(next)
    }
}

/// Opens pages, one after another, from the first page and from things that no page leads to by itself.
async fn walk(
    app: &App,
    cookie: &str,
    things: &[String],
    seen: &mut Seen,
    mut look: impl AsyncFnMut(&str, &Page, &mut Seen),
) {
    let mut waiting = [&["/".to_owned(), "/skarm/finns-inte".to_owned()], things].concat();
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut of_kind: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(path) = waiting.pop() {
        let answer = app.get(&path, cookie).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.body);
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let page = Page::read(&answer.body);
        assert_eq!(page.count(".intrang"), 0, "a text became an element on {path}");
        assert_eq!(page.count("title"), 1 + page.count("svg title"), "the title of {path}");
        for link in page.links() {
            let query = link.split_once('?').map_or("", |(_, query)| query);
            seen.keys.extend(query.split('&').filter_map(|pair| Some(pair.split_once('=')?.0.to_owned())));
            // one of each kind of page is as good as ten, but for cases, which stand at different steps
            let kind = shape(&link);
            let many = ["/avvikelser/", "/forekomster/", "/genomforanden/"].iter().any(|path| link.starts_with(path));
            let most = if many { 40 } else { 4 };
            let all = of_kind.entry(kind.split('?').next().unwrap_or_default().to_owned()).or_default();
            if *all > most * 8 || known.contains(&link) {
                continue;
            }
            *all += 1;
            let count = of_kind.entry(kind).or_default();
            if *count < most {
                *count += 1;
                known.insert(link.clone());
                waiting.push(link);
            }
        }
        seen.pages.insert(path.clone());
        look(&path, &page, seen).await;
    }
}

/// As a program asks, so that the answer says which field is wrong.
async fn send(app: &App, cookie: &str, action: &str, fields: &[(String, String)]) -> (StatusCode, String) {
    let request = http::Request::post(action)
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie);
    let answer = app.send(request.body(Body::from(serde_urlencoded::to_string(fields).unwrap())).unwrap()).await;
    (answer.status, answer.body)
}

/// The values that are tried in a field, first the text.
fn tries(n: usize, action: &str, control: &Control) -> Vec<String> {
    let chosen = CHOSEN.iter().find(|(at, name, _)| *at == action && *name == shape(&control.name));
    if let (Some((_, _, value)), Kind::Text | Kind::Lines) = (chosen, &control.kind) {
        return vec![(*value).to_owned()];
    }
    let now = [chosen.map_or(control.value.clone(), |(_, _, value)| (*value).to_owned())];
    let wanted = || WANTED.iter().map(|w| (*w).to_owned());
    let filled = now.clone().into_iter().filter(|value| !value.is_empty());
    match control.kind {
        Kind::Text | Kind::Lines => {
            [typed(n, &control.kind), short(n)].into_iter().chain(filled).chain(wanted()).collect()
        }
        Kind::Typed => now.into_iter().chain(wanted()).collect(),
        Kind::Choice(ref all) => now.iter().chain(all).cloned().collect(),
        Kind::Password => vec!["kanin-brygga-lykta-47".to_owned()],
        Kind::Box(_) | Kind::Fixed => now.to_vec(),
    }
}

/// Fills in a form until it is saved, or nothing more can be tried. Gives how far each text field had to go.
async fn save(app: &App, cookie: &str, form: &Form, seen: &mut Seen) -> Result<(), String> {
    let numbers: Vec<usize> = form.controls.iter().map(|c| seen.number(form, c)).collect();
    let mut at = vec![0; form.controls.len()];
    let mut ticked: Vec<bool> = form.controls.iter().map(|c| c.kind != Kind::Box(false)).collect();
    let mut last = String::new();
    let mut asked: Vec<(String, String)> = Vec::new();
    for _ in 0..40 {
        let values: Vec<String> =
            form.controls.iter().enumerate().map(|(i, c)| tries(numbers[i], &form.action, c)[at[i]].clone()).collect();
        let names = form.controls.iter().map(|c| c.name.clone());
        let fields = names.zip(values.clone()).zip(&ticked).filter(|(_, on)| **on).map(|(field, _)| field);
        let fields: Vec<(String, String)> = fields.chain(asked.clone()).collect();
        let (status, body) = send(app, cookie, &form.action, &fields).await;
        assert!(status != StatusCode::INTERNAL_SERVER_ERROR, "{} with {fields:?}: {body}", form.action);
        // forms that go a way of their own answer with a page
        if status == StatusCode::OK || status == StatusCode::SEE_OTHER {
            for (i, control) in form.controls.iter().enumerate() {
                let field = (shape(&form.action), shape(&control.name));
                match control.kind {
                    Kind::Text | Kind::Lines if values[i].is_empty() => {}
                    Kind::Text | Kind::Lines if at[i] < 2 => {
                        seen.saved.insert(field, values[i].clone());
                    }
                    Kind::Text | Kind::Lines => {
                        seen.refused.insert(field);
                    }
                    _ => {}
                }
            }
            return Ok(());
        }
        last = format!("{status}: {body}");
        let Ok(AppError::Invalid(errors)) = serde_json::from_str(&body) else { return Err(last) };
        let mut moved = false;
        for error in errors {
            let bare = |name: &str| name.replace("form[", "").replace("[]", "").replace(']', "");
            let is = |c: &Control| bare(&c.name) == error.field;
            let answer = ASKED.iter().find(|(at, name, _)| *at == form.action && bare(name) == error.field);
            if let Some((_, name, answer)) = answer.filter(|_| asked.is_empty()) {
                asked.push(((*name).to_owned(), (*answer).to_owned()));
                moved = true;
                continue;
            }
            let Some(i) = (0..at.len()).find(|i| {
                is(&form.controls[*i])
                    && (!ticked[*i] || at[*i] + 1 < tries(numbers[*i], &form.action, &form.controls[*i]).len())
            }) else {
                continue;
            };
            moved = true;
            if ticked[i] { at[i] += 1 } else { ticked[i] = true }
        }
        if !moved {
            return Err(last);
        }
    }
    Err(last)
}

/// Sends a form as a browser does, with a day that does not exist in every date and nothing in the rest, and looks at how the faults are
/// told.
async fn tells_faults(app: &App, cookie: &str, path: &str, form: &Form, seen: &mut Seen) {
    let sent = form.controls.iter().filter(|c| !matches!(c.kind, Kind::Box(_)));
    let value = |c: &Control| match c.kind {
        Kind::Typed => "30 februari".to_owned(),
        Kind::Text | Kind::Lines => String::new(),
        _ => c.value.clone(),
    };
    let fields: Vec<(String, String)> = sent.map(|c| (c.name.clone(), value(c))).collect();
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let answer = app.post(&form.action, cookie, path, &pairs).await;
    let body = if answer.status == StatusCode::SEE_OTHER {
        app.get(answer.to().split('#').next().unwrap_or_default(), cookie).await.body
    } else {
        answer.body
    };
    let faults = Page::read(&body).summary_faults();
    seen.faults.extend(faults.into_iter().map(|fault| format!("{} of {path}: {fault}", form.action)));
}

/// Sends a form as a browser does, with text in every field, and reads the page that it comes back to.
async fn comes_back(app: &App, cookie: &str, path: &str, form: &Form, seen: &mut Seen) {
    let mut fields = Vec::new();
    for control in &form.controls {
        let value = match control.kind {
            Kind::Text | Kind::Lines => typed(seen.number(form, control), &control.kind),
            Kind::Box(false) => continue,
            _ => control.value.clone(),
        };
        fields.push((control.name.clone(), value));
    }
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let answer = app.post(&form.action, cookie, path, &pairs).await;
    assert!(answer.status.as_u16() < 500, "{}: {}", form.action, answer.body);
    let body = if answer.status == StatusCode::SEE_OTHER {
        let to = answer.to().split('#').next().unwrap_or_default().to_owned();
        assert!(domain::link::local(&to).is_some(), "{to}");
        app.get(&to, cookie).await.body
    } else {
        answer.body
    };
    let page = Page::read(&body);
    assert_eq!(page.count(".intrang"), 0, "a text became an element on {path}, sent to {}", form.action);
    seen.faults.extend(page.summary_faults().into_iter().map(|fault| format!("{} of {path}: {fault}", form.action)));
    for back in page.forms().iter().filter(|f| f.action == form.action) {
        for control in back.typed().filter(|c| c.value.contains('¤')) {
            let n = seen.number(back, control);
            // what came back is what was typed; what was saved is as the rules of the field say
            let all = [typed(n, &control.kind), typed(n, &Kind::Text), typed(n, &Kind::Lines), short(n)];
            let whole = |sent: &String| clean(sent) == control.value || clean(sent).trim() == control.value;
            if !all.iter().any(|sent| whole(sent) || words(sent) == control.value) {
                seen.faults.push(format!("{} of {} reads {:?}", control.name, form.action, control.value));
            }
        }
    }
}

/// A text as one line.
fn words(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn what_is_typed_in_any_field_stays_the_text_that_it_is() {
    stays_text("sqlite").await;
}

#[tokio::test]
async fn what_is_typed_in_any_field_stays_the_text_that_it_is_on_postgres() {
    stays_text("postgres").await;
}

async fn stays_text(on: &str) {
    let (_folder, databases) = base::databases().await;
    for (name, url) in databases.into_iter().filter(|(name, _)| *name == on) {
        let app = App::at(&url, Settings { database: name, ..Settings::default() }).await;
        app.people().await;
        let mut things = permission::fill(&app).await;
        // of what is walked the last is the first: the runs, and what they lead to, before the rest
        things.reverse();
        let mut seen = Seen::default();
        // what one form makes has forms of its own
        for (who, last) in [(CHEF, false), (ADMIN, false), (permission::LEX_SARAH, false), (CHEF, false), (CHEF, true)]
        {
            let cookie = app.log_in(who).await;
            forms_of(&app, &cookie, &things, &mut seen, last).await;
        }
        let mut shown = BTreeSet::new();
        for who in [CHEF, ADMIN, permission::LEX_SARAH] {
            let cookie = app.log_in(who).await;
            walk(&app, &cookie, &things, &mut seen, async |_, page, _| {
                shown.extend(page.texts().iter().filter(|t| t.contains('¤')).map(|t| words(t)));
            })
            .await;
        }
        assert!(shown.len() > 100, "{name}: what was typed is on the pages: {}", shown.len());
        let chef = app.log_in(CHEF).await;
        let (pages, keys) = (Vec::from_iter(seen.pages.clone()), Vec::from_iter(seen.keys.clone()));
        entry::addresses(&app, &chef, &pages, &keys).await;
        let mut written = String::new();
        for path in seen.pages.iter().filter(|p| p.ends_with("/protokoll") || p.ends_with("/dokumentation")) {
            written.push_str(&entry::document(&app, &chef, &format!("{path}.docx")).await);
        }
        assert!(written.contains("</textarea></title><b class=intrang>&amp;&quot;'\"å </b>"), "{name}: {written}");
        let texts = base::texts(&url).await;
        for (at, text) in &texts {
            assert!(base::is_clean(text), "{name}: {at} holds {text:?}");
        }
        verdict(name, &seen, &texts);
    }
}

async fn forms_of(app: &App, cookie: &str, things: &[String], seen: &mut Seen, last: bool) {
    let mut found: Vec<(String, Form)> = Vec::new();
    walk(app, cookie, things, seen, async |path, page, seen| {
        for form in page.forms() {
            if !form.post {
                seen.keys.extend(form.controls.into_iter().map(|c| c.name));
            } else if OPENS.contains(&&*form.action) {
                // read, and sent nowhere
            } else if !form.parts && (form.typed().next().is_some() || PRESSED.contains(&&*form.action)) {
                found.push((path.to_owned(), form));
            }
        }
    })
    .await;
    // what ends a thing comes after what writes in it
    found.sort_by_key(|(_, form)| std::cmp::Reverse(form.typed().count()));
    for (path, form) in found {
        let kind = form.kind();
        // of a removed control nothing is written any more
        let ends = ["/api/remove_egenkontroll", "/api/remove_internkontroll"].contains(&&*form.action);
        if seen.done.contains(&kind) || ends && !last {
            continue;
        }
        // another form may have changed the thing
        let page = Page::read(&app.get(&path, cookie).await.body);
        let Some(form) = page.forms().into_iter().find(|f| f.kind() == kind && f.action == form.action) else {
            continue;
        };
        let first = !seen.failed.contains_key(&kind);
        match save(app, cookie, &form, seen).await {
            Ok(()) => {
                seen.failed.remove(&kind);
                seen.done.insert(kind);
            }
            Err(why) => {
                seen.failed.insert(kind, why);
            }
        }
        if first {
            comes_back(app, cookie, &path, &form, seen).await;
            if form.controls.iter().any(|c| c.kind == Kind::Typed) {
                tells_faults(app, cookie, &path, &form, seen).await;
            }
        }
    }
}

/// Compares what was seen with what is listed.
fn verdict(name: &str, seen: &Seen, texts: &[(String, String)]) {
    for (kind, why) in &seen.failed {
        println!("not saved: {kind:?}: {why}");
    }
    let mut faults = seen.faults.clone();
    faults.extend(seen.failed.keys().map(|kind| format!("a form that cannot be saved: {kind:?}")));
    let list = |of: &[(&str, &str)]| -> BTreeSet<Field> {
        of.iter().map(|(action, name)| ((*action).to_owned(), (*name).to_owned())).collect()
    };
    let (mut no_text, not_kept) = (list(NO_TEXT), list(NOT_KEPT));
    for area in AREAS {
        no_text.extend(list(area.no_text));
    }
    for field in seen.refused.difference(&no_text) {
        faults.push(format!("takes no text: {field:?}"));
    }
    for (field, sent) in &seen.saved {
        let is_there = |what: &str| texts.iter().any(|(_, text)| text == what);
        // some fields hold one thing on each line
        let lines: Vec<String> = clean(sent).lines().map(words).filter(|line| !line.is_empty()).collect();
        let each = lines.iter().all(|line| is_there(line)) || is_there(&lines.join("\n"));
        let kept = is_there(clean(sent).trim()) || is_there(&words(sent)) || each;
        if !kept && !not_kept.contains(field) {
            faults.push(format!("is not kept as it was typed: {field:?}"));
        }
    }
    let with_form: BTreeSet<String> = seen.numbers.keys().map(|(action, _)| action.replace("/api/", "")).collect();
    let all: BTreeSet<String> = server_fn::axum::server_fn_paths().map(|(path, _)| path.replace("/api/", "")).collect();
    let brought = AREAS.iter().flat_map(|area| area.no_form);
    let listed: BTreeSet<String> = NO_FORM.iter().chain(brought).map(|f| (*f).to_owned()).collect();
    let missing: BTreeSet<String> = all.difference(&with_form).cloned().collect();
    faults.extend(missing.difference(&listed).map(|f| format!("no form with a text was seen of {f}")));
    assert!(faults.is_empty(), "{name}, {} fields:\n{}", seen.numbers.len(), faults.join("\n"));
}
