//! Uppställning: a table of amounts as it is seen, once for the page, the slide, Word, PDF and xlsx. Cells have their text and,
//! where they are figures, the figure; a deviation has its effect and its words beside its sign.

use serde::{Deserialize, Serialize};

use super::{
    avvikelse::{Avvikelse, Effekt},
    enhet::Enhet,
    konto::Radslag,
    summa::Summa,
    teckenform::Teckenform,
};
use crate::{
    apt::slide::{TABELL_MAX, Tabell},
    dokument,
    tal::Tal,
};

mod budget;
mod konto;
mod manader;
mod prognoser;

pub use budget::budget;
pub use konto::{Urval, konto};
pub use manader::manader;
pub use prognoser::{prognoser, sakerhet};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kolumnslag {
    /// Words.
    Text,
    /// Figures that are compared.
    Belopp,
    /// Figures with an effect: in a document their words have a column beside it.
    Avvikelse,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kolumn {
    /// What stands above it; never empty.
    pub rubrik: String,
    /// Words or figures.
    pub slag: Kolumnslag,
}

/// What a row is among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Radform {
    /// The name of the rows below, as wide as the table; of a verksamhet.
    Rubrik,
    /// The name of the rows of a kind below it.
    Underrubrik,
    /// A row that its amounts are kept of.
    Rad,
    /// A sum of rows.
    Summa,
    /// What is left of costs when income is taken off.
    Netto,
}

/// What stands in a column of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// As it is read; empty is blank, and not 0.
    pub text: String,
    /// The figure with all its decimals, in the signs in which it is shown, for a workbook; none of words.
    pub tal: Option<Tal>,
    /// What it does to netto: its colour and its arrow. None where it has none.
    pub effekt: Option<Effekt>,
    /// What a figure with an effect means, in words: `30 tkr mer i intäkter än budgeterat (bättre)`. May be empty.
    pub ord: String,
    /// The place among the footnotes, from 1.
    pub fotnot: Option<usize>,
}

impl Cell {
    /// Words.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// An amount as it is shown; blank where there is none.
    #[must_use]
    pub fn belopp(tal: Option<Tal>, enhet: Enhet) -> Self {
        Self { text: tal.map_or_else(String::new, |tal| enhet.shown(tal)), tal, ..Self::default() }
    }

    /// A deviation; blank where there is none.
    #[must_use]
    pub fn avvikelse(avvikelse: Option<Avvikelse>, enhet: Enhet, form: Teckenform) -> Self {
        avvikelse.map_or_else(Self::default, |avvikelse| Self {
            text: avvikelse.shown(enhet, form),
            tal: Some(avvikelse.in_form(form)),
            effekt: Some(avvikelse.effekt()),
            ord: avvikelse.said(enhet),
            fotnot: None,
        })
    }

    /// With its footnote's sign, as it stands in a document: `60 680 ¹`.
    #[must_use]
    pub fn written(&self) -> String {
        self.fotnot.map_or_else(|| self.text.clone(), |n| format!("{}{}{}", self.text, crate::format::NBSP, raised(n)))
    }
}

/// A number as the sign of a footnote: ¹, ¹².
fn raised(n: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |b: u8| DIGITS.get(usize::from(b.wrapping_sub(b'0'))).copied();
    n.to_string().bytes().filter_map(digit).collect()
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rad {
    /// Heading, row or sum.
    pub form: Radform,
    /// One for each column; of a heading the first alone.
    pub celler: Vec<Cell>,
}

/// A table of amounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uppstallning {
    /// What it is, for those who do not see where it stands.
    pub namn: String,
    /// What its amounts are in.
    pub enhet: Enhet,
    /// From the left; the first names the rows.
    pub kolumner: Vec<Kolumn>,
    /// From the top.
    pub rader: Vec<Rad>,
    /// Sentences, each of the cells that have its number.
    pub fotnoter: Vec<String>,
}

/// The head of the words beside a deviation, in a document.
const MOT_BUDGET: &str = "Mot budget";

impl Uppstallning {
    /// Without rows.
    #[must_use]
    pub fn new(namn: impl Into<String>, enhet: Enhet, kolumner: &[(&str, Kolumnslag)]) -> Self {
        let kolumn = |(rubrik, slag): &(&str, Kolumnslag)| Kolumn { rubrik: (*rubrik).to_owned(), slag: *slag };
        let kolumner = kolumner.iter().map(kolumn).collect();
        Self { namn: namn.into(), enhet, kolumner, rader: vec![], fotnoter: vec![] }
    }

    /// Adds a heading.
    pub(super) fn heading(&mut self, form: Radform, text: impl Into<String>) {
        self.rader.push(Rad { form, celler: vec![Cell::text(text)] });
    }

    /// Adds a row.
    pub(super) fn push(&mut self, form: Radform, celler: Vec<Cell>) {
        self.rader.push(Rad { form, celler });
    }

    /// The number of a footnote, which is the same for the same words.
    pub(super) fn footnote(&mut self, text: String) -> usize {
        if let Some(at) = self.fotnoter.iter().position(|there| *there == text) {
            return at + 1;
        }
        self.fotnoter.push(text);
        self.fotnoter.len()
    }

    /// The cell of a sum: what its rows make, with a footnote where one of them is blank or where it is too large.
    pub(super) fn sum(&mut self, summa: Summa, slag: Radslag, form: Teckenform, what: &str) -> Cell {
        let shown = summa.tal.map(|tal| form.turned(slag, tal));
        let text = match summa.saknas {
            _ if summa.for_stor => "Summan är för stor för att räknas.".to_owned(),
            n if n > 0 && summa.av > 0 => format!("{what} saknas på {} och räknas inte med.", super::mening::rows(n)),
            _ => return Cell::belopp(shown, self.enhet),
        };
        Cell { fotnot: Some(self.footnote(text)), ..Cell::belopp(shown, self.enhet) }
    }

    /// As a document has it: figures from the right, sums as sums, and the words of each deviation in a column beside it.
    #[must_use]
    pub fn dokument(&self) -> dokument::Table {
        let mut columns = Vec::new();
        for kolumn in &self.kolumner {
            columns.push(match kolumn.slag {
                Kolumnslag::Text => dokument::Column::text(&kolumn.rubrik),
                Kolumnslag::Belopp | Kolumnslag::Avvikelse => dokument::Column::number(&kolumn.rubrik),
            });
            if kolumn.slag == Kolumnslag::Avvikelse {
                columns.push(dokument::Column::text(MOT_BUDGET));
            }
        }
        let mut table = dokument::Table::new(&self.namn, columns);
        table.rows = self.rader.iter().map(|rad| self.line(rad)).collect();
        let noter = (1..).zip(&self.fotnoter).map(|(n, text)| format!("{} {text}", raised(n)));
        let below: Vec<String> = [format!("{}.", self.enhet.rubrik())].into_iter().chain(noter).collect();
        table.source(below.join(" "))
    }

    /// As a slide has it, with what stands below it: the sums alone, each with the verksamhet that it is of. A verksamhet that has one
    /// line has that.
    #[must_use]
    pub fn bild(&self) -> (Tabell, String) {
        let table = self.dokument();
        let mut rows: Vec<Vec<String>> = vec![table.columns.iter().map(|column| column.head.clone()).collect()];
        let mut of = "";
        for rad in &self.rader {
            let first = rad.celler.first().map_or("", |cell| cell.text.as_str());
            let shown = match rad.form {
                Radform::Rubrik => {
                    of = first;
                    false
                }
                Radform::Underrubrik => false,
                Radform::Rad => of.is_empty(),
                Radform::Summa | Radform::Netto => true,
            };
            if let (true, dokument::Row::Cells(mut cells) | dokument::Row::Sum(mut cells)) = (shown, self.line(rad)) {
                if let Some(cell) = cells.first_mut().filter(|_| !of.is_empty()) {
                    *cell = format!("{of}: {}", cell.to_lowercase());
                }
                rows.push(cells);
            }
        }
        let more = rows.len().saturating_sub(1 + TABELL_MAX);
        rows.truncate(1 + TABELL_MAX);
        (Tabell { rubrik: vec![], rows, more }, table.below())
    }

    fn line(&self, rad: &Rad) -> dokument::Row {
        let mut cells = Vec::new();
        for (kolumn, cell) in self.kolumner.iter().zip(&rad.celler) {
            cells.push(cell.written());
            if kolumn.slag == Kolumnslag::Avvikelse {
                let said = |effekt: Effekt| format!("{} {}", effekt.arrow(), effekt.label());
                cells.push(cell.effekt.map_or_else(String::new, said));
            }
        }
        match rad.form {
            Radform::Rubrik | Radform::Underrubrik => dokument::Row::Group(cells.swap_remove(0)),
            Radform::Rad => dokument::Row::Cells(cells),
            Radform::Summa | Radform::Netto => dokument::Row::Sum(cells),
        }
    }
}
