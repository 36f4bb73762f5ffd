//! Fråga: what cannot be told of a table of amounts is asked once, with the likeliest answer first, and remembered with the account
//! or the table.

use serde::{Deserialize, Serialize};

use crate::siffror::inlasning::{Svar, Val};

/// Key of the question in which unit the amounts are.
pub const ENHET: &str = "enhet";
/// Key of the question in which form costs and deviations are written.
pub const TECKENFORM: &str = "teckenform";

/// A question about a table of amounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fraga {
    /// By which it is answered, see [`Svar`].
    pub key: String,
    /// A sentence in Swedish.
    pub text: String,
    /// What can be answered.
    pub choices: Vec<Val>,
    /// What has been answered; none while it stands in the way.
    pub svar: Option<String>,
}

impl Fraga {
    /// With the answer that has been given, where it is one of the choices.
    #[must_use]
    pub fn besvarad(mut self, svar: &Svar) -> Self {
        let given = svar.get(&self.key).filter(|given| self.choices.iter().any(|choice| choice.value == **given));
        self.svar = given.map(str::to_owned);
        self
    }

    /// Whether nothing may be kept before it is answered.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.svar.is_none()
    }
}
