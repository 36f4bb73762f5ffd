//! `/siffror/{id}/jamforelse/{jamforelse}/fil`: the values of a key figure, out of the file that Kolada answers with. For a server that has no
//! internet, and for whoever does not want to wait.

use domain::{
    permission::{Action, Area},
    siffror::{
        jamforelse::{Jamforelse, JamforelseId, Med, Nyckeltal},
        kolada,
        serie::{Serie, SerieId},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{Target, Tx, serie};

use crate::{
    components::{ErrorSummary, FileField, FormState, JSON, PageHead, TextArea, load},
    ctx::Ctx,
    error::AppError,
};

/// Where the form stands and is sent to.
#[must_use]
pub fn path(serie: SerieId, id: JamforelseId) -> String {
    format!("/siffror/{serie}/jamforelse/{id}/fil")
}

/// A comparison of this series, and what it asks Kolada for.
///
/// # Errors
///
/// It is another's, or asks Kolada for nothing: then there is no such page.
pub async fn asked(tx: &mut Tx, serie: SerieId, id: JamforelseId) -> Result<(Jamforelse, Nyckeltal), AppError> {
    let jamforelse = serie::jamforelse::get(tx, id).await?;
    match &jamforelse.med {
        Med::Kolada(av) if jamforelse.serie == serie => {
            let av = av.clone();
            Ok((jamforelse, av))
        }
        _ => Err(AppError::NotFound),
    }
}

/// `/siffror/{id}/jamforelse/{jamforelse}/fil`
#[component]
pub fn JamforelseFilPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let (id, jamforelse) = (params.get("id").unwrap_or_default(), params.get("jamforelse").unwrap_or_default());
    load(async move {
        let ctx = Ctx::current()?;
        let id: SerieId = id.parse().map_err(|_| AppError::NotFound)?;
        let jamforelse: JamforelseId = jamforelse.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Thing(Area::Serie, id.0), Action::Edit).await?;
        let serie = serie::get(&mut tx, id).await?;
        let (jamforelse, av) = asked(&mut tx, id, jamforelse).await?;
        drop(tx);
        Ok(view! {
            {crumbs(&serie)}
            <PageHead title="Läs in från Kolada" sub=format!("{} ({})", jamforelse.namn, av.said())/>
            <Form serie=id id=jamforelse.id av/>
        })
    })
}

fn crumbs(serie: &Serie) -> impl IntoView + use<> {
    let (to, namn) = (format!("/siffror/{}", serie.id), serie.content.namn.clone());
    let edit = format!("{to}/redigera#jamforelser");
    view! {
        <nav class="breadcrumbs" aria-label="Du är här">
            <ol>
                <li><a href="/siffror">"Siffror"</a></li>
                <li><a href=to>{namn}</a></li>
                <li><a href=edit>"Ändra"</a></li>
                <li aria-current="page">"Läs in från Kolada"</li>
            </ol>
        </nav>
    }
}

/// A real form: it works before and without WASM.
#[component]
fn Form(serie: SerieId, id: JamforelseId, av: Nyckeltal) -> impl IntoView {
    let action = path(serie, id);
    let state = FormState::of(&action, None);
    let from = kolada::address(kolada::BAS, &av);
    view! {
        <form class="form" method="post" action=action enctype="multipart/form-data">
            <ErrorSummary state=state.clone()/>
            <ol class="stack tight">
                <li>
                    "Öppna den här adressen på en dator med internet: "
                    <a href=from.clone() rel="noreferrer">{from.clone()}</a>
                </li>
                <li>"Spara det som visas som en fil, eller markera allt och kopiera."</li>
                <li>"Välj filen här, eller klistra in."</li>
            </ol>
            // what is pasted or chosen lies elsewhere too: leaving the page asks nothing about it
            <div class="form" data-unkept="">
                <FileField state=state.clone() accept=JSON help="Filen som Kolada svarar med (JSON), högst 5 MB."/>
                <TextArea
                    state
                    name="text"
                    label="Eller klistra in det som Kolada svarar"
                    conditional=true
                    rows=6
                    help="Klistra in allt som det är, från den första klammern till den sista."
                />
            </div>
            <div class="form-actions">
                <button class="button">"Läs in"</button>
                <a class="button quiet" href=format!("/siffror/{serie}/redigera#jamforelser")>"Avbryt"</a>
            </div>
        </form>
    }
}
