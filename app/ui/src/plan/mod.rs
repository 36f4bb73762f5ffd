//! Plan: the pages of a unit's plan of a year, whichever its kind: grid and list, a row, its form, and what is done with it. A
//! kind of plan gives what is its own: the fields of its columns, what they show, and its words.

pub mod api;
mod edit;
mod list;
mod show;

use std::{cmp::Ordering, sync::Arc};

use domain::{
    id::NodeId,
    occurrence::Item,
    permission::Action,
    person::Actor,
    plan::{Columns, Row},
};
use leptos::prelude::*;
use store::{Target, Tx};

pub use self::{
    edit::{edit_page, ny_page},
    list::plan_page,
    show::show_page,
};
use crate::{
    components::{FormState, GridGroup},
    error::AppError,
    place::Place,
};

/// A row with its tillfällen of the year.
pub type Planned<K> = (Row<<K as domain::plan::Kind>::Id, K>, Vec<Item>);

/// What a kind of plan is called, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Heading: "Egenkontrollplan".
    pub plan: &'static str,
    /// Heading of the form of a new row.
    pub new: &'static str,
    /// Path of the page.
    pub path: &'static str,
    /// What who may not change it reads of an empty plan.
    pub empty: &'static str,
    /// Head of the first column of the months.
    pub first: &'static str,
}

/// Where the forms of a plan are sent.
#[derive(Clone, Copy, Debug)]
pub struct Forms {
    /// Adds a row.
    pub create: &'static str,
    /// Changes one.
    pub update: &'static str,
    /// Takes one out.
    pub remove: &'static str,
    /// Puts one back.
    pub restore: &'static str,
    /// Copies the plan.
    pub copy: &'static str,
    /// Takes the copies of a year back.
    pub undo_copy: &'static str,
}

/// The form of a row, as its fields are shown.
pub struct Filled<K: Columns> {
    /// The form.
    pub state: FormState,
    /// What is stored.
    pub form: K::Form,
    /// Who can be chosen: code and name.
    pub who: Vec<(String, String)>,
    /// Whether the row's node has units below it.
    pub spans_units: bool,
}

/// What the page of a row shows of its tillfällen.
pub struct Shown {
    /// The tillfällen that the person sees.
    pub items: Vec<Item>,
    /// Path of the page.
    pub path: String,
    /// What is marked of those that are late.
    pub marked: Option<String>,
    /// Today.
    pub today: chrono::NaiveDate,
}

/// A kind of plan as pages.
pub trait Kind: store::plan::Kind {
    /// What it is called.
    const WORDS: Words;
    /// Where its forms are sent.
    const FORMS: Forms;

    /// Who is asked for a row.
    fn target(id: Self::Id) -> Target;

    /// The node that a new row of a unit belongs to; none where the person may not add any.
    fn owner(actor: &Actor, unit: NodeId) -> Option<NodeId> {
        actor.may(unit, Self::AREA, Action::Edit).then_some(unit)
    }

    /// The form of a new row.
    fn blank() -> Self::Form;

    /// The fields before those of when, and those after.
    fn fields(filled: Filled<Self>) -> (AnyView, AnyView);

    /// What a search looks in.
    fn searched<'a>(&'a self, items: &'a [Item]) -> Vec<&'a str>;

    /// The order of two rows by what the list is sorted by; empty is that of the plan.
    fn compare(a: &Planned<Self>, b: &Planned<Self>, by: &str, today: chrono::NaiveDate) -> Ordering;

    /// The rows of the grid.
    fn groups(rows: Vec<Planned<Self>>) -> Vec<GridGroup>;

    /// The heads of the list, up to that of the button, and where the year's stands among them.
    fn heads(place: &Place) -> AnyView;

    /// What the list says under the name of a row.
    fn sub(row: &Planned<Self>) -> AnyView;

    /// The cells of a row between its name and its button; `year` is the cell that says how its year goes.
    fn cells(row: &Planned<Self>, year: AnyView) -> AnyView;

    /// Number in the plan, in a kind that numbers its rows.
    fn number(&self) -> Option<&str> {
        None
    }

    /// The facts of a row before those of when, and those after.
    fn facts(&self, items: &[Item]) -> (AnyView, AnyView);

    /// The tillfällen on the page of a row.
    fn times(&self, shown: Shown) -> AnyView;

    /// What stands beside them, of what only this kind has.
    fn beside(
        _tx: &mut Tx,
        _id: Self::Id,
        _may_edit: bool,
    ) -> impl Future<Output = Result<Option<AnyView>, AppError>> + Send {
        async { Ok(None) }
    }
}

/// The rows of a plan's page, who looks at it, and what else it says.
struct Page<K: Kind> {
    actor: Arc<Actor>,
    rows: Vec<Planned<K>>,
    /// Removed rows: what they are called, where they stand, and how many times of each were done.
    removed: Vec<(String, String, usize)>,
    /// Of the year's items, what was done of removed rows with them, as on the wheel.
    standing: domain::atgora::Tally,
    /// Who can carry something out, where a row is changed in its place.
    options: Vec<(String, String)>,
}
