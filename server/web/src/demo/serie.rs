//! Siffror of the demo, with made-up values in the shape of the underlag: households month by month with a brott, a goal, a revision and
//! a preliminary last month; applications that come in; a share with its parts; households by type, one of them few; and what was paid,
//! with what it is per household.

use anyhow::{Result, anyhow};
use chrono::{DateTime, Months, NaiveDate, Utc};
use domain::{
    occurrence::Share,
    period::{Grain, Period},
    siffror::{
        dimension::{DimensionId, Dimensionsvarde, DimensionsvardeId},
        harledd::{Led, Rakning},
        serie::{Brott, Content, Form, Mal, SerieId, check},
        siffra::{Ny, Plats, Ursprung},
        slag::{Mark, Varde},
    },
    tal::Tal,
};
use store::{Tx, serie};

use super::{People, at};

/// Households in seventeen months, the last preliminary.
const HUSHALL: [i64; 17] = [372, 361, 356, 357, 350, 345, 353, 341, 333, 318, 314, 322, 330, 317, 316, 336, 323];
/// Which of them was 316 when it was first seen, and what it became.
const RATTAD: (usize, i64) = (14, 328);
/// Applications, month by month: the last change is larger than the others.
const ANSOKNINGAR: [i64; 14] = [41, 44, 40, 43, 45, 42, 44, 41, 43, 46, 44, 42, 45, 63];
/// Investigations that were ready in time, and all of them.
const I_TID: [(i64, i64); 8] = [(31, 38), (29, 37), (35, 41), (33, 40), (36, 41), (38, 43), (34, 39), (37, 41)];
/// What was paid in the last months, in tenths of millions: about so much.
const UTBETALT: [i64; 14] = [36, 35, 36, 35, 34, 35, 34, 33, 33, 34, 33, 33, 34, 33];
/// Households by type in the last two months.
const TYPER: [(&str, [i64; 2]); 4] = [
    ("Ensamstående kvinnor", [150, 152]),
    ("Ensamstående män", [141, 139]),
    ("Par med barn", [28, 30]),
    ("Par utan barn", [3, 2]),
];

/// The month so many before that of a day.
fn month(today: NaiveDate, before: usize) -> Period {
    let ordinal = Period::of(today, Grain::Manad).ordinal() - i64::try_from(before).unwrap_or_default();
    Period::of_ordinal(ordinal, Grain::Manad)
}

fn form(namn: &str, enhet: &str, slag: &str, efterslapning: &str) -> Form {
    Form {
        namn: namn.into(),
        enhet: enhet.into(),
        slag: slag.into(),
        grain: "manad".into(),
        efterslapning: efterslapning.into(),
        responsible: "roll:metodutvecklare".into(),
        kalla: "Beslutsstöd".into(),
        skyddas: "on".into(),
        ..Form::default()
    }
}

fn content(form: &Form) -> Result<Content> {
    check(form, None).map_err(|faults| anyhow!("a series of the demo: {faults:?}"))
}

fn whole(n: i64, mark: Mark) -> Varde {
    Varde { mark, ..Varde::of(Tal::whole(n)) }
}

fn ny(period: Period, varde: Varde) -> Ny {
    Ny { period, plats: Plats::default(), varde: Some(varde), not: String::new() }
}

/// Makes a series with its values, as they were written on a day.
async fn made(
    tx: &mut Tx,
    (now, day): (DateTime<Utc>, NaiveDate),
    people: &People,
    content: &Content,
    values: &[Ny],
) -> Result<SerieId> {
    let id = SerieId::new();
    serie::create(tx, at(now, day), id, people.units[0], content).await?;
    let found = serie::get(tx, id).await?;
    serie::siffra::write(tx, (at(now, day), day), &found, Ursprung::Inskriven, values, None).await?;
    Ok(id)
}

pub(super) async fn fill(tx: &mut Tx, now: DateTime<Utc>, people: &People, today: NaiveDate) -> Result<()> {
    tx.act_as(people.persons[2]);
    let before = today.checked_sub_months(Months::new(1)).unwrap_or(today);
    let hushall = households(tx, now, people, (before, today)).await?;
    per_household(tx, now, people, (hushall, today)).await?;
    let values: Vec<Ny> =
        (1..).zip(ANSOKNINGAR.iter().rev()).map(|(n, v)| ny(month(today, n), whole(*v, Mark::Definitiv))).collect();
    let flow = content(&form("Nyansökningar", "ansökningar", "flode", "0"))?;
    made(tx, (now, today), people, &flow, &values).await?;
    let shares: Result<Vec<Ny>> = (1..)
        .zip(I_TID.iter().rev())
        .map(|(n, (numerator, denominator))| {
            let tal = Tal::per_cent(*numerator, *denominator).ok_or_else(|| anyhow!("a share of nothing"))?;
            let share = Some(Share { numerator: *numerator, denominator: *denominator });
            Ok(ny(month(today, n), Varde { tal, share, mark: Mark::Definitiv }))
        })
        .collect();
    let share = Form { decimaler: "1".into(), apt: "on".into(), ..form("Utredningar klara i tid", "", "andel", "0") };
    let mut share = content(&share)?;
    share.mal.push(Mal { namn: "Nämndens mål".into(), tal: Tal::whole(95), hogst: false });
    made(tx, (now, today), people, &share, &shares?).await?;
    by_type(tx, now, people, today).await
}

/// Households: seen a month ago, and one of them corrected today.
async fn households(
    tx: &mut Tx,
    now: DateTime<Utc>,
    people: &People,
    (before, today): (NaiveDate, NaiveDate),
) -> Result<SerieId> {
    let count = HUSHALL.len();
    let values: Vec<Ny> = HUSHALL
        .iter()
        .enumerate()
        .map(|(i, n)| {
            let mark = if i == count - 1 || i == RATTAD.0 { Mark::Preliminar } else { Mark::Definitiv };
            ny(month(today, count - i), whole(*n, mark))
        })
        .collect();
    let about = Form {
        raknas: "Hushåll som fick ekonomiskt bistånd under månaden. Återkrav räknas inte.".into(),
        riktning: "mindre".into(),
        apt: "on".into(),
        kvalitet: "Den senaste månaden ändras när sena beslut kommer in.".into(),
        ..form("Hushåll med ekonomiskt bistånd", "hushåll", "bestand", "1")
    };
    let mut about = content(&about)?;
    about.mal.push(Mal { namn: "Årsmål".into(), tal: Tal::whole(340), hogst: true });
    let fran = month(today, count - 1).first_day();
    about.brott.push(Brott { fran, varfor: "Två enheter blev en".into(), rapportering: false });
    let id = made(tx, (now, before), people, &about, &values).await?;
    let found = serie::get(tx, id).await?;
    let right = ny(month(today, count - RATTAD.0), whole(RATTAD.1, Mark::Definitiv));
    serie::siffra::write(tx, (now, today), &found, Ursprung::Inskriven, &[right], None).await?;
    Ok(id)
}

/// What was paid, about so many millions, and what that is for each household: reckoned, and never filled in.
async fn per_household(
    tx: &mut Tx,
    now: DateTime<Utc>,
    people: &People,
    (hushall, today): (SerieId, NaiveDate),
) -> Result<()> {
    let tenth = |n: i64| Tal::of_stored(Tal::whole(n).stored() / 10);
    let values: Vec<Ny> = (1..)
        .zip(UTBETALT.iter().rev())
        .map(|(n, v)| ny(month(today, n), Varde { mark: Mark::Ungefarlig, ..Varde::of(tenth(*v)) }))
        .collect();
    let about = Form { decimaler: "1".into(), ..form("Utbetalt bistånd", "mnkr", "belopp", "0") };
    let utbetalt = made(tx, (now, today), people, &content(&about)?, &values).await?;
    let led = |serie| Led { serie, varde: None }.code();
    let about = Form {
        kalla: String::new(),
        del_a: led(utbetalt),
        rakning: Rakning::Delat.code().into(),
        del_b: led(hushall),
        ..form("Utbetalt per hushåll", "kr", "medel", "0")
    };
    serie::create(tx, at(now, today), SerieId::new(), people.units[0], &content(&about)?).await?;
    Ok(())
}

/// Households by type: those of one are so few that they are seen by nobody but who fills them.
async fn by_type(tx: &mut Tx, now: DateTime<Utc>, people: &People, today: NaiveDate) -> Result<()> {
    let id = DimensionId::new();
    serie::dimension::create(tx, now, id, people.units[0], "Hushållstyp").await?;
    let mut values = Vec::new();
    for (namn, all) in TYPER {
        let value = Dimensionsvarde::named(DimensionsvardeId::new(), namn);
        let of = serie::dimension::get(tx, id).await?;
        serie::dimension::create_varde(tx, now, &of, of.version, &value).await?;
        for (n, count) in [2, 1].into_iter().zip(all) {
            let varde = Some(whole(count, Mark::Definitiv));
            values.push(Ny { period: month(today, n), plats: Plats(vec![Some(value.id)]), varde, not: String::new() });
        }
    }
    let about = Form { dim1: id.to_string(), ..form("Hushåll efter hushållstyp", "hushåll", "bestand", "0") };
    made(tx, (now, today), people, &content(&about)?, &values).await?;
    Ok(())
}
