//! The drafts of this device, whosever: each is sealed with a key of its writer, which lies on the server and not here. After a
//! logout it is another one; what was sealed with an earlier one is sealed anew when its writer is here again.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hex::FromHex as _;
use serde::{Deserialize, Serialize};

use crate::device::{Device, Unkept, random, say};

const TABLE: &str = "utkast";
const DEVICE: Device = Device { name: "kvalitetshjulet-utkast", tables: &[TABLE] };
const NONCE: usize = 24;

/// The event that tells the parts of a page that a draft was kept, sent or forgotten.
pub const CHANGED: &str = "kvalitet-utkast";

/// Where a draft stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// It is being written.
    #[default]
    Writing,
    /// To be sent.
    Waiting,
    /// The server would not have it; the text says why.
    Refused(String),
}

/// A draft on the device. What can be read of it tells nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptDraft {
    /// The id that its writer gave it.
    pub id: String,
    /// Name of the writer on this device.
    pub konto: String,
    /// Where it stands.
    pub stage: Stage,
    /// When it was kept, in milliseconds of the device.
    pub at: f64,
    sealed: String,
}

/// What is sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Content {
    /// Where the form posts to.
    pub action: String,
    /// The page it stands on.
    pub page: String,
    /// Its fields, as they are posted.
    pub fields: Vec<(String, String)>,
}

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

    /// Keeps a draft, or how it now stands.
    pub async fn keep(&self, id: &str, stage: Stage, content: &Content) -> Result<(), Unkept> {
        self.put(id, stage, js_sys::Date::now(), content).await?;
        say(CHANGED);
        Ok(())
    }

    async fn put(&self, id: &str, stage: Stage, at: f64, content: &Content) -> Result<(), Unkept> {
        let text = serde_json::to_vec(content).map_err(|_| Unkept)?;
        let nonce: [u8; NONCE] = random();
        let payload = Payload { msg: &text, aad: id.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| Unkept)?;
        let sealed = hex::encode(nonce) + &hex::encode(&sealed);
        let kept = KeptDraft { id: id.to_owned(), konto: self.konto.clone(), stage, at, sealed };
        DEVICE.put(TABLE, id, &kept).await
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

    /// Seals with the key of now what lies here under one from before.
    pub async fn renew(&self) {
        for kept in all().await.into_iter().filter(|kept| kept.konto != self.now.konto) {
            if let Some(content) = self.open(&kept) {
                let _ = self.now.put(&kept.id, kept.stage.clone(), kept.at, &content).await;
            }
        }
    }
}

/// Every draft on the device, whosever, the latest first.
pub async fn all() -> Vec<KeptDraft> {
    let mut all: Vec<KeptDraft> = DEVICE.all(TABLE).await.unwrap_or_default();
    all.sort_by(|a, b| b.at.total_cmp(&a.at));
    all
}

/// One draft.
pub async fn get(id: &str) -> Option<KeptDraft> {
    DEVICE.get(TABLE, id).await.ok().flatten()
}

/// Forgets a draft.
pub async fn forget(id: &str) {
    let _ = DEVICE.delete(TABLE, id).await;
    say(CHANGED);
}
