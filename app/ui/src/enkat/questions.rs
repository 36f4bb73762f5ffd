//! The questions of an enkät: added, changed, moved and taken out while they have no answers.

use domain::{
    enkat::{
        Fraga, FragaForm, Grad, Kind, Version,
        fraga::{FORSLAG, SOM_DET_STAR},
    },
    id::EnkatId,
    permission::Action,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{Target, enkat};

use super::{
    api::{
        CreateEnkatVersion, MoveEnkatFraga, RemoveEnkatFraga, SetEnkatGrader, SetEnkatKon, SetEnkatVersion,
        UpdateEnkatFraga,
    },
    entry::Questions,
};
use crate::{
    components::{Checkbox, Empty, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, TextField, load},
    ctx::Ctx,
    error::AppError,
};

/// `/enkater/{id}/fragor`
#[component]
pub fn FragorPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let chosen = use_query_map().get_untracked().get("fraga").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let id: EnkatId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Enkat(id), Action::Edit).await?;
        let found = enkat::get(&mut tx, id).await?;
        let versions = enkat::versions(&mut tx, id).await?;
        let last = versions.last().cloned().ok_or(AppError::NotFound)?;
        let frozen = enkat::is_frozen(&mut tx, last.id).await?;
        let sub = format!("{} · version {}", found.content.title, last.number);
        let content = if frozen {
            view! { <Frozen id last/> }.into_any()
        } else {
            let is_next = !last.in_use && versions.len() > 1;
            view! { <Editor id last chosen is_next/> }.into_any()
        };
        Ok(view! {
            <PageHead title="Frågor" sub>
                <a class="button secondary" href=format!("/enkater/{id}/forhandsvisa")>"Förhandsvisa"</a>
                <a class="button secondary" href=format!("/enkater/{id}")>"Till enkäten"</a>
            </PageHead>
            {content}
        })
    })
}

/// Questions with answers: they are shown as they are asked, and changed by a new version.
#[component]
fn Frozen(id: EnkatId, last: Version) -> impl IntoView {
    let own = last.questions.list.iter().filter(|q| q.kind == Kind::Val).cloned();
    let grades = own.map(|question| view! { <Grades id question/> }).collect_view();
    view! {
        <div class="stack">
        <div class="notice info stack tight">
            <p>
                "Frågorna har fått svar och är låsta, så att svaren betyder samma sak hela tiden. Vill du ändra dem görs en ny version. \
                Den gamla används tills du byter, och trenden visar var frågan ändrades."
            </p>
            <form method="post" action=CreateEnkatVersion::PATH>
                <Hidden name="id" value=id.to_string()/>
                <button class="button">"Ändra frågorna"</button>
            </form>
        </div>
        {grades}
        <section class="card"><div class="card-body entry"><Questions version=last preview=true/></div></section>
        </div>
    }
}

/// Which options of a question of the unit's own are the bad end: colours and order follow it, also with answers.
#[component]
fn Grades(id: EnkatId, question: Fraga) -> impl IntoView {
    let said = question.grades();
    let about = if question.grades_are_proposed() {
        format!("Ingen har sagt hur svaren ska räknas, så det är föreslaget efter orden. {said}")
    } else {
        said
    };
    let boxes = question
        .options
        .iter()
        .enumerate()
        .filter(|(_, option)| !option.good)
        .map(|(i, option)| {
            let checked = question.grad(i) == Grad::Dalig;
            view! {
                <label class="choice">
                    <input type="checkbox" name="bad[]" value=i.to_string() checked=checked/>
                    <span>{option.label.clone()}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <div class="card-head"><h2>{question.text.clone()}</h2></div>
            <form class="form card-body" method="post" action=SetEnkatGrader::PATH>
                <Hidden name="id" value=id.to_string()/>
                <Hidden name="key" value=question.key.to_string()/>
                <Hidden name="seen" value=question.grades()/>
                <p>{about}</p>
                <fieldset class="fieldset">
                    <legend>"Vilka svar är dåliga?"</legend>
                    <div class="choices row-wise">{boxes}</div>
                </fieldset>
                <p class="help">"Bara färger och ordning följer det. Andelen räknas som förut, på de svar som är bra."</p>
                <div class="form-actions"><button class="button secondary">"Spara hur svaren räknas"</button></div>
            </form>
        </section>
    }
}

#[component]
fn Editor(id: EnkatId, last: Version, chosen: String, is_next: bool) -> impl IntoView {
    let questions = last.questions.clone();
    let editing = questions.list.iter().find(|q| q.key.to_string() == chosen).cloned();
    let count = questions.list.len();
    let rows = questions
        .list
        .iter()
        .enumerate()
        .map(|(n, q)| view! { <QuestionRow id number=n + 1 count question=q.clone()/> })
        .collect_view();
    let list = if count == 0 {
        view! {
            <Empty title="Inga frågor än" text="Lägg till den första frågan här bredvid. Tre frågor är lagom efter ett samtal.">
                <p><a class="button secondary" href="#ny-fraga">"Till formuläret"</a></p>
            </Empty>
        }
        .into_any()
    } else {
        view! { <div class="card"><ol class="rows enkat-fragor">{rows}</ol></div> }.into_any()
    };
    let switch = is_next.then(|| {
        view! {
            <div class="notice info stack tight">
                <p>{format!("Du skriver version {}. Svar lämnas till den förra versionen tills du byter.", last.number)}</p>
                <form method="post" action=SetEnkatVersion::PATH>
                    <Hidden name="id" value=id.to_string()/>
                    <button class="button">{format!("Börja använda version {}", last.number)}</button>
                </form>
            </div>
        }
    });
    let kon = questions.kon;
    view! {
        {switch}
        <div class="two-col">
            <section class="stack">
                {list}
                <form class="cluster" method="post" action=SetEnkatKon::PATH>
                    <Hidden name="id" value=id.to_string()/>
                    <Hidden name="kon" value=if kon { "" } else { "on" }/>
                    <p>
                        {if kon { "Kön frågas efter sist: kvinna, man, annat, vill inte svara." } else { "Kön frågas inte efter." }}
                    </p>
                    <button class="button secondary small">
                        {if kon { "Fråga inte efter kön" } else { "Fråga efter kön" }}
                    </button>
                </form>
            </section>
            <aside class="stack" id="ny-fraga"><QuestionForm id question=editing/></aside>
        </div>
    }
}

#[component]
fn QuestionRow(id: EnkatId, number: usize, count: usize, question: Fraga) -> impl IntoView {
    let key = question.key.to_string();
    let mut meta = vec![question.kind.label().to_owned()];
    if question.kind == Kind::Val {
        meta = vec![question.grades().trim_end_matches('.').to_owned()];
    }
    if question.vet_ej {
        meta.push("Vet ej kan väljas".into());
    }
    meta.push(if question.required { "måste besvaras".into() } else { "frivillig".into() });
    if question.overall {
        meta.push("helhetsfråga".into());
    }
    let step = |to: &'static str, label: &'static str, sign: &'static str, show: bool| {
        show.then(|| {
            view! {
                <form method="post" action=MoveEnkatFraga::PATH>
                    <Hidden name="id" value=id.to_string()/>
                    <Hidden name="key" value=key.clone()/>
                    <Hidden name="to" value=to/>
                    <button class="button quiet small" aria-label=format!("{label} fråga {number}")>{sign}</button>
                </form>
            }
        })
    };
    view! {
        <li class="row">
            <span class="badge planned">{number}</span>
            <div class="row-text">
                <p class="row-title">{question.text.clone()}</p>
                <p class="row-meta">{meta.join(" · ")}</p>
            </div>
            <span class="row-actions">
                {step("upp", "Flytta upp", "Upp", number > 1)}
                {step("ner", "Flytta ner", "Ner", number < count)}
                <a class="button secondary small" href=format!("/enkater/{id}/fragor?fraga={key}#fraga")>
                    "Ändra" <span class="visually-hidden">{format!(" fråga {number}")}</span>
                </a>
                <form method="post" action=RemoveEnkatFraga::PATH>
                    <Hidden name="id" value=id.to_string()/>
                    <Hidden name="key" value=key.clone()/>
                    <button class="button quiet small" aria-label=format!("Ta bort fråga {number}")>"Ta bort"</button>
                </form>
            </span>
        </li>
    }
}

/// A new question, or the one that is being changed.
#[component]
fn QuestionForm(id: EnkatId, question: Option<Fraga>) -> impl IntoView {
    let key = question.as_ref().map(|q| q.key.to_string()).unwrap_or_default();
    let state = FormState::nested(UpdateEnkatFraga::PATH, Some(("id", &id.to_string())));
    let form = question.as_ref().map_or_else(
        || FragaForm { kind: Kind::JaNejDelvis.code().into(), required: "on".into(), ..FragaForm::default() },
        FragaForm::from,
    );
    let s = move || state.clone();
    let kinds = Kind::ALL.into_iter().map(|k| (k.code().to_owned(), k.label().to_owned())).collect();
    let is_new = question.is_none();
    let heading = if is_new { "Ny fråga" } else { "Ändra fråga" };
    let on = |text: &str| text == "on";
    let state = s();
    let proposal_id = state.id("grader");
    let proposal = state.error("grader").map(|_| {
        // what is proposed is said in the summary above; here it is taken or not
        view! {
            <div class="notice warn stack tight" id=proposal_id tabindex="-1">
                <p>"Säg hur svaren ska räknas: ta förslaget, eller skriv egna + och − framför dem."</p>
                <p class="cluster">
                    <button class="button small" name="form[grader]" value=FORSLAG>"Spara med förslaget"</button>
                    <button class="button secondary small" name="form[grader]" value=SOM_DET_STAR>"Spara som det står"</button>
                </p>
            </div>
        }
    });
    view! {
        <section class="card" id="fraga">
            <div class="card-head"><h2>{heading}</h2></div>
            <form class="form card-body" method="post" action=UpdateEnkatFraga::PATH>
                <ErrorSummary state=s()/>
                <Hidden name="id" value=id.to_string()/>
                {(!is_new).then(|| view! { <Hidden name="key" value=key/> })}
                <TextArea state=s() name="text" label="Fråga" value=form.text required=true rows=2 help="Som den läses upp."/>
                <SelectField state=s() name="kind" label="Hur besvaras den" options=kinds value=form.kind required=true/>
                <div class="only-own-options">
                    <TextArea state=s() name="options" label="Svarsalternativ" value=form.options rows=4
                        help="Ett på varje rad, högst nio. Sätt + framför dem som är bra och räknas i andelen, och − framför dem som är dåliga. De andra är mittemellan. Färgerna följer det."/>
                    {proposal}
                </div>
                <Checkbox state=s() name="required" label="Måste besvaras" checked=on(&form.required)/>
                <details class="more-fields" open=s().is_back()>
                    <summary>"Hjälptext, Vet ej, vikt"</summary>
                    <TextField state=s() name="help" label="Hjälp till den som frågar" value=form.help/>
                    <Checkbox state=s() name="vet_ej" label="Vet ej kan väljas" checked=on(&form.vet_ej)/>
                    <Checkbox state=s() name="vet_ej_counts" label="Vet ej räknas med i nämnaren" checked=on(&form.vet_ej_counts)/>
                    <Checkbox state=s() name="blank_counts" label="Tomma svar räknas med i nämnaren" checked=on(&form.blank_counts)/>
                    <Checkbox state=s() name="overall" label="Helhetsfråga: de andra frågornas vikt räknas ur den" checked=on(&form.overall)/>
                    <TextField state=s() name="vikt" label="Vikt 0–100" value=form.vikt short=true inputmode="numeric"
                        help="Hur viktig frågan är. Tom: räknas ur svaren."/>
                </details>
                <div class="form-actions">
                    <button class="button">{if is_new { "Lägg till frågan" } else { "Spara frågan" }}</button>
                    {(!is_new).then(|| view! { <a class="button quiet" href=format!("/enkater/{id}/fragor")>"Avbryt"</a> })}
                </div>
            </form>
        </section>
    }
}
