//! Intake: the short form that anybody in staff fills in, the still shorter one for a klagomål or a synpunkt, and their
//! checks. No text may hold a personnummer or the like; the contact of who complained may hold a phone number and an
//! address, that is what it is for.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Kanal, Kategori, Kind, Kinds, Ror,
    pui::{Instant, check_discovered},
};
use crate::{
    day::Fits,
    field::{Checker, FieldError},
    format,
    id::PersonId,
    personnummer::{Kansligt, sok, varning},
};

/// When it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// A day, and the time of day where it is known.
    Exact(NaiveDate, Option<NaiveTime>),
    /// In words: "i början av oktober".
    About(String),
}

impl When {
    /// `2026-11-23 kl. 14.30`, or the words.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Exact(day, None) => format::date(*day),
            Self::Exact(day, Some(time)) => format!("{} kl. {}", format::date(*day), time.format("%H.%M")),
            Self::About(words) => words.clone(),
        }
    }
}

/// What a report holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rapport {
    /// What happened; never empty.
    pub what: String,
    /// By the clock of the place, or in words where nobody knows the day.
    pub when: When,
    /// Where: group or place; may be empty. The unit is the node of the case.
    pub place: String,
    /// The process; may be empty.
    pub process: String,
    /// The reference of the case in the business system; may be empty.
    pub reference: String,
    /// Who noticed it, as a funktion; may be empty.
    pub noticed_by: String,
    /// The consequence for the individual; never empty.
    pub consequence: String,
    /// What was done at once; may be empty.
    pub done_at_once: String,
    /// Whom it concerns.
    pub ror: Ror,
    /// A suggestion; may be empty.
    pub suggestion: String,
    /// Whether the reporter suspects a missförhållande.
    pub suspected: bool,
    /// Whether personuppgifter may have gone astray.
    pub pui: bool,
    /// When that was discovered, where the reporter says so.
    #[serde(default)]
    pub discovered: Option<DateTime<Utc>>,
    /// The colleague it is reported for.
    pub on_behalf_of: Option<PersonId>,
}

impl Rapport {
    /// The kinds with which it comes in. Whether lex Sarah holds is decided later.
    #[must_use]
    pub fn kinds(&self) -> Kinds {
        let kinds = Kinds::of(&[Kind::Avvikelse]);
        if self.pui { kinds.with(Kind::Pui) } else { kinds }
    }
}

/// A report as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RapportForm {
    /// See [`Rapport`].
    pub what: String,
    /// The day, when it is known.
    pub day: String,
    /// The time of day, `14:30`.
    pub time: String,
    /// When in words, where the day is not known.
    pub about: String,
    /// See [`Rapport`].
    pub place: String,
    /// See [`Rapport`].
    pub process: String,
    /// See [`Rapport`].
    pub reference: String,
    /// See [`Rapport`].
    pub noticed_by: String,
    /// See [`Rapport`].
    pub consequence: String,
    /// See [`Rapport`].
    pub done_at_once: String,
    /// Code of a [`Ror`].
    pub ror: String,
    /// See [`Rapport`].
    pub suggestion: String,
    /// "on" when ticked.
    pub suspected: String,
    /// "on" when ticked.
    pub pui: String,
    /// When that was discovered.
    pub discovered_day: String,
    /// `14:30`; see [`super::pui`].
    pub discovered_time: String,
    /// The id of a colleague, or empty.
    pub on_behalf_of: String,
}

/// What to think of when the consequence is written: the help beside the field.
pub const CONSEQUENCE_HELP: &str = "Tänk på ekonomi, boende, hälsa, trygghet, barn i hushållet och rättssäkerhet. \
    Skriv också om följden blev liten, uteblev eller ännu inte är känd.";

/// Checks a free text: its length, and that nobody is named by number in it. An empty one is a fault where `what` says how
/// to ask for it, as in "Skriv {what}.".
fn free_text(check: &mut Checker, field: &str, value: &str, what: Option<&str>) -> String {
    let text = check.text(field, value);
    match what {
        Some(what) if text.is_empty() => check.error(field, format!("Skriv {what}.")),
        _ => {
            if let Some(warning) = varning(&text) {
                check.error(field, warning);
            }
        }
    }
    text
}

fn line(check: &mut Checker, field: &str, value: &str) -> String {
    let text = check.line(field, value);
    if let Some(warning) = varning(&text) {
        check.error(field, warning);
    }
    text
}

/// Reads `14:30`, `14.30` or `1430`.
#[must_use]
pub fn parse_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().replace('.', ":");
    let (hour, minute) = match text.split_once(':') {
        Some(parts) => parts,
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => return None,
    };
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

fn when(check: &mut Checker, form: &RapportForm, today: NaiveDate) -> When {
    let day = check.date("day", &form.day, Fits::Past(today));
    let about = line(check, "about", &form.about);
    let time = form.time.trim();
    let parsed = parse_time(time);
    if !time.is_empty() && parsed.is_none() {
        check.error("time", "Skriv klockslaget som 14:30.");
    }
    if day.is_some_and(|day| day > today) {
        check.error("day", "Dagen har inte varit än. Välj i dag eller tidigare.");
    }
    if let Some(day) = day {
        return When::Exact(day, parsed);
    }
    if about.is_empty() && form.day.trim().is_empty() {
        check.error("day", "Skriv vilken dag det hände, eller ungefär när.");
    }
    When::About(about)
}

/// Checks a report.
pub fn check_rapport(form: &RapportForm, today: NaiveDate) -> Result<Rapport, Vec<FieldError>> {
    let mut check = Checker::default();
    let what = free_text(&mut check, "what", &form.what, Some("vad som hände"));
    let when = when(&mut check, form, today);
    let consequence = free_text(
        &mut check,
        "consequence",
        &form.consequence,
        Some("vad det fick för konsekvens för den enskilde, eller att det inte fick någon"),
    );
    let ror = Ror::from_code(form.ror.trim()).unwrap_or_else(|| {
        check.error("ror", "Välj vem det rör.");
        Ror::Annat
    });
    let on_behalf_of = match form.on_behalf_of.trim() {
        "" => None,
        id => id.parse().map_err(|_| check.error("on_behalf_of", "Välj kollegan på nytt.")).ok(),
    };
    let rapport = Rapport {
        what,
        when,
        place: line(&mut check, "place", &form.place),
        process: line(&mut check, "process", &form.process),
        reference: line(&mut check, "reference", &form.reference),
        noticed_by: line(&mut check, "noticed_by", &form.noticed_by),
        consequence,
        done_at_once: free_text(&mut check, "done_at_once", &form.done_at_once, None),
        ror,
        suggestion: free_text(&mut check, "suggestion", &form.suggestion, None),
        suspected: form.suspected == "on",
        pui: form.pui == "on",
        discovered: None,
        on_behalf_of,
    };
    check.finish(rapport)
}

/// Checks a report with the time at which a personuppgiftsincident was discovered: the faults of both.
pub fn check_rapport_at(
    form: &RapportForm,
    today: NaiveDate,
    now: DateTime<Utc>,
    instant: Instant,
) -> Result<Rapport, Vec<FieldError>> {
    match (check_rapport(form, today), check_discovered(form, now, instant)) {
        (Ok(rapport), Ok(discovered)) => Ok(Rapport { discovered, ..rapport }),
        (rapport, discovered) => Err(rapport.err().into_iter().chain(discovered.err()).flatten().collect()),
    }
}

/// What a klagomål or a synpunkt from outside holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inkommet {
    /// What was said; never empty.
    pub what: String,
    /// The day it came; today unless written otherwise.
    pub on: NaiveDate,
    /// How it came.
    pub kanal: Kanal,
    /// What it is about.
    pub kategori: Kategori,
    /// Whether it is praise. Then it is a synpunkt.
    pub positive: bool,
    /// [`Kind::Klagomal`] or [`Kind::Synpunkt`].
    pub kind: Kind,
    /// How to reach who said it; none where that is anonymous.
    pub contact: Option<String>,
}

/// A klagomål or a synpunkt as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InkommetForm {
    /// See [`Inkommet`].
    pub what: String,
    /// Empty means today.
    pub on: String,
    /// Code of a [`Kanal`].
    pub kanal: String,
    /// Code of a [`Kategori`].
    pub kategori: String,
    /// `klagomal`, `synpunkt` or `positiv`.
    pub kind: String,
    /// "on" when ticked.
    pub anonymous: String,
    /// See [`Inkommet`].
    pub contact: String,
}

/// What to tell the person who writes how somebody can be reached: a phone number and an address belong there, a
/// personnummer does not.
#[must_use]
pub fn varning_kontakt(text: &str) -> Option<String> {
    let is_person = |kind| matches!(kind, Kansligt::Personnummer | Kansligt::Samordningsnummer);
    let warning = "Det ser ut som ett personnummer. Ta bort det innan du sparar.";
    sok(text).iter().any(|f| is_person(f.kind)).then(|| warning.to_owned())
}

/// Checks a klagomål or a synpunkt.
pub fn check_inkommet(form: &InkommetForm, today: NaiveDate) -> Result<Inkommet, Vec<FieldError>> {
    let mut check = Checker::default();
    let what = free_text(&mut check, "what", &form.what, Some("vad som framfördes"));
    let on = check.date("on", &form.on, Fits::Past(today)).unwrap_or(today);
    if on > today {
        check.error("on", "Dagen har inte varit än. Välj i dag eller tidigare.");
    }
    let kanal = Kanal::from_code(form.kanal.trim()).unwrap_or_else(|| {
        check.error("kanal", "Välj hur det kom in.");
        Kanal::Annat
    });
    let kategori = Kategori::from_code(form.kategori.trim()).unwrap_or_else(|| {
        check.error("kategori", "Välj vad det handlar om.");
        Kategori::Handlaggning
    });
    let (kind, positive) = match form.kind.trim() {
        "klagomal" => (Kind::Klagomal, false),
        "synpunkt" => (Kind::Synpunkt, false),
        "positiv" => (Kind::Synpunkt, true),
        _ => {
            check.error("kind", "Välj klagomål, synpunkt eller positiv synpunkt.");
            (Kind::Klagomal, false)
        }
    };
    let contact = check.line("contact", &form.contact);
    if let Some(warning) = varning_kontakt(&contact) {
        check.error("contact", warning);
    }
    let contact = match (form.anonymous == "on", contact.is_empty()) {
        (true, true) => None,
        (true, false) => {
            check.error("contact", "Ta bort kontaktuppgiften, eller ta bort bocken för anonym.");
            None
        }
        (false, true) => {
            check.error("contact", "Skriv hur personen kan nås, eller bocka för anonym.");
            None
        }
        (false, false) => Some(contact),
    };
    check.finish(Inkommet { what, on, kanal, kategori, positive, kind, contact })
}

#[cfg(test)]
mod tests;
