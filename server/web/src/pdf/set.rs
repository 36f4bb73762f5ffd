//! Setting: text that is broken into lines by parley, in the fonts of the file.

use std::ops::Range;

use domain::{dokument::Run, paper};
use parley::{
    Alignment, AlignmentOptions, FontContext, FontStyle, FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap,
    StyleProperty,
};

use super::fonts;

/// How a text is written: size, height of a line as a share of it, weight of the letters, and their tone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hand {
    pub size: f32,
    pub line: f32,
    pub bold: bool,
    pub quiet: bool,
}

/// Words that belong together, in lines.
pub struct Words {
    pub text: String,
    pub lines: Layout<()>,
    pub hand: Hand,
    /// What leads somewhere, and where.
    pub links: Vec<(Range<usize>, String)>,
}

/// The side that lines begin or end at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where the text is read from.
    Start,
    /// The right one: figures stand under each other.
    Right,
}

/// Some of the text, and how it differs from the rest.
struct Span {
    range: Range<usize>,
    bold: bool,
    italic: bool,
    link: String,
}

/// Breaks text into lines.
pub struct Setter {
    fonts: FontContext,
    context: LayoutContext<()>,
}

impl Setter {
    pub fn new() -> Self {
        Self { fonts: fonts::context(), context: LayoutContext::new() }
    }

    /// The words in lines of at most `width`. What none of the fonts can draw (an emoji, say) becomes a question mark: a
    /// PDF for archives may hold no empty boxes. `domain::paper` has said so on the page.
    pub fn set(&mut self, text: &str, hand: Hand, width: f32) -> Words {
        self.set_runs(&[Run::from(text)], hand, width, Side::Start)
    }

    /// The same of words that are not written alike.
    pub fn set_runs(&mut self, runs: &[Run], hand: Hand, width: f32, side: Side) -> Words {
        let mut text = String::new();
        let mut spans = vec![];
        for run in runs {
            let from = text.len();
            text.extend(run.text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }));
            if run.bold || run.italic || !run.link.is_empty() {
                let (bold, italic, link) = (run.bold, run.italic, run.link.clone());
                spans.push(Span { range: from..text.len(), bold, italic, link });
            }
        }
        let mut lines = self.lines(&text, &spans, hand, width, side);
        for take_apart in [true, false] {
            let missing = missing(&text, &lines);
            if missing.is_empty() {
                break;
            }
            for range in missing.into_iter().rev() {
                let instead = instead(&text[range.clone()], take_apart);
                for span in &mut spans {
                    span.range =
                        moved(span.range.start, &range, instead.len())..moved(span.range.end, &range, instead.len());
                }
                text.replace_range(range, &instead);
            }
            lines = self.lines(&text, &spans, hand, width, side);
        }
        let led = spans.into_iter().filter(|span| !span.link.is_empty()).map(|span| (span.range, span.link)).collect();
        Words { text, lines, hand, links: led }
    }

    fn lines(&mut self, text: &str, spans: &[Span], hand: Hand, width: f32, side: Side) -> Layout<()> {
        let mut builder = self.context.ranged_builder(&mut self.fonts, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(fonts::families()));
        builder.push_default(StyleProperty::FontSize(hand.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(hand.line)));
        builder.push_default(StyleProperty::FontWeight(if hand.bold { FontWeight::BOLD } else { FontWeight::NORMAL }));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        for span in spans {
            if span.bold {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), span.range.clone());
            }
            if span.italic {
                builder.push(StyleProperty::FontStyle(FontStyle::Italic), span.range.clone());
            }
        }
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        // a text from right to left begins at the right
        let side = if side == Side::Right { Alignment::Right } else { Alignment::Start };
        layout.align(side, AlignmentOptions::default());
        layout
    }
}

/// Where a place in a text is when what stood at `range` has become so long.
fn moved(at: usize, range: &Range<usize>, long: usize) -> usize {
    if at >= range.end {
        at - range.len() + long
    } else if at > range.start {
        range.start + long
    } else {
        at
    }
}

/// What no font has, in its order.
fn missing(text: &str, lines: &Layout<()>) -> Vec<Range<usize>> {
    let clusters = lines.lines().flat_map(|line| line.runs().flat_map(|run| run.clusters().collect::<Vec<_>>()));
    let mut missing: Vec<Range<usize>> = clusters
        .filter(|cluster| !is_break(text, cluster.text_range()) && cluster.glyphs().any(|glyph| glyph.id == 0))
        .map(|cluster| cluster.text_range())
        .collect();
    missing.sort_by_key(|range| range.start);
    missing.dedup();
    missing
}

/// What is written for a letter, with what belongs to it, that no font has whole. Where each of its signs is in some font
/// (an accent on a letter of another script), they are first set one by one, with nothing between them that is seen.
fn instead(cluster: &str, take_apart: bool) -> String {
    if !take_apart || cluster.chars().any(|c| !paper::covers(c)) {
        return "?".to_owned();
    }
    let signs: Vec<String> = cluster.chars().map(String::from).collect();
    signs.join("\u{200b}")
}

/// Whether this is the end of a line that the text itself has, where nothing is drawn.
pub fn is_break(text: &str, range: Range<usize>) -> bool {
    text.get(range) == Some("\n")
}
