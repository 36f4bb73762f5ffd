//! Brukarenkäter: what is asked, in versions, and the states of an enkät. Answers stand in [`svar`], how many a person
//! has entered in [`antal`], how they are published in [`slapp`], figures in [`resultat`].

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    enkat::{Content, Enkat, Grain, Kanal, Kind, Questions, State, Version},
    history::{Change, changes},
    id::{EnkatId, EnkatVersionId, NodeId, ScheduleId},
    moment::day,
    permission::{Area, Role},
    recurrence::Recurrence,
    schedule::{Category, Responsible, Schedule},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    history::{self, Record},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    schedule, touched,
};

pub mod antal;
pub mod resultat;
pub mod slapp;
pub mod svar;
pub mod tabell;

#[derive(FromRow)]
struct EnkatRow {
    id: Uuid,
    node_id: Uuid,
    title: String,
    intro: String,
    kanal: String,
    grain: String,
    first_on: NaiveDate,
    last_on: NaiveDate,
    target: Option<i64>,
    state: String,
    copied_from: Option<Uuid>,
    closed_through: String,
    thin: bool,
    version: i64,
}

impl TryFrom<EnkatRow> for Enkat {
    type Error = Error;

    fn try_from(row: EnkatRow) -> Result<Self> {
        let in_row = InRow::of("enkat", row.id);
        Ok(Self {
            id: EnkatId(row.id),
            node: NodeId(row.node_id),
            content: Content {
                title: row.title,
                intro: row.intro,
                kanal: in_row.code("kanal", &row.kanal, Kanal::from_code)?,
                grain: in_row.code("grain", &row.grain, Grain::from_code)?,
                first: row.first_on,
                last: row.last_on,
                target: row.target,
            },
            state: in_row.code("state", &row.state, State::from_code)?,
            copied_from: row.copied_from.map(EnkatId),
            closed_through: in_row.code_if_any("closed_through", row.closed_through.as_str(), |p| p.parse().ok())?,
            thin: row.thin,
            version: row.version,
        })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select id, node_id, title, intro, kanal, grain, first_on, last_on, target, state, copied_from,
                    closed_through, thin, version
             from enkat ",
            $tail
        )
    };
}

/// The enkäter of a unit, those with the latest period first.
pub async fn list(tx: &mut Tx, node: NodeId) -> Result<Vec<Enkat>> {
    let found = rows!(tx, EnkatRow, select!("where node_id = $1 order by last_on desc, id desc"), node.0)?;
    found.into_iter().map(Enkat::try_from).collect()
}

/// `NotFound` when there is no such enkät.
pub async fn get(tx: &mut Tx, id: EnkatId) -> Result<Enkat> {
    row!(tx, EnkatRow, select!("where id = $1"), id.0)?.ok_or(Error::NotFound)?.try_into()
}

/// The enkät and those it is a copy of, the latest first: its waves.
pub async fn waves(tx: &mut Tx, id: EnkatId) -> Result<Vec<Enkat>> {
    let mut waves: Vec<Enkat> = Vec::new();
    let mut next = Some(id);
    while let Some(id) = next.filter(|id| waves.len() < 20 && !waves.iter().any(|w| w.id == *id)) {
        let wave = get(tx, id).await?;
        next = wave.copied_from;
        waves.push(wave);
    }
    Ok(waves)
}

/// The versions of an enkät, the first one first.
pub async fn versions(tx: &mut Tx, id: EnkatId) -> Result<Vec<Version>> {
    let found = rows!(
        tx,
        (Uuid, i64, bool, String),
        "select id, number, in_use, questions from enkat_version where enkat_id = $1 order by number",
        id.0
    )?;
    found
        .into_iter()
        .map(|(id, number, in_use, questions)| {
            let questions = questions_of(id, &questions)?;
            Ok(Version { id: EnkatVersionId(id), number, in_use, questions })
        })
        .collect()
}

/// Adds an enkät with its first, empty version. The same id again is the same enkät: nothing happens.
pub async fn create(tx: &mut Tx, now: DateTime<Utc>, id: EnkatId, node: NodeId, content: &Content) -> Result<()> {
    tx.hold(Held::Node(node)).await?;
    if !belongs::is_new(tx, Thing::Of(Area::Enkat), id.0, node.0, content).await? {
        return Ok(());
    }
    insert(tx, id, node, content, None).await?;
    add_version(tx, id, 1, &Questions { kon: true, list: vec![] }).await?;
    let told =
        Content::differences(content, content).into_iter().map(|(label, _, after)| (label, String::new(), after));
    record(tx, now, node, id, "Skapad", changes(told)).await
}

async fn insert(tx: &mut Tx, id: EnkatId, node: NodeId, c: &Content, copied_from: Option<EnkatId>) -> Result<()> {
    execute!(
        tx,
        "insert into enkat (id, node_id, title, intro, kanal, grain, first_on, last_on, target, copied_from)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id.0,
        node.0,
        &c.title,
        &c.intro,
        c.kanal.code(),
        c.grain.code(),
        c.first,
        c.last,
        c.target,
        copied_from.map(|e| e.0)
    )?;
    Ok(())
}

async fn add_version(tx: &mut Tx, id: EnkatId, number: i64, questions: &Questions) -> Result<()> {
    execute!(
        tx,
        "insert into enkat_version (id, enkat_id, number, questions) values ($1, $2, $3, $4)",
        EnkatVersionId::new().0,
        id.0,
        number,
        versioned(questions)?
    )?;
    Ok(())
}

impl Versioned for Questions {}

fn questions_of(version: Uuid, text: &str) -> Result<Questions> {
    InRow::of("enkat_version", version).versioned("questions", text)
}

/// Changes what an enkät is, but for its questions. `Conflict` when it is no longer as the person saw it, or when it has
/// answers and their time would be of another grain.
pub async fn update(tx: &mut Tx, now: DateTime<Utc>, id: EnkatId, version: i64, content: &Content) -> Result<()> {
    tx.hold(Held::Enkat(id)).await?;
    let before = get(tx, id).await?;
    if before.content.grain != content.grain && has_answers(tx, id).await? {
        return Err(Error::Conflict);
    }
    let done = execute!(
        tx,
        "update enkat set title = $3, intro = $4, kanal = $5, grain = $6, first_on = $7, last_on = $8, target = $9,
                version = version + 1
         where id = $1 and version = $2",
        id.0,
        version,
        &content.title,
        &content.intro,
        content.kanal.code(),
        content.grain.code(),
        content.first,
        content.last,
        content.target
    )?;
    touched(done)?;
    if before.state != State::Utkast {
        lay_on_wheel(tx, &Enkat { content: content.clone(), ..before.clone() }).await?;
    }
    let differing = changes(Content::differences(&before.content, content));
    record(tx, now, before.node, id, "Ändrad", differing).await
}

/// Whether the enkät has an answer, published or waiting.
pub async fn has_answers(tx: &mut Tx, id: EnkatId) -> Result<bool> {
    let found = row!(
        tx,
        (bool,),
        "select exists (select 1 from enkat_inkorg i join enkat_version v on v.id = i.version_id where v.enkat_id = $1)
             or exists (select 1 from enkat_publicerat p join enkat_version v on v.id = p.version_id
                        where v.enkat_id = $1)",
        id.0
    )?;
    Ok(found.is_some_and(|(some,)| some))
}

/// Whether a version has an answer: then its questions are frozen.
pub async fn is_frozen(tx: &mut Tx, version: EnkatVersionId) -> Result<bool> {
    let found = row!(
        tx,
        (bool,),
        "select exists (select 1 from enkat_inkorg where version_id = $1)
             or exists (select 1 from enkat_publicerat where version_id = $1)",
        version.0
    )?;
    Ok(found.is_some_and(|(some,)| some))
}

/// Writes the questions of a version, as long as it has no answers. `Conflict` when it has, or when the questions are no
/// longer those that the person saw.
pub async fn update_questions(
    tx: &mut Tx,
    now: DateTime<Utc>,
    enkat: &Enkat,
    (version, seen): (&Version, &Questions),
    questions: &Questions,
    what: &str,
    told: Vec<Change>,
) -> Result<()> {
    tx.hold(Held::Enkat(enkat.id)).await?;
    if is_frozen(tx, version.id).await? {
        return Err(Error::Conflict);
    }
    // read where nobody else writes (Held::Enkat), and compared as questions: an older version wrote them as another text
    let sql = "select questions from enkat_version where id = $1";
    let (stands,) = row!(tx, (String,), sql, version.id.0)?.ok_or(Error::Conflict)?;
    if questions_of(version.id.0, &stands)? != *seen {
        return Err(Error::Conflict);
    }
    let done = execute!(
        tx,
        "update enkat_version set questions = $2, version = version + 1 where id = $1",
        version.id.0,
        versioned(questions)?
    )?;
    touched(done)?;
    record(tx, now, enkat.node, enkat.id, what, told).await
}

/// Says which options of a question of the unit's own are the bad end, in every version that asks it with the same options:
/// colours and order follow it, and no figure does, so it may be said when there are answers. `NotFound` where there is no
/// such question, `Conflict` where the grades are no longer those that the person saw (`Fraga::grades`).
pub async fn set_grades(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: EnkatId,
    key: i32,
    saw: &str,
    bad: &[usize],
) -> Result<()> {
    tx.hold(Held::Enkat(id)).await?;
    let enkat = get(tx, id).await?;
    let versions = versions(tx, id).await?;
    let latest = versions.iter().rev().find_map(|v| v.questions.get(key)).filter(|q| q.kind == Kind::Val);
    let latest = latest.cloned().ok_or(Error::NotFound)?;
    if latest.grades() != saw {
        return Err(Error::Conflict);
    }
    let said = latest.with_bad(bad);
    for version in versions {
        let Some(own) = version.questions.get(key).filter(|q| q.continues(&latest)) else { continue };
        let mut questions = version.questions.clone();
        questions.put(own.with_bad(bad));
        execute!(
            tx,
            "update enkat_version set questions = $2, version = version + 1 where id = $1",
            version.id.0,
            versioned(&questions)?
        )?;
    }
    let told = changes([(latest.text.as_str(), latest.grades(), said.grades())]);
    record(tx, now, enkat.node, id, "Hur svaren räknas", told).await
}

/// Begins the next version with the questions of the last one. Where there is one already that has taken no answers,
/// nothing happens.
pub async fn create_version(tx: &mut Tx, now: DateTime<Utc>, id: EnkatId) -> Result<()> {
    tx.hold(Held::Enkat(id)).await?;
    let enkat = get(tx, id).await?;
    let last = versions(tx, id).await?.pop().ok_or(Error::NotFound)?;
    if !last.in_use {
        return Ok(());
    }
    add_version(tx, id, last.number + 1, &last.questions).await?;
    let told = changes([("Version", last.number.to_string(), (last.number + 1).to_string())]);
    record(tx, now, enkat.node, id, "Ny version påbörjad", told).await
}

/// Puts the last version in use: from now on answers are to it.
pub async fn use_version(tx: &mut Tx, now: DateTime<Utc>, id: EnkatId) -> Result<()> {
    tx.hold(Held::Enkat(id)).await?;
    let enkat = get(tx, id).await?;
    let last = versions(tx, id).await?.pop().ok_or(Error::NotFound)?;
    if last.in_use {
        return Ok(());
    }
    execute!(tx, "update enkat_version set in_use = $2 where id = $1", last.id.0, true)?;
    record(tx, now, enkat.node, id, &format!("Version {} används", last.number), vec![]).await
}

/// Opens, closes or opens again. `Conflict` when it is no longer as the person saw it. That it may is asked of
/// `domain::enkat::may_become`. An enkät that opens lies on the wheel with its period; one that closes is done there.
pub async fn set_state(tx: &mut Tx, now: DateTime<Utc>, id: EnkatId, version: i64, to: State) -> Result<()> {
    tx.hold(Held::Enkat(id)).await?;
    let enkat = get(tx, id).await?;
    touched(execute!(
        tx,
        "update enkat set state = $3, version = version + 1 where id = $1 and version = $2",
        id.0,
        version,
        to.code()
    )?)?;
    if to == State::Oppen {
        execute!(
            tx,
            "update enkat_version set in_use = $2 where enkat_id = $1 and not exists
                 (select 1 from enkat_version v where v.enkat_id = $1 and v.in_use)",
            id.0,
            true
        )?;
        lay_on_wheel(tx, &enkat).await?;
    }
    // a closed enkät is nobody's to do any more, whether somebody had begun; opened again it is
    let (from, begun, into, on) = match to {
        State::Stangd => ("planerad", "pagar", "utford", Some(day(now))),
        State::Oppen | State::Utkast => ("utford", "utford", "planerad", None),
    };
    execute!(
        tx,
        "update occurrence set state = $3, performed_on = $4, version = version + 1
         where state in ($2, $5) and schedule_id in (select id from schedule where source_id = $1)",
        id.0,
        from,
        into,
        on,
        begun
    )?;
    let what = match (enkat.state, to) {
        (State::Stangd, State::Oppen) => "Öppnad igen",
        (_, State::Oppen) => "Öppnad",
        _ => "Stängd",
    };
    record(tx, now, enkat.node, id, what, changes([("Läge", enkat.state.label().into(), to.label().into())])).await
}

/// The period of the enkät as an arc on the wheel of the year it begins in.
async fn lay_on_wheel(tx: &mut Tx, enkat: &Enkat) -> Result<()> {
    let standing = row!(tx, (Uuid,), "select id from schedule where source_id = $1", enkat.id.0)?;
    let c = &enkat.content;
    let schedule = Schedule {
        id: standing.map_or_else(ScheduleId::new, |(id,)| ScheduleId(id)),
        node: enkat.node,
        year: c.first.year(),
        area: Area::Enkat,
        source: enkat.id.0,
        level: None,
        category: Category::Aktivitet,
        title: c.title.clone(),
        description: "Brukarenkät".to_owned(),
        recurrence: Recurrence::Once,
        responsible: Responsible::Role(Role::Metodutvecklare),
        start: Some(c.first),
        end: Some(c.last),
        anchor: None,
        hours: None,
        laid_on_units: false,
        counted_from: None,
        version: 0,
    };
    schedule::check_times(tx, &schedule, "last").await?;
    schedule::save(tx, &schedule).await
}

/// A new draft with the questions of the version last in use: the next wave. Keys are kept, so trends go on. The same
/// new id again is the same copy.
pub async fn copy(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: EnkatId,
    new: EnkatId,
    title: &str,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<()> {
    tx.hold(Held::Enkat(id)).await?;
    let enkat = get(tx, id).await?;
    if !belongs::is_new(tx, Thing::Of(Area::Enkat), new.0, enkat.node.0, &("kopia", id)).await? {
        return Ok(());
    }
    let versions = versions(tx, id).await?;
    let latest = versions.iter().rfind(|v| v.in_use).or(versions.last()).ok_or(Error::NotFound)?;
    let content = Content { title: title.to_owned(), first, last, ..enkat.content };
    insert(tx, new, enkat.node, &content, Some(id)).await?;
    add_version(tx, new, 1, &latest.questions).await?;
    let told = changes([("Kopia av", String::new(), enkat.content.title)]);
    record(tx, now, enkat.node, new, "Skapad", told).await
}

pub(crate) async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    id: EnkatId,
    what: &str,
    changes: Vec<Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Enkat, thing: id.0, what, reason: "", changes }).await
}
