//! The page of the wheel: heading, filters, one of the three views, and the panel beside the wheel.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{Datelike, NaiveDate};
use domain::{
    arshjul::{Filter, Zoom, has_no_day},
    atgora::{Tally, cases_first},
    format,
    id::NodeId,
    occurrence::{Item, Status},
    organisation::swedish_order,
    permission::{Action, Area},
    person::Actor,
    schedule::{Category, Responsible},
};
use islands::WheelNav;
use leptos::prelude::*;
use store::{Snapshot, Target, avvikelse, occurrence};

use super::{
    filters::Filters,
    wheel::{Drawing, Wheel, drawing, movable},
};
use crate::{
    components::{
        Empty, GridGroup, GridRow, ItemRows, LatePlace, LateRows, Legend, MonthGrid, MoveForm, PageHead, load,
    },
    ctx::Ctx,
    error::AppError,
    place::Place,
    upphorda::UnitNotice,
};

/// Path of the page.
pub const PATH: &str = "/arshjul";
/// The wheel on one sheet for the wall.
pub const SHEET: &str = "/arshjul/hjulet.pdf";

/// One of the three ways to see the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The wheel.
    Hjul,
    /// The month grid.
    Manader,
    /// The list.
    Lista,
}

impl View {
    /// From the URL; the wheel is what the page means by itself.
    #[must_use]
    pub fn of(place: &Place) -> Self {
        match place.get("vy") {
            Some("manader") => Self::Manader,
            Some("lista") => Self::Lista,
            _ => Self::Hjul,
        }
    }
}

struct Data {
    actor: Arc<Actor>,
    items: Vec<Item>,
    /// When they were read, at the latest.
    snapshot: Option<Snapshot>,
}

async fn data(ctx: &Ctx, place: &Place) -> Result<Data, AppError> {
    let actor = ctx.actor()?;
    let mut tx = ctx.read(Target::Node(place.unit, Area::Aktivitet), Action::View).await?;
    let snapshot = tx.snapshot().await?;
    let mut items = occurrence::year(&mut tx, &actor, place.unit, place.year).await?;
    let waiting =
        avvikelse::frist::items(&mut tx, &actor, &[place.unit], ctx.now, ctx.today, crate::moment::latest).await?;
    items.extend(waiting.into_iter().filter(|i| i.occurrence.day().year() == place.year));
    Ok(Data { actor, items, snapshot })
}

/// What of the year the URL asks for.
fn chosen(all: Vec<Item>, filter: &Filter, zoom: Zoom, year: i32, today: NaiveDate) -> Vec<Item> {
    let (first, last) = zoom.range(year);
    all.into_iter()
        .filter(|i| filter.matches(i, today) && i.occurrence.day() >= first && i.occurrence.start <= last)
        .collect()
}

/// The rows of a workbook, as the page of the same parameters shows them.
pub async fn export(ctx: &Ctx, query: Vec<(String, String)>) -> Result<(Place, Vec<Item>), AppError> {
    let place = Place::of(ctx, query)?;
    let all = data(ctx, &place).await?.items;
    let zoom = place.get("zoom").map_or(Zoom::Year, Zoom::from_code);
    let mut items = chosen(all, &Filter::from_query(&place.query), zoom, place.year, ctx.today);
    items.sort_by_cached_key(|i| (i.occurrence.day(), swedish_order(&i.title)));
    Ok((place, items))
}

/// `/arshjul`
#[component]
pub fn ArshjulPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let today = ctx.today;
        let Data { actor, items: all, snapshot } = data(&ctx, &place).await?;
        let filter = Filter::from_query(&place.query);
        let zoom = place.get("zoom").map_or(Zoom::Year, Zoom::from_code);
        let total = all.len();
        let people = people(&all);
        let items = chosen(all, &filter, zoom, place.year, today);
        let view = View::of(&place);
        let shown = Tally::of(&items, today);
        let of = if filter.is_active() { "i urvalet " } else { "" };
        let sub = format!("{} · {of}{} · {}", place.unit_name, shown.sentence().to_lowercase(), late_words(shown.late));
        let may_edit = actor.may(place.unit, Area::Aktivitet, Action::Edit);
        let title = if zoom == Zoom::Year {
            format!("Årshjul {}", place.year)
        } else {
            format!("Årshjul, {}", zoom.label(place.year).to_lowercase())
        };
        let content = if items.is_empty() {
            let filtered = filter.is_active() || total > 0;
            view! { <Nothing place=place.clone() filtered/> }.into_any()
        } else {
            match view {
                View::Hjul => {
                    // a deadline of a case is drawn for those alone who may open it, and so is what is not for all
                    let not_for_all = |i: &Item| i.area.is_secret() || i.closed_mote.is_some();
                    let own = filter.mine || items.iter().any(not_for_all);
                    let of = own.then_some(actor.person);
                    let query = base_query(&place);
                    let year = place.year;
                    let svg = drawing(
                        &items,
                        snapshot,
                        Drawing { unit: place.unit, of, year, zoom, moves: movable(&items), today, query },
                    );
                    view! { <WheelView svg items place=place.clone() zoom today/> }.into_any()
                }
                View::Manader => view! { <GridView items place=place.clone() today/> <Legend/> }.into_any(),
                View::Lista => view! { <ListView items place=place.clone() today/> }.into_any(),
            }
        };
        let add = may_edit.then(|| {
            view! { <a class="button" href=place.link("/aktiviteter/ny", today.year(), &[])>"Ny aktivitet"</a> }
        });
        let file = place.with("/arshjul/export.xlsx", &[("vy", "")]);
        let sheet = place.with(SHEET, &[("vy", "")]);
        Ok(view! {
            <PageHead title sub>
                <a class="button secondary" href=file download="">"Till Excel"</a>
                <a class="button secondary" href=sheet download="">"Skriv ut hjulet (A3)"</a>
                <button class="button secondary" type="button" data-print="">"Skriv ut sidan"</button>
                {add}
            </PageHead>
            <UnitNotice place=place.clone() path="/arshjul"/>
            <Filters place=place.clone() filter zoom view people/>
            {content}
        })
    })
}

fn late_words(late: i64) -> String {
    match late {
        0 => "inget försenat".to_owned(),
        1 => "1 försenad".to_owned(),
        n => format!("{} försenade", format::int(n)),
    }
}

/// Who carries something out this year: code and label, sorted.
fn people(items: &[Item]) -> Vec<(String, String)> {
    let by_label: BTreeMap<&str, Responsible> = items
        .iter()
        .filter(|i| !i.responsible_label.is_empty())
        .map(|i| (i.responsible_label.as_str(), i.responsible))
        .collect();
    let mut people: Vec<_> = by_label.into_iter().map(|(label, who)| (who.code(), label.to_owned())).collect();
    people.sort_by_cached_key(|(_, label)| swedish_order(label));
    people
}

#[component]
fn Nothing(place: Place, filtered: bool) -> impl IntoView {
    let actor = Ctx::current().and_then(|ctx| ctx.actor()).ok();
    let may = |asked: fn(&Actor, NodeId) -> bool| actor.as_deref().is_some_and(|actor| asked(actor, place.unit));
    let to = |path: &str| place.link(path, 0, &[]);
    let egenkontroll =
        may(|actor, unit| actor.may(unit, Area::Egenkontroll, Action::Edit)).then(|| to("/egenkontroll/importera"));
    let internkontroll =
        may(|actor, unit| actor.may(unit, Area::Internkontroll, Action::Edit)).then(|| to("/internkontroll/importera"));
    let aktivitet = may(|actor, unit| actor.may(unit, Area::Aktivitet, Action::Edit)).then(|| to("/aktiviteter/ny"));
    if filtered {
        view! {
            <Empty title="Inget stämmer med urvalet" text="Ta bort ett filter eller visa hela året.">
                <p><a class="button secondary" href=place.link(PATH, 0, &[])>"Visa hela året"</a></p>
            </Empty>
        }
        .into_any()
    } else if aktivitet.is_none() {
        let title = format!("Inget är planerat {}", place.year);
        view! { <Empty title text="Enhetens kontroller, möten och rapporter visas här när de är planerade."/> }
            .into_any()
    } else {
        view! {
            <Empty
                title=format!("Inget är planerat {}", place.year)
                text="Läs in egenkontrollplanen och internkontrollplanen, eller lägg till en aktivitet."
            >
                <p class="cluster">
                    {egenkontroll.map(|to| view! { <a class="button" href=to>"Läs in egenkontrollplan"</a> })}
                    {internkontroll.map(|to| view! { <a class="button secondary" href=to>"Läs in internkontrollplan"</a> })}
                    {aktivitet.map(|to| view! { <a class="button secondary" href=to>"Lägg till en aktivitet"</a> })}
                </p>
            </Empty>
        }
        .into_any()
    }
}

/// What links within the årshjul keep: everything but the zoom.
fn base_query(place: &Place) -> String {
    let link = place.with("", &[("zoom", "")]);
    link.strip_prefix('?').unwrap_or(&link).to_owned()
}

/// The wheel, and beside it what is late and the month in focus.
#[component]
fn WheelView(svg: Arc<str>, items: Vec<Item>, place: Place, zoom: Zoom, today: NaiveDate) -> impl IntoView {
    let movable = items.iter().find(|item| item.can_be_moved() && !matches!(zoom, Zoom::Month(_))).cloned();
    let rings: Vec<Category> = Category::ALL.into_iter().filter(|c| items.iter().any(|i| i.category == *c)).collect();
    view! {
        <div class="two-col wheel-page">
            <div class="card wheel-card">
                <WheelNav>
                    <Wheel svg/>
                </WheelNav>
                <Legend rings/>
                <MoveForm first=movable today/>
            </div>
            <aside class="stack" id="manaden" data-live=Area::codes(Area::on_wheel())>
                <Panel items place zoom today/>
            </aside>
        </div>
    }
}

/// What is late, then the month in focus: today's month, the zoomed one, or January of another year.
#[component]
fn Panel(items: Vec<Item>, place: Place, zoom: Zoom, today: NaiveDate) -> impl IntoView {
    let month = match zoom {
        Zoom::Month(m) => m,
        _ if place.year == today.year() && zoom.months().contains(&today.month()) => today.month(),
        _ => *zoom.months().start(),
    };
    let (mut late, mut here): (Vec<Item>, Vec<Item>) = (vec![], vec![]);
    for item in items {
        if item.status(today) == Status::Forsenad {
            late.push(item);
        } else if item.occurrence.month() == month {
            here.push(item);
        }
    }
    here.sort_by_cached_key(|i| {
        cases_first(i, || (!i.occurrence.state.is_open(), i.occurrence.day(), swedish_order(&i.title)))
    });
    late.sort_by_key(|i| cases_first(i, || i.occurrence.day()));
    let open = here.iter().filter(|i| i.occurrence.state.is_open()).count();
    let done = here.len() - open;
    let late_count = late.len();
    let here_empty = here.is_empty();
    view! {
        {(late_count > 0)
            .then(|| {
                view! {
                    <section class="stack tight">
                        <div class="section-head"><h2 class="late">"Försenat"</h2> <span class="count">{late_count}</span></div>
                        <LateRows items=late today compact=true only_rows=true place=LatePlace::new("/arshjul", "forsenat", None)/>
                        {(late_count > 1).then(|| view! { <p><a href="/?visa=enheten#forsenat">"Markera flera på en gång"</a></p> })}
                    </section>
                }
            })}
        <section class="card">
            <div class="card-head">
                <h2>{format::capitalised(format::month_name(month))}</h2>
                <p class="sub">{format!("{open} kvar att göra, {done} utförda")}</p>
            </div>
            {if here_empty {
                view! { <p class="card-text">"Inget är planerat den här månaden."</p> }.into_any()
            } else {
                let (under, dated): (Vec<Item>, Vec<Item>) = here.into_iter().partition(has_no_day);
                view! {
                    {(!dated.is_empty()).then(|| view! { <ItemRows items=dated today compact=true/> })}
                    {(!under.is_empty())
                        .then(|| {
                            view! {
                                <h3 class="card-text">"Under månaden"</h3>
                                <ItemRows items=under today compact=true/>
                            }
                        })}
                }
                    .into_any()
            }}
        </section>
    }
}

/// The year as the units' own tables have it.
#[component]
fn GridView(items: Vec<Item>, place: Place, today: NaiveDate) -> impl IntoView {
    let mut groups: BTreeMap<Category, Vec<GridRow>> = BTreeMap::new();
    for item in items {
        let rows = groups.entry(item.category).or_default();
        match rows
            .iter_mut()
            .find(|r| r.items.first().is_some_and(|i| i.occurrence.schedule == item.occurrence.schedule))
        {
            Some(row) => row.items.push(item),
            None => rows.push(GridRow {
                title: item.title.clone(),
                href: item.source_href(),
                sub: item.level.map(|l| l.label().to_owned()).unwrap_or_default(),
                who: item.responsible_label.clone(),
                category: item.category,
                items: vec![item],
            }),
        }
    }
    let groups =
        groups.into_iter().map(|(category, rows)| GridGroup { heading: category.label().to_owned(), rows }).collect();
    let label = format!("Årshjul {}, {}", place.year, place.unit_name);
    view! { <MonthGrid year=place.year today groups first="Aktivitet" label/> }
}

/// The year as a list, by month or by who ("Vem gör vad när").
#[component]
fn ListView(items: Vec<Item>, place: Place, today: NaiveDate) -> impl IntoView {
    let by_person = place.get("gruppera") == Some("vem");
    let mut groups: BTreeMap<(u32, String, String), Vec<Item>> = BTreeMap::new();
    for item in items {
        let key = if by_person {
            let who = if item.responsible_label.is_empty() {
                "Ingen ansvarig vald".to_owned()
            } else {
                item.responsible_label.clone()
            };
            (0, swedish_order(&who), who)
        } else {
            let month = item.occurrence.month();
            (month, String::new(), format::capitalised(format::month_name(month)))
        };
        groups.entry(key).or_default().push(item);
    }
    let sections = groups
        .into_values()
        .map(|mut items| {
            items.sort_by_key(|i| cases_first(i, || (i.occurrence.day(), i.category)));
            let heading = items.first().map(|i| {
                if by_person && i.responsible_label.is_empty() {
                    "Ingen ansvarig vald".to_owned()
                } else if by_person {
                    i.responsible_label.clone()
                } else {
                    format::capitalised(format::month_name(i.occurrence.month()))
                }
            });
            let sentence = Tally::of(&items, today).sentence();
            view! {
                <section class="stack tight">
                    <div class="section-head"><h2>{heading}</h2> <span class="count">{sentence}</span></div>
                    <div class="card"><ItemRows items today/></div>
                </section>
            }
        })
        .collect_view();
    view! {
        <nav class="segmented small" aria-label="Gruppera">
            <a href=place.with(PATH, &[("gruppera", "")]) aria-current=(!by_person).then_some("true")>"Per månad"</a>
            <a href=place.with(PATH, &[("gruppera", "vem")]) aria-current=by_person.then_some("true")>"Vem gör vad när"</a>
        </nav>
        <div class="stack loose">{sections}</div>
    }
}
