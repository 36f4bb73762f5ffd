//! The menu: every entry, the group it stands under and for whom it is daily, as the areas say (`domain::area`). The routes
//! themselves stand in `app.rs`, in the same order.

use std::sync::LazyLock;

pub use domain::area::menu::Group;
use domain::{
    area::menu::Menu,
    permission::{Action, Area, Grants, Role},
};

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

/// The menu, from the top: what all areas are in first, then each area where it says, in the order of the areas.
pub static MENU: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let first = |path, label| {
        let needs = (Area::Aktivitet, Action::View);
        Entry { path, label, group: Group::First, needs, daily: &Role::ALL }
    };
    let mut all = vec![first("/", "Att göra"), first("/arshjul", "Årshjul")];
    all.extend(Area::ALL.into_iter().filter_map(|area| {
        let Menu { path, label, group, action, daily } = area.traits().menu?;
        Some(Entry { path, label, group, needs: (area, action), daily })
    }));
    all.sort_by_key(|entry| entry.group);
    all
});

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
            (group, MENU.iter().copied().filter(seen).collect::<Vec<_>>())
        })
        .filter(|(_, entries)| !entries.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::{id::NodeId, permission::allowed};

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
        ];
        let mut groups = of(&[Role::Medarbetare]);
        let (last, rest) = groups.pop().unwrap();
        assert_eq!((groups, last), (expected, Group::Lasa));
        // a new area is here too, when it is not daily for a handläggare
        assert!(["Egenkontroll", "Internkontroll", "Åtgärder"].iter().all(|label| rest.contains(label)), "{rest:?}");
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
        assert!(groups.contains(&(Group::FoljaUpp, vec!["Åtgärder", "Siffror"])), "{groups:?}");
        let (last, rest) = groups.last().unwrap();
        assert!(*last == Group::Lasa && rest.contains(&"Egenkontroll") && !rest.contains(&"Åtgärder"), "{groups:?}");
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
    const NO_ENTRY: [&str; 12] = [
        "/forekomster",
        "/aktiviteter",
        "/planaktiviteter",
        "/genomforanden",
        "/tv",
        "/skarm",
        "/konto",
        "/upphorda",
        "/logga-in",
        "/las",
        "/start",
        "/tillganglighet",
    ];

    fn routes() -> Vec<&'static str> {
        let all = include_str!("app.rs").split("path!(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let routes: Vec<&str> = all.filter(|path| path.starts_with('/')).collect();
        assert!(routes.len() > 60, "{routes:?}");
        routes
    }

    #[test]
    fn what_has_a_time_has_a_page_for_each_of_its_things_and_whoever_sees_a_menu_entry_may_see_the_area() {
        let routes = routes();
        for area in Area::on_wheel() {
            let page = format!("{}/:id", area.traits().path);
            assert!(routes.contains(&page.as_str()), "{area:?} says that its things are at {page}: it is no route");
        }
        for entry in MENU.iter() {
            let (area, action) = entry.needs;
            let may = |role: &&Role| allowed(**role, area, action);
            assert!(entry.daily.iter().any(|role| may(&role)), "nobody sees {}", entry.path);
            assert!(Role::ALL.iter().filter(may).all(|role| allowed(*role, area, Action::View)), "{}", entry.path);
        }
    }

    #[test]
    fn every_entry_leads_to_a_route_and_every_area_with_a_page_has_an_entry() {
        let routes = routes();
        for entry in MENU.iter() {
            assert!(routes.contains(&entry.path), "{} is no route", entry.path);
        }
        let entry_of = |path: &str| MENU.iter().any(|e| e.holds(path));
        let lost: Vec<_> =
            routes.iter().filter(|p| !entry_of(p) && !NO_ENTRY.iter().any(|n| p.starts_with(n))).collect();
        assert!(lost.is_empty(), "give these an entry in the menu, or say in NO_ENTRY that they are none: {lost:?}");
    }
}
