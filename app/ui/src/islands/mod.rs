//! What must react in the browser, and is in the WASM.

mod form_guard;

pub use form_guard::FormGuard;
