//! Jämförelse: what a series is seen beside: another series of the same unit and time, or a key figure of Kolada, which has a value a
//! year. It changes nothing of the series (docs/doman.md 10).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    dimension::DimensionsvardeId,
    kolada::KALLA,
    serie::{self, SerieId},
};
use crate::{
    field::{Checker, FieldError},
    format,
    kon::Kon,
    moment,
    personnummer::varning,
    tal::Tal,
    text::compared,
};

crate::ids! { now_v7:
    /// What a series is compared with.
    JamforelseId,
}

/// How many a series can have: more lines than that are not told apart.
pub const JAMFORELSER_MOST: usize = 6;

/// The most figures of the id of a group of kommuner.
const GROUP_FIGURES: usize = 9;

/// A key figure of a kommun, or of a group of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Nyckeltal {
    /// As Kolada calls it: N31807, U31462.
    pub kpi: String,
    /// 0180, or G35881 of a group.
    pub kommun: String,
    /// Of whom; none is all.
    pub kon: Option<Kon>,
}

impl Nyckeltal {
    /// `N31807, 0180, kvinnor`.
    #[must_use]
    pub fn said(&self) -> String {
        let kon = self.kon.map_or_else(String::new, |kon| format!(", {}", kon.plural().to_lowercase()));
        format!("{}, {}{kon}", self.kpi, self.kommun)
    }
}

/// What stands beside the values of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Med {
    /// A series, of this unit or of another whose series the reader may see.
    Serie {
        /// The other series.
        serie: SerieId,
        /// A value of its first dimension; none is its main line.
        varde: Option<DimensionsvardeId>,
    },
    /// A key figure.
    Kolada(Nyckeltal),
}

/// What is written of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What its line is called. Empty is as its series is called; of a key figure it is never empty.
    pub namn: String,
    /// What stands beside the values.
    pub med: Med,
}

/// What a series is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jamforelse {
    /// Primary key.
    pub id: JamforelseId,
    /// The series whose page it stands on.
    pub serie: SerieId,
    /// See [`Content::namn`].
    pub namn: String,
    /// What stands beside the values.
    pub med: Med,
    /// The day its values were fetched last.
    pub hamtad: Option<NaiveDate>,
    /// Why the last fetch gave nothing; empty where it did.
    pub fel: String,
    /// Somebody waits for it to be fetched.
    pub begard: bool,
    /// When it is fetched next; none of what is not fetched.
    pub nasta: Option<DateTime<Utc>>,
    /// Rises with every change by a person.
    pub version: i64,
}

/// What a key figure was in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArsVarde {
    /// Calendar year.
    pub ar: i32,
    /// None where Kolada has none: missing, and never nought.
    pub tal: Option<Tal>,
    /// Of how many kommuner it is the unweighted mean; one or none of a single one.
    pub count: Option<i64>,
    /// What Kolada says of it, as why it is missing. Mostly empty.
    pub status: String,
}

impl Jamforelse {
    /// Whether it is fetched from elsewhere.
    #[must_use]
    pub fn is_hamtad(&self) -> bool {
        matches!(self.med, Med::Kolada(_))
    }

    /// Where its values come from, as it stands under a picture: `Källa: Kolada, hämtad 2026-11-30 (N31807, G35881), medel av 26
    /// kommuner, ovägt`. None of a series of the product, whose page says it.
    #[must_use]
    pub fn kalla(&self, values: &[ArsVarde]) -> Option<String> {
        let Med::Kolada(of) = &self.med else { return None };
        let day = self.hamtad.map_or_else(String::new, |day| format!(", hämtad {}", format::date(day)));
        let means = medel_av(values).map_or_else(String::new, |said| format!(", {said}"));
        Some(format!("{KALLA}{day} ({}){means}", of.said()))
    }

    /// What is not as it should be with its fetch: not fetched yet, or why not, and when that is tried again. None where it was
    /// fetched and nobody has asked for more.
    #[must_use]
    pub fn lage(&self) -> Option<String> {
        if !self.is_hamtad() {
            return None;
        }
        let kept = match self.hamtad {
            Some(day) => format!(" Värdena från {} står kvar.", format::date(day)),
            None => String::new(),
        };
        if self.begard {
            return Some(format!("Värdena hämtas inom kort.{kept}"));
        }
        let why = match (self.fel.as_str(), self.hamtad) {
            ("", Some(_)) => return None,
            ("", None) => "Värdena är inte hämtade än.".to_owned(),
            (fel, _) => format!("Värdena gick inte att hämta: {}", fel.trim()),
        };
        let why = if why.ends_with(['.', '?']) { why } else { format!("{why}.") };
        let again = self.nasta.map_or_else(String::new, |at| {
            let at = moment::local(at);
            format!(" Nytt försök {} kl. {}.", format::date(at.date()), at.format("%H.%M"))
        });
        Some(format!("{why}{kept}{again}"))
    }
}

/// `medel av 26 kommuner, ovägt`, or `medel av 24–26 kommuner, ovägt` where the years differ. None of a single kommun.
#[must_use]
pub fn medel_av(values: &[ArsVarde]) -> Option<String> {
    let counts = || values.iter().filter(|v| v.tal.is_some()).filter_map(|v| v.count).filter(|n| *n > 1);
    let (least, most) = (counts().min()?, counts().max()?);
    let of = if least == most { format::int(most) } else { format!("{}–{}", format::int(least), format::int(most)) };
    Some(format!("medel av {of} kommuner, ovägt"))
}

/// `2019 och 2021 saknas hos Kolada. 2020 finns inte i det som är hämtat`: the years that Kolada says have no value, and those between
/// two that have one of which nothing was sent: a file can hold less than Kolada has.
#[must_use]
pub fn saknade_ar(values: &[ArsVarde]) -> Option<String> {
    let said = |years: &[i32], what: &str| {
        let years: Vec<String> = years.iter().map(i32::to_string).collect();
        let words: Vec<&str> = years.iter().map(String::as_str).collect();
        (!words.is_empty()).then(|| format!("{} {what}", format::and(&words)))
    };
    let empty: Vec<i32> = values.iter().filter(|v| v.tal.is_none()).map(|v| v.ar).collect();
    let known = || values.iter().filter(|v| v.tal.is_some()).map(|v| v.ar);
    let between = known().min().zip(known().max()).map(|(first, last)| first..=last);
    let unsent = between.into_iter().flatten().filter(|year| values.iter().all(|v| v.ar != *year));
    let unsent: Vec<i32> = unsent.collect();
    let told = [said(&empty, "saknas hos Kolada"), said(&unsent, "finns inte i det som är hämtat")];
    let told: Vec<String> = told.into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(". "))
}

/// Why a series cannot be compared with another; none where it can. One of months beside one of years would be read as if both were
/// counted alike, and two units have no common axis.
#[must_use]
pub fn passar_inte(own: &serie::Content, other: &serie::Content) -> Option<String> {
    if compared(&own.enhet) != compared(&other.enhet) {
        return Some(format!("Den andra serien räknas i {}, den här i {}.", other.enhet, own.enhet));
    }
    (own.grain != other.grain).then(|| {
        format!(
            "Den andra serien har ett värde varje {}, den här ett varje {}.",
            other.grain.label(),
            own.grain.label()
        )
    })
}

/// What the form of a comparison sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// "serie" or "kolada".
    pub med: String,
    /// See [`Content::namn`].
    pub namn: String,
    /// Id of a series.
    pub serie: String,
    /// Id of a value of its first dimension, or empty.
    pub varde: String,
    /// See [`Nyckeltal`].
    pub kpi: String,
    /// See [`Nyckeltal`].
    pub kommun: String,
    /// T, K or M; empty is T.
    pub kon: String,
}

/// Whether it is a letter of these and so many figures.
fn is_code(text: &str, letters: &str, figures: std::ops::RangeInclusive<usize>) -> bool {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(|c| letters.contains(c));
    first && figures.contains(&chars.as_str().len()) && chars.all(|c| c.is_ascii_digit())
}

/// Checks a comparison of a series. Whether the other series is there, may be seen and fits is asked where it is stored.
///
/// # Errors
///
/// A sentence for each field: no series, another than a series of the list, an id that Kolada does not have, a key figure without a
/// name.
pub fn check(form: &Form, own: SerieId) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let namn = check.line("namn", &form.namn);
    if let Some(warning) = varning(&namn) {
        check.error("namn", warning);
    }
    let med = if form.med.trim() == "kolada" {
        if namn.is_empty() {
            check.error("namn", "Skriv vad linjen ska heta, till exempel Stockholms stad.");
        }
        let kpi = form.kpi.trim().to_uppercase();
        if !is_code(&kpi, "NU", 5..=5) {
            check.error("kpi", "Skriv nyckeltalets id hos Kolada: N eller U och fem siffror, till exempel N31807.");
        }
        let kommun = form.kommun.trim().to_uppercase();
        let is_kommun = kommun.len() == 4 && kommun.chars().all(|c| c.is_ascii_digit());
        if !is_kommun && !is_code(&kommun, "G", 1..=GROUP_FIGURES) {
            let message = "Skriv kommunens kod med fyra siffror, till exempel 0180, eller en grupp av kommuner, till exempel G35881. En stadsdel är ingen kommun hos Kolada.";
            check.error("kommun", message);
        }
        let kon = match form.kon.trim() {
            "" | "T" => None,
            "K" => Some(Kon::Kvinna),
            "M" => Some(Kon::Man),
            _ => {
                check.error("kon", "Välj alla, kvinnor eller män.");
                None
            }
        };
        Med::Kolada(Nyckeltal { kpi, kommun, kon })
    } else {
        let serie = form.serie.trim().parse().ok();
        if serie.is_none() {
            check.error("serie", "Välj en serie ur listan.");
        }
        let varde = match form.varde.trim() {
            "" => None,
            id => {
                let id = id.parse().ok();
                if id.is_none() {
                    check.error("varde", "Välj på nytt.");
                }
                id
            }
        };
        if serie == Some(own) && varde.is_none() {
            check.error("serie", "Välj en annan serie än den här, eller en del av den.");
        }
        Med::Serie { serie: serie.unwrap_or(own), varde }
    };
    check.finish(Content { namn, med })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::format::NBSP;

    fn serie(n: u128) -> SerieId {
        SerieId(Uuid::from_u128(n))
    }

    fn kolada(kpi: &str, kommun: &str, kon: &str) -> Form {
        let text = str::to_owned;
        let (kpi, kommun, kon) = (text(kpi), text(kommun), text(kon));
        Form { med: text("kolada"), namn: text("Stockholms stad"), kpi, kommun, kon, ..Form::default() }
    }

    fn faults(form: &Form) -> Vec<String> {
        check(form, serie(1)).unwrap_err().into_iter().map(|f| f.field).collect()
    }

    fn year(ar: i32, tal: Option<i64>, count: Option<i64>) -> ArsVarde {
        ArsVarde { ar, tal: tal.map(Tal::whole), count, status: String::new() }
    }

    fn fetched() -> Jamforelse {
        Jamforelse {
            id: JamforelseId(Uuid::from_u128(1)),
            serie: serie(1),
            namn: "Liknande kommuner".into(),
            med: check(&kolada("n31807", "g35881", ""), serie(1)).unwrap().med,
            hamtad: NaiveDate::from_ymd_opt(2026, 11, 30),
            fel: String::new(),
            begard: false,
            nasta: None,
            version: 1,
        }
    }

    #[test]
    fn a_key_figure_is_written_as_kolada_calls_it() {
        let made = check(&kolada(" n31807 ", "0180", "K"), serie(1)).unwrap();
        let of = Nyckeltal { kpi: "N31807".into(), kommun: "0180".into(), kon: Some(Kon::Kvinna) };
        assert_eq!(of.said(), "N31807, 0180, kvinnor");
        assert_eq!(made, Content { namn: "Stockholms stad".into(), med: Med::Kolada(of) });
        for (kpi, kommun, kon) in [("U31462", "G1", "T"), ("N00945", "1860", "M")] {
            assert!(check(&kolada(kpi, kommun, kon), serie(1)).is_ok(), "{kpi} {kommun}");
        }
        for kpi in ["", "N3180", "N318071", "X31807", "N3180A", "N3180\u{0661}", "N31807/year", "31807"] {
            assert_eq!(faults(&kolada(kpi, "0180", "T")), ["kpi"], "{kpi}");
        }
        for kommun in ["", "180", "01800", "G", "G35881a", "Bromma", "0180,0184", "\u{0661}180"] {
            assert_eq!(faults(&kolada("N31807", kommun, "T")), ["kommun"], "{kommun}");
        }
        assert_eq!(faults(&kolada("N31807", "0180", "F")), ["kon"]);
        assert_eq!(faults(&Form { namn: String::new(), ..kolada("N31807", "0180", "T") }), ["namn"]);
    }

    #[test]
    fn another_series_is_chosen_of_the_list_and_a_series_is_not_compared_with_itself() {
        let (own, other, varde) = (serie(1), serie(2), DimensionsvardeId(Uuid::from_u128(3)));
        let form = Form { serie: other.to_string(), ..Form::default() };
        let med = |form: &Form| check(form, own).map(|content| content.med);
        assert_eq!(
            med(&form),
            Ok(Med::Serie { serie: other, varde: None }),
            "without a name it has that of the series"
        );
        let part = Form { serie: own.to_string(), varde: varde.to_string(), ..Form::default() };
        assert_eq!(med(&part), Ok(Med::Serie { serie: own, varde: Some(varde) }));
        let itself = med(&Form { varde: String::new(), ..part }).unwrap_err();
        assert_eq!(itself[0].message, "Välj en annan serie än den här, eller en del av den.");
        assert_eq!(
            faults(&Form { serie: "hushåll".into(), varde: "alla".into(), ..Form::default() }),
            ["serie", "varde"]
        );
    }

    #[test]
    fn only_series_of_the_same_unit_and_time_stand_beside_each_other() {
        let of = |enhet: &str, grain: &str| {
            let form = crate::siffror::serie::Form {
                namn: "Hushåll".into(),
                enhet: enhet.into(),
                slag: "bestand".into(),
                grain: grain.into(),
                ..crate::siffror::serie::Form::default()
            };
            crate::siffror::serie::check(&form, None).unwrap()
        };
        let own = of("hushåll", "manad");
        assert_eq!(passar_inte(&own, &of("Hushåll", "manad")), None);
        let unit = passar_inte(&own, &of("personer", "manad")).unwrap();
        assert_eq!(unit, "Den andra serien räknas i personer, den här i hushåll.");
        let time = passar_inte(&own, &of("hushåll", "ar")).unwrap();
        assert_eq!(time, "Den andra serien har ett värde varje år, den här ett varje månad.");
    }

    #[test]
    fn the_source_says_when_it_was_fetched_and_of_how_many_kommuner_it_is_an_unweighted_mean() {
        let of = fetched();
        let said = of.kalla(&[year(2020, Some(41), Some(26)), year(2021, None, Some(31))]).unwrap();
        assert_eq!(said, "Källa: Kolada, hämtad 2026-11-30 (N31807, G35881), medel av 26 kommuner, ovägt");
        let several = medel_av(&[year(2020, Some(41), Some(24)), year(2021, Some(40), Some(1_026))]);
        assert_eq!(several.unwrap(), format!("medel av 24–1{NBSP}026 kommuner, ovägt"));
        assert_eq!(medel_av(&[year(2020, Some(41), Some(1)), year(2021, Some(40), None)]), None);
        assert_eq!(saknade_ar(&[year(2019, None, None), year(2020, Some(1), None)]).unwrap(), "2019 saknas hos Kolada");
        assert_eq!(saknade_ar(&[year(2020, Some(0), None)]), None, "0 is no missing value");
        let file = [year(2018, None, None), year(2019, Some(1), None), year(2022, Some(2), None)];
        assert_eq!(saknade_ar(&file).unwrap(), "2018 saknas hos Kolada. 2020 och 2021 finns inte i det som är hämtat");
    }

    #[test]
    fn what_could_not_be_fetched_says_why_what_stands_and_when_it_is_tried_again() {
        assert_eq!(fetched().lage(), None);
        let nasta = Some("2026-12-01T09:05:00Z".parse().unwrap());
        let failed = Jamforelse { fel: "Kolada svarade inte".into(), nasta, ..fetched() };
        assert_eq!(
            failed.lage().unwrap(),
            "Värdena gick inte att hämta: Kolada svarade inte. Värdena från 2026-11-30 står kvar. Nytt försök 2026-12-01 kl. 10.05."
        );
        let never = Jamforelse { hamtad: None, fel: String::new(), begard: true, ..failed };
        assert_eq!(never.lage().unwrap(), "Värdena hämtas inom kort.");
    }
}
