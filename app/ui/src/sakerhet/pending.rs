//! What waits for a second administrator, with a button to confirm and one to decline.

use domain::sakerhet::{Begaran, Bekraftelse};
use leptos::{either::Either, prelude::*, server_fn::ServerFn};
use store::{Target, sakerhet::bekraftelse};

use super::api::{DecideBekraftelse, RemoveBekraftelse};
use crate::{
    components::{ErrorSummary, FormState, Hidden},
    ctx::Ctx,
    error::AppError,
    moment::stamp,
};

/// The rows; nothing when nothing waits.
#[component]
pub fn Vantande() -> impl IntoView {
    let rows = Suspend::new(async move {
        match read().await {
            Ok(rows) if !rows.is_empty() => Either::Left(list(rows)),
            // the rest of the page is there all the same
            Ok(_) | Err(_) => Either::Right(()),
        }
    });
    view! { <Suspense>{rows}</Suspense> }
}

/// What is asked for in words, who asked when, and whether it was the one who looks.
type Rad = (Bekraftelse, String, bool);

async fn read() -> Result<Vec<Rad>, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.read(Target::Installation, domain::permission::Action::Edit).await?;
    let all = bekraftelse::list(&mut tx).await?;
    Ok(all
        .into_iter()
        .map(|b| {
            let words = match b.what {
                Begaran::Roll(_, role, node) => {
                    format!("{} får rollen {}, {}", b.person, role.label(), actor.tree.name(node))
                }
                Begaran::Av => "Det ska inte längre behövas två administratörer".to_owned(),
            };
            let own = b.asked_by == actor.person;
            (b, words, own)
        })
        .collect())
}

fn list(rows: Vec<Rad>) -> AnyView {
    let count = rows.len();
    let refused = FormState::of(DecideBekraftelse::PATH, None);
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <section class="stack tight" aria-labelledby="bekrafta">
            <div class="section-head"><h2 id="bekrafta">"Väntar på en andra administratör"</h2> <span class="count">{count}</span></div>
            <div class="card">
                <ErrorSummary state=refused/>
                <ul class="rows">{rows}</ul>
            </div>
        </section>
    }
    .into_any()
}

fn row((b, words, own): Rad) -> AnyView {
    let id = b.id.to_string();
    let meta = format!("{} bad om det {}", b.asked_by_name, stamp(b.at));
    let confirm = (!own).then(|| {
        let (id, label) = (id.clone(), format!("Bekräfta: {words}"));
        view! {
            <form method="post" action=DecideBekraftelse::PATH>
                <Hidden name="id" value=id/>
                <button class="button small" type="submit" aria-label=label>"Bekräfta"</button>
            </form>
        }
    });
    let word = if own { "Ta tillbaka" } else { "Avslå" };
    let label = format!("{word}: {words}");
    view! {
        <li class="row">
            <div class="row-text">
                <div class="row-title">{words}</div>
                <div class="row-meta">{meta}</div>
            </div>
            <div class="row-actions">
                {confirm}
                <form method="post" action=RemoveBekraftelse::PATH>
                    <Hidden name="id" value=id/>
                    <button class="button secondary small" type="submit" aria-label=label>{word}</button>
                </form>
            </div>
        </li>
    }
    .into_any()
}
