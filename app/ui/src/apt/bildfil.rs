//! Bildfil: the form of the picture on a slide, with the words for whoever does not see it.

use domain::{
    apt::{Bild, Bildfil},
    avvikelse::bilaga::sentences,
    id::AptId,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::api::RemoveAptBildfil;
use crate::components::{ErrorSummary, FormState, Hidden, PICTURES, TextField};

/// What the form of the picture on a slide knows of what was sent.
pub(super) fn state(mote: AptId, bild: &Bild) -> FormState {
    FormState::of(&path(mote, bild), Some(("bild", &bild.id.to_string())))
}

fn path(mote: AptId, bild: &Bild) -> String {
    format!("/apt/{mote}/bilder/{}/fil", bild.id)
}

/// The picture of a slide as it is, and the form that gives it one, another one, or other words. `sealable` is whether the server
/// has a key to lock it with.
pub(super) fn form(mote: AptId, bild: &Bild, sealable: bool) -> AnyView {
    if !sealable {
        return view! { <p class="notice">"Bildfiler kan inte läggas till: servern har ingen nyckel att låsa dem med. Administratören ordnar det."</p> }
            .into_any();
    }
    let (key, state) = (bild.id.to_string(), state(mote, bild));
    let s = || state.clone();
    let (alt, below) = bild.fil.as_ref().map(|fil| (fil.alt.clone(), fil.bildtext.clone())).unwrap_or_default();
    let (id, invalid) = (state.id("fil"), state.invalid("fil"));
    let has = bild.fil.is_some();
    view! {
        <section class="stack tight" aria-label=if has { "Bildfilen" } else { "Lägg till en bildfil" }>
            {bild.fil.as_ref().map(now)}
            <form class="form" method="post" enctype="multipart/form-data" action=path(mote, bild)>
                <ErrorSummary state=s()/>
                <Hidden name="bild" value=key.clone()/>
                <div class="field" class:invalid=invalid.is_some()>
                    <label for=id.clone()>{if has { "Byt bildfil" } else { "Bildfil" }}</label>
                    <p class="help" id=format!("{id}-hjalp")>
                        <strong>"Inga bilder på eller om brukare."</strong>
                        " Jpg eller png, högst 10 MB. Filen lagras låst, och var bilden är tagen tas bort ur den."
                    </p>
                    {state.fault("fil")}
                    <input id=id.clone() type="file" name="fil" accept=PICTURES aria-invalid=invalid aria-describedby=state.described_by("fil", true)/>
                </div>
                <TextField state=s() name="alt" label="Beskriv bilden för den som inte ser den" value=alt required=true
                    help="Vad visar den, i en mening? Orden står kvar i protokollet."/>
                <TextField state=s() name="bildtext" label="Rad under bilden" value=below/>
                <div class="form-actions">
                    <button class="button secondary small">{if has { "Spara bildfilen" } else { "Lägg till bildfilen" }}</button>
                </div>
            </form>
            {has
                .then(|| {
                    view! {
                        <form method="post" action=RemoveAptBildfil::PATH>
                            <Hidden name="mote" value=mote.to_string()/>
                            <Hidden name="id" value=key/>
                            <button class="button quiet small">"Ta bort bildfilen"</button>
                        </form>
                    }
                })}
        </section>
    }
    .into_any()
}

/// The picture that is there, in small, and what was taken out of it.
fn now(fil: &Bildfil) -> AnyView {
    let removed = sentences(&fil.removed);
    view! {
        <figure class="picture-now">
            <img src=fil.href() alt=fil.alt.clone() width=fil.width height=fil.height loading="lazy"/>
            <figcaption class="row-meta">{fil.name.clone()} {(!removed.is_empty()).then(|| format!(" · {removed}"))}</figcaption>
        </figure>
    }
    .into_any()
}
