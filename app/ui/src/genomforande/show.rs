//! Show: the page of a run, with its tabs.

use domain::{
    format,
    genomforande::{Kind, Stage, Urval, documentation::draw_text},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{api::RenewUrval, close, figures, judge, load::Data};
use crate::components::{ErrorSummary, FormState, Hidden, HistoryList, PageHead, TextArea, load};

/// `/genomforanden/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let (tab, again) = (query.get("flik").unwrap_or_default(), query.get("dragning").is_some());
    load(async move {
        let data = Data::of(&id).await?;
        let data = &data;
        let run = &data.run;
        let stickprov = run.kind == Kind::Stickprov;
        // an open stickprov opens where it is judged, everything else with its result
        let judging = stickprov && data.may_judge && run.is_open();
        let first = if judging { "bedom" } else { "resultat" };
        let tab = match tab.as_str() {
            "bedom" | "urval" if !stickprov || tab == "bedom" && !data.may_judge => first,
            "bedom" | "resultat" | "analys" | "urval" | "historik" => tab.as_str(),
            _ => first,
        };
        let tabs = [
            ("bedom", "Bedöm", stickprov && data.may_judge),
            ("resultat", "Resultat", true),
            ("analys", "Analys och avslut", true),
            ("urval", "Urval", stickprov),
            ("historik", "Historik", true),
        ]
        .into_iter()
        .filter(|(.., shown)| *shown)
        .map(|(code, label, _)| {
            let href = format!("/genomforanden/{}?flik={code}", run.id);
            view! { <a href=href aria-current=(code == tab).then_some("page")>{label}</a> }
        })
        .collect_view();
        let content = match tab {
            "bedom" => judge::table(data),
            "analys" => close::analysis(data),
            "urval" => urval(data, again),
            "historik" => view! { <HistoryList entries=data.history.clone()/> }.into_any(),
            _ => figures::figures(data),
        };
        let urval_words = run.urval.as_ref().map(Urval::words);
        let sub = [
            Some(format::capitalised(&data.when().with_year())),
            Some(data.item.node_name.clone()),
            Some(run.kind.label().to_owned()),
            urval_words,
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
        let stage = match run.stage {
            Stage::Pagar => "badge brand",
            Stage::Avslutad => "badge done",
            Stage::Avbruten => "badge planned",
        };
        let removed = (!data.control.1).then(|| {
            view! {
                <p class="notice warn">
                    "Kontrollen är borttagen ur planen. Genomförandet finns kvar och kan avslutas ändå."
                </p>
            }
        });
        let (title, stage_label) = (data.item.title.clone(), run.stage.label());
        let documentation = format!("/genomforanden/{}/dokumentation", run.id);
        let occurrence = format!("/forekomster/{}", run.occurrence);
        Ok(view! {
            <PageHead title sub>
                <span class=stage>{stage_label}</span>
                <a class="button secondary" href=documentation>"Dokumentation"</a>
                <a class="button secondary" href=occurrence>"Till tillfället"</a>
            </PageHead>
            {removed}
            <nav class="tabs" aria-label="Flikar">{tabs}</nav>
            {content}
        })
    })
}

/// How the cases were chosen, and drawing them again.
fn urval(data: &Data, again: bool) -> AnyView {
    let run = &data.run;
    let Some(urval) = &run.urval else { return ().into_any() };
    let drawn: Vec<String> = urval.drawn.iter().map(ToString::to_string).collect();
    let state = FormState::of(RenewUrval::PATH, Some(("id", &run.id.to_string())));
    let answered = data.result.as_ref().map_or(0, |r| r.asked - r.missing);
    let loss = (answered > 0).then(|| format!("{} svar som redan är givna tas bort.", format::int(answered)));
    let description = draw_text(urval);
    let how = description.split_once('\n').map_or("", |(_, how)| how).to_owned();
    view! {
        <div class="two-col">
            <div class="stack">
                <dl class="dl">
                    <dt>"Dras ur"</dt>
                    <dd>{format::int(urval.population)} " ärenden" {if urval.from_list { ", ur en lista" } else { "" }}</dd>
                    <dt>"Dragna"</dt>
                    <dd>{if urval.is_all() { urval.words() } else { format::int(urval.n) }}</dd>
                    <dt>"Frö"</dt>
                    <dd><code class="seed">{urval.seed.to_string()}</code></dd>
                    <dt>"Algoritm"</dt>
                    <dd>{urval.algorithm.clone()}</dd>
                    <dt>"Rader, i den ordning de drogs"</dt>
                    <dd>{drawn.join(", ")}</dd>
                </dl>
                {repeated(data, urval, again)}
                <details class="disclosure">
                    <summary>"Så upprepar du dragningen"</summary>
                    <p>{how}</p>
                </details>
            </div>
            <aside class="stack">
                {(run.is_open() && data.may_close())
                    .then(|| {
                        view! {
                            <details class="disclosure" open=state.is_back()>
                                <summary>"Dra om"</summary>
                                <form class="form" method="post" action=RenewUrval::PATH>
                                    <ErrorSummary state=state.clone()/>
                                    <Hidden name="id" value=run.id.to_string()/>
                                    <Hidden name="version" value=run.version.to_string()/>
                                    {loss.map(|text| view! { <p class="notice warn">{text}</p> })}
                                    <TextArea state=state.clone() name="reason" label="Varför dras det om?" required=true
                                        help="Det nya urvalet får ett nytt frö. Det gamla fröet och orsaken står i historiken."/>
                                    <div class="form-actions"><button class="button">"Dra om"</button></div>
                                </form>
                            </details>
                        }
                    })}
            </aside>
        </div>
    }
    .into_any()
}

/// The button that draws again with the seed that was kept, and what that gave. Nothing is changed by it.
fn repeated(data: &Data, urval: &Urval, again: bool) -> AnyView {
    if !again {
        return view! {
            <form method="get" action=format!("/genomforanden/{}", data.run.id)>
                <input type="hidden" name="flik" value="urval"/>
                <input type="hidden" name="dragning" value="igen"/>
                <button class="button secondary">"Visa dragningen igen"</button>
                <p class="help">"Samma frö och samma lista ger samma ärenden. Ingenting ändras."</p>
            </form>
        }
        .into_any();
    }
    let Some(again) = urval.again() else {
        return view! {
            <p class="notice warn" role="status">"Urvalet drogs med en äldre algoritm än den som finns här, så det kan inte dras igen på sidan. Beskrivningen nedan gäller."</p>
        }
        .into_any();
    };
    let rows: Vec<String> = again.rows.iter().map(ToString::to_string).collect();
    view! {
        <section class="stack" aria-labelledby="igen">
            <h2 id="igen">"Dragningen igen"</h2>
            <p role="status">{again.sentence(urval)}</p>
            <dl class="dl">
                <dt>"Rader som fröet ger nu"</dt>
                <dd>{rows.join(", ")}</dd>
            </dl>
        </section>
    }
    .into_any()
}
