//! Mål: what an indikator is to reach in its year, as tables have it: a number with its unit, two limits, or a text such as "Tas fram
//! av nämnd", by which nothing is judged.

use serde::{Deserialize, Serialize};

use super::{
    Content,
    slag::{Riktning, Slag},
};
use crate::{
    format::NBSP,
    number,
    rows::is_error,
    siffror::{
        forandring::procentenheter,
        inlasning::{Cell, Last, cell},
        rutnat::one,
        slag::{self as serie, Mark},
    },
    tal::Tal,
    text::compared,
    verksamhetsplan::forvantat::Jamforelse,
};

/// What is aimed at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mal {
    /// Nothing is said.
    #[default]
    Inget,
    /// A text, which is shown and judges nothing.
    Text(String),
    /// At least or at most so much.
    Tal(Tal),
    /// Two limits, both of them good.
    Inom {
        /// The lower one.
        fran: Tal,
        /// The upper one.
        till: Tal,
    },
}

impl Mal {
    /// The number that is aimed at; none of a text and of two limits.
    #[must_use]
    pub const fn tal(&self) -> Option<Tal> {
        match self {
            Self::Tal(tal) => Some(*tal),
            Self::Inget | Self::Text(_) | Self::Inom { .. } => None,
        }
    }

    /// Every number in it.
    #[must_use]
    pub fn alla(&self) -> Vec<Tal> {
        match self {
            Self::Inget | Self::Text(_) => vec![],
            Self::Tal(tal) => vec![*tal],
            Self::Inom { fran, till } => vec![*fran, *till],
        }
    }

    /// As a table has it: `75 %`, `4–6 %`, `Tas fram av nämnd`; nothing where nothing is said.
    #[must_use]
    pub fn shown(&self, content: &Content) -> String {
        match self {
            Self::Inget => String::new(),
            Self::Text(text) => text.clone(),
            Self::Tal(tal) => content.with_unit(*tal),
            Self::Inom { fran, till } => content.behind(&format!("{}–{}", content.shown(*fran), content.shown(*till))),
        }
    }

    /// In a sentence: `minst 75 %`, `högst 0,8 %`, `4–6 %`.
    #[must_use]
    pub fn said(&self, content: &Content) -> String {
        let shown = self.shown(content);
        match (self, content.riktning) {
            (Self::Tal(_), Riktning::Hogre) => format!("minst {shown}"),
            (Self::Tal(_), Riktning::Lagre) => format!("högst {shown}"),
            _ => shown,
        }
    }

    /// As a form takes it back, and the upper limit of two.
    pub(super) fn typed(&self, slag: Slag) -> (String, String) {
        let typed = |tal: Tal| if slag == Slag::Andel { crate::per_cent::written(tal) } else { tal.typed() };
        match self {
            Self::Inget => Default::default(),
            Self::Text(text) => (text.clone(), String::new()),
            Self::Tal(tal) => (typed(*tal), String::new()),
            Self::Inom { fran, till } => (typed(*fran), typed(*till)),
        }
    }
}

/// How far from the goal is still *uppnås delvis*, the limit itself counted in. Ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tolerans {
    /// Per cent of the goal.
    Procent(Tal),
    /// So many of the unit of the indikator.
    Enhet(Tal),
}

impl Tolerans {
    /// Ten per cent of the goal, where nobody has said another.
    pub const VANLIG: Self = Self::Procent(Tal::whole(10));

    /// `10 %`, `2 st`, `2 procentenheter` of a share: as it is read beside the goal.
    #[must_use]
    pub fn said(self, content: &Content) -> String {
        match self {
            Self::Procent(tal) => format!("{tal}{NBSP}%"),
            Self::Enhet(tal) if content.slag == Slag::Andel => {
                let figures = tal.to_string();
                format!("{figures} {}", procentenheter(&figures))
            }
            Self::Enhet(tal) => content.behind(&tal.to_string()),
        }
    }
}

impl Default for Tolerans {
    fn default() -> Self {
        Self::VANLIG
    }
}

/// A goal as a cell or a field has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastMal {
    /// What is aimed at.
    pub mal: Mal,
    /// The unit behind the number, in small letters; empty where none stood there.
    pub enhet: String,
    /// The direction that a word before the number says: `högst 0,8 %`.
    pub riktning: Option<Riktning>,
    /// What was left out or taken for a text, in sentences.
    pub noter: Vec<String>,
}

/// The direction that a comparison before a number says, and what stands behind it.
fn jamforare(text: &str) -> Option<(Riktning, &str)> {
    match Jamforelse::first_of(text)? {
        (Jamforelse::Minst, rest) => Some((Riktning::Hogre, rest)),
        (Jamforelse::Hogst, rest) => Some((Riktning::Lagre, rest)),
        _ => None,
    }
}

/// Reads a goal: `1 %`, `15 st`, `65`, `högst 0,8 %`, `4–6 %`, `Tas fram av nämnd` in any case and over several lines. What is no number
/// is a text. A sentence where it is neither: an error of Excel, or `1.346`, which could be two numbers.
pub fn las(text: &str) -> Result<LastMal, String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if is_error(&text) {
        return Err(format!("Rutan visar felet {text} i Excel. Skriv målet som ska stå där."));
    }
    let (riktning, bare) = match jamforare(&text) {
        Some((riktning, rest)) => (Some(riktning), rest.trim()),
        None => (None, text.as_str()),
    };
    match cell(bare, serie::Slag::Medel) {
        Cell::Tom | Cell::Saknas(_) if riktning.is_none() => Ok(LastMal::default()),
        Cell::Tal(last) => number(&last).map(|(mal, noter)| LastMal { mal, enhet: last.enhet, riktning, noter }),
        _ => match inom(bare) {
            Some((mal, enhet)) => Ok(LastMal { mal, enhet, riktning: Some(Riktning::Inom), noter: vec![] }),
            None => Ok(as_text(text)),
        },
    }
}

/// A number that was read, when it is one number.
fn number(last: &Last) -> Result<(Mal, Vec<String>), String> {
    one(last)?;
    let about = match last.mark {
        Mark::Definitiv => vec![],
        Mark::Ungefarlig => vec!["”Ca” togs bort: ett mål är ett bestämt tal.".to_owned()],
        Mark::Preliminar => vec!["”Preliminärt” togs bort.".to_owned()],
    };
    Ok((Mal::Tal(last.tal), about))
}

/// `4–6 %`, `4 - 6`, `mellan 4 och 6 %`.
fn inom(text: &str) -> Option<(Mal, String)> {
    let folded = compared(text);
    let (text, word) = match folded.strip_prefix("mellan ") {
        Some(rest) => (rest.to_owned(), " och "),
        None => (folded.replace(" - ", "–").replace(" till ", "–"), "–"),
    };
    let (fran, till) = text.split_once(word).or_else(|| text.split_once('-'))?;
    let read = |text: &str| match cell(text, serie::Slag::Medel) {
        Cell::Tal(last) if one(&last).is_ok() => Some(last),
        _ => None,
    };
    let (fran, till) = (read(fran)?, read(till)?);
    let one_unit = fran.enhet.is_empty() || fran.enhet == till.enhet;
    (fran.tal < till.tal && one_unit).then_some((Mal::Inom { fran: fran.tal, till: till.tal }, till.enhet))
}

/// A text is kept as it stands; where it has figures in it, that they judge nothing is told.
fn as_text(text: String) -> LastMal {
    let figures = text.bytes().any(|b| b.is_ascii_digit());
    let noter = figures.then(|| format!("”{text}” är läst som en text och bedöms inte."));
    LastMal { mal: Mal::Text(text), noter: noter.into_iter().collect(), ..LastMal::default() }
}

/// What is asked, once, about a goal whose unit nobody has said.
#[must_use]
pub fn fraga_om_enhet(tal: Tal) -> String {
    format!("Vad är {tal}: procent, antal eller index? Välj enhet. Du behöver bara svara en gång.")
}

/// Whether a unit that stands behind a figure is that of a figure of this kind, which is counted in `own`; an empty one is any.
#[must_use]
pub fn enhet_passar(slag: Slag, own: &str, unit: &str) -> bool {
    const KRONOR: &[&str] = &["kr", "kronor", ":-", "sek"];
    const TUSEN: &[&str] = &["tkr", "tusen kronor", "kkr"];
    const MILJONER: &[&str] = &["mnkr", "mkr", "miljoner kronor", "msek"];
    const COUNT: &[&str] = &["st", "stycken", "styck"];
    const INDEX: &[&str] = &["index", "indexvärde", "poäng"];
    let (own, unit) = (compared(own), compared(unit.trim().trim_end_matches('.')));
    let groups = [number::DAYS, number::MONTHS, number::YEARS, number::PER_CENT, KRONOR, TUSEN, MILJONER, INDEX];
    unit.is_empty()
        || own.is_empty()
        || unit == own
        || matches!(slag, Slag::Antal | Slag::Bestand) && COUNT.contains(&unit.as_str())
        || groups.iter().any(|group| group.contains(&own.as_str()) && group.contains(&unit.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_read_as_tables_have_it() {
        for (text, stored, enhet, riktning) in [
            ("1 %", 10_000, "%", None),
            ("0,8 %", 8_000, "%", None),
            ("15 st", 150_000, "st", None),
            ("800\u{a0}st", 8_000_000, "st", None),
            ("65", 650_000, "", None),
            ("625 000 kr", 6_250_000_000, "kr", None),
            ("högst 0,8 %", 8_000, "%", Some(Riktning::Lagre)),
            ("Max 975", 9_750_000, "", Some(Riktning::Lagre)),
            ("≥80 %", 800_000, "%", Some(Riktning::Hogre)),
            ("min. 75 %", 750_000, "%", Some(Riktning::Hogre)),
        ] {
            let last = las(text).unwrap();
            assert_eq!((last.mal.tal().map(Tal::stored), last.enhet.as_str()), (Some(stored), enhet), "{text}");
            assert_eq!((last.riktning, last.noter.len()), (riktning, 0), "{text}");
        }
        for text in ["", "–", "saknas", " "] {
            assert_eq!(las(text), Ok(LastMal::default()), "{text}");
        }
    }

    #[test]
    fn a_text_is_a_goal_that_judges_nothing() {
        for text in ["Tas fram av nämnd", "TAS FRAM AV NÄMND", "Tas fram\nav nämnd"] {
            let last = las(text).unwrap();
            assert_eq!((compared(&last.mal.shown_text()).as_str(), last.noter.len()), ("tas fram av nämnd", 0));
        }
        let last = las("65 eller högre enligt nämnd").unwrap();
        assert!(matches!(last.mal, Mal::Text(_)));
        assert_eq!(last.noter, ["”65 eller högre enligt nämnd” är läst som en text och bedöms inte."]);
        assert_eq!(las("Minska").unwrap().mal, Mal::Text("Minska".into()));
    }

    #[test]
    fn two_limits_are_read_with_their_unit() {
        for text in ["4–6 %", "4-6 %", "4 - 6 %", "mellan 4 och 6 %", "4 % – 6 %"] {
            let last = las(text).unwrap();
            assert_eq!(last.mal, Mal::Inom { fran: Tal::whole(4), till: Tal::whole(6) }, "{text}");
            assert_eq!((last.enhet.as_str(), last.riktning), ("%", Some(Riktning::Inom)), "{text}");
        }
        assert!(matches!(las("6–4 %").unwrap().mal, Mal::Text(_)));
    }

    #[test]
    fn what_can_be_two_numbers_or_is_an_error_is_said() {
        assert_eq!(las("1.346").unwrap_err(), "Är det 1\u{a0}346 eller 1,346? Skriv 1346, eller 1,3460.");
        assert!(las("#REF!").unwrap_err().starts_with("Rutan visar felet"));
        assert_eq!(las("ca 75 %").unwrap().noter, ["”Ca” togs bort: ett mål är ett bestämt tal."]);
    }

    impl Mal {
        fn shown_text(&self) -> String {
            if let Self::Text(text) = self { text.clone() } else { String::new() }
        }
    }
}
