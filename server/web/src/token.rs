//! Tokens: secrets that open something without a login. Only their hashes are kept.

use sha2::{Digest, Sha256};
use ui::ctx::Tokens;
use uuid::Uuid;

/// For pages and server functions.
pub const TOKENS: Tokens = Tokens { new, hash };

/// 244 random bits from the operating system, as 64 letters that need no encoding in an address. And its hash.
fn new() -> (String, Vec<u8>) {
    let token = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
    let hash = hash(&token);
    (token, hash)
}

/// SHA-256: the token is as random as the hash is long, so nothing slower is needed.
#[must_use]
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}
