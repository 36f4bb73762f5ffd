//! Number: one as people write it in a form: `1 346`, `316 st`, `12,5`, `−40`. What is read is what stands there; what could be two
//! numbers is asked about, and "ca 3" is refused in words, for a form keeps numbers and no guesses.

use std::ops::RangeInclusive;

use crate::{
    tal::{DECIMALS, Tal},
    text::compared,
};

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
pub(crate) const ABOUT: [&str; 13] =
    ["ca", "ca.", "c:a", "cirka", "circa", "drygt", "knappt", "nära", "nästan", "omkring", "runt", "ungefär", "över"];

/// A number and what stood behind it, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Without its unit, with its sign.
    pub number: Tal,
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
pub fn read(text: &str, within: &RangeInclusive<Tal>) -> Result<Option<Read>, Unread> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let about = text.split_whitespace().next().filter(|word| ABOUT.contains(&compared(word).as_str()));
    if let Some(word) = about.filter(|word| *word != text) {
        return Err(Unread::Said(format!("Skriv talet utan ”{word}”: det som sparas är ett bestämt tal.")));
    }
    let (negative, rest) = signed(text);
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.') && !c.is_whitespace());
    let (figures, unit) = rest.split_at(end.unwrap_or(rest.len()));
    let number = value(&joined(figures.trim())?, negative, within)?;
    if number != Tal::ZERO && EITHER.iter().any(|signs| text.starts_with(signs)) {
        return Err(Unread::Said("Skriv talet med plus eller minus: det som sparas är ett bestämt tal.".to_owned()));
    }
    Ok(Some(Read { number, unit: unit.trim().to_owned() }))
}

/// What stands before a nought, and leaves the sign of anything else open.
const EITHER: [&str; 2] = ["+/-", "±"];

/// Whether a number is below nought, in all ways a sign is written and printed, and what stands behind the sign.
fn signed(text: &str) -> (bool, &str) {
    let either = EITHER.map(|signs| (signs, false));
    for (signs, negative) in either.into_iter().chain([("+", false), ("−", true), ("–", true), ("-", true)]) {
        if let Some(rest) = text.strip_prefix(signs) {
            return (negative, rest);
        }
    }
    (false, text)
}

/// Figures without the blanks between their thousands. Blanks anywhere else stand between two numbers.
fn joined(figures: &str) -> Result<String, Unread> {
    if !figures.contains(char::is_whitespace) {
        return Ok(figures.to_owned());
    }
    let (whole, part) = figures.split_at(figures.find([',', '.']).unwrap_or(figures.len()));
    // also the thin ones that are printed
    let groups: Vec<&str> = whole.split([' ', '\u{a0}', '\u{2009}', '\u{202f}']).collect();
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let right = (1..=3).contains(&groups[0].len())
        && !groups[0].starts_with('0')
        && groups[1..].iter().all(|group| group.len() == 3)
        && groups.iter().all(|group| digits(group));
    if right && !part.contains(char::is_whitespace) {
        return Ok(groups.concat() + part);
    }
    Err(Unread::Said("Mellanslag i ett tal står bara mellan tusental, som i 1 346. Skriv ett tal.".to_owned()))
}

fn value(figures: &str, negative: bool, within: &RangeInclusive<Tal>) -> Result<Tal, Unread> {
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
    if part.trim_end_matches('0').len() > DECIMALS as usize {
        return Err(Unread::Said("Talet har fler än fyra decimaler. Skriv det med högst fyra.".to_owned()));
    }
    let signed = |x: Tal| if negative { -x } else { x };
    let number = Tal::of_figures(&whole, part).map(signed).ok_or(Unread::NoNumber)?;
    if part.len() == 3 && figures.len() == whole.len() + 4 && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
    {
        let thousands = Tal::of_figures(&format!("{whole}{part}"), "").map(signed).ok_or(Unread::NoNumber)?;
        if within.contains(&thousands) {
            return Err(Unread::Said(format!(
                "Är det {thousands} eller {whole},{part}? Skriv {whole}{part}, eller {whole},{part}0."
            )));
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

/// Whether what stood behind a number can be a unit that nobody has named before: a short word or two, `%` or `:-`. Of `3-5`,
/// `10 av 12`, `2:30` and `1e6` the rest is none.
#[must_use]
pub fn is_unit(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |word: &&str| {
        let bare = word.strip_suffix('.').unwrap_or(word);
        !bare.is_empty() && bare.chars().all(char::is_alphabetic)
    };
    let is_short = words.len() <= 2 && text.chars().count() <= UNIT_MAX;
    matches!(text, "" | "%" | ":-")
        || is_short && words.iter().all(is_word) && words.first().is_some_and(|word| compared(word) != "av")
}

/// The longest unit that is read behind a number, in characters.
const UNIT_MAX: usize = 30;

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
        read(text, &(-Tal::MOST..=Tal::MOST)).map(|read| read.map(|r| (r.number.float(), r.unit)))
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
        let read = read("12,345", &(Tal::ZERO..=Tal::HUNDRED)).unwrap().unwrap();
        assert_eq!((read.number.to_string().as_str(), read.unit.as_str()), ("12,345", ""));
    }

    #[test]
    fn blanks_stand_between_thousands_and_join_no_two_numbers() {
        for text in
            ["3 5", "10 2", "1,5 2", "1 34", "1346 000", "0 346", "1 346 5", "1\t346", "12 ,5", "12, 5", "1 2.345,6"]
        {
            assert!(matches!(of(text), Err(Unread::Said(_))), "{text}: {:?}", of(text));
        }
        for (text, number) in [("− 40", -40.0), ("1 346 000,5", 1_346_000.5), ("12\u{a0}000", 12_000.0)] {
            assert_eq!(of(text), Ok(Some((number, String::new()))), "{text}");
        }
    }

    #[test]
    fn plus_or_minus_is_a_sign_of_nothing_but_nought() {
        for text in ["±5", "+/-5", "± 0,5 %"] {
            assert!(matches!(of(text), Err(Unread::Said(_))), "{text}");
        }
        assert_eq!(of("± 0 %"), Ok(Some((0.0, "%".to_owned()))));
    }

    #[test]
    fn what_stands_behind_a_number_is_a_unit_only_where_it_is_words() {
        for unit in ["", "%", ":-", "kr", "tkr.", "ärenden", "avvikelser", "ärenden kvar", "procentenheter"] {
            assert!(is_unit(unit), "{unit}");
        }
        for rest in ["-5", "av 12", "Av tolv", ":30", "/7", "e6", "x 3", "(ca)", "–", "%%", "och sedan fem", ". . ."]
        {
            assert!(!is_unit(rest), "{rest}");
        }
        assert!(!is_unit(&"a".repeat(31)));
    }

    #[test]
    fn decimals_that_are_not_kept_are_not_dropped_unseen() {
        let Err(Unread::Said(said)) = of("0,33333") else { panic!("it is refused") };
        assert_eq!(said, "Talet har fler än fyra decimaler. Skriv det med högst fyra.");
        assert_eq!(of("0,333300"), Ok(Some((0.3333, String::new()))), "noughts say nothing");
        assert_eq!(of("99999999999999999999"), Err(Unread::NoNumber));
    }

    #[test]
    fn a_guess_is_refused_in_words() {
        for text in ["ca 3", "Drygt 2 %", "nära 350"] {
            assert!(matches!(of(text), Err(Unread::Said(_))), "{text}");
        }
    }
}
