//! Load: all that the pages of a run show, read in one transaction.

use std::{collections::HashMap, sync::Arc};

use domain::{
    atgard::{Atgard, Source},
    dokument::Dokument,
    egenkontroll::Content,
    genomforande::{
        Arende, Genomforande, Kind,
        documentation::{Earlier, Parts},
        result::{self, Outcome},
    },
    id::GenomforandeId,
    logga::Logga,
    occurrence::{Item, When},
    permission::{Action, Area},
    person::Actor,
};
use store::{Target, atgard, genomforande, genomforande::cell::Stored, history, logga, occurrence, person, plan};

use crate::{ctx::Ctx, error::AppError, upphorda};

/// A run with all around it.
pub struct Data {
    /// The request.
    pub ctx: Ctx,
    /// Who asks.
    pub actor: Arc<Actor>,
    /// The run.
    pub run: Genomforande,
    /// Its tillfälle.
    pub item: Item,
    /// Its control, and whether that is still in the plan.
    pub control: (Content, bool),
    /// The drawn cases; without references for those who may not see them.
    pub cases: Vec<Arende>,
    /// What is filled in, by case and column code.
    pub cells: HashMap<(i64, String), Stored>,
    /// The result of a stickprov.
    pub result: Option<Outcome>,
    /// What the control showed before.
    pub earlier: Vec<Earlier>,
    /// What it showed in the units that were there before this one, each by its name: never part of a line with the unit's own.
    pub before: Vec<(String, Vec<Earlier>)>,
    /// The run's åtgärder.
    pub atgarder: Vec<Atgard>,
    /// What stands at the head of its documentation.
    logga: Option<Logga>,
    /// Whether the person may judge.
    pub may_judge: bool,
    /// Who can be chosen as handläggare: code and name.
    pub persons: Vec<(String, String)>,
    /// What has happened to the run.
    pub history: Vec<domain::history::Entry>,
}

impl Data {
    /// Reads it.
    pub async fn of(id: &str) -> Result<Self, AppError> {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: GenomforandeId = id.parse().map_err(|_| AppError::NotFound)?;
        Self::read(ctx, actor, id).await
    }

    /// Reads it for a request that is none of a page.
    pub async fn read(ctx: Ctx, actor: Arc<Actor>, id: GenomforandeId) -> Result<Self, AppError> {
        let mut tx = ctx.read(Target::Genomforande(id), Action::View).await?;
        let run = genomforande::get(&mut tx, id).await?;
        let may_judge = genomforande::may_judge(&mut tx, &actor, id).await?;
        let item = occurrence::get(&mut tx, &actor, run.occurrence).await?;
        let (row, active) = plan::get(&mut tx, run.egenkontroll).await?;
        let cases = genomforande::cases(&mut tx, id, may_judge).await?;
        let stored = if may_judge { genomforande::cell::since(&mut tx, id, -1).await? } else { vec![] };
        let cells = stored.into_iter().map(|s| ((s.nr, s.field.code()), s)).collect();
        let result = if run.kind == Kind::Stickprov {
            Some(result::result(&run.kriterier, &genomforande::answers(&mut tx, &run).await?))
        } else {
            None
        };
        let earlier = genomforande::earlier(&mut tx, run.egenkontroll, run.node, item.occurrence.due).await?;
        let mut before = Vec::new();
        for (node, name) in upphorda::seen_before(&actor, run.node, Area::Egenkontroll) {
            let found = genomforande::earlier(&mut tx, run.egenkontroll, node, item.occurrence.due).await?;
            before.push((name, found));
        }
        let atgarder = atgard::of_source(&mut tx, &actor, Source::Genomforande(id)).await?;
        let persons = if run.kollegie && may_judge {
            let options = person::options(&mut tx, &actor.tree, run.node).await?;
            options.into_iter().filter(|(code, _)| code.starts_with("person:")).collect()
        } else {
            vec![]
        };
        let logga = logga::of(&mut tx, run.node).await?;
        let history = history::list(&mut tx, &[id.0]).await?;
        drop(tx);
        Ok(Self {
            ctx,
            actor,
            run,
            item,
            control: (row.content, active),
            cases,
            cells,
            result,
            earlier,
            before,
            atgarder,
            logga,
            may_judge,
            persons,
            history,
        })
    }

    /// The time of the tillfälle.
    #[must_use]
    pub fn when(&self) -> When {
        self.item.occurrence.when()
    }

    /// Whether the person may write the analysis and close the run.
    #[must_use]
    pub fn may_close(&self) -> bool {
        self.item.may_tick
    }

    /// The documentation.
    #[must_use]
    pub fn document(&self) -> Dokument {
        self.parts().document().logga(self.logga.clone())
    }

    /// What the documentation is made of.
    #[must_use]
    pub fn parts(&self) -> Parts<'_> {
        Parts {
            run: &self.run,
            control: &self.control.0,
            unit: &self.item.node_name,
            when: self.when(),
            result: self.result.as_ref(),
            earlier: &self.earlier,
            atgarder: &self.atgarder,
        }
    }
}
