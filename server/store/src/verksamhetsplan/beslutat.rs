//! Beslutat: what a plan says when it is opened to be changed is kept, and given back when the change is given up. What has been added
//! meanwhile and followed since then stays, and is told of: nothing that somebody has counted goes with it. What a copy added meanwhile can
//! be copied again.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{
    history::{Change, changes, differing, said},
    schedule::Responsible,
    verksamhetsplan::{
        enhetsmal::vpgrupp::VpgruppId,
        mal::{Mal, MalId, bort::check_remove},
        plan::{
            Plan, PlanId,
            beslutat::{Beslutat, Matt},
            kapitel::Kapitel,
        },
    },
};
use uuid::Uuid;

use super::{bilaga, enhetsmal, forvantat, indikator, kapitel, kopierat, kopplat, mal, record, uppfoljning};
use crate::{
    Result, Tx,
    in_row::{InRow, Versioned, versioned},
};

impl Versioned for Beslutat {}

/// What is recorded of a thing that is as it was decided again.
const ATERSTALLD: &str = "Återställd till det som är fastställt";
/// What is recorded of a thing that was added after the decision.
const BORTTAGEN: &str = "Borttagen när revideringen avbröts";

/// What a plan said when it was last opened to be changed after a decision; none where it was not, or before that was kept.
pub async fn get(tx: &mut Tx, plan: PlanId, nr: u32) -> Result<Option<Beslutat>> {
    let sql = "select content from beslutat where plan_id = $1 and nr = $2";
    let found = row!(tx, (String,), sql, plan.0, i64::from(nr))?;
    found.map(|(content,)| InRow::of("beslutat", plan.0).versioned("content", &content)).transpose()
}

/// Whether what is decided of a plan that is being changed can be given back.
pub async fn is_kept(tx: &mut Tx, plan: &Plan) -> Result<bool> {
    let sql = "select nr from beslutat where plan_id = $1 and nr = $2";
    Ok(plan.revision.is_some() && row!(tx, (i64,), sql, plan.id.0, nr(plan))?.is_some())
}

fn nr(plan: &Plan) -> i64 {
    plan.beslut.last().map_or(0, |beslut| i64::from(beslut.nr))
}

/// Labels and values of a thing.
type Told = Vec<(&'static str, String)>;

/// What is told of a thing that is as it was: of one that had gone all of it.
fn told(before: Option<Told>, after: Told) -> Vec<Change> {
    match before {
        Some(before) => differing(before, after),
        None => said(after),
    }
}

/// What is told of a thing that goes.
fn gone(before: Told) -> Vec<Change> {
    changes(before.into_iter().map(|(label, value)| (label, value, String::new())))
}

/// The goals of a plan itself.
async fn own(tx: &mut Tx, plan: &Plan) -> Result<Vec<Mal>> {
    let trad = mal::trad(tx, plan.node, plan.year).await?;
    let own = trad.walk().into_iter().map(|post| post.mal).filter(|mal| !mal.is_shared(plan.node));
    Ok(own.cloned().collect())
}

/// Keeps what a plan says, as its last decision has it. The plan is held.
pub(super) async fn keep(tx: &mut Tx, plan: &Plan) -> Result<()> {
    let sql = "select g.grupp_id, g.mal_id from vpgrupp_mal g join mal m on m.id = g.mal_id where m.plan_id = $1
               order by g.grupp_id, g.mal_id";
    let grupper = rows!(tx, (Uuid, Uuid), sql, plan.id.0)?;
    let measured = indikator::list(tx, plan.id).await?;
    let content = Beslutat {
        kapitel: kapitel::list(tx, plan.id).await?,
        mal: own(tx, plan).await?,
        texter: enhetsmal::of_plan(tx, plan.id).await?,
        forvantat: forvantat::of_plan(tx, plan.id).await?,
        indikatorer: measured
            .into_iter()
            .map(|one| Matt { mal: one.mal, ordning: one.ordning, indikator: one.indikator })
            .collect(),
        uppfoljning: uppfoljning::of_plan(tx, plan.id).await?,
        grupper: grupper.into_iter().map(|(grupp, mal)| (VpgruppId(grupp), MalId(mal))).collect(),
        bilagor: bilaga::list(tx, plan.id).await?,
    };
    let sql = "insert into beslutat (plan_id, nr, content) values ($1, $2, $3)
               on conflict (plan_id, nr) do update set content = excluded.content";
    execute!(tx, sql, plan.id.0, nr(plan), versioned(&content)?)?;
    Ok(())
}

/// Gives back what was decided. What was added and has been followed since stays: what it is called. Nothing happens to a plan of which nothing
/// was kept. The plan is held.
pub(super) async fn restore(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan) -> Result<Vec<String>> {
    let Some(nr) = plan.beslut.last().map(|beslut| beslut.nr) else { return Ok(vec![]) };
    let Some(decided) = get(tx, plan.id, nr).await? else { return Ok(vec![]) };
    mal::share_above(tx, plan).await?;
    let back = goals(tx, now, plan, &decided).await?;
    groups(tx, &decided, &back).await?;
    texts(tx, now, plan, &decided).await?;
    followed(tx, now, plan, &decided).await?;
    chapters(tx, now, plan, &decided).await?;
    beside(tx, now, plan, &decided).await?;
    let mut stays = measures(tx, now, plan, &decided).await?;
    stays.extend(rows(tx, now, plan, &decided).await?);
    stays.extend(added_goals(tx, now, plan, &decided).await?);
    Ok(stays)
}

/// The goals as they were and where they lay; those that had gone are there again, and given.
async fn goals(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan, decided: &Beslutat) -> Result<HashSet<MalId>> {
    let there: HashMap<MalId, Mal> = own(tx, plan).await?.into_iter().map(|mal| (mal.id, mal)).collect();
    let mut back = HashSet::new();
    for old in decided.mal_i_ordning() {
        let content = versioned(&old.content)?;
        // what it lay under may be a goal of a node above that is no more: it is at the top then
        let under = old.under.map(|id| id.0);
        let Some(stands) = there.get(&old.id) else {
            let sql = "insert into mal (id, plan_id, under_id, ordning, copied_from, content, version)
                       values ($1, $2, (select id from mal where id = $3), $4, (select id from mal where id = $5), $6, $7)";
            let copied_from = old.copied_from.map(|id| id.0);
            execute!(tx, sql, old.id.0, plan.id.0, under, old.ordning, copied_from, content, old.version + 1)?;
            record(tx, now, (plan.node, old.id.0), (ATERSTALLD, ""), said(old.content.told())).await?;
            back.insert(old.id);
            continue;
        };
        if (&stands.content, stands.under, stands.ordning) == (&old.content, old.under, old.ordning) {
            continue;
        }
        let sql = "update mal set under_id = (select id from mal where id = $3), ordning = $4, content = $5,
                   version = version + 1 where id = $1 and plan_id = $2";
        execute!(tx, sql, old.id.0, plan.id.0, under, old.ordning, content)?;
        uppfoljning::renamed(tx, plan, old.id).await?;
        let changed = differing(stands.content.told(), old.content.told());
        record(tx, now, (plan.node, old.id.0), (ATERSTALLD, ""), changed).await?;
    }
    Ok(back)
}

/// The groups of the goals that are there again, where the group is.
async fn groups(tx: &mut Tx, decided: &Beslutat, back: &HashSet<MalId>) -> Result<()> {
    for (grupp, mal) in decided.grupper.iter().filter(|(_, mal)| back.contains(mal)) {
        let sql = "insert into vpgrupp_mal (grupp_id, mal_id) select g.id, m.id from vpgrupp g, mal m
                   where g.id = $1 and m.id = $2 on conflict (grupp_id, mal_id) do nothing";
        execute!(tx, sql, grupp.0, mal.0)?;
    }
    Ok(())
}

/// The texts of the goals that were decided; one that has got any since has none.
async fn texts(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan, decided: &Beslutat) -> Result<()> {
    let there = enhetsmal::of_plan(tx, plan.id).await?;
    for old in &decided.texter {
        let before = match there.iter().find(|one| one.mal == old.mal) {
            Some(stands) if (&stands.content, stands.fran_i_fjol) == (&old.content, old.fran_i_fjol) => continue,
            Some(stands) => {
                let sql =
                    "update enhetsmal set content = $2, fran_i_fjol = $3, version = version + 1 where mal_id = $1";
                execute!(tx, sql, old.mal.0, versioned(&old.content)?, old.fran_i_fjol)?;
                Some(stands.content.told())
            }
            None => {
                enhetsmal::insert(tx, old).await?;
                None
            }
        };
        record(tx, now, (plan.node, old.mal.0), (ATERSTALLD, ""), told(before, old.content.told())).await?;
    }
    let is_decided = |mal: MalId| decided.mal.iter().any(|one| one.id == mal);
    let is_old = |mal: MalId| decided.texter.iter().any(|one| one.mal == mal);
    for new in there.iter().filter(|one| is_decided(one.mal) && !is_old(one.mal)) {
        execute!(tx, "delete from enhetsmal where mal_id = $1", new.mal.0)?;
        record(tx, now, (plan.node, new.mal.0), (BORTTAGEN, ""), gone(new.content.told())).await?;
    }
    Ok(())
}

/// What is followed of the goals, as it was and no more, with its times on the wheel.
async fn followed(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan, decided: &Beslutat) -> Result<()> {
    let decided = &decided.uppfoljning;
    let there = uppfoljning::of_plan(tx, plan.id).await?;
    for new in there.iter().filter(|one| !decided.iter().any(|old| old.id == one.id)) {
        uppfoljning::ta_bort(tx, plan, new.id).await?;
        kopierat::forget(tx, plan.id, new.id.0).await?;
        record(tx, now, (plan.node, new.mal.0), (BORTTAGEN, ""), gone(new.content.told())).await?;
    }
    for old in decided {
        let stands = there.iter().find(|one| one.id == old.id);
        if stands.is_some_and(|one| (&one.content, one.ordning) == (&old.content, old.ordning)) {
            continue;
        }
        uppfoljning::aterstall(tx, plan, old).await?;
        let before = stands.map(|one| one.content.told());
        record(tx, now, (plan.node, old.mal.0), (ATERSTALLD, ""), told(before, old.content.told())).await?;
    }
    Ok(())
}

/// The chapters as they were, and no others.
async fn chapters(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan, decided: &Beslutat) -> Result<()> {
    let there = kapitel::list(tx, plan.id).await?;
    for new in there.iter().filter(|one| !decided.kapitel.iter().any(|old| old.id == one.id)) {
        execute!(tx, "delete from plankapitel where id = $1 and plan_id = $2", new.id.0, plan.id.0)?;
        kopierat::forget(tx, plan.id, new.id.0).await?;
        record(tx, now, (plan.node, new.id.0), (BORTTAGEN, ""), gone(kapitel::told(new))).await?;
    }
    for old in &decided.kapitel {
        let before = match there.iter().find(|one| one.id == old.id) {
            Some(stands) if is_samma(stands, old) => continue,
            Some(stands) => Some(kapitel::told(stands)),
            None => {
                kapitel::insert(tx, old).await?;
                None
            }
        };
        let sql =
            "update plankapitel set ordning = $3, content = $4, klart = $5, fran_i_fjol = $6, version = version + 1
                   where id = $1 and plan_id = $2";
        let content = versioned(&old.content)?;
        execute!(tx, sql, old.id.0, plan.id.0, old.ordning, content, old.klart, old.fran_i_fjol)?;
        record(tx, now, (plan.node, old.id.0), (ATERSTALLD, ""), told(before, kapitel::told(old))).await?;
    }
    Ok(())
}

/// Whether a chapter is as it was, whatever its version.
fn is_samma(a: &Kapitel, b: &Kapitel) -> bool {
    a.content == b.content && (a.ordning, a.klart, a.fran_i_fjol) == (b.ordning, b.klart, b.fran_i_fjol)
}

/// The bilagor as they were, and no others.
async fn beside(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan, decided: &Beslutat) -> Result<()> {
    let decided = &decided.bilagor;
    let there = bilaga::list(tx, plan.id).await?;
    for new in there.iter().filter(|one| !decided.iter().any(|old| old.id == one.id)) {
        execute!(tx, "delete from planbilaga where id = $1 and plan_id = $2", new.id.0, plan.id.0)?;
        record(tx, now, (plan.node, new.id.0), (BORTTAGEN, ""), gone(new.content.told())).await?;
    }
    for old in decided {
        let before = match there.iter().find(|one| one.id == old.id) {
            Some(stands) if (&stands.content, stands.ordning) == (&old.content, old.ordning) => continue,
            Some(stands) => Some(stands.content.told()),
            None => {
                bilaga::insert(tx, old).await?;
                None
            }
        };
        let sql = "update planbilaga set ordning = $3, content = $4, version = version + 1
                   where id = $1 and plan_id = $2";
        execute!(tx, sql, old.id.0, plan.id.0, old.ordning, versioned(&old.content)?)?;
        record(tx, now, (plan.node, old.id.0), (ATERSTALLD, ""), told(before, old.content.told())).await?;
    }
    Ok(())
}

/// What the goals are measured by, as it was. What was added goes, but for what has an outcome.
async fn measures(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan, decided: &Beslutat) -> Result<Vec<String>> {
    let there = indikator::list(tx, plan.id).await?;
    for old in &decided.indikatorer {
        let (id, content) = (old.indikator.id, &old.indikator.content);
        let text = versioned(content)?;
        let before = if let Some(stands) = there.iter().find(|one| one.indikator.id == id) {
            let same = stands.indikator.content == *content;
            if same && (stands.mal, stands.ordning) == (old.mal, old.ordning) {
                continue;
            }
            let sql = "update indikator set content = $3, ordning = $5, version = version + 1,
                       mal_id = coalesce((select id from mal where id = $4), mal_id)
                       where id = $1 and plan_id = $2";
            execute!(tx, sql, id.0, plan.id.0, text, old.mal.0, old.ordning)?;
            Some(stands.indikator.content.told())
        } else {
            // a goal of a node above can have gone with what followed it here
            let sql = "insert into indikator (id, plan_id, mal_id, ordning, copied_from, content, version)
                       select $1, $2, m.id, $4, (select id from indikator where id = $5), $6, $7 from mal m where m.id = $3";
            let copied_from = old.indikator.copied_from.map(|id| id.0);
            let version = old.indikator.version + 1;
            if execute!(tx, sql, id.0, plan.id.0, old.mal.0, old.ordning, copied_from, text, version)? == 0 {
                continue;
            }
            None
        };
        record(tx, now, (plan.node, id.0), (ATERSTALLD, ""), told(before, content.told())).await?;
    }
    let mut stays = Vec::new();
    for new in there {
        let (id, content) = (new.indikator.id, new.indikator.content);
        if decided.indikatorer.iter().any(|old| old.indikator.id == id) {
            continue;
        }
        let sql = "delete from indikator where id = $1 and plan_id = $2
                   and not exists (select 1 from utfall u where u.indikator_id = $1)
                   and not exists (select 1 from indikator c where c.copied_from = $1)";
        if execute!(tx, sql, id.0, plan.id.0)? == 0 {
            stays.push(format!("indikatorn ”{}”", content.namn));
        } else {
            kopierat::forget(tx, plan.id, id.0).await?;
            record(tx, now, (plan.node, id.0), (BORTTAGEN, ""), gone(content.told())).await?;
        }
    }
    Ok(stays)
}

/// What is expected of the goals, as it was. A row that was added goes, but for one that has an outcome.
async fn rows(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan, decided: &Beslutat) -> Result<Vec<String>> {
    let there = forvantat::of_plan(tx, plan.id).await?;
    for old in &decided.forvantat {
        let before = match there.iter().find(|one| one.id == old.id) {
            Some(stands) if stands.content == old.content && stands.ordning == old.ordning => continue,
            Some(stands) => {
                let sql = "update forvantat set ordning = $2, content = $3, version = version + 1 where id = $1";
                execute!(tx, sql, old.id.0, old.ordning, versioned(&old.content)?)?;
                Some(stands.content.told())
            }
            None => {
                let sql = "insert into forvantat (id, mal_id, ordning, copied_from, content, version)
                           values ($1, $2, $3, (select id from forvantat where id = $4), $5, $6)";
                let (copied_from, version) = (old.copied_from.map(|id| id.0), old.version + 1);
                execute!(tx, sql, old.id.0, old.mal.0, old.ordning, copied_from, versioned(&old.content)?, version)?;
                None
            }
        };
        record(tx, now, (plan.node, old.mal.0), (ATERSTALLD, ""), told(before, old.content.told())).await?;
    }
    let mut stays = Vec::new();
    for new in there.iter().filter(|one| !decided.forvantat.iter().any(|old| old.id == one.id)) {
        let sql = "delete from forvantat where id = $1
                   and not exists (select 1 from forvantatutfall u where u.forvantat_id = $1)";
        if execute!(tx, sql, new.id.0)? == 0 {
            stays.push(format!("raden ”{}”", new.content.text));
        } else {
            kopierat::forget(tx, plan.id, new.id.0).await?;
            record(tx, now, (plan.node, new.mal.0), (BORTTAGEN, ""), gone(new.content.told())).await?;
        }
    }
    Ok(stays)
}

/// Goals that were added go, the lowest first, but for those on which something hangs.
async fn added_goals(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan, decided: &Beslutat) -> Result<Vec<String>> {
    let mut stays = Vec::new();
    let new: Vec<Mal> = own(tx, plan).await?;
    for new in new.into_iter().rev().filter(|mal| !decided.mal.iter().any(|old| old.id == mal.id)) {
        let trad = mal::trad(tx, plan.node, plan.year).await?;
        let kopplade = kopplat::all(tx, &trad, new.id).await?;
        if check_remove(&trad, new.id, plan.node, &kopplade).is_err() {
            stays.push(format!("målet ”{}”", new.content.titel));
            continue;
        }
        execute!(tx, "update mal set copied_from = null where copied_from = $1", new.id.0)?;
        execute!(tx, "delete from mal where id = $1 and plan_id = $2", new.id.0, plan.id.0)?;
        kopierat::forget(tx, plan.id, new.id.0).await?;
        record(tx, now, (plan.node, new.id.0), (BORTTAGEN, ""), gone(new.content.told())).await?;
    }
    Ok(stays)
}

/// Gives what a group had in what was decided to the one that it has become part of.
pub(super) async fn regroup(tx: &mut Tx, (from, to): (Responsible, Responsible)) -> Result<()> {
    let id = |who: Responsible| who.code().rsplit(':').next().unwrap_or_default().to_owned();
    let sql = "update beslutat set content = replace(content, $1, $2) where content like $3";
    execute!(tx, sql, id(from), id(to), crate::organisation::grupp::named_in_json(from))?;
    Ok(())
}
