//! Deadline: the one table of rules with their legal source, and what they make of a case (docs/lag.md 1).
//!
//! A rule has a length that a statute fixes, a word such as *genast* that a statute uses without a number, or a *lokalt mål*
//! that the unit sets itself. A word without number has no day; it is open until done and says since when. A unit may set a
//! number of days for it, and that is then labelled lokalt mål.

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Case, Kind, word::Risk};
use crate::{
    field::{Checker, FieldError},
    format, moment, number,
};

/// A duty with a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frist {
    /// Staff report.
    Rapport,
    /// Document, investigate, remedy.
    Utredning,
    /// Report to IVO.
    Ivo,
    /// The investigation to IVO.
    IvoUtredning,
    /// Report to IMY.
    Imy,
    /// Tell the data subjects.
    Registrerade,
    /// Tell who complained.
    Aterkoppling,
}

/// What starts the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Somebody sees what happened.
    Upptackt,
    /// The report, or the suspicion, comes in.
    Inkommen,
    /// It is decided that it is serious.
    Beslut,
    /// IVO is told.
    AnmaldTillIvo,
}

impl Start {
    /// As the user reads it, after "från".
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Upptackt => "upptäckt",
            Self::Inkommen => "att ärendet kom in",
            Self::Beslut => "beslut",
            Self::AnmaldTillIvo => "anmälan till IVO",
        }
    }
}

/// How long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// A word of the statute: genast, snarast, utan onödigt dröjsmål.
    Word(&'static str),
    /// Hours, through nights and weekends.
    Hours(i64),
    /// Calendar days after the one that starts them.
    Days(u64),
    /// Calendar months.
    Months(u32),
}

impl Length {
    /// As the user reads it: "72 timmar", "två kalendermånader" as "2 kalendermånader".
    #[must_use]
    pub fn label(self) -> String {
        let many = |n: i64, one: &str, more: &str| format!("{} {}", format::int(n), if n == 1 { one } else { more });
        match self {
            Self::Word(word) => word.to_owned(),
            Self::Hours(n) => many(n, "timme", "timmar"),
            Self::Days(n) => many(i64::try_from(n).unwrap_or(i64::MAX), "dag", "dagar"),
            Self::Months(n) => many(n.into(), "kalendermånad", "kalendermånader"),
        }
    }
}

/// Whether a unit may change the length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Force {
    /// Fixed by statute.
    Lag,
    /// Set by the unit.
    LokaltMal,
}

impl Force {
    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Lag => "enligt lag",
            Self::LokaltMal => "lokalt mål",
        }
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Which duty.
    pub frist: Frist,
    /// What is to be done.
    pub name: &'static str,
    /// Where it is written.
    pub source: &'static str,
    /// What starts the time.
    pub start: Start,
    /// How long, unless the unit says otherwise where it may.
    pub length: Length,
    /// Whether a statute fixes it.
    pub force: Force,
}

/// The table.
pub const RULES: [Rule; 7] = [
    Rule {
        frist: Frist::Rapport,
        name: "Rapportera missförhållande",
        source: "27 kap. 2 § socialtjänstlagen (2025:400)",
        start: Start::Upptackt,
        length: Length::Word("genast"),
        force: Force::Lag,
    },
    Rule {
        frist: Frist::Utredning,
        name: "Dokumentera, utred och avhjälp",
        source: "27 kap. 5 § socialtjänstlagen (2025:400)",
        start: Start::Inkommen,
        length: Length::Word("genast"),
        force: Force::Lag,
    },
    Rule {
        frist: Frist::Ivo,
        name: "Anmäl till IVO",
        source: "27 kap. 6 § socialtjänstlagen (2025:400)",
        start: Start::Beslut,
        length: Length::Word("snarast"),
        force: Force::Lag,
    },
    Rule {
        frist: Frist::IvoUtredning,
        name: "Skicka utredningen till IVO",
        source: "Socialstyrelsens äldre vägledning; lagen anger ingen tid",
        start: Start::AnmaldTillIvo,
        length: Length::Months(2),
        force: Force::LokaltMal,
    },
    Rule {
        frist: Frist::Imy,
        name: "Anmäl till IMY",
        source: "artikel 33 dataskyddsförordningen",
        start: Start::Upptackt,
        length: Length::Hours(72),
        force: Force::Lag,
    },
    Rule {
        frist: Frist::Registrerade,
        name: "Informera de registrerade",
        source: "artikel 34 dataskyddsförordningen",
        start: Start::Upptackt,
        length: Length::Word("utan onödigt dröjsmål"),
        force: Force::Lag,
    },
    Rule {
        frist: Frist::Aterkoppling,
        name: "Återkoppla till den som klagade",
        source: "lokal rutin; lagen anger ingen tid",
        start: Start::Inkommen,
        length: Length::Days(14),
        force: Force::LokaltMal,
    },
];

impl Frist {
    /// Its row of the table.
    #[must_use]
    pub fn rule(self) -> &'static Rule {
        const { assert!(RULES.len() == 7) };
        &RULES[self as usize]
    }
}

/// What a unit has set where no statute gives a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goals {
    /// Calendar months for [`Frist::IvoUtredning`].
    pub ivo_utredning_months: u32,
    /// Days for [`Frist::Aterkoppling`].
    pub aterkoppling_days: u64,
    /// Days for *genast*, *snarast* and *utan onödigt dröjsmål*; none where the unit sets no number.
    pub genast_days: Option<u64>,
    /// Closed cases are removed after so many years; none where they are kept. No statute gives a number: the nämnd's
    /// dokumenthanteringsplan does (docs/lag.md 2).
    #[serde(default)]
    pub gallring_years: Option<u32>,
    /// The first day on which any are: what is gone does not come back, so there is time to see that a number was wrong.
    #[serde(default)]
    pub gallring_from: Option<NaiveDate>,
}

/// Days between a new number of years and the first removal.
const REGRET: Days = Days::new(7);

impl Default for Goals {
    fn default() -> Self {
        Self {
            ivo_utredning_months: 2,
            aterkoppling_days: 14,
            genast_days: None,
            gallring_years: None,
            gallring_from: None,
        }
    }
}

impl Goals {
    /// Checks what a unit sets: 1–12 months, 1–60 days, 0–30 days or nothing, 1–50 years or nothing.
    pub fn check(months: &str, days: &str, genast: &str, gallring: &str) -> Result<Self, Vec<FieldError>> {
        let mut check = Checker::default();
        let mut read = |field: &str, text: &str, range, default: u64, words| {
            check.int_of(field, text, range, words).and_then(|n| u64::try_from(n).ok()).unwrap_or(default)
        };
        let months = read("ivo_utredning_months", months, 1..=12, 2, number::MONTHS);
        let aterkoppling_days = read("aterkoppling_days", days, 1..=60, 14, number::DAYS);
        let genast_days = check.int_of("genast_days", genast, 0..=30, number::DAYS).and_then(|n| u64::try_from(n).ok());
        let ivo_utredning_months = u32::try_from(months).unwrap_or(2);
        let gallring_years =
            check.int_of("gallring_years", gallring, 1..=50, number::YEARS).and_then(|n| u32::try_from(n).ok());
        check.finish(Self { ivo_utredning_months, aterkoppling_days, genast_days, gallring_years, gallring_from: None })
    }

    /// As they are set today in place of `before`: a new number of years begins to hold a week later.
    #[must_use]
    pub fn replacing(mut self, before: &Self, today: NaiveDate) -> Self {
        self.gallring_from = match self.gallring_years {
            Some(years) if before.gallring_years == Some(years) => before.gallring_from,
            Some(_) => today.checked_add_days(REGRET),
            None => None,
        };
        self
    }

    /// Cases that were closed on this day or before are removed on `day`, when that has come. None where cases are kept.
    #[must_use]
    pub fn purged_to(&self, day: NaiveDate) -> Option<NaiveDate> {
        let from = self.gallring_from?;
        day.checked_sub_months(Months::new(self.gallring_years?.checked_mul(12)?)).filter(|_| day >= from)
    }
}

/// When something is to be done at the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// At once, since this day: no number in the statute and none set.
    Since(NaiveDate),
    /// This day at the latest.
    Day(NaiveDate),
    /// This moment at the latest.
    At(DateTime<Utc>),
}

/// A duty of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Which duty.
    pub frist: Frist,
    /// When at the latest.
    pub due: Due,
    /// Whether the number is the unit's own.
    pub local: bool,
    /// Whether it is done; and if so, in time.
    pub done: Option<bool>,
}

impl Deadline {
    /// Whether it is not done and its time has passed. What has no number is never late, only open.
    #[must_use]
    pub fn is_late(&self, now: DateTime<Utc>, today: NaiveDate) -> bool {
        self.done.is_none()
            && match self.due {
                Due::Since(_) => false,
                Due::Day(day) => today > day,
                Due::At(at) => now > at,
            }
    }

    /// Counted down in words: "41 timmar kvar", "i dag", "3 dagar för sent", "genast, sedan 2 dagar". Hours are whole
    /// hours that remain: 71 when 71 and a half do.
    #[must_use]
    pub fn countdown(&self, now: DateTime<Utc>, today: NaiveDate) -> String {
        let days = |n: i64| if n == 1 { "1 dag".to_owned() } else { format!("{} dagar", format::int(n)) };
        let hours = |n: i64| if n == 1 { "1 timme".to_owned() } else { format!("{} timmar", format::int(n)) };
        match (self.done, self.due) {
            (Some(true), _) => "gjort i tid".to_owned(),
            (Some(false), _) => "gjort för sent".to_owned(),
            (None, Due::Since(day)) => {
                let word = self.frist.rule().length.label();
                match (today - day).num_days() {
                    ..=0 => word,
                    n => format!("{word}, sedan {}", days(n)),
                }
            }
            (None, Due::Day(day)) => match (day - today).num_days() {
                0 => "i dag".to_owned(),
                n @ 1.. => format!("{} kvar", days(n)),
                n => format!("{} för sent", days(-n)),
            },
            (None, Due::At(at)) => {
                let left = at - now;
                match (left.num_hours(), left < TimeDelta::zero()) {
                    (0, false) => "mindre än en timme kvar".to_owned(),
                    (n, false) => format!("{} kvar", hours(n)),
                    (0, true) => "mindre än en timme för sent".to_owned(),
                    (n, true) => format!("{} för sent", hours(-n)),
                }
            }
        }
    }

    /// Where it stands among others, the most urgent first: hours that run out, then what is to be done at once, then days.
    #[must_use]
    pub fn order(&self) -> (u8, DateTime<Utc>) {
        let of = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc();
        match self.due {
            Due::At(at) => (0, at),
            Due::Since(day) => (1, of(day)),
            Due::Day(day) => (2, of(day)),
        }
    }

    /// The day by which lists and the wheel place it: that of a moment is the day on the wall.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        match self.due {
            Due::Since(day) | Due::Day(day) => day,
            Due::At(at) => moment::day(at),
        }
    }
}

/// The duties of a case that have begun, done or not, the most urgent first.
#[must_use]
pub fn deadlines(case: &Case, goals: &Goals) -> Vec<Deadline> {
    let mut out = Vec::new();
    let word = |frist: Frist, start: NaiveDate, done: Option<NaiveDate>| {
        let goal = goals.genast_days.and_then(|n| start.checked_add_days(Days::new(n)));
        let due = goal.map_or(Due::Since(start), Due::Day);
        let in_time = |on: NaiveDate| goal.is_none_or(|goal| on <= goal);
        Deadline { frist, due, local: goal.is_some(), done: done.map(in_time) }
    };
    let by = |frist: Frist, day: NaiveDate, done: Option<NaiveDate>| Deadline {
        frist,
        due: Due::Day(day),
        local: true,
        done: done.map(|on| on <= day),
    };
    if let Some(start) = case.suspected_on
        && (case.beslut.is_none() || case.is_lex_sarah())
    {
        out.push(word(Frist::Utredning, start, case.utreds_from));
    }
    if let Some(beslut) = case.beslut.as_ref().filter(|b| b.bedomning.goes_to_ivo()) {
        out.push(word(Frist::Ivo, beslut.on, case.ivo.as_ref().map(|ivo| ivo.on)));
    }
    if let Some(ivo) = &case.ivo {
        let day = ivo.on.checked_add_months(Months::new(goals.ivo_utredning_months)).unwrap_or(ivo.on);
        out.push(by(Frist::IvoUtredning, day, ivo.investigation_on));
    }
    if let Some(discovered) = case.imy.runs_from().filter(|_| case.kinds.has(Kind::Pui)) {
        if let Length::Hours(hours) = Frist::Imy.rule().length
            && case.imy.risk != Some(Risk::Osannolik)
        {
            let at = discovered + TimeDelta::hours(hours);
            let done = case.imy.reported_at.map(|reported| reported <= at);
            out.push(Deadline { frist: Frist::Imy, due: Due::At(at), local: false, done });
        }
        if case.imy.risk == Some(Risk::Hog) {
            let start = case.imy.discovered_on.unwrap_or_else(|| moment::day(discovered));
            let decided_not_to = (!case.imy.not_informed.is_empty()).then_some(start);
            out.push(word(Frist::Registrerade, start, case.imy.informed_on.or(decided_not_to)));
        }
    }
    if case.kinds.is_from_outside() && !case.anonymous {
        let day = case.inkommen.checked_add_days(Days::new(goals.aterkoppling_days)).unwrap_or(case.inkommen);
        out.push(by(Frist::Aterkoppling, day, case.feedback_on));
    }
    out.sort_by_key(|d| (d.order(), d.frist));
    out
}

#[cfg(test)]
mod tests;
