//! What is done to the verksamheter and rows of an account. Each answers whether there was anything to do it to.

use super::{Content, Rad, RadId, Verksamhet, VerksamhetId};

impl Content {
    /// Puts a verksamhet that was checked in place of the one with its id, or last.
    pub fn set_verksamhet(&mut self, verksamhet: Verksamhet) {
        match self.verksamheter.iter_mut().find(|there| there.id == verksamhet.id) {
            Some(there) => *there = verksamhet,
            None => self.verksamheter.push(verksamhet),
        }
    }

    /// Puts a row that was checked in place of the one with its id, or last in its verksamhet.
    pub fn set_rad(&mut self, verksamhet: VerksamhetId, rad: Rad) -> bool {
        let Some(v) = self.verksamheter.iter_mut().find(|v| v.id == verksamhet) else { return false };
        match v.rader.iter_mut().find(|there| there.id == rad.id) {
            Some(there) => *there = rad,
            None => v.rader.push(rad),
        }
        true
    }

    /// Takes a row out; its amounts are the store's to keep or remove.
    pub fn remove_rad(&mut self, id: RadId) -> bool {
        self.verksamheter.iter_mut().any(|v| {
            let before = v.rader.len();
            v.rader.retain(|rad| rad.id != id);
            v.rader.len() < before
        })
    }

    /// Takes a verksamhet out with its rows.
    pub fn remove_verksamhet(&mut self, id: VerksamhetId) -> bool {
        let before = self.verksamheter.len();
        self.verksamheter.retain(|v| v.id != id);
        self.verksamheter.len() < before
    }

    /// Moves a row one step up (`up`) or down among those of its kind in its verksamhet.
    pub fn move_rad(&mut self, id: RadId, up: bool) -> bool {
        self.verksamheter.iter_mut().any(|v| {
            let Some(at) = v.rader.iter().position(|rad| rad.id == id) else { return false };
            let is_same = |other: &usize| v.rader[*other].slag == v.rader[at].slag;
            let other = if up { (0..at).rev().find(is_same) } else { (at + 1..v.rader.len()).find(is_same) };
            other.is_some_and(|other| {
                v.rader.swap(at, other);
                true
            })
        })
    }

    /// Moves a verksamhet one step up (`up`) or down.
    pub fn move_verksamhet(&mut self, id: VerksamhetId, up: bool) -> bool {
        let Some(at) = self.verksamheter.iter().position(|v| v.id == id) else { return false };
        let other = if up { at.checked_sub(1) } else { Some(at + 1).filter(|other| *other < self.verksamheter.len()) };
        other.is_some_and(|other| {
            self.verksamheter.swap(at, other);
            true
        })
    }
}
