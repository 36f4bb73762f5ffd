//! Links that somebody else gives us: from a form, from the address, from what was stored. None of them leads to another site.

use crate::text::is_clean;

/// The longest address that is a link of ours, in bytes.
const LINK_MAX: usize = 2_000;

/// The link, when it is a path on this site, with or without query and fragment. `None` for all else.
///
/// Browsers read `//host`, `/\host` and `\\host` as another site, and leave tabs and line breaks out of an address before they
/// read it, so that `/\t/host` is one too. No link of ours has any of them.
#[must_use]
pub fn local(link: &str) -> Option<&str> {
    let stays = link.starts_with('/') && !link.starts_with("//") && link.len() <= LINK_MAX;
    let plain = !link.contains(|c: char| c == '\\' || c.is_control()) && is_clean(link);
    (stays && plain).then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_ours_is_a_link() {
        for link in ["/", "/arshjul?ar=2026#fel", "/sok?q=å ä", "/apt/1//2", "/%09/x"] {
            assert_eq!(local(link), Some(link));
        }
    }

    #[test]
    fn nothing_that_a_browser_reads_as_another_site_is() {
        for link in [
            "//ond.se",
            "/\\ond.se",
            "\\\\ond.se",
            "/\t/ond.se",
            "/\n/ond.se",
            "/\r\n/ond.se",
            "\t//ond.se",
            " //ond.se",
            "/\0/ond.se",
            "/\u{85}/ond.se",
            "/\u{200b}/ond.se",
            "/\u{202e}/ond.se",
            "https://ond.se",
            "https:/ond.se",
            "javascript:alert(1)",
            "ond.se",
            "",
        ] {
            assert_eq!(local(link), None, "{link:?}");
        }
        assert_eq!(local(&format!("/{}", "a".repeat(LINK_MAX))), None);
    }
}
