//! The internkontrollplan as a table.

use super::{
    Cell, Names, Options, Plan, Read, Table,
    read::{Layout, Line, table},
    word,
};
use crate::{
    field::FieldError,
    internkontroll::{Content, Form, KONSEKVENS, SANNOLIKHET, check},
    recurrence::form::Fields,
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
    let when = Fields { start: line.date("start"), end: line.date("end"), ..line.rhythm() };
    if word::yes(line.cell("in_plan")).is_none() {
        line.fault("in_plan", "Skriv ja eller nej.");
    }
    let form = Form {
        process: line.text("process"),
        arbetssatt: line.text("arbetssatt"),
        oonskad_handelse: line.text("oonskad_handelse"),
        sannolikhet: word::step(line.cell("sannolikhet"), &SANNOLIKHET),
        konsekvens: word::step(line.cell("konsekvens"), &KONSEKVENS),
        systematisk_kontroll: line.text("systematisk_kontroll"),
        dokumenteras_i: line.text("dokumenteras_i"),
        utfors_av: line.who("utfors_av"),
        kontrollaktivitet: line.text("kontrollaktivitet"),
        kontrollansvarig: line.who("kontrollansvarig"),
        ..Form::default()
    }
    .with_when(when);
    line.finish(check(&form, line.options.year))
}

/// A row as the cells of a table, in the order of the columns.
#[must_use]
pub fn cells(content: &Content, names: &Names) -> Vec<Cell> {
    let [recurrence, months] = Cell::rhythm(&content.timing());
    vec![
        Cell::text(&content.process),
        Cell::text(&content.arbetssatt),
        Cell::text(&content.oonskad_handelse),
        Cell::count(content.sannolikhet),
        Cell::count(content.konsekvens),
        Cell::text("ja"),
        Cell::text(&content.systematisk_kontroll),
        Cell::text(&content.dokumenteras_i),
        recurrence,
        months,
        Cell::Text(names.label(content.utfors_av)),
        Cell::text(&content.kontrollaktivitet),
        Cell::Text(names.label(content.kontrollansvarig)),
        Cell::date(content.start),
        Cell::date(content.end),
    ]
}
