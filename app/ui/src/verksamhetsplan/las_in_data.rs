//! What a table of goals is held against when it is read into a plan, and the addresses under which its preview stands.

use domain::{
    import::Table,
    siffror::inlasning::Svar,
    verksamhetsplan::{
        mal::{Trad, inlasning},
        plan::{Plan, PlanId},
    },
};
use store::{Tx, verksamhetsplan};
use uuid::Uuid;

use super::PATH;
use crate::{error::AppError, place::join};

/// A plan with its goals and those above. Asked once of the database, so that the judging of a table needs no transaction.
pub struct Mot {
    /// The plan.
    pub plan: Plan,
    /// Its goals, with those of the nodes above it.
    pub trad: Trad,
}

impl Mot {
    /// Of a plan.
    pub async fn read(tx: &mut Tx, id: PlanId) -> Result<Self, AppError> {
        let plan = verksamhetsplan::get(tx, id).await?;
        let trad = verksamhetsplan::mal::trad(tx, plan.node, plan.year).await?;
        Ok(Self { plan, trad })
    }

    /// What reading a table would do. The sentence says what the table lacks.
    pub fn las(&self, table: &Table, svar: &Svar) -> Result<inlasning::Last, String> {
        inlasning::las(table, &self.trad, svar)
    }
}

/// The page of a plan where a table is read, which its form posts to.
#[must_use]
pub fn path(id: PlanId) -> String {
    format!("{PATH}/{id}/las-in")
}

/// What stands before the name of an answer in the address.
pub(super) const SVAR: &str = "s.";

/// A preview: the kept tables, which of them, and what was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vald {
    /// The kept tables.
    pub underlag: Uuid,
    /// Which of them, from 0; none where nobody has chosen.
    pub blad: Option<usize>,
    /// The answers.
    pub svar: Svar,
}

impl Vald {
    /// What an address asks for.
    #[must_use]
    pub fn of(query: &[(String, String)]) -> Option<Self> {
        let get = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let mut svar = Svar::default();
        for (key, value) in query {
            if let Some(key) = key.strip_prefix(SVAR) {
                svar.set(key, value);
            }
        }
        let blad = get("blad").and_then(|n| n.parse::<usize>().ok()).and_then(|n| n.checked_sub(1));
        Some(Self { underlag: get("underlag")?.parse().ok()?, blad, svar })
    }

    /// What its address asks for, but for the answers.
    pub(super) fn table(&self) -> Vec<(String, String)> {
        let mut query = vec![("underlag".to_owned(), self.underlag.to_string())];
        if let Some(blad) = self.blad {
            query.push(("blad".to_owned(), (blad + 1).to_string()));
        }
        query
    }

    fn query(&self) -> Vec<(String, String)> {
        let mut query = self.table();
        query.extend(self.svar.all().map(|(key, value)| (format!("{SVAR}{key}"), value.to_owned())));
        query
    }

    /// Its address.
    #[must_use]
    pub fn address(&self, id: PlanId) -> String {
        join(&path(id), &self.query())
    }

    /// Its query as one text, which a form sends along.
    #[must_use]
    pub fn sent(&self) -> String {
        join("", &self.query()).trim_start_matches('?').to_owned()
    }

    /// The preview of such a text.
    #[must_use]
    pub fn of_sent(text: &str) -> Option<Self> {
        let decoded = |text: &str| Some(percent_encoding::percent_decode_str(text).decode_utf8().ok()?.into_owned());
        let pair = |pair: &str| {
            let (key, value) = pair.split_once('=')?;
            Some((decoded(key)?, decoded(value)?))
        };
        let query: Vec<(String, String)> = text.split('&').filter_map(pair).collect();
        Self::of(&query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_survives_its_address() {
        let mut svar = Svar::default();
        svar.set("under:namndmal:2.3", "inget");
        let vald = Vald { underlag: Uuid::from_u128(7), blad: Some(1), svar };
        assert_eq!(Vald::of_sent(&vald.sent()), Some(vald));
        assert_eq!(Vald::of_sent("blad=1"), None);
    }
}
