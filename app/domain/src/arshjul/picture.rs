//! The wheel as a drawing: what the layout has placed, as strokes. One list for the page, the slides and the sheet on the
//! wall.

use chrono::{Datelike, NaiveDate};

use super::{
    Zoom,
    layout::{LABELS, Mark as Placed, RIM, RINGS_INNER, RINGS_OUTER, SIZE, Sector, Wheel, point},
};
use crate::{
    drawing::{
        Anchor, At, Bend, Drawing, Group, Ink, Link, Mark, Stamp, Step, Text, Width, circle, closed, line,
        mark::{halo, shape, shape_of_many, tone},
        path, text, through,
    },
    format,
    occurrence::{Item, Status},
};

const CENTRE: f64 = SIZE / 2.0;
const MIDDLE: At = At::new(CENTRE, CENTRE);
const ORIGIN: At = At::new(0.0, 0.0);
/// From the middle of the label band to the line that the letters stand on.
const BASELINE: f64 = 7.0;

/// The wheel. `layout` is that of `items`; `base_query` is what links within the årshjul keep, without `zoom`. None where
/// nobody can follow a link: then nothing in it leads anywhere and it holds no id of what it shows.
#[must_use]
pub fn wheel(items: &[Item], layout: &Wheel, today: NaiveDate, base_query: Option<&str>) -> Drawing {
    let label = format!("Årshjul {}: {}", layout.zoom.label(layout.year), layout.counts.sentence());
    let mut drawing = Drawing::new("wheel", Width::Fixed(SIZE), SIZE, label);
    drawing.stamps = stamps(layout);
    let of = Of { items, layout, today, base_query };
    let mut out = vec![];
    of.rings(&mut out);
    of.spokes(&mut out);
    of.periods(&mut out);
    of.labels(&mut out);
    of.pointer(&mut out);
    out.push(of.hub());
    let units = items.iter().any(|i| i.occurrence.node != items[0].occurrence.node);
    let marks = layout.marks.iter().map(|mark| {
        let ring = layout.bands.iter().position(|b| b.category == mark.category).unwrap_or(0);
        match mark.items[..] {
            [one] => of.single(mark, ring, &items[one], units),
            _ => of.gathered(mark, ring),
        }
    });
    out.push(Mark::Group(Group { class: "wheel-marks".into(), marks: marks.collect(), ..Group::default() }));
    drawing.marks = out;
    drawing
}

/// How large the names of months are where they are read from the back of a room.
const FAR: f64 = 40.0;

/// The wheel as a slide shows it: of its words those that are read from the back of the room. The others stand beside it, and
/// how many a mark stands for is told where it can be opened. `style/slide.css` says the same to the screen.
#[must_use]
pub fn for_room(mut drawing: Drawing) -> Drawing {
    fn of(marks: Vec<Mark>) -> Vec<Mark> {
        marks
            .into_iter()
            .filter_map(|mark| match mark {
                Mark::Text(Text { ink: Ink::Today | Ink::Count | Ink::Many(_), .. }) => None,
                Mark::Text(text) if matches!(text.ink, Ink::Month(_) | Ink::Under) => {
                    Some(Mark::Text(Text { size: Some(FAR), ..text }))
                }
                Mark::Group(group) => Some(Mark::Group(Group { marks: of(group.marks), ..group })),
                other => Some(other),
            })
            .collect()
    }
    drawing.marks = of(drawing.marks);
    drawing
}

/// How large the wheel is in minutes: as much of it is read there as is worth half a page.
const IN_MINUTES: f64 = 460.0;

/// The wheel as it is kept in minutes: smaller, and nothing of it leads anywhere.
#[must_use]
pub fn for_minutes(drawing: Drawing) -> Drawing {
    let drawing = drawing.still();
    let placed = Some((ORIGIN, IN_MINUTES / SIZE));
    let whole = Mark::Group(Group { placed, marks: drawing.marks, ..Group::default() });
    Drawing { width: Width::Fixed(IN_MINUTES), height: IN_MINUTES, marks: vec![whole], ..drawing }
}

/// The shapes that the marks use, one for each status.
fn stamps(layout: &Wheel) -> Vec<Stamp> {
    let stamp = |status: Status| Stamp {
        id: format!("hjul-{}", status.code()),
        scale: layout.mark_radius / 10.0,
        marks: std::iter::once(halo(status)).chain(shape(status)).collect(),
    };
    Status::ALL.into_iter().map(stamp).collect()
}

fn at((x, y): (f64, f64)) -> At {
    At::new(x, y)
}

/// The piece of a ring that a sector cuts out.
fn ring_piece(sector: &Sector, inner: f64, outer: f64) -> Vec<Step> {
    let large = sector.end - sector.start > 180.0;
    let (a, b) = (point(sector.start, outer), point(sector.end, outer));
    let (c, d) = (point(sector.end, inner), point(sector.start, inner));
    vec![
        Step::Move(a.0, a.1),
        Step::Arc { radius: outer, large, clockwise: true, to: b },
        Step::Line(c.0, c.1),
        Step::Arc { radius: inner, large, clockwise: false, to: d },
        Step::Close,
    ]
}

/// What is said of one item: the line in small letters, its parts with ` · ` between.
fn detail(item: &Item, today: NaiveDate, with_unit: bool) -> String {
    let mut parts = vec![item.category.label().to_lowercase()];
    if let Some(level) = item.level {
        parts.push(level.label().to_lowercase());
    }
    parts.push(item.occurrence.when().label());
    parts.push(item.status_and_day(today).to_lowercase());
    parts.extend([&item.responsible_label, &item.figures_label()].into_iter().filter(|text| !text.is_empty()).cloned());
    if with_unit {
        parts.push(item.node_name.clone());
    }
    parts.join(" · ")
}

struct Of<'a> {
    items: &'a [Item],
    layout: &'a Wheel,
    today: NaiveDate,
    base_query: Option<&'a str>,
}

impl Of<'_> {
    /// A link within the årshjul; none where nobody can follow it.
    fn href(&self, zoom: Zoom, more: &str) -> String {
        let Some(base) = self.base_query else { return String::new() };
        let glue = if base.is_empty() { "" } else { "&" };
        format!("/arshjul?{base}{glue}zoom={}{more}", zoom.code())
    }

    fn link(&self, href: impl FnOnce() -> String, label: impl FnOnce() -> String) -> Link {
        if self.base_query.is_none() {
            return Link::default();
        }
        Link { href: href(), label: label(), ..Link::default() }
    }

    fn inner(&self) -> f64 {
        self.layout.bands.first().map_or(RINGS_INNER, |b| b.inner)
    }

    fn rings(&self, out: &mut Vec<Mark>) {
        out.push(circle(Ink::Rim, MIDDLE, RIM));
        for band in &self.layout.bands {
            let width = Some(band.outer - band.inner);
            out.push(Mark::Circle { ink: Ink::Ring(band.category), at: MIDDLE, r: band.mid(), width });
        }
        for sector in self.layout.sectors.iter().filter(|s| s.current) {
            out.push(path(Ink::Current, ORIGIN, ring_piece(sector, self.inner() - 5.0, RIM)));
        }
        out.push(circle(Ink::Spoke(false), MIDDLE, RINGS_OUTER + 4.0));
    }

    fn spokes(&self, out: &mut Vec<Mark>) {
        let inner = self.inner() - 5.0;
        for strong in [false, true] {
            let sectors = self.layout.sectors.iter().filter(|s| s.strong == strong);
            let steps = sectors.flat_map(|s| through(&[point(s.start, inner), point(s.start, RIM)])).collect();
            out.push(path(Ink::Spoke(strong), ORIGIN, steps));
        }
    }

    fn periods(&self, out: &mut Vec<Mark>) {
        for period in &self.layout.periods {
            let (from, to) = (point(period.start, period.radius), point(period.end, period.radius));
            let large = period.end - period.start > 180.0;
            let arc = Step::Arc { radius: period.radius, large, clockwise: true, to };
            let steps = vec![Step::Move(from.0, from.1), arc];
            let stroke = Mark::Path { ink: Ink::Period(period.category), at: ORIGIN, steps, width: Some(period.width) };
            let item = &self.items[period.item];
            let name = || format!("{}, {}", item.title, detail(item, self.today, false).replace(" · ", ", "));
            // what has no mark here is opened by its arc
            let link = (!period.has_mark).then(|| self.link(|| item.href(), name));
            let title = item.title.clone();
            out.push(Mark::Group(Group { title, link, marks: vec![stroke], ..Group::default() }));
        }
    }

    fn labels(&self, out: &mut Vec<Mark>) {
        for sector in &self.layout.sectors {
            let (current, label) = (sector.current, sector.label.clone());
            let middle = f64::midpoint(sector.start, sector.end);
            if sector.month.is_none() && !sector.under {
                let (x, y) = point(middle, LABELS);
                let ink = Ink::Day { current, weekend: sector.weekend };
                out.push(text(ink, At::new(x, y + BASELINE), Anchor::Middle, label));
                continue;
            }
            let (radius, from, to) = if sector.flipped {
                (LABELS + BASELINE, sector.end, sector.start)
            } else {
                (LABELS - BASELINE, sector.start, sector.end)
            };
            let bend = Bend { from: point(from, radius), to: point(to, radius), radius, clockwise: !sector.flipped };
            let ink = if sector.under { Ink::Under } else { Ink::Month(current) };
            let words = Mark::Text(Text {
                ink,
                at: at(point(middle, radius)),
                words: label.clone(),
                anchor: Anchor::Middle,
                size: None,
                turned: sector.rotation,
                bend: Some(bend),
            });
            let Some(month) = sector.month else {
                out.push(words);
                continue;
            };
            let piece = path(Ink::MonthPiece, ORIGIN, ring_piece(sector, RINGS_OUTER + 4.0, RIM));
            let class = if current { "wheel-month is-current" } else { "wheel-month" };
            let leads = self.link(|| self.href(Zoom::Month(month), ""), || format!("Visa {label}"));
            let group = Group { class: class.into(), link: Some(leads), ..Group::default() };
            out.push(Mark::Group(Group { marks: vec![piece, words], ..group }));
        }
    }

    fn pointer(&self, out: &mut Vec<Mark>) {
        let Some(angle) = self.layout.pointer else { return };
        let inner = self.inner() - 12.0;
        let corners = [point(angle, RIM - 5.0), point(angle - 0.9, RIM + 13.0), point(angle + 0.9, RIM + 13.0)];
        // the line rests where the name of the month stands
        let marks = vec![
            line(Ink::Pointer, at(point(angle, inner)), at(point(angle, RINGS_OUTER + 4.0))),
            circle(Ink::Pointer, at(point(angle, inner)), 6.0),
            path(Ink::Pointer, ORIGIN, closed(&corners)),
        ];
        out.push(Mark::Group(Group { class: "wheel-pointer".into(), marks, ..Group::default() }));
    }

    fn hub(&self) -> Mark {
        // few rings leave a larger hub, and the text takes it
        let scale = (self.inner() / RINGS_INNER * 0.78).clamp(1.0, 1.6);
        let shift = CENTRE * (1.0 - scale);
        let mut marks = vec![];
        let mut say = |ink, y, words: &str| marks.push(text(ink, At::new(CENTRE, y), Anchor::Middle, words));
        let has_today = self.today.year() == self.layout.year;
        let (date, year) = (format::weekday_date(self.today), self.layout.year.to_string());
        let bar = match self.layout.zoom {
            Zoom::Year => {
                say(Ink::Year, if has_today { 488.0 } else { 506.0 }, &year);
                if has_today {
                    say(Ink::Today, 526.0, &date);
                }
                550.0
            }
            zoom => {
                say(Ink::Small, 424.0, &year);
                let name = match zoom {
                    Zoom::Month(month) => format::capitalised(format::month_name(month)),
                    _ => zoom.label(self.layout.year).trim_end_matches(&year).trim().to_owned(),
                };
                say(Ink::Name, 478.0, &name);
                if has_today {
                    say(Ink::Today, 514.0, &date);
                }
                536.0
            }
        };
        say(Ink::Count, bar + 42.0, &self.layout.counts.sentence());
        marks.push(self.bar(bar));
        if self.layout.zoom != Zoom::Year && self.base_query.is_some() {
            let link = self.link(|| self.href(Zoom::Year, ""), String::new);
            let words = text(Ink::Back, At::new(CENTRE, bar + 80.0), Anchor::Middle, "Visa hela året");
            let class = "wheel-back".into();
            marks.push(Mark::Group(Group { class, link: Some(link), marks: vec![words], ..Group::default() }));
        }
        Mark::Group(Group { placed: Some((At::new(shift, shift), scale)), marks, ..Group::default() })
    }

    /// How much is done. It stands in words under it.
    fn bar(&self, top: f64) -> Mark {
        #[allow(clippy::cast_precision_loss)] // a few hundred items
        let share = self.layout.counts.done as f64 / self.layout.counts.total.max(1) as f64;
        let (left, width, height) = (CENTRE - 96.0, 192.0, 12.0);
        let rect = |ink, width: f64| Mark::Rect {
            ink,
            from: At::new(left, top),
            to: At::new(left + width, top + height),
            round: 6.0,
        };
        let mut marks = vec![rect(Ink::HubBar, width)];
        if share > 0.0 {
            // never so short that it is no longer round
            marks.push(rect(Ink::HubDone, (width * share).max(height)));
        }
        Mark::Group(Group { silent: true, marks, ..Group::default() })
    }

    /// A mark with its class, its target and what a pointer is told.
    fn mark(mark: &Placed, class: &str, link: Link, title: String, mut marks: Vec<Mark>) -> Mark {
        let class = format!("{class} cat-{} st-{}", mark.category.code(), mark.status.code());
        marks.insert(0, circle(Ink::Hit, At::new(mark.x, mark.y), mark.hit));
        Mark::Group(Group { class: class.into(), title, link: Some(link), marks, ..Group::default() })
    }

    fn single(&self, mark: &Placed, ring: usize, item: &Item, units: bool) -> Mark {
        let detail = detail(item, self.today, units);
        let name = || format!("{}, {}", item.title, detail.replace(" · ", ", "));
        let mut link = self.link(|| item.href(), name);
        link.tip = Some((ring, item.title.clone(), format::capitalised(&detail)));
        // one month by itself has no other to move to
        let other_months = self.base_query.is_some() && !matches!(self.layout.zoom, Zoom::Month(_));
        if other_months && item.can_be_moved() {
            let o = &item.occurrence;
            link.moves = format!("{} {} {}", o.id, o.version, o.month());
        }
        let stamp = Status::ALL.into_iter().position(|s| s == mark.status).unwrap_or(0);
        let shape = Mark::Stamp { stamp, at: At::new(mark.x, mark.y), tone: tone(mark.status, mark.category) };
        Self::mark(mark, "mark", link, item.title.clone(), vec![shape])
    }

    fn gathered(&self, mark: &Placed, ring: usize) -> Mark {
        let count = mark.items.len();
        let title = format!("{count} i {}", format::month_name(mark.month));
        let of_status = |s: Status| mark.items.iter().filter(|&&i| self.items[i].status(self.today) == s).count();
        let statuses = Status::ALL.into_iter().map(|s| (s, of_status(s))).filter(|(_, n)| *n > 0);
        let detail: Vec<String> = statuses.map(|(s, n)| format!("{n} {}", in_number(s, n))).collect();
        let detail = format!("{} · {}", mark.category.label(), detail.join(" · "));
        // within a month there is nothing further in: the list holds any number
        let href = || match self.layout.zoom {
            Zoom::Month(_) => self.href(self.layout.zoom, "&vy=lista"),
            _ => self.href(Zoom::Month(mark.month), ""),
        };
        let mut link = self.link(href, || format!("{title}, {}. Visa dem", detail.replace(" · ", ", ")));
        link.tip = Some((ring, title.clone(), detail));
        // the middle of a triangle lies low
        let (low, size) = if mark.status == Status::Avvikelse { (0.62, 0.9) } else { (0.36, 1.04) };
        let shape = Mark::Group(Group {
            placed: Some((At::new(mark.x, mark.y), mark.r / 10.0)),
            tone: Some(tone(mark.status, mark.category)),
            marks: shape_of_many(mark.status),
            ..Group::default()
        });
        let filled = matches!(mark.status, Status::Utford | Status::Forsenad | Status::Avvikelse);
        let number = Mark::Text(Text {
            ink: Ink::Many(filled),
            at: At::new(mark.x, mark.y + mark.r * low),
            words: count.to_string(),
            anchor: Anchor::Middle,
            size: Some(mark.r * size * if count > 99 { 0.75 } else { 1.0 }),
            turned: 0.0,
            bend: None,
        });
        Self::mark(mark, "mark mark-many", link, title, vec![shape, number])
    }
}

/// A status as said of so many.
fn in_number(status: Status, count: usize) -> &'static str {
    match (status, count) {
        (Status::Forsenad, 1) => "försenad",
        (Status::Forsenad, _) => "försenade",
        (Status::Pagar, _) => "att göra nu",
        (Status::Planerad, 1) => "planerad",
        (Status::Planerad, _) => "planerade",
        (Status::Avvikelse, 1) => "utförd med avvikelse",
        (Status::Avvikelse, _) => "utförda med avvikelse",
        (Status::EjUtford, 1) => "ej utförd",
        (Status::EjUtford, _) => "ej utförda",
        (Status::Utford, 1) => "utförd",
        (Status::Utford, _) => "utförda",
    }
}
