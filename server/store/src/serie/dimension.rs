//! Dimension: by what the series of a unit are divided. Who changes one names the version of it that they saw, which is that of
//! its values too; who writes values of a series shares it, so that no value of it goes meanwhile.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    format,
    history::{Change, changes},
    id::NodeId,
    permission::Area,
    siffror::{
        dimension::{DIMENSIONS_OF_UNIT, Dimension, DimensionId, Dimensionsvarde, DimensionsvardeId, VALUES_MOST},
        serie::Serie,
    },
    text::compared,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use super::naming;
use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    history::{self, Record},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    occurrence::places,
    touched,
};

/// How many names in files are remembered of a value: the latest.
const KALLAS_MOST: usize = 50;

#[derive(FromRow)]
struct ValueRow {
    id: Uuid,
    dimension_id: Uuid,
    namn: String,
    kod: String,
    grupp: Option<Uuid>,
    fran: Option<NaiveDate>,
    till: Option<NaiveDate>,
    ersatt_av: Option<Uuid>,
    kallas: String,
}

/// How files call a value.
#[derive(Serialize, Deserialize)]
struct Kallas {
    kallas: Vec<String>,
}

impl Versioned for Kallas {}

impl Kallas {
    /// Of a value; it was a list without a version once.
    fn read(id: Uuid, text: &str) -> Result<Self> {
        let in_row = InRow::of("dimensionsvarde", id);
        if text.starts_with('[') {
            return Ok(Self { kallas: in_row.json("kallas", text)? });
        }
        in_row.versioned("kallas", text)
    }

    fn written(kallas: &[String]) -> Result<String> {
        versioned(&Self { kallas: kallas.to_vec() })
    }
}

impl TryFrom<ValueRow> for Dimensionsvarde {
    type Error = Error;

    fn try_from(row: ValueRow) -> Result<Self> {
        Ok(Self {
            kallas: Kallas::read(row.id, &row.kallas)?.kallas,
            id: DimensionsvardeId(row.id),
            namn: row.namn,
            kod: row.kod,
            grupp: row.grupp.map(DimensionsvardeId),
            fran: row.fran,
            till: row.till,
            ersatt_av: row.ersatt_av.map(DimensionsvardeId),
        })
    }
}

/// Dimensions with their values, in the order of their ids here.
async fn read(tx: &mut Tx, ids: &[DimensionId]) -> Result<Vec<Dimension>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let places = places(1, ids.len());
    let sql = format!("select id, node_id, namn, version from dimension where id in ({places})");
    let found = rows_of!(tx, (Uuid, Uuid, String, i64), sql, ids)?;
    let sql = format!(
        "select id, dimension_id, namn, kod, grupp, fran, till, ersatt_av, kallas from dimensionsvarde
         where dimension_id in ({places}) order by dimension_id, ordning, id"
    );
    let mut values: HashMap<Uuid, Vec<Dimensionsvarde>> = HashMap::new();
    for row in rows_of!(tx, ValueRow, sql, ids)? {
        values.entry(row.dimension_id).or_default().push(row.try_into()?);
    }
    let mut found: HashMap<Uuid, Dimension> = found
        .into_iter()
        .map(|(id, node, namn, version)| {
            let values = values.remove(&id).unwrap_or_default();
            (id, Dimension { id: DimensionId(id), node: NodeId(node), namn, values, version })
        })
        .collect();
    Ok(ids.iter().filter_map(|id| found.remove(&id.0)).collect())
}

/// The dimensions of a unit, in their order.
pub async fn list(tx: &mut Tx, node: NodeId) -> Result<Vec<Dimension>> {
    let sql = "select id from dimension where node_id = $1 order by ordning, id";
    let ids: Vec<DimensionId> = rows!(tx, (Uuid,), sql, node.0)?.into_iter().map(|(id,)| DimensionId(id)).collect();
    read(tx, &ids).await
}

/// `NotFound` when there is no such dimension.
pub async fn get(tx: &mut Tx, id: DimensionId) -> Result<Dimension> {
    read(tx, &[id]).await?.pop().ok_or(Error::NotFound)
}

/// By what a series is divided, in its order.
pub async fn of_serie(tx: &mut Tx, serie: &Serie) -> Result<Vec<Dimension>> {
    read(tx, &serie.content.dimensioner).await
}

/// Adds a dimension to a unit. The same id again is the same one: nothing happens. `Invalid` where the unit has one of that name,
/// or as many as it can have.
pub async fn create(tx: &mut Tx, now: DateTime<Utc>, id: DimensionId, node: NodeId, namn: &str) -> Result<()> {
    // two at once would not see each other's name
    tx.hold(Held::Node(node)).await?;
    if !belongs::is_new(tx, Thing::Dimension, id.0, node.0, &namn).await? {
        return Ok(());
    }
    let others = names(tx, node).await?;
    if others.len() >= DIMENSIONS_OF_UNIT {
        let message =
            format!("En enhet har högst {DIMENSIONS_OF_UNIT} uppdelningar. Ta bort en som inte används först.");
        return Err(Error::at("namn", message));
    }
    is_free(&others, id, namn)?;
    execute!(
        tx,
        "insert into dimension (id, node_id, namn, ordning)
         select $1, $2, $3, coalesce(max(ordning), 0) + 1 from dimension where node_id = $2",
        id.0,
        node.0,
        namn
    )?;
    record(tx, now, (node, id), "Skapad", changes([("Namn", String::new(), namn.to_owned())])).await
}

/// Gives a dimension another name. `Conflict` when it is no longer as the person saw it.
pub async fn rename(tx: &mut Tx, now: DateTime<Utc>, before: &Dimension, version: i64, namn: &str) -> Result<()> {
    tx.hold(Held::Node(before.node)).await?;
    is_free(&names(tx, before.node).await?, before.id, namn)?;
    step(tx, before.id, version).await?;
    execute!(tx, "update dimension set namn = $2 where id = $1", before.id.0, namn)?;
    let told = changes([("Namn", before.namn.clone(), namn.to_owned())]);
    record(tx, now, (before.node, before.id), "Ändrad", told).await
}

/// Takes a dimension away with its values. `Conflict` when it is no longer as the person saw it, `Invalid` where a series is divided
/// by it.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, before: &Dimension, version: i64) -> Result<()> {
    step(tx, before.id, version).await?;
    let used: Vec<String> = series(tx, before.id).await?.into_iter().map(|serie| serie.content.namn).collect();
    if !used.is_empty() {
        let used: Vec<&str> = used.iter().map(String::as_str).collect();
        let message = format!("Uppdelningen används i {}, så den går inte att ta bort.", format::and(&used));
        return Err(Error::at("id", message));
    }
    execute!(tx, "delete from dimensionsvarde where dimension_id = $1", before.id.0)?;
    execute!(tx, "delete from dimension where id = $1", before.id.0)?;
    let told = changes([("Namn", before.namn.clone(), String::new())]);
    record(tx, now, (before.node, before.id), "Borttagen", told).await
}

/// Adds a value, last. The same id with the same content again is the same one: nothing happens. `Conflict` when the dimension is
/// no longer as the person saw it.
pub async fn create_varde(
    tx: &mut Tx,
    now: DateTime<Utc>,
    before: &Dimension,
    version: i64,
    varde: &Dimensionsvarde,
) -> Result<()> {
    tx.hold(Held::Dimension(before.id)).await?;
    let current = get(tx, before.id).await?;
    if let Some(there) = current.get(varde.id) {
        return if told(&current, there) == told(&current, varde) { Ok(()) } else { Err(belongs::taken()) };
    }
    belongs::untaken(tx, varde.id.0).await?;
    if current.values.len() >= VALUES_MOST {
        return Err(Error::at("namn", format!("En uppdelning har högst {VALUES_MOST} värden.")));
    }
    fits(tx, &current, varde).await?;
    step(tx, current.id, version).await?;
    execute!(
        tx,
        "insert into dimensionsvarde (id, dimension_id, namn, kod, grupp, fran, till, ersatt_av, kallas, ordning)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce(max(ordning), 0) + 1 from dimensionsvarde
         where dimension_id = $2",
        varde.id.0,
        current.id.0,
        &varde.namn,
        &varde.kod,
        varde.grupp.map(|id| id.0),
        varde.fran,
        varde.till,
        varde.ersatt_av.map(|id| id.0),
        Kallas::written(&varde.kallas)?
    )?;
    let added = told(&current, varde).into_iter().map(|(label, after)| (label, String::new(), after));
    record(tx, now, (current.node, current.id), "Värde tillagt", changes(added)).await
}

/// Changes a value; how files call it stays. `Conflict` when the dimension is no longer as the person saw it.
pub async fn update_varde(
    tx: &mut Tx,
    now: DateTime<Utc>,
    before: &Dimension,
    version: i64,
    varde: &Dimensionsvarde,
) -> Result<()> {
    step(tx, before.id, version).await?;
    let current = get(tx, before.id).await?;
    let was = current.get(varde.id).ok_or(Error::NotFound)?;
    fits(tx, &current, varde).await?;
    execute!(
        tx,
        "update dimensionsvarde set namn = $3, kod = $4, grupp = $5, fran = $6, till = $7, ersatt_av = $8
         where id = $1 and dimension_id = $2",
        varde.id.0,
        current.id.0,
        &varde.namn,
        &varde.kod,
        varde.grupp.map(|id| id.0),
        varde.fran,
        varde.till,
        varde.ersatt_av.map(|id| id.0)
    )?;
    let (was_told, is_told) = (told(&current, was), told(&current, varde));
    let both = was_told.into_iter().zip(is_told).map(|((label, before), (_, after))| (label, before, after));
    let what = format!("{} ändrat", was.namn);
    record(tx, now, (current.node, current.id), &what, changes(both)).await
}

/// Moves a value one place. `Conflict` when the dimension is no longer as the person saw it. At the end nothing happens.
pub async fn move_varde(
    tx: &mut Tx,
    now: DateTime<Utc>,
    before: &Dimension,
    version: i64,
    id: DimensionsvardeId,
    earlier: bool,
) -> Result<()> {
    step(tx, before.id, version).await?;
    let sql = "select id, namn, ordning from dimensionsvarde where dimension_id = $1 order by ordning, id";
    let places = rows!(tx, (Uuid, String, i64), sql, before.id.0)?;
    let place = places.iter().position(|(other, ..)| *other == id.0).ok_or(Error::NotFound)?;
    let beside = if earlier { place.checked_sub(1) } else { Some(place + 1) };
    let Some((other, _, to)) = beside.and_then(|beside| places.get(beside)) else { return Ok(()) };
    let (own, namn, from) = &places[place];
    for (id, place) in [(own, to), (other, from)] {
        execute!(tx, "update dimensionsvarde set ordning = $2 where id = $1", id, place)?;
    }
    let what = format!("{namn} flyttat {}", if earlier { "uppåt" } else { "nedåt" });
    record(tx, now, (before.node, before.id), &what, vec![]).await
}

/// Takes a value away. `Conflict` when the dimension is no longer as the person saw it, `Invalid` where it has values, is the group
/// or the successor of another, or is the unit's own in a series. What was written at it and undone as a whole goes with it.
pub async fn remove_varde(
    tx: &mut Tx,
    now: DateTime<Utc>,
    before: &Dimension,
    version: i64,
    id: DimensionsvardeId,
) -> Result<()> {
    // who writes values of a series shares the dimension, and is through, or waits
    step(tx, before.id, version).await?;
    let current = get(tx, before.id).await?;
    let varde = current.get(id).ok_or(Error::NotFound)?;
    let namn = &varde.namn;
    if has_values(tx, current.id, id).await? {
        return Err(Error::at(
            "id",
            format!("{namn} har värden, så det går inte att ta bort. Skriv en sista dag i stället."),
        ));
    }
    if let Some(part) = current.values.iter().find(|other| other.grupp == Some(id)) {
        return Err(Error::at("id", format!("{} ingår i {namn}. Ändra det först.", part.namn)));
    }
    if let Some(old) = current.values.iter().find(|other| other.ersatt_av == Some(id)) {
        return Err(Error::at("id", format!("{} ersätts av {namn}. Ändra det först.", old.namn)));
    }
    for serie in series(tx, current.id).await? {
        if serie.content.egen == Some(id) {
            let message = format!("{namn} är enhetens eget värde i {}. Ändra det först.", serie.content.namn);
            return Err(Error::at("id", message));
        }
    }
    let uses = |serie: &Serie| serie.content.harledd.is_some_and(|h| h.parts().any(|led| led.varde == Some(id)));
    if let Some(serie) = naming(tx, current.node, id.0).await?.into_iter().find(uses) {
        return Err(Error::at("id", format!("”{}” räknas ut ur {namn}. Ändra den först.", serie.content.namn)));
    }
    let sql = "delete from siffra where not gallande and plats like $2
               and serie_id in (select serie_id from serie_dimension where dimension_id = $1)";
    execute!(tx, sql, current.id.0, like(id))?;
    execute!(tx, "delete from dimensionsvarde where id = $1 and dimension_id = $2", id.0, current.id.0)?;
    let gone = told(&current, varde).into_iter().map(|(label, before)| (label, before, String::new()));
    record(tx, now, (current.node, current.id), "Värde borttaget", changes(gone)).await
}

/// Remembers how a file calls a value, as somebody has answered: `folded` as [`compared`] gives it. What another value of the
/// dimension was called is this one's from now on. Changes nothing of the dimension.
pub async fn note_kallas(tx: &mut Tx, dimension: &Dimension, id: DimensionsvardeId, folded: &str) -> Result<()> {
    tx.hold(Held::Dimension(dimension.id)).await?;
    let current = get(tx, dimension.id).await?;
    current.get(id).ok_or(Error::NotFound)?;
    for varde in &current.values {
        let mut kallas: Vec<String> = varde.kallas.iter().filter(|name| *name != folded).cloned().collect();
        if varde.id == id {
            kallas.push(folded.to_owned());
        }
        let kept = &kallas[kallas.len().saturating_sub(KALLAS_MOST)..];
        if *kept != varde.kallas {
            let sql = "update dimensionsvarde set kallas = $2 where id = $1";
            execute!(tx, sql, varde.id.0, Kallas::written(kept)?)?;
        }
    }
    Ok(())
}

/// The next version of a dimension, which holds it. `Conflict` when it is another than the person saw.
async fn step(tx: &mut Tx, id: DimensionId, version: i64) -> Result<()> {
    let sql = "update dimension set version = version + 1 where id = $1 and version = $2";
    touched(execute!(tx, sql, id.0, version)?)
}

async fn names(tx: &mut Tx, node: NodeId) -> Result<Vec<(Uuid, String)>> {
    Ok(rows!(tx, (Uuid, String), "select id, namn from dimension where node_id = $1", node.0)?)
}

fn is_free(others: &[(Uuid, String)], id: DimensionId, namn: &str) -> Result<()> {
    if others.iter().any(|(other, name)| *other != id.0 && compared(name) == compared(namn)) {
        return Err(Error::at("namn", "Enheten har redan en uppdelning med det namnet."));
    }
    Ok(())
}

/// The series that a dimension divides, by name.
async fn series(tx: &mut Tx, id: DimensionId) -> Result<Vec<Serie>> {
    let sql = "select serie_id from serie_dimension where dimension_id = $1";
    let mut found = Vec::new();
    for (serie,) in rows!(tx, (Uuid,), sql, id.0)? {
        found.push(super::get(tx, domain::siffror::serie::SerieId(serie)).await?);
    }
    found.sort_by(|a, b| a.content.namn.cmp(&b.content.namn));
    Ok(found)
}

/// What finds a value in the texts of places.
fn like(id: DimensionsvardeId) -> String {
    format!("%{id}%")
}

/// Whether some value that holds stands at a value of a dimension.
async fn has_values(tx: &mut Tx, dimension: DimensionId, id: DimensionsvardeId) -> Result<bool> {
    let sql = "select exists (select 1 from siffra s join serie_dimension d on d.serie_id = s.serie_id
               where d.dimension_id = $1 and s.gallande and s.plats like $2)";
    Ok(row!(tx, (bool,), sql, dimension.0, like(id))?.is_some_and(|(some,)| some))
}

/// Asks whether what a value names is of its dimension. A group is the sum of its parts: what has values of its own becomes none.
async fn fits(tx: &mut Tx, current: &Dimension, varde: &Dimensionsvarde) -> Result<()> {
    for (field, other) in [("grupp", varde.grupp), ("ersatt_av", varde.ersatt_av)] {
        if other.is_some_and(|id| id == varde.id || current.get(id).is_none()) {
            return Err(Error::at(field, "Välj ett annat värde i samma uppdelning."));
        }
    }
    if let Some(grupp) = varde.grupp
        && !current.is_grupp(grupp)
        && has_values(tx, current.id, grupp).await?
    {
        return Err(Error::at(
            "grupp",
            "Värdet har egna siffror, så det kan inte bli en grupp. Gör ett nytt värde för gruppen.",
        ));
    }
    Ok(())
}

/// What a value says of itself.
fn told(of: &Dimension, varde: &Dimensionsvarde) -> Vec<(&'static str, String)> {
    let name =
        |id: Option<DimensionsvardeId>| id.and_then(|id| of.get(id)).map_or_else(String::new, |v| v.namn.clone());
    let day = |day: Option<NaiveDate>| day.map(format::date).unwrap_or_default();
    vec![
        ("Värde", varde.namn.clone()),
        ("Kod", varde.kod.clone()),
        ("Ingår i", name(varde.grupp)),
        ("Första dag", day(varde.fran)),
        ("Sista dag", day(varde.till)),
        ("Ersätts av", name(varde.ersatt_av)),
    ]
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (node, id): (NodeId, DimensionId),
    what: &str,
    changes: Vec<Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Serie, thing: id.0, what, reason: "", changes }).await
}
