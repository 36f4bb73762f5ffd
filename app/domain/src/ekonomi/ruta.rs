//! Ruta: what a cell of amounts says. It is read by the one reader of the cells of tables: text is a note and no number, a
//! forecast that stands among outcomes is a forecast, and nothing is a nought but a figure.

use serde::{Deserialize, Serialize};

use super::{enhet::Enhet, fri::Kolumnart};
use crate::{
    rows::is_error,
    siffror::{
        inlasning::{Cell, cell},
        slag::{Mark, Slag},
    },
    tal::Tal,
};

/// What a cell says of an amount.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ruta {
    /// With the sign that stands there; blank where there is no figure.
    pub tal: Option<Tal>,
    /// The words of the cell that are no figure: "Oklart", "Tas fram av nämnd", "ca 6 miljoner". May be empty.
    pub not: String,
    /// The cell calls its figure a forecast: "Prognos 39 000 000".
    pub prognos: bool,
    /// It says that it will be replaced: "prel.".
    pub preliminar: bool,
    /// It was written as `1,234.56`: it has one reading, which whoever reads the cell says.
    #[serde(skip)]
    pub engelskt: bool,
}

impl Ruta {
    /// Whether nothing stands there at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tal.is_none() && self.not.is_empty()
    }

    /// What it adds to the sum of a column: a forecast among outcomes adds nothing.
    #[must_use]
    pub fn summed(&self, kolumn: Kolumnart) -> Option<Tal> {
        self.tal.filter(|_| kolumn != Kolumnart::Utfall || !self.prognos)
    }
}

/// Reads a cell of an account or a table in a unit. The fault is what the cell does, to be said after its name ("Rutan …"): it is
/// an error of Excel, a day, two numbers, could be a thousandfold wrong, is too large or says another unit. A guess ("ca 6") is
/// kept as a note: in a sum it would look exact.
pub fn las(text: &str, enhet: Enhet) -> Result<Ruta, String> {
    let text = text.trim();
    let note = || Ruta { not: text.split_whitespace().collect::<Vec<_>>().join(" "), ..Ruta::default() };
    match cell(text, Slag::Belopp) {
        Cell::Saknas(word) if word.chars().any(char::is_alphanumeric) => Ok(Ruta { not: word, ..Ruta::default() }),
        // a dash is no more than a blank
        Cell::Tom | Cell::Saknas(_) => Ok(Ruta::default()),
        Cell::Dold => Err("är dold där den kopierades.".to_owned()),
        Cell::Fel(_) if !is_error(text) && !text.bytes().any(|b| b.is_ascii_digit()) => Ok(note()),
        Cell::Fel(does) => Err(does),
        Cell::Tal(last) if last.mark == Mark::Ungefarlig => Ok(note()),
        Cell::Tal(last) => {
            if let Some(thousands) = last.tusental {
                let said = last.tal;
                return Err(format!(
                    "kan vara {thousands} eller {said}. Skriv {}, eller {}.",
                    thousands.typed(),
                    said.typed()
                ));
            }
            let other = if last.enhet.is_empty() { Some(enhet) } else { Enhet::named(&last.enhet) };
            let Some(other) = other else {
                return Err(format!("är inget belopp: det står ”{}” efter talet.", last.enhet));
            };
            if other != enhet {
                let instead = other.exactly(enhet, last.tal).map_or_else(
                    || format!("Skriv beloppet i {}.", enhet.label()),
                    |tal| format!("Skriv {}.", tal.typed()),
                );
                return Err(format!("är i {}, men beloppen anges i {}. {instead}", other.label(), enhet.label()));
            }
            if !Enhet::takes(last.tal) {
                return Err("har ett belopp som är för stort för att sparas.".to_owned());
            }
            let prognos = !last.not.is_empty();
            let preliminar = last.mark == Mark::Preliminar && !prognos;
            Ok(Ruta { tal: Some(last.tal), not: String::new(), prognos, preliminar, engelskt: last.engelskt })
        }
    }
}
