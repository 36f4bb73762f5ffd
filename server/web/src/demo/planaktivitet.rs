//! Aktiviteter of the demo's plan: some done, some under way, and those that go on over years.

use anyhow::{Result, anyhow};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::verksamhetsplan::aktivitet::{Lage, PlanaktivitetForm, PlanaktivitetId, Satt, check};
use store::{Tx, planaktivitet, verksamhetsplan};

use super::{People, at};

/// A day of a year beside the plan's.
type Dag = (i32, &'static str);
type Rad = (&'static str, &'static str, Dag, Dag, Satt);

/// What is done: for the goal whose title begins so, from when to when with the years beside the plan's, and how far it has come.
const AKTIVITETER: [Rad; 8] = [
    ("Individen har individuell planering", "Följa enhetens MI-plan", (-1, "01-01"), (2, "12-31"), Satt::Pagar),
    (
        "Invånare",
        "Intensifiera arbetet mot felaktiga utbetalningar och mäta effekten",
        (0, "01-01"),
        (0, "12-31"),
        Satt::Pagar,
    ),
    ("Invånare", "Samordna arbetsmarknadsåtgärder med jobbtorget", (0, "02-01"), (0, "10-31"), Satt::Avslutad),
    (
        "Nämndens verksamhet är miljövänlig",
        "Följa nämndens miljöhandlingsplan",
        (0, "01-01"),
        (1, "12-31"),
        Satt::Pagar,
    ),
    (
        "Barn och ungdomar har skäliga",
        "Rutiner för barnets bästa i ärenden med barn",
        (0, "03-01"),
        (0, "12-31"),
        Satt::Pagar,
    ),
    ("Medarbetarskapet är aktivt", "Fysisk skyddsrond", (0, "01-01"), (0, "05-31"), Satt::Avslutad),
    (
        "Medarbetarskapet är aktivt",
        "Handlingsplan utifrån medarbetarenkäten",
        (0, "01-15"),
        (0, "03-31"),
        Satt::Avslutad,
    ),
    (
        "Ledarskapet är tydligt",
        "Utbildning i samtalsmetodik för biträdande chefer",
        (0, "10-01"),
        (0, "12-15"),
        Satt::EjPaborjad,
    ),
];

pub(super) async fn fill(tx: &mut Tx, now: DateTime<Utc>, people: &People, today: NaiveDate) -> Result<()> {
    let (unit, year) = (people.units[0], today.year());
    let plan = verksamhetsplan::of_year(tx, unit, year).await?.ok_or_else(|| anyhow!("the unit has no plan"))?;
    let trad = verksamhetsplan::mal::trad(tx, unit, year).await?;
    tx.act_as(people.persons[2]);
    let begun = NaiveDate::from_ymd_opt(year, 1, 28).unwrap_or(today);
    for (goal, text, (from, start), (to, slut), satt) in AKTIVITETER {
        let goals = trad.walk().into_iter().map(|post| post.mal);
        let goal = goals.into_iter().rfind(|mal| mal.content.titel.starts_with(goal));
        let form = PlanaktivitetForm {
            text: text.to_owned(),
            mal: goal.map(|mal| mal.id.to_string()).unwrap_or_default(),
            start: format!("{}-{start}", year + from),
            slut: format!("{}-{slut}", year + to),
            responsible: "roll:metodutvecklare".to_owned(),
            ..PlanaktivitetForm::default()
        };
        let content = check(&form, year).map_err(|faults| anyhow!("an aktivitet of the demo: {faults:?}"))?;
        let id = PlanaktivitetId::new();
        planaktivitet::create(tx, (at(now, begun), begun), plan.id, id, &content).await?;
        if satt != Satt::EjPaborjad {
            let one = planaktivitet::get(tx, id).await?;
            let lage = Lage { satt, ..Lage::default() };
            planaktivitet::set_lage(tx, (at(now, today), today), &one, one.version, &lage).await?;
        }
    }
    Ok(())
}
