//! Client: asks Kolada for the pages of a key figure, within limits: how long, how much, how many, and nowhere else than at the host that is
//! configured. It waits on the thread that it is called on, and keeps nothing between two calls.

use std::{
    fmt,
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{
    format::NBSP,
    siffror::{
        jamforelse::{ArsVarde, Nyckeltal},
        kolada::{self, Svar, Urval},
    },
};
use http::{StatusCode, Uri, header};
use rustls::pki_types::CertificateDer;
use ureq::{
    Agent, Body,
    config::Config,
    tls::{Certificate, RootCerts, TlsConfig},
};

/// What it calls itself: who runs Kolada sees what it is that asks.
const USER_AGENT: &str = "Kvalitetshjulet";

/// How far an answer is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// To reach the server, with TLS.
    pub connect: Duration,
    /// From the question to the last byte of a page.
    pub page: Duration,
    /// All pages of one key figure. Less than a claim is held, so that no other server begins meanwhile.
    pub all: Duration,
    /// Bytes of a page.
    pub body: u64,
    /// Pages of one key figure, those that a page sends on to counted.
    pub pages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            page: Duration::from_mins(1),
            all: Duration::from_mins(5),
            body: 8 * 1024 * 1024,
            pages: 20,
        }
    }
}

/// Why nothing was fetched. Shown as it is to whoever reads the series.
#[derive(Debug)]
pub enum Hinder {
    /// The server was not reached, or what it said broke off. What it was, for the log.
    Onadd(ureq::Error),
    /// The certificates of this machine cannot be read, so no other server can be trusted.
    Certifikat,
    /// It took too long.
    Tid,
    /// It answered with this status.
    Status(StatusCode),
    /// A page was larger than [`Limits::body`].
    ForStor(u64),
    /// There were more than [`Limits::pages`].
    ForManga(usize),
    /// What it sent was not understood, or leads elsewhere.
    Svar(kolada::Fel),
    /// It has no such value. The sentence says what was asked for.
    Inga(String),
    /// The server stops: nothing is wrong, and it is asked for again.
    Avbruten,
}

impl fmt::Display for Hinder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Onadd(ureq::Error::HostNotFound) => {
                f.write_str("Kolada gick inte att nå: adressen hittas inte härifrån.")
            }
            Self::Onadd(fault) if is_distrust(fault) => {
                f.write_str("Kolada gick inte att nå på ett säkert sätt: certifikatet godtas inte av servern.")
            }
            Self::Onadd(_) => f.write_str("Kolada gick inte att nå."),
            Self::Certifikat => {
                f.write_str("Kolada gick inte att nå på ett säkert sätt: servern har inga certifikat att lita på.")
            }
            Self::Tid => f.write_str("Kolada svarade inte i tid."),
            Self::Status(StatusCode::NOT_FOUND) => f.write_str(
                "Kolada hittar inte det som frågades efter (404). Se efter att nyckeltalet och kommunen är rätt.",
            ),
            Self::Status(status) if status.is_server_error() => {
                write!(f, "Kolada har ett fel hos sig just nu ({}).", status.as_u16())
            }
            Self::Status(status) => write!(f, "Kolada svarade inte med siffror utan med {}.", status.as_u16()),
            Self::ForStor(bytes) => {
                write!(f, "Kolada skickade mer än {}{NBSP}MB på en sida. Det lästes inte.", bytes / 1024 / 1024)
            }
            Self::ForManga(pages) => write!(f, "Kolada skickade fler än {pages} sidor. Ingen av dem lästes."),
            Self::Svar(fault) => fault.fmt(f),
            Self::Inga(said) => f.write_str(said),
            Self::Avbruten => f.write_str("Hämtningen avbröts när servern stoppades."),
        }
    }
}

/// Whether the certificate of the other was not accepted. A handshake fails as any reading of a connection does.
fn is_distrust(fault: &ureq::Error) -> bool {
    let tls = match fault {
        ureq::Error::Rustls(tls) => Some(tls),
        ureq::Error::Io(io) => io.get_ref().and_then(|inner| inner.downcast_ref()),
        _ => None,
    };
    matches!(tls, Some(rustls::Error::InvalidCertificate(_)))
}

impl From<kolada::Fel> for Hinder {
    fn from(fault: kolada::Fel) -> Self {
        Self::Svar(fault)
    }
}

impl From<ureq::Error> for Hinder {
    fn from(fault: ureq::Error) -> Self {
        match fault {
            ureq::Error::Timeout(_) => Self::Tid,
            // a body that is waited for ends as the operating system says it
            ureq::Error::Io(io) if io.kind() == std::io::ErrorKind::TimedOut => Self::Tid,
            other => Self::Onadd(other),
        }
    }
}

/// Fetches all years of a key figure, from all its pages. `stopping` is asked before each page. Whom this machine trusts is trusted, as by
/// the connection to PostgreSQL: also the certificate of a proxy that opens what passes.
pub fn fetch(base: &str, av: &Nyckeltal, limits: Limits, stopping: &dyn Fn() -> bool) -> Result<Vec<ArsVarde>, Hinder> {
    let machine = || rustls_native_certs::load_native_certs().certs;
    fetch_trusting(&machine, base, av, limits, stopping)
}

/// The same, trusting only these issuers of certificates. They are asked for where the address is one of https.
pub fn fetch_trusting(
    issuers: &dyn Fn() -> Vec<CertificateDer<'static>>,
    base: &str,
    av: &Nyckeltal,
    limits: Limits,
    stopping: &dyn Fn() -> bool,
) -> Result<Vec<ArsVarde>, Hinder> {
    let until = Instant::now() + limits.all;
    let mut at = kolada::address(base, av);
    let agent = agent(&at, limits, issuers)?;
    let mut urval = Urval::new(av);
    for _ in 0..limits.pages {
        if stopping() {
            return Err(Hinder::Avbruten);
        }
        let left = until.saturating_duration_since(Instant::now()).min(limits.page);
        if left.is_zero() {
            return Err(Hinder::Tid);
        }
        let mut answer = agent.get(&at).config().timeout_global(Some(left)).build().call()?;
        if answer.status().is_redirection() {
            let to = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
            at = kolada::follow(&at, to.ok_or(Hinder::Status(answer.status()))?)?;
            continue;
        }
        if answer.status() != StatusCode::OK {
            return Err(Hinder::Status(answer.status()));
        }
        let svar = svar(answer.body_mut(), limits.body)?;
        let mut page = kolada::page(svar, Some(&at))?;
        let next = page.next.take();
        urval.take(page)?;
        match next {
            Some(next) => at = next,
            None => return urval.empty("Kolada").map_or_else(|| Ok(urval.varden()), |said| Err(Hinder::Inga(said))),
        }
    }
    Err(Hinder::ForManga(limits.pages))
}

fn svar(body: &mut Body, most: u64) -> Result<Svar, Hinder> {
    let text = body.with_config().limit(most).read_to_vec().map_err(|fault| match fault {
        ureq::Error::BodyExceedsLimit(_) => Hinder::ForStor(most),
        other => other.into(),
    })?;
    serde_json::from_slice(&text).map_err(|_| Hinder::Svar(kolada::Fel::Olasligt))
}

fn agent(at: &str, limits: Limits, issuers: &dyn Fn() -> Vec<CertificateDer<'static>>) -> Result<Agent, Hinder> {
    let uri: Uri = at.parse().map_err(|_| Hinder::Onadd(ureq::Error::BadUri(at.to_owned())))?;
    let mut config = Config::builder()
        .user_agent(USER_AGENT)
        .accept("application/json")
        .timeout_connect(Some(limits.connect))
        // where a page sends on to is judged here, and a status is said in words of ours
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false);
    if uri.scheme_str() == Some("https") {
        config = config.tls_config(tls(&issuers())?);
    }
    // a proxy does not lead to this machine
    if uri.host().is_some_and(is_here) {
        config = config.proxy(None);
    }
    Ok(config.build().new_agent())
}

fn is_here(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn tls(issuers: &[CertificateDer<'static>]) -> Result<TlsConfig, Hinder> {
    if issuers.is_empty() {
        return Err(Hinder::Certifikat);
    }
    let roots: RootCerts = issuers.iter().map(|cert| Certificate::from_der(cert).to_owned()).into();
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    Ok(TlsConfig::builder().root_certs(roots).unversioned_rustls_crypto_provider(ring).build())
}
