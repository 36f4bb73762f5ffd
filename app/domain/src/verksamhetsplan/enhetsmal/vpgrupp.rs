//! VP-grupp: some of the staff, about six, who have a goal as theirs through the year and write how it goes. A goal can have several; what
//! they write belongs to the year that goes on, so that a plan that is fastställd is no hindrance to it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    field::{Checker, FieldError},
    id::{NodeId, PersonId},
    personnummer::varning,
    verksamhetsplan::mal::MalId,
};

crate::ids! { now_v7:
    /// A VP-grupp in one year.
    VpgruppId,
    /// A report of a VP-grupp.
    GrupprapportId,
}

/// The most members of a group, and the most goals it has.
pub const MEDLEMMAR_MOST: usize = 40;

/// A group and its goals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vpgrupp {
    /// Primary key.
    pub id: VpgruppId,
    /// The unit.
    pub node: NodeId,
    /// The year it works in.
    pub year: i32,
    /// "Unga vuxna"; never empty.
    pub namn: String,
    /// The goals that it has; one as a rule.
    pub mal: Vec<MalId>,
    /// Who is in it. Who has left the unit stays by name in what was written.
    pub medlemmar: Vec<PersonId>,
    /// Rises with every change.
    pub version: i64,
}

impl Vpgrupp {
    /// Whether a person writes its reports: its members do, and who may change the plan.
    #[must_use]
    pub fn may_report(&self, who: PersonId, may_edit: bool) -> bool {
        may_edit || self.medlemmar.contains(&who)
    }
}

/// What a group has written, on a day. Written anew it is a report of its own: what was read at a meeting stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grupprapport {
    /// Primary key.
    pub id: GrupprapportId,
    /// The group.
    pub grupp: VpgruppId,
    /// The goal that it is about, of those that the group has.
    pub mal: MalId,
    /// The day it is of.
    pub on: NaiveDate,
    /// Who wrote it.
    pub who: PersonId,
    /// How it goes; never empty.
    pub text: String,
    /// Rises with every change.
    pub version: i64,
}

/// What the form of a group sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Vpgrupp`].
    pub namn: String,
    /// Ids of goals.
    pub mal: Vec<String>,
    /// Ids of persons.
    pub medlemmar: Vec<String>,
}

/// Checks a group: its name, goals and members. That they are the unit's is asked where they are stored.
pub fn check(form: &Form) -> Result<(String, Vec<MalId>, Vec<PersonId>), Vec<FieldError>> {
    let mut check = Checker::default();
    let namn = check.required("namn", &form.namn, "vad gruppen heter");
    if let Some(warning) = varning(&namn) {
        check.error("namn", warning);
    }
    let mal: Vec<MalId> = ids(&mut check, "mal", &form.mal);
    if mal.is_empty() && !check.has_errors() {
        check.error("mal", "Välj vilket mål gruppen har.");
    }
    let medlemmar: Vec<PersonId> = ids(&mut check, "medlemmar", &form.medlemmar);
    check.finish((namn, mal, medlemmar))
}

fn ids<T: std::str::FromStr + PartialEq>(check: &mut Checker, field: &str, texts: &[String]) -> Vec<T> {
    let mut out: Vec<T> = Vec::new();
    if texts.len() > MEDLEMMAR_MOST {
        check.error(field, format!("Välj högst {MEDLEMMAR_MOST}."));
        return out;
    }
    for text in texts.iter().filter(|text| !text.trim().is_empty()) {
        match text.parse() {
            Ok(id) if !out.contains(&id) => out.push(id),
            Ok(_) => {}
            Err(_) => check.error(field, "Välj på nytt."),
        }
    }
    out
}

/// Checks the text of a report.
pub fn check_rapport(text: &str) -> Result<String, Vec<FieldError>> {
    let mut check = Checker::default();
    let text = check.text("text", text);
    if text.is_empty() {
        check.error("text", "Skriv hur det går.");
    } else if let Some(warning) = varning(&text) {
        check.error("text", warning);
    }
    check.finish(text)
}
