//! The series of an internkontroll's figures.

use domain::occurrence::Item;
use leptos::prelude::*;

/// The figures given with the ticks, as a table by month.
#[component]
pub(super) fn Series(items: Vec<Item>) -> impl IntoView {
    let mut labels: Vec<(String, String)> = Vec::new();
    for figure in items.iter().flat_map(|i| &i.occurrence.figures) {
        let key = (figure.label.clone(), figure.unit.clone());
        if !labels.contains(&key) {
            labels.push(key);
        }
    }
    if labels.is_empty() {
        return None;
    }
    let heads = labels
        .iter()
        .map(|(label, unit)| {
            let text = if unit.is_empty() { label.clone() } else { format!("{label} ({unit})") };
            view! { <th scope="col" class="num">{text}</th> }
        })
        .collect_view();
    let rows = items
        .iter()
        .filter(|i| !i.occurrence.figures.is_empty())
        .map(|item| {
            let cells = labels
                .iter()
                .map(|(label, unit)| {
                    let figure = item.occurrence.figures.iter().find(|f| f.label == *label && f.unit == *unit);
                    view! { <td class="num">{figure.map(|f| f.value.to_string())}</td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{item.occurrence.when().short()}</th> {cells}</tr> }
        })
        .collect_view();
    Some(view! {
        <section class="stack tight">
            <div class="section-head"><h2>"Siffror från kontrollerna"</h2></div>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Siffror från kontrollerna">
                <table class="table">
                    <thead><tr><th scope="col">"Månad"</th> {heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    })
}
