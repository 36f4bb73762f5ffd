//! Avvikelse: what went wrong or was complained of, from report to followed-up effect (docs/doman.md 4, docs/lag.md 1).
//!
//! One event is one case, and can be of several kinds at once: a personuppgiftsincident and a missförhållande are avvikelser
//! too, so whoever counts cases and whoever counts kinds get different sums ([`register`]). A case goes
//! *inkommen → bedömd → utreds → åtgärdas → följs upp → avslutad*; every button is a [`step::Step`], and [`step::may`] says
//! whether it may be pressed or, in a sentence, why not. All deadlines come from one table, [`deadline::RULES`].
//!
//! What happened is secret (26 kap. OSL): [`access`] says who sees what. What the reporter writes is checked by [`intake`].

use std::fmt;

use serde::{Deserialize, Serialize};

pub mod access;
pub mod act;
pub mod arende;
pub mod bilaga;
pub mod case;
pub mod deadline;
pub mod dokument;
pub mod frislappt;
pub mod handling;
pub mod intake;
pub mod lank;
pub mod pui;
pub mod register;
pub mod sok;
pub mod step;
pub mod tillagg;
pub mod vantar;
pub mod word;

pub use crate::skydd;
pub use access::Relation;
pub use arende::{Arende, Innehall};
pub use case::Case;
pub use step::{Step, may, take};
pub use vantar::Vantar;
pub use word::{Bedomning, Kanal, Kategori, Kind, Orsak, Ror, State};

/// The kinds of an event. Never empty where one is assessed; a missförhållande or a personuppgiftsincident is always an
/// avvikelse too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kinds(u8);

impl Kinds {
    /// The set of these kinds and of those that follow from them.
    #[must_use]
    pub fn of(kinds: &[Kind]) -> Self {
        kinds.iter().fold(Self::default(), |set, kind| set.with(*kind))
    }

    /// The kinds in order.
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |k| self.has(*k))
    }

    /// Whether the event is of this kind.
    #[must_use]
    pub fn has(self, kind: Kind) -> bool {
        self.0 & bit(kind) != 0
    }

    /// With a kind, and the avvikelse that it also is.
    #[must_use]
    pub fn with(self, kind: Kind) -> Self {
        let also = if matches!(kind, Kind::LexSarah | Kind::Pui) { bit(Kind::Avvikelse) } else { 0 };
        Self(self.0 | bit(kind) | also)
    }

    /// Without a kind. The avvikelse stays as long as something is one.
    #[must_use]
    pub fn without(self, kind: Kind) -> Self {
        Self::of(&Self(self.0 & !bit(kind)).iter().collect::<Vec<_>>())
    }

    /// Whether nothing is chosen.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether it came from outside: a klagomål or a synpunkt.
    #[must_use]
    pub fn is_from_outside(self) -> bool {
        self.has(Kind::Klagomal) || self.has(Kind::Synpunkt)
    }

    /// The kinds of a stored text, such as `avvikelse,pui`; unknown words are passed over.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::of(&text.split(',').filter_map(|code| Kind::from_code(code.trim())).collect::<Vec<_>>())
    }
}

/// As stored and sent: codes with commas between.
impl fmt::Display for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iter().map(Kind::code).collect::<Vec<_>>().join(","))
    }
}

fn bit(kind: Kind) -> u8 {
    Kind::ALL.iter().position(|k| *k == kind).map_or(0, |i| 1 << i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personuppgiftsincident_and_a_missforhallande_are_avvikelser_too_and_a_klagomal_is_not() {
        assert_eq!(Kinds::of(&[Kind::Pui]), Kinds::of(&[Kind::Avvikelse, Kind::Pui]));
        assert!(Kinds::of(&[Kind::LexSarah]).has(Kind::Avvikelse));
        assert!(!Kinds::of(&[Kind::Klagomal]).has(Kind::Avvikelse));
        let both = Kinds::of(&[Kind::LexSarah, Kind::Pui]);
        assert_eq!(both.without(Kind::LexSarah), Kinds::of(&[Kind::Pui]));
        assert_eq!(both.without(Kind::Avvikelse), both, "it is one as long as it is a personuppgiftsincident");
    }

    #[test]
    fn kinds_survive_their_text() {
        for kinds in
            [Kinds::default(), Kinds::of(&[Kind::Synpunkt]), Kinds::of(&[Kind::LexSarah, Kind::Pui, Kind::Klagomal])]
        {
            assert_eq!(Kinds::parse(&kinds.to_string()), kinds);
        }
        assert_eq!(Kinds::of(&[Kind::Pui]).to_string(), "avvikelse,pui");
        assert!(Kinds::parse("kung, ").is_empty());
    }
}
