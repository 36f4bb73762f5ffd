//! Enhetsmål: what a unit's own goal holds beside its title: how it is worked with, what it takes, how it is followed and what is to become
//! better; the VP-grupper that have it, what is followed how often and shown where, and how it was met in each period. Any of it may be
//! missing.

use serde::{Deserialize, Serialize};

use super::mal::MalId;
use crate::{
    field::{Checker, FieldError},
    personnummer::varning,
};

pub mod bedomning;
pub mod uppfoljning;
pub mod vpgrupp;

/// The most groups within a goal, and the most targets of Agenda 2030.
pub const MOST: usize = 20;

/// A target of Agenda 2030: `1`, `5.2`, `16.b`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Agendamal {
    /// The goal, 1–17.
    pub mal: u8,
    /// The target under it, `2` or `b`; empty is the goal as a whole.
    pub del: String,
}

impl Agendamal {
    /// Reads one; none of what is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (mal, del) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let mal = mal.parse().ok().filter(|n| (1..=17).contains(n))?;
        let figures = del.len() <= 2 && del.parse::<u8>().is_ok_and(|n| n > 0);
        let letter = del.len() == 1 && del.bytes().all(|b| b.is_ascii_alphabetic());
        (del.is_empty() || figures || letter).then(|| Self { mal, del: del.to_lowercase() })
    }

    /// `5.2`.
    #[must_use]
    pub fn said(&self) -> String {
        if self.del.is_empty() { self.mal.to_string() } else { format!("{}.{}", self.mal, self.del) }
    }
}

/// What a unit's goal holds beside its title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// How it is worked with.
    pub arbetssatt: String,
    /// What people, time and money it takes.
    pub resursanvandning: String,
    /// How it is followed, in words; what has a rhythm are rows of their own ([`uppfoljning`]).
    pub uppfoljning: String,
    /// What is to become better.
    pub utveckling: String,
    /// The process that it belongs to.
    pub process: String,
    /// Groups within it that are followed by themselves: "Unga vuxna 18-24 år".
    pub delgrupper: Vec<String>,
    /// The targets of Agenda 2030 that it serves.
    pub agenda: Vec<Agendamal>,
    /// It is about the unit's money: held against the account when it is assessed.
    pub ekonomi: bool,
}

impl Content {
    /// The headings with their texts, in the order in which a plan is printed; those without a text too.
    #[must_use]
    pub fn rubriker(&self) -> [(&'static str, &str); 4] {
        [
            ("Arbetssätt", &self.arbetssatt),
            ("Resursanvändning", &self.resursanvandning),
            ("Uppföljning", &self.uppfoljning),
            ("Utveckling", &self.utveckling),
        ]
    }

    /// Labels and values for the history.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, String)> {
        let agenda: Vec<String> = self.agenda.iter().map(Agendamal::said).collect();
        let mut all: Vec<(&'static str, String)> =
            self.rubriker().into_iter().map(|(label, text)| (label, text.to_owned())).collect();
        all.extend([
            ("Process", self.process.clone()),
            ("Delgrupper", self.delgrupper.join("; ")),
            ("Agenda 2030", agenda.join(", ")),
            ("Handlar om ekonomi", if self.ekonomi { "ja" } else { "nej" }.to_owned()),
        ]);
        all
    }

    /// As the form has it.
    #[must_use]
    pub fn form(&self) -> Form {
        let agenda: Vec<String> = self.agenda.iter().map(Agendamal::said).collect();
        Form {
            arbetssatt: self.arbetssatt.clone(),
            resursanvandning: self.resursanvandning.clone(),
            uppfoljning: self.uppfoljning.clone(),
            utveckling: self.utveckling.clone(),
            process: self.process.clone(),
            delgrupper: self.delgrupper.join("\n"),
            agenda: agenda.join(", "),
            ekonomi: if self.ekonomi { "on" } else { "" }.to_owned(),
        }
    }
}

/// What a unit's goal holds, as its row has it: one for each goal that has any of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enhetsmal {
    /// The goal; the key of the row too.
    pub mal: MalId,
    /// Its texts.
    pub content: Content,
    /// The texts are those of last year, and nobody has changed them.
    pub fran_i_fjol: bool,
    /// Rises with every change.
    pub version: i64,
}

impl Enhetsmal {
    /// Whether it is still as last year when it is saved with a content.
    #[must_use]
    pub fn is_untouched_by(&self, content: &Content) -> bool {
        self.fran_i_fjol && self.content == *content
    }
}

/// What its form sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Content`].
    pub arbetssatt: String,
    /// See [`Content`].
    pub resursanvandning: String,
    /// See [`Content`].
    pub uppfoljning: String,
    /// See [`Content`].
    pub utveckling: String,
    /// See [`Content`].
    pub process: String,
    /// One to a line.
    pub delgrupper: String,
    /// `5.2, 10.2`.
    pub agenda: String,
    /// "on" where it is about money.
    pub ekonomi: String,
}

/// Checks the texts of a goal; all of them may be empty.
pub fn check(form: &Form) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let content = Content {
        arbetssatt: check.text("arbetssatt", &form.arbetssatt),
        resursanvandning: check.text("resursanvandning", &form.resursanvandning),
        uppfoljning: check.text("uppfoljning", &form.uppfoljning),
        utveckling: check.text("utveckling", &form.utveckling),
        process: check.line("process", &form.process),
        delgrupper: groups(&mut check, &form.delgrupper),
        agenda: agenda(&mut check, &form.agenda),
        ekonomi: form.ekonomi == "on",
    };
    for (field, text) in [
        ("arbetssatt", &content.arbetssatt),
        ("resursanvandning", &content.resursanvandning),
        ("uppfoljning", &content.uppfoljning),
        ("utveckling", &content.utveckling),
        ("process", &content.process),
        ("delgrupper", &form.delgrupper),
    ] {
        if let Some(warning) = varning(text) {
            check.error(field, warning);
        }
    }
    check.finish(content)
}

fn groups(check: &mut Checker, text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    if lines.clone().count() > MOST {
        check.error("delgrupper", format!("Ta högst {MOST} delgrupper."));
        return vec![];
    }
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        let group = check.line("delgrupper", line);
        if !out.contains(&group) {
            out.push(group);
        }
    }
    out
}

fn agenda(check: &mut Checker, text: &str) -> Vec<Agendamal> {
    let parts = text.split([',', ' ', '\n']).filter(|part| !part.is_empty());
    let (mut out, mut unread): (Vec<Agendamal>, Vec<&str>) = (Vec::new(), Vec::new());
    for part in parts.take(10 * MOST) {
        match Agendamal::read(part) {
            Some(one) if !out.contains(&one) => out.push(one),
            Some(_) => {}
            None => unread.push(part),
        }
    }
    if let Some(first) = unread.first() {
        let first = crate::import::shortened(first, 20);
        check.error("agenda", format!("”{first}” är inget mål i Agenda 2030. Skriv till exempel 5.2, 10.2."));
    } else if out.len() > MOST {
        check.error("agenda", format!("Ta högst {MOST} mål i Agenda 2030."));
    }
    out.sort();
    out
}

/// Words by which a title is about the unit's money.
const EKONOMI: [&str; 3] = ["budget", "ekonomi", "kostnad"];

/// Whether a title may be about the unit's money: proposed where the goal is made, and ticked by who knows.
#[must_use]
pub fn kan_vara_ekonomi(titel: &str) -> bool {
    let titel = crate::text::compared(titel);
    EKONOMI.iter().any(|word| titel.contains(word))
}

#[cfg(test)]
mod tests;
