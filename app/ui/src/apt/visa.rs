//! Visa: the slides of a meeting, full screen, for the room; and for the one who presents, with notes, what comes next, a
//! clock and the forms of the meeting. All slides are in the page: what is shown stays when the network goes.

use std::collections::HashSet;

use domain::{
    id::AptId,
    occurrence::{Item, Status},
    permission::{Action, Area},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{
    Target,
    apt::{self, punkt},
    occurrence, person,
};

use super::{
    data,
    fot::Fot,
    panel,
    slide::{Lage, slides},
};
use crate::{
    app::ends_soon,
    components::{PageHelp, PageTitle, load},
    ctx::Ctx,
    error::AppError,
};

/// `/apt/{id}/visa?lage=presentator`
#[component]
pub fn VisaPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let presenter = use_query_map().get_untracked().get("lage").is_some_and(|l| l == "presentator");
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: AptId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Apt(id), Action::View).await?;
        let mote = apt::get(&mut tx, id).await?;
        let points = punkt::list(&mut tx, id).await?;
        let all = data::mote(&mut tx, &actor, &mote, &points, ctx.today).await?;
        let may_edit = mote.is_open() && (mote.is_edited_by(&actor));
        let (presenter, lage) = if presenter && may_edit { (true, Lage::Presentator) } else { (false, Lage::Rum) };
        let panels = if may_edit {
            let options = person::options(&mut tx, &actor.tree, mote.node).await?;
            let controls: HashSet<_> = all.iter().filter(|v| v.ticks).map(|v| v.punkt).collect();
            let (to_tick, hidden) = if controls.is_empty() {
                Default::default()
            } else {
                due(&mut tx, &actor, mote.node, ctx.today).await?
            };
            points
                .iter()
                .map(|p| {
                    let shown = controls.contains(&p.id);
                    let live = Area::codes([Area::Apt].into_iter().chain(Area::of_plans()));
                    let ticking = panel::ticking(if shown { to_tick.clone() } else { vec![] }, hidden, ctx.today);
                    view! {
                        <section class="deck-point" data-of=p.id.to_string() id=format!("panel-{}", p.id) data-live=live hidden=true>
                            <h3>{format!("{}. {}", p.nr, p.title)}</h3>
                            {panel::writing(id, p, &options)} {ticking}
                        </section>
                    }
                })
                .collect_view()
                .into_any()
        } else {
            ().into_any()
        };
        // in the panel of the one who presents, never on a slide
        let ends = ends_soon(&ctx);
        let foot = Fot::of_mote(&mut tx, &mote).await?;
        let stand = data::stand(&all, &foot);
        let title = format!("{} – Kvalitetshjulet", mote.title());
        let shown_as = if presenter { "presentator" } else { "rum" };
        let deck = slides(all, lage, &foot);
        let back = format!("/apt/{id}");
        Ok(view! {
            <PageTitle text=title/>
            <div class="deck theme-dark" id="visning" data-mode=shown_as data-key=id.to_string()>
                <h1 class="visually-hidden">{mote.title()}</h1>
                <div class="deck-slides" id="bilder" data-live=Area::codes(Area::on_slides()) data-stand=stand>{deck}</div>
                {may_edit
                    .then(|| {
                        view! {
                            <aside class="deck-panel" aria-label="Anteckna och besluta" hidden=!presenter>
                                <p class="deck-said" role="status"></p>
                                {presenter.then(|| {
                                    let (hidden, text) = (ends.is_none(), ends.clone());
                                    view! { <p class="late" role="status" data-inloggning="" hidden=hidden>{text}</p> }
                                })}
                                {panels}
                            </aside>
                        }
                    })}
                <nav class="deck-bar" aria-label="Bilder">
                    <a class="button quiet small" href=back>"Avsluta visningen"</a>
                    <button class="button quiet small" type="button" data-do="forra" aria-label="Förra bilden">"←"</button>
                    <button class="button quiet small" type="button" data-do="nasta" aria-label="Nästa bild">"→"</button>
                    <button class="button quiet small" type="button" data-do="oversikt">"Översikt " <kbd>"O"</kbd></button>
                    <button class="button quiet small" type="button" data-do="svart">"Svart " <kbd>"B"</kbd></button>
                    {may_edit.then(|| view! { <button class="button quiet small" type="button" data-do="panel">"Anteckna " <kbd>"N"</kbd></button> })}
                    <button class="button quiet small" type="button" data-do="helskarm">"Helskärm " <kbd>"F"</kbd></button>
                    <PageHelp/>
                    <output class="deck-clock" aria-label="Klockan"></output>
                </nav>
                <islands::Deck/>
            </div>
        })
    })
}

/// The most that are ticked off beside a slide: the panel is beside the talk, not a list to go through.
const TICKED_HERE: usize = 12;

/// The controls that can be ticked off here and now, and how many more there are.
async fn due(
    tx: &mut store::Tx,
    actor: &domain::person::Actor,
    node: domain::id::NodeId,
    today: chrono::NaiveDate,
) -> Result<(Vec<Item>, usize), AppError> {
    let open = occurrence::open(tx, actor, &[node], today).await?;
    let mut due: Vec<Item> = open
        .into_iter()
        .filter(|i| i.kind().of_plan && i.may_tick)
        .filter(|i| matches!(i.status(today), Status::Forsenad | Status::Pagar))
        .collect();
    due.sort_by_key(|i| (i.status(today), i.occurrence.due));
    let more = due.len().saturating_sub(TICKED_HERE);
    due.truncate(TICKED_HERE);
    Ok((due, more))
}
