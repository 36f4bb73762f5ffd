//! What one may change about oneself: the password, and how the pages look on this device.

// the macro makes a struct of each function, with a public field per argument
#![allow(missing_docs)]

use domain::{
    field::FieldError,
    password::{Known, check_password},
    person::Actor,
};
use leptos::prelude::*;
use store::{person, session};

use crate::{cookie, ctx::Ctx, error::AppError, flash::Done};

/// What those who guess know of somebody: name, address, and what the units are called.
fn known(actor: &Actor, name: &str, email: &str) -> Known {
    let walk = actor.tree.walk();
    Known::of(name, email, walk.iter().map(|(_, node)| node.name.as_str()))
}

fn wrong(message: &str) -> AppError {
    AppError::Invalid(vec![FieldError { field: "current_password".to_owned(), message: message.to_owned() }])
}

#[server(endpoint = "set_password")]
pub async fn set_password(
    current_password: String,
    password: String,
    password_again: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write_own().await?;
    let person = person::get(&mut tx, actor.person).await?;
    check_password(&password, &password_again, &known(&actor, &person.name, &person.email))?;
    if !session::guess(&mut tx, actor.person, ctx.now.timestamp()).await? {
        return Err(wrong("Lösenordet har skrivits fel för många gånger. Vänta en kvart och försök igen."));
    }
    let stored = person::credentials(&mut tx, &person.email).await?.ok_or(AppError::LoggedOut)?;
    tx.commit().await?;

    let same = current_password == password;
    if !(ctx.passwords.verify)(current_password, stored.password_hash).await {
        return Err(wrong("Lösenordet stämmer inte. Skriv det du loggar in med nu."));
    }
    if same {
        let message = "Det är lösenordet du har nu. Välj ett annat.".to_owned();
        return Err(AppError::Invalid(vec![FieldError { field: "password".to_owned(), message }]));
    }
    let hash = (ctx.passwords.hash)(password).await;
    let mut tx = ctx.write_own().await?;
    session::guessed(&mut tx, actor.person).await?;
    person::set_password(&mut tx, ctx.now, actor.person, &hash).await?;
    tx.commit().await?;
    Ok(Done::at(if stored.must_change { "/" } else { "/konto" }, "Lösenordet är bytt"))
}

#[allow(clippy::unused_async)] // a server function is async, whether it waits or not
#[server(endpoint = "set_theme")]
pub async fn set_theme(theme: String) -> Result<Done, AppError> {
    let theme = match theme.as_str() {
        known @ ("light" | "dark" | "kontrast") => known,
        _ => "",
    };
    cookie::remember("kvalitet_tema", theme)?;
    Ok(Done::said("Utseendet är bytt"))
}

/// Whether letters and digits alone do something on this device: `av` when they do not.
#[allow(clippy::unused_async)] // a server function is async, whether it waits or not
#[server(endpoint = "set_keys")]
pub async fn set_keys(keys: String) -> Result<Done, AppError> {
    let off = keys == "av";
    cookie::remember("kvalitet_tangenter", if off { "av" } else { "" })?;
    Ok(Done::said(if off { "Kortkommandon är avstängda" } else { "Kortkommandon är på" }))
}
