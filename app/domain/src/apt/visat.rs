//! Visat: what the slides of a meeting showed, as parts of its minutes, and what was ticked off on its day. It is kept when
//! the meeting ends: what is true later is not what was seen.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::slide::{Atgarder, Forslag, Kontroller, Rad, Tabell};
use crate::{
    dokument::{Block, Column, Mark, Para, Run, Table, text},
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

/// What controls there were since last time.
#[must_use]
pub fn kontroller(k: &Kontroller) -> Vec<Block> {
    rows("Kontroll", [&k.forsenade, &k.kommande, &k.klara])
}

/// What became of the åtgärder.
#[must_use]
pub fn atgarder(a: &Atgarder) -> Vec<Block> {
    let mut out = rows("Åtgärd", [&a.forsenade, &a.kommande, &a.klara]);
    out.extend(listed("Gav det effekt?", a.effekter.iter().map(|(title, effect)| format!("{title}: {effect}"))));
    out
}

/// What has been said since last time.
#[must_use]
pub fn forslag(f: &Forslag) -> Vec<Block> {
    let lists =
        [("Att ta upp", &f.nya), ("Prövas", &f.provas), ("Avgjorda", &f.avgjorda), ("Guldstjärnor", &f.stjarnor)];
    lists.into_iter().flat_map(|(label, all)| listed(label, all.iter().cloned())).collect()
}

/// What was decided last time, and what remains of it.
#[must_use]
pub fn foregaende(beslut: &[String], remain: &[Rad]) -> Vec<Block> {
    let mut out = listed("Beslut", beslut.iter().cloned());
    out.extend(rows("Åtgärd som återstår", [remain]));
    out
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

fn rows<const N: usize>(what: &str, parts: [&[Rad]; N]) -> Vec<Block> {
    let all = parts.into_iter().flatten().map(|rad| [rad.title.clone(), rad.detail.clone(), status(rad.status)]);
    let all: Vec<[String; 3]> = all.collect();
    if all.is_empty() {
        return vec![];
    }
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
    use crate::apt::slide;

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
    fn what_there_is_none_of_is_not_in_the_minutes() {
        assert_eq!(forslag(&Forslag::default()), []);
        assert_eq!(kontroller(&Kontroller::default()), []);
        let f = Forslag { nya: vec!["Prova tysta timmar".into()], ..Forslag::default() };
        let words: Vec<String> = crate::dokument::Dokument::new("", "").blocks(forslag(&f)).words();
        assert_eq!(words, ["Att ta upp", "Prova tysta timmar"]);
    }
}
