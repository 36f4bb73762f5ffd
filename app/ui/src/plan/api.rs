//! What is done with the rows of a plan, whichever its kind: the server functions of both are a call of these.

use chrono::Datelike;
use domain::{
    counted::{self, CountFrom, PlanYear},
    field::FieldError,
    id::NodeId,
    occurrence::check_reason,
    permission::Action,
    plan::{Form, Id, Value},
    schedule::{Responsible, answered_words},
    year::{OUTSIDE, Year},
};
use store::{Target, organisation, plan, schedule};

use super::Kind;
use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Adds a row. The id was made with the form: a resend is the same row.
pub async fn create<K: Kind>(id: K::Id, node: NodeId, year: Year, form: K::Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, K::AREA), Action::Edit).await?;
    let year = year.get();
    let content = K::check(&form, year, None)?;
    let plan = counted::check(form.counted_from(), None, K::AREA, &content.timing(), year, ctx.today)?;
    plan::create(&mut tx, ctx.now, id, node, plan, &content).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{}/{id}", K::WORDS.path), format!("{} är tillagd i planen", content.title())))
}

/// Changes a row, if it is still as the person saw it. Who came from the list goes `back` to it.
pub async fn update<K: Kind>(id: K::Id, version: i64, back: String, form: K::Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(K::target(id), Action::Edit).await?;
    let (row, _) = plan::get(&mut tx, id).await?;
    let stored = row.timing();
    let content = K::check(&form, row.year, Some(&stored))?;
    plan::update(&mut tx, ctx.now, id, version, &content).await?;
    let when = content.timing().going_on(Some(&stored), row.year);
    let moved = (when.recurrence, when.start, when.end) != (stored.recurrence, stored.start, stored.end);
    if !form.counted_from().trim().is_empty() || moved {
        let plan = counted::check(form.counted_from(), row.counted_from, K::AREA, &when, row.year, ctx.today)?;
        schedule::recount(&mut tx, ctx.now, id.stored(), plan.counted_from).await?;
    }
    let answered = if moved { answered_words(schedule::answered(&mut tx, id.stored()).await?) } else { None };
    tx.commit().await?;
    let to = if back.starts_with(K::WORDS.path) { back } else { format!("{}/{id}", K::WORDS.path) };
    Ok(saved(to, content.title(), answered))
}

/// That something is saved, and what its new rhythm does not ask for.
pub fn saved(to: String, title: &str, answered: Option<String>) -> Done {
    let saved = format!("{title} är sparad");
    match answered {
        Some(answered) => Done::at(to, format!("{saved}. {answered}")).to_read(),
        None => Done::at(to, saved),
    }
}

/// Removes a row, with the reason.
pub async fn remove<K: Kind>(id: K::Id, reason: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(K::target(id), Action::Edit).await?;
    let reason = check_reason(&reason)?;
    plan::remove(&mut tx, ctx.now, id, &reason).await?;
    tx.commit().await?;
    Ok(Done::said("Kontrollen är borttagen ur planen. Det som redan är utfört finns kvar.").to_read())
}

/// Puts a removed row back.
pub async fn restore<K: Kind>(id: K::Id) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(K::target(id), Action::Edit).await?;
    plan::restore(&mut tx, ctx.now, id).await?;
    tx.commit().await?;
    Ok(Done::said("Kontrollen är åter i planen"))
}

/// Copies the plan to the next year. Rows that are there already are left alone. `of`: the plan of a unit that this one was before.
pub async fn copy<K: Kind>(
    node: NodeId,
    of: Option<NodeId>,
    from: Year,
    counted_from: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    if let Some(of) = of {
        return copy_of::<K>(&ctx, node, of, from).await;
    }
    let to = from.after().ok_or_else(|| vec![FieldError { field: String::new(), message: OUTSIDE.to_owned() }])?.get();
    let mut tx = ctx.write(Target::Node(node, K::AREA), Action::Edit).await?;
    let counted = CountFrom::from_code(&counted_from).unwrap_or(CountFrom::YEAR);
    let plan = PlanYear::of(to, counted, ctx.today);
    let copied = plan::copy_plan::<K>(&mut tx, ctx.now, node, from.get(), plan).await?;
    tx.commit().await?;
    let kept = if copied > 0 { "&kopierad=ja" } else { "" };
    let said = match copied {
        0 => format!("Planen för {to} har redan alla kontroller."),
        1 => format!("En kontroll är kopierad till {to}"),
        n => format!("{n} kontroller är kopierade till {to}"),
    };
    let counts = copied > 0 && plan.counted_from.is_some();
    let said = if counts { format!("{said}. Tillfällena räknas {}", counted.words(ctx.today)) } else { said };
    Ok(Done::at(format!("{}?enhet={node}&ar={to}{kept}", K::WORDS.path), said).to_read_if(copied == 0 || counts))
}

/// Copies the plan of a predecessor to the first year of the unit, or to the next one.
async fn copy_of<K: Kind>(ctx: &Ctx, node: NodeId, of: NodeId, from: Year) -> Result<Done, AppError> {
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Node(node, K::AREA), Action::Edit).await?;
    store::permitted(&mut tx, &actor, Target::Node(of, K::AREA), Action::View).await?;
    let liv = actor.tree.liv(node).filter(|liv| liv.foregangare.contains(&of)).ok_or(AppError::NotFound)?;
    let first = liv.from.is_some_and(|day| day.year() == from.get());
    let to = if first { Some(from) } else { from.after() };
    let to = to.ok_or_else(|| vec![FieldError { field: String::new(), message: OUTSIDE.to_owned() }])?.get();
    let plan = PlanYear::of(to, CountFrom::YEAR, ctx.today);
    let copied = plan::copy_plan_of::<K>(&mut tx, ctx.now, (of, from.get()), node, plan).await?;
    let groups = organisation::groups(&mut tx).await?;
    let elsewhere = |who: Responsible| {
        let group = match who {
            Responsible::Grupp(id) => groups.iter().find(|group| group.id == id),
            _ => None,
        };
        group.is_some_and(|group| !actor.tree.is_within(node, group.node))
    };
    let rows = plan::list::<K>(&mut tx, node, to).await?;
    let strange = rows.iter().filter(|row| {
        row.content.values().into_iter().any(|(.., value)| matches!(value, Value::Who(who) if elsewhere(who)))
    });
    let strange = strange.count();
    tx.commit().await?;
    let said = match copied {
        0 => {
            format!("{} har inga egna kontroller för {} som inte redan är kopierade.", actor.tree.name(of), from.get())
        }
        1 => format!("En kontroll är kopierad till {to}"),
        n => format!("{n} kontroller är kopierade till {to}"),
    };
    let kept = if copied > 0 { "&kopierad=ja" } else { "" };
    let said = match strange {
        0 => said,
        1 => format!("{said}. En kontroll utförs av en grupp som hör till en annan enhet. Välj någon annan där."),
        n => format!("{said}. {n} kontroller utförs av grupper som hör till en annan enhet. Välj någon annan där."),
    };
    let done = Done::at(format!("{}?enhet={node}&ar={to}{kept}", K::WORDS.path), said);
    Ok(done.to_read_if(copied == 0 || strange > 0))
}

/// Takes back that the plan was copied to a year.
pub async fn undo_copy<K: Kind>(node: NodeId, year: Year) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, K::AREA), Action::Edit).await?;
    let year = year.get();
    let n = plan::undo_copy::<K>(&mut tx, ctx.now, node, year)
        .await?
        .map_err(|titles| AppError::Conflict(in_the_way(&titles)))?;
    tx.commit().await?;
    let said = match n {
        0 => format!("Ingen kontroll i planen för {year} är kopierad."),
        1 => format!("Kopieringen till {year} är ångrad: en kontroll är borttagen"),
        n => format!("Kopieringen till {year} är ångrad: {n} kontroller är borttagna"),
    };
    Ok(Done::at(format!("{}?enhet={node}&ar={}", K::WORDS.path, year - 1), said).to_read_if(n == 0))
}

/// Why copies are not taken back.
fn in_the_way(titles: &[String]) -> String {
    let shown: Vec<&str> = titles.iter().take(3).map(String::as_str).collect();
    let names = match titles.len() - shown.len() {
        0 => domain::format::and(&shown),
        more => format!("{} och {more} till", shown.join(", ")),
    };
    format!(
        "Kopieringen kan inte ångras, för något är redan gjort med {names}. Ta bort de kontroller som inte ska vara med, en och en."
    )
}
