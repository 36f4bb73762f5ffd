//! Text: Markdown on a slide. A heading is larger than its list.

use std::num::NonZeroU16;

use domain::{
    dokument::{Block, Para},
    drawing::Tone,
};
use krilla::tagging::{ListNumbering, Tag, TagKind};

use super::{
    parts::item,
    place::{Look, Piece, Placer, stack},
};
use crate::pdf::set::Side;

/// The tag of a heading. The slide's own is of the first level.
pub fn heading(level: u16, words: &str) -> TagKind {
    Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(words.to_owned())).into()
}

pub fn text(p: &mut Placer<'_>, markdown: &str, w: f32) -> Piece {
    let mut out = vec![];
    let mut before = 1;
    for block in ui::apt::blocks_of(markdown, 2) {
        match block {
            Block::Heading(level, words) => {
                // no level is left out
                before = u16::from(level).clamp(2, before + 1);
                let look = Look::new(p.t * 1.3, 1.2).bold();
                let mut head = p.words(&words, look, w).tagged(heading(before, &words));
                if !out.is_empty() {
                    let above = p.em() * 0.3;
                    head = head.moved(0.0, above);
                    head.height += above;
                }
                out.push(head);
            }
            Block::Text(all) => out.extend(paras(p, &all, w, Tone::Ink)),
            _ => {}
        }
    }
    stack(out, p.em() * 0.4)
}

fn paras(p: &mut Placer<'_>, all: &[Para], w: f32, tone: Tone) -> Vec<Piece> {
    all.iter().map(|para| one(p, para, w, tone)).collect()
}

fn one(p: &mut Placer<'_>, para: &Para, w: f32, tone: Tone) -> Piece {
    let look = Look::new(p.t, 1.35).tone(tone);
    let gap = p.em() * 0.4;
    match para {
        Para::Words(runs) => p.runs(runs, look, w, Side::Start).tagged(Tag::P),
        Para::Quote(inner) => {
            let from = p.em() * 0.8;
            let inner = paras(p, inner, w - from, Tone::Ink2);
            stack(inner, gap).moved(from, 0.0).tagged(Tag::BlockQuote)
        }
        Para::List { first, items } => {
            let labels: Vec<String> = (0..items.len() as u64)
                .map(|n| first.map_or_else(|| "•".to_owned(), |first| format!("{}.", first + n)))
                .collect();
            let wide = labels.iter().map(|l| p.width(l, look)).fold(0.0, f32::max);
            let from = (wide + p.em() * 0.35).max(p.em() * 1.1);
            let mut out = vec![];
            for (label, inner) in labels.iter().zip(items) {
                let label = p.words(label, look, from);
                let inner = paras(p, inner, (w - from).max(p.em()), tone);
                out.push(item(label, stack(inner, gap).moved(from, 0.0)));
            }
            let numbering = if first.is_some() { ListNumbering::Decimal } else { ListNumbering::Disc };
            stack(out, gap).tagged(Tag::L(numbering))
        }
    }
}
