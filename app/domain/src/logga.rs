//! Logga: the mark of an organisation, on the slides of its units and at the head of their documents. A node that has none shows that of the nearest above it.

use serde::{Deserialize, Serialize};

use crate::id::{LoggaId, NodeId};

/// The most bytes of a logo: it is on every slide of every unit.
pub const BYTES_MAX: usize = 512 * 1024;
/// The most pixels across and down.
pub const SIDE_MAX: u32 = 4_000;
/// The most points that it is wide and high at the head of a document.
pub const ON_PAPER: (f32, f32) = (180.0, 36.0);

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

    /// How wide and how high it is, as large as it can be where it may be so wide and so high.
    #[must_use]
    pub fn within(&self, wide: f32, high: f32) -> (f32, f32) {
        #[allow(clippy::cast_precision_loss)] // some thousand pixels
        let ratio = self.width.max(1) as f32 / self.height.max(1) as f32;
        if ratio * high > wide { (wide, wide / ratio) } else { (ratio * high, high) }
    }

    /// What it shows, in words.
    #[must_use]
    pub fn alt(&self) -> String {
        format!("Logga för {}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_logo_keeps_its_shape_and_is_neither_wider_nor_higher_than_there_is_room() {
        let logga = |width, height| {
            let (id, node) = (LoggaId(Uuid::from_u128(1)), NodeId(Uuid::from_u128(1)));
            Logga { id, node, name: "Staden".into(), width, height }
        };
        assert_eq!(logga(300, 100).within(180.0, 36.0), (108.0, 36.0));
        assert_eq!(logga(1_000, 100).within(180.0, 36.0), (180.0, 18.0));
        assert_eq!(logga(100, 200).within(180.0, 36.0), (18.0, 36.0));
    }
}
