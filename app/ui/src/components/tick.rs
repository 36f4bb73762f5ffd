//! Ticking off: the row that Att göra, the lists and the panel beside the wheel share, and the fields of a tick.

use chrono::NaiveDate;
use domain::{
    format,
    occurrence::{Figure, Item, Outcome, State, Status},
    permission::Area,
    schedule::Level,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{ErrorSummary, FormState, Hidden, StatusMark, TextArea, TextField};
use crate::forekomst::api::TickOff;

/// Kind, rhythm and state of an item in a line.
#[must_use]
pub fn meta(item: &Item, today: NaiveDate) -> String {
    let mut parts = vec![match item.level {
        Some(Level::Aktivitet) => "Kontrollaktivitet".to_owned(),
        Some(Level::Systematisk) => "Systematisk kontroll".to_owned(),
        Some(level @ Level::Uppfoljning) => level.label().to_owned(),
        None if item.area == Area::Atgard => "Åtgärd".to_owned(),
        None => item.category.label().to_owned(),
    }];
    let occurrence = &item.occurrence;
    match item.status(today) {
        Status::Forsenad => parts.push(late_words(item, today)),
        Status::Utford | Status::Avvikelse => {
            if let Some(day) = occurrence.performed_on {
                parts.push(format!("utförd {}", format::day_month(day)));
            }
            let result = item.result_label();
            if !result.is_empty() {
                parts.push(result);
            }
        }
        Status::EjUtford => parts.push("ej utförd".to_owned()),
        Status::Planerad | Status::Pagar => match item.area {
            Area::Aktivitet if occurrence.start == occurrence.due => parts.push(format::day_month(occurrence.due)),
            Area::Aktivitet | Area::Atgard => parts.push(format!("senast {}", format::day_month(occurrence.due))),
            _ => parts.push(item.rhythm.clone()),
        },
    }
    if let Some(from) = occurrence.moved_from {
        parts.push(format!("flyttad från {}", format::month_name(chrono::Datelike::month(&from))));
    }
    parts.join(" · ")
}

fn late_words(item: &Item, today: NaiveDate) -> String {
    let due = item.occurrence.due;
    let year = if chrono::Datelike::year(&due) == chrono::Datelike::year(&today) {
        String::new()
    } else {
        format!(" {}", chrono::Datelike::year(&due))
    };
    match item.area {
        Area::Aktivitet | Area::Atgard => format!("skulle varit klar {}{year}", format::day_month(due)),
        _ => format!("skulle varit klar i {}{year}", format::month_name(item.occurrence.month())),
    }
}

/// The same for a narrow panel beside the year: state and who, no more.
fn short_meta(item: &Item, today: NaiveDate) -> String {
    let occurrence = &item.occurrence;
    let when = match item.status(today) {
        Status::Forsenad => format!("försenad från {}", format::month_name(occurrence.month())),
        Status::Utford | Status::Avvikelse => {
            let day = occurrence.performed_on.map(format::day_month).unwrap_or_default();
            format!("utförd {day}")
        }
        Status::EjUtford => "ej utförd".to_owned(),
        Status::Planerad | Status::Pagar if matches!(item.area, Area::Aktivitet | Area::Atgard) => {
            format::day_month(occurrence.due)
        }
        Status::Planerad | Status::Pagar => item.level.map_or(item.category.label(), Level::label).to_lowercase(),
    };
    let parts = [format::capitalised(&when), item.responsible_label.clone()];
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The word on the one-click button: what it records.
fn primary_word(area: Area) -> &'static str {
    match area {
        Area::Internkontroll => "Ingen avvikelse",
        Area::Egenkontroll => "Utförd",
        _ => "Klar",
    }
}

/// One row: mark, what, who, and the actions that the person may take.
#[component]
pub fn ItemRow(
    /// What it is about.
    item: Item,
    /// Today.
    today: NaiveDate,
    /// A narrow panel: no column for who.
    #[prop(optional)]
    compact: bool,
    /// Several units in one list: says which.
    #[prop(optional)]
    with_unit: bool,
) -> impl IntoView {
    let status = item.status(today);
    let id = item.occurrence.id.to_string();
    let open = item.occurrence.state.is_open() && item.may_tick;
    let mut meta = if compact { short_meta(&item, today) } else { meta(&item, today) };
    if with_unit {
        meta = format!("{meta} · {}", item.node_name);
    }
    let who = item.responsible_label.clone();
    let state = FormState::nested(TickOff::PATH, Some(("id", &id)));
    let actions = open.then(|| view! { <QuickTick item=item.clone()/> });
    // a result in figures has a page of its own: a form in each row would be most of the page
    let planned = item.occurrence.state == State::Planerad;
    let result = (open && !compact && planned && item.area == Area::Egenkontroll).then(|| {
        let label = format!("Med resultat: {}", item.title);
        view! {
            <a class="button secondary small" href=format!("/forekomster/{id}#resultat") aria-label=label>"Med resultat"</a>
        }
    });
    let more = (open && !compact && item.area == Area::Internkontroll).then(|| {
        view! {
            <details class="row-more" open=state.is_back()>
                <summary class="button secondary small" aria-label=format!("Avvikelse: {}", item.title)>
                    <span class="when-closed">"Avvikelse"</span>
                    <span class="when-open">"Avbryt"</span>
                </summary>
                <TickForm item=item.clone() state=state.clone() heading="Vad avvek?" figures=vec![] deviation=true/>
            </details>
        }
    });
    view! {
        <li class="row" id=format!("rad-{id}")>
            <StatusMark status category=item.category/>
            <div class="row-text">
                <a class="row-title" href=format!("/forekomster/{id}")>{item.title.clone()}</a>
                <p class="row-meta" class:late=status == Status::Forsenad>{meta}</p>
            </div>
            {(!compact).then(|| view! { <div class="row-who">{who.clone()}</div> })}
            <div class="row-actions">{actions} {result}</div>
            {more}
        </li>
    }
}

/// The one-click button. It says what it records. Where one click is not enough it is a link to where the rest is: a
/// control that has been begun, and the follow-up of an åtgärd.
#[component]
pub fn QuickTick(
    item: Item,
    /// On the page of the tillfälle itself: a begun one is ticked off here.
    #[prop(optional)]
    here: bool,
) -> impl IntoView {
    let elsewhere = if item.level == Some(Level::Uppfoljning) {
        Some((format!("/atgarder/{}#uppfoljning", item.source), "Följ upp"))
    } else if !here && item.area == Area::Egenkontroll && item.occurrence.state == State::Pagar {
        Some((format!("/forekomster/{}", item.occurrence.id), "Fortsätt"))
    } else {
        None
    };
    if let Some((href, word)) = elsewhere {
        return view! { <a class="button small" href=href aria-label=format!("{word}: {}", item.title)>{word}</a> }
            .into_any();
    }
    let outcome = if item.area == Area::Internkontroll { Outcome::IngenAvvikelse.code() } else { "" };
    let word = primary_word(item.area);
    view! {
        <form method="post" action=TickOff::PATH>
            <Hidden name="id" value=item.occurrence.id.to_string()/>
            <Hidden name="version" value=item.occurrence.version.to_string()/>
            <Hidden name="form[outcome]" value=outcome/>
            <button class="button small" aria-label=format!("{word}: {}", item.title)>{word}</button>
        </form>
    }
    .into_any()
}

/// The whole form of a tick: outcome, shares, text, figures, day.
#[component]
pub fn TickForm(
    /// What is ticked off.
    item: Item,
    /// What was typed before, if it could not be saved.
    state: FormState,
    /// Heading of the text field's group.
    heading: &'static str,
    /// Labels of last time's figures.
    figures: Vec<Figure>,
    /// Offers only the outcomes that deviate; the other is one click away beside it.
    #[prop(optional)]
    deviation: bool,
) -> impl IntoView {
    let internkontroll = item.area == Area::Internkontroll;
    let outcomes: Vec<Outcome> = match item.area {
        Area::Internkontroll if deviation => vec![Outcome::MindreAvvikelse, Outcome::Avvikelse],
        Area::Internkontroll => Outcome::INTERNKONTROLL.to_vec(),
        Area::Egenkontroll => Outcome::EGENKONTROLL.to_vec(),
        _ => vec![],
    };
    let chosen = state.value("outcome", if internkontroll && deviation { "mindre_avvikelse" } else { "" });
    let outcome_id = state.id("outcome");
    let choices = outcomes
        .into_iter()
        .enumerate()
        .map(|(i, outcome)| {
            let checked = outcome.code() == chosen;
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="form[outcome]"
                        id=(i == 0).then(|| outcome_id.clone())
                        value=outcome.code()
                        checked=checked
                    />
                    <span>{outcome.label()}</span>
                </label>
            }
        })
        .collect_view();
    let legend = if internkontroll { "Vad visade kontrollen?" } else { "Bedömning (frivilligt)" };
    let save = if internkontroll && deviation { "Spara avvikelse" } else { "Spara som utförd" };
    let outcome_error = state.error("outcome");
    let has_outcomes = matches!(item.area, Area::Egenkontroll | Area::Internkontroll);
    view! {
        <form class="form" method="post" action=TickOff::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="id" value=item.occurrence.id.to_string()/>
            <Hidden name="version" value=item.occurrence.version.to_string()/>
            {has_outcomes
                .then(|| {
                    view! {
                        <fieldset class="fieldset">
                            <legend>{legend}</legend>
                            {outcome_error.map(|e| view! { <p class="field-error">{e}</p> })}
                            <div class="choices row-wise">{choices}</div>
                        </fieldset>
                    }
                })}
            {(item.area == Area::Egenkontroll).then(|| view! { <ShareFields state=state.clone()/> })}
            <TextArea
                state=state.clone()
                name="note"
                label=if internkontroll { heading } else { "Beskrivning och resultat" }
                required=internkontroll && deviation
                help="Skriv aldrig namn eller personnummer på klienter."
            />
            {internkontroll.then(|| view! { <FigureFields state=state.clone() figures/> })}
            <TextField state=state.clone() name="performed_on" label="Dag" kind="date" short=true
                help="Lämna tomt om kontrollen gjordes i dag."/>
            <div class="form-actions">
                <button class="button">{save}</button>
            </div>
        </form>
    }
}

/// Täljare and nämnare, in all and by kön.
#[component]
fn ShareFields(state: FormState) -> impl IntoView {
    let line = |who: &'static str, n: &'static str, d: &'static str| {
        view! {
            <div class="inline-fields">
                <TextField state=state.clone() name=n label=format!("{who}: uppfyllde målet") short=true inputmode="numeric"/>
                <TextField state=state.clone() name=d label="av antal kontrollerade" short=true inputmode="numeric"/>
            </div>
        }
    };
    view! {
        <details class="more-fields" open=state.is_back()>
            <summary>"Andel i siffror, även per kön"</summary>
            {line("Totalt", "total_numerator", "total_denominator")}
            {line("Kvinnor", "kvinnor_numerator", "kvinnor_denominator")}
            {line("Män", "man_numerator", "man_denominator")}
        </details>
    }
}

/// Two figures that become series; last time's labels are there already.
#[component]
fn FigureFields(state: FormState, figures: Vec<Figure>) -> impl IntoView {
    let part = |i: usize, f: fn(&Figure) -> String| figures.get(i).map(f).unwrap_or_default();
    let open = !figures.is_empty() || state.is_back();
    view! {
        <details class="more-fields" open=open>
            <summary>"Siffror att följa, till exempel antal hushåll"</summary>
            <div class="inline-fields">
                <TextField state=state.clone() name="figure_label_1" label="Vad" value=part(0, |f| f.label.clone())/>
                <TextField state=state.clone() name="figure_value_1" label="Värde" short=true inputmode="decimal"/>
                <TextField state=state.clone() name="figure_unit_1" label="Enhet" short=true value=part(0, |f| f.unit.clone())/>
            </div>
            <div class="inline-fields">
                <TextField state=state.clone() name="figure_label_2" label="Vad" value=part(1, |f| f.label.clone())/>
                <TextField state=state.clone() name="figure_value_2" label="Värde" short=true inputmode="decimal"/>
                <TextField state=state.clone() name="figure_unit_2" label="Enhet" short=true value=part(1, |f| f.unit.clone())/>
            </div>
        </details>
    }
}
