//! The grid of a series is saved: all of it or nothing. What is wrong is said at its cell; what somebody else wrote meanwhile is told with
//! both values; and a final value that would change much is asked about.

use std::collections::{BTreeMap, HashMap};

use domain::{
    field::Checker,
    format::int,
    period::Period,
    permission::{Action, Area},
    siffror::{
        rutnat::{Cell, las, skriven},
        serie::{Content, SerieId},
        siffra::{Ny, Plats, Siffra, Ursprung, Verkan, inte_borjat, verkan},
    },
    tal::Tal,
};
use leptos::prelude::*;
use store::{Target, serie};

use super::{data::may_fill, harledd};
use crate::{ctx::Ctx, error::AppError, flash::Done};

/// The field of a cell: row and column, from 0.
#[must_use]
pub fn cell_field(row: usize, column: usize) -> String {
    format!("c-{row}-{column}")
}

/// The field of what stood in a cell when the page was made: its revision and its text ([`was`]).
#[must_use]
pub fn was_field(row: usize, column: usize) -> String {
    format!("w-{row}-{column}")
}

/// What stood in a cell, as it is sent along: 0 is no value yet.
#[must_use]
pub fn was(revision: i32, text: &str) -> String {
    format!("{revision}:{text}")
}

/// The field of the answer that large changes are right.
pub const RATT: &str = "ratt";
/// The field that holds the changes that were asked about: the answer is to those alone.
pub const FRAGAT: &str = "fragat";

/// A change that is asked about, as the form sends it back: of which place, what stands there, and what it becomes. An answer to it is
/// none to another.
#[must_use]
pub fn asked((period, plats): (Period, &Plats), before: Option<&Siffra>, text: &str) -> String {
    format!("{period}/{plats}/{}={}", before.map_or(0, |s| s.revision), text.trim())
}

/// What is asked about a change: a value that is taken away, and a final one that would change much; none where nothing is.
#[must_use]
pub fn fraga(content: &Content, before: Option<&Siffra>, ny: &Ny, text: &str) -> Option<String> {
    let stands = before?.varde?;
    let from = skriven(content, Some(&stands), "");
    if ny.varde.is_none() {
        return Some(format!("{from} tas bort. Stämmer det?"));
    }
    (verkan(before, ny) == Verkan::Fragas).then(|| match stands.tal {
        // nothing is so many per cent of nought
        Tal::ZERO => format!("{from} blir {}. Stämmer det?", text.trim()),
        _ => format!("{from} blir {}, en ändring med mer än 20\u{a0}%. Stämmer det?", text.trim()),
    })
}

/// Stands between the rows, and between the columns, of a grid.
pub const BESIDE: char = '|';

/// Separates changes that were asked about: what nobody types in a cell.
pub const BETWEEN: char = '\u{1f}';

/// The most cells of one grid.
const CELLS_MOST: usize = 4_000;

/// A cell that somebody has changed.
struct Touched {
    field: String,
    text: String,
    period: Period,
    plats: Plats,
    seen: i32,
}

/// Reads which cells were changed. `NotFound` for a grid that no page of ours made.
fn touched(
    rows: &str,
    cols: &str,
    dimensions: usize,
    form: &BTreeMap<String, String>,
) -> Result<Vec<Touched>, AppError> {
    let cols: Vec<Period> =
        cols.split(BESIDE).map(str::parse).collect::<Result<_, _>>().map_err(|()| AppError::NotFound)?;
    let rows: Option<Vec<Plats>> = rows.split(BESIDE).map(|row| Plats::read(row, dimensions)).collect();
    let rows = rows.ok_or(AppError::NotFound)?;
    if rows.len() * cols.len() > CELLS_MOST {
        return Err(AppError::NotFound);
    }
    let mut out = Vec::new();
    for (i, plats) in rows.iter().enumerate() {
        for (k, period) in cols.iter().enumerate() {
            let field = cell_field(i, k);
            let Some(text) = form.get(&field) else { continue };
            let before = form.get(&was_field(i, k)).map_or("0:", String::as_str);
            let (seen, before) = before.split_once(':').unwrap_or(("0", ""));
            if text.trim() == before.trim() {
                continue;
            }
            let seen = seen.parse().map_err(|_| AppError::NotFound)?;
            out.push(Touched { field, text: text.clone(), period: *period, plats: plats.clone(), seen });
        }
    }
    Ok(out)
}

/// What a cell would write. One that is emptied takes its value away.
pub fn ny(content: &Content, (period, plats): (Period, &Plats), text: &str) -> Result<Ny, String> {
    let read = las(content, text)?.unwrap_or(Cell { varde: None, not: String::new() });
    Ok(Ny { period, plats: plats.clone(), varde: read.varde, not: read.not })
}

/// Saves the cells that were changed. `rows` and `cols` say what the rows and columns are of; the cells stand in `form`, each with
/// what stood in it when the page was made.
#[server(endpoint = "update_siffror")]
pub async fn update_siffror(
    id: SerieId,
    #[server(default)] rows: String,
    #[server(default)] cols: String,
    #[server(default)] form: BTreeMap<String, String>,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Thing(Area::Serie, id.0), Action::TickOwn).await?;
    let found = serie::get(&mut tx, id).await?;
    harledd::refuse(&found.content)?;
    if !may_fill(&actor, &found) {
        return Err(AppError::Forbidden);
    }
    let dimensions = found.content.dimensioner.len();
    let cells = touched(&rows, &cols, dimensions, &form)?;
    if cells.is_empty() {
        return Ok(Done::said("Inget var ändrat, så inget är sparat"));
    }
    let stored = serie::siffra::all(&mut tx, id, dimensions).await?;
    let stored: HashMap<(Period, &Plats), &Siffra> = stored.iter().map(|s| ((s.period, &s.plats), s)).collect();
    let agreed: Vec<&str> = match form.get(RATT).map(String::as_str) {
        Some("on") => form.get(FRAGAT).map(|all| all.split(BETWEEN).collect()).unwrap_or_default(),
        _ => vec![],
    };
    let mut check = Checker::default();
    let (mut new, mut seen, mut asks) = (Vec::new(), HashMap::new(), false);
    for cell in &cells {
        let ny = match ny(&found.content, (cell.period, &cell.plats), &cell.text) {
            Ok(ny) => ny,
            Err(fault) => {
                check.error(&cell.field, fault);
                continue;
            }
        };
        if let Some(early) = inte_borjat(cell.period, ctx.today) {
            check.error(&cell.field, early);
            continue;
        }
        let before = stored.get(&(cell.period, &cell.plats)).copied();
        if before.map_or(0, |s| s.revision) != cell.seen && before.is_none_or(|s| s.varde != ny.varde) {
            let now = before.map(|s| skriven(&found.content, s.varde.as_ref(), &s.not)).unwrap_or_default();
            check.error(&cell.field, meanwhile(&now, cell.text.trim()));
            continue;
        }
        let question = fraga(&found.content, before, &ny, &cell.text);
        let is_agreed = || agreed.contains(&asked((cell.period, &cell.plats), before, &cell.text).as_str());
        if let Some(question) = question.filter(|_| !is_agreed()) {
            check.error(&cell.field, question);
            asks = true;
            continue;
        }
        seen.insert((cell.period, cell.plats.clone()), before.map_or(0, |s| s.revision));
        new.push(ny);
    }
    if asks {
        check.error(RATT, "Kryssa i att ändringarna stämmer, eller skriv rätt tal.");
    }
    check.finish(())?;
    let done =
        serie::siffra::write(&mut tx, (ctx.now, ctx.today), &found, Ursprung::Inskriven, &new, Some(&seen)).await?;
    tx.commit().await?;
    let n = |n: usize| int(i64::try_from(n).unwrap_or(i64::MAX));
    let said = match (done.nya, done.andrade) {
        (0, 0) => "Allt stod redan så: inget är ändrat".to_owned(),
        (1, 0) => "Sparat: 1 nytt värde".to_owned(),
        (nya, 0) => format!("Sparat: {} nya värden", n(nya)),
        (0, 1) => "Sparat: 1 rättat värde".to_owned(),
        (0, andrade) => format!("Sparat: {} rättade värden", n(andrade)),
        (nya, andrade) => format!("Sparat: {} nya och {} rättade värden", n(nya), n(andrade)),
    };
    Ok(Done::at(format!("/siffror/{id}"), said))
}

/// What is said where somebody else wrote in a cell meanwhile: what stands there now, and what was typed; either may be empty.
pub(crate) fn meanwhile(now: &str, text: &str) -> String {
    match (now, text) {
        ("", "") => "Någon annan tog bort värdet medan du tömde rutan. Spara igen om den ska vara tom.".to_owned(),
        ("", text) => {
            format!("Någon annan tog bort värdet medan du skrev {text}. Spara igen om det är {text} som gäller.")
        }
        (now, "") => format!("Någon annan skrev {now} medan du tömde rutan. Spara igen om den ska vara tom."),
        (now, text) => {
            format!("Någon annan skrev {now} medan du skrev {text}. Spara igen om det är {text} som gäller.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_wrote_at_the_same_time_is_told_what_the_other_did() {
        let twice = "Någon annan skrev 5 medan du skrev 6. Spara igen om det är 6 som gäller.";
        assert_eq!(meanwhile("5", "6"), twice);
        assert_eq!(
            meanwhile("", "5"),
            "Någon annan tog bort värdet medan du skrev 5. Spara igen om det är 5 som gäller."
        );
        assert_eq!(meanwhile("5", ""), "Någon annan skrev 5 medan du tömde rutan. Spara igen om den ska vara tom.");
    }

    #[test]
    fn only_what_somebody_changed_is_sent_on() {
        let pair = |k: String, v: &str| (k, v.to_owned());
        let form = BTreeMap::from([
            pair(cell_field(0, 0), "336"),
            pair(was_field(0, 0), &was(2, "336")),
            pair(cell_field(0, 1), "323 prel"),
            pair(was_field(0, 1), &was(0, "")),
            pair(cell_field(0, 2), ""),
            pair(was_field(0, 2), &was(1, "317")),
        ]);
        let found = touched("", "2022-03|2022-04|2022-01", 0, &form).unwrap();
        let said: Vec<_> = found.iter().map(|c| (c.period.to_string(), c.text.as_str(), c.seen)).collect();
        assert_eq!(said, [("2022-04".to_owned(), "323 prel", 0), ("2022-01".to_owned(), "", 1)]);
        assert!(touched("", "mars", 0, &form).is_err());
        assert!(touched("x", "2022-03", 1, &form).is_err());
    }
}
