//! What is done with the account as a whole: it is begun, by itself or as last year's, its unit is said, and an amount is commented on.

use domain::{
    ekonomi::{
        belopp::{Art, Belopp},
        konto::{self, Content, Form, KontoId, RadId, Resultatrakning, VerksamhetForm, VerksamhetId, check_verksamhet},
        tid::Tid,
    },
    field::{Checker, FieldError},
    permission::Action,
    personnummer::varning,
    verksamhetsplan::plan::{Plan, PlanId},
    year::Year,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::{Tx, ekonomi};

use super::path;
use crate::{ctx::Ctx, error::AppError, flash::Done, verksamhetsplan::flikar};

/// What the form of a new account sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Borja {
    /// The name of its first verksamhet.
    pub verksamhet: String,
    /// The code of its verksamhetsområde, or empty.
    pub vo: String,
    /// Code of what amounts are in.
    pub enhet: String,
    /// Code of how signs are written.
    pub teckenform: String,
}

/// Opens the transaction in which the account of a plan is changed. `NotFound` where there is none.
pub(super) async fn open(ctx: &Ctx, plan: PlanId) -> Result<(Tx, Plan, Resultatrakning), AppError> {
    let (mut tx, plan) = flikar::write(ctx, plan, Action::Edit).await?;
    let konto = ekonomi::of_plan(&mut tx, &plan).await?.ok_or(AppError::NotFound)?;
    Ok((tx, plan, konto))
}

pub(super) fn fault(field: &str, message: impl Into<String>) -> AppError {
    AppError::Invalid(vec![FieldError { field: field.to_owned(), message: message.into() }])
}

/// A new account with the standard rows for one verksamhet.
fn begun(plan: &Plan, form: &Borja) -> Result<Content, AppError> {
    let settings = Form {
        ar: plan.year.to_string(),
        enhet: form.enhet.clone(),
        teckenform: form.teckenform.clone(),
        ..Form::default()
    };
    let mut content = konto::check(&settings, None)?;
    let first = VerksamhetForm { namn: form.verksamhet.clone(), vo: form.vo.clone() };
    let verksamhet = check_verksamhet(&first, &content, VerksamhetId::new(), RadId::new).map_err(|mut faults| {
        for fault in faults.iter_mut().filter(|fault| fault.field == "namn") {
            "verksamhet".clone_into(&mut fault.field);
        }
        AppError::Invalid(faults)
    })?;
    content.set_verksamhet(verksamhet);
    Ok(content)
}

/// Begins the account of a plan with the standard rows. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_konto")]
pub async fn create_konto(id: KontoId, plan: PlanId, form: Borja) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = flikar::write(&ctx, plan, Action::Edit).await?;
    let content = begun(&plan, &form)?;
    ekonomi::create(&mut tx, ctx.now, &plan, id, &content).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{}/fyll", path(plan.id)), "Budgeten är påbörjad"))
}

/// Begins the account of a plan with the verksamheter and rows of last year's.
#[server(endpoint = "copy_konto")]
pub async fn copy_konto(new: KontoId, plan: PlanId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = flikar::write(&ctx, plan, Action::Edit).await?;
    let before = ekonomi::i_fjol(&mut tx, &plan).await?;
    let before = before.ok_or_else(|| fault("", "I fjol finns ingen budget att kopiera."))?;
    let year = Year::try_from(plan.year).map_err(|_| AppError::NotFound)?;
    let mut content = before.konto.content.copy(year, VerksamhetId::new, RadId::new);
    content.namn = content.namn.replace(&(plan.year - 1).to_string(), &plan.year.to_string());
    ekonomi::create(&mut tx, ctx.now, &plan, new, &content).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{}/fyll", path(plan.id)), "Raderna är kopierade från i fjol, utan belopp"))
}

/// Says what the amounts of an account are in, where that was asked about. The figures stay as they are.
#[server(endpoint = "set_konto_enhet")]
pub async fn set_konto_enhet(plan: PlanId, version: i64, enhet: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan, before) = open(&ctx, plan).await?;
    let enhet = domain::ekonomi::Enhet::from_code(&enhet).ok_or(AppError::NotFound)?;
    let grans = if enhet == before.content.enhet { before.content.grans } else { konto::Grans::of(enhet) };
    let content = Content { enhet, grans, enhet_bekraftad: true, ..before.content.clone() };
    ekonomi::update(&mut tx, ctx.now, &before, version, &content).await?;
    tx.commit().await?;
    Ok(Done::at(path(plan.id), format!("Beloppen är i {}", enhet.about())))
}

/// Saves why the outcome of a row is off at a report.
#[server(endpoint = "update_beloppskommentar")]
pub async fn update_beloppskommentar(
    plan: PlanId,
    rad: RadId,
    tid: String,
    #[server(default)] seen: String,
    #[server(default)] kommentar: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan, _) = open(&ctx, plan).await?;
    let tid = Tid::from_code(&tid).ok_or(AppError::NotFound)?;
    let found = ekonomi::rakning(&mut tx, &plan).await?.ok_or(AppError::NotFound)?;
    if found.konto.content.rad(rad).is_none() {
        return Err(AppError::NotFound);
    }
    let mut check = Checker::default();
    let place = (rad, tid, Art::Utfall);
    let stands = found.belopp.iter().find(|b| (b.rad, b.tid, b.art) == place).cloned();
    // one that is there is taken away by emptying it
    let is_there = stands.as_ref().is_some_and(|b| !b.kommentar.is_empty());
    let kommentar = if is_there {
        check.text("kommentar", &kommentar)
    } else {
        check.required("kommentar", &kommentar, "vad det beror på")
    };
    if let Some(warning) = varning(&kommentar) {
        check.error("kommentar", warning);
    }
    let kommentar = check.finish(kommentar)?;
    let empty = Belopp {
        rad,
        tid,
        art: Art::Utfall,
        tal: None,
        not: String::new(),
        kommentar: String::new(),
        per: None,
        preliminar: false,
    };
    let ny = Belopp { kommentar, ..stands.unwrap_or(empty) };
    let seen = ekonomi::belopp::Seen::from([(place, seen.trim().parse().unwrap_or(0))]);
    let when = (ctx.now, ctx.today);
    ekonomi::belopp::write(&mut tx, when, &found.konto, &[ny], Some(&seen)).await?;
    tx.commit().await?;
    Ok(Done::said("Kommentaren är sparad"))
}
