//! Cell: one answer, kön, handläggare or comment of a case under judging; how it is read, and what happens when two
//! people fill in the same one.

use serde::{Deserialize, Serialize};

use crate::{field::FieldError, kon::Kon, person::Actor, schedule::Responsible};

/// The most characters of a comment.
pub const COMMENT_MAX: usize = 500;

/// What a case answers to a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The criterion is met.
    Ja,
    /// It is not.
    Nej,
    /// It does not apply to the case, which is then outside the share.
    Ej,
}

impl Answer {
    crate::every! {
        /// The three, in the order they are shown.
        Ja, Nej, Ej
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::Nej => "nej",
            Self::Ej => "ej",
        }
    }

    /// The answer of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Ja => "Ja",
            Self::Nej => "Nej",
            Self::Ej => "Ej relevant",
        }
    }

    /// The key that gives it, as the button says.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Ja => "J",
            Self::Nej => "N",
            Self::Ej => "E",
        }
    }

    /// Reads what somebody writes in Excel.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "ja" | "j" | "1" | "x" | "ok" => Some(Self::Ja),
            "nej" | "n" | "0" => Some(Self::Nej),
            "ej relevant" | "ej" | "e" | "-" | "–" | "er" | "ej aktuellt" => Some(Self::Ej),
            _ => None,
        }
    }
}

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// A criterion, counted from 1.
    Kriterium(u32),
    /// Kön.
    Kon,
    /// Who handles the case, for a kollegiegranskning.
    Handlaggare,
    /// Comment.
    Kommentar,
}

impl Field {
    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Kriterium(n) => n.to_string(),
            Self::Kon => "kon".into(),
            Self::Handlaggare => "handlaggare".into(),
            Self::Kommentar => "kommentar".into(),
        }
    }

    /// The column of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "kon" => Some(Self::Kon),
            "handlaggare" => Some(Self::Handlaggare),
            "kommentar" => Some(Self::Kommentar),
            number => number.parse().ok().filter(|n| *n > 0).map(Self::Kriterium),
        }
    }

    /// What the user calls it.
    #[must_use]
    pub fn label(self, kriterier: &[String]) -> String {
        match self {
            Self::Kriterium(n) => kriterier.get(n as usize - 1).cloned().unwrap_or_default(),
            Self::Kon => "Kön".into(),
            Self::Handlaggare => "Handläggare".into(),
            Self::Kommentar => "Kommentar".into(),
        }
    }

    /// What a value of this column is called: "Ja", "Kvinna", the text itself.
    #[must_use]
    pub fn value_label(self, value: &str) -> String {
        match self {
            _ if value.is_empty() => "tomt".into(),
            Self::Kriterium(_) => Answer::from_code(value).map_or_else(|| value.into(), |a| a.label().into()),
            Self::Kon => Kon::from_code(value).map_or_else(|| value.into(), |k| k.label().into()),
            Self::Handlaggare | Self::Kommentar => value.into(),
        }
    }

    /// Checks what somebody wants to put there: the value as stored. Empty takes an answer away.
    pub fn check(self, value: &str, kriterier: usize) -> Result<String, FieldError> {
        let fault = |message: String| Err(FieldError { field: self.code(), message });
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        match self {
            _ if value.is_empty() => Ok(value),
            Self::Kriterium(n) if n as usize > kriterier => fault("Kriteriet finns inte.".into()),
            Self::Kriterium(_) if Answer::from_code(&value).is_none() => {
                fault("Svara Ja, Nej eller Ej relevant.".into())
            }
            Self::Kon if Kon::from_code(&value).is_none() => fault("Välj kvinna eller man.".into()),
            Self::Kommentar if value.chars().count() > COMMENT_MAX => {
                fault(format!("Kommentaren kan ha högst {COMMENT_MAX} tecken."))
            }
            Self::Kommentar if super::reference::names_person(&value) => {
                fault("Kommentaren ser ut att ha ett personnummer och sparas inte. Ta bort det.".into())
            }
            Self::Handlaggare if value.chars().count() > 100 => fault("Namnet kan ha högst 100 tecken.".into()),
            _ => Ok(value),
        }
    }
}

/// A case and a column: `a3.2`, `a3.kon`. It begins with a letter because form readers take a figure for a place in a list.
#[must_use]
pub fn cell_code(nr: i64, field: Field) -> String {
    format!("a{nr}.{}", field.code())
}

/// The case and the column of a code.
#[must_use]
pub fn cell_of(code: &str) -> Option<(i64, Field)> {
    let (nr, field) = code.strip_prefix('a')?.split_once('.')?;
    Some((nr.parse().ok().filter(|n| *n > 0)?, Field::from_code(field)?))
}

/// What to do with a value for a cell that holds another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meeting {
    /// It is stored already: a resend.
    Same,
    /// It may be written.
    Write,
    /// Somebody else has filled it in since this person last saw it: the person sees that and chooses.
    Choose,
}

/// What becomes of a value that is sent. `stored_seq` is the number of the change that wrote the stored value, `seen` that of
/// the last change which the person's screen holds; `own` says that the stored value is the person's own.
#[must_use]
pub fn meet(stored: &str, stored_seq: i64, own: bool, new: &str, seen: i64) -> Meeting {
    if stored == new {
        Meeting::Same
    } else if stored_seq > seen && !own && !stored.is_empty() {
        Meeting::Choose
    } else {
        Meeting::Write
    }
}

/// Whether a case is the person's own. A handläggare is `person:<id>` when chosen, otherwise a name or initials.
#[must_use]
pub fn is_own_case(handlaggare: &str, actor: &Actor) -> bool {
    let handlaggare = handlaggare.trim();
    if handlaggare.is_empty() {
        return false;
    }
    if let Some(Responsible::Person(person)) = Responsible::from_code(handlaggare) {
        return person == actor.person;
    }
    let folded = |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let name = folded(&actor.name);
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).collect();
    let written = folded(handlaggare);
    written == name || initials.chars().count() > 1 && written.replace('.', "") == initials
}

/// One cell as it stands on the server, for the screens that show it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellNow {
    /// Which: `a3.2`.
    pub cell: String,
    /// Its value as stored.
    pub value: String,
    /// Who wrote it.
    pub by: String,
    /// When, as `14.02`.
    pub at: String,
}

/// What the server answers when cells are saved, or when a screen asks what is new.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Number of the last change that the cells below bring the screen to.
    pub change: i64,
    /// What has changed since the number that the screen gave.
    pub cells: Vec<CellNow>,
    /// Cells that somebody else filled in meanwhile: what stands there now. Nothing was written over.
    pub conflicts: Vec<CellNow>,
    /// Cells that were refused, with the sentence.
    pub refused: Vec<FieldError>,
    /// Whether the run can still be filled in.
    pub open: bool,
    /// What the page says after a form without script.
    pub toast: Option<Word>,
}

/// What is said after a form without script; the same shape as the toast of every other form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The sentence.
    pub text: String,
    /// Whether it has to be read: something was not saved.
    pub read: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_names_that_survive_the_way() {
        for (nr, field) in [(3, Field::Kriterium(2)), (200, Field::Kon), (1, Field::Kommentar), (9, Field::Handlaggare)]
        {
            assert_eq!(cell_of(&cell_code(nr, field)), Some((nr, field)));
        }
        for bad in ["", "a3", "3.1", "a0.1", "a3.0", "ax.1", "a3.färg", "a-1.1"] {
            assert_eq!(cell_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn answers_are_read_as_people_write_them_in_excel() {
        for (text, answer) in [("Ja", Answer::Ja), ("n", Answer::Nej), ("Ej relevant", Answer::Ej), (" 1 ", Answer::Ja)]
        {
            assert_eq!(Answer::read(text), Some(answer), "{text}");
        }
        assert_eq!(Answer::read("kanske"), None);
    }

    #[test]
    fn a_value_that_does_not_belong_in_its_column_is_refused_with_a_sentence() {
        let refusal = |field: Field, value: &str| field.check(value, 3).unwrap_err().message;
        assert_eq!(refusal(Field::Kriterium(4), "ja"), "Kriteriet finns inte.");
        assert_eq!(refusal(Field::Kriterium(1), "kanske"), "Svara Ja, Nej eller Ej relevant.");
        assert!(refusal(Field::Kommentar, "Gäller 811228-9874").contains("personnummer"));
        assert!(refusal(Field::Kommentar, &"å".repeat(501)).contains("500"));
        assert_eq!(Field::Kommentar.check("  Saknar   datum ", 3), Ok("Saknar datum".into()));
        assert_eq!(Field::Kriterium(1).check("", 3), Ok(String::new()));
    }

    #[test]
    fn of_two_who_judge_the_same_cell_the_later_sees_the_earlier_and_chooses() {
        // both had seen change 5; the first wrote change 6
        assert_eq!(meet("nej", 6, false, "ja", 5), Meeting::Choose);
        // the same answer is no quarrel
        assert_eq!(meet("nej", 6, false, "nej", 5), Meeting::Same);
        // having seen it, the later may change it
        assert_eq!(meet("nej", 6, false, "ja", 6), Meeting::Write);
        // one's own, from another machine or a resend, is never in the way; nor is a cell that was emptied
        assert_eq!(meet("nej", 6, true, "ja", 5), Meeting::Write);
        assert_eq!(meet("", 6, false, "ja", 5), Meeting::Write);
    }

    #[test]
    fn nobody_judges_their_own_case() {
        let actor = Actor {
            person: crate::id::PersonId(uuid::Uuid::from_u128(7)),
            name: "Handläggare Ett".into(),
            grants: crate::permission::Grants::default(),
            groups: vec![],
            tree: crate::organisation::Tree::default().into(),
            epoch: 1,
        };
        let own = |text: &str| is_own_case(text, &actor);
        assert!(own(&Responsible::Person(actor.person).code()));
        assert!(own("handläggare  ett") && own("HE") && own("h.e."));
        assert!(!own("") && !own("Handläggare Två") && !own("H"));
    }
}
