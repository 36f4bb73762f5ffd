//! What a screen is told when something changed: the area, never the thing nor its content. Whoever is told asks anew, as
//! the person who sits there, and gets what they may see.

use serde::{Deserialize, Serialize};

use crate::permission::Area;

/// Published after a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The area that changed; none when anything may have, as after a time without connection.
    pub area: Option<Area>,
    /// Rises with every change that this server hears of: whoever was away sees by it that something was missed.
    pub seq: u64,
}
