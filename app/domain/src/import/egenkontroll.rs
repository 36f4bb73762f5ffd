//! The egenkontrollplan as a table.

use super::{
    Cell, Names, Options, Plan, Read, Table,
    read::{Layout, Line, table},
};
use crate::{egenkontroll::Content, field::FieldError};

const LAYOUT: Layout<Content> = Layout {
    plan: Plan::Egenkontroll,
    key: ["number", "kontrollmal", "vad"],
    apart: &["metod", "process"],
    another: "Samma kontrollmål finns i planen med en annan metod eller process.",
    read: row,
    cells,
};

/// Reads a table against the rows that the plan has. The fault is about the file as a whole, at the field `file`.
pub fn read(source: &Table, options: &Options<'_>, existing: &[Content]) -> Result<Read<Content>, FieldError> {
    table(&LAYOUT, source, options, existing)
}

fn row(line: &mut Line<'_>) -> Option<Content> {
    line.content(|line, name| if name == "number" { line.number() } else { line.text(name) })
}

/// A row as the cells of a table, in the order of the columns.
#[must_use]
pub fn cells(content: &Content, names: &Names) -> Vec<Cell> {
    Cell::row(Plan::Egenkontroll, content, names)
}
