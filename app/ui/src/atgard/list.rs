//! List: a unit's åtgärder from all sources. What is shown stands in the URL.

use chrono::{Datelike, NaiveDate};
use domain::{
    atgard::{Atgard, Source, Status},
    format,
    id::NodeId,
    organisation::swedish_order,
    permission::{Action, Area},
    schedule::Category,
};
use leptos::prelude::*;
use store::{Target, atgard, avvikelse::handled_units};

use super::rows::mark;
use crate::{
    components::{
        Empty, PageHead, StatusMark, load,
        plan::{Search, UnitSwitch, found, sort_head},
    },
    ctx::Ctx,
    place::Place,
    upphorda::UnitNotice,
};

const PATH: &str = "/atgarder";

/// `/atgarder`
#[component]
pub fn ListPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let today = ctx.today;
        let mut tx = ctx.read(Target::Node(place.unit, Area::Atgard), Action::View).await?;
        let all = atgard::list(&mut tx, &actor, place.unit).await?;
        let may_edit = actor.may(place.unit, Area::Atgard, Action::Edit);
        let show = place.get("visa").unwrap_or("oppna").to_owned();
        let mine = place.get("ansvarig") == Some("mina");
        let open = |a: &Atgard| {
            matches!(a.status(), Status::Ny | Status::Pagar)
                || a.is_late(today)
                || a.status() == Status::Klar && a.follow_up.is_some()
        };
        let of_all = all.len();
        let mut list: Vec<Atgard> = all
            .into_iter()
            .filter(|a| match show.as_str() {
                "alla" => true,
                "avslutade" => !open(a),
                "forsenade" => a.is_late(today),
                _ => open(a),
            })
            .filter(|a| !mine || actor.is_responsible(a.responsible, a.node))
            .filter(|a| found(place.get("q"), &[&a.title, &a.why, &a.responsible_label, &a.source_label]))
            .collect();
        sort(&mut list, place.get("sortera").unwrap_or_default(), today);
        let (count, late) = (list.len(), list.iter().filter(|a| a.is_late(today)).count());
        let n = |n: usize| format::int(i64::try_from(n).unwrap_or(0));
        let sub = match (count, late) {
            (0, _) => place.unit_name.clone(),
            (1, 0) => format!("{} · 1 åtgärd, inte försenad", place.unit_name),
            (count, 0) => format!("{} · {} åtgärder, ingen försenad", place.unit_name, n(count)),
            (1, _) => format!("{} · 1 åtgärd, försenad", place.unit_name),
            (count, 1) => format!("{} · {} åtgärder, 1 försenad", place.unit_name, n(count)),
            (count, late) => format!("{} · {} åtgärder, {} försenade", place.unit_name, n(count), n(late)),
        };
        let views = [
            ("", "Öppna", "oppna"),
            ("forsenade", "Försenade", "forsenade"),
            ("avslutade", "Avslutade", "avslutade"),
            ("alla", "Alla", "alla"),
        ]
        .into_iter()
        .map(|(value, label, code)| {
            let current = (show == code).then_some("true");
            view! { <a href=place.with(PATH, &[("visa", value)]) aria-current=current>{label}</a> }
        })
        .collect_view();
        let new = place.link("/atgarder/ny", today.year(), &[]);
        let (unit, year) = (place.unit.to_string(), today.year());
        let nothing = if of_all == 0 {
            "När en kontroll visar något som behöver göras läggs åtgärden till där, eller här."
        } else {
            "Välj Alla, eller sök på något annat."
        };
        let table = if list.is_empty() {
            let all = place.with(PATH, &[("visa", "alla")]);
            let button = if count > 0 {
                Some(view! { <a class="button secondary" href=all>"Visa alla åtgärder"</a> }.into_any())
            } else {
                let add = may_edit.then(|| view! { <a class="button" href=new.clone()>"Lägg till en åtgärd"</a> });
                add.map(IntoAny::into_any)
            };
            let button = button.map(|button| view! { <p>{button}</p> });
            view! { <Empty title="Inga åtgärder att visa" text=nothing>{button}</Empty> }.into_any()
        } else {
            table(list, &place, today, &handled_units(&actor))
        };
        Ok(view! {
            <PageHead title="Åtgärder" sub>
                <a class="button secondary" href=format!("/atgarder/export.xlsx?enhet={unit}&ar={year}") download="">"Till Excel"</a>
                {may_edit.then(|| view! { <a class="button" href=new>"Ny åtgärd"</a> })}
            </PageHead>
            <UnitNotice place=place.clone() path="/atgarder"/>
            <div class="filter-bar">
                <nav class="segmented" aria-label="Visa">{views}</nav>
                <nav class="segmented" aria-label="Vems">
                    <a href=place.with(PATH, &[("ansvarig", "")]) aria-current=(!mine).then_some("true")>"Allas"</a>
                    <a href=place.with(PATH, &[("ansvarig", "mina")]) aria-current=mine.then_some("true")>"Mina"</a>
                </nav>
                {(place.units.len() > 1).then(|| view! { <UnitSwitch place=place.clone() path=PATH/> })}
                <Search place path=PATH what="Sök bland åtgärderna"/>
            </div>
            {table}
        })
    })
}

/// Late ones first, then by their last day, unless a header is chosen.
fn sort(list: &mut [Atgard], by: &str, today: NaiveDate) {
    let key = by.trim_start_matches('-');
    list.sort_by_key(|a| (!a.is_late(today), a.due));
    match key {
        "vad" => list.sort_by_key(|a| swedish_order(&a.title)),
        "ansvarig" => list.sort_by_key(|a| swedish_order(&a.responsible_label)),
        "klar" => list.sort_by_key(|a| a.due),
        "status" => list.sort_by_key(Atgard::status),
        _ => return,
    }
    if by.starts_with('-') {
        list.reverse();
    }
}

fn table(list: Vec<Atgard>, place: &Place, today: NaiveDate, handled: &[NodeId]) -> AnyView {
    // columns that nothing stands in are not there
    let (followed, judged) = (list.iter().any(|a| a.follow_up.is_some()), list.iter().any(|a| !a.effect().is_empty()));
    let rows = list
        .into_iter()
        .map(|a| {
            let late = a.is_late(today);
            let secret = matches!(a.source, Source::Avvikelse(_)) && !handled.contains(&a.node);
            let source = match a.source.link(a.source_plan).filter(|_| !secret) {
                Some(href) => {
                    view! { <a href=href>{a.source.label()}</a> " " <span class="sub">{a.source_label.clone()}</span> }
                        .into_any()
                }
                None => view! { {a.source.label()} }.into_any(),
            };
            let follow_up = a.follow_up.as_ref().map(|f| format::date(f.due)).unwrap_or_default();
            view! {
                <tr>
                    <th scope="row">
                        <span class="with-mark">
                            <StatusMark status=mark(&a, today) category=Category::Atgard/>
                            <a href=format!("/atgarder/{}", a.id)>{a.title.clone()}</a>
                        </span>
                    </th>
                    <td>{a.responsible_label.clone()}</td>
                    <td class="nowrap" class:late=late>{format::date(a.due)}</td>
                    <td>{a.status().label()}</td>
                    <td>{source}</td>
                    {followed.then(|| view! { <td class="nowrap">{follow_up}</td> })}
                    {judged.then(|| view! { <td>{a.effect()}</td> })}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Åtgärder">
            <table class="table">
                <thead>
                    <tr>
                        {sort_head(place, PATH, "vad", "Åtgärd")}
                        {sort_head(place, PATH, "ansvarig", "Ansvarig")}
                        {sort_head(place, PATH, "klar", "Klar senast")}
                        {sort_head(place, PATH, "status", "Status")}
                        <th scope="col">"Kommer från"</th>
                        {followed.then(|| view! { <th scope="col">"Följs upp"</th> })}
                        {judged.then(|| view! { <th scope="col">"Effekt"</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
