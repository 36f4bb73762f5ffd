//! The sources are read: whatever makes something with an id that it is given is in the story of forms that are sent twice.

use std::{collections::BTreeSet, fs, path::Path};

use super::{ELSEWHERE, makes};

/// The functions of a file that take an id and write a row with one.
fn makers(text: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("async fn ") {
        rest = &rest[at + "async fn ".len()..];
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let whole = &rest[..rest.find("\n}").unwrap_or(rest.len())];
        let Some((head, body)) = whole.split_once('{') else { continue };
        let names_id = head.split(['(', ',', '\n', ':']).any(|word| matches!(word.trim(), "id" | "new"));
        if names_id && body.contains(" (id, ") && body.contains("insert into") || body.contains("is_new(") {
            found.push((name, body.contains("is_new(") || body.contains("stands(")));
        }
    }
    found
}

fn files(folder: &Path, under: &str, out: &mut Vec<(String, bool)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            files(&path, &format!("{under}{stem}::"), out);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            out.extend(makers(&text).into_iter().map(|(name, asks)| (format!("{under}{stem}::{name}"), asks)));
        }
    }
}

#[test]
fn every_function_that_makes_something_with_an_id_it_is_given_compares_what_comes_again() {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut found);
    let makes: BTreeSet<&str> = makes().map(|(name, _)| *name).collect();
    let elsewhere: BTreeSet<&str> = ELSEWHERE.iter().map(|(name, _)| *name).collect();
    let ours = ["belongs::", "history::", "sakerhet", "session::", "device::"];
    let missing: Vec<&str> = found
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| !ours.iter().any(|own| name.starts_with(own)))
        .filter(|name| !makes.contains(name) && !elsewhere.contains(name))
        .collect();
    assert!(
        missing.is_empty(),
        "an id that comes with a form can come again with another text: ask belongs::is_new and add it to MAKES in sent.rs: \
         {missing:?}"
    );
    for name in &makes {
        assert!(found.iter().any(|(other, asks)| other == name && *asks), "{name} does not compare");
    }
    for name in elsewhere {
        assert!(found.iter().any(|(other, _)| other == name), "{name} makes nothing any more");
    }
}
