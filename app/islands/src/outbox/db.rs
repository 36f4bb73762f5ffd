//! What the device keeps: answers that are not yet sent, and how many have been entered. Nothing in it names a person;
//! an answer belongs to a random key that only the server can tell whose it is.

use domain::enkat::{Inlamnat, Mend};
use serde::{Deserialize, Serialize};

pub use crate::device::random_id;
use crate::device::{Device, Unkept, say};

const DEVICE: Device = Device { name: "kvalitetshjulet", tables: &[SVAR, ANTAL, META] };
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
    /// What mends it, where it was refused.
    #[serde(default)]
    pub mend: Option<Mend>,
}

/// How many answers this device has entered for a person in an enkät and month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Antal {
    /// Name of the person on this device.
    pub konto: String,
    /// Id of the enkät.
    pub enkat: String,
    /// `2026-11`.
    pub month: String,
    /// How many on this device.
    pub n: i64,
    /// Answers entered on other devices, as the server last said.
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

/// Keeps an answer, or how it now stands.
pub async fn keep(post: &Post) -> Result<(), Unkept> {
    DEVICE.put(SVAR, &post.svar.id, post).await?;
    tell();
    Ok(())
}

/// One answer.
pub async fn post(id: &str) -> Option<Post> {
    DEVICE.get(SVAR, id).await.ok().flatten()
}

/// Every answer on the device, whosever.
pub async fn posts() -> Vec<Post> {
    DEVICE.all(SVAR).await.unwrap_or_default()
}

/// Forgets an answer.
pub async fn forget(id: &str) -> Result<(), Unkept> {
    DEVICE.delete(SVAR, id).await?;
    tell();
    Ok(())
}

/// How many have been entered.
pub async fn antal(konto: &str, enkat: &str, month: &str) -> Antal {
    let standing: Option<Antal> = DEVICE.get(ANTAL, &Antal::key(konto, enkat, month)).await.ok().flatten();
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
    let changed = |standing: Option<Antal>| {
        let mut antal = standing.unwrap_or_else(|| Antal::of(konto, enkat, month));
        change(&mut antal);
        antal
    };
    DEVICE.change(ANTAL, &Antal::key(konto, enkat, month), changed).await
}

/// Every count on the device.
pub async fn all_antal() -> Vec<Antal> {
    DEVICE.all(ANTAL).await.unwrap_or_default()
}

/// The day that the server last said.
pub async fn day() -> Option<Day> {
    DEVICE.get(META, "dag").await.ok().flatten()
}

/// Keeps the day that the server says.
pub async fn keep_day(day: &Day) {
    let _ = DEVICE.put(META, "dag", day).await;
}

/// A random id that is this device's, made at the first use.
pub async fn device() -> String {
    if let Ok(Some(id)) = DEVICE.get::<String>(META, "enhet").await {
        return id;
    }
    let id = random_id();
    let _ = DEVICE.put(META, "enhet", &id).await;
    id
}

fn tell() {
    say(CHANGED);
}

/// Asks the outbox of the page to send what waits.
pub fn ask_to_send() {
    say(SEND);
}
