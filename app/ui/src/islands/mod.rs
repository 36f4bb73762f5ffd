//! What must react in the browser, and is in the WASM.

mod form_guard;
mod judging;

pub use form_guard::FormGuard;
pub use judging::Judging;
