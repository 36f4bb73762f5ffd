//! The units side by side: those who follow up many see the worst first, fifty at a time, and look one up by its name.

use std::cmp::Reverse;

use domain::{
    atgora::UnitTally,
    format,
    organisation::{swedish_key, swedish_order},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    components::{Pages, plan::SortHead},
    place::join,
};

/// Units of a page of the table.
const PER_PAGE: usize = 50;

/// What the URL asks of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Words that must be in the name of a unit.
    search: String,
    /// From 1.
    page: usize,
    /// Whether the page shows the whole unit's.
    whole_unit: bool,
    /// The column that the table is sorted by; with `-` before it from the other end. None: what is late.
    sort: String,
}

impl Asked {
    /// Of the current request.
    pub fn current(whole_unit: bool) -> Self {
        let query = use_query_map().get_untracked();
        let get = |key| query.get(key).unwrap_or_default();
        Self {
            search: get("sok").trim().to_owned(),
            page: get("sida").parse().unwrap_or(1).max(1),
            whole_unit,
            sort: get("sortera"),
        }
    }

    fn link(&self, page: usize) -> String {
        let mut pairs = Vec::new();
        let mut push = |key: &str, value: &str| {
            if !value.is_empty() {
                pairs.push((key.to_owned(), value.to_owned()));
            }
        };
        push("visa", if self.whole_unit { "enheten" } else { "" });
        push("sok", &self.search);
        push("sortera", &self.sort);
        push("sida", &if page > 1 { page.to_string() } else { String::new() });
        format!("{}#enheter", join("/", &pairs))
    }

    /// Those whose names hold what is searched for, where there are many; those with most that is late first, or as a header says.
    /// Units that are alike stand in the order of the organisation.
    fn of(&self, mut units: Vec<UnitTally>) -> Vec<UnitTally> {
        let search = if units.len() > PER_PAGE { swedish_key(&self.search) } else { String::new() };
        let words: Vec<&str> = search.split_whitespace().collect();
        if !words.is_empty() {
            units.retain(|unit| {
                let name = swedish_key(&unit.name);
                words.iter().all(|word| name.contains(word))
            });
        }
        let (key, reverse) = self.sort.strip_prefix('-').map_or((self.sort.as_str(), false), |key| (key, true));
        let most = |n: i64| Reverse(n);
        match key {
            "enhet" => units.sort_by_cached_key(|unit| swedish_order(&unit.name)),
            // in ten thousandths
            "andel" => units.sort_by_key(|unit| unit.tally.done * 10_000 / unit.tally.total.max(1)),
            "manaden" => units.sort_by_key(|unit| most(unit.tally.now)),
            "nasta" => units.sort_by_key(|unit| most(unit.tally.next)),
            _ => units.sort_by_key(|unit| most(unit.tally.late)),
        }
        if reverse {
            units.reverse();
        }
        units
    }

    /// A header that sorts by its column, and when it does so from the other end.
    fn head(&self, key: &'static str, label: &'static str, num: bool) -> impl IntoView + use<> {
        let now = if self.sort.is_empty() { "forsenade" } else { self.sort.as_str() };
        let link = |sort: &str| Self { sort: sort.to_owned(), page: 1, ..self.clone() }.link(1);
        let most_first = !matches!(key, "enhet" | "andel");
        view! { <SortHead now=now.to_owned() key label link=&link num most_first/> }
    }
}

/// The units side by side.
#[component]
pub fn Compare(units: Vec<UnitTally>, asked: Asked) -> impl IntoView {
    let all = units.len();
    let found = asked.of(units);
    let total = found.len();
    let page = asked.page.min(total.div_ceil(PER_PAGE).max(1));
    let shown = found.into_iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
    let rows = shown
        .map(|u| {
            let s = u.tally;
            view! {
                <tr>
                    <th scope="row"><a href=format!("/arshjul?enhet={}", u.node)>{u.name}</a></th>
                    <td class="num">{format::int(s.done)} " av " {format::int(s.total)}</td>
                    <td class="num">{format::percent(s.done, s.total)}</td>
                    <td class="num" class:late=(s.late > 0)>{format::int(s.late)}</td>
                    <td class="num">{format::int(s.now)}</td>
                    <td class="num">{format::int(s.next)}</td>
                </tr>
            }
        })
        .collect_view();
    let worst_first =
        asked.sort.is_empty().then(|| view! { <p class="muted">"De med flest försenade står först."</p> });
    let search = (all > PER_PAGE).then(|| view! { <Search asked=asked.clone()/> });
    let table = if total == 0 {
        view! { <p>"Ingen av dina enheter heter så. " <a href=Asked { search: String::new(), ..asked.clone() }.link(1)>"Visa alla"</a></p> }.into_any()
    } else {
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-labelledby="enheter">
                <table class="table">
                    <thead>
                        <tr>
                            {asked.head("enhet", "Enhet", false)}
                            <th scope="col" class="num">"Utförda i år"</th>
                            {asked.head("andel", "Andel", true)}
                            {asked.head("forsenade", "Försenade", true)}
                            {asked.head("manaden", "Denna månad", true)}
                            {asked.head("nasta", "Nästa månad", true)}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Pages page per_page=PER_PAGE total link=move |page| asked.link(page)/>
        }
        .into_any()
    };
    view! {
        <section class="stack tight" aria-labelledby="enheter">
            <div class="section-head"><h2 id="enheter">"Enheterna"</h2></div>
            {worst_first}
            {search}
            {table}
        </section>
    }
}

/// A field to look a unit up by.
#[component]
fn Search(asked: Asked) -> impl IntoView {
    view! {
        <form class="cluster" method="get" action="/#enheter" role="search">
            {asked.whole_unit.then(|| view! { <input type="hidden" name="visa" value="enheten"/> })}
            {(!asked.sort.is_empty()).then(|| view! { <input type="hidden" name="sortera" value=asked.sort/> })}
            <label class="visually-hidden" for="sok">"Sök enhet"</label>
            <input id="sok" type="search" name="sok" value=asked.search maxlength="200" placeholder="Sök enhet" autocomplete="off"/>
            <button class="button secondary small">"Sök"</button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use domain::{atgora::Tally, id::NodeId};

    use super::*;

    fn units(n: usize) -> Vec<UnitTally> {
        let late = |n: usize| i64::try_from(n % 7).unwrap();
        let unit = |n: usize| UnitTally {
            node: NodeId(uuid::Uuid::from_u128(n as u128)),
            name: format!("Enhet {n}"),
            tally: Tally { late: late(n), ..Tally::default() },
        };
        (1..=n).map(unit).collect()
    }

    #[test]
    fn the_worst_come_first_until_a_header_says_otherwise() {
        let names = |sort: &str, n| {
            let sorted = Asked { sort: sort.to_owned(), ..Asked::default() }.of(units(n));
            sorted.into_iter().take(3).map(|u| u.name).collect::<Vec<_>>()
        };
        for n in [20, 51] {
            assert_eq!(names("", n), ["Enhet 6", "Enhet 13", "Enhet 20"]);
            assert_eq!(names("enhet", n), ["Enhet 1", "Enhet 2", "Enhet 3"], "and not Enhet 10");
            assert_eq!(names("-enhet", n), [n, n - 1, n - 2].map(|n| format!("Enhet {n}")));
        }
        let found = Asked { search: "ENHET 5".into(), ..Asked::default() }.of(units(60));
        assert_eq!(found.len(), 15, "5, 15, 25, 35, 45 and 50 to 59, as the other search boxes find: {found:?}");
    }

    #[test]
    fn a_page_is_linked_to_with_what_is_searched_for() {
        let asked = Asked { search: "östra".into(), page: 2, whole_unit: true, ..Asked::default() };
        assert_eq!(asked.link(3), "/?visa=enheten&sok=%C3%B6stra&sida=3#enheter");
        assert_eq!(Asked::default().link(1), "/#enheter");
    }
}
