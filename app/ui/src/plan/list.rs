//! The plan of a unit and year: month grid and list.

use chrono::{Datelike, NaiveDate};
use domain::{atgora::Tally, occurrence::Item, organisation::NodeKind, permission::Action, person::Actor, plan::Id};
use leptos::{either::Either, prelude::*};
use store::{Target, occurrence, person, plan};

use super::{Kind, Page, Planned, edit::edit_form};
use crate::{
    components::{
        Empty, ErrorSummary, FormState, Hidden, Legend, MonthGrid, PlanHead, RemovedRows, StatusMark, load,
        plan::{PlanKind, found},
    },
    ctx::Ctx,
    error::AppError,
    place::Place,
};

impl<K: Kind> Page<K> {
    async fn read(ctx: &Ctx, place: &Place) -> Result<Self, AppError> {
        let actor = ctx.actor()?;
        let mut tx = ctx.read(Target::Node(place.unit, K::AREA), Action::View).await?;
        let plan = plan::list::<K>(&mut tx, place.unit, place.year).await?;
        let removed = plan::removed::<K>(&mut tx, place.unit, place.year).await?;
        let mut items = occurrence::year(&mut tx, &actor, place.unit, place.year).await?;
        items.retain(|i| i.area == K::AREA);
        let standing = Tally::of(&items, ctx.today);
        let of = |id: K::Id| items.iter().filter(move |i| i.source == id.stored());
        let removed = removed
            .into_iter()
            .map(|row| (row.content.title().to_owned(), format!("{}/{}", K::WORDS.path, row.id), of(row.id).count()))
            .collect();
        let rows = plan
            .into_iter()
            .map(|row| {
                let own = of(row.id).cloned().collect();
                (row, own)
            })
            .collect();
        let options = match place.get("redigera") {
            Some(_) => person::options(&mut tx, &actor.tree, place.unit).await?,
            None => vec![],
        };
        Ok(Self { actor, rows, removed, standing, options })
    }
}

/// The page of a plan.
pub fn plan_page<K: Kind>() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let today = ctx.today;
        let mut page = Page::<K>::read(&ctx, &place).await?;
        let may_edit = K::owner(&page.actor, place.unit).is_some();
        let total = page.rows.len();
        let own = page.rows.iter().any(|(row, _)| row.node == place.unit);
        page.rows.retain(|(row, items)| found(place.get("q"), &row.content.searched(items)));
        let sentence = if page.rows.len() == total {
            page.standing.sentence()
        } else {
            let found: Vec<Item> = page.rows.iter().flat_map(|(_, items)| items).cloned().collect();
            format!("i urvalet {}", Tally::of(&found, today).sentence().to_lowercase())
        };
        sort(&mut page.rows, place.get("sortera"), today);
        let kind = PlanKind { title: K::WORDS.plan, path: K::WORDS.path, copy: K::FORMS.copy };
        let removed = std::mem::take(&mut page.removed);
        let copied = (may_edit && place.get("kopierad").is_some())
            .then(|| view! { <Copied action=K::FORMS.undo_copy place=place.clone()/> });
        let offered = if may_edit && !own { predecessors(&page.actor, &place, K::FORMS.copy) } else { None };
        let content = if total == 0 {
            empty::<K>(&place, may_edit, today.year())
        } else if page.rows.is_empty() {
            let whole = place.with(K::WORDS.path, &[("q", "")]);
            view! {
                <Empty title="Inget stämmer med sökningen" text="Prova ett annat ord, eller visa hela planen.">
                    <p><a class="button secondary" href=whole>"Visa hela planen"</a></p>
                </Empty>
            }
            .into_any()
        } else if place.get("vy") == Some("lista") {
            list(page, &place, today)
        } else {
            let label = format!("{} {}, {}", K::WORDS.plan, place.year, place.unit_name);
            let groups = K::groups(page.rows);
            view! { <MonthGrid year=place.year today groups first=K::WORDS.first label/> <Legend/> }.into_any()
        };
        Ok(view! {
            <PlanHead kind place today sentence rows=total may_edit/>
            {copied}
            {offered}
            {content}
            <RemovedRows rows=removed/>
        })
    })
}

/// That the plan has just been copied here, and the way back.
#[component]
fn Copied(action: &'static str, place: Place) -> impl IntoView {
    let state = FormState::of(action, None);
    view! {
        <form class="notice cluster" method="post" action=action>
            <ErrorSummary state/>
            <p>{format!("Planen är kopierad till {}. Det kan ångras så länge inget är gjort med kopiorna.", place.year)}</p>
            <Hidden name="node" value=place.unit.to_string()/>
            <Hidden name="year" value=place.year.to_string()/>
            <button class="button secondary small">"Ångra kopieringen"</button>
        </form>
    }
}

/// Copies the plan of what the unit was before, where it has none of its own for the year.
fn predecessors(actor: &Actor, place: &Place, copy: &'static str) -> Option<AnyView> {
    let liv = actor.tree.liv(place.unit)?;
    let year = liv.from.filter(|from| from.year() == place.year).map(|_| liv.plan_year(place.year))?;
    let seen = actor.units_with_ended();
    let before =
        actor.tree.foregangare(place.unit).into_iter().filter(|node| seen.iter().any(|(id, _)| *id == node.id));
    let forms = before
        .map(|node| {
            view! {
                <form class="cluster" method="post" action=copy>
                    <Hidden name="node" value=place.unit.to_string()/>
                    <Hidden name="of" value=node.id.to_string()/>
                    <Hidden name="from" value=year.to_string()/>
                    <button class="button secondary">{format!("Kopiera planen {year} från {}", node.name)}</button>
                </form>
            }
        })
        .collect_view();
    (!forms.is_empty()).then(|| {
        view! {
            <div class="notice">
                <p>"Enheten har ingen egen plan för året än. Börja med planen från en av enheterna som fanns före."</p>
                {forms}
            </div>
        }
        .into_any()
    })
}

/// What stands where there is no plan yet: the ways to one, for who may lay it.
fn empty<K: Kind>(place: &Place, may_edit: bool, this_year: i32) -> AnyView {
    let title = format!("Ingen {} för {} än", K::WORDS.plan.to_lowercase(), place.year);
    if !may_edit {
        return view! { <Empty title text=K::WORDS.empty/> }.into_any();
    }
    let import = place.link(&format!("{}/importera", K::WORDS.path), this_year, &[]);
    let new = place.link(&format!("{}/ny", K::WORDS.path), this_year, &[]);
    let before = (place.year - 1).to_string();
    let earlier = place.with(K::WORDS.path, &[("ar", &before)]);
    view! {
        <Empty title text="Läs in den plan ni redan har i Excel, kopiera förra årets, eller lägg till kontrollerna en och en.">
            <p class="cluster">
                <a class="button" href=import>"Läs in från Excel"</a>
                <a class="button secondary" href=new>"Lägg till en kontroll"</a>
                <a class="button secondary" href=earlier>{format!("Visa {before}")}</a>
            </p>
        </Empty>
    }
    .into_any()
}

fn sort<K: Kind>(rows: &mut [Planned<K>], by: Option<&str>, today: NaiveDate) {
    let by = by.unwrap_or_default();
    let (by, reverse) = by.strip_prefix('-').map_or((by, false), |by| (by, true));
    // a stable sort: rows that are alike keep the order of the plan
    rows.sort_by(|a, b| if reverse { K::compare(b, a, by, today) } else { K::compare(a, b, by, today) });
}

/// The plan as a table that can be sorted, with each row editable in place.
fn list<K: Kind>(page: Page<K>, place: &Place, today: NaiveDate) -> AnyView {
    let Page { actor, rows, options, .. } = page;
    let editing = place.get("redigera");
    let back = place.with(K::WORDS.path, &[("redigera", "")]);
    let body = rows
        .into_iter()
        .map(|planned| {
            let row = &planned.0;
            let may_edit = actor.may(row.node, K::AREA, Action::Edit);
            let id = row.id.to_string();
            if editing == Some(id.as_str()) && may_edit {
                let spans_units = actor.tree.get(row.node).is_some_and(|n| n.kind < NodeKind::Enhet);
                let form = edit_form(row, options.clone(), spans_units, back.clone(), today);
                Either::Left(view! { <tr class="open" id=format!("rad-{id}")><td colspan="6">{form}</td></tr> })
            } else {
                let edit = may_edit.then(|| {
                    let here = format!("{}#rad-{id}", place.with(K::WORDS.path, &[("redigera", &id)]));
                    view! {
                        <a class="button quiet small" href=here>
                            "Ändra" <span class="visually-hidden">" " {row.content.title().to_owned()}</span>
                        </a>
                    }
                });
                Either::Right(list_row(&planned, today, edit))
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=format!("{}en som lista", K::WORDS.plan)>
            <table class="table">
                <thead><tr>{K::heads(place)} <th scope="col"><span class="visually-hidden">"Ändra"</span></th></tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn list_row<K: Kind, V: IntoView + 'static>(
    planned: &Planned<K>,
    today: NaiveDate,
    edit: Option<V>,
) -> impl IntoView + use<K, V> {
    let (row, items) = planned;
    let worst = items.iter().map(|i| i.status(today)).min();
    let year = view! {
        <td>
            <span class="cluster">
                {worst.map(|status| view! { <StatusMark status category=K::CATEGORY/> })}
                {Tally::of(items, today).sentence()}
            </span>
        </td>
    };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("{}/{}", K::WORDS.path, row.id)>{row.content.title().to_owned()}</a>
                <span class="sub">{K::sub(planned)}</span>
            </th>
            {K::cells(planned, year.into_any())}
            <td>{edit}</td>
        </tr>
    }
}
