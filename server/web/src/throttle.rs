//! Failed logins: what is counted, and on what. The rule of how long to wait is `domain::sakerhet::vantan`. Accounts, addresses
//! and devices are kept as hashes.

use std::net::IpAddr;

use domain::{
    id::PersonId,
    sakerhet::vantan::{Fil, HOUR, Misslyckade, wait},
};
use hex::FromHex as _;
use http::{HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};
use store::{Store, Tx, device, session};
use ui::cookie;

use crate::{state::Settings, token::TOKENS};

/// How long a device is known, in seconds: a little longer than a year, so that a login each year is enough.
const REMEMBERED: i64 = 400 * 86_400;

/// What the failures of one login are counted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    account: String,
    address: String,
    /// The device and the account together, when the device says who it is and the account is there.
    device: Option<String>,
}

impl Keys {
    /// The account, known or not, and the address.
    #[must_use]
    pub fn new(email: &str, address: IpAddr) -> Self {
        let account = key("konto", &domain::text::compared(email.trim()));
        Self { account, address: key("adress", &network(address)), device: None }
    }

    /// With the device that asks, when the account is there.
    #[must_use]
    pub fn with_device(self, device: &str, person: Option<PersonId>) -> Self {
        let device = person.map(|person| key("enhet", &format!("{person}:{device}")));
        Self { device, ..self }
    }

    /// The hash of the address.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What the database knows the device by, for this account.
    #[must_use]
    pub fn device(&self) -> Option<&str> {
        self.device.as_deref()
    }
}

/// What failed logins of an account are counted on: the device's own count, or that of all unknown devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The device has logged in to the account before.
    Known,
    /// The device has not logged in to the account before.
    Unknown,
}

/// Counts a try as failed until [`forgive`] says otherwise, so that tries at the same time cannot all slip through.
/// `Err` gives the seconds to wait, and nothing is counted.
pub async fn admit(store: &Store, keys: &Keys, now: i64) -> store::Result<Result<Lane, i64>> {
    let mut tx = store.system(true).await?;
    let known = match &keys.device {
        Some(device) if device::known(&mut tx, device).await? => Some(device),
        _ => None,
    };
    let failures = |(count, last_at)| Misslyckade { count, last_at };
    let lane = match known {
        Some(device) => Fil::Kand(failures(session::attempts(&mut tx, device).await?)),
        None => Fil::Okand {
            konto: failures(session::attempts(&mut tx, &keys.account).await?),
            adress: failures(session::failed_at(&mut tx, &keys.address, now - HOUR).await?),
        },
    };
    let wait = wait(lane, now);
    if wait > 0 {
        return Ok(Err(wait));
    }
    let lane = if let Some(device) = known {
        session::fail(&mut tx, device, now).await?;
        Lane::Known
    } else {
        session::fail(&mut tx, &keys.account, now).await?;
        session::fail_at(&mut tx, &keys.address, &keys.account, now).await?;
        Lane::Unknown
    };
    tx.commit().await?;
    Ok(Ok(lane))
}

/// The login was right: the failures of its lane are forgotten. Those of other accounts at the address are not, nor what others
/// have done to the account from elsewhere when its user comes from a known device.
pub async fn forgive(tx: &mut Tx, keys: &Keys, lane: Lane) -> store::Result<()> {
    if let (Lane::Known, Some(device)) = (lane, &keys.device) {
        return session::forgive(tx, device).await;
    }
    session::forgive(tx, &keys.account).await?;
    session::forgive_at(tx, &keys.address, &keys.account).await
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

/// The name of the cookie that a device is known by. It holds random letters and no name.
#[must_use]
pub fn cookie_name(settings: &Settings) -> &'static str {
    if settings.https() { "__Host-kvalitet_enhet" } else { "kvalitet_enhet" }
}

/// What the device says it is; a new one when it says nothing that we have made.
#[must_use]
pub fn device_of(headers: &HeaderMap, settings: &Settings) -> String {
    let name = cookie_name(settings);
    let said = cookie::sent(headers).find(|said| said.name() == name && <[u8; 32]>::from_hex(said.value()).is_ok());
    said.map_or_else(|| (TOKENS.new)().0, |said| said.value().to_owned())
}

/// Lets the device say so the next time.
#[must_use]
pub fn remember(device: &str, settings: &Settings) -> Option<HeaderValue> {
    cookie::kept(cookie_name(settings), device, REMEMBERED)
}

#[cfg(test)]
mod tests {
    use http::header;

    use super::*;

    #[test]
    fn the_same_account_and_the_same_network_have_the_same_key() {
        let at = |text: &str| text.parse::<IpAddr>().unwrap();
        let keys = Keys::new("Chef@demo.se ", at("2001:db8:1:2::1"));
        assert_eq!(keys, Keys::new("chef@demo.se", at("2001:db8:1:2:ffff::9")));
        assert_ne!(keys.address, Keys::new("chef@demo.se", at("2001:db8:1:3::1")).address);
        assert_eq!(Keys::new("a", at("::ffff:10.0.0.1")), Keys::new("a", at("10.0.0.1")));
        assert!(!format!("{keys:?}").contains("demo"));
    }

    #[test]
    fn a_device_is_known_by_what_we_gave_it_and_nothing_else() {
        let settings = Settings::default();
        let mut headers = HeaderMap::new();
        for bad in ["kvalitet_enhet=kort", "kvalitet_enhet=", "annat=1"] {
            headers.insert(header::COOKIE, HeaderValue::from_static(bad));
            assert_eq!(device_of(&headers, &settings).len(), 64, "{bad}");
        }
        let given = device_of(&headers, &settings);
        let cookie = remember(&given, &settings).unwrap();
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.to_str().unwrap().contains(part), "{part}");
        }
        headers.insert(header::COOKIE, HeaderValue::from_str(&format!("a=b; kvalitet_enhet={given}")).unwrap());
        assert_eq!(device_of(&headers, &settings), given);
    }
}
