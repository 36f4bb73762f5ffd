//! Failed logins: after five in a row for an account or from an address, each next try has to wait, twice as long every
//! time up to a quarter of an hour. Accounts and addresses are kept as hashes.

use std::net::IpAddr;

use sha2::{Digest, Sha256};
use store::{Store, Tx};

/// Failures without a wait.
const FREE: i64 = 5;
/// The longest wait, in seconds.
const LONGEST: i64 = 15 * 60;

/// What the failures of one login are counted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys([String; 2]);

impl Keys {
    /// The account, known or not, and the address.
    #[must_use]
    pub fn new(email: &str, address: IpAddr) -> Self {
        Self([key("konto", &email.trim().to_lowercase()), key("adress", &network(address))])
    }
}

/// Counts a try as failed until [`forgive`] says otherwise, so that tries at the same time cannot all slip through.
/// `Err` gives the seconds to wait, and nothing is counted.
pub async fn admit(store: &Store, keys: &Keys, now: i64) -> store::Result<Result<(), i64>> {
    let mut tx = store.system(true).await?;
    let wait = longest_wait(&mut tx, keys, now).await?;
    if wait > 0 {
        return Ok(Err(wait));
    }
    for key in &keys.0 {
        store::session::fail(&mut tx, key, now).await?;
    }
    tx.commit().await?;
    Ok(Ok(()))
}

/// The login was right: earlier failures are forgotten.
pub async fn forgive(store: &Store, keys: &Keys) -> store::Result<()> {
    let mut tx = store.system(true).await?;
    for key in &keys.0 {
        store::session::forgive(&mut tx, key).await?;
    }
    tx.commit().await
}

async fn longest_wait(tx: &mut Tx, keys: &Keys, now: i64) -> store::Result<i64> {
    let mut longest = 0;
    for key in &keys.0 {
        let (failures, last_at) = store::session::attempts(tx, key).await?;
        longest = longest.max(wait(failures, last_at, now));
    }
    Ok(longest)
}

/// Seconds left to wait.
fn wait(failures: i64, last_at: i64, now: i64) -> i64 {
    if failures < FREE {
        return 0;
    }
    let doublings = u32::try_from(failures - FREE).unwrap_or(u32::MAX).min(20);
    // a clock that was set back must not lock anybody out for longer than the longest wait
    let passed = (now - last_at).max(0);
    ((1_i64 << doublings).min(LONGEST) - passed).max(0)
}

fn key(kind: &str, value: &str) -> String {
    format!("{:x}", Sha256::digest(format!("{kind}:{value}")))
}

/// One subscriber has a whole /64 of IPv6 addresses.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_after_five_failures_and_ends_at_a_quarter_of_an_hour() {
        assert_eq!(wait(4, 100, 100), 0);
        assert_eq!([5, 6, 7, 8].map(|n| wait(n, 100, 100)), [1, 2, 4, 8]);
        assert_eq!(wait(8, 100, 105), 3);
        assert_eq!(wait(8, 100, 108), 0);
        assert_eq!(wait(60, 100, 100), LONGEST);
        assert_eq!(wait(60, 5_000, 100), LONGEST);
    }

    #[test]
    fn the_same_account_and_the_same_network_have_the_same_key() {
        let at = |text: &str| text.parse::<IpAddr>().unwrap();
        let keys = Keys::new("Chef@demo.se ", at("2001:db8:1:2::1"));
        assert_eq!(keys, Keys::new("chef@demo.se", at("2001:db8:1:2:ffff::9")));
        assert_ne!(keys.0[1], Keys::new("chef@demo.se", at("2001:db8:1:3::1")).0[1]);
        assert_eq!(Keys::new("a", at("::ffff:10.0.0.1")), Keys::new("a", at("10.0.0.1")));
        assert!(!keys.0.concat().contains("demo"));
    }
}
