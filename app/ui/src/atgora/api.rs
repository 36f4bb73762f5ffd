//! What Att göra can change of itself.

// the macro makes a struct of each function, with a public field per argument
#![allow(missing_docs)]

use domain::{
    id::NodeId,
    permission::{Action, Area},
};
use leptos::prelude::*;
use store::{Target, valkommen};

use crate::{ctx::Ctx, error::AppError, flash::Done};

/// The welcome of a new unit is shown no more.
#[server(endpoint = "set_valkommen")]
pub async fn set_valkommen(node: NodeId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Egenkontroll), Action::Edit).await?;
    valkommen::dismiss(&mut tx, node).await?;
    tx.commit().await?;
    Ok(Done::said("Välkomsten visas inte mer"))
}
