//! Session: how long a login lasts, when the content of cases is locked, and what a device is called in the person's own list.
//! A login ends twelve hours after it was made, whatever happens; before that when nobody has used it for a while. What a
//! page asks for by itself is no use.

use crate::area::Area;

/// A login lasts no longer than this, in seconds.
pub const LONGEST: i64 = 12 * 3_600;
/// How long before the end the page says that it is near, in seconds.
pub const WARNING: i64 = 15 * 60;
/// After so many seconds without a key or a touch the content of cases is locked until the password is given again.
pub const LOCK: i64 = 30 * 60;
/// How long after the end of a login what was typed then waits for its writer, in seconds.
pub const REMEMBERED: i64 = 12 * 3_600;

/// How long a login lasts without use. Set for the installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle(i64);

impl Default for Idle {
    fn default() -> Self {
        Self(240)
    }
}

impl Idle {
    /// So many minutes; none outside of 30 to 480.
    #[must_use]
    pub fn minutes(minutes: i64) -> Option<Self> {
        (30..=480).contains(&minutes).then_some(Self(minutes))
    }

    /// Between 1 800 and 28 800.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0 * 60
    }

    /// The steps in which the last use is written to the database, in seconds: whole hours, and quarters only where an hour
    /// would be longer than half the time. The moment itself is in the memory of the server alone.
    #[must_use]
    pub fn step(self) -> i64 {
        if self.0 >= 120 { 3_600 } else { 900 }
    }
}

/// A moment in seconds, at the beginning of its step.
#[must_use]
pub fn step_of(seconds: i64, step: i64) -> i64 {
    seconds - seconds.rem_euclid(step)
}

/// What is known of the use of a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// The last one, in seconds.
    pub last: i64,
    /// Whether the content of cases is locked until the password is given.
    pub locked: bool,
}

/// What a request finds of the login that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginState {
    /// It goes on.
    Alive {
        /// Whether the content of cases is locked.
        locked: bool,
    },
    /// Nobody has used it for too long.
    Over,
}

impl Use {
    /// A request comes, one that somebody made or one that a page made by itself. The lock stays until [`Use::unlock`]: to open
    /// another page does not open a case.
    pub fn request(&mut self, now: i64, idle: Idle, by_somebody: bool) -> LoginState {
        let since = now - self.last;
        if since > idle.seconds() {
            return LoginState::Over;
        }
        self.locked |= since > LOCK;
        if by_somebody {
            self.last = self.last.max(now);
        }
        LoginState::Alive { locked: self.locked }
    }

    /// The password was given.
    pub fn unlock(&mut self, now: i64) {
        *self = Self { last: now, locked: false };
    }
}

/// Whether a page of this path shows the content of cases, or holds what is written for one.
#[must_use]
pub fn holds_cases(path: &str) -> bool {
    let secret = Area::ALL.into_iter().filter(|area| area.is_secret());
    secret.filter_map(|area| path.strip_prefix(area.traits().path)).any(|rest| {
        let counts = matches!(rest.trim_end_matches('/'), "/statistik" | "/installningar" | "/statistik.xlsx");
        rest.is_empty() || rest.starts_with('/') && !counts
    })
}

/// Browser and system of a `User-Agent`, in words, and nothing else of it: no version and no model.
#[must_use]
pub fn device_words(user_agent: &str) -> String {
    let has = |word: &str| user_agent.contains(word);
    // most of them say that they are the others too
    let browser = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Chromium", "Chrome"),
        ("Safari/", "Safari"),
    ]
    .into_iter()
    .find(|(word, _)| has(word))
    .map_or("Okänd webbläsare", |(_, name)| name);
    let system = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "Chromebook"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]
    .into_iter()
    .find(|(word, _)| has(word))
    .map(|(_, name)| name);
    match system {
        Some(system) => format!("{browser} på {system}"),
        None => browser.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60;

    fn fresh() -> Use {
        Use { last: 0, locked: false }
    }

    #[test]
    fn a_page_that_asks_by_itself_keeps_nobody_logged_in() {
        let (mut used, idle) = (fresh(), Idle::default());
        for minute in 1..=240 {
            assert_ne!(used.request(minute * MINUTE, idle, false), LoginState::Over, "{minute}");
        }
        assert_eq!(used.request(241 * MINUTE, idle, false), LoginState::Over);
        assert_eq!(used.request(241 * MINUTE, idle, true), LoginState::Over, "and it does not come back to life");
    }

    #[test]
    fn cases_are_locked_after_half_an_hour_and_opening_another_page_does_not_open_them() {
        let (mut used, idle) = (fresh(), Idle::default());
        assert_eq!(used.request(30 * MINUTE, idle, true), LoginState::Alive { locked: false });
        assert_eq!(used.request(61 * MINUTE, idle, true), LoginState::Alive { locked: true });
        assert_eq!(used.request(61 * MINUTE + 1, idle, true), LoginState::Alive { locked: true });
        used.unlock(62 * MINUTE);
        assert_eq!(used.request(63 * MINUTE, idle, true), LoginState::Alive { locked: false });
    }

    #[test]
    fn an_installation_chooses_between_half_an_hour_and_eight_hours() {
        assert!(Idle::minutes(29).is_none() && Idle::minutes(481).is_none());
        let short = Idle::minutes(30).unwrap();
        assert_eq!((short.seconds(), short.step()), (1_800, 900));
        assert_eq!(Idle::default().step(), 3_600, "whole hours, where that is fine enough");
        assert!(short.step() * 2 <= short.seconds());
    }

    #[test]
    fn what_shows_counts_or_settings_is_not_locked() {
        for path in
            ["/avvikelser", "/avvikelser/ny", "/avvikelser/0a-1", "/avvikelser/0a-1/logg", "/avvikelser/export.xlsx"]
        {
            assert!(holds_cases(path), "{path}");
        }
        for path in ["/", "/avvikelser/statistik", "/avvikelser/installningar", "/atgarder/1", "/avvikelserna"] {
            assert!(!holds_cases(path), "{path}");
        }
    }

    #[test]
    fn a_device_is_told_by_browser_and_system_and_nothing_else() {
        for (agent, words) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                "Edge på Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-G991B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome på Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari på iPhone",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox på Linux"),
            ("", "Okänd webbläsare"),
            ("curl/8 <script>", "Okänd webbläsare"),
        ] {
            assert_eq!(device_words(agent), words);
        }
    }
}
