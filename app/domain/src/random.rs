//! Random: bytes of the operating system, and what is made of them. What is made at random and is not an id is made of these,
//! since bits of a UUID say its version; ids are made in [`crate::id`].

/// `N` bytes that nobody can foresee.
///
/// # Panics
/// On an operating system that gives none: it would give no ids either.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("an operating system that we run on has random bytes");
    bytes
}

/// `N` such bytes as `2 * N` hexadecimal digits: for what stands in an address, a log or a text.
#[must_use]
pub fn hex<const N: usize>() -> String {
    hex::encode(bytes::<N>())
}

/// A short reference that the user can read out and the log can be searched for: eight hexadecimal digits.
#[must_use]
pub fn reference() -> String {
    hex::<4>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_is_either_in_time() {
        let (mut some, mut all) = ([0_u8; 16], [!0_u8; 16]);
        for _ in 0..64 {
            for (i, byte) in bytes::<16>().into_iter().enumerate() {
                some[i] |= byte;
                all[i] &= byte;
            }
        }
        // a bit that is always the same, as the version of a UUID is, would stand in one of them
        assert_eq!((some, all), ([!0; 16], [0; 16]));
    }

    #[test]
    fn a_reference_is_eight_digits() {
        assert!(reference().len() == 8 && reference().bytes().all(|b| b.is_ascii_hexdigit()));
    }
}
