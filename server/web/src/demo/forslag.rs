//! What has been said in the demo: förslag in every state, and stars.

use anyhow::Result;
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    forslag::{Kind, State},
    id::ForslagId,
};
use store::Tx;

use super::{People, at};

/// Days ago, what it is, text, whether it is named, where it went, why.
type Said = (u64, Kind, &'static str, bool, &'static [State], &'static str);

/// What has been said in the first unit, the oldest first: days ago, kind, text, whether it is named, where it went.
const SAID: [Said; 8] = [
    (95, Kind::Forslag, "Gemensam mall för beslut om hyresskuld", true, &[State::Provas, State::Inford], ""),
    (
        70,
        Kind::Forslag,
        "Stäng telefontiden en dag i veckan",
        false,
        &[State::Avslagen],
        "Telefontiden är beslutad av nämnden.",
    ),
    (30, Kind::Forslag, "Byt dag för ärendedragning till tisdag", true, &[State::Provas], ""),
    (12, Kind::Guldstjarna, "Snabb hjälp av receptionen när tre tolkar uteblev", false, &[], ""),
    (9, Kind::Forslag, "Egen kö för nybesök på måndagar", false, &[State::Diskuteras], ""),
    (4, Kind::Forslag, "Skriv ut checklistan för barnkonsekvensanalys och sätt vid varje plats", false, &[], ""),
    (3, Kind::Silverstjarna, "Barnkonsekvensanalyserna är bra och kan göras ihop med familjen", false, &[], ""),
    (2, Kind::Guldstjarna, "Alla utbetalningar gjorda före tolv i fredags", true, &[], ""),
];

pub(super) async fn fill(tx: &mut Tx, now: DateTime<Utc>, people: &People, today: NaiveDate) -> Result<()> {
    for (days, kind, text, named, states, reason) in SAID {
        let day = today.checked_sub_days(Days::new(days)).unwrap_or(today);
        let id = ForslagId::new();
        tx.act_as(people.persons[3]);
        store::forslag::create(tx, (at(now, day), day), id, people.units[0], (kind, text, named)).await?;
        tx.act_as(people.persons[0]);
        for (n, to) in (1..).zip(states) {
            let before = store::forslag::get(tx, id).await?;
            let day = day.checked_add_days(Days::new(n * days / 3)).unwrap_or(day).min(today);
            store::forslag::set_state(tx, (at(now, day), day), &before, before.version, (*to, reason)).await?;
        }
    }
    Ok(())
}
