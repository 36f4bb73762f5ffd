//! Rutnät: what somebody types in the grid of a series, cell by cell: `323`, `323 prel`, `ca 3,2`, `12/15`, `–`. A cell is read as
//! it stands or said to be wrong; one that nobody has touched says nothing.

use super::{
    serie::Content,
    siffra::fel,
    slag::{Mark, Slag, Varde},
};
use crate::{
    number::{self, Unread},
    occurrence::Share,
    tal::Tal,
    text::compared,
};

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The value; none where it is known to be missing, or was taken away.
    pub varde: Option<Varde>,
    /// The word of one that is missing: "–", "oklart".
    pub not: String,
}

/// Words before a number that make it approximate.
const ABOUT: [&str; 6] = ["ca", "ca.", "c:a", "cirka", "drygt", "knappt"];
/// Words that make it preliminary.
const PRELIMINARY: [&str; 4] = ["prel", "prel.", "preliminär", "preliminärt"];
/// Words of somebody who knows that there is no value.
const MISSING: [&str; 7] = ["-", "–", "—", "..", "oklart", "saknas", "uppgift saknas"];

/// Reads a cell; none where it is blank. A share may be written as its parts, `12/15`.
pub fn las(content: &Content, text: &str) -> Result<Option<Cell>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if MISSING.contains(&compared(text).as_str()) {
        return Ok(Some(Cell { varde: None, not: text.to_owned() }));
    }
    let (mark, rest) = marked(text);
    let (tal, share) = match rest.split_once('/').filter(|_| content.slag == Slag::Andel) {
        Some((part, whole)) => {
            let share = parts(part, whole)?;
            let tal =
                Tal::per_cent(share.numerator, share.denominator).ok_or("Helheten är 0: det blir ingen andel.")?;
            (tal, Some(share))
        }
        None => (number_of(content, &rest)?, None),
    };
    let varde = Varde { tal, share, mark };
    match fel(content, &varde) {
        Some(fault) => Err(fault),
        None => Ok(Some(Cell { varde: Some(varde), not: String::new() })),
    }
}

/// How sure a number is by the words about it, and what is left without them: `323, prel.`, `ca 3,2`.
pub(crate) fn marked(text: &str) -> (Mark, String) {
    let mut mark = Mark::Definitiv;
    let mut words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')')).filter(|w| !w.is_empty()).collect();
    let bare = |word: &str| compared(word.trim_end_matches(','));
    words.retain(|word| {
        let word = bare(word);
        let found = if PRELIMINARY.contains(&word.as_str()) {
            Mark::Preliminar
        } else if ABOUT.contains(&word.as_str()) {
            Mark::Ungefarlig
        } else {
            return true;
        };
        mark = mark.max(found);
        false
    });
    (mark, words.join(" ").trim_end_matches(',').to_owned())
}

/// A share written as its parts, `12/15`.
pub(super) fn parts(part: &str, whole: &str) -> Result<Share, String> {
    let count = |text: &str| {
        let read = number::read(text, &(Tal::ZERO..=Tal::MOST)).ok().flatten()?;
        read.number.int().filter(|n| *n >= 0 && read.unit.is_empty())
    };
    match (count(part), count(whole)) {
        (Some(numerator), Some(denominator)) if numerator <= denominator => Ok(Share { numerator, denominator }),
        (Some(_), Some(_)) => Err("Delen är större än helheten.".to_owned()),
        _ => Err("Skriv en andel som 12/15 eller 80 %.".to_owned()),
    }
}

fn number_of(content: &Content, text: &str) -> Result<Tal, String> {
    if content.slag == Slag::Andel {
        return match crate::per_cent::read(text) {
            Ok(Some(tal)) => Ok(tal),
            Ok(None) | Err(crate::per_cent::Unread::NoNumber) => Err("Skriv en andel som 80 % eller 12/15.".to_owned()),
            Err(crate::per_cent::Unread::Asked(question)) => Err(question),
        };
    }
    let no_number = || {
        format!("Skriv ett tal, till exempel {} eller 323 prel.", if content.decimaler > 0 { "12,5" } else { "336" })
    };
    match number::read(text, &(-Tal::MOST..=Tal::MOST)) {
        Ok(Some(read)) if number::fits(&read.unit, &[&content.enhet.to_lowercase()]) => Ok(read.number),
        Ok(Some(_)) => Err(format!("Enheten är {}. Skriv bara talet här.", content.enhet)),
        Ok(None) | Err(Unread::NoNumber) => Err(no_number()),
        Err(Unread::Said(sentence)) => Err(sentence),
    }
}

/// A value as the cell takes it back: `336`, `323 prel`, `ca 3,2`, `12/15`; of one that is missing its word.
#[must_use]
pub fn skriven(content: &Content, varde: Option<&Varde>, not: &str) -> String {
    let Some(varde) = varde else { return if not.is_empty() { "–".to_owned() } else { not.to_owned() } };
    let figures = match varde.share {
        Some(share) => format!("{}/{}", share.numerator, share.denominator),
        None if content.slag == Slag::Andel => crate::per_cent::written(varde.tal),
        None => varde.tal.typed(),
    };
    match varde.mark {
        Mark::Definitiv => figures,
        Mark::Ungefarlig => format!("ca {figures}"),
        Mark::Preliminar => format!("{figures} prel"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::siffror::serie::{Form, check};

    fn content(slag: &str) -> Content {
        let form = Form {
            namn: "Hushåll".into(),
            enhet: "hushåll".into(),
            slag: slag.into(),
            grain: "manad".into(),
            decimaler: "1".into(),
            ..Form::default()
        };
        check(&form, None).unwrap()
    }

    #[test]
    fn a_cell_is_read_as_people_write_it_and_comes_back_the_same() {
        let of = |slag: &str, text: &str| {
            let cell = las(&content(slag), text).unwrap().unwrap();
            (skriven(&content(slag), cell.varde.as_ref(), &cell.not), cell.varde.map(|v| v.mark))
        };
        for (slag, text, back, mark) in [
            ("bestand", "336", "336", Some(Mark::Definitiv)),
            ("bestand", "1 346 hushåll", "1346", Some(Mark::Definitiv)),
            ("bestand", "323 prel", "323 prel", Some(Mark::Preliminar)),
            ("bestand", "323, prel.", "323 prel", Some(Mark::Preliminar)),
            ("medel", "ca 3,2", "ca 3,2", Some(Mark::Ungefarlig)),
            ("andel", "12/15", "12/15", Some(Mark::Definitiv)),
            ("andel", "80 %", "80", Some(Mark::Definitiv)),
            ("flode", "0", "0", Some(Mark::Definitiv)),
            ("flode", "Oklart", "Oklart", None),
            ("flode", "–", "–", None),
        ] {
            assert_eq!(of(slag, text), (back.to_owned(), mark), "{text}");
            assert_eq!(of(slag, back).1, mark, "{back}");
        }
        assert_eq!(las(&content("flode"), "  "), Ok(None));
    }

    #[test]
    fn what_is_no_value_of_the_series_is_said() {
        for (slag, text) in [
            ("bestand", "−3"),
            ("bestand", "336 kr"),
            ("bestand", "många"),
            ("andel", "130 %"),
            ("andel", "15/12"),
            ("andel", "3/0"),
        ] {
            assert!(las(&content(slag), text).is_err(), "{slag} {text}");
        }
    }
}
