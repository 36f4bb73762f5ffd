//! How the answers to a question are spread: the parts of its bar, and the table behind it.

use domain::{
    enkat::{
        Grad, Kind,
        resultat::{Figur, Serie},
    },
    format,
};
use leptos::prelude::*;

use crate::components::chart::{BarLegend, ChartTable, Segment, Shade, StackedBar};

/// The parts of the bar: the good ones first, then the others, then "Vet ej" and those who left it out, where there are
/// any. With the place of each among the categories.
fn parts(serie: &Serie, figur: &Figur) -> Vec<(usize, Segment)> {
    let fraga = &serie.fraga;
    let mut options: Vec<usize> = (0..fraga.options.len()).collect();
    // scales are asked from the bad end and read from the good one
    if matches!(fraga.kind, Kind::Skala | Kind::Smileys) {
        options.reverse();
    }
    options.sort_by_key(|i| fraga.grad(*i));
    let (mut good, mut middle, mut bad) = (0.., 0.., 0..);
    let next = |counter: &mut std::ops::RangeFrom<usize>| counter.next().unwrap_or_default();
    let mut out: Vec<(usize, Shade)> = options
        .into_iter()
        .map(|i| {
            let shade = match fraga.grad(i) {
                Grad::Bra => Shade::Good(next(&mut good)),
                Grad::Dalig => Shade::Bad(next(&mut bad)),
                Grad::Mellan => Shade::Middle(next(&mut middle)),
            };
            (i, shade)
        })
        .collect();
    out.extend(fraga.vet_ej_value().map(|i| (i, Shade::Unknown)));
    let blank = serie.categories.len().saturating_sub(1);
    if figur.counts.get(blank).is_some_and(|n| *n > 0) {
        out.push((blank, Shade::Blank));
    }
    out.into_iter()
        .filter_map(|(i, shade)| {
            let label = serie.categories.get(i)?.label.clone();
            Some((i, Segment { label, n: *figur.counts.get(i)?, shade }))
        })
        .collect()
}

/// The parts of the bar: those that the share is of, so that bar and share say the same. All, where there is no share.
#[must_use]
pub fn segments(serie: &Serie, figur: &Figur) -> Vec<Segment> {
    split(serie, figur).0
}

/// Those in the bar, and those that are not counted.
fn split(serie: &Serie, figur: &Figur) -> (Vec<Segment>, Vec<Segment>) {
    let counted = |i: usize| figur.share.is_none() || serie.categories[i].counted;
    let (inside, outside): (Vec<_>, Vec<_>) = parts(serie, figur).into_iter().partition(|(i, _)| counted(*i));
    let only = |parts: Vec<(usize, Segment)>| parts.into_iter().map(|(_, segment)| segment).collect();
    (only(inside), only(outside))
}

/// The bar with its legend, what is counted, and the table.
#[component]
pub(super) fn Distribution(serie: Serie, figur: Figur) -> impl IntoView {
    let (segments, uncounted) = split(&serie, &figur);
    let label = format!("Fördelning. {}", figur.finding(&serie.categories));
    let beside: Vec<String> = uncounted
        .iter()
        .filter(|s| s.n > 0)
        .map(|s| format!("{} {}", format::int(s.n), s.label.to_lowercase()))
        .collect();
    let mut settings = serie.settings(&figur).join(" ");
    if !beside.is_empty() {
        settings = format!("Dessutom {}. {settings}", beside.join(" och "));
    }
    let rounding = figur.rounding(&serie.categories);
    let rows = parts(&serie, &figur)
        .into_iter()
        .map(|(i, segment)| {
            let category = &serie.categories[i];
            let share = match figur.share {
                Some(s) if category.counted => format::percent(segment.n, s.denominator),
                Some(_) => "räknas inte med".to_owned(),
                None => "–".to_owned(),
            };
            view! {
                <tr>
                    <th scope="row">{segment.label}</th>
                    <td class="num">{format::int(segment.n)}</td>
                    <td class="num">{format::percent(segment.n, figur.n)}</td>
                    <td class="num">{share}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="result-distribution">
            <StackedBar segments=segments.clone() label/>
            <BarLegend segments/>
            {(!settings.is_empty()).then(|| view! { <p class="result-note">{settings}</p> })}
            {rounding.map(|note| view! { <p class="result-note">{note}</p> })}
            <ChartTable of=format!("fördelning, {}", serie.fraga.text)>
                <table class="table dense">
                    <thead>
                        <tr>
                            <th scope="col">"Svar"</th>
                            <th class="num" scope="col">"Antal"</th>
                            <th class="num" scope="col">"Av alla"</th>
                            <th class="num" scope="col">"Av dem som räknas med"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {rows}
                        <tr class="total">
                            <th scope="row">"Alla"</th>
                            <td class="num">{format::int(figur.n)}</td>
                            <td class="num">{format::percent(figur.n, figur.n)}</td>
                            <td></td>
                        </tr>
                    </tbody>
                </table>
            </ChartTable>
        </div>
    }
}
