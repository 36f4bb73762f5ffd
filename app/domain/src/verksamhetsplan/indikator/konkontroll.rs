//! Könskontroll: whether a figure in all agrees with those of kvinnor and män. How depends on the kind: a share or a mean lies between
//! them, what is counted is their sum. What does not agree is told of; nothing is refused and nothing corrected.

use super::{Content, ruta, slag::Slag, utfall::Varden};
use crate::{
    genomforande::result::{Difference, difference},
    occurrence::{Andel, Share},
    siffror::slag::Varde,
    tal::{DECIMALS, Tal},
};

/// What does not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Konflagga {
    /// A share or a mean in all lies outside those of kvinnor and män.
    Utanfor {
        /// The figure in all.
        total: Tal,
        /// The lower of the two.
        minst: Tal,
        /// The higher of the two.
        hogst: Tal,
    },
    /// The parts are more than all.
    ForMycket {
        /// The figure in all.
        total: Tal,
        /// What the known parts make.
        delar: Tal,
    },
    /// With those whose kön is not known, the parts are not all.
    Summa {
        /// The figure in all.
        total: Tal,
        /// What the parts make.
        delar: Tal,
    },
    /// Täljare or nämnare of the parts do not make those of all.
    Antal {
        /// Täljare and nämnare of everybody.
        total: Share,
        /// What the parts make.
        delar: Share,
    },
    /// More fulfil than were looked at.
    Taljare(Share),
}

impl Konflagga {
    /// In sentences, with what can be the cause.
    #[must_use]
    pub fn said(&self, content: &Content) -> String {
        let shown = |tal: Tal| content.with_unit(tal);
        let (of, int) =
            (|share: Share| ruta::delar(&Varde { share: Some(share), ..Varde::of(Tal::ZERO) }), crate::format::int);
        match self {
            Self::Utanfor { total, minst, hogst } => format!(
                "Totalen {} ligger inte mellan kvinnors och mäns värden, {} och {}.{}",
                shown(*total),
                content.shown(*minst),
                shown(*hogst),
                if content.slag == Slag::Andel { " Har de olika nämnare?" } else { "" }
            ),
            Self::ForMycket { total, delar } => {
                format!("Kvinnor och män är tillsammans {}, mer än totalen {}.", shown(*delar), shown(*total))
            }
            Self::Summa { total, delar } => {
                format!("Kvinnor, män och okänt blir tillsammans {}, men totalen är {}.", shown(*delar), shown(*total))
            }
            Self::Antal { total, delar } => format!(
                "Könen blir tillsammans {}, men totalen är {}.",
                of(*delar).unwrap_or_default(),
                of(*total).unwrap_or_default()
            ),
            Self::Taljare(share) => {
                format!("Täljaren {} är större än nämnaren {}.", int(share.numerator), int(share.denominator))
            }
        }
    }
}

/// What does not agree in a figure by kön.
#[must_use]
pub fn konkontroll(content: &Content, varden: &Varden) -> Vec<Konflagga> {
    let shares = || varden.alla().filter_map(|v| v.share);
    let mut flaggor: Vec<Konflagga> =
        shares().filter(|share| share.numerator > share.denominator).map(Konflagga::Taljare).collect();
    let Some(total) = varden.total else { return flaggor };
    if let Some((total, delar, agrees)) = antal(total.share, varden) {
        flaggor.extend((!agrees).then_some(Konflagga::Antal { total, delar }));
    } else if content.slag.adds_up() {
        flaggor.extend(summa(content, total.tal, varden));
    } else {
        flaggor.extend(mellan(content, total.tal, varden));
    }
    flaggor
}

/// Täljare and nämnare of all and of the parts, and whether they agree, where all three are known: then they decide, and the shares follow
/// from them.
fn antal(total: Option<Share>, varden: &Varden) -> Option<(Share, Share, bool)> {
    let (total, kvinnor, man) = (total?, varden.kvinnor?.share?, varden.man?.share?);
    let okant = varden.okant.and_then(|v| v.share);
    let sum = |of: fn(&Share) -> i64| of(&kvinnor) + of(&man) + okant.as_ref().map_or(0, of);
    let delar = Share { numerator: sum(|s| s.numerator), denominator: sum(|s| s.denominator) };
    let rest = (total.numerator - delar.numerator, total.denominator - delar.denominator);
    // those whose kön nobody has said are the rest, and can be
    let agrees = if okant.is_some() { rest == (0, 0) } else { rest.0 >= 0 && rest.1 >= rest.0 };
    Some((total, delar, agrees))
}

/// A share or a mean lies between the two, but for half a last decimal; where there are others too, it can be anywhere.
fn mellan(content: &Content, total: Tal, varden: &Varden) -> Option<Konflagga> {
    let (kvinnor, man) = (varden.kvinnor?.tal, varden.man?.tal);
    if varden.okant.is_some() {
        return None;
    }
    let (minst, hogst) = (kvinnor.min(man), kvinnor.max(man));
    let half = halv(content);
    // doubled, so that a half is whole
    let double = |tal: Tal| tal.stored().saturating_mul(2);
    let is_outside = double(total) < double(minst) - half || double(total) > double(hogst) + half;
    is_outside.then_some(Konflagga::Utanfor { total, minst, hogst })
}

/// A last decimal in ten-thousandths: twice the half that a rounded figure can be off by.
fn halv(content: &Content) -> i64 {
    10_i64.pow(DECIMALS.saturating_sub(content.decimaler))
}

/// What is counted is the sum of its parts: with those whose kön is not known exactly, without them at most. Figures that can have been
/// rounded may be off by half a last decimal each.
fn summa(content: &Content, total: Tal, varden: &Varden) -> Option<Konflagga> {
    let known: Vec<Tal> = varden.delar().into_iter().flatten().map(|v| v.tal).collect();
    if known.is_empty() {
        return None;
    }
    let delar: Tal = known.iter().copied().sum();
    let whole = std::iter::once(&total).chain(&known).all(|tal| tal.int().is_some());
    let is_exact = content.slag == Slag::Antal || content.slag == Slag::Bestand && whole;
    let figures = i64::try_from(known.len() + 1).unwrap_or(i64::MAX);
    let slack = if is_exact { 0 } else { halv(content).saturating_mul(figures) };
    let over = (delar - total).stored().saturating_mul(2);
    let all = varden.okant.is_some() && varden.kvinnor.is_some() && varden.man.is_some();
    let negative = known.iter().any(|tal| *tal < Tal::ZERO);
    match () {
        () if all && over.abs() > slack => Some(Konflagga::Summa { total, delar }),
        () if !all && !negative && over > slack => Some(Konflagga::ForMycket { total, delar }),
        () => None,
    }
}

/// Whether a share differs between kvinnor and män by more than chance gives ([`difference`]), in a sentence. None without täljare and
/// nämnare of both.
#[must_use]
pub fn konskillnad(varden: &Varden) -> Option<&'static str> {
    let share = |varde: Option<Varde>| varde.and_then(|v| v.share);
    let andel = Andel { total: None, kvinnor: share(varden.kvinnor), man: share(varden.man) };
    match difference(&andel) {
        Difference::Larger(_) => Some("Skillnaden mellan könen är större än vad slumpen brukar ge."),
        Difference::NotLarger(_) => Some("Skillnaden mellan könen är inte större än slumpen kan ge."),
        Difference::NotComparable => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verksamhetsplan::indikator::{
        tests::{andel, antal as antal_content, belopp, tal},
        utfall,
    };

    fn varden(all: [&str; 4]) -> Varden {
        let of = |text: &str| (!text.is_empty()).then(|| Varde::of(tal(text)));
        let [total, kvinnor, man, okant] = all.map(of);
        Varden { total, kvinnor, man, okant }
    }

    fn delade(all: [(i64, i64); 3]) -> Varden {
        let of = |(numerator, denominator)| utfall::andel(Share { numerator, denominator });
        let [total, kvinnor, man] = all.map(of);
        Varden { total, kvinnor, man, okant: None }
    }

    #[test]
    fn a_share_lies_between_kvinnor_and_man_and_is_flagged_outside() {
        let content = andel("75 %");
        let flagged = konkontroll(&content, &varden(["77.78", "45", "71", ""]));
        assert_eq!(flagged.len(), 1);
        assert_eq!(
            flagged[0].said(&content),
            "Totalen 77,78\u{a0}% ligger inte mellan kvinnors och mäns värden, 45 och 71\u{a0}%. Har de olika nämnare?"
        );
        for all in [
            ["60", "45", "71", ""],
            ["71", "71", "45", ""],
            // half a last decimal of two
            ["71.005", "45", "71", ""],
            ["77.78", "45", "71", "90"],
            ["77.78", "45", "", ""],
            ["77.78", "", "", ""],
            ["", "45", "71", ""],
        ] {
            assert_eq!(konkontroll(&content, &varden(all)), [], "{all:?}");
        }
        assert_eq!(konkontroll(&content, &varden(["71.0051", "45", "71", ""])).len(), 1);
    }

    #[test]
    fn a_count_is_the_sum_of_its_parts_and_not_between_them() {
        let content = antal_content("400 st");
        for all in
            [["317", "152", "165", ""], ["317", "150", "160", ""], ["317", "150", "160", "7"], ["317", "100", "", ""]]
        {
            assert_eq!(konkontroll(&content, &varden(all)), [], "{all:?}");
        }
        let more = konkontroll(&content, &varden(["317", "165", "165", ""]));
        assert_eq!(more[0].said(&content), "Kvinnor och män är tillsammans 330\u{a0}st, mer än totalen 317\u{a0}st.");
        let less = konkontroll(&content, &varden(["317", "150", "160", "5"]));
        assert!(matches!(less[..], [Konflagga::Summa { .. }]));
    }

    #[test]
    fn rounded_amounts_may_be_off_by_their_rounding() {
        let content = belopp("500 tkr");
        assert_eq!(konkontroll(&content, &varden(["100", "50", "51", ""])), []);
        assert_eq!(konkontroll(&content, &varden(["100", "50", "52", ""])).len(), 1);
        assert_eq!(konkontroll(&content, &varden(["-100", "-50", "-50", ""])), []);
    }

    #[test]
    fn a_difference_between_kvinnor_and_man_is_held_against_chance() {
        let few = konskillnad(&delade([(29, 35), (14, 18), (15, 17)]));
        assert_eq!(few, Some("Skillnaden mellan könen är inte större än slumpen kan ge."));
        let many = konskillnad(&delade([(200, 400), (50, 200), (150, 200)]));
        assert_eq!(many, Some("Skillnaden mellan könen är större än vad slumpen brukar ge."));
        assert_eq!(konskillnad(&varden(["60", "45", "71", ""])), None);
    }

    #[test]
    fn taljare_and_namnare_make_those_of_all() {
        let content = andel("75 %");
        assert_eq!(konkontroll(&content, &delade([(29, 35), (14, 18), (15, 17)])), []);
        // two whose kön is not known, one of them fulfils
        assert_eq!(konkontroll(&content, &delade([(30, 37), (14, 18), (15, 17)])), []);
        for wrong in [[(28, 35), (14, 18), (15, 17)], [(29, 34), (14, 18), (15, 17)], [(32, 36), (14, 18), (15, 17)]] {
            let flagged = konkontroll(&content, &delade(wrong));
            assert!(matches!(flagged[..], [Konflagga::Antal { .. }]), "{wrong:?}");
        }
        let said = konkontroll(&content, &delade([(28, 35), (14, 18), (15, 17)]))[0].said(&content);
        assert_eq!(said, "Könen blir tillsammans 29 av 35, men totalen är 28 av 35.");
        let over = konkontroll(&content, &delade([(18, 17), (0, 0), (0, 0)]));
        assert_eq!(over[0].said(&content), "Täljaren 18 är större än nämnaren 17.");
    }
}
