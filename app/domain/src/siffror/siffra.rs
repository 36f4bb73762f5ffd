//! Siffra: a value of a series with its time, its place among the dimensions, and where it came from. What is sent again is the
//! same; what is otherwise is a revision, and the earlier value stays to be read (docs/doman.md 10).

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    dimension::DimensionsvardeId,
    serie::Content,
    slag::{Mark, Slag, Varde},
};
use crate::{
    format::{NBSP, capitalised},
    period::Period,
    tal::Tal,
};

crate::ids! { now_v7:
    /// An import of values into a series: all of them, or none.
    SiffraImportId,
}

/// The most values that one import brings.
pub const IMPORT_MOST: usize = 50_000;
/// The most values that a series holds, revisions not counted.
pub const SERIE_MOST: usize = 200_000;

/// The place of a value among the dimensions of its series, in their order; none is the total. Of a series without dimensions it is
/// empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Plats(pub Vec<Option<DimensionsvardeId>>);

impl Plats {
    /// The total of so many dimensions.
    #[must_use]
    pub fn total(dimensions: usize) -> Self {
        Self(vec![None; dimensions])
    }

    /// The place that was stored or sent as such a text, in a series of so many dimensions.
    #[must_use]
    pub fn read(text: &str, dimensions: usize) -> Option<Self> {
        if dimensions == 0 {
            return text.is_empty().then(Self::default);
        }
        let one = |part: &str| if part.is_empty() { Some(None) } else { part.parse().ok().map(Some) };
        let plats = Self(text.split(',').map(one).collect::<Option<_>>()?);
        (plats.0.len() == dimensions).then_some(plats)
    }

    /// Whether it is a value of every dimension: a part that is added up, not a total.
    #[must_use]
    pub fn is_del(&self) -> bool {
        self.0.iter().all(Option::is_some)
    }
}

/// As stored and sent: ids with commas between, nothing where it is the total.
impl fmt::Display for Plats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, id) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            if let Some(id) = id {
                write!(f, "{id}")?;
            }
        }
        Ok(())
    }
}

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ursprung {
    /// Typed by somebody.
    Inskriven,
    /// Read from a table.
    Import(SiffraImportId),
    /// Read from a table, which was undone since.
    Angrad(SiffraImportId),
    /// Noted when a control was ticked off.
    Kontroll,
    /// Fetched from outside.
    Hamtad,
}

impl Ursprung {
    /// As stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Inskriven => "inskriven",
            Self::Import(_) | Self::Angrad(_) => "import",
            Self::Kontroll => "kontroll",
            Self::Hamtad => "hamtad",
        }
    }
}

/// A value to be kept. Without `varde` it is known to be missing: "–", "Oklart"; the word is in the note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ny {
    /// What time it is of, as fine as its series says.
    pub period: Period,
    /// Where among the dimensions.
    pub plats: Plats,
    /// The value; none where it is missing.
    pub varde: Option<Varde>,
    /// A word of it; may be empty.
    pub not: String,
}

/// A value as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Siffra {
    /// What time it is of, as fine as its series says.
    pub period: Period,
    /// Where among the dimensions.
    pub plats: Plats,
    /// The value; none where it is missing.
    pub varde: Option<Varde>,
    /// A word of it; may be empty.
    pub not: String,
    /// The day it was written.
    pub sedd: NaiveDate,
    /// Where it came from.
    pub ursprung: Ursprung,
    /// 1, and 1 more for each that replaced it.
    pub revision: i32,
    /// The write that it came with: rises with each write of the series; tells order and nothing of the clock.
    pub skrivning: i64,
    /// Whether it holds: of a place the last that was not undone.
    pub gallande: bool,
}

/// What a value does to what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verkan {
    /// Nothing was there.
    Ny,
    /// The same: it is not written again.
    Oforandrad,
    /// Another value is there: it is replaced and stays to be read.
    Andrad,
    /// A final value would change so much that it is asked about first.
    Fragas,
}

/// By how many per cent a final value may change before it is asked about. Ours.
const ASKED: i64 = 20;

/// What a value does to the one that is there, if any. A preliminary one is replaced unasked, and one that becomes final without
/// changing is a revision too.
#[must_use]
pub fn verkan(before: Option<&Siffra>, new: &Ny) -> Verkan {
    let Some(before) = before else {
        return if new.varde.is_none() && new.not.is_empty() { Verkan::Oforandrad } else { Verkan::Ny };
    };
    match (before.varde, new.varde) {
        (a, b) if a == b && (new.not.is_empty() || before.not == new.not) => Verkan::Oforandrad,
        (Some(a), Some(b)) if a.mark == Mark::Definitiv && moved(a.tal, b.tal) => Verkan::Fragas,
        (Some(a), None) if a.mark == Mark::Definitiv => Verkan::Fragas,
        _ => Verkan::Andrad,
    }
}

/// Whether a value changes by more than is let through unasked.
fn moved(a: Tal, b: Tal) -> bool {
    let (a, change) = (i128::from(a.stored()).abs(), i128::from((b - a).stored()).abs());
    change * 100 > a * i128::from(ASKED)
}

/// What is wrong with a value in a series of this kind, as a sentence; none where it can be kept.
#[must_use]
pub fn fel(content: &Content, varde: &Varde) -> Option<String> {
    let tal = varde.tal;
    match content.slag {
        Slag::Andel if !(Tal::ZERO..=Tal::HUNDRED).contains(&tal) => {
            Some("En andel ligger mellan 0 och 100 %.".to_owned())
        }
        Slag::Bestand | Slag::Flode if tal < Tal::ZERO => Some("Talet kan inte vara mindre än 0.".to_owned()),
        _ if tal > Tal::MOST || tal < -Tal::MOST => Some("Talet är för stort.".to_owned()),
        _ => None,
    }
}

/// What is said of a value whose time has not begun; none of one that has: what nobody can have counted is no value.
#[must_use]
pub fn inte_borjat(period: Period, today: NaiveDate) -> Option<String> {
    (period.first_day() > today).then(|| format!("{} har inte börjat.", capitalised(&period.label())))
}

/// A value in words: `316 prel.`, `ca 3,3`; `saknas` where it is known to be missing.
#[must_use]
pub fn words(content: &Content, varde: Option<Varde>) -> String {
    let Some(Varde { tal, mark, .. }) = varde else { return "saknas".to_owned() };
    let shown = content.shown(tal);
    match mark {
        Mark::Definitiv => shown,
        Mark::Ungefarlig => format!("ca{NBSP}{shown}"),
        Mark::Preliminar => format!("{shown}{NBSP}prel."),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn varde(n: i64, mark: Mark) -> Varde {
        Varde { mark, ..Varde::of(Tal::whole(n)) }
    }

    fn stored(varde: impl Into<Option<Varde>>) -> Siffra {
        Siffra {
            period: Period::Month(2022, 2),
            plats: Plats::default(),
            varde: varde.into(),
            not: String::new(),
            sedd: NaiveDate::default(),
            ursprung: Ursprung::Inskriven,
            revision: 1,
            skrivning: 1,
            gallande: true,
        }
    }

    fn new(varde: impl Into<Option<Varde>>) -> Ny {
        Ny { period: Period::Month(2022, 2), plats: Plats::default(), varde: varde.into(), not: String::new() }
    }

    #[test]
    fn what_comes_again_is_the_same_and_what_is_otherwise_is_a_revision() {
        let preliminary = stored(varde(316, Mark::Preliminar));
        assert_eq!(verkan(None, &new(varde(316, Mark::Preliminar))), Verkan::Ny);
        assert_eq!(verkan(Some(&preliminary), &new(varde(316, Mark::Preliminar))), Verkan::Oforandrad);
        assert_eq!(verkan(Some(&preliminary), &new(varde(328, Mark::Definitiv))), Verkan::Andrad);
        assert_eq!(verkan(Some(&preliminary), &new(varde(316, Mark::Definitiv))), Verkan::Andrad, "it became final");
        assert_eq!(verkan(None, &new(None)), Verkan::Oforandrad, "a blank cell says nothing");
    }

    #[test]
    fn a_final_value_that_moves_by_more_than_a_fifth_is_asked_about() {
        let of =
            |before, after| verkan(Some(&stored(varde(before, Mark::Definitiv))), &new(varde(after, Mark::Definitiv)));
        assert_eq!((of(100, 120), of(100, 121), of(100, 79)), (Verkan::Andrad, Verkan::Fragas, Verkan::Fragas));
        assert_eq!(of(0, 1), Verkan::Fragas);
        let gone = verkan(Some(&stored(varde(5, Mark::Definitiv))), &new(None));
        assert_eq!(gone, Verkan::Fragas, "a value does not go away unseen");
        assert_eq!(verkan(Some(&stored(varde(5, Mark::Preliminar))), &new(varde(50, Mark::Definitiv))), Verkan::Andrad);
    }

    #[test]
    fn a_place_survives_its_text() {
        let id = |n| Some(DimensionsvardeId(Uuid::from_u128(n)));
        for plats in [vec![], vec![None], vec![id(1)], vec![id(1), None], vec![None, id(2)], vec![id(1), id(2), None]] {
            let plats = Plats(plats);
            assert_eq!(Plats::read(&plats.to_string(), plats.0.len()), Some(plats));
        }
        assert_eq!((Plats::read("x", 1), Plats::read("", 2), Plats::read(",", 1)), (None, None, None));
        assert!(Plats::default().is_del() && !Plats::total(1).is_del());
    }
}
