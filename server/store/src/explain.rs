//! Explain: what a database answered when it could not be used, as one Swedish sentence with what to do about it. Whoever
//! starts the server or gives a command reads it; the cause in the words of the database is for the log.

use sqlx::{error::DatabaseError, migrate::MigrateError, postgres::PgConnectOptions};

use crate::{Error, wire};

/// Where the database is, as the sentence names it.
enum Place<'a> {
    /// A path on this machine.
    File(&'a str),
    /// The server of this name.
    Server(&'a str),
    /// It is open, and so known to be there.
    Open,
}

impl Place<'_> {
    fn name(&self) -> String {
        match self {
            Self::File(file) => format!("Databasfilen {file}"),
            Self::Server(host) => format!("Databasservern {host}"),
            Self::Open => "Databasen".to_owned(),
        }
    }
}

impl Error {
    /// The error in one sentence, with the way out, for who stands at the command line.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Db(cause) => sentence(cause, &Place::Open),
            Self::Busy | Self::Unreached => sentence(&sqlx::Error::PoolTimedOut, &Place::Open),
            Self::Unsure => {
                "Databasen svarade inte när det skulle sparas. Se efter om det sparades innan du kör kommandot igen."
                    .to_owned()
            }
            Self::Setup(said) | Self::Migration(said) => said.clone(),
            Self::Invalid(faults) => faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join(" "),
            Self::Unread { table, id, column } => format!(
                "Raden {id} i tabellen {table} kan inte läsas: den här versionen av programmet förstår inte det som står i {column}. \
                 Är databasen skriven av en senare version, kör den."
            ),
            Self::NotFound => "Det finns inte i databasen. Kontrollera vad du skrev.".to_owned(),
            Self::Conflict => "Någon annan ändrade samma sak samtidigt. Kör kommandot en gång till.".to_owned(),
            Self::Forbidden | Self::LoggedOut => "Det får inte göras så. Kontrollera vad du skrev.".to_owned(),
        }
    }
}

/// The error of a file that could not be opened.
pub(crate) fn of_file(error: &sqlx::Error, url: &str) -> Error {
    let file = url.strip_prefix("sqlite:").unwrap_or(url);
    let file = file.strip_prefix("//").unwrap_or(file);
    let file = file.split('?').next().unwrap_or_default();
    Error::Setup(sentence(error, &Place::File(file)))
}

/// The error of a server that could not be reached, or did not let us in.
pub(crate) fn of_server(error: &sqlx::Error, options: &PgConnectOptions) -> Error {
    Error::Setup(wire::sentence(error, options).unwrap_or_else(|| sentence(error, &Place::Server(options.get_host()))))
}

/// The error of an address that is none. It is not repeated: it may hold a password.
pub(crate) fn of_address() -> Error {
    Error::Setup(
        "Databasens adress kan inte tolkas. Skriv sqlite:///mapp/kvalitet.db eller \
         postgres://användare:lösenord@värd/databas."
            .to_owned(),
    )
}

/// The error of a migration.
pub(crate) fn of_migration(error: &MigrateError) -> Error {
    let cause = match error {
        MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _) => {
            return Error::Migration(sentence(cause, &Place::Open));
        }
        MigrateError::VersionMissing(version) => {
            return Error::Migration(format!(
                "Databasen är gjord av en nyare version av Kvalitetshjulet (migrering {version}). \
                 Installera den versionen eller läs in en säkerhetskopia."
            ));
        }
        MigrateError::VersionMismatch(version) | MigrateError::Dirty(version) => format!("migrering {version}"),
        other => other.to_string(),
    };
    Error::Migration(format!(
        "Databasen kunde inte föras till den här versionen av Kvalitetshjulet ({cause}). \
         Läs in en säkerhetskopia, eller kontakta den som gav dig programmet."
    ))
}

fn sentence(error: &sqlx::Error, place: &Place<'_>) -> String {
    tracing::debug!(cause = %error, "the database");
    let name = place.name();
    match error {
        sqlx::Error::Configuration(_) => match of_address() {
            Error::Setup(said) => said,
            other => other.to_string(),
        },
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
            match place {
                Place::Server(_) => format!(
                    "{name} svarar inte. Se efter att PostgreSQL är igång där och att värd och port i databasens adress \
                     stämmer."
                ),
                Place::File(_) => format!("{name} kunde inte öppnas. {FILE}"),
                Place::Open => "Databasen svarar inte längre. Se efter att den är igång och försök igen.".to_owned(),
            }
        }
        sqlx::Error::Database(said) => answered(said.as_ref(), place).unwrap_or_else(|| unknown(&name, said.message())),
        other => unknown(&name, &other.to_string()),
    }
}

/// What is to be seen to where a file cannot be opened.
const FILE: &str = "Se efter att mappen finns och att den som kör programmet får läsa och skriva där.";

fn unknown(name: &str, cause: &str) -> String {
    let cause = cause.lines().next().unwrap_or_default().trim_end_matches('.');
    format!("{name} kan inte användas just nu ({cause}). Se efter att den är hel och igång och försök igen.")
}

/// What the database itself says, by its code.
fn answered(said: &dyn DatabaseError, place: &Place<'_>) -> Option<String> {
    let code = said.code()?;
    let name = place.name();
    // SQLite: a number, whose last eight bits say what it is; PostgreSQL: five letters and digits
    let sqlite = code.parse::<u32>().ok().filter(|_| code.len() < 5).map(|code| code & 0xff);
    Some(match (sqlite, code.as_ref()) {
        (Some(5 | 6), _) => format!(
            "{name} är låst av ett annat program. Vänta tills det är klart, till exempel en säkerhetskopiering, och \
             försök igen."
        ),
        (Some(8), _) | (_, "25006") => {
            format!("{name} går bara att läsa. Se efter att den som kör programmet får skriva i filen och dess mapp.")
        }
        (Some(10), _) | (_, "58030") => {
            format!("{name} kunde inte läsas eller skrivas på disken. Se efter att disken är hel och ansluten.")
        }
        (Some(11), _) | (_, "XX001" | "XX002") => format!("{name} är skadad. Läs in en säkerhetskopia."),
        (Some(13), _) | (_, "53100") => format!("{name} har ingen plats kvar på disken. Gör plats och försök igen."),
        (Some(14), _) => format!("{name} kunde inte öppnas. {FILE}"),
        (Some(26), _) => format!(
            "{name} är ingen databas. Kontrollera sökvägen i databasens adress: det är en annan sorts fil, eller en del av \
             en kopia."
        ),
        (_, "28P01" | "28000") => format!(
            "{name} släpper inte in oss. Kontrollera användare och lösenord i databasens adress, och pg_hba.conf på servern."
        ),
        (_, "3D000") => {
            format!("{name} har ingen databas med det namn som står i adressen. Skapa den eller rätta namnet.")
        }
        (_, "42501") => format!(
            "{name} låter inte vår användare göra det som behövs. Gör användaren till ägare av databasen (alter database … \
             owner to …)."
        ),
        (_, "53300") => {
            format!(
                "{name} tar inte emot fler anslutningar. Höj max_connections i PostgreSQL eller stäng andra program."
            )
        }
        (_, "57P01" | "57P02" | "57P03") => {
            format!("{name} håller på att starta eller stanna. Försök igen om en stund.")
        }
        _ => return None,
    })
}

/// Whether a database can be used by an address, before anything is said to be done: a file that stays when the program
/// ends, or a server. The fault is a sentence that does not repeat the address: it may hold a password.
pub fn check_address(url: &str) -> Result<(), String> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(());
    }
    let Some(rest) = url.strip_prefix("sqlite:") else {
        return Err("Databasens adress börjar inte med sqlite:// eller postgres://. Skriv till exempel \
                    sqlite:///mapp/kvalitet.db."
            .to_owned());
    };
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let (file, params) = rest.split_once('?').unwrap_or((rest, ""));
    if file.contains(":memory:") || params.split('&').any(|param| param == "mode=memory") {
        return Err("Databasens adress är ett minne som försvinner när programmet slutar. Ange en fil, till exempel \
                    sqlite:///mapp/kvalitet.db."
            .to_owned());
    }
    let file = file.trim();
    if file.is_empty() || file.ends_with(['/', '\\']) || std::path::Path::new(file).is_dir() {
        let what = if file.is_empty() { "innehåller ingen fil" } else { "är en mapp och ingen fil" };
        return Err(format!("Databasens adress {what}. Ange en fil, till exempel sqlite:///mapp/kvalitet.db."));
    }
    if params.split('&').any(|param| matches!(param, "mode=ro" | "immutable=1" | "immutable=true")) {
        return Err(
            "Databasens adress säger att filen bara får läsas. Ta bort det som står efter frågetecknet.".to_owned()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_would_be_gone_afterwards_is_refused_and_a_file_or_a_server_is_not() {
        for (url, word) in [
            ("sqlite://", "ingen fil"),
            ("sqlite:", "ingen fil"),
            ("sqlite:// ", "ingen fil"),
            ("sqlite://?mode=rwc", "ingen fil"),
            ("sqlite:///", "en mapp"),
            ("sqlite:///var/lib/kvalitet/", "en mapp"),
            ("sqlite::memory:", "försvinner"),
            ("sqlite://:memory:", "försvinner"),
            ("sqlite://kvalitet.db?cache=shared&mode=memory", "försvinner"),
            ("sqlite://kvalitet.db?mode=ro", "bara får läsas"),
            ("", "börjar inte med"),
            ("kvalitet.db", "börjar inte med"),
            ("mysql://kvalitet:hemligt@db/kvalitet", "börjar inte med"),
        ] {
            let said = check_address(url).unwrap_err();
            assert!(said.contains(word) && !said.contains("hemligt"), "{url}: {said}");
        }
        for url in [
            "sqlite://kvalitet.db",
            "sqlite:kvalitet.db",
            "sqlite:///var/lib/kvalitet/kvalitet.db?mode=rwc",
            "postgres://kvalitet@db.example.se/kvalitet",
            "postgresql:///kvalitet",
        ] {
            assert_eq!(check_address(url), Ok(()), "{url}");
        }
    }

    #[test]
    fn what_nobody_has_foreseen_is_one_line_with_what_to_do() {
        let said = Error::Db(sqlx::Error::Protocol("unexpected\nmessage".to_owned())).sentence();
        assert!(said.contains("försök igen") && !said.contains('\n'), "{said}");
        let invalid = Error::Invalid(vec![domain::field::FieldError {
            field: "node".to_owned(),
            message: "Enheten finns inte.".to_owned(),
        }]);
        assert_eq!(invalid.sentence(), "Enheten finns inte.");
    }
}
