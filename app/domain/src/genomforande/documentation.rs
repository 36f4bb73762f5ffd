//! Documentation: a run as the unit's "dokumentation av egenkontroll". Holds no case references: it goes to more people than
//! the run does.

use super::{
    Genomforande, Kind,
    result::{self, Outcome, difference_sentence, interval_label, percent, share_label},
    whole::certain,
};
use crate::{
    atgard::Atgard,
    dokument::{Block, Column, Dokument, Figure, Table},
    drawing::{
        Drawing,
        times::{self, Time},
    },
    egenkontroll::Content,
    format,
    occurrence::{Andel, Share, When},
};

/// What has to be known to read the comparison.
pub const COMPARISON: &str = "Punkten är andelen i procent, den fyllda är den här gången. Strecket är dess 95 % intervall; där alla \
                              ärenden är bedömda finns inget streck.";

/// An earlier time of the same control.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// The tillfälle, as month or week.
    pub when: When,
    /// What was found.
    pub andel: Andel,
    /// The judgement in words, where one was made.
    pub outcome: String,
    /// Whether all the cases there were had been judged.
    pub all: bool,
}

/// What a document is made of.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// Its figures, texts and draw.
    pub run: &'a Genomforande,
    /// What is controlled and how, as the plan says it now.
    pub control: &'a Content,
    /// Name of the unit.
    pub unit: &'a str,
    /// The time of the tillfälle.
    pub when: When,
    /// The result of a stickprov.
    pub result: Option<&'a Outcome>,
    /// Earlier times, oldest first.
    pub earlier: &'a [Earlier],
    /// The run's åtgärder.
    pub atgarder: &'a [Atgard],
}

impl Parts<'_> {
    /// The shares of the run, whatever its kind.
    #[must_use]
    pub fn andel(&self) -> Andel {
        self.result.map_or(self.run.andel, |r| r.whole.andel)
    }

    /// Heading by heading, with what has been written so far.
    #[must_use]
    pub fn document(&self) -> Dokument {
        let mut blocks = vec![self.facts()];
        blocks.push(Block::heading(1, "Resultat"));
        blocks.extend(self.results());
        let texts = &self.run.texts;
        for (heading, text) in [("Analys", &texts.analys), ("Brister", &texts.brister), ("Slutsats", &texts.slutsats)] {
            if !text.is_empty() {
                blocks.extend([Block::heading(1, heading), Block::text(text)]);
            }
        }
        blocks.push(Block::heading(1, "Åtgärder"));
        blocks.push(self.actions());
        if !self.earlier.is_empty() {
            blocks.push(Block::heading(1, "Jämförelse med tidigare"));
            let now =
                Earlier { when: self.when, andel: self.andel(), outcome: String::new(), all: self.run.is_of_all() };
            let rows = self.earlier.iter().chain([&now]).map(|e| {
                let total = e.andel.total.map_or_else(|| e.outcome.clone(), share_label);
                vec![
                    format::capitalised(&e.when.with_year()),
                    total,
                    e.andel.total.map(|share| certain(share, e.all)).unwrap_or_default(),
                ]
            });
            let columns = vec![Column::text("När"), Column::number("Resultat"), Column::number("95 % intervall")];
            blocks.extend(self.comparison().map(|drawn| Figure::of(drawn, COMPARISON).into()));
            blocks.push(Table::new("Jämförelse med tidigare", columns).rows(rows).into());
        }
        if let Some(urval) = &self.run.urval {
            blocks.push(Block::heading(1, "Så drogs urvalet"));
            blocks.push(Block::text(draw_text(urval)));
        }
        Dokument::new(
            format!("Egenkontroll {}", self.control.kontrollmal),
            format!("Dokumentation av egenkontroll: {}", self.control.kontrollmal),
        )
        .unit(self.unit)
        .period(self.when.with_year(), self.when.first())
        .blocks(blocks)
    }

    /// The shares of the earlier times and of this one, as a chart; none where there is nothing to compare.
    #[must_use]
    pub fn comparison(&self) -> Option<Drawing> {
        let time = |when: When, share: Share, all: bool, now: bool| {
            let interval = result::interval(share).filter(|_| !all).map(|(low, high)| (low / 100.0, high / 100.0));
            let said = share_label(share);
            Some(Time { label: when.short(), share: percent(share)? / 100.0, interval, now, said })
        };
        let mut times: Vec<Time> =
            self.earlier.iter().filter_map(|e| time(e.when, e.andel.total?, e.all, false)).collect();
        if times.is_empty() {
            return None;
        }
        times.push(time(self.when, self.andel().total?, self.run.is_of_all(), true)?);
        times::drawing(&times, self.run.malvarde)
    }

    fn facts(&self) -> Block {
        let (run, c) = (self.run, self.control);
        let urval = run.urval.as_ref().map(|u| {
            if u.is_all() {
                u.words()
            } else {
                format!("{} ärenden dragna slumpvis ur {}", format::int(u.n), format::int(u.population))
            }
        });
        let goal = run.malvarde.map(|m| format!("{m}\u{a0}%"));
        let closed = run.closed_on.map(|day| format!("{} av {}", format::date(day), run.closed_by));
        Block::facts([
            ("Nummer i planen", c.number.clone()),
            ("Vad kontrolleras", c.vad.clone()),
            ("Metod", c.metod.clone()),
            ("Genomfört som", run.kind.label().to_owned()),
            ("Urval", urval.unwrap_or_default()),
            ("Kriterier", run.kriterier.join("\n")),
            ("Målvärde", goal.unwrap_or_default()),
            ("Rutin eller metod för bedömning", c.bedomning.clone()),
            ("Styrmodell", c.styrmodell.clone()),
            ("Påbörjat", format!("{} av {}", format::date(run.begun_on), run.begun_by)),
            ("Avslutat", closed.unwrap_or_else(|| "pågår".to_owned())),
        ])
    }

    fn results(&self) -> Vec<Block> {
        if self.run.kind == Kind::Bedomning {
            let said = self.run.outcome.map_or("Ingen bedömning är gjord än.", crate::occurrence::Outcome::label);
            return vec![Block::text(said)];
        }
        let share = |share: Option<Share>| share.map(share_label).unwrap_or_default();
        let row = |label: &str, andel: &Andel| {
            vec![
                label.to_owned(),
                share(andel.total),
                andel.total.map(|share| certain(share, self.run.is_of_all())).unwrap_or_default(),
                share(andel.kvinnor),
                share(andel.man),
            ]
        };
        let rows = match self.result {
            Some(result) => {
                let lines = result.lines.iter().chain((result.lines.len() > 1).then_some(&result.whole));
                lines.map(|line| row(&line.label, &line.andel)).collect()
            }
            None => vec![row("Andel", &self.run.andel)],
        };
        let andel = self.andel();
        let columns = ["Totalt", "95 % intervall", "Kvinnor", "Män"].map(Column::number);
        let columns = std::iter::once(Column::text("Kriterium")).chain(columns).collect();
        let mut blocks = vec![Table::new("Resultat", columns).rows(rows).into()];
        blocks.push(Block::text(difference_sentence(&andel, self.run.is_of_all())));
        if let Some(sentence) = goal_sentence(self.run, &andel) {
            blocks.push(Block::text(sentence));
        }
        blocks
    }

    fn actions(&self) -> Block {
        if self.atgarder.is_empty() {
            let why = &self.run.utan_atgard;
            let text = if why.is_empty() { "Inga åtgärder.".to_owned() } else { format!("Inga åtgärder: {why}") };
            return Block::text(text);
        }
        let rows = self.atgarder.iter().map(|a| {
            vec![
                a.title.clone(),
                a.responsible_label.clone(),
                format::date(a.due),
                a.status().label().to_owned(),
                a.follow_up.as_ref().map(|f| format::date(f.due)).unwrap_or_default(),
            ]
        });
        let columns = vec![
            Column::text("Åtgärd"),
            Column::text("Ansvarig"),
            Column::date("Klar senast"),
            Column::text("Status"),
            Column::date("Följs upp"),
        ];
        Table::new("Åtgärder", columns).rows(rows).into()
    }
}

/// Whether the målvärde is reached, with what is uncertain about it.
#[must_use]
pub fn goal_sentence(run: &Genomforande, andel: &Andel) -> Option<String> {
    let goal = run.malvarde?;
    let reached = run.reaches_goal(andel)?;
    let goal_text = format!("{goal}\u{a0}%");
    let (low, high) = result::interval(andel.total?)?;
    // of all cases there is nothing that the draw could have missed
    let within = (low..=high).contains(&goal.float()) && !run.is_of_all();
    Some(match (reached, within) {
        (true, false) => format!("Målvärdet {goal_text} nås."),
        (false, false) => format!("Målvärdet {goal_text} nås inte."),
        (true, true) => {
            format!(
                "Målvärdet {goal_text} nås i urvalet, men ligger inom osäkerheten ({}).",
                interval_label(andel.total?)
            )
        }
        (false, true) => format!(
            "Målvärdet {goal_text} nås inte i urvalet, men ligger inom osäkerheten ({}).",
            interval_label(andel.total?)
        ),
    })
}

/// How the draw is repeated, in words.
#[must_use]
pub fn draw_text(urval: &super::Urval) -> String {
    let rows: Vec<String> = urval.drawn.iter().map(ToString::to_string).collect();
    format!(
        "{} drogs med {}. Frö: {}. Dragna rader, i den ordning de drogs: {}.\n\
         Dragningen kan upprepas av vem som helst. Fröet är nyckeln till strömchiffret ChaCha med 8 rundor (räknare 0, \
         nonce 0), läst som 32-bitars ord, minst betydande byte först. Ett tal under m tas ur nästa ord w: är \
         w minst den största multipeln av m som ryms i 2³² hoppas ordet över, annars är talet w mod m. Skriv radnumren 1–{} på en rad. För i = 1, 2, …, {}: ta \
         ett tal r under {} − i + 1 och låt numren på plats i och i + r byta plats. De första {} är urvalet.",
        format::capitalised(&urval.words()),
        urval.algorithm,
        urval.seed,
        rows.join(", "),
        urval.population,
        urval.n,
        urval.population,
        urval.n,
    )
}
