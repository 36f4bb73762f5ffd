//! The design system: small parts that every page is put together from, one file each.

pub mod chart;
pub mod choice;
mod counted;
mod document;
pub mod form;
pub mod history;
pub mod html;
mod kept_form;
mod late;
pub mod month_grid;
mod newest;
pub mod page;
mod pages;
pub mod plan;
pub mod recurrence;
pub mod rows;
pub mod status_mark;
pub mod tick;
mod verbatim;

pub use choice::ChoiceField;
pub use counted::{Counted, counted_field};
pub use document::{document_blocks, paper_notice};
pub use form::{Checkbox, ErrorSummary, FormState, Hidden, MonthPicker, SelectField, TextArea, TextField};
pub use history::HistoryList;
pub use kept_form::KeptForm;
pub use late::{LatePlace, LateRows, Times};
pub use month_grid::{GridGroup, GridRow, MonthGrid};
pub use newest::Newest;
pub use page::{Empty, Fact, PageHead, Problem, YearSwitch, load};
pub use pages::Pages;
pub use plan::{PlanHead, RemovedRows};
pub use recurrence::{RecurrenceFields, SaveOrShow};
pub use rows::ItemRows;
pub use status_mark::{Legend, StatusMark};
pub use verbatim::{Lines, PageTitle};
