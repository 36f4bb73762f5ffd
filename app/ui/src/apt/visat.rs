//! What the slides of a meeting show, as parts of its minutes: the finding as a heading, and under it its figures in tables
//! and lists. What only the one who presents sees never comes here.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use domain::{
    apt::{
        Mote, Punkt, Slag,
        visat::{self, Visat, listed},
    },
    avvikelse::{Kind, frislappt::Redovisat, skydd::HIDDEN},
    dokument::{Block, Column, Kind as Of, Para, Row, Run, Table},
    format,
    person::Actor,
};
use store::{Tx, apt, occurrence};

use super::{
    data::{self, Enkat, Innehall, Resultat, Visad},
    markdown,
};
use crate::error::AppError;

/// What the slides of a meeting show now, and the controls that were ticked off on its day.
async fn now(tx: &mut Tx, actor: &Actor, mote: &Mote, points: &[Punkt], today: NaiveDate) -> Result<Visat, AppError> {
    let slides = data::mote(tx, actor, mote, points, today).await?;
    let mut items = occurrence::year(tx, actor, mote.node, mote.on.year()).await?;
    // what those who lead have decided is for them
    items.retain(|item| mote.kind.is_closed() || item.closed_mote.is_none());
    let of = |punkt: &Punkt| {
        let texts = punkt.bilder.iter().filter(|bild| bild.slag == Slag::Text);
        let mut texts = texts.map(|bild| bild.text.as_str());
        let shown = slides.iter().filter(|slide| slide.punkt == punkt.id);
        (punkt.id, shown.flat_map(|slide| blocks(punkt, slide, &mut texts)).collect())
    };
    let punkter = points.iter().map(of).filter(|(_, blocks): &(_, Vec<_>)| !blocks.is_empty()).collect();
    Ok(Visat { punkter, avbockat: visat::avbockat(&items, mote.on) })
}

/// Keeps what the slides show now, for the minutes of a meeting that ends.
pub async fn keep(tx: &mut Tx, actor: &Actor, mote: &Mote, today: NaiveDate) -> Result<(), AppError> {
    let points = apt::punkt::list(tx, mote.id).await?;
    let seen = now(tx, actor, mote, &points, today).await?;
    Ok(apt::visat::save(tx, mote.id, &seen).await?)
}

/// What is in the minutes: what was kept when the meeting ended, or else, before that, what is shown now.
pub async fn of(
    tx: &mut Tx,
    actor: &Actor,
    mote: &Mote,
    points: &[Punkt],
    today: NaiveDate,
) -> Result<Visat, AppError> {
    if mote.state == domain::apt::State::Planerat {
        return now(tx, actor, mote, points, today).await;
    }
    Ok(apt::visat::get(tx, mote.id).await?.unwrap_or_default())
}

/// A slide. `texts`: those that were typed for the slides of the point, in order.
fn blocks<'a>(punkt: &Punkt, slide: &Visad, texts: &mut impl Iterator<Item = &'a str>) -> Vec<Block> {
    let mut out = vec![];
    if slide.rubrik != punkt.title {
        out.push(Block::heading(2, slide.rubrik.clone()));
    }
    out.extend(match &slide.innehall {
        Innehall::Hjul(_, tally) => vec![Block::facts([
            ("Utförda", format::int(tally.done)),
            ("Försenade", format::int(tally.late)),
            ("I planen", format::int(tally.total)),
        ])],
        Innehall::Kontroller(k) => visat::kontroller(k),
        Innehall::Resultat(all) => resultat(all),
        Innehall::Avvikelser(seen, year, learnt) => avvikelser(seen, *year, learnt),
        Innehall::Enkat(Some(e)) => enkat(e),
        Innehall::Enkat(None) => vec![],
        Innehall::Atgarder(a) => visat::atgarder(a),
        Innehall::Forslag(f) => visat::forslag(f),
        Innehall::Foregaende(beslut, remain) => visat::foregaende(beslut, remain),
        Innehall::Text(_) => texts.next().map(|text| markdown::to_blocks(text, 3)).unwrap_or_default(),
        Innehall::Tabell(read) => visat::tabell(read),
        // the point says so itself
        Innehall::Punkt(..) => return vec![],
    });
    if !slide.fraga.is_empty() {
        out.push(Block::labelled("Fråga", &slide.fraga));
    }
    out
}

fn resultat(all: &[Resultat]) -> Vec<Block> {
    if all.is_empty() {
        return vec![];
    }
    let columns = vec![Column::text("Kontroll"), Column::text("Resultat"), Column::text("Mål")];
    let mut table = Table::new("Resultat", columns);
    for r in all {
        table.rows.push(Row::Cells(vec![r.title.clone(), r.fynd.clone(), r.mal.clone()]));
        let why = [("Varför", &r.analys), ("Vad vi gör", &r.slutsats)];
        let mut said = String::new();
        for (label, text) in why.into_iter().filter(|(_, text)| !text.is_empty()) {
            let line = if said.is_empty() { "" } else { "\n" };
            // writing to a String does not fail
            write!(said, "{line}{label}: {text}").ok();
        }
        if !said.is_empty() {
            table.rows.push(Row::Full(said));
        }
    }
    vec![table.into()]
}

fn avvikelser(seen: &Redovisat, year: i32, learnt: &[String]) -> Vec<Block> {
    let mut out = vec![];
    if let Some(del) = seen.alla_delar().next() {
        let kinds = Kind::ALL.into_iter().zip(del.kinds());
        let kinds = kinds.map(|(kind, n)| [kind.label().to_owned(), n.map_or_else(|| HIDDEN.to_owned(), format::int)]);
        let of = format!("{} {}: {} ärenden", format::capitalised(&del.label()), del.year(), format::int(del.n()));
        let columns = vec![Column::text("Vad"), Column::number("Antal")];
        out.push(Table::new("Avvikelser efter slag", columns).rows(kinds).source(of).into());
    }
    let runs = seen.manader(year);
    if !runs.is_empty() {
        let columns = vec![Column::text("Tid"), Column::number("Antal")];
        let rows = runs.into_iter().map(|(label, n)| [label, format::int(n)]);
        let note = "Antal under fem visas inte. Månaden som pågår är inte med";
        out.push(Table::new("Avvikelser efter tid", columns).rows(rows).source(note).into());
    }
    out.extend(listed("Det här lärde vi oss", learnt.iter().cloned()));
    out
}

fn enkat(e: &Enkat) -> Vec<Block> {
    if e.fragor.is_empty() {
        return vec![Block::text("Svaren visas när fem har svarat.")];
    }
    let columns = vec![Column::text("Fråga"), Column { head: "Andel".into(), kind: Of::Number }, Column::text("Svar")];
    let rows = e.fragor.iter().map(|(text, _, share, finding)| [text.clone(), share.clone(), finding.clone()]);
    let n = format!("{} svar i resultatet", format::int(e.n));
    let mut out: Vec<Block> = vec![Table::new("Svar på enkäten", columns).rows(rows).source(n).into()];
    out.extend(listed("Så svarade de någon annanstans", e.utifran.iter().cloned()));
    if !e.kommentarer.is_empty() {
        let label = Para::Words(vec![Run { bold: true, ..Run::from("Så sa de") }]);
        let quotes = e.kommentarer.iter().map(|said| Para::Quote(domain::dokument::text::plain(said)));
        out.push(Block::Text(std::iter::once(label).chain(quotes).collect()));
    }
    out
}
