//! Tillägg: goals and breaks of a series, which have forms of their own beside that of what it is.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Brott, Content, MAL_MOST, Mal};
use crate::{
    field::{Checker, FieldError},
    personnummer::varning,
    siffror::slag::Slag,
    tal::Tal,
};

/// What the form of a goal sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MalForm {
    /// See [`Mal`].
    pub namn: String,
    /// See [`Mal`].
    pub tal: String,
    /// "hogst" or "minst".
    pub hogst: String,
}

/// Checks a goal of a series: in its unit, one of at most [`MAL_MOST`].
pub fn check_mal(form: &MalForm, content: &Content) -> Result<Mal, Vec<FieldError>> {
    let mut check = Checker::default();
    let namn = check.line("namn", &form.namn);
    if let Some(warning) = varning(&namn) {
        check.error("namn", warning);
    }
    let tal = if content.slag == Slag::Andel {
        check.per_cent("tal", &form.tal, Tal::ZERO..=Tal::HUNDRED)
    } else {
        check.decimal("tal", &form.tal, -Tal::MOST..=Tal::MOST, &content.enhet).map(|(tal, _)| tal)
    };
    if tal.is_none() && !check.has_errors() {
        check.error("tal", "Skriv målet som ett tal.");
    }
    if content.mal.len() >= MAL_MOST {
        check.error("", format!("En serie har högst {MAL_MOST} mål. Ta bort ett först."));
    }
    check.finish(Mal { namn, tal: tal.unwrap_or_default(), hogst: form.hogst == "hogst" })
}

/// What the form of a break sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BrottForm {
    /// See [`Brott`].
    pub fran: String,
    /// See [`Brott`].
    pub varfor: String,
    /// "on" where a rise comes of better reporting.
    pub rapportering: String,
}

/// Checks a break of a series. A day without its year is the last such one.
pub fn check_brott(form: &BrottForm, content: &Content, today: NaiveDate) -> Result<Brott, Vec<FieldError>> {
    check_brott_among(form, &content.brott, ("Serien", "En serie"), today)
}

/// The same among the breaks that something has, which is called so: "Serien", "En serie".
pub(crate) fn check_brott_among(
    form: &BrottForm,
    brott: &[Brott],
    (the, a): (&str, &str),
    today: NaiveDate,
) -> Result<Brott, Vec<FieldError>> {
    let mut check = Checker::default();
    let fran = check.date("fran", &form.fran, crate::day::Fits::Past(today));
    if fran.is_none() && form.fran.trim().is_empty() {
        check.error("fran", "Skriv från vilken dag det räknas på ett annat sätt.");
    }
    let varfor = check.required("varfor", &form.varfor, "vad som är annorlunda");
    if let Some(warning) = varning(&varfor) {
        check.error("varfor", warning);
    }
    if fran.is_some_and(|day| brott.iter().any(|b| b.fran == day)) {
        check.error("fran", format!("{the} har redan ett brott den dagen."));
    }
    if brott.len() >= MAL_MOST {
        check.error("", format!("{a} har högst {MAL_MOST} brott. Ta bort ett först."));
    }
    check.finish(Brott { fran: fran.unwrap_or_default(), varfor, rapportering: form.rapportering == "on" })
}
