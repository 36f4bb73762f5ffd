//! Tid: the times of a table, in the grain of its series. Months are read as in [`manader`]; quarters, weeks, tertial, halves and
//! years as people write them.

use crate::{
    period::{Grain, Period},
    siffror::manader::{self, Fel, Namnd},
    text::compared,
    year::Year,
};

/// A time as a cell names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::siffror) struct Tid {
    /// Where the cell says it.
    pub(in crate::siffror) year: Option<i32>,
    /// Which of the year, from 1.
    pub(in crate::siffror) n: u32,
    /// "apr, prel".
    pub(in crate::siffror) preliminar: bool,
}

/// What stands for a grain before its number, or as a heading above bare numbers.
fn words(grain: Grain) -> &'static [&'static str] {
    match grain {
        Grain::Manad => &["månad", "mån", "månader"],
        Grain::Vecka => &["vecka", "veckor", "v", "w"],
        Grain::Kvartal => &["kvartal", "kvartalet", "kv", "q", "k"],
        Grain::Tertial => &["tertial", "tertialet", "t"],
        Grain::Halvar => &["halvår", "halvåret", "h"],
        Grain::Ar => &["år", "året", "helår"],
    }
}

/// Whether a heading says that bare numbers below it are times of the grain: "Månad" above 1–12.
pub(super) fn is_head(text: &str, grain: Grain) -> bool {
    let text = compared(text.trim());
    text.chars().count() > 1 && words(grain).contains(&text.as_str())
}

/// A bare number as a time of the grain, where its heading says that it is one.
pub(super) fn bare(text: &str, grain: Grain) -> Option<Tid> {
    let text = text.trim();
    let n = (text.len() <= 2).then(|| text.parse::<u32>().ok()).flatten()?;
    (grain != Grain::Ar && fits(n, grain)).then_some(Tid { year: None, n, preliminar: false })
}

/// A cell that is a year and nothing else.
pub(super) fn year(text: &str) -> Option<i32> {
    let text = text.trim();
    (text.len() == 4).then(|| text.parse::<Year>().ok()).flatten().map(Year::get)
}

fn fits(n: u32, grain: Grain) -> bool {
    (1..=grain.per_year().unwrap_or(53)).contains(&n)
}

/// Reads a time of the grain as tables have it: `apr, prel`, `2021-Q1`, `kv 1 2021`, `vecka 12 2021`, `T1 2021`, `första halvåret 2021`,
/// `2021`. None for all else.
pub(in crate::siffror) fn namnd(cell: &str, grain: Grain) -> Option<Tid> {
    // no time is as long, and most cells of a table are texts or figures
    if cell.len() > 40 {
        return None;
    }
    if grain == Grain::Manad {
        let Namnd { year, month, preliminar } = manader::namnd(cell)?;
        return Some(Tid { year, n: month, preliminar });
    }
    let text = compared(cell);
    let (mut year, mut n, mut preliminar, mut named) = (None, None, false, grain == Grain::Ar);
    for word in text.split([' ', '\u{a0}', ',', '.', '(', ')', '*', '-', '/', ':']).filter(|word| !word.is_empty()) {
        let said = (word.len() == 4).then(|| word.parse::<Year>().ok()).flatten();
        let number = || word.parse::<u32>().ok().filter(|_| word.len() <= 2);
        // q1, kv1, v12
        let joined = || words(grain).iter().find_map(|w| word.strip_prefix(w)?.parse::<u32>().ok());
        if let Some(said) = said.filter(|_| year.is_none()) {
            year = Some(said.get());
        } else if ["prel", "prognos"].contains(&word) || word.starts_with("prelimin") {
            preliminar = true;
        } else if manader::SAGS.contains(&word) {
            // as our own table has it
        } else if words(grain).contains(&word) {
            named = true;
        } else if grain == Grain::Ar || n.is_some() {
            return None;
        } else if let Some(joined) = joined() {
            (named, n) = (true, Some(joined));
        } else {
            n = Some(number().or_else(|| ordinal(word))?);
        }
    }
    let n = if grain == Grain::Ar { year.map(|_| 1)? } else { n? };
    (named && fits(n, grain)).then_some(Tid { year, n, preliminar })
}

fn ordinal(word: &str) -> Option<u32> {
    let words = ["första", "andra", "tredje", "fjärde"];
    words.iter().position(|w| *w == word).and_then(|at| u32::try_from(at + 1).ok())
}

/// The first time that stands in a text: "Förändring mellan mar 2022 och ...".
pub(super) fn i_text(text: &str, grain: Grain) -> Option<Tid> {
    let words: Vec<&str> = text.split_whitespace().take(40).collect();
    let mut best = None;
    for from in 0..words.len() {
        for many in (1..=3).filter(|many| from + many <= words.len()) {
            // the longest that is a time: with its year
            if let Some(tid) = namnd(&words[from..from + many].join(" "), grain) {
                best = Some(tid);
            }
        }
        if best.is_some() {
            break;
        }
    }
    best
}

/// The periods of times in the order in which they stand, newest first or last. What says no year gets it from those that do and from the
/// turn of the year; `first` is the year of the first in time where none says one.
pub(super) fn perioder(tider: &[Tid], grain: Grain, first: Option<i32>) -> Result<Vec<Period>, Fel> {
    // a long table has each time for many values
    let mut runs: Vec<(Tid, usize)> = Vec::new();
    for tid in tider {
        match runs.last_mut() {
            Some((last, many)) if last.n == tid.n && (last.year == tid.year || tid.year.is_none()) => *many += 1,
            _ => runs.push((*tid, 1)),
        }
    }
    let mut named: Vec<Namnd> =
        runs.iter().map(|(tid, _)| Namnd { year: tid.year, month: tid.n, preliminar: tid.preliminar }).collect();
    let mut out: Vec<Period> = if let Some(all) =
        named.iter().map(|m| Some((m.year?, m.month))).collect::<Option<Vec<_>>>()
    {
        all.into_iter().map(|(year, n)| period(year, n, grain).ok_or(Fel::Outside)).collect::<Result<_, _>>()?
    } else {
        let falling = named.windows(2).filter(|pair| pair[1].month < pair[0].month).count();
        let newest_first = falling * 2 > named.len().saturating_sub(1);
        if newest_first {
            named.reverse();
        }
        let years = manader::years(&named, first)?;
        let mut out: Vec<Period> =
            years.into_iter().map(|m| period(m.year, m.month, grain).ok_or(Fel::Outside)).collect::<Result<_, _>>()?;
        if newest_first {
            out.reverse();
        }
        out
    };
    Ok(out.drain(..).zip(&runs).flat_map(|(period, (_, many))| std::iter::repeat_n(period, *many)).collect())
}

/// A period that exists: 2025 has no week 53.
pub(in crate::siffror) fn period(year: i32, n: u32, grain: Grain) -> Option<Period> {
    let period = match grain {
        Grain::Manad => Period::Month(year, n),
        Grain::Vecka => Period::Week(year, n),
        Grain::Kvartal => Period::Quarter(year, n),
        Grain::Tertial => Period::Tertial(year, n),
        Grain::Halvar => Period::Half(year, n),
        Grain::Ar => Period::Year(year),
    };
    period.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_each_grain_is_read_as_tables_have_it() {
        for (cell, grain, year, n, preliminar) in [
            ("apr, prel", Grain::Manad, None, 4, true),
            ("2022-03-01", Grain::Manad, Some(2022), 3, false),
            ("2021-Q1", Grain::Kvartal, Some(2021), 1, false),
            ("kv 1 2021", Grain::Kvartal, Some(2021), 1, false),
            ("Kvartal 4", Grain::Kvartal, None, 4, false),
            ("Q3 2021 (prel.)", Grain::Kvartal, Some(2021), 3, true),
            ("vecka 12 2021", Grain::Vecka, Some(2021), 12, false),
            ("v. 7", Grain::Vecka, None, 7, false),
            ("2021-W53", Grain::Vecka, Some(2021), 53, false),
            ("T1 2021", Grain::Tertial, Some(2021), 1, false),
            ("andra halvåret 2021", Grain::Halvar, Some(2021), 2, false),
            ("2021-H1", Grain::Halvar, Some(2021), 1, false),
            ("2021", Grain::Ar, Some(2021), 1, false),
            ("år 2021", Grain::Ar, Some(2021), 1, false),
            ("2022, prel", Grain::Ar, Some(2022), 1, true),
            ("nov 2026 hittills", Grain::Manad, Some(2026), 11, false),
            ("kvartal 1 2022 hittills", Grain::Kvartal, Some(2022), 1, false),
            ("kvartal 1 2022 ungefärligt", Grain::Kvartal, Some(2022), 1, false),
        ] {
            assert_eq!(namnd(cell, grain), Some(Tid { year, n, preliminar }), "{cell}");
        }
        for (cell, grain) in [
            ("1", Grain::Kvartal),
            ("kv 5 2021", Grain::Kvartal),
            ("2021", Grain::Kvartal),
            ("1999", Grain::Ar),
            ("2019-2021", Grain::Ar),
            ("2 021", Grain::Ar),
            ("Summa", Grain::Ar),
            ("", Grain::Vecka),
            ("T1", Grain::Halvar),
        ] {
            assert_eq!(namnd(cell, grain), None, "{cell}");
        }
    }

    #[test]
    fn what_stands_newest_first_is_counted_from_the_other_end() {
        let tid = |year, n| Tid { year, n, preliminar: false };
        let newest = [tid(None, 2), tid(None, 1), tid(None, 12), tid(Some(2020), 11)];
        let periods = perioder(&newest, Grain::Manad, None).unwrap();
        assert_eq!((periods[0], periods[3]), (Period::Month(2021, 2), Period::Month(2020, 11)));
        let long = [tid(None, 1), tid(None, 1), tid(None, 2), tid(None, 2)];
        assert_eq!(perioder(&long, Grain::Manad, None), Err(Fel::Year));
        assert_eq!(perioder(&long, Grain::Manad, Some(2021)).unwrap()[3], Period::Month(2021, 2));
        assert_eq!(perioder(&[tid(Some(2025), 53)], Grain::Vecka, None), Err(Fel::Outside));
    }

    #[test]
    fn the_time_of_a_sentence_is_found_with_its_year() {
        let tid = i_text("Förändring mellan mar 2022 och ...", Grain::Manad);
        assert_eq!(tid, Some(Tid { year: Some(2022), n: 3, preliminar: false }));
        assert_eq!(i_text("Förändring", Grain::Manad), None);
    }
}
