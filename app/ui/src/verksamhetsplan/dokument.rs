//! The whole plan as it is read, printed and sent: page, paper, Word and PDF of the same blocks.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    dokument::Dokument,
    ekonomi::uppstallning,
    id::NodeId,
    permission::Action,
    person::Actor,
    verksamhetsplan::{
        aktivitet::Planaktivitet,
        dokument::{Underlag, dokument},
        enhetsmal::{Enhetsmal, uppfoljning::Uppfoljning},
        forvantat::Rad,
        plan::{Innehall, Plan},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{
    Tx, ekonomi, logga, person, planaktivitet,
    verksamhetsplan::{self, bilaga, enhetsmal, forvantat, indikator, kapitel, mal, uppfoljning, vpgrupp},
};

use super::{PATH, flikar::read, plan::crumbs};
use crate::{
    components::{Empty, PageHead, document_blocks, document_logo, load, paper_notice},
    ctx::Ctx,
    error::AppError,
};

/// The document of a plan.
pub async fn document(tx: &mut Tx, actor: &Actor, plan: &Plan, today: NaiveDate) -> Result<Dokument, AppError> {
    let trad = mal::trad(tx, plan.node, plan.year).await?;
    let (mut texter, mut forvantat, mut uppfoljningar) = (vec![], vec![], Vec::<Uppfoljning>::new());
    let mut aktiviteter: Vec<Planaktivitet> = Vec::new();
    let nodes: BTreeSet<NodeId> = trad.walk().into_iter().map(|post| post.mal.node).collect();
    for node in nodes {
        // what stands under a goal that is shared is written in the plan of who has set it
        let of =
            if node == plan.node { Some(plan.clone()) } else { verksamhetsplan::of_year(tx, node, plan.year).await? };
        let Some(of) = of else { continue };
        let (own, rows): (Vec<Enhetsmal>, Vec<Rad>) =
            (enhetsmal::of_plan(tx, of.id).await?, forvantat::of_plan(tx, of.id).await?);
        texter.extend(own);
        forvantat.extend(rows);
        uppfoljningar.extend(uppfoljning::of_plan(tx, of.id).await?);
        if node != plan.node {
            // what those above do for a goal that is shared; what they do beside it is not of this plan
            let all = planaktivitet::list(tx, node, plan.year).await?;
            aktiviteter
                .extend(all.into_iter().filter(|one| one.content.mal.is_some_and(|mal| trad.get(mal).is_some())));
        }
    }
    let namn = if uppfoljningar.is_empty() { vec![] } else { person::options(tx, &actor.tree, plan.node).await? };
    let grupper = vpgrupp::of_plan(tx, plan).await?;
    let shared = indikator::delade(tx, plan).await?;
    let own = indikator::list(tx, plan.id).await?;
    let indikatorer: Vec<_> = shared.into_iter().chain(own).map(|one| (one.mal, one.indikator.content)).collect();
    aktiviteter.extend(planaktivitet::list(tx, plan.node, plan.year).await?);
    let kapitel = kapitel::list(tx, plan.id).await?;
    let bilagor = bilaga::list(tx, plan.id).await?;
    let budget = ekonomi::rakning(tx, plan).await?.map(|found| uppstallning::budget(&found.konto()));
    let logga = logga::of(tx, plan.node).await?;
    let document = dokument(&Underlag {
        plan,
        unit: actor.tree.name(plan.node),
        trad: &trad,
        kapitel: &kapitel,
        texter: &texter,
        forvantat: &forvantat,
        uppfoljningar: &uppfoljningar,
        grupper: &grupper,
        namn: &namn,
        indikatorer: &indikatorer,
        aktiviteter: &aktiviteter,
        budget: budget.as_ref(),
        bilagor: &bilagor,
        today,
    });
    Ok(document.logga(logga))
}

/// `/verksamhetsplan/{id}/dokument`
#[component]
pub fn DokumentPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let (mut tx, plan) = read(&ctx, &id, Action::View).await?;
        let document = document(&mut tx, &actor, &plan, ctx.today).await?;
        drop(tx);
        let until = plan.check_open(Innehall::Kapitel).is_ok().then_some("planen fastställs");
        let notice = paper_notice(&document, until);
        let (title, sub) = (document.title.clone(), document.sub());
        let at = format!("{PATH}/{}", plan.id);
        let logo = document_logo(&document, plan.node);
        let blocks = if document.blocks.is_empty() {
            let text = "Hela planen står här när ett mål eller ett kapitel är skrivet.";
            view! { <Empty title="Inget är skrivet i planen än" text/> }.into_any()
        } else {
            document_blocks(document)
        };
        Ok(view! {
            {logo}
            <div class="no-print">{crumbs(&plan, "Hela planen")}</div>
            <PageHead title sub>
                <a class="button secondary" href=format!("{at}/plan.docx") download="">"Till Word"</a>
                <a class="button secondary" href=format!("{at}/plan.pdf") download="">"Till PDF"</a>
                <button class="button secondary" type="button" data-print="">"Skriv ut"</button>
            </PageHead>
            <p class="help no-print">"Word-filen är en kopia att skriva vidare i. Det som ändras i den läses inte in här igen."</p>
            {notice}
            <article class="document stack" id="planen" data-live="verksamhetsplan planaktivitet">{blocks}</article>
        })
    })
}
