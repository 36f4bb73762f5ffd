//! Inställningar: the unit's goals where no statute gives a number, its own words, and counts of years before.

use chrono::{Datelike, NaiveDate};
use domain::{
    avvikelse::{
        Kind,
        deadline::{Force, RULES},
        register::{Counts, YearForm},
    },
    format,
    permission::{Action, Area},
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{
    Target,
    avvikelse::{gallring, installning},
};

use super::{
    api::{ImportAvvikelseAr, RemoveAvvikelseAr, SetAvvikelseAr, UpdateAvvikelseInstallning},
    year_rows::HEAD,
};
use crate::{
    components::{ErrorSummary, FormState, Hidden, PageHead, TextArea, TextField, load, plan::UnitSwitch},
    ctx::Ctx,
    place::Place,
};

const PATH: &str = "/avvikelser/installningar";

/// `/avvikelser/installningar`
#[component]
pub fn InstallningarPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let mut tx = ctx.store.read(&actor, Target::Node(place.unit, Area::Avvikelse), Action::Edit).await?;
        let set = installning::get(&mut tx, place.unit).await?;
        let years = installning::years(&mut tx, &[place.unit]).await?;
        let begins = set.goals.gallring_from.filter(|from| *from > ctx.today);
        let gallring = match begins.and_then(|from| Some((from, set.goals.purged_to(from)?))) {
            Some((from, to)) => begins_with(from, gallring::waiting(&mut tx, place.unit, to).await?),
            None => String::new(),
        };
        let unit = place.unit.to_string();
        let (goals, words) = (set.goals, set.handelsetyper.join("\n"));
        let state = FormState::of(UpdateAvvikelseInstallning::PATH, None);
        let s = move || state.clone();
        Ok(view! {
            <PageHead title="Inställningar för avvikelser" sub=place.unit_name.clone()>
                <a class="button secondary" href="/avvikelser">"Till avvikelser"</a>
            </PageHead>
            {(place.units.len() > 1)
                .then(|| view! { <div class="filter-bar"><UnitSwitch place=place.clone() path=PATH/></div> })}
            <div class="stack loose">
                <div class="two-col">
                    <div class="stack loose">
                        <form class="form" method="post" action=UpdateAvvikelseInstallning::PATH>
                            <h2>"Lokala mål och gallring"</h2>
                            <ErrorSummary state=s()/>
                            <Hidden name="node" value=unit.clone()/>
                            <Hidden name="version" value=set.version.to_string()/>
                            <div class="inline-fields">
                                <TextField state=s() name="aterkoppling_days" label="Återkoppla klagomål inom, dagar" short=true required=true
                                    inputmode="numeric" value=goals.aterkoppling_days.to_string()/>
                                <TextField state=s() name="ivo_utredning_months" label="Utredning till IVO inom, månader" short=true required=true
                                    inputmode="numeric" value=goals.ivo_utredning_months.to_string()/>
                                <TextField state=s() name="genast_days" label="Genast och snarast inom, dagar" short=true inputmode="numeric"
                                    value=goals.genast_days.map(|n| n.to_string()).unwrap_or_default() help="Lagen anger inget antal."/>
                            </div>
                            <TextField state=s() name="gallring_years" label="Gallra avslutade ärenden efter, år" short=true inputmode="numeric"
                                value=goals.gallring_years.map(|n| n.to_string()).unwrap_or_default()
                                help="Enligt nämndens dokumenthanteringsplan. Räknas från att ärendet avslutades. Tomt: inget gallras."/>
                            <p class="help">
                                "Texter, filer, logg och historik tas bort för gott. Siffrorna i statistiken står kvar. En ny tid börjar gälla efter en vecka."
                            </p>
                            {(!gallring.is_empty()).then(|| view! { <p class="notice warn">{gallring}</p> })}
                            <TextArea state=s() name="handelsetyper" label="Händelsetyper, en på varje rad" rows=9 value=words/>
                            <div class="form-actions"><button class="button">"Spara"</button></div>
                        </form>
                        <Rules/>
                    </div>
                    <aside class="stack loose">
                        <YearCard unit=unit.clone() year=ctx.today.year() - 1/>
                        <PasteCard unit=unit.clone()/>
                    </aside>
                </div>
                <Years years unit/>
            </div>
        })
    })
}

/// The counts of years from before, each with a way to take it away.
#[component]
fn Years(years: Vec<(i32, Counts)>, unit: String) -> impl IntoView {
    if years.is_empty() {
        return view! {
            <section class="stack tight">
                <h2>"Antal från tidigare år"</h2>
                <p class="help">"Inget år är inlagt än."</p>
            </section>
        }
        .into_any();
    }
    let rows = years
        .into_iter()
        .map(|(year, c)| {
            let cells = [Kind::Klagomal, Kind::Synpunkt, Kind::Avvikelse, Kind::LexSarah, Kind::Pui]
                .map(|k| view! { <td class="num">{format::int(c.of(k))}</td> });
            view! {
                <tr>
                    <th scope="row">{year}</th>
                    {cells.into_iter().collect_view()}
                    <td class="num">{format::int(c.ivo)}</td>
                    <td class="num">{format::int(c.imy)}</td>
                    <td>
                        <form method="post" action=RemoveAvvikelseAr::PATH>
                            <Hidden name="node" value=unit.clone()/>
                            <Hidden name="year" value=year.to_string()/>
                            <button class="button quiet small" aria-label=format!("Ta bort {year}")>"Ta bort"</button>
                        </form>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="stack tight">
            <h2>"Antal från tidigare år"</h2>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Antal från tidigare år">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"År"</th>
                            <th scope="col" class="num">"Klagomål"</th>
                            <th scope="col" class="num">"Synpunkter"</th>
                            <th scope="col" class="num">"Avvikelser"</th>
                            <th scope="col" class="num">"varav lex Sarah"</th>
                            <th scope="col" class="num">"varav personuppgifter"</th>
                            <th scope="col" class="num">"Till IVO"</th>
                            <th scope="col" class="num">"Till IMY"</th>
                            <th scope="col"><span class="visually-hidden">"Ta bort"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// What will go on the day when a new time begins to hold.
fn begins_with(from: NaiveDate, n: i64) -> String {
    let cases = match n {
        0 => "inget ärende".to_owned(),
        1 => "ett ärende".to_owned(),
        n => format!("{} ärenden", format::int(n)),
    };
    format!("Gallringen börjar {}. Då gallras {cases}.", format::date(from))
}

/// The table of rules with their sources.
#[component]
fn Rules() -> impl IntoView {
    let rules = RULES
        .into_iter()
        .map(|r| {
            let force = if r.force == Force::Lag { "enligt lag" } else { "lokalt mål" };
            view! {
                <tr><th scope="row">{r.name}</th><td>{r.length.label()}</td><td>{force}</td><td>{r.source}</td></tr>
            }
        })
        .collect_view();
    view! {
                    <section class="stack tight">
                        <h2>"Tider och var de kommer ifrån"</h2>
                        <div class="table-wrap" tabindex="0" role="region" aria-label="Tider">
                            <table class="table">
                                <thead>
                                    <tr><th scope="col">"Vad"</th><th scope="col">"Tid"</th><th scope="col">"Gäller"</th><th scope="col">"Källa"</th></tr>
                                </thead>
                                <tbody>{rules}</tbody>
                            </table>
                        </div>
                    </section>
    }
}

#[component]
fn YearCard(unit: String, year: i32) -> impl IntoView {
    let state = FormState::nested(SetAvvikelseAr::PATH, None);
    let s = move || state.clone();
    let form = YearForm { year: year.to_string(), ..YearForm::default() };
    view! {
        <section class="card">
            <div class="card-head"><h2>"Skriv in ett år"</h2></div>
            <form class="form card-text" method="post" action=SetAvvikelseAr::PATH>
                <ErrorSummary state=s()/>
                <Hidden name="node" value=unit/>
                <TextField state=s() name="year" label="År" value=form.year short=true required=true inputmode="numeric"/>
                <TextField state=s() name="klagomal" label="Klagomål och synpunkter" short=true inputmode="numeric"/>
                <TextField state=s() name="avvikelser" label="Avvikelser" short=true inputmode="numeric"/>
                <TextField state=s() name="lex_sarah" label="varav lex Sarah" short=true inputmode="numeric"/>
                <TextField state=s() name="pui" label="varav personuppgiftsincidenter" short=true inputmode="numeric"/>
                <TextField state=s() name="ivo" label="Anmälda till IVO" short=true inputmode="numeric"/>
                <TextField state=s() name="imy" label="Anmälda till IMY" short=true inputmode="numeric"/>
                <div class="form-actions"><button class="button secondary">"Spara året"</button></div>
            </form>
        </section>
    }
}

#[component]
fn PasteCard(unit: String) -> impl IntoView {
    let state = FormState::of(ImportAvvikelseAr::PATH, None);
    let s = move || state.clone();
    view! {
        <section class="card">
            <div class="card-head"><h2>"Klistra in flera år"</h2></div>
            <form class="form card-text" method="post" action=ImportAvvikelseAr::PATH>
                <ErrorSummary state=s()/>
                <Hidden name="node" value=unit/>
                <TextArea state=s() name="rows" label="En rad för varje år" rows=5 required=true
                    help="Kopiera ur Excel, med eller utan rubrikrad."/>
                <p class="help">{format!("Ordning utan rubrik: {}.", HEAD.join(", "))}</p>
                <div class="form-actions"><button class="button secondary">"Läs in"</button></div>
            </form>
        </section>
    }
}
