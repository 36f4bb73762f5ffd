//! Notiser: that åtgärder have been laid on somebody, in their Att göra until they have said that they have seen it.

use domain::{
    atgard::notis::AtgardNotis,
    permission::{Action, Area},
};
use leptos::{either::Either, prelude::*, server_fn::ServerFn};
use store::atgard::notis;

use crate::{
    components::{Hidden, Newest},
    ctx::Ctx,
    error::AppError,
    moment::stamp,
    sakerhet::api::MarkNotisSeen,
};

/// The rows; nothing when there is nothing to see.
#[component]
pub fn AtgardNotiser() -> impl IntoView {
    let rows = Suspend::new(async move {
        match read().await {
            Ok((notices, asked)) if !notices.is_empty() => Either::Left(list(&notices, asked)),
            // the rest of the page is there all the same
            Ok(_) | Err(_) => Either::Right(()),
        }
    });
    view! { <Suspense>{rows}</Suspense> }
}

/// Of what the person may no longer see, as after a change of unit, nothing is told. With how many there were of all.
async fn read() -> Result<(Vec<AtgardNotis>, usize), AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.read_own().await?;
    let all = notis::unseen(&mut tx, actor.person).await?;
    Ok((all.iter().filter(|n| actor.may(n.node, Area::Atgard, Action::View)).cloned().collect(), all.len()))
}

fn list(notices: &[AtgardNotis], asked: usize) -> AnyView {
    let rows = notices.iter().map(row).collect_view();
    view! {
        <section class="stack tight" aria-labelledby="nya-atgarder">
            <div class="section-head"><h2 id="nya-atgarder">"Nya åtgärder för dig"</h2> <span class="count">{notices.len()}</span></div>
            <div class="card">
                <ul class="rows">{rows}</ul>
                <Newest asked most=notis::MOST what="åtgärderna"/>
            </div>
        </section>
    }
    .into_any()
}

fn row(notis: &AtgardNotis) -> AnyView {
    let sentence = notis.sentence();
    view! {
        <li class="row">
            <div class="row-text">
                <a class="row-title" href=format!("/atgarder/{}", notis.atgard)>{sentence.clone()}</a>
                <div class="row-meta">{stamp(notis.at)}</div>
            </div>
            <div class="row-actions">
                <form method="post" action=MarkNotisSeen::PATH>
                    <Hidden name="id" value=notis.id.to_string()/>
                    <button class="button secondary small" type="submit" data-mark="" aria-label=format!("Jag har sett det: {sentence}")>
                        "Jag har sett det"
                    </button>
                </form>
            </div>
        </li>
    }
    .into_any()
}
