//! `/verksamhetsplan/{id}/las-in`: the tables of a plan: first the form for a file or pasted cells, then what would become of each row, with
//! what is asked about it; and below the form, what was read in before, which can be undone. What kind a table is follows from its columns,
//! and can be said where they may mean another.

use domain::{
    import::Table,
    permission::Action,
    verksamhetsplan::{
        inlasning::{Last, Mot, PlanimportId, Tabellslag, Verkan, mojliga},
        mal::Niva,
        plan::{Innehall, Plan, PlanId},
        tabell::RADER_MOST,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::verksamhetsplan::inlasning::angra::{self, Import};

use super::{
    PATH,
    flikar::read,
    las_in_api::ImportPlantabell,
    las_in_data::{SVAR, Vald, mot, path, workbook},
    las_in_gjorda::imports,
    oppen::sluten,
    plan::crumbs,
};
use crate::{
    components::{ErrorSummary, FormState, Hidden, PageHead, TextArea, load},
    ctx::Ctx,
    import::{
        tabell::{Sheets, TableForm, faults, limit, notes, questions},
        underlag::{self, Kept, Till},
    },
};

/// What is said where a table is not kept any longer.
const GONE: &str =
    "Det du skickade finns inte kvar här. Om du nyss läste in det står det i planen. Annars: välj filen igen.";

/// What a table can hold.
const ABOUT: &str = "Klistra in eller välj en tabell med mål, indikatorer, utfall, förväntat resultat eller aktiviteter. \
Rubrikerna visar vilken det är: mål har Nivå och Mål, indikatorer har Indikator och Årsmål, utfall har Indikator och Periodens utfall, \
de andra har Förväntat resultat eller Aktivitet. Målet som en rad hör till står som nummer eller namn. En arbetsbok med flera blad går bra: \
du väljer blad. Du får se vad som händer innan något sparas.";

/// `/verksamhetsplan/{id}/las-in`
#[component]
pub fn LasInPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query: Vec<(String, String)> =
        use_query_map().get_untracked().into_iter().map(|(key, value)| (key.into_owned(), value)).collect();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let (mut tx, plan) = read(&ctx, &id, Action::Edit).await?;
        let asked = Vald::of(&query);
        let kept = match &asked {
            Some(vald) => {
                let till = Till::plantabell(plan.id);
                underlag::get(&mut tx, actor.person, &till, vald.underlag, ctx.now.timestamp()).await?
            }
            None => None,
        };
        let gone = asked.as_ref().map(|_| GONE.to_owned());
        let content = if let (Some(vald), Some(kept)) = (&asked, kept) {
            let mot = mot(&mut tx, &actor, ctx.today, &plan).await?;
            drop(tx);
            // judging a long table takes the processor for a while
            let chosen = vald.clone();
            let (mot, kept, judged) = ctx
                .work(move || {
                    let judged = judge(&mot, &chosen, &kept);
                    (mot, kept, judged)
                })
                .await?;
            preview(&mot, vald, &kept, judged)
        } else {
            let done = angra::list(&mut tx, plan.id).await?;
            drop(tx);
            upload(&plan, gone, Some((done.as_slice(), ctx.now)))
        };
        Ok(view! {
            {crumbs(&plan, "Läs in en tabell")}
            <PageHead title="Läs in en tabell" sub=format!("Verksamhetsplan {}", plan.year)/>
            {content}
        })
    })
}

/// The table that is shown of those that were kept.
fn table<'a>(vald: &Vald, kept: &'a Kept) -> Option<&'a Table> {
    kept.tables.get(vald.blad.unwrap_or(0))
}

/// What the table would do; none where several can be meant, or the one that is asked for is not there.
fn judge(mot: &Mot, vald: &Vald, kept: &Kept) -> Option<Result<Last, String>> {
    if vald.blad.is_none() && kept.tables.len() > 1 {
        return None;
    }
    let table = table(vald, kept)?;
    Some(vald.slag(table).and_then(|slag| mot.las(slag, table, &vald.svar)))
}

/// What the kept table would do, or which of several is meant.
fn preview(mot: &Mot, vald: &Vald, kept: &Kept, judged: Option<Result<Last, String>>) -> AnyView {
    match (judged, table(vald, kept)) {
        (Some(Ok(last)), Some(table)) => granskning(mot, vald, (kept.rubrik.as_str(), table), &last).into_any(),
        (Some(Err(why)), _) => upload(&mot.plan, Some(why), None),
        (_, None) => upload(&mot.plan, Some(GONE.to_owned()), None),
        (None, Some(_)) => {
            let to = |blad| Vald { blad: Some(blad), ..vald.clone() }.address(mot.plan.id);
            let named = |table: &Table| match vald.slag(table) {
                Ok(slag) if slag.label() != table.sheet() => format!("{} ({})", table.sheet(), slag.label()),
                _ => table.sheet().to_owned(),
            };
            let sheets = kept.tables.iter().enumerate();
            let sheets = sheets.map(|(blad, table)| (to(blad), named(table), table.rows().len())).collect();
            view! { <Sheets sheets other=path(mot.plan.id)/> }.into_any()
        }
    }
}

/// The form, and what was read in before.
fn upload(plan: &Plan, notice: Option<String>, done: Option<(&[Import], chrono::DateTime<chrono::Utc>)>) -> AnyView {
    let id = plan.id;
    let closed = sluten(plan, Innehall::Mal).map(|why| {
        let aktivitet = if plan.closed(Innehall::Aktivitet).is_none() { " och aktiviteter" } else { "" };
        view! { {why} <p class="muted">{format!("Utfall{aktivitet} går att läsa in ändå.")}</p> }
    });
    let done = done.and_then(|(done, now)| imports(id, done, now));
    view! {
        <div class="stack loose">
            {closed}
            <TableForm action=path(id) back=format!("{PATH}/{id}") notice about=ABOUT limit=limit(RADER_MOST)/>
            <p>
                <a href=workbook(id) download="">"Planens tabeller till Excel"</a>
                " med ett blad för varje slag. Texterna om målen och planens kapitel är inte med. Nya rader och utfall i filen kan läsas in här. Det som redan finns ändrar du i planen."
            </p>
            {done}
        </div>
    }
    .into_any()
}

/// How much of each kind a table holds, and what of it is new.
fn summary(last: &Last) -> String {
    let (nya, andrade) = last.antal();
    let levels = if let Last::Mal(goals) = last {
        let levels = Niva::ALL.into_iter().zip(goals.per_niva()).filter(|(_, n)| *n > 0);
        let levels: Vec<String> = levels.map(|(niva, n)| format!("{n} {}", niva.said())).collect();
        if levels.is_empty() { String::new() } else { format!("{}. ", levels.join(", ")) }
    } else {
        String::new()
    };
    let new = domain::format::capitalised(&last.slag().nya(nya));
    match (nya, andrade) {
        (0, 0) if matches!(last, Last::Mal(_)) => {
            format!("{levels}Inget nytt: alla mål i tabellen finns redan i planen.")
        }
        (0, 0) => "Inget nytt: det som står i tabellen finns redan i planen.".to_owned(),
        (_, 0) => format!("{levels}{new}."),
        (0, n) => format!("{n} ändras."),
        (_, n) => format!("{new}, och {n} ändras."),
    }
}

/// What the button says.
fn knapp(last: &Last) -> String {
    match (last.slag(), last.antal()) {
        (Tabellslag::Mal, (1, _)) => "Läs in ett mål".to_owned(),
        (Tabellslag::Mal, (n, _)) => format!("Läs in {n} mål"),
        (slag, (n, 0)) => format!("Läs in {}", slag.nya(n)),
        (_, (0, n)) => format!("Läs in {n} {}", if n == 1 { "ändring" } else { "ändringar" }),
        (slag, (n, m)) => format!("Läs in {} och {m} {}", slag.nya(n), if m == 1 { "ändring" } else { "ändringar" }),
    }
}

fn granskning(mot: &Mot, vald: &Vald, (rubrik, table): (&str, &Table), last: &Last) -> impl IntoView + use<> {
    let plan = mot.plan.id;
    let closed = sluten(&mot.plan, last.slag().innehall());
    let is_something = last.antal() != (0, 0);
    let confirm = (closed.is_none() && last.is_ready() && is_something).then(|| confirm(plan, vald, last));
    view! {
        <div class="stack" id="resultat" tabindex="-1">
            <p><strong>{rubrik.to_owned()}</strong> ": " {last.slag().label()} ". " {summary(last)}</p>
            {slag(plan, vald, table, last.slag())}
            {notes(last.notes())}
            {others(mot, last)}
            {faults(last.fel())}
            {questions(path(plan), vald.table(), SVAR, last.fragor())}
            {closed}
            <div class="cluster">
                {confirm}
                <a class="button quiet" href=path(plan)>"Välj en annan tabell"</a>
            </div>
            {rows(mot, last)}
        </div>
    }
}

/// The button that reads it in, with why where outcomes are not changed without a reason.
fn confirm(plan: PlanId, vald: &Vald, last: &Last) -> impl IntoView + use<> {
    let state = FormState::of(ImportPlantabell::PATH, Some(("plan", &plan.to_string())));
    let id = state.new_id(|| PlanimportId::new().to_string());
    let why = last.skal();
    let why = (!why.is_empty()).then(|| {
        let said = why.into_iter().map(|why| view! { <p>{why}</p> }).collect_view();
        view! { {said} <TextArea state=state.clone() name="skal" label="Varför" required=true/> }
    });
    view! {
        <form class="form" method="post" action=ImportPlantabell::PATH>
            <ErrorSummary state/>
            <Hidden name="id" value=id/>
            <Hidden name="plan" value=plan.to_string()/>
            <Hidden name="vald" value=vald.sent()/>
            <Hidden name="sett" value=last.sett()/>
            {why}
            <div class="form-actions">
                <button class="button">{knapp(last)}</button>
                <p class="muted">"Hela inläsningen går att ångra i ett dygn."</p>
            </div>
        </form>
    }
}

/// What else the table can be read as, where its columns may mean another kind.
fn slag(plan: PlanId, vald: &Vald, table: &Table, here: Tabellslag) -> impl IntoView + use<> {
    let all = mojliga(table);
    (all.len() > 1).then(|| {
        let links = all.into_iter().map(|slag| {
            // what was answered was asked of another kind
            let to = Vald { slag: Some(slag), svar: domain::siffror::inlasning::Svar::default(), ..vald.clone() };
            let href = format!("{}#resultat", to.address(plan));
            view! { <a href=href aria-current=(slag == here).then_some("true")>{slag.label()}</a> }
        });
        view! { <nav class="segmented" aria-label="Läs tabellen som">{links.collect_view()}</nav> }
    })
}

/// That rows which are there already stand otherwise in the table: they are not written, and each says what.
fn others(mot: &Mot, last: &Last) -> impl IntoView + use<> {
    let n = mot.forhand(last).iter().filter(|rad| !rad.annorlunda.is_empty()).count();
    let said = match n {
        0 => None,
        1 => Some(
            "En rad finns redan men står annorlunda i tabellen. Den ändras inte här: ändra den i planen.".to_owned(),
        ),
        n => Some(format!(
            "{n} rader finns redan men står annorlunda i tabellen. De ändras inte här: ändra dem i planen."
        )),
    };
    said.map(|said| view! { <p class="notice warn">{said}</p> })
}

/// What each row becomes.
fn rows(mot: &Mot, last: &Last) -> impl IntoView + use<> {
    let (first, others) = last.slag().huvud().split_first().map_or(("", &[][..]), |(first, others)| (*first, others));
    let head = others.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect_view();
    let rows = mot.forhand(last).into_iter().map(|rad| {
        let cells = rad.celler.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view();
        let note = (!rad.not.is_empty()).then(|| view! { <br/> <small>{rad.not}</small> });
        let other = (!rad.annorlunda.is_empty()).then(|| view! { <br/> <strong>{rad.annorlunda}</strong> });
        view! {
            <tr class:same=rad.verkan == Verkan::Finns>
                <td>{rad.line}</td>
                <th scope="row">{rad.namn}</th>
                {cells}
                <td>{rad.verkan.label()} {other} {note}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Raderna i tabellen">
            <table class="table dense import-table">
                <thead>
                    <tr>
                        <th scope="col">"Rad"</th>
                        <th scope="col">{first}</th>
                        {head}
                        <th scope="col">"Vad som händer"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
