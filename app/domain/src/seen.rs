//! Seen: what somebody saw when they filled a form in, as a short word. What has no version of its own is not overwritten by
//! one who has not read it: the form names what it saw, and the store refuses it when something else stands there now.

/// The word for these texts, in this order: FNV-1a with 64 bits, which is the same on every server. Not a secret.
#[must_use]
pub fn seen<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for text in texts {
        // a byte that no text holds parts one from the next
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_known_again_and_nothing_else_is_taken_for_it() {
        assert_eq!(seen(["a", "b"]), seen(["a", "b"]));
        for other in [vec!["ab"], vec!["b", "a"], vec!["a", "b", ""], vec!["a"], vec![]] {
            assert_ne!(seen(["a", "b"]), seen(other.iter().copied()), "{other:?}");
        }
    }
}
