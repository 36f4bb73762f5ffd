//! Utfall: what an indikator came to in a period, in all and by kön, with what belongs to the figure: a forecast of the year, last
//! year's, whether it misleads, a status that somebody has set, and the analysis.

use serde::{Deserialize, Serialize};

use super::{
    Content, bedomning::bedomning, fryst::Fryst, mal, matning::Kalla, ruta, status::Status, tid::Utfallsperiod,
};
use crate::{
    apt::finding::in_words,
    field::{Checker, FieldError},
    format::month_name,
    occurrence::Share,
    period::Grain,
    personnummer::varning,
    siffror::slag::{Mark, Varde},
    tal::Tal,
};

/// A figure in all and by kön. In each the täljare and nämnare of a share where they are known; the share is reckoned from them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Varden {
    /// Of everybody, whatever their kön.
    pub total: Option<Varde>,
    /// Of kvinnor and flickor.
    pub kvinnor: Option<Varde>,
    /// Of män and pojkar.
    pub man: Option<Varde>,
    /// Of those whose kön is another or not known.
    pub okant: Option<Varde>,
}

impl Varden {
    /// Only a figure of all.
    #[must_use]
    pub fn of(total: Varde) -> Self {
        Self { total: Some(total), ..Self::default() }
    }

    /// The parts that are known: kvinnor, män, annat.
    #[must_use]
    pub fn delar(&self) -> [Option<Varde>; 3] {
        [self.kvinnor, self.man, self.okant]
    }

    /// Every figure that is known.
    pub fn alla(&self) -> impl Iterator<Item = Varde> + use<> {
        [self.total, self.kvinnor, self.man, self.okant].into_iter().flatten()
    }
}

/// A share of its parts, as it is kept; none without a whole.
#[must_use]
pub fn andel(share: Share) -> Option<Varde> {
    let tal = Tal::per_cent(share.numerator, share.denominator)?;
    Some(Varde { share: Some(share), ..Varde::of(tal) })
}

/// Where the figures of a period are from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Harkomst {
    /// Somebody has typed them.
    #[default]
    Inskrivet,
    /// They were read from a table.
    Inlast,
    /// They are taken from what the indikator is fed by.
    Matat(Kalla),
    /// Somebody has typed over what was taken from there, and said why.
    Overskrivet {
        /// What it is fed by.
        kalla: Kalla,
        /// Why the figure there does not hold.
        skal: String,
    },
}

/// A status that somebody has set in place of the one that follows from the figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Satt {
    /// The one that holds instead.
    pub status: Status,
    /// Why; never empty, and printed with the analysis.
    pub skal: String,
    /// The outcome in all when it was set; none where there was none.
    pub vid: Option<Tal>,
}

/// How many of the times that make a figure are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kanda {
    /// Those that have a figure.
    pub kanda: u32,
    /// All that it should be made of.
    pub alla: u32,
    /// How fine they are.
    pub grain: Grain,
}

impl Kanda {
    /// `Värden finns för fem av sex månader.`
    #[must_use]
    pub fn said(self) -> String {
        let word = |n: u32| in_words(usize::try_from(n).unwrap_or_default(), self.grain.is_neuter());
        format!("Värden finns för {} av {} {}.", word(self.kanda), word(self.alla), self.grain.many())
    }
}

/// What an indikator came to in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Utfall {
    /// The figures.
    pub varden: Varden,
    /// The word of an outcome that is known to be missing: "Oklart". May be empty.
    pub not: String,
    /// What the year is thought to come to.
    pub prognos: Option<Varde>,
    /// Last year's outcome of the same period, as somebody has typed it: it is looked up where the indikator had one.
    pub fjol: Option<Varde>,
    /// The last month, 1–12, that the figures are of, where it is not that of the period: the source had no more.
    pub tom: Option<u32>,
    /// How many of the times that make the figures are known, where some within them are not.
    pub kanda: Option<Kanda>,
    /// Why the figure misleads; empty where it does not.
    pub missvisande: String,
    /// Why it is not divided by kön; empty where it is, or where nobody has said.
    pub utan_kon: String,
    /// A status that somebody has set.
    pub satt: Option<Satt>,
    /// What is thought of it.
    pub analys: String,
    /// Where the figures are from.
    pub harkomst: Harkomst,
    /// What it is judged by, as that was when its period was closed; none while the period is open.
    pub fryst: Option<Fryst>,
}

impl Utfall {
    /// With a figure of all and nothing else.
    #[must_use]
    pub fn of(total: Varde) -> Self {
        Self { varden: Varden::of(total), ..Self::default() }
    }

    /// The outcome in all.
    #[must_use]
    pub fn tal(&self) -> Option<Tal> {
        self.varden.total.map(|v| v.tal)
    }

    /// Whether a figure of it will be replaced.
    #[must_use]
    pub fn is_preliminart(&self) -> bool {
        self.varden.alla().any(|v| v.mark == Mark::Preliminar)
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { harkomst: self.harkomst.clone(), fryst: self.fryst.clone(), ..Self::default() }
    }

    /// The last month that the figures are of.
    #[must_use]
    pub fn sista_manad(&self, period: Utfallsperiod) -> u32 {
        self.tom.map_or(period.month(), |month| month.clamp(1, period.month()))
    }

    /// How many months the figures are of: those until the last, but for those within that have none. A part of a month is none.
    #[must_use]
    pub fn manader(&self, period: Utfallsperiod) -> u32 {
        let until = self.sista_manad(period);
        let known = |kanda: Kanda| until.saturating_mul(kanda.kanda.min(kanda.alla)) / kanda.alla.max(1);
        self.kanda.map_or(until, known).max(1)
    }

    /// `t.o.m. juni 2022` where the figures end before the period does.
    #[must_use]
    pub fn egen_manad(&self, period: Utfallsperiod) -> Option<String> {
        let month = self.sista_manad(period);
        (month < period.month()).then(|| format!("t.o.m. {} {}", month_name(month), period.year()))
    }

    /// Whether an indikator of people has a figure of all and none by kön, and nobody has said why.
    #[must_use]
    pub fn saknar_kon(&self) -> bool {
        self.varden.total.is_some() && self.varden.delar().iter().all(Option::is_none) && self.utan_kon.is_empty()
    }
}

impl Utfall {
    /// As the form of what belongs to the figure has it.
    #[must_use]
    pub fn detaljer(&self, content: &Content) -> DetaljForm {
        DetaljForm {
            missvisande: if self.missvisande.is_empty() { "" } else { "on" }.to_owned(),
            varfor: self.missvisande.clone(),
            utan_kon: self.utan_kon.clone(),
            fjol: ruta::skriven(content, self.fjol.as_ref(), ""),
            analys: self.analys.clone(),
        }
    }

    /// As the form of a status has it: empty where nobody has set one.
    #[must_use]
    pub fn status_form(&self) -> StatusForm {
        let set = |satt: &Satt| StatusForm { status: satt.status.code().to_owned(), skal: satt.skal.clone() };
        self.satt.as_ref().map(set).unwrap_or_default()
    }

    /// Labels and values for the history.
    #[must_use]
    pub fn told(&self, content: &Content) -> Vec<(&'static str, String)> {
        let shown = |varde: &Option<Varde>| {
            let Some(varde) = varde else { return String::new() };
            let parts = ruta::delar(varde).map_or_else(String::new, |delar| format!(" ({delar})"));
            format!("{}{parts}", ruta::visad(content, Some(varde)))
        };
        let total = if self.varden.total.is_none() { self.not.clone() } else { shown(&self.varden.total) };
        let satt = self.satt.as_ref();
        vec![
            ("Totalt", total),
            ("Kvinnor", shown(&self.varden.kvinnor)),
            ("Män", shown(&self.varden.man)),
            ("Annat eller okänt", shown(&self.varden.okant)),
            ("Siffran gäller t.o.m.", self.tom.map_or_else(String::new, |month| month_name(month).to_owned())),
            ("Luckor", self.kanda.map_or_else(String::new, Kanda::said)),
            ("Prognos helår", shown(&self.prognos)),
            ("I fjol", shown(&self.fjol)),
            ("Missvisande", self.missvisande.clone()),
            ("Varför det inte är uppdelat på kön", self.utan_kon.clone()),
            ("Status satt för hand", satt.map_or_else(String::new, |satt| satt.status.label().to_owned())),
            ("Varför statusen är satt", satt.map_or_else(String::new, |satt| satt.skal.clone())),
            ("Analys", self.analys.clone()),
            ("Varifrån", self.harkomst.said()),
        ]
    }
}

impl Harkomst {
    /// In words: `inskrivet`, `hämtat från en serie`.
    #[must_use]
    pub fn said(&self) -> String {
        match self {
            Self::Inskrivet => "inskrivet".to_owned(),
            Self::Inlast => "inläst ur en tabell".to_owned(),
            Self::Matat(kalla) => format!("hämtat från {}", kalla.label()),
            Self::Overskrivet { kalla, skal } => format!("skrivet över det som hämtas från {}: {skal}", kalla.label()),
        }
    }
}

/// Last year's outcome of the same period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fjol {
    /// The figure.
    pub varde: Varde,
    /// Whether somebody has typed it here: nothing was found.
    pub inskrivet: bool,
}

/// Last year's outcome of the same period: what the year before has, else what somebody has typed; none of a new indikator.
#[must_use]
pub fn fjol(utfall: &Utfall, year_before: Option<&Utfall>) -> Option<Fjol> {
    let found = year_before.and_then(|before| before.varden.total).map(|varde| Fjol { varde, inskrivet: false });
    found.or_else(|| utfall.fjol.map(|varde| Fjol { varde, inskrivet: true }))
}

/// What the form of a status sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusForm {
    /// Code of a [`Status`]; empty is the one that follows from the figures.
    pub status: String,
    /// Why it is set.
    pub skal: String,
}

/// Checks a status that is set by hand. None takes it back: the one that follows from the figures holds again.
pub fn check_status(form: &StatusForm, utfall: &Utfall) -> Result<Option<Satt>, Vec<FieldError>> {
    let mut check = Checker::default();
    let skal = check.text("skal", &form.skal);
    if let Some(warning) = varning(&skal) {
        check.error("skal", warning);
    }
    if form.status.trim().is_empty() {
        return check.finish(None);
    }
    let status = Status::from_code(form.status.trim()).unwrap_or_else(|| {
        check.error("status", "Välj en status.");
        Status::IngenBedomning
    });
    if skal.is_empty() {
        check.error("skal", "Skriv varför du sätter statusen för hand.");
    }
    check.finish(Some(Satt { status, skal, vid: utfall.tal() }))
}

/// What the form of what belongs to a figure sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DetaljForm {
    /// "on" where the figure misleads.
    pub missvisande: String,
    /// Why it does.
    pub varfor: String,
    /// Why it is not divided by kön.
    pub utan_kon: String,
    /// Last year's outcome, where it cannot be looked up.
    pub fjol: String,
    /// What is thought of it.
    pub analys: String,
}

/// Checks what belongs to a figure, and gives the outcome with it.
pub fn check_detalj(form: &DetaljForm, content: &Content, before: &Utfall) -> Result<Utfall, Vec<FieldError>> {
    let mut check = Checker::default();
    let varfor = check.text("varfor", &form.varfor);
    let utan_kon = check.text("utan_kon", &form.utan_kon);
    let analys = check.text("analys", &form.analys);
    for (field, text) in [("varfor", &varfor), ("utan_kon", &utan_kon), ("analys", &analys)] {
        if let Some(warning) = varning(text) {
            check.error(field, warning);
        }
    }
    let is_missvisande = form.missvisande == "on";
    if is_missvisande && varfor.is_empty() {
        check.error("varfor", "Skriv varför siffran är missvisande.");
    }
    let fjol = match ruta::las(content, &form.fjol, before.tal()) {
        Ok(ruta) => ruta.and_then(|ruta| ruta.varde),
        Err(fault) => {
            check.error("fjol", fault);
            None
        }
    };
    check.finish(Utfall {
        missvisande: if is_missvisande { varfor } else { String::new() },
        utan_kon,
        analys,
        fjol,
        ..before.clone()
    })
}

/// What a report asks for: an indikator whose goal is not reached has an analysis. None where it has one, or needs none.
#[must_use]
pub fn analys_saknas(content: &Content, period: Utfallsperiod, utfall: &Utfall) -> Option<&'static str> {
    let status = bedomning(content, period, utfall).status;
    let asked = matches!(status, Status::Delvis | Status::InteAlls | Status::InteMojlig);
    (asked && utfall.analys.trim().is_empty()).then_some("Analys saknas: årsmålet uppnås inte.")
}

/// Whether a unit behind a figure is that of the indikator, in the words of a fault; none where it is.
pub(super) fn annan_enhet(content: &Content, unit: &str) -> Option<String> {
    (!mal::enhet_passar(content.slag, &content.enhet, unit))
        .then(|| format!("Enheten är {}. Skriv bara talet här.", content.enhet))
}
