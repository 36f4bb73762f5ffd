//! The fields of every server function, read from the source: what a form can send is what stands there, so a new field
//! cannot be forgotten.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A server function and its fields with their types. A form in a struct is opened: `form[title]`.
#[derive(Debug)]
pub struct Function {
    pub name: String,
    pub fields: Vec<(String, String)>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app")
}

fn files(folder: &Path, into: &mut Vec<(PathBuf, String)>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            into.push((path, text));
        }
    }
}

/// What stands between an opening sign at `at` and the one that closes it.
fn within(text: &str, at: usize, open: char, close: char) -> &str {
    let mut depth = 0;
    for (i, c) in text[at..].char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return &text[at + open.len_utf8()..at + i];
            }
        }
    }
    panic!("{open} without {close}")
}

/// `name: Type` of each part between commas, without attributes, comments and `pub`.
fn pairs(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().map(|l| l.split("//").next().unwrap_or_default());
    let mut plain = lines.collect::<Vec<_>>().join(" ");
    while let Some(at) = plain.find("#[") {
        let length = within(&plain, at + 1, '[', ']').len() + 3;
        plain.replace_range(at..at + length, "");
    }
    let (mut parts, mut depth, mut part) = (Vec::new(), 0, String::new());
    for c in plain.chars() {
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    parts.push(part);
    let of = |part: String| {
        let (name, kind) = part.split_once(':')?;
        let name = name.trim().trim_start_matches("pub ").trim().to_owned();
        Some((name, kind.split_whitespace().collect::<String>()))
    };
    parts.into_iter().filter_map(of).collect()
}

/// The fields of a form's struct: the one that is alone with its name, or that of the area. Those of a kind of plan follow from
/// the list of its columns; what is flattened into a form lies beside its own.
fn fields_of(form: &str, area: &str, domain: &[(PathBuf, String)]) -> Option<Vec<(String, String)>> {
    let name = form.rsplit("::").next()?;
    let area = form.split_once("::").map_or(area, |(module, _)| module);
    let head = format!("pub struct {name} {{");
    let columns = format!("macro_rules! {area}_columns {{");
    if let Some((_, text)) = domain.iter().find(|(_, text)| name == "Form" && text.contains(&columns)) {
        let list = within(text, text.find(&columns)? + columns.len() - 1, '{', '}');
        let named =
            list.lines().filter(|line| line.trim_end().ends_with("\";")).filter_map(|line| line.split_once(':'));
        let own = named.map(|(name, _)| (name.trim().to_owned(), "String".to_owned()));
        // what the macro adds to them
        let rest =
            [("when", "Fields"), ("counted_from", "String")].map(|(name, kind)| (name.to_owned(), kind.to_owned()));
        return Some(flattened(own.chain(rest), domain));
    }
    let mut found: Vec<&(PathBuf, String)> = domain.iter().filter(|(_, text)| text.contains(&head)).collect();
    if found.len() > 1 {
        let file = |path: &Path| path.file_stem().is_some_and(|stem| stem == area);
        // of a folder of its own where no file is called as the area
        let folder = |path: &Path| path.parent().and_then(Path::file_name).is_some_and(|name| name == area);
        let by_file = found.iter().any(|(path, _)| file(path));
        found.retain(|(path, _)| if by_file { file(path) } else { folder(path) });
    }
    let (_, text) = found.first()?;
    let at = text.find(&head)? + head.len() - 1;
    Some(flattened(pairs(within(text, at, '{', '}')), domain))
}

/// With the fields of when, by their names on the wire, in place of the one that holds them.
fn flattened(
    fields: impl IntoIterator<Item = (String, String)>,
    domain: &[(PathBuf, String)],
) -> Vec<(String, String)> {
    const HEAD: &str = "pub struct Fields {";
    let mut out = Vec::new();
    for (name, kind) in fields {
        if kind != "Fields" {
            out.push((name, kind));
            continue;
        }
        let (_, text) = domain.iter().find(|(path, _)| path.ends_with("recurrence/form.rs")).unwrap();
        let text = within(text, text.find(HEAD).unwrap() + HEAD.len() - 1, '{', '}');
        for (field, kind) in pairs(text) {
            let before = text.split(&format!("pub {field}:")).next().unwrap().lines().rev().nth(1).unwrap_or_default();
            let renamed = before.trim().strip_prefix("#[serde(rename = \"").and_then(|rest| rest.split('"').next());
            out.push((renamed.map_or(field, str::to_owned), kind));
        }
    }
    out
}

/// All of them.
pub fn functions() -> Vec<Function> {
    let (mut ui, mut domain) = (Vec::new(), Vec::new());
    files(&root().join("ui/src"), &mut ui);
    files(&root().join("domain/src"), &mut domain);
    let mut out = Vec::new();
    for (path, text) in &ui {
        // `apt/skarm_api.rs` is about `skarm`, `apt/api.rs` about `apt`
        let stem = path.file_stem().unwrap().to_string_lossy();
        let area = match stem.strip_suffix("_api") {
            Some(area) => area.to_owned(),
            None => path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned(),
        };
        for (at, _) in text.match_indices("#[server(endpoint = \"") {
            let name = text[at..].split('"').nth(1).unwrap().to_owned();
            let head = at + text[at..].find("pub async fn ").unwrap();
            let arguments = pairs(within(text, head + text[head..].find('(').unwrap(), '(', ')'));
            let mut fields = Vec::new();
            for (argument, kind) in arguments {
                match fields_of(&kind, &area, &domain).filter(|_| kind.ends_with("Form")) {
                    Some(inside) => {
                        fields.extend(inside.into_iter().map(|(field, kind)| (format!("{argument}[{field}]"), kind)));
                    }
                    None => fields.push((argument, kind)),
                }
            }
            for (field, kind) in &mut fields {
                // as a form sends several
                if kind.starts_with("Vec<") {
                    field.push_str("[]");
                }
            }
            out.push(Function { name, fields });
        }
    }
    out
}

/// The type of an id that a field holds, one or several.
pub fn id_type(kind: &str) -> Option<&str> {
    let kind = ["Vec<", "Option<"].iter().find_map(|w| kind.strip_prefix(w)).map_or(kind, |k| k.trim_end_matches('>'));
    (kind == "Uuid" || kind.ends_with("Id")).then_some(kind)
}

#[test]
fn the_forms_of_both_plans_and_of_an_activity_are_opened_with_when() {
    let all = functions();
    let fields = |name: &str| -> Vec<String> {
        all.iter().find(|f| f.name == name).unwrap().fields.iter().map(|(field, _)| field.clone()).collect()
    };
    for (name, own) in [
        ("create_egenkontroll", ["form[number]", "form[responsible]", "form[laid_on_units]"]),
        ("update_internkontroll", ["form[sannolikhet]", "form[utfors_av]", "form[kontrollansvarig]"]),
        ("create_aktivitet", ["form[title]", "form[category]", "form[responsible]"]),
    ] {
        let fields = fields(name);
        let when = ["form[recurrence]", "form[months][]", "form[weekdays][]", "form[start]", "form[visa]"];
        for field in own.iter().chain(&when) {
            assert!(fields.iter().any(|f| f == field), "{name} has no {field}: {fields:?}");
        }
    }
    assert!(fields("create_egenkontroll").contains(&"form[counted_from]".to_owned()));
}
