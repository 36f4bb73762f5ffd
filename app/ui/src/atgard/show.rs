//! Show: one åtgärd, what can be done with it, and whether it had effect.

use domain::{
    atgard::{Atgard, Source, Status, effect_label},
    avvikelse::access::handles,
    format,
    id::AtgardId,
    occurrence::Outcome,
    permission::{Action, Area},
    schedule::Category,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{Target, atgard, history};

use super::{api::SetAtgardEffekt, rows::mark};
use crate::{
    components::{ErrorSummary, FormState, Hidden, HistoryList, PageHead, StatusMark, TextArea, load},
    ctx::Ctx,
    error::AppError,
    forekomst::api::{MarkOccurrenceBegun, MarkOccurrenceDone, MarkOccurrenceGivenUp, UndoOccurrenceMark},
};

/// `/atgarder/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: AtgardId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Atgard(id), Action::View).await?;
        let a = atgard::get(&mut tx, &actor, id).await?;
        let mut things = vec![id.0, a.occurrence.0];
        things.extend(a.follow_up.as_ref().map(|f| f.occurrence.0));
        let entries = history::list(&mut tx, &things).await?;
        let may_edit = actor.may(a.node, Area::Atgard, Action::Edit);
        let today = ctx.today;
        // to those who may not open the case, where it is tells nothing
        let secret = matches!(a.source, Source::Avvikelse(_)) && !handles(&actor.grants, &actor.tree, a.node);
        let source = a.source.link(a.source_plan).filter(|_| !secret).map(|href| {
            let label = match a.source_label.as_str() {
                "" => a.source.label().to_owned(),
                about => format!("{}: {about}", a.source.label()),
            };
            view! { <dt>"Kommer från"</dt> <dd><a href=href>{label}</a></dd> }
        });
        let fact = |label: &'static str, value: String| {
            (!value.is_empty()).then(|| view! { <dt>{label}</dt> <dd class="prewrap">{value}</dd> })
        };
        let late = a.is_late(today);
        Ok(view! {
            <PageHead title=a.title.clone() sub=a.node_name.clone()>
                {may_edit.then(|| view! { <a class="button secondary" href=format!("/atgarder/{id}/redigera")>"Ändra"</a> })}
                <a class="button secondary" href="/atgarder">"Alla åtgärder"</a>
            </PageHead>
            <div class="two-col">
                <div class="stack loose">
                    <section class="card">
                        <ul class="rows">
                            <li class="row">
                                <StatusMark status=mark(&a, today) category=Category::Atgard/>
                                <div class="row-text">
                                    <strong class="row-title">{a.status().label()}</strong>
                                    <p class="row-meta" class:late=late>{a.next(today)}</p>
                                </div>
                                <div class="row-who">{a.responsible_label.clone()}</div>
                                <div class="row-actions">{a.may_tick.then(|| buttons(&a))}</div>
                            </li>
                        </ul>
                    </section>
                    {follow_up(&a)}
                    <section class="stack">
                        <h2>"Historik"</h2>
                        <HistoryList entries/>
                    </section>
                </div>
                <aside class="stack">
                    <section class="card">
                        <div class="card-head"><h2>"Om åtgärden"</h2></div>
                        <dl class="dl card-text">
                            {fact("Varför", a.why.clone())} {fact("Ansvarig", a.responsible_label.clone())}
                            {fact("Klar senast", format::date(a.due))}
                            {fact("Klar", a.done_on.map(format::date).unwrap_or_default())}
                            {fact("Följs upp", a.follow_up.as_ref().map(|f| format::date(f.due)).unwrap_or_default())}
                            {fact("Beslutad", format::date(a.created_on))} {source}
                        </dl>
                    </section>
                    {a.may_tick.then(|| other(&a))}
                </aside>
            </div>
        })
    })
}

fn ids(a: &Atgard) -> impl IntoView + use<> {
    view! {
        <Hidden name="id" value=a.occurrence.to_string()/>
        <Hidden name="version" value=a.occurrence_version.to_string()/>
    }
}

/// The step that comes next.
fn buttons(a: &Atgard) -> AnyView {
    let begin = (a.status() == Status::Ny).then(|| {
        view! { <form method="post" action=MarkOccurrenceBegun::PATH>{ids(a)} <button class="button secondary small">"Påbörja"</button></form> }
    });
    let done = matches!(a.status(), Status::Ny | Status::Pagar).then(|| {
        view! { <form method="post" action=MarkOccurrenceDone::PATH>{ids(a)} <Hidden name="form[outcome]" value=""/> <button class="button small">"Klar"</button></form> }
    });
    view! { {begin} {done} }.into_any()
}

/// Giving up, and taking back.
fn other(a: &Atgard) -> AnyView {
    let key = a.occurrence.to_string();
    if matches!(a.status(), Status::Ny | Status::Pagar) {
        let state = FormState::of(MarkOccurrenceGivenUp::PATH, Some(("id", &key)));
        view! {
            <details class="disclosure" open=state.is_back()>
                <summary>"Avbryt åtgärden"</summary>
                <form class="form" method="post" action=MarkOccurrenceGivenUp::PATH>
                    <ErrorSummary state=state.clone()/>
                    {ids(a)}
                    <TextArea state=state.clone() name="reason" label="Varför avbryts den?" required=true/>
                    <div class="form-actions"><button class="button">"Avbryt åtgärden"</button></div>
                </form>
            </details>
        }
        .into_any()
    } else if a.status() == Status::EffektFoljdUpp {
        ().into_any()
    } else {
        let state = FormState::of(UndoOccurrenceMark::PATH, Some(("id", &key)));
        view! {
            <details class="disclosure" open=state.is_back()>
                <summary>"Ta upp igen"</summary>
                <form class="form" method="post" action=UndoOccurrenceMark::PATH>
                    <ErrorSummary state=state.clone()/>
                    {ids(a)}
                    <TextArea state=state.clone() name="reason" label="Varför tas den upp igen?" required=true/>
                    <div class="form-actions"><button class="button secondary">"Ta upp igen"</button></div>
                </form>
            </details>
        }
        .into_any()
    }
}

/// Whether it had effect: the form when it is done, what was seen afterwards.
fn follow_up(a: &Atgard) -> AnyView {
    let Some(planned) = &a.follow_up else { return ().into_any() };
    match a.status() {
        Status::EffektFoljdUpp => {
            let on = planned.on.map(format::date).unwrap_or_default();
            view! {
                <section class="stack" id="uppfoljning">
                    <h2>"Effekt"</h2>
                    <p><strong>{planned.outcome.map(effect_label)}</strong> {format!(", följdes upp {on}.")}</p>
                    <p class="prewrap">{planned.note.clone()}</p>
                </section>
            }
            .into_any()
        }
        Status::Klar if a.may_tick => {
            let state = FormState::nested(SetAtgardEffekt::PATH, Some(("id", &a.id.to_string())));
            let chosen = state.value("outcome", "");
            let choices = Outcome::EGENKONTROLL
                .into_iter()
                .enumerate()
                .map(|(i, outcome)| {
                    let id = (i == 0).then(|| state.id("outcome"));
                    view! {
                        <label class="choice">
                            <input type="radio" name="form[outcome]" id=id value=outcome.code() checked=outcome.code() == chosen/>
                            <span>{effect_label(outcome)}</span>
                        </label>
                    }
                })
                .collect_view();
            view! {
                <section class="stack" id="uppfoljning">
                    <h2>"Följ upp effekten"</h2>
                    <form class="form" method="post" action=SetAtgardEffekt::PATH>
                        <ErrorSummary state=state.clone()/>
                        <Hidden name="id" value=a.id.to_string()/>
                        <fieldset class="fieldset" aria-describedby=state.described_by("outcome", false)>
                            <legend>"Hade åtgärden effekt?"</legend>
                            {state.fault("outcome")}
                            <div class="choices">{choices}</div>
                        </fieldset>
                        <TextArea state=state.clone() name="note" label="Hur märks det?" required=true
                            help="Till exempel resultatet av nästa kontroll."/>
                        <div class="form-actions"><button class="button">"Spara uppföljningen"</button></div>
                    </form>
                </section>
            }
            .into_any()
        }
        _ => view! {
            <section class="stack" id="uppfoljning">
                <h2>"Följ upp effekten"</h2>
                <p class="help">{format!("Effekten följs upp {}, när åtgärden är klar.", format::date(planned.due))}</p>
            </section>
        }
        .into_any(),
    }
}
