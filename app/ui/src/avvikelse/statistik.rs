//! Statistik: what everybody reads of cases in numbers, as it was released; and, apart from it, the exact numbers for those who
//! handle the cases.

use chrono::Datelike;
use domain::{
    avvikelse::{
        Kategori, Kind,
        register::{Counts, Group, KategoriRow, Year, by_kategori, by_month, by_year, lead_time, ranked},
    },
    format,
    permission::{Action, Area},
};
use leptos::prelude::*;
use store::{
    Target, Tx,
    avvikelse::{
        frislappt, installning,
        register::{self, Exakt},
    },
};

use crate::{
    components::{
        PageHead, YearSwitch,
        chart::bars::{BarTable, Row},
        load,
        plan::UnitSwitch,
    },
    ctx::Ctx,
    error::AppError,
    place::Place,
    upphorda::UnitNotice,
};

mod redovisat;

use redovisat::ForAlla;

const PATH: &str = "/avvikelser/statistik";
/// The tab of what was released.
const FOR_ALL: &str = "alla";

/// `/avvikelser/statistik`
#[component]
pub fn StatistikPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let (actor, year) = (ctx.actor()?, place.year);
        let mut tx = ctx.read(Target::Node(place.unit, Area::Avvikelse), Action::View).await?;
        let exakt = Exakt::of(&actor, &[place.unit]);
        let (tabs, exakt) = match exakt {
            None => (None, None),
            Some(exakt) => {
                let for_all = place.get("flik") == Some(FOR_ALL);
                (Some(tabs(&place, for_all)), (!for_all).then_some(exakt))
            }
        };
        let content = match exakt {
            None => {
                let seen = frislappt::get(&mut tx, place.unit).await?;
                view! { <ForAlla seen year/> }.into_any()
            }
            Some(exakt) => {
                let content = exact(&mut tx, &exakt, &place, ctx.today.month(), ctx.today.year()).await?;
                view! {
                    <section class="stack loose" aria-label="Exakta antal">
                        <p class="notice">
                            "Bara för er som handlägger. Antalen räknas efter den dag händelsen kom in och ändras när ärenden bedöms. Visa dem inte för andra."
                        </p>
                        {content}
                    </section>
                }
                .into_any()
            }
        };
        Ok(view! {
            <PageHead title="Avvikelser i siffror" sub=place.unit_name.clone()>
                <a class="button secondary" href="/avvikelser">"Till avvikelser"</a>
            </PageHead>
            <UnitNotice place=place.clone() path="/avvikelser/statistik"/>
            <div class="filter-bar">
                <YearSwitch place=place.clone() path=PATH/>
                {(place.units.len() > 1).then(|| view! { <UnitSwitch place=place.clone() path=PATH/> })}
            </div>
            {tabs}
            {content}
        })
    })
}

/// For those who handle the cases: the exact numbers, and what everybody else sees here.
fn tabs(place: &Place, for_all: bool) -> impl IntoView + use<> {
    let tab = |flik: &str, label: &'static str, open: bool| {
        view! { <li><a href=place.with(PATH, &[("flik", flik)]) aria-current=open.then_some("page")>{label}</a></li> }
    };
    view! {
        <nav class="tabs" aria-label="Delar">
            <ul>{tab("", "Exakta antal", !for_all)} {tab(FOR_ALL, "Det som alla ser", for_all)}</ul>
        </nav>
    }
}

/// The numbers as they are just now.
async fn exact(tx: &mut Tx, exakt: &Exakt, place: &Place, month_now: u32, year_now: i32) -> Result<AnyView, AppError> {
    let year = place.year;
    let all = register::groups(tx, exakt).await?;
    let imported = installning::years(tx, &[place.unit]).await?;
    let causes = register::causes(tx, exakt, year).await?;
    let causes = causes.into_iter().map(|(o, n)| (o.map_or("Ingen orsak satt", |o| o.label()).to_owned(), n));
    let causes = bars(causes);
    let processes = bars(ranked(register::processes(tx, exakt, year).await?));
    let words = bars(ranked(register::handelsetyper(tx, exakt, year).await?));
    let lead = lead_time(&register::lead_days(tx, exakt, year).await?);
    let years = by_year(&all, &imported);
    let imported = years.iter().find(|y| y.year == year && y.imported).map(|y| y.counts);
    let of_year: Vec<Group> = all.iter().filter(|g| g.year == year).copied().collect();
    let last = match year.cmp(&year_now) {
        std::cmp::Ordering::Less => 12,
        std::cmp::Ordering::Equal => month_now,
        std::cmp::Ordering::Greater => 0,
    };
    let totals = by_month(&of_year, year).into_iter().zip(1..=last);
    let months = bars(totals.map(|(c, m)| (format::capitalised(format::month_short(m)), c.total)));
    let head = |text: &str| view! { <h2>{format!("{text} {year}")}</h2> };
    if let Some(counts) = imported {
        return Ok(view! {
            <section class="stack tight"><h2>"År för år"</h2> <Years years/></section>
            <section class="stack tight">{head("Klagomål och synpunkter")} {from_before(year, &counts)}</section>
            <p class="help">{format!("Antalen för {year} är inlästa. De har inga månader, orsaker, händelsetyper eller processer.")}</p>
        }
        .into_any());
    }
    Ok(view! {
        <section class="stack tight"><h2>"År för år"</h2> <Years years/></section>
        <div class="two-col even">
            <section class="stack tight">{head("Månader")} <BarTable caption="Exakt antal per månad" what="Månad" rows=months/></section>
            <section class="stack tight">
                {head("Bakomliggande orsaker")} <BarTable caption="Exakt antal per orsak" what="Orsak" rows=causes/>
                <p class="help">"Ett ärende kan ha flera orsaker."</p>
            </section>
            <section class="stack tight">
                {head("Händelsetyper")} <BarTable caption="Exakt antal per händelsetyp" what="Händelsetyp" rows=words/>
            </section>
            <section class="stack tight">
                {head("Processer")} <BarTable caption="Exakt antal per process" what="Process" rows=processes/>
            </section>
        </div>
        <section class="stack tight">{head("Klagomål och synpunkter")} <Kategorier rows=by_kategori(&of_year)/></section>
        {lead
            .map(|l| {
                view! {
                    <section class="stack tight">
                        {head("Handläggningstid")}
                        <p>
                            {format!(
                                "Hälften av de {} avslutade ärendena tog högst {} dagar. Det längsta tog {} dagar.",
                                format::int(l.n),
                                format::int(l.median),
                                format::int(l.longest),
                            )}
                        </p>
                    </section>
                }
            })}
    }
    .into_any())
}

fn bars(words: impl IntoIterator<Item = (String, i64)>) -> Vec<Row> {
    words.into_iter().map(|(word, n)| (word, Some(n))).collect()
}

/// A row of [`year_table`]: the year, what is said beside it, and its eight figures.
struct YearRow {
    year: i32,
    beside: String,
    figures: [Option<i64>; 8],
}

/// The eight figures of a row.
fn figures(total: i64, kinds: [Option<i64>; Kind::ALL.len()], [ivo, imy]: [Option<i64>; 2]) -> [Option<i64>; 8] {
    let of = |kind: Kind| Kind::ALL.iter().zip(kinds).find(|(k, _)| **k == kind).and_then(|(_, n)| n);
    let kinds = [Kind::Avvikelse, Kind::LexSarah, Kind::Pui, Kind::Klagomal, Kind::Synpunkt].map(of);
    [Some(total), kinds[0], kinds[1], kinds[2], kinds[3], kinds[4], ivo, imy]
}

/// Years or parts of them below each other.
fn year_table(name: &'static str, rows: Vec<YearRow>) -> AnyView {
    let figure = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), format::int);
    let rows = rows
        .into_iter()
        .map(|y| {
            let cells = y.figures.map(|n| view! { <td class="num">{figure(n)}</td> });
            let beside = (!y.beside.is_empty()).then(|| view! { " " <span class="sub">{y.beside}</span> });
            view! { <tr><th scope="row">{y.year} {beside}</th> {cells.into_iter().collect_view()}</tr> }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=name>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"År"</th>
                        <th scope="col" class="num">"Ärenden"</th>
                        <th scope="col" class="num">"Avvikelser"</th>
                        <th scope="col" class="num">"varav lex Sarah"</th>
                        <th scope="col" class="num">"varav personuppgifter"</th>
                        <th scope="col" class="num">"Klagomål"</th>
                        <th scope="col" class="num">"Synpunkter"</th>
                        <th scope="col" class="num">"Till IVO"</th>
                        <th scope="col" class="num">"Till IMY"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="help">
            "Ett ärende som är flera saker räknas en gång under Ärenden och en gång under var och en. Ett streck är ett antal som inte visas eller som ingen har angett."
        </p>
    }
    .into_any()
}

/// What is said beside a year from before.
fn imported_words(partial: bool) -> String {
    if partial { "inlästa antal, summan är av de kända" } else { "inlästa antal" }.to_owned()
}

#[component]
fn Years(years: Vec<Year>) -> impl IntoView {
    let row = |y: Year| {
        let c = y.counts;
        let beside = if y.imported { imported_words(c.is_partial()) } else { String::new() };
        YearRow { year: y.year, beside, figures: figures(c.total, c.known_kinds(), c.known_myndigheter()) }
    };
    year_table("Exakta antal år för år", years.into_iter().rev().map(row).collect())
}

/// The table of klagomål as the unit has it: categories down, praise, synpunkter and klagomål across.
#[component]
fn Kategorier(rows: Vec<KategoriRow>) -> impl IntoView {
    kategori_table(rows.into_iter().map(|r| (r.kategori, [r.positive, r.synpunkter, r.klagomal].map(Some))))
}

/// The table of a year from before, where somebody has given it. What they have together is of what they have given.
fn from_before(year: i32, counts: &Counts) -> AnyView {
    let Some(given) = counts.kategorier else {
        let told = format!("Ingen har angett kategorier för {year}. De skrivs in under Inställningar.");
        return view! { <p class="help">{told}</p> }.into_any();
    };
    let rows = Kategori::ALL.into_iter().zip(given).map(|(k, [positive, klagomal])| (k, [positive, None, klagomal]));
    let sum = |at: usize| format::int(given.iter().filter_map(|row| row[at]).sum());
    let together =
        format!("Tillsammans {} positiva synpunkter och {} klagomål i raderna som är kända.", sum(0), sum(1));
    view! {
        {kategori_table(rows)}
        <p class="help">{together} " Ett streck är ett antal som ingen har angett."</p>
    }
    .into_any()
}

/// Praise, synpunkter and klagomål of each category; `–` where nobody has given it.
fn kategori_table(rows: impl Iterator<Item = (Kategori, [Option<i64>; 3])>) -> AnyView {
    let body = rows
        .map(|(kategori, figures)| {
            let figure = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), format::int);
            let cells = figures.map(|n| view! { <td class="num">{figure(n)}</td> });
            view! { <tr><th scope="row">{kategori.label()}</th> {cells.into_iter().collect_view()}</tr> }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Exakta antal klagomål och synpunkter">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Kategori"</th>
                        <th scope="col" class="num">"Positiva synpunkter"</th>
                        <th scope="col" class="num">"Övriga synpunkter"</th>
                        <th scope="col" class="num">"Klagomål"</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}
