//! What the device keeps: answers that are not yet sent, and how many have been entered. Nothing in it names a person;
//! an answer belongs to a random key that only the server can tell whose it is.

use domain::enkat::Inlamnat;
use idb::{
    Database, Query, TransactionMode,
    builder::{DatabaseBuilder, ObjectStoreBuilder},
};
use leptos::leptos_dom::helpers::window;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

const NAME: &str = "kvalitetshjulet";
const SVAR: &str = "svar";
const ANTAL: &str = "antal";
const META: &str = "meta";

/// The event that tells the parts of a page that something was kept or sent.
pub const CHANGED: &str = "kvalitet-utkorg";
/// The event that asks the outbox to send.
pub const SEND: &str = "kvalitet-skicka";

/// Where an answer on the device stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// To be sent.
    #[default]
    Waiting,
    /// The server would not have it; the text says why.
    Refused(String),
    /// Taken back by the person after it may have been sent: the server is to be told.
    TakeBack,
}

/// An answer on the device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The answer.
    pub svar: Inlamnat,
    /// Whose it is.
    pub konto: String,
    /// Id of the enkät.
    pub enkat: String,
    /// What the enkät is called, for lists of what waits.
    pub title: String,
    /// Whether it was ever on its way to the server.
    pub tried: bool,
    /// Where it stands.
    pub stage: Stage,
}

/// How many answers this device has entered for a person in an enkät and month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Antal {
    /// Whose.
    pub konto: String,
    /// Id of the enkät.
    pub enkat: String,
    /// `2026-11`.
    pub month: String,
    /// How many on this device.
    pub n: i64,
    /// How many elsewhere, as the server last said.
    pub others: i64,
    /// Rises with every change.
    pub report: i64,
    /// The last one that the server has been told.
    pub told: i64,
}

impl Antal {
    fn of(konto: &str, enkat: &str, month: &str) -> Self {
        let (konto, enkat, month) = (konto.to_owned(), enkat.to_owned(), month.to_owned());
        Self { konto, enkat, month, ..Self::default() }
    }

    /// The key it is kept under.
    #[must_use]
    pub fn key(konto: &str, enkat: &str, month: &str) -> String {
        format!("{konto}|{enkat}|{month}")
    }
}

/// The day that the server last said it was, and what the device's clock said then: only the difference of the device's
/// clock is used, so a wrong clock does no harm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// `2026-11-25`.
    pub today: String,
    /// Milliseconds, as the device counts.
    pub at: f64,
}

/// Why the device could not keep something: it is full, or keeps nothing for this site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unkept;

impl From<idb::Error> for Unkept {
    fn from(_: idb::Error) -> Self {
        Self
    }
}

async fn open() -> Result<Database, Unkept> {
    let store = ObjectStoreBuilder::new;
    let builder = DatabaseBuilder::new(NAME).version(1);
    let builder = builder.add_object_store(store(SVAR)).add_object_store(store(ANTAL)).add_object_store(store(META));
    Ok(builder.build().await?)
}

async fn put<T: Serialize>(store: &str, key: &str, value: &T) -> Result<(), Unkept> {
    let text = serde_json::to_string(value).map_err(|_| Unkept)?;
    let db = open().await?;
    let transaction = db.transaction(&[store], TransactionMode::ReadWrite)?;
    transaction.object_store(store)?.put(&JsValue::from_str(&text), Some(&JsValue::from_str(key)))?.await?;
    // kept is what the transaction has brought to an end, not what was asked of it
    let done = transaction.commit()?.await?;
    db.close();
    if done.is_committed() { Ok(()) } else { Err(Unkept) }
}

async fn get<T: DeserializeOwned>(store: &str, key: &str) -> Result<Option<T>, Unkept> {
    let db = open().await?;
    let transaction = db.transaction(&[store], TransactionMode::ReadOnly)?;
    let found = transaction.object_store(store)?.get(Query::Key(JsValue::from_str(key)))?.await?;
    db.close();
    Ok(found.and_then(|v| v.as_string()).and_then(|text| serde_json::from_str(&text).ok()))
}

async fn all<T: DeserializeOwned>(store: &str) -> Result<Vec<T>, Unkept> {
    let db = open().await?;
    let transaction = db.transaction(&[store], TransactionMode::ReadOnly)?;
    let found = transaction.object_store(store)?.get_all(None, None)?.await?;
    db.close();
    Ok(found.into_iter().filter_map(|v| v.as_string()).filter_map(|text| serde_json::from_str(&text).ok()).collect())
}

async fn delete(store: &str, key: &str) -> Result<(), Unkept> {
    let db = open().await?;
    let transaction = db.transaction(&[store], TransactionMode::ReadWrite)?;
    transaction.object_store(store)?.delete(Query::Key(JsValue::from_str(key)))?.await?;
    transaction.commit()?.await?;
    db.close();
    Ok(())
}

/// Keeps an answer, or how it now stands.
pub async fn keep(post: &Post) -> Result<(), Unkept> {
    put(SVAR, &post.svar.id, post).await?;
    tell();
    Ok(())
}

/// One answer.
pub async fn post(id: &str) -> Option<Post> {
    get(SVAR, id).await.ok().flatten()
}

/// Every answer on the device, whosever.
pub async fn posts() -> Vec<Post> {
    all(SVAR).await.unwrap_or_default()
}

/// Forgets an answer.
pub async fn forget(id: &str) -> Result<(), Unkept> {
    delete(SVAR, id).await?;
    tell();
    Ok(())
}

/// How many have been entered.
pub async fn antal(konto: &str, enkat: &str, month: &str) -> Antal {
    let standing: Option<Antal> = get(ANTAL, &Antal::key(konto, enkat, month)).await.ok().flatten();
    standing.unwrap_or_else(|| Antal::of(konto, enkat, month))
}

/// Changes how many have been entered, in one transaction: an answer may be saved while a report is under way, in this
/// tab or another.
pub async fn change_antal(
    konto: &str,
    enkat: &str,
    month: &str,
    change: impl FnOnce(&mut Antal),
) -> Result<(), Unkept> {
    let key = JsValue::from_str(&Antal::key(konto, enkat, month));
    let db = open().await?;
    let transaction = db.transaction(&[ANTAL], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(ANTAL)?;
    let found = store.get(Query::Key(key.clone()))?.await?.and_then(|v| v.as_string());
    let mut antal =
        found.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(|| Antal::of(konto, enkat, month));
    change(&mut antal);
    let text = serde_json::to_string(&antal).map_err(|_| Unkept)?;
    store.put(&JsValue::from_str(&text), Some(&key))?.await?;
    transaction.commit()?.await?;
    db.close();
    Ok(())
}

/// Every count on the device.
pub async fn all_antal() -> Vec<Antal> {
    all(ANTAL).await.unwrap_or_default()
}

/// The day that the server last said.
pub async fn day() -> Option<Day> {
    get(META, "dag").await.ok().flatten()
}

/// Keeps the day that the server says.
pub async fn keep_day(day: &Day) {
    let _ = put(META, "dag", day).await;
}

/// A random id that is this device's, made at the first use.
pub async fn device() -> String {
    if let Ok(Some(id)) = get::<String>(META, "enhet").await {
        return id;
    }
    let id = random_id();
    let _ = put(META, "enhet", &id).await;
    id
}

/// A random UUID (version 4). `crypto.randomUUID` is only there over https; this is there everywhere.
#[must_use]
pub fn random_id() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

fn tell() {
    say(CHANGED);
}

/// Asks the outbox of the page to send what waits.
pub fn ask_to_send() {
    say(SEND);
}

fn say(event: &str) {
    if let Ok(event) = web_sys::Event::new(event) {
        let _ = window().dispatch_event(&event);
    }
}
