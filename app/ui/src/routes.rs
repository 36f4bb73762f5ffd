//! The menu: every entry, the group it stands under and for whom it is daily, in one table. The routes themselves stand in
//! `app.rs`, in the same order.

use domain::permission::{Action, Area, Grants, Role};

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
    /// Every group, from the top.
    pub const ALL: [Self; 7] =
        [Self::First, Self::Planera, Self::Registrera, Self::FoljaUpp, Self::Tillsammans, Self::Lasa, Self::System];

    /// As the device remembers it, see [`Device::menu`](crate::ctx::Device::menu).
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

/// An entry of the menu.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Where it goes; also the beginning of the paths for which it is marked.
    pub path: &'static str,
    /// What it says.
    pub label: &'static str,
    /// What it stands under for those for whom it is daily.
    pub group: Group,
    /// Who sees it: those who may do this somewhere.
    pub needs: (Area, Action),
    /// For whom it is daily. Others who see it find it in [`Group::Lasa`].
    pub daily: &'static [Role],
}

impl Entry {
    /// Whether the page at `path` is one of this entry's.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        match path.strip_prefix(self.path) {
            Some(rest) if self.path != "/" => rest.is_empty() || rest.starts_with('/'),
            rest => rest == Some(""),
        }
    }
}

/// Those who make plans and follow them up.
const PLANNERS: &[Role] = &[Role::Metodutvecklare, Role::BitradandeChef, Role::Enhetschef, Role::Controller];

/// Those who follow up what was decided after a case, too.
const FOLLOWERS: &[Role] =
    &[Role::Metodutvecklare, Role::BitradandeChef, Role::Enhetschef, Role::Controller, Role::LexSarah];

/// Those who ask brukare, and answer the phone.
const ASKERS: &[Role] = &[Role::Medarbetare, Role::Metodutvecklare, Role::BitradandeChef, Role::Enhetschef];

/// The menu, from the top.
pub const MENU: [Entry; 10] = {
    use Action::{Edit, View};
    use Area::{Aktivitet, Apt, Atgard, Avvikelse, Egenkontroll, Enkat, Forslag, Internkontroll, Person};
    use Group::{First, FoljaUpp, Planera, Registrera, System, Tillsammans};

    /// A line of the table.
    const fn entry(
        path: &'static str,
        label: &'static str,
        group: Group,
        needs: (Area, Action),
        daily: &'static [Role],
    ) -> Entry {
        Entry { path, label, group, needs, daily }
    }
    [
        entry("/", "Att göra", First, (Aktivitet, View), &Role::ALL),
        entry("/arshjul", "Årshjul", First, (Aktivitet, View), &Role::ALL),
        entry("/egenkontroll", "Egenkontroll", Planera, (Egenkontroll, View), PLANNERS),
        entry("/internkontroll", "Internkontroll", Planera, (Internkontroll, View), PLANNERS),
        entry("/avvikelser", "Avvikelser", Registrera, (Avvikelse, View), &Role::ALL),
        entry("/enkater", "Brukarenkäter", Registrera, (Enkat, View), ASKERS),
        entry("/atgarder", "Åtgärder", FoljaUpp, (Atgard, View), FOLLOWERS),
        entry("/apt", "APT", Tillsammans, (Apt, View), &Role::ALL),
        entry("/forslag", "Förslag", Tillsammans, (Forslag, View), &Role::ALL),
        entry("/admin", "Administration", System, (Person, Edit), &Role::ALL),
    ]
};

/// What a person with these roles sees: the groups that hold something, in order, each with its entries in the order of
/// the table.
#[must_use]
pub fn menu(grants: &Grants) -> Vec<(Group, Vec<Entry>)> {
    let of = |entry: &Entry| {
        let daily = grants.0.iter().any(|(role, _)| entry.daily.contains(role));
        if daily { entry.group } else { Group::Lasa }
    };
    Group::ALL
        .into_iter()
        .map(|group| {
            let seen = |entry: &Entry| grants.may_somewhere(entry.needs.0, entry.needs.1) && of(entry) == group;
            (group, MENU.into_iter().filter(seen).collect::<Vec<_>>())
        })
        .filter(|(_, entries)| !entries.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::id::NodeId;

    use super::*;

    fn of(roles: &[Role]) -> Vec<(Group, Vec<&'static str>)> {
        let grants = Grants(roles.iter().map(|&role| (role, NodeId::new())).collect());
        menu(&grants).into_iter().map(|(group, entries)| (group, entries.iter().map(|e| e.label).collect())).collect()
    }

    #[test]
    fn a_handlaggare_has_six_pages_and_the_rest_under_lasa_och_folja() {
        let expected = vec![
            (Group::First, vec!["Att göra", "Årshjul"]),
            (Group::Registrera, vec!["Avvikelser", "Brukarenkäter"]),
            (Group::Tillsammans, vec!["APT", "Förslag"]),
            (Group::Lasa, vec!["Egenkontroll", "Internkontroll", "Åtgärder"]),
        ];
        assert_eq!(of(&[Role::Medarbetare]), expected);
    }

    #[test]
    fn whoever_leads_or_plans_has_every_page_where_it_belongs() {
        for role in [Role::Enhetschef, Role::BitradandeChef, Role::Metodutvecklare] {
            let groups = of(&[role]);
            assert!(groups.iter().all(|(group, _)| *group != Group::Lasa), "{role:?}: {groups:?}");
            assert_eq!(groups.iter().map(|(_, entries)| entries.len()).sum::<usize>(), MENU.len() - 1, "{role:?}");
        }
    }

    #[test]
    fn two_roles_have_what_is_daily_for_either() {
        let groups = of(&[Role::Medarbetare, Role::LexSarah]);
        assert!(groups.contains(&(Group::FoljaUpp, vec!["Åtgärder"])), "{groups:?}");
        assert!(groups.contains(&(Group::Lasa, vec!["Egenkontroll", "Internkontroll"])), "{groups:?}");
    }

    #[test]
    fn an_administrator_sees_the_administration_alone() {
        assert_eq!(of(&[Role::Admin]), vec![(Group::System, vec!["Administration"])]);
    }

    #[test]
    fn an_entry_is_marked_on_its_own_pages_and_on_no_other() {
        let entry = |path: &str| *MENU.iter().find(|e| e.path == path).unwrap();
        assert!(entry("/apt").holds("/apt") && entry("/apt").holds("/apt/ny"));
        assert!(!entry("/apt").holds("/aptit"));
        assert!(entry("/").holds("/") && !entry("/").holds("/apt"));
    }

    #[test]
    fn the_table_stands_in_the_order_of_its_groups() {
        assert!(MENU.is_sorted_by_key(|e| e.group));
        assert!(Group::ALL.is_sorted());
    }

    /// Beginnings of addresses that are no entry: what is come to from an entry, and what is nobody's area.
    const NO_ENTRY: [&str; 10] = [
        "/forekomster",
        "/aktiviteter",
        "/genomforanden",
        "/tv",
        "/skarm",
        "/konto",
        "/logga-in",
        "/las",
        "/start",
        "/tillganglighet",
    ];

    #[test]
    fn every_entry_leads_to_a_route_and_every_area_with_a_page_has_an_entry() {
        let routes: Vec<&str> = include_str!("app.rs")
            .split("path!(\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|path| path.starts_with('/'))
            .collect();
        assert!(routes.len() > 60, "{routes:?}");
        for entry in MENU {
            assert!(routes.contains(&entry.path), "{} is no route", entry.path);
        }
        let entry_of = |path: &str| MENU.iter().any(|e| e.holds(path));
        let lost: Vec<_> =
            routes.iter().filter(|p| !entry_of(p) && !NO_ENTRY.iter().any(|n| p.starts_with(n))).collect();
        assert!(lost.is_empty(), "give these an entry in the menu, or say in NO_ENTRY that they are none: {lost:?}");
    }
}
