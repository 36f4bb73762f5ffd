//! APT: meetings with their agenda, slides from what is true now, presentation, what is noted and decided, minutes, and the
//! screens on the wall.

mod agenda;
pub mod api;
mod beslut;
mod bildfil;
mod bildspel;
mod data;
mod edit;
mod fot;
mod list;
mod markdown;
mod panel;
mod parts;
mod planen;
mod preview;
mod protokoll;
mod show;
mod siffror;
pub mod skarm_api;
mod skarmar;
mod slide;
mod tv;
mod visa;
mod visat;
mod wall;

pub use beslut::BeslutPage;
pub use bildspel::{Bildspel, bildspel};
pub use data::Visad;
pub use edit::{EditPage, MallPage, NyPage};
pub use list::ListPage;
pub use markdown::to_blocks as blocks_of;
pub use protokoll::{ProtokollPage, minutes};
pub use show::ShowPage;
pub use skarmar::SkarmarPage;
pub use tv::{TV, TvPage};
pub use visa::VisaPage;
pub use visat::keep as keep_seen;
pub use wall::SkarmPage;
