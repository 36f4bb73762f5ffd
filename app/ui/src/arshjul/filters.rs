//! The filters over the wheel. Everything stands in the URL, so that a view can be sent to a colleague.

use domain::{
    arshjul::{Filter, Zoom},
    occurrence::Status,
    schedule::Category,
};
use islands::keys::{Act, keys_of};
use leptos::prelude::*;

use super::page::{PATH, View};
use crate::{
    components::{YearSwitch, plan::UnitSwitch},
    place::Place,
};

/// Views, categories, who, status, zoom, year and unit.
#[component]
pub fn Filters(place: Place, filter: Filter, zoom: Zoom, view: View, people: Vec<(String, String)>) -> impl IntoView {
    let chips = Category::ALL
        .into_iter()
        .map(|category| {
            let on = filter.categories.contains(&category);
            let codes = filter.toggled(category).categories.iter().map(|c| c.code()).collect::<Vec<_>>().join(",");
            view! {
                <a
                    class=format!("chip cat-{}", category.code())
                    class:on=on
                    aria-current=on.then_some("true")
                    href=place.with(PATH, &[("kategori", &codes)])
                >
                    <span class="dot"></span>
                    {category.label()}
                </a>
            }
        })
        .collect_view();
    let views = [
        (View::Hjul, "", "Hjul", Act::AsWheel),
        (View::Manader, "manader", "Månader", Act::AsMonths),
        (View::Lista, "lista", "Lista", Act::AsList),
    ]
    .into_iter()
    .map(|(which, code, label, act)| {
        // the sign alone: which keys go with it is the browser's to say
        let key = keys_of(act).first().and_then(|key| key.strip_prefix("Alt+"));
        view! {
            <a href=place.with(PATH, &[("vy", code)]) aria-current=(which == view).then_some("true") accesskey=key>
                {label}
            </a>
        }
    })
    .collect_view();
    let active = filter.is_active().then(|| {
        let all = place.with(PATH, &[("kategori", ""), ("ansvarig", ""), ("status", ""), ("sok", "")]);
        view! { <a class="button quiet small" href=all>"Rensa filter"</a> }
    });
    let units = (place.units.len() > 1).then(|| view! { <UnitSwitch place=place.clone() path=PATH/> });
    view! {
        <div class="filter-bar">
            <nav class="segmented" aria-label="Visa som">{views}</nav>
            <YearSwitch place=place.clone() path=PATH/>
            <ZoomSwitch place=place.clone() zoom/>
            {units}
            <Choices place=place.clone() filter people/>
        </div>
        <div class="filter-bar">
            <nav class="chips" aria-label="Visa bara">{chips}</nav>
            {active}
        </div>
    }
}

/// Whole year, a tertial, or one step from the month that is shown.
#[component]
fn ZoomSwitch(place: Place, zoom: Zoom) -> impl IntoView {
    let to = |zoom: Zoom| {
        let code = if zoom == Zoom::Year { String::new() } else { zoom.code() };
        place.with(PATH, &[("zoom", &code)])
    };
    let links = [Zoom::Year, Zoom::Tertial(1), Zoom::Tertial(2), Zoom::Tertial(3)]
        .into_iter()
        .map(|z| {
            let label = match z {
                Zoom::Tertial(n) => format!("T{n}"),
                _ => "Hela året".to_owned(),
            };
            let spoken = match z {
                Zoom::Tertial(n) => format!("T{n}, tertial {n}"),
                _ => label.clone(),
            };
            view! { <a href=to(z) aria-current=(z == zoom).then_some("true") aria-label=spoken>{label}</a> }
        })
        .collect_view();
    let month = matches!(zoom, Zoom::Month(_)).then(|| {
        let step = |(year, zoom): (i32, Zoom), label: &'static str, sign: &'static str| {
            let href = place.with(PATH, &[("zoom", &zoom.code()), ("ar", &year.to_string())]);
            view! { <a href=href aria-label=label>{sign}</a> }
        };
        view! {
            {step(zoom.previous(place.year), "Månaden före", "‹")}
            <a href=to(zoom) aria-current="true">{zoom.label(place.year)}</a>
            {step(zoom.next(place.year), "Månaden efter", "›")}
        }
    });
    view! { <nav class="segmented" aria-label="Tid">{links} {month}</nav> }
}

/// Who and status, as a form that also works without script.
#[component]
fn Choices(place: Place, filter: Filter, people: Vec<(String, String)>) -> impl IntoView {
    let kept = place
        .query
        .iter()
        .filter(|(k, _)| k != "ansvarig" && k != "status")
        .map(|(k, v)| view! { <input type="hidden" name=k.clone() value=v.clone()/> })
        .collect_view();
    let who_now = if filter.mine {
        "mina".to_owned()
    } else {
        filter.person.map(domain::schedule::Responsible::code).unwrap_or_default()
    };
    let who = [(String::new(), "Vem gör vad: alla".to_owned()), ("mina".to_owned(), "Mina".to_owned())]
        .into_iter()
        .chain(people)
        .map(|(code, label)| {
            let selected = code == who_now;
            view! { <option value=code selected=selected>{label}</option> }
        })
        .collect_view();
    let status_now = filter.status.first().map(|s| s.code()).unwrap_or_default();
    let status = std::iter::once(("", "Status: alla"))
        .chain(Status::ALL.into_iter().map(|s| (s.code(), s.label())))
        .map(|(code, label)| view! { <option value=code selected=code == status_now>{label}</option> })
        .collect_view();
    view! {
        <form class="cluster" method="get" action=PATH>
            {kept} <label class="visually-hidden" for="ansvarig">"Vem gör vad"</label>
            <select id="ansvarig" name="ansvarig" data-submit="">{who}</select>
            <label class="visually-hidden" for="status">"Status"</label>
            <select id="status" name="status" data-submit="">{status}</select>
            <noscript><button class="button secondary small">"Visa"</button></noscript>
        </form>
    }
}
