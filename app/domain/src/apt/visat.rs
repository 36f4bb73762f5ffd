//! Visat: what the slides of a meeting showed, as parts of its minutes, and what was ticked off on its day. It is kept when
//! the meeting ends: what is true later is not what was seen.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    deck::{Blad, Del, Lista, Post, Resultat},
    slide::Tabell,
};
use crate::{
    dokument::{Block, Column, Mark, Para, Row, Run, Table, text},
    format,
    id::PunktId,
    occurrence::{Item, State, Status},
};

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

/// What a slide shows, without its heading. `text`: the blocks of its Markdown. What is only drawn, and where to read more, is not
/// in it.
#[must_use]
pub fn blad(blad: &Blad, text: impl Fn(&str) -> Vec<Block>) -> Vec<Block> {
    let parts = blad.delar.iter().chain(&blad.sida);
    let mut out: Vec<Block> = parts.flat_map(|part| del(part, &text)).collect();
    if !blad.fraga.is_empty() {
        out.push(Block::labelled("Fråga", &blad.fraga));
    }
    out
}

fn del(del: &Del, text: impl Fn(&str) -> Vec<Block>) -> Vec<Block> {
    let pairs = |what: &str, of: &str, rows: Vec<[String; 2]>| {
        let columns = vec![Column::text(of), Column::number("Antal")];
        if rows.is_empty() { vec![] } else { vec![Table::new(what, columns).rows(rows).into()] }
    };
    match del {
        Del::Lista(lista) => lines(lista),
        Del::Siffror(all) => vec![Block::facts(all.iter().map(|s| (s.vad.clone(), s.tal.clone())))],
        Del::Resultat(all) => resultat(all),
        Del::Antal(rows, notes) => {
            let rows = rows.iter().map(|(what, n)| [what.clone(), n.clone()]).collect();
            pairs("Antal", "Vad", rows).into_iter().chain(notes.iter().map(Block::text)).collect()
        }
        Del::Staplar(rows) => {
            pairs("Antal efter tid", "Tid", rows.iter().map(|(when, n)| [when.clone(), format::int(*n)]).collect())
        }
        Del::Andelar(all) => {
            let columns = vec![Column::text("Fråga"), Column::number("Andel"), Column::text("Svar")];
            let rows = all.iter().map(|a| [a.fraga.clone(), a.andel.clone(), a.fynd.clone()]);
            if all.is_empty() { vec![] } else { vec![Table::new("Svar på enkäten", columns).rows(rows).into()] }
        }
        Del::Tabell(read) => tabell(read),
        Del::Text(markdown) => text(markdown),
        Del::Noter(all) => all.iter().map(Block::text).collect(),
        Del::Tomt(said) => vec![Block::text(said)],
        Del::Hjul | Del::Lank(_) | Del::Dagordning(_) => vec![],
    }
}

/// A list as it stands on a slide: with marks as a table, else as a list; and how many had no room.
fn lines(lista: &Lista) -> Vec<Block> {
    let label = if lista.rubrik.is_empty() { "Vad" } else { lista.rubrik };
    let mut out = if lista.poster.iter().any(|post| post.status.is_some()) {
        let columns = vec![Column::text(label), Column::text("När och vem"), Column::status("Läge")];
        let status = |post: &Post| post.status.map(status).unwrap_or_default();
        let rows = lista.poster.iter().map(|post| [post.text.clone(), post.under.clone(), status(post)]);
        vec![Table::new(label, columns).rows(rows).into()]
    } else {
        let said = |post: &Post| match post.under.as_str() {
            "" => post.text.clone(),
            under => format!("{}: {under}", post.text),
        };
        listed(label, lista.poster.iter().map(said))
    };
    if lista.till > 0 {
        out.push(Block::text(format!("och {} till", lista.till)));
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
        let said: Vec<String> = why
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(label, text)| format!("{label}: {text}"))
            .collect();
        if !said.is_empty() {
            table.rows.push(Row::Full(said.join("\n")));
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
    use crate::apt::{deck::Form, slide};

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
    fn what_a_slide_shows_stands_in_the_minutes_with_what_had_no_room() {
        let post = |text: &str, status| Post { text: text.into(), status, ..Post::default() };
        let lista = |rubrik, poster, till| {
            let antal = 3;
            Del::Lista(Lista { rubrik, antal, form: Form::Rader, poster, till, smal: (1, 2), fran: 1 })
        };
        let slide = Blad {
            delar: vec![
                lista("Försenade", vec![post("Attest", Some(Status::Forsenad))], 2),
                lista("Att ta upp", vec![post("Prova tysta timmar", None)], 0),
                Del::Hjul,
                Del::Text("# Nytt".into()),
            ],
            fraga: "Vad gör vi?".into(),
            ..Blad::default()
        };
        let blocks = blad(&slide, |text| vec![Block::text(text)]);
        let words = crate::dokument::Dokument::new("", "").blocks(blocks).words().join("|");
        for said in ["Attest", "Försenad", "och 2 till", "Prova tysta timmar", "# Nytt", "Vad gör vi?"] {
            assert!(words.contains(said), "{said}: {words}");
        }
        assert_eq!(blad(&Blad::default(), |_| vec![]), []);
    }
}
