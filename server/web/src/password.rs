//! Passwords: argon2id, off the async threads, two at a time so that a rush of logins does not take the memory.

use std::{panic::resume_unwind, pin::Pin};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{self, Output, ParamsString, PasswordHash, Salt, SaltString, rand_core::OsRng},
};
use domain::{random, text};
use tokio::{sync::Semaphore, task::spawn_blocking};
use ui::ctx::Passwords;

/// The functions of this module as server functions are given them, through `Ctx`.
pub const PASSWORDS: Passwords = Passwords { hash: hash_boxed, verify: verify_boxed, generate, generate_many };

/// 19 MiB and two passes: the first choice of OWASP's Password Storage Cheat Sheet.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// The cost of a password that was made here: its hundred random bits are not found by trying, whatever a try costs, and it must be
/// changed at the first login. So a list of two hundred persons is not half a minute of a processor.
const MADE_KIB: u32 = 1024;

/// A hash of nothing that anybody types, with the same cost as a real one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$aHVydXZpZGFtYW5sZXRhcg$bm8gcGFzc3dvcmQgZ2l2ZXMgdGhpcyBhcyBvdXRwdXQ";

/// The allocator keeps a smaller piece of memory for later when it is freed, one for each thread that has hashed; anything
/// above 32 MiB it gives back. What is not written to costs nothing.
const GIVEN_BACK_KIB: usize = 33 * 1024;

static PERMITS: Semaphore = Semaphore::const_new(2);

/// The hash of a password, with its parameters and salt, as stored.
pub async fn hash(password: String) -> String {
    run(move || hash_now(&password)).await
}

fn hash_now(password: &str) -> String {
    hash_at(password, &params())
}

fn hash_at(password: &str, params: &Params) -> String {
    let (password, salt) = (&*text::password(password), SaltString::generate(&mut OsRng));
    let params_text = ParamsString::try_from(params).expect("three numbers fit in the text of a hash");
    let output = compute(password, salt.as_salt(), params)
        .expect("the salt is of the right length and a form is shorter than argon2's 4 GiB");
    let algorithm = Algorithm::Argon2id.ident();
    let version = Some(Version::V0x13.into());
    PasswordHash { algorithm, version, params: params_text, salt: Some(salt.as_salt()), hash: Some(output) }.to_string()
}

/// Whether a password gives this hash, in the form that is hashed now or as it was typed, which was hashed before. Both are
/// tried, so that the time tells nothing of which it was.
pub async fn verify(password: String, hash: String) -> bool {
    run(move || {
        let form = text::password(&password);
        let same = verify_now(&form, &hash).unwrap_or(false);
        let typed = form != password && verify_now(&password, &hash).unwrap_or(false);
        if is_made(&hash) {
            // the time does not tell that the account waits for its first login
            let _ = verify_now(&form, NOBODY);
        }
        same || typed
    })
    .await
}

fn verify_now(password: &str, hash: &str) -> password_hash::Result<bool> {
    let stored = PasswordHash::new(hash)?;
    let (Some(salt), Some(expected), true) =
        (stored.salt, stored.hash, stored.algorithm == Algorithm::Argon2id.ident())
    else {
        return Ok(false);
    };
    // outputs are compared in the same time wherever they differ
    Ok(compute(password, salt, &Params::try_from(&stored)?)? == expected)
}

/// Whether a hash is that of a password that was made here, which costs less.
fn is_made(hash: &str) -> bool {
    let cost = PasswordHash::new(hash).and_then(|stored| Params::try_from(&stored));
    cost.is_ok_and(|cost| cost.m_cost() < MEMORY_KIB)
}

fn compute(password: &str, salt: Salt<'_>, params: &Params) -> password_hash::Result<Output> {
    let mut salt_bytes = [0; 64];
    let salt_bytes = salt.decode_b64(&mut salt_bytes)?;
    let mut memory = Vec::with_capacity(params.block_count().max(GIVEN_BACK_KIB * 1024 / Block::SIZE));
    memory.resize(params.block_count(), Block::default());
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    Output::init_with(params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN), |out| {
        Ok(argon2.hash_password_into_with_memory(password.as_bytes(), salt_bytes, out, &mut memory)?)
    })
}

/// Takes as long as [`verify`]: for an account that is not there.
pub async fn verify_nobody(password: String) {
    verify(password, NOBODY.to_owned()).await;
}

/// A password that nobody has chosen: 20 characters, no two of which are mistaken for each other.
#[must_use]
pub fn generate() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letters = random::bytes::<20>().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    letters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// So many passwords that nobody has chosen, each with its hash. None has been shown to anybody.
fn generate_many(count: usize) -> Pin<Box<dyn Future<Output = Vec<(String, String)>> + Send>> {
    Box::pin(run(move || {
        let params = Params::new(MADE_KIB, 1, 1, None).expect("the constants are within argon2's limits");
        (0..count)
            .map(|_| {
                let password = generate();
                let hash = hash_at(&password, &params);
                (password, hash)
            })
            .collect()
    }))
}

async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let permit = PERMITS.acquire().await.expect("the semaphore is static and never closed");
    let done = spawn_blocking(move || {
        let _permit = permit;
        work()
    });
    done.await.unwrap_or_else(|error| resume_unwind(error.into_panic()))
}

fn params() -> Params {
    Params::new(MEMORY_KIB, PASSES, 1, None).expect("the constants are within argon2's limits")
}

fn hash_boxed(password: String) -> Pin<Box<dyn Future<Output = String> + Send>> {
    Box::pin(hash(password))
}

fn verify_boxed(password: String, hash: String) -> Pin<Box<dyn Future<Output = bool> + Send>> {
    Box::pin(verify(password, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_opens_its_own_hash_only() {
        let stored = hash("demo-kvalitet".to_owned()).await;
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("demo-kvalitet".to_owned(), stored.clone()).await);
        assert!(!verify("demo-kvalitet ".to_owned(), stored.clone()).await);
        assert!(!verify(String::new(), stored).await);
        assert!(!verify("demo-kvalitet".to_owned(), "nonsense".to_owned()).await);
    }

    #[tokio::test]
    async fn a_password_is_the_same_on_every_device() {
        let stored = hash("a\u{30a}ngstro\u{308}m".to_owned()).await;
        assert!(verify("ångström".to_owned(), stored.clone()).await);
        assert!(verify("a\u{30a}ngstro\u{308}m".to_owned(), stored).await);
        // one that was hashed as it was typed, before there was one form, still opens
        let typed = "a\u{30a}ngstro\u{308}m";
        let (salt, params) = (SaltString::generate(&mut OsRng), params());
        let output = compute(typed, salt.as_salt(), &params).unwrap();
        let params = ParamsString::try_from(&params).unwrap();
        let (algorithm, version) = (Algorithm::Argon2id.ident(), Some(Version::V0x13.into()));
        let (salt, hash) = (Some(salt.as_salt()), Some(output));
        let before = PasswordHash { algorithm, version, params, salt, hash }.to_string();
        assert!(verify(typed.to_owned(), before.clone()).await);
        assert!(!verify("angstrom".to_owned(), before).await);
    }

    #[tokio::test]
    async fn hashes_read_as_those_of_other_programs() {
        // made with argon2-cffi, the reference implementation in C: password "demo-kvalitet"
        let other = "$argon2id$v=19$m=19456,t=2,p=1$aHVydXZpZGFtYW5sZXRhcg$7ExEOUhyJ9Szw3YGy2I1hqT+tfSK10FrjRBVPVL02pU";
        assert!(verify("demo-kvalitet".to_owned(), other.to_owned()).await);
        assert!(!verify("demo-kvalite".to_owned(), other.to_owned()).await);
    }

    #[test]
    fn an_unknown_account_costs_as_much_as_a_known_one() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let cost = Params::try_from(&nobody).unwrap();
        assert_eq!((cost.m_cost(), cost.t_cost(), cost.p_cost()), (MEMORY_KIB, PASSES, 1));
        assert_eq!(nobody.hash.unwrap().len(), 32);
    }

    #[tokio::test]
    async fn passwords_that_are_made_for_a_list_open_their_own_account_and_are_soon_made() {
        let begun = std::time::Instant::now();
        let made = generate_many(200).await;
        assert!(begun.elapsed() < std::time::Duration::from_secs(5), "a debug build takes {:?}", begun.elapsed());
        let (password, hash) = made[0].clone();
        assert!(is_made(&hash) && !is_made(NOBODY) && made[1].0 != password);
        assert!(verify(password.clone(), hash).await && !verify(password, made[1].1.clone()).await);
    }

    #[test]
    fn generated_passwords_differ_and_can_be_read_aloud() {
        let (a, b) = (generate(), generate());
        assert_ne!(a, b);
        assert_eq!(a.len(), 23);
        assert!(a.chars().all(|c| c == '-' || c.is_ascii_lowercase() || c.is_ascii_digit()));
    }
}
