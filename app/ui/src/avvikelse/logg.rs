//! Logg: who has opened a case and when. For the lex Sarah-utredare.

use domain::{id::AvvikelseId, permission::Action};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{Target, avvikelse};

use crate::{
    components::{PageHead, load},
    ctx::Ctx,
    error::AppError,
    moment::stamp,
};

/// `/avvikelser/{id}/logg`
#[component]
pub fn LoggPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: AvvikelseId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.store.read(&actor, Target::Avvikelse(id), Action::TickAny).await?;
        let rows = avvikelse::log(&mut tx, id)
            .await?
            .into_iter()
            .map(|o| view! { <tr><td class="nowrap">{stamp(o.at)}</td><th scope="row">{o.who}</th><td>{o.what}</td></tr> })
            .collect_view();
        Ok(view! {
            <PageHead title="Vem har öppnat ärendet" sub="De senaste 500 gångerna">
                <a class="button secondary" href=format!("/avvikelser/{id}")>"Till ärendet"</a>
            </PageHead>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Öppningar">
                <table class="table">
                    <thead>
                        <tr><th scope="col">"När"</th><th scope="col">"Vem"</th><th scope="col">"Vad"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        })
    })
}
