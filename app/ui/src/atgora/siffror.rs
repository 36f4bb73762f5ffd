//! The figures beside the lists of Att göra.

use chrono::{Datelike, NaiveDate};
use domain::{
    atgora::Tally,
    format,
    occurrence::{When, month_end},
};
use leptos::prelude::*;

use super::Unit;

/// The quiet column of figures, each with the sentence that makes it mean something.
#[component]
pub(super) fn Figures(units: Vec<Unit>, today: NaiveDate) -> impl IntoView {
    let sum = |f: fn(&Unit) -> i64| units.iter().map(f).sum::<i64>();
    let (total, done, last) = (sum(|u| u.now.total), sum(|u| u.now.done), sum(|u| u.done_last_year));
    let tally = units.iter().fold(Tally::default(), |sum, unit| sum.and(&unit.open));
    let compared = match done - last {
        _ if last == 0 => "Ingen jämförelse med i fjol än.".to_owned(),
        0 => "Lika många som vid samma tid i fjol.".to_owned(),
        n if n > 0 => format!("{} fler än vid samma tid i fjol.", format::int(n)),
        n => format!("{} färre än vid samma tid i fjol.", format::int(-n)),
    };
    let late = if tally.late == 0 {
        "Inget väntar på att tas igen.".to_owned()
    } else {
        let oldest = units.iter().filter_map(|unit| unit.oldest).min_by_key(|(day, _)| *day);
        let when = |(day, week): (NaiveDate, Option<When>)| {
            week.map_or_else(|| format::month_name(day.month()).to_owned(), When::label)
        };
        oldest.map(|i| format!("Den äldsta är från {}.", when(i))).unwrap_or_default()
    };
    let left = (month_end(today) - today).num_days();
    let days = match left {
        0 => "Månaden slutar i dag.".to_owned(),
        1 => "En dag kvar av månaden.".to_owned(),
        n => format!("{n} dagar kvar av månaden."),
    };
    let next = format::month_name(today.month() % 12 + 1);
    let figure = |label: String, value: leptos::prelude::AnyView, text: String| {
        view! {
            <div class="figure">
                <p class="label">{label}</p>
                <p class="value">{value}</p>
                <p class="sentence">{text}</p>
            </div>
        }
    };
    let scope = if units.len() > 1 { "Enheterna" } else { "Enheten" };
    view! {
        <section class="card figures" aria-label=format!("{scope} i siffror")>
            {figure("Utförda i år".to_owned(), view! { {format::int(done)} <span class="of">" av " {format::int(total)}</span> }.into_any(), compared)}
            {figure("Försenade".to_owned(), view! { {format::int(tally.late)} }.into_any(), late)}
            {figure("Kvar denna månad".to_owned(), view! { {format::int(tally.now)} }.into_any(), days)}
            {figure(format!("Kommer i {next}"), view! { {format::int(tally.next)} }.into_any(), "Planerade kontroller, möten och rapporter.".to_owned())}
        </section>
    }
}
