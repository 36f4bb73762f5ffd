//! What is done with dimensions: named, given values in an order, and values that begin, end and are replaced.

use domain::{
    id::NodeId,
    permission::{Action, Area},
    siffror::dimension::{Dimension, DimensionId, DimensionsvardeId, VardeForm, check_namn, check_varde},
};
use leptos::prelude::*;
use store::{Target, Tx, serie::dimension};

use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Opens the transaction in which a dimension of a unit is changed: it is behind the door of its unit.
async fn open(ctx: &Ctx, node: NodeId, id: DimensionId) -> Result<(Tx, Dimension), AppError> {
    let mut tx = ctx.write(Target::Node(node, Area::Serie), Action::Edit).await?;
    let found = dimension::get(&mut tx, id).await?;
    // one of another unit is not behind the door that was opened
    if found.node != node {
        return Err(AppError::NotFound);
    }
    Ok((tx, found))
}

/// Makes a dimension. The id was made with the form.
#[server(endpoint = "create_dimension")]
pub async fn create_dimension(
    id: DimensionId,
    node: NodeId,
    #[server(default)] namn: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Serie), Action::Edit).await?;
    let namn = check_namn(&namn)?;
    dimension::create(&mut tx, ctx.now, id, node, &namn).await?;
    tx.commit().await?;
    Ok(Done::said(format!("Uppdelningen ”{namn}” är tillagd")))
}

/// What is wrong with a name, at the field of a new one.
fn of_new_name(error: AppError) -> AppError {
    let AppError::Invalid(mut faults) = error else { return error };
    faults.iter_mut().filter(|fault| fault.field == "namn").for_each(|fault| "nytt".clone_into(&mut fault.field));
    AppError::Invalid(faults)
}

/// Gives a dimension another name. The field is not called as that of a new value, which stands on the same page.
#[server(endpoint = "update_dimension")]
pub async fn update_dimension(
    node: NodeId,
    id: DimensionId,
    version: i64,
    #[server(default)] nytt: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, node, id).await?;
    let nytt = check_namn(&nytt).map_err(|faults| of_new_name(faults.into()))?;
    dimension::rename(&mut tx, ctx.now, &before, version, &nytt).await.map_err(|fault| of_new_name(fault.into()))?;
    tx.commit().await?;
    Ok(Done::said("Uppdelningen är sparad"))
}

/// Removes a dimension that no series uses.
#[server(endpoint = "remove_dimension")]
pub async fn remove_dimension(node: NodeId, id: DimensionId, version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, node, id).await?;
    dimension::remove(&mut tx, ctx.now, &before, version).await?;
    tx.commit().await?;
    Ok(Done::said(format!("Uppdelningen ”{}” är borttagen", before.namn)))
}

/// Adds a value to a dimension, last. The id was made with the form.
#[server(endpoint = "create_dimensionsvarde")]
pub async fn create_dimensionsvarde(
    id: DimensionsvardeId,
    node: NodeId,
    dimension: DimensionId,
    version: i64,
    form: VardeForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, node, dimension).await?;
    // sent again it is there already, under its own name
    let own = before.get(id).map(|there| there.id);
    let varde = check_varde(&form, &before, own, id, ctx.today)?;
    dimension::create_varde(&mut tx, ctx.now, &before, version, &varde).await?;
    tx.commit().await?;
    Ok(Done::said(format!("”{}” är tillagt", varde.namn)))
}

/// Changes a value of a dimension: its name, its group, when it is in use and what replaces it.
#[server(endpoint = "update_dimensionsvarde")]
pub async fn update_dimensionsvarde(
    node: NodeId,
    dimension: DimensionId,
    id: DimensionsvardeId,
    version: i64,
    form: VardeForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, node, dimension).await?;
    before.get(id).ok_or(AppError::NotFound)?;
    let varde = check_varde(&form, &before, Some(id), id, ctx.today)?;
    dimension::update_varde(&mut tx, ctx.now, &before, version, &varde).await?;
    tx.commit().await?;
    Ok(Done::said(format!("”{}” är sparat", varde.namn)))
}

/// Moves a value one step earlier or later among those of its dimension.
#[server(endpoint = "move_dimensionsvarde")]
pub async fn move_dimensionsvarde(
    node: NodeId,
    dimension: DimensionId,
    id: DimensionsvardeId,
    version: i64,
    earlier: bool,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, node, dimension).await?;
    let namn = before.get(id).ok_or(AppError::NotFound)?.namn.clone();
    dimension::move_varde(&mut tx, ctx.now, &before, version, id, earlier).await?;
    tx.commit().await?;
    Ok(Done::said(format!("”{namn}” är flyttat {}", if earlier { "upp" } else { "ned" })))
}

/// Removes a value that no series has figures for; one with figures ends with a day instead.
#[server(endpoint = "remove_dimensionsvarde")]
pub async fn remove_dimensionsvarde(
    node: NodeId,
    dimension: DimensionId,
    id: DimensionsvardeId,
    version: i64,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, node, dimension).await?;
    let namn = before.get(id).ok_or(AppError::NotFound)?.namn.clone();
    dimension::remove_varde(&mut tx, ctx.now, &before, version, id).await?;
    tx.commit().await?;
    Ok(Done::said(format!("”{namn}” är borttaget")))
}
