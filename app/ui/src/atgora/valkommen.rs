//! The welcome of a new unit: its three next steps, ticked as they are done.

use domain::{id::NodeId, person::valkommen::Steg};
use leptos::{prelude::*, server_fn::ServerFn};

use super::api::SetValkommen;
use crate::components::Hidden;

/// What a new unit is told.
#[derive(Clone, Debug)]
pub(super) struct Valkommen {
    /// The unit.
    pub unit: NodeId,
    /// How far it has come.
    pub steg: Steg,
    /// Whether the reader may add persons to it.
    pub may_invite: bool,
}

/// The three steps.
#[component]
pub(super) fn Welcome(of: Valkommen) -> impl IntoView {
    let Valkommen { unit, steg, may_invite } = of;
    let import = format!("/egenkontroll/importera?enhet={unit}");
    let step = |done: bool, title: &'static str, text: AnyView| {
        view! {
            <li class="row">
                <div class="row-text">
                    <div class="row-title">
                        {title} " "
                        {done.then(|| view! { <span class="badge done">"Klart"</span> })}
                    </div>
                    {(!done).then_some(text)}
                </div>
            </li>
        }
    };
    let invite = if may_invite {
        view! {
            <p class="row-meta">
                <a href=crate::admin::LISTA>"Läs in en lista"</a> " med namn, e-post, roll och enhet, eller "
                <a href="/admin/personer/ny">"lägg till en person"</a> "."
            </p>
        }
        .into_any()
    } else {
        view! {
            <p class="row-meta">
                "Skicka en lista med namn, e-post, roll och enhet till din administratör. Alla i den läggs till på en gång."
            </p>
        }
        .into_any()
    };
    let plan = view! {
        <p class="row-meta">
            <a href=import.clone()>"Läs in egenkontrollplanen från Excel"</a> ", eller "
            <a href=format!("/egenkontroll/ny?enhet={unit}")>"lägg till en kontroll"</a> "."
        </p>
    };
    let from = view! {
        <p class="row-meta">
            "Du väljer det när planen läses in: från i dag, eller från en tidigare månad. Det som redan hade passerat blir då inte försenat."
        </p>
    };
    view! {
        <section class="card" aria-labelledby="valkommen">
            <div class="card-head"><h2 id="valkommen">"Välkommen. Så kommer enheten i gång"</h2></div>
            <ol class="rows">
                {step(steg.plan, "1. Läs in planen", plan.into_any())}
                {step(steg.plan, "2. Välj från när den räknas", from.into_any())}
                {step(steg.bjudna, "3. Bjud in kollegerna", invite)}
            </ol>
            <form class="card-text" method="post" action=SetValkommen::PATH>
                <Hidden name="node" value=unit.to_string()/>
                <button class="button quiet small">"Visa inte det här mer"</button>
            </form>
        </section>
    }
}
