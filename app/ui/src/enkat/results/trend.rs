//! A question in time: the wording asked now, earlier wordings and earlier enkäter on one axis, with the values from
//! elsewhere.

use chrono::NaiveDate;
use domain::{
    enkat::{
        Grain, Period,
        resultat::{Kategori, Punkt, Serie, UtifranForm, trend_sentence},
    },
    format,
    kon::Kon,
};
use leptos::prelude::*;

use super::{TOO_FEW, data::Fragresultat};
use crate::components::chart::{Boundary, ChartTable, Dot, Line, LineChart, LineKind, LineLegend, Outside, Plot, Tick};

/// How much a value from before the first answers draws the axis out, in months and weeks. An older one is in the table.
const BEFORE_MONTHS: i64 = 6;
const BEFORE_WEEKS: i64 = 26;

#[allow(clippy::cast_precision_loss)] // some thousand months
fn float(ordinal: i64) -> f64 {
    ordinal as f64
}

/// A line before it is drawn: whose it is, how it looks, what begins where it begins.
struct Part {
    kind: LineKind,
    begins: String,
    points: Vec<Punkt>,
    categories: Vec<Kategori>,
}

impl Part {
    fn of(serie: &Serie, kind: LineKind, begins: String) -> Self {
        Self { kind, begins, points: serie.by_period(), categories: serie.categories.clone() }
    }

    fn line(&self) -> Line {
        let dot = |p: &Punkt| {
            let interval = p.figur.interval_words();
            Some(Dot {
                from: float(p.first.ordinal()),
                to: float(p.last.ordinal()),
                share: p.figur.share?.value()?,
                interval: p.figur.interval,
                label: format!("{}: {} 95 % säkert {interval}.", point_label(p), p.figur.finding(&self.categories)),
            })
        };
        Line { kind: self.kind, dots: self.points.iter().filter_map(dot).collect() }
    }
}

/// `november 2026, hittills`
fn point_label(p: &Punkt) -> String {
    if p.open { format!("{}, hittills", p.label()) } else { p.label() }
}

/// The parts of a question's line, in the order of time.
fn parts(q: &Fragresultat, grain: Grain) -> Vec<Part> {
    let same_grain = |p: &Part| p.points.first().is_some_and(|point| point.first.grain() == grain);
    let waves = q.waves.iter().map(|w| Part::of(&w.serie, LineKind::Main, w.title.clone()));
    let own = q.series.iter().enumerate().map(|(i, serie)| {
        let kind = if i == 0 { LineKind::Main } else { LineKind::Earlier };
        let begins = match serie.versions.0 {
            1 => "Ny omgång".to_owned(),
            n => format!("Ändrad, version {n}"),
        };
        Part::of(serie, kind, begins)
    });
    let mut parts: Vec<Part> = waves.chain(own).filter(same_grain).collect();
    parts.sort_by_key(|p| p.points.first().map(|point| point.first));
    parts
}

/// The picture of lines in time. None where there are fewer than two times to show. The first day of a unit that came after others is a
/// boundary in it: what is before it is not the unit's.
fn plot(parts: &[Part], outside: &[UtifranForm], grain: Grain, first: Option<NaiveDate>) -> Option<Plot> {
    let spans = spans(parts);
    let axis = (spans.iter().map(|s| s.0).min()?, spans.iter().map(|s| s.1).max()?);
    let plot = plot_between(axis, &spans, parts, outside, grain)?;
    Some(match first {
        Some(first) => begun(plot, Period::of(first, grain).ordinal(), axis.1),
        None => plot,
    })
}

/// The plot with a boundary before a time, where that is on its axis.
fn begun(mut plot: Plot, first: i64, last: i64) -> Plot {
    let at = float(first) - 0.5;
    if at > plot.start && first <= last {
        plot.boundaries.push(Boundary { at, label: "Enheten börjar".to_owned() });
    }
    plot
}

/// The times for which there is a share.
fn spans(parts: &[Part]) -> Vec<(i64, i64)> {
    let shown = parts.iter().flat_map(|p| &p.points).filter(|p| p.figur.share.is_some());
    shown.map(|p| (p.first.ordinal(), p.last.ordinal())).collect()
}

/// The same, on an axis of these times.
fn plot_between(
    (first, last): (i64, i64),
    spans: &[(i64, i64)],
    parts: &[Part],
    outside: &[UtifranForm],
    grain: Grain,
) -> Option<Plot> {
    let lines: Vec<Line> = parts.iter().map(Part::line).collect();
    let missing = (first..=last).filter(|at| !spans.iter().any(|(from, to)| (from..=to).contains(&at)));
    let before = if grain == Grain::Manad { BEFORE_MONTHS } else { BEFORE_WEEKS };
    let mut start = first;
    let marks: Vec<(i64, i64, &UtifranForm)> = outside
        .iter()
        .filter(|o| o.kon.is_none())
        .filter_map(|o| {
            let (from, to) = time_of(&o.wave, grain)?;
            (to >= first - before && from <= last).then_some((from, to, o))
        })
        .collect();
    for (from, to, _) in &marks {
        if *to < first {
            start = start.min((*from).max(first - before));
        }
    }
    if spans.len() + marks.len() < 2 {
        return None;
    }
    let outside = marks.into_iter().map(|(from, to, o)| Outside {
        from: float(from.max(start)),
        to: float(to.min(last)),
        share: o.share / 100.0,
        name: format!("{} {}", o.source, o.wave),
    });
    let drawn: Vec<(&Part, &Line)> = parts.iter().zip(&lines).filter(|(_, line)| !line.dots.is_empty()).collect();
    let boundaries = drawn.windows(2).filter_map(|pair| {
        let ((_, before), (part, after)) = (pair[0], pair[1]);
        let at = f64::midpoint(before.dots.last()?.to, after.dots.first()?.from);
        Some(Boundary { at, label: part.begins.clone() })
    });
    Some(Plot {
        start: float(start),
        ticks: (start..=last).map(|at| Tick { label: Period::of_ordinal(at, grain).short() }).collect(),
        boundaries: boundaries.collect(),
        outside: outside.collect(),
        missing: missing.map(float).collect(),
        lines,
    })
}

/// The periods of a year or a month as numbers.
fn time_of(wave: &str, grain: Grain) -> Option<(i64, i64)> {
    let (first, last) = if let Ok(month) = wave.parse::<Period>() {
        (month.first_day(), month.last_day())
    } else {
        let year = wave.parse().ok()?;
        (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?)
    };
    Some((Period::of(first, grain).ordinal(), Period::of(last, grain).ordinal()))
}

/// The trend of a question: chart, what it says, and the table.
#[component]
pub(super) fn Trend(
    /// The question.
    q: std::sync::Arc<Fragresultat>,
    /// Months or weeks.
    grain: Grain,
) -> impl IntoView {
    let parts = parts(&q, grain);
    let unit = if grain == Grain::Manad { "månad" } else { "vecka" };
    let sentence = trend_sentence(&q.now().by_period());
    let picture = plot(&parts, &q.outside, grain, q.since.as_ref().map(|(first, _)| *first)).map(|plot| {
        let said = sentence.clone().unwrap_or_else(|| "Se tabellen.".to_owned());
        let label = format!("Andel över tid. {said}");
        view! {
            <LineChart plot=plot.clone() label/>
            <LineLegend plot/>
        }
    });
    let none = picture.is_none();
    let alone = none.then(|| view! { <p class="result-note">"Bilden över tid kommer när två tider kan visas."</p> });
    view! {
        <section class="result-trend stack tight">
            <h3>{format!("Per {unit}")}</h3>
            {sentence.map(|s| view! { <p class="result-said">{s}</p> })}
            {picture} {alone}
            <ChartTable of=format!("andel per {unit}, {}", q.now().fraga.text)>
                <PeriodTable q=q.clone()/>
            </ChartTable>
        </section>
    }
}

/// A chart for each kön that is shown, all on the axis of the question, so that they can be compared by eye.
#[component]
pub(super) fn KonTrends(
    /// The question.
    q: std::sync::Arc<Fragresultat>,
    /// Months or weeks.
    grain: Grain,
) -> impl IntoView {
    let part = |points: Vec<Punkt>| Part {
        kind: LineKind::Main,
        begins: String::new(),
        points,
        categories: q.now().categories.clone(),
    };
    let all = spans(&[part(q.now().by_period().into_iter().filter(|p| !p.open).collect())]);
    let axis = (all.iter().map(|s| s.0).min()?, all.iter().map(|s| s.1).max()?);
    let mut legend = Plot::default();
    let charts: Vec<_> = Kon::ALL
        .into_iter()
        .filter_map(|kon| {
            let parts = [part(q.now().by_period_of(kon))];
            let said = trend_sentence(&parts[0].points);
            let plot = plot_between(axis, &spans(&parts), &parts, &[], grain)?;
            legend.missing.extend(&plot.missing);
            let label = format!("{} över tid. {}", kon.plural(), said.clone().unwrap_or_default());
            Some(view! {
                <div class="stack tight">
                    <h4>{kon.plural()}</h4>
                    {said.map(|s| view! { <p class="result-said">{s}</p> })}
                    <LineChart plot label/>
                </div>
            })
        })
        .collect();
    (!charts.is_empty()).then(|| {
        view! {
            <section class="result-kon stack tight">
                <h3>"Kön över tid"</h3>
                <div class="result-kon-charts">{charts}</div>
                <LineLegend plot=legend/>
                <p class="result-note">"Siffrorna står i tabellen över tid."</p>
            </section>
        }
    })
}

/// The table behind the chart: each wording and each enkät under its own heading, the latest first.
#[component]
fn PeriodTable(q: std::sync::Arc<Fragresultat>) -> impl IntoView {
    let kons: Vec<Kon> = q.now().by_kon().into_iter().map(|(kon, _)| kon).collect();
    let columns = 4 + kons.len();
    let several = q.series.len() + q.waves.len() + q.before.len() > 1;
    let own = q.series.iter().map(|serie| {
        let heading = match serie.versions {
            _ if q.series.len() == 1 => "Den här enkäten".to_owned(),
            (first, last) if first == last => format!("Version {first}: {}", serie.fraga.text),
            (first, last) => format!("Version {first}–{last}: {}", serie.fraga.text),
        };
        (heading, serie)
    });
    // each unit that was there before by its name, under the unit's own
    let waves = q.waves.iter().chain(&q.before).map(|w| (w.title.clone(), &w.serie));
    let groups = own
        .chain(waves)
        .map(|(heading, serie)| {
            let rows = period_rows(serie, &kons);
            let heading =
                several.then(|| view! { <tr class="group"><th scope="colgroup" colspan=columns>{heading}</th></tr> });
            view! { <tbody>{heading} {rows}</tbody> }
        })
        .collect_view();
    let heads = kons.iter().map(|kon| view! { <th class="num" scope="col">{kon.plural()}</th> }).collect_view();
    let outside = (!q.outside.is_empty()).then(|| outside_rows(&q.outside, &kons, columns));
    view! {
        <table class="table dense">
            <thead>
                <tr>
                    <th scope="col">"Tid"</th>
                    <th class="num" scope="col">"Svar"</th>
                    <th class="num" scope="col">"Andel"</th>
                    <th class="num" scope="col">"95 % säkert"</th>
                    {heads}
                </tr>
            </thead>
            {groups} {outside}
        </table>
    }
}

fn period_rows(serie: &Serie, kons: &[Kon]) -> impl IntoView + use<> {
    let by_kon: Vec<Vec<Punkt>> = kons.iter().map(|kon| serie.by_period_of(*kon)).collect();
    serie
        .by_period()
        .into_iter()
        .rev()
        .map(|p| {
            let cells = by_kon
                .iter()
                .map(|points| {
                    let own = points.iter().find(|k| k.first == p.first).map(|k| k.figur.share_words());
                    let why = if p.open { "perioden pågår" } else { TOO_FEW };
                    match own.filter(|words| words != "–") {
                        Some(words) => view! { <td class="num">{words}</td> }.into_any(),
                        None => {
                            view! { <td class="num suppressed">"–" <span class="visually-hidden">{why}</span></td> }
                                .into_any()
                        }
                    }
                })
                .collect_view();
            let figur = &p.figur;
            let share = if figur.share.is_some() {
                view! { <td class="num">{figur.share_words()}</td> }.into_any()
            } else {
                view! { <td class="num suppressed">"–" <span class="visually-hidden">{TOO_FEW}</span></td> }.into_any()
            };
            view! {
                <tr>
                    <th scope="row">{point_label(&p)}</th>
                    <td class="num">{format::int(figur.n)}</td>
                    {share}
                    <td class="num">{figur.interval_words()}</td>
                    {cells}
                </tr>
            }
        })
        .collect_view()
}

fn outside_rows(outside: &[UtifranForm], kons: &[Kon], columns: usize) -> impl IntoView + use<> {
    let rows = outside
        .iter()
        .filter(|o| o.kon.is_none())
        .map(|o| {
            let of = |kon: Kon| {
                outside.iter().find(|k| k.kon == Some(kon) && k.source == o.source && k.wave == o.wave).map(|k| k.share)
            };
            let cells = kons
                .iter()
                .map(|kon| {
                    let words = of(*kon).map(|share| format::share(share / 100.0)).unwrap_or_default();
                    view! { <td class="num">{words}</td> }
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{format!("{} {}", o.source, o.wave)}</th>
                    <td class="num">{o.n.map(format::int)}</td>
                    <td class="num">{format::share(o.share / 100.0)}</td>
                    <td></td>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <tbody>
            <tr class="group"><th scope="colgroup" colspan=columns>"Värden utifrån"</th></tr>
            {rows}
        </tbody>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_each_other_as_numbers_over_the_turn_of_the_year() {
        for (a, b) in [
            (Period::Month(2026, 12), Period::Month(2027, 1)),
            (Period::Week(2026, 53), Period::Week(2027, 1)),
            (Period::Week(2026, 1), Period::Week(2026, 2)),
        ] {
            assert_eq!(b.ordinal(), a.ordinal() + 1);
            assert_eq!(
                (Period::of_ordinal(a.ordinal(), a.grain()), Period::of_ordinal(b.ordinal(), b.grain())),
                (a, b)
            );
        }
    }

    #[test]
    fn the_first_day_of_a_unit_stands_in_the_picture_where_it_is_on_the_axis() {
        let plot = |start: i64| Plot { start: float(start), ..Plot::default() };
        let first = Period::Month(2026, 7).ordinal();
        let drawn = begun(plot(first - 3), first, first + 2);
        assert_eq!(
            (drawn.boundaries[0].at, drawn.boundaries[0].label.as_str()),
            (float(first) - 0.5, "Enheten börjar")
        );
        assert!(begun(plot(first), first, first + 2).boundaries.is_empty(), "nothing is before it");
        assert!(begun(plot(first - 9), first, first - 3).boundaries.is_empty(), "nothing is after it");
    }

    #[test]
    fn a_year_from_elsewhere_is_as_long_as_its_months() {
        let (first, last) = time_of("2025", Grain::Manad).unwrap();
        assert_eq!((Period::of_ordinal(first, Grain::Manad), last - first), (Period::Month(2025, 1), 11));
        assert_eq!(time_of("2025-11", Grain::Manad).map(|(a, b)| b - a), Some(0));
        assert!(time_of("i fjol", Grain::Manad).is_none());
    }
}
