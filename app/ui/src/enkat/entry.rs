//! The screen where an answer is entered after a call: one screen, large targets, digits, saved at once.
//!
//! Without script it is a form that posts to its own address. What was wrong comes back in the answer to the post itself
//! and never goes through the session: there, an answer would lie beside the name of the one who entered it.

use chrono::NaiveDate;
use domain::{
    day::{self, Fits},
    enkat::{Dagar, Enkat, Fraga, Kind, MANY, State, Version, svar::field_name},
    field::LINE_MAX,
    format,
    id::EnkatId,
    kon::Kon,
    permission::Action,
};
use entry::{EnkatEntry, enkat_entry};
use islands::DateInput;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{
    Target,
    enkat::{self, antal},
};
use uuid::Uuid;

use super::svar_api::month_of;
use crate::{
    components::{Empty, ErrorSummary, FormState, Hidden, KeptForm, Lines, PageHead, load},
    ctx::Ctx,
    error::AppError,
};

/// The address that the form of an enkät posts to.
#[must_use]
pub fn action_of(id: EnkatId) -> String {
    format!("/enkater/{id}/svara")
}

/// `/enkater/{id}/svara`
#[component]
pub fn SvaraPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let (saved, undone) = (query.get("sparat"), query.get("angrat").is_some());
    let many = query.get("manga").is_some();
    let asked_day = query.get("dag").and_then(|day| day::read(&day, Fits::Whole).ok().flatten());
    load(async move {
        let ctx = Ctx::current()?;
        if ctx.actor.is_none() {
            let what = "Svaret är inte sparat än, men det finns kvar på den här sidan.";
            let action = format!("/enkater/{id}/svara");
            return Ok(view! { <KeptForm ctx action what button="Spara svar"/> }.into_any());
        }
        let actor = ctx.actor()?;
        let id: EnkatId = id.parse().map_err(|_| AppError::NotFound)?;
        let konto = ctx.enkat_key().await?;
        let mut tx = ctx.read(Target::Enkat(id), Action::TickOwn).await?;
        let found = enkat::get(&mut tx, id).await?;
        let version = enkat::versions(&mut tx, id).await?.into_iter().rfind(|v| v.in_use);
        let mine = antal::of_month(&mut tx, id, &month_of(&ctx)).await?.get(&actor.person).copied();
        drop(tx);
        let version = match version {
            Some(version) if found.state == State::Oppen => version,
            _ => return Ok(view! { <NotOpen found/> }.into_any()),
        };
        let dagar = Dagar::of(&found.content, ctx.today);
        let day = asked_day.filter(|day| dagar.period(*day).is_ok());
        let said = dagar.saved(day.unwrap_or(ctx.today));
        let day = day.filter(|day| dagar.stays(*day)).unwrap_or(ctx.today);
        let notice = saved.map(|svar| view! { <Saved id svar said/> }.into_any()).or_else(|| {
            undone.then(|| {
                view! { <p class="notice info" role="status">"Det senaste svaret är borttaget"</p> }.into_any()
            })
        });
        // a form that came back has a day of its own
        let action = action_of(id);
        let typed = FormState::of(&action, None).value("dag", &format::date(day));
        let chosen = dagar.chosen(read_day(&typed, ctx.today));
        let outside = outside_period(&found, ctx.today);
        let (target, title) = (found.content.target, found.content.title.clone());
        let month = ctx.today.format("%Y-%m").to_string();
        let month_name = format::month_name(chrono::Datelike::month(&ctx.today)).to_owned();
        let c = &found.content;
        let (today, grain, kanal) = (format::date(ctx.today), c.grain.code().to_owned(), c.kanal.code().to_owned());
        let (first, last) = (format::date(c.first), format::date(c.last));
        Ok(view! {
            <div class="entry">
                <PageHead title=title.clone()>
                    <a class="button quiet small" href="/enkater">"Till enkäterna"</a>
                </PageHead>
                {outside.map(|text| view! { <p class="notice warn">{text}</p> })}
                {many.then(|| view! { <p class="notice warn" role="status">{MANY}</p> })}
                {notice}
                <EnkatEntry
                    enkat=id.to_string() konto=konto.to_string() title mine=mine.unwrap_or(0) target month month_name today grain
                    kanal first last chosen action
                >
                    <EntryForm found=found.clone() version dagar day/>
                </EnkatEntry>
            </div>
        }
        .into_any())
    })
}

fn outside_period(enkat: &Enkat, today: NaiveDate) -> Option<String> {
    let c = &enkat.content;
    if today < c.first {
        Some(format!("Enkäten börjar {}. Det går att svara då.", format::date(c.first)))
    } else if today > c.last {
        Some(format!(
            "Perioden slutade {}. Svara bara för samtal till och med den dagen, och ändra datumet.",
            format::date(c.last)
        ))
    } else {
        None
    }
}

/// Saved without script: a word, and a way back.
#[component]
fn Saved(id: EnkatId, svar: String, said: String) -> impl IntoView {
    let svar = svar.parse::<Uuid>().ok();
    view! {
        <div class="notice done cluster" role="status">
            <p>{said}</p>
            {svar
                .map(|svar| {
                    view! {
                        <form method="post" action=format!("/enkater/{id}/angra")>
                            <Hidden name="svar" value=svar.to_string()/>
                            <button class="button quiet small">"Ångra"</button>
                        </form>
                    }
                })}
        </div>
    }
}

/// An enkät that takes no answers, and why.
#[component]
pub(super) fn NotOpen(
    /// The enkät.
    found: Enkat,
) -> impl IntoView {
    let text = match found.state {
        State::Utkast => "Enkäten är ett utkast. Den tar emot svar när den har öppnats.",
        _ => "Enkäten är stängd och tar inte emot fler svar.",
    };
    view! {
        <PageHead title=found.content.title.clone()/>
        <Empty title="Det går inte att svara just nu" text>
            <p><a class="button secondary" href="/enkater">"Till enkäterna"</a></p>
        </Empty>
    }
}

/// The day that was typed; today where it is none.
fn read_day(typed: &str, today: NaiveDate) -> NaiveDate {
    day::read(typed, Fits::Past(today)).ok().flatten().unwrap_or(today)
}

/// The form; its button is in the island, which takes it over where there is script. What the island finds by `data-day-…` and
/// `data-today` it keeps true.
#[component]
fn EntryForm(found: Enkat, version: Version, dagar: Dagar, day: NaiveDate) -> impl IntoView {
    let action = action_of(found.id);
    let state = FormState::of(&action, None);
    // a form that comes back is the same answer: sent twice it is one
    let id = state.new_id(|| Uuid::new_v4().to_string());
    let typed = state.value("dag", &format::date(day));
    let invalid = state.error("dag").is_some();
    let described_by = state.described_by("dag", false);
    let day = read_day(&typed, dagar.today);
    let intro = found.content.intro.clone();
    let version_id = version.id.to_string();
    view! {
        <form class="entry-form" id=enkat_entry::FORM method="post" action=action data-entry="">
            <ErrorSummary state=state.clone()/>
            <Hidden name="id" value=id/>
            <Hidden name="version" value=version_id/>
            {(!intro.is_empty()).then(|| view! { <blockquote class="entry-intro prewrap">{intro}</blockquote> })}
            <Questions version preview=false/>
            <details class="entry-day" data-unkept="" open=invalid || dagar.period(dagar.today).is_err()>
                <summary data-day-line="">{dagar.line(day)}</summary>
                <label for="dag">"Ändra dag"</label>
                {state.fault("dag")}
                <DateInput id="dag" label="dagen för svaret" name="dag" value=typed invalid described_by/>
                <p class="help">"Dagen sparas inte, bara månaden eller veckan."</p>
            </details>
        </form>
    }
}

/// The questions as they are asked, then kön, then what is written. Also for the preview.
#[component]
pub fn Questions(
    /// What is asked.
    version: Version,
    /// Whether it only shows how it will look.
    preview: bool,
) -> impl IntoView {
    let state = FormState::of(&use_action(), None);
    let kon = version.questions.kon;
    // what is written comes last: until then everything is a tap or a digit
    let (choices, texts): (Vec<Fraga>, Vec<Fraga>) = version.questions.list.into_iter().partition(Fraga::is_choice);
    let choices =
        choices.into_iter().map(|question| view! { <Choice state=state.clone() question preview/> }).collect_view();
    let texts = texts.into_iter().map(|question| view! { <Text state=state.clone() question preview/> }).collect_view();
    let options: Vec<(String, String)> =
        Kon::ALL.into_iter().map(|k| (k.code().to_owned(), k.label().to_owned())).collect();
    let kon = kon.then(|| {
        view! {
            <Options
                state=state.clone() name="kon".to_owned() legend="Kön".to_owned() help=String::new() optional=true options
                wide=false preview
            />
        }
    });
    view! {
        {choices}
        {kon}
        {texts}
    }
}

/// The address of the page: its form posts there.
fn use_action() -> String {
    leptos_router::hooks::use_location().pathname.get_untracked()
}

#[component]
fn Choice(state: FormState, question: Fraga, preview: bool) -> impl IntoView {
    let faces = question.kind == Kind::Smileys;
    let options = question
        .choices()
        .into_iter()
        .enumerate()
        .map(|(n, label)| (n.to_string(), label.to_owned()))
        .collect::<Vec<_>>();
    let wide = question.kind == Kind::Skala || faces || options.len() > 5;
    view! {
        <Options
            state name=field_name(question.key) legend=question.text help=question.help optional=!question.required options wide
            preview
        />
    }
}

/// A row of large options, each with its digit.
#[component]
fn Options(
    state: FormState,
    name: String,
    legend: String,
    help: String,
    optional: bool,
    options: Vec<(String, String)>,
    wide: bool,
    preview: bool,
) -> impl IntoView {
    let chosen = state.value(&name, "");
    let (id, invalid) = (state.id(&name), state.invalid(&name));
    let (fault, described_by) = (state.fault(&name), state.described_by(&name, false));
    let options = options
        .into_iter()
        .enumerate()
        .map(|(n, (value, label))| {
            let checked = !chosen.is_empty() && value == chosen;
            let digit = (n < 10).then(|| (n + 1) % 10);
            view! {
                <label class="choice">
                    <input
                        type="radio" name=name.clone() value=value checked=checked disabled=preview
                        id=(n == 0).then(|| id.clone()) aria-invalid=invalid
                    />
                    <span>{label}</span>
                    {digit.map(|d| view! { <kbd aria-hidden="true">{d}</kbd> })}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field entry-question" class:invalid=invalid.is_some() aria-describedby=described_by data-question=name.clone() data-optional=optional.then_some("")>
            <legend>{legend} {optional.then(|| view! { " " <span class="optional">"(frivilligt)"</span> })}</legend>
            {(!help.is_empty()).then(|| view! { <p class="help">{help}</p> })}
            {fault}
            <div class="choices row-wise" class:many=wide>{options}</div>
        </fieldset>
    }
}

#[component]
fn Text(state: FormState, question: Fraga, preview: bool) -> impl IntoView {
    let name = field_name(question.key);
    let id = state.id(&name);
    let value = state.value(&name, "");
    let invalid = state.error(&name).is_some();
    let (fault, described_by) = (state.fault(&name), state.described_by(&name, false));
    let words = if question.required { "(inga namn)" } else { "(frivilligt, inga namn)" };
    view! {
        <div class="field entry-question" class:invalid=invalid data-question=name.clone() data-optional=(!question.required).then_some("")>
            <label for=id.clone()>{question.text} " " <span class="optional">{words}</span></label>
            {(!question.help.is_empty()).then(|| view! { <p class="help">{question.help}</p> })}
            {fault}
            <Lines id name=name.clone() text=value rows=2 max=LINE_MAX * 10 disabled=preview invalid described_by/>
        </div>
    }
}

/// `/enkater/{id}/forhandsvisa`: as it will look, with nothing to save.
#[component]
pub fn PreviewPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let id: EnkatId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Enkat(id), Action::Edit).await?;
        let found = enkat::get(&mut tx, id).await?;
        let version = enkat::versions(&mut tx, id).await?.pop().ok_or(AppError::NotFound)?;
        let intro = found.content.intro.clone();
        Ok(view! {
            <div class="entry">
                <PageHead title=found.content.title.clone() sub="Förhandsvisning, inget sparas">
                    <a class="button secondary small" href=format!("/enkater/{id}/fragor")>"Till frågorna"</a>
                </PageHead>
                <div class="entry-form">
                    {(!intro.is_empty()).then(|| view! { <blockquote class="entry-intro prewrap">{intro}</blockquote> })}
                    <Questions version preview=true/>
                </div>
            </div>
        })
    })
}
