//! The series of an internkontroll's figures.

use chrono::{Datelike, NaiveDate};
use domain::{
    format,
    occurrence::{Figure, Item},
    period::Period,
    permission::Area,
};
use leptos::prelude::*;

use crate::{
    ctx::Ctx,
    place::join,
    upphorda::{apart_words, seen_before},
};

/// What is said of a unit that began in the year of the figures, or after it: what was there before, whose figures stand in their own
/// plans, with a link to each.
fn before(items: &[Item]) -> Option<impl IntoView + use<>> {
    let first = items.first()?;
    let (unit, year) = (first.occurrence.node, first.occurrence.due.year());
    let actor = Ctx::current().and_then(|ctx| ctx.actor()).ok()?;
    actor.tree.liv(unit)?.from.filter(|from| from.year() >= year)?;
    let words = apart_words(&actor, unit, Area::Internkontroll)?;
    let year = actor.tree.liv(unit).map_or(year, |liv| liv.plan_year(year)).to_string();
    let links = seen_before(&actor, unit, Area::Internkontroll)
        .into_iter()
        .map(|(id, name)| {
            let href =
                join("/internkontroll", &[("enhet".to_owned(), id.to_string()), ("ar".to_owned(), year.clone())]);
            view! { <a href=href>{format!("{name} {year}")}</a> }
        })
        .collect_view();
    Some(view! {
        <p class="help">{words}</p>
        <p class="cluster">{links}</p>
    })
}

/// `jan 2022`, as the months of controls stand there; other times in words.
fn short(period: Period) -> String {
    match period {
        Period::Month(year, month) => format!("{} {year}", format::month_short(month)),
        other => other.label(),
    }
}

/// A row for each time that figures of a control are of, in order; what says none stands at the control's own.
fn rows(items: &[Item]) -> Vec<(String, Vec<&Figure>)> {
    // where all are by the month of their control, there is nothing to tell apart
    let is_told = items.iter().flat_map(|item| &item.occurrence.figures).any(|figure| figure.period.is_some());
    let of = if is_told { "kontrollen " } else { "" };
    let mut found: Vec<(NaiveDate, String, Vec<&Figure>)> = Vec::new();
    for item in items {
        let of_control = found.len();
        for figure in &item.occurrence.figures {
            let (day, when) = match figure.period {
                Some(period) => (period.last_day(), short(period)),
                None => (item.occurrence.due, format!("{of}{}", item.occurrence.when().short())),
            };
            match found[of_control..].iter_mut().find(|(_, other, _)| *other == when) {
                Some((.., figures)) => figures.push(figure),
                None => found.push((day, when, vec![figure])),
            }
        }
    }
    // of two controls that say the same time, in the order of the controls
    found.sort_by_key(|(day, ..)| *day);
    found.into_iter().map(|(_, when, figures)| (when, figures)).collect()
}

/// The figures given with the ticks, as a table by the times that they are of.
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
    let rows = rows(&items)
        .into_iter()
        .map(|(when, figures)| {
            let cells = labels
                .iter()
                .map(|(label, unit)| {
                    let figure = figures.iter().find(|f| f.label == *label && f.unit == *unit);
                    view! { <td class="num">{figure.map(|f| f.bare())}</td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{when}</th> {cells}</tr> }
        })
        .collect_view();
    let before = before(&items);
    Some(view! {
        <section class="stack tight">
            <div class="section-head"><h2>"Siffror från kontrollerna"</h2></div>
            {before}
            <div class="table-wrap" tabindex="0" role="region" aria-label="Siffror från kontrollerna">
                <table class="table">
                    <thead><tr><th scope="col">"Tid"</th> {heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    })
}

#[cfg(test)]
mod tests {
    use domain::{schedule::Category, tal::Tal};

    use super::*;

    fn control(month: u32, figures: Vec<Figure>) -> Item {
        let day = |day| NaiveDate::from_ymd_opt(2022, month, day).unwrap();
        let mut item = Item::example((Area::Internkontroll, Category::Internkontroll), 1, (day(1), day(28)));
        item.occurrence.figures = figures;
        item
    }

    fn figure(n: i64, period: Option<Period>) -> Figure {
        Figure { label: "Antal hushåll".into(), value: Tal::whole(n), period, ..Figure::default() }
    }

    #[test]
    fn figures_stand_at_the_time_that_they_are_of_and_those_without_one_at_their_control() {
        let two = vec![figure(323, Some(Period::Month(2022, 1))), figure(336, Some(Period::Month(2021, 12)))];
        let items = [control(2, two), control(3, vec![figure(316, None)])];
        let said: Vec<(String, String)> =
            rows(&items).into_iter().map(|(when, figures)| (when, figures[0].bare())).collect();
        let expected = [("dec 2021", "336"), ("jan 2022", "323"), ("kontrollen mar 2022", "316")];
        assert_eq!(said, expected.map(|(when, n)| (when.to_owned(), n.to_owned())));
        let old = [control(2, vec![figure(323, None)])];
        assert_eq!(rows(&old)[0].0, items[0].occurrence.when().short(), "as it was");
    }
}
