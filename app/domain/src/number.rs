//! Number: one as people write it in a form: `1 346`, `316 st`, `12,5`, `−40`. What is read is what stands there; what could be two
//! numbers is asked about, and "ca 3" is refused in words, for a form keeps numbers and no guesses.

use std::ops::RangeInclusive;

use crate::{format, text::compared};

/// What can stand behind a count.
pub const COUNT: &[&str] = &[
    "st",
    "stycken",
    "styck",
    "ärenden",
    "ärende",
    "akter",
    "svar",
    "personer",
    "person",
    "händelser",
    "händelse",
    "gånger",
    "fall",
];
/// What can stand behind days.
pub const DAYS: &[&str] = &["dagar", "dag", "dygn"];
/// What can stand behind months.
pub const MONTHS: &[&str] = &["månader", "månad", "mån"];
/// What can stand behind years.
pub const YEARS: &[&str] = &["år"];
/// What can stand behind minutes.
pub const MINUTES: &[&str] = &["minuter", "minut", "min"];
/// What can stand behind seconds.
pub const SECONDS: &[&str] = &["sekunder", "sekund", "sek", "s"];
/// What can stand behind per cent.
pub const PER_CENT: &[&str] = &["%", "procent"];

/// Words of somebody who has not counted.
const ABOUT: [&str; 13] =
    ["ca", "ca.", "c:a", "cirka", "circa", "drygt", "knappt", "nära", "nästan", "omkring", "runt", "ungefär", "över"];

/// A number and what stood behind it, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Without its unit, with its sign.
    pub number: f64,
    /// `st`, `%`, `kr`; empty where nothing stood there.
    pub unit: String,
}

/// Why a text is no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is none; the field says in which limits it is to be.
    NoNumber,
    /// The sentence says what to write.
    Said(String),
}

/// Reads a number; none where there is no text. `within` are the limits of the field: of `1.346` they tell whether it could be both
/// 1 346 and 1,346.
pub fn read(text: &str, within: &RangeInclusive<f64>) -> Result<Option<Read>, Unread> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let about = text.split_whitespace().next().filter(|word| ABOUT.contains(&compared(word).as_str()));
    if let Some(word) = about.filter(|word| *word != text) {
        return Err(Unread::Said(format!("Skriv talet utan ”{word}”: det som sparas är ett bestämt tal.")));
    }
    let (sign, rest) = signed(text);
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.') && !c.is_whitespace());
    let (figures, unit) = rest.split_at(end.unwrap_or(rest.len()));
    let figures: String = figures.chars().filter(|c| !c.is_whitespace()).collect();
    let number = value(&figures, sign, within)?;
    Ok(Some(Read { number, unit: unit.trim().to_owned() }))
}

/// The sign of a number, in all ways it is written and printed.
fn signed(text: &str) -> (f64, &str) {
    for (signs, sign) in [("+/-", 1.0), ("±", 1.0), ("+", 1.0), ("−", -1.0), ("–", -1.0), ("-", -1.0)] {
        if let Some(rest) = text.strip_prefix(signs) {
            return (sign, rest);
        }
    }
    (1.0, text)
}

fn value(figures: &str, sign: f64, within: &RangeInclusive<f64>) -> Result<f64, Unread> {
    let (whole, part) = match figures.rsplit_once([',', '.']) {
        // a point between thousands, as in 1.234,56
        Some((whole, part)) => (thousands(whole, figures[whole.len()..].starts_with(','))?, part),
        None => (figures.to_owned(), ""),
    };
    let whole = if whole.is_empty() && !part.is_empty() { "0".to_owned() } else { whole };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(&whole) || !digits(part) || figures.ends_with([',', '.']) {
        return Err(Unread::NoNumber);
    }
    let parsed =
        |text: String| text.parse::<f64>().map(|x| if x == 0.0 { 0.0 } else { sign * x }).map_err(|_| Unread::NoNumber);
    let number = parsed(format!("{whole}.{part}0"))?;
    if part.len() == 3 && figures.len() == whole.len() + 4 && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
    {
        let thousands = parsed(format!("{whole}{part}"))?;
        if within.contains(&thousands) {
            let (one, other) = (format::decimal(thousands), format!("{whole},{part}"));
            return Err(Unread::Said(format!("Är det {one} eller {other}? Skriv {whole}{part}, eller {other}0.")));
        }
    }
    Ok(number)
}

/// What stands before the decimals, without the points between its thousands.
fn thousands(text: &str, may_have_points: bool) -> Result<String, Unread> {
    let groups: Vec<&str> = text.split('.').collect();
    let right =
        groups.len() == 1 || may_have_points && groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3);
    if right { Ok(groups.concat()) } else { Err(Unread::NoNumber) }
}

/// Whether a unit that stood behind a number is one of those that fit.
#[must_use]
pub fn fits(unit: &str, words: &[&str]) -> bool {
    let unit = unit.trim_end_matches('.').to_lowercase();
    unit.is_empty() || words.contains(&unit.as_str())
}

/// What is said of a unit that does not fit.
#[must_use]
pub fn other_unit(unit: &str) -> String {
    let short: String = unit.chars().take(20).collect();
    format!("Här kan det inte stå ”{short}” efter talet. Skriv bara talet.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Option<(f64, String)>, Unread> {
        read(text, &(-1e12..=1e12)).map(|read| read.map(|r| (r.number, r.unit)))
    }

    #[test]
    fn a_number_is_read_as_people_write_it() {
        for (text, number, unit) in [
            ("316 st", 316.0, "st"),
            ("316st.", 316.0, "st."),
            ("1 346", 1346.0, ""),
            ("1\u{a0}346", 1346.0, ""),
            ("1\u{202f}346", 1346.0, ""),
            ("435 935,05 kr", 435_935.05, "kr"),
            ("0,8 %", 0.8, "%"),
            ("80%", 80.0, "%"),
            ("18500.00", 18_500.0, ""),
            ("1.234,56", 1234.56, ""),
            ("0,346", 0.346, ""),
            (",5", 0.5, ""),
            ("1,3460", 1.346, ""),
            ("+4", 4.0, ""),
            ("+/-0", 0.0, ""),
            ("±0", 0.0, ""),
            ("−40", -40.0, ""),
            ("–40", -40.0, ""),
            ("-0,5", -0.5, ""),
        ] {
            assert_eq!(of(text), Ok(Some((number, unit.to_owned()))), "{text}");
        }
        assert_eq!(of("  "), Ok(None));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["inf", "nan", "hög", "%", "1,2,3", "1,234.56", "5,", "--4", "(1 250)", "#REF!", "ca"] {
            assert!(of(text) == Err(Unread::NoNumber), "{text}: {:?}", of(text));
        }
        // a figure with letters behind it is a number and a unit, which the field does not take
        assert_eq!(of("1e5"), Ok(Some((1.0, "e5".to_owned()))));
        assert!(!fits("e5", COUNT) && fits("st.", COUNT) && fits("ST", COUNT) && fits("", DAYS));
    }

    #[test]
    fn what_could_be_a_thousandfold_wrong_is_asked_about_where_both_would_do() {
        let Err(Unread::Said(asked)) = of("1.346") else { panic!("it is asked about") };
        assert_eq!(asked, "Är det 1\u{a0}346 eller 1,346? Skriv 1346, eller 1,3460.");
        assert!(matches!(of("1,346"), Err(Unread::Said(_))));
        let read = read("12,345", &(0.0..=100.0)).unwrap().unwrap();
        assert_eq!(read, Read { number: 12.345, unit: String::new() });
    }

    #[test]
    fn a_guess_is_refused_in_words() {
        for text in ["ca 3", "Drygt 2 %", "nära 350"] {
            assert!(matches!(of(text), Err(Unread::Said(_))), "{text}");
        }
    }
}
