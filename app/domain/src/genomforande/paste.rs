//! Paste: cells that somebody has copied in a spreadsheet, put on the cases of a run. Where the first column holds the cases'
//! references the answers go to those cases, whatever their order; otherwise they go from the cell that has the focus to the
//! right and down. Nothing is put anywhere on a guess, and what found no place is said.

use std::collections::{HashMap, HashSet};

use super::cell::{Answer, Field, cell_code};
use crate::{
    import::fold,
    kon::{self, Kon, Lasning},
    rows::{self, lines_in_words},
    table::{self, Record, is_ditto},
};

#[cfg(test)]
mod tests;

/// A case of the table, in the order they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// Its number.
    pub nr: i64,
    /// What it is called.
    pub reference: String,
    /// Whether the person may not judge it, as it is their own.
    pub own: bool,
}

/// The table that is pasted into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// From the top, as the screen shows them.
    pub cases: Vec<Case>,
    /// The columns with their heads, from the left.
    pub columns: Vec<(Field, String)>,
}

/// What becomes of what was pasted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The cells to fill, with their values.
    pub cells: Vec<(String, String)>,
    /// What the user has to know, in sentences.
    pub said: Vec<String>,
}

impl Pasted {
    fn nothing(why: impl Into<String>) -> Self {
        Self { cells: vec![], said: vec![format!("Inget lades in. {}", why.into())] }
    }
}

/// What the column of references is called, folded.
const REFERENCE: [&str; 8] =
    ["arende", "arendenummer", "arendenr", "referens", "dossier", "aktnummer", "dnr", "diarienummer"];

/// Puts pasted cells on the cases. `start` is the cell that has the focus.
#[must_use]
pub fn paste(text: &str, sheet: &Sheet, start: (i64, Field)) -> Pasted {
    let mut records: Vec<Record> = table::records(text, table::COPIED).collect();
    while records.last().is_some_and(Record::is_empty) {
        records.pop();
    }
    let column_of = |name: &str| sheet.columns.iter().position(|(_, label)| fold(label) == fold(name));
    // a column of the table, or none for that of the references
    let column = |name: &str| {
        let reference = REFERENCE.contains(&fold(name).as_str()).then_some(None);
        if name.is_empty() { None } else { column_of(name).map(Some).or(reference) }
    };
    // a head names a column of the table; a single word could be an answer or a comment
    let enough = |names: &[String]| {
        let filled = names.iter().filter(|n| !n.is_empty()).count();
        filled > 1 && 2 * names.iter().filter(|n| column(n).is_some()).count() > filled
    };
    let by_case: HashMap<String, &Case> = sheet.cases.iter().map(|c| (key(&c.reference), c)).collect();
    let is_reference = |text: &str| !text.is_empty() && by_case.contains_key(&key(text));
    let width = records.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    let mut parts = rows::parts(&records, column, enough);
    if parts.head.is_none() {
        // without heads only a sum under several columns is known for one: no row is taken from among the others
        let sum = |i: &usize| width > 1 && i + 1 == records.len() && parts.totals.contains(i);
        parts.body = (0..records.len()).filter(|i| !sum(i)).collect();
        parts.totals.retain(|i| !parts.body.contains(i));
    }
    let table::Body { head, rows, notes } = table::body(records, parts);
    if rows.iter().all(Record::is_empty) {
        return Pasted::nothing("Det fanns inga svar att lägga in.");
    }
    let from = sheet.columns.iter().position(|(field, _)| *field == start.1).unwrap_or(0);
    let references = match references(&rows, sheet, head.as_deref(), (from, width), is_reference) {
        Ok(column) => column,
        Err(why) => return Pasted::nothing(why),
    };
    let mut pasted = Pasted { cells: vec![], said: notes };
    let columns = match columns(&rows, sheet, head.as_deref(), references, from, width) {
        Ok(columns) => columns,
        Err(why) => return Pasted::nothing(why),
    };
    let unknown: Vec<String> = (head.iter().flatten().enumerate())
        .filter(|(i, name)| !name.is_empty() && Some(*i) != references && !columns.iter().any(|(at, _)| at == i))
        .map(|(_, name)| format!("”{name}”"))
        .collect();
    if !unknown.is_empty() {
        let word = if unknown.len() == 1 { "Kolumnen" } else { "Kolumnerna" };
        pasted.said.push(format!("{word} {} lästes inte in.", unknown.join(", ")));
    }
    let places = match references {
        Some(column) => by_reference(&rows, column, &by_case, &mut pasted.said),
        None => match in_order(&rows, sheet, start.0, &mut pasted.said) {
            Ok(places) => places,
            Err(why) => return Pasted::nothing(why),
        },
    };
    fill(&places, &columns, &mut pasted);
    if head.is_none() {
        let last = columns.iter().map(|(at, _)| *at).max().unwrap_or(0);
        let beyond = |r: &Record| r.cells.iter().skip(last + 1).rposition(|c| !c.is_empty()).map_or(0, |i| i + 1);
        match rows.iter().map(beyond).max().unwrap_or(0) {
            0 => {}
            1 => pasted.said.push("1 kolumn till höger fick inte plats.".to_owned()),
            n => pasted.said.push(format!("{n} kolumner till höger fick inte plats.")),
        }
    }
    pasted
}

/// What a reference is known by: case and blanks do not count.
fn key(reference: &str) -> String {
    reference.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads a text as the value of a column. `Ok(None)` where there is none.
fn value(field: Field, text: &str) -> Result<Option<String>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    match field {
        // one that nothing stood above
        _ if is_ditto(text) => Err(()),
        Field::Kriterium(_) => Answer::read(text).map(|a| Some(a.code().to_owned())).ok_or(()),
        Field::Kon => match kon::read(text) {
            Some(kon @ (Kon::Kvinna | Kon::Man)) => Ok(Some(kon.code().to_owned())),
            _ if kon::said(text) == kon::Said::Nothing => Ok(None),
            _ => Err(()),
        },
        Field::Kommentar => Ok(Some(text.split_whitespace().collect::<Vec<_>>().join(" "))),
        Field::Handlaggare => Err(()),
    }
}

/// Which pasted column holds the references; none where the rows are those of the table from the focus down.
fn references(
    rows: &[Record],
    sheet: &Sheet,
    head: Option<&[String]>,
    (from, width): (usize, usize),
    is_reference: impl Fn(&str) -> bool,
) -> Result<Option<usize>, String> {
    if let Some(column) = head.and_then(|names| names.iter().position(|n| REFERENCE.contains(&fold(n).as_str()))) {
        return Ok(Some(column));
    }
    let texts: Vec<&str> = rows.iter().map(|r| r.cell(0)).filter(|t| !t.is_empty()).collect();
    let met = texts.iter().any(|t| is_reference(t));
    let strange = || {
        let named: Vec<String> = texts.iter().take(3).map(|t| format!("”{t}”")).collect();
        format!("Den första kolumnen är varken svar eller ärenden i det här urvalet: {}.", named.join(", "))
    };
    if let Some(names) = head {
        let first = names.first().map_or("", String::as_str);
        return if sheet.columns.iter().any(|(_, label)| fold(label) == fold(first)) || texts.is_empty() {
            Ok(None)
        } else if met {
            Ok(Some(0))
        } else {
            Err(strange())
        };
    }
    let field = sheet.columns.get(from).map_or(Field::Kommentar, |(field, _)| *field);
    let answer = |t: &str| value(field, t).is_ok();
    let answers = field != Field::Kommentar && texts.iter().all(|t| answer(t));
    let different = texts.iter().map(|t| key(t)).collect::<HashSet<_>>().len();
    match (met, answers) {
        // references stand once each, with answers beside them: the same text again and again is an answer
        (true, true) if different < texts.len() || width == 1 => Ok(None),
        (true, true) => {
            Err("Det går inte att se om den första kolumnen är ärendenummer eller svar. Ta med rubrikraden, \
                             eller skriv Ja och Nej i stället för siffror."
                .to_owned())
        }
        (true, false) if width > 1 => Ok(Some(0)),
        // what is no answer at all, with answers beside it, are references of other cases
        (false, false) if width > 1 && field != Field::Kommentar && !texts.iter().any(|t| answer(t)) => Err(strange()),
        _ => Ok(None),
    }
}

/// Which column of the table each pasted column goes to.
fn columns(
    rows: &[Record],
    sheet: &Sheet,
    head: Option<&[String]>,
    references: Option<usize>,
    from: usize,
    width: usize,
) -> Result<Vec<(usize, Field)>, String> {
    let field = |at: usize| sheet.columns.get(at).map(|(field, _)| *field);
    if let Some(names) = head {
        let found: Vec<(usize, Field)> = (0..)
            .zip(names)
            .filter(|(i, _)| Some(*i) != references)
            .filter_map(|(i, name)| {
                let (field, _) = sheet.columns.iter().find(|(_, label)| fold(label) == fold(name))?;
                (*field != Field::Handlaggare).then_some((i, *field))
            })
            .collect();
        let fields: HashSet<Field> = found.iter().map(|(_, field)| *field).collect();
        return if found.is_empty() {
            Err("Ingen kolumn har samma rubrik som i tabellen.".to_owned())
        } else if fields.len() < found.len() {
            Err("Två kolumner har samma rubrik.".to_owned())
        } else {
            Ok(found)
        };
    }
    let first = references.map_or(0, |column| column + 1);
    let along = |start: usize| (first..width).zip((start..).map_while(field)).collect::<Vec<_>>();
    // a column of which not one cell can be read is another column; a single cell in order says nothing of that
    let fewest = if references.is_some() { 1 } else { 2 };
    let misread = |columns: &[(usize, Field)]| {
        columns.iter().copied().find(|(at, field)| {
            let texts: Vec<&str> = rows.iter().map(|r| r.cell(*at)).filter(|t| !t.is_empty()).collect();
            let reads = |t: &str| match field {
                // answers in a column of comments are answers to something else
                Field::Kommentar => !matches!(t.to_lowercase().as_str(), "ja" | "j" | "nej" | "n" | "ej relevant"),
                field => value(*field, t).is_ok(),
            };
            texts.len() >= fewest && width > 1 && !texts.iter().any(|t| reads(t))
        })
    };
    let here = along(from);
    let wrong = misread(&here);
    if wrong.is_none() && !here.is_empty() {
        return Ok(here);
    }
    if references.is_none() {
        let (at, field) = wrong.unwrap_or((0, Field::Kommentar));
        let label = sheet.columns.iter().find(|(f, _)| *f == field).map_or("", |(_, label)| label);
        return Err(format!(
            "Kolumn {} av det inklistrade passar inte under {label}. Ställ markören i kolumnen där det första svaret ska \
             stå, eller ta med rubrikraden.",
            at + 1
        ));
    }
    let whole = |start: &usize| {
        let columns = along(*start);
        columns.len() == width - first && misread(&columns).is_none()
    };
    let fitting: Vec<usize> = (0..sheet.columns.len()).filter(whole).collect();
    match fitting.as_slice() {
        [only] => Ok(along(*only)),
        _ => Err(
            "Det går inte att se vilka kolumner svaren hör till. Ställ markören i kolumnen där det första svaret ska \
                  stå, eller ta med rubrikraden."
                .to_owned(),
        ),
    }
}

/// The case of each row, by its reference.
fn by_reference<'r>(
    rows: &'r [Record],
    column: usize,
    by_case: &HashMap<String, &Case>,
    said: &mut Vec<String>,
) -> Vec<(&'r Record, i64)> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for row in rows {
        *times.entry(key(row.cell(column))).or_default() += 1;
    }
    let (mut placed, mut strange, mut twice, mut own, mut bare) = (vec![], vec![], vec![], vec![], vec![]);
    for row in rows.iter().filter(|r| !r.is_empty()) {
        let reference = row.cell(column);
        match by_case.get(&key(reference)) {
            _ if reference.is_empty() => bare.push(row),
            None => strange.push(row),
            Some(case) if case.own => own.push(row),
            Some(_) if times.get(&key(reference)).is_some_and(|n| *n > 1) => twice.push(row),
            Some(case) => placed.push((row, case.nr)),
        }
    }
    let named = |rows: &[&Record]| {
        let named: Vec<String> = rows.iter().take(5).map(|r| format!("rad {} ({})", r.line, r.cell(column))).collect();
        let more = if rows.len() > 5 { format!(" och {} till", rows.len() - 5) } else { String::new() };
        format!("{}{more}", named.join(", "))
    };
    let rader = |n: usize| if n == 1 { "1 rad".to_owned() } else { format!("{n} rader") };
    if !strange.is_empty() {
        said.push(format!("{} hittade inget ärende i urvalet: {}.", rader(strange.len()), named(&strange)));
    }
    if !twice.is_empty() {
        said.push(format!("Samma ärende står flera gånger och fick inga svar: {}.", named(&twice)));
    }
    if !own.is_empty() {
        said.push(format!("Ditt eget ärende fick inga svar: {}.", named(&own)));
    }
    if !bare.is_empty() {
        let lines: Vec<u32> = bare.iter().map(|r| r.line).collect();
        said.push(format!("{} utan ärendenummer fick inte plats, {}.", rader(bare.len()), lines_in_words(&lines)));
    }
    placed
}

/// The case of each row, from the one that has the focus down.
fn in_order<'r>(
    rows: &'r [Record],
    sheet: &Sheet,
    start: i64,
    said: &mut Vec<String>,
) -> Result<Vec<(&'r Record, i64)>, String> {
    let from = sheet.cases.iter().position(|c| c.nr == start).unwrap_or(0);
    let under = &sheet.cases[from..];
    if let Some(own) = under.iter().take(rows.len()).find(|c| c.own) {
        return Err(format!(
            "Bland raderna finns ditt eget ärende ({}), så svaren kan hamna fel. Klistra in med ärendenumren i första \
             kolumnen.",
            own.reference
        ));
    }
    let beyond: Vec<u32> = rows.iter().skip(under.len()).filter(|r| !r.is_empty()).map(|r| r.line).collect();
    match beyond.len() {
        0 => {}
        1 => said.push(format!("1 rad fick inte plats under det sista ärendet, {}.", lines_in_words(&beyond))),
        n => said.push(format!("{n} rader fick inte plats under det sista ärendet, {}.", lines_in_words(&beyond))),
    }
    Ok(std::iter::zip(rows, under).map(|(row, case)| (row, case.nr)).collect())
}

/// The values, and which cells could not be read.
fn fill(places: &[(&Record, i64)], columns: &[(usize, Field)], pasted: &mut Pasted) {
    let mut unread: Vec<(u32, &str)> = Vec::new();
    for (at, field) in columns {
        // a letter can mean another kön beside other letters
        let asked = match field {
            Field::Kon => kon::kolumn(places.iter().map(|(row, _)| row.cell(*at)), Lasning::Fraga).asked,
            _ => vec![],
        };
        for (i, (row, nr)) in places.iter().enumerate() {
            let text = row.cell(*at);
            match value(*field, text) {
                Ok(Some(value)) if asked.binary_search(&i).is_err() => {
                    pasted.cells.push((cell_code(*nr, *field), value));
                }
                Ok(None) => {}
                Ok(Some(_)) | Err(()) => unread.push((row.line, text)),
            }
        }
    }
    if unread.is_empty() {
        return;
    }
    unread.sort_by_key(|(line, _)| *line);
    let mut lines: Vec<u32> = unread.iter().map(|(line, _)| *line).collect();
    lines.dedup();
    let mut texts: Vec<String> = Vec::new();
    for (_, text) in &unread {
        let shown = format!("”{}”", text.chars().take(30).collect::<String>());
        if texts.len() < 3 && !texts.contains(&shown) {
            texts.push(shown);
        }
    }
    let what = if unread.len() == 1 { "1 ruta".to_owned() } else { format!("{} rutor", unread.len()) };
    let named: Vec<String> = lines.iter().take(8).map(ToString::to_string).collect();
    let more = if lines.len() > 8 { format!(" och {} rader till", lines.len() - 8) } else { String::new() };
    pasted.said.push(format!("{what} kunde inte läsas, rad {}{more}: {}.", named.join(", "), texts.join(", ")));
}
