//! What is done with a plan as a whole.

use domain::{
    field::FieldError,
    id::NodeId,
    permission::{Action, Area},
    verksamhetsplan::{mal::Benamning, plan::PlanId},
    year::Year,
};
use leptos::prelude::*;
use store::{Target, verksamhetsplan};

use super::PATH;
use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Begins the plan of a unit and year. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_verksamhetsplan")]
pub async fn create_verksamhetsplan(
    id: PlanId,
    node: NodeId,
    year: String,
    #[server(default)] benamning: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Verksamhetsplan), Action::Edit).await?;
    let fault = |field: &str, message: &str| {
        AppError::Invalid(vec![FieldError { field: field.to_owned(), message: message.to_owned() }])
    };
    let year = year.trim().parse::<Year>().map_err(|_| fault("year", "Skriv ett år med fyra siffror."))?.get();
    let benamning = match benamning.as_str() {
        "" => Benamning::default(),
        code => Benamning::from_code(code).ok_or_else(|| fault("benamning", "Välj vad enhetens mål heter."))?,
    };
    let id = verksamhetsplan::create(&mut tx, ctx.now, id, (node, year), benamning).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{PATH}/{id}"), format!("Verksamhetsplanen för {year} är påbörjad")))
}
