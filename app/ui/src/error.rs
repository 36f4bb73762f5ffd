//! What a server function answers when it cannot do what was asked: the same for pages and islands.

pub use islands::error::AppError;
