//! Lank: what a case points to, and what was changed in it because of the case.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something in the product, or a word for something outside it, that a case points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lank {
    /// A plan's row, a risk, or what stands outside the product.
    pub kind: LankKind,
    /// As the user reads it.
    pub label: String,
    /// Where it stands; empty for what is outside the product.
    pub href: String,
    /// What was changed in it because of the case; empty where nothing was.
    pub changed: String,
}

impl Lank {
    /// A row of a plan to choose, as a form sends it: kind, address and name.
    #[must_use]
    pub fn choice(kind: LankKind, href: &str, label: &str) -> String {
        format!("{} {href} {label}", kind.code())
    }

    /// The control that it points to, when its address is that of one's page.
    #[must_use]
    pub fn control(&self) -> Option<(LankKind, Uuid)> {
        let path = self.href.split(['?', '#']).next().unwrap_or_default();
        let mut parts = path.trim_matches('/').split('/');
        let kind = LankKind::from_code(parts.next()?)?;
        let control = matches!(kind, LankKind::Egenkontroll | LankKind::Internkontroll);
        Some((kind, parts.next()?.parse().ok()?)).filter(|_| control)
    }

    /// What was chosen, as kind, address and name; none for nothing. What is in it is checked as if it had been typed.
    #[must_use]
    pub fn chosen(choice: &str) -> Option<(&str, &str, &str)> {
        let mut parts = choice.splitn(3, ' ');
        Some((parts.next().filter(|kind| !kind.is_empty())?, parts.next()?, parts.next()?))
    }
}

/// What a case can point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LankKind {
    /// A process of the unit, by its name.
    Process,
    /// A rutin or another styrdokument.
    Rutin,
    /// A risk of the risk analysis.
    Risk,
    /// A row of the egenkontrollplan.
    Egenkontroll,
    /// A row of the internkontrollplan.
    Internkontroll,
}

impl LankKind {
    crate::every! {
        /// Every one.
        Process, Rutin, Risk, Egenkontroll, Internkontroll
    }

    /// As sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Process => "process",
            Self::Rutin => "rutin",
            Self::Risk => "risk",
            Self::Egenkontroll => "egenkontroll",
            Self::Internkontroll => "internkontroll",
        }
    }

    /// None for a word that is no code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Process => "Process",
            Self::Rutin => "Rutin",
            Self::Risk => "Risk",
            Self::Egenkontroll => "Egenkontroll",
            Self::Internkontroll => "Internkontroll",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_the_page_of_a_control_names_it_whatever_follows() {
        let lank = |href: &str| Lank {
            kind: LankKind::Rutin,
            label: String::new(),
            href: href.into(),
            changed: String::new(),
        };
        let id = Uuid::from_u128(7);
        for href in [
            format!("/egenkontroll/{id}"),
            format!("/egenkontroll/{id}/?flik=historik#a"),
            format!("/egenkontroll/{id}/mall"),
        ] {
            assert_eq!(lank(&href).control(), Some((LankKind::Egenkontroll, id)), "{href}");
        }
        assert_eq!(lank(&format!("/internkontroll/{id}")).control(), Some((LankKind::Internkontroll, id)));
        for href in ["", "/egenkontroll", "/egenkontroll?ar=2026", "/risk/1", "/atgarder/1"] {
            assert_eq!(lank(href).control(), None, "{href}");
        }
    }

    #[test]
    fn a_chosen_row_is_the_row_and_nothing_chosen_is_nothing() {
        let choice = Lank::choice(LankKind::Egenkontroll, "/egenkontroll/1", "God tillgänglighet: telefontider");
        let chosen = Some(("egenkontroll", "/egenkontroll/1", "God tillgänglighet: telefontider"));
        assert_eq!(Lank::chosen(&choice), chosen);
        assert_eq!((Lank::chosen(""), Lank::chosen("egenkontroll")), (None, None));
    }
}
