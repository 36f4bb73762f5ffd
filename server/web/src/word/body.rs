//! The text of the document: paragraphs, lists and sections.

use domain::{
    dokument::{Block, Dokument, Figure, Para, Run},
    logga::ON_PAPER,
    paper,
};

use super::{
    escaped,
    package::{self, FOOTERS, link_id, namespaces},
    styles::{self, DEEPEST, numbered_id},
};
use crate::{bilaga::Kind, raster};

/// Around the text of a page, in twentieths of a point: 2,5 cm.
const MARGIN: usize = 1_417;

/// A sheet of A4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub lying: bool,
}

impl Sheet {
    const fn size(self) -> (usize, usize) {
        if self.lying { (16_838, 11_906) } else { (11_906, 16_838) }
    }

    /// The width between its margins, in twentieths of a point.
    pub const fn inner(self) -> usize {
        self.size().0 - 2 * MARGIN
    }

    fn section(self) -> String {
        let (width, height) = self.size();
        let lies = if self.lying { " w:orient=\"landscape\"" } else { "" };
        let footer = FOOTERS[usize::from(self.lying)].0;
        format!(
            "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"{footer}\"/><w:type w:val=\"nextPage\"/>\
             <w:pgSz w:w=\"{width}\" w:h=\"{height}\"{lies}/><w:pgMar w:top=\"{MARGIN}\" w:right=\"{MARGIN}\" \
             w:bottom=\"{MARGIN}\" w:left=\"{MARGIN}\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/>\
             <w:cols w:space=\"708\"/></w:sectPr>"
        )
    }
}

/// What is written of a document so far.
pub struct Body {
    pub(super) xml: String,
    /// The addresses that it leads to, in the order of their relations.
    pub links: Vec<String>,
    /// The lists of numbers: the level of each and its first number.
    pub numbered: Vec<(usize, u64)>,
    /// Its pictures, in the order of their relations.
    pub pictures: Vec<Picture>,
    pub(super) sheet: Sheet,
}

/// A picture of the file.
pub struct Picture {
    pub kind: Kind,
    pub bytes: Vec<u8>,
}

/// How a paragraph is written.
#[derive(Clone, Copy, Default)]
pub struct Look<'a> {
    pub style: &'a str,
    /// The list that it is an item of, and how deep.
    pub list: Option<(usize, usize)>,
    /// From the right, as figures are.
    pub right: bool,
    pub bold: bool,
    /// How far in the text stands that belongs to an item.
    pub level: usize,
    /// On the same page as the next.
    pub keep: bool,
}

impl Body {
    /// The whole.
    pub fn of(document: &Dokument, logo: Option<(Kind, Vec<u8>)>) -> Self {
        let sections = document.sections();
        let sheet = Sheet { lying: sections.first().is_some_and(|first| first.lying) };
        let mut body = Self { xml: String::new(), links: vec![], numbered: vec![], pictures: vec![], sheet };
        if let (Some(logga), Some((kind, bytes))) = (&document.logga, logo) {
            body.picture("Logga", &logga.alt(), logga.within(ON_PAPER.0, ON_PAPER.1), Picture { kind, bytes });
        }
        body.plain(&document.title, Look { style: styles::TITLE, ..Look::default() });
        body.plain(&document.sub(), Look { style: styles::SUBTITLE, ..Look::default() });
        for section in sections {
            let sheet = Sheet { lying: section.lying };
            if sheet != body.sheet {
                let ends = body.sheet.section();
                body.xml.extend([format!("<w:p><w:pPr>{ends}</w:pPr></w:p>")]);
                body.sheet = sheet;
            }
            section.blocks.iter().filter(|block| !block.is_empty()).for_each(|block| body.block(block));
        }
        body
    }

    /// `document.xml`
    pub fn document(&self) -> String {
        let Self { xml, sheet, .. } = self;
        format!("<w:document {}><w:body>{xml}{}</w:body></w:document>", namespaces(), sheet.section())
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, text) => {
                let style = styles::heading(*level);
                self.plain(text, Look { style: &style, ..Look::default() });
            }
            Block::Text(paras) => self.paragraphs(paras, Look::default()),
            Block::Note(paras) => self.paragraphs(paras, Look { style: styles::NOTE, ..Look::default() }),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::PageBreak => self.xml.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
    }

    /// A picture so many points wide and high.
    fn picture(&mut self, name: &str, alt: &str, size: (f32, f32), picture: Picture) {
        self.pictures.push(picture);
        self.xml.push_str(&package::picture(self.pictures.len(), name, alt, size));
    }

    /// A picture with what it shows in words, and what has to be known of it under it. Where it cannot be drawn, what it shows
    /// stands in its place.
    fn figure(&mut self, of: &Figure) {
        let caption = Look { style: styles::CAPTION, ..Look::default() };
        #[allow(clippy::cast_precision_loss)] // a sheet
        let room = self.sheet.inner() as f32 / 20.0;
        match of.drawing.as_ref().and_then(|drawing| raster::picture(drawing, room)) {
            Some(picture) => {
                let size = (picture.width, picture.height);
                self.picture("Figur", &of.alt, size, Picture { kind: Kind::Png, bytes: picture.png });
            }
            None if !of.alt.trim().is_empty() => self.plain(&of.alt, caption),
            None => {}
        }
        if !of.caption.trim().is_empty() {
            self.plain(&of.caption, caption);
        }
    }

    /// Paragraphs; `look` is how those that are nothing else look.
    fn paragraphs(&mut self, paras: &[Para], look: Look<'_>) {
        for para in paras {
            match para {
                Para::Words(runs) => self.paragraph(runs, look),
                Para::Quote(paras) => self.paragraphs(paras, Look { style: styles::QUOTE, ..look }),
                Para::List { first, items } => {
                    let level = look.level.min(DEEPEST);
                    let (style, list) = match first {
                        None => (styles::BULLET, 1),
                        Some(first) => {
                            self.numbered.push((level, *first));
                            (styles::NUMBER, numbered_id(self.numbered.len() - 1))
                        }
                    };
                    for item in items {
                        let (head, rest) = match item.as_slice() {
                            [Para::Words(runs), rest @ ..] => (runs.as_slice(), rest),
                            rest => (&[][..], rest),
                        };
                        self.paragraph(head, Look { style, list: Some((list, level)), ..look });
                        self.paragraphs(rest, Look { level: level + 1, ..look });
                    }
                }
            }
        }
    }

    /// A paragraph of words that are written alike.
    pub(super) fn plain(&mut self, text: &str, look: Look<'_>) {
        self.paragraph(&[Run::from(text)], look);
    }

    pub(super) fn paragraph(&mut self, runs: &[Run], look: Look<'_>) {
        let mut p = String::new();
        if !look.style.is_empty() {
            p.extend([format!("<w:pStyle w:val=\"{}\"/>", look.style)]);
        }
        if look.keep {
            p.push_str("<w:keepNext/>");
        }
        if let Some((list, level)) = look.list {
            p.extend([format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>")]);
        }
        // a paragraph that begins with letters from right to left begins at the right
        let said: String = runs.iter().map(|run| run.text.as_str()).collect();
        if paper::is_from_right(&said) {
            p.push_str("<w:bidi/>");
        }
        if look.list.is_none() && look.level > 0 {
            p.extend([format!("<w:ind w:left=\"{}\"/>", 357 * look.level)]);
        }
        if look.right {
            p.push_str("<w:jc w:val=\"right\"/>");
        }
        self.xml.push_str("<w:p>");
        if !p.is_empty() {
            self.xml.extend([format!("<w:pPr>{p}</w:pPr>")]);
        }
        for run in runs {
            self.run(run, look.bold);
        }
        self.xml.push_str("</w:p>");
    }

    fn run(&mut self, run: &Run, bold: bool) {
        let leads = run.link.starts_with("https://");
        let mut r = String::new();
        if leads {
            r.push_str("<w:rStyle w:val=\"Hyperlnk\"/>");
        }
        if run.bold || bold {
            r.push_str("<w:b/><w:bCs/>");
        }
        if run.italic {
            r.push_str("<w:i/><w:iCs/>");
        }
        let r = if r.is_empty() { r } else { format!("<w:rPr>{r}</w:rPr>") };
        let words: Vec<String> = run.text.split('\n').map(line).collect();
        let run_xml = format!("<w:r>{r}{}</w:r>", words.join("<w:br/>"));
        if leads {
            self.links.push(run.link.clone());
            let id = link_id(self.links.len() - 1);
            self.xml.extend([format!("<w:hyperlink r:id=\"{id}\" w:history=\"1\">{run_xml}</w:hyperlink>")]);
        } else {
            self.xml.push_str(&run_xml);
        }
    }
}

/// A line of words; tabs are Word's own.
fn line(words: &str) -> String {
    let parts = words.split('\u{9}').map(|part| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(part)));
    parts.collect::<Vec<_>>().join("<w:tab/>")
}
