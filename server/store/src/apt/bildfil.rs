//! The pictures of slides. They come and go encrypted: the store never sees what is in them.

use chrono::{DateTime, Utc};
use domain::{
    apt::{
        Bildfil, Slag,
        bildfil::{Form, MOST},
    },
    avvikelse::bilaga::{codes, of_codes, sentences},
    history::changes,
    id::{AptId, BildId, BildfilId},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{open, punkt, record};
use crate::{Error, Result, Tx, in_row::InRow};

#[derive(FromRow)]
struct Row {
    id: Uuid,
    bild_id: Uuid,
    mote_id: Uuid,
    name: String,
    alt: String,
    bildtext: String,
    width: i64,
    height: i64,
    removed: String,
}

impl TryFrom<Row> for Bildfil {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let in_row = InRow::of("apt_bildfil", row.id);
        Ok(Self {
            id: BildfilId(row.id),
            mote: AptId(row.mote_id),
            name: row.name,
            alt: row.alt,
            bildtext: row.bildtext,
            width: in_row.must("width", u32::try_from(row.width).ok())?,
            height: in_row.must("height", u32::try_from(row.height).ok())?,
            removed: of_codes(&row.removed),
        })
    }
}

/// The pictures of a meeting, each with its slide.
pub async fn list(tx: &mut Tx, mote: AptId) -> Result<Vec<(BildId, Bildfil)>> {
    let found = rows!(
        tx,
        Row,
        "select id, bild_id, mote_id, name, alt, bildtext, width, height, removed from apt_bildfil where mote_id = $1",
        mote.0
    )?;
    found.into_iter().map(|row| Ok((BildId(row.bild_id), row.try_into()?))).collect()
}

/// The picture of a slide, if it has one.
pub async fn of(tx: &mut Tx, mote: AptId, bild: BildId) -> Result<Option<Bildfil>> {
    Ok(list(tx, mote).await?.into_iter().find(|(of, _)| *of == bild).map(|(_, fil)| fil))
}

/// Puts a picture on a slide with a text, instead of the one that it had. `Invalid` at `fil` when the meeting has as many as it
/// may, `NotFound` for a slide of another kind or meeting.
pub async fn save(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (mote, bild): (AptId, BildId),
    fil: &Bildfil,
    (media, sealed): (&str, Vec<u8>),
) -> Result<()> {
    let mote = open(tx, mote).await?;
    if punkt::bild(tx, mote.id, bild).await?.slag != Slag::Text {
        return Err(Error::NotFound);
    }
    let all = list(tx, mote.id).await?;
    let before = all.iter().find(|(of, _)| *of == bild).map(|(_, fil)| fil.clone());
    if before.is_none() && i64::try_from(all.len()).unwrap_or(i64::MAX) >= MOST {
        let message = format!("Ett möte kan ha högst {MOST} egna bilder. Ta bort någon som inte behövs.");
        return Err(Error::at("fil", message));
    }
    execute!(tx, "delete from apt_bildfil where bild_id = $1", bild.0)?;
    execute!(
        tx,
        "insert into apt_bildfil (id, bild_id, mote_id, name, media, alt, bildtext, width, height, removed, sealed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        fil.id.0,
        bild.0,
        mote.id.0,
        &fil.name,
        media,
        &fil.alt,
        &fil.bildtext,
        i64::from(fil.width),
        i64::from(fil.height),
        codes(&fil.removed),
        &sealed
    )?;
    let was = |of: fn(&Bildfil) -> &String| before.as_ref().map(of).cloned().unwrap_or_default();
    let told = changes([
        ("Fil", was(|b| &b.name), fil.name.clone()),
        ("Beskrivning", was(|b| &b.alt), fil.alt.clone()),
        ("Bildtext", was(|b| &b.bildtext), fil.bildtext.clone()),
        ("Borttaget ur filen", String::new(), sentences(&fil.removed)),
    ]);
    let what = if before.is_some() { "Bildfil utbytt" } else { "Bildfil tillagd" };
    record(tx, now, (mote.node, mote.id), what, "", told).await
}

/// Changes what is said of the picture of a slide. `NotFound` when it has none.
pub async fn describe(tx: &mut Tx, now: DateTime<Utc>, (mote, bild): (AptId, BildId), said: &Form) -> Result<()> {
    let mote = open(tx, mote).await?;
    let before = of(tx, mote.id, bild).await?.ok_or(Error::NotFound)?;
    let told =
        changes([("Beskrivning", before.alt, said.alt.clone()), ("Bildtext", before.bildtext, said.bildtext.clone())]);
    if told.is_empty() {
        return Ok(());
    }
    let sql = "update apt_bildfil set alt = $2, bildtext = $3 where bild_id = $1";
    execute!(tx, sql, bild.0, &said.alt, &said.bildtext)?;
    record(tx, now, (mote.node, mote.id), "Bildfil ändrad", "", told).await
}

/// Takes the picture of a slide away. `NotFound` when it has none.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, mote: AptId, bild: BildId) -> Result<()> {
    let mote = open(tx, mote).await?;
    let before = of(tx, mote.id, bild).await?.ok_or(Error::NotFound)?;
    execute!(tx, "delete from apt_bildfil where bild_id = $1", bild.0)?;
    let told = changes([("Fil", before.name, String::new()), ("Beskrivning", before.alt, String::new())]);
    record(tx, now, (mote.node, mote.id), "Bildfil borttagen", "", told).await
}

/// A picture with its media type and its encrypted bytes. `NotFound` when the meeting has none of this id.
pub async fn sealed(tx: &mut Tx, mote: AptId, id: BildfilId) -> Result<(Bildfil, String, Vec<u8>)> {
    let found = list(tx, mote).await?.into_iter().find(|(_, fil)| fil.id == id).ok_or(Error::NotFound)?.1;
    let sql = "select media, sealed from apt_bildfil where id = $1 and mote_id = $2";
    let (media, sealed) = row!(tx, (String, Vec<u8>), sql, id.0, mote.0)?.ok_or(Error::NotFound)?;
    Ok((found, media, sealed))
}
