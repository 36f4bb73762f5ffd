//! What is compared is compared in one form, `domain::text::compared`: small letters alone do not see that a soft hyphen is
//! nothing and that `a` and a ring are `å`. Read from the source, so that the next one is seen.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Each with why.
const MAY: &[&str] = &[
    // the names of parts within a file of Word, in ASCII
    "bilaga/kind/docx.rs",
    // cells of pasted tables: cleaned with the form that they came in
    "enkat/resultat.rs",
    "genomforande/reference",
];

fn files(folder: &Path, out: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            out.push((path, text));
        }
    }
}

/// Whether small letters are made to put something among others, to find it there, to sort it, or to see whether it is the same.
fn compares(line: &str) -> bool {
    let Some((before, after)) = line.split_once(".to_lowercase()") else { return false };
    let among = ["insert(", ".get(", "contains(", "sort", "entry("].iter().any(|word| before.contains(word));
    let same = [" ==", " !="].iter().any(|sign| after.starts_with(sign));
    (among || same) && !before.ends_with("label()")
}

#[test]
fn what_is_compared_is_compared_in_one_form() {
    assert!(compares("seen.insert(word.to_lowercase())") && compares("node.name.to_lowercase() == wanted"));
    assert!(!compares("format!(\"är {}\", to.label().to_lowercase())"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all = vec![];
    for folder in
        ["app/domain/src", "app/entry/src", "app/islands/src", "app/ui/src", "server/store/src", "server/web/src"]
    {
        files(&root.join(folder), &mut all);
    }
    let found: Vec<String> = all
        .iter()
        .filter(|(path, _)| !MAY.iter().any(|may| path.to_string_lossy().contains(may)))
        .flat_map(|(path, text)| {
            text.lines().filter(|line| compares(line)).map(move |line| format!("{}: {}", path.display(), line.trim()))
        })
        .collect();
    assert!(found.is_empty(), "use domain::text::compared: {found:#?}");
}
