//! The days of a unit: its last one, its first one with what was there before, and a merge that is taken back before its day.

// the macro makes a struct of each function, with a public field per argument
#![allow(missing_docs)]

use domain::{
    format,
    id::NodeId,
    organisation::dagar::{Form, check_before, check_last, may_take_back},
    permission::{Action, Area},
};
use leptos::prelude::*;
use store::{
    Error, Target, aktivitet,
    organisation::{
        dagar::{self, Borjat},
        tillbaka,
    },
};

use super::dagar::PATH;
use crate::{ctx::Ctx, error::AppError, flash::Done};

fn page(id: NodeId) -> String {
    format!("{PATH}?nod={id}")
}

/// Lets a unit end after a day.
#[server(endpoint = "set_node_last_day")]
pub async fn set_node_last_day(id: NodeId, version: i64, to: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(id, Area::Organisation), Action::Edit).await?;
    let tree = store::organisation::tree(&mut tx).await?;
    let node = tree.get(id).ok_or(AppError::NotFound)?;
    let last = check_last(&tree, node, &to, ctx.today)?;
    let gone = match dagar::end_node(&mut tx, ctx.now, ctx.today, (id, version), last).await {
        Err(Error::Conflict) => return Err(AppError::overtaken()),
        done => done?,
    };
    tx.commit().await?;
    let gone = counted(
        gone,
        "planerat tillfälle efter den dagen är borttaget",
        "planerade tillfällen efter den dagen är borttagna",
    );
    Ok(Done::at(page(id), format!("Sista dagen för {} är {}.{gone}", node.name, format::date(last))).to_read())
}

/// Takes away a last day that has not passed.
#[server(endpoint = "remove_node_last_day")]
pub async fn remove_node_last_day(id: NodeId, version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(id, Area::Organisation), Action::Edit).await?;
    let come = match dagar::remove_last(&mut tx, ctx.now, ctx.today, (id, version)).await {
        Err(Error::Conflict) => return Err(AppError::overtaken()),
        done => done?,
    };
    aktivitet::ensure_reports_of(&mut tx, ctx.now, ctx.today, id).await?;
    tx.commit().await?;
    Ok(Done::at(page(id), format!("Sista dagen är borttagen.{}", came(come))).to_read())
}

/// A sentence more, with a space before it: ` 12 roller i den är borttagna.`; nothing of none.
fn counted(n: u64, one: &str, more: &str) -> String {
    match n {
        0 => String::new(),
        n => format!(" {n} {}.", if n == 1 { one } else { more }),
    }
}

fn came(times: u64) -> String {
    counted(times, "planerat tillfälle är tillbaka", "planerade tillfällen är tillbaka")
}

/// Says from when a unit is, and which were there before it. Only who administers them all.
#[server(endpoint = "update_node_before")]
pub async fn update_node_before(
    id: NodeId,
    version: i64,
    from: String,
    // no box that is ticked sends nothing
    #[server(default)] units: Vec<NodeId>,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Node(id, Area::Organisation), Action::Edit).await?;
    let tree = store::organisation::tree(&mut tx).await?;
    // whoever stands there already stays, also for an administrator of the unit alone
    let before = tree.liv(id).map(|liv| liv.foregangare.clone()).unwrap_or_default();
    for unit in units.iter().filter(|unit| !before.contains(unit)) {
        store::permitted(&mut tx, &actor, Target::Node(*unit, Area::Organisation), Action::Edit).await?;
    }
    let node = tree.get(id).ok_or(AppError::NotFound)?;
    let form = Form { from, units };
    check_before(&tree, node, &form, ctx.today)?;
    let done = match dagar::set_before(&mut tx, ctx.now, ctx.today, (id, version), &form).await {
        Err(Error::Conflict) => return Err(AppError::overtaken()),
        done => done?,
    };
    tx.commit().await?;
    let (said, to_read) = said_of_before(done);
    Ok(Done::at(page(id), said).to_read_if(to_read))
}

fn said_of_before(done: Borjat) -> (String, bool) {
    let gone = counted(
        done.gick,
        "planerat tillfälle före första dagen är borttaget",
        "planerade tillfällen före första dagen är borttagna",
    );
    let come = counted(done.kom, "planerat tillfälle är tillagt", "planerade tillfällen är tillagda");
    let changed = format!("{gone}{come}");
    if changed.is_empty() {
        ("Ändringen är sparad".to_owned(), false)
    } else {
        (format!("Ändringen är sparad.{changed}"), true)
    }
}

/// Takes a merge back before its day. Only who administers the units and what the new one lies under.
#[server(endpoint = "undo_node_merge")]
pub async fn undo_node_merge(id: NodeId, version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    // sent again: it is gone. Whoever administers nothing is not told so
    if actor.administers_something() && actor.tree.get(id).is_none() {
        return Err(AppError::NotFound);
    }
    let mut tx = ctx.write(Target::Node(id, Area::Organisation), Action::Edit).await?;
    let tree = store::organisation::tree(&mut tx).await?;
    let (units, _) = may_take_back(&tree, id, ctx.today).map_err(|message| super::invalid("", &message))?;
    let parent = tree.get(id).and_then(|node| node.parent);
    for node in units.iter().copied().chain(parent) {
        store::permitted(&mut tx, &actor, Target::Node(node, Area::Organisation), Action::Edit).await?;
    }
    let done = match tillbaka::undo_merge(&mut tx, ctx.now, ctx.today, (id, version)).await {
        Err(Error::Conflict) => return Err(AppError::overtaken()),
        done => done?,
    };
    for unit in &units {
        aktivitet::ensure_reports_of(&mut tx, ctx.now, ctx.today, *unit).await?;
    }
    tx.commit().await?;
    let names: Vec<&str> = units.iter().map(|unit| tree.name(*unit)).collect();
    let roles = u64::try_from(done.roller).unwrap_or(u64::MAX);
    let roles = counted(roles, "roll i den är borttagen", "roller i den är borttagna");
    let (name, names) = (tree.name(id), format::and(&names));
    let said = format!(
        "Sammanslagningen är tillbakatagen. {names} fortsätter, och {name} finns inte längre.{roles}{}",
        came(done.kom)
    );
    Ok(Done::at("/admin", said).to_read())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_gives_a_unit_a_first_day_is_told_what_it_did_to_the_plan() {
        assert_eq!(said_of_before(Borjat::default()), ("Ändringen är sparad".to_owned(), false));
        let (said, to_read) = said_of_before(Borjat { gick: 1, kom: 2 });
        assert!(to_read);
        assert_eq!(
            said,
            "Ändringen är sparad. 1 planerat tillfälle före första dagen är borttaget. 2 planerade tillfällen är tillagda."
        );
    }
}
