//! The results of an enkät as a workbook: a sheet for each question and wording, with the figures of the page and no
//! others. Everything is read through `ui::enkat::results::data`, so what is suppressed there is suppressed here.

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    dokument::namn::file_name,
    enkat::{
        fordelning,
        resultat::{Figur, Kategori, Punkt, Serie, UtifranForm, good_words, waiting_sentence},
    },
    format,
    id::EnkatId,
    permission::Action,
    person::Actor,
    redovisning::MINST,
};
use http::HeaderMap;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use store::Target;
use ui::{
    enkat::results::data::{self, Fragresultat, Resultat},
    error::AppError,
};

use crate::{
    blocking,
    extract::CurrentActor,
    import::export::{attachment, bold},
    plain,
    state::AppState,
};

/// `GET /enkater/{id}/resultat.xlsx`
pub async fn workbook(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    exported(&state, &actor, &id).await.unwrap_or_else(|error| plain::answer(&headers, &error))
}

async fn exported(state: &AppState, actor: &Actor, id: &str) -> Result<Response, AppError> {
    let id: EnkatId = id.parse().map_err(|_| AppError::NotFound)?;
    let mut tx = state.store.read(actor, Target::Enkat(id), Action::View).await?;
    let shown = data::read(&mut tx, actor, id).await?;
    drop(tx);
    let unit = actor.tree.name(shown.enkat.node);
    let what = format!("Resultat {}", shown.enkat.content.title);
    let name = file_name(&what, unit, Some(state.clock.today()));
    let about = about(&shown, unit, &format::date(state.clock.today()));
    let file = blocking::write("resultat", move || write(&about, &sheets(&shown))).await?;
    Ok(attachment(file, &name))
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Empty,
    Text(String),
    Count(i64),
    /// 0–1
    Share(f64),
}

/// A sheet: some lines of text, a heading, and rows under it.
#[derive(Clone, Debug, PartialEq)]
struct Sheet {
    name: String,
    lines: Vec<String>,
    head: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

/// The columns before those of the options.
const COLUMNS: [&str; 9] =
    ["Del", "Grupp", "Svar", "Räknas med", "Nöjda", "Andel nöjda", "Nedre 95 %", "Övre 95 %", "Anmärkning"];

fn about(shown: &Resultat, unit: &str, today: &str) -> Vec<(String, Cell)> {
    let c = &shown.enkat.content;
    let text = |s: String| Cell::Text(s);
    let mut out = vec![
        ("Enkät".to_owned(), text(c.title.clone())),
        ("Enhet".to_owned(), text(unit.to_owned())),
        ("Period".to_owned(), text(format!("{}–{}", format::date(c.first), format::date(c.last)))),
        ("Kanal".to_owned(), text(c.kanal.label().to_owned())),
        ("Hämtad".to_owned(), text(today.to_owned())),
        ("Svar i resultatet".to_owned(), Cell::Count(shown.shown)),
    ];
    if let Some(share) = shown.svarsfrekvens {
        out.push(("Svarsfrekvens".to_owned(), share.value().map_or(Cell::Empty, Cell::Share)));
        out.push(("Utdelade".to_owned(), Cell::Count(share.denominator)));
    }
    for fler in &shown.fler {
        out.push(("Svarsfrekvens".to_owned(), text(fler.sentence())));
    }
    if let Some(sentence) = waiting_sentence(&shown.enkat, shown.waiting) {
        out.push(("Väntar".to_owned(), text(sentence)));
    }
    let rule = format!(
        "Grupper med färre än {MINST} svar visas inte, och inte heller det som de kan räknas ut ur. Kön visas för \
         avslutade perioder."
    );
    out.push(("Skydd".to_owned(), text(rule)));
    for p in shown.matris.iter().flat_map(|m| &m.points) {
        let words = format!("{}, vikt {:.0}, resultat {}", p.kvadrant.label(), p.importance, format::share(p.result));
        out.push((format!("Fråga {}", p.number), text(words)));
    }
    out
}

fn sheets(shown: &Resultat) -> Vec<Sheet> {
    shown.questions.iter().enumerate().flat_map(|(i, q)| sheets_of(i, q)).collect()
}

/// A sheet for the wording that is asked now, and one for each earlier one: their options may be others.
fn sheets_of(place: usize, q: &Fragresultat) -> Vec<Sheet> {
    let name = q.number.map_or_else(|| format!("Tidigare fråga {}", place + 1), |n| format!("Fråga {n}"));
    let mut out = Vec::new();
    for (i, serie) in q.series.iter().enumerate() {
        let mut sheet = sheet(&name, serie);
        if i == 0 {
            for wave in &q.waves {
                let figur = wave.serie.total();
                sheet.rows.extend(figur.map(|f| row("Tidigare enkät", &wave.title, &f, &wave.serie.categories, serie)));
            }
            outside(&mut sheet, q, serie);
        } else {
            sheet.name = format!("{name}, version {}", serie.versions.1);
        }
        out.push(sheet);
    }
    out
}

/// The values from elsewhere, each with its spread over the columns of the options. Options that only they have come last.
fn outside(sheet: &mut Sheet, q: &Fragresultat, serie: &Serie) {
    let spreads = q.outside.iter().filter_map(|o| o.fordelning.as_ref());
    let own = serie.categories.len();
    let besides = fordelning::rows(&serie.fraga, spreads).into_iter().skip(serie.fraga.choices().len());
    sheet.head.extend(besides.map(str::to_owned));
    let columns = sheet.head[COLUMNS.len()..].to_vec();
    let row = |o: &UtifranForm| {
        let kon = o.kon.map(|k| format!(", {}", k.plural())).unwrap_or_default();
        let count = o.n.map_or(Cell::Empty, Cell::Count);
        let mut cells = vec![
            Cell::Text("Värde utifrån".to_owned()),
            Cell::Text(format!("{} {}{kon}", o.source, o.wave)),
            count.clone(),
            count,
            Cell::Empty,
            Cell::Share(o.share / 100.0),
        ];
        if let Some(spread) = &o.fordelning {
            cells.extend([Cell::Empty, Cell::Empty, spread.note().map_or(Cell::Empty, Cell::Text)]);
            // an option may be called as what is said of those who left the question out: that is not of the spread
            cells.extend(columns.iter().enumerate().map(|(at, label)| match spread.of(label) {
                Some(share) if at + 1 != own => Cell::Share(share / 100.0),
                _ => Cell::Text("–".to_owned()),
            }));
        }
        cells
    };
    sheet.rows.extend(q.outside.iter().map(row));
}

fn sheet(name: &str, serie: &Serie) -> Sheet {
    let total = serie.total();
    let mut rows = Vec::new();
    if let Some(total) = &total {
        rows.push(row("Totalt", "Alla", total, &serie.categories, serie));
        rows.push(spread(total));
    }
    let by_kon = serie.by_kon();
    for (kon, figur) in &by_kon {
        rows.push(row("Kön", kon.plural(), figur, &serie.categories, serie));
    }
    let label = |p: &Punkt| if p.open { format!("{}, hittills", p.label()) } else { p.label() };
    for point in serie.by_period() {
        rows.push(row("Tid", &label(&point), &point.figur, &serie.categories, serie));
    }
    for (kon, _) in &by_kon {
        for point in serie.by_period_of(*kon) {
            let group = format!("{}, {}", label(&point), kon.plural());
            rows.push(row("Tid och kön", &group, &point.figur, &serie.categories, serie));
        }
    }
    let finding = total.as_ref().map_or_else(
        || format!("Färre än {MINST} svar, visas inte."),
        |f| [Some(f.finding(&serie.categories)), f.certainty()].into_iter().flatten().collect::<Vec<_>>().join(" "),
    );
    let good = good_words(&serie.categories);
    let mut settings = vec![format!("Nöjda är de som svarade {good}.")];
    settings.extend(total.iter().flat_map(|f| serie.settings(f)));
    settings.extend(total.iter().filter_map(|f| f.rounding(&serie.categories)).map(str::to_owned));
    let head = COLUMNS.into_iter().map(str::to_owned).chain(serie.categories.iter().map(|c| c.label.clone()));
    Sheet {
        name: name.to_owned(),
        lines: vec![serie.fraga.text.clone(), finding, settings.join(" ")],
        head: head.collect(),
        rows,
    }
}

/// The share of each category of all answers, under its count.
fn spread(figur: &Figur) -> Vec<Cell> {
    let mut cells = vec![Cell::Empty; COLUMNS.len()];
    cells[0] = Cell::Text("Totalt".to_owned());
    cells[1] = Cell::Text("Andel av alla svar".to_owned());
    #[allow(clippy::cast_precision_loss)] // counts of answers
    let share = |n: &i64| if figur.n > 0 { Cell::Share(*n as f64 / figur.n as f64) } else { Cell::Empty };
    cells.extend(figur.counts.iter().map(share));
    cells
}

/// A figure in the columns of `serie`. Its own categories may be in another order or fewer: they are found by name.
fn row(part: &str, group: &str, figur: &Figur, own: &[Kategori], serie: &Serie) -> Vec<Cell> {
    let dash = || Cell::Text("–".to_owned());
    let share = figur.share.and_then(|s| Some((s, s.value()?)));
    let (low, high) = figur.interval.map_or_else(|| (dash(), dash()), |(l, h)| (Cell::Share(l), Cell::Share(h)));
    let note = if share.is_some() { Cell::Empty } else { Cell::Text(format!("Färre än {MINST} svar räknas med")) };
    let mut cells = vec![
        Cell::Text(part.to_owned()),
        Cell::Text(group.to_owned()),
        Cell::Count(figur.n),
        share.map_or_else(dash, |(s, _)| Cell::Count(s.denominator)),
        share.map_or_else(dash, |(s, _)| Cell::Count(s.numerator)),
        share.map_or_else(dash, |(_, value)| Cell::Share(value)),
        low,
        high,
        note,
    ];
    cells.extend(serie.categories.iter().map(|category| {
        let place = own.iter().position(|c| (c.rad, &c.label) == (category.rad, &category.label));
        place.and_then(|at| figur.counts.get(at)).map_or(Cell::Empty, |n| Cell::Count(*n))
    }));
    cells
}

fn write(about: &[(String, Cell)], sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let first = workbook.add_worksheet();
    first.set_name("Om resultatet")?;
    first.set_column_width(0, 22)?;
    first.set_column_width(1, 90)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_align(FormatAlign::Left);
    for (line, (label, cell)) in (0..).zip(about) {
        first.write_string_with_format(line, 0, label, &bold())?;
        put(first, line, 1, cell, &wrapped)?;
    }
    for sheet in sheets {
        let out = workbook.add_worksheet();
        out.set_name(&sheet.name)?;
        let mut line = 0;
        for (i, text) in sheet.lines.iter().enumerate() {
            let format = if i == 0 { Format::new().set_bold() } else { Format::new() };
            out.write_string_with_format(line, 0, text, &format)?;
            line += 1;
        }
        line += 1;
        for (column, text) in (0..).zip(&sheet.head) {
            out.write_string_with_format(line, column, text, &bold())?;
            out.set_column_width(column, if column < 2 || column == 8 { 26 } else { 12 })?;
        }
        line += 1;
        out.set_freeze_panes(line, 2)?;
        for cells in &sheet.rows {
            for (column, cell) in (0..).zip(cells) {
                put(out, line, column, cell, &Format::new())?;
            }
            line += 1;
        }
    }
    workbook.save_to_buffer()
}

/// A text is always written as a text: one that begins with = + - or @ is no formula.
fn put(sheet: &mut Worksheet, line: u32, column: u16, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => drop(sheet.write_string_with_format(line, column, text, format)?),
        #[allow(clippy::cast_precision_loss)] // counts of answers
        Cell::Count(n) => {
            sheet.write_number_with_format(line, column, *n as f64, &format.clone().set_num_format("#,##0"))?;
        }
        Cell::Share(x) => {
            sheet.write_number_with_format(line, column, *x, &format.clone().set_num_format("0.0%"))?;
        }
    }
    Ok(())
}
