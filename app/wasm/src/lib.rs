//! The browser entry point: wakes the islands of the page that the server sent, nothing else.

use islands as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the boot script when the WASM is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
