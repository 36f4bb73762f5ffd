//! Skärm: the screen on the wall (transparenstavla). Read by whoever passes, so it shows published aggregates alone.

use chrono::{NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

use super::Slag;
use crate::{
    field::{Checker, FieldError},
    id::{NodeId, SkarmId},
};

/// What a wall screen can show. The account is not there: nobody marks it for whoever passes, as series and indikatorer are.
pub const SLAG: [Slag; 8] = [
    Slag::Hjul,
    Slag::Kontroller,
    Slag::Avvikelser,
    Slag::Enkat,
    Slag::Siffror,
    Slag::Mal,
    Slag::Indikatorer,
    Slag::Forslag,
];

/// A wall screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skarm {
    /// Primary key; the address holds a token and not this.
    pub id: SkarmId,
    /// The unit whose results it shows.
    pub node: NodeId,
    /// Where it hangs; never empty.
    pub name: String,
    /// What it shows, in order; never empty.
    pub slides: Vec<Slag>,
    /// Seconds for each slide.
    pub seconds: i64,
    /// From when it is dimmed, and until when, on the clock of the place; the same time twice for never.
    pub dim: (NaiveTime, NaiveTime),
    /// When it last asked for anything, in UTC; none before the first time.
    pub seen: Option<chrono::DateTime<chrono::Utc>>,
    /// Rises with every change.
    pub version: i64,
}

/// A wall screen as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Skarm`].
    pub name: String,
    /// Codes of [`Slag`].
    pub slides: Vec<String>,
    /// See [`Skarm`].
    pub seconds: String,
    /// `18:00`
    pub dim_from: String,
    /// `06:00`
    pub dim_to: String,
}

/// What a valid screen holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// See [`Skarm`].
    pub name: String,
    /// See [`Skarm`].
    pub slides: Vec<Slag>,
    /// See [`Skarm`].
    pub seconds: i64,
    /// See [`Skarm`].
    pub dim: (NaiveTime, NaiveTime),
}

/// Checks a screen.
pub fn check(form: &Form) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let name = check.required("name", &form.name, "var skärmen hänger");
    let slides: Vec<Slag> = SLAG.into_iter().filter(|s| form.slides.iter().any(|c| c == s.code())).collect();
    if slides.is_empty() {
        check.error("slides", "Välj minst en bild.");
    }
    let seconds = check.int_of("seconds", &form.seconds, 5..=300, crate::number::SECONDS).unwrap_or(20);
    let mut clock = |field: &str, value: &str| {
        let value = value.trim().replace('.', ":");
        if value.is_empty() {
            return NaiveTime::MIN;
        }
        NaiveTime::parse_from_str(&value, "%H:%M").unwrap_or_else(|_| {
            check.error(field, "Skriv en tid som 18.00.");
            NaiveTime::MIN
        })
    };
    let dim = (clock("dim_from", &form.dim_from), clock("dim_to", &form.dim_to));
    check.finish(Content { name, slides, seconds, dim })
}

/// Minutes since midnight, as the screen reckons.
#[must_use]
pub fn minutes(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}

/// Whether the screen is dimmed at a minute of the day. Times that are the same are never.
#[must_use]
pub fn is_dim(now: u32, from: u32, to: u32) -> bool {
    if from <= to { (from..to).contains(&now) } else { now >= from || now < to }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_has_a_place_and_at_least_one_slide_and_only_such_as_may_hang_there() {
        let form = Form {
            name: "Fikarummet".into(),
            slides: vec!["hjul".into(), "resultat".into()],
            dim_from: "18.00".into(),
            dim_to: "06:00".into(),
            ..Form::default()
        };
        let content = check(&form).unwrap();
        assert_eq!((content.slides, content.seconds), (vec![Slag::Hjul], 20));
        assert_eq!(minutes(content.dim.0), 18 * 60);
        let errors = check(&Form { slides: vec!["text".into()], dim_from: "kväll".into(), ..form }).unwrap_err();
        assert_eq!(errors.iter().map(|e| &*e.field).collect::<Vec<_>>(), ["slides", "dim_from"]);
    }

    #[test]
    fn the_night_goes_over_midnight() {
        let (from, to) = (18 * 60, 6 * 60);
        assert!(is_dim(23 * 60, from, to) && is_dim(0, from, to) && is_dim(from, from, to));
        assert!(!is_dim(to, from, to) && !is_dim(12 * 60, from, to));
        assert!(!is_dim(0, 0, 0), "no time is never");
        assert!(is_dim(13 * 60, 12 * 60, 14 * 60));
    }
}
