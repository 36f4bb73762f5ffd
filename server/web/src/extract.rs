//! Who asks: read from the session once per request, and given to handlers as [`Visitor`] or, where a login is needed,
//! [`CurrentActor`].

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    response::{IntoResponse, Response},
};
use domain::person::Actor;
use http::{HeaderMap, Method, request::Parts};
use tower_sessions::Session;
use ui::{
    cookie,
    ctx::{Device, Login},
    error::AppError,
    place::UNIT_COOKIE,
    routes::Group,
};

use crate::{link, plain, session, state::AppState, utloggad};

/// The name of the cookie that holds the theme of this device.
const THEME_COOKIE: &str = "kvalitet_tema";
/// The name of the cookie that says that letters alone do nothing on this device.
const KEYS_COOKIE: &str = "kvalitet_tangenter";
/// The name of the cookie that holds which groups of the menu are not as they start, with commas between; set by `boot.js`.
const MENU_COOKIE: &str = "kvalitet_meny";

/// Whoever sends the request, logged in or not.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The session; has no row until something is put in it.
    pub session: Session,
    /// The person, when logged in.
    pub actor: Option<Arc<Actor>>,
    /// How the login stands.
    pub login: Login,
    /// What is chosen on the device.
    pub device: Device,
}

/// The logged-in person. A request without one is sent to the login page, and comes back after it.
#[derive(Clone, Debug)]
pub struct CurrentActor(pub Arc<Actor>);

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let failed = |parts: &Parts, error: AppError| plain::answer(&parts.headers, &error);
        let Some(session) = parts.extensions.get::<Session>().cloned() else {
            tracing::error!("a route outside the session layer asks who the visitor is");
            return Err(failed(parts, AppError::Internal("session".to_owned())));
        };
        let (actor, login) = match session::actor(state, &session, session::Asks::of(parts)).await {
            Ok(Some((actor, login))) => (Some(actor), login),
            Ok(None) => (None, Login::default()),
            Err(error) => return Err(failed(parts, error)),
        };
        let visitor = Self { session, actor, login, device: device(&parts.headers) };
        parts.extensions.insert(visitor.clone());
        Ok(visitor)
    }
}

impl FromRequestParts<AppState> for CurrentActor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let visitor = <Visitor as FromRequestParts<AppState>>::from_request_parts(parts, state).await?;
        if let Some(actor) = visitor.actor {
            return Ok(Self(actor));
        }
        if !plain::wants_html(&parts.headers) {
            return Err(plain::answer(&parts.headers, &AppError::LoggedOut));
        }
        if parts.method == Method::GET || parts.method == Method::HEAD {
            let back = parts.uri.path_and_query().map_or("/", |p| p.as_str());
            return Err(link::see_other(&link::login(back)).into_response());
        }
        // a file that was posted cannot be kept, so go back to the page that it was posted from
        let back = link::referer(&parts.headers, state.settings.public_url.as_deref());
        let answer = utloggad::not_received(state, &visitor.session, back.as_deref()).await;
        Err(answer.unwrap_or_else(|error| plain::answer(&parts.headers, &error)))
    }
}

/// Where the request comes from: the connection, or what a trusted proxy says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        // only the last entry is the proxy's own; those before it are what the client claimed
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back();
        let forwarded = forwarded.and_then(|v| v.to_str().ok()).and_then(|v| address(v.rsplit(',').next()?));
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
        let address = forwarded.filter(|_| state.settings.trusted_proxy).or(connected);
        Ok(Self(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))))
    }
}

/// An address as proxies write it: bare, with a port after it, IPv6 in brackets, in quotes, with its zone.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"').trim();
    let bare = match text.strip_prefix('[') {
        Some(rest) => {
            let (inside, after) = rest.split_once(']')?;
            let port = after.is_empty() || after.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
            port.then_some(inside)?
        }
        // one colon: a port; more of them: IPv6 without brackets, where nothing can be told apart from it
        None => match text.split_once(':') {
            Some((before, port)) if port.parse::<u16>().is_ok() => before,
            _ => text,
        },
    };
    let bare = bare.split_once('%').map_or(bare, |(address, _)| address);
    // an IPv4 that has passed a socket for both is the same address
    bare.parse().ok().map(|address: IpAddr| address.to_canonical())
}

/// What is chosen on this device, as far as we know it.
fn device(headers: &HeaderMap) -> Device {
    let mut device = Device::default();
    for cookie in cookie::sent(headers) {
        match (cookie.name(), cookie.value()) {
            (THEME_COOKIE, theme @ ("light" | "dark" | "kontrast")) => theme.clone_into(&mut device.theme),
            (KEYS_COOKIE, "av") => device.no_letters = true,
            (UNIT_COOKIE, unit) => device.unit = unit.parse().ok(),
            (MENU_COOKIE, codes) => {
                let known = Group::ALL.into_iter().map(Group::code);
                device.menu = known.filter(|code| codes.split(',').any(|c| c == *code)).collect();
            }
            _ => {}
        }
    }
    device
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_however_a_proxy_writes_it() {
        for (written, expected) in [
            ("192.0.2.1", "192.0.2.1"),
            (" 192.0.2.1:51234 ", "192.0.2.1"),
            ("2001:db8::7", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("[2001:db8::7]:443", "2001:db8::7"),
            ("\"[2001:db8::7]:443\"", "2001:db8::7"),
            ("fe80::7%eth0", "fe80::7"),
            ("[fe80::7%25eth0]:80", "fe80::7"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("[::ffff:192.0.2.1]:8080", "192.0.2.1"),
        ] {
            assert_eq!(address(written), expected.parse().ok(), "{written}");
        }
        for none in ["", "unknown", "_hidden", "[2001:db8::7", "[2001:db8::7]x", "[2001:db8::7]:x", "192.0.2.1:99999"] {
            assert_eq!(address(none), None, "{none}");
        }
    }
}
