//! Spoken: a rhythm with its days as people write it in a table: "varannan tisdag", "3:e onsdagen i månaden", "sista vardagen i
//! april och augusti", "den 14:e varje månad". What a word of it is not known, is not read.

use chrono::Weekday;

use super::{Day, Months, Recurrence, WEEKS_MAX, Weekdays};
use crate::format;

/// Which of several.
#[derive(Clone, Copy)]
enum Which {
    Nth(u32),
    Last,
}

/// What has been read of it so far.
#[derive(Default)]
struct Read {
    /// "varje", "varannan" and "var tredje", until what it is of is read.
    every: Option<u32>,
    /// "tredje" and "sista", until what it is of is read.
    nth: Option<Which>,
    /// The number of weeks between.
    weeks: Option<u32>,
    weekdays: Weekdays,
    last_weekday: Option<Weekday>,
    last_month: Option<u32>,
    to: bool,
    day: Option<Day>,
    every_month: bool,
    months: Months,
}

/// Reads a rhythm that has its days; none when any of its words is not understood, or it has none.
#[must_use]
pub fn spoken(text: &str) -> Option<Recurrence> {
    let folded = between_words(&text.to_lowercase().chars().map(folded).collect::<String>());
    let mut read = Read::default();
    // "3:e" is a word
    for word in folded.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation() && c != ':') {
        if !word.is_empty() {
            read.word(word)?;
        }
    }
    read.finish()
}

fn folded(c: char) -> char {
    match c {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        '\u{a0}' => ' ',
        other => other,
    }
}

/// A dash between two words is "till": "måndag–fredag", "mars-maj". One between numbers is what it is.
fn between_words(text: &str) -> String {
    let joined = text.replace(['–', '—', '−'], "-").replace(" - ", "-").replace("- ", "-").replace(" -", "-");
    let parts: Vec<&str> = joined.split('-').collect();
    let mut out = String::with_capacity(joined.len());
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            let words = out.ends_with(char::is_alphabetic) && part.starts_with(char::is_alphabetic);
            out.push_str(if words { " till " } else { "-" });
        }
        out.push_str(part);
    }
    out
}

impl Read {
    fn word(&mut self, word: &str) -> Option<()> {
        match word {
            "varje" | "alla" | "var" => self.every = Some(1),
            "varannan" => self.every = Some(2),
            "sista" => self.nth = Some(Which::Last),
            "till" => self.to = true,
            "och" | "samt" | "pa" | "i" | "av" | "den" | "om" => {}
            // "tisdagar vecka 10" is of some weeks only
            "vecka" => self.weeks = Some(self.every.take()?),
            "veckan" => self.weeks = Some(self.every.take().unwrap_or(1)),
            "manad" | "manaden" => {
                self.date()?;
                // every second month says no month to begin with
                self.every.take().is_none_or(|n| n == 1).then(|| self.every_month = true)?;
            }
            "dag" | "dagen" => self.of_month(Day::Date, || Day::Date(31))?,
            "arbetsdag" | "arbetsdagen" | "vardag" | "vardagen" => self.workday()?,
            "vardagar" | "arbetsdagar" => self.every_workday(),
            _ => self.other(word)?,
        }
        Some(())
    }

    fn other(&mut self, word: &str) -> Option<()> {
        if let Some((day, plural)) = weekday(word) {
            return self.weekday(day, plural);
        }
        if let Some(n) = ordinal(word) {
            // "var tredje" is of a week, "tredje" of a month
            return match self.every {
                Some(1) => {
                    self.every = Some(n);
                    Some(())
                }
                Some(_) => None,
                None => self.nth.replace(Which::Nth(n)).is_none().then_some(()),
            };
        }
        let month = (1..=12).find(|m| {
            let name: String = format::month_name(*m).chars().map(folded).collect();
            name == word || word.len() >= 3 && name.starts_with(word)
        })?;
        self.date()?;
        if std::mem::take(&mut self.to) {
            let mut from = self.last_month?;
            while from != month {
                from = from % 12 + 1;
                self.months = self.months.union(Months::of(&[from]));
            }
        }
        self.months = self.months.union(Months::of(&[month]));
        self.last_month = Some(month);
        Some(())
    }

    fn weekday(&mut self, day: Weekday, plural: bool) -> Option<()> {
        if self.nth.is_some() {
            return self.of_month(|n| Day::Nth(n, day), || Day::Last(day));
        }
        if std::mem::take(&mut self.to) {
            let mut from = self.last_weekday?;
            while from != day {
                from = from.succ();
                self.weekdays = self.weekdays.with(from);
            }
        }
        self.weekdays = self.weekdays.with(day);
        self.last_weekday = Some(day);
        match self.every.take() {
            Some(n) => self.weeks = Some(n),
            None if plural => self.weeks = self.weeks.or(Some(1)),
            None => {}
        }
        Some(())
    }

    fn workday(&mut self) -> Option<()> {
        match self.nth.take() {
            Some(Which::Last) => self.set(Day::LastWorkday),
            Some(Which::Nth(1)) => self.set(Day::FirstWorkday),
            Some(Which::Nth(_)) => None,
            None => self.every.take().filter(|n| *n == 1).map(|_| self.every_workday()),
        }
    }

    fn every_workday(&mut self) {
        self.weekdays = Weekdays::WORKING;
        self.weeks = self.weeks.or(Some(1));
    }

    /// A number in front of something that is no day of its own is a date.
    fn date(&mut self) -> Option<()> {
        match self.nth {
            Some(_) => self.of_month(Day::Date, || Day::Date(31)),
            None => Some(()),
        }
    }

    fn of_month(&mut self, nth: impl FnOnce(u32) -> Day, last: impl FnOnce() -> Day) -> Option<()> {
        let day = match self.nth.take()? {
            Which::Nth(n) => nth(n),
            Which::Last => last(),
        };
        self.set(day)
    }

    fn set(&mut self, day: Day) -> Option<()> {
        let known = match day {
            Day::Date(n) => (1..=31).contains(&n),
            Day::Nth(n, _) => (1..=4).contains(&n),
            _ => true,
        };
        (known && self.day.replace(day).is_none()).then_some(())
    }

    fn finish(mut self) -> Option<Recurrence> {
        // "varje månad den 14:e"
        self.date()?;
        if self.every.is_some() || self.to {
            return None;
        }
        match self.day {
            None => {
                let weeks = self.weeks.filter(|n| (1..=WEEKS_MAX).contains(n))?;
                let by_weeks = !self.weekdays.is_empty() && self.months.is_empty() && !self.every_month;
                by_weeks.then_some(Recurrence::WeekDays(weeks, self.weekdays))
            }
            Some(_) if !self.weekdays.is_empty() || self.weeks.is_some() => None,
            Some(day) if !self.months.is_empty() => {
                (!self.every_month).then_some(Recurrence::MonthDay(self.months, day))
            }
            // a date alone may be any day of any month
            Some(Day::Date(_)) if !self.every_month => None,
            Some(day) => Some(Recurrence::MonthDay(Months::ALL, day)),
        }
    }
}

/// A weekday in any of its forms, and whether it is said of several: `tisdag`, `tisdagen`, `tisdagar`, `tis`.
fn weekday(word: &str) -> Option<(Weekday, bool)> {
    const SHORT: [(Weekday, &str); 7] = [
        (Weekday::Mon, "man"),
        (Weekday::Tue, "tis"),
        (Weekday::Wed, "ons"),
        (Weekday::Thu, "tors"),
        (Weekday::Fri, "fre"),
        (Weekday::Sat, "lor"),
        (Weekday::Sun, "son"),
    ];
    let (day, rest) = SHORT.into_iter().find_map(|(day, short)| Some((day, word.strip_prefix(short)?)))?;
    match rest {
        "" | "dag" | "dagen" => Some((day, false)),
        "dagar" | "dagarna" => Some((day, true)),
        _ => None,
    }
}

/// `tredje`, `3:e`, `3e`, `14`.
fn ordinal(word: &str) -> Option<u32> {
    const WORDS: [&str; 8] = ["forsta", "andra", "tredje", "fjarde", "femte", "sjatte", "sjunde", "attonde"];
    if word == "annan" {
        return Some(2);
    }
    if let Some(i) = WORDS.iter().position(|w| *w == word) {
        return u32::try_from(i + 1).ok();
    }
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, ending) = word.split_at(digits);
    matches!(ending, "" | ":e" | ":a" | ":de" | ":te" | ":dje" | "e" | "a" | "de" | "te" | "dje")
        .then(|| number.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rhythms_are_read_as_people_say_them() {
        use Weekday::{Fri, Thu, Tue, Wed};
        let weekly = |weeks, days: &[Weekday]| Recurrence::WeekDays(weeks, Weekdays::of(days));
        let monthly = |day| Recurrence::MonthDay(Months::ALL, day);
        let some = |months: &[u32], day| Recurrence::MonthDay(Months::of(months), day);
        for (text, expected) in [
            ("varannan tisdag", weekly(2, &[Tue])),
            ("Var annan tisdag", weekly(2, &[Tue])),
            ("varje tisdag och torsdag", weekly(1, &[Tue, Thu])),
            ("tisdagar", weekly(1, &[Tue])),
            ("på onsdagar", weekly(1, &[Wed])),
            ("tis, tors varannan vecka", weekly(2, &[Tue, Thu])),
            ("varannan vecka på tisdagar", weekly(2, &[Tue])),
            ("var tredje fredag", weekly(3, &[Fri])),
            ("fredag var 4:e vecka", weekly(4, &[Fri])),
            ("varje vardag", Recurrence::WeekDays(1, Weekdays::WORKING)),
            ("måndag till fredag varje vecka", Recurrence::WeekDays(1, Weekdays::WORKING)),
            ("tredje onsdagen varje månad", monthly(Day::Nth(3, Wed))),
            ("3:e onsdagen i månaden", monthly(Day::Nth(3, Wed))),
            ("den andra tisdagen i varje månad", monthly(Day::Nth(2, Tue))),
            ("andra tisdagen", monthly(Day::Nth(2, Tue))),
            ("sista fredagen i månaden", monthly(Day::Last(Fri))),
            ("Sista arbetsdagen i månaden.", monthly(Day::LastWorkday)),
            ("sista vardagen varje månad", monthly(Day::LastWorkday)),
            ("första arbetsdagen", monthly(Day::FirstWorkday)),
            ("den 14:e varje månad", monthly(Day::Date(14))),
            ("varje månad den 14", monthly(Day::Date(14))),
            ("den sista varje månad", monthly(Day::Date(31))),
            ("sista dagen i månaden", monthly(Day::Date(31))),
            ("tredje onsdagen i april, augusti och december", some(&[4, 8, 12], Day::Nth(3, Wed))),
            ("måndag-fredag varje vecka", Recurrence::WeekDays(1, Weekdays::WORKING)),
            ("varje måndag – fredag", Recurrence::WeekDays(1, Weekdays::WORKING)),
            ("tis–tors varannan vecka", weekly(2, &[Tue, Wed, Thu])),
            ("sista fredagen i mars-maj", some(&[3, 4, 5], Day::Last(Fri))),
            ("sista fredagen i november till februari", some(&[11, 12, 1, 2], Day::Last(Fri))),
            ("15:e i mars och okt", some(&[3, 10], Day::Date(15))),
        ] {
            assert_eq!(spoken(text), Some(expected), "{text}");
            assert_eq!(spoken(&expected.label()), Some(expected), "{}", expected.label());
        }
    }

    #[test]
    fn what_says_no_day_or_more_than_one_rhythm_is_not_read() {
        for text in [
            "",
            "varje månad",
            "varannan vecka",
            "var tredje månad",
            "tisdag",
            "jämna veckor",
            "tisdagar jämna veckor",
            "femte onsdagen i månaden",
            "andra arbetsdagen i månaden",
            "varannan tisdag i april",
            "tisdagar vecka 10-20",
            "tisdagar vecka 10",
            "tisdagar v. 10–20",
            "tisdagar 7.1-15.6",
            "den 14-16 varje månad",
            "tisdag-mars",
            "tredje onsdagen varannan månad",
            "den 32:a varje månad",
            "den 14:e",
            "4, 8, 12",
            "varje",
            "tredje onsdagen och sista fredagen i månaden",
            "vid behov",
            "april, augusti och december",
        ] {
            assert_eq!(spoken(text), None, "{text}");
        }
    }
}
