//! Inställningar: the unit's goals where no statute gives a number, its own words, and counts of years before.

use chrono::{Datelike, NaiveDate};
use domain::{
    avvikelse::{
        Kind,
        deadline::{Force, RULES},
        register::{Counts, YearForm, kategori_text},
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
/// The parameter with the year whose counts stand in the form.
const CHANGE: &str = "andra";

/// `/avvikelser/installningar`
#[component]
pub fn InstallningarPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let mut tx = ctx.read(Target::Node(place.unit, Area::Avvikelse), Action::Edit).await?;
        let set = installning::get(&mut tx, place.unit).await?;
        let years = installning::years(&mut tx, &[place.unit]).await?;
        let begins = set.goals.gallring_from.filter(|from| *from > ctx.today);
        let gallring = match begins.and_then(|from| Some((from, set.goals.purged_to(from)?))) {
            Some((from, to)) => begins_with(from, gallring::waiting(&mut tx, place.unit, to).await?),
            None => String::new(),
        };
        let unit = place.unit.to_string();
        let chosen = years.iter().find(|(year, _)| Some(year.to_string().as_str()) == place.get(CHANGE));
        let form = chosen.map_or_else(
            || YearForm {
                year: (ctx.today.year() - 1).to_string(),
                kategorier: kategori_text(None),
                ..YearForm::default()
            },
            |(year, counts)| YearForm::of(*year, counts),
        );
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
                        <YearCard unit=unit.clone() form/>
                        <PasteCard unit=unit.clone()/>
                    </aside>
                </div>
                <Years years unit place/>
            </div>
        })
    })
}

/// The counts of years from before, each with a way to take it away.
#[component]
fn Years(years: Vec<(i32, Counts)>, unit: String, place: Place) -> impl IntoView {
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
            let figure = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), format::int);
            let of = |kind: Kind| Kind::ALL.iter().zip(c.known_kinds()).find(|(k, _)| **k == kind).and_then(|(_, n)| n);
            let cells = [Kind::Klagomal, Kind::Synpunkt, Kind::Avvikelse, Kind::LexSarah, Kind::Pui]
                .map(|k| view! { <td class="num">{figure(of(k))}</td> });
            let [ivo, imy] = c.known_myndigheter().map(figure);
            let change = format!("{}#skriv-ar", place.with(PATH, &[(CHANGE, &year.to_string())]));
            view! {
                <tr>
                    <th scope="row">{year}</th>
                    {cells.into_iter().collect_view()}
                    <td class="num">{ivo}</td>
                    <td class="num">{imy}</td>
                    <td><a href=change aria-label=format!("Ändra {year}")>"Ändra"</a></td>
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
                            <th scope="col" class="num">"Positiva synpunkter"</th>
                            <th scope="col" class="num">"Avvikelser"</th>
                            <th scope="col" class="num">"varav lex Sarah"</th>
                            <th scope="col" class="num">"varav personuppgifter"</th>
                            <th scope="col" class="num">"Till IVO"</th>
                            <th scope="col" class="num">"Till IMY"</th>
                            <th scope="col"><span class="visually-hidden">"Ändra"</span></th>
                            <th scope="col"><span class="visually-hidden">"Ta bort"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="help">"Ett streck är ett antal som ingen har angett."</p>
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
fn YearCard(unit: String, form: YearForm) -> impl IntoView {
    let state = FormState::nested(SetAvvikelseAr::PATH, None);
    let s = move || state.clone();
    view! {
        <section class="card" id="skriv-ar">
            <div class="card-head"><h2>"Skriv in ett år"</h2></div>
            <form class="form card-text" method="post" action=SetAvvikelseAr::PATH>
                <ErrorSummary state=s()/>
                <Hidden name="node" value=unit/>
                <TextField state=s() name="year" label="År" value=form.year short=true required=true inputmode="numeric"/>
                <p class="help">"Det som ingen vet lämnas tomt och visas som ett streck. Skriv 0 bara där det var noll."</p>
                <TextField state=s() name="klagomal" label="Klagomål och synpunkter" value=form.klagomal short=true inputmode="numeric"/>
                <TextField state=s() name="positiva" label="Positiva synpunkter" value=form.positiva short=true inputmode="numeric"
                    help="Utöver dem ovanför."/>
                <TextField state=s() name="avvikelser" label="Avvikelser" value=form.avvikelser short=true inputmode="numeric"/>
                <TextField state=s() name="lex_sarah" label="varav lex Sarah" value=form.lex_sarah short=true inputmode="numeric"/>
                <TextField state=s() name="pui" label="varav personuppgiftsincidenter" value=form.pui short=true inputmode="numeric"/>
                <TextField state=s() name="ivo" label="Anmälda till IVO" value=form.ivo short=true inputmode="numeric"/>
                <TextField state=s() name="imy" label="Anmälda till IMY" value=form.imy short=true inputmode="numeric"/>
                <TextArea state=s() name="kategorier" label="Per kategori" value=form.kategorier rows=8
                    help="Kategori; positiva synpunkter; klagomål. Skriv in antalen eller klistra in ur Excel. Visas för er som handlägger."/>
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
