//! How dates and numbers read in Swedish: `2022-03-04`, `1 346` and `0,91 %`.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::tal::Tal;

/// The blank inside numbers: does not break over lines.
pub const NBSP: char = '\u{a0}';

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// Name of month 1–12, in lower case as Swedish has it. Other numbers give an empty text.
#[must_use]
pub fn month_name(month: u32) -> &'static str {
    (month as usize).checked_sub(1).and_then(|i| MONTHS.get(i)).copied().unwrap_or("")
}

/// Name of month 1–12 in three letters.
#[must_use]
pub fn month_short(month: u32) -> &'static str {
    &month_name(month)[..month_name(month).len().min(3)]
}

/// The first letter in upper case, for headings. The week keeps its small one, wherever it stands: `v. 41`.
#[must_use]
pub fn capitalised(text: &str) -> String {
    if text.starts_with("v. ") {
        return text.to_owned();
    }
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `2022-03-04`.
#[must_use]
pub fn date(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// `4 mars`.
#[must_use]
pub fn day_month(date: NaiveDate) -> String {
    format!("{} {}", date.day(), month_name(date.month()))
}

/// `fredag 4 mars`.
#[must_use]
pub fn weekday_date(date: NaiveDate) -> String {
    format!("{} {}", weekday_name(date.weekday()), day_month(date))
}

/// `fredag`.
#[must_use]
pub fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "måndag",
        Weekday::Tue => "tisdag",
        Weekday::Wed => "onsdag",
        Weekday::Thu => "torsdag",
        Weekday::Fri => "fredag",
        Weekday::Sat => "lördag",
        Weekday::Sun => "söndag",
    }
}

/// `april, augusti och december`.
#[must_use]
pub fn and(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} och {last}", first.join(", ")),
    }
}

/// `1 346`, with a blank that does not break.
#[must_use]
pub fn int(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::from(if n < 0 { "−" } else { "" });
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(NBSP);
        }
        out.push(c);
    }
    out
}

/// `55,0 %`: a share of a whole with one decimal.
#[must_use]
pub fn percent(numerator: i64, denominator: i64) -> String {
    Tal::per_cent(numerator, denominator).map_or_else(|| String::from("–"), per_cent)
}

/// `55,0 %`: per cent with one decimal.
#[must_use]
pub fn per_cent(x: Tal) -> String {
    format!("{}{NBSP}%", x.with_decimals(1))
}

/// `55,0 %`: a share 0–1 with one decimal.
#[must_use]
pub fn share(x: f64) -> String {
    Tal::nearest(x * 100.0).map_or_else(|| String::from("–"), per_cent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_swedish() {
        assert_eq!(int(1346), "1\u{a0}346");
        assert_eq!(int(-1_000_000), "−1\u{a0}000\u{a0}000");
        assert_eq!(int(12), "12");
        assert_eq!(percent(11, 20), "55,0\u{a0}%");
        assert_eq!(percent(1, 0), "–");
        assert_eq!(share(0.8123), "81,2\u{a0}%");
    }

    #[test]
    fn dates_read_as_swedish() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        assert_eq!(weekday_date(day), "måndag 23 november");
        assert_eq!(date(day), "2026-11-23");
        assert_eq!(month_short(5), "maj");
        assert_eq!(month_short(2), "feb");
        assert_eq!(capitalised("årshjul"), "Årshjul");
        assert_eq!(capitalised("v. 41, 5–11 oktober"), "v. 41, 5–11 oktober");
    }
}
