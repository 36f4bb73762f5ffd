//! One row of the plan: its risk, the times of both levels, the series of its figures, its history.

use domain::{
    counted::stored_words,
    format,
    id::InternkontrollId,
    internkontroll::Band,
    occurrence::Item,
    permission::{Action, Area},
    schedule::Level,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{Target, history, internkontroll, occurrence};

use super::{
    api::{RemoveInternkontroll, RestoreInternkontroll},
    list::when_label,
};
use crate::{
    components::{
        Fact, HistoryList, LatePlace, PageHead, Times, load,
        plan::{REMOVED, Removal, Tabs},
    },
    ctx::Ctx,
    error::AppError,
};

/// `/internkontroll/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let (tab, marked) = (query.get("flik").unwrap_or_default(), query.get("markera"));
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: InternkontrollId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Internkontroll(id), Action::View).await?;
        let (row, active) = internkontroll::get(&mut tx, id).await?;
        let items = occurrence::of_source(&mut tx, &actor, id.0).await?;
        let may_edit = actor.may(row.node, Area::Internkontroll, Action::Edit);
        let history = if tab == "historik" { Some(history::list(&mut tx, &[id.0]).await?) } else { None };
        let c = row.content;
        let path = format!("/internkontroll/{id}");
        let tabs = view! { <Tabs path=path.clone() history=history.is_some()/> };
        let risk = c.riskvarde().map(|r| {
            let (s, k) = (c.sannolikhet.unwrap_or(0), c.konsekvens.unwrap_or(0));
            format!("{r}, {} (sannolikhet {s} × konsekvens {k})", Band::of(r).label())
        });
        let content = if let Some(entries) = history {
            view! { <HistoryList entries/> }.into_any()
        } else {
            let places = ["forsenat", "forsenat-systematisk"];
            let levels = [(Level::Aktivitet, 1), (Level::Systematisk, 2)].map(|(level, nr)| {
                let of_level = items.iter().filter(|i| i.level == Some(level)).cloned().collect::<Vec<_>>();
                let place = LatePlace::new(path.clone(), places[nr - 1], marked.clone());
                view! { <Times items=of_level heading=level.label() help=c.title(level).to_owned() today=ctx.today nr place/> }
            });
            let [first, second] = levels;
            view! {
                <div class="two-col">
                    <div class="stack loose">{first} {second} <Series items=items.clone()/></div>
                    <aside class="stack">
                        <section class="card">
                            <div class="card-head"><h2>"Om kontrollen"</h2></div>
                            <dl class="dl card-text">
                                <Fact label="Process" value=c.process.clone()/>
                                <Fact label="Arbetssätt" value=c.arbetssatt.clone()/>
                                <Fact label="Oönskad händelse" value=c.oonskad_handelse.clone()/>
                                <Fact label="Riskvärde" value=risk.unwrap_or_default()/>
                                <Fact label="Dokumenteras i" value=c.dokumenteras_i.clone()/>
                                <Fact label="Hur ofta" value=c.timing().sentence()/>
                                <Fact label="Räknas" value=row.counted_from.map(stored_words).unwrap_or_default()/>
                                <Fact label="Start" value=c.start.map(format::date).unwrap_or_default()/>
                                <Fact label="Slut" value=c.end.map(format::date).unwrap_or_default()/>
                            </dl>
                        </section>
                        {may_edit.then(|| view! { <Removal id=id.to_string() active remove=RemoveInternkontroll::PATH restore=RestoreInternkontroll::PATH words="Ta bort ur planen"/> })}
                    </aside>
                </div>
            }
            .into_any()
        };
        Ok(view! {
            <PageHead
                title=c.systematisk_kontroll.clone()
                sub=format!("{} · plan för {}", actor.tree.name(row.node), row.year)
            >
                {(may_edit && active).then(|| view! { <a class="button secondary" href=format!("{path}/redigera")>"Ändra"</a> })}
                <a class="button secondary" href=format!("/internkontroll?ar={}", row.year)>"Till planen"</a>
            </PageHead>
            {(!active).then(|| view! { <p class="notice warn">{REMOVED}</p> })}
            {tabs}
            {content}
        })
    })
}

/// The figures given with the ticks, as a table by month.
#[component]
fn Series(items: Vec<Item>) -> impl IntoView {
    let mut labels: Vec<(String, String)> = Vec::new();
    for figure in items.iter().flat_map(|i| &i.occurrence.figures) {
        let key = (figure.label.clone(), figure.unit.clone());
        if !labels.contains(&key) {
            labels.push(key);
        }
    }
    if labels.is_empty() {
        return None;
    }
    let heads = labels
        .iter()
        .map(|(label, unit)| {
            let text = if unit.is_empty() { label.clone() } else { format!("{label} ({unit})") };
            view! { <th scope="col" class="num">{text}</th> }
        })
        .collect_view();
    let rows = items
        .iter()
        .filter(|i| !i.occurrence.figures.is_empty())
        .map(|item| {
            let cells = labels
                .iter()
                .map(|(label, unit)| {
                    let figure = item.occurrence.figures.iter().find(|f| f.label == *label && f.unit == *unit);
                    view! { <td class="num">{figure.map(|f| format::decimal(f.value))}</td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{when_label(item)}</th> {cells}</tr> }
        })
        .collect_view();
    Some(view! {
        <section class="stack tight">
            <div class="section-head"><h2>"Siffror från kontrollerna"</h2></div>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Siffror från kontrollerna">
                <table class="table">
                    <thead><tr><th scope="col">"Månad"</th> {heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    })
}
