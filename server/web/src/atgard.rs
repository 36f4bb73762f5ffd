//! Åtgärder as a workbook.

use axum::{Router, extract::State, response::Response, routing::get};
use domain::{
    atgard::Atgard,
    dokument::namn::file_name,
    id::NodeId,
    permission::{Action, Area},
    person::Actor,
};
use http::{HeaderMap, Uri};
use store::Target;
use ui::error::AppError;

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
    Router::new().route("/atgarder/export.xlsx", get(export))
}

/// `/atgarder/export.xlsx?enhet=…`
async fn export(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let query = Fields::parse(uri.query().unwrap_or_default().as_bytes());
    exported(&state, &actor, &query).await.unwrap_or_else(|error| plain::answer(&headers, &error))
}

async fn exported(state: &AppState, actor: &Actor, query: &Fields) -> Result<Response, AppError> {
    let node: NodeId = query.get("enhet").parse().map_err(|_| AppError::NotFound)?;
    let mut tx = state.store.read(actor, Target::Node(node, Area::Atgard), Action::View).await?;
    let list = store::atgard::list(&mut tx, actor, node).await?;
    drop(tx);
    let unit = actor.tree.name(node);
    let name = file_name("Åtgärder", unit, Some(state.clock.today()));
    let sheet = sheet(&list, unit);
    let file = blocking::write("atgarder", move || workbook::write(&[sheet])).await?;
    Ok(workbook::attachment(file, &name))
}

const HEAD: [(&str, f64); 10] = [
    ("Åtgärd", 40.0),
    ("Varför", 40.0),
    ("Ansvarig", 22.0),
    ("Klar senast", 12.0),
    ("Status", 16.0),
    ("Klar", 12.0),
    ("Kommer från", 34.0),
    ("Följs upp", 12.0),
    ("Effekt", 40.0),
    ("Beslutad", 12.0),
];

fn sheet(list: &[Atgard], paper: &str) -> Sheet {
    let mut sheet = Sheet::new("Åtgärder", &HEAD, paper);
    sheet.rows = list.iter().map(row).collect();
    sheet
}

fn row(a: &Atgard) -> Vec<Cell> {
    let source = if a.source_label.is_empty() {
        a.source.label().to_owned()
    } else {
        format!("{}: {}", a.source.label(), a.source_label)
    };
    vec![
        a.title.clone().into(),
        a.why.clone().into(),
        a.responsible_label.clone().into(),
        a.due.into(),
        a.status().label().into(),
        a.done_on.into(),
        source.into(),
        a.follow_up.as_ref().map(|f| f.due).into(),
        a.effect().into(),
        a.created_on.into(),
    ]
}
