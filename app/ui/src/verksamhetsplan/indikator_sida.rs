//! `/verksamhetsplan/{id}/indikatorer/{indikator}`: an indikator with its outcome of a period, all that belongs to the figure, its status, and
//! its outcomes over the years.

use std::collections::BTreeSet;

use domain::{
    atgard::{
        Source,
        access::{Behind, may_add},
    },
    format,
    permission::Action,
    verksamhetsplan::indikator::{
        Content, IndikatorId, Utfall, Utfallsperiod,
        bedomning::Flagga,
        historik::{Punkt, historik},
        konkontroll::konskillnad,
        ruta::{self, Kolumn},
        skydd,
        status::Status,
        utfall::Harkomst,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{
    Tx, atgard, history,
    verksamhetsplan::{
        indikator::{self, Placerad},
        utfall::{self, Stored},
    },
};

use super::{
    PATH,
    flikar::read,
    indikator::{crumbs, goal_of, may_edit},
    marke::marke,
    utfall_api::{RestoreUtfall, SetIndikatorstatus, UpdateIndikatorutfall, period_of},
    utfall_data::{self, Data, fore, sida, varfor},
};
use crate::{
    atgard::SourceCard,
    components::{
        Checkbox, ErrorSummary, Fact, FormState, Hidden, HistoryList, PageHead, SelectField, TextArea, TextField, load,
    },
    ctx::Ctx,
    error::AppError,
};

/// What the page shows of the years.
struct Aren {
    /// Each year with what the indikator was in it.
    led: Vec<(i32, Placerad)>,
    /// The outcomes of each year, with what was corrected.
    utfall: Vec<Vec<Stored>>,
}

impl Aren {
    /// The version of the outcome that stands in a period of the plan's own year; 0 where none is stored.
    fn version(&self, period: Utfallsperiod) -> i64 {
        let stands = |one: &&Stored| one.gallande && one.period == period;
        self.utfall.first().and_then(|own| own.iter().find(stands)).map_or(0, |one| one.version)
    }
}

/// `/verksamhetsplan/{id}/indikatorer/{indikator}`
#[component]
pub fn IndikatorPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let (id, indikator) = (params.get("id").unwrap_or_default(), params.get("indikator").unwrap_or_default());
    let asked = use_query_map().get_untracked().get("period").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let (mut tx, plan) = read(&ctx, &id, Action::View).await?;
        let own: IndikatorId = indikator.parse().map_err(|_| AppError::NotFound)?;
        let found = indikator::get(&mut tx, plan.id, own).await?;
        let period =
            if asked.is_empty() { Utfallsperiod::av_planen(plan.year, ctx.today) } else { period_of(&plan, &asked)? };
        // the version before what is shown of it: what is written in between is met rather than lost
        let mut aren = aren(&mut tx, own).await?;
        let av = utfall_data::Av::En(own);
        let data = utfall_data::read_av(&mut tx, &actor, ctx.today, (&plan, period), av).await?;
        let goal = goal_of(&data.trad, found.mal);
        let version = aren.version(period);
        let entries = history::list(&mut tx, &[own.0]).await?;
        let source = Source::Indikator(own);
        let atgarder = atgard::of_source(&mut tx, &actor, source).await?;
        drop(tx);
        let adds = may_add(&actor, plan.node, Behind::Open);
        let asks = adds && atgarder.is_empty();
        let content = &found.indikator.content;
        let edit = may_edit(&ctx, plan.node);
        if !edit {
            for ((_, one), all) in aren.led.iter().zip(&mut aren.utfall) {
                for stored in all.iter_mut() {
                    stored.utfall = skydd::visat(&one.indikator.content, &stored.utfall);
                }
            }
        }
        let change = edit
            .then(|| view! { <a class="button secondary" href=format!("{}/redigera", sida(plan.id, own))>"Ändra"</a> });
        let forms = edit.then(|| view! { {outcome(&data, &found, version)} {status_form(&data, &found, version)} });
        Ok(view! {
            <div class="stack loose" id="indikator" data-live="verksamhetsplan atgard">
                <div>
                    {crumbs(&plan, None, &content.namn)}
                    <PageHead title=content.namn.clone() sub=goal>{change}</PageHead>
                    {perioder(&data, &found)}
                </div>
                <div class="indikator-kolumner">
                    <div class="stack loose">{judged(&data, own)} {risk(&data, own, asks)} {forms}</div>
                    <aside class="card card-body" aria-label="Om indikatorn">{facts(&data, &found)}</aside>
                </div>
                {over_years(&data, &aren)}
                <SourceCard source list=atgarder today=ctx.today may_add=adds/>
                {edit.then(|| view! {
                    {corrected(content, &aren)}
                    <section class="stack tight">
                        <h2>"Historik"</h2>
                        <HistoryList entries/>
                    </section>
                })}
            </div>
        })
    })
}

async fn aren(tx: &mut Tx, id: IndikatorId) -> Result<Aren, AppError> {
    let led = indikator::genom_aren(tx, id).await?;
    let mut out = Vec::with_capacity(led.len());
    for (_, one) in &led {
        out.push(utfall::alla(tx, one.indikator.id).await?);
    }
    Ok(Aren { led, utfall: out })
}

fn perioder(data: &Data, own: &Placerad) -> impl IntoView + use<> {
    let year = data.plan.year;
    let mut all: BTreeSet<Utfallsperiod> = own.indikator.content.periodicitet.perioder(year).into_iter().collect();
    all.extend(Utfallsperiod::rapporter(year));
    all.insert(data.period);
    let here = data.period;
    let base = sida(data.plan.id, own.indikator.id);
    let links = all.into_iter().map(|period| {
        let href = format!("{base}?period={period}");
        let word = if period.is_vb() { "Helår".to_owned() } else { period.within_year() };
        view! { <a href=href aria-current=(period == here).then_some("page")>{word}</a> }
    });
    view! { <nav class="segmented" aria-label="Period">{links.collect_view()}</nav> }
}

/// How it stands, and what the figures are.
fn judged(data: &Data, id: IndikatorId) -> Option<impl IntoView + use<>> {
    let rad = data.rutnat.rader.iter().find(|rad| rad.id == id)?;
    let status = rad.bedomning.status;
    let figures = rad.rutor.iter().filter(|ruta| !ruta.visad.is_empty()).map(|ruta| {
        let parts = if ruta.delar.is_empty() { String::new() } else { format!(" ({})", ruta.delar) };
        view! { <Fact label=ruta.kolumn.label() value=format!("{}{parts}", ruta.visad)/> }
    });
    let utfall = data.utfall(id);
    let from = match &utfall.harkomst {
        Harkomst::Inskrivet => String::new(),
        other => format::capitalised(&other.said()),
    };
    let closed = data.stangd.map(|closed| format!("Perioden är stängd sedan {}.", format::date(closed.on)));
    Some(view! {
        <section class="card card-body stack tight" aria-label="Bedömning">
            <p class="indikator-lage">{marke(status.marke(), status.label())}</p>
            <p>{varfor(data, rad)}</p>
            <dl class="dl">
                {figures.collect_view()}
                <Fact label="I fjol" value=rad.fjol.clone()/>
                <Fact label="Missvisande" value=utfall.missvisande.clone()/>
                <Fact label="Utan kön" value=utfall.utan_kon.clone()/>
                <Fact label="Analys" value=utfall.analys.clone()/>
                <Fact label="Varifrån" value=from/>
            </dl>
            {closed.map(|words| view! { <p class="help">{words}</p> })}
        </section>
    })
}

/// That a goal is reached by little is a risk: until the risks of a unit have a list of their own it is met by an åtgärd.
fn risk(data: &Data, id: IndikatorId, adds: bool) -> Option<impl IntoView + use<>> {
    let rad = data.rutnat.rader.iter().find(|rad| rad.id == id)?;
    let asks = adds && rad.bedomning.flaggor.iter().any(Flagga::is_risk);
    asks.then(|| {
        let href = Source::Indikator(id).new_atgard();
        view! {
            <p class="notice info" id="risk">
                "Målet nås med liten marginal. Vad kan gå fel innan året är slut? " <a href=href>"Lägg till en åtgärd"</a>
            </p>
        }
    })
}

/// The form of the outcome of the period.
fn outcome(data: &Data, own: &Placerad, version: i64) -> impl IntoView + use<> {
    let (plan, id, period) = (data.plan.id, own.indikator.id, data.period.to_string());
    let utfall = data.utfall(id);
    let judged_by = utfall.bedoms_av(&own.indikator.content);
    let content = &*judged_by;
    let state = FormState::nested(UpdateIndikatorutfall::PATH, Some(("period", &period)));
    let form = utfall.detaljer(content);
    let cells = Kolumn::ALL.map(|kolumn| cell(&state, content, &utfall, kolumn)).collect_view();
    let help = if content.slag == domain::verksamhetsplan::indikator::slag::Slag::Andel {
        "Skriv täljare och nämnare, 29/35, så räknas andelen ut. Annars 80\u{a0}%. Skriv prel efter ett värde som kan ändras, – där värde saknas."
    } else {
        "Skriv prel efter ett värde som kan ändras, ca före ett ungefärligt, och – där det är känt att värde saknas."
    };
    let found = data.i_fjol.get(&id).and_then(|of| of.get(&data.period.year_before())).and_then(|u| u.varden.total);
    let fjol = match found {
        // what can be looked up is not typed
        Some(varde) => {
            let words = format!("I fjol: {}", ruta::visad(content, Some(&varde)));
            view! { <p>{words}</p> <input type="hidden" name=state.name("fjol") value=form.fjol.clone()/> }.into_any()
        }
        None => view! {
            <TextField state=state.clone() name="fjol" label="Samma period i fjol" value=form.fjol.clone() short=true
                help="Om det inte finns i planen för i fjol."/>
        }
        .into_any(),
    };
    let why = data.asks_why().then(|| skal(&state, "skal"));
    let utan_kon = utfall.saknar_kon() || !form.utan_kon.is_empty();
    let utan_kon = utan_kon.then(|| {
        view! { <TextField state=state.clone() name="utan_kon" label="Varför är det inte uppdelat på kön?" value=form.utan_kon.clone()/> }
    });
    let said = konskillnad(&utfall.varden).map(|said| view! { <p class="help">{said}</p> });
    let restore = matches!(utfall.harkomst, Harkomst::Overskrivet { .. }).then(|| restore(data, id));
    view! {
        <section class="stack" id="utfall-form">
            <h2>{format!("Utfall {}", data.period.label())}</h2>
            <form class="form" method="post" action=UpdateIndikatorutfall::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="plan" value=plan.to_string()/>
                <Hidden name="id" value=id.to_string()/>
                <Hidden name="period" value=period/>
                <Hidden name="version" value=version.to_string()/>
                <p class="help" id="utfall-hjalp">{help}</p>
                <div class="inline-fields">{cells}</div>
                {said} {utan_kon} {fjol}
                <Checkbox state=state.clone() name="missvisande" label="Siffran är missvisande" checked=form.missvisande == "on"/>
                <TextField state=state.clone() name="varfor" label="Varför är den missvisande?" value=form.varfor.clone()
                    help="Till exempel: personal är registrerad på fel enhet."/>
                <TextArea state=state.clone() name="analys" label="Analys" value=form.analys.clone() rows=4
                    help="Skriv aldrig namn eller personnummer."/>
                {why}
                <div class="form-actions"><button class="button">"Spara utfallet"</button></div>
            </form>
            {restore}
        </section>
    }
}

/// A field that stands beside those of the form.
fn skal(state: &FormState, name: &'static str) -> impl IntoView + use<> {
    let typed = state.value_of(name).unwrap_or_default();
    view! {
        <div class="field" class:invalid=state.error("skal").is_some()>
            <label for=state.id(name)>"Varför ändras det?"</label>
            <p class="help" id=format!("{}-hjalp", state.id(name))>
                "Krävs där perioden är stängd, och där en hämtad siffra skrivs över."
            </p>
            {state.fault(name)}
            <input type="text" id=state.id(name) name=name value=typed autocomplete="off" aria-invalid=state.invalid(name)
                aria-describedby=state.described_by(name, true)/>
        </div>
    }
}

fn cell(state: &FormState, content: &Content, utfall: &Utfall, kolumn: Kolumn) -> impl IntoView + use<> {
    let code = kolumn.code();
    let not = if kolumn == Kolumn::Totalt { utfall.not.as_str() } else { "" };
    let now = ruta::skriven(content, kolumn.varde(utfall).as_ref(), not);
    let name = format!("celler[{code}]");
    let typed = state.value_of(&name).unwrap_or_else(|| now.clone());
    let described =
        state.described_by(code, false).map_or_else(|| "utfall-hjalp".to_owned(), |d| format!("utfall-hjalp {d}"));
    view! {
        <div class="field short" class:invalid=state.error(code).is_some()>
            <label for=state.id(code)>{kolumn.label()} " " <span class="optional">"(frivilligt)"</span></label>
            {state.fault(code)}
            <input type="text" id=state.id(code) name=name value=typed autocomplete="off" aria-invalid=state.invalid(code)
                aria-describedby=described/>
            <input type="hidden" name=format!("celler[{}]", fore(code)) value=now/>
        </div>
    }
}

/// Puts the source's own figures back.
fn restore(data: &Data, id: IndikatorId) -> impl IntoView + use<> {
    let state = FormState::of(RestoreUtfall::PATH, Some(("id", &id.to_string())));
    let why = data.stangd.is_some().then(|| skal(&state, "skal"));
    view! {
        <form class="form" method="post" action=RestoreUtfall::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="id" value=id.to_string()/>
            <Hidden name="plan" value=data.plan.id.to_string()/>
            <Hidden name="period" value=data.period.to_string()/>
            {why}
            <button class="button secondary">"Använd källans siffra igen"</button>
        </form>
    }
}

/// The form of a status that somebody sets.
fn status_form(data: &Data, own: &Placerad, version: i64) -> impl IntoView + use<> {
    let (plan, id, period) = (data.plan.id, own.indikator.id, data.period.to_string());
    let form = data.utfall(id).status_form();
    let state = FormState::nested(SetIndikatorstatus::PATH, Some(("id", &id.to_string())));
    let options: Vec<(String, String)> = std::iter::once((String::new(), "Den som följer av utfallet".to_owned()))
        .chain(Status::ALL.map(|status| (status.code().to_owned(), status.label().to_owned())))
        .collect();
    view! {
        <section class="stack" id="status">
            <div>
                <h2>"Egen status"</h2>
                <p class="help">
                    "Statusen följer av utfall och årsmål. Sätt en egen om den inte gäller, och skriv varför. Ej relevant räknas inte med någonstans."
                </p>
            </div>
            <form class="form" method="post" action=SetIndikatorstatus::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id.to_string()/>
                <Hidden name="plan" value=plan.to_string()/>
                <Hidden name="period" value=period/>
                <Hidden name="version" value=version.to_string()/>
                <SelectField state=state.clone() name="status" label="Status" options value=form.status/>
                <TextField state=state.clone() name="skal" label="Varför?" value=form.skal conditional=true/>
                <div class="form-actions"><button class="button secondary">"Spara statusen"</button></div>
            </form>
        </section>
    }
}

/// What the indikator is.
fn facts(data: &Data, own: &Placerad) -> impl IntoView + use<> {
    let (goal, at) = (goal_of(&data.trad, own.mal), format!("{PATH}/{}/mal/{}", data.plan.id, own.mal));
    let goal = (!goal.is_empty()).then(|| view! { <dt>"Mål"</dt> <dd><a href=at>{goal}</a></dd> });
    // its name is the heading
    let all = own.indikator.content.told().into_iter().skip(1);
    let all = all.map(|(label, value)| view! { <Fact label value/> }).collect_view();
    view! { <h2 class="visually-hidden">"Om indikatorn"</h2> <dl class="dl">{goal} {all}</dl> }
}

/// Its outcomes over the years, with a line where they are not compared. That of the period in view is as it is shown: what a source has of
/// it is not stored before the period is closed.
fn over_years(data: &Data, aren: &Aren) -> impl IntoView + use<> {
    let here = data.period;
    let shown = aren.led.first().map(|(_, own)| (&own.indikator.content, data.utfall(own.indikator.id)));
    let holds = move |stored: &&Stored| stored.gallande && stored.period != here;
    let mut points: Vec<Punkt<'_>> = aren
        .led
        .iter()
        .zip(&aren.utfall)
        .flat_map(|((_, one), all)| {
            all.iter().filter(holds).map(|stored| Punkt {
                content: &one.indikator.content,
                period: stored.period,
                utfall: &stored.utfall,
            })
        })
        .collect();
    points.extend(shown.iter().map(|(content, utfall)| Punkt { content, period: here, utfall }));
    let found = historik(&points, &[], &[]);
    let mut rows = Vec::new();
    for (at, rad) in found.rader.iter().enumerate() {
        for grans in found.granser.iter().filter(|grans| grans.fore_rad == at) {
            rows.push(view! { <tr class="group"><th colspan="5" scope="rowgroup">{grans.said()}</th></tr> }.into_any());
        }
        let share = rad.delar();
        let n = |of: Option<i64>| of.map(format::int).unwrap_or_default();
        let own = points.iter().find(|one| one.period == rad.period).and_then(|one| one.utfall.egen_manad(rad.period));
        let own = own.map(|own| view! { <span class="sub">{own}</span> });
        rows.push(
            view! {
                <tr>
                    <th scope="row">{rad.period.label()} " " {own}</th>
                    <td>{marke(rad.status.marke(), rad.status.label())} <span class="sub">{rad.skal.clone()}</span></td>
                    <td class="num">{n(share.map(|s| s.numerator))}</td>
                    <td class="num">{n(share.map(|s| s.denominator))}</td>
                    <td class="num">{rad.visad.clone()}</td>
                </tr>
            }
            .into_any(),
        );
    }
    let table = if rows.is_empty() {
        view! { <p class="help">"Inget utfall än."</p> }.into_any()
    } else {
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label="Utfall genom åren">
                <table class="table dense">
                    <thead>
                        <tr>
                            <th scope="col">"Period"</th>
                            <th scope="col">"Status"</th>
                            <th class="num" scope="col">"Täljare"</th>
                            <th class="num" scope="col">"Nämnare"</th>
                            <th class="num" scope="col">"Värde"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! { <section class="stack tight" id="over-aren"><h2>"Genom åren"</h2> {table}</section> }
}

/// What was corrected after its period was closed, and why.
fn corrected(content: &Content, aren: &Aren) -> Option<impl IntoView + use<>> {
    let own = aren.utfall.first()?;
    let rows: Vec<_> = own
        .iter()
        .filter(|stored| stored.revision > 1)
        .filter_map(|stored| {
            let before = own.iter().find(|one| one.period == stored.period && one.revision == stored.revision - 1)?;
            let shown = |one: &Stored| ruta::visad(&one.utfall.bedoms_av(content), one.utfall.varden.total.as_ref());
            let words = format!(
                "{}: {} blev {} {}. {}",
                stored.period.label(),
                shown(before),
                shown(stored),
                format::date(domain::moment::day(stored.at)),
                stored.skal
            );
            Some(view! { <li>{words}</li> })
        })
        .collect();
    (!rows.is_empty())
        .then(|| view! { <section class="stack tight"><h2>"Rättat efter stängning"</h2> <ul>{rows}</ul></section> })
}
