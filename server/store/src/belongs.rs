//! Second ids: what a form names beside the thing that its transaction is opened for. The door asks whether the person may
//! write to the thing; here is asked whether what else was named belongs to the same unit. There is no other way: what
//! writes such an id calls [`check`], what writes a thing whose id was made with its form calls [`is_new`], and the table of
//! second ids in the tests of `web` fails for a field that is not in it.
//!
//! What does not belong is refused in words at its field, whether it is another unit's or nobody's: an answer tells neither
//! which, nor a name.

use domain::{
    area::Area,
    field::FieldError,
    id::{EnkatId, GruppId, NodeId, OccurrenceId, PersonId},
    schedule::Responsible,
    seen::seen,
    sent,
    siffror::serie::SerieId,
};
use serde::Serialize;
use uuid::Uuid;

use crate::{Error, Result, Tx, organisation};

/// What a form names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Second {
    /// Nothing, or what stood there already.
    Nothing,
    /// Somebody who works in the unit: who holds a role there, above it or in a group below it. Whoever administers sees no
    /// content and is not among them.
    Person(PersonId),
    /// A group of the unit or of what it is part of.
    Grupp(GruppId),
    /// An enkät of the unit.
    Enkat(EnkatId),
    /// A meeting on the unit's wheel.
    Mark(OccurrenceId),
    /// A row of the unit's egenkontrollplan, or of one that is laid on it.
    Egenkontroll(Uuid),
    /// A row of the unit's internkontrollplan.
    Internkontroll(Uuid),
    /// A series of the unit.
    Serie(SerieId),
}

impl Second {
    /// What a form has chosen anew. What stood there before is not asked about: who has left the unit stays in what is theirs
    /// until somebody chooses another.
    pub fn chosen<T: Into<Self> + PartialEq>(new: T, was: T) -> Self {
        if new == was { Self::Nothing } else { new.into() }
    }

    /// What to say at the field.
    fn refusal(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Person(_) => "Personen hör inte till enheten. Välj ur listan.",
            Self::Grupp(_) => "Gruppen hör inte till enheten. Välj ur listan.",
            Self::Enkat(_) => "Enkäten hör inte till enheten. Välj ur listan.",
            Self::Mark(_) => {
                "Det är inget möte på enhetens årshjul. Öppna mötet i årshjulet och förbered det därifrån."
            }
            Self::Serie(_) => "Serien hör inte till enheten. Välj ur listan.",
            Self::Egenkontroll(_) | Self::Internkontroll(_) => "Kontrollen hör inte till enheten. Välj ur listan.",
        }
    }
}

impl From<PersonId> for Second {
    fn from(person: PersonId) -> Self {
        Self::Person(person)
    }
}

impl From<Option<PersonId>> for Second {
    fn from(person: Option<PersonId>) -> Self {
        person.map_or(Self::Nothing, Self::Person)
    }
}

impl From<Option<EnkatId>> for Second {
    fn from(enkat: Option<EnkatId>) -> Self {
        enkat.map_or(Self::Nothing, Self::Enkat)
    }
}

impl From<Option<SerieId>> for Second {
    fn from(serie: Option<SerieId>) -> Self {
        serie.map_or(Self::Nothing, Self::Serie)
    }
}

impl From<Responsible> for Second {
    fn from(responsible: Responsible) -> Self {
        match responsible {
            Responsible::Nobody | Responsible::Role(_) => Self::Nothing,
            Responsible::Person(person) => Self::Person(person),
            Responsible::Grupp(grupp) => Self::Grupp(grupp),
        }
    }
}

/// Asks whether all that a form names, each with its field, belongs to the unit. `Invalid` with a sentence at each field
/// whose thing does not.
pub async fn check<'a>(tx: &mut Tx, node: NodeId, named: impl IntoIterator<Item = (&'a str, Second)>) -> Result<()> {
    let mut faults = Vec::new();
    for (field, second) in named {
        if !belongs(tx, node, second).await? {
            faults.push(FieldError { field: field.to_owned(), message: second.refusal().to_owned() });
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

async fn belongs(tx: &mut Tx, node: NodeId, second: Second) -> Result<bool> {
    Ok(match second {
        Second::Nothing => true,
        Second::Person(person) => {
            let at = rows!(
                tx,
                (Uuid,),
                "select g.node_id from role_grant g join person p on p.id = g.person_id
                 where p.id = $1 and p.active and g.role <> 'admin'",
                person.0
            )?;
            let tree = organisation::tree(tx).await?;
            at.into_iter().any(|(at,)| tree.is_near(node, NodeId(at)))
        }
        Second::Grupp(grupp) => {
            let found = tx.share_group(grupp).await?;
            let tree = organisation::tree(tx).await?;
            found.is_some_and(|at| tree.is_within(node, at))
        }
        Second::Enkat(enkat) => {
            row!(tx, (Uuid,), "select id from enkat where id = $1 and node_id = $2", enkat.0, node.0)?.is_some()
        }
        Second::Serie(serie) => {
            row!(tx, (Uuid,), "select id from serie where id = $1 and node_id = $2", serie.0, node.0)?.is_some()
        }
        Second::Mark(occurrence) => row!(
            tx,
            (Uuid,),
            "select o.id from occurrence o join schedule s on s.id = o.schedule_id
             where o.id = $1 and o.node_id = $2 and s.area = 'aktivitet' and s.category = 'mote'",
            occurrence.0,
            node.0
        )?
        .is_some(),
        Second::Egenkontroll(control) => row!(
            tx,
            (Uuid,),
            "select e.id from egenkontroll e join schedule s on s.source_id = e.id
             where e.id = $1 and (e.node_id = $2 or s.laid_on_units and exists
                 (select 1 from occurrence o where o.schedule_id = s.id and o.node_id = $2))",
            control,
            node.0
        )?
        .is_some(),
        Second::Internkontroll(control) => {
            row!(tx, (Uuid,), "select id from internkontroll where id = $1 and node_id = $2", control, node.0)?
                .is_some()
        }
    })
}

/// A thing whose id is made with its form, so that a resend is the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Thing {
    Egenkontroll,
    Internkontroll,
    Aktivitet,
    /// Of an area, in the table that is called as it is.
    Of(Area),
    Forslag,
    Mote,
    Punkt,
    Amne,
    Beslut,
    Skarm,
    Node,
    Grupp,
    Person,
    Dimension,
    SiffraImport,
    Jamstalldhet,
    Jamforelse,
    /// A goal of a verksamhetsplan.
    Mal,
    /// A chapter of one.
    Kapitel,
    /// An indikator of a verksamhetsplan.
    Indikator,
    /// The account of a verksamhetsplan.
    Konto,
    /// A row of what is expected of a goal.
    Forvantat,
    /// A row of what is followed of a goal.
    Uppfoljning,
    Vpgrupp,
    Grupprapport,
    /// A free table of amounts of a verksamhetsplan.
    FriTabell,
    /// A table that was read into a verksamhetsplan.
    Planimport,
    /// What somebody thinks of a part of a verksamhetsplan.
    Synpunkt,
    /// What lies beside a verksamhetsplan.
    Planbilaga,
}

impl Thing {
    /// What one that is there belongs to: its node, or its meeting, or its series.
    fn sql(self) -> String {
        let sql = match self {
            Self::Egenkontroll => "select node_id from egenkontroll where id = $1",
            Self::Internkontroll => "select node_id from internkontroll where id = $1",
            Self::Aktivitet => "select node_id from schedule where id = $1 and area = 'aktivitet'",
            Self::Of(area) => return format!("select node_id from {} where id = $1", area.code()),
            Self::Forslag => "select node_id from forslag where id = $1",
            Self::Mote => "select node_id from apt_mote where id = $1",
            Self::Punkt => "select mote_id from apt_punkt where id = $1",
            Self::Amne => "select mote_id from apt_amne where id = $1",
            Self::Beslut => "select mote_id from apt_beslut where id = $1",
            Self::Skarm => "select node_id from skarm where id = $1",
            Self::Node => "select coalesce(parent_id, id) from node where id = $1",
            Self::Grupp => "select node_id from grupp where id = $1",
            Self::Person => "select id from person where id = $1",
            Self::Dimension => "select node_id from dimension where id = $1",
            Self::SiffraImport => "select serie_id from siffra_import where id = $1",
            Self::Jamstalldhet => "select node_id from jamstalldhetsanalys where id = $1",
            Self::Jamforelse => "select serie_id from jamforelse where id = $1",
            Self::Mal => "select plan_id from mal where id = $1",
            Self::Kapitel => "select plan_id from plankapitel where id = $1",
            Self::Indikator => "select plan_id from indikator where id = $1",
            Self::Konto => "select plan_id from konto where id = $1",
            Self::Forvantat => "select mal_id from forvantat where id = $1",
            Self::Uppfoljning => "select mal_id from uppfoljning where id = $1",
            Self::Vpgrupp => "select plan_id from vpgrupp where id = $1",
            Self::Grupprapport => "select grupp_id from grupprapport where id = $1",
            Self::FriTabell => "select plan_id from fri_tabell where id = $1",
            Self::Planimport => "select plan_id from planimport where id = $1",
            Self::Synpunkt => "select plan_id from synpunkt where id = $1",
            Self::Planbilaga => "select plan_id from planbilaga where id = $1",
        };
        sql.to_owned()
    }

    /// That another one has the id.
    fn other(self) -> String {
        let words = match self {
            Self::Egenkontroll | Self::Internkontroll => "En annan kontroll är redan sparad",
            Self::Aktivitet => "En annan aktivitet är redan sparad",
            Self::Of(area) => return area.traits().noun.another_saved(),
            Self::Forslag => "Ett annat förslag är redan skickat",
            Self::Mote => "Ett annat möte är redan sparat",
            Self::Punkt => "En annan punkt är redan sparad",
            Self::Amne => "Ett annat ämne är redan anmält",
            Self::Beslut => "Ett annat beslut är redan sparat",
            Self::Skarm => "En skärm är redan sparad",
            Self::Node => "En annan enhet är redan sparad",
            Self::Grupp => "En annan grupp är redan sparad",
            Self::Person => "Ett annat konto är redan sparat",
            Self::Dimension => "En annan uppdelning är redan sparad",
            Self::SiffraImport | Self::Planimport => "En annan tabell är redan inläst",
            Self::Jamstalldhet => "En annan jämställdhetsanalys är redan sparad",
            Self::Jamforelse => "En annan jämförelse är redan sparad",
            Self::Mal => "Ett annat mål är redan sparat",
            Self::Kapitel => "Ett annat kapitel är redan sparat",
            Self::Indikator => "En annan indikator är redan sparad",
            Self::Forvantat => "En annan rad är redan sparad",
            Self::Uppfoljning => "En annan uppföljning är redan sparad",
            Self::Vpgrupp => "En annan VP-grupp är redan sparad",
            Self::Grupprapport => "En annan rapport är redan sparad",
            Self::Konto => "Ett annat konto är redan påbörjat",
            Self::FriTabell => "En annan tabell är redan sparad",
            Self::Synpunkt => "En annan synpunkt är redan sparad",
            Self::Planbilaga => "En annan bilaga är redan sparad",
        };
        words.to_owned()
    }

    /// What its form held when it was made.
    async fn held(self, tx: &mut Tx, id: Uuid) -> Result<Option<String>> {
        match self {
            // what never changes is read where it stands; of what is in nobody's name there is nothing else
            Self::Forslag => {
                let sql = "select kind, text, person_id is not null from forslag where id = $1";
                row!(tx, (String, String, bool), sql, id)?.map(|said| word(&said)).transpose()
            }
            Self::Amne => {
                let found = row!(tx, (Uuid, String), "select punkt_id, body from apt_amne where id = $1", id)?;
                found.map(|said| word(&said)).transpose()
            }
            Self::Beslut => {
                let found = row!(tx, (Uuid, String), "select punkt_id, body from apt_beslut where id = $1", id)?;
                found.map(|said| word(&said)).transpose()
            }
            _ => Ok(row!(tx, (String,), "select ord from skickat where id = $1", id)?.map(|(word,)| word)),
        }
    }

    /// Whether what its form held is written down apart from it.
    fn is_written_down(self) -> bool {
        !matches!(self, Self::Forslag | Self::Amne | Self::Beslut | Self::Skarm)
    }
}

/// What a form held, as a word. In the order of its fields: the same on every server of this version.
fn word(content: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string(content).map_err(|e| sqlx::Error::Encode(e.into()))?;
    Ok(seen([text.as_str()]))
}

/// Whether a thing with this id is still to be made, of what the form holds. `false` for a resend: it is there, belongs to
/// the same node (or meeting), and its form held the same. `Invalid` at [`sent::FIELD`] when its form held something else,
/// and when the id is another unit's, or that of something else: schedules, history and what belongs to a thing are found by
/// its id, so one that came from elsewhere would lay hands on them.
pub(crate) async fn is_new(tx: &mut Tx, thing: Thing, id: Uuid, of: Uuid, content: &impl Serialize) -> Result<bool> {
    for last in [false, true] {
        match row!(tx, (Uuid,), sqlx::AssertSqlSafe(thing.sql()), id)? {
            Some((found,)) if found == of => return same(tx, thing, id, content).await.map(|()| false),
            Some(_) => return Err(taken()),
            None => {}
        }
        // the same form sent twice at once: what has it now may be the thing itself, committed since it was asked for
        if is_taken(tx, id).await? {
            continue;
        }
        let sql = if last {
            // of what is not there any more
            "insert into skickat (id, ord) values ($1, $2) on conflict (id) do update set ord = excluded.ord"
        } else {
            "insert into skickat (id, ord) values ($1, $2) on conflict (id) do nothing"
        };
        if !thing.is_written_down() || execute!(tx, sql, id, word(content)?)? > 0 {
            return Ok(true);
        }
    }
    Err(taken())
}

/// That what has the id was made of the same. `Invalid` when it was not. What was made before migration 0018 has no word: then
/// what comes is taken for the form that made it, as it was then, since a device may have waited with it over the upgrade.
pub(crate) async fn same(tx: &mut Tx, thing: Thing, id: Uuid, content: &impl Serialize) -> Result<()> {
    match thing.held(tx, id).await? {
        Some(held) if held == word(content)? => Ok(()),
        None if thing.is_written_down() => Ok(()),
        _ => Err(another(&thing.other())),
    }
}

/// The id of a form is that of one that was made of something else.
pub(crate) fn another(what: &str) -> Error {
    Error::Invalid(vec![sent::another(what)])
}

/// `Invalid` when anything has this id: what is made writes history, but for förslag without a name, tillfällen and what is
/// done at one, values of a dimension, imports, comparisons and what hangs on a goal, whose history is that of what they are of, and the
/// chapters that a plan begins with.
pub(crate) async fn untaken(tx: &mut Tx, id: Uuid) -> Result<()> {
    if is_taken(tx, id).await? { Err(taken()) } else { Ok(()) }
}

async fn is_taken(tx: &mut Tx, id: Uuid) -> Result<bool> {
    let found = row!(
        tx,
        (i64,),
        "select cast(1 as bigint) from history where thing_id = $1
         union all select cast(1 as bigint) from schedule where source_id = $1 or id = $1
         union all select cast(1 as bigint) from forslag where id = $1
         union all select cast(1 as bigint) from occurrence where id = $1
         union all select cast(1 as bigint) from genomforande where id = $1
         union all select cast(1 as bigint) from dimensionsvarde where id = $1
         union all select cast(1 as bigint) from siffra_import where id = $1
         union all select cast(1 as bigint) from planimport where id = $1
         union all select cast(1 as bigint) from plankapitel where id = $1
         union all select cast(1 as bigint) from jamforelse where id = $1
         union all select cast(1 as bigint) from forvantat where id = $1
         union all select cast(1 as bigint) from uppfoljning where id = $1
         union all select cast(1 as bigint) from vpgrupp where id = $1
         union all select cast(1 as bigint) from grupprapport where id = $1
         union all select cast(1 as bigint) from synpunkt where id = $1
         union all select cast(1 as bigint) from planbilaga where id = $1 limit 1",
        id
    )?;
    Ok(found.is_some())
}

/// The id of a form is that of something else.
pub(crate) fn taken() -> Error {
    Error::Invalid(vec![sent::taken()])
}
