//! What the browser starts on a page where much is entered: wakes its islands, those of `entry` and those of every page.

use entry as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the boot script when the WASM is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
