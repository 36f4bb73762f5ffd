//! Kolumn: what the columns of a table of answers are, by their names alone.

use super::super::{Fraga, Kind, Version};
use crate::{
    import::{fold, shortened},
    rows::cell_name,
    table::Record,
};

/// What a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Roll {
    /// The answers to the question of this key.
    Fraga(i32),
    /// What somebody said of kön, where the enkät asks for it.
    Kon,
    /// The day of the answer, of which the month is kept.
    Dag,
    /// Somebody has said that it is not read.
    Ut,
}

impl Roll {
    /// As a form sends it.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Fraga(key) => format!("q{key}"),
            Self::Kon => "kon".to_owned(),
            Self::Dag => "dag".to_owned(),
            Self::Ut => "ut".to_owned(),
        }
    }

    /// What a code says; none for "Välj".
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "kon" => Some(Self::Kon),
            "dag" => Some(Self::Dag),
            "ut" => Some(Self::Ut),
            other => super::key_of(other).map(Self::Fraga),
        }
    }

    /// As the user reads it.
    #[must_use]
    pub fn words(self, version: &Version) -> String {
        match self {
            Self::Fraga(key) => version.questions.get(key).map_or_else(String::new, |f| format!("frågan ”{}”", f.text)),
            Self::Kon => "kön".to_owned(),
            Self::Dag => "dag".to_owned(),
            Self::Ut => "utelämnad".to_owned(),
        }
    }

    /// What can be chosen for a column: code and words, in the order of the enkät.
    #[must_use]
    pub fn choices(version: &Version) -> Vec<(String, String)> {
        let asked = version.questions.list.iter().map(|f| (Self::Fraga(f.key), f.text.clone()));
        let kon = version.questions.kon.then(|| (Self::Kon, "Kön".to_owned()));
        let rest = [
            (Self::Dag, "Dag (sparas inte, bara månaden eller veckan)".to_owned()),
            (Self::Ut, "Läses inte in".to_owned()),
        ];
        let all = asked.chain(kon).chain(rest).map(|(roll, words)| (roll.code(), words));
        std::iter::once((String::new(), "Välj".to_owned())).chain(all).collect()
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kolumn {
    /// Its place, from 0.
    pub place: usize,
    /// What it is called; may be empty.
    pub name: String,
    /// What it is; none where that has to be said.
    pub roll: Option<Roll>,
    /// How many rows have something in it.
    pub filled: usize,
}

impl Kolumn {
    /// Name of the form field by which it is chosen.
    #[must_use]
    pub fn field(&self) -> String {
        format!("kol{}", self.place)
    }

    /// The place of the column that a form field is about.
    #[must_use]
    pub fn place_of(field: &str) -> Option<usize> {
        field.strip_prefix("kol")?.parse().ok()
    }

    /// The letter it has in Excel.
    #[must_use]
    pub fn letter(&self) -> String {
        cell_name(self.place, 1).trim_end_matches('1').to_owned()
    }

    /// `”Ärendetyp”`, or its letter where it is called nothing.
    #[must_use]
    pub fn quoted(&self) -> String {
        if self.name.is_empty() { self.letter() } else { format!("”{}”", shortened(&self.name, 60)) }
    }

    /// `kolumn D (”Ärendetyp”)`
    #[must_use]
    pub fn words(&self) -> String {
        if self.name.is_empty() {
            format!("kolumn {}", self.letter())
        } else {
            format!("kolumn {} ({})", self.letter(), self.quoted())
        }
    }
}

/// The columns that have a name or a text, each with what its name says. Of two that are called the same the second is asked about.
pub(super) fn of(head: &[String], rows: &[Record], version: &Version) -> Vec<Kolumn> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(head.len());
    let mut taken: Vec<Roll> = Vec::new();
    let mut all = Vec::new();
    for place in 0..width {
        let name = head.get(place).cloned().unwrap_or_default();
        let filled = rows.iter().filter(|row| !row.cell(place).is_empty()).count();
        if name.is_empty() && filled == 0 {
            continue;
        }
        let roll = by_name(&name, version).filter(|roll| !taken.contains(roll));
        taken.extend(roll);
        // nothing stands in it, so that nothing can be lost
        let roll = if roll.is_none() && filled == 0 { Some(Roll::Ut) } else { roll };
        all.push(Kolumn { place, name, roll, filled });
    }
    all
}

/// Whether a column can be chosen to be this.
pub(super) fn may_be(roll: Roll, version: &Version) -> bool {
    match roll {
        Roll::Fraga(key) => version.questions.get(key).is_some(),
        Roll::Kon => version.questions.kon,
        Roll::Dag | Roll::Ut => true,
    }
}

/// How many characters of a name are looked at, as where the head is found.
pub(super) const NAME_MAX: usize = 120;

/// What a column of this name is; none where that has to be asked.
pub(super) fn by_name(name: &str, version: &Version) -> Option<Roll> {
    let own = fold(unnumbered(name));
    if own.is_empty() {
        return None;
    }
    let beginning = |text: &str| fold(&text.chars().take(NAME_MAX).collect::<String>());
    let asked =
        |fraga: &&Fraga| fold(&fraga.text) == own || name.chars().count() >= NAME_MAX && beginning(&fraga.text) == own;
    if let Some(fraga) = version.questions.list.iter().find(asked) {
        return Some(Roll::Fraga(fraga.key));
    }
    let whole = fold(name);
    let numbered = version
        .questions
        .list
        .iter()
        .zip(1..)
        .find(|(_, n): &(_, usize)| ["fraga", "f", "q"].iter().any(|word| whole == format!("{word}{n}")));
    if let Some((fraga, _)) = numbered {
        return Some(Roll::Fraga(fraga.key));
    }
    if version.questions.kon && ["kon", "konsidentitet", "gender"].contains(&own.as_str()) {
        return Some(Roll::Kon);
    }
    if ["dag", "datum", "date", "manad", "vecka", "period", "samtalsdag", "svarsdag"].contains(&own.as_str())
        || own.ends_with("datum") && !own.starts_with("fod")
    {
        return Some(Roll::Dag);
    }
    let mut texts = version.questions.list.iter().filter(|fraga| fraga.kind == Kind::Fritext);
    let words = ["kommentar", "kommentarer", "fritext", "ovrigt", "ovrigakommentarer", "egnaord", "medegnaord"];
    match (texts.next(), texts.next()) {
        (Some(fraga), None) if words.contains(&own.as_str()) => Some(Roll::Fraga(fraga.key)),
        _ => None,
    }
}

/// A name without the number before it: `1. Hur var bemötandet?`
fn unnumbered(name: &str) -> &str {
    let name = name.trim();
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(['.', ')', ':']) {
        Some(after) if rest.len() < name.len() && !after.trim().is_empty() => after.trim(),
        _ => name,
    }
}
