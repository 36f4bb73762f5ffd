//! Those who save in a cell each for a minute, each at times of its own, until the server is killed under them.

use std::{
    fmt::Display,
    io,
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow};

/// How often each saves.
pub const EACH: usize = 30;
const MINUTE: Duration = Duration::from_mins(1);

/// Lets each of `clients` save its thing [`EACH`] times: `save` does it for the nth time, from 1, and gives how long it took until it was said
/// to be saved. Prints that it has begun, then the 99th percentile in milliseconds, and for each thing how often it was told.
pub fn all_save<C: Send + 'static, I: Copy + Display + Send + 'static>(
    base: &str,
    clients: Vec<(C, I)>,
    save: impl Fn(&mut C, I, i64) -> Result<Duration> + Copy + Send + 'static,
) -> Result<()> {
    println!("begun");
    let (began, many) = (Instant::now(), clients.len());
    let threads: Vec<_> = clients
        .into_iter()
        .enumerate()
        .map(|(n, (mut client, id))| {
            let host = base.trim_start_matches("http://").to_owned();
            thread::spawn(move || -> Result<(I, Vec<Duration>)> {
                let mut took = Vec::new();
                for k in 0..EACH {
                    // spread over the minute, each at a time of its own
                    let at = u32::try_from(k * many + n * 7 % many)?;
                    let share = f64::from(at) / f64::from(u32::try_from(EACH * many)?);
                    thread::sleep((began + MINUTE.mul_f64(share)).saturating_duration_since(Instant::now()));
                    match save(&mut client, id, i64::try_from(k)? + 1) {
                        Ok(waited) => took.push(waited),
                        // the server was killed: what was told until then is what has to be there
                        Err(error) if error.is::<io::Error>() && TcpStream::connect(&host).is_err() => break,
                        Err(error) => return Err(error),
                    }
                }
                Ok((id, took))
            })
        })
        .collect();
    let mut told = Vec::new();
    let mut took = Vec::new();
    for thread in threads {
        let (id, waited) = thread.join().map_err(|_| anyhow!("a writer panicked"))??;
        told.push((id, waited.len()));
        took.extend(waited);
    }
    println!("p99 {}", p99(took)?);
    for (id, many) in told {
        println!("told {id} {many}");
    }
    Ok(())
}

/// The 99th percentile, in milliseconds.
pub fn p99(mut took: Vec<Duration>) -> Result<u128> {
    took.sort_unstable();
    Ok(took.get(took.len() * 99 / 100).context("a cell that was saved")?.as_millis())
}
