//! Härledd: series that are reckoned from others when they are read: two with + − × ÷, index, the mean of twelve, another series from
//! the same start. What is not sure of any part is not sure of the whole (docs/doman.md 10).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    dimension::DimensionsvardeId,
    manader,
    serie::{Form, SerieId},
    slag::{Mark, Varde},
};
use crate::{field::Checker, occurrence::Share, period::Period, tal::Tal};

mod matt;
mod raknad;

pub use matt::klar;
pub use raknad::{Del, Raknad, VAGER_LIKA, brott, raknad};

/// What is said where somebody would write values into a series that has none of its own.
pub const INGA_VARDEN: &str = "Serien räknas ut ur andra serier och har inga egna värden. Fyll på dem i stället.";

/// A part of what is reckoned: the total of a series, or a value of its first dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Led {
    /// The series; of the same unit.
    pub serie: SerieId,
    /// A value of its first dimension; none is its total.
    pub varde: Option<DimensionsvardeId>,
}

impl Led {
    /// As a form sends it: the id of the series, and that of the value after a colon.
    #[must_use]
    pub fn code(self) -> String {
        self.varde.map_or_else(|| self.serie.to_string(), |varde| format!("{}:{varde}", self.serie))
    }

    /// The part of such a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split_once(':') {
            Some((serie, varde)) => Some(Self { serie: serie.parse().ok()?, varde: Some(varde.parse().ok()?) }),
            None => Some(Self { serie: code.parse().ok()?, varde: None }),
        }
    }
}

/// How two parts make one figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rakning {
    /// Both together.
    Plus,
    /// The first without the second.
    Minus,
    /// The first so many times.
    Ganger,
    /// The first per the second, or its share of it.
    Delat,
}

impl Rakning {
    crate::every! {
        /// Every one.
        Plus, Minus, Ganger, Delat
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Plus => "plus",
            Self::Minus => "minus",
            Self::Ganger => "ganger",
            Self::Delat => "delat",
        }
    }

    /// The way of a stored code; none of another text.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As it stands between two names: "Utbetalt bistånd delat med Hushåll".
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plus => "plus",
            Self::Minus => "minus",
            Self::Ganger => "gånger",
            Self::Delat => "delat med",
        }
    }
}

/// What is made of the values when they are reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sedan {
    /// Per cent of that of a time, which is 100.
    Index(Period),
    /// The mean of each month and the eleven before it.
    MedelAvTolv,
}

/// How a series is reckoned from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Harledd {
    /// The first part.
    pub a: Led,
    /// The second, and how.
    pub med: Option<(Rakning, Led)>,
    /// What is made of it then.
    pub sedan: Option<Sedan>,
}

impl Harledd {
    /// Its parts, one or two.
    pub fn parts(&self) -> impl Iterator<Item = Led> + use<> {
        std::iter::once(self.a).chain(self.med.map(|(_, led)| led))
    }

    /// `delat med`: what stands between the names of its parts.
    #[must_use]
    pub fn between(&self) -> &'static str {
        self.med.map_or("", |(rakning, _)| rakning.word())
    }

    /// `, som index där januari 2021 är 100`: what stands after the names of its parts.
    #[must_use]
    pub fn after(&self) -> String {
        match self.sedan {
            None => String::new(),
            Some(Sedan::Index(bas)) => format!(", som index där {} är 100", bas.label()),
            Some(Sedan::MedelAvTolv) => ", som medel av varje månad och de elva före".to_owned(),
        }
    }

    /// `Utbetalt bistånd delat med Hushåll`, of the names of its parts.
    #[must_use]
    pub fn said(&self, names: &[String]) -> String {
        let between = if self.med.is_some() { format!(" {} ", self.between()) } else { String::new() };
        format!("{}{}", names.join(&between), self.after())
    }

    /// As the form has it.
    pub fn fill(&self, form: &mut Form) {
        form.del_a = self.a.code();
        if let Some((rakning, b)) = self.med {
            (form.rakning, form.del_b) = (rakning.code().to_owned(), b.code());
        }
        match self.sedan {
            Some(Sedan::Index(bas)) => (form.sedan, form.bas) = ("index".to_owned(), bas.to_string()),
            Some(Sedan::MedelAvTolv) => "medel".clone_into(&mut form.sedan),
            None => {}
        }
    }
}

/// Reads how a series is reckoned from its form; none of one that has values of its own. Whether its parts fit is asked where they are
/// known: [`klar`].
pub fn check(check: &mut Checker, form: &Form) -> Option<Harledd> {
    let [a, rakning, b, sedan, bas] =
        [&form.del_a, &form.rakning, &form.del_b, &form.sedan, &form.bas].map(|text| text.trim());
    if [a, rakning, b, sedan, bas].iter().all(|text| text.is_empty()) {
        return None;
    }
    let mut part = |field: &str, code: &str, missing: &str| {
        let found = Led::from_code(code);
        if found.is_none() {
            check.error(field, if code.is_empty() { missing } else { "Välj serien på nytt." });
        }
        found
    };
    let first = part("del_a", a, "Välj den serie som det räknas ut ur, eller lämna hela delen tom.");
    let second = if rakning.is_empty() && b.is_empty() { None } else { part("del_b", b, "Välj den andra serien.") };
    let how = Rakning::from_code(rakning);
    if how.is_none() && !b.is_empty() {
        check.error("rakning", "Välj hur de två serierna räknas ihop.");
    }
    let then = match sedan {
        "" => None,
        "medel" => Some(Sedan::MedelAvTolv),
        "index" => {
            let period = bas_of(bas);
            if period.is_none() {
                check.error("bas", "Skriv vilken tid som är 100, till exempel 2021-01 eller januari 2021.");
            }
            period.map(Sedan::Index)
        }
        _ => {
            check.error("sedan", "Välj på nytt.");
            None
        }
    };
    if !bas.is_empty() && sedan != "index" {
        check.error("bas", "Tiden som är 100 hör till ett index. Välj index, eller ta bort den.");
    }
    if !a.is_empty() && [rakning, b, sedan].iter().all(|text| text.is_empty()) {
        check.error("rakning", "Välj ett räknesätt, ett index eller ett medel.");
    }
    if first.is_some() && first == second {
        check.error("del_b", "Välj två olika: en serie räknas inte ihop med sig själv.");
    }
    Some(Harledd { a: first?, med: how.zip(second), sedan: then })
}

/// The time that is 100, as it is typed: `2021-01`, `jan 2021`, `2021-Q1`, `2021`.
fn bas_of(text: &str) -> Option<Period> {
    let month = || manader::namnd(text).and_then(|named| Some(Period::Month(named.year?, named.month)));
    text.parse().ok().or_else(month)
}

/// The values of one line, by their times. A time without a value has none: the line is broken there.
pub type Tidsserie = BTreeMap<Period, Varde>;

/// How many periods a mean in time is of.
const TWELVE: usize = 12;

/// Each value as per cent of that of a time, which is 100. None where that time has no value, or one that nothing is per cent of.
#[must_use]
pub fn index(values: &Tidsserie, bas: Period) -> Option<Tidsserie> {
    omraknad(values, bas, Tal::HUNDRED)
}

/// Each value as it would be if that of a time were `tal`: two series that begin at the same figure can be seen beside each
/// other. None as of [`index`].
#[must_use]
pub fn omraknad(values: &Tidsserie, bas: Period, tal: Tal) -> Option<Tidsserie> {
    let base = values.get(&bas)?;
    let of = |v: &Varde| {
        let mark = v.mark.max(base.mark);
        Some(Varde { tal: v.tal.times(tal)?.over(base.tal)?, share: None, mark })
    };
    (base.tal > Tal::ZERO).then(|| values.iter().filter_map(|(p, v)| Some((*p, of(v)?))).collect())
}

/// The mean of each time and the eleven before it, where all twelve have a value: what does not swing with the seasons. Of shares
/// whose täljare and nämnare are known, all by all.
#[must_use]
pub fn medel_av_tolv(values: &Tidsserie) -> Tidsserie {
    let of = |last: Period| {
        let all = tolv(values, last)?;
        let mark = least_sure(&all);
        // a mean of shares would give each month the same weight
        if let Some(shares) = all.iter().map(|v| v.share).collect::<Option<Vec<Share>>>() {
            let (numerator, denominator) = shares.iter().fold((0, 0), |(n, d), s| (n + s.numerator, d + s.denominator));
            let tal = Tal::per_cent(numerator, denominator)?;
            return Some(Varde { tal, share: Some(Share { numerator, denominator }), mark });
        }
        let sum: Tal = all.iter().map(|v| v.tal).sum();
        Some(Varde { tal: sum.over(Tal::whole(12))?, share: None, mark })
    };
    values.keys().filter_map(|p| Some((*p, of(*p)?))).collect()
}

/// The sum of each time and the eleven before it, where all twelve have a value.
fn summa_av_tolv(values: &Tidsserie) -> Tidsserie {
    let of = |last: Period| {
        let all = tolv(values, last)?;
        Some(Varde { tal: all.iter().map(|v| v.tal).sum(), share: None, mark: least_sure(&all) })
    };
    values.keys().filter_map(|p| Some((*p, of(*p)?))).collect()
}

/// The values of a time and the eleven before it; none where one of them lacks its own.
fn tolv(values: &Tidsserie, last: Period) -> Option<Vec<Varde>> {
    std::iter::successors(Some(last), |p| Some(p.before())).take(TWELVE).map(|p| values.get(&p).copied()).collect()
}

fn least_sure(all: &[Varde]) -> Mark {
    all.iter().map(|v| v.mark).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(first: Period, all: &[i64]) -> Tidsserie {
        let mut period = first;
        let mut out = Tidsserie::new();
        for n in all {
            out.insert(period, Varde::of(Tal::whole(*n)));
            period = period.after();
        }
        out
    }

    #[test]
    fn an_index_is_a_hundred_at_its_base_and_nothing_is_per_cent_of_nought() {
        let jan = Period::Month(2021, 1);
        let all = values(jan, &[361, 356, 0]);
        let made = index(&all, jan).unwrap();
        let shown: Vec<String> = made.values().map(|v| v.tal.with_decimals(1)).collect();
        assert_eq!(shown, ["100,0", "98,6", "0,0"]);
        assert_eq!(index(&all, Period::Month(2021, 3)), None);
        assert_eq!(index(&all, Period::Month(2022, 3)), None);
        // the city from the same start as Bromma
        let city = omraknad(&values(jan, &[8_822, 8_811]), jan, Tal::whole(361)).unwrap();
        assert_eq!(city[&jan.after()].tal.with_decimals(1), "360,5");
    }

    #[test]
    fn a_mean_of_twelve_wants_all_twelve_and_is_as_sure_as_the_least_sure() {
        let mut all = values(Period::Month(2021, 1), &[10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 22, 10]);
        let made = medel_av_tolv(&all);
        assert_eq!(made.keys().copied().collect::<Vec<_>>(), [Period::Month(2021, 12), Period::Month(2022, 1)]);
        assert_eq!(made[&Period::Month(2021, 12)].tal, Tal::whole(11));
        all.get_mut(&Period::Month(2022, 1)).unwrap().mark = Mark::Preliminar;
        assert_eq!(medel_av_tolv(&all)[&Period::Month(2022, 1)].mark, Mark::Preliminar);
        all.remove(&Period::Month(2021, 6));
        assert_eq!(medel_av_tolv(&all), Tidsserie::new());
    }
}
