//! Kopplat: what hangs on a goal, whoever owns it, and stands in the way of its being removed. Each kind of thing has a function here.

use domain::verksamhetsplan::{
    indikator::tid::Utfallsperiod,
    mal::{
        MalId, Trad,
        bort::{Kopplad, Slag},
    },
};

use super::{enhetsmal, indikator, mal, uppfoljning};
use crate::{Result, Tx, planaktivitet};

/// All that hangs on a goal but what the tree itself knows.
pub(super) async fn all(tx: &mut Tx, trad: &Trad, id: MalId) -> Result<Vec<Kopplad>> {
    let mut out = elsewhere(tx, trad, id).await?;
    out.extend(indikator::kopplade(tx, id).await?);
    out.extend(enhetsmal::kopplade(tx, id).await?);
    let done = planaktivitet::of_mal(tx, id).await?;
    out.extend(done.into_iter().map(|one| Kopplad { slag: Slag::Aktivitet, namn: one.content.text }));
    out.extend(uppfoljning::kopplade(tx, id).await?);
    out.extend(assessed(tx, id).await?);
    Ok(out)
}

/// What the units have laid under a goal that is shared.
async fn elsewhere(tx: &mut Tx, trad: &Trad, id: MalId) -> Result<Vec<Kopplad>> {
    let under = mal::under(tx, id).await?;
    let others = under.into_iter().filter(|(id, _)| trad.get(*id).is_none());
    Ok(others.map(|(_, content)| Kopplad { slag: Slag::Mal, namn: content.titel }).collect())
}

/// How it was said to be met.
async fn assessed(tx: &mut Tx, id: MalId) -> Result<Vec<Kopplad>> {
    let sql = "select p.year, b.manad from malbedomning b join verksamhetsplan p on p.id = b.plan_id
               where b.mal_id = $1 order by b.manad";
    let found = rows!(tx, (i64, i64), sql, id.0)?;
    let periods = found
        .into_iter()
        .filter_map(|(year, manad)| Utfallsperiod::until(i32::try_from(year).ok()?, u32::try_from(manad).ok()?));
    Ok(periods.map(|period| Kopplad { slag: Slag::Bedomning, namn: period.label() }).collect())
}
