//! Bars: a table whose rows have a bar each: what, how many, and how long that is beside the others. A figure that is hidden
//! is a dash, and the table says why.

use domain::{drawing::bar::of_row, format};
use leptos::prelude::*;

use crate::components::drawing::drawn;

/// A row: what, and how many; none is hidden.
pub type Row = (String, Option<i64>);

/// The table.
#[component]
pub fn BarTable(
    /// What the table is of.
    #[prop(into)]
    caption: String,
    /// Heading of the words.
    what: &'static str,
    /// The rows.
    rows: Vec<Row>,
) -> impl IntoView {
    let most = rows.iter().filter_map(|(_, n)| *n).max().unwrap_or(0).max(1);
    let hidden = rows.iter().any(|(_, n)| n.is_none());
    let rows = rows
        .into_iter()
        .map(|(label, n)| {
            let bar = drawn(&of_row(n.unwrap_or(0), most));
            let figure = n.map_or_else(|| "–".to_owned(), format::int);
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td class="num">{figure}</td>
                    <td class="bar-cell">{bar}</td>
                </tr>
            }
        })
        .collect_view();
    let name = caption.clone();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=name>
            <table class="table bars">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{what}</th>
                        <th scope="col" class="num">"Antal"</th>
                        <th scope="col" class="bar-cell"><span class="visually-hidden">"Stapel"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {hidden.then(|| view! { <p class="help">"– betyder färre än fem, eller dolt så att ett mindre antal inte kan räknas ut."</p> })}
    }
}
