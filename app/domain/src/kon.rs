//! Kön, as the clients of a survey say it themselves and as figures are split by it; and how lists and people write it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::text::compared;

/// What a client answered, or what stands in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kon {
    /// A woman.
    Kvinna,
    /// A man; the word is the same in Swedish.
    Man,
    /// Neither; shown as "Annat".
    Annat,
    /// Does not want to say.
    VillInteSvara,
}

impl Kon {
    crate::every! {
        /// Every answer, in the order it is offered and shown.
        Kvinna, Man, Annat, VillInteSvara
    }

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
    /// What the text says for certain.
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
    /// K is a woman, whatever stands beside it, and F one too.
    KKvinna,
    /// K is a kille, beside F or T for the girls.
    KKille,
    /// What is not certain is left out.
    Utelamna,
}

impl Lasning {
    /// The answers that can be given.
    pub const ANSWERS: [Self; 5] = [Self::TvaKvinna, Self::EttKvinna, Self::KKvinna, Self::KKille, Self::Utelamna];

    /// As a form sends it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Fraga => "",
            Self::TvaKvinna => "tva_kvinna",
            Self::EttKvinna => "ett_kvinna",
            Self::KKvinna => "k_kvinna",
            Self::KKille => "k_kille",
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
            Self::KKvinna => "K är kvinna, och F är också kvinna eller flicka",
            Self::KKille => "K är kille, och F eller T är flicka eller tjej",
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
    let beside = Beside::of(cells.clone());
    let mut out = Kolumn::default();
    for (place, cell) in cells.enumerate() {
        let digit = |woman: u8, d: u8| Some(if d == woman { Kon::Kvinna } else { Kon::Man });
        let kon = match (said(cell), lasning) {
            (_, Lasning::KKille) if bare(cell) == "k" => Ok(Some(Kon::Man)),
            (_, Lasning::KKille) if matches!(bare(cell).as_str(), "t" | "f") => Ok(Some(Kon::Kvinna)),
            (Said::Kon(kon), Lasning::KKvinna) => Ok(Some(kon)),
            (Said::Kon(_), _) if beside.makes_unclear(cell) => Err(false),
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

/// A cell as it is compared.
fn bare(cell: &str) -> String {
    compared(cell.trim().trim_end_matches('.'))
}

/// Which ways of writing stand in a column. K is a kvinna, and a kille where girls are written F, T or in full; F is a flicka or
/// a female.
#[derive(Clone, Debug, Default)]
struct Beside(BTreeSet<String>);

impl Beside {
    fn of<'c>(cells: impl Iterator<Item = &'c str>) -> Self {
        let mut beside = Self::default();
        // few ways of writing, and as many cells as cases
        for cell in cells.map(bare) {
            if !beside.0.contains(&cell) {
                beside.0.insert(cell);
            }
        }
        beside
    }

    fn any(&self, texts: &[&str]) -> bool {
        texts.iter().any(|text| self.0.contains(*text))
    }

    /// Whether what a cell says by itself is not certain in this column.
    fn makes_unclear(&self, cell: &str) -> bool {
        let cell = bare(cell);
        let grown_men = self.any(&["m", "man", "män"]);
        // grown men and boys have letters of their own, so that nobody is left whom K could be but kvinnor
        if grown_men && self.any(&["p", "pojke", "pojkar"]) {
            return cell == "k" && self.any(&["t"]);
        }
        let children = || self.any(&["tjej", "tjejer", "flicka", "flickor", "kille", "killar"]);
        match cell.as_str() {
            "k" => self.any(&["f", "t"]) || !grown_men && children(),
            "f" => self.any(&["k"]),
            _ => false,
        }
    }
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
        }
        for lasning in Lasning::ANSWERS {
            assert_eq!(Lasning::from_code(lasning.code()), lasning);
        }
    }

    /// K beside T is a kille, whatever K is elsewhere.
    #[test]
    fn a_letter_that_means_two_things_is_asked_about() {
        let read = kolumn(["T", "K", "K", "flicka"].into_iter(), Lasning::Fraga);
        assert_eq!(read.asked, [0, 1, 2]);
        assert_eq!(read.kon, [None, None, None, Some(Kon::Kvinna)]);
    }

    /// F is a flicka or a female and K a kvinna or a kille: only whoever made the list knows.
    #[test]
    fn an_f_beside_a_k_is_asked_about_and_read_as_answered() {
        let cells = ["F", "K", "f.", "M", ""];
        let read = kolumn(cells.into_iter(), Lasning::Fraga);
        assert_eq!((read.asked.as_slice(), read.digits), ([0, 1, 2].as_slice(), false));
        assert_eq!(read.kon, [None, None, None, Some(Kon::Man), None]);
        let (woman, man) = (Some(Kon::Kvinna), Some(Kon::Man));
        for (lasning, expected) in [
            (Lasning::KKvinna, [woman, woman, woman, man, None]),
            (Lasning::KKille, [woman, man, woman, man, None]),
            (Lasning::Utelamna, [None, None, None, man, None]),
        ] {
            let read = kolumn(cells.into_iter(), lasning);
            assert_eq!((read.kon.as_slice(), read.asked.len()), (expected.as_slice(), 0), "{lasning:?}");
        }
    }

    /// The same doubt in words: who writes Flicka writes K for kille as easily as for kvinna.
    #[test]
    fn a_k_beside_children_in_full_is_asked_about_and_beside_men_and_boys_it_is_not() {
        let none: [usize; 0] = [];
        for (cells, asked) in [
            (&["Flicka", "K", "Flicka"][..], &[1][..]),
            (&["Kille", "K"], &[1]),
            (&["tjej", "kv"], &none),
            // each has a letter of its own: flickor, pojkar, kvinnor and män
            (&["F", "P", "K", "M"], &none),
            (&["Flicka", "Pojke", "K", "M"], &none),
            // grown people, and a child in full
            (&["K", "M", "Flicka"], &none),
            (&["F", "P", "f"], &none),
            (&["F", "M"], &none),
            (&["F", "Kvinna"], &none),
        ] {
            assert_eq!(kolumn(cells.iter().copied(), Lasning::Fraga).asked, asked, "{cells:?}");
        }
    }
}
