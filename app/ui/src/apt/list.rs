//! List: the meetings that are coming and those that were held. What stands on the wheel and is not prepared yet is prepared
//! with one click.

use chrono::{Days, NaiveDate};
use domain::{
    apt::{Mote, State},
    format,
    occurrence::Item,
    permission::{Action, Area},
};
use leptos::prelude::*;
use store::{Target, apt, occurrence};

use crate::{
    components::{Empty, Newest, PageHead, load, plan::UnitSwitch},
    ctx::Ctx,
    place::Place,
    upphorda::UnitNotice,
};

const PATH: &str = "/apt";
/// Meetings of the wheel are offered so many days ahead.
const AHEAD: Days = Days::new(100);

/// `/apt`
#[component]
pub fn ListPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let (actor, today) = (ctx.actor()?, ctx.today);
        let mut tx = ctx.read(Target::Node(place.unit, Area::Apt), Action::View).await?;
        let (all, asked) = apt::list(&mut tx, &actor, place.unit).await?;
        let may_edit = actor.may(place.unit, Area::Apt, Action::Edit);
        let marks = if may_edit { unprepared(&mut tx, &actor, &place, &all, today).await? } else { vec![] };
        let (mut coming, held): (Vec<Mote>, Vec<Mote>) = all.into_iter().partition(|m| m.state == State::Planerat);
        coming.reverse();
        let sub = match coming.iter().find(|m| m.on >= today) {
            Some(next) => format!("{} · nästa: {}", place.unit_name, next.title()),
            None => place.unit_name.clone(),
        };
        let nothing = coming.is_empty() && held.is_empty() && marks.is_empty();
        let marks = (!marks.is_empty()).then(|| {
            let mut rows: Vec<_> = marks.into_iter().map(|item| unprepared_row(&item, &place)).collect();
            let more = rows.split_off(FIRST.min(rows.len()));
            let more = (!more.is_empty()).then(|| {
                view! {
                    <details class="disclosure">
                        <summary>{format!("Visa {} till", more.len())}</summary>
                        <ul class="rows">{more.into_iter().collect_view()}</ul>
                    </details>
                }
            });
            view! {
                <section class="stack tight" aria-labelledby="forbered">
                    <div class="section-head"><h2 id="forbered">"Står i årshjulet"</h2></div>
                    <div class="card"><ul class="rows">{rows.into_iter().collect_view()}</ul> {more}</div>
                </section>
            }
        });
        let to = {
            let place = place.clone();
            move |path: &str| place.with(path, &[])
        };
        let (activity, meeting) = (to("/aktiviteter/ny"), to("/apt/ny"));
        Ok(view! {
            <PageHead title="APT och möten" sub>
                <a class="button secondary" href=to("/apt/beslut")>"Sök beslut"</a>
                {may_edit
                    .then(|| {
                        view! {
                            <a class="button secondary" href=to("/apt/skarmar")>"Skärmar"</a>
                            <a class="button secondary" href=to("/apt/dagordning")>"Dagordning"</a>
                            <a class="button" href=to("/apt/ny")>"Nytt möte"</a>
                        }
                    })}
            </PageHead>
            <UnitNotice place=place.clone() path="/apt"/>
            {(place.units.len() > 1)
                .then(|| view! { <div class="filter-bar"><UnitSwitch place=place.clone() path=PATH/></div> })}
            <div class="stack loose" id="moten" data-live="apt aktivitet">
                {nothing
                    .then(|| {
                        view! {
                            {if may_edit {
                                view! {
                                    <Empty
                                        title="Inga möten än"
                                        text="Lägg APT som en aktivitet i årshjulet, så står varje möte här och förbereds med ett klick. Eller lägg till ett möte direkt."
                                    >
                                        <p class="cluster">
                                            <a class="button" href=activity>"Lägg till en aktivitet"</a>
                                            <a class="button secondary" href=meeting>"Lägg till ett möte"</a>
                                        </p>
                                    </Empty>
                                }
                                    .into_any()
                            } else {
                                view! { <Empty title="Inga möten än" text="Enhetens möten visas här när de är planerade."/> }
                                    .into_any()
                            }}
                        }
                    })}
                {group("kommande", "Kommande", coming, today)} {marks} {group("hallna", "Hållna", held, today)}
                <Newest asked most=apt::MOST what="mötena"/>
            </div>
        })
    })
}

/// The most of them that stand open; the rest unfolds.
const FIRST: usize = 6;

/// Meetings on the wheel that nobody has prepared.
async fn unprepared(
    tx: &mut store::Tx,
    actor: &domain::person::Actor,
    place: &Place,
    all: &[Mote],
    today: NaiveDate,
) -> Result<Vec<Item>, crate::error::AppError> {
    let until = today.checked_add_days(AHEAD).unwrap_or(today);
    let open = occurrence::open(tx, actor, &[place.unit], until).await?;
    let mut marks: Vec<Item> = open
        .into_iter()
        .filter(Item::is_meeting)
        .filter(|i| !all.iter().any(|m| m.occurrence == Some(i.occurrence.id)))
        .collect();
    marks.sort_by_key(|i| i.occurrence.due);
    Ok(marks)
}

fn unprepared_row(item: &Item, place: &Place) -> impl IntoView + use<> {
    let when = item.occurrence.when().label();
    let href = place.with("/apt/ny", &[("marke", &item.occurrence.id.to_string())]);
    view! {
        <li class="row">
            <div class="row-text">
                <span class="row-title">{item.title.clone()}</span>
                <p class="row-meta">{when.clone()}</p>
            </div>
            <div class="row-actions">
                <a class="button small" href=href aria-label=format!("Förbered {} {when}", item.title)>"Förbered"</a>
            </div>
        </li>
    }
}

fn group(id: &'static str, heading: &'static str, all: Vec<Mote>, today: NaiveDate) -> impl IntoView {
    let count = all.len();
    (count > 0).then(|| {
        let rows = all.into_iter().map(|m| row(&m, today)).collect_view();
        view! {
            <section class="stack tight" aria-labelledby=id>
                <div class="section-head"><h2 id=id>{heading}</h2> <span class="count">{count}</span></div>
                <div class="card"><ul class="rows">{rows}</ul></div>
            </section>
        }
    })
}

fn row(m: &Mote, today: NaiveDate) -> impl IntoView + use<> {
    let parts = [format::date(m.on), m.time.clone(), m.place.clone(), m.state.label().to_owned()];
    let meta = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ");
    let href = format!("/apt/{}", m.id);
    let action = match m.state {
        State::Planerat if m.on <= today => Some((format!("/apt/{}/visa", m.id), "Visa")),
        State::Planerat => None,
        State::Avslutat | State::Justerat => Some((format!("/apt/{}/protokoll", m.id), "Protokoll")),
    };
    let title = m.title();
    view! {
        <li class="row">
            <div class="row-text">
                <a class="row-title" href=href>{title.clone()}</a>
                <p class="row-meta">{meta}</p>
            </div>
            <div class="row-actions">
                {action
                    .map(|(href, word)| {
                        view! { <a class="button secondary small" href=href aria-label=format!("{word}: {title}")>{word}</a> }
                    })}
            </div>
        </li>
    }
}
