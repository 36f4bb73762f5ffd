//! Kö: what is typed and pasted in the table and is not saved yet. What a person wrote last is what stands, however often a block is sent.

use std::collections::{BTreeMap, BTreeSet};

/// A block that was pasted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The cells, as a spreadsheet gives them.
    pub text: String,
    /// The field of its first cell.
    pub start: String,
    /// Fields that were typed in after it was pasted: it is not laid there.
    pub sedan: BTreeSet<String>,
}

/// What is sent at once: cells, or a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Post {
    /// Texts by their field.
    Rutor(BTreeMap<String, String>),
    /// One block.
    Block(Block),
}

/// What waits, and what is on its way.
#[derive(Debug, Default)]
pub struct Ko {
    pending: BTreeMap<String, String>,
    sent: BTreeMap<String, String>,
    blocks: Vec<Block>,
    block: Option<Block>,
}

impl Ko {
    /// A text waits; it was typed now.
    pub fn typed(&mut self, field: String, text: String) {
        for block in self.blocks.iter_mut().chain(&mut self.block) {
            block.sedan.insert(field.clone());
        }
        self.again(field, text);
    }

    /// A text that was typed before waits once more.
    pub fn again(&mut self, field: String, text: String) {
        self.pending.insert(field, text);
    }

    /// A block waits.
    pub fn pasted(&mut self, text: String, start: String) {
        self.blocks.push(Block { text, start, sedan: BTreeSet::new() });
    }

    /// What is to be sent next, which is then on its way; none where nothing waits.
    pub fn take_next(&mut self) -> Option<Post> {
        if !self.pending.is_empty() {
            self.sent = std::mem::take(&mut self.pending);
            return Some(Post::Rutor(self.sent.clone()));
        }
        if self.blocks.is_empty() {
            return None;
        }
        let block = self.blocks.remove(0);
        self.block = Some(block.clone());
        Some(Post::Block(block))
    }

    /// What was on its way has arrived: the cells of it.
    pub fn arrived(&mut self) -> BTreeMap<String, String> {
        self.block = None;
        std::mem::take(&mut self.sent)
    }

    /// What was on its way did not arrive, and waits again. A block that is answered the same however often it is sent does not: then it
    /// is `true`.
    pub fn failed(&mut self, is_in_vain: bool) -> bool {
        for (field, text) in std::mem::take(&mut self.sent) {
            self.pending.entry(field).or_insert(text);
        }
        let Some(block) = self.block.take() else { return false };
        if !is_in_vain {
            self.blocks.insert(0, block);
        }
        is_in_vain
    }

    /// A text no longer waits: somebody else has written in its cell.
    pub fn drop_cell(&mut self, field: &str) {
        self.pending.remove(field);
    }

    /// Whether the text of a cell waits.
    pub fn waits(&self, field: &str) -> bool {
        self.pending.contains_key(field)
    }

    /// Whether the text of a cell waits or is on its way.
    pub fn holds(&self, field: &str) -> bool {
        self.waits(field) || self.sent.contains_key(field)
    }

    /// How many cells wait.
    pub fn cells(&self) -> usize {
        self.pending.len()
    }

    /// Whether a block waits.
    pub fn has_blocks(&self) -> bool {
        !self.blocks.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(sedan: &[&str]) -> Post {
        let sedan = sedan.iter().map(|one| (*one).to_owned()).collect();
        Post::Block(Block { text: "1\t2".into(), start: "a".into(), sedan })
    }

    fn rutor(field: &str, text: &str) -> Post {
        Post::Rutor(BTreeMap::from([(field.to_owned(), text.to_owned())]))
    }

    #[test]
    fn what_is_typed_while_a_block_is_on_its_way_stays_when_it_is_sent_again() {
        let mut ko = Ko::default();
        ko.pasted("1\t2".into(), "a".into());
        assert_eq!(ko.take_next(), Some(block(&[])));
        ko.typed("b".into(), "9".into());
        assert!(!ko.failed(false), "it waits again");
        assert_eq!(ko.take_next(), Some(rutor("b", "9")));
        assert_eq!(ko.arrived().len(), 1);
        assert_eq!(ko.take_next(), Some(block(&["b"])));
        ko.arrived();
        assert_eq!(ko.take_next(), None);
    }

    #[test]
    fn what_is_typed_before_a_block_gives_way_to_it() {
        let mut ko = Ko::default();
        ko.typed("b".into(), "9".into());
        ko.pasted("1\t2".into(), "a".into());
        assert_eq!(ko.take_next(), Some(rutor("b", "9")));
        assert!(!ko.failed(false) && ko.waits("b") && ko.has_blocks());
        ko.again("b".into(), "9".into());
        assert_eq!(ko.take_next(), Some(rutor("b", "9")));
        ko.arrived();
        assert_eq!(ko.take_next(), Some(block(&[])));
    }

    #[test]
    fn a_cell_that_failed_does_not_replace_what_was_typed_since_and_a_block_in_vain_is_gone() {
        let mut ko = Ko::default();
        ko.typed("b".into(), "8".into());
        ko.take_next();
        ko.typed("b".into(), "9".into());
        ko.failed(false);
        assert_eq!((ko.cells(), ko.take_next()), (1, Some(rutor("b", "9"))));
        ko.arrived();
        ko.pasted("x\ty".into(), "a".into());
        ko.take_next();
        assert!(ko.failed(true) && !ko.has_blocks());
    }

    #[test]
    fn a_cell_is_held_until_it_has_arrived_or_is_dropped() {
        let mut ko = Ko::default();
        ko.typed("b".into(), "8".into());
        ko.take_next();
        assert!(ko.holds("b") && !ko.waits("b"));
        ko.arrived();
        assert!(!ko.holds("b"));
        ko.typed("b".into(), "9".into());
        ko.drop_cell("b");
        assert_eq!((ko.cells(), ko.take_next()), (0, None));
    }
}
