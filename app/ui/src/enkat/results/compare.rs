//! A question beside earlier enkäter and values from elsewhere.

use domain::{
    enkat::{
        fordelning,
        resultat::{Figur, Serie, UtifranForm, compared},
    },
    format,
    occurrence::Share,
    rounding,
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
    if q.waves.is_empty() && outside.is_empty() && q.since.is_none() {
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
    // those of the units before stand last of the enkäter, each by its name
    let waves = q
        .waves
        .iter()
        .chain(&q.before)
        .filter_map(|w| {
            let figur = w.serie.total()?;
            let href = format!("/enkater/{}/resultat", w.enkat);
            Some(view! { <tr><th scope="row"><a href=href>{w.title.clone()}</a></th> {figure_cells(&figur)}</tr> })
        })
        .collect_view();
    let spreads = spreads(q.now(), &outside);
    let others = outside
        .into_iter()
        .map(|o| {
            let share = o.share / 100.0;
            let interval = counts(&o).and_then(Share::interval);
            let name = name(&o);
            let words = interval.map(|(low, high)| {
                format!("{}–{}", format::share(low).trim_end_matches(['%', '\u{a0}']), format::share(high))
            });
            view! {
                <tr>
                    <th scope="row">{name}</th>
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
            {q.since.clone().map(|(_, words)| view! { <p class="result-note">{words}</p> })}
            <div class="table-wrap" tabindex="0" role="region" aria-label=format!("Jämförelse, {}", q.now().fraga.text)>
                <table class="table dense result-table">
                    <thead>
                        <tr><th scope="col">"Mätning"</th> {figure_heads()}</tr>
                    </thead>
                    <tbody>{own} {waves} {others}</tbody>
                </table>
            </div>
            {spreads}
        </section>
    })
}

/// `Staden 2025, kvinnor`
fn name(row: &UtifranForm) -> String {
    let kon = row.kon.map(|k| format!(", {}", k.plural().to_lowercase())).unwrap_or_default();
    format!("{} {}{kon}", row.source, row.wave)
}

/// How the answers were spread elsewhere, option by option, beside those of this enkät. Nothing where no spread is known.
fn spreads(now: &Serie, outside: &[UtifranForm]) -> Option<impl IntoView + use<>> {
    let all: Vec<(String, &fordelning::Fordelning)> =
        outside.iter().filter_map(|o| Some((name(o), o.fordelning.as_ref()?))).collect();
    if all.is_empty() {
        return None;
    }
    let labels = fordelning::rows(&now.fraga, all.iter().map(|(_, f)| *f));
    // as theirs: of those who answered
    let choices = now.fraga.choices().len();
    let own = now.total().map(|figur| figur.counts.get(..choices).unwrap_or_default().to_vec());
    let own = own.filter(|counts| counts.iter().sum::<i64>() >= domain::redovisning::MINST);
    let whole: i64 = own.iter().flatten().sum();
    let own_note = own.as_deref().and_then(|counts| rounding::of_parts(counts, 1));
    let rows = labels
        .into_iter()
        .enumerate()
        .map(|(i, label)| {
            let ours = own.as_ref().map(|counts| {
                let words = counts.get(i).map_or_else(|| "–".to_owned(), |n| format::percent(*n, whole));
                view! { <td class="num">{words}</td> }
            });
            let theirs = all.iter().map(|(_, f)| view! { <td class="num">{f.of_words(label)}</td> }).collect_view();
            view! { <tr><th scope="row">{label.to_owned()}</th> {ours} {theirs}</tr> }
        })
        .collect_view();
    let heads = all.iter().map(|(name, _)| view! { <th class="num" scope="col">{name.clone()}</th> }).collect_view();
    let notes = all
        .iter()
        .filter_map(|(name, f)| Some(format!("{name}: {}", f.note()?)))
        .chain(own_note.map(|note| format!("Den här enkäten: {note}")))
        .map(|words| view! { <p class="result-note">{words}</p> })
        .collect_view();
    let own_head = own.is_some().then(|| view! { <th class="num" scope="col">"Den här enkäten"</th> });
    Some(view! {
        <h4>"Hur svaren fördelades"</h4>
        <div class="table-wrap" tabindex="0" role="region" aria-label=format!("Fördelning jämförd, {}", now.fraga.text)>
            <table class="table dense result-table">
                <thead>
                    <tr><th scope="col">"Svar"</th> {own_head} {heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {notes}
    })
}
