//! Plan: what the two kinds of plan have in common. A row belongs to a node and a year, holds what its kind has columns for,
//! and recurs. A kind says its columns once, in a list: what it holds, what its form sends, how it is checked, what the history
//! says of it, and what its table in a file and in the database has, follow from there.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    field::FieldError,
    format, per_cent,
    permission::Area,
    recurrence::form::{Fields, Timing},
    schedule::{Category, Level, Responsible},
    tal::Tal,
};

/// A row of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row<I, C> {
    /// Tells by its type which plan the row is of.
    pub id: I,
    /// The node that owns it.
    pub node: crate::id::NodeId,
    /// The year of the plan.
    pub year: i32,
    /// The first day that counts of its year; none where the whole year does.
    pub counted_from: Option<NaiveDate>,
    /// The day of any year that its rhythm is counted from; none where it is not counted.
    pub anchor: Option<NaiveDate>,
    /// What it holds.
    pub content: C,
    /// Rises with every change.
    pub version: i64,
}

impl<I, C: Columns> Row<I, C> {
    /// When, as it stands.
    #[must_use]
    pub fn timing(&self) -> Timing {
        Timing { anchor: self.anchor, ..self.content.timing() }
    }
}

/// The columns of a kind of plan, as the list of it gives them.
pub trait Columns: Clone + Serialize + Sized {
    /// What its form sends.
    type Form: Form;

    /// Checks a form for a plan of `year`. What is `stored` keeps its time: see [`Fields::check`].
    fn check(form: &Self::Form, year: i32, stored: Option<&Timing>) -> Result<Self, Vec<FieldError>>;

    /// The form of texts that are read by the name of their column.
    fn form_of(read: &mut dyn FnMut(&'static str, Holds) -> String, when: Fields) -> Self::Form;

    /// The form that gives this back.
    fn form(&self) -> Self::Form;

    /// Name, label and value of each column, but for when.
    fn values(&self) -> Vec<(&'static str, &'static str, Value<'_>)>;

    /// When, counted from nothing that stands already.
    fn timing(&self) -> Timing;

    /// The same row moved to another year: dates follow, 29 February becomes 28.
    #[must_use]
    fn in_year(&self, year: i32) -> Self;
}

/// What a form of either plan holds that is not of the row's content.
pub trait Form: Clone + Default + Send + Sync + 'static {
    /// How often, from when to when, and at what hours.
    fn when(&self) -> &Fields;
    /// Code of a [`crate::counted::CountFrom`].
    fn counted_from(&self) -> &str;
}

/// The id of a row, which tells its kind.
pub trait Id: Copy + std::fmt::Display + std::str::FromStr + Send + 'static {
    /// What the row holds.
    type Content: Kind<Id = Self>;

    /// A new one.
    #[must_use]
    #[cfg(feature = "new-id")]
    fn another() -> Self;

    /// That of a stored row.
    #[must_use]
    fn of(stored: Uuid) -> Self;

    /// The UUID of its row.
    #[must_use]
    fn stored(self) -> Uuid;
}

/// What a row of a kind of plan is.
pub trait Kind: Columns + Send + Sync + 'static {
    /// What finds a row of it, and nothing of another plan.
    type Id: Id<Content = Self>;
    /// What permissions and open screens know it by.
    const AREA: Area;
    /// The ring it is on.
    const CATEGORY: Category;
    /// The levels that it is carried out at: each has a time and somebody of its own.
    const LEVELS: &'static [Option<Level>];

    /// What the row is called.
    fn title(&self) -> &str;

    /// What it is called at a level, and who carries that out.
    fn at(&self, level: Option<Level>) -> (&str, Responsible);

    /// Whether it is owned by an avdelning and carried out for each of its units.
    fn is_laid_on_units(&self) -> bool {
        false
    }
}

/// What a column holds, for who reads one in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Words or a number.
    Text,
    /// Who carries something out.
    Who,
    /// Yes or no.
    Yes,
}

/// The value of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// Words.
    Text(&'a str),
    /// A number of things, or a step of a scale.
    Count(Option<i64>),
    /// 0–100, with as many decimals as were written.
    PerCent(Option<Tal>),
    /// Who carries something out.
    Who(Responsible),
    /// Yes or no.
    Yes(bool),
}

impl Value<'_> {
    /// As a form sends it.
    #[must_use]
    pub fn typed(self) -> String {
        match self {
            Self::Text(text) => text.to_owned(),
            Self::Count(n) => n.map(|n| n.to_string()).unwrap_or_default(),
            Self::PerCent(x) => x.map(per_cent::written).unwrap_or_default(),
            Self::Who(who) => who.code(),
            Self::Yes(yes) => if yes { "on" } else { "" }.to_owned(),
        }
    }

    /// As the history says it.
    #[must_use]
    pub fn told(self) -> String {
        match self {
            Self::Text(text) => text.to_owned(),
            Self::Count(n) => n.map(format::int).unwrap_or_default(),
            Self::PerCent(x) => x.map(|x| x.to_string()).unwrap_or_default(),
            Self::Who(who) => who.told(),
            Self::Yes(yes) => if yes { "ja" } else { "" }.to_owned(),
        }
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<&Option<i64>> for Value<'_> {
    fn from(n: &Option<i64>) -> Self {
        Self::Count(*n)
    }
}

impl From<&Option<Tal>> for Value<'_> {
    fn from(x: &Option<Tal>) -> Self {
        Self::PerCent(*x)
    }
}

impl From<&Responsible> for Value<'_> {
    fn from(who: &Responsible) -> Self {
        Self::Who(*who)
    }
}

impl From<&bool> for Value<'_> {
    fn from(yes: &bool) -> Self {
        Self::Yes(*yes)
    }
}

/// What the history says of a row: the label of each column and its value.
#[must_use]
pub fn told(content: &impl Columns) -> Vec<(&'static str, String)> {
    let columns = content.values().into_iter().map(|(_, label, value)| (label, value.told()));
    columns.chain(content.timing().told()).collect()
}

/// The id of the rows of a kind.
macro_rules! id {
    ($id:ident) => {
        impl $crate::plan::Id for $id {
            type Content = Content;

            #[cfg(feature = "new-id")]
            fn another() -> Self {
                Self::new()
            }

            fn of(stored: uuid::Uuid) -> Self {
                Self(stored)
            }

            fn stored(self) -> uuid::Uuid {
                self.0
            }
        }
    };
}

/// The type of a column.
#[doc(hidden)]
#[macro_export]
macro_rules! plan_type {
    (count) => { Option<i64> };
    (per_cent) => { Option<$crate::tal::Tal> };
    (who) => { $crate::schedule::Responsible };
    (yes) => { bool };
    ($text:ident) => { String };
}

macro_rules! holds {
    (who) => {
        $crate::plan::Holds::Who
    };
    (yes) => {
        $crate::plan::Holds::Yes
    };
    ($text:ident) => {
        $crate::plan::Holds::Text
    };
}

macro_rules! read {
    ($check:ident, $name:expr, $text:expr, text) => { $check.text($name, $text) };
    ($check:ident, $name:expr, $text:expr, line) => { $check.line($name, $text) };
    ($check:ident, $name:expr, $text:expr, short($most:literal, $fault:literal)) => {{
        let line = $check.line($name, $text);
        if line.chars().count() > $most {
            $check.error($name, $fault);
        }
        line
    }};
    ($check:ident, $name:expr, $text:expr, name($what:literal)) => { $check.required($name, $text, $what) };
    ($check:ident, $name:expr, $text:expr, count($($range:tt)*)) => { $check.int($name, $text, $($range)*) };
    ($check:ident, $name:expr, $text:expr, per_cent) => { $check.per_cent($name, $text, $crate::tal::Tal::ZERO..=$crate::tal::Tal::HUNDRED) };
    ($check:ident, $name:expr, $text:expr, who) => {
        $crate::schedule::Responsible::check(&mut $check, $name, $text)
    };
    ($check:ident, $name:expr, $text:expr, yes) => { $text == "on" };
}

/// What a row holds and its form, of the list of its columns: `row` has those of its own table, `schedule` those that stand with
/// when. A column is `line`, `text`, `short` with its limit and what is said past it, `name` (never empty) with what to write,
/// `count` with its range, `per_cent`, `who` or `yes`; then what it is called.
macro_rules! columns {
    (
        row { $($name:ident: $kind:ident $(($($arg:tt)*))?, $label:literal;)* }
        schedule { $($own:ident: $own_kind:ident, $own_label:literal;)* }
    ) => {
        /// What the user writes in a row. Texts may be empty unless said.
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct Content {
            $(#[doc = $label] pub $name: $crate::plan_type!($kind),)*
            $(#[doc = $own_label] pub $own: $crate::plan_type!($own_kind),)*
            /// How often.
            pub recurrence: $crate::recurrence::Recurrence,
            /// Not before this day.
            pub start: Option<chrono::NaiveDate>,
            /// Not after this day.
            pub end: Option<chrono::NaiveDate>,
            /// From when to when on its day.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub hours: Option<$crate::hours::Hours>,
        }

        /// A row as a form sends it: texts.
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct Form {
            $(#[doc = $label] pub $name: String,)*
            $(#[doc = $own_label] pub $own: String,)*
            /// How often, from when to when, and at what hours; its fields lie beside the others.
            #[serde(flatten)]
            pub when: $crate::recurrence::form::Fields,
            /// Code of a [`crate::counted::CountFrom`]; not of the [`Content`].
            pub counted_from: String,
        }

        impl $crate::plan::Form for Form {
            fn when(&self) -> &$crate::recurrence::form::Fields {
                &self.when
            }

            fn counted_from(&self) -> &str {
                &self.counted_from
            }
        }

        /// Checks a new row for a plan of `year`.
        pub fn check(form: &Form, year: i32) -> Result<Content, Vec<$crate::field::FieldError>> {
            check_again(form, year, None)
        }

        /// The same of one whose time is `stored`: see [`Fields::check`](crate::recurrence::form::Fields::check).
        pub fn check_again(
            form: &Form,
            year: i32,
            stored: Option<&$crate::recurrence::form::Timing>,
        ) -> Result<Content, Vec<$crate::field::FieldError>> {
            let mut check = $crate::field::Checker::default();
            $(let $name = $crate::plan::read!(check, stringify!($name), &form.$name, $kind $(($($arg)*))?);)*
            $(let $own = $crate::plan::read!(check, stringify!($own), &form.$own, $own_kind);)*
            let when = form.when.check(&mut check, year, $crate::recurrence::form::Of::Control, stored);
            let (recurrence, start, end, hours) = (when.recurrence, when.start, when.end, when.hours);
            check.finish(Content { $($name,)* $($own,)* recurrence, start, end, hours })
        }

        impl Content {
            /// The form that gives this content back.
            #[must_use]
            pub fn form(&self) -> Form {
                Form {
                    $($name: $crate::plan::Value::from(&self.$name).typed(),)*
                    $($own: $crate::plan::Value::from(&self.$own).typed(),)*
                    when: $crate::recurrence::form::Fields::of(&self.timing()),
                    counted_from: String::new(),
                }
            }

            /// When, counted from nothing that stands already.
            #[must_use]
            pub fn timing(&self) -> $crate::recurrence::form::Timing {
                let Self { recurrence, start, end, hours, .. } = *self;
                $crate::recurrence::form::Timing { recurrence, start, end, hours, anchor: None }
            }

            /// The same row moved to another year: dates follow, 29 February becomes 28.
            #[must_use]
            pub fn in_year(&self, year: i32) -> Self {
                let to_year = |day| $crate::year::same_day(day, year);
                Self { start: self.start.map(to_year), end: self.end.map(to_year), ..self.clone() }
            }
        }

        impl $crate::plan::Columns for Content {
            type Form = Form;

            fn check(
                form: &Form,
                year: i32,
                stored: Option<&$crate::recurrence::form::Timing>,
            ) -> Result<Self, Vec<$crate::field::FieldError>> {
                check_again(form, year, stored)
            }

            fn form_of(
                read: &mut dyn FnMut(&'static str, $crate::plan::Holds) -> String,
                when: $crate::recurrence::form::Fields,
            ) -> Form {
                Form {
                    $($name: read(stringify!($name), $crate::plan::holds!($kind)),)*
                    $($own: read(stringify!($own), $crate::plan::holds!($own_kind)),)*
                    when,
                    counted_from: String::new(),
                }
            }

            fn form(&self) -> Form {
                self.form()
            }

            fn values(&self) -> Vec<(&'static str, &'static str, $crate::plan::Value<'_>)> {
                vec![
                    $((stringify!($name), $label, (&self.$name).into()),)*
                    $((stringify!($own), $own_label, (&self.$own).into()),)*
                ]
            }

            fn timing(&self) -> $crate::recurrence::form::Timing {
                self.timing()
            }

            fn in_year(&self, year: i32) -> Self {
                self.in_year(year)
            }
        }
    };
}

pub(crate) use {columns, holds, id, read};
