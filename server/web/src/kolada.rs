//! Kolada: the job that fetches the key figures that series are compared with. It asks the store what waits, once a minute, and writes what
//! came or why nothing came. No page waits for it.

mod client;

use std::{thread, time::Duration};

use domain::siffror::jamforelse::{ArsVarde, JamforelseId, Nyckeltal};
use tokio::{
    sync::oneshot,
    time::{self, MissedTickBehavior},
};

pub use client::{Hinder, Limits, fetch, fetch_trusting};

use crate::state::AppState;

/// How often it is asked what waits.
const LOOK: Duration = Duration::from_mins(1);
/// How many are fetched at a look: Kolada is everybody's.
const AT_A_LOOK: usize = 20;

/// Fetches what waits, as long as the server runs and where it is allowed to go out.
pub async fn keep(state: AppState) {
    let Some(base) = state.settings.kolada.clone() else { return };
    let mut stopping = state.stopping.subscribe();
    let mut looks = time::interval(LOOK);
    // a fetch that took long is not followed by several looks at once
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = looks.tick() => {}
            _ = stopping.wait_for(|stops| *stops) => return,
        }
        if let Err(cause) = look(&state, &base, Limits::default()).await {
            tracing::warn!(%cause, "key figures that wait were not fetched, next try in a minute");
        }
    }
}

/// Fetches what waits, one after the other, and answers how many it asked for. What cannot be fetched is written as such and tried again
/// another day; what could not be written is tried again when its claim is void.
pub async fn look(state: &AppState, base: &str, limits: Limits) -> store::Result<usize> {
    for n in 0..AT_A_LOOK {
        let mut tx = state.store.system(true).await?;
        let claimed = store::serie::jamforelse::claim(&mut tx, state.clock.now()).await?;
        tx.commit().await?;
        let Some((id, av)) = claimed else { return Ok(n) };
        match ask(state, base, &av, limits).await {
            Err(Hinder::Avbruten) => return Ok(n),
            came => write(state, id, &av, came).await?,
        }
    }
    Ok(AT_A_LOOK)
}

async fn write(
    state: &AppState,
    id: JamforelseId,
    av: &Nyckeltal,
    came: Result<Vec<ArsVarde>, Hinder>,
) -> store::Result<()> {
    let mut tx = state.store.system(true).await?;
    match came {
        Ok(years) => {
            tracing::debug!(kpi = av.kpi, kommun = av.kommun, years = years.len(), "a key figure was fetched");
            store::serie::jamforelse::fetched(&mut tx, id, state.clock.today(), &years).await?;
        }
        Err(hinder) => {
            tracing::warn!(kpi = av.kpi, kommun = av.kommun, %hinder, cause = ?hinder, "a key figure was not fetched");
            store::serie::jamforelse::failed(&mut tx, id, &hinder.to_string()).await?;
        }
    }
    tx.commit().await
}

/// Asks on a thread of its own, and not on one of the runtime: those are waited for when the program ends, however long Kolada takes.
/// Nothing is written there, so that it can end with the program.
async fn ask(state: &AppState, base: &str, av: &Nyckeltal, limits: Limits) -> Result<Vec<ArsVarde>, Hinder> {
    let (answer, asked) = oneshot::channel();
    let (base, av, stopping) = (base.to_owned(), av.clone(), state.stopping.subscribe());
    let thread = thread::Builder::new().name("kolada".to_owned()).spawn(move || {
        // nobody waits any longer when the server stops
        let _ = answer.send(fetch(&base, &av, limits, &|| *stopping.borrow()));
    });
    if let Err(cause) = thread {
        return Err(Hinder::Onadd(cause.into()));
    }
    asked.await.unwrap_or(Err(Hinder::Avbruten))
}
