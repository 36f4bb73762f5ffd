//! What a table is held against when it is read into a plan, and the addresses under which its preview stands.

use chrono::NaiveDate;
use domain::{
    import::Table,
    person::Actor,
    siffror::inlasning::Svar,
    verksamhetsplan::{
        indikator::Utfallsperiod,
        inlasning::{Mot, Tabellslag, igenkand},
        plan::{Plan, PlanId},
    },
};
use store::{
    Tx,
    verksamhetsplan::{
        indikator::{self, Placerad},
        inlasning::{self, Arets},
    },
};
use uuid::Uuid;

use super::{PATH, matning};
use crate::{error::AppError, place::join};

/// What sources have of the periods of a plan that are reported: outcomes are read in beside what is shown.
pub async fn arets(tx: &mut Tx, actor: &Actor, today: NaiveDate, plan: &Plan) -> Result<Arets, AppError> {
    let all = indikator::list(tx, plan.id).await?;
    let fed: Vec<&Placerad> = all.iter().collect();
    let found = matning::perioder(tx, actor, today, &fed, &Utfallsperiod::rapporter(plan.year)).await?;
    Ok(found.into_iter().map(|(period, kallor)| (period, kallor.matade)).collect())
}

/// What a plan holds. Asked once of the database, so that the judging of a table needs no transaction.
pub async fn mot(tx: &mut Tx, actor: &Actor, today: NaiveDate, plan: &Plan) -> Result<Mot, AppError> {
    let matade = arets(tx, actor, today, plan).await?;
    Ok(inlasning::mot(tx, plan.id, &matade).await?)
}

/// The page of a plan where a table is read, which its form posts to.
#[must_use]
pub fn path(id: PlanId) -> String {
    format!("{PATH}/{id}/las-in")
}

/// What stands before the name of an answer in the address.
pub(super) const SVAR: &str = "s.";

/// The workbook with all of a plan, a sheet for each kind of table.
#[must_use]
pub fn workbook(id: PlanId) -> String {
    format!("{PATH}/{id}/plan.xlsx")
}

/// A preview: the kept tables, which of them, what it is read as, and what was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vald {
    /// The kept tables.
    pub underlag: Uuid,
    /// Which of them, from 0; none where nobody has chosen.
    pub blad: Option<usize>,
    /// What somebody has said that it is read as; none where it is what its columns say.
    pub slag: Option<Tabellslag>,
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
        let slag = get("slag").and_then(Tabellslag::from_code);
        Some(Self { underlag: get("underlag")?.parse().ok()?, blad, slag, svar })
    }

    /// What its address asks for, but for the answers.
    pub(super) fn table(&self) -> Vec<(String, String)> {
        let mut query = vec![("underlag".to_owned(), self.underlag.to_string())];
        if let Some(blad) = self.blad {
            query.push(("blad".to_owned(), (blad + 1).to_string()));
        }
        if let Some(slag) = self.slag {
            query.push(("slag".to_owned(), slag.code().to_owned()));
        }
        query
    }

    /// What a table is read as. The sentence says what it lacks to be any.
    pub(super) fn slag(&self, table: &Table) -> Result<Tabellslag, String> {
        self.slag.map_or_else(|| igenkand(table), Ok)
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
        let vald = Vald { underlag: Uuid::from_u128(7), blad: Some(1), slag: Some(Tabellslag::Utfall), svar };
        assert_eq!(Vald::of_sent(&vald.sent()), Some(vald));
        assert_eq!(Vald::of_sent("blad=1"), None);
    }
}
