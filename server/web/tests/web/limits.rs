//! Work before the limit: nobody's body is received, a body that never ends ends, streams are counted, and one person
//! writes so often and no oftener.
#![allow(clippy::unwrap_used)]

mod body;
mod rate;
mod time;
