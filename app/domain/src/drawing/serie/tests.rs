//! What the chart of a series must never do: join what does not belong together, hide a word, or grow without end.

use super::{words::apart, *};
use crate::drawing::{Mark, Tone, key, paper::Piece};

fn point(at: i32, tal: i64) -> Punkt {
    Punkt { at: at.into(), width: 1.0, tal: Tal::whole(tal), preliminar: false, label: format!("månad {at}: {tal}") }
}

/// The months dec 2020 to apr 2022 as they stand in the source, the last one preliminary.
fn bromma() -> Diagram {
    let values = [372, 361, 356, 357, 350, 345, 353, 341, 333, 318, 314, 322, 330, 317, 328, 336, 323];
    let months = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
    let points = (0..).zip(values).map(|(at, tal)| Punkt { preliminar: at == 16, ..point(at, tal) }).collect();
    let tick = |i: usize| Tick {
        label: months[(i + 11) % 12].to_owned(),
        year: (i == 0 || i % 12 == 1).then(|| (2020 + i.div_ceil(12)).to_string()),
    };
    Diagram {
        unit: "hushåll".into(),
        ticks: (0..17).map(tick).collect(),
        lines: vec![
            Linje { name: "Bromma".into(), strong: true, points, ..Linje::default() },
            Linje {
                name: "Staden, samma start".into(),
                strong: false,
                points: (1..17).map(|n| point(n, 360 - i64::from(n))).collect(),
                ..Linje::default()
            },
        ],
        brott: vec![Brott { at: 0.5, title: "Brott 2021-01-01".into(), why: "Två enheter blev en".into() }],
        mal: vec![Mal { name: "Mål: under 340".into(), tal: Tal::whole(340) }],
        numbers: vec![3.0, 15.0],
        alt: "336 hushåll i mars, 21 färre än för ett år sedan.".into(),
        ..Diagram::default()
    }
}

fn of(points: Vec<Punkt>) -> Diagram {
    let ticks = vec![Tick { label: "jan".into(), year: None }; points.len()];
    Diagram { ticks, lines: vec![Linje { strong: true, points, ..Linje::default() }], ..Diagram::default() }
}

/// Every stroke, those in groups too.
fn all(marks: &[Mark]) -> Vec<&Mark> {
    let mut out = vec![];
    for mark in marks {
        match mark {
            Mark::Group(group) => out.extend(all(&group.marks)),
            other => out.push(other),
        }
    }
    out
}

/// Through how many values each stroke of one's own line goes, and whether it is dashed.
fn traces(drawing: &Drawing) -> Vec<(usize, bool)> {
    let own = |mark: &&Mark| match mark {
        Mark::Trace { ink: Ink::Serie(Look::Strong, dashed), points } => Some((points.len(), *dashed)),
        _ => None,
    };
    all(&drawing.marks).iter().filter_map(own).collect()
}

fn dots(drawing: &Drawing, preliminary: bool) -> usize {
    let ink = Ink::SerieDot(Look::Strong, preliminary);
    all(&drawing.marks).iter().filter(|mark| matches!(mark, Mark::Circle { ink: is, .. } if *is == ink)).count()
}

fn words(drawing: &Drawing, ink: Ink) -> Vec<String> {
    let said = |mark: &&Mark| match mark {
        Mark::Text(text) if text.ink == ink => Some(text.words.clone()),
        _ => None,
    };
    all(&drawing.marks).iter().filter_map(said).collect()
}

#[test]
fn a_month_that_is_missing_breaks_the_line_and_one_alone_is_a_point() {
    let points: Vec<Punkt> = [0, 1, 2, 4, 6, 7].into_iter().map(|at| point(at, 300 + i64::from(at))).collect();
    let mut diagram = of(points);
    assert_eq!(traces(&draw(&diagram)), [(3, false), (2, false)]);
    // of a crowd nobody sees points, but one that stands alone
    diagram.lines[0].strong = false;
    let grey = draw(&diagram);
    let alone = all(&grey.marks);
    let alone = alone.iter().filter(|m| matches!(m, Mark::Circle { ink: Ink::SerieDot(..), .. }));
    assert_eq!(alone.count(), 1);
}

#[test]
fn a_preliminary_value_is_hollow_and_dashed_on_both_its_sides() {
    let mut diagram = bromma();
    diagram.brott.clear();
    assert_eq!(traces(&draw(&diagram)), [(16, false), (2, true)]);
    assert_eq!((dots(&draw(&diagram), false), dots(&draw(&diagram), true)), (16, 1));
    diagram.lines[0].points[8].preliminar = true;
    assert_eq!(traces(&draw(&diagram)), [(8, false), (3, true), (7, false), (2, true)]);
    let drawn = draw(&diagram);
    assert!(words(&drawn, Ink::Note).contains(&"preliminärt".to_owned()));
    let Paint { dash, fill } = paint(Ink::SerieDot(Look::Strong, true), Ink::Serie(Look::Strong, true));
    assert!(dash.is_some() && fill == Some(Tone::Surface.rgb()), "so on paper too");
}

/// Of a dot and a line on paper: how it is filled, and how it is dashed.
struct Paint {
    fill: Option<[u8; 3]>,
    dash: Option<(f64, f64)>,
}

fn paint(dot: Ink, line: Ink) -> Paint {
    let fill = dot.paint(Tone::Ink).fill.map(|(colour, _)| colour);
    Paint { fill, dash: line.paint(Tone::Ink).pen.and_then(|pen| pen.dash) }
}

#[test]
fn nothing_is_joined_across_a_brott_and_it_says_what_is_different() {
    let drawn = draw(&bromma());
    assert_eq!(traces(&drawn), [(15, false), (2, true)], "december 2020 stands alone");
    let wide = drawn.on_paper(640.0);
    let said = |what: &str| wide.pieces.iter().any(|p| matches!(p, Piece::Text { words, .. } if words == what));
    assert!(said("Brott 2021-01-01") && said("Två enheter blev en") && said("Bromma 323") && said("Mål: under 340"));
    // so too where it lies at the place itself, and between two that are asked about
    let mut at_place = of((0..4).map(|n| point(n, 10)).collect());
    at_place.brott = vec![Brott { at: 2.0, title: "Brott".into(), why: String::new() }];
    assert_eq!(traces(&draw(&at_place)), [(2, false), (2, false)]);
    // and of one line alone, which no stroke from top to bottom stands for
    at_place.brott.clear();
    at_place.lines[0].avbrott = vec![1.5];
    assert_eq!(traces(&draw(&at_place)), [(2, false), (2, false)]);
}

#[test]
fn bars_begin_at_nought_and_go_below_it() {
    let mut diagram = of(vec![point(0, 372), point(1, -40), point(2, 0)]);
    diagram.bars = true;
    let drawn = draw(&diagram);
    let bars: Vec<(f64, f64)> = all(&drawn.marks)
        .iter()
        .filter_map(|mark| match mark {
            Mark::Rect { ink: Ink::SerieBar(..), from, to, .. } => Some((from.y, to.y)),
            _ => None,
        })
        .collect();
    let [above, below, none] = bars[..] else { panic!("{bars:?}") };
    assert!((above.1 - below.0).abs() < 1e-9 && above.0 < above.1 && below.0 < below.1, "{bars:?}");
    assert!(none.1 > none.0 && none.1 - none.0 < 2.0, "nought is seen");
    assert!(!words(&drawn, Ink::Axis).iter().any(|words| words.contains("börjar på")));
    // five units beside each other cannot be told apart
    diagram.lines = vec![diagram.lines[0].clone(); 5];
    assert_eq!(traces(&draw(&diagram)).len(), 5);
}

#[test]
fn what_it_is_counted_in_and_where_it_begins_stands_over_it() {
    let drawn = draw(&bromma());
    assert!(words(&drawn, Ink::Axis).contains(&"Hushåll, axeln börjar på 300".to_owned()));
    let long = Diagram { unit: "kronor per hushåll och månad efter avdrag för hyra".into(), ..bromma() };
    let over = words(&draw(&long), Ink::Axis).remove(0);
    assert!(over.chars().count() <= CAPTION && over.ends_with("…, axeln börjar på 300"), "{over}");
}

#[test]
fn words_at_the_right_are_moved_apart_with_a_line_to_where_they_belong() {
    let mut diagram = bromma();
    for (name, tal) in [("Mål: under 341", 341), ("KF: under 342", 342), ("Årsmål 323", 323)] {
        diagram.mal.push(Mal { name: name.into(), tal: Tal::whole(tal) });
    }
    let drawn = draw(&diagram);
    for width in [360.0, 640.0] {
        let sheet = drawn.on_paper(width);
        let goals = Tone::Done.rgb();
        let mut levels: Vec<f64> = sheet
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Text { at, paint, .. } if paint.fill.is_some_and(|(colour, _)| colour == goals) => Some(at.1),
                _ => None,
            })
            .collect();
        assert_eq!(levels.len(), 4, "{width}");
        levels.sort_by(f64::total_cmp);
        assert!(levels.windows(2).all(|pair| pair[1] - pair[0] > 15.9), "{width}: {levels:?}");
    }
    assert!(all(&drawn.marks).iter().any(|mark| matches!(mark, Mark::Path { ink: Ink::Leader, .. })));
    // at the bottom all are moved upwards
    let tops = apart(&[(100.0, 16.0), (98.0, 16.0), (99.0, 32.0)], (0.0, 100.0));
    assert!(tops.iter().all(|top| *top <= 84.0) && tops[1] + 16.0 <= tops[2] && tops[2] + 32.0 <= tops[0], "{tops:?}");
}

#[test]
fn only_a_few_lines_are_named_and_those_differ_in_more_than_their_colour() {
    let mut diagram = bromma();
    let other = |n: usize| Linje {
        name: format!("Område {n}"),
        strong: false,
        points: vec![point(0, 330), point(1, 340)],
        ..Linje::default()
    };
    diagram.lines.truncate(1);
    diagram.lines.extend((0..4).map(other));
    assert_eq!(diagram.looks()[1..], [Look::Named(0), Look::Named(1), Look::Named(2), Look::Named(3)]);
    let dashes: Vec<_> =
        diagram.looks()[1..].iter().map(|look| Ink::Serie(*look, false).paint(Tone::Ink).pen.unwrap().dash).collect();
    assert!((0..4).all(|i| !dashes[i + 1..].contains(&dashes[i])), "{dashes:?}");
    assert_eq!(words(&draw(&diagram), Ink::SerieName(false)).len(), 4);
    assert_eq!(key::of_serie(&diagram).len(), 5 + 3, "each line; preliminary, what is aimed at, brott");
    diagram.lines.push(other(5));
    let drawn = draw(&diagram);
    assert!(words(&drawn, Ink::SerieName(false)).is_empty());
    assert_eq!(words(&drawn, Ink::SerieName(true)), ["Bromma 323"]);
    assert_eq!(key::of_serie(&diagram)[1].words, "5 andra att jämföra med");
}

#[test]
fn what_is_chosen_to_be_seen_beside_is_named_however_many_the_others_are() {
    let mut diagram = bromma();
    let other = |n: usize| Linje { name: format!("Område {n}"), points: vec![point(0, 330)], ..Linje::default() };
    diagram.lines.truncate(1);
    diagram.lines.extend((0..13).map(other));
    diagram.lines.push(Linje { name: "Riket".into(), chosen: true, ..other(13) });
    let drawn = draw(&diagram);
    assert_eq!(words(&drawn, Ink::SerieName(false)), ["Riket"]);
    let keys: Vec<String> = key::of_serie(&diagram).into_iter().map(|key| key.words).collect();
    assert!(keys.contains(&"Riket".to_owned()) && keys.contains(&"13 andra att jämföra med".to_owned()), "{keys:?}");
}

#[test]
fn a_number_stands_beside_the_own_line_where_it_is_asked_for_and_at_its_end() {
    let drawn = draw(&bromma());
    assert_eq!(words(&drawn, Ink::Value), ["357", "336", "323"]);
    let on = |width: f64| {
        let sheet = drawn.on_paper(width);
        let values = sheet.pieces.into_iter().filter_map(|piece| match piece {
            Piece::Text { words, paint, .. } if paint.bold && paint.fill == Some((Tone::Ink.rgb(), 1.0)) => Some(words),
            _ => None,
        });
        values.filter(|words| words.len() == 3).collect::<Vec<_>>()
    };
    assert_eq!(on(640.0), ["357", "336"], "the end is named at the right");
    assert_eq!(on(360.0), ["357", "336", "323"]);
}

#[test]
fn a_value_of_a_year_is_as_long_as_its_year() {
    let mut diagram = bromma();
    let year = Punkt { at: 1.0, width: 12.0, ..point(1, 340) };
    diagram.lines.push(Linje { name: "Riket".into(), strong: false, points: vec![year], ..Linje::default() });
    let drawn = draw(&diagram);
    let span = |mark: &&Mark| match mark {
        Mark::Line { ink: Ink::SerieSpan(..), from, to } => Some((from.part, to.part)),
        _ => None,
    };
    let (from, to) = all(&drawn.marks).iter().find_map(span).unwrap();
    let plan = Plan::new(&diagram, HIGH);
    assert!((from - plan.x(0.5)).abs() < 1e-9 && (to - plan.x(12.5)).abs() < 1e-9);
}

#[test]
fn one_value_none_at_all_and_noughts_have_a_chart() {
    let one = draw(&of(vec![point(0, 5)]));
    assert_eq!((traces(&one).len(), dots(&one, false)), (0, 1));
    assert_eq!(words(&draw(&Diagram::default()), Ink::Missing), ["Inga värden att visa"]);
    for tal in [0, -7, 1_000_000_000_000] {
        for bars in [false, true] {
            let mut diagram = of(vec![point(0, tal), point(1, tal)]);
            diagram.bars = bars;
            let sheet = draw(&diagram).on_paper(640.0);
            assert!(sheet.pieces.iter().all(|piece| match piece {
                Piece::Text { at, .. } => at.0.is_finite() && at.1.is_finite() && at.1 <= sheet.height,
                Piece::Path { .. } => true,
            }));
        }
    }
}

#[test]
fn what_is_read_aloud_is_the_finding_or_else_what_the_chart_shows() {
    assert_eq!(draw(&bromma()).alt, "336 hushåll i mars, 21 färre än för ett år sedan.");
    let said = draw(&Diagram { alt: " ".into(), ..bromma() }).alt;
    assert!(said.starts_with("Hushåll. Bromma, månad 0: 372 – månad 16: 323 (preliminärt). "), "{said}");
    assert!(said.ends_with(" Mål: under 340. Brott 2021-01-01: Två enheter blev en."), "{said}");
    for diagram in [Diagram::default(), of(vec![point(0, 1)])] {
        assert!(draw(&diagram).alt.len() > 5);
    }
}

#[test]
fn ten_years_of_sixteen_units_are_few_strokes_and_no_label_is_on_another() {
    let line = |n: i64| Linje {
        name: format!("Område {n}"),
        strong: n == 0,
        points: (0..120).map(|at| point(at, 300 + n * 10 + i64::from(at % 7))).collect(),
        ..Linje::default()
    };
    let tick = |i: usize| Tick { label: "jan".into(), year: i.is_multiple_of(12).then(|| (2013 + i / 12).to_string()) };
    let mut diagram = Diagram {
        unit: "hushåll".into(),
        ticks: (0..120).map(tick).collect(),
        lines: (0..16).map(line).collect(),
        ..Diagram::default()
    };
    let drawn = draw(&diagram);
    assert!(all(&drawn.marks).len() < 250, "{}", all(&drawn.marks).len());
    for n in 1..=120 {
        diagram.ticks.truncate(121 - n);
        for width in [330.0, 640.0] {
            let sheet = draw(&diagram).on_paper(width);
            let mut below: Vec<(f64, f64, f64)> = sheet
                .pieces
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Text { at, words, paint, .. } if at.1 > TOP + HIGH + 15.0 => {
                        Some((at.1, at.0, key::about(words, paint.size)))
                    }
                    _ => None,
                })
                .collect();
            below.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
            for pair in below.windows(2).filter(|pair| (pair[0].0 - pair[1].0).abs() < 1.0) {
                assert!(pair[1].1 - pair[0].1 >= f64::midpoint(pair[0].2, pair[1].2) - 0.1, "{width} {n} {pair:?}");
            }
        }
    }
}

#[test]
fn the_line_of_a_row_has_gaps_and_a_last_point_that_says_whether_it_is_final() {
    let value = |tal: i64, preliminary: bool| Some((Tal::whole(tal), preliminary));
    let drawn =
        small(&[value(3, false), value(4, false), None, value(5, false), None, value(6, false), value(2, true), None]);
    assert!(drawn.alt.is_empty(), "its row says it");
    let paths = drawn.marks.iter().filter_map(|mark| match mark {
        Mark::Path { ink: Ink::Serie(_, dashed), steps, .. } => Some((steps.len(), *dashed)),
        _ => None,
    });
    assert_eq!(paths.collect::<Vec<_>>(), [(2, false), (2, true)]);
    let points = drawn.marks.iter().filter_map(|mark| match mark {
        Mark::Circle { ink: Ink::SerieDot(_, hollow), .. } => Some(*hollow),
        _ => None,
    });
    assert_eq!(points.collect::<Vec<_>>(), [false, true], "the one alone, and the last");
    assert!(small(&[]).marks.is_empty() && small(&[None]).marks.is_empty());
    assert_eq!(small(&[value(3, false)]).marks.len(), 1);
}
