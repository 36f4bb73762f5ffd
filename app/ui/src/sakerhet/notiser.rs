//! Notiser: what somebody is to see in Att göra until they have said so: roles that open secrets, roles that somebody gave
//! themselves, new passwords for chefer. For administrators, what waits for a second one.

use domain::{id::NotisId, sakerhet::Notis};
use leptos::{either::Either, prelude::*, server_fn::ServerFn};
use store::sakerhet;

use super::{api::MarkNotisSeen, pending::Vantande};
use crate::{
    components::{Hidden, Newest},
    ctx::Ctx,
    error::AppError,
    moment::stamp,
};

/// The rows; nothing when there is nothing to see.
#[component]
pub fn Notiser() -> impl IntoView {
    let rows = Suspend::new(async move {
        match read().await {
            Ok((notices, all)) => Either::Left(view! {
                {all.then(|| view! { <Vantande/> })}
                {(!notices.is_empty()).then(|| list(&notices))}
            }),
            // the rest of the page is there all the same
            Err(_) => Either::Right(()),
        }
    });
    view! { <Suspense>{rows}</Suspense> }
}

async fn read() -> Result<(std::sync::Arc<[Notis]>, bool), AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.read_own().await?;
    Ok((sakerhet::unseen(&mut tx, actor.person).await?, actor.looks_after_all()))
}

fn list(notices: &[Notis]) -> AnyView {
    let rows = notices.iter().map(|n| row(n.id, n.sentence(), stamp(n.at))).collect_view();
    view! {
        <section class="stack tight" aria-labelledby="behorigheter">
            <div class="section-head">
                <h2 id="behorigheter">"Behörigheter som har ändrats"</h2> <span class="count">{notices.len()}</span>
            </div>
            <div class="card">
                <ul class="rows">{rows}</ul>
                <Newest asked=notices.len() most=sakerhet::MOST what="ändringarna"/>
                <p class="card-text help">"Stämmer det inte? Hör av dig till den som ändrade, eller till din chef."</p>
            </div>
        </section>
    }
    .into_any()
}

fn row(id: NotisId, sentence: String, at: String) -> AnyView {
    view! {
        <li class="row">
            <div class="row-text">
                <strong>{sentence.clone()}</strong>
                <div class="row-meta">{at}</div>
            </div>
            <div class="row-actions">
                <form method="post" action=MarkNotisSeen::PATH>
                    <Hidden name="id" value=id.to_string()/>
                    <button class="button secondary small" type="submit" data-mark="" aria-label=format!("Jag har sett det: {sentence}")>
                        "Jag har sett det"
                    </button>
                </form>
            </div>
        </li>
    }
    .into_any()
}
