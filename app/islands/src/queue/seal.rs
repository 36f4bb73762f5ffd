//! Seal: what a report on the device is sealed with: a key of its writer, which lies on the server and not here. After a logout
//! it is another one; what was sealed with an earlier one is sealed anew when its writer is here again.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hex::FromHex as _;

use super::{
    device::Unkept,
    kept::{Content, KeptDraft, Stage},
};
use crate::random;

const NONCE: usize = 24;

/// A person's name on the device, and the key.
#[derive(Clone)]
pub struct Konto {
    /// The name.
    pub konto: String,
    nyckel: [u8; 32],
}

impl Konto {
    /// From the server's answer: a name and 64 hexadecimal digits. `None` when they are not such.
    #[must_use]
    pub fn of(konto: &str, nyckel: &str) -> Option<Self> {
        Some(Self { konto: konto.to_owned(), nyckel: <[u8; 32]>::from_hex(nyckel).ok()? })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.nyckel.into())
    }

    /// A draft as it can lie on the device.
    pub fn seal(&self, id: &str, stage: Stage, at: f64, content: &Content) -> Result<KeptDraft, Unkept> {
        let text = serde_json::to_vec(content).map_err(|_| Unkept)?;
        let nonce: [u8; NONCE] = random::bytes();
        let payload = Payload { msg: &text, aad: id.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| Unkept)?;
        let sealed = hex::encode(nonce) + &hex::encode(&sealed);
        Ok(KeptDraft { id: id.to_owned(), konto: self.konto.clone(), stage, at, sealed })
    }

    /// What a draft holds. `None` for another's.
    #[must_use]
    pub fn open(&self, kept: &KeptDraft) -> Option<Content> {
        let sealed = hex::decode(&kept.sealed).ok().filter(|_| kept.konto == self.konto)?;
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let payload = Payload { msg: sealed, aad: kept.id.as_bytes() };
        serde_json::from_slice(&self.cipher().decrypt(&XNonce::from(nonce), payload).ok()?).ok()
    }
}

/// A person's keys: the one that seals now, and those from before that something here is sealed with.
#[derive(Clone)]
pub struct Keys {
    /// The one that seals.
    pub now: Konto,
    /// Those that open.
    pub earlier: Vec<Konto>,
}

impl Keys {
    /// Whether a draft is the person's.
    #[must_use]
    pub fn own(&self, kept: &KeptDraft) -> bool {
        kept.konto == self.now.konto || self.earlier.iter().any(|konto| konto.konto == kept.konto)
    }

    /// What a draft holds. `None` for another's.
    #[must_use]
    pub fn open(&self, kept: &KeptDraft) -> Option<Content> {
        self.now.open(kept).or_else(|| self.earlier.iter().find_map(|konto| konto.open(kept)))
    }
}
