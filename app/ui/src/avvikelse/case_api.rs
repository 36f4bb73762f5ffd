//! What is done with a case. Each function checks its form, lets `domain::avvikelse::act` say what comes of it or why not,
//! and saves it if the case is still as the person saw it.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use domain::{
    avvikelse::{
        Arende, Relation, Step,
        access::handles,
        act,
        handling::{
            AterkopplingForm, AvslutForm, BedomForm, UtredningForm, check_apt, check_aterkoppling, check_avslut,
            check_bedom, check_informed, check_ivo, check_lank, check_lex_sarah, check_sent, check_uppfoljning,
            check_utredning,
        },
        intake::parse_time,
        lank::Lank,
        pui::{self, IncidentForm, check_incident},
    },
    day::Fits,
    field::{Checker, FieldError},
    id::{AvvikelseId, BilagaId, PersonId},
    permission::Action,
};
use leptos::prelude::*;
use store::{Target, Tx, avvikelse, history};

use crate::{
    ctx::Ctx,
    error::AppError,
    flash::Done,
    moment::{stamp, utc, utc_after},
};

/// What comes of a form: the changed case, or what is wrong.
type Changed = Result<Arende, AppError>;

/// What the rules say of an act that cannot be done.
fn not_allowed(why: FieldError) -> AppError {
    AppError::Invalid(vec![why])
}

/// Opens the case for the one who handles it, changes it and saves it. `what`: the word of the history; `reason`: why.
async fn change(
    id: AvvikelseId,
    version: i64,
    (what, reason): (&str, &str),
    changed: impl FnOnce(&Arende, Relation, &Ctx) -> Changed,
) -> Result<(), AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Avvikelse(id), Action::Edit).await?;
    let (before, who) = avvikelse::handle(&mut tx, ctx.now, &actor, id).await?;
    // first whether the page was of this case as it is: a step that is no longer allowed is so for that reason
    if before.version != version {
        return Err(conflict(&mut tx, id).await);
    }
    let after = changed(&before, who, &ctx)?;
    match avvikelse::save(&mut tx, ctx.now, &before, &after, version, (what, reason.trim())).await {
        Err(store::Error::Conflict) => Err(conflict(&mut tx, id).await),
        saved => {
            saved?;
            tx.commit().await?;
            Ok(())
        }
    }
}

/// Who changed it meanwhile, when, and what. The page shows both texts at each field that differs.
async fn conflict(tx: &mut Tx, id: AvvikelseId) -> AppError {
    let latest = history::list(tx, &[id.0]).await.unwrap_or_default().into_iter().find(|e| !e.changes.is_empty());
    let what = latest.map(|e| {
        let labels: Vec<String> = e.changes.into_iter().map(|c| c.label.to_lowercase()).collect();
        let who = if e.who.is_empty() { "Programmet".to_owned() } else { e.who };
        format!(" {who} ändrade senast, {}: {}.", stamp(e.at), labels.join(", "))
    });
    AppError::Conflict(format!(
        "Någon annan har ändrat ärendet sedan du öppnade sidan, så inget sparades.{} Det du skrev står kvar. Jämför med det \
         som är sparat nu och spara igen.",
        what.unwrap_or_default()
    ))
}

fn at(id: AvvikelseId, tab: &str, said: &str) -> Done {
    let tab = if tab.is_empty() { String::new() } else { format!("?flik={tab}") };
    Done::at(format!("/avvikelser/{id}{tab}"), said)
}

/// Takes a step that has no form of its own but a reason.
#[server(endpoint = "set_avvikelse_state")]
pub async fn set_avvikelse_state(
    id: AvvikelseId,
    version: i64,
    step: String,
    #[server(default)] reason: String,
) -> Result<Done, AppError> {
    let step = Step::from_code(&step).ok_or(AppError::NotFound)?;
    let own_form =
        !matches!(step, Step::Misstank | Step::Utred | Step::Atgarda | Step::FoljUpp | Step::Avsluta | Step::Tillbaka);
    if own_form {
        return Err(AppError::NotFound);
    }
    let mut check = Checker::default();
    let checked = super::text(&mut check, "reason", &reason);
    check.finish(())?;
    change(id, version, (step.label(), &checked), |before, who, ctx| {
        act::step(before, who, step, &checked, ctx.today).map_err(not_allowed)
    })
    .await?;
    Ok(match step {
        Step::Misstank => at(id, "", "Misstanken är anmäld till lex Sarah-utredaren"),
        Step::Utred => at(id, "utredning", "Ärendet utreds"),
        Step::Atgarda => at(id, "atgarder", "Ärendet åtgärdas"),
        Step::FoljUpp => at(id, "atgarder", "Ärendet följs upp"),
        Step::Avsluta => at(id, "", "Ärendet är avslutat"),
        _ => at(id, "", "Ärendet är ett steg tillbaka"),
    })
}

/// Sets what the event is.
#[server(endpoint = "set_avvikelse_bedomning")]
pub async fn set_avvikelse_bedomning(id: AvvikelseId, version: i64, form: BedomForm) -> Result<Done, AppError> {
    let reason = form.reason.clone();
    change(id, version, ("Bedömd", &reason), |before, who, _| {
        let bedomt = check_bedom(&form, before.case.kinds)?;
        act::assess(before, who, &bedomt).map_err(not_allowed)
    })
    .await?;
    Ok(at(id, "", "Bedömningen är sparad"))
}

/// The lex Sarah decision.
#[server(endpoint = "decide_lex_sarah")]
pub async fn decide_lex_sarah(
    id: AvvikelseId,
    version: i64,
    #[server(default)] bedomning: String,
    #[server(default)] motive: String,
) -> Result<Done, AppError> {
    change(id, version, ("Beslut om lex Sarah", ""), |before, who, ctx| {
        let beslut = check_lex_sarah(&bedomning, &motive, ctx.today)?;
        act::decide_lex_sarah(before, who, beslut).map_err(not_allowed)
    })
    .await?;
    Ok(at(id, "", "Beslutet om lex Sarah är sparat"))
}

/// The report to IVO.
#[server(endpoint = "report_ivo")]
pub async fn report_ivo(
    id: AvvikelseId,
    version: i64,
    #[server(default)] on: String,
    #[server(default)] dnr: String,
    #[server(default)] sent_on: String,
) -> Result<Done, AppError> {
    change(id, version, ("Anmält till IVO", ""), |before, who, ctx| {
        let since = before.case.beslut.as_ref().map_or(before.case.inkommen, |b| b.on);
        act::report_ivo(before, who, check_ivo((&on, &dnr, &sent_on), since, ctx.today)?).map_err(not_allowed)
    })
    .await?;
    Ok(at(id, "", "Anmälan till IVO är registrerad"))
}

/// The investigation was sent to IVO.
#[server(endpoint = "report_ivo_utredning")]
pub async fn report_ivo_utredning(
    id: AvvikelseId,
    version: i64,
    #[server(default)] on: String,
) -> Result<Done, AppError> {
    change(id, version, ("Utredningen skickad till IVO", ""), |before, who, ctx| {
        let since = before.case.ivo.as_ref().map_or(before.case.inkommen, |ivo| ivo.on);
        act::send_investigation(before, who, check_sent("on", &on, since, ctx.today)?).map_err(not_allowed)
    })
    .await?;
    Ok(at(id, "", "Det är registrerat att utredningen är skickad"))
}

/// What is known of a personuppgiftsincident.
#[server(endpoint = "update_incident")]
pub async fn update_incident(id: AvvikelseId, version: i64, form: IncidentForm) -> Result<Done, AppError> {
    change(id, version, ("Personuppgiftsincidenten beskriven", ""), |before, _, ctx| {
        let incident = check_incident(&form, ctx.now, utc)?;
        let discovered = utc(incident.discovered);
        act::incident(before, incident, discovered).map_err(not_allowed)
    })
    .await?;
    Ok(at(id, "personuppgifter", "Uppgifterna om incidenten är sparade"))
}

/// The decision on the risk for the data subjects.
#[server(endpoint = "decide_imy")]
pub async fn decide_imy(
    id: AvvikelseId,
    version: i64,
    #[server(default)] risk: String,
    #[server(default)] motive: String,
) -> Result<Done, AppError> {
    change(id, version, ("Risken för de registrerade bedömd", ""), |before, who, _| {
        act::decide_imy(before, who, pui::check_beslut(&risk, &motive)?).map_err(not_allowed)
    })
    .await?;
    Ok(at(id, "personuppgifter", "Bedömningen av risken är sparad"))
}

/// A day and a time of day that both must be there.
fn wall(check: &mut Checker, day: &str, time: &str, today: NaiveDate) -> Option<NaiveDateTime> {
    let date = check.date("reported_day", day, Fits::Past(today));
    if day.trim().is_empty() {
        check.error("reported_day", "Skriv vilken dag anmälan gjordes.");
    }
    let clock: Option<NaiveTime> = parse_time(time);
    if clock.is_none() {
        check.error("reported_time", "Skriv klockslaget som 14:30.");
    }
    Some(date?.and_time(clock?))
}

/// The report to IMY.
#[server(endpoint = "report_imy")]
pub async fn report_imy(
    id: AvvikelseId,
    version: i64,
    #[server(default)] reported_day: String,
    #[server(default)] reported_time: String,
    #[server(default)] delay: String,
) -> Result<Done, AppError> {
    change(id, version, ("Anmält till IMY", ""), |before, who, ctx| {
        let mut check = Checker::default();
        let reported = wall(&mut check, &reported_day, &reported_time, ctx.today);
        let reported = check.finish(reported)?.ok_or(AppError::NotFound)?;
        let discovered = before.case.imy.discovered_at;
        let reported = discovered.map_or_else(|| utc(reported), |discovered| utc_after(reported, discovered));
        let delay = pui::check_anmalan(reported, &delay, discovered.unwrap_or(reported), ctx.now)?;
        act::report_imy(before, who, reported, delay).map_err(not_allowed)
    })
    .await?;
    Ok(at(id, "personuppgifter", "Anmälan till IMY är registrerad"))
}

/// The data subjects were told, or why they are not.
#[server(endpoint = "report_registrerade")]
pub async fn report_registrerade(
    id: AvvikelseId,
    version: i64,
    #[server(default)] on: String,
    #[server(default)] why_not: String,
) -> Result<Done, AppError> {
    change(id, version, ("De registrerade informerade", ""), |before, who, ctx| {
        act::inform(before, who, check_informed(&on, &why_not, ctx.today)?).map_err(not_allowed)
    })
    .await?;
    Ok(at(id, "personuppgifter", "Det är registrerat om de registrerade är informerade"))
}

/// Writes the investigation, and with a day that it was sent to IVO.
#[server(endpoint = "update_utredning")]
pub async fn update_utredning(
    id: AvvikelseId,
    version: i64,
    form: UtredningForm,
    #[server(default)] sent_on: String,
) -> Result<Done, AppError> {
    let is_sent = !sent_on.trim().is_empty();
    change(id, version, ("Utredningen ändrad", ""), |before, who, ctx| {
        let after = act::begin_and_investigate(before, who, check_utredning(&form)?, ctx.today).map_err(not_allowed)?;
        if !is_sent {
            return Ok(after);
        }
        let since = after.case.ivo.as_ref().map_or(after.case.inkommen, |ivo| ivo.on);
        act::send_investigation(&after, who, check_sent("sent_on", &sent_on, since, ctx.today)?).map_err(not_allowed)
    })
    .await?;
    let said = if is_sent { "Utredningen är sparad och skickad till IVO" } else { "Utredningen är sparad" };
    Ok(at(id, "utredning", said))
}

/// The effect, the feedback, and with `close` the end of the case.
#[server(endpoint = "update_avvikelse_avslut")]
pub async fn update_avvikelse_avslut(
    id: AvvikelseId,
    version: i64,
    form: AvslutForm,
    #[server(default)] close: String,
) -> Result<Done, AppError> {
    let closes = close == "ja";
    let word = if closes { Step::Avsluta.label() } else { "Uppföljning och återkoppling" };
    change(id, version, (word, ""), |before, who, ctx| {
        let content = check_avslut(&form, closes, ctx.today)?;
        act::finish(before, who, content, closes, ctx.today).map_err(not_allowed)
    })
    .await?;
    Ok(if closes {
        at(id, "", "Ärendet är avslutat")
    } else {
        at(id, "atgarder", "Uppföljningen och återkopplingen är sparade")
    })
}

/// Feedback to the reporter and the group.
#[server(endpoint = "update_aterkoppling")]
pub async fn update_aterkoppling(id: AvvikelseId, version: i64, form: AterkopplingForm) -> Result<Done, AppError> {
    change(id, version, ("Återkoppling", ""), |before, _, ctx| {
        act::feed_back(before, check_aterkoppling(&form, ctx.today)?).map_err(not_allowed)
    })
    .await?;
    Ok(at(id, "atgarder", "Återkopplingen är sparad"))
}

/// When the effect is followed up, and what it was.
#[server(endpoint = "update_uppfoljning")]
pub async fn update_uppfoljning(
    id: AvvikelseId,
    version: i64,
    #[server(default)] follow_up_on: String,
    #[server(default)] effect: String,
) -> Result<Done, AppError> {
    change(id, version, ("Uppföljning", ""), |before, who, ctx| {
        act::go_and_follow_up(before, who, check_uppfoljning(&follow_up_on, &effect, ctx.today)?, ctx.today)
            .map_err(not_allowed)
    })
    .await?;
    Ok(at(id, "atgarder", "Uppföljningen är sparad"))
}

/// The text that everybody reads on APT.
#[server(endpoint = "update_avvikelse_apt")]
pub async fn update_avvikelse_apt(
    id: AvvikelseId,
    version: i64,
    #[server(default)] apt: String,
) -> Result<Done, AppError> {
    change(id, version, ("Text för APT", ""), |before, _, _| {
        let apt = check_apt(&apt)?;
        Ok(Arende { apt, ..before.clone() })
    })
    .await?;
    Ok(at(id, "atgarder", "Texten för APT är sparad"))
}

/// Points the case to a process, a rutin, a risk or a control: one that was chosen from the plans, or one in words.
#[server(endpoint = "create_avvikelse_lank")]
pub async fn create_avvikelse_lank(
    id: AvvikelseId,
    version: i64,
    #[server(default)] choice: String,
    #[server(default)] kind: String,
    #[server(default)] label: String,
    #[server(default)] href: String,
    #[server(default)] changed: String,
) -> Result<Done, AppError> {
    change(id, version, ("Kopplingar ändrade", ""), |before, _, _| {
        let (kind, href, label) = Lank::chosen(&choice).unwrap_or((&kind, &href, &label));
        let lank = check_lank(kind, label, href, &changed)?;
        let mut after = before.clone();
        if after.links.len() >= 30 {
            return Err(not_allowed("Ett ärende kan ha högst 30 kopplingar.".to_owned().into()));
        }
        after.links.push(lank);
        Ok(after)
    })
    .await?;
    Ok(at(id, "kopplingar", "Kopplingen är sparad"))
}

/// Takes a link away.
#[server(endpoint = "remove_avvikelse_lank")]
pub async fn remove_avvikelse_lank(id: AvvikelseId, version: i64, place: usize) -> Result<Done, AppError> {
    change(id, version, ("Kopplingar ändrade", ""), |before, _, _| {
        let mut after = before.clone();
        if place >= after.links.len() {
            return Err(AppError::NotFound);
        }
        after.links.remove(place);
        Ok(after)
    })
    .await?;
    Ok(at(id, "kopplingar", "Kopplingen är borttagen"))
}

/// What somebody has typed is saved from a locked login too; who may read a case and what lies in it is not decided there.
fn unlocked(ctx: &Ctx) -> Result<(), AppError> {
    if ctx.login.locked { Err(AppError::Forbidden) } else { Ok(()) }
}

/// Asks somebody of the unit to handle the case too, or no longer.
#[server(endpoint = "set_avvikelse_handlaggare")]
pub async fn set_avvikelse_handlaggare(id: AvvikelseId, person: PersonId, asked: bool) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    unlocked(&ctx)?;
    let mut tx = ctx.write(Target::Avvikelse(id), Action::Edit).await?;
    let (case, _) = avvikelse::handle(&mut tx, ctx.now, &actor, id).await?;
    // who was asked does not ask others on
    if !handles(&actor.grants, &actor.tree, case.node) {
        return Err(AppError::Forbidden);
    }
    let code = format!("person:{person}");
    let of_unit = store::person::options(&mut tx, &actor.tree, case.node).await?;
    let asked_before = avvikelse::handlers(&mut tx, id).await?.into_iter().find(|(p, _)| *p == person);
    let name = of_unit.into_iter().find(|(c, _)| *c == code).map(|(_, name)| name);
    // somebody who is neither is refused without a name
    let name = name.or(asked_before.map(|(_, name)| name)).unwrap_or_default();
    avvikelse::set_handler(&mut tx, ctx.now, &case, (person, &name), asked).await?;
    tx.commit().await?;
    let said =
        if asked { format!("{name} handlägger nu ärendet") } else { format!("{name} handlägger inte längre") };
    Ok(at(id, "", &said))
}

/// Takes a file away.
#[server(endpoint = "remove_bilaga")]
pub async fn remove_bilaga(id: AvvikelseId, bilaga: BilagaId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    unlocked(&ctx)?;
    let mut tx = ctx.write(Target::Avvikelse(id), Action::Edit).await?;
    let (case, _) = avvikelse::handle(&mut tx, ctx.now, &actor, id).await?;
    avvikelse::bilaga::remove(&mut tx, ctx.now, &case, bilaga).await?;
    tx.commit().await?;
    Ok(at(id, "bilagor", "Filen är borttagen"))
}
