//! Bedömning on the page of a goal: what is proposed of a period and why, and what was decided.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::verksamhetsplan::{
    enhetsmal::bedomning::{Beslut, BeslutForm, Forslag, foresla_av, forklaring},
    forvantat::Rad,
    indikator::tid::Utfallsperiod,
    mal::Uppfyllelse,
    plan::Plan,
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::verksamhetsplan::forvantat::Utfallsrad;

use super::{Sida, api::UpdateMalbedomning};
use crate::{
    components::{ChoiceField, ErrorSummary, FormState, Hidden, TextArea},
    verksamhetsplan::marke::marke,
};

/// The period that is shown: the one that is asked for, or the one that is reported now.
pub fn period(plan: &Plan, asked: &str, today: NaiveDate) -> Utfallsperiod {
    let all = Utfallsperiod::rapporter(plan.year);
    let named = all.into_iter().find(|one| one.month().to_string() == asked || one.to_string() == asked);
    named.unwrap_or_else(|| Utfallsperiod::av_planen(plan.year, today))
}

/// The card of a period.
pub fn section(
    sida: &Sida,
    period: Utfallsperiod,
    (rader, utfall): (&[Rad], &[Utfallsrad]),
    beslut: &BTreeMap<u32, (Beslut, i64)>,
) -> AnyView {
    let manad = period.month();
    let of = utfall.iter().filter(|one| one.manad == manad).map(|one| (one.rad, one.utfall.clone())).collect();
    let forslag = foresla_av(rader, &of);
    let (decided, version) = match beslut.get(&manad) {
        Some((decided, version)) => (Some(decided), *version),
        None => (None, 0),
    };
    let links = Utfallsperiod::rapporter(sida.plan.year).map(|one| {
        let href = format!("{}?period={}#bedomning", sida.href(), one.month());
        view! { <a href=href aria-current=(one == period).then_some("true")>{one.within_year()}</a> }
    });
    let form = sida.may_edit.then(|| form(sida, manad, decided, version));
    view! {
        <section class="card" id="bedomning">
            <div class="card-head">
                <h2>{format!("Bedömning {}", period.label())}</h2>
                <nav class="segmented small" aria-label="Period för bedömningen">{links.collect_view()}</nav>
            </div>
            <div class="card-body">{said(sida, decided, forslag.as_ref())} {form}</div>
        </section>
    }
    .into_any()
}

/// What was decided, and what is proposed.
fn said(sida: &Sida, decided: Option<&Beslut>, forslag: Option<&Forslag>) -> AnyView {
    let beslut = match decided {
        Some(beslut) => {
            let word = if beslut.status == Uppfyllelse::Ingen { "Ingen bedömning" } else { beslut.status.label() };
            let analys = beslut.analys.clone();
            let analys = (!analys.is_empty()).then(|| view! { <p class="prewrap">{analys}</p> });
            let changed = beslut.andrat(forslag).map(|said| view! { <p class="notice warn">{said}</p> });
            view! { <p class="bedomning-svar">{marke(beslut.status.mark(), word)}</p> {analys} {changed} }.into_any()
        }
        None => view! { <p>{forklaring(sida.mal.content.niva, Uppfyllelse::Ingen)}</p> }.into_any(),
    };
    let proposed = match forslag {
        Some(forslag) => {
            let reason = forslag.skal.clone();
            view! {
                <p class="bedomning-forslag">
                    <strong>"Förslag: "</strong> {marke(forslag.status.mark(), forslag.status.label())} " " {reason}
                </p>
            }
            .into_any()
        }
        None => {
            view! { <p class="help">"Inget förslag: inget av det som förväntas är mätt i perioden."</p> }.into_any()
        }
    };
    view! { {beslut} {proposed} }.into_any()
}

fn form(sida: &Sida, manad: u32, decided: Option<&Beslut>, version: i64) -> AnyView {
    let key = manad.to_string();
    let state = FormState::nested(UpdateMalbedomning::PATH, Some(("manad", &key)));
    let stored = decided.map_or_else(BeslutForm::default, |beslut| BeslutForm {
        status: beslut.status.code().to_owned(),
        analys: beslut.analys.clone(),
    });
    let word = |one: Uppfyllelse| if one == Uppfyllelse::Ingen { "Ingen bedömning" } else { one.label() };
    let options: Vec<(&'static str, &'static str)> =
        Uppfyllelse::ALL.into_iter().map(|one| (one.code(), word(one))).collect();
    view! {
        <form class="form" method="post" action=UpdateMalbedomning::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="plan" value=sida.plan.id.to_string()/>
            <Hidden name="mal" value=sida.mal.id.to_string()/>
            <Hidden name="manad" value=key.clone()/>
            <Hidden name="version" value=version.to_string()/>
            <ChoiceField state=state.clone() name="status" legend="Hur uppfylls målet?" options value=vec![stored.status]/>
            <TextArea state name="analys" label="Analys" value=stored.analys rows=4 conditional=true
                help="Varför det gick som det gick. Skriv alltid när det blir något annat än förslaget."/>
            <div class="form-actions"><button class="button">"Spara bedömningen"</button></div>
        </form>
    }
    .into_any()
}
