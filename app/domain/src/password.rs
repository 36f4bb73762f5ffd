//! Which passwords are too easy to guess. What somebody who guesses tries first costs little, whatever its length: common
//! words, words of the place, the person's own name, years, rows of the keyboard, the same again. What is left has to be
//! enough. No estimate of bits: eight steps are more than anybody is let try.

use std::{
    collections::{BTreeSet, HashSet},
    sync::LazyLock,
};

use crate::field::{Checker, FieldError};

/// The fewest characters of a password.
pub const PASSWORD_MIN: usize = 12;
/// The most: room for any sentence.
const PASSWORD_MAX: usize = 200;
/// What stands under the field of a new password.
pub const PASSWORD_HELP: &str =
    "Minst 12 tecken. Ta gärna fyra ord som inte hör ihop, i stället för namn, årstider och årtal.";

/// How much must be left when everything that is easy to guess counts as little as it is worth.
const ENOUGH: usize = 8;
/// What a common word is worth: there are a few thousand of them.
const WORD: usize = 2;
/// What a word of the place, a name, a year, a row of keys or a repetition is worth: there are a few.
const TRIFLE: usize = 1;

static COMMON: LazyLock<HashSet<String>> = LazyLock::new(|| {
    words(include_str!("password/common.txt")).chain(words(include_str!("password/swedish.txt"))).collect()
});
static HOUSE: LazyLock<HashSet<String>> = LazyLock::new(|| words(include_str!("password/house.txt")).collect());

/// Keys that lie side by side, and what else is said in one breath.
const ROWS: [&str; 10] = [
    "qwertyuiopa",
    "asdfghjkloa",
    "zxcvbnm",
    "12345678901234567890",
    "abcdefghijklmnopqrstuvwxyzaao",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "qawsedrftgyhujikolp",
    "q1w2e3r4t5y6u7i8o9p0",
    "1q2w3e4r5t6y7u8i9o0p",
];

/// Letters as a list writes them: small, å, ä and ö folded as somebody types them who has no such keys.
fn folded(c: char) -> char {
    match c.to_lowercase().next().unwrap_or(c) {
        'å' | 'ä' | 'à' | 'á' => 'a',
        'ö' | 'ø' => 'o',
        'é' | 'è' | 'ë' => 'e',
        'ü' => 'u',
        other => other,
    }
}

fn fold(text: &str) -> Vec<char> {
    text.chars().map(folded).collect()
}

fn words(list: &str) -> impl Iterator<Item = String> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .map(|word| fold(word).into_iter().collect::<String>())
        .filter(|word| word.chars().count() >= 3)
}

/// What is known of somebody who chooses a password, and so by those who guess: name, address, where they work.
#[derive(Clone, Debug, Default)]
pub struct Known {
    own: HashSet<String>,
    place: HashSet<String>,
}

impl Known {
    /// The words of a person's name and e-mail address, and those of the names of units.
    #[must_use]
    pub fn of<'a>(name: &str, email: &str, places: impl IntoIterator<Item = &'a str>) -> Self {
        let parts = |text: &str| -> Vec<String> {
            let text: String = fold(text).into_iter().collect();
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 3).map(str::to_owned).collect()
        };
        let mut own: HashSet<String> = parts(name).into_iter().chain(parts(email)).collect();
        // written together, as in an address
        own.insert(parts(name).concat());
        Self { own, place: places.into_iter().flat_map(parts).collect() }
    }
}

/// Why a part of a password is worth so little.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    Own,
    Place,
    Common,
    Year,
    Row,
    Same,
}

impl Why {
    fn words(self) -> &'static str {
        match self {
            Self::Own => "ditt namn eller din adress",
            Self::Place => "ord från arbetet",
            Self::Common => "vanliga ord",
            Self::Year => "årtal eller datum",
            Self::Row => "tecken i följd",
            Self::Same => "samma tecken flera gånger",
        }
    }
}

/// Checks a new password, written twice, by somebody of whom this is known. The messages say what to do.
pub fn check_password(password: &str, again: &str, known: &Known) -> Result<(), Vec<FieldError>> {
    let mut check = Checker::default();
    let length = password.chars().count();
    if length < PASSWORD_MIN {
        check.error("password", format!("Lösenordet behöver minst {PASSWORD_MIN} tecken."));
    } else if length > PASSWORD_MAX {
        check.error("password", format!("Lösenordet kan ha högst {PASSWORD_MAX} tecken."));
    } else if let Some(reasons) = guessable(password, known) {
        check.error(
            "password",
            format!(
                "Lösenordet är lätt att gissa: det mesta är {reasons}. Välj ett annat, till exempel fyra ord som inte hör \
                 ihop."
            ),
        );
    } else if password != again {
        check.error("password_again", "De två lösenorden är inte lika.");
    }
    check.finish(())
}

/// What the password is made of, in words, when too little of it has to be guessed.
fn guessable(password: &str, known: &Known) -> Option<String> {
    let text = fold(password);
    // the cheapest way to write the first n characters: what it costs, and the last part of it
    let mut best: Vec<(usize, Option<(usize, Why)>)> = vec![(0, None); text.len() + 1];
    for end in 1..=text.len() {
        // a character that nothing explains has to be guessed
        best[end] = (best[end - 1].0 + 1, None);
        for start in 0..end {
            if let Some((cost, why)) = part(&text, start, end, known) {
                let cost = best[start].0 + cost;
                if cost < best[end].0 {
                    best[end] = (cost, Some((start, why)));
                }
            }
        }
    }
    if best[text.len()].0 >= ENOUGH {
        return None;
    }
    let (mut reasons, mut end) = (BTreeSet::new(), text.len());
    while end > 0 {
        end = match best[end].1 {
            Some((start, why)) => {
                reasons.insert(why);
                start
            }
            None => end - 1,
        };
    }
    let reasons: Vec<_> = reasons.into_iter().map(Why::words).collect();
    Some(match reasons.split_last() {
        None => "för få olika tecken".to_owned(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, first)) => format!("{} och {last}", first.join(", ")),
    })
}

/// What these characters are worth together, when they are something that is easy to guess.
fn part(text: &[char], start: usize, end: usize, known: &Known) -> Option<(usize, Why)> {
    let piece = &text[start..end];
    let length = piece.len();
    if length >= 2 && piece.iter().all(|c| *c == piece[0]) {
        return Some((TRIFLE, Why::Same));
    }
    // the same few characters again and again, or a longer part twice
    let again = (2..=length / 2).find(|n| length.is_multiple_of(*n) && piece.chunks(*n).all(|c| *c == piece[..*n]));
    if let Some(n) = again {
        let once = part(text, start, start + n, known).map_or(n, |(cost, _)| cost);
        return Some((once + TRIFLE, Why::Same));
    }
    if length < 3 {
        return None;
    }
    let row: String = piece.iter().collect();
    let back: String = piece.iter().rev().collect();
    if ROWS.iter().any(|r| r.contains(&row) || r.contains(&back)) {
        return Some((TRIFLE, Why::Row));
    }
    if piece.iter().all(char::is_ascii_digit) {
        return digits(&row).map(|cost| (cost, Why::Year));
    }
    let mut found: Option<(usize, Why)> = None;
    for word in readings(piece) {
        let (cost, why) = if known.own.contains(&word) {
            (TRIFLE, Why::Own)
        } else if known.place.contains(&word) || HOUSE.contains(&word) {
            (TRIFLE, Why::Place)
        } else if COMMON.contains(&word) {
            (WORD, Why::Common)
        } else {
            continue;
        };
        if found.is_none_or(|(least, _)| cost < least) {
            found = Some((cost, why));
        }
    }
    found
}

/// A year, or a day with it.
fn digits(text: &str) -> Option<usize> {
    let day = |text: &str| {
        let (month, day) = (text[..2].parse::<u32>().unwrap_or(0), text[2..].parse::<u32>().unwrap_or(0));
        (1..=12).contains(&month) && (1..=31).contains(&day)
    };
    let century = text.starts_with("19") || text.starts_with("20");
    match text.len() {
        4 if century => Some(TRIFLE),
        6 if day(&text[2..]) => Some(WORD),
        8 if century && day(&text[4..]) => Some(WORD),
        _ => None,
    }
}

/// The words that some characters may stand for: as they are, and with digits and signs read as the letters they look like.
fn readings(piece: &[char]) -> impl Iterator<Item = String> + '_ {
    let plain: String = piece.iter().collect();
    let longest = 30;
    let leet = |one: char| {
        move |c: &char| match c {
            '0' => 'o',
            '1' | '!' | '|' => one,
            '2' => 'z',
            '3' | '€' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '6' | '9' => 'g',
            '7' | '+' => 't',
            '8' => 'b',
            other => *other,
        }
    };
    let read = move |one: char| piece.iter().map(leet(one)).collect::<String>();
    let marked = piece.iter().any(|c| !c.is_alphabetic());
    let all = if piece.len() > longest {
        vec![]
    } else if marked {
        vec![plain, read('i'), read('l')]
    } else {
        vec![plain]
    };
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        Known::of("Handläggare Lindgård", "h.lindgard@kommun.se", ["Bromma", "Enheten för arbete och försörjning"])
    }

    fn said(password: &str) -> String {
        match check_password(password, password, &known()) {
            Ok(()) => String::new(),
            Err(errors) => errors[0].message.clone(),
        }
    }

    #[test]
    fn the_first_passwords_that_somebody_tries_are_refused() {
        for bad in [
            "sommar2026",
            "Sommar2026!!",
            "sommaren2026",
            "Vintern-2026",
            "Lösenord123!",
            "losenord1234",
            "L0senord1234",
            "kvalitet2026",
            "Kvalitet2026!",
            "demo-kvalitet",
            "qwertyuiop12",
            "1qaz2wsx3edc",
            "asdfghjklöä1",
            "aaaaaaaaaaaa",
            "abababababab",
            "123456789012",
            "password1234",
            "P@ssw0rd2026",
            "Passw0rd!!!!",
            "Bromma2026!!",
            "Enheten2026!",
            "lindgård2026",
            "h.lindgard26",
            "Lindgård1234",
            "HandlaggareLindgard",
            "socialtjänst1",
            "Stockholm2026",
            "hammarby1897",
            "19800101-2026",
            "välkommen123",
            "sommarsommar",
            "iloveyou2026",
            "TraL1vet2026",
        ] {
            let message = said(bad);
            assert!(message.starts_with("Lösenordet "), "{bad}: {message:?}");
        }
    }

    #[test]
    fn a_few_words_that_do_not_belong_together_are_taken() {
        for good in [
            "fyra krokiga lampor sjunger",
            "ett nytt och längre",
            "klister vagga trumpet ånga",
            "Tv3!kq9#pLw2",
            "abcde-fghjk-mnpqr-stuvw",
            "jag dricker te på balkongen",
            "v7mwqz-p2xrt4",
        ] {
            assert_eq!(said(good), "", "{good}");
        }
    }

    #[test]
    fn the_message_says_what_is_wrong_and_what_to_do() {
        assert_eq!(said("kort"), "Lösenordet behöver minst 12 tecken.");
        assert_eq!(
            said("Sommaren2026"),
            "Lösenordet är lätt att gissa: det mesta är vanliga ord och årtal eller datum. Välj ett annat, till exempel fyra \
             ord som inte hör ihop."
        );
        assert!(said("lindgård2026").contains("ditt namn eller din adress"));
        assert!(said("Bromma202626").contains("ord från arbetet"));
        assert!(said(&"å".repeat(201)).contains("högst 200"));
        let different = check_password("fyra krokiga lampor", "fyra krokiga lampar", &known()).unwrap_err();
        assert_eq!(different[0].field, "password_again");
    }

    #[test]
    fn nothing_that_is_typed_takes_long_to_judge() {
        for long in ["a1".repeat(100), "sommar".repeat(33), "x9".repeat(50) + &"q1w2".repeat(25)] {
            let _ = check_password(&long, &long, &known());
        }
    }
}
