//! What an area is, is asked of the area: nothing that all areas share names one of them. And nothing that lies in a folder is
//! forgotten: a module, a test, a style, a variant. The sources are read; the next one fails here.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use domain::{area::Area, schedule::Category};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every file below a folder that ends so, from the root, and what it says.
fn files(folder: &str, end: &str) -> Vec<(String, String)> {
    fn walk(root: &Path, folder: &Path, end: &str, out: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                walk(root, &path, end, out);
            } else if path.extension().is_some_and(|e| e == end) {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                out.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let (root, mut out) = (root(), Vec::new());
    walk(&root, &root.join(folder), end, &mut out);
    out.sort();
    out
}

/// The program without its tests: those stand last in a file, or in files of their own.
fn program() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = ["app", "server"].into_iter().flat_map(|of| files(of, "rs")).collect();
    all.retain(|(name, _)| !["/tests/", "/examples/", "tests.rs"].iter().any(|part| name.contains(part)));
    assert!(all.len() > 300, "the sources are where they were: {}", all.len());
    for (_, text) in &mut all {
        let tests = text.match_indices("#[cfg(test)]\nmod tests {").next().map(|(at, _)| at);
        text.truncate(tests.unwrap_or(text.len()));
    }
    all
}

/// Modules of one area that are not called as it is.
const OWN: [&str; 8] = ["area", "permission", "genomforande", "import", "admin", "demo", "demo_enkat", "ekonomi"];
/// Where an area is named all the same, and why.
const NAMED: [(&str, &str); 4] = [
    ("server/store/src/target.rs", "the door: whose permission a thing asks for"),
    ("app/ui/src/routes.rs", "who sees the wheel sees its entries of the menu"),
    ("server/web/src/config.rs", "the plans that the command line reads"),
    ("server/web/src/live.rs", "a wall screen lives as long as its row, which is of its area"),
];
/// What asks for a permission.
const ASKS: [&str; 7] = [".may(", ".is_trusted(", "may_somewhere(", "may_tick(", "Target::", ".seen(", "allowed("];

/// Whether it names a variant of one of these types: `Area::Enkat`, not `Area::ALL` nor `Area::from_code`.
fn names(line: &str, types: &[&str]) -> bool {
    types.iter().any(|name| {
        line.match_indices(&format!("{name}::")).any(|(at, sign)| {
            let before = line[..at].chars().next_back().is_some_and(char::is_alphanumeric);
            let mut after = line[at + sign.len()..].chars();
            let (first, second) = (after.next().unwrap_or(' '), after.next().unwrap_or(' '));
            !before && (first == '{' || first.is_uppercase() && second.is_lowercase())
        })
    })
}

#[test]
fn what_all_areas_share_names_none_of_them() {
    assert!(names("if item.area == Area::Enkat {", &["Area"]) && !names("Area::ALL", &["Area"]));
    assert!(!names("SubArea::Enkat", &["Area"]) && !names("Area::from_code", &["Area"]));
    let own = |name: &str| {
        let parts = name.split('/').map(|part| part.trim_end_matches(".rs"));
        parts.into_iter().any(|part| OWN.contains(&part) || Area::from_code(part).is_some())
    };
    let mut faults = Vec::new();
    for (name, text) in program() {
        if own(&name) || NAMED.iter().any(|(file, _)| name == *file) {
            continue;
        }
        let mut before = "";
        for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let asks = ASKS.iter().any(|ask| line.contains(ask) || before.contains(ask) && before.ends_with('('));
            // what hears of an area is told by the areas too
            let live = line.contains("data-live=\"");
            if live || names(line, &["Area", "Category"]) && !asks {
                faults.push(format!("{name}:{}: {}", n + 1, line.trim()));
            }
            before = line;
        }
    }
    assert!(faults.is_empty(), "ask the area (domain/src/area.rs):\n{}", faults.join("\n"));
    for (name, _) in NAMED {
        assert!(root().join(name).exists(), "{name} is gone: take it out of NAMED");
    }
}

#[test]
fn a_list_of_all_variants_is_made_by_every() {
    let mut faults = Vec::new();
    for (name, text) in program() {
        for (n, line) in text.lines().enumerate() {
            let by_hand = line.contains("const ALL: [Self; ") && !line.contains("[$(");
            if by_hand || line.trim_start().starts_with("[Self::") && line.contains("].into_iter().find") {
                faults.push(format!("{name}:{}: {}", n + 1, line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "domain::every! cannot lack one:\n{}", faults.join("\n"));
}

#[test]
fn every_file_is_a_module_that_something_names() {
    let all: Vec<(String, String)> = ["app", "server"].into_iter().flat_map(|of| files(of, "rs")).collect();
    let text_of = |name: &str| all.iter().find(|(file, _)| file == name).map(|(_, text)| text.as_str());
    let mut lost = Vec::new();
    for (name, _) in &all {
        let (folder, file) = name.rsplit_once('/').unwrap();
        let stem = file.trim_end_matches(".rs");
        // what cargo finds by itself
        let root = ["lib", "main", "build"].contains(&stem)
            || ["/tests", "/examples", "/benches", "/bin"]
                .iter()
                .any(|of| folder.ends_with(of) && !folder.contains("/src"));
        if root {
            continue;
        }
        let (module, parents) = if stem == "mod" {
            let (above, module) = folder.rsplit_once('/').unwrap();
            (module, above)
        } else {
            (stem, folder)
        };
        let named =
            ["mod", "lib", "main"].iter().map(|own| format!("{parents}/{own}.rs")).chain([format!("{parents}.rs")]);
        let says = format!("mod {module};");
        if !named.into_iter().any(|parent| text_of(&parent).is_some_and(|text| text.contains(&says))) {
            lost.push(name.clone());
        }
    }
    assert!(lost.is_empty(), "no `mod` names these, so that nothing of them is compiled or run: {lost:?}");
}

#[test]
fn every_style_is_imported_and_every_ring_has_a_colour() {
    let main = std::fs::read_to_string(root().join("style/main.css")).unwrap();
    let styles = files("style", "css");
    assert!(styles.len() > 30, "{}", styles.len());
    let imported = |name: &str| main.contains(&format!("@import \"./{}\";", name.trim_start_matches("style/")));
    let lost: Vec<_> =
        styles.iter().filter(|(name, _)| name != "style/main.css" && !imported(name)).map(|s| &s.0).collect();
    assert!(lost.is_empty(), "style/main.css imports these not: {lost:?}");
    let tokens = std::fs::read_to_string(root().join("style/tokens.css")).unwrap();
    for category in Category::ALL {
        let (class, colour) = (format!(".cat-{}", category.code()), format!("--cat-{}: ", category.code()));
        let has_class = tokens.lines().any(|l| l.split([' ', ',']).next() == Some(class.as_str()));
        assert!(has_class && tokens.contains(&colour), "style/tokens.css has no {class} and {colour}");
    }
}

/// Areas whose own pages are not live: they are older than that. A new one is.
const NOT_LIVE: [&str; 8] =
    ["egenkontroll", "internkontroll", "aktivitet", "atgard", "enkat", "avvikelse", "organisation", "person"];

#[test]
fn a_page_of_every_area_says_that_it_shows_it() {
    let pages = files("app/ui/src", "rs");
    let says = |area: &Area| {
        let folder = format!("app/ui/src/{}/", area.code());
        pages.iter().filter(|(name, _)| name.starts_with(&folder)).any(|(_, text)| {
            let live = text.split("data-live=\"").skip(1).filter_map(|rest| rest.split('"').next());
            live.flat_map(|codes| codes.split(' ')).any(|code| code == area.code())
        })
    };
    let still: Vec<Area> =
        Area::ALL.into_iter().filter(|area| !NOT_LIVE.contains(&area.code()) && !says(area)).collect();
    assert!(still.is_empty(), "no page of these says data-live, so that what others do there is not seen: {still:?}");
    // what is drawn anew is found by its id (islands/src/live.rs)
    let mut nameless = Vec::new();
    for (name, text) in &pages {
        for (at, _) in text.match_indices(" data-live=") {
            let tag = &text[text[..at].rfind('<').unwrap_or(0)..];
            let tag = &tag[..tag.find(">\n").unwrap_or(tag.len())];
            if !tag.contains(" id=") {
                nameless.push(format!("{name}: {tag}"));
            }
        }
    }
    assert!(nameless.is_empty(), "what is live is found by its id: {nameless:?}");
}

/// Areas with a time whose form asks for nobody.
const FOR_NOBODY: [&str; 2] = ["enkat", "avvikelse"];

#[test]
fn who_carries_something_out_is_a_field_of_its_form() {
    for area in Area::on_wheel().filter(|area| !FOR_NOBODY.contains(&area.code())) {
        // by itself, or among what it is a part of
        let in_plan = format!("verksamhetsplan/{}.rs", area.code().trim_start_matches("plan"));
        let of_area = [format!("{}.rs", area.code()), format!("siffror/{}.rs", area.code()), in_plan];
        let form =
            of_area.iter().find_map(|path| std::fs::read_to_string(root().join("app/domain/src").join(path)).ok());
        let form = form.unwrap_or_else(|| panic!("{area:?} has no file of its own in the domain"));
        for field in area.time().who {
            // of a plan as its table of columns says
            let there =
                [format!(" pub {field}: String,"), format!(" {field}: who,")].iter().any(|says| form.contains(says));
            assert!(there, "{area:?}: {field} is no field of its form");
        }
    }
}
