//! Day: a date as people write it, in forms, in what is pasted and in files: `220304`, `2022-03-04`, `4/3`, `4 mars`. One reader,
//! so that what is understood in one place is so everywhere. It is also in the WASM: the parser of chrono would be a tenth of it.

use chrono::{Datelike, Days, NaiveDate};

use crate::{
    format::month_name,
    year::{DAY_OUTSIDE, Year},
};

/// What is said of a text that is no date.
pub const UNREAD: &str = "Skriv datumet som 220304, 2022-03-04 eller 4/3.";
/// What a field of a date shows while it is empty.
pub const HINT: &str = "t.ex. 220304";

/// Where a day lies that is written without its year, and which century one with two figures has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fits {
    /// Something that has been: the last such day, seen from today. Where this year's is to come and the last one is more than half a
    /// year ago, it is asked about.
    Past(NaiveDate),
    /// Something that is to be: the next such day, seen from today.
    Coming(NaiveDate),
    /// What can be either: the one that is nearest to today.
    Near(NaiveDate),
    /// The day of a plan: in its year.
    InYear(i32),
    /// Nothing is known: the year has to be there. Two figures are 1970–2069.
    Whole,
}

impl Fits {
    /// The year that two figures are the nearest to: sixty years back, forty ahead.
    fn reference(self) -> i32 {
        match self {
            Self::Past(today) | Self::Coming(today) | Self::Near(today) => today.year(),
            Self::InYear(year) => year,
            Self::Whole => 2029,
        }
    }

    fn today(self) -> Option<NaiveDate> {
        match self {
            Self::Past(today) | Self::Coming(today) | Self::Near(today) => Some(today),
            Self::InYear(_) | Self::Whole => None,
        }
    }

    /// Whether a day lies on the side of today that is asked for.
    fn holds(self, day: NaiveDate) -> bool {
        match self {
            Self::Past(today) => day <= today,
            Self::Coming(today) => day >= today,
            Self::Near(_) | Self::InYear(_) | Self::Whole => true,
        }
    }
}

/// A day as it was written, of which nobody has seen yet that it exists.
#[derive(Clone, Copy)]
struct Written {
    year: Option<i32>,
    month: u32,
    day: u32,
}

/// Reads a date; none where there is no text. The error is a sentence that says what to write.
pub fn read(text: &str, fits: Fits) -> Result<Option<NaiveDate>, String> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Ok(None);
    }
    let day = match spoken(&text, fits) {
        Some(day) => day,
        None => found(written(&text, fits)?, fits)?,
    };
    if Year::holds(day) { Ok(Some(day)) } else { Err(DAY_OUTSIDE.to_owned()) }
}

/// What is said instead of a date.
fn spoken(text: &str, fits: Fits) -> Option<NaiveDate> {
    let today = fits.today()?;
    match text {
        "idag" | "i dag" => Some(today),
        "igår" | "i går" => today.checked_sub_days(Days::new(1)),
        "imorgon" | "i morgon" => today.checked_add_days(Days::new(1)),
        _ => None,
    }
}

/// Parts a date; nobody has seen yet that it exists.
fn written(text: &str, fits: Fits) -> Result<Written, String> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        let at = text.len().checked_sub(4).filter(|at| matches!(at, 2 | 4)).ok_or(UNREAD)?;
        return of(Some(&text[..at]), &text[at..at + 2], &text[at + 2..], fits);
    }
    let text = text.strip_prefix("den ").unwrap_or(text);
    // each part with what stands before it
    let mut parts: Vec<(char, &str)> = Vec::new();
    let mut before = ' ';
    for part in text.split_inclusive(|c: char| matches!(c, '-' | '/' | '.' | ',') || c.is_whitespace()) {
        let bare = part.trim_end_matches(|c: char| matches!(c, '-' | '/' | '.' | ',') || c.is_whitespace());
        if !bare.is_empty() {
            parts.push((before, bare.strip_suffix(":e").or(bare.strip_suffix(":a")).unwrap_or(bare)));
            before = ' ';
        }
        let sign = part[bare.len()..].chars().next().unwrap_or(' ');
        if !sign.is_whitespace() {
            if before != ' ' || parts.is_empty() {
                return Err(UNREAD.to_owned());
            }
            before = sign;
        }
    }
    // a sign that nothing follows is the point of "4 mar."
    if !matches!(before, ' ' | '.') {
        return Err(UNREAD.to_owned());
    }
    match parts.as_slice() {
        [(_, day), (_, name)] if month(name).is_some() => of(None, name, day, fits),
        [(_, day), (_, name), (_, year)] if month(name).is_some() => of(Some(year), name, day, fits),
        [(_, day), ('/' | '.', month)] => of(None, month, day, fits),
        [(_, year), ('-' | '/' | '.', month), ('-' | '/' | '.', day)] if year.len() == 4 => {
            of(Some(year), month, day, fits)
        }
        [(_, year), (' ', month), (' ', day)] if [year, month, day].map(|part| part.len()) == [4, 2, 2] => {
            of(Some(year), month, day, fits)
        }
        [(_, day), ('-', month), ('-', year)] if year.len() == 4 => of(Some(year), month, day, fits),
        // "4/3 22" has said which is the year, "04/03/22" has not
        [(_, a), (one, b), (other, c)] if one_kind(*one, *other) && [a, b, c].iter().all(|part| part.len() == 2) => {
            two_figures([a, b, c], matches!(one, '-' | ' '), fits)
        }
        [(_, day), ('/' | '.', month), (_, year)] => of(Some(year), month, day, fits),
        _ => Err(UNREAD.to_owned()),
    }
}

/// Whether two signs part a day in one way.
fn one_kind(one: char, other: char) -> bool {
    matches!((one, other), ('/' | '.', '/' | '.') | ('-', '-') | (' ', ' '))
}

/// The most years that a day can lie further off and still be what was meant.
const FURTHER: i32 = 2;

/// Three times two figures, of which the first or the last is the year: what could be two days is asked about. `written_first` is
/// whether the year mostly stands first in what is parted so.
fn two_figures([a, b, c]: [&str; 3], written_first: bool, fits: Fits) -> Result<Written, String> {
    let read = |y, m, d| of(Some(y), m, d, fits).and_then(|w| found(w, fits)).ok().filter(|day| Year::holds(*day));
    let (last, first) = (read(c, b, a), read(a, b, c));
    let off = |day: NaiveDate| (day.year() - fits.reference()).abs();
    match (first, last) {
        (Some(first), Some(last)) if first != last => {
            // 22-03-04 in 2022 is no day of 2004
            let nearer = off(last) - off(first);
            let is_sure = nearer > FURTHER || nearer >= 0 && fits.holds(first) && !fits.holds(last);
            if written_first && is_sure {
                return of(Some(a), b, c, fits);
            }
            Err(format!("Är det {last} eller {first}? Skriv det så."))
        }
        (Some(_), _) => of(Some(a), b, c, fits),
        // 25-02-30 is no day of 2030: it is told of
        (None, _) if written_first => of(Some(a), b, c, fits),
        (None, _) => of(Some(c), b, a, fits),
    }
}

/// The month of a name, or of at least three letters of one.
pub(crate) fn month(name: &str) -> Option<u32> {
    (name.chars().count() >= 3)
        .then(|| (1..=12).find(|m| month_name(*m).starts_with(name) || name == "sept" && *m == 9))?
}

fn of(year: Option<&str>, month_text: &str, day: &str, fits: Fits) -> Result<Written, String> {
    let number = |text: &str| {
        let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u32>().ok().filter(|_| is_number).ok_or_else(|| UNREAD.to_owned())
    };
    let year = match year {
        Some(text) if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) => {
            Some(text.parse().map_err(|_| UNREAD)?)
        }
        Some(text) if text.len() == 2 => {
            let short = i32::try_from(number(text)?).unwrap_or_default();
            let first = fits.reference() - 59;
            Some(first + (short - first).rem_euclid(100))
        }
        Some(_) => return Err(UNREAD.to_owned()),
        None => None,
    };
    let month = match month(month_text) {
        Some(month) => month,
        None => number(month_text)?,
    };
    Ok(Written { year, month, day: number(day)? })
}

/// In days: a day of last year that lies further back is rather a slip for one of this year.
const HALF_A_YEAR: i64 = 183;

/// The day that was written, in the year that fits where it has none.
fn found(written: Written, fits: Fits) -> Result<NaiveDate, String> {
    let Written { year, month, day } = written;
    let on = |year| NaiveDate::from_ymd_opt(year, month, day);
    // the longest that its month can be
    if on(2000).is_none() {
        return Err(absent(month, day));
    }
    let near = |today: NaiveDate, may: fn(i64) -> bool| {
        let days = (today.year() - 8..=today.year() + 8).filter_map(on);
        days.filter(|day| may((*day - today).num_days())).min_by_key(|day| (*day - today).num_days().abs())
    };
    if let (None, Fits::Past(today)) = (year, fits)
        && let (Some(this), Some(last)) = (on(today.year()), near(today, |days| days <= 0))
        && this > today
        && (today - last).num_days() > HALF_A_YEAR
    {
        return Err(format!("{day} {} har inte varit än. Menar du {last}? Skriv året.", month_name(month)));
    }
    let year = match (year, fits) {
        (Some(year), _) | (None, Fits::InYear(year)) => year,
        (None, Fits::Whole) => return Err("Skriv året med, som 2022-03-04.".to_owned()),
        (None, Fits::Past(today)) => near(today, |days| days <= 0).map_or(0, |day| day.year()),
        (None, Fits::Coming(today)) => near(today, |days| days >= 0).map_or(0, |day| day.year()),
        (None, Fits::Near(today)) => near(today, |_| true).map_or(0, |day| day.year()),
    };
    on(year).ok_or_else(|| format!("29 februari {year} finns inte. Februari {year} har 28 dagar."))
}

/// Why a day is in no year.
fn absent(month: u32, day: u32) -> String {
    if !(1..=12).contains(&month) {
        return format!("Månad {month} finns inte. {UNREAD}");
    }
    let name = month_name(month);
    let mut letters = name.chars();
    let begins =
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default();
    let has = match month {
        2 => "28 dagar, ett skottår 29",
        4 | 6 | 9 | 11 => "30 dagar",
        _ => "31 dagar",
    };
    format!("{day} {name} finns inte. {begins} har {has}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn today() -> NaiveDate {
        on(2022, 11, 23)
    }

    #[test]
    fn a_handlaggare_writes_a_day_in_any_spelling() {
        for text in [
            "220304",
            "20220304",
            "2022-03-04",
            "22-03-04",
            "4/3",
            "4/3 2022",
            "4/3-22",
            "4/3 -22",
            "4/3/22",
            "4/3 22",
            "4.3",
            "4.3.2022",
            "04-03-2022",
            "2022/03/04",
            "2022-3-4",
            "4 mars",
            "4 Mars 2022",
            "den 4 mars",
            "4 mar.",
            "4 mar -22",
            "4:e mars",
            " 2022 03 04 ",
            "22 03 04",
        ] {
            assert_eq!(read(text, Fits::Past(today())), Ok(Some(on(2022, 3, 4))), "{text}");
        }
        assert_eq!(read(" ", Fits::Past(today())), Ok(None));
    }

    #[test]
    fn a_year_that_is_missing_is_the_one_that_fits() {
        let march = "4/3";
        assert_eq!(read("24 dec", Fits::Past(on(2022, 1, 2))), Ok(Some(on(2021, 12, 24))));
        assert_eq!(read(march, Fits::Coming(today())), Ok(Some(on(2023, 3, 4))));
        assert_eq!(read("23/11", Fits::Coming(today())), Ok(Some(today())), "today has not passed");
        assert_eq!(read("23/11", Fits::Past(today())), Ok(Some(today())));
        assert_eq!(read(march, Fits::Near(today())), Ok(Some(on(2023, 3, 4))));
        assert_eq!(read("4/8", Fits::Near(today())), Ok(Some(on(2022, 8, 4))));
        assert_eq!(read(march, Fits::InYear(2027)), Ok(Some(on(2027, 3, 4))));
        assert_eq!(read("29/2", Fits::Past(today())), Ok(Some(on(2020, 2, 29))), "the last there was");
        assert!(read(march, Fits::Whole).unwrap_err().contains("året"));
        assert_eq!(read("220304", Fits::Whole), Ok(Some(on(2022, 3, 4))));
    }

    #[test]
    fn a_day_that_has_not_been_this_year_is_not_silently_one_of_last_year() {
        let november = Fits::Past(on(2026, 11, 29));
        for (text, said) in [
            ("30/11", "30 november har inte varit än. Menar du 2025-11-30? Skriv året."),
            ("24 dec", "24 december har inte varit än. Menar du 2025-12-24? Skriv året."),
        ] {
            assert_eq!(read(text, november).unwrap_err(), said, "{text}");
        }
        assert_eq!(read("29/11", november), Ok(Some(on(2026, 11, 29))));
        assert_eq!(read("3/1", november), Ok(Some(on(2026, 1, 3))), "it has been this year");
        assert_eq!(read("30/11 2025", november), Ok(Some(on(2025, 11, 30))));
        assert!(read("29/2", Fits::Past(on(2028, 1, 10))).unwrap_err().contains("2024-02-29"));
        // at New Year the last December is meant
        let new_year = Fits::Past(on(2026, 1, 2));
        assert_eq!(read("30/12", new_year), Ok(Some(on(2025, 12, 30))));
        assert_eq!(read("15/8", new_year), Ok(Some(on(2025, 8, 15))));
        assert!(read("3/1", new_year).unwrap_err().contains("Menar du 2025-01-03?"));
    }

    #[test]
    fn two_figures_of_a_year_are_of_the_century_that_is_near() {
        assert_eq!(read("600101", Fits::Near(on(2026, 1, 1))), Ok(Some(on(2060, 1, 1))));
        assert_eq!(read("990101", Fits::Near(on(2026, 1, 1))), Err(DAY_OUTSIDE.to_owned()), "1999");
        assert_eq!(read("990101", Fits::Near(on(2071, 1, 1))), Ok(Some(on(2099, 1, 1))));
    }

    #[test]
    fn today_and_yesterday_are_days_too() {
        assert_eq!(read("idag", Fits::Past(today())), Ok(Some(today())));
        assert_eq!(read("I går", Fits::Past(today())), Ok(Some(on(2022, 11, 22))));
        assert_eq!(read("imorgon", Fits::Coming(today())), Ok(Some(on(2022, 11, 24))));
        assert!(read("idag", Fits::Whole).is_err());
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused_in_words() {
        let said = |text: &str| read(text, Fits::Near(today())).unwrap_err();
        assert_eq!(said("30 februari"), "30 februari finns inte. Februari har 28 dagar, ett skottår 29.");
        assert_eq!(said("20220230"), said("30/2"));
        assert_eq!(said("2022-02-29"), "29 februari 2022 finns inte. Februari 2022 har 28 dagar.");
        assert_eq!(said("31/4"), "31 april finns inte. April har 30 dagar.");
        assert_eq!(said("2022-13-01"), format!("Månad 13 finns inte. {UNREAD}"));
        assert_eq!(
            read("29/2", Fits::InYear(2027)).unwrap_err(),
            "29 februari 2027 finns inte. Februari 2027 har 28 dagar."
        );
    }

    #[test]
    fn what_could_be_two_days_is_asked_about_and_what_is_none_is_refused() {
        assert_eq!(read("04/03/22", Fits::Whole).unwrap_err(), "Är det 2022-03-04 eller 2004-03-22? Skriv det så.");
        assert_eq!(read("24/12/22", Fits::Whole).unwrap_err(), "Är det 2022-12-24 eller 2024-12-22? Skriv det så.");
        for text in ["04-03-22", "04 03 22", "04.03.22"] {
            for fits in [Fits::Past(today()), Fits::Coming(today()), Fits::Near(today()), Fits::Whole] {
                let asked = "Är det 2022-03-04 eller 2004-03-22? Skriv det så.";
                assert_eq!(read(text, fits).unwrap_err(), asked, "{text} {fits:?}");
            }
        }
        assert!(read("30-11-25", Fits::Past(on(2026, 11, 29))).unwrap_err().contains("2025-11-30 eller 2030-11-25"));
        for text in [
            "fredag",
            "2203 04",
            "4 3 22",
            "2022",
            "12345",
            "220304x",
            "2022-03",
            "1-2",
            "--",
            "4/",
            "/3",
            "4//3",
            "4/3/2/1",
            "-4-3-22",
            "22-01-27x",
            "mars",
            "4 m",
            "2022-03-04-",
            "99999-01-01",
            "-262143-01-01",
            "٤/٣",
            "ö/å",
            "4/3 år 22",
        ] {
            assert_eq!(read(text, Fits::Near(today())), Err(UNREAD.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_year_first_with_hyphens_needs_no_question_where_the_other_day_is_not_meant() {
        let today = on(2026, 11, 29);
        for (text, fits, day) in [
            ("22-03-04", Fits::Whole, on(2022, 3, 4)),
            ("22 03 04", Fits::Near(today), on(2022, 3, 4)),
            ("26-11-20", Fits::Past(today), on(2026, 11, 20)),
            ("26-11-27", Fits::Past(today), on(2026, 11, 27)),
            ("26-12-25", Fits::Coming(today), on(2026, 12, 25)),
            ("26-11-26", Fits::Near(today), on(2026, 11, 26)),
            ("32-01-15", Fits::Near(today), on(2032, 1, 15)),
        ] {
            assert_eq!(read(text, fits), Ok(Some(day)), "{text} {fits:?}");
        }
        assert_eq!(read("25-02-30", Fits::Near(today)).unwrap_err(), read("30/2", Fits::Near(today)).unwrap_err());
    }

    #[test]
    fn a_date_we_write_is_read_back_whatever_the_field() {
        let mut day = on(2000, 1, 1);
        while day.year() < 2101 {
            let text = crate::format::date(day);
            assert_eq!(read(&text, Fits::Whole), Ok(Some(day)));
            assert_eq!(read(&text, Fits::Past(today())), Ok(Some(day)));
            day = day.checked_add_days(Days::new(13)).unwrap();
        }
    }
}
