//! What the wheel promises: nothing overlaps, nothing leaves its ring and month, nothing is lost.

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    layout::{Mark, Wheel, layout, point},
    *,
};
use crate::{
    id::GruppId,
    permission::{Area, Role},
};

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn today() -> NaiveDate {
    day(2026, 11, 23)
}

fn item(n: u128, category: Category, start: NaiveDate, due: NaiveDate) -> Item {
    let area = match category {
        Category::Egenkontroll => Area::Egenkontroll,
        Category::Internkontroll => Area::Internkontroll,
        Category::Atgard => Area::Atgard,
        _ => Area::Aktivitet,
    };
    Item {
        title: format!("Sak {n}"),
        rhythm: "varje månad".into(),
        responsible: Responsible::Role(Role::Enhetschef),
        responsible_label: "Enhetschef".into(),
        node_name: "Enheten för ekonomiskt bistånd".into(),
        mine: n.is_multiple_of(2),
        ..Item::example((area, category), n, (start, due))
    }
}

fn month_long(n: u128, category: Category, month: u32) -> Item {
    item(n, category, day(2026, month, 1), month_end(day(2026, month, 1)))
}

/// What holds for every wheel.
fn check(items: &[Item], wheel: &Wheel) {
    let (first, last) = wheel.zoom.range(wheel.year);
    for (i, a) in wheel.marks.iter().enumerate() {
        assert!(a.hit >= a.r, "the target is at least as large as the mark");
        for b in &wheel.marks[..i] {
            let apart = (a.x - b.x).abs().max((a.y - b.y).abs());
            assert!(apart >= a.hit + b.hit - 1e-6, "boxes overlap: {a:?} {b:?}");
        }
        check_place(wheel, a);
    }
    let mut shown: Vec<usize> = wheel.marks.iter().flat_map(|m| m.items.clone()).collect();
    shown.sort_unstable();
    let wanted: Vec<usize> =
        (0..items.len()).filter(|&i| (first..=last).contains(&items[i].occurrence.day())).collect();
    assert_eq!(shown, wanted, "every item in the time shown is in exactly one mark");
    assert_eq!(usize::try_from(wheel.counts.total), Ok(wanted.len()));
    for mark in &wheel.marks {
        let worst = Status::ALL.into_iter().find(|s| mark.items.iter().any(|&i| items[i].status(today()) == *s));
        assert_eq!(Some(mark.status), worst);
        assert!(mark.items.iter().all(|&i| items[i].category == mark.category));
    }
    for sector in &wheel.sectors {
        assert!((-90.0..=90.0).contains(&sector.rotation), "{} stands on its head", sector.label);
    }
    for period in &wheel.periods {
        assert!(0.0 <= period.start && period.start < period.end && period.end <= 360.0, "{period:?}");
        let band = wheel.bands.iter().find(|b| b.category == period.category).unwrap();
        assert!(period.radius - period.width / 2.0 >= band.inner - 1e-6);
        assert!(period.radius + period.width / 2.0 <= band.outer + 1e-6);
    }
}

/// The drawn mark lies inside its ring and its month.
fn check_place(wheel: &Wheel, mark: &Mark) {
    let band = wheel.bands.iter().find(|b| b.category == mark.category).unwrap();
    let radius = (mark.x - 500.0).hypot(mark.y - 500.0);
    assert!(radius - mark.r >= band.inner - 1e-6 && radius + mark.r <= band.outer + 1e-6, "{mark:?} {band:?}");
    let (x, y) = point(mark.angle, radius);
    assert!((x - mark.x).abs() < 1e-6 && (y - mark.y).abs() < 1e-6, "angle and place agree");
    let half = (mark.r / radius).asin().to_degrees();
    if let Some(sector) = wheel.sectors.iter().find(|s| s.month == Some(mark.month)) {
        assert!(mark.angle - half >= sector.start - 1e-6 && mark.angle + half <= sector.end + 1e-6, "{mark:?}");
    } else {
        assert_eq!(wheel.zoom, Zoom::Month(mark.month));
    }
}

fn hundred_with_ten_in_one_month() -> Vec<Item> {
    let months = std::iter::repeat_n(11, 10).chain((0..90).map(|i| i % 12 + 1).filter(|&m| m != 11));
    months
        .enumerate()
        .map(|(i, month)| {
            let category = Category::ALL[i % 5];
            let due = day(2026, month, u32::try_from(i * 7 % 28).unwrap() + 1);
            if i % 5 < 2 { month_long(i as u128, category, month) } else { item(i as u128, category, due, due) }
        })
        .collect()
}

#[test]
fn a_normal_year_overlaps_nowhere_and_gathers_nothing() {
    let items = hundred_with_ten_in_one_month();
    for zoom in [Zoom::Year, Zoom::Tertial(3), Zoom::Month(11)] {
        let wheel = layout(&items, 2026, zoom, today());
        check(&items, &wheel);
        assert!(wheel.marks.iter().all(|m| m.items.len() == 1), "{zoom:?}");
    }
}

#[test]
fn ten_controls_of_one_kind_in_a_month_still_have_a_mark_each() {
    let mut items: Vec<Item> = (0..10).map(|n| month_long(n, Category::Egenkontroll, 11)).collect();
    items
        .extend((10..130).map(|n| {
            month_long(n, Category::ALL[usize::try_from(n % 5).unwrap()], u32::try_from(n % 12).unwrap() + 1)
        }));
    let wheel = layout(&items, 2026, Zoom::Year, today());
    check(&items, &wheel);
    assert!(wheel.marks.iter().all(|m| m.items.len() == 1));
}

#[test]
fn fifty_in_a_month_gather_and_open_up_when_the_month_is_opened() {
    let mut items: Vec<Item> = (0..50).map(|n| month_long(n, Category::Egenkontroll, 11)).collect();
    items.extend(
        (50..90).map(|n| item(n, Category::ALL[usize::try_from(n % 6).unwrap()], day(2026, 11, 7), day(2026, 11, 7))),
    );
    items.extend((90..150).map(|n| month_long(n, Category::Internkontroll, u32::try_from(n % 12).unwrap() + 1)));
    let wheel = layout(&items, 2026, Zoom::Year, today());
    check(&items, &wheel);
    let gathered = wheel.marks.iter().find(|m| m.items.len() >= 50).unwrap();
    assert!(gathered.r > wheel.mark_radius, "a count needs room to be read");
    let items: Vec<Item> = items.into_iter().take(50).collect();
    let month = layout(&items, 2026, Zoom::Month(11), today());
    check(&items, &month);
    assert_eq!(month.marks.len(), 50);
}

#[test]
fn weekly_controls_stand_in_order_in_every_ring() {
    let weekly = |category: Category, from: u128| {
        crate::recurrence::weeks(2026).into_iter().zip(from..).map(move |(w, n)| item(n, category, w.start, w.due))
    };
    let items: Vec<Item> = Category::ALL.into_iter().zip(0..).flat_map(|(c, n)| weekly(c, n * 100)).collect();
    let wheel = layout(&items, 2026, Zoom::Year, today());
    check(&items, &wheel);
    assert!(wheel.marks.iter().all(|m| m.items.len() == 1), "seven rings of weekly controls fit");
}

#[test]
fn a_single_ring_does_not_fill_the_wheel() {
    let items = [month_long(1, Category::Mote, 3)];
    let wheel = layout(&items, 2026, Zoom::Year, today());
    check(&items, &wheel);
    assert!(wheel.bands[0].outer - wheel.bands[0].inner < 100.0);
    assert_eq!(
        layout(&[], 2026, Zoom::Year, today()).bands.len(),
        Category::ALL.len(),
        "an empty year still shows its rings"
    );
}

#[test]
fn january_begins_at_twelve_and_time_goes_clockwise() {
    let items = [
        item(1, Category::Mote, day(2026, 1, 10), day(2026, 1, 10)),
        item(2, Category::Mote, day(2026, 4, 1), day(2026, 4, 1)),
        item(3, Category::Mote, day(2026, 10, 20), day(2026, 10, 20)),
    ];
    let wheel = layout(&items, 2026, Zoom::Year, today());
    let [january, april, october] = &wheel.marks[..] else { panic!("three marks") };
    assert!(january.x > 500.0 && january.y < 200.0);
    assert!(april.x > 500.0 && april.y > 500.0, "April begins at three o'clock");
    assert!(october.x < 500.0 && october.y < 500.0);
    assert!((wheel.pointer.unwrap() - 322.5).abs() < 0.01);
    assert!(wheel.sectors[10].current && wheel.sectors.iter().filter(|s| s.current).count() == 1);
    let strong: Vec<_> = wheel.sectors.iter().filter(|s| s.strong).map(|s| s.label.as_str()).collect();
    assert_eq!(strong, ["januari", "maj", "september"]);
    assert_eq!(layout(&items, 2025, Zoom::Year, today()).pointer, None);
}

#[test]
fn controls_of_a_month_are_spread_and_things_with_a_date_stay_at_it() {
    let items = [
        month_long(1, Category::Egenkontroll, 7),
        month_long(2, Category::Egenkontroll, 7),
        item(3, Category::Mote, day(2026, 7, 16), day(2026, 7, 16)),
    ];
    let wheel = layout(&items, 2026, Zoom::Year, today());
    let angles: Vec<f64> = wheel.marks.iter().map(|m| (m.angle * 10.0).round() / 10.0).collect();
    assert_eq!(angles, [187.5, 195.0, 202.5]);
}

#[test]
fn a_period_ends_in_its_mark_and_is_cut_where_the_view_ends() {
    let items = [
        item(1, Category::Rapport, day(2026, 4, 12), day(2026, 5, 20)),
        item(2, Category::Rapport, day(2026, 5, 1), day(2026, 5, 30)),
        item(3, Category::Mote, day(2026, 4, 1), day(2026, 4, 5)),
        month_long(4, Category::Egenkontroll, 5),
    ];
    let year = layout(&items, 2026, Zoom::Year, today());
    check(&items, &year);
    assert_eq!(year.periods.len(), 2, "short ones and controls are not arcs");
    assert!((year.periods[0].radius - year.periods[1].radius).abs() > 10.0, "those that overlap lie side by side");
    let april = layout(&items, 2026, Zoom::Month(4), today());
    check(&items, &april);
    assert_eq!(april.periods.len(), 1);
    assert!(april.periods[0].end > 340.0 && !april.periods[0].has_mark);
}

#[test]
fn in_a_month_what_has_no_day_stands_under_the_month_and_the_rest_on_its_day() {
    let mut items: Vec<Item> = (0..3).map(|n| month_long(n, Category::Egenkontroll, 11)).collect();
    items.push(item(10, Category::Egenkontroll, day(2026, 11, 17), day(2026, 11, 17)));
    items.push(item(11, Category::Mote, day(2026, 11, 15), day(2026, 11, 15)));
    let wheel = layout(&items, 2026, Zoom::Month(11), today());
    check(&items, &wheel);
    let under = &wheel.sectors[0];
    assert_eq!((under.label.as_str(), wheel.sectors.len()), ("Under månaden", 31));
    let sector_of = |mark: &Mark| {
        wheel.sectors.iter().find(|s| s.start <= mark.angle && mark.angle < s.end).map_or("", |s| s.label.as_str())
    };
    for mark in &wheel.marks {
        let expected = match mark.items[0] {
            3 => "17",
            4 => "15",
            _ => "Under månaden",
        };
        assert_eq!(sector_of(mark), expected);
    }
    let dated = layout(&items[3..], 2026, Zoom::Month(11), today());
    assert_eq!(dated.sectors.len(), 30, "a month where everything has its day has no such piece");
    let mut december = items[..3].to_vec();
    december.push(item(12, Category::Mote, day(2026, 12, 1), day(2026, 12, 1)));
    assert!(!layout(&december, 2026, Zoom::Year, today()).sectors.iter().any(|s| s.under), "nor has the year");
}

#[test]
fn the_layout_does_not_depend_on_the_order_of_the_items() {
    let items = hundred_with_ten_in_one_month();
    let mut reversed = items.clone();
    reversed.reverse();
    let places = |items: &[Item]| -> Vec<(String, String)> {
        let wheel = layout(items, 2026, Zoom::Year, today());
        let mut out: Vec<_> =
            wheel.marks.iter().map(|m| (items[m.items[0]].title.clone(), format!("{:.3} {:.3}", m.x, m.y))).collect();
        out.sort();
        out
    };
    assert_eq!(places(&items), places(&reversed));
}

#[test]
fn a_filter_is_what_its_url_says() {
    let group = Responsible::Grupp(GruppId(Uuid::from_u128(8)));
    let pairs = [
        ("kategori", "egenkontroll,mote"),
        ("ansvarig", &group.code()),
        ("ansvarig", "mina"),
        ("status", "forsenad"),
        ("status", "ej_utford"),
        ("sok", "år & ärende"),
    ];
    let filter = Filter {
        categories: vec![Category::Egenkontroll, Category::Mote],
        person: Some(group),
        mine: true,
        status: vec![Status::Forsenad, Status::EjUtford],
        text: "år & ärende".into(),
    };
    assert_eq!(Filter::from_query(&pairs.map(|(k, v)| (k.to_owned(), v.to_owned()))), filter);
    assert!(filter.is_active());
    assert_eq!(Filter::from_query(&[]), Filter::default());
    assert!(!Filter::default().is_active());
}

#[test]
fn a_list_with_commas_is_read_and_nonsense_left_out() {
    let pair = |k: &str, v: &str| (k.to_owned(), v.to_owned());
    let pairs =
        [pair("kategori", "mote, rapport,kaffe"), pair("ansvarig", ""), pair("status", "forsenad"), pair("x", "1")];
    let filter = Filter::from_query(&pairs);
    assert_eq!(filter.categories, [Category::Rapport, Category::Mote]);
    assert_eq!((filter.person, filter.mine), (None, false));
    assert_eq!(Filter::from_query(&[pair("ansvarig", "ingen")]).person, Some(Responsible::Nobody));
    assert_eq!(filter.toggled(Category::Mote).categories, [Category::Rapport]);
}

#[test]
fn a_filter_shows_what_matches_all_of_it() {
    let october = month_long(1, Category::Egenkontroll, 10);
    let matches = |filter: Filter| filter.matches(&october, today());
    assert!(matches(Filter::default()));
    assert!(matches(Filter { status: vec![Status::Forsenad], ..Filter::default() }));
    assert!(!matches(Filter { status: vec![Status::Utford], ..Filter::default() }));
    assert!(!matches(Filter { mine: true, ..Filter::default() }));
    assert!(matches(Filter { text: "SAK enhetschef".into(), ..Filter::default() }));
    assert!(!matches(Filter { text: "controller".into(), ..Filter::default() }));
    assert!(!matches(Filter { person: Some(Responsible::Nobody), ..Filter::default() }));
}

#[test]
fn zoom_goes_on_over_the_turn_of_the_year() {
    assert_eq!(Zoom::from_code("t2"), Zoom::Tertial(2));
    assert_eq!(Zoom::from_code("12"), Zoom::Month(12));
    for wrong in ["ar", "", "t4", "13", "0", "tertial"] {
        assert_eq!(Zoom::from_code(wrong), Zoom::Year, "{wrong}");
    }
    assert_eq!(Zoom::Month(1).previous(2026), (2025, Zoom::Month(12)));
    assert_eq!(Zoom::Tertial(3).next(2026), (2027, Zoom::Tertial(1)));
    assert_eq!(Zoom::Tertial(2).range(2026), (day(2026, 5, 1), day(2026, 8, 31)));
    assert_eq!(Zoom::Month(2).label(2026), "Februari 2026");
}

prop_compose! {
    fn any_item()(n in 0u128..100_000, category in 0usize..6, from in 0u64..364, length in 0u64..60, kind in 0u8..4) -> Item {
        let category = Category::ALL[category];
        let start = day(2026, 1, 1) + chrono::Days::new(from);
        match kind {
            0 | 1 => month_long(n, category, start.month()),
            2 => item(n, category, start, start),
            _ => item(n, category, start, start + chrono::Days::new(length)),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_year_keeps_its_promises(items in prop::collection::vec(any_item(), 0..160), zoom in 0usize..16) {
        let zoom = match zoom {
            0 => Zoom::Year,
            1..=3 => Zoom::Tertial(u32::try_from(zoom).unwrap()),
            _ => Zoom::Month(u32::try_from(zoom - 3).unwrap()),
        };
        let wheel = layout(&items, 2026, zoom, today());
        check(&items, &wheel);
        prop_assert_eq!(&wheel, &layout(&items, 2026, zoom, today()));
    }

    #[test]
    fn a_crowded_month_keeps_its_promises(
        counts in prop::collection::vec(0usize..40, 6), dated in any::<bool>(), month in 1u32..=12, zoomed in any::<bool>()
    ) {
        let mut items = Vec::new();
        for (category, count) in std::iter::zip(Category::ALL, counts) {
            for n in 0..count {
                let date = day(2026, month, u32::try_from(n * 5 % 28).unwrap() + 1);
                let id = items.len() as u128;
                items.push(if dated { item(id, category, date, date) } else { month_long(id, category, month) });
                items.push(month_long(id + 10_000, category, (month + u32::try_from(n % 3).unwrap()) % 12 + 1));
            }
        }
        let zoom = if zoomed { Zoom::Month(month) } else { Zoom::Year };
        check(&items, &layout(&items, 2026, zoom, today()));
    }
}

#[test]
fn the_drawing_of_the_wheel_stays_within_its_square_and_says_how_the_year_stands() {
    use crate::drawing::paper::{Curve, Piece, curves};
    let items = hundred_with_ten_in_one_month();
    for zoom in [Zoom::Year, Zoom::Tertial(3), Zoom::Month(11)] {
        let wheel = layout(&items, 2026, zoom, today());
        let drawing = super::picture::wheel(&items, &wheel, today(), None);
        assert!(drawing.alt.contains("2026") && drawing.alt.ends_with(&wheel.counts.sentence()), "{}", drawing.alt);
        assert!(!drawing.has_links(), "nobody can follow a link on paper");
        let sheet = drawing.on_paper(0.0);
        // the pointer of today stands on the rim
        let inside = -8.0..=super::layout::SIZE + 8.0;
        for piece in &sheet.pieces {
            match piece {
                Piece::Path { steps, .. } => {
                    for curve in curves(steps) {
                        let (Curve::Move(at) | Curve::Line(at) | Curve::Cubic(_, _, at)) = curve else { continue };
                        assert!(inside.contains(&at.0) && inside.contains(&at.1), "{at:?}");
                    }
                }
                Piece::Text { at, turned, .. } => {
                    assert!(inside.contains(&at.0) && inside.contains(&at.1), "{at:?}");
                    assert!((-90.0..=90.0).contains(turned), "it stands on its head");
                }
            }
        }
        let named = super::picture::wheel(&items, &wheel, today(), Some(""));
        assert!(named.has_links());
    }
}
