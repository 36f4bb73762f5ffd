//! What a screen is told when something changed: the area and the id, never the content.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::permission::Area;

/// Published after a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The area that changed.
    pub area: Area,
    /// The thing that changed.
    pub id: Uuid,
}
