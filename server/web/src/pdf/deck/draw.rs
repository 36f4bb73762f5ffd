//! Drawing: what has been placed on a slide, put on a page of the file, and told as it is read aloud.

use std::collections::HashMap;

use domain::drawing::Tone;
use krilla::{
    Document,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    geom::{Path, PathBuilder},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{ArtifactType, ContentTag, Identifier, SpanTag, Tag, TagGroup, TagKind, TagTree},
};

use super::{
    HEIGHT, WIDTH,
    place::{Mark, Said},
};
use crate::pdf::{
    draw::{artifact, leading, runs},
    figure,
    fonts::Embedded,
    set::Setter,
};

const SPAN: ContentTag<'static> =
    ContentTag::Span(SpanTag { lang: None, alt_text: None, expanded: None, actual_text: None });

/// Draws a slide: its marks in order, and under them what each slide has, which is not read aloud.
pub fn page(
    pdf: &mut Document,
    setter: &mut Setter,
    fonts: &mut Embedded,
    marks: Vec<Mark>,
    foot: &[Mark],
) -> TagGroup {
    let mut page = pdf.start_page_with(PageSettings::from_wh(WIDTH, HEIGHT).unwrap_or_default());
    let mut surface = page.surface();
    let mut ids: HashMap<usize, Vec<Identifier>> = HashMap::new();
    let mut links = vec![];
    surface.start_tagged(artifact(ArtifactType::Layout));
    ground(&mut surface, (0.0, 0.0, WIDTH, HEIGHT), 0.0, Tone::Paper);
    surface.end_tagged();
    for (n, mark) in marks.iter().enumerate() {
        match mark {
            Mark::Open(_) | Mark::Close => {}
            Mark::Box { x, top, w, h, round, tone } => {
                surface.start_tagged(artifact(ArtifactType::Layout));
                ground(&mut surface, (*x, *top, *w, *h), *round, *tone);
                surface.end_tagged();
            }
            Mark::Words { words, x, top, tone } => {
                for line in 0..words.lines.len() {
                    ids.entry(n).or_default().push(surface.start_tagged(SPAN));
                    surface.set_fill(Some(fill(*tone)));
                    runs(fonts, &mut surface, words, line, *x, *top, false);
                    surface.end_tagged();
                    links.extend(leading(words, line, *x, *top).map(|link| (n, link)));
                }
            }
            Mark::Picture { picture, x, top, w, h, .. } => {
                ids.entry(n).or_default().push(surface.start_tagged(ContentTag::Other));
                picture.draw(&mut surface, (*x, *top), (*w, *h));
                surface.end_tagged();
            }
            Mark::Figure { drawing, x, top, width, said } => {
                let tag = match said {
                    Said::Nothing => artifact(ArtifactType::Other),
                    Said::Word(alt) => {
                        let alt_text = Some(*alt);
                        ContentTag::Span(SpanTag { lang: None, alt_text, expanded: None, actual_text: None })
                    }
                    Said::Alt => ContentTag::Other,
                };
                let id = surface.start_tagged(tag);
                figure::draw(&mut surface, setter, fonts, drawing, *x, *top, *width);
                surface.end_tagged();
                if *said != Said::Nothing {
                    ids.entry(n).or_default().push(id);
                }
            }
        }
    }
    surface.start_tagged(artifact(ArtifactType::Footer));
    for mark in foot {
        match mark {
            Mark::Words { words, x, top, tone } => {
                surface.set_fill(Some(fill(*tone)));
                runs(fonts, &mut surface, words, 0, *x, *top, false);
            }
            Mark::Box { x, top, w, h, round, tone } => ground(&mut surface, (*x, *top, *w, *h), *round, *tone),
            Mark::Picture { picture, x, top, w, h, .. } => picture.draw(&mut surface, (*x, *top), (*w, *h)),
            Mark::Open(_) | Mark::Close | Mark::Figure { .. } => {}
        }
    }
    surface.end_tagged();
    surface.finish();
    let mut led: HashMap<usize, Vec<Identifier>> = HashMap::new();
    for (n, (place, address, said)) in links {
        let target = Target::Action(Action::Link(LinkAction::new(address)));
        let link = Annotation::new_link(LinkAnnotation::new(place, target), Some(said));
        led.entry(n).or_default().push(page.add_tagged_annotation(link));
    }
    page.finish();
    read(marks, ids, led)
}

/// The slide as it is read aloud.
fn read(
    marks: Vec<Mark>,
    mut ids: HashMap<usize, Vec<Identifier>>,
    mut led: HashMap<usize, Vec<Identifier>>,
) -> TagGroup {
    let mut open = vec![TagGroup::new(Tag::Section)];
    for (n, mark) in marks.into_iter().enumerate() {
        match mark {
            Mark::Open(tag) => open.push(TagGroup::new(tag)),
            Mark::Close => close(&mut open),
            Mark::Box { .. } => {}
            Mark::Words { .. } | Mark::Picture { .. } | Mark::Figure { .. } => {
                let own = ids.remove(&n).unwrap_or_default();
                if own.is_empty() {
                    continue;
                }
                let alt = match mark {
                    Mark::Figure { drawing, said: Said::Alt, .. } => Some(drawing.alt),
                    Mark::Picture { alt, .. } => Some(alt),
                    _ => None,
                };
                if alt.is_some() {
                    let tag: TagKind = Tag::Figure(alt).into();
                    push(&mut open, TagGroup::with_children(tag, own.into_iter().map(Into::into).collect()));
                    continue;
                }
                if let Some(group) = open.last_mut() {
                    for id in own {
                        group.push(id);
                    }
                    for link in led.remove(&n).unwrap_or_default() {
                        group.push(TagGroup::with_children(Tag::Link, vec![link.into()]));
                    }
                }
            }
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_else(|| TagGroup::new(Tag::Section))
}

fn close(open: &mut Vec<TagGroup>) {
    if open.len() > 1
        && let Some(group) = open.pop()
    {
        push(open, group);
    }
}

fn push(open: &mut [TagGroup], group: TagGroup) {
    if let Some(parent) = open.last_mut() {
        parent.push(group);
    }
}

/// The slides as one document.
pub fn tree(pages: Vec<TagGroup>) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(domain::dokument::LANGUAGE.to_owned()));
    for page in pages {
        tree.push(page);
    }
    tree
}

fn fill(tone: Tone) -> Fill {
    figure::fill(tone.rgb(), 1.0)
}

fn ground(surface: &mut Surface<'_>, (x, top, w, h): (f32, f32, f32, f32), round: f32, tone: Tone) {
    let Some(path) = rounded((x, top, x + w, top + h), round) else { return };
    surface.set_stroke(None);
    surface.set_fill(Some(fill(tone)));
    surface.draw_path(&path);
}

/// How far the handles of a quarter of a circle lie from its ends, as a part of the radius.
const QUARTER: f32 = 0.552_285;

fn rounded((left, top, right, bottom): (f32, f32, f32, f32), round: f32) -> Option<Path> {
    let r = round.min((right - left) / 2.0).min((bottom - top) / 2.0).max(0.0);
    let k = r * (1.0 - QUARTER);
    let mut path = PathBuilder::new();
    path.move_to(left + r, top);
    path.line_to(right - r, top);
    path.cubic_to(right - k, top, right, top + k, right, top + r);
    path.line_to(right, bottom - r);
    path.cubic_to(right, bottom - k, right - k, bottom, right - r, bottom);
    path.line_to(left + r, bottom);
    path.cubic_to(left + k, bottom, left, bottom - k, left, bottom - r);
    path.line_to(left, top + r);
    path.cubic_to(left, top + k, left + k, top, left + r, top);
    path.close();
    path.finish()
}
