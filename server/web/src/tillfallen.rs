//! The work as a workbook: the year of a unit as the wheel shows it, and what a person has to do.

use axum::{Router, extract::State, response::Response, routing::get};
use chrono::NaiveDate;
use domain::{dokument::namn::file_name, format};
use http::{HeaderMap, Uri};
use ui::{
    ctx::{Device, Login},
    error::AppError,
    flash::Flash,
    verksamhetsplan::Line,
};

use crate::{
    blocking,
    extract::CurrentActor,
    form::Fields,
    plain,
    state::AppState,
    workbook::{self, Cell, Sheet},
};

/// The routes.
pub fn routes() -> Router<AppState> {
    let route = |what| get(move |state, actor, headers, uri| export(state, actor, headers, uri, what));
    Router::new()
        .route("/arshjul/export.xlsx", route(What::Arshjul))
        .route("/att-gora/export.xlsx", route(What::AttGora))
}

/// Whose rows.
#[derive(Clone, Copy, Debug)]
enum What {
    Arshjul,
    AttGora,
}

/// `/arshjul/export.xlsx?…` and `/att-gora/export.xlsx?…`, with the parameters of the page.
async fn export(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    uri: Uri,
    what: What,
) -> Response {
    let query = Fields::parse(uri.query().unwrap_or_default().as_bytes()).0;
    let ctx = state.ctx(Some(actor), Device::default(), Login::default(), Flash::default());
    let written = async {
        let (name, sheets) = match what {
            What::Arshjul => {
                let (name, sheet) = arshjul(&ctx, query).await?;
                (name, vec![sheet])
            }
            What::AttGora => att_gora(&ctx, &query).await?,
        };
        let file = blocking::write("tillfallen", move || workbook::write(&sheets)).await?;
        Ok::<_, AppError>(workbook::attachment(file, &name))
    };
    written.await.unwrap_or_else(|error| plain::answer(&headers, &error))
}

async fn arshjul(ctx: &ui::ctx::Ctx, query: Vec<(String, String)>) -> Result<(String, Sheet), AppError> {
    let (place, items) = ui::arshjul::export(ctx, query).await?;
    let paper = format!("Årshjul {}, {}", place.year, place.unit_name);
    let name = format!("{}-{}", file_name("Årshjul", &place.unit_name, None), place.year);
    Ok((name, workbook::tillfallen(&items, ctx.today, &paper)))
}

async fn att_gora(ctx: &ui::ctx::Ctx, query: &[(String, String)]) -> Result<(String, Vec<Sheet>), AppError> {
    let (items, more) = ui::atgora::export(ctx, query).await?;
    let day = format::date(ctx.today);
    let mut sheet = workbook::tillfallen(&items, ctx.today, &format!("Att göra {day}"));
    let left = (more > 0)
        .then(|| format!("{} till finns i respektive enhets årshjul, med senare sista dag.", format::int(more)));
    sheet.foot.extend(left);
    let lines = ui::verksamhetsplan::plan_lines(ctx).await?;
    let planen = (!lines.is_empty()).then(|| planen(&lines, ctx.today, &sheet.paper));
    Ok((format!("att-göra-{day}"), std::iter::once(sheet).chain(planen).collect()))
}

/// What the plans ask of the person: it has no time on the wheel, and stands on a sheet of its own as it does on the page.
fn planen(lines: &[Line], today: NaiveDate, paper: &str) -> Sheet {
    let head = [("Att göra", 60.0), ("Gäller", 36.0), ("Enhet", 30.0), ("Sista dag", 12.0), ("Status", 14.0)];
    let mut sheet = Sheet::new("Verksamhetsplanen", &head, paper);
    sheet.rows = lines
        .iter()
        .map(|line| {
            let late = if line.rad.is_late(today) { "Försenat" } else { "" };
            let due = line.rad.senast.map_or(Cell::Empty, Cell::Day);
            vec![
                Cell::from(line.rad.text.as_str()),
                Cell::from(line.rad.om.as_str()),
                Cell::from(line.enhet.as_str()),
                due,
                Cell::from(late),
            ]
        })
        .collect();
    sheet
}
