//! A drawing on the screen: SVG as text, complete on the server. Plain strings instead of views: three hundred marks take
//! about a millisecond, and nothing of them has to be woken in the browser. Every text from the data passes `escaped`. Inks
//! are classes, and what they look like stands in `style/`: the content security policy forbids `style` attributes.

use domain::drawing::{Anchor, At, Bend, Drawing, Group, Ink, Link, Mark, Step, Text, Width};
use leptos::{prelude::*, tachys::html::InertElement};

use super::{
    MOVE_KEYS,
    html::{escaped, put},
};

/// The drawing in the page.
#[must_use]
pub fn drawn(drawing: &Drawing) -> AnyView {
    InertElement::new(svg(drawing)).into_any()
}

/// The whole `<svg>`.
#[must_use]
pub fn svg(drawing: &Drawing) -> String {
    let mut out = String::with_capacity(2_000 + drawing.marks.len() * 520);
    out.push_str("<svg");
    if !drawing.class.is_empty() {
        put(&mut out, format_args!(r#" class="{}""#, drawing.class));
    }
    match (drawing.width, drawing.class.as_ref()) {
        // a key stands in a line of words
        (Width::Fixed(width), "chart-key") => {
            put(&mut out, format_args!(r#" width="{width}" height="{}""#, drawing.height));
        }
        (Width::Fixed(width), _) => put(&mut out, format_args!(r#" viewBox="0 0 {width} {}""#, drawing.height)),
        (Width::Fluid { .. }, _) => put(&mut out, format_args!(r#" width="100%" height="{}""#, drawing.height)),
    }
    if drawing.alt.is_empty() {
        out.push_str(r#" aria-hidden="true">"#);
    } else {
        // what is gone to or told within it is read aloud too
        let role = if drawing.class == "wheel" && drawing.has_links() { "group" } else { "img" };
        put(&mut out, format_args!(r#" role="{role}" aria-label="{}">"#, escaped(&drawing.alt)));
    }
    let mut writer = Writer { of: drawing, bends: 0, out };
    writer.definitions();
    writer.all(&drawing.marks);
    writer.out.push_str("</svg>");
    writer.out
}

/// The strokes alone, to stand in an `<svg>` that is written elsewhere.
#[must_use]
pub fn strokes(drawing: &Drawing) -> String {
    let mut writer = Writer { of: drawing, bends: 0, out: String::new() };
    writer.all(&drawing.marks);
    writer.out
}

/// A number as an attribute: a hundredth of a unit is enough, and no more is written than is needed.
struct Number(f64);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{:.2}", self.0);
        let short = text.trim_end_matches('0').trim_end_matches('.');
        f.write_str(if short == "-0" { "0" } else { short })
    }
}

/// A place along the width: a part of it, or units.
struct Along(At);

impl std::fmt::Display for Along {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.part == 0.0 { Number(self.0.x).fmt(f) } else { write!(f, "{}%", Number(self.0.part * 100.0)) }
    }
}

struct Writer<'a> {
    of: &'a Drawing,
    /// How many of the lines that words follow have been used.
    bends: usize,
    out: String,
}

impl Writer<'_> {
    /// Shapes that are drawn more than once, and the lines that words follow.
    fn definitions(&mut self) {
        let of = self.of;
        let mut bends = vec![];
        find_bends(&of.marks, &mut bends);
        if of.stamps.is_empty() && bends.is_empty() {
            return;
        }
        self.out.push_str("<defs>");
        for stamp in &of.stamps {
            put(&mut self.out, format_args!(r#"<g id="{}" transform="scale({:.3})">"#, stamp.id, stamp.scale));
            self.all(&stamp.marks);
            self.out.push_str("</g>");
        }
        for (i, bend) in bends.into_iter().enumerate() {
            let (from, to, r) = (bend.from, bend.to, Number(bend.radius));
            let sweep = u8::from(bend.clockwise);
            put(
                &mut self.out,
                format_args!(
                    r#"<path id="hjul-m{i}" d="M{} {}A{r} {r} 0 0 {sweep} {} {}"/>"#,
                    Number(from.0),
                    Number(from.1),
                    Number(to.0),
                    Number(to.1)
                ),
            );
        }
        self.out.push_str("</defs>");
    }

    fn all(&mut self, marks: &[Mark]) {
        for mark in marks {
            self.one(mark);
        }
    }

    fn class(&mut self, ink: Ink) {
        if let Ink::Share(shade) = ink {
            put(&mut self.out, format_args!(r#" fill="url(#chart-{})""#, shade.class()));
            return;
        }
        let class = ink.class();
        if !class.is_empty() {
            put(&mut self.out, format_args!(r#" class="{class}""#));
        }
    }

    fn one(&mut self, mark: &Mark) {
        match mark {
            Mark::Line { ink, from, to } => {
                self.out.push_str("<line");
                self.class(*ink);
                let (x1, x2, y1, y2) = (Along(*from), Along(*to), Number(from.y), Number(to.y));
                put(&mut self.out, format_args!(r#" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#));
            }
            Mark::Rect { ink, from, to, round } => {
                self.out.push_str("<rect");
                self.class(*ink);
                let width = At { part: to.part - from.part, x: to.x - from.x, y: 0.0 };
                let (x, y, width, height) = (Along(*from), Number(from.y), Along(width), Number(to.y - from.y));
                put(&mut self.out, format_args!(r#" x="{x}" y="{y}" width="{width}" height="{height}""#));
                if *round > 0.0 {
                    put(&mut self.out, format_args!(r#" rx="{}""#, Number(*round)));
                }
                self.out.push_str("/>");
            }
            Mark::Circle { ink, at, r, width } => {
                self.out.push_str("<circle");
                self.class(*ink);
                if at.part != 0.0 || at.x != 0.0 || at.y != 0.0 {
                    put(&mut self.out, format_args!(r#" cx="{}" cy="{}""#, Along(*at), Number(at.y)));
                }
                put(&mut self.out, format_args!(r#" r="{}""#, Number(*r)));
                self.stroke_width(*width);
                self.out.push_str("/>");
            }
            Mark::Area { ink, points } => self.area(*ink, points),
            Mark::Trace { ink, points } => self.trace(*ink, points),
            Mark::Path { ink, at, steps, width } => self.path(*ink, *at, steps, *width),
            Mark::Text(text) => self.text(text),
            Mark::Stamp { stamp, at, .. } => {
                let Some(stamp) = self.of.stamps.get(*stamp) else { return };
                let (id, x, y) = (&stamp.id, Number(at.x), Number(at.y));
                put(&mut self.out, format_args!(r##"<use href="#{id}" x="{x}" y="{y}"/>"##));
            }
            Mark::Group(group) => self.group(group),
        }
    }

    fn stroke_width(&mut self, width: Option<f64>) {
        if let Some(width) = width {
            put(&mut self.out, format_args!(r#" stroke-width="{}""#, Number(width)));
        }
    }

    fn area(&mut self, ink: Ink, points: &[At]) {
        self.stretched("polygon", "", ink, points);
    }

    /// As an area, but what is drawn is the line: it keeps its width, and its dashes, however far it is drawn out.
    fn trace(&mut self, ink: Ink, points: &[At]) {
        self.stretched("polyline", r#" fill="none" vector-effect="non-scaling-stroke""#, ink, points);
    }

    /// What has a corner at each of these. In a drawing that is as wide as its place it is a picture of its own, a hundred wide, drawn
    /// out to the width of the chart.
    fn stretched(&mut self, shape: &str, more: &str, ink: Ink, points: &[At]) {
        let fluid = matches!(self.of.width, Width::Fluid { .. });
        if fluid {
            let height = Number(self.of.height);
            let overflow = if shape == "polyline" { r#" overflow="visible""# } else { "" };
            put(
                &mut self.out,
                format_args!(
                    r#"<svg x="0" y="0" width="100%" height="{height}" viewBox="0 0 100 {height}" preserveAspectRatio="none"{overflow}>"#
                ),
            );
        }
        put(&mut self.out, format_args!("<{shape}"));
        self.class(ink);
        put(&mut self.out, format_args!(r#"{more} points=""#));
        for at in points {
            let x = if fluid { at.part * 100.0 } else { at.x };
            put(&mut self.out, format_args!("{},{} ", Number(x), Number(at.y)));
        }
        self.out.push_str(if fluid { r#""/></svg>"# } else { r#""/>"# });
    }

    fn path(&mut self, ink: Ink, at: At, steps: &[Step], width: Option<f64>) {
        let placed = at.part != 0.0;
        if placed {
            put(&mut self.out, format_args!(r#"<svg x="{}" y="{}" overflow="visible">"#, Along(at), Number(at.y)));
        }
        let (dx, dy) = if placed { (0.0, 0.0) } else { (at.x, at.y) };
        self.out.push_str("<path");
        self.class(ink);
        self.stroke_width(width);
        self.out.push_str(r#" d=""#);
        for step in steps {
            match *step {
                Step::Move(x, y) => put(&mut self.out, format_args!("M{} {}", Number(x + dx), Number(y + dy))),
                Step::Line(x, y) => put(&mut self.out, format_args!("L{} {}", Number(x + dx), Number(y + dy))),
                Step::Arc { radius, large, clockwise, to } => {
                    let (r, large, sweep) = (Number(radius), u8::from(large), u8::from(clockwise));
                    let (x, y) = (Number(to.0 + dx), Number(to.1 + dy));
                    put(&mut self.out, format_args!("A{r} {r} 0 {large} {sweep} {x} {y}"));
                }
                Step::Close => self.out.push('z'),
            }
        }
        self.out.push_str(if placed { r#""/></svg>"# } else { r#""/>"# });
    }

    fn text(&mut self, text: &Text) {
        self.out.push_str("<text");
        self.class(text.ink);
        if let Some(size) = text.size {
            put(&mut self.out, format_args!(r#" font-size="{}""#, Number(size)));
        }
        let words = escaped(&text.words);
        if text.bend.is_some() {
            let bend = self.bends;
            self.bends += 1;
            put(
                &mut self.out,
                format_args!(r##"><textPath href="#hjul-m{bend}" startOffset="50%">{words}</textPath></text>"##),
            );
            return;
        }
        if text.turned == 0.0 {
            put(&mut self.out, format_args!(r#" x="{}" y="{}""#, Along(text.at), Number(text.at.y)));
        } else {
            let (x, y, turned) = (Number(text.at.x), Number(text.at.y), Number(text.turned));
            put(&mut self.out, format_args!(r#" x="0" y="0" transform="translate({x} {y}) rotate({turned})""#));
        }
        if text.at.part != 0.0 && text.at.x != 0.0 {
            put(&mut self.out, format_args!(r#" dx="{}""#, Number(text.at.x)));
        }
        let anchor = match text.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        // the wheel has all its words about their middle
        if self.of.class != "wheel" {
            put(&mut self.out, format_args!(r#" text-anchor="{anchor}""#));
        }
        put(&mut self.out, format_args!(">{words}</text>"));
    }

    fn group(&mut self, group: &Group) {
        let Group { class, title, link, wide, placed, silent, marks, .. } = group;
        let link = link.as_ref();
        let leads = link.is_some_and(|link| !link.href.is_empty());
        let plain = class.is_empty() && title.is_empty() && link.is_none() && !wide && placed.is_none() && !silent;
        if plain {
            return self.all(marks);
        }
        let tag = if leads { "a" } else { "g" };
        put(&mut self.out, format_args!("<{tag}"));
        if !class.is_empty() || *wide {
            let gap = if class.is_empty() || !wide { "" } else { " " };
            put(&mut self.out, format_args!(r#" class="{class}{gap}{}""#, if *wide { "wide-only" } else { "" }));
        }
        if let Some(link) = link {
            self.link(link);
        }
        if let Some((at, scale)) = placed {
            put(
                &mut self.out,
                format_args!(r#" transform="translate({} {}) scale({scale:.3})""#, Number(at.x), Number(at.y)),
            );
        }
        self.out.push_str(if *silent { r#" aria-hidden="true">"# } else { ">" });
        if !title.is_empty() {
            put(&mut self.out, format_args!("<title>{}</title>", escaped(title)));
        }
        self.all(marks);
        put(&mut self.out, format_args!("</{tag}>"));
    }

    fn link(&mut self, link: &Link) {
        let out = &mut self.out;
        if !link.href.is_empty() {
            put(out, format_args!(r#" href="{}""#, escaped(&link.href)));
            if !link.label.is_empty() {
                put(out, format_args!(r#" aria-label="{}""#, escaped(&link.label)));
            }
            if let Some((ring, title, detail)) = &link.tip {
                let (title, detail) = (escaped(title), escaped(detail));
                put(out, format_args!(r#" data-ring="{ring}" data-titel="{title}" data-detalj="{detail}""#));
            }
            if !link.moves.is_empty() {
                put(out, format_args!(r#" data-flytt="{}" aria-keyshortcuts="{MOVE_KEYS}""#, escaped(&link.moves)));
            }
        }
    }
}

/// The lines that words follow, in the order in which the words come.
fn find_bends(marks: &[Mark], out: &mut Vec<Bend>) {
    for mark in marks {
        match mark {
            Mark::Text(text) => out.extend(text.bend),
            Mark::Group(group) => find_bends(&group.marks, out),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_along_the_width_in_a_drawing_of_any_width() {
        let mut drawing = Drawing::new("", Width::Fluid { left: 40.0, right: 60.0 }, 100.0, String::new());
        let points = vec![At::across(0.0, 10.0), At::across(0.5, 20.0), At::across(1.0, 30.0)];
        drawing.marks = vec![Mark::Trace { ink: Ink::SerieName(true), points: points.clone() }];
        assert!(svg(&drawing).contains(r#"points="0,10 50,20 100,30 ""#), "of its width");
        drawing.marks.push(Mark::Area { ink: Ink::SerieName(true), points });
        let slide = svg(&drawing.fixed(500.0, true));
        assert_eq!(slide.matches(r#"points="40,10 240,20 440,30 ""#).count(), 2, "in its units: {slide}");
        assert!(!slide.contains("preserveAspectRatio"));
    }
}
