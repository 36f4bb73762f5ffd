//! Slag: what kind of figure an indikator has, which way is better, how often it is followed, and who has made it.

use serde::{Deserialize, Serialize};

use super::tid::Utfallsperiod;
use crate::siffror::slag::{self as serie, Sammanlagd};

/// What kind of figure it is. It decides how months make a period, how kvinnor and män make the total, and what a figure of a part
/// of the year is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slag {
    /// A part of a whole, in per cent.
    Andel,
    /// What happens during the time: it grows with the year.
    Antal,
    /// What is there at a time.
    Bestand,
    /// An index or a mean.
    Medel,
    /// Money.
    Belopp,
}

impl Slag {
    crate::every! {
        /// Every one.
        Andel, Antal, Bestand, Medel, Belopp
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Andel => "andel",
            Self::Antal => "antal",
            Self::Bestand => "bestand",
            Self::Medel => "medel",
            Self::Belopp => "belopp",
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
            Self::Andel => "Andel",
            Self::Antal => "Antal under perioden",
            Self::Bestand => "Bestånd",
            Self::Medel => "Index eller medel",
            Self::Belopp => "Belopp",
        }
    }

    /// What is meant by it, for who chooses.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Andel => "En del av en helhet i procent, till exempel andel med plan.",
            Self::Antal => {
                "Det som händer under året, till exempel antal som fått jobb. Årsmålet delas på årets månader."
            }
            Self::Bestand => "Det som finns vid en tid, till exempel hushåll.",
            Self::Medel => "Ett index eller ett medelvärde, till exempel väntetid i dagar.",
            Self::Belopp => "Pengar.",
        }
    }

    /// How a cell of such a figure is read: as that of a series of the same kind.
    #[must_use]
    pub const fn serie(self) -> serie::Slag {
        match self {
            Self::Andel => serie::Slag::Andel,
            Self::Antal => serie::Slag::Flode,
            Self::Bestand => serie::Slag::Bestand,
            Self::Medel => serie::Slag::Medel,
            Self::Belopp => serie::Slag::Belopp,
        }
    }

    /// The kind of an indikator that is taken from a series.
    #[must_use]
    pub const fn of_serie(slag: serie::Slag) -> Self {
        match slag {
            serie::Slag::Andel => Self::Andel,
            serie::Slag::Flode => Self::Antal,
            serie::Slag::Bestand => Self::Bestand,
            serie::Slag::Medel => Self::Medel,
            serie::Slag::Belopp => Self::Belopp,
        }
    }

    /// How months can make a period; the first unless the indikator says another. The mean of shares is one: some are defined so.
    #[must_use]
    pub const fn ways(self) -> &'static [Sammanlagd] {
        match self {
            Self::Andel => &[Sammanlagd::Andel, Sammanlagd::Medel, Sammanlagd::Sista],
            Self::Antal => &[Sammanlagd::Summa],
            Self::Bestand => &[Sammanlagd::Medel, Sammanlagd::Sista],
            Self::Medel => &[Sammanlagd::Sista, Sammanlagd::Medel],
            Self::Belopp => &[Sammanlagd::Summa, Sammanlagd::Sista],
        }
    }

    /// Why months cannot make a period so, in a sentence; none where they can.
    #[must_use]
    pub fn refused(self, way: Sammanlagd) -> Option<&'static str> {
        (!self.ways().contains(&way)).then_some(match self {
            Self::Andel => "Andelar läggs inte ihop. Välj täljare genom nämnare, medel eller sista värdet.",
            Self::Antal => "Det som händer varje månad läggs ihop till en summa.",
            Self::Bestand => {
                "Ett bestånd läggs inte ihop: samma hushåll räknas varje månad. Välj medel eller sista värdet."
            }
            Self::Medel => "Ett index eller medel läggs inte ihop. Välj sista värdet eller medel.",
            Self::Belopp => "Pengar läggs ihop till en summa, eller är det sista värdet av en löpande summa.",
        })
    }

    /// What its figures are in where nobody has said: a count is of pieces, a mean an index.
    #[must_use]
    pub const fn enhet(self) -> &'static str {
        match self {
            Self::Andel => "%",
            Self::Antal | Self::Bestand => "st",
            Self::Medel => "index",
            Self::Belopp => "kr",
        }
    }

    /// With how many decimals its figures are compared and shown where nobody has said, if its goals have no more.
    #[must_use]
    pub const fn decimaler(self) -> u32 {
        match self {
            Self::Andel => 2,
            Self::Medel => 1,
            Self::Antal | Self::Bestand | Self::Belopp => 0,
        }
    }

    /// Whether kvinnor, män and those whose kön is not known make the total when they are added.
    #[must_use]
    pub const fn adds_up(self) -> bool {
        matches!(self, Self::Antal | Self::Bestand | Self::Belopp)
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Riktning {
    /// At least the goal.
    Hogre,
    /// At most the goal.
    Lagre,
    /// Between two limits.
    Inom,
}

impl Riktning {
    crate::every! {
        /// Every one.
        Hogre, Lagre, Inom
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hogre => "hogre",
            Self::Lagre => "lagre",
            Self::Inom => "inom",
        }
    }

    /// The direction of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|riktning| riktning.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hogre => "Högre är bättre",
            Self::Lagre => "Lägre är bättre",
            Self::Inom => "Ska ligga inom gränser",
        }
    }

    /// The direction that a cell of a table says: `lägre`, `Högre är bättre`, `inom`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let folded = crate::import::fold(text);
        Self::ALL.into_iter().find(|one| folded == one.code() || folded == crate::import::fold(one.label()))
    }
}

/// How often it has an outcome. At the end of the year each has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Periodicitet {
    /// Tertial 1, tertial 2 and the year.
    Tertial,
    /// Once.
    Ar,
    /// Each quarter.
    Kvartal,
    /// Each month.
    Manad,
}

impl Periodicitet {
    crate::every! {
        /// Every one.
        Tertial, Ar, Kvartal, Manad
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tertial => "tertial",
            Self::Ar => "ar",
            Self::Kvartal => "kvartal",
            Self::Manad => "manad",
        }
    }

    /// The rhythm of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As the user reads it, and as tables of indikatorer have it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Tertial => "Tertial",
            Self::Ar => "År",
            Self::Kvartal => "Kvartal",
            Self::Manad => "Månad",
        }
    }

    /// The rhythm that a cell of a table says: `Tertial`, `per år`, `varje månad`, `VB`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let folded = crate::import::fold(text);
        let bare = folded.trim_start_matches("varje").trim_start_matches("per");
        match bare {
            "tertial" | "tertialvis" => Some(Self::Tertial),
            "ar" | "arsvis" | "helar" | "arligen" | "vb" => Some(Self::Ar),
            "kvartal" | "kvartalsvis" => Some(Self::Kvartal),
            "manad" | "manadsvis" | "manadligen" => Some(Self::Manad),
            _ => None,
        }
    }

    /// The last months, 1–12, of the periods that have an outcome.
    #[must_use]
    pub fn manader(self) -> Vec<u32> {
        let step = match self {
            Self::Tertial => 4,
            Self::Ar => 12,
            Self::Kvartal => 3,
            Self::Manad => 1,
        };
        (1..=12).filter(|month| month % step == 0).collect()
    }

    /// The periods of a year that have an outcome, the earliest first.
    #[must_use]
    pub fn perioder(self, year: i32) -> Vec<Utfallsperiod> {
        self.manader().into_iter().filter_map(|until| Utfallsperiod::until(year, until)).collect()
    }

    /// Whether an outcome of a period is asked for.
    #[must_use]
    pub fn has(self, period: Utfallsperiod) -> bool {
        self.manader().contains(&period.month())
    }
}

/// Who has made an indikator: those of the council and the committee are read only for the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ursprung {
    /// Kommunfullmäktige.
    Kf,
    /// The nämnd.
    Namnd,
    /// The unit itself.
    Enhet,
}

impl Ursprung {
    crate::every! {
        /// From the top.
        Kf, Namnd, Enhet
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kf => "kf",
            Self::Namnd => "namnd",
            Self::Enhet => "enhet",
        }
    }

    /// Whose it is, of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kf => "Kommunfullmäktige",
            Self::Namnd => "Nämnden",
            Self::Enhet => "Enheten",
        }
    }
}
