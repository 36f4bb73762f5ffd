//! Väntan: how long a login has to wait after wrong passwords. A device that has logged in to the account before has a lane
//! of its own, so that nobody elsewhere keeps its user out. Others are slowed by the account, and by how many accounts
//! have failed at their address: a municipality shares one, so one colleague's mistakes hold up nobody.

/// Failures in a row without a wait, for an account or for a device in its own lane.
pub const FREE: i64 = 5;
/// The longest wait for an account or a lane, in seconds.
pub const LONGEST: i64 = 15 * 60;
/// How many accounts may fail at an address within [`HOUR`] before new devices there have to wait: more than mistype in the
/// largest house on a Monday morning.
pub const ACCOUNTS: i64 = 100;
/// The longest wait for an address, in seconds: it slows somebody who tries one password on everybody, and closes no house.
pub const LONGEST_ADDRESS: i64 = 60;
/// For how long an account counts as failed at an address, in seconds.
pub const HOUR: i64 = 3_600;

/// Failures, and the second of the last one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Misslyckade {
    /// Failures in a row, or accounts that have failed.
    pub count: i64,
    /// When the last one was.
    pub last_at: i64,
}

/// What a login is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fil {
    /// A device that has logged in to the account before: its own failures alone.
    Kand(Misslyckade),
    /// Another one: those of the account from all such devices, and the accounts that have failed at the address.
    Okand {
        /// Failures in a row.
        konto: Misslyckade,
        /// Accounts within the hour.
        adress: Misslyckade,
    },
}

/// Seconds left to wait.
#[must_use]
pub fn wait(fil: Fil, now: i64) -> i64 {
    match fil {
        Fil::Kand(own) => left(own, FREE, LONGEST, now),
        Fil::Okand { konto, adress } => {
            left(konto, FREE, LONGEST, now).max(left(adress, ACCOUNTS, LONGEST_ADDRESS, now))
        }
    }
}

/// One second after `free` failures, twice as long after each one more, up to the longest.
fn left(failed: Misslyckade, free: i64, longest: i64, now: i64) -> i64 {
    if failed.count < free {
        return 0;
    }
    let doublings = u32::try_from(failed.count - free).unwrap_or(u32::MAX).min(20);
    // a clock that was set back must not lock anybody out for longer than the longest wait
    let passed = (now - failed.last_at).max(0);
    ((1_i64 << doublings).min(longest) - passed).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(count: i64) -> Misslyckade {
        Misslyckade { count, last_at: 100 }
    }

    #[test]
    fn the_wait_doubles_after_five_failures_and_ends_at_a_quarter_of_an_hour() {
        let wait = |n| super::wait(Fil::Kand(failed(n)), 100);
        assert_eq!([4, 5, 6, 7, 8].map(wait), [0, 1, 2, 4, 8]);
        assert_eq!(wait(60), LONGEST);
        assert_eq!(super::wait(Fil::Kand(failed(8)), 105), 3);
        assert_eq!(super::wait(Fil::Kand(failed(8)), 108), 0);
        assert_eq!(super::wait(Fil::Kand(Misslyckade { count: 60, last_at: 5_000 }), 100), LONGEST);
    }

    #[test]
    fn who_has_logged_in_here_before_is_kept_out_by_nobody_elsewhere() {
        // whatever others have done to the account and at the address is no part of the lane
        assert_eq!(wait(Fil::Kand(failed(0)), 100), 0);
        assert_eq!(wait(Fil::Okand { konto: failed(10_000), adress: failed(0) }, 100), LONGEST);
    }

    #[test]
    fn a_shared_address_waits_for_nobodys_wrong_password() {
        for accounts in [1, 30, ACCOUNTS - 1] {
            assert_eq!(wait(Fil::Okand { konto: failed(0), adress: failed(accounts) }, 100), 0, "{accounts}");
        }
    }

    #[test]
    fn one_password_tried_on_everybody_is_slowed() {
        // an attacker who always waits as long as is asked: how many accounts in a working day
        let (mut now, mut accounts) = (0, Misslyckade::default());
        while now < 8 * HOUR {
            now += wait(Fil::Okand { konto: Misslyckade::default(), adress: accounts }, now).max(1);
            accounts = Misslyckade { count: accounts.count + 1, last_at: now };
        }
        assert!(accounts.count < 600, "{}", accounts.count);
        assert!(wait(Fil::Okand { konto: failed(0), adress: failed(10_000) }, 100) <= LONGEST_ADDRESS);
    }
}
