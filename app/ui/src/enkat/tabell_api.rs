//! Tables of answers on their way in: looked at, entered and taken back. Nothing of one is kept before somebody has confirmed it, and
//! nothing but its answers afterwards: the page that answers is all there is (`web::import::svar`).

use domain::{
    enkat::{
        Enkat, Version,
        tabell::{self, FIELD, Kolumn, Mot, Roll, Tabell, Val, avvisad},
    },
    field::FieldError,
    id::EnkatId,
    kon::Lasning,
    permission::Action,
    rate::Kind,
};
use store::{
    Target,
    enkat::{
        self,
        svar::Inmatning,
        tabell::{Borttagna, Inlagd},
    },
};
use uuid::Uuid;

use super::svar_api::month_of;
use crate::{ctx::Ctx, error::AppError};

/// Field: what is to be done; nothing is to look.
pub const STEG: &str = "steg";
/// To enter the table.
pub const SPARA: &str = "spara";
/// To take it back.
pub const ANGRA: &str = "angra";
/// Field: what the ids of the answers are made of, at random and new for each table.
pub const FRO: &str = "fro";
/// Field: how the table was read when it was seen.
pub const SETT: &str = "sett";
/// Field: the same table is to be entered once more.
pub const IGEN: &str = "igen";
/// Field: how unclear kön is read.
pub const KON: &str = "kon";
/// Field: how many answers were entered.
pub const ANTAL: &str = "antal";
/// Field: the mark of the table.
pub const MARKE: &str = "marke";
/// Field, of the answer alone: what was not read, a line each.
pub const NOT: &str = "not";
/// Field, of the answer alone: what became of it.
pub const UTFALL: &str = "utfall";

/// The address of the page, which its forms post to.
#[must_use]
pub fn action_of(id: EnkatId) -> String {
    format!("/enkater/{id}/klistra")
}

fn field<'f>(fields: &'f [(String, String)], name: &str) -> &'f str {
    fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
}

/// What was chosen in the preview.
#[must_use]
pub fn val_of(fields: &[(String, String)]) -> Val {
    let role = |(name, value): &(String, String)| Some((Kolumn::place_of(name)?, Roll::from_code(value)));
    Val {
        roller: fields.iter().filter_map(role).collect(),
        dag: field(fields, tabell::DAG).to_owned(),
        kon: Lasning::from_code(field(fields, KON)),
    }
}

/// Reads a table for the page: an enkät and its versions are given.
pub fn read(
    ctx: &Ctx,
    (found, versions): (&Enkat, &[Version]),
    fields: &[(String, String)],
) -> Result<Tabell, Vec<FieldError>> {
    let mot = Mot::of(found, versions, ctx.today).map_err(|why| vec![fault(why.message())])?;
    tabell::read(field(fields, FIELD), &mot, &val_of(fields))
}

fn fault(message: String) -> FieldError {
    FieldError { field: FIELD.to_owned(), message }
}

/// Whether the person may enter answers here: asked before anything is received.
pub async fn may(ctx: &Ctx, id: EnkatId) -> Result<(), AppError> {
    drop(ctx.read(Target::Enkat(id), Action::TickOwn).await?);
    Ok(())
}

/// What is seen of a table before its page is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sedd {
    /// Columns point out persons: the table without them, and what is said of them.
    Avvisad(String, Vec<FieldError>),
    /// What is wrong with the fields of the form that have room for it; the page says the rest.
    Visas(Vec<FieldError>),
}

/// Looks at a table.
pub async fn look(ctx: &Ctx, id: EnkatId, fields: &[(String, String)]) -> Result<Sedd, AppError> {
    let mut tx = ctx.read(Target::Enkat(id), Action::TickOwn).await?;
    let (found, versions) = (enkat::get(&mut tx, id).await?, enkat::versions(&mut tx, id).await?);
    drop(tx);
    let Ok(mot) = Mot::of(&found, &versions, ctx.today) else { return Ok(Sedd::Visas(vec![])) };
    let Some((refused, rest)) = avvisad::without(field(fields, FIELD), &mot) else {
        let mut faults = read(ctx, (&found, &versions), fields).map(|table| table.faults).unwrap_or_default();
        faults.retain(|fault| fault.field == tabell::DAG);
        return Ok(Sedd::Visas(faults));
    };
    let mut faults = refused.faults();
    faults.push(fault(
        "Svaren får inte ha något som leder till en person, så det är borttaget ur tabellen nedan och inget är sparat. \
         Förhandsgranska igen. Är kolumnen svar på en fråga, skriv frågans text som rubrik."
            .to_owned(),
    ));
    Ok(Sedd::Avvisad(rest, faults))
}

/// What became of a table that was to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sparad {
    /// So many answers are entered, with what was left out; and the mark of the table, where it got one.
    Ja(usize, Option<Uuid>, Vec<String>),
    /// The same table is there already: it is asked about.
    Samma,
    /// These very rows have come before.
    Redan,
    /// So much has been entered within the hour that it has to wait so many seconds. Nothing of it is entered.
    Vanta(u32),
    /// It is to be looked at first: something is wrong, or it is read in another way than was seen.
    Titta,
}

/// Enters a table, all of it or nothing. `ids` makes so many ids of the form's own.
pub async fn save(
    ctx: &Ctx,
    id: EnkatId,
    fields: &[(String, String)],
    ids: impl Fn(usize) -> Vec<Uuid>,
) -> Result<Sparad, AppError> {
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::TickOwn).await?;
    let (found, versions) = (enkat::get(&mut tx, id).await?, enkat::versions(&mut tx, id).await?);
    let Ok(table) = read(ctx, (&found, &versions), fields) else { return Ok(Sparad::Titta) };
    let n = table.read().len();
    let Some(svar) = table.svar(&ids(n)).filter(|_| table.seen() == field(fields, SETT)) else {
        return Ok(Sparad::Titta);
    };
    let by = Inmatning { person: actor.person, month: &month_of(ctx), form: true };
    let again = field(fields, IGEN) == "on";
    // what is not committed is not there
    match enkat::tabell::take_all(&mut tx, &found, by, &svar, again).await? {
        Inlagd::Ny(mark) => {
            // each row counts. A table that has come before is told of as one, also to who has to wait
            let place = match ctx.take_all(Kind::Row, n) {
                Err(AppError::Wait(seconds)) => return Ok(Sparad::Vanta(seconds)),
                other => other?,
            };
            tx.commit().await?;
            place.keep();
            ctx.note_answers()?;
            Ok(Sparad::Ja(n, mark, table.notes))
        }
        Inlagd::Samma => Ok(Sparad::Samma),
        Inlagd::Redan => Ok(Sparad::Redan),
    }
}

/// Takes back what was entered, as far as it waits.
pub async fn undo(ctx: &Ctx, id: EnkatId, ids: &[Uuid], mark: Option<Uuid>) -> Result<Borttagna, AppError> {
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::TickOwn).await?;
    let found = enkat::get(&mut tx, id).await?;
    let by = Inmatning { person: actor.person, month: &month_of(ctx), form: true };
    let gone = enkat::tabell::take_all_back(&mut tx, &found, by, ids, mark).await?;
    tx.commit().await?;
    Ok(gone)
}
