//! The command line and its environment variables.

use std::{net::SocketAddr, path::PathBuf};

use chrono::{Datelike, NaiveDate};
use clap::{ArgAction, Args, Command as Cli, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use domain::{
    counted::CountFrom,
    kodning::Kodning,
    permission::{Area, Role},
    session::Idle,
    siffror::kolada::BAS,
};

use crate::bilaga::Key;

/// The database when none is chosen: a file in the working directory.
pub const DEFAULT_DATABASE: &str = "sqlite://kvalitetshjulet.db";

/// Egenkontroll, internkontroll och årshjul för verksamheter inom socialtjänsten.
#[derive(Clone, Debug, Parser)]
#[command(name = "kvalitetshjulet", version, subcommand_help_heading = "Kommandon", next_help_heading = "Val")]
pub struct Config {
    /// Val som gäller alla kommandon.
    #[command(flatten)]
    pub options: Options,
    /// Vad som ska göras. Utan kommando startar servern.
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Config {
    /// What the command line and the environment say. Ends the program with what is wrong with them, or with the help.
    #[must_use]
    pub fn read() -> Self {
        let mut cli = without_empty(Self::command());
        let read = Self::from_arg_matches(&cli.get_matches_mut());
        read.unwrap_or_else(|fault| fault.format(&mut cli).exit())
    }
}

/// A variable that is there and empty says nothing: an installation lists all of them and fills in some.
fn without_empty(cli: Cli) -> Cli {
    cli.mut_args(|arg| {
        let value = arg.get_env().and_then(std::env::var_os);
        if value.is_some_and(|value| value.to_string_lossy().trim().is_empty()) { arg.env(None) } else { arg }
    })
}

/// Options of all commands.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Adress och port som servern lyssnar på.
    #[arg(long, global = true, env = "KVALITET_LISTEN", default_value = "127.0.0.1:3000", value_name = "ADRESS")]
    pub listen: SocketAddr,
    /// Databas: `sqlite://fil.db` eller `postgres://användare@värd/databas`. Utan val: sqlite://kvalitetshjulet.db,
    /// och för demo en ny fil som tas bort efteråt. En postgres på en annan dator nås med TLS; utfärdarens certifikat anges med
    /// `?sslmode=verify-full&sslrootcert=fil.pem`.
    // an address of a database may hold a password, so the help does not show its value
    #[arg(long, global = true, env = "KVALITET_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: Option<String>,
    /// Adressen som användarna skriver, till exempel <https://kvalitet.example.se>.
    #[arg(long, global = true, env = "KVALITET_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Lita på X-Forwarded-For: bara när en omvänd proxy står framför servern.
    #[arg(
        long,
        global = true,
        env = "KVALITET_TRUSTED_PROXY",
        value_name = "JA|NEJ",
        action = ArgAction::Set,
        num_args = 0..=1,
        require_equals = true,
        default_value = "nej",
        default_missing_value = "ja",
        value_parser = yes_or_no
    )]
    pub trusted_proxy: bool,
    /// Så många minuter gäller en inloggning utan att någon använder den, 30 till 480. Efter 12 timmar slutar den alltid.
    #[arg(long, global = true, env = "KVALITET_IDLE", default_value = "240", value_name = "MINUTER", value_parser = idle)]
    pub idle: Idle,
    /// Låt alltid dagens datum vara det här (ÅÅÅÅ-MM-DD), för demo och test.
    #[arg(long, global = true, env = "KVALITET_TODAY", value_name = "DATUM", value_parser = day)]
    pub today: Option<NaiveDate>,
    /// Nyckel som bilagor krypteras med: 64 hexadecimala tecken, till exempel från `openssl rand -hex 32`. Utan nyckel går det
    /// inte att bifoga filer. Ange den i miljön: en kommandorad kan läsas av andra på datorn.
    #[arg(long, global = true, env = "KVALITET_ATTACHMENT_KEY", hide_env_values = true, value_name = "NYCKEL")]
    pub attachment_key: Option<Key>,
    /// Tidigare nycklar, med komma emellan: det som krypterades med dem går att öppna, men inget nytt krypteras med dem.
    #[arg(
        long,
        global = true,
        env = "KVALITET_ATTACHMENT_KEYS_EARLIER",
        hide_env_values = true,
        value_name = "NYCKLAR",
        value_delimiter = ',',
        requires = "attachment_key"
    )]
    pub earlier_attachment_keys: Vec<Key>,
    /// Varifrån jämförelsetal hämtas: Koladas adress, eller `nej` så att servern aldrig hämtar något. Utan val:
    /// <https://api.kolada.se/v3>, och för demo `nej`. En server utan internet läser samma tal från fil. En proxy anges som vanligt
    /// med HTTPS_PROXY.
    #[arg(long, global = true, env = "KVALITET_KOLADA", value_name = "ADRESS|NEJ", value_parser = kolada)]
    pub kolada: Option<Kolada>,
    /// Hur många gånger de vanliga gränserna för vad en person får skriva och hur många strömmar som är öppna. Bara för den
    /// som mäter.
    #[arg(long, global = true, env = "KVALITET_LIMITS", default_value_t = 1, value_name = "ANTAL", hide = true)]
    pub limits: u32,
    /// Vad som loggas, till exempel `info` eller `web=debug,warn`.
    #[arg(long, global = true, env = "KVALITET_LOG", default_value = "info", value_name = "FILTER")]
    pub log: String,
}

/// Where key figures are fetched from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kolada {
    /// Nowhere: the server never goes out.
    Nej,
    /// The address, without a slash at the end.
    Adress(String),
}

impl Options {
    /// Where key figures are fetched from, and where a demonstration does; none when the server does not go out for them. A demonstration
    /// goes nowhere that it is not told to.
    #[must_use]
    pub fn kolada(&self, demo: bool) -> Option<String> {
        match &self.kolada {
            Some(Kolada::Adress(address)) => Some(address.clone()),
            Some(Kolada::Nej) => None,
            None => (!demo).then(|| BAS.to_owned()),
        }
    }
}

/// What is to be done.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Starta servern (det som görs utan kommando).
    Serve,
    /// Fyll en tom databas med påhittade uppgifter och starta servern.
    Demo,
    /// Läs in en plan från en CSV- eller xlsx-fil.
    Import(Import),
    /// Konton.
    #[command(subcommand)]
    User(User),
    /// Uppdatera databasen till den här versionen och avsluta.
    Migrate,
}

/// Which plan a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportKind {
    /// Egenkontrollplan.
    Egenkontroll,
    /// Internkontrollplan.
    Internkontroll,
}

impl ImportKind {
    /// The area that the plan belongs to.
    #[must_use]
    pub fn area(self) -> Area {
        match self {
            Self::Egenkontroll => Area::Egenkontroll,
            Self::Internkontroll => Area::Internkontroll,
        }
    }
}

/// The command `import`.
#[derive(Args, Clone, Debug)]
pub struct Import {
    /// Vilken plan filen innehåller.
    pub kind: ImportKind,
    /// Filen, CSV eller xlsx.
    pub file: PathBuf,
    /// Enhetens namn.
    #[arg(long, value_name = "NAMN")]
    pub enhet: String,
    /// Planens år.
    #[arg(long, value_name = "ÅR", value_parser = clap::value_parser!(i32).range(2000..=2100))]
    pub ar: i32,
    /// Flytta datum som hör till ett annat år till planens år.
    #[arg(long)]
    pub flytta_datum: bool,
    /// Vilket blad i arbetsboken, när flera kan vara planen.
    #[arg(long, value_name = "NAMN")]
    pub blad: Option<String>,
    /// Hur bokstäverna i en CSV-fil är skrivna, när det inte är UTF-8: windows, macintosh eller cp850. Utan val bedöms det.
    #[arg(long, value_name = "KODNING", value_parser = kodning)]
    pub kodning: Option<Kodning>,
    /// Från när planens tillfällen räknas: `idag`, eller en månad från 1 (hela året) till 12. Det som har passerat då tas inte med.
    /// Utan val: i dag när planens år har börjat, annars hela året.
    #[arg(long, value_name = "NÄR", value_parser = rakna_fran)]
    pub rakna_fran: Option<CountFrom>,
    /// Visa vad som skulle läsas in, men skriv ingenting.
    #[arg(long)]
    pub dry_run: bool,
}

/// The commands of accounts.
#[derive(Clone, Debug, Subcommand)]
pub enum User {
    /// Lägg till ett konto. Ett engångslösenord skapas, visas en gång och byts vid första inloggningen.
    Add {
        /// E-postadress, namnet vid inloggning.
        #[arg(long, value_name = "ADRESS")]
        email: String,
        /// Namn.
        #[arg(long, value_name = "NAMN")]
        name: String,
        /// Roll, till exempel `enhetschef` eller `admin`.
        #[arg(long, value_name = "ROLL", value_parser = role)]
        roll: Role,
        /// Namn på den enhet, avdelning eller organisation där rollen gäller. I en tom databas skapas den som organisation.
        #[arg(long, value_name = "NAMN")]
        enhet: String,
    },
    /// Ge ett konto ett engångslösenord. Det visas en gång och byts vid första inloggningen.
    ResetPassword {
        /// E-postadress.
        #[arg(long, value_name = "ADRESS")]
        email: String,
    },
    /// Visa alla konton.
    List,
}

/// Yes or no, in the words that installations are written with.
fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "ja" | "yes" | "true" | "on" | "1" | "j" | "y" | "t" | "på" => Ok(true),
        "nej" | "no" | "false" | "off" | "0" | "n" | "f" | "av" => Ok(false),
        _ => Err("skriv ja eller nej".to_owned()),
    }
}

fn rakna_fran(text: &str) -> Result<CountFrom, String> {
    CountFrom::from_code(text).ok_or_else(|| "ange idag, eller en månad från 1 (hela året) till 12".to_owned())
}

fn kodning(text: &str) -> Result<Kodning, String> {
    let known = || Kodning::JUDGED.map(Kodning::code).join(", ");
    Kodning::from_code(text).ok_or_else(|| format!("välj en av {}", known()))
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_code(text).or_else(|| Role::from_label(text)).ok_or_else(|| {
        let known: Vec<_> = Role::ALL.into_iter().map(Role::code).collect();
        format!("rollen finns inte, välj en av {}", known.join(", "))
    })
}

fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|day| (1900..=2199).contains(&day.year()))
        .ok_or_else(|| "skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2026-11-23".to_owned())
}

fn idle(text: &str) -> Result<Idle, String> {
    text.parse().ok().and_then(Idle::minutes).ok_or_else(|| "skriv ett antal minuter från 30 till 480".to_owned())
}

fn kolada(text: &str) -> Result<Kolada, String> {
    if yes_or_no(text) == Ok(false) {
        return Ok(Kolada::Nej);
    }
    let url = text.trim().trim_end_matches('/');
    let uri = url.parse::<http::Uri>().ok();
    let plain = uri.is_some_and(|u| {
        matches!(u.scheme_str(), Some("http" | "https"))
            && u.authority().is_some_and(|a| !a.host().is_empty() && !a.as_str().contains('@'))
            && u.query().is_none()
    });
    if plain && !url.contains('#') {
        Ok(Kolada::Adress(url.to_owned()))
    } else {
        Err(format!("skriv adressen som {BAS}, eller nej så att inget hämtas"))
    }
}

fn public_url(text: &str) -> Result<String, String> {
    let url = text.trim_end_matches('/');
    let uri = url.parse::<http::Uri>().ok();
    let host_only = uri.is_some_and(|u| {
        matches!(u.scheme_str(), Some("http" | "https"))
            && u.host().is_some_and(|h| !h.is_empty())
            && u.path() == "/"
            && u.query().is_none()
    });
    if host_only {
        Ok(url.to_lowercase())
    } else {
        Err("skriv adressen utan sökväg, till exempel https://kvalitet.example.se".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Config::command().debug_assert();
    }

    #[test]
    fn without_a_command_the_server_starts() {
        let config = Config::try_parse_from(["kvalitetshjulet", "--listen", "127.0.0.1:0"]).unwrap();
        assert!(config.command.is_none());
    }

    #[test]
    fn options_can_stand_after_the_command() {
        let words = ["kvalitetshjulet", "import", "egenkontroll", "plan.csv", "--enhet", "Bromma", "--ar", "2026"];
        let config = Config::try_parse_from(words.into_iter().chain(["--database", "sqlite://a.db"])).unwrap();
        assert_eq!(config.options.database.as_deref(), Some("sqlite://a.db"));
        let Some(Command::Import(import)) = config.command else { panic!("import") };
        assert_eq!((import.kind, import.ar, import.dry_run), (ImportKind::Egenkontroll, 2026, false));
    }

    #[test]
    fn a_proxy_is_trusted_in_the_words_of_any_installation() {
        let trusted = |words: &[&str]| {
            let words = ["kvalitetshjulet"].iter().chain(words).chain(&["user", "list"]);
            Config::try_parse_from(words).map(|config| config.options.trusted_proxy).ok()
        };
        assert_eq!(trusted(&[]), Some(false));
        assert_eq!(trusted(&["--trusted-proxy"]), Some(true), "what stands after it is not its value");
        for (word, is) in [("ja", true), ("1", true), ("Yes", true), ("TRUE", true), ("nej", false), ("0", false)] {
            assert_eq!(trusted(&[&format!("--trusted-proxy={word}")]), Some(is), "{word}");
        }
        assert_eq!(trusted(&["--trusted-proxy=kanske"]), None);
    }

    #[test]
    fn a_public_address_is_a_scheme_and_a_host() {
        assert_eq!(public_url("https://Kvalitet.example.se/").as_deref(), Ok("https://kvalitet.example.se"));
        for bad in ["kvalitet.example.se", "ftp://a.se", "https://a.se/sida", "https://a.se?x=1", ""] {
            assert!(public_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn kolada_is_asked_where_it_is_said_and_a_demo_goes_nowhere_by_itself() {
        let read = |words: &[&str], demo: bool| {
            let words = ["kvalitetshjulet"].iter().chain(words).chain(&["user", "list"]);
            Config::try_parse_from(words).map(|config| config.options.kolada(demo)).ok()
        };
        let own = Some("http://127.0.0.1:4711/v3".to_owned());
        assert_eq!(read(&[], false), Some(Some(BAS.to_owned())));
        assert_eq!(read(&[], true), Some(None));
        for demo in [false, true] {
            assert_eq!(read(&["--kolada", "nej"], demo), Some(None));
            assert_eq!(read(&["--kolada", "http://127.0.0.1:4711/v3/"], demo), Some(own.clone()));
        }
        for bad in
            ["ja", "api.kolada.se/v3", "ftp://a.se", "https://a.se/?x=1", "https://a.se/#x", "https://nyckel@a.se"]
        {
            assert_eq!(read(&["--kolada", bad], false), None, "{bad}");
        }
    }

    #[test]
    fn a_role_is_known_by_code_and_by_label() {
        assert_eq!(role("lex_sarah"), Ok(Role::LexSarah));
        assert_eq!(role("Enhetschef"), Ok(Role::Enhetschef));
        assert!(role("kung").unwrap_err().contains("enhetschef"));
    }
}
