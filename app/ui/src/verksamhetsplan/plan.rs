//! The plan of a unit and year: what its heading says, its goals as a chain or a list, and how far it has come.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    forslag::Forslag,
    history::Entry,
    permission::{Action, Area},
    person::Actor,
    verksamhetsplan::{
        enhetsmal::bedomning::visad,
        indikator::{
            sammanfattning::{self, Aktivitetsrakning},
            tid::Utfallsperiod,
        },
        mal::{Benamning, MalId, Niva, Trad, Uppfyllelse, rakning::Rakning},
        plan::{Far, Innehall, Plan, granskning::Brist},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{Target, Tx, history, verksamhetsplan};

use super::{
    PATH,
    adress::Adress,
    api,
    flikar::{Flik, flikar, read},
    kedja,
    las_in_data::{path, workbook},
    lista, marke, steg, stjarnor, tom, utfall_data,
};
use crate::{
    components::{PageHead, YearSwitch, load, plan::UnitSwitch},
    ctx::Ctx,
    error::AppError,
    place::Place,
    upphorda::UnitNotice,
};

/// A plan as a page shows it to somebody.
pub(super) struct Sedd {
    pub plan: Plan,
    pub trad: Trad,
    /// The period whose assessments are shown.
    pub period: Utfallsperiod,
    /// How the goals were met in it; of those that were assessed.
    pub status: BTreeMap<MalId, Uppfyllelse>,
    /// How many indikatorer follow each goal, with those that are shared.
    pub matta: BTreeMap<MalId, usize>,
    /// How its indikatorer and its aktiviteter stand, in sentences; empty where there are none.
    pub mening: String,
    /// What was done with the plan as a whole.
    pub historik: Vec<Entry>,
    /// The names of the nodes that goals are of, by the code of the goal's level: none where they are several.
    pub agare: [Option<String>; 4],
    pub far: Far,
    /// Goals can be written now, by who reads this.
    pub skriver: bool,
    /// The years that the unit has plans for, with their addresses.
    pub ar: Vec<(i32, String)>,
    /// What is missing before it is decided; asked where somebody can decide it.
    pub brister: Vec<Brist>,
    /// What was decided is kept, and is given back when the change of it is given up.
    pub ger_ater: bool,
    /// What went well the year before, for a draft.
    pub stjarnor: Vec<Forslag>,
    pub adress: Adress,
    /// The day it is read.
    pub today: NaiveDate,
}

impl Sedd {
    async fn read(ctx: &Ctx, tx: &mut Tx, plan: Plan, adress: Adress) -> Result<Self, AppError> {
        let actor = ctx.actor()?;
        let asked = adress.get("period").and_then(|text| text.parse::<Utfallsperiod>().ok());
        let period =
            asked.filter(|p| p.year() == plan.year).unwrap_or_else(|| Utfallsperiod::av_planen(plan.year, ctx.today));
        let decided = verksamhetsplan::bedomning::of_plan(tx, plan.id, period.month()).await?;
        let status = decided.iter().map(|(id, beslut)| (*id, visad(Some(beslut)))).collect();
        let mut matta = BTreeMap::new();
        let utfall = utfall_data::read(tx, &actor, ctx.today, &plan, period).await?;
        let shared = verksamhetsplan::indikator::delade(tx, &plan).await?;
        for mal in utfall.indikatorer.values().chain(&shared).map(|one| one.mal) {
            *matta.entry(mal).or_default() += 1;
        }
        let aktiviteter = store::planaktivitet::list(tx, plan.node, plan.year).await?;
        let indikatorer = sammanfattning::Rakning::of(utfall.rutnat.rader.iter().map(|rad| rad.bedomning.status));
        let aktiviteter = Aktivitetsrakning::of(aktiviteter.iter().map(|one| one.status(ctx.today)));
        let mening = sammanfattning::mening("", &indikatorer, &aktiviteter);
        let historik = history::list(tx, &[plan.id.0]).await?;
        let ar = verksamhetsplan::list(tx, plan.node).await?;
        let ar = ar.into_iter().map(|one| (one.year, format!("{PATH}/{}", one.id))).collect();
        let far = api::far(&actor, plan.node);
        let brister = if far.besluta { verksamhetsplan::brister(tx, &plan).await? } else { vec![] };
        let ger_ater = verksamhetsplan::beslutat::is_kept(tx, &plan).await?;
        let skriver = far.skriva && plan.check_open(Innehall::Mal).is_ok();
        let stjarnor = if skriver { stjarnor::fore(tx, &plan).await? } else { vec![] };
        let trad = utfall.trad;
        let agare = owners(&actor, &trad, &plan);
        let today = ctx.today;
        Ok(Self {
            plan,
            trad,
            period,
            status,
            matta,
            mening,
            historik,
            agare,
            far,
            skriver,
            ar,
            brister,
            ger_ater,
            stjarnor,
            adress,
            today,
        })
    }

    /// What a level is called in this plan, of several.
    pub fn niva_namn(&self, niva: Niva) -> &'static str {
        if niva == Niva::Enhetsmal { self.plan.benamning.plural() } else { niva.label() }
    }

    /// What one goal of a level is called in this plan.
    pub fn ett_namn(&self, niva: Niva) -> &'static str {
        self.plan.benamning.niva(niva)
    }

    /// How a goal was met, where anything has been assessed in the period; before that there is nothing to mark.
    pub fn visad(&self, id: MalId) -> Option<Uppfyllelse> {
        (!self.status.is_empty()).then(|| self.status.get(&id).copied().unwrap_or_default())
    }

    /// The page of a goal, in the period that is shown.
    pub fn mal(&self, id: MalId) -> String {
        let period = self.adress.get("period").map(|period| format!("?period={period}")).unwrap_or_default();
        format!("{PATH}/{}/mal/{id}{period}", self.plan.id)
    }
}

/// Whose the goals of each level are, in a word.
fn owners(actor: &Actor, trad: &Trad, plan: &Plan) -> [Option<String>; 4] {
    Niva::ALL.map(|niva| {
        let all = trad.of_niva(niva);
        let node = all.first()?.node;
        let name = if node == plan.node { "egna" } else { actor.tree.name(node) };
        all.iter().all(|mal| mal.node == node).then(|| name.to_owned())
    })
}

/// `/verksamhetsplan`
#[component]
pub fn ListPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let mut tx = ctx.read(Target::Node(place.unit, Area::Verksamhetsplan), Action::View).await?;
        let found = verksamhetsplan::of_year(&mut tx, place.unit, place.year).await?;
        let may_edit = actor.may(place.unit, Area::Verksamhetsplan, Action::Edit);
        let content = if let Some(plan) = found {
            let adress = Adress::new(PATH.to_owned(), place.query.clone());
            let sedd = Sedd::read(&ctx, &mut tx, plan, adress).await?;
            let years = view! { <YearSwitch place=place.clone() path=PATH/> }.into_any();
            shown(&sedd, years)
        } else {
            let before = verksamhetsplan::of_year(&mut tx, place.unit, place.year - 1).await?;
            let none = tom::ingen_plan(&place, before.as_ref(), may_edit);
            let title = format!("Verksamhetsplan {}", place.year);
            let years = view! { <YearSwitch place=place.clone() path=PATH/> };
            view! {
                <PageHead title sub=place.unit_name.clone()/>
                <div class="filter-bar">{years}</div>
                <div id="plan" data-live="verksamhetsplan">{none}</div>
            }
            .into_any()
        };
        drop(tx);
        Ok(view! {
            <UnitNotice place=place.clone() path=PATH/>
            {(place.units.len() > 1).then(|| view! { <div class="filter-bar"><UnitSwitch place path=PATH/></div> })}
            {content}
        })
    })
}

/// `/verksamhetsplan/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query: Vec<(String, String)> =
        use_query_map().get_untracked().into_iter().map(|(key, value)| (key.into_owned(), value)).collect();
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, plan) = read(&ctx, &id, Action::View).await?;
        let adress = Adress::new(format!("{PATH}/{}", plan.id), query);
        let sedd = Sedd::read(&ctx, &mut tx, plan, adress).await?;
        drop(tx);
        let years = years(&sedd).into_any();
        Ok(shown(&sedd, years))
    })
}

/// The way to a page below a plan.
pub(super) fn crumbs(plan: &Plan, here: &str) -> impl IntoView + use<> {
    let (to, namn, here) = (format!("{PATH}/{}", plan.id), format!("Verksamhetsplan {}", plan.year), here.to_owned());
    view! {
        <nav class="breadcrumbs" aria-label="Du är här">
            <ol>
                <li><a href=to>{namn}</a></li>
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
}

/// The years that there are plans for, of which one is shown.
fn years(sedd: &Sedd) -> impl IntoView + use<> {
    let here = sedd.plan.year;
    let links = sedd.ar.iter().rev().map(|(year, href)| {
        view! { <a href=href.clone() aria-current=(*year == here).then_some("true")>{*year}</a> }
    });
    (sedd.ar.len() > 1).then(|| view! { <nav class="segmented" aria-label="År">{links.collect_view()}</nav> })
}

fn shown(sedd: &Sedd, years: AnyView) -> AnyView {
    let plan = &sedd.plan;
    let rakning = Rakning::under(&sedd.trad, None, &sedd.status);
    let title = heading(plan, rakning);
    let name = format!("Verksamhetsplan {}", plan.year);
    let period = sedd.period.within_year();
    let period = if sedd.period.is_vb() { "helår".to_owned() } else { period.to_lowercase() };
    let sub = format!("{name} · {} · {period}", plan.said());
    let about = if title.starts_with(&name) { String::new() } else { name };
    let som_lista = sedd.adress.get("vy") == Some("lista");
    let goals = if sedd.trad.is_empty() {
        tom::inga_mal(sedd).into_any()
    } else {
        let chain = if som_lista { lista::view(sedd).into_any() } else { kedja::view(sedd).into_any() };
        view! { {bar(sedd, rakning)} {faults(sedd)} {chain} }.into_any()
    };
    let views = (!sedd.trad.is_empty()).then(|| {
        view! {
            <nav class="segmented plan-vyer" aria-label="Visa som">
                <a href=sedd.adress.with(&[("vy", "")]) aria-current=(!som_lista).then_some("true")>"Målkedja"</a>
                <a href=sedd.adress.with(&[("vy", "lista")]) aria-current=som_lista.then_some("true")>"Lista"</a>
            </nav>
        }
    });
    let at = |rest: &str| format!("{PATH}/{}{rest}", plan.id);
    let whole = view! { <a class="button secondary" href=at("/dokument")>"Hela planen"</a> };
    let more = (sedd.skriver && !sedd.trad.is_empty()).then(|| {
        // whoever gives up is back in what they saw
        let new = at(if som_lista { "/mal/ny?fran=lista" } else { "/mal/ny" });
        view! { <a class="button" href=new>"Nytt mål"</a> }
    });
    // outcomes and aktiviteter come in when the goals are decided too
    let tables = (sedd.far.skriva && !sedd.trad.is_empty()).then(|| {
        let (las_in, excel) = (path(plan.id), workbook(plan.id));
        view! {
            <a class="button quiet" href=excel download="">"Till Excel"</a>
            <a class="button secondary" href=las_in>"Läs in en tabell"</a>
        }
    });
    view! {
        <div class="plan-huvud"><PageHead title about sub>{whole} {tables} {more}</PageHead></div>
        {flikar(plan.id, Flik::Mal)}
        <div class="filter-bar plan-val">{years} {periods(sedd)} {views}</div>
        <div class="stack" id="plan" data-live="verksamhetsplan planaktivitet serie forslag">
            {goals}
            {stjarnor::view(sedd)}
            {steg::view(sedd)}
        </div>
    }
    .into_any()
}

/// What the heading says: how many of the unit's own goals are met, else what the plan is.
fn heading(plan: &Plan, rakning: Rakning) -> String {
    if rakning.alla() == 0 || rakning.ingen == rakning.alla() {
        return format!("Verksamhetsplan {}", plan.year);
    }
    let said = rakning.said(plan.benamning);
    said.split_once(". ").map_or(said.as_str(), |(first, _)| first).trim_end_matches('.').to_owned()
}

/// The three periods that are reported.
fn periods(sedd: &Sedd) -> impl IntoView + use<> {
    let links = Utfallsperiod::rapporter(sedd.plan.year).map(|period| {
        let code = period.to_string();
        let label = if period.is_vb() { "Helår".to_owned() } else { period.within_year() };
        let here = period == sedd.period;
        view! { <a href=sedd.adress.with(&[("period", &code)]) aria-current=here.then_some("true")>{label}</a> }
    });
    view! { <nav class="segmented" aria-label="Period">{links.collect_view()}</nav> }
}

/// The marks of the unit's own goals, sorted, and what is left to assess.
fn bar(sedd: &Sedd, rakning: Rakning) -> impl IntoView + use<> {
    let own = sedd.trad.of_niva(Niva::Enhetsmal);
    let alla = rakning.alla();
    let counts = sedd.mening.clone();
    let counts = (!counts.is_empty()).then(|| view! { <p class="plan-mening">{counts}</p> });
    if alla == 0 {
        let none = rakning.said(sedd.plan.benamning);
        return view! { <div class="card plan-rad"><p><strong>{none}</strong></p> {counts}</div> }.into_any();
    }
    let nobody = rakning.ingen == alla;
    let said = rakning.said(sedd.plan.benamning);
    let rest = if nobody { said.as_str() } else { said.split_once(". ").map_or("", |(_, rest)| rest) };
    let first = own.iter().find(|mal| sedd.status.get(&mal.id).copied().unwrap_or_default() == Uppfyllelse::Ingen);
    let judge = first.filter(|_| sedd.far.skriva && rakning.ingen > 0).map(|mal| {
        let href = format!("{PATH}/{}/mal/{}?period={}", sedd.plan.id, mal.id, sedd.period);
        view! { " " <a href=href>{if rakning.ingen == 1 { "Bedöm det" } else { "Bedöm dem" }}</a> }
    });
    let marks = (!nobody).then(|| {
        let signs = rakning.marken().map(marke::av_mal);
        marke::rad(signs, marks_said(rakning, sedd.plan.benamning))
    });
    view! {
        <div class="card plan-rad">
            {marks}
            <p><strong>{rest.to_owned()}</strong> {judge}</p>
            {counts}
        </div>
    }
    .into_any()
}

/// What a row of marks says where it is not seen: `3 uppfylls helt, 4 delvis, 1 inte, 2 utan bedömning`.
pub(super) fn marks_said(rakning: Rakning, benamning: Benamning) -> String {
    let word = |n: usize, how: &str| (n > 0).then(|| format!("{n} {how}"));
    let all = [
        word(rakning.helt, "uppfylls helt"),
        word(rakning.delvis, "uppfylls delvis"),
        word(rakning.inte, "uppfylls inte"),
        word(rakning.ingen, "har ingen bedömning"),
    ];
    let all: Vec<String> = all.into_iter().flatten().collect();
    format!("{}: {}", benamning.plural(), all.join(", "))
}

/// Goals that lie where they cannot, each with where it is mended.
fn faults(sedd: &Sedd) -> impl IntoView + use<> {
    let rows: Vec<_> = sedd
        .trad
        .fel()
        .iter()
        .filter_map(|fel| {
            let mal = sedd.trad.get(fel.mal())?;
            let own = sedd.skriver && !mal.is_shared(sedd.plan.node);
            let edit = own.then(|| {
                let href = format!("{PATH}/{}/mal/{}/redigera#flytta", sedd.plan.id, mal.id);
                view! { " " <a href=href>"Flytta målet"</a> }
            });
            Some(view! { <li><strong>{mal.content.med_nr()}</strong> ": " {fel.said()} {edit}</li> })
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <div class="notice warn"><ul>{rows}</ul></div> })
}
