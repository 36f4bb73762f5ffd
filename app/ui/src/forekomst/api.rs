//! What is done with one occurrence: tick off, undo, give up, begin, move.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use domain::{
    area::Ticked,
    atgard::Source,
    day::{self, Fits},
    field::{Checker, FieldError},
    format,
    genomforande::Stage,
    id::OccurrenceId,
    occurrence::{Item, Outcome, State, TickForm, When, check_reason, check_tick, day_of, month_end},
    permission::{Action, Area},
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{
    Target, Tx, apt, genomforande,
    occurrence::{self, moved},
};

use super::siffror;
use crate::{
    ctx::Ctx,
    error::AppError,
    flash::{Done, Moved, Offer, Submitted, Toast},
};

/// Opens the transaction for one occurrence and reads it as it stands. What has been removed is left alone, with the reason.
async fn open(ctx: &Ctx, id: OccurrenceId) -> Result<(Tx, Item), AppError> {
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Occurrence(id), Action::TickOwn).await?;
    let item = occurrence::get(&mut tx, &actor, id).await?;
    match item.removed_words() {
        Some(words) => Err(AppError::Conflict(words)),
        None => Ok((tx, item)),
    }
}

/// What to say when it is no longer as the person saw it.
fn conflict(error: store::Error, now: &Item, today: NaiveDate) -> AppError {
    match error {
        store::Error::Conflict => {
            let state = &now.occurrence;
            AppError::Conflict(match state.state {
                State::Utford => format!(
                    "{} är redan utförd av {} den {}. Det du skrev är inte sparat.",
                    now.name(today),
                    now.performed_by_label,
                    state.performed_on.map(format::day_month).unwrap_or_default()
                ),
                State::EjUtford => {
                    format!("{} är redan markerad som ej utförd. Det du skrev är inte sparat.", now.name(today))
                }
                State::Planerad | State::Pagar => {
                    format!("Någon annan har ändrat {} sedan du öppnade sidan. Läs det som gäller nu.", now.name(today))
                }
            })
        }
        other => other.into(),
    }
}

/// Ticks off. A second click on the same button is the same tick.
#[server(endpoint = "mark_occurrence_done")]
pub async fn mark_occurrence_done(id: OccurrenceId, version: i64, form: TickForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, item) = open(&ctx, id).await?;
    let running = matches!(genomforande::of_occurrence(&mut tx, id).await?, Some((_, Stage::Pagar)));
    if let Some(why) = item.done_elsewhere(running) {
        return Err(AppError::Conflict(format!("{} {why}.", item.name(ctx.today))));
    }
    let mut tick = check_tick(item.area, &form, ctx.today)?;
    if let Some(question) = item.asks_first(&form.ahead, ctx.today) {
        return Err(AppError::Conflict(question));
    }
    // what deviated asks for something to be done about it, by those who may
    let deviates = tick.outcome.is_some_and(Outcome::deviates);
    let may_add = deviates && ctx.actor()?.may(item.occurrence.node, Area::Atgard, Action::Edit);
    let offer = may_add
        .then(|| Offer { words: "Lägg till en åtgärd".to_owned(), href: Source::Occurrence(id).new_atgard() });
    let text = item.ticked(tick.outcome, ctx.today);
    let early = item.before_its_time(tick.performed_on, ctx.today);
    let (text, early) = early.map_or((text.clone(), false), |early| (format!("{text}. {early}"), true));
    // what came of its figures is to be read
    let said = |version, infort: &[String]| {
        let text = std::iter::once(text).chain(infort.iter().cloned()).collect::<Vec<_>>().join(". ");
        let toast = Toast::word(text).to_read_if(early || !infort.is_empty());
        Done { toast: Some(Toast { undo: vec![(id, version)], offer, ..toast }), ..Done::default() }
    };
    let occurrence = &item.occurrence;
    let mine = occurrence.performed_by == Some(ctx.actor()?.person);
    if occurrence.state == State::Utford && mine && occurrence.version == version + 1 {
        return Ok(said(occurrence.version, &[]));
    }
    let infort = siffror::tried(&mut tx, &*ctx.actor()?, &item, (&form, &mut tick)).await?;
    let version =
        occurrence::tick(&mut tx, ctx.now, &item, version, &tick).await.map_err(|e| conflict(e, &item, ctx.today))?;
    tx.commit().await?;
    Ok(said(version, &infort))
}

/// Takes a tick back: straight after without a word, later with a reason.
#[server(endpoint = "undo_occurrence_mark")]
pub async fn undo_occurrence_mark(id: OccurrenceId, version: i64, reason: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, item) = open(&ctx, id).await?;
    if let Some(why) = item.undone_elsewhere() {
        return Err(AppError::Conflict(format!("{} {why}.", item.name(ctx.today))));
    }
    let person = ctx.actor()?.person;
    let reason = if occurrence::just_ticked(&mut tx, ctx.now, id, person).await? {
        reason.trim().to_owned()
    } else {
        if !ctx.actor()?.may_undo(item.area, item.occurrence.node, item.occurrence.performed_by) {
            return Err(AppError::Forbidden);
        }
        check_reason(&reason)?
    };
    let kvar = siffror::infort(&mut tx, &*ctx.actor()?, &item.occurrence.figures).await?;
    occurrence::undo(&mut tx, ctx.now, &item, version, &reason).await.map_err(|e| conflict(e, &item, ctx.today))?;
    tx.commit().await?;
    let said = [Some(format!("{} är åter att göra", item.name(ctx.today))), siffror::kvar(&kvar)];
    let said = said.into_iter().flatten().collect::<Vec<_>>().join(". ");
    // what was written is not written again: its form is open with it
    let by_form = matches!(item.kind().ticked, Ticked::Here | Ticked::HereOrByRun);
    if by_form && item.occurrence.state == State::Utford && TickForm::says_more(&item.occurrence) {
        let form = TickForm::of(&item.occurrence);
        let again = Submitted::again(MarkOccurrenceDone::PATH, ("id", id.to_string()), &form);
        return Ok(Done { again: Some(again), ..Done::at(format!("{}#resultat", item.href()), said) });
    }
    Ok(Done::said(said))
}

/// Gives it up, with the reason.
#[server(endpoint = "mark_occurrence_given_up")]
pub async fn mark_occurrence_given_up(id: OccurrenceId, version: i64, reason: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, item) = open(&ctx, id).await?;
    let reason = check_reason(&reason)?;
    occurrence::give_up(&mut tx, ctx.now, &item, version, &reason).await.map_err(|e| conflict(e, &item, ctx.today))?;
    tx.commit().await?;
    Ok(Done::said(format!("{} är markerad som ej utförd", item.name(ctx.today))))
}

/// Notes that somebody has begun.
#[server(endpoint = "mark_occurrence_begun")]
pub async fn mark_occurrence_begun(id: OccurrenceId, version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, item) = open(&ctx, id).await?;
    occurrence::begin(&mut tx, ctx.now, &item, version).await.map_err(|e| conflict(e, &item, ctx.today))?;
    tx.commit().await?;
    Ok(Done::said(format!("{} är påbörjad", item.name(ctx.today))))
}

/// Moves it within its year, with the reason. `to` is a month (1–12) for a control, the Monday of a week for one that is done
/// in a week, a day for what is on a day and for anything else. Or `month`, a month (1–12) for anything: then
/// [`Item::in_month`] says which days it gets.
#[server(endpoint = "move_occurrence")]
pub async fn move_occurrence(
    id: OccurrenceId,
    version: i64,
    #[server(default)] to: String,
    reason: String,
    #[server(default)] month: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, item) = open(&ctx, id).await?;
    let mut check = Checker::default();
    let days = if month.trim().is_empty() {
        new_days(&mut check, &item, &to, ctx.today)
    } else {
        in_month(&mut check, &item, &month)
    };
    let reason = match check_reason(&reason) {
        Ok(reason) => reason,
        Err(errors) => {
            for FieldError { field, message } in errors {
                check.error(&field, message);
            }
            String::new()
        }
    };
    let days = check.finish(days)?.ok_or(AppError::NotFound)?;
    if item.is_meeting() && apt::of_occurrence(&mut tx, id).await?.is_some() {
        let said = "Mötet är förberett. Flytta det på mötets sida, så följer märket i hjulet med.";
        return Err(AppError::Conflict(said.to_owned()));
    }
    moved::move_to(&mut tx, ctx.now, &item, version, days, &reason).await.map_err(|e| conflict(e, &item, ctx.today))?;
    tx.commit().await?;
    let to = time_of(&item, days);
    let o = &item.occurrence;
    let moved = Moved { id, version: version + 1, start: o.start, due: o.due };
    let toast = Toast::word(format!("{} är flyttad till {to}", item.name(ctx.today)));
    Ok(Done { toast: Some(Toast { moved: Some(moved), ..toast }), ..Done::default() })
}

/// Takes a move back, straight after, without a word: it is from `start` to `due` as it was.
#[server(endpoint = "undo_occurrence_move")]
pub async fn undo_occurrence_move(
    id: OccurrenceId,
    version: i64,
    start: String,
    due: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, item) = open(&ctx, id).await?;
    let days = (start.parse::<NaiveDate>(), due.parse::<NaiveDate>());
    let (Ok(start), Ok(due)) = days else { return Err(AppError::NotFound) };
    let here = day_of(start, due).year() == item.occurrence.day().year() && start <= due;
    if !here || !moved::just_moved(&mut tx, ctx.now, &item, ctx.actor()?.person, (start, due)).await? {
        let name = item.name(ctx.today);
        return Err(AppError::Conflict(format!(
            "Flytten av {name} går inte att ångra längre. Flytta den på dess sida."
        )));
    }
    moved::move_back(&mut tx, ctx.now, &item, version, (start, due))
        .await
        .map_err(|e| conflict(e, &item, ctx.today))?;
    tx.commit().await?;
    let back = time_of(&item, (start, due));
    Ok(Done::said(format!("{} är åter planerad till {back}", item.title)))
}

/// Its time when it is on these days, as it is said of it.
fn time_of(item: &Item, (start, due): (NaiveDate, NaiveDate)) -> String {
    if item.time().is_some() { When::of(start, due).at(item.occurrence.hours).label() } else { format::day_month(due) }
}

/// The days that it gets in a month, or why it is not moved there.
fn in_month(check: &mut Checker, item: &Item, month: &str) -> Option<(NaiveDate, NaiveDate)> {
    let month: Option<u32> = month.trim().parse().ok().filter(|m| (1..=12).contains(m));
    let days = month.and_then(|month| item.in_month(month));
    if days.is_none() {
        let words = match month {
            Some(month) => format!("Den är redan i {}. Välj en annan månad.", format::month_name(month)),
            None => "Välj vart den ska flyttas.".to_owned(),
        };
        check.error("month", words);
    }
    days
}

fn new_days(check: &mut Checker, item: &Item, to: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let year = item.occurrence.day().year();
    let days = if item.is_weekly() && item.week().is_some() && !item.goes_by_day() {
        let monday = check.date("to", to, Fits::InYear(year)).filter(|day| day.weekday() == Weekday::Mon);
        monday.map(|monday| (monday, monday + Days::new(6)))
    } else if item.moves_by_day() {
        let (start, length) = (item.occurrence.start, item.occurrence.due - item.occurrence.start);
        // what is open on its own page is so from the day it was; only its end is moved
        let keeps_start = matches!(item.kind().ticked, Ticked::OnThing { .. });
        check
            .date("to", to, Fits::InYear(year))
            .map(|due| (if keeps_start { start.min(due) } else { due - length }, due))
    } else {
        let first = to.trim().parse().ok().and_then(|month| NaiveDate::from_ymd_opt(year, month, 1));
        first.map(|first| (first, month_end(first)))
    };
    // a day without its year is one of the year of the tillfälle: what is moved into the next one is asked about
    let with_year = !item.moves_by_day() || day::read(to, Fits::Whole).is_ok();
    match days {
        Some((_, due)) if !with_year && due < today && due < item.occurrence.due => {
            let day = format::day_month(due);
            check.error(
                "to",
                format!("{day} {year} har varit. Skriv datumet med år om det är rätt, som {}.", format::date(due)),
            );
            None
        }
        Some((start, due)) if day_of(start, due).year() != year => {
            check.error("to", format!("Välj en dag i {year}."));
            None
        }
        Some(days) => Some(days),
        None => {
            if !check.has_errors() {
                check.error("to", "Välj vart den ska flyttas.");
            }
            None
        }
    }
}
