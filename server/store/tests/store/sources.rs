//! The sources of the store are read, for what no type holds.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

fn limits(folder: &Path, out: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            limits(&path, out);
        } else if fs::read_to_string(&path).unwrap().contains("limit $") {
            out.push(path.display().to_string());
        }
    }
}

#[test]
fn how_many_rows_are_wanted_does_not_make_a_query_anew() {
    let mut found = Vec::new();
    limits(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    // SQLite plans by a limit that is bound as it stands, and so prepares the query again each time one is bound
    assert!(found.is_empty(), "write limit cast($1 as bigint): {found:?}");
}
