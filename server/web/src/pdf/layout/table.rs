//! Tables on pages: widths by content, letters that are smaller where there are many columns, heads on each page.

use domain::dokument::{Kind, Row, Run, Table};

use super::{At, BODY, Cell, Hand, Laying, MARGIN, Mark, NAME, NOTE, Part, Role, Side};

/// Between columns.
const PAD: f32 = 5.0;
/// The size of letters in a table, and how small they may be for a table to have room.
const SIZE: f32 = 9.5;
const SIZE_MIN: f32 = 8.0;
/// How wide a letter is, as a share of its size. `domain::dokument::table` counts in letters.
const LETTER: f32 = 0.5526;

const fn cell(size: f32, bold: bool) -> Hand {
    Hand { size, line: 1.4, bold, quiet: false }
}

/// A cell that is yet to be set: its words and hand, where it begins and how wide it is.
struct Set {
    runs: Vec<Run>,
    hand: Hand,
    side: Side,
    role: Role,
    x: f32,
    width: f32,
    span: u32,
}

impl Laying<'_> {
    /// Labels and values beside each other.
    pub(super) fn facts(&mut self, facts: &[(String, String)]) {
        let label = 0.26 * self.inner();
        let mut rows = vec![];
        for (name, value) in facts {
            let set = |words: &String, hand, role, x, width| Set {
                runs: vec![Run::from(words.as_str())],
                hand,
                side: Side::Start,
                role,
                x,
                width,
                span: 1,
            };
            let name = set(name, NAME, Role::Row, MARGIN, label);
            let value = set(value, BODY, Role::Data, MARGIN + label, self.inner() - label);
            rows.push(self.row(vec![name, value], &[], 0.0));
        }
        self.y += 10.0;
        self.laid.parts.push(Part::Table { summary: None, caption: None, rows });
    }

    pub(super) fn table(&mut self, table: &Table) {
        let inner = self.inner();
        let size = (inner / (LETTER * table.letters().max(1.0))).clamp(SIZE_MIN, SIZE);
        let shares = table.shares(inner / (LETTER * size));
        let head = self.columns(table, &shares, size);
        let caption = (!table.caption.trim().is_empty()).then(|| {
            let at = self.add(&table.caption, NAME, inner);
            self.need(self.laid.words[at].lines.height() + 6.0 * size);
            self.flow(&[(at, MARGIN)]);
            self.y += 3.0;
            at
        });
        let mut heads: Vec<(At, f32)> = vec![];
        let mut rows = vec![];
        let places: Vec<f32> = head.iter().map(|set| set.x).collect();
        // the heads stay with the first row
        let cells = self.row(head, &[], 2.0 * size * 1.4 + 2.0 * PAD);
        heads.extend(cells.iter().map(|cell| cell.at).zip(places));
        rows.push(cells);
        for (n, row) in table.rows.iter().enumerate() {
            // a group stays with its first row, and a row with the text about it
            let below = match (row, table.rows.get(n + 1)) {
                (Row::Group(_), Some(_)) => 2.0 * size * 1.4,
                (_, Some(Row::Full(text))) => size * 1.4 * if text.len() > 80 { 2.0 } else { 1.0 } + 2.0 * PAD,
                _ => 0.0,
            };
            let set = self.cells(table, row, &shares, size);
            rows.push(self.row(set, &heads, below));
        }
        let below = table.below();
        let summary = Some(table.label.clone());
        self.laid.parts.push(Part::Table { summary, caption, rows });
        if below.is_empty() {
            self.y += 10.0;
        } else {
            self.y += 3.0;
            let part = self.paragraph(&[Run::from(below)], NOTE, MARGIN);
            self.laid.parts.push(part);
            self.y += 6.0;
        }
    }

    fn columns(&self, table: &Table, shares: &[f32], size: f32) -> Vec<Set> {
        let mut x = MARGIN;
        let set = |(column, share): (&domain::dokument::Column, &f32)| {
            let width = share * self.inner();
            let at = x;
            x += width;
            let runs = vec![Run::from(column.head.as_str())];
            Set { runs, hand: cell(size, true), side: side(column.kind), role: Role::Column, x: at, width, span: 1 }
        };
        table.columns.iter().zip(shares).map(set).collect()
    }

    fn cells(&self, table: &Table, row: &Row, shares: &[f32], size: f32) -> Vec<Set> {
        let (cells, sum) = match row {
            Row::Cells(cells) => (cells, false),
            Row::Sum(cells) => (cells, true),
            Row::Group(text) | Row::Full(text) => {
                let group = matches!(row, Row::Group(_));
                return vec![Set {
                    runs: vec![Run::from(text.as_str())],
                    hand: cell(size, group),
                    side: Side::Start,
                    role: if group { Role::Row } else { Role::Data },
                    x: MARGIN,
                    width: self.inner(),
                    span: u32::try_from(table.columns.len()).unwrap_or(1),
                }];
            }
        };
        let mut x = MARGIN;
        let mut out = vec![];
        for (n, ((column, text), share)) in table.cells(cells).zip(shares).enumerate() {
            let width = share * self.inner();
            let role = if n == 0 { Role::Row } else { Role::Data };
            let runs = vec![Run::from(text)];
            out.push(Set { runs, hand: cell(size, sum), side: side(column.kind), role, x, width, span: 1 });
            x += width;
        }
        out
    }

    /// A row with a line under it. `heads` are written again where it begins a page, and `below` has room under it.
    fn row(&mut self, cells: Vec<Set>, heads: &[(At, f32)], below: f32) -> Vec<Cell> {
        let mut set = vec![];
        let mut out = vec![];
        for Set { runs, hand, side, role, x, width, span } in cells {
            let at = self.add_runs(&runs, hand, (width - PAD * 2.0).max(PAD), side);
            set.push((at, x));
            out.push(Cell { at, role, span });
        }
        let height = set.iter().map(|(at, _)| self.laid.words[*at].lines.height()).fold(0.0, f32::max);
        let pages = self.laid.pages.len();
        self.need(height + 2.0 * PAD + below);
        if self.laid.pages.len() > pages && !heads.is_empty() {
            self.heads_again(heads);
        }
        self.y += PAD - 1.0;
        self.flow(&set);
        self.y += PAD - 1.0;
        self.mark(Mark::Rule { y: self.y });
        out
    }

    fn heads_again(&mut self, heads: &[(At, f32)]) {
        let mut height: f32 = 0.0;
        for (at, x) in heads {
            self.mark(Mark::Again { at: *at, x: *x, top: self.y });
            height = height.max(self.laid.words[*at].lines.height());
        }
        self.y += height + PAD - 1.0;
        self.mark(Mark::Rule { y: self.y });
    }
}

const fn side(kind: Kind) -> Side {
    match kind {
        Kind::Number => Side::Right,
        Kind::Text | Kind::Date | Kind::Status => Side::Start,
    }
}
