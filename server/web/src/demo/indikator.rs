//! Indikatorer of the demo: those of the first unit's plan of this year, with their outcomes of tertial 1 and of most of
//! tertial 2; one is fed by a series, one has a figure to look at, one a goal that nobody knows the unit of.

use std::collections::HashMap;

use anyhow::{Result, anyhow};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    siffror::slag::Mark,
    verksamhetsplan::{
        indikator::{
            Form, IndikatorId, Utfall, Utfallsperiod, check,
            matning::Kalla,
            ruta::{self, Kolumn},
            status::Status,
            utfall::Satt,
        },
        mal::{MalId, Niva},
        plan::PlanId,
    },
};
use store::{
    Tx, serie,
    verksamhetsplan::{
        self, indikator,
        utfall::{self, Cell, Matade},
    },
};

use super::People;

/// An indikator: its name, its goal, the council's, which way is better, its kind and how often it is followed.
type Rad = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);
/// In tertial 1 and tertial 2: last year's, total, kvinnor, män, prognos.
type Siffror = [[&'static str; 5]; 2];

const RADER: [(Rad, Siffror); 9] = [
    (
        ("Förändringsplaner inom tre månader", "75 %", "", "hogre", "andel", "tertial"),
        [["77,78 %", "27/33", "13/17", "14/16", ""], ["76 %", "29/35", "14/18", "15/17", ""]],
    ),
    (
        ("Barnkonsekvensanalyser vid avslag", "75 %", "", "hogre", "andel", "tertial"),
        [["77 %", "94 %", "", "", ""], ["77 %", "97 %", "", "", ""]],
    ),
    (
        ("Har förändringsplan, av samtliga", "", "", "hogre", "andel", "tertial"),
        [["", "58/75", "31/40", "27/35", ""], ["", "77,78 %", "45 %", "71 %", ""]],
    ),
    (
        ("Barn i familjer med ekonomiskt bistånd", "1 %", "2,7 %", "lagre", "andel", "tertial"),
        [["0,9 %", "0,8 %", "", "", ""], ["0,8 %", "0,8 %", "", "", ""]],
    ),
    (
        ("Personer med bistånd, av befolkningen", "0,8 %", "1,5 %", "lagre", "andel", "tertial"),
        [["0,7 %", "0,6 %", "", "", ""], ["", "0,6 %", "", "", ""]],
    ),
    (
        ("Vuxna med långvarigt bistånd", "0,4 %", "1,0 %", "lagre", "andel", "tertial"),
        [["", "0,42 % prel", "", "", ""], ["", "", "", "", ""]],
    ),
    (
        ("Aspiranter med Stockholmsjobb", "15 st", "800 st", "hogre", "antal", "tertial"),
        [["6", "4", "2", "2", "15"], ["11", "9", "5", "4", "15"]],
    ),
    (
        ("Upplever förbättrad situation", "65", "Tas fram av nämnd", "hogre", "medel", "tertial"),
        [["", "", "", "", ""], ["", "", "", "", ""]],
    ),
    (("Aktivt medskapandeindex", "", "82", "hogre", "medel", "ar"), [["", "", "", "", ""], ["70", "84", "", "", ""]]),
];

pub(super) async fn fill(tx: &mut Tx, now: DateTime<Utc>, people: &People, today: NaiveDate) -> Result<()> {
    tx.act_as(people.persons[0]);
    let (unit, year) = (people.units[0], today.year());
    let plan = verksamhetsplan::of_year(tx, unit, year).await?.ok_or_else(|| anyhow!("the unit has no plan"))?;
    let trad = verksamhetsplan::mal::trad(tx, unit, year).await?;
    let goals: Vec<MalId> = trad.of_niva(Niva::Enhetsmal).into_iter().map(|mal| mal.id).collect();
    let mut ids = Vec::new();
    for (n, (rad, _)) in RADER.iter().enumerate() {
        let mal = goals.get(n / 3).or(goals.first()).copied().ok_or_else(|| anyhow!("the plan has no goal"))?;
        ids.push(made(tx, now, (plan.id, mal), *rad).await?);
    }
    let last = goals.last().copied().ok_or_else(|| anyhow!("the plan has no goal"))?;
    fed(tx, now, (plan.id, last), unit).await?;
    let reported = [Utfallsperiod::tertial_1(year), Utfallsperiod::tertial_2(year)];
    for (of, period) in reported.into_iter().enumerate() {
        if period.last_day() >= today {
            continue;
        }
        outcomes(tx, now, (plan.id, period), &ids, of).await?;
    }
    let [_, second] = reported;
    if second.last_day() < today {
        let satt = Satt { status: Status::Uppnas, skal: "Över KF:s 82. Eget årsmål saknas.".to_owned(), vid: None };
        let id = ids.last().copied().ok_or_else(|| anyhow!("nothing was made"))?;
        utfall::update(tx, now, (plan.id, id, second), None, ("", &Matade::new()), move |_, before| {
            Ok(Utfall { satt: Some(Satt { vid: before.tal(), ..satt }), ..before.clone() })
        })
        .await?;
    }
    Ok(())
}

async fn made(tx: &mut Tx, now: DateTime<Utc>, (plan, mal): (PlanId, MalId), rad: Rad) -> Result<IndikatorId> {
    let (namn, arsmal, kf, riktning, slag, periodicitet) = rad;
    let text = str::to_owned;
    let form = Form {
        namn: text(namn),
        arsmal: text(arsmal),
        kf: text(kf),
        riktning: text(riktning),
        slag: text(slag),
        periodicitet: text(periodicitet),
        efterslapning: if namn.starts_with("Vuxna") { text("2") } else { String::new() },
        ..Form::default()
    };
    let mut content = check(&form, None).map_err(|faults| anyhow!("{faults:?}"))?;
    if arsmal == "65" {
        // nobody has said of what
        content.enhet = String::new();
    }
    let id = IndikatorId::new();
    indikator::create(tx, now, plan, (id, mal), &content).await?;
    Ok(id)
}

/// One that takes its outcome from what the unit counts every month.
async fn fed(tx: &mut Tx, now: DateTime<Utc>, (plan, mal): (PlanId, MalId), unit: domain::id::NodeId) -> Result<()> {
    let all = serie::list(tx, unit).await?;
    let Some(found) = all.iter().find(|one| one.content.namn == "Hushåll med ekonomiskt bistånd") else {
        return Ok(());
    };
    let form = Form {
        namn: "Hushåll med ekonomiskt bistånd, i medeltal".to_owned(),
        arsmal: "340 hushåll".to_owned(),
        riktning: "lagre".to_owned(),
        slag: "bestand".to_owned(),
        periodicitet: "tertial".to_owned(),
        matas: Kalla::Serie(found.id).code(),
        ..Form::default()
    };
    let content = check(&form, None).map_err(|faults| anyhow!("{faults:?}"))?;
    indikator::create(tx, now, plan, (IndikatorId::new(), mal), &content).await?;
    Ok(())
}

/// The outcomes of a period, the first tertial or the second.
async fn outcomes(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (plan, period): (PlanId, Utfallsperiod),
    ids: &[IndikatorId],
    of: usize,
) -> Result<()> {
    let columns = [Kolumn::Totalt, Kolumn::Kvinnor, Kolumn::Man, Kolumn::Prognos];
    let mut cells = Vec::new();
    let mut fjol: HashMap<IndikatorId, &str> = HashMap::new();
    for (id, (_, siffror)) in ids.iter().zip(&RADER) {
        let [before, texts @ ..] = &siffror[of];
        for (kolumn, text) in columns.into_iter().zip(texts).filter(|(_, text)| !text.is_empty()) {
            cells.push(Cell { id: *id, kolumn, text: (*text).to_owned(), was: String::new() });
        }
        if !before.is_empty() {
            fjol.insert(*id, before);
        }
    }
    let done = utfall::save(tx, now, (plan, period), (&cells, ""), &Matade::new()).await?;
    if !done.nekade.is_empty() {
        return Err(anyhow!("the demo writes what cannot be read: {:?}", done.nekade));
    }
    for (id, text) in fjol {
        let text = text.to_owned();
        utfall::update(tx, now, (plan, id, period), None, ("", &Matade::new()), move |content, before| {
            let read = ruta::las(content, &text, before.tal()).ok().flatten().and_then(|ruta| ruta.varde);
            let fjol = read.map(|varde| domain::siffror::slag::Varde { mark: Mark::Definitiv, ..varde });
            Ok(Utfall { fjol, ..before.clone() })
        })
        .await?;
    }
    Ok(())
}
