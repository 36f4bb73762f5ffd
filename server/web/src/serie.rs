//! Series as a workbook: the values long, one a row, and the table of the page. What is hidden on the page is "–" here.

use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{
    dokument::namn::file_name,
    format,
    period::Period,
    permission::{Action, Area},
    person::Actor,
    siffror::{
        serie::SerieId,
        siffra::{Plats, Siffra},
        slag::{Mark, Varde},
    },
};
use http::HeaderMap;
use store::Target;
use ui::{
    error::AppError,
    serie::{
        data::{self, DOLT, Data},
        harledd,
    },
};

use crate::{
    blocking,
    extract::CurrentActor,
    plain,
    state::AppState,
    workbook::{self, Cell, Sheet, attachment},
};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route("/siffror/{id}/siffror.xlsx", get(workbook))
}

/// `GET /siffror/{id}/siffror.xlsx`
async fn workbook(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    exported(&state, &actor, &id).await.unwrap_or_else(|error| plain::answer(&headers, &error))
}

async fn exported(state: &AppState, actor: &Actor, id: &str) -> Result<Response, AppError> {
    let id: SerieId = id.parse().map_err(|_| AppError::NotFound)?;
    let mut tx = state.store.read(actor, Target::Thing(Area::Serie, id.0), Action::View).await?;
    let data = data::read(&mut tx, actor, id).await?;
    drop(tx);
    let (unit, today) = (actor.tree.name(data.serie.node).to_owned(), state.clock.today());
    let name = file_name(&format!("Siffror {}", data.serie.content.namn), &unit, Some(today));
    let paper = format!("{}, {unit}", data.serie.content.namn);
    let sheets = [values(&data, &paper), about(&data, &unit, today, &paper)];
    let file = blocking::write("siffror", move || workbook::write(&sheets)).await?;
    Ok(attachment(file, &name))
}

/// The values, long: a row for each.
fn values(data: &Data, paper: &str) -> Sheet {
    let mut head = vec![("Period", 18.0)];
    head.extend(data.dimensioner.iter().map(|d| (d.namn.as_str(), 26.0)));
    head.extend([
        ("Värde", 14.0),
        ("Täljare", 10.0),
        ("Nämnare", 10.0),
        ("Märke", 14.0),
        ("Anmärkning", 30.0),
        ("Sedd", 12.0),
    ]);
    let mut sheet = Sheet::new("Värden", &head, paper);
    if data.serie.content.harledd.is_some() {
        sheet.rows = reckoned(data);
        return sheet;
    }
    let shown = data.alla.iter().map(|s| (s.period, &s.plats, Some(s)));
    let hidden = data.visat.dolda_platser.iter().map(|(period, plats)| (*period, plats, None));
    let mut rows: Vec<_> = shown.chain(hidden).collect();
    rows.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let row = |plats: &Plats, period: String, siffra: Option<&Siffra>| {
        let mut cells: Vec<Cell> = vec![period.into()];
        cells.extend(data.dimensioner.iter().zip(&plats.0).map(|(dim, id)| {
            let found = id.and_then(|id| dim.get(id));
            Cell::from(found.map_or_else(|| "Totalt".to_owned(), |v| v.namn.clone()))
        }));
        cells.extend(value(siffra));
        cells
    };
    sheet.rows = rows.into_iter().map(|(period, plats, siffra)| row(plats, period.to_string(), siffra)).collect();
    sheet
}

/// The rows of a series that is reckoned from others: of each time the value that is made of theirs.
fn reckoned(data: &Data) -> Vec<Vec<Cell>> {
    let made = data.visat.totaler.iter().map(|(period, varde)| (*period, Some(*varde)));
    let hidden = data.visat.dolda_platser.iter().map(|(period, _)| (*period, None));
    let mut rows: Vec<_> = made.chain(hidden).collect();
    rows.sort_by_key(|(period, _)| *period);
    let row = |(period, varde): (Period, Option<Varde>)| {
        let cells = varde.map_or_else(|| value(None), |varde| of_varde(Some(varde), String::new(), Cell::Empty));
        std::iter::once(Cell::from(period.to_string())).chain(cells).collect()
    };
    rows.into_iter().map(row).collect()
}

/// The cells of a value; of one that is hidden a dash and why.
fn value(siffra: Option<&Siffra>) -> [Cell; 6] {
    let Some(siffra) = siffra else {
        return ["–".into(), Cell::Empty, Cell::Empty, Cell::Empty, DOLT.into(), Cell::Empty];
    };
    of_varde(siffra.varde, siffra.not.clone(), siffra.sedd.into())
}

/// The cells of a value, with its note and the day it was seen.
fn of_varde(varde: Option<Varde>, not: String, sedd: Cell) -> [Cell; 6] {
    let share = varde.and_then(|v| v.share);
    let mark = match varde.map(|v| v.mark) {
        Some(Mark::Definitiv) => "",
        Some(Mark::Preliminar) => "preliminärt",
        Some(Mark::Ungefarlig) => "ungefärligt",
        None => "saknas",
    };
    let tal = varde.map_or(Cell::Empty, |v| v.tal.int().map_or_else(|| Cell::Number(v.tal.float()), Cell::Count));
    [tal, share.map(|s| s.numerator).into(), share.map(|s| s.denominator).into(), mark.into(), not.into(), sedd]
}

/// What the series is, and what its values say.
fn about(data: &Data, unit: &str, today: chrono::NaiveDate, paper: &str) -> Sheet {
    let content = &data.serie.content;
    let mut sheet = Sheet::new("Om serien", &[("Vad", 22.0), ("Innehåll", 90.0)], paper);
    let line = |label: &str, text: String| vec![Cell::from(label), Cell::from(text)];
    let mal = content.mal.iter().map(|m| format!("{} {}", m.namn, m.said(content)).trim().to_owned());
    let brott = content.brott.iter().map(|b| format!("{} {}", format::date(b.fran), b.varfor));
    sheet.rows = vec![
        line("Serie", content.namn.clone()),
        line("Enhet", unit.to_owned()),
        line("Fynd", data.fynd(today).mening()),
        line("Vad som räknas", content.raknas.clone()),
        line("Mått", content.enhet.clone()),
        line("Slag", content.slag.label().to_owned()),
        line("Räknas ut", harledd::words(data)),
        line("Källa", content.kalla.clone()),
        line("Kvalitet", content.kvalitet.clone()),
        line("Mål", mal.collect::<Vec<_>>().join(", ")),
        line("Brott", brott.collect::<Vec<_>>().join(", ")),
        line("Hämtad", format::date(today)),
    ];
    sheet
}
