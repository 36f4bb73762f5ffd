//! The agenda of a meeting and its slides: in which order, and what the one who prepares has written.

use chrono::{DateTime, Datelike, Utc};
use domain::{
    apt::{Amne, Beslut, Bild, BildForm, Content, Deltagare, Mote, Punkt, Slag, check_bild, mall, next_leaders},
    history::changes,
    id::{AptId, BeslutId, BildId, EnkatId, NodeId, PersonId, PunktId},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{bildfil, deltagare, open, planen, record, siffror};
use crate::{
    Error, Result, Tx,
    belongs::{self, Second, Thing},
    in_row::InRow,
    touched,
};

#[derive(FromRow)]
struct PunktRow {
    id: Uuid,
    title: String,
    leader1_id: Option<Uuid>,
    leader1: Option<String>,
    leader2_id: Option<Uuid>,
    leader2: Option<String>,
    link: String,
    anteckning: String,
    version: i64,
}

#[derive(FromRow)]
struct BildRow {
    id: Uuid,
    punkt_id: Uuid,
    slag: String,
    rubrik: String,
    fraga: String,
    minuter: Option<i64>,
    body: String,
    stod: String,
    enkat_id: Option<Uuid>,
    version: i64,
}

impl TryFrom<BildRow> for Bild {
    type Error = Error;

    fn try_from(row: BildRow) -> Result<Self> {
        Ok(Self {
            id: BildId(row.id),
            slag: InRow::of("apt_bild", row.id).code("slag", &row.slag, Slag::from_code)?,
            rubrik: row.rubrik,
            fraga: row.fraga,
            minuter: row.minuter,
            text: row.body,
            stod: row.stod,
            enkat: row.enkat_id.map(EnkatId),
            fil: None,
            version: row.version,
        })
    }
}

/// The points of a meeting with all that belongs to them, in order.
pub async fn list(tx: &mut Tx, mote: AptId) -> Result<Vec<Punkt>> {
    let found = rows!(
        tx,
        PunktRow,
        "select p.id, p.title, p.leader1_id, l1.name as leader1, p.leader2_id, l2.name as leader2, p.link, p.anteckning,
                p.version
         from apt_punkt p left join person l1 on l1.id = p.leader1_id left join person l2 on l2.id = p.leader2_id
         where p.mote_id = $1 order by p.position, p.id",
        mote.0
    )?;
    let bilder = rows!(
        tx,
        BildRow,
        "select id, punkt_id, slag, rubrik, fraga, minuter, body, stod, enkat_id, version
         from apt_bild where mote_id = $1 order by position, id",
        mote.0
    )?;
    let amnen = rows!(
        tx,
        (Uuid, String, Option<String>),
        "select a.punkt_id, a.body, p.name from apt_amne a left join person p on p.id = a.person_id
         where a.mote_id = $1 order by a.id",
        mote.0
    )?;
    let beslut = rows!(
        tx,
        (Uuid, Uuid, String),
        "select punkt_id, id, body from apt_beslut where mote_id = $1 order by id",
        mote.0
    )?;
    let mut points: Vec<Punkt> = (1..)
        .zip(found)
        .map(|(nr, row)| Punkt {
            id: PunktId(row.id),
            nr,
            title: row.title,
            leaders: [deltagare(row.leader1_id, row.leader1), deltagare(row.leader2_id, row.leader2)]
                .into_iter()
                .flatten()
                .collect::<Vec<Deltagare>>(),
            link: row.link,
            anteckning: row.anteckning,
            amnen: vec![],
            bilder: vec![],
            beslut: vec![],
            version: row.version,
        })
        .collect();
    let filer = bildfil::list(tx, mote).await?;
    for row in bilder {
        if let Some(p) = points.iter_mut().find(|p| p.id.0 == row.punkt_id) {
            let fil = filer.iter().find(|(of, _)| of.0 == row.id).map(|(_, fil)| fil.clone());
            p.bilder.push(Bild { fil, ..row.try_into()? });
        }
    }
    for (punkt, text, who) in amnen {
        if let Some(p) = points.iter_mut().find(|p| p.id.0 == punkt) {
            p.amnen.push(Amne { text, who: who.unwrap_or_default() });
        }
    }
    for (punkt, id, text) in beslut {
        if let Some(p) = points.iter_mut().find(|p| p.id.0 == punkt) {
            p.beslut.push(Beslut { id: BeslutId(id), text });
        }
    }
    Ok(points)
}

/// The agenda of a new meeting.
pub(super) async fn lay_out(
    tx: &mut Tx,
    mote: AptId,
    node: NodeId,
    content: &Content,
    last: Option<&Mote>,
) -> Result<()> {
    let (agenda, _) = super::mall(tx, node, content.kind).await?;
    let earlier = match last {
        Some(last) => list(tx, last.id).await?,
        None => vec![],
    };
    let konto = planen::has_konto(tx, node, content.on.year()).await?;
    let mut place = 0;
    for (position, title) in (1..).zip(&agenda.0) {
        let same = earlier.iter().find(|p| p.title == *title);
        let leaders = if mall::is_arbetsmiljo(title) { turn(tx, node, same).await? } else { vec![] };
        let id = PunktId::new();
        execute!(
            tx,
            "insert into apt_punkt (id, mote_id, position, title, leader1_id, leader2_id, link)
             values ($1, $2, $3, $4, $5, $6, $7)",
            id.0,
            mote.0,
            position,
            title,
            leaders.first().map(|p| p.0),
            leaders.get(1).map(|p| p.0),
            same.map(|p| p.link.as_str()).unwrap_or_default()
        )?;
        // what was written for last time is not said again; what was chosen is
        let slides: Vec<(Slag, Option<EnkatId>)> = match same {
            Some(same) => same.bilder.iter().map(|b| (b.slag, b.enkat)).collect(),
            None => mall::slides_of(title).iter().map(|s| (*s, None)).collect(),
        };
        let kinds = mall::with_konto(title, slides.iter().map(|(slag, _)| *slag).collect(), konto);
        let slides = kinds.into_iter().zip(slides).map(|(slag, (_, enkat))| (slag, enkat));
        for (slag, enkat) in slides {
            place += 1;
            let enkat = match (slag, enkat) {
                (Slag::Enkat, None) => latest_enkat(tx, node).await?,
                (_, enkat) => enkat.map(|e| e.0),
            };
            insert_bild(tx, (mote, id), place, slag, enkat).await?;
        }
    }
    planen::lay_out(tx, mote, node, content).await?;
    siffror::lay_out(tx, mote, node, content.kind).await
}

/// Whose turn it is to lead: the next two of those who work in the unit.
async fn turn(tx: &mut Tx, node: NodeId, last: Option<&Punkt>) -> Result<Vec<PersonId>> {
    let all: Vec<PersonId> = persons(tx, node).await?.into_iter().map(|d| d.id).collect();
    let last: Vec<PersonId> = last.map(|p| p.leaders.iter().map(|d| d.id).collect()).unwrap_or_default();
    Ok(next_leaders(&all, &last))
}

/// Those who work in a unit: active, with a role in it. In the order of their names.
pub async fn persons(tx: &mut Tx, node: NodeId) -> Result<Vec<Deltagare>> {
    let mut found: Vec<Deltagare> = rows!(
        tx,
        (Uuid, String),
        "with recursive below (id) as (
             select id from node where id = $1
             union all select n.id from node n join below b on n.parent_id = b.id)
         select distinct p.id, p.name from person p join role_grant g on g.person_id = p.id join below b on b.id = g.node_id
         where p.active and g.role <> 'admin'",
        node.0
    )?
    .into_iter()
    .map(|(id, name)| Deltagare { id: PersonId(id), name })
    .collect();
    found.sort_by_cached_key(|d| (domain::organisation::swedish_order(&d.name), d.id));
    Ok(found)
}

async fn latest_enkat(tx: &mut Tx, node: NodeId) -> Result<Option<Uuid>> {
    let sql = "select id from enkat where node_id = $1 and state <> 'utkast' order by id desc limit 1";
    Ok(row!(tx, (Uuid,), sql, node.0)?.map(|(id,)| id))
}

async fn insert_bild(
    tx: &mut Tx,
    (mote, punkt): (AptId, PunktId),
    position: i64,
    slag: Slag,
    enkat: Option<Uuid>,
) -> Result<()> {
    execute!(
        tx,
        "insert into apt_bild (id, mote_id, punkt_id, position, slag, enkat_id) values ($1, $2, $3, $4, $5, $6)",
        BildId::new().0,
        mote.0,
        punkt.0,
        position,
        slag.code(),
        enkat
    )?;
    Ok(())
}

async fn point(tx: &mut Tx, mote: AptId, id: PunktId) -> Result<Punkt> {
    list(tx, mote).await?.into_iter().find(|p| p.id == id).ok_or(Error::NotFound)
}

/// Adds a point last. The same id again is the same point.
pub async fn create(tx: &mut Tx, now: DateTime<Utc>, mote: AptId, id: PunktId, title: &str) -> Result<()> {
    let mote = open(tx, mote).await?;
    if !belongs::is_new(tx, Thing::Punkt, id.0, mote.id.0, &title).await? {
        return Ok(());
    }
    execute!(
        tx,
        "insert into apt_punkt (id, mote_id, position, title)
         select $1, $2, (select coalesce(max(position), 0) + 1 from apt_punkt where mote_id = $2), $3",
        id.0,
        mote.id.0,
        title
    )?;
    let konto = planen::has_konto(tx, mote.node, mote.on.year()).await?;
    let mut place = 1_000;
    for slag in mall::with_konto(title, mall::slides_of(title).to_vec(), konto) {
        place += 1;
        let enkat = if slag == Slag::Enkat { latest_enkat(tx, mote.node).await? } else { None };
        insert_bild(tx, (mote.id, id), place, slag, enkat).await?;
    }
    let told = changes([("Punkt", String::new(), title.to_owned())]);
    record(tx, now, (mote.node, mote.id), "Punkt tillagd", "", told).await
}

/// Changes a point. `Conflict` when it is no longer as the person saw it.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (mote, id, version): (AptId, PunktId, i64),
    (title, link, leaders): (&str, &str, &[PersonId]),
) -> Result<()> {
    let mote = open(tx, mote).await?;
    let before = point(tx, mote.id, id).await?;
    let stood = |who: PersonId| before.leaders.iter().any(|d| d.id == who);
    let chosen = ["leader1", "leader2"].into_iter().zip(leaders.iter().copied());
    let named: Vec<_> = chosen.filter(|(_, who)| !stood(*who)).map(|(field, who)| (field, who.into())).collect();
    belongs::check(tx, mote.node, named).await?;
    let done = execute!(
        tx,
        "update apt_punkt set title = $3, link = $4, leader1_id = $5, leader2_id = $6, version = version + 1
         where id = $1 and version = $2",
        id.0,
        version,
        title,
        link,
        leaders.first().map(|p| p.0),
        leaders.get(1).map(|p| p.0)
    )?;
    touched(done)?;
    let told = changes([("Punkt", before.title, title.to_owned()), ("Länk", before.link, link.to_owned())]);
    record(tx, now, (mote.node, mote.id), "Punkt ändrad", "", told).await
}

/// Moves a point one step.
pub async fn step(tx: &mut Tx, now: DateTime<Utc>, mote: AptId, id: PunktId, up: bool) -> Result<()> {
    let mote = open(tx, mote).await?;
    let order: Vec<Uuid> =
        rows!(tx, (Uuid,), "select id from apt_punkt where mote_id = $1 order by position, id", mote.id.0)?
            .into_iter()
            .map(|(id,)| id)
            .collect();
    for (position, punkt) in (1_i64..).zip(stepped(order, id.0, up)?) {
        execute!(tx, "update apt_punkt set position = $2 where id = $1", punkt, position)?;
    }
    record(tx, now, (mote.node, mote.id), "Dagordningen ändrad", "", vec![]).await
}

/// The order with one moved a step; at the end it stays.
fn stepped(mut order: Vec<Uuid>, id: Uuid, up: bool) -> Result<Vec<Uuid>> {
    let at = order.iter().position(|o| *o == id).ok_or(Error::NotFound)?;
    let to = if up { at.saturating_sub(1) } else { (at + 1).min(order.len() - 1) };
    order.swap(at, to);
    Ok(order)
}

/// Takes a point away with its slides. What somebody wants to take up, a note or a decision keeps it: `Conflict`.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, mote: AptId, id: PunktId) -> Result<()> {
    let mote = open(tx, mote).await?;
    let before = point(tx, mote.id, id).await?;
    if !before.amnen.is_empty() || !before.beslut.is_empty() || !before.anteckning.is_empty() {
        return Err(Error::Conflict);
    }
    let files = "delete from apt_bildfil where bild_id in (select id from apt_bild where punkt_id = $1)";
    execute!(tx, files, id.0)?;
    execute!(tx, "delete from apt_bild where punkt_id = $1", id.0)?;
    execute!(tx, "delete from apt_punkt where id = $1", id.0)?;
    let told = changes([("Punkt", before.title, String::new())]);
    record(tx, now, (mote.node, mote.id), "Punkt borttagen", "", told).await
}

/// A slide of a meeting, without its picture.
pub async fn bild(tx: &mut Tx, mote: AptId, id: BildId) -> Result<Bild> {
    let sql = "select id, punkt_id, slag, rubrik, fraga, minuter, body, stod, enkat_id, version
               from apt_bild where id = $1 and mote_id = $2";
    row!(tx, BildRow, sql, id.0, mote.0)?.ok_or(Error::NotFound)?.try_into()
}

/// A slide last under a point, of a meeting that is held.
pub(super) async fn add_bild(
    tx: &mut Tx,
    (mote, punkt): (AptId, PunktId),
    slag: Slag,
    enkat: Option<Uuid>,
) -> Result<()> {
    let sql = "select coalesce(max(position), 0) from apt_bild where mote_id = $1";
    let (last,) = row!(tx, (i64,), sql, mote.0)?.unwrap_or_default();
    insert_bild(tx, (mote, punkt), last + 1, slag, enkat).await
}

/// Adds a slide last under a point.
pub async fn create_bild(tx: &mut Tx, now: DateTime<Utc>, mote: AptId, punkt: PunktId, slag: Slag) -> Result<()> {
    let mote = open(tx, mote).await?;
    point(tx, mote.id, punkt).await?;
    let enkat = if slag == Slag::Enkat { latest_enkat(tx, mote.node).await? } else { None };
    add_bild(tx, (mote.id, punkt), slag, enkat).await?;
    record(tx, now, (mote.node, mote.id), "Bild tillagd", slag.label(), vec![]).await
}

/// Changes what is written on a slide. `Conflict` when it is no longer as the person saw it.
pub async fn update_bild(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (mote, id, version): (AptId, BildId, i64),
    form: &BildForm,
) -> Result<std::result::Result<(), Vec<domain::field::FieldError>>> {
    let mote = open(tx, mote).await?;
    let before = bild(tx, mote.id, id).await?;
    let after = match check_bild(form, &before) {
        Ok(after) => after,
        Err(errors) => return Ok(Err(errors)),
    };
    belongs::check(tx, mote.node, [("enkat", Second::chosen(after.enkat, before.enkat))]).await?;
    let done = execute!(
        tx,
        "update apt_bild set rubrik = $3, fraga = $4, minuter = $5, body = $6, stod = $7, enkat_id = $8,
                version = version + 1
         where id = $1 and version = $2",
        id.0,
        version,
        &after.rubrik,
        &after.fraga,
        after.minuter,
        &after.text,
        &after.stod,
        after.enkat.map(|e| e.0)
    )?;
    touched(done)?;
    let told = changes([
        ("Rubrik", before.rubrik, after.rubrik),
        ("Fråga", before.fraga, after.fraga),
        ("Text", before.text, after.text),
    ]);
    record(tx, now, (mote.node, mote.id), "Bild ändrad", "", told).await?;
    Ok(Ok(()))
}

/// Moves a slide one step among those of its point.
pub async fn step_bild(tx: &mut Tx, now: DateTime<Utc>, mote: AptId, id: BildId, up: bool) -> Result<()> {
    let mote = open(tx, mote).await?;
    let found = rows!(
        tx,
        (Uuid, i64),
        "select b.id, b.position from apt_bild b join apt_bild mine on mine.punkt_id = b.punkt_id
         where mine.id = $1 and mine.mote_id = $2 order by b.position, b.id",
        id.0,
        mote.id.0
    )?;
    let places: Vec<i64> = found.iter().map(|(_, p)| *p).collect();
    let order = stepped(found.into_iter().map(|(id, _)| id).collect(), id.0, up)?;
    for (bild, place) in order.into_iter().zip(places) {
        execute!(tx, "update apt_bild set position = $2 where id = $1", bild, place)?;
    }
    record(tx, now, (mote.node, mote.id), "Bilderna ändrade", "", vec![]).await
}

/// Takes a slide away.
pub async fn remove_bild(tx: &mut Tx, now: DateTime<Utc>, mote: AptId, id: BildId) -> Result<()> {
    let mote = open(tx, mote).await?;
    let before = bild(tx, mote.id, id).await?;
    execute!(tx, "delete from apt_bildfil where bild_id = $1", id.0)?;
    execute!(tx, "delete from apt_bild where id = $1", id.0)?;
    record(tx, now, (mote.node, mote.id), "Bild borttagen", before.slag.label(), vec![]).await
}
