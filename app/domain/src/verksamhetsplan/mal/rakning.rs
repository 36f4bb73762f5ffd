//! Räkning: how many goals are met, and the sentence that says so, in words up to twelve. One sentence for the head of the plan, the slide
//! and the report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Benamning, MalId, Niva, Trad, Uppfyllelse};
use crate::{apt::finding::in_words, format};

/// How many goals are met how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rakning {
    /// Wholly.
    pub helt: usize,
    /// In part.
    pub delvis: usize,
    /// Not.
    pub inte: usize,
    /// Without an assessment.
    pub ingen: usize,
}

impl Rakning {
    /// Counts answers.
    #[must_use]
    pub fn of(all: impl IntoIterator<Item = Uppfyllelse>) -> Self {
        let mut out = Self::default();
        for one in all {
            *match one {
                Uppfyllelse::Helt => &mut out.helt,
                Uppfyllelse::Delvis => &mut out.delvis,
                Uppfyllelse::Inte => &mut out.inte,
                Uppfyllelse::Ingen => &mut out.ingen,
            } += 1;
        }
        out
    }

    /// The enhetsmål under a goal, or all of them: the marks in the boxes of the levels above, which are no assessment of those levels.
    #[must_use]
    pub fn under(trad: &Trad, id: Option<MalId>, status: &BTreeMap<MalId, Uppfyllelse>) -> Self {
        let of = |mal: MalId| status.get(&mal).copied().unwrap_or_default();
        match id {
            None => Self::of(trad.of_niva(Niva::Enhetsmal).into_iter().map(|mal| of(mal.id))),
            Some(id) => {
                Self::of(trad.below(id).filter(|mal| mal.content.niva == Niva::Enhetsmal).map(|mal| of(mal.id)))
            }
        }
    }

    /// All of them.
    #[must_use]
    pub const fn alla(self) -> usize {
        self.helt + self.delvis + self.inte + self.ingen
    }

    /// How many are met so.
    #[must_use]
    pub const fn antal(self, status: Uppfyllelse) -> usize {
        match status {
            Uppfyllelse::Helt => self.helt,
            Uppfyllelse::Delvis => self.delvis,
            Uppfyllelse::Inte => self.inte,
            Uppfyllelse::Ingen => self.ingen,
        }
    }

    /// The marks in a row, the best first.
    pub fn marken(self) -> impl Iterator<Item = Uppfyllelse> {
        Uppfyllelse::ALL.into_iter().flat_map(move |one| std::iter::repeat_n(one, self.antal(one)))
    }

    /// `Tre av tio åtaganden uppfylls helt, fyra delvis och ett inte. Två har ingen bedömning.`
    #[must_use]
    pub fn said(self, benamning: Benamning) -> String {
        let alla = self.alla();
        if alla == 0 {
            return match benamning {
                Benamning::Enhetsmal => "Planen har inga enhetsmål.".to_owned(),
                Benamning::Atagande => "Planen har inga åtaganden.".to_owned(),
            };
        }
        let word = if alla == 1 { benamning.label() } else { benamning.plural() }.to_lowercase();
        if self.ingen == alla {
            let none = if alla == 1 { "har ingen bedömning" } else { "har ingen bedömning än" };
            return format!("{} {word} {none}.", format::capitalised(&in_words(alla, true)));
        }
        let met: Vec<(usize, &str)> = [(self.helt, "helt"), (self.delvis, "delvis"), (self.inte, "inte")]
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .collect();
        // all of them alike
        if let [(n, how)] = met.as_slice()
            && *n == alla
        {
            let (the, both) = match benamning {
                Benamning::Enhetsmal => ("enhetsmålet", "enhetsmålen"),
                Benamning::Atagande => ("åtagandet", "åtagandena"),
            };
            return match (alla, self.inte) {
                (1, _) => format!("Det enda {the} uppfylls {how}."),
                (2, 0) => format!("Båda {both} uppfylls {how}."),
                (_, 0) => format!("Alla {} {word} uppfylls {how}.", in_words(alla, true)),
                _ => format!("Inget av {} {word} uppfylls.", in_words(alla, true)),
            };
        }
        let of = |n: String| format!("{} av {} {word} uppfylls", format::capitalised(&n), in_words(alla, true));
        let rest = self.utan_bedomning();
        // that none is wholly met is said first, and not left to who counts
        if self.helt == 0 {
            let more = met.iter().map(|(n, how)| format!("{} {how}", in_words(*n, true)));
            return format!("{} helt, {}.{rest}", of("inget".to_owned()), joined(more));
        }
        let parts = (0..).zip(&met).map(|(at, (n, how))| {
            let n = in_words(*n, true);
            if at == 0 { format!("{} {how}", of(n)) } else { format!("{n} {how}") }
        });
        format!("{}.{rest}", joined(parts))
    }

    /// As the introduction of a report says it: `Av enhetens 12 enhetsmål är fem helt uppfyllda, sex delvis och ett inte.` Empty where there
    /// are none.
    #[must_use]
    pub fn inledning(self, benamning: Benamning) -> String {
        let alla = self.alla();
        if alla == 0 {
            return String::new();
        }
        let word = if alla == 1 { benamning.label() } else { benamning.plural() }.to_lowercase();
        let whose = if alla == 1 {
            format!("nhetens enda {word}")
        } else {
            format!("nhetens {} {word}", format::int(i64::try_from(alla).unwrap_or(i64::MAX)))
        };
        if self.ingen == alla {
            return format!("E{whose} har ingen bedömning än.");
        }
        if alla == 1 {
            let how = match (self.helt, self.delvis) {
                (1, _) => "helt",
                (_, 1) => "delvis",
                _ => "inte",
            };
            return format!("E{whose} är {how} uppfyllt.");
        }
        let helt = match self.helt {
            0 => "inget helt uppfyllt".to_owned(),
            1 => "ett helt uppfyllt".to_owned(),
            n => format!("{} helt uppfyllda", in_words(n, true)),
        };
        let more = [(self.delvis, "delvis"), (self.inte, "inte")].into_iter().filter(|(n, _)| *n > 0);
        let more = more.map(|(n, how)| format!("{} {how}", in_words(n, true)));
        format!("Av e{whose} är {}.{}", joined(std::iter::once(helt).chain(more)), self.utan_bedomning())
    }

    /// ` Ett har ingen bedömning.` Empty where each has one.
    fn utan_bedomning(self) -> String {
        match self.ingen {
            0 => String::new(),
            n => format!(" {} har ingen bedömning.", format::capitalised(&in_words(n, true))),
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    format::and(&parts.collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>())
}
