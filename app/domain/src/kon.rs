//! Kön, as the clients of a survey say it themselves and as figures are split by it; and how lists and people write it.

use serde::{Deserialize, Serialize};

use crate::text::compared;

/// What a client answered, or what stands in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kon {
    /// Kvinna.
    Kvinna,
    /// Man.
    Man,
    /// Annat.
    Annat,
    /// Does not want to say.
    VillInteSvara,
}

impl Kon {
    /// Every answer, in the order it is offered and shown.
    pub const ALL: [Self; 4] = [Self::Kvinna, Self::Man, Self::Annat, Self::VillInteSvara];

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Kvinna => "kvinna",
            Self::Man => "man",
            Self::Annat => "annat",
            Self::VillInteSvara => "vill_inte_svara",
        }
    }

    /// The answer of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Kvinna => "Kvinna",
            Self::Man => "Man",
            Self::Annat => "Annat",
            Self::VillInteSvara => "Vill inte svara",
        }
    }

    /// As a group of people in tables and charts.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Kvinna => "Kvinnor",
            Self::Man => "Män",
            Self::Annat => "Annat",
            Self::VillInteSvara => "Vill inte svara",
        }
    }
}

/// What a cell says of kön.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// This.
    Kon(Kon),
    /// Nothing: it is empty, or says that it is not known.
    Nothing,
    /// A digit: 1 or 2, which registers use the one way and lists now and then the other.
    Digit(u8),
    /// Something that is no kön for certain.
    Unclear,
}

/// Reads one cell by itself.
#[must_use]
pub fn said(text: &str) -> Said {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    match text.as_str() {
        "kvinna" | "kvinnor" | "kvinnlig" | "kvinnligt" | "kv" | "k" | "f" | "flicka" | "flickor" | "tjej"
        | "tjejer" | "dam" | "damer" | "female" => Said::Kon(Kon::Kvinna),
        "man" | "män" | "manlig" | "manligt" | "m" | "p" | "pojke" | "pojkar" | "kille" | "killar" | "herr"
        | "herrar" | "male" => Said::Kon(Kon::Man),
        "annat" | "annan" | "hen" | "icke-binär" | "ickebinär" | "icke binär" => Said::Kon(Kon::Annat),
        "" | "-" | "–" | "—" | "?" | "okänt" | "okänd" | "saknas" | "uppgift saknas" | "ej angivet" | "vet ej"
        | "vill inte svara" => Said::Nothing,
        "1" => Said::Digit(1),
        "2" => Said::Digit(2),
        _ => Said::Unclear,
    }
}

/// Kön where a text says it for certain.
#[must_use]
pub fn read(text: &str) -> Option<Kon> {
    match said(text) {
        Said::Kon(kon) => Some(kon),
        Said::Nothing | Said::Digit(_) | Said::Unclear => None,
    }
}

/// How the kön of a column is to be read: what somebody has answered when it was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lasning {
    /// Nothing is answered: what is not certain is asked about.
    #[default]
    Fraga,
    /// 2 is a woman and 1 a man, as Skatteverket and SCB write.
    TvaKvinna,
    /// 1 is a woman and 2 a man.
    EttKvinna,
    /// What is not certain is left out.
    Utelamna,
}

impl Lasning {
    /// The answers that can be given.
    pub const ANSWERS: [Self; 3] = [Self::TvaKvinna, Self::EttKvinna, Self::Utelamna];

    /// As a form sends it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Fraga => "",
            Self::TvaKvinna => "tva_kvinna",
            Self::EttKvinna => "ett_kvinna",
            Self::Utelamna => "utelamna",
        }
    }

    /// The answer of a code; whatever is none asks.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::ANSWERS.into_iter().find(|l| l.code() == code).unwrap_or_default()
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Fraga => "Fråga",
            Self::TvaKvinna => "2 är kvinna och 1 är man",
            Self::EttKvinna => "1 är kvinna och 2 är man",
            Self::Utelamna => "Läs inte in kön där det är oklart",
        }
    }
}

/// The kön of a column of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kolumn {
    /// One for each cell.
    pub kon: Vec<Option<Kon>>,
    /// The places of the cells that have to be asked about.
    pub asked: Vec<usize>,
    /// Whether some of them are digits.
    pub digits: bool,
}

/// Reads a column as a whole: a letter can mean another thing beside other letters.
#[must_use]
pub fn kolumn<'c>(cells: impl Iterator<Item = &'c str> + Clone, lasning: Lasning) -> Kolumn {
    let letter = |wanted: &str| cells.clone().any(|c| compared(c.trim().trim_end_matches('.')) == wanted);
    // T for tjej goes with K for kille
    let tjej_kille = letter("t") && letter("k");
    let mut out = Kolumn::default();
    for (place, cell) in cells.enumerate() {
        let digit = |woman: u8, d: u8| Some(if d == woman { Kon::Kvinna } else { Kon::Man });
        let kon = match (said(cell), lasning) {
            (Said::Kon(_), _) if tjej_kille && compared(cell.trim().trim_end_matches('.')) == "k" => Err(false),
            (Said::Kon(kon), _) => Ok(Some(kon)),
            (Said::Nothing, _) => Ok(None),
            (Said::Digit(d), Lasning::TvaKvinna) => Ok(digit(2, d)),
            (Said::Digit(d), Lasning::EttKvinna) => Ok(digit(1, d)),
            (Said::Digit(_), _) => Err(true),
            (Said::Unclear, _) => Err(false),
        };
        match kon {
            Err(digit) if lasning != Lasning::Utelamna => {
                out.asked.push(place);
                out.digits |= digit;
            }
            _ => {}
        }
        out.kon.push(kon.unwrap_or_default());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kon_is_read_as_units_write_it() {
        for (kon, texts) in [
            (Kon::Kvinna, "Kvinna kv K f. Flicka TJEJ dam kvinnor"),
            (Kon::Man, "Man m P Pojke kille män herr"),
            (Kon::Annat, "annat Icke-binär"),
        ] {
            for text in texts.split(' ') {
                assert_eq!(read(text), Some(kon), "{text}");
            }
        }
        for text in ["", "2", "okänt", "X", "T", "kvinna/man"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn digits_are_asked_about_and_read_as_answered() {
        let cells = ["1", "2", "", "K"];
        let asked = kolumn(cells.into_iter(), Lasning::Fraga);
        assert_eq!((asked.asked.as_slice(), asked.digits), ([0, 1].as_slice(), true));
        let (woman, man) = (Some(Kon::Kvinna), Some(Kon::Man));
        for (lasning, expected) in [
            (Lasning::TvaKvinna, [man, woman, None, woman]),
            (Lasning::EttKvinna, [woman, man, None, woman]),
            (Lasning::Utelamna, [None, None, None, woman]),
        ] {
            let read = kolumn(cells.into_iter(), lasning);
            assert_eq!((read.kon.as_slice(), read.asked.len()), (expected.as_slice(), 0), "{lasning:?}");
            assert_eq!(Lasning::from_code(lasning.code()), lasning);
        }
    }

    /// K beside T is a kille, whatever K is elsewhere.
    #[test]
    fn a_letter_that_means_two_things_is_asked_about() {
        let read = kolumn(["T", "K", "K", "flicka"].into_iter(), Lasning::Fraga);
        assert_eq!(read.asked, [0, 1, 2]);
        assert_eq!(read.kon, [None, None, None, Some(Kon::Kvinna)]);
        assert_eq!(kolumn(["F", "P", "k"].into_iter(), Lasning::Fraga).asked, [] as [usize; 0]);
    }
}
