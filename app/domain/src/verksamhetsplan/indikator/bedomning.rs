//! Bedömning: whether the year's goal is reached. One function gives the status, with what was compared, why in a sentence, and what is to
//! be looked at, to everything that shows it.
//!
//! Goal and figure are compared rounded to the decimals of the indikator, so that nobody reads "0,70 mot 0,70: uppnås inte", and in
//! whole numbers: (0,33 − 0,3)/0,3 is exactly 10 %.

use std::collections::BTreeMap;

use self::jamfor::{Matt, jamfor};
use super::{
    Content,
    konkontroll::{Konflagga, konkontroll},
    mal::{Mal, fraga_om_enhet},
    slag::{Riktning, Slag},
    status::Status,
    tid::Utfallsperiod,
    utfall::{Harkomst, Kanda, Utfall},
};
use crate::{apt::finding::in_words, siffror::slag::Mark, tal::Tal};

mod jamfor;
#[cfg(test)]
mod tests;

pub use jamfor::Avstand;

/// By how little a goal that is reached has to be passed, in per cent of it, to be no risk. Ours.
pub const LITEN_MARGINAL: Tal = Tal::whole(5);

/// What the goal was measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grund {
    /// The outcome against the goal of the year.
    Utfall,
    /// What the year is thought to come to.
    Prognos,
    /// The outcome against as much of the goal as the months of the period are of the year.
    IFas,
}

impl Grund {
    /// In a table beside the status: `utfall`, `prognos`, `i fas`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Utfall => "utfall",
            Self::Prognos => "prognos",
            Self::IFas => "i fas",
        }
    }
}

/// What is to be looked at beside a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flagga {
    /// The outcome of the year gives another status than the forecast that still stands there.
    PrognosInteUppdaterad {
        /// The forecast.
        prognos: Tal,
        /// What it would give.
        status: Status,
    },
    /// The outcome is another than when the status was set by hand.
    SattForHand {
        /// The outcome then; none where there was none.
        vid: Option<Tal>,
    },
    /// The goal is reached by less than [`LITEN_MARGINAL`]: in per cent of it.
    LitenMarginal(Tal),
    /// As much of the goal is reached as the months are of the year, and no more. What the year comes to is not known by it.
    PrecisIFas,
    /// What happens during the year has become less than it was at an earlier period of it.
    Minskat {
        /// The earlier period.
        fore: Utfallsperiod,
        /// What it was then.
        tal: Tal,
    },
    /// Somebody has typed a figure with more decimals than the indikator has: it is compared rounded.
    Avrundat(Tal),
    /// Some of the times that make the figure have none.
    Luckor(Kanda),
    /// Somebody has said that the figure misleads, and why.
    Missvisande(String),
    /// The figure will be replaced.
    Preliminart,
    /// The figure is a guess.
    Ungefarligt,
    /// The figure ends before the period: `t.o.m. juni 2022`.
    EgenManad(String),
    /// The figure in all does not agree with those by kön.
    Kon(Konflagga),
    /// The goal or its tolerance is another now than when the period was closed: what it was, in a sentence.
    Fryst(String),
}

impl Flagga {
    /// In sentences.
    #[must_use]
    pub fn said(&self, content: &Content) -> String {
        match self {
            Self::PrognosInteUppdaterad { prognos, status } => format!(
                "Prognosen är inte uppdaterad: med {} skulle bedömningen bli ”{}”.",
                content.with_unit(*prognos),
                status.label().to_lowercase()
            ),
            Self::SattForHand { vid: Some(vid) } => {
                format!("Satt för hand när utfallet var {}.", content.with_unit(*vid))
            }
            Self::SattForHand { vid: None } => "Satt för hand när utfall saknades.".to_owned(),
            Self::LitenMarginal(Tal::ZERO) => "Ingen marginal: målet nås precis.".to_owned(),
            Self::LitenMarginal(per_cent) => format!("Liten marginal: {}.", jamfor::shown(*per_cent, LITEN_MARGINAL)),
            Self::PrecisIFas => "Precis i fas.".to_owned(),
            Self::Minskat { fore, tal } => format!(
                "Utfallet är lägre än {} i {}. Det som händer under året kan inte bli färre.",
                content.with_unit(*tal),
                fore.months_label()
            ),
            Self::Avrundat(tal) => {
                format!("Utfallet {} är avrundat till {}.", content.behind(&tal.to_string()), content.with_unit(*tal))
            }
            Self::Luckor(kanda) => kanda.said(),
            Self::Missvisande(varfor) => format!("Missvisande: {}", mening(varfor)),
            Self::Preliminart => "Preliminärt.".to_owned(),
            Self::Ungefarligt => "Ungefärligt.".to_owned(),
            Self::EgenManad(month) => format!("Siffran gäller {month}."),
            Self::Kon(flagga) => flagga.said(content),
            Self::Fryst(said) => said.clone(),
        }
    }

    /// Whether somebody should look at the figure or the status: it may be wrong.
    #[must_use]
    pub const fn is_att_titta_pa(&self) -> bool {
        matches!(
            self,
            Self::PrognosInteUppdaterad { .. }
                | Self::SattForHand { .. }
                | Self::Kon(_)
                | Self::Minskat { .. }
                | Self::Luckor(_)
        )
    }

    /// Whether a risk is proposed.
    #[must_use]
    pub const fn is_risk(&self) -> bool {
        matches!(self, Self::LitenMarginal(_))
    }
}

/// How an indikator stands, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bedomning {
    /// What holds: the one that somebody has set, else the one that follows from the figures.
    pub status: Status,
    /// The one that follows from the figures.
    pub raknad: Status,
    /// What the goal was measured against; none where nothing was.
    pub grund: Option<Grund>,
    /// The figure that was compared, rounded as it was.
    pub tal: Option<Tal>,
    /// How far it is from the goal; none where nothing was compared.
    pub avstand: Option<Avstand>,
    /// Why the figures give the status, in sentences.
    pub varfor: String,
    /// Whether somebody has set the one that holds.
    pub satt: bool,
    /// Why somebody has; empty where nobody has.
    pub skal: String,
    /// How the figure stands to the council's goal; none where that is not comparable.
    pub kf: Option<Kf>,
    /// What is to be looked at.
    pub flaggor: Vec<Flagga>,
}

/// How a figure stands to the goal of the council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kf {
    /// Whether it is reached.
    pub status: Status,
    /// The comparison in words.
    pub varfor: String,
}

impl Bedomning {
    /// Why the status is what it is, and what is to be looked at: `82,9 mot minst 75 %. Liten marginal: 2,7 %.`
    #[must_use]
    pub fn said(&self, content: &Content) -> String {
        let satt = self.satt.then(|| format!("Satt för hand: {}", mening(&self.skal)));
        let kf = self.kf.as_ref().map(|kf| kf.varfor.clone());
        let flaggor = self.flaggor.iter().map(|flagga| flagga.said(content));
        let all = satt.into_iter().chain([self.varfor.clone()]).chain(kf).chain(flaggor);
        all.collect::<Vec<_>>().join(" ")
    }
}

/// What somebody has written, as a sentence that another can follow.
fn mening(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '?', '!', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// How an indikator stands at the end of a period.
///
/// At the end of the year the outcome is measured and a forecast is not. Before it the forecast is measured where there is one; else what
/// happens during the year ([`Slag::Antal`]) against as much of the goal as its months are of the year, and all else as it is.
#[must_use]
pub fn bedomning(content: &Content, period: Utfallsperiod, utfall: &Utfall) -> Bedomning {
    let fryst = utfall.fryst.as_ref().and_then(|fryst| fryst.said(content));
    let judged_by = utfall.bedoms_av(content);
    let content = &*judged_by;
    let (grund, tal) = underlag(content, period, utfall);
    let tal = tal.map(|tal| content.rounded(tal));
    let manader = if grund == Grund::IFas { utfall.manader(period) } else { 12 };
    let mal = &content.arsmal;
    let (raknad, avstand, varfor) = match (ingen(content, period, utfall, tal), tal) {
        (None, Some(tal)) => match jamfor(content, mal, tal, manader) {
            Some(avstand) => (avstand.status, Some(avstand), sagt(content, mal, tal, (grund, manader), Some(avstand))),
            None => (Status::IngenBedomning, None, "Årsmålet passar inte riktningen.".to_owned()),
        },
        (varfor, _) => (Status::IngenBedomning, None, varfor.unwrap_or_default()),
    };
    let (status, skal) = match &utfall.satt {
        Some(satt) => (satt.status, satt.skal.clone()),
        None => (raknad, String::new()),
    };
    let satt = utfall.satt.is_some();
    let kf = tal.filter(|_| content.kf_jamforbart && !content.enhet.is_empty()).and_then(|tal| {
        let avstand = jamfor(content, &content.kf, tal, manader)?;
        let said = sagt(content, &content.kf, tal, (grund, manader), Some(avstand));
        Some(Kf { status: avstand.status, varfor: format!("KF:s årsmål: {said}") })
    });
    let mut flaggor = flaggor(content, period, utfall, (raknad, grund), avstand);
    flaggor.extend(fryst.map(Flagga::Fryst));
    let grund = avstand.map(|_| grund);
    Bedomning { status, raknad, grund, tal, avstand, varfor, satt, skal, kf, flaggor }
}

/// What is measured, and as what.
fn underlag(content: &Content, period: Utfallsperiod, utfall: &Utfall) -> (Grund, Option<Tal>) {
    let outcome = utfall.tal();
    match utfall.prognos {
        _ if period.is_vb() => (Grund::Utfall, outcome),
        Some(prognos) => (Grund::Prognos, Some(prognos.tal)),
        None if content.slag == Slag::Antal => (Grund::IFas, outcome),
        None => (Grund::Utfall, outcome),
    }
}

/// Why nothing can be judged; none where it can.
fn ingen(content: &Content, period: Utfallsperiod, utfall: &Utfall, tal: Option<Tal>) -> Option<String> {
    match &content.arsmal {
        Mal::Inget => return Some("Årsmål saknas.".to_owned()),
        Mal::Text(text) => return Some(format!("Årsmålet är en text: ”{text}”.")),
        Mal::Tal(tal) | Mal::Inom { fran: tal, .. } if content.enhet.is_empty() => return Some(fraga_om_enhet(*tal)),
        Mal::Tal(_) | Mal::Inom { .. } => {}
    }
    if tal.is_some() {
        return None;
    }
    if !utfall.not.is_empty() {
        return Some(format!("Utfall saknas: ”{}”.", utfall.not));
    }
    let months = content.efterslapning;
    let after = if period.is_vb() { "årets slut" } else { "periodens slut" };
    Some(match usize::try_from(months).unwrap_or_default() {
        0 => "Utfall saknas.".to_owned(),
        n => {
            let unit = if n == 1 { "månad" } else { "månader" };
            format!("Utfall saknas. Det kommer {} {unit} efter {after}.", in_words(n, false))
        }
    })
}

/// What was compared, in sentences: `70 mot minst 82 %. Avståndet är 14,6 %, gränsen för delvis 10 %.`
fn sagt(content: &Content, mal: &Mal, tal: Tal, (grund, manader): (Grund, u32), avstand: Option<Avstand>) -> String {
    let figure = match grund {
        Grund::Prognos => format!("Prognos {}", content.shown(tal)),
        Grund::Utfall | Grund::IFas => content.shown(tal),
    };
    let goal = match grund {
        Grund::IFas => i_fas(content, mal, manader),
        Grund::Utfall | Grund::Prognos => mal.said(content),
    };
    let compared = format!("{figure} mot {goal}.");
    match avstand.and_then(|avstand| avstand.said(content, manader)) {
        Some(distance) => format!("{compared} {distance}"),
        None => compared,
    }
}

/// `minst 5,0 st i fas (fyra månader av tolv)`: with a decimal more than the indikator has, for a part of a goal is seldom whole.
fn i_fas(content: &Content, mal: &Mal, manader: u32) -> String {
    let part = |tal: Tal| Matt::of(content.rounded(tal), manader).with_decimals(content.decimaler + 1);
    let figures = match mal {
        Mal::Tal(tal) => part(*tal),
        Mal::Inom { fran, till } => format!("{}–{}", part(*fran), part(*till)),
        Mal::Inget | Mal::Text(_) => String::new(),
    };
    let word = match content.riktning {
        Riktning::Hogre => "minst ",
        Riktning::Lagre => "högst ",
        Riktning::Inom => "",
    };
    let months = usize::try_from(manader).unwrap_or_default();
    let unit = if months == 1 { "månad" } else { "månader" };
    format!("{word}{} i fas ({} {unit} av tolv)", content.behind(&figures), in_words(months, false))
}

/// What is told of a figure of what happens during the year that is less than it was at an earlier period of the year.
#[must_use]
pub fn minskat(content: &Content, period: Utfallsperiod, of_year: &BTreeMap<Utfallsperiod, Utfall>) -> Option<Flagga> {
    let now = of_year.get(&period)?.tal().filter(|_| content.slag == Slag::Antal)?;
    let earlier = of_year.iter().filter(|(one, _)| one.year() == period.year() && **one < period);
    let most = earlier.filter_map(|(fore, utfall)| Some((utfall.tal()?, *fore))).max_by_key(|(tal, _)| *tal);
    most.filter(|(tal, _)| *tal > now).map(|(tal, fore)| Flagga::Minskat { fore, tal })
}

fn flaggor(
    content: &Content,
    period: Utfallsperiod,
    utfall: &Utfall,
    (raknad, grund): (Status, Grund),
    avstand: Option<Avstand>,
) -> Vec<Flagga> {
    let mut out = Vec::new();
    let satt = utfall.satt.as_ref();
    if let (true, Some(prognos), Some(_), None) = (period.is_vb(), utfall.prognos, avstand, satt) {
        let status = jamfor(content, &content.arsmal, content.rounded(prognos.tal), 12).map(|a| a.status);
        if let Some(status) = status.filter(|status| *status != raknad) {
            out.push(Flagga::PrognosInteUppdaterad { prognos: prognos.tal, status });
        }
    }
    if let Some(satt) = satt.filter(|satt| satt.vid != utfall.tal()) {
        out.push(Flagga::SattForHand { vid: satt.vid });
    }
    // of what somebody says is not reached nothing is said of how well it is
    let margin = avstand.filter(|_| satt.is_none_or(|satt| satt.status == Status::Uppnas)).and_then(|a| a.marginal);
    match margin.filter(|margin| *margin < LITEN_MARGINAL) {
        // in phase nothing is said of how the year ends, and no risk is proposed
        Some(Tal::ZERO) if grund == Grund::IFas => out.push(Flagga::PrecisIFas),
        Some(margin) if grund != Grund::IFas => out.push(Flagga::LitenMarginal(margin)),
        _ => {}
    }
    // a share of its parts and a mean of months have decimals that nobody typed
    let typed = utfall.varden.total.filter(|v| v.share.is_none() && !matches!(utfall.harkomst, Harkomst::Matat(_)));
    out.extend(typed.map(|v| v.tal).filter(|tal| content.rounded(*tal) != *tal).map(Flagga::Avrundat));
    out.extend(utfall.kanda.map(Flagga::Luckor));
    if !utfall.missvisande.is_empty() {
        out.push(Flagga::Missvisande(utfall.missvisande.clone()));
    }
    if utfall.is_preliminart() {
        out.push(Flagga::Preliminart);
    }
    if utfall.varden.alla().any(|v| v.mark == Mark::Ungefarlig) {
        out.push(Flagga::Ungefarligt);
    }
    out.extend(utfall.egen_manad(period).map(Flagga::EgenManad));
    out.extend(konkontroll(content, &utfall.varden).into_iter().map(Flagga::Kon));
    out
}
