//! Välkommen: what a new unit does first, in order: read in the plan, choose from when it counts, invite.

/// How far a unit has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Steg {
    /// A plan has been read in or written. From when it counts is asked where it is read in.
    pub plan: bool,
    /// Somebody more than the first is there.
    pub bjudna: bool,
}

impl Steg {
    /// Whether there is nothing left to say.
    #[must_use]
    pub fn is_done(self) -> bool {
        self.plan && self.bjudna
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_welcomed_until_it_has_a_plan_and_somebody_to_share_it_with() {
        assert!(!Steg::default().is_done() && !Steg { plan: true, bjudna: false }.is_done());
        assert!(Steg { plan: true, bjudna: true }.is_done());
    }
}
