//! Serie: one figure that the unit keeps in time: what is counted, how its months make a year, where it comes from and when it is
//! there (docs/doman.md 10).

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    dimension::{DimensionId, DimensionsvardeId},
    harledd::{self, Harledd},
    slag::{Sammanlagd, Slag},
};
use crate::{
    field::{Checker, FieldError},
    format,
    id::NodeId,
    period::{Grain, Period},
    personnummer::varning,
    schedule::Responsible,
    tal::Tal,
};

mod tillagg;

pub(crate) use tillagg::check_brott_among;
pub use tillagg::{BrottForm, MalForm, check_brott, check_mal};

crate::ids! { now_v7:
    /// A series of figures.
    SerieId,
}

/// How many dimensions a series can have.
pub const DIMENSIONS_MOST: usize = 3;
/// How many goals, and how many breaks, a series can have.
pub const MAL_MOST: usize = 6;

/// What more of it means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Riktning {
    /// Neither good nor bad by itself.
    #[default]
    Ingen,
    /// More is better.
    Mer,
    /// Less is better.
    Mindre,
}

impl Riktning {
    crate::every! {
        /// Every one.
        Ingen, Mer, Mindre
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ingen => "ingen",
            Self::Mer => "mer",
            Self::Mindre => "mindre",
        }
    }

    /// The direction of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ingen => "Varken eller",
            Self::Mer => "Mer är bättre",
            Self::Mindre => "Mindre är bättre",
        }
    }
}

/// What is aimed at, drawn as a line: more than one is common, as the year's and that of the council.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mal {
    /// Whose, or for what: "Årsmål 2022"; may be empty.
    pub namn: String,
    /// In the unit of the series.
    pub tal: Tal,
    /// At most that much; otherwise at least.
    pub hogst: bool,
}

impl Mal {
    /// Whether a value is as it should be.
    #[must_use]
    pub fn nas(&self, tal: Tal) -> bool {
        if self.hogst { tal <= self.tal } else { tal >= self.tal }
    }

    /// `högst 340`, `minst 95 %`, with so many decimals.
    #[must_use]
    pub fn said(&self, content: &Content) -> String {
        format!("{} {}", if self.hogst { "högst" } else { "minst" }, content.with_unit(self.tal))
    }
}

/// Something was counted otherwise from here on: values on both sides are not compared and not joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brott {
    /// The day from which it is otherwise.
    pub fran: NaiveDate,
    /// Why, in a few words.
    pub varfor: String,
    /// A rise after it comes of better reporting, not of more of what is counted.
    pub rapportering: bool,
}

/// Where a series is shown besides its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visas {
    /// On the slide of an APT.
    pub apt: bool,
    /// On wall screens.
    pub tavla: bool,
}

/// What a series is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// "Hushåll med ekonomiskt bistånd".
    pub namn: String,
    /// What is counted, and who is left out.
    pub raknas: String,
    /// "hushåll", "kr", "%": what stands behind a value.
    pub enhet: String,
    /// 0–4: how many are shown.
    pub decimaler: u32,
    /// Its kind.
    pub slag: Slag,
    /// How a longer period is made; none where none can be ([`Slag::Medel`]).
    pub sammanlagd: Option<Sammanlagd>,
    /// How fine the time of its values is.
    pub grain: Grain,
    /// Where its values come from; may be empty.
    pub kalla: String,
    /// Who fills it.
    pub responsible: Responsible,
    /// After how many months the source has a period: 0–12.
    pub efterslapning: u32,
    /// What more of it means.
    pub riktning: Riktning,
    /// What is uncertain about it; a footnote. May be empty.
    pub kvalitet: String,
    /// It counts persons or households: few are hidden from those who do not fill it.
    pub skyddas: bool,
    /// Where it is shown.
    pub visas: Visas,
    /// What it is aimed at.
    pub mal: Vec<Mal>,
    /// Where it is broken, in time.
    pub brott: Vec<Brott>,
    /// By what its values are divided, in order; at most [`DIMENSIONS_MOST`].
    pub dimensioner: Vec<DimensionId>,
    /// Which value of the first dimension is the unit itself, drawn strong among the others.
    pub egen: Option<DimensionsvardeId>,
    /// How it is reckoned from other series; it then has no values of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harledd: Option<Harledd>,
}

impl Content {
    /// `336`, `12,5`: with the decimals of the series.
    #[must_use]
    pub fn shown(&self, tal: Tal) -> String {
        tal.with_decimals(self.decimaler)
    }

    /// `336 hushåll`, `12,5 %`.
    #[must_use]
    pub fn with_unit(&self, tal: Tal) -> String {
        format!("{}{}{}", self.shown(tal), format::NBSP, self.enhet)
    }

    /// The first day on which a period is missed, if it has no value: the first of the month after the lag has passed.
    #[must_use]
    pub fn saknas_fran(&self, period: Period) -> NaiveDate {
        let ended = period.last_day().succ_opt().unwrap_or_default();
        ended.checked_add_months(Months::new(self.efterslapning)).unwrap_or_default()
    }

    /// The last period that the source has on a day.
    #[must_use]
    pub fn senast(&self, today: NaiveDate) -> Period {
        let mut period = Period::of(today, self.grain);
        while self.saknas_fran(period) > today {
            period = period.before();
        }
        period
    }

    /// The first break between two days, the later counted in.
    #[must_use]
    pub fn brott_mellan(&self, after: NaiveDate, until: NaiveDate) -> Option<&Brott> {
        self.brott.iter().find(|b| b.fran > after && b.fran <= until)
    }

    /// Whether values of two periods may be compared: no break lies between their beginnings.
    #[must_use]
    pub fn jamforbara(&self, a: Period, b: Period) -> bool {
        let (a, b) = (a.first_day().min(b.first_day()), a.first_day().max(b.first_day()));
        self.brott_mellan(a, b).is_none()
    }

    /// Labels and values for the history.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, String)> {
        let yes = |yes: bool| if yes { "ja" } else { "nej" }.to_owned();
        vec![
            ("Namn", self.namn.clone()),
            ("Vad som räknas", self.raknas.clone()),
            ("Enhet", self.enhet.clone()),
            ("Decimaler", self.decimaler.to_string()),
            ("Slag", self.slag.label().to_owned()),
            ("Längre tid", self.sammanlagd.map_or_else(String::new, |s| s.label().to_owned())),
            ("Tid för värden", self.grain.label().to_owned()),
            ("Källa", self.kalla.clone()),
            ("Ansvarig", self.responsible.told()),
            ("Eftersläpning", self.efterslapning.to_string()),
            ("Riktning", self.riktning.label().to_owned()),
            ("Kvalitet", self.kvalitet.clone()),
            ("Små tal döljs", yes(self.skyddas)),
            ("Visas på APT", yes(self.visas.apt)),
            ("Visas på tavlan", yes(self.visas.tavla)),
        ]
    }

    /// As the form has it.
    #[must_use]
    pub fn form(&self) -> Form {
        let on = |yes: bool| if yes { "on" } else { "" }.to_owned();
        let dim = |at: usize| self.dimensioner.get(at).map_or_else(String::new, ToString::to_string);
        let mut form = Form {
            namn: self.namn.clone(),
            raknas: self.raknas.clone(),
            enhet: self.enhet.clone(),
            decimaler: self.decimaler.to_string(),
            slag: self.slag.code().to_owned(),
            sammanlagd: self.sammanlagd.map_or("", Sammanlagd::code).to_owned(),
            grain: self.grain.code().to_owned(),
            kalla: self.kalla.clone(),
            responsible: self.responsible.code(),
            efterslapning: self.efterslapning.to_string(),
            riktning: self.riktning.code().to_owned(),
            kvalitet: self.kvalitet.clone(),
            skyddas: on(self.skyddas),
            apt: on(self.visas.apt),
            tavla: on(self.visas.tavla),
            dim1: dim(0),
            dim2: dim(1),
            dim3: dim(2),
            egen: self.egen.map_or_else(String::new, |id| id.to_string()),
            ..Form::default()
        };
        if let Some(harledd) = &self.harledd {
            harledd.fill(&mut form);
        }
        form
    }
}

/// What a unit counts in time: of what it is, and until when somebody fills it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Serie {
    /// Primary key, in the address `/siffror/{id}`.
    pub id: SerieId,
    /// The unit.
    pub node: NodeId,
    /// What is counted, in which unit, and how often.
    pub content: Content,
    /// The last day of a series that nobody fills any more.
    pub closed_on: Option<NaiveDate>,
    /// Rises with every change of what it is, not with its values.
    pub version: i64,
}

/// What the form of a series sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Content`].
    pub namn: String,
    /// See [`Content`].
    pub raknas: String,
    /// See [`Content`].
    pub enhet: String,
    /// See [`Content`].
    pub decimaler: String,
    /// Code of a [`Slag`].
    pub slag: String,
    /// Code of a [`Sammanlagd`]; empty is the first way of the kind.
    pub sammanlagd: String,
    /// Code of a [`Grain`].
    pub grain: String,
    /// See [`Content`].
    pub kalla: String,
    /// Code of a [`Responsible`].
    pub responsible: String,
    /// Months.
    pub efterslapning: String,
    /// Code of a [`Riktning`].
    pub riktning: String,
    /// See [`Content`].
    pub kvalitet: String,
    /// "on" where few are hidden.
    pub skyddas: String,
    /// "on" where it is shown at APT.
    pub apt: String,
    /// "on" where it is shown on wall screens.
    pub tavla: String,
    /// Id of a dimension, or empty.
    pub dim1: String,
    /// Id of a dimension, or empty.
    pub dim2: String,
    /// Id of a dimension, or empty.
    pub dim3: String,
    /// Id of a value of the first dimension, or empty.
    pub egen: String,
    /// Code of a [`harledd::Led`]; empty for a series that has values of its own.
    pub del_a: String,
    /// Code of a [`harledd::Rakning`], or empty.
    pub rakning: String,
    /// Code of a [`harledd::Led`], or empty.
    pub del_b: String,
    /// "index", "medel", or empty.
    pub sedan: String,
    /// The time that is 100 of an index.
    pub bas: String,
}

/// Checks a series. Of one that is reckoned from others kind, unit and time follow from them: [`harledd::klar`]. What is `stored` keeps its goals and breaks, which have forms of their own. Whether the dimensions are the
/// unit's, and whether kind, grain and dimensions may change while there are values, is asked where they are stored.
pub fn check(form: &Form, stored: Option<&Content>) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let namn = check.required("namn", &form.namn, "vad serien heter");
    let raknas = check.text("raknas", &form.raknas);
    let kvalitet = check.text("kvalitet", &form.kvalitet);
    let kalla = check.line("kalla", &form.kalla);
    for (field, text) in [("namn", &namn), ("raknas", &raknas), ("kvalitet", &kvalitet), ("kalla", &kalla)] {
        if let Some(warning) = varning(text) {
            check.error(field, warning);
        }
    }
    let slag = Slag::from_code(form.slag.trim()).unwrap_or_else(|| {
        check.error("slag", "Välj vad för slags siffra det är.");
        Slag::Bestand
    });
    let harledd = harledd::check(&mut check, form);
    let is_harledd = harledd.is_some();
    let mut enhet = check.line("enhet", &form.enhet);
    match slag {
        // what follows from its parts is asked where they are known
        _ if is_harledd && enhet.is_empty() && slag != Slag::Andel => {}
        Slag::Andel => "%".clone_into(&mut enhet),
        Slag::Belopp if enhet.is_empty() => "kr".clone_into(&mut enhet),
        _ if enhet.is_empty() => check.error("enhet", "Skriv vad som räknas, till exempel hushåll eller dagar."),
        _ if !crate::number::is_unit(&enhet) => {
            check.error("enhet", "Skriv enheten med ett par ord, utan siffror, till exempel hushåll.");
        }
        _ => {}
    }
    let decimaler = check.int("decimaler", &form.decimaler, 0..=4).unwrap_or(0);
    let way = Sammanlagd::from_code(form.sammanlagd.trim()).or_else(|| slag.ways().first().copied());
    let sammanlagd = way.filter(|_| slag != Slag::Medel);
    if let Some(refused) = sammanlagd.and_then(|way| slag.refused(way)).filter(|_| !is_harledd) {
        check.error("sammanlagd", refused);
    }
    let grain = Grain::from_code(form.grain.trim()).unwrap_or_else(|| {
        check.error("grain", "Välj hur ofta serien har ett värde.");
        Grain::Manad
    });
    let responsible = Responsible::check(&mut check, "responsible", &form.responsible);
    // nobody fills what is reckoned
    let responsible = if is_harledd { Responsible::Nobody } else { responsible };
    let efterslapning = check.int_of("efterslapning", &form.efterslapning, 0..=12, crate::number::MONTHS).unwrap_or(0);
    let dims = [("dim1", &form.dim1), ("dim2", &form.dim2), ("dim3", &form.dim3)];
    let mut dimensioner: Vec<DimensionId> = Vec::new();
    for (field, text) in dims {
        if text.trim().is_empty() {
            continue;
        }
        match text.parse::<DimensionId>() {
            Ok(id) if !dimensioner.contains(&id) => dimensioner.push(id),
            Ok(_) => check.error(field, "Uppdelningen är vald två gånger."),
            Err(_) => check.error(field, "Välj uppdelningen på nytt."),
        }
    }
    let egen = match form.egen.trim() {
        "" => None,
        id => id.parse().map_or_else(
            |_| {
                check.error("egen", "Välj på nytt.");
                None
            },
            Some,
        ),
    };
    let small = |n: i64| u32::try_from(n).unwrap_or_default();
    check.finish(Content {
        namn,
        raknas,
        enhet,
        decimaler: small(decimaler),
        slag,
        sammanlagd,
        grain,
        kalla,
        responsible,
        efterslapning: small(efterslapning),
        riktning: Riktning::from_code(form.riktning.trim()).unwrap_or_default(),
        kvalitet,
        skyddas: form.skyddas == "on",
        visas: Visas { apt: form.apt == "on", tavla: form.tavla == "on" },
        mal: stored.map(|c| c.mal.clone()).unwrap_or_default(),
        brott: stored.map(|c| c.brott.clone()).unwrap_or_default(),
        dimensioner: if is_harledd { vec![] } else { dimensioner },
        egen: egen.filter(|_| !is_harledd),
        harledd,
    })
}

#[cfg(test)]
mod tests;
