//! Förväntat resultat: what is expected of a goal in its year, as rows. Most have no number and are none the worse: "Alla som söker erbjuds
//! stöd". One with a number has what it is to be at least or at most, the value of last year beside it, and perhaps a condition on a part:
//! "varav max 50 % kvinnor".

use serde::{Deserialize, Serialize};

use crate::{
    field::{Checker, FieldError},
    format::{self, NBSP},
    kon::Kon,
    number,
    period::Grain,
    personnummer::varning,
    siffror::serie::SerieId,
    tal::Tal,
    verksamhetsplan::{indikator::IndikatorId, mal::MalId},
    year::Year,
};

pub mod bedomning;
pub mod cell;
pub mod forslag;
pub mod hjalp;
pub mod inlasning;
mod jamforelse;

pub use jamforelse::Jamforelse;

crate::ids! { now_v7:
    /// A row of what is expected of a goal.
    ForvantatId,
}

/// The most rows that one goal has.
pub const RADER_MOST: usize = 50;

/// The value of an earlier year, beside what is aimed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fjol {
    /// Which year it is of.
    pub ar: i32,
    /// In the unit of the row.
    pub varde: Tal,
}

/// The part that a condition is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Del {
    /// Women or men.
    Kon(Kon),
    /// Any other: "under 25 år".
    Annan(String),
}

impl Del {
    /// `kvinnor`, `under 25 år`.
    #[must_use]
    pub fn said(&self) -> String {
        match self {
            Self::Kon(kon) => kon.plural().to_lowercase(),
            Self::Annan(text) => text.clone(),
        }
    }
}

/// What a part of the outcome is to be: "varav max 50 % kvinnor".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Villkor {
    /// The part of the outcome.
    pub del: Del,
    /// At most that much; otherwise at least.
    pub hogst: bool,
    /// In per cent of the outcome, 0–100.
    pub andel: Tal,
}

impl Villkor {
    /// `varav högst 50 % kvinnor`.
    #[must_use]
    pub fn said(&self) -> String {
        let how = if self.hogst { "högst" } else { "minst" };
        format!("varav {how} {}{NBSP}% {}", self.andel, self.del.said())
    }
}

/// What is to be seen of a row while it is followed: the series or the indikator whose figures are its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "slag", content = "id")]
pub enum Lank {
    /// A series of the unit.
    Serie(SerieId),
    /// An indikator of the plan, by its id.
    Indikator(IndikatorId),
}

impl Lank {
    /// As a form sends it: `serie:<id>`, `indikator:<id>`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Serie(id) => format!("serie:{id}"),
            Self::Indikator(id) => format!("indikator:{id}"),
        }
    }

    /// The link of such a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split_once(':')? {
            ("serie", id) => id.parse().ok().map(Self::Serie),
            ("indikator", id) => id.parse().ok().map(Self::Indikator),
            _ => None,
        }
    }
}

/// What is expected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// "Antal vuxna med ekonomiskt bistånd"; never empty.
    pub text: String,
    /// How the outcome is held against it; none of what is only said in words.
    pub jamforelse: Option<Jamforelse>,
    /// What is aimed at, in the unit; none where there is no number.
    pub malvarde: Option<Tal>,
    /// "Tas fram av nämnd": what stands where a number is to come. May be empty.
    pub maltext: String,
    /// The number is written as roughly so: shown with "ca".
    pub ungefar: bool,
    /// "st", "%", "kr"; empty without a number.
    pub enhet: String,
    /// "per månad": what time the number is of, where it is not the year.
    pub per: Option<Grain>,
    /// The value of the year before, or of another.
    pub fjol: Option<Fjol>,
    /// What a part of the outcome is to be.
    pub villkor: Option<Villkor>,
    /// The group within the goal that it is about: "Unga vuxna 18-24 år". May be empty.
    pub delgrupp: String,
    /// Where its outcome comes from.
    pub lank: Option<Lank>,
}

impl Content {
    /// `980 st`, `625 000 kr per månad`.
    #[must_use]
    pub fn with_unit(&self, tal: Tal) -> String {
        let unit = if self.enhet.is_empty() { String::new() } else { format!("{NBSP}{}", self.enhet) };
        let per = self.per.map_or_else(String::new, |grain| format!(" per {}", grain.label()));
        format!("{tal}{unit}{per}")
    }

    /// `högst 975 st (2018: 980), varav högst 50 % kvinnor`; what is aimed at, in one line. Empty of what is only said in words.
    #[must_use]
    pub fn mal(&self) -> String {
        let number = self.malvarde.map(|tal| {
            let about = if self.ungefar { "ca " } else { "" };
            format!("{about}{}", self.with_unit(tal))
        });
        let how = self.jamforelse.map(|one| one.label().to_owned());
        let text = (!self.maltext.is_empty()).then(|| self.maltext.clone());
        let mut out: Vec<String> = how.into_iter().chain(number).chain(text).collect();
        // none of them is 0 of them, which need not be said twice
        if self.jamforelse == Some(Jamforelse::Inga) && self.malvarde == Some(Tal::ZERO) {
            out.truncate(1);
        }
        let mut line = out.join(" ");
        if let Some(fjol) = self.fjol {
            let before = format!("({}: {})", fjol.ar, fjol.varde);
            line = if line.is_empty() { before } else { format!("{line} {before}") };
        }
        match &self.villkor {
            Some(villkor) if line.is_empty() => villkor.said(),
            Some(villkor) => format!("{line}, {}", villkor.said()),
            None => line,
        }
    }

    /// Labels and values for the history.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, String)> {
        vec![("Förväntat resultat", self.text.clone()), ("Målvärde", self.mal()), ("Delgrupp", self.delgrupp.clone())]
    }

    /// As the form has it.
    #[must_use]
    pub fn form(&self) -> Form {
        Form {
            text: self.text.clone(),
            jamforelse: self.jamforelse.map_or("", Jamforelse::code).to_owned(),
            malvarde: self.malvarde.map_or_else(|| self.maltext.clone(), Tal::typed),
            ungefar: if self.ungefar { "on" } else { "" }.to_owned(),
            enhet: self.enhet.clone(),
            per: self.per.map_or("", Grain::code).to_owned(),
            fjol_ar: self.fjol.map_or_else(String::new, |fjol| fjol.ar.to_string()),
            fjol: self.fjol.map_or_else(String::new, |fjol| fjol.varde.typed()),
            villkor: self.villkor.as_ref().map_or_else(String::new, Villkor::said),
            delgrupp: self.delgrupp.clone(),
            lank: self.lank.map_or_else(String::new, Lank::code),
        }
    }
}

/// What is expected of a goal, as its row has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rad {
    /// Primary key.
    pub id: ForvantatId,
    /// The goal, of any level.
    pub mal: MalId,
    /// Its place among the rows of the goal.
    pub ordning: i64,
    /// The same row of the year before.
    pub copied_from: Option<ForvantatId>,
    /// What is expected.
    pub content: Content,
    /// Rises with every change.
    pub version: i64,
}

/// What the form of a row sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Content`].
    pub text: String,
    /// Code of a [`Jamforelse`], or empty.
    pub jamforelse: String,
    /// A number, or the words that stand for one.
    pub malvarde: String,
    /// "on" where the number is roughly so.
    pub ungefar: String,
    /// See [`Content`].
    pub enhet: String,
    /// Code of a [`Grain`], or empty.
    pub per: String,
    /// A year; empty is the one before the plan's.
    pub fjol_ar: String,
    /// A number.
    pub fjol: String,
    /// "max 50 % kvinnor", with or without "varav".
    pub villkor: String,
    /// See [`Content`].
    pub delgrupp: String,
    /// Code of a [`Lank`], or empty.
    pub lank: String,
}

/// Checks a row of the plan of a year. What it lacks to be measured is no fault: [`hjalp::hjalp`] says it beside the row.
pub fn check(form: &Form, year: i32) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let text = check.required("text", &form.text, "vad som förväntas");
    let delgrupp = check.line("delgrupp", &form.delgrupp);
    let mut enhet = check.line("enhet", &form.enhet);
    for (field, text) in [("text", &text), ("delgrupp", &delgrupp), ("malvarde", &form.malvarde)] {
        if let Some(warning) = varning(text) {
            check.error(field, warning);
        }
    }
    if !number::is_unit(&enhet) {
        check.error("enhet", "Skriv enheten med ett par ord, utan siffror, till exempel st, % eller kr.");
    }
    let chosen = |check: &mut Checker, field: &str, code: &str, known: bool| {
        if !code.trim().is_empty() && !known {
            check.error(field, "Välj på nytt.");
        }
    };
    let jamforelse = Jamforelse::from_code(form.jamforelse.trim());
    chosen(&mut check, "jamforelse", &form.jamforelse, jamforelse.is_some());
    let lank = Lank::from_code(form.lank.trim());
    chosen(&mut check, "lank", &form.lank, lank.is_some());
    let mut per = Grain::from_code(form.per.trim());
    chosen(&mut check, "per", &form.per, per.is_some());
    let mut content = Content { text, jamforelse, delgrupp, lank, ungefar: form.ungefar == "on", ..Content::default() };
    // what stands behind the number is as good as the field beside it
    match cell::tal(&check.line("malvarde", &form.malvarde)) {
        cell::Lastal::Tom => {}
        cell::Lastal::Text(text) => content.maltext = text,
        cell::Lastal::Fel(sentence) => check.error("malvarde", sentence),
        cell::Lastal::Antingen(one, thousands) => {
            check.error(
                "malvarde",
                format!("Är det {thousands} eller {one}? Skriv {} eller {}.", thousands.typed(), one.typed()),
            );
        }
        cell::Lastal::Tal(read) => {
            if !read.enhet.is_empty() && !enhet.is_empty() && !is_same_unit(&read.enhet, &enhet) {
                check.error("malvarde", format!("Enheten är {enhet}. Skriv bara talet här."));
            }
            if enhet.is_empty() {
                enhet = read.enhet;
            }
            per = per.or(read.per);
            content.malvarde = Some(read.tal);
            content.ungefar |= read.ungefar;
        }
    }
    let before = check.decimal("fjol", &form.fjol, -Tal::MOST..=Tal::MOST, &enhet).map(|(tal, _)| tal);
    let ar = match form.fjol_ar.trim() {
        "" => Some(year - 1),
        text => text.parse::<Year>().ok().map(Year::get),
    };
    match (before, ar) {
        (_, None) => check.error("fjol_ar", crate::year::OUTSIDE),
        (Some(_), Some(ar)) if ar >= year => check.error("fjol_ar", format!("Skriv ett år före {year}.")),
        (Some(varde), Some(ar)) => content.fjol = Some(Fjol { ar, varde }),
        (None, _) => {}
    }
    match cell::villkor(&check.line("villkor", &form.villkor)) {
        Ok(villkor) => content.villkor = villkor,
        Err(sentence) => check.error("villkor", sentence),
    }
    (content.enhet, content.per) = (enhet, per);
    check.finish(content)
}

/// Whether two words mean one unit: `kr` and `kronor`, `%` and `procent`.
#[must_use]
pub fn is_same_unit(a: &str, b: &str) -> bool {
    const KRONOR: &[&str] = &["kr", "kronor", ":-", "sek"];
    const COUNT: &[&str] = &["st", "stycken", "styck"];
    let (a, b) = (a.trim_end_matches('.').to_lowercase(), b.trim_end_matches('.').to_lowercase());
    let groups = [KRONOR, COUNT, number::PER_CENT, number::DAYS, number::MONTHS, number::YEARS];
    a == b || groups.iter().any(|group| group.contains(&a.as_str()) && group.contains(&b.as_str()))
}

/// A sentence with the units of a table, for a question.
fn units(all: &[String]) -> String {
    format::and(&all.iter().map(String::as_str).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests;
