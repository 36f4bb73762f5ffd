//! Person: whether groups of digits are a personnummer or a samordningsnummer.
//!
//! Written `yymmdd-nnnn` or `yyyymmdd-nnnn`, with any of `-` `–` `+` `.` `/` or a blank, or nothing, between the four
//! parts. The last digit is a check digit by the Luhn method over the ten last digits (folkbokföringslagen 1991:481, 18 §);
//! a samordningsnummer has 60 added to its day (18 a §).
//!
//! A plausible date is not enough: every tenth run of ten digits that begins as a date would pass the check digit by
//! chance, and a typo must still be caught. So what is written with a wrong check digit is told of when it has twelve
//! digits or something between date and number, and is not
//! - a date with a clock time or another number after it (a blank or nothing before a number, and a year from 2015 on:
//!   children with a mistyped number are missed there),
//! - a row of small numbers with blanks only (`12 10 15 2000`), a decimal number (`060606.1234`),
//! - a case number: a slash within it, `dnr` before it, or more digits tied to it by a dash, dot or slash.

use super::{
    Kansligt,
    text::{Between, Class, Group, Text},
};

/// The first year of birth and the last that is plausible.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2049;
/// From this year on a date in a text is most often the date of something else than a birth.
const RECENT: u32 = 2015;

/// The kind, the first sign and the index of the last group of a number that begins with group `at`.
pub(super) fn find(text: &Text, groups: &[Group], at: usize) -> Option<(Kansligt, usize, usize)> {
    // the four parts, in groups that hold one or more of them whole
    let longest = groups[at..].iter().take(4);
    let mut total = 0;
    let mut best = None;
    for (i, group) in longest.enumerate() {
        if i > 0 && text.between(groups[at + i - 1], *group) == Between::End {
            break;
        }
        total += group.len();
        if total > 12 {
            break;
        }
        if total == 10 || total == 12 {
            best = judge(text, groups, at, at + i).map(|kind| (kind, groups[at].start, at + i)).or(best);
        }
    }
    best
}

fn judge(text: &Text, groups: &[Group], first: usize, last: usize) -> Option<Kansligt> {
    let own = &groups[first..=last];
    let digits: Vec<u8> = own.iter().flat_map(|g| text.digits(*g)).collect();
    let year_length = digits.len().checked_sub(8)?;
    // where a group may end: after year, month or day
    let borders = [year_length, year_length + 2, year_length + 4];
    let mut at = 0;
    // what stands after year, month and day
    let mut marks = [None; 3];
    for pair in own.windows(2) {
        at += pair[0].len();
        let border = borders.iter().position(|b| *b == at)?;
        marks[border] = Some(text.between(pair[0], pair[1]));
    }
    if marks.contains(&Some(Between::Paren)) || marks[..2].contains(&Some(Between::Plus)) {
        return None;
    }
    let part = |from: usize, length: usize| digits[from..from + length].iter().fold(0, |n, d| n * 10 + u32::from(*d));
    let short = part(year_length - 2, 2);
    let (month, day) = (part(year_length, 2), part(year_length + 2, 2));
    let kind = plausible(month, day)?;
    if year_length == 4 && !YEARS.contains(&part(0, 4)) || next_is_date(text, groups, last) {
        return None;
    }
    if luhn(&digits[digits.len() - 10..]) {
        return Some(kind);
    }
    let recent = if year_length == 4 { part(0, 4) >= RECENT } else { (RECENT - 2000..50).contains(&short) };
    let spaced = marks.iter().flatten().all(|m| *m == Between::Space);
    let something_else = marks[..2].contains(&Some(Between::Slash))
        || tied(text, groups, first, last)
        || matches!(text.word_before(own[0].start, 12).as_str(), "dnr" | "diarienr" | "diarienummer");
    let mistyped = match marks[2] {
        Some(Between::Dash | Between::Plus) => true,
        Some(Between::Space) => !(recent || spaced && year_length == 2 && marks[..2] != [None, None]),
        None => year_length == 4 && !recent,
        _ => false,
    };
    (mistyped && !something_else).then_some(kind)
}

/// What a month and a day say. 29 February passes in every year: so does a typo.
fn plausible(month: u32, day: u32) -> Option<Kansligt> {
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 29,
        _ => return None,
    };
    if (1..=days).contains(&day) {
        Some(Kansligt::Personnummer)
    } else {
        (61..=60 + days).contains(&day).then_some(Kansligt::Samordningsnummer)
    }
}

/// The check digit: every second digit doubled, the sum of all digits a multiple of ten.
fn luhn(ten: &[u8]) -> bool {
    let sum: u32 = ten
        .iter()
        .enumerate()
        .map(|(i, d)| {
            let product = u32::from(*d) * if i % 2 == 0 { 2 } else { 1 };
            product / 10 + product % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether the number part begins a date of its own, as in `2022-03-04 – 2022-04-03`.
fn next_is_date(text: &Text, groups: &[Group], last: usize) -> bool {
    let Some([year, month, day]) = groups.get(last..last + 3) else { return false };
    let mark = text.between(*year, *month);
    (year.len(), month.len(), day.len()) == (4, 2, 2)
        && matches!(mark, Between::Dash | Between::Dot | Between::Slash)
        && text.between(*month, *day) == mark
}

/// Whether more digits or letters hang on by a dash, a dot or a slash: parts of a longer number.
fn tied(text: &Text, groups: &[Group], first: usize, last: usize) -> bool {
    let hook = |class| matches!(class, Class::Dash | Class::Dot | Class::Slash);
    let word = |class| matches!(class, Class::Digit(_) | Class::Letter);
    let (start, end) = (groups[first].start, groups[last].end);
    word(text.before(start))
        || word(text.class(end))
        || hook(text.before(start)) && start > 1 && word(text.before(start - 1))
        || hook(text.class(end)) && word(text.class(end + 1))
}
