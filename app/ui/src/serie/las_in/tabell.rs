//! Tabell: the periods of a table that is to be read in, newest first: what is new, what is otherwise with what it replaces, and below a
//! row what is off in it. Runs of periods that are there already are folded.

use std::collections::{BTreeSet, HashMap};

use domain::{
    apt::finding::in_words,
    format,
    period::Period,
    siffror::{
        inlasning::{Fraga, Granskning, Rad, Ruta, Summarad},
        serie::Content,
        siffra::Verkan,
        slag::{Mark, Varde},
    },
};
use leptos::prelude::*;

use super::fragor::Var;

/// Which rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Visa {
    /// All of them.
    Alla,
    /// Those with something new.
    Nya,
    /// Those at which somebody has to look.
    Behover,
}

impl Visa {
    domain::every! {
        /// Every one.
        Alla, Nya, Behover
    }

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Alla => "alla",
            Self::Nya => "nya",
            Self::Behover => "behover",
        }
    }

    pub(super) fn of(code: &str) -> Self {
        Self::ALL.into_iter().find(|v| v.code() == code).unwrap_or(Self::Alla)
    }
}

/// How many columns are shown; the others are counted.
const COLUMNS: usize = 8;
/// How many rows are shown at once, so that a table of years of weeks is no page without an end.
const ROWS: usize = 200;
/// How many questions are asked below a row; all can be answered at once.
const ASKED: usize = 5;

fn int(n: usize) -> String {
    format::int(i64::try_from(n).unwrap_or(i64::MAX))
}

/// What the rows are shown with.
struct Ram<'a> {
    var: &'a Var,
    content: &'a Content,
    g: &'a Granskning,
    /// The columns that are shown, by their place.
    columns: Vec<usize>,
    /// Whether there are sums.
    sums: bool,
    by_period: HashMap<Period, Vec<&'a Summarad>>,
    asked: HashMap<Period, Vec<&'a Fraga>>,
}

impl Ram<'_> {
    fn width(&self) -> usize {
        let more = usize::from(self.columns.len() < self.g.kolumner.len());
        2 + self.columns.len() + more + if self.sums { 2 } else { 0 }
    }
}

/// The columns that are shown: those in which something is to be looked at, and the first of the others.
fn shown(g: &Granskning) -> Vec<usize> {
    let is_marked = |ruta: &&Ruta| ruta.pekas || matches!(ruta.verkan, Verkan::Andrad | Verkan::Fragas);
    let marked: BTreeSet<usize> = g.rader.iter().flat_map(|r| &r.rutor).filter(is_marked).map(|r| r.kolumn).collect();
    let mut chosen: BTreeSet<usize> = marked.into_iter().take(COLUMNS).collect();
    for column in 0..g.kolumner.len() {
        // one more needs no more room than the count of what is left out
        if chosen.len() < COLUMNS || g.kolumner.len() <= COLUMNS + 1 {
            chosen.insert(column);
        }
    }
    chosen.into_iter().collect()
}

/// The table.
pub(super) fn tabell(var: &Var, content: &Content, g: &Granskning, visa: Visa) -> impl IntoView + use<> {
    let mut by_period: HashMap<Period, Vec<&Summarad>> = HashMap::new();
    for summa in &g.summor {
        if let Some(period) = summa.period {
            by_period.entry(period).or_default().push(summa);
        }
    }
    let mut asked: HashMap<Period, Vec<&Fraga>> = HashMap::new();
    for fraga in g.fragor.iter().filter(|f| f.key.starts_with("andring:")) {
        if let Some(period) = fraga.period {
            asked.entry(period).or_default().push(fraga);
        }
    }
    let sums = by_period.values().flatten().any(|s| s.av.is_empty());
    let ram = Ram { var, content, g, columns: shown(g), sums, by_period, asked };
    let needs: BTreeSet<Period> = g.behover().into_iter().collect();
    let is_shown = |rad: &&Rad| match visa {
        Visa::Alla => true,
        Visa::Nya => rad.antal.nya > 0,
        Visa::Behover => needs.contains(&rad.period),
    };
    let all: Vec<&Rad> = g.rader.iter().rev().filter(is_shown).collect();
    let left = all.len().saturating_sub(ROWS);
    let mut rows: Vec<AnyView> = Vec::new();
    let mut at = 0;
    let all = &all[..all.len().min(ROWS)];
    while at < all.len() {
        let same = all[at..].iter().take_while(|r| r.is_oforandrad() && !needs.contains(&r.period)).count();
        if same > 1 {
            rows.push(folded(&ram, &all[at..at + same]));
            at += same;
        } else {
            rows.push(row(&ram, all[at]));
            rows.extend(below(&ram, all[at]));
            at += 1;
        }
    }
    let empty =
        rows.is_empty().then(|| view! { <tr><td colspan=ram.width().to_string()>"Inga sådana rader."</td></tr> });
    let over = langs(g);
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Tabellen som den läses">
            <table class="table dense import-table">
                <thead>{head(&ram)}</thead>
                <tbody>
                    {empty}
                    {rows}
                    {(left > 0)
                        .then(|| {
                            view! {
                                <tr>
                                    <td colspan=ram.width().to_string()>
                                        {format!("och {} till, som läses in men inte visas här", int(left))}
                                    </td>
                                </tr>
                            }
                        })}
                </tbody>
            </table>
        </div>
        {over}
    }
}

/// Sums over the periods that are off.
fn langs(g: &Granskning) -> Option<impl IntoView + use<>> {
    let off: Vec<String> = g.avviker().filter(|s| s.period.is_none()).map(|s| s.rubrik.clone()).collect();
    (!off.is_empty()).then(|| {
        let items = off.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
        view! { <div class="notice warn">{items}</div> }
    })
}

fn head(ram: &Ram<'_>) -> impl IntoView + use<> {
    let grain = ram.content.grain;
    let names = ram
        .columns
        .iter()
        .map(|at| view! { <th scope="col" class="num">{ram.g.kolumner[*at].namn.clone()}</th> })
        .collect_view();
    let more = ram.g.kolumner.len() - ram.columns.len();
    view! {
        <tr>
            <th scope="col">{format::capitalised(grain.label())}</th>
            {names}
            {(more > 0).then(|| view! { <th scope="col" class="num">{format!("{more} till")}</th> })}
            {ram.sums
                .then(|| {
                    view! {
                        <th scope="col" class="num sum">"Summa i filen"</th>
                        <th scope="col" class="num">"Delarna"</th>
                    }
                })}
            <th scope="col">"Bedömning"</th>
        </tr>
    }
}

/// `mar 2022`
fn short(period: Period) -> String {
    match period {
        Period::Month(year, month) => format!("{} {year}", format::month_short(month)),
        _ => period.label(),
    }
}

fn said(content: &Content, varde: Option<Varde>) -> String {
    match varde {
        None => "saknas".to_owned(),
        Some(v) if v.mark == Mark::Ungefarlig => format!("ca {}", content.shown(v.tal)),
        Some(v) => content.shown(v.tal),
    }
}

fn cell(ram: &Ram<'_>, ruta: Option<&Ruta>) -> AnyView {
    let Some(ruta) = ruta else { return view! { <td class="num"></td> }.into_any() };
    let now = said(ram.content, ruta.varde);
    let note = (!ruta.not.is_empty() && ruta.varde.is_none())
        .then(|| view! { <span class="visually-hidden">{ruta.not.clone()}</span> });
    let pointed = ruta.pekas.then(|| view! { <span class="visually-hidden">" ändringsraderna pekar hit"</span> });
    let changed = matches!(ruta.verkan, Verkan::Andrad | Verkan::Fragas);
    let before = ruta.fore.filter(|_| changed).map(|fore| {
        let prel = if fore.mark == Mark::Preliminar { " prel." } else { "" };
        view! { <del><span class="visually-hidden">"förut "</span>{format!("{}{prel}", said(ram.content, Some(fore)))}</del> " " }
    });
    let now = if changed { view! { <strong>{now}</strong> }.into_any() } else { now.into_any() };
    view! { <td class="num" class:changed=changed class:pointed=ruta.pekas>{before} {now} {note} {pointed}</td> }
        .into_any()
}

fn row(ram: &Ram<'_>, rad: &Rad) -> AnyView {
    let by_column: HashMap<usize, &Ruta> = rad.rutor.iter().map(|ruta| (ruta.kolumn, ruta)).collect();
    let cells = ram.columns.iter().map(|at| cell(ram, by_column.get(at).copied())).collect_view();
    let more = (ram.columns.len() < ram.g.kolumner.len()).then(|| view! { <td class="num">"…"</td> });
    let all = ram.by_period.get(&rad.period).and_then(|sums| sums.iter().find(|s| s.av.is_empty()));
    let sums = ram.sums.then(|| match all {
        Some(s) => {
            let off = s.avviker() && !s.rattad;
            view! {
                <td class="num sum" class:off=off>{ram.content.shown(s.tryckt)}</td>
                <td class="num" class:parts=off>{ram.content.shown(s.delarna)}</td>
            }
            .into_any()
        }
        None => view! { <td class="num sum"></td> <td class="num"></td> }.into_any(),
    });
    let prel = rad.preliminar.then(|| view! { " " <small>"prel."</small> });
    view! {
        <tr class:same=rad.is_oforandrad()>
            <th scope="row">{short(rad.period)} {prel}</th>
            {cells}
            {more}
            {sums}
            <td>{bedomning(rad)}</td>
        </tr>
    }
    .into_any()
}

/// `16 nya, preliminära`, `1 ändrat 15 lika`, `16 oförändrade`
fn bedomning(rad: &Rad) -> impl IntoView + use<> {
    let a = rad.antal;
    let prel = if rad.preliminar { ", preliminära" } else { "" };
    let new = (a.nya > 0).then(|| {
        let words = if a.nya == 1 {
            format!("1 nytt{}", if rad.preliminar { ", preliminärt" } else { "" })
        } else {
            format!("{} nya{prel}", int(a.nya))
        };
        view! { <span class="badge brand">{words}</span> " " }
    });
    let changed = (a.andrade > 0).then(|| {
        let words = if a.andrade == 1 { "1 ändrat".to_owned() } else { format!("{} ändrade", int(a.andrade)) };
        view! { <span class="badge warn">{words}</span> " " }
    });
    let asked = (a.fragas > 0).then(|| {
        let words = if a.fragas == 1 { "1 fråga".to_owned() } else { format!("{} frågor", int(a.fragas)) };
        view! { <span class="badge warn">{words}</span> " " }
    });
    let same = (a.oforandrade > 0).then(|| {
        let n = int(a.oforandrade);
        match (rad.is_oforandrad(), a.oforandrade) {
            (true, 1) => format!("{n} oförändrat"),
            (true, _) => format!("{n} oförändrade"),
            (false, _) => format!("{n} lika"),
        }
    });
    view! { {new} {changed} {asked} {same} }
}

/// What is off in a row, with its buttons.
fn below(ram: &Ram<'_>, rad: &Rad) -> Vec<AnyView> {
    let width = ram.width().to_string();
    let sums = ram.by_period.get(&rad.period).into_iter().flatten().filter(|s| s.avviker());
    let mut out: Vec<AnyView> = sums
        .map(|s| {
            let fraga = s.fraga.as_deref().and_then(|key| ram.g.fraga(key));
            let buttons = fraga.map(|fraga| ram.var.knappar(fraga));
            let text = if s.rattad { format!("{} Rutan skrivs om, med en kommentar.", s.text) } else { s.text.clone() };
            view! {
                <tr class="import-warn">
                    <td colspan=width.clone()>
                        <div class="stack tight"><p><strong>{s.rubrik.clone()}</strong> " " {text}</p> {buttons}</div>
                    </td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let asked = ram.asked.get(&rad.period).map(Vec::as_slice).unwrap_or_default();
    out.extend(asked.iter().take(ASKED).map(|fraga| {
        view! {
            <tr class="import-warn">
                <td colspan=width.clone()>
                    <div class="stack tight"><p><strong>{fraga.text.clone()}</strong></p> {ram.var.knappar(fraga)}</div>
                </td>
            </tr>
        }
        .into_any()
    }));
    let left = asked.len().saturating_sub(ASKED);
    if left > 0 {
        let words = format!("och {left} värden till ändras mycket. Svara för alla överst.");
        out.push(view! { <tr class="import-warn"><td colspan=width>{words}</td></tr> }.into_any());
    }
    out
}

/// Periods that are there already, in one row that opens.
fn folded(ram: &Ram<'_>, rows: &[&Rad]) -> AnyView {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return ().into_any() };
    let span = format!("{} – {}", short(first.period), short(last.period));
    let many = format!("{} {}", in_words(rows.len(), ram.content.grain.is_neuter()), ram.content.grain.many());
    let same = rows.iter().map(|r| r.antal.oforandrade).sum::<usize>();
    let inner = rows.iter().map(|rad| row(ram, rad)).collect_view();
    view! {
        <tr class="import-folded">
            <td colspan=ram.width().to_string()>
                <details>
                    <summary>
                        <strong>{span}</strong> " " <span class="muted">{many}</span>
                        <span class="muted import-same">{format!("{} oförändrade", int(same))}</span>
                    </summary>
                    <table class="table dense import-table">
                        <thead>{head(ram)}</thead>
                        <tbody>{inner}</tbody>
                    </table>
                </details>
            </td>
        </tr>
    }
    .into_any()
}
