//! Per cent: a share as people write it, 0–100, and the question that is asked where it could be a hundredfold wrong. Excel
//! stores 91,5 % as 0,915 and gives that when the cell is copied without its format; nobody would see that a goal or a result
//! became a hundredth of what it was. Every place where per cent are typed, pasted or read from a file asks here.

use crate::{format::NBSP, number, tal::Tal};

/// Why a text is no share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It could be a hundredfold wrong: the sentence asks which is meant and how to write it.
    Asked(String),
    /// Neither figures with a decimal comma or point nor such with a per cent sign.
    NoNumber,
}

/// Reads per cent, with or without its sign; none where there is no text. A number up to 1 needs its sign.
pub fn read(text: &str) -> Result<Option<Tal>, Unread> {
    let read = number::read(text, &(Tal::ZERO..=Tal::HUNDRED)).map_err(|unread| match unread {
        number::Unread::NoNumber => Unread::NoNumber,
        number::Unread::Said(sentence) => Unread::Asked(sentence),
    })?;
    let Some(number::Read { number: x, unit }) = read else { return Ok(None) };
    if !number::fits(&unit, number::PER_CENT) {
        return Err(Unread::NoNumber);
    }
    if is_doubtful(x) && unit.is_empty() {
        return Err(Unread::Asked(asked(x)));
    }
    Ok(Some(x))
}

/// What is asked where a number of per cent could as well be a share of 1.
pub(crate) fn asked(x: Tal) -> String {
    let hundredfold = Tal::of_stored(x.stored().saturating_mul(100));
    format!("Är det {hundredfold}{NBSP}% eller {x}{NBSP}%? Skriv {hundredfold}, eller {x}{NBSP}% med procenttecken.")
}

/// Whether a number of per cent could as well be a share of 1.
#[must_use]
pub fn is_doubtful(x: Tal) -> bool {
    x > Tal::ZERO && x <= Tal::whole(1)
}

/// Per cent as [`read`] takes it back: with its sign where it would be asked about.
#[must_use]
pub fn written(x: Tal) -> String {
    let number = x.typed();
    if is_doubtful(x) { format!("{number} %") } else { number }
}

/// Whether a unit that somebody has typed means per cent.
#[must_use]
pub fn is_unit(unit: &str) -> bool {
    let unit = unit.trim().to_lowercase();
    unit.starts_with('%') || unit.starts_with("procent") && !unit.starts_with("procentenhet")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_could_be_a_hundredfold_wrong_is_asked_about() {
        for (text, asked) in [
            ("0,915", "Är det 91,5\u{a0}% eller 0,915\u{a0}%? Skriv 91,5, eller 0,915\u{a0}% med procenttecken."),
            ("0.75", "Är det 75\u{a0}% eller 0,75\u{a0}%? Skriv 75, eller 0,75\u{a0}% med procenttecken."),
            ("1", "Är det 100\u{a0}% eller 1\u{a0}%? Skriv 100, eller 1\u{a0}% med procenttecken."),
        ] {
            assert_eq!(read(text), Err(Unread::Asked(asked.into())), "{text}");
        }
    }

    #[test]
    fn with_its_sign_or_above_one_it_is_what_it_says() {
        for (text, x) in [
            ("75", 75.0),
            ("97,5 %", 97.5),
            ("97,5%", 97.5),
            ("0,91 %", 0.91),
            ("0", 0.0),
            (" 1\u{a0}% ", 1.0),
            ("75 procent", 75.0),
        ] {
            assert_eq!(read(text), Ok(Tal::nearest(x)), "{text}");
        }
        assert_eq!(read(" "), Ok(None));
        for text in ["hög", "%", "75 kr", "1e1", "inf"] {
            assert_eq!(read(text), Err(Unread::NoNumber), "{text}");
        }
    }

    #[test]
    fn what_is_stored_comes_back_as_it_was() {
        for x in [0.0, 0.5, 0.915, 1.0, 1.5, 75.0, 97.25, 33.333] {
            let x = Tal::nearest(x).unwrap();
            assert_eq!(read(&written(x)), Ok(Some(x)));
        }
    }

    #[test]
    fn procentenheter_are_no_per_cent() {
        assert!(is_unit("%") && is_unit(" Procent") && is_unit("% av ärendena"));
        assert!(!is_unit("procentenheter") && !is_unit("dagar") && !is_unit(""));
    }
}
