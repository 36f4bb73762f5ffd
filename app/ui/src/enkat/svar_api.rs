//! Answers on their way in: from a device that sends what it has kept, and from a form without script. Who sent one is
//! asked for and forgotten; the answer holds nothing of it (`store::enkat::svar`).

use chrono::NaiveDate;
use domain::{
    day::{self, Fits},
    enkat::{
        ANNAT, Avslag, Besked, Dagar, Enkat, Inlamnat, MANY, Mend, Period, State, Svar, Version, accepts, check_svar,
        svar::key_of,
    },
    field::FieldError,
    id::{EnkatId, EnkatVersionId},
    permission::{Action, Area},
    person::Actor,
    rate::Kind,
    sent::{self, Stands},
};
use islands::contract::{self, Enkatkonto, Entered, TakenBack};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{
    Target,
    enkat::{
        self, antal,
        svar::{self, Inmatning},
    },
    rate::Taken,
};
use uuid::Uuid;

use crate::{ctx::Ctx, error::AppError};

// where the islands ask
const _: () = contract::CREATE_ENKATSVAR.is(CreateEnkatsvar::PATH);
const _: () = contract::UNDO_ENKATSVAR.is(UndoEnkatsvar::PATH);
const _: () = contract::SET_ENKATANTAL.is(SetEnkatantal::PATH);
const _: () = contract::GET_ENKATKONTO.is(GetEnkatkonto::PATH);

/// The most answers in one request.
pub const MOST: usize = 100;

/// What an answer is checked against: its enkät and the versions of it.
struct Asked {
    enkat: Enkat,
    versions: Vec<Version>,
}

impl Asked {
    async fn get(tx: &mut store::Tx, id: EnkatId) -> Result<Self, AppError> {
        Ok(Self { enkat: enkat::get(tx, id).await?, versions: enkat::versions(tx, id).await? })
    }

    fn check(&self, given: &Inlamnat, today: NaiveDate) -> Result<Svar, Avslag> {
        let id = given.version.parse().map(EnkatVersionId).map_err(|_| Avslag::OkandVersion)?;
        let version = self.versions.iter().find(|v| v.id == id && v.in_use).ok_or(Avslag::OkandVersion)?;
        let mut svar = check_svar(given, version).map_err(Avslag::Fel)?;
        svar.period = accepts(&self.enkat, svar.period, today)?;
        Ok(svar)
    }
}

/// Takes the answers that a device has kept, as JSON of [`Inlamnat`]. Each gets a [`Besked`]: taken (now or before), or
/// why not. `konto` is what the device knows the person by: answers of another person on the same device are not taken.
#[server(endpoint = "create_enkatsvar")]
pub async fn create_enkatsvar(enkat: EnkatId, konto: Uuid, svar: String) -> Result<Vec<Besked>, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Enkat(enkat), Action::TickOwn).await?;
    own_key(&mut tx, &actor, konto).await?;
    let given: Vec<Inlamnat> = serde_json::from_str(&svar).map_err(|_| unreadable())?;
    if given.len() > MOST {
        return Err(unreadable());
    }
    let asked = Asked::get(&mut tx, enkat).await?;
    let (mut told, mut taken) = (Vec::with_capacity(given.len()), Vec::new());
    let (mut places, mut wait) = (Vec::new(), None);
    for one in given.into_iter().map(Inlamnat::clean) {
        let (refused, mend) = match asked.check(&one, ctx.today) {
            // each new answer counts, however many are sent together; what comes too soon is not told of, and waits
            Ok(checked) => match ctx.take(Kind::Answer) {
                Ok(place) => {
                    places.push(place);
                    taken.push(checked);
                    (None, None)
                }
                Err(why) => match svar::stands(&mut tx, &checked, false).await? {
                    Stands::Same => (None, None),
                    Stands::Other => (Some(ANNAT.to_owned()), Some(Mend::Id)),
                    Stands::Nothing => {
                        wait = Some(why);
                        continue;
                    }
                },
            },
            Err(avslag) => (Some(avslag.message()), avslag.mend()),
        };
        told.push(Besked { id: one.id, refused, mend, notice: None });
    }
    if let (true, Some(wait)) = (told.is_empty(), wait) {
        return Err(wait);
    }
    let by = Inmatning { person: actor.person, month: &month_of(&ctx), form: false };
    let tagna = svar::take(&mut tx, &asked.enkat, by, &taken).await?;
    tx.commit().await?;
    // a resend takes no place
    places.into_iter().take(usize::try_from(tagna.new).unwrap_or_default()).for_each(Taken::keep);
    for besked in &mut told {
        if besked.id.parse().is_ok_and(|id| tagna.other.contains(&id)) {
            (besked.refused, besked.mend) = (Some(ANNAT.to_owned()), Some(Mend::Id));
        }
    }
    if ctx.note_answers()?
        && let Some(last) = told.iter_mut().rev().find(|besked| besked.refused.is_none())
    {
        last.notice = Some(MANY.to_owned());
    }
    Ok(told)
}

/// What the page says when an answer from a form without script is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormTaken {
    /// Whether the person is to be asked if so many are right.
    pub many: bool,
    /// The day that was chosen; none for today.
    pub day: Option<NaiveDate>,
}

/// Takes one answer from a form without script, and counts it.
pub async fn take_form(ctx: &Ctx, id: EnkatId, fields: &[(String, String)]) -> Result<FormTaken, AppError> {
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::TickOwn).await?;
    let asked = Asked::get(&mut tx, id).await?;
    let fault =
        |message: &str| AppError::Invalid(vec![FieldError { field: "dag".to_owned(), message: message.to_owned() }]);
    let field = |name: &str| fields.iter().find(|(k, _)| k == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let day = day::read(&field("dag"), Fits::Past(ctx.today)).map_err(|why| fault(&why))?.unwrap_or(ctx.today);
    let told = |many| FormTaken { many, day: (day != ctx.today).then_some(day) };
    let content = &asked.enkat.content;
    // a closed enkät is told of as one, whatever the day
    if asked.enkat.state == State::Oppen {
        Dagar::of(content, ctx.today).period(day).map_err(|why| fault(&why))?;
    }
    let given = Inlamnat {
        id: field("id"),
        version: field("version"),
        period: Period::of(day, content.grain).to_string(),
        kon: field("kon"),
        values: fields.iter().filter_map(|(name, value)| Some((key_of(name)?, value.clone()))).collect(),
    };
    let checked = asked.check(&given, ctx.today).map_err(|avslag| match avslag {
        Avslag::Fel(errors) => AppError::Invalid(errors),
        other => AppError::Conflict(other.message()),
    })?;
    let place = match ctx.take(Kind::Answer) {
        Ok(place) => place,
        Err(wait) => match svar::stands(&mut tx, &checked, true).await? {
            Stands::Same => return Ok(told(false)),
            Stands::Other => return Err(another()),
            Stands::Nothing => return Err(wait),
        },
    };
    let by = Inmatning { person: actor.person, month: &month_of(ctx), form: true };
    let tagna = svar::take(&mut tx, &asked.enkat, by, &[checked]).await?;
    if !tagna.other.is_empty() {
        return Err(another());
    }
    tx.commit().await?;
    if tagna.new > 0 {
        place.keep();
    }
    Ok(told(ctx.note_answers()?))
}

/// Takes back the last answer of a form without script. `false` when it is published already.
pub async fn take_back_form(ctx: &Ctx, id: EnkatId, svar: Uuid) -> Result<bool, AppError> {
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Enkat(id), Action::TickOwn).await?;
    let found = enkat::get(&mut tx, id).await?;
    let by = Inmatning { person: actor.person, month: &month_of(ctx), form: true };
    let done = svar::take_back(&mut tx, &found, by, svar).await?;
    tx.commit().await?;
    Ok(done)
}

/// The month that entries are counted in.
#[must_use]
pub fn month_of(ctx: &Ctx) -> String {
    ctx.today.format("%Y-%m").to_string()
}

/// Takes an answer back, as long as it waits to be published. A resend of it is not taken afterwards.
#[server(endpoint = "undo_enkatsvar")]
pub async fn undo_enkatsvar(enkat: EnkatId, svar: Uuid) -> Result<TakenBack, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Enkat(enkat), Action::TickOwn).await?;
    let found = enkat::get(&mut tx, enkat).await?;
    let by = Inmatning { person: actor.person, month: &month_of(&ctx), form: false };
    let done = svar::take_back(&mut tx, &found, by, svar).await?;
    tx.commit().await?;
    Ok(TakenBack { done })
}

/// A device says how many answers it has entered for its person in a month (`2026-11`), with a number that rises. Gives
/// the sum over the person's devices; of a month that is over what the device says.
#[server(endpoint = "set_enkatantal")]
pub async fn set_enkatantal(
    enkat: EnkatId,
    konto: Uuid,
    device: Uuid,
    month: String,
    n: i64,
    report: i64,
) -> Result<Entered, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Enkat(enkat), Action::TickOwn).await?;
    own_key(&mut tx, &actor, konto).await?;
    let readable = matches!(month.parse(), Ok(domain::enkat::Period::Month(..)));
    if !readable || !(0..=10_000).contains(&n) || device == antal::FORM {
        return Err(unreadable());
    }
    let now = month_of(&ctx);
    if month != now {
        // a month that is over, or a clock ahead: nobody asks for it
        return Ok(Entered { n });
    }
    let n = antal::report(&mut tx, (actor.person, enkat, &now), device, (n, report)).await?;
    tx.commit().await?;
    Ok(Entered { n })
}

/// The key that unsent answers of the signed-in person are kept under.
#[server(endpoint = "get_enkatkonto")]
pub async fn get_enkatkonto() -> Result<Enkatkonto, AppError> {
    let ctx = Ctx::current()?;
    drop(ctx.read(Target::Anywhere(Area::Enkat), Action::TickOwn).await?);
    Ok(Enkatkonto { konto: ctx.enkat_key().await?.to_string() })
}

/// On a shared device another person may be logged in than the one whose answers a page still holds.
async fn own_key(tx: &mut store::Tx, actor: &Actor, konto: Uuid) -> Result<(), AppError> {
    if antal::known_key(tx, actor.person).await? == Some(konto) {
        return Ok(());
    }
    Err(AppError::Conflict("Någon annan är inloggad. Svaren väntar tills du loggar in igen.".to_owned()))
}

/// The form has saved an answer already, and holds another one, or one that cannot be compared with it any more.
fn another() -> AppError {
    AppError::Invalid(vec![sent::another("Ett svar är redan sparat med det här formuläret")])
}

fn unreadable() -> AppError {
    AppError::Invalid(vec![FieldError {
        field: String::new(),
        message: "Svaren kunde inte läsas. Ladda om sidan och försök igen.".to_owned(),
    }])
}
