//! Fri tabell: years and columns that a unit chooses: what was allotted, what was paid, what the state gave. A difference in it
//! is reckoned as in an account, and a sum says which years it is of.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    avvikelse::Avvikelse,
    enhet::Enhet,
    inlasning::{self, Underlag},
    konto::Radslag,
    ruta::Ruta,
    teckenform::Teckenform,
    uppstallning::{Cell, Kolumnslag, Radform, Uppstallning},
};
use crate::{
    day::Fits,
    field::{Checker, FieldError},
    format,
    id::NodeId,
    personnummer::varning,
    siffror::inlasning::Svar,
    table,
    tal::Tal,
};

crate::ids! { now_v7:
    /// A free table of amounts.
    FriTabellId,
}

/// The most columns, the first not counted.
pub const KOLUMNER_MOST: usize = 12;
/// The most rows.
pub const RADER_MOST: usize = 100;

/// What a column holds: it decides what a difference is between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kolumnart {
    /// What may be spent.
    Budget,
    /// What was spent; a cell of it can be a forecast.
    Utfall,
    /// What was believed; the last of several counts.
    Prognos,
    /// Budget − outcome, or − forecast where there is no outcome: reckoned, never typed.
    Differens,
    /// Anything else.
    Ovrigt,
}

impl Kolumnart {
    crate::every! {
        /// Every one.
        Budget, Utfall, Prognos, Differens, Ovrigt
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Utfall => "utfall",
            Self::Prognos => "prognos",
            Self::Differens => "differens",
            Self::Ovrigt => "ovrigt",
        }
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|art| art.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Budget => "Budget",
            Self::Utfall => "Utfall",
            Self::Prognos => "Prognos",
            Self::Differens => "Differens, räknas",
            Self::Ovrigt => "Övrigt",
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kolumn {
    /// "Tilldelad budget".
    pub namn: String,
    /// What it holds.
    pub art: Kolumnart,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rad {
    /// "2021", or the name of a project.
    pub namn: String,
    /// One for each column; that of a difference stays empty.
    pub rutor: Vec<Ruta>,
    /// What is to be known of it, such as a printed difference that was wrong; may be empty.
    #[serde(default)]
    pub not: String,
}

/// What a free table is, with its figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What stands above it.
    pub titel: String,
    /// What its amounts are in.
    pub enhet: Enhet,
    /// The head of its first column: "År".
    pub forsta: String,
    /// From the left, the first not counted.
    pub kolumner: Vec<Kolumn>,
    /// From the top.
    pub rader: Vec<Rad>,
    /// Where its figures are from; may be empty.
    pub kalla: String,
    /// The day that they are of.
    pub per: Option<NaiveDate>,
}

/// A free table of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FriTabell {
    /// Primary key.
    pub id: FriTabellId,
    /// The unit.
    pub node: NodeId,
    /// Columns and rows.
    pub content: Content,
    /// Rises with every change.
    pub version: i64,
}

/// The sum of a column, and which rows it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kolumnsumma {
    /// Of the rows that have a figure.
    pub tal: Tal,
    /// Their names, in order.
    pub av: Vec<String>,
    /// The names of those that have none, or a forecast among outcomes.
    pub utan: Vec<String>,
}

impl Kolumnsumma {
    /// `36,3 mnkr för 2019, 2020 och 2021, utan 2022`
    #[must_use]
    pub fn said(&self, enhet: Enhet) -> String {
        let and = |names: &[String]| format::and(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let utan = if self.utan.is_empty() { String::new() } else { format!(", utan {}", and(&self.utan)) };
        format!("{} för {}{utan}", enhet.said(self.tal), and(&self.av))
    }
}

impl Content {
    /// The value of a row in the last column of a kind that has one.
    fn value(&self, rad: &Rad, art: Kolumnart) -> Option<Tal> {
        let of = self.kolumner.iter().zip(&rad.rutor).filter(|(kolumn, _)| kolumn.art == art);
        of.filter_map(|(_, ruta)| ruta.tal).next_back()
    }

    /// What a row's outcome, or else its forecast, is against its budget; none where either is blank.
    #[must_use]
    pub fn avvikelse(&self, rad: &Rad) -> Option<Avvikelse> {
        let utfall = self.value(rad, Kolumnart::Utfall).or_else(|| self.value(rad, Kolumnart::Prognos));
        Avvikelse::of(Radslag::Netto, self.value(rad, Kolumnart::Budget), utfall)
    }

    /// The sum of a column; none of a difference, where no row has a figure, and where it is too large to be kept.
    #[must_use]
    pub fn summa(&self, kolumn: usize) -> Option<Kolumnsumma> {
        let art = self.kolumner.get(kolumn)?.art;
        let (mut known, mut av, mut utan) = (vec![], vec![], vec![]);
        for rad in &self.rader {
            match rad.rutor.get(kolumn).and_then(|ruta| ruta.summed(art)) {
                Some(tal) => {
                    known.push(tal);
                    av.push(rad.namn.clone());
                }
                None => utan.push(rad.namn.clone()),
            }
        }
        let is_sum = art != Kolumnart::Differens && !av.is_empty();
        Tal::checked_sum(known).filter(|_| is_sum).map(|tal| Kolumnsumma { tal, av, utan })
    }

    /// The same table in another unit; none where a figure would lose decimals or not fit.
    #[must_use]
    pub fn in_unit(&self, enhet: Enhet) -> Option<Self> {
        let mut out = Self { enhet, ..self.clone() };
        for ruta in out.rader.iter_mut().flat_map(|rad| &mut rad.rutor) {
            if let Some(tal) = ruta.tal {
                ruta.tal = Some(self.enhet.exactly(enhet, tal)?);
            }
        }
        Some(out)
    }

    /// As it is seen.
    #[must_use]
    pub fn uppstallning(&self) -> Uppstallning {
        let slag = |art| if art == Kolumnart::Differens { Kolumnslag::Avvikelse } else { Kolumnslag::Belopp };
        let columns = self.kolumner.iter().map(|kolumn| (kolumn.namn.as_str(), slag(kolumn.art)));
        let columns: Vec<_> = [(self.forsta.as_str(), Kolumnslag::Text)].into_iter().chain(columns).collect();
        let mut out = Uppstallning::new(&self.titel, self.enhet, &columns);
        for rad in &self.rader {
            let mut name = Cell::text(&rad.namn);
            name.fotnot = (!rad.not.is_empty()).then(|| out.footnote(rad.not.clone()));
            let mut cells = vec![name];
            for (kolumn, ruta) in self.kolumner.iter().zip(&rad.rutor) {
                cells.push(match kolumn.art {
                    Kolumnart::Differens => Cell::avvikelse(self.avvikelse(rad), self.enhet, Teckenform::BaraNetto),
                    _ => cell(ruta, self.enhet, &mut out),
                });
            }
            out.push(Radform::Rad, cells);
        }
        out
    }

    /// What was answered of its columns, so that its form gives the same ones back.
    #[must_use]
    pub fn svar(&self) -> Svar {
        let mut svar = Svar::default();
        for kolumn in &self.kolumner {
            svar.set(&inlasning::kolumn_key(&kolumn.namn), kolumn.art.code());
        }
        svar
    }

    /// As the form has it: the table as it would be pasted.
    #[must_use]
    pub fn form(&self) -> Form {
        let head = [self.forsta.clone()].into_iter().chain(self.kolumner.iter().map(|kolumn| kolumn.namn.clone()));
        let of = |(kolumn, ruta): (&Kolumn, &Ruta)| match ruta.tal {
            _ if kolumn.art == Kolumnart::Differens => String::new(),
            Some(tal) if ruta.prognos => format!("Prognos {}", tal.typed()),
            Some(tal) if ruta.preliminar => format!("{} prel.", tal.typed()),
            Some(tal) => tal.typed(),
            None => ruta.not.clone(),
        };
        let line = |rad: &Rad| -> Vec<String> {
            [rad.namn.clone()].into_iter().chain(self.kolumner.iter().zip(&rad.rutor).map(of)).collect()
        };
        let lines: Vec<String> = [head.collect()]
            .into_iter()
            .chain(self.rader.iter().map(line))
            .map(|cells: Vec<String>| cells.join("\t"))
            .collect();
        Form {
            titel: self.titel.clone(),
            enhet: self.enhet.code().to_owned(),
            tabell: lines.join("\n"),
            kalla: self.kalla.clone(),
            per: self.per.map_or_else(String::new, format::date),
        }
    }
}

/// A cell that is no difference: its words are a footnote where it has a figure too.
fn cell(ruta: &Ruta, enhet: Enhet, out: &mut Uppstallning) -> Cell {
    let mark = match ruta.tal {
        Some(_) if ruta.prognos => Some("Prognos"),
        Some(_) if ruta.preliminar => Some("Preliminärt"),
        Some(_) => None,
        None => return Cell::text(&ruta.not),
    };
    Cell { fotnot: mark.map(|mark| out.footnote(format!("{mark}."))), ..Cell::belopp(ruta.tal, enhet) }
}

/// What the form of a free table sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Content`].
    pub titel: String,
    /// Code of an [`Enhet`].
    pub enhet: String,
    /// The table with its head, parted by tabs or semicolons.
    pub tabell: String,
    /// See [`Content`].
    pub kalla: String,
    /// The day that its figures are of, or empty.
    pub per: String,
}

/// Checks a free table, and gives what was seen while reading it: printed differences and sums that are not so, and notes. A
/// question that is open is a fault of the field of the table. Rows of the `stored` table keep their notes by their names.
pub fn check(
    form: &Form,
    svar: &Svar,
    stored: Option<&Content>,
) -> Result<inlasning::Lasning<Content>, Vec<FieldError>> {
    let mut check = Checker::default();
    let titel = check.required("titel", &form.titel, "vad tabellen visar");
    let kalla = check.line("kalla", &form.kalla);
    let per = check.date("per", &form.per, Fits::Whole);
    for (field, text) in [("titel", &titel), ("kalla", &kalla)] {
        if let Some(warning) = varning(text) {
            check.error(field, warning);
        }
    }
    let enhet = Enhet::from_code(form.enhet.trim());
    if enhet.is_none() {
        check.error("enhet", "Välj om beloppen är i kr, tkr eller mnkr.");
    }
    let mut rows = crate::import::Table::default();
    for record in table::typed(&form.tabell) {
        rows.push(record.line, record.cells);
    }
    match inlasning::fri(&rows, &Underlag { enhet, svar }) {
        Err(fault) => check.error("tabell", fault),
        Ok(mut last) => {
            for rad in &mut last.content.rader {
                let words = [rad.namn.as_str()].into_iter().chain(rad.rutor.iter().map(|ruta| ruta.not.as_str()));
                if let Some(warning) = words.into_iter().find_map(varning) {
                    check.error("tabell", warning);
                }
                let before = stored.and_then(|stored| stored.rader.iter().find(|there| there.namn == rad.namn));
                if let Some(before) = before.filter(|_| rad.not.is_empty()) {
                    rad.not.clone_from(&before.not);
                }
            }
            for fel in &last.fel {
                check.error("tabell", fel.said());
            }
            for fraga in last.oppna() {
                check.error("tabell", &fraga.text);
            }
            return check.finish(inlasning::Lasning { content: Content { titel, kalla, per, ..last.content }, ..last });
        }
    }
    check.finish(()).and(Err(vec![]))
}
