//! Cell: the answers of a stickprov, saved one by one as they are given, and read by every screen that shows them.

use chrono::{DateTime, Utc};
use domain::{
    field::FieldError,
    genomforande::{
        Genomforande,
        cell::{Field, Meeting, cell_code, is_own_case, meet},
    },
    id::{GenomforandeId, PersonId},
    permission::Area,
    person::Actor,
    schedule::Responsible,
};
use uuid::Uuid;

use crate::{Result, Tx, belongs, history::Record, in_row::InRow};

/// A cell as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The case.
    pub nr: i64,
    /// The column.
    pub field: Field,
    /// A code, or the text of a comment; empty where an answer was taken away.
    pub value: String,
    /// Number of the change that wrote it.
    pub seq: i64,
    /// Who wrote it; none when it came with the list.
    pub by: Option<PersonId>,
    /// Name of who wrote it.
    pub by_name: String,
    /// When it was written, in UTC; none when it came with the list.
    pub at: Option<DateTime<Utc>>,
}

/// What became of the cells that were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Cells that somebody else filled in meanwhile, as they stand. Not written over.
    pub conflicts: Vec<Stored>,
    /// Cells that were refused, named `a3.2`, with the sentence.
    pub refused: Vec<FieldError>,
}

type CellRow = (i64, String, String, i64, Option<Uuid>, Option<String>, Option<DateTime<Utc>>);

fn stored(run: GenomforandeId, (nr, field, value, seq, by, name, at): CellRow) -> Result<Stored> {
    let field = InRow::of("genomforande_cell", run.0).code("field", &field, Field::from_code)?;
    Ok(Stored { nr, field, value, seq, by: by.map(PersonId), by_name: name.unwrap_or_default(), at })
}

/// The cells that have changed after the change `since`; all of them after -1.
pub async fn since(tx: &mut Tx, id: GenomforandeId, since: i64) -> Result<Vec<Stored>> {
    let found = rows!(
        tx,
        CellRow,
        "select c.nr, c.field, c.value, c.seq, c.person_id, p.name, c.at
         from genomforande_cell c left join person p on p.id = c.person_id
         where c.genomforande_id = $1 and c.seq > $2 order by c.seq, c.nr",
        id.0,
        since
    )?;
    found.into_iter().map(|row| stored(id, row)).collect()
}

async fn get(tx: &mut Tx, id: GenomforandeId, nr: i64, field: Field) -> Result<Option<Stored>> {
    let found = row!(
        tx,
        CellRow,
        "select c.nr, c.field, c.value, c.seq, c.person_id, p.name, c.at
         from genomforande_cell c left join person p on p.id = c.person_id
         where c.genomforande_id = $1 and c.nr = $2 and c.field = $3",
        id.0,
        nr,
        field.code()
    )?;
    found.map(|row| stored(id, row)).transpose()
}

/// How many criteria have an answer.
pub(super) async fn answered(tx: &mut Tx, id: GenomforandeId) -> Result<i64> {
    let sql = "select cast(count(*) as bigint) from genomforande_cell
               where genomforande_id = $1 and value <> '' and field not in ('kon', 'handlaggare', 'kommentar')";
    Ok(row!(tx, (i64,), sql, id.0)?.map_or(0, |(n,)| n))
}

pub(super) async fn put(
    tx: &mut Tx,
    id: GenomforandeId,
    nr: i64,
    field: Field,
    value: &str,
    seq: i64,
    at: Option<DateTime<Utc>>,
) -> Result<()> {
    let person = at.and(tx.actor()).map(|p| p.0);
    execute!(
        tx,
        "insert into genomforande_cell (genomforande_id, nr, field, value, seq, person_id, at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (genomforande_id, nr, field) do update
             set value = excluded.value, seq = excluded.seq, person_id = excluded.person_id, at = excluded.at",
        id.0,
        nr,
        field.code(),
        value,
        seq,
        person,
        at.map(|at| chrono::SubsecRound::trunc_subsecs(at, 3)),
    )?;
    Ok(())
}

/// Saves cells: case, column and value. `seen` is the number of the last change that the person's screen holds. What
/// somebody else has filled in since then is not written over. Nobody judges their own case of a kollegiegranskning.
pub async fn save(
    tx: &mut Tx,
    now: DateTime<Utc>,
    actor: &Actor,
    run: &Genomforande,
    seen: i64,
    cells: &[(i64, Field, String)],
) -> Result<Written> {
    let cases = run.urval.as_ref().map_or(0, |u| i64::try_from(u.drawn.len()).unwrap_or(0));
    let mut out = Written::default();
    // one number for all that is saved together; it also makes writers of the same run wait for each other
    let (seq,) = row!(
        tx,
        (i64,),
        "update genomforande set change = change + 1
         where id = $1 and stage = 'pagar' and coalesce(seed, '') = $2 returning change",
        run.id.0,
        // drawn again meanwhile, the numbers are of other cases
        run.urval.as_ref().map(|u| u.seed.to_string()).unwrap_or_default()
    )?
    .ok_or(crate::Error::Conflict)?;
    let mut replaced = Vec::new();
    for (nr, field, value) in cells {
        let (nr, field) = (*nr, *field);
        let name = cell_code(nr, field);
        let mut refuse = |message: String| out.refused.push(FieldError { field: name.clone(), message });
        if !(1..=cases).contains(&nr) {
            refuse("Ärendet finns inte i urvalet.".to_owned());
            continue;
        }
        let value = match field.check(value, run.kriterier.len()) {
            Ok(value) => value,
            Err(fault) => {
                refuse(fault.message);
                continue;
            }
        };
        if field == Field::Handlaggare
            && let Some(chosen) = Responsible::from_code(&value)
        {
            match belongs::check(tx, run.node, [("", chosen.into())]).await {
                Err(crate::Error::Invalid(faults)) => {
                    refuse(faults.into_iter().map(|f| f.message).collect());
                    continue;
                }
                asked => asked?,
            }
        }
        let standing = get(tx, run.id, nr, field).await?;
        let (old, old_seq, own) =
            standing.as_ref().map_or(("", 0, false), |s| (s.value.as_str(), s.seq, s.by == Some(actor.person)));
        let meeting = meet(old, old_seq, own, &value, seen);
        if meeting == Meeting::Same {
            continue;
        }
        if run.kollegie && field != Field::Handlaggare {
            let handlaggare = get(tx, run.id, nr, Field::Handlaggare).await?;
            if handlaggare.is_some_and(|h| is_own_case(&h.value, actor)) {
                refuse("Det är ditt eget ärende. En kollega bedömer det.".to_owned());
                continue;
            }
        }
        if let (Meeting::Choose, Some(standing)) = (meeting, &standing) {
            out.conflicts.push(standing.clone());
            continue;
        }
        if !old.is_empty() && matches!(field, Field::Kriterium(_)) {
            let label = format!("Ärende {nr}, {}", field.label(&run.kriterier));
            replaced.push((label, field.value_label(old), field.value_label(&value)));
        }
        put(tx, run.id, nr, field, &value, seq, Some(now)).await?;
    }
    if replaced.is_empty() {
        // who first answered what stands in the cell itself
        tx.note(Area::Egenkontroll, run.node);
    } else {
        let changes = replaced
            .into_iter()
            .map(|(label, before, after)| domain::history::Change { label, before, after })
            .collect();
        let record = Record {
            now,
            node: run.node,
            area: Area::Egenkontroll,
            thing: run.id.0,
            what: "Svar ändrade",
            reason: "",
            changes,
        };
        crate::history::write(tx, record).await?;
    }
    Ok(out)
}
