//! What is known of a series and may be shown to who asks: read once, for page and workbook alike.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    period::Period,
    permission::{Action, Area},
    person::Actor,
    siffror::{
        dimension::{Dimension, DimensionsvardeId},
        fynd::{Fynd, fynd},
        harledd::Tidsserie,
        serie::{Content, Serie, SerieId},
        siffra::{Plats, Siffra},
        slag::{Slag, Varde},
        tabell::{delar, totaler},
    },
    tal::Tal,
};
use store::{Tx, serie};

use crate::error::AppError;

/// Why a value is not shown.
pub const DOLT: &str = "döljs: så få att någon kan kännas igen";

/// The values of one dimension.
pub struct Uppdelat {
    /// Each value of it that has figures, in order.
    pub delar: Vec<(DimensionsvardeId, Tidsserie)>,
}

/// What of the values of a series is shown to somebody.
pub struct Visat {
    /// The totals.
    pub totaler: Tidsserie,
    /// The parts, one for each dimension of the series.
    pub uppdelat: Vec<Uppdelat>,
    /// The times whose total is hidden.
    pub dolda_totaler: BTreeSet<Period>,
    /// The times whose parts are hidden.
    pub dolda_delar: BTreeSet<Period>,
    /// The places of all that is hidden: a file says that there is something.
    pub dolda_platser: Vec<(Period, Plats)>,
    /// The times of which it is known that there is no total, each with its word.
    pub utan: BTreeMap<Period, String>,
}

/// A series as somebody sees it.
pub struct Data {
    /// The series.
    pub serie: Serie,
    /// Its dimensions, in its order.
    pub dimensioner: Vec<Dimension>,
    /// What is shown.
    pub visat: Visat,
    /// All that is stored, as far as it is shown.
    pub alla: Vec<Siffra>,
    /// Whether the person sees small numbers too.
    pub ser_allt: bool,
    /// Whether the person may change what it is.
    pub may_edit: bool,
    /// Whether the person may write values.
    pub may_fill: bool,
}

impl Data {
    /// The line that the page is about: the unit's own value of the first dimension, or the totals.
    #[must_use]
    pub fn huvud(&self) -> &Tidsserie {
        let own = self.serie.content.egen.and_then(|egen| {
            let parts = &self.visat.uppdelat.first()?.delar;
            parts.iter().find(|(id, _)| *id == egen).map(|(_, values)| values)
        });
        own.unwrap_or(&self.visat.totaler)
    }

    /// The times whose value of that line is hidden.
    #[must_use]
    pub fn dolda(&self) -> &BTreeSet<Period> {
        if self.serie.content.egen.is_some() { &self.visat.dolda_delar } else { &self.visat.dolda_totaler }
    }

    /// What the values say.
    #[must_use]
    pub fn fynd(&self, today: NaiveDate) -> Fynd {
        fynd(&self.serie.content, self.huvud(), today)
    }

    /// The last time that something is known of, also that there is no value.
    #[must_use]
    pub fn senast_kand(&self) -> Option<Period> {
        self.alla.iter().map(|s| s.period).chain(self.dolda().iter().copied()).max()
    }
}

/// Whether somebody may write the values of a series: who may change it, and who is to fill it.
#[must_use]
pub fn may_fill(actor: &Actor, serie: &Serie) -> bool {
    let node = serie.node;
    actor.may(node, Area::Serie, Action::Edit)
        || actor.may(node, Area::Serie, Action::TickOwn) && actor.is_responsible(serie.content.responsible, node)
}

/// Whether a value tells of one to four persons or households: they could be recognised.
fn is_small(content: &Content, varde: &Varde) -> bool {
    let few = |n: i64| (1..=4).contains(&n);
    match content.slag {
        Slag::Bestand | Slag::Flode => varde.tal > Tal::ZERO && varde.tal < Tal::whole(5),
        Slag::Andel => varde.share.is_some_and(|s| few(s.numerator) || few(s.denominator - s.numerator)),
        Slag::Belopp | Slag::Medel => false,
    }
}

/// What of all values is shown. To who does not see all: where one part of a time is so small that it is hidden, all parts of that
/// time are, for what is left could be reckoned from the total; and a total that is so small itself.
#[must_use]
pub fn shown_to(
    content: &Content,
    dimensioner: &[Dimension],
    all: Vec<Siffra>,
    ser_allt: bool,
) -> (Visat, Vec<Siffra>) {
    let is_total = |s: &Siffra| s.plats.0.iter().all(Option::is_none);
    let mut totals = totaler(content, &all, dimensioner);
    let (mut dolda_totaler, mut dolda_delar) = (BTreeSet::new(), BTreeSet::new());
    if content.skyddas && !ser_allt && !dimensioner.is_empty() {
        let small = |s: &&Siffra| !is_total(s) && s.varde.is_some_and(|v| is_small(content, &v));
        dolda_delar = all.iter().filter(small).map(|s| s.period).collect();
        dolda_totaler = totals.iter().filter(|(_, v)| is_small(content, v)).map(|(p, _)| *p).collect();
        // the parts of a total that is hidden make it
        dolda_delar.extend(dolda_totaler.iter().copied());
    }
    totals.retain(|p, _| !dolda_totaler.contains(p));
    let hidden =
        |s: &Siffra| if is_total(s) { dolda_totaler.contains(&s.period) } else { dolda_delar.contains(&s.period) };
    let (dolda, all): (Vec<Siffra>, Vec<Siffra>) = all.into_iter().partition(hidden);
    let dolda_platser = dolda.into_iter().map(|s| (s.period, s.plats)).collect();
    let uppdelat =
        dimensioner.iter().enumerate().map(|(at, dim)| Uppdelat { delar: delar(content, &all, dim, at) }).collect();
    let utan = all.iter().filter(|s| is_total(s) && s.varde.is_none()).map(|s| (s.period, s.not.clone())).collect();
    (Visat { totaler: totals, uppdelat, dolda_totaler, dolda_delar, dolda_platser, utan }, all)
}

/// Reads a series for somebody.
pub async fn read(tx: &mut Tx, actor: &Actor, id: SerieId) -> Result<Data, AppError> {
    let found = serie::get(tx, id).await?;
    let dimensioner = serie::dimension::of_serie(tx, &found).await?;
    let all = serie::siffra::all(tx, id, found.content.dimensioner.len()).await?;
    let may_edit = actor.may(found.node, Area::Serie, Action::Edit);
    let may_fill = may_fill(actor, &found);
    let ser_allt = may_edit || actor.is_responsible(found.content.responsible, found.node);
    let (visat, alla) = shown_to(&found.content, &dimensioner, all, ser_allt);
    Ok(Data { serie: found, dimensioner, visat, alla, ser_allt, may_edit, may_fill })
}

#[cfg(test)]
mod tests {
    use domain::siffror::{
        dimension::{DimensionId, Dimensionsvarde},
        serie::{Form, check},
        siffra::Ursprung,
    };

    use super::*;

    fn id(n: u128) -> DimensionsvardeId {
        DimensionsvardeId(uuid::Uuid::from_u128(n))
    }

    fn types() -> Dimension {
        let varde = |n: u128| Dimensionsvarde {
            id: id(n),
            namn: format!("Typ {n}"),
            kod: String::new(),
            grupp: None,
            fran: None,
            till: None,
            ersatt_av: None,
            kallas: vec![],
        };
        Dimension {
            id: DimensionId(uuid::Uuid::nil()),
            node: domain::id::NodeId(uuid::Uuid::nil()),
            namn: "Hushållstyp".into(),
            values: vec![varde(1), varde(2)],
            version: 1,
        }
    }

    fn of(parts: [i64; 2], ser_allt: bool) -> (usize, usize) {
        let form = Form {
            namn: "Hushåll".into(),
            enhet: "hushåll".into(),
            slag: "bestand".into(),
            grain: "manad".into(),
            skyddas: "on".into(),
            ..Form::default()
        };
        let siffra = |n: u128, tal: i64| Siffra {
            period: Period::Month(2022, 1),
            plats: Plats(vec![Some(id(n))]),
            varde: Some(Varde::of(Tal::whole(tal))),
            not: String::new(),
            sedd: NaiveDate::default(),
            ursprung: Ursprung::Inskriven,
            revision: 1,
        };
        let all = vec![siffra(1, parts[0]), siffra(2, parts[1])];
        let (visat, _) = shown_to(&check(&form, None).unwrap(), &[types()], all, ser_allt);
        (visat.totaler.len(), visat.uppdelat[0].delar.len())
    }

    #[test]
    fn a_small_part_hides_all_parts_of_its_time_and_the_total_stays() {
        assert_eq!(of([291, 2], false), (1, 0));
        assert_eq!(of([291, 2], true), (1, 2), "who fills it sees it");
        assert_eq!(of([291, 26], false), (1, 2));
        assert_eq!(of([291, 0], false), (1, 2), "nobody is nobody to recognise");
        assert_eq!(of([2, 1], false), (0, 0), "the total is as small");
    }
}
