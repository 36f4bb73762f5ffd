//! Edit: a new meeting, when and who of one that is there, and the agenda that a kind of meeting begins with.

use domain::{
    apt::{Form, Kind},
    format,
    id::{AptId, NodeId, OccurrenceId},
    permission::{Action, Area},
    schedule::Category,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{
    Target, Tx,
    apt::{self, punkt},
    occurrence,
};

use super::api::{CreateApt, UpdateApt, UpdateAptMall};
use crate::{
    components::{
        DateField, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, TextField, load, plan::UnitSwitch,
    },
    ctx::Ctx,
    error::AppError,
    place::Place,
};

/// `/apt/ny?marke=…`
#[component]
pub fn NyPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let mut tx = ctx.read(Target::Node(place.unit, Area::Apt), Action::Edit).await?;
        let mark: Option<OccurrenceId> = place.get("marke").and_then(|m| m.parse().ok());
        let item = match mark {
            Some(mark) => {
                store::permitted(&mut tx, &actor, Target::Occurrence(mark), Action::TickOwn).await?;
                let item = occurrence::get(&mut tx, &actor, mark).await?;
                // another unit's is as little a meeting of this one as a control is
                Some(item).filter(|i| i.occurrence.node == place.unit && i.category == Category::Mote)
            }
            None => None,
        };
        let kind = item.as_ref().map_or(Kind::Apt, |i| kind_of(&i.title));
        let day = item.as_ref().map_or(ctx.today, |i| i.occurrence.due);
        // the next is like the last one: the same room, the same time
        let last = apt::before(&mut tx, place.unit, kind, day).await?;
        let form = Form {
            kind: kind.code().to_owned(),
            on: item.as_ref().map(|i| format::date(i.occurrence.due)).unwrap_or_default(),
            time: last.as_ref().map(|m| m.time.clone()).unwrap_or_default(),
            place: last.as_ref().map(|m| m.place.clone()).unwrap_or_default(),
            chair: last
                .as_ref()
                .and_then(|m| m.chair.as_ref())
                .map_or_else(|| actor.person.to_string(), |d| d.id.to_string()),
            secretary: String::new(),
        };
        let persons = persons(&mut tx, place.unit).await?;
        let state = FormState::nested(CreateApt::PATH, None);
        let id = state.new_id(|| AptId::new().to_string());
        let sub = match &last {
            Some(last) => format!("Dagordning och bilder blir som {}", last.title()),
            None => "Dagordningen är er egen och kan ändras sedan".to_owned(),
        };
        Ok(view! {
            <PageHead title="Förbered möte" sub/>
            <form class="form" method="post" action=CreateApt::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="node" value=place.unit.to_string()/>
                <Hidden name="mark" value=item.as_ref().map(|i| i.occurrence.id.to_string()).unwrap_or_default()/>
                <Fields state form persons with_kind=true/>
                <div class="form-actions">
                    <button class="button">"Förbered"</button>
                    <a class="button quiet" href="/apt">"Avbryt"</a>
                </div>
            </form>
        })
    })
}

/// The kind that a mark on the wheel is called by.
fn kind_of(title: &str) -> Kind {
    let title = title.to_lowercase();
    let has = |word: &str| title.contains(word);
    if has("ledning") {
        Kind::Ledningsgrupp
    } else if has("planering") {
        Kind::Planeringsdag
    } else if has("enhetsmöte") {
        Kind::Enhetsmote
    } else {
        Kind::Apt
    }
}

async fn persons(tx: &mut Tx, node: NodeId) -> Result<Vec<(String, String)>, AppError> {
    let all = punkt::persons(tx, node).await?;
    Ok(std::iter::once((String::new(), "Ingen vald".to_owned()))
        .chain(all.into_iter().map(|d| (d.id.to_string(), d.name)))
        .collect())
}

/// `/apt/{id}/redigera`
#[component]
pub fn EditPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let id: AptId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Apt(id), Action::Edit).await?;
        let mote = apt::get(&mut tx, id).await?;
        let persons = persons(&mut tx, mote.node).await?;
        let who = |d: &Option<domain::apt::Deltagare>| d.as_ref().map(|d| d.id.to_string()).unwrap_or_default();
        let form = Form {
            kind: mote.kind.code().to_owned(),
            on: format::date(mote.on),
            time: mote.time.clone(),
            place: mote.place.clone(),
            chair: who(&mote.chair),
            secretary: who(&mote.secretary),
        };
        let state = FormState::nested(UpdateApt::PATH, Some(("id", &id.to_string())));
        Ok(view! {
            <PageHead title="Ändra mötet" sub=mote.title()/>
            <form class="form" method="post" action=UpdateApt::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id.to_string()/>
                <Hidden name="version" value=mote.version.to_string()/>
                <Hidden name="form[kind]" value=mote.kind.code()/>
                <Fields state form persons with_kind=false/>
                <div class="form-actions">
                    <button class="button">"Spara"</button>
                    <a class="button quiet" href=format!("/apt/{id}")>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

#[component]
fn Fields(state: FormState, form: Form, persons: Vec<(String, String)>, with_kind: bool) -> impl IntoView {
    let s = move || state.clone();
    let kinds: Vec<(String, String)> =
        Kind::ALL.into_iter().map(|k| (k.code().to_owned(), k.label().to_owned())).collect();
    view! {
        {with_kind
            .then(|| {
                view! {
                    <SelectField state=s() name="kind" label="Vilket möte?" options=kinds value=form.kind
                        help="En ledningsgrupp syns bara för dem som leder enheten."/>
                }
            })}
        <div class="inline-fields">
            <DateField state=s() name="on" label="Dag" value=form.on required=true/>
            <TextField state=s() name="time" label="Tid" value=form.time short=true/>
            <TextField state=s() name="place" label="Plats" value=form.place/>
        </div>
        <div class="inline-fields">
            <SelectField state=s() name="chair" label="Ordförande" options=persons.clone() value=form.chair/>
            <SelectField state=s() name="secretary" label="Sekreterare" options=persons value=form.secretary
                help="Får anteckna på mötet."/>
        </div>
    }
}

/// `/apt/dagordning?mote=…`
#[component]
pub fn MallPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let mut tx = ctx.read(Target::Node(place.unit, Area::Apt), Action::Edit).await?;
        let kind = place.get("mote").and_then(Kind::from_code).unwrap_or_default();
        let (mall, version) = apt::mall(&mut tx, place.unit, kind).await?;
        let state = FormState::of(UpdateAptMall::PATH, Some(("kind", kind.code())));
        let tabs = Kind::ALL
            .into_iter()
            .map(|k| {
                let href = place.with("/apt/dagordning", &[("mote", k.code())]);
                view! { <a class="chip" href=href aria-current=(k == kind).then_some("true")>{k.label()}</a> }
            })
            .collect_view();
        Ok(view! {
            <PageHead title="Dagordning" sub=format!("{} · så börjar varje nytt möte", place.unit_name)>
                <a class="button secondary" href="/apt">"Till möten"</a>
            </PageHead>
            <div class="filter-bar">
                {(place.units.len() > 1).then(|| view! { <UnitSwitch place=place.clone() path="/apt/dagordning"/> })}
                <nav class="chips" aria-label="Vilket möte">{tabs}</nav>
            </div>
            <form class="form" method="post" action=UpdateAptMall::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="node" value=place.unit.to_string()/>
                <Hidden name="kind" value=kind.code()/>
                <Hidden name="version" value=version.to_string()/>
                <TextArea state=state.clone() name="punkter" label="Punkter, en på varje rad" value=mall.text() rows=12
                    help="Föregående protokoll, Verksamhet och kvalitet, Arbetsmiljö, Aktiva åtgärder, Förbättringsförslag och Ekonomi får sina bilder av sig själva."/>
                <div class="form-actions"><button class="button">"Spara"</button></div>
            </form>
        })
    })
}
