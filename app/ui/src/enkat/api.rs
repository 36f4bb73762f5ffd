//! What is done with enkäter and their questions. Answers come in through [`super::svar_api`].

use chrono::Datelike;
use domain::{
    enkat::{
        Form, FragaForm, Questions, State, Version, check, check_fraga,
        fordelning::{FordelningForm, check_fordelning},
        fraga::{MAX_QUESTIONS, ask_grades},
        mall::{TRE_EFTER_SAMTAL, tre_efter_samtal},
        may_become,
        resultat::{Fler, read_utifran},
    },
    field::{Checker, FieldError},
    history::{Change, changes},
    id::{EnkatId, NodeId},
    permission::{Action, Area},
    year::{OUTSIDE, Year},
};
use leptos::prelude::*;
use store::{Target, Tx, enkat};
use uuid::Uuid;

use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Makes an enkät, as a draft. The id was made with the form: a resend is the same enkät.
#[server(endpoint = "create_enkat")]
pub async fn create_enkat(
    id: EnkatId,
    node: NodeId,
    form: Form,
    // a box that is not ticked sends nothing
    #[server(default)] mall: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Enkat), Action::Edit).await?;
    let content = check(&form)?;
    enkat::create(&mut tx, ctx.now, id, node, &content).await?;
    let begun = mall == TRE_EFTER_SAMTAL;
    if begun {
        let (_, last) = editable(&mut tx, id).await?;
        // sent again, it has them
        if last.questions.list.is_empty() {
            write(&ctx, &mut tx, id, &last, &tre_efter_samtal(), ("Tre frågor efter samtal", vec![])).await?;
        }
    }
    tx.commit().await?;
    let next = if begun { "Läs igenom frågorna och öppna enkäten." } else { "Lägg till frågorna." };
    Ok(Done::at(format!("/enkater/{id}/fragor"), format!("{} är skapad. {next}", content.title)).to_read())
}

/// Changes an enkät, but for its questions, if it is still as the person saw it.
#[server(endpoint = "update_enkat")]
pub async fn update_enkat(id: EnkatId, version: i64, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    let content = check(&form)?;
    if enkat::get(&mut tx, id).await?.content.grain != content.grain && enkat::has_answers(&mut tx, id).await? {
        return Err(fault("grain", "Enkäten har svar, så tiden för svar kan inte ändras. Kopiera enkäten i stället."));
    }
    enkat::update(&mut tx, ctx.now, id, version, &content).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/enkater/{id}"), format!("{} är sparad", content.title)))
}

/// Makes a draft with the same questions: the next wave. Its period is as long, and begins when this one's ends.
#[server(endpoint = "copy_enkat")]
pub async fn copy_enkat(id: EnkatId, new: EnkatId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    let c = enkat::get(&mut tx, id).await?.content;
    let first = c.last.succ_opt().unwrap_or(c.last);
    let title = c.title.replace(&c.first.year().to_string(), &first.year().to_string());
    let title = if title == c.title { format!("{title} {}", first.year()) } else { title };
    let last = first + (c.last - c.first);
    if !Year::holds(last) {
        return Err(vec![FieldError { field: String::new(), message: OUTSIDE.to_owned() }].into());
    }
    enkat::copy(&mut tx, ctx.now, id, new, &title, (first, last)).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/enkater/{new}"), format!("{title} är skapad som utkast, med samma frågor")))
}

/// Opens, closes or opens again.
#[server(endpoint = "set_enkat_state")]
pub async fn set_enkat_state(id: EnkatId, version: i64, to: State) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    let found = enkat::get(&mut tx, id).await?;
    let questions = enkat::versions(&mut tx, id).await?.into_iter().next_back().map(|v| v.questions);
    may_become(found.state, to, &questions.unwrap_or_default()).map_err(AppError::Conflict)?;
    enkat::set_state(&mut tx, ctx.now, id, version, to).await?;
    tx.commit().await?;
    Ok(Done::said(format!("{} är nu {}", found.content.title, to.label().to_lowercase())))
}

/// Adds a question, or changes the one with this key.
#[server(endpoint = "update_enkat_fraga")]
pub async fn update_enkat_fraga(id: EnkatId, key: Option<i32>, form: FragaForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    let (versions, last) = editable(&mut tx, id).await?;
    let mut questions = last.questions.clone();
    // what the words say is proposed and not taken: it is shown first
    let asked = ask_grades(&form);
    let question = check_fraga(&form, key.unwrap_or_else(|| Questions::next_key(&versions)))?;
    if questions.list.len() >= MAX_QUESTIONS && questions.get(question.key).is_none() {
        return Err(fault("text", &format!("En enkät har högst {MAX_QUESTIONS} frågor.")));
    }
    if let Some(proposal) = asked {
        return Err(fault("grader", &format!("{GRADES_ASKED} {proposal}")));
    }
    let before = questions.get(question.key).map(|q| q.text.clone());
    let (what, before) = before.map_or(("Fråga tillagd", String::new()), |text| ("Fråga ändrad", text));
    let told =
        changes([("Fråga", before, question.text.clone()), ("Svar", String::new(), question.choices().join(", "))]);
    questions.put(question);
    write(&ctx, &mut tx, id, &last, &questions, (what, told)).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/enkater/{id}/fragor"), "Frågan är sparad"))
}

/// What stands before the proposal of how good the options of a question are.
pub const GRADES_ASKED: &str = "Så räknas svaren om du inte säger annat. Frågan är inte sparad än.";

/// Says which options of a question are the bad end, also when it has answers: colours and order follow it, no figure does.
#[server(endpoint = "set_enkat_grader")]
pub async fn set_enkat_grader(
    id: EnkatId,
    key: i32,
    #[server(default)] seen: String,
    #[server(default)] bad: Vec<usize>,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    enkat::set_grades(&mut tx, ctx.now, id, key, &seen, &bad).await?;
    tx.commit().await?;
    Ok(Done::said("Färgerna följer det du har valt"))
}

/// Moves a question a step: `upp` or `ner`.
#[server(endpoint = "move_enkat_fraga")]
pub async fn move_enkat_fraga(id: EnkatId, key: i32, to: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    let (_, last) = editable(&mut tx, id).await?;
    let mut questions = last.questions.clone();
    questions.shift(key, to == "ner");
    write(&ctx, &mut tx, id, &last, &questions, ("Frågornas ordning ändrad", vec![])).await?;
    tx.commit().await?;
    Ok(Done::said("Frågan är flyttad"))
}

/// Takes a question out.
#[server(endpoint = "remove_enkat_fraga")]
pub async fn remove_enkat_fraga(id: EnkatId, key: i32) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    let (_, last) = editable(&mut tx, id).await?;
    let mut questions = last.questions.clone();
    let text = questions.get(key).map(|q| q.text.clone()).ok_or(AppError::NotFound)?;
    questions.list.retain(|q| q.key != key);
    let told = changes([("Fråga", text, String::new())]);
    write(&ctx, &mut tx, id, &last, &questions, ("Fråga borttagen", told)).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/enkater/{id}/fragor"), "Frågan är borttagen"))
}

/// Says whether kön is asked for.
#[server(endpoint = "set_enkat_kon")]
pub async fn set_enkat_kon(id: EnkatId, #[server(default)] kon: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    let (_, last) = editable(&mut tx, id).await?;
    let questions = Questions { kon: kon == "on", ..last.questions.clone() };
    let words = |on: bool| if on { "ja" } else { "nej" }.to_owned();
    let told = changes([("Kön frågas", words(last.questions.kon), words(questions.kon))]);
    write(&ctx, &mut tx, id, &last, &questions, ("Ändrad", told)).await?;
    tx.commit().await?;
    Ok(Done::said(if questions.kon { "Kön frågas efter sist" } else { "Kön frågas inte efter" }))
}

/// Begins the next version, where questions with answers are to be changed.
#[server(endpoint = "create_enkat_version")]
pub async fn create_enkat_version(id: EnkatId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    enkat::create_version(&mut tx, ctx.now, id).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/enkater/{id}/fragor"), "En ny version är påbörjad. Den gamla används tills du byter.")
        .to_read())
}

/// Puts the version that is being written in use.
#[server(endpoint = "set_enkat_version")]
pub async fn set_enkat_version(id: EnkatId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    let questions = enkat::versions(&mut tx, id).await?.into_iter().next_back().map(|v| v.questions);
    if questions.is_none_or(|q| q.list.is_empty()) {
        return Err(AppError::Conflict("Lägg till minst en fråga innan du byter till den nya versionen.".to_owned()));
    }
    enkat::use_version(&mut tx, ctx.now, id).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/enkater/{id}"), "Den nya versionen används från och med nu"))
}

/// Says whether a free text may be shown on APT.
#[server(endpoint = "mark_enkat_fritext")]
pub async fn mark_enkat_fritext(id: EnkatId, text: Uuid, #[server(default)] apt: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::TickAny).await?;
    let found = enkat::get(&mut tx, id).await?;
    enkat::resultat::mark_fritext(&mut tx, ctx.now, &found, text, apt == "on").await?;
    tx.commit().await?;
    Ok(Done::said(if apt == "on" { "Kommentaren får visas på APT" } else { "Kommentaren visas inte på APT" }))
}

/// Writes how many were handed out in a period.
#[server(endpoint = "set_enkat_utdelade")]
pub async fn set_enkat_utdelade(
    id: EnkatId,
    period: String,
    n: String,
    #[server(default)] seen: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    let found = enkat::get(&mut tx, id).await?;
    let mut check = Checker::default();
    let n = check.int("n", &n, 0..=1_000_000);
    let period = period.trim().parse::<domain::enkat::Period>().ok().filter(|p| p.grain() == found.content.grain);
    if period.is_none() {
        check.error("period", "Välj en period.");
    }
    let (period, n) = check.finish((period.map(|p| p.to_string()).unwrap_or_default(), n))?;
    enkat::resultat::set_utdelade(&mut tx, ctx.now, &found, (&period, n), &seen).await?;
    // the number stands, and what does not agree with it is said here and on the page
    let fler = super::results::data::read(&mut tx, &actor, id).await?.fler;
    tx.commit().await?;
    let of = period.parse().ok();
    let told = fler.iter().find(|f| of.is_some_and(|p| (f.first..=f.last).contains(&p))).map(Fler::sentence);
    Ok(match told {
        Some(told) => Done::said(format!("Antalet är sparat, men det går inte ihop. {told}")).to_read(),
        None => Done::said("Antalet utdelade är sparat"),
    })
}

/// Reads results from elsewhere that were pasted as a table. All rows or none.
#[server(endpoint = "import_enkat_utifran")]
pub async fn import_enkat_utifran(id: EnkatId, rows: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    let found = enkat::get(&mut tx, id).await?;
    let questions = enkat::versions(&mut tx, id).await?.into_iter().rfind(|v| v.in_use).map(|v| v.questions.list);
    let read = read_utifran(&rows, &questions.unwrap_or_default()).map_err(|faults| {
        faults.into_iter().map(|message| FieldError { field: "rows".to_owned(), message }).collect::<Vec<_>>()
    })?;
    let gone = enkat::resultat::save_utifran(&mut tx, ctx.now, &found, &read.rows).await?;
    tx.commit().await?;
    let said = match read.rows.len() {
        1 => "Ett värde är inläst".to_owned(),
        n => format!("{n} värden är inlästa"),
    };
    let notes = read.notes.iter().map(|note| note.trim_end_matches('.').to_owned());
    let gone = gone.iter().map(|row| {
        let kon = row.kon.map(|kon| format!(", {}", kon.plural())).unwrap_or_default();
        let about = format!("{} {}{kon}", row.source, row.wave);
        format!("Fördelningen från {about} är borttagen, för den hade en annan andel. Skriv in den på nytt")
    });
    let more = !read.notes.is_empty() || gone.len() > 0;
    Ok(Done::said(std::iter::once(said).chain(notes).chain(gone).collect::<Vec<_>>().join(". ")).to_read_if(more))
}

/// Writes how the answers to a question were spread elsewhere, with a share for each of its options.
#[server(endpoint = "update_enkat_fordelning")]
pub async fn update_enkat_fordelning(id: EnkatId, key: i32, form: FordelningForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    let found = enkat::get(&mut tx, id).await?;
    let asked = enkat::versions(&mut tx, id).await?.into_iter().rfind(|v| v.in_use).map(|v| v.questions);
    let fraga = asked.as_ref().and_then(|q| q.get(key)).filter(|q| q.is_choice()).ok_or(AppError::NotFound)?;
    let row = check_fordelning(&form, fraga)?;
    enkat::resultat::save_utifran(&mut tx, ctx.now, &found, std::slice::from_ref(&row)).await?;
    tx.commit().await?;
    let said = format!("Fördelningen från {} {} är sparad", row.source, row.wave);
    let note = row.fordelning.and_then(|f| f.note()).map(|note| format!(". {note}")).unwrap_or_default();
    let to_read = !note.is_empty();
    Ok(Done::at(format!("/enkater/{id}/varden#utifran"), format!("{said}{note}")).to_read_if(to_read))
}

/// Takes away a result from elsewhere.
#[server(endpoint = "remove_enkat_utifran")]
pub async fn remove_enkat_utifran(id: EnkatId, row: Uuid) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::Edit).await?;
    let found = enkat::get(&mut tx, id).await?;
    enkat::resultat::delete_utifran(&mut tx, ctx.now, &found, row).await?;
    tx.commit().await?;
    Ok(Done::said("Värdet är borttaget"))
}

fn fault(field: &str, message: &str) -> AppError {
    AppError::Invalid(vec![FieldError { field: field.to_owned(), message: message.to_owned() }])
}

/// The versions, and the last one when its questions may be changed.
async fn editable(tx: &mut Tx, id: EnkatId) -> Result<(Vec<Version>, Version), AppError> {
    let versions = enkat::versions(tx, id).await?;
    let last = versions.last().cloned().ok_or(AppError::NotFound)?;
    if enkat::is_frozen(tx, last.id).await? {
        return Err(AppError::Conflict(
            "Frågorna har fått svar och är låsta. Välj Ändra frågorna, så görs en ny version.".to_owned(),
        ));
    }
    Ok((versions, last))
}

async fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    id: EnkatId,
    last: &Version,
    questions: &Questions,
    (what, told): (&str, Vec<Change>),
) -> Result<(), AppError> {
    let found = enkat::get(tx, id).await?;
    Ok(enkat::update_questions(tx, ctx.now, &found, (last, &last.questions), questions, what, told).await?)
}
