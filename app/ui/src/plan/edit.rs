//! The form of a row: new, and change.

use chrono::{Datelike, NaiveDate};
use domain::{
    organisation::NodeKind,
    permission::Action,
    plan::{Form, Id, Row},
    recurrence::form::Timing,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{Target, person, plan};

use super::{Filled, Kind};
use crate::{
    components::{
        Counted, ErrorSummary, FormState, Hidden, PageHead, RecurrenceFields, SaveOrShow, counted_field, load,
        recurrence::who_options,
    },
    ctx::Ctx,
    error::AppError,
    place::Place,
};

/// The page of a new row.
pub fn ny_page<K: Kind>() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let node = K::owner(&actor, place.unit).ok_or(AppError::Forbidden)?;
        let mut tx = ctx.read(Target::Node(node, K::AREA), Action::Edit).await?;
        let who = who_options(person::options(&mut tx, &actor.tree, place.unit).await?);
        let state = FormState::nested(K::FORMS.create, None);
        let id = state.new_id(|| K::Id::another().to_string());
        let sub = format!("{} · plan för {}", actor.tree.name(node), place.year);
        let spans_units = actor.tree.get(node).is_some_and(|n| n.kind < NodeKind::Enhet);
        let filled = Filled::<K> { state: state.clone(), form: K::blank(), who, spans_units };
        Ok(view! {
            <PageHead title=K::WORDS.new sub/>
            <form class="form" method="post" action=K::FORMS.create>
                <ErrorSummary state=state.clone()/>
                {past(place.year, ctx.today)}
                <Hidden name="id" value=id/>
                <Hidden name="node" value=node.to_string()/>
                <Hidden name="year" value=place.year.to_string()/>
                {fields(filled, place.year, ctx.today, None, Counted::New)}
                <div class="form-actions">
                    <SaveOrShow state save="Lägg till i planen"/>
                    <a class="button quiet" href=place.link(K::WORDS.path, ctx.today.year(), &[])>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

/// The page where a row is changed.
pub fn edit_page<K: Kind>() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: K::Id = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(K::target(id), Action::Edit).await?;
        let (row, _) = plan::get(&mut tx, id).await?;
        let options = person::options(&mut tx, &actor.tree, row.node).await?;
        let sub = format!("{} · plan för {}", actor.tree.name(row.node), row.year);
        let spans_units = actor.tree.get(row.node).is_some_and(|n| n.kind < NodeKind::Enhet);
        Ok(view! {
            <PageHead title=format!("Ändra {}", row.content.title()) sub/>
            {edit_form(&row, options, spans_units, String::new(), ctx.today)}
        })
    })
}

/// The form that changes a row, on its own page or in its place in the list. `back` is where to go afterwards; empty for the
/// row's page.
pub(super) fn edit_form<K: Kind>(
    row: &Row<K::Id, K>,
    options: Vec<(String, String)>,
    spans_units: bool,
    back: String,
    today: NaiveDate,
) -> AnyView {
    let id = row.id.to_string();
    let state = FormState::nested(K::FORMS.update, Some(("id", &id)));
    let cancel = if back.is_empty() { format!("{}/{id}", K::WORDS.path) } else { back.clone() };
    let counted = Counted::Stands(row.counted_from);
    let filled = Filled::<K> { state: state.clone(), form: row.content.form(), who: who_options(options), spans_units };
    view! {
        <form class="form" method="post" action=K::FORMS.update>
            <ErrorSummary state=state.clone()/>
            {past(row.year, today)}
            <Hidden name="id" value=id/>
            <Hidden name="version" value=row.version.to_string()/>
            <Hidden name="back" value=back/>
            {fields(filled, row.year, today, Some(row.timing()), counted)}
            <div class="form-actions">
                <SaveOrShow state save="Spara"/>
                <a class="button quiet" href=cancel>"Avbryt"</a>
            </div>
        </form>
    }
    .into_any()
}

/// That a plan is one of a year that is over: whoever writes in it is to see that.
fn past(year: i32, today: NaiveDate) -> Option<impl IntoView> {
    (today.year() > year).then(
        || view! { <p class="notice warn">{format!("Det här är planen för {year}, ett år som har passerat.")}</p> },
    )
}

fn fields<K: Kind>(
    filled: Filled<K>,
    year: i32,
    today: NaiveDate,
    stored: Option<Timing>,
    counted: Counted,
) -> impl IntoView + use<K> {
    let (state, when) = (filled.state.clone(), filled.form.when().clone());
    let (before, after) = K::fields(filled);
    view! {
        {before}
        <RecurrenceFields state=state.clone() when year today area=K::AREA stored counted=Some(counted)/>
        {counted_field(state, year, today, counted)}
        {after}
    }
}
