//! Show: the meeting as it is prepared, held and written down. Whoever runs it chooses points and slides, notes and decides;
//! everybody sees the agenda and puts something on it.

use domain::{
    apt::{Bild, Mote, Punkt, Slag, State},
    atgard::Source,
    format,
    id::AptId,
    permission::{Action, Area},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{
    Target,
    apt::{self, protokoll, punkt},
    atgard, enkat, person,
};

use super::{
    api::{
        CreateAptBild, CreateAptPunkt, MoveAptBild, MoveAptPunkt, SaveAptNarvaro, SetAptState, UpdateAptBild,
        UpdateAptPunkt,
    },
    panel,
};
use crate::{
    components::{ErrorSummary, Fact, FormState, Hidden, PageHead, SelectField, TextArea, TextField, load},
    ctx::Ctx,
    error::AppError,
};

/// What the forms of the page choose from.
struct Choices {
    persons: Vec<(String, String)>,
    responsible: Vec<(String, String)>,
    enkater: Vec<(String, String)>,
}

/// `/apt/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: AptId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.store.read(&actor, Target::Apt(id), Action::View).await?;
        let mote = apt::get(&mut tx, id).await?;
        let points = punkt::list(&mut tx, id).await?;
        let known = punkt::persons(&mut tx, mote.node).await?;
        let there = protokoll::present(&mut tx, id).await?;
        let may_edit =
            mote.is_open() && (mote.is_run_by(actor.person) || actor.may(mote.node, Area::Apt, Action::Edit));
        let may_report = mote.is_open() && actor.may(mote.node, Area::Apt, Action::TickOwn);
        let atgarder = atgard::of_source(&mut tx, &actor, Source::Apt(id)).await?;
        let choices = if may_edit {
            Choices {
                persons: std::iter::once((String::new(), "Ingen".to_owned()))
                    .chain(known.iter().map(|d| (d.id.to_string(), d.name.clone())))
                    .collect(),
                responsible: person::options(&mut tx, &actor.tree, mote.node).await?,
                enkater: enkat::list(&mut tx, mote.node)
                    .await?
                    .into_iter()
                    .filter(|e| e.state != domain::enkat::State::Utkast)
                    .map(|e| (e.id.to_string(), e.content.title))
                    .collect(),
            }
        } else {
            Choices { persons: vec![], responsible: vec![], enkater: vec![] }
        };
        let many = points.len();
        let agenda = points
            .iter()
            .map(|p| view! { <Point mote=mote.clone() p=p.clone() last=p.nr == i64::try_from(many).unwrap_or(0) may_edit may_report choices=&choices/> })
            .collect_view();
        let facts = facts(&mote);
        let present = (may_edit || !there.is_empty() || !mote.guests.is_empty()).then(|| {
            let rows = known
                .iter()
                .map(|d| {
                    let checked = there.contains(&d.id);
                    view! {
                        <label class="choice">
                            <input type="checkbox" name="persons[]" value=d.id.to_string() checked=checked disabled=!may_edit/>
                            <span>{d.name.clone()}</span>
                        </label>
                    }
                })
                .collect_view();
            let state = FormState::of(SaveAptNarvaro::PATH, None);
            view! {
                <section class="card">
                    <div class="card-head"><h2>"Närvarande"</h2> <span class="count">{there.len()}</span></div>
                    <form class="form card-text" method="post" action=SaveAptNarvaro::PATH>
                        <Hidden name="mote" value=id.to_string()/>
                        <fieldset class="fieldset">
                            <legend class="visually-hidden">"Vilka är här?"</legend>
                            <div class="choices column">{rows}</div>
                        </fieldset>
                        {if may_edit {
                            view! {
                                <TextField state=state name="guests" label="Andra" value=mote.guests.clone()/>
                                <div class="form-actions"><button class="button secondary small">"Spara närvaron"</button></div>
                            }
                                .into_any()
                        } else {
                            view! { <p>{mote.guests.clone()}</p> }.into_any()
                        }}
                    </form>
                </section>
            }
        });
        let decided = (!atgarder.is_empty()).then(|| {
            let rows = atgarder
                .into_iter()
                .map(|a| {
                    view! {
                        <li>
                            <a href=format!("/atgarder/{}", a.id)>{a.title}</a>
                            <span class="row-meta">{format!("{} · {}", format::date(a.due), a.responsible_label)}</span>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <section class="card"><div class="card-head"><h2>"Åtgärder från mötet"</h2></div> <ul class="plain card-text">{rows}</ul></section>
            }
        });
        let new_point = may_edit.then(|| new_point(id));
        Ok(view! {
            <PageHead title=mote.title() sub=format!("{} · {}", mote.node_name, mote.state.label())>
                {actions(&mote, may_edit)}
            </PageHead>
            <div class="two-col">
                <div class="stack loose">
                    <ol class="agenda" id="dagordning" data-live="apt">{agenda}</ol>
                    {new_point}
                </div>
                <aside class="stack loose">
                    <section class="card"><div class="card-head"><h2>"Mötet"</h2></div> <div class="card-text">{facts}</div></section>
                    {present} {decided}
                </aside>
            </div>
        })
    })
}

fn facts(mote: &Mote) -> AnyView {
    let name = |d: &Option<domain::apt::Deltagare>| d.as_ref().map(|d| d.name.clone()).unwrap_or_default();
    view! {
        <dl class="dl">
            <Fact label="Dag" value=format::weekday_date(mote.on)/>
            <Fact label="Tid" value=mote.time.clone()/>
            <Fact label="Plats" value=mote.place.clone()/>
            <Fact label="Ordförande" value=name(&mote.chair)/>
            <Fact label="Sekreterare" value=name(&mote.secretary)/>
        </dl>
    }
    .into_any()
}

fn actions(mote: &Mote, may_edit: bool) -> AnyView {
    let id = mote.id;
    let end = (may_edit && mote.state == State::Planerat).then(|| state_button(mote, State::Avslutat, "Avsluta mötet"));
    let again =
        (may_edit && mote.state == State::Avslutat).then(|| state_button(mote, State::Planerat, "Återuppta mötet"));
    let minutes = (mote.state != State::Planerat)
        .then(|| view! { <a class="button" href=format!("/apt/{id}/protokoll")>"Protokoll"</a> });
    let show = (mote.state == State::Planerat).then(|| {
        view! {
            {may_edit
                .then(|| {
                    view! { <a class="button secondary" href=format!("/apt/{id}/visa?lage=presentator") target="_blank">"Presentatörsvy"</a> }
                })}
            <a class="button" href=format!("/apt/{id}/visa")>"Visa"</a>
        }
    });
    view! {
        {may_edit.then(|| view! { <a class="button secondary" href=format!("/apt/{id}/redigera")>"Ändra"</a> })}
        {again} {end} {minutes} {show}
    }
    .into_any()
}

fn state_button(mote: &Mote, to: State, word: &'static str) -> AnyView {
    view! {
        <form method="post" action=SetAptState::PATH>
            <Hidden name="id" value=mote.id.to_string()/>
            <Hidden name="version" value=mote.version.to_string()/>
            <Hidden name="to" value=to.code()/>
            <button class="button secondary">{word}</button>
        </form>
    }
    .into_any()
}

fn new_point(mote: AptId) -> AnyView {
    let state = FormState::of(CreateAptPunkt::PATH, None);
    let id = state.value_of("id").unwrap_or_else(|| domain::id::PunktId::new().to_string());
    view! {
        <form class="form card card-text" method="post" action=CreateAptPunkt::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="mote" value=mote.to_string()/>
            <Hidden name="id" value=id/>
            <TextField state=state name="title" label="Ny punkt" required=true/>
            <div class="form-actions"><button class="button secondary">"Lägg till punkten"</button></div>
        </form>
    }
    .into_any()
}

#[component]
fn Point<'a>(
    mote: Mote,
    p: Punkt,
    last: bool,
    may_edit: bool,
    may_report: bool,
    choices: &'a Choices,
) -> impl IntoView + use<> {
    let id = mote.id;
    let leaders = p.leaders.iter().map(|d| d.name.clone()).collect::<Vec<_>>().join(" och ");
    let topics = p
        .amnen
        .iter()
        .map(|a| view! { <li class="prewrap">{a.text.clone()} <span class="row-meta">{a.who.clone()}</span></li> })
        .collect_view();
    let slides = p.bilder.iter().map(|b| slide_row(id, b, p.bilder.len(), may_edit, choices)).collect_view();
    let moves = may_edit.then(|| {
        let first = p.nr == 1;
        view! {
            <span class="agenda-moves">
                {(!first).then(|| step(MoveAptPunkt::PATH, id, &p.id.to_string(), "upp", &format!("Flytta upp {}", p.title), "↑"))}
                {(!last).then(|| step(MoveAptPunkt::PATH, id, &p.id.to_string(), "ner", &format!("Flytta ner {}", p.title), "↓"))}
            </span>
        }
    });
    let writing = if may_edit {
        view! {
            <details class="more-fields" open=mote.state == State::Avslutat>
                <summary aria-label=format!("Anteckna och besluta under {}", p.title)>"Anteckna och besluta"</summary>
                {panel::writing(id, &p, &choices.responsible)}
            </details>
            <details class="more-fields">
                <summary aria-label=format!("Ändra punkten {}", p.title)>"Ändra punkten"</summary>
                {edit_point(id, &p, &choices.persons)}
            </details>
        }
        .into_any()
    } else {
        let beslut =
            p.beslut.iter().map(|b| view! { <li class="decision prewrap">{b.text.clone()}</li> }).collect_view();
        view! {
            {(!p.anteckning.is_empty()).then(|| view! { <p class="prewrap">{p.anteckning.clone()}</p> })}
            {(!p.beslut.is_empty()).then(|| view! { <h3>"Beslut"</h3> <ul class="decisions">{beslut}</ul> })}
        }
        .into_any()
    };
    let topic = may_report.then(|| panel::topic(id, &p));
    view! {
        <li class="agenda-point card" id=format!("punkt-{}", p.id)>
            <div class="card-head">
                <h2>{format!("{}. {}", p.nr, p.title)}</h2>
                {moves}
            </div>
            <div class="card-text stack">
                {(!leaders.is_empty()).then(|| view! { <p class="row-meta">{format!("Leds av {leaders}")}</p> })}
                {(!p.link.is_empty()).then(|| view! { <p><a href=p.link.clone()>{p.link.clone()}</a></p> })}
                {(!p.amnen.is_empty()).then(|| view! { <ul class="topics">{topics}</ul> })}
                {(!p.bilder.is_empty()).then(|| view! { <ol class="agenda-slides">{slides}</ol> })}
                <div class="agenda-actions">{topic} {writing}</div>
            </div>
        </li>
    }
}

fn step(action: &'static str, mote: AptId, id: &str, to: &'static str, label: &str, sign: &'static str) -> AnyView {
    view! {
        <form method="post" action=action>
            <Hidden name="mote" value=mote.to_string()/>
            <Hidden name="id" value=id.to_owned()/>
            <Hidden name="to" value=to/>
            <button class="button quiet small" aria-label=label.to_owned()>{sign}</button>
        </form>
    }
    .into_any()
}

fn edit_point(mote: AptId, p: &Punkt, persons: &[(String, String)]) -> AnyView {
    let key = p.id.to_string();
    let state = FormState::nested(UpdateAptPunkt::PATH, Some(("id", &key)));
    let s = || state.clone();
    let who = |n: usize| p.leaders.get(n).map(|d| d.id.to_string()).unwrap_or_default();
    let kinds = Slag::ALL.into_iter().map(|k| view! { <option value=k.code()>{k.label()}</option> }).collect_view();
    let field = format!("{key}-slag");
    view! {
        <form class="form" method="post" action=CreateAptBild::PATH>
            <Hidden name="mote" value=mote.to_string()/>
            <Hidden name="punkt" value=key.clone()/>
            <div class="field">
                <label for=field.clone()>"Ny bild"</label>
                <div class="cluster">
                    <select id=field name="slag">{kinds}</select>
                    <button class="button secondary small">"Lägg till bilden"</button>
                </div>
            </div>
        </form>
        <form class="form" method="post" action=UpdateAptPunkt::PATH>
            <ErrorSummary state=s()/>
            <Hidden name="mote" value=mote.to_string()/>
            <Hidden name="id" value=key.clone()/>
            <Hidden name="version" value=p.version.to_string()/>
            <TextField state=s() name="title" label="Punkt" value=p.title.clone() required=true/>
            <div class="inline-fields">
                <SelectField state=s() name="leader1" label="Leds av" options=persons.to_vec() value=who(0)/>
                <SelectField state=s() name="leader2" label="och av" options=persons.to_vec() value=who(1)/>
            </div>
            <TextField state=s() name="link" label="Länk till underlag" value=p.link.clone()/>
            <div class="form-actions"><button class="button secondary small">"Spara punkten"</button></div>
        </form>
        <form method="post" action=MoveAptPunkt::PATH>
            <Hidden name="mote" value=mote.to_string()/>
            <Hidden name="id" value=key/>
            <Hidden name="to" value="bort"/>
            <button class="button quiet small" aria-label=format!("Ta bort punkten {}", p.title)>"Ta bort punkten"</button>
        </form>
    }
    .into_any()
}

fn slide_row(mote: AptId, b: &Bild, count: usize, may_edit: bool, choices: &Choices) -> AnyView {
    let key = b.id.to_string();
    let about = [&b.rubrik, &b.fraga].into_iter().find(|t| !t.is_empty()).cloned().unwrap_or_default();
    let edit = may_edit.then(|| {
        let state = FormState::nested(UpdateAptBild::PATH, Some(("id", &key)));
        let s = || state.clone();
        let text = match b.slag {
            Slag::Text => Some(("Text", "Rubriker, listor och fetstil skrivs med Markdown: # Rubrik, - punkt, **fet**.")),
            Slag::Tabell => Some(("Tabell", "En rad i taget med semikolon emellan, eller klistra in från Excel. En enda rad blir en stor siffra: Prognos; +0,4 mnkr")),
            _ => None,
        };
        let what = format!("{}{}", b.slag.label(), if about.is_empty() { String::new() } else { format!(": {about}") });
        view! {
            {(count > 1)
                .then(|| {
                    view! {
                        {step(MoveAptBild::PATH, mote, &key, "upp", &format!("Flytta upp bilden {what}"), "↑")}
                        {step(MoveAptBild::PATH, mote, &key, "ner", &format!("Flytta ner bilden {what}"), "↓")}
                    }
                })}
            {step(MoveAptBild::PATH, mote, &key, "bort", &format!("Ta bort bilden {what}"), "×")}
            <details class="more-fields" open=state.is_back()>
                <summary aria-label=format!("Ändra bilden {what}")>"Ändra"</summary>
                <form class="form" method="post" action=UpdateAptBild::PATH>
                    <ErrorSummary state=s()/>
                    <Hidden name="mote" value=mote.to_string()/>
                    <Hidden name="id" value=key.clone()/>
                    <Hidden name="version" value=b.version.to_string()/>
                    {(b.slag == Slag::Enkat)
                        .then(|| {
                            let value = b.enkat.map(|e| e.to_string()).unwrap_or_default();
                            view! { <SelectField state=s() name="enkat" label="Enkät" options=choices.enkater.clone() value/> }
                        })}
                    {text
                        .map(|(label, help)| {
                            view! { <TextArea state=s() name="text" label=label value=b.text.clone() rows=5 help=help/> }
                        })}
                    <TextField state=s() name="rubrik" label="Rubrik" value=b.rubrik.clone()
                        help="Tom: rubriken skrivs av siffrorna."/>
                    <TextField state=s() name="fraga" label="Fråga att tala om" value=b.fraga.clone()/>
                    <TextField state=s() name="minuter" label="Minuter på klockan" value=b.minuter.map(|m| m.to_string()).unwrap_or_default() short=true/>
                    <TextArea state=s() name="stod" label="Stödord för dig som visar" value=b.stod.clone() rows=2/>
                    <div class="form-actions"><button class="button secondary small">"Spara bilden"</button></div>
                </form>
            </details>
        }
    });
    view! {
        <li id=format!("bild-{key}")>
            <span class="agenda-slide">{b.slag.label()} <span class="row-meta">{about.clone()}</span></span>
            {edit}
        </li>
    }
    .into_any()
}
