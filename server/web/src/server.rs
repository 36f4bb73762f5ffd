//! Starts and stops the server: database, jobs, listening, and a calm end.

use std::{io::Write, net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use store::{Store, enkat::antal::Sealing};
use tokio::{net::TcpListener, signal, time};
use ui::ctx::DemoAccount;

use crate::{
    assets,
    bilaga::{Key, Keys},
    clock::Clock,
    config::Options,
    demo, kolada, router, serve, start,
    state::{AppState, FirstStart, Settings},
};

/// How long requests under way get to finish when the server is stopped.
const FAREWELL: Duration = Duration::from_secs(10);

/// Connects to the database and brings it to this version.
pub async fn open(database: &str) -> anyhow::Result<Store> {
    let store = Store::connect(database).await?;
    store.migrate().await?;
    Ok(store)
}

/// Seals what the store keeps of persons with the key of the environment, where there is one.
#[must_use]
pub fn sealed(store: Store, options: &Options) -> Store {
    let Some(key) = options.attachment_key.clone() else { return store };
    let keys = Keys::new(key, options.earlier_attachment_keys.clone());
    let (other, marking) = (keys.clone(), keys.clone());
    let sealing = Sealing::new(
        move |enkat, counts| keys.seal_counts(enkat, counts),
        move |enkat, sealed| other.open_counts(enkat, sealed),
    );
    store.sealed(sealing.marking(move |enkat, answers| marking.mark_table(enkat, answers)))
}

/// The state that every request is given.
#[must_use]
pub fn state(store: Store, options: &Options, database: &str, demo: Vec<DemoAccount>) -> AppState {
    let kolada = options.kolada(!demo.is_empty());
    store.rates().set_times(options.limits);
    let clock = Clock::new(options.today);
    store.is_day(clock.today());
    AppState {
        store,
        clock,
        assets: assets::names(),
        demo: Arc::new(demo),
        settings: Arc::new(Settings {
            public_url: options.public_url.clone(),
            trusted_proxy: options.trusted_proxy,
            idle: options.idle,
            attachment_key: options.attachment_key.clone(),
            earlier_keys: options.earlier_attachment_keys.clone(),
            kolada,
            database: if database.starts_with("postgres") { "postgres" } else { "sqlite" },
        }),
        first_start: Arc::new(FirstStart::default()),
        budget: Arc::default(),
        limits: Arc::default(),
        started: started(),
        stopping: Arc::default(),
    }
}

/// A number that no other start of the program has.
fn started() -> u64 {
    u64::from_le_bytes(domain::random::bytes())
}

/// The command `serve`.
pub async fn serve(options: &Options, database: &str) -> anyhow::Result<()> {
    let store = sealed(open(database).await?, options);
    listen(state(store, options, database, Vec::new()), options.listen).await
}

/// The command `demo`: in a new file that is removed afterwards, or in an empty database of the user's choice.
pub async fn serve_demo(options: &Options) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("kvalitetshjulet-demo-{}", domain::random::hex::<16>()));
    let database = if let Some(chosen) = &options.database {
        chosen.clone()
    } else {
        std::fs::create_dir(&folder).context("Demons tillfälliga mapp kunde inte skapas")?;
        format!("sqlite://{}", folder.join("demo.db").display())
    };
    let done = fill_and_listen(options, &database).await;
    if options.database.is_none() {
        // a file that is left in the folder for temporary files does no harm
        let _ = std::fs::remove_dir_all(&folder);
    }
    done
}

async fn fill_and_listen(options: &Options, database: &str) -> anyhow::Result<()> {
    let mut options = options.clone();
    if options.attachment_key.is_none() {
        // what is attached in a demonstration can be opened as long as it runs
        options.attachment_key = Some(Key::random());
    }
    let store = sealed(open(database).await?, &options);
    let mut tx = store.system(false).await?;
    let persons = store::person::count(&mut tx).await?;
    let empty = persons == 0 && store::organisation::tree(&mut tx).await?.walk().is_empty();
    drop(tx);
    anyhow::ensure!(
        empty,
        "Databasen har redan innehåll. Demon fyller bara en tom databas, så att inget skrivs över. \
         Ange en annan databas, eller starta utan demo."
    );
    let clock = Clock::new(options.today);
    let accounts = demo::fill(&store, clock.today(), clock.now()).await?;
    listen(state(store, &options, database, accounts), options.listen).await
}

async fn listen(state: AppState, address: SocketAddr) -> anyhow::Result<()> {
    start::announce(&state).await?;
    let listener = TcpListener::bind(address).await.with_context(|| format!("Servern kan inte lyssna på {address}"))?;
    let address = listener.local_addr()?;
    let store = state.store.clone();
    let housekeeping = tokio::spawn(keep_house(state.clone()));
    let clock = state.clock;
    let answers = tokio::spawn(publish_answers(state.clone()));
    let words = tokio::spawn(renew_words(state.store.clone()));
    let kolada = tokio::spawn(kolada::keep(state.clone()));
    let heard = tokio::spawn({
        let store = state.store.clone();
        async move { store.listen().await }
    });
    let stopping = Arc::clone(&state.stopping);
    let patience = state.limits.patience;
    let router = router::router(state);
    println!("listening on http://{address}");
    std::io::stdout().flush()?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    let overdue = async {
        stopped().await;
        // nobody listens to the channel as long as no stream is open
        let _ = stopping.send_replace(true);
        tracing::info!("stopping: requests under way are finished");
        time::sleep(FAREWELL).await;
    };
    tokio::select! {
        () = serve::serve(listener, router, patience.head, stopped()) => {}
        () = overdue => tracing::warn!("requests under way were cut off"),
    }
    housekeeping.abort();
    answers.abort();
    heard.abort();
    words.abort();
    kolada.abort();
    if let Err(cause) = look_through(&store, clock.today(), true).await {
        tracing::warn!(%cause, "answers that wait were not looked through");
    }
    store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Removes sessions that have expired and failed logins that are old, and lays the report deadlines of this year and the
/// next on units that do not have them yet: everybody's at New Year, a new unit has had its when it was made. Case references of
/// runs and closed avvikelser whose time is up go too. What everybody reads of cases in numbers is released here, once its
/// time has come, before any of them go.
async fn keep_house(state: AppState) {
    let mut hours = time::interval(Duration::from_hours(1));
    let mut planned = None;
    loop {
        hours.tick().await;
        let today = state.clock.today();
        if planned != Some(today) {
            let filled = store::serie::fyllning::all(&state.store, today).await;
            let laid = store::planaktivitet::all(&state.store, today).await;
            match filled.and(laid) {
                Ok(()) => planned = Some(today),
                Err(cause) => {
                    tracing::warn!(%cause, "what is to be filled in and done was not planned, next try in an hour");
                }
            }
        }
        // whether anything happened or not: see `domain::event`
        state.store.tell_public();
        let purged = async {
            let mut tx = state.store.system(true).await?;
            let count = store::session::delete_expired(&mut tx, state.clock.seconds()).await?;
            store::device::purge(&mut tx, state.clock.seconds()).await?;
            store::sakerhet::purge(&mut tx, state.clock.now()).await?;
            state.store.used().forget_before(state.clock.seconds() - 86_400);
            store::utkast::purge(&mut tx, state.clock.today()).await?;
            tx.forget_changes().await?;
            store::aktivitet::ensure_reports_everywhere(&mut tx, state.clock.now(), state.clock.today()).await?;
            store::genomforande::purge(&mut tx, state.clock.now(), state.clock.today()).await?;
            tx.commit().await?;
            let released = store::avvikelse::frislappt::release_all(&state.store, state.clock.today()).await;
            loop {
                let mut tx = state.store.system(true).await?;
                let gone = store::avvikelse::gallring::purge(&mut tx, state.clock.now(), state.clock.today()).await?;
                tx.commit().await?;
                if gone == 0 {
                    break;
                }
            }
            // what could not be released does not keep what is to go
            released?;
            store::Result::Ok(count)
        };
        match purged.await {
            Ok(count) => tracing::debug!(count, "removed expired sessions"),
            Err(cause) => tracing::warn!(%cause, "housekeeping failed, next try in an hour"),
        }
    }
}

/// How often answers that have come are looked through: short enough for somebody who waits for the figures, long enough
/// for many to be written together.
const LOOK: Duration = Duration::from_secs(10);
/// After so many looks, periods that are over are closed, and what was said without a name is told.
const LOOKS: u32 = 60;

/// Publishes answers when there are enough of them.
async fn publish_answers(state: AppState) {
    let mut looks = time::interval(LOOK);
    let mut n = 0_u32;
    loop {
        looks.tick().await;
        let all = n.is_multiple_of(LOOKS);
        n = n.wrapping_add(1);
        if all && let Err(cause) = tell_unnamed(&state.store, state.clock.today()).await {
            tracing::warn!(%cause, "what was said without a name was not told");
        }
        if let Err(cause) = look_through(&state.store, state.clock.today(), all).await {
            // what has come is looked through the next time
            state.store.note_answers();
            tracing::warn!(%cause, "answers that wait were not looked through");
        }
    }
}

/// Makes the words anew that cases of an earlier version are found by: once, a few at a time, beside those who work.
async fn renew_words(store: Store) {
    let some = async || {
        let mut tx = store.system(true).await?;
        let n = store::avvikelse::ord::renew(&mut tx).await?;
        tx.commit().await?;
        store::Result::Ok(n)
    };
    loop {
        match some().await {
            Ok(0) => break,
            Ok(n) => tracing::debug!(n, "cases were indexed anew"),
            // somebody else was first, or the disk is full: a search misses nothing but what it missed before
            Err(cause) => {
                tracing::warn!(%cause, "cases were not indexed anew, next try in a minute");
                time::sleep(Duration::from_mins(1)).await;
            }
        }
        time::sleep(Duration::from_millis(50)).await;
    }
}

/// Writes what has been said without a name anew and tells open screens of it: by the clock, not when it came.
async fn tell_unnamed(store: &Store, today: chrono::NaiveDate) -> store::Result<()> {
    // also what came before midnight, or before the server was started again
    let since = today.checked_sub_days(chrono::Days::new(2)).unwrap_or(today);
    store::forslag::scatter(store, since).await?;
    store.tell_gathered().await
}

async fn look_through(store: &Store, today: chrono::NaiveDate, all: bool) -> store::Result<()> {
    if !store.take_answers() && !all {
        return Ok(());
    }
    store::enkat::slapp::sweep(store, today).await?;
    store.tidy().await
}

/// Ctrl-C, or the signal that systemd sends.
async fn stopped() {
    let interrupt = async {
        // without the signal the server can still be stopped from outside
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
