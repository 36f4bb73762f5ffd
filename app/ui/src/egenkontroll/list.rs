//! The plan of a unit and year: month grid and list.

use std::{cmp::Ordering, sync::Arc};

use chrono::{Datelike, NaiveDate};
use domain::{
    atgora::Tally,
    egenkontroll::Egenkontroll,
    format,
    occurrence::{Item, Status},
    organisation::{NodeKind, swedish_key},
    permission::{Action, Area},
    person::Actor,
    schedule::Category,
};
use leptos::{either::Either, prelude::*, server_fn::ServerFn};
use store::{Target, egenkontroll, occurrence, person};

use super::{api::CopyEgenkontrollplan, edit::EditForm};
use crate::{
    components::{
        Empty, GridGroup, GridRow, Legend, MonthGrid, PlanHead, RemovedRows, StatusMark, load,
        plan::{PlanKind, SortHead, found},
    },
    ctx::Ctx,
    error::AppError,
    place::Place,
};

struct Data {
    actor: Arc<Actor>,
    rows: Vec<(Egenkontroll, Vec<Item>)>,
    /// Removed rows, and how many times of each were done.
    removed: Vec<(Egenkontroll, usize)>,
    /// Of the year's items, what was done of removed rows with them, as on the wheel.
    standing: Tally,
    options: Vec<(String, String)>,
}

async fn data(ctx: &Ctx, place: &Place) -> Result<Data, AppError> {
    let actor = ctx.actor()?;
    let target = Target::Node(place.unit, Area::Egenkontroll);
    let mut tx = ctx.read(target, Action::View).await?;
    let plan = egenkontroll::list(&mut tx, place.unit, place.year).await?;
    let removed = egenkontroll::removed(&mut tx, place.unit, place.year).await?;
    let mut items = occurrence::year(&mut tx, &actor, place.unit, place.year).await?;
    items.retain(|i| i.area == Area::Egenkontroll);
    let standing = Tally::of(&items, ctx.today);
    let removed = removed
        .into_iter()
        .map(|row| {
            let done = items.iter().filter(|i| i.source == row.id.0).count();
            (row, done)
        })
        .collect();
    let options =
        if place.get("redigera").is_some() { person::options(&mut tx, &actor.tree, place.unit).await? } else { vec![] };
    let rows = plan
        .into_iter()
        .map(|row| {
            let own = items.iter().filter(|i| i.source == row.id.0).cloned().collect();
            (row, own)
        })
        .collect();
    Ok(Data { actor, rows, removed, standing, options })
}

/// `/egenkontroll`
#[component]
pub fn PlanPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let today = ctx.today;
        let Data { actor, mut rows, removed, standing, options } = data(&ctx, &place).await?;
        let may_edit = actor.tree.path(place.unit).into_iter().any(|n| actor.may(n, Area::Egenkontroll, Action::Edit));
        let sentence = standing.sentence();
        let total = rows.len();
        rows.retain(|(row, items)| {
            let who = items.first().map_or("", |i| i.responsible_label.as_str());
            let c = &row.content;
            found(place.get("q"), &[&c.kontrollmal, &c.vad, &c.metod, &c.number, &c.process, who])
        });
        sort(&mut rows, place.get("sortera"), today);
        let kind = PlanKind { title: "Egenkontrollplan", path: "/egenkontroll", copy: CopyEgenkontrollplan::PATH };
        let list = place.get("vy") == Some("lista");
        let removed = removed
            .into_iter()
            .map(|(r, done)| (r.content.kontrollmal, format!("/egenkontroll/{}", r.id), done))
            .collect();
        let content = if total == 0 {
            view! { <EmptyPlan place=place.clone() may_edit this_year=today.year()/> }.into_any()
        } else if rows.is_empty() {
            let whole = place.with("/egenkontroll", &[("q", "")]);
            view! {
                <Empty title="Inget stämmer med sökningen" text="Prova ett annat ord, eller visa hela planen.">
                    <p><a class="button secondary" href=whole>"Visa hela planen"</a></p>
                </Empty>
            }
            .into_any()
        } else if list {
            view! { <List rows place=place.clone() today actor options/> }.into_any()
        } else {
            view! { <Grid rows year=place.year today unit=place.unit_name.clone()/> <Legend/> }.into_any()
        };
        Ok(view! {
            <PlanHead kind place today sentence rows=total may_edit/>
            {content}
            <RemovedRows rows=removed/>
        })
    })
}

#[component]
fn EmptyPlan(place: Place, may_edit: bool, this_year: i32) -> impl IntoView {
    let title = format!("Ingen egenkontrollplan för {} än", place.year);
    if may_edit {
        view! {
            <Empty title text="Läs in den plan ni redan har i Excel, kopiera förra årets, eller lägg till kontrollerna en och en.">
                <p class="cluster">
                    <a class="button" href=place.link("/egenkontroll/importera", this_year, &[])>"Läs in från Excel"</a>
                    <a class="button secondary" href=place.with("/egenkontroll", &[("ar", &(place.year - 1).to_string())])>
                        {format!("Visa {}", place.year - 1)}
                    </a>
                </p>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Empty title text="Metodutvecklaren eller chefen lägger in planen. Då visas den här."/> }.into_any()
    }
}

#[component]
fn Grid(rows: Vec<(Egenkontroll, Vec<Item>)>, year: i32, today: NaiveDate, unit: String) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|(row, items)| GridRow {
            title: row.content.kontrollmal.clone(),
            href: format!("/egenkontroll/{}", row.id),
            sub: sub(&row),
            who: items.first().map(|i| i.responsible_label.clone()).unwrap_or_default(),
            category: Category::Egenkontroll,
            items,
        })
        .collect();
    let label = format!("Egenkontrollplan {year}, {unit}");
    view! { <MonthGrid year today groups=vec![GridGroup { heading: String::new(), rows }] first="Kontrollmål" label/> }
}

/// Number, sample and target in a line.
fn sub(row: &Egenkontroll) -> String {
    let c = &row.content;
    let mut parts = Vec::new();
    if !c.number.is_empty() {
        parts.push(c.number.clone());
    }
    if !c.metod.is_empty() {
        parts.push(c.metod.clone());
    }
    if let Some(n) = c.urval {
        parts.push(format!("{} ärenden", format::int(n)));
    }
    if let Some(m) = c.malvarde {
        parts.push(format!("mål {}\u{a0}%", format::decimal(m)));
    }
    parts.join(" · ")
}

fn next_open(items: &[Item]) -> Option<&Item> {
    items.iter().filter(|i| i.occurrence.state.is_open()).min_by_key(|i| i.occurrence.due)
}

fn sort(rows: &mut [(Egenkontroll, Vec<Item>)], by: Option<&str>, today: NaiveDate) {
    let (by, reverse) = by.map_or(("", false), |b| b.strip_prefix('-').map_or((b, false), |b| (b, true)));
    let who = |items: &[Item]| items.first().map(|i| swedish_key(&i.responsible_label)).unwrap_or_default();
    let compare = |a: &(Egenkontroll, Vec<Item>), b: &(Egenkontroll, Vec<Item>)| match by {
        "kontrollmal" => swedish_key(&a.0.content.kontrollmal).cmp(&swedish_key(&b.0.content.kontrollmal)),
        "vem" => who(&a.1).cmp(&who(&b.1)),
        "nasta" => {
            let due = |items: &[Item]| next_open(items).map_or(NaiveDate::MAX, |i| i.occurrence.due);
            due(&a.1).cmp(&due(&b.1))
        }
        "status" => {
            let worst = |items: &[Item]| items.iter().map(|i| i.status(today)).min().unwrap_or(Status::Utford);
            worst(&a.1).cmp(&worst(&b.1))
        }
        _ => Ordering::Equal,
    };
    rows.sort_by(|a, b| if reverse { compare(b, a) } else { compare(a, b) });
}

/// The plan as a table that can be sorted, with each row editable in place.
#[component]
fn List(
    rows: Vec<(Egenkontroll, Vec<Item>)>,
    place: Place,
    today: NaiveDate,
    actor: Arc<Actor>,
    options: Vec<(String, String)>,
) -> impl IntoView {
    let editing = place.get("redigera").map(str::to_owned);
    let heads = [("kontrollmal", "Kontrollmål"), ("vem", "Utförs av"), ("nasta", "Nästa"), ("status", "I år")]
        .into_iter()
        .map(|(key, label)| view! { <SortHead place=place.clone() path="/egenkontroll" key label/> })
        .collect_view();
    let back = place.with("/egenkontroll", &[("redigera", "")]);
    let body = rows
        .into_iter()
        .map(|(row, items)| {
            let may_edit = actor.may(row.node, Area::Egenkontroll, Action::Edit);
            let id = row.id.to_string();
            if editing.as_deref() == Some(id.as_str()) && may_edit {
                let spans_units = actor.tree.get(row.node).is_some_and(|n| n.kind < NodeKind::Enhet);
                let form = view! { <EditForm row options=options.clone() spans_units back=back.clone() today/> };
                Either::Left(view! { <tr class="open" id=format!("rad-{id}")><td colspan="6">{form}</td></tr> })
            } else {
                let edit = may_edit.then(|| {
                    let here = format!("{}#rad-{id}", place.with("/egenkontroll", &[("redigera", &id)]));
                    view! {
                        <a class="button quiet small" href=here>
                            "Ändra" <span class="visually-hidden">" " {row.content.kontrollmal.clone()}</span>
                        </a>
                    }
                });
                Either::Right(list_row(&row, &items, today, edit))
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Egenkontrollplanen som lista">
            <table class="table">
                <thead><tr>{heads} <th scope="col">"Senaste resultat"</th> <th scope="col"><span class="visually-hidden">"Ändra"</span></th></tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

fn list_row<V: IntoView + 'static>(
    row: &Egenkontroll,
    items: &[Item],
    today: NaiveDate,
    edit: Option<V>,
) -> impl IntoView + use<V> {
    let counts = Tally::of(items, today);
    let worst = items.iter().map(|i| i.status(today)).min();
    let next = next_open(items).map(|i| {
        let when = format::capitalised(&i.occurrence.when().label());
        let name = format!("{when}: {}", row.content.kontrollmal);
        view! { <a href=format!("/forekomster/{}", i.occurrence.id) aria-label=name>{when}</a> }
    });
    let last = items.iter().rev().find(|i| !i.occurrence.state.is_open()).map(|i| {
        let text = i.result_label();
        let when = i.occurrence.when();
        if text.is_empty() {
            format!("Utförd {}", when.during(row.year))
        } else {
            format!("{text} ({})", when.label())
        }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/egenkontroll/{}", row.id)>{row.content.kontrollmal.clone()}</a>
                <span class="sub">{sub(row)}</span>
            </th>
            <td>{items.first().map(|i| i.responsible_label.clone())}</td>
            <td>{next}</td>
            <td>
                <span class="cluster">
                    {worst.map(|status| view! { <StatusMark status category=Category::Egenkontroll/> })}
                    {counts.sentence()}
                </span>
            </td>
            <td>{last}</td>
            <td>{edit}</td>
        </tr>
    }
}
