//! Whole: a stickprov of all the cases there are is no sample: its share is the share, without an interval, and its draw can be
//! shown again.

use super::{Genomforande, Urval, result::interval_label};
use crate::{
    format,
    occurrence::Share,
    sample::{ALGORITHM, draw},
};

/// What stands in place of an interval.
pub const ALL: &str = "alla ärenden";

/// The interval of a share in words, or that it needs none.
#[must_use]
pub fn certain(share: Share, all: bool) -> String {
    if all { ALL.to_owned() } else { interval_label(share) }
}

/// A draw that was made again, now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// The rows that the seed gives, in the order drawn.
    pub rows: Vec<i64>,
    /// How many of them are the same as those that were kept, in the same place.
    pub same: usize,
}

impl Urval {
    /// Whether all cases were taken.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.n >= self.population
    }

    /// "20 av 347 ärenden", "alla 20 ärenden".
    #[must_use]
    pub fn words(&self) -> String {
        if self.is_all() {
            format!("alla {} ärenden", format::int(self.population))
        } else {
            format!("{} av {} ärenden", format::int(self.n), format::int(self.population))
        }
    }

    /// Draws again with the seed that was kept. `None` where it was drawn by an algorithm that is not this one.
    #[must_use]
    pub fn again(&self) -> Option<Again> {
        if self.algorithm != ALGORITHM {
            return None;
        }
        let (population, n) = (u32::try_from(self.population).ok()?, u32::try_from(self.n).ok()?);
        let rows: Vec<i64> = draw(population, n, self.seed).into_iter().map(i64::from).collect();
        let same = rows.iter().zip(&self.drawn).filter(|(now, kept)| now == kept).count();
        Some(Again { rows, same })
    }
}

impl Again {
    /// What was found, so that who looks after can believe it.
    #[must_use]
    pub fn sentence(&self, urval: &Urval) -> String {
        let (count, kept) = (self.rows.len(), urval.drawn.len());
        if self.same == count && count == kept {
            format!(
                "Dragningen gjordes om nyss, med fröet och antalet som står här. Den gav samma {} rader i samma ordning som \
                 när urvalet drogs. Den som har listan och fröet får alltid samma ärenden, också i ett annat program.",
                format::int(i64::try_from(count).unwrap_or(i64::MAX))
            )
        } else {
            format!(
                "Dragningen gjordes om nyss, men bara {} av {kept} rader är de som sparades. Urvalet kan ha ändrats sedan det \
                 drogs: visa det för den som ansvarar för systemet.",
                self.same
            )
        }
    }
}

impl Genomforande {
    /// Whether its share is of all the cases there are.
    #[must_use]
    pub fn is_of_all(&self) -> bool {
        self.urval.as_ref().is_some_and(Urval::is_all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Seed;

    fn urval(population: i64, n: i64) -> Urval {
        let seed = Seed([7; 32]);
        let of = |n: i64| u32::try_from(n).unwrap();
        let drawn = draw(of(population), of(n), seed).into_iter().map(i64::from).collect();
        Urval { population, n, seed, algorithm: ALGORITHM.to_owned(), from_list: true, drawn }
    }

    #[test]
    fn all_cases_are_no_sample_and_have_no_interval() {
        let share = Share { numerator: 11, denominator: 20 };
        assert_eq!(
            (urval(20, 20).words().as_str(), certain(share, true).as_str()),
            ("alla 20 ärenden", "alla ärenden")
        );
        assert!(urval(20, 20).is_all() && !urval(21, 20).is_all());
        assert_eq!(urval(347, 20).words(), "20 av 347 ärenden");
        assert_eq!(certain(share, false), interval_label(share));
    }

    #[test]
    fn a_draw_that_is_shown_again_is_the_same_and_one_that_was_changed_is_told() {
        let kept = urval(347, 20);
        let again = kept.again().unwrap();
        assert_eq!((again.rows.as_slice(), again.same), (kept.drawn.as_slice(), 20));
        assert!(again.sentence(&kept).contains("samma 20 rader i samma ordning"));
        let mut changed = kept.clone();
        changed.drawn.swap(0, 1);
        let again = changed.again().unwrap();
        assert!(again.sentence(&changed).contains("bara 18 av 20"), "{}", again.sentence(&changed));
        assert_eq!(Urval { algorithm: "version 0".into(), ..kept }.again(), None);
    }
}
