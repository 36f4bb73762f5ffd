//! Analys: a jämställdhetsanalys as it is kept: whose, on which day, about which series; its finding as a heading, and what the history
//! says of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Content, Form, Grupp, Slump, check};
use crate::{
    day::Fits,
    field::{Checker, FieldError},
    format::{self, NBSP},
    id::NodeId,
    kon::Kon,
    siffror::serie::SerieId,
    tal::Tal,
};

crate::ids! { now_v7:
    /// A jämställdhetsanalys.
    JamstalldhetId,
}

/// What the history calls the two groups: their figures are for those who see small numbers.
pub const GRUPPER: [&str; 2] = ["Första gruppen", "Andra gruppen"];

/// What is written of an analysis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skriven {
    /// The day it was made.
    pub on: NaiveDate,
    /// The series that it is about, if any: one of the same unit.
    pub serie: Option<SerieId>,
    /// What is asked and answered.
    pub content: Content,
}

/// An analysis of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Analys {
    /// Primary key, in the address `/siffror/jamstalldhet/{id}`.
    pub id: JamstalldhetId,
    /// The unit.
    pub node: NodeId,
    /// What it says.
    pub skriven: Skriven,
    /// The name of who made it; empty when nobody knows.
    pub who: String,
    /// Rises with every change.
    pub version: i64,
}

impl Grupp {
    /// The name within a sentence: `kvinnor`. One that is written stands as it is, for it may begin with a name.
    #[must_use]
    pub fn inne_i(&self) -> String {
        if [Kon::Kvinna, Kon::Man].iter().any(|kon| kon.plural() == self.namn) {
            self.namn.to_lowercase()
        } else {
            self.namn.clone()
        }
    }

    /// `77,8 %` of counts; else the share as it was written.
    #[must_use]
    pub fn andel_said(&self) -> Option<String> {
        let share = self.andel()?;
        Some(if self.antal.is_some() { format::per_cent(share) } else { format!("{share}{NBSP}%") })
    }
}

impl Content {
    /// What came out, as a heading: `10,5 procentenheter mellan kvinnor och män, inte större än slumpen kan ge`. Where its figures are
    /// not shown there is none in it, and where no difference is known it is the question.
    #[must_use]
    pub fn rubrik(&self, shown: bool) -> String {
        let [a, b] = &self.grupper;
        let between = format!("mellan {} och {}", a.inne_i(), b.inne_i());
        let Some(skillnad) = self.skillnad() else { return self.fraga.clone() };
        let points = skillnad.abs();
        if shown && points.rounded(1) == Tal::ZERO {
            return format!("Ingen skillnad {between}");
        }
        let chance = match self.slumpen() {
            Slump::Storre(_) => "större än slumpen brukar ge",
            Slump::InteStorre(_) => "inte större än slumpen kan ge",
            Slump::UtanAntal => "utan antal att pröva mot slumpen",
        };
        if shown {
            format!("{} procentenheter {between}, {chance}", points.with_decimals(1))
        } else {
            format!("Skillnaden {between} är {chance}")
        }
    }

    /// What it is judged as, in a word.
    #[must_use]
    pub fn bedomd(&self) -> &'static str {
        self.bedomning.map_or("Inte bedömd", super::Bedomning::label)
    }

    /// Labels and values for the history.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, String)> {
        let [a, b] = &self.grupper;
        let group = |g: &Grupp| g.said(&g.namn).unwrap_or_else(|| g.namn.clone());
        vec![
            ("Fråga", self.fraga.clone()),
            ("Avgränsning", self.avgransning.clone()),
            (GRUPPER[0], group(a)),
            (GRUPPER[1], group(b)),
            ("Utfall", self.utfall.clone()),
            ("Bedömning", self.bedomning.map_or_else(String::new, |b| b.label().to_owned())),
            ("Skäl", self.skal.clone()),
            ("Slutsats", self.slutsats.clone()),
        ]
    }

    /// As the form has it.
    #[must_use]
    pub fn form(&self) -> Form {
        let [a, b] = &self.grupper;
        let count = |n: Option<i64>| n.map(format::int).unwrap_or_default();
        let per_cent = |x: Option<Tal>| x.map(|x| x.to_string()).unwrap_or_default();
        Form {
            fraga: self.fraga.clone(),
            avgransning: self.avgransning.clone(),
            namn_a: a.namn.clone(),
            taljare_a: count(a.antal.map(|s| s.numerator)),
            namnare_a: count(a.antal.map(|s| s.denominator)),
            procent_a: per_cent(a.procent),
            namn_b: b.namn.clone(),
            taljare_b: count(b.antal.map(|s| s.numerator)),
            namnare_b: count(b.antal.map(|s| s.denominator)),
            procent_b: per_cent(b.procent),
            utfall: self.utfall.clone(),
            bedomning: self.bedomning.map_or_else(String::new, |b| b.code().to_owned()),
            skal: self.skal.clone(),
            slutsats: self.slutsats.clone(),
        }
    }
}

/// Checks all that is written of an analysis: its day (today where none is written), the id of its series as a choice sends it, and
/// its form.
///
/// # Errors
///
/// A sentence for each field that cannot be kept: those of [`check`], a day to come, a series that is no choice of the list.
pub fn check_skriven(form: &Form, (datum, serie): (&str, &str), today: NaiveDate) -> Result<Skriven, Vec<FieldError>> {
    let mut around = Checker::default();
    let serie = match serie.trim() {
        "" => None,
        id => {
            let id: Option<SerieId> = id.parse().ok();
            if id.is_none() {
                around.error("serie", "Välj en serie ur listan, eller ingen.");
            }
            id
        }
    };
    let on = around.date("datum", datum, Fits::Past(today));
    if on.is_some_and(|day| day > today) {
        around.error("datum", "Dagen kan inte ligga framåt i tiden.");
    }
    let around = around.finish((on.unwrap_or(today), serie));
    match (check(form), around) {
        (Ok(content), Ok((on, serie))) => Ok(Skriven { on, serie, content }),
        (content, around) => {
            let mut faults = content.err().unwrap_or_default();
            faults.extend(around.err().unwrap_or_default());
            Err(faults)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        let text = str::to_owned;
        Form {
            fraga: text("Har kvinnor och män förändringsplan lika ofta?"),
            taljare_a: text("14"),
            namnare_a: text("18"),
            taljare_b: text("15"),
            namnare_b: text("17"),
            ..Form::default()
        }
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2022, 5, 30).unwrap()
    }

    #[test]
    fn the_heading_says_how_large_the_difference_is_and_whether_chance_can_give_it() {
        let content = check(&form()).unwrap();
        let heading = "10,5 procentenheter mellan kvinnor och män, inte större än slumpen kan ge";
        assert_eq!(content.rubrik(true), heading);
        assert_eq!(content.rubrik(false), "Skillnaden mellan kvinnor och män är inte större än slumpen kan ge");
        let words = Form { fraga: form().fraga, ..Form::default() };
        assert_eq!(check(&words).unwrap().rubrik(true), form().fraga, "nothing came out: what was asked");
        let alike = Form { taljare_b: "14".into(), namnare_b: "18".into(), ..form() };
        assert_eq!(check(&alike).unwrap().rubrik(true), "Ingen skillnad mellan kvinnor och män");
        let shares = Form { procent_a: "71".into(), procent_b: "45".into(), ..words };
        let heading = "26,0 procentenheter mellan kvinnor och män, utan antal att pröva mot slumpen";
        assert_eq!(check(&shares).unwrap().rubrik(true), heading);
    }

    #[test]
    fn what_is_kept_comes_back_in_the_form_as_it_was_written() {
        let judged = Form { bedomning: "omotiverad".into(), skal: "Inget skäl".into(), ..form() };
        let large = Form { taljare_a: "1 346".into(), namnare_a: "2 000".into(), ..judged };
        let shares = Form { procent_a: "45,5".into(), procent_b: "71".into(), ..Form::default() };
        for form in [large, Form { fraga: "Lika ofta?".into(), ..shares }] {
            let content = check(&form).unwrap();
            assert_eq!(check(&content.form()).unwrap(), content);
        }
    }

    #[test]
    fn the_day_is_today_until_another_is_written_and_never_one_to_come() {
        let on = |text: &str| check_skriven(&form(), (text, ""), today()).map(|s| s.on);
        assert_eq!(on("").unwrap(), today());
        assert_eq!(on("2022-04-29").unwrap().to_string(), "2022-04-29");
        assert_eq!(on("2022-06-30").unwrap_err()[0].field, "datum");
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let faults = check_skriven(&Form::default(), ("i morgon?", "hushåll"), today()).unwrap_err();
        let fields: Vec<&str> = faults.iter().map(|f| f.field.as_str()).collect();
        assert_eq!(fields, ["fraga", "serie", "datum"]);
    }
}
