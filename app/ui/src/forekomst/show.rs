//! The page of one occurrence.

use std::sync::Arc;

use chrono::Datelike;
use domain::{
    area::{Counted, Ticked},
    atgard::{Atgard, Source},
    format,
    genomforande::Stage,
    history::Entry,
    id::{GenomforandeId, OccurrenceId},
    occurrence::{Figure, Item, Outcome, Share, State},
    permission::{Action, Area},
    person::Actor,
    siffror::serie::Serie,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{Target, atgard, genomforande, history, occurrence};

use super::api::{MarkOccurrenceBegun, MarkOccurrenceDone, MarkOccurrenceGivenUp, MoveOccurrence, UndoOccurrenceMark};
use super::siffror::{self, Val};
use crate::{
    atgard::SourceCard,
    components::{
        DateField, ErrorSummary, FormState, Hidden, HistoryList, PageHead, SelectField, StatusMark, TextArea, load,
        recurrence::{month_options, week_options},
        rows::{QuickTick, meta},
        tick::TickForm,
    },
    ctx::Ctx,
    error::AppError,
    genomforande::RunCard,
};

struct Data {
    ctx: Ctx,
    actor: Arc<Actor>,
    item: Item,
    earlier: Vec<Item>,
    figures: Vec<Figure>,
    /// The series that a figure of it may be put into.
    serier: Vec<Val>,
    /// Its figures that were put into a series.
    infort: Vec<(Figure, Serie)>,
    history: Vec<Entry>,
    run: Option<(GenomforandeId, Stage)>,
    atgarder: Vec<Atgard>,
    /// Where its meeting stands, and what the link says.
    mote: Option<(String, &'static str)>,
}

async fn data(id: String) -> Result<Data, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let id: OccurrenceId = id.parse().map_err(|_| AppError::NotFound)?;
    let mut tx = ctx.read(Target::Occurrence(id), Action::View).await?;
    let item = occurrence::get(&mut tx, &actor, id).await?;
    let mut earlier = occurrence::of_source(&mut tx, &actor, item.source).await?;
    earlier.retain(|o| {
        o.occurrence.id != id
            && o.level == item.level
            && o.occurrence.node == item.occurrence.node
            && !o.occurrence.state.is_open()
    });
    let counts = item.kind().counted == Counted::Figures && item.occurrence.state.is_open() && item.may_tick;
    let (mut figures, mut serier) = (vec![], vec![]);
    if counts {
        let last = occurrence::last_figures(&mut tx, item.occurrence.schedule).await?;
        figures = siffror::proposed(&mut tx, item.occurrence.node, last).await?;
        serier = siffror::val(&mut tx, &actor, &item).await?;
    }
    let infort = siffror::infort(&mut tx, &actor, &item.occurrence.figures).await?;
    let history = history::list(&mut tx, &[id.0]).await?;
    let run = genomforande::of_occurrence(&mut tx, id).await?;
    let atgarder = atgard::of_source(&mut tx, &actor, Source::Occurrence(id)).await?;
    drop(tx);
    let mote = meeting(&ctx, &actor, &item).await?;
    Ok(Data { ctx, actor, item, earlier, figures, serier, infort, history, run, atgarder, mote })
}

/// Where the meeting of this mark stands, or is prepared, and what the link says. None when it is no meeting, or one that
/// the person does not see.
async fn meeting(ctx: &Ctx, actor: &Actor, item: &Item) -> Result<Option<(String, &'static str)>, AppError> {
    if !item.is_meeting() {
        return Ok(None);
    }
    let node = item.occurrence.node;
    let mut tx = ctx.read(Target::Occurrence(item.occurrence.id), Action::View).await?;
    match store::apt::of_occurrence(&mut tx, item.occurrence.id).await? {
        Some(id) => {
            drop(tx);
            let sees = ctx.read(Target::Apt(id), Action::View).await.is_ok();
            Ok(sees.then(|| (format!("/apt/{id}"), "Till mötet")))
        }
        None if item.occurrence.state.is_open() && actor.may(node, Area::Apt, Action::Edit) => {
            Ok(Some((format!("/apt/ny?marke={}&enhet={node}", item.occurrence.id), "Förbered mötet")))
        }
        None => Ok(None),
    }
}

/// `/forekomster/{id}`
#[component]
pub fn ForekomstPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let Data { ctx, actor, item, earlier, figures, serier, infort, history, run, atgarder, mote } =
            data(id).await?;
        let occurrence = &item.occurrence;
        let status = item.status(ctx.today);
        let removed = item.removed_words().filter(|_| occurrence.state.is_open());
        let open = occurrence.state.is_open() && removed.is_none();
        let sub = format!("{} · {}", format::capitalised(&occurrence.when().with_year()), item.node_name);
        let tick_state = FormState::nested(MarkOccurrenceDone::PATH, Some(("id", &occurrence.id.to_string())));
        let may_undo = !occurrence.state.is_open()
            && !item.removed
            && actor.may_undo(item.area, occurrence.node, occurrence.performed_by);
        // what has a run is closed and opened where its answers are; a follow-up where its åtgärd is, and what is done on
        // the page of its thing, there
        let running = matches!(run, Some((_, Stage::Pagar)));
        let on_thing = matches!(item.kind().ticked, Ticked::OnThing { .. });
        let by_form = item.done_elsewhere(running).is_none();
        let quick = !running && !on_thing;
        let done_there = item.done_elsewhere(running).filter(|_| on_thing && open && item.may_tick);
        let done_there = done_there.or_else(|| item.undone_elsewhere().filter(|_| may_undo));
        let done_there = done_there.map(|why| format!("{} {why}.", item.title));
        let (source, show_source) = (item.source_href(), item.show_source());
        // the åtgärder of a run are its own
        let deviates = occurrence.outcome.is_some_and(Outcome::deviates);
        let adds = item.kind().finding.is_demanded() || deviates && run.is_none();
        let may_add = adds && actor.may(occurrence.node, Area::Atgard, Action::Edit);
        let lacks =
            (deviates && may_add && atgarder.is_empty()).then(|| Source::Occurrence(occurrence.id).new_atgard());
        let may_undo = may_undo && run.is_none() && item.undone_elsewhere().is_none();
        let today = ctx.today;
        let from = Source::Occurrence(occurrence.id);
        let offers = item.kind().ticked == Ticked::HereOrByRun;
        Ok(view! {
            <PageHead title=item.title.clone() sub>
                <a class="button secondary" href=source>{show_source}</a>
                {mote.map(|(href, word)| view! { <a class="button" href=href>{word}</a> })}
            </PageHead>
            {removed.map(|words| view! { <p class="notice warn">{words}</p> })}
            {done_there.map(|words| view! { <p class="notice">{words}</p> })}
            <div class="two-col">
                <div class="stack loose">
                    <section class="card">
                        <ul class="rows">
                            <li class="row">
                                <StatusMark status category=item.category/>
                                <div class="row-text">
                                    <strong class="row-title">{item.status_words(ctx.today)}</strong>
                                    <p class="row-meta" class:late=status == domain::occurrence::Status::Forsenad>
                                        {meta(&item, ctx.today)}
                                    </p>
                                </div>
                                <div class="row-who">{item.responsible_label.clone()}</div>
                                <div class="row-actions">
                                    {(open && item.may_tick && quick).then(|| view! { <QuickTick item=item.clone() today here=true/> })}
                                </div>
                            </li>
                        </ul>
                    </section>
                    {offers.then(|| view! { <RunCard item=item.clone() run/> })}
                    {lacks.map(|href| view! {
                        <p class="notice warn">
                            "Det som avvek har ingen åtgärd än. " <a href=href>"Lägg till en åtgärd"</a>
                        </p>
                    })}
                    {(!item.occurrence.state.is_open()).then(|| view! { <Result item=item.clone() infort=infort.clone()/> })}
                    {(open && item.may_tick && by_form)
                        .then(|| {
                            view! {
                                <section class="stack">
                                    <h2 id="resultat">"Markera som utförd med resultat"</h2>
                                    <TickForm
                                        item=item.clone()
                                        today
                                        state=tick_state
                                        heading="Beskrivning och resultat"
                                        figures
                                        serier
                                    />
                                </section>
                            }
                        })}
                    {(open && item.may_tick && !item.kind().follows_thing()).then(|| view! { <OtherActions item=item.clone()/> })}
                    {may_undo.then(|| view! { <UndoForm item=item.clone() kvar=siffror::kvar(&infort) flera={infort.len() > 1}/> })}
                    <section class="stack">
                        <h2>"Historik"</h2>
                        <HistoryList entries=history/>
                    </section>
                </div>
                <aside class="stack">
                    <SourceCard source=from list=atgarder today may_add/>
                    <Earlier items=earlier/>
                </aside>
            </div>
        })
    })
}

/// What was found, and into which series its figures were put.
#[component]
fn Result(item: Item, infort: Vec<(Figure, Serie)>) -> impl IntoView {
    let o = item.occurrence;
    let share = |label: &'static str, share: Option<Share>| {
        share.map(|s| {
            view! {
                <dt>{label}</dt>
                <dd>
                    {format!(
                        "{} av {} ({})",
                        format::int(s.numerator),
                        format::int(s.denominator),
                        format::percent(s.numerator, s.denominator),
                    )}
                </dd>
            }
        })
    };
    let figures = o
        .figures
        .iter()
        .map(|f| {
            let series = infort.iter().find(|(figure, _)| figure == f).map(|(figure, serie)| {
                let (href, words) = (format!("/siffror/{}", serie.id), siffror::place(figure, serie));
                view! { <p class="row-meta">"Infört i " <a href=href>{words}</a></p> }
            });
            view! { <dt>{f.named()}</dt> <dd>{f.words()} {series}</dd> }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>"Resultat"</h2>
            <dl class="dl">
                {o.performed_on.map(|d| view! { <dt>"Dag"</dt> <dd>{format::date(d)}</dd> })}
                {(!item.performed_by_label.is_empty())
                    .then(|| view! { <dt>"Utförd av"</dt> <dd>{item.performed_by_label.clone()}</dd> })}
                {o.outcome.map(|x: Outcome| view! { <dt>"Bedömning"</dt> <dd>{x.label()}</dd> })}
                {share("Totalt", o.andel.total)} {share("Kvinnor", o.andel.kvinnor)} {share("Män", o.andel.man)}
                {figures}
                {(!o.note.is_empty()).then(|| view! { <dt>"Beskrivning"</dt> <dd class="prewrap">{o.note.clone()}</dd> })}
                {(!o.reason.is_empty()).then(|| view! { <dt>"Orsak"</dt> <dd class="prewrap">{o.reason.clone()}</dd> })}
            </dl>
        </section>
    }
}

/// Begin, move and give up.
#[component]
fn OtherActions(item: Item) -> impl IntoView {
    let id = item.occurrence.id.to_string();
    let version = item.occurrence.version.to_string();
    let moving = FormState::of(MoveOccurrence::PATH, Some(("id", &id)));
    let giving_up = FormState::of(MarkOccurrenceGivenUp::PATH, Some(("id", &id)));
    let weekly = item.is_weekly() && item.week().is_some();
    let (label, choices) = if weekly {
        ("Till vecka", week_options(item.occurrence.day().year()))
    } else {
        ("Till månad", month_options())
    };
    let ids = move || view! { <Hidden name="id" value=id.clone()/> <Hidden name="version" value=version.clone()/> };
    view! {
        <section class="stack tight">
            <h2>"Något annat"</h2>
            {(item.occurrence.state == State::Planerad)
                .then(|| {
                    view! {
                        <form method="post" action=MarkOccurrenceBegun::PATH>
                            {ids()} <button class="button secondary">"Markera som påbörjad"</button>
                        </form>
                    }
                })}
            <details class="disclosure" open=moving.is_back()>
                <summary>"Flytta"</summary>
                <form class="form" method="post" action=MoveOccurrence::PATH>
                    <ErrorSummary state=moving.clone()/>
                    {ids()}
                    {if item.moves_by_day() {
                        let label = if item.goes_by_day() { "Ny sista dag" } else { "Ny dag" };
                        view! {
                            <DateField state=moving.clone() name="to" label required=true/>
                        }
                            .into_any()
                    } else {
                        view! {
                            <SelectField state=moving.clone() name="to" label options=choices required=true/>
                        }
                            .into_any()
                    }}
                    <TextArea state=moving.clone() name="reason" label="Varför flyttas den?" required=true/>
                    <div class="form-actions"><button class="button">"Flytta"</button></div>
                </form>
            </details>
            <details class="disclosure" open=giving_up.is_back()>
                <summary>"Ska inte utföras"</summary>
                <form class="form" method="post" action=MarkOccurrenceGivenUp::PATH>
                    <ErrorSummary state=giving_up.clone()/>
                    {ids()}
                    <TextArea state=giving_up.clone() name="reason" label="Varför utförs den inte?" required=true/>
                    <div class="form-actions"><button class="button">"Markera som ej utförd"</button></div>
                </form>
            </details>
        </section>
    }
}

/// Takes a tick back, with a reason. `kvar`: what of it stays in a series; `flera`: more than one figure.
#[component]
fn UndoForm(item: Item, kvar: Option<String>, flera: bool) -> impl IntoView {
    let mend = if flera {
        "Rätta dem där, eller för in dem på nytt här."
    } else {
        "Rätta den där, eller för in den på nytt här."
    };
    let id = item.occurrence.id.to_string();
    let state = FormState::of(UndoOccurrenceMark::PATH, Some(("id", &id)));
    view! {
        <details class="disclosure" open=state.is_back()>
            <summary>"Ångra och gör om"</summary>
            <form class="form" method="post" action=UndoOccurrenceMark::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="version" value=item.occurrence.version.to_string()/>
                {kvar.map(|words| view! { <p class="help">{format!("{words} också när du ångrar. {mend}")}</p> })}
                <TextArea
                    state=state.clone()
                    name="reason"
                    label="Varför ska den göras om?"
                    required=true
                    help="Det som var noterat står kvar i historiken."
                />
                <div class="form-actions"><button class="button secondary">"Ångra"</button></div>
            </form>
        </details>
    }
}

/// What earlier times showed.
#[component]
fn Earlier(items: Vec<Item>) -> impl IntoView {
    if items.is_empty() {
        return view! {
            <section class="card">
                <div class="card-head"><h2>"Tidigare gånger"</h2></div>
                <p class="card-text">"Det här är första gången i år."</p>
            </section>
        }
        .into_any();
    }
    let rows = items
        .into_iter()
        .rev()
        .map(|item| {
            let when = format::capitalised(&item.occurrence.when().label());
            let result = item.result_label();
            view! {
                <li class="row">
                    <StatusMark status=item.status(item.occurrence.due) category=item.category/>
                    <div class="row-text">
                        <a class="row-title" href=format!("/forekomster/{}", item.occurrence.id)>{when}</a>
                        <p class="row-meta">{result}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <div class="card-head"><h2>"Tidigare gånger"</h2></div>
            <ul class="rows compact">{rows}</ul>
        </section>
    }
    .into_any()
}
