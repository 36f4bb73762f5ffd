//! Months: a set of them, as the units' tables write it.

use serde::{Deserialize, Serialize};

use crate::{day, format};

/// A set of months 1–12.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Months(u16);

impl Months {
    /// Every month.
    pub const ALL: Self = Self(0xfff);
    /// Vår of a termin unless the unit says otherwise: February–May (docs/doman.md 1).
    pub const VAR: Self = Self(0b0000_0001_1110);
    /// Höst of a termin unless the unit says otherwise: September–December.
    pub const HOST: Self = Self(0b1111_0000_0000);

    /// The set of these months; numbers outside 1–12 are left out.
    #[must_use]
    pub fn of(months: &[u32]) -> Self {
        Self(months.iter().filter(|m| (1..=12).contains(*m)).fold(0, |set, m| set | 1 << (m - 1)))
    }

    /// Whether the month is in the set.
    #[must_use]
    pub fn contains(self, month: u32) -> bool {
        (1..=12).contains(&month) && self.0 & (1 << (month - 1)) != 0
    }

    /// The months in order.
    pub fn iter(self) -> impl Iterator<Item = u32> {
        (1..=12).filter(move |&m| self.contains(m))
    }

    /// Whether no month is in the set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The months of both sets.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// `april, augusti och december`.
    #[must_use]
    pub fn names(self) -> String {
        format::and(&self.iter().map(format::month_name).collect::<Vec<_>>())
    }

    /// Bits, January lowest, as stored.
    #[must_use]
    pub fn bits(self) -> i32 {
        i32::from(self.0)
    }

    /// From stored bits.
    #[must_use]
    pub fn from_bits(bits: i32) -> Self {
        Self(u16::try_from(bits & 0xfff).unwrap_or(0))
    }

    /// Reads `4,8,12`, as the units' tables have it, or month names. The fault is the part that is no month.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut months = Vec::new();
        for part in text.split([',', ' ', ';', '/']).map(str::trim).filter(|p| !p.is_empty()) {
            let month = part.parse::<u32>().ok().or_else(|| day::month(&part.to_lowercase()));
            match month {
                Some(m) if (1..=12).contains(&m) => months.push(m),
                _ => return Err(part.to_owned()),
            }
        }
        Ok(Self::of(&months))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_as_numbers_and_names() {
        assert_eq!(Months::parse("4,8,12,"), Ok(Months::of(&[4, 8, 12])));
        assert_eq!(Months::parse("mars, okt"), Ok(Months::of(&[3, 10])));
        assert_eq!(Months::parse("Sept/DECEMBER"), Ok(Months::of(&[9, 12])), "as a date says them");
        assert_eq!(Months::parse("4,13"), Err("13".into()));
        assert_eq!(Months::parse("vår"), Err("vår".into()));
        assert_eq!(Months::from_bits(Months::VAR.bits()), Months::of(&[2, 3, 4, 5]));
    }
}
