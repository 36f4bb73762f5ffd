//! Matning: what the sources of indikatorer have of a period. An outcome is read by everybody who reads the plan, so a source is read as it
//! is shown to all: what is hidden of a series is hidden here.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::{
    format::{self, capitalised},
    person::Actor,
    siffror::harledd::Tidsserie,
    verksamhetsplan::indikator::{
        Content, IndikatorId, Utfall, Utfallsperiod,
        kallor::{Kallvarden, Siffror, av_egenkontroll, av_enkat, av_internkontroll},
        matning::{Kalla, Matning, matning, may_matas, punkter},
        ruta::{self, Kolumn},
        skydd::dolda,
        utfall::Harkomst,
    },
};
use store::{
    Tx, serie,
    verksamhetsplan::{self, indikator::Placerad, kallor, utfall::Matade},
};

use crate::{error::AppError, serie::data};

/// What sources have of a period.
#[derive(Default)]
pub struct Kallor {
    /// The figures, by the indikator that takes them.
    pub matade: Matade,
    /// What each source is, with what it is called: `Serien Hushåll`.
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
            Some(_) if dolda(content, &varden).totalt => format!("{typed} {namn} har ett värde."),
            Some(varde) => format!("{typed} {namn} har {}.", ruta::visad(content, Some(&varde))),
            None => format!("{typed} {namn} har inget värde."),
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
        let Some(kalla) = content.matas else { continue };
        let Some((namn, har)) = kallvarden(tx, actor, one, kalla).await? else {
            for kallor in out.values_mut() {
                kallor.sagt.insert(id, format!("Hämtas från {} som inte finns längre.", kalla.label()));
            }
            continue;
        };
        let named = kalla.named(&namn);
        for (period, kallor) in &mut out {
            let said = match &har {
                Har::Oklart(why) => format!("Hämtas från {named}. {why}"),
                Har::Varden(varden) => match matning(content, varden, *period, today) {
                    Matning::Vantas(day) => format!("Hämtas från {named}. Kommer {}.", format::date(day)),
                    Matning::Saknas => format!("Hämtas från {named}. Värde saknas där."),
                    Matning::Finns(matat) => {
                        let made = matat.said(*period);
                        kallor.matade.insert(id, (kalla, *matat));
                        if made.is_empty() {
                            format!("Hämtas från {named}.")
                        } else {
                            format!("Hämtas från {named}: {made}.")
                        }
                    }
                },
            };
            kallor.namn.insert(id, capitalised(&named));
            kallor.sagt.insert(id, said);
        }
    }
    Ok(out)
}

/// What a source has for an indikator.
enum Har {
    /// Its figures.
    Varden(Kallvarden),
    /// It cannot be told which are meant: why, in sentences.
    Oklart(String),
}

/// What a source is called, and what it has; none where it is gone.
async fn kallvarden(
    tx: &mut Tx,
    actor: &Actor,
    one: &Placerad,
    kalla: Kalla,
) -> Result<Option<(String, Har)>, AppError> {
    let content = &one.indikator.content;
    let found = match kalla {
        Kalla::Serie(of) => match serie::get(tx, of).await {
            Ok(found) => {
                let namn = found.content.namn.clone();
                Ok((namn, Har::Varden(serievarden(&data::read_for_all(tx, actor, found).await?))))
            }
            Err(error) => Err(error),
        },
        Kalla::Egenkontroll(of) => {
            let node = verksamhetsplan::get(tx, one.plan).await?.node;
            let found = kallor::egenkontroll(tx, of, node).await;
            found.map(|found| (found.namn, Har::Varden(av_egenkontroll(&found.har))))
        }
        Kalla::Enkat { enkat, fraga } => {
            let found = kallor::enkatfraga(tx, enkat, fraga).await;
            found.map(|found| (found.namn, Har::Varden(av_enkat(&found.har))))
        }
        Kalla::Internkontroll(of) => kallor::internkontroll(tx, of).await.map(|found| {
            let har = match av_internkontroll(content, &found.har) {
                Siffror::En(varden) => Har::Varden(varden),
                Siffror::Inga => Har::Oklart("Ingen siffra där har indikatorns enhet.".to_owned()),
                Siffror::Flera(names) => {
                    let names: Vec<&str> = names.iter().map(String::as_str).collect();
                    Har::Oklart(format!(
                        "Flera siffror där har indikatorns enhet: {}. Den som heter som indikatorn hämtas.",
                        format::and(&names)
                    ))
                }
            };
            (found.namn, har)
        }),
    };
    match found {
        Err(store::Error::NotFound) => Ok(None),
        found => Ok(Some(found?)),
    }
}

/// The figures of a series, in all and by kön.
pub fn serievarden(read: &data::Data) -> Kallvarden {
    let of = |kolumn| part(read, kolumn);
    let all = punkter(&read.visat.totaler, &of(Kolumn::Kvinnor), &of(Kolumn::Man), &of(Kolumn::Okant));
    Kallvarden::av_serie(all, read.serie.content.brott.clone())
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
