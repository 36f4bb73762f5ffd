//! Belopp: one amount of a row at a time: its budget, its outcome, or what the whole year was believed to become. With the words
//! that stood in its cell and the day it is of.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    konto::{Content, RadId},
    ruta,
    tid::Tid,
};
use crate::{
    day::Fits,
    field::{Checker, FieldError},
    personnummer::varning,
    tal::Tal,
};

/// What an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Art {
    /// What may be spent or is to come in, at its time: the year's at [`Tid::Bokslut`], a typed month's at the month.
    Budget,
    /// What was spent or came in, at its time.
    Utfall,
    /// What the whole year was believed to become, when its time had passed. There is none of the bokslut.
    Prognos,
}

impl Art {
    crate::every! {
        /// Every one.
        Budget, Utfall, Prognos
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Utfall => "utfall",
            Self::Prognos => "prognos",
        }
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|art| art.code() == code)
    }

    /// As the user reads it, over a column.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Budget => "Budget",
            Self::Utfall => "Utfall",
            Self::Prognos => "Prognos helår",
        }
    }
}

/// An amount. There is one of each row, time and kind; a blank one is a word alone ("Oklart").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Belopp {
    /// Whose.
    pub rad: RadId,
    /// The time of the year that it is of, or was believed at.
    pub tid: Tid,
    /// Budget, outcome or forecast.
    pub art: Art,
    /// In the unit of the account, income and cost above nought; none is blank, which is not 0.
    pub tal: Option<Tal>,
    /// Words of its cell: "Oklart", "ca 6 miljoner". May be empty.
    #[serde(default)]
    pub not: String,
    /// What somebody wrote about it: why it is off. May be empty.
    #[serde(default)]
    pub kommentar: String,
    /// The day that it is of; none where nobody said.
    #[serde(default)]
    pub per: Option<NaiveDate>,
    /// It will be replaced.
    #[serde(default)]
    pub preliminar: bool,
}

impl Belopp {
    /// Labels and values for the history; with the name of its row.
    #[must_use]
    pub fn told(&self, konto: &Content) -> Vec<(&'static str, String)> {
        let rad = konto.rad(self.rad).map_or_else(String::new, |(v, rad)| format!("{}, {}", rad.namn, v.namn));
        let slag = konto.rad(self.rad).map(|(_, rad)| rad.slag);
        let shown = self.tal.zip(slag).map(|(tal, slag)| konto.enhet.said(konto.teckenform.turned(slag, tal)));
        vec![
            ("Rad", rad),
            ("Tid", self.tid.label().to_owned()),
            ("Slag", self.art.label().to_owned()),
            ("Belopp", shown.unwrap_or_default()),
            ("Anteckning", self.not.clone()),
            ("Kommentar", self.kommentar.clone()),
            ("Gäller per", self.per.map_or_else(String::new, crate::format::date)),
            ("Preliminärt", if self.preliminar { "ja" } else { "nej" }.to_owned()),
        ]
    }
}

/// What the cell of an amount sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// Id of a row.
    pub rad: String,
    /// Code of a [`Tid`].
    pub tid: String,
    /// Code of an [`Art`].
    pub art: String,
    /// As it is typed, in the account's form of signs: `39 000`, `−39,9`, `Prognos 39 000`, `Oklart`; empty takes it out.
    pub varde: String,
    /// A comment; may be empty.
    pub not: String,
    /// The day that it is of, or empty.
    pub per: String,
}

/// An amount that was typed, and what has to be said about how it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nytt {
    /// To be kept, in place of what is there; one without figure and words takes it out.
    pub belopp: Belopp,
    /// "Prognosen är sparad som prognos, inte som utfall." May be empty.
    pub sagt: Vec<String>,
}

/// Said where a word was kept instead of a figure.
fn kept_as_note(not: &str) -> String {
    format!("”{not}” är sparat som anteckning, inte som belopp.")
}

/// Checks the cell of an amount. A forecast that is typed among outcomes becomes one, and it is said; text is kept as a note.
pub fn check(form: &Form, konto: &Content) -> Result<Nytt, Vec<FieldError>> {
    let mut check = Checker::default();
    let rad = form.rad.parse::<RadId>().ok().and_then(|id| konto.rad(id)).map(|(_, rad)| (rad.id, rad.slag));
    if rad.is_none() {
        check.error("rad", "Raden finns inte längre. Ladda om sidan.");
    }
    let tid = Tid::from_code(form.tid.trim());
    if tid.is_none() {
        check.error("tid", "Välj en månad, ett tertial eller helår.");
    }
    let art = Art::from_code(form.art.trim());
    if art.is_none() {
        check.error("art", "Välj budget, utfall eller prognos.");
    }
    let ruta = ruta::las(&form.varde, konto.enhet).unwrap_or_else(|does| {
        check.error("varde", format!("Rutan {does}"));
        ruta::Ruta::default()
    });
    let kommentar = check.text("not", &form.not);
    if let Some(warning) = varning(&kommentar).or_else(|| varning(&ruta.not)) {
        check.error("not", warning);
    }
    let per = check.date("per", &form.per, Fits::Whole);
    let mut sagt = Vec::new();
    let becomes = if ruta.prognos { Some(Art::Prognos) } else { art };
    if becomes != art {
        sagt.push("Prognosen är sparad som prognos.".to_owned());
    }
    if becomes == Some(Art::Prognos) && tid == Some(Tid::Bokslut) {
        check.error("varde", "Vid bokslutet finns ingen prognos: då är utfallet känt. Skriv den vid en månad.");
    }
    if !ruta.not.is_empty() {
        sagt.push(kept_as_note(&ruta.not));
    }
    if ruta.engelskt {
        sagt.extend(ruta.tal.map(|tal| format!("{} är läst som {tal}.", form.varde.trim())));
    }
    let (Some((rad, slag)), Some(tid), Some(art)) = (rad, tid, becomes) else {
        return check.finish(()).and(Err(vec![]));
    };
    let tal = ruta.tal.map(|tal| konto.teckenform.turned(slag, tal));
    let (not, preliminar) = (ruta.not, ruta.preliminar);
    check.finish(Nytt { belopp: Belopp { rad, tid, art, tal, not, kommentar, per, preliminar }, sagt })
}

/// An amount as its field has it, in the account's form of signs; the words that stand in its place where it is blank.
#[must_use]
pub fn typed(belopp: &Belopp, konto: &Content) -> String {
    let slag = konto.rad(belopp.rad).map(|(_, rad)| rad.slag);
    let shown = belopp.tal.zip(slag).map(|(tal, slag)| konto.teckenform.turned(slag, tal));
    shown.map_or_else(|| belopp.not.clone(), Tal::typed)
}
