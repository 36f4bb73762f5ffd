//! `/verksamhetsplan/{id}/ekonomi/las-in`: a table of amounts: first the form for a file or pasted cells, then what would become of it,
//! with what is asked about it.

use domain::{
    ekonomi::{
        Enhet, Tid,
        belopp::{Art, Belopp},
        fraga::Fraga,
        inlasning::{Fel, Kontolast, Lasning},
        konto::Content,
        summa::Konto,
        uppstallning,
    },
    format,
    permission::Action,
    verksamhetsplan::plan::PlanId,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::ekonomi::Rakning;

use super::{
    data::crumbs,
    fyll_api::typed,
    las_in_api::ImportKonto,
    las_in_data::{Last, Mot, Vald, path, sett},
    tabell::tabell,
};
use crate::{
    components::{ErrorSummary, FormState, Hidden, PageHead, load},
    ctx::Ctx,
    error::AppError,
    import::{
        tabell::{Sheets, TableForm},
        underlag::{self, Fetched, Till},
    },
    verksamhetsplan::flikar,
};

/// What is said where a table is not kept any longer.
const GONE: &str = "Det du skickade finns inte kvar här. Om du nyss läste in det står beloppen under Ekonomi. Annars: välj filen igen.";

/// `/verksamhetsplan/{id}/ekonomi/las-in`
#[component]
pub fn LasInPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query: Vec<(String, String)> =
        use_query_map().get_untracked().into_iter().map(|(key, value)| (key.into_owned(), value)).collect();
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, plan) = flikar::read(&ctx, &id, Action::Edit).await?;
        let mot = Mot::read(&mut tx, plan).await?;
        let vald = Vald::of(&query);
        let kept = match &vald {
            Some(vald) => {
                let (person, now) = (ctx.actor()?.person, ctx.now.timestamp());
                let till = Till::konto(mot.plan.id);
                underlag::fetch(&mut tx, person, till, vald.underlag, now).await?.and_then(Fetched::read)
            }
            None => None,
        };
        drop(tx);
        let head = if mot.rakning.is_some() { "Läs in belopp" } else { "Läs in en budget" };
        let body = match (vald, kept) {
            (Some(vald), Some(kept)) if vald.blad.is_none() && kept.tables.len() > 1 => {
                let to = |blad| Vald { blad: Some(blad), ..vald.clone() }.address(mot.plan.id);
                let sheets = kept.tables.iter().enumerate();
                let sheets =
                    sheets.map(|(blad, table)| (to(blad), table.sheet().to_owned(), table.rows().len())).collect();
                view! { <Sheets sheets other=path(mot.plan.id)/> }.into_any()
            }
            (Some(vald), Some(kept)) => {
                let table = kept.tables.get(vald.blad.unwrap_or(0)).ok_or(AppError::NotFound)?;
                match mot.las(table, &vald.svar) {
                    Ok(last) => preview(&mot, &vald, &last)?,
                    Err(why) => upload(&mot, Some(why)),
                }
            }
            (Some(_), None) => upload(&mot, Some(GONE.to_owned())),
            (None, _) => upload(&mot, None),
        };
        Ok(view! {
            {crumbs(&mot.plan, "Läs in en tabell")}
            <PageHead title=head sub=format!("Verksamhetsplan {}", mot.plan.year)/>
            {body}
        })
    })
}

fn upload(mot: &Mot, notice: Option<String>) -> AnyView {
    let about = if mot.rakning.is_some() {
        "Välj en fil, eller kopiera tabellen och klistra in den: rader med Utfall, Budget och Prognos, som i ekonomisystemets \
         rapport. Raderna hittas på sina namn. Summor räknas om och sparas aldrig. Du får se vad som händer innan något sparas."
    } else {
        "Välj en fil, eller kopiera tabellen och klistra in den: en rad för varje verksamhet med Kostnader, Intäkter, Netto och \
         VO. Budgeten börjar med de verksamheterna. Du får se vad som händer innan något sparas."
    };
    // what was shown is gone, and why it was not read in is said here
    let refused = FormState::of(ImportKonto::PATH, None);
    view! {
        <ErrorSummary state=refused/>
        <TableForm action=path(mot.plan.id) back=super::path(mot.plan.id) notice about limit="xlsx eller CSV, högst 5 MB.".to_owned()/>
    }
    .into_any()
}

/// What reading the table would do.
fn preview(mot: &Mot, vald: &Vald, last: &Last) -> Result<AnyView, AppError> {
    let plan = mot.plan.id;
    let (body, seen, is_ready) = match (last, &mot.rakning) {
        (Last::Budget(last), _) => {
            let (content, belopp) = mot.begun(last, &vald.svar)?;
            let table = tabell(&uppstallning::budget(&Konto::new(&content, &belopp)));
            (view! { {told(plan, vald, last, last.content.enhet)} {table} }.into_any(), String::new(), last.is_ready())
        }
        (Last::Konto(last), Some(rakning)) => of_konto(plan, vald, last, rakning),
        (Last::Konto(_), None) => return Err(AppError::NotFound),
    };
    let version = mot.rakning.as_ref().map_or(0, |rakning| rakning.konto.version);
    let state = FormState::of(ImportKonto::PATH, None);
    let confirm = if is_ready {
        view! { <button class="button">"Läs in"</button> }.into_any()
    } else {
        view! { <p class="muted">"När frågorna är besvarade och rutorna rätta går tabellen att läsa in."</p> }
            .into_any()
    };
    Ok(view! {
        <div class="stack" id="resultat" tabindex="-1">
            {body}
            <form method="post" action=ImportKonto::PATH>
                <ErrorSummary state/>
                <Hidden name="plan" value=plan.to_string()/>
                <Hidden name="version" value=version.to_string()/>
                <Hidden name="vald" value=vald.sent()/>
                <Hidden name="seen" value=seen/>
                <div class="form-actions">
                    {confirm}
                    <a class="button quiet" href=path(plan)>"Välj en annan tabell"</a>
                </div>
            </form>
        </div>
    }
    .into_any())
}

/// What is asked and said of a table whose amounts are in a unit.
fn told<T>(plan: PlanId, vald: &Vald, last: &Lasning<T>, enhet: Enhet) -> impl IntoView + use<T> {
    let asked = last.fragor.iter().map(|fraga| question(plan, vald, fraga)).collect_view();
    let wrong: Vec<String> = last.fel.iter().map(Fel::said).collect();
    let printed: Vec<String> = last.jamforda.iter().map(|off| off.said(enhet)).collect();
    view! {
        {asked}
        {sentences("notice late", "Rutor som inte går att läsa", &wrong)}
        {sentences("notice warn", "Summor som inte stämmer: de uträknade gäller", &printed)}
        {sentences("notice info", "Så här läses tabellen", &last.sagt)}
    }
}

fn sentences(class: &'static str, title: &'static str, all: &[String]) -> Option<impl IntoView + use<>> {
    let items = all.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    (!all.is_empty()).then(|| view! { <div class=class><h2>{title}</h2> <ul>{items}</ul></div> })
}

/// A question: each answer is a link, and the one that was given says so.
fn question(plan: PlanId, vald: &Vald, fraga: &Fraga) -> impl IntoView + use<> {
    let choices = fraga.choices.iter().map(|choice| {
        let to = format!("{}#resultat", vald.answered(&fraga.key, &choice.value).address(plan));
        let is_given = fraga.svar.as_deref() == Some(choice.value.as_str());
        let class = if choice.foreslas { "button secondary small" } else { "button quiet small" };
        view! { <a class=class href=to aria-current=is_given.then_some("true")>{choice.label.clone()}</a> }
    });
    let choices = choices.collect_view();
    let class = if fraga.is_open() { "notice warn" } else { "notice info" };
    view! { <div class=class><p><strong>{fraga.text.clone()}</strong></p> <p class="cluster">{choices}</p></div> }
}

/// What a printed account would write in the account that there is; with what was seen of its cells, and whether it can be written.
fn of_konto(plan: PlanId, vald: &Vald, last: &Lasning<Kontolast>, rakning: &Rakning) -> (AnyView, String, bool) {
    let tid = vald.tid.unwrap_or_else(|| rakning.konto().senaste());
    let time = times(plan, vald, tid, last.content.is_of_prognos);
    let head = told(plan, vald, last, last.content.enhet);
    match vald.placed(rakning, &last.content) {
        Err(why) => (view! { {time} {head} <p class="notice late">{why}</p> }.into_any(), String::new(), false),
        Ok(placed) => {
            let seen = sett(rakning, &placed.belopp);
            let okanda =
                sentences("notice warn", "Rader som inte finns under Ekonomi, och som inte läses in", &placed.okanda);
            let more = sentences("notice info", "Också", &placed.sagt);
            let is_ready = last.is_ready() && !placed.belopp.is_empty();
            let table = amounts(rakning, &placed.belopp);
            (view! { {time} {head} {okanda} {more} {table} }.into_any(), seen, is_ready)
        }
    }
}

/// What the amounts of the table are of: only whoever reads it in knows.
fn times(plan: PlanId, vald: &Vald, tid: Tid, is_of_prognos: bool) -> impl IntoView + use<> {
    let kept = Vald { tid: None, budget_vid_tid: false, ..vald.clone() }.query();
    let kept =
        kept.into_iter().map(|(key, value)| view! { <input type="hidden" name=key value=value/> }).collect_view();
    let options = Tid::all().map(|of| {
        view! { <option value=of.code() selected=of == tid>{format::capitalised(of.label())}</option> }
    });
    let options = options.collect_view();
    let own = vald.budget_vid_tid;
    let budget = (!is_of_prognos).then(|| {
        view! {
            <label for="las-budget">"Budgeten är"</label>
            <select id="las-budget" name="budget">
                <option value="" selected=!own>"hela årets"</option>
                <option value="tid" selected=own>"för samma tid som utfallet"</option>
            </select>
        }
    });
    view! {
        <form class="cluster" method="get" action=format!("{}#resultat", path(plan))>
            {kept}
            <label for="las-tid">"Utfall och prognos är för"</label>
            <select id="las-tid" name="tid">{options}</select>
            {budget}
            <button class="button secondary small">"Visa"</button>
        </form>
    }
}

/// The cells that would be written: what stands there, and what they become.
fn amounts(rakning: &Rakning, all: &[Belopp]) -> impl IntoView + use<> {
    let content = &rakning.konto.content;
    let rows = all.iter().map(|ny| amount(content, rakning, ny)).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Belopp som läses in">
            <table class="table dense">
                <thead>
                    <tr>
                        <th scope="col">"Rad"</th>
                        <th scope="col">"Vad"</th>
                        <th scope="col" class="num">"Står nu"</th>
                        <th scope="col" class="num">"Blir"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn amount(content: &Content, rakning: &Rakning, ny: &Belopp) -> impl IntoView + use<> {
    let place = (ny.rad, ny.tid, ny.art);
    let stands = rakning.belopp.iter().find(|b| (b.rad, b.tid, b.art) == place);
    let (before, after) = (typed(stands, content), typed(Some(ny), content));
    let namn = content.rad(ny.rad).map_or_else(String::new, |(v, rad)| format!("{}, {}", rad.namn, v.namn));
    let what = match ny.art {
        Art::Prognos => format!("Prognos vid {}", ny.tid.label()),
        art => format!("{} {}", art.label(), ny.tid.label()),
    };
    let is_same = before == after;
    view! {
        <tr class:same=is_same>
            <th scope="row">{namn}</th>
            <td>{what}</td>
            <td class="num">{before}</td>
            <td class="num">{after}</td>
        </tr>
    }
}
