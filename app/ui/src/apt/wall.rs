//! Wall: what a screen on the wall shows. Opened by a token alone, it shows published aggregates and nothing that says who.

use std::sync::{Arc, LazyLock};

use chrono::{Days, NaiveDate};
use domain::{
    apt::{Slag, skarm::minutes},
    id::{NodeId, PersonId, PunktId},
    organisation::Tree,
    permission::{Area, Grants},
    person::Actor,
    random,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{Kept, Part, Tx, organisation};
use uuid::Uuid;

use super::{
    data::{self, Kalla, Om, Ram},
    fot::Fot,
    slide::{Lage, slides},
};
use crate::{
    components::{PageTitle, load},
    ctx::Ctx,
    error::AppError,
};

/// What is done is told for so long.
const RECENT: Days = Days::new(30);

/// Stands for the address of the screen in what is drawn for all of them: nobody can write it in a text.
static SCREEN: LazyLock<String> = LazyLock::new(|| format!("/skarm/{}", random::hex::<16>()));

/// What the slides of a wall depend on but for what the database holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Shown {
    node: NodeId,
    slides: Vec<Slag>,
    today: NaiveDate,
}

/// Slides as HTML. Many screens ask at the same moment, each time something changes.
struct Drawn {
    unit: String,
    slides: String,
    stand: String,
}

/// The slides drawn for the database as it is.
static SHOWN: LazyLock<Kept<Shown, Drawn>> = LazyLock::new(|| Kept::new(4 * 1024 * 1024));

async fn draw(tx: &mut Tx, shown: &Shown) -> Result<Drawn, AppError> {
    let nobody = nobody();
    let om = Om { node: shown.node, since: shown.today - RECENT, today: shown.today };
    let unit = organisation::tree(tx).await?.name(shown.node).to_owned();
    let enkat = latest(tx, shown.node).await?;
    let mut kalla = Kalla::new(tx, &nobody, om, true);
    let mut all = Vec::new();
    for slag in &shown.slides {
        let ram = Ram {
            id: format!("bild-{}", slag.code()),
            punkt: PunktId(Uuid::nil()),
            minuter: None,
            stod: String::new(),
            ticks: false,
        };
        all.extend(kalla.las(*slag, enkat, "").await?.visade(&ram));
    }
    let foot = Fot::of_unit(tx, shown.node, &unit, &SCREEN).await?;
    let stand = data::stand(&all, &foot);
    Ok(Drawn { slides: slides(all, Lage::Vagg, &foot).to_html(), unit, stand })
}

/// `/skarm/{token}`
#[component]
pub fn SkarmPage() -> impl IntoView {
    let token = use_params_map().get_untracked().get("token").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let Some((mut tx, found)) = ctx.screen(&token).await? else {
            return Ok(gone());
        };
        let snapshot = tx.snapshot().await?;
        let key = Shown { node: found.node, slides: found.slides.clone(), today: ctx.today };
        let shown = if let Some(shown) = SHOWN.get(snapshot.as_ref(), &key) {
            shown
        } else {
            let drawn = Arc::new(draw(&mut tx, &key).await?);
            SHOWN.set(snapshot.as_ref(), key, drawn.slides.len(), vec![Part::Anything], &drawn);
            drawn
        };
        drop(tx);
        let address = format!("/skarm/{token}");
        let stream = format!("{address}/handelser");
        let drawn = shown.slides.replace(SCREEN.as_str(), &address);
        let (from, to) = (minutes(found.dim.0), minutes(found.dim.1));
        Ok(view! {
            <PageTitle text=format!("{} – Kvalitetshjulet", shown.unit)/>
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
                <h1 class="visually-hidden">{shown.unit.clone()}</h1>
                <div class="deck-slides" id="bilder" data-live=Area::codes(Area::on_slides()) data-stand=shown.stand.clone() inner_html=drawn></div>
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
        <PageTitle text="Skärmen är avstängd – Kvalitetshjulet"/>
        <div class="deck theme-dark" data-mode="avstangd">
            <div class="deck-gone">
                <h1>"Skärmen är avstängd"</h1>
                <p>"Be den som sköter skärmen om en ny adress, eller om en kod."</p>
                <p><a href=super::tv::TV>"Skriv en kod"</a></p>
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
        tree: Tree::new(vec![]).into(),
        epoch: 0,
    }
}

async fn latest(tx: &mut Tx, node: NodeId) -> Result<Option<domain::id::EnkatId>, AppError> {
    let all = store::enkat::list(tx, node).await?;
    let shown = all.into_iter().filter(|e| e.state != domain::enkat::State::Utkast);
    Ok(shown.max_by_key(|e| e.id.0).map(|e| e.id))
}
