//! What the administration can change of groups.

// the macro makes a struct of each function, with a public field per argument
#![allow(missing_docs)]

use chrono::Datelike;
use domain::{
    field::Checker,
    id::{GruppId, NodeId, PersonId},
    permission::{Action, Area},
};
use leptos::prelude::*;
use store::{Error, Target, organisation, organisation::grupp, person};

use super::invalid;
use crate::{ctx::Ctx, error::AppError, flash::Done};

#[server(endpoint = "create_group")]
pub async fn create_group(id: GruppId, name: String, node: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    ctx.actor()?;
    let mut check = Checker::default();
    let name = check.required("name", &name, "ett namn");
    let node = node.parse::<NodeId>().ok();
    if node.is_none() {
        check.error("node", "Välj vad gruppen hör till.");
    }
    check.finish(())?;
    let node = node.ok_or(AppError::NotFound)?;
    let mut tx = ctx.write(Target::Node(node, Area::Organisation), Action::Edit).await?;
    organisation::create_group(&mut tx, ctx.now, id, node, &name).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/admin/grupper?grupp={id}"), "Gruppen är tillagd. Välj vilka som är med.").to_read())
}

#[server(endpoint = "update_group")]
pub async fn update_group(
    id: GruppId,
    version: i64,
    name: String,
    // no box that is ticked sends nothing
    #[server(default)] members: Vec<PersonId>,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    ctx.actor()?;
    let mut check = Checker::default();
    let name = check.required("name", &name, "ett namn");
    check.finish(())?;
    let mut tx = ctx.write(Target::Grupp(id), Action::Edit).await?;
    let groups = organisation::groups(&mut tx).await?;
    let stored = groups.iter().find(|g| g.id == id).ok_or(AppError::NotFound)?;
    match organisation::update_group(&mut tx, ctx.now, id, version, &name, &members).await {
        Err(Error::Conflict) => {
            let persons = person::list(&mut tx).await?;
            let names = persons.iter().filter(|p| stored.members.contains(&p.id)).map(|p| p.name.as_str());
            return Err(AppError::Conflict(format!(
                "Någon annan ändrade gruppen medan du skrev. Nu heter den ”{}” och har medlemmarna: {}. Spara igen om \
                 det du valde ska gälla i stället.",
                stored.name,
                names.collect::<Vec<_>>().join(", ")
            )));
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(Done::said("Gruppen är sparad"))
}

/// Moves a group to another node. Only who administers both.
#[server(endpoint = "move_group")]
pub async fn move_group(id: GruppId, version: i64, node: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let node: NodeId = node.parse().map_err(|_| invalid("node", "Välj vad gruppen ska höra till."))?;
    let mut tx = ctx.write(Target::Grupp(id), Action::Edit).await?;
    store::permitted(&mut tx, &actor, Target::Node(node, Area::Organisation), Action::Edit).await?;
    let moved = match grupp::move_group(&mut tx, ctx.now, id, version, node, ctx.today.year()).await {
        Err(Error::Conflict) => return Err(AppError::overtaken()),
        done => done?,
    };
    tx.commit().await?;
    let (said, to_read) = said_of_move(actor.tree.name(node), moved);
    Ok(Done::at(format!("/admin/grupper?grupp={id}"), said).to_read_if(to_read))
}

/// Makes one group of two of the same node: the one goes on, and the other is part of it.
#[server(endpoint = "merge_groups")]
pub async fn merge_groups(id: GruppId, version: i64, other: GruppId, other_version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Grupp(id), Action::Edit).await?;
    store::permitted(&mut tx, &actor, Target::Grupp(other), Action::Edit).await?;
    match grupp::merge_groups(&mut tx, ctx.now, (id, version), (other, other_version)).await {
        Err(Error::Conflict) => return Err(AppError::overtaken()),
        done => done?,
    };
    tx.commit().await?;
    Ok(Done::at(format!("/admin/grupper?grupp={id}"), "Grupperna är en"))
}

/// The sentences, and whether there is something in them to read through.
fn said_of_move(to: &str, moved: grupp::Flyttad) -> (String, bool) {
    let alone = match moved.utan_grupp {
        0 => String::new(),
        1 => " Den utför fortfarande 1 rad i planerna där den inte hör hemma längre. Välj någon annan där.".to_owned(),
        n => {
            format!(" Den utför fortfarande {n} rader i planerna där den inte hör hemma längre. Välj någon annan där.")
        }
    };
    let away = match moved.utan_roll {
        0 => String::new(),
        1 => format!(" 1 medlem har ingen roll i {to} och är kvar i gruppen tills du tar bort hen."),
        n => format!(" {n} medlemmar har ingen roll i {to} och är kvar i gruppen tills du tar bort dem."),
    };
    if alone.is_empty() && away.is_empty() {
        return (format!("Gruppen hör nu till {to}"), false);
    }
    (format!("Gruppen hör nu till {to}.{alone}{away}"), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_moves_a_group_is_told_what_it_left_behind() {
        assert_eq!(said_of_move("Söder", grupp::Flyttad::default()), ("Gruppen hör nu till Söder".to_owned(), false));
        let (text, to_read) = said_of_move("Söder", grupp::Flyttad { utan_grupp: 2, utan_roll: 1 });
        assert!(to_read);
        assert_eq!(
            text,
            "Gruppen hör nu till Söder. Den utför fortfarande 2 rader i planerna där den inte hör hemma längre. Välj någon annan \
             där. 1 medlem har ingen roll i Söder och är kvar i gruppen tills du tar bort hen."
        );
    }
}
