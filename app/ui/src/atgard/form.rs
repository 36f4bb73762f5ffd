//! Form: an åtgärd, new and changed.

use domain::{
    atgard::{Form, Source, access::proposed},
    ekonomi::handling::HANDLINGSPLAN,
    format,
    id::{AtgardId, NodeId},
    permission::Action,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{Target, atgard, forslag, genomforande, occurrence, person, serie::jamstalldhet};

use super::{
    api::{CreateAtgard, UpdateAtgard},
    planen,
};
use crate::{
    components::{
        DateField, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, TextField, load,
        recurrence::who_options,
    },
    ctx::Ctx,
    error::AppError,
    place::Place,
};

/// `/atgarder/ny?kalla=…`
#[component]
pub fn NyPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    let source = use_query_map().get_untracked().get("kalla").unwrap_or_default();
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let source = Source::from_code(&source).ok_or(AppError::NotFound)?;
        let mut tx = ctx.read(Target::NyAtgard(source, place.unit), Action::Edit).await?;
        let node = atgard::node_of_source(&mut tx, source).await?.unwrap_or(place.unit);
        let plan = atgard::plan_of_source(&mut tx, source).await?;
        let (about, why) = match plan {
            Some(plan) => planen::about(&mut tx, &actor, ctx.today, (plan, source)).await?,
            None => about(&mut tx, &actor, source).await?,
        };
        let title = if matches!(source, Source::Konto(_)) { HANDLINGSPLAN.to_owned() } else { String::new() };
        let options = person::options(&mut tx, &actor.tree, node).await?;
        let responsible = proposed(&actor, node).map(domain::schedule::Responsible::code).unwrap_or_default();
        let state = FormState::nested(CreateAtgard::PATH, None);
        let id = state.new_id(|| AtgardId::new().to_string());
        let back = match source {
            Source::Genomforande(run) => format!("/genomforanden/{run}?flik=analys"),
            other => other.link(plan).unwrap_or_else(|| "/atgarder".to_owned()),
        };
        let sub = if about.is_empty() { actor.tree.name(node).to_owned() } else { format!("Med anledning av {about}") };
        Ok(view! {
            <PageHead title="Ny åtgärd" sub/>
            <form class="form" method="post" action=CreateAtgard::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="node" value=node.to_string()/>
                <Hidden name="source" value=source.code()/>
                <Fields state form=Form { title, why, responsible, ..Form::default() } options/>
                <div class="form-actions">
                    <button class="button">"Lägg till"</button>
                    <a class="button quiet" href=back>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

/// What a source is called, and what it found wanting: the åtgärd's why is written already.
async fn about(
    tx: &mut store::Tx,
    actor: &domain::person::Actor,
    source: Source,
) -> Result<(String, String), AppError> {
    let (occurrence, why) = match source {
        // what happened stays in the case: its åtgärder are for the whole unit to read
        Source::Egen
        | Source::Avvikelse(_)
        // those that stand in a plan are told of by it
        | Source::Indikator(_)
        | Source::Enhetsmal(_)
        | Source::Aktivitet(_)
        | Source::Konto(_) => return Ok((String::new(), String::new())),
        Source::Forslag(id) => return Ok(("ett förslag".to_owned(), forslag::get(tx, id).await?.text)),
        Source::Jamstalldhet(id) => {
            let asked = jamstalldhet::get(tx, id).await?.skriven.content;
            // an åtgärd is read by everybody
            let why = format!("{} {}.", asked.fraga, asked.rubrik(asked.visas()));
            return Ok(("en jämställdhetsanalys".to_owned(), why));
        }
        Source::Apt(id) => {
            let mote = store::apt::get(tx, id).await?;
            return Ok((if mote.kind.is_closed() { "ett möte".to_owned() } else { mote.title() }, String::new()));
        }
        Source::Genomforande(id) => {
            let run = genomforande::get(tx, id).await?;
            (run.occurrence, run.texts.brister)
        }
        Source::Occurrence(id) => (id, String::new()),
    };
    let item = occurrence::get(tx, actor, occurrence).await?;
    let why = if why.is_empty() { item.occurrence.note.clone() } else { why };
    Ok((format!("{}, {}", item.title, item.occurrence.when().with_year()), why))
}

/// `/atgarder/{id}/redigera`
#[component]
pub fn EditPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: AtgardId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Atgard(id), Action::Edit).await?;
        let found = atgard::get(&mut tx, &actor, id).await?;
        let node: NodeId = found.node;
        let options = person::options(&mut tx, &actor.tree, node).await?;
        let state = FormState::nested(UpdateAtgard::PATH, Some(("id", &id.to_string())));
        let form = Form {
            title: found.title.clone(),
            why: found.why.clone(),
            responsible: found.responsible.code(),
            due: format::date(found.due),
            follow_up: found.follow_up.as_ref().map(|f| format::date(f.due)).unwrap_or_default(),
        };
        Ok(view! {
            <PageHead title="Ändra åtgärden" sub=found.title.clone()/>
            <form class="form" method="post" action=UpdateAtgard::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id.to_string()/>
                <Hidden name="version" value=found.version.to_string()/>
                <Fields state form options/>
                <div class="form-actions">
                    <button class="button">"Spara"</button>
                    <a class="button quiet" href=format!("/atgarder/{id}")>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

#[component]
fn Fields(state: FormState, form: Form, options: Vec<(String, String)>) -> impl IntoView {
    let s = move || state.clone();
    view! {
        <TextField state=s() name="title" label="Vad ska göras?" value=form.title required=true
            help="Till exempel: Genomgång av dokumentation för hela arbetsgruppen."/>
        <TextArea state=s() name="why" label="Varför?" value=form.why rows=3 help="Skriv aldrig namn eller personnummer på klienter."/>
        <SelectField state=s() name="responsible" label="Ansvarig" options=who_options(options) value=form.responsible required=true/>
        <div class="inline-fields">
            <DateField state=s() name="due" label="Klar senast" value=form.due required=true/>
            <DateField state=s() name="follow_up" label="Effekten följs upp" value=form.follow_up/>
        </div>
    }
}
