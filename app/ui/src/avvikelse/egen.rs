//! Egen: an own report, as its reporter follows it: what was sent, how far it has come, what came of it.

use domain::{
    avvikelse::{
        Innehall, State,
        arende::Egen,
        intake::{Inkommet, Rapport},
        tillagg::Tillagg,
    },
    format,
    id::PersonId,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::api::CreateAvvikelseTillagg;
use crate::{
    components::{ErrorSummary, Fact, FormState, Hidden, PageHead, TextArea},
    moment::stamp,
};

/// The line of states, the current one marked.
#[component]
pub fn StateLine(state: State) -> impl IntoView {
    let at = State::ALL.iter().position(|s| *s == state).unwrap_or(0);
    let steps = State::ALL
        .into_iter()
        .enumerate()
        .map(|(i, s)| {
            let class = if i < at || state == State::Avslutad {
                "step done"
            } else if i == at {
                "step now"
            } else {
                "step"
            };
            view! { <li class=class aria-current=(i == at).then_some("step")><span>{s.label()}</span></li> }
        })
        .collect_view();
    view! { <ol class="state-line" aria-label="Ärendets gång">{steps}</ol> }
}

/// What came in.
#[component]
pub fn Inkom(innehall: Innehall) -> impl IntoView {
    match innehall {
        Innehall::Rapport(r) => view! { <RapportFacts r/> }.into_any(),
        Innehall::Inkommet(i) => view! { <InkommetFacts i/> }.into_any(),
    }
}

#[component]
fn RapportFacts(r: Rapport) -> impl IntoView {
    view! {
        <dl class="dl">
            <Fact label="Vad hände" value=r.what/>
            <Fact label="När" value=r.when.label()/>
            <Fact label="Rör" value=r.ror.label().to_owned()/>
            <Fact label="Konsekvens för den enskilde" value=r.consequence/>
            <Fact label="Gjordes direkt" value=r.done_at_once/>
            <Fact label="Ärendets nummer" value=r.reference/>
            <Fact label="Var" value=r.place/>
            <Fact label="Process eller rutin" value=r.process/>
            <Fact label="Upptäcktes av" value=r.noticed_by/>
            <Fact label="Förslag" value=r.suggestion/>
        </dl>
    }
}

#[component]
fn InkommetFacts(i: Inkommet) -> impl IntoView {
    let kind = if i.positive { "Beröm" } else { i.kind.label() };
    view! {
        <dl class="dl">
            <Fact label="Vad framfördes" value=i.what/>
            <Fact label="Typ" value=kind.to_owned()/>
            <Fact label="Handlar om" value=i.kategori.label().to_owned()/>
            <Fact label="Kom in" value=format!("{}, {}", format::date(i.on), i.kanal.label().to_lowercase())/>
            <Fact label="Nås" value=i.contact.unwrap_or_else(|| "Anonym".to_owned())/>
        </dl>
    }
}

/// What the reporter has added, each with its time.
#[component]
pub fn Tillaggen(list: Vec<Tillagg>) -> impl IntoView {
    list.into_iter()
        .map(|t| {
            view! {
                <div class="card-text">
                    <h3>{format!("Tillägg {}", stamp(t.at))}</h3>
                    <p class="prewrap">{t.text}</p>
                </div>
            }
        })
        .collect_view()
}

/// The form in which the reporter adds; for others nothing.
pub fn add(egen: &Egen, person: PersonId) -> Option<AnyView> {
    let may = egen.may_add(person)?;
    let id = egen.id.to_string();
    let state = FormState::of(CreateAvvikelseTillagg::PATH, Some(("id", &id)));
    let s = move || state.clone();
    Some(match may {
        Err(why) => view! { <p class="card-text">{why}</p> }.into_any(),
        Ok(()) => view! {
            <form class="form card-text" method="post" action=CreateAvvikelseTillagg::PATH>
                <ErrorSummary state=s()/>
                <Hidden name="id" value=id/>
                <TextArea state=s() name="tillagg" label="Lägg till i rapporten" required=true rows=3
                    help="Det du skrev förut ändras inte. Skriv aldrig namn eller personnummer."/>
                <div class="form-actions"><button class="button secondary">"Lägg till"</button></div>
            </form>
        }
        .into_any(),
    })
}

/// The page of the reporter.
#[component]
pub fn EgenView(egen: Egen, person: PersonId) -> impl IntoView {
    let title = format!("Din rapport {}", egen.reference);
    let sub = format!("{} · {}", egen.node_name, format::date(egen.inkommen));
    let told = egen.feedback_on.map(format::date);
    let adds = add(&egen, person);
    view! {
        <PageHead title sub>
            <a class="button secondary" href="/avvikelser">"Mina rapporter"</a>
            <a class="button secondary" href="/avvikelser/ny">"Rapportera en till"</a>
        </PageHead>
        <StateLine state=egen.state/>
        // the device need not keep what it sent (islands::outbox)
        <div class="two-col" data-mottagen=egen.id.to_string()>
            <div class="stack loose">
                <section class="notice">
                    <h2>"Vad händer nu"</h2>
                    <p>{egen.state.to_reporter()}</p>
                </section>
                {(!egen.outcome.is_empty())
                    .then(|| {
                        view! {
                            <section class="card">
                                <div class="card-head">
                                    <h2>"Så blev det"</h2>
                                    {told.map(|day| view! { <p>{day}</p> })}
                                </div>
                                <p class="card-text prewrap">{egen.outcome.clone()}</p>
                            </section>
                        }
                    })}
                <section class="card">
                    <div class="card-head"><h2>"Det du skrev"</h2></div>
                    <div class="card-text"><Inkom innehall=egen.innehall/></div>
                    <Tillaggen list=egen.tillagg/>
                    {adds}
                </section>
            </div>
            <aside class="stack">
                <section class="card">
                    <div class="card-head"><h2>"Vem läser"</h2></div>
                    <p class="card-text">
                        "Du, enhetens chefer, lex Sarah-utredaren och den som chefen ber om hjälp. Varje gång någon öppnar rapporten skrivs det upp. Utredningen ser du inte här."
                    </p>
                </section>
            </aside>
        </div>
    }
}
