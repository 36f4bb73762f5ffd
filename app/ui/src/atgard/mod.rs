//! Åtgärder: one list for all sources, the page of each, and the rows that a source shows of its own.

pub mod api;
mod form;
mod list;
mod notiser;
mod rows;
mod show;

pub use form::{EditPage, NyPage};
pub use list::ListPage;
pub use notiser::AtgardNotiser;
pub use rows::{AtgardRows, SourceCard};
pub use show::ShowPage;

use domain::{
    atgard::Source,
    id::NodeId,
    permission::{Action, Area, Role},
    person::Actor,
};
use store::{Target, Tx, avvikelse};

use crate::error::AppError;

/// The first door to adding an åtgärd: that of the case where it comes from one, for the lex Sarah-utredare edits no åtgärder
/// of the unit.
fn door(source: Source, other: Target) -> Target {
    if let Source::Avvikelse(case) = source { Target::Avvikelse(case) } else { other }
}

/// The door to adding an åtgärd of this source at this node: the unit's, or that of a case for the lex Sarah-utredare who
/// investigates it.
async fn adds(tx: &mut Tx, actor: &Actor, source: Source, node: NodeId) -> Result<Target, AppError> {
    let unit = Target::Node(node, Area::Atgard);
    let Source::Avvikelse(case) = source else { return Ok(unit) };
    let investigates = actor.grants.holds(&actor.tree, node, Role::LexSarah);
    if investigates && !actor.may(node, Area::Atgard, Action::Edit) && avvikelse::is_lex_sarah(tx, case).await? {
        return Ok(Target::Avvikelse(case));
    }
    Ok(unit)
}
