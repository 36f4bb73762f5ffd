//! Form: what the forms of an account, a verksamhet and a row send, and their checks. Amounts have one of their own
//! ([`crate::ekonomi::belopp`]).

use super::{
    Checker, Content, Deserialize, Enhet, FieldError, Grans, Rad, RadId, Radslag, Serialize, Tal, Teckenform,
    Verksamhet, VerksamhetId, Year, year,
};
use crate::personnummer::varning;

/// What the form of an account sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Content`]; empty is called after its year.
    pub namn: String,
    /// 2000–2100.
    pub ar: String,
    /// Code of an [`Enhet`].
    pub enhet: String,
    /// Code of a [`Teckenform`].
    pub teckenform: String,
    /// Per cent; empty is 5.
    pub grans_andel: String,
    /// In the unit of the account; empty is what 100 tkr are.
    pub grans_belopp: String,
}

/// What the form of a verksamhet sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VerksamhetForm {
    /// See [`Verksamhet`].
    pub namn: String,
    /// The code of its verksamhetsområde, or empty.
    pub vo: String,
}

/// What the form of a row sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RadForm {
    /// Code of a [`Radslag`].
    pub slag: String,
    /// See [`Rad`].
    pub namn: String,
    /// "on" where it is a project with money of its own.
    pub projekt: String,
}

impl Content {
    /// As the form has it.
    #[must_use]
    pub fn form(&self) -> Form {
        Form {
            namn: self.namn.clone(),
            ar: self.ar.get().to_string(),
            enhet: self.enhet.code().to_owned(),
            teckenform: self.teckenform.code().to_owned(),
            grans_andel: self.grans.andel.typed(),
            grans_belopp: self.grans.belopp.typed(),
        }
    }
}

/// Checks an account. What is `stored` keeps its verksamheter and rows, which have forms of their own, and its year: another year
/// is another account ([`Content::copy`]). A form of signs that its rows do not fit is refused.
pub fn check(form: &Form, stored: Option<&Content>) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let ar = form.ar.trim().parse::<Year>().ok();
    match (ar, stored) {
        (None, _) => check.error("ar", year::OUTSIDE),
        (Some(ar), Some(stored)) if ar != stored.ar => {
            check.error("ar", "Året ändras inte. Kopiera budgeten till det andra året i stället.");
        }
        _ => {}
    }
    let enhet = Enhet::from_code(form.enhet.trim()).unwrap_or_else(|| {
        check.error("enhet", "Välj om beloppen är i kr, tkr eller mnkr.");
        Enhet::default()
    });
    let teckenform = Teckenform::from_code(form.teckenform.trim()).unwrap_or_else(|| {
        check.error("teckenform", "Välj hur kostnader och avvikelser skrivs.");
        Teckenform::default()
    });
    if let Some(refused) = stored.and_then(|stored| stored.refuses(teckenform)) {
        check.error("teckenform", refused);
    }
    let usual = Grans::of(enhet);
    let andel = check.per_cent("grans_andel", &form.grans_andel, Tal::ZERO..=Tal::HUNDRED).unwrap_or(usual.andel);
    let belopp = check.decimal("grans_belopp", &form.grans_belopp, Tal::ZERO..=Tal::MOST, enhet.code());
    let namn = check.line("namn", &form.namn);
    warn(&mut check, &namn);
    let Some(ar) = ar else { return check.finish(()).and(Err(vec![])) };
    let namn = if namn.is_empty() { format!("Budget {}", ar.get()) } else { namn };
    let same_enhet = stored.is_some_and(|stored| stored.enhet == enhet);
    check.finish(Content {
        namn,
        ar,
        enhet,
        teckenform,
        grans: Grans { andel, belopp: belopp.map_or(usual.belopp, |(belopp, _)| belopp) },
        verksamheter: stored.map_or_else(Vec::new, |stored| stored.verksamheter.clone()),
        noter: stored.map_or_else(Vec::new, |stored| stored.noter.clone()),
        enhet_bekraftad: same_enhet && stored.is_some_and(|stored| stored.enhet_bekraftad),
    })
}

/// A name is no place for a personnummer.
fn warn(check: &mut Checker, namn: &str) {
    if let Some(warning) = varning(namn) {
        check.error("namn", warning);
    }
}

/// Checks a verksamhet that is new or, with its `id`, there: its rows stay. A new one begins with the standard rows of the
/// account's form, to each of which `rad` gives an id. Two of one name cannot be told apart.
pub fn check_verksamhet(
    form: &VerksamhetForm,
    konto: &Content,
    id: VerksamhetId,
    mut rad: impl FnMut() -> RadId,
) -> Result<Verksamhet, Vec<FieldError>> {
    let mut check = Checker::default();
    let namn = check.required("namn", &form.namn, "vad verksamheten heter");
    warn(&mut check, &namn);
    let vo = check.line("vo", &form.vo);
    if !vo.chars().all(|c| c.is_ascii_alphanumeric()) || vo.len() > VO_MAX {
        check.error("vo", "Skriv koden med bokstäver och siffror, till exempel 1800.");
    }
    let stored = konto.verksamheter.iter().find(|v| v.id == id);
    if konto.verksamheter.iter().any(|v| v.id != id && !namn.is_empty() && v.namn == namn) {
        check.error("namn", "Det finns redan en verksamhet som heter så.");
    }
    if stored.is_none() && konto.verksamheter.len() >= super::VERKSAMHETER_MOST {
        check.error("", format!("En budget har högst {} verksamheter.", super::VERKSAMHETER_MOST));
    }
    let rader = stored.map_or_else(|| standard(konto.teckenform, &mut rad), |stored| stored.rader.clone());
    check.finish(Verksamhet { id, namn, vo, rader })
}

/// The longest code of a verksamhetsområde, in characters.
const VO_MAX: usize = 12;

/// The rows that a verksamhet begins with.
fn standard(form: Teckenform, rad: &mut impl FnMut() -> RadId) -> Vec<Rad> {
    let mut row = |slag, namn: &str| Rad { id: rad(), slag, namn: namn.to_owned(), projekt: false, fran: None };
    match form {
        Teckenform::BaraNetto => vec![row(Radslag::Netto, super::NETTO)],
        Teckenform::BadaPositiva | Teckenform::KostnaderNegativa => {
            super::STANDARD.into_iter().map(|(slag, namn)| row(slag, namn)).collect()
        }
    }
}

/// Checks a row that is new or, with its `id`, there. Its kind fits the form of the account; that of one that has amounts changes
/// only where the store says so.
pub fn check_rad(form: &RadForm, konto: &Content, verksamhet: VerksamhetId, id: RadId) -> Result<Rad, Vec<FieldError>> {
    let mut check = Checker::default();
    let namn = check.required("namn", &form.namn, "vad raden heter");
    warn(&mut check, &namn);
    let slag = Radslag::from_code(form.slag.trim()).unwrap_or_else(|| {
        check.error("slag", "Välj om raden är en intäkt eller en kostnad.");
        Radslag::Kostnad
    });
    if !check.has_errors() && !konto.teckenform.has(slag) {
        check.error(
            "slag",
            match slag {
                Radslag::Netto => "Budgeten har intäkter och kostnader var för sig. Välj en av dem.",
                Radslag::Intakt | Radslag::Kostnad => {
                    "Budgeten har bara netto. Välj netto, eller byt teckenform först."
                }
            },
        );
    }
    let rader = konto.verksamheter.iter().find(|v| v.id == verksamhet).map_or(&[][..], |v| &v.rader);
    if rader.iter().any(|rad| rad.id != id && rad.slag == slag && !namn.is_empty() && rad.namn == namn) {
        check.error("namn", "Det finns redan en rad som heter så.");
    }
    let stored = rader.iter().find(|rad| rad.id == id);
    if stored.is_none() && rader.len() >= super::RADER_MOST {
        check.error("", format!("En verksamhet har högst {} rader.", super::RADER_MOST));
    }
    let fran = stored.and_then(|stored| stored.fran);
    check.finish(Rad { id, slag, namn, projekt: !form.projekt.trim().is_empty(), fran })
}
