//! What was read into a plan before. One is undone as a whole for a day.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Stockholm;
use domain::{format, verksamhetsplan::plan::PlanId};
use leptos::{prelude::*, server_fn::ServerFn};
use store::verksamhetsplan::inlasning::{Inlast, angra::Import};

use super::las_in_api::UndoPlantabell;
use crate::components::{ErrorSummary, FormState, Hidden};

/// The tables that were read in last; nothing where none was.
pub(super) fn imports(plan: PlanId, done: &[Import], now: DateTime<Utc>) -> Option<impl IntoView + use<>> {
    let rows = done.iter().map(|import| {
        let undone = import.undone_at.map(|_| view! { <span class="badge">"Ångrad"</span> });
        let button = import.is_undoable(now).then(|| undo(plan, import));
        view! {
            <tr>
                <th scope="row">{import.rubrik.clone()}</th>
                <td>{import.slag.label()}</td>
                <td>{import.at.with_timezone(&Stockholm).format("%Y-%m-%d %H.%M").to_string()}</td>
                <td>{import.who.clone()}</td>
                <td>{antal(import.inlast)}</td>
                <td>{undone} {button}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    (!done.is_empty()).then(|| {
        view! {
            <section class="stack tight" id="inlasningar" tabindex="-1">
                <h2>"Tidigare inläsningar"</h2>
                <p class="muted">
                    "En inläsning går att ångra i sin helhet i ett dygn, så länge ingen har ändrat något av det som lästes in eller byggt vidare på det. Ångra den senaste först."
                </p>
                <div class="table-wrap" tabindex="0" role="region" aria-label="Tidigare inläsningar">
                    <table class="table dense">
                        <thead>
                            <tr>
                                <th scope="col">"Tabell"</th>
                                <th scope="col">"Vad"</th>
                                <th scope="col">"När"</th>
                                <th scope="col">"Av"</th>
                                <th scope="col">"Rader"</th>
                                <th scope="col">"Ångra"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}

/// `27 nya, 1 ändrad`; what there is none of is not said.
pub(super) fn antal(inlast: Inlast) -> String {
    let said = |n: usize, one: &str, many: &str| {
        let words = if n == 1 { one } else { many };
        (n > 0).then(|| format!("{} {words}", format::int(i64::try_from(n).unwrap_or(i64::MAX))))
    };
    let all = [said(inlast.nya, "ny", "nya"), said(inlast.andrade, "ändrad", "ändrade")];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn undo(plan: PlanId, import: &Import) -> impl IntoView + use<> {
    let id = import.id.to_string();
    let state = FormState::of(UndoPlantabell::PATH, Some(("id", &id)));
    let label = format!("Ångra inläsningen av {}, {}", import.rubrik, import.slag.label());
    view! {
        <form method="post" action=UndoPlantabell::PATH>
            <ErrorSummary state/>
            <Hidden name="id" value=id/>
            <Hidden name="plan" value=plan.to_string()/>
            <button class="button secondary small" aria-label=label>"Ångra"</button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_in_is_said_in_numbers() {
        assert_eq!(antal(Inlast { nya: 27, andrade: 1 }), "27 nya, 1 ändrad");
        assert_eq!(antal(Inlast { nya: 1, andrade: 0 }), "1 ny");
        assert_eq!(antal(Inlast { nya: 0, andrade: 2 }), "2 ändrade");
    }
}
