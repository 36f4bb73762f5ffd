//! `/siffror`: all series of a unit. Each row says what has happened; those whose change means something or that do not reach their goal
//! come first, closed ones are folded away.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::{Datelike, NaiveDate};
use domain::{
    period::Period,
    permission::{Action, Area},
    person::Actor,
    siffror::serie::{Serie, SerieId},
};
use leptos::prelude::*;
use store::{
    Target, Tx,
    serie::{self, visning::Ritat},
};

use super::{
    PATH,
    chart::{senast_ord, small_values},
    data::{Data, may_fill},
    flera::{self, Tider},
    manad, ritat,
    side::goal_mark,
};
use crate::{
    components::{Empty, PageHead, chart::Spark, load, plan::UnitSwitch},
    ctx::Ctx,
    error::AppError,
    place::Place,
    upphorda::UnitNotice,
};

/// A series with its row, for somebody.
type Egen<'a> = (&'a Serie, Arc<Ritat>);

/// `/siffror`
#[component]
pub fn ListPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let (actor, today) = (ctx.actor()?, ctx.today);
        let mut tx = ctx.read(Target::Node(place.unit, Area::Serie), Action::View).await?;
        let all = serie::list(&mut tx, place.unit).await?;
        let may_edit = actor.may(place.unit, Area::Serie, Action::Edit);
        let mut rows = rows(&mut tx, &actor, &all, today).await?;
        drop(tx);
        // they come by name
        rows.sort_by_key(|(_, row)| !row.betyder);
        let (closed, open): (Vec<Egen>, Vec<Egen>) = rows.into_iter().partition(|(of, _)| of.closed_on.is_some());
        let missing = open.iter().filter(|(_, row)| row.saknas).count();
        let sub = match (open.len(), missing) {
            (0, _) => place.unit_name.clone(),
            (1, 0) => format!("{} · 1 serie, inget att fylla på", place.unit_name),
            (n, 0) => format!("{} · {n} serier, inget att fylla på", place.unit_name),
            (1, _) => format!("{} · 1 serie, att fylla på", place.unit_name),
            (n, m) => format!("{} · {n} serier, {m} att fylla på", place.unit_name),
        };
        let new = place.link("/siffror/ny", place.year, &[]);
        let alike = place.link("/siffror/jamstalldhet", place.year, &[]);
        let month = place.link(manad::PATH, place.year, &[]);
        let divide = place.link("/siffror/uppdelningar", place.year, &[]);
        let nothing = open.is_empty() && closed.is_empty();
        let content = if nothing {
            let button = may_edit.then(|| view! { <p><a class="button" href=new.clone()>"Ny serie"</a></p> });
            view! {
                <Empty
                    title="Inga siffror än"
                    text="Här följer enheten sådant som räknas varje månad: hushåll, nyansökningar, kötid. Fyll på för hand eller ur Excel, så blir det en bild, en mening och en tabell för APT och rapporter."
                >
                    {button}
                </Empty>
            }
            .into_any()
        } else if open.is_empty() {
            view! { <Empty title="Inga öppna serier" text="Alla är avslutade. De står nedan."/> }.into_any()
        } else {
            listed(&open)
        };
        let n = closed.len();
        let closed = (n > 0).then(|| {
            let rows = listed(&closed);
            let words = if n == 1 { "1 avslutad serie".to_owned() } else { format!("{n} avslutade serier") };
            view! {
                <details class="more-fields serie-closed">
                    <summary>{words}</summary>
                    {rows}
                </details>
            }
        });
        Ok(view! {
            <PageHead title="Siffror" sub>
                <a class="button secondary" href=month>"Månadens siffror"</a>
                <a class="button secondary" href=alike>"Jämställdhetsanalyser"</a>
                {may_edit.then(|| view! { <a class="button secondary" href=divide>"Uppdelningar"</a> })}
                {(may_edit && !nothing).then(|| view! { <a class="button" href=new>"Ny serie"</a> })}
            </PageHead>
            <UnitNotice place=place.clone() path=PATH/>
            {(place.units.len() > 1).then(|| view! { <div class="filter-bar"><UnitSwitch place path=PATH/></div> })}
            <div class="stack" id="serier" data-live="serie">{content} {closed}</div>
        })
    })
}

/// The rows of the series of a unit, in their order: those that are not kept are worked out together.
async fn rows<'a>(tx: &mut Tx, actor: &Actor, all: &'a [Serie], today: NaiveDate) -> Result<Vec<Egen<'a>>, AppError> {
    let key = |serie: &Serie| ritat::key(actor, serie, all, today, format!("rad {}", may_fill(actor, serie)));
    let mut found: HashMap<SerieId, Arc<Ritat>> = HashMap::new();
    let mut wanted = HashSet::new();
    for serie in all {
        match serie::visning::ritat(tx, &key(serie)).await? {
            Some(row) => drop(found.insert(serie.id, row)),
            None => drop(wanted.insert(serie.id)),
        }
    }
    if !wanted.is_empty() {
        for data in flera::read(tx, actor, all, &wanted, false, Tider::Senaste).await? {
            // as it is stored: one that is reckoned is read with what follows from its parts
            let Some(serie) = all.iter().find(|serie| serie.id == data.serie.id) else { continue };
            found.insert(serie.id, ritat::keep(tx, key(serie), serie, row(&data, today)).await?);
        }
    }
    Ok(all.iter().filter_map(|serie| Some((serie, found.remove(&serie.id)?))).collect())
}

/// Rows under each other.
fn listed(rows: &[Egen<'_>]) -> AnyView {
    let html: String = rows.iter().flat_map(|(_, row)| &row.html).map(String::as_str).collect();
    ritat::put(format!("<ul class=\"card serie-list\">{html}</ul>"))
}

/// The row of a series, of what somebody may see.
fn row(data: &Data, today: NaiveDate) -> Ritat {
    let (id, content) = (data.serie.id, &data.serie.content);
    let (fynd, huvud, saknas) = (data.fynd(today), data.huvud(), data.saknas(today));
    let small = small_values(content, huvud, today);
    let spark = (!small.is_empty()).then(|| view! { <Spark points=small/> });
    let unusual = fynd.ovanlig.then(|| view! { <span class="badge">"Ovanlig ändring"</span> });
    let goals = fynd.mal.iter().map(|lage| goal_mark(lage, Some(content))).collect_view();
    let notes = fynd.noter.join(" ");
    let (value, time) = match huvud.iter().next_back() {
        Some((period, varde)) => (content.shown(varde.tal), senast_ord(*period, varde, today)),
        None => ("–".to_owned(), if data.is_hidden() { "visas inte" } else { "inget värde" }.to_owned()),
    };
    let fill = saknas.map(|period| {
        let words = within(period, today);
        if data.may_fill {
            let label = format!("Fyll på {words}: {}", content.namn);
            view! { <a class="button secondary small" href=format!("/siffror/{id}/fyll") aria-label=label>{format!("Fyll på {words}")}</a> }
                .into_any()
        } else {
            view! { <span class="row-meta">{format!("{words} saknas")}</span> }.into_any()
        }
    });
    let row = view! {
        <li class="serie-row" id=format!("serie-{id}")>
            <div class="serie-row-text">
                <a class="row-title" href=format!("/siffror/{id}")>{content.namn.clone()}</a> {unusual}
                <p>{fynd.rubrik.clone()}</p>
                {(!notes.is_empty()).then(|| view! { <p class="row-meta">{notes}</p> })}
                {goals}
            </div>
            <div class="serie-row-spark">{spark}</div>
            <div class="serie-row-last"><strong>{value}</strong> <span>{time}</span></div>
            <div class="serie-row-fill">{fill}</div>
        </li>
    };
    Ritat { html: vec![ritat::html(row.into_any())], betyder: fynd.betyder_nagot(), saknas: saknas.is_some() }
}

/// `mars`, `december 2021`: a time, with its year where it is not this one.
pub fn within(period: Period, today: NaiveDate) -> String {
    let (words, year) = (period.within_year(), period.place().0);
    if year == today.year() || matches!(period, Period::Year(_)) { words } else { format!("{words} {year}") }
}
