//! Matning: what the sources of indikatorer have of a period. An outcome is read by everybody who reads the plan, so a source is read as it
//! is shown to all: what is hidden of a series is hidden here.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::{
    format,
    person::Actor,
    siffror::harledd::Tidsserie,
    verksamhetsplan::indikator::{
        Content, IndikatorId, Utfall, Utfallsperiod,
        matning::{Kalla, Matning, matning, may_matas, punkter},
        ruta::{self, Kolumn},
        skydd::dolda,
        utfall::Harkomst,
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
    /// What each source is called.
    namn: HashMap<IndikatorId, String>,
    /// What is said of the source beside the figure: which it is, how the figure is made of it, or when it comes.
    sagt: HashMap<IndikatorId, String>,
}

impl Kallor {
    /// What is said of the source of an indikator beside its outcome. Where somebody has typed the figure it is not taken from there, and
    /// what the source has stands beside it, but of few persons only that it has something. None where nothing feeds it.
    #[must_use]
    pub fn sagt(&self, id: IndikatorId, content: &Content, utfall: &Utfall) -> Option<String> {
        let said = self.sagt.get(&id)?;
        if may_matas(utfall) {
            return Some(said.clone());
        }
        let typed = if utfall.harkomst == Harkomst::Inlast { "Inläst ur en tabell." } else { "Inskrivet för hand." };
        let namn = self.namn.get(&id)?;
        let varden = self.matade.get(&id).map(|(_, matat)| matat.varden).unwrap_or_default();
        Some(match varden.total {
            Some(_) if dolda(content, &varden).totalt => format!("{typed} Serien {namn} har ett värde."),
            Some(varde) => format!("{typed} Serien {namn} har {}.", ruta::visad(content, Some(&varde))),
            None => format!("{typed} Serien {namn} har inget värde."),
        })
    }
}

/// Reads the sources of indikatorer for a period.
pub async fn read(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    indikatorer: &[Placerad],
    period: Utfallsperiod,
) -> Result<Kallor, AppError> {
    let all: Vec<&Placerad> = indikatorer.iter().collect();
    let mut found = perioder(tx, actor, today, &all, &[period]).await?;
    Ok(found.remove(&period).unwrap_or_default())
}

/// Reads the sources of indikatorer for each of some periods: a source is read once.
pub async fn perioder(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    indikatorer: &[&Placerad],
    perioder: &[Utfallsperiod],
) -> Result<BTreeMap<Utfallsperiod, Kallor>, AppError> {
    let mut out: BTreeMap<Utfallsperiod, Kallor> = perioder.iter().map(|of| (*of, Kallor::default())).collect();
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
        for (period, kallor) in &mut out {
            let said = match matning(content, &points, &named.brott, *period, today) {
                Matning::Vantas(day) => format!("{source}. Kommer {}.", format::date(day)),
                Matning::Saknas => format!("{source}. Värde saknas där."),
                Matning::Finns(matat) => {
                    let made = matat.said(*period);
                    kallor.matade.insert(id, (kalla, *matat));
                    if made.is_empty() { format!("{source}.") } else { format!("{source}: {made}.") }
                }
            };
            kallor.namn.insert(id, named.namn.clone());
            kallor.sagt.insert(id, said);
        }
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
