//! Units that become a new one.

// the macro makes a struct of each function, with a public field per argument
#![allow(missing_docs)]

use domain::{
    id::NodeId,
    organisation::sammanslagning::{Form, check},
    permission::{Action, Area},
};
use leptos::prelude::*;
use store::{
    Error, Target, aktivitet,
    organisation::sla_ihop::{self, Gjord},
};

use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Makes a new unit of others, which end the day before it begins. Only who administers them and what the new one lies under.
#[server(endpoint = "merge_nodes")]
pub async fn merge_nodes(
    id: NodeId,
    #[server(default)] units: Vec<NodeId>,
    /// The version of each that was seen, in the same order.
    #[server(default)]
    versions: Vec<i64>,
    name: String,
    parent: NodeId,
    from: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Node(parent, Area::Organisation), Action::Edit).await?;
    for unit in &units {
        store::permitted(&mut tx, &actor, Target::Node(*unit, Area::Organisation), Action::Edit).await?;
    }
    let seen: Vec<(NodeId, i64)> = units.iter().copied().zip(versions).collect();
    let page = format!("/admin?nod={id}");
    let tree = store::organisation::tree(&mut tx).await?;
    if sla_ihop::is_done(&tree, id, &units)? {
        // the form was sent again
        return Ok(Done::at(page, "Enheterna är redan sammanslagna"));
    }
    let what = check(&tree, &Form { units, name, parent: Some(parent), from }, ctx.today)?;
    let done = match sla_ihop::merge_nodes(&mut tx, ctx.now, &actor, id, &what, &seen).await {
        Err(Error::Conflict) => return Err(AppError::overtaken()),
        done => done?,
    };
    aktivitet::ensure_reports_of(&mut tx, ctx.now, ctx.today, id).await?;
    tx.commit().await?;
    Ok(Done::at(page, said(&what.name, done)).to_read())
}

fn said(name: &str, done: Gjord) -> String {
    let roles = match done.roller {
        1 => "1 roll gäller i den.".to_owned(),
        n => format!("{n} roller gäller i den."),
    };
    let waits = match done.vantar {
        0 => String::new(),
        1 => " 1 roll börjar gälla när en annan administratör har bekräftat den.".to_owned(),
        n => format!(" {n} roller börjar gälla när en annan administratör har bekräftat dem."),
    };
    let gone = match done.gick {
        0 => String::new(),
        1 => " 1 planerat tillfälle efter de gamla enheternas sista dag är borttaget.".to_owned(),
        n => format!(" {n} planerade tillfällen efter de gamla enheternas sista dag är borttagna."),
    };
    format!("{name} är skapad. {roles}{waits}{gone}")
}
