//! Tabeller: what stands under the goals of a plan, as the tables of its document.

use chrono::NaiveDate;

use crate::{
    dokument::{Block, Column, Row, Table},
    ekonomi::uppstallning::Uppstallning,
    format,
    verksamhetsplan::{
        aktivitet::{Planaktivitet, Status},
        enhetsmal::uppfoljning::Uppfoljning,
        forvantat::Rad,
        indikator,
    },
};

/// Whether anybody has written an amount.
pub(super) fn has_figures(of: &Uppstallning) -> bool {
    of.rader.iter().flat_map(|rad| &rad.celler).any(|cell| cell.tal.is_some())
}

/// A table of amounts with its name above it.
pub(super) fn table_of(of: &Uppstallning) -> Block {
    of.dokument().caption(&of.namn).into()
}

/// Indikator, Årsmål, KF:s årsmål, Periodicitet; none without rows. Goals that are words are set as words.
pub(super) fn indikatortabell(label: &str, all: &[&indikator::Content]) -> Option<Block> {
    if all.is_empty() {
        return None;
    }
    let column = |head: &str, of: fn(&indikator::Content) -> &indikator::mal::Mal| {
        let has_words = all.iter().any(|one| matches!(of(one), indikator::mal::Mal::Text(_)));
        if has_words { Column::text(head) } else { Column::number(head) }
    };
    let columns = vec![
        Column::text("Indikator"),
        column("Årsmål", |one| &one.arsmal),
        column("KF:s årsmål", |one| &one.kf),
        Column::text("Periodicitet"),
    ];
    let row = |one: &&indikator::Content| {
        [one.namn.clone(), one.arsmal.shown(one), one.kf.shown(one), one.periodicitet.label().to_owned()]
    };
    Some(Table::new(label, columns).rows(all.iter().map(row)).into())
}

/// Aktivitet, Startdatum, Slutdatum, and how far each has come once one of them has begun; none without rows.
pub(super) fn aktivitetstabell(label: &str, all: &[&Planaktivitet], today: NaiveDate) -> Option<Block> {
    if all.is_empty() {
        return None;
    }
    let stands = all.iter().any(|one| one.status(today) != Status::EjPaborjad);
    let mut columns = vec![Column::text("Aktivitet"), Column::date("Startdatum"), Column::date("Slutdatum")];
    if stands {
        columns.push(Column::status("Läge"));
    }
    let date = |day: Option<NaiveDate>| day.map(format::date).unwrap_or_default();
    let row = |one: &&Planaktivitet| {
        let content = &one.content;
        let mut cells = vec![content.text.clone(), date(content.start), date(content.slut)];
        if stands {
            let status = one.status(today);
            cells.push(status.mark().map_or_else(|| status.label().to_owned(), |mark| mark.with(status.label())));
        }
        cells
    };
    let table = Table::new(label, columns).rows(all.iter().map(row));
    if !stands {
        return Some(table.into());
    }
    Some(table.as_of(format!("Läget är det som gällde {}", format::date(today))).into())
}

/// What is expected: a list where it is all in words, a table where something is aimed at.
pub(super) fn expected(label: &str, rader: &[&Rad]) -> Block {
    let text = |rad: &Rad| match rad.content.delgrupp.as_str() {
        "" => rad.content.text.clone(),
        delgrupp => format!("{delgrupp}: {}", rad.content.text),
    };
    if rader.iter().all(|rad| rad.content.mal().is_empty()) {
        return Block::list(rader.iter().copied().map(text));
    }
    let mut table = Table::new(label, vec![Column::text("Vad som förväntas"), Column::text("Målvärde")]);
    table.rows = rader.iter().copied().map(|rad| Row::Cells(vec![text(rad), rad.content.mal()])).collect();
    table.into()
}

/// What is followed: Vad följs upp, Hur ofta, Av and Visas, of which a column that nothing stands in is left out; none without rows.
/// `namn`: what those are called who can follow it, by code.
pub(super) fn uppfoljningstabell(label: &str, all: &[&Uppfoljning], namn: &[(String, String)]) -> Option<Block> {
    if all.is_empty() {
        return None;
    }
    let of = |one: &&Uppfoljning| {
        let content = &one.content;
        let code = content.responsible.code();
        let who = namn.iter().find(|(of, _)| *of == code).map(|(_, name)| name.as_str());
        [content.vad.clone(), format::capitalised(&content.timing().sentence()), content.vem(who), content.visat()]
    };
    let rows: Vec<[String; 4]> = all.iter().map(of).collect();
    let kept = [true, true, rows.iter().any(|row| !row[2].is_empty()), rows.iter().any(|row| !row[3].is_empty())];
    let heads = ["Vad följs upp", "Hur ofta", "Av", "Visas"];
    let columns = heads.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(head, _)| Column::text(head)).collect();
    let cells = |row: [String; 4]| {
        row.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(cell, _)| cell).collect::<Vec<_>>()
    };
    let mut table = Table::new(label, columns);
    table.rows = rows.into_iter().map(|row| Row::Cells(cells(row))).collect();
    Some(table.into())
}
