//! Read: goes through a table row by row and says of each what would happen, the same way for both plans.

use std::collections::{HashMap, HashSet};

use super::{
    Cell, Mark, Names, Plan, Preview, PreviewRow, Problem, Row, Table, Verdict,
    column::{Header, key},
    number,
    there::{self, There, key_of},
    word,
};
use crate::{
    field::FieldError,
    plan::{Columns, Holds, Value},
    recurrence::form::Fields,
    rows::{cell_name, is_error},
    schedule::Responsible,
    table::{NOTHING_ABOVE, is_ditto},
};

/// How a table is read.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The year of the plan.
    pub year: i32,
    /// Whether dates of another year are moved to it.
    pub move_dates: bool,
    /// Who can carry something out.
    pub names: &'a Names,
}

/// What was read: the preview, and what is written when it is confirmed.
#[derive(Clone, Debug)]
pub struct Read<C> {
    /// What the user sees.
    pub preview: Preview,
    /// The content of the new rows, in the order of the file.
    pub new: Vec<C>,
}

/// What differs between the plans.
pub(super) struct Layout<C> {
    pub(super) plan: Plan,
    /// The columns that tell rows apart. A row is known by them when one of the last two has a text.
    pub(super) key: [&'static str; 3],
    /// The columns that tell rows of one key apart where both have a text: one control can meet several risks.
    pub(super) apart: &'static [&'static str],
    /// What is said of a new row whose key the plan has.
    pub(super) another: &'static str,
    pub(super) read: fn(&mut Line<'_>) -> Option<C>,
    pub(super) cells: fn(&C, &Names) -> Vec<Cell>,
}

/// A row while it is read.
pub(super) struct Line<'a> {
    pub(super) options: &'a Options<'a>,
    header: &'a Header<'a>,
    row: &'a Row,
    faults: Vec<(String, String)>,
    outside: bool,
}

impl Line<'_> {
    pub(super) fn cell(&self, field: &str) -> &str {
        self.header.cell(self.row, field)
    }

    pub(super) fn text(&self, field: &str) -> String {
        self.cell(field).to_owned()
    }

    /// The number of the plan's row.
    pub(super) fn number(&self) -> String {
        number::number(self.cell("number"))
    }

    /// Notes what is wrong with a cell. One sentence per cell is enough.
    pub(super) fn fault(&mut self, field: &str, message: impl Into<String>) {
        if field.is_empty() || !self.faults.iter().any(|(f, _)| f == field) {
            self.faults.push((field.to_owned(), message.into()));
        }
    }

    /// The code of who a cell means.
    pub(super) fn who(&mut self, field: &str) -> String {
        let who = self.options.names.resolve(self.cell(field)).unwrap_or_else(|message| {
            self.fault(field, message);
            Responsible::Nobody
        });
        who.code()
    }

    /// How often. A fault leaves every month, so that the row's other faults can be found as well.
    pub(super) fn rhythm(&mut self) -> Fields {
        let read = word::rhythm(self.cell("recurrence"), self.cell("months"), self.header.marked(self.row));
        read.unwrap_or_else(|(field, message)| {
            self.fault(field, message);
            Fields::named("varje_manad")
        })
    }

    pub(super) fn date(&mut self, field: &str) -> String {
        let (text, outside) = word::date(self.cell(field), self.options.year, self.options.move_dates);
        self.outside |= outside;
        text
    }

    /// Whether a cell says yes; an empty one does not.
    pub(super) fn yes(&mut self, field: &str) -> bool {
        word::yes(self.cell(field)).unwrap_or_else(|| {
            self.fault(field, "Skriv ja eller nej.");
            false
        })
    }

    /// What the row holds. `text` reads what is neither somebody nor yes or no.
    pub(super) fn content<C: Columns>(&mut self, text: fn(&Self, &str) -> String) -> Option<C> {
        let when = Fields { start: self.date("start"), end: self.date("end"), ..self.rhythm() };
        let mut read = |name: &'static str, holds| match holds {
            Holds::Who => self.who(name),
            Holds::Yes => Value::Yes(self.yes(name)).typed(),
            Holds::Text => text(self, name),
        };
        let form = C::form_of(&mut read, when);
        self.finish(C::check(&form, self.options.year, None))
    }

    fn finish<C>(&mut self, checked: Result<C, Vec<FieldError>>) -> Option<C> {
        match checked {
            Ok(content) if self.faults.is_empty() => Some(content),
            Ok(_) => None,
            Err(errors) => {
                for error in errors {
                    let of_rhythm = matches!(error.field.as_str(), "every" | "from" | "to");
                    let field = if of_rhythm { "recurrence".to_owned() } else { error.field };
                    self.fault(&field, error.message);
                }
                None
            }
        }
    }
}

/// A row of the file that is new.
struct Seen {
    line: u32,
    apart: Vec<String>,
    cells: Vec<Cell>,
}

impl Seen {
    /// Whether a later row of the same key says nothing else in what tells them apart.
    fn holds(&self, later: &[String]) -> bool {
        std::iter::zip(&self.apart, later).all(|(own, later)| later.is_empty() || own == later)
    }
}

/// How many characters of a cell the preview shows.
const SHOWN: usize = 160;

/// Reads a table against the plan as it is. The fault is about the file as a whole, at the field `file`.
pub(super) fn table<C>(
    layout: &Layout<C>,
    table: &Table,
    options: &Options<'_>,
    existing: &[C],
) -> Result<Read<C>, FieldError> {
    rows(layout, table, options, existing).map_err(|mut fault| {
        // the plan may be on a sheet that nobody has looked at
        if !table.beyond().is_empty() {
            fault.message = format!("{} {}", fault.message, table.beyond());
        }
        fault
    })
}

fn rows<C>(layout: &Layout<C>, table: &Table, options: &Options<'_>, existing: &[C]) -> Result<Read<C>, FieldError> {
    let plan = layout.plan;
    let mut header = Header::find(plan, table)?;
    header.leave_filled(&layout.key[1..])?;
    header.fill_dittos();
    let there = There::new(layout, options.names, existing, &header);
    let mut seen: HashMap<String, Vec<Seen>> = HashMap::new();
    let notes = table.notes.iter().chain(&header.notes).cloned().collect();
    let mut out = Read { preview: Preview { notes, ..Preview::default() }, new: vec![] };
    out.preview.columns = header.found.iter().map(|(_, c)| header.name(plan, c.field)).collect();
    let mut moved = 0;
    let (mut numbers, mut number_before): (HashSet<String>, String) = (HashSet::new(), String::new());
    for (place, row) in header.rows.iter().enumerate() {
        let row: &Row = row;
        let mut line = Line { options, header: &header, row, faults: vec![], outside: false };
        let number = line.number();
        if let Some(question) = number::dropped_zero(&number_before, &number, numbers.contains(&number)) {
            line.fault("number", question);
        }
        let key = key_of(layout.key.map(|field| header.cell(row, field)));
        let apart = there::apart(layout, &header, row);
        let content = read_line(layout, &mut line);
        let cells = content.as_ref().map(|c| (layout.cells)(c, options.names));
        let in_plan = word::yes(header.cell(row, "in_plan")) != Some(false) || header.cell(row, "in_plan").is_empty();
        numbers.insert(number.clone());
        number_before.clone_from(&number);
        let (verdict, mut note) = if !in_plan {
            (Verdict::NotInPlan, "Står inte med i internkontrollplanen.".to_owned())
        } else if let Some(existing) = there.row(place) {
            (Verdict::AlreadyThere, differing(plan, existing, cells.as_deref(), "Planen ändras inte."))
        } else if let Some(Seen { line: first, cells: earlier, .. }) =
            key.as_ref().and_then(|k| seen.get(k)).and_then(|rows| rows.iter().find(|row| row.holds(&apart)))
        {
            let rest = differing(plan, earlier, cells.as_deref(), &format!("Bara rad {first} läses in."));
            (Verdict::Duplicate, format!("Samma som rad {first}. {rest}").trim_end().to_owned())
        } else if content.is_some() {
            let others = key.as_deref().is_some_and(|key| there.has_others(key));
            (Verdict::New, if others { layout.another.to_owned() } else { String::new() })
        } else {
            (Verdict::Faulty, String::new())
        };
        if row.is_hidden() {
            let and = if note.is_empty() { "" } else { " " };
            note.push_str(and);
            note.push_str("Raden är dold i Excel.");
        }
        let faults = if verdict == Verdict::Faulty { std::mem::take(&mut line.faults) } else { vec![] };
        if matches!(verdict, Verdict::New | Verdict::Faulty) {
            out.preview.outside_year += usize::from(line.outside);
        }
        let mut shown = Vec::with_capacity(header.found.len());
        for (_, column) in &header.found {
            let text = header.cell(row, column.field);
            if verdict == Verdict::New && matches!(column.field, "start" | "end") {
                let (day, _) = word::date(text, options.year, options.move_dates);
                moved += usize::from(day != word::date(text, options.year, false).0);
                shown.push(day);
            } else if column.field == "number" {
                shown.push(word::shortened(&number, SHOWN));
            } else {
                shown.push(word::shortened(text, SHOWN));
            }
        }
        if verdict == Verdict::New {
            if let (Some(key), Some(cells)) = (key, cells) {
                seen.entry(key).or_default().push(Seen { line: row.line, apart, cells });
            }
            out.new.extend(content);
        }
        out.preview.rows.push(PreviewRow {
            line: row.line,
            cells: shown,
            verdict,
            problems: faults
                .into_iter()
                .map(|(field, message)| Problem { line: row.line, column: header.name(plan, &field), message })
                .collect(),
            note,
        });
    }
    match moved {
        0 => {}
        1 => out.preview.notes.push(format!("1 datum flyttas till {}.", options.year)),
        n => out.preview.notes.push(format!("{n} datum flyttas till {}.", options.year)),
    }
    Ok(out)
}

fn read_line<C>(layout: &Layout<C>, line: &mut Line<'_>) -> Option<C> {
    if let Some(extra) = line.header.outside(line.row) {
        let extra = word::shortened(extra, 40);
        line.fault(
            "",
            format!("”{extra}” står till höger om sista rubriken. Kontrollera att cellerna står i rätt kolumn."),
        );
    }
    // jan–dec are no field of the form; one that shows an error is no month with a cross
    let months = line.header.months.iter().flatten().map(|place| (*place, ""));
    for (place, field) in line.header.found.iter().map(|(place, column)| (*place, column.field)).chain(months) {
        let text = if field.is_empty() { Header::text(line.row, place) } else { line.cell(field) };
        let cell = || cell_name(place, line.row.line);
        if is_error(text) {
            let message = format!("Cellen {} visar felet {text} i Excel. Skriv det som ska stå där.", cell());
            line.fault(field, message);
        } else if line.row.has(place, &Mark::NoValue) {
            let message = format!(
                "Cellen {} har en formel utan sparat värde. Öppna filen i Excel, spara den och läs in den igen.",
                cell()
            );
            line.fault(field, message);
        } else if is_ditto(text) {
            line.fault(field, format!("Cellen {}: {NOTHING_ABOVE}", cell()));
        } else if let Some(question) = (field == "number").then(|| number::asked(text, line.options.year)).flatten() {
            line.fault(field, question);
        }
    }
    (layout.read)(line)
}

/// Which columns a row differs in from one with the same key, and what is done about it.
fn differing(plan: Plan, earlier: &[Cell], cells: Option<&[Cell]>, consequence: &str) -> String {
    let Some(cells) = cells else { return String::new() };
    let differ: Vec<&str> = plan
        .columns()
        .iter()
        .zip(earlier.iter().zip(cells))
        .filter(|(column, (a, b))| {
            let of = |cell: &Cell| {
                let text = cell.shown();
                key(&if column.field == "number" { number::number(&text) } else { text })
            };
            of(a) != of(b)
        })
        .map(|(column, _)| column.label)
        .collect();
    if differ.is_empty() { String::new() } else { format!("Skiljer sig i {}. {consequence}", differ.join(", ")) }
}
