//! Motsägelse: what a plan says of a goal that its own figures do not say. It is a question on the page before a report or plan is decided,
//! never a fault: who knows the goal may know more than the figures.

use serde::{Deserialize, Serialize};

use super::{
    enhetsmal::bedomning::Forslag,
    mal::{MalId, Uppfyllelse},
    plan::granskning::Brist,
};
use crate::{
    ekonomi::{
        avvikelse::{Avvikelse, Effekt},
        enhet::Enhet,
    },
    import::shortened,
};

/// What is known of a goal in a period.
#[derive(Clone, Copy, Debug)]
pub struct Underlag<'a> {
    /// The goal.
    pub mal: MalId,
    /// Its title.
    pub titel: &'a str,
    /// What was decided.
    pub status: Uppfyllelse,
    /// What is proposed.
    pub forslag: Option<&'a Forslag>,
    /// It is about the unit's money.
    pub ekonomi: bool,
}

/// What kind of contradiction it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slag {
    /// A goal about money is wholly met, and netto is over budget.
    Ekonomi,
    /// A goal is wholly met, and none of what is measured is reached; or the other way.
    Matt,
}

/// A goal whose figures say something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Motsagelse {
    /// The goal.
    pub mal: MalId,
    /// What kind it is.
    pub slag: Slag,
    /// The question, in Swedish.
    pub text: String,
}

impl Motsagelse {
    /// As what is missing before a plan or a report is decided.
    #[must_use]
    pub fn brist(&self) -> Brist {
        let slag = match self.slag {
            Slag::Ekonomi => "ekonomi",
            Slag::Matt => "matt",
        };
        Brist { key: format!("motsagelse:{slag}:{}", self.mal), text: self.text.clone(), stoppar: false }
    }
}

/// The contradictions of goals in a period, in the order of the goals. `netto` is how the net of the unit's account stands against its budget,
/// by outcome or by the prognosis of the year, and the unit it is in.
#[must_use]
pub fn motsagelser(alla: &[Underlag<'_>], netto: Option<(Avvikelse, Enhet)>) -> Vec<Motsagelse> {
    let over = netto.filter(|(avvikelse, _)| avvikelse.effekt() == Effekt::Samre);
    let mut out = Vec::new();
    for one in alla {
        let status = one.status.label().to_lowercase();
        let judged = format!("”{}” är bedömt som ”{status}”", shortened(one.titel, 80));
        let mut add = |slag, text| out.push(Motsagelse { mal: one.mal, slag, text });
        if let Some((avvikelse, enhet)) = over.filter(|_| one.ekonomi && one.status == Uppfyllelse::Helt) {
            add(Slag::Ekonomi, format!("{judged}, men netto är {}. Stämmer det?", avvikelse.what(enhet)));
        }
        if let Some(forslag) = one.forslag {
            let opposite = matches!(
                (one.status, forslag.status),
                (Uppfyllelse::Helt, Uppfyllelse::Inte) | (Uppfyllelse::Inte, Uppfyllelse::Helt)
            );
            if opposite {
                add(Slag::Matt, format!("{judged}. {} Stämmer det?", forslag.skal));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{ekonomi::konto::Radslag, tal::Tal};

    fn netto(utfall: i64) -> (Avvikelse, Enhet) {
        let (budget, utfall) = (Tal::whole(53_280), Tal::whole(utfall));
        (Avvikelse::of(Radslag::Netto, Some(budget), Some(utfall)).unwrap(), Enhet::Tkr)
    }

    #[test]
    fn a_goal_about_money_that_is_met_while_netto_is_over_budget_is_a_question_and_no_fault() {
        let one = |status, ekonomi| Underlag {
            mal: MalId(Uuid::from_u128(1)),
            titel: "Enheten har budget i balans",
            status,
            forslag: None,
            ekonomi,
        };
        let found = motsagelser(&[one(Uppfyllelse::Helt, true)], Some(netto(53_780)));
        assert_eq!(
            found[0].text,
            "”Enheten har budget i balans” är bedömt som ”uppfylls helt”, men netto är 500\u{a0}tkr över budget. Stämmer det?"
        );
        assert!(!found[0].brist().stoppar);
        for (goal, netto) in [
            (one(Uppfyllelse::Helt, true), Some(netto(53_280))),
            (one(Uppfyllelse::Delvis, true), Some(netto(53_780))),
            (one(Uppfyllelse::Helt, false), Some(netto(53_780))),
            (one(Uppfyllelse::Helt, true), None),
        ] {
            assert_eq!(motsagelser(&[goal], netto), []);
        }
    }

    #[test]
    fn a_goal_that_is_met_while_nothing_measured_is_reached_is_asked_about() {
        let forslag = Forslag { status: Uppfyllelse::Inte, skal: "Ingen av två mätta rader uppnås.".into() };
        let goal = Underlag {
            mal: MalId(Uuid::from_u128(1)),
            titel: "Hemlösheten minskar i Bromma",
            status: Uppfyllelse::Helt,
            forslag: Some(&forslag),
            ekonomi: false,
        };
        let said = "”Hemlösheten minskar i Bromma” är bedömt som ”uppfylls helt”. Ingen av två mätta rader uppnås. Stämmer det?";
        assert_eq!(motsagelser(&[goal], None)[0].text, said);
        assert_eq!(motsagelser(&[Underlag { status: Uppfyllelse::Delvis, ..goal }], None), []);
    }
}
