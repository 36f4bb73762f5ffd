//! Jämförd: a sum or a difference that stands in a table, held against what its parts make. The printed one is never taken over:
//! it is told with both figures and kept as a note, and somebody mends a part or takes the reckoned one.

use serde::{Deserialize, Serialize};

use super::{enhet::Enhet, teckenform::Teckenform};
use crate::tal::{DECIMALS, Tal};

/// What a printed figure says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tryckt {
    /// The sum of rows.
    Summa,
    /// Costs less income.
    Netto,
    /// Budget less outcome or forecast.
    Differens,
}

/// A printed figure that is not what its parts make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jamford {
    /// Sum, netto or difference.
    pub slag: Tryckt,
    /// The form of signs of the table: the figures are as they stand in it.
    pub form: Teckenform,
    /// Whose: "Budget totalt, Kostnader".
    pub namn: String,
    /// The cell, as Excel calls it; empty where it came from none.
    pub ruta: String,
    /// As it is printed.
    pub tryckt: Tal,
    /// What the parts make.
    pub raknad: Tal,
}

impl Jamford {
    /// Whether it is right but for its sign.
    #[must_use]
    pub fn has_other_sign(&self) -> bool {
        self.raknad != Tal::ZERO && self.tryckt == -self.raknad
    }

    /// `Budget totalt, Kostnader: i tabellen står 60 700 tkr, raderna ger 60 680 tkr. …`
    #[must_use]
    pub fn said(&self, enhet: Enhet) -> String {
        let Self { namn, tryckt, raknad, .. } = self;
        let is_turned = self.form == Teckenform::KostnaderNegativa;
        let what = match self.slag {
            Tryckt::Summa => "raderna ger",
            Tryckt::Netto if is_turned => "kostnader plus intäkter ger",
            Tryckt::Netto => "kostnader minus intäkter ger",
            Tryckt::Differens if is_turned => "utfall minus budget ger",
            Tryckt::Differens => "budget minus utfall ger",
        };
        let figures = match self.slag {
            Tryckt::Differens => (enhet.signed(*tryckt), enhet.signed(*raknad)),
            Tryckt::Summa | Tryckt::Netto => (exactly(*tryckt, enhet), exactly(*raknad, enhet)),
        };
        let sign = if self.has_other_sign() { " Tecknet är omvänt." } else { "" };
        let unit = enhet.label();
        format!(
            "{namn}: i tabellen står {} {unit}, {what} {} {unit}.{sign} Rätta en rad eller godkänn den uträknade siffran.",
            figures.0, figures.1
        )
    }

    /// What is kept of it as a note: `I tabellen stod 60 700 tkr`.
    #[must_use]
    pub fn not(&self, enhet: Enhet) -> String {
        format!("I tabellen stod {} {}", exactly(self.tryckt, enhet), enhet.label())
    }
}

/// With all its decimals, so that two figures that differ do not read alike.
fn exactly(tal: Tal, enhet: Enhet) -> String {
    tal.with_decimals(enhet.decimals().max(tal.decimals()))
}

/// A printed figure: whose, its cell, and as it stands in the table.
#[derive(Clone, Copy, Debug)]
pub struct Figur<'a> {
    /// Whose it is, in words.
    pub namn: &'a str,
    /// The cell, as Excel calls it; empty where it came from none.
    pub ruta: &'a str,
    /// With the sign that stands there.
    pub tryckt: Tal,
}

impl Figur<'_> {
    fn off(self, slag: Tryckt, form: Teckenform, raknad: Tal) -> Jamford {
        let (namn, ruta) = (self.namn.to_owned(), self.ruta.to_owned());
        Jamford { slag, form, namn, ruta, tryckt: self.tryckt, raknad }
    }

    /// As a sum, against the rows it is of; none where it agrees. Rounded parts make a rounded sum: it is no fault within half a
    /// step of the last decimal for each row.
    #[must_use]
    pub fn summa(self, delar: &[Tal]) -> Option<Jamford> {
        let raknad = Tal::checked_sum(delar.iter().copied())?;
        self.is_off(raknad, delar).then(|| self.off(Tryckt::Summa, Teckenform::default(), raknad))
    }

    /// As netto, against costs and income as they stand in a table of that form; none where it agrees within half a step for each
    /// of the two.
    #[must_use]
    pub fn netto(self, form: Teckenform, kostnader: Tal, intakter: Tal) -> Option<Jamford> {
        let raknad = match form {
            Teckenform::KostnaderNegativa => Tal::checked_sum([kostnader, intakter]),
            Teckenform::BadaPositiva | Teckenform::BaraNetto => Tal::checked_sum([kostnader, -intakter]),
        }?;
        self.is_off(raknad, &[kostnader, intakter]).then(|| self.off(Tryckt::Netto, form, raknad))
    }

    /// As a difference between budget and outcome as they stand in a table of that form; none where it is that. Here nothing is
    /// rounded: both figures stand beside it.
    #[must_use]
    pub fn differens(self, form: Teckenform, budget: Tal, utfall: Tal) -> Option<Jamford> {
        let raknad = match form {
            Teckenform::KostnaderNegativa => Tal::checked_sum([utfall, -budget]),
            Teckenform::BadaPositiva | Teckenform::BaraNetto => Tal::checked_sum([budget, -utfall]),
        }?;
        (self.tryckt != raknad).then(|| self.off(Tryckt::Differens, form, raknad))
    }

    fn is_off(self, raknad: Tal, delar: &[Tal]) -> bool {
        is_off(self.tryckt, raknad, delar)
    }
}

/// Whether a figure is something else than what its parts make, and by more than rounding them can make.
pub(super) fn is_off(tryckt: Tal, raknad: Tal, delar: &[Tal]) -> bool {
    let decimals = decimals(delar, tryckt);
    Tal::checked_sum([tryckt, -raknad]).is_none_or(|off| !is_rounding(off, delar.len(), decimals))
}

/// How many decimals the figures of a table are printed with: the most that any of them has.
fn decimals(delar: &[Tal], tryckt: Tal) -> u32 {
    delar.iter().map(|tal| tal.decimals()).fold(tryckt.decimals(), u32::max)
}

/// Whether so much is what rounding so many rows to so many decimals can make.
fn is_rounding(off: Tal, rows: usize, decimals: u32) -> bool {
    let step = 10_i128.pow(DECIMALS.saturating_sub(decimals));
    let rows = i128::try_from(rows).unwrap_or(i128::MAX / step);
    i128::from(off.stored()).abs() * 2 <= step * rows
}
