//! Siffror of a tillfälle: which series its figures may go into, what is asked about them first, and where they went.

use domain::{
    field::FieldError,
    id::NodeId,
    occurrence::{Figure, Item, Tick, TickForm},
    permission::{Action, Area},
    person::Actor,
    siffror::{
        kontroll::{self, passar, vagran},
        serie::{Content, Serie, SerieId},
        slag::Slag,
    },
};
use store::{Tx, serie};

use crate::{error::AppError, serie::data::may_fill};

/// A series that somebody may put a figure of a control into.
#[derive(Clone, Debug)]
pub struct Val {
    /// Which.
    pub id: SerieId,
    /// As it stands among the choices: `Hushåll (hushåll, månad)`.
    pub namn: String,
    /// The time that a figure of the control is of in it, in words.
    pub period: String,
    content: Content,
}

impl Val {
    /// Whether a figure in this unit is counted as it counts; where no unit is written, any may be meant.
    #[must_use]
    pub fn passar(&self, unit: &str) -> bool {
        unit.trim().is_empty() || passar(&self.content, unit)
    }
}

/// The series that somebody may put figures of a tillfälle into: those of its unit that take such figures and that the person fills.
pub async fn val(tx: &mut Tx, actor: &Actor, item: &Item) -> Result<Vec<Val>, AppError> {
    let node = item.occurrence.node;
    if !actor.may(node, Area::Serie, Action::TickOwn) && !actor.may(node, Area::Serie, Action::Edit) {
        return Ok(vec![]);
    }
    let all = serie::list(tx, node).await?;
    let open = all.iter().filter(|serie| vagran(serie, node).is_none() && may_fill(actor, serie));
    Ok(open
        .map(|serie| Val {
            id: serie.id,
            namn: format!("{} ({}, {})", serie.content.namn, serie.content.enhet, serie.content.grain.label()),
            period: item.occurrence.figure_period(serie.content.grain).label(),
            content: serie.content.clone(),
        })
        .collect())
}

/// Last time's figures with the series that each went into, or else another of the same name in the unit.
pub async fn proposed(tx: &mut Tx, node: NodeId, mut last: Vec<Figure>) -> Result<Vec<Figure>, AppError> {
    for figure in last.iter_mut().filter(|figure| figure.serie.is_none()) {
        figure.serie = serie::kontroll::senast(tx, node, &figure.label).await?;
    }
    Ok(last)
}

/// Asks what is to be asked before the figures of a tick go into their series, whether the person may fill those, and what came of it in
/// words, for when it is saved. `Invalid` at the field of the figure.
pub async fn tried(
    tx: &mut Tx,
    actor: &Actor,
    item: &Item,
    (form, tick): (&TickForm, &mut Tick),
) -> Result<Vec<String>, AppError> {
    let rows = form.figure_rows();
    let row = |at: usize| rows.get(at).copied().unwrap_or(1);
    let at = |part: &str, row: usize, message: String| FieldError { field: format!("figure_{part}_{row}"), message };
    let mut faults = Vec::new();
    for (i, figure) in tick.figures.iter_mut().enumerate() {
        let Some(id) = figure.serie else { continue };
        // one that is not there, or not the unit's, is said below
        let Ok(found) = serie::get(tx, id).await else { continue };
        if found.node == item.occurrence.node && !may_fill(actor, &found) {
            faults.push(at(
                "serie",
                row(i),
                format!("Du fyller inte på serien ”{}”. Välj en annan, eller ingen.", found.content.namn),
            ));
        }
        // who chose the series has said what is counted
        if figure.unit.is_empty() && found.node == item.occurrence.node && found.content.slag != Slag::Andel {
            figure.unit.clone_from(&found.content.enhet);
        }
    }
    if !faults.is_empty() {
        return Err(AppError::Invalid(faults));
    }
    let provade =
        serie::kontroll::provade(tx, item.occurrence.node, &tick.figures).await.map_err(|e| at_rows(e, &rows))?;
    let mut said = Vec::new();
    for (i, of) in provade.iter().enumerate() {
        let Some(of) = of else { continue };
        let content = &of.serie.content;
        if let Some(question) = kontroll::fraga(content, of.star.as_ref(), &of.ny).filter(|q| !form.agrees(row(i), q)) {
            faults.push(at("ratt", row(i), question));
        }
        said.push(kontroll::sagt(content, of.star.as_ref(), &of.ny));
    }
    if faults.is_empty() { Ok(said) } else { Err(AppError::Invalid(faults)) }
}

/// What is wrong with a figure, at the row in which it stands: the store counts the figures, and a row may be empty.
fn at_rows(error: store::Error, rows: &[usize]) -> AppError {
    let store::Error::Invalid(mut faults) = error else { return error.into() };
    for fault in &mut faults {
        let moved = fault.field.rsplit_once('_').and_then(|(part, n)| {
            let n = n.parse::<usize>().ok()?.checked_sub(1)?;
            Some(format!("{part}_{}", rows.get(n)?))
        });
        fault.field = moved.unwrap_or_else(|| fault.field.clone());
    }
    AppError::Invalid(faults)
}

/// Where the figures of a tillfälle stand, of those that the person sees: the series of each that went into one.
pub async fn infort(tx: &mut Tx, actor: &Actor, figures: &[Figure]) -> Result<Vec<(Figure, Serie)>, AppError> {
    let mut found = Vec::new();
    for figure in figures {
        let Some(id) = figure.serie else { continue };
        let serie = serie::get(tx, id).await?;
        if actor.may(serie.node, Area::Serie, Action::View) {
            found.push((figure.clone(), serie));
        }
    }
    Ok(found)
}

/// That what was put into a series stays there when the tick is taken back; none where nothing was.
#[must_use]
pub fn kvar(infort: &[(Figure, Serie)]) -> Option<String> {
    let one = |(figure, serie): &(Figure, Serie)| place(figure, serie);
    let all: Vec<String> = infort.iter().map(one).collect();
    let word = if all.len() == 1 { "Siffran" } else { "Siffrorna" };
    (!all.is_empty()).then(|| format!("{word} står kvar i {}", all.join(" och ")))
}

/// `serien ”Hushåll”, januari 2022`
#[must_use]
pub fn place(figure: &Figure, serie: &Serie) -> String {
    let period = figure.period.map(|period| format!(", {}", period.label())).unwrap_or_default();
    format!("serien ”{}”{period}", serie.content.namn)
}
