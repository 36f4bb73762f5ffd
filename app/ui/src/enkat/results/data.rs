//! What is known of the answers to an enkät and may be shown: read once, for page, slide and workbook alike.

use chrono::{Datelike, NaiveDate};
use domain::{
    enkat::{
        Enkat,
        resultat::{
            Figur, Fler, Matris, Serie, UtifranForm, fler_an_utdelade, importance, matris, series, svarsfrekvens,
        },
    },
    id::{EnkatId, NodeId},
    occurrence::Share,
    permission::{Action, Area},
    person::Actor,
};
use store::{
    Tx,
    enkat::{self, resultat, svar},
};

use crate::{
    error::AppError,
    upphorda::{apart_words, seen_before},
};

/// All that is shown of an enkät.
pub struct Resultat {
    /// The enkät.
    pub enkat: Enkat,
    /// What is shown of each question that is answered by choosing, in the order they are asked; those that are not
    /// asked any more come last.
    pub questions: Vec<Fragresultat>,
    /// Whether kön is asked for.
    pub asks_kon: bool,
    /// Answers that are in the figures.
    pub shown: i64,
    /// Answers that are not yet.
    pub waiting: i64,
    /// Answers of what was handed out, where that is known.
    pub svarsfrekvens: Option<Share>,
    /// Where there are more answers than were handed out: one of the numbers is wrong.
    pub fler: Vec<Fler>,
    /// Result against importance, where at least two questions have both.
    pub matris: Option<Matris>,
}

/// All that is shown of a question.
pub struct Fragresultat {
    /// Its number in the enkät; none when it is not asked any more.
    pub number: Option<usize>,
    /// Its latest wording, then earlier ones; never empty.
    pub series: Vec<Serie>,
    /// 0–100.
    pub importance: Option<f64>,
    /// The same question in the enkäter that this one is a copy of, the latest first.
    pub waves: Vec<Omgang>,
    /// The same question in the enkäter of the units that were there before this one: `Norr: Samtal 2025`. Beside the unit's own,
    /// never part of its line.
    pub before: Vec<Omgang>,
    /// Where units were there before this one: its first day, and what is said of their figures.
    pub since: Option<(NaiveDate, String)>,
    /// Shares from elsewhere, in the order of their waves.
    pub outside: Vec<UtifranForm>,
}

/// A question in an earlier enkät.
pub struct Omgang {
    /// The enkät.
    pub enkat: EnkatId,
    /// What it is called.
    pub title: String,
    /// The question there, with the same words.
    pub serie: Serie,
}

impl Fragresultat {
    /// The wording that is asked now.
    #[must_use]
    pub fn now(&self) -> &Serie {
        &self.series[0]
    }

    /// Its key.
    #[must_use]
    pub fn key(&self) -> i32 {
        self.now().fraga.key
    }

    /// `1. Hur upplever du bemötandet?`
    #[must_use]
    pub fn title(&self) -> String {
        let text = &self.now().fraga.text;
        self.number.map_or_else(|| text.clone(), |n| format!("{n}. {text}"))
    }

    /// What is shown of the wording that is asked now.
    #[must_use]
    pub fn total(&self) -> Option<Figur> {
        self.now().total()
    }
}

/// Reads it. `Forbidden` for a draft that the person does not write.
pub async fn read(tx: &mut Tx, actor: &Actor, id: EnkatId) -> Result<Resultat, AppError> {
    let found = enkat::get(tx, id).await?;
    if !found.is_there_for(actor) {
        return Err(AppError::Forbidden);
    }
    let versions = enkat::versions(tx, id).await?;
    let latest = versions.iter().rfind(|v| v.in_use).map(|v| v.questions.clone()).unwrap_or_default();
    let all = series(&versions, &resultat::rakningar(tx, &found).await?);
    let par = resultat::par(tx, id).await?;
    let outside = resultat::utifran(tx, id).await?;
    let waves = earlier(tx, actor, id).await?;
    let since = actor.tree.liv(found.node).and_then(|liv| liv.from).zip(apart_words(actor, found.node, Area::Enkat));
    let before = if since.is_some() { before(tx, actor, found.node).await? } else { vec![] };
    // said as long as there is something to see of it, and of what was asked in its first year
    let since = since.filter(|(from, _)| !before.is_empty() || found.content.first.year() <= from.year());
    let mut questions: Vec<Fragresultat> = all
        .into_iter()
        .filter_map(|series| {
            let fraga = series.first()?.fraga.clone();
            Some(Fragresultat {
                number: latest.list.iter().position(|q| q.key == fraga.key).map(|at| at + 1),
                importance: importance(&fraga, &versions, &par),
                waves: same_question(&waves, &fraga),
                before: same_question(&before, &fraga),
                since: since.clone(),
                outside: outside.iter().map(|u| &u.row).filter(|row| row.fraga == fraga.key).cloned().collect(),
                series,
            })
        })
        .collect();
    questions.sort_by_key(|q| q.number.unwrap_or(usize::MAX));
    let answers = |q: &Fragresultat| q.series.iter().filter_map(Serie::total).map(|f| f.n).sum::<i64>();
    let fullest = questions.iter().max_by_key(|q| answers(q));
    let shown = fullest.map_or(0, answers);
    let utdelade: Vec<_> = resultat::utdelade(tx, id)
        .await?
        .into_iter()
        .filter_map(|(period, n)| Some((period.parse().ok()?, n)))
        .collect();
    let (waiting, published) = svar::counts(tx, id).await?;
    Ok(Resultat {
        fler: fullest.map(|q| fler_an_utdelade(&q.series, &utdelade)).unwrap_or_default(),
        svarsfrekvens: fullest.and_then(|q| svarsfrekvens(&q.series, &utdelade)),
        matris: matris(questions.iter().filter_map(in_matrix).collect()),
        asks_kon: versions.iter().any(|v| v.in_use && v.questions.kon),
        waiting: waiting + (published - shown).max(0),
        shown,
        questions,
        enkat: found,
    })
}

fn in_matrix(q: &Fragresultat) -> Option<(usize, String, f64, f64)> {
    let result = q.total()?.share?.value()?;
    Some((q.number?, q.now().fraga.text.clone(), q.importance?, result))
}

/// The enkäter that this one is a copy of, with their series.
async fn earlier(tx: &mut Tx, actor: &Actor, id: EnkatId) -> Result<Vec<(Enkat, Vec<Vec<Serie>>)>, AppError> {
    let mut out = Vec::new();
    for wave in enkat::waves(tx, id).await?.into_iter().skip(1) {
        if !actor.may(wave.node, Area::Enkat, Action::View) {
            continue;
        }
        let versions = enkat::versions(tx, wave.id).await?;
        let rows = resultat::rakningar(tx, &wave).await?;
        out.push((wave, series(&versions, &rows)));
    }
    Ok(out)
}

/// So many enkäter of the units before are read, the latest of each.
const BEFORE_MOST: usize = 12;

/// The enkäter of the units that were there before, with their series, each called by its unit too. What is shown of them is what is
/// shown in their own results: released answers alone, and few are hidden.
async fn before(tx: &mut Tx, actor: &Actor, unit: NodeId) -> Result<Vec<(Enkat, Vec<Vec<Serie>>)>, AppError> {
    let mut out = Vec::new();
    for (node, name) in seen_before(actor, unit, Area::Enkat) {
        let all = enkat::list(tx, node).await?.into_iter().filter(|enkat| enkat.is_there_for(actor));
        for mut enkat in all.take(BEFORE_MOST) {
            let versions = enkat::versions(tx, enkat.id).await?;
            let rows = resultat::rakningar(tx, &enkat).await?;
            enkat.content.title = format!("{name}: {}", enkat.content.title);
            out.push((enkat, series(&versions, &rows)));
        }
    }
    Ok(out)
}

fn same_question(waves: &[(Enkat, Vec<Vec<Serie>>)], fraga: &domain::enkat::Fraga) -> Vec<Omgang> {
    let of = |(wave, all): &(Enkat, Vec<Vec<Serie>>)| {
        let serie = all.iter().flatten().find(|s| s.fraga.continues(fraga) && s.total().is_some())?.clone();
        Some(Omgang { enkat: wave.id, title: wave.content.title.clone(), serie })
    };
    waves.iter().filter_map(of).collect()
}
