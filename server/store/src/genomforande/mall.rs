//! Mall: how a control is carried out by habit.

use chrono::{DateTime, Utc};
use domain::{
    genomforande::{Kind, Mall},
    history::changes,
    id::EgenkontrollId,
    permission::Area,
    seen::seen,
};
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    history::{self, Record},
    hold::Held,
    in_row::InRow,
};

/// The mall of a control: its own, or that of the row it was copied from, however many years back.
pub async fn mall(tx: &mut Tx, id: EgenkontrollId) -> Result<Mall> {
    let mut at = Some(id.0);
    // a plan is copied once a year: the bound only guards against a ring
    for _ in 0..30 {
        let Some(control) = at else { break };
        let found = row!(
            tx,
            (String, String, bool),
            "select kind, kriterier, kollegie from egenkontroll_mall where egenkontroll_id = $1",
            control
        )?;
        if let Some((kind, kriterier, kollegie)) = found {
            let kriterier = kriterier.lines().map(str::to_owned).collect();
            let in_row = InRow::of("egenkontroll_mall", control);
            let kind = in_row.code_if_any("kind", kind.as_str(), Kind::from_code)?;
            return Ok(Mall { kind, kriterier, kollegie });
        }
        let before = row!(tx, (Option<Uuid>,), "select copied_from from egenkontroll where id = $1", control)?;
        at = before.and_then(|(id,)| id);
    }
    Ok(Mall::default())
}

/// What a mall says, as a form names it that is to change it.
#[must_use]
pub fn mall_seen(mall: &Mall) -> String {
    let (kind, kollegie) = (mall.kind.map_or("", Kind::code), if mall.kollegie { "ja" } else { "" });
    seen([kind, kollegie].into_iter().chain(mall.kriterier.iter().map(String::as_str)))
}

/// Writes the mall of a control. Runs that have begun keep the one they copied. `Conflict` when it is no longer as the
/// person saw it ([`mall_seen`]).
pub async fn save_mall(tx: &mut Tx, now: DateTime<Utc>, id: EgenkontrollId, new: &Mall, saw: &str) -> Result<()> {
    tx.hold(Held::Egenkontroll(id)).await?;
    let before = mall(tx, id).await?;
    if before == *new {
        return Ok(());
    }
    if mall_seen(&before) != saw {
        return Err(Error::Conflict);
    }
    let (row, _) = crate::plan::get(tx, id).await?;
    execute!(
        tx,
        "insert into egenkontroll_mall (egenkontroll_id, kind, kriterier, kollegie) values ($1, $2, $3, $4)
         on conflict (egenkontroll_id) do update
             set kind = excluded.kind, kriterier = excluded.kriterier, kollegie = excluded.kollegie",
        id.0,
        new.kind.map_or("", Kind::code),
        new.kriterier.join("\n"),
        new.kollegie,
    )?;
    let kind = |m: &Mall| m.kind.map(|k| k.label().to_owned()).unwrap_or_default();
    let yes = |m: &Mall| if m.kollegie { "ja".to_owned() } else { String::new() };
    let changes = changes([
        ("Genomförs som", kind(&before), kind(new)),
        ("Kriterier", before.kriterier.join("\n"), new.kriterier.join("\n")),
        ("Kollegiegranskning", yes(&before), yes(new)),
    ]);
    let what = "Kriterier ändrade";
    history::write(tx, Record { now, node: row.node, area: Area::Egenkontroll, thing: id.0, what, reason: "", changes })
        .await
}
