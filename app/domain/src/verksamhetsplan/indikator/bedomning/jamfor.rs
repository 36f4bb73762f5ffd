//! Jämför: a figure against a goal, in whole ten-thousandths of a twelfth, so that a part of a year's goal is exact too.

use crate::{
    format::NBSP,
    tal::{DECIMALS, Tal},
    verksamhetsplan::indikator::{
        Content,
        mal::{Mal, Tolerans},
        slag::{Riktning, Slag},
        status::Status,
    },
};

/// So much of a figure, in twelfths of ten-thousandths: a goal of a year and its part of so many months have the same measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Matt(i128);

impl Matt {
    /// The part of a figure that so many months of twelve are.
    pub(super) fn of(tal: Tal, manader: u32) -> Self {
        Self(i128::from(tal.stored()) * i128::from(manader))
    }

    /// A figure as it is.
    fn whole(tal: Tal) -> Self {
        Self::of(tal, 12)
    }

    fn minus(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }

    /// Per cent of another, to be shown; none of nought.
    fn per_cent_of(self, other: Self) -> Option<Tal> {
        let (part, whole) = (i64::try_from(self.0).ok()?, i64::try_from(other.0.abs()).ok()?);
        Tal::per_cent(part, whole)
    }

    /// Whether it is at most so many per cent of another. Nothing is rounded.
    fn is_within(self, per_cent: Tal, other: Self) -> bool {
        // per cent are kept in ten-thousandths
        self.0 * 1_000_000 <= i128::from(per_cent.stored()) * other.0.abs()
    }

    /// To be shown, rounded.
    pub(super) fn with_decimals(self, decimals: u32) -> String {
        let twelfth = i64::try_from(self.0).ok().map(Tal::of_stored).and_then(|tal| tal.over(Tal::whole(12)));
        twelfth.unwrap_or_default().with_decimals(decimals.min(DECIMALS))
    }
}

/// How far a figure is from a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Avstand {
    /// What that gives.
    pub status: Status,
    /// How far it is from being reached, in per cent of the goal; none where it is reached, and of a goal of nought.
    pub procent: Option<Tal>,
    /// By how much it is passed, in per cent of the goal. None where it is not reached, where the goal is nought or two limits, and of a
    /// share that cannot be better.
    pub marginal: Option<Tal>,
}

impl Avstand {
    /// `Avståndet är 14,6 %, gränsen för delvis 10 %.`; none where the goal is reached.
    pub(super) fn said(&self, content: &Content, manader: u32) -> Option<String> {
        if self.status == Status::Uppnas {
            return None;
        }
        let limit = match content.tolerans {
            Tolerans::Enhet(units) if manader < 12 => format!("{} på ett år", Tolerans::Enhet(units).said(content)),
            tolerans => tolerans.said(content),
        };
        Some(match (self.procent, content.tolerans) {
            (Some(distance), Tolerans::Procent(of)) => {
                format!("Avståndet är {}, gränsen för delvis {limit}.", shown(distance, of))
            }
            (Some(distance), Tolerans::Enhet(_)) => {
                format!("Avståndet är {}, gränsen för delvis {limit}.", shown(distance, distance))
            }
            (None, Tolerans::Enhet(_)) => format!("Gränsen för delvis är {limit}."),
            (None, Tolerans::Procent(_)) => "Ett mål på 0 uppnås helt eller inte alls.".to_owned(),
        })
    }
}

/// Per cent with one decimal, and with as many more as it takes to be seen as another than nought and than the limit that it is not.
pub(super) fn shown(per_cent: Tal, limit: Tal) -> String {
    let is_told = |decimals: &u32| {
        let rounded = per_cent.rounded(*decimals);
        rounded != Tal::ZERO && (rounded != limit || per_cent == limit)
    };
    let decimals = (1..=DECIMALS).find(is_told).unwrap_or(DECIMALS);
    format!("{}{NBSP}%", per_cent.with_decimals(decimals))
}

/// A figure, rounded as it is compared, against as much of a goal as so many months of twelve are. None where the goal is no number, or
/// where it does not fit the direction.
pub(super) fn jamfor(content: &Content, mal: &Mal, tal: Tal, manader: u32) -> Option<Avstand> {
    let figure = Matt::whole(tal);
    let part = |tal: Tal| Matt::of(content.rounded(tal), manader);
    // the goal that is missed, or the nearest one, and by how much
    let (goal, off) = match (content.riktning, mal) {
        (Riktning::Hogre, Mal::Tal(goal)) => (part(*goal), part(*goal).minus(figure)),
        (Riktning::Lagre, Mal::Tal(goal)) => (part(*goal), figure.minus(part(*goal))),
        (Riktning::Inom, Mal::Inom { fran, till }) => {
            let (fran, till) = (part(*fran), part(*till));
            let (below, above) = (fran.minus(figure), figure.minus(till));
            if below > above { (fran, below) } else { (till, above) }
        }
        _ => return None,
    };
    if off.0 <= 0 {
        let best = match content.riktning {
            Riktning::Hogre => content.slag == Slag::Andel && tal >= Tal::HUNDRED,
            Riktning::Lagre => content.slag == Slag::Andel && tal <= Tal::ZERO,
            Riktning::Inom => true,
        };
        let marginal = (!best).then(|| Matt(-off.0).per_cent_of(goal)).flatten();
        return Some(Avstand { status: Status::Uppnas, procent: None, marginal });
    }
    let is_near = match content.tolerans {
        // of nought nothing is so many per cent
        Tolerans::Procent(limit) => goal.0 != 0 && off.is_within(limit, goal),
        Tolerans::Enhet(units) => off <= Matt::of(units, manader),
    };
    let status = if is_near { Status::Delvis } else { Status::InteAlls };
    Some(Avstand { status, procent: off.per_cent_of(goal), marginal: None })
}
