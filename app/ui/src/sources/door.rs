//! Who has which key: pages and server functions ask through their request, and the program's own transactions are few.

use super::all;

/// The files that open a transaction of the program itself, and why nobody's permission is asked there.
const PROGRAM: [(&str, &str); 14] = [
    ("web/src/demo.rs", "fills the database of the demo"),
    ("web/src/state.rs", "whether anybody has an account, before anybody can"),
    ("web/src/start.rs", "makes the first administrator, for who has the token of the log"),
    ("web/src/server.rs", "jobs"),
    ("web/src/kolada.rs", "a job: fetches what series are compared with"),
    ("web/src/sakerhet.rs", "writes down what was refused, whoever it was"),
    ("web/src/user.rs", "the command line"),
    ("web/src/import/cli.rs", "the command line"),
    ("web/src/tv.rs", "opens a screen for who types its code"),
    ("web/src/live.rs", "notes that a screen was seen"),
    ("web/src/session.rs", "sessions: who asks is what they say"),
    ("web/src/login.rs", "nobody is anybody yet"),
    ("web/src/throttle.rs", "nobody is anybody yet"),
    ("store/src/", "the jobs of the store, and its own questions"),
];

fn lines<'a>(code: &'a str, with: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    let code = code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    code.filter(move |(_, line)| line.contains(with)).map(|(n, line)| (n + 1, line.trim()))
}

#[test]
fn a_page_has_its_request_and_no_other_key_to_the_database() {
    let mut faults = Vec::new();
    for (name, code) in all().into_iter().filter(|(name, _)| name.contains("/app/ui/src/")) {
        if name.contains("/sources") {
            continue;
        }
        // the words themselves: an ObjectStore of the browser is another
        let is_word = |line: &str, word: &str| line.split(|c: char| !c.is_alphanumeric()).any(|w| w == word);
        for key in ["Store", "Door", ".system(", ".act_as("] {
            let own = key == "Door" && name.ends_with("/ctx.rs");
            let found = lines(&code, key).filter(|(_, line)| !own && (key.starts_with('.') || is_word(line, key)));
            faults.extend(found.map(|(n, line)| format!("{name}:{n}: {line}")));
        }
    }
    assert!(faults.is_empty(), "ask through `Ctx`, which says who asks:\n{}", faults.join("\n"));
}

#[test]
fn the_files_where_the_program_itself_asks_are_known_each_with_its_reason() {
    let all = all();
    let opens =
        |name: &str| all.iter().any(|(file, code)| file.contains(name) && lines(code, ".system(").next().is_some());
    let mut faults: Vec<String> = PROGRAM
        .iter()
        .filter(|(name, _)| !opens(name))
        .map(|(name, _)| format!("{name} opens none any more"))
        .collect();
    for (file, code) in &all {
        if !file.contains("/sources") && !PROGRAM.iter().any(|(name, _)| file.contains(name)) {
            faults.extend(lines(code, ".system(").map(|(n, line)| format!("{file}:{n}: {line}")));
        }
    }
    assert!(faults.is_empty(), "what a person asks for goes through the door:\n{}", faults.join("\n"));
}

/// The files of pages where a role is named, and why nobody's permission is decided by it there.
const ROLES: [(&str, &str); 4] = [
    ("ui/src/routes.rs", "which entries of the menu a role uses daily; who sees them is asked of the table"),
    ("ui/src/login/mod.rs", "what a role meets in the demo, in words"),
    ("ui/src/admin/mod.rs", "the roles that can be chosen"),
    ("ui/src/admin/api.rs", "the role that was chosen"),
];

#[test]
fn who_may_is_decided_in_the_domain_and_not_by_the_role_that_a_page_finds() {
    let mut faults = Vec::new();
    for (name, code) in all().into_iter().filter(|(name, _)| name.contains("/app/ui/src/")) {
        if name.contains("/sources") {
            continue;
        }
        for asks in
            ["Role::", "grants.holds(", "grants.leads(", "grants.has(", "mote.is_run_by(", "role == ", "role != "]
        {
            let listed = asks.starts_with("Role") && ROLES.iter().any(|(file, _)| name.ends_with(file));
            // a word of its own: the struct of a server function is no role
            let is_word =
                |line: &str| line.match_indices(asks).any(|(at, _)| !line[..at].ends_with(char::is_alphanumeric));
            let found = lines(&code, asks).filter(|(_, line)| !listed && is_word(line));
            faults.extend(found.map(|(n, line)| format!("{name}:{n}: {line}")));
        }
    }
    assert!(faults.is_empty(), "give it a name in domain, with a test:\n{}", faults.join("\n"));
}
