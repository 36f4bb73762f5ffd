//! Härledd: series that are reckoned from others when they are read: index, the mean of twelve, another series from the same
//! start. What is not sure of any part is not sure of the whole.

use std::collections::BTreeMap;

use super::slag::{Mark, Varde};
use crate::{period::Period, tal::Tal};

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

/// The mean of each time and the eleven before it, where all twelve have a value: what does not swing with the seasons.
#[must_use]
pub fn medel_av_tolv(values: &Tidsserie) -> Tidsserie {
    let of = |last: Period| {
        let mut period = last;
        let mut all = Vec::with_capacity(TWELVE);
        for _ in 0..TWELVE {
            all.push(*values.get(&period)?);
            period = period.before();
        }
        let sum: Tal = all.iter().map(|v| v.tal).sum();
        let mark = all.iter().map(|v| v.mark).max().unwrap_or(Mark::Definitiv);
        Some(Varde { tal: sum.over(Tal::whole(12))?, share: None, mark })
    };
    values.keys().filter_map(|p| Some((*p, of(*p)?))).collect()
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
