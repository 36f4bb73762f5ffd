//! Export: the plan as a workbook in the columns of the import, with how it went month by month; and the empty template.

use std::collections::HashMap;

use axum::{extract::State, response::Response};
use domain::{
    dokument::namn::file_name,
    format::{self, int, month_short},
    id::NodeId,
    import::{Cell, Names, Plan, egenkontroll_cells, internkontroll_cells},
    occurrence::{Item, Status, When},
    permission::Action,
    person::Actor,
    schedule::Level,
    year::Year,
};
use http::{HeaderMap, Uri};
use store::{Target, occurrence, plan};
use ui::{error::AppError, import::plan::names};
use uuid::Uuid;

use crate::{
    blocking,
    extract::CurrentActor,
    form::Fields,
    plain,
    state::AppState,
    workbook::{self, Sheet, attachment},
};

/// A row of the plan, with the id that its occurrences name as their source.
type Row = (Uuid, Vec<Cell>);

/// One of a row's occurrences: its level, its week where it is done in one, and how it went.
type Went = (Option<Level>, Option<u32>, Status);

/// How each row's occurrences went, January first.
type Months = HashMap<Uuid, [Vec<Went>; 12]>;

/// `/egenkontroll/export.xlsx?enhet=…&ar=…`
pub(super) async fn plan(
    plan: Plan,
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let query = Fields::parse(uri.query().unwrap_or_default().as_bytes());
    exported(plan, &state, &actor, &query).await.unwrap_or_else(|error| plain::answer(&headers, &error))
}

async fn exported(plan: Plan, state: &AppState, actor: &Actor, query: &Fields) -> Result<Response, AppError> {
    let node: NodeId = query.get("enhet").parse().map_err(|_| AppError::NotFound)?;
    let year = query.get("ar").parse::<Year>().map_err(|_| AppError::NotFound)?.get();
    let mut tx = state.store.read(actor, Target::Node(node, plan.area()), Action::View).await?;
    let names = names(&mut tx, &actor.tree, node).await?;
    let rows = rows(plan, &mut tx, &names, node, year).await?;
    let items = occurrence::year(&mut tx, actor, node, year).await?;
    drop(tx);
    let today = state.clock.today();
    let mut months = Months::new();
    for item in items.iter().filter(|item| item.area == plan.area()) {
        let month = item.occurrence.month().clamp(1, 12) as usize - 1;
        months.entry(item.source).or_default()[month].push((
            item.level,
            item.week().and_then(When::week),
            item.status(today),
        ));
    }
    let unit = actor.tree.name(node);
    let name = format!("{}-{year}", file_name(plan.noun(), unit, None));
    let paper = format!("{} {year}, {unit}", format::capitalised(plan.noun()));
    let of_plan: Vec<Item> = items.into_iter().filter(|item| item.area == plan.area()).collect();
    let work = workbook::tillfallen(&of_plan, today, &paper);
    let sheets = [sheet(plan, year, &rows, &months, &paper), work];
    let file = blocking::write("plan", move || workbook::write(&sheets)).await?;
    Ok(attachment(file, &name))
}

async fn rows(plan: Plan, tx: &mut store::Tx, names: &Names, node: NodeId, year: i32) -> Result<Vec<Row>, AppError> {
    Ok(match plan {
        Plan::Egenkontroll => {
            let rows = plan::list::<domain::egenkontroll::Content>(tx, node, year).await?;
            rows.into_iter().map(|row| (row.id.0, egenkontroll_cells(&row.content, names))).collect()
        }
        Plan::Internkontroll => {
            let rows = plan::list::<domain::internkontroll::Content>(tx, node, year).await?;
            rows.into_iter().map(|row| (row.id.0, internkontroll_cells(&row.content, names))).collect()
        }
    })
}

/// `/egenkontroll/mall.xlsx`
pub(super) async fn template(plan: Plan, headers: &HeaderMap) -> Response {
    match blocking::write("template", move || workbook::write(&empty(plan))).await {
        Ok(file) => attachment(file, &format!("mall-{}", plan.noun())),
        Err(error) => plain::answer(headers, &error),
    }
}

fn sheet(plan: Plan, year: i32, rows: &[Row], months: &Months, paper: &str) -> Sheet {
    let mut sheet = Sheet { paper: paper.to_owned(), ..head(plan, &format!("Plan {year}")) };
    sheet.head.extend((1..=12).map(|month| (month_short(month).to_owned(), 11.0)));
    sheet.rows = rows
        .iter()
        .map(|(id, cells)| {
            let months = months.get(id).into_iter().flatten().map(|statuses| in_words(statuses).into());
            cells.iter().map(of_plan).chain(months).collect()
        })
        .collect();
    sheet
}

fn of_plan(cell: &Cell) -> workbook::Cell {
    match cell {
        Cell::Text(text) => text.clone().into(),
        Cell::Number(x) => workbook::Cell::Number(x.float()),
        Cell::Date(day) => (*day).into(),
    }
}

/// The empty template, and a sheet that says what is written in each column.
fn empty(plan: Plan) -> [Sheet; 2] {
    let mut help = Sheet::new("Hjälp", &[("Namn", 28.0), ("Vad du skriver", 90.0)], "");
    // a star keeps this sheet from being taken for the plan's header
    let star = |required: bool| if required { " *" } else { "" };
    help.rows = plan
        .columns()
        .iter()
        .map(|column| vec![format!("{}{}", column.label, star(column.required)).into(), column.help.into()])
        .collect();
    [head(plan, "Plan"), help]
}

/// A sheet of the plan's columns without rows.
fn head(plan: Plan, name: &str) -> Sheet {
    let columns: Vec<_> = plan.columns().iter().map(|column| (column.label, width(column.field))).collect();
    Sheet { still: 0, ..Sheet::new(name, &columns, "") }
}

fn width(field: &str) -> f64 {
    match field {
        "number" | "urval" | "sannolikhet" | "konsekvens" => 9.0,
        "malvarde" | "start" | "end" | "in_plan" | "laid_on_units" => 12.0,
        "recurrence" | "months" | "styrmodell" => 18.0,
        "vad" | "metod" | "oonskad_handelse" | "kontrollaktivitet" | "systematisk_kontroll" => 44.0,
        _ => 28.0,
    }
}

/// How a month went: "Utförd", each week with how it went, or each status with its number; by level where they differ.
fn in_words(statuses: &[Went]) -> String {
    let of = |level: Option<Level>| {
        let of_level: Vec<(Option<u32>, Status)> =
            statuses.iter().filter(|(l, ..)| *l == level).map(|(_, week, s)| (*week, *s)).collect();
        let weeks: Vec<String> = of_level
            .iter()
            .filter_map(|(week, status)| Some(format!("v. {}: {}", (*week)?, status.label().to_lowercase())))
            .collect();
        let of_level: Vec<Status> = of_level.into_iter().filter(|(week, _)| week.is_none()).map(|(_, s)| s).collect();
        let counted = Status::ALL.into_iter().filter_map(|status| {
            let count = of_level.iter().filter(|s| **s == status).count();
            (count > 0).then(|| if of_level.len() == 1 { status.label().to_owned() } else { counted(count, status) })
        });
        weeks.into_iter().chain(counted).collect::<Vec<_>>().join(", ")
    };
    let levels = [None, Some(Level::Systematisk), Some(Level::Aktivitet)];
    let parts: Vec<(Option<Level>, String)> =
        levels.map(|level| (level, of(level))).into_iter().filter(|(_, t)| !t.is_empty()).collect();
    match parts.as_slice() {
        [] => String::new(),
        [(_, text)] => text.clone(),
        [(_, a), (_, b)] if a == b => a.clone(),
        parts => {
            let named = parts.iter().map(|(level, text)| format!("{}: {text}", level.map_or("", Level::label)));
            named.collect::<Vec<_>>().join("\n")
        }
    }
}

fn counted(count: usize, status: Status) -> String {
    format!("{} × {}", int(count.try_into().unwrap_or(0)), status.label().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader;

    #[test]
    fn a_month_reads_as_it_went() {
        let one = |s| (None, None, s);
        assert_eq!(in_words(&[one(Status::Utford)]), "Utförd");
        assert_eq!(
            in_words(&[one(Status::Utford), one(Status::Planerad), one(Status::Utford)]),
            "1 × planerad, 2 × utförd"
        );
        let two = [(Some(Level::Systematisk), None, Status::Utford), (Some(Level::Aktivitet), None, Status::Planerad)];
        assert_eq!(in_words(&two), "Systematisk kontroll: Utförd\nKontrollaktivitet: Planerad");
        assert_eq!(in_words(&[two[0], (Some(Level::Aktivitet), None, Status::Utford)]), "Utförd");
        let week = |n, s| (None, Some(n), s);
        assert_eq!(
            in_words(&[week(41, Status::Utford), week(43, Status::Planerad)]),
            "v. 41: utförd, v. 43: planerad",
            "a weekly one says which"
        );
    }

    #[test]
    fn a_text_that_looks_like_a_formula_is_a_text() {
        let cells = vec![Cell::Text("=HYPERLINK(\"http://ond.se\")".into()), Cell::Text("@SUM(1)".into())];
        let sheet = sheet(Plan::Egenkontroll, 2026, &[(Uuid::nil(), cells)], &HashMap::new(), "");
        let bytes = workbook::write(&[sheet]).unwrap();
        let read = reader::open(reader::Kind::Excel, "plan.xlsx", &bytes);
        assert!(read.contains("=HYPERLINK(\"http://ond.se\")") && read.contains("@SUM(1)"), "{read}");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut sheet = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
        assert!(!sheet.contains("<f>"), "{sheet}");
        assert!(sheet.contains("t=\"s\""));
    }

    #[test]
    fn the_template_has_the_columns_and_no_rows() {
        for plan in Plan::ALL {
            let bytes = workbook::write(&empty(plan)).unwrap();
            assert!(reader::open(reader::Kind::Excel, "mall.xlsx", &bytes).contains(plan.columns()[0].label));
            let table = crate::import::read_file("mall.xlsx", &bytes).unwrap();
            assert_eq!(table.rows().len(), 1);
            let labels: Vec<&str> = plan.columns().iter().map(|c| c.label).collect();
            assert_eq!(table.rows()[0].cells, labels);
        }
    }
}
