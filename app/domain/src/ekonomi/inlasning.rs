//! Inläsning: tables of amounts as they are printed become accounts and free tables. The form of the signs is found by what adds
//! up in it; what could be two is asked about; printed sums and differences are compared and never stored.

use serde::{Deserialize, Serialize};

use super::{
    enhet::Enhet,
    fraga::{ENHET, Fraga},
    jamford::Jamford,
    ruta::{self, Ruta},
};
use crate::{
    import::{Table, fold},
    rows::cell_name,
    siffror::inlasning::{Svar, Val},
    tal::Tal,
    verksamhetsplan::tabell::lases_inte_in,
};

mod budget;
mod fri;
mod huvud;
mod konto;
mod tecken;

pub use budget::{Budgetlast, Budgetrad, budget};
pub use fri::{fri, kolumn_key};
pub use konto::{Kontolast, Kontorad, Placerat, konto};
pub use tecken::Prov;

/// What a table is read with.
#[derive(Clone, Copy, Debug)]
pub struct Underlag<'a> {
    /// The unit that was chosen for it, or that of the account it is read into; what the table itself says goes before it.
    pub enhet: Option<Enhet>,
    /// What was answered, before and in this preview.
    pub svar: &'a Svar,
}

/// A cell that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fel {
    /// As Excel calls it.
    pub ruta: String,
    /// What it does, to be said after its name.
    pub gor: String,
}

impl Fel {
    /// `Ruta B4 visar felet #REF! i Excel. …`
    #[must_use]
    pub fn said(&self) -> String {
        format!("Ruta {} {}", self.ruta, self.gor)
    }
}

/// A table that was read, and what has to be seen before it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lasning<T> {
    /// What it becomes.
    pub content: T,
    /// Questions, also those that are answered.
    pub fragor: Vec<Fraga>,
    /// Cells that cannot be read.
    pub fel: Vec<Fel>,
    /// Printed sums and differences that are not what their parts make.
    pub jamforda: Vec<Jamford>,
    /// What was kept as a note, taken as a forecast or passed by, in sentences.
    pub sagt: Vec<String>,
}

impl<T> Lasning<T> {
    /// The questions that stand in the way.
    pub fn oppna(&self) -> impl Iterator<Item = &Fraga> {
        self.fragor.iter().filter(|fraga| fraga.is_open())
    }

    /// What is kept of the printed figures that are off: `Budget totalt, Kostnader. I tabellen stod 60 700 tkr.`
    #[must_use]
    pub fn noter(&self, enhet: Enhet) -> Vec<String> {
        self.jamforda.iter().map(|off| format!("{}. {}.", off.namn, off.not(enhet))).collect()
    }

    /// Whether it can be kept: nothing is asked and nothing is wrong. A printed sum that is off stops nothing.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.fel.is_empty() && self.oppna().next().is_none()
    }
}

/// What is gathered while a table is read.
struct Las<'a> {
    table: &'a Table,
    underlag: &'a Underlag<'a>,
    enhet: Enhet,
    fragor: Vec<Fraga>,
    fel: Vec<Fel>,
    jamforda: Vec<Jamford>,
    sagt: Vec<String>,
}

impl<'a> Las<'a> {
    /// With the unit that the table says, that was answered, or that was chosen. Of none it is asked.
    fn new(table: &'a Table, underlag: &'a Underlag<'a>, head: usize) -> Self {
        let told = huvud::unit(table, head);
        let answered = underlag.svar.get(ENHET).and_then(Enhet::from_code);
        let enhet = answered.or(told).or(underlag.enhet);
        let mut out = Self {
            table,
            underlag,
            enhet: enhet.unwrap_or_default(),
            fragor: vec![],
            fel: vec![],
            jamforda: vec![],
            sagt: vec![],
        };
        if enhet.is_none() {
            let choice = |enhet: Enhet| Val {
                value: enhet.code().to_owned(),
                label: enhet.about().to_owned(),
                foreslas: enhet == Enhet::default(),
            };
            let text = "I vilken enhet är beloppen i tabellen?".to_owned();
            let choices = Enhet::ALL.into_iter().map(choice).collect();
            out.fragor.push(Fraga { key: ENHET.to_owned(), text, choices, svar: None });
        }
        out
    }

    fn text(&self, row: usize, column: usize) -> &'a str {
        self.table.rows().get(row).and_then(|row| row.cells.get(column)).map_or("", |text| text.trim())
    }

    /// As Excel calls it.
    fn name(&self, row: usize, column: usize) -> String {
        cell_name(column, self.table.rows().get(row).map_or(0, |row| row.line))
    }

    /// Tells of the columns that are not `used` and hold something.
    fn unread(&mut self, head: usize, used: &[Option<usize>]) {
        let rows = self.table.rows();
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let mut unread = Vec::new();
        for column in (0..width).filter(|column| !used.contains(&Some(*column))) {
            let name = self.text(head, column);
            if !name.is_empty() {
                unread.push(name);
            } else if let Some(row) = (head + 1..rows.len()).find(|row| !self.text(*row, column).is_empty()) {
                let ruta = self.name(row, column);
                self.sagt.push(format!("Kolumnen med ruta {ruta} har ingen rubrik och läses inte in."));
            }
        }
        self.sagt.extend(lases_inte_in(&unread));
    }

    /// Tells of a row that holds something in one of these columns and has no name.
    fn nameless(&mut self, row: usize, columns: &[Option<usize>]) {
        if columns.iter().flatten().any(|column| !self.text(row, *column).is_empty()) {
            let line = self.table.rows().get(row).map_or(0, |row| row.line);
            self.sagt.push(format!("Rad {line} har inget namn och läses inte in."));
        }
    }

    /// A cell of what is no forecast; one that is called so is a fault and blank.
    fn fast(&mut self, row: usize, column: usize) -> Ruta {
        match ruta::las(self.text(row, column), self.enhet) {
            Ok(read) if read.prognos => {
                let gor = "är en prognos, och här ska det stå ett bestämt belopp.".to_owned();
                self.fel.push(Fel { ruta: self.name(row, column), gor });
                Ruta::default()
            }
            _ => self.ruta(row, column),
        }
    }

    /// A cell of amounts; one that cannot be read is a fault and blank.
    fn ruta(&mut self, row: usize, column: usize) -> Ruta {
        let text = self.text(row, column);
        match ruta::las(text, self.enhet) {
            Ok(mut read) => {
                if std::mem::take(&mut read.engelskt)
                    && let Some(tal) = read.tal
                {
                    let name = self.name(row, column);
                    self.sagt.push(format!("Ruta {name}: {text} läses som {tal}."));
                }
                if !read.not.is_empty() {
                    let name = self.name(row, column);
                    self.sagt.push(format!("Ruta {name}: ”{}” blir en anteckning, inget belopp.", read.not));
                }
                if read.prognos {
                    let name = self.name(row, column);
                    self.sagt.push(format!("Ruta {name}: beloppet läses som prognos."));
                }
                read
            }
            Err(gor) => {
                self.fel.push(Fel { ruta: self.name(row, column), gor });
                Ruta::default()
            }
        }
    }

    /// Asks about the largest of the amounts, unless somebody has said what they are in.
    fn plausible(&mut self, amounts: impl IntoIterator<Item = Tal>) {
        let asked =
            amounts.into_iter().max_by_key(|tal| tal.stored().unsigned_abs()).and_then(|tal| self.enhet.asked(tal));
        let open = self.fragor.iter().any(|fraga| fraga.key == ENHET);
        if let Some(fraga) = asked.filter(|_| !open && self.underlag.svar.get(ENHET).is_none()) {
            self.fragor.push(fraga);
        }
    }

    fn done<T>(self, content: T) -> Lasning<T> {
        let svar = self.underlag.svar;
        let fragor = self.fragor.into_iter().map(|fraga| fraga.besvarad(svar)).collect();
        Lasning { content, fragor, fel: self.fel, jamforda: self.jamforda, sagt: self.sagt }
    }
}

/// What is said of a printed difference that nothing can be held against.
fn unreckoned(namn: &str, printed: Tal, enhet: Enhet) -> String {
    let (signed, unit) = (enhet.signed(printed), enhet.label());
    format!("{namn}: differensen {signed} {unit} läses inte in, eftersom budget eller utfall saknas.")
}

/// A printed sum against the rows that it can be of: those `own` to it, as below the sum before it or of its verksamhet, and all
/// above it. It is right where it agrees with either. Where it agrees with neither, it is told against its own, or against all
/// where it `is_grand`.
fn either<T>(own: Option<T>, all: Option<T>, is_grand: bool) -> Option<T> {
    let (own, all) = (own?, all?);
    Some(if is_grand { all } else { own })
}

/// Whether a name says that a sum is of part of the rows: "Delsumma".
fn is_part(name: &str) -> bool {
    name.split_whitespace().take(20).map(fold).any(|word| word == "delsumma")
}

/// Whether a name says that a sum is of all rows: "Budget totalt", "Slutsumma".
fn is_total(name: &str) -> bool {
    const WORDS: [&str; 4] = ["total", "totalt", "totalsumma", "slutsumma"];
    name.split_whitespace().take(20).map(fold).any(|word| WORDS.contains(&word.as_str()))
}

/// Whether a row sums up others: its name begins or ends with such a word: "Summa", "Budget totalt".
fn is_summa(name: &str) -> bool {
    const WORDS: [&str; 6] = ["summa", "total", "totalt", "totalsumma", "delsumma", "slutsumma"];
    let words: Vec<String> = name.split_whitespace().take(20).map(fold).filter(|word| !word.is_empty()).collect();
    [words.first(), words.last()].into_iter().flatten().any(|word| WORDS.contains(&word.as_str()))
}
