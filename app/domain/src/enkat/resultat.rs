//! Results: from counts of published answers to the figures that are shown. Everything goes through
//! [`crate::redovisning`], so that page, slide and export hold the same protected figures and no others.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Enkat, Fraga, Kanal, Period, Version, fordelning::Fordelning, fraga::VET_EJ};
use crate::{
    format,
    id::EnkatVersionId,
    kon::{self, Kon},
    occurrence::Share,
    per_cent::{self, Unread},
    redovisning::{Cell, MINST, Redovisning, Run, redovisa},
    rows, statistics,
    table::{self, Record},
    tal::Tal,
    year::Year,
};

mod prioritering;
mod words;

#[cfg(test)]
pub(crate) mod tests;

pub use prioritering::{Kvadrant, Matris, Matrispunkt, matris};
pub use words::{compared, good_words, trend_sentence};

/// How many published answers of a period and kön chose one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rakning {
    /// The version that was answered.
    pub version: EnkatVersionId,
    /// Key of the question.
    pub fraga: i32,
    /// The month or week that was answered for.
    pub period: Period,
    /// 0 for what was published until the period was closed, then a number for each later publication.
    pub wave: usize,
    /// Whether the period is closed.
    pub closed: bool,
    /// Kön, where it was answered.
    pub kon: Option<Kon>,
    /// The place of the option; none for a question that was left out.
    pub value: Option<usize>,
    /// Answers that chose it.
    pub n: i64,
}

/// How many published answers chose one value here and one in the overall question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Par {
    /// The version that was answered.
    pub version: EnkatVersionId,
    /// Key of the question.
    pub fraga: i32,
    /// The place of its option.
    pub value: usize,
    /// The place of the overall question's option.
    pub overall: usize,
    /// Answers that chose both.
    pub n: i64,
}

/// Answers from which a correlation says anything.
pub const MIN_CORRELATION: i64 = 20;

/// What a row of a distribution counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rad {
    /// An option of the question.
    Alternativ,
    /// Those who do not know: the answer after the options, where it is offered.
    VetEj,
    /// Those who left the question out.
    IngetSvar,
}

/// One row of a distribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kategori {
    /// What it counts.
    pub rad: Rad,
    /// The option, "Vet ej" or "Inget svar".
    pub label: String,
    /// Whether it counts in the numerator of the share.
    pub good: bool,
    /// Whether it is in the denominator of the share.
    pub counted: bool,
}

/// What a group answered to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Figur {
    /// How many chose each category.
    pub counts: Vec<i64>,
    /// How many answers the group has.
    pub n: i64,
    /// Those who are satisfied, of those in the denominator; none where that is fewer than five.
    pub share: Option<Share>,
    /// 95 % interval of the share (Wilson), 0–1.
    pub interval: Option<(f64, f64)>,
}

/// A question as it was asked for a time: what can be added up.
#[derive(Clone, Debug)]
pub struct Serie {
    /// The question, as in its latest version.
    pub fraga: Fraga,
    /// Numbers of the first and the last version that hold it.
    pub versions: (i64, i64),
    /// The rows of its distributions.
    pub categories: Vec<Kategori>,
    periods: Vec<Period>,
    redovisning: Redovisning,
}

/// The figure of a time: a period, or several that were too small by themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Punkt {
    /// Where the time begins.
    pub first: Period,
    /// The last one; the same for a single one.
    pub last: Period,
    /// Whether more answers are awaited.
    pub open: bool,
    /// Its figure.
    pub figur: Figur,
}

impl Punkt {
    /// `november 2026`, or `juli–augusti 2026` for periods that were put together.
    #[must_use]
    pub fn label(&self) -> String {
        between(self.first.label(), self.last.label())
    }

    /// For axes: `nov 26`, `jul–aug 26`.
    #[must_use]
    pub fn short(&self) -> String {
        between(self.first.short(), self.last.short())
    }
}

/// Two names of periods as one; the year is said once when it is the same.
fn between(first: String, last: String) -> String {
    if first == last {
        return first;
    }
    match (first.rsplit_once(' '), last.rsplit_once(' ')) {
        (Some((name, year)), Some((_, same))) if year == same => format!("{name}–{last}"),
        _ => format!("{first}–{last}"),
    }
}

impl Serie {
    fn new(fraga: Fraga, versions: (i64, i64), rows: &[&Rakning]) -> Self {
        let own = |label: &str, good| Kategori { rad: Rad::Alternativ, label: label.to_owned(), good, counted: true };
        let beside = |rad, label: &str, counted| Kategori { rad, label: label.to_owned(), good: false, counted };
        let mut categories: Vec<Kategori> = fraga.options.iter().map(|o| own(&o.label, o.good)).collect();
        if fraga.vet_ej {
            categories.push(beside(Rad::VetEj, VET_EJ, fraga.vet_ej_counts));
        }
        // also those who left the question out are of the group: a figure then moves with at least five answers,
        // whatever they answered. The category is there even when nobody did: if it came with the first one, it would
        // tell of an answer that is not shown yet
        categories.push(beside(Rad::IngetSvar, "Inget svar", fraga.blank_counts));
        let mut periods: Vec<Period> = rows.iter().map(|r| r.period).collect();
        periods.sort_unstable();
        periods.dedup();
        let last = categories.len().saturating_sub(1);
        let mut cells: BTreeMap<(usize, usize, Option<Kon>), Cell> = BTreeMap::new();
        for row in rows {
            let Ok(period) = periods.binary_search(&row.period) else { continue };
            let cell = cells.entry((period, row.wave, row.kon)).or_insert_with(|| Cell {
                period,
                wave: row.wave,
                kon: row.kon,
                counts: vec![0; categories.len()],
                closed: row.closed,
            });
            let place = row.value.filter(|v| *v < categories.len()).unwrap_or(last);
            if let Some(count) = cell.counts.get_mut(place) {
                *count += row.n;
            }
        }
        let cells: Vec<Cell> = cells.into_values().collect();
        let redovisning = redovisa(&cells);
        Self { fraga, versions, categories, periods, redovisning }
    }

    fn figur(&self, counts: &[i64]) -> Figur {
        let sum = |keep: fn(&Kategori) -> bool| -> i64 {
            self.categories.iter().zip(counts).filter(|(c, _)| keep(c)).map(|(_, n)| n).sum()
        };
        let share = Share { numerator: sum(|c| c.good), denominator: sum(|c| c.counted) };
        let share = (share.denominator >= MINST).then_some(share);
        Figur {
            n: counts.iter().sum(),
            interval: share.and_then(|s| statistics::wilson(s.numerator, s.denominator)),
            share,
            counts: counts.to_vec(),
        }
    }

    /// All that is shown; none before there are five answers.
    #[must_use]
    pub fn total(&self) -> Option<Figur> {
        let total = self.redovisning.total();
        (total.n > 0).then(|| self.figur(&total.counts))
    }

    /// By kön, of the periods that have ended; a kön with fewer than five in every period is not there.
    #[must_use]
    pub fn by_kon(&self) -> Vec<(Kon, Figur)> {
        self.redovisning.by_kon().into_iter().map(|(kon, sum)| (kon, self.figur(&sum.counts))).collect()
    }

    /// In time.
    #[must_use]
    pub fn by_period(&self) -> Vec<Punkt> {
        self.redovisning.by_period().into_iter().filter_map(|run| self.punkt(&run)).collect()
    }

    /// In time for one kön; times in which it is too small are not there.
    #[must_use]
    pub fn by_period_of(&self, kon: Kon) -> Vec<Punkt> {
        let of = self.redovisning.by_period_and_kon();
        of.into_iter().filter(|(k, _)| *k == kon).filter_map(|(_, run)| self.punkt(&run)).collect()
    }

    fn punkt(&self, run: &Run) -> Option<Punkt> {
        let (first, last) = (*self.periods.get(run.first)?, *self.periods.get(run.last)?);
        Some(Punkt { first, last, open: run.open, figur: self.figur(&run.counts) })
    }

    /// Published answers that are too few to be shown yet.
    #[must_use]
    pub fn waiting(&self) -> i64 {
        self.redovisning.waiting
    }
}

/// The series of an enkät: for each question that can be chosen in, in the order of the latest version in use, its
/// latest wording first and then earlier ones.
#[must_use]
pub fn series(versions: &[Version], rows: &[Rakning]) -> Vec<Vec<Serie>> {
    let used: Vec<&Version> = versions.iter().filter(|v| v.in_use).collect();
    let mut keys: Vec<i32> = Vec::new();
    for version in used.iter().rev() {
        for question in version.questions.list.iter().filter(|q| q.is_choice()) {
            if !keys.contains(&question.key) {
                keys.push(question.key);
            }
        }
    }
    keys.into_iter().map(|key| series_of(key, &used, rows)).collect()
}

fn series_of(key: i32, used: &[&Version], rows: &[Rakning]) -> Vec<Serie> {
    // runs of versions in which the question went on unchanged, the latest first
    let mut runs: Vec<Vec<&Version>> = Vec::new();
    for version in used.iter().rev().copied() {
        let Some(question) = version.questions.get(key) else { continue };
        let goes_on = |run: &Vec<&Version>| {
            run.last().and_then(|v| v.questions.get(key)).is_some_and(|later| question.continues(later))
        };
        match runs.last_mut() {
            Some(run) if goes_on(run) => run.push(version),
            _ => runs.push(vec![version]),
        }
    }
    runs.into_iter()
        .filter_map(|run| {
            let fraga = run.first()?.questions.get(key)?.clone();
            let own: Vec<&Rakning> =
                rows.iter().filter(|r| r.fraga == key && run.iter().any(|v| v.id == r.version)).collect();
            Some(Serie::new(fraga, (run.last()?.number, run.first()?.number), &own))
        })
        .collect()
}

/// The importance of a question, 0–100: set by hand, or its correlation with the overall question. None where neither
/// says anything.
#[must_use]
pub fn importance(fraga: &Fraga, versions: &[Version], par: &[Par]) -> Option<f64> {
    if let Some(vikt) = fraga.vikt {
        #[allow(clippy::cast_precision_loss)] // 0–100
        return Some(vikt as f64);
    }
    let mut pairs = Vec::new();
    let mut n = 0;
    for version in versions {
        let Some(own) = version.questions.get(fraga.key).filter(|q| q.continues(fraga)) else { continue };
        let Some(overall) = version.questions.list.iter().find(|q| q.overall) else { continue };
        for row in par.iter().filter(|p| p.version == version.id && p.fraga == fraga.key) {
            if let (Some(x), Some(y)) = (own.score(row.value), overall.score(row.overall)) {
                pairs.push((x, y, row.n));
                n += row.n;
            }
        }
    }
    if n < MIN_CORRELATION {
        return None;
    }
    statistics::correlation(&pairs).map(|r| (r * 100.0).clamp(0.0, 100.0))
}

/// A time with its answers and how many were handed out in it.
struct Utdelat {
    first: Period,
    last: Period,
    open: bool,
    svar: i64,
    utdelade: i64,
}

/// The times for which the number handed out is known. `series` are all of one question: an answer is in one of them.
fn utdelat(series: &[Serie], utdelade: &[(Period, i64)]) -> Vec<Utdelat> {
    // where the question changed in the middle of a period, both wordings have answers of it
    let mut points: Vec<Punkt> = series.iter().flat_map(Serie::by_period).collect();
    points.sort_by_key(|p| p.first);
    let mut spans: Vec<(Period, Period, bool, i64)> = Vec::new();
    for p in points {
        match spans.last_mut() {
            Some((_, last, open, n)) if p.first <= *last => {
                *last = p.last.max(*last);
                *open |= p.open;
                *n += p.figur.n;
            }
            _ => spans.push((p.first, p.last, p.open, p.figur.n)),
        }
    }
    let known = spans.into_iter().filter_map(|(first, last, open, svar)| {
        let out: Vec<i64> = utdelade.iter().filter(|(p, _)| (first..=last).contains(p)).map(|(_, n)| *n).collect();
        (!out.is_empty()).then(|| Utdelat { first, last, open, svar, utdelade: out.iter().sum() })
    });
    known.collect()
}

/// Answers of what was handed out, over the closed periods for which the number handed out is known. None too where a
/// period has more answers than were handed out: then one of the numbers is wrong ([`fler_an_utdelade`] says which), and
/// a share of them would be as well.
#[must_use]
pub fn svarsfrekvens(series: &[Serie], utdelade: &[(Period, i64)]) -> Option<Share> {
    let mut sum = Share { numerator: 0, denominator: 0 };
    for time in utdelat(series, utdelade).iter().filter(|t| !t.open) {
        if time.svar > time.utdelade {
            return None;
        }
        sum.numerator += time.svar;
        sum.denominator += time.utdelade;
    }
    (sum.denominator > 0).then_some(sum)
}

/// A time that has more answers than were handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fler {
    /// Where the time begins.
    pub first: Period,
    /// Where it ends; the same for a single period.
    pub last: Period,
    /// Answers that are shown of it.
    pub svar: i64,
    /// How many were handed out, as somebody has written.
    pub utdelade: i64,
}

impl Fler {
    /// `Mars 2026 har 62 svar men bara 10 utdelade.`
    #[must_use]
    pub fn sentence(&self) -> String {
        let when = format::capitalised(&between(self.first.label(), self.last.label()));
        format!("{when} har {} svar men bara {} utdelade.", format::int(self.svar), format::int(self.utdelade))
    }
}

/// The times that have more answers than were handed out, whether they are over or not.
#[must_use]
pub fn fler_an_utdelade(series: &[Serie], utdelade: &[(Period, i64)]) -> Vec<Fler> {
    let over = utdelat(series, utdelade).into_iter().filter(|t| t.svar > t.utdelade);
    over.map(|t| Fler { first: t.first, last: t.last, svar: t.svar, utdelade: t.utdelade }).collect()
}

/// A share from elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UtifranForm {
    /// Key of the question.
    pub fraga: i32,
    /// Who says so: "Staden", "Pappersenkät".
    pub source: String,
    /// A year or a month: `2025`, `2025-11`.
    pub wave: String,
    /// Kön; none for all.
    pub kon: Option<Kon>,
    /// Per cent, 0–100.
    pub share: f64,
    /// How many answered, where it is known.
    pub n: Option<i64>,
    /// How the answers were spread; none where only the share is known.
    #[serde(default)]
    pub fordelning: Option<Fordelning>,
}

/// A share from elsewhere, as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Utifran {
    /// Primary key, by which it is taken away.
    pub id: Uuid,
    /// What it says.
    pub row: UtifranForm,
}

/// What was pasted, as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Inlast {
    /// In the order in which they stand.
    pub rows: Vec<UtifranForm>,
    /// What was passed by and what was filled, in sentences for the user.
    pub notes: Vec<String>,
}

/// What the columns are called.
const UTIFRAN_HEAD: [&str; 9] =
    ["fråga", "källa", "våg", "kön", "andel", "andel i procent", "andel (%)", "n", "antal svar"];
/// The most rows at once.
const UTIFRAN_MAX: usize = 1_000;

/// Reads pasted rows: question (its number in the enkät, or its text), source, wave, kön, share in per cent, n; parted
/// by tabs or semicolons, with or without a heading. All faults are said, with the row.
pub fn read_utifran(text: &str, questions: &[Fraga]) -> Result<Inlast, Vec<String>> {
    // counted before anything is made of them
    let count = table::records(text, table::TYPED).filter(|r| !r.is_empty()).count();
    if count > UTIFRAN_MAX {
        return Err(vec![format!("Det är {count} rader. Läs in högst {UTIFRAN_MAX} åt gången.")]);
    }
    let by_text: HashMap<String, &Fraga> =
        questions.iter().rev().filter(|q| q.is_choice()).map(|q| (q.text.to_lowercase(), q)).collect();
    let is_heading = |names: &[String]| names.first().is_some_and(|n| n.to_lowercase() == "fråga");
    let records = table::typed(text);
    let column = |cell: &str| UTIFRAN_HEAD.iter().position(|name| *name == cell.to_lowercase());
    let parts = rows::parts(&records, column, is_heading);
    let read = table::body(records, parts);
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for record in &read.rows {
        match read_row(record, questions, &by_text) {
            Ok(row) => rows.push(row),
            Err(fault) => faults.push(format!("Rad {}: {fault}", record.line)),
        }
    }
    if rows.is_empty() && faults.is_empty() {
        faults.push("Klistra in minst en rad.".to_owned());
    }
    if faults.is_empty() { Ok(Inlast { rows, notes: read.notes }) } else { Err(faults) }
}

fn read_row(row: &Record, questions: &[Fraga], by_text: &HashMap<String, &Fraga>) -> Result<UtifranForm, String> {
    let cell = |n: usize| row.cell(n);
    // cells beyond the last text are those of a marking that was wider than its table
    let filled = row.cells.iter().rposition(|c| !c.is_empty()).map_or(0, |last| last + 1);
    if !(5..=6).contains(&filled) {
        return Err("raden ska ha fråga, källa, våg, kön, andel och n, åtskilda av tabb eller semikolon.".to_owned());
    }
    if row.cells.iter().any(|c| table::is_ditto(c)) {
        return Err(table::NOTHING_ABOVE.to_owned());
    }
    let asked = cell(0);
    let by_number =
        asked.parse::<usize>().ok().and_then(|n| questions.get(n.checked_sub(1)?)).filter(|q| q.is_choice());
    let fraga = by_number
        .or_else(|| by_text.get(&asked.to_lowercase()).copied())
        .ok_or_else(|| format!("enkäten har ingen fråga ”{asked}”. Skriv frågans nummer."))?;
    if cell(1).is_empty() || cell(1).chars().count() > 60 {
        return Err("skriv varifrån värdet kommer, till exempel Staden (högst 60 tecken).".to_owned());
    }
    if !is_wave(cell(2)) {
        return Err(format!("”{}” är inte ett år eller en månad. Skriv 2025 eller 2025-11.", cell(2)));
    }
    let kon = match (cell(3).to_lowercase().as_str(), kon::read(cell(3))) {
        ("" | "alla" | "totalt" | "total", _) => None,
        (_, Some(kon)) => Some(kon),
        (other, None) => return Err(format!("”{other}” är inget kön. Skriv kvinna, man, annat eller lämna tomt.")),
    };
    let no_share = || format!("”{}” är ingen andel i procent mellan 0 och 100.", cell(4));
    let share = match per_cent::read(cell(4)) {
        Ok(share) => share.filter(|s| (Tal::ZERO..=Tal::HUNDRED).contains(s)).ok_or_else(no_share)?.float(),
        Err(Unread::NoNumber) => return Err(no_share()),
        Err(Unread::Asked(question)) => return Err(question),
    };
    let n = match cell(5) {
        "" => None,
        text => {
            let n = text.replace([' ', '\u{a0}'], "").parse::<i64>().ok().filter(|n| *n > 0);
            Some(n.ok_or_else(|| format!("”{text}” är inget antal."))?)
        }
    };
    if n.is_some_and(|n| n < MINST) {
        return Err(format!("grupper med färre än {MINST} svar läses inte in."));
    }
    let (source, wave) = (cell(1).to_owned(), cell(2).to_owned());
    Ok(UtifranForm { fraga: fraga.key, source, wave, kon, share, n, fordelning: None })
}

/// Whether a text is the time of a value from elsewhere: a year or a month.
pub(super) fn is_wave(text: &str) -> bool {
    let year = text.len() == 4 && text.parse::<Year>().is_ok();
    year || matches!(text.parse(), Ok(Period::Month(..)))
}

/// What a result page says of its own completeness.
#[must_use]
pub fn waiting_sentence(enkat: &Enkat, waiting: i64) -> Option<String> {
    let unit = enkat.content.grain.the();
    let over = enkat.has_closed(Period::of(enkat.content.last, enkat.content.grain));
    let thin = enkat.thin.then_some(
        "Enkäten är slut. De sista svaren visas tillsammans, också när färre än tre personer har matat in dem.",
    );
    let by = if enkat.content.kanal == Kanal::Papper { "" } else { " som minst tre personer har matat in" };
    let waits = (waiting > 0).then(|| match (waiting, over) {
        (1, true) => "1 svar visas inte: det är för lite för att ingen ska kunna kännas igen.".to_owned(),
        (n, true) => format!("{n} svar visas inte: de är för få för att ingen ska kunna kännas igen."),
        (n, false) => {
            let svar = if n == 1 { "1 svar väntar".to_owned() } else { format!("{n} svar väntar") };
            format!(
                "{svar} på att visas. Siffrorna ändras minst fem svar åt gången{by}. Det som är för lite när {unit} är \
                 slut räknas med i nästa."
            )
        }
    });
    let told: Vec<&str> = thin.into_iter().chain(waits.as_deref()).collect();
    (!told.is_empty()).then(|| told.join(" "))
}
