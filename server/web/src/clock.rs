//! The only reader of the time. Days are days in Sweden; `KVALITET_TODAY` freezes them for the demo and the tests.
#![allow(clippy::disallowed_methods)]

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};
use chrono_tz::Europe::Stockholm;

/// Gives the moment and the day. A frozen clock gives the frozen day with the real time of day.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    today: Option<NaiveDate>,
    /// Seconds added to the real time: see [`Clock::later`].
    ahead: i64,
}

impl Clock {
    /// A clock that stands on this day, or a real one.
    #[must_use]
    pub fn new(today: Option<NaiveDate>) -> Self {
        Self { today, ahead: 0 }
    }

    /// The same clock so many seconds later: for tests of what ends.
    #[must_use]
    pub fn later(self, seconds: i64) -> Self {
        Self { ahead: self.ahead + seconds, ..self }
    }

    /// The moment, in milliseconds: both databases hold that much.
    #[must_use]
    pub fn now(self) -> DateTime<Utc> {
        let real = Utc::now().trunc_subsecs(3);
        let Some(today) = self.today else { return real };
        // whole days are added in UTC: an hour's difference at a change to summer time does no harm in a demo
        let days = today - real.with_timezone(&Stockholm).date_naive();
        let frozen = real + days;
        // at such a change, an hour before midnight may fall on the day beside
        match (frozen.with_timezone(&Stockholm).date_naive() - today).num_days() {
            1 => frozen - TimeDelta::hours(1),
            -1 => frozen + TimeDelta::hours(1),
            _ => frozen,
        }
    }

    /// The day in Sweden.
    #[must_use]
    pub fn today(self) -> NaiveDate {
        self.today.unwrap_or_else(|| Utc::now().with_timezone(&Stockholm).date_naive())
    }

    /// The real moment in seconds since 1970, never frozen: what sessions and waiting times count with.
    #[must_use]
    pub fn seconds(self) -> i64 {
        Utc::now().timestamp() + self.ahead
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_stands_on_its_day_in_sweden() {
        for (y, m, d) in [(2026, 1, 1), (2026, 7, 1), (2024, 2, 29), (2025, 10, 26)] {
            let day = NaiveDate::from_ymd_opt(y, m, d).unwrap();
            let clock = Clock::new(Some(day));
            assert_eq!(clock.today(), day);
            assert_eq!(clock.now().with_timezone(&Stockholm).date_naive(), day);
        }
    }

    #[test]
    fn a_running_clock_gives_the_same_day_for_now_and_today() {
        let clock = Clock::default();
        let (before, now, after) = (clock.today(), clock.now().with_timezone(&Stockholm).date_naive(), clock.today());
        assert!(before == now || now == after);
    }
}
