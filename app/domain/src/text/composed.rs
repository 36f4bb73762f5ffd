//! NFC: one form of each letter. The tables of Unicode are a sixth of what a first visit fetches, and every browser has them: in
//! the WASM it is asked.

use std::borrow::Cow;

/// The text with letters and their marks put together where there is a letter for both.
#[cfg(not(target_arch = "wasm32"))]
pub fn composed(text: &str) -> Cow<'_, str> {
    use unicode_normalization::UnicodeNormalization;

    if is_composed(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

#[cfg(target_arch = "wasm32")]
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(js_sys::JsString::from(text).normalize("NFC").into())
}

/// Whether [`composed`] leaves it as it is.
#[cfg(not(target_arch = "wasm32"))]
pub fn is_composed(text: &str) -> bool {
    unicode_normalization::is_nfc(text)
}

#[cfg(target_arch = "wasm32")]
pub fn is_composed(text: &str) -> bool {
    composed(text) == text
}

/// As [`composed`], of a text that nobody else needs.
pub fn into_composed(text: String) -> String {
    let changed = match composed(&text) {
        Cow::Borrowed(_) => None,
        Cow::Owned(changed) => Some(changed),
    };
    changed.unwrap_or(text)
}
