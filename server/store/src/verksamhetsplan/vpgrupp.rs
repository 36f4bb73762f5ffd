//! VP-grupper: who of the staff has which goals of a plan as theirs, and what they have written of how it goes.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    format,
    history::{differing, said},
    id::PersonId,
    organisation::swedish_order,
    verksamhetsplan::{
        enhetsmal::vpgrupp::{Grupprapport, GrupprapportId, Vpgrupp, VpgruppId},
        mal::{MalId, Trad},
        plan::{Innehall, Plan, PlanId},
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use super::record;
use crate::{
    Error, Result, Tx,
    belongs::{self, Second, Thing},
    hold::Held,
    touched,
};

/// What a group is: its name, its goals and its members.
pub type Innehallet = (String, Vec<MalId>, Vec<PersonId>);

/// A report with the names that stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skriven {
    /// As it was written.
    pub rapport: Grupprapport,
    /// What its group is called.
    pub grupp: String,
    /// Who wrote it; empty of somebody whose account is gone.
    pub who: String,
}

#[derive(FromRow)]
struct GruppRow {
    id: Uuid,
    namn: String,
    version: i64,
}

#[derive(FromRow)]
struct RapportRow {
    id: Uuid,
    grupp_id: Uuid,
    mal_id: Uuid,
    done_on: NaiveDate,
    person_id: Uuid,
    body: String,
    version: i64,
    namn: String,
    who: Option<String>,
}

/// The groups of a plan, by name.
pub async fn of_plan(tx: &mut Tx, plan: &Plan) -> Result<Vec<Vpgrupp>> {
    let found = rows!(tx, GruppRow, "select id, namn, version from vpgrupp where plan_id = $1", plan.id.0)?;
    let mut out: Vec<Vpgrupp> = Vec::with_capacity(found.len());
    for GruppRow { id, namn, version } in found {
        let (mal, medlemmar) = (vec![], vec![]);
        out.push(Vpgrupp { id: VpgruppId(id), node: plan.node, year: plan.year, namn, mal, medlemmar, version });
    }
    let sql = "select gm.grupp_id, gm.mal_id from vpgrupp_mal gm join vpgrupp g on g.id = gm.grupp_id
               where g.plan_id = $1 order by gm.mal_id";
    for (grupp, mal) in rows!(tx, (Uuid, Uuid), sql, plan.id.0)? {
        if let Some(of) = out.iter_mut().find(|one| one.id.0 == grupp) {
            of.mal.push(MalId(mal));
        }
    }
    let sql = "select gm.grupp_id, gm.person_id from vpgrupp_medlem gm join vpgrupp g on g.id = gm.grupp_id
               where g.plan_id = $1 order by gm.person_id";
    for (grupp, person) in rows!(tx, (Uuid, Uuid), sql, plan.id.0)? {
        if let Some(of) = out.iter_mut().find(|one| one.id.0 == grupp) {
            of.medlemmar.push(PersonId(person));
        }
    }
    out.sort_by_cached_key(|one| (swedish_order(&one.namn), one.id));
    Ok(out)
}

/// `NotFound` when the plan has no such group.
pub async fn get(tx: &mut Tx, plan: &Plan, id: VpgruppId) -> Result<Vpgrupp> {
    of_plan(tx, plan).await?.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)
}

/// The most reports of a goal that are read.
pub const MOST: i64 = 50;

/// What the groups of a plan have written of a goal, the latest first; at most [`MOST`].
pub async fn rapporter(tx: &mut Tx, plan: PlanId, mal: MalId) -> Result<Vec<Skriven>> {
    let found = rows!(
        tx,
        RapportRow,
        "select r.id, r.grupp_id, r.mal_id, r.done_on, r.person_id, r.body, r.version, g.namn, p.name as who
         from grupprapport r join vpgrupp g on g.id = r.grupp_id left join person p on p.id = r.person_id
         where g.plan_id = $1 and r.mal_id = $2 order by r.done_on desc, r.id desc limit cast($3 as bigint)",
        plan.0,
        mal.0,
        MOST
    )?;
    let read = |row: RapportRow| Skriven {
        rapport: Grupprapport {
            id: GrupprapportId(row.id),
            grupp: VpgruppId(row.grupp_id),
            mal: MalId(row.mal_id),
            on: row.done_on,
            who: PersonId(row.person_id),
            text: row.body,
            version: row.version,
        },
        grupp: row.namn,
        who: row.who.unwrap_or_default(),
    };
    Ok(found.into_iter().map(read).collect())
}

/// Makes a group of a plan. The same id again is the same one: nothing happens. `Invalid` where a goal is not in the plan, or somebody does
/// not belong to the unit.
pub async fn create(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId, id: VpgruppId, innehall: &Innehallet) -> Result<()> {
    if !belongs::is_new(tx, Thing::Vpgrupp, id.0, plan.0, innehall).await? {
        return Ok(());
    }
    let plan = opened(tx, plan).await?;
    let trad = fits(tx, &plan, innehall, None).await?;
    execute!(tx, "insert into vpgrupp (id, plan_id, namn) values ($1, $2, $3)", id.0, plan.id.0, &innehall.0)?;
    parts(tx, id, innehall).await?;
    let told = said(told(tx, &trad, innehall).await?);
    record(tx, now, (plan.node, id.0), ("VP-grupp skapad", ""), told).await
}

/// Changes a group. `Conflict` when it is no longer as the person saw it, `Invalid` as when it is made; who is in it already stays, also
/// when they have left the unit.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (id, version): (VpgruppId, i64),
    innehall: &Innehallet,
) -> Result<()> {
    let plan = opened(tx, plan).await?;
    let before = get(tx, &plan, id).await?;
    let trad = fits(tx, &plan, innehall, Some(&before)).await?;
    let sql = "update vpgrupp set namn = $3, version = version + 1 where id = $1 and version = $2";
    touched(execute!(tx, sql, id.0, version, &innehall.0)?)?;
    execute!(tx, "delete from vpgrupp_mal where grupp_id = $1", id.0)?;
    execute!(tx, "delete from vpgrupp_medlem where grupp_id = $1", id.0)?;
    parts(tx, id, innehall).await?;
    let was = (before.namn, before.mal, before.medlemmar);
    let told = differing(told(tx, &trad, &was).await?, told(tx, &trad, innehall).await?);
    record(tx, now, (plan.node, id.0), ("VP-grupp ändrad", ""), told).await
}

/// Takes a group away. `Conflict` when it is no longer as the person saw it, `Invalid` where it has written something: that stays, and the
/// group with it.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId, (id, version): (VpgruppId, i64)) -> Result<()> {
    let plan = opened(tx, plan).await?;
    let before = get(tx, &plan, id).await?;
    if row!(tx, (Uuid,), "select id from grupprapport where grupp_id = $1 limit 1", id.0)?.is_some() {
        let message = format!(
            "”{}” har skrivit rapporter, så gruppen går inte att ta bort. Ta ur medlemmarna i stället.",
            before.namn
        );
        return Err(Error::at("", message));
    }
    touched(execute!(tx, "delete from vpgrupp where id = $1 and version = $2", id.0, version)?)?;
    let trad = super::mal::trad(tx, plan.node, plan.year).await?;
    let was = (before.namn, before.mal, before.medlemmar);
    let nothing = told(tx, &trad, &Innehallet::default()).await?;
    let told = differing(told(tx, &trad, &was).await?, nothing);
    record(tx, now, (plan.node, id.0), ("VP-grupp borttagen", ""), told).await
}

/// Writes a report in the name of who is logged in: a member of the group, or who may change the plan. The same id again is the same one.
/// `Forbidden` to others, `NotFound` where the plan has no such group or the group not that goal.
pub async fn create_rapport(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    plan: PlanId,
    (id, grupp, mal): (GrupprapportId, VpgruppId, MalId),
    text: &str,
    may_edit: bool,
) -> Result<()> {
    let who = tx.actor().ok_or(Error::Forbidden)?;
    let plan = opened(tx, plan).await?;
    let of = get(tx, &plan, grupp).await?;
    if !of.may_report(who, may_edit) {
        return Err(Error::Forbidden);
    }
    if !of.mal.contains(&mal) {
        return Err(Error::NotFound);
    }
    if !belongs::is_new(tx, Thing::Grupprapport, id.0, grupp.0, &(mal, text)).await? {
        return Ok(());
    }
    execute!(
        tx,
        "insert into grupprapport (id, grupp_id, mal_id, done_on, person_id, body) values ($1, $2, $3, $4, $5, $6)",
        id.0,
        grupp.0,
        mal.0,
        today,
        who.0,
        text
    )?;
    let told = said(vec![("Dag", format::date(today)), ("Rapport", text.to_owned())]);
    record(tx, now, (plan.node, grupp.0), ("Rapport skriven", ""), told).await
}

/// Holds the plan in which a group is written.
async fn opened(tx: &mut Tx, plan: PlanId) -> Result<Plan> {
    tx.hold(Held::Verksamhetsplan(plan)).await?;
    let plan = super::get(tx, plan).await?;
    plan.check_open(Innehall::Uppfoljning).map_err(|why| Error::at("", why))?;
    Ok(plan)
}

/// Whether its goals are those that the plan reads, and its members of the unit. Gives the goals that the plan reads.
async fn fits(tx: &mut Tx, plan: &Plan, (_, mal, medlemmar): &Innehallet, before: Option<&Vpgrupp>) -> Result<Trad> {
    let trad = super::mal::trad(tx, plan.node, plan.year).await?;
    if mal.iter().any(|id| trad.get(*id).is_none()) {
        return Err(Error::at("mal", "Målet hör inte till planen. Välj ur listan."));
    }
    let mut new: Vec<(&str, Second)> = Vec::new();
    for id in medlemmar {
        if !before.is_some_and(|before| before.medlemmar.contains(id)) {
            new.push(("medlemmar", Second::Person(*id)));
        }
    }
    belongs::check(tx, plan.node, new).await?;
    Ok(trad)
}

async fn parts(tx: &mut Tx, id: VpgruppId, (_, mal, medlemmar): &Innehallet) -> Result<()> {
    for mal in mal {
        execute!(tx, "insert into vpgrupp_mal (grupp_id, mal_id) values ($1, $2)", id.0, mal.0)?;
    }
    for person in medlemmar {
        execute!(tx, "insert into vpgrupp_medlem (grupp_id, person_id) values ($1, $2)", id.0, person.0)?;
    }
    Ok(())
}

/// What a group says of itself, with the names of its goals and members.
async fn told(tx: &mut Tx, trad: &Trad, (namn, mal, medlemmar): &Innehallet) -> Result<Vec<(&'static str, String)>> {
    let goals: Vec<String> = mal.iter().filter_map(|id| trad.get(*id)).map(|mal| mal.content.med_nr()).collect();
    let mut names = Vec::new();
    for id in medlemmar {
        names.extend(row!(tx, (String,), "select name from person where id = $1", id.0)?.map(|(name,)| name));
    }
    Ok(vec![("Namn", namn.clone()), ("Mål", goals.join("; ")), ("Medlemmar", names.join(", "))])
}
