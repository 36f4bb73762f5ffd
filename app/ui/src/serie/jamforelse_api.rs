//! What is done with the comparisons of a series: one more, one less, and a key figure that is fetched anew.

use domain::{
    field::FieldError,
    permission::{Action, Area},
    siffror::{
        jamforelse::{Form, Jamforelse, JamforelseId, Med, check},
        serie::SerieId,
    },
};
use leptos::prelude::*;
use store::{Target, Tx, permitted, serie::jamforelse};

use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Opens the transaction in which the comparisons of a series are changed, with one of them. `NotFound` when it is none of it.
async fn open(ctx: &Ctx, serie: SerieId, id: JamforelseId) -> Result<(Tx, Jamforelse), AppError> {
    let mut tx = ctx.write(Target::Thing(Area::Serie, serie.0), Action::Edit).await?;
    let before = jamforelse::get(&mut tx, id).await?;
    if before.serie != serie {
        return Err(AppError::NotFound);
    }
    Ok((tx, before))
}

/// Compares a series with something. The id was made with the form: a resend is the same one. A series of another unit is chosen
/// only by those who may see it there.
#[server(endpoint = "create_jamforelse")]
pub async fn create_jamforelse(id: JamforelseId, serie: SerieId, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Thing(Area::Serie, serie.0), Action::Edit).await?;
    let content = check(&form, serie)?;
    if let Med::Serie { serie: other, .. } = &content.med
        && permitted(&mut tx, &actor, Target::Thing(Area::Serie, other.0), Action::View).await.is_err()
    {
        // whether there is one is not told
        let (field, message) = ("serie".to_owned(), jamforelse::OTHER.to_owned());
        return Err(AppError::Invalid(vec![FieldError { field, message }]));
    }
    jamforelse::create(&mut tx, ctx.now, id, serie, &content).await?;
    tx.commit().await?;
    let said = match content.med {
        Med::Serie { .. } => "Jämförelsen är tillagd",
        Med::Kolada(_) if ctx.kolada => "Jämförelsen är tillagd. Värdena hämtas från Kolada inom kort",
        Med::Kolada(_) => "Jämförelsen är tillagd. Läs in värdena från fil under Jämförelser",
    };
    Ok(Done::said(said))
}

/// Takes a comparison away, if it is still as the person saw it.
#[server(endpoint = "remove_jamforelse")]
pub async fn remove_jamforelse(id: JamforelseId, serie: SerieId, version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, serie, id).await?;
    jamforelse::remove(&mut tx, ctx.now, &before, version).await?;
    tx.commit().await?;
    Ok(Done::said("Jämförelsen är borttagen"))
}

/// Asks for the values of a key figure to be fetched anew. They come with a job: nobody waits for Kolada.
#[server(endpoint = "renew_jamforelse")]
pub async fn renew_jamforelse(id: JamforelseId, serie: SerieId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, serie, id).await?;
    jamforelse::ask(&mut tx, ctx.now, &before).await?;
    tx.commit().await?;
    Ok(Done::said("Värdena hämtas från Kolada inom kort"))
}
