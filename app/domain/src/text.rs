//! Text as it comes in: one form of it, so that what looks the same is the same, and nothing is there that cannot be seen.
//!
//! Whatever a person or another program gives us passes [`clean`] once, where it is decoded: forms and addresses in
//! `web::form` and `web::address`, cells of a file in `web::import`, words of a command in `web::config`. Behind that no rule,
//! query or document meets anything else: a text can be stored by PostgreSQL (which has no U+0000), written into XML 1.0
//! (which has no other control characters either) and reads in the order in which it is written.

use std::borrow::Cow;

use composed::{composed, into_composed, is_composed};

mod composed;

/// The text in the form that we keep:
///
/// | what | becomes |
/// |---|---|
/// | `\r\n`, a lone `\r`, U+000B, U+000C, U+0085, U+2028, U+2029 | `\n` |
/// | other control characters (U+0000–1F, U+007F–9F) but for `\n` and `\t` | nothing |
/// | what turns the direction of the text: U+202A–202E, U+2066–2069 | nothing |
/// | what is not seen: soft hyphen U+00AD, U+200B, U+FEFF | nothing |
/// | code points that are no characters and never will be: U+FFFE, U+FFFF and their like | nothing |
/// | a blank that does not break: U+00A0, U+2007, U+202F | a blank |
/// | the rest | NFC: `a` and a ring are `å` |
///
/// Joiners (U+200C, U+200D) stay: languages and emoji are written with them. To clean what is clean changes nothing.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    // almost all text
    if text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t')) || is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        match kept(c) {
            // the second half of a line break
            Some('\n') if c == '\n' && after_return => {}
            Some(c) => out.push(c),
            None => {}
        }
        after_return = c == '\r';
    }
    Cow::Owned(into_composed(out))
}

/// Whether [`clean`] leaves the text as it is.
#[must_use]
pub fn is_clean(text: &str) -> bool {
    text.chars().all(|c| kept(c) == Some(c)) && is_composed(text)
}

/// A text as it is compared: clean, in small letters, and without what is not seen at all. Joiners, marks of direction and
/// signs that only choose how a letter is drawn say nothing of which word it is.
#[must_use]
pub fn compared(text: &str) -> String {
    // almost all text
    if text.is_ascii() {
        return clean(text).to_ascii_lowercase();
    }
    let small: String = clean(text).to_lowercase().chars().filter(|c| !is_unseen(*c)).collect();
    // a letter and its ring that a joiner stood between
    into_composed(small)
}

/// What stays in a text and is nothing to compare by: joiners, marks of direction, selectors of variants.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{61c}' | '\u{34f}' | '\u{180e}' | '\u{fe00}'..='\u{fe0f}')
}

/// A password as it is hashed: the same characters in one form, whichever device they were typed on. Nothing is taken out of
/// it: it is shown to nobody and stored nowhere.
#[must_use]
pub fn password(text: &str) -> Cow<'_, str> {
    composed(text)
}

/// What a character becomes.
fn kept(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{a0}' | '\u{2007}' | '\u{202f}' => Some(' '),
        '\u{ad}'
        | '\u{200b}'
        | '\u{feff}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fdd0}'..='\u{fdef}' => None,
        c if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn swedish_text_in_several_lines_stays_as_it_is() {
        let text = "Vi ringde 12 hushåll.\n\n\t– Åtta svarade, ”bra” sa de 👩‍👧 (50 %).";
        assert!(matches!(clean(text), Cow::Borrowed(_)));
        assert!(is_clean(text));
    }

    #[test]
    fn what_cannot_be_seen_is_not_there() {
        assert_eq!(clean("a\0b\u{1}c\u{7f}d\u{9f}e"), "abcde");
        assert_eq!(
            clean("sekre\u{ad}tess\u{200b} \u{feff}bruten\u{fffe}\u{ffff}\u{1ffff}\u{fdd0}"),
            "sekretess bruten"
        );
    }

    #[test]
    fn a_text_reads_in_the_order_in_which_it_is_written() {
        assert_eq!(clean("beslut\u{202e}fdp.exe\u{202c} \u{2066}x\u{2069}"), "beslutfdp.exe x");
    }

    #[test]
    fn every_line_break_is_the_same() {
        assert_eq!(clean("a\r\nb\rc\u{b}d\u{c}e\u{85}f\u{2028}g\u{2029}h"), "a\nb\nc\nd\ne\nf\ng\nh");
        assert_eq!(clean("a\r\n\r\nb\r\rc"), "a\n\nb\n\nc");
    }

    #[test]
    fn letters_that_look_the_same_are_the_same() {
        assert_eq!(clean("a\u{30a}tga\u{308}rd"), "åtgärd");
        // also where something unseen stood between the letter and its ring
        assert_eq!(clean("a\u{200b}\u{30a}"), "å");
        for blank in ['\u{a0}', '\u{2007}', '\u{202f}'] {
            assert_eq!(clean(&format!("12{blank}000")), "12 000");
        }
    }

    #[test]
    fn a_word_is_the_same_word_however_it_was_pasted() {
        for word in [
            "utbetalningen",
            "Utbe\u{ad}tal\u{ad}ning\u{ad}en",
            "UTBETALNINGEN",
            "utbetal\u{200b}ningen",
            "utbetal\u{200c}ningen",
            "\u{feff}utbetalningen\u{200e}",
            "utbetal\u{2060}ningen",
        ] {
            assert_eq!(compared(word), "utbetalningen", "{word:?}");
        }
        assert_eq!(compared("A\u{30a}so\u{308}gatan"), "åsögatan");
        assert_eq!(compared("Å\u{200d}TERKOPPLING"), "återkoppling");
        assert_eq!(compared("a\u{200d}\u{30a}"), "å");
        assert_eq!(compared("12\u{a0}000 kr"), "12 000 kr");
    }

    #[test]
    fn joiners_stay_where_a_language_needs_them() {
        let text = "می\u{200c}خواهم 👩\u{200d}👧";
        assert_eq!(clean(text), text);
    }

    #[test]
    fn a_password_loses_no_character() {
        assert_eq!(password("a\u{30a}\0\u{a0}\u{200b}"), "å\0\u{a0}\u{200b}");
    }

    proptest! {
        #[test]
        fn what_is_clean_stays_clean(text in any::<String>()) {
            let once = clean(&text).into_owned();
            prop_assert!(is_clean(&once), "{once:?}");
            prop_assert_eq!(clean(&once), once.as_str());
            prop_assert!(once.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()));
        }

        #[test]
        fn a_text_is_compared_the_same_whether_it_came_in_before_or_after_it_was_cleaned(text in any::<String>()) {
            prop_assert_eq!(compared(&text), compared(&clean(&text)));
        }
    }
}
