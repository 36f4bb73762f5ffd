//! Bilaga: what was taken out of a picture before it was kept. A photo of a phone says where it was taken, which nobody who
//! attaches it means to tell; it goes with all else that is said of the picture, and the page says that it went.

use serde::{Deserialize, Serialize};

/// Something that was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Borttaget {
    /// Where the picture was taken.
    Plats,
    /// What stood behind the picture: a film, a second picture, what was cropped away.
    Efter,
    /// What else was said of the picture, and so could have said where.
    Uppgifter,
}

impl Borttaget {
    crate::every! {
        /// Every one, in the order in which they are said.
        Plats, Efter, Uppgifter
    }

    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Plats => "plats",
            Self::Efter => "efter",
            Self::Uppgifter => "uppgifter",
        }
    }

    /// As the user reads it.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Plats => "Platsuppgiften togs bort.",
            Self::Efter => "Det som låg efter bilden i filen togs bort.",
            // also of what an earlier version took out because it could not be read
            Self::Uppgifter => "Uppgifter som låg i filen utöver själva bilden togs bort.",
        }
    }
}

/// Codes with commas between, as stored.
#[must_use]
pub fn codes(all: &[Borttaget]) -> String {
    all.iter().map(|b| b.code()).collect::<Vec<_>>().join(",")
}

/// What stored codes mean; one that is not known is left out.
#[must_use]
pub fn of_codes(codes: &str) -> Vec<Borttaget> {
    Borttaget::ALL.into_iter().filter(|b| codes.split(',').any(|code| code == b.code())).collect()
}

/// All of it in words; empty when nothing was taken out.
#[must_use]
pub fn sentences(all: &[Borttaget]) -> String {
    all.iter().map(|b| b.sentence()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_out_survives_being_stored_and_is_said() {
        for all in [vec![], vec![Borttaget::Plats], Borttaget::ALL.to_vec()] {
            assert_eq!(of_codes(&codes(&all)), all);
        }
        assert_eq!(of_codes("plats,okänt"), [Borttaget::Plats]);
        let said = sentences(&[Borttaget::Plats, Borttaget::Efter]);
        assert_eq!(said, "Platsuppgiften togs bort. Det som låg efter bilden i filen togs bort.");
    }
}
