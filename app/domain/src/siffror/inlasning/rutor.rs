//! Rutor: the cells of the rows of values become values, sums and faults, each at its place and with its cell as Excel calls it.

use std::collections::{BTreeSet, HashMap};

use super::{
    Fel, HOPPA, Underlag,
    cell::{Cell, cell},
    fragor::Tolkning,
    kolumner::Betyder,
    las::{Kropp, Langd, Lasning, Last, LastSumma},
    sagt,
    upplagg::{Kolumner, Rut},
};
use crate::{
    period::Period,
    siffror::{
        siffra::{self, Plats},
        slag::{Mark, Sammanlagd, Varde},
    },
    tal::Tal,
};

/// Reads the cells of the rows of values.
pub(super) fn rutor(
    rut: &Rut<'_>,
    k: &Kolumner,
    u: &Underlag<'_>,
    columns: &[Betyder],
    (body, perioder): (&[Kropp], &[Period]),
    out: &mut Lasning,
) {
    let mut cells = Vec::new();
    for (at, row) in body.iter().enumerate() {
        for (column, c) in k.varden.iter().enumerate() {
            if !matches!(columns[column], Betyder::Hoppas | Betyder::Oklar) {
                let text = rut.text(row.r, *c);
                let read = if rut.has_no_value(row.r, *c) {
                    Cell::Fel(
                        "har en formel utan sparat värde. Öppna filen i Excel, spara den och läs in den igen."
                            .to_owned(),
                    )
                } else if let Some(egen) = &k.egen {
                    egen.cell(rut, row.r, u.content.slag)
                } else {
                    cell(text, u.content.slag)
                };
                cells.push((at, column, read, text));
            }
        }
    }
    let heads: Vec<&str> =
        (0..k.first).flat_map(|r| (0..rut.width()).map(move |c| (r, c))).map(|(r, c)| rut.text(r, c)).collect();
    let figures = cells.iter().filter_map(|(_, column, cell, text)| match cell {
        Cell::Tal(last) => Some((*column, last, *text)),
        _ => None,
    });
    let tolkning = Tolkning::of(u, &heads, k.varden.len(), figures, (&mut out.fragor, &mut out.notes));
    let mut later: BTreeSet<Period> = BTreeSet::new();
    for (at, column, read, _) in &cells {
        let (row, period) = (&body[*at], perioder[*at]);
        let ruta = rut.name(row.r, k.varden[*column]);
        let (pattern, is_sum) = match &columns[*column] {
            Betyder::Del(pattern) => (pattern, row.summa && u.content.slag.adds_up()),
            Betyder::Summa(pattern) => (pattern, true),
            Betyder::Hoppas | Betyder::Oklar => continue,
        };
        let plats = Plats(std::iter::zip(pattern, &row.plats).map(|(a, b)| a.or(*b)).collect());
        let early = siffra::inte_borjat(period, u.today);
        let (varde, not) = match read {
            Cell::Tom => continue,
            // a table of a whole year has dashes, and sums of nothing, in what is left of it
            Cell::Saknas(_) | Cell::Tal(_) if early.is_some() && (is_sum || matches!(read, Cell::Saknas(_))) => {
                later.insert(period);
                continue;
            }
            Cell::Saknas(_) | Cell::Dold if is_sum => continue,
            Cell::Dold => (None, String::new()),
            Cell::Saknas(word) => (None, word.clone()),
            Cell::Fel(does) => {
                out.fel.push(fel(u, ruta, does, period));
                continue;
            }
            Cell::Tal(_) if early.is_some() => {
                let why = early.unwrap_or_default();
                out.fel.push(fel(u, ruta, &format!("har ett värde som ingen kan ha räknat än. {why}"), period));
                continue;
            }
            Cell::Tal(last) => match tolkning.tal(u, *column, last) {
                Ok(None) => continue,
                Ok(Some(tal)) => {
                    let prel = out.preliminara.contains(&period);
                    let mark = if prel { Mark::Preliminar } else { last.mark };
                    (Some(Varde { tal, share: last.share, mark }), last.not.clone())
                }
                Err(does) => {
                    out.fel.push(fel(u, ruta, &does, period));
                    continue;
                }
            },
        };
        if let Some(wrong) = varde.and_then(|v| siffra::fel(u.content, &v)).filter(|_| !is_sum) {
            out.fel.push(fel(u, ruta, &format!("kan inte sparas. {wrong}"), period));
            continue;
        }
        match varde {
            Some(v) if is_sum => out.summor.push(LastSumma { period, plats, tal: v.tal, ruta, mark: v.mark }),
            _ => out.varden.push(Last { period, plats, ruta, varde, not, dold: *read == Cell::Dold, kolumn: *column }),
        }
    }
    if let Some((first, last)) = later.first().zip(later.last()) {
        out.notes.push(sagt::for_tidigt(*first, *last));
    }
}

/// A fault of a cell, left out where somebody said so.
pub(super) fn fel(u: &Underlag<'_>, ruta: String, does: &str, period: Period) -> Fel {
    let key = format!("fel:{ruta}");
    let hoppas = u.svar.get(&key) == Some(HOPPA);
    Fel { text: format!("Ruta {ruta} {does}"), ruta, key, period: Some(period), hoppas }
}

/// The rows that sum up the periods above them, where periods are added up.
pub(super) fn langder(
    rut: &Rut<'_>,
    k: &Kolumner,
    u: &Underlag<'_>,
    columns: &[Betyder],
    (body, perioder): (&[Kropp], &[Period]),
    summarader: &[(usize, usize)],
    varden: &[Last],
) -> Vec<Langd> {
    let adds = u.content.slag.ways().contains(&Sammanlagd::Summa);
    let known: HashMap<(usize, Period), Option<Tal>> =
        varden.iter().map(|v| ((v.kolumn, v.period), v.varde.map(|v| v.tal))).collect();
    let mut out = Vec::new();
    let mut from = 0;
    for (r, until) in summarader.iter().filter(|_| adds && k.dims.is_empty()) {
        let summed: BTreeSet<Period> = perioder[from..(*until).min(body.len())].iter().copied().collect();
        from = *until;
        for (column, betyder) in columns.iter().enumerate() {
            let (Betyder::Del(pattern), Cell::Tal(last)) =
                (betyder, cell(rut.text(*r, k.varden[column]), u.content.slag))
            else {
                continue;
            };
            let parts = summed.iter().filter_map(|period| known.get(&(column, *period)).copied());
            if let Some(delarna) = parts.sum::<Option<Tal>>() {
                let tryckt = last.tusental.unwrap_or(last.tal);
                out.push(Langd { plats: Plats(pattern.clone()), tryckt, delarna });
            }
        }
    }
    out
}
