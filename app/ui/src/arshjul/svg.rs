//! The wheel as SVG text, complete on the server. Plain strings instead of views: three hundred marks render in about a
//! millisecond, and nothing of them has to be woken in the browser. Every text from the data passes `escaped`.
//! No `style` attributes: the content security policy forbids them; colours come from `wheel.css`.

use chrono::{Datelike, NaiveDate};
use domain::{
    arshjul::{
        Zoom,
        layout::{LABELS, Mark, RIM, RINGS_INNER, RINGS_OUTER, SIZE, Sector, Wheel, point},
    },
    format,
    occurrence::{Item, Status},
};

use crate::components::{
    html::{escaped, put},
    status_mark::{shape, shape_of_many},
};

const CENTRE: f64 = SIZE / 2.0;
/// From the middle of the label band to the line that the letters stand on.
const BASELINE: f64 = 7.0;

/// The whole `<svg>`. `layout` is that of `items`; `base_query` is what links within the årshjul keep, without `zoom`.
pub fn wheel(items: &[Item], layout: &Wheel, today: NaiveDate, base_query: &str) -> String {
    let mut out = String::with_capacity(12_000 + layout.marks.len() * 520);
    let label = format!("Årshjul {}: {}", layout.zoom.label(layout.year), layout.counts.sentence());
    put(&mut out, format_args!(r#"<svg class="wheel" viewBox="0 0 {SIZE} {SIZE}" role="group" aria-label="{label}">"#));
    definitions(&mut out, layout);
    rings(&mut out, layout);
    lines(&mut out, layout);
    periods(&mut out, items, layout, today);
    labels(&mut out, layout, base_query);
    pointer(&mut out, layout);
    hub(&mut out, layout, today, base_query);
    out.push_str(r#"<g class="wheel-marks">"#);
    let units = items.iter().any(|i| i.occurrence.node != items[0].occurrence.node);
    for mark in &layout.marks {
        let ring = layout.bands.iter().position(|b| b.category == mark.category).unwrap_or(0);
        match mark.items[..] {
            [one] => single(&mut out, mark, ring, &Words::of(&items[one], today, units)),
            _ => gathered(&mut out, mark, ring, items, layout, today, base_query),
        }
    }
    out.push_str("</g></svg>");
    out
}

/// As [`wheel`], for a screen that nobody touches: nothing in it leads anywhere, so it holds no id of what it shows.
pub fn still(items: &[Item], layout: &Wheel, today: NaiveDate) -> String {
    let wheel = wheel(items, layout, today, "");
    let mut out = String::with_capacity(wheel.len());
    let mut rest = wheel.as_str();
    // a text has no quotation mark of its own, and what the drawing refers to within itself begins with #
    while let Some((before, link)) = rest.split_once(r#" href="/"#) {
        out.push_str(before);
        rest = link.split_once('"').map_or("", |(_, after)| after);
        // what is no link has no name of a link; its title stays
        if let Some(named) = rest.strip_prefix(r#" aria-label=""#) {
            rest = named.split_once('"').map_or("", |(_, after)| after);
        }
    }
    out.push_str(rest);
    out
}

/// What is said of one item.
struct Words<'a> {
    href: String,
    title: &'a str,
    /// The line in small letters: its parts with ` · ` between.
    detail: String,
}

impl<'a> Words<'a> {
    fn of(item: &'a Item, today: NaiveDate, with_unit: bool) -> Self {
        let mut parts = vec![item.category.label().to_lowercase()];
        if let Some(level) = item.level {
            parts.push(level.label().to_lowercase());
        }
        parts.push(item.occurrence.when().label());
        parts.push(item.status_and_day(today).to_lowercase());
        parts.extend(
            [&item.responsible_label, &item.figures_label()].into_iter().filter(|text| !text.is_empty()).cloned(),
        );
        if with_unit {
            parts.push(item.node_name.clone());
        }
        Self { href: item.href(), title: &item.title, detail: parts.join(" · ") }
    }
}

/// Shapes that the marks use, and the lines that the names of the months follow.
fn definitions(out: &mut String, layout: &Wheel) {
    out.push_str("<defs>");
    let scale = layout.mark_radius / 10.0;
    for status in Status::ALL {
        let halo = match status {
            Status::Forsenad => r#"<path class="sm-halo" d="M0-9.3 9.3 0 0 9.3-9.3 0z"/>"#,
            Status::Avvikelse => r#"<path class="sm-halo" d="M0-8 9 7.4H-9z"/>"#,
            _ => r#"<circle class="sm-halo" r="9.3"/>"#,
        };
        let (code, shape) = (status.code(), shape(status));
        put(out, format_args!(r#"<g id="hjul-{code}" transform="scale({scale:.3})">{halo}{shape}</g>"#));
    }
    for (i, sector) in layout.sectors.iter().enumerate().filter(|(_, s)| s.month.is_some() || s.under) {
        let (radius, from, to, sweep) = if sector.flipped {
            (LABELS + BASELINE, sector.end, sector.start, 0)
        } else {
            (LABELS - BASELINE, sector.start, sector.end, 1)
        };
        let ((x1, y1), (x2, y2)) = (point(from, radius), point(to, radius));
        put(
            out,
            format_args!(
                r#"<path id="hjul-m{i}" d="M{x1:.1} {y1:.1}A{radius} {radius} 0 0 {sweep} {x2:.1} {y2:.1}"/>"#
            ),
        );
    }
    out.push_str("</defs>");
}

fn rings(out: &mut String, layout: &Wheel) {
    put(out, format_args!(r#"<circle class="wheel-rim" cx="{CENTRE}" cy="{CENTRE}" r="{RIM}"/>"#));
    for band in &layout.bands {
        put(
            out,
            format_args!(
                r#"<circle class="wheel-ring cat-{}" cx="{CENTRE}" cy="{CENTRE}" r="{:.1}" stroke-width="{:.1}"/>"#,
                band.category.code(),
                band.mid(),
                band.outer - band.inner
            ),
        );
    }
    let inner = layout.bands.first().map_or(RINGS_INNER, |b| b.inner);
    for sector in layout.sectors.iter().filter(|s| s.current) {
        put(out, format_args!(r#"<path class="wheel-current" d="{}"/>"#, ring_piece(sector, inner - 5.0, RIM)));
    }
    put(out, format_args!(r#"<circle class="wheel-line" cx="{CENTRE}" cy="{CENTRE}" r="{:.1}"/>"#, RINGS_OUTER + 4.0));
}

/// The piece of a ring that a sector cuts out, as path data.
fn ring_piece(sector: &Sector, inner: f64, outer: f64) -> String {
    let large = u8::from(sector.end - sector.start > 180.0);
    let ((ax, ay), (bx, by)) = (point(sector.start, outer), point(sector.end, outer));
    let ((cx, cy), (dx, dy)) = (point(sector.end, inner), point(sector.start, inner));
    format!(
        "M{ax:.1} {ay:.1}A{outer} {outer} 0 {large} 1 {bx:.1} {by:.1}L{cx:.1} {cy:.1}A{inner:.1} {inner:.1} 0 {large} 0 {dx:.1} {dy:.1}z"
    )
}

fn lines(out: &mut String, layout: &Wheel) {
    let inner = layout.bands.first().map_or(RINGS_INNER, |b| b.inner) - 5.0;
    for strong in [false, true] {
        let mut path = String::new();
        for sector in layout.sectors.iter().filter(|s| s.strong == strong) {
            let ((x1, y1), (x2, y2)) = (point(sector.start, inner), point(sector.start, RIM));
            put(&mut path, format_args!("M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}"));
        }
        let class = if strong { "wheel-line wheel-line-strong" } else { "wheel-line" };
        put(out, format_args!(r#"<path class="{class}" d="{path}"/>"#));
    }
}

fn periods(out: &mut String, items: &[Item], layout: &Wheel, today: NaiveDate) {
    for period in &layout.periods {
        let ((x1, y1), (x2, y2)) = (point(period.start, period.radius), point(period.end, period.radius));
        let large = u8::from(period.end - period.start > 180.0);
        let (category, radius, width) = (period.category.code(), period.radius, period.width);
        let words = Words::of(&items[period.item], today, false);
        // what has no mark here is opened by its arc
        if !period.has_mark {
            put(
                out,
                format_args!(
                    r#"<a href="{}" aria-label="{}, {}">"#,
                    words.href,
                    escaped(words.title),
                    escaped(&words.detail.replace(" · ", ", "))
                ),
            );
        }
        put(
            out,
            format_args!(
                r#"<path class="wheel-period cat-{category}" stroke-width="{width:.1}" d="M{x1:.1} {y1:.1}A{radius:.1} {radius:.1} 0 {large} 1 {x2:.1} {y2:.1}"><title>{}</title></path>"#,
                escaped(words.title)
            ),
        );
        if !period.has_mark {
            out.push_str("</a>");
        }
    }
}

fn labels(out: &mut String, layout: &Wheel, base_query: &str) {
    for (i, sector) in layout.sectors.iter().enumerate() {
        let current = if sector.current { " is-current" } else { "" };
        let label = &sector.label;
        if sector.under {
            put(
                out,
                format_args!(
                    r##"<text class="wheel-under"><textPath href="#hjul-m{i}" startOffset="50%">{label}</textPath></text>"##
                ),
            );
            continue;
        }
        let Some(month) = sector.month else {
            let (x, y) = point(f64::midpoint(sector.start, sector.end), LABELS);
            let weekend = if sector.weekend { " is-weekend" } else { "" };
            put(
                out,
                format_args!(
                    r#"<text class="wheel-day{current}{weekend}" x="{x:.1}" y="{:.1}">{label}</text>"#,
                    y + BASELINE
                ),
            );
            continue;
        };
        let piece = ring_piece(sector, RINGS_OUTER + 4.0, RIM);
        put(
            out,
            format_args!(
                r##"<a class="wheel-month{current}" href="{}" aria-label="Visa {label}"><path d="{piece}"/><text><textPath href="#hjul-m{i}" startOffset="50%">{label}</textPath></text></a>"##,
                href(base_query, Zoom::Month(month), "")
            ),
        );
    }
}

fn pointer(out: &mut String, layout: &Wheel) {
    let Some(angle) = layout.pointer else { return };
    let inner = layout.bands.first().map_or(RINGS_INNER, |b| b.inner) - 12.0;
    let ((x1, y1), (x2, y2)) = (point(angle, inner), point(angle, RINGS_OUTER + 4.0));
    let ((ax, ay), (bx, by), (cx, cy)) =
        (point(angle, RIM - 5.0), point(angle - 0.9, RIM + 13.0), point(angle + 0.9, RIM + 13.0));
    // the line rests where the name of the month stands
    put(
        out,
        format_args!(
            r#"<g class="wheel-pointer"><path d="M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}"/><circle cx="{x1:.1}" cy="{y1:.1}" r="6"/><path d="M{ax:.1} {ay:.1}L{bx:.1} {by:.1}L{cx:.1} {cy:.1}z"/></g>"#
        ),
    );
}

fn hub(out: &mut String, layout: &Wheel, today: NaiveDate, base_query: &str) {
    // few rings leave a larger hub, and the text takes it
    let scale = (layout.bands.first().map_or(RINGS_INNER, |b| b.inner) / RINGS_INNER * 0.78).clamp(1.0, 1.6);
    let shift = CENTRE * (1.0 - scale);
    put(out, format_args!(r#"<g transform="matrix({scale:.3} 0 0 {scale:.3} {shift:.1} {shift:.1})">"#));
    let mut line = |class: &str, y: f64, text: &str| {
        put(out, format_args!(r#"<text class="{class}" x="{CENTRE}" y="{y}">{text}</text>"#));
    };
    let has_today = today.year() == layout.year;
    let date = format::weekday_date(today);
    let bar = match layout.zoom {
        Zoom::Year => {
            line("wheel-year", if has_today { 488.0 } else { 506.0 }, &layout.year.to_string());
            if has_today {
                line("wheel-today", 526.0, &date);
            }
            550.0
        }
        zoom => {
            line("wheel-small", 424.0, &layout.year.to_string());
            let name = match zoom {
                Zoom::Month(month) => format::capitalised(format::month_name(month)),
                _ => zoom.label(layout.year).trim_end_matches(&layout.year.to_string()).trim().to_owned(),
            };
            line("wheel-name", 478.0, &name);
            if has_today {
                line("wheel-today", 514.0, &date);
            }
            536.0
        }
    };
    #[allow(clippy::cast_precision_loss)] // a few hundred items
    let share = layout.counts.done as f64 / layout.counts.total.max(1) as f64;
    let (left, width, height) = (CENTRE - 96.0, 192.0, 12.0);
    put(
        out,
        format_args!(
            r#"<g aria-hidden="true"><rect class="wheel-bar" x="{left}" y="{bar}" width="{width}" height="{height}" rx="6"/>"#
        ),
    );
    if share > 0.0 {
        // never so short that it is no longer round
        let done = (width * share).max(height);
        put(
            out,
            format_args!(
                r#"<rect class="wheel-bar-done" x="{left}" y="{bar}" width="{done:.1}" height="{height}" rx="6"/>"#
            ),
        );
    }
    out.push_str("</g>");
    put(
        out,
        format_args!(
            r#"<text class="wheel-count" x="{CENTRE}" y="{}">{}</text>"#,
            bar + 42.0,
            layout.counts.sentence()
        ),
    );
    if layout.zoom != Zoom::Year {
        put(
            out,
            format_args!(
                r#"<a class="wheel-back" href="{}"><text x="{CENTRE}" y="{}">Visa hela året</text></a>"#,
                href(base_query, Zoom::Year, ""),
                bar + 80.0
            ),
        );
    }
    out.push_str("</g>");
}

fn single(out: &mut String, mark: &Mark, ring: usize, words: &Words) {
    let (category, status) = (mark.category.code(), mark.status.code());
    let (x, y, hit) = (mark.x, mark.y, mark.hit);
    let (title, detail) = (escaped(words.title), format::capitalised(&words.detail));
    let detail = escaped(&detail);
    put(
        out,
        format_args!(
            r##"<a class="mark cat-{category} st-{status}" href="{}" aria-label="{title}, {}" data-ring="{ring}" data-titel="{title}" data-detalj="{detail}"><title>{title}</title><circle class="mark-hit" cx="{x:.1}" cy="{y:.1}" r="{hit:.1}"/><use href="#hjul-{status}" x="{x:.1}" y="{y:.1}"/></a>"##,
            words.href,
            escaped(&words.detail.replace(" · ", ", "))
        ),
    );
}

fn gathered(
    out: &mut String,
    mark: &Mark,
    ring: usize,
    items: &[Item],
    layout: &Wheel,
    today: NaiveDate,
    base_query: &str,
) {
    let (category, status, count) = (mark.category.code(), mark.status.code(), mark.items.len());
    let (x, y, hit) = (mark.x, mark.y, mark.hit);
    let title = format!("{count} i {}", format::month_name(mark.month));
    let of_status = |s: Status| mark.items.iter().filter(|&&i| items[i].status(today) == s).count();
    let statuses = Status::ALL.into_iter().map(|s| (s, of_status(s))).filter(|(_, n)| *n > 0);
    let detail: Vec<String> = statuses.map(|(s, n)| format!("{n} {}", in_number(s, n))).collect();
    let detail = format!("{} · {}", mark.category.label(), detail.join(" · "));
    // within a month there is nothing further in: the list holds any number
    let target = match layout.zoom {
        Zoom::Month(_) => href(base_query, layout.zoom, "&amp;vy=lista"),
        _ => href(base_query, Zoom::Month(mark.month), ""),
    };
    let scale = mark.r / 10.0;
    // the middle of a triangle lies low
    let (low, size) = if mark.status == Status::Avvikelse { (0.62, 0.9) } else { (0.36, 1.04) };
    put(
        out,
        format_args!(
            r#"<a class="mark mark-many cat-{category} st-{status}" href="{target}" aria-label="{title}, {}. Visa dem" data-ring="{ring}" data-titel="{title}" data-detalj="{detail}"><title>{title}</title><circle class="mark-hit" cx="{x:.1}" cy="{y:.1}" r="{hit:.1}"/><g transform="translate({x:.1} {y:.1}) scale({scale:.3})">{}</g><text x="{x:.1}" y="{:.1}" font-size="{:.1}">{count}</text></a>"#,
            detail.replace(" · ", ", "),
            shape_of_many(mark.status),
            y + mark.r * low,
            mark.r * size * if count > 99 { 0.75 } else { 1.0 },
        ),
    );
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

/// A link within the årshjul, ready to stand in an attribute.
fn href(base_query: &str, zoom: Zoom, more: &str) -> String {
    let glue = if base_query.is_empty() { "" } else { "&amp;" };
    format!("/arshjul?{}{glue}zoom={}{more}", escaped(base_query), zoom.code())
}
