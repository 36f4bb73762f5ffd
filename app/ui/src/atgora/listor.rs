//! The lists of Att göra: what is late, what is to be done this month and the next, and what others are late with.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::{atgora::AttGora, format, occurrence::Item, organisation::swedish_order};
use leptos::prelude::*;

use crate::components::{Empty, ItemRows, LatePlace, LateRows};

/// What stands above the lists and has no time on the wheel: how much, and how much of it is late.
#[derive(Clone, Copy)]
pub(super) struct Beside {
    /// How much.
    pub all: usize,
    /// How much of it is late.
    pub late: usize,
}

/// What is late, and what is to be done this month and the next.
#[component]
pub(super) fn Lists(
    list: AttGora,
    today: NaiveDate,
    whole_unit: bool,
    with_unit: bool,
    place: LatePlace,
    beside: Beside,
) -> impl IntoView {
    if list.is_empty() && beside.all > 0 {
        return ().into_any();
    }
    if list.is_empty() {
        let text = if whole_unit {
            "Inget är försenat, och inget är planerat den här eller nästa månad."
        } else {
            "Du har inget försenat, och inget planerat den här eller nästa månad."
        };
        return view! {
            <Empty title="Inget att göra just nu" text>
                <p><a class="button secondary" href="/arshjul">"Se hela året"</a></p>
            </Empty>
        }
        .into_any();
    }
    let now_name = format::capitalised(format::month_name(today.month()));
    let next_name = format::capitalised(format::month_name(today.month() % 12 + 1));
    let (late, now, next) = (list.late.len(), list.now.len(), list.next.len());
    let done_now = (late == 0 && now == 0 && beside.late == 0)
        .then(|| view! { <p class="notice done">{format!("Allt är gjort till och med {}.", format::month_name(today.month()))}</p> });
    view! {
        {done_now}
        {(late > 0).then(|| view! { <Late items=list.late today with_unit place/> })}
        <Group id="nu" heading=now_name count=format!("{now} kvar") items=list.now today with_unit/>
        <Group id="nasta" heading=next_name count=next.to_string() items=list.next today with_unit/>
    }
    .into_any()
}

/// What is late, by control.
#[component]
fn Late(items: Vec<Item>, today: NaiveDate, with_unit: bool, place: LatePlace) -> impl IntoView {
    let count = items.len();
    view! {
        <section class="stack tight" aria-labelledby="forsenat">
            <div class="section-head"><h2 id="forsenat" class="late">"Försenat"</h2> <span class="count">{count}</span></div>
            <LateRows items today with_unit place/>
        </section>
    }
}

#[component]
fn Group(
    id: &'static str,
    heading: String,
    count: String,
    items: Vec<Item>,
    today: NaiveDate,
    with_unit: bool,
) -> impl IntoView {
    (!items.is_empty()).then(|| {
        view! {
            <section class="stack tight" aria-labelledby=id>
                <div class="section-head"><h2 id=id>{heading}</h2> <span class="count">{count}</span></div>
                <div class="card"><ItemRows items today with_unit/></div>
            </section>
        }
    })
}

/// What others in the unit are late with, by who should have done it.
#[component]
pub(super) fn LateByPerson(items: Vec<Item>, today: NaiveDate, place: LatePlace) -> impl IntoView {
    let count = items.len();
    let mut by_person: BTreeMap<(String, String), Vec<Item>> = BTreeMap::new();
    for item in items {
        let who = if item.responsible_label.is_empty() {
            "Ingen ansvarig vald".to_owned()
        } else {
            item.responsible_label.clone()
        };
        by_person.entry((swedish_order(&who), who)).or_default().push(item);
    }
    let groups = by_person
        .into_iter()
        .zip(1..)
        .map(|(((_, who), items), nr)| {
            view! {
                <div class="stack tight">
                    <h3>{who}</h3>
                    <LateRows items today compact=true nr place=place.clone()/>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="stack tight" aria-labelledby="andras">
            <div class="section-head">
                <h2 id="andras" class="late">"Försenat hos andra i enheten"</h2> <span class="count">{count}</span>
            </div>
            {groups}
        </section>
    }
}
