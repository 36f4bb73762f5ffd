//! The binary `kvalitetshjulet`: reads the command line and does what it says.

use std::process::ExitCode;

use tokio::runtime::Runtime;
use web::{
    clock::Clock,
    config::{Command, Config, DEFAULT_DATABASE},
    import, logging, server, user,
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run(Config::read()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Fel: {}", said(&error));
            ExitCode::FAILURE
        }
    }
}

/// The error in a sentence: what the database could not do in its words, the rest with what it was about.
fn said(error: &anyhow::Error) -> String {
    let database = error.chain().find_map(|cause| cause.downcast_ref::<store::Error>());
    database.map_or_else(|| format!("{error:#}"), store::Error::sentence)
}

fn run(config: Config) -> anyhow::Result<()> {
    logging::init(&config.options.log).map_err(anyhow::Error::msg)?;
    // as many workers as cores
    Runtime::new()?.block_on(command(config))
}

async fn command(Config { options, command }: Config) -> anyhow::Result<()> {
    let database = options.database.as_deref().unwrap_or(DEFAULT_DATABASE);
    // before anything is said to be done
    let asked = matches!(command, Some(Command::Demo)) && options.database.is_none();
    if !asked {
        store::check_address(database).map_err(anyhow::Error::msg)?;
    }
    let clock = Clock::new(options.today);
    let now = clock.now();
    match command.unwrap_or(Command::Serve) {
        Command::Serve => server::serve(&options, database).await,
        Command::Demo => server::serve_demo(&options).await,
        Command::Migrate => {
            server::open(database).await?.close().await;
            println!("Databasen är uppdaterad.");
            Ok(())
        }
        Command::User(command) => {
            let store = server::open(database).await?;
            let done = user::run(&store, command, now).await;
            store.close().await;
            done
        }
        Command::Import(import) => {
            let store = server::open(database).await?;
            let done = import::run_cli(&store, &import, clock).await;
            store.close().await;
            done
        }
    }
}
