//! Inläsning: a table becomes goals, indikatorer, outcomes, expected results or aktiviteter of a plan, all of it or nothing. What is written is
//! what was shown: the table is judged again against what is there when the plan is held. What each table made is kept beside it, so that
//! it can be undone as a whole ([`angra`]).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    history::said,
    import::{Names, Table},
    siffror::inlasning::Svar,
    verksamhetsplan::{
        aktivitet::PlanaktivitetId,
        forvantat::ForvantatId,
        indikator::{IndikatorId, Utfallsperiod, inlasning::Under, stangning::is_stangd},
        inlasning::{Andrad, Last, Mot, PlanimportId, Tabellslag},
        mal::MalId,
        plan::PlanId,
    },
};
use uuid::Uuid;

use super::{
    forvantat, indikator,
    mal::{self, insert, share_above},
    record, stangning,
    utfall::{self, Matade},
};
use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    hold::Held,
    in_row::versioned,
    organisation, person, planaktivitet,
};

pub mod angra;

/// What sources have of each period of a year, by the indikatorer that take it.
pub type Arets = BTreeMap<Utfallsperiod, Matade>;

/// A table on its way into a plan.
#[derive(Clone, Copy, Debug)]
pub struct Ny<'a> {
    /// Made with the page: confirmed twice it is one import.
    pub id: PlanimportId,
    /// What it is read as.
    pub slag: Tabellslag,
    /// The name of its file, or that it was pasted.
    pub rubrik: &'a str,
    /// Its rows.
    pub table: &'a Table,
    /// What has been answered about it.
    pub svar: &'a Svar,
    /// The word of what was shown ([`Last::sett`]).
    pub sett: &'a str,
    /// Why outcomes are changed that are not changed without a reason; may be empty.
    pub skal: &'a str,
}

/// What came of reading a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inlast {
    /// Rows that were not there.
    pub nya: usize,
    /// Rows that are otherwise than they were.
    pub andrade: usize,
}

impl Inlast {
    /// Whether nothing came of it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.nya == 0 && self.andrade == 0
    }
}

/// What a plan holds, against which a table is judged. `matade` is what sources have, as outcomes are shown.
pub async fn mot(tx: &mut Tx, id: PlanId, matade: &Arets) -> Result<Mot> {
    let plan = super::get(tx, id).await?;
    let tree = organisation::tree(tx).await?;
    let names = Names::of_options(person::options(tx, &tree, plan.node).await?);
    let indikatorer = indikator::list(tx, id).await?;
    let stangda = stangning::list(tx, &plan).await?;
    let mut shown = BTreeMap::new();
    let stored = utfall::of_plan(tx, id).await?;
    for one in &indikatorer {
        let own = one.indikator.id;
        let mut of_year = stored.get(&own).cloned().unwrap_or_default();
        for period in matade.keys() {
            of_year.entry(*period).or_default();
        }
        for (period, outcome) in of_year {
            let fed = matade.get(&period).and_then(|of| of.get(&own));
            let outcome = utfall::visat(outcome, period, is_stangd(&stangda, period), fed);
            if !outcome.is_empty() {
                shown.insert((own, period), outcome);
            }
        }
    }
    Ok(Mot {
        trad: mal::trad(tx, plan.node, plan.year).await?,
        indikatorer: indikatorer.into_iter().map(|one| Under { indikator: one.indikator, mal: one.mal }).collect(),
        utfall: shown,
        stangda,
        forvantat: forvantat::of_plan(tx, id).await?,
        aktiviteter: planaktivitet::list(tx, plan.node, plan.year).await?,
        names,
        plan,
    })
}

/// Reads a table into a plan, and tells what came of it. The same id again is the same one: nothing happens, and what came of it the first
/// time is told. `Conflict` where it would do something else than was shown, `Invalid` where the plan is not open, where something is asked
/// or wrong, and at `skal` where a reason is missing.
pub async fn las_in(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    plan: PlanId,
    ny: &Ny<'_>,
    matade: &Arets,
) -> Result<Inlast> {
    tx.hold(Held::Verksamhetsplan(plan)).await?;
    if !belongs::is_new(tx, Thing::Planimport, ny.id.0, plan.0, &(ny.slag.code(), ny.rubrik, ny.sett)).await? {
        return Ok(angra::get(tx, plan, ny.id).await?.inlast);
    }
    let of = super::get(tx, plan).await?;
    of.check_open(ny.slag.innehall()).map_err(|why| Error::at("", why))?;
    share_above(tx, &of).await?;
    let mot = mot(tx, plan, matade).await?;
    let last = mot.las(ny.slag, ny.table, ny.svar).map_err(|why| Error::at("", why))?;
    if last.sett() != ny.sett {
        return Err(Error::Conflict);
    }
    if !last.is_ready() {
        return Err(Error::at("", "Tabellen har frågor eller fel kvar. Svara på dem först."));
    }
    let (nya, andrade) = last.antal();
    let inlast = Inlast { nya, andrade };
    if inlast.is_empty() {
        return Ok(inlast);
    }
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let sql = "insert into planimport (id, plan_id, slag, person_id, at, rubrik, nya, andrade)
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let (who, at) = (tx.actor().map(|person| person.0), chrono::SubsecRound::trunc_subsecs(now, 3));
    execute!(tx, sql, ny.id.0, plan.0, ny.slag.code(), who, at, ny.rubrik, count(nya), count(andrade))?;
    let written = write(tx, (now, today), (&mot, &last), ny.skal).await?;
    for (ordning, rad) in (1_i64..).zip(written) {
        let sql = "insert into planimport_rad (import_id, ordning, thing_id, manad, version, fore)
                   values ($1, $2, $3, $4, $5, $6)";
        execute!(tx, sql, ny.id.0, ordning, rad.thing, rad.manad, rad.version, rad.fore)?;
    }
    let what = format!("{} inlästa", ny.slag.label());
    let told = said(vec![("Rader", (nya + andrade).to_string())]);
    record(tx, now, (of.node, plan.0), (&what, ny.rubrik), told).await?;
    Ok(inlast)
}

/// What an import made or changed.
struct Skriven {
    thing: Uuid,
    /// The last month of the period of an outcome; 0 of anything else.
    manad: i64,
    version: i64,
    /// The outcome that stood there, as it is stored.
    fore: Option<String>,
}

impl Skriven {
    fn new(thing: Uuid) -> Self {
        Self { thing, manad: 0, version: 1, fore: None }
    }
}

/// A fault of a row, said of the row: there is no field for it.
fn at_row(line: u32) -> impl FnOnce(Error) -> Error {
    move |error| match error {
        Error::Invalid(faults) => {
            let said: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            Error::at("", format!("Rad {line}: {}", said.join(" ")))
        }
        other => other,
    }
}

async fn write(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    (mot, last): (&Mot, &Last),
    skal: &str,
) -> Result<Vec<Skriven>> {
    let plan = &mot.plan;
    let mut out = Vec::new();
    match last {
        Last::Mal(last) => {
            for row in last.rows(plan.node, plan.year, &mot.trad, MalId::new) {
                insert(tx, plan, (row.id, row.under, None), row.ordning, &row.content).await?;
                record(tx, now, (plan.node, row.id.0), ("Inläst", ""), said(row.content.told())).await?;
                out.push(Skriven::new(row.id.0));
            }
        }
        Last::Indikatorer(last) => {
            for row in last.rader.iter().filter(|row| row.finns.is_none()) {
                // a table that is ready has both
                let (Some(mal), Some(content)) = (row.mal, &row.content) else { continue };
                let id = IndikatorId::new();
                indikator::create(tx, now, plan.id, (id, mal), content).await.map_err(at_row(row.line))?;
                out.push(Skriven::new(id.0));
            }
        }
        Last::Utfall(last) => {
            let mut by_period: BTreeMap<Utfallsperiod, Vec<&Andrad>> = BTreeMap::new();
            for row in last.rader.iter().filter(|row| row.is_andrad()) {
                by_period.entry(row.period).or_default().push(row);
            }
            for (period, rows) in by_period {
                outcomes(tx, now, (mot, period), &rows, skal, &mut out).await?;
            }
        }
        Last::Forvantat(last) => {
            for row in last.rader.iter().filter(|row| row.finns.is_none()) {
                let Some(mal) = row.mal else { continue };
                let id = ForvantatId::new();
                forvantat::create(tx, now, plan.id, (id, mal), &row.content).await.map_err(at_row(row.line))?;
                out.push(Skriven::new(id.0));
            }
        }
        Last::Aktiviteter(last) => {
            for row in last.rader.iter().filter(|row| row.finns.is_none()) {
                let (id, when) = (PlanaktivitetId::new(), (now, today));
                planaktivitet::create(tx, when, plan.id, id, &row.content).await.map_err(at_row(row.line))?;
                out.push(Skriven::new(id.0));
            }
        }
    }
    Ok(out)
}

/// Writes the outcomes of a period, as those that are typed are written.
async fn outcomes(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (mot, period): (&Mot, Utfallsperiod),
    rows: &[&Andrad],
    skal: &str,
    out: &mut Vec<Skriven>,
) -> Result<()> {
    let of = utfall::hold(tx, mot.plan.id, period).await?;
    for row in rows {
        let Some(under) = mot.indikatorer.iter().find(|under| under.indikator.id == row.indikator) else { continue };
        let stored = utfall::get(tx, row.indikator, period).await?;
        let fore = stored.map(|stored| versioned(&stored.utfall)).transpose()?;
        let change = (&row.before, row.after.clone());
        if utfall::write(tx, now, &of, &under.indikator, change, skal).await? {
            let version = utfall::get(tx, row.indikator, period).await?.map_or(1, |stored| stored.version);
            out.push(Skriven { thing: row.indikator.0, manad: i64::from(period.month()), version, fore });
        }
    }
    Ok(())
}
