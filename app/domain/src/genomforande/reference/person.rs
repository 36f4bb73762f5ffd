//! Person: whether a text names one, by number or by birth, and what it says of kön.

use chrono::NaiveDate;

use crate::kon::{self, Kon};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Cannot be anything but a person.
    Sure,
    /// A birth, or a case number that reads as one.
    Maybe,
    No,
}

pub(super) fn is_bare(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text names a person by number or birth.
pub(super) fn mark(text: &str) -> Mark {
    let parts = digit_runs(text);
    let mut found = Mark::No;
    for (i, (run, after)) in parts.iter().enumerate() {
        let next = parts.get(i + 1).map_or("", |(run, _)| run.as_str());
        let mark = match run.len() {
            12 if full_year(&run[..8]) => Mark::Sure,
            10 if short_date(&run[..6]) => {
                if luhn(run) {
                    Mark::Sure
                } else {
                    Mark::Maybe
                }
            }
            6 | 8 if run.len() == 6 && short_date(run) || run.len() == 8 && full_year(run) => {
                if leads_to_four(run, after, next) || masked(after) || letter(after).is_some() {
                    Mark::Sure
                } else {
                    Mark::Maybe
                }
            }
            _ => Mark::No,
        };
        match mark {
            Mark::Sure => return Mark::Sure,
            Mark::Maybe => found = Mark::Maybe,
            Mark::No => {}
        }
    }
    // a date inside a longer text, such as Dnr 220114/3, is none: only a bare number is doubtful
    if found == Mark::Maybe && ![6, 8, 10].iter().any(|n| is_bare(text.trim(), *n)) { Mark::No } else { found }
}

/// Whether a free text holds a whole personnummer, or a birth with letter or struck-out digits.
#[must_use]
pub fn names_person(text: &str) -> bool {
    mark(text) == Mark::Sure
}

/// Kön from the letter after a birth, or from the last digit but one of a personnummer (even is a woman).
pub(super) fn kon_of(text: &str) -> Option<Kon> {
    let parts = digit_runs(text);
    for (i, (run, after)) in parts.iter().enumerate() {
        let by_digit = |last_four: &str| {
            let digit = last_four.as_bytes().get(2)?;
            Some(if (digit - b'0').is_multiple_of(2) { Kon::Kvinna } else { Kon::Man })
        };
        match run.len() {
            12 if full_year(&run[..8]) => return by_digit(&run[8..]),
            10 if short_date(&run[..6]) => return by_digit(&run[6..]),
            6 | 8 => {
                if let Some(kon) = letter(after) {
                    return Some(kon);
                }
                let next = parts.get(i + 1).map_or("", |(run, _)| run.as_str());
                if leads_to_four(run, after, next) {
                    return by_digit(next);
                }
            }
            _ => {}
        }
    }
    None
}

/// Each run of digits with what stands between it and the next. More than twelve digits in a row are one run.
fn digit_runs(text: &str) -> Vec<(String, String)> {
    let mut runs: Vec<(String, String)> = Vec::new();
    for c in text.chars() {
        match (c.is_ascii_digit(), runs.last_mut()) {
            (true, Some((run, after))) if after.is_empty() => run.push(c),
            (true, _) => runs.push((c.to_string(), String::new())),
            (false, Some((_, after))) => after.push(c),
            (false, None) => {}
        }
    }
    runs
}

/// Whether a birth goes on with its last four: after any dash, as Word writes several, or after a blank where the check digit is
/// right.
fn leads_to_four(run: &str, after: &str, next: &str) -> bool {
    let blank = || !after.is_empty() && after.trim().is_empty() && luhn(&format!("{}{next}", &run[run.len() - 6..]));
    let dash = || matches!(after.trim(), "-" | "+" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "–" | "—" | "−");
    next.len() == 4 && (dash() || blank())
}

/// `-XXXX`, `-****`: the last four struck out.
fn masked(after: &str) -> bool {
    let rest = after.trim_start_matches([' ', '-', '+', '–', '−']);
    rest.len() >= 2 && rest.chars().all(|c| matches!(c, 'x' | 'X' | '*' | '#'))
}

/// `111111 M`, `111111kvinna`: a letter or word for kön and nothing else.
fn letter(after: &str) -> Option<Kon> {
    kon::read(after.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Six digits that are a day of a person: 31 of month 12, or a samordningsnummer's day plus 60.
fn short_date(digits: &str) -> bool {
    let number = |range: std::ops::Range<usize>| digits[range].parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(0..2), number(2..4), number(4..6));
    let day = if day > 60 { day - 60 } else { day };
    // 29 February of any year that could be meant
    [1900, 2000]
        .iter()
        .any(|century| NaiveDate::from_ymd_opt(i32::try_from(century + year).unwrap_or(0), month, day).is_some())
}

fn full_year(digits: &str) -> bool {
    matches!(&digits[..2], "18" | "19" | "20") && short_date(&digits[2..])
}

/// The check digit of ten digits (Skatteverket: every other digit doubled, digit sums added).
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .zip([2, 1].into_iter().cycle())
        .map(|(b, weight)| {
            let product = u32::from(b - b'0') * weight;
            product / 10 + product % 10
        })
        .sum();
    sum.is_multiple_of(10)
}
