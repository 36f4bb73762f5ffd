//! Klistra: a block of outcomes that somebody has copied in a spreadsheet, laid into the table of a period. With a head its columns go where
//! the head says, whichever of kvinnor and män stands first, and with a column of names its rows too; without one they go to the right and
//! down from the cell that has the focus.

use super::{
    Content,
    ruta::{self, Kolumn, Ruta},
};
use crate::{
    format::{and, int},
    import::fold,
    siffror::klistra::block,
    tal::Tal,
};

/// A row of the table that something is pasted into.
#[derive(Clone, Copy, Debug)]
pub struct Rad<'a> {
    /// The indikator.
    pub content: &'a Content,
    /// Another outcome of it, as last year's: see [`ruta::las`].
    pub fore: Option<Tal>,
}

/// A cell that is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ifylld {
    /// The place of its row.
    pub rad: usize,
    /// Its column.
    pub kolumn: Kolumn,
    /// What was pasted.
    pub text: String,
    /// What it says, or how to write it.
    pub last: Result<Ruta, String>,
}

/// What a block does to the table. Nothing is saved by it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inklistrat {
    /// The cells that are filled, row by row.
    pub rutor: Vec<Ifylld>,
    /// How many of its cells lie outside the table.
    pub utanfor: usize,
    /// How many of its cells are hidden where they were copied.
    pub dolda: usize,
    /// The names of rows that are none of the table's.
    pub okanda: Vec<String>,
    /// The heads of columns that nothing is read from.
    pub hoppade: Vec<String>,
}

/// Lays what was pasted into a table with these columns and rows, from the cell at `start`: the place of a row and of a column. None where
/// it is a single cell: that is put in by the browser. `year` is that of the period: of two columns that only their year tells apart, that
/// year's is the outcome and another year's is not read.
#[must_use]
pub fn klistra(
    text: &str,
    start: (usize, usize),
    kolumner: &[Kolumn],
    rader: &[Rad<'_>],
    year: i32,
) -> Option<Inklistrat> {
    let found = block(text, (0, 0), (usize::MAX, usize::MAX))?;
    let mut out = Inklistrat { dolda: found.dolda, ..Inklistrat::default() };
    let mut rows: Vec<(usize, Vec<(usize, String)>)> = Vec::new();
    for ((r, c), cell) in found.rutor {
        match rows.last_mut() {
            Some((last, cells)) if *last == r => cells.push((c, cell)),
            _ => rows.push((r, vec![(c, cell)])),
        }
    }
    let head = rows.first().and_then(|(r, cells)| Some((*r, Rubriker::of(cells, year)?)));
    let Some((head_row, head)) = head else {
        for (r, cells) in rows {
            for (c, cell) in cells {
                match (rader.get(start.0 + r), kolumner.get(start.1 + c)) {
                    (Some(rad), Some(kolumn)) => out.rutor.push(filled(rad, start.0 + r, *kolumn, cell)),
                    _ => out.utanfor += 1,
                }
            }
        }
        return Some(out);
    };
    out.hoppade.clone_from(&head.hoppade);
    for (r, cells) in rows.into_iter().skip(1) {
        let named = head.namn.and_then(|at| cells.iter().find(|(c, _)| *c == at));
        let place = match named {
            Some((_, name)) => {
                let place = rader.iter().position(|rad| fold(&rad.content.namn) == fold(name));
                if place.is_none() {
                    out.okanda.push(name.clone());
                    continue;
                }
                place
            }
            None if head.namn.is_some() => None,
            None => Some(start.0 + r - head_row - 1),
        };
        for (c, cell) in cells {
            let Some((_, kolumn)) = head.kolumner.iter().find(|(at, _)| *at == c) else { continue };
            match place.and_then(|place| Some((place, rader.get(place)?))) {
                Some((place, rad)) => out.rutor.push(filled(rad, place, *kolumn, cell)),
                None => out.utanfor += 1,
            }
        }
    }
    Some(out)
}

fn filled(rad: &Rad<'_>, place: usize, kolumn: Kolumn, text: String) -> Ifylld {
    // no cell of a block is blank
    let last = ruta::las(rad.content, &text, rad.fore).and_then(|ruta| ruta.ok_or_else(|| "Rutan är tom.".to_owned()));
    Ifylld { rad: place, kolumn, text, last }
}

/// What the first row of a block names.
struct Rubriker {
    /// The place of each column that is read.
    kolumner: Vec<(usize, Kolumn)>,
    /// The place of the names of indikatorer.
    namn: Option<usize>,
    /// The heads of the others.
    hoppade: Vec<String>,
}

impl Rubriker {
    /// The heads of a row; none where it is a row of figures.
    fn of(cells: &[(usize, String)], year: i32) -> Option<Self> {
        let mut out = Self { kolumner: vec![], namn: None, hoppade: vec![] };
        for (at, text) in cells {
            match Kolumn::read_in(text, year) {
                Some(kolumn) if !out.kolumner.iter().any(|(_, other)| *other == kolumn) => {
                    out.kolumner.push((*at, kolumn));
                }
                _ if fold(text) == "indikator" => out.namn = Some(*at),
                _ => out.hoppade.push(text.clone()),
            }
        }
        (!out.kolumner.is_empty()).then_some(out)
    }
}

/// `1 ruta`, `12 rutor`
fn rutor(n: usize) -> String {
    if n == 1 { "1 ruta".to_owned() } else { format!("{} rutor", int(i64::try_from(n).unwrap_or(i64::MAX))) }
}

/// The most names that are told of.
const TOLD: usize = 5;

impl Inklistrat {
    /// What the user is told, in sentences.
    #[must_use]
    pub fn said(&self) -> String {
        let wrong = self.rutor.iter().filter(|one| one.last.is_err()).count();
        let read = self.rutor.len() - wrong;
        let mut out = vec![match read {
            0 => "Inget är ifyllt.".to_owned(),
            1 => "1 ruta är ifylld.".to_owned(),
            n => format!("{} är ifyllda.", rutor(n)),
        }];
        if wrong > 0 {
            out.push(format!("{} går inte att läsa.", rutor(wrong)));
        }
        if self.utanfor > 0 {
            out.push(format!("{} hamnar utanför tabellen och är inte med.", rutor(self.utanfor)));
        }
        if self.dolda > 0 {
            let word = if self.dolda == 1 { "är dold" } else { "är dolda" };
            out.push(format!("{} {word} i det inklistrade och ändrar inget.", rutor(self.dolda)));
        }
        if !self.okanda.is_empty() {
            out.push(format!("Finns inte i tabellen: {}.", names(&self.okanda)));
        }
        if !self.hoppade.is_empty() {
            out.push(format!("Läses inte in: {}.", names(&self.hoppade)));
        }
        out.join(" ")
    }
}

/// `”A”, ”B” och tre till`
fn names(all: &[String]) -> String {
    let mut told: Vec<String> = all.iter().take(TOLD).map(|name| format!("”{name}”")).collect();
    if let Some(more) = all.len().checked_sub(TOLD).filter(|more| *more > 0) {
        told.push(format!("{} till", crate::apt::finding::in_words(more, false)));
    }
    and(&told.iter().map(String::as_str).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verksamhetsplan::indikator::tests::{andel, antal};

    fn pasted(text: &str, start: (usize, usize)) -> Inklistrat {
        let (plan, jobb) = (andel("75 %"), antal("15 st"));
        let (plan, jobb) = (Content { namn: "Plan".into(), ..plan }, Content { namn: "Jobb".into(), ..jobb });
        let rader = [&plan, &jobb].map(|content| Rad { content, fore: None });
        klistra(text, start, &Kolumn::ALL, &rader, 2022).unwrap()
    }

    fn told(found: &Inklistrat) -> Vec<(usize, Kolumn, &str, bool)> {
        found.rutor.iter().map(|one| (one.rad, one.kolumn, one.text.as_str(), one.last.is_ok())).collect()
    }

    #[test]
    fn a_block_without_a_head_goes_to_the_right_and_down() {
        let found = pasted("82,9 %\t14/18\t15/17\n4\t\t\n9", (0, 0));
        assert_eq!(
            told(&found),
            [
                (0, Kolumn::Totalt, "82,9 %", true),
                (0, Kolumn::Kvinnor, "14/18", true),
                (0, Kolumn::Man, "15/17", true),
                (1, Kolumn::Totalt, "4", true)
            ]
        );
        assert_eq!(found.said(), "4 rutor är ifyllda. 1 ruta hamnar utanför tabellen och är inte med.");
    }

    #[test]
    fn man_before_kvinnor_is_read_from_the_head_and_rows_by_their_names() {
        let text = "Indikator\tPeriodens utfall\tUtfall män\tUtfall kvinnor\tÅrsmål\nJobb\t4\t2\tmånga\t15 st\nAnnat\t1\t1\t1\t1\n\
                    plan\t77,78\t71\t45\t75 %";
        let found = pasted(text, (1, 2));
        assert_eq!(
            told(&found),
            [
                (1, Kolumn::Totalt, "4", true),
                (1, Kolumn::Man, "2", true),
                (1, Kolumn::Kvinnor, "många", false),
                (0, Kolumn::Totalt, "77,78", true),
                (0, Kolumn::Man, "71", true),
                (0, Kolumn::Kvinnor, "45", true)
            ]
        );
        assert_eq!(
            found.said(),
            "5 rutor är ifyllda. 1 ruta går inte att läsa. Finns inte i tabellen: ”Annat”. Läses inte in: ”Årsmål”."
        );
    }

    #[test]
    fn the_year_in_a_head_tells_the_outcome_from_that_of_another_year() {
        let text = "Indikator\tPeriodens utfall 2021\tPeriodens utfall 2022\tPrognos helår 2022\nJobb\t3\t4\t15";
        let found = pasted(text, (0, 0));
        assert_eq!(told(&found), [(1, Kolumn::Totalt, "4", true), (1, Kolumn::Prognos, "15", true)]);
        assert_eq!(found.hoppade, ["Periodens utfall 2021"]);
    }

    #[test]
    fn a_head_without_names_begins_below_it_and_a_forecast_is_no_head() {
        let found = pasted("Utfall män\tUtfall kvinnor\n71\t45", (0, 0));
        assert_eq!(told(&found), [(0, Kolumn::Man, "71", true), (0, Kolumn::Kvinnor, "45", true)]);
        let found = pasted("Prognos 80 %\nPrognos 15", (0, 0));
        assert!(found.rutor.len() == 2 && found.rutor.iter().all(|one| one.last.as_ref().is_ok_and(|r| r.prognos)));
        let rader = [];
        assert_eq!(klistra("4", (0, 0), &Kolumn::ALL, &rader, 2022), None);
    }
}
