//! Rutnät: what somebody types in the grid of a series, cell by cell: `323`, `323 prel`, `ca 3,2`, `12/15`, `–`. A cell is read as
//! it stands or said to be wrong; one that nobody has touched says nothing.

use super::{
    inlasning,
    serie::Content,
    siffra::fel,
    slag::{Mark, Slag, Varde},
};
use crate::{number, occurrence::Share, per_cent, rows::is_error, tal::Tal};

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The value; none where it is known to be missing, or was taken away.
    pub varde: Option<Varde>,
    /// The word of one that is missing, "–", "oklart", or of one that is not sure, "Prognos".
    pub not: String,
}

/// Reads a cell as a table's is read ([`inlasning::cell`]); none where it is blank. A share may be written as its parts, `12/15`. What a
/// table is asked about once, `1.346` or 0,125 of a share, is said to be written otherwise.
pub fn las(content: &Content, text: &str) -> Result<Option<Cell>, String> {
    let last = match skrivet(text, content.slag, &skriv(content))? {
        None => return Ok(None),
        Some(Skrivet::Saknas(word)) => return Ok(Some(Cell { varde: None, not: word })),
        Some(Skrivet::Tal(last)) => last,
    };
    if !inlasning::fits(content, &last.enhet) {
        return Err(format!("Enheten är {}. Skriv bara talet här.", content.enhet));
    }
    if content.slag == Slag::Andel && last.share.is_none() && last.enhet.is_empty() && per_cent::is_doubtful(last.tal) {
        return Err(per_cent::asked(last.tal));
    }
    let varde = Varde { tal: last.tal, share: last.share, mark: last.mark };
    match fel(content, &varde) {
        Some(fault) => Err(fault),
        None => Ok(Some(Cell { varde: Some(varde), not: last.not })),
    }
}

/// What somebody has typed in a cell, before it is held against what the cell is of.
pub(crate) enum Skrivet {
    /// A value that is missing, with its word.
    Saknas(String),
    /// A number that can be read in one way alone.
    Tal(Box<inlasning::Last>),
}

/// Reads what somebody has typed; none where it is blank. `skriv` says how such a cell is written.
pub(crate) fn skrivet(text: &str, slag: Slag, skriv: &str) -> Result<Option<Skrivet>, String> {
    match inlasning::cell(text, slag) {
        inlasning::Cell::Tom => Ok(None),
        inlasning::Cell::Saknas(word) => Ok(Some(Skrivet::Saknas(word))),
        inlasning::Cell::Dold => Err("Värdet är dolt där det är kopierat. Skriv talet.".to_owned()),
        // that says what to write
        inlasning::Cell::Fel(does) if is_error(text.trim()) => Err(format!("Rutan {does}")),
        inlasning::Cell::Fel(does) => Err(format!("Rutan {does} {skriv}")),
        inlasning::Cell::Tal(last) => one(&last).map(|()| Some(Skrivet::Tal(Box::new(last)))),
    }
}

/// Whether a figure can be read in one way alone; otherwise how to write it.
pub(crate) fn one(last: &inlasning::Last) -> Result<(), String> {
    if let Some(tusental) = last.tusental {
        let (tal, figures) = (last.tal.with_decimals(3), tusental.typed());
        return Err(format!("Är det {tusental} eller {tal}? Skriv {figures}, eller {tal}0."));
    }
    if last.engelskt {
        return Err(format!("Skriv talet med decimalkomma: {}.", last.tal));
    }
    Ok(())
}

/// How a value of the series is written.
fn skriv(content: &Content) -> String {
    if content.slag == Slag::Andel {
        return "Skriv en andel som 80\u{a0}% eller 12/15.".to_owned();
    }
    let example = if content.decimaler > 0 { "12,5" } else { "336" };
    format!("Skriv ett tal, till exempel {example} eller 323 prel.")
}

/// A number of a share written as its parts.
pub(crate) fn count(text: &str) -> Option<i64> {
    let read = number::read(text, &(Tal::ZERO..=Tal::MOST)).ok().flatten()?;
    read.number.int().filter(|n| *n >= 0 && read.unit.is_empty())
}

/// A share written as its parts, `12/15`.
pub(super) fn parts(part: &str, whole: &str) -> Result<Share, String> {
    match (count(part), count(whole)) {
        (Some(numerator), Some(denominator)) if numerator <= denominator => Ok(Share { numerator, denominator }),
        (Some(_), Some(_)) => Err("Delen är större än helheten.".to_owned()),
        _ => Err("Delen och helheten är hela tal.".to_owned()),
    }
}

/// A value as the cell takes it back: `336`, `323 prel`, `ca 3,2`, `12/15`; of one that is missing its word.
#[must_use]
pub fn skriven(content: &Content, varde: Option<&Varde>, not: &str) -> String {
    let Some(varde) = varde else { return if not.is_empty() { "–".to_owned() } else { not.to_owned() } };
    figures(content.slag, varde)
}

/// A value as any cell of its kind takes it back.
pub(crate) fn figures(slag: Slag, varde: &Varde) -> String {
    let figures = match varde.share {
        Some(share) => format!("{}/{}", share.numerator, share.denominator),
        None if slag == Slag::Andel => per_cent::written(varde.tal),
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
            ("bestand", "323 (prel.)", "323 prel", Some(Mark::Preliminar)),
            ("bestand", "Prognos 350", "350 prel", Some(Mark::Preliminar)),
            ("bestand", "Prognos 1 346", "1346 prel", Some(Mark::Preliminar)),
            ("bestand", "nära 350", "ca 350", Some(Mark::Ungefarlig)),
            ("belopp", "(1 250)", "-1250", Some(Mark::Definitiv)),
            ("belopp", "−40", "-40", Some(Mark::Definitiv)),
            ("medel", "ca 3,2", "ca 3,2", Some(Mark::Ungefarlig)),
            ("medel", "nära 3,2", "ca 3,2", Some(Mark::Ungefarlig)),
            ("flode", "Ej känt", "Ej känt", None),
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
            ("andel", "0,915"),
            ("bestand", "1.346"),
            ("belopp", "1,234.56"),
            ("bestand", "#REF!"),
            ("bestand", "2022-03-04"),
            ("bestand", "– visas inte: någon kan kännas igen"),
        ] {
            let said = las(&content(slag), text).unwrap_err();
            assert!(said.ends_with(['.', '?']), "{slag} {text}: {said}");
        }
        let asked = "Är det 91,5\u{a0}% eller 0,915\u{a0}%? Skriv 91,5, eller 0,915\u{a0}% med procenttecken.";
        assert_eq!(las(&content("andel"), "0,915"), Err(asked.to_owned()));
    }
}
