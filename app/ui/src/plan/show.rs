//! One row of a plan: what it is, its times this year, its history.

use domain::{counted::stored_words, format, permission::Action};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{history, occurrence, plan};

use super::{Kind, Shown};
use crate::{
    components::{
        Fact, HISTORY_PAGE, HistoryPage, PageHead, load,
        plan::{REMOVED, Removal, Tabs},
    },
    ctx::Ctx,
    error::AppError,
};

/// The page of a row.
pub fn show_page<K: Kind>() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let (tab, marked) = (query.get("flik").unwrap_or_default(), query.get("markera"));
    let page = query.get("sida").and_then(|page| page.parse().ok()).unwrap_or(1_usize).clamp(1, 10_000);
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: K::Id = id.parse().map_err(|_| AppError::NotFound)?;
        let key = domain::plan::Id::stored(id);
        let mut tx = ctx.read(K::target(id), Action::View).await?;
        let (row, active) = plan::get(&mut tx, id).await?;
        let may_edit = actor.may(row.node, K::AREA, Action::Edit);
        let history = if tab == "historik" {
            let sees = |node| actor.may(node, K::AREA, Action::View);
            let (first, most) = ((page - 1) * HISTORY_PAGE, HISTORY_PAGE);
            let (first, most) = (i64::try_from(first).unwrap_or(0), i64::try_from(most).unwrap_or(0));
            Some(history::of_control(&mut tx, key, sees, (first, most)).await?)
        } else {
            None
        };
        let (path, content) = (format!("{}/{id}", K::WORDS.path), row.content);
        let tabs = view! { <Tabs path=path.clone() history=history.is_some()/> };
        let body = if let Some((entries, total)) = history {
            let total = usize::try_from(total).unwrap_or(0);
            view! { <HistoryPage entries page total path=format!("{path}?flik=historik")/> }.into_any()
        } else {
            let mut items = occurrence::of_source(&mut tx, &actor, key).await?;
            items.retain(|i| actor.may(i.occurrence.node, K::AREA, Action::View));
            let beside = K::beside(&mut tx, id, may_edit && active).await?;
            let (before, after) = content.facts(&items);
            let (timing, removal) = (content.timing(), K::FORMS);
            let times = content.times(Shown { items, path: path.clone(), marked, today: ctx.today });
            view! {
                <div class="two-col">
                    <div class="stack loose">{times}</div>
                    <aside class="stack">
                        <section class="card">
                            <div class="card-head"><h2>"Om kontrollen"</h2></div>
                            <dl class="dl card-text">
                                {before}
                                <Fact label="Hur ofta" value=timing.sentence()/>
                                <Fact label="Räknas" value=row.counted_from.map(stored_words).unwrap_or_default()/>
                                <Fact label="Start" value=timing.start.map(format::date).unwrap_or_default()/>
                                <Fact label="Slut" value=timing.end.map(format::date).unwrap_or_default()/>
                                {after}
                            </dl>
                        </section>
                        {beside}
                        {may_edit.then(|| view! { <Removal id=id.to_string() active remove=removal.remove restore=removal.restore words="Ta bort ur planen"/> })}
                    </aside>
                </div>
            }
            .into_any()
        };
        let sub = [content.number().unwrap_or_default(), actor.tree.name(row.node), &format!("plan för {}", row.year)]
            .into_iter()
            .filter(|t| !t.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        Ok(view! {
            <PageHead title=content.title().to_owned() sub>
                {(may_edit && active).then(|| view! { <a class="button secondary" href=format!("{path}/redigera")>"Ändra"</a> })}
                <a class="button secondary" href=format!("{}?ar={}", K::WORDS.path, row.year)>"Till planen"</a>
            </PageHead>
            {(!active).then(|| view! { <p class="notice warn">{REMOVED}</p> })}
            {tabs}
            {body}
        })
    })
}
