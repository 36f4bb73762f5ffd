//! Random: bytes and ids by chance, of the browser's own source.

use leptos::leptos_dom::helpers::window;

/// Random bytes.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// A random UUID (version 4). `crypto.randomUUID` is only there over https; this is there everywhere.
#[must_use]
pub fn id() -> String {
    uuid::Builder::from_random_bytes(bytes()).into_uuid().to_string()
}
