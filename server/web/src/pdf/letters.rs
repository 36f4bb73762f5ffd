//! Letters: which part of the text each glyph stands for. That is what is searched for, copied out and read aloud, and
//! readers differ: some take what is written beside a glyph backwards where the text goes from right to left, some know
//! one sign for each glyph only. So a glyph stands for one sign wherever that can be, and the other signs of a ligature
//! stand beside it without being seen.

use krilla::text::{GlyphId, KrillaGlyph};
use parley::{Glyph, layout::Run};

use super::{fonts, set};

/// The text of a run as it is read, and its glyphs from left to right.
pub fn glyphs(run: &Run<'_, ()>, text: &str) -> (String, Vec<KrillaGlyph>) {
    let (size, rtl) = (run.font_size(), run.is_rtl());
    let mut said = String::with_capacity(run.text_range().len());
    let mut out = vec![];
    for (signs, mut glyphs) in clusters(run, text) {
        if rtl {
            glyphs.reverse();
        }
        let blank = |sign: char| fonts::blank(run.font().data.id(), sign);
        let shares = shares(&signs, glyphs.len(), rtl);
        let from = said.len();
        let mut ends = vec![from];
        for sign in &signs {
            said.push(if rtl { mirrored(*sign) } else { *sign });
            ends.push(said.len());
        }
        for share in shares {
            let range = ends[share.signs.0]..ends[share.signs.1];
            let glyph = match share.glyph.map(|n| glyphs[n]) {
                // a joiner is drawn as a blank, and would be read as one
                Some(Glyph { advance: 0.0, .. }) if signs[share.signs.0] == '\u{200c}' => blank('\u{200c}'),
                Some(glyph) => Some(glyph),
                None => blank(signs[share.signs.0]),
            };
            let Some(glyph) = glyph else { continue };
            // parley counts downwards, krilla upwards
            let (advance, x, y) = (glyph.advance / size, glyph.x / size, -glyph.y / size);
            out.push(KrillaGlyph::new(GlyphId::new(glyph.id), advance, x, y, 0.0, range, None));
        }
    }
    if rtl {
        out.reverse();
    }
    (said, out)
}

/// The signs that are drawn together, in the order of the text, and their glyphs from left to right.
fn clusters(run: &Run<'_, ()>, text: &str) -> Vec<(Vec<char>, Vec<Glyph>)> {
    let mut out: Vec<(Vec<char>, Vec<Glyph>)> = vec![];
    for cluster in run.clusters() {
        let range = cluster.text_range();
        if set::is_break(text, range.clone()) {
            continue;
        }
        let signs = text[range].chars();
        match out.last_mut() {
            Some((whole, _)) if cluster.is_ligature_continuation() => whole.extend(signs),
            _ => out.push((signs.collect(), cluster.glyphs().collect())),
        }
    }
    out
}

/// A glyph, or none where nothing is seen, and the signs that it stands for: first, and after the last.
#[derive(Debug, PartialEq, Eq)]
struct Share {
    glyph: Option<usize>,
    signs: (usize, usize),
}

/// How signs are divided among the glyphs that they are drawn with, both in the order of the text.
fn shares(signs: &[char], glyphs: usize, rtl: bool) -> Vec<Share> {
    let n = signs.len();
    let own = |glyph, sign| Share { glyph, signs: (sign, sign + 1) };
    // vowels of Indian scripts are drawn before the letter that they follow, those of Thai over what comes next
    let in_order = !signs.iter().any(|c| matches!(c, '\u{900}'..='\u{eff}'));
    if glyphs == n && in_order {
        return (0..n).map(|i| own(Some(i), i)).collect();
    }
    if rtl && (1..n).contains(&glyphs) {
        let more = n - glyphs;
        let marks = |c: &char| matches!(c, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}');
        // two vowels in one glyph: in either order they are the same text
        if more == 1 && glyphs > 1 && signs[n - 2..].iter().all(marks) {
            let last = Share { glyph: Some(glyphs - 1), signs: (n - 2, n) };
            return (0..glyphs - 1).map(|i| own(Some(i), i)).chain([last]).collect();
        }
        return (0..n).map(|i| own(i.checked_sub(more), i)).collect();
    }
    (0..glyphs).map(|i| Share { glyph: Some(i), signs: (0, n) }).collect()
}

/// A bracket as it is seen where the text goes from right to left: readers turn it back.
const fn mirrored(sign: char) -> char {
    match sign {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        '≤' => '≥',
        '≥' => '≤',
        sign => sign,
    }
}
