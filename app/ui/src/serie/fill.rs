//! `/siffror/{id}/fyll`: values by hand, from the keyboard: a row for each value of the dimensions, a column for each time, the first one
//! that is missing in view. It is an ordinary form: Tab goes from cell to cell, Enter saves.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    format,
    period::{Grain, Period},
    permission::{Action, Area},
    siffror::{
        dimension::{Dimension, DimensionsvardeId},
        rutnat::skriven,
        serie::SerieId,
        siffra::{Plats, Siffra},
        slag::Slag,
    },
    year,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::Target;

use super::{
    data::{self, Data},
    grid_api::{BESIDE, BETWEEN, FRAGAT, RATT, UpdateSiffror, asked, cell_field, fraga, ny, was, was_field},
    harledd,
};
use crate::{
    components::{Checkbox, ErrorSummary, FormState, Hidden, PageHead, load},
    ctx::Ctx,
    error::AppError,
};

/// So many times are filled at once.
const COLUMNS: i64 = 6;
/// So many rows: what has more is read from a table.
const ROWS_MOST: usize = 400;

/// `/siffror/{id}/fyll`
#[component]
pub fn FyllPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let from = use_query_map().get_untracked().get("fran").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: SerieId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Thing(Area::Serie, id.0), Action::TickOwn).await?;
        let data = data::read(&mut tx, &actor, id).await?;
        drop(tx);
        if data.serie.content.harledd.is_some() {
            return Ok(harledd::no_values(&data.serie, "Fyll på siffror"));
        }
        if !data.may_fill {
            return Err(AppError::Forbidden);
        }
        let cols = columns(&data, from.parse().ok(), ctx.today);
        let Some(rows) = rows(&data, &cols) else {
            return Ok(view! { {head(&data)} {too_many(id, data.may_edit)} }.into_any());
        };
        let state = FormState::nested(UpdateSiffror::PATH, Some(("id", &id.to_string())));
        let closed = data.serie.closed_on.map(|day| {
            let words = format!("Serien avslutades {}. Äldre värden kan fortfarande rättas.", format::date(day));
            view! { <p class="notice info">{words}</p> }
        });
        Ok(view! {
            {head(&data)}
            <div class="stack">
                {closed}
                {steps(&data, &cols, ctx.today)}
                {grid(&data, &rows, &cols, &state)}
            </div>
        }
        .into_any())
    })
}

fn head(data: &Data) -> impl IntoView + use<> {
    let (id, namn) = (data.serie.id, data.serie.content.namn.clone());
    // a table is read by who may change the series
    let may = data.may_edit;
    let sub = format!("{namn} · {}", data.serie.content.enhet);
    view! {
        <nav class="breadcrumbs" aria-label="Du är här">
            <ol>
                <li><a href="/siffror">"Siffror"</a></li>
                <li><a href=format!("/siffror/{id}")>{namn.clone()}</a></li>
                <li aria-current="page">"Fyll på"</li>
            </ol>
        </nav>
        <PageHead title="Fyll på siffror" sub>
            {may.then(|| view! { <a class="button secondary" href=format!("/siffror/{id}/las-in")>"Läs in en tabell"</a> })}
        </PageHead>
    }
}

/// A table is read by who may change the series.
fn too_many(id: SerieId, may_edit: bool) -> impl IntoView {
    let many = format!("Serien har fler än {ROWS_MOST} rader.");
    let way = if may_edit {
        view! { "Läs in dem ur en tabell i stället. " <a href=format!("/siffror/{id}/las-in")>"Läs in en tabell"</a> }
            .into_any()
    } else {
        view! { "Be den som ändrar serien att läsa in dem ur en tabell." }.into_any()
    };
    view! { <p class="notice info">{many} " " {way}</p> }
}

/// The times of the page: from the one before the first that is missing, or those that were asked for; none that has not begun, and none
/// of a year that the product does not keep.
fn columns(data: &Data, from: Option<Period>, today: NaiveDate) -> Vec<Period> {
    let grain = data.serie.content.grain;
    let from = from.filter(|p| p.grain() == grain).map(Period::ordinal);
    let first = from.unwrap_or_else(|| match data.saknas(today) {
        // the one before stands beside it: what is typed is compared with it
        Some(missed) => missed.ordinal() - 1,
        None => Period::of(data.serie.closed_on.unwrap_or(today).min(today), grain).ordinal() - COLUMNS + 1,
    });
    beside(first, Period::of(today, grain))
}

/// So many times beside each other, from one on or earlier: the last has begun, and all are in years that the product keeps.
fn beside(first: i64, now: Period) -> Vec<Period> {
    let grain = now.grain();
    let first = first.min(now.ordinal() - COLUMNS + 1).max(forsta(grain).ordinal());
    (first..first + COLUMNS).map(|n| Period::of_ordinal(n, grain)).take_while(|period| *period <= now).collect()
}

/// The first period that can be kept: in the year 2000.
fn forsta(grain: Grain) -> Period {
    let day = NaiveDate::from_ymd_opt(year::FIRST, 1, 1).unwrap_or_default();
    let period = Period::of(day, grain);
    if period.place().0 < year::FIRST { period.after() } else { period }
}

/// What a row is of: its place, and what it is called.
struct Rad {
    plats: Plats,
    namn: String,
}

/// A row for each value that is in use at some of the times, or has a figure there, and where parts make no total one for the total.
/// None where there are too many.
fn rows(data: &Data, cols: &[Period]) -> Option<Vec<Rad>> {
    let (first, last) = (cols.first()?.first_day(), cols.last()?.last_day());
    let mut parts: Vec<(Vec<Option<DimensionsvardeId>>, Vec<String>)> = vec![(vec![], vec![])];
    for dim in &data.dimensioner {
        let used = in_use(dim, data, (first, last), cols);
        let mut next = Vec::with_capacity(parts.len() * used.len());
        for (ids, names) in &parts {
            for (id, namn) in &used {
                let (mut ids, mut names) = (ids.clone(), names.clone());
                ids.push(Some(*id));
                names.push(namn.clone());
                next.push((ids, names));
            }
        }
        parts = next;
        if parts.len() > ROWS_MOST {
            return None;
        }
    }
    let mut out: Vec<Rad> =
        parts.into_iter().map(|(ids, names)| Rad { plats: Plats(ids), namn: names.join(", ") }).collect();
    let dimensions = data.dimensioner.len();
    let total = Plats::total(dimensions);
    let has_total = data.alla.iter().any(|s| s.plats == total);
    if dimensions == 0 {
        for row in &mut out {
            row.namn = format::capitalised(&data.serie.content.enhet);
        }
    } else if !data.serie.content.slag.adds_up() || has_total {
        out.push(Rad { plats: total, namn: "Totalt".to_owned() });
    }
    Some(out)
}

/// The values of a dimension that can be filled, or have a figure, at some of the times.
fn in_use(
    dim: &Dimension,
    data: &Data,
    (first, last): (NaiveDate, NaiveDate),
    cols: &[Period],
) -> Vec<(DimensionsvardeId, String)> {
    let used: Vec<_> = dim.in_use(first, last).into_iter().map(|v| v.id).collect();
    let filled = |id| data.alla.iter().any(|s| cols.contains(&s.period) && s.plats.0.contains(&Some(id)));
    let shown = dim.values.iter().filter(|v| used.contains(&v.id) || filled(v.id));
    shown.map(|v| (v.id, v.namn.clone())).collect()
}

/// To earlier and later times.
fn steps(data: &Data, cols: &[Period], today: NaiveDate) -> Option<impl IntoView + use<>> {
    let (first, last) = (*cols.first()?, *cols.last()?);
    let grain = data.serie.content.grain;
    let to = |n: i64| format!("/siffror/{}/fyll?fran={}", data.serie.id, Period::of_ordinal(n, grain));
    let earlier = (first > forsta(grain)).then(|| to((first.ordinal() - COLUMNS).max(forsta(grain).ordinal())));
    let later = (last < Period::of(today, grain)).then(|| to(first.ordinal() + COLUMNS));
    Some(view! {
        <nav class="segmented" aria-label="Tid">
            {earlier.map(|href| view! { <a href=href>"Tidigare"</a> })}
            <a href=to(first.ordinal()) aria-current="true">{format!("{} – {}", first.short(), last.short())}</a>
            {later.map(|href| view! { <a href=href>"Senare"</a> })}
        </nav>
    })
}

fn grid(data: &Data, rows: &[Rad], cols: &[Period], state: &FormState) -> impl IntoView + use<> {
    let content = &data.serie.content;
    let stored: HashMap<(Period, &Plats), &Siffra> = data.alla.iter().map(|s| ((s.period, &s.plats), s)).collect();
    let heads = cols.iter().map(|p| view! { <th class="num" scope="col">{format::capitalised(&p.label())}</th> });
    let heads = heads.collect_view();
    let mut asks = Vec::new();
    let mut body = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let mut cells = Vec::new();
        for (k, period) in cols.iter().enumerate() {
            let siffra = stored.get(&(*period, &row.plats)).copied();
            let now = siffra.map(|s| skriven(content, s.varde.as_ref(), &s.not)).unwrap_or_default();
            let field = cell_field(i, k);
            let text = in_cell(state, &field, &was_field(i, k), &now);
            // the answer is to what is asked, and to no other fault
            let place = (*period, &row.plats);
            let question = ny(content, place, &text).ok().and_then(|ny| fraga(content, siffra, &ny, &text));
            if question.is_some() && state.error(&field) == question {
                asks.push(asked(place, siffra, &text));
            }
            let label = format!("{}, {}", row.namn, period.label());
            cells.push(cell(state, (i, k), text, was(siffra.map_or(0, |s| s.revision), &now), label));
        }
        body.push(view! { <tr><th scope="row">{row.namn.clone()}</th> {cells}</tr> });
    }
    let help = match content.slag {
        Slag::Andel => {
            "Skriv 80\u{a0}% eller delen av helheten: 12/15. Skriv prel efter ett värde som kan ändras, – där värde saknas."
        }
        _ => {
            "Skriv prel efter ett värde som kan ändras (323 prel), ca före ett ungefärligt, och – där det är känt att värde saknas."
        }
    };
    let confirm = state.error(RATT).is_some().then(|| {
        view! {
            <input type="hidden" name=state.name(FRAGAT) value=asks.join(&BETWEEN.to_string())/>
            <Checkbox state=state.clone() name=RATT label="Ja, det stämmer"/>
        }
    });
    let (id, plats) =
        (data.serie.id, rows.iter().map(|r| r.plats.to_string()).collect::<Vec<_>>().join(&BESIDE.to_string()));
    let periods = cols.iter().map(ToString::to_string).collect::<Vec<_>>().join(&BESIDE.to_string());
    let label = format!("Värden: {}", content.namn);
    view! {
        <form class="form serie-fill" method="post" action=UpdateSiffror::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="id" value=id.to_string()/>
            <Hidden name="rows" value=plats/>
            <Hidden name="cols" value=periods/>
            <p class="help" id="fyll-hjalp">{help}</p>
            <entry::Klistra/>
            <div class="table-wrap" tabindex="0" role="region" aria-label=label>
                <table class="table dense serie-grid">
                    <thead><tr><th scope="col"><span class="visually-hidden">"Vad"</span></th> {heads}</tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
            {confirm}
            <div class="form-actions">
                <button class="button">"Spara"</button>
                <a class="button quiet" href=format!("/siffror/{id}")>"Avbryt"</a>
            </div>
        </form>
    }
}

/// What stands in a cell: what was typed, where the form comes back and the cell had been changed; otherwise what is stored now, also when
/// somebody else has written it meanwhile.
pub(crate) fn in_cell(state: &FormState, field: &str, was: &str, now: &str) -> String {
    if !state.is_back() {
        return now.to_owned();
    }
    let typed = state.value(field, now);
    let before = state.value(was, "");
    let before = before.split_once(':').map_or("", |(_, text)| text);
    if typed.trim() == before.trim() { now.to_owned() } else { typed }
}

fn cell(state: &FormState, (i, k): (usize, usize), text: String, was: String, label: String) -> impl IntoView + use<> {
    let field = cell_field(i, k);
    let described =
        state.described_by(&field, false).map_or_else(|| "fyll-hjalp".to_owned(), |d| format!("fyll-hjalp {d}"));
    view! {
        <td class="num">
            <input
                type="text"
                id=state.id(&field)
                name=state.name(&field)
                value=text
                autocomplete="off"
                aria-label=label
                aria-invalid=state.invalid(&field)
                aria-describedby=described
            />
            <input type="hidden" name=state.name(&was_field(i, k)) value=was/>
            {state.fault(&field)}
        </td>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_begins_with_the_year_2000_and_ends_with_what_has_begun() {
        let said = |first: Period, now: Period| {
            let all = beside(first.ordinal(), now);
            (
                all.first().map(ToString::to_string).unwrap_or_default(),
                all.last().map(ToString::to_string).unwrap_or_default(),
            )
        };
        let of = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let now = Period::Month(2022, 5);
        assert_eq!(said(Period::Month(2022, 5), now), of("2021-12", "2022-05"));
        assert_eq!(said(Period::Month(1999, 11), now), of("2000-01", "2000-06"));
        assert_eq!(said(Period::Year(1996), Period::Year(2026)), of("2000", "2005"));
        assert_eq!(said(Period::Year(2000), Period::Year(2003)), of("2000", "2003"), "fewer than six have begun");
        // the first of January 2000 is in a week of 1999
        assert_eq!(said(Period::Week(1999, 40), Period::Week(2022, 20)).0, "2000-W01");
    }
}
