//! What a figure must never do: leave its sheet, lose a colour, or say something by colour alone.

use std::fs;

use super::{
    bar::{Segment, Shade, named, of_row, stacked},
    key,
    line::{Boundary, Dot, Line, LineKind, Outside, Plot, Tick},
    mark,
    matrix::matrix,
    paper::{Curve, Piece, Sheet, curves},
    serie::{Brott, Diagram, Linje, Mal, Punkt, draw, small},
    times::{self, Time},
    whisker::{beside_goal, whisker},
    *,
};
use crate::{enkat::resultat, occurrence::Status, schedule::Category, tal::Tal};

fn style(name: &str) -> String {
    fs::read_to_string(format!("{}/../../style/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn plot() -> Plot {
    let dot = |at: i32, share: f64, alone: bool| Dot {
        from: at.into(),
        to: f64::from(at) + if alone { 1.0 } else { 0.0 },
        share,
        interval: Some((share - 0.1, (share + 0.1).min(1.0))),
        label: format!("{at}: {share}"),
    };
    Plot {
        start: 0.0,
        ticks: (0..12).map(|n| Tick { label: format!("v {n}") }).collect(),
        lines: vec![
            Line { kind: LineKind::Earlier, dots: vec![dot(0, 0.4, false), dot(1, 0.5, false)] },
            Line { kind: LineKind::Main, dots: vec![dot(3, 0.7, false), dot(4, 1.0, false), dot(8, 0.8, true)] },
        ],
        boundaries: vec![Boundary { at: 2.5, label: "Ny lydelse".into() }],
        outside: vec![Outside { from: 3.0, to: 8.0, share: 0.6, name: "Staden 2025".into() }],
        missing: vec![6.0],
    }
}

/// A series with all that it can have, and the same as bars.
fn serie(bars: bool) -> Diagram {
    let point = |at: i32, tal: i64| Punkt {
        at: at.into(),
        width: 1.0,
        tal: Tal::whole(tal),
        preliminar: at == 12,
        label: format!("{at}: {tal}"),
    };
    let line = |name: &str, strong: bool, n: i64| Linje {
        name: name.into(),
        strong,
        points: (0..13).map(|at| point(at, n + i64::from(at % 5))).collect(),
        ..Linje::default()
    };
    let mut lines = vec![
        line("Enheten för ekonomiskt bistånd", true, 330),
        line("Staden", false, 340),
        line("Områdena söder om centrum", false, 345),
        line("", false, 350),
    ];
    lines[1].points = vec![Punkt { width: 12.0, ..point(0, 345) }];
    Diagram {
        unit: "hushåll med ekonomiskt bistånd".into(),
        ticks: (0..13)
            .map(|n| serie::Tick { label: "jan".into(), year: (n % 12 == 0).then(|| "2022".to_owned()) })
            .collect(),
        lines,
        brott: vec![
            Brott {
                at: 6.5,
                title: "Brott 2022-07-01".into(),
                why: "Två enheter blev en och en tredje kom till".into(),
            },
            Brott { at: 0.5, title: "Brott 2022-01-01".into(), why: "Barnfamiljer räknas med".into() },
        ],
        mal: vec![
            Mal { name: "Mål: under 340".into(), tal: Tal::whole(340) },
            Mal { name: "Kommunfullmäktige: högst 341 i medel".into(), tal: Tal::whole(341) },
        ],
        numbers: vec![0.0, 4.0, 12.0],
        bars,
        ..Diagram::default()
    }
}

fn eight() -> Vec<Time> {
    (1..=8)
        .map(|n| Time {
            label: format!("nov {}", 2018 + n),
            share: f64::from(n) / 8.0,
            interval: Some((f64::from(n) / 9.0, 1.0)),
            now: n == 8,
            said: "8 av 10".into(),
        })
        .collect()
}

fn segments() -> Vec<Segment> {
    Shade::EACH
        .iter()
        .enumerate()
        .map(|(n, shade)| Segment { label: format!("Svar {n}"), n: 5, shade: *shade })
        .collect()
}

/// Every figure there is.
fn all() -> Vec<Drawing> {
    let questions = vec![
        (1, "Fråga".to_owned(), 80.0, 0.9),
        (2, "Fråga".to_owned(), 80.0, 0.4),
        (3, "Fråga".to_owned(), 80.0, 0.4),
        (4, "Fråga".to_owned(), 20.0, 0.5),
    ];
    let tal = |n: i64, preliminary: bool| Some((Tal::whole(n), preliminary));
    let mut all = vec![
        draw(&serie(false)),
        draw(&serie(true)),
        small(&[tal(3, false), None, tal(1, false), tal(2, true)]),
        plot().drawing("Sju av tio".into()).unwrap(),
        stacked(&segments(), "Fördelning".into(), false),
        stacked(&segments(), "Fördelning".into(), true),
        of_row(3, 9),
        named(&[("september–november".into(), 1_346), ("december".into(), 7)], "Sju i december".into()),
        times::drawing(&eight(), Some(Tal::whole(90))).unwrap(),
        beside_goal(0.9, Some((0.8, 1.0)), Some(0.95)),
        whisker(0.9, Some((0.8, 1.0)), false),
        whisker(0.1, Some((0.0, 0.2)), true),
        matrix(&resultat::matris(questions).unwrap(), "Förbättra först: 2".into()),
    ];
    let keys = [key::of_plot(&plot()), key::of_bar(&segments(), true), key::of_serie(&serie(false))];
    all.extend(keys.into_iter().flatten().map(|key| key.sign));
    all
}

/// The corners of everything that is drawn: of words, where they are longest.
fn corners(sheet: &Sheet) -> Vec<(f64, f64)> {
    let mut out = vec![];
    for piece in &sheet.pieces {
        match piece {
            Piece::Path { steps, .. } => {
                for curve in curves(steps) {
                    match curve {
                        Curve::Move(at) | Curve::Line(at) | Curve::Cubic(_, _, at) => out.push(at),
                        Curve::Close => {}
                    }
                }
            }
            Piece::Text { at, anchor, turned, words, paint } => {
                #[allow(clippy::cast_precision_loss)] // some words
                let long = words.chars().count() as f64 * paint.size * 0.56;
                let before = match anchor {
                    Anchor::Start => 0.0,
                    Anchor::Middle => 0.5,
                    Anchor::End => 1.0,
                };
                let (sin, cos) = turned.to_radians().sin_cos();
                for along in [-before * long, (1.0 - before) * long] {
                    for up in [-paint.size * 0.75, paint.size * 0.2] {
                        out.push((at.0 + along * cos - up * sin, at.1 + along * sin + up * cos));
                    }
                }
            }
        }
    }
    out
}

#[test]
fn nothing_is_drawn_outside_the_sheet_however_wide_it_is() {
    for width in [320.0, 640.0, 1200.0] {
        let keys = [key::of_plot(&plot()), key::of_bar(&segments(), false)];
        let own = [plot().drawing("Sju av tio".into()).unwrap(), stacked(&segments(), "Fördelning".into(), false)];
        let with_keys = own.into_iter().zip(&keys).map(|(drawing, keys)| drawing.with_keys(keys, width));
        for drawing in all().into_iter().chain(with_keys) {
            let sheet = drawing.on_paper(width);
            for (x, y) in corners(&sheet) {
                let (inside_x, inside_y) = (-1.0..=sheet.width + 1.0, -1.0..=sheet.height + 1.0);
                assert!(inside_x.contains(&x) && inside_y.contains(&y), "{} {width} {x} {y}", drawing.class);
            }
        }
    }
}

#[test]
fn what_is_narrow_leaves_out_what_would_be_on_top_of_something_else() {
    let words = |width: f64| {
        let sheet = plot().drawing(String::new()).unwrap().on_paper(width);
        sheet.pieces.iter().filter(|piece| matches!(piece, Piece::Text { .. })).count()
    };
    assert!(words(320.0) < words(640.0));
}

#[test]
fn the_colours_of_paper_are_those_of_the_light_theme() {
    let tokens = style("tokens.css");
    let tones = [
        (Tone::Paper, "paper"),
        (Tone::Surface, "surface"),
        (Tone::Sunken, "sunken"),
        (Tone::Line, "line"),
        (Tone::LineStrong, "line-strong"),
        (Tone::Ink, "ink"),
        (Tone::Ink2, "ink-2"),
        (Tone::Ink3, "ink-3"),
        (Tone::Brand, "brand"),
        (Tone::BrandStrong, "brand-strong"),
        (Tone::BrandTint, "brand-tint"),
        (Tone::OnBrand, "on-brand"),
        (Tone::Done, "done"),
        (Tone::Late, "late"),
        (Tone::Warn, "warn"),
        (Tone::WarnTint, "warn-tint"),
        (Tone::Planned, "planned"),
        (Tone::OnStatus, "on-status"),
    ];
    let named = |name: &str| {
        let (_, rest) = tokens.split_once(&format!("--{name}: light-dark(#")).unwrap_or_else(|| panic!("--{name}"));
        rest[..6].to_owned()
    };
    let hex = |tone: Tone| tone.rgb().iter().fold(String::new(), |all, byte| format!("{all}{byte:02x}"));
    for (tone, name) in tones {
        assert_eq!(hex(tone), named(name), "{name}");
    }
    for category in Category::ALL {
        assert_eq!(hex(Tone::Cat(category)), named(&format!("cat-{}", category.code())));
    }
}

#[test]
fn every_ink_that_is_seen_has_a_class_that_the_screen_knows() {
    fn inks(marks: &[Mark], out: &mut Vec<Ink>) {
        for mark in marks {
            match mark {
                Mark::Line { ink, .. }
                | Mark::Rect { ink, .. }
                | Mark::Circle { ink, .. }
                | Mark::Area { ink, .. }
                | Mark::Trace { ink, .. }
                | Mark::Path { ink, .. } => out.push(*ink),
                Mark::Text(text) => out.push(text.ink),
                Mark::Stamp { .. } => {}
                Mark::Group(group) => inks(&group.marks, out),
            }
        }
    }
    let styles = ["chart.css", "wheel.css", "status_mark.css"].map(style).concat();
    let mut found = vec![];
    for drawing in all() {
        inks(&drawing.marks, &mut found);
    }
    for status in Status::ALL {
        inks(&mark::shape(status), &mut found);
        inks(&mark::shape_of_many(status), &mut found);
        inks(&[mark::halo(status)], &mut found);
    }
    found.retain(|ink| !matches!(ink, Ink::Share(_) | Ink::Bar));
    assert!(found.len() > 100);
    for ink in found {
        let class = ink.class();
        let first = class.split(' ').next().unwrap();
        assert!(!first.is_empty() && styles.contains(&format!(".{first}")), "{ink:?} has no style: {class}");
    }
}

#[test]
fn no_two_parts_of_a_bar_differ_in_colour_alone() {
    // of the good ones three grades of one colour, and a line between all
    let textured = Shade::EACH.into_iter().filter(|shade| !texture(*shade).is_empty());
    let kinds: Vec<_> = textured.map(|shade| texture(shade).to_vec()).collect();
    for (i, kind) in kinds.iter().enumerate() {
        assert!(kinds[i + 1..].iter().filter(|other| *other == kind).count() <= 1, "{kind:?}");
    }
    let bar = stacked(&segments(), String::new(), false).on_paper(640.0);
    let edges = bar
        .pieces
        .iter()
        .filter(|p| matches!(p, Piece::Path { paint, .. } if paint.pen.as_ref().is_some_and(|pen| pen.width > 2.9)));
    assert_eq!(edges.count(), Shade::EACH.len() - 1);
}

#[test]
fn a_part_of_a_circle_goes_the_way_it_says() {
    let arc = |large, clockwise| {
        let steps = [Step::Move(0.0, -1.0), Step::Arc { radius: 1.0, large, clockwise, to: (1.0, 0.0) }];
        curves(&steps)
            .into_iter()
            .skip(1)
            .map(|c| match c {
                Curve::Cubic(_, _, at) => ((at.0 * 1000.0).round() / 1000.0, (at.1 * 1000.0).round() / 1000.0),
                other => panic!("{other:?}"),
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(arc(false, true), [(1.0, 0.0)], "a quarter, with the clock, about 0, 0");
    assert_eq!(arc(true, false), [(-1.0, 0.0), (0.0, 1.0), (1.0, 0.0)], "the three others");
    assert_eq!(arc(false, false), [(1.0, 0.0)], "against it about another centre");
}
