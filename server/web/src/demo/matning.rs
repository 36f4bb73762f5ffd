//! What the first unit's plan of this year is followed by beside what is typed: indikatorer that are fed by an egenkontroll, a question of an
//! enkät and an internkontroll, something expected of a goal that a series follows, and what is followed of goals with its rhythm. Tertial 1 is
//! closed with what they had of it.

use anyhow::{Result, anyhow};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    egenkontroll,
    id::NodeId,
    internkontroll,
    recurrence::form::Fields,
    verksamhetsplan::{
        enhetsmal::uppfoljning::{self, Plats, UppfoljningId},
        forvantat::{self, ForvantatId, Jamforelse, Lank},
        indikator::{Form, IndikatorId, Utfallsperiod, check, matning::Kalla},
        mal::{MalId, Niva},
        plan::PlanId,
    },
};
use store::{Tx, enkat, serie, verksamhetsplan};

use super::{People, at};

/// What is followed of a goal, by its place among the unit's own: what, in which month, and where it is shown.
const UPPFOLJNINGAR: [(usize, &str, &str, Plats); 2] = [
    (2, "Hushåll som har lämnat ekonomiskt bistånd för arbete", "12", Plats::Apt),
    (6, "Avhysningar som har kunnat avvärjas", "12", Plats::Tertialrapport),
];

pub(super) async fn fill(tx: &mut Tx, now: DateTime<Utc>, people: &People, today: NaiveDate) -> Result<()> {
    tx.act_as(people.persons[0]);
    let (unit, year) = (people.units[0], today.year());
    let plan = verksamhetsplan::of_year(tx, unit, year).await?.ok_or_else(|| anyhow!("the unit has no plan"))?.id;
    let trad = verksamhetsplan::mal::trad(tx, unit, year).await?;
    let goals: Vec<MalId> = trad.of_niva(Niva::Enhetsmal).into_iter().map(|mal| mal.id).collect();
    let goal = |n: usize| goals.get(n).copied().ok_or_else(|| anyhow!("the plan has no goal {n}"));
    let of_control = egenkontroll(tx, unit, year).await?;
    let by_control = Form {
        namn: "Aktuella planer, av samtliga".to_owned(),
        arsmal: "75 %".to_owned(),
        riktning: "hogre".to_owned(),
        ..fed("andel", of_control)
    };
    let of_answers = enkatfraga(tx, unit).await?;
    let by_answers = Form {
        namn: "Nöjda med bemötandet i telefon".to_owned(),
        arsmal: "85 %".to_owned(),
        riktning: "hogre".to_owned(),
        ..fed("andel", of_answers)
    };
    let of_figure = internkontroll(tx, unit, year).await?;
    let by_figure = Form {
        namn: "Utbetalt ekonomiskt bistånd".to_owned(),
        arsmal: "42".to_owned(),
        enhet: "mnkr".to_owned(),
        riktning: "lagre".to_owned(),
        decimaler: "1".to_owned(),
        ..fed("belopp", of_figure)
    };
    for (n, form) in [(2, by_control), (6, by_answers), (8, by_figure)] {
        let content = check(&form, None).map_err(|faults| anyhow!("an indikator of the demo: {faults:?}"))?;
        verksamhetsplan::indikator::create(tx, now, plan, (IndikatorId::new(), goal(n)?), &content).await?;
    }
    expected(tx, now, (plan, goal(2)?), (unit, year)).await?;
    for (n, vad, month, visas) in UPPFOLJNINGAR {
        followed(tx, now, (plan, goal(n)?), (year, vad), (month, visas)).await?;
    }
    close(tx, (now, today), people, plan).await
}

/// Closes tertial 1 as it was reported, with what the sources had of it.
async fn close(tx: &mut Tx, (now, today): (DateTime<Utc>, NaiveDate), people: &People, plan: PlanId) -> Result<()> {
    let first = Utfallsperiod::tertial_1(today.year());
    if first.last_day() >= today {
        return Ok(());
    }
    let actor = store::person::actor(tx, people.persons[0], 1).await?.ok_or_else(|| anyhow!("a person of the demo"))?;
    let all = verksamhetsplan::indikator::list(tx, plan).await?;
    let kallor = ui::verksamhetsplan::read_kallor(tx, &actor, today, &all, first)
        .await
        .map_err(|e| anyhow!("what the sources of the demo have: {e:?}"))?;
    let on = NaiveDate::from_ymd_opt(today.year(), 5, 30).unwrap_or(today).min(today);
    verksamhetsplan::stangning::close(tx, (at(now, on), on), (plan, first), &kallor.matade).await?;
    Ok(())
}

/// An indikator that is followed every tertial and takes its outcome from somewhere.
fn fed(slag: &str, kalla: Kalla) -> Form {
    Form { slag: slag.to_owned(), periodicitet: "tertial".to_owned(), matas: kalla.code(), ..Form::default() }
}

/// The control that is done every month.
async fn egenkontroll(tx: &mut Tx, unit: NodeId, year: i32) -> Result<Kalla> {
    let all = store::plan::list::<egenkontroll::Content>(tx, unit, year).await?;
    let found = all.into_iter().find(|row| row.content.kontrollmal == "Aktuella förändringsplaner");
    found.map(|row| Kalla::Egenkontroll(row.id)).ok_or_else(|| anyhow!("the unit has no such egenkontroll"))
}

/// How clients were met on the telephone this year.
async fn enkatfraga(tx: &mut Tx, unit: NodeId) -> Result<Kalla> {
    let all = enkat::list(tx, unit).await?;
    let latest = all.first().ok_or_else(|| anyhow!("the unit has no enkät"))?;
    Ok(Kalla::Enkat { enkat: latest.id, fraga: 1 })
}

/// The control that notes what was paid.
async fn internkontroll(tx: &mut Tx, unit: NodeId, year: i32) -> Result<Kalla> {
    let all = store::plan::list::<internkontroll::Content>(tx, unit, year).await?;
    let found = all.into_iter().find(|row| row.content.systematisk_kontroll.starts_with("Antal hushåll"));
    found.map(|row| Kalla::Internkontroll(row.id)).ok_or_else(|| anyhow!("the unit has no such internkontroll"))
}

/// What is expected of a goal, whose outcome a series proposes.
async fn expected(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (plan, mal): (PlanId, MalId),
    (unit, year): (NodeId, i32),
) -> Result<()> {
    let all = serie::list(tx, unit).await?;
    let found = all.iter().find(|one| one.content.namn == "Hushåll med ekonomiskt bistånd");
    let found = found.ok_or_else(|| anyhow!("the unit has no series of households"))?;
    let form = forvantat::Form {
        text: "Färre hushåll behöver ekonomiskt bistånd".to_owned(),
        jamforelse: Jamforelse::Hogst.code().to_owned(),
        malvarde: "340".to_owned(),
        enhet: found.content.enhet.clone(),
        fjol: "352".to_owned(),
        lank: Lank::Serie(found.id).code(),
        ..forvantat::Form::default()
    };
    let content =
        forvantat::check(&form, year).map_err(|faults| anyhow!("an expected result of the demo: {faults:?}"))?;
    verksamhetsplan::forvantat::create(tx, now, plan, (ForvantatId::new(), mal), &content).await?;
    Ok(())
}

/// A row of what is followed of a goal.
async fn followed(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (plan, mal): (PlanId, MalId),
    (year, vad): (i32, &str),
    (month, visas): (&str, Plats),
) -> Result<()> {
    let form = uppfoljning::Form {
        vad: vad.to_owned(),
        when: Fields { months: vec![month.to_owned()], ..Fields::named("valda_manader") },
        responsible: "roll:bitradande_chef".to_owned(),
        visas: vec![visas.code().to_owned()],
        ..uppfoljning::Form::default()
    };
    let content =
        uppfoljning::check(&form, year, None).map_err(|faults| anyhow!("what is followed in the demo: {faults:?}"))?;
    verksamhetsplan::uppfoljning::create(tx, now, plan, (UppfoljningId::new(), mal), &content).await?;
    Ok(())
}
