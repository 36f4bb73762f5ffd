//! The account of the demo, with made-up amounts in the shape of a unit's own budget: last year whole, this year until last month, with
//! its forecasts.

use anyhow::{Result, anyhow};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use domain::{
    ekonomi::{
        belopp::{Art, Belopp},
        fri::{self, FriTabellId},
        konto::{Content, Form, KontoId, RadId, VerksamhetForm, VerksamhetId, check, check_verksamhet},
        tid::Tid,
    },
    siffror::inlasning::Svar,
    tal::Tal,
    verksamhetsplan::{mal::Benamning, plan::PlanId},
    year::Year,
};
use store::{Tx, ekonomi, verksamhetsplan};

use super::{People, at};

/// A row: its name among the standard ones, its budget in tkr, and what is spent or comes in of it, in thousandths.
type Row = (&'static str, i64, i64);

/// Name and VO-kod of each verksamhet, with its rows.
const VERKSAMHETER: [(&str, &str, &[Row]); 4] = [
    (
        "Ekonomiskt bistånd",
        "1800",
        &[("Försörjningsstöd", 36_400, 1_031), ("Entreprenader och köp av verksamhet", 2_600, 984)],
    ),
    (
        "Handläggningskostnader",
        "1810",
        &[
            ("Bidrag och ersättningar", 6_000, 1_083),
            ("Personal", 16_900, 978),
            ("Övriga personal", 480, 1_000),
            ("Lokal", 1_400, 1_000),
        ],
    ),
    ("Relationsvåldsteamet", "1300", &[("Personal", 500, 1_012)]),
    (
        "Arbetsmarknadsåtgärder",
        "1761",
        &[("Bidrag och ersättningar", 1_400, 930), ("Personal", 1_300, 1_000), ("Övriga", 1_100, 941)],
    ),
];

/// When a forecast was made, and how far it was from what was to come, in thousandths.
const PROGNOSER: [(u32, i64); 4] = [(3, -22), (4, -13), (8, 6), (10, 2)];

/// The last month whose amounts are known: that before today's.
const fn known(year: i32, (this_year, month): (i32, u32)) -> u32 {
    if year < this_year { 12 } else { month - 1 }
}

fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_sub_days(Days::new(1))
}

/// The rows of the first year.
fn begun(year: i32) -> Result<Content> {
    let told = |faults: Vec<_>| anyhow!("the account of the demo: {faults:?}");
    let form =
        Form { ar: year.to_string(), enhet: "tkr".into(), teckenform: "bada_positiva".into(), ..Form::default() };
    let mut content = check(&form, None).map_err(told)?;
    for (namn, vo, rows) in VERKSAMHETER {
        let form = VerksamhetForm { namn: namn.into(), vo: vo.into() };
        let mut verksamhet = check_verksamhet(&form, &content, VerksamhetId::new(), RadId::new).map_err(told)?;
        verksamhet.rader.retain(|rad| rows.iter().any(|(namn, ..)| *namn == rad.namn));
        content.set_verksamhet(verksamhet);
    }
    Ok(content)
}

/// The amounts of a year until a month.
fn amounts(content: &Content, year: i32, last: u32) -> Vec<Belopp> {
    let mut all = Vec::new();
    for (verksamhet, rad) in content.rader() {
        let of = VERKSAMHETER.iter().find(|(namn, ..)| *namn == verksamhet.namn);
        let Some((_, budget, share)) = of.and_then(|(.., rows)| rows.iter().find(|(namn, ..)| *namn == rad.namn))
        else {
            continue;
        };
        let mut add = |tid, art, tkr: i64, per| {
            all.push(Belopp {
                rad: rad.id,
                tid,
                art,
                tal: Some(Tal::whole(tkr)),
                not: String::new(),
                kommentar: String::new(),
                per,
                preliminar: false,
            });
        };
        // a year ago everything was a little less
        let budget = budget * i64::from(if year % 2 == 0 { 1_000 } else { 985 }) / 1_000;
        add(Tid::Bokslut, Art::Budget, budget, None);
        let until = |month: u32| budget * share * i64::from(month) / 12_000;
        for month in 1..=last {
            add(Tid::Manad(month), Art::Utfall, until(month) - until(month - 1), last_day(year, month));
        }
        for (month, off) in PROGNOSER.into_iter().filter(|(month, _)| *month <= last) {
            add(Tid::Manad(month), Art::Prognos, budget * (share + off) / 1_000, last_day(year, month));
        }
    }
    all
}

/// Three years and the one that nobody knows yet, as it is pasted.
fn table(year: i32) -> String {
    let (first, second, third) = (year - 3, year - 2, year - 1);
    format!(
        "År;Tilldelad budget;Utbetalt;Differens\n{first};33,0;43,9;\n{second};36,0;44,7;\n{third};41,0;37,0;\n{year};39,0;Oklart;"
    )
}

/// Fills the accounts of the first unit for this year and the last, and begins their plans where nobody has.
pub(super) async fn fill(tx: &mut Tx, now: DateTime<Utc>, people: &People, today: NaiveDate) -> Result<()> {
    tx.act_as(people.persons[0]);
    let mut before: Option<Content> = None;
    for year in [today.year() - 1, today.year()] {
        let node = people.units[0];
        let plan = verksamhetsplan::create(tx, now, PlanId::new(), (node, year), Benamning::Enhetsmal).await?;
        let plan = verksamhetsplan::get(tx, plan).await?;
        let content = match &before {
            Some(before) => {
                let year = Year::try_from(year).map_err(|fault| anyhow!("the year of the demo: {fault:?}"))?;
                let mut content = before.copy(year, VerksamhetId::new, RadId::new);
                content.namn = format!("Budget {}", year.get());
                content
            }
            None => begun(year)?,
        };
        ekonomi::create(tx, now, &plan, KontoId::new(), &content).await?;
        let konto = ekonomi::of_plan(tx, &plan).await?.ok_or_else(|| anyhow!("the account of the demo is gone"))?;
        let last = known(year, (today.year(), today.month()));
        let day = last_day(year, last.max(1)).unwrap_or(today).min(today);
        ekonomi::belopp::write(tx, (at(now, day), day), &konto, &amounts(&content, year, last), None).await?;
        before = Some(content);
        if year == today.year() {
            tx.act_as(people.persons[2]);
            let form = fri::Form {
                titel: "Tilldelad budget och utbetalt bistånd".into(),
                enhet: "mnkr".into(),
                tabell: table(year),
                kalla: "Ekonomisystemet".into(),
                ..fri::Form::default()
            };
            let last = fri::check(&form, &Svar::default(), None);
            let last = last.map_err(|faults| anyhow!("a table of the demo: {faults:?}"))?;
            ekonomi::fri::create(tx, at(now, day), &plan, FriTabellId::new(), &last.content).await?;
        }
    }
    Ok(())
}
