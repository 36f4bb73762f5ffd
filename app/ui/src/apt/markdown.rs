//! Markdown of slides as HTML: headings, lists, bold, links to pages. Raw HTML is shown as it was typed, pictures and other
//! links are left out: what a slide loads and leads to is decided here and not by who writes it.

use domain::dokument::{Block, Para, Run, text};
use pulldown_cmark::{Event, Parser, Tag, TagEnd, html};

/// The HTML of a text.
#[must_use]
pub fn to_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, events(text));
    out
}

/// So deep lists and quotations lie in each other: nobody writes more, and what reads, keeps and prints them goes as deep.
const DEEPEST: u32 = 6;

/// What a text holds, without what could run or lead elsewhere, and without lists and quotations below the deepest: their words
/// stand in the one around them.
fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    let (mut dropped, mut depth) = (0_u32, 0_u32);
    Parser::new(text).filter_map(move |event| match event {
        Event::Start(Tag::List(_) | Tag::Item | Tag::BlockQuote(_)) => {
            depth += 1;
            (depth <= DEEPEST).then_some(event)
        }
        Event::End(TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_)) => {
            depth -= 1;
            (depth < DEEPEST).then_some(event)
        }
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::Link { ref dest_url, .. }) if !dest_url.starts_with("https://") => {
            dropped += 1;
            None
        }
        Event::End(TagEnd::Link) if dropped > 0 => {
            dropped -= 1;
            None
        }
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        other => Some(other),
    })
}

/// The text as parts of a document; its first two levels of headings are of this level, since nobody begins with both.
#[must_use]
pub fn to_blocks(text: &str, level: u8) -> Vec<Block> {
    let mut reading = Reading::default();
    for event in events(text) {
        reading.take(event, level);
    }
    reading.end_block();
    reading.out
}

/// A list, an item of one or a quotation that has not ended yet.
enum Open {
    List(Option<u64>, Vec<Vec<Para>>),
    Item(Vec<Para>),
    Quote(Vec<Para>),
}

/// What has been read so far: parts that have ended, paragraphs of the one that has not, words of a paragraph.
#[derive(Default)]
struct Reading {
    out: Vec<Block>,
    paras: Vec<Para>,
    open: Vec<Open>,
    runs: Vec<Run>,
    as_now: Run,
}

impl Reading {
    fn take(&mut self, event: Event<'_>, level: u8) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.end_block(),
            Event::End(TagEnd::Heading(of)) => {
                let words = text::said(&std::mem::take(&mut self.runs));
                self.out.push(Block::heading(level.saturating_add((of as u8).max(2) - 2), words));
            }
            Event::Start(Tag::List(first)) => {
                self.end_paragraph();
                self.open.push(Open::List(first, vec![]));
            }
            Event::Start(Tag::Item) => self.open.push(Open::Item(vec![])),
            Event::Start(Tag::BlockQuote(_)) => {
                self.end_paragraph();
                self.open.push(Open::Quote(vec![]));
            }
            Event::End(TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_)) => {
                self.end_paragraph();
                match self.open.pop() {
                    Some(Open::List(first, items)) => self.add(Para::List { first, items }),
                    Some(Open::Quote(paras)) => self.add(Para::Quote(paras)),
                    Some(Open::Item(paras)) => {
                        if let Some(Open::List(_, items)) = self.open.last_mut() {
                            items.push(paras);
                        }
                    }
                    None => {}
                }
            }
            Event::Start(Tag::Strong) => self.as_now.bold = true,
            Event::End(TagEnd::Strong) => self.as_now.bold = false,
            Event::Start(Tag::Emphasis) => self.as_now.italic = true,
            Event::End(TagEnd::Emphasis) => self.as_now.italic = false,
            Event::Start(Tag::Link { dest_url, .. }) => self.as_now.link = dest_url.into_string(),
            Event::End(TagEnd::Link) => self.as_now.link.clear(),
            Event::Text(words) | Event::Code(words) => self.word(&words),
            Event::SoftBreak => self.word(" "),
            Event::HardBreak => self.word("\n"),
            Event::End(TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock) => self.end_paragraph(),
            _ => {}
        }
    }

    fn word(&mut self, words: &str) {
        match self.runs.last_mut().filter(|run| {
            let now = &self.as_now;
            run.bold == now.bold && run.italic == now.italic && run.link == now.link
        }) {
            Some(run) => run.text.push_str(words),
            None => self.runs.push(Run { text: words.to_owned(), ..self.as_now.clone() }),
        }
    }

    fn add(&mut self, para: Para) {
        match self.open.last_mut() {
            Some(Open::Item(paras) | Open::Quote(paras)) => paras.push(para),
            // a list holds items only
            Some(Open::List(_, items)) => items.push(vec![para]),
            None => self.paras.push(para),
        }
    }

    fn end_paragraph(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        if !text::said(&runs).trim().is_empty() {
            self.add(Para::Words(runs));
        }
    }

    fn end_block(&mut self) {
        self.end_paragraph();
        let paras = std::mem::take(&mut self.paras);
        if !paras.is_empty() {
            self.out.push(Block::Text(paras));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_parts_in_the_minutes() {
        let read =
            to_blocks("# Larm\n\nVi **provar** [rutinen](https://a.se)\n\n1. ett\n   - inne\n2. två\n\n> sagt <b>", 3);
        let words = |text: &str| Para::Words(vec![Run::from(text)]);
        let inner = Para::List { first: None, items: vec![vec![words("inne")]] };
        let bold = Run { bold: true, ..Run::from("provar") };
        let link = Run { link: "https://a.se".into(), ..Run::from("rutinen") };
        let rich = vec![
            Para::Words(vec![Run::from("Vi "), bold, Run::from(" "), link]),
            Para::List { first: Some(1), items: vec![vec![words("ett"), inner], vec![words("två")]] },
            Para::Quote(vec![words("sagt <b>")]),
        ];
        assert_eq!(read, [Block::heading(3, "Larm"), Block::Text(rich)]);
        let [Block::Text(paras)] = &*to_blocks("[x](javascript:alert(1)) ![b](https://a.se/b.png)", 3) else {
            panic!()
        };
        assert!(text::lines(paras)[0].contains('x') && !format!("{paras:?}").contains("javascript"));
    }

    #[test]
    fn what_lies_deeper_than_anybody_writes_is_the_words_alone() {
        for text in [format!("{}x", ">".repeat(7_990)), "- ".repeat(3_900) + "x", format!("{}x", "1. ".repeat(2_600))] {
            let blocks = to_blocks(&text, 3);
            let [Block::Text(paras)] = blocks.as_slice() else { panic!("{} blocks", blocks.len()) };
            assert_eq!(text::lines(paras).concat().matches('x').count(), 1);
            let kept = serde_json::to_string(&blocks).unwrap();
            assert_eq!(serde_json::from_str::<Vec<Block>>(&kept).unwrap(), blocks, "it can be read again");
            assert!(to_html(&text).matches("<blockquote>").count() <= 6);
        }
        let inner = to_html(&format!("{} inne", "- ".repeat(3)));
        assert_eq!(inner.matches("<ul>").count(), 3, "what people write stays: {inner}");
    }

    #[test]
    fn a_list_is_a_list_and_what_could_run_is_text() {
        assert!(to_html("- ett\n- två").contains("<li>ett</li>"));
        let html = to_html(
            "<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![b](https://a.se/b.png) a<b onclick=x>b</b> **fet**",
        );
        assert!(!html.contains("<script") && !html.contains("javascript:") && !html.contains("<img"), "{html}");
        assert!(!html.contains("<b onclick"), "{html}");
        assert!(html.contains("&lt;script&gt;") && html.contains("<strong>fet</strong>"));
        assert!(to_html("[planen](https://intranat.example.se)").contains(r#"<a href="https://intranat.example.se">"#));
    }
}
