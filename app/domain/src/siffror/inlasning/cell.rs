//! Cell: what a cell of a table of values says (docs/doman.md 10). A guess is kept as one, a word for a missing value is no
//! nought, and what could be a thousandfold wrong is asked about once for the file.

use chrono::NaiveDate;

use crate::{
    number::{self, Unread},
    occurrence::Share,
    rows::is_error,
    siffror::{
        marke, rutnat,
        slag::{Mark, Slag},
        visad::is_dold,
    },
    tal::Tal,
    text::compared,
};

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Tom,
    /// That there is no value: `–`, `..`, `saknas`, `Oklart`; the word as it stands.
    Saknas(String),
    /// That its value is hidden where it was copied: nothing is known of it.
    Dold,
    /// A value.
    Tal(Last),
    /// Something that is none: what the cell does, to be said after its name.
    Fel(String),
}

/// A value as its cell has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// With its sign; of `1.346` with three decimals.
    pub tal: Tal,
    /// What a share is of, where the cell says it: `12/15`.
    pub share: Option<Share>,
    /// Of `1.346` and `1,346` the other reading: 1 346.
    pub tusental: Option<Tal>,
    /// `1,234.56`, as it is written in English.
    pub engelskt: bool,
    /// What stood behind it, in small letters; may be empty.
    pub enhet: String,
    /// What the cell says of how sure it is.
    pub mark: Mark,
    /// A word to be kept with it: "Prognos".
    pub not: String,
}

/// Reads a cell of values of a kind.
#[must_use]
pub fn cell(text: &str, slag: Slag) -> Cell {
    let text = text.trim();
    if text.is_empty() {
        return Cell::Tom;
    }
    if is_error(text) {
        return Cell::Fel(format!("visar felet {text} i Excel. Skriv talet som ska stå där."));
    }
    if is_dold(text) {
        return Cell::Dold;
    }
    if marke::saknas(text) {
        return Cell::Saknas(text.to_owned());
    }
    // as our own table is copied: the dash that is seen, and its word that is heard
    if let Some(word) = text.strip_prefix("– ").map(str::trim)
        && !word.bytes().any(|b| b.is_ascii_digit())
    {
        return Cell::Saknas(if compared(word) == "saknas" { "–" } else { word }.to_owned());
    }
    if text.len() == 10 && text.parse::<NaiveDate>().is_ok() {
        return Cell::Fel(format!("visar datumet {text} i stället för ett tal."));
    }
    let (rest, mark, not) = marke::marked(text);
    let (rest, negative) = match rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inside) if slag == Slag::Belopp => (inside.trim(), true),
        _ => (rest, false),
    };
    let read = match delar(rest).filter(|_| slag == Slag::Andel) {
        Some((part, whole)) => andel(&part, &whole),
        None => tal(rest),
    };
    match read {
        // 0-17 and 1e5 begin as numbers do
        Ok(read) if number::is_unit(&read.enhet) => {
            let sign = |x: Tal| if negative { -x } else { x };
            Cell::Tal(Last { tal: sign(read.tal), tusental: read.tusental.map(sign), mark, not, ..read })
        }
        Err(Unread::Said(sentence)) => Cell::Fel(format!("kan inte läsas. {sentence}")),
        Ok(_) | Err(Unread::NoNumber) => {
            let short: String = text.chars().take(40).collect();
            Cell::Fel(format!("är inget tal: ”{short}”."))
        }
    }
}

/// A number with its unit, in one reading or two.
fn tal(text: &str) -> Result<Last, Unread> {
    let last = |tal, enhet: &str| Last {
        tal,
        share: None,
        tusental: None,
        engelskt: false,
        enhet: compared(enhet.trim().trim_end_matches('.')),
        mark: Mark::Definitiv,
        not: String::new(),
    };
    match number::read(text, &(-Tal::MOST..=Tal::MOST)) {
        Ok(Some(read)) => Ok(last(read.number, &read.unit)),
        Ok(None) => Err(Unread::NoNumber),
        Err(unread) => {
            let (negative, figures, unit) = parted(text);
            let sign = |x: Tal| if negative { -x } else { x };
            let read = if let Some((tal, tusental)) = either(figures) {
                Some(Last { tusental: Some(sign(tusental)), ..last(sign(tal), unit) })
            } else if let Some(tal) = points(figures) {
                Some(last(sign(tal), unit))
            } else {
                english(figures).map(|tal| Last { engelskt: true, ..last(sign(tal), unit) })
            };
            read.ok_or(unread)
        }
    }
}

/// The part and the whole of a share: `12/15`, and `80 12 av 15` as our own table has it, where what the parts make is what stands
/// before them.
fn delar(text: &str) -> Option<(String, String)> {
    if let Some((part, whole)) = text.split_once('/') {
        return Some((part.to_owned(), whole.to_owned()));
    }
    let (before, whole) = text.split_once(" av ")?;
    let words: Vec<&str> = before.split_whitespace().collect();
    (0..words.len()).find_map(|at| {
        let (said, part) = (words[..at].join(" "), words[at..].join(" "));
        let share = rutnat::parts(&part, whole).ok()?;
        let made = Tal::per_cent(share.numerator, share.denominator)?;
        let said = said.trim_end_matches('%').trim();
        let decimals = said.split_once(',').map_or(0, |(_, decimals)| decimals.len());
        let is_so = said.is_empty() || made.with_decimals(u32::try_from(decimals).ok()?) == said;
        is_so.then(|| (part, whole.to_owned()))
    })
}

/// A share written as its parts: 80 % of `12/15`.
fn andel(part: &str, whole: &str) -> Result<Last, Unread> {
    let share = rutnat::parts(part, whole).map_err(Unread::Said)?;
    let zero = || Unread::Said("Helheten är 0: det blir ingen andel.".to_owned());
    let tal = Tal::per_cent(share.numerator, share.denominator).ok_or_else(zero)?;
    let (enhet, not) = ("%".to_owned(), String::new());
    Ok(Last { tal, share: Some(share), tusental: None, engelskt: false, enhet, mark: Mark::Definitiv, not })
}

/// The sign of a text, its figures and what stands behind them.
fn parted(text: &str) -> (bool, &str, &str) {
    let (negative, rest) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(rest.len());
    let (figures, unit) = rest.split_at(end);
    (negative, figures, unit.trim())
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `1.346` as 1,346 and as 1 346.
fn either(figures: &str) -> Option<(Tal, Tal)> {
    let (whole, part) = figures.split_once([',', '.'])?;
    let is_one = digits(whole) && digits(part) && part.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
    let tusental = Tal::of_figures(&format!("{whole}{part}"), "").filter(|_| is_one)?;
    Some((Tal::of_figures(whole, part)?, tusental))
}

/// Whole numbers between signs: the first of one to three figures, the others of three.
fn groups(whole: &str, sign: char) -> Option<String> {
    let groups: Vec<&str> = whole.split(sign).collect();
    let right = digits(groups[0]) && groups[0].len() <= 3 && groups[1..].iter().all(|g| digits(g) && g.len() == 3);
    (right && groups.len() > 1).then(|| groups.concat())
}

/// `1.234.567`
fn points(figures: &str) -> Option<Tal> {
    Tal::of_figures(&groups(figures, '.').filter(|_| figures.matches('.').count() > 1)?, "")
}

/// `1,234.56`, `1,234,567`
fn english(figures: &str) -> Option<Tal> {
    match figures.split_once('.') {
        Some((whole, part)) if digits(part) => Tal::of_figures(&groups(whole, ',')?, part),
        Some(_) => None,
        None => Tal::of_figures(&groups(figures, ',').filter(|_| figures.matches(',').count() > 1)?, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, slag: Slag) -> Last {
        match cell(text, slag) {
            Cell::Tal(last) => last,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_value_is_read_as_tables_have_it() {
        for (text, stored, enhet) in [
            ("1 346", 13_460_000, ""),
            ("1\u{a0}346", 13_460_000, ""),
            ("1\u{202f}346", 13_460_000, ""),
            ("435 935,05 kr", 4_359_350_500, "kr"),
            ("12,5 %", 125_000, "%"),
            ("80%", 800_000, "%"),
            ("18500.00", 185_000_000, ""),
            ("1.234,56", 12_345_600, ""),
            ("1.234.567", 12_345_670_000, ""),
            ("+4", 40_000, ""),
            ("+/-0", 0, ""),
            ("±0", 0, ""),
            ("−40", -400_000, ""),
            ("–40", -400_000, ""),
            ("15 St.", 150_000, "st"),
        ] {
            let last = read(text, Slag::Bestand);
            assert_eq!((last.tal.stored(), last.enhet.as_str(), last.mark), (stored, enhet, Mark::Definitiv), "{text}");
            assert!(last.tusental.is_none() && !last.engelskt, "{text}");
        }
    }

    #[test]
    fn what_is_not_sure_is_kept_with_how_unsure_it_is() {
        for (text, shown, mark, not) in [
            ("ca 3,2", "3,2", Mark::Ungefarlig, ""),
            ("drygt 2 %", "2", Mark::Ungefarlig, ""),
            ("nära 350", "350", Mark::Ungefarlig, ""),
            ("316 prel.", "316", Mark::Preliminar, ""),
            ("316 (preliminärt)", "316", Mark::Preliminar, ""),
            ("prel. ca 316", "316", Mark::Preliminar, ""),
            ("Prognos 39 000 000", "39\u{a0}000\u{a0}000", Mark::Preliminar, "Prognos"),
        ] {
            let last = read(text, Slag::Belopp);
            assert_eq!((last.tal.to_string().as_str(), last.mark, last.not.as_str()), (shown, mark, not), "{text}");
        }
    }

    #[test]
    fn a_word_for_a_missing_value_is_no_nought() {
        for text in ["Oklart", "–", "..", "saknas", "-", "Uppgift saknas"] {
            assert_eq!(cell(text, Slag::Belopp), Cell::Saknas(text.to_owned()));
        }
        assert_eq!(cell("  ", Slag::Belopp), Cell::Tom);
        let copied = ["– saknas", "–  Oklart", "– 40"].map(|text| cell(text, Slag::Belopp));
        assert_eq!(copied[..2], [Cell::Saknas("–".to_owned()), Cell::Saknas("Oklart".to_owned())]);
        assert!(matches!(&copied[2], Cell::Tal(last) if last.tal == Tal::whole(-40)));
        assert_eq!(cell("– visas inte: någon kan kännas igen", Slag::Belopp), Cell::Dold);
    }

    #[test]
    fn a_share_may_be_written_as_its_parts() {
        let last = read("12/15", Slag::Andel);
        assert_eq!((last.tal, last.share), (Tal::whole(80), Some(Share { numerator: 12, denominator: 15 })));
        assert!(matches!(cell("16/15", Slag::Andel), Cell::Fel(_)) && matches!(cell("1/0", Slag::Andel), Cell::Fel(_)));
        for text in ["80 12 av 15", "80,0 % 12 av 15", "12 av 15"] {
            assert_eq!(read(text, Slag::Andel), last, "{text}");
        }
        assert!(matches!(cell("70 12 av 15", Slag::Andel), Cell::Fel(_)), "two shares");
        assert_eq!(read("80 1 200 av 1 500", Slag::Andel).share, Some(Share { numerator: 1_200, denominator: 1_500 }));
        for text in ["12/15", "0-17", "1e5", "12 av 15"] {
            assert!(matches!(cell(text, Slag::Bestand), Cell::Fel(_)), "{text}");
        }
    }

    #[test]
    fn brackets_are_a_minus_of_amounts_alone() {
        assert_eq!(read("(1 250)", Slag::Belopp).tal, Tal::whole(-1_250));
        assert!(matches!(cell("(1 250)", Slag::Bestand), Cell::Fel(_)));
    }

    #[test]
    fn what_could_be_a_thousandfold_wrong_has_both_readings_and_english_is_told() {
        for text in ["1.346", "1,346"] {
            let last = read(text, Slag::Bestand);
            assert_eq!((last.tal.stored(), last.tusental), (13_460, Some(Tal::whole(1_346))), "{text}");
        }
        assert_eq!(read("-1.346 kr", Slag::Belopp).tusental, Some(Tal::whole(-1_346)));
        let english = read("1,234.56", Slag::Belopp);
        assert_eq!((english.tal.stored(), english.engelskt), (12_345_600, true));
        assert_eq!(read("0,346", Slag::Medel).tusental, None, "no thousands begin with nought");
    }

    #[test]
    fn an_error_a_day_and_a_text_are_no_values() {
        for (text, said) in [
            ("#REF!", "visar felet #REF! i Excel. Skriv talet som ska stå där."),
            ("2022-03-04", "visar datumet 2022-03-04 i stället för ett tal."),
            ("Tas fram av nämnd", "är inget tal: ”Tas fram av nämnd”."),
        ] {
            assert_eq!(cell(text, Slag::Bestand), Cell::Fel(said.to_owned()));
        }
        let Cell::Fel(said) = cell("3 5", Slag::Bestand) else { panic!("two numbers") };
        assert!(said.starts_with("kan inte läsas. Mellanslag i ett tal"), "{said}");
    }
}
