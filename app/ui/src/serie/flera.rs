//! Flera: many series of a unit read at once, with what those that are reckoned are made of: a few queries, however many they are.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use domain::{
    period::{Grain, Period},
    person::Actor,
    siffror::{
        dimension::{Dimension, DimensionId},
        harledd::{Harledd, Sedan},
        manad::star_i,
        serie::{Serie, SerieId},
        siffra::Siffra,
        tabell::SENASTE,
        visad::Dolda,
        visning::{Visning, parted},
    },
};
use store::{
    Tx,
    serie::{self, siffra::Vilka},
};

use super::{
    data::{self, Data},
    harledd,
};
use crate::error::AppError;

/// So many months before the one whose mean of twelve it is have their part in it.
const BEFORE_OF_MEAN: i64 = 11;
/// So many times more are read of a part: the mean of the first time that is looked at, and a part that is ahead of the other.
const MORE_OF_PART: usize = 12;

/// Which times are read.
#[derive(Clone, Copy)]
pub enum Tider {
    /// All.
    Alla,
    /// The last of each series, where many stand beside each other: [`SENASTE`].
    Senaste,
    /// The time that stands in a month, and so many before it of its grain. A series that has none there is not read.
    Manad(Period, fn(Grain) -> i64),
}

/// What is read of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Fonster {
    /// So many of its last times.
    Senaste(usize),
    /// From one time to another.
    Mellan(Period, Period),
}

impl Tider {
    /// What is read of a series for its own sake.
    fn own(self, grain: Grain) -> Option<Fonster> {
        match self {
            Self::Alla => Some(Fonster::Senaste(usize::MAX)),
            Self::Senaste => Some(Fonster::Senaste(SENASTE)),
            Self::Manad(manad, before) => {
                let last = star_i(manad, grain)?;
                Some(Fonster::Mellan(back(last, before(grain)), last))
            }
        }
    }

    /// What is read of a part of what is reckoned, by what is made of it then.
    fn part(self, grain: Grain, sedan: Option<Sedan>) -> Option<Fonster> {
        Some(match (self.own(grain)?, sedan) {
            // its base can be of any time
            (Fonster::Senaste(_), Some(Sedan::Index(_))) => Fonster::Senaste(usize::MAX),
            (Fonster::Senaste(n), None) => Fonster::Senaste(n.saturating_add(MORE_OF_PART)),
            (Fonster::Senaste(n), Some(Sedan::MedelAvTolv)) => Fonster::Senaste(n.saturating_add(2 * MORE_OF_PART)),
            (Fonster::Mellan(first, last), Some(Sedan::Index(bas))) if bas.grain() == grain => {
                Fonster::Mellan(first.min(bas), last.max(bas))
            }
            (Fonster::Mellan(first, last), Some(Sedan::MedelAvTolv)) => {
                Fonster::Mellan(back(first, BEFORE_OF_MEAN), last)
            }
            (whole @ Fonster::Mellan(..), _) => whole,
        })
    }
}

fn back(period: Period, n: i64) -> Period {
    Period::of_ordinal(period.ordinal() - n, period.grain())
}

/// Reads those of all series of a unit that are wanted, for somebody or, with `for_all`, for where everybody sees them; in the order in
/// which they were given. `alla` has also those that the wanted are reckoned from.
pub async fn read(
    tx: &mut Tx,
    actor: &Actor,
    alla: &[Serie],
    wanted: &HashSet<SerieId>,
    for_all: bool,
    tider: Tider,
) -> Result<Vec<Data>, AppError> {
    let Some(node) = alla.first().map(|serie| serie.node) else { return Ok(vec![]) };
    let by_id: HashMap<SerieId, &Serie> = alla.iter().map(|s| (s.id, s)).collect();
    let mut needed: BTreeMap<Fonster, HashSet<SerieId>> = BTreeMap::new();
    for serie in alla.iter().filter(|s| wanted.contains(&s.id)) {
        let (grain, harledd) = (serie.content.grain, serie.content.harledd);
        let sedan = harledd.and_then(|h| h.sedan);
        let fonster = if harledd.is_some() { tider.part(grain, sedan) } else { tider.own(grain) };
        let ids = harledd.iter().flat_map(Harledd::parts).map(|led| led.serie);
        let ids = ids.chain(harledd.is_none().then_some(serie.id)).filter(|id| by_id.contains_key(id));
        if let Some(fonster) = fonster {
            needed.entry(fonster).or_default().extend(ids);
        }
    }
    let dimensioner: HashMap<DimensionId, Dimension> =
        serie::dimension::list(tx, node).await?.into_iter().map(|d| (d.id, d)).collect();
    let mut found: HashMap<(Fonster, SerieId), Data> = HashMap::new();
    for (fonster, ids) in needed {
        let of: Vec<&Serie> = ids.iter().filter_map(|id| by_id.get(id).copied()).collect();
        for data in held(tx, actor, &of, &dimensioner, for_all, fonster).await? {
            found.insert((fonster, data.serie.id), data);
        }
    }
    let mut reckoned: HashMap<SerieId, Data> = HashMap::new();
    for serie in alla.iter().filter(|s| wanted.contains(&s.id)) {
        let Some(harledd) = serie.content.harledd else { continue };
        let Some(fonster) = tider.part(serie.content.grain, harledd.sedan) else { continue };
        let parts = harledd.parts().filter_map(|led| Some((led, found.get(&(fonster, led.serie))?)));
        let parts: Vec<_> = parts.collect();
        reckoned.insert(serie.id, harledd::reckoned(actor, serie.clone(), &parts));
    }
    let own = |serie: &Serie| Some((tider.own(serie.content.grain)?, serie.id));
    let all = alla.iter().filter(|s| wanted.contains(&s.id));
    Ok(all.filter_map(|s| reckoned.remove(&s.id).or_else(|| found.remove(&own(s)?))).collect())
}

/// Series that have values of their own, with those of some times; of what may be hidden every value that there ever was is asked.
async fn held(
    tx: &mut Tx,
    actor: &Actor,
    alla: &[&Serie],
    dimensioner: &HashMap<DimensionId, Dimension>,
    for_all: bool,
    fonster: Fonster,
) -> Result<Vec<Data>, AppError> {
    let hides = |serie: &Serie| data::is_guarded(actor, serie, for_all);
    let ids = |hidden: bool| alla.iter().filter(|s| hides(s) == hidden).map(|s| s.id).collect::<Vec<_>>();
    let (free, guarded) = (ids(false), ids(true));
    let (mut values, mut versions): (HashMap<SerieId, Vec<Siffra>>, HashMap<SerieId, Vec<Siffra>>) = match fonster {
        Fonster::Senaste(n) => {
            (serie::siffra::latest(tx, &free, n).await?, serie::siffra::latest_versions(tx, &guarded, n).await?)
        }
        Fonster::Mellan(first, last) => (
            serie::siffra::mellan(tx, &free, (first, last), Vilka::Gallande).await?,
            serie::siffra::mellan(tx, &guarded, (first, last), Vilka::Alla).await?,
        ),
    };
    // whether a total is whole is asked of all times, as on the page of the series
    let is_summed = |s: &&&Serie| s.content.dimensioner.len() == 1 && s.content.slag.adds_up();
    let summed: Vec<SerieId> = match fonster {
        Fonster::Senaste(_) => vec![],
        Fonster::Mellan(..) => alla.iter().filter(is_summed).map(|s| s.id).collect(),
    };
    let mut sedda = serie::siffra::sedda(tx, &summed).await?;
    let of = |serie: &&Serie| {
        let dims: Vec<Dimension> =
            serie.content.dimensioner.iter().filter_map(|id| dimensioner.get(id).cloned()).collect();
        let (all, dolda) = match versions.remove(&serie.id) {
            Some(every) => parted(&serie.content, &dims, every),
            None => (values.remove(&serie.id).unwrap_or_default(), Dolda::default()),
        };
        let visning = match sedda.remove(&serie.id) {
            Some(sedda) => Visning::of_some(&serie.content, dims, all, &sedda, dolda),
            None => Visning::of(&serie.content, dims, all, dolda),
        };
        data::of(actor, (*serie).clone(), Arc::new(visning))
    };
    Ok(alla.iter().map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(n: u32) -> Period {
        Period::Month(2021, n)
    }

    #[test]
    fn of_a_part_as_much_is_read_as_an_index_or_a_mean_looks_back() {
        let last = Tider::Senaste;
        let index = Some(Sedan::Index(month(1)));
        assert_eq!(last.part(Grain::Manad, index), Some(Fonster::Senaste(usize::MAX)));
        assert_eq!(last.part(Grain::Manad, Some(Sedan::MedelAvTolv)), Some(Fonster::Senaste(SENASTE + 24)));
        let of_december = Tider::Manad(month(12), |_| 2);
        assert_eq!(of_december.own(Grain::Manad), Some(Fonster::Mellan(month(10), month(12))));
        assert_eq!(of_december.part(Grain::Manad, index), Some(Fonster::Mellan(month(1), month(12))));
        let eleven_more = Period::Month(2020, 11);
        let mean = of_december.part(Grain::Manad, Some(Sedan::MedelAvTolv));
        assert_eq!(mean, Some(Fonster::Mellan(eleven_more, month(12))));
        let in_may = Tider::Manad(month(5), |_| 2);
        assert_eq!(in_may.own(Grain::Kvartal), None, "a quarter stands where it ends");
    }
}
