//! A question by kön: the figures that are shown, and a sentence where one is not.

use domain::{
    enkat::{
        Grain,
        resultat::{Figur, compared},
    },
    kon::Kon,
};
use leptos::prelude::*;

use super::{data::Fragresultat, figure_cells, figure_heads};

/// Which köns are not shown and why. Says the same whether nobody or four of a kön have answered.
fn not_shown(shown: &[(Kon, Figur)], grain: Grain) -> Option<String> {
    let hidden: Vec<&str> =
        Kon::ALL.into_iter().filter(|kon| !shown.iter().any(|(k, _)| k == kon)).map(Kon::plural).collect();
    let unit = if grain == Grain::Manad { "månad" } else { "vecka" };
    let names = match hidden.as_slice() {
        [] => return None,
        [one] => (*one).to_owned(),
        [some @ .., last] => format!("{} och {}", some.join(", "), last.to_lowercase()),
    };
    Some(format!("{names} visas inte: färre än fem svar i varje avslutad {unit}, eller för lätta att räkna ut."))
}

/// The table by kön, with what is left out.
#[component]
pub(super) fn ByKon(q: std::sync::Arc<Fragresultat>, grain: Grain) -> impl IntoView {
    let shown = q.now().by_kon();
    let (unit, ended) = if grain == Grain::Manad { ("månader", "en månad") } else { ("veckor", "en vecka") };
    let body = if shown.is_empty() {
        view! {
            <p class="result-note">
                {format!("Svaren delas upp på kön när {ended} är avslutad och minst fem av ett kön har svarat.")}
            </p>
        }
        .into_any()
    } else {
        let rows = shown
            .iter()
            .map(|(kon, figur)| view! { <tr><th scope="row">{kon.plural()}</th> {figure_cells(figur)}</tr> })
            .collect_view();
        let share = |kon: Kon| shown.iter().find(|(k, _)| *k == kon).and_then(|(_, f)| f.share);
        let said = share(Kon::Kvinna)
            .zip(share(Kon::Man))
            .and_then(|(women, men)| compared(women, men))
            .map(|words| view! { <p class="result-said">"Kvinnor jämfört med män: " {words}</p> });
        view! {
            {said}
            <div class="table-wrap" tabindex="0" role="region" aria-label=format!("Per kön, {}", q.now().fraga.text)>
                <table class="table dense result-table">
                    <thead>
                        <tr><th scope="col">"Kön"</th> {figure_heads()}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="result-note">
                {format!("Gäller de avslutade {unit} där könet kan visas, därför är de inte alla svar. ")}
                {not_shown(&shown, grain)}
            </p>
        }
        .into_any()
    };
    view! {
        <section class="stack tight">
            <h3>"Per kön"</h3>
            {body}
        </section>
    }
}
