//! What the sources and the documents name is in the repository: a comment that says `docs/lag.md 2` finds the page and its
//! second section, and a document that names a file of the source finds it. One that was moved fails here.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

/// Where the sources are.
const SOURCES: [&str; 6] = ["app", "server", "style", "scripts", "migrations", "end2end"];
/// What is not ours.
const SKIPPED: [&str; 6] = ["node_modules", "target", "test-results", "playwright-report", "bilder", "testdata"];
/// Files that comments stand in.
const KINDS: [&str; 9] = ["rs", "css", "js", "ts", "mjs", "sh", "sql", "toml", "yml"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, kinds: &[&str], deep: bool, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if deep && !SKIPPED.iter().any(|name| path.ends_with(name)) {
                files(&path, kinds, deep, out);
            }
        } else if path.extension().is_some_and(|e| kinds.iter().any(|kind| e == *kind)) {
            out.push(path);
        }
    }
}

/// The words of a line that can be paths, and what follows each. One with a place that is to be filled in (`<area>`, `*`) is
/// none; the sentence's own full stop is no part of it.
fn paths(line: &str) -> Vec<(&str, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || "/._-<>*{}…:".contains(c);
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(start) = line[from..].find(is_part).map(|at| from + at) {
        let end = line[start..].find(|c| !is_part(c)).map_or(line.len(), |at| start + at);
        let word = line[start..end].trim_end_matches(['.', ':']);
        if !word.contains(['<', '>', '*', '{', '}', '…', ':']) && !word.starts_with('/') {
            found.push((word, &line[start + word.len()..]));
        }
        from = end;
    }
    found
}

/// The documents that a line names, each with the number of the section that it names.
fn documents(line: &str) -> Vec<(&str, Option<u32>)> {
    let named =
        paths(line).into_iter().filter(|(word, _)| word.strip_suffix(".md").is_some_and(|stem| !stem.is_empty()));
    named
        .map(|(word, rest)| {
            let digits: String =
                rest.strip_prefix(' ').unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
            (word, digits.parse().ok())
        })
        .collect()
}

/// What is wrong with naming it so.
fn fault(root: &Path, document: &str, section: Option<u32>) -> Option<String> {
    let Ok(text) = std::fs::read_to_string(root.join(document)) else {
        return Some(format!("{document} is not in the repository"));
    };
    let section = section?;
    let has = text.lines().any(|line| line.starts_with(&format!("## {section}. ")));
    (!has).then(|| format!("{document} has no section {section}"))
}

#[test]
fn a_document_that_a_comment_names_is_there_with_its_section() {
    let root = root();
    let mut all = vec![root.join("Makefile"), root.join("Cargo.toml")];
    for folder in SOURCES {
        files(&root.join(folder), &KINDS, true, &mut all);
    }
    assert!(all.len() > 300, "the sources are where they were: {}", all.len());
    let (mut faults, mut sections) = (Vec::new(), 0);
    for file in all.iter().filter(|file| !file.ends_with("tests/named_documents.rs")) {
        let name = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(file).unwrap();
        for (n, line) in text.lines().enumerate() {
            for (document, section) in documents(line) {
                sections += usize::from(section.is_some());
                faults.extend(fault(&root, document, section).map(|why| format!("{name}:{}: {why}", n + 1)));
            }
        }
    }
    assert!(sections > 10, "comments name sections: {sections}");
    assert!(faults.is_empty(), "name a document by its path from the root:\n{}", faults.join("\n"));
}

#[test]
fn a_file_that_a_document_names_is_there() {
    let root = root();
    let mut all = vec![];
    files(&root, &["md"], false, &mut all);
    files(&root.join("docs"), &["md"], false, &mut all);
    assert!(all.len() > 8, "the documents are where they were: {}", all.len());
    let (mut faults, mut named) = (Vec::new(), 0);
    for file in &all {
        let text = std::fs::read_to_string(file).unwrap();
        for (n, line) in text.lines().enumerate() {
            // links among the documents are named from where they stand
            let links = line.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
            let links = links
                .filter(|link| !link.is_empty() && !link.contains("://"))
                .map(|link| (file.parent().unwrap(), link));
            let of_source = |word: &str| SOURCES.iter().any(|folder| word.starts_with(&format!("{folder}/")));
            let sources =
                paths(line).into_iter().filter(|(word, _)| of_source(word)).map(|(word, _)| (root.as_path(), word));
            for (folder, path) in links.chain(sources) {
                named += 1;
                if !folder.join(path).exists() {
                    faults.push(format!("{}:{}: {path}", file.file_name().unwrap().to_string_lossy(), n + 1));
                }
            }
        }
    }
    assert!(named > 60, "documents name files: {named}");
    assert!(faults.is_empty(), "these are not in the repository:\n{}", faults.join("\n"));
}

#[test]
fn the_guard_knows_a_name_when_it_sees_one() {
    assert_eq!(documents("/// fixed by law (docs/lag.md 2)."), [("docs/lag.md", Some(2))]);
    assert_eq!(
        documents("-- docs/anonymitet.md says how; domain.md."),
        [("docs/anonymitet.md", None), ("domain.md", None)]
    );
    assert_eq!(documents("// https://example.org/README.md, migrations/*/x.md, <area>.md, .md"), []);
    let root = root();
    assert!(fault(&root, "domain.md", None).is_some() && fault(&root, "docs/lag.md", Some(99)).is_some());
    assert_eq!(fault(&root, "docs/lag.md", Some(1)), None);
}
