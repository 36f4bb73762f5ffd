//! Reporting, and what a unit sets. What is done with a case stands in [`super::case_api`].

use std::fmt::Write as _;

use domain::{
    avvikelse::{
        Innehall,
        deadline::Goals,
        handling::check_handelsetyper,
        intake::{InkommetForm, RapportForm, check_inkommet, check_rapport_at},
        register::{YearForm, check_year},
        tillagg,
    },
    field::FieldError,
    id::{AvvikelseId, NodeId},
    permission::{Action, Area},
    rate::Kind,
    sent::Stands,
    year::Year,
};
use islands::contract::{self, Mottagen, Tidigare, Utkastkonto};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{
    Target,
    avvikelse::{self, installning},
};
use uuid::Uuid;

use super::year_rows;
use crate::{ctx::Ctx, error::AppError, flash::Done, moment::utc};

// where the islands ask
const _: () = contract::CREATE_AVVIKELSE.is(CreateAvvikelse::PATH);
const _: () = contract::GET_UTKASTKONTO.is(GetUtkastkonto::PATH);
const _: () = contract::GET_AVVIKELSE_MOTTAGEN.is(GetAvvikelseMottagen::PATH);

/// Takes in a report. The id was made with the form: a resend is the same report, and another report is told that the id is
/// taken. `nar`: whether the day or the words are meant, where the form holds both.
#[server(endpoint = "create_avvikelse")]
pub async fn create_avvikelse(
    id: AvvikelseId,
    node: NodeId,
    #[server(default)] nar: String,
    form: RapportForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let rapport = || check_rapport_at(&super::ny::meant(form, &nar), ctx.today, ctx.now, utc).map(Innehall::Rapport);
    take_in(&ctx, id, node, rapport).await?;
    Ok(Done::at(format!("/avvikelser/{id}"), "Rapporten är skickad"))
}

/// Takes in what came, unless the server has it already from the same person: that is always taken, and counts for nothing
/// among what a person may send in a while.
async fn take_in(
    ctx: &Ctx,
    id: AvvikelseId,
    node: NodeId,
    innehall: impl FnOnce() -> Result<Innehall, Vec<FieldError>>,
) -> Result<(), AppError> {
    let (actor, target) = (ctx.actor()?, Target::Node(node, Area::Avvikelse));
    let taken = match ctx.take(Kind::Report) {
        Ok(taken) => taken,
        Err(wait) => {
            let mut tx = ctx.read(target, Action::TickOwn).await?;
            let stands = avvikelse::stands(&mut tx, id, actor.person, Some((node, &innehall()?))).await?;
            return if stands == Stands::Same { Ok(()) } else { Err(wait) };
        }
    };
    let mut tx = ctx.write(target, Action::TickOwn).await?;
    let new = avvikelse::create(&mut tx, ctx.now, ctx.today, id, node, innehall()?).await?;
    tx.commit().await?;
    if new {
        taken.keep();
    }
    Ok(())
}

/// Takes in a klagomål or a synpunkt from outside.
#[server(endpoint = "create_klagomal")]
pub async fn create_klagomal(id: AvvikelseId, node: NodeId, form: InkommetForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    take_in(&ctx, id, node, || check_inkommet(&form, ctx.today).map(Innehall::Inkommet)).await?;
    Ok(Done::at(format!("/avvikelser/{id}"), "Registrerat"))
}

/// Adds to a report that is sent: its reporter alone.
#[server(endpoint = "create_avvikelse_tillagg")]
pub async fn create_avvikelse_tillagg(id: AvvikelseId, #[server(default)] tillagg: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Avvikelse(id), Action::View).await?;
    avvikelse::add(&mut tx, ctx.now, &actor, id, &tillagg::check(&tillagg)?).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/avvikelser/{id}"), "Tillägget är sparat"))
}

/// Tells the device of the person who is logged in what opens their drafts: never in a page, which might be kept. `kanda`: the
/// names that lie on the device, parted by spaces; only what is the person's own is answered. While cases are locked so are
/// drafts.
#[server(endpoint = "get_utkastkonto")]
pub async fn get_utkastkonto(#[server(default)] kanda: String) -> Result<Utkastkonto, AppError> {
    let ctx = Ctx::current()?;
    ctx.actor()?;
    if ctx.login.locked {
        return Err(AppError::LoggedOut);
    }
    let names: Vec<Uuid> = kanda.split_whitespace().filter_map(|name| name.parse().ok()).collect();
    let (now, earlier) = ctx.utkast_keys(&names).await?;
    let tidigare =
        earlier.into_iter().map(|k| Tidigare { konto: k.konto.to_string(), nyckel: hex::encode(k.nyckel) }).collect();
    Ok(Utkastkonto { konto: now.konto.to_string(), nyckel: hex::encode(now.nyckel), tidigare })
}

/// Tells a device whether a report that it keeps is already here, as it is kept there: its reply may have been lost, and
/// another tab may have sent something else under its id. The fields are those of the report.
#[server(endpoint = "get_avvikelse_mottagen")]
pub async fn get_avvikelse_mottagen(
    id: AvvikelseId,
    #[server(default)] node: Option<NodeId>,
    #[server(default)] nar: String,
    #[server(default)] form: RapportForm,
) -> Result<Mottagen, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.read(Target::Anywhere(Area::Avvikelse), Action::TickOwn).await?;
    // what is not whole was never sent
    let kept = check_rapport_at(&super::ny::meant(form, &nar), ctx.today, ctx.now, utc).ok().map(Innehall::Rapport);
    let kept = node.zip(kept.as_ref());
    Ok(Mottagen { star: avvikelse::stands(&mut tx, id, actor.person, kept).await? })
}

/// Sets the unit's goals and words.
#[server(endpoint = "update_avvikelse_installning")]
pub async fn update_avvikelse_installning(
    node: NodeId,
    version: i64,
    ivo_utredning_months: String,
    aterkoppling_days: String,
    #[server(default)] genast_days: String,
    #[server(default)] gallring_years: String,
    #[server(default)] handelsetyper: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Avvikelse), Action::Edit).await?;
    let (goals, words) = both(
        Goals::check(&ivo_utredning_months, &aterkoppling_days, &genast_days, &gallring_years),
        check_handelsetyper(&handelsetyper),
    )?;
    let goals = goals.replacing(&installning::get(&mut tx, node).await?.goals, ctx.today);
    let new = installning::Installning { goals, handelsetyper: words, version };
    installning::update(&mut tx, ctx.now, node, &new).await?;
    tx.commit().await?;
    Ok(Done::said("Inställningarna är sparade"))
}

/// Two checks of one form: the faults of both.
fn both<A, B>(a: Result<A, Vec<FieldError>>, b: Result<B, Vec<FieldError>>) -> Result<(A, B), Vec<FieldError>> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (a, b) => Err(a.err().into_iter().chain(b.err()).flatten().collect()),
    }
}

/// Writes the counts of a year from before.
#[server(endpoint = "set_avvikelse_ar")]
pub async fn set_avvikelse_ar(node: NodeId, form: YearForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Avvikelse), Action::Edit).await?;
    let (year, counts) = check_year(&form, ctx.today)?;
    let synligt = installning::set_year(&mut tx, ctx.now, node, year, Some(&counts)).await?;
    tx.commit().await?;
    let more = synligt.sentence();
    let said = format!("Antalen för {year} är sparade");
    Ok(if more.is_empty() { Done::said(said) } else { Done::said(format!("{said}. {more}")).to_read() })
}

/// Writes the counts of several years, pasted as a table.
#[server(endpoint = "import_avvikelse_ar")]
pub async fn import_avvikelse_ar(node: NodeId, #[server(default)] rows: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Avvikelse), Action::Edit).await?;
    let standing = installning::years_held(&mut tx, node).await?;
    let year_rows::Years { years, notes } = year_rows::read(&rows, &standing, ctx.today)?;
    let mut more = !notes.is_empty();
    let mut said = match years.len() {
        1 => "Antalen för ett år är inlästa".to_owned(),
        n => format!("Antalen för {n} år är inlästa"),
    };
    for (year, counts) in &years {
        let synligt = installning::set_year(&mut tx, ctx.now, node, *year, Some(counts)).await?;
        if !synligt.sentence().is_empty() {
            more = true;
            let _ = write!(said, ". {year}: {}", synligt.sentence().trim_end_matches('.'));
        }
    }
    for note in notes {
        let _ = write!(said, ". {}", note.trim_end_matches('.'));
    }
    tx.commit().await?;
    Ok(Done::said(said).to_read_if(more))
}

/// Takes the counts of a year from before away.
#[server(endpoint = "remove_avvikelse_ar")]
pub async fn remove_avvikelse_ar(node: NodeId, year: Year) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Avvikelse), Action::Edit).await?;
    installning::set_year(&mut tx, ctx.now, node, year.get(), None).await?;
    tx.commit().await?;
    Ok(Done::said(format!("Antalen för {year} är borttagna")))
}
