//! Cell: what a plan's row is in a table, for export. Read back it gives the same row.

use chrono::NaiveDate;

use super::{Names, Plan, column::Column};
use crate::{
    per_cent,
    plan::{Columns, Value},
    recurrence::{Recurrence, form::Timing},
    tal::Tal,
};

/// A cell of an exported table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text, never a formula.
    Text(String),
    /// Written as a figure, so that Excel can sort and sum it.
    Number(Tal),
    /// A day.
    Date(NaiveDate),
}

impl Cell {
    /// A row of a plan, in the order of the columns of its table.
    pub(super) fn row(plan: Plan, content: &impl Columns, names: &Names) -> Vec<Self> {
        let (values, timing) = (content.values(), content.timing());
        let [recurrence, months] = Self::rhythm(&timing);
        let cell = |column: &Column| match column.field {
            "recurrence" => recurrence.clone(),
            "months" => months.clone(),
            "start" => Self::date(timing.start),
            "end" => Self::date(timing.end),
            // what is in the plan is in it
            "in_plan" => Self::text("ja"),
            field => match values.iter().find(|(name, ..)| *name == field) {
                Some((_, _, value)) => Self::of(*value, names),
                None => Self::text(""),
            },
        };
        plan.columns().iter().map(cell).collect()
    }

    fn of(value: Value<'_>, names: &Names) -> Self {
        match value {
            Value::Text(text) => Self::text(text),
            Value::Count(n) => Self::count(n),
            Value::PerCent(x) => Self::per_cent(x),
            Value::Who(who) => Self::Text(names.label(who)),
            Value::Yes(yes) => Self::text(if yes { "ja" } else { "" }),
        }
    }

    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn count(n: Option<i64>) -> Self {
        n.map_or_else(|| Self::text(""), |n| Self::Number(Tal::whole(n)))
    }

    fn date(day: Option<NaiveDate>) -> Self {
        day.map_or_else(|| Self::text(""), Self::Date)
    }

    /// A målvärde; one under 1 % keeps its sign, so that it is not taken for a share.
    fn per_cent(value: Option<Tal>) -> Self {
        match value {
            None => Self::text(""),
            Some(x) if per_cent::is_doubtful(x) => Self::Text(per_cent::written(x)),
            Some(x) => Self::Number(x),
        }
    }

    /// How often, and the months: by name, because Excel takes 3,10 for a number.
    fn rhythm(timing: &Timing) -> [Self; 2] {
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
            Self::Number(x) => x.typed(),
            Self::Date(day) => crate::format::date(*day),
        }
    }
}
