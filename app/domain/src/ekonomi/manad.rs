//! Månad: the year by its months. A budget is typed for the months that are known and the rest of the year is parted among the
//! others, so that all twelve make the year to the last decimal; outcome and budget grow side by side.

use super::{
    avvikelse::Avvikelse,
    belopp::Art,
    enhet::Enhet,
    jamford::is_off,
    konto::{Rad, Radslag},
    summa::{Del, Konto},
    tid::Tid,
};
use crate::tal::{DECIMALS, Tal};

/// Parts an amount among so many months. The first k of them together are k/n of it, rounded half away from zero to the decimals
/// of the unit (or to those that the amount itself has, where it has more), and a month is what it adds: so what is rounded off
/// is spread over the year and never gathered in December, and all months make the amount.
#[must_use]
pub fn parted(amount: Tal, months: u32, enhet: Enhet) -> Vec<Tal> {
    let decimals = enhet.decimals().max(amount.decimals());
    let step = 10_i128.pow(DECIMALS.saturating_sub(decimals));
    let until = |k: u32| {
        let (numerator, denominator) = (i128::from(amount.stored()) * i128::from(k), i128::from(months.max(1)) * step);
        let steps = (2 * numerator.abs() + denominator) / (2 * denominator) * numerator.signum();
        // no further from nought than the amount
        Tal::of_stored(i64::try_from(steps * step).unwrap_or_default())
    };
    (1..=months).map(|k| until(k) - until(k - 1)).collect()
}

/// The budget of a row by its months.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manadsbudget {
    /// January first; blank where neither the month nor the year has one.
    pub manader: [Option<Tal>; 12],
    /// Which of them somebody typed.
    pub skrivna: [bool; 12],
    /// The year's, where it is known.
    pub ar: Option<Tal>,
    /// What the months make, where all twelve are typed and it is not the year's budget, and no rounding of it.
    pub avviker: Option<Tal>,
}

impl Manadsbudget {
    /// That of a month, 1–12.
    #[must_use]
    pub fn of(&self, month: u32) -> Option<Tal> {
        let at = usize::try_from(month).ok()?.checked_sub(1)?;
        self.manader.get(at).copied().flatten()
    }

    /// What is said where the months do not make the year.
    #[must_use]
    pub fn said(&self, rad: &str, enhet: Enhet) -> Option<String> {
        let (months, ar) = (self.avviker?, self.ar?);
        Some(format!(
            "Budgeten för {rad} är {} för året, men månaderna ger {}. Ändra en månad eller årets budget.",
            enhet.said(ar),
            enhet.said(months)
        ))
    }
}

/// The budget of a row by its months, of what is `kept` of it: typed ones stand, and what is left of the year's is parted among
/// the others ([`parted`]).
#[must_use]
pub fn budget(enhet: Enhet, kept: impl Fn(Tid) -> Option<Tal>) -> Manadsbudget {
    let mut out = Manadsbudget { ar: kept(Tid::Bokslut), ..Manadsbudget::default() };
    for (month, (amount, typed)) in (1..).zip(out.manader.iter_mut().zip(&mut out.skrivna)) {
        *amount = kept(Tid::Manad(month));
        *typed = amount.is_some();
    }
    let typed = Tal::checked_sum(out.manader.iter().flatten().copied());
    let open = out.skrivna.iter().filter(|typed| !**typed).count();
    match (out.ar, typed) {
        (Some(ar), Some(typed)) if open > 0 => {
            let left = Tal::checked_sum([ar, -typed]).unwrap_or_default();
            let parts = parted(left, u32::try_from(open).unwrap_or_default(), enhet);
            for (amount, part) in out.manader.iter_mut().filter(|amount| amount.is_none()).zip(parts) {
                *amount = Some(part);
            }
        }
        (Some(ar), Some(typed)) => {
            let months: Vec<Tal> = out.manader.into_iter().flatten().collect();
            out.avviker = Some(typed).filter(|typed| is_off(ar, *typed, &months));
        }
        _ => {}
    }
    out
}

/// A month of a line of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manad {
    /// 1–12.
    pub manad: u32,
    /// What the month may cost or bring in.
    pub budget: Option<Tal>,
    /// Whether no part of it was parted by itself.
    pub skriven: bool,
    /// What it has cost or brought in.
    pub utfall: Option<Tal>,
    /// What the year was believed to become, of what was said in this month.
    pub prognos: Option<Tal>,
    /// Of the month.
    pub avvikelse: Option<Avvikelse>,
    /// Budget of January to this month.
    pub budget_hittills: Option<Tal>,
    /// Outcome of January to this month; blank from the first month on that has none.
    pub utfall_hittills: Option<Tal>,
    /// Of January to this month.
    pub avvikelse_hittills: Option<Avvikelse>,
}

/// The twelve months of a line.
#[must_use]
pub fn manader(konto: &Konto<'_>, del: Del) -> Vec<Manad> {
    let slag = konto.slag(del);
    let is_typed =
        |rad: &Rad, month| konto.kept(rad.id, Tid::Manad(month), Art::Budget).is_some_and(|b| b.tal.is_some());
    let rows = konto.rader(del);
    let (mut budget_hittills, mut utfall_hittills) = (Some(Tal::ZERO), Some(Tal::ZERO));
    let add = |sum: Option<Tal>, part: Option<Tal>| Tal::checked_sum([sum?, part?]);
    let of = |manad| {
        let tid = Tid::Manad(manad);
        let [budget, utfall] = [Art::Budget, Art::Utfall].map(|art| konto.summa(del, tid, art).hel());
        budget_hittills = add(budget_hittills, budget);
        utfall_hittills = add(utfall_hittills, utfall);
        Manad {
            manad,
            budget,
            skriven: budget.is_some()
                && rows.iter().all(|rad| konto.rad(rad.id, tid, Art::Budget).is_none() || is_typed(rad, manad)),
            utfall,
            prognos: made(konto, &rows, slag, tid),
            avvikelse: Avvikelse::of(slag, budget, utfall),
            budget_hittills,
            utfall_hittills,
            avvikelse_hittills: Avvikelse::of(slag, budget_hittills, utfall_hittills),
        }
    };
    (1..=12).map(of).collect()
}

/// The forecast of a line as it was when something was said of it in a month; none of a month in which nothing was.
fn made(konto: &Konto<'_>, rows: &[&Rad], slag: Radslag, tid: Tid) -> Option<Tal> {
    let said = rows.iter().any(|rad| konto.kept(rad.id, tid, Art::Prognos).is_some_and(|b| b.tal.is_some()));
    let sign = |rad: &Rad, tal| if slag == Radslag::Netto { rad.slag.in_netto(tal) } else { tal };
    let known = rows.iter().filter_map(|rad| Some(sign(rad, konto.rad(rad.id, tid, Art::Prognos)?)));
    Tal::checked_sum(known).filter(|_| said)
}
