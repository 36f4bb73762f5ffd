//! Logga: the mark of an organisation, on the slides of its units. A node that has none shows that of the nearest above it.

use serde::{Deserialize, Serialize};

use crate::id::{LoggaId, NodeId};

/// The most bytes of a logo: it is on every slide of every unit.
pub const BYTES_MAX: usize = 512 * 1024;
/// The most pixels across and down.
pub const SIDE_MAX: u32 = 4_000;

/// A logo, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Logga {
    /// Another logo has another, so that nothing old is shown for it.
    pub id: LoggaId,
    /// Whose it is: the node asked about, or the nearest above it that has one.
    pub node: NodeId,
    /// What that node is called: what is said for whoever does not see the logo.
    pub name: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl Logga {
    /// Where those who see the meetings of a unit fetch it.
    #[must_use]
    pub fn href(&self, unit: NodeId) -> String {
        format!("/enheter/{unit}/logga/{}", self.id)
    }

    /// What it shows, in words.
    #[must_use]
    pub fn alt(&self) -> String {
        format!("Logga för {}", self.name)
    }
}
