//! Seal: attachments at rest, XChaCha20-Poly1305 under a key that only the environment of the server knows. Who has the
//! database file or a backup reads none of them. A sealed file belongs to its case and its row: moved to another it does
//! not open.

use std::{fmt, str::FromStr};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Generate, Payload},
};
use uuid::Uuid;

/// What a sealed file begins with: which way it was sealed.
const WAY: u8 = 1;
const NONCE: usize = 24;

/// The key: 32 bytes, written as 64 hexadecimal digits. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// A new one at random, for a demonstration whose database does not outlive it.
    #[must_use]
    pub fn random() -> Self {
        Self(domain::sample::Seed::new().0)
    }

    /// Seals the content of attachment `id` of case `of`. `None` when it is larger than any file is, or there is no
    /// randomness to be had.
    #[must_use]
    pub fn seal(&self, of: Uuid, id: Uuid, content: &[u8]) -> Option<Vec<u8>> {
        // 24 random bytes never meet twice, however many are sealed
        let nonce = XNonce::try_generate().ok()?;
        let sealed = self.cipher().encrypt(&nonce, Payload { msg: content, aad: &about(of, id) }).ok()?;
        Some([&[WAY], nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed. `None` for another key, another case or row, or a changed byte.
    #[must_use]
    pub fn open(&self, of: Uuid, id: Uuid, sealed: &[u8]) -> Option<Vec<u8>> {
        let (way, rest) = sealed.split_first()?;
        let (nonce, sealed) = rest.split_at_checked(NONCE)?;
        if *way != WAY {
            return None;
        }
        let nonce = XNonce::try_from(nonce).ok()?;
        self.cipher().decrypt(&nonce, Payload { msg: sealed, aad: &about(of, id) }).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

/// How many answers to an enkät persons have entered: not a file, but sealed the same way.
impl Key {
    /// Seals the counts of an enkät.
    #[must_use]
    pub fn seal_counts(&self, enkat: Uuid, counts: &[u8]) -> Option<Vec<u8>> {
        let nonce = XNonce::try_generate().ok()?;
        let sealed = self.cipher().encrypt(&nonce, Payload { msg: counts, aad: &about_counts(enkat) }).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Opens them. `None` for another key, another enkät or a changed byte.
    #[must_use]
    pub fn open_counts(&self, enkat: Uuid, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let nonce = XNonce::try_from(nonce).ok()?;
        self.cipher().decrypt(&nonce, Payload { msg: sealed, aad: &about_counts(enkat) }).ok()
    }
}

fn about_counts(enkat: Uuid) -> Vec<u8> {
    [b"kvalitetshjulet inmatat".as_slice(), enkat.as_bytes()].concat()
}

fn about(of: Uuid, id: Uuid) -> Vec<u8> {
    [b"kvalitetshjulet bilaga".as_slice(), of.as_bytes(), id.as_bytes()].concat()
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "skriv nyckeln som 64 hexadecimala tecken, till exempel från openssl rand -hex 32".to_owned();
        let text = text.trim();
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let mut key = [0; 32];
        for (byte, digits) in key.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).map_err(|_| wrong())?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| wrong())?;
        }
        if key.iter().all(|byte| *byte == key[0]) {
            return Err("nyckeln är samma tecken om och om igen, skapa en slumpmässig".to_owned());
        }
        Ok(Self(key))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";

    #[test]
    fn a_file_opens_with_its_key_in_its_own_row_and_nowhere_else() {
        let key: Key = TEXT.parse().unwrap();
        let (case, row) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = key.seal(case, row, b"innehall").unwrap();
        assert!(!sealed.windows(8).any(|w| w == b"innehall"));
        assert_eq!(key.open(case, row, &sealed).as_deref(), Some(b"innehall".as_slice()));
        assert_eq!(key.open(case, Uuid::from_u128(3), &sealed), None, "another row of the case");
        assert_eq!(key.open(row, case, &sealed), None, "another case");
        assert_eq!(Key::random().open(case, row, &sealed), None, "another key");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key.open(case, row, &changed), None, "byte {at}");
        }
        assert_eq!(key.open(case, row, &sealed[..20]), None);
        assert_eq!(key.open(case, row, &[]), None);
    }

    #[test]
    fn counts_open_with_their_key_for_their_enkat_and_are_no_file() {
        let key: Key = TEXT.parse().unwrap();
        let (enkat, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = key.seal_counts(enkat, b"3 av 4").unwrap();
        assert_eq!(key.open_counts(enkat, &sealed).as_deref(), Some(b"3 av 4".as_slice()));
        assert_eq!(key.open_counts(other, &sealed), None);
        assert_eq!(Key::random().open_counts(enkat, &sealed), None);
        assert_eq!(key.open_counts(enkat, &[]), None);
        assert_eq!(key.open(enkat, other, &key.seal_counts(enkat, b"x").unwrap()), None);
    }

    #[test]
    fn the_same_file_is_never_sealed_alike() {
        let key: Key = TEXT.parse().unwrap();
        assert_ne!(key.seal(Uuid::nil(), Uuid::nil(), b"x"), key.seal(Uuid::nil(), Uuid::nil(), b"x"));
    }

    #[test]
    fn a_key_is_64_hexadecimal_digits_and_is_never_printed() {
        assert!(TEXT.parse::<Key>().is_ok());
        for bad in ["", "hemlig", &TEXT[1..], &"0".repeat(64), &"g".repeat(64), &"å".repeat(32)] {
            assert!(bad.parse::<Key>().is_err(), "{bad}");
        }
        assert_eq!(format!("{:?}", TEXT.parse::<Key>().unwrap()), "Key(…)");
    }
}
