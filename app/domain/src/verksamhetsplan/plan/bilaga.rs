//! Bilaga: what is laid beside a plan: its title and where it is found. The document itself is kept where the unit keeps its documents.

use serde::{Deserialize, Serialize};

use super::PlanId;
use crate::{
    field::{Checker, FieldError},
    personnummer::varning,
};

crate::ids! { now_v7:
    /// A bilaga of a plan.
    PlanbilagaId,
}

/// The most bilagor of a plan.
pub const BILAGOR_MOST: usize = 40;

/// What a bilaga is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// "Kompetensförsörjningsplan"; never empty.
    pub titel: String,
    /// Where it is found: a diarienummer, an address or a place. May be empty while nobody knows.
    #[serde(default)]
    pub hanvisning: String,
}

/// A bilaga as its row has it. It is of its plan, and is not copied to the plan of the next year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilaga {
    /// Primary key.
    pub id: PlanbilagaId,
    /// Whose it is.
    pub plan: PlanId,
    /// Its place among them; they are numbered from 1 in this order.
    pub ordning: i64,
    /// Title and reference.
    pub content: Content,
    /// Rises with every change.
    pub version: i64,
}

/// What its form sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Content`].
    pub titel: String,
    /// See [`Content`].
    pub hanvisning: String,
}

/// Checks a bilaga.
pub fn check(form: &Form) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let titel = check.required("titel", &form.titel, "vad bilagan heter");
    let hanvisning = check.line("hanvisning", &form.hanvisning);
    for (field, text) in [("titel", &titel), ("hanvisning", &hanvisning)] {
        if let Some(warning) = varning(text) {
            check.error(field, warning);
        }
    }
    check.finish(Content { titel, hanvisning })
}

impl Content {
    /// `Bilaga 2. Kompetensförsörjningsplan, dnr 2022/14`: a line of the list after the plan.
    #[must_use]
    pub fn said(&self, nr: usize) -> String {
        let beside = if self.hanvisning.is_empty() { String::new() } else { format!(", {}", self.hanvisning) };
        format!("Bilaga {nr}. {}{beside}", self.titel)
    }

    /// As the form has it.
    #[must_use]
    pub fn form(&self) -> Form {
        Form { titel: self.titel.clone(), hanvisning: self.hanvisning.clone() }
    }

    /// Labels and values for the history.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, String)> {
        vec![("Bilaga", self.titel.clone()), ("Hänvisning", self.hanvisning.clone())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bilaga_has_a_title_and_may_say_where_it_is() {
        let form = Form { titel: " Kompetensförsörjningsplan ".into(), hanvisning: "dnr 2022/14".into() };
        let content = check(&form).unwrap();
        assert_eq!(content.said(2), "Bilaga 2. Kompetensförsörjningsplan, dnr 2022/14");
        assert_eq!(check(&content.form()), Ok(content));
        let bare = check(&Form { hanvisning: String::new(), ..form.clone() }).unwrap();
        assert_eq!(bare.said(1), "Bilaga 1. Kompetensförsörjningsplan");
        let field = |form| check(&form).unwrap_err().remove(0).field;
        assert_eq!(field(Form { titel: String::new(), ..form.clone() }), "titel");
        assert_eq!(field(Form { hanvisning: "Akt 811228-9874".into(), ..form }), "hanvisning");
    }
}
