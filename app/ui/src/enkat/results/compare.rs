//! A question beside earlier enkäter and values from elsewhere.

use domain::{
    enkat::resultat::{Figur, UtifranForm, compared},
    format,
    occurrence::Share,
};
use leptos::prelude::*;

use super::{data::Fragresultat, figure_cells, figure_heads};
use crate::components::chart::Whisker;

/// The share of a value from elsewhere as counts, where n is known: near enough to say whether a difference is chance.
fn counts(row: &UtifranForm) -> Option<Share> {
    let n = row.n?;
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // at most n
    let numerator = (row.share / 100.0 * n as f64).round() as i64;
    Some(Share { numerator: numerator.clamp(0, n), denominator: n })
}

/// The table of what there is to compare with. Nothing where there is nothing.
#[component]
pub(super) fn Compare(q: std::sync::Arc<Fragresultat>) -> impl IntoView {
    let mut outside: Vec<UtifranForm> = q.outside.clone();
    // the latest first, and of each those for all before those by kön
    outside.sort_by(|a, b| (&b.wave, &a.source, a.kon).cmp(&(&a.wave, &b.source, b.kon)));
    if q.waves.is_empty() && outside.is_empty() {
        return None;
    }
    let total = q.total();
    let now = total.as_ref().and_then(|f| f.share);
    let said = |name: &str, other: Option<Share>| {
        let words = compared(now?, other?)?;
        Some(view! { <p class="result-said">{format!("Jämfört med {name}: {words}")}</p> })
    };
    let before = q.waves.first().and_then(|w| said(&w.title, w.serie.total()?.share));
    let all = outside.iter().find(|o| o.kon.is_none());
    let elsewhere = all.and_then(|o| said(&format!("{} {}", o.source, o.wave), counts(o)));
    let own = total.map(|f: Figur| view! { <tr><th scope="row">"Den här enkäten"</th> {figure_cells(&f)}</tr> });
    let waves = q
        .waves
        .iter()
        .filter_map(|w| {
            let figur = w.serie.total()?;
            let href = format!("/enkater/{}/resultat", w.enkat);
            Some(view! { <tr><th scope="row"><a href=href>{w.title.clone()}</a></th> {figure_cells(&figur)}</tr> })
        })
        .collect_view();
    let others = outside
        .into_iter()
        .map(|o| {
            let share = o.share / 100.0;
            let interval = counts(&o).and_then(Share::interval);
            let kon = o.kon.map(|k| format!(", {}", k.plural().to_lowercase())).unwrap_or_default();
            let words = interval.map(|(low, high)| {
                format!("{}–{}", format::share(low).trim_end_matches(['%', '\u{a0}']), format::share(high))
            });
            view! {
                <tr>
                    <th scope="row">{o.source} " " <span class="num">{o.wave}</span> {kon}</th>
                    <td class="num">{o.n.map(format::int)}</td>
                    <td class="num strong">{format::share(share)}</td>
                    <td class="num">{words}</td>
                    <td class="picture"><Whisker share interval outside=true/></td>
                </tr>
            }
        })
        .collect_view();
    Some(view! {
        <section class="stack tight">
            <h3>"Jämfört med"</h3>
            {before} {elsewhere}
            <div class="table-wrap" tabindex="0" role="region" aria-label=format!("Jämförelse, {}", q.now().fraga.text)>
                <table class="table dense result-table">
                    <thead>
                        <tr><th scope="col">"Mätning"</th> {figure_heads()}</tr>
                    </thead>
                    <tbody>{own} {waves} {others}</tbody>
                </table>
            </div>
        </section>
    })
}
