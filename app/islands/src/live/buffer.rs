//! Buffer: what to make of a stream that is silent. The server sends a first event at once and a keep-alive every 20 s;
//! a line without them is dead, or something between here and there gathers what is sent and passes it on when it has enough.
//! The two are told apart by an ordinary request: through a buffer that one comes. Then the page asks by the clock.

/// A line on which nothing at all was said for so long is not relied on. In milliseconds. Also how often is asked by the clock.
pub const SILENT: f64 = 45_000.0;
/// Its first word comes at once; one that has not come by then does not come.
const FIRST: f64 = 15_000.0;
/// Milliseconds between tries to open a stream while the page is refreshed by the clock instead.
const AGAIN: f64 = 600_000.0;
/// Looked at later than this, the device has slept: its silence says nothing of the line. A tab that is not seen is looked at
/// once a minute.
const SLEPT: f64 = 90_000.0;
/// A line that has spoken may die once. As often as this, one after the other, and it is held back.
const OFTEN: u32 = 2;

/// What the page is to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Nothing.
    Nothing,
    /// Close the line, if there is one, and ask for the page; tell [`Line::answered`] of it.
    Ask,
    /// Open a line.
    Listen,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// No line is open, and none is wanted.
    Closed,
    /// Open; whether it has said anything, and when it did so last, or was opened.
    Open { spoke: bool, at: f64 },
    /// It was silent, and the page is asked for; whether the line is to blame if the page comes.
    Asking { blamed: bool },
    /// Held back since then; asked by the clock, the last time then.
    Late { since: f64, asked: f64 },
}

/// A line and what is thought of it. Times are those of the device, in milliseconds.
#[derive(Clone, Debug)]
pub struct Line {
    state: State,
    /// How many lines in a row have fallen silent after they had spoken.
    silences: u32,
    looked: Option<f64>,
}

impl Default for Line {
    fn default() -> Self {
        Self { state: State::Closed, silences: 0, looked: None }
    }
}

impl Line {
    /// A line was opened.
    pub fn opened(&mut self, now: f64) {
        // a device can sleep before it is looked at for the first time
        self.looked.get_or_insert(now);
        self.state = State::Open { spoke: false, at: now };
    }

    /// It said something. A second word says that it is not held back.
    pub fn heard(&mut self, now: f64) {
        if matches!(self.state, State::Open { spoke: true, .. }) {
            self.silences = 0;
        }
        self.state = State::Open { spoke: true, at: now };
    }

    /// Whether the page is asked for by the clock.
    #[must_use]
    pub fn is_late(&self) -> bool {
        matches!(self.state, State::Late { .. })
    }

    /// Looked at, every few seconds.
    pub fn look(&mut self, now: f64) -> Does {
        let slept = self.looked.replace(now).is_some_and(|before| now - before > SLEPT);
        match self.state {
            State::Open { spoke, at } if now - at >= if spoke { SILENT } else { FIRST } => {
                if spoke && !slept {
                    self.silences += 1;
                }
                self.state = State::Asking { blamed: !slept && (!spoke || self.silences >= OFTEN) };
                Does::Ask
            }
            State::Late { since, .. } if now - since >= AGAIN => Does::Listen,
            State::Late { since, asked } if now - asked >= SILENT => {
                self.state = State::Late { since, asked: now };
                Does::Ask
            }
            _ => Does::Nothing,
        }
    }

    /// Whether the page came that was asked for.
    pub fn answered(&mut self, reached: bool, now: f64) -> Does {
        match self.state {
            State::Asking { blamed: true } if reached => {
                self.state = State::Late { since: now, asked: now };
                Does::Nothing
            }
            State::Asking { .. } => Does::Listen,
            _ => Does::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks every five seconds from then on, until there is something to do or so long has passed.
    fn looked(line: &mut Line, from: f64, until: f64) -> Option<(f64, Does)> {
        let mut at = from;
        while at <= until {
            match line.look(at) {
                Does::Nothing => at += 5_000.0,
                does => return Some((at, does)),
            }
        }
        None
    }

    #[test]
    fn a_line_that_speaks_is_left_alone() {
        let mut line = Line::default();
        line.opened(0.0);
        for at in (0..40).map(|n| f64::from(n) * 20_000.0) {
            line.heard(at);
            assert_eq!(looked(&mut line, at, at + 19_000.0), None);
        }
    }

    #[test]
    fn a_device_that_sleeps_as_soon_as_the_line_is_open_does_not_blame_it() {
        let mut line = Line::default();
        line.opened(0.0);
        assert_eq!(line.look(600_000.0), Does::Ask);
        assert_eq!(line.answered(true, 600_100.0), Does::Listen);
        assert!(!line.is_late());
    }

    #[test]
    fn a_proxy_that_holds_back_what_is_sent_is_noticed_while_pages_come_and_the_clock_takes_over() {
        let mut line = Line::default();
        line.opened(0.0);
        assert_eq!(looked(&mut line, 0.0, 60_000.0), Some((15_000.0, Does::Ask)));
        assert_eq!(line.answered(true, 15_200.0), Does::Nothing);
        assert!(line.is_late());
        let (at, does) = looked(&mut line, 20_000.0, 120_000.0).unwrap();
        assert_eq!((at, does), (65_000.0, Does::Ask), "every 45th second");
        assert_eq!(line.answered(true, at), Does::Nothing);
        // and a line is tried again: the network may have been mended
        let mut tried = None;
        for at in (70..700).step_by(5).map(|s| f64::from(s) * 1_000.0) {
            if line.look(at) == Does::Listen {
                tried = Some(at);
                break;
            }
        }
        assert_eq!(tried, Some(620_000.0));
        line.opened(620_000.0);
        line.heard(620_100.0);
        assert!(!line.is_late());
    }

    #[test]
    fn one_that_passes_on_the_first_words_and_holds_back_the_rest_is_noticed_too() {
        let mut line = Line::default();
        for (round, late) in [(0.0, false), (100_000.0, true)] {
            line.opened(round);
            line.heard(round + 100.0);
            assert!(matches!(looked(&mut line, round, round + 60_000.0), Some((_, Does::Ask))));
            assert_eq!(line.answered(true, round + 60_000.0) == Does::Listen, !late);
            assert_eq!(line.is_late(), late);
            // time passes between two lines as between two looks
            assert_eq!(looked(&mut line, round + 60_000.0, round + 99_000.0), None);
        }
    }

    #[test]
    fn a_server_that_is_away_is_no_proxy() {
        let mut line = Line::default();
        line.opened(0.0);
        assert_eq!(looked(&mut line, 0.0, 60_000.0), Some((15_000.0, Does::Ask)));
        assert_eq!(line.answered(false, 30_000.0), Does::Listen);
        assert!(!line.is_late());
    }

    #[test]
    fn a_laptop_that_has_slept_listens_again() {
        let mut line = Line::default();
        line.opened(0.0);
        line.heard(100.0);
        assert_eq!(line.look(5_000.0), Does::Nothing);
        assert_eq!(line.look(3_600_000.0), Does::Ask);
        assert_eq!(line.answered(true, 3_600_500.0), Does::Listen);
        // also one that fell asleep before the first word
        line.opened(3_600_500.0);
        assert_eq!(line.look(7_200_000.0), Does::Ask);
        assert_eq!(line.answered(true, 7_200_500.0), Does::Listen);
    }
}
