//! Rows: åtgärder as their source shows them, with whether they had effect.

use chrono::NaiveDate;
use domain::{
    atgard::{Atgard, Source, Status},
    format, occurrence,
    schedule::Category,
};
use leptos::prelude::*;

use crate::components::StatusMark;

/// The mark of an åtgärd: the shapes of everything that has a time.
#[must_use]
pub fn mark(atgard: &Atgard, today: NaiveDate) -> occurrence::Status {
    match atgard.status() {
        _ if atgard.is_late(today) => occurrence::Status::Forsenad,
        Status::Ny => occurrence::Status::Planerad,
        Status::Pagar => occurrence::Status::Pagar,
        Status::Klar | Status::EffektFoljdUpp => occurrence::Status::Utford,
        Status::Avbruten => occurrence::Status::EjUtford,
    }
}

/// A list of åtgärder.
#[component]
pub fn AtgardRows(list: Vec<Atgard>, today: NaiveDate) -> impl IntoView {
    let rows = list
        .into_iter()
        .map(|a| {
            let late = a.is_late(today);
            // two can be called the same
            let name = format!("{}, {}", a.title, format::date(a.due));
            let meta = [a.status().label().to_owned(), a.next(today), a.responsible_label.clone()];
            let meta = meta.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
            view! {
                <li class="row">
                    <StatusMark status=mark(&a, today) category=Category::Atgard/>
                    <div class="row-text">
                        <a class="row-title" href=format!("/atgarder/{}", a.id) aria-label=name>{a.title}</a>
                        <p class="row-meta" class:late=late>{meta}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows compact">{rows}</ul> }
}

/// The åtgärder of a source on its own page, with a way to add one.
#[component]
pub fn SourceCard(source: Source, list: Vec<Atgard>, today: NaiveDate, may_add: bool) -> impl IntoView {
    let empty = list.is_empty();
    (!empty || may_add).then(|| {
        view! {
            <section class="card">
                <div class="card-head">
                    <h2>"Åtgärder"</h2>
                    {may_add
                        .then(|| {
                            let href = source.new_atgard();
                            view! { <a class="button secondary small" href=href>"Ny åtgärd"</a> }
                        })}
                </div>
                {if empty {
                    view! { <p class="card-text">"Inga åtgärder än."</p> }.into_any()
                } else {
                    view! { <AtgardRows list today/> }.into_any()
                }}
            </section>
        }
    })
}
