//! The picture of a series: which lines it has, from when to when, and what is said of it. It is drawn in `domain::drawing::serie`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    drawing::serie::{Brott, Diagram, Linje, Mal, Punkt, Tick},
    format,
    period::{Grain, Period},
    siffror::{
        fynd::{is_senast, nar},
        harledd::{Tidsserie, index},
        serie::Content,
        slag::{Mark, Sammanlagd, Varde},
        tabell::{Langd, ar, is_final},
    },
    tal::Tal,
};

use super::data::Data;

/// What the page shows, as its address says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vy {
    /// The values.
    Antal,
    /// Each as per cent of the first.
    Index,
    /// Divided by the dimension at this place.
    Per(usize),
}

/// How much of the time it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tid {
    /// The last twelve months, or what is like it for other times.
    Senaste,
    /// All.
    Allt,
    /// Year by year.
    Ar,
}

impl Tid {
    /// In the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Senaste => "senaste",
            Self::Allt => "allt",
            Self::Ar => "ar",
        }
    }
}

/// A place on the axis.
pub(super) fn at(ordinal: i64) -> f64 {
    f64::from(i32::try_from(ordinal).unwrap_or_default())
}

/// How many times of its grain are "the last ones": as long as one looks at once.
pub fn senaste(content: &Content) -> i64 {
    match content.grain {
        Grain::Manad => 12,
        Grain::Vecka => 26,
        Grain::Kvartal => 8,
        Grain::Tertial | Grain::Halvar => 6,
        Grain::Ar => 10,
    }
}

/// From when to when: none without values.
pub fn fonster(content: &Content, values: &Tidsserie, tid: Tid) -> Option<(Period, Period)> {
    let (first, last) = (*values.keys().next()?, *values.keys().next_back()?);
    if tid == Tid::Senaste {
        let from = Period::of_ordinal(last.ordinal() - senaste(content) + 1, content.grain);
        return Some((from.max(first), last));
    }
    Some((first, last))
}

/// `mars 2022: 336 hushåll, preliminärt`.
pub(super) fn label(content: &Content, period: Period, varde: &Varde, unit: &str, decimals: u32) -> String {
    let mark = match varde.mark {
        Mark::Preliminar => ", preliminärt",
        Mark::Ungefarlig => ", ungefärligt",
        Mark::Definitiv => "",
    };
    let value = if unit == content.enhet {
        content.with_unit(varde.tal)
    } else {
        format!("{} {unit}", varde.tal.with_decimals(decimals))
    };
    format!("{}: {value}{mark}", period.label())
}

/// What a picture is of: its unit and decimals.
struct Matt<'a> {
    content: &'a Content,
    unit: String,
    decimals: u32,
    today: NaiveDate,
}

impl Matt<'_> {
    fn line(&self, name: &str, strong: bool, values: &Tidsserie, (first, last): (Period, Period)) -> Linje {
        let points = values
            .range(first..=last)
            .map(|(period, varde)| Punkt {
                at: at(period.ordinal()),
                width: 1.0,
                tal: varde.tal,
                preliminar: !is_final(*period, varde, self.today),
                label: label(self.content, *period, varde, &self.unit, self.decimals),
            })
            .collect();
        Linje { name: name.to_owned(), strong, points, ..Linje::default() }
    }
}

fn tick(period: Period, first: bool) -> Tick {
    let (year, n) = period.place();
    let label = match period {
        Period::Month(..) => format::month_short(n).to_owned(),
        Period::Week(..) => n.to_string(),
        Period::Quarter(..) => format!("kv {n}"),
        Period::Tertial(..) => format!("T{n}"),
        Period::Half(..) => format!("H{n}"),
        Period::Year(..) => year.to_string(),
    };
    let has_year = !matches!(period, Period::Year(_)) && (first || n == 1);
    Tick { label, year: has_year.then(|| year.to_string()) }
}

fn ticks(first: Period, last: Period) -> Vec<Tick> {
    let ordinals = first.ordinal()..=last.ordinal();
    ordinals.map(|n| tick(Period::of_ordinal(n, first.grain()), n == first.ordinal())).collect()
}

/// The breaks that lie in the window.
pub(super) fn brott(content: &Content, (first, last): (Period, Period)) -> Vec<Brott> {
    let inside = content.brott_mellan(first.first_day(), last.first_day()).is_some();
    let all = content.brott.iter().filter(|b| inside && b.fran > first.first_day() && b.fran <= last.first_day());
    all.map(|b| {
        let period = Period::of(b.fran, content.grain);
        // in the middle of a time, it begins with the next one
        let before = if b.fran == period.first_day() { -0.5 } else { 0.5 };
        Brott {
            at: at(period.ordinal()) + before,
            title: format!("Brott {}", format::date(b.fran)),
            why: b.varfor.clone(),
        }
    })
    .collect()
}

fn mal(content: &Content) -> Vec<Mal> {
    let name = |m: &domain::siffror::serie::Mal| {
        let of = if m.namn.is_empty() { "Mål" } else { &m.namn };
        let word = if m.hogst { "högst" } else { "minst" };
        format!("{of}: {word} {}", content.shown(m.tal))
    };
    content.mal.iter().map(|m| Mal { name: name(m), tal: m.tal }).collect()
}

/// The time whose value an index calls 100: the first in a window that is on this side of the last break.
pub fn indexbas(content: &Content, huvud: &Tidsserie, window: (Period, Period)) -> Option<Period> {
    // values on the other side of a break are no per cent of it
    let since = content.brott.iter().map(|b| b.fran).filter(|fran| *fran <= window.1.first_day()).max();
    let fits = |p: Period| p >= window.0 && since.is_none_or(|since| p.first_day() >= since);
    huvud.iter().find(|(p, v)| fits(**p) && v.tal > Tal::ZERO).map(|(p, _)| *p)
}

/// The picture; none where there is nothing to draw. `own` is what the unit is called.
pub fn diagram(data: &Data, vy: Vy, tid: Tid, own: &str, today: NaiveDate) -> Option<Diagram> {
    if tid == Tid::Ar {
        return years(data, today);
    }
    let content = &data.serie.content;
    let name = |id| {
        let found = data.dimensioner.iter().find_map(|d| d.get(id));
        found.map_or_else(String::new, |v| v.namn.clone())
    };
    let huvud = data.huvud();
    let parts = |at: usize| data.visat.uppdelat.get(at).map(|u| u.delar.as_slice()).unwrap_or_default();
    let is_own = |id| content.egen == Some(id);
    // the picture of a division is as long as the longest of its lines
    let all: Tidsserie = match vy {
        Vy::Per(at) => parts(at).iter().flat_map(|(_, values)| values.iter().map(|(p, v)| (*p, *v))).collect(),
        Vy::Antal | Vy::Index => huvud.clone(),
    };
    let mut window = fonster(content, &all, tid)?;
    let mut matt = Matt { content, unit: content.enhet.clone(), decimals: content.decimaler, today };
    let title = content.egen.map_or_else(|| own.to_owned(), name);
    let mut lines: Vec<(String, bool, Tidsserie)> = match vy {
        Vy::Per(at) => {
            // a group is the sum of lines that are there
            let alone = |id| !data.dimensioner.get(at).is_some_and(|d| d.is_grupp(id));
            let all = parts(at).iter().filter(|(id, _)| alone(*id));
            all.map(|(id, values)| (name(*id), at == 0 && is_own(*id), values.clone())).collect()
        }
        Vy::Antal | Vy::Index => {
            let others = parts(0).iter().filter(|(id, _)| content.egen.is_some() && !is_own(*id));
            let others = others.map(|(id, values)| (name(*id), false, values.clone()));
            std::iter::once((title, true, huvud.clone())).chain(others).collect()
        }
    };
    if vy == Vy::Index {
        let bas = indexbas(content, huvud, window)?;
        window.0 = bas;
        lines = lines.into_iter().filter_map(|(n, strong, values)| Some((n, strong, index(&values, bas)?))).collect();
        (matt.unit, matt.decimals) = (format!("index, {} är 100", bas.label()), 1);
    }
    let lines = lines.iter().map(|(n, strong, values)| matt.line(n, *strong, values, window));
    // of one whose values are all hidden there is nothing to draw
    let lines: Vec<Linje> = lines.filter(|line| !line.points.is_empty()).collect();
    let newest = huvud.keys().copied().find(|p| is_senast(huvud, *p, today));
    let named = [newest, newest.and_then(Period::year_before)].into_iter().flatten();
    let numbers = named.filter(|p| vy == Vy::Antal && *p >= window.0 && *p <= window.1).map(|p| at(p.ordinal()));
    Some(Diagram {
        start: window.0.ordinal(),
        ticks: ticks(window.0, window.1),
        brott: brott(content, window),
        mal: if vy == Vy::Antal { mal(content) } else { vec![] },
        numbers: numbers.collect(),
        bars: false,
        alt: data.fynd(today).mening(),
        unit: matt.unit,
        decimals: matt.decimals,
        lines,
    })
}

/// How many decimals a value of a longer time has: a mean of whole numbers has one.
pub fn decimals_of(content: &Content, made: Sammanlagd) -> u32 {
    if made == Sammanlagd::Medel { content.decimaler.max(1) } else { content.decimaler }
}

/// The years that have a value.
pub fn alla_ar(content: &Content, values: &Tidsserie, today: NaiveDate) -> BTreeMap<i32, Langd> {
    let years: BTreeSet<i32> = values.keys().map(|p| p.place().0).collect();
    years.into_iter().filter_map(|year| Some((year, ar(content, values, year, today)?))).collect()
}

/// `, medel av 3 månader`: how a year that is not whole was made; nothing of a whole one.
fn not_whole(content: &Content, made: &Langd) -> String {
    let langre = &made.langre;
    if langre.of < langre.all { format!(", {}", langre.said_in(content.grain)) } else { String::new() }
}

/// Year by year, as bars from nought. A year that is not whole is hollow.
fn years(data: &Data, today: NaiveDate) -> Option<Diagram> {
    let content = &data.serie.content;
    let all = alla_ar(content, data.huvud(), today);
    let (first, last) = (*all.keys().next()?, *all.keys().next_back()?);
    let decimals = all.values().next().map_or(0, |l| decimals_of(content, l.langre.way));
    let with_unit = |l: &Langd| format!("{}\u{a0}{}", l.langre.tal.with_decimals(decimals), content.enhet);
    let points = all.iter().map(|(year, made)| Punkt {
        at: at(i64::from(*year)),
        width: 1.0,
        tal: made.langre.tal,
        preliminar: made.langre.of < made.langre.all,
        label: format!("{}: {}{}", made.rubrik, with_unit(made), not_whole(content, made)),
    });
    let line = Linje { name: String::new(), strong: true, points: points.collect(), ..Linje::default() };
    let said = all.values().map(|l| format!("{} {}{}", l.rubrik, with_unit(l), not_whole(content, l)));
    Some(Diagram {
        unit: content.enhet.clone(),
        decimals,
        start: i64::from(first),
        ticks: (first..=last).map(|year| Tick { label: year.to_string(), year: None }).collect(),
        mal: mal(content),
        numbers: all.keys().map(|year| at(i64::from(*year))).collect(),
        bars: true,
        alt: said.collect::<Vec<_>>().join(", "),
        lines: vec![line],
        brott: vec![],
    })
}

/// The last values as a small picture: how much, and whether it is preliminary; none where one is missing.
pub fn small_values(content: &Content, values: &Tidsserie, today: NaiveDate) -> Vec<Option<(Tal, bool)>> {
    let Some((first, last)) = fonster(content, values, Tid::Senaste) else { return vec![] };
    let of = |n: i64| {
        let period = Period::of_ordinal(n, content.grain);
        values.get(&period).map(|v| (v.tal, !is_final(period, v, today)))
    };
    (first.ordinal()..=last.ordinal()).map(of).collect()
}

/// `mars`, `april preliminärt`: the last value's time, in the overview.
pub fn senast_ord(period: Period, varde: &Varde, today: NaiveDate) -> String {
    let words = nar(period, today);
    let words = words.strip_prefix("i ").unwrap_or(&words).to_owned();
    if is_final(period, varde, today) {
        words
    } else if varde.mark == Mark::Preliminar {
        format!("{words}, preliminärt")
    } else {
        format!("{words}, hittills")
    }
}
