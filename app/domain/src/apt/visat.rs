//! Visat: what the slides of a meeting showed, as parts of its minutes, and what was ticked off on its day. It is kept when
//! the meeting ends: what is true later is not what was seen.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Bildfil,
    deck::{Del, Form, Post, Resultat, Siffra},
    slide::Tabell,
};
use crate::{
    dokument::{Block, Column, Mark, Para, Row, Run, Table, text},
    format,
    id::PunktId,
    occurrence::{Item, State, Status},
};

mod figur;

pub use figur::figurer;

/// What was seen at a meeting.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visat {
    /// What the slides of each point showed.
    pub punkter: Vec<(PunktId, Vec<Block>)>,
    /// Controls that were ticked off on the day of the meeting.
    pub avbockat: Vec<Avbockat>,
}

/// A control that was ticked off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Avbockat {
    /// What it is called, and the time it was for.
    pub title: String,
    /// What was found.
    pub found: String,
    /// Who did it.
    pub who: String,
}

impl Visat {
    /// What was shown under a point.
    pub fn under(&self, punkt: PunktId) -> impl Iterator<Item = &Block> {
        self.punkter.iter().filter(move |(of, _)| *of == punkt).flat_map(|(_, blocks)| blocks)
    }
}

/// The controls that were ticked off on a day, in their order.
#[must_use]
pub fn avbockat(items: &[Item], on: NaiveDate) -> Vec<Avbockat> {
    let ticked = |item: &&Item| {
        item.kind().of_plan && item.occurrence.state == State::Utford && item.occurrence.performed_on == Some(on)
    };
    let mut found: Vec<&Item> = items.iter().filter(ticked).collect();
    found.sort_by_key(|item| (item.occurrence.due, item.title.clone(), item.occurrence.id));
    let of = |item: &Item| Avbockat {
        title: format!("{}, {}", item.title, item.occurrence.when().label()),
        found: item.result_label(),
        who: item.performed_by_label.clone(),
    };
    found.into_iter().map(of).collect()
}

/// The table of them.
#[must_use]
pub fn avbockade(all: &[Avbockat]) -> Table {
    let columns = vec![Column::text("Kontroll"), Column::text("Resultat"), Column::text("Utförd av")];
    let rows = all.iter().map(|a| [a.title.clone(), a.found.clone(), a.who.clone()]);
    Table::new("Kontroller som bockades av", columns).rows(rows)
}

/// A part of a slide: all of it, whatever had room. `what` is what its lines with a status are about.
#[must_use]
pub fn del(del: &Del, what: &str) -> Vec<Block> {
    match del {
        Del::Lista(lista) if lista.poster.iter().any(|p| p.status.is_some()) => rows(what, &lista.poster),
        Del::Lista(lista) => listed(lista.rubrik, lista.poster.iter().map(said)),
        Del::Resultat(all) => resultat(all),
        Del::Antal(kinds, noter) => {
            let columns = vec![Column::text("Vad"), Column::number("Antal")];
            let kinds = kinds.iter().map(|(kind, n)| [kind.clone(), n.clone()]);
            let of = noter.first().map(|note| note.trim_end_matches('.').to_owned()).unwrap_or_default();
            vec![Table::new("Avvikelser efter slag", columns).rows(kinds).source(of).into()]
        }
        Del::Staplar(runs) => {
            let columns = vec![Column::text("Tid"), Column::number("Antal")];
            let runs = runs.iter().map(|(label, n)| [label.clone(), format::int(*n)]);
            let note = "Antal under fem visas inte. Månaden som pågår är inte med";
            vec![Table::new("Avvikelser efter tid", columns).rows(runs).source(note).into()]
        }
        Del::Andelar(all) => {
            let columns = vec![Column::text("Fråga"), Column::number("Andel"), Column::text("Svar")];
            let answers = all.iter().map(|a| [a.fraga.clone(), a.andel.clone(), a.fynd.clone()]);
            vec![Table::new("Svar på enkäten", columns).rows(answers).into()]
        }
        Del::Tabell(read) => tabell(read),
        Del::Siffror(all) => vec![Block::facts(all.iter().map(figure))],
        Del::Bild(fil) => bild(fil),
        // the point says the others itself, and where there is nothing the heading says so
        Del::Hjul
        | Del::Diagram(_)
        | Del::Text(_)
        | Del::Noter(_)
        | Del::Tomt(_)
        | Del::Lank(_)
        | Del::Dagordning(_) => vec![],
    }
}

/// A large figure as it is said in a text: `34` over `av 120 utförda` is `Utförda: 34 av 120`.
#[must_use]
pub fn figure(s: &Siffra) -> (String, String) {
    match s.vad.strip_prefix("av ").and_then(|rest| rest.split_once(' ')) {
        Some((of, what)) => (format::capitalised(what), format!("{} av {of}", s.tal)),
        None => (format::capitalised(&s.vad), s.tal.clone()),
    }
}

/// What a picture showed: its words stay when the picture is gone.
fn bild(fil: &Bildfil) -> Vec<Block> {
    let below = (!fil.bildtext.is_empty()).then(|| Block::labelled("Bildtext", &fil.bildtext));
    std::iter::once(Block::labelled("Bild", &fil.alt)).chain(below).collect()
}

/// Lines with a status of several lists are one table.
#[must_use]
pub fn delar(all: &[Del], what: &str) -> Vec<Block> {
    let with_status = |d: &Del| matches!(d, Del::Lista(l) if l.poster.iter().any(|p| p.status.is_some()));
    let together: Vec<Post> = all
        .iter()
        .filter(|d| with_status(d))
        .filter_map(|d| if let Del::Lista(l) = d { Some(l.poster.clone()) } else { None })
        .flatten()
        .collect();
    let table = rows(what, &together);
    let rest = all.iter().filter(|d| !with_status(d)).flat_map(|d| del(d, what));
    // decisions stand before what remains of them
    let cards = matches!(all.first(), Some(Del::Lista(l)) if l.form == Form::Kort);
    if cards { rest.chain(table).collect() } else { table.into_iter().chain(rest).collect() }
}

/// What an effect or a decision says in one line: of a decision its point is where it is noted.
fn said(post: &Post) -> String {
    if post.under.is_empty() { post.text.clone() } else { format!("{}: {}", post.text, post.under) }
}

fn resultat(all: &[Resultat]) -> Vec<Block> {
    if all.is_empty() {
        return vec![];
    }
    let columns = vec![Column::text("Kontroll"), Column::text("Resultat"), Column::text("Mål")];
    let mut table = Table::new("Resultat", columns);
    for r in all {
        table.rows.push(Row::Cells(vec![format!("{}, {}", r.title, r.nar), r.fynd.clone(), r.mal.clone()]));
        let why = [("Varför", &r.analys), ("Vad vi gör", &r.slutsats)];
        let why: Vec<String> = why
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(label, text)| format!("{label}: {text}"))
            .collect();
        if !why.is_empty() {
            table.rows.push(Row::Full(why.join("\n")));
        }
    }
    vec![table.into()]
}

/// A typed table: a single row is a figure with what it is.
#[must_use]
pub fn tabell(read: &Tabell) -> Vec<Block> {
    let caption = read.rubrik.join(" · ");
    match read.rows.as_slice() {
        [] => vec![],
        [one] => match one.as_slice() {
            [] => vec![],
            [value] => vec![Block::text(value)],
            [what, value, ..] => vec![Block::facts([(what.clone(), value.clone())])],
        },
        [head, rows @ ..] => {
            let column = |(n, head): (usize, &String)| {
                let cells = rows.iter().filter_map(|row| row.get(n)).filter(|cell| !cell.is_empty());
                let figures = n > 0 && cells.clone().all(|cell| cell.chars().any(|c| c.is_ascii_digit()));
                let short = cells.clone().all(|cell| cell.chars().count() <= 20);
                if figures && short { Column::number(head.clone()) } else { Column::text(head.clone()) }
            };
            let columns = head.iter().enumerate().map(column).collect();
            let label = if caption.is_empty() { "Tabell" } else { caption.as_str() };
            vec![Table::new(label, columns).rows(rows.iter().cloned()).caption(caption.clone()).into()]
        }
    }
}

/// Items under a word; nothing where there are none.
#[must_use]
pub fn listed(label: &str, items: impl IntoIterator<Item = String>) -> Vec<Block> {
    let items: Vec<Vec<Para>> = items.into_iter().map(|item| text::plain(&item)).collect();
    if items.is_empty() {
        return vec![];
    }
    let label = Para::Words(vec![Run { bold: true, ..Run::from(label) }]);
    vec![Block::Text(vec![label, Para::List { first: None, items }])]
}

fn rows(what: &str, all: &[Post]) -> Vec<Block> {
    if all.is_empty() {
        return vec![];
    }
    let status = |p: &Post| p.status.map(status).unwrap_or_default();
    let all = all.iter().map(|p| [p.text.clone(), p.under.clone(), status(p)]);
    let columns = vec![Column::text(what), Column::text("När och vem"), Column::status("Läge")];
    vec![Table::new(what, columns).rows(all).into()]
}

/// The status of a row: its shape and its word.
#[must_use]
pub fn status(status: Status) -> String {
    let mark = match status {
        Status::Utford => Mark::Check,
        Status::Avvikelse => Mark::Diamond,
        Status::Forsenad => Mark::Square,
        Status::EjUtford => Mark::Dash,
        Status::Pagar | Status::Planerad => return status.label().to_owned(),
    };
    mark.with(status.label())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apt::{
        deck,
        slide::{self, Forslag, Kontroller},
    };

    #[test]
    fn a_typed_table_has_figures_to_the_right_and_words_to_the_left() {
        let blocks = tabell(&slide::table("Vad\tAntal\tKommentar\nAnsökningar\t1 346\tfler än i fjol\nBeslut\t980\t"));
        let [Block::Table(table)] = blocks.as_slice() else { panic!("{blocks:?}") };
        let kinds: Vec<_> = table.columns.iter().map(|c| c.kind).collect();
        assert_eq!(kinds, [crate::dokument::Kind::Text, crate::dokument::Kind::Number, crate::dokument::Kind::Text]);
        assert_eq!(tabell(&slide::table("Ansökningar\t1 346")), [Block::facts([("Ansökningar", "1 346")])]);
        assert_eq!(tabell(&slide::table("")), []);
    }

    #[test]
    fn of_a_picture_its_words_are_kept() {
        let fil = Bildfil { bildtext: "Inflyttning i mars".into(), ..crate::apt::bildfil::tests::bildfil(800, 600) };
        let words = |fil| crate::dokument::Dokument::new("", "").blocks(delar(&deck::bild("", Some(fil)), "")).words();
        assert_eq!(words(fil.clone()).join(" "), "Bild: Plan över de nya lokalerna Bildtext: Inflyttning i mars");
        assert!(!words(Bildfil { bildtext: String::new(), ..fil }).iter().any(|word| word.starts_with("Bildtext")));
    }

    #[test]
    fn what_there_is_none_of_is_not_in_the_minutes() {
        let forslag = |f: Forslag| delar(&deck::forslag(f), "Förslag");
        assert_eq!(forslag(Forslag::default()), []);
        assert_eq!(delar(&deck::kontroller(Kontroller::default()), "Kontroll"), []);
        let f = Forslag { nya: vec!["Prova tysta timmar".into()], ..Forslag::default() };
        let words: Vec<String> = crate::dokument::Dokument::new("", "").blocks(forslag(f)).words();
        assert_eq!(words, ["Att ta upp", "Prova tysta timmar"]);
    }
}
