//! The command line, as whoever installs the program meets it: the real program with real variables.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("kvalitet-{}", uuid::Uuid::new_v4().simple()));
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    fn database(&self) -> String {
        format!("sqlite://{}/kvalitet.db", self.0.display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs the program in the folder, with nothing of the environment but this.
fn run(folder: &Folder, words: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kvalitetshjulet"))
        .current_dir(&folder.0)
        .env_clear()
        .envs(variables.iter().copied())
        .args(words)
        .output()
        .unwrap()
}

/// The one line that says what is wrong, when nothing was said to be done.
fn refusal(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!output.status.success(), "{out}");
    assert_eq!(out, "", "nothing is said to be done");
    let said: Vec<&str> = err.lines().collect();
    assert_eq!(said.len(), 1, "{err}");
    assert!(said[0].starts_with("Fel: ") && said[0].ends_with('.'), "{err}");
    for foreign in ["Error", "error", "{", "Some(", "unable to"] {
        assert!(!said[0].contains(foreign), "{foreign}: {err}");
    }
    said[0].to_owned()
}

const EVERY: [&[&str]; 6] = [
    &[],
    &["serve"],
    &["demo"],
    &["migrate"],
    &["user", "list"],
    &["import", "egenkontroll", "plan.csv", "--enhet", "Enheten", "--ar", "2026"],
];

#[test]
fn a_database_that_would_be_gone_afterwards_is_refused_by_every_command_before_anything_is_done() {
    let folder = Folder::new();
    for words in EVERY {
        for url in ["sqlite://", "sqlite::memory:", "sqlite://:memory:", "sqlite://?mode=memory", "sqlite:///tmp/"] {
            let said = refusal(&run(&folder, words, &[("KVALITET_DATABASE", url)]));
            assert!(said.contains("Ange en fil"), "{words:?}, {url}: {said}");
        }
    }
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 0, "and no file is made");
}

#[test]
fn a_database_that_cannot_be_opened_is_one_sentence_that_says_what_to_do() {
    let folder = Folder::new();
    let at = |name: &str| format!("sqlite://{}/{name}", folder.0.display());
    fs::write(folder.0.join("brev.db"), "Hej. Det här är ett brev och ingen databas. ".repeat(200)).unwrap();
    fs::write(folder.0.join("plan.csv"), "").unwrap();
    let cases = [
        (at("finns-inte/kvalitet.db"), "mappen finns"),
        (at("brev.db"), "ingen databas"),
        ("postgres://kvalitet:hemligt@127.0.0.1:1/kvalitet".to_owned(), "svarar inte"),
        ("postgres://kvalitet:hemligt@127.0.0.1:port/kvalitet".to_owned(), "kan inte tolkas"),
    ];
    for (url, word) in cases {
        for words in [EVERY[0], EVERY[3], EVERY[4]] {
            let said =
                refusal(&run(&folder, words, &[("KVALITET_DATABASE", &url), ("KVALITET_LISTEN", "127.0.0.1:0")]));
            assert!(said.contains(word) && !said.contains("hemligt"), "{words:?}, {url}: {said}");
        }
    }
}

#[test]
fn a_plan_of_a_mac_is_read_on_the_command_line_and_said_and_another_way_can_be_chosen() {
    let folder = Folder::new();
    let database = folder.database();
    let variables = [("KVALITET_DATABASE", database.as_str())];
    let add =
        ["user", "add", "--email", "a@demo.se", "--name", "Administratör", "--roll", "admin", "--enhet", "Staden"];
    assert!(run(&folder, &add, &variables).status.success());
    let text = "Kontrollmål;Hur ofta\nÅterkoppling på ärenden;varje år\n";
    fs::write(folder.0.join("plan.csv"), encoding_rs::MACINTOSH.encode(text).0).unwrap();
    fs::write(folder.0.join("annan.csv"), b"Kontrollm;Hur ofta\n\xd0\xf0\xfe;x\n").unwrap();
    let import = |file: &str, more: &[&str]| {
        let words = ["import", "egenkontroll", file, "--enhet", "Staden", "--ar", "2026", "--dry-run"];
        let output = run(&folder, &[&words[..], more].concat(), &variables);
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    // the tree has no unit: what is asked for here is that the file was read before that is said
    let said = import("annan.csv", &[]);
    assert!(said.contains("--kodning windows, macintosh eller cp850"), "{said}");
    for more in [&[][..], &["--kodning", "macintosh"]] {
        let said = import("plan.csv", more);
        assert!(said.contains("Det finns ingen enhet"), "{said}");
    }
    assert!(import("plan.csv", &["--kodning", "ebcdic"]).contains("välj en av windows, macintosh, cp850"));
}

#[test]
fn an_installation_that_lists_every_variable_and_fills_in_some_works() {
    let folder = Folder::new();
    let names = [
        "KVALITET_LISTEN",
        "KVALITET_PUBLIC_URL",
        "KVALITET_TRUSTED_PROXY",
        "KVALITET_IDLE",
        "KVALITET_TODAY",
        "KVALITET_ATTACHMENT_KEY",
        "KVALITET_ATTACHMENT_KEYS_EARLIER",
        "KVALITET_LIMITS",
        "KVALITET_LOG",
    ];
    for empty in ["", "  "] {
        let mut variables: Vec<(&str, &str)> = names.iter().map(|name| (*name, empty)).collect();
        let database = folder.database();
        variables.push(("KVALITET_DATABASE", &database));
        let output = run(&folder, &["migrate"], &variables);
        assert!(output.status.success(), "{empty:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(String::from_utf8_lossy(&output.stdout), "Databasen är uppdaterad.\n");
    }
    // an empty address is none: the file in the folder
    let output = run(&folder, &["migrate"], &[("KVALITET_DATABASE", "")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(folder.0.join("kvalitetshjulet.db").exists());
}

#[test]
fn yes_and_no_are_read_in_the_words_that_installations_use() {
    let folder = Folder::new();
    let database = folder.database();
    let with = |value: &str| {
        let variables = [("KVALITET_DATABASE", database.as_str()), ("KVALITET_TRUSTED_PROXY", value)];
        run(&folder, &["user", "list"], &variables)
    };
    for value in ["1", "0", "yes", "no", "true", "false", "ja", "nej", "Ja", "TRUE"] {
        let output = with(value);
        assert!(output.status.success(), "{value}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let output = with("kanske");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("skriv ja eller nej"));
}
