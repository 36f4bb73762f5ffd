//! The document as it is read aloud, and its headings as bookmarks.

use std::{
    collections::HashMap,
    num::{NonZeroU16, NonZeroU32},
};

use domain::{dokument::LANGUAGE, drawing::Drawing};
use krilla::{
    destination::XyzDestination,
    geom::Point,
    outline::{Outline, OutlineNode},
    tagging::{ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree},
};

use super::{
    draw::Drawn,
    layout::{At, Cell, Laid, MARGIN, Mark, Part, Role},
    set::Words,
};

/// The headings as bookmarks that lead to their pages, those of a level within the one above them.
pub fn outline(laid: &Laid) -> Outline {
    let mut places: HashMap<At, XyzDestination> = HashMap::new();
    for (page, sheet) in laid.pages.iter().enumerate() {
        for mark in &sheet.marks {
            if let Mark::Lines { at, top, .. } = mark {
                places.entry(*at).or_insert_with(|| XyzDestination::new(page, Point::from_xy(MARGIN, *top)));
            }
        }
    }
    let mut outline = Outline::new();
    let mut open: Vec<(u16, OutlineNode)> = vec![];
    let mut close = |open: &mut Vec<(u16, OutlineNode)>, level: u16| {
        while open.last().is_some_and(|(other, _)| *other >= level) {
            let Some((_, node)) = open.pop() else { return };
            match open.last_mut() {
                Some((_, parent)) => parent.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for part in &laid.parts {
        let Part::Heading(level, at) = part else { continue };
        let Some(place) = places.remove(at) else { continue };
        // the title is a bookmark beside the others, not the only one
        let level = if *level == 1 { 2 } else { *level };
        close(&mut open, level);
        open.push((level, OutlineNode::new(laid.words[*at].text.clone(), place)));
    }
    close(&mut open, 0);
    outline
}

/// The tags.
pub fn tags(laid: &Laid, drawn: Drawn) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    let mut tagging = Tagging { words: &laid.words, figures: &laid.figures, drawn };
    for part in &laid.parts {
        tree.push(tagging.part(part));
    }
    tree
}

struct Tagging<'a> {
    words: &'a [Words],
    figures: &'a [(Drawing, String)],
    drawn: Drawn,
}

impl Tagging<'_> {
    fn group(&mut self, tag: impl Into<TagKind>, at: At) -> TagGroup {
        let lines = self.drawn.lines.remove(&at).unwrap_or_default().into_iter().map(Node::from);
        let led = self.drawn.links.remove(&at).unwrap_or_default().into_iter();
        let led = led.map(|link| TagGroup::with_children(Tag::Link, vec![link.into()]).into());
        TagGroup::with_children(tag, lines.chain(led).collect())
    }

    fn within(&mut self, tag: impl Into<TagKind>, parts: &[Part]) -> TagGroup {
        let mut group = TagGroup::new(tag);
        for part in parts {
            group.push(self.part(part));
        }
        group
    }

    fn part(&mut self, part: &Part) -> TagGroup {
        match part {
            Part::Heading(level, at) => {
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                self.group(Tag::Hn(level, Some(self.words[*at].text.clone())), *at)
            }
            Part::Text(at) => self.group(Tag::P, *at),
            Part::Quote(parts) => self.within(Tag::BlockQuote, parts),
            Part::Note(parts) => self.within(Tag::Div, parts),
            Part::Figure(index) => {
                let drawn = self.drawn.figures.remove(index).into_iter().map(Node::from);
                TagGroup::with_children(Tag::Figure(Some(self.figures[*index].1.clone())), drawn.collect())
            }
            Part::Logo(alt) => {
                let drawn = self.drawn.logo.take().into_iter().map(Node::from);
                TagGroup::with_children(Tag::Figure(Some(alt.clone())), drawn.collect())
            }
            Part::List { numbered, items } => {
                let numbering = if *numbered { ListNumbering::Decimal } else { ListNumbering::Disc };
                let mut list = TagGroup::new(Tag::L(numbering));
                for (label, body) in items {
                    let mut item = TagGroup::new(Tag::LI);
                    item.push(self.group(Tag::Lbl, *label));
                    item.push(self.within(Tag::LBody, body));
                    list.push(item);
                }
                list
            }
            Part::Table { summary, caption, rows } => {
                let mut table = TagGroup::new(Tag::Table.with_summary(summary.clone()));
                if let Some(at) = caption {
                    table.push(self.group(Tag::Caption, *at));
                }
                for cells in rows {
                    let mut row = TagGroup::new(Tag::TR);
                    for cell in cells {
                        row.push(self.cell(*cell));
                    }
                    table.push(row);
                }
                table
            }
        }
    }

    fn cell(&mut self, cell: Cell) -> TagGroup {
        let span = NonZeroU32::new(cell.span).filter(|span| span.get() > 1);
        let tag: TagKind = match cell.role {
            Role::Column => Tag::TH(TableHeaderScope::Column).with_col_span(span).into(),
            Role::Row => Tag::TH(TableHeaderScope::Row).with_col_span(span).into(),
            Role::Data => Tag::TD.with_col_span(span).into(),
        };
        self.group(tag, cell.at)
    }
}
