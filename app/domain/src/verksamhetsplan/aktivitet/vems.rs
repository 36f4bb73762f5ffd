//! Vems: who has decided that an aktivitet is to be done, in the words of tables.

use crate::{
    text::compared,
    verksamhetsplan::{indikator::slag::Ursprung, mal::Niva},
};

impl Ursprung {
    /// In a cell of a table: see [`Ursprung::from_word`].
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kf => "KF",
            Self::Namnd => "Nämnd",
            Self::Enhet => "Enhet",
        }
    }

    /// Whose the aktiviteter of a level are, where nothing else is said.
    #[must_use]
    pub const fn of_niva(niva: Niva) -> Self {
        match niva {
            Niva::Inriktningsmal | Niva::KfMal => Self::Kf,
            Niva::Namndmal => Self::Namnd,
            Niva::Enhetsmal => Self::Enhet,
        }
    }

    /// Whose it is, as a cell says it: a level, or who has decided it.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::named(word).or_else(|| Niva::from_word(word).map(Self::of_niva))
    }

    /// Who has decided it, where a cell says that and no level.
    pub(super) fn named(word: &str) -> Option<Self> {
        match compared(word.trim()).as_str() {
            "kf" | "kommunfullmäktige" | "fullmäktige" | "staden" | "kommunen" => Some(Self::Kf),
            "nämnd" | "nämnden" | "förvaltning" | "förvaltningen" | "stadsdelsnämnden" => Some(Self::Namnd),
            "enhet" | "enheten" => Some(Self::Enhet),
            _ => None,
        }
    }
}
