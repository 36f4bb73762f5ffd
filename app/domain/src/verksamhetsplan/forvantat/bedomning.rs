//! Bedömning: the outcome of a period against what was expected. Exact values are held against each other, and nothing is assessed that has no
//! figures or that nobody has answered.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Content, Del, Jamforelse};
use crate::{
    field::{Checker, FieldError},
    format::NBSP,
    kon::Kon,
    tal::Tal,
    verksamhetsplan::mal::Uppfyllelse,
};

/// What came out in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Utfall {
    /// In the unit of the row.
    pub total: Option<Tal>,
    /// Of the total, women.
    pub kvinnor: Option<Tal>,
    /// Of the total, men.
    pub man: Option<Tal>,
    /// Of the total, the part that a condition names and that is neither.
    pub del: Option<Tal>,
    /// What somebody has answered of a row that has no number.
    pub svar: Option<Uppfyllelse>,
    /// What is to be known of it; may be empty.
    pub not: String,
}

impl Utfall {
    /// The part that a condition is about.
    fn part(&self, del: &Del) -> Option<Tal> {
        match del {
            Del::Kon(Kon::Kvinna) => self.kvinnor,
            Del::Kon(Kon::Man) => self.man,
            Del::Kon(_) | Del::Annan(_) => self.del,
        }
    }
}

/// What an outcome says of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bedomning {
    /// Whether what was aimed at is reached; none where it cannot be told.
    pub mal: Option<bool>,
    /// Whether the condition is; none without one, and where it cannot be told.
    pub villkor: Option<bool>,
    /// The share that the condition is held against, in per cent.
    pub andel: Option<Tal>,
    /// The whole row; none is no assessment and never "not".
    pub status: Option<Uppfyllelse>,
    /// Why, in a sentence.
    pub skal: String,
}

impl Bedomning {
    fn none(skal: &str) -> Self {
        Self { mal: None, villkor: None, andel: None, status: None, skal: skal.to_owned() }
    }
}

/// What is aimed at, and whether an outcome that lies so to it is right.
type Aim = (Tal, fn(Ordering) -> bool);

/// What is aimed at in numbers, or why there is nothing to hold an outcome against.
fn aim(content: &Content) -> Result<Aim, &'static str> {
    let before = || content.fjol.map(|f| f.varde).ok_or("Det går inte att jämföra: förra årets värde saknas.");
    let aim = || content.malvarde.ok_or("Raden har inget tal att jämföra med.");
    Ok(match content.jamforelse.ok_or("Raden säger inte om talet är minst eller högst.")? {
        Jamforelse::Minst => (aim()?, Ordering::is_ge),
        Jamforelse::Hogst => (aim()?, Ordering::is_le),
        Jamforelse::Exakt => (aim()?, Ordering::is_eq),
        Jamforelse::Okar => (before()?, Ordering::is_gt),
        Jamforelse::Minskar => (before()?, Ordering::is_lt),
        Jamforelse::OkarInte => (before()?, Ordering::is_le),
        Jamforelse::Samtliga => (content.malvarde.unwrap_or(Tal::HUNDRED), Ordering::is_ge),
        Jamforelse::Inga => (Tal::ZERO, Ordering::is_eq),
    })
}

/// Holds an outcome against a row. Reached with a condition that is not met is in part, and nobody
/// knows where the part that it is about is not given; a condition alone never makes a row reached.
#[must_use]
pub fn bedom(content: &Content, utfall: &Utfall) -> Bedomning {
    let Some(total) = utfall.total else {
        return match utfall.svar {
            Some(svar @ (Uppfyllelse::Helt | Uppfyllelse::Delvis | Uppfyllelse::Inte)) => Bedomning {
                mal: Some(svar == Uppfyllelse::Helt),
                status: Some(svar),
                ..Bedomning::none("Satt för hand.")
            },
            Some(Uppfyllelse::Ingen) | None => Bedomning::none("Inget utfall."),
        };
    };
    let (aim, is_right) = match aim(content) {
        Ok(aim) => aim,
        Err(why) => return Bedomning::none(why),
    };
    let mal = is_right(total.cmp(&aim));
    let reached = if mal { "uppnås" } else { "uppnås inte" };
    let mut skal = format!("{} mot {}: {reached}.", content.with_unit(total), content.mal_kort(aim));
    let (mut andel, mut met) = (None, None);
    if let Some(villkor) = &content.villkor {
        // a share has no part that is counted
        let part = utfall.part(&villkor.del).filter(|_| !super::is_same_unit(&content.enhet, "%"));
        andel = part.and_then(|part| Tal::per_cent(part.stored(), total.stored()));
        if let (Some(part), Some(share)) = (part, andel) {
            // of the parts themselves: a rounded share could be on the other side
            let (part, whole) = (i128::from(part.stored()) * 1_000_000, i128::from(total.stored()));
            let side = part.cmp(&(whole * i128::from(villkor.andel.stored())));
            let right = if villkor.hogst { side.is_le() } else { side.is_ge() };
            let reached = if right { "uppnås" } else { "uppnås inte" };
            let (del, mal) = (villkor.del.said(), villkor.mal());
            let said = format!(" Andelen {del} är {}{NBSP}%, {mal}: {reached}.", share.with_decimals(2));
            skal.push_str(&said);
            met = Some(right);
        } else {
            let said = format!(" Hur stor andel som är {} saknas.", villkor.del.said());
            skal.push_str(&said);
        }
    }
    let status = match (mal, met) {
        (false, _) => Some(Uppfyllelse::Inte),
        (true, Some(false)) => Some(Uppfyllelse::Delvis),
        (true, Some(true)) => Some(Uppfyllelse::Helt),
        (true, None) => content.villkor.is_none().then_some(Uppfyllelse::Helt),
    };
    Bedomning { mal: Some(mal), villkor: met, andel, status, skal }
}

impl super::Villkor {
    /// `högst 50 %`.
    fn mal(&self) -> String {
        format!("{} {}{NBSP}%", if self.hogst { "högst" } else { "minst" }, self.andel)
    }
}

impl Content {
    /// `högst 975 st`, `mindre än 675 000 kr`: what an outcome was held against.
    fn mal_kort(&self, aim: Tal) -> String {
        let how = match self.jamforelse {
            Some(Jamforelse::Okar) => "mer än",
            Some(Jamforelse::Minskar) => "mindre än",
            Some(Jamforelse::OkarInte) => "högst",
            Some(Jamforelse::Inga) => return "inga".to_owned(),
            Some(one) => one.label(),
            None => "",
        };
        format!("{how} {}", self.with_unit(aim))
    }
}

/// What the form of an outcome sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// A number.
    pub total: String,
    /// A number.
    pub kvinnor: String,
    /// A number.
    pub man: String,
    /// A number.
    pub del: String,
    /// Code of an [`Uppfyllelse`], or empty.
    pub svar: String,
    /// See [`Utfall`].
    pub not: String,
}

/// Checks an outcome. Parts that are more than their whole are told of and not refused: see [`marks`].
pub fn check(form: &Form, content: &Content) -> Result<Utfall, Vec<FieldError>> {
    let mut check = Checker::default();
    let mut read = |field: &str, text: &str| {
        check.decimal(field, text, -Tal::MOST..=Tal::MOST, &content.enhet).map(|(tal, _)| tal)
    };
    let utfall = Utfall {
        total: read("total", &form.total),
        kvinnor: read("kvinnor", &form.kvinnor),
        man: read("man", &form.man),
        del: read("del", &form.del),
        svar: Uppfyllelse::from_code(form.svar.trim()),
        not: check.text("not", &form.not),
    };
    if utfall.svar.is_none() && !form.svar.trim().is_empty() {
        check.error("svar", "Välj på nytt.");
    }
    if let Some(warning) = crate::personnummer::varning(&utfall.not) {
        check.error("not", warning);
    }
    check.finish(utfall)
}

/// What does not fit together in an outcome of something that is counted; it is told of and stays as it is. A share has parts of other
/// wholes, and none of them is more than it.
#[must_use]
pub fn marks(content: &Content, utfall: &Utfall) -> Vec<String> {
    let Some(total) = utfall.total.filter(|_| !super::is_same_unit(&content.enhet, "%")) else { return vec![] };
    let mut out = Vec::new();
    if let (Some(kvinnor), Some(man)) = (utfall.kvinnor, utfall.man)
        && kvinnor + man > total
    {
        let sum = kvinnor + man;
        out.push(format!("Kvinnor och män är tillsammans {sum}, mer än {total}."));
    }
    for (namn, part) in [("Kvinnor", utfall.kvinnor), ("Män", utfall.man), ("Delen", utfall.del)] {
        if let Some(part) = part.filter(|part| *part > total) {
            out.push(format!("{namn} är {part}, mer än {total}."));
        }
    }
    out
}
