//! What is said at a meeting: what somebody wants to take up, who was there, notes and decisions.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    apt::{Fattat, Kind},
    history::changes,
    id::{AptId, BeslutId, NodeId, PersonId, PunktId},
    permission::{Action, Area},
    person::Actor,
    seen::seen,
};
use uuid::Uuid;

use super::{open, record};
use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    in_row::InRow,
    touched,
};

/// `NotFound` when the point is not one of the meeting's.
async fn has_point(tx: &mut Tx, mote: AptId, punkt: PunktId) -> Result<()> {
    let sql = "select id from apt_punkt where id = $1 and mote_id = $2";
    row!(tx, (Uuid,), sql, punkt.0, mote.0)?.map(|_| ()).ok_or(Error::NotFound)
}

/// Somebody wants to take something up under a point of a meeting that is not held yet. The same id again is the same.
pub async fn create_amne(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (mote, punkt): (AptId, PunktId),
    id: Uuid,
    text: &str,
) -> Result<()> {
    let mote = open(tx, mote).await?;
    has_point(tx, mote.id, punkt).await?;
    if !belongs::is_new(tx, Thing::Amne, id, mote.id.0, &(punkt, text)).await? {
        return Ok(());
    }
    let who = tx.actor().map(|p| p.0);
    execute!(
        tx,
        "insert into apt_amne (id, mote_id, punkt_id, body, person_id)
         select $1, $2, p.id, $4, $5 from apt_punkt p where p.id = $3 and p.mote_id = $2",
        id,
        mote.id.0,
        punkt.0,
        text,
        who
    )?;
    let told = changes([("Ämne", String::new(), text.to_owned())]);
    record(tx, now, (mote.node, mote.id), "Ämne anmält", "", told).await
}

/// Writes the note of a point. `Conflict` when it is no longer as the person saw it.
pub async fn save_note(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (mote, punkt, version): (AptId, PunktId, i64),
    text: &str,
) -> Result<()> {
    let mote = open(tx, mote).await?;
    let sql = "select title, anteckning from apt_punkt where id = $1 and mote_id = $2";
    let (title, before) = row!(tx, (String, String), sql, punkt.0, mote.id.0)?.ok_or(Error::NotFound)?;
    // it came before, and the answer was lost on the way
    if before == text {
        return Ok(());
    }
    let done = execute!(
        tx,
        "update apt_punkt set anteckning = $3, version = version + 1 where id = $1 and version = $2",
        punkt.0,
        version,
        text
    )?;
    touched(done)?;
    let told = changes([(title.as_str(), before, text.to_owned())]);
    record(tx, now, (mote.node, mote.id), "Anteckning", "", told).await
}

/// Notes a decision. The same id again is the same decision.
pub async fn create_beslut(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (mote, punkt): (AptId, PunktId),
    id: BeslutId,
    text: &str,
) -> Result<()> {
    let mote = open(tx, mote).await?;
    has_point(tx, mote.id, punkt).await?;
    if !belongs::is_new(tx, Thing::Beslut, id.0, mote.id.0, &(punkt, text)).await? {
        return Ok(());
    }
    execute!(
        tx,
        "insert into apt_beslut (id, node_id, mote_id, punkt_id, body)
         select $1, $2, $3, p.id, $5 from apt_punkt p where p.id = $4 and p.mote_id = $3",
        id.0,
        mote.node.0,
        mote.id.0,
        punkt.0,
        text
    )?;
    let told = changes([("Beslut", String::new(), text.to_owned())]);
    record(tx, now, (mote.node, mote.id), "Beslut", "", told).await
}

/// Takes back a decision that was wrongly noted.
pub async fn remove_beslut(tx: &mut Tx, now: DateTime<Utc>, mote: AptId, id: BeslutId) -> Result<()> {
    let mote = open(tx, mote).await?;
    let sql = "delete from apt_beslut where id = $1 and mote_id = $2 returning body";
    let (text,) = row!(tx, (String,), sql, id.0, mote.id.0)?.ok_or(Error::NotFound)?;
    let told = changes([("Beslut", text, String::new())]);
    record(tx, now, (mote.node, mote.id), "Beslut borttaget", "", told).await
}

/// The most decisions that are listed and searched.
pub const MOST: i64 = 500;

/// The decisions of the meetings of a unit that the person sees, the latest first, and how many there were with those
/// that the person does not see: at most [`MOST`].
pub async fn list_beslut(tx: &mut Tx, actor: &Actor, node: NodeId) -> Result<(Vec<Fattat>, usize)> {
    let found = rows!(
        tx,
        (Uuid, String, NaiveDate, Option<Uuid>, Option<Uuid>, String, String),
        "select m.id, m.kind, m.held_on, m.chair_id, m.secretary_id, p.title, b.body
         from apt_beslut b join apt_mote m on m.id = b.mote_id join apt_punkt p on p.id = b.punkt_id
         where b.node_id = $1 order by m.held_on desc, b.id limit cast($2 as bigint)",
        node.0,
        MOST
    )?;
    let leads = actor.is_trusted(node, Area::Apt, Action::Edit);
    let asked = found.len();
    let mut out = Vec::new();
    for (mote, kind, on, chair, secretary, punkt, text) in found {
        let kind = InRow::of("apt_mote", mote).code("kind", &kind, Kind::from_code)?;
        let runs = [chair, secretary].contains(&Some(actor.person.0));
        if !kind.is_closed() || leads || runs {
            out.push(Fattat { mote: AptId(mote), kind, on, punkt, text });
        }
    }
    Ok((out, asked))
}

/// Who was there, of those with an account.
pub async fn present(tx: &mut Tx, mote: AptId) -> Result<Vec<PersonId>> {
    let found = rows!(tx, (Uuid,), "select person_id from apt_narvaro where mote_id = $1", mote.0)?;
    Ok(found.into_iter().map(|(id,)| PersonId(id)).collect())
}

/// What is written of who was there, as a form names it that is to change it.
#[must_use]
pub fn present_seen(present: &[PersonId], guests: &str) -> String {
    let mut ids: Vec<String> = present.iter().map(ToString::to_string).collect();
    ids.sort_unstable();
    seen(ids.iter().map(String::as_str).chain([guests]))
}

/// Writes who was there: of those who work in the unit, and others by name. `Invalid` when one of `persons` neither works
/// there nor stood there already, `Conflict` when it is no longer as the person saw it ([`present_seen`]).
pub async fn save_present(
    tx: &mut Tx,
    now: DateTime<Utc>,
    mote: AptId,
    (persons, guests): (&[PersonId], &str),
    saw: &str,
) -> Result<()> {
    let mote = open(tx, mote).await?;
    let stood = present(tx, mote.id).await?;
    if present_seen(&stood, &mote.guests) != saw {
        return Err(Error::Conflict);
    }
    let known: Vec<PersonId> = super::punkt::persons(tx, mote.node).await?.into_iter().map(|d| d.id).collect();
    let new = persons.iter().filter(|p| !stood.contains(p) && !known.contains(p));
    belongs::check(tx, mote.node, new.map(|p| ("persons", (*p).into())).collect::<Vec<_>>()).await?;
    execute!(tx, "delete from apt_narvaro where mote_id = $1", mote.id.0)?;
    for person in persons {
        execute!(
            tx,
            "insert into apt_narvaro (mote_id, person_id) values ($1, $2) on conflict (mote_id, person_id) do nothing",
            mote.id.0,
            person.0
        )?;
    }
    execute!(tx, "update apt_mote set guests = $2 where id = $1", mote.id.0, guests)?;
    record(tx, now, (mote.node, mote.id), "Närvaro", "", vec![]).await
}
