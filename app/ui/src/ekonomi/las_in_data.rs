//! What a table is held against when it is read into an account, and the addresses under which its preview stands. A plan without an
//! account begins it with a budget; one that has an account gets the amounts of a printed account.

use domain::{
    ekonomi::{
        Tid,
        belopp::{Art, Belopp},
        inlasning::{self, Budgetlast, Kontolast, Lasning, Placerat, Underlag},
        konto::{Content, RadId, VerksamhetId},
    },
    import::Table,
    seen::seen,
    siffror::inlasning::Svar,
    verksamhetsplan::plan::{Plan, PlanId},
    year::Year,
};
use store::{
    Tx,
    ekonomi::{self, Rakning},
};
use uuid::Uuid;

use crate::{error::AppError, place::join};

/// A plan, with its account where it has one. Asked once of the database, so that the reading of a table needs no transaction.
pub struct Mot {
    /// Whose account it is.
    pub plan: Plan,
    /// What there is.
    pub rakning: Option<Rakning>,
}

/// A table that was read.
pub enum Last {
    /// The budget that begins an account.
    Budget(Lasning<Budgetlast>),
    /// Amounts of the account that there is.
    Konto(Lasning<Kontolast>),
}

impl Mot {
    /// Of a plan.
    pub async fn read(tx: &mut Tx, plan: Plan) -> Result<Self, AppError> {
        let rakning = ekonomi::rakning(tx, &plan).await?;
        Ok(Self { plan, rakning })
    }

    /// Reads a table with what was answered about it. The fault is a sentence about the table as a whole.
    pub fn las(&self, table: &Table, svar: &Svar) -> Result<Last, String> {
        match &self.rakning {
            None => inlasning::budget(table, &Underlag { enhet: None, svar }).map(Last::Budget),
            Some(rakning) => {
                let enhet = Some(rakning.konto.content.enhet);
                inlasning::konto(table, &Underlag { enhet, svar }).map(Last::Konto)
            }
        }
    }

    /// The account that a budget begins.
    pub fn begun(&self, last: &Lasning<Budgetlast>, svar: &Svar) -> Result<(Content, Vec<Belopp>), AppError> {
        let ar = Year::try_from(self.plan.year).map_err(|_| AppError::NotFound)?;
        let (content, belopp) = last.content.konto(ar, VerksamhetId::new, RadId::new);
        let enhet_bekraftad = svar.get(domain::ekonomi::fraga::ENHET).is_some();
        Ok((Content { enhet_bekraftad, noter: last.noter(last.content.enhet), ..content }, belopp))
    }
}

/// The page of a plan where tables of its account are read, which its form posts to.
#[must_use]
pub fn path(plan: PlanId) -> String {
    format!("{}/las-in", super::path(plan))
}

/// What stands before the key of an answer in the address.
const SVAR: &str = "s.";

/// A preview: the kept tables, which of them, what was answered, and what its amounts are of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vald {
    /// The kept tables.
    pub underlag: Uuid,
    /// Which of them, from 0; none where nobody has chosen.
    pub blad: Option<usize>,
    /// The answers.
    pub svar: Svar,
    /// The time of outcome and forecast; none where nobody has chosen.
    pub tid: Option<Tid>,
    /// The time of the budget is that too, and not the year.
    pub budget_vid_tid: bool,
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
        let tid = get("tid").and_then(Tid::from_code);
        let budget_vid_tid = get("budget") == Some("tid");
        Some(Self { underlag: get("underlag")?.parse().ok()?, blad, svar, tid, budget_vid_tid })
    }

    /// What its address asks for.
    #[must_use]
    pub fn query(&self) -> Vec<(String, String)> {
        let mut query = vec![("underlag".to_owned(), self.underlag.to_string())];
        if let Some(blad) = self.blad {
            query.push(("blad".to_owned(), (blad + 1).to_string()));
        }
        query.extend(self.svar.all().map(|(key, value)| (format!("{SVAR}{key}"), value.to_owned())));
        if let Some(tid) = self.tid {
            query.push(("tid".to_owned(), tid.code()));
        }
        if self.budget_vid_tid {
            query.push(("budget".to_owned(), "tid".to_owned()));
        }
        query
    }

    /// Its address.
    #[must_use]
    pub fn address(&self, plan: PlanId) -> String {
        join(&path(plan), &self.query())
    }

    /// With an answer.
    #[must_use]
    pub fn answered(&self, key: &str, value: &str) -> Self {
        let mut out = self.clone();
        out.svar.set(key, value);
        out
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
        let pairs = text.split('&').filter_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            Some((decoded(key)?, decoded(value)?))
        });
        Self::of(&pairs.collect::<Vec<_>>())
    }

    /// Where the amounts of a printed account go in one that there is: the budget is the year's where the table says so.
    pub fn placed(&self, rakning: &Rakning, last: &Kontolast) -> Result<Placerat, String> {
        let tid = self.tid.unwrap_or_else(|| rakning.konto().senaste());
        let budget = if self.budget_vid_tid && !last.is_of_prognos { tid } else { Tid::Bokslut };
        last.placera(&rakning.konto.content, tid, budget)
    }
}

/// What was seen of the cells that amounts go to, as a word: another is sent where somebody has written in one of them meanwhile.
#[must_use]
pub fn sett(rakning: &Rakning, belopp: &[Belopp]) -> String {
    let of = |b: &Belopp| {
        let revision = rakning.revisioner.get(&(b.rad, b.tid, b.art)).copied().unwrap_or(0);
        format!("{}/{}/{}/{revision}", b.rad, b.tid, b.art.code())
    };
    let cells: Vec<String> = belopp.iter().map(of).collect();
    seen(cells.iter().map(String::as_str))
}

/// The amounts with what stands beside them: a comment stays, and a forecast gets the day that it was read in.
#[must_use]
pub fn beside(rakning: &Rakning, belopp: Vec<Belopp>, today: chrono::NaiveDate) -> Vec<Belopp> {
    let stands =
        |b: &Belopp| rakning.belopp.iter().find(|there| (there.rad, there.tid, there.art) == (b.rad, b.tid, b.art));
    let with = |b: Belopp| {
        let before = stands(&b);
        let kommentar = before.map_or_else(String::new, |before| before.kommentar.clone());
        let same = before.filter(|before| before.tal == b.tal).and_then(|before| before.per);
        let per = b.per.or(same).or((b.art == Art::Prognos).then_some(today));
        Belopp { kommentar, per, ..b }
    };
    belopp.into_iter().map(with).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_survives_its_address() {
        let mut svar = Svar::default();
        svar.set("enhet", "tkr");
        let underlag = Uuid::from_u128(7);
        let vald = Vald { underlag, blad: Some(1), svar, tid: Some(Tid::T1), budget_vid_tid: true };
        assert_eq!(Vald::of_sent(&vald.sent()), Some(vald));
        assert_eq!(Vald::of_sent("blad=1"), None);
    }
}
