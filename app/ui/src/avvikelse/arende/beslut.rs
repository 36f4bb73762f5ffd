//! Beslut: the lex Sarah decision and what was told to IVO, as they stand.

use domain::format;
use leptos::prelude::*;

use super::Data;
use crate::components::Fact;

/// Nothing where nobody has suspected anything.
pub fn card(data: &Data) -> AnyView {
    let case = &data.a.case;
    let Some(since) = case.suspected_on else { return ().into_any() };
    let beslut = case.beslut.as_ref();
    let ivo = case.ivo.as_ref();
    let waits = beslut.is_none().then(|| {
        view! {
            <p class="notice warn">
                {format!("Ett missförhållande misstänks sedan {}. Lex Sarah-utredaren har inte beslutat än.", format::date(since))}
            </p>
        }
    });
    let day = |d: Option<chrono::NaiveDate>| d.map(format::date).unwrap_or_default();
    view! {
        <section class="card">
            <div class="card-head"><h2>"Lex Sarah"</h2></div>
            <div class="card-body">
                {waits}
                <dl class="dl">
                    <Fact label="Misstänkt" value=format::date(since)/>
                    <Fact label="Bedömning" value=beslut.map(|b| b.bedomning.label().to_owned()).unwrap_or_default()/>
                    <Fact label="Motivering" value=beslut.map(|b| b.motive.clone()).unwrap_or_default()/>
                    <Fact label="Beslutat" value=day(beslut.map(|b| b.on))/>
                    <Fact label="Anmält till IVO" value=day(ivo.map(|i| i.on))/>
                    <Fact label="Diarienummer" value=ivo.map(|i| i.dnr.clone()).unwrap_or_default()/>
                    <Fact label="Utredning skickad" value=day(ivo.and_then(|i| i.investigation_on))/>
                </dl>
            </div>
        </section>
    }
    .into_any()
}
