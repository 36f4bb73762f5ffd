//! Bedömning: the outcome of a period against what was expected. Exact values are held against each other, and nothing is assessed that has no
//! figures or that nobody has answered.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Content, Del, Jamforelse};
use crate::{
    field::{Checker, FieldError},
    format::{self, NBSP},
    kon::Kon,
    tal::Tal,
    verksamhetsplan::{indikator::status::Status, mal::Uppfyllelse},
};

/// What came out in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Utfall {
    /// In the unit of the row; where `av` is given, so many of them.
    pub total: Option<Tal>,
    /// Of how many the total is, where all of them are to be reached: 35 of 35.
    pub av: Option<Tal>,
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
    /// As the form has it.
    #[must_use]
    pub fn form(&self) -> UtfallForm {
        let typed = |tal: Option<Tal>| tal.map_or_else(String::new, Tal::typed);
        UtfallForm {
            total: typed(self.total),
            av: typed(self.av),
            kvinnor: typed(self.kvinnor),
            man: typed(self.man),
            del: typed(self.del),
            svar: self.svar.map_or("", Uppfyllelse::code).to_owned(),
            not: self.not.clone(),
        }
    }

    /// `960 st`, `35 av 35`: what came out, as it is read; empty where no figure is known.
    #[must_use]
    pub fn said(&self, content: &Content) -> String {
        match (self.total, self.av) {
            (Some(total), Some(av)) => format!("{total} av {av}"),
            (Some(total), None) => content.with_unit(total),
            (None, _) => String::new(),
        }
    }

    /// Labels and values for the history, with the unit of the row.
    #[must_use]
    pub fn told(&self, content: &Content) -> Vec<(&'static str, String)> {
        let with_unit = |tal: Option<Tal>| tal.map_or_else(String::new, |tal| content.with_unit(tal));
        vec![
            ("Utfall", self.said(content)),
            ("Kvinnor", with_unit(self.kvinnor)),
            ("Män", with_unit(self.man)),
            ("Del", with_unit(self.del)),
            ("Svar", self.svar.map_or_else(String::new, |svar| svar.label().to_owned())),
            ("Not", self.not.clone()),
        ]
    }

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

/// What an outcome is held against: the words before the value, the value, and whether an outcome that lies so to it is right.
type Krav = (&'static str, Tal, fn(Ordering) -> bool);

/// What is said where an outcome cannot be held against last year.
const UTAN_FJOL: &str = "Det går inte att jämföra: förra årets värde saknas.";

/// All that an outcome is to meet, and what of it cannot be told. Who is to fall or to rise and has a number too is to do both; a number
/// that is missed is not reached, whatever last year was.
fn krav(content: &Content, utfall: &Utfall) -> (Vec<Krav>, Option<&'static str>) {
    let Some(how) = content.jamforelse else {
        return (vec![], Some("Raden säger inte om talet är minst eller högst."));
    };
    let before = content.fjol.map(|f| f.varde);
    let both = |word, is_right: fn(Ordering) -> bool, own, is_own: fn(Ordering) -> bool| {
        let against = before.map(|before| (word, before, is_right));
        let own = content.malvarde.map(|aim| (own, aim, is_own));
        (against.into_iter().chain(own).collect(), before.is_none().then_some(UTAN_FJOL))
    };
    let own = |is_right: fn(Ordering) -> bool| match content.malvarde {
        Some(aim) => (vec![(how.label(), aim, is_right)], None),
        None => (vec![], Some("Raden har inget tal att jämföra med.")),
    };
    match how {
        Jamforelse::Minst => own(Ordering::is_ge),
        Jamforelse::Hogst => own(Ordering::is_le),
        Jamforelse::Exakt => own(Ordering::is_eq),
        Jamforelse::Okar => both("mer än", Ordering::is_gt, "minst", Ordering::is_ge),
        Jamforelse::Minskar => both("mindre än", Ordering::is_lt, "högst", Ordering::is_le),
        Jamforelse::OkarInte => both("högst", Ordering::is_le, "högst", Ordering::is_le),
        Jamforelse::Inga => (vec![("inga", Tal::ZERO, Ordering::is_eq)], None),
        Jamforelse::Samtliga => match (utfall.av, content.malvarde) {
            (Some(Tal::ZERO), _) => (vec![], Some("Det fanns inga som det gällde.")),
            (Some(whole), _) => (vec![("", whole, Ordering::is_eq)], None),
            (None, Some(_)) => own(Ordering::is_ge),
            (None, None) if !content.is_share() => (vec![], Some("Hur många det är av saknas.")),
            (None, None) if utfall.total > Some(Tal::HUNDRED) => {
                (vec![], Some("Utfallet är mer än 100\u{a0}%. Skriv hur många det är av."))
            }
            (None, None) => (vec![(how.label(), Tal::HUNDRED, Ordering::is_ge)], None),
        },
    }
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
    let (krav, unknown) = krav(content, utfall);
    let mal = krav.iter().all(|(_, aim, is_right)| is_right(total.cmp(aim)));
    if let Some(why) = unknown.filter(|_| mal) {
        return Bedomning::none(why);
    }
    let reached = if mal { "uppnås" } else { "uppnås inte" };
    let counted = content.jamforelse == Some(Jamforelse::Samtliga) && utfall.av.is_some();
    let mut skal = match krav.as_slice() {
        [(_, whole, _)] if counted => format!("{total} av {whole}: {reached}."),
        _ => {
            let said: Vec<String> = krav.iter().map(|(word, aim, _)| content.held(word, *aim)).collect();
            let said: Vec<&str> = said.iter().map(String::as_str).collect();
            format!("{} mot {}: {reached}.", content.measured(total), format::and(&said))
        }
    };
    let (mut andel, mut met) = (None, None);
    if let Some(villkor) = &content.villkor {
        // a share has no part that is counted
        let part = utfall.part(&villkor.del).filter(|_| counted || !content.is_share());
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
            let said = format!(" {}", villkor.unknown());
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

    /// What is said where the part that it is about is not known.
    fn unknown(&self) -> String {
        format!("Uppgift saknas om andelen {}.", self.del.said())
    }
}

impl Content {
    /// `högst 975 st`, `mindre än 675 000 kr`, `inga`: what an outcome was held against.
    fn held(&self, word: &str, aim: Tal) -> String {
        if word == "inga" { word.to_owned() } else { format!("{word} {}", self.measured(aim)) }
    }

    /// Whether its outcome is a share: in per cent, or all of something that nobody has said the unit of.
    fn is_share(&self) -> bool {
        let says_nothing = self.enhet.is_empty() && self.malvarde.is_none();
        super::is_same_unit(&self.enhet, "%") || says_nothing && self.jamforelse == Some(Jamforelse::Samtliga)
    }

    /// With the unit that it is held in.
    fn measured(&self, tal: Tal) -> String {
        if self.is_share() && self.enhet.is_empty() { format!("{tal}{NBSP}%") } else { self.with_unit(tal) }
    }
}

/// What the status of an indikator says of a row that is linked to it. One that could not be reached, that is not relevant or that nobody has
/// judged says nothing of the row: it is no "not". A row with a condition is not wholly met by it, as the indikator knows no part.
#[must_use]
pub fn av_indikator(content: &Content, status: Status) -> Bedomning {
    let skal = format!("Indikatorn: {}.", status.label().to_lowercase());
    let reached = match status {
        Status::Uppnas => Uppfyllelse::Helt,
        Status::Delvis => Uppfyllelse::Delvis,
        Status::InteAlls => Uppfyllelse::Inte,
        Status::InteMojlig | Status::IngenBedomning | Status::EjRelevant => return Bedomning::none(&skal),
    };
    let mal = Some(reached == Uppfyllelse::Helt);
    match &content.villkor {
        Some(villkor) if reached == Uppfyllelse::Helt => {
            Bedomning { mal, ..Bedomning::none(&format!("{skal} {}", villkor.unknown())) }
        }
        _ => Bedomning { mal, status: Some(reached), ..Bedomning::none(&skal) },
    }
}

/// What the form of an outcome sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UtfallForm {
    /// A number.
    pub total: String,
    /// A number, or empty: what the total is of, where all of them are to be reached.
    pub av: String,
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
pub fn check(form: &UtfallForm, content: &Content) -> Result<Utfall, Vec<FieldError>> {
    let mut check = Checker::default();
    let mut read = |field: &str, text: &str| {
        check.decimal(field, text, -Tal::MOST..=Tal::MOST, &content.enhet).map(|(tal, _)| tal)
    };
    let utfall = Utfall {
        total: read("total", &form.total),
        av: read("av", &form.av),
        kvinnor: read("kvinnor", &form.kvinnor),
        man: read("man", &form.man),
        del: read("del", &form.del),
        svar: Uppfyllelse::from_code(form.svar.trim()),
        not: check.text("not", &form.not),
    };
    if let (Some(total), Some(av)) = (utfall.total, utfall.av)
        && total > av
    {
        check.error("av", format!("{total} är fler än alla, {av}."));
    }
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
    let Some(total) = utfall.total.filter(|_| !content.is_share()) else { return vec![] };
    let mut out = Vec::new();
    let whole = content.with_unit(total);
    if let (Some(kvinnor), Some(man)) = (utfall.kvinnor, utfall.man)
        && kvinnor + man > total
    {
        // in the words of an indikator, whose parts are held against their whole too
        out.push(format!("Könen blir tillsammans {}, mer än totalen {whole}.", content.with_unit(kvinnor + man)));
    }
    for (namn, part) in [("Kvinnor", utfall.kvinnor), ("Män", utfall.man), ("Delen", utfall.del)] {
        if let Some(part) = part.filter(|part| *part > total) {
            out.push(format!("{namn} är {}, mer än totalen {whole}.", content.with_unit(part)));
        }
    }
    out
}
