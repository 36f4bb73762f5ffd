//! Table: a typed table over all of the room: the first column as words, the others as figures.

use domain::drawing::Tone;
use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use super::place::{Look, Piece, Placer, grown, middle};

/// How wide each column is: what is written in it, with what is left shared as it is; where there is too little the first one
/// gives way, since it holds words, and then all of them.
fn widths(p: &mut Placer<'_>, rows: &[Vec<String>], w: f32) -> Vec<f32> {
    let look = Look::new(p.t, 1.25);
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let pad = p.em() * 0.8;
    let mut own: Vec<f32> = (0..count)
        .map(|i| rows.iter().filter_map(|r| r.get(i)).map(|c| p.width(c, look)).fold(0.0, f32::max) + pad + 1.0)
        .collect();
    let whole: f32 = own.iter().sum();
    let rest: f32 = own.iter().skip(1).sum();
    if whole > w
        && let Some(first) = own.first_mut()
    {
        *first = first.min((w - rest).max(w * 0.3));
    }
    let whole: f32 = own.iter().sum();
    own.iter().map(|x| x * w / whole.max(1.0)).collect()
}

pub fn table(p: &mut Placer<'_>, rows: &[Vec<String>], (w, h): (f32, f32)) -> Piece {
    let widths = widths(p, rows, w);
    let (pad, look) = (p.em() * 0.8, Look::new(p.t, 1.25));
    let mut all: Vec<(Vec<Piece>, Piece)> = vec![];
    for (n, row) in rows.iter().enumerate() {
        let mut cells = vec![];
        for (i, width) in widths.iter().enumerate() {
            let cell = row.get(i).map_or("", String::as_str);
            let last = i + 1 == widths.len();
            let room = (width - if last { 0.0 } else { pad }).max(1.0);
            let look = if n == 0 { look.tone(Tone::Ink2) } else { look };
            cells.push(if i == 0 { p.words(cell, look, room) } else { p.right(cell, look, room) });
        }
        let height = cells.iter().map(|c| c.height).fold(p.em() * 1.25, f32::max) + p.em() * 0.5;
        all.push((cells, Piece { height, marks: vec![] }));
    }
    let (cells, rooms): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let heights = grown(&rooms, 0.0, h);
    let needed: f32 = rooms.iter().map(|r| r.height).sum();
    let (mut out, mut top) = (Piece::default(), 0.0);
    for (n, (row, height)) in cells.into_iter().zip(heights).enumerate() {
        let (mut line, mut x) = (Piece::default(), 0.0);
        for (i, (cell, width)) in row.into_iter().zip(&widths).enumerate() {
            let tag: TagKind = match (n, i) {
                (0, _) => Tag::TH(TableHeaderScope::Column).into(),
                (_, 0) => Tag::TH(TableHeaderScope::Row).into(),
                _ => Tag::TD.into(),
            };
            line = line.with(middle(cell, height).moved(x, top).tagged(tag));
            x += width;
        }
        let below = p.rule(1.0, w).moved(0.0, top + height - p.px(1.0));
        out = out.with(line.tagged(Tag::TR)).with(below);
        top += height;
    }
    Piece { height: needed, ..out }.tagged(Tag::Table)
}
