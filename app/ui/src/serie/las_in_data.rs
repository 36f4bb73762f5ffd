//! What a table is held against when it is read into a series, and the addresses under which its preview stands.

use chrono::NaiveDate;
use domain::{
    import::Table,
    siffror::{
        dimension::Dimension,
        inlasning::{Granskning, Svar, Underlag, granska, is_of_one_table},
        serie::{Serie, SerieId},
        siffra::Siffra,
    },
};
use store::{Tx, serie};
use uuid::Uuid;

use super::harledd;
use crate::{error::AppError, place::join};

/// A series with what it holds and how its tables have been read. Asked once of the database, so that the judging of a table needs no
/// transaction.
pub struct Mot {
    /// The series.
    pub serie: Serie,
    /// Its dimensions, in its order.
    pub dims: Vec<Dimension>,
    siffror: Vec<Siffra>,
    /// What is remembered.
    pub svar: Svar,
}

impl Mot {
    /// Of a series. `Invalid` of one that is reckoned from others.
    pub async fn read(tx: &mut Tx, id: SerieId) -> Result<Self, AppError> {
        let found = serie::get(tx, id).await?;
        harledd::refuse(&found.content)?;
        let dims = serie::dimension::of_serie(tx, &found).await?;
        let siffror = serie::siffra::all(tx, id, dims.len()).await?;
        let svar = serie::layout(tx, id).await?;
        Ok(Self { serie: found, dims, siffror, svar })
    }

    /// What reading a table would do, with what was answered about it alone. `Invalid` at the field `file` when it cannot be read.
    pub fn granska(&self, table: &Table, svar: &Svar, today: NaiveDate) -> Result<Granskning, String> {
        let svar = self.svar.with(svar);
        let content = &self.serie.content;
        granska(table, &Underlag { content, dims: &self.dims, siffror: &self.siffror, svar: &svar, today })
    }
}

/// The page of a series where tables are read, which its form posts to.
#[must_use]
pub fn path(id: SerieId) -> String {
    format!("/siffror/{id}/las-in")
}

/// What stands before the name of an answer in the address.
const SVAR: &str = "s.";

/// A preview: the kept tables, which of them, and what was answered about it alone.
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
            if let Some(key) = key.strip_prefix(SVAR).filter(|key| is_of_one_table(key, value)) {
                svar.set(key, value);
            }
        }
        let blad = get("blad").and_then(|n| n.parse::<usize>().ok()).and_then(|n| n.checked_sub(1));
        Some(Self { underlag: get("underlag")?.parse().ok()?, blad, svar })
    }

    fn query(&self) -> Vec<(String, String)> {
        let mut query = vec![("underlag".to_owned(), self.underlag.to_string())];
        if let Some(blad) = self.blad {
            query.push(("blad".to_owned(), (blad + 1).to_string()));
        }
        let svar = self.svar.all().filter(|(key, value)| is_of_one_table(key, value));
        query.extend(svar.map(|(key, value)| (format!("{SVAR}{key}"), value.to_owned())));
        query
    }

    /// Its address, with more to ask for.
    #[must_use]
    pub fn address(&self, id: SerieId, more: &[(&str, &str)]) -> String {
        let more = more.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        join(&path(id), &self.query().into_iter().chain(more).collect::<Vec<_>>())
    }

    /// Its query as one text, which a form sends along.
    #[must_use]
    pub fn sent(&self) -> String {
        join("", &self.query()).trim_start_matches('?').to_owned()
    }

    /// The preview of such a text.
    #[must_use]
    pub fn of_sent(text: &str) -> Option<Self> {
        let query: Vec<(String, String)> = text
            .split('&')
            .filter_map(|pair| {
                let (key, value) = pair.split_once('=')?;
                let decoded =
                    |text: &str| Some(percent_encoding::percent_decode_str(text).decode_utf8().ok()?.into_owned());
                Some((decoded(key)?, decoded(value)?))
            })
            .collect();
        Self::of(&query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_survives_its_address_and_holds_no_answer_that_is_remembered() {
        let mut svar = Svar::default();
        svar.set("ar", "2021");
        svar.set("fel:B7", "hoppa");
        let vald = Vald { underlag: Uuid::from_u128(7), blad: Some(1), svar: svar.clone() };
        assert_eq!(Vald::of_sent(&vald.sent()), Some(vald.clone()));
        svar.set("kolumner/17", "ordning");
        assert_eq!(Vald::of_sent(&Vald { svar, ..vald.clone() }.sent()), Some(vald));
        assert_eq!(Vald::of_sent("blad=1"), None);
    }
}
