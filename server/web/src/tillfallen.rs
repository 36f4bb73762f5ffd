//! The work as a workbook: the year of a unit as the wheel shows it, and what a person has to do.

use axum::{Router, extract::State, response::Response, routing::get};
use domain::{dokument::namn::file_name, format};
use http::{HeaderMap, Uri};
use ui::{
    ctx::{Device, Login},
    error::AppError,
    flash::Flash,
};

use crate::{
    blocking,
    extract::CurrentActor,
    form::Fields,
    plain,
    state::AppState,
    workbook::{self, Sheet},
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
        let (name, sheet) = match what {
            What::Arshjul => arshjul(&ctx, query).await?,
            What::AttGora => att_gora(&ctx, &query).await?,
        };
        let file = blocking::write("tillfallen", move || workbook::write(&[sheet])).await?;
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

async fn att_gora(ctx: &ui::ctx::Ctx, query: &[(String, String)]) -> Result<(String, Sheet), AppError> {
    let (items, more) = ui::atgora::export(ctx, query).await?;
    let day = format::date(ctx.today);
    let mut sheet = workbook::tillfallen(&items, ctx.today, &format!("Att göra {day}"));
    let left = (more > 0)
        .then(|| format!("{} till finns i respektive enhets årshjul, med senare sista dag.", format::int(more)));
    sheet.foot.extend(left);
    Ok((format!("att-göra-{day}"), sheet))
}
