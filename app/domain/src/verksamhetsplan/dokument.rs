//! Dokument: the whole plan as it is printed, sent and kept, in the order in which plans are written: what it is and where it stands, the
//! chapters before the goals, the goals level by level with all that stands under each, the budget where the unit has its own place for it,
//! the chapters after the goals and the bilagor. What nobody has written is left out.
//!
//! It is the plan and not the report: what is aimed at and what is to be done, without outcomes.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use self::tabeller::{aktivitetstabell, expected, has_figures, indikatortabell, table_of, uppfoljningstabell};
use super::{
    aktivitet::Planaktivitet,
    enhetsmal::{self, Agendamal, Enhetsmal, uppfoljning::Uppfoljning, vpgrupp::Vpgrupp},
    forvantat::Rad,
    indikator,
    mal::{Mal, MalId, Trad},
    plan::{Beslut, Plan, bilaga::Bilaga, kapitel::Kapitel},
};
use crate::{
    dokument::{
        Block, Dokument,
        text::{Para, Run, with_lists},
    },
    ekonomi::uppstallning::Uppstallning,
    format,
};

mod tabeller;

/// What a plan holds, as it is read for its document.
pub struct Underlag<'a> {
    /// The plan itself.
    pub plan: &'a Plan,
    /// What the unit is called.
    pub unit: &'a str,
    /// Its goals, with those that it shares.
    pub trad: &'a Trad,
    /// Its chapters, in order.
    pub kapitel: &'a [Kapitel],
    /// The texts of the goals, of those that have any.
    pub texter: &'a [Enhetsmal],
    /// What is expected of the goals, in the order of each.
    pub forvantat: &'a [Rad],
    /// What is followed of the goals, in the order of each.
    pub uppfoljningar: &'a [Uppfoljning],
    /// The VP-grupper of the unit, in order.
    pub grupper: &'a [Vpgrupp],
    /// What those are called who can follow something, by code.
    pub namn: &'a [(String, String)],
    /// The indikatorer with the goal that each follows, in order: those that are shared and its own.
    pub indikatorer: &'a [(MalId, indikator::Content)],
    /// What is done, in order.
    pub aktiviteter: &'a [Planaktivitet],
    /// The budget of the year; none where the unit has none.
    pub budget: Option<&'a Uppstallning>,
    /// What lies beside the plan, in order.
    pub bilagor: &'a [Bilaga],
    /// How an aktivitet stands is said of this day.
    pub today: NaiveDate,
}

/// The document of a plan.
#[must_use]
pub fn dokument(of: &Underlag<'_>) -> Dokument {
    let name = format!("Verksamhetsplan {}", of.plan.year);
    let mut malen = Malen::new(of);
    let (goals, left) = (malen.all(), malen.left());
    let mut blocks = first_page(of, &left);
    let (before, after): (Vec<&Kapitel>, Vec<&Kapitel>) =
        of.kapitel.iter().filter(|one| !one.content.text.trim().is_empty()).partition(|one| !one.content.efter_malen);
    if !before.is_empty() {
        blocks.push(Block::heading(1, INLEDNING));
        blocks.extend(before.into_iter().flat_map(|one| chapter(2, one)));
    }
    blocks.extend(goals);
    blocks.extend(left);
    blocks.extend(after.into_iter().flat_map(|one| chapter(1, one)));
    if !of.bilagor.is_empty() {
        blocks.push(Block::heading(1, BILAGOR));
        blocks.push(Block::list(bilagor(of)));
    }
    Dokument::new(name.clone(), name)
        .unit(of.unit)
        .status(format::capitalised(&of.plan.said()))
        .blocks(blocks.into_iter().filter(|block| !block.is_empty()).collect())
}

/// The heading over the chapters before the goals.
const INLEDNING: &str = "Inledning";
/// The heading over what lies beside the plan.
const BILAGOR: &str = "Bilagor";

fn bilagor(of: &Underlag<'_>) -> impl Iterator<Item = String> {
    (1..).zip(of.bilagor).map(|(nr, one)| one.content.said(nr))
}

/// What stands before the plan begins: the decisions on it, what of it is not decided, and what is in it. `left`: what hangs
/// on no goal of it.
fn first_page(of: &Underlag<'_>, left: &[Block]) -> Vec<Block> {
    let plan = of.plan;
    let mut blocks = vec![Block::facts(plan.beslut.iter().map(decided))];
    if let Some(revision) = &plan.revision {
        // the reason may have an end of its own
        let (day, why) = (format::date(revision.fran), revision.varfor.trim_end_matches('.'));
        blocks.push(Block::note(format!(
            "Planen revideras sedan {day}: {why}. Det som är ändrat sedan dess är inte beslutat."
        )));
    }
    if let Some(remiss) = plan.pa_remiss(of.today) {
        blocks.push(Block::note(format!("{}.", remiss.said(of.today))));
    }
    let contents = contents(of, left);
    if !contents.is_empty() {
        blocks.push(Block::heading(1, "Innehåll"));
        blocks.push(Block::Text(vec![Para::List { first: None, items: contents }]));
        blocks.push(Block::PageBreak);
    }
    blocks
}

/// A decision: what it was, and when, where and why.
fn decided(beslut: &Beslut) -> (String, String) {
    let what = if beslut.nr == 1 { "Fastställd" } else { "Reviderad" };
    let dnr = if beslut.dnr.is_empty() { String::new() } else { format!(", dnr {}", beslut.dnr) };
    let why = if beslut.varfor.is_empty() { String::new() } else { format!(": {}", beslut.varfor) };
    (what.to_owned(), format!("{}{dnr}{why}", format::date(beslut.on)))
}

/// What is in the plan, two levels of it.
fn contents(of: &Underlag<'_>, left: &[Block]) -> Vec<Vec<Para>> {
    let words = |text: &str| Para::Words(vec![Run::from(text)]);
    let written = |efter_malen: bool| {
        let all = of.kapitel.iter().filter(move |one| one.content.efter_malen == efter_malen);
        all.filter(|one| !one.content.text.trim().is_empty()).map(|one| one.content.rubrik.clone())
    };
    let entry = |text: &str, under: Vec<String>| {
        let under: Vec<Vec<Para>> = under.iter().map(|text| vec![words(text)]).collect();
        let list = (!under.is_empty()).then_some(Para::List { first: None, items: under });
        std::iter::once(words(text)).chain(list).collect::<Vec<_>>()
    };
    let mut out = Vec::new();
    let before: Vec<String> = written(false).collect();
    if !before.is_empty() {
        out.push(entry(INLEDNING, before));
    }
    for mal in of.trad.children(None) {
        let under = of.trad.children(Some(mal.id)).map(|mal| mal.content.med_nr()).collect();
        out.push(entry(&mal.content.med_nr(), under));
    }
    let first = |block: &Block| if let Block::Heading(1, text) = block { Some(entry(text, vec![])) } else { None };
    out.extend(left.iter().filter_map(first));
    out.extend(written(true).map(|rubrik| entry(&rubrik, vec![])));
    if !of.bilagor.is_empty() {
        out.push(entry(BILAGOR, bilagor(of).collect()));
    }
    out
}

/// A text of the plan: what was typed as a list is one.
fn typed(text: &str) -> Block {
    Block::Text(with_lists(text))
}

fn chapter(level: u8, kapitel: &Kapitel) -> [Block; 2] {
    [Block::heading(level, &kapitel.content.rubrik), typed(&kapitel.content.text)]
}

/// The goals with what stands under each; what of it has been written down is not written again.
struct Malen<'a> {
    of: &'a Underlag<'a>,
    texter: HashMap<MalId, &'a Enhetsmal>,
    /// The budget stands under the first goal that is about money.
    budget: Option<&'a Uppstallning>,
}

impl<'a> Malen<'a> {
    fn new(of: &'a Underlag<'a>) -> Self {
        Self {
            of,
            texter: of.texter.iter().map(|one| (one.mal, one)).collect(),
            budget: of.budget.filter(|of| has_figures(of)),
        }
    }

    /// Every goal, each before those under it.
    fn all(&mut self) -> Vec<Block> {
        let mut out = Vec::new();
        for post in self.of.trad.walk() {
            let level = u8::try_from(post.djup + 1).unwrap_or(u8::MAX);
            out.extend(self.one(level, post.mal));
        }
        out
    }

    fn one(&mut self, level: u8, mal: &Mal) -> Vec<Block> {
        let niva = self.of.plan.benamning.niva(mal.content.niva);
        let mut out = vec![
            // the number is the city's own, also where there are gaps between them
            Block::heading(level, mal.content.med_nr()),
            Block::Text(vec![Para::Words(vec![Run { italic: true, ..Run::from(niva) }])]),
            typed(&mal.content.beskrivning),
        ];
        let indikatorer: Vec<&indikator::Content> =
            self.of.indikatorer.iter().filter(|(at, _)| *at == mal.id).map(|(_, content)| content).collect();
        let aktiviteter: Vec<&Planaktivitet> =
            self.of.aktiviteter.iter().filter(|one| one.content.mal == Some(mal.id)).collect();
        let namn = mal.content.med_nr();
        out.extend(indikatortabell(&format!("Indikatorer för {namn}"), &indikatorer));
        out.extend(aktivitetstabell(&format!("Aktiviteter för {namn}"), &aktiviteter, self.of.today));
        let rader: Vec<&Rad> = self.of.forvantat.iter().filter(|rad| rad.mal == mal.id).collect();
        let below = level.saturating_add(1).min(5);
        if !rader.is_empty() {
            out.push(Block::heading(below, "Förväntat resultat"));
            out.push(expected(&format!("Förväntat resultat av {namn}"), &rader));
        }
        let blank = enhetsmal::Content::default();
        let texter = self.texter.get(&mal.id).map_or(&blank, |one| &one.content);
        let grupper: Vec<&str> =
            self.of.grupper.iter().filter(|one| one.mal.contains(&mal.id)).map(|one| one.namn.as_str()).collect();
        let agenda: Vec<String> = texter.agenda.iter().map(Agendamal::said).collect();
        out.push(Block::facts([
            (if grupper.len() == 1 { "VP-grupp" } else { "VP-grupper" }, grupper.join(", ")),
            ("Process", texter.process.clone()),
            ("Delgrupper", texter.delgrupper.join("; ")),
            ("Agenda 2030", agenda.join(", ")),
        ]));
        let foljs: Vec<&Uppfoljning> = self.of.uppfoljningar.iter().filter(|one| one.mal == mal.id).collect();
        for (rubrik, text) in texter.rubriker() {
            let budget = self.budget.filter(|_| texter.ekonomi && rubrik == RESURSER);
            let foljs = if rubrik == UPPFOLJNING { foljs.as_slice() } else { &[] };
            if text.is_empty() && budget.is_none() && foljs.is_empty() {
                continue;
            }
            out.extend([Block::heading(below, rubrik), typed(text)]);
            out.extend(uppfoljningstabell(&format!("Uppföljning av {namn}"), foljs, self.of.namn));
            if let Some(budget) = budget {
                out.push(table_of(budget));
                self.budget = None;
            }
        }
        out
    }

    /// What hangs on no goal that is here: nothing of a plan is left out for that.
    fn left(&mut self) -> Vec<Block> {
        let here: HashSet<MalId> = self.of.trad.walk().into_iter().map(|post| post.mal.id).collect();
        let is_here = |mal: Option<MalId>| mal.is_some_and(|mal| here.contains(&mal));
        let mut out = Vec::new();
        let indikatorer: Vec<&indikator::Content> =
            self.of.indikatorer.iter().filter(|(at, _)| !is_here(Some(*at))).map(|(_, content)| content).collect();
        if !indikatorer.is_empty() {
            out.push(Block::heading(1, "Övriga indikatorer"));
            out.extend(indikatortabell("Övriga indikatorer", &indikatorer));
        }
        let aktiviteter: Vec<&Planaktivitet> =
            self.of.aktiviteter.iter().filter(|one| !is_here(one.content.mal)).collect();
        if !aktiviteter.is_empty() {
            out.push(Block::heading(1, "Aktiviteter för inget visst mål"));
            out.extend(aktivitetstabell("Aktiviteter för inget visst mål", &aktiviteter, self.of.today));
        }
        if let Some(budget) = self.budget.take() {
            out.push(Block::heading(1, &budget.namn));
            out.push(table_of(budget));
        }
        out
    }
}

/// The heading of a goal under which its budget stands.
const RESURSER: &str = "Resursanvändning";
/// The heading of a goal under which what is followed stands.
const UPPFOLJNING: &str = "Uppföljning";

#[cfg(test)]
mod tests;
