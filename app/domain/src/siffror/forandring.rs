//! Förändring: how a value stands against another time, in units and in per cent. Of a share it is percentage points first, for
//! "+96,7 %" of 15,3 per cent says something else than 14,8 points.

use super::slag::{Mark, Slag, Varde};
use crate::{format::NBSP, tal::Tal};

/// How a value stands against another time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forandring {
    /// In the unit of the series; percentage points of a share.
    pub skillnad: Tal,
    /// In per cent of what it was; none against nought, below nought and of a share.
    pub procent: Option<Tal>,
    /// Whether either of the two will be replaced.
    pub preliminar: bool,
}

/// The change from one value to another.
#[must_use]
pub fn forandring(slag: Slag, before: Varde, now: Varde) -> Forandring {
    let skillnad = now.tal - before.tal;
    // rounded when it is shown: a ratio of what is kept has four decimals, and so 0,01 per cent of it two
    let procent = skillnad.per_cent_of(before.tal).filter(|_| slag != Slag::Andel);
    Forandring { skillnad, procent, preliminar: [before, now].iter().any(|v| v.mark == Mark::Preliminar) }
}

impl Forandring {
    /// `−5 (−3,2 %)`, `+14,8 procentenheter`, `oförändrat`, with so many decimals.
    #[must_use]
    pub fn said(&self, slag: Slag, decimals: u32) -> String {
        let rounded = self.skillnad.rounded(decimals);
        if rounded == Tal::ZERO {
            return "oförändrat".to_owned();
        }
        let points = procentenheter(&rounded.abs().with_decimals(decimals));
        let points = if slag == Slag::Andel { format!(" {points}") } else { String::new() };
        let per_cent = self.procent.map(|x| format!(" ({}{NBSP}%)", signed(x, 1))).unwrap_or_default();
        format!("{}{points}{per_cent}", signed(self.skillnad, decimals))
    }
}

/// `procentenhet` of one, as it is shown; `procentenheter` of 1,0 and all others.
#[must_use]
pub fn procentenheter(shown: &str) -> &'static str {
    if shown == "1" { "procentenhet" } else { "procentenheter" }
}

/// With its sign, also above nought.
#[must_use]
pub fn signed(x: Tal, decimals: u32) -> String {
    let plus = if x.rounded(decimals) > Tal::ZERO { "+" } else { "" };
    format!("{plus}{}", x.with_decimals(decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(slag: Slag, before: &str, now: &str, decimals: u32) -> String {
        let value = |text: &str| {
            let (whole, part) = text.split_once('.').unwrap_or((text, ""));
            Varde::of(Tal::of_figures(whole, part).unwrap())
        };
        forandring(slag, value(before), value(now)).said(slag, decimals)
    }

    #[test]
    fn a_change_is_said_in_units_and_in_per_cent() {
        for (slag, before, now, decimals, said) in [
            (Slag::Bestand, "154", "149", 0, "−5 (−3,2\u{a0}%)"),
            (Slag::Bestand, "178", "149", 0, "−29 (−16,3\u{a0}%)"),
            (Slag::Bestand, "140", "134", 0, "−6 (−4,3\u{a0}%)"),
            (Slag::Flode, "19", "27", 0, "+8 (+42,1\u{a0}%)"),
            (Slag::Belopp, "97151", "85555", 0, "−11\u{a0}596 (−11,9\u{a0}%)"),
            (Slag::Belopp, "613477", "435935.05", 2, "−177\u{a0}541,95 (−28,9\u{a0}%)"),
            (Slag::Andel, "15.3", "30.1", 1, "+14,8 procentenheter"),
            (Slag::Andel, "15", "14", 0, "−1 procentenhet"),
            (Slag::Flode, "0", "3", 0, "+3"),
            (Slag::Flode, "3", "3", 0, "oförändrat"),
        ] {
            assert_eq!(of(slag, before, now, decimals), said, "{before} → {now}");
        }
    }

    #[test]
    fn a_change_to_or_from_what_will_be_replaced_says_so() {
        let before = Varde::of(Tal::whole(140));
        let now = Varde { mark: Mark::Preliminar, ..Varde::of(Tal::whole(134)) };
        assert!(forandring(Slag::Bestand, before, now).preliminar && forandring(Slag::Bestand, now, before).preliminar);
        assert!(!forandring(Slag::Bestand, before, before).preliminar);
    }
}
