//! `/enkater/{id}/varden`: how many were handed out, and results from elsewhere to compare with.

use domain::{
    enkat::{
        Enkat, Fraga, Grain, Period,
        resultat::{Fler, Utifran},
    },
    format,
    id::EnkatId,
    permission::{Action, Area},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{
    Target,
    enkat::{self, resultat},
};

use super::{
    spread::Spread,
    tabs::{ResultHead, Tab},
};
use crate::{
    components::{ErrorSummary, FormState, Hidden, SelectField, TextArea, TextField, load},
    ctx::Ctx,
    enkat::api::{ImportEnkatUtifran, RemoveEnkatUtifran, SetEnkatUtdelade},
    error::AppError,
};

/// The most periods offered: five years of weeks.
const MOST_PERIODS: usize = 270;

/// `/enkater/{id}/varden`
#[component]
pub fn VardenPage() -> impl IntoView {
    let chosen = use_query_map().get_untracked().get("fordelning").unwrap_or_default();
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: EnkatId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Enkat(id), Action::Edit).await?;
        let enkat = enkat::get(&mut tx, id).await?;
        let questions = enkat::versions(&mut tx, id).await?.into_iter().rfind(|v| v.in_use).map(|v| v.questions.list);
        let utdelade = resultat::utdelade(&mut tx, id).await?;
        let outside = resultat::utifran(&mut tx, id).await?;
        let texts = if actor.may(enkat.node, Area::Enkat, Action::TickAny) {
            Some(resultat::count_fritexter(&mut tx, id).await?)
        } else {
            None
        };
        let fler = super::data::read(&mut tx, &actor, id).await?.fler;
        drop(tx);
        let periods = periods(&enkat, ctx.today);
        let questions = questions.unwrap_or_default();
        Ok(view! {
            <ResultHead enkat=enkat.clone() actor current=Tab::Varden texts/>
            <div class="stack loose">
                <Outside id outside questions=questions.clone()/>
                <Spread id questions chosen/>
                <HandedOut enkat utdelade periods fler/>
            </div>
        })
    })
}

/// The periods of an enkät up to today, the latest first.
fn periods(enkat: &Enkat, today: chrono::NaiveDate) -> Vec<Period> {
    let c = &enkat.content;
    let mut day = c.first;
    let last = c.last.min(today).max(c.first);
    let mut out: Vec<Period> = Vec::new();
    while day <= last && out.len() < MOST_PERIODS {
        let period = Period::of(day, c.grain);
        out.push(period);
        let Some(next) = period.last_day().succ_opt() else { break };
        day = next;
    }
    out.reverse();
    out
}

/// How many were handed out: a form and what is written.
#[component]
fn HandedOut(enkat: Enkat, utdelade: Vec<(String, i64)>, periods: Vec<Period>, fler: Vec<Fler>) -> impl IntoView {
    let id = enkat.id;
    let state = FormState::of(SetEnkatUtdelade::PATH, None);
    let (unit, occasion) =
        (if enkat.content.grain == Grain::Manad { "Månad" } else { "Vecka" }, enkat.content.kanal.occasion());
    let seen = resultat::utdelade_seen(&utdelade);
    let known = |p: &Period| utdelade.iter().any(|(written, _)| *written == p.to_string());
    // the earliest that is not written: they are filled in one after the other
    let next = periods.iter().rev().find(|p| !known(p)).or(periods.first()).map(ToString::to_string);
    let options =
        periods.iter().map(|p| (p.to_string(), format::capitalised(&p.label()))).collect::<Vec<(String, String)>>();
    let rows = utdelade
        .iter()
        .rev()
        .map(|(period, n)| {
            let name = period.parse::<Period>().map_or_else(|()| period.clone(), Period::label);
            view! {
                <tr>
                    <th scope="row">{format::capitalised(&name)}</th>
                    <td class="num">{format::int(*n)}</td>
                    <td class="num">
                        <form method="post" action=SetEnkatUtdelade::PATH>
                            <Hidden name="id" value=id.to_string()/>
                            <Hidden name="period" value=period.clone()/>
                            <Hidden name="seen" value=seen.clone()/>
                            <Hidden name="n" value=""/>
                            <button class="button quiet small" aria-label=format!("Ta bort {name}")>"Ta bort"</button>
                        </form>
                    </td>
                </tr>
            }
        })
        .collect_view();
    let table = (!utdelade.is_empty()).then(|| {
        view! {
            <div class="table-wrap narrow" tabindex="0" role="region" aria-label="Antal utdelade">
                <table class="table dense varden-table">
                    <thead>
                        <tr>
                            <th scope="col">{unit}</th>
                            <th class="num" scope="col">"Utdelade"</th>
                            <th><span class="visually-hidden">"Ta bort"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let told = fler.iter().map(Fler::sentence).collect::<Vec<_>>().join(" ");
    let warning = (!fler.is_empty()).then(|| {
        view! { <p class="notice warn">{told} " Rätta antalet, eller skriv alla som fick frågan. Till dess visas ingen svarsfrekvens."</p> }
    });
    view! {
        <section class="stack" id="utdelade">
            <div>
                <h2>"Antal utdelade"</h2>
                <p class="muted">
                    {format!("Hur många som fick frågan, till exempel antal {occasion}. Svarsfrekvensen räknas på avslutade perioder där antalet är skrivet.")}
                </p>
            </div>
            {warning}
            <div class="varden-cols">
                <form class="form" method="post" action=SetEnkatUtdelade::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="id" value=id.to_string()/>
                    <Hidden name="seen" value=seen.clone()/>
                    <div class="inline-fields">
                        <SelectField state=state.clone() name="period" label=unit options value=next.unwrap_or_default() required=true/>
                        <TextField state name="n" label="Utdelade" short=true required=true inputmode="numeric"/>
                    </div>
                    <div class="form-actions"><button class="button">"Spara antal"</button></div>
                </form>
                {table}
            </div>
        </section>
    }
}

/// Results from elsewhere: a table to paste, and what is there.
#[component]
fn Outside(id: EnkatId, outside: Vec<Utifran>, questions: Vec<Fraga>) -> impl IntoView {
    let state = FormState::of(ImportEnkatUtifran::PATH, None);
    let numbered: Vec<(usize, Fraga)> = (1..).zip(questions).collect();
    let name = |key: i32| {
        numbered
            .iter()
            .find(|(_, q)| q.key == key)
            .map_or_else(|| "Tidigare fråga".to_owned(), |(n, q)| format!("{n}. {}", q.text))
    };
    let rows = outside
        .iter()
        .map(|u| {
            let row = &u.row;
            let kon = row.kon.map_or("Alla", domain::kon::Kon::plural);
            let about = format!("{} {}, {kon}, {}", row.source, row.wave, name(row.fraga));
            view! {
                <tr>
                    <th scope="row">{name(row.fraga)}</th>
                    <td>{row.source.clone()}</td>
                    <td class="num">{row.wave.clone()}</td>
                    <td>{kon}</td>
                    <td class="num">
                        {format::share(row.share / 100.0)}
                        {row.fordelning.as_ref().map(|f| view! { " " <span class="sub">{f.words()}</span> })}
                    </td>
                    <td class="num">{row.n.map(format::int)}</td>
                    <td class="num">
                        <form method="post" action=RemoveEnkatUtifran::PATH>
                            <Hidden name="id" value=id.to_string()/>
                            <Hidden name="row" value=u.id.to_string()/>
                            <button class="button quiet small" aria-label=format!("Ta bort {about}")>"Ta bort"</button>
                        </form>
                    </td>
                </tr>
            }
        })
        .collect_view();
    let table = if outside.is_empty() {
        view! { <p class="result-note">"Inga värden än."</p> }.into_any()
    } else {
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label="Värden utifrån">
                <table class="table dense varden-table">
                    <thead>
                        <tr>
                            <th scope="col">"Fråga"</th>
                            <th scope="col">"Källa"</th>
                            <th class="num" scope="col">"Våg"</th>
                            <th scope="col">"Kön"</th>
                            <th class="num" scope="col">"Andel"</th>
                            <th class="num" scope="col">"Svar"</th>
                            <th><span class="visually-hidden">"Ta bort"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let choices: Vec<&(usize, Fraga)> = numbered.iter().filter(|(_, q)| q.is_choice()).collect();
    let example = choices
        .iter()
        .take(2)
        .map(|(n, _)| format!("{n};Staden;2025;;88,5;1200\n{n};Staden;2025;kvinna;89,1;700"))
        .collect::<Vec<_>>()
        .join("\n");
    let known = choices.iter().map(|(n, q)| view! { <li value=*n>{q.text.clone()}</li> }).collect_view();
    view! {
        <section class="stack" id="utifran">
            <div>
                <h2>"Värden att jämföra med"</h2>
                <p class="muted">
                    "Andelar från stadens enkät, en pappersenkät eller tidigare år. De visas i samma bilder som era egna, och läggs aldrig ihop med dem."
                </p>
            </div>
            <div class="varden-cols">
                <form class="form" method="post" action=ImportEnkatUtifran::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="id" value=id.to_string()/>
                    <div data-unkept="">
                        <TextArea
                            state name="rows" label="Klistra in rader" rows=7 required=true
                            help="Från Excel eller skrivna med semikolon. Samma fråga, källa, våg och kön igen ersätter det som finns. En fördelning står kvar om andelen är densamma."
                        />
                    </div>
                    <div class="form-actions"><button class="button">"Läs in"</button></div>
                </form>
                <aside class="card varden-hint">
                    <div class="card-body">
                        <h3>"Så här ser en rad ut"</h3>
                        <p class="muted">"Fråga; källa; våg; kön; andel i procent; antal svar"</p>
                        <pre class="varden-example">{example}</pre>
                        <ul class="varden-rules">
                            <li>"Våg är ett år (2025) eller en månad (2025-11)."</li>
                            <li>"Kön är tomt för alla, annars kvinna, man eller annat."</li>
                            <li>"Antal svar får vara tomt, men är det känt ska det vara minst fem."</li>
                        </ul>
                        <h3>"Frågornas nummer"</h3>
                        <ol class="varden-questions">{known}</ol>
                    </div>
                </aside>
            </div>
            {table}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use domain::{
        enkat::{Content, Kanal, State},
        id::NodeId,
    };

    use super::*;

    #[test]
    fn the_periods_of_an_enkat_go_from_its_first_day_to_today_the_latest_first() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let of = |first, last, today| {
            let content = Content {
                title: String::new(),
                intro: String::new(),
                kanal: Kanal::Telefon,
                grain: Grain::Manad,
                first,
                last,
                target: None,
            };
            let enkat = Enkat {
                id: EnkatId::new(),
                node: NodeId::new(),
                content,
                state: State::Oppen,
                copied_from: None,
                closed_through: None,
                thin: false,
                version: 1,
            };
            periods(&enkat, today).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let (first, last) = (day(2026, 11, 15), day(2027, 3, 1));
        assert_eq!(of(first, last, day(2027, 1, 2)), ["2027-01", "2026-12", "2026-11"]);
        assert_eq!(of(first, last, day(2026, 1, 2)), ["2026-11"], "one that has not begun has its first");
    }
}
