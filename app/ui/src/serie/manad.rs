//! `/siffror/manad`: what the series of a unit say of one month, each in a sentence, with the controls of the month and what was found
//! out in it. What has not arrived says so, and no earlier value stands in its place.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use domain::{
    avvikelse::frislappt::Manad,
    organisation::swedish_order,
    period::{Grain, Period},
    permission::{Action, Area},
    person::Actor,
    schedule::Responsible,
    siffror::{
        fynd::{Fynd, fynd_om},
        manad::{Spann, Tid, andel_av_totalen, av, kontroller, saknas_fran, senaste, star_i, tider},
        serie::{Serie, SerieId},
        siffra::Siffra,
    },
    tal::Tal,
};
use leptos::prelude::*;
use store::{
    Target, Tx,
    avvikelse::frislappt,
    occurrence, person,
    serie::{self, jamstalldhet as analyser},
};

use super::{chart::small_values, data::Data, flera, jamstalldhet, manad_rad};
use crate::{
    components::{Empty, PageHead, load, plan::UnitSwitch},
    ctx::Ctx,
    error::AppError,
    place::Place,
    upphorda::UnitNotice,
};

/// The page.
pub const PATH: &str = "/siffror/manad";

/// What a row says of its time.
pub enum Lage {
    /// What its value says.
    Varde(Fynd),
    /// That there is none, in a word that somebody wrote.
    Utan(String),
    /// That parts have values and its line has none: the name of one's own, or none where the line is the total.
    Uppdelat(Option<String>),
    /// That it is not shown.
    Dold,
    /// That it has not arrived: from which day its source has it.
    Saknas(NaiveDate),
}

/// A series in a month.
pub struct Rad {
    /// What of it is shown.
    pub data: Data,
    /// The time that stands in the month.
    pub period: Period,
    /// What is said of it.
    pub lage: Lage,
    /// The last values up to it.
    pub spark: Vec<Option<(Tal, bool)>>,
    /// It, the time before, and the same time last year.
    pub tider: Vec<Tid>,
    /// How much of the whole it is.
    pub andel: Option<String>,
}

impl Rad {
    fn betyder_nagot(&self) -> bool {
        matches!(&self.lage, Lage::Varde(fynd) if fynd.betyder_nagot())
    }

    /// Whether it should have been here.
    fn saknas(&self, today: NaiveDate) -> bool {
        matches!(self.lage, Lage::Saknas(fran) if fran <= today)
    }
}

/// So many times before that of the month are read: what a change is unusual among, the same time last year, and the small picture.
fn before(grain: Grain) -> i64 {
    if grain == Grain::Vecka { 26 } else { 13 }
}

/// A series in a month; none where nothing is to be said of it.
fn rad(data: Data, spann: Option<Spann>, period: Period, today: NaiveDate) -> Option<Rad> {
    let content = &data.serie.content;
    let values = data.huvud();
    let lage = if let Some(fynd) = fynd_om(content, values, period, today) {
        Lage::Varde(fynd)
    } else if data.is_dold(period) {
        Lage::Dold
    } else if let Some(word) = utan(&data, period) {
        Lage::Utan(word)
    } else if let Some(lage) = delar(&data, period) {
        lage
    } else if content.harledd.is_some() {
        // what is missing is a value of what it is reckoned from
        return None;
    } else {
        Lage::Saknas(saknas_fran(&data.serie, spann, period, today)?)
    };
    let whole = content.egen.and_then(|_| data.visat.totaler.get(&period));
    let andel = values.get(&period).zip(whole).and_then(|(own, whole)| andel_av_totalen(content, own, whole));
    let spark = small_values(content, values, today);
    let tider = tider(content, values, period);
    Some(Rad { data, period, lage, spark, tider, andel })
}

/// The word of a value that is known to be missing.
fn utan(data: &Data, period: Period) -> Option<String> {
    let egen = data.serie.content.egen;
    let is_own = |s: &&Siffra| s.plats.0.iter().enumerate().all(|(at, id)| *id == egen.filter(|_| at == 0));
    let empty = data.alla.iter().filter(|s| s.period == period && s.varde.is_none() && !s.not.is_empty());
    empty.filter(is_own).map(|s| in_words(&s.not)).next()
}

/// What somebody wrote in the place of a value.
fn in_words(word: &str) -> String {
    if word == "–" { "känt att det saknas".to_owned() } else { word.to_owned() }
}

/// What is said of a time whose parts are filled and whose line has no value: it is not missed, as in Att göra. None where nothing of
/// it is known.
fn delar(data: &Data, period: Period) -> Option<Lage> {
    let of = || data.alla.iter().filter(|s| s.period == period);
    if of().any(|s| s.varde.is_some()) {
        let egen = data.serie.content.egen.zip(data.dimensioner.first());
        let own = egen.and_then(|(id, dim)| dim.get(id)).map(|value| value.namn.clone());
        return Some(Lage::Uppdelat(own));
    }
    if data.visat.dolda_platser.iter().any(|(of, _)| *of == period) {
        return Some(Lage::Dold);
    }
    of().find(|s| !s.not.is_empty()).map(|s| Lage::Utan(in_words(&s.not)))
}

/// Reads the rows of a month.
async fn rader(
    tx: &mut Tx,
    actor: &Actor,
    alla: &[Serie],
    spann: &HashMap<SerieId, Spann>,
    (manad, today): (Period, NaiveDate),
) -> Result<Vec<Rad>, AppError> {
    // of one that has neither a value by then nor should have one nothing is said
    let is_there = |serie: &&Serie| match (star_i(manad, serie.content.grain), spann.get(&serie.id)) {
        (None, _) => false,
        (Some(period), Some((first, _))) => *first <= period,
        (Some(period), None) => serie.content.harledd.is_some() || saknas_fran(serie, None, period, today).is_some(),
    };
    let wanted = alla.iter().filter(is_there).map(|s| s.id).collect();
    let mut rows = Vec::new();
    for mut data in flera::read(tx, actor, alla, &wanted, false, flera::Tider::Manad(manad, before)).await? {
        let Some(period) = star_i(manad, data.serie.content.grain) else { continue };
        // the base of an index can be later
        if data.visat.totaler.keys().any(|p| *p > period) {
            Arc::make_mut(&mut data.visning).visat.totaler.retain(|p, _| *p <= period);
        }
        let spann = spann.get(&data.serie.id).copied();
        rows.extend(rad(data, spann, period, today));
    }
    rows.sort_by_cached_key(|r| (!r.betyder_nagot(), swedish_order(&r.data.serie.content.namn), r.data.serie.id));
    Ok(rows)
}

/// The month that the address asks for. `NotFound` of one that has not begun.
fn asked(place: &Place, today: NaiveDate) -> Result<Option<Period>, AppError> {
    let Some(text) = place.get("manad") else { return Ok(None) };
    match text.parse() {
        Ok(month @ Period::Month(..)) if month <= av(today) => Ok(Some(month)),
        _ => Err(AppError::NotFound),
    }
}

/// `/siffror/manad`
#[component]
pub fn ManadPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let (actor, today) = (ctx.actor()?, ctx.today);
        let asked = asked(&place, today)?;
        let mut tx = ctx.read(Target::Node(place.unit, Area::Serie), Action::View).await?;
        let series = serie::list(&mut tx, place.unit).await?;
        let ids: Vec<SerieId> = series.iter().map(|s| s.id).collect();
        let names: HashMap<SerieId, String> = series.iter().map(|s| (s.id, s.content.namn.clone())).collect();
        let spann = serie::siffra::spann(&mut tx, &ids).await?;
        let latest = senaste(series.iter().map(|s| (s, spann.get(&s.id).copied())), today);
        let manad = asked.unwrap_or(latest);
        let (year, month) = manad.place();
        let may_edit = actor.may(place.unit, Area::Serie, Action::Edit);
        let nothing = series.is_empty();
        let rows = rader(&mut tx, &actor, &series, &spann, (manad, today)).await?;
        let given = |r: &Rad| match r.data.serie.content.responsible {
            Responsible::Person(_) | Responsible::Grupp(_) => matches!(r.lage, Lage::Saknas(_)),
            Responsible::Nobody | Responsible::Role(_) => false,
        };
        let people: HashMap<String, String> = if rows.iter().any(given) {
            person::options(&mut tx, &actor.tree, place.unit).await?.into_iter().collect()
        } else {
            HashMap::new()
        };
        let items = occurrence::year(&mut tx, &actor, place.unit, year).await?;
        let controls: Vec<(Area, Option<String>)> = Area::of_plans()
            .filter(|area| actor.may(place.unit, *area, Action::View))
            .map(|area| (area, kontroller(&items, area, manad, today)))
            .collect();
        let released = if actor.may(place.unit, Area::Avvikelse, Action::View) {
            let seen = frislappt::get(&mut tx, place.unit).await?;
            (!seen.is_empty()).then(|| seen.som_har(Manad::new(year, month)))
        } else {
            None
        };
        let asked_about = analyser::between(&mut tx, place.unit, (manad.first_day(), manad.last_day())).await?;
        drop(tx);
        let first = spann.values().map(|(first, _)| av(first.last_day())).min();
        let steps = steps(&place, manad, first, today);
        let sub = counted(&rows, &place.unit_name, today);
        let content = if rows.is_empty() {
            empty(&place, nothing, may_edit, manad)
        } else {
            let rows = rows.into_iter().map(|r| manad_rad::row(r, &people, today)).collect_view();
            view! { <ul class="card manad-list">{rows}</ul> }.into_any()
        };
        let found = asked_about.into_iter().map(|a| {
            let name = a.skriven.serie.and_then(|id| names.get(&id).cloned());
            jamstalldhet::row(&a, jamstalldhet::shown_to(&actor, &a), name)
        });
        let found = found.collect_view();
        let has_found = !found.is_empty();
        Ok(view! {
            <div class="manad-page">
                <nav class="breadcrumbs" aria-label="Du är här">
                    <ol>
                        <li><a href="/siffror">"Siffror"</a></li>
                        <li aria-current="page">"Månadens siffror"</li>
                    </ol>
                </nav>
                <PageHead title=format!("Månadens siffror: {}", manad.label()) sub>
                    {steps} <button class="button secondary" type="button" data-print="">"Skriv ut"</button>
                </PageHead>
                <UnitNotice place=place.clone() path=PATH/>
                {(place.units.len() > 1)
                    .then(|| view! { <div class="filter-bar"><UnitSwitch place=place.clone() path=PATH/></div> })}
                <div class="stack" id="manadens-serier" data-live="serie">{content}</div>
                {manad_rad::controls(&place, controls, manad)}
                {released.map(|run| manad_rad::released(&place, run, manad))}
                {has_found
                    .then(|| {
                        view! {
                            <section class="stack tight" id="manadens-analyser" data-live="serie">
                                <h2>"Jämställdhetsanalyser"</h2>
                                <div class="card"><ul class="rows">{found}</ul></div>
                            </section>
                        }
                    })}
            </div>
        })
    })
}

/// `Norra enheten · 8 serier, 2 att se närmare på, 1 värde saknas`.
fn counted(rows: &[Rad], unit: &str, today: NaiveDate) -> String {
    let means = rows.iter().filter(|r| r.betyder_nagot()).count();
    let missing = rows.iter().filter(|r| r.saknas(today)).count();
    let of = |n: usize, words: &str| (n > 0).then(|| format!("{n} {words}"));
    let series = if rows.len() == 1 { "serie" } else { "serier" };
    let values = if missing == 1 { "värde saknas" } else { "värden saknas" };
    let said = [of(rows.len(), series), of(means, "att se närmare på"), of(missing, values)];
    let said = said.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if said.is_empty() { unit.to_owned() } else { format!("{unit} · {said}") }
}

/// What stands there when no series has anything to say.
fn empty(place: &Place, nothing: bool, may_edit: bool, manad: Period) -> AnyView {
    if nothing {
        let new = place.link("/siffror/ny", place.year, &[]);
        let button = may_edit.then(|| view! { <p><a class="button" href=new>"Ny serie"</a></p> });
        return view! {
            <Empty
                title="Inga siffror än"
                text="Här står en mening om varje serie: vad som ändrades under månaden och om det betyder något."
            >
                {button}
            </Empty>
        }
        .into_any();
    }
    let latest = place.link(PATH, place.year, &[]);
    let title = format!("Ingen serie har ett värde för {}", manad.label());
    view! {
        <Empty title text="Kvartal, tertial och år står i den månad då de slutar.">
            <p><a class="button secondary" href=latest>"Till den senaste månaden"</a></p>
        </Empty>
    }
    .into_any()
}

/// Links to the months around, from the first that something is known of to the last that is over.
fn steps(place: &Place, manad: Period, first: Option<Period>, today: NaiveDate) -> AnyView {
    let (from, over) = (first.unwrap_or(manad), av(today).before());
    let link = |to: Period, label: &str| {
        let words = to.label();
        let label = format!("{label}, {words}");
        let href = place.with(PATH, &[("manad", &to.to_string())]);
        (from <= to && to <= over).then(|| view! { <a href=href aria-label=label>{words.clone()}</a> })
    };
    let last_year = manad.year_before().and_then(|to| link(to, "Samma månad året före"));
    view! {
        <nav class="segmented" aria-label="Månad">
            {last_year} {link(manad.before(), "Månaden före")} <a href=place.with(PATH, &[]) aria-current="true">{manad.label()}</a>
            {link(manad.after(), "Månaden efter")}
        </nav>
    }
    .into_any()
}
