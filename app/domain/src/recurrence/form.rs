//! Form: when, as every form that lays something on the year sends it, and what is said back of it.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::{Day, Months, Recurrence, Slot, WEEKS_MAX, Weekdays, is_workday, weekday_code, weekday_from_code};
use crate::{
    area::{Area, By},
    counted::{self, PlanYear},
    day::Fits,
    field::{Checker, FieldError},
    format,
    hours::Hours,
    occurrence::When,
};

/// A date of the month.
pub const DATE: &str = "datum";
/// The nth or last of a weekday of the month.
pub const WEEKDAY: &str = "veckodag_i_manaden";
/// Weekdays of every so many weeks.
pub const WEEKDAYS: &str = "veckodagar";

/// The kinds that have their days, with their labels; which day is in fields beside.
pub const ON_A_DAY: [(&str, &str); 5] = [
    (WEEKDAYS, "På veckodagar, till exempel varannan tisdag"),
    (WEEKDAY, "En veckodag i månaden, till exempel tredje onsdagen"),
    (DATE, "Ett datum i månaden, till exempel den 14:e"),
    ("forsta_arbetsdagen", "Första arbetsdagen i månaden"),
    ("sista_arbetsdagen", "Sista arbetsdagen i månaden"),
];

/// The field that says that the form is sent to see its days and not to be saved.
pub const SHOWN: &str = "visa";
/// How many days are shown.
const NEXT: usize = 5;

/// When, as texts. In the form of something they lie beside its own fields (`#[serde(flatten)]`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// One of [`Recurrence::KINDS`] or [`ON_A_DAY`], or `en_gang`.
    #[serde(rename = "recurrence")]
    pub kind: String,
    /// The months, for the kinds that take them.
    pub months: Vec<String>,
    /// The number of months, for "var n:te månad".
    pub every: String,
    /// The number of weeks, for weekdays.
    pub weeks: String,
    /// Codes of weekdays.
    pub weekdays: Vec<String>,
    /// 1–4 or `sista`, for a weekday of the month.
    pub nth: String,
    /// The code of that weekday.
    pub weekday: String,
    /// The date of the month, 1–31.
    pub date: String,
    /// First day.
    pub start: String,
    /// Last day.
    pub end: String,
    /// When it begins on its day.
    pub from: String,
    /// When it ends on its day.
    pub to: String,
    /// Not empty when it is only to be seen: see [`SHOWN`].
    #[serde(rename = "visa")]
    pub shown: String,
}

/// When something is: how often, from when to when, and what it is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// How often, and on which days.
    pub recurrence: Recurrence,
    /// First day.
    pub start: Option<NaiveDate>,
    /// Last day.
    pub end: Option<NaiveDate>,
    /// From when to when on its day.
    pub hours: Option<Hours>,
    /// The day of any year that its rhythm is counted from, where it stands already: see [`Timing::going_on`].
    pub anchor: Option<NaiveDate>,
}

/// Whose time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A control's: without a day it is done any day of its month.
    Control,
    /// An activity's: its first day is its first time, and it keeps that day.
    Activity,
}

impl Of {
    /// Whose time that of something of an area is.
    #[must_use]
    pub fn area(area: Area) -> Self {
        match area.time().by {
            By::Day => Self::Activity,
            By::Month => Self::Control,
        }
    }
}

impl Fields {
    /// Those of a rhythm that has nothing beside its kind.
    #[must_use]
    pub fn named(kind: &str) -> Self {
        Self { kind: kind.to_owned(), ..Self::default() }
    }

    /// The fields of what is stored.
    #[must_use]
    pub fn of(timing: &Timing) -> Self {
        let date = |d: Option<NaiveDate>| d.map(format::date).unwrap_or_default();
        let (from, to) = Hours::fields(timing.hours);
        let mut fields =
            Self { start: date(timing.start), end: date(timing.end), from, to, ..Self::rhythm(timing.recurrence) };
        fields.kind = timing.recurrence.kind();
        fields
    }

    /// The fields of a rhythm alone.
    #[must_use]
    pub fn rhythm(recurrence: Recurrence) -> Self {
        let list = |months: Months| months.iter().map(|m| m.to_string()).collect();
        let mut fields = Self::named(&recurrence.kind());
        match recurrence {
            Recurrence::Chosen(months) | Recurrence::FourPerTermin(months) => fields.months = list(months),
            Recurrence::EveryMonths(n) => fields.every = n.to_string(),
            Recurrence::WeekDays(weeks, days) => {
                fields.weeks = weeks.to_string();
                fields.weekdays = days.iter().map(|day| weekday_code(day).to_owned()).collect();
            }
            Recurrence::MonthDay(months, day) => {
                if months != Months::ALL {
                    fields.months = list(months);
                }
                match day {
                    Day::Date(n) => fields.date = n.to_string(),
                    Day::Nth(n, weekday) => {
                        (fields.nth, fields.weekday) = (n.to_string(), weekday_code(weekday).to_owned());
                    }
                    Day::Last(weekday) => {
                        (fields.nth, fields.weekday) = ("sista".to_owned(), weekday_code(weekday).to_owned());
                    }
                    Day::FirstWorkday | Day::LastWorkday => {}
                }
            }
            _ => {}
        }
        fields
    }

    /// Reads them for a plan of `year`. What is `stored` keeps its days and what it is counted from, until its rhythm or its
    /// first day is another: who changes a title moves no tillfälle.
    pub fn check(&self, check: &mut Checker, year: i32, of: Of, stored: Option<&Timing>) -> Timing {
        let start = check.date("start", &self.start, Fits::InYear(year));
        let end = check.date("end", &self.end, Fits::InYear(year));
        let mut recurrence = self.recurrence(check);
        for (field, date) in [("start", start), ("end", end)] {
            if date.is_some_and(|d| d.year() != year) {
                check.error(field, format!("Datumet ligger inte i {year}."));
            }
        }
        if let (Some(start), Some(end)) = (start, end)
            && start > end
        {
            check.error("end", "Slutet ligger före starten.");
        }
        let stands = stored.is_some_and(|stored| stored.stands_in(recurrence, start));
        if let (Of::Activity, Some(first), false) = (of, start, stands) {
            if let Recurrence::Chosen(months) | Recurrence::FourPerTermin(months) = recurrence
                && !months.contains(first.month())
            {
                let (day, names) = (format::day_month(first), months.names());
                check.error("start", format!("{day} ligger utanför månaderna {names}. Välj en dag i någon av dem."));
            }
            recurrence = recurrence.on_the_day_of(first);
        }
        let hours = Hours::check(check, ("from", &self.from), ("to", &self.to));
        let one_day = recurrence == Recurrence::Once && (start == end || start.is_none() || end.is_none());
        if hours.is_some() && !one_day && !recurrence.has_day() {
            check.error("from", "Ett klockslag hör till en dag. Välj en rytm som har en dag, eller töm klockslaget.");
        }
        let timing = Timing { recurrence, start, end, hours, anchor: None }.going_on(stored, year);
        if !check.has_errors() && timing.slots(year).is_empty() {
            check.error("recurrence", "Det blir inget tillfälle under året. Ändra månader, start eller slut.");
        }
        if !self.shown.is_empty() {
            check.error(SHOWN, "Dagarna visas. Inget är sparat än.");
        }
        timing
    }

    fn recurrence(&self, check: &mut Checker) -> Recurrence {
        let kind = self.kind.trim();
        let takes_months = matches!(kind, "valda_manader" | "fyra_per_termin")
            || ON_A_DAY.iter().any(|(k, _)| *k == kind && kind != WEEKDAYS);
        let months = if takes_months {
            Months::parse(&self.months.join(",")).unwrap_or_else(|part| {
                check.error("months", format!("{part} är ingen månad. Skriv månader som 4,8,12."));
                Months::ALL
            })
        } else {
            Months::default()
        };
        // of a day of the month, none chosen are all
        let some = if months.is_empty() { Months::ALL } else { months };
        match kind {
            "valda_manader" if months.is_empty() => {
                check.error("months", "Välj minst en månad.");
                Recurrence::Monthly
            }
            "valda_manader" => Recurrence::Chosen(months),
            "fyra_per_termin" if months.is_empty() => Recurrence::FourPerTermin(Months::VAR.union(Months::HOST)),
            "fyra_per_termin" => Recurrence::FourPerTermin(months),
            "var_n_manad" => match self.every.trim().parse::<u32>() {
                Ok(n) if (2..=11).contains(&n) => Recurrence::EveryMonths(n),
                _ => {
                    check.error("every", "Skriv hur många månader, 2–11.");
                    Recurrence::Monthly
                }
            },
            WEEKDAYS => self.by_weeks(check),
            WEEKDAY => Recurrence::MonthDay(some, self.weekday_of_month(check)),
            DATE => Recurrence::MonthDay(some, self.date(check)),
            "forsta_arbetsdagen" => Recurrence::MonthDay(some, Day::FirstWorkday),
            "sista_arbetsdagen" => Recurrence::MonthDay(some, Day::LastWorkday),
            kind => Recurrence::from_code(kind).unwrap_or_else(|| {
                check.error("recurrence", "Välj hur ofta.");
                Recurrence::Monthly
            }),
        }
    }

    fn by_weeks(&self, check: &mut Checker) -> Recurrence {
        let weeks = match self.weeks.trim() {
            "" => 1,
            text => text.parse().ok().filter(|n| (1..=WEEKS_MAX).contains(n)).unwrap_or_else(|| {
                check.error("weeks", format!("Välj 1–{WEEKS_MAX} veckor."));
                1
            }),
        };
        let days = Weekdays::from_code(&self.weekdays.join(",")).unwrap_or_else(|| {
            check.error("weekdays", "Välj minst en veckodag.");
            Weekdays::WORKING
        });
        Recurrence::WeekDays(weeks, days)
    }

    fn weekday_of_month(&self, check: &mut Checker) -> Day {
        let weekday = weekday_from_code(self.weekday.trim()).unwrap_or_else(|| {
            check.error("weekday", "Välj veckodag.");
            Weekday::Mon
        });
        match self.nth.trim() {
            "sista" => Day::Last(weekday),
            nth => Day::Nth(
                nth.parse().ok().filter(|n| (1..=4).contains(n)).unwrap_or_else(|| {
                    check.error("nth", "Välj vilken i ordningen.");
                    1
                }),
                weekday,
            ),
        }
    }

    fn date(&self, check: &mut Checker) -> Day {
        let date = self.date.trim().parse().ok().filter(|n| (1..=31).contains(n));
        Day::Date(date.unwrap_or_else(|| {
            check.error("date", "Välj datum i månaden.");
            1
        }))
    }
}

/// Whether a form comes back only to show its days.
#[must_use]
pub fn is_shown(errors: &[FieldError]) -> bool {
    matches!(errors, [one] if one.field == SHOWN)
}

impl Timing {
    /// What the history says of it: the label of each part and its value.
    #[must_use]
    pub fn told(&self) -> [(&'static str, String); 4] {
        let date = |d: Option<NaiveDate>| d.map(format::date).unwrap_or_default();
        [
            ("Hur ofta", self.recurrence.label()),
            ("Start", date(self.start)),
            ("Slut", date(self.end)),
            ("Klockslag", self.hours.map(Hours::label).unwrap_or_default()),
        ]
    }

    /// As it is said back to who wrote it: "varannan tisdag 13.00–15.00".
    #[must_use]
    pub fn sentence(&self) -> String {
        let once = (self.recurrence == Recurrence::Once)
            .then(|| self.slots(0).first().map(|s| When::of(s.start, s.due).label()));
        let rhythm = once.flatten().unwrap_or_else(|| self.recurrence.label());
        [Some(rhythm), self.hours.map(Hours::label)].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Whether a rhythm and its first day are those that stand here.
    #[must_use]
    pub fn stands_in(&self, recurrence: Recurrence, start: Option<NaiveDate>) -> bool {
        self.recurrence == recurrence && (start.is_none() || self.start == start)
    }

    /// The same, counted from what the stored one is counted from where it is that one still.
    #[must_use]
    pub fn going_on(self, stored: Option<&Self>, year: i32) -> Self {
        let stored = stored.filter(|stored| stored.stands_in(self.recurrence, self.start));
        Self { anchor: stored.and_then(|stored| stored.carried(year)), ..self }
    }

    /// What its rhythm is counted from, and goes on to be in another year; none where it is not counted.
    #[must_use]
    pub fn carried(&self, year: i32) -> Option<NaiveDate> {
        let beginning = || self.recurrence.beginning(year, self.start);
        self.recurrence.is_counted().then(|| self.anchor.unwrap_or_else(beginning))
    }

    /// Its slots within a year.
    #[must_use]
    pub fn slots(&self, year: i32) -> Vec<Slot> {
        self.recurrence.slots_from(self.carried(year).unwrap_or_default(), year, self.start, self.end)
    }

    /// What a form says back of a year: how many times count, and the next of them. A day that is no workday says so.
    #[must_use]
    pub fn next(&self, area: Area, plan: impl Into<PlanYear>, today: NaiveDate) -> String {
        let PlanYear { year, counted_from } = plan.into();
        let mut all = self.slots(year);
        all.retain(|slot| counted::counts(area, slot, counted_from));
        let ahead: Vec<_> = all.iter().filter(|slot| slot.due >= today).collect();
        let days: Vec<String> = ahead
            .iter()
            .take(NEXT)
            .map(|slot| {
                let when = When::of(slot.start, slot.due);
                if slot.start != slot.due {
                    return when.label();
                }
                let off = if is_workday(slot.due) { "" } else { ", ingen arbetsdag" };
                format!("{}{off}", format::weekday_date(slot.due))
            })
            .collect();
        if all.is_empty() {
            return format!("Inget tillfälle under {year} räknas.");
        }
        let count = if all.len() == 1 { "Ett tillfälle".to_owned() } else { format!("{} tillfällen", all.len()) };
        match days.as_slice() {
            [] => format!("{count} under {year}, alla före i dag."),
            [one] => format!("{count} under {year}. Nästa: {one}."),
            some => format!("{count} under {year}. De närmaste: {}.", some.join("; ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, m, d).unwrap()
    }

    fn read(fields: &Fields, of: Of) -> Result<Timing, Vec<FieldError>> {
        let mut check = Checker::default();
        let timing = fields.check(&mut check, 2026, of, None);
        check.finish(timing)
    }

    fn fault(fields: &Fields) -> String {
        read(fields, Of::Control).unwrap_err()[0].field.clone()
    }

    #[test]
    fn a_form_says_back_what_it_gives() {
        let apt = Fields {
            weeks: "2".into(),
            weekdays: vec!["tis".into()],
            start: "2026-01-13".into(),
            from: "13.00".into(),
            to: "15:00".into(),
            ..Fields::named(WEEKDAYS)
        };
        let timing = read(&apt, Of::Activity).unwrap();
        assert_eq!(timing.sentence(), "varannan tisdag 13.00–15.00");
        assert_eq!(
            timing.next(Area::Aktivitet, 2026, day(11, 23)),
            "26 tillfällen under 2026. De närmaste: tisdag 1 december; tisdag 15 december; tisdag 29 december."
        );
        let trettondagen = Timing { start: None, ..timing };
        assert!(trettondagen.next(Area::Aktivitet, 2026, day(1, 1)).contains("De närmaste: tisdag 13 januari;"));
        let thursdays = Timing { recurrence: Recurrence::WeekDays(1, Weekdays::of(&[Weekday::Thu])), ..timing };
        assert!(
            thursdays
                .next(Area::Aktivitet, 2026, day(12, 20))
                .ends_with("De närmaste: torsdag 24 december, ingen arbetsdag; torsdag 31 december, ingen arbetsdag.")
        );
        let once = Fields { start: "2026-11-11".into(), ..Fields::named("en_gang") };
        assert_eq!(read(&once, Of::Activity).unwrap().sentence(), "11 november");
        assert_eq!(
            read(&once, Of::Activity).unwrap().next(Area::Aktivitet, 2026, day(11, 23)),
            "Ett tillfälle under 2026, alla före i dag."
        );
    }

    #[test]
    fn an_activity_keeps_the_day_of_its_first_time() {
        for (kind, start, said, days) in [
            ("varje_manad", "2026-06-14", "den 14:e varje månad", "14/6 14/7 14/8 14/9 14/10 14/11 14/12"),
            ("kvartal", "2026-05-14", "den 14:e i maj, augusti och november", "14/5 14/8 14/11"),
            ("halvar", "2026-06-30", "den 30:e i juni och december", "30/6 30/12"),
            ("ar", "2026-09-24", "den 24:e i september", "24/9"),
            ("varje_vecka", "2026-12-15", "varje tisdag", "15/12 22/12 29/12"),
            ("varannan_vecka", "2026-12-01", "varannan tisdag", "1/12 15/12 29/12"),
        ] {
            let form = Fields { start: start.into(), ..Fields::named(kind) };
            let timing = read(&form, Of::Activity).unwrap();
            let slots = timing.slots(2026);
            let found: Vec<_> = slots.iter().map(|s| s.due.format("%-d/%-m").to_string()).collect();
            assert_eq!((timing.sentence().as_str(), found.join(" ").as_str()), (said, days), "{kind}");
            // a control that starts in June is done any day of each month from June
            let control = read(&form, Of::Control).unwrap();
            assert!(!control.recurrence.has_day() && control.slots(2026).iter().all(|s| s.start < s.due), "{kind}");
        }
        let without = read(&Fields::named("varje_manad"), Of::Activity).unwrap();
        assert_eq!(without.recurrence, Recurrence::Monthly, "without a day it is any day of the month");
    }

    #[test]
    fn an_activity_that_is_saved_for_another_reason_moves_no_tillfalle() {
        for code in ["varje_manad", "tertial", "kvartal", "halvar", "ar", "varannan_vecka", "valda_manader:4,8"] {
            let recurrence = Recurrence::from_code(code).unwrap();
            let stored =
                Timing { recurrence, start: Some(day(1, 1)), end: Some(day(12, 31)), hours: None, anchor: None };
            let again = |fields: &Fields| {
                let mut check = Checker::default();
                let timing = fields.check(&mut check, 2026, Of::Activity, Some(&stored));
                check.finish(timing).unwrap()
            };
            // as a browser sends it: what is hidden has its first choice
            let opened = Fields { weeks: "1".into(), ..Fields::of(&stored) };
            assert_eq!(again(&opened).slots(2026), stored.slots(2026), "{code}");
            assert_eq!(again(&opened).recurrence, recurrence, "{code}");
            let shorter = Fields { end: "2026-09-30".into(), ..opened.clone() };
            assert_eq!(again(&shorter).recurrence, recurrence, "{code}: the end alone moves no day");
            let moved = Fields { start: "2026-04-14".into(), ..opened };
            assert!(again(&moved).recurrence.has_day(), "{code}: who moves the start says the day");
        }
    }

    #[test]
    fn a_first_day_outside_the_chosen_months_is_asked_about() {
        let form = |start: &str| Fields {
            months: vec!["4".into(), "8".into()],
            start: start.into(),
            ..Fields::named("valda_manader")
        };
        let faults = read(&form("2026-06-14"), Of::Activity).unwrap_err();
        assert_eq!((faults.len(), faults[0].field.as_str()), (1, "start"));
        assert!(faults[0].message.starts_with("14 juni ligger utanför månaderna april och augusti."));
        assert_eq!(read(&form("2026-04-14"), Of::Activity).unwrap().slots(2026).len(), 2);
        assert_eq!(read(&form("2026-06-14"), Of::Control).unwrap().slots(2026).len(), 1, "a control may begin any day");
    }

    #[test]
    fn what_is_counted_goes_on_in_the_days_that_it_has() {
        // a fortnight that came from another year stands in the other weeks
        let stored = Timing {
            recurrence: Recurrence::EverySecondWeek,
            start: None,
            end: None,
            hours: None,
            anchor: NaiveDate::from_ymd_opt(2026, 1, 5),
        };
        let mut check = Checker::default();
        let again = Fields::of(&stored).check(&mut check, 2026, Of::Control, Some(&stored));
        assert_eq!(again, stored);
        assert_eq!(again.slots(2026)[0].start, day(1, 5));
        assert!(again.next(Area::Egenkontroll, 2026, day(1, 1)).contains("De närmaste: v. 2"), "{again:?}");
        let other = Fields { start: "2026-01-13".into(), ..Fields::of(&stored) };
        let other = other.check(&mut check, 2026, Of::Control, Some(&stored));
        assert_eq!(other.anchor, None, "whose start is moved begins anew");
    }

    #[test]
    fn what_is_not_counted_is_not_said_to_be_there() {
        let monthly = read(&Fields::named("varje_manad"), Of::Control).unwrap();
        let plan = |counted_from| PlanYear { year: 2026, counted_from };
        let said = monthly.next(Area::Egenkontroll, plan(Some(day(11, 23))), day(11, 23));
        assert!(said.starts_with("2 tillfällen under 2026."), "{said}");
        assert!(monthly.next(Area::Egenkontroll, 2026, day(11, 23)).starts_with("12 tillfällen"));
    }

    #[test]
    fn every_rhythm_goes_through_its_form_unchanged() {
        let some = Months::of(&[4, 8]);
        let hours = Hours::from_code("13:00-15:00");
        for recurrence in [
            Recurrence::WeekDays(1, Weekdays::WORKING),
            Recurrence::WeekDays(3, Weekdays::of(&[Weekday::Tue, Weekday::Fri])),
            Recurrence::MonthDay(Months::ALL, Day::Date(14)),
            Recurrence::MonthDay(some, Day::Nth(3, Weekday::Wed)),
            Recurrence::MonthDay(some, Day::Last(Weekday::Wed)),
            Recurrence::MonthDay(Months::ALL, Day::FirstWorkday),
            Recurrence::MonthDay(some, Day::LastWorkday),
        ] {
            let timing = Timing { recurrence, start: Some(day(1, 7)), end: Some(day(12, 11)), hours, anchor: None };
            assert_eq!(read(&Fields::of(&timing), Of::Activity).unwrap(), timing, "{}", recurrence.label());
        }
        for recurrence in [Recurrence::EveryMonths(5), Recurrence::Chosen(some), Recurrence::Weekly] {
            let timing = Timing { recurrence, start: None, end: None, hours: None, anchor: None };
            assert_eq!(read(&Fields::of(&timing), Of::Activity).unwrap(), timing);
        }
    }

    #[test]
    fn what_a_rhythm_lacks_is_said_at_its_field() {
        assert_eq!(fault(&Fields::named(WEEKDAYS)), "weekdays");
        assert_eq!(fault(&Fields { nth: "3".into(), ..Fields::named(WEEKDAY) }), "weekday");
        assert_eq!(fault(&Fields { weekday: "ons".into(), ..Fields::named(WEEKDAY) }), "nth");
        assert_eq!(fault(&Fields::named(DATE)), "date");
        assert_eq!(fault(&Fields { months: vec!["13".into()], ..Fields::named("sista_arbetsdagen") }), "months");
        assert_eq!(
            fault(&Fields { from: "13.00".into(), ..Fields::named("varje_manad") }),
            "from",
            "any day has no time of the day"
        );
        let period = Fields {
            start: "2026-04-01".into(),
            end: "2026-04-03".into(),
            from: "9".into(),
            ..Fields::named("en_gang")
        };
        assert_eq!(fault(&period), "from");
    }

    #[test]
    fn a_form_that_is_sent_to_be_seen_is_not_saved() {
        let seen = Fields { shown: "ja".into(), ..Fields::named("sista_arbetsdagen") };
        assert!(is_shown(&read(&seen, Of::Control).unwrap_err()));
        let wrong = Fields { shown: "ja".into(), ..Fields::named(DATE) };
        assert!(!is_shown(&read(&wrong, Of::Control).unwrap_err()));
    }
}
