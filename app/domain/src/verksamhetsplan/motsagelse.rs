//! Motsägelse: what a plan says of a goal that its own figures do not say. It is a question on the page before a report or plan is decided,
//! never a fault: who knows the goal may know more than the figures.

use serde::{Deserialize, Serialize};

use super::{
    enhetsmal::bedomning::Forslag,
    mal::{MalId, Uppfyllelse},
    plan::granskning::Brist,
};
use crate::{import::shortened, tal::Tal};

/// The net of the unit's account in a period: kostnader − intäkter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Netto {
    /// What came out, or the prognosis of the year where it is that which is assessed.
    pub utfall: Tal,
    /// What there was for it.
    pub budget: Tal,
    /// "tkr".
    pub enhet: String,
}

impl Netto {
    /// Whether more was spent than there was.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.utfall > self.budget
    }
}

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

/// The contradictions of goals in a period, in the order of the goals.
#[must_use]
pub fn motsagelser(alla: &[Underlag<'_>], netto: Option<&Netto>) -> Vec<Motsagelse> {
    let mut out = Vec::new();
    for one in alla {
        let title = shortened(one.titel, 80);
        let mut add = |slag, text| out.push(Motsagelse { mal: one.mal, slag, text });
        if let Some(netto) = netto.filter(|n| n.is_over() && one.ekonomi && one.status == Uppfyllelse::Helt) {
            let unit = &netto.enhet;
            add(
                Slag::Ekonomi,
                format!(
                    "”{title}” är satt till uppfylls helt, men netto är {} {unit} mot budget {} {unit}. Stämmer det?",
                    netto.utfall, netto.budget
                ),
            );
        }
        if let Some(forslag) = one.forslag {
            let opposite = matches!(
                (one.status, forslag.status),
                (Uppfyllelse::Helt, Uppfyllelse::Inte) | (Uppfyllelse::Inte, Uppfyllelse::Helt)
            );
            if opposite {
                let status = one.status.label().to_lowercase();
                add(Slag::Matt, format!("”{title}” är satt till {status}. {} Stämmer det?", forslag.skal));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn netto(utfall: i64) -> Netto {
        Netto { utfall: Tal::whole(utfall), budget: Tal::whole(53_280), enhet: "tkr".into() }
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
        let found = motsagelser(&[one(Uppfyllelse::Helt, true)], Some(&netto(53_780)));
        assert_eq!(
            found[0].text,
            "”Enheten har budget i balans” är satt till uppfylls helt, men netto är 53\u{a0}780 tkr mot budget 53\u{a0}280 tkr. Stämmer det?"
        );
        assert!(!found[0].brist().stoppar);
        for (goal, netto) in [
            (one(Uppfyllelse::Helt, true), Some(netto(53_280))),
            (one(Uppfyllelse::Delvis, true), Some(netto(53_780))),
            (one(Uppfyllelse::Helt, false), Some(netto(53_780))),
            (one(Uppfyllelse::Helt, true), None),
        ] {
            assert_eq!(motsagelser(&[goal], netto.as_ref()), []);
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
        let said =
            "”Hemlösheten minskar i Bromma” är satt till uppfylls helt. Ingen av två mätta rader uppnås. Stämmer det?";
        assert_eq!(motsagelser(&[goal], None)[0].text, said);
        assert_eq!(motsagelser(&[Underlag { status: Uppfyllelse::Delvis, ..goal }], None), []);
    }
}
