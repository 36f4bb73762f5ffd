//! Redovisat: the part of the page that everybody sees. It is given what was released and nothing else.

use std::sync::Arc;

use domain::{
    avvikelse::frislappt::{Del, PerKategori, Redovisat, TERTIAL_MINST, Tabell},
    format,
};
use leptos::prelude::*;

use super::{YearRow, figures, imported_words, year_table};
use crate::components::{
    Empty,
    chart::bars::{BarTable, Row},
};

/// What is released of a unit, with more of one year.
#[component]
pub fn ForAlla(seen: Arc<Redovisat>, year: i32) -> impl IntoView {
    if seen.is_empty() {
        return view! {
            <Empty
                title="Inget att visa än"
                text="Antalen visas när fem ärenden har kommit in och månaden är slut, eller när antal från tidigare år skrivs in."
            />
        }
        .into_any();
    }
    let head = |text: String| view! { <h2>{text}</h2> };
    let months: Vec<Row> = seen.manader(year).into_iter().map(|(m, n)| (format::capitalised(&m), Some(n))).collect();
    let imported = seen.ar().any(|a| a.year() == year);
    let months = match seen.total(year) {
        None if imported => view! { <p class="help">"Antal som är inlästa har inga månader."</p> }.into_any(),
        None => view! { <p class="help">{format!("Färre än fem ärenden har kommit in i de månader av {year} som är slut.")}</p> }
            .into_any(),
        Some(total) => view! {
            <BarTable caption="Ärenden per månad" what="Månad" rows=months/>
            <p class="help">{format!("Tillsammans {} ärenden.", format::int(total))}</p>
        }
        .into_any(),
    };
    let delar = seen.delar(year);
    let later = (delar.is_empty() && !imported).then(|| {
        let told = format!(
            "Vad ärendena under {year} var visas när en tertial med minst {TERTIAL_MINST} ärenden är slut, annars när året är slut."
        );
        view! { <p class="help">{told}</p> }
    });
    let delar = delar.into_iter().map(part).collect_view();
    view! {
        <div class="stack loose">
            <section class="stack tight">{head("År för år".to_owned())} {year_table("År för år", rows(&seen))}</section>
            <section class="stack tight">{head(format!("Månader {year}"))} {months} {later}</section>
            {delar}
            <p class="help">
                "Antal under fem visas inte, och inte heller antal som de kan räknas ut ur. Månader läggs ihop tills fem ärenden har kommit in, räknat efter dagen då de registrerades. Det som har visats ändras inte, även om ett ärende bedöms på nytt."
            </p>
        </div>
    }
    .into_any()
}

/// The parts that are told of and the years from before, the latest first.
fn rows(seen: &Redovisat) -> Vec<YearRow> {
    let delar = seen.alla_delar().map(|d| YearRow {
        year: d.year(),
        beside: d.label(),
        figures: figures(d.n(), d.kinds(), d.myndigheter()),
    });
    let ar = seen.ar().map(|a| YearRow {
        year: a.year(),
        beside: imported_words(a.is_partial()),
        figures: figures(a.n(), a.kinds(), a.myndigheter()),
    });
    let mut rows: Vec<YearRow> = delar.chain(ar).collect();
    // the parts of a year stay in their order
    rows.sort_by_key(|r| std::cmp::Reverse(r.year));
    rows
}

/// The classes of a table and the rest.
fn bars(table: &Tabell, rest: &str) -> Vec<Row> {
    let rows = table.rader().iter().map(|(word, n)| (word.clone(), Some(*n)));
    rows.chain((table.rest() > 0).then(|| (rest.to_owned(), Some(table.rest())))).collect()
}

/// What the cases of some months were.
fn part(del: &Del) -> AnyView {
    let when = format!("{} {}", del.label(), del.year());
    let table = |name: &str, what: &'static str, rows: Vec<Row>| {
        (!rows.is_empty()).then(|| {
            view! {
                <section class="stack tight">
                    <h2>{format!("{name} {when}")}</h2> <BarTable caption=format!("{name} {when}") what rows/>
                </section>
            }
        })
    };
    let of_kategori = |name: &str, rows: Option<&[PerKategori]>| {
        let rows = rows.unwrap_or_default().iter().map(|(k, n)| (k.label().to_owned(), *n)).collect();
        table(name, "Kategori", rows)
    };
    let orsaker = del.orsaker().iter().map(|(o, n)| (o.label().to_owned(), *n)).collect();
    let [klagomal, synpunkter] = del.kategorier();
    view! {
        <div class="two-col even">
            {table("Bakomliggande orsaker", "Orsak", orsaker)}
            {table("Händelsetyper", "Händelsetyp", bars(del.handelsetyper(), "Övriga och utan händelsetyp"))}
            {table("Processer", "Process", bars(del.processer(), "Övriga och utan process"))}
            {table("Handläggningstid", "Tid", bars(del.tider(), "Övriga och ännu inte avslutade"))}
            {of_kategori("Klagomål", klagomal)} {of_kategori("Synpunkter", synpunkter)}
        </div>
    }
    .into_any()
}
