//! Stängning: what becomes of an outcome that is changed. Before its period is closed it is written; after that a change is a revision
//! with a reason, and the earlier value stays to be read. What is taken from a source is typed over only with a reason too.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    matning::{Kalla, Matat},
    tid::Utfallsperiod,
    utfall::{Harkomst, Utfall},
};
use crate::{
    field::{Checker, FieldError},
    personnummer::varning,
    siffror::slag::Mark,
};

/// A period of a plan that is closed: its report is fastställd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stangd {
    /// From January until when what it holds is.
    pub period: Utfallsperiod,
    /// The day.
    pub on: NaiveDate,
}

/// Whether a period is closed.
#[must_use]
pub fn is_stangd(stangda: &[Stangd], period: Utfallsperiod) -> bool {
    stangda.iter().any(|one| one.period == period)
}

/// What a change of an outcome is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Andring {
    /// Nothing is otherwise.
    Oforandrad,
    /// It is written.
    Fri,
    /// It is written with why.
    MedSkal(Skal),
}

/// Why a change needs a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skal {
    /// Whether the period is closed: the change is a revision.
    pub stangd: bool,
    /// Whether figures that are taken from a source are typed over.
    pub overskrivet: bool,
    /// What is changed, as the user reads it: "totalt", "analys".
    pub vad: Vec<&'static str>,
    /// A reason that is filled in to begin with; empty where none can be told.
    pub forslag: &'static str,
}

impl Skal {
    /// What the user is told above the field of the reason.
    #[must_use]
    pub fn said(&self, period: Utfallsperiod) -> String {
        let named = if period.is_vb() { period.label() } else { period.label().to_lowercase() };
        let closed = format!(
            "Perioden är stängd: {named}. Ändringen sparas som en rättelse, och det tidigare värdet finns kvar."
        );
        let fed = "Siffran hämtas från en källa. Skriv varför den inte gäller.";
        match (self.stangd, self.overskrivet) {
            (true, true) => format!("{closed} {fed}"),
            (true, false) => format!("{closed} Skriv varför."),
            (false, _) => fed.to_owned(),
        }
    }
}

/// What of two outcomes is otherwise, as the user reads it.
#[must_use]
pub fn skillnader(before: &Utfall, after: &Utfall) -> Vec<&'static str> {
    let (a, b) = (before, after);
    let all = [
        (a.varden.total != b.varden.total || a.not != b.not || (a.tom, a.kanda) != (b.tom, b.kanda), "totalt"),
        (a.varden.kvinnor != b.varden.kvinnor, "kvinnor"),
        (a.varden.man != b.varden.man, "män"),
        (a.varden.okant != b.varden.okant, "annat eller okänt"),
        (a.prognos != b.prognos, "prognos"),
        (a.fjol != b.fjol, "i fjol"),
        (a.missvisande != b.missvisande, "missvisande"),
        (a.utan_kon != b.utan_kon, "varför det inte är uppdelat på kön"),
        (a.satt != b.satt, "status"),
        (a.analys != b.analys, "analys"),
    ];
    all.into_iter().filter(|(is_changed, _)| *is_changed).map(|(_, what)| what).collect()
}

/// What a change is, of an outcome in a period that is closed or not.
#[must_use]
pub fn andring(stangd: bool, before: &Utfall, after: &Utfall) -> Andring {
    let vad = skillnader(before, after);
    if vad.is_empty() {
        return Andring::Oforandrad;
    }
    let overskrivet = overskriven_kalla(before, after).is_some();
    if !stangd && !overskrivet {
        return Andring::Fri;
    }
    let forslag = if is_slutligt(before, after) { "Preliminärt värde är ersatt av det slutliga." } else { "" };
    Andring::MedSkal(Skal { stangd, overskrivet, vad, forslag })
}

/// Whether the change is that a preliminary figure becomes final.
fn is_slutligt(before: &Utfall, after: &Utfall) -> bool {
    let (Some(a), Some(b)) = (before.varden.total, after.varden.total) else { return false };
    a.mark == Mark::Preliminar && b.mark != Mark::Preliminar
}

/// Checks the reason of a change at the field `skal`. None where the change needs none.
pub fn check_skal(andring: &Andring, skal: &str) -> Result<Option<String>, Vec<FieldError>> {
    let Andring::MedSkal(_) = andring else { return Ok(None) };
    let mut check = Checker::default();
    let skal = check.text("skal", skal);
    if skal.is_empty() {
        check.error("skal", "Skriv varför det ändras.");
    }
    if let Some(warning) = varning(&skal) {
        check.error("skal", warning);
    }
    check.finish(Some(skal))
}

/// The outcome that is kept when figures from a source are typed over, the first time and each time after it: it says what they were typed
/// over and why. What the source itself brings is no typing over it.
#[must_use]
pub fn overskriven(before: &Utfall, after: Utfall, skal: &str) -> Utfall {
    match overskriven_kalla(before, &after) {
        Some(kalla) => Utfall { harkomst: Harkomst::Overskrivet { kalla, skal: skal.to_owned() }, ..after },
        None => after,
    }
}

/// The source whose figures are typed over; none where nothing feeds the outcome, where the figures are as they were, and where it is the
/// source itself that brings others.
fn overskriven_kalla(before: &Utfall, after: &Utfall) -> Option<Kalla> {
    match before.harkomst {
        Harkomst::Matat(kalla) | Harkomst::Overskrivet { kalla, .. } => {
            let typed = before.varden != after.varden && !matches!(after.harkomst, Harkomst::Matat(_));
            typed.then_some(kalla)
        }
        Harkomst::Inskrivet | Harkomst::Inlast => None,
    }
}

/// The outcome with the source's own figures back in the place of what was typed over them; none where nothing was. It is a change as
/// any other ([`andring`]): in a closed period it needs a reason.
#[must_use]
pub fn restore(before: &Utfall, matat: &Matat, period: Utfallsperiod) -> Option<Utfall> {
    match before.harkomst {
        Harkomst::Overskrivet { kalla, .. } => Some(matat.i(before, period, kalla)),
        Harkomst::Matat(_) | Harkomst::Inskrivet | Harkomst::Inlast => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        period::Grain,
        siffror::{
            serie::SerieId,
            slag::{Sammanlagd, Varde, langre},
        },
        tal::Tal,
        verksamhetsplan::indikator::matning::Kalla,
    };

    fn utfall(n: i64, mark: Mark) -> Utfall {
        Utfall::of(Varde { mark, ..Varde::of(Tal::whole(n)) })
    }

    #[test]
    fn an_open_period_is_written_and_a_closed_one_is_revised_with_a_reason() {
        let (a, b) = (utfall(4, Mark::Definitiv), utfall(5, Mark::Definitiv));
        assert_eq!(andring(false, &a, &b), Andring::Fri);
        assert_eq!(andring(true, &a, &a), Andring::Oforandrad);
        let closed = andring(true, &a, &b);
        let Andring::MedSkal(skal) = &closed else { panic!("it needs a reason") };
        assert_eq!((skal.vad.as_slice(), skal.forslag), (["totalt"].as_slice(), ""));
        assert_eq!(
            skal.said(Utfallsperiod::tertial_1(2022)),
            "Perioden är stängd: tertial 1 2022. Ändringen sparas som en rättelse, och det tidigare värdet finns kvar. Skriv \
             varför."
        );
        assert_eq!(check_skal(&closed, " ").unwrap_err()[0].field, "skal");
        assert_eq!(check_skal(&closed, "Räknat fel"), Ok(Some("Räknat fel".to_owned())));
        assert_eq!(check_skal(&Andring::Fri, ""), Ok(None));
        let first = andring(true, &Utfall::default(), &b);
        assert!(matches!(first, Andring::MedSkal(_)), "what was missing when it was closed too");
        let text = andring(true, &a, &Utfall { analys: "Ny".into(), ..a.clone() });
        assert!(matches!(text, Andring::MedSkal(Skal { vad, .. }) if vad == ["analys"]));
    }

    #[test]
    fn a_preliminary_figure_that_becomes_final_has_its_reason() {
        let change = andring(true, &utfall(855, Mark::Preliminar), &utfall(857, Mark::Definitiv));
        assert!(matches!(change, Andring::MedSkal(Skal { forslag, .. }) if forslag.starts_with("Preliminärt värde")));
    }

    #[test]
    fn a_figure_from_a_source_is_typed_over_with_a_reason_and_replaced_by_the_source_without() {
        let kalla = Kalla::Serie(SerieId(uuid::Uuid::nil()));
        let fed = Utfall { harkomst: Harkomst::Matat(kalla), ..utfall(4, Mark::Definitiv) };
        let typed = utfall(5, Mark::Definitiv);
        let change = andring(false, &fed, &typed);
        assert!(matches!(&change, Andring::MedSkal(Skal { stangd: false, overskrivet: true, .. })));
        let kept = overskriven(&fed, typed, "Serien saknar mars");
        assert_eq!(kept.harkomst, Harkomst::Overskrivet { kalla, skal: "Serien saknar mars".into() });
        let once_more = Utfall { varden: utfall(7, Mark::Definitiv).varden, ..kept.clone() };
        assert!(matches!(andring(false, &kept, &once_more), Andring::MedSkal(Skal { overskrivet: true, .. })));
        let second = overskriven(&kept, once_more, "Även april saknas");
        assert_eq!(second.harkomst, Harkomst::Overskrivet { kalla, skal: "Även april saknas".into() });
        let gjord = langre(Sammanlagd::Summa, &[Some(Varde::of(Tal::whole(4)))]).unwrap();
        let matat = Matat { varden: fed.varden, manad: 4, gjord, grain: Grain::Manad, brott: None };
        let t1 = Utfallsperiod::tertial_1(2022);
        let back = restore(&second, &matat, t1).unwrap();
        assert_eq!((&back, andring(false, &second, &back)), (&fed, Andring::Fri));
        assert_eq!(overskriven(&second, back.clone(), ""), fed, "the source holds again");
        assert_eq!(restore(&fed, &matat, t1), None);
        let again = Utfall { harkomst: Harkomst::Matat(kalla), ..utfall(6, Mark::Definitiv) };
        assert_eq!(andring(false, &fed, &again), Andring::Fri);
        let analysed = Utfall { analys: "Bra".into(), ..fed.clone() };
        assert_eq!(andring(false, &fed, &analysed), Andring::Fri, "a text is not from the source");
    }
}
