//! Källor: what is no series and feeds indikatorer, read as everybody sees it: the ticks of an egenkontroll, the answers to a question of an
//! enkät that are published, the figures of an internkontroll. How they become an outcome is in
//! [`domain::verksamhetsplan::indikator::kallor`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    enkat::resultat::{Serie, series},
    id::{EgenkontrollId, EnkatId, InternkontrollId, NodeId},
    occurrence::{Andel, Figure, Share},
    siffror::slag::Mark,
    tal::Tal,
    verksamhetsplan::indikator::kallor::{Noterat, Tillfalle},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{Error, Result, Tx, enkat, in_row::InRow};

/// A source with what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kallad<T> {
    /// Its name.
    pub namn: String,
    /// What it has.
    pub har: T,
}

#[derive(FromRow)]
struct TickRow {
    due_on: NaiveDate,
    state: String,
    total_n: Option<i64>,
    total_d: Option<i64>,
    kvinnor_n: Option<i64>,
    kvinnor_d: Option<i64>,
    man_n: Option<i64>,
    man_d: Option<i64>,
}

/// The times of an egenkontroll at a unit, and of those that were copied from it for later years: an indikator that is copied names the one
/// of its first year. `NotFound` when there is none such.
pub async fn egenkontroll(tx: &mut Tx, id: EgenkontrollId, node: NodeId) -> Result<Kallad<Vec<Tillfalle>>> {
    let named = row!(tx, (String,), "select kontrollmal from egenkontroll where id = $1", id.0)?;
    let (namn,) = named.ok_or(Error::NotFound)?;
    let sql = "with recursive led (id, djup) as (
                   select e.id, cast(0 as bigint) from egenkontroll e where e.id = $1
                   union all
                   select e.id, led.djup + 1 from egenkontroll e join led on e.copied_from = led.id where led.djup < 20
               )
               select o.due_on, o.state, o.total_n, o.total_d, o.kvinnor_n, o.kvinnor_d, o.man_n, o.man_d
               from led join schedule s on s.source_id = led.id join occurrence o on o.schedule_id = s.id
               where o.node_id = $2 and (s.active or o.state in ('utford', 'ej_utford')) order by o.due_on, o.id";
    let found = rows!(tx, TickRow, sql, id.0, node.0)?;
    let share = |n: Option<i64>, d: Option<i64>| Some(Share { numerator: n?, denominator: d? });
    let read = |row: TickRow| {
        let andel = Andel {
            total: share(row.total_n, row.total_d),
            kvinnor: share(row.kvinnor_n, row.kvinnor_d),
            man: share(row.man_n, row.man_d),
        };
        Tillfalle { due: row.due_on, andel: Some(andel).filter(|a| row.state == "utford" && a.total.is_some()) }
    };
    Ok(Kallad { namn, har: found.into_iter().map(read).collect() })
}

#[derive(FromRow)]
struct FigureRow {
    id: Uuid,
    due_on: NaiveDate,
    label: String,
    value: i64,
    unit: String,
    mark: String,
    period: Option<String>,
}

/// What was noted at an internkontroll, and at those that were copied from it for later years, in the order of its times. `NotFound` when
/// there is none such.
pub async fn internkontroll(tx: &mut Tx, id: InternkontrollId) -> Result<Kallad<Vec<Noterat>>> {
    let named = row!(tx, (String,), "select systematisk_kontroll from internkontroll where id = $1", id.0)?;
    let (namn,) = named.ok_or(Error::NotFound)?;
    let sql = "with recursive led (id, djup) as (
                   select i.id, cast(0 as bigint) from internkontroll i where i.id = $1
                   union all
                   select i.id, led.djup + 1 from internkontroll i join led on i.copied_from = led.id where led.djup < 20
               )
               select o.id, o.due_on, f.label, f.value, f.unit, f.mark, f.period
               from led join schedule s on s.source_id = led.id join occurrence o on o.schedule_id = s.id
                    join figure f on f.occurrence_id = o.id
               where o.state = 'utford' order by o.due_on, o.id, f.position";
    let mut times: BTreeMap<(NaiveDate, Uuid), Vec<Figure>> = BTreeMap::new();
    for row in rows!(tx, FigureRow, sql, id.0)? {
        let in_row = InRow::of("figure", row.id);
        let figure = Figure {
            label: row.label,
            value: Tal::of_stored(row.value),
            unit: row.unit,
            mark: in_row.code("mark", &row.mark, Mark::from_code)?,
            period: in_row.code_if_any("period", row.period.as_deref(), |text| text.parse().ok())?,
            serie: None,
        };
        times.entry((row.due_on, row.id)).or_default().push(figure);
    }
    let har = times.into_iter().map(|((due, _), siffror)| Noterat { due, siffror });
    Ok(Kallad { namn, har: har.collect() })
}

/// A question of an enkät in all its wordings, the latest first, with the answers that are published: of the enkät itself, and of those that
/// were copied from it as later waves. Its name is the question as it is put now. `NotFound` when there is none such.
pub async fn enkatfraga(tx: &mut Tx, id: EnkatId, fraga: i32) -> Result<Kallad<Vec<Serie>>> {
    let sql = "with recursive led (id, djup) as (
                   select e.id, cast(0 as bigint) from enkat e where e.id = $1
                   union all
                   select e.id, led.djup + 1 from enkat e join led on e.copied_from = led.id where led.djup < 20
               )
               select id from led order by djup desc, id";
    let mut har: Vec<Serie> = Vec::new();
    let mut namn = None;
    for (wave,) in rows!(tx, (Uuid,), sql, id.0)? {
        let found = enkat::get(tx, EnkatId(wave)).await?;
        let versions = enkat::versions(tx, found.id).await?;
        let asked = versions.iter().rev().find_map(|version| version.questions.get(fraga));
        namn = namn.or_else(|| asked.map(|asked| asked.text.clone()));
        let rows = enkat::resultat::rakningar(tx, &found).await?;
        let of_question = |all: &Vec<Serie>| all.first().is_some_and(|serie| serie.fraga.key == fraga);
        har.extend(series(&versions, &rows).into_iter().find(of_question).unwrap_or_default());
    }
    Ok(Kallad { namn: namn.ok_or(Error::NotFound)?, har })
}
