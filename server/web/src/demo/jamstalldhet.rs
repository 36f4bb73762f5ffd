//! Jämställdhetsanalyser of the demo, with made-up figures: one that was judged, and one so new and small that nobody has.

use anyhow::{Result, anyhow};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::siffror::jamstalldhet::{
    Form,
    analys::{JamstalldhetId, check_skriven},
};
use store::{Tx, serie::jamstalldhet};

use super::{People, at};

fn form(fraga: &str, [a, of_a, b, of_b]: [u16; 4]) -> Form {
    Form {
        fraga: fraga.into(),
        taljare_a: a.to_string(),
        namnare_a: of_a.to_string(),
        taljare_b: b.to_string(),
        namnare_b: of_b.to_string(),
        ..Form::default()
    }
}

pub(super) async fn fill(tx: &mut Tx, now: DateTime<Utc>, people: &People, today: NaiveDate) -> Result<()> {
    let judged = Form {
        avgransning: "Utan barnfamiljer".into(),
        utfall: "En större andel av kvinnorna får vandrarhem i stället för härbärge.".into(),
        bedomning: "motiverad".into(),
        skal: "Det finns färre härbärgen för kvinnor, och många av dem är särskilt utsatta.".into(),
        slutsats: "Ingen ändring. Frågan ställs igen nästa år.".into(),
        ..form("Får kvinnor och män samma typ av tillfälligt boende?", [62, 81, 74, 133])
    };
    let new = form("Har kvinnor och män förändringsplan lika ofta?", [14, 18, 15, 17]);
    tx.act_as(people.persons[2]);
    for (days, form) in [(160, judged), (6, new)] {
        let day = today.checked_sub_days(Days::new(days)).unwrap_or(today);
        let written = check_skriven(&form, ("", ""), day).map_err(|faults| anyhow!("an analysis: {faults:?}"))?;
        jamstalldhet::create(tx, at(now, day), JamstalldhetId::new(), people.units[0], &written).await?;
    }
    Ok(())
}
