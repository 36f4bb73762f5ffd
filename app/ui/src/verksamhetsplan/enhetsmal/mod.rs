//! The page of a goal: where it lies, what is written of it, what is expected and what came out, how it was met, and who has it as theirs.

use domain::{
    atgard::{
        Source,
        access::{Behind, may_add},
    },
    import::shortened,
    permission::{Action, Area},
    verksamhetsplan::{
        enhetsmal::{Agendamal, Enhetsmal},
        mal::{Mal, MalId, Trad},
        plan::{Innehall, Plan, PlanId},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{Tx, atgard, history, person, verksamhetsplan as plans};

use super::{PATH, flikar::read, utfall_data};
use crate::{
    atgard::SourceCard,
    components::{Fact, HistoryList, PageHead, load},
    ctx::Ctx,
    error::AppError,
};

pub mod api;
mod bedomning;
mod forvantat;
mod matt;
mod rad;
mod texter;
mod uppfoljning;
pub mod uppfoljning_api;
mod utfall;
mod vpgrupp;

pub use rad::{NyRadPage, RadPage};
pub use texter::TexterPage;
pub use uppfoljning::{NyUppfoljningPage, UppfoljningPage};
pub use utfall::UtfallPage;
pub use vpgrupp::{GruppPage, NyGruppPage};

/// What the address of a page under a goal names; empty where it names none.
struct Adress {
    plan: String,
    mal: String,
    rad: String,
    manad: String,
    grupp: String,
    uppfoljning: String,
}

impl Adress {
    fn current() -> Self {
        let params = use_params_map().get_untracked();
        let of = |name: &str| params.get(name).unwrap_or_default();
        Self {
            plan: of("id"),
            mal: of("mal"),
            rad: of("rad"),
            manad: of("manad"),
            grupp: of("grupp"),
            uppfoljning: of("uppfoljning"),
        }
    }
}

/// The page of a goal in a plan; what belongs to it lies under it.
fn address(plan: PlanId, mal: MalId) -> String {
    format!("{PATH}/{plan}/mal/{mal}")
}

/// A goal as a plan has it.
struct Sida {
    plan: Plan,
    trad: Trad,
    mal: Mal,
    /// Whether who reads may write in the plan.
    may_edit: bool,
}

impl Sida {
    /// Whether the goal is the plan's own, and not one of the nodes above.
    fn is_own(&self) -> bool {
        !self.mal.is_shared(self.plan.node)
    }

    /// Whether who reads may change its texts and rows now.
    fn may_write(&self) -> bool {
        self.may_edit && self.is_own() && self.plan.check_open(Innehall::Mal).is_ok()
    }

    /// Whether who reads may write what comes out of it.
    fn may_follow(&self) -> bool {
        self.may_edit && self.is_own() && self.plan.check_open(Innehall::Uppfoljning).is_ok()
    }

    fn href(&self) -> String {
        address(self.plan.id, self.mal.id)
    }

    fn titel(&self) -> String {
        self.mal.content.med_nr()
    }

    /// What its level is called in the plan.
    fn niva(&self) -> &'static str {
        self.plan.benamning.niva(self.mal.content.niva)
    }
}

/// Reads the goal that an address names, for what somebody wants to do with it.
async fn open(ctx: &Ctx, adress: &Adress, action: Action) -> Result<(Tx, Sida), AppError> {
    let id: MalId = adress.mal.parse().map_err(|_| AppError::NotFound)?;
    let actor = ctx.actor()?;
    let (mut tx, plan) = read(ctx, &adress.plan, action).await?;
    let trad = plans::mal::trad(&mut tx, plan.node, plan.year).await?;
    let mal = trad.get(id).ok_or(AppError::NotFound)?.clone();
    let may_edit = actor.may(plan.node, Area::Verksamhetsplan, Action::Edit);
    Ok((tx, Sida { plan, trad, mal, may_edit }))
}

/// The same of one that is the plan's own, to be written in.
async fn open_own(ctx: &Ctx, adress: &Adress) -> Result<(Tx, Sida), AppError> {
    let (tx, sida) = open(ctx, adress, Action::Edit).await?;
    if sida.is_own() { Ok((tx, sida)) } else { Err(AppError::NotFound) }
}

/// The way to a goal, from the plan over the goals that it lies under. `here`: what a page under it is called.
fn way(sida: &Sida, here: Option<&str>) -> impl IntoView + use<> {
    let plan = sida.plan.id;
    let link = |mal: &Mal| {
        view! { <li><a href=address(plan, mal.id)>{shortened(&mal.content.med_nr(), 60)}</a></li> }
    };
    let path = sida.trad.path(sida.mal.id);
    let above = path.iter().filter(|mal| mal.id != sida.mal.id).map(|mal| link(mal)).collect_view();
    let titel = shortened(&sida.titel(), 60);
    let last = match here {
        Some(here) => {
            let here = here.to_owned();
            view! { <li><a href=sida.href()>{titel}</a></li> <li aria-current="page">{here}</li> }.into_any()
        }
        None => view! { <li aria-current="page">{titel}</li> }.into_any(),
    };
    view! {
        <nav class="breadcrumbs" aria-label="Du är här">
            <ol>
                <li><a href=format!("{PATH}/{plan}")>{format!("Verksamhetsplan {}", sida.plan.year)}</a></li>
                {above} {last}
            </ol>
        </nav>
    }
}

/// `/verksamhetsplan/{id}/mal/{mal}`
#[component]
pub fn MalPage() -> impl IntoView {
    let adress = Adress::current();
    let asked = use_query_map().get_untracked().get("period").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let (mut tx, sida) = open(&ctx, &adress, Action::View).await?;
        let (plan, mal) = (sida.plan.id, sida.mal.id);
        let texter = plans::enhetsmal::get(&mut tx, mal).await?;
        let rader = plans::forvantat::of_mal(&mut tx, mal).await?;
        let utfall = plans::forvantat::utfall(&mut tx, mal).await?;
        let beslut = plans::bedomning::of_mal(&mut tx, plan, mal).await?;
        let alla = plans::vpgrupp::of_plan(&mut tx, &sida.plan).await?;
        let skrivet = plans::vpgrupp::rapporter(&mut tx, plan, mal).await?;
        let grupper: Vec<_> = alla.into_iter().filter(|grupp| grupp.mal.contains(&mal)).collect();
        let people = if grupper.is_empty() { vec![] } else { person::list(&mut tx).await? };
        let serier = rad::serier(&mut tx, &sida, &rader).await?;
        let things: Vec<_> = std::iter::once(mal.0).chain(grupper.iter().map(|grupp| grupp.id.0)).collect();
        let foljs = uppfoljning::read(&mut tx, &actor, &sida).await?;
        let entries = history::list(&mut tx, &things).await?;
        let period = bedomning::period(&sida.plan, &asked, ctx.today);
        let av = utfall_data::Av::Mal(mal);
        let measured = utfall_data::read_av(&mut tx, &actor, ctx.today, (&sida.plan, period), av).await?;
        let shared = plans::indikator::delade(&mut tx, &sida.plan).await?;
        let aktiviteter = store::planaktivitet::list(&mut tx, sida.plan.node, sida.plan.year).await?;
        // what is done about a goal that others share is not one unit's to read
        let source = Source::Enhetsmal(mal);
        let atgarder = if sida.is_own() { atgard::of_source(&mut tx, &actor, source).await? } else { vec![] };
        drop(tx);
        let adds = sida.is_own() && may_add(&actor, sida.plan.node, Behind::Open);
        let sections = vec![
            forvantat::section(&sida, &rader, &utfall, &serier),
            matt::indikatorer(&sida, &measured, &shared),
            matt::aktiviteter(&sida, &aktiviteter, ctx.today),
            uppfoljning::section(&sida, &foljs),
            bedomning::section(&sida, period, (&rader, &utfall), &beslut),
            vpgrupp::section(&sida, (&grupper, &skrivet), &people, actor.person),
        ];
        let sub = format!("{} · Verksamhetsplan {}, {}", sida.niva(), sida.plan.year, sida.plan.said());
        let edit = sida.may_write().then(|| {
            let (goal, texts) = (format!("{}/redigera?fran=mal", sida.href()), format!("{}/texter", sida.href()));
            view! {
                <a class="button secondary" href=goal>"Ändra målet"</a>
                <a class="button secondary" href=texts>"Ändra texterna"</a>
            }
        });
        Ok(view! {
            {way(&sida, None)}
            <PageHead title=sida.titel() sub>{edit}</PageHead>
            <div class="stack loose" id="enhetsmal" data-live="verksamhetsplan planaktivitet aktivitet atgard">
                <div class="two-col">
                    <div class="stack">
                        {about(&sida, actor.tree.name(sida.mal.node))} {texter_of(&sida, texter.as_ref())}
                    </div>
                    <aside class="stack">{facts(&sida, texter.as_ref())}</aside>
                </div>
                {sections.collect_view()}
                <SourceCard source list=atgarder today=ctx.today may_add=adds/>
                <section class="stack tight">
                    <h2>"Historik"</h2>
                    <HistoryList entries/>
                </section>
            </div>
        })
    })
}

/// What the goal means, and whose it is where it is not the plan's own.
fn about(sida: &Sida, owner: &str) -> AnyView {
    let shared = (!sida.is_own()).then(|| {
        let text = format!("Målet hör till {owner} och ändras inte här. Det kan bedömas i enhetens plan.");
        view! { <p class="notice info">{text}</p> }
    });
    let locked = (sida.may_edit && sida.is_own()).then(|| sida.plan.check_open(Innehall::Mal).err()).flatten();
    let locked = locked.map(|_| {
        let text = "Texterna och det som förväntas ändras inte nu: planen är lagd som förslag eller fastställd. Utfall och bedömning kan skrivas.";
        view! { <p class="notice info">{text}</p> }
    });
    let text = sida.mal.content.beskrivning.clone();
    let text = (!text.is_empty()).then(|| view! { <p class="prewrap">{text}</p> });
    view! { {shared} {locked} {text} }.into_any()
}

/// The texts that somebody has written; those that nobody has are left out.
fn texter_of(sida: &Sida, texter: Option<&Enhetsmal>) -> AnyView {
    let written: Vec<(&str, String)> = texter.map_or_else(Vec::new, |texter| {
        let all = texter.content.rubriker().into_iter().filter(|(_, text)| !text.is_empty());
        all.map(|(rubrik, text)| (rubrik, text.to_owned())).collect()
    });
    if written.is_empty() {
        let text = "Inget är skrivet än om hur ni arbetar med målet.";
        return sida.may_write().then(|| view! { <p class="help">{text}</p> }).into_any();
    }
    let fjol = texter.is_some_and(|texter| texter.fran_i_fjol).then(fran_i_fjol);
    let all = written.into_iter().map(|(rubrik, text)| {
        view! {
            <section class="stack tight">
                <h2>{rubrik}</h2>
                <p class="prewrap">{text}</p>
            </section>
        }
    });
    view! { {fjol.map(|mark| view! { <p>{mark}</p> })} {all.collect_view()} }.into_any()
}

/// That something is as it was last year, and that nobody has changed it.
fn fran_i_fjol() -> impl IntoView {
    view! { <span class="badge planned">"Från i fjol, inte ändrad"</span> }
}

/// What else is known of the goal.
fn facts(sida: &Sida, texter: Option<&Enhetsmal>) -> impl IntoView + use<> {
    let content = texter.map(|texter| texter.content.clone()).unwrap_or_default();
    let agenda: Vec<String> = content.agenda.iter().map(Agendamal::said).collect();
    let ekonomi = if content.ekonomi { "Målet handlar om enhetens pengar" } else { "" };
    view! {
        <section class="card">
            <div class="card-head"><h2>"Om målet"</h2></div>
            <dl class="dl card-text">
                <Fact label="Nivå" value=sida.niva().to_owned()/>
                <Fact label="Process" value=content.process/>
                <Fact label="Delgrupper" value=content.delgrupper.join("\n")/>
                <Fact label="Agenda 2030" value=agenda.join(", ")/>
                <Fact label="Ekonomi" value=ekonomi.to_owned()/>
            </dl>
        </section>
    }
}
