//! What is done with meetings: prepared, held, written down, approved.

use domain::{
    apt::{BildForm, Form, PunktForm, Slag, State, check, check_mall, check_note, check_punkt, check_text},
    atgard::{self, Source},
    field::{Checker, FieldError},
    id::{AptId, AtgardId, BeslutId, BildId, NodeId, OccurrenceId, PersonId, PunktId},
    permission::{Action, Area},
};
use leptos::prelude::*;
use store::{
    Target, Tx,
    apt::{self, bildfil, protokoll, punkt},
};
use uuid::Uuid;

use super::visat;
use crate::{ctx::Ctx, error::AppError, flash::Done};

/// The door to a meeting for one who writes in it.
async fn writing(id: AptId) -> Result<(Ctx, Tx), AppError> {
    let ctx = Ctx::current()?;
    let tx = ctx.write(Target::Apt(id), Action::Edit).await?;
    Ok((ctx, tx))
}

/// Prepares a meeting. The id was made with the form: a resend is the same one. `mark` is its tillfälle on the wheel.
#[server(endpoint = "create_apt")]
pub async fn create_apt(
    id: AptId,
    node: NodeId,
    #[server(default)] mark: String,
    form: Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Apt), Action::Edit).await?;
    let content = check(&form, ctx.today)?;
    let mark = chosen_mark(&mark)?;
    apt::create(&mut tx, ctx.now, id, node, &content, mark).await?;
    if let Some(mark) = mark {
        // the meeting ticks it off and moves it
        store::permitted(&mut tx, &*ctx.actor()?, Target::Occurrence(mark), Action::TickOwn).await?;
    }
    tx.commit().await?;
    Ok(Done::at(format!("/apt/{id}"), "Mötet är förberett med er dagordning"))
}

/// The tillfälle that a form names; none where it names none.
fn chosen_mark(text: &str) -> Result<Option<OccurrenceId>, Vec<FieldError>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let message = "Öppna mötet i årshjulet och förbered det därifrån.".to_owned();
    text.parse().map(Some).map_err(|_| vec![FieldError { field: "mark".to_owned(), message }])
}

/// Changes when, where and who.
#[server(endpoint = "update_apt")]
pub async fn update_apt(id: AptId, version: i64, form: Form) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(id).await?;
    let before = apt::get(&mut tx, id).await?;
    let content = check(&form, ctx.today)?;
    apt::update(&mut tx, ctx.now, &*ctx.actor()?, &before, version, &content).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/apt/{id}"), "Mötet är sparat"))
}

/// Ends a meeting, takes it up again, or approves its minutes.
#[server(endpoint = "set_apt_state")]
pub async fn set_apt_state(id: AptId, version: i64, to: State) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(id).await?;
    let before = apt::get(&mut tx, id).await?;
    if to == State::Justerat && before.state != State::Avslutat {
        return Err(AppError::Conflict("Avsluta mötet innan protokollet justeras.".to_owned()));
    }
    let actor = ctx.actor()?;
    apt::set_state(&mut tx, (ctx.now, ctx.today), &actor, &before, version, to).await?;
    // not when the approval is taken back: what was seen was seen when it ended
    if to == State::Avslutat && before.state == State::Planerat {
        visat::keep(&mut tx, &actor, &before, ctx.today).await?;
    }
    tx.commit().await?;
    Ok(match to {
        State::Planerat => Done::at(format!("/apt/{id}"), "Mötet är återupptaget"),
        State::Avslutat => {
            Done::at(format!("/apt/{id}/protokoll"), "Mötet är avslutat. Läs igenom protokollet och justera det.")
                .to_read()
        }
        State::Justerat => Done::at(format!("/apt/{id}/protokoll"), "Protokollet är justerat och kan inte ändras"),
    })
}

/// Changes the agenda that a kind of meeting begins with.
#[server(endpoint = "update_apt_mall")]
pub async fn update_apt_mall(
    node: NodeId,
    kind: domain::apt::Kind,
    version: i64,
    #[server(default)] punkter: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Apt), Action::Edit).await?;
    let mall = check_mall(&punkter)?;
    apt::save_mall(&mut tx, ctx.now, (node, kind), version, &mall).await?;
    tx.commit().await?;
    Ok(Done::said("Dagordningen gäller från nästa möte som förbereds"))
}

/// Adds a point last.
#[server(endpoint = "create_apt_punkt")]
pub async fn create_apt_punkt(mote: AptId, id: PunktId, #[server(default)] title: String) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(mote).await?;
    let form = PunktForm { title, ..PunktForm::default() };
    let (title, _, _) = check_punkt(&form)?;
    punkt::create(&mut tx, ctx.now, mote, id, &title).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/apt/{mote}#punkt-{id}"), format!("Punkten ”{title}” är tillagd")))
}

/// Changes a point.
#[server(endpoint = "update_apt_punkt")]
pub async fn update_apt_punkt(mote: AptId, id: PunktId, version: i64, form: PunktForm) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(mote).await?;
    let (title, link, leaders) = check_punkt(&form)?;
    punkt::update(&mut tx, ctx.now, (mote, id, version), (&title, &link, &leaders)).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/apt/{mote}#punkt-{id}"), "Punkten är sparad"))
}

/// Moves a point one step, or takes it away: `upp`, `ner`, `bort`.
#[server(endpoint = "move_apt_punkt")]
pub async fn move_apt_punkt(mote: AptId, id: PunktId, to: String) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(mote).await?;
    if to == "bort" {
        punkt::remove(&mut tx, ctx.now, mote, id).await?;
        tx.commit().await?;
        return Ok(Done::at(format!("/apt/{mote}"), "Punkten är borttagen"));
    }
    punkt::step(&mut tx, ctx.now, mote, id, to == "upp").await?;
    tx.commit().await?;
    Ok(Done { to: Some(format!("/apt/{mote}#punkt-{id}")), ..Done::default() })
}

/// Adds a slide last under a point.
#[server(endpoint = "create_apt_bild")]
pub async fn create_apt_bild(mote: AptId, punkt: PunktId, slag: Slag) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(mote).await?;
    punkt::create_bild(&mut tx, ctx.now, mote, punkt, slag).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/apt/{mote}#punkt-{punkt}"), "Bilden är tillagd"))
}

/// Changes what is written on a slide.
#[server(endpoint = "update_apt_bild")]
pub async fn update_apt_bild(mote: AptId, id: BildId, version: i64, form: BildForm) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(mote).await?;
    punkt::update_bild(&mut tx, ctx.now, (mote, id, version), &form).await??;
    tx.commit().await?;
    Ok(Done::at(format!("/apt/{mote}#bild-{id}"), "Bilden är sparad"))
}

/// Takes the picture of a slide away.
#[server(endpoint = "remove_apt_bildfil")]
pub async fn remove_apt_bildfil(mote: AptId, id: BildId) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(mote).await?;
    bildfil::remove(&mut tx, ctx.now, mote, id).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/apt/{mote}#bild-{id}"), "Bildfilen är borttagen"))
}

/// Moves a slide one step, or takes it away: `upp`, `ner`, `bort`.
#[server(endpoint = "move_apt_bild")]
pub async fn move_apt_bild(mote: AptId, id: BildId, to: String) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(mote).await?;
    if to == "bort" {
        punkt::remove_bild(&mut tx, ctx.now, mote, id).await?;
        tx.commit().await?;
        return Ok(Done::said("Bilden är borttagen"));
    }
    punkt::step_bild(&mut tx, ctx.now, mote, id, to == "upp").await?;
    tx.commit().await?;
    Ok(Done { to: Some(format!("/apt/{mote}#bild-{id}")), ..Done::default() })
}

/// Anybody in the unit wants to take something up.
#[server(endpoint = "create_apt_amne")]
pub async fn create_apt_amne(
    mote: AptId,
    id: Uuid,
    punkt: PunktId,
    #[server(default)] amne: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Apt(mote), Action::TickOwn).await?;
    let text = check_text("amne", &amne, "Skriv vad du vill ta upp.")?;
    protokoll::create_amne(&mut tx, ctx.now, (mote, punkt), id, &text).await?;
    tx.commit().await?;
    Ok(Done::said("Anmält till mötet"))
}

/// Writes the note of a point.
#[server(endpoint = "update_apt_note")]
pub async fn update_apt_note(
    mote: AptId,
    punkt: PunktId,
    version: i64,
    #[server(default)] anteckning: String,
) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(mote).await?;
    let text = check_note(&anteckning)?;
    protokoll::save_note(&mut tx, ctx.now, (mote, punkt, version), &text).await?;
    tx.commit().await?;
    Ok(Done::said("Anteckningen är sparad"))
}

/// Notes a decision.
#[server(endpoint = "create_apt_beslut")]
pub async fn create_apt_beslut(
    mote: AptId,
    punkt: PunktId,
    id: BeslutId,
    #[server(default)] beslut: String,
) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(mote).await?;
    let text = check_text("beslut", &beslut, "Skriv vad ni beslutade.")?;
    protokoll::create_beslut(&mut tx, ctx.now, (mote, punkt), id, &text).await?;
    tx.commit().await?;
    Ok(Done::said("Beslutet är antecknat"))
}

/// Takes back a decision that was wrongly noted.
#[server(endpoint = "remove_apt_beslut")]
pub async fn remove_apt_beslut(mote: AptId, id: BeslutId) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(mote).await?;
    protokoll::remove_beslut(&mut tx, ctx.now, mote, id).await?;
    tx.commit().await?;
    Ok(Done::said("Beslutet är borttaget"))
}

/// Adds an åtgärd that was decided at the meeting. Who writes the minutes may, whatever their role: it is the meeting's.
#[server(endpoint = "create_apt_atgard")]
pub async fn create_apt_atgard(mote: AptId, id: AtgardId, form: atgard::Form) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(mote).await?;
    let content = atgard::check(&form, ctx.today)?;
    let found = apt::open(&mut tx, mote).await?;
    store::atgard::create(&mut tx, ctx.now, ctx.today, id, found.node, Source::Apt(mote), &content).await?;
    tx.commit().await?;
    Ok(Done::said(format!("Åtgärden ”{}” är tillagd", content.title)))
}

/// Writes who was there, if that is still as the person saw it. Names of persons come as their ids, with blanks between.
#[server(endpoint = "update_apt_narvaro")]
pub async fn update_apt_narvaro(
    mote: AptId,
    #[server(default)] persons: Vec<String>,
    #[server(default)] guests: String,
    #[server(default)] seen: String,
) -> Result<Done, AppError> {
    let (ctx, mut tx) = writing(mote).await?;
    let guests = line("guests", &guests)?;
    let persons: Vec<PersonId> = persons.iter().map(|p| p.parse()).collect::<Result<_, _>>().map_err(|_| {
        vec![FieldError { field: "persons".to_owned(), message: "Välj bland dem som står i listan.".to_owned() }]
    })?;
    protokoll::save_present(&mut tx, ctx.now, mote, (&persons, &guests), &seen).await?;
    tx.commit().await?;
    Ok(Done::said("Närvaron är sparad"))
}

fn line(field: &str, value: &str) -> Result<String, Vec<FieldError>> {
    let mut check = Checker::default();
    let line = check.line(field, value);
    check.finish(line)
}
