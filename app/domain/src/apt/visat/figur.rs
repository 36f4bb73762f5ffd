//! Figur: the charts of a slide as they are kept in the minutes: the strokes that were seen, with the finding in words. What of
//! them can be pointed at on a screen is not kept: neither where it leads nor how many a part stands for.

use crate::{
    apt::deck::{Andel, Blad, Del},
    arshjul::picture,
    dokument::{Block, Figure},
    drawing::{
        Drawing, Width,
        bar::{self, Segment, Shade},
        key::{self, Key},
        serie,
    },
    format,
};

/// Keys stand in rows of so many units: a page on a phone is as wide.
const KEYS: f64 = 330.0;

/// The charts of a slide, in its order. `hjul` is what its wheel looked like; `staplar` has a bar for each of its questions, in
/// their order.
#[must_use]
pub fn figurer(blad: &Blad, hjul: Option<&Drawing>, staplar: &[Vec<Segment>]) -> Vec<Block> {
    let mut staplar = staplar.iter();
    let mut out = vec![];
    for del in &blad.delar {
        match del {
            Del::Hjul => out.extend(hjul.cloned().map(wheel)),
            Del::Diagram(diagram) => out.push(Figure::of(serie::draw(diagram).still(), blad.rubrik.clone())),
            Del::Staplar(runs) => out.push(bars(&blad.rubrik, runs)),
            Del::Andelar(all) => out.extend(shares(all, &staplar.by_ref().take(all.len()).collect::<Vec<_>>())),
            _ => {}
        }
    }
    out.into_iter().map(Block::from).collect()
}

fn wheel(drawing: Drawing) -> Figure {
    Figure::of(picture::for_minutes(drawing), "Årshjulet som det såg ut när mötet slutade")
}

fn bars(finding: &str, runs: &[(String, i64)]) -> Figure {
    let said: Vec<String> = runs.iter().map(|(label, n)| format!("{label}: {}", format::int(*n))).collect();
    let alt = format!("{}. {}.", finding.trim_end_matches('.'), said.join(". "));
    Figure::of(bar::named(runs, alt), "Avvikelser efter tid")
}

/// A bar for each question, and last what the textures mean.
fn shares(all: &[Andel], bars: &[&Vec<Segment>]) -> Vec<Figure> {
    let one = |(andel, segments): (&Andel, &&Vec<Segment>)| {
        let between = if andel.fraga.ends_with(['?', '.', ':', '!']) { "" } else { ":" };
        let drawing = bar::stacked(segments, format!("{}{between} {}", andel.fraga, andel.fynd), true).still();
        Figure::of(drawing, format!("{}{between} {}", andel.fraga, andel.andel))
    };
    all.iter().zip(bars).map(one).chain(legend(bars)).collect()
}

fn legend(bars: &[&Vec<Segment>]) -> Option<Figure> {
    let degrees = key::of_degrees(bars.iter().map(|bar| bar.as_slice()));
    if degrees.is_empty() {
        return None;
    }
    let said: Vec<String> = degrees.iter().map(|(shade, words)| format!("{}: {words}", degree(*shade))).collect();
    let alt = format!("Teckenförklaring. {}.", said.join(". "));
    let key = |(shade, words)| Key { sign: key::texture(shade), words, count: String::new() };
    let keys: Vec<Key> = degrees.into_iter().map(key).collect();
    let drawing = Drawing::new("", Width::Fluid { left: 0.0, right: 0.0 }, 0.0, alt).with_keys(&keys, KEYS);
    Some(Figure::of(drawing, ""))
}

const fn degree(shade: Shade) -> &'static str {
    match shade {
        Shade::Good(_) => "Bra",
        Shade::Bad(_) => "Dåligt",
        Shade::Middle(_) | Shade::Unknown | Shade::Blank => "Däremellan",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        apt::deck,
        dokument::Dokument,
        drawing::{Group, Link, Mark},
    };

    fn segments() -> Vec<Segment> {
        let of = |label: &str, n, shade| Segment { label: label.into(), n, shade };
        vec![of("Ja", 9, Shade::Good(0)), of("Delvis", 2, Shade::Middle(0)), of("Nej", 1, Shade::Bad(0))]
    }

    fn andel(fraga: &str) -> Andel {
        Andel { fraga: fraga.into(), andel: "75 %".into(), fynd: "Nio av tolv svarade Ja".into() }
    }

    fn figures(blocks: &[Block]) -> Vec<&Figure> {
        blocks
            .iter()
            .map(|block| if let Block::Figure(figure) = block { figure } else { panic!("{block:?}") })
            .collect()
    }

    /// Whether a mark leads somewhere or says more when it is pointed at.
    fn tells(mark: &Mark) -> bool {
        matches!(mark, Mark::Group(g) if g.link.is_some() || !g.title.is_empty() || g.marks.iter().any(tells))
    }

    #[test]
    fn each_question_has_its_bar_and_last_stands_what_the_textures_mean() {
        let delar =
            vec![Del::Text("x".into()), Del::Andelar(vec![andel("Hur var bemötandet?"), andel("Tillgänglighet")])];
        let blocks = figurer(&Blad { delar, ..Blad::default() }, None, &[segments(), segments()]);
        let figures = figures(&blocks);
        let captions: Vec<&str> = figures.iter().map(|f| f.caption.as_str()).collect();
        assert_eq!(captions, ["Hur var bemötandet? 75 %", "Tillgänglighet: 75 %", ""]);
        assert_eq!(figures[0].alt, "Hur var bemötandet? Nio av tolv svarade Ja");
        assert!(figures[2].alt.starts_with("Teckenförklaring. Bra: "), "{}", figures[2].alt);
        for figure in &figures {
            let drawing = figure.drawing.as_ref().unwrap();
            assert!(!drawing.marks.iter().any(tells), "how many a part stands for is not kept: {}", figure.alt);
        }
        assert_eq!(figurer(&Blad::default(), None, &[]), []);
    }

    #[test]
    fn the_bars_of_avvikelser_say_each_number_in_words() {
        let runs = vec![("januari–mars".to_owned(), 1_346), ("april".to_owned(), 7)];
        let delar = vec![Del::Antal(vec![], vec![]), Del::Staplar(runs)];
        let blocks = figurer(&Blad { rubrik: "Färre än i fjol".into(), delar, ..Blad::default() }, None, &[]);
        assert_eq!(figures(&blocks)[0].alt, "Färre än i fjol. januari–mars: 1\u{a0}346. april: 7.");
    }

    #[test]
    fn the_wheel_is_kept_without_where_it_leads_and_is_the_same_when_it_has_been_stored() {
        let link = Link {
            href: "/forekomst/1".into(),
            tip: Some((0, "Loggkontroll".into(), "sen".into())),
            ..Link::default()
        };
        let inner = Group { link: Some(link), title: "Loggkontroll".into(), ..Group::default() };
        let outer = Mark::Group(Group { marks: vec![Mark::Group(inner)], ..Group::default() });
        let mut drawing = Drawing::new("wheel", Width::Fixed(1_000.0), 1_000.0, "41 av 120 är utförda".into());
        drawing.marks.push(outer);
        let blad = Blad { delar: deck::wheel(&crate::atgora::Tally::default()), ..Blad::default() };
        let blocks = figurer(&blad, Some(&drawing), &[]);
        let kept = figures(&blocks)[0].clone();
        assert_eq!(kept.alt, "41 av 120 är utförda");
        assert!(!kept.drawing.as_ref().unwrap().marks.iter().any(tells));
        let document = Dokument::new("", "").blocks(blocks);
        let stored = serde_json::to_string(&document).unwrap();
        assert!(!stored.contains("Loggkontroll") && !stored.contains("/forekomst/"), "{stored}");
        assert_eq!(serde_json::from_str::<Dokument>(&stored).unwrap(), document);
    }
}
