//! Statistik: counts for everybody, protected where they are small; those who handle the cases see them as they are.

use chrono::{Datelike, NaiveDate};
use domain::{
    avvikelse::{
        Kind,
        register::{Counts, Group, Year, by_kategori, by_month, by_year, count, lead_time, ranked},
        skydd::{self, Shown, suppress},
    },
    format,
    permission::{Action, Area},
};
use leptos::prelude::*;
use store::{
    Target,
    avvikelse::{handled_units, installning, register},
};

use crate::{
    components::{
        Empty, PageHead, YearSwitch,
        chart::bars::{BarTable, Row},
        load,
        plan::UnitSwitch,
    },
    ctx::Ctx,
    place::Place,
};

const PATH: &str = "/avvikelser/statistik";

/// `/avvikelser/statistik`
#[component]
pub fn StatistikPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let (actor, today, year) = (ctx.actor()?, ctx.today, place.year);
        let mut tx = ctx.store.read(&actor, Target::Node(place.unit, Area::Avvikelse), Action::View).await?;
        let nodes = [place.unit];
        let exact = handled_units(&actor).contains(&place.unit);
        let all = register::groups(&mut tx, &nodes).await?;
        // a month that goes on would show each case as it comes
        let seen: Vec<Group> = all.into_iter().filter(|g| exact || is_over(g, today)).collect();
        let imported = installning::years(&mut tx, &nodes).await?;
        let causes = register::causes(&mut tx, &nodes, year).await?;
        let processes = ranked(register::processes(&mut tx, &nodes, year).await?);
        let words = ranked(register::handelsetyper(&mut tx, &nodes, year).await?);
        let lead = lead_time(&register::lead_days(&mut tx, &nodes, year).await?).filter(|l| exact || l.n >= 5);
        let years = by_year(&seen, &imported);
        let of_year: Vec<Group> = seen.iter().filter(|g| g.year == year).copied().collect();
        let total = count(&of_year);
        let told = if exact {
            "Du handlägger ärendena och ser exakta antal."
        } else {
            "Antal under fem visas inte, och månader visas när de är slut."
        };
        let causes: Vec<Row> = protect(
            causes.into_iter().map(|(o, n)| (o.map_or("Ingen orsak satt", |o| o.label()).to_owned(), n)).collect(),
            exact,
        );
        let content = if total.total == 0 && years.is_empty() {
            view! { <Empty title="Inga ärenden än" text="När någon rapporterar, eller antal från tidigare år skrivs in, visas statistik här."/> }
                .into_any()
        } else {
            view! {
                <div class="stack loose">
                    <section class="stack tight"><h2>"År för år"</h2> <Years years exact/></section>
                    <div class="two-col even">
                        <section class="stack tight">
                            <h2>{format!("Månader {year}")}</h2>
                            <BarTable caption="Ärenden per månad" what="Månad" rows=months(&of_year, year, today, exact)/>
                        </section>
                        <section class="stack tight">
                            <h2>{format!("Bakomliggande orsaker {year}")}</h2>
                            <BarTable caption="Bakomliggande orsaker" what="Orsak" rows=causes/>
                            <p class="help">"Ett ärende kan ha flera orsaker."</p>
                        </section>
                        <section class="stack tight">
                            <h2>{format!("Händelsetyper {year}")}</h2>
                            <BarTable caption="Händelsetyper" what="Händelsetyp" rows=protect(words, exact)/>
                        </section>
                        <section class="stack tight">
                            <h2>{format!("Processer {year}")}</h2>
                            <BarTable caption="Processer" what="Process" rows=protect(processes, exact)/>
                        </section>
                    </div>
                    <section class="stack tight">
                        <h2>{format!("Klagomål och synpunkter {year}")}</h2>
                        <Kategorier groups=of_year exact/>
                    </section>
                    {lead
                        .map(|l| {
                            view! {
                                <section class="stack tight">
                                    <h2>{format!("Handläggningstid {year}")}</h2>
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
                </div>
            }
            .into_any()
        };
        Ok(view! {
            <PageHead title="Avvikelser i siffror" sub=format!("{} · {told}", place.unit_name)>
                <a class="button secondary" href="/avvikelser">"Till avvikelser"</a>
            </PageHead>
            <div class="filter-bar">
                <YearSwitch place=place.clone() path=PATH/>
                {(place.units.len() > 1).then(|| view! { <UnitSwitch place=place.clone() path=PATH/> })}
            </div>
            {content}
        })
    })
}

fn is_over(g: &Group, today: NaiveDate) -> bool {
    (g.year, g.month) < (today.year(), today.month())
}

/// Words and counts as the person sees them.
fn protect(words: Vec<(String, i64)>, exact: bool) -> Vec<Row> {
    let counts: Vec<i64> = words.iter().map(|(_, n)| *n).collect();
    let shown = if exact { counts.iter().map(|n| Some(*n)).collect() } else { suppress(&counts) };
    words.into_iter().map(|(w, _)| w).zip(shown).collect()
}

/// The months of a year that have begun; small ones are put together with those after them where they are protected.
fn months(groups: &[Group], year: i32, today: NaiveDate, exact: bool) -> Vec<Row> {
    let last = match year.cmp(&today.year()) {
        std::cmp::Ordering::Less => 12,
        std::cmp::Ordering::Equal if exact => today.month(),
        std::cmp::Ordering::Equal => today.month() - 1,
        std::cmp::Ordering::Greater => 0,
    };
    let totals: Vec<i64> = by_month(groups, year).iter().take(last as usize).map(|c| c.total).collect();
    let name = |month: usize| format::month_short(u32::try_from(month + 1).unwrap_or(1));
    if exact {
        return totals.iter().enumerate().map(|(m, n)| (format::capitalised(name(m)), Some(*n))).collect();
    }
    let runs = skydd::months(&totals);
    let row = |r: domain::redovisning::Run| {
        let label =
            if r.first == r.last { name(r.first).to_owned() } else { format!("{}–{}", name(r.first), name(r.last)) };
        (format::capitalised(&label), Some(r.n))
    };
    runs.into_iter().map(row).collect()
}

#[component]
fn Years(years: Vec<Year>, exact: bool) -> impl IntoView {
    let figure = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), format::int);
    let rows = years
        .into_iter()
        .rev()
        .map(|y| {
            let s = if exact { plain(&y.counts) } else { skydd::shown(&y.counts) };
            let of = |kind: Kind| Kind::ALL.iter().zip(s.kinds).find(|(k, _)| **k == kind).and_then(|(_, n)| n);
            let cells = [
                s.total,
                of(Kind::Avvikelse),
                of(Kind::LexSarah),
                of(Kind::Pui),
                of(Kind::Klagomal),
                of(Kind::Synpunkt),
                s.ivo,
                s.imy,
            ]
            .map(|n| view! { <td class="num">{figure(n)}</td> });
            view! {
                <tr>
                    <th scope="row">{y.year} {y.imported.then(|| view! { " " <span class="sub">"inlästa antal"</span> })}</th>
                    {cells.into_iter().collect_view()}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="År för år">
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
        <p class="help">"Ett ärende som är flera saker räknas en gång under Ärenden och en gång under var och en."</p>
    }
}

fn plain(c: &Counts) -> Shown {
    Shown { total: Some(c.total), kinds: c.kinds.map(Some), ivo: Some(c.ivo), imy: Some(c.imy) }
}

/// The table of klagomål as the unit has it: categories down, praise, synpunkter and klagomål across.
#[component]
fn Kategorier(groups: Vec<Group>, exact: bool) -> impl IntoView {
    let rows = by_kategori(&groups);
    let column = |f: fn(&domain::avvikelse::register::KategoriRow) -> i64| {
        let counts: Vec<i64> = rows.iter().map(f).collect();
        if exact { counts.into_iter().map(Some).collect() } else { suppress(&counts) }
    };
    let (positive, synpunkter, klagomal) = (column(|r| r.positive), column(|r| r.synpunkter), column(|r| r.klagomal));
    let figure = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), format::int);
    let body = rows
        .iter()
        .zip(positive)
        .zip(synpunkter)
        .zip(klagomal)
        .map(|(((r, p), s), k)| {
            view! {
                <tr>
                    <th scope="row">{r.kategori.label()}</th>
                    <td class="num">{figure(p)}</td>
                    <td class="num">{figure(s)}</td>
                    <td class="num">{figure(k)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Klagomål och synpunkter">
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
}
