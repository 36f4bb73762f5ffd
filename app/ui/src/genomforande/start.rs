//! Start: how a tillfälle is to be carried out, and the cases that are drawn. The form posts to a route of its own, because
//! it may carry a file; it works without script.

use domain::{
    genomforande::Kind,
    id::{EgenkontrollId, OccurrenceId},
    kon::Lasning,
    permission::{Action, Area},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::{Target, genomforande, occurrence, plan};

use crate::{
    components::{ChoiceField, ErrorSummary, FormState, Hidden, PageHead, TextArea, TextField, load},
    ctx::Ctx,
    error::AppError,
};

/// Where the form posts.
pub const START: &str = "/genomforanden/starta";

/// `/genomforanden/ny?tillfalle=…`
#[component]
pub fn NyPage() -> impl IntoView {
    let occurrence = use_query_map().get_untracked().get("tillfalle").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: OccurrenceId = occurrence.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Occurrence(id), Action::TickOwn).await?;
        let item = occurrence::get(&mut tx, &actor, id).await?;
        if item.area != Area::Egenkontroll {
            return Err(AppError::NotFound);
        }
        let standing = genomforande::of_occurrence(&mut tx, id).await?;
        if let Some(words) = item.removed_words().filter(|_| standing.is_none()) {
            return Err(AppError::Conflict(words));
        }
        let control = EgenkontrollId(item.source);
        let mall = genomforande::mall(&mut tx, control).await?;
        let (row, _) = plan::get(&mut tx, control).await?;
        let may_edit = actor.may(row.node, Area::Egenkontroll, Action::Edit);
        let sub = format!("{} · {}", item.title, item.occurrence.when().with_year());
        if let Some((run, _)) = standing {
            return Ok(view! {
                <PageHead title="Genomför kontrollen" sub/>
                <div class="notice">
                    <p>"Kontrollen är redan påbörjad."</p>
                    <p><a class="button" href=format!("/genomforanden/{run}")>"Fortsätt där den är"</a></p>
                </div>
            }
            .into_any());
        }
        let state = FormState::of(START, Some(("tillfalle", &id.to_string())));
        let kind = state.value("kind", mall.kind.unwrap_or(Kind::Stickprov).code());
        let choices = Kind::ALL
            .into_iter()
            .enumerate()
            .map(|(i, k)| {
                let field = (i == 0).then(|| state.id("kind"));
                view! {
                    <label class="choice">
                        <input type="radio" name="kind" id=field value=k.code() checked=k.code() == kind/>
                        <span>{k.label()}</span>
                        <span class="help">{k.help()}</span>
                    </label>
                }
            })
            .collect_view();
        let n = row.content.urval.unwrap_or(20).to_string();
        Ok(view! {
            <PageHead title="Genomför kontrollen" sub/>
            <form class="form start-form" method="post" action=START enctype="multipart/form-data">
                <ErrorSummary state=state.clone()/>
                <Hidden name="tillfalle" value=id.to_string()/>
                <fieldset class="fieldset" aria-describedby=state.described_by("kind", false)>
                    <legend>"Hur görs den?"</legend>
                    {state.fault("kind")}
                    <div class="choices">{choices}</div>
                </fieldset>
                {stickprov(&state, mall.kriterier.join("\n"), n, mall.kollegie)}
                {may_edit
                    .then(|| {
                        check(&state, "spara_mall", "Spara sättet och kriterierna till nästa gång", "De föreslås när kontrollen görs igen, även i nästa års plan.", true)
                    })}
                <div class="form-actions">
                    <button class="button">
                        <span class="when-stickprov">"Dra urvalet och börja"</span>
                        <span class="when-other">"Börja"</span>
                    </button>
                    <a class="button quiet" href=format!("/forekomster/{id}")>"Avbryt"</a>
                </div>
            </form>
        }
        .into_any())
    })
}

/// A box to tick with a sentence under it.
fn check(
    state: &FormState,
    name: &'static str,
    label: &'static str,
    help: &'static str,
    stored: bool,
) -> impl IntoView + use<> {
    let checked = state.value(name, if stored { "on" } else { "" }) == "on";
    view! {
        <div>
            <label class="check">
                <input type="checkbox" id=state.id(name) name=name value="on" checked=checked/>
                <span>{label}</span>
            </label>
            <p class="help">{help}</p>
        </div>
    }
}

/// What a stickprov asks: criteria, how many cases, and out of which.
fn stickprov(state: &FormState, kriterier: String, n: String, kollegie: bool) -> AnyView {
    let s = || state.clone();
    let list_help = "En rad per ärende, kopierad ur Excel eller skriven. Kolumner för kön och handläggare följer med. Skriv \
                     aldrig namn eller personnummer på klienter.";
    let file_error = state.error("fil");
    let file_wrong = file_error.is_some();
    // asked where a list did not say it for certain, and kept once it is answered
    let asked = state.error("kon").is_some() || !state.value("kon", "").is_empty();
    view! {
        <div class="for-stickprov stack loose">
            <TextArea
                state=s()
                name="kriterier"
                label="Kriterier"
                value=kriterier
                required=true
                rows=4
                help="Ett per rad. Varje ärende får Ja, Nej eller Ej relevant på vart och ett. Kriterierna kopieras till det här genomförandet."
            />
            <TextField state=s() name="urval" label="Antal ärenden som dras" value=n required=true short=true inputmode="numeric"/>
            <fieldset class="fieldset">
                <legend>"Ärendena att dra ur"</legend>
                <p class="help">"Välj ett sätt: skriv hur många de är, klistra in dem eller läs in en fil."</p>
                <TextField
                    state=s()
                    name="population"
                    label="Antal ärenden i din lista"
                    short=true
                    inputmode="numeric"
                    help="Radnummer dras, och du letar upp dem i din egen lista."
                />
                <div data-unkept="">
                    <TextArea state=s() name="lista" label="Lista med ärendenummer" rows=5 help=list_help/>
                </div>
                <div class="field" class:invalid=file_wrong>
                    <label for=s().id("fil")>"Eller en fil " <span class="optional">"(xlsx eller CSV)"</span></label>
                    {s().fault("fil")}
                    <input
                        type="file"
                        id=s().id("fil")
                        name="fil"
                        accept=".xlsx,.csv,.txt"
                        aria-invalid=s().invalid("fil")
                        aria-describedby=s().described_by("fil", false)
                    />
                </div>
                {asked
                    .then(|| {
                        let options = Lasning::ANSWERS.into_iter().map(|l| (l.code(), l.label())).collect();
                        view! { <ChoiceField state=s() name="kon" legend="Kön i listan" options value=vec![]/> }
                    })}
                {check(state, "numrera", "Numrera raderna", "Ärendena kallas Rad 1, Rad 2 och så vidare, vad som än står i listan.", false)}
            </fieldset>
            {check(state, "kollegie", "Kollegiegranskning", "Alla i enheten kan bedöma, men ingen sitt eget ärende. Då behövs handläggare per ärende.", kollegie)}
        </div>
    }
    .into_any()
}
