//! Åtgärder as a workbook.

use axum::{Router, extract::State, response::Response, routing::get};
use domain::{
    atgard::Atgard,
    dokument::namn::file_name,
    format,
    id::NodeId,
    permission::{Action, Area},
    person::Actor,
};
use http::{HeaderMap, Uri};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use store::Target;
use ui::error::AppError;

use crate::{blocking, extract::CurrentActor, form::Fields, import, plain, state::AppState};

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
    let file = blocking::write("atgarder", move || workbook(&list)).await?;
    let name = file_name("Åtgärder", actor.tree.name(node), Some(state.clock.today()));
    Ok(import::attachment(file, &name))
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

fn workbook(list: &[Atgard]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Åtgärder")?;
    let bold = Format::new().set_bold();
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top);
    for (column, (label, width)) in (0..).zip(HEAD) {
        sheet.write_string_with_format(0, column, label, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    for (line, a) in (1..).zip(list) {
        let source = if a.source_label.is_empty() {
            a.source.label().to_owned()
        } else {
            format!("{}: {}", a.source.label(), a.source_label)
        };
        let texts = [
            (0, a.title.clone()),
            (1, a.why.clone()),
            (2, a.responsible_label.clone()),
            (4, a.status().label().to_owned()),
            (6, source),
            (8, a.effect()),
        ];
        for (column, text) in texts {
            sheet.write_string_with_format(line, column, text, &body)?;
        }
        let days =
            [(3, Some(a.due)), (5, a.done_on), (7, a.follow_up.as_ref().map(|f| f.due)), (9, Some(a.created_on))];
        for (column, date) in days.into_iter().filter_map(|(column, date)| Some((column, date?))) {
            let date = ExcelDateTime::parse_from_str(&format::date(date))?;
            sheet.write_datetime_with_format(line, column, &date, &day)?;
        }
    }
    workbook.save_to_buffer()
}
