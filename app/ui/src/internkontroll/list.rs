//! The plan of a unit and year: month grid by process, and list with risk values.

use std::{cmp::Reverse, sync::Arc};

use chrono::NaiveDate;
use domain::{
    atgora::Tally,
    internkontroll::{Band, Internkontroll},
    occurrence::Item,
    organisation::swedish_key,
    permission::{Action, Area},
    person::Actor,
    schedule::{Category, Level},
};
use leptos::{either::Either, prelude::*, server_fn::ServerFn};
use store::{Target, internkontroll, occurrence, person};

use super::{api::CopyInternkontrollplan, edit::EditForm};
use crate::{
    components::{
        Empty, GridGroup, GridRow, Legend, MonthGrid, PlanHead, RemovedRows, StatusMark, load,
        plan::{PlanKind, SortHead, found},
    },
    ctx::Ctx,
    error::AppError,
    place::Place,
};

const PATH: &str = "/internkontroll";

type Row = (Internkontroll, Vec<Item>);

struct Data {
    actor: Arc<Actor>,
    rows: Vec<Row>,
    /// Removed rows, and how many times of each were done.
    removed: Vec<(Internkontroll, usize)>,
    /// Of the year's items, what was done of removed rows with them, as on the wheel.
    standing: Tally,
    options: Vec<(String, String)>,
}

async fn data(ctx: &Ctx, place: &Place) -> Result<Data, AppError> {
    let actor = ctx.actor()?;
    let mut tx = ctx.read(Target::Node(place.unit, Area::Internkontroll), Action::View).await?;
    let plan = internkontroll::list(&mut tx, place.unit, place.year).await?;
    let removed = internkontroll::removed(&mut tx, place.unit, place.year).await?;
    let mut items = occurrence::year(&mut tx, &actor, place.unit, place.year).await?;
    items.retain(|i| i.area == Area::Internkontroll);
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

/// `/internkontroll`
#[component]
pub fn PlanPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let today = ctx.today;
        let Data { actor, mut rows, removed, standing, options } = data(&ctx, &place).await?;
        let may_edit = actor.may(place.unit, Area::Internkontroll, Action::Edit);
        let sentence = standing.sentence();
        let total = rows.len();
        rows.retain(|(row, _)| {
            let c = &row.content;
            found(
                place.get("q"),
                &[&c.process, &c.arbetssatt, &c.oonskad_handelse, &c.systematisk_kontroll, &c.kontrollaktivitet],
            )
        });
        sort(&mut rows, place.get("sortera"));
        let kind = PlanKind { title: "Internkontrollplan", path: PATH, copy: CopyInternkontrollplan::PATH };
        let removed = removed
            .into_iter()
            .map(|(r, done)| (r.content.systematisk_kontroll, format!("{PATH}/{}", r.id), done))
            .collect();
        let content = if total == 0 {
            let title = format!("Ingen internkontrollplan för {} än", place.year);
            let text = if may_edit {
                "Läs in den plan ni redan har i Excel, kopiera förra årets, eller lägg till kontrollerna en och en."
            } else {
                "Chefen lägger in planen. Då visas den här."
            };
            view! { <Empty title text/> }.into_any()
        } else if rows.is_empty() {
            let whole = place.with(PATH, &[("q", "")]);
            view! {
                <Empty title="Inget stämmer med sökningen" text="Prova ett annat ord, eller visa hela planen.">
                    <p><a class="button secondary" href=whole>"Visa hela planen"</a></p>
                </Empty>
            }
            .into_any()
        } else if place.get("vy") == Some("lista") {
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

fn sort(rows: &mut [Row], by: Option<&str>) {
    match by {
        Some("risk") => rows.sort_by_key(|(r, _)| Reverse(r.content.riskvarde())),
        Some("-risk") => rows.sort_by_key(|(r, _)| r.content.riskvarde()),
        Some("kontroll") => rows.sort_by_key(|(r, _)| swedish_key(&r.content.systematisk_kontroll)),
        Some("-kontroll") => rows.sort_by_key(|(r, _)| Reverse(swedish_key(&r.content.systematisk_kontroll))),
        // a stable sort: rows of a process keep the order of the plan
        _ => rows.sort_by_key(|(r, _)| swedish_key(&r.content.process)),
    }
}

#[component]
fn Grid(rows: Vec<Row>, year: i32, today: NaiveDate, unit: String) -> impl IntoView {
    let mut groups: Vec<GridGroup> = Vec::new();
    for (row, items) in rows {
        let process = row.content.process.clone();
        if groups.last().is_none_or(|g| g.heading != process) {
            groups.push(GridGroup { heading: process, rows: vec![] });
        }
        let risk =
            row.content.riskvarde().map(|r| format!(" · riskvärde {r}, {}", Band::of(r).label())).unwrap_or_default();
        let lines = [Level::Systematisk, Level::Aktivitet].map(|level| {
            let own: Vec<Item> = items.iter().filter(|i| i.level == Some(level)).cloned().collect();
            GridRow {
                title: row.content.title(level).to_owned(),
                href: format!("{PATH}/{}", row.id),
                sub: if level == Level::Systematisk {
                    format!("{}{risk}", level.label())
                } else {
                    level.label().to_owned()
                },
                who: own.first().map(|i| i.responsible_label.clone()).unwrap_or_default(),
                category: Category::Internkontroll,
                items: own,
            }
        });
        if let Some(group) = groups.last_mut() {
            group.rows.extend(lines);
        }
    }
    let label = format!("Internkontrollplan {year}, {unit}");
    view! { <MonthGrid year today groups first="Kontroll" label/> }
}

#[component]
fn List(
    rows: Vec<Row>,
    place: Place,
    today: NaiveDate,
    actor: Arc<Actor>,
    options: Vec<(String, String)>,
) -> impl IntoView {
    let editing = place.get("redigera").map(str::to_owned);
    let back = place.with(PATH, &[("redigera", "")]);
    let body = rows
        .into_iter()
        .map(|(row, items)| {
            let may_edit = actor.may(row.node, Area::Internkontroll, Action::Edit);
            let id = row.id.to_string();
            if editing.as_deref() == Some(id.as_str()) && may_edit {
                let form = view! { <EditForm row options=options.clone() back=back.clone() today/> };
                Either::Left(view! { <tr class="open" id=format!("rad-{id}")><td colspan="6">{form}</td></tr> })
            } else {
                let edit = may_edit.then(|| {
                    let here = format!("{}#rad-{id}", place.with(PATH, &[("redigera", &id)]));
                    view! {
                        <a class="button quiet small" href=here>
                            "Ändra" <span class="visually-hidden">" " {row.content.systematisk_kontroll.clone()}</span>
                        </a>
                    }
                });
                Either::Right(list_row(&row, &items, today, edit))
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Internkontrollplanen som lista">
            <table class="table">
                <thead>
                    <tr>
                        <SortHead place=place.clone() path=PATH key="kontroll" label="Systematisk kontroll"/>
                        <th scope="col">"Oönskad händelse"</th>
                        <SortHead place path=PATH key="risk" label="Riskvärde"/>
                        <th scope="col">"Kontrollaktivitet"</th>
                        <th scope="col">"I år"</th>
                        <th scope="col"><span class="visually-hidden">"Ändra"</span></th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

fn list_row<V: IntoView + 'static>(
    row: &Internkontroll,
    items: &[Item],
    today: NaiveDate,
    edit: Option<V>,
) -> impl IntoView + use<V> {
    let c = &row.content;
    let who = |level: Level| items.iter().find(|i| i.level == Some(level)).map(|i| i.responsible_label.clone());
    let worst = items.iter().map(|i| i.status(today)).min();
    let risk = c.riskvarde().map(|r| {
        view! {
            <strong>{r}</strong>
            <span class="sub">
                {format!("{} · {} × {}", Band::of(r).label(), c.sannolikhet.unwrap_or(0), c.konsekvens.unwrap_or(0))}
            </span>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=format!("{PATH}/{}", row.id)>{c.systematisk_kontroll.clone()}</a>
                <span class="sub">{who(Level::Systematisk)} " · " {c.timing().sentence()}</span>
            </th>
            <td>{c.oonskad_handelse.clone()}</td>
            <td class="num">{risk}</td>
            <td>{c.kontrollaktivitet.clone()} <span class="sub">{who(Level::Aktivitet)}</span></td>
            <td>
                <span class="cluster">
                    {worst.map(|status| view! { <StatusMark status category=Category::Internkontroll/> })}
                    {Tally::of(items, today).sentence()}
                </span>
            </td>
            <td>{edit}</td>
        </tr>
    }
}

/// Month or week of a figure with its year, for its series.
#[must_use]
pub fn when_label(item: &Item) -> String {
    item.occurrence.when().short()
}
