//! The remiss of a plan: until when, what is thought of each chapter and goal and what was answered, and the forms of both.

use chrono::NaiveDate;
use domain::{
    apt::finding::in_words,
    format,
    permission::{Action, Area},
    verksamhetsplan::{
        mal::Trad,
        plan::{
            Plan, State,
            kapitel::Kapitel,
            remiss::{Om, SynpunktId},
        },
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::verksamhetsplan::{
    kapitel, mal,
    remiss::{self, Sagd},
};

use super::{
    PATH,
    flikar::read,
    plan::crumbs,
    remiss_api::{CreatePlansynpunkt, SetPlanRemiss, UpdatePlansynpunktSvar},
};
use crate::{
    components::{DateField, Empty, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, load},
    ctx::Ctx,
};

/// A part of the plan: its code and what it is called.
type Del = (Om, String);

/// Every part of a plan that something can be said of, in the order in which it is read.
fn delar(kapitel: &[Kapitel], trad: &Trad) -> Vec<Del> {
    let side = |efter_malen: bool| {
        let all = kapitel.iter().filter(move |one| one.content.efter_malen == efter_malen);
        all.map(|one| (Om::Kapitel(one.id), one.content.rubrik.clone()))
    };
    let goals = trad.walk().into_iter().map(|post| (Om::Mal(post.mal.id), post.mal.content.med_nr()));
    side(false).chain(goals).chain(side(true)).collect()
}

/// Where a part of the plan is read.
fn href(plan: &Plan, om: Om) -> String {
    match om {
        Om::Kapitel(id) => format!("{PATH}/{}/kapitel#kapitel-{id}", plan.id),
        Om::Mal(id) => format!("{PATH}/{}/mal/{id}", plan.id),
    }
}

/// `/verksamhetsplan/{id}/remiss`
#[component]
pub fn RemissPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let om = use_query_map().get_untracked().get("om").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let (mut tx, plan) = read(&ctx, &id, Action::View).await?;
        let all = remiss::sagda(&mut tx, plan.id).await?;
        let kapitel = kapitel::list(&mut tx, plan.id).await?;
        let trad = mal::trad(&mut tx, plan.node, plan.year).await?;
        drop(tx);
        let may = |action| actor.may(plan.node, Area::Verksamhetsplan, action);
        let (answers, says) = (may(Action::Edit), may(Action::TickOwn));
        let delar = delar(&kapitel, &trad);
        let open = plan.pa_remiss(ctx.today).is_some();
        let back = FormState::of(CreatePlansynpunkt::PATH, None).is_back();
        // what somebody had written when the last day had passed stays to read
        let say = (says && ((open && !delar.is_empty()) || back)).then(|| say_form(&plan, &delar, om));
        let ask = answers.then(|| ask_form(&plan, ctx.today));
        let said = plan.remiss.map_or_else(
            || "Planen har inte varit på remiss.".to_owned(),
            |remiss| format!("{}.", remiss.said(ctx.today)),
        );
        let list = if all.is_empty() {
            let text = if open {
                "Ingen har sagt något än."
            } else {
                "Här står det som sägs när planen är på remiss."
            };
            view! { <Empty title="Inga synpunkter" text/> }.into_any()
        } else {
            parts(&plan, &delar, &all, answers).into_any()
        };
        Ok(view! {
            {crumbs(&plan, "Remiss")}
            <PageHead title="Remiss" sub=format!("Verksamhetsplan {} · {}", plan.year, plan.said()) about=format!("Verksamhetsplan {}", plan.year)>
                <a class="button secondary" href=format!("{PATH}/{}/dokument", plan.id)>"Läs hela planen"</a>
            </PageHead>
            <div class="stack loose">
                <p>{said} " " {counted(&all)}</p>
                {say}
                <div class="stack loose" id="remiss" data-live="verksamhetsplan">{list}</div>
                {ask}
            </div>
        })
    })
}

/// How many have been said, and how many of them wait.
fn counted(all: &[Sagd]) -> Option<String> {
    let waits = all.iter().filter(|one| one.synpunkt.svar.is_none()).count();
    let word = |n: usize| if n == 1 { "synpunkt" } else { "synpunkter" };
    let n = all.len();
    match (n, waits) {
        (0, _) => None,
        (n, 0) => Some(format!("{} {} och alla har svar.", format::capitalised(&in_words(n, false)), word(n))),
        (n, waits) => {
            let (all, waits) = (format::capitalised(&in_words(n, false)), in_words(waits, false));
            Some(format!("{all} {}, {waits} utan svar.", word(n)))
        }
    }
}

/// What was said, under the part that it is about; what is about a part that is gone stands last.
fn parts(plan: &Plan, delar: &[Del], all: &[Sagd], answers: bool) -> impl IntoView + use<> {
    let of = |om: Om| all.iter().filter(move |one| one.synpunkt.om == om).collect::<Vec<_>>();
    let mut out: Vec<AnyView> = Vec::new();
    for (om, name) in delar {
        let here = of(*om);
        if here.is_empty() {
            continue;
        }
        let (href, name) = (href(plan, *om), name.clone());
        let rows = here.into_iter().map(|one| row(plan, one, answers)).collect_view();
        out.push(
            view! { <section class="stack"><h2><a href=href>{name}</a></h2> <ul class="stack remiss-lista">{rows}</ul></section> }
                .into_any(),
        );
    }
    let is_there = |om: Om| delar.iter().any(|(there, _)| *there == om);
    let gone: Vec<_> = all.iter().filter(|one| !is_there(one.synpunkt.om)).map(|one| row(plan, one, answers)).collect();
    if !gone.is_empty() {
        out.push(
            view! {
                <section class="stack">
                    <h2>"Om delar som är borttagna"</h2>
                    <ul class="stack remiss-lista">{gone}</ul>
                </section>
            }
            .into_any(),
        );
    }
    out
}

fn row(plan: &Plan, one: &Sagd, answers: bool) -> AnyView {
    let synpunkt = &one.synpunkt;
    let head = format!("{} · {}", one.who, format::date(synpunkt.on));
    let answered = synpunkt.svar.as_ref().map(|svar| {
        let by = format!("{} · {}", one.svarade, format::date(svar.on));
        view! { <p class="prewrap"><strong>"Svar: "</strong> {svar.said()} " " <span class="muted">{by}</span></p> }
    });
    let waits = synpunkt.svar.is_none().then(|| view! { <p><span class="badge">"Inget svar än"</span></p> });
    view! {
        <li class="card" id=format!("synpunkt-{}", synpunkt.id)>
            <div class="card-body stack tight">
                <p class="muted">{head}</p>
                <p class="prewrap">{synpunkt.text.clone()}</p>
                {answered}
                {waits}
                {answers.then(|| answer_form(plan, one))}
            </div>
        </li>
    }
    .into_any()
}

fn answer_form(plan: &Plan, one: &Sagd) -> impl IntoView + use<> {
    let synpunkt = &one.synpunkt;
    let id = synpunkt.id.to_string();
    let state = FormState::nested(UpdatePlansynpunktSvar::PATH, Some(("id", &id)));
    let s = || state.clone();
    let options = [("", "Välj"), ("ja", "Ändrat"), ("nej", "Ändras inte")];
    let options = options.map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec();
    let stored = synpunkt.svar.as_ref();
    let andrat = stored.map_or("", |svar| if svar.andrat { "ja" } else { "nej" });
    let varfor = stored.map(|svar| svar.varfor.clone()).unwrap_or_default();
    let word = if stored.is_some() { "Ändra svaret" } else { "Svara" };
    let label = format!("{word}: {}", domain::import::shortened(&synpunkt.text, 40));
    let open = state.is_back();
    view! {
        <details class="disclosure no-print" open=open>
            <summary aria-label=label>{word}</summary>
            <form class="form" method="post" action=UpdatePlansynpunktSvar::PATH>
                <ErrorSummary state=s()/>
                <Hidden name="id" value=id.clone()/>
                <Hidden name="plan" value=plan.id.to_string()/>
                <Hidden name="version" value=synpunkt.version.to_string()/>
                <SelectField state=s() name="andrat" label="Har planen ändrats?" options value=andrat required=true/>
                <TextArea state=s() name="varfor" label="Varför, eller vad" value=varfor rows=2 conditional=true
                    help="Behövs när planen inte ändras, så att den som skrev får veta."/>
                <div class="form-actions"><button class="button">"Spara svaret"</button></div>
            </form>
        </details>
    }
}

fn say_form(plan: &Plan, delar: &[Del], om: String) -> impl IntoView + use<> {
    let state = FormState::of(CreatePlansynpunkt::PATH, None);
    let id = state.new_id(|| SynpunktId::new().to_string());
    let s = || state.clone();
    let none = [(String::new(), "Välj".to_owned())];
    let options: Vec<(String, String)> =
        none.into_iter().chain(delar.iter().map(|(om, name)| (om.code(), name.clone()))).collect();
    view! {
        <section class="card no-print" id="tyck">
            <div class="card-head"><h2>"Vad tycker du?"</h2></div>
            <form class="form card-body" method="post" action=CreatePlansynpunkt::PATH>
                <ErrorSummary state=s()/>
                <Hidden name="id" value=id/>
                <Hidden name="plan" value=plan.id.to_string()/>
                <SelectField state=s() name="om" label="Vad gäller det?" options value=om required=true/>
                <TextArea state=s() name="text" label="Din synpunkt" required=true rows=4
                    help="Ditt namn står vid det du skriver. Skriv aldrig namn eller personnummer på andra."/>
                <div class="form-actions"><button class="button">"Lämna synpunkten"</button></div>
            </form>
        </section>
    }
}

/// The form that asks the unit, or moves the last day; none while the plan is not written in.
fn ask_form(plan: &Plan, today: NaiveDate) -> impl IntoView + use<> {
    let state = FormState::nested(SetPlanRemiss::PATH, None);
    let is_written = plan.state == State::Utkast || plan.revision.is_some();
    // one that has closed is not made longer: the unit is asked anew
    let asked = plan.pa_remiss(today);
    let word = match (asked, plan.remiss) {
        (Some(_), _) => "Ändra sista dagen",
        (None, Some(_)) => "Skicka planen på remiss igen",
        (None, None) => "Skicka planen på remiss",
    };
    let till = asked.map(|remiss| format::date(remiss.till)).unwrap_or_default();
    let open = state.is_back();
    let (id, version) = (plan.id.to_string(), plan.version.to_string());
    (is_written || open).then(|| {
        view! {
            <details class="disclosure no-print" open=open>
                <summary>{word}</summary>
                <form class="form" method="post" action=SetPlanRemiss::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="plan" value=id/>
                    <Hidden name="version" value=version/>
                    <DateField state name="till" label="Sista dagen för synpunkter" value=till required=true
                        help="Alla i enheten kan läsa planen och säga vad de tycker till och med den dagen. Välj i dag för att sluta fråga."/>
                    <div class="form-actions"><button class="button">{word}</button></div>
                </form>
            </details>
        }
    })
}
