//! `/verksamhetsplan/{id}/utfall`: the outcomes of a period, a row for each indikator. It is an ordinary form: Tab goes from cell to cell and
//! Enter saves. With script the island around it saves each cell as it is left, and shows what others write.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    format,
    permission::{Action, Area},
    verksamhetsplan::{
        indikator::{
            Utfallsperiod,
            ruta::Kolumn,
            rutnat::{Rad, Ruta, Underlag, arstabell},
            slag::{Periodicitet, Riktning},
        },
        mal::MalId,
        plan::Plan,
    },
};
use entry::Utfall;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::verksamhetsplan::indikator;

use super::{
    PATH,
    flikar::{Flik, flikar, read},
    marke::marke,
    utfall_api::{CloseUtfallsperiod, ReopenUtfallsperiod, UpdateUtfallstabell, period_of},
    utfall_data::{self, Data, KOLUMNER, falt, fore, klocka, platser, sida, status, varfor},
};
use crate::{
    components::{Empty, ErrorSummary, FormState, Hidden, PageHead, TextField, load},
    ctx::Ctx,
};

/// The code of the table of the whole year in the address.
const AR: &str = "ar";

/// `/verksamhetsplan/{id}/utfall`
#[component]
pub fn UtfallPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let asked = use_query_map().get_untracked().get("period").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let (mut tx, plan) = read(&ctx, &id, Action::View).await?;
        let period = match asked.as_str() {
            "" | AR => Utfallsperiod::av_planen(plan.year, ctx.today),
            text => period_of(&plan, text)?,
        };
        let data = if asked == AR {
            utfall_data::read_ar(&mut tx, &actor, ctx.today, &plan, period).await?
        } else {
            utfall_data::read(&mut tx, &actor, ctx.today, &plan, period).await?
        };
        let first = data.trad.walk().first().map(|post| post.mal.id);
        let may = |action| actor.may(plan.node, Area::Verksamhetsplan, action);
        let (may_edit, may_close) = (may(Action::Edit), may(Action::TickAny));
        let content = if data.rutnat.rader.is_empty() {
            drop(tx);
            none(&plan, may_edit, first)
        } else if asked == AR {
            let all = indikator::list(&mut tx, plan.id).await?;
            let platser = platser(&data.trad, &all);
            drop(tx);
            year(&data, &all, &platser)
        } else {
            drop(tx);
            shown(&data, may_edit, may_close, ctx.today)
        };
        // what is written in is brought to the present by its island
        let live = (!may_edit || asked == AR).then_some("verksamhetsplan");
        Ok(view! { <div class="utfall-page" id="utfall" data-live=live>{content}</div> })
    })
}

fn sub(plan: &Plan) -> String {
    format!("Verksamhetsplan {} · utfall per indikator", plan.year)
}

fn none(plan: &Plan, may_edit: bool, first: Option<MalId>) -> AnyView {
    let text = if first.is_some() {
        "En indikator är ett tal som ett mål följs upp med. När den finns fyller ni i utfallet här."
    } else {
        "Planen har inga mål än. Lägg till ett mål först, så kan det få indikatorer."
    };
    let link = (may_edit && first.is_some()).then(
        || view! { <a class="button" href=format!("{PATH}/{}/indikatorer/ny?fran=utfall", plan.id)>"Lägg till en indikator"</a> },
    );
    view! {
        <PageHead title="Utfall" sub=sub(plan)/>
        {flikar(plan.id, Flik::Utfall)}
        <Empty title="Inga indikatorer" text>{link}</Empty>
    }
    .into_any()
}

/// The links to the periods that some indikator has an outcome of, and to the year.
fn perioder(data: &Data, here: Option<Utfallsperiod>) -> impl IntoView + use<> {
    let plan = &data.plan;
    let rhythm = data.indikatorer.values().map(|one| one.indikator.content.periodicitet);
    let mut all: BTreeSet<Utfallsperiod> = Utfallsperiod::rapporter(plan.year).into();
    all.extend(rhythm.flat_map(|of: Periodicitet| of.perioder(plan.year)));
    all.extend(here);
    let word = |period: Utfallsperiod| if period.is_vb() { "Helår".to_owned() } else { period.within_year() };
    let link = |code: String, word: String, is_here: bool| {
        let href = format!("{PATH}/{}/utfall?period={code}", plan.id);
        view! { <a href=href aria-current=is_here.then_some("page")>{word}</a> }
    };
    let links: Vec<_> = all.into_iter().map(|p| link(p.to_string(), word(p), here == Some(p))).collect();
    view! {
        <nav class="segmented" aria-label="Period">{links} {link(AR.to_owned(), "Året".to_owned(), here.is_none())}</nav>
    }
}

/// What a row is about: its name, and its kind.
fn about(data: &Data, rad: &Rad) -> impl IntoView + use<> {
    let kind = data.content(rad).map(|content| {
        let kind = content.slag.label().to_lowercase();
        let mut words = vec![kind];
        if content.riktning != Riktning::Inom {
            words.push(content.riktning.label().to_lowercase());
        }
        if content.periodicitet == Periodicitet::Ar {
            words.push("mäts per år".to_owned());
        }
        words.join(" · ")
    });
    let okant = rad.rutor.iter().find(|ruta| ruta.kolumn == Kolumn::Okant && !ruta.visad.is_empty());
    let okant = okant.map(|ruta| view! { <span class="sub">{format!("annat eller okänt: {}", ruta.visad)}</span> });
    let href = format!("{}?period={}", sida(data.plan.id, rad.id), data.period);
    view! {
        <th scope="row">
            <a href=href>{rad.namn.clone()}</a>
            {kind.map(|kind| view! { <span class="sub">{kind}</span> })}
            {okant}
        </th>
    }
}

/// A cell: what is written in it, and under it or in its place how it is read.
fn cell(state: &FormState, rad: &Rad, ruta: &Ruta, open: bool) -> impl IntoView + use<> {
    let field = falt(rad.id, ruta.kolumn);
    let label = format!("{}, {}", ruta.kolumn.label(), rad.namn);
    let now = ruta.skriven.clone();
    let before = state.value(&fore(&field), "");
    let typed = state.value(&field, &now);
    // what was not written in is as it is now, also where somebody else has changed it
    let text = if state.is_back() && typed.trim() != before.trim() { typed } else { now.clone() };
    let warns = ruta.kolumn == Kolumn::Totalt && rad.is_att_titta_pa();
    let shown_as = view! {
        <span class="utfall-visad" aria-hidden="true" class:har-delar=!ruta.delar.is_empty()>
            <span class="utfall-tal">{ruta.visad.clone()}</span>
            <span class="sub">{ruta.delar.clone()}</span>
        </span>
    };
    if !open {
        let shown = if ruta.visad.is_empty() { ruta.skriven.clone() } else { ruta.visad.clone() };
        let delar = (!ruta.delar.is_empty()).then(|| view! { <span class="sub">{ruta.delar.clone()}</span> });
        return view! {
            <td class="num" class:varnar=warns data-label=ruta.kolumn.label()>{shown} {delar}</td>
        }
        .into_any();
    }
    view! {
        <td class="num utfall-ruta" class:varnar=warns data-label=ruta.kolumn.label()>
            <input
                type="text"
                id=state.id(&field)
                name=state.name(&field)
                value=text
                autocomplete="off"
                aria-label=label
                aria-invalid=state.invalid(&field)
                aria-describedby=state.described_by(&field, false)
                data-cell=field.clone()
                data-tal=""
            />
            <input type="hidden" name=state.name(&fore(&field)) value=now/>
            {shown_as}
            {state.fault(&field)}
        </td>
    }
    .into_any()
}

fn row(data: &Data, state: &FormState, rad: &Rad, open: bool) -> impl IntoView + use<> {
    let cells = rad.rutor.iter().filter(|ruta| KOLUMNER.contains(&ruta.kolumn));
    let cells = cells.map(|ruta| cell(state, rad, ruta, open)).collect_view();
    let quiet = |text: &str, label: &'static str| {
        view! { <td class="num utfall-lugn" data-label=label>{text.to_owned()}</td> }
    };
    view! {
        <tr data-rad=rad.id.to_string()>
            {about(data, rad)}
            <td class="num" data-label="Årsmål">{rad.arsmal.clone()}</td>
            {quiet(&rad.kf, "KF:s årsmål")}
            {quiet(&rad.fjol, "I fjol")}
            {cells}
            <td class="utfall-lage" data-label="Status">{status(data, rad)}</td>
            <td class="utfall-varfor" data-label="Varför">{varfor(data, rad)}</td>
        </tr>
    }
}

fn shown(data: &Data, may_edit: bool, may_close: bool, today: NaiveDate) -> AnyView {
    let plan = &data.plan;
    let period = data.period.to_string();
    let state = FormState::nested(UpdateUtfallstabell::PATH, Some(("period", &period)));
    let rows = data.rutnat.rader.iter().map(|rad| row(data, &state, rad, may_edit)).collect_view();
    let label = format!("Utfall {}", data.period.label());
    let table = view! {
        <div class="table-wrap utfall-wrap" tabindex="0" role="region" aria-label=label>
            <table class="table utfall-tabell">
                <thead>
                    <tr>
                        <th scope="col">"Indikator"</th>
                        <th class="num" scope="col">"Årsmål"</th>
                        <th class="num" scope="col"><abbr title="Kommunfullmäktiges årsmål">"KF:s årsmål"</abbr></th>
                        <th class="num" scope="col">"I fjol"</th>
                        <th class="num" scope="col">"Totalt"</th>
                        <th class="num" scope="col">"Kvinnor"</th>
                        <th class="num" scope="col">"Män"</th>
                        <th class="num" scope="col">"Prognos"</th>
                        <th scope="col">"Föreslagen status"</th>
                        <th scope="col">"Varför"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    let written =
        data.skrivet.filter(|at| domain::moment::day(*at) == today).map(|at| format!("Sparat {}", klocka(at)));
    let main = if may_edit {
        let why = data.asks_why().then(|| {
            view! {
                <TextField state=state.clone() name="skal" label="Varför ändras det?" conditional=true
                    help="Krävs där perioden är stängd, och där en hämtad siffra skrivs över."/>
            }
        });
        let plan_id = plan.id.to_string();
        view! {
            <Utfall plan=plan_id.clone() period=period.clone() nr=data.nr sparat=written.unwrap_or_default()>
                <form class="utfall-form" method="post" action=UpdateUtfallstabell::PATH data-saves="">
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="plan" value=plan_id/>
                    <Hidden name="period" value=period.clone()/>
                    {why}
                    {table}
                    <noscript>
                        <div class="form-actions"><button class="button">"Spara utfallen"</button></div>
                    </noscript>
                </form>
            </Utfall>
        }
        .into_any()
    } else {
        table.into_any()
    };
    let closed = data.stangd.map(|closed| {
        let words = format!(
            "{} är stängd sedan {}. En ändring sparas som en rättelse med skäl, och det tidigare värdet finns kvar.",
            data.period.label(),
            format::date(closed.on)
        );
        view! { <p class="notice info">{words}</p> }
    });
    let foot = may_edit.then(|| {
        view! {
            <p class="help utfall-tangenter">
                <span><kbd>"Tab"</kbd> " nästa ruta"</span>
                <span><kbd>"Enter"</kbd> " raden under"</span>
                <span><kbd>"Ctrl V"</kbd> " klistra in från Excel"</span>
                <span><kbd>"S"</kbd> " sätt egen status med skäl"</span>
            </p>
        }
    });
    let add = may_edit.then(|| {
        let href = format!("{PATH}/{}/indikatorer/ny?fran={}", plan.id, data.period);
        view! { <a class="button secondary" href=href>"Ny indikator"</a> }
    });
    view! {
        <PageHead title=data.rutnat.rubrik() sub=sub(plan)>{add}</PageHead>
        <div class="utfall-val">{flikar(plan.id, Flik::Utfall)} {perioder(data, Some(data.period))}</div>
        {closed}
        {main}
        <div class="utfall-fot">{foot} {may_close.then(|| closing(data))}</div>
    }
    .into_any()
}

/// Closes the period, or opens it again.
fn closing(data: &Data) -> impl IntoView + use<> {
    let period = data.period.to_string();
    let named = data.period.within_year();
    let named = if data.period.is_vb() { named } else { named.to_lowercase() };
    let (action, words) = if data.stangd.is_some() {
        (ReopenUtfallsperiod::PATH, format!("Öppna {named} igen"))
    } else {
        (CloseUtfallsperiod::PATH, format!("Stäng {named}"))
    };
    view! {
        <form method="post" action=action class="no-print">
            <Hidden name="plan" value=data.plan.id.to_string()/>
            <Hidden name="period" value=period/>
            {data.stangd.is_none().then(|| view! {
                <p class="help">"Efter stängning behöver varje ändring ett skäl. Perioden kan öppnas igen."</p>
            })}
            <button class="button secondary">{words}</button>
        </form>
    }
}

/// Tertial 1, tertial 2 and the year beside each other, with last year's.
fn year(data: &Data, all: &[indikator::Placerad], platser: &[Vec<u32>]) -> AnyView {
    let none = std::collections::BTreeMap::new();
    let rader: Vec<Underlag<'_>> = all
        .iter()
        .zip(platser)
        .map(|(one, plats)| Underlag {
            indikator: &one.indikator,
            plats,
            utfall: data.utfallen.get(&one.indikator.id).unwrap_or(&none),
            fjol: data.i_fjol.get(&one.indikator.id).unwrap_or(&none),
        })
        .collect();
    let rows = arstabell(&rader, data.plan.year);
    let periods = Utfallsperiod::rapporter(data.plan.year);
    let heads = periods
        .map(|p| view! { <th class="num" scope="col">{p.short()}</th> <th class="num" scope="col">"I fjol"</th> });
    let rows = rows.into_iter().map(|rad| {
        let of_year = data.utfallen.get(&rad.id);
        let cells = rad.rutor.into_iter().map(|ruta| {
            let utfall = of_year.and_then(|of| of.get(&ruta.period)).filter(|_| !ruta.visad.is_empty());
            let own = utfall.and_then(|utfall| utfall.egen_manad(ruta.period));
            let own = own.map(|own| view! { <span class="sub">{own}</span> });
            let mark = ruta.status.map(|status| marke(status.marke(), status.label().to_lowercase()));
            view! {
                <td class="num" data-label=ruta.period.within_year()>{ruta.visad} {own} <span class="sub">{mark}</span></td>
                <td class="num utfall-lugn" data-label=format!("I fjol, {}", ruta.period.within_year())>{ruta.fjol}</td>
            }
        });
        let href = sida(data.plan.id, rad.id);
        view! {
            <tr>
                <th scope="row"><a href=href>{rad.namn}</a></th>
                <td class="num" data-label="Årsmål">{rad.arsmal}</td>
                {cells.collect_view()}
            </tr>
        }
    });
    let title = format!("Utfall {} och {}", data.plan.year, data.plan.year - 1);
    view! {
        <PageHead title=title sub=sub(&data.plan)/>
        <div class="utfall-val">{flikar(data.plan.id, Flik::Utfall)} {perioder(data, None)}</div>
        <div class="table-wrap utfall-wrap" tabindex="0" role="region" aria-label="Årets utfall">
            <table class="table utfall-tabell">
                <thead>
                    <tr><th scope="col">"Indikator"</th> <th class="num" scope="col">"Årsmål"</th> {heads.collect_view()}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
