//! Menu: where an area stands in the menu, for those who may do in it what the entry is for.

use crate::permission::{Action, Role};

/// What one does under a heading of the menu, in the order of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// First, with no heading and never folded: what is to be done, and the year.
    First,
    /// What is to be done in the year.
    Planera,
    /// What is written when it happens.
    Registrera,
    /// What came of it.
    FoljaUpp,
    /// What people do with each other.
    Tillsammans,
    /// What a person may see and seldom does: entries of the other groups, for those for whom they are not daily.
    Lasa,
    /// The administrator's.
    System,
}

impl Group {
    crate::every! {
        /// Every group, from the top.
        First, Planera, Registrera, FoljaUpp, Tillsammans, Lasa, System
    }

    /// As the device remembers it, see `ui::ctx::Device`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::First => "",
            Self::Planera => "planera",
            Self::Registrera => "registrera",
            Self::FoljaUpp => "folja-upp",
            Self::Tillsammans => "tillsammans",
            Self::Lasa => "lasa",
            Self::System => "system",
        }
    }

    /// Its heading; empty for the first.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::First => "",
            Self::Planera => "Planera",
            Self::Registrera => "Registrera",
            Self::FoljaUpp => "Följa upp",
            Self::Tillsammans => "Tillsammans",
            Self::Lasa => "Läsa och följa",
            Self::System => "System",
        }
    }

    /// Whether it is folded until somebody opens it.
    #[must_use]
    pub fn starts_folded(self) -> bool {
        self == Self::Lasa
    }
}

/// The entry of an area.
#[derive(Clone, Copy, Debug)]
pub struct Menu {
    /// Where it goes; also the beginning of the paths for which it is marked.
    pub path: &'static str,
    /// What it says.
    pub label: &'static str,
    /// What it stands under for those for whom it is daily.
    pub group: Group,
    /// Who sees it: those who may do this somewhere.
    pub action: Action,
    /// For whom it is daily. Others who see it find it in [`Group::Lasa`].
    pub daily: &'static [Role],
}

/// Those who make plans and follow them up.
pub(super) const PLANNERS: &[Role] = &[Role::Metodutvecklare, Role::BitradandeChef, Role::Enhetschef, Role::Controller];

/// Those who follow up what was decided after a case, too.
pub(super) const FOLLOWERS: &[Role] =
    &[Role::Metodutvecklare, Role::BitradandeChef, Role::Enhetschef, Role::Controller, Role::LexSarah];

/// Those who ask brukare, and answer the phone.
pub(super) const ASKERS: &[Role] = &[Role::Medarbetare, Role::Metodutvecklare, Role::BitradandeChef, Role::Enhetschef];
