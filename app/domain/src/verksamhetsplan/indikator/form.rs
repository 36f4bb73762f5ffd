//! Form: an indikator as its form sends it, and its check.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Content,
    mal::{self, Mal, Tolerans},
    matning::Kalla,
    slag::{Periodicitet, Riktning, Slag, Ursprung},
    tabellrad::slag_av_enhet,
};
use crate::{
    field::{Checker, FieldError},
    number, per_cent,
    personnummer::varning,
    schedule::Responsible,
    siffror::{
        serie::{Brott, BrottForm, Visas, check_brott_among},
        slag::Sammanlagd,
    },
    tal::Tal,
};

/// What the form of an indikator sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Content`].
    pub namn: String,
    /// See [`Content`].
    pub definition: String,
    /// See [`Content`]; empty takes it from the goal, `15 st`, and else from the kind.
    pub enhet: String,
    /// See [`Content`]; empty is as many as the goal has, and of a share at least two and of a mean at least one: outcomes have more
    /// than goals, and 0,33 against 0,3 is not reached.
    pub decimaler: String,
    /// Code of a [`Slag`]; empty is what the unit says: per cent are shares.
    pub slag: String,
    /// Code of a [`Riktning`].
    pub riktning: String,
    /// Code of a [`Sammanlagd`]; empty is the first way of the kind.
    pub sammanlagd: String,
    /// A number with or without its unit, or a text; the lower of two limits.
    pub arsmal: String,
    /// The upper of two limits.
    pub arsmal_till: String,
    /// As the year's goal.
    pub kf: String,
    /// The upper of two limits.
    pub kf_till: String,
    /// "on" where the council's goal means the same for the unit.
    pub kf_jamforbart: String,
    /// How far from the goal is in part; empty is ten per cent.
    pub tolerans: String,
    /// "enhet" where the tolerance is in the unit; otherwise it is in per cent.
    pub tolerans_i: String,
    /// Code of a [`Periodicitet`].
    pub periodicitet: String,
    /// See [`Content`].
    pub kalla: String,
    /// See [`Content`].
    pub mats: String,
    /// Months.
    pub efterslapning: String,
    /// Code of a [`Responsible`].
    pub responsible: String,
    /// Code of an [`Ursprung`]; empty is the unit.
    pub ursprung: String,
    /// Code of a [`Kalla`], or empty.
    pub matas: String,
    /// "on" where it is shown at APT.
    pub apt: String,
    /// "on" where it is shown on wall screens.
    pub tavla: String,
}

/// Checks an indikator. What is `stored` keeps its breaks, which have a form of their own. A goal that is a number of nobody knows what is
/// taken and asked about ([`Content::enhet_saknas`]): the plan can be written before all is known.
pub fn check(form: &Form, stored: Option<&Content>) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let namn = check.required("namn", &form.namn, "vad indikatorn heter");
    let definition = check.text("definition", &form.definition);
    let kalla = check.line("kalla", &form.kalla);
    let mats = check.text("mats", &form.mats);
    for (field, text) in [("namn", &namn), ("definition", &definition), ("kalla", &kalla), ("mats", &mats)] {
        if let Some(warning) = varning(text) {
            check.error(field, warning);
        }
    }
    let slag = Slag::from_code(form.slag.trim()).or_else(|| slag_av_form(form)).unwrap_or_else(|| {
        check.error("slag", "Välj vad för slags siffra det är.");
        Slag::Andel
    });
    let riktning = Riktning::from_code(form.riktning.trim()).unwrap_or_else(|| {
        check.error("riktning", "Välj om högre eller lägre är bättre.");
        Riktning::Hogre
    });
    let periodicitet = Periodicitet::from_code(form.periodicitet.trim()).unwrap_or_else(|| {
        check.error("periodicitet", "Välj hur ofta indikatorn följs upp.");
        Periodicitet::Tertial
    });
    let named = check.line("enhet", &form.enhet);
    if !number::is_unit(&named) {
        check.error("enhet", "Skriv enheten med ett par ord, utan siffror, till exempel st eller index.");
    }
    let mut goals = Goals { slag, riktning, enhet: if slag == Slag::Andel { "%".to_owned() } else { named } };
    let arsmal = goals.read(&mut check, ("arsmal", &form.arsmal), ("arsmal_till", &form.arsmal_till));
    let kf = goals.read(&mut check, ("kf", &form.kf), ("kf_till", &form.kf_till));
    let mut enhet = goals.enhet;
    if enhet.is_empty() {
        slag.enhet().clone_into(&mut enhet);
    }
    let has = |mal: &Mal| mal.alla().into_iter().map(Tal::decimals).max().unwrap_or(0);
    let most = has(&arsmal).max(has(&kf)).max(slag.decimaler());
    let decimaler = check.int("decimaler", &form.decimaler, 0..=4).and_then(|n| u32::try_from(n).ok()).unwrap_or(most);
    for (field, mal) in [("arsmal", &arsmal), ("kf", &kf)] {
        if has(mal) > decimaler {
            check.error(
                field,
                "Målet har fler decimaler än indikatorn. Välj fler decimaler, eller skriv målet med färre.",
            );
        }
    }
    let tolerans = tolerans(&mut check, form, &enhet);
    let sammanlagd = Sammanlagd::from_code(form.sammanlagd.trim()).unwrap_or(slag.ways()[0]);
    if let Some(refused) = slag.refused(sammanlagd) {
        check.error("sammanlagd", refused);
    }
    let efterslapning = check.int_of("efterslapning", &form.efterslapning, 0..=12, number::MONTHS).unwrap_or(0);
    let responsible = Responsible::check(&mut check, "responsible", &form.responsible);
    let feed = Some(form.matas.trim()).filter(|code| !code.is_empty()).and_then(|code| {
        let kalla = Kalla::from_code(code);
        if kalla.is_none() {
            check.error("matas", "Välj på nytt varifrån utfallet hämtas.");
        }
        kalla
    });
    if slag != Slag::Andel && feed.is_some_and(Kalla::is_andel) {
        check.error(
            "matas",
            "En egenkontroll och en enkätfråga ger andelar. Välj slaget andel, eller hämta från något annat.",
        );
    }
    check.finish(Content {
        namn,
        definition,
        enhet,
        decimaler,
        slag,
        riktning,
        sammanlagd,
        arsmal,
        kf,
        kf_jamforbart: form.kf_jamforbart == "on",
        tolerans,
        periodicitet,
        kalla,
        mats,
        efterslapning: u32::try_from(efterslapning).unwrap_or_default(),
        responsible,
        ursprung: Ursprung::from_code(form.ursprung.trim()).unwrap_or(Ursprung::Enhet),
        matas: feed,
        brott: stored.map(|content| content.brott.clone()).unwrap_or_default(),
        visas: Visas { apt: form.apt == "on", tavla: form.tavla == "on" },
    })
}

/// The kind that the unit says where nobody has said the kind: of its own field, else of a goal.
fn slag_av_form(form: &Form) -> Option<Slag> {
    if !form.slag.trim().is_empty() {
        return None;
    }
    let of_goal = |text: &String| mal::las(text).ok().map(|last| last.enhet).filter(|unit| !unit.is_empty());
    match form.enhet.trim() {
        "" => [&form.arsmal, &form.kf].into_iter().find_map(of_goal).and_then(|unit| slag_av_enhet(&unit)),
        unit => slag_av_enhet(unit),
    }
}

/// Checks a break of an indikator: from a day on it is measured otherwise. A day without its year is the last such one.
pub fn check_brott(form: &BrottForm, content: &Content, today: NaiveDate) -> Result<Brott, Vec<FieldError>> {
    check_brott_among(form, &content.brott, ("Indikatorn", "En indikator"), today)
}

/// How goals are read: in the unit of the indikator, which the first of them may say.
struct Goals {
    slag: Slag,
    riktning: Riktning,
    enhet: String,
}

impl Goals {
    fn read(&mut self, check: &mut Checker, (field, text): (&str, &str), (till_field, till): (&str, &str)) -> Mal {
        let first = self.one(check, field, text);
        if self.riktning != Riktning::Inom {
            if !till.trim().is_empty() {
                check.error(till_field, "En övre gräns hör till riktningen ”Ska ligga inom gränser”.");
            }
            if matches!(first, Mal::Inom { .. }) {
                check.error(
                    field,
                    "Två gränser hör till riktningen ”Ska ligga inom gränser”. Välj den, eller skriv ett tal.",
                );
            }
            return first;
        }
        match (first, self.one(check, till_field, till)) {
            (Mal::Tal(fran), Mal::Tal(till)) if fran < till => Mal::Inom { fran, till },
            (Mal::Tal(_), Mal::Tal(_)) => {
                check.error(till_field, "Den övre gränsen ska vara större än den undre.");
                Mal::Inget
            }
            (Mal::Tal(_), _) => {
                check.error(till_field, "Skriv den övre gränsen som ett tal.");
                Mal::Inget
            }
            (first, Mal::Inget) => first,
            (first, _) => {
                check.error(field, "Skriv den undre gränsen som ett tal.");
                first
            }
        }
    }

    fn one(&mut self, check: &mut Checker, field: &str, text: &str) -> Mal {
        // also a text is one that fits a field
        let text = check.line(field, text);
        let last = match mal::las(&text) {
            Ok(last) => last,
            Err(fault) => {
                check.error(field, fault);
                return Mal::Inget;
            }
        };
        if let Some(said) = last.riktning.filter(|said| *said != self.riktning && *said != Riktning::Inom) {
            check.error(field, format!("Här står ett mål där det gäller att {}. Välj samma riktning.", mening(said)));
        }
        let numbers = last.mal.alla();
        if numbers.is_empty() {
            return last.mal;
        }
        if !last.enhet.is_empty() {
            if self.enhet.is_empty() {
                self.enhet.clone_from(&last.enhet);
            } else if !mal::enhet_passar(self.slag, &self.enhet, &last.enhet) {
                check.error(field, format!("Enheten är {}. Skriv bara talet här.", self.enhet));
            }
        }
        if self.slag == Slag::Andel {
            if !numbers.iter().all(|tal| (Tal::ZERO..=Tal::HUNDRED).contains(tal)) {
                check.error(field, "En andel ligger mellan 0 och 100\u{a0}%.");
            } else if let Some(tal) = numbers.iter().find(|tal| last.enhet.is_empty() && per_cent::is_doubtful(**tal)) {
                check.error(field, per_cent::asked(*tal));
            }
        }
        last.mal
    }
}

/// A direction in a sentence.
fn mening(riktning: Riktning) -> &'static str {
    match riktning {
        Riktning::Hogre => "nå minst så mycket",
        Riktning::Lagre => "inte nå mer",
        Riktning::Inom => "ligga inom gränser",
    }
}

fn tolerans(check: &mut Checker, form: &Form, enhet: &str) -> Tolerans {
    let units = form.tolerans_i == "enhet";
    let most = if units { Tal::MOST } else { Tal::HUNDRED };
    let unit = if units { enhet } else { "%" };
    match check.decimal("tolerans", &form.tolerans, Tal::ZERO..=most, unit) {
        Some((tal, _)) if units => Tolerans::Enhet(tal),
        Some((tal, _)) => Tolerans::Procent(tal),
        None => Tolerans::VANLIG,
    }
}

impl Content {
    /// As the form has it.
    #[must_use]
    pub fn form(&self) -> Form {
        let on = |yes: bool| if yes { "on" } else { "" }.to_owned();
        let (arsmal, arsmal_till) = self.arsmal.typed(self.slag);
        let (kf, kf_till) = self.kf.typed(self.slag);
        let (tolerans, tolerans_i) = match self.tolerans {
            Tolerans::Procent(tal) => (tal.typed(), "procent"),
            Tolerans::Enhet(tal) => (tal.typed(), "enhet"),
        };
        Form {
            namn: self.namn.clone(),
            definition: self.definition.clone(),
            enhet: self.enhet.clone(),
            decimaler: self.decimaler.to_string(),
            slag: self.slag.code().to_owned(),
            riktning: self.riktning.code().to_owned(),
            sammanlagd: self.sammanlagd.code().to_owned(),
            arsmal,
            arsmal_till,
            kf,
            kf_till,
            kf_jamforbart: on(self.kf_jamforbart),
            tolerans,
            tolerans_i: tolerans_i.to_owned(),
            periodicitet: self.periodicitet.code().to_owned(),
            kalla: self.kalla.clone(),
            mats: self.mats.clone(),
            efterslapning: self.efterslapning.to_string(),
            responsible: self.responsible.code(),
            ursprung: self.ursprung.code().to_owned(),
            matas: self.matas.map_or_else(String::new, Kalla::code),
            apt: on(self.visas.apt),
            tavla: on(self.visas.tavla),
        }
    }

    /// Labels and values for the history.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, String)> {
        let yes = |yes: bool| if yes { "ja" } else { "nej" }.to_owned();
        vec![
            ("Namn", self.namn.clone()),
            ("Definition", self.definition.clone()),
            ("Enhet", self.enhet.clone()),
            ("Decimaler", self.decimaler.to_string()),
            ("Slag", self.slag.label().to_owned()),
            ("Riktning", self.riktning.label().to_owned()),
            ("Längre tid", self.sammanlagd.label().to_owned()),
            ("Årsmål", self.arsmal.shown(self)),
            ("KF:s årsmål", self.kf.shown(self)),
            ("KF:s årsmål går att jämföra", yes(self.kf_jamforbart)),
            ("Tolerans", self.tolerans.said(self)),
            ("Periodicitet", self.periodicitet.label().to_owned()),
            ("Källa", self.kalla.clone()),
            ("Hur den mäts", self.mats.clone()),
            ("Eftersläpning", self.efterslapning.to_string()),
            ("Ansvarig", self.responsible.told()),
            ("Från", self.ursprung.label().to_owned()),
            ("Utfall hämtas från", self.matas.map_or_else(String::new, |kalla| kalla.label().to_owned())),
            ("Visas på APT", yes(self.visas.apt)),
            ("Visas på tavlan", yes(self.visas.tavla)),
        ]
    }
}
