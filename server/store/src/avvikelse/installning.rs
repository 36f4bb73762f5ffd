//! What a unit sets for its cases: goals where no statute gives a number, its own words for what happens, and counts of
//! years before the cases were here.

use chrono::{DateTime, Utc};
use domain::{
    avvikelse::{deadline::Goals, register::Counts},
    history::changes,
    id::NodeId,
    moment::day,
    permission::Area,
};

use super::frislappt::{self, Synligt};
use crate::{
    Result, Tx,
    history::{self, Record},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    touched,
};

impl Versioned for Goals {}

impl Versioned for Counts {}

/// The settings of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Installning {
    /// Goals where no statute gives a number.
    pub goals: Goals,
    /// The unit's own words for what happens.
    pub handelsetyper: Vec<String>,
    /// Rises with every change; 0 as long as nothing was set.
    pub version: i64,
}

/// The words a unit has until it sets its own, from the documents of such units.
pub const HANDELSETYPER: [&str; 8] = [
    "Lång handläggningstid",
    "Sekretess och integritet",
    "Inkomna handlingar",
    "Felaktigt beslut eller felaktig utbetalning",
    "Bristande dokumentation",
    "Bemötande",
    "Hot eller våld",
    "Teknik och system",
];

/// The settings of a unit.
pub async fn get(tx: &mut Tx, node: NodeId) -> Result<Installning> {
    let found = row!(
        tx,
        (String, String, i64),
        "select goals, handelsetyper, version from avvikelse_installning where node_id = $1",
        node.0
    )?;
    Ok(match found {
        Some((goals, words, version)) => Installning {
            goals: InRow::of("avvikelse_installning", node.0).versioned("goals", &goals)?,
            handelsetyper: words.lines().map(str::to_owned).collect(),
            version,
        },
        None => Installning {
            handelsetyper: HANDELSETYPER.iter().map(|w| (*w).to_owned()).collect(),
            ..Installning::default()
        },
    })
}

/// Sets them. `Conflict` when they are no longer as the person saw them.
pub async fn update(tx: &mut Tx, now: DateTime<Utc>, node: NodeId, new: &Installning) -> Result<()> {
    let before = get(tx, node).await?;
    let goals = versioned(&new.goals)?;
    let words = new.handelsetyper.join("\n");
    let done = execute!(
        tx,
        "insert into avvikelse_installning (node_id, goals, handelsetyper, version) values ($1, $2, $3, $4)
         on conflict (node_id) do update set goals = excluded.goals, handelsetyper = excluded.handelsetyper,
                version = avvikelse_installning.version + 1
         where avvikelse_installning.version = $5",
        node.0,
        &goals,
        &words,
        new.version + 1,
        new.version
    )?;
    touched(done)?;
    let fields = |i: &Installning| {
        let g = &i.goals;
        let genast = g.genast_days.map(|n| format!("{n} dagar")).unwrap_or_default();
        [
            ("Utredning till IVO", format!("{} kalendermånader", g.ivo_utredning_months)),
            ("Återkoppling av klagomål", format!("{} dagar", g.aterkoppling_days)),
            ("Genast och snarast", genast),
            ("Gallring", g.gallring_years.map(|n| format!("{n} år efter avslut")).unwrap_or_default()),
            ("Händelsetyper", i.handelsetyper.join(", ")),
        ]
    };
    let pairs = fields(&before).into_iter().zip(fields(new)).map(|((label, a), (_, b))| (label, a, b));
    record(tx, now, node, "Inställningar för avvikelser ändrade", changes(pairs)).await
}

/// The counts of years from before, of these units together, the earliest first.
pub async fn years(tx: &mut Tx, nodes: &[NodeId]) -> Result<Vec<(i32, Counts)>> {
    let mut out: Vec<(i32, Counts)> = Vec::new();
    for node in nodes {
        let found =
            rows!(tx, (i64, String), "select year, counts from avvikelse_ar where node_id = $1 order by year", node.0)?;
        for (year, counts) in found {
            let counts: Counts = InRow::of("avvikelse_ar", node.0).versioned("counts", &counts)?;
            let year = i32::try_from(year).unwrap_or_default();
            match out.iter_mut().find(|(y, _)| *y == year) {
                Some((_, sum)) => *sum = sum.plus(&counts),
                None => out.push((year, counts)),
            }
        }
    }
    out.sort_by_key(|(year, _)| *year);
    Ok(out)
}

/// The counts of years from before of a unit whose years are to be written: they are so until the transaction ends.
pub async fn years_held(tx: &mut Tx, node: NodeId) -> Result<Vec<(i32, Counts)>> {
    tx.hold(Held::Node(node)).await?;
    years(tx, &[node]).await
}

/// Writes the counts of a year, or takes them away. Tells what others than those who handle the cases see of it.
pub async fn set_year(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    year: i32,
    counts: Option<&Counts>,
) -> Result<Synligt> {
    let known = years_held(tx, node).await?.into_iter().any(|(y, _)| y == year);
    match counts {
        Some(counts) => {
            let text = versioned(counts)?;
            execute!(
                tx,
                "insert into avvikelse_ar (node_id, year, counts) values ($1, $2, $3)
                 on conflict (node_id, year) do update set counts = excluded.counts",
                node.0,
                i64::from(year),
                &text
            )?;
        }
        None => {
            execute!(tx, "delete from avvikelse_ar where node_id = $1 and year = $2", node.0, i64::from(year))?;
        }
    }
    let synligt = frislappt::set_year(tx, node, day(now), year, counts).await?;
    // not how many: the history of a unit is read by others than those who handle its cases
    let label = format!("Antal {year}");
    let before = if known { "inskrivna" } else { "" };
    let after = match counts {
        None => "borttagna",
        Some(_) if known => "skrivna på nytt",
        Some(_) => "inskrivna",
    };
    let told = changes([(label.as_str(), before.to_owned(), after.to_owned())]);
    record(tx, now, node, "Årssiffror för avvikelser ändrade", told).await?;
    Ok(synligt)
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    what: &str,
    changes: Vec<domain::history::Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Avvikelse, thing: node.0, what, reason: "", changes }).await
}
