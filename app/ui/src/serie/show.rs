//! `/siffror/{id}`: one series. The heading is what its values say; the picture, what is known beside it, and the table behind. What is
//! shown stands in the address, so that it works without script and can be linked to.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::{
    format,
    period::{Grain, Period},
    permission::{Action, Area},
    person::Actor,
    siffror::{
        serie::{Content, Serie, SerieId},
        slag::Slag,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{
    Target, Tx, history,
    serie::{self, visning::Ritat},
};

use super::{
    api::{CloseSerie, ReopenSerie, SetSerieApt},
    chart::{Tid, Vy, diagram},
    data::{self, Data},
    harledd, jamforelse, jamforelse_chart,
    jamforelse_data::{self, Jamford},
    list::within,
    ritat,
    side::{analyser, corrected, goals, reckoned, seen, way},
    table::{Tabell, tabell},
};
use crate::{
    components::{DateField, Empty, ErrorSummary, FormState, Hidden, HistoryList, PageHead, chart::SerieChart, load},
    ctx::Ctx,
    error::AppError,
    place::join,
};

/// So many times are shown whole when nothing is chosen.
const WHOLE: i64 = 36;

/// What the address asks for.
#[derive(Clone, Copy, Debug)]
struct Val {
    vy: Vy,
    tid: Tid,
    /// The whole table.
    allt: bool,
}

impl Val {
    fn href(self, data: &Data) -> String {
        let vy = match self.vy {
            Vy::Antal => None,
            Vy::Index => Some("index".to_owned()),
            Vy::Per(at) => data.dimensioner.get(at).map(|d| d.id.to_string()),
        };
        let mut query: Vec<(String, String)> = vy.map(|vy| ("vy".to_owned(), vy)).into_iter().collect();
        query.push(("tid".to_owned(), self.tid.code().to_owned()));
        if self.allt {
            query.push(("tabell".to_owned(), "alla".to_owned()));
        }
        join(&format!("/siffror/{}", data.serie.id), &query)
    }
}

fn chosen(data: &Data, vy: &str, tid: &str, tabell: &str) -> Val {
    let huvud = data.huvud();
    let span = huvud.keys().next_back().zip(huvud.keys().next()).map_or(0, |(b, a)| b.ordinal() - a.ordinal());
    let tid = match tid {
        "senaste" => Tid::Senaste,
        "ar" if has_years(data) => Tid::Ar,
        "allt" => Tid::Allt,
        _ if span >= WHOLE => Tid::Senaste,
        _ => Tid::Allt,
    };
    let vy = match vy {
        "index" => Vy::Index,
        id => data.dimensioner.iter().position(|d| d.id.to_string() == id).map_or(Vy::Antal, Vy::Per),
    };
    Val { vy: if tid == Tid::Ar { Vy::Antal } else { vy }, tid, allt: tabell == "alla" }
}

/// Whether its years have a value that can be reckoned.
fn has_years(data: &Data) -> bool {
    let content = &data.serie.content;
    content.sammanlagd.is_some() && content.grain.per_year().is_some_and(|n| n > 1)
}

/// `/siffror/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let asked = |name: &str| query.get(name).unwrap_or_default();
    let (vy, tid, all) = (asked("vy"), asked("tid"), asked("tabell"));
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: SerieId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Thing(Area::Serie, id.0), Action::View).await?;
        let data = data::read(&mut tx, &actor, id).await?;
        let about = serie::jamstalldhet::of_serie(&mut tx, id).await?;
        let mut entries = history::list(&mut tx, &[id.0]).await?;
        let jamforda = jamforelse_data::read(&mut tx, &actor, &data.serie, (ctx.today, ctx.kolada)).await?;
        let today = ctx.today;
        let val = chosen(&data, &vy, &tid, &all);
        let unit = actor.tree.name(data.serie.node).to_owned();
        let drawn = drawn(&mut tx, &actor, &data, &jamforda, val, (&own_name(&data, &unit), today)).await?;
        drop(tx);
        if !data.ser_allt && data.serie.content.skyddas && !data.dimensioner.is_empty() {
            // values of parts stand there: to others that something was done, by whom and when
            for entry in &mut entries {
                entry.changes.clear();
            }
        }
        let content = &data.serie.content;
        let fynd = data.fynd(today);
        let missed = data.saknas(today);
        let [picture, side, behind] = &drawn.html[..] else { return Err(AppError::Internal("ritat".to_owned())) };
        let (picture, side, behind) = (picture.clone(), side.clone(), behind.clone());
        let notes = fynd.noter.join(" ");
        let fill = data.may_fill && data.serie.closed_on.is_none();
        let edited = data.may_edit && data.serie.closed_on.is_none();
        let apt = edited.then(|| apt_form(&data.serie, "button secondary", None));
        let read = (edited && content.harledd.is_none()).then(|| {
            view! { <a class="button secondary" href=format!("/siffror/{id}/las-in")>"Läs in en tabell"</a> }
        });
        let fill_words =
            missed.map_or_else(|| "Fyll på siffror".to_owned(), |p| format!("Fyll på {}", within(p, today)));
        Ok(view! {
            <div class="serie-page" id="serie" data-live="serie">
                <nav class="breadcrumbs" aria-label="Du är här">
                    <ol>
                        <li><a href="/siffror">"Siffror"</a></li>
                        <li aria-current="page">{content.namn.clone()}</li>
                    </ol>
                </nav>
                <PageHead title=fynd.rubrik.clone() sub=notes about=content.namn.clone()>
                    {data.may_edit.then(|| view! { <a class="button secondary" href=format!("/siffror/{id}/redigera")>"Ändra"</a> })}
                    {apt} {read}
                    {fill.then(|| view! { <a class="button" href=format!("/siffror/{id}/fyll")>{fill_words}</a> })}
                </PageHead>
                <div class="serie-controls">
                    {controls(&data, val)}
                    <p class="muted">{way(content)}</p>
                </div>
                <div class="serie-cols">
                    {ritat::put(picture)}
                    <aside class="card serie-side" aria-label="Om serien">{ritat::put(side)} {analyser(&actor, &about)}</aside>
                </div>
                {ritat::put(behind)}
                <section class="stack tight">
                    <h2>"Historik"</h2>
                    <HistoryList entries/>
                </section>
                {data.may_edit.then(|| ending(&data))}
            </div>
        })
    })
}

/// What is drawn of a series: the picture, what stands beside it, and the tables behind it. That of one which is compared with nothing is
/// kept: what is compared with it is other people's, and fetched from outside.
async fn drawn(
    tx: &mut Tx,
    actor: &Actor,
    data: &Data,
    jamforda: &[Jamford],
    val: Val,
    (own, today): (&str, NaiveDate),
) -> Result<Arc<Ritat>, AppError> {
    let (id, serie) = (data.serie.id, &data.serie);
    let unit = serie::list(tx, serie.node).await?;
    let may = (data.ser_allt, data.may_edit, data.may_fill);
    let key = ritat::key(actor, serie, &unit, today, format!("sida {val:?} {may:?} {own}"));
    if let Some(kept) = serie::visning::ritat(tx, &key).await?.filter(|_| jamforda.is_empty()) {
        return Ok(kept);
    }
    let revisions = seen(data, serie::siffra::revisions(tx, id, data.dimensioner.len()).await?);
    let uses = serie::harledd::of_serie(tx, serie).await?;
    let content = &serie.content;
    let picture = diagram(data, val.vy, val.tid, own, today)
        .map(|of| jamforelse_chart::add(of, (content, jamforda), (val.vy, val.tid), own, today));
    let elsewhere = (val.vy == Vy::Index || val.tid == Tid::Ar).then(|| values_word(content));
    let compared = jamforelse::under(jamforda, picture.as_ref(), elsewhere);
    let chart = match picture {
        Some(diagram) => view! { <SerieChart diagram/> }.into_any(),
        None => no_values(data, val),
    };
    let quality = (!content.kvalitet.is_empty())
        .then(|| view! { <p class="serie-note prewrap">{format!("Att tänka på: {}", content.kvalitet)}</p> });
    let picture = view! { <div class="card serie-chart">{chart} {quality} {compared}</div> };
    let side = view! {
        {corrected(data, &revisions)}
        {goals(content, &data.fynd(today))}
        {reckoned(content, serie.closed_on, harledd::sentence(data))}
        {harledd::uses(&uses)}
    };
    let table = tabell(data, val.vy, val.tid, val.allt, today);
    let times = table.as_ref().map(Tabell::tider).unwrap_or_default();
    let beside = jamforelse::tables(data, own, jamforda, &times, today);
    let tables = view! { {table.map(|table| behind(table, data, val, own, today))} {beside} };
    let html = [picture.into_any(), side.into_any(), tables.into_any()].into_iter().map(ritat::html).collect();
    let made = Ritat { html, ..Ritat::default() };
    if jamforda.is_empty() { ritat::keep(tx, key, serie, made).await } else { Ok(Arc::new(made)) }
}

/// The table behind the picture, with the way to all of it.
fn behind(table: Tabell, data: &Data, val: Val, own: &str, today: NaiveDate) -> AnyView {
    let all = Val { allt: true, ..val }.href(data);
    let count = table.fler.map(|n| all_of(n, data.serie.content.grain));
    view! {
        <section class="stack tight serie-behind">
            <div class="section-head">
                <h2>"Tabellen bakom"</h2>
                <span class="serie-links no-print">
                    {count.map(|words| view! { <a href=all>{words}</a> })}
                    <a href=format!("/siffror/{}/siffror.xlsx", data.serie.id) download="">"Till Excel"</a>
                </span>
            </div>
            {table.view(data, val.vy, own, today)}
        </section>
    }
    .into_any()
}

/// `Alla 17 månader`.
fn all_of(n: i64, grain: Grain) -> String {
    format!("Alla {} {}", format::int(n), grain.many())
}

/// What the strong line is called.
fn own_name(data: &Data, unit: &str) -> String {
    let egen = data.serie.content.egen.and_then(|id| data.dimensioner.first()?.get(id));
    egen.map_or_else(|| unit.to_owned(), |v| v.namn.clone())
}

fn no_values(data: &Data, val: Val) -> AnyView {
    let id = data.serie.id;
    let is_harledd = data.serie.content.harledd.is_some();
    if is_harledd && data.is_hidden() {
        return view! {
            <Empty title="Värdena visas inte" text="De räknas ut ur värden som är så få att någon kan kännas igen."/>
        }
        .into_any();
    }
    if is_harledd && data.huvud().is_empty() {
        return view! {
            <Empty title="Inga värden än" text="När de serier som den räknas ut ur har värden för samma tid ritas det här."/>
        }
        .into_any();
    }
    if !data.visat.dolda_platser.is_empty() {
        return view! {
            <Empty title="Värdena visas inte" text="De är så få att någon kan kännas igen. Den som fyller på serien ser dem."/>
        }
        .into_any();
    }
    if !data.huvud().is_empty() {
        let why = match (val.tid, val.vy) {
            (Tid::Ar, _) => "Inget år har slutliga värden som går att lägga ihop.",
            (_, Vy::Index) => "Ett index behöver ett slutligt värde över 0 att räkna från.",
            _ => "Inga värden är uppdelade så.",
        };
        return view! { <Empty title="Det här går inte att rita" text=why/> }.into_any();
    }
    let fill = (data.may_fill && data.serie.closed_on.is_none()).then(|| {
        let read = data.may_edit.then(|| {
            view! { <a class="button secondary" href=format!("/siffror/{id}/las-in")>"Läs in en tabell"</a> }
        });
        view! {
            <p class="cluster">
                <a class="button" href=format!("/siffror/{id}/fyll")>"Fyll på siffror"</a>
                {read}
            </p>
        }
    });
    view! { <Empty title="Inga värden än" text="När det första värdet finns ritas det här, med tabellen bakom.">{fill}</Empty> }
        .into_any()
}

/// What the choice is called that shows the values as they are.
fn values_word(content: &Content) -> &'static str {
    match content.slag {
        _ if content.enhet == "kr" => "Kronor",
        Slag::Belopp => "Belopp",
        slag if slag.adds_up() => "Antal",
        _ => "Värden",
    }
}

/// The choices over the picture, as links.
fn controls(data: &Data, val: Val) -> AnyView {
    let content = &data.serie.content;
    let link = |to: Val, words: String, current: bool| {
        view! { <a href=to.href(data) aria-current=current.then_some("true")>{words}</a> }
    };
    let first = match val.tid {
        // years are not divided
        Tid::Ar => Tid::Allt,
        other => other,
    };
    let antal = link(Val { vy: Vy::Antal, ..val }, values_word(content).to_owned(), val.vy == Vy::Antal);
    let index = link(Val { vy: Vy::Index, tid: first, ..val }, "Index".to_owned(), val.vy == Vy::Index);
    let per = data.dimensioner.iter().enumerate().map(|(at, dim)| {
        let vy = Vy::Per(at);
        link(Val { vy, tid: first, ..val }, format!("Per {}", dim.namn.to_lowercase()), val.vy == vy)
    });
    let per = per.collect_view();
    let start = data.huvud().keys().next().map(|p| match p {
        Period::Month(year, month) => format!("Sedan {} {year}", format::month_short(*month)),
        other => format!("Sedan {}", other.label()),
    });
    let all = start.unwrap_or_else(|| "Allt".to_owned());
    let last = match content.grain {
        Grain::Manad => "12 månader".to_owned(),
        grain => format!("{} {}", super::chart::senaste(content), grain.many()),
    };
    let span = |tid: Tid, words: String| link(Val { tid, ..val }, words, val.tid == tid);
    let years =
        has_years(data).then(|| link(Val { tid: Tid::Ar, vy: Vy::Antal, ..val }, "År".to_owned(), val.tid == Tid::Ar));
    view! {
        <nav class="segmented" aria-label="Vad som visas">{antal} {index} {per}</nav>
        <nav class="segmented" aria-label="Tid">{span(Tid::Senaste, last)} {span(Tid::Allt, all)} {years}</nav>
    }
    .into_any()
}

/// One click to the slides of the next APT, and from them. `of`: what is said after it to those who hear it among others.
pub fn apt_form(serie: &Serie, class: &'static str, of: Option<String>) -> AnyView {
    let (id, version) = (serie.id.to_string(), serie.version.to_string());
    let (to, words) = if serie.content.visas.apt { ("nej", "Ta bort från APT") } else { ("ja", "Visa på APT") };
    let of = of.map(|of| view! { <span class="visually-hidden">{of}</span> });
    view! {
        <form class="no-print" method="post" action=SetSerieApt::PATH>
            <Hidden name="id" value=id/>
            <Hidden name="version" value=version/>
            <Hidden name="visas" value=to/>
            <button class=class>{words} {of}</button>
        </form>
    }
    .into_any()
}

/// Closing, and taking up again.
fn ending(data: &Data) -> AnyView {
    let (id, version) = (data.serie.id.to_string(), data.serie.version.to_string());
    if data.serie.closed_on.is_some() {
        return view! {
            <form class="no-print" method="post" action=ReopenSerie::PATH>
                <Hidden name="id" value=id/>
                <Hidden name="version" value=version/>
                <button class="button secondary">"Öppna serien igen"</button>
            </form>
        }
        .into_any();
    }
    let state = FormState::of(CloseSerie::PATH, Some(("id", &id)));
    view! {
        <details class="disclosure" open=state.is_back()>
            <summary>"Avsluta serien"</summary>
            <form class="form" method="post" action=CloseSerie::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="version" value=version/>
                <p class="help">"Ingen blir påmind om nya värden. Allt står kvar att läsa, och serien kan öppnas igen."</p>
                <DateField state=state.clone() name="till" label="Sista dag" help="Är fältet tomt gäller i dag."/>
                <div class="form-actions"><button class="button">"Avsluta serien"</button></div>
            </form>
        </details>
    }
    .into_any()
}
