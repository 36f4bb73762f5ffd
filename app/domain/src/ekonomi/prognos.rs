//! Prognos: what the year was believed to become, month by month, how it changed, and how right it was when the year was over.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    avvikelse::{Avvikelse, Effekt},
    belopp::Art,
    enhet::Enhet,
    konto::Rad,
    summa::{Del, Konto, Summa},
    tid::Tid,
};
use crate::tal::Tal;

/// A forecast of a line, as it was when it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Punkt {
    /// When it was made.
    pub tid: Tid,
    /// The latest day that an amount of it is of; none where nobody said.
    pub per: Option<NaiveDate>,
    /// What the year was believed to become; of netto what it costs.
    pub tal: Tal,
    /// How many of its rows had no forecast then, and are not in it.
    pub saknas: usize,
    /// How much more than the one before; none of the first, and where other rows lack one.
    pub andring: Option<Tal>,
    /// Against the year's budget; none where a row has one of the two alone.
    pub mot_budget: Option<Avvikelse>,
}

impl Punkt {
    /// `Prognos april`, as its column is called.
    #[must_use]
    pub fn rubrik(&self) -> String {
        format!("Prognos {}", self.tid.label())
    }

    /// What its change does to netto; none of the first.
    #[must_use]
    pub fn effekt(&self, konto: &Konto<'_>, del: Del) -> Option<Effekt> {
        Some(Effekt::of_netto(konto.slag(del).in_netto(self.andring?)))
    }
}

/// The forecasts of a line in the order in which they were made: one of each time at which something was said of any of its rows.
/// A row of which nothing was said then has the forecast that it had.
#[must_use]
pub fn historik(konto: &Konto<'_>, del: Del) -> Vec<Punkt> {
    let rows = konto.rader(del);
    let mut out: Vec<Punkt> = Vec::new();
    for tid in Tid::all() {
        let kept = rows.iter().filter_map(|rad| konto.kept(rad.id, tid, Art::Prognos)).filter(|b| b.tal.is_some());
        let kept: Vec<_> = kept.collect();
        let summa = konto.summa_prognos(del, tid);
        let Some(tal) = summa.tal.filter(|_| !kept.is_empty()) else { continue };
        let before = out.last().filter(|before| before.saknas == summa.saknas);
        out.push(Punkt {
            tid,
            per: kept.iter().filter_map(|b| b.per).max(),
            tal,
            saknas: summa.saknas,
            andring: before.and_then(|before| Tal::checked_sum([tal, -before.tal])),
            mot_budget: konto.prognosavvikelse(del, tid),
        });
    }
    out
}

impl Konto<'_> {
    /// The forecast of a line as it stood at a time; a row counts as blank where the year has a budget of it and nobody had said
    /// what it would become.
    #[must_use]
    pub fn summa_prognos(&self, del: Del, tid: Tid) -> Summa {
        self.of_rows(del, Tid::Bokslut, |rad| self.rad(rad.id, tid, Art::Prognos))
    }
}

impl Konto<'_> {
    /// How the forecasts of a line stand against the year's budget where rows lack theirs and what is known is worse than the whole
    /// budget nevertheless. A row without a forecast counts as nought, or as its budget where that makes netto less: nobody is
    /// alarmed because income has no forecast yet. None where that is not worse, where no row lacks one, where the budget is not
    /// whole, and at the bokslut.
    #[must_use]
    pub fn redan_samre(&self, del: Del, tid: Tid) -> Option<Avvikelse> {
        let known = self.summa_prognos(del, tid);
        if tid == Tid::Bokslut || known.av == 0 || known.saknas == 0 {
            return None;
        }
        let at_best = |rad: &Rad| {
            let budget = self.rad(rad.id, Tid::Bokslut, Art::Budget)?;
            Some(if rad.slag.in_netto(budget) < Tal::ZERO { budget } else { Tal::ZERO })
        };
        let prognos =
            self.of_rows(del, Tid::Bokslut, |rad| self.rad(rad.id, tid, Art::Prognos).or_else(|| at_best(rad)));
        let budget = self.summa(del, Tid::Bokslut, Art::Budget).hel();
        Avvikelse::of(self.slag(del), budget, prognos.hel()).filter(|off| off.effekt() == Effekt::Samre)
    }
}

/// How right a forecast was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sakerhet {
    /// When it was made.
    pub tid: Tid,
    /// What the year was believed to become.
    pub prognos: Tal,
    /// What it became.
    pub utfall: Tal,
    /// Forecast − outcome: above nought where too much was believed.
    pub skillnad: Tal,
    /// Of the outcome, in per cent, without its sign; none where the year came to nought or below.
    pub per_cent: Option<Tal>,
}

impl Sakerhet {
    /// `Prognosen i april var 300 tkr högre än utfallet (2,5 %).`
    #[must_use]
    pub fn said(&self, enhet: Enhet) -> String {
        let when = match self.tid {
            Tid::Manad(_) => format!("i {}", self.tid.label()),
            _ => format!("vid {}", self.tid.label()),
        };
        if self.skillnad == Tal::ZERO {
            return format!("Prognosen {when} var lika med utfallet.");
        }
        let word = if self.skillnad < Tal::ZERO { "lägre" } else { "högre" };
        let per_cent = self.per_cent.map(|x| format!(" ({})", crate::format::per_cent(x))).unwrap_or_default();
        format!("Prognosen {when} var {} {word} än utfallet{per_cent}.", enhet.said(self.skillnad.abs()))
    }
}

/// How right each forecast of a line was; nothing until the year's outcome is known of all its rows, and of forecasts that lack
/// rows.
#[must_use]
pub fn sakerhet(konto: &Konto<'_>, del: Del) -> Vec<Sakerhet> {
    let Some(utfall) = konto.summa(del, Tid::Bokslut, Art::Utfall).hel() else { return vec![] };
    let of = |punkt: Punkt| {
        let skillnad = Tal::checked_sum([punkt.tal, -utfall])?;
        let per_cent = skillnad.abs().per_cent_of(utfall);
        Some(Sakerhet { tid: punkt.tid, prognos: punkt.tal, utfall, skillnad, per_cent })
    };
    historik(konto, del).into_iter().filter(|punkt| punkt.saknas == 0).filter_map(of).collect()
}
