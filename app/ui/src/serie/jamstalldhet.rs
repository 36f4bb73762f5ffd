//! `/siffror/jamstalldhet`: the analyses of a unit of whether two groups are met alike, and the page of each: what came out is its
//! heading, the two groups stand in a table, and what is thought of them under it. Where so few are counted that somebody can be known
//! again, the counts are for those who make analyses.

use std::collections::HashMap;

use domain::{
    atgard::{Atgard, Source},
    format,
    history::Entry,
    permission::{Action, Area},
    person::Actor,
    siffror::{
        jamstalldhet::{
            Bedomning, Content, Grupp,
            analys::{Analys, GRUPPER, JamstalldhetId},
        },
        serie::SerieId,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{Target, atgard, history, serie, serie::jamstalldhet};

use super::data::DOLT;
use crate::{
    components::{Empty, HistoryList, Newest, PageHead, load, plan::UnitSwitch},
    ctx::Ctx,
    error::AppError,
    place::Place,
    upphorda::UnitNotice,
};

/// The list.
pub const PATH: &str = "/siffror/jamstalldhet";

/// Whether somebody is shown the figures of an analysis: who makes them sees all.
pub fn shown_to(actor: &Actor, analys: &Analys) -> bool {
    analys.skriven.content.visas() || actor.may(analys.node, Area::Serie, Action::Edit)
}

/// `/siffror/jamstalldhet`
#[component]
pub fn ListPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let mut tx = ctx.read(Target::Node(place.unit, Area::Serie), Action::View).await?;
        let all = jamstalldhet::list(&mut tx, place.unit).await?;
        let series = serie::list(&mut tx, place.unit).await?;
        drop(tx);
        let names: HashMap<SerieId, String> = series.iter().map(|s| (s.id, s.content.namn.clone())).collect();
        let may_edit = actor.may(place.unit, Area::Serie, Action::Edit);
        let asked = all.len();
        let open = all.iter().filter(|a| a.skriven.content.bedomning.is_none()).count();
        let count = if asked == 1 { "1 analys".to_owned() } else { format!("{asked} analyser") };
        let sub = match (asked, open) {
            (0, _) => place.unit_name.clone(),
            (_, 0) => format!("{} · {count}", place.unit_name),
            (_, 1) => format!("{} · {count}, 1 inte bedömd", place.unit_name),
            (_, n) => format!("{} · {count}, {n} inte bedömda", place.unit_name),
        };
        let new = place.link("/siffror/jamstalldhet/ny", place.year, &[]);
        let content = if asked == 0 {
            let button = may_edit.then(|| view! { <p><a class="button" href=new.clone()>"Ny analys"</a></p> });
            view! {
                <Empty
                    title="Ingen analys än"
                    text="Här prövar enheten om kvinnor och män, eller två andra grupper, får samma sak: en fråga, båda gruppernas siffror, om skillnaden är större än slumpen kan ge, och om den är motiverad."
                >
                    {button}
                </Empty>
            }
            .into_any()
        } else {
            let rows = all
                .into_iter()
                .map(|a| {
                    let name = a.skriven.serie.and_then(|id| names.get(&id).cloned());
                    row(&a, shown_to(&actor, &a), name)
                })
                .collect_view();
            view! { <div class="card"><ul class="rows">{rows}</ul></div> }.into_any()
        };
        Ok(view! {
            <nav class="breadcrumbs" aria-label="Du är här">
                <ol>
                    <li><a href="/siffror">"Siffror"</a></li>
                    <li aria-current="page">"Jämställdhetsanalyser"</li>
                </ol>
            </nav>
            <PageHead title="Jämställdhetsanalyser" sub>
                {(may_edit && asked > 0).then(|| view! { <a class="button" href=new>"Ny analys"</a> })}
            </PageHead>
            <UnitNotice place=place.clone() path=PATH/>
            {(place.units.len() > 1).then(|| view! { <div class="filter-bar"><UnitSwitch place path=PATH/></div> })}
            <div class="stack" id="analyser" data-live="serie">
                {content} <Newest asked most=jamstalldhet::MOST what="analyserna"/>
            </div>
        })
    })
}

/// An analysis in a list. `serie`: what the series that it is about is called.
pub fn row(a: &Analys, shown: bool, serie: Option<String>) -> impl IntoView + use<> {
    let content = &a.skriven.content;
    let rubrik = content.rubrik(shown);
    let finding = (rubrik != content.fraga).then(|| view! { <p>{format!("{rubrik}.")}</p> });
    let meta = [Some(format::date(a.skriven.on)), Some(a.who.clone()).filter(|who| !who.is_empty()), serie];
    let meta: Vec<String> = meta.into_iter().flatten().collect();
    view! {
        <li class="row" id=format!("analys-{}", a.id)>
            <div class="row-text">
                <a class="row-title" href=format!("{PATH}/{}", a.id)>{content.fraga.clone()}</a>
                {finding}
                <p class="row-meta">{meta.join(" · ")}</p>
            </div>
            <div class="row-actions"><span class=badge(content.bedomning)>{content.bedomd()}</span></div>
        </li>
    }
}

/// A word beside its question: what there is no reason for is to be seen to.
fn badge(bedomning: Option<Bedomning>) -> &'static str {
    match bedomning {
        Some(Bedomning::Motiverad) => "badge done",
        Some(Bedomning::Omotiverad) => "badge warn",
        Some(Bedomning::GarInteAttSaga) => "badge",
        None => "badge planned",
    }
}

/// `/siffror/jamstalldhet/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: JamstalldhetId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Jamstalldhet(id), Action::View).await?;
        let found = jamstalldhet::get(&mut tx, id).await?;
        let about = match found.skriven.serie {
            Some(serie) => Some(serie::get(&mut tx, serie).await?),
            None => None,
        };
        let source = Source::Jamstalldhet(id);
        let atgarder = atgard::of_source(&mut tx, &actor, source).await?;
        let mut entries = history::list(&mut tx, &[id.0]).await?;
        drop(tx);
        let may_edit = actor.may(found.node, Area::Serie, Action::Edit);
        let may_act = actor.may(found.node, Area::Atgard, Action::Edit);
        let shown = shown_to(&actor, &found);
        if !may_edit {
            // what they were before was perhaps fewer
            without_figures(&mut entries);
        }
        let content = &found.skriven.content;
        let rubrik = content.rubrik(shown);
        let sub = if rubrik == content.fraga { actor.tree.name(found.node).to_owned() } else { content.fraga.clone() };
        let text = |label: &'static str, value: &str| {
            let value = value.to_owned();
            (!value.is_empty()).then(|| view! { <dt>{label}</dt> <dd class="prewrap">{value}</dd> })
        };
        let serie = about.map(|serie| {
            view! { <dt>"Serie"</dt> <dd><a href=format!("/siffror/{}", serie.id)>{serie.content.namn}</a></dd> }
        });
        Ok(view! {
            <nav class="breadcrumbs" aria-label="Du är här">
                <ol>
                    <li><a href="/siffror">"Siffror"</a></li>
                    <li><a href=PATH>"Jämställdhetsanalyser"</a></li>
                    <li aria-current="page">{content.fraga.clone()}</li>
                </ol>
            </nav>
            <PageHead title=rubrik sub>
                {may_edit.then(|| view! { <a class="button secondary" href=format!("{PATH}/{id}/redigera")>"Ändra"</a> })}
                {may_act.then(|| view! { <a class="button" href=source.new_atgard()>"Ny åtgärd"</a> })}
            </PageHead>
            <div class="two-col" id="analys" data-live="serie">
                <div class="stack loose">
                    {figures(content, shown)}
                    {judgement(content, may_edit.then(|| format!("{PATH}/{id}/redigera")))}
                    {of_atgarder(&atgarder)}
                    <section class="stack tight">
                        <h2>"Historik"</h2>
                        <HistoryList entries/>
                    </section>
                </div>
                <aside class="stack">
                    <section class="card">
                        <div class="card-head"><h2>"Om analysen"</h2></div>
                        <dl class="dl card-text">
                            {text("Fråga", &content.fraga)} {text("Avgränsning", &content.avgransning)} {serie}
                            {text("Dag", &format::date(found.skriven.on))} {text("Gjord av", &found.who)}
                        </dl>
                    </section>
                </aside>
            </div>
        })
    })
}

/// Takes the figures of the groups out of a history.
fn without_figures(entries: &mut [Entry]) {
    for entry in entries {
        entry.changes.retain(|change| !GRUPPER.contains(&change.label.as_str()));
    }
}

/// The two groups, and whether they differ by more than chance gives.
fn figures(content: &Content, shown: bool) -> AnyView {
    let rows = content.grupper.iter().map(|g| figures_of(g, shown)).collect_view();
    let known = content.grupper.iter().any(|g| g.andel().is_some());
    let table = known.then(|| {
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label="De två grupperna">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Grupp"</th>
                            <th class="num" scope="col">"Antal"</th>
                            <th class="num" scope="col">"Av"</th>
                            <th class="num" scope="col">"Andel"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let said = if shown {
        let difference = content.skillnad_said().map(|said| view! { <p>{said}</p> });
        let chance = known.then(|| view! { <p>{content.slumpen().said()}</p> });
        view! { {difference} {chance} }.into_any()
    } else {
        view! { <p class="help">"Siffrorna visas bara för dem som gör analyser: så få att någon kan kännas igen."</p> }
            .into_any()
    };
    let utfall = (!content.utfall.is_empty()).then(|| view! { <p class="prewrap">{content.utfall.clone()}</p> });
    if !known && content.utfall.is_empty() {
        return view! { <p class="help">"Inga siffror är inskrivna än."</p> }.into_any();
    }
    view! {
        <section class="stack tight">
            <h2>"Siffrorna"</h2>
            {table} {said} {utfall}
        </section>
    }
    .into_any()
}

fn figures_of(g: &Grupp, shown: bool) -> AnyView {
    let count = |n: Option<i64>| n.map(format::int);
    let cells = [count(g.antal.map(|s| s.numerator)), count(g.antal.map(|s| s.denominator)), g.andel_said()];
    let cells = cells.map(|value| match value {
        Some(_) if !shown => {
            view! { <td class="num suppressed" title=DOLT>"–" <span class="visually-hidden">{format!(" {DOLT}")}</span></td> }
                .into_any()
        }
        value => view! { <td class="num">{value}</td> }.into_any(),
    });
    view! { <tr><th scope="row">{g.namn.clone()}</th> {cells.into_iter().collect_view()}</tr> }.into_any()
}

/// What is thought of it. `edit`: where somebody who may writes it.
fn judgement(content: &Content, edit: Option<String>) -> AnyView {
    let heading = content.bedomning.map_or_else(|| "Inte bedömd än".to_owned(), |b| b.label().to_owned());
    let write = edit.filter(|_| content.bedomning.is_none());
    let write = write.map(|href| view! { <p><a class="button secondary" href=href>"Skriv en bedömning"</a></p> });
    let part = |label: &'static str, text: &str| {
        let text = text.to_owned();
        (!text.is_empty()).then(|| view! { <p class="prewrap"><strong>{label}</strong> {text}</p> })
    };
    view! {
        <section class="stack tight" id="bedomning">
            <h2>"Bedömning"</h2>
            <p><span class=badge(content.bedomning)>{heading}</span></p>
            {part("Skäl: ", &content.skal)} {part("Slutsats: ", &content.slutsats)} {write}
        </section>
    }
    .into_any()
}

/// What is done about it.
fn of_atgarder(all: &[Atgard]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let rows = all.iter().map(|a| {
        let meta = format!("{} · klar senast {}", a.status().label(), format::date(a.due));
        view! {
            <li class="row">
                <div class="row-text">
                    <a class="row-title" href=format!("/atgarder/{}", a.id)>{a.title.clone()}</a>
                    <p class="row-meta">{meta}</p>
                </div>
                <div class="row-who">{a.responsible_label.clone()}</div>
            </li>
        }
    });
    let rows = rows.collect_view();
    let list = view! {
        <section class="stack tight">
            <h2>"Åtgärder"</h2>
            <div class="card"><ul class="rows">{rows}</ul></div>
        </section>
    };
    Some(list.into_any())
}

#[cfg(test)]
mod tests {
    use domain::siffror::jamstalldhet::{Form, check};

    use super::*;

    fn content() -> Content {
        let text = str::to_owned;
        let form = Form {
            fraga: text("Har kvinnor och män förändringsplan lika ofta?"),
            taljare_a: text("14"),
            namnare_a: text("18"),
            taljare_b: text("15"),
            namnare_b: text("17"),
            ..Form::default()
        };
        check(&form).unwrap()
    }

    fn html(shown: bool) -> String {
        Owner::new().with(|| figures(&content(), shown).to_html())
    }

    #[test]
    fn small_counts_are_for_those_who_make_analyses_and_others_are_told_why() {
        let all = html(true);
        assert!(all.contains("77,8") && all.contains("p = 0,66"), "{all}");
        let hidden = html(false);
        for figure in ["14", "18", "77,8", "10,5", "0,66"] {
            assert!(!hidden.contains(figure), "{figure} in {hidden}");
        }
        assert!(hidden.contains(DOLT) && hidden.contains("Kvinnor"), "{hidden}");
    }

    #[test]
    fn what_is_not_judged_yet_says_so_and_leads_to_where_it_is_written() {
        let of = |edit: Option<&str>| Owner::new().with(|| judgement(&content(), edit.map(str::to_owned)).to_html());
        assert!(of(Some("/redigera")).contains("Skriv en bedömning"));
        let reader = of(None);
        assert!(reader.contains("Inte bedömd än") && !reader.contains("href"), "{reader}");
    }
}
