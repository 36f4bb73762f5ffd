//! When: the time of an occurrence in words. There is one way to say it, so that a week is a week in the row, on its page, in
//! the name of its button, on the wheel, on a slide, on paper and in the workbook.

use chrono::{Datelike, Days, NaiveDate};

use super::{Item, Occurrence, day_of, month_end};
use crate::{area::Told, format, hours::Hours};

/// The first and the last day of something, to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    start: NaiveDate,
    due: NaiveDate,
    hours: Option<Hours>,
}

impl When {
    /// Its first day.
    #[must_use]
    pub const fn first(self) -> NaiveDate {
        self.start
    }

    /// From the first day to the last.
    #[must_use]
    pub fn of(start: NaiveDate, due: NaiveDate) -> Self {
        Self { start, due, hours: None }
    }

    /// The same at these hours, where it is one day.
    #[must_use]
    pub fn at(self, hours: Option<Hours>) -> Self {
        Self { hours: hours.filter(|_| self.start == self.due), ..self }
    }

    /// The number of the week, where it is one from Monday to Sunday (ISO 8601).
    #[must_use]
    pub fn week(self) -> Option<u32> {
        let (first, last) = (self.start.iso_week(), self.due.iso_week());
        (self.due == self.start + Days::new(6) && first == last).then(|| first.week())
    }

    /// The month in whose cell it stands: that of a week's Thursday.
    #[must_use]
    pub fn month(self) -> u32 {
        day_of(self.start, self.due).month()
    }

    /// Whether it is one whole month.
    #[must_use]
    pub fn is_month(self) -> bool {
        self.start.day() == 1 && self.due == month_end(self.start)
    }

    /// Whether it is one day.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.start == self.due
    }

    /// `oktober`, `v. 41, 5–11 oktober`, `12 november`, `12 november kl. 13.00–15.00`, `1 april–30 maj`.
    #[must_use]
    pub fn label(self) -> String {
        self.timed(self.bare())
    }

    fn timed(self, day: String) -> String {
        match self.hours {
            Some(hours) => format!("{day} {}", hours.label()),
            None => day,
        }
    }

    fn bare(self) -> String {
        match self.week() {
            Some(week) => format!("v. {week}, {}", self.days()),
            None if self.is_month() => format::month_name(self.due.month()).to_owned(),
            None => self.days(),
        }
    }

    /// The same with its year: `oktober 2026`, `v. 53, 28 december 2026–3 januari 2027`.
    #[must_use]
    pub fn with_year(self) -> String {
        let (first, last) = (self.start.year(), self.due.year());
        if first == last {
            return self.timed(format!("{} {last}", self.bare()));
        }
        let days = format!("{} {first}–{} {last}", format::day_month(self.start), format::day_month(self.due));
        self.week().map_or_else(|| days.clone(), |week| format!("v. {week}, {days}"))
    }

    /// With its year where that is not the one that is spoken of.
    #[must_use]
    pub fn seen_from(self, year: i32) -> String {
        if self.start.year() == year || self.due.year() == year { self.label() } else { self.with_year() }
    }

    /// After a verb, spoken of in a year: `i oktober`, `i oktober 2025`, `v. 41, 5–11 oktober`, `12 november`.
    #[must_use]
    pub fn during(self, year: i32) -> String {
        let said = self.seen_from(year);
        if self.is_month() { format!("i {said}") } else { said }
    }

    /// Where there is little room, with its year: `okt 2026`, `v. 41 2026`. A week is of the year of its Thursday.
    #[must_use]
    pub fn short(self) -> String {
        match self.week() {
            Some(week) => format!("v. {week} {}", self.start.iso_week().year()),
            None => format!("{} {}", format::month_short(self.due.month()), self.due.year()),
        }
    }

    /// `12–18 januari`, `28 december–3 januari`, `12 november`.
    fn days(self) -> String {
        if self.start == self.due {
            format::day_month(self.due)
        } else if (self.start.year(), self.start.month()) == (self.due.year(), self.due.month()) {
            format!("{}–{}", self.start.day(), format::day_month(self.due))
        } else {
            format!("{}–{}", format::day_month(self.start), format::day_month(self.due))
        }
    }
}

impl Occurrence {
    /// Its time, to be said.
    #[must_use]
    pub fn when(&self) -> When {
        When::of(self.start, self.due).at(self.hours)
    }
}

impl Item {
    /// When it is done in a week: that week, to be said. A month's cell or heading says which month something is of, but
    /// nothing there says which of its weeks. The last day of an åtgärd and of a case is no week, whatever day it began.
    #[must_use]
    pub fn week(&self) -> Option<When> {
        let when = self.occurrence.when();
        (self.kind().told == Told::Span && when.week().is_some()).then_some(when)
    }

    /// Its time, to be said beside its title. An åtgärd has its last day and a case its countdown instead.
    #[must_use]
    pub fn time(&self) -> Option<When> {
        (self.kind().told == Told::Span).then(|| self.occurrence.when())
    }

    /// Its week, or its day with its hours, where it has one: what a month's cell or heading does not say. An åtgärd and a case
    /// have a last day instead.
    #[must_use]
    pub fn week_or_day(&self) -> Option<When> {
        self.week().or_else(|| self.time().filter(|time| time.is_day()))
    }

    /// Whether it is moved to a day, and not to a month or a week.
    #[must_use]
    pub fn moves_by_day(&self) -> bool {
        self.goes_by_day() || self.occurrence.when().is_day()
    }

    /// What it is called among others of its control, in the name of a button and in what is said afterwards: the title and
    /// its time, with the year where that is another than today's.
    #[must_use]
    pub fn name(&self, today: NaiveDate) -> String {
        match self.time() {
            Some(time) => format!("{}, {}", self.title, time.seen_from(today.year())),
            None => self.title.clone(),
        }
    }

    /// Whether its time has not begun, so that a tick would be in advance. An åtgärd is done when it is done.
    #[must_use]
    pub fn is_ahead(&self, today: NaiveDate) -> bool {
        self.occurrence.state.is_open() && self.time().is_some() && self.occurrence.start > today
    }

    /// What is asked before a tick in advance: "Det är inte december än. Är detta redan gjort?"
    #[must_use]
    pub fn ahead_question(&self, today: NaiveDate) -> String {
        let when = When::of(self.occurrence.start, self.occurrence.due);
        format!("Det är inte {} än. Är detta redan gjort?", when.seen_from(today.year()))
    }

    /// Why a tick in advance is not made, where it was not said that it is done already. The same wherever one can be made.
    #[must_use]
    pub fn asks_first(&self, yes: &str, today: NaiveDate) -> Option<String> {
        (self.is_ahead(today) && yes.is_empty()).then(|| {
            format!(
                "{} är inte markerad som utförd: tiden har inte börjat än. Är det redan gjort, svara ja på det och spara \
                 igen.",
                self.name(today)
            )
        })
    }

    /// The time that it was first planned for, where it has been moved: `oktober`, or `v. 41, 5–11 oktober` of a weekly one, or
    /// `12 november` of one that is on a day.
    #[must_use]
    pub fn moved_from(&self) -> Option<When> {
        let due = self.occurrence.moved_from?;
        Some(if self.occurrence.when().is_day() && self.time().is_some() {
            When::of(due, due)
        } else if self.is_weekly() && due.weekday() == chrono::Weekday::Sun {
            When::of(due - Days::new(6), due)
        } else {
            When::of(due.with_day(1).unwrap_or(due), month_end(due))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(start: (i32, u32, u32), due: (i32, u32, u32)) -> When {
        let day = |(y, m, d)| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        When::of(day(start), day(due))
    }

    #[test]
    fn a_week_is_said_with_its_number_and_its_days() {
        let week = when((2026, 1, 12), (2026, 1, 18));
        assert_eq!(week.label(), "v. 3, 12–18 januari");
        assert_eq!(week.with_year(), "v. 3, 12–18 januari 2026");
        assert_eq!(week.during(2026), "v. 3, 12–18 januari");
        assert_eq!(week.short(), "v. 3 2026");
        assert_eq!(when((2026, 9, 28), (2026, 10, 4)).label(), "v. 40, 28 september–4 oktober");
        assert_eq!(when((2026, 1, 13), (2026, 1, 19)).label(), "13–19 januari", "from Tuesday it is no week");
    }

    #[test]
    fn a_week_over_new_year_says_both_years() {
        let last = when((2026, 12, 28), (2027, 1, 3));
        assert_eq!(last.label(), "v. 53, 28 december–3 januari");
        assert_eq!(last.with_year(), "v. 53, 28 december 2026–3 januari 2027");
        assert_eq!((last.short().as_str(), last.week()), ("v. 53 2026", Some(53)));
        // 2024 ends in the first week of 2025
        let first = when((2024, 12, 30), (2025, 1, 5));
        assert_eq!((first.short().as_str(), first.label().as_str()), ("v. 1 2025", "v. 1, 30 december–5 januari"));
        assert_eq!(first.seen_from(2025), "v. 1, 30 december–5 januari");
        assert_eq!(first.seen_from(2026), "v. 1, 30 december 2024–5 januari 2025");
    }

    #[test]
    fn a_month_a_day_and_a_period_are_said_as_people_say_them() {
        let month = when((2026, 10, 1), (2026, 10, 31));
        assert_eq!((month.label(), month.during(2026)), ("oktober".to_owned(), "i oktober".to_owned()));
        assert_eq!((month.with_year(), month.short()), ("oktober 2026".to_owned(), "okt 2026".to_owned()));
        assert_eq!(month.during(2027), "i oktober 2026");
        assert_eq!(when((2026, 11, 12), (2026, 11, 12)).label(), "12 november");
        assert_eq!(when((2026, 4, 1), (2026, 5, 30)).label(), "1 april–30 maj");
        let hours = Hours::from_code("13:00-15:00");
        let day = when((2026, 11, 12), (2026, 11, 12)).at(hours);
        assert_eq!(
            (day.label(), day.with_year()),
            ("12 november 13.00–15.00".into(), "12 november 2026 13.00–15.00".into())
        );
        assert_eq!(month.at(hours).label(), "oktober", "any day of it has no hours");
        // four weeks that are a month
        assert_eq!(when((2027, 2, 1), (2027, 2, 28)).label(), "februari");
    }
}
