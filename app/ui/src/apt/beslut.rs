//! Beslut: what was decided at meetings, found by any of its words.

use domain::{
    format,
    permission::{Action, Area},
};
use leptos::prelude::*;
use store::{Target, apt::protokoll};

use crate::{
    components::{
        Empty, Newest, PageHead, load,
        plan::{Search, UnitSwitch, found},
    },
    ctx::Ctx,
    place::Place,
};

const PATH: &str = "/apt/beslut";

/// `/apt/beslut?q=…`
#[component]
pub fn BeslutPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let mut tx = ctx.read(Target::Node(place.unit, Area::Apt), Action::View).await?;
        let (all, asked) = protokoll::list_beslut(&mut tx, &actor, place.unit).await?;
        let count = all.len();
        let sok = place.get("q").map(str::to_owned);
        let shown: Vec<_> = all.into_iter().filter(|b| found(sok.as_deref(), &[&b.text, &b.punkt])).collect();
        let content = if shown.is_empty() {
            let (title, text) = if count == 0 {
                ("Inga beslut än", "Beslut antecknas på mötet, bredvid bilden som visas, och finns sedan kvar här.")
            } else {
                ("Inget beslut har de orden", "Pröva ett annat ord, eller töm sökrutan för att se alla beslut.")
            };
            let whole = (count > 0)
                .then(|| view! { <p><a class="button secondary" href=place.with(PATH, &[("q", "")])>"Visa alla beslut"</a></p> });
            view! { <Empty title text>{whole}</Empty> }.into_any()
        } else {
            let rows = shown
                .into_iter()
                .map(|b| {
                    view! {
                        <li class="row">
                            <div class="row-text">
                                <p class="prewrap">{b.text}</p>
                                <p class="row-meta">
                                    <a href=format!("/apt/{}/protokoll", b.mote)>{format!("{} {}", b.kind.label(), format::date(b.on))}</a>
                                    {format!(" · {}", b.punkt)}
                                </p>
                            </div>
                        </li>
                    }
                })
                .collect_view();
            view! { <div class="card"><ul class="rows">{rows}</ul></div> }.into_any()
        };
        let sub = format!("{} · {} beslut", place.unit_name, format::int(i64::try_from(count).unwrap_or(0)));
        Ok(view! {
            <PageHead title="Beslut" sub><a class="button secondary" href="/apt">"Till möten"</a></PageHead>
            <div class="filter-bar">
                {(place.units.len() > 1).then(|| view! { <UnitSwitch place=place.clone() path=PATH/> })}
                <Search place=place.clone() path=PATH what="Sök beslut"/>
            </div>
            {content}
            // what is not listed is not searched either
            <Newest asked most=protokoll::MOST what="besluten"/>
        })
    })
}
