//! Pui: what IMY asks for, the decision on the risk, the report and the word to those concerned.

use chrono::NaiveDateTime;
use domain::{
    avvikelse::{
        Step, step,
        word::{Drabbade, Forlust, Risk, Uppgifter},
    },
    format,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::Data;
use crate::{
    avvikelse::case_api::{DecideImy, ReportImy, ReportRegistrerade, UpdateIncident},
    components::{ChoiceField, DateField, ErrorSummary, Fact, FormState, TextArea, TextField},
    moment::{local, stamp},
};

fn day(at: Option<NaiveDateTime>) -> String {
    at.map(|t| format::date(t.date())).unwrap_or_default()
}

fn clock(at: Option<NaiveDateTime>) -> String {
    at.map(|t| t.format("%H:%M").to_string()).unwrap_or_default()
}

/// The tab.
pub fn tab(data: &Data) -> AnyView {
    let closed = data.a.case.state == domain::avvikelse::State::Avslutad;
    view! {
        <div class="two-col">
            <div class="stack loose">{incident(data, closed)}</div>
            <aside class="stack loose">{risk(data)} {imy(data)} {inform(data)}</aside>
        </div>
    }
    .into_any()
}

fn incident(data: &Data, closed: bool) -> AnyView {
    let i = data.a.incident.as_ref();
    let state = FormState::nested(UpdateIncident::PATH, Some(("id", &data.key())));
    let s = move || state.clone();
    let (began, ended) = (i.and_then(|i| i.began), i.and_then(|i| i.ended));
    let discovered = i.map(|i| i.discovered);
    let codes = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let text = |f: fn(&domain::avvikelse::pui::Incident) -> String| i.map(f).unwrap_or_default();
    view! {
        <form class="form" method="post" action=UpdateIncident::PATH>
            <h2>"Det som IMY frågar efter"</h2>
            <ErrorSummary state=s()/>
            {data.ids()}
            <div class="inline-fields">
                <DateField state=s() name="discovered_day" label="Upptäcktes, dag" value=day(discovered) required=true/>
                <TextField state=s() name="discovered_time" label="Klockan" kind="time" value=clock(discovered) required=true short=true
                    help="De 72 timmarna räknas härifrån."/>
            </div>
            <div class="inline-fields">
                <DateField state=s() name="began_day" label="Började, dag" value=day(began)/>
                <TextField state=s() name="began_time" label="Klockan" kind="time" value=clock(began) short=true/>
            </div>
            <div class="inline-fields">
                <DateField state=s() name="ended_day" label="Slutade, dag" value=day(ended)/>
                <TextField state=s() name="ended_time" label="Klockan" kind="time" value=clock(ended) short=true/>
            </div>
            <ChoiceField state=s() name="forlust" legend="Vad hände med uppgifterna?" multiple=true
                options=Forlust::ALL.map(|w| (w.code(), w.label())).to_vec()
                value=codes(i.map(|i| i.forlust.iter().map(|w| w.code()).collect()).unwrap_or_default())/>
            <ChoiceField state=s() name="drabbade" legend="Vilka berörs?" multiple=true
                options=Drabbade::ALL.map(|w| (w.code(), w.label())).to_vec()
                value=codes(i.map(|i| i.drabbade.iter().map(|w| w.code()).collect()).unwrap_or_default())/>
            <ChoiceField state=s() name="uppgifter" legend="Vilka uppgifter?" multiple=true
                options=Uppgifter::ALL.map(|w| (w.code(), w.label())).to_vec()
                value=codes(i.map(|i| i.uppgifter.iter().map(|w| w.code()).collect()).unwrap_or_default())/>
            <TextField state=s() name="number" label="Ungefär hur många personer?" short=true inputmode="numeric"
                value=i.and_then(|i| i.number).map(|n| n.to_string()).unwrap_or_default()/>
            <TextArea state=s() name="consequences" label="Troliga konsekvenser för de registrerade" required=true value=text(|i| i.consequences.clone())/>
            <TextArea state=s() name="measures" label="Vad har gjorts, eller ska göras?" required=true value=text(|i| i.measures.clone())/>
            {(!closed).then(|| view! { <div class="form-actions"><button class="button">"Spara"</button></div> })}
        </form>
    }
    .into_any()
}

fn risk(data: &Data) -> AnyView {
    let imy = &data.a.case.imy;
    let state = FormState::of(DecideImy::PATH, Some(("id", &data.key())));
    let s = move || state.clone();
    let body = match step::may(Step::BeslutaImy, data.who, &data.a.case) {
        Err(why) => view! {
            <dl class="dl">
                <Fact label="Risk" value=imy.risk.map(|r| r.label().to_owned()).unwrap_or_default()/>
                <Fact label="Motivering" value=imy.motive.clone()/>
            </dl>
            <p class="help">{why}</p>
        }
        .into_any(),
        Ok(()) => view! {
            <form class="form" method="post" action=DecideImy::PATH>
                <ErrorSummary state=s()/>
                {data.ids()}
                <ChoiceField state=s() name="risk" legend="Hur stor är risken?"
                    options=Risk::ALL.map(|r| (r.code(), r.label())).to_vec()
                    value=imy.risk.map(|r| r.code().to_owned()).into_iter().collect()/>
                <TextArea state=s() name="motive" label="Motivering" required=true value=imy.motive.clone()
                    help="Skrivs alltid, också när IMY inte ska få någon anmälan."/>
                <div class="form-actions"><button class="button">"Spara bedömningen"</button></div>
            </form>
        }
        .into_any(),
    };
    view! {
        <section class="card" id="risk">
            <div class="card-head"><h2>"Risk för de registrerade"</h2></div>
            <div class="card-body">{body}</div>
        </section>
    }
    .into_any()
}

fn imy(data: &Data) -> AnyView {
    let case = &data.a.case;
    let body = if let Some(at) = case.imy.reported_at {
        view! {
            <dl class="dl">
                <Fact label="Anmält" value=stamp(at)/>
                <Fact label="Varför senare än 72 timmar" value=case.imy.delay.clone()/>
            </dl>
        }
        .into_any()
    } else if let Err(why) = step::may(Step::AnmalImy, data.who, case) {
        view! { <p>{why}</p> }.into_any()
    } else {
        let state = FormState::of(ReportImy::PATH, Some(("id", &data.key())));
        let s = move || state.clone();
        let now = Some(local(data.ctx.now));
        view! {
                    <form class="form" method="post" action=ReportImy::PATH>
                        <ErrorSummary state=s()/>
                        {data.ids()}
                        <div class="inline-fields">
                            <DateField state=s() name="reported_day" label="Dag" value=day(now) required=true/>
                            <TextField state=s() name="reported_time" label="Klockan" kind="time" value=clock(now) required=true short=true/>
                        </div>
                        <TextArea state=s() name="delay" label="Varför senare än 72 timmar?" rows=2 conditional=true
                            help="Fylls i om det har gått mer än 72 timmar sedan upptäckten."/>
                        <div class="form-actions"><button class="button">"Spara"</button></div>
                    </form>
                }
                .into_any()
    };
    view! {
        <section class="card" id="imy">
            <div class="card-head"><h2>"Anmälan till IMY"</h2></div>
            <div class="card-body">{body}</div>
        </section>
    }
    .into_any()
}

fn inform(data: &Data) -> AnyView {
    let case = &data.a.case;
    let told = case.imy.informed_on.map(format::date).unwrap_or_default();
    let body = if told.is_empty() && case.imy.not_informed.is_empty() {
        if let Err(why) = step::may(Step::Informera, data.who, case) {
            view! { <p>{why}</p> }.into_any()
        } else {
            let state = FormState::of(ReportRegistrerade::PATH, Some(("id", &data.key())));
            let s = move || state.clone();
            view! {
                <form class="form" method="post" action=ReportRegistrerade::PATH>
                    <ErrorSummary state=s()/>
                    {data.ids()}
                    <DateField state=s() name="on" label="Dagen de informerades" conditional=true/>
                    <TextArea state=s() name="why_not" label="Eller: varför de inte informeras" rows=2 conditional=true/>
                    <div class="form-actions"><button class="button">"Spara"</button></div>
                </form>
            }
            .into_any()
        }
    } else {
        view! {
            <dl class="dl">
                <Fact label="Informerade" value=told/>
                <Fact label="Inte informerade" value=case.imy.not_informed.clone()/>
            </dl>
        }
        .into_any()
    };
    view! {
        <section class="card" id="informera">
            <div class="card-head"><h2>"De registrerade"</h2></div>
            <div class="card-body">{body}</div>
        </section>
    }
    .into_any()
}
