//! A merge that has not begun, and what comes of taking it back: part of `/admin/sla-ihop`.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use domain::{
    format,
    id::NodeId,
    organisation::{
        Node, Tree,
        dagar::{coming_merges, may_take_back},
    },
    permission::{Action, Area},
    person::Actor,
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{
    Target,
    organisation::tillbaka::{Blir, in_the_way, preview},
};

use super::{
    dagar_api::UndoNodeMerge,
    merge_nodes::PATH,
    slut::{many, told},
};
use crate::{
    components::{ErrorSummary, FormState, Hidden},
    ctx::Ctx,
    error::AppError,
};

/// Says in the address which merge is to be taken back.
pub(super) const TAKE_BACK: &str = "tillbaka";

/// Where it is shown what comes of taking a merge back.
pub(super) fn path(id: NodeId) -> String {
    format!("{PATH}?{TAKE_BACK}={id}")
}

/// Whether a unit is a merge that has not begun.
pub(super) fn is_coming(tree: &Tree, id: NodeId, today: NaiveDate) -> bool {
    coming_merges(tree, today).into_iter().any(|(node, _)| node.id == id)
}

/// The merges that have not begun and that the actor administers, each with the way to take it back. Nothing where there is none.
pub(super) fn coming(actor: &Actor, today: NaiveDate) -> Option<AnyView> {
    let items: Vec<_> = coming_merges(&actor.tree, today)
        .into_iter()
        .filter(|(node, _)| actor.administers(node.id))
        .map(|(node, from)| {
            let before: Vec<&str> = actor.tree.foregangare(node.id).into_iter().map(|n| n.name.as_str()).collect();
            let words = format!("{} blir {} från {}. ", format::and(&before), node.name, format::date(from));
            let name = format!("Ta tillbaka sammanslagningen till {}", node.name);
            view! { <li>{words} <a href=path(node.id)>{name}</a></li> }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="stack tight">
                <h2>"Sammanslagningar som inte har börjat"</h2>
                <ul>{items}</ul>
            </section>
        }
        .into_any()
    })
}

/// What comes of taking a merge back. `Forbidden` for who does not administer all of it.
pub(super) async fn shown(ctx: &Ctx, actor: &Arc<Actor>, id: &str) -> Result<AnyView, AppError> {
    let id: NodeId = id.parse().map_err(|_| AppError::NotFound)?;
    let node = actor.tree.get(id).cloned().ok_or(AppError::NotFound)?;
    let mut tx = ctx.read(Target::Node(id, Area::Organisation), Action::Edit).await?;
    let (units, from) = match may_take_back(&actor.tree, id, ctx.today) {
        Ok(found) => found,
        Err(why) => return Ok(refused(why)),
    };
    if !units.iter().copied().chain(node.parent).all(|at| actor.administers(at)) {
        return Err(AppError::Forbidden);
    }
    let blir = preview(&mut tx, id).await?;
    if !blir.hinder.is_empty() {
        return Ok(refused(in_the_way(&node.name, &blir.hinder)));
    }
    let names: Vec<String> = units.iter().map(|unit| actor.tree.name(*unit).to_owned()).collect();
    Ok(view! { <TakeBack node names from blir/> }.into_any())
}

fn refused(why: String) -> AnyView {
    view! {
        <div class="notice warn" role="status"><p>{why}</p></div>
        <p><a class="button secondary" href=PATH>"Till Slå ihop enheter"</a></p>
    }
    .into_any()
}

/// What comes of it in sentences.
fn sentences(name: &str, from: NaiveDate, blir: &Blir) -> [Vec<String>; 2] {
    let last = format::date(from.checked_sub_days(Days::new(1)).unwrap_or(from));
    let old = vec![
        format!(
            "Sista dagen, {last}, tas bort. De fortsätter som förut, med sina roller, planer, ärenden och dokument."
        ),
        format!("Det som planerna och gemensamma kontroller har efter {last} läggs in igen."),
    ];
    let mut new = vec![format!("{name} tas bort. Inget står i den än.")];
    if blir.roller > 0 {
        new.push(format!("{} tas bort.", many(blir.roller, "roll i den", "roller i den")));
    }
    if blir.vantar > 0 {
        let waits = many(blir.vantar, "roll som väntar", "roller som väntar");
        new.push(format!("{waits} på att bekräftas tas bort."));
    }
    if blir.installt {
        new.push("Inställningar, mallar och logga som någon har lagt in för den försvinner.".to_owned());
    }
    new.push("Att det har hänt står i historiken.".to_owned());
    [old, new]
}

#[component]
fn TakeBack(node: Node, names: Vec<String>, from: NaiveDate, blir: Blir) -> impl IntoView {
    let state = FormState::of(UndoNodeMerge::PATH, None);
    let [old, new] = sentences(&node.name, from, &blir);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    view! {
        <div class="stack">
            {told(format::and(&names), old)}
            {told(node.name.clone(), new)}
            <form class="form" method="post" action=UndoNodeMerge::PATH>
                <ErrorSummary state/>
                <Hidden name="id" value=node.id.to_string()/>
                <Hidden name="version" value=node.version.to_string()/>
                <div class="cluster">
                    <button class="button" type="submit">"Ta tillbaka sammanslagningen"</button>
                    <a class="button secondary" href=PATH>"Avbryt"</a>
                </div>
            </form>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_takes_a_merge_back_is_told_what_goes_on_and_what_goes() {
        let from = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        let blir = Blir { roller: 13, vantar: 1, installt: true, ..Blir::default() };
        let said = sentences("Nya", from, &blir).concat().join(" ");
        for words in [
            "Sista dagen, 2026-12-31, tas bort.",
            "Nya tas bort.",
            "13 roller i den tas bort.",
            "1 roll som väntar på att bekräftas tas bort.",
            "Inställningar, mallar och logga",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
}
