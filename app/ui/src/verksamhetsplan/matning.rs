//! Matning: what the sources of indikatorer have of a period. An outcome is read by everybody who reads the plan, so a source is read as it
//! is shown to all: what is hidden of a series is hidden here.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    format,
    person::Actor,
    siffror::harledd::Tidsserie,
    verksamhetsplan::indikator::{
        IndikatorId, Utfallsperiod,
        matning::{Kalla, Matning, matning, punkter},
        ruta::Kolumn,
    },
};
use store::{
    Tx, serie,
    verksamhetsplan::{indikator::Placerad, utfall::Matade},
};

use crate::{error::AppError, serie::data};

/// What sources have of a period.
#[derive(Default)]
pub struct Kallor {
    /// The figures, by the indikator that takes them.
    pub matade: Matade,
    /// What is said of the source beside the figure: which it is, how the figure is made of it, or when it comes.
    pub sagt: HashMap<IndikatorId, String>,
}

/// Reads the sources of indikatorer for a period.
pub async fn read(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    indikatorer: &[Placerad],
    period: Utfallsperiod,
) -> Result<Kallor, AppError> {
    let mut out = Kallor::default();
    for one in indikatorer {
        let (id, content) = (one.indikator.id, &one.indikator.content);
        let Some(kalla @ Kalla::Serie(of)) = content.matas else { continue };
        let found = match serie::get(tx, of).await {
            Err(store::Error::NotFound) => continue,
            found => found?,
        };
        let read = data::read_for_all(tx, actor, found).await?;
        let named = &read.serie.content;
        let points = punkter(
            &read.visat.totaler,
            &part(&read, Kolumn::Kvinnor),
            &part(&read, Kolumn::Man),
            &part(&read, Kolumn::Okant),
        );
        let source = format!("Hämtas från serien {}", named.namn);
        let said = match matning(content, &points, &named.brott, period, today) {
            Matning::Vantas(day) => format!("{source}. Kommer {}.", format::date(day)),
            Matning::Saknas => format!("{source}. Värde saknas där."),
            Matning::Finns(matat) => {
                let made = matat.said(period);
                out.matade.insert(id, (kalla, *matat));
                if made.is_empty() { format!("{source}.") } else { format!("{source}: {made}.") }
            }
        };
        out.sagt.insert(id, said);
    }
    Ok(out)
}

/// The figures of a kön, where the series is divided by it.
fn part(read: &data::Data, kolumn: Kolumn) -> Tidsserie {
    let of_kon = |name: &str| Kolumn::of_kon(name) == Some(kolumn);
    for (dim, delat) in read.dimensioner.iter().zip(&read.visat.uppdelat) {
        // a dimension divides by kön where it names both
        let has = |kolumn| dim.values.iter().any(|v| Kolumn::of_kon(&v.namn) == Some(kolumn));
        if !has(Kolumn::Kvinnor) || !has(Kolumn::Man) {
            continue;
        }
        let mut found = dim.values.iter().filter(|v| of_kon(&v.namn));
        // two values that say the same are no figure of one
        if let (Some(value), None) = (found.next(), found.next()) {
            let values = delat.delar.iter().find(|(id, _)| *id == value.id);
            return values.map(|(_, values)| values.clone()).unwrap_or_default();
        }
    }
    Tidsserie::new()
}
