//! One row of the plan: what it is, its times this year, its history.

use domain::{
    counted::stored_words,
    format,
    id::EgenkontrollId,
    permission::{Action, Area},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{Target, egenkontroll, genomforande, history, occurrence};

use super::api::{RemoveEgenkontroll, RestoreEgenkontroll};
use crate::{
    components::{
        Fact, HistoryList, LatePlace, PageHead, Times, load,
        plan::{REMOVED, Removal, Tabs},
    },
    ctx::Ctx,
    error::AppError,
    genomforande::ControlCard,
};

/// `/egenkontroll/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let (tab, marked) = (query.get("flik").unwrap_or_default(), query.get("markera"));
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: EgenkontrollId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Egenkontroll(id), Action::View).await?;
        let (row, active) = egenkontroll::get(&mut tx, id).await?;
        let mut items = occurrence::of_source(&mut tx, &actor, id.0).await?;
        items.retain(|i| actor.may(i.occurrence.node, Area::Egenkontroll, Action::View));
        let may_edit = actor.may(row.node, Area::Egenkontroll, Action::Edit);
        let mall = genomforande::mall(&mut tx, id).await?;
        let history = if tab == "historik" { Some(history::list(&mut tx, &[id.0]).await?) } else { None };
        let c = row.content;
        let who = items.first().map(|i| i.responsible_label.clone()).unwrap_or_default();
        let path = format!("/egenkontroll/{id}");
        let tabs = view! { <Tabs path=path.clone() history=history.is_some()/> };
        let content = if let Some(entries) = history {
            view! { <HistoryList entries/> }.into_any()
        } else {
            view! {
                <div class="two-col">
                    <div class="stack loose">
                        <Times items heading="Tillfällen" help=String::new() today=ctx.today place=LatePlace::new(path.clone(), "forsenat", marked)/>
                    </div>
                    <aside class="stack">
                        <section class="card">
                            <div class="card-head"><h2>"Om kontrollen"</h2></div>
                            <dl class="dl card-text">
                                <Fact label="Vad kontrolleras" value=c.vad.clone()/>
                                <Fact label="Metod" value=c.metod.clone()/>
                                <Fact label="Urval" value={c.urval.map(|n| format!("{} ärenden", format::int(n))).unwrap_or_default()}/>
                                <Fact label="Utförs av" value=who/>
                                <Fact label="Hur ofta" value=c.timing().sentence()/>
                                <Fact label="Räknas" value=row.counted_from.map(stored_words).unwrap_or_default()/>
                                <Fact label="Målvärde" value={c.malvarde.map(|m| format!("{}\u{a0}%", format::decimal(m))).unwrap_or_default()}/>
                                <Fact label="Dokumenteras" value=c.dokumentation.clone()/>
                                <Fact label="Bedömning" value=c.bedomning.clone()/>
                                <Fact label="Styrmodell" value=c.styrmodell.clone()/>
                                <Fact label="Anpassning" value=c.anpassning.clone()/>
                                <Fact label="Process" value=c.process.clone()/>
                                <Fact label="Gäller" value={if c.laid_on_units { "Alla enheter under avdelningen".to_owned() } else { String::new() }}/>
                            </dl>
                        </section>
                        <ControlCard id mall may_edit=may_edit && active/>
                        {may_edit.then(|| view! { <Removal id=id.to_string() active remove=RemoveEgenkontroll::PATH restore=RestoreEgenkontroll::PATH words="Ta bort ur planen"/> })}
                    </aside>
                </div>
            }
            .into_any()
        };
        let sub = [c.number.as_str(), actor.tree.name(row.node), &format!("plan för {}", row.year)]
            .into_iter()
            .filter(|t| !t.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        Ok(view! {
            <PageHead title=c.kontrollmal.clone() sub>
                {(may_edit && active).then(|| view! { <a class="button secondary" href=format!("{path}/redigera")>"Ändra"</a> })}
                <a class="button secondary" href=format!("/egenkontroll?ar={}", row.year)>"Till planen"</a>
            </PageHead>
            {(!active).then(|| view! { <p class="notice warn">{REMOVED}</p> })}
            {tabs}
            {content}
        })
    })
}
