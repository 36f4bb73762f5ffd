//! Column: what the columns of a plan's table are called, whoever wrote it, and where they stand in this file.

use std::borrow::Cow;

use super::{Mark, Plan, Row, Table};
use crate::{
    field::FieldError,
    format::{month_name, month_short},
    recurrence::Months,
    rows::{self, Parts},
    table::{self, Alone},
    text::compared,
};

/// A column of a plan's table. Import, export, the empty template and the help text all come from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The field of the form that it fills.
    pub field: &'static str,
    /// What export and template call it.
    pub label: &'static str,
    /// What units call it besides.
    also: &'static [&'static str],
    /// Whether a table without it cannot be read.
    pub required: bool,
    /// What to write in it.
    pub help: &'static str,
}

const fn column(
    field: &'static str,
    label: &'static str,
    also: &'static [&'static str],
    required: bool,
    help: &'static str,
) -> Column {
    Column { field, label, also, required, help }
}

const WHO: &str = "En funktion, en grupp eller en person. Tom cell betyder att ingen är vald.";
const HOW_OFTEN: &str = "Varje månad, varje vecka, varannan vecka, tertial, kvartal, halvår, år, var tredje månad, fyra per \
                         termin eller valda månader.";
const WHICH_MONTHS: &str = "För valda månader: 4,8,12 eller april, augusti, december.";
const START: &str = "Första dagen, som 2026-02-01. Får vara tom.";
const END: &str = "Sista dagen, som 2026-12-31. Får vara tom.";

/// The egenkontrollplan.
pub(super) const EGENKONTROLL: &[Column] = &[
    column("number", "Nr", &["Nummer", "Kontrollnummer"], false, "Numret i planen, som K.1.1. Får vara tomt."),
    column("kontrollmal", "Kontrollmål", &["Mål", "Egenkontroll"], true, "Vad kontrollen ska visa. Måste finnas."),
    column("vad", "Vad kontrolleras", &["Vad", "Vad ska kontrolleras", "Vad mäts"], false, "Vad ni tittar på."),
    column("metod", "Metod", &["Hur sker kontrollen", "Hur", "Kontrollmetod"], false, "Hur kontrollen går till."),
    column("urval", "Urval", &["Urval (n)", "Urval (antal)", "Antal ärenden"], false, "Antal ärenden, som 20."),
    column("responsible", "Utförs av", &["Ansvarig", "Utförare", "Vem", "Funktion"], false, WHO),
    column("recurrence", "Periodicitet", &["Hur ofta", "Frekvens", "Intervall", "När"], true, HOW_OFTEN),
    column("months", "Månader", &["Månad", "Vilka månader"], false, WHICH_MONTHS),
    column("malvarde", "Målvärde (%)", &["Målvärde", "Målvärde i procent"], false, "Procent, som 75 eller 97,5."),
    column("dokumentation", "Hur dokumenteras", &["Dokumentation", "Dokumenteras i"], false, "Var resultatet finns."),
    column(
        "bedomning",
        "Rutin/metod för bedömning",
        &["Rutin eller metod för bedömning", "Bedömning", "Metod för bedömning"],
        false,
        "Vad ni bedömer mot.",
    ),
    column("styrmodell", "Styrmodell", &[], false, "Till exempel SOSFS 2011:9."),
    column("anpassning", "Enhetens anpassning", &["Anpassning"], false, "Det som är enhetens eget."),
    column("process", "Process", &[], false, "Processen som kontrollen hör till."),
    column("start", "Start", &["Startdatum", "Från"], false, START),
    column("end", "Slut", &["Slutdatum", "Till"], false, END),
    column("laid_on_units", "Läggs på enheterna", &[], false, "Ja om avdelningens kontroll görs för varje enhet."),
];

/// The internkontrollplan.
pub(super) const INTERNKONTROLL: &[Column] = &[
    column("process", "Process", &[], false, "Processen som risken hör till."),
    column("arbetssatt", "Arbetssätt", &[], false, "Arbetssättet i processen."),
    column("oonskad_handelse", "Oönskad händelse", &["Risk"], false, "Det som inte får hända."),
    column("sannolikhet", "Sannolikhet", &["S"], false, "1–5, eller skalans ord."),
    column("konsekvens", "Konsekvens", &["K"], false, "1–5, eller skalans ord."),
    column("in_plan", "Med i internkontrollplan", &["Med i IKP"], false, "Ja eller nej. Rader med nej läses inte in."),
    column("systematisk_kontroll", "Systematisk kontroll", &[], true, "Vad som kontrolleras. Måste finnas."),
    column("dokumenteras_i", "Dokumenteras i", &["Hur dokumenteras", "Dokumentation"], false, "Var det dokumenteras."),
    column("recurrence", "Utförs", &["När utförs", "Periodicitet", "Hur ofta", "Frekvens"], true, HOW_OFTEN),
    column("months", "Månader", &["Månad", "Vilka månader"], false, WHICH_MONTHS),
    column("utfors_av", "Funktion", &["Utförs av", "Vilken funktion"], false, WHO),
    column(
        "kontrollaktivitet",
        "Kontrollaktivitet",
        &[],
        true,
        "Hur den kontrollansvariga ser att det är gjort. Måste finnas.",
    ),
    column("kontrollansvarig", "Kontrollansvarig", &["Ansvarig"], false, WHO),
    column("start", "Start", &["Startdatum", "Från"], false, START),
    column("end", "Slut", &["Slutdatum", "Till"], false, END),
];

/// Columns that many tables have and that follow from others: not read, and no surprise to anybody.
const FOLLOWING: [&str; 2] = ["riskvarde", "status"];

/// A name without case, diacritics, blanks and signs: "Målvärde (%)" and "malvarde" are one.
#[must_use]
pub fn fold(text: &str) -> String {
    plain(text).filter(|c| c.is_alphanumeric()).collect()
}

/// A text to compare rows by: without case and diacritics, each blank one blank. Signs count: K.1.11 is not K.11.1.
pub(super) fn key(text: &str) -> String {
    plain(text).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(text: &str) -> impl Iterator<Item = char> {
    let folded = |c| match c {
        // what no letter of its own is made with
        '\u{300}'..='\u{36f}' => None,
        'å' | 'ä' | 'à' | 'á' | 'â' | 'ã' => Some('a'),
        'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' => Some('o'),
        'é' | 'è' | 'ê' | 'ë' => Some('e'),
        'ü' | 'ú' => Some('u'),
        c => Some(c),
    };
    compared(text).chars().filter_map(folded).collect::<Vec<_>>().into_iter()
}

/// Where the columns stand in a file.
#[derive(Debug)]
pub(super) struct Header<'a> {
    /// The recognised columns and their places, in the order of the file.
    pub(super) found: Vec<(usize, Column)>,
    /// The places of jan–dec, where a file has them.
    pub(super) months: [Option<usize>; 12],
    /// A name for each column.
    pub(super) names: Vec<String>,
    /// The rows below it that do not sum up others.
    pub(super) rows: Vec<Cow<'a, Row>>,
    /// What to tell the user.
    pub(super) notes: Vec<String>,
}

impl<'a> Header<'a> {
    /// Finds the header of a table. The fault is at the field `file`.
    pub(super) fn find(plan: Plan, table: &'a Table) -> Result<Self, FieldError> {
        let Some(first) = table.rows.first() else {
            return Err(fault("Det finns inga rader att läsa. Filen är tom."));
        };
        let widest = table.rows.iter().map(|r| r.cells.len()).max().unwrap_or_default();
        if widest > super::COLUMNS_MAX {
            return Err(fault(format!("Tabellen har {widest} kolumner. Den kan ha högst {}.", super::COLUMNS_MAX)));
        }
        let parts = parts(plan, table);
        let Some(head) = &parts.head else {
            let candidates = || table.rows.iter().take(rows::WITHIN);
            if widest == 1 {
                return Err(fault(
                    "Tabellen har bara en kolumn. Spara filen som CSV med semikolon mellan kolumnerna, eller som xlsx.",
                ));
            }
            let other = Plan::ALL.into_iter().find(|&p| p != plan);
            if let Some(other) = other.filter(|&p| self::parts(p, table).head.is_some()) {
                return Err(fault(format!("Filen är en {}. Läs in den på den planens sida.", other.noun())));
            }
            let best = candidates().min_by_key(|row| missing(plan, &row.cells).len()).unwrap_or(first);
            let missing = missing(plan, &best.cells);
            let word = if missing.len() == 1 { "Kolumnen" } else { "Kolumnerna" };
            return Err(fault(format!(
                "{word} {} saknas. Kontrollera att tabellen har en rubrikrad med kolumnernas namn.",
                listed(&missing)
            )));
        };
        let mut header = Self {
            found: vec![],
            months: [None; 12],
            names: head.names.clone(),
            rows: parts.body.iter().filter_map(|i| table.rows.get(*i)).map(Cow::Borrowed).collect(),
            notes: parts.notes(|i| table.rows.get(i).map_or(0, |row| row.line)),
        };
        header.map(plan);
        Ok(header)
    }

    fn map(&mut self, plan: Plan) {
        let mut unknown: Vec<String> = Vec::new();
        for (place, name) in self.names.iter().enumerate() {
            let folded = fold(name);
            if let Some(month) = month_of(&folded) {
                self.months[month as usize - 1].get_or_insert(place);
            } else if let Some(column) = recognise(plan, &folded) {
                if self.found.iter().any(|(_, c)| c.field == column.field) {
                    self.notes.push(format!("Kolumnen ”{name}” finns mer än en gång. Den första läses in."));
                } else {
                    self.found.push((place, column));
                }
            } else if !folded.is_empty() && !follows(&folded) {
                let named = format!("”{}”", super::word::shortened(name, 40));
                // a merged head is the head of several columns
                if unknown.last() != Some(&named) {
                    unknown.push(named);
                }
            }
        }
        match unknown.as_slice() {
            [] => {}
            [one] => self.notes.push(format!("Kolumnen {one} känns inte igen och läses inte in.")),
            many => self.notes.push(format!("Kolumnerna {} känns inte igen och läses inte in.", many.join(", "))),
        }
    }

    /// What the file calls a column; our own name where the file has none.
    pub(super) fn name(&self, plan: Plan, field: &str) -> String {
        self.found
            .iter()
            .find(|(_, c)| c.field == field)
            .and_then(|(place, _)| self.names.get(*place).cloned())
            .or_else(|| plan.columns().iter().find(|c| c.field == field).map(|c| c.label.to_owned()))
            .unwrap_or_default()
    }

    /// Where a column stands in the file.
    pub(super) fn place(&self, field: &str) -> Option<usize> {
        self.found.iter().find(|(_, c)| c.field == field).map(|(place, _)| *place)
    }

    /// The text of a row's cell; empty where file or row has none. A number of the plan is taken as Excel shows it.
    pub(super) fn cell<'r>(&self, row: &'r Row, field: &str) -> &'r str {
        let Some(place) = self.place(field) else { return "" };
        let shown = (field == "number").then(|| row.shown(place)).flatten();
        shown.unwrap_or_else(|| Self::text(row, place))
    }

    /// The same by its value alone, however Excel shows it.
    pub(super) fn bare<'r>(&self, row: &'r Row, field: &str) -> &'r str {
        self.place(field).map_or("", |place| Self::text(row, place))
    }

    /// The text of a row at a place; empty where the row is shorter.
    pub(super) fn text(row: &Row, place: usize) -> &str {
        row.cells.get(place).map(String::as_str).unwrap_or_default()
    }

    /// Puts what stands above in the cells that hold a ditto mark, and notes that.
    pub(super) fn fill_dittos(&mut self) {
        // few tables have any
        if !self.rows.iter().any(|row| row.cells.iter().any(|cell| table::is_ditto(cell))) {
            return;
        }
        let number = self.place("number");
        let repeats = |row: &Row| number.and_then(|n| row.cells.get(n)).is_some_and(|cell| table::is_ditto(cell));
        let repeated: Vec<bool> = self.rows.iter().map(|row| repeats(row)).collect();
        let cells = self.rows.iter_mut().map(Cow::to_mut).map(|row| (row.line, &mut row.cells));
        self.notes.extend(table::fill_dittos(cells, Alone::Heading).note());
        // a number is repeated as Excel shows it
        let mut above: Option<String> = None;
        for (row, repeated) in self.rows.iter_mut().zip(repeated) {
            let Some(number) = number.filter(|n| row.cells.get(*n).is_some_and(|cell| !cell.is_empty())) else {
                continue;
            };
            if !repeated {
                above = row.shown(number).map(str::to_owned);
            } else if let (Some(shown), Ok(place)) = (&above, u16::try_from(number)) {
                row.to_mut().marks.push((place, Mark::Shown(shown.clone())));
            }
        }
    }

    /// The months whose cell has a mark, in a table drawn as rows × jan–dec.
    pub(super) fn marked(&self, row: &Row) -> Months {
        let marked = |place: usize| {
            row.cells
                .get(place)
                .is_some_and(|c| !rows::is_error(c) && !matches!(key(c).as_str(), "" | "-" | "–" | "0" | "nej"))
        };
        let months: Vec<u32> =
            (1..=12).zip(self.months).filter(|(_, place)| place.is_some_and(marked)).map(|(m, _)| m).collect();
        Months::of(&months)
    }

    /// The text of the first cell that stands to the right of the header: a sign that the columns have slipped.
    pub(super) fn outside<'r>(&self, row: &'r Row) -> Option<&'r str> {
        row.cells.iter().skip(self.names.len()).find(|c| !c.is_empty()).map(String::as_str)
    }
}

/// Whether a table has the header of a plan and at least one row below it.
pub(super) fn is_plan(plan: Plan, table: &Table) -> bool {
    let parts = parts(plan, table);
    parts.head.is_some() && !parts.body.is_empty()
}

fn parts(plan: Plan, table: &Table) -> Parts {
    let column = |name: &str| {
        let folded = fold(name);
        let month = || month_of(&folded).map(month_name);
        recognise(plan, &folded).map(|column| column.field).or_else(month)
    };
    rows::parts(&table.rows, column, |names| missing(plan, names).is_empty())
}

/// A column that follows from others, by its folded name.
pub(super) fn follows(folded: &str) -> bool {
    FOLLOWING.contains(&folded)
}

pub(super) fn fault(message: impl Into<String>) -> FieldError {
    FieldError { field: "file".to_owned(), message: message.into() }
}

/// How many of these cells name a column of either plan: tells the header from other rows, and the right delimiter.
#[must_use]
pub fn recognised(cells: &[&str]) -> usize {
    let known = |cell: &&str| Plan::ALL.into_iter().any(|plan| recognise(plan, &fold(cell)).is_some());
    cells.iter().filter(|cell| known(cell)).count()
}

fn recognise(plan: Plan, folded: &str) -> Option<Column> {
    plan.columns().iter().copied().find(|c| fold(c.label) == folded || c.also.iter().any(|a| fold(a) == folded))
}

fn month_of(folded: &str) -> Option<u32> {
    (1..=12).find(|&m| folded == fold(month_name(m)) || folded == fold(month_short(m)))
}

/// The required columns that a header lacks. When it happens can stand in any of three ways.
fn missing(plan: Plan, header: &[String]) -> Vec<&'static str> {
    let folded: Vec<String> = header.iter().map(|c| fold(c)).collect();
    let has = |field: &str| folded.iter().any(|f| recognise(plan, f).is_some_and(|c| c.field == field));
    let when = has("months") || folded.iter().any(|f| month_of(f).is_some());
    plan.columns()
        .iter()
        .filter(|c| c.required && !has(c.field) && !(c.field == "recurrence" && when))
        .map(|c| c.label)
        .collect()
}

pub(super) fn in_words(n: usize) -> String {
    crate::format::int(i64::try_from(n).unwrap_or(i64::MAX))
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} och {last}", first.join(", ")),
    }
}
