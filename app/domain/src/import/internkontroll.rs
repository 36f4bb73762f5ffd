//! The internkontrollplan as a table.

use super::{
    Cell, Names, Options, Plan, Read, Table,
    read::{Layout, Line, table},
    word,
};
use crate::{
    field::FieldError,
    internkontroll::{Content, KONSEKVENS, SANNOLIKHET},
};

const LAYOUT: Layout<Content> = Layout {
    plan: Plan::Internkontroll,
    key: ["process", "systematisk_kontroll", "kontrollaktivitet"],
    apart: &["oonskad_handelse", "arbetssatt"],
    another: "Samma kontroll finns i planen för en annan oönskad händelse eller ett annat arbetssätt.",
    read: row,
    cells,
};

/// Reads a table against the rows that the plan has. The fault is about the file as a whole, at the field `file`.
pub fn read(source: &Table, options: &Options<'_>, existing: &[Content]) -> Result<Read<Content>, FieldError> {
    table(&LAYOUT, source, options, existing)
}

fn row(line: &mut Line<'_>) -> Option<Content> {
    // whether it is read at all is the table's to say
    line.yes("in_plan");
    line.content(|line, name| match name {
        "sannolikhet" => word::step(line.cell(name), &SANNOLIKHET),
        "konsekvens" => word::step(line.cell(name), &KONSEKVENS),
        _ => line.text(name),
    })
}

/// A row as the cells of a table, in the order of the columns.
#[must_use]
pub fn cells(content: &Content, names: &Names) -> Vec<Cell> {
    Cell::row(Plan::Internkontroll, content, names)
}
