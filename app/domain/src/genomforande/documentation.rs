//! Documentation: a run as the unit's "dokumentation av egenkontroll". The page that is printed and the Word file are
//! made of the same blocks. Holds no case references: it goes to more people than the run does.

use super::{
    Genomforande, Kind,
    result::{self, Outcome, difference_sentence, interval_label, share_label},
    whole::certain,
};
use crate::{
    atgard::Atgard,
    egenkontroll::Content,
    format,
    occurrence::{Andel, Share, When},
};

/// A part of the document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Begins a section.
    Heading(String),
    /// A text; line breaks are kept.
    Text(String),
    /// Labels and values.
    Facts(Vec<(&'static str, String)>),
    /// A table. The first column is text, the others figures.
    Table {
        /// What it is about, for those who do not see where it stands.
        caption: &'static str,
        /// Heads of the columns.
        head: Vec<&'static str>,
        /// The cells.
        rows: Vec<Vec<String>>,
    },
}

/// The document.
#[derive(Clone, Debug, PartialEq)]
pub struct Documentation {
    /// "Dokumentation av egenkontroll: Dokumentation".
    pub title: String,
    /// Unit and time.
    pub sub: String,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
}

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
    pub fn document(&self) -> Documentation {
        let mut blocks = vec![Block::Facts(self.facts())];
        blocks.push(Block::Heading("Resultat".into()));
        blocks.extend(self.results());
        let texts = &self.run.texts;
        for (heading, text) in [("Analys", &texts.analys), ("Brister", &texts.brister), ("Slutsats", &texts.slutsats)] {
            if !text.is_empty() {
                blocks.extend([Block::Heading(heading.into()), Block::Text(text.clone())]);
            }
        }
        blocks.push(Block::Heading("Åtgärder".into()));
        blocks.push(self.actions());
        if !self.earlier.is_empty() {
            blocks.push(Block::Heading("Jämförelse med tidigare".into()));
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
            blocks.push(Block::Table {
                caption: "Jämförelse",
                head: vec!["När", "Resultat", "95 % intervall"],
                rows: rows.collect(),
            });
        }
        if let Some(urval) = &self.run.urval {
            blocks.push(Block::Heading("Så drogs urvalet".into()));
            blocks.push(Block::Text(draw_text(urval)));
        }
        Documentation {
            title: format!("Dokumentation av egenkontroll: {}", self.control.kontrollmal),
            sub: format!("{} · {}", self.unit, self.when.with_year()),
            blocks,
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let (run, c) = (self.run, self.control);
        let urval = run.urval.as_ref().map(|u| {
            if u.is_all() {
                u.words()
            } else {
                format!("{} ärenden dragna slumpvis ur {}", format::int(u.n), format::int(u.population))
            }
        });
        let goal = run.malvarde.map(|m| format!("{}\u{a0}%", format::decimal(m)));
        let closed = run.closed_on.map(|day| format!("{} av {}", format::date(day), run.closed_by));
        [
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
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }

    fn results(&self) -> Vec<Block> {
        if self.run.kind == Kind::Bedomning {
            let said = self.run.outcome.map_or("Ingen bedömning är gjord än.", crate::occurrence::Outcome::label);
            return vec![Block::Text(said.to_owned())];
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
        let mut blocks = vec![Block::Table {
            caption: "Resultat",
            head: vec!["Kriterium", "Totalt", "95 % intervall", "Kvinnor", "Män"],
            rows,
        }];
        blocks.push(Block::Text(difference_sentence(&andel, self.run.is_of_all())));
        if let Some(sentence) = goal_sentence(self.run, &andel) {
            blocks.push(Block::Text(sentence));
        }
        blocks
    }

    fn actions(&self) -> Block {
        if self.atgarder.is_empty() {
            let why = &self.run.utan_atgard;
            let text = if why.is_empty() { "Inga åtgärder.".to_owned() } else { format!("Inga åtgärder: {why}") };
            return Block::Text(text);
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
        Block::Table {
            caption: "Åtgärder",
            head: vec!["Åtgärd", "Ansvarig", "Klar senast", "Status", "Följs upp"],
            rows: rows.collect(),
        }
    }
}

/// Whether the målvärde is reached, with what is uncertain about it.
#[must_use]
pub fn goal_sentence(run: &Genomforande, andel: &Andel) -> Option<String> {
    let goal = run.malvarde?;
    let reached = run.reaches_goal(andel)?;
    let goal_text = format!("{}\u{a0}%", format::decimal(goal));
    let (low, high) = result::interval(andel.total?)?;
    // of all cases there is nothing that the draw could have missed
    let within = low <= goal && goal <= high && !run.is_of_all();
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
