//! Results: what was found by controls. One has the whole slide: what was found to the left, why and what then to the right.

use domain::{apt::deck::Resultat, drawing::Tone, format};
use krilla::tagging::{ListNumbering, Tag};

use super::{
    parts::{GAP, PAD, item, mark},
    place::{DETAIL, Look, Piece, Placer, Said, grown, stack},
    text::heading,
};

pub fn results(p: &mut Placer<'_>, all: &[Resultat], (w, h): (f32, f32)) -> Piece {
    if let [one] = all {
        return alone(p, one, (w, h));
    }
    let gap = p.px(GAP);
    #[allow(clippy::cast_precision_loss)] // three at most
    let many = all.len().max(1) as f32;
    let each = (w - gap * (many - 1.0)) / many;
    let inside = each - 2.0 * p.px(PAD.0);
    let mut out = Piece::default();
    let mut left = 0.0;
    for r in all {
        let mut parts = vec![what(p, r, inside, 1.3)];
        for (label, text) in whys(r) {
            let small = p.small();
            let mut why = why(p, label, text, small, inside).moved(0.0, p.px(18.0));
            why.height += p.px(18.0);
            parts.push(why);
        }
        let inside = item(Piece::default(), stack(parts, 0.0));
        out = out.with(p.boxed(inside, (each, h), PAD, Tone::Surface, false).moved(left, 0.0));
        left += each + gap;
    }
    out.tagged(Tag::L(ListNumbering::None))
}

fn whys(r: &Resultat) -> impl Iterator<Item = (&'static str, &str)> {
    [("Varför", r.analys.as_str()), ("Vad vi gör", r.slutsats.as_str())]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
}

fn alone(p: &mut Placer<'_>, r: &Resultat, (w, h): (f32, f32)) -> Piece {
    let gap = p.px(GAP);
    let any = whys(r).next().is_some();
    let left = if any { (w - gap) * 0.4 } else { w };
    let inside = what(p, r, left - 2.0 * p.px(PAD.0), 1.7);
    let found = p.boxed(inside, (left, h), PAD, Tone::Surface, true);
    if !any {
        return found;
    }
    let right = w - gap - left;
    let size = p.t;
    let all: Vec<Piece> = whys(r).map(|(label, text)| why(p, label, text, size, right - 2.0 * p.px(PAD.0))).collect();
    let padded: Vec<Piece> =
        all.iter().map(|c| Piece { height: c.height + 2.0 * p.px(PAD.1), marks: vec![] }).collect();
    let needed = stack(padded.iter().map(|c| Piece { height: c.height, marks: vec![] }).collect(), gap).height;
    let heights = grown(&padded, gap, h);
    let (mut out, mut top) = (Piece::default(), 0.0);
    for (i, (inside, height)) in all.into_iter().zip(heights).enumerate() {
        let tone = if i > 0 { Tone::BrandTint } else { Tone::Surface };
        out = out.with(p.boxed(inside, (right, height), PAD, tone, true).moved(left + gap, top));
        top += height + gap;
    }
    found.with(Piece { height: needed, ..out })
}

/// The control, what was found, whether that is good, and when; what was found is so much larger than the text.
fn what(p: &mut Placer<'_>, r: &Resultat, w: f32, larger: f32) -> Piece {
    let from = p.px(p.t + 18.0);
    let down = p.px(p.t * 0.12);
    let sign = mark(p, r.status, p.t, Said::Word(r.status.label())).moved(0.0, down);
    let title = p.words(&r.title, Look::new(p.t, 1.25).bold(), w - from).moved(from, 0.0);
    let title = sign.with(title).tagged(heading(2, &r.title));
    let found = p.para(&r.fynd, Look::new(p.t * larger, 1.15).bold(), w);
    let mut parts = vec![title, found];
    for said in [r.mal.clone(), format::capitalised(&r.nar)] {
        parts.push(p.para(&said, DETAIL, w));
    }
    parts.retain(|part| part.height > 0.0);
    stack(parts, p.px(12.0))
}

fn why(p: &mut Placer<'_>, label: &str, text: &str, px: f32, w: f32) -> Piece {
    let head = p.words(label, Look::new(34.0, 1.25).bold().tone(Tone::Brand), w).tagged(heading(3, label));
    let paras = text.lines().filter(|line| !line.trim().is_empty());
    let paras: Vec<Piece> = paras.map(|line| p.para(line, Look::new(px, 1.25), w)).collect();
    stack(std::iter::once(head).chain(paras).collect(), 0.0)
}
