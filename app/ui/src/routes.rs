//! Every menu entry in one table. The routes themselves stand in `app.rs`, in the same order.

use domain::permission::{Action, Area};

use crate::ctx::Ctx;

/// An entry of the menu.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Where it goes; also the beginning of the paths for which it is marked.
    pub path: &'static str,
    /// What it says.
    pub label: &'static str,
    /// The heading it stands under; empty for the first group.
    pub group: &'static str,
    /// Who sees it: those who may do this somewhere.
    pub needs: Option<(Area, Action)>,
}

/// The menu, from the top.
pub const MENU: [Entry; 10] = [
    Entry { path: "/", label: "Att göra", group: "", needs: Some((Area::Aktivitet, Action::View)) },
    Entry { path: "/arshjul", label: "Årshjul", group: "", needs: Some((Area::Aktivitet, Action::View)) },
    Entry {
        path: "/egenkontroll",
        label: "Egenkontroll",
        group: "Plan och kontroll",
        needs: Some((Area::Egenkontroll, Action::View)),
    },
    Entry {
        path: "/internkontroll",
        label: "Internkontroll",
        group: "Plan och kontroll",
        needs: Some((Area::Internkontroll, Action::View)),
    },
    Entry {
        path: "/atgarder",
        label: "Åtgärder",
        group: "Plan och kontroll",
        needs: Some((Area::Atgard, Action::View)),
    },
    Entry { path: "/enkater", label: "Brukarenkäter", group: "Följ upp", needs: Some((Area::Enkat, Action::View)) },
    Entry {
        path: "/avvikelser", label: "Avvikelser", group: "Följ upp", needs: Some((Area::Avvikelse, Action::View))
    },
    Entry { path: "/apt", label: "APT", group: "Följ upp", needs: Some((Area::Apt, Action::View)) },
    Entry { path: "/forslag", label: "Förslag", group: "Följ upp", needs: Some((Area::Forslag, Action::View)) },
    Entry { path: "/admin", label: "Administration", group: "System", needs: Some((Area::Person, Action::Edit)) },
];

/// The entries that the person of this request sees.
#[must_use]
pub fn menu(ctx: &Ctx) -> Vec<Entry> {
    let Some(actor) = &ctx.actor else { return vec![] };
    MENU.into_iter().filter(|e| e.needs.is_none_or(|(area, action)| actor.grants.may_somewhere(area, action))).collect()
}
