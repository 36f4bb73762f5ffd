//! Stjärnor: what went well the year before, as a start for the goals of a plan that is written: silverstjärnor, which could be taken further,
//! and guldstjärnor.

use chrono::Datelike;
use domain::{
    forslag::{Forslag, Kind},
    id::ForslagId,
    import::shortened,
    verksamhetsplan::{
        mal::Form,
        plan::{Plan, State},
    },
};
use leptos::prelude::*;
use store::{Tx, forslag};

use super::{PATH, plan::Sedd};
use crate::error::AppError;

/// The longest title that a star gives a goal, in characters; what is longer stands below it.
const TITEL: usize = 120;

/// The stars of the year before a plan that is a draft, the silver first; none of a plan that is further on.
pub(super) async fn fore(tx: &mut Tx, plan: &Plan) -> Result<Vec<Forslag>, AppError> {
    if plan.state != State::Utkast {
        return Ok(vec![]);
    }
    let mut all = forslag::list(tx, plan.node).await?;
    all.retain(|one| one.kind.is_star() && one.on.year() == plan.year - 1);
    all.sort_by_key(|one| one.kind != Kind::Silverstjarna);
    Ok(all)
}

/// What a new goal begins with where it comes from a star of the unit's.
pub(super) async fn form(tx: &mut Tx, plan: &Plan, id: ForslagId, form: Form) -> Result<Form, AppError> {
    let one = forslag::get(tx, id).await?;
    if one.node != plan.node || !one.kind.is_star() {
        return Err(AppError::NotFound);
    }
    let titel = shortened(one.text.lines().next().unwrap_or_default(), TITEL);
    let beskrivning = if titel == one.text { String::new() } else { one.text };
    Ok(Form { titel, beskrivning, ..form })
}

/// The section, for who may write goals.
pub(super) fn view(sedd: &Sedd) -> Option<impl IntoView + use<>> {
    if !sedd.skriver || sedd.stjarnor.is_empty() {
        return None;
    }
    let rows = sedd.stjarnor.iter().map(|one| {
        let href = format!("{PATH}/{}/mal/ny?fran={}", sedd.plan.id, one.id);
        let about = format!("Gör till mål: {}", shortened(&one.text, 60));
        view! {
            <li class="row">
                <div class="row-text">
                    <span class="row-title prewrap">{one.text.clone()}</span>
                    <div class="row-meta">{one.kind.label()}</div>
                </div>
                <span class="row-actions">
                    <a class="button secondary small" href=href aria-label=about>"Gör till mål"</a>
                </span>
            </li>
        }
    });
    let rows = rows.collect_view();
    let heading = format!("Stjärnor från {}", sedd.plan.year - 1);
    Some(view! {
        <section class="stack tight no-print" id="stjarnor">
            <h2>{heading}</h2>
            <p class="help">"Det som gick bra, och det som kan bli ännu bättre, kan vara en början på årets mål."</p>
            <div class="card"><ul class="rows">{rows}</ul></div>
        </section>
    })
}
