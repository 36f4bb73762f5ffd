//! Slag: what kind of figure a series holds. It decides how months make a tertial and a year: households that are there in each
//! month are not added up, applications that come in are.

use serde::{Deserialize, Serialize};

use crate::{occurrence::Share, period::Grain, tal::Tal};

/// What kind of figure a series holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slag {
    /// What is there at a time: hushåll, placerade.
    Bestand,
    /// What comes in or goes out during a time: nyansökningar, avslut.
    Flode,
    /// A part of a whole, with täljare and nämnare where they are known.
    Andel,
    /// Money.
    Belopp,
    /// A mean, such as days of waiting. How many it is of is not known.
    Medel,
}

/// How the values of shorter periods make a longer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sammanlagd {
    /// Their mean.
    Medel,
    /// The last of them.
    Sista,
    /// Their sum.
    Summa,
    /// All täljare by all nämnare.
    Andel,
}

impl Sammanlagd {
    crate::every! {
        /// Every one.
        Medel, Sista, Summa, Andel
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Medel => "medel",
            Self::Sista => "sista",
            Self::Summa => "summa",
            Self::Andel => "andel",
        }
    }

    /// The way of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Medel => "Medel",
            Self::Sista => "Sista värdet",
            Self::Summa => "Summa",
            Self::Andel => "Alla täljare genom alla nämnare",
        }
    }
}

impl Slag {
    crate::every! {
        /// Every one.
        Bestand, Flode, Andel, Belopp, Medel
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bestand => "bestand",
            Self::Flode => "flode",
            Self::Andel => "andel",
            Self::Belopp => "belopp",
            Self::Medel => "medel",
        }
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slag| slag.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Bestand => "Bestånd",
            Self::Flode => "Flöde",
            Self::Andel => "Andel",
            Self::Belopp => "Belopp",
            Self::Medel => "Medelvärde",
        }
    }

    /// What is meant by it, for who chooses.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Bestand => "Det som finns vid en tid, till exempel hushåll. Året är medel av månaderna.",
            Self::Flode => "Det som kommer in eller avslutas, till exempel nyansökningar. Året är summan.",
            Self::Andel => "En del av en helhet i procent. Året räknas ur täljare och nämnare.",
            Self::Belopp => "Pengar. Året är summan.",
            Self::Medel => "Ett medelvärde, till exempel väntetid i dagar. Året kan inte räknas ur månaderna.",
        }
    }

    /// Whether the parts of a dimension make its total when they are added.
    #[must_use]
    pub const fn adds_up(self) -> bool {
        matches!(self, Self::Bestand | Self::Flode | Self::Belopp)
    }

    /// What a longer period can be made by; the first unless the series says another. A mean of means whose weights nobody
    /// knows is none.
    #[must_use]
    pub const fn ways(self) -> &'static [Sammanlagd] {
        match self {
            Self::Bestand => &[Sammanlagd::Medel, Sammanlagd::Sista],
            Self::Flode | Self::Belopp => &[Sammanlagd::Summa],
            Self::Andel => &[Sammanlagd::Andel],
            Self::Medel => &[],
        }
    }

    /// Why a longer period cannot be made so, in a sentence; none where it can.
    #[must_use]
    pub fn refused(self, way: Sammanlagd) -> Option<&'static str> {
        (!self.ways().contains(&way)).then_some(match self {
            Self::Bestand => {
                "Ett bestånd läggs inte ihop: samma hushåll räknas varje månad. Välj medel eller sista värdet."
            }
            Self::Flode | Self::Belopp => "Det som kommer in varje månad läggs ihop till en summa.",
            Self::Andel => "Andelar räknas om ur täljare och nämnare.",
            Self::Medel => "Medelvärden läggs inte ihop: det är inte känt hur många varje månad är av.",
        })
    }
}

/// How sure a value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Final: nobody expects another.
    #[default]
    Definitiv,
    /// "ca 3,3", "drygt 2 %".
    Ungefarlig,
    /// To be replaced: "apr, prel".
    Preliminar,
}

impl Mark {
    crate::every! {
        /// Every one.
        Definitiv, Ungefarlig, Preliminar
    }

    /// As stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Definitiv => "definitiv",
            Self::Ungefarlig => "ungefarlig",
            Self::Preliminar => "preliminar",
        }
    }

    /// The mark of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.code() == code)
    }
}

/// The value of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Varde {
    /// The figure; per cent of a share.
    pub tal: Tal,
    /// What a share is of, where it is known.
    pub share: Option<Share>,
    /// How sure it is.
    pub mark: Mark,
}

impl Varde {
    /// A figure that is as it is.
    #[must_use]
    pub const fn of(tal: Tal) -> Self {
        Self { tal, share: None, mark: Mark::Definitiv }
    }
}

/// The value of a longer period, and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Langre {
    /// The figure.
    pub tal: Tal,
    /// How it was made.
    pub way: Sammanlagd,
    /// How many of the shorter periods have a value.
    pub of: usize,
    /// How many there are.
    pub all: usize,
    /// The least sure of them.
    pub mark: Mark,
    /// Whether a share is the mean of shares, because a nämnare is missing.
    pub unweighted: bool,
}

impl Langre {
    /// "medel av 4 månader" where some have no value, "medel", "summa av 11 månader": what is printed with the figure.
    #[must_use]
    pub fn said(&self) -> String {
        self.said_in(Grain::Manad)
    }

    /// The same of values that are of another grain.
    #[must_use]
    pub fn said_in(&self, grain: Grain) -> String {
        let way = match self.way {
            Sammanlagd::Medel => "medel",
            Sammanlagd::Sista => return "sista värdet".to_owned(),
            Sammanlagd::Summa => "summa",
            Sammanlagd::Andel if self.unweighted => "medel av andelarna",
            Sammanlagd::Andel => "alla täljare genom alla nämnare",
        };
        match self.of {
            all if all == self.all => way.to_owned(),
            1 => format!(
                "{way} av {} {}",
                if matches!(grain, Grain::Manad | Grain::Vecka) { "en" } else { "ett" },
                grain.label()
            ),
            n => format!("{way} av {n} {}", grain.many()),
        }
    }
}

/// The value of a longer period of its shorter ones, in order; none where no value is known or where none can be made.
#[must_use]
pub fn langre(way: Sammanlagd, values: &[Option<Varde>]) -> Option<Langre> {
    let known: Vec<Varde> = values.iter().flatten().copied().collect();
    let sum: Tal = known.iter().map(|v| v.tal).sum();
    let of = known.len();
    let count = Tal::whole(i64::try_from(of).ok()?);
    let shares: Option<Vec<Share>> = known.iter().map(|v| v.share).collect();
    let (tal, unweighted) = match way {
        Sammanlagd::Medel => (sum.over(count)?, false),
        Sammanlagd::Summa => (known.first().map(|_| sum)?, false),
        // the last of the period, or none: an earlier one would be another time's
        Sammanlagd::Sista => (values.last().copied().flatten()?.tal, false),
        Sammanlagd::Andel => match shares {
            Some(shares) => {
                let (n, d) = shares.iter().fold((0, 0), |(n, d), s| (n + s.numerator, d + s.denominator));
                (Tal::per_cent(n, d)?, false)
            }
            None => (sum.over(count)?, true),
        },
    };
    let mark = match way {
        Sammanlagd::Sista => values.last().copied().flatten()?.mark,
        _ => known.iter().map(|v| v.mark).max()?,
    };
    Some(Langre { tal, way, of, all: values.len(), mark, unweighted })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(all: &[i64]) -> Vec<Option<Varde>> {
        all.iter().map(|n| Some(Varde::of(Tal::whole(*n)))).collect()
    }

    /// Östermalm 2021, month by month.
    const OSTERMALM: [i64; 12] = [175, 169, 173, 168, 164, 166, 165, 157, 160, 154, 154, 149];

    #[test]
    fn a_year_of_what_is_there_is_the_mean_of_its_months() {
        let year = langre(Slag::Bestand.ways()[0], &values(&OSTERMALM)).unwrap();
        assert_eq!((year.tal.with_decimals(1).as_str(), year.said().as_str()), ("162,8", "medel"));
        let tertial = langre(Sammanlagd::Medel, &values(&OSTERMALM[..4])).unwrap();
        assert_eq!(tertial.tal.with_decimals(1), "171,3");
        let mut some = values(&OSTERMALM[..4]);
        some.extend([None; 8]);
        assert_eq!(langre(Sammanlagd::Medel, &some).unwrap().said(), "medel av 4 månader");
        assert_eq!(langre(Sammanlagd::Sista, &some), None, "the last month is not known");
        assert_eq!(langre(Sammanlagd::Sista, &values(&OSTERMALM)).unwrap().tal, Tal::whole(149));
        assert_eq!(langre(Sammanlagd::Summa, &[None; 12]), None);
    }

    #[test]
    fn what_is_there_is_never_added_up_and_what_comes_in_is() {
        assert!(Slag::Bestand.refused(Sammanlagd::Summa).unwrap().starts_with("Ett bestånd läggs inte ihop"));
        assert_eq!(Slag::Flode.refused(Sammanlagd::Summa), None);
        assert_eq!(langre(Sammanlagd::Summa, &values(&[10, 20, 12])).unwrap().tal, Tal::whole(42));
        assert!(Slag::Medel.refused(Sammanlagd::Medel).is_some(), "means without weights");
        for slag in Slag::ALL {
            assert_eq!(Slag::from_code(slag.code()), Some(slag));
            assert!(slag.ways().iter().all(|way| slag.refused(*way).is_none()));
        }
    }

    #[test]
    fn a_share_of_a_year_is_all_by_all_and_says_when_it_is_not() {
        let share = |numerator, denominator| {
            let share = Share { numerator, denominator };
            Some(Varde { share: Some(share), ..Varde::of(Tal::per_cent(numerator, denominator).unwrap()) })
        };
        let year = langre(Sammanlagd::Andel, &[share(1, 10), share(30, 40)]).unwrap();
        assert_eq!((year.tal, year.unweighted), (Tal::whole(62), false), "31 of 50, not the mean of 10 and 75");
        let year = langre(Sammanlagd::Andel, &[share(1, 10), Some(Varde::of(Tal::whole(75)))]).unwrap();
        assert_eq!((year.tal.to_string().as_str(), year.unweighted), ("42,5", true));
    }

    #[test]
    fn one_month_that_is_not_sure_makes_the_year_so() {
        let mut year = values(&[1, 2, 3]);
        year[1] = Some(Varde { mark: Mark::Preliminar, ..Varde::of(Tal::whole(2)) });
        assert_eq!(langre(Sammanlagd::Summa, &year).unwrap().mark, Mark::Preliminar);
        assert_eq!(langre(Sammanlagd::Sista, &year).unwrap().mark, Mark::Definitiv);
    }
}
