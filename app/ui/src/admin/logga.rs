//! Logga: the logo of a node where it is chosen, on the white that it is shown on.

use domain::{id::NodeId, logga::Logga};
use leptos::{prelude::*, server_fn::ServerFn};

use super::api::RemoveNodeLogga;
use crate::components::{ErrorSummary, FormState, Hidden, PICTURES};

/// The logo that a node shows, and the form that gives it one of its own.
pub(super) fn section(node: NodeId, shown: Option<Logga>) -> AnyView {
    let path = format!("/admin/enheter/{node}/logga");
    let state = FormState::of(&path, None);
    let invalid = state.invalid("fil");
    let own = shown.as_ref().is_some_and(|logga| logga.node == node);
    let now = shown.map(|logga| {
        let whose = (!own).then(|| view! { <p class="muted">{format!("Ärvd av {}.", logga.name)}</p> });
        view! {
            <p class="logo-now"><img src=logga.href(node) alt=logga.alt() width=logga.width height=logga.height/></p>
            {whose}
        }
    });
    view! {
        <section class="stack tight" id="logga">
            <h3>"Logga"</h3>
            <p class="muted">
                "Den visas på vitt längst ner på mötenas bilder och på skärmarna och överst i dokumenten, här och på allt som ligger under och inte har en egen."
            </p>
            {now}
            <form class="form" method="post" enctype="multipart/form-data" action=path>
                <ErrorSummary state=state.clone()/>
                <div class="field" class:invalid=invalid.is_some()>
                    <label for="fil">{if own { "Byt logga" } else { "Välj en logga" }}</label>
                    <p class="help" id="fil-hjalp">"Jpg eller png, högst 512 kB och 4 000 bildpunkter på bredden och höjden. Välj en som syns mot vitt."</p>
                    {state.fault("fil")}
                    <input id="fil" type="file" name="fil" accept=PICTURES aria-invalid=invalid aria-describedby=state.described_by("fil", true)/>
                </div>
                <div class="cluster"><button class="button secondary" type="submit">"Spara loggan"</button></div>
            </form>
            {own
                .then(|| {
                    view! {
                        <form method="post" action=RemoveNodeLogga::PATH>
                            <Hidden name="id" value=node.to_string()/>
                            <button class="button quiet small">"Ta bort loggan"</button>
                        </form>
                    }
                })}
        </section>
    }
    .into_any()
}
