//! Sources: what the program is written in, for tests that hold all of it to one rule.

mod door;

use std::{collections::BTreeSet, path::Path};

/// Every source of the program and what it says, without its tests: those stand last in a file, or in files of their own.
pub fn all() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let mut all = Vec::new();
    for of in ["app", "server", "style/assets"] {
        read(&root.join(of), &mut all);
    }
    assert!(all.len() > 200, "the sources are where they were: {}", all.len());
    all
}

fn read(folder: &Path, all: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if ["tests", "tests.rs", "examples", "target"].iter().any(|name| path.ends_with(name)) {
            continue;
        }
        if path.is_dir() {
            read(&path, all);
        } else if path.extension().is_some_and(|end| end == "rs" || end == "js") {
            let text = std::fs::read_to_string(&path).unwrap();
            let tests = text.match_indices("#[cfg(test)]\n").map(|(at, _)| at);
            let is_module = |at: &usize| text[*at..].lines().nth(1).is_some_and(|line| line.contains("mod tests {"));
            let code = text[..tests.into_iter().find(is_module).unwrap_or(text.len())].to_owned();
            all.push((path.to_string_lossy().replace('\\', "/"), code));
        }
    }
}

/// Where words are compared, and why: what is read there is not ours. Everywhere else a thing is told by its type, a code or the
/// name of a field, so that a sentence can be written anew without anything else happening.
const READERS: [&str; 9] = [
    // what somebody has written in a plan, a list or a table
    "domain/src/import/",
    "domain/src/rows.rs",
    "domain/src/enkat/resultat.rs",
    "domain/src/table/",
    "domain/src/personnummer/",
    // what the demo makes of its own rows
    "web/src/demo",
    // what others write: in a document, about a certificate
    "web/src/bilaga/kind/",
    "store/src/wire.rs",
    // this, of sources
    "ui/src/sources",
];
/// Keys of a keyboard.
const KEYS: [&str; 5] = ["Escape", "Enter", "Home", "End", "Tab"];

#[test]
fn nothing_is_decided_by_the_words_of_a_sentence() {
    let mut faults = Vec::new();
    for (name, code) in all() {
        for (n, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for asks in
                ["== \"", "!= \"", ".contains(\"", ".starts_with(\"", ".ends_with(\"", ".find(\"", ".replace(\""]
            {
                for (at, _) in line.match_indices(asks) {
                    let text = line[at + asks.len()..].split('"').next().unwrap_or_default();
                    let mut letters = text.chars();
                    let begins = letters.next().is_some_and(char::is_uppercase)
                        && letters.next().is_some_and(char::is_lowercase);
                    let several =
                        text.split(' ').filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).count()
                            > 1;
                    let swedish = text.contains(|c| "åäöÅÄÖ".contains(c));
                    if (begins || several || swedish)
                        && !KEYS.contains(&text)
                        && !READERS.iter().any(|may| name.contains(may))
                    {
                        faults.push(format!("{name}:{}: {}", n + 1, line.trim()));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "give it a type, a code or a field of its own:\n{}", faults.join("\n"));
}

/// Pages exist on the server alone, and the WASM knows none: a change of one builds no WASM anew.
#[test]
fn pages_have_no_features_and_the_browser_does_not_know_them() {
    let asks: Vec<String> = all()
        .into_iter()
        .filter(|(name, code)| {
            name.contains("/app/ui/src/") && code.lines().any(|line| line.trim_start().starts_with("#[cfg(f"))
        })
        .map(|(name, _)| name)
        .collect();
    assert!(asks.is_empty(), "what runs in the browser stands in app/islands or app/entry: {asks:?}");
    let manifest = |of: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(of).join("Cargo.toml");
        std::fs::read_to_string(path).unwrap()
    };
    assert!(!manifest("ui").contains("[features]"));
    for of in ["islands", "wasm"] {
        assert!(!manifest(of).lines().any(|line| line.starts_with("ui") || line.starts_with("store")), "{of}");
    }
}

/// What looks as if the work of a crate were done by hand, what to use instead, and the files that do it for all others.
const BY_HAND: [(&[&str], &str, &[&str]); 4] = [
    (&[":02x}", ":02X}"], "hex", &[]),
    // an id may be written where a text is wanted, but what is made of its bits is not as random as it looks
    (&["new_v4().as_", "new_v4().simple()", "new_v4().into_bytes"], "domain::random", &[]),
    (&["%{byte", "%{:02"], "percent_encoding", &[]),
    (&["header::COOKIE", "SameSite=", "Max-Age="], "ui::cookie", &["ui/src/cookie.rs"]),
];

#[test]
fn what_a_crate_does_is_not_written_by_hand() {
    let mut faults = Vec::new();
    // a script in the browser has no crates
    for (name, code) in all().into_iter().filter(|(name, _)| Path::new(name).extension().is_some_and(|end| end == "rs"))
    {
        for (n, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for (words, instead, may) in BY_HAND {
                let allowed = may.iter().any(|file| name.ends_with(file)) || name.ends_with("ui/src/sources.rs");
                if words.iter().any(|word| line.contains(word)) && !allowed {
                    faults.push(format!("{name}:{}: use {instead}: {}", n + 1, line.trim()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Words that a sentence needs and that say nothing of what it is about.
const SMALL: [&str; 36] = [
    "a", "all", "an", "and", "are", "as", "at", "be", "by", "each", "for", "how", "in", "is", "it", "its", "many",
    "of", "on", "one", "or", "same", "so", "some", "that", "the", "their", "these", "this", "those", "to", "what",
    "when", "which", "who", "with",
];

/// The words of a name or a sentence, in small letters and without what makes them several: `KindRow` is kind and row.
fn words(text: &str) -> BTreeSet<String> {
    let mut parted = String::new();
    for letter in text.chars() {
        if letter.is_uppercase() {
            parted.push(' ');
        }
        parted.extend(letter.to_lowercase());
    }
    let words = parted.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !SMALL.contains(word));
    words.map(|word| word.trim_end_matches('s').to_owned()).collect()
}

/// The name of what a line declares.
fn declared(line: &str) -> Option<&str> {
    const BEFORE: [&str; 12] =
        ["pub", "crate", "super", "async", "const", "fn", "struct", "enum", "type", "trait", "static", "mod"];
    let line = line.trim_start();
    let mut names = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    names.find(|word| !BEFORE.contains(word)).filter(|_| !line.starts_with("impl") && !line.starts_with("macro_rules!"))
}

#[test]
fn a_doc_comment_says_more_than_the_name_below_it() {
    let mut faults = Vec::new();
    let of = |name: &str| name.contains("/domain/src/") || name.contains("/store/src/");
    for (name, code) in all().into_iter().filter(|(name, _)| of(name)) {
        let lines: Vec<_> = code.lines().map(str::trim_start).collect();
        let is_doc = |n: usize| lines.get(n).is_some_and(|line| line.starts_with("///"));
        for n in (0..lines.len()).filter(|&n| is_doc(n) && !is_doc(n + 1) && !(n > 0 && is_doc(n - 1))) {
            let below = lines[n + 1..].iter().find(|line| !line.starts_with("#["));
            let Some(item) = below.and_then(|line| declared(line)) else { continue };
            if words(lines[n]).is_subset(&words(item)) {
                faults.push(format!("{name}:{}: {} ({item})", n + 1, lines[n]));
            }
        }
    }
    assert!(faults.is_empty(), "say what it is, its shape, its unit, or when there is none:\n{}", faults.join("\n"));
}

/// What the browser part does in one place each, the file for it, and what is used instead elsewhere.
const BROWSER: [(&[&str], &str, &str); 4] = [
    (
        &["Closure", ".forget()"],
        "islands/src/dom.rs",
        "Leptos' timers and listeners, or dom::on, Channel, Stream, Locks",
    ),
    (
        &[
            "query_selector",
            "add_event_listener",
            "BroadcastChannel::",
            "EventSource::",
            "local_storage",
            ".closest(\"",
        ],
        "islands/src/dom.rs",
        "the functions of dom",
    ),
    (&["fetch_with", "RequestInit", "XmlHttpRequest", "send_beacon"], "islands/src/client.rs", "client"),
    (&["idb::", "indexed_db"], "islands/src/queue/device.rs", "queue"),
];

#[test]
fn the_browser_part_has_one_way_to_listen_to_ask_and_to_keep() {
    let (mut faults, mut places) = (Vec::new(), Vec::new());
    for (name, code) in all().into_iter().filter(|(name, _)| !name.ends_with("src/sources.rs")) {
        for (n, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for (words, of, instead) in BROWSER {
                match words.iter().find(|word| line.contains(**word)) {
                    Some(_) if name.ends_with(of) => places.push(of),
                    Some(word) => faults.push(format!("{name}:{}: {word}, use {instead}", n + 1)),
                    None => {}
                }
            }
            // an address stands in the contract, where the server reads it too
            let path =
                line.match_indices("\"/").any(|(at, _)| line[at + 2..].starts_with(|c: char| c.is_ascii_lowercase()));
            if path
                && (name.contains("/app/islands/") || name.contains("/app/entry/"))
                && !name.ends_with("islands/src/contract.rs")
            {
                faults.push(format!("{name}:{}: a path that contract does not have", n + 1));
            }
        }
    }
    assert!(BROWSER.iter().all(|(_, of, _)| places.contains(of)), "the places are where they were");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_names_of_the_islands_where_much_is_entered_are_those_of_their_crate() {
    let mut islands: Vec<_> = all()
        .into_iter()
        .filter(|(name, _)| name.contains("/app/entry/"))
        .flat_map(|(_, code)| {
            let after = code.split("#[island]").skip(1).filter_map(|rest| rest.split("pub fn ").nth(1));
            after.map(|rest| rest.split('(').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        })
        .collect();
    islands.sort_unstable();
    assert_eq!(islands, entry::ISLANDS, "a page with another of them is not woken");
}

/// What hears a key reads it through the table (`islands::keys`), so that none does something that help does not list.
#[test]
fn no_key_is_heard_but_through_the_table_of_keys() {
    let mut faults = Vec::new();
    for (name, code) in all()
        .into_iter()
        .filter(|(name, _)| !["islands/src/keys/listen.rs", "ui/src/sources"].iter().any(|of| name.contains(of)))
    {
        let hears = code.contains("KeyboardEvent") || code.contains("on:keydown") || code.contains("ev::keydown");
        let by_itself = [".key()", ".key_code()", ".code()", "ctrl_key()", "on:keypress", "on:keyup", "ev::keyup"];
        if hears && (by_itself.iter().any(|reads| code.contains(reads)) || !code.contains("pressed(")) {
            faults.push(name.clone());
        }
        if code.contains("accesskey=\"") || code.contains("accesskey=") && !code.contains("keys_of(") {
            faults.push(format!("{name}: accesskey"));
        }
    }
    assert!(faults.is_empty(), "give the key a line in islands::keys::KEYS and read it with pressed(): {faults:?}");
}
