//! Tabellen bakom: the values of the picture as a table, each with what it is against the time before and the same time last year,
//! and what makes the year. A value that is hidden is "–" and says why.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    format,
    period::{Grain, Period},
    siffror::{
        dimension::DimensionsvardeId,
        forandring::forandring,
        fynd::is_senast,
        harledd::{Tidsserie, index},
        serie::Content,
        slag::{Langre, Mark, Varde},
        tabell::{Kolumn, Langd, ar, is_final, kolumner, tertial, utelamnade},
    },
};
use leptos::prelude::*;

use super::{
    chart::{self, Tid, Vy, decimals_of, fonster, indexbas},
    data::{DOLT, Data},
};

/// So many times are shown until all are asked for.
const SHOWN: i64 = 7;

/// What is said of a value that will be replaced.
const PRELIMINART: &str = "preliminärt";

/// A column: a time, or the longer time that ends there.
enum Spalt {
    Tid(Kolumn),
    Langre(Langd),
    /// A year without a figure, and whether that is because something was counted otherwise in it.
    Utan(i32, bool),
}

/// What the table shows.
pub struct Tabell {
    spalter: Vec<Spalt>,
    /// The values as index, and the time that is 100.
    index: Option<(Period, Tidsserie)>,
    /// How many times there are in all, where not all are shown.
    pub fler: Option<i64>,
    /// How many of the oldest times are too many for a table.
    utelamnade: i64,
}

/// The columns of a page: the last ones, or all. A year stands after its last time, the tertials of the current year last.
pub fn tabell(data: &Data, vy: Vy, tid: Tid, all: bool, today: NaiveDate) -> Option<Tabell> {
    let content = &data.serie.content;
    if let Some(spalter) = (tid == Tid::Ar).then(|| alla_ar(data, today)).flatten() {
        return Some(Tabell { spalter, index: None, fler: None, utelamnade: 0 });
    }
    let values = spanned(data, vy);
    let (mut first, last) = fonster(content, &values, if tid == Tid::Senaste { tid } else { Tid::Allt })?;
    let count = last.ordinal() - first.ordinal() + 1;
    let fler = (!all && count > SHOWN).then_some(count);
    if fler.is_some() {
        first = Period::of_ordinal(last.ordinal() - SHOWN + 1, content.grain);
    }
    let utelamnade = utelamnade(first, last);
    let huvud = data.huvud();
    let mut spalter = Vec::new();
    for kolumn in kolumner(content, huvud, first, last) {
        let period = kolumn.period;
        let ends = period == last || period.after().place().0 != period.place().0;
        spalter.push(Spalt::Tid(kolumn));
        if ends && matches!(vy, Vy::Antal) {
            let year = period.place().0;
            if period == last {
                // what the reports of the year are about: January–April, January–August
                let tertials = (1..=2).filter_map(|n| tertial(content, huvud, year, n, today));
                spalter.extend(tertials.filter(|t| t.langre.of == t.langre.all).map(Spalt::Langre));
            }
            spalter.extend(ar(content, huvud, year, today).map(Spalt::Langre));
        }
    }
    let index = (vy == Vy::Index).then(|| {
        let bas = indexbas(content, huvud, fonster(content, huvud, tid)?)?;
        Some((bas, index(huvud, bas)?))
    });
    Some(Tabell { spalter, index: index.flatten(), fler, utelamnade })
}

/// A column for each year between the first and the last that has a figure or a value; none where no year has one.
fn alla_ar(data: &Data, today: NaiveDate) -> Option<Vec<Spalt>> {
    let (content, huvud) = (&data.serie.content, data.huvud());
    let mut made = chart::alla_ar(content, huvud, today);
    let (first, last) = (huvud.keys().next()?.place().0, huvud.keys().next_back()?.place().0);
    let broken = |year: i32| {
        let (begins, ends) = (Period::Year(year).first_day(), Period::Year(year).last_day());
        content.brott_mellan(begins, ends).is_some()
    };
    (!made.is_empty()).then(|| {
        let of = |year: i32| made.remove(&year).map_or_else(|| Spalt::Utan(year, broken(year)), Spalt::Langre);
        (first..=last).map(of).collect()
    })
}

/// The times of the page: those of its line, or of all lines of a division.
fn spanned(data: &Data, vy: Vy) -> Tidsserie {
    match vy {
        Vy::Per(at) => {
            let parts = data.visat.uppdelat.get(at).map(|u| u.delar.as_slice()).unwrap_or_default();
            parts.iter().flat_map(|(_, values)| values.iter().map(|(p, v)| (*p, *v))).collect()
        }
        Vy::Antal | Vy::Index => data.huvud().clone(),
    }
}

impl Tabell {
    /// The times that have a column, without what is made of them.
    pub fn tider(&self) -> Vec<Period> {
        let of = |spalt: &Spalt| if let Spalt::Tid(k) = spalt { Some(k.period) } else { None };
        self.spalter.iter().filter_map(of).collect()
    }

    /// The table.
    pub fn view(&self, data: &Data, vy: Vy, own: &str, today: NaiveDate) -> AnyView {
        let content = &data.serie.content;
        let is_time = |spalt: &Spalt| matches!(spalt, Spalt::Tid(_));
        let (rows, of_one) = match vy {
            Vy::Per(at) if self.spalter.iter().any(is_time) => (self.parts(data, at), false),
            Vy::Per(_) | Vy::Antal | Vy::Index => (self.own(data, own, today), true),
        };
        let heads = self.spalter.iter().map(|s| head(s, content, today, of_one)).collect_view();
        let label = format!("Tabellen bakom: {}", content.namn);
        let older = (self.utelamnade > 0).then(|| older(self.utelamnade, content.grain));
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label=label>
                <table class="table serie-table">
                    <thead><tr><th scope="col">{format::capitalised(content.grain.label())}</th> {heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {older.map(|words| view! { <p class="muted">{words}</p> })}
        }
        .into_any()
    }

    /// The unit's own line and its changes.
    fn own(&self, data: &Data, own: &str, today: NaiveDate) -> AnyView {
        let content = &data.serie.content;
        let huvud = data.huvud();
        let cells = self.spalter.iter().map(|spalt| match spalt {
            Spalt::Tid(k) => {
                let strong = is_senast(huvud, k.period, today);
                value_cell(content, k.varde.as_ref(), why(data, k.period), strong)
            }
            Spalt::Langre(l) => {
                let about = if l.langre.mark == Mark::Ungefarlig { "ca " } else { "" };
                let tal = l.langre.tal.with_decimals(decimals_of(content, l.langre.way));
                view! { <td class="num longer">{format!("{about}{tal}")}</td> }.into_any()
            }
            Spalt::Utan(_, true) => view! { <td class="num longer muted">"över brott"</td> }.into_any(),
            Spalt::Utan(_, false) => view! { <td class="num longer"></td> }.into_any(),
        });
        let cells = cells.collect_view();
        if !self.spalter.iter().any(|spalt| matches!(spalt, Spalt::Tid(_))) {
            let changes = (0..self.spalter.len()).map(|at| self.mot_aret_fore(content, at)).collect_view();
            return view! {
                <tr><th scope="row">{own.to_owned()}</th> {cells}</tr>
                <tr><th scope="row">"Mot året före"</th> {changes}</tr>
            }
            .into_any();
        }
        let index = self.index.as_ref().map(|(bas, values)| {
            let shown = |p: Period| values.get(&p).filter(|_| p >= *bas).map(|v| v.tal.with_decimals(1));
            let cells = self.spalter.iter().map(|spalt| match spalt {
                Spalt::Tid(k) => view! { <td class="num">{shown(k.period)}</td> }.into_any(),
                Spalt::Langre(_) | Spalt::Utan(..) => view! { <td class="longer"></td> }.into_any(),
            });
            view! { <tr><th scope="row">{format!("Index, {} är 100", bas.label())}</th> {cells.collect_view()}</tr> }
        });
        let change = |of: fn(&Kolumn) -> &domain::siffror::tabell::Mot| {
            let cells = self.spalter.iter().map(|spalt| match spalt {
                Spalt::Tid(k) => {
                    let is_marked = k.varde.is_some_and(|v| not_final(k.period, &v, today).is_some());
                    change_cell(content, of(k), is_marked)
                }
                Spalt::Langre(_) | Spalt::Utan(..) => view! { <td class="longer"></td> }.into_any(),
            });
            cells.collect_view()
        };
        let before = format!("Mot {} före", content.grain.the());
        let last_year = format!("Mot samma {} i fjol", content.grain.label());
        // a week is another one the year before, and of years the year before is the time before
        let has_last_year = !matches!(content.grain, Grain::Vecka | Grain::Ar);
        view! {
            {index}
            <tr><th scope="row">{own.to_owned()}</th> {cells}</tr>
            <tr><th scope="row">{before}</th> {change(|k| &k.mot_fore)}</tr>
            {has_last_year.then(|| view! { <tr><th scope="row">{last_year}</th> {change(|k| &k.mot_fjol)}</tr> })}
        }
        .into_any()
    }

    /// How a year stands against the one before: only whole years say that.
    fn mot_aret_fore(&self, content: &Content, at: usize) -> AnyView {
        let of = |at: usize| match self.spalter.get(at) {
            Some(Spalt::Langre(made)) => Some(&made.langre),
            _ => None,
        };
        let year = |at: usize| match self.spalter.get(at) {
            Some(Spalt::Langre(made)) => Some(Period::Year(made.ar)),
            _ => None,
        };
        let both = at.checked_sub(1).and_then(|before| Some((of(before)?, of(at)?, year(before)?, year(at)?)));
        let said = both.map(|(before, now, was, is)| {
            if !content.jamforbara(was, is) {
                return "över brott".to_owned();
            }
            if before.of < before.all || now.of < now.all {
                return "inte hela år".to_owned();
            }
            let varde = |made: &Langre| Varde { tal: made.tal, share: None, mark: made.mark };
            let change = forandring(content.slag, varde(before), varde(now));
            change.said(content.slag, decimals_of(content, now.way))
        });
        view! { <td class="num longer">{said}</td> }.into_any()
    }

    /// A row for each value of a dimension, and the total.
    fn parts(&self, data: &Data, at: usize) -> AnyView {
        let content = &data.serie.content;
        let Some(dimension) = data.dimensioner.get(at) else { return ().into_any() };
        let of: BTreeMap<DimensionsvardeId, &Tidsserie> =
            data.visat.uppdelat.get(at).map(|u| u.delar.iter().map(|(id, v)| (*id, v)).collect()).unwrap_or_default();
        let dolda = &data.visat.dolda;
        let cells = |values: &Tidsserie, part: Option<DimensionsvardeId>| {
            let cells = self.spalter.iter().filter_map(|spalt| {
                let Spalt::Tid(k) = spalt else { return None };
                let hidden = match part {
                    Some(id) => dolda.summor.contains(&(at, id, k.period)),
                    None => dolda.totaler.contains(&k.period),
                };
                Some(marked_cell(content, values.get(&k.period), hidden.then(|| DOLT.to_owned())))
            });
            cells.collect_view()
        };
        let rows = dimension.values.iter().filter_map(|v| {
            let values = of.get(&v.id)?;
            Some(view! { <tr><th scope="row">{v.namn.clone()}</th> {cells(values, Some(v.id))}</tr> })
        });
        let rows = rows.collect_view();
        let totals = &data.visat.totaler;
        let total = (!totals.is_empty())
            .then(|| view! { <tr class="total"><th scope="row">"Totalt"</th> {cells(totals, None)}</tr> });
        view! { {rows} {total} }.into_any()
    }
}

/// That the table does not hold all times.
fn older(n: i64, grain: Grain) -> String {
    let oldest = if n == 1 {
        format!("{} äldsta {}", if grain.is_neuter() { "Det" } else { "Den" }, grain.the())
    } else {
        format!("De äldsta {} {}", format::int(n), grain.the_many())
    };
    format!("{oldest} visas inte. Allt finns i arbetsboken för Excel.")
}

/// The head of a column. Above the value of one line (`of_one`) it says how sure that is; above several each cell says it itself.
fn head(spalt: &Spalt, content: &Content, today: NaiveDate, of_one: bool) -> AnyView {
    match spalt {
        Spalt::Tid(k) if of_one => time_head(k.period, k.varde.and_then(|v| not_final(k.period, &v, today))).into_any(),
        Spalt::Tid(k) => time_head(k.period, hittills(k.period, today)).into_any(),
        Spalt::Utan(year, _) => view! { <th class="num longer" scope="col">{year.to_string()}</th> }.into_any(),
        Spalt::Langre(l) => {
            let said = (l.langre.of < l.langre.all).then(|| {
                let said = l.langre.said_in(content.grain);
                beneath(said)
            });
            view! { <th class="num longer" scope="col">{l.rubrik.clone()} " " {said}</th> }.into_any()
        }
    }
}

/// The head of a time, with a word under it.
pub(super) fn time_head(period: Period, mark: Option<&'static str>) -> impl IntoView + use<> {
    let words = match period {
        Period::Month(year, month) => format!("{} {year}", format::month_short(month)),
        other => other.label(),
    };
    let mark = mark.map(beneath);
    view! { <th class="num" scope="col">{words} " " {mark}</th> }
}

/// A small word under a value or a head. It is copied as a word of its cell: a line of its own would be another row where the table is
/// pasted, so what is seen on its line is drawn by the style.
pub(super) fn beneath(word: impl Into<String>) -> AnyView {
    let word = word.into();
    let heard = word.clone();
    view! { <span class="serie-mark" data-word=word><span class="visually-hidden">{heard}</span></span> }.into_any()
}

/// What is said of a time that is not over, whatever its values are.
pub(super) fn hittills(period: Period, today: NaiveDate) -> Option<&'static str> {
    (period.last_day() >= today).then_some("hittills")
}

/// Why a value does not stand as it is.
fn not_final(period: Period, varde: &Varde, today: NaiveDate) -> Option<&'static str> {
    match varde.mark {
        Mark::Preliminar => Some(PRELIMINART),
        _ if !is_final(period, varde, today) => Some("hittills"),
        Mark::Ungefarlig => Some("ungefärligt"),
        Mark::Definitiv => None,
    }
}

/// Why there is no value at a time; none where nothing is known of it.
fn why(data: &Data, period: Period) -> Option<String> {
    if data.is_dold(period) {
        return Some(DOLT.to_owned());
    }
    let word = data.visat.utan.get(&period).filter(|_| data.serie.content.egen.is_none())?;
    Some(if word.is_empty() || word == "–" { "saknas".to_owned() } else { word.clone() })
}

/// A value under a head that says how sure it is.
pub(super) fn value_cell(content: &Content, varde: Option<&Varde>, why: Option<String>, strong: bool) -> AnyView {
    cell(content, (varde, why), strong, None)
}

/// A value under a head that several share: it says itself that it will be replaced, and is read back so where the table is copied.
pub(super) fn marked_cell(content: &Content, varde: Option<&Varde>, why: Option<String>) -> AnyView {
    let mark = varde.filter(|v| v.mark == Mark::Preliminar).map(|_| PRELIMINART);
    cell(content, (varde, why), false, mark)
}

fn cell(
    content: &Content,
    (varde, why): (Option<&Varde>, Option<String>),
    strong: bool,
    mark: Option<&'static str>,
) -> AnyView {
    match (varde, why) {
        (Some(varde), _) => {
            let mark = mark.map(beneath);
            let about = if varde.mark == Mark::Ungefarlig { "ca " } else { "" };
            let parts = varde.share.map(|s| {
                beneath(format!("{} av {}", format::int(s.numerator), format::int(s.denominator)))
            });
            view! { <td class="num" class:strong=strong>{format!("{about}{}", content.shown(varde.tal))} " " {parts} " " {mark}</td> }.into_any()
        }
        (None, Some(why)) => {
            view! { <td class="num suppressed" title=why.clone()>"–" <span class="visually-hidden">{format!(" {why}")}</span></td> }
                .into_any()
        }
        (None, None) => view! { <td class="num"></td> }.into_any(),
    }
}

/// A change; against one that will be replaced it says so, where the head of the column (`is_marked`) does not.
fn change_cell(content: &Content, mot: &domain::siffror::tabell::Mot, is_marked: bool) -> AnyView {
    let said = mot.said(content);
    let mark = (mot.preliminar() && !is_marked).then(|| beneath("mot preliminärt"));
    // the share of it is said more quietly
    match said.split_once(" (") {
        Some((units, share)) => {
            view! { <td class="num">{units.to_owned()} " " <span class="muted">{format!("({share}")}</span> " " {mark}</td> }
                .into_any()
        }
        None => view! { <td class="num muted">{said} {mark}</td> }.into_any(),
    }
}
