//! Tokens: secrets that open something without a login. Only their hashes are kept.

use domain::{apt::tv, random};
use sha2::{Digest, Sha256};
use ui::ctx::Tokens;

/// For pages and server functions.
pub const TOKENS: Tokens = Tokens { new, hash, code };

/// 256 random bits from the operating system, as 64 letters that need no encoding in an address. And its hash.
fn new() -> (String, Vec<u8>) {
    let token = random::hex::<32>();
    let hash = hash(&token);
    (token, hash)
}

/// SHA-256: the token is as random as the hash is long, so nothing slower is needed.
#[must_use]
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

/// A short code for a television, and its hash. What it opens it opens once and for a quarter of an hour, so that who has read
/// the hash gains nothing by finding the code.
fn code() -> (String, Vec<u8>) {
    let code = tv::code_of(u64::from_le_bytes(random::bytes()));
    let hash = code_hash(&code);
    (code, hash)
}

/// What the database knows a code by.
#[must_use]
pub fn code_hash(code: &str) -> Vec<u8> {
    Sha256::digest(format!("tv:{code}")).to_vec()
}
