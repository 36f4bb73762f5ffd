//! What must react in the browser, and is in the WASM.

mod enkat_entry;
mod form_guard;
mod judging;
mod outbox;

pub use enkat_entry::EnkatEntry;
pub use form_guard::FormGuard;
pub use judging::Judging;
pub use outbox::Outbox;
