//! Seal: attachments at rest, XChaCha20-Poly1305 under a key that only the environment of the server knows. Who has the
//! database file or a backup reads none of them. A sealed file belongs to its case and its row, and is what it is called
//! there: moved to another, or called something else, it does not open. It says which key it wants, so that keys can be
//! changed: what was sealed with an earlier one still opens as long as that one is given too.

use std::{fmt, str::FromStr};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Generate, Payload},
};
use hex::FromHex as _;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What a sealed file begins with: which way it was sealed. The first way bound no name and named no key.
const FIRST_WAY: u8 = 1;
const WAY: u8 = 2;
const NONCE: usize = 24;
const NAME: usize = 8;

/// What a file is: it opens as this and as nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Which<'a> {
    /// Its case.
    pub of: Uuid,
    /// Its own id.
    pub id: Uuid,
    /// What it is called.
    pub name: &'a str,
    /// Its media type: what a browser takes it for.
    pub media: &'a str,
}

/// The key: 32 bytes, written as 64 hexadecimal digits. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

/// The key that seals, and earlier ones that still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    now: Key,
    earlier: Vec<Key>,
}

impl Keys {
    /// What is sealed from now on is so with the first.
    #[must_use]
    pub fn new(now: Key, earlier: Vec<Key>) -> Self {
        Self { now, earlier }
    }

    /// Seals the content of a file. `None` when it is larger than any file is, or there is no randomness to be had.
    #[must_use]
    pub fn seal(&self, which: Which<'_>, content: &[u8]) -> Option<Vec<u8>> {
        self.now.seal(which, content)
    }

    /// Opens what was sealed. `None` for a key that is not here, another case or row, another name, or a changed byte.
    #[must_use]
    pub fn open(&self, which: Which<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        std::iter::once(&self.now).chain(&self.earlier).find_map(|key| key.open(which, sealed))
    }
}

impl Key {
    /// A new one at random, for a demonstration whose database does not outlive it.
    #[must_use]
    pub fn random() -> Self {
        Self(domain::sample::Seed::new().0)
    }

    fn seal(&self, which: Which<'_>, content: &[u8]) -> Option<Vec<u8>> {
        // 24 random bytes never meet twice, however many are sealed
        let nonce = XNonce::try_generate().ok()?;
        let sealed = self.cipher().encrypt(&nonce, Payload { msg: content, aad: &about(which) }).ok()?;
        Some([&[WAY], self.name().as_slice(), nonce.as_slice(), &sealed].concat())
    }

    fn open(&self, which: Which<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        let (way, rest) = sealed.split_first()?;
        let (rest, aad) = match *way {
            WAY => (rest.strip_prefix(self.name().as_slice())?, about(which)),
            FIRST_WAY => (rest, about_first(which)),
            _ => return None,
        };
        let (nonce, sealed) = rest.split_at_checked(NONCE)?;
        let nonce = XNonce::try_from(nonce).ok()?;
        self.cipher().decrypt(&nonce, Payload { msg: sealed, aad: &aad }).ok()
    }

    /// By what a sealed file names its key. Nothing of the key can be told from it.
    fn name(&self) -> [u8; NAME] {
        let hash = Sha256::new().chain_update(b"kvalitetshjulet nyckel").chain_update(self.0).finalize();
        std::array::from_fn(|i| hash[i])
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

/// Each text with its length before it, so that none can be read as a part of its neighbour.
fn about(which: Which<'_>) -> Vec<u8> {
    let mut about = about_first(which);
    for text in [which.name, which.media] {
        about.extend_from_slice(&u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        about.extend_from_slice(text.as_bytes());
    }
    about
}

fn about_first(which: Which<'_>) -> Vec<u8> {
    [b"kvalitetshjulet bilaga".as_slice(), which.of.as_bytes(), which.id.as_bytes()].concat()
}

/// How many answers to an enkät persons have entered: not a file, but sealed the same way.
impl Keys {
    /// Seals the counts of an enkät.
    #[must_use]
    pub fn seal_counts(&self, enkat: Uuid, counts: &[u8]) -> Option<Vec<u8>> {
        let nonce = XNonce::try_generate().ok()?;
        let sealed = self.now.cipher().encrypt(&nonce, Payload { msg: counts, aad: &about_counts(enkat) }).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Opens them. `None` for a key that is not here, another enkät or a changed byte.
    #[must_use]
    pub fn open_counts(&self, enkat: Uuid, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let nonce = XNonce::try_from(nonce).ok()?;
        let aad = about_counts(enkat);
        let open = |key: &Key| key.cipher().decrypt(&nonce, Payload { msg: sealed, aad: &aad }).ok();
        std::iter::once(&self.now).chain(&self.earlier).find_map(open)
    }
}

/// What has been entered as a table: known again, and never read.
impl Keys {
    /// A mark of the answers of a table that nobody without the key can make: what is stored tells nothing of them, also to one who
    /// guesses. Shaped as a random id.
    #[must_use]
    pub fn mark_table(&self, enkat: Uuid, answers: &[u8]) -> Uuid {
        let about = b"kvalitetshjulet tabell".as_slice();
        let inner = Sha256::new()
            .chain_update(self.now.0)
            .chain_update(about)
            .chain_update(enkat)
            .chain_update(answers)
            .finalize();
        let outer = Sha256::new().chain_update(self.now.0).chain_update(about).chain_update(inner).finalize();
        uuid::Builder::from_random_bytes(std::array::from_fn(|i| outer[i])).into_uuid()
    }
}

fn about_counts(enkat: Uuid) -> Vec<u8> {
    [b"kvalitetshjulet inmatat".as_slice(), enkat.as_bytes()].concat()
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "skriv nyckeln som 64 hexadecimala tecken, till exempel från openssl rand -hex 32".to_owned();
        let key = <[u8; 32]>::from_hex(text.trim()).map_err(|_| wrong())?;
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

    fn keys(now: &Key, earlier: &[&Key]) -> Keys {
        Keys::new(now.clone(), earlier.iter().map(|key| (*key).clone()).collect())
    }

    fn which(of: u128, id: u128) -> Which<'static> {
        Which { of: Uuid::from_u128(of), id: Uuid::from_u128(id), name: "brev.pdf", media: "application/pdf" }
    }

    #[test]
    fn a_file_opens_with_its_key_in_its_own_row_and_nowhere_else() {
        let key: Key = TEXT.parse().unwrap();
        let keys = keys(&key, &[]);
        let own = which(1, 2);
        let sealed = keys.seal(own, b"innehall").unwrap();
        assert!(!sealed.windows(8).any(|w| w == b"innehall"));
        assert_eq!(keys.open(own, &sealed).as_deref(), Some(b"innehall".as_slice()));
        assert_eq!(keys.open(which(1, 3), &sealed), None, "another row of the case");
        assert_eq!(keys.open(which(2, 1), &sealed), None, "another case");
        assert_eq!(keys.open(Which { name: "brev.html", ..own }, &sealed), None, "called something else");
        assert_eq!(keys.open(Which { media: "text/html", ..own }, &sealed), None, "taken for something else");
        let shifted = Which { name: "brev.pdfa", media: "pplication/pdf", ..own };
        assert_eq!(keys.open(shifted, &sealed), None, "a name that ends where the type began");
        assert_eq!(Keys::new(Key::random(), vec![]).open(own, &sealed), None, "another key");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(keys.open(own, &changed), None, "byte {at}");
        }
        assert_eq!(keys.open(own, &sealed[..20]), None);
        assert_eq!(keys.open(own, &[]), None);
    }

    #[test]
    fn what_an_earlier_key_has_sealed_opens_as_long_as_it_is_given() {
        let (old, new) = (TEXT.parse::<Key>().unwrap(), Key::random());
        let own = which(1, 2);
        let before = keys(&old, &[]).seal(own, b"innehall").unwrap();
        let both = keys(&new, &[&old]);
        assert_eq!(both.open(own, &before).as_deref(), Some(b"innehall".as_slice()));
        assert_eq!(keys(&new, &[]).open(own, &before), None, "the old one is gone");
        let after = both.seal(own, b"innehall").unwrap();
        assert_eq!(
            keys(&new, &[]).open(own, &after).as_deref(),
            Some(b"innehall".as_slice()),
            "sealed with the new one"
        );
        assert_eq!(keys(&old, &[]).open(own, &after), None);
    }

    #[test]
    fn what_was_sealed_before_keys_had_names_still_opens() {
        let key: Key = TEXT.parse().unwrap();
        let own = which(1, 2);
        let nonce = XNonce::try_generate().unwrap();
        let aad = about_first(own);
        let sealed = key.cipher().encrypt(&nonce, Payload { msg: b"innehall", aad: &aad }).unwrap();
        let sealed = [&[FIRST_WAY], nonce.as_slice(), &sealed].concat();
        for keys in [keys(&key, &[]), keys(&Key::random(), &[&key])] {
            assert_eq!(keys.open(own, &sealed).as_deref(), Some(b"innehall".as_slice()));
            assert_eq!(keys.open(which(1, 3), &sealed), None);
        }
    }

    #[test]
    fn counts_open_with_their_key_for_their_enkat_and_are_no_file() {
        let key: Key = TEXT.parse().unwrap();
        let keys = keys(&key, &[]);
        let (enkat, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = keys.seal_counts(enkat, b"3 av 4").unwrap();
        assert_eq!(keys.open_counts(enkat, &sealed).as_deref(), Some(b"3 av 4".as_slice()));
        assert_eq!(keys.open_counts(other, &sealed), None);
        let changed = Keys::new(Key::random(), vec![key]);
        assert_eq!(changed.open_counts(enkat, &sealed).as_deref(), Some(b"3 av 4".as_slice()), "an earlier key");
        assert_eq!(Keys::new(Key::random(), vec![]).open_counts(enkat, &sealed), None);
        assert_eq!(keys.open_counts(enkat, &[]), None);
        assert_eq!(keys.open(which(1, 2), &sealed), None);
    }

    #[test]
    fn the_same_file_is_never_sealed_alike() {
        let keys = keys(&TEXT.parse().unwrap(), &[]);
        assert_ne!(keys.seal(which(0, 0), b"x"), keys.seal(which(0, 0), b"x"));
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
