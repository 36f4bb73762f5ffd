//! Enhet: the unit that the amounts of an account are in, how many decimals it is shown with, and what is so large in it that
//! somebody has to say whether it is another.

use serde::{Deserialize, Serialize};

use super::fraga::{ENHET, Fraga};
use crate::{
    format::NBSP,
    siffror::{forandring::signed, inlasning::Val},
    tal::Tal,
    text::compared,
};

/// In what amounts are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Enhet {
    /// Kronor.
    Kr,
    /// Thousands of them.
    #[default]
    Tkr,
    /// Millions of them.
    Mnkr,
}

/// In millions of kronor: no unit has more. What is above it is asked about.
const MNKR_MOST: i64 = 10_000;

impl Enhet {
    crate::every! {
        /// Every one, the smallest first.
        Kr, Tkr, Mnkr
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kr => "kr",
            Self::Tkr => "tkr",
            Self::Mnkr => "mnkr",
        }
    }

    /// The unit of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|enhet| enhet.code() == code)
    }

    /// As it stands behind an amount: `kr`, `tkr`, `mnkr`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        self.code()
    }

    /// For who chooses: `kronor`, `tusen kronor`, `miljoner kronor`.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Kr => "kronor",
            Self::Tkr => "tusen kronor",
            Self::Mnkr => "miljoner kronor",
        }
    }

    /// What stands above or below a table of amounts.
    #[must_use]
    pub fn rubrik(self) -> String {
        format!("Beloppen anges i {}", self.label())
    }

    /// The unit that words behind an amount name, as people write it: `kr`, `kronor`, `:-`, `tusen kronor`, `miljoner`, `mkr`.
    /// None for other words, and where there are none.
    #[must_use]
    pub fn named(words: &str) -> Option<Self> {
        const KR: [&str; 6] = ["kr", "kronor", "krona", "sek", ":-", "kr:-"];
        const TKR: [&str; 6] = ["tkr", "kkr", "tusen", "tusen kr", "tusen kronor", "tsek"];
        const MNKR: [&str; 9] =
            ["mnkr", "mkr", "mn kr", "miljoner", "miljon", "miljoner kronor", "miljoner kr", "milj", "msek"];
        let words = compared(words.trim().trim_end_matches('.'));
        let is = |all: &[&str]| all.contains(&words.as_str());
        [(Self::Kr, is(&KR)), (Self::Tkr, is(&TKR)), (Self::Mnkr, is(&MNKR))]
            .into_iter()
            .find_map(|(enhet, named)| named.then_some(enhet))
    }

    /// How many decimals an amount is shown with at least: none of kr and tkr, one of mnkr.
    #[must_use]
    pub const fn decimals(self) -> u32 {
        match self {
            Self::Kr | Self::Tkr => 0,
            Self::Mnkr => 1,
        }
    }

    /// What one of the unit is in them: 1, a thousand, a million.
    const fn kronor(self) -> i64 {
        match self {
            Self::Kr => 1,
            Self::Tkr => 1_000,
            Self::Mnkr => 1_000_000,
        }
    }

    /// `53 280`, `−10,9`: with the decimals of the unit; of kr with öre where there are any.
    #[must_use]
    pub fn shown(self, tal: Tal) -> String {
        tal.with_decimals(self.decimals_of(tal))
    }

    fn decimals_of(self, tal: Tal) -> u32 {
        if self == Self::Kr && tal.int().is_none() { 2 } else { self.decimals() }
    }

    /// `+4,0`, `−10,9`, `0`: with its sign, also above nought.
    #[must_use]
    pub fn signed(self, tal: Tal) -> String {
        signed(tal, self.decimals_of(tal))
    }

    /// `53 280 tkr`.
    #[must_use]
    pub fn said(self, tal: Tal) -> String {
        format!("{}{NBSP}{}", self.shown(tal), self.label())
    }

    /// An amount in another unit, rounded to the four decimals that are kept: for showing, never for sums. None where it is too
    /// large.
    #[must_use]
    pub fn to(self, other: Self, tal: Tal) -> Option<Tal> {
        let (own, other) = (self.kronor(), other.kronor());
        if own >= other { tal.times(Tal::whole(own / other)) } else { tal.over(Tal::whole(other / own)) }
    }

    /// An amount in another unit where nothing is lost by it; none else.
    #[must_use]
    pub fn exactly(self, other: Self, tal: Tal) -> Option<Tal> {
        self.to(other, tal).filter(|there| other.to(self, *there) == Some(tal))
    }

    /// The amounts that an account's unit takes from a form or a table: ±[`Tal::MOST`].
    #[must_use]
    pub fn takes(tal: Tal) -> bool {
        (-Tal::MOST..=Tal::MOST).contains(&tal)
    }

    /// What is asked where an amount is larger than that of any unit, above 10 000 mnkr however it is written: "Är det tkr?".
    /// None where it is plausible, and of kr, which nothing is smaller than. That it was answered is remembered with the account.
    #[must_use]
    pub fn asked(self, tal: Tal) -> Option<Fraga> {
        let smaller = match self {
            Self::Kr => return None,
            Self::Tkr => Self::Kr,
            Self::Mnkr => Self::Tkr,
        };
        let most = Self::Mnkr.to(self, Tal::whole(MNKR_MOST))?;
        (tal.abs() > most).then(|| {
            let text = format!("Beloppet är {}. Är det {}?", self.said(tal), smaller.label());
            let other = |enhet: Self| format!("Ja, beloppen är i {}", enhet.about());
            let choices = vec![
                Val { value: smaller.code().to_owned(), label: other(smaller), foreslas: true },
                Val {
                    value: self.code().to_owned(),
                    label: format!("Nej, beloppen är i {}", self.about()),
                    foreslas: false,
                },
            ];
            Fraga { key: ENHET.to_owned(), text, choices, svar: None }
        })
    }
}
