//! Serie: the series of a unit: what each is, how its table was read last, and when nobody fills it any more. Its values stand in
//! [`siffra`], what they are divided by in [`dimension`], and tables that were read as a whole in [`import`].

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    field::FieldError,
    format,
    history::{Change, changes, differing, said},
    id::NodeId,
    organisation::swedish_order,
    permission::Area,
    schedule::Responsible,
    siffror::{
        dimension::DimensionId,
        inlasning::Svar,
        serie::{Content, Serie, SerieId},
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    apt::siffror,
    belongs::{self, Second, Thing},
    history::{self, Record},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    kept::Part,
    occurrence::places,
    organisation::grupp::named_in_json,
    touched,
};

pub mod dimension;
pub mod fyllning;
pub mod harledd;
pub mod import;
pub mod jamforelse;
pub mod jamstalldhet;
pub mod kontroll;
pub mod siffra;
pub mod visning;

impl Versioned for Content {}

impl Versioned for Svar {}

#[derive(FromRow)]
struct SerieRow {
    id: Uuid,
    node_id: Uuid,
    content: String,
    closed_on: Option<NaiveDate>,
    version: i64,
}

impl TryFrom<SerieRow> for Serie {
    type Error = Error;

    fn try_from(row: SerieRow) -> Result<Self> {
        let content = InRow::of("serie", row.id).versioned("content", &row.content)?;
        let (id, node) = (SerieId(row.id), NodeId(row.node_id));
        Ok(Self { id, node, content, closed_on: row.closed_on, version: row.version })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!("select id, node_id, content, closed_on, version from serie ", $tail)
    };
}

/// The series of a unit: those that are filled first, by name.
pub async fn list(tx: &mut Tx, node: NodeId) -> Result<Arc<[Serie]>> {
    let snapshot = tx.snapshot().await?;
    if let Some(kept) = tx.store.memory.serier.get(snapshot.as_ref(), &node) {
        return Ok(kept);
    }
    let found = rows!(tx, SerieRow, select!("where node_id = $1"), node.0)?;
    let mut found = found.into_iter().map(Serie::try_from).collect::<Result<Vec<_>>>()?;
    found.sort_by_cached_key(|serie| (serie.closed_on.is_some(), swedish_order(&serie.content.namn), serie.id));
    let (weight, found): (usize, Arc<[Serie]>) = (found.len().max(1), found.into());
    tx.store.memory.serier.set(snapshot.as_ref(), node, weight, vec![Part::Serier(node)], &found);
    Ok(found)
}

/// The series of some units that somebody fills, by name.
pub async fn of_nodes(tx: &mut Tx, nodes: &[NodeId]) -> Result<Vec<Serie>> {
    if nodes.is_empty() {
        return Ok(vec![]);
    }
    let places = places(1, nodes.len());
    let sql = format!(
        "select id, node_id, content, closed_on, version from serie where closed_on is null and node_id in ({places})"
    );
    let found = rows_of!(tx, SerieRow, sql, nodes)?;
    let mut found = found.into_iter().map(Serie::try_from).collect::<Result<Vec<_>>>()?;
    found.sort_by_cached_key(|serie| (swedish_order(&serie.content.namn), serie.id));
    Ok(found)
}

/// `NotFound` when there is no such series.
pub async fn get(tx: &mut Tx, id: SerieId) -> Result<Serie> {
    let snapshot = tx.snapshot().await?;
    if let Some(kept) = tx.store.memory.serie.get(snapshot.as_ref(), &id) {
        return Ok((*kept).clone());
    }
    let found: Serie = row!(tx, SerieRow, select!("where id = $1"), id.0)?.ok_or(Error::NotFound)?.try_into()?;
    let parts = vec![Part::Serier(found.node)];
    tx.store.memory.serie.set(snapshot.as_ref(), id, 1, parts, &Arc::new(found.clone()));
    Ok(found)
}

/// Whether a series has a value that holds: then its kind, its time and what it is divided by stay as they are.
pub async fn has_values(tx: &mut Tx, id: SerieId) -> Result<bool> {
    let sql =
        "select exists (select 1 from siffra where serie_id = $1 and gallande and (mark <> 'saknas' or anm <> ''))";
    Ok(row!(tx, (bool,), sql, id.0)?.is_some_and(|(some,)| some))
}

/// Adds a series. The same id again is the same one: nothing happens. `Invalid` where it names what is not the unit's.
pub async fn create(tx: &mut Tx, now: DateTime<Utc>, id: SerieId, node: NodeId, content: &Content) -> Result<()> {
    if !belongs::is_new(tx, Thing::Of(Area::Serie), id.0, node.0, content).await? {
        return Ok(());
    }
    harledd::hold(tx, None, content).await?;
    let (content, reckoned) = &harledd::made(tx, node, id, content).await?;
    let divided = named(tx, node, None, content).await?;
    let sql = "insert into serie (id, node_id, content) values ($1, $2, $3)";
    execute!(tx, sql, id.0, node.0, versioned(content)?)?;
    set_dimensions(tx, id, &content.dimensioner).await?;
    fyllning::bring_in_step(tx, tx.store.day(), id).await?;
    if content.visas.apt {
        siffror::bring(tx, now, node).await?;
    }
    record(tx, now, (node, id), ("Skapad", ""), said(told(content, divided, reckoned))).await
}

/// Changes what a series is, with its goals and breaks. `Conflict` when it is no longer as the person saw it. `Invalid` where it
/// names what is not the unit's, and where its values would mean something else: kind, time and what it is divided by are changed
/// only as long as there are none.
pub async fn update(tx: &mut Tx, now: DateTime<Utc>, before: &Serie, version: i64, content: &Content) -> Result<()> {
    // who writes values holds it too: none come between the question and the change
    harledd::hold(tx, Some(before.id), content).await?;
    let before = get(tx, before.id).await?;
    let was = &before.content;
    let (content, reckoned) = &harledd::made(tx, before.node, before.id, content).await?;
    harledd::keeps(tx, &before, content).await?;
    let divided = named(tx, before.node, Some(was), content).await?;
    let otherwise = [
        (
            "del_a",
            was.harledd.is_none() && content.harledd.is_some(),
            "Serien har egna värden, så den räknas inte ut ur andra.",
        ),
        ("slag", was.slag != content.slag, "Serien har värden, så dess slag går inte att ändra."),
        ("grain", was.grain != content.grain, "Serien har värden, så tiden för dem går inte att ändra."),
        ("dim1", was.dimensioner != content.dimensioner, "Serien har värden, så uppdelningen går inte att ändra."),
    ];
    if otherwise.iter().any(|(_, changed, _)| *changed) && has_values(tx, before.id).await? {
        let fault = |field: &str, message: &str| FieldError {
            field: field.to_owned(),
            message: format!("{message} Gör en ny serie i stället."),
        };
        let changed = otherwise.into_iter().filter(|(_, changed, _)| *changed);
        return Err(Error::Invalid(changed.map(|(field, _, message)| fault(field, message)).collect()));
    }
    let sql = "update serie set content = $3, version = version + 1 where id = $1 and version = $2";
    touched(execute!(tx, sql, before.id.0, version, versioned(content)?)?)?;
    let (earlier, was_reckoned) = (names(tx, &was.dimensioner).await?, harledd::words(tx, was).await?);
    if was.dimensioner != content.dimensioner {
        // nothing holds; what was read and undone has places of another division, and could not be read any more
        execute!(tx, "delete from siffra where serie_id = $1", before.id.0)?;
        set_dimensions(tx, before.id, &content.dimensioner).await?;
    }
    fyllning::bring_in_step(tx, tx.store.day(), before.id).await?;
    if content.visas.apt && !was.visas.apt {
        siffror::bring(tx, now, before.node).await?;
    }
    let changes = differing(told(was, earlier, &was_reckoned), told(content, divided, reckoned));
    record(tx, now, (before.node, before.id), ("Ändrad", ""), changes).await
}

/// Closes a series with its last day, or opens it again. `Conflict` when it is no longer as the person saw it.
pub async fn set_closed(
    tx: &mut Tx,
    now: DateTime<Utc>,
    before: &Serie,
    version: i64,
    last: Option<NaiveDate>,
) -> Result<()> {
    let sql = "update serie set closed_on = $3, version = version + 1 where id = $1 and version = $2";
    touched(execute!(tx, sql, before.id.0, version, last)?)?;
    fyllning::bring_in_step(tx, tx.store.day(), before.id).await?;
    if last.is_none() && before.content.visas.apt {
        siffror::bring(tx, now, before.node).await?;
    }
    let day = |day: Option<NaiveDate>| day.map(format::date).unwrap_or_default();
    let told = changes([("Sista dag", day(before.closed_on), day(last))]);
    let what = if last.is_some() { "Avslutad" } else { "Öppnad igen" };
    record(tx, now, (before.node, before.id), (what, ""), told).await
}

/// What was answered about the tables of a series; nothing where none was read.
pub async fn layout(tx: &mut Tx, id: SerieId) -> Result<Svar> {
    let found = row!(tx, (Option<String>,), "select layout from serie where id = $1", id.0)?;
    let (layout,) = found.ok_or(Error::NotFound)?;
    layout.map_or_else(|| Ok(Svar::default()), |json| InRow::of("serie", id.0).versioned("layout", &json))
}

/// Remembers how the table of a series was read: it is guessed by it next time, and changes nothing of the series. `Invalid` of one that is
/// reckoned from others: no table is read into it.
pub async fn set_layout(tx: &mut Tx, id: SerieId, layout: &Svar) -> Result<()> {
    harledd::no_values(&get(tx, id).await?.content)?;
    let done = execute!(tx, "update serie set layout = $2 where id = $1", id.0, versioned(layout)?)?;
    if done == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// The series of a unit that name something by its id, by name.
async fn naming(tx: &mut Tx, node: NodeId, id: Uuid) -> Result<Vec<Serie>> {
    // JSON that holds the id: in which field is seen when it is read
    let found = rows!(tx, SerieRow, select!("where node_id = $1 and content like $2"), node.0, format!("%{id}%"))?;
    let mut found = found.into_iter().map(Serie::try_from).collect::<Result<Vec<_>>>()?;
    found.sort_by_cached_key(|serie| (swedish_order(&serie.content.namn), serie.id));
    Ok(found)
}

/// The series that somebody fills, in all units.
pub(crate) async fn filled_by(tx: &mut Tx, who: Responsible) -> Result<Vec<Serie>> {
    let like = named_in_json(who);
    let mut found = Vec::new();
    for row in rows!(tx, SerieRow, select!("where content like $1 order by id"), like)? {
        let serie = Serie::try_from(row)?;
        if serie.content.responsible == who {
            found.push(serie);
        }
    }
    Ok(found)
}

/// Gives the series that a group fills to the one that it has become part of. How many those are.
pub(crate) async fn regroup(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (from, to): (Responsible, Responsible),
    (before, after): (&str, &str),
    reason: &str,
) -> Result<usize> {
    let mut carried = 0;
    for found in filled_by(tx, from).await? {
        // it may have got another since
        tx.hold(Held::Serie(found.id)).await?;
        let mut serie = get(tx, found.id).await?;
        if serie.content.responsible != from {
            continue;
        }
        serie.content.responsible = to;
        let sql = "update serie set content = $2, version = version + 1 where id = $1";
        execute!(tx, sql, serie.id.0, versioned(&serie.content)?)?;
        let told = changes([("Ansvarig", before.to_owned(), after.to_owned())]);
        record(tx, now, (serie.node, serie.id), ("Ändrad", reason), told).await?;
        carried += 1;
    }
    Ok(carried)
}

/// Asks whether all that a series names is the unit's, and holds what it is divided by. Its dimensions in words.
async fn named(tx: &mut Tx, node: NodeId, was: Option<&Content>, content: &Content) -> Result<String> {
    let responsible = was.map_or(Responsible::Nobody, |was| was.responsible);
    belongs::check(tx, node, [("responsible", Second::chosen(content.responsible, responsible))]).await?;
    let there = tx.share_dimensions(&content.dimensioner).await?;
    let is_units = |id: &DimensionId| there.iter().any(|(other, at, _)| *other == id.0 && *at == node.0);
    for (field, id) in ["dim1", "dim2", "dim3"].into_iter().zip(&content.dimensioner) {
        if !is_units(id) {
            return Err(Error::at(field, "Uppdelningen hör inte till enheten. Välj ur listan."));
        }
    }
    if let Some(egen) = content.egen {
        let first = content.dimensioner.first().map(|id| id.0);
        let sql = "select id from dimensionsvarde where id = $1 and dimension_id = $2";
        if row!(tx, (Uuid,), sql, egen.0, first)?.is_none() {
            return Err(Error::at("egen", "Välj ett värde i seriens första uppdelning."));
        }
    }
    Ok(in_order(&content.dimensioner, &there))
}

/// Dimensions in words, in the order of a series.
async fn names(tx: &mut Tx, ids: &[DimensionId]) -> Result<String> {
    let there = tx.share_dimensions(ids).await?;
    Ok(in_order(ids, &there))
}

fn in_order(ids: &[DimensionId], there: &[(Uuid, Uuid, String)]) -> String {
    let name = |id: &DimensionId| there.iter().find(|(other, ..)| *other == id.0).map(|(_, _, name)| name.as_str());
    ids.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

/// What a series says of itself for the history: what its form holds, and what has forms of its own.
fn told(content: &Content, divided: String, reckoned: &str) -> Vec<(&'static str, String)> {
    let mal = content.mal.iter().map(|mal| format!("{} {}", mal.namn, mal.said(content)).trim().to_owned());
    let brott = content.brott.iter().map(|brott| format!("{} {}", format::date(brott.fran), brott.varfor));
    let mut told = content.told();
    told.extend([
        ("Uppdelning", divided),
        ("Räknas ut", reckoned.to_owned()),
        ("Mål", mal.collect::<Vec<_>>().join(", ")),
        ("Brott", brott.collect::<Vec<_>>().join(", ")),
    ]);
    told
}

async fn set_dimensions(tx: &mut Tx, id: SerieId, dimensions: &[DimensionId]) -> Result<()> {
    execute!(tx, "delete from serie_dimension where serie_id = $1", id.0)?;
    for (place, dimension) in (0_i64..).zip(dimensions) {
        let sql = "insert into serie_dimension (serie_id, dimension_id, ordning) values ($1, $2, $3)";
        execute!(tx, sql, id.0, dimension.0, place)?;
    }
    Ok(())
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (node, id): (NodeId, SerieId),
    (what, reason): (&str, &str),
    changes: Vec<Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Serie, thing: id.0, what, reason, changes }).await
}
