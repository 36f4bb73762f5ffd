//! `/siffror`: all series of a unit. Each row says what has happened; those whose change means something or that do not reach their goal
//! come first, closed ones are folded away.

use chrono::{Datelike, NaiveDate};
use domain::{
    organisation::swedish_order,
    period::Period,
    permission::{Action, Area},
    siffror::{fynd::Fynd, serie::Serie},
    tal::Tal,
};
use leptos::prelude::*;
use store::{Target, serie};

use super::{
    PATH,
    chart::{senast_ord, small_values},
    data::Data,
    flera::{self, Tider},
    manad,
    side::goal_mark,
};
use crate::{
    components::{Empty, PageHead, chart::Spark, load, plan::UnitSwitch},
    ctx::Ctx,
    place::Place,
    upphorda::UnitNotice,
};

/// A series as its row has it.
struct Rad {
    serie: Serie,
    fynd: Fynd,
    spark: Vec<Option<(Tal, bool)>>,
    /// The last value and its time.
    last: Option<(String, String)>,
    /// The time that is to be filled.
    missed: Option<Period>,
    may_fill: bool,
    /// Whether values of it are not shown.
    hidden: bool,
}

/// `/siffror`
#[component]
pub fn ListPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let (actor, today) = (ctx.actor()?, ctx.today);
        let mut tx = ctx.read(Target::Node(place.unit, Area::Serie), Action::View).await?;
        let all = serie::list(&mut tx, place.unit).await?;
        let wanted = all.iter().map(|s| s.id).collect();
        let found = flera::read(&mut tx, &actor, &all, &wanted, false, Tider::Senaste).await?;
        let may_edit = actor.may(place.unit, Area::Serie, Action::Edit);
        let mut rows: Vec<Rad> = found.into_iter().map(|data| rad(data, today)).collect();
        drop(tx);
        rows.sort_by_cached_key(|r| (!r.fynd.betyder_nagot(), swedish_order(&r.serie.content.namn)));
        let (closed, open): (Vec<Rad>, Vec<Rad>) = rows.into_iter().partition(|r| r.serie.closed_on.is_some());
        let missing = open.iter().filter(|r| r.missed.is_some()).count();
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
            let rows = open.into_iter().map(|r| row(r, today)).collect_view();
            view! { <ul class="card serie-list">{rows}</ul> }.into_any()
        };
        let n = closed.len();
        let closed = (n > 0).then(|| {
            let rows = closed.into_iter().map(|r| row(r, today)).collect_view();
            let words = if n == 1 { "1 avslutad serie".to_owned() } else { format!("{n} avslutade serier") };
            view! {
                <details class="more-fields serie-closed">
                    <summary>{words}</summary>
                    <ul class="card serie-list">{rows}</ul>
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

/// What a row needs, of what the person may see.
fn rad(data: Data, today: NaiveDate) -> Rad {
    let fynd = data.fynd(today);
    let content = &data.serie.content;
    let last = data
        .huvud()
        .iter()
        .next_back()
        .map(|(period, varde)| (content.shown(varde.tal), senast_ord(*period, varde, today)));
    let missed = data.saknas(today);
    let spark = small_values(content, data.huvud(), today);
    let hidden = data.is_hidden();
    Rad { fynd, spark, last, missed, hidden, may_fill: data.may_fill, serie: data.serie }
}

fn row(r: Rad, today: NaiveDate) -> impl IntoView {
    let id = r.serie.id;
    let content = r.serie.content;
    let spark = (!r.spark.is_empty()).then(|| view! { <Spark points=r.spark/> });
    let unusual = r.fynd.ovanlig.then(|| view! { <span class="badge">"Ovanlig ändring"</span> });
    let goals = r.fynd.mal.iter().map(|lage| goal_mark(lage, Some(&content))).collect_view();
    let notes = r.fynd.noter.join(" ");
    let (value, time) =
        r.last.unwrap_or_else(|| ("–".to_owned(), if r.hidden { "visas inte" } else { "inget värde" }.to_owned()));
    let fill = r.missed.map(|period| {
        let words = within(period, today);
        if r.may_fill {
            let label = format!("Fyll på {words}: {}", content.namn);
            view! { <a class="button secondary small" href=format!("/siffror/{id}/fyll") aria-label=label>{format!("Fyll på {words}")}</a> }
                .into_any()
        } else {
            view! { <span class="row-meta">{format!("{words} saknas")}</span> }.into_any()
        }
    });
    view! {
        <li class="serie-row" id=format!("serie-{id}")>
            <div class="serie-row-text">
                <a class="row-title" href=format!("/siffror/{id}")>{content.namn.clone()}</a> {unusual}
                <p>{r.fynd.rubrik.clone()}</p>
                {(!notes.is_empty()).then(|| view! { <p class="row-meta">{notes}</p> })}
                {goals}
            </div>
            <div class="serie-row-spark">{spark}</div>
            <div class="serie-row-last"><strong>{value}</strong> <span>{time}</span></div>
            <div class="serie-row-fill">{fill}</div>
        </li>
    }
}

/// `mars`, `december 2021`: a time, with its year where it is not this one.
pub fn within(period: Period, today: NaiveDate) -> String {
    let (words, year) = (period.within_year(), period.place().0);
    if year == today.year() || matches!(period, Period::Year(_)) { words } else { format!("{words} {year}") }
}
