//! Tv: the short code that is typed on a television instead of the address of a wall screen. It holds for a quarter of an hour,
//! opens one screen once, and is guessed by nobody: there are ten thousand million of them, and wrong ones are counted.

use std::{collections::VecDeque, net::IpAddr};

/// How many digits a code has.
pub const DIGITS: usize = 10;
/// How long a code holds, in seconds.
pub const HOLDS: i64 = 15 * 60;
/// How many wrong codes a minute are taken from one address.
pub const WRONG_OF_ONE: usize = 5;
/// How many wrong codes a minute are taken from everybody together.
pub const WRONG_OF_ALL: usize = 30;

const MINUTE: i64 = 60;

/// A code of a random number: as long as the number has more than forty bits, each code is as likely as another.
#[must_use]
pub fn code_of(random: u64) -> String {
    format!("{:010}", random % 10_u64.pow(10))
}

/// A code as it is read aloud and typed: "12345 67890".
#[must_use]
pub fn grouped(code: &str) -> String {
    match code.split_at_checked(DIGITS / 2) {
        Some((first, second)) => format!("{first} {second}"),
        None => code.to_owned(),
    }
}

/// The digits of what was typed, with or without spaces and hyphens; none when it cannot be a code.
#[must_use]
pub fn read(typed: &str) -> Option<String> {
    let bare: String = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.')).collect();
    (bare.len() == DIGITS && bare.bytes().all(|b| b.is_ascii_digit())).then_some(bare)
}

/// The wrong codes of the last minute.
#[derive(Clone, Debug, Default)]
pub struct Wrong(VecDeque<(i64, IpAddr)>);

impl Wrong {
    /// Whether a code from this address is looked at now. `Err` gives the seconds to wait.
    pub fn may(&mut self, now: i64, from: IpAddr) -> Result<(), u32> {
        // a clock that was set back must not keep anybody out
        self.0.retain(|(at, _)| (0..MINUTE).contains(&(now - at)));
        let of_one = self.0.iter().filter(|(_, who)| *who == from);
        let full = |most: usize, mut tries: Vec<i64>| {
            tries.sort_unstable();
            // when the oldest of those that fill it is forgotten there is room for one
            tries.len().checked_sub(most).and_then(|i| tries.get(i).copied())
        };
        let first = full(WRONG_OF_ONE, of_one.map(|(at, _)| *at).collect())
            .max(full(WRONG_OF_ALL, self.0.iter().map(|(at, _)| *at).collect()));
        match first {
            Some(at) => Err(u32::try_from(at + MINUTE - now).unwrap_or(1).max(1)),
            None => Ok(()),
        }
    }

    /// A code from this address opened nothing.
    pub fn note(&mut self, now: i64, from: IpAddr) {
        self.0.push_back((now, from));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(n: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, n])
    }

    #[test]
    fn a_code_is_read_however_it_is_typed_and_nothing_else_is_one() {
        let code = code_of(71_234_567_890);
        assert_eq!((code.as_str(), grouped(&code).as_str()), ("1234567890", "12345 67890"));
        assert_eq!(code_of(7), "0000000007");
        for typed in ["12345 67890", " 1234567890 ", "12345-67890", "12 34 56 78 90"] {
            assert_eq!(read(typed).as_deref(), Some("1234567890"), "{typed}");
        }
        for typed in ["", "12345", "12345 6789a", "123456789012", "１２３４５６７８９０"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn who_guesses_waits_and_keeps_nobody_else_waiting_until_very_many_guess() {
        let mut wrong = Wrong::default();
        for _ in 0..WRONG_OF_ONE {
            assert_eq!(wrong.may(100, address(1)), Ok(()));
            wrong.note(100, address(1));
        }
        assert_eq!(wrong.may(110, address(1)), Err(50));
        assert_eq!(wrong.may(110, address(2)), Ok(()));
        assert_eq!(wrong.may(160, address(1)), Ok(()), "a minute later");
        for n in 0..WRONG_OF_ALL {
            wrong.note(200, address(u8::try_from(n).unwrap()));
        }
        assert_eq!(wrong.may(201, address(200)), Err(59), "a thousand addresses guess no more than one");
        assert_eq!(wrong.may(150, address(200)), Ok(()), "a clock that was set back keeps nobody out");
    }

    #[test]
    fn nobody_guesses_a_code_in_the_time_it_holds() {
        let tries = i64::try_from(WRONG_OF_ALL).unwrap() * HOLDS / MINUTE;
        let codes = 10_i64.pow(u32::try_from(DIGITS).unwrap());
        // with a hundred screens that are set up in the same quarter of an hour, on two servers that count by themselves
        assert!(tries * 100 * 2 * 100_000 <= codes, "less than one in a hundred thousand");
    }
}
