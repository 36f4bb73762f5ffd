//! `/verksamhetsplan/{id}/las-in`: a chain of goals from a table: first the form for a file or pasted cells, then what would become of it,
//! row by row, with what is asked about it.

use domain::{
    format,
    permission::Action,
    verksamhetsplan::{
        mal::{
            Niva,
            inlasning::{Last, Under},
        },
        plan::{Innehall, Plan, PlanId},
        tabell::{Fel, Fraga, RADER_MOST},
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::verksamhetsplan::inlasning::word;

use super::{
    PATH,
    flikar::read,
    las_in_api::ImportMalkedja,
    las_in_data::{Mot, SVAR, Vald, path},
    oppen::sluten,
    plan::crumbs,
};
use crate::{
    components::{ErrorSummary, FormState, Hidden, PageHead, load},
    ctx::Ctx,
    import::{
        tabell::{Sheets, TableForm, limit},
        underlag::{self, Kept, Till},
    },
};

/// What is said where a table is not kept any longer.
const GONE: &str =
    "Det du skickade finns inte kvar här. Om du nyss läste in det står målen i planen. Annars: välj filen igen.";

/// `/verksamhetsplan/{id}/las-in`
#[component]
pub fn LasInPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query: Vec<(String, String)> =
        use_query_map().get_untracked().into_iter().map(|(key, value)| (key.into_owned(), value)).collect();
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, plan) = read(&ctx, &id, Action::Edit).await?;
        let mot = Mot::read(&mut tx, plan.id).await?;
        let asked = Vald::of(&query);
        let kept = match &asked {
            Some(vald) => {
                let (person, now) = (ctx.actor()?.person, ctx.now.timestamp());
                underlag::get(&mut tx, person, &Till::malkedja(plan.id), vald.underlag, now).await?
            }
            None => None,
        };
        drop(tx);
        let content = match (sluten(&plan, Innehall::Mal), asked, kept) {
            (Some(why), ..) => why,
            (None, Some(vald), Some(kept)) => preview(&mot, vald, &kept),
            (None, Some(_), None) => upload(plan.id, Some(GONE.to_owned())),
            (None, None, _) => upload(plan.id, None),
        };
        Ok(view! {
            {crumbs(&plan, "Läs in en målkedja")}
            <PageHead title="Läs in en målkedja" sub=format!("Verksamhetsplan {}", plan.year)/>
            {content}
        })
    })
}

/// What the kept table would do, or which of several is meant.
fn preview(mot: &Mot, vald: Vald, kept: &Kept) -> AnyView {
    if vald.blad.is_none() && kept.tables.len() > 1 {
        let to = |blad| Vald { blad: Some(blad), ..vald.clone() }.address(mot.plan.id);
        let sheets = kept.tables.iter().enumerate();
        let sheets = sheets.map(|(blad, table)| (to(blad), table.sheet().to_owned(), table.rows().len())).collect();
        return view! { <Sheets sheets other=path(mot.plan.id)/> }.into_any();
    }
    let read = kept.tables.get(vald.blad.unwrap_or(0)).map(|table| mot.las(table, &vald.svar));
    match read {
        None => upload(mot.plan.id, Some(GONE.to_owned())),
        Some(Err(why)) => upload(mot.plan.id, Some(why)),
        Some(Ok(last)) => granskning(mot, &vald, &kept.rubrik, &last).into_any(),
    }
}

fn upload(id: PlanId, notice: Option<String>) -> AnyView {
    view! {
        <TableForm action=path(id) back=format!("{PATH}/{id}") notice
            about="Tabellen har en rad för varje mål. Kolumnerna Nivå och Mål behövs, och Nr, Under och Beskrivning läses om de finns. I Under står numret eller namnet på det mål som målet ligger under. Du får se vad som händer innan något sparas."
            limit=limit(RADER_MOST)/>
    }
    .into_any()
}

fn granskning(mot: &Mot, vald: &Vald, rubrik: &str, last: &Last) -> impl IntoView + use<> {
    let plan = mot.plan.id;
    let new = last.rader.iter().filter(|row| row.finns.is_none()).count();
    let levels = Niva::ALL.into_iter().zip(last.per_niva()).filter(|(_, n)| *n > 0);
    let levels: Vec<String> = levels.map(|(niva, n)| format!("{n} {}", niva.said())).collect();
    let notes = last.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
    let state = FormState::of(ImportMalkedja::PATH, None);
    let confirm = (last.is_ready() && new > 0).then(|| {
        let button = if new == 1 { "Läs in ett mål".to_owned() } else { format!("Läs in {new} mål") };
        view! {
            <form method="post" action=ImportMalkedja::PATH>
                <ErrorSummary state/>
                <Hidden name="plan" value=plan.to_string()/>
                <Hidden name="vald" value=vald.sent()/>
                <Hidden name="sett" value=word(last)/>
                <button class="button">{button}</button>
            </form>
        }
    });
    let said = match new {
        0 => "Inget nytt: alla mål i tabellen finns redan i planen.".to_owned(),
        1 => "Ett nytt mål.".to_owned(),
        n => format!("{n} nya mål."),
    };
    view! {
        <div class="stack" id="resultat" tabindex="-1">
            <p><strong>{rubrik.to_owned()}</strong> ": " {levels.join(", ")} ". " {said}</p>
            {(!last.notes.is_empty()).then(|| view! { <ul class="notice info">{notes}</ul> })}
            {faults(&last.fel)}
            {questions(plan, vald, &last.fragor)}
            <div class="cluster">
                {confirm}
                <a class="button quiet" href=path(plan)>"Välj en annan tabell"</a>
            </div>
            {rows(mot, &mot.plan, last)}
        </div>
    }
}

/// What is wrong with which row: the table is mended, and read again.
fn faults(fel: &[Fel]) -> impl IntoView + use<> {
    let rows = fel.iter().map(|fel| view! { <li>{format!("Rad {}: {}", fel.line, fel.text)}</li> }).collect_view();
    (!fel.is_empty()).then(|| {
        view! {
            <div class="notice late" id="fel" tabindex="-1">
                <strong>"Tabellen går inte att läsa in än"</strong>
                <ul>{rows}</ul>
                <p>"Rätta i tabellen och läs in den igen."</p>
            </div>
        }
    })
}

/// What is asked, answered all at once: the answers stand in the address.
fn questions(plan: PlanId, vald: &Vald, fragor: &[Fraga]) -> impl IntoView + use<> {
    let fields = fragor.iter().enumerate().map(|(n, fraga)| question(n, fraga)).collect_view();
    let kept = vald.table().into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let kept = kept.collect_view();
    (!fragor.is_empty()).then(|| {
        view! {
            <form class="card card-body import-fragor" method="get" action=path(plan) aria-label="Frågor om tabellen">
                {kept} {fields}
                <div class="form-actions"><button class="button secondary">"Visa med svaren"</button></div>
            </form>
        }
    })
}

fn question(n: usize, fraga: &Fraga) -> impl IntoView + use<> {
    let id = format!("svar-{n}");
    let chosen = fraga.svar.as_deref();
    let options = fraga.val.iter().map(|val| {
        let near = fraga.foreslaget.as_deref() == Some(val.code.as_str());
        let label = if near { format!("{} (liknar mest)", val.label) } else { val.label.clone() };
        let selected = chosen == Some(val.code.as_str());
        view! { <option value=val.code.clone() selected=selected>{label}</option> }
    });
    let options = options.collect_view();
    let lines: Vec<String> = fraga.rader.iter().map(ToString::to_string).collect();
    let rows = match lines.len() {
        0 => String::new(),
        1 => format!("Rad {}.", lines[0]),
        _ => format!("Rad {}.", format::and(&lines.iter().map(String::as_str).collect::<Vec<_>>())),
    };
    let must = if fraga.maste { "Måste besvaras." } else { "Utan svar läses det in som det står." };
    view! {
        <div class="field">
            <label for=id.clone()>{fraga.text.clone()}</label>
            <p class="help" id=format!("{id}-hjalp")>{rows} " " {must}</p>
            <select id=id.clone() name=format!("{SVAR}{}", fraga.key) aria-describedby=format!("{id}-hjalp")>
                <option value="">"Välj"</option>
                {options}
            </select>
        </div>
    }
}

/// What each row becomes.
fn rows(mot: &Mot, plan: &Plan, last: &Last) -> impl IntoView + use<> {
    let name = |niva: Niva| if niva == Niva::Enhetsmal { plan.benamning.label() } else { niva.label() };
    let rows = last.rader.iter().map(|row| {
        let under = match row.under {
            Under::Inget => String::new(),
            Under::Rad(at) => last.rader.get(at).map(|above| above.content.med_nr()).unwrap_or_default(),
            Under::Finns(id) => mot.trad.get(id).map(|mal| mal.content.med_nr()).unwrap_or_default(),
        };
        let what = if row.finns.is_some() { "Finns redan" } else { "Nytt" };
        view! {
            <tr>
                <td>{row.line}</td>
                <td>{name(row.content.niva)}</td>
                <td>{row.content.nr.clone()}</td>
                <th scope="row">{row.content.titel.clone()}</th>
                <td>{under}</td>
                <td>{what}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Målen i tabellen">
            <table class="table dense">
                <thead>
                    <tr>
                        <th scope="col">"Rad"</th>
                        <th scope="col">"Nivå"</th>
                        <th scope="col">"Nr"</th>
                        <th scope="col">"Mål"</th>
                        <th scope="col">"Ligger under"</th>
                        <th scope="col">"Vad som händer"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
