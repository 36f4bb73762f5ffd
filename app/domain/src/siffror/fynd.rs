//! Fynd: what the values of a series say, in one sentence that stands as the heading: "336 hushåll i mars, 21 färre än för ett år
//! sedan". It is of the last value that stands as it is; what is preliminary or not over is said beside it. Whether a change means
//! anything is told by the changes before it, and not by its size (docs/doman.md 10).

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};

use super::{
    forandring::{Forandring, forandring, procentenheter},
    harledd::Tidsserie,
    serie::{Content, Mal},
    slag::{Mark, Slag, Varde},
    tabell::{is_final, slutliga},
};
use crate::{
    format::{self, NBSP},
    period::Period,
    tal::Tal,
};

/// How many changes are looked at, the newest counted in.
const CHANGES: usize = 12;

/// How the last value stands to a goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MalLage {
    /// The goal.
    pub mal: Mal,
    /// Whether it is as it should be.
    pub nas: bool,
    /// `Nås i mars, 4 under.`
    pub said: String,
}

impl MalLage {
    /// `Mål, högst 340 hushåll: nås i mars, 4 under.`: where the goal does not stand beside it.
    #[must_use]
    pub fn with_goal(&self, content: &Content) -> String {
        let of = if self.mal.namn.is_empty() { "Mål" } else { &self.mal.namn };
        let mut letters = self.said.chars();
        let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
        format!("{of}, {}: {first}{}", self.mal.said(content), letters.as_str())
    }
}

/// What the values say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fynd {
    /// The heading, without a full stop.
    pub rubrik: String,
    /// What has to be known with it, as sentences.
    pub noter: Vec<String>,
    /// The last value that stands as it is.
    pub senast: Option<(Period, Varde)>,
    /// A later one that is preliminary, or whose time is not over.
    pub preliminart: Option<(Period, Varde)>,
    /// Whether the last change is larger than each of the eleven before it.
    pub ovanlig: bool,
    /// How the last value stands to the goals, in their order.
    pub mal: Vec<MalLage>,
}

impl Fynd {
    /// Heading and notes as running text.
    #[must_use]
    pub fn mening(&self) -> String {
        if self.noter.is_empty() {
            return self.rubrik.clone();
        }
        format!("{}. {}", self.rubrik, self.noter.join(" "))
    }

    /// Whether it is to be read before the others: an unusual change, or a goal that is not reached.
    #[must_use]
    pub fn betyder_nagot(&self) -> bool {
        self.ovanlig || self.mal.iter().any(|m| !m.nas)
    }
}

/// `i mars`, `vecka 12`, `andra halvåret`, `år 2021`: a time in running text, with its year where it is not this one.
#[must_use]
pub fn nar(period: Period, today: NaiveDate) -> String {
    let words = if period.place().0 == today.year() { period.within_year() } else { period.label() };
    match period {
        Period::Month(..) => format!("i {words}"),
        Period::Year(year) => format!("år {year}"),
        _ => words,
    }
}

/// `336 hushåll`, `ca 3,3 mnkr`.
#[must_use]
pub fn med_enhet(content: &Content, varde: &Varde) -> String {
    let about = if varde.mark == Mark::Ungefarlig { "ca " } else { "" };
    format!("{about}{}", content.with_unit(varde.tal))
}

/// What the values of one line of a series say on a day.
#[must_use]
pub fn fynd(content: &Content, values: &Tidsserie, today: NaiveDate) -> Fynd {
    let final_values = slutliga(values, today);
    let senast = final_values.iter().next_back().map(|(p, v)| (*p, *v));
    let preliminart =
        values.iter().next_back().map(|(p, v)| (*p, *v)).filter(|last| senast.is_none_or(|(p, _)| last.0 > p));
    let mut noter = Vec::new();
    let rubrik = match (senast, preliminart) {
        (None, None) => "Inga värden än".to_owned(),
        (None, Some((period, varde))) => {
            noter.push("Inget värde är slutligt än.".to_owned());
            format!("{} {}, {}", med_enhet(content, &varde), nar(period, today), till_vidare(&varde))
        }
        (Some((period, varde)), _) => {
            let said = format!("{} {}", med_enhet(content, &varde), nar(period, today));
            match against(content, values, (period, varde), I_FJOL, &mut noter) {
                Some(change) => format!("{said}, {change}"),
                None => said,
            }
        }
    };
    if let (Some(_), Some((period, varde))) = (senast, preliminart) {
        noter.push(format!("{}.", said_beside(content, period, &varde, today)));
    }
    let ovanlig = senast.is_some_and(|(period, _)| is_unusual(content, &final_values, period));
    if ovanlig {
        noter.push(ovanlig_not(content));
    }
    // old values are told of by their time, so that nobody takes them for today's
    if let Some((last, _)) = values.iter().next_back()
        && *last < content.senast(today)
    {
        noter.push(format!("Värden finns t.o.m. {}.", last.label()));
    }
    let mal = senast.map(|last| content.mal.iter().map(|m| lage(content, m, last, today)).collect());
    // of one that begins with "ca"
    let rubrik = format::capitalised(&rubrik);
    Fynd { rubrik, noter, senast, preliminart, ovanlig, mal: mal.unwrap_or_default() }
}

/// What the value of one time says, whatever came after it: `149 hushåll i december, 29 färre än samma månad året före`. One that
/// will be replaced, or whose time is not over on the day, says so in the heading: an earlier value is not told of in its place. None
/// where that time has no value.
#[must_use]
pub fn fynd_om(content: &Content, values: &Tidsserie, period: Period, today: NaiveDate) -> Option<Fynd> {
    let varde = *values.get(&period)?;
    let last = (period, varde);
    // told among others of its time: no year is needed
    let day = period.last_day();
    let stands = is_final(period, &varde, today);
    let mut noter = Vec::new();
    let mut rubrik = format!("{} {}", med_enhet(content, &varde), nar(period, day));
    if !stands {
        rubrik = format!("{rubrik}, {}", till_vidare(&varde));
    }
    // last year of a time long ago is not last year of today
    let last_year = format!("samma {} året före", content.grain.label());
    if let Some(change) = against(content, values, last, (&last_year, &last_year), &mut noter) {
        rubrik = format!("{rubrik}, {change}");
    }
    let ovanlig = stands && is_unusual(content, &slutliga(values, today), period);
    if ovanlig {
        noter.push(ovanlig_not(content));
    }
    // what comes in has not all come before its time is over
    let is_over = day < today;
    let mal = content.mal.iter().filter(|_| is_over).map(|m| {
        let lage = lage(content, m, last, day);
        let said = format!("{}, preliminärt.", lage.said.trim_end_matches('.'));
        if stands { lage } else { MalLage { said, ..lage } }
    });
    let mal = mal.collect();
    let (senast, preliminart) = if stands { (Some(last), None) } else { (None, Some(last)) };
    Some(Fynd { rubrik: format::capitalised(&rubrik), noter, senast, preliminart, ovanlig, mal })
}

/// `preliminärt`, `hittills`: why a value may become another.
fn till_vidare(varde: &Varde) -> &'static str {
    if varde.mark == Mark::Preliminar { "preliminärt" } else { "hittills" }
}

fn ovanlig_not(content: &Content) -> String {
    let en = if content.grain.is_neuter() { "ett" } else { "en" };
    format!("Ovanligt stor ändring från {en} {} till nästa.", content.grain.label())
}

/// `April preliminärt 323`, `April hittills 12`.
fn said_beside(content: &Content, period: Period, varde: &Varde, today: NaiveDate) -> String {
    let words = if period.place().0 == today.year() { period.within_year() } else { period.label() };
    let word = till_vidare(varde);
    let value = if content.slag == Slag::Andel { content.with_unit(varde.tal) } else { content.shown(varde.tal) };
    format!("{} {word} {value}", format::capitalised(&words))
}

/// The same time last year, of a time that is now: after "än", and after "med".
const I_FJOL: (&str, &str) = ("för ett år sedan", "i fjol");

/// How the last value stands against the same time last year, which is `called` so, or where there is none against the time before. Over a break it does
/// not, and the note says why.
fn against(
    content: &Content,
    values: &Tidsserie,
    (period, varde): (Period, Varde),
    called: (&str, &str),
    noter: &mut Vec<String>,
) -> Option<String> {
    let last_year = period.year_before().and_then(|p| Some((p, *values.get(&p)?)));
    let before = Some(period.before()).and_then(|p| Some((p, *values.get(&p)?)));
    let is_year = period.year_before() == Some(period.before());
    let (other, than, with) = match (last_year, before) {
        (Some(other), _) if !is_year => (other, called.0.to_owned(), called.1.to_owned()),
        (_, Some(other)) => {
            let than = format!("{} före", content.grain.the());
            (other, than.clone(), than)
        }
        _ => return None,
    };
    let (from, to) = (other.0.first_day().min(period.first_day()), period.first_day());
    if let Some(brott) = content.brott_mellan(from, to) {
        let better = if brott.rapportering { " En ökning kan komma av bättre rapportering." } else { "" };
        noter.push(format!("Jämförs inte med {with}: {} {}.{better}", brott.varfor, format::date(brott.fran)));
        return None;
    }
    let change = forandring(content.slag, other.1, varde);
    if other.1.mark == Mark::Preliminar {
        noter.push(format!("Värdet {than} är preliminärt."));
    }
    Some(in_words(content, &change, &than))
}

/// `21 färre än för ett år sedan`, `14,8 procentenheter högre än …`, `lika många som …`.
fn in_words(content: &Content, change: &Forandring, than: &str) -> String {
    let counts = matches!(content.slag, Slag::Bestand | Slag::Flode) && content.decimaler == 0;
    let rounded = change.skillnad.rounded(content.decimaler);
    if rounded == Tal::ZERO {
        return format!("{} som {than}", if counts { "lika många" } else { "samma" });
    }
    let more = rounded > Tal::ZERO;
    let size = content.shown(if more { rounded } else { -rounded });
    let words = match content.slag {
        _ if counts && more => "fler".to_owned(),
        _ if counts => "färre".to_owned(),
        Slag::Andel => format!("{} {}", procentenheter(&size), if more { "högre" } else { "lägre" }),
        // without a space that breaks: the heading would begin a line with the unit
        Slag::Belopp | Slag::Medel if !content.enhet.is_empty() => {
            return format!("{size}{NBSP}{} {} än {than}", content.enhet, if more { "mer" } else { "mindre" });
        }
        _ => (if more { "högre" } else { "lägre" }).to_owned(),
    };
    format!("{size} {words} än {than}")
}

/// Whether the change to a time is larger than each of the eleven before it. Only what is counted is asked, and only where twelve
/// changes follow each other without a gap or a break: with fewer nobody knows what is usual.
fn is_unusual(content: &Content, final_values: &Tidsserie, last: Period) -> bool {
    if !matches!(content.slag, Slag::Bestand | Slag::Flode) {
        return false;
    }
    let mut changes = Vec::with_capacity(CHANGES);
    let mut now = last;
    for _ in 0..CHANGES {
        let before = now.before();
        let (Some(a), Some(b)) = (final_values.get(&before), final_values.get(&now)) else { return false };
        if !content.jamforbara(before, now) {
            return false;
        }
        changes.push((b.tal - a.tal).stored().unsigned_abs());
        now = before;
    }
    changes.split_first().is_some_and(|(newest, earlier)| earlier.iter().all(|change| change < newest))
}

/// How a value stands to a goal.
fn lage(content: &Content, mal: &Mal, (period, varde): (Period, Varde), today: NaiveDate) -> MalLage {
    let nas = mal.nas(varde.tal);
    let off = varde.tal - mal.tal;
    let rounded = off.rounded(content.decimaler);
    let size = content.shown(rounded.abs());
    let size = if content.slag == Slag::Andel { format!("{size} {}", procentenheter(&size)) } else { size };
    let distance = match rounded.cmp(&Tal::ZERO) {
        // the same as shown, and not as it is
        Ordering::Equal if !nas => format!("knappt {}", if off > Tal::ZERO { "över" } else { "under" }),
        Ordering::Equal => "precis".to_owned(),
        Ordering::Greater => format!("{size} över"),
        Ordering::Less => format!("{size} under"),
    };
    let word = if nas { "Nås" } else { "Nås inte" };
    MalLage { mal: mal.clone(), nas, said: format!("{word} {}, {distance}.", nar(period, today)) }
}

/// Whether a value of a line is the last that stands as it is: the one that a picture names.
#[must_use]
pub fn is_senast(values: &Tidsserie, period: Period, today: NaiveDate) -> bool {
    values.iter().rfind(|(p, v)| is_final(**p, v, today)).is_some_and(|(p, _)| *p == period)
}

#[cfg(test)]
mod tests;
