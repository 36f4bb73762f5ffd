//! Downloads: what a file is called when it is saved.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What of a name stands as it is in `filename*=UTF-8''…` (RFC 8187): a comma or a colon would begin something else.
const FILE_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// `attachment; filename="protokoll-apt-arsta-2026-11.docx"; filename*=UTF-8''protokoll-apt-%C3%A5rsta-2026-11.docx`: the first
/// for what reads no more, the second with its own letters where it has others.
#[must_use]
pub fn disposition(name: &str, ending: &str) -> String {
    let file = format!("{name}.{ending}");
    let own = utf8_percent_encode(&file, FILE_NAME);
    let plain = format!("attachment; filename=\"{}.{ending}\"", ascii(name));
    if file.is_ascii() { plain } else { format!("{plain}; filename*=UTF-8''{own}") }
}

/// The same of a name that was given with its ending, by whoever sent the file.
#[must_use]
pub fn as_sent(name: &str) -> String {
    format!("attachment; filename*=UTF-8''{}", utf8_percent_encode(name, FILE_NAME))
}

/// Letters and figures that every system takes, with hyphens between words.
#[must_use]
pub fn ascii(name: &str) -> String {
    let words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).map(domain::import::fold).collect();
    let ascii = words.into_iter().map(|w| w.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
    let name = ascii.filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-");
    if name.is_empty() { "fil".to_owned() } else { name.chars().take(120).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_saved_under_its_own_letters_and_under_ones_that_every_system_takes() {
        assert_eq!(
            disposition("protokoll-apt-årsta-2026-11", "docx"),
            "attachment; filename=\"protokoll-apt-arsta-2026-11.docx\"; \
             filename*=UTF-8''protokoll-apt-%C3%A5rsta-2026-11.docx"
        );
        assert_eq!(disposition("mall-plan", "xlsx"), "attachment; filename=\"mall-plan.xlsx\"");
        assert_eq!(ascii("\"../../etc\"; x=\r\n"), "etc-x");
        assert_eq!(ascii("🙂"), "fil");
        assert_eq!(as_sent("a,b.pdf"), "attachment; filename*=UTF-8''a%2Cb.pdf");
    }

    /// Whatever writes a name of its own forgets the letters, the unit or the month.
    #[test]
    fn every_file_is_named_here() {
        fn look(folder: &std::path::Path, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    look(&path, found);
                } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("download.rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    if text.contains("attachment; filename") {
                        found.push(path.display().to_string());
                    }
                }
            }
        }
        let mut found = vec![];
        look(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        assert!(found.is_empty(), "download::disposition names files: {found:?}");
    }
}
