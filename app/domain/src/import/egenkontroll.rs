//! The egenkontrollplan as a table.

use super::{
    Cell, Names, Options, Plan, Read, Table,
    read::{Layout, Line, table},
    word,
};
use crate::{
    egenkontroll::{Content, Form, check},
    field::FieldError,
    recurrence::form::Fields,
};

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
    let when = Fields { start: line.date("start"), end: line.date("end"), ..line.rhythm() };
    let laid_on_units = word::yes(line.cell("laid_on_units")).unwrap_or_else(|| {
        line.fault("laid_on_units", "Skriv ja eller nej.");
        false
    });
    let form = Form {
        number: line.number(),
        kontrollmal: line.text("kontrollmal"),
        vad: line.text("vad"),
        metod: line.text("metod"),
        urval: line.text("urval"),
        dokumentation: line.text("dokumentation"),
        bedomning: line.text("bedomning"),
        styrmodell: line.text("styrmodell"),
        anpassning: line.text("anpassning"),
        malvarde: line.text("malvarde"),
        process: line.text("process"),
        responsible: line.who("responsible"),
        laid_on_units: if laid_on_units { "on".to_owned() } else { String::new() },
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
        Cell::text(&content.number),
        Cell::text(&content.kontrollmal),
        Cell::text(&content.vad),
        Cell::text(&content.metod),
        Cell::count(content.urval),
        Cell::Text(names.label(content.responsible)),
        recurrence,
        months,
        Cell::per_cent(content.malvarde),
        Cell::text(&content.dokumentation),
        Cell::text(&content.bedomning),
        Cell::text(&content.styrmodell),
        Cell::text(&content.anpassning),
        Cell::text(&content.process),
        Cell::date(content.start),
        Cell::date(content.end),
        Cell::text(if content.laid_on_units { "ja" } else { "" }),
    ]
}
