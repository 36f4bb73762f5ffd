//! Tabell: single answers from a pasted table or a file, one a row. What a column is comes from its head and is never guessed: what is
//! not known is asked about, and what points out a person is refused ([`avvisad`]). Of a day the month alone is kept, and nothing of
//! the table beside the answers.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Dagar, Enkat, Inlamnat, Period, State, Svar, Varde, Version, check_svar, svar::key_of};
use crate::{
    day::{self, Fits},
    enkat::Avslag,
    field::FieldError,
    format,
    import::shortened,
    kon::{self, Kon, Lasning},
    rows::{self, cell_name},
    table::{self, Body, Record},
    text::compared,
};

pub mod avvisad;
mod cell;
mod kolumn;
#[cfg(test)]
mod tests;

pub use kolumn::{Kolumn, Roll};

/// The most rows of one table.
pub const ROWS_MAX: usize = 500;
/// The most bytes of one table: it is sent again when it is confirmed, in the largest form there is.
pub const BYTES_MAX: usize = 256 * 1024;
/// The most columns that are asked about.
pub const COLUMNS_MAX: usize = 40;
/// From so many rows on it is remembered that a table has been entered. What is remembered of a smaller one could be tried with guesses.
pub const REMEMBERED_FROM: usize = 5;
/// Name of the form field of a table.
pub const FIELD: &str = "rows";
/// Name of the form field of the day of rows that have none.
pub const DAG: &str = "dag";

/// What a table is read against.
#[derive(Clone, Copy, Debug)]
pub struct Mot<'a> {
    /// What is asked.
    pub version: &'a Version,
    /// Which days can be answered for.
    pub dagar: Dagar,
}

impl<'a> Mot<'a> {
    /// The version of an enkät that takes answers now, or why none does.
    pub fn of(enkat: &Enkat, versions: &'a [Version], today: NaiveDate) -> Result<Self, Avslag> {
        let version = versions.iter().rfind(|version| version.in_use);
        match version {
            Some(version) if enkat.state == State::Oppen => {
                Ok(Self { version, dagar: Dagar::of(&enkat.content, today) })
            }
            _ => Err(Avslag::Stangd),
        }
    }
}

/// What somebody has chosen in the preview.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Val {
    /// What columns are, by their places from 0; the others are what their heads say.
    pub roller: BTreeMap<usize, Option<Roll>>,
    /// The day of rows without one, as it was typed; today where it is empty.
    pub dag: String,
    /// How unclear kön is to be read.
    pub kon: Lasning,
}

/// Something wrong at a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cellfel {
    /// The number of the row as Excel counts.
    pub line: u32,
    /// The column, from 0; none where it is about the whole row.
    pub place: Option<usize>,
    /// The sentence, with its place first. Nothing of the cell is repeated.
    pub message: String,
}

/// What a table would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tabell {
    /// Every column with a name or a text.
    pub kolumner: Vec<Kolumn>,
    /// How many rows have something in them.
    pub rader: usize,
    /// What is wrong with columns and the day: by the names of their form fields.
    pub faults: Vec<FieldError>,
    /// What is wrong with cells, row by row.
    pub cellfel: Vec<Cellfel>,
    /// What to know: what was passed by, what is left out, what has no answer.
    pub notes: Vec<String>,
    /// How many rows have no day of their own.
    pub utan_dag: usize,
    /// Whether kön stands in a way that can be read in several.
    pub kon_fragas: bool,
    svar: Vec<Svar>,
}

impl Tabell {
    /// Whether all of it can be saved.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty() && self.cellfel.is_empty() && !self.svar.is_empty()
    }

    /// The answers that were read, in the order of the rows: to count, never to save.
    #[must_use]
    pub fn read(&self) -> &[Svar] {
        &self.svar
    }

    /// The answers as they are saved, each with an id of its own, in the order of the ids: nothing tells in which order they stood.
    /// None when something has to be mended first.
    #[must_use]
    pub fn svar(&self, ids: &[Uuid]) -> Option<Vec<Svar>> {
        if !self.is_whole() || ids.len() != self.svar.len() {
            return None;
        }
        let mut all: Vec<Svar> = self.svar.iter().zip(ids).map(|(svar, id)| Svar { id: *id, ..svar.clone() }).collect();
        all.sort_by_key(|svar| svar.id);
        Some(all)
    }

    /// What somebody has seen of how the table is read, as a text to compare: when it is another, it is shown again first.
    #[must_use]
    pub fn seen(&self) -> String {
        let roles = self.kolumner.iter().map(|k| format!("{}{}", k.place, k.roll.map(Roll::code).unwrap_or_default()));
        let months = self.per_period().into_keys().map(|p| p.to_string());
        let version = self.svar.first().map(|svar| svar.version.to_string());
        let kon = self.svar.iter().map(|svar| svar.kon.map_or("-", Kon::code)).collect::<Vec<_>>().join("");
        roles.chain(months).chain(version).chain([kon]).collect::<Vec<_>>().join(" ")
    }

    /// How many answers each month or week gets.
    #[must_use]
    pub fn per_period(&self) -> BTreeMap<Period, usize> {
        let mut counts = BTreeMap::new();
        for svar in &self.svar {
            *counts.entry(svar.period).or_default() += 1;
        }
        counts
    }

    /// How many have each kön; none is what was not said.
    #[must_use]
    pub fn per_kon(&self) -> BTreeMap<Option<Kon>, usize> {
        let mut counts = BTreeMap::new();
        for svar in &self.svar {
            *counts.entry(svar.kon).or_default() += 1;
        }
        counts
    }

    /// How often each option of a question was chosen, and how many did not answer it. Of free text the first number alone counts
    /// those who wrote something.
    #[must_use]
    pub fn per_val(&self, fraga: &super::Fraga) -> (Vec<(String, usize)>, usize) {
        let mut n = vec![0_usize; fraga.choices().len().max(1)];
        let mut blank = 0;
        for svar in &self.svar {
            match svar.values.get(&fraga.key) {
                Some(Varde::Val(value)) if *value < n.len() => n[*value] += 1,
                Some(_) => n[0] += 1,
                None => blank += 1,
            }
        }
        let labels: Vec<&str> = if fraga.is_choice() { fraga.choices() } else { vec!["Har skrivit"] };
        (labels.into_iter().map(str::to_owned).zip(n).collect(), blank)
    }
}

/// A form field for what the table as a whole is wrong with.
fn fault(message: impl Into<String>) -> FieldError {
    FieldError { field: FIELD.to_owned(), message: message.into() }
}

/// A table that has been told from its head, with what its columns are by themselves.
struct Delad {
    body: Body,
    kolumner: Vec<Kolumn>,
}

/// The head and the rows. The fault is about the table as a whole.
fn part(text: &str, mot: &Mot<'_>) -> Result<Delad, FieldError> {
    if text.len() > BYTES_MAX {
        return Err(fault("Tabellen är för stor. Dela upp den och lägg in en del i taget."));
    }
    let records = table::typed(text);
    if records.is_empty() {
        return Err(fault("Klistra in tabellen från Excel, med rubrikraden."));
    }
    let column = |name: &str| kolumn::by_name(name, mot.version);
    let named = |names: &[String]| names.iter().any(|n| matches!(column(n), Some(Roll::Fraga(_))));
    // names of the unit's own: the first row, where nothing in it is an answer
    let first: Vec<String> =
        records[0].cells.iter().map(|cell| cell.chars().take(kolumn::NAME_MAX).collect()).collect();
    let own = first.iter().filter(|c| !c.is_empty()).count() > 1 && !first.iter().any(|c| cell::is_answer(c, mot));
    let known = rows::head(&records, column, named).is_some();
    let enough = |names: &[String]| if known { named(names) } else { own && names == first.as_slice() };
    let parts = rows::parts(&records, column, enough);
    let body = table::body(records, parts);
    let Some(head) = &body.head else {
        return Err(fault(
            "Rubrikraden saknas. Den första raden ska ha en rubrik över varje kolumn: frågorna som de står i enkäten.",
        ));
    };
    if body.rows.is_empty() {
        return Err(fault("Det finns inga rader under rubrikerna."));
    }
    if body.rows.len() > ROWS_MAX {
        let n = format::int(i64::try_from(body.rows.len()).unwrap_or(i64::MAX));
        return Err(fault(format!("Tabellen har {n} rader. Lägg in högst {ROWS_MAX} åt gången.")));
    }
    let kolumner = kolumn::of(head, &body.rows, mot.version);
    if kolumner.len() > COLUMNS_MAX {
        let n = kolumner.len();
        return Err(fault(format!(
            "Tabellen har {n} kolumner. Ta bort dem som inte är svar: högst {COLUMNS_MAX} läses."
        )));
    }
    Ok(Delad { body, kolumner })
}

/// Reads a table. The faults are about the table as a whole: what is wrong in it stands in what is given back.
pub fn read(text: &str, mot: &Mot<'_>, val: &Val) -> Result<Tabell, Vec<FieldError>> {
    let Delad { body, mut kolumner } = part(text, mot).map_err(|fault| vec![fault])?;
    if let Some(refused) = avvisad::of(&body.rows, &kolumner, mot) {
        return Err(refused.faults());
    }
    for kolumn in &mut kolumner {
        if let Some(chosen) = val.roller.get(&kolumn.place) {
            kolumn.roll = chosen.filter(|roll| kolumn::may_be(*roll, mot.version));
        }
    }
    let mut reader = Reader { mot, tabell: Tabell { notes: body.notes, kolumner, ..Tabell::default() } };
    reader.columns();
    reader.rows(&body.rows, val);
    Ok(reader.tabell)
}

struct Reader<'a> {
    mot: &'a Mot<'a>,
    tabell: Tabell,
}

impl Reader<'_> {
    /// What is wrong with the columns, and what is not read or not answered.
    fn columns(&mut self) {
        let version = self.mot.version;
        let mut faults: Vec<FieldError> = Vec::new();
        let mut taken: Vec<Roll> = Vec::new();
        for kolumn in &self.tabell.kolumner {
            let message = match kolumn.roll {
                None => format!("Välj vad {} är, eller att den inte läses in.", kolumn.words()),
                Some(roll) if roll != Roll::Ut && taken.contains(&roll) => {
                    format!(
                        "En annan kolumn är redan vald som {}. Välj något annat för {}.",
                        roll.words(version),
                        kolumn.words()
                    )
                }
                Some(roll) => {
                    taken.push(roll);
                    continue;
                }
            };
            faults.push(FieldError { field: kolumn.field(), message });
        }
        let left: Vec<String> =
            self.tabell.kolumner.iter().filter(|k| k.roll == Some(Roll::Ut)).map(Kolumn::quoted).collect();
        match left.as_slice() {
            [] => {}
            [one] => self.tabell.notes.push(format!("Kolumnen {one} läses inte in.")),
            many => self.tabell.notes.push(format!("Kolumnerna {} läses inte in.", many.join(", "))),
        }
        let asked = version.questions.list.iter();
        let missing: Vec<_> = asked.filter(|fraga| !taken.contains(&Roll::Fraga(fraga.key))).collect();
        // as long as a column waits to be chosen, it may be what is missing
        if faults.is_empty() {
            for fraga in &missing {
                if fraga.required {
                    faults.push(fault(format!(
                        "Frågan ”{}” måste besvaras och har ingen kolumn.",
                        shortened(&fraga.text, 60)
                    )));
                } else {
                    self.tabell
                        .notes
                        .push(format!("Frågan ”{}” har ingen kolumn och blir utan svar.", shortened(&fraga.text, 60)));
                }
            }
            if missing.len() == version.questions.list.len() {
                faults = vec![fault("Ingen kolumn är en fråga i enkäten.")];
            }
            if version.questions.kon && !taken.contains(&Roll::Kon) {
                self.tabell.notes.push("Kön har ingen kolumn och blir utan svar.".to_owned());
            }
        }
        self.tabell.faults = faults;
    }

    fn place(&self, roll: Roll) -> Option<usize> {
        self.tabell.kolumner.iter().find(|kolumn| kolumn.roll == Some(roll)).map(|kolumn| kolumn.place)
    }

    fn wrong(&mut self, line: u32, place: Option<usize>, message: &str) {
        let at = place.and_then(|place| self.tabell.kolumner.iter().find(|k| k.place == place)).map(|kolumn| {
            let name = if kolumn.name.is_empty() { String::new() } else { format!(" ({})", kolumn.quoted()) };
            format!("Cell {}{name}", cell_name(kolumn.place, line))
        });
        let at = at.unwrap_or_else(|| format!("Rad {line}"));
        self.tabell.cellfel.push(Cellfel { line, place, message: format!("{at}: {message}") });
    }

    fn rows(&mut self, records: &[Record], val: &Val) {
        self.tabell.rader = records.len();
        let kon = self.place(Roll::Kon).map(|place| self.kon(records, place, val.kon));
        let dag = self.place(Roll::Dag);
        let has_day = |record: &Record| dag.is_some_and(|place| !record.cell(place).is_empty());
        self.tabell.utan_dag = records.iter().filter(|record| !has_day(record)).count();
        let standing = self.standing(val);
        let questions: Vec<(i32, usize)> = self
            .mot
            .version
            .questions
            .list
            .iter()
            .filter_map(|fraga| Some((fraga.key, self.place(Roll::Fraga(fraga.key))?)))
            .collect();
        for (at, record) in records.iter().enumerate() {
            let period = match dag.filter(|_| has_day(record)) {
                Some(place) => match cell::period(record.cell(place), &self.mot.dagar) {
                    Ok(period) => Some(period),
                    Err(message) => {
                        self.wrong(record.line, Some(place), &message);
                        None
                    }
                },
                None => standing,
            };
            let kon = match &kon {
                Some(Ok(kon)) => kon.get(at).copied().flatten(),
                _ => None,
            };
            self.answer(record, &questions, (period, kon));
        }
    }

    /// The month or week of rows without a day. Where it is no day, that is said once, at its field.
    fn standing(&mut self, val: &Val) -> Option<Period> {
        if self.tabell.utan_dag == 0 {
            return None;
        }
        let today = self.mot.dagar.today;
        let read = day::read(&val.dag, Fits::Past(today)).map(|day| day.unwrap_or(today));
        let period = read.and_then(|day| self.mot.dagar.period(day));
        match period {
            Ok(period) => {
                let n = self.tabell.utan_dag;
                let rows = match n {
                    n if n == self.tabell.rader => "Raderna".to_owned(),
                    1 => "En rad utan dag".to_owned(),
                    n => format!("{n} rader utan dag"),
                };
                self.tabell.notes.push(format!("{rows} läggs in i {}.", period.label()));
                Some(period)
            }
            Err(message) => {
                self.tabell.faults.push(FieldError { field: DAG.to_owned(), message });
                None
            }
        }
    }

    /// The kön of each row, or that some of it is asked about.
    fn kon(&mut self, records: &[Record], place: usize, lasning: Lasning) -> Result<Vec<Option<Kon>>, ()> {
        // what the enkät itself offers is an answer here, and in other lists that nothing is known
        let own = |text: &str| {
            let own = compared(text.trim().trim_end_matches('.'));
            ["vill inte svara", "vill ej svara", "vill inte uppge"]
                .contains(&own.as_str())
                .then_some(Kon::VillInteSvara)
        };
        let cells = || records.iter().map(|record| record.cell(place));
        let column = kon::kolumn(cells(), lasning);
        self.tabell.kon_fragas = !column.asked.is_empty() || lasning != Lasning::Fraga;
        for at in &column.asked {
            let said =
                "Kön går inte att läsa säkert. Skriv Kvinna, Man, Annat eller Vill inte svara, eller lämna cellen tom.";
            self.wrong(records[*at].line, Some(place), said);
        }
        if !column.asked.is_empty() {
            return Err(());
        }
        let unread = kon::kolumn(cells(), Lasning::Fraga).asked;
        let left: Vec<u32> =
            unread.iter().filter(|at| column.kon[**at].is_none()).map(|at| records[*at].line).collect();
        if !left.is_empty() {
            self.tabell.notes.push(format!("Kön läses inte in på {}, där det är oklart.", rows::lines_in_words(&left)));
        }
        Ok(cells().zip(column.kon).map(|(cell, kon)| own(cell).or(kon)).collect())
    }

    /// One row: its answer, or what is wrong with it.
    fn answer(&mut self, record: &Record, questions: &[(i32, usize)], (period, kon): (Option<Period>, Option<Kon>)) {
        let version = self.mot.version;
        let before = self.tabell.cellfel.len();
        let mut values = Vec::new();
        let mut wrong: Vec<i32> = Vec::new();
        for (key, place) in questions {
            let Some(fraga) = version.questions.get(*key) else { continue };
            match cell::value(fraga, record.cell(*place)) {
                Ok(value) => values.push((*key, value)),
                Err(message) => {
                    wrong.push(*key);
                    self.wrong(record.line, Some(*place), &message);
                }
            }
        }
        let period_text = period.map(|p| p.to_string());
        let given = Inlamnat {
            id: UNSAVED.to_string(),
            version: version.id.to_string(),
            // where there is none that is said already
            period: period_text.unwrap_or_else(|| Period::of(self.mot.dagar.today, self.mot.dagar.grain).to_string()),
            kon: kon.map(|k| k.code().to_owned()).unwrap_or_default(),
            values,
        };
        match check_svar(&given, version) {
            Ok(svar) => {
                if self.tabell.cellfel.len() == before && period.is_some() {
                    self.tabell.svar.push(svar);
                }
            }
            Err(errors) => {
                for error in errors {
                    match key_of(&error.field) {
                        Some(key) => {
                            let place = questions.iter().find(|(k, _)| *k == key).map(|(_, place)| *place);
                            // a question without a column, or a cell that is told of already
                            if let Some(place) = place.filter(|_| !wrong.contains(&key)) {
                                let text = version.questions.get(key).map_or("", |fraga| fraga.text.as_str());
                                let message = error.message.replace(&format!(": {text}"), ".");
                                self.wrong(record.line, Some(place), &message);
                            }
                        }
                        None if wrong.is_empty() && !questions.is_empty() => {
                            self.wrong(
                                record.line,
                                None,
                                "Raden har inget svar på någon fråga. Ta bort den eller fyll i den.",
                            );
                        }
                        None => {}
                    }
                }
            }
        }
    }
}

/// Stands for the id of an answer that nobody has saved: random ids are given when it is.
const UNSAVED: Uuid = Uuid::from_u128(0x4000_8000_0000_0000_0000);
