//! Wall: what a screen on the wall shows. Opened by a token alone, it shows published aggregates and nothing that says who.

use chrono::{Days, Utc};
use domain::{
    apt::skarm::minutes,
    id::{PersonId, PunktId},
    organisation::Tree,
    permission::Grants,
    person::Actor,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use store::{apt::skarm, organisation};
use uuid::Uuid;

use super::{
    data::{self, Kalla, Om, Visad},
    slide::{Lage, slides},
    visa::LIVE,
};
use crate::{components::load, ctx::Ctx, error::AppError, islands};

/// What is done is told for so long.
const RECENT: Days = Days::new(30);

/// `/skarm/{token}`
#[component]
pub fn SkarmPage() -> impl IntoView {
    let token = use_params_map().get_untracked().get("token").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, found) = match ctx.store.screen(&(ctx.tokens.hash)(&token)).await {
            Ok(open) => open,
            Err(store::Error::NotFound) => return Ok(gone()),
            Err(error) => return Err(error.into()),
        };
        let nobody = nobody();
        let om = Om { node: found.node, since: ctx.today - RECENT, today: ctx.today };
        let tree = organisation::tree(&mut tx).await?;
        let unit = tree.name(found.node).to_owned();
        let enkat = latest(&mut tx, found.node).await?;
        let mut kalla = Kalla::new(&mut tx, &nobody, om, true);
        let mut all = Vec::new();
        for slag in &found.slides {
            let (innehall, rubrik, kicker) = kalla.las(*slag, enkat, "").await?;
            all.push(Visad {
                id: format!("bild-{}", slag.code()),
                punkt: PunktId(Uuid::nil()),
                kicker,
                rubrik,
                innehall,
                fraga: String::new(),
                minuter: None,
                stod: String::new(),
            });
        }
        drop(tx);
        seen(&ctx, &found).await?;
        let stand = data::stand(&all);
        let deck = slides(all, Lage::Vagg, &unit);
        let stream = format!("/skarm/{token}/handelser");
        let (from, to) = (minutes(found.dim.0), minutes(found.dim.1));
        Ok(view! {
            <Title text=format!("{unit} – Kvalitetshjulet")/>
            <div
                class="deck theme-dark"
                id="visning"
                data-mode="vagg"
                data-key=found.id.to_string()
                data-seconds=found.seconds
                data-dim-from=from
                data-dim-to=to
                data-stream=stream
            >
                <h1 class="visually-hidden">{unit.clone()}</h1>
                <div class="deck-slides" id="bilder" data-live=LIVE data-stand=stand>{deck}</div>
                <islands::Deck/>
                <islands::Live/>
            </div>
        }
        .into_any())
    })
}

/// What a screen shows whose address opens nothing any more.
fn gone() -> AnyView {
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::GONE);
    }
    view! {
        <Title text="Skärmen är avstängd – Kvalitetshjulet"/>
        <div class="deck theme-dark" data-mode="avstangd">
            <div class="deck-gone">
                <h1>"Skärmen är avstängd"</h1>
                <p>"Be den som sköter skärmen om en ny adress."</p>
            </div>
        </div>
    }
    .into_any()
}

/// Who reads for a wall: nobody, with no roles. What it sees is what the slides leave after that.
fn nobody() -> Actor {
    Actor {
        person: PersonId(Uuid::nil()),
        name: String::new(),
        grants: Grants::default(),
        groups: vec![],
        tree: Tree::new(vec![]),
    }
}

async fn latest(tx: &mut store::Tx, node: domain::id::NodeId) -> Result<Option<domain::id::EnkatId>, AppError> {
    let all = store::enkat::list(tx, node).await?;
    let shown = all.into_iter().filter(|e| e.state != domain::enkat::State::Utkast);
    Ok(shown.max_by_key(|e| e.id.0).map(|e| e.id))
}

/// Notes that the screen is there; not every time, so that many screens do not keep the database writing.
async fn seen(ctx: &Ctx, found: &domain::apt::skarm::Skarm) -> Result<(), AppError> {
    let recently = |at: chrono::DateTime<Utc>| (ctx.now - at).num_minutes().abs() < 2;
    if found.seen.is_some_and(recently) {
        return Ok(());
    }
    let mut tx = ctx.store.system(true).await?;
    skarm::seen(&mut tx, ctx.now, found.id).await?;
    Ok(tx.commit().await?)
}
