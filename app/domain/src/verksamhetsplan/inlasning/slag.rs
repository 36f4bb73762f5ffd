//! Tabellslag: which kind of table of a plan a table is, by the columns that it has.

use std::cmp::Reverse;

use crate::{
    format,
    import::Table,
    verksamhetsplan::{
        aktivitet, forvantat,
        indikator::{self, utfallstabell},
        mal,
        plan::Innehall,
        tabell::{self, Kolumn},
    },
};

/// A kind of table of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tabellslag {
    /// Its goals, as a chain.
    Mal,
    /// What its goals are followed by.
    Indikatorer,
    /// What those came to.
    Utfall,
    /// What is expected of its own goals.
    Forvantat,
    /// What is done to reach them.
    Aktiviteter,
}

/// The columns of an outcome: without one of them a table of indikatorer is no table of outcomes.
const UTFALL: [&str; 7] = ["total", "man", "kvinnor", "okant", "taljare", "prognos", "status"];

impl Tabellslag {
    crate::every! {
        /// Every kind, in the order in which they are read in: each names those before it.
        Mal, Indikatorer, Utfall, Forvantat, Aktiviteter
    }

    /// As it is stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mal => "mal",
            Self::Indikatorer => "indikatorer",
            Self::Utfall => "utfall",
            Self::Forvantat => "forvantat",
            Self::Aktiviteter => "aktiviteter",
        }
    }

    /// The kind of such a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slag| slag.code() == code)
    }

    /// In words, and on the tab of its sheet.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mal => "Mål",
            Self::Indikatorer => "Indikatorer",
            Self::Utfall => "Utfall",
            Self::Forvantat => "Förväntat resultat",
            Self::Aktiviteter => "Aktiviteter",
        }
    }

    /// Its columns, in the order in which they are taken out.
    #[must_use]
    pub const fn kolumner(self) -> &'static [Kolumn] {
        match self {
            Self::Mal => mal::inlasning::KOLUMNER,
            Self::Indikatorer => indikator::inlasning::KOLUMNER,
            Self::Utfall => utfallstabell::KOLUMNER,
            Self::Forvantat => forvantat::inlasning::KOLUMNER,
            Self::Aktiviteter => aktivitet::inlasning::KOLUMNER,
        }
    }

    /// What of a plan has to be open for it.
    #[must_use]
    pub const fn innehall(self) -> Innehall {
        match self {
            Self::Mal | Self::Indikatorer | Self::Forvantat => Innehall::Mal,
            Self::Utfall => Innehall::Uppfoljning,
            Self::Aktiviteter => Innehall::Aktivitet,
        }
    }

    /// `tre nya mål`, `ett nytt utfall`: how many of its rows are new.
    #[must_use]
    pub fn nya(self, n: usize) -> String {
        let (is_neuter, one, many) = match self {
            Self::Mal => (true, "nytt mål", "nya mål"),
            Self::Indikatorer => (false, "ny indikator", "nya indikatorer"),
            Self::Utfall => (true, "nytt utfall", "nya utfall"),
            Self::Forvantat => (false, "ny rad", "nya rader"),
            Self::Aktiviteter => (false, "ny aktivitet", "nya aktiviteter"),
        };
        let words = if n == 1 { one } else { many };
        match n {
            1 => format!("{} {words}", if is_neuter { "ett" } else { "en" }),
            n => format!("{} {words}", format::int(i64::try_from(n).unwrap_or(i64::MAX))),
        }
    }
}

/// What a table can be read as, the likeliest first: what names most of its columns. Nothing where it is none of them.
#[must_use]
pub fn mojliga(table: &Table) -> Vec<Tabellslag> {
    let mut found: Vec<(bool, Reverse<usize>, Tabellslag)> = Vec::new();
    for slag in Tabellslag::ALL {
        let falt = tabell::falt(table, slag.kolumner());
        if falt.is_empty() {
            continue;
        }
        let unlikely = match slag {
            // the others name their goals too
            Tabellslag::Mal => true,
            Tabellslag::Utfall => !falt.iter().any(|falt| UTFALL.contains(falt)),
            Tabellslag::Indikatorer | Tabellslag::Forvantat | Tabellslag::Aktiviteter => false,
        };
        found.push((unlikely, Reverse(falt.len()), slag));
    }
    found.sort();
    found.into_iter().map(|(.., slag)| slag).collect()
}

/// What a table is read as where nobody has said anything else. The sentence says what a table has to have.
pub fn igenkand(table: &Table) -> Result<Tabellslag, String> {
    mojliga(table).first().copied().ok_or_else(|| {
        let needs = Tabellslag::ALL.map(|slag| {
            let must = slag.kolumner().iter().filter(|k| k.maste).map(|k| format!("”{}”", k.namn));
            let must: Vec<String> = must.collect();
            let must = format::and(&must.iter().map(String::as_str).collect::<Vec<_>>());
            format!("{}: {must}", slag.label())
        });
        format!("Tabellen behöver en rubrikrad som visar vad raderna är, och en kolumn till. {}.", needs.join(". "))
    })
}
