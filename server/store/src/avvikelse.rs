//! Avvikelser, klagomål and synpunkter: a case as it comes in, is opened and is changed. Whoever reads a case is written
//! down in the same transaction: there is no way to the content past that. The register stands in [`sok`], what is counted
//! in [`register`], the words it is found by in [`ord`], deadlines in [`frist`], files in [`bilaga`], what goes when its time is up in [`gallring`], the unit's
//! settings in [`installning`].

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    avvikelse::{
        Arende, Case, Innehall, Kinds, Relation,
        access::READS,
        arende::{Egen, Syn},
        deadline::{Goals, deadlines},
        intake::Inkommet,
        lank::{Lank, LankKind},
        pui::Incident,
        tillagg::{self, Tillagg},
    },
    history::{Change, changes},
    id::{AvvikelseId, HistoryId, NodeId, PersonId},
    permission::Area,
    person::Actor,
    sakerhet::{Oppningar, gather},
    sent::Stands,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    belongs::{self, Second},
    history::{self, Record},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    touched,
};

pub mod bilaga;
pub mod frislappt;
pub mod frist;
pub mod gallring;
pub mod installning;
pub mod ord;
pub mod register;
pub mod sok;

/// What is kept of a case as JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Akt {
    innehall: Innehall,
    #[serde(default)]
    tillagg: Vec<Tillagg>,
    case: Case,
    incident: Option<Incident>,
    outcome: String,
    apt: String,
    links: Vec<Lank>,
}

impl Versioned for Akt {}

#[derive(FromRow)]
struct ArendeRow {
    id: Uuid,
    node_id: Uuid,
    nr: i64,
    reporter_id: Option<Uuid>,
    reporter_name: Option<String>,
    on_behalf_name: Option<String>,
    created_at: DateTime<Utc>,
    closed_on: Option<NaiveDate>,
    process: String,
    handelsetyp: String,
    akt: String,
    version: i64,
}

macro_rules! select_arende {
    ($tail:literal) => {
        concat!(
            "select a.id, a.node_id, a.nr, a.reporter_id, p.name as reporter_name, b.name as on_behalf_name, a.created_at,
                    a.closed_on, a.process, a.handelsetyp, a.akt, a.version
             from avvikelse a
             left join person p on p.id = a.reporter_id
             left join person b on b.id = a.on_behalf_id ",
            $tail
        )
    };
}
pub(crate) use select_arende;

fn arende(actor: &Actor, row: ArendeRow) -> Result<Arende> {
    let unit = actor.tree.name(NodeId(row.node_id)).to_owned();
    of_row(row, unit)
}

fn of_row(row: ArendeRow, node_name: String) -> Result<Arende> {
    let akt: Akt = InRow::of("avvikelse", row.id).versioned("akt", &row.akt)?;
    let node = NodeId(row.node_id);
    let mut case = akt.case;
    case.imy.known_at = Some(row.created_at);
    Ok(Arende {
        id: AvvikelseId(row.id),
        node,
        node_name,
        nr: row.nr,
        innehall: akt.innehall,
        tillagg: akt.tillagg,
        case,
        incident: akt.incident,
        handelsetyp: row.handelsetyp,
        process: row.process,
        outcome: akt.outcome,
        apt: akt.apt,
        links: akt.links,
        reporter: row.reporter_id.map(PersonId),
        reporter_name: row.reporter_name.unwrap_or_default(),
        on_behalf_name: row.on_behalf_name.unwrap_or_default(),
        created_at: row.created_at,
        closed_on: row.closed_on,
        version: row.version,
    })
}

fn akt_of(a: &Arende) -> Result<String> {
    let akt = Akt {
        innehall: a.innehall.clone(),
        tillagg: a.tillagg.clone(),
        // counted from the åtgärder at each reading
        case: Case { atgarder_open: 0, atgarder_done: 0, ..a.case.clone() },
        incident: a.incident.clone(),
        outcome: a.outcome.clone(),
        apt: a.apt.clone(),
        links: a.links.clone(),
    };
    versioned(&akt)
}

/// Who somebody is to a case. `NotFound` when there is no such case.
pub(crate) async fn relation(tx: &mut Tx, actor: &Actor, id: AvvikelseId) -> Result<Relation> {
    let (node, reporter, on_behalf) = row!(
        tx,
        (Uuid, Option<Uuid>, Option<Uuid>),
        "select node_id, reporter_id, on_behalf_id from avvikelse where id = $1",
        id.0
    )?
    .ok_or(Error::NotFound)?;
    let assigned = row!(
        tx,
        (Uuid,),
        "select person_id from avvikelse_handlaggare where avvikelse_id = $1 and person_id = $2",
        id.0,
        actor.person.0
    )?;
    let own = [reporter, on_behalf].contains(&Some(actor.person.0));
    Ok(Relation::of(&actor.grants, &actor.tree, NodeId(node), own, assigned.is_some()))
}

/// The units whose cases the person reads: as chef, or as lex Sarah-utredare.
#[must_use]
pub fn handled_units(actor: &Actor) -> Vec<NodeId> {
    actor.grants.held(&actor.tree, &READS).into_iter().map(|n| n.id).collect()
}

/// What stands here under an id that a person knows: of others' nothing is told. What came in is never changed, so that it
/// can be compared with what is sent now.
pub async fn stands(
    tx: &mut Tx,
    id: AvvikelseId,
    person: PersonId,
    sent: Option<(NodeId, &Innehall)>,
) -> Result<Stands> {
    let sql = "select node_id, akt from avvikelse where id = $1 and reporter_id = $2";
    let Some((at, akt)) = row!(tx, (Uuid, String), sql, id.0, person.0)? else { return Ok(Stands::Nothing) };
    let akt: Akt = InRow::of("avvikelse", id.0).versioned("akt", &akt)?;
    let same = sent.is_some_and(|(node, innehall)| at == node.0 && akt.innehall == *innehall);
    Ok(if same { Stands::Same } else { Stands::Other })
}

/// Takes in a report, a klagomål or a synpunkt, and says whether it is new. The same id again from the same person with the
/// same content is the same report: nothing happens. `Invalid` when its content is another, `Forbidden` when the id is
/// somebody else's.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    today: NaiveDate,
    id: AvvikelseId,
    node: NodeId,
    innehall: Innehall,
) -> Result<bool> {
    // one at a time: the next number of the year is read and then written
    tx.hold(Held::Node(node)).await?;
    let me = tx.actor().map(|p| p.0);
    if let Some((whose,)) = row!(tx, (Option<Uuid>,), "select reporter_id from avvikelse where id = $1", id.0)? {
        let Some(who) = tx.actor().filter(|_| whose == me) else { return Err(Error::Forbidden) };
        return match stands(tx, id, who, Some((node, &innehall))).await? {
            Stands::Same => Ok(false),
            Stands::Nothing | Stands::Other => Err(belongs::another(match innehall {
                Innehall::Rapport(_) => "En annan rapport är redan skickad",
                Innehall::Inkommet(_) => "Ett annat klagomål eller en annan synpunkt är redan sparad",
            })),
        };
    }
    belongs::untaken(tx, id.0).await?;
    let (mut case, process, incoming) = begun(&innehall, today);
    case.imy.known_at = Some(now);
    let on_behalf = match &innehall {
        Innehall::Rapport(r) => r.on_behalf_of,
        Innehall::Inkommet(_) => None,
    };
    belongs::check(tx, node, [("on_behalf_of", on_behalf.into())]).await?;
    let year = i64::from(incoming.year());
    let (nr,) = row!(
        tx,
        (i64,),
        "select cast(coalesce(max(nr), 0) + 1 as bigint) from avvikelse where node_id = $1 and year = $2",
        node.0,
        year
    )?
    .ok_or(Error::NotFound)?;
    let new = Arende {
        id,
        node,
        node_name: String::new(),
        nr,
        innehall,
        tillagg: vec![],
        case,
        incident: None,
        handelsetyp: String::new(),
        process,
        outcome: String::new(),
        apt: String::new(),
        links: vec![],
        reporter: me.map(PersonId),
        reporter_name: String::new(),
        on_behalf_name: String::new(),
        created_at: chrono::SubsecRound::trunc_subsecs(now, 3),
        closed_on: None,
        version: 1,
    };
    let doc = doc(&new);
    execute!(
        tx,
        "insert into avvikelse (id, node_id, year, month, nr, doc, reporter_id, on_behalf_id, created_at, inkommen, kinds,
                                state, akt, registrerad_ar, registrerad_manad)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', '', $11, $12)",
        id.0,
        node.0,
        year,
        i64::from(incoming.month()),
        nr,
        doc,
        me,
        on_behalf.map(|p| p.0),
        new.created_at,
        incoming,
        // what everybody reads is counted by the day on which it came here, not by one that was typed
        i64::from(today.year()),
        i64::from(today.month())
    )?;
    write(tx, &new).await?;
    record(tx, now, &new, "Inkommen", "", vec![]).await?;
    Ok(true)
}

/// What comes of what came in: the case, its process and the day it is counted on.
fn begun(innehall: &Innehall, today: NaiveDate) -> (Case, String, NaiveDate) {
    match innehall {
        Innehall::Rapport(r) => {
            let mut case = Case::new(r.kinds(), today);
            case.suspected_on = r.suspected.then_some(today);
            case.imy.discovered_at = r.discovered;
            (case, r.process.clone(), today)
        }
        Innehall::Inkommet(Inkommet { on, kind, kategori, contact, .. }) => {
            let mut case = Case::new(Kinds::of(&[*kind]), *on);
            case.kategori = Some(*kategori);
            case.anonymous = contact.is_none();
            (case, String::new(), *on)
        }
    }
}

fn doc(a: &Arende) -> i64 {
    i64::from(a.case.inkommen.year()) * 1_000_000 + a.nr
}

/// Writes the columns that are asked about, the whole as JSON, and what it is found by.
async fn write(tx: &mut Tx, a: &Arende) -> Result<()> {
    let goals = installning::get(tx, a.node).await?.goals;
    let frist = next_day(&a.case, &goals);
    let positive = a.rad().positive;
    let lead = a.closed_on.map(|closed| (closed - a.case.inkommen).num_days().max(0));
    execute!(
        tx,
        "update avvikelse set closed_on = $2, lead_days = $3, kinds = $4, state = $5, kategori = $6, positive = $7, ivo = $8,
                imy = $9, process = $10, handelsetyp = $11, frist_on = $12, akt = $13, ord_version = $14
         where id = $1",
        a.id.0,
        a.closed_on,
        lead,
        a.case.kinds.to_string(),
        a.case.state.code(),
        a.case.kategori.map_or("", domain::avvikelse::Kategori::code),
        positive,
        a.case.ivo.is_some(),
        a.case.imy.reported_at.is_some(),
        &a.process,
        &a.handelsetyp,
        frist,
        akt_of(a)?,
        ord::VERSION
    )?;
    ord::index(tx, a).await
}

/// The earliest day on which somebody has to do something: assess, decide, or keep a deadline.
fn next_day(case: &Case, goals: &Goals) -> Option<NaiveDate> {
    if case.state == domain::avvikelse::State::Avslutad {
        return None;
    }
    let waits = case.state == domain::avvikelse::State::Inkommen || case.awaits_lex_sarah();
    let open = deadlines(case, goals).into_iter().filter(|d| d.done.is_none()).map(|d| d.day());
    open.chain(waits.then_some(case.inkommen)).chain(case.follow_up_on.filter(|_| case.effect.is_empty())).min()
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    a: &Arende,
    what: &str,
    reason: &str,
    changes: Vec<Change>,
) -> Result<()> {
    let record = Record { now, node: a.node, area: Area::Avvikelse, thing: a.id.0, what, reason, changes };
    history::write(tx, record).await
}

/// Opens a case for the person of the transaction, as far as they may see it, and writes down that they did. The
/// transaction must be one for writing. `NotFound` when there is none, or none for them.
pub async fn open(tx: &mut Tx, now: DateTime<Utc>, actor: &Actor, id: AvvikelseId, what: &str) -> Result<Syn> {
    let relation = relation(tx, actor, id).await?;
    if !relation.sees() {
        return Err(Error::NotFound);
    }
    opened(tx, now, actor, id, what).await?;
    let found = read(tx, actor, id).await?;
    Ok(if relation.sees_investigation() {
        Syn::Handlaggare(Box::new(found), relation)
    } else {
        Syn::Rapportor(Box::new(Egen::from(&found)))
    })
}

/// Opens a case to change it: as [`open`], for those who handle it. Nobody else changes it until the transaction ends.
pub async fn handle(tx: &mut Tx, now: DateTime<Utc>, actor: &Actor, id: AvvikelseId) -> Result<(Arende, Relation)> {
    tx.hold(Held::Avvikelse(id)).await?;
    match open(tx, now, actor, id, "Ändring").await? {
        Syn::Handlaggare(found, relation) => Ok((*found, relation)),
        Syn::Rapportor(_) => Err(Error::NotFound),
    }
}

/// Adds to a report, for the reporter alone and while the case is open: the same words as last time are the same addition.
/// `NotFound` for anybody else; `Invalid` when nothing more can be added.
pub async fn add(tx: &mut Tx, now: DateTime<Utc>, actor: &Actor, id: AvvikelseId, text: &str) -> Result<()> {
    tx.hold(Held::Avvikelse(id)).await?;
    let whose = row!(tx, (Option<Uuid>,), "select reporter_id from avvikelse where id = $1", id.0)?;
    if whose != Some((Some(actor.person.0),)) {
        return Err(Error::NotFound);
    }
    let before = read(tx, actor, id).await?;
    if before.tillagg.last().is_some_and(|t| t.text == text) {
        return Ok(());
    }
    if let Err(message) = tillagg::may_add(before.case.state, before.tillagg.len()) {
        return Err(Error::at("tillagg", message));
    }
    opened(tx, now, actor, id, "Tillägg").await?;
    let mut after = before.clone();
    after.tillagg.push(Tillagg { at: chrono::SubsecRound::trunc_subsecs(now, 3), text: text.to_owned() });
    save(tx, now, &before, &after, before.version, ("Tillägg till rapporten", "")).await
}

async fn opened(tx: &mut Tx, now: DateTime<Utc>, actor: &Actor, id: AvvikelseId, what: &str) -> Result<()> {
    execute!(
        tx,
        "insert into avvikelse_oppnad (id, avvikelse_id, person_id, at, what) values ($1, $2, $3, $4, $5)",
        HistoryId::new().0,
        id.0,
        actor.person.0,
        chrono::SubsecRound::trunc_subsecs(now, 3),
        what
    )?;
    Ok(())
}

/// Writes down that these cases were taken out in a list.
pub async fn taken_out(tx: &mut Tx, now: DateTime<Utc>, actor: &Actor, ids: &[AvvikelseId]) -> Result<()> {
    for id in ids {
        opened(tx, now, actor, *id, "Registret till Excel").await?;
    }
    Ok(())
}

async fn read(tx: &mut Tx, actor: &Actor, id: AvvikelseId) -> Result<Arende> {
    let found = row!(tx, ArendeRow, select_arende!("where a.id = $1"), id.0)?.ok_or(Error::NotFound)?;
    let mut found = arende(actor, found)?;
    let states = rows!(
        tx,
        (String, i64),
        "select o.state, cast(count(*) as bigint)
         from atgard t join schedule s on s.source_id = t.id and s.level is null join occurrence o on o.schedule_id = s.id
         where t.source_kind = 'avvikelse' and t.source_id = $1 group by o.state",
        id.0
    )?;
    let count = |keep: fn(&str) -> bool| states.iter().filter(|(state, _)| keep(state)).map(|(_, n)| n).sum();
    found.case.atgarder_open = count(|s| matches!(s, "planerad" | "pagar"));
    found.case.atgarder_done = count(|s| s == "utford");
    Ok(found)
}

/// Writes a changed case, if it is still as the person saw it, with what was done and why. `before` is from [`handle`] in
/// the same transaction. `Conflict` when somebody else has changed it.
pub async fn save(
    tx: &mut Tx,
    now: DateTime<Utc>,
    before: &Arende,
    after: &Arende,
    version: i64,
    (what, reason): (&str, &str),
) -> Result<()> {
    let done = execute!(
        tx,
        "update avvikelse set version = version + 1 where id = $1 and version = $2",
        before.id.0,
        version
    )?;
    touched(done)?;
    let new = after.links.iter().filter(|lank| !before.links.contains(lank));
    let named: Vec<_> = new.filter_map(Lank::control).map(|second| ("href", second_of(second))).collect();
    belongs::check(tx, before.node, named).await?;
    write(tx, after).await?;
    record(tx, now, after, what, reason, changes(before.differences(after))).await
}

fn second_of((kind, id): (LankKind, Uuid)) -> Second {
    if kind == LankKind::Internkontroll { Second::Internkontroll(id) } else { Second::Egenkontroll(id) }
}

/// Whether it was decided that a case is a missförhållande: nothing of its content is read.
pub async fn is_lex_sarah(tx: &mut Tx, id: AvvikelseId) -> Result<bool> {
    let found = row!(tx, (String,), "select kinds from avvikelse where id = $1", id.0)?;
    Ok(found.is_some_and(|(kinds,)| Kinds::parse(&kinds).has(domain::avvikelse::Kind::LexSarah)))
}

/// Who was asked to handle the case beside the chefer: id and name.
pub async fn handlers(tx: &mut Tx, id: AvvikelseId) -> Result<Vec<(PersonId, String)>> {
    let found = rows!(
        tx,
        (Uuid, String),
        "select p.id, p.name from avvikelse_handlaggare h join person p on p.id = h.person_id where h.avvikelse_id = $1",
        id.0
    )?;
    Ok(found.into_iter().map(|(id, name)| (PersonId(id), name)).collect())
}

/// Asks somebody to handle the case too, or no longer. `Invalid` for one who does not belong to its unit.
pub async fn set_handler(
    tx: &mut Tx,
    now: DateTime<Utc>,
    case: &Arende,
    (person, name): (PersonId, &str),
    asked: bool,
) -> Result<()> {
    let me = tx.actor().map(|p| p.0);
    if asked {
        belongs::check(tx, case.node, [("person", person.into())]).await?;
    }
    let touched = if asked {
        execute!(
            tx,
            "insert into avvikelse_handlaggare (avvikelse_id, person_id, asked_by, at) values ($1, $2, $3, $4)
             on conflict (avvikelse_id, person_id) do nothing",
            case.id.0,
            person.0,
            me,
            chrono::SubsecRound::trunc_subsecs(now, 3)
        )?
    } else {
        execute!(
            tx,
            "delete from avvikelse_handlaggare where avvikelse_id = $1 and person_id = $2",
            case.id.0,
            person.0
        )?
    };
    if touched == 0 {
        return Ok(());
    }
    let (before, after) = if asked { (String::new(), name.to_owned()) } else { (name.to_owned(), String::new()) };
    record(tx, now, case, "Handläggare ändrade", "", changes([("Handläggare", before, after)])).await
}

/// Who has opened the case, the latest first: all openings, those of one person and thing on one day gathered. `day` reads
/// a moment on the clock of the place.
pub async fn log(tx: &mut Tx, id: AvvikelseId, day: impl Fn(DateTime<Utc>) -> NaiveDate) -> Result<Vec<Oppningar>> {
    let found = rows!(
        tx,
        (Uuid, String, DateTime<Utc>, String),
        "select o.person_id, p.name, o.at, o.what from avvikelse_oppnad o join person p on p.id = o.person_id
         where o.avvikelse_id = $1 order by o.at desc, o.id desc",
        id.0
    )?;
    Ok(gather(found, day))
}

/// The most of a person's own reports that are listed.
pub const OWN_MOST: i64 = 200;

/// The reports of the person and those made for them, the latest first; at most [`OWN_MOST`].
pub async fn own(tx: &mut Tx, actor: &Actor) -> Result<Vec<Egen>> {
    let me = actor.person.0;
    // two questions, each along its index: one with "or" would sort everything first
    let sql = select_arende!("where a.reporter_id = $1 order by a.doc desc limit cast($2 as bigint)");
    let mut found = rows!(tx, ArendeRow, sql, me, OWN_MOST)?;
    let sql = select_arende!("where a.on_behalf_id = $1 order by a.doc desc limit cast($2 as bigint)");
    found.extend(rows!(tx, ArendeRow, sql, me, OWN_MOST)?);
    found.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
    found.dedup_by_key(|row| row.id);
    found.truncate(usize::try_from(OWN_MOST).unwrap_or(usize::MAX));
    found.into_iter().map(|row| Ok(Egen::from(&arende(actor, row)?))).collect()
}
