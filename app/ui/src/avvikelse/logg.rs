//! Logg: who has opened a case and when. For the lex Sarah-utredare. All of it is there, in pages; what one person has opened
//! several times on a day is one line.

use domain::{format, id::AvvikelseId, moment::day, permission::Action, sakerhet::Oppningar};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{Target, avvikelse};

use crate::{
    components::{PageHead, load},
    ctx::Ctx,
    error::AppError,
    moment::{local, stamp},
};

/// Lines of a page.
const PAGE: usize = 100;

/// `/avvikelser/{id}/logg?sida=…`
#[component]
pub fn LoggPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let asked = use_query_map().get_untracked().get("sida").and_then(|n| n.parse().ok()).unwrap_or(1_usize);
    load(async move {
        let ctx = Ctx::current()?;
        let id: AvvikelseId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Avvikelse(id), Action::TickAny).await?;
        let lines = avvikelse::log(&mut tx, id, day).await?;
        drop(tx);
        let (all, times) = (lines.len(), lines.iter().map(|l| l.times).sum::<usize>());
        let pages = all.div_ceil(PAGE).max(1);
        let page = asked.clamp(1, pages);
        let rows = lines.into_iter().skip((page - 1) * PAGE).take(PAGE).map(row).collect_view();
        let int = |n: usize| format::int(i64::try_from(n).unwrap_or(i64::MAX));
        let sub = if times == 1 { "Öppnat 1 gång".to_owned() } else { format!("Öppnat {} gånger", int(times)) };
        Ok(view! {
            <PageHead title="Vem har öppnat ärendet" sub>
                <a class="button secondary" href=format!("/avvikelser/{id}")>"Till ärendet"</a>
            </PageHead>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Öppningar">
                <table class="table">
                    <thead>
                        <tr><th scope="col">"Senast"</th><th scope="col">"Vem"</th><th scope="col">"Vad"</th><th scope="col">"Den dagen"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {(pages > 1).then(|| sidor(&format!("/avvikelser/{id}/logg"), page, pages, all))}
        })
    })
}

fn row(line: Oppningar) -> AnyView {
    let clock = local(line.last).format("%H.%M");
    let times = match line.times {
        1 => "1 gång".to_owned(),
        n => format!("{n} gånger, senast {clock}"),
    };
    view! {
        <tr>
            <td class="nowrap">{stamp(line.last)}</td>
            <th scope="row">{line.who}</th>
            <td>{line.what}</td>
            <td class="nowrap">{times}</td>
        </tr>
    }
    .into_any()
}

fn sidor(path: &str, page: usize, pages: usize, all: usize) -> AnyView {
    let (first, last) = ((page - 1) * PAGE + 1, (page * PAGE).min(all));
    let links = (1..=pages)
        .filter(|p| *p == 1 || *p == pages || p.abs_diff(page) <= 2)
        .map(|p| {
            let (href, current) = (format!("{path}?sida={p}"), (p == page).then_some("page"));
            view! { <li><a href=href aria-current=current aria-label=format!("Sida {p}")>{p}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="pagination" aria-label="Sidor">
            <p class="range">{format!("Visar {first}–{last} av {all}")}</p>
            <ul>{links}</ul>
        </nav>
    }
    .into_any()
}
