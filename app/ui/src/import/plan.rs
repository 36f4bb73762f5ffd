//! What an import does to a plan: the preview against the rows that are there, and the writing of those that are not.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    counted::{CountFrom, Fate, PlanYear},
    field::FieldError,
    id::{EgenkontrollId, InternkontrollId, NodeId},
    import::{Names, Options, Plan, Preview, Read, Table, read_egenkontroll, read_internkontroll},
    organisation::Tree,
    seen::seen,
};
use serde::Serialize;
use store::{Tx, person, plan};
use uuid::Uuid;

use crate::error::AppError;

/// Which plan a table goes into, and how its dates are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which of the two plans.
    pub plan: Plan,
    /// The unit.
    pub node: NodeId,
    /// The year.
    pub year: i32,
    /// Whether dates of another year are moved to it.
    pub move_dates: bool,
    /// Which of the sheets that can be meant, from 0.
    pub sheet: usize,
    /// From when its times are counted.
    pub counted: CountFrom,
}

/// The new rows of a table, of either plan.
enum New {
    Egenkontroll(Vec<domain::egenkontroll::Content>),
    Internkontroll(Vec<domain::internkontroll::Content>),
}

/// Who a table can name at a unit.
pub async fn names(tx: &mut Tx, tree: &Tree, node: NodeId) -> Result<Names, AppError> {
    Ok(Names::of_options(person::options(tx, tree, node).await?))
}

/// What importing would do to the plan as it is. `Invalid` at the field `file` when the table cannot be a plan.
pub async fn preview(
    tx: &mut Tx,
    tree: &Tree,
    today: NaiveDate,
    choice: &Choice,
    table: &Table,
) -> Result<Preview, AppError> {
    Against::the_plan(tx, tree, choice).await?.judge(tree, today, choice, table)
}

/// What a table is held against: who can be named at the unit, and the rows that its plan has. Asked once of the database, so
/// that the judging of many sheets, which takes the processor, needs no transaction.
pub struct Against {
    names: Names,
    there: There,
}

enum There {
    Egenkontroll(Vec<domain::egenkontroll::Content>),
    Internkontroll(Vec<domain::internkontroll::Content>),
}

impl Against {
    /// The plan of the choice as it is; its sheet does not matter.
    pub async fn the_plan(tx: &mut Tx, tree: &Tree, choice: &Choice) -> Result<Self, AppError> {
        let names = names(tx, tree, choice.node).await?;
        let there = match choice.plan {
            Plan::Egenkontroll => {
                let there = plan::list::<domain::egenkontroll::Content>(tx, choice.node, choice.year).await?;
                There::Egenkontroll(there.into_iter().map(|e| e.content).collect())
            }
            Plan::Internkontroll => {
                let there = plan::list::<domain::internkontroll::Content>(tx, choice.node, choice.year).await?;
                There::Internkontroll(there.into_iter().map(|i| i.content).collect())
            }
        };
        Ok(Self { names, there })
    }

    /// What importing the table would do. `Invalid` as [`preview`].
    pub fn judge(&self, tree: &Tree, today: NaiveDate, choice: &Choice, table: &Table) -> Result<Preview, AppError> {
        let (mut preview, new) = self.read(choice, table)?;
        (preview.fate, preview.without) = new.fate(tree, choice, choice.counted, today);
        let late = |counted| (counted, new.fate(tree, choice, counted, today).0.late);
        // where nothing would be late, whatever is chosen, there is nothing to choose
        if late(CountFrom::YEAR).1 > 0 {
            preview.choices = CountFrom::choices(choice.year, today).into_iter().map(late).collect();
        }
        Ok(preview)
    }

    fn read(&self, choice: &Choice, table: &Table) -> Result<(Preview, New), AppError> {
        let options = Options { year: choice.year, move_dates: choice.move_dates, names: &self.names };
        let invalid = |fault: FieldError| AppError::Invalid(vec![fault]);
        match &self.there {
            There::Egenkontroll(there) => {
                let Read { preview, new } = read_egenkontroll(table, &options, there).map_err(invalid)?;
                Ok((preview, New::Egenkontroll(new)))
            }
            There::Internkontroll(there) => {
                let Read { preview, new } = read_internkontroll(table, &options, there).map_err(invalid)?;
                Ok((preview, New::Internkontroll(new)))
            }
        }
    }
}

impl New {
    /// What becomes of the occurrences, at all the units that they are laid on, and how many rows have none left.
    fn fate(&self, tree: &Tree, choice: &Choice, counted: CountFrom, today: NaiveDate) -> (Fate, usize) {
        let (area, plan) = (choice.plan.area(), PlanYear::of(choice.year, counted, today));
        let of = |times, timing| (times, Fate::of(area, &timing, plan, today));
        let rows: Vec<(usize, Fate)> = match self {
            Self::Egenkontroll(rows) => {
                let units = |laid| if laid { tree.units_within(choice.node).len() } else { 1 };
                rows.iter().map(|c| of(units(c.laid_on_units), c.timing())).collect()
            }
            // both levels have their own
            Self::Internkontroll(rows) => rows.iter().map(|c| of(2, c.timing())).collect(),
        };
        let sum = |part: fn(&Fate) -> usize| rows.iter().map(|(times, fate)| times * part(fate)).sum();
        let all = Fate { late: sum(|f| f.late), left_out: sum(|f| f.left_out), to_come: sum(|f| f.to_come) };
        (all, rows.iter().filter(|(_, fate)| fate.is_empty()).count())
    }
}

/// Writes the rows that are new to the plan as it is now, and gives the preview that says which. The ids of the rows
/// follow from `batch`, a v7 id: the same batch twice, even at the same moment, is the same rows.
pub async fn write(
    tx: &mut Tx,
    tree: &Tree,
    (now, today): (DateTime<Utc>, NaiveDate),
    choice: &Choice,
    table: &Table,
    batch: Uuid,
) -> Result<Preview, AppError> {
    let (mut preview, new) = Against::the_plan(tx, tree, choice).await?.read(choice, table)?;
    (preview.fate, preview.without) = new.fate(tree, choice, choice.counted, today);
    let Choice { node, year, counted, .. } = *choice;
    let plan = PlanYear::of(year, counted, today);
    match new {
        New::Egenkontroll(rows) => {
            let removed = plan::removed::<domain::egenkontroll::Content>(tx, node, year).await?.len();
            for (index, content) in (0..).zip(&rows) {
                let id = EgenkontrollId(row_id(batch, choice, removed, index, &word(content)));
                plan::create(tx, now, id, node, plan, content).await?;
            }
        }
        New::Internkontroll(rows) => {
            let removed = plan::removed::<domain::internkontroll::Content>(tx, node, year).await?.len();
            for (index, content) in (0..).zip(&rows) {
                let id = InternkontrollId(row_id(batch, choice, removed, index, &word(content)));
                plan::create(tx, now, id, node, plan, content).await?;
            }
        }
    }
    Ok(preview)
}

/// What a row holds, as a word.
fn word(content: &impl Serialize) -> String {
    seen([serde_json::to_string(content).unwrap_or_default().as_str()])
}

/// The id of a new row: the time of its batch, then its place in the file, so that plans keep the file's order; then
/// what it was written to and what it holds. A row that was removed since and is read in again is another row, and so is one
/// that has come to the place of another, because rows before it are there by now or another sheet is read.
fn row_id(batch: Uuid, choice: &Choice, removed: usize, index: u16, word: &str) -> Uuid {
    const TIME: u128 = !0 << 80;
    // 62 bits are left after time, version, place and variant
    const TAIL: u128 = (1 << 62) - 1;
    let place = u128::from(index & 0xfff) << 64;
    let written_to = [batch.as_u128(), choice.node.0.as_u128(), choice.year.unsigned_abs().into(), removed as u128];
    // another sheet of the same file is another table
    let sheet = (choice.sheet > 0).then_some(choice.sheet as u128);
    let tail = written_to
        .into_iter()
        .chain(sheet)
        .chain(u128::from_str_radix(word, 16))
        .fold(u128::from(choice.plan == Plan::Egenkontroll), mix);
    Uuid::from_u128(batch.as_u128() & TIME | 7 << 76 | place | 2 << 62 | tail & TAIL)
}

/// Mixes one number into another, well enough that batches do not meet (the multiplier is that of a 128-bit LCG).
fn mix(sum: u128, next: u128) -> u128 {
    let x = (sum ^ next).wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645).wrapping_add(1);
    x ^ (x >> 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_batch_keep_the_order_of_the_file_and_are_the_same_twice() {
        let batch = domain::id::BatchId::new().0;
        let choice = Choice {
            plan: Plan::Egenkontroll,
            node: NodeId(Uuid::from_u128(3)),
            year: 2026,
            move_dates: false,
            sheet: 0,
            counted: CountFrom::YEAR,
        };
        let ids: Vec<Uuid> = (0..2_000).map(|i| row_id(batch, &choice, 0, i, "1a")).collect();
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122));
        assert_eq!(ids[5], row_id(batch, &choice, 0, 5, "1a"));
        let other = Choice { year: 2027, ..choice };
        assert_ne!(ids[5], row_id(batch, &other, 0, 5, "1a"));
        assert_ne!(ids[5], row_id(batch, &choice, 1, 5, "1a"));
        assert_ne!(ids[5], row_id(domain::id::BatchId::new().0, &choice, 0, 5, "1a"));
        assert_ne!(ids[5], row_id(batch, &choice, 0, 5, "1b"), "another row is another, whatever its place");
        let sheet = Choice { sheet: 1, ..choice };
        assert_ne!(ids[5], row_id(batch, &sheet, 0, 5, "1a"), "another sheet of the same file");
    }
}
