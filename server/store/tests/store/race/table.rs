//! Every function that writes, and what keeps two of it apart. One that is not here fails.

use std::{collections::BTreeSet, fs, path::Path};

use crate::AREAS;

/// Who else writes is kept away by…
#[derive(Debug)]
pub enum Apart {
    /// …the version, or the state, that the statement names; raced in this story.
    Where,
    /// …a row that is held while it is read and written; raced in this story.
    Held,
    /// …nothing: each writes rows of its own, or what it writes is the same whoever is last.
    Own,
    /// …what another story shows, or the function that alone calls it.
    Elsewhere(&'static str),
}
pub use Apart::{Elsewhere, Held, Own, Where};

const TABLE: &[(&str, Apart)] = &[
    ("aktivitet::create", Held),
    ("aktivitet::ensure_reports", Held),
    ("aktivitet::remove", Where),
    ("aktivitet::update", Held),
    ("apt::bildfil::describe", Held),
    ("apt::bildfil::remove", Held),
    ("apt::bildfil::save", Held),
    ("apt::create", Held),
    ("apt::open", Elsewhere("race/mote: each change of a meeting opens it, and is raced")),
    ("apt::protokoll::create_amne", Held),
    ("apt::protokoll::create_beslut", Held),
    ("apt::protokoll::remove_beslut", Held),
    ("apt::protokoll::save_note", Held),
    ("apt::protokoll::save_present", Held),
    ("apt::punkt::create", Held),
    ("apt::punkt::create_bild", Held),
    ("apt::punkt::remove", Held),
    ("apt::punkt::remove_bild", Held),
    ("apt::punkt::step", Held),
    ("apt::punkt::step_bild", Held),
    ("apt::punkt::update", Held),
    ("apt::punkt::update_bild", Held),
    ("apt::save_mall", Where),
    ("apt::set_state", Where),
    ("apt::skarm::create", Where),
    ("apt::skarm::remove", Where),
    (
        "apt::skarm::renew",
        Elsewhere("nothing to race: who is second reads the version again, or is told that it is another"),
    ),
    ("apt::skarm::seen", Own),
    ("apt::skarm::update", Where),
    // the row of the code, which is gone with the first who uses it
    ("apt::tv::open", Where),
    ("apt::tv::renew", Own),
    ("apt::update", Where),
    ("apt::visat::save", Elsewhere("apt::set_state: kept where a meeting ends, which one of two does")),
    ("atgard::create", Held),
    ("atgard::notis::see", Own),
    ("atgard::update", Where),
    ("avvikelse::add", Held),
    ("avvikelse::bilaga::create", Held),
    ("avvikelse::bilaga::open", Own),
    ("avvikelse::bilaga::remove", Held),
    ("avvikelse::create", Held),
    (
        "avvikelse::frislappt::release",
        Elsewhere("avvikelse: the node is held, and what was released is not released again"),
    ),
    ("avvikelse::frislappt::release_all", Elsewhere("avvikelse: through release")),
    (
        "avvikelse::gallring::purge",
        Elsewhere("avvikelse: the version is named, and who is second leaves the case alone"),
    ),
    ("avvikelse::handle", Held),
    ("avvikelse::installning::set_year", Held),
    ("avvikelse::installning::update", Where),
    ("avvikelse::installning::years_held", Elsewhere("avvikelse: it holds the unit for set_year, and writes nothing")),
    ("avvikelse::open", Own),
    ("avvikelse::ord::renew", Elsewhere("avvikelse: the row of each case is held before it is read")),
    ("avvikelse::save", Where),
    ("avvikelse::set_handler", Held),
    ("avvikelse::taken_out", Own),
    ("device::logged_in", Own),
    ("device::purge", Own),
    ("enkat::antal::device_key", Own),
    ("enkat::antal::report", Elsewhere("enkat: the row of what is counted is held")),
    ("enkat::copy", Held),
    ("enkat::create", Held),
    ("enkat::create_version", Held),
    ("enkat::resultat::delete_utifran", Where),
    ("enkat::set_grades", Held),
    ("enkat::resultat::mark_fritext", Own),
    ("enkat::resultat::save_utifran", Held),
    ("enkat::resultat::set_utdelade", Held),
    ("enkat::set_state", Held),
    ("enkat::slapp::sweep", Elsewhere("enkat: through sweep_one")),
    ("enkat::slapp::sweep_one", Elsewhere("enkat: the row of the enkät is held")),
    (
        "enkat::svar::take",
        Elsewhere("plan: the door shares the enkät with whoever enters answers, and is not open to its changes"),
    ),
    ("enkat::svar::take_back", Elsewhere("enkat: an answer that is published meanwhile is no longer there to delete")),
    (
        "enkat::tabell::take_all",
        Elsewhere("enkat/tabell: the counts of the enkät are held, and its mark is there once"),
    ),
    (
        "enkat::tabell::take_all_back",
        Elsewhere("enkat/tabell: an answer that is published meanwhile is no longer there to delete"),
    ),
    ("enkat::update", Held),
    ("enkat::update_questions", Held),
    ("enkat::use_version", Held),
    ("genomforande::cell::save", Where),
    ("genomforande::close", Where),
    ("genomforande::create", Held),
    ("genomforande::purge", Elsewhere("genomforande: a run that is purged is not purged again")),
    ("genomforande::redraw", Where),
    ("genomforande::save_mall", Held),
    ("genomforande::set_apt", Where),
    ("genomforande::update_andel", Where),
    ("genomforande::update_bedomning", Where),
    ("genomforande::update_texts", Where),
    ("history::write", Own),
    ("logga::remove", Own),
    ("logga::save", Own),
    ("occurrence::begin", Where),
    ("occurrence::give_up", Where),
    ("occurrence::moved::move_back", Where),
    ("occurrence::moved::move_to", Where),
    ("occurrence::together::mark", Held),
    ("occurrence::together::undo_marks", Held),
    ("occurrence::tick", Held),
    ("occurrence::undo", Where),
    ("organisation::create_group", Own),
    ("organisation::create_node", Where),
    ("organisation::dagar::end_node", Where),
    ("organisation::dagar::remove_last", Where),
    ("organisation::dagar::set_before", Where),
    ("organisation::grupp::merge_groups", Where),
    ("organisation::grupp::move_group", Where),
    ("organisation::move_node", Where),
    ("organisation::sla_ihop::merge_nodes", Where),
    ("organisation::tillbaka::undo_merge", Where),
    ("organisation::update_group", Where),
    ("organisation::update_node", Where),
    ("person::add_role", Own),
    ("person::bump_epoch", Own),
    ("person::lista::import", Elsewhere("people: the organisation is held before it is seen who is there")),
    ("person::create", Where),
    ("person::is_last_admin", Elsewhere("race/folk: through remove_role")),
    ("person::must_change", Own),
    ("person::remove_role", Held),
    ("person::set_active", Where),
    ("person::set_password", Own),
    ("person::update", Where),
    ("valkommen::dismiss", Own),
    // of both kinds
    ("plan::copy_plan_of", Elsewhere("race/plan: copy_plan is a call of it, and is raced")),
    ("plan::create", Own),
    ("plan::remove", Where),
    ("plan::restore", Where),
    (
        "plan::undo_copy",
        Elsewhere("plan: it holds the unit as copy_plan does, and each statement names the version it saw"),
    ),
    ("plan::update", Where),
    ("sakerhet::bekraftelse::administrators", Elsewhere("sakerhet: the row of the topmost node is held")),
    ("sakerhet::bekraftelse::confirm", Elsewhere("sakerhet: of two who answer at once one finds nothing")),
    ("sakerhet::bekraftelse::decline", Elsewhere("sakerhet: of two who answer at once one finds nothing")),
    ("sakerhet::bekraftelse::give", Elsewhere("sakerhet: the row of the node is held")),
    ("sakerhet::bekraftelse::turn_on", Elsewhere("sakerhet: the row of the topmost node is held")),
    ("sakerhet::count_unknown", Own),
    ("sakerhet::purge", Own),
    ("sakerhet::see", Own),
    ("sakerhet::set_months", Own),
    ("sakerhet::write", Own),
    ("session::delete", Own),
    ("session::delete_expired", Own),
    ("session::fail", Where),
    ("session::fail_at", Own),
    ("schedule::recount", Elsewhere("counted: after update, which holds the row of the control")),
    ("session::forgive", Own),
    ("session::forgive_at", Own),
    ("session::end", Own),
    ("session::end_others", Own),
    ("session::keep_of", Where),
    ("session::save_of", Own),
    ("utkast::konto", Own),
    ("utkast::purge", Own),
    ("utkast::replace", Elsewhere("race/folk: through set_password, and writes the same whoever is last")),
];

/// The table, and what the areas bring.
fn table() -> impl Iterator<Item = &'static (&'static str, Apart)> {
    TABLE.iter().chain(AREAS.iter().flat_map(|area| area.kept))
}

/// What only a function that writes has in its body.
const SIGNS: [&str; 10] = [
    "held(tx",
    "execute!(",
    "record(",
    "write(",
    "insert(tx",
    "opened(",
    ".system(true)",
    ".hold(",
    "hold_admins(",
    "sweep_one(",
];

/// The public functions of a file that write, by their names.
fn writers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\npub async fn ") {
        rest = &rest[at + "\npub async fn ".len()..];
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        // a function ends with a brace at the beginning of a line
        let body = &rest[..rest.find("\n}").unwrap_or(rest.len())];
        if SIGNS.iter().any(|sign| body.contains(sign)) {
            found.push(name);
        }
    }
    found
}

fn files(folder: &Path, under: &str, out: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            files(&path, &format!("{under}{stem}::"), out);
        } else if stem != "lib" {
            let text = fs::read_to_string(&path).unwrap();
            out.extend(writers(&text).into_iter().map(|name| format!("{under}{stem}::{name}")));
        }
    }
}

#[test]
fn every_function_that_writes_says_what_keeps_two_of_it_apart() {
    let mut found = BTreeSet::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut found);
    // these two are what their module gives under its own name, and those of reports are calls of the first
    let found: BTreeSet<String> = found
        .into_iter()
        .map(|name| name.replace("genomforande::mall::", "genomforande::"))
        .filter(|name| !name.starts_with("aktivitet::ensure_reports_"))
        .collect();
    let said: BTreeSet<String> = table().map(|(name, _)| (*name).to_owned()).collect();
    let missing: Vec<&String> = found.difference(&said).collect();
    assert!(
        missing.is_empty(),
        "say in race/table.rs what keeps two of these apart (a version or state in the where, or a row that is held), and \
         race it: {missing:?}"
    );
    let gone: Vec<&String> = said.difference(&found).collect();
    assert!(gone.is_empty(), "these write no longer: {gone:?}");
    assert!(table().all(|(_, kept)| !matches!(kept, Elsewhere(why) if why.is_empty())));
}

/// The stories that race, without this: each with what its names of modules stand for.
fn stories(folder: &Path, out: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            stories(&path, out);
        } else if !path.ends_with("race/table.rs") {
            out.extend(fs::read_to_string(&path).ok().filter(|text| text.contains(".race(")));
        }
    }
}

/// Whether a story that races calls a function: by its module's name, or by another that the story has given it.
fn is_raced(story: &str, module: &str, function: &str) -> bool {
    let other = story.lines().map(str::trim).find_map(|line| line.strip_prefix(module)?.strip_prefix(" as "));
    let other = other.map(|name| name.trim_end_matches([',', ';']));
    let called = |module: &str| {
        story.match_indices(&format!("{module}::{function}")).any(|(at, name)| {
            let before = story[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
            !before && ["(", "::<"].iter().any(|call| story[at + name.len()..].starts_with(call))
        })
    };
    called(module) || other.is_some_and(called)
}

#[test]
fn what_is_said_to_be_raced_is() {
    let mut texts = Vec::new();
    stories(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/store"), &mut texts);
    let raced = |name: &str| {
        let mut parts = name.rsplit("::");
        let (function, module) = (parts.next().unwrap(), parts.next().unwrap());
        texts.iter().any(|story| is_raced(story, module, function))
    };
    let not: Vec<&str> =
        table().filter(|(_, kept)| matches!(kept, Where | Held)).map(|(name, _)| *name).filter(|n| !raced(n)).collect();
    assert!(not.is_empty(), "race these, or say in race/table.rs where else it is shown: {not:?}");
}
