//! What must react in the browser, and is in the WASM.

mod enkat_entry;
mod form_guard;
mod outbox;

pub use enkat_entry::EnkatEntry;
pub use form_guard::FormGuard;
pub use outbox::Outbox;
