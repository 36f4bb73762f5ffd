//! Fit: how large the text of a slide can be, how much of its lists has room, and what goes on on the next slide. It is
//! reckoned for a wide screen and for a narrow one with the same parts, since both get the same page. All numbers are pixels of
//! a slide that is 1080 high; they follow `style/slide.css`.

use super::{
    Blad, Del, Form, Lista, Post, QUESTION, Resultat, STEPS,
    measure::{lines, shortened, width, words_fit},
    paged,
};
use crate::apt::bildfil::Bildformat;

/// Between parts.
pub(super) const GAP: f64 = 28.0;
/// Around what stands in a box.
pub(super) const PAD: f64 = 32.0;
/// What is smaller than the text is never smaller than this.
const SMALL: f64 = 32.0;
/// How wide the side is.
const SIDE: f64 = 480.0;
/// The step that lists are cut to, so that they are not read at the smallest: fewer lines that are seen from the back.
pub(super) const GOOD: usize = 1;
/// The most lines of a list.
const ROWS: usize = 6;
/// The most results on one slide.
const RESULTS: usize = 3;
/// The most questions on one slide.
const QUESTIONS: usize = 5;
/// The most letters of a line, and of a card.
const LINE: usize = 170;
const CARD: usize = 260;
/// A picture is not lower than this.
const PICTURE: f64 = 240.0;
/// The lengths that a text of a result is shortened to, until it has room.
const LENGTHS: [usize; 8] = [2_000, 900, 600, 450, 330, 240, 170, 110];

#[allow(clippy::cast_precision_loss)] // parts of a slide
fn float(n: usize) -> f64 {
    n as f64
}

/// The size at a step.
pub(super) fn size(step: usize) -> f64 {
    STEPS.get(step).copied().map_or(SMALL, f64::from)
}

/// The size of what stands under a text of this size.
fn small(t: f64) -> f64 {
    (t * 0.66).max(SMALL)
}

/// The room for the parts, without what stands at their side and below: width and height.
pub(super) fn room(blad: &Blad, narrow: bool) -> (f64, f64) {
    let (whole, heading, gaps) = if narrow { (1248.0, 60.0, 48.0) } else { (1728.0, 72.0, 88.0) };
    let head = 46.0 + lines(&blad.rubrik, whole, heading * 1.06).max(1.0) * heading * 1.15;
    let mut height = 1080.0 - 120.0 - 44.0 - gaps - head - 8.0;
    let mut w = whole;
    if blad.has_side() {
        if narrow {
            let question = 2.0 * 24.0 + lines(&blad.fraga, whole * 0.6, 40.0) * 52.0;
            height -= GAP + if blad.sida.is_empty() { question.max(110.0) } else { question.max(235.0) };
        } else {
            w -= SIDE + GAP;
        }
    }
    for del in &blad.delar {
        match del {
            Del::Noter(noter) => height -= noter.iter().map(|n| lines(n, w, SMALL) * 43.0).sum::<f64>() + GAP,
            Del::Lank(_) => height -= 43.0 + GAP,
            _ => {}
        }
    }
    (w, height)
}

/// The slide as it is on a narrow screen: of lists what has room there.
fn narrowed(blad: &Blad) -> Blad {
    let mut narrow = blad.clone();
    for del in &mut narrow.delar {
        if let Del::Lista(lista) = del {
            lista.poster.truncate(lista.smal.0);
            lista.till = lista.smal.1.max(lista.till);
        }
    }
    narrow
}

/// How wide a part is beside others, as a weight: cards, and what stands for them, are read first. None for what stands below.
#[must_use]
pub fn weight(del: &Del) -> f64 {
    match del {
        Del::Noter(_) | Del::Lank(_) => 0.0,
        Del::Tomt(_) | Del::Lista(Lista { form: Form::Kort, .. }) => 7.0,
        // a text of four parts beside it
        Del::Bild(fil) => match fil.format() {
            Bildformat::Hog => 3.0,
            Bildformat::Jamn => 4.0,
            Bildformat::Bred => 5.0,
        },
        _ => 4.0,
    }
}

/// The parts that stand beside each other, with their widths.
pub(super) fn columns(blad: &Blad, whole: f64) -> Vec<(&Del, f64)> {
    let beside: Vec<&Del> = blad.delar.iter().filter(|d| weight(d) > 0.0).collect();
    let total: f64 = beside.iter().map(|d| weight(d)).sum();
    let gaps = GAP * float(beside.len().saturating_sub(1));
    beside.into_iter().map(|d| (d, (whole - gaps) * weight(d) / total)).collect()
}

/// How high a part is with text of this size; endless where a word has no room.
fn height(del: &Del, w: f64, t: f64) -> f64 {
    let d = small(t);
    let inside = w - 2.0 * PAD;
    match del {
        Del::Lista(lista) => list_height(lista, w, t),
        Del::Tomt(text) => 2.0 * PAD + lines(text, inside, t) * t * 1.3,
        Del::Text(text) => 2.0 * PAD + paged::text_height(text, inside, t),
        Del::Tabell(tabell) => paged::table_height(tabell, w, t),
        Del::Resultat(all) => results_height(all, w, t),
        Del::Antal(rows, noter) => {
            let said: f64 = noter.iter().map(|n| lines(n, inside, SMALL) * 43.0 + 12.0).sum();
            let wide = rows.iter().map(|(what, n)| width(what, t) + width(n, t) + 24.0).fold(0.0, f64::max);
            if wide > inside && t > SMALL {
                return f64::INFINITY;
            }
            let rows: f64 =
                rows.iter().map(|(what, n)| lines(what, inside - width(n, t) - 24.0, t) * t * 1.25 + 22.0).sum();
            2.0 * PAD + rows + said
        }
        Del::Staplar(bars) => {
            let label = |text: &str| {
                if t > SMALL && !words_fit(text, inside * 0.36, t) {
                    f64::INFINITY
                } else {
                    lines(text, inside * 0.36, t) * t * 1.2
                }
            };
            2.0 * PAD + bars.iter().map(|(text, _)| label(text) + 18.0).sum::<f64>()
        }
        Del::Andelar(all) => {
            let rows: f64 = all.iter().map(|a| lines(&a.fraga, w * 0.4, t) * t * 1.2 + 28.0).sum();
            rows + 76.0
        }
        Del::Dagordning(points) => {
            2.0 * PAD
                + points
                    .iter()
                    .map(|(nr, title, _)| lines(&format!("{nr}. {title}"), inside, d) * d * 1.3 + 14.0)
                    .sum::<f64>()
        }
        // it takes the height there is; what stands under it takes of it
        Del::Bild(fil) => PICTURE + lines(&fil.bildtext, inside, SMALL) * 43.0,
        Del::Siffror(_) | Del::Hjul | Del::Diagram(_) | Del::Noter(_) | Del::Lank(_) => 0.0,
    }
}

/// What stands under a text: when and who, on one line or two.
fn under_height(under: &str, w: f64, d: f64) -> f64 {
    if under.is_empty() { 0.0 } else { lines(under, w, d) * d * 1.3 }
}

fn list_height(lista: &Lista, w: f64, t: f64) -> f64 {
    let d = small(t);
    let fits = |text: &str, room: f64| t <= SMALL || words_fit(text, room, t);
    let more = if lista.till > 0 { SMALL * 1.3 + 24.0 } else { 0.0 };
    if lista.form == Form::Kort {
        let room = w - 2.0 * 40.0 - t * 1.9 - 36.0;
        let card = |p: &Post| {
            if !fits(&p.text, room) {
                return f64::INFINITY;
            }
            (lines(&p.text, room, t * 1.06) * t * 1.2 + under_height(&p.under, room, d) + 8.0).max(t * 2.4) + 48.0
        };
        return lista.poster.iter().map(card).sum::<f64>() + 24.0 * float(lista.poster.len().saturating_sub(1)) + more;
    }
    let mark = |p: &Post| if p.status.is_some() { t + 18.0 } else { 0.0 };
    let row = |p: &Post| {
        let room = w - 2.0 * PAD - mark(p);
        if !fits(&p.text, room) {
            return f64::INFINITY;
        }
        lines(&p.text, room, t) * t * 1.25 + under_height(&p.under, room, d) + 25.0
    };
    2.0 * PAD + 60.0 + lista.poster.iter().map(row).sum::<f64>() + more
}

fn results_height(all: &[Resultat], whole: f64, t: f64) -> f64 {
    let d = small(t);
    let text =
        |text: &str, room: f64| if text.is_empty() { 0.0 } else { 2.0 * PAD + 46.0 + lines(text, room, t) * t * 1.3 };
    if let [one] = all {
        let (left, right) = (whole * 0.4 - 2.0 * PAD, whole * 0.6 - GAP - 2.0 * PAD);
        let found = lines(&one.fynd, left, t * 1.7 * 1.06) * t * 2.0;
        let what = 2.0 * PAD
            + lines(&one.title, left - t - 18.0, t) * t * 1.25
            + found
            + lines(&one.mal, left, d) * d * 1.3
            + 2.0 * d
            + 48.0;
        let why = text(&one.analys, right) + text(&one.slutsats, right) + GAP;
        return if t > SMALL && !words_fit(&one.title, left - t - 18.0, t) { f64::INFINITY } else { what.max(why) };
    }
    let w = (whole - GAP * float(all.len().saturating_sub(1))) / float(all.len().max(1)) - 2.0 * PAD;
    let card = |r: &Resultat| {
        if t > SMALL && ![&r.title, &r.fynd].iter().all(|text| words_fit(text, w - t - 18.0, t)) {
            return f64::INFINITY;
        }
        let part = |text: &str| if text.is_empty() { 0.0 } else { 46.0 + lines(text, w, d) * d * 1.3 + 18.0 };
        2.0 * PAD
            + lines(&r.title, w - t - 18.0, t) * t * 1.25
            + lines(&r.fynd, w, t * 1.3) * t * 1.6
            + lines(&r.mal, w, d) * d * 1.3
            + 36.0
            + part(&r.analys)
            + part(&r.slutsats)
    };
    all.iter().map(card).fold(0.0, f64::max)
}

/// Whether all has room with text of a step.
fn fits(blad: &Blad, narrow: bool, step: usize) -> bool {
    let (w, h) = room(blad, narrow);
    let narrowed = narrow.then(|| narrowed(blad));
    let blad = narrowed.as_ref().unwrap_or(blad);
    columns(blad, w).into_iter().all(|(del, w)| height(del, w, size(step)) <= h)
}

fn fits_both(blad: &Blad, step: usize) -> bool {
    fits(blad, false, step) && fits(blad, true, step)
}

/// Whether lists are long enough to be cut: what is read on a narrow screen may be smaller.
fn fits_well(blad: &Blad) -> bool {
    fits(blad, false, GOOD) && fits(blad, true, 0)
}

/// The size of the question with which all that stands at the side has room; else the smallest.
fn question(blad: &Blad) -> u32 {
    let (_, h) = room(blad, false);
    let inside = SIDE - 2.0 * PAD;
    let above: f64 = blad
        .sida
        .iter()
        .map(|del| match del {
            Del::Siffror(all) => all.iter().map(|s| 132.0 + lines(&s.vad, SIDE, 44.0) * 58.0).sum::<f64>() + GAP,
            Del::Noter(noter) => noter.iter().map(|n| lines(n, SIDE, SMALL) * 43.0).sum::<f64>() + GAP,
            _ => 0.0,
        })
        .sum();
    let fits = |px: &u32| {
        let t = f64::from(*px);
        above + 2.0 * PAD + 86.0 + lines(&blad.fraga, inside, t * 1.06) * t * 1.25 <= h
    };
    QUESTION.into_iter().find(fits).unwrap_or(QUESTION[QUESTION.len() - 1])
}

fn largest(blad: &Blad, narrow: bool) -> usize {
    (1..STEPS.len()).rev().find(|step| fits(blad, narrow, *step)).unwrap_or(0)
}

/// The slides that a slide becomes: as many as what it shows needs, each with its size.
#[must_use]
pub fn sheets(blad: Blad) -> Vec<Blad> {
    let mut all = parted(blad);
    for blad in &mut all {
        trim(blad);
        blad.steg = (largest(blad, false), largest(blad, true));
        blad.fraga_px = question(blad);
    }
    all
}

/// Several slides of one: the question is asked when all is shown, what stands at the side stands at the first.
fn split(blad: &Blad, parts: Vec<Vec<Del>>) -> Vec<Blad> {
    let last = parts.len().saturating_sub(1);
    parts
        .into_iter()
        .enumerate()
        .map(|(i, delar)| Blad {
            delar,
            sida: if i == 0 { blad.sida.clone() } else { vec![] },
            fraga: if i == last { blad.fraga.clone() } else { String::new() },
            klocka: i == last && blad.klocka,
            ..blad.clone()
        })
        .collect()
}

fn parted(mut blad: Blad) -> Vec<Blad> {
    shorten_lines(&mut blad);
    if blad.lists().count() > 3 {
        let parts = blad.delar.chunks(2).map(<[Del]>::to_vec).collect();
        return split(&blad, parts);
    }
    match blad.delar.as_slice() {
        [Del::Lista(lista), rest @ ..] if lista.form == Form::Kort => {
            let parts = cards(&blad, lista, rest);
            split(&blad, parts)
        }
        [Del::Resultat(all)] => {
            let parts: Vec<Vec<Del>> = all.iter().map(|one| vec![Del::Resultat(vec![one.clone()])]).collect();
            if all.len() > 1 && all.len() <= RESULTS && fits_both(&blad, 0) { vec![blad] } else { split(&blad, parts) }
        }
        [Del::Andelar(all), notes @ ..] if all.len() > 1 => {
            let parts = balanced(all, QUESTIONS, |part| {
                let own = Blad { delar: [&[Del::Andelar(part.to_vec())], notes].concat(), ..blad.clone() };
                fits_well(&own)
            });
            let parts = parts.into_iter().map(|part| [&[Del::Andelar(part)], notes].concat()).collect();
            split(&blad, parts)
        }
        // a picture stands beside all of its text
        [Del::Text(text), rest @ ..] => {
            let texts = paged::texts(text, &blad).into_iter();
            let parts = texts.map(|text| [&[Del::Text(text)], rest].concat()).collect();
            split(&blad, parts)
        }
        [Del::Tabell(tabell), rest @ ..] => {
            let pages = paged::tables(tabell, &blad);
            let parts = pages.into_iter().map(|page| [vec![Del::Tabell(page)], rest.to_vec()].concat()).collect();
            split(&blad, parts)
        }
        _ => vec![blad],
    }
}

/// Parts that are about as long as each other, as few as there can be with at most `most` in each.
fn balanced<T: Clone>(all: &[T], most: usize, fits: impl Fn(&[T]) -> bool) -> Vec<Vec<T>> {
    let mut size = all.len().min(most).max(1);
    while size > 1 && !all.chunks(size).all(&fits) {
        size -= 1;
    }
    // seven in parts of at most five are four and three
    let parts = all.len().div_ceil(size).max(1);
    all.chunks(all.len().div_ceil(parts).max(1)).map(<[T]>::to_vec).collect()
}

/// Cards on as many slides as they need, numbered through; what stands beside them stands on the first.
fn cards(blad: &Blad, lista: &Lista, rest: &[Del]) -> Vec<Vec<Del>> {
    let of = |poster: &[Post], fran: usize| Del::Lista(Lista { poster: poster.to_vec(), fran, ..lista.clone() });
    let mut first = true;
    let parts = balanced(&lista.poster, ROWS, |part| {
        let own = Blad {
            delar: [vec![of(part, 1)], rest.iter().filter(|d| !matches!(d, Del::Lista(_))).cloned().collect()].concat(),
            ..blad.clone()
        };
        // as narrow as beside the others, on each slide alike
        let beside = Blad { delar: [vec![of(part, 1)], rest.iter().map(placeholder).collect()].concat(), ..own };
        fits_well(&beside)
    });
    let mut fran = 1;
    parts
        .into_iter()
        .map(|part| {
            let mut delar = vec![of(&part, fran)];
            fran += part.len();
            if std::mem::take(&mut first) {
                delar.extend_from_slice(rest);
            }
            delar
        })
        .collect()
}

/// As wide as the part, and as low as can be.
fn placeholder(del: &Del) -> Del {
    match del {
        Del::Lista(lista) => Del::Lista(Lista { poster: vec![], till: 0, ..lista.clone() }),
        other => other.clone(),
    }
}

fn shorten_lines(blad: &mut Blad) {
    for del in &mut blad.delar {
        if let Del::Lista(lista) = del {
            let most = if lista.form == Form::Kort { CARD } else { LINE };
            for post in &mut lista.poster {
                post.text = shortened(&post.text, most);
                post.under = shortened(&post.under, LINE / 2);
            }
        }
        if let Del::Dagordning(points) = del {
            for (_, title, _) in points {
                *title = shortened(title, 44);
            }
        }
    }
}

/// Takes from lists what has no room, and says how many it was. Of a result what has no room is shortened.
fn trim(blad: &mut Blad) {
    let whole = blad.clone();
    if matches!(whole.delar.as_slice(), [Del::Resultat(_)]) {
        for most in LENGTHS {
            if fits_both(blad, 0) {
                return;
            }
            blad.delar.clone_from(&whole.delar);
            let Some(Del::Resultat(all)) = blad.delar.first_mut() else { return };
            for r in all {
                r.analys = shortened(&r.analys, most);
                r.slutsats = shortened(&r.slutsats, most);
            }
            blad.delar.push(Del::Noter(vec!["Hela texten står på kontrollens sida.".to_owned()]));
        }
        return;
    }
    // as many lines as have room when they are read from the back; on a narrow screen fewer, and smaller if it must be
    let wide = (1..=ROWS).rev().find(|most| fits(&cut(&whole, *most, *most), false, GOOD));
    let wide = wide.or_else(|| (1..=ROWS).rev().find(|most| fits(&cut(&whole, *most, *most), false, 0))).unwrap_or(1);
    let narrow = (1..=wide).rev().find(|most| fits(&cut(&whole, wide, *most), true, 0)).unwrap_or(1);
    *blad = cut(&whole, wide, narrow);
}

/// The slide with at most so many lines in its lists, on a wide screen and on a narrow one.
fn cut(whole: &Blad, wide: usize, narrow: usize) -> Blad {
    let mut blad = whole.clone();
    for del in &mut blad.delar {
        if let Del::Lista(lista) = del
            && lista.form != Form::Kort
        {
            let count = |poster: &[Post]| poster.iter().map(|p| p.n).sum::<usize>();
            let all = count(&lista.poster);
            lista.poster.truncate(wide);
            lista.till = all - count(&lista.poster);
            let few = lista.poster.get(..narrow).unwrap_or(&lista.poster);
            lista.smal = (few.len(), all - count(few));
        }
    }
    blad
}

#[cfg(test)]
mod tests;
