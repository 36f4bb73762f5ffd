//! What is late, wherever it is listed: one row for each control with its times, a box for each, and what is done with all that
//! are marked. The boxes belong to the form above them by `form=`, since the rows hold forms of their own.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate};
use domain::{
    id::NodeId,
    occurrence::{
        Item, Status,
        together::{Group, MOST, code, short_time},
    },
    schedule::Level,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    DateField, ErrorSummary, FormState, Hidden, ItemRows, TextArea,
    html::{escaped, put},
    rows::{named, row},
    status_mark::mark,
};
use crate::forekomst::together::MarkOccurrences;

/// Where a list of what is late stands: its address, the place on the page, and what the address says is marked.
#[derive(Clone, Debug)]
pub struct LatePlace {
    /// The address, without what is marked.
    here: String,
    /// The id that the page is scrolled to.
    anchor: &'static str,
    /// What is marked: `alla`, or the first of a control.
    marked: Option<String>,
}

impl LatePlace {
    /// `here` is the address of the page with what else it says, `marked` what `?markera=` holds.
    #[must_use]
    pub fn new(here: impl Into<String>, anchor: &'static str, marked: Option<String>) -> Self {
        Self { here: here.into(), anchor, marked }
    }

    /// The same page, at another place of it.
    #[must_use]
    pub fn at(&self, anchor: &'static str) -> Self {
        Self { anchor, ..self.clone() }
    }

    /// What the address says when all of a list are marked.
    fn all(nr: usize) -> String {
        if nr == 0 { "alla".to_owned() } else { format!("alla-{nr}") }
    }

    fn link(&self, marked: Option<&str>) -> String {
        let (here, anchor) = (&self.here, self.anchor);
        match marked {
            None => format!("{here}#{anchor}"),
            Some(marked) => format!("{here}{}markera={marked}#{anchor}", if here.contains('?') { '&' } else { '?' }),
        }
    }
}

/// The late items of a list, by their controls. Where several can be marked there is a form for each unit; else they are rows
/// as any others.
#[component]
pub fn LateRows(
    /// What is late, in the order of the list.
    items: Vec<Item>,
    /// Today.
    today: NaiveDate,
    /// Where it stands.
    place: LatePlace,
    /// A narrow panel: no column for who.
    #[prop(optional)]
    compact: bool,
    /// Several units in one list: says which.
    #[prop(optional)]
    with_unit: bool,
    /// Tells the lists of a page apart.
    #[prop(optional)]
    nr: usize,
    /// By control and no more: they are marked elsewhere.
    #[prop(optional)]
    only_rows: bool,
) -> impl IntoView {
    let mut units: Vec<(NodeId, Vec<Item>)> = Vec::new();
    for item in items {
        let node = item.occurrence.node;
        match units.iter_mut().find(|(unit, _)| *unit == node) {
            Some((_, items)) => items.push(item),
            None => units.push((node, vec![item])),
        }
    }
    units
        .into_iter()
        .map(|(node, items)| {
            let form = format!("markera-{nr}-{node}");
            let can = if only_rows { 0 } else { items.iter().filter(|i| i.can_be_marked()).count() };
            let state = FormState::of(MarkOccurrences::PATH, Some(("form", &form)));
            let chosen = Chosen::of(&items, &place, nr, &state);
            let bar = (can > 1).then(|| {
                let checks = items.iter().any(|i| i.can_be_marked() && i.kind().finding.is_demanded());
                let unit = with_unit.then(|| items.first().map(|i| i.node_name.clone())).flatten();
                view! { <Bar node form=form.clone() state place=place.clone() can checks unit all=LatePlace::all(nr) marked=chosen.ids.len()/> }
            });
            let mut out = String::with_capacity(items.len() * 1_300);
            for group in Group::of(items) {
                let boxes = (can > 1).then_some((form.as_str(), &chosen));
                late_group(&mut out, &group, today, (compact, with_unit), boxes, &place);
            }
            let class = if compact { "rows compact" } else { "rows" };
            view! { <div class="card">{bar} <ul class=class inner_html=out></ul></div> }
        })
        .collect_view()
}

/// The times of a control: what is late of them first, to be marked together where it is more than one, then all others.
#[component]
pub fn Times(
    /// All of them, oldest first.
    items: Vec<Item>,
    /// What they are called.
    heading: &'static str,
    /// A sentence under the heading; empty for none.
    help: String,
    /// Today.
    today: NaiveDate,
    /// Where the late ones stand.
    place: LatePlace,
    /// Tells the lists of a page apart.
    #[prop(optional)]
    nr: usize,
) -> impl IntoView {
    let late = |item: &Item| item.status(today) == Status::Forsenad;
    let several = items.iter().filter(|i| late(i)).count() > 1;
    let (late, others): (Vec<Item>, Vec<Item>) = items.into_iter().partition(|i| several && late(i));
    let (count, anchor) = (late.len(), place.anchor);
    let late = several.then(|| {
        view! {
            <h3 id=anchor class="late">"Försenat " <span class="count">{count}</span></h3>
            <LateRows items=late today place nr/>
        }
    });
    // of no tillfällen at all the list says so itself
    let others =
        (!others.is_empty() || !several).then(|| view! { <div class="card"><ItemRows items=others today/></div> });
    let rest = (several && others.is_some()).then(|| view! { <h3>"Övriga"</h3> });
    view! {
        <section class="stack tight">
            <div class="section-head"><h2>{heading}</h2></div>
            {(!help.is_empty()).then(|| view! { <p class="help">{help}</p> })}
            {late} {rest} {others}
        </section>
    }
}

/// The boxes that are ticked when the page comes.
struct Chosen {
    ids: Vec<String>,
}

impl Chosen {
    fn of(items: &[Item], place: &LatePlace, nr: usize, state: &FormState) -> Self {
        let code = |i: &Item| code((i.occurrence.id, i.occurrence.version));
        let markable = items.iter().filter(|i| i.can_be_marked());
        let ids = match place.marked.as_deref() {
            // a form that comes back has what was sent
            _ if state.is_back() => state.values("rows", &[]),
            Some(marked) if marked == LatePlace::all(nr) => markable.take(MOST).map(code).collect(),
            Some(first) => {
                let schedule =
                    items.iter().find(|i| i.occurrence.id.to_string() == first).map(|i| i.occurrence.schedule);
                markable.filter(|i| Some(i.occurrence.schedule) == schedule).take(MOST).map(code).collect()
            }
            None => vec![],
        };
        Self { ids }
    }
}

/// What is done with those that are marked.
#[component]
fn Bar(
    node: NodeId,
    form: String,
    state: FormState,
    place: LatePlace,
    can: usize,
    checks: bool,
    unit: Option<String>,
    all: String,
    marked: usize,
) -> impl IntoView {
    let (href, word) = if marked > 0 {
        (place.link(None), "Avmarkera".to_owned())
    } else {
        (place.link(Some(&all)), format!("Markera alla {}", can.min(MOST)))
    };
    let most = (can > MOST).then(|| format!("Högst {MOST} markeras åt gången: de äldsta först. Här är {can}."));
    let said =
        (marked > 0).then(|| if marked == 1 { "1 är markerad".to_owned() } else { format!("{marked} är markerade") });
    let (id, back) = (form.clone(), place.here.clone());
    let fault = state.error("rows");
    let reason = state.error("reason").is_some();
    // what was chosen is in sight until it is sent
    let day = state.error("performed_on").is_some() || !state.value("performed_on", "").is_empty();
    view! {
        <div class="late-bar">
            <form id=id class="form" method="post" action=MarkOccurrences::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="node" value=node.to_string()/>
                <Hidden name="form" value=form/>
                <Hidden name="back" value=back/>
                {fault.map(|text| view! { <p class="field-error" id=state.id("rows") tabindex="-1">{text}</p> })}
                <div class="cluster">
                    {unit.map(|name| view! { <strong>{name}</strong> })}
                    <a class="button secondary small" href=href>{word}</a>
                    <button class="button small" name="act" value="utford">"Markera som utförda"</button>
                    {said.map(|text| view! { <span class="count">{text}</span> })}
                </div>
                <details class="disclosure" open=day>
                    <summary>"Utförda en annan dag än i dag"</summary>
                    <DateField state=state.clone() name="performed_on" label="Dag"
                        help="Gäller alla som är markerade. Lämna tomt om de utfördes i dag."/>
                </details>
                <details class="disclosure" open=reason>
                    <summary>"Ska inte utföras"</summary>
                    <TextArea state=state.clone() name="reason" label="Varför utförs de inte? Ett skäl för alla som är markerade" conditional=true rows=2/>
                    <div class="form-actions">
                        <button class="button secondary" name="act" value="ej_utford">"Markera som ej utförda"</button>
                    </div>
                </details>
            </form>
            {checks.then(|| view! { <p class="help">"Internkontroller som markeras antecknas som ”Ingen avvikelse”."</p> })}
            {most.map(|text| view! { <p class="help">{text}</p> })}
        </div>
    }
}

fn late_group(
    out: &mut String,
    group: &Group,
    today: NaiveDate,
    (compact, with_unit): (bool, bool),
    boxes: Option<(&str, &Chosen)>,
    place: &LatePlace,
) {
    let all: String = group.items.iter().fold(String::new(), |mut all, item| {
        if let Some((form, chosen)) = boxes.filter(|_| item.can_be_marked()) {
            one_box(&mut all, item, form, chosen, today.year());
        }
        all
    });
    let [first, _, ..] = group.items.as_slice() else {
        if let Some(one) = group.items.first() {
            row(out, one, today, compact, with_unit, &all);
        }
        return;
    };
    let (title, count) = (escaped(&first.title), group.items.len());
    let (id, level) = (first.occurrence.id, first.level.map(Level::label));
    // what tells it from the same control at another unit, or the other level of it
    let unit = with_unit.then(|| first.node_name.clone());
    let said: Vec<String> =
        [Some(first.title.clone()), level.map(str::to_lowercase), unit].into_iter().flatten().collect();
    let said = said.join(", ");
    let name = escaped(&said);
    put(out, format_args!(r#"<li class="row late-group" id="grupp-{id}">"#));
    mark(out, first.status(today), first.category);
    put(
        out,
        format_args!(
            r#"<div class="row-text"><a href="{}"{} class="row-title">{title}</a><p class="row-meta late">{} · {count} försenade"#,
            first.source_href(),
            named(&first.title, &format!("{said}, {count} försenade")),
            escaped(level.unwrap_or(first.category.label())),
        ),
    );
    if !first.rhythm.is_empty() {
        put(out, format_args!(" · {}", escaped(&first.rhythm)));
    }
    if with_unit {
        put(out, format_args!(" · {}", escaped(&first.node_name)));
    }
    out.push_str("</p>");
    if all.is_empty() {
        put(out, format_args!(r#"<p class="row-meta">{}</p>"#, escaped(&group.times(today.year()).join(", "))));
    } else {
        let href = place.link(Some(&id.to_string()));
        put(
            out,
            format_args!(
                r#"<fieldset class="late-boxes"><legend class="visually-hidden">{name}: försenade tillfällen</legend>{all}<a href="{}" aria-label="Alla {count} av {name}, markera">Alla {count}</a></fieldset>"#,
                escaped(&href)
            ),
        );
    }
    out.push_str("</div>");
    if !compact {
        put(out, format_args!(r#"<div class="row-who">{}</div>"#, escaped(&first.responsible_label)));
    }
    put(
        out,
        format_args!(
            r#"<details class="late-each"><summary aria-label="Visa var för sig: {name}">Visa var för sig</summary><ul class="{}">"#,
            if compact { "rows compact" } else { "rows" }
        ),
    );
    for item in &group.items {
        row(out, item, today, compact, with_unit, "");
    }
    out.push_str("</ul></details></li>");
}

/// A box with its time: "feb".
fn one_box(out: &mut String, item: &Item, form: &str, chosen: &Chosen, year: i32) {
    let value = code((item.occurrence.id, item.occurrence.version));
    let checked = if chosen.ids.contains(&value) { " checked" } else { "" };
    let (name, time) = (item.name_and_time(), short_time(item, year));
    let time = escaped(&time);
    // writing to a String does not fail
    let _ = write!(
        out,
        r#"<label class="late-box"><input type="checkbox" name="rows[]" form="{form}" value="{value}" aria-label="{time}: markera {}"{checked}><span>{time}</span></label>"#,
        escaped(&name),
    );
}
