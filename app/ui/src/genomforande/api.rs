//! What is done with a run: cells saved and asked for, the draw made again, figures and analysis written, closed and opened.

use std::collections::BTreeMap;

use chrono_tz::Europe::Stockholm;
use domain::{
    atgard::Source,
    field::FieldError,
    format,
    genomforande::{
        AndelForm, BedomningForm, CloseForm, Closing, Genomforande, Kind, MallForm, TextsForm,
        cell::{CellNow, Field, Saved, Word, cell_code, cell_of},
        check_andel, check_bedomning, check_close, check_mall, check_texts, result,
    },
    id::{EgenkontrollId, GenomforandeId},
    occurrence::{Item, Outcome, Tick, check_reason},
    permission::Action,
    sample::Seed,
};
use islands::contract;
use leptos::{prelude::*, server_fn::ServerFn};
use store::{
    Target, Tx, atgard,
    genomforande::{self, cell::Stored},
    occurrence,
};

use crate::{ctx::Ctx, error::AppError, flash::Done};

// where the islands ask
const _: () = contract::UPDATE_BEDOMNINGAR.is(UpdateBedomningar::PATH);
const _: () = contract::GET_BEDOMNINGAR.is(GetBedomningar::PATH);

/// A cell as a screen shows it.
pub(super) fn now(stored: &Stored) -> CellNow {
    CellNow {
        cell: cell_code(stored.nr, stored.field),
        value: stored.value.clone(),
        by: stored.by_name.clone(),
        at: stored.at.map(|at| at.with_timezone(&Stockholm).format("%H.%M").to_string()).unwrap_or_default(),
    }
}

/// Columns of a case that are no kriterium: kön, handläggare, kommentar.
const FREE_COLUMNS: usize = 3;

/// Saves cells. `seen` is the number of the last change that the screen holds; the answer brings it to the present.
#[server(endpoint = "update_bedomningar")]
pub async fn update_bedomningar(
    id: GenomforandeId,
    seen: i64,
    #[server(default)] cells: BTreeMap<String, String>,
) -> Result<Saved, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Genomforande(id), Action::TickOwn).await?;
    let run = genomforande::get(&mut tx, id).await?;
    if !run.is_open() {
        return Err(AppError::Conflict(closed(&run)));
    }
    let mut wanted: Vec<(i64, Field, String)> =
        cells.into_iter().filter_map(|(code, value)| cell_of(&code).map(|(nr, field)| (nr, field, value))).collect();
    // no more than the table has, before the first is looked up
    let columns = run.kriterier.len() + FREE_COLUMNS;
    if wanted.len() > run.urval.as_ref().map_or(0, |u| u.drawn.len()).saturating_mul(columns) {
        return Err(AppError::Conflict("Det är fler svar än tabellen har rutor. Ladda om sidan.".to_owned()));
    }
    wanted.sort_unstable();
    let written = genomforande::cell::save(&mut tx, ctx.now, &actor, &run, seen, &wanted).await?;
    let change = genomforande::get(&mut tx, id).await?.change;
    let cells = genomforande::cell::since(&mut tx, id, seen).await?;
    tx.commit().await?;
    let conflicts: Vec<CellNow> = written.conflicts.iter().map(now).collect();
    let text = saved_words(&run, &written.conflicts, &written.refused);
    let toast = Some(Word { text, read: !(conflicts.is_empty() && written.refused.is_empty()) });
    Ok(Saved { change, cells: cells.iter().map(now).collect(), conflicts, refused: written.refused, open: true, toast })
}

/// What a form without script is told.
fn saved_words(run: &Genomforande, conflicts: &[Stored], refused: &[FieldError]) -> String {
    let mut words = vec!["Svaren är sparade".to_owned()];
    words.extend(conflicts.iter().map(|c| {
        format!(
            "Ärende {}, {}: {} hade redan svarat {}, det står kvar",
            c.nr,
            c.field.label(&run.kriterier),
            c.by_name,
            c.field.value_label(&c.value)
        )
    }));
    words.extend(refused.iter().map(|r| format!("{}: {}", r.field, r.message)));
    words.join(". ")
}

fn closed(run: &Genomforande) -> String {
    match run.closed_on {
        Some(day) => {
            format!(
                "Genomförandet avslutades {} av {}. Det du svarade är inte sparat.",
                format::date(day),
                run.closed_by
            )
        }
        None => "Genomförandet är avbrutet. Det du svarade är inte sparat.".to_owned(),
    }
}

/// What has changed after the change that the screen knows.
#[server(endpoint = "get_bedomningar")]
pub async fn get_bedomningar(id: GenomforandeId, seen: i64) -> Result<Saved, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.read(Target::Genomforande(id), Action::TickOwn).await?;
    // the number before the cells: what is written in between is sent twice rather than never
    let run = genomforande::get(&mut tx, id).await?;
    let cells = genomforande::cell::since(&mut tx, id, seen).await?;
    Ok(Saved { change: run.change, cells: cells.iter().map(now).collect(), open: run.is_open(), ..Saved::default() })
}

/// Opens the transaction for what only those who carry the control out may do: all but judging.
async fn open(ctx: &Ctx, id: GenomforandeId) -> Result<(Tx, Genomforande), AppError> {
    let mut tx = ctx.read(Target::Genomforande(id), Action::View).await?;
    let occurrence = genomforande::get(&mut tx, id).await?.occurrence;
    drop(tx);
    let mut tx = ctx.write(Target::Occurrence(occurrence), Action::TickOwn).await?;
    let run = genomforande::get(&mut tx, id).await?;
    Ok((tx, run))
}

fn back(id: GenomforandeId, tab: &str) -> String {
    format!("/genomforanden/{id}?flik={tab}")
}

/// Draws again, with the reason.
#[server(endpoint = "renew_urval")]
pub async fn renew_urval(id: GenomforandeId, version: i64, reason: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, run) = open(&ctx, id).await?;
    let reason = check_reason(&reason)?;
    genomforande::redraw(&mut tx, ctx.now, &run, version, Seed::new(), &reason).await?;
    tx.commit().await?;
    Ok(Done::at(back(id, "urval"), "Urvalet är draget om"))
}

/// Writes the analysis.
#[server(endpoint = "update_analys")]
pub async fn update_analys(id: GenomforandeId, version: i64, form: TextsForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, run) = open(&ctx, id).await?;
    let texts = check_texts(&form)?;
    genomforande::update_texts(&mut tx, ctx.now, &run, version, &texts).await?;
    tx.commit().await?;
    Ok(Done::said("Analysen är sparad"))
}

/// Writes the figures of an andel.
#[server(endpoint = "update_andel")]
pub async fn update_andel(id: GenomforandeId, version: i64, form: AndelForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, run) = open(&ctx, id).await?;
    let andel = check_andel(&form, ctx.today)?;
    genomforande::update_andel(&mut tx, ctx.now, &run, version, &andel).await?;
    tx.commit().await?;
    Ok(Done::at(back(id, "resultat"), "Resultatet är sparat"))
}

/// Writes a bedömning.
#[server(endpoint = "update_bedomning")]
pub async fn update_bedomning(id: GenomforandeId, version: i64, form: BedomningForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, run) = open(&ctx, id).await?;
    let outcome = check_bedomning(&form)?;
    genomforande::update_bedomning(&mut tx, ctx.now, &run, version, outcome).await?;
    tx.commit().await?;
    Ok(Done::at(back(id, "resultat"), "Bedömningen är sparad"))
}

/// Closes a run: its tillfälle is utfört by that.
#[server(endpoint = "close_genomforande")]
pub async fn close_genomforande(id: GenomforandeId, version: i64, form: CloseForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let (mut tx, run) = open(&ctx, id).await?;
    if !run.is_open() {
        return Err(AppError::Conflict(closed(&run)));
    }
    let item = occurrence::get(&mut tx, &actor, run.occurrence).await?;
    let answers = genomforande::answers(&mut tx, &run).await?;
    let counted = (run.kind == Kind::Stickprov).then(|| result::result(&run.kriterier, &answers));
    let andel = counted.as_ref().map_or(run.andel, |r| r.whole.andel);
    let closing = Closing {
        kind: run.kind,
        result: counted.as_ref(),
        filled: run.andel.total.is_some() || run.outcome.is_some(),
        reached: run.reaches_goal(&andel),
        atgarder: atgard::of_source(&mut tx, &actor, Source::Genomforande(id)).await?.len(),
    };
    let close = check_close(&form, &closing, ctx.today)?;
    if let Some(question) = item.asks_first(&form.ahead, ctx.today) {
        return Err(AppError::Conflict(question));
    }
    let tick = Tick {
        performed_on: close.performed_on,
        outcome: run.outcome.or_else(|| closing.reached.map(outcome_of)),
        andel,
        note: run.texts.slutsats.clone(),
        figures: vec![],
    };
    genomforande::close(&mut tx, ctx.now, &run, version, &item, &close, &tick).await?;
    tx.commit().await?;
    let text = item.ticked(None, ctx.today);
    let early = item.before_its_time(tick.performed_on, ctx.today);
    let (text, early) = early.map_or((text.clone(), false), |early| (format!("{text}. {early}"), true));
    Ok(Done::at(back(id, "resultat"), text).to_read_if(early))
}

/// What a målvärde says of a share.
fn outcome_of(reached: bool) -> Outcome {
    if reached { Outcome::Uppfyllt } else { Outcome::EjUppfyllt }
}

/// Opens a closed run again, with the reason: its tillfälle is åter att göra.
#[server(endpoint = "reopen_genomforande")]
pub async fn reopen_genomforande(id: GenomforandeId, reason: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let (mut tx, run) = open(&ctx, id).await?;
    let reason = check_reason(&reason)?;
    let item: Item = occurrence::get(&mut tx, &actor, run.occurrence).await?;
    if let Some(words) = item.removed_words() {
        return Err(AppError::Conflict(words));
    }
    occurrence::undo(&mut tx, ctx.now, &item, item.occurrence.version, &reason).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/genomforanden/{id}"), "Genomförandet är öppnat igen"))
}

/// Shows the result on APT, or no longer.
#[server(endpoint = "set_apt")]
pub async fn set_apt(id: GenomforandeId, version: i64, apt: bool) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, run) = open(&ctx, id).await?;
    genomforande::set_apt(&mut tx, ctx.now, &run, version, apt).await?;
    tx.commit().await?;
    Ok(Done::said(if apt { "Resultatet visas på APT" } else { "Resultatet visas inte längre på APT" }))
}

/// Writes how a control is carried out by habit. Runs that have begun keep what they copied.
#[server(endpoint = "update_kriterier")]
pub async fn update_kriterier(
    id: EgenkontrollId,
    #[server(default)] seen: String,
    form: MallForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Egenkontroll(id), Action::Edit).await?;
    let mall = check_mall(&form)?;
    genomforande::save_mall(&mut tx, ctx.now, id, &mall, &seen).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/egenkontroll/{id}"), "Kriterierna är sparade. Genomföranden som pågår ändras inte.")
        .to_read())
}
