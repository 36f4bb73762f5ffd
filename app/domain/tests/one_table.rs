//! A table is parted into records and cells in one place, `domain::table`: it knows quotes as Excel copies them, line breaks
//! inside cells and ditto marks, and a reader that splits by itself does not. The sources are read; a new one fails here.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

/// Where text is parted by a tab or a semicolon and is no table.
const ALLOWED: [(&str, &str, &str); 4] = [
    ("app/domain/src/import/word.rs", ".split([',', ';', '/', ' ', '\\n'])", "the months of one cell: 4,8,12"),
    ("app/domain/src/recurrence/months.rs", "text.split([',', ' ', ';', '/'])", "the months of one field"),
    ("server/web/src/assets.rs", ".map(|item| item.split_once(';')", "Accept-Encoding"),
    ("server/web/src/demo_enkat.rs", "line.split_once(';')", "our own file of questions for the demo"),
];

/// Whatever takes a text apart, with a tab or a semicolon among its signs.
fn parts_a_table(line: &str) -> bool {
    let takes_apart = ["split", "rsplit", "tokenize", "find(", "position("].iter().any(|word| line.contains(word));
    let signs = ["'\\t'", "\"\\t\"", "';'", "\";\"", "b';'", "b'\\t'"];
    let csv = line.contains("csv::") || line.contains("ReaderBuilder");
    csv || takes_apart && signs.iter().any(|sign| line.contains(sign))
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !["tests", "examples", "target"].iter().any(|name| path.ends_with(name)) {
                sources(&path, out);
            }
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            out.push(path);
        }
    }
}

#[test]
fn nobody_parts_a_table_but_the_reader_of_tables() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = vec![];
    for folder in ["app", "server"] {
        sources(&root.join(folder), &mut files);
    }
    assert!(files.len() > 200, "the sources are where they were: {}", files.len());
    let (mut faults, mut used) = (Vec::new(), [0; ALLOWED.len()]);
    for file in files {
        let name = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]\nmod").next().unwrap_or_default();
        for (n, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            if !parts_a_table(line) {
                continue;
            }
            match ALLOWED.iter().position(|(file, allowed, _)| name == *file && line.contains(allowed)) {
                Some(place) => used[place] += 1,
                None => faults.push(format!("{name}:{}: {}", n + 1, line.trim())),
            }
        }
    }
    assert!(
        faults.is_empty(),
        "read what is pasted or uploaded with domain::table (records, typed), or say in ALLOWED why it is no table:\n{}",
        faults.join("\n")
    );
    for ((file, allowed, _), used) in std::iter::zip(ALLOWED, used) {
        assert!(used > 0, "{file} no longer has {allowed}: take it out of ALLOWED");
    }
}

#[test]
fn the_guard_knows_a_splitter_when_it_sees_one() {
    for line in [
        r"let cells: Vec<&str> = line.split('\t').collect();",
        r"line.split(['\t', ';']).map(str::trim)",
        r#"text.split(";")"#,
        r"let reader = csv::ReaderBuilder::new();",
    ] {
        assert!(parts_a_table(line), "{line}");
    }
    assert!(!parts_a_table(r"if text.contains(['\t', '\n']) {"));
}
