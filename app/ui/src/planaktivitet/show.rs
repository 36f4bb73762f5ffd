//! `/planaktiviteter/{id}`: what is done, when, how far it has come, and what has been said of it.

use domain::{
    atgard::{
        Source,
        access::{Behind, may_add},
    },
    format,
    permission::{Action, Area},
    verksamhetsplan::aktivitet::{Lage, LageForm, Planaktivitet, PlanaktivitetId, Satt},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{Target, atgard, history, person, planaktivitet, verksamhetsplan};

use super::{
    PATH,
    api::{RemovePlanaktivitet, UpdatePlanaktivitetLage, follows},
    form::crumbs,
};
use crate::{
    atgard::SourceCard,
    components::{ErrorSummary, Fact, FormState, Hidden, HistoryList, PageHead, SelectField, TextArea, load},
    ctx::Ctx,
    error::AppError,
    verksamhetsplan::{PATH as PLANER, marke::marke},
};

/// `/planaktiviteter/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: PlanaktivitetId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Thing(Area::Planaktivitet, id.0), Action::View).await?;
        let one = planaktivitet::get(&mut tx, id).await?;
        let plan = planaktivitet::plan_of(&mut tx, id).await?;
        let trad = verksamhetsplan::mal::trad(&mut tx, plan.node, plan.year).await?;
        let options = person::options(&mut tx, &actor.tree, one.node).await?;
        let entries = history::list(&mut tx, &[id.0]).await?;
        let source = Source::Aktivitet(id);
        let atgarder = atgard::of_source(&mut tx, &actor, source).await?;
        drop(tx);
        let adds = may_add(&actor, one.node, Behind::Open);
        let may_edit = actor.may(one.node, Area::Planaktivitet, Action::Edit);
        let follows = follows(&actor, &one);
        let content = &one.content;
        // whoever may not read the plan still reads what it is for
        let reads = actor.may(plan.node, Area::Verksamhetsplan, Action::View);
        let goal = content.mal.and_then(|id| Some((id, trad.get(id)?.content.med_nr()))).map(|(id, name)| {
            let at = format!("{}/{}/mal/{id}", PLANER, plan.id);
            let name = if reads { view! { <a href=at>{name}</a> }.into_any() } else { name.into_any() };
            view! { <dt>"Mål"</dt> <dd>{name}</dd> }
        });
        let code = content.responsible.code();
        let who = options.iter().find(|(of, _)| *of == code).map(|(_, label)| label.clone());
        let who = who.unwrap_or_else(|| content.responsible.told());
        let date = |day: Option<chrono::NaiveDate>| day.map(format::date).unwrap_or_default();
        let years = content.years().map(|(first, last)| match last {
            Some(last) if last == first => format!("{first}"),
            Some(last) => format!("{first}–{last}"),
            None => format!("{first} och framåt"),
        });
        let status = one.status(ctx.today);
        let beside = [content.utanfor(one.year), content.hjalp()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        Ok(view! {
            {crumbs(&plan, &content.text)}
            <PageHead title=content.text.clone() sub=format!("Aktivitet · verksamhetsplan {}", one.year)>
                {may_edit.then(|| view! { <a class="button secondary" href=format!("{PATH}/{id}/redigera")>"Ändra"</a> })}
            </PageHead>
            {(!beside.is_empty()).then(|| view! { <p class="notice info">{beside}</p> })}
            <div class="two-col">
                <div class="stack loose" id="planaktivitet" data-live="planaktivitet atgard">
                    <section class="card">
                        <div class="card-head"><h2>"Hur långt har den kommit?"</h2></div>
                        <div class="card-text stack tight">
                            <p>{marke(status.mark(), status.label())}</p>
                            <dl class="dl">
                                <Fact label="Varför" value=one.lage.skal.clone()/>
                                <Fact label="Avvikelse" value=one.lage.avvikelse.clone()/>
                                <Fact label="Analys" value=one.lage.analys.clone()/>
                            </dl>
                            {follows.then(|| lage(&one))}
                        </div>
                    </section>
                    <SourceCard source list=atgarder today=ctx.today may_add=adds/>
                    <section class="stack">
                        <h2>"Historik"</h2>
                        <HistoryList entries/>
                    </section>
                </div>
                <aside class="stack">
                    <section class="card">
                        <div class="card-head"><h2>"Om aktiviteten"</h2></div>
                        <dl class="dl card-text">
                            {goal}
                            <Fact label="Startdatum" value=date(content.start)/>
                            <Fact label="Slutdatum" value=date(content.slut)/>
                            <Fact label="På årshjulet" value=years.unwrap_or_default()/>
                            <Fact label="Ansvarig" value=who/>
                            <Fact label="Beslutad av" value=content.agare.label().to_owned()/>
                        </dl>
                    </section>
                    {may_edit.then(|| remove(&one))}
                </aside>
            </div>
        })
    })
}

/// The form of how far it has come.
fn lage(one: &Planaktivitet) -> impl IntoView + use<> {
    let (id, version) = (one.id.to_string(), one.version.to_string());
    let state = FormState::nested(UpdatePlanaktivitetLage::PATH, Some(("id", &id)));
    let now = LageForm {
        satt: one.lage.satt.code().to_owned(),
        skal: one.lage.skal.clone(),
        avvikelse: one.lage.avvikelse.clone(),
        analys: one.lage.analys.clone(),
    };
    let choices: Vec<(String, String)> =
        Satt::ALL.into_iter().map(|satt| (satt.code().to_owned(), satt.label().to_owned())).collect();
    view! {
        <details class="disclosure" open=state.is_back()>
            <summary>"Följ upp"</summary>
            <form class="form" method="post" action=UpdatePlanaktivitetLage::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="version" value=version/>
                <SelectField state=state.clone() name="satt" label="Läge" options=choices value=now.satt/>
                <TextArea state=state.clone() name="skal" label="Varför har den utgått?" value=now.skal rows=2 conditional=true
                    help="Bara för den som har utgått."/>
                <TextArea state=state.clone() name="avvikelse" label="Avvikelse" value=now.avvikelse rows=2
                    help="Vad blev annorlunda än det var tänkt?"/>
                <TextArea state=state.clone() name="analys" label="Analys" value=now.analys rows=3
                    help="Står i rapporten. Skriv aldrig namn eller personnummer."/>
                <div class="form-actions"><button class="button">"Spara"</button></div>
            </form>
        </details>
    }
}

/// Taking it away, as long as nobody has followed it: then it is given up instead. Whoever was too late still reads why.
fn remove(one: &Planaktivitet) -> impl IntoView + use<> {
    let (id, version) = (one.id.to_string(), one.version.to_string());
    let state = FormState::of(RemovePlanaktivitet::PATH, Some(("id", &id)));
    (one.lage == Lage::default() || state.is_back()).then(|| {
        view! {
            <details class="disclosure" open=state.is_back()>
                <summary>"Ta bort"</summary>
                <form class="form" method="post" action=RemovePlanaktivitet::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="id" value=id/>
                    <Hidden name="version" value=version/>
                    <TextArea state=state.clone() name="reason" label="Varför tas den bort?" required=true/>
                    <div class="form-actions"><button class="button">"Ta bort aktiviteten"</button></div>
                </form>
            </details>
        }
    })
}
