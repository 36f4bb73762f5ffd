//! Cell: what a plan's row is in a table, for export. Read back it gives the same row.

use chrono::NaiveDate;

use crate::{
    per_cent,
    recurrence::{Recurrence, form::Timing},
};

/// A cell of an exported table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text, never a formula.
    Text(String),
    /// Written as a figure, so that Excel can sort and sum it.
    Number(f64),
    /// A day.
    Date(NaiveDate),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn count(n: Option<i64>) -> Self {
        #[allow(clippy::cast_precision_loss)] // at most 100 000
        n.map_or_else(|| Self::text(""), |n| Self::Number(n as f64))
    }

    pub(super) fn date(day: Option<NaiveDate>) -> Self {
        day.map_or_else(|| Self::text(""), Self::Date)
    }

    /// A målvärde; one under 1 % keeps its sign, so that it is not taken for a share.
    pub(super) fn per_cent(value: Option<f64>) -> Self {
        match value {
            None => Self::text(""),
            Some(x) if per_cent::is_doubtful(x) => Self::Text(per_cent::written(x)),
            Some(x) => Self::Number(x),
        }
    }

    /// How often, and the months: by name, because Excel takes 3,10 for a number.
    pub(super) fn rhythm(timing: &Timing) -> [Self; 2] {
        let recurrence = timing.recurrence;
        let months = |label: &str| {
            let names = recurrence.months(None, None).into_iter().flat_map(crate::recurrence::Months::iter);
            let names: Vec<&str> = names.map(crate::format::month_name).collect();
            [Self::text(label), Self::Text(names.join(", "))]
        };
        match recurrence {
            Recurrence::Chosen(_) => months("valda månader"),
            Recurrence::FourPerTermin(_) => months("fyra per termin"),
            Recurrence::Once => [Self::Text(recurrence.label()), Self::text("")],
            _ => [Self::Text(timing.sentence()), Self::text("")],
        }
    }

    /// As the reader of a file gives it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(x) => x.to_string().replace('.', ","),
            Self::Date(day) => crate::format::date(*day),
        }
    }
}
