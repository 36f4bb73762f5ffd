//! Fryst: what an outcome was judged by when its period was closed. The report has been read by others: a goal that is changed afterwards is
//! that of what comes, and colours nothing that was reported.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    Content,
    mal::{Mal, Tolerans},
    slag::{Riktning, Slag},
    utfall::Utfall,
};

/// What of an indikator judges its outcome, as it was when the period was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fryst {
    /// What was aimed at in the year.
    pub arsmal: Mal,
    /// What the council aimed at.
    pub kf: Mal,
    /// Whether the council's goal meant the same for the unit.
    pub kf_jamforbart: bool,
    /// How far from the goal was still *uppnås delvis*.
    pub tolerans: Tolerans,
    /// Which way was better.
    pub riktning: Riktning,
    /// Its kind.
    pub slag: Slag,
    /// With how many decimals it was compared.
    pub decimaler: u32,
    /// What stood behind a figure.
    pub enhet: String,
}

impl Fryst {
    /// As an indikator is now.
    #[must_use]
    pub fn av(content: &Content) -> Self {
        Self {
            arsmal: content.arsmal.clone(),
            kf: content.kf.clone(),
            kf_jamforbart: content.kf_jamforbart,
            tolerans: content.tolerans,
            riktning: content.riktning,
            slag: content.slag,
            decimaler: content.decimaler,
            enhet: content.enhet.clone(),
        }
    }

    /// An indikator with this in the place of what judges it now.
    #[must_use]
    pub fn i(&self, content: &Content) -> Content {
        Content {
            arsmal: self.arsmal.clone(),
            kf: self.kf.clone(),
            kf_jamforbart: self.kf_jamforbart,
            tolerans: self.tolerans,
            riktning: self.riktning,
            slag: self.slag,
            decimaler: self.decimaler,
            enhet: self.enhet.clone(),
            ..content.clone()
        }
    }

    /// What is said where the goal or its tolerance is another now: `Årsmålet var minst 75 % när perioden stängdes.` None where both are
    /// as they were.
    #[must_use]
    pub fn said(&self, content: &Content) -> Option<String> {
        let then = self.i(content);
        let aim = |of: &Content| match of.arsmal.said(of) {
            text if text.is_empty() => "inte satt".to_owned(),
            text => text,
        };
        if (&self.arsmal, self.riktning) != (&content.arsmal, content.riktning) {
            return Some(format!("Årsmålet var {} när perioden stängdes.", aim(&then)));
        }
        let tolerans = (self.tolerans != content.tolerans).then(|| self.tolerans.said(&then))?;
        Some(format!("Uppnås delvis var inom {tolerans} när perioden stängdes."))
    }
}

impl Utfall {
    /// An indikator as this outcome is judged by it: as it was when the period was closed, and as it is where that is open.
    #[must_use]
    pub fn bedoms_av<'a>(&self, content: &'a Content) -> Cow<'a, Content> {
        self.fryst.as_ref().map_or(Cow::Borrowed(content), |fryst| Cow::Owned(fryst.i(content)))
    }

    /// The outcome with what judges it as it is on this day. One in which nothing stands is not judged.
    #[must_use]
    pub fn fryst_av(self, content: &Content) -> Self {
        let fryst = (!self.is_empty()).then(|| Fryst::av(content));
        Self { fryst, ..self }
    }

    /// The outcome in the place of another of a period that is closed: judged by what that one was. What was missing when the period was
    /// closed is judged by what holds when it comes.
    #[must_use]
    pub fn fryst_som(self, reported: &Self, content: &Content) -> Self {
        let fryst = reported.fryst.clone().or_else(|| (!self.is_empty()).then(|| Fryst::av(content)));
        Self { fryst, ..self }
    }

    /// The outcome of a period that is open: judged by what the indikator is now.
    #[must_use]
    pub fn tinad(self) -> Self {
        Self { fryst: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verksamhetsplan::indikator::{
        Status, Utfallsperiod, bedomning,
        tests::{andel, utfall},
    };

    #[test]
    fn a_goal_that_is_changed_afterwards_colours_nothing_that_was_reported() {
        let t1 = Utfallsperiod::tertial_1(2022);
        let then = andel("75 %");
        let reported = utfall("77").fryst_av(&then);
        let now = andel("80 %");
        let judged = bedomning(&now, t1, &reported);
        assert_eq!(judged.status, Status::Uppnas);
        assert!(judged.varfor.contains("minst 75\u{a0}%"), "{}", judged.varfor);
        assert!(judged.said(&now).contains("Årsmålet var minst 75\u{a0}% när perioden stängdes."), "{judged:?}");
        assert_eq!(bedomning(&now, t1, &reported.clone().tinad()).status, Status::Delvis);
        assert_eq!(reported.bedoms_av(&now).arsmal, then.arsmal);
        let same = bedomning(&then, t1, &reported);
        assert!(!same.said(&then).contains("stängdes"), "{same:?}");
        let wider = Content { tolerans: Tolerans::Enhet(crate::tal::Tal::whole(2)), ..then.clone() };
        let said = Fryst::av(&wider).said(&then);
        assert_eq!(said.as_deref(), Some("Uppnås delvis var inom 2 procentenheter när perioden stängdes."));
        assert!(Utfall::default().fryst_av(&then).fryst.is_none(), "nothing is judged where nothing stands");
        let corrected = utfall("76").fryst_som(&reported, &now);
        assert_eq!(corrected.fryst, reported.fryst, "what comes in its place is judged as it was");
        assert_eq!(utfall("76").fryst_som(&Utfall::default(), &now).fryst, Some(Fryst::av(&now)));
    }
}
