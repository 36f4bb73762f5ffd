//! The whole application in this process, on a database in memory, and a browser of few words.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

#[macro_use]
pub mod database;
pub mod reader;

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
};
use domain::{
    id::{NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::Role,
};
use http::{HeaderMap, Method, Request, StatusCode, header};
use store::{Store, Tx, person::NewPerson};
use tower::ServiceExt;
use web::{
    clock::Clock,
    password,
    router::router,
    state::{AppState, Settings},
};

pub const PASSWORD: &str = "demo-kvalitet";
pub const ADMIN: &str = "admin@demo.se";
pub const CHEF: &str = "enhetschef@demo.se";

pub struct App {
    pub router: Router,
    pub state: AppState,
    pub top: NodeId,
    pub enhet: NodeId,
    pub admin: PersonId,
    pub chef: PersonId,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The body as it came.
    pub bytes: Bytes,
    /// What its reader reads in a document that the program made; otherwise nothing.
    pub words: String,
}

impl App {
    /// Nobody has an account.
    pub async fn empty() -> Self {
        // nothing goes out: what does is a job of the program, which is not here
        let kolada = Some(domain::siffror::kolada::BAS.to_owned());
        Self::with(Settings { database: "sqlite", kolada, ..Settings::default() }).await
    }

    /// An organisation with a unit, its enhetschef and an administrator.
    pub async fn new() -> Self {
        let app = Self::empty().await;
        app.people().await;
        app
    }

    pub async fn with(settings: Settings) -> Self {
        Self::at(&database::of_story().await, settings).await
    }

    pub async fn at(database: &str, settings: Settings) -> Self {
        let store = Store::connect(database).await.unwrap();
        store.migrate().await.unwrap();
        // a test does in a second what nobody does in a minute; those of the limits take this back
        store.rates().set_times(1_000);
        let state = AppState {
            store,
            clock: Clock::default(),
            assets: web::assets::names(),
            demo: Arc::default(),
            settings: Arc::new(settings),
            first_start: Arc::default(),
            budget: Arc::default(),
            limits: Arc::default(),
            started: 1,
            stopping: Arc::default(),
        };
        let (top, enhet, admin, chef) = (NodeId::new(), NodeId::new(), PersonId::new(), PersonId::new());
        Self { router: router(state.clone()), state, top, enhet, admin, chef }
    }

    pub async fn people(&self) {
        let hash = password::hash(PASSWORD.to_owned()).await;
        let now = self.state.clock.now();
        let mut tx = self.write().await;
        for (id, parent, kind, name) in [
            (self.top, None, NodeKind::Organisation, "Staden"),
            (self.enhet, Some(self.top), NodeKind::Enhet, "Bromma"),
        ] {
            let node = Node { id, parent, kind, name: name.to_owned(), active: true, version: 1 };
            store::organisation::create_node(&mut tx, now, &node).await.unwrap();
        }
        for (id, name, email, role, node) in [
            (self.admin, "Administratör", ADMIN, Role::Admin, self.top),
            (self.chef, "Enhetschef", CHEF, Role::Enhetschef, self.enhet),
        ] {
            let (name, email, roles) = (name.to_owned(), email.to_owned(), vec![(role, node)]);
            let person = NewPerson { id, name, email, password_hash: hash.clone(), roles };
            store::person::create(&mut tx, now, &person).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    pub async fn write(&self) -> Tx {
        self.state.store.system(true).await.unwrap()
    }

    /// How many sessions the database holds.
    pub async fn sessions(&self) -> u64 {
        let mut tx = self.write().await;
        // counted by removing them all; the transaction is dropped and rolled back
        store::session::delete_expired(&mut tx, i64::MAX).await.unwrap()
    }

    /// No row of a session is left: whose they were is not known any more.
    pub async fn expire_sessions(&self) {
        let mut tx = self.write().await;
        store::session::delete_expired(&mut tx, i64::MAX).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The same server so many seconds later.
    pub fn later(&self, seconds: i64) -> Self {
        let state = AppState { clock: self.state.clock.later(seconds), ..self.state.clone() };
        let router = router(state.clone());
        Self { router, state, top: self.top, enhet: self.enhet, admin: self.admin, chef: self.chef }
    }

    /// Sends a request. A document that comes back is opened by a reader that is not ours.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let path = request.uri().path().to_owned();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        let mut answer = Answer { status: parts.status, headers: parts.headers, body, bytes, words: String::new() };
        // what somebody attached to a case is theirs
        if let Some(kind) = reader::kind(answer.header("content-type")).filter(|_| !path.contains("/bilagor/")) {
            answer.words = reader::open(kind, &path, &answer.bytes);
        }
        answer
    }

    /// Opens a page, as a browser does.
    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(browser(Method::GET, path, cookie).body(Body::empty()).unwrap()).await
    }

    /// Sends a form that stands on the page `from`, as a browser does without JavaScript.
    pub async fn post(&self, path: &str, cookie: &str, from: &str, fields: &[(&str, &str)]) -> Answer {
        let own = self.state.settings.public_url.clone().unwrap_or_else(|| "http://localhost:3000".to_owned());
        let request = browser(Method::POST, path, cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::ORIGIN, &own)
            .header(header::REFERER, format!("{own}{from}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(serde_urlencoded::to_string(fields).unwrap()))
            .unwrap();
        self.send(request).await
    }

    pub async fn try_login(&self, email: &str, password: &str) -> Answer {
        self.post("/logga-in", "", "/logga-in", &[("email", email), ("password", password)]).await
    }

    /// The cookie of one more who works in the unit, and changes nothing of it.
    pub async fn medarbetare(&self) -> String {
        let mut tx = self.write().await;
        let password_hash = web::password::hash(PASSWORD.to_owned()).await;
        let (id, email) = (PersonId::new(), "medarbetare@demo.se".to_owned());
        let roles = vec![(Role::Medarbetare, self.enhet)];
        let new = NewPerson { id, name: "Handläggare".into(), email: email.clone(), password_hash, roles };
        store::person::create(&mut tx, self.state.clock.now(), &new).await.unwrap();
        tx.commit().await.unwrap();
        self.log_in(&email).await
    }

    /// The cookie of a new login.
    pub async fn log_in(&self, email: &str) -> String {
        let answer = self.try_login(email, PASSWORD).await;
        assert_eq!(answer.to(), "/", "{}", answer.body);
        answer.cookie()
    }
}

impl Answer {
    /// Where the browser is sent.
    pub fn to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.header("location")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The session cookie as a browser sends it back: `name=value`.
    pub fn cookie(&self) -> String {
        self.set_cookie().split(';').next().unwrap().to_owned()
    }

    /// The header that sets the session cookie; empty when there is none.
    pub fn set_cookie(&self) -> &str {
        let all = self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
        all.into_iter().find(|cookie| cookie.contains("kvalitet_session=")).unwrap_or_default()
    }
}

pub fn browser(method: Method, path: &str, cookie: &str) -> http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost:3000")
        .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
        .header(header::COOKIE, cookie)
}
