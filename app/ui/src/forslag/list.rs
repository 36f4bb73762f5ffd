//! List: the form, and what has been said in the order of its states.
//!
//! The form posts to the page itself ([`super::api::say`]): what was wrong comes back in the answer to the post.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use domain::{
    atgard::Atgard,
    format,
    forslag::{Forslag, Kind, State},
    id::ForslagId,
    permission::{Action, Area},
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{Target, atgard, forslag};

use super::api::SetForslagState;
use crate::{
    components::{
        Checkbox, Empty, ErrorSummary, FormState, Hidden, KeptForm, Newest, PageHead, TextArea, load, plan::UnitSwitch,
    },
    ctx::Ctx,
    place::Place,
    upphorda::UnitNotice,
};

pub const PATH: &str = "/forslag";
/// The parameter that says what was sent.
pub const THANKS: &str = "tack";
/// What was ended longer ago than this stands only under "Alla".
const RECENT: Days = Days::new(180);

/// `/forslag`
#[component]
pub fn ForslagPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let ctx = Ctx::current()?;
        if ctx.actor.is_none() {
            let what = "Förslaget är inte skickat än, men det finns kvar på den här sidan.";
            return Ok(view! { <KeptForm ctx action=PATH.to_owned() what button="Skicka"/> }.into_any());
        }
        let place = place?;
        let (actor, today) = (ctx.actor()?, ctx.today);
        let mut tx = ctx.read(Target::Node(place.unit, Area::Forslag), Action::View).await?;
        let all = forslag::list(&mut tx, place.unit).await?;
        let become_atgard = Arc::new(atgard::of_forslag(&mut tx, &actor, place.unit).await?);
        let may_edit = actor.may(place.unit, Area::Forslag, Action::Edit);
        let may_act = actor.may(place.unit, Area::Atgard, Action::Edit);
        let whole = place.get("visa") == Some("alla");
        let since = today.checked_sub_days(RECENT).unwrap_or(today);
        let shown: Vec<Forslag> = all.iter().filter(|f| whole || is_current(f, since)).cloned().collect();
        let hidden = all.len() - shown.len();
        let open = all.iter().filter(|f| f.kind == Kind::Forslag && f.state.is_open()).count();
        let sub = match open {
            0 => format!("{} · inget som väntar", place.unit_name),
            1 => format!("{} · 1 förslag är inte avgjort", place.unit_name),
            n => format!("{} · {n} förslag är inte avgjorda", place.unit_name),
        };
        let nothing = shown.is_empty();
        let groups = State::ALL
            .into_iter()
            .map(|state| {
                let of: Vec<Forslag> =
                    shown.iter().filter(|f| f.kind == Kind::Forslag && f.state == state).cloned().collect();
                view! { <Group id=state.code() heading=heading(state) list=of atgarder=become_atgard.clone() may_edit may_act/> }
            })
            .collect_view();
        let of_kind = |kind: Kind| shown.iter().filter(|f| f.kind == kind).cloned().collect::<Vec<Forslag>>();
        let (stars, silver) = (of_kind(Kind::Guldstjarna), of_kind(Kind::Silverstjarna));
        let thanks = place.get(THANKS).and_then(Kind::from_code).map(|kind| {
            let text = match kind {
                Kind::Forslag => "Tack. Förslaget finns kvar här tills ni har tagit ställning till det.",
                Kind::Guldstjarna => "Tack. Guldstjärnan visas på nästa APT.",
                Kind::Silverstjarna => "Tack. Silverstjärnan visas på nästa APT, och när nästa års plan skrivs.",
            };
            view! { <p class="notice done" role="status">{text}</p> }
        });
        Ok(view! {
            <PageHead title="Förslag" sub/>
            <UnitNotice place=place.clone() path="/forslag"/>
            {thanks}
            {(place.units.len() > 1)
                .then(|| view! { <div class="filter-bar"><UnitSwitch place=place.clone() path=PATH/></div> })}
            <div class="two-col">
                <div class="stack loose" id="forslagen" data-live="forslag">
                    {nothing
                        .then(|| {
                            view! {
                                <Empty
                                    title="Inget förslag än"
                                    text="Skriv det första. Det tar tio sekunder och behöver inte vara genomtänkt."
                                >
                                    <p><a class="button" href="#nytt">"Skriv ett förslag"</a></p>
                                </Empty>
                            }
                        })}
                    {groups}
                    <Group id="guldstjarnor" heading="Guldstjärnor" list=stars atgarder=Arc::default() may_edit=false may_act=false/>
                    <Group id="silverstjarnor" heading="Silverstjärnor" list=silver atgarder=Arc::default() may_edit=false may_act=false/>
                    <Newest asked=all.len() most=forslag::MOST what="förslagen"/>
                    {(hidden > 0)
                        .then(|| {
                            view! { <p><a href=place.with(PATH, &[("visa", "alla")])>{format!("Visa även {hidden} äldre")}</a></p> }
                        })}
                </div>
                <aside id="nytt">
                    <NewCard place=place.clone()/>
                </aside>
            </div>
        }
        .into_any())
    })
}

fn is_current(f: &Forslag, since: NaiveDate) -> bool {
    f.kind == Kind::Forslag && f.state.is_open() || f.changed_on >= since
}

fn heading(state: State) -> &'static str {
    match state {
        State::Ny => "Nya",
        State::Diskuteras => "Tas upp på APT",
        State::Provas => "Prövas",
        State::Inford => "Införda",
        State::Avslagen => "Avslagna",
    }
}

/// The form: a text is enough.
#[component]
fn NewCard(place: Place) -> impl IntoView {
    let state = FormState::of(PATH, None);
    let id = state.new_id(|| ForslagId::new().to_string());
    let chosen = state.value("kind", Kind::Forslag.code());
    let choices = [
        (Kind::Forslag, "Det här kan bli bättre"),
        (Kind::Guldstjarna, "Guldstjärna: det här gick bra"),
        (Kind::Silverstjarna, "Silverstjärna: bra, och kan bli ännu bättre"),
    ]
    .into_iter()
    .map(|(kind, label)| {
        let checked = chosen == kind.code();
        view! {
            <label class="choice">
                <input type="radio" name="kind" value=kind.code() checked=checked/>
                <span>{label}</span>
            </label>
        }
    })
    .collect_view();
    view! {
        <section class="card">
            <div class="card-head"><h2>"Säg vad du tycker"</h2></div>
            <form class="form card-text" method="post" action=place.with(PATH, &[(THANKS, "")])>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="node" value=place.unit.to_string()/>
                <fieldset class="fieldset">
                    <legend class="visually-hidden">"Vad är det?"</legend>
                    <div class="choices">{choices}</div>
                </fieldset>
                <TextArea state=state.clone() name="text" label="Vad?" required=true rows=4
                    help="Skriv aldrig namn eller personnummer på klienter."/>
                <Checkbox state=state.clone() name="named" label="Visa mitt namn"/>
                <p class="help">
                    "Utan namn sparas ingenstans vem som skrev, och bara dagen. De andra ser det när de öppnar sidan."
                </p>
                <div class="form-actions"><button class="button">"Skicka"</button></div>
            </form>
        </section>
    }
}

/// What a förslag has become.
type Atgarder = Arc<Vec<(ForslagId, Atgard)>>;

#[component]
fn Group(
    id: &'static str,
    heading: &'static str,
    list: Vec<Forslag>,
    atgarder: Atgarder,
    may_edit: bool,
    may_act: bool,
) -> impl IntoView {
    let count = list.len();
    (count > 0).then(|| {
        let rows =
            list.into_iter().map(|f| view! { <Row f atgarder=atgarder.clone() may_edit may_act/> }).collect_view();
        view! {
            <section class="stack tight" aria-labelledby=id>
                <div class="section-head"><h2 id=id>{heading}</h2> <span class="count">{count}</span></div>
                <div class="card"><ul class="rows">{rows}</ul></div>
            </section>
        }
    })
}

#[component]
fn Row(f: Forslag, atgarder: Atgarder, may_edit: bool, may_act: bool) -> impl IntoView {
    let who = if f.who.is_empty() { "utan namn".to_owned() } else { f.who.clone() };
    let mut meta = format!("{} · {who}", format::day_month(f.on));
    if f.changed_on != f.on {
        meta = format!("{meta} · {} {}", f.state.label().to_lowercase(), format::day_month(f.changed_on));
    }
    let id = f.id.to_string();
    let buttons = may_edit.then(|| {
        let steps = f.state.next().iter().filter(|to| **to != State::Avslagen);
        steps
            .enumerate()
            .map(|(i, to)| {
                let class = if i == 0 { "button small" } else { "button secondary small" };
                view! {
                    <form method="post" action=SetForslagState::PATH>
                        <Step id=id.clone() version=f.version to=*to/>
                        <button class=class aria-label=format!("{}: {}", to.verb(), f.text)>{to.verb()}</button>
                    </form>
                }
            })
            .collect_view()
    });
    let act = (may_act && f.kind == Kind::Forslag && f.state.is_open()).then(|| {
        let href = format!("/atgarder/ny?kalla=forslag:{id}");
        view! { <a class="button quiet small" href=href aria-label=format!("Gör till åtgärd: {}", f.text)>"Gör till åtgärd"</a> }
    });
    let became = atgarder
        .iter()
        .filter(|(of, _)| *of == f.id)
        .map(|(_, a)| {
            let href = format!("/atgarder/{}", a.id);
            let status = format!(" · {}", a.status().label().to_lowercase());
            view! { <p class="row-meta">"Åtgärd: " <a href=href>{a.title.clone()}</a> {status}</p> }
        })
        .collect_view();
    let turn_down = (may_edit && f.state.next().contains(&State::Avslagen)).then(|| {
        let state = FormState::of(SetForslagState::PATH, Some(("id", &id)));
        view! {
            <details class="row-more" open=state.is_back()>
                <summary class="button secondary small" aria-label=format!("Avslå: {}", f.text)>
                    <span class="when-closed">"Avslå"</span>
                    <span class="when-open">"Ångra"</span>
                </summary>
                <form class="form" method="post" action=SetForslagState::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Step id=id.clone() version=f.version to=State::Avslagen/>
                    <TextArea state=state.clone() name="reason" label="Varför?" required=true
                        help="Visas för alla, så att den som föreslog det får veta."/>
                    <div class="form-actions"><button class="button">"Avslå förslaget"</button></div>
                </form>
            </details>
        }
    });
    view! {
        <li class="row" id=format!("forslag-{id}")>
            <div class="row-text">
                <p class="prewrap">{f.text.clone()}</p>
                {(!f.reason.is_empty()).then(|| view! { <p class="prewrap"><strong>"Varför: "</strong> {f.reason.clone()}</p> })}
                <p class="row-meta">{meta}</p>
                {became}
            </div>
            <div class="row-actions">{buttons} {act}</div>
            {turn_down}
        </li>
    }
}

#[component]
fn Step(id: String, version: i64, to: State) -> impl IntoView {
    view! {
        <Hidden name="id" value=id/>
        <Hidden name="version" value=version.to_string()/>
        <Hidden name="to" value=to.code()/>
    }
}
