//! Kolada: what RKA's open database of key figures of kommuner answers, read from its pages. A figure is of a key figure, a kommun
//! (or a group of them), a year, and all, kvinnor or män; what is missing there is missing here and never nought. Pages follow each
//! other and are fetched by a job; a server without internet reads the same from a file (docs/doman.md 10).
//!
//! Version 3 (`next_url`, the year as a number) and version 2 (`next_page`, the year as a text) are read alike, after
//! <https://github.com/Hypergene/kolada> and <https://api.kolada.se/v3/docs>. Whoever has the text makes a [`Svar`] of it, for the domain
//! reads no JSON itself.

use std::fmt;

use serde::Deserialize;

mod urval;

pub use urval::{BAS, Urval, address};

use crate::{format, kon::Kon, tal::Tal};

/// What stands wherever a figure of it is shown.
pub const KALLA: &str = "Källa: Kolada";

/// The most rows of a page, as Kolada has it.
pub const ROWS_MAX: usize = 5_000;

/// How much of what was not understood is repeated.
const SHOWN: usize = 60;

/// A page as it is sent. What is not named is not read.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Svar {
    values: Vec<Rad>,
    #[serde(default)]
    next_url: Option<String>,
    #[serde(default)]
    next_page: Option<String>,
}

/// A key figure of a kommun and a year.
#[derive(Clone, Debug, Deserialize)]
struct Rad {
    kpi: String,
    municipality: String,
    period: Period,
    values: Vec<Cell>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Period {
    Number(i32),
    Text(String),
}

#[derive(Clone, Debug, Deserialize)]
struct Cell {
    gender: String,
    value: Option<f64>,
    #[serde(default)]
    count: Option<i64>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default, alias = "is_deleted")]
    isdeleted: bool,
}

/// A page that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// In the order they were sent.
    pub values: Vec<Value>,
    /// How many were marked as removed, which are left out.
    pub removed: usize,
    /// Where the next page is. What was read from a file has one when the file does not hold everything.
    pub next: Option<String>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Id of the key figure, as N31807.
    pub kpi: String,
    /// Id of the kommun with four digits, or of a group of them.
    pub municipality: String,
    /// Calendar year: a key figure has one value for each.
    pub year: i32,
    /// Of whom; none is all.
    pub kon: Option<Kon>,
    /// Rounded to four decimals; none where it is missing.
    pub value: Option<Tal>,
    /// How many kommuner it is the unweighted mean of; one, or none, of a single one.
    pub count: Option<i64>,
    /// What Kolada says of it, as why it is missing. Mostly empty.
    pub status: String,
}

impl Value {
    /// Whether it is a mean of several kommuner, in which a small one weighs as much as a large.
    #[must_use]
    pub fn is_mean(&self) -> bool {
        self.count.is_some_and(|n| n > 1)
    }
}

/// Why a page is not read. Nothing of it is kept then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fel {
    /// It is no JSON, or not of this shape. For whoever reads the text.
    Olasligt,
    /// It has more rows than [`ROWS_MAX`].
    ForManga(usize),
    /// A period is no year.
    Ar(String),
    /// What is neither T, K nor M, or comes twice.
    Kon(String),
    /// A value is too large.
    Varde(String),
    /// The next page is elsewhere.
    AnnanVard(String),
    /// The next page is this one.
    SammaSida,
    /// A year came twice with two values.
    Dubbelt(i32),
}

impl fmt::Display for Fel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Olasligt => f.write_str("Svaret från Kolada går inte att läsa. Försök igen senare."),
            Self::ForManga(n) => {
                let int = |n: usize| format::int(i64::try_from(n).unwrap_or(i64::MAX));
                write!(f, "Kolada skickade {} rader på en sida. Högst {} läses.", int(*n), int(ROWS_MAX))
            }
            Self::Ar(text) => write!(f, "Kolada skickade perioden {text}, som inte är ett år."),
            Self::Kon(text) => write!(f, "Kolada skickade könet {text}. Bara T, K och M läses, var och en en gång."),
            Self::Varde(of) => write!(f, "Kolada skickade ett värde för {of} som är för stort."),
            Self::AnnanVard(to) => write!(f, "Nästa sida ligger inte hos Kolada utan på {to}. Hämtningen avbröts."),
            Self::SammaSida => f.write_str("Kolada hänvisar till samma sida igen. Hämtningen avbröts."),
            Self::Dubbelt(year) => write!(f, "Kolada skickade två olika värden för {year}. Inget av dem lästes."),
        }
    }
}

/// What stands where nobody knows how long it is.
fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(SHOWN).collect()
}

/// Reads a page. `from` is the address that it was fetched from, which the next one must share; none for a file.
///
/// # Errors
///
/// See [`Fel`]: a page is read whole or not at all.
pub fn page(svar: Svar, from: Option<&str>) -> Result<Page, Fel> {
    if svar.values.len() > ROWS_MAX {
        return Err(Fel::ForManga(svar.values.len()));
    }
    let mut out = Page::default();
    for row in svar.values {
        let year = row.period.year()?;
        let mut seen = Vec::new();
        for cell in row.values {
            if cell.isdeleted {
                out.removed += 1;
                continue;
            }
            let kon = match cell.gender.as_str() {
                "T" => None,
                "K" => Some(Kon::Kvinna),
                "M" => Some(Kon::Man),
                other => return Err(Fel::Kon(short(other))),
            };
            if seen.contains(&kon) {
                return Err(Fel::Kon(short(&cell.gender)));
            }
            seen.push(kon);
            let too_large = || Fel::Varde(format!("{} {} {year}", short(&row.kpi), short(&row.municipality)));
            out.values.push(Value {
                kpi: row.kpi.clone(),
                municipality: row.municipality.clone(),
                year,
                kon,
                value: cell.value.map(|x| Tal::nearest(x).ok_or_else(too_large)).transpose()?,
                count: cell.count,
                status: cell.status.unwrap_or_default(),
            });
        }
    }
    let next = svar.next_url.or(svar.next_page).filter(|to| !to.trim().is_empty());
    out.next = match (next, from) {
        (Some(to), Some(from)) => Some(follow(from, to.trim())?),
        (next, _) => next,
    };
    Ok(out)
}

impl Period {
    fn year(&self) -> Result<i32, Fel> {
        let (year, said) = match self {
            Self::Number(year) => (Some(*year), year.to_string()),
            Self::Text(text) => (text.trim().parse().ok(), short(text)),
        };
        year.filter(|year| (1900..=2100).contains(year)).ok_or(Fel::Ar(said))
    }
}

/// Scheme, host with port, and the rest of an address; none for what is no plain one.
fn parts(address: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = address.split_once("://").filter(|(scheme, _)| ["http", "https"].contains(scheme))?;
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let plain = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    plain.then_some((scheme, host, path))
}

/// The address of the next page, at the host of this one and as this one was fetched: version 2 names http in what it sends by
/// https.
///
/// # Errors
///
/// It is elsewhere, or this one.
pub fn follow(from: &str, to: &str) -> Result<String, Fel> {
    let elsewhere = || Fel::AnnanVard(short(to));
    if to.contains(|c: char| c == '\\' || c.is_whitespace() || c.is_control()) {
        return Err(elsewhere());
    }
    let (scheme, host, _) = parts(from).ok_or_else(elsewhere)?;
    let path = match parts(to) {
        Some((_, other, path)) if other.eq_ignore_ascii_case(host) => path,
        None if to.starts_with('/') && !to.starts_with("//") => to,
        _ => return Err(elsewhere()),
    };
    let next = format!("{scheme}://{host}{path}");
    if next == from { Err(Fel::SammaSida) } else { Ok(next) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "https://api.kolada.se/v3/data/kpi/N31807/year/2021";

    fn read(json: &str, from: Option<&str>) -> Result<Page, Fel> {
        page(serde_json::from_str(json).map_err(|_| Fel::Olasligt)?, from)
    }

    /// A page of version 3, with what stands in the place of its next address.
    fn v3(next: &str) -> String {
        format!(
            r#"{{"values": [
                {{"kpi": "N31807", "municipality": "0180", "period": 2021, "values": [
                    {{"gender": "T", "count": 1, "status": "", "value": 77.77777777777779, "isdeleted": false}},
                    {{"gender": "K", "count": 1, "status": "Missing", "value": null, "isdeleted": false}},
                    {{"gender": "M", "count": 1, "status": "", "value": 0, "isdeleted": true}}]}},
                {{"kpi": "N31807", "municipality": "G35881", "period": 2021, "values": [
                    {{"gender": "T", "count": 26, "status": "", "value": 41.1}}]}}],
              "previous_url": null, "next_url": {next}, "count": 2}}"#
        )
    }

    #[test]
    fn a_missing_value_is_missing_and_a_mean_is_of_several() {
        let page = read(&v3("null"), Some(FROM)).unwrap();
        let all = |n: i64, municipality: &str, count| Value {
            kpi: "N31807".into(),
            municipality: municipality.into(),
            year: 2021,
            kon: None,
            value: Some(Tal::of_stored(n)),
            count: Some(count),
            status: String::new(),
        };
        let missing = Value { kon: Some(Kon::Kvinna), value: None, status: "Missing".into(), ..all(0, "0180", 1) };
        assert_eq!(page.values, [all(777_778, "0180", 1), missing, all(411_000, "G35881", 26)]);
        assert_eq!((page.removed, page.next), (1, None));
        assert!(page.values[2].is_mean() && !page.values[0].is_mean());
    }

    #[test]
    fn version_two_reads_alike() {
        let json = r#"{"count": 1, "next_page": "http://api.kolada.se/v2/data/kpi/N00945/year/2009?page=2", "values": [
            {"kpi": "N00945", "municipality": "1860", "period": "2009", "values": [
                {"gender": "M", "value": 4917.0, "status": "", "count": 1}]}]}"#;
        let page = read(json, Some("https://api.kolada.se/v2/data/kpi/N00945/year/2009")).unwrap();
        assert_eq!((page.values[0].year, page.values[0].kon), (2009, Some(Kon::Man)));
        assert_eq!(page.values[0].value, Some(Tal::whole(4_917)));
        assert_eq!(page.next.as_deref(), Some("https://api.kolada.se/v2/data/kpi/N00945/year/2009?page=2"), "by https");
        assert!(read(json, None).unwrap().next.is_some(), "the file does not hold everything");
    }

    #[test]
    fn the_next_page_is_at_the_same_host_or_not_fetched() {
        for (next, to) in [
            (
                "https://api.kolada.se/v3/data?page=2&per_page=5000",
                "https://api.kolada.se/v3/data?page=2&per_page=5000",
            ),
            ("https://API.kolada.se/v3/data?page=2", "https://api.kolada.se/v3/data?page=2"),
            ("/v3/data?page=2", "https://api.kolada.se/v3/data?page=2"),
        ] {
            assert_eq!(read(&v3(&format!("\"{next}\"")), Some(FROM)).unwrap().next.as_deref(), Some(to));
        }
        for next in [
            "https://example.org/v3/data",
            "https://api.kolada.se.example.org/",
            "https://api.kolada.se@example.org/",
            "https://api.kolada.se:8443/v3/data",
            "//example.org/v3/data",
            "/\\\\example.org",
            "file:///etc/passwd",
            "v3/data",
        ] {
            let fault = read(&v3(&format!("\"{next}\"")), Some(FROM)).unwrap_err();
            assert!(matches!(fault, Fel::AnnanVard(_)), "{next}: {fault}");
            assert!(fault.to_string().starts_with("Nästa sida ligger inte hos Kolada"), "{fault}");
        }
        assert_eq!(read(&v3(&format!("\"{FROM}\"")), Some(FROM)), Err(Fel::SammaSida));
        let local = read(&v3("\"http://127.0.0.1:4711/v3/data?page=2\""), Some("http://127.0.0.1:4711/v3/data"));
        assert!(local.unwrap().next.is_some(), "a server that speaks as Kolada does");
    }

    #[test]
    fn what_is_not_understood_is_said_and_nothing_is_read() {
        for (from, to, said) in [
            ("2021,", "\"mars\",", "Kolada skickade perioden mars, som inte är ett år."),
            ("2021,", "20211,", "perioden 20211"),
            ("\"K\"", "\"F\"", "könet F. Bara T, K och M"),
            ("\"K\"", "\"T\"", "könet T. Bara T, K och M läses, var och en en gång"),
            ("41.1", "4e13", "ett värde för N31807 G35881 2021 som är för stort"),
            ("41.1", "\"41,1\"", "går inte att läsa"),
            ("\"kpi\"", "\"key\"", "går inte att läsa"),
        ] {
            let fault = read(&v3("null").replace(from, to), None).unwrap_err().to_string();
            assert!(fault.contains(said), "{to}: {fault}");
        }
    }

    #[test]
    fn a_page_has_at_most_as_many_rows_as_kolada_sends() {
        let row = r#"{"kpi": "N1", "municipality": "0180", "period": 2021, "values": []}"#;
        let of = |n: usize| read(&format!(r#"{{"values": [{}]}}"#, vec![row; n].join(",")), None);
        assert_eq!(of(ROWS_MAX), Ok(Page::default()));
        let fault = of(ROWS_MAX + 1).unwrap_err().to_string();
        assert_eq!(fault, "Kolada skickade 5\u{a0}001 rader på en sida. Högst 5\u{a0}000 läses.");
    }
}
