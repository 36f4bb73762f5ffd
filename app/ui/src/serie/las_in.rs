//! `/siffror/{id}/las-in`: values from a table: first the form for a file or pasted cells, then what would become of it, row by row, with
//! what is asked about it; and below, what was read in before, which can be undone.

use chrono::NaiveDate;
use chrono_tz::Europe::Stockholm;
use domain::{
    format,
    permission::{Action, Area},
    siffror::{
        inlasning::{Granskning, ROWS_MOST},
        serie::{Serie, SerieId},
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{
    Target,
    serie::{self, import::Import},
};
use uuid::Uuid;

use super::{
    harledd,
    las_in_api::UndoSiffrorImport,
    las_in_data::{Mot, Vald, path},
};
use crate::{
    components::{ErrorSummary, FormState, Hidden, PageHead, load},
    ctx::Ctx,
    error::AppError,
    import::{
        tabell::{Sheets, TableForm, limit},
        underlag::{self, Kept, Till},
    },
};

mod fragor;
mod granskning;
mod tabell;

use granskning::GranskningView;

/// What the page shows.
enum Steg {
    /// Choose a file.
    Val(Option<String>),
    /// Several sheets can be meant: their names, and how many rows each has.
    Blad(Vald, Vec<(String, usize)>),
    /// What was sent: what it is called, and what it would do.
    Granskning(Vald, String, Box<Granskning>),
}

/// `/siffror/{id}/las-in`
#[component]
pub fn LasInPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query: Vec<(String, String)> =
        use_query_map().get_untracked().into_iter().map(|(key, value)| (key.into_owned(), value)).collect();
    load(async move {
        let ctx = Ctx::current()?;
        let id: SerieId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Thing(Area::Serie, id.0), Action::Edit).await?;
        let found = serie::get(&mut tx, id).await?;
        if found.content.harledd.is_some() {
            return Ok(harledd::no_values(&found, "Läs in en tabell"));
        }
        let mot = Mot::read(&mut tx, id).await?;
        let imports = serie::import::list(&mut tx, id).await?;
        let asked = query.iter().any(|(key, _)| key == "underlag");
        let kept = match Vald::of(&query) {
            Some(vald) => {
                let person = ctx.actor()?.person;
                let now = ctx.now.timestamp();
                let fetched = underlag::fetch(&mut tx, person, Till::serie(id), vald.underlag, now).await?;
                fetched.map(|fetched| (vald, fetched))
            }
            None => None,
        };
        drop(tx);
        let (serie, steg) = match kept {
            Some((vald, fetched)) => {
                let today = ctx.today;
                ctx.work(move || (steg(&mot, vald, fetched.read(), today), mot.serie))
                    .await
                    .map(|(steg, serie)| (serie, steg))?
            }
            None => (mot.serie, Ok(if asked { Steg::Val(Some(GONE.to_owned())) } else { Steg::Val(None) })),
        };
        let steg = steg?;
        let back = format!("/siffror/{id}");
        let content = match steg {
            Steg::Val(notice) => view! {
                {crumbs(&serie, "Läs in en tabell")}
                <PageHead title="Läs in en tabell" sub=serie.content.namn.clone()/>
                <div class="stack loose">
                    <TableForm action=path(id) back notice
                        about="Välj en fil från Excel eller från systemet som siffrorna kommer ur, eller kopiera tabellen och klistra in den. Tiden kan stå nedåt eller åt höger. Du får se vad som är nytt och vad som ändras innan något sparas."
                        limit=limit(ROWS_MOST)/>
                    {(!imports.is_empty()).then(|| view! { <Imports id imports now=ctx.now/> })}
                </div>
            }
            .into_any(),
            Steg::Blad(vald, sheets) => view! {
                {crumbs(&serie, "Läs in en tabell")}
                <PageHead title="Vilket blad ska läsas in?" sub=serie.content.namn.clone()/>
                <Sheets sheets=addressed(id, &vald, sheets) other=path(id)/>
            }
            .into_any(),
            Steg::Granskning(vald, rubrik, granskning) => view! {
                {crumbs(&serie, &rubrik)}
                <GranskningView serie vald granskning=*granskning query/>
            }
            .into_any(),
        };
        Ok(content)
    })
}

/// What is said where a table is not kept any longer.
const GONE: &str =
    "Det du skickade finns inte kvar här. Om du nyss läste in det står värdena i serien. Annars: välj filen igen.";

/// What the page shows of what was kept.
fn steg(mot: &Mot, vald: Vald, kept: Option<Kept>, today: NaiveDate) -> Result<Steg, AppError> {
    let Some(kept) = kept else { return Ok(Steg::Val(Some(GONE.to_owned()))) };
    if vald.blad.is_none() && kept.tables.len() > 1 {
        let sheets = kept.tables.iter().map(|table| (table.sheet().to_owned(), table.rows().len())).collect();
        return Ok(Steg::Blad(vald, sheets));
    }
    let table = kept.tables.get(vald.blad.unwrap_or(0)).ok_or(AppError::NotFound)?;
    Ok(match mot.granska(table, &vald.svar, today) {
        Ok(granskning) => Steg::Granskning(vald, kept.rubrik, Box::new(granskning)),
        Err(why) => Steg::Val(Some(why)),
    })
}

fn crumbs(serie: &Serie, here: &str) -> impl IntoView + use<> {
    let (to, namn, here) = (format!("/siffror/{}", serie.id), serie.content.namn.clone(), here.to_owned());
    view! {
        <nav class="breadcrumbs" aria-label="Du är här">
            <ol>
                <li><a href="/siffror">"Siffror"</a></li>
                <li><a href=to>{namn}</a></li>
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
}

/// The sheets, each with the address of its preview.
fn addressed(id: SerieId, vald: &Vald, sheets: Vec<(String, usize)>) -> Vec<(String, String, usize)> {
    let to = |blad| Vald { blad: Some(blad), ..vald.clone() }.address(id, &[]);
    sheets.into_iter().enumerate().map(|(blad, (name, rows))| (to(blad), name, rows)).collect()
}

/// What was read in before. One can be undone as a whole for a day.
#[component]
fn Imports(id: SerieId, imports: Vec<Import>, now: chrono::DateTime<chrono::Utc>) -> impl IntoView {
    let rows = imports
        .into_iter()
        .map(|import| {
            let can = import.undone_at.is_none() && now <= import.undoable_until;
            let what = written(import.written.nya, import.written.andrade);
            let undone = import.undone_at.map(|_| view! { <span class="badge">"Ångrad"</span> });
            let button = can.then(|| undo(id, import.id.0, &import.rubrik));
            view! {
                <tr>
                    <th scope="row">{import.rubrik.clone()}</th>
                    <td>{import.at.with_timezone(&Stockholm).format("%Y-%m-%d %H.%M").to_string()}</td>
                    <td>{import.who.clone()}</td>
                    <td>{what}</td>
                    <td>{undone} {button}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="stack tight" id="inlasningar" tabindex="-1">
            <h2>"Tidigare inläsningar"</h2>
            <p class="muted">"En inläsning går att ångra i sin helhet i ett dygn, så länge ingen har ändrat ett av dess värden."</p>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Tidigare inläsningar">
                <table class="table dense">
                    <thead>
                        <tr>
                            <th scope="col">"Tabell"</th>
                            <th scope="col">"När"</th>
                            <th scope="col">"Av"</th>
                            <th scope="col">"Värden"</th>
                            <th scope="col">"Ångra"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

/// `32 nya, 1 ändrat`; what there is none of is not said.
fn written(nya: usize, andrade: usize) -> String {
    let said = |n: usize, one: &str, many: &str| {
        let words = if n == 1 { one } else { many };
        (n > 0).then(|| format!("{} {words}", format::int(i64::try_from(n).unwrap_or(i64::MAX))))
    };
    let all = [said(nya, "nytt", "nya"), said(andrade, "ändrat", "ändrade")];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn undo(serie: SerieId, id: Uuid, rubrik: &str) -> impl IntoView + use<> {
    let state = FormState::of(UndoSiffrorImport::PATH, Some(("id", &id.to_string())));
    let label = format!("Ångra inläsningen av {rubrik}");
    view! {
        <form method="post" action=UndoSiffrorImport::PATH>
            <ErrorSummary state/>
            <Hidden name="id" value=id.to_string()/>
            <Hidden name="serie" value=serie.to_string()/>
            <button class="button secondary small" aria-label=label>"Ångra"</button>
        </form>
    }
}
