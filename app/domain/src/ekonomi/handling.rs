//! Handling: what an account asks somebody to do: a plan where the year is believed to cost more than its budget, and a comment on
//! a row that is far off.

use chrono::NaiveDate;

use super::{
    avvikelse::{Avvikelse, Effekt},
    konto::{Content, KontoId, Rad, RadId, Verksamhet},
    mening,
    summa::{Del, Konto},
    tid::Tid,
};
use crate::{
    atgard::{Atgard, Status},
    permission::Role,
    tal::Tal,
};

/// What it is called in Att göra.
pub const HANDLINGSPLAN: &str = "Handlingsplan för budget";

/// A thing to do that follows from an account. There is one of an account at a time: it comes once and not again until it is
/// closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handlingsplan {
    /// The account: with this it is found again.
    pub konto: KontoId,
    /// [`HANDLINGSPLAN`].
    pub titel: &'static str,
    /// Who does it: the enhetschef of the account's unit.
    pub roll: Role,
    /// "Prognosen är 300 tkr sämre än budget.", "Prognosen är redan 300 tkr sämre än budget. Prognos saknas på två rader."
    pub varfor: String,
    /// How much more the year is believed to cost than its budget, at least.
    pub avvikelse: Avvikelse,
}

/// The plan that is to be made when the forecast of netto is worse than budget, or the forecasts that there are already are
/// ([`Konto::redan_samre`]). None where it is not, where a row lacks its budget, and while an earlier one is open. Where a row
/// lacks its forecast and nothing can be told yet, there is none either and [`super::mening::prognos_saknas`] is said in its place.
#[must_use]
pub fn handlingsplan(id: KontoId, konto: &Konto<'_>, tid: Tid, has_open: bool) -> Option<Handlingsplan> {
    let avvikelse = konto.prognosavvikelse(Del::Netto, tid);
    let varfor = avvikelse.map(|avvikelse| mening::prognos(avvikelse, konto.content.enhet));
    let already = || konto.redan_samre(Del::Netto, tid).map(|off| (off, mening::redan_samre(off, konto, tid)));
    let (avvikelse, varfor) = avvikelse.zip(varfor).or_else(already)?;
    let worse = avvikelse.effekt() == Effekt::Samre && !has_open;
    worse.then_some(Handlingsplan { konto: id, titel: HANDLINGSPLAN, roll: Role::Enhetschef, varfor, avvikelse })
}

/// Whether what was decided of an account answers for its forecast of a day, none where the day is not known: an åtgärd is open, or was
/// decided on that day or after it. One that was given up answers for nothing. So the plan is asked for once, and anew when a later
/// forecast is worse than budget still.
#[must_use]
pub fn is_answered(atgarder: &[Atgard], per: Option<NaiveDate>) -> bool {
    atgarder.iter().any(|one| match one.status() {
        Status::Ny | Status::Pagar => true,
        Status::Klar | Status::EffektFoljdUpp => per.is_none_or(|per| one.created_on >= per),
        Status::Avbruten => false,
    })
}

/// A row that is to be commented on in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kommentar {
    /// The row.
    pub rad: RadId,
    /// The report.
    pub tid: Tid,
    /// How far off it is.
    pub avvikelse: Avvikelse,
    /// "Personal, Ekonomiskt bistånd: 150 tkr över budget (sämre). Skriv vad det beror på."
    pub fraga: String,
}

/// Whether a deviation exceeds the larger of the two limits of an account. One that is just as large does not.
#[must_use]
pub fn is_far_off(avvikelse: Avvikelse, konto: &Content) -> bool {
    // nothing is rounded: 5 % of 1 999 are 99,95
    let hundredfold = |tal: Tal| i128::from(tal.stored()) * i128::from(Tal::HUNDRED.stored());
    let share = i128::from(avvikelse.budget.abs().stored()) * i128::from(konto.grans.andel.stored());
    avvikelse.size() > konto.grans.belopp && hundredfold(avvikelse.size()) > share
}

/// The rows that ask for a comment at a time and whose outcome nobody has commented on, in order; nothing of a month, which
/// no report is of.
#[must_use]
pub fn kommentarer(konto: &Konto<'_>, tid: Tid) -> Vec<Kommentar> {
    let of = |(v, rad): (&Verksamhet, &Rad)| {
        let avvikelse = konto.avvikelse(Del::Rad(rad.id), tid)?;
        let asks = is_far_off(avvikelse, konto.content) && !konto.has_comment(rad.id, tid);
        let said = avvikelse.said(konto.content.enhet);
        asks.then(|| Kommentar {
            rad: rad.id,
            tid,
            avvikelse,
            fraga: format!("{}, {}: {said}. Skriv vad det beror på.", rad.namn, v.namn),
        })
    };
    if tid.is_report() { konto.content.rader().filter_map(of).collect() } else { vec![] }
}
