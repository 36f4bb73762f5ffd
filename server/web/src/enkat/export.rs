//! The results of an enkät as a workbook: a sheet for each question and wording, with the figures of the page and no
//! others. Everything is read through `ui::enkat::results::data`, so what is suppressed there is suppressed here.

use std::iter;

use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::NaiveDate;
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
use store::Target;
use ui::{
    enkat::results::data::{self, Fragresultat, Resultat},
    error::AppError,
};

use crate::{
    blocking,
    extract::CurrentActor,
    plain,
    state::AppState,
    workbook::{self, Cell, Sheet, attachment},
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
    let name = file_name(&format!("Resultat {}", shown.enkat.content.title), unit, Some(state.clock.today()));
    let paper = format!("{}, {unit}", shown.enkat.content.title);
    let mut out = Sheet::new("Om resultatet", &[("Vad", 22.0), ("Innehåll", 90.0)], &paper);
    out.rows = about(&shown, unit, state.clock.today());
    let file = blocking::write("resultat", move || {
        workbook::write(&iter::once(out).chain(sheets(&shown, &paper)).collect::<Vec<_>>())
    });
    let file = file.await?;
    Ok(attachment(file, &name))
}

/// The columns before those of the options.
const COLUMNS: [&str; 9] =
    ["Del", "Grupp", "Svar", "Räknas med", "Nöjda", "Andel nöjda", "Nedre 95 %", "Övre 95 %", "Anmärkning"];

fn about(shown: &Resultat, unit: &str, today: NaiveDate) -> Vec<Vec<Cell>> {
    let c = &shown.enkat.content;
    let line = |label: &str, cell: Cell| vec![Cell::from(label), cell];
    let mut out = vec![
        line("Enkät", c.title.clone().into()),
        line("Enhet", unit.into()),
        line("Period", format!("{}–{}", format::date(c.first), format::date(c.last)).into()),
        line("Kanal", c.kanal.label().into()),
        line("Hämtad", today.into()),
        line("Svar i resultatet", shown.shown.into()),
    ];
    if let Some(share) = shown.svarsfrekvens {
        out.push(line("Svarsfrekvens", share.value().map_or(Cell::Empty, Cell::Share)));
        out.push(line("Utdelade", share.denominator.into()));
    }
    out.extend(shown.fler.iter().map(|fler| line("Svarsfrekvens", fler.sentence().into())));
    out.extend(waiting_sentence(&shown.enkat, shown.waiting).map(|sentence| line("Väntar", sentence.into())));
    let rule = format!(
        "Grupper med färre än {MINST} svar visas inte, och inte heller det som de kan räknas ut ur. Kön visas för \
         avslutade perioder."
    );
    out.push(line("Skydd", rule.into()));
    for p in shown.matris.iter().flat_map(|m| &m.points) {
        let words = format!("{}, vikt {:.0}, resultat {}", p.kvadrant.label(), p.importance, format::share(p.result));
        out.push(line(&format!("Fråga {}", p.number), words.into()));
    }
    out
}

fn sheets(shown: &Resultat, paper: &str) -> Vec<Sheet> {
    let all = shown.questions.iter().enumerate().flat_map(|(i, q)| sheets_of(i, q));
    all.map(|sheet| Sheet { paper: paper.to_owned(), ..sheet }).collect()
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
    sheet.head.extend(besides.map(|label| column(COLUMNS.len(), label)));
    let columns: Vec<String> = sheet.head[COLUMNS.len()..].iter().map(|(label, _)| label.clone()).collect();
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
    let labels = COLUMNS.into_iter().chain(serie.categories.iter().map(|c| c.label.as_str()));
    Sheet {
        name: name.to_owned(),
        lines: vec![serie.fraga.text.clone(), finding, settings.join(" ")],
        head: labels.enumerate().map(|(at, label)| column(at, label)).collect(),
        rows,
        still: 2,
        ..Sheet::default()
    }
}

/// What a column is called, with how wide it is: words or a figure.
fn column(at: usize, label: &str) -> (String, f64) {
    (label.to_owned(), if at < 2 || at == 8 { 26.0 } else { 12.0 })
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
