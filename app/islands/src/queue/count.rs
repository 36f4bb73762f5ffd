//! Count: how many answers have been entered on this device, and the day it is: what a page says that is open without the
//! server.

use super::{
    answer::DEVICE,
    device::Unkept,
    kept::{Antal, Day},
};
use crate::{client, contract, error::AppError, random};

/// Tables of the device, beside that of the answers.
pub const ANTAL: &str = "antal";
pub const META: &str = "meta";

/// How many have been entered.
pub async fn antal(konto: &str, enkat: &str, month: &str) -> Antal {
    let standing: Option<Antal> = DEVICE.get(ANTAL, &Antal::key(konto, enkat, month)).await.ok().flatten();
    standing.unwrap_or_else(|| Antal::of(konto, enkat, month))
}

/// Changes how many have been entered, in one transaction: an answer may be saved while a report is under way, in this
/// tab or another.
pub async fn change(konto: &str, enkat: &str, month: &str, change: impl FnOnce(&mut Antal)) -> Result<(), Unkept> {
    let changed = |standing: Option<Antal>| {
        let mut antal = standing.unwrap_or_else(|| Antal::of(konto, enkat, month));
        change(&mut antal);
        antal
    };
    DEVICE.change(ANTAL, &Antal::key(konto, enkat, month), changed).await
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
async fn device() -> String {
    if let Ok(Some(id)) = DEVICE.get::<String>(META, "enhet").await {
        return id;
    }
    let id = random::id();
    let _ = DEVICE.put(META, "enhet", &id).await;
    id
}

async fn all() -> Vec<Antal> {
    DEVICE.all(ANTAL).await.unwrap_or_default()
}

/// Whether the server has not been told of all of them.
pub async fn is_untold() -> bool {
    all().await.iter().any(|antal| antal.told != antal.report)
}

/// Tells the server how many answers the device has entered for the signed-in person, where it has not been told.
pub async fn report(konto: &str) -> Result<(), AppError> {
    for antal in all().await {
        if antal.konto != konto || antal.told == antal.report {
            continue;
        }
        let (device, n, report) = (device().await, antal.n.to_string(), antal.report.to_string());
        let fields = [
            ("enkat", antal.enkat.as_str()),
            ("konto", konto),
            ("device", device.as_str()),
            ("month", antal.month.as_str()),
            ("n", n.as_str()),
            ("report", report.as_str()),
        ];
        let others = match client::call(&contract::SET_ENKATANTAL, &fields).await {
            Ok(sum) => Some((sum.n - antal.n).max(0)),
            // another person is signed in
            Err(error @ AppError::Conflict(_)) => return Err(error),
            // an enkät that is gone needs no count
            Err(error) if error.is_final() => None,
            Err(error) => return Err(error),
        };
        let told = |now: &mut Antal| {
            now.others = others.unwrap_or(now.others);
            now.told = antal.report;
        };
        let _ = change(&antal.konto, &antal.enkat, &antal.month, told).await;
    }
    Ok(())
}
