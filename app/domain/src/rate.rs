//! Rate: how much one person may write in a while. Nothing here goes by address: a unit shares one. What a limit is for is
//! a program that runs wild or a person who means ill; nobody who works meets it.

use std::collections::VecDeque;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A report of an avvikelse, or what came in from outside. One that was taken before, sent again, is none.
    Report,
    /// An answer to an enkät, each of those that are sent together. One that was taken before is none.
    Answer,
    /// An answer in a table, each of its rows: a table is one act of somebody who has looked at it, so it may be far more than what
    /// one enters answer by answer, and it is taken whole or not at all.
    Row,
    /// Any request that writes, whatever it writes: a bulk tick, a table and an import are one.
    Write,
}

/// A limit: at most `n` within some seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Limit {
    most: u32,
    seconds: i64,
}

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
/// So many rows of tables within an hour: ten of the largest there are.
const ROWS_AN_HOUR: u32 = 5_000;
/// Why a table of answers has to wait.
#[must_use]
pub fn rows_sentence() -> String {
    let most = crate::format::int(ROWS_AN_HOUR.into());
    format!(
        "Högst {most} svar kan läggas in på en timme, och tillsammans med det du redan har lagt in är tabellen för stor."
    )
}

/// From this many answers in an hour on, the person is asked once whether it is right. They are taken all the same.
pub const MANY_ANSWERS: u32 = 40;

impl Kind {
    const fn limits(self) -> &'static [Limit] {
        match self {
            Self::Report => &[Limit { most: 6, seconds: MINUTE }, Limit { most: 60, seconds: HOUR }],
            Self::Answer => &[Limit { most: 60, seconds: MINUTE }],
            Self::Row => &[Limit { most: ROWS_AN_HOUR, seconds: HOUR }],
            Self::Write => &[Limit { most: 300, seconds: MINUTE }],
        }
    }

    /// How far back the longest limit looks, in seconds.
    const fn memory(self) -> i64 {
        match self {
            Self::Report | Self::Answer | Self::Row => HOUR,
            Self::Write => MINUTE,
        }
    }
}

/// What one person has done of one kind.
#[derive(Clone, Debug)]
pub struct Rate {
    kind: Kind,
    /// Second and how many, in the order they came.
    taken: VecDeque<(i64, u32)>,
    asked: bool,
}

impl Rate {
    /// A person who has done nothing of the kind yet.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind, taken: VecDeque::new(), asked: false }
    }

    /// Takes `n` more at the second `now`, all of them or none. `Err` gives the seconds to wait. `times` is how many times the
    /// usual limits hold: more than one only where somebody measures.
    pub fn take(&mut self, n: u32, now: i64, times: u32) -> Result<(), u32> {
        self.forget(now);
        let wait = self.kind.limits().iter().map(|limit| self.wait(*limit, n, now, times)).max().unwrap_or(0);
        if wait > 0 {
            return Err(u32::try_from(wait).unwrap_or(u32::MAX));
        }
        match self.taken.back_mut() {
            Some((at, before)) if *at == now => *before = before.saturating_add(n),
            _ => self.taken.push_back((now, n)),
        }
        Ok(())
    }

    /// Gives back `n` that were taken at the second `at`: they came to nothing, or were known before.
    pub fn give_back(&mut self, n: u32, at: i64) {
        if let Some((_, left)) = self.taken.iter_mut().rev().find(|(second, _)| *second == at) {
            *left = left.saturating_sub(n);
        }
    }

    /// Whether there are so many answers within the hour that it is to be asked whether that is right: once, until there
    /// are fewer again.
    pub fn asks(&mut self, now: i64) -> bool {
        self.forget(now);
        let many = self.kind == Kind::Answer && self.within(HOUR, now) > MANY_ANSWERS;
        let ask = many && !self.asked;
        self.asked = many;
        ask
    }

    /// Whether nothing is known that anything will be asked about.
    #[must_use]
    pub fn is_empty(&mut self, now: i64) -> bool {
        self.forget(now);
        self.taken.is_empty()
    }

    /// Forgets what is too old, and what lies ahead: a clock that was set back keeps nobody waiting.
    fn forget(&mut self, now: i64) {
        self.taken.retain(|(at, n)| *at <= now && *at > now - self.kind.memory() && *n > 0);
    }

    fn within(&self, seconds: i64, now: i64) -> u32 {
        self.taken.iter().filter(|(at, _)| *at > now - seconds).map(|(_, n)| n).sum()
    }

    /// Seconds until there is room for `more`; for more than there ever is room for, until nothing else is there.
    fn wait(&self, limit: Limit, more: u32, now: i64, times: u32) -> i64 {
        let room = limit.most.saturating_mul(times).saturating_sub(more);
        let mut left = self.within(limit.seconds, now);
        for (at, n) in self.taken.iter().filter(|(at, _)| *at > now - limit.seconds) {
            if left <= room {
                return 0;
            }
            left -= n;
            if left <= room {
                return at + limit.seconds - now;
            }
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_reports_a_minute_and_sixty_an_hour_are_taken_and_then_it_is_said_how_long_to_wait() {
        let mut rate = Rate::new(Kind::Report);
        for second in 0..6 {
            assert_eq!(rate.take(1, second, 1), Ok(()));
        }
        assert_eq!(rate.take(1, 6, 1), Err(54), "the first is a minute old by then");
        assert_eq!(rate.take(1, 60, 1), Ok(()));
        let mut rate = Rate::new(Kind::Report);
        let taken = (0..3_600).filter(|second| rate.take(1, *second, 1).is_ok()).count();
        assert_eq!(taken, 60);
        assert_eq!(rate.take(1, 3_600, 1), Ok(()), "the first of them is an hour old");
    }

    #[test]
    fn what_came_to_nothing_counts_for_nothing() {
        let mut rate = Rate::new(Kind::Report);
        for _ in 0..100 {
            assert_eq!(rate.take(1, 7, 1), Ok(()));
            rate.give_back(1, 7);
        }
        assert!(rate.is_empty(7));
    }

    #[test]
    fn over_forty_answers_in_an_hour_it_is_asked_once_and_they_are_taken() {
        let mut rate = Rate::new(Kind::Answer);
        let mut asked = Vec::new();
        for n in 1..=100 {
            // one every half minute
            assert_eq!(rate.take(1, 30 * n, 1), Ok(()));
            if rate.asks(30 * n) {
                asked.push(n);
            }
        }
        assert_eq!(asked, [41]);
        assert!(!rate.asks(30 * 100 + 3_600));
        let mut rate = Rate::new(Kind::Answer);
        let taken = (0..1_000).filter(|_| rate.take(1, 5, 1).is_ok()).count();
        assert_eq!(taken, 60, "a thousand at once are sixty");
    }

    #[test]
    fn a_table_is_taken_whole_or_not_at_all_and_ten_of_the_largest_have_room_in_an_hour() {
        let largest = u32::try_from(crate::enkat::tabell::ROWS_MAX).unwrap();
        assert_eq!(largest * 10, ROWS_AN_HOUR);
        let mut rate = Rate::new(Kind::Row);
        for minute in 0..10 {
            assert_eq!(rate.take(largest, 60 * minute, 1), Ok(()));
        }
        assert_eq!(rate.take(1, 600, 1), Err(3_000), "the first table is an hour old by then");
        assert_eq!(rate.take(largest + 1, 600, 1), Err(3_060), "one that needs the room of two waits for both");
        rate.give_back(largest, 540);
        assert_eq!(rate.take(largest, 600, 1), Ok(()));
        assert_eq!(rate.take(1, 600, 1), Err(3_000));
    }

    #[test]
    fn three_hundred_writes_a_minute_are_more_than_anybody_makes_and_fewer_than_a_program() {
        let mut rate = Rate::new(Kind::Write);
        assert_eq!((0..1_000).filter(|_| rate.take(1, 0, 1).is_ok()).count(), 300);
        assert_eq!(rate.take(1, 59, 1), Err(1));
        assert_eq!(rate.take(1, 60, 1), Ok(()));
        assert!(rate.taken.len() < 3, "what is old is not kept");
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_waiting_and_a_measurement_may_have_more() {
        let mut rate = Rate::new(Kind::Report);
        for _ in 0..6 {
            assert_eq!(rate.take(1, 86_000, 1), Ok(()));
        }
        assert_eq!(rate.take(1, 10, 1), Ok(()));
        let mut rate = Rate::new(Kind::Report);
        assert_eq!((0..1_000).filter(|_| rate.take(1, 0, 10).is_ok()).count(), 60);
    }
}
