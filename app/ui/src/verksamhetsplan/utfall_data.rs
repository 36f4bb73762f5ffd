//! What the table of outcomes shows of a period: read once, for the page, its form and the island alike.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Stockholm;
use domain::{
    permission::{Action, Area},
    person::Actor,
    verksamhetsplan::{
        indikator::{
            Content, IndikatorId, Utfall, Utfallsperiod,
            bedomning::Flagga,
            konkontroll::konskillnad,
            ruta::Kolumn,
            rutnat::{Rad, Rutnat, Underlag, rutnat},
            skydd,
            stangning::Stangd,
        },
        mal::{MalId, Trad},
        plan::{Plan, PlanId},
    },
};
use islands::contract::{Utfallsrad, Utfallsruta};
use leptos::prelude::*;
use store::{
    Tx,
    verksamhetsplan::{
        indikator::{self, Placerad},
        mal, stangning,
        utfall::{self, Utfallen},
    },
};

use super::{PATH, marke::marke, matning};
use crate::error::AppError;

/// The columns that are filled in the table; what else belongs to an outcome has the page of its indikator.
pub const KOLUMNER: [Kolumn; 4] = [Kolumn::Totalt, Kolumn::Kvinnor, Kolumn::Man, Kolumn::Prognos];

/// The field of a cell. It begins with a letter: a name that begins with a digit is read as a place in a list.
#[must_use]
pub fn falt(id: IndikatorId, kolumn: Kolumn) -> String {
    format!("c-{id}.{}", kolumn.code())
}

/// The field of what stood in a cell when the page was made.
#[must_use]
pub fn fore(falt: &str) -> String {
    format!("w-{falt}")
}

/// The field that says that its cell was typed in after the block of the same form was pasted.
#[must_use]
pub fn sedan(falt: &str) -> String {
    format!("s-{falt}")
}

/// The indikator and the column of a field.
#[must_use]
pub fn las_falt(falt: &str) -> Option<(IndikatorId, Kolumn)> {
    let (id, kolumn) = falt.strip_prefix("c-")?.split_once('.')?;
    Some((id.parse().ok()?, Kolumn::from_code(kolumn)?))
}

/// A period of a plan with the outcomes of its indikatorer.
pub struct Data {
    /// The plan.
    pub plan: Plan,
    /// The goals that it reads.
    pub trad: Trad,
    /// From January until when the figures are.
    pub period: Utfallsperiod,
    /// The indikatorer of the plan.
    pub indikatorer: HashMap<IndikatorId, Placerad>,
    /// The table.
    pub rutnat: Rutnat,
    /// The outcomes of the year, with what sources have of the period, or of all where the year is read.
    pub utfallen: Utfallen,
    /// Those of the year before, by the plan's own indikatorer.
    pub i_fjol: Utfallen,
    /// What sources have.
    pub kallor: matning::Kallor,
    /// When the period was closed; none while it is open.
    pub stangd: Option<Stangd>,
    /// The number of the last outcome that was written.
    pub nr: i64,
    /// When the last outcome of the period was written.
    pub skrivet: Option<DateTime<Utc>>,
    /// Whether who reads may write in the plan.
    pub far_skriva: bool,
}

/// Whose sources are read.
#[derive(Clone, Copy)]
pub enum Av {
    /// All of the plan.
    Alla,
    /// Those of a goal.
    Mal(MalId),
    /// One.
    En(IndikatorId),
}

impl Av {
    fn has(self, one: &Placerad) -> bool {
        match self {
            Self::Alla => true,
            Self::Mal(mal) => one.mal == mal,
            Self::En(id) => one.indikator.id == id,
        }
    }
}

/// Reads a period of a plan.
pub async fn read(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    plan: &Plan,
    period: Utfallsperiod,
) -> Result<Data, AppError> {
    read_av(tx, actor, today, (plan, period), Av::Alla).await
}

/// Reads a period of a plan with the sources of some of its indikatorer: the rows of the others are without them.
pub async fn read_av(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    (plan, period): (&Plan, Utfallsperiod),
    av: Av,
) -> Result<Data, AppError> {
    let (nr, all) = forst(tx, plan).await?;
    let fed: Vec<&Placerad> = all.iter().filter(|one| av.has(one)).collect();
    let kallor = matning::perioder(tx, actor, today, &fed, &[period]).await?;
    drop(fed);
    table(tx, actor, plan, period, (nr, all), kallor).await
}

/// Reads a period of a plan, with what sources have of each period of the year that is reported.
pub async fn read_ar(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    plan: &Plan,
    period: Utfallsperiod,
) -> Result<Data, AppError> {
    let (nr, all) = forst(tx, plan).await?;
    let fed: Vec<&Placerad> = all.iter().collect();
    let kallor = matning::perioder(tx, actor, today, &fed, &Utfallsperiod::rapporter(plan.year)).await?;
    drop(fed);
    table(tx, actor, plan, period, (nr, all), kallor).await
}

/// Reads a period of a plan where its sources have been read.
pub async fn read_med(
    tx: &mut Tx,
    actor: &Actor,
    plan: &Plan,
    period: Utfallsperiod,
    kallor: matning::Kallor,
) -> Result<Data, AppError> {
    let found = forst(tx, plan).await?;
    table(tx, actor, plan, period, found, BTreeMap::from([(period, kallor)])).await
}

/// The number before the outcomes: what is written in between is shown twice rather than never. And the indikatorer.
async fn forst(tx: &mut Tx, plan: &Plan) -> Result<(i64, Vec<Placerad>), AppError> {
    let nr = utfall::nr(tx, plan.id).await?;
    Ok((nr, indikator::list(tx, plan.id).await?))
}

async fn table(
    tx: &mut Tx,
    actor: &Actor,
    plan: &Plan,
    period: Utfallsperiod,
    (nr, all): (i64, Vec<Placerad>),
    mut kallor: BTreeMap<Utfallsperiod, matning::Kallor>,
) -> Result<Data, AppError> {
    let trad = mal::trad(tx, plan.node, plan.year).await?;
    let stangda = stangning::list(tx, plan).await?;
    let mut utfallen = utfall::of_plan(tx, plan.id).await?;
    let i_fjol = utfall::i_fjol(tx, plan.id).await?;
    let skrivet = utfall::sedan(tx, plan.id, period, 0).await?.last().map(|(_, at)| *at);
    for one in &all {
        let of_year = utfallen.entry(one.indikator.id).or_default();
        for (of, has) in &kallor {
            let is_stangd = stangda.iter().any(|closed| closed.period == *of);
            let stored = of_year.get(of).cloned().unwrap_or_default();
            let shown = utfall::visat(stored, *of, is_stangd, has.matade.get(&one.indikator.id));
            if !shown.is_empty() {
                of_year.insert(*of, shown);
            }
        }
    }
    let kallor = kallor.remove(&period).unwrap_or_default();
    let stangd = stangda.into_iter().find(|closed| closed.period == period);
    let platser = platser(&trad, &all);
    let none = BTreeMap::new();
    let of = |one: &'_ Placerad| one.indikator.id;
    let rader: Vec<Underlag<'_>> = all
        .iter()
        .zip(&platser)
        .map(|(one, plats)| Underlag {
            indikator: &one.indikator,
            plats,
            utfall: utfallen.get(&of(one)).unwrap_or(&none),
            fjol: i_fjol.get(&of(one)).unwrap_or(&none),
        })
        .collect();
    let mut rutnat = rutnat(&rader, period);
    drop(rader);
    // few persons are theirs to see who write in the plan
    let far_skriva = actor.may(plan.node, Area::Verksamhetsplan, Action::Edit);
    if !far_skriva {
        for one in &all {
            let (id, content) = (one.indikator.id, &one.indikator.content);
            let Some(of_year) = utfallen.get_mut(&id) else { continue };
            let stands = of_year.get(&period).cloned().unwrap_or_default();
            if let Some(rad) = rutnat.rader.iter_mut().find(|rad| rad.id == id) {
                skydd::skydda(rad, content, &stands);
                let before = i_fjol.get(&id).and_then(|of| of.get(&period.year_before()));
                if before.is_some_and(|before| skydd::dolda_av(content, before).totalt) {
                    "–".clone_into(&mut rad.fjol);
                }
            }
            for utfall in of_year.values_mut() {
                *utfall = skydd::visat(content, utfall);
            }
        }
    }
    let indikatorer = all.into_iter().map(|one| (one.indikator.id, one)).collect();
    Ok(Data {
        plan: plan.clone(),
        trad,
        period,
        indikatorer,
        rutnat,
        utfallen,
        i_fjol,
        kallor,
        stangd,
        nr,
        skrivet,
        far_skriva,
    })
}

/// The place of each indikator: that of its goal as the chain is read, and its own under it.
pub fn platser(trad: &Trad, all: &[Placerad]) -> Vec<Vec<u32>> {
    let order: HashMap<_, u32> = trad.walk().into_iter().zip(0..).map(|(post, at)| (post.mal.id, at)).collect();
    // what stands in the order of the plan stands so under its goal too
    (0..).zip(all).map(|(at, one)| vec![order.get(&one.mal).copied().unwrap_or(u32::MAX), at]).collect()
}

/// `14.02`, as clocks show it.
#[must_use]
pub fn klocka(at: DateTime<Utc>) -> String {
    at.with_timezone(&Stockholm).format("%H.%M").to_string()
}

impl Data {
    /// What the indikator of a row is.
    pub fn content(&self, rad: &Rad) -> Option<&Content> {
        self.indikatorer.get(&rad.id).map(|one| &one.indikator.content)
    }

    /// The outcome of an indikator in the period.
    #[must_use]
    pub fn utfall(&self, id: IndikatorId) -> Utfall {
        self.utfallen.get(&id).and_then(|of| of.get(&self.period)).cloned().unwrap_or_default()
    }

    /// Whether something of the period needs a reason to be changed.
    #[must_use]
    pub fn asks_why(&self) -> bool {
        self.stangd.is_some() || !self.kallor.matade.is_empty()
    }

    /// A row as the island shows it.
    #[must_use]
    pub fn rad(&self, rad: &Rad) -> Utfallsrad {
        let cells = rad.rutor.iter().filter(|ruta| KOLUMNER.contains(&ruta.kolumn));
        let cell = |ruta: &domain::verksamhetsplan::indikator::rutnat::Ruta| Utfallsruta {
            falt: falt(rad.id, ruta.kolumn),
            skriven: ruta.skriven.clone(),
            visad: ruta.visad.clone(),
            delar: ruta.delar.clone(),
        };
        Utfallsrad {
            id: rad.id.to_string(),
            rutor: cells.map(cell).collect(),
            varna: rad.is_att_titta_pa(),
            status: status(self, rad).into_any().to_html(),
            varfor: varfor(self, rad).into_any().to_html(),
        }
    }
}

/// The page of an indikator in a plan.
#[must_use]
pub fn sida(plan: PlanId, id: IndikatorId) -> String {
    format!("{PATH}/{plan}/indikatorer/{id}")
}

/// How a row stands, with the way to set it by hand.
pub fn status(data: &Data, rad: &Rad) -> AnyView {
    let judged = &rad.bedomning;
    let word = judged.status.label().to_lowercase();
    let set = judged.satt.then(|| view! { <span class="sub">"satt för hand"</span> });
    if !data.far_skriva {
        return view! { <span class="utfall-status">{marke(judged.status.marke(), word)}</span> {set} }.into_any();
    }
    let href = format!("{}?period={}#status", sida(data.plan.id, rad.id), data.period);
    let label = format!("{}. Sätt egen status för {}", judged.status.label(), rad.namn);
    view! {
        <a class="utfall-status" href=href aria-label=label data-status="">{marke(judged.status.marke(), word)}</a>
        {set}
    }
    .into_any()
}

/// Why a row stands as it does, and what is to be looked at.
pub fn varfor(data: &Data, rad: &Rad) -> impl IntoView + use<> {
    let utfall = data.utfall(rad.id);
    let content = data.content(rad).map(|content| utfall.bedoms_av(content));
    let content = content.as_deref();
    let judged = &rad.bedomning;
    let told = |text: String| view! { <span>{text}</span> " " };
    let set = judged.satt.then(|| told(judged.skal.clone()));
    let flags = content.map(|content| {
        let flag = |flagga: &Flagga| {
            let text = flagga.said(content);
            if flagga.is_att_titta_pa() {
                view! { <strong class="utfall-varning">"▲ " {text}</strong> " " }.into_any()
            } else {
                told(text).into_any()
            }
        };
        judged.flaggor.iter().map(flag).collect_view()
    });
    let why = if data.far_skriva && content.is_some_and(|content| content.enhet_saknas().is_some()) {
        let href = format!("{}/redigera", sida(data.plan.id, rad.id));
        view! { <span>{judged.varfor.clone()}</span> " " <a href=href>"Svara en gång"</a> " " }.into_any()
    } else {
        told(judged.varfor.clone()).into_any()
    };
    let kf = judged.kf.as_ref().map(|kf| told(kf.varfor.clone()));
    let kon = konskillnad(&data.utfall(rad.id).varden).map(|said| told(said.to_owned()));
    let source = content.and_then(|content| data.kallor.sagt(rad.id, content, &data.utfall(rad.id)));
    let source = source.map(|said| view! { <span class="sub">{said}</span> });
    view! { {flags} {set} {why} {kf} {kon} {source} }
}
