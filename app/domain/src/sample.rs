//! Sample: draws n of N at random so that anybody can draw the same again.
//!
//! **How a stranger repeats a draw.** Needed are N, n and the seed, all of which stand on the run's page.
//!
//! 1. The seed is 32 bytes, written as 64 hexadecimal digits. It is the key of the stream cipher ChaCha with 8 rounds
//!    (D. J. Bernstein, "ChaCha, a variant of Salsa20", 2008), block counter 0 and nonce 0. Its keystream is read as
//!    32-bit words, least significant byte first: w₁, w₂, …
//! 2. A number below m is made of the next word w: if w ≥ ⌊2³² / m⌋ · m the word is thrown away and the next is taken,
//!    otherwise the number is w mod m. So every number is as likely.
//! 3. Write the row numbers 1, 2, …, N in a line (Fisher–Yates, from the front). For i = 1, 2, …, n: take a number r
//!    below N − i + 1 and let the row numbers in places i and i + r change places. The first n are the sample, in the order
//!    drawn.

use std::{collections::HashMap, fmt, str::FromStr};

use hex::FromHex as _;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};
use serde::{Deserialize, Serialize};

/// The name of the algorithm, stored with every draw: a later one gets another name.
pub const ALGORITHM: &str = "ChaCha8 och Fisher–Yates, version 1";

/// The most cases that can be drawn from.
pub const POPULATION_MAX: i64 = 1_000_000;

/// What a draw is made of: 32 bytes, written as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seed(pub [u8; 32]);

impl Seed {
    /// A new seed: 256 random bits from the operating system.
    #[must_use]
    #[cfg(feature = "new-id")]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self(crate::random::bytes())
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl FromStr for Seed {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        <[u8; 32]>::from_hex(text.trim()).map(Self).map_err(|_| ())
    }
}

/// Draws `n` of the row numbers 1 to `population`, in the order drawn; all of them, shuffled, when `n` is larger.
#[must_use]
pub fn draw(population: u32, n: u32, seed: Seed) -> Vec<u32> {
    let mut words = ChaCha8Rng::from_seed(seed.0);
    // only the places that have changed: a population of a million costs no more than the sample
    let mut moved: HashMap<u32, u32> = HashMap::new();
    (0..n.min(population))
        .map(|i| {
            let j = i + below(&mut words, population - i);
            let at = |moved: &HashMap<u32, u32>, place: u32| moved.get(&place).copied().unwrap_or(place + 1);
            let (here, there) = (at(&moved, i), at(&moved, j));
            moved.insert(j, here);
            moved.insert(i, there);
            there
        })
        .collect()
}

/// A number below `m`, each as likely.
fn below(words: &mut ChaCha8Rng, m: u32) -> u32 {
    let limit = (1_u64 << 32) / u64::from(m) * u64::from(m);
    loop {
        let word = words.next_u32();
        if u64::from(word) < limit {
            return word % m;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seed(first: u8) -> Seed {
        let mut bytes = [0; 32];
        for (byte, value) in bytes.iter_mut().zip(first..) {
            *byte = value;
        }
        Seed(bytes)
    }

    #[test]
    fn a_stranger_who_follows_the_description_draws_the_same_cases() {
        // computed apart, by a program written in Python from the description at the top of this file
        assert_eq!(draw(20, 5, Seed([0; 32])), [19, 1, 16, 13, 17]);
        assert_eq!(
            draw(347, 20, seed(0)),
            [48, 194, 302, 269, 167, 84, 74, 79, 205, 143, 99, 17, 90, 299, 149, 304, 215, 114, 263, 187]
        );
    }

    #[test]
    fn a_seed_survives_being_written_down() {
        let text = seed(7).to_string();
        assert_eq!(text.len(), 64);
        for written in [&text, &text.to_uppercase(), &format!(" {text}\n")] {
            assert_eq!(written.parse(), Ok(seed(7)), "{written}");
        }
        for bad in ["", "07", &text[1..], &format!("{text}00"), &text.replace('0', "g"), &"å".repeat(32)] {
            assert_eq!(bad.parse::<Seed>(), Err(()), "{bad}");
        }
    }

    #[test]
    fn every_row_is_drawn_about_as_often() {
        // 2 of 10 in 4 000 draws: each row is expected 800 times, standard deviation 25
        let mut times = [0_i32; 10];
        for i in 0..4_000_u32 {
            let mut bytes = [0; 32];
            bytes[..4].copy_from_slice(&i.to_le_bytes());
            for row in draw(10, 2, Seed(bytes)) {
                times[row as usize - 1] += 1;
            }
        }
        assert!(times.iter().all(|t| (t - 800).abs() < 125), "{times:?}");
    }

    proptest! {
        #[test]
        fn a_sample_holds_different_rows_of_the_list_and_the_same_seed_gives_the_same(
            population in 1_u32..5_000, n in 0_u32..300, bytes in any::<[u8; 32]>()
        ) {
            let drawn = draw(population, n, Seed(bytes));
            prop_assert_eq!(drawn.len(), n.min(population) as usize);
            prop_assert!(drawn.iter().all(|row| (1..=population).contains(row)));
            let mut sorted = drawn.clone();
            sorted.sort_unstable();
            sorted.dedup();
            prop_assert_eq!(sorted.len(), drawn.len());
            prop_assert_eq!(drawn, draw(population, n, Seed(bytes)));
        }
    }
}
